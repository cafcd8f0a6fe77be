// Objects of registered shapes -- made, read and written.

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "api/heap_shapes.h"
#include "api/include/fart_heap_api.h"
#include "api/shim.h"
#include "heap/object/shape.h"
#include "vm/values/errors.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

// Where the parts of one object are; good until the next call that may collect.
class Parts {
 public:
  Parts(Isolate& isolate, Rooted object, const NoSafepointScope& quiet)
      : object_(object.Get(quiet)), shape_(isolate.heap().ShapeOf(object_)) {}

  ObjectPtr object() const { return object_; }
  std::size_t length() const { return shape_.LengthOf(where()); }

  std::size_t references() const {
    const bool has_more = shape_.variable_part() == VariablePart::kReferences;
    return shape_.references() + (has_more ? length() : 0);
  }
  ObjectPtr* Reference(std::size_t index) const {
    if (index < shape_.references()) return shape_.References(where()) + index;
    return shape_.VariableReferences(where()) + (index - shape_.references());
  }
  std::size_t weak_references() const { return shape_.weak_references(); }
  ObjectPtr* WeakReference(std::size_t index) const {
    return shape_.WeakReferences(where()) + index;
  }
  // Fixed and variable ones lie side by side, because the fixed ones fill words then.
  std::size_t byte_count() const {
    const bool has_more = shape_.variable_part() == VariablePart::kBytes;
    return shape_.raw_bytes() + (has_more ? length() : 0);
  }
  std::uint8_t* bytes() const { return shape_.RawBytes(where()); }

 private:
  Address where() const { return object_.address(); }

  ObjectPtr object_;
  const Shape& shape_;
};

enum class Strength { kStrong, kWeak };

std::size_t CountOf(Isolate& isolate, Rooted object, Strength strength) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  const Parts parts(isolate, object, quiet);
  return strength == Strength::kStrong ? parts.references() : parts.weak_references();
}

ObjectPtr* SlotIn(const Parts& parts, std::intptr_t index, Strength strength) {
  const auto number = static_cast<std::size_t>(index);
  return strength == Strength::kStrong ? parts.Reference(number) : parts.WeakReference(number);
}

Fart_Handle Get(Isolate& isolate, Rooted object, std::intptr_t index,
                Strength strength) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  const Parts parts(isolate, object, quiet);
  return WrapObject(isolate, *SlotIn(parts, index, strength), quiet);
}

Fart_Handle Set(Isolate& isolate, Rooted object, std::intptr_t index, Rooted value,
                Strength strength) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  const Parts parts(isolate, object, quiet);
  isolate.mutator().StoreField(parts.object(), SlotIn(parts, index, strength), value.Get(quiet));
  return Success();
}

std::size_t ByteCountOf(Isolate& isolate, Rooted object) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  return Parts(isolate, object, quiet).byte_count();
}

// The longest variable part that a call may ask for; the heap limit says how long one can be.
std::uint64_t MaxLengthOf(const Shape& shape) { return shape.has_length() ? INTPTR_MAX : 0; }

}  // namespace

#define FART_NEED_INDEX(isolate, object, index, strength)                \
  if (const std::size_t fart_count = CountOf(isolate, object, strength); \
      static_cast<std::size_t>(index) >= fart_count) [[unlikely]]        \
  return BadIndex(isolate, __func__, #index, index, fart_count)

// The bodies of functions that are alike but for the strength of the slot.
#define FART_GET_SLOT(object, index, strength)       \
  FART_ENTER(isolate);                               \
  FART_NEED_SCOPE(isolate);                          \
  FART_UNWRAP(isolate, holder, object);              \
  FART_NEED_EMBEDDERS(isolate, holder, object);      \
  FART_NEED_INDEX(isolate, holder, index, strength); \
  return Get(isolate, holder, index, strength)
#define FART_SET_SLOT(object, index, value, strength) \
  FART_ENTER(isolate);                                \
  FART_UNWRAP(isolate, holder, object);               \
  FART_UNWRAP(isolate, stored, value);                \
  FART_NEED_EMBEDDERS(isolate, holder, object);       \
  if (Holds<IsError>(stored)) return value;           \
  FART_NEED_INDEX(isolate, holder, index, strength);  \
  return Set(isolate, holder, index, stored, strength)

// Leaves unless [offset, offset + length) are bytes of `object` and `buffer` is there for them.
#define FART_NEED_BYTES(isolate, object, offset, buffer, length)                  \
  const std::size_t fart_size = ByteCountOf(isolate, object);                     \
  FART_NEED_RANGE(isolate, offset, fart_size);                                    \
  FART_NEED_RANGE(isolate, length, fart_size - static_cast<std::size_t>(offset)); \
  if ((length) != 0) FART_NEED_POINTER(isolate, buffer)

namespace whole {

[[gnu::noinline]] static Fart_Handle Fart_AllocateObject(Fart_Shape shape, std::intptr_t length)
    FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  ShapeId id{};
  if (!ShapeFromForeign(isolate, shape, &id)) [[unlikely]] {
    if (shape == nullptr) return NullPointer(isolate, __func__, "shape");
    return NewErrorHandle(isolate, Expects(__func__, "shape", "a shape of the current isolate"));
  }
  FART_NEED_RANGE(isolate, length, MaxLengthOf(isolate.heap().shapes()[id]));
  return Wrap(isolate, isolate.mutator().Allocate(id, static_cast<std::size_t>(length)));
}
FART_CATCH

}  // namespace whole

