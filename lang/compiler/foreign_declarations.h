// What annotations of dart:ffi say of a library's classes: the fields of structs and unions.
//
// What a program can have got wrong is an error of its text: nothing of it runs.
//
// Invariants
//   LC-D1 native  every field of a CompiledCompound has a type that values in native memory have,
//                 and of an array as many dimensions as its type, each at least 1, but the
//                 outermost of the last field of a struct may be kVariable.
//   LC-D2 finite  no compound contains itself, and none more than kMaxCompoundDepth others in each
//                 other.
//
// Not here: how large they are, and where a field lies (vm/ffi/struct_layout.h).

#ifndef FART_LANG_COMPILER_FOREIGN_DECLARATIONS_H_
#define FART_LANG_COMPILER_FOREIGN_DECLARATIONS_H_

#include <vector>

#include "lang/compiler/foreign_types.h"
#include "lang/compiler/library_set.h"

namespace fart::lang {

inline constexpr int kMaxCompoundDepth = 100;

// Of a class whose supertypes are known: if it extends Struct, Union or AbiSpecificInteger, its
// fields become accessors. Nothing happens to another, unless it is one that may not be.
void LinkCompound(LibrarySet& set, ClassRef ref, const FailAt& fail);
// When that has been done for all: LC-D2.
void CheckCompounds(const LibrarySet& set, const std::vector<ClassRef>& classes,
                    const FailAt& fail);

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_FOREIGN_DECLARATIONS_H_
