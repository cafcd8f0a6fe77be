#include "heap/platform/background.h"

#include <pthread.h>
#include <sched.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

#include "heap/base/check.h"
#include "heap/platform/at_fork.h"
#include "heap/platform/locked.h"
#include "heap/platform/quiet_thread.h"

namespace fart {
namespace {

// So many steps of one job, where others wait.
constexpr int kStepsInTurn = 64;
// How long the thread sleeps behind a turn where it is in its owner's way. (Why it does not yield:
// docs/design/pauses.md.)
constexpr unsigned kRestUs = 100;
// A step is over sooner, as a rule, than whoever sleeps is woken.
constexpr int kLooksBeforeSleep = 10'000;

// All of it under `lock`. Trivial, so that it is there before main and after: never destroyed.
struct State {
  pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
  BackgroundJob* first = nullptr;  // of those that wait, in turn
  BackgroundJob* last = nullptr;
  BackgroundJob* served = nullptr;
  bool forks = false;     // nothing is begun
  std::size_t known = 0;  // jobs
  pthread_t thread{};
  bool has_thread = false;
  std::uintptr_t thread_number = 0;  // of the one that serves; an older one ends
  bool knows_forks = false;
};
constinit State state;

void Wait() { pthread_cond_wait(&state.changed, &state.lock); }
void Tell() { pthread_cond_broadcast(&state.changed); }

// HP-B3
void BeforeFork() {
  pthread_mutex_lock(&state.lock);
  state.forks = true;
  while (state.served != nullptr) Wait();
}
void AfterForkInParent() {
  state.forks = false;
  Tell();
  pthread_mutex_unlock(&state.lock);
}
// The thread is the parent's, and so are most owners: theirs are not gone on with.
void AfterForkInChild() {
  state.lock = PTHREAD_MUTEX_INITIALIZER;
  state.changed = PTHREAD_COND_INITIALIZER;
  state.first = state.last = nullptr;
  state.forks = false;
  state.has_thread = false;
}

}  // namespace

// What the thread may do to jobs.
class BackgroundThread {
 public:
  static void Append(BackgroundJob* job) {
    job->next_ = nullptr;
    (state.first == nullptr ? state.first : state.last->next_) = job;
    state.last = job;
  }

  static void Remove(const BackgroundJob* job) {
    BackgroundJob* before = nullptr;
    for (BackgroundJob* each = state.first; each != nullptr; before = each, each = each->next_) {
      if (each != job) continue;
      (before == nullptr ? state.first : before->next_) = each->next_;
      if (state.last == each) state.last = before;
      return;
    }
  }

  static bool Start() {
    if (!state.knows_forks) {
      state.knows_forks = AtFork(
          {.before = BeforeFork, .in_parent = AfterForkInParent, .in_child = AfterForkInChild});
      if (!state.knows_forks) return false;
    }
    return StartQuietThread(&state.thread, "fart-beside", Main,
                            reinterpret_cast<void*>(++state.thread_number));
  }

 private:
  static void* Main(void* number) {
    const Locked locked(&state.lock);
    while (state.thread_number == reinterpret_cast<std::uintptr_t>(number)) {
      if (state.first == nullptr || state.forks) {
        Wait();
      } else {
        Serve();
      }
    }
    return nullptr;
  }

  static void Serve() {
    BackgroundJob* const job = state.first;
    Remove(job);
    state.served = job;
    const int processor = job->processor_;
    job->is_served_.store(true, std::memory_order_relaxed);
    bool goes_on = true;
    bool is_in_the_way = false;
    do {
      pthread_mutex_unlock(&state.lock);
      for (int steps = 0; goes_on && steps < kStepsInTurn && !job->IsWantedBack(); ++steps) {
        goes_on = job->Step();
      }
      is_in_the_way = goes_on && sched_getcpu() == processor;
      pthread_mutex_lock(&state.lock);
    } while (goes_on && !is_in_the_way && !job->IsWantedBack() && !state.forks &&
             state.first == nullptr);
    job->is_served_.store(false, std::memory_order_relaxed);
    state.served = nullptr;
    // Else whoever wants it back would have to be quicker than this thread, which takes it again.
    if (goes_on && !job->IsWantedBack()) Append(job);
    Tell();
    if (!is_in_the_way) return;
    pthread_mutex_unlock(&state.lock);  // Who wants the job back has it meanwhile.
    usleep(kRestUs);                    // HP-B4
    pthread_mutex_lock(&state.lock);
  }
};

bool BackgroundJob::HandOver() {
  FART_DCHECK(!is_away_);
  const Locked locked(&state.lock);
  if (!state.has_thread) state.has_thread = BackgroundThread::Start();
  if (!state.has_thread) return false;
  if (!is_known_) {
    is_known_ = true;
    ++state.known;
  }
  is_away_ = true;
  processor_ = sched_getcpu();
  BackgroundThread::Append(this);
  Tell();
  return true;
}

void BackgroundJob::TakeBack() {
  FART_DCHECK(is_away_);
  is_wanted_back_.store(true, std::memory_order_relaxed);  // HP-B2
  for (int looks = 0; looks < kLooksBeforeSleep; ++looks) {
    if (!is_served_.load(std::memory_order_relaxed)) break;
  }
  const Locked locked(&state.lock);
  while (state.served == this) Wait();
  BackgroundThread::Remove(this);
  is_wanted_back_.store(false, std::memory_order_relaxed);
  is_away_ = false;
}

BackgroundJob::~BackgroundJob() {
  FART_DCHECK(!is_away_);
  if (!is_known_) return;
  pthread_t ended{};
  {
    const Locked locked(&state.lock);
    if (--state.known != 0 || !state.has_thread) return;
    // Who hands over a job from now on starts another thread.
    state.has_thread = false;
    ++state.thread_number;
    ended = state.thread;
    Tell();
  }
  pthread_join(ended, nullptr);
}

bool BackgroundJob::HasThread() {
  const Locked locked(&state.lock);
  return state.has_thread;
}

int UsableProcessors() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  int count = 0;  // CPU_COUNT asks the C library for one more name.
  for (std::size_t i = 0; i < CPU_SETSIZE; ++i) count += CPU_ISSET(i, &set) ? 1 : 0;
  return count;
}

}  // namespace fart
