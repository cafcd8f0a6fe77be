// What `@Native` says of external functions and variables, and what functions are that C is to
// call.
//
// What a program can have got wrong is an error of its text: nothing of it runs.
//
// Not here: structs (foreign_declarations.h); looking for symbols (lang/natives).

#ifndef FART_LANG_COMPILER_NATIVE_DECLARATIONS_H_
#define FART_LANG_COMPILER_NATIVE_DECLARATIONS_H_

#include <string>

#include "lang/compiler/foreign_types.h"
#include "lang/compiler/library_set.h"

namespace fart::lang {

// Of an external function, or the accessor of an external variable; nothing happens to one without
// @Native.
void LinkNative(LibrarySet& set, FunctionRef ref, const FailAt& fail);
// Those that are none: not external, or of instances.
void RefuseNativeVariables(LibrarySet& set, int library, const FailAt& fail);

// Is it dart:ffi's Native.addressOf, or Pointer.fromFunction?
[[nodiscard]] bool IsAddressOfNative(const LibrarySet& set, FunctionRef ref);
[[nodiscard]] bool IsFromFunction(const LibrarySet& set, FunctionRef ref);

// Why a function of that type, as far as its declaration says, cannot be called from C as `native`;
// empty: nothing that is known.
[[nodiscard]] std::string WhyNoCallback(const LibrarySet& set, const TypeRef& native,
                                        const TypeRef& function);

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_NATIVE_DECLARATIONS_H_
