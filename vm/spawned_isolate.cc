#include "vm/spawned_isolate.h"

#include <chrono>
#include <new>
#include <string>
#include <thread>

#include "vm/entry/misuse.h"
#include "vm/entry/thread_ends.h"
#include "vm/event_loop.h"
#include "vm/memory/no_memory.h"
#include "vm/message/message_codec.h"
#include "vm/native/libraries.h"
#include "vm/port/ports.h"
#include "vm/posting.h"
#include "vm/roots/execution_stack.h"
#include "vm/spawned_list.h"
#include "vm/values/errors.h"
#include "vm/values/strings.h"

namespace fart {

// ---- Turns

void SpawnedIsolate::Wake() {
  const std::lock_guard<std::mutex> guard(lock_);
  if (has_turn_ || !HasIsolate()) return;  // A turn looks at the queue before it is over.
  next_turn_.front() = shared_from_this();
  has_turn_ = ThreadPool::OfProcess().Submit(next_turn_);
  if (!has_turn_) next_turn_.front() = nullptr;  // The pool is being shut down.
}

void SpawnedIsolate::Stop() {
  {
    const std::lock_guard<std::mutex> guard(lock_);
    is_stop_requested_ = true;
    if (HasIsolate()) isolate_->RequestStop();
  }
  Wake();
}

void SpawnedIsolate::EndHere() {
  ThreadPool::Tasks turn;
  {
    const std::lock_guard<std::mutex> guard(lock_);
    if (has_turn_ || !HasIsolate()) return;
    has_turn_ = true;  // V-G1
    next_turn_.front() = shared_from_this();
    turn.splice(turn.end(), next_turn_);
  }
  Run(turn);
}

bool SpawnedIsolate::IsStopRequested() {
  const std::lock_guard<std::mutex> guard(lock_);
  return is_stop_requested_;
}

SpawnedIsolate::State SpawnedIsolate::BeginTurn() {
  EnsureMade();
  const std::lock_guard<std::mutex> guard(lock_);
  if (state_ == State::kOver) return state_;
  return std::exchange(state_, State::kBegun);
}

void SpawnedIsolate::Run(ThreadPool::Tasks& self) {
  const State state = BeginTurn();
  if (state == State::kOver) return SpawnedList::OfProcess().Remove(shared_from_this());
  const bool is_first = state == State::kMade;
  isolate_->Enter();
  Turn turn = Turn::kEnded;
  const bool has_returned = RunToItsEnd(
      [&]() FART_NO_SAFEPOINT_ANALYSIS { turn = is_first ? CallEntryPoint() : HandleMessages(); });
  if (!has_returned) {
    turn = Turn::kEnded;
    RecordMisuse(
        "A native function was about to end a thread of the VM: its isolate ends instead.");
  }
  if (turn == Turn::kEnded) return End();
  isolate_->Exit();
  EndTurn(self);
}

void SpawnedIsolate::EndTurn(ThreadPool::Tasks& self) {
  const std::lock_guard<std::mutex> guard(lock_);
  const bool goes_on =
      isolate_->messages().size() != 0 || is_stop_requested_ || isolate_->IsStoppedForGood();
  has_turn_ = goes_on && ThreadPool::OfProcess().Submit(self);
  if (has_turn_) return;
  self.front() = nullptr;  // The pool's thread has it still.
  next_turn_.splice(next_turn_.end(), self);
}

SpawnedIsolate::Turn SpawnedIsolate::HandleMessages() {
  for (int handled = 0; handled < kMessagesPerTurn; ++handled) {
    if (IsStopRequested() || isolate_->IsStoppedForGood()) return Turn::kEnded;
    if (isolate_->messages().size() == 0) return Turn::kOver;
    const Outcome outcome = OrNoMemory(
        *isolate_, [this]() FART_NO_SAFEPOINT_ANALYSIS { return HandleOneMessage(*isolate_); });
    if (After(outcome) == Turn::kEnded) return Turn::kEnded;
  }
  return Turn::kOver;
}

// Whether it goes on after what has just come to `outcome`.
SpawnedIsolate::Turn SpawnedIsolate::After(const Outcome& outcome) {
  if (outcome.IsError()) {
    StackRoots<1> error(isolate_->stack());
    {
      const NoSafepointScope quiet;
      error.Set(0, outcome.Get(quiet));
    }
    // What stopped it is no news.
    if (!IsStopRequested() && !isolate_->IsStoppedForGood()) host_.ReportError(*isolate_, error[0]);
    return Turn::kEnded;
  }
  return isolate_->messages().HasLivePorts() ? Turn::kOver : Turn::kEnded;
}

// ---- Beginning

void SpawnedIsolate::EnsureMade() {
  {
    std::unique_lock<std::mutex> guard(lock_);
    if (state_ != State::kAsked) {
      made_.wait(guard, [this] { return HasBeenMade(); });
      return;
    }
    state_ = State::kMaking;
  }
  Isolate* const isolate = Make();
  const std::lock_guard<std::mutex> guard(lock_);
  isolate_ = isolate;
  state_ = isolate != nullptr ? State::kMade : State::kOver;
  if (isolate != nullptr && is_stop_requested_) isolate->RequestStop();
  made_.notify_all();
}

void SpawnedIsolate::WaitUntilMade() {
  std::unique_lock<std::mutex> guard(lock_);
  made_.wait(guard, [this] { return HasBeenMade(); });
}

// Whoever waits for the new isolate waits until it hears of it: where there is no memory to say so,
// for a while, because others may give some back.
void SpawnedIsolate::TellParent(std::string_view why) {
  constexpr int kTries = 100;
  constexpr std::chrono::milliseconds kPatience{10};
  for (int i = 0; i < kTries && !PostError(request_.ready_port, why); ++i) {
    std::this_thread::sleep_for(kPatience);
  }
}

// Null: there is none, and the parent has been told. Throws nothing: others wait for its end.
Isolate* SpawnedIsolate::Make() {
  if (IsStopRequested()) {
    TellParent("The isolate was stopped before it began.");
    return nullptr;
  }
  std::string error;
  Isolate* isolate = nullptr;
  try {
    isolate = host_.Create(request_, &error);
  } catch (const std::bad_alloc&) {  // Nothing has been made.
  }
  if (isolate == nullptr) {
    constexpr std::string_view kNoMemory = "The system has no memory for an isolate.";
    TellParent(error.empty() ? kNoMemory : std::string_view(error));
    return nullptr;
  }
  isolate->SetSpawned();
  isolate->SetEndingCapability(request_.ending_capability);
  isolate->messages().SetListener(shared_from_this());
  return isolate;
}

SpawnedIsolate::Turn SpawnedIsolate::CallEntryPoint() {
  return After(OrNoMemory(*isolate_, [this]() FART_NO_SAFEPOINT_ANALYSIS { return Begin(); }));
}

Outcome SpawnedIsolate::Begin() {
  if (!request_.objection.empty()) {
    const Outcome objection = Invoke(request_.objection, Roots());
    if (objection.IsError()) {
      TellParent("The new isolate ended before it began.");
      return objection;
    }
    std::string why;
    {
      const NoSafepointScope quiet;
      const ObjectPtr text = objection.Get(quiet);
      if (IsString(text)) why = ToUtf8(text, quiet);
    }
    if (!why.empty()) {
      TellParent(why);
      return objection;
    }
  }
  // Before anybody can end it.
  if (request_.exit_port != kNoPort) {
    isolate_->exit_messages().Set(request_.exit_port, request_.exit_message);
  }
  TellReady();
  const Outcome outcome = InvokeEntryPoint();
  return outcome.IsError() ? outcome : isolate_->program().RunMicrotasks();
}

void SpawnedIsolate::TellReady() {
  if (request_.ready_port == kNoPort) return;
  const PortId main_port = isolate_->main_port();
  const Outcome send_port =
      isolate_->OrOutOfMemory(NewSendPort(isolate_->mutator(), main_port, main_port));
  std::string error;
  if (!send_port.IsError()) {
    StackRoots<1> root(isolate_->stack());
    {
      const NoSafepointScope quiet;
      root.Set(0, send_port.Get(quiet));
    }
    const PostResult result = PostObject(*isolate_, request_.ready_port, root[0], kNoPort, &error);
    if (result == PostResult::kPosted || !Ports::IsOpen(request_.ready_port)) return;
  }
  constexpr std::string_view kNoMemory = "The new isolate has no memory.";
  TellParent(error.empty() ? kNoMemory : std::string_view(error));
}

// A function of the library that the request names.
Outcome SpawnedIsolate::Invoke(const std::string& function, Roots arguments) {
  Library* const library = isolate_->libraries().FindByUrl(request_.library_url);
  if (library == nullptr) {
    return NewApiError(*isolate_,
                       "The new isolate's script has no library '" + request_.library_url + "'.");
  }
  return isolate_->program().Invoke(library->object(), function, arguments);
}

Outcome SpawnedIsolate::InvokeEntryPoint() {
  StackRoots<1> argument(isolate_->stack());
  {
    Message message = std::move(request_.message);
    const Outcome decoded = DecodeMessage(*isolate_, isolate_->program(), message);
    if (isolate_->IsStopRequested())
      return isolate_->NewStopError(isolate_->ConstantObject(Constant::kNull));
    if (decoded.IsError()) return decoded;
    const NoSafepointScope quiet;
    argument.Set(0, decoded.Get(quiet));
  }
  return Invoke(request_.function, argument.all());
}

// ---- End

void SpawnedIsolate::End() {
  Isolate* isolate = nullptr;
  {
    const std::lock_guard<std::mutex> guard(lock_);
    isolate = std::exchange(isolate_, nullptr);
    state_ = State::kOver;
  }
  isolate->ForgetStop();  // The host's shutdown callback may run code of the program.
  host_.ShutDown(isolate);
  SpawnedList::OfProcess().Remove(shared_from_this());  // The pool has it still.
}

// ---- fork

// A turn that is running is the forking thread's own, or lost.
bool SpawnedIsolate::AfterForkInChild(Isolate** isolate) {
  *isolate = isolate_;
  const bool is_mine = isolate_ != nullptr && Isolate::Current() == isolate_;
  new (&made_) std::condition_variable;
  lock_.unlock();
  return is_mine || (HasIsolate() && !has_turn_);
}

}  // namespace fart
