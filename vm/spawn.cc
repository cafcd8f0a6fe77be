#include "vm/spawn.h"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_set>
#include <utility>

#include "heap/base/abandon.h"
#include "heap/base/check.h"
#include "vm/entry/misuse.h"
#include "vm/entry/thread_ends.h"
#include "vm/event_loop.h"
#include "vm/isolate.h"
#include "vm/memory/no_memory.h"
#include "vm/message/message_codec.h"
#include "vm/native/libraries.h"
#include "vm/port/message_queue.h"
#include "vm/port/ports.h"
#include "vm/posting.h"
#include "vm/roots/execution_stack.h"
#include "vm/values/errors.h"

namespace fart {

namespace {

class SpawnedIsolate;

// All that have not ended.
struct Spawned {
  std::mutex lock;
  std::condition_variable ended;
  SpawnHost* host = nullptr;
  bool are_stopping = false;
  std::unordered_set<std::shared_ptr<SpawnedIsolate>> isolates;
};

Spawned& TheSpawned() {
  static auto* const spawned = new Spawned;
  return *spawned;
}

class SpawnedIsolate final : public ThreadPool::Task,
                             public MessageListener,
                             public std::enable_shared_from_this<SpawnedIsolate> {
 public:
  SpawnedIsolate(SpawnHost& host, SpawnRequest request)
      : host_(host), request_(std::move(request)) {}

  // False: there is no thread, or no memory.
  [[nodiscard]] bool Start() { return ThreadPool::OfProcess().Submit(shared_from_this()); }

  // Any thread.
  void Stop();

  bool WasAskedForBy(const Isolate& isolate) const { return request_.parent == &isolate; }
  // One thread makes it, others wait for that. On threads of the pool, inside no isolate.
  void EnsureMade() FART_MAY_COLLECT;
  // A thread that is none of the pool.
  void WaitUntilMade();
  bool IsMade() {
    const std::lock_guard<std::mutex> guard(lock_);
    return making_ == Making::kDone;
  }

  void BeforeFork() { lock_.lock(); }
  void AfterForkInParent() { lock_.unlock(); }
  // False: it is lost. Its isolate, if there is one.
  bool AfterForkInChild(Isolate** isolate);

  void MessageCame() override { Wake(); }
  void Run(ThreadPool::Tasks& self) override FART_MAY_COLLECT;

 private:
  // After so many messages a thread goes to the end of the pool's queue, for others' sake.
  static constexpr int kMessagesPerTurn = 64;

  enum class Turn { kOver, kEnded };
  // Afterwards there is an isolate, or there never will be one.
  enum class Making { kToDo, kInWork, kDone };

  void Wake();
  bool IsStopRequested();
  void Make() FART_MAY_COLLECT;
  void TellParent(std::string_view why);
  Outcome Begin() FART_MAY_COLLECT;
  Turn CallEntryPoint() FART_MAY_COLLECT;
  Turn HandleMessages() FART_MAY_COLLECT;
  Outcome InvokeEntryPoint() FART_MAY_COLLECT;
  void TellReady() FART_MAY_COLLECT;
  Turn After(const Outcome& outcome) FART_MAY_COLLECT;
  void EndTurn(ThreadPool::Tasks& self);
  void End() FART_MAY_COLLECT;
  void Forget();

  SpawnHost& host_;
  SpawnRequest request_;

  std::mutex lock_;
  std::condition_variable made_;
  Making making_ = Making::kToDo;
  Isolate* isolate_ = nullptr;  // null before it is made and when it ends; changed under the lock
  bool has_turn_ = true;        // V-G1: the pool has a task
  // What the next turn is submitted with, empty but for the pointer, so that it needs no memory.
  ThreadPool::Tasks next_turn_;
  bool is_stop_requested_ = false;
  bool has_begun_ = false;  // turns only look at it
};

// ---- Turns

void SpawnedIsolate::Wake() {
  const std::lock_guard<std::mutex> guard(lock_);
  if (has_turn_ || isolate_ == nullptr) return;  // A turn looks at the queue before it is over.
  next_turn_.front() = shared_from_this();
  has_turn_ = ThreadPool::OfProcess().Submit(next_turn_);
  if (!has_turn_) next_turn_.front() = nullptr;  // The pool is being shut down.
}

void SpawnedIsolate::Stop() {
  {
    const std::lock_guard<std::mutex> guard(lock_);
    is_stop_requested_ = true;
    if (isolate_ != nullptr) isolate_->RequestStop();
  }
  Wake();
}

bool SpawnedIsolate::IsStopRequested() {
  const std::lock_guard<std::mutex> guard(lock_);
  return is_stop_requested_;
}

void SpawnedIsolate::Run(ThreadPool::Tasks& self) {
  const bool is_first = !has_begun_;
  has_begun_ = true;
  if (is_first) EnsureMade();
  if (isolate_ == nullptr) return Forget();
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
    if (making_ != Making::kToDo) {
      made_.wait(guard, [this] { return making_ == Making::kDone; });
      return;
    }
    making_ = Making::kInWork;
  }
  Make();
  const std::lock_guard<std::mutex> guard(lock_);
  making_ = Making::kDone;
  made_.notify_all();
}

void SpawnedIsolate::WaitUntilMade() {
  std::unique_lock<std::mutex> guard(lock_);
  made_.wait(guard, [this] { return making_ == Making::kDone; });
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

// Throws nothing: others wait for its end.
void SpawnedIsolate::Make() {
  if (IsStopRequested()) return TellParent("The isolate was stopped before it began.");
  std::string error;
  Isolate* isolate = nullptr;
  try {
    isolate = host_.Create(request_, &error);
  } catch (const std::bad_alloc&) {  // Nothing has been made.
  }
  if (isolate == nullptr) {
    constexpr std::string_view kNoMemory = "The system has no memory for an isolate.";
    return TellParent(error.empty() ? kNoMemory : std::string_view(error));
  }
  isolate->SetSpawned();
  isolate->messages().SetListener(shared_from_this());
  const std::lock_guard<std::mutex> guard(lock_);
  isolate_ = isolate;
  if (is_stop_requested_) isolate_->RequestStop();
}

SpawnedIsolate::Turn SpawnedIsolate::CallEntryPoint() {
  return After(OrNoMemory(*isolate_, [this]() FART_NO_SAFEPOINT_ANALYSIS { return Begin(); }));
}

Outcome SpawnedIsolate::Begin() {
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

Outcome SpawnedIsolate::InvokeEntryPoint() {
  Library* const library = isolate_->libraries().FindByUrl(request_.library_url);
  if (library == nullptr) {
    return NewApiError(*isolate_,
                       "The new isolate's script has no library '" + request_.library_url + "'.");
  }
  StackRoots<1> argument(isolate_->stack());
  {
    Message message = std::move(request_.message);
    const Outcome decoded = DecodeMessage(*isolate_, isolate_->program(), message);
    if (decoded.IsError()) return decoded;
    const NoSafepointScope quiet;
    argument.Set(0, decoded.Get(quiet));
  }
  return isolate_->program().Invoke(library->object(), request_.function, argument.all());
}

// ---- End

void SpawnedIsolate::End() {
  Isolate* isolate = nullptr;
  {
    const std::lock_guard<std::mutex> guard(lock_);
    isolate = std::exchange(isolate_, nullptr);
  }
  isolate->ForgetStop();  // The host's shutdown callback may run code of the program.
  host_.ShutDown(isolate);
  Forget();
}

void SpawnedIsolate::Forget() {
  Spawned& spawned = TheSpawned();
  const std::lock_guard<std::mutex> guard(spawned.lock);
  spawned.isolates.erase(shared_from_this());  // The pool has it still.
  spawned.ended.notify_all();
}

}  // namespace

// ---- fork

namespace {

// A turn that is running is the forking thread's own, or lost.
bool SpawnedIsolate::AfterForkInChild(Isolate** isolate) {
  *isolate = isolate_;
  const bool is_mine = isolate_ != nullptr && Isolate::Current() == isolate_;
  new (&made_) std::condition_variable;
  lock_.unlock();
  return is_mine || (making_ == Making::kDone && isolate_ != nullptr && !has_turn_);
}

}  // namespace

void HoldSpawnedForFork() {
  Spawned& spawned = TheSpawned();
  spawned.lock.lock();  // None is made or forgotten before they are released.
  for (const auto& isolate : spawned.isolates) isolate->BeforeFork();
}

void ReleaseSpawnedInParent() {
  Spawned& spawned = TheSpawned();
  for (const auto& isolate : spawned.isolates) isolate->AfterForkInParent();
  spawned.lock.unlock();
}

void ReleaseSpawnedInChild() {
  Spawned& spawned = TheSpawned();
  for (auto place = spawned.isolates.begin(); place != spawned.isolates.end();) {
    Isolate* isolate = nullptr;
    if ((*place)->AfterForkInChild(&isolate)) {
      ++place;
      continue;
    }
    if (isolate != nullptr) isolate->LoseInFork();
    // Not ended: it belongs to threads that are gone.
    Abandon(std::shared_ptr<SpawnedIsolate>(*place));
    place = spawned.isolates.erase(place);
  }
  new (&spawned.ended) std::condition_variable;
  spawned.lock.unlock();
}

void SetSpawnHost(SpawnHost* host) {
  Spawned& spawned = TheSpawned();
  const std::lock_guard<std::mutex> guard(spawned.lock);
  FART_CHECK(spawned.isolates.empty());
  spawned.host = host;
  spawned.are_stopping = false;
}

bool SpawnIsolate(SpawnRequest request, std::string* error) {
  if (request.parent != nullptr && !request.parent->may_spawn()) {
    *error = "The isolate ends: it makes no others.";
    return false;
  }
  Spawned& spawned = TheSpawned();
  std::shared_ptr<SpawnedIsolate> isolate;
  {
    const std::lock_guard<std::mutex> guard(spawned.lock);
    if (spawned.host == nullptr || spawned.are_stopping) {
      *error = spawned.host == nullptr ? "The host of this program makes no isolates."
                                       : "All isolates are being stopped.";
      return false;
    }
    isolate = std::make_shared<SpawnedIsolate>(*spawned.host, std::move(request));
    spawned.isolates.insert(isolate);
  }
  if (isolate->Start()) return true;
  {
    const std::lock_guard<std::mutex> guard(spawned.lock);
    spawned.isolates.erase(isolate);
  }
  spawned.ended.notify_all();
  *error = "The system has no thread for another isolate.";
  return false;
}

namespace {

std::shared_ptr<SpawnedIsolate> UnmadeChildOf(const Isolate& isolate) {
  Spawned& spawned = TheSpawned();
  const std::lock_guard<std::mutex> guard(spawned.lock);
  for (const auto& candidate : spawned.isolates) {
    if (candidate->WasAskedForBy(isolate) && !candidate->IsMade()) return candidate;
  }
  return nullptr;
}

}  // namespace

void EndSpawning(Isolate& isolate) {
  isolate.ForbidSpawning();
  // One after the other: that needs no memory.
  while (const std::shared_ptr<SpawnedIsolate> child = UnmadeChildOf(isolate)) {
    if (!ThreadPool::IsPoolThread()) {
      child->WaitUntilMade();
      continue;
    }
    // Were all threads of the pool to wait here, there would be none left to make them.
    isolate.Exit();
    child->EnsureMade();
    isolate.Enter();
  }
}

std::size_t SpawnedIsolates() {
  Spawned& spawned = TheSpawned();
  const std::lock_guard<std::mutex> guard(spawned.lock);
  return spawned.isolates.size();
}

void StopSpawnedIsolates() {
  FART_CHECK(!ThreadPool::IsPoolThread() && Isolate::Current() == nullptr);
  Spawned& spawned = TheSpawned();
  std::unique_lock<std::mutex> guard(spawned.lock);
  spawned.are_stopping = true;
  for (const auto& isolate : spawned.isolates) isolate->Stop();
  spawned.ended.wait(guard, [&spawned] { return spawned.isolates.empty(); });
}

}  // namespace fart
