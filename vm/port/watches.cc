#include "vm/port/watches.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <list>
#include <mutex>
#include <new>
#include <thread>
#include <utility>
#include <vector>

#include "heap/base/abandon.h"
#include "heap/platform/readiness.h"
#include "vm/message/message.h"
#include "vm/message/message_codec.h"
#include "vm/port/ports.h"
#include "vm/port/start_thread.h"

namespace fart {

namespace {

// How long one waits that has to be asked for itself: a child that the system has no descriptor
// of, and what there was no memory to tell. (VP-O4)
constexpr std::int64_t kPatienceMs = 10;
constexpr std::int64_t kForEver = -1;

struct Watch {
  std::uint64_t number = 0;  // Never used again.
  PortId port = kNoPort;
  int descriptor = -1;  // Of a child its own.
  bool is_for_writing = false;
  int child = 0;  // 0: of a descriptor.
  bool has_ended = false;
  int end = 0;  // What is posted.

  bool MustBeAsked() const { return has_ended || (child != 0 && descriptor < 0); }
};

struct Watches {
  std::mutex lock;
  WakeSignal wake;
  std::list<Watch> waiting;
  std::uint64_t last_number = 0;
  std::atomic<std::size_t> count{0};  // Of `waiting`: so that other ports close unlocked.
  std::thread thread;
  bool is_stopping = false;

