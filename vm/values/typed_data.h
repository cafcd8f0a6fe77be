// TypedData -- numbers of one type in consecutive bytes: in the heap, outside it, or seen through a
// view; and byte buffers, which are such bytes without a type.
//
// Bytes in the heap begin at a multiple of 8 and move with their object unless it is pinned
// (heap/pin_table.h). External bytes are the host's; a finalizer, if they have one, is a
// finalizable handle's callback. A view sees part of what it was made of, perhaps as another type.
//
// Invariants
//   VV-D1 flat    what a view or a byte buffer refers to is typed data in the heap or external, no
//                 view.
//   VV-D2 whole   the number of bytes is a multiple of the type's size, and those of a view lie
//                 within what it refers to. So an element below the length is always there: typed
//                 data never shrinks.
//   VV-D3 end     but where an isolate ends: then external data that the host has back, and every
//                 view of it, is empty.
//
// Constructors answer a null FreshObject when the heap limit is reached.

#ifndef FART_VM_VALUES_TYPED_DATA_H_
#define FART_VM_VALUES_TYPED_DATA_H_

#include <cstddef>
#include <cstdint>

#include "handles/handle_value.h"
#include "handles/weak_handles.h"
#include "heap/base/safepoint.h"
#include "heap/base/units.h"
#include "heap/mutator.h"
#include "heap/object/object_ptr.h"
#include "vm/memory/core_shapes.h"
#include "vm/roots/rooted.h"

