// Background -- work that goes on beside its owner, a step at a time, on a thread that all such
// jobs of the process share.
//
// A job belongs to its owner until that hands it over; then to the thread, until the owner takes it
// back. What one has done the other sees. The thread exists while there are jobs that have been
// handed over once.
//
// Invariants
//   HP-B1 one owner  no step runs before HandOver, nor after TakeBack, nor do two at a time.
//   HP-B2 back soon  taking back waits for one step at most.
//   HP-B3 fork       a process forks between steps; the child has no thread, and in it jobs are as
//                    after a step.
//   HP-B4 aside      on the processor on which its owner handed a job over the thread gives way
//   after
//                    a turn of some hundred microseconds: to be preempted takes milliseconds.
//
// Not here: what the work is (gc/concurrent_marking.h).

#ifndef FART_HEAP_PLATFORM_BACKGROUND_H_
#define FART_HEAP_PLATFORM_BACKGROUND_H_

#include <atomic>

namespace fart {

class BackgroundJob {
 public:
  BackgroundJob() = default;
  BackgroundJob(const BackgroundJob&) = delete;
  BackgroundJob& operator=(const BackgroundJob&) = delete;

  // From now on steps are done until one answers that it was the last. False: there is no thread,
  // and nothing has changed. Pre-condition: it has not been handed over.
  [[nodiscard]] bool HandOver();
  // Pre-condition: it has been handed over.
  void TakeBack();
  bool is_away() const { return is_away_; }

  // Whether there is a thread now: for tests.
  static bool HasThread();

 protected:
  // Has been taken back.
  ~BackgroundJob();
  // Some microseconds of work. False: nothing is left to do.
  virtual bool Step() = 0;

 private:
  friend class BackgroundThread;

  bool IsWantedBack() const { return is_wanted_back_.load(std::memory_order_relaxed); }

  std::atomic<bool> is_wanted_back_{false};
  std::atomic<bool> is_served_{false};  // a hint to who looks without the lock
  bool is_away_ = false;                // the owner's
  bool is_known_ = false;               // has been handed over once
  int processor_ = -1;                  // where it was handed over
  BackgroundJob* next_ = nullptr;       // of those that wait
};

// How many processors this process may run on: at least 1.
int UsableProcessors();

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_BACKGROUND_H_
