// Scopes -- Fart_EnterScope and its kin.

#include <cstdint>

#include "api/handler_memory.h"
#include "api/include/dart_api.h"
#include "api/shim.h"
#include "heap/base/units.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

void Fart_EnterScope() {
  FART_ENTER_OR(isolate, FART_NOTHING);
  if (!isolate.handles().locals.EnterScope()) [[unlikely]]
    RecordText(__func__, ErrorText::kNoHandleSpace);
}

namespace whole {

[[gnu::noinline]] static void Fart_ExitScope() FART_TRY {
  FART_ENTER_OR(isolate, FART_NOTHING);
  if (!isolate.handles().locals.ExitScope()) [[unlikely]]
    RecordText(__func__, ErrorText::kNoScope);
}
FART_CATCH_OR(FART_NOTHING)

}  // namespace whole

void Fart_ExitScope() {
  Isolate* const isolate = Isolate::Current();
  if (isolate != nullptr && isolate->handles().locals.TryExitScope()) [[likely]]
    return;
  whole::Fart_ExitScope();
}

Fart_Handle Fart_ExitScopeWith(Fart_Handle result) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  LocalHandles& locals = isolate.handles().locals;
  if (!locals.HasOuterScope()) [[unlikely]]
    return AtPlace(ErrorText::kNoScope, __func__);
  FART_UNWRAP(isolate, object, result);
  const NoSafepointScope quiet;
  const ObjectPtr kept = object.Get(quiet);
  // No scope, or no handle: the scope is one that the host outside of the running native function
  // opened.
  if (IsConstant(kept)) {  // A-A4
    return locals.ExitScope() ? ConstantOf(kept) : AtPlace(ErrorText::kNoScope, __func__);
  }
  const bool was_unopened = locals.IsInnermostUnopened();
  if (was_unopened && locals.IsLocal(HandleValue::FromPointer(result))) {  // It is outside already.
    locals.ExitScope();
    return result;
  }
  const HandleValue carried = locals.ExitScopeWith(kept);
  if (!carried.is_empty()) [[likely]]
    return ToForeign(carried);
  return was_unopened ? ToForeign(ErrorText::kNoHandleSpace)
                      : AtPlace(ErrorText::kNoScope, __func__);
}
FART_CATCH

namespace whole {

[[gnu::noinline]] static Fart_Handle Fart_ExitScopeWithAll(
    std::intptr_t count, Fart_Handle* handles) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  LocalHandles& locals = isolate.handles().locals;
  if (!locals.HasOuterScope()) [[unlikely]]
    return AtPlace(ErrorText::kNoScope, __func__);
  FART_NEED_RANGE(isolate, count, INTPTR_MAX);
  if (count != 0) FART_NEED_POINTER(isolate, handles);
  for (std::intptr_t i = 0; i < count; ++i) {
    if (SlotOf(isolate, handles[i]) == nullptr) [[unlikely]]
      return NotLive(isolate, __func__, IndexedName("handles", i).c_str(), handles[i]);
  }
  const auto all = static_cast<std::size_t>(count);
  if (!locals.Reserve(all)) return ToForeign(ErrorText::kNoHandleSpace);
  // Copies of all of them: those are what the scope is left with.
  const LocalHandles::SavedTop before = locals.Top();
  for (std::size_t i = 0; i < all; ++i) {
    static_cast<void>(locals.CreateHandle(*SlotOf(isolate, handles[i])));
  }
  const ObjectPtr* const carried = locals.ExitScopeWithLast(all);
  if (carried == nullptr) {
    locals.RestoreTop(before);
    return AtPlace(ErrorText::kNoScope, __func__);
  }
  for (std::size_t i = 0; i < all; ++i) {
    const ObjectPtr object = carried[i];
    handles[i] = IsConstant(object) ? ConstantOf(object) : ToForeign(locals.Reissue(carried + i));
  }
  return Success();
}
FART_CATCH

}  // namespace whole

Fart_Handle Fart_ExitScopeWithAll(std::intptr_t count, Fart_Handle* handles) FART_MAY_COLLECT {
  Isolate* const isolate = Isolate::Current();
  if (isolate != nullptr && handles != nullptr && count > 0) [[likely]] {
    LocalHandles& locals = isolate->handles().locals;
    const auto all = static_cast<std::size_t>(count);
    if (locals.HasOuterScope() && locals.HasRoomFor(all)) [[likely]] {  // not in checked mode
      const NoSafepointScope quiet;
      const LocalHandles::SavedTop before = locals.Top();
      const ObjectPtr* slot = nullptr;
      for (std::size_t i = 0; i < all; ++i) {
        slot = QuickSlot(*isolate, handles[i]);
        if (slot == nullptr) break;
        static_cast<void>(locals.CreateInRoom(*slot));
      }
      const ObjectPtr* const carried = slot == nullptr ? nullptr : locals.ExitScopeWithLast(all);
      if (carried != nullptr) [[likely]] {
        for (std::size_t i = 0; i < all; ++i) {
          const ObjectPtr object = carried[i];
          handles[i] =
              IsConstant(object) ? ConstantOf(object) : ToForeign(HandleValue::Local(carried + i));
        }
        return Success();
      }
      locals.RestoreTop(before);
    }
  }
  return whole::Fart_ExitScopeWithAll(count, handles);
}

