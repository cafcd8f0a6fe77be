// What remains of api/inspect.cc in a library that was built without looks into the heap
// (FART_LOOKS=OFF of the CMake build): what others call, and what the headers for C++ need. The
// functions that look are not there, so that the linker names them (docs/design/heap_alone.md).

#include <cstdint>
#include <cstdio>
#include <string>

#include "api/include/fart_tools_api.h"
#include "api/inspect.h"
#include "api/shim.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

// No place is noted, so nothing is known of what has ended.
void fart::api::NotePlaceOf(Isolate&, HandleValue, const void*) {}
void fart::api::NoteLineOf(Isolate&, HandleValue, SourceLine) {}
void fart::api::NoteAcquiredOf(Isolate&, Address, const void*) {}
void fart::api::NoteEndOf(Isolate&, HandleValue, const void*) {}
std::string fart::api::EndedText(HandleTables&, HandleValue, const void*) { return {}; }

void fart::api::WriteRequestedSnapshot(Enterable&) {}

void fart::api::InspectAtEnd(Isolate& isolate) FART_MAY_COLLECT {
  const Flags flags = isolate.flags();
  if (!flags.gc_histogram && !flags.leak_report && flags.heap_snapshot.empty() &&
      flags.why.empty()) {
    return;
  }
  std::fputs("This libfartheap was built without looks (FART_LOOKS=OFF).\n", stderr);
}

// The line is not looked at.
Fart_PersistentHandle Fart_NewPersistentHandleAt(Fart_Handle object, const char*,
                                                 int) FART_MAY_COLLECT {
  return Fart_NewPersistentHandle(object);
}
Fart_WeakPersistentHandle Fart_NewWeakPersistentHandleAt(
    Fart_Handle object, void* peer, std::intptr_t external_allocation_size,
    Fart_WeakPersistentHandleFinalizer callback, const char*, int) FART_MAY_COLLECT {
  return Fart_NewWeakPersistentHandle(object, peer, external_allocation_size, callback);
}
Fart_FinalizableHandle Fart_NewFinalizableHandleAt(Fart_Handle object, void* peer,
                                                   std::intptr_t external_allocation_size,
                                                   Fart_HandleFinalizer callback, const char*,
                                                   int) FART_MAY_COLLECT {
  return Fart_NewFinalizableHandle(object, peer, external_allocation_size, callback);
}
