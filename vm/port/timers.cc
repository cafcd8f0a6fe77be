#include "vm/port/timers.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <iterator>
#include <map>
#include <mutex>
#include <new>
#include <thread>
#include <unordered_map>
#include <utility>

#include "heap/base/abandon.h"
#include "vm/message/message.h"
#include "vm/message/message_codec.h"
#include "vm/port/ports.h"
#include "vm/port/start_thread.h"

namespace fart {

namespace {

using Clock = std::chrono::steady_clock;

using Waiting = std::multimap<Clock::time_point, PortId>;  // equal keys: in order of insertion

struct Timers {
  std::mutex lock;
  std::condition_variable changed;
  Waiting waiting;
  std::unordered_multimap<PortId, Waiting::iterator> of_port;
  std::atomic<std::size_t> count{0};  // of `waiting`: so that a port without timers closes unlocked
  Waiting::iterator posting = waiting.end();  // The one that is being posted; the end: none.
  std::thread thread;
  bool is_stopping = false;

  void Remove(Waiting::iterator timer) {
    const auto [first, last] = of_port.equal_range(timer->second);
    of_port.erase(
        std::find_if(first, last, [timer](const auto& entry) { return entry.second == timer; }));
    waiting.erase(timer);
    count = waiting.size();
  }
  void RemoveAllOf(PortId port) {
    const auto [first, last] = of_port.equal_range(port);
    for (auto timer = first; timer != last; ++timer) {
      if (timer->second == posting) posting = waiting.end();
      waiting.erase(timer->second);
    }
    of_port.erase(first, last);
    count = waiting.size();
  }
  // False: there is no memory for it.
  bool Add(Clock::time_point due, PortId port) {
    Waiting::iterator timer = waiting.end();
    try {
      timer = waiting.emplace(due, port);
      of_port.emplace(port, timer);
    } catch (const std::bad_alloc&) {
      if (timer != waiting.end()) waiting.erase(timer);
      return false;
    }
    count = waiting.size();
    return true;
  }
  // The lock is held. False: the system refuses it.
  bool HasThread();
};

// Lives for ever: its thread may outlive `main`.
Timers& TheTimers() {
  static auto* const timers = new Timers;
  return *timers;
}

// False: the port is closed, or no memory outside the heap is left.
bool Fire(PortId port) {
  Message message;
  return EncodeIntegerMessage(0, &message) && Ports::Post(port, message);
}

// How long a timer waits for memory before it is tried again. (VP-W3)
constexpr std::chrono::milliseconds kPatience{10};

void RunThread() {
  Timers& timers = TheTimers();
  std::unique_lock<std::mutex> lock(timers.lock);
  while (!timers.is_stopping) {
    if (timers.waiting.empty()) {
      timers.changed.wait(lock);
      continue;
    }
    const auto next = timers.waiting.begin();
    if (next->first > Clock::now()) {
      timers.changed.wait_until(lock, Clock::time_point(next->first));
      continue;
    }
    const PortId port = next->second;
    timers.posting = next;
    lock.unlock();
    const bool is_posted = Fire(port);  // VP-W1
    lock.lock();
    const Waiting::iterator posted = std::exchange(timers.posting, timers.waiting.end());
    if (posted == timers.waiting.end()) continue;  // The port has closed.
    if (is_posted) {
      timers.Remove(posted);
    } else {
      timers.changed.wait_for(lock, kPatience);  // VP-W3
    }
  }
}

bool Timers::HasThread() { return thread.joinable() || StartThread(&thread, RunThread); }

}  // namespace

bool StartTimer(PortId port, std::chrono::milliseconds delay) {
  // As far as the clock goes.
  const Clock::time_point now = Clock::now();
  const auto longest =
      std::chrono::duration_cast<std::chrono::milliseconds>(Clock::time_point::max() - now);
  const Clock::time_point due = now + std::min(delay, longest);
  Timers& timers = TheTimers();
  const std::lock_guard<std::mutex> guard(timers.lock);
  if (timers.is_stopping) return false;
  if (!timers.HasThread()) return false;
  if (!timers.Add(due, port)) return false;
  timers.changed.notify_one();
  return true;
}

void CancelTimers(PortId port) {
  Timers& timers = TheTimers();
  if (timers.count == 0) return;
  const std::lock_guard<std::mutex> guard(timers.lock);
  timers.RemoveAllOf(port);
}

bool ResumeTimers() {
  Timers& timers = TheTimers();
  if (timers.count == 0) return true;
  const std::lock_guard<std::mutex> guard(timers.lock);
  return timers.waiting.empty() || timers.is_stopping || timers.HasThread();
}

std::size_t WaitingTimers() {
  Timers& timers = TheTimers();
  const std::lock_guard<std::mutex> guard(timers.lock);
  return timers.waiting.size() - (timers.posting == timers.waiting.end() ? 0 : 1);
}

void StopTimers() {
  Timers& timers = TheTimers();
  std::thread thread;
  {
    const std::lock_guard<std::mutex> guard(timers.lock);
    timers.is_stopping = true;
    thread = std::move(timers.thread);
  }
  timers.changed.notify_one();
  if (thread.joinable()) thread.join();
  const std::lock_guard<std::mutex> guard(timers.lock);
  timers.waiting.clear();
  timers.posting = timers.waiting.end();
  timers.of_port.clear();
  timers.count = 0;
  timers.is_stopping = false;
}

// ---- fork

void HoldTimersForFork() { TheTimers().lock.lock(); }
void ReleaseTimersInParent() { TheTimers().lock.unlock(); }

// The thread is not here. To let go of it would touch what the system has taken back.
void ReleaseTimersInChild() {
  Timers& timers = TheTimers();
  Abandon(std::move(timers.thread));
  timers.posting = timers.waiting.end();  // The parent's; here it is posted anew.
  timers.is_stopping = false;
  new (&timers.changed) std::condition_variable;
  timers.lock.unlock();
}

void DropLostTimers() {
  Timers& timers = TheTimers();
  const std::lock_guard<std::mutex> guard(timers.lock);
  for (auto timer = timers.waiting.begin(); timer != timers.waiting.end();) {
    const Waiting::iterator next = std::next(timer);
    if (!Ports::IsOpen(timer->second)) timers.Remove(timer);
    timer = next;
  }
}

}  // namespace fart
