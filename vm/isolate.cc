#include "vm/isolate.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "heap/base/check.h"
#include "heap/platform/clock.h"
#include "heap/platform/thread_stack.h"
#include "vm/isolate_registry.h"
#include "vm/native/native_call.h"
#include "vm/values/errors.h"
#include "vm/values/external_strings.h"
#include "vm/values/objects.h"
#include "vm/values/typed_data.h"

namespace fart {

namespace isolate_internal {
constinit thread_local Isolate* current = nullptr;
}  // namespace isolate_internal

Isolate::Isolate(const IsolateOptions& options, IsolateId id)
    : id_(id),
      flags_(options.flags),
      name_(options.name),
      callback_data_(options.callback_data),
      heap_(flags_.heap),
      shapes_(heap_.shapes()),
      handles_(heap_.flags(), id_, {.checked = flags_.checked_handles}),
      stack_(options.stack_size),
      roots_(heap_.flags()),
      symbols_(heap_.flags()),
      statistics_(flags_.trace_gc),
      callbacks_(*this),
      gc_(heap_, flags_.gc, &callbacks_, &statistics_),
      locals_registration_(gc_, handles_.locals),
      persistents_registration_(gc_, handles_.persistents),
      constants_registration_(gc_, handles_.constants),
      stack_registration_(gc_, stack_),
      roots_registration_(gc_, roots_),
      symbols_registration_(gc_, symbols_),
      weaks_registration_(gc_, handles_.weaks),
      peers_registration_(gc_, handles_.peers),
      mutator_(heap_, gc_),
      messages_(std::make_shared<MessageQueue>()),
      main_port_(messages_->OpenPort(PortLiveness::kIdle)),
      sticky_error_(roots_.Add()) {}

bool Isolate::IsUsable() const {
  return heap_.IsReserved() && handles_.is_usable() && stack_.IsReserved();
}

std::unique_ptr<Isolate> Isolate::Create(const IsolateOptions& options, std::string* error) {
  if (Current() != nullptr) {
    *error = "This thread is inside another isolate.";
    return nullptr;
  }
  IsolateId id{};
  if (!IsolateRegistry::TakeId(&id)) {
    *error = "There are too many isolates.";
    return nullptr;
  }
  std::unique_ptr<Isolate> isolate(new Isolate(options, id));
  IsolateRegistry::Add(isolate.get());
  isolate->Enter();
  if (!isolate->IsUsable()) {
    *error = "The system refused the address space for a heap.";
    return nullptr;
  }
  isolate->DefineConstants();
  isolate->program_ = options.program(*isolate, error);
  if (isolate->program_ == nullptr) return nullptr;
  return isolate;
}

Isolate::~Isolate() {
  if (Current() != this) Enter();
  FART_CHECK(innermost_foreign_frame_ == nullptr && !IsInCallback());
  messages_->Close();
  if (IsUsable()) {
    // What is open now is what the host forgot.
    if (flags_.gc_stats) std::fputs(StatisticsTable(*this).c_str(), stderr);
    // Callbacks may still ask things that a program answers.
    std::string none;
    program_ = MakeNoProgram(*this, &none);
    {
      const NoSafepointScope quiet;
      EmptyExternalStrings(handles_.weaks, quiet);
      EmptyExternalTypedData(handles_.weaks, quiet);
    }
    handles_.weaks.QueueAll();
    callbacks_.RunAll();
  }
  IsolateRegistry::Remove(this);
  IsolateRegistry::GiveBackId(id_);
  isolate_internal::current = nullptr;
}

// ---- Who is inside

bool Isolate::TryEnter() {
  FART_CHECK(Current() == nullptr);  // I1
  bool expected = false;
  if (!is_entered_.compare_exchange_strong(expected, true, std::memory_order_acquire,
                                           std::memory_order_relaxed)) {
    return false;
  }
  if (!MayEnterAboveFrames()) {
    is_entered_.store(false, std::memory_order_release);
    is_entered_.notify_one();
    return false;
  }
  isolate_internal::current = this;
  entry_serial_ = ++last_entry_serial_;  // I2
  native_stack_limit_ = NativeStackLimit();
  return true;
}

// A thread whose frame is covered by another thread's has to wait until that one is closed.
bool Isolate::MayEnterAboveFrames() const {
  const ForeignFrame* const innermost = innermost_foreign_frame_;
  if (innermost == nullptr || innermost->thread() == &isolate_internal::current) return true;
  for (const ForeignFrame* frame = innermost; frame != nullptr; frame = frame->previous()) {
    if (frame->thread() == &isolate_internal::current) return false;
  }
  return true;
}

void Isolate::Enter() {
  while (!TryEnter()) {
    is_entered_.wait(true, std::memory_order_relaxed);
    std::this_thread::yield();  // left, but perhaps not to us
  }
}

void Isolate::Exit() {
  FART_CHECK(Current() == this);
  isolate_internal::current = nullptr;
  is_entered_.store(false, std::memory_order_release);
  is_entered_.notify_one();
}

// ---- Stopping

void Isolate::RequestStop() {
  stack_.Interrupt();
  messages_->RequestStop();
}

void Isolate::ForgetStop() {
  stack_.EndInterrupt();
  messages_->ForgetStop();
}

// ---- Ready-made objects

Rooted Isolate::ConstantObject(Constant constant) const {
  const ObjectPtr* slot = nullptr;
  const HandleStatus status = handles_.constants.Find(ConstantHandle(constant), &slot);
  FART_CHECK(status == HandleStatus::kOk);
  return Rooted(slot);
}

Rooted Isolate::ReadyError(ErrorText text) const {
  return ConstantObject(static_cast<Constant>(
      static_cast<std::uint32_t>(text) + static_cast<std::uint32_t>(Constant::kFirstReadyError)));
}

Outcome Isolate::OrOutOfMemory(const FreshObject& object) const FART_NO_SAFEPOINT_ANALYSIS {
  if (object.is_null()) [[unlikely]]
    return ReadyErrorOutcome(ErrorText::kOutOfMemory);
  const NoSafepointScope quiet;
  return Outcome::Value(object.Get(quiet), quiet);
}

Outcome Isolate::ReadyErrorOutcome(ErrorText text) const FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  return Outcome::Error(ReadyError(text).Get(quiet), quiet);
}

