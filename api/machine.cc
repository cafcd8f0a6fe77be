// Beginning and end of the machine.

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

#include "api/host.h"
#include "api/include/dart_api.h"
#include "api/isolates.h"
#include "api/language.h"
#include "api/shim.h"
#include "api/statistics.h"
#include "heap/platform/at_fork.h"
#include "heap/platform/off_heap.h"
#include "vm/entry/misuse.h"
#include "vm/entry/thread_ends.h"
#include "vm/forking.h"
#include "vm/isolate.h"
#include "vm/isolate_registry.h"
#include "vm/memory/flags.h"
#include "vm/port/ports.h"
#include "vm/port/thread_pool.h"
#include "vm/port/timers.h"
#include "vm/port/watches.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

constexpr const char* kNoMemoryToStart = "Fart_Initialize: the system has no memory.";

char* Text(const char* text) { return ::strdup(text); }

void HoldAboveVm() {
  HoldShutdownReportForFork();
  HoldLanguageForFork();
}
void ReleaseAboveVm() {
  ReleaseLanguageAfterFork();
  ReleaseShutdownReport();
}

// The locks above vm are taken before its own: the actions before a fork run last registered first,
// those after it first registered first.
bool PrepareAllForForks() {
  static constexpr ForkActions kAboveVm = {
      .before = HoldAboveVm, .in_parent = ReleaseAboveVm, .in_child = ReleaseAboveVm};
  static const bool is_prepared = PrepareForForks() && AtFork(kAboveVm);
  return is_prepared;
}

// What Fart_Cleanup says when there is no memory for its text: NULL would mean that all has ended.
// From Fart_Initialize on, so that the host can be given it and free it.
constexpr char kReserved[] = "Fart_Cleanup: refused, and there is no memory to say why.";
constinit char* reserved = nullptr;

char* CleanupText(const char* text) {
  char* const copy = Text(text);
  return copy != nullptr ? copy : std::exchange(reserved, nullptr);
}

}  // namespace

#define FART_TEXT_OF(number) #number
#define FART_DOTTED(major, minor, patch) \
  FART_TEXT_OF(major) "." FART_TEXT_OF(minor) "." FART_TEXT_OF(patch)

const char* Fart_VersionString() {
  return FART_DOTTED(FART_VERSION_MAJOR, FART_VERSION_MINOR, FART_VERSION_PATCH);
}

std::int32_t Fart_VersionNumber() { return FART_VERSION; }

char* Fart_Initialize(Fart_InitializeParams* params) FART_TRY {
  if (params == nullptr) return Text("Fart_Initialize: params is NULL.");
  if (RunningMachine() != nullptr) return Text("Fart_Initialize: Fart has been started already.");
  if (params->version != DART_INITIALIZE_PARAMS_CURRENT_VERSION) {
    return Text("Fart_Initialize: params is of an unknown version.");
  }
  if (params->vm_isolate_snapshot != nullptr || params->instructions_snapshot != nullptr ||
      params->data_snapshot != nullptr) {
    return Text("Fart_Initialize: this version starts without snapshots.");
  }
  if (!PrepareAllForForks()) return Text(kNoMemoryToStart);
  std::string error;
  if (!ReadFlagsFromEnvironment(&error)) return Text(("FART_FLAGS: " + error).c_str());
  if (reserved == nullptr) reserved = Text(kReserved);
  if (reserved == nullptr) return Text(kNoMemoryToStart);
  PrepareLanguage();
  SetRunningMachine(params);
  ThreadPool::OfProcess().SetThreadExit(params->thread_exit);
  AllowPrograms();
  return nullptr;
}
FART_CATCH_AND(return Text(kNoMemoryToStart))

// Needs no memory.
char* Fart_Cleanup() FART_MAY_COLLECT {
  if (RunningMachine() == nullptr) return Text("Fart_Cleanup: Fart has not been started.");
  if (Isolate::Current() != nullptr) {
    return CleanupText("Fart_Cleanup: this thread is inside an isolate.");
  }
  if (ThreadPool::IsPoolThread()) {
    return CleanupText("Fart_Cleanup: this thread is one of the VM's own.");
  }
  if (IsInMisuseCallback()) return CleanupText("Fart_Cleanup: a misuse callback is running.");
  StopPrograms();
  // Handlers finish what their ports have accepted, and leave their isolates: only then is it known
  // who else is inside of one.
  Ports::HoldNativePorts();
  ThreadPool::OfProcess().WaitUntilIdle();
  if (!IsolateRegistry::TryClose()) {
    Ports::AllowNativePorts();
    AllowPrograms();
    return CleanupText("Fart_Cleanup: a thread is inside an isolate.");
  }
  Ports::RefuseNativePorts();
  ThreadPool::OfProcess().ShutDown();
  while (Isolate* const isolate = IsolateRegistry::AnyOfClosed()) {
    isolate->Enter();
    ShutDown(isolate);
  }
  StopTimers();  // No code of a program is left that could start one.
  StopWatches();
  ForbidPrograms();
  Ports::AllowNativePorts();
  ForgetPrograms();
  SetRunningMachine(nullptr);
  std::free(std::exchange(reserved, nullptr));
  OffHeapGiveBack();
  IsolateRegistry::Open();
  EndThreadIfAsked();
  return nullptr;
}
