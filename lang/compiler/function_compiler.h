// CompileBody -- makes the code of one declared function, and of the closures inside it.
//
// CheckAnnotation -- finds what is wrong with metadata, which is never made.
//
// Not here: declaring functions (declarer.h); the parts of the compiler (function_compiler_impl.h).

#ifndef FART_LANG_COMPILER_FUNCTION_COMPILER_H_
#define FART_LANG_COMPILER_FUNCTION_COMPILER_H_

#include <optional>

#include "lang/compiler/library_set.h"

namespace fart::lang {

// Precondition: a function of a linked library that has code, but is not compiled.
[[nodiscard]] std::optional<SyntaxError> CompileBody(LibrarySet& set, FunctionRef function);

// Of a file of a linked library, in a class or, if that is null, outside of all.
[[nodiscard]] std::optional<SyntaxError> CheckAnnotation(LibrarySet& set, int library, int file,
                                                         const ast::ClassNode* cls,
                                                         ast::Annotation& annotation);

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_FUNCTION_COMPILER_H_
