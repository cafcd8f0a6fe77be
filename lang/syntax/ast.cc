#include "lang/syntax/ast.h"

#include <cstddef>

namespace fart::lang::ast {

const char* SpellingOf(BinaryOperator op) {
  static constexpr const char* kSpellings[] = {"+", "-",  "*", "/",  "%",  "~/",
                                               "&", "|",  "^", "<<", ">>", ">>>",
                                               "<", "<=", ">", ">=", "==", "!="};
  return kSpellings[static_cast<std::size_t>(op)];
}

}  // namespace fart::lang::ast
