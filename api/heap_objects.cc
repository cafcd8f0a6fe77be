// Objects of registered shapes -- made; their bytes read and written.
//
// Not here: their references (heap_references.cc).

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "api/heap_shapes.h"
#include "api/include/fart_heap_api.h"
#include "api/new_object.h"
#include "api/object_parts.h"
#include "api/shim.h"
#include "heap/object/header.h"
#include "heap/object/shape.h"
#include "heap/platform/off_heap.h"
#include "vm/values/errors.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

std::size_t ByteCountOf(Isolate& isolate, Rooted object) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  return Parts(isolate, object, quiet).byte_count();
}

// The longest variable part that a call may ask for; the heap limit says how long one can be.
std::uint64_t MaxLengthOf(const Shape& shape) { return shape.has_length() ? INTPTR_MAX : 0; }

}  // namespace

// Leaves unless [offset, offset + length) are bytes of `object` and `buffer` is there for them.
#define FART_NEED_BYTES(isolate, object, offset, buffer, length)                  \
  const std::size_t fart_size = ByteCountOf(isolate, object);                     \
  FART_NEED_RANGE(isolate, offset, fart_size);                                    \
  FART_NEED_RANGE(isolate, length, fart_size - static_cast<std::size_t>(offset)); \
  if ((length) != 0) FART_NEED_POINTER(isolate, buffer)

// Leaves unless `shape` is one of this isolate; then `id` is its number.
#define FART_NEED_SHAPE(isolate, shape, id)                                                      \
  if (!ShapeFromForeign(isolate, shape, &(id))) [[unlikely]] {                                   \
    if ((shape) == nullptr) return NullPointer(isolate, __func__, #shape);                       \
    return NewErrorHandle(isolate, Expects(__func__, #shape, "a shape of the current isolate")); \
  }

namespace whole {

[[gnu::noinline]] static Fart_Handle Fart_AllocateObject(Fart_Shape shape, std::intptr_t length)
    FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  ShapeId id{};
  FART_NEED_SHAPE(isolate, shape, id);
  FART_NEED_RANGE(isolate, length, MaxLengthOf(isolate.heap().shapes()[id]));
  return Wrap(isolate, isolate.mutator().Allocate(id, static_cast<std::size_t>(length)));
}
FART_CATCH

[[gnu::noinline]] static Fart_Handle Fart_AllocateObjectWith(
    Fart_Shape shape, std::intptr_t length, std::intptr_t count,
    const Fart_Handle* references) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  ShapeId id{};
  FART_NEED_SHAPE(isolate, shape, id);
  const Shape& parts = isolate.heap().shapes()[id];
  FART_NEED_RANGE(isolate, length, MaxLengthOf(parts));
  FART_NEED_RANGE(isolate, count, MostReferences(parts, length));
  if (count != 0) FART_NEED_POINTER(isolate, references);
  Vector<std::uint64_t> words(static_cast<std::size_t>(count));
  for (std::intptr_t i = 0; i < count; ++i) {
    const ObjectPtr* const value = SlotOf(isolate, references[i]);
    if (value == nullptr) [[unlikely]]
      return NotLive(isolate, __func__, IndexedName("references", i).c_str(), references[i]);
    if (Holds<IsError>(Rooted(value))) return references[i];
    const NoSafepointScope quiet;
    words[static_cast<std::size_t>(i)] = Rooted(value).Get(quiet).bits();
  }
  return Wrap(isolate,
              NewObject(isolate, {static_cast<std::uint32_t>(id), length, count, words.data()}));
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

Fart_Handle Fart_AllocateObjectWith(Fart_Shape shape, std::intptr_t length, std::intptr_t count,
                                    const Fart_Handle* references) FART_MAY_COLLECT {
  Isolate* const isolate = WithRoomForObject();
  ShapeId id{};
  if (isolate != nullptr && length == 0 && references != nullptr &&
      ShapeFromForeign(*isolate, shape, &id)) [[likely]] {
    const Shape& parts = isolate->heap().shapes()[id];
    if (parts.is_only_references() && static_cast<std::uint64_t>(count) <= parts.references())
        [[likely]] {
      const NoSafepointScope quiet;
      const ObjectPtr object = isolate->mutator().TryAllocateReferences(id, parts, quiet);
      if (!object.is_null()) [[likely]] {
        ObjectPtr* const slots = parts.References(object.address());
        std::intptr_t given = 0;
        for (; given < count; ++given) {
          const ObjectPtr* const value = QuickSlot(*isolate, references[given]);
          if (value == nullptr || IsError(*value)) [[unlikely]]
            break;  // Nobody will see the object.
          isolate->mutator().InitField(object, slots + given, *value);
        }
        if (given == count) [[likely]]
          return QuickHandle(*isolate, object, quiet);
      }
    }
  }
  return whole::Fart_AllocateObjectWith(shape, length, count, references);
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
