// Memory -- peers of objects, callbacks around collections, and what a host says or is asked of
// room.

#include <cstddef>
#include <cstdint>
#include <string>

#include "api/include/dart_api.h"
#include "api/shim.h"
#include "vm/entry/callback_runner.h"
#include "vm/isolate_registry.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

// What has an identity of its own: no null, no bool, no number.
bool MayHavePeer(ObjectPtr object) { return object.IsHeapObject() && !IsNumber(object); }

Fart_Handle MayHaveNoPeer(Isolate& isolate, const char* function, Rooted object) FART_MAY_COLLECT {
  return NewErrorHandle(isolate,
                        std::string(function) +
                            ": argument 'object' cannot be a subtype of Null, num, or bool." +
                            ItIsOfType(TypeNameOf(isolate, object)));
}

// Whether one of the pair may become what is asked: first there must be none, then it must be
// there.
Fart_Handle NotThisCallback(Isolate& isolate, const char* function, const char* argument,
                            const char* which, bool is_set) FART_MAY_COLLECT {
  if (is_set) {
    return NewErrorHandle(isolate, std::string(function) + " permits only one gc " + which +
                                       " callback: take the present one away first.");
  }
  return NewErrorHandle(
      isolate, Expects(function, argument, "present in the callback set") + " It is NULL.");
}

}  // namespace

// ---- Peers

Fart_Handle Fart_GetPeer(Fart_Handle object, void** peer) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, value, object);
  FART_NEED_POINTER(isolate, peer);
  if (!Holds<MayHavePeer>(value)) return MayHaveNoPeer(isolate, __func__, value);
  const NoSafepointScope quiet;
  *peer = isolate.handles().peers.Get(value.Get(quiet), quiet);
  return Success();
}
FART_CATCH

Fart_Handle Fart_SetPeer(Fart_Handle object, void* peer) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, value, object);
  if (!Holds<MayHavePeer>(value)) return MayHaveNoPeer(isolate, __func__, value);
  const NoSafepointScope quiet;
  isolate.handles().peers.Set(value.Get(quiet), peer, quiet);
  return Success();
}
FART_CATCH

// ---- Around collections

Fart_Handle Fart_SetGcCallbacks(Fart_GcPrologueCallback prologue_callback,
                                Fart_GcEpilogueCallback epilogue_callback)
    FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  CallbackRunnerOfIsolate& callbacks = isolate.callbacks();
  const bool has_prologue = callbacks.prologue() != nullptr;
  const bool has_epilogue = callbacks.epilogue() != nullptr;
  if (has_prologue == (prologue_callback != nullptr)) {
    return NotThisCallback(isolate, __func__, "prologue_callback", "prologue", has_prologue);
  }
  if (has_epilogue == (epilogue_callback != nullptr)) {
    return NotThisCallback(isolate, __func__, "epilogue_callback", "epilogue", has_epilogue);
  }
  callbacks.SetAroundCollections(prologue_callback, epilogue_callback);
  return Success();
}
FART_CATCH

// ---- Room

bool Fart_NotifyIdle(std::int64_t deadline) FART_MAY_COLLECT FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_NEED_NO_CALLBACK_OR(isolate, false);
  return isolate.CollectWhenIdle(deadline);
}
FART_CATCH_OR(false)

void Fart_NotifyLowMemory() FART_TRY { IsolateRegistry::NotifyLowMemory(); }
FART_CATCH_OR(FART_NOTHING)

Fart_Handle Fart_SetNearHeapLimitCallback(Fart_NearHeapLimitCallback callback,
                                          void* callback_data) FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  isolate.callbacks().SetNearHeapLimit(callback, callback_data);
  return Success();
}
FART_CATCH
