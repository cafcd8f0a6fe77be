#include "vm/port/thread_pool.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "heap/base/check.h"
#include "vm/entry/misuse.h"
#include "vm/unwind/foreign_call.h"
#include "vm/unwind/foreign_mark.h"

namespace fart {

namespace {

constinit thread_local bool is_pool_thread = false;

void CallThreadExit(void (*callback)()) {
  ForeignMark mark(ForeignKind::kBarrier, {});
  if (CallForeign(mark, callback) != ForeignOutcome::kReturned) {
    RecordMisuse("A thread exit callback let a C++ exception out.");
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
  // The one way that std::thread has to say that there is no thread to be had.
  try {
    *thread = std::thread(body, pool, thread);
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

bool ThreadPool::StartOne(const Lock&) {
  std::thread& thread = threads_.emplace_back();
  // The new thread waits for the lock before it looks at anything.
  if (knobs_.start_thread(RunThread, this, &thread)) return true;
  threads_.pop_back();
  return false;
}

bool ThreadPool::Submit(std::shared_ptr<Task> task) {
  const Lock lock(lock_);
  if (is_stopping_) return false;
  const bool wants_thread = idle_ <= queue_.size() && threads_.size() < knobs_.max_threads;  // T1
  if (wants_thread && !StartOne(lock) && threads_.empty()) return false;
  queue_.push_back(std::move(task));
  work_.notify_one();
  return true;
}

// ---- A thread's life

void ThreadPool::RunThread(ThreadPool* pool, std::thread* self) {
  is_pool_thread = true;
  Lock lock(pool->lock_);
  pool->RunTasks(lock);
  pool->EndThread(lock, self);
}

void ThreadPool::RunTasks(Lock& lock) {
  while (WaitForTask(lock)) {
    std::shared_ptr<Task> task = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    task->Run();
    task.reset();  // T3
    lock.lock();
  }
}

// False: this thread is to end.
bool ThreadPool::WaitForTask(Lock& lock) {
  while (queue_.empty()) {
    if (is_stopping_) return false;
    ++idle_;
    const std::cv_status status = work_.wait_for(lock, knobs_.idle_time);
    --idle_;
    const bool is_idle = status == std::cv_status::timeout && queue_.empty() && !is_stopping_;
    if (is_idle && threads_.size() > 1) return false;  // T2: the last one stays
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
  void (*const callback)() = thread_exit_;
  ended_.notify_all();
  lock.unlock();
  if (callback != nullptr) CallThreadExit(callback);
  if (previous.joinable()) previous.join();  // It joins none that waits for this one.
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
  if (last.joinable()) last.join();  // T4: it has joined the one before, and so on.
}

}  // namespace fart
