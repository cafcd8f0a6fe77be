#include "heap/platform/prefault.h"

#include <pthread.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "heap/platform/at_fork.h"
#include "heap/platform/locked.h"
#include "heap/platform/process_malloc.h"
#include "heap/platform/quiet_thread.h"

namespace fart {
namespace {

struct Request {
  const PrefaultUser* user = nullptr;
  const VirtualMemory* range = nullptr;
  Address start;
  ByteCount size;
};

struct Mapping {
  void* start = nullptr;
  ByteCount size;
};

void Unmap(const Mapping& mapping) {
  // Refused where it had to be split from its neighbours, and no more mappings are to be had: its
  // pages go all the same.
  if (munmap(mapping.start, mapping.size.value()) == 0) return;
  madvise(mapping.start, mapping.size.value(), MADV_DONTNEED);
}

// All of it under `lock`. Trivial, so that it is there before main and after: never destroyed.
struct State {
  pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
  std::array<Request, 16> waiting{};
  std::size_t count = 0;
  std::array<Mapping, 16> to_unmap{};
  std::size_t unmap_count = 0;
  const PrefaultUser* served = nullptr;  // whose request is being served
  std::size_t users = 0;                 // that have asked
  pthread_t thread{};
  bool has_thread = false;
  std::uintptr_t thread_number = 0;  // of the one that serves; an older one ends
  bool knows_forks = false;
  bool gives_back = false;  // what malloc holds, before anything else
};
constinit State state;

void* Serve(void* number) {
  const Locked locked(&state.lock);
  const auto is_over = [number] {
    return state.thread_number != reinterpret_cast<std::uintptr_t>(number);
  };
  while (!is_over() || state.unmap_count != 0) {
    if (state.unmap_count != 0) {
      const Mapping mapping = state.to_unmap[--state.unmap_count];
      pthread_mutex_unlock(&state.lock);
      Unmap(mapping);
      pthread_mutex_lock(&state.lock);
      continue;
    }
    if (std::exchange(state.gives_back, false)) {
      pthread_mutex_unlock(&state.lock);
      GiveBackFreePages();
      pthread_mutex_lock(&state.lock);
      continue;
    }
    if (state.count == 0) {
      pthread_cond_wait(&state.changed, &state.lock);
      continue;
    }
    const Request request = state.waiting[0];
    std::move(state.waiting.begin() + 1,
              state.waiting.begin() + static_cast<std::ptrdiff_t>(state.count),
              state.waiting.begin());
    --state.count;
    state.served = request.user;
    pthread_mutex_unlock(&state.lock);
    request.range->Populate(request.start, request.size);
    pthread_mutex_lock(&state.lock);
    state.served = nullptr;
    pthread_cond_broadcast(&state.changed);
  }
  return nullptr;
}

void BeforeFork() { pthread_mutex_lock(&state.lock); }
void AfterForkInParent() { pthread_mutex_unlock(&state.lock); }
// The thread is the parent's. Nobody waits here, and what waits is dropped (HP-F1).
void AfterForkInChild() {
  state.lock = PTHREAD_MUTEX_INITIALIZER;
  state.changed = PTHREAD_COND_INITIALIZER;
  state.count = 0;
  state.served = nullptr;
  state.has_thread = false;
  state.gives_back = false;
  while (state.unmap_count != 0) Unmap(state.to_unmap[--state.unmap_count]);  // HP-F3
}

bool StartThread() {
  if (!state.knows_forks) {
    state.knows_forks = AtFork(
        {.before = BeforeFork, .in_parent = AfterForkInParent, .in_child = AfterForkInChild});
    if (!state.knows_forks) return false;
  }
  return StartQuietThread(&state.thread, "fart-pages", Serve,
                          reinterpret_cast<void*>(++state.thread_number));
}

}  // namespace

void PrefaultUser::Ask(const VirtualMemory& range, Address start, ByteCount size) {
  const Locked locked(&state.lock);
  if (!has_asked_) {
    has_asked_ = true;
    ++state.users;
  }
  if (!state.has_thread) state.has_thread = StartThread();
  if (!state.has_thread || state.count == state.waiting.size()) return;  // HP-F1
  state.waiting[state.count++] = {this, &range, start, size};
  pthread_cond_broadcast(&state.changed);
}

void PrefaultUser::Wait() const {
  const Locked locked(&state.lock);
  const auto waits = [this] {
    return state.served == this ||
           std::any_of(state.waiting.begin(),
                       state.waiting.begin() + static_cast<std::ptrdiff_t>(state.count),
                       [this](const Request& request) { return request.user == this; });
  };
  while (state.has_thread && waits()) pthread_cond_wait(&state.changed, &state.lock);
}

bool PrefaultUser::AskToGiveBack() {
  // Who starts the thread may free memory, and that may lead to here.
  if (pthread_mutex_trylock(&state.lock) != 0) return false;
  const bool has_thread = state.has_thread;
  state.gives_back = has_thread;
  if (has_thread) pthread_cond_broadcast(&state.changed);
  pthread_mutex_unlock(&state.lock);
  return has_thread;
}

bool PrefaultUser::AskToUnmap(void* mapping, ByteCount size) {
  if (pthread_mutex_trylock(&state.lock) != 0) return false;
  const bool takes = state.has_thread && state.unmap_count < state.to_unmap.size();
  if (takes) {
    state.to_unmap[state.unmap_count++] = {mapping, size};
    pthread_cond_broadcast(&state.changed);
  }
  pthread_mutex_unlock(&state.lock);
  return takes;
}

bool PrefaultUser::HasThread() {
  const Locked locked(&state.lock);
  return state.has_thread;
}

PrefaultUser::~PrefaultUser() {
  if (!has_asked_) return;
  pthread_t ended{};
  {
    const Locked locked(&state.lock);
    const auto end = state.waiting.begin() + static_cast<std::ptrdiff_t>(state.count);
    const auto rest = std::remove_if(state.waiting.begin(), end, [this](const Request& request) {
      return request.user == this;
    });
    state.count = static_cast<std::size_t>(rest - state.waiting.begin());
    while (state.served == this) pthread_cond_wait(&state.changed, &state.lock);
    if (--state.users != 0 || !state.has_thread) return;
    // Somebody who asks from now on starts another thread.
    state.has_thread = false;
    ++state.thread_number;
    ended = state.thread;
    pthread_cond_broadcast(&state.changed);
  }
  pthread_join(ended, nullptr);
}

}  // namespace fart
