// CallbackRunnerOfIsolate -- runs the callbacks of dead handles (C2 to C4).
//
// Callbacks are foreign code behind a barrier: nothing may unwind out of one. The collector calls
// after the pause, one slice at a time; the isolate calls for all that is left when it ends.
//
// Not here: who finds the dead (gc) and keeps the queue (handles/weak_handles.h).

#ifndef FART_VM_CALLBACK_RUNNER_H_
#define FART_VM_CALLBACK_RUNNER_H_

#include <cstdint>

#include "gc/controller.h"

namespace fart {

class Isolate;

class CallbackRunnerOfIsolate final : public CallbackRunner {
 public:
  explicit CallbackRunnerOfIsolate(Isolate& isolate) : isolate_(isolate) {}

  // CallbackRunner
  bool HasPending() const override;
  void RunSlice(std::int64_t slice_ns) override;

  void RunAll();
  // Callbacks that have run since the isolate was made.
  std::uint64_t run() const { return run_; }

 private:
  int RunBatch(int most);

  Isolate& isolate_;
  std::uint64_t run_ = 0;
};

}  // namespace fart

#endif  // FART_VM_CALLBACK_RUNNER_H_
