#include "vm/spawn.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <new>
#include <unordered_set>
#include <utility>
#include <vector>

#include "heap/base/check.h"
#include "vm/entry/misuse.h"
#include "vm/entry/thread_ends.h"
#include "vm/event_loop.h"
#include "vm/isolate.h"
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

  // False: there is no thread.
  [[nodiscard]] bool Start() { return ThreadPool::OfProcess().Submit(shared_from_this()); }

  // Any thread.
  void Stop();

  bool WasAskedForBy(const Isolate& isolate) const { return request_.parent == &isolate; }
  // One thread makes it, others wait for that. On threads of the pool, inside no isolate.
  void EnsureMade() FART_MAY_COLLECT;
  // A thread that is none of the pool.
  void WaitUntilMade();

  void BeforeFork() { lock_.lock(); }
  void AfterForkInParent() { lock_.unlock(); }
  // False: it is lost. Its isolate, if there is one.
  bool AfterForkInChild(Isolate** isolate);

  void MessageCame() override { Wake(); }
  void Run() override FART_MAY_COLLECT;

 private:
  // After so many messages a thread goes to the end of the pool's queue, for others' sake.
  static constexpr int kMessagesPerTurn = 64;

  enum class Turn { kOver, kEnded };
  // Afterwards there is an isolate, or there never will be one.
  enum class Making { kToDo, kInWork, kDone };

  void Wake();
  bool IsStopRequested();
  void Make() FART_MAY_COLLECT;
  Turn CallEntryPoint() FART_MAY_COLLECT;
  Turn HandleMessages() FART_MAY_COLLECT;
  Outcome InvokeEntryPoint() FART_MAY_COLLECT;
  void TellReady() FART_MAY_COLLECT;
  Turn After(const Outcome& outcome) FART_MAY_COLLECT;
  void EndTurn();
  void End() FART_MAY_COLLECT;
  void Forget();

  SpawnHost& host_;
  SpawnRequest request_;

  std::mutex lock_;
  std::condition_variable made_;
  Making making_ = Making::kToDo;
  Isolate* isolate_ = nullptr;  // null before it is made and when it ends; changed under the lock
  bool has_turn_ = true;        // V-G1: the pool has a task
  bool is_stop_requested_ = false;
  bool has_begun_ = false;  // turns only look at it
};

// ---- Turns