namespace {

ErrorCause CauseOf(ErrorText text) {
  switch (text) {
    case ErrorText::kOutOfMemory:
    case ErrorText::kNoHandleSpace:
    case ErrorText::kOffHeapMemory:
      return ErrorCause::kOutOfMemory;
    case ErrorText::kStackOverflow:
      return ErrorCause::kStackOverflow;
    case ErrorText::kNoIsolate:
    case ErrorText::kNoScope:
    case ErrorText::kInCallback:
    case ErrorText::kNoFrameToPropagate:
    case ErrorText::kNoFrameToThrow:
      return ErrorCause::kOther;
  }
  FART_UNREACHABLE();
}

}  // namespace

void Isolate::DefineConstants() {
  ImmortalConstants& constants = handles_.constants;
  constants.Define(static_cast<std::uint32_t>(Constant::kNull), kNull);
  constants.Define(static_cast<std::uint32_t>(Constant::kTrue), kTrue);
  constants.Define(static_cast<std::uint32_t>(Constant::kFalse), kFalse);
  {
    const FreshObject empty = NewStringFromUtf8(mutator_, "");
    FART_CHECK(!empty.is_null());  // kMinHeapLimit leaves room for all made here
    const NoSafepointScope quiet;
    constants.Define(static_cast<std::uint32_t>(Constant::kEmptyString), empty.Get(quiet));
  }
  // Out of memory first: until it is there nobody could say that there is none.
  constexpr auto kOutOfMemoryIndex = static_cast<std::uint32_t>(ErrorText::kOutOfMemory);
  for (std::uint32_t i = 0; i < kErrorTexts; ++i) {
    const std::uint32_t index = (i + kOutOfMemoryIndex) % kErrorTexts;
    const auto text = static_cast<ErrorText>(index);
    const Outcome error = NewError(*this, ErrorKind::kApi, CauseOf(text), TextOf(text));
    const NoSafepointScope quiet;
    constants.Define(static_cast<std::uint32_t>(Constant::kFirstReadyError) + index,
                     error.Get(quiet));
  }
}

bool Isolate::CollectWhenIdle(std::int64_t deadline_us) {
  // A deadline beyond all times is never.
  constexpr std::int64_t kNever = INT64_MAX / 1000;
  const std::int64_t deadline_ns = std::clamp(deadline_us, -kNever, kNever) * 1000;
  if (deadline_ns <= MonotonicNs()) return false;
  gc_.RunPendingCallbacks();
  mutator_.RetireArea();  // its use counts
  const std::optional<GcKind> kind = gc_.WorthCollecting(deadline_ns - MonotonicNs());
  if (kind.has_value()) mutator_.CollectGarbage(*kind, GcReason::kIdle);
  return kind.has_value();
}

// ---- Flags

bool Isolate::SetFlag(std::string_view text, std::string* error) {
  Flags changed = flags_;
  if (!ParseFlag(text, &changed, error)) return false;
  if (IsFixedFlag(text)) {
    *error = "Flag '" + std::string(text) + "' cannot be changed once the isolate has been made.";
    return false;
  }
  flags_ = changed;
  ApplyFlags();
  return true;
}

void Isolate::ApplyFlags() {
  heap_.mutable_knobs() = flags_.heap;
  mutator_.KnobsChanged();
  gc_.mutable_knobs() = flags_.gc;
  statistics_.set_trace(flags_.trace_gc);
}

}  // namespace fart
