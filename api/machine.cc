// Beginning and end of the machine.

#include <cstring>
#include <string>

#include "api/host.h"
#include "api/include/dart_api.h"
#include "api/isolates.h"
#include "api/spawn_host.h"
#include "heap/platform/off_heap.h"
#include "lang/fart_program.h"
#include "vm/isolate.h"
#include "vm/isolate_registry.h"
#include "vm/memory/flags.h"
#include "vm/port/ports.h"
#include "vm/port/thread_pool.h"
#include "vm/port/timers.h"
#include "vm/spawn.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

char* Text(const char* text) { return ::strdup(text); }

// Whether nobody is inside, nor will be again before a call into foreign code ends.
bool IsLeft(Isolate* isolate) {
  if (IsolateRegistry::TryEnter(isolate) != EnterResult::kEntered) return false;
  const bool is_left = isolate->innermost_foreign_frame() == nullptr;
  isolate->Exit();
  return is_left;
}

}  // namespace

const char* Fart_VersionString() { return "0.1.0"; }

char* Fart_Initialize(Fart_InitializeParams* params) {
  if (params == nullptr) return Text("Fart_Initialize: params is NULL.");
  if (RunningMachine() != nullptr) return Text("Fart_Initialize: Fart has been started already.");
  if (params->version != DART_INITIALIZE_PARAMS_CURRENT_VERSION) {
    return Text("Fart_Initialize: params is of an unknown version.");
  }
  if (params->vm_isolate_snapshot != nullptr || params->instructions_snapshot != nullptr ||
      params->data_snapshot != nullptr) {
    return Text("Fart_Initialize: this version starts without snapshots.");
  }
  std::string error;
  if (!ReadFlagsFromEnvironment(&error)) return Text(("FART_FLAGS: " + error).c_str());
  SetRunningMachine(params);
  ThreadPool::OfProcess().SetThreadExit(params->thread_exit);
  AllowSpawning();
  return nullptr;
}

char* Fart_Cleanup() FART_MAY_COLLECT {
  if (RunningMachine() == nullptr) return Text("Fart_Cleanup: Fart has not been started.");
  if (Isolate::Current() != nullptr) {
    return Text("Fart_Cleanup: this thread is inside an isolate.");
  }
  if (ThreadPool::IsPoolThread()) {
    return Text("Fart_Cleanup: this thread is one of the VM's own.");
  }
  StopSpawnedIsolates();
  for (Isolate* const isolate : IsolateRegistry::All()) {
    if (IsLeft(isolate)) continue;
    AllowSpawning();
    return Text("Fart_Cleanup: a thread is inside an isolate.");
  }
  // First what may still make isolates. Handlers finish what their ports have accepted.
  Ports::RefuseNativePorts();
  ThreadPool::OfProcess().ShutDown();
  for (Isolate* const isolate : IsolateRegistry::All()) {
    isolate->Enter();
    ShutDown(isolate);
  }
  StopTimers();  // No code of a program is left that could start one.
  ForbidSpawning();
  Ports::AllowNativePorts();
  lang::ForgetSharedLibraries();
  SetRunningMachine(nullptr);
  OffHeapGiveBack();
  return nullptr;
}
