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
