#include "lang/syntax/ast.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>

namespace fart::lang::ast {

void Arena::AddBlock() {
  const std::size_t size = std::clamp(made_, kFirstBlock, kMostOfBlock);
  blocks_.push_back(std::unique_ptr<std::byte[]>(new std::byte[size]));
  free_ = blocks_.back().get();
  left_ = size;
  made_ += size;
}

const ParameterNode* FindNameTwice(const std::vector<ParameterNode*>& parameters) {
  constexpr std::size_t kFew = 8;  // So few that comparing each with each costs nothing.
  std::unordered_set<std::string_view> names;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const std::string& name = parameters[i]->name;
    if (name.empty()) continue;
    if (parameters.size() > kFew) {
      if (!names.insert(name).second) return parameters[i];
      continue;
    }
    for (std::size_t before = 0; before < i; ++before) {
      if (parameters[before]->name == name) return parameters[i];
    }
  }
  return nullptr;
}

const char* SpellingOf(BinaryOperator op) {
  static constexpr const char* kSpellings[] = {"+", "-",  "*", "/",  "%",  "~/",
                                               "&", "|",  "^", "<<", ">>", ">>>",
                                               "<", "<=", ">", ">=", "==", "!="};
  return kSpellings[static_cast<std::size_t>(op)];
}

}  // namespace fart::lang::ast