namespace fart {

class ObjectMemory;

// The values are those of the public header.
enum class TypedDataType : std::uint8_t {
  kByteData,  // bytes that are read and written as numbers of any type; no list
  kInt8,
  kUint8,
  kUint8Clamped,
  kInt16,
  kUint16,
  kInt32,
  kUint32,
  kInt64,
  kUint64,
  kFloat32,
  kFloat64,
  kFloat32x4,  // its elements are no values of a program
};
static_assert(static_cast<std::uint32_t>(TypedDataType::kFloat32x4) + 1 ==
              core_shape::kTypedDataTypes);

// Bytes of an element: 1, 2, 4, 8 or 16.
inline constexpr std::size_t ElementSizeOf(TypedDataType type) {
  constexpr std::uint8_t kSizes[] = {1, 1, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8, 16};
  return kSizes[static_cast<std::size_t>(type)];
}
// Bytes of the longest typed data: of external data as good as any number that is no mistake. What
// the heap has no room for is answered by the constructors.
inline constexpr std::size_t kMaxTypedDataBytes = std::size_t{1} << 46;
// Elements of the longest typed data.
inline constexpr std::size_t MaxTypedDataLength(TypedDataType type) {
  return kMaxTypedDataBytes / ElementSizeOf(type);
}

// ---- Constructors. Lengths are in elements and at most MaxTypedDataLength(type) (FART_CHECK).
// Of zeros, in the heap.
FreshObject NewTypedData(Mutator& mutator, TypedDataType type, std::size_t length) FART_MAY_COLLECT;
// Of kUint8 in the heap, whose bytes the caller writes, all of them, before the next safepoint.
inline FreshObject NewBytesToFill(Mutator& mutator, std::size_t length) FART_MAY_COLLECT {
  return mutator.AllocateBytes(ShapeId{static_cast<std::uint32_t>(core_shape::kTypedData) +
                                       static_cast<std::uint32_t>(TypedDataType::kUint8)},
                               length);
}
// Over memory of the host, which must outlive the object; elements need not be aligned.
FreshObject NewExternalTypedData(Mutator& mutator, TypedDataType type, void* data,
                                 std::size_t length,
                                 ByteCount external = ByteCount()) FART_MAY_COLLECT;
// Sees `length` elements from `offset_in_bytes` on in typed data of any kind or in a byte buffer;
// they must lie within it (FART_CHECK).
FreshObject NewTypedDataView(Mutator& mutator, TypedDataType type, Rooted bytes,
                             std::size_t offset_in_bytes, std::size_t length) FART_MAY_COLLECT;
// Of what the typed data, if it is a view, sees a part of.
FreshObject NewByteBuffer(Mutator& mutator, Rooted typed_data) FART_MAY_COLLECT;

// External typed data that tells the host of its death: `callback`, of the type that belongs to
// `kind` (kWeak or kFinalizable, vm/entry/foreign_types.h), gets `peer` once, after the object has
// died or when the isolate ends. `external` bytes are charged to the object, at most
// WeakHandles::kMaxExternal. An error: there is no object and the callback will not be called.
Outcome NewFinalizableTypedData(ObjectMemory& memory, TypedDataType type, void* data,
                                std::size_t length, void* peer, ByteCount external, HandleKind kind,
                                OpaqueCallback callback) FART_MAY_COLLECT;

// ---- Readers
namespace typed_data_internal {
// Counted from the first shape of typed data; huge for any other.
inline std::uint32_t ShapeNumber(ObjectPtr object) {
  return static_cast<std::uint32_t>(ShapeIdOf(object)) -
         static_cast<std::uint32_t>(core_shape::kTypedData);
}
}  // namespace typed_data_internal

inline bool IsTypedData(ObjectPtr object) {
  return typed_data_internal::ShapeNumber(object) < 3 * core_shape::kTypedDataTypes;
}
inline bool IsTypedDataInHeap(ObjectPtr object) {
  return typed_data_internal::ShapeNumber(object) < core_shape::kTypedDataTypes;
}
inline bool IsExternalTypedData(ObjectPtr object) {
  return typed_data_internal::ShapeNumber(object) / core_shape::kTypedDataTypes == 1;
}
inline bool IsTypedDataView(ObjectPtr object) {
  return typed_data_internal::ShapeNumber(object) / core_shape::kTypedDataTypes == 2;
}
inline bool IsByteBuffer(ObjectPtr object) { return HasShape(object, core_shape::kByteBuffer); }

inline TypedDataType TypedDataTypeOf(ObjectPtr typed_data) {
  FART_DCHECK(IsTypedData(typed_data));
  return static_cast<TypedDataType>(typed_data_internal::ShapeNumber(typed_data) %
                                    core_shape::kTypedDataTypes);
}
// Typed data whose elements are numbers of a program: a list.
inline bool IsTypedList(ObjectPtr object) {
  return IsTypedData(object) && TypedDataTypeOf(object) != TypedDataType::kByteData;
}

// What a view sees a part of, or what is in a byte buffer; any other typed data is its own. (VV-D1)
inline ObjectPtr TypedDataBacking(ObjectPtr object, const NoSafepointScope&) {
  if (!IsTypedDataView(object) && !IsByteBuffer(object)) return object;
  return *(object.address() + kReferencesOffset).As<ObjectPtr>();
}

// The bytes of typed data of any kind, or those of a byte buffer. Bytes in the heap stay where they
// are until the next safepoint, or while the object is pinned.
struct DataBytes {
  std::uint8_t* first;
  std::size_t length;  // in bytes
};
DataBytes BytesOf(ObjectPtr object, const NoSafepointScope&);
inline DataBytes BytesInHeap(ObjectPtr object, const NoSafepointScope&) {
  FART_DCHECK(IsTypedDataInHeap(object));
  return {(object.address() + kVariablePartOffset).As<std::uint8_t>(), LengthWord(object)};
}

// Before the finalizers of an isolate that ends are run, in no order and with handles to others at
// hand: each may free what external typed data, and views of it, would be read from. (VV-D3)
void EmptyExternalTypedData(WeakHandles& weaks, const NoSafepointScope&);

// In elements.
inline std::size_t TypedDataLength(ObjectPtr typed_data, const NoSafepointScope& quiet) {
  return BytesOf(typed_data, quiet).length / ElementSizeOf(TypedDataTypeOf(typed_data));
}
// Of a view's first byte in what it sees a part of; otherwise 0.
std::size_t TypedDataOffsetInBytes(ObjectPtr typed_data, const NoSafepointScope&);

// ---- Elements. One is an int or a double; there are none of kFloat32x4 (FART_DCHECK).
enum class ByteOrder : bool { kOfMachine, kReversed };
// The number of `type` that begins `offset_in_bytes` into the object, which is typed data of any
// type. Within the length.
FreshObject ReadElement(Mutator& mutator, Rooted typed_data, TypedDataType type,
                        std::size_t offset_in_bytes,
                        ByteOrder order = ByteOrder::kOfMachine) FART_MAY_COLLECT;
// Stores a number there: an int is cut to the type's bits (kUint8Clamped: brought into 0..255), or
// rounded to a floating-point type. False: `value` is no number, or a double for a type of ints.
[[nodiscard]] bool WriteElement(ObjectPtr typed_data, TypedDataType type,
                                std::size_t offset_in_bytes, ObjectPtr value,
                                const NoSafepointScope&, ByteOrder order = ByteOrder::kOfMachine);
// By index, below the length, as the object's own type.
FreshObject TypedDataAt(Mutator& mutator, Rooted typed_data, std::size_t index) FART_MAY_COLLECT;
[[nodiscard]] inline bool TypedDataSetAt(ObjectPtr typed_data, std::size_t index, ObjectPtr value,
                                         const NoSafepointScope& quiet) {
  const TypedDataType type = TypedDataTypeOf(typed_data);
  return WriteElement(typed_data, type, index * ElementSizeOf(type), value, quiet);
}

}  // namespace fart

#endif  // FART_VM_VALUES_TYPED_DATA_H_
