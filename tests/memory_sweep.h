// A scenario of a host that is told that there is no memory, at every place where it is asked for.
//
// What may come of it is what the headers say: an error handle about memory, the failure value of a
// function that has none, or nothing at all.
//
// Not here: the scenarios (memory_sweep_*_test.cc), who refuses (heap/platform/testing).

#ifndef FART_TESTS_MEMORY_SWEEP_H_
#define FART_TESTS_MEMORY_SWEEP_H_

#include <gtest/gtest.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "dart_api.h"
#include "fart_heap_api.h"
#include "fart_tools_api.h"
#include "heap/platform/testing/refusing_memory.h"

namespace fart::tests {

// Whether a text says that there was no memory, or no thread.
bool IsAboutMemory(const char* text);

// What a scenario was told so far.
class Told {
 public:
  // False: it is an error, which must be one about memory; the scenario ends early.
  bool Ok(Fart_Handle handle);
  // The same of a function whose answer is no handle.
  bool Ok(bool answer) {
    if (!answer) is_refused_ = true;
    return answer;
  }
  bool is_refused() const { return is_refused_; }

 private:
  bool is_refused_ = false;
};

// In a scenario that waits for others: memory that is refused for good is there again a while
// after this is made.
class MemoryComesBack {
 public:
  MemoryComesBack();
  ~MemoryComesBack();
  MemoryComesBack(const MemoryComesBack&) = delete;
  MemoryComesBack& operator=(const MemoryComesBack&) = delete;

 private:
  std::mutex lock_;
  std::condition_variable changed_;
  bool is_over_ = false;
  std::thread thread_;
};

// Nothing is refused any more.
void StopRefusing();

// The machine, started with nothing refused.
class Machine {
 public:
  explicit Machine(Fart_IsolateCreateCallback create = nullptr);
  ~Machine();
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;
};

// Runs `work` in a new isolate, which it may leave with handles of its own. With nothing refused:
// making it, and looking at it afterwards.
enum class With { kHeap, kLanguage };
SweepOutcome InIsolate(With what, const std::function<void(Told&)>& work);

// Sweeps over every kind of call (SweepFailures), `most` calls of each.
void SweepCalls(std::uint64_t most, const std::function<SweepOutcome()>& scenario);

}  // namespace fart::tests

#endif  // FART_TESTS_MEMORY_SWEEP_H_
