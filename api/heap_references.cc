// References of objects of registered shapes -- read and stored, one or several.

#include <cstddef>
#include <cstdint>

#include "api/heap_shapes.h"
#include "api/include/fart_heap_api.h"
#include "api/object_parts.h"
#include "api/shim.h"
#include "heap/object/shape.h"
#include "vm/values/errors.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

enum class Strength { kStrong, kWeak };

std::size_t CountOf(Isolate& isolate, Rooted object, Strength strength) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  const Parts parts(isolate, object, quiet);
  return strength == Strength::kStrong ? parts.references() : parts.weak_references();
}

// A reference of `object` is about to be read: it may be key or value of an ephemeron (H-M3).
[[gnu::always_inline]] inline void LookAt(Isolate& isolate, ObjectPtr object) {
  if (isolate.heap().uncleared_pairs() == nullptr) [[likely]]
    return;
  if (isolate.heap().ShapeOf(object).is_ephemeron()) isolate.heap().LookAtPair(object.address());
}

void Store(Isolate& isolate, ObjectPtr object, ObjectPtr* slot, ObjectPtr value) {
  Mutator& mutator = isolate.mutator();
  if (isolate.heap().ShapeOf(object).is_ephemeron()) {
    mutator.StorePaired(object, slot, value);
  } else {
    mutator.StoreField(object, slot, value);
  }
}

ObjectPtr* SlotIn(const Parts& parts, std::intptr_t index, Strength strength) {
  const auto number = static_cast<std::size_t>(index);
  return strength == Strength::kStrong ? parts.Reference(number) : parts.WeakReference(number);
}

Fart_Handle Get(Isolate& isolate, Rooted object, std::intptr_t index,
                Strength strength) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  const Parts parts(isolate, object, quiet);
  LookAt(isolate, parts.object());
  return WrapObject(isolate, *SlotIn(parts, index, strength), quiet);
}

Fart_Handle Set(Isolate& isolate, Rooted object, std::intptr_t index, Rooted value,
                Strength strength) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  const Parts parts(isolate, object, quiet);
  Store(isolate, parts.object(), SlotIn(parts, index, strength), value.Get(quiet));
  return Success();
}

// The slots of `count` strong references of the fixed part; null: they are not all there, or it is
// no object of a registered shape. Inline: a call would cost the quick ways a frame.
[[gnu::always_inline]] inline ObjectPtr* FixedReferences(const Isolate& isolate, ObjectPtr object,
                                                         std::intptr_t first, std::size_t count) {
  if (!object.IsHeapObject()) return nullptr;
  const ShapeId id = Header::Of(object).shape();
  if (isolate.shapes()[id].kind != ShapeKind::kEmbedder) return nullptr;
  const Shape& shape = isolate.heap().shapes()[id];
  const std::size_t all = shape.references();
  const auto index = static_cast<std::size_t>(first);
  if (index >= all || count > all - index) return nullptr;
  return shape.References(object.address()) + index;
}

// Whether all of them have slots that a quick way finds, and none is an error.
bool AreQuickValues(const Isolate& isolate, const Fart_Handle* values, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const ObjectPtr* const value = QuickSlot(isolate, values[i]);
    if (value == nullptr || IsError(*value)) return false;
  }
  return true;
}

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

// Leaves unless [first, first + count) are strong references of `object` and `handles` is there
// for them.
#define FART_NEED_REFERENCES(isolate, object, first, count, handles)            \
  const std::size_t fart_size = CountOf(isolate, object, Strength::kStrong);    \
  FART_NEED_RANGE(isolate, first, fart_size);                                   \
  FART_NEED_RANGE(isolate, count, fart_size - static_cast<std::size_t>(first)); \
  if ((count) != 0) FART_NEED_POINTER(isolate, handles)

namespace whole {

[[gnu::noinline]] static Fart_Handle Fart_GetReference(Fart_Handle object, std::intptr_t index)
    FART_MAY_COLLECT FART_TRY {
  FART_GET_SLOT(object, index, Strength::kStrong);
}
FART_CATCH

[[gnu::noinline]] static Fart_Handle Fart_SetReference(
    Fart_Handle object, std::intptr_t index, Fart_Handle value) FART_MAY_COLLECT FART_TRY {
  FART_SET_SLOT(object, index, value, Strength::kStrong);
}
FART_CATCH

[[gnu::noinline]] static Fart_Handle Fart_GetReferences(Fart_Handle object, std::intptr_t first,
                                                        std::intptr_t count, Fart_Handle* result)
    FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, holder, object);
  FART_NEED_EMBEDDERS(isolate, holder, object);
  FART_NEED_REFERENCES(isolate, holder, first, count, result);
  // All of them or none.
  if (!isolate.handles().locals.Reserve(static_cast<std::size_t>(count))) {
    return ToForeign(ErrorText::kNoHandleSpace);
  }
  const NoSafepointScope quiet;
  const Parts parts(isolate, holder, quiet);
  LookAt(isolate, parts.object());
  for (std::intptr_t i = 0; i < count; ++i) {
    result[i] = WrapObject(isolate, *SlotIn(parts, first + i, Strength::kStrong), quiet);
  }
  return Success();
}
FART_CATCH

