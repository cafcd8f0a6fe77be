#include "vm/port/timers.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "vm/message/message.h"
#include "vm/port/ports.h"

namespace fart {

namespace {

using Clock = std::chrono::steady_clock;

struct Timers {
  std::mutex lock;
  std::condition_variable changed;
  std::multimap<Clock::time_point, PortId> waiting;  // equal keys: in the order of insertion
  std::thread thread;
  bool is_stopping = false;
};

// Lives for ever: its thread may outlive `main`.
Timers& TheTimers() {
  static auto* const timers = new Timers;
  return *timers;
}

void Fire(PortId port) {
  Message message;
  if (!EncodeIntegerMessage(0, &message)) return;  // No memory outside the heap is left.
  static_cast<void>(Ports::Post(port, message));   // Closed: cancelled.
}

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
    timers.waiting.erase(next);
    lock.unlock();
    Fire(port);
    lock.lock();
  }
}

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
  if (!timers.thread.joinable()) {
    try {
      timers.thread = std::thread(RunThread);
    } catch (const std::system_error&) {
      return false;
    }
  }
  timers.waiting.emplace(due, port);
  timers.changed.notify_one();
  return true;
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
  timers.is_stopping = false;
}

}  // namespace fart
