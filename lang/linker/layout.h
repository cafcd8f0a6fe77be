// Layout -- where the parts of the language's own objects are.
//
//   instance      header | fields | native fields (vm/values/native_fields.h)
//                 One of the fields may be the object's type arguments (Class::types_offset).
//   list          ... | mark: its type arguments (vm/values/lists.h)
//   cell          header | value
//   closure       header | length | function | captured values
//   tear-off      header | function
//   bound method  header | function | receiver
//   type          header | number (of a TypeEntity)
//   stack trace   header | frames: an array of (function, offset of its pc) | null
//
// A function in an object is its entity's address as a word, and so are type arguments, but null if
// there are none (entities.h, LK-X1).
//
// Not here: strings, numbers and lists (vm).

#ifndef FART_LANG_LINKER_LAYOUT_H_
#define FART_LANG_LINKER_LAYOUT_H_

#include <cstdint>

#include "heap/base/safepoint.h"
#include "heap/base/units.h"
#include "heap/object/object_ptr.h"
#include "lang/linker/entities.h"
#include "vm/memory/core_shapes.h"

namespace fart::lang {

constexpr std::uint32_t FieldOffset(std::uint32_t index) {
  return static_cast<std::uint32_t>(kReferencesOffset.value() + index * kWordSize);
}

// The slot at `offset` bytes from where `object` begins.
inline ObjectPtr* SlotAt(ObjectPtr object, std::uint32_t offset, const NoSafepointScope&) {
  return (object.address() + ByteCount(offset)).As<ObjectPtr>();
}

inline constexpr std::uint32_t kCellValueOffset = FieldOffset(0);
inline constexpr std::uint32_t kClosureFunctionOffset = 2 * kWordSize;
inline constexpr std::uint32_t kClosureCapturedOffset = 3 * kWordSize;
inline constexpr std::uint32_t kTearOffFunctionOffset = FieldOffset(0);
inline constexpr std::uint32_t kBoundReceiverOffset = FieldOffset(1);
// Of an Expando's entries (lang/lib/core/expando.dart).
inline constexpr std::uint32_t kExpandoKeyOffset = FieldOffset(0);
inline constexpr std::uint32_t kExpandoValueOffset = FieldOffset(1);
inline constexpr std::uint32_t kExpandoNextOffset = FieldOffset(2);
inline constexpr std::uint32_t kTraceFramesOffset = FieldOffset(0);
// Of class Error and of those that implement it in dart:core: the first field.
inline constexpr std::uint32_t kErrorTraceOffset = FieldOffset(0);
// Of the VM's error objects (core_shape::kError): the third reference.
inline constexpr std::uint32_t kErrorObjectTraceOffset = FieldOffset(2);

inline std::uint64_t TypeNumberOf(ObjectPtr type, const NoSafepointScope&) {
  FART_DCHECK(HasShape(type, core_shape::kType));
  return *(type.address() + kNumberOffset).As<std::uint64_t>();
}

}  // namespace fart::lang

#endif  // FART_LANG_LINKER_LAYOUT_H_
