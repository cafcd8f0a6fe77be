// IsSymbolName -- what `const Symbol("...")` may be made of: a name, names with dots between them,
// a setter's name, an operator, `void`, or nothing.
//
// Not here: literals (`#_a` is one, `const Symbol("_a")` is none), which the parser reads, and what
// `new Symbol` takes, which follows the same rule (lang/lib/core/object.dart).

#ifndef FART_LANG_COMPILER_SYMBOL_NAME_H_
#define FART_LANG_COMPILER_SYMBOL_NAME_H_

#include <string_view>

namespace fart::lang {

[[nodiscard]] bool IsSymbolName(std::string_view text);

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_SYMBOL_NAME_H_
