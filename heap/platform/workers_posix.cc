#include "heap/platform/workers.h"

#include <pthread.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "heap/platform/at_fork.h"
#include "heap/platform/locked.h"
#include "heap/platform/quiet_thread.h"

namespace fart {
namespace {

using Threads = std::array<pthread_t, Workers::kMost - 1>;

// All of it under `lock`. Trivial, so that it is there before main and after: never destroyed.
struct State {
  pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t changed = PTHREAD_COND_INITIALIZER;  // for the threads
  pthread_cond_t left = PTHREAD_COND_INITIALIZER;     // for the owner
  SharedWork* work = nullptr;                         // of whoever has the threads now
  int next = 0;  // the number of who comes next; none come from `end` on
  int end = 0;
  int inside = 0;  // threads
  std::size_t known = 0;
  Threads threads{};
  int count = 0;                    // of threads
  std::uintptr_t thread_group = 0;  // of those that serve; older ones end
  bool knows_forks = false;
};
constinit State state;

void* Serve(void* group) {
  const Locked locked(&state.lock);
  while (state.thread_group == reinterpret_cast<std::uintptr_t>(group)) {
    if (state.next == state.end) {
      pthread_cond_wait(&state.changed, &state.lock);
      continue;
    }
    const int number = state.next++;  // HP-W3
    SharedWork* const work = state.work;
    ++state.inside;
    pthread_mutex_unlock(&state.lock);
    work->Work(number);
    pthread_mutex_lock(&state.lock);
    if (--state.inside == 0) pthread_cond_broadcast(&state.left);
  }
  return nullptr;
}

void BeforeFork() { pthread_mutex_lock(&state.lock); }
void AfterForkInParent() { pthread_mutex_unlock(&state.lock); }
// HP-W4. Who has them is another thread, which the child does not have either.
void AfterForkInChild() {
  state.lock = PTHREAD_MUTEX_INITIALIZER;
  state.changed = PTHREAD_COND_INITIALIZER;
  state.left = PTHREAD_COND_INITIALIZER;
  state.work = nullptr;
  state.next = state.end = 0;
  state.inside = 0;
  state.count = 0;
}

// As many as can be had.
void StartThreads(int wanted) {
  if (!state.knows_forks) {
    state.knows_forks = AtFork(
        {.before = BeforeFork, .in_parent = AfterForkInParent, .in_child = AfterForkInChild});
    if (!state.knows_forks) return;
  }
  if (state.count == 0) ++state.thread_group;
  while (state.count < wanted &&
         StartQuietThread(&state.threads[static_cast<std::size_t>(state.count)], "fart-worker",
                          Serve, reinterpret_cast<void*>(state.thread_group))) {
    ++state.count;
  }
}

// Whether they begin with it.
bool CallThreads(SharedWork* work, int wanted) {
  if (state.work != nullptr) return false;
  StartThreads(wanted);
  if (state.count == 0) return false;
  state.work = work;
  state.next = 1;
  state.end = 1 + std::min(wanted, state.count);
  pthread_cond_broadcast(&state.changed);
  return true;
}

}  // namespace

void Workers::Run(SharedWork& work, int count) {
  const int wanted = std::min(count, kMost) - 1;
  bool has_help = false;
  if (wanted > 0) {
    const Locked locked(&state.lock);
    has_help = CallThreads(&work, wanted);
    if (has_help && !is_known_) {
      is_known_ = true;
      ++state.known;
    }
  }
  work.Work(0);
  if (!has_help) return;
  const Locked locked(&state.lock);
  // HP-W2
  state.end = state.next;
  while (state.inside != 0) pthread_cond_wait(&state.left, &state.lock);  // HP-W1
  state.work = nullptr;
}

Workers::~Workers() {
  if (!is_known_) return;
  Threads ended{};
  int count = 0;
  {
    const Locked locked(&state.lock);
    if (--state.known != 0) return;
    // Who wants help from now on starts others.
    ended = state.threads;
    std::swap(count, state.count);
    ++state.thread_group;
    pthread_cond_broadcast(&state.changed);
  }
  for (int i = 0; i < count; ++i) pthread_join(ended[static_cast<std::size_t>(i)], nullptr);
}

int Workers::ThreadCount() {
  const Locked locked(&state.lock);
  return state.count;
}

}  // namespace fart
