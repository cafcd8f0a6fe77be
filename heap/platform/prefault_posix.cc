#include "heap/platform/prefault.h"

#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <new>
#include <utility>

#include "heap/platform/at_fork.h"
#include "heap/platform/clock.h"
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

// Some ten microseconds' worth, and how long the thread rests behind it. It sleeps: where it
// yielded builds had pauses of 15 to 34 ms (docs/design/pauses.md).
constexpr ByteCount kPiece = KiB(128);
constexpr unsigned kRestUs = 20;
// What a large page has brought already takes less, and no rest.
constexpr std::int64_t kBriefNs = 5'000;

// All of it under `lock`. Trivial, so that it is there before main and after: never destroyed.
struct State {
  pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
  std::array<Request, 16> waiting{};
  std::size_t count = 0;
  Request commit;                // to be made accessible; its user is null when there is none
  bool* is_committed = nullptr;  // the user's, of whether it has been
  const PrefaultUser* served = nullptr;  // for whom a piece is being backed, or made accessible
  std::size_t users = 0;                 // that have asked
  std::size_t waiters = 0;               // for what they asked for
  pthread_t thread{};
  bool has_thread = false;
  std::uintptr_t thread_number = 0;  // of the one that serves; an older one ends
  bool knows_forks = false;
  void (*errand)() = nullptr;  // before anything else; done also when the thread ends
};
constinit State state;

// Under `lock`, which is given up meanwhile.
void CommitOne() {
  const Request commit = state.commit;
  state.served = commit.user;
  pthread_mutex_unlock(&state.lock);
  const bool is_committed = commit.range->Commit(commit.start, commit.size);
  pthread_mutex_lock(&state.lock);
  state.served = state.commit.user = nullptr;
  *state.is_committed = is_committed;
  pthread_cond_broadcast(&state.changed);
}

void* Serve(void* number) {
  const Locked locked(&state.lock);
  while (state.thread_number == reinterpret_cast<std::uintptr_t>(number) ||
         state.errand != nullptr) {
    if (state.errand != nullptr) {
      void (*const errand)() = std::exchange(state.errand, nullptr);
      pthread_mutex_unlock(&state.lock);
      errand();
      pthread_mutex_lock(&state.lock);
      continue;
    }
    if (state.commit.user != nullptr) {
      CommitOne();
      continue;
    }
    if (state.count == 0) {
      pthread_cond_wait(&state.changed, &state.lock);
      continue;
    }
    Request& request = state.waiting[0];
    const VirtualMemory& range = *request.range;
    const Address start = request.start;
    const ByteCount size = std::min(kPiece, request.size);
    request.start = start + size;
    request.size -= size;
    state.served = request.user;
    if (request.size.is_zero()) {
      --state.count;
      std::move(&request + 1, &request + 1 + state.count, &request);
    }
    pthread_mutex_unlock(&state.lock);
    const std::int64_t begin = MonotonicNs();
    range.Populate(start, size);
    const bool is_brief = MonotonicNs() - begin < kBriefNs;
    pthread_mutex_lock(&state.lock);
    state.served = nullptr;
    pthread_cond_broadcast(&state.changed);
    if (is_brief || state.waiters != 0) continue;
    pthread_mutex_unlock(&state.lock);
    usleep(kRestUs);  // HP-F4
    pthread_mutex_lock(&state.lock);
  }
  return nullptr;
}

void BeforeFork() { pthread_mutex_lock(&state.lock); }
void AfterForkInParent() { pthread_mutex_unlock(&state.lock); }
// The thread is the parent's. Nobody waits here, and what waits is dropped (HP-F1).
void AfterForkInChild() {
  state.lock = PTHREAD_MUTEX_INITIALIZER;
  state.changed = PTHREAD_COND_INITIALIZER;
  state.count = state.waiters = 0;
  state.commit.user = state.served = nullptr;
  state.has_thread = false;
  state.errand = nullptr;
}

