// CheckFunction -- does compiled code keep the invariants of bytecode.h?
//
// For tests and for doubtful days: the interpreter trusts its code.
//
// Not here: whether the code does what the source says.

#ifndef FART_LANG_COMPILER_CHECKER_H_
#define FART_LANG_COMPILER_CHECKER_H_

#include <string>

#include "lang/compiler/compiled_library.h"

namespace fart::lang {

// Empty if all is well, else the broken invariant and the place ("LC-B1 at 12: ...").
[[nodiscard]] std::string CheckFunction(const CompiledFunction& function);

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_CHECKER_H_
