// SliceBudget -- how much a slice of a collection's work may do: until a time, or so many steps.
//
// Not here: how long slices are (gc/controller.h).

#ifndef FART_GC_SLICE_BUDGET_H_
#define FART_GC_SLICE_BUDGET_H_

#include <cstddef>
#include <cstdint>

#include "heap/platform/clock.h"

namespace fart {

class SliceBudget {
 public:
  static SliceBudget Until(std::int64_t deadline_ns) { return {deadline_ns, ~std::uint64_t{0}}; }
  static SliceBudget Steps(std::uint64_t steps) { return {0, steps}; }
  static SliceBudget Unlimited() { return {0, ~std::uint64_t{0}}; }

  // After a step of some hundred words, or, where steps are counted, of one object. False: that was
  // the last one.
  bool Continue() {
    if (deadline_ns_ != 0) return MonotonicNs() < deadline_ns_;
    return --steps_ != 0;
  }
  std::size_t objects_a_step() const { return deadline_ns_ != 0 ? 64 : 1; }
  std::size_t roots_a_step() const { return deadline_ns_ != 0 ? 4096 : 1; }

 private:
  SliceBudget(std::int64_t deadline_ns, std::uint64_t steps)
      : deadline_ns_(deadline_ns), steps_(steps) {}
  std::int64_t deadline_ns_;  // 0: none
  std::uint64_t steps_;
};

}  // namespace fart

#endif  // FART_GC_SLICE_BUDGET_H_
