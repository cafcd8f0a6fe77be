// StoppableWait -- how a native waits for the system: without using a processor, and until the
// isolate is to stop at the latest.
//
// Lives like a stack frame; no code of the program runs meanwhile.

#ifndef FART_LANG_NATIVES_STOPPABLE_WAIT_H_
#define FART_LANG_NATIVES_STOPPABLE_WAIT_H_

#include <cstdint>
#include <vector>

#include "heap/platform/readiness.h"
#include "lang/interpreter/interpreter.h"
#include "vm/isolate.h"
#include "vm/platform/standard_output.h"

namespace fart::lang {

class StoppableWait {
 public:
  explicit StoppableWait(Interpreter& interpreter) : interpreter_(interpreter) {
    // Who waits for what was printed shall not wait as long as the program does.
    FlushOutput();
    static_cast<void>(signal_.Open());
    interpreter_.isolate().SetStopSignal(&signal_);
  }
  ~StoppableWait() { interpreter_.isolate().SetStopSignal(nullptr); }
  StoppableWait(const StoppableWait&) = delete;
  StoppableWait& operator=(const StoppableWait&) = delete;

  // Until one of them is ready, or so many milliseconds are over; below 0: for ever. False: the
  // isolate is to stop.
  bool Until(std::vector<Awaited>* all, std::int64_t milliseconds) {
    // Where the system has no descriptor for the signal, it is asked.
    constexpr std::int64_t kTurn = 5;
    const bool is_asked = signal_.descriptor() < 0 && (milliseconds < 0 || milliseconds > kTurn);
    all->push_back({.descriptor = signal_.descriptor()});
    if (!interpreter_.IsToStop()) WaitUntilReady(all, is_asked ? kTurn : milliseconds);
    all->pop_back();
    return !interpreter_.IsToStop();
  }

 private:
  Interpreter& interpreter_;
  WakeSignal signal_;
};

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_STOPPABLE_WAIT_H_
