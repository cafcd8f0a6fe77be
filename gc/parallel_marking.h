// ParallelMarking -- what is left to scan in a collection of the whole heap, scanned by several
// threads.
//
// Where there is no memory for a second one, nothing is done, and whoever began goes on alone.
//
// Invariants
//   G-W1, G-W2     mark_pool.h
//   G-W3, G-W4     mark_worker.h
//
// Not here: when that pays, and what is rare (marker.h).

#ifndef FART_GC_PARALLEL_MARKING_H_
#define FART_GC_PARALLEL_MARKING_H_

#include <array>
#include <cstddef>
#include <utility>

#include "gc/grey_regions.h"
#include "gc/mark_pool.h"
#include "gc/mark_stack.h"
#include "gc/mark_worker.h"
#include "heap/heap.h"
#include "heap/platform/off_heap.h"
#include "heap/platform/workers.h"

namespace fart {

class ParallelMarking final : private SharedWork {
 public:
  // For so many threads at most.
  ParallelMarking(Heap& heap, GreyRegions& noted, int threads);

  // Afterwards `stack` is empty, and what it leads to is marked, and scanned or noted; or nothing
  // has changed.
  void Run(Workers& threads, MarkStack& stack);
  // Calls visit(const MarkWorker&) for each, also those that did nothing.
  template <typename Visit>
  void ForEachWorker(Visit&& visit) const {
    for (std::size_t i = 0; i < count_; ++i) visit(std::as_const(*workers_[i]));
  }

 private:
  void Work(int number) override;

  MarkPool pool_;
  MarkStack* stack_ = nullptr;
  std::size_t count_ = 0;
  std::array<OffHeapOwned<MarkWorker>, Workers::kMost> workers_;
};

}  // namespace fart

#endif  // FART_GC_PARALLEL_MARKING_H_
