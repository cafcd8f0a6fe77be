// What `@Native` says of external functions and variables, and what functions are that C is to
// call.
//
// What a program can have got wrong is an error of its text: nothing of it runs.
//
// Not here: structs (foreign_declarations.h); looking for symbols (lang/natives).

#ifndef FART_LANG_COMPILER_NATIVE_DECLARATIONS_H_
#define FART_LANG_COMPILER_NATIVE_DECLARATIONS_H_

#include "lang/compiler/foreign_types.h"
#include "lang/compiler/library_set.h"

namespace fart::lang {

// Of an external function, or the accessor of an external variable; nothing happens to one without
// @Native.
void LinkNative(LibrarySet& set, FunctionRef ref, const FailAt& fail);
// Those that are none: not external, or of instances.
void RefuseNativeVariables(LibrarySet& set, int library, const FailAt& fail);

// Is it dart:ffi's Native.addressOf?
[[nodiscard]] bool IsAddressOfNative(const LibrarySet& set, FunctionRef ref);

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_NATIVE_DECLARATIONS_H_