[[gnu::noinline]] static Fart_Handle Fart_SetReferences(
    Fart_Handle object, std::intptr_t first, std::intptr_t count,
    const Fart_Handle* values) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, holder, object);
  FART_NEED_EMBEDDERS(isolate, holder, object);
  FART_NEED_REFERENCES(isolate, holder, first, count, values);
  for (std::intptr_t i = 0; i < count; ++i) {
    const ObjectPtr* const value = SlotOf(isolate, values[i]);
    if (value == nullptr) [[unlikely]]
      return NotLive(isolate, __func__, IndexedName("values", i).c_str(), values[i]);
    if (Holds<IsError>(Rooted(value))) return values[i];
  }
  for (std::intptr_t i = 0; i < count; ++i) {
    Set(isolate, holder, first + i, Rooted(SlotOf(isolate, values[i])), Strength::kStrong);
  }
  return Success();
}
FART_CATCH

}  // namespace whole

Fart_Handle Fart_GetReference(Fart_Handle object, std::intptr_t index) FART_MAY_COLLECT {
  Isolate* const isolate = WithRoomForHandle();
  if (isolate != nullptr) [[likely]] {
    const ObjectPtr* const holder = QuickSlot(*isolate, object);
    if (holder != nullptr) [[likely]] {
      const NoSafepointScope quiet;
      const ObjectPtr* const slot = FixedReferences(*isolate, *holder, index, 1);
      if (slot != nullptr) [[likely]] {
        LookAt(*isolate, *holder);
        return QuickValue(*isolate, *slot, quiet);
      }
    }
  }
  return whole::Fart_GetReference(object, index);
}

Fart_Handle Fart_SetReference(Fart_Handle object, std::intptr_t index,
                              Fart_Handle value) FART_MAY_COLLECT {
  Isolate* const isolate = Isolate::Current();
  if (isolate != nullptr) [[likely]] {
    const ObjectPtr* const holder = QuickSlot(*isolate, object);
    const ObjectPtr* const stored = QuickSlot(*isolate, value);
    if (holder != nullptr && stored != nullptr) [[likely]] {
      const NoSafepointScope quiet;
      ObjectPtr* const slot = FixedReferences(*isolate, *holder, index, 1);
      if (slot != nullptr && !IsError(*stored)) [[likely]] {
        Store(*isolate, *holder, slot, *stored);
        return Success();
      }
    }
  }
  return whole::Fart_SetReference(object, index, value);
}

Fart_Handle Fart_GetReferences(Fart_Handle object, std::intptr_t first, std::intptr_t count,
                               Fart_Handle* result) FART_MAY_COLLECT {
  Isolate* const isolate = WithRoomForHandle();
  if (isolate != nullptr && result != nullptr && count > 0 &&
      isolate->handles().locals.HasRoomFor(static_cast<std::size_t>(count))) [[likely]] {
    const ObjectPtr* const holder = QuickSlot(*isolate, object);
    if (holder != nullptr) [[likely]] {
      const NoSafepointScope quiet;
      const auto number = static_cast<std::size_t>(count);
      const ObjectPtr* const slots = FixedReferences(*isolate, *holder, first, number);
      if (slots != nullptr) [[likely]] {
        LookAt(*isolate, *holder);
        for (std::size_t i = 0; i < number; ++i) result[i] = QuickValue(*isolate, slots[i], quiet);
        return Success();
      }
    }
  }
  return whole::Fart_GetReferences(object, first, count, result);
}

Fart_Handle Fart_SetReferences(Fart_Handle object, std::intptr_t first, std::intptr_t count,
                               const Fart_Handle* values) FART_MAY_COLLECT {
  Isolate* const isolate = Isolate::Current();
  if (isolate != nullptr && values != nullptr && count > 0) [[likely]] {
    const ObjectPtr* const holder = QuickSlot(*isolate, object);
    if (holder != nullptr) [[likely]] {
      const NoSafepointScope quiet;
      const auto number = static_cast<std::size_t>(count);
      ObjectPtr* const slots = FixedReferences(*isolate, *holder, first, number);
      if (slots != nullptr && AreQuickValues(*isolate, values, number)) [[likely]] {
        for (std::size_t i = 0; i < number; ++i) {
          Store(*isolate, *holder, slots + i, *QuickSlot(*isolate, values[i]));
        }
        return Success();
      }
    }
  }
  return whole::Fart_SetReferences(object, first, count, values);
}

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
