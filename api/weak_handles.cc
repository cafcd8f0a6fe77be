// Weak and finalizable handles -- made, asked, charged and deleted.
//
// They share a table: a value's own kind says which it is.

#include <cstdint>

#include "api/external_room.h"
#include "api/include/dart_api.h"
#include "api/inspect.h"
#include "api/shim.h"
#include "api/watchers.h"
#include "handles/weak_handles.h"
#include "heap/base/units.h"
#include "vm/isolate_registry.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

[[gnu::noinline, gnu::cold]] void RecordExpected(const char* function, const char* argument,
                                                 const char* expected) {
  RecordMisuse(Expects(function, argument, expected));
}

ByteCount Bytes(std::intptr_t size) { return ByteCount(static_cast<std::size_t>(size)); }

// What never dies and is charged nothing (null, true, false) is no heap object.
void Charge(Isolate& isolate, ObjectPtr object, ByteCount before, ByteCount now) {
  if (object.IsHeapObject()) isolate.mutator().ChargeExternal(object, before, now);
}

HandleValue MakeWatcher(const char* function, HandleKind kind, Fart_Handle object, void* peer,
                        std::intptr_t external_allocation_size, OpaqueCallback callback,
                        SourceLine line) FART_MAY_COLLECT {
  if (Isolate::Current() == nullptr) [[unlikely]] {
    RecordText(function, ErrorText::kNoIsolate);
    return HandleValue();
  }
  Isolate& isolate = *Isolate::Current();
  if (isolate.IsInCallback()) [[unlikely]] {
    RecordText(function, ErrorText::kInCallback);
    return HandleValue();
  }
  const ObjectPtr* const slot = SlotOf(isolate, object);
  if (slot == nullptr) [[unlikely]] {
    RecordNotLive(isolate, function, "object", object);
    return HandleValue();
  }
  const Rooted referent(slot);
  if (callback == nullptr) [[unlikely]] {
    RecordMisuse(ExpectsNonNull(function, "callback"));
    return HandleValue();
  }
  if (!IsInRange(external_allocation_size, ExternalRoom(isolate.heap()))) [[unlikely]] {
    RecordMisuse(ExpectsRange(function, "external_allocation_size", ExternalRoom(isolate.heap()),
                              external_allocation_size));
    return HandleValue();
  }
  if (referent.IsSmi()) [[unlikely]] {
    RecordExpected(function, "object", "no small integer, which has no identity");
    return HandleValue();
  }
  const ByteCount external = Bytes(external_allocation_size);
  HandleValue value;
  {
    const NoSafepointScope quiet;
    value = isolate.handles().weaks.Create(kind, referent.Get(quiet), peer, external, callback);
    if (value.is_empty()) [[unlikely]] {
      RecordText(function, ErrorText::kOffHeapMemory);
      return HandleValue();
    }
    NoteMadeAt(isolate, value, line, &NewWatcher);
    if (external.is_zero()) [[likely]]
      return value;
    Charge(isolate, referent.Get(quiet), ByteCount(), external);
  }
  isolate.mutator().PollExternalSize();
  return value;
}

// What the table answered; a live handle's charge is taken back.
HandleStatus Delete(Isolate& isolate, HandleValue value) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  ObjectPtr referent;
  ByteCount external;
  const HandleStatus status = isolate.handles().weaks.Delete(value, &referent, &external, quiet);
  if (status == HandleStatus::kOk) NoteDeleted(isolate, value, &Delete);
  if (status == HandleStatus::kOk && !external.is_zero()) [[unlikely]]
    Charge(isolate, referent, external, ByteCount());
  return status;
}

// Of a weak handle that is another isolate's.
enum class Elsewhere {
  kIsMisuse,    // and so is `isolate`, if it is not the current one
  kIsAnswered,  // by its isolate; null: that has ended
};

