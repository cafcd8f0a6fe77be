#include "vm/port/thread_pool.h"

#include <algorithm>
#include <new>
#include <utility>

#include "heap/base/abandon.h"
#include "heap/base/check.h"
#include "vm/entry/callback_frame.h"
#include "vm/entry/misuse.h"
#include "vm/entry/thread_ends.h"
#include "vm/port/start_thread.h"
#include "vm/unwind/foreign_call.h"

namespace fart {

namespace {

constinit thread_local bool is_pool_thread = false;

constexpr const char* kEndOfPoolThread =
    "A native function was about to end a thread of the VM, which goes on.";

void CallThreadExit(void (*callback)()) {
  CallbackFrame frame;
  const ForeignOutcome outcome = CallForeign(frame.mark(), callback);
  if (outcome != ForeignOutcome::kReturned) {
    RecordEscape("A thread exit callback", outcome);
  }
}

}  // namespace

ThreadPool::~ThreadPool() { FART_CHECK(threads_.empty() && !last_ended_.joinable()); }

ThreadPool& ThreadPool::OfProcess() {
  static auto* const pool = new ThreadPool;
  return *pool;
}

bool ThreadPool::IsPoolThread() { return is_pool_thread; }

std::size_t ThreadPool::threads() const {
  const Lock lock(lock_);
  return threads_.size();
}

std::size_t ThreadPool::waiting() const {
  const Lock lock(lock_);
  return queue_.size();
}

void ThreadPool::SetThreadExit(void (*callback)()) {
  const Lock lock(lock_);
  thread_exit_ = callback;
}

// ---- Threads begin

bool ThreadPool::StartThread(ThreadBody body, ThreadPool* pool, std::thread* thread) {
  return fart::StartThread(thread, body, pool, thread);
}

bool ThreadPool::WantsThread(const Lock&) const {
  if (idle_ > queue_.size() || threads_.size() >= knobs_.max_threads) return false;  // VP-T1
  // VP-T5. Where there is none, only the system can say whether a task can be accepted.
  return threads_.empty() || refused_until_ == Clock::time_point() ||
         Clock::now() >= refused_until_;
}

bool ThreadPool::StartOne(const Lock&) {
  try {
    threads_.emplace_back();
  } catch (const std::bad_alloc&) {
    return false;
  }
  // The new thread waits for the lock before it looks at anything.
  if (knobs_.start_thread(RunThread, this, &threads_.back())) {
    refused_until_ = {};
    return true;
  }
  threads_.pop_back();
  refused_until_ = Clock::now() + knobs_.patience;
  return false;
}

bool ThreadPool::Submit(std::shared_ptr<Task> task) {
  Tasks made;
  try {
    made.push_back(std::move(task));
  } catch (const std::bad_alloc&) {
    return false;
  }
  return Submit(made);
}

bool ThreadPool::Submit(Tasks& task) {
  FART_DCHECK(task.size() == 1);
  const Lock lock(lock_);
  if (is_stopping_) return false;
  if (WantsThread(lock) && !StartOne(lock) && threads_.empty()) return false;
  queue_.splice(queue_.end(), task);
  work_.notify_one();
  return true;
}

// ---- A thread's life

void ThreadPool::RunThread(ThreadPool* pool, std::thread* self) {
  is_pool_thread = true;
  Lock lock(pool->lock_);
  if (pool->RunTasks(lock)) pool->EndThread(lock, self);
}

// False: a task has forked, and this is the child, where the thread is none of the pool's.
bool ThreadPool::RunTasks(Lock& lock) {
  const std::uint32_t forks = forks_;
  while (WaitForTask(lock)) {
    Tasks self;
    self.splice(self.begin(), queue_, queue_.begin());
    ++running_;
    lock.unlock();
    std::shared_ptr<Task> task = self.front();  // Submitted again, it may be over before this is.
    if (!RunToItsEnd([&task, &self] { task->Run(self); })) RecordMisuse(kEndOfPoolThread);
    self.clear();
    task.reset();  // VP-T3
    lock.lock();
    if (forks != forks_) return false;
    if (--running_ == 0 && queue_.empty()) ended_.notify_all();
  }
  return true;
}

// False: this thread is to end.
bool ThreadPool::WaitForTask(Lock& lock) {
  while (queue_.empty()) {
    if (is_stopping_) return false;
    ++idle_;
    const std::cv_status status = work_.wait_for(lock, knobs_.idle_time);
    --idle_;
    const bool is_idle = status == std::cv_status::timeout && queue_.empty() && !is_stopping_;
    if (is_idle && threads_.size() > 1) return false;  // VP-T2: the last one stays
  }
  return true;
}

// The lock has been held since it was decided: whoever submits next counts one thread less.
void ThreadPool::EndThread(Lock& lock, std::thread* self) {
  const auto place = std::find_if(threads_.begin(), threads_.end(),
                                  [self](const std::thread& thread) { return &thread == self; });
  FART_CHECK(place != threads_.end());
  std::thread previous = std::exchange(last_ended_, std::move(*place));
  threads_.erase(place);
  refused_until_ = {};  // VP-T5: there may be room for another one.
  void (*const callback)() = thread_exit_;
  ended_.notify_all();
  lock.unlock();
  if (callback != nullptr) CallThreadExit(callback);
  if (previous.joinable()) previous.join();  // It joins none that waits for this one.
}

void ThreadPool::WaitUntilIdle() {
  FART_CHECK(!IsPoolThread());
  Lock lock(lock_);
  ended_.wait(lock, [this] { return IsIdle(); });
}

// To let go of threads that are not here would touch what the system has taken back; and tasks are
// the parent's to run, and to end.
void ThreadPool::AfterForkInChild() {
  ++forks_;
  Abandon(std::move(threads_));
  Abandon(std::move(last_ended_));
  Abandon(std::move(queue_));
  threads_.clear();
  queue_.clear();
  idle_ = 0;
  running_ = 0;
  refused_until_ = {};
  is_stopping_ = false;
  is_pool_thread = false;
  new (&work_) std::condition_variable;
  new (&ended_) std::condition_variable;
  lock_.unlock();
}

void ThreadPool::ShutDown() {
  FART_CHECK(!IsPoolThread());
  Lock lock(lock_);
  is_stopping_ = true;
  work_.notify_all();
  ended_.wait(lock, [this] { return threads_.empty(); });
  std::thread last = std::move(last_ended_);
  is_stopping_ = false;
  lock.unlock();
  if (last.joinable()) last.join();  // VP-T4: it has joined the one before, and so on.
}

}  // namespace fart
