// Isolates -- made, entered, exited and shut down.

#include "api/isolates.h"

#include <chrono>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>

#include "api/host.h"
#include "api/include/dart_api.h"
#include "api/include/fart_heap_api.h"
#include "api/inspect.h"
#include "api/language.h"
#include "api/shim.h"
#include "api/statistics.h"
#include "heap/platform/thread_stack.h"
#include "vm/entry/callback_frame.h"
#include "vm/entry/thread_ends.h"
#include "vm/isolate_registry.h"
#include "vm/memory/flags.h"
#include "vm/port/message_queue.h"
#include "vm/values/errors.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

constexpr const char* kNoMemoryToCreateHeap = "Fart_CreateHeapIsolate: the system has no memory.";

[[gnu::noinline, gnu::cold]] void RecordNoSuchIsolate(const char* function) {
  RecordMisuse(Expects(function, "isolate", "an isolate that has not been shut down"));
}

// That many milliseconds from now; nothing: never.
std::optional<std::chrono::steady_clock::time_point> After(std::int64_t milliseconds) {
  constexpr std::int64_t kMost = std::int64_t{1} << 42;  // A hundred years: no sum overflows.
  if (milliseconds < 0 || milliseconds > kMost) return std::nullopt;
  return std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
}

// A callback in which the host may not change the isolate: a finalizer, or that of a shutdown.
bool IsBehindBarrier(const Isolate& isolate) {
  ForeignFrame* const innermost = isolate.innermost_foreign_frame();
  return isolate.IsInCallback() ||
         (innermost != nullptr && innermost->mark().kind() == ForeignKind::kBarrier);
}

}  // namespace

Fart_Isolate fart::api::RefuseIsolate(char** error, const char* text) {
  PutErrorText(error, text);
  return nullptr;
}

Fart_Isolate fart::api::CreateIsolate(const char* function, IsolateOptions options,
                                      char** error) FART_MAY_COLLECT {
  const std::string who = std::string(function) + ": ";
  if (RunningMachine() == nullptr) return RefuseIsolate(error, who + "call Fart_Initialize first.");
  if (Isolate::Current() != nullptr) {
    return RefuseIsolate(error, who + "this thread is inside another isolate.");
  }
  if (IsInMisuseCallback()) return RefuseIsolate(error, who + TextOf(ErrorText::kInCallback));
  const bool enable_asserts = options.flags.enable_asserts || DefaultFlags().enable_asserts;
  const bool checked = options.flags.checked || DefaultFlags().checked;
  options.flags = DefaultFlags();
  options.flags.enable_asserts = enable_asserts;
  options.flags.checked = checked;
  std::string reason;
  Isolate* const isolate = Isolate::Create(options, &reason).release();
  if (isolate == nullptr) return RefuseIsolate(error, who + reason);
  isolate->callbacks().SetLook(WriteRequestedSnapshot);
  return isolate->foreign();
}

void fart::api::ShutDown(Isolate* isolate) FART_MAY_COLLECT {
  EndSpawnedBy(*isolate);
  isolate->ForgetStop();  // The callback may run code of the program.
  if (RunningMachine() != nullptr && RunningMachine()->shutdown != nullptr) {
    ForeignFrame frame(*isolate, ForeignKind::kBarrier);
    const ForeignOutcome outcome =
        CallForeign(frame.mark(), RunningMachine()->shutdown, isolate->callback_data());
    if (!frame.ReclaimIsolate() || outcome != ForeignOutcome::kReturned) {
      if (outcome == ForeignOutcome::kReturned) {
        RecordMisuse("A shutdown callback left its isolate.");
      } else {
        RecordEscape("A shutdown callback", outcome);
      }
    }
  }
  InspectAtEnd(*isolate);
  ReportShutdown(*isolate);
  delete isolate;
}

Fart_Isolate Fart_CreateHeapIsolate(void* callback_data, char** error) FART_MAY_COLLECT FART_TRY {
  IsolateOptions options;
  options.callback_data = callback_data;
  return CreateIsolate(__func__, options, error);
}
FART_CATCH_AND(return RefuseIsolate(error, kNoMemoryToCreateHeap))

void Fart_ShutdownIsolate() FART_MAY_COLLECT FART_TRY {
  FART_ENTER_OR(isolate, FART_NOTHING);
  FART_NEED_NO_CALLBACK_OR(isolate, FART_NOTHING);
  if (isolate.innermost_foreign_frame() != nullptr) {
    RecordMisuse(std::string(__func__) + ": a native function or callback of it is running.");
    return;
  }
  if (isolate.host_roots().has_frames()) {
    RecordMisuse(std::string(__func__) + ": a frame of roots has not ended (FART_ROOTS).");
    return;
  }
  if (isolate.is_spawned()) {
    RecordMisuse(std::string(__func__) + ": Fart code spawned it; the VM ends it.");
    return;
  }
  ShutDown(&isolate);
  EndThreadIfAsked();
}
FART_CATCH_OR(FART_NOTHING)

Fart_Isolate Fart_CurrentIsolate() {
  const Isolate* const isolate = Isolate::Current();
  return isolate == nullptr ? nullptr : isolate->foreign();
}

