// Watchers -- weak and finalizable handles as they are made, whichever function does it.
//
// Not here: what else is done with them (weak_handles.cc).

#ifndef FART_API_WATCHERS_H_
#define FART_API_WATCHERS_H_

#include <cstdint>

#include "api/inspect.h"
#include "api/shim.h"
#include "handles/handle_value.h"
#include "handles/slots.h"
#include "handles/weak_handles.h"
#include "heap/base/safepoint.h"
#include "vm/isolate.h"

namespace fart::api {

// For the functions with a quick way: the whole one. Empty: it was recorded why. (A-A5)
[[gnu::noinline]] HandleValue NewWatcher(const char* function, HandleKind kind, Fart_Handle object,
                                         void* peer, std::intptr_t external_allocation_size,
                                         OpaqueCallback callback,
                                         SourceLine line = {}) FART_MAY_COLLECT;

// NewWatcher as it usually is called, without a call of its own; else empty.
inline HandleValue TryNewWatcher(HandleKind kind, Fart_Handle object, void* peer,
                                 std::intptr_t external_allocation_size,
                                 OpaqueCallback callback) FART_READS_OBJECTS {
  Isolate* const isolate = Isolate::Current();
  if (isolate == nullptr || isolate->IsInCallback() || callback == nullptr ||
      external_allocation_size != 0) [[unlikely]]
    return HandleValue();
  if (!IsLocal(*isolate, object) || LocalSlot(object).IsSmi()) [[unlikely]]
    return HandleValue();
  const NoSafepointScope quiet;
  return isolate->handles().weaks.TryCreate(kind, LocalSlot(object).Get(quiet), peer, callback);
}

}  // namespace fart::api

#endif  // FART_API_WATCHERS_H_