// Under `lock`.
[[gnu::noinline]] bool HasRequests(const PrefaultUser* user) {
  bool has = state.served == user;
  for (std::size_t i = 0; i < state.count; ++i) has |= state.waiting[i].user == user;
  return has;
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

bool PrefaultUser::HasThreadFor() {
  if (!has_asked_) {
    has_asked_ = true;
    ++state.users;
  }
  if (!state.has_thread) state.has_thread = StartThread();
  return state.has_thread;
}

void PrefaultUser::Ask(const VirtualMemory& range, Address start, ByteCount size) {
  const Locked locked(&state.lock);
  if (!HasThreadFor() || state.count == state.waiting.size()) return;  // HP-F1
  state.waiting[state.count++] = {this, &range, start, size};
  pthread_cond_broadcast(&state.changed);
}

bool PrefaultUser::AskToCommit(const VirtualMemory& range, Address start, ByteCount size) {
  const Locked locked(&state.lock);
  if (!HasThreadFor() || state.commit.user != nullptr) return false;  // HP-F1
  state.commit = {this, &range, start, size};
  state.is_committed = &is_committed_;
  is_committed_ = false;
  pthread_cond_broadcast(&state.changed);
  return true;
}

PrefaultUser::Committed PrefaultUser::HasCommitted(bool waits) const {
  const Locked locked(&state.lock);
  while (state.commit.user == this) {
    if (!waits) return Committed::kWaits;
    pthread_cond_wait(&state.changed, &state.lock);
  }
  return is_committed_ ? Committed::kIs : Committed::kNot;
}

void PrefaultUser::Wait() const {
  const Locked locked(&state.lock);
  ++state.waiters;
  while (HasRequests(this)) pthread_cond_wait(&state.changed, &state.lock);
  --state.waiters;
}

namespace {

// Calls `take()` under the lock, if the thread will do the errand: there is one, and it has no
// other.
template <typename Take>
bool AskFor(void (*errand)(), Take&& take) {
  // Who starts the thread may free memory, and that may lead to here.
  if (pthread_mutex_trylock(&state.lock) != 0) return false;
  const bool takes = state.has_thread && (state.errand == nullptr || state.errand == errand);
  if (takes) {
    state.errand = errand;
    take();
    pthread_cond_broadcast(&state.changed);
  }
  pthread_mutex_unlock(&state.lock);
  return takes;
}

// Mappings to be unmapped, under `state.lock`; each holds the next. Not in the state, so that a
// library that has none unmapped has nothing of it.
struct Unused {
  Unused* next;
  std::size_t size;
};
constinit Unused* unused = nullptr;

// Worth another thread: a millisecond.
constexpr ByteCount kManyPages = MiB(4);

void UnmapNow(void* mapping, std::size_t size) {
  // Refused where it had to be split from its neighbours, and no more mappings are to be had: its
  // pages go all the same.
  if (munmap(mapping, size) != 0) madvise(mapping, size, MADV_DONTNEED);
}

void UnmapUnused() {
  Unused* mapping = nullptr;
  {
    const Locked locked(&state.lock);
    mapping = std::exchange(unused, nullptr);
  }
  while (mapping != nullptr) {
    Unused* const next = mapping->next;
    UnmapNow(mapping, mapping->size);
    mapping = next;
  }
}

}  // namespace

bool PrefaultUser::AskToGiveBack() {
  return AskFor(GiveBackFreePages, [] {});
}

void PrefaultUser::Unmap(void* mapping, ByteCount size) {
  const auto take = [&] { unused = new (mapping) Unused{unused, size.value()}; };
  if (size < kManyPages || !AskFor(UnmapUnused, take)) UnmapNow(mapping, size.value());
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
    std::size_t left = 0;
    for (std::size_t i = 0; i < state.count; ++i) {
      if (state.waiting[i].user != this) state.waiting[left++] = state.waiting[i];
    }
    state.count = left;
    while (state.served == this) pthread_cond_wait(&state.changed, &state.lock);
    if (state.commit.user == this) state.commit.user = nullptr;
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