void SpawnedIsolate::Wake() {
  const std::lock_guard<std::mutex> guard(lock_);
  if (has_turn_ || isolate_ == nullptr) return;  // A turn looks at the queue before it is over.
  has_turn_ = ThreadPool::OfProcess().Submit(shared_from_this());
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

void SpawnedIsolate::Run() {
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
  EndTurn();
}

void SpawnedIsolate::EndTurn() {
  const std::lock_guard<std::mutex> guard(lock_);
  const bool goes_on =
      isolate_->messages().size() != 0 || is_stop_requested_ || isolate_->IsStoppedForGood();
  has_turn_ = goes_on && ThreadPool::OfProcess().Submit(shared_from_this());
}

SpawnedIsolate::Turn SpawnedIsolate::HandleMessages() {
  for (int handled = 0; handled < kMessagesPerTurn; ++handled) {
    if (IsStopRequested() || isolate_->IsStoppedForGood()) return Turn::kEnded;
    if (isolate_->messages().size() == 0) return Turn::kOver;
    if (After(HandleOneMessage(*isolate_)) == Turn::kEnded) return Turn::kEnded;
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

void SpawnedIsolate::Make() {
  std::string error = "The isolate was stopped before it began.";
  Isolate* const isolate = IsStopRequested() ? nullptr : host_.Create(request_, &error);
  if (isolate == nullptr) return PostError(request_.ready_port, error);
  isolate->SetSpawned();
  isolate->messages().SetListener(shared_from_this());
  const std::lock_guard<std::mutex> guard(lock_);
  isolate_ = isolate;
  if (is_stop_requested_) isolate_->RequestStop();
}

SpawnedIsolate::Turn SpawnedIsolate::CallEntryPoint() {
  TellReady();
  const Outcome outcome = InvokeEntryPoint();
  if (outcome.IsError()) return After(outcome);
  return After(isolate_->program().RunMicrotasks());
}

void SpawnedIsolate::TellReady() {
  if (request_.ready_port == kNoPort) return;
  const PortId main_port = isolate_->main_port();
  const Outcome send_port =
      isolate_->OrOutOfMemory(NewSendPort(isolate_->mutator(), main_port, main_port));
  std::string error = "The new isolate has no memory.";
  if (!send_port.IsError()) {
    StackRoots<1> root(isolate_->stack());
    {
      const NoSafepointScope quiet;
      root.Set(0, send_port.Get(quiet));
    }
    const PostResult result = PostObject(*isolate_, request_.ready_port, root[0], kNoPort, &error);
    if (result != PostResult::kNotEncoded) return;
  }
  PostError(request_.ready_port, error);
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

// In the parent nothing is made or forgotten before they are released.
std::vector<std::shared_ptr<SpawnedIsolate>>& HeldForFork() {
  static auto* const held = new std::vector<std::shared_ptr<SpawnedIsolate>>;
  return *held;
}

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
  spawned.lock.lock();
  HeldForFork().assign(spawned.isolates.begin(), spawned.isolates.end());
  for (const auto& isolate : HeldForFork()) isolate->BeforeFork();
}

void ReleaseSpawnedInParent() {
  const std::vector<std::shared_ptr<SpawnedIsolate>> held = std::exchange(HeldForFork(), {});
  for (const auto& isolate : held) isolate->AfterForkInParent();
  TheSpawned().lock.unlock();
}

std::vector<Isolate*> ReleaseSpawnedInChild() {
  Spawned& spawned = TheSpawned();
  std::vector<Isolate*> lost;
  for (const auto& spawned_isolate : std::exchange(HeldForFork(), {})) {
    Isolate* isolate = nullptr;
    if (spawned_isolate->AfterForkInChild(&isolate)) continue;
    if (isolate != nullptr) lost.push_back(isolate);
    spawned.isolates.erase(spawned_isolate);
    // Not ended: it belongs to threads that are gone.
    static_cast<void>(new std::shared_ptr<SpawnedIsolate>(spawned_isolate));
  }
  new (&spawned.ended) std::condition_variable;
  spawned.lock.unlock();
  return lost;
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

void EndSpawning(Isolate& isolate) {
  isolate.ForbidSpawning();
  std::vector<std::shared_ptr<SpawnedIsolate>> children;
  {
    Spawned& spawned = TheSpawned();
    const std::lock_guard<std::mutex> guard(spawned.lock);
    for (const auto& candidate : spawned.isolates) {
      if (candidate->WasAskedForBy(isolate)) children.push_back(candidate);
    }
  }
  if (children.empty()) return;
  if (!ThreadPool::IsPoolThread()) {
    for (const auto& child : children) child->WaitUntilMade();
    return;
  }
  // Were all threads of the pool to wait here, there would be none left to make them.
  isolate.Exit();
  for (const auto& child : children) child->EnsureMade();
  isolate.Enter();
}

std::size_t SpawnedIsolates() {
  Spawned& spawned = TheSpawned();
  const std::lock_guard<std::mutex> guard(spawned.lock);
  return spawned.isolates.size();
}

void StopSpawnedIsolates() {
  FART_CHECK(!ThreadPool::IsPoolThread() && Isolate::Current() == nullptr);
  Spawned& spawned = TheSpawned();
  std::vector<std::shared_ptr<SpawnedIsolate>> isolates;
  {
    const std::lock_guard<std::mutex> guard(spawned.lock);
    spawned.are_stopping = true;
    isolates.assign(spawned.isolates.begin(), spawned.isolates.end());
  }
  for (const auto& isolate : isolates) isolate->Stop();
  std::unique_lock<std::mutex> guard(spawned.lock);
  spawned.ended.wait(guard, [&spawned] { return spawned.isolates.empty(); });
}

}  // namespace fart
