// StructLayout -- from the fields of a compound type to its offsets, size and alignment.
//
// A field lies at the next multiple of its alignment, which a packing bounds; those of a union at
// 0. The size is a multiple of the alignment, as arrays of the type need it.
//
// Invariants
//   VF-L1 whole   every field lies within the size, and every byte of the size below kMaxTypeSize.
//   VF-L2 finite  a compound type consists of complete types: so none contains itself.
//
// Not here: annotations of a program (lang/natives); how compounds are passed (call_plan.h).

#ifndef FART_VM_FFI_STRUCT_LAYOUT_H_
#define FART_VM_FFI_STRUCT_LAYOUT_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "vm/ffi/native_type.h"

namespace fart::ffi {

inline constexpr std::uint64_t kMaxTypeSize = std::uint64_t{1} << 40;

struct FieldDeclaration {
  std::string name;
  const NativeType* type = nullptr;
};

// `kind` is kStruct or kUnion; `packing` is 0 (none), 1, 2, 4, 8 or 16. Null: *error says why, in a
// sentence that names type and field.
std::unique_ptr<const NativeType> NewCompound(NativeKind kind, std::string name,
                                              const std::vector<FieldDeclaration>& fields,
                                              std::uint32_t packing, std::string* error);

// An array of `length` elements; of a variable one at least so many, and none may be said. One of
// several dimensions is an array of arrays: the outermost first. Null as above.
std::unique_ptr<const NativeType> NewArrayType(const NativeType* element, std::int64_t length,
                                               std::string* error, bool is_variable = false);

}  // namespace fart::ffi

#endif  // FART_VM_FFI_STRUCT_LAYOUT_H_