  void Remove(std::list<Watch>::iterator watch) {
    if (watch->child != 0) CloseDescriptor(watch->descriptor);
    waiting.erase(watch);
    count = waiting.size();
  }
  std::list<Watch>::iterator Find(std::uint64_t number) {
    return std::find_if(waiting.begin(), waiting.end(),
                        [number](const Watch& watch) { return watch.number == number; });
  }
  // A child whose end nobody waits for, which has not ended, stays.
  void RemoveAllOf(PortId port) {
    for (auto watch = waiting.begin(); watch != waiting.end();) {
      const auto next = std::next(watch);
      if (watch->port == port) {
        if (watch->child != 0 && !watch->has_ended) {
          watch->port = kNoPort;
        } else {
          Remove(watch);
        }
      }
      watch = next;
    }
  }
  // The lock is held. False: the system refuses it.
  bool HasThread();
  bool Add(Watch watch);
  void Tell(std::unique_lock<std::mutex>& held, std::uint64_t number);
};

// Lives for ever: its thread may outlive `main`.
Watches& TheWatches() {
  static auto* const watches = new Watches;
  return *watches;
}

// Tells of one that is ready, if it still waits.
void Watches::Tell(std::unique_lock<std::mutex>& held, std::uint64_t number) {
  auto watch = Find(number);
  if (watch == waiting.end()) return;
  if (!watch->has_ended) {
    if (watch->child != 0 && !TakeEndOfChild(watch->child, &watch->end)) return;
    watch->has_ended = true;
  }
  const PortId port = watch->port;
  const int end = watch->end;
  bool is_told = port == kNoPort;
  if (!is_told) {
    held.unlock();  // VP-O1
    Message message;
    is_told = EncodeIntegerMessage(end, &message) && Ports::Post(port, message);
    if (!is_told) is_told = !Ports::IsOpen(port);
    held.lock();
    watch = Find(number);
  }
  if (is_told && watch != waiting.end()) Remove(watch);
}

// Who is ready, waited for without the lock. *all and *numbers are the caller's, so that their
// memory is used again.
void WaitOutside(Watches& watches, std::unique_lock<std::mutex>& held, std::vector<Awaited>* all,
                 std::vector<std::uint64_t>* numbers) {
  std::int64_t patience = kForEver;
  try {
    all->clear();
    numbers->clear();
    all->push_back({.descriptor = watches.wake.descriptor()});
    numbers->push_back(0);
    for (const Watch& watch : watches.waiting) {
      if (watch.MustBeAsked()) patience = kPatienceMs;
      all->push_back({.descriptor = watch.MustBeAsked() ? -1 : watch.descriptor,
                      .is_for_writing = watch.is_for_writing});
      numbers->push_back(watch.number);
    }
    held.unlock();
    WaitUntilReady(all, patience);
    held.lock();
  } catch (const std::bad_alloc&) {
    if (held.owns_lock()) held.unlock();
    std::this_thread::sleep_for(std::chrono::milliseconds(kPatienceMs));
    held.lock();
    all->clear();
  }
}

void RunThread() {
  Watches& watches = TheWatches();
  std::vector<Awaited> all;
  std::vector<std::uint64_t> numbers;
  std::unique_lock<std::mutex> held(watches.lock);
  while (!watches.is_stopping) {
    WaitOutside(watches, held, &all, &numbers);
    watches.wake.Lower();
    for (std::size_t i = 1; i < all.size(); ++i) {
      if (all[i].is_ready || all[i].descriptor < 0) watches.Tell(held, numbers[i]);
    }
  }
}

bool Watches::HasThread() {
  return thread.joinable() || (wake.Open() && StartThread(&thread, RunThread));
}

bool Watches::Add(Watch watch) {
  const std::lock_guard<std::mutex> guard(lock);
  if (is_stopping || !HasThread()) return false;
  watch.number = ++last_number;
  try {
    waiting.push_back(watch);
  } catch (const std::bad_alloc&) {
    return false;
  }
  count = waiting.size();
  wake.Raise();
  return true;
}

}  // namespace

bool WatchDescriptor(PortId port, int descriptor, bool is_for_writing) {
  return TheWatches().Add(
      {.port = port, .descriptor = descriptor, .is_for_writing = is_for_writing});
}

bool WatchChild(PortId port, int child) {
  const int descriptor = OpenChild(child);
  if (TheWatches().Add({.port = port, .descriptor = descriptor, .child = child})) return true;
  CloseDescriptor(descriptor);
  return false;
}

bool SignalChild(int child, int signal) {
  Watches& watches = TheWatches();
  const std::lock_guard<std::mutex> guard(watches.lock);
  return std::any_of(
             watches.waiting.begin(), watches.waiting.end(),
             [child](const Watch& watch) { return watch.child == child && !watch.has_ended; }) &&
         SendSignal(child, signal);  // VP-O3
}

void CancelWatches(PortId port) {
  Watches& watches = TheWatches();
  if (watches.count == 0) return;
  const std::lock_guard<std::mutex> guard(watches.lock);
  watches.RemoveAllOf(port);
  watches.wake.Raise();  // It holds what it waits for.
}

bool ResumeWatches() {
  Watches& watches = TheWatches();
  if (watches.count == 0) return true;
  const std::lock_guard<std::mutex> guard(watches.lock);
  return watches.waiting.empty() || watches.is_stopping || watches.HasThread();
}

std::size_t WaitingWatches() { return TheWatches().count; }

void StopWatches() {
  Watches& watches = TheWatches();
  std::thread thread;
  {
    const std::lock_guard<std::mutex> guard(watches.lock);
    watches.is_stopping = true;
    thread = std::move(watches.thread);
    watches.wake.Raise();
  }
  if (thread.joinable()) thread.join();
  const std::lock_guard<std::mutex> guard(watches.lock);
  while (!watches.waiting.empty()) {
    const auto watch = watches.waiting.begin();
    int ignored = 0;
    if (watch->child != 0 && !watch->has_ended) TakeEndOfChild(watch->child, &ignored);
    watches.Remove(watch);
  }
  watches.wake.Close();
  watches.is_stopping = false;
}

// ---- fork

void HoldWatchesForFork() { TheWatches().lock.lock(); }
void ReleaseWatchesInParent() { TheWatches().lock.unlock(); }

// The thread is not here, and what wakes it is the parent's as well.
void ReleaseWatchesInChild() {
  Watches& watches = TheWatches();
  Abandon(std::move(watches.thread));
  watches.wake.Close();
  watches.is_stopping = false;
  for (Watch& watch : watches.waiting) {
    if (watch.child == 0) continue;
    CloseDescriptor(watch.descriptor);
    watch.descriptor = -1;
    if (!watch.has_ended) watch.end = kUnknownEnd;
    watch.has_ended = true;
  }
  watches.lock.unlock();
}

void DropLostWatches() {
  Watches& watches = TheWatches();
  const std::lock_guard<std::mutex> guard(watches.lock);
  for (auto watch = watches.waiting.begin(); watch != watches.waiting.end();) {
    const auto next = std::next(watch);
    if (!Ports::IsOpen(watch->port)) watches.Remove(watch);
    watch = next;
  }
}

}  // namespace fart