// Ends a weak handle of the current isolate: for the functions with a quick way. (A-A5)
[[gnu::noinline]] Fart_Isolate DeleteWeak(const char* function, Elsewhere elsewhere,
                                          Fart_Isolate isolate,
                                          HandleValue value) FART_READS_OBJECTS FART_TRY {
  Isolate* const current = Isolate::Current();
  const bool is_weak = value.IsTagged() && value.kind() == HandleKind::kWeak;
  if (elsewhere == Elsewhere::kIsAnswered && is_weak &&
      (current == nullptr || value.isolate() != current->id())) {
    return IsolateRegistry::NameOfOwner(value);
  }
  if (current == nullptr) {
    RecordText(function, ErrorText::kNoIsolate);
    return nullptr;
  }
  if (elsewhere == Elsewhere::kIsMisuse && isolate != current->foreign()) {
    RecordExpected(function, "isolate", "the current isolate");
    return nullptr;
  }
  const HandleStatus status =
      is_weak ? Delete(*current, value) : WeakStatusOf(*current, HandleKind::kWeak, value);
  // An earlier isolate of the same number may have had more handles.
  const bool is_earlier = is_weak && status == HandleStatus::kNotAHandle &&
                          IsolateRegistry::NameOfOwner(value) == nullptr;
  if (status != HandleStatus::kOk && !HasEnded(status) && !is_earlier)
    RecordBadHandle(*current, function, "object", value, status);
  return nullptr;
}
FART_CATCH_AND(RecordText(function, ErrorText::kOffHeapMemory); return nullptr)

// Of a live handle.
void UpdateExternal(Isolate& isolate, const char* function, HandleValue value,
                    ByteCount external) FART_MAY_COLLECT {
  ByteCount before;
  {
    const NoSafepointScope quiet;
    WeakHandles& weaks = isolate.handles().weaks;
    ObjectPtr referent;
    const HandleStatus status = weaks.UpdateExternal(value, external, &referent, &before, quiet);
    FART_CHECK(status == HandleStatus::kOk);
    const std::size_t most = before.value() + ExternalRoom(isolate.heap());
    if (external.value() > most) [[unlikely]] {
      ByteCount refused;
      static_cast<void>(weaks.UpdateExternal(value, before, &referent, &refused, quiet));
      RecordMisuse(ExpectsRange(function, "external_allocation_size", most,
                                static_cast<std::intptr_t>(external.value())));
      return;
    }
    Charge(isolate, referent, before, external);
  }
  if (external > before) isolate.mutator().PollExternalSize();
}

// Whether a finalizable handle may be used: it is live, and the host proves it has its object.
// Everything else that is no mere end is recorded.
bool MayUse(const Isolate& isolate, const char* function, HandleValue value,
            Fart_Handle strong_ref_to_object) FART_READS_OBJECTS {
  const HandleStatus status = WeakStatusOf(isolate, HandleKind::kFinalizable, value);
  if (HasEnded(status)) return false;
  if (status != HandleStatus::kOk) {
    RecordBadHandle(isolate, function, "object", value, status);
    return false;
  }
  const ObjectPtr* const slot = SlotOf(isolate, strong_ref_to_object);
  if (slot == nullptr) {
    RecordNotLive(isolate, function, "strong_ref_to_object", strong_ref_to_object);
    return false;
  }
  const NoSafepointScope quiet;
  if (Rooted(slot).Get(quiet) == isolate.handles().weaks.Get(value, quiet)) return true;
  RecordExpected(function, "strong_ref_to_object", "a handle to the watched object");
  return false;
}

}  // namespace

HandleValue fart::api::NewWatcher(const char* function, HandleKind kind, Fart_Handle object,
                                  void* peer, std::intptr_t external_allocation_size,
                                  OpaqueCallback callback,
                                  SourceLine line) FART_MAY_COLLECT FART_TRY {
  return MakeWatcher(function, kind, object, peer, external_allocation_size, callback, line);
}
FART_CATCH_AND(RecordText(function, ErrorText::kOffHeapMemory); return HandleValue())

Fart_WeakPersistentHandle Fart_NewWeakPersistentHandle(
    Fart_Handle object, void* peer, std::intptr_t external_allocation_size,
    Fart_WeakPersistentHandleFinalizer callback) FART_MAY_COLLECT {
  const auto function = reinterpret_cast<OpaqueCallback>(callback);
  const HandleValue value =
      TryNewWatcher(HandleKind::kWeak, object, peer, external_allocation_size, function);
  if (!value.is_empty()) [[likely]]
    return value.As<_Fart_WeakPersistentHandle>();
  return NewWatcher(__func__, HandleKind::kWeak, object, peer, external_allocation_size, function)
      .As<_Fart_WeakPersistentHandle>();
}