Fart_Handle Fart_DebugName() FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  return Wrap(isolate, NewStringFromUtf8(isolate.mutator(), isolate.name()));
}
FART_CATCH

void* Fart_CurrentIsolateData() FART_TRY {
  FART_ENTER_OR(isolate, nullptr);
  return isolate.callback_data();
}
FART_CATCH_OR(nullptr)

void* Fart_IsolateData(Fart_Isolate isolate) FART_TRY {
  void* data = nullptr;
  const auto read = [&data](const Isolate& found) { data = found.callback_data(); };
  if (IsolateRegistry::With(isolate, read)) return data;
  RecordNoSuchIsolate(__func__);
  return nullptr;
}
FART_CATCH_OR(nullptr)

void Fart_EnterIsolate(Fart_Isolate isolate) FART_TRY {
  const Isolate* const current = Isolate::Current();
  if (IsInMisuseCallback() || (current != nullptr && current->IsInCallback())) {
    RecordText(__func__, ErrorText::kInCallback);
    return;
  }
  switch (IsolateRegistry::TryEnter(isolate)) {
    case EnterResult::kEntered:
      if (Isolate::Current()->TakeThreadEndedInside()) NoteMisuse(kThreadEndedInside);
      EndThreadIfAsked();
      return;
    case EnterResult::kNoSuchIsolate:
      RecordNoSuchIsolate(__func__);
      return;
    case EnterResult::kOtherIsolate:
      RecordMisuse(std::string(__func__) + ": this thread is inside an isolate already.");
      return;
    case EnterResult::kOtherThread:
      RecordMisuse(std::string(__func__) + ": another thread is inside the isolate.");
      return;
  }
}
FART_CATCH_OR(FART_NOTHING)

bool Fart_TryEnterIsolate(Fart_Isolate isolate, std::int64_t max_milliseconds) FART_TRY {
  const Isolate* const current = Isolate::Current();
  if (IsInMisuseCallback() || (current != nullptr && current->IsInCallback())) {
    RecordText(__func__, ErrorText::kInCallback);
    return false;
  }
  switch (max_milliseconds == 0
              ? IsolateRegistry::TryEnter(isolate)
              : IsolateRegistry::EnterWhenLeft(isolate, After(max_milliseconds))) {
    case EnterResult::kEntered:
      if (Isolate::Current()->TakeThreadEndedInside()) NoteMisuse(kThreadEndedInside);
      EndThreadIfAsked();
      return true;
    case EnterResult::kNoSuchIsolate:
      RecordNoSuchIsolate(__func__);
      return false;
    case EnterResult::kOtherIsolate:
      RecordMisuse(std::string(__func__) + ": this thread is inside an isolate already.");
      return false;
    case EnterResult::kOtherThread:
      return false;
  }
  return false;
}
FART_CATCH_OR(false)

void Fart_ExitIsolate() FART_TRY {
  FART_ENTER_OR(isolate, FART_NOTHING);
  if (IsBehindBarrier(isolate)) {
    RecordText(__func__, ErrorText::kInCallback);
    return;
  }
  isolate.Exit();
  EndThreadIfAsked();
}
FART_CATCH_OR(FART_NOTHING)

// ---- Stopping

bool Fart_InterruptIsolate(Fart_Isolate isolate, Fart_Interrupt kind) FART_TRY {
  // From C comes any number: reading one that the enumeration has no room for is undefined.
  std::underlying_type_t<Fart_Interrupt> number{};
  static_assert(sizeof number == sizeof kind);
  std::memcpy(&number, &kind, sizeof number);
  if (number != Fart_Interrupt_kRunning && number != Fart_Interrupt_kNext) {
    RecordMisuse(Expects(__func__, "kind", "a Fart_Interrupt"));
    return false;
  }
  const StopKind stop = number == Fart_Interrupt_kRunning ? StopKind::kRunning : StopKind::kNext;
  if (IsolateRegistry::With(isolate, [stop](Isolate& found) { found.RequestStop(stop); })) {
    return true;
  }
  RecordNoSuchIsolate(__func__);
  return false;
}
FART_CATCH_OR(false)

bool Fart_KillIsolate(Fart_Isolate isolate) FART_TRY {
  std::shared_ptr<MessageListener> listener;
  const auto stop = [&listener](Isolate& found) {
    found.RequestStop(StopKind::kForGood);
    listener = found.messages().listener();
  };
  if (!IsolateRegistry::With(isolate, stop)) {
    RecordNoSuchIsolate(__func__);
    return false;
  }
  // Whoever handles its messages elsewhere looks at it, and finds it stopped.
  if (listener != nullptr) listener->MessageCame();
  return true;
}
FART_CATCH_OR(false)

bool Fart_SetStackBounds(void* low, void* high) FART_TRY {
  const auto first = reinterpret_cast<std::uintptr_t>(low);
  const auto end = reinterpret_cast<std::uintptr_t>(high);
  if (first > end || (first == 0) != (end == 0)) {
    RecordMisuse(Expects(__func__, "low", "below argument 'high', or both NULL"));
    return false;
  }
  SetStackBounds(first, end);
  if (Isolate::Current() != nullptr) Isolate::Current()->ForgetNativeStack();
  return true;
}
FART_CATCH_OR(false)
