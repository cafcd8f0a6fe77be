// Isolates -- made, entered, exited and shut down.

#include "api/isolates.h"

#include <cstring>
#include <string>

#include "api/host.h"
#include "api/include/dart_api.h"
#include "api/include/fart_heap_api.h"
#include "api/shim.h"
#include "api/statistics.h"
#include "lang/fart_program.h"
#include "vm/isolate_registry.h"
#include "vm/memory/flags.h"
#include "vm/native/native_call.h"
#include "vm/spawn.h"
#include "vm/values/errors.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

Fart_Isolate ToForeignIsolate(Isolate* isolate) { return reinterpret_cast<Fart_Isolate>(isolate); }

Fart_Isolate Refuse(char** error, const std::string& text) {
  if (error != nullptr) *error = ::strdup(text.c_str());
  return nullptr;
}

Fart_Isolate Create(const char* function, IsolateOptions options, char** error) FART_MAY_COLLECT {
  const std::string who = std::string(function) + ": ";
  if (RunningMachine() == nullptr) return Refuse(error, who + "call Fart_Initialize first.");
  if (Isolate::Current() != nullptr) {
    return Refuse(error, who + "this thread is inside another isolate.");
  }
  options.flags = DefaultFlags();
  std::string reason;
  Isolate* const isolate = Isolate::Create(options, &reason).release();
  if (isolate == nullptr) return Refuse(error, who + reason);
  return ToForeignIsolate(isolate);
}

// A callback in which the host may not change the isolate: a finalizer, or that of a shutdown.
bool IsBehindBarrier(const Isolate& isolate) {
  ForeignFrame* const innermost = isolate.innermost_foreign_frame();
  return isolate.IsInCallback() ||
         (innermost != nullptr && innermost->mark().kind() == ForeignKind::kBarrier);
}

}  // namespace

void fart::api::ShutDown(Isolate* isolate) FART_MAY_COLLECT {
  EndSpawning(*isolate);  // G3
  if (RunningMachine() != nullptr && RunningMachine()->shutdown != nullptr) {
    ForeignFrame frame(*isolate, ForeignKind::kBarrier);
    const ForeignOutcome outcome =
        CallForeign(frame.mark(), RunningMachine()->shutdown, isolate->callback_data());
    if (!frame.ReclaimIsolate() || outcome != ForeignOutcome::kReturned) {
      RecordMisuse("A shutdown callback left its isolate, or let a C++ exception out.");
    }
  }
  ReportShutdown(*isolate);
  delete isolate;
}

Fart_Isolate Fart_CreateIsolate(const char* script_uri, const char* main,
                                const std::uint8_t* snapshot, Fart_IsolateFlags* flags,
                                void* callback_data, char** error) FART_MAY_COLLECT {
  if (snapshot != nullptr) {
    return Refuse(error, "Fart_CreateIsolate: this version starts without snapshots.");
  }
  if (flags != nullptr && flags->version != DART_FLAGS_CURRENT_VERSION) {
    return Refuse(error, "Fart_CreateIsolate: flags is of an unknown version.");
  }
  IsolateOptions options;
  if (script_uri != nullptr) options.name = script_uri;
  if (main != nullptr) options.name.append("$").append(main);
  options.callback_data = callback_data;
  options.program = lang::MakeFartProgram;
  return Create(__func__, options, error);
}

Fart_Isolate Fart_CreateHeapIsolate(void* callback_data, char** error) FART_MAY_COLLECT {
  IsolateOptions options;
  options.callback_data = callback_data;
  return Create(__func__, options, error);
}

void Fart_ShutdownIsolate() FART_MAY_COLLECT {
  FART_ENTER_OR(isolate, );
  FART_NEED_NO_CALLBACK_OR(isolate, );
  if (isolate.innermost_foreign_frame() != nullptr) {
    RecordMisuse(std::string(__func__) + ": a native function or callback of it is running.");
    return;
  }
  if (isolate.is_spawned()) {
    RecordMisuse(std::string(__func__) + ": Fart code spawned it; the VM ends it.");
    return;
  }
  ShutDown(&isolate);
}

bool Fart_IsolateMakeRunnable(Fart_Isolate isolate) {
  if (Isolate::Current() != nullptr) {
    RecordMisuse(std::string(__func__) + ": this thread is inside an isolate.");
    return false;
  }
  if (IsolateRegistry::TryEnter(isolate) != EnterResult::kEntered) {
    RecordMisuse(Expects(__func__, "isolate", "an isolate that no thread is inside of"));
    return false;
  }
  Isolate& entered = *Isolate::Current();
  const bool has_script = entered.libraries().root() != nullptr;
  const bool is_new = has_script && entered.MakeRunnable();
  entered.Exit();
  if (!is_new) {
    RecordMisuse(std::string(__func__) + (has_script ? ": the isolate is runnable already."
                                                     : ": the isolate has loaded no script."));
  }
  return is_new;
}

Fart_Isolate Fart_CurrentIsolate() { return ToForeignIsolate(Isolate::Current()); }

Fart_Handle Fart_DebugName() FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  return Wrap(isolate, NewStringFromUtf8(isolate.mutator(), isolate.name()));
}

void* Fart_CurrentIsolateData() {
  FART_ENTER_OR(isolate, nullptr);
  return isolate.callback_data();
}

void* Fart_IsolateData(Fart_Isolate isolate) {
  const Isolate* const found = IsolateRegistry::Find(isolate);
  if (found != nullptr) return found->callback_data();
  RecordMisuse(Expects(__func__, "isolate", "an isolate that has not been shut down"));
  return nullptr;
}

void Fart_EnterIsolate(Fart_Isolate isolate) {
  const Isolate* const current = Isolate::Current();
  if (current != nullptr && current->IsInCallback()) {
    RecordText(__func__, ErrorText::kInCallback);
    return;
  }
  switch (IsolateRegistry::TryEnter(isolate)) {
    case EnterResult::kEntered:
      return;
    case EnterResult::kNoSuchIsolate:
      RecordMisuse(Expects(__func__, "isolate", "an isolate that has not been shut down"));
      return;
    case EnterResult::kOtherIsolate:
      RecordMisuse(std::string(__func__) + ": this thread is inside an isolate already.");
      return;
    case EnterResult::kOtherThread:
      RecordMisuse(std::string(__func__) + ": another thread is inside the isolate.");
      return;
  }
}

void Fart_ExitIsolate() {
  FART_ENTER_OR(isolate, );
  if (IsBehindBarrier(isolate)) {
    RecordText(__func__, ErrorText::kInCallback);
    return;
  }
  isolate.Exit();
}
