#include "lang/compiler/pairs.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>

namespace fart::lang {
namespace {

std::optional<Pair> PairOf(Opcode first, Opcode second) {
  const auto* const found = std::find_if(
      std::begin(kPairInfo), std::end(kPairInfo),
      [&](const PairInfo& pair) { return pair.first == first && pair.second == second; });
  if (found == std::end(kPairInfo)) return std::nullopt;
  return static_cast<Pair>(kOpcodeCount + static_cast<std::size_t>(found - kPairInfo));
}

}  // namespace

void PairUp(std::vector<CodeWord>& code) {
  const auto behind = [&code](std::size_t pc) { return pc + WordsOf(OpcodeOf(code[pc])); };
  for (std::size_t pc = 0; pc < code.size();) {
    const std::size_t second = behind(pc);
    if (second >= code.size()) return;
    const std::optional<Pair> pair = PairOf(OpcodeOf(code[pc]), OpcodeOf(code[second]));
    const std::size_t third = behind(second);
    const bool is_stored = third < code.size() && OpcodeOf(code[third]) == Opcode::kStoreLocal;
    if (!pair || (*pair == Pair::kIncrement && !is_stored)) {
      pc = second;
      continue;
    }
    code[pc] = (code[pc] & ~CodeWord{0xff}) | static_cast<CodeWord>(*pair);
    pc = third;
  }
}

}  // namespace fart::lang
