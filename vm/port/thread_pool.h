// ThreadPool -- a bounded number of threads, started when there is work for them.
//
// For handlers of native ports and for the loops of spawned isolates. A thread that has had nothing
// to do for a while ends, except the last one.
//
// Invariants
//   VP-T1 bounded   there are at most max_threads threads.
//   VP-T2 accepted  a task that Submit accepted is run, once: once there is a thread there is
//                   always one, until ShutDown, and that runs what is left first.
//   VP-T3 unlocked  no task runs, and none ends, while the pool's lock is held.
//   VP-T4 joined    after ShutDown none of its threads exists.
//   VP-T5 patient   where there are threads, one more that the system has refused is not asked for
//                   again before one has ended or a while is over.
//
// Not here: what a task does about exceptions of foreign code (it lets none out).

#ifndef FART_VM_PORT_THREAD_POOL_H_
#define FART_VM_PORT_THREAD_POOL_H_

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <thread>

namespace fart {

class ThreadPool {
 public:
  class Task;
  using Tasks = std::list<std::shared_ptr<Task>>;
  class Task {
   public:
    virtual ~Task() = default;
    // On a thread of the pool that is inside no isolate, and is inside none afterwards.
    // `self` is the list of one that was submitted: the task may submit it again, or keep it.
    virtual void Run(Tasks& self) = 0;
  };

  using ThreadBody = void (*)(ThreadPool* pool, std::thread* self);
  struct Knobs {
    std::size_t max_threads = 64;
    std::chrono::milliseconds idle_time{5000};
    std::chrono::milliseconds patience{10};  // VP-T5
    // Sets *thread to a new one that runs body(pool, thread). False: the system refuses.
    bool (*start_thread)(ThreadBody body, ThreadPool* pool, std::thread* thread) = StartThread;
  };

  ThreadPool() : ThreadPool(Knobs{}) {}
  explicit ThreadPool(const Knobs& knobs) : knobs_(knobs) {}
  // After ShutDown, or unused.
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  // The process's own. It lives for ever, so that a thread of it may outlive `main`.
  static ThreadPool& OfProcess();
  // Whether the calling thread is one of a pool.
  static bool IsPoolThread();

  // From any thread. `task` is a list of one, which is empty afterwards; needs no memory. False,
  // and it is as it was: no thread could be started and there is none, or the pool is being shut
  // down.
  [[nodiscard]] bool Submit(Tasks& task);
  // The same, which makes the list. False also if there is no memory for it.
  [[nodiscard]] bool Submit(std::shared_ptr<Task> task);

  // Called at the end of each thread from now on, if it is not null. It is foreign code.
  void SetThreadExit(void (*callback)());

  // Waits until all accepted tasks have run; others may come meanwhile and afterwards. Not from one
  // of its threads.
  void WaitUntilIdle();

  // Waits until all accepted tasks have run, then until all threads have ended. The pool is as new
  // then. Not from one of its threads, and from one thread at a time.
  void ShutDown();

  // ---- For fork: holds the lock. In the child the pool is as new; a thread of it that forked ends
  // when its task has run.
  void BeforeFork() { lock_.lock(); }
  void AfterForkInParent() { lock_.unlock(); }
  void AfterForkInChild();

  // ---- For tests and statistics
  std::size_t threads() const;
  // Tasks that no thread has begun.
  std::size_t waiting() const;

 private:
  static bool StartThread(ThreadBody body, ThreadPool* pool, std::thread* thread);
  static void RunThread(ThreadPool* pool, std::thread* self);

  using Lock = std::unique_lock<std::mutex>;
  using Clock = std::chrono::steady_clock;
  bool WantsThread(const Lock&) const;
  bool StartOne(const Lock&);
  [[nodiscard]] bool RunTasks(Lock& lock);
  bool WaitForTask(Lock& lock);
  void EndThread(Lock& lock, std::thread* self);
  bool IsIdle() const { return queue_.empty() && running_ == 0; }

  const Knobs knobs_;
  mutable std::mutex lock_;
  std::condition_variable work_;   // a task has come, or the pool stops
  std::condition_variable ended_;  // a thread, or the last task, has ended
  Tasks queue_;
  std::list<std::thread> threads_;
  std::thread last_ended_;             // joined by the next one that ends
  Clock::time_point refused_until_{};  // VP-T5; the beginning of time: none has been
  std::size_t idle_ = 0;
  std::size_t running_ = 0;  // tasks
  std::uint32_t forks_ = 0;  // the process's
  bool is_stopping_ = false;
  void (*thread_exit_)() = nullptr;
};

}  // namespace fart

#endif  // FART_VM_PORT_THREAD_POOL_H_