Fart_Handle Fart_AllocateObject(Fart_Shape shape, std::intptr_t length) FART_MAY_COLLECT {
  Isolate* const isolate = WithRoomForObject();
  ShapeId id{};
  if (isolate != nullptr && length == 0 && ShapeFromForeign(*isolate, shape, &id)) [[likely]] {
    const Shape& parts = isolate->heap().shapes()[id];
    if (parts.is_only_references()) [[likely]] {
      const NoSafepointScope quiet;
      const ObjectPtr object = isolate->mutator().TryAllocateReferences(id, parts, quiet);
      if (!object.is_null()) [[likely]]
        return QuickHandle(*isolate, object, quiet);
    }
  }
  return whole::Fart_AllocateObject(shape, length);
}

Fart_Handle Fart_ObjectLength(Fart_Handle object, std::intptr_t* length) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, value, object);
  FART_NEED_POINTER(isolate, length);
  FART_NEED_EMBEDDERS(isolate, value, object);
  const NoSafepointScope quiet;
  *length = static_cast<std::intptr_t>(Parts(isolate, value, quiet).length());
  return Success();
}
FART_CATCH

// ---- References

Fart_Handle Fart_GetReference(Fart_Handle object, std::intptr_t index) FART_MAY_COLLECT FART_TRY {
  FART_GET_SLOT(object, index, Strength::kStrong);
}
FART_CATCH

Fart_Handle Fart_SetReference(Fart_Handle object, std::intptr_t index,
                              Fart_Handle value) FART_MAY_COLLECT FART_TRY {
  FART_SET_SLOT(object, index, value, Strength::kStrong);
}
FART_CATCH

Fart_Handle Fart_GetWeakReference(Fart_Handle object,
                                  std::intptr_t index) FART_MAY_COLLECT FART_TRY {
  FART_GET_SLOT(object, index, Strength::kWeak);
}
FART_CATCH

Fart_Handle Fart_SetWeakReference(Fart_Handle object, std::intptr_t index,
                                  Fart_Handle value) FART_MAY_COLLECT FART_TRY {
  FART_SET_SLOT(object, index, value, Strength::kWeak);
}
FART_CATCH

// ---- Bytes

Fart_Handle Fart_ReadBytes(Fart_Handle object, std::intptr_t offset_in_bytes, void* buffer,
                           std::intptr_t length_in_bytes) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, value, object);
  FART_NEED_EMBEDDERS(isolate, value, object);
  FART_NEED_BYTES(isolate, value, offset_in_bytes, buffer, length_in_bytes);
  if (length_in_bytes == 0) return Success();
  const NoSafepointScope quiet;
  std::memcpy(buffer, Parts(isolate, value, quiet).bytes() + offset_in_bytes,
              static_cast<std::size_t>(length_in_bytes));
  return Success();
}
FART_CATCH

Fart_Handle Fart_WriteBytes(Fart_Handle object, std::intptr_t offset_in_bytes, const void* buffer,
                            std::intptr_t length_in_bytes) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, value, object);
  FART_NEED_EMBEDDERS(isolate, value, object);
  FART_NEED_BYTES(isolate, value, offset_in_bytes, buffer, length_in_bytes);
  if (length_in_bytes == 0) return Success();
  const NoSafepointScope quiet;
  std::memcpy(Parts(isolate, value, quiet).bytes() + offset_in_bytes, buffer,
              static_cast<std::size_t>(length_in_bytes));
  return Success();
}
FART_CATCH

Fart_Handle Fart_RawBytes(Fart_Handle object, std::uint8_t** bytes,
                          std::intptr_t* length_in_bytes) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, value, object);
  FART_NEED_POINTER(isolate, bytes);
  FART_NEED_POINTER(isolate, length_in_bytes);
  FART_NEED_EMBEDDERS(isolate, value, object);
  const NoSafepointScope quiet;
  const Parts parts(isolate, value, quiet);
  *bytes = parts.bytes();
  *length_in_bytes = static_cast<std::intptr_t>(parts.byte_count());
  return Success();
}
FART_CATCH
