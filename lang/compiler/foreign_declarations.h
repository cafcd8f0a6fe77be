// What annotations of dart:ffi say of a library's classes and functions: the fields of structs and
// unions, the C functions that external functions stand for.
//
// What a program can have got wrong is an error of its text: nothing of it runs.
//
// Invariants
//   LC-D1 native  every field of a CompiledCompound has a type that values in native memory have,
//                 and of an array as many dimensions as its type, each at least 1.
//   LC-D2 finite  no compound contains itself, and none more than kMaxCompoundDepth others in each
//                 other.
//
// Not here: how large they are, and where a field lies (vm/ffi/struct_layout.h).

#ifndef FART_LANG_COMPILER_FOREIGN_DECLARATIONS_H_
#define FART_LANG_COMPILER_FOREIGN_DECLARATIONS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "lang/compiler/library_set.h"

namespace fart::lang {

inline constexpr int kMaxCompoundDepth = 100;

// (library, file, offset, message)
using FailAt = std::function<void(int, int, std::uint32_t, std::string)>;

// Of a class whose supertypes are known: if it extends Struct, Union or AbiSpecificInteger, its
// fields become accessors. Nothing happens to another, unless it is one that may not be.
void LinkCompound(LibrarySet& set, ClassRef ref, const FailAt& fail);
// When that has been done for all: LC-D2.
void CheckCompounds(const LibrarySet& set, const std::vector<ClassRef>& classes,
                    const FailAt& fail);
// Of an external function; nothing happens to one without @Native.
void LinkNative(LibrarySet& set, FunctionRef ref, const FailAt& fail);
void RefuseNativeVariables(LibrarySet& set, int library, const FailAt& fail);

// Is it dart:ffi's Native.addressOf?
[[nodiscard]] bool IsAddressOfNative(const LibrarySet& set, FunctionRef ref);

// Is it dart:ffi's Pointer.fromFunction?
[[nodiscard]] bool IsFromFunction(const LibrarySet& set, FunctionRef ref);
// Why a function of that type, as far as its declaration says, cannot be called from C as `native`;
// empty: nothing that is known.
[[nodiscard]] std::string WhyNoCallback(const LibrarySet& set, const TypeRef& native,
                                        const TypeRef& function);

// Is it one of dart:ffi's types of ints, doubles and bools? No object is an instance of it.
[[nodiscard]] bool IsTypeOfNumbersInC(const LibrarySet& set, const TypeRef& type);

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_FOREIGN_DECLARATIONS_H_