Fart_Handle Fart_HandleFromWeakPersistent(Fart_WeakPersistentHandle object)
    FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  const HandleValue value = HandleValue::FromPointer(object);
  const HandleStatus status = WeakStatusOf(isolate, HandleKind::kWeak, value);
  if (status != HandleStatus::kOk && !HasEnded(status)) [[unlikely]] {
    return NewErrorHandle(isolate, BadHandleText(isolate, __func__, "object", value, status));
  }
  const NoSafepointScope quiet;
  return WrapObject(isolate, isolate.handles().weaks.Get(value, quiet), quiet);
}
FART_CATCH

void Fart_DeleteWeakPersistentHandle(Fart_Isolate isolate,
                                     Fart_WeakPersistentHandle object) FART_READS_OBJECTS {
  Isolate* const current = Isolate::Current();
  const HandleValue value = HandleValue::FromPointer(object);
  if (current != nullptr && isolate == current->foreign() && value.kind() == HandleKind::kWeak &&
      current->handles().weaks.TryDelete(value)) [[likely]]
    return;
  static_cast<void>(DeleteWeak(__func__, Elsewhere::kIsMisuse, isolate, value));
}

Fart_Isolate Fart_TryDeleteWeakPersistentHandle(Fart_WeakPersistentHandle object)
    FART_READS_OBJECTS {
  Isolate* const current = Isolate::Current();
  const HandleValue value = HandleValue::FromPointer(object);
  if (current != nullptr && value.kind() == HandleKind::kWeak &&
      current->handles().weaks.TryDelete(value)) [[likely]]
    return nullptr;
  return DeleteWeak(__func__, Elsewhere::kIsAnswered, nullptr, value);
}

void Fart_UpdateExternalSize(Fart_WeakPersistentHandle object,
                             std::intptr_t external_allocation_size) FART_MAY_COLLECT FART_TRY {
  FART_ENTER_OR(isolate, FART_NOTHING);
  FART_NEED_NO_CALLBACK_OR(isolate, FART_NOTHING);
  FART_NEED_RANGE_OR(external_allocation_size, WeakHandles::kMaxExternal.value(), FART_NOTHING);
  const HandleValue value = HandleValue::FromPointer(object);
  const HandleStatus status = WeakStatusOf(isolate, HandleKind::kWeak, value);
  if (HasEnded(status)) return;
  if (status != HandleStatus::kOk) [[unlikely]] {
    RecordBadHandle(isolate, __func__, "object", value, status);
    return;
  }
  UpdateExternal(isolate, __func__, value, Bytes(external_allocation_size));
}
FART_CATCH_OR(FART_NOTHING)

Fart_FinalizableHandle Fart_NewFinalizableHandle(Fart_Handle object, void* peer,
                                                 std::intptr_t external_allocation_size,
                                                 Fart_HandleFinalizer callback) FART_MAY_COLLECT {
  const auto function = reinterpret_cast<OpaqueCallback>(callback);
  const HandleValue value =
      TryNewWatcher(HandleKind::kFinalizable, object, peer, external_allocation_size, function);
  if (!value.is_empty()) [[likely]]
    return value.As<_Fart_FinalizableHandle>();
  return NewWatcher(__func__, HandleKind::kFinalizable, object, peer, external_allocation_size,
                    function)
      .As<_Fart_FinalizableHandle>();
}

void Fart_DeleteFinalizableHandle(Fart_FinalizableHandle object,
                                  Fart_Handle strong_ref_to_object) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, FART_NOTHING);
  const HandleValue value = HandleValue::FromPointer(object);
  if (MayUse(isolate, __func__, value, strong_ref_to_object)) Delete(isolate, value);
}
FART_CATCH_OR(FART_NOTHING)

void Fart_UpdateFinalizableExternalSize(
    Fart_FinalizableHandle object, Fart_Handle strong_ref_to_object,
    std::intptr_t external_allocation_size) FART_MAY_COLLECT FART_TRY {
  FART_ENTER_OR(isolate, FART_NOTHING);
  FART_NEED_NO_CALLBACK_OR(isolate, FART_NOTHING);
  FART_NEED_RANGE_OR(external_allocation_size, WeakHandles::kMaxExternal.value(), FART_NOTHING);
  const HandleValue value = HandleValue::FromPointer(object);
  if (!MayUse(isolate, __func__, value, strong_ref_to_object)) return;
  UpdateExternal(isolate, __func__, value, Bytes(external_allocation_size));
}
FART_CATCH_OR(FART_NOTHING)
