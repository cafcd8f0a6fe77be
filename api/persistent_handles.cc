// Persistent handles -- made, read, changed and deleted.

#include "handles/persistent_handles.h"
#include "api/include/dart_api.h"
#include "api/inspect.h"
#include "api/shim.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace whole {

[[gnu::noinline]] static Fart_PersistentHandle Fart_NewPersistentHandle(Fart_Handle object)
    FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, referent, object);
  const NoSafepointScope quiet;
  const HandleValue value = isolate.handles().persistents.Create(referent.Get(quiet));
  if (value.is_empty()) [[unlikely]]
    return ToForeign(ErrorText::kOffHeapMemory);
  NoteMade(isolate, value, &Fart_NewPersistentHandle);
  return ToForeign(value);
}
FART_CATCH

[[gnu::noinline]] static Fart_Handle Fart_HandleFromPersistent(Fart_PersistentHandle object)
    FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  const ObjectPtr* slot = nullptr;
  const HandleValue value = HandleValue::FromPointer(object);
  if (isolate.handles().persistents.Find(value, &slot) == HandleStatus::kOk) [[likely]]
    return Wrap(isolate, Rooted(slot));
  FART_UNWRAP(isolate, referent, object);
  return Wrap(isolate, referent);
}
FART_CATCH

[[gnu::noinline]] static void Fart_DeletePersistentHandle(Fart_PersistentHandle object) FART_TRY {
  FART_ENTER_OR(isolate, FART_NOTHING);
  const HandleValue value = HandleValue::FromPointer(object);
  const HandleStatus status = isolate.handles().persistents.Delete(value);
  if (status == HandleStatus::kOk) [[likely]] {
    NoteDeleted(isolate, value, &Fart_DeletePersistentHandle);
  } else {
    RecordBadHandle(isolate, __func__, "object", value, status);
  }
}
FART_CATCH_OR(FART_NOTHING)

}  // namespace whole

Fart_PersistentHandle Fart_NewPersistentHandle(Fart_Handle object) FART_MAY_COLLECT {
  Isolate* const isolate = Isolate::Current();
  if (isolate != nullptr && IsLocal(*isolate, object)) [[likely]] {
    const NoSafepointScope quiet;
    const HandleValue value =
        isolate->handles().persistents.TryCreate(LocalSlot(object).Get(quiet));
    if (!value.is_empty()) [[likely]]
      return ToForeign(value);
  }
  return whole::Fart_NewPersistentHandle(object);
}

Fart_Handle Fart_HandleFromPersistent(Fart_PersistentHandle object) FART_MAY_COLLECT {
  Isolate* const isolate = WithRoomForHandle();
  if (isolate != nullptr) [[likely]] {
    const ObjectPtr* const slot =
        isolate->handles().persistents.FindSlot(HandleValue::FromPointer(object));
    if (slot != nullptr) [[likely]] {
      const NoSafepointScope quiet;
      return QuickValue(*isolate, Rooted(slot).Get(quiet), quiet);
    }
  }
  return whole::Fart_HandleFromPersistent(object);
}

void Fart_SetPersistentHandle(Fart_PersistentHandle obj1,
                              Fart_Handle obj2) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, FART_NOTHING);
  FART_UNWRAP_OR(isolate, referent, obj2, FART_NOTHING);
  const NoSafepointScope quiet;
  const HandleValue value = HandleValue::FromPointer(obj1);
  const HandleStatus status = isolate.handles().persistents.Set(value, referent.Get(quiet));
  if (status != HandleStatus::kOk) [[unlikely]]
    RecordBadHandle(isolate, __func__, "obj1", value, status);
}
FART_CATCH_OR(FART_NOTHING)

void Fart_DeletePersistentHandle(Fart_PersistentHandle object) {
  Isolate* const isolate = Isolate::Current();
  if (isolate != nullptr &&
      isolate->handles().persistents.TryDelete(HandleValue::FromPointer(object))) [[likely]]
    return;
  whole::Fart_DeletePersistentHandle(object);
}