// ---- Variables: local handles that are given other objects

namespace whole {

[[gnu::noinline]] static Fart_Handle Fart_NewLocalHandle(Fart_Handle object)
    FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  FART_UNWRAP(isolate, value, object);
  const NoSafepointScope quiet;
  return NewLocal(isolate, value.Get(quiet));
}
FART_CATCH

[[gnu::noinline]] static void Fart_SetLocalHandle(Fart_Handle local,
                                                  Fart_Handle object) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, FART_NOTHING);
  FART_UNWRAP_OR(isolate, value, object, FART_NOTHING);
  LocalHandles& locals = isolate.handles().locals;
  const HandleValue variable = HandleValue::FromPointer(local);
  ObjectPtr* const slot = locals.FindForOverwrite(variable);
  if (slot != nullptr) {
    const NoSafepointScope quiet;
    locals.Overwrite(slot, value.Get(quiet));
    return;
  }
  HandleStatus status = isolate.handles().Resolve(variable).status;
  if (status == HandleStatus::kErrorText) status = HandleStatus::kWrongKind;
  if (status == HandleStatus::kOk) {
    // A scope's marker, else a handle that is no local one.
    status = variable.IsTagged() ? HandleStatus::kWrongKind : HandleStatus::kStale;
  }
  RecordBadHandle(isolate, __func__, "local", variable, status);
}
FART_CATCH_OR(FART_NOTHING)

}  // namespace whole

Fart_Handle Fart_NewLocalHandle(Fart_Handle object) FART_MAY_COLLECT {
  Isolate* const isolate = WithRoomForHandle();
  if (isolate != nullptr) [[likely]] {
    const ObjectPtr* const slot = QuickSlot(*isolate, object);
    if (slot != nullptr) [[likely]] {
      const NoSafepointScope quiet;
      return QuickHandle(*isolate, *slot, quiet);
    }
  }
  return whole::Fart_NewLocalHandle(object);
}

void Fart_SetLocalHandle(Fart_Handle local, Fart_Handle object) FART_READS_OBJECTS {
  Isolate* const isolate = Isolate::Current();
  if (isolate != nullptr) [[likely]] {
    LocalHandles& locals = isolate->handles().locals;
    ObjectPtr* const slot = locals.FindForOverwrite(HandleValue::FromPointer(local));
    const ObjectPtr* const value = QuickSlot(*isolate, object);
    if (slot != nullptr && value != nullptr) [[likely]] {
      locals.Overwrite(slot, *value);
      return;
    }
  }
  whole::Fart_SetLocalHandle(local, object);
}

namespace {

// For the handler of a native port, which has no isolate.
std::uint8_t* AllocateInHandler(const char* function, HandlerMemory& memory, std::intptr_t size) {
  if (!IsInRange(size, INTPTR_MAX)) {
    RecordMisuse(ExpectsRange(function, "size", INTPTR_MAX, size));
    return nullptr;
  }
  void* const bytes = memory.arena().Allocate(static_cast<std::size_t>(size));
  if (bytes == nullptr) RecordText(function, ErrorText::kOffHeapMemory);
  return static_cast<std::uint8_t*>(bytes);
}

}  // namespace

std::uint8_t* Fart_ScopeAllocate(std::intptr_t size) FART_TRY {
  if (Isolate::Current() == nullptr && HandlerMemory::Current() != nullptr) {
    return AllocateInHandler(__func__, *HandlerMemory::Current(), size);
  }
  FART_ENTER_OR(isolate, nullptr);
  FART_NEED_SCOPE_OR(isolate, nullptr);
  FART_NEED_RANGE_OR(size, INTPTR_MAX, nullptr);
  void* const bytes =
      isolate.handles().locals.arena().Allocate(ByteCount(static_cast<std::size_t>(size)));
  if (bytes == nullptr) [[unlikely]]
    RecordText(__func__, ErrorText::kOffHeapMemory);
  return static_cast<std::uint8_t*>(bytes);
}
FART_CATCH_OR(nullptr)
