// SpawnedIsolate -- one isolate that a program asked for, from the question to its end.
//
//   state     isolate  it goes on
//   kAsked    none     as kMaking: by its first turn, or by the thread that ends its parent
//   kMaking   none     as kMade, or as kOver if there cannot be one; others wait for that
//   kMade     there    as kBegun: by its first turn, which calls the entry point
//   kBegun    there    as kOver, when an error or a stop reaches it or it has no live port left
//   kOver     none     the turn that finds it so, or made it so, forgets it
//
// Beside that it has a turn or not: from the beginning, and whenever messages wait for it (V-G1,
// vm/spawn.h). And it may be asked to stop, in any state: its next turn ends it.
//
// Not here: the list of all (spawned_list.h).

#ifndef FART_VM_SPAWNED_ISOLATE_H_
#define FART_VM_SPAWNED_ISOLATE_H_

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "heap/base/safepoint.h"
#include "vm/isolate.h"
#include "vm/port/message_queue.h"
#include "vm/port/thread_pool.h"
#include "vm/spawn.h"

namespace fart {

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
  // After Stop, where the pool has no thread for its last turn (in the child of a fork): runs it
  // here, on a thread that is none of the pool's and inside no isolate.
  void EndHere() FART_MAY_COLLECT;
  bool LacksTurn() {
    const std::lock_guard<std::mutex> guard(lock_);
    return !has_turn_ && HasIsolate();
  }

  bool WasAskedForBy(const Isolate& isolate) const { return request_.parent == &isolate; }
  // One thread makes it, others wait for that. On threads of the pool, inside no isolate.
  void EnsureMade() FART_MAY_COLLECT;
  // A thread that is none of the pool.
  void WaitUntilMade();
  bool IsMade() {
    const std::lock_guard<std::mutex> guard(lock_);
    return HasBeenMade();
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

  enum class Turn : std::uint8_t { kOver, kEnded };
  enum class State : std::uint8_t { kAsked, kMaking, kMade, kBegun, kOver };

  // Both under the lock.
  [[nodiscard]] bool HasIsolate() const {
    return state_ == State::kMade || state_ == State::kBegun;
  }
  [[nodiscard]] bool HasBeenMade() const {
    return state_ != State::kAsked && state_ != State::kMaking;
  }
  // From now on kBegun, if there is an isolate. What it was before.
  State BeginTurn() FART_MAY_COLLECT;
  void Wake();
  bool IsStopRequested();
  Isolate* Make() FART_MAY_COLLECT;
  void TellParent(std::string_view why);
  Outcome Begin() FART_MAY_COLLECT;
  Outcome Invoke(const std::string& function, Roots arguments) FART_MAY_COLLECT;
  Turn CallEntryPoint() FART_MAY_COLLECT;
  Turn HandleMessages() FART_MAY_COLLECT;
  Outcome InvokeEntryPoint() FART_MAY_COLLECT;
  void TellReady() FART_MAY_COLLECT;
  Turn After(const Outcome& outcome) FART_MAY_COLLECT;
  void EndTurn(ThreadPool::Tasks& self);
  void End() FART_MAY_COLLECT;

  SpawnHost& host_;
  SpawnRequest request_;

  std::mutex lock_;
  std::condition_variable made_;
  State state_ = State::kAsked;
  Isolate* isolate_ = nullptr;  // Null but in kMade and kBegun; changed with the state.
  bool has_turn_ = true;        // V-G1: the pool has a task
  // What the next turn is submitted with, empty but for the pointer, so that it needs no memory.
  ThreadPool::Tasks next_turn_;
  bool is_stop_requested_ = false;
};

}  // namespace fart

#endif  // FART_VM_SPAWNED_ISOLATE_H_
