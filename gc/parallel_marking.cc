#include "gc/parallel_marking.h"

#include <algorithm>

namespace fart {

ParallelMarking::ParallelMarking(Heap& heap, GreyRegions& noted, int threads)
    : pool_(noted, threads) {
  // Every object lies in one of these, or in a run that begins with one.
  RegionIndex first = heap.regions().end_region();
  RegionIndex last = heap.regions().first_region();
  const auto include = [&](RegionIndex index) {
    first = std::min(first, index);
    last = std::max(last, index);
  };
  for (const RegionIndex index : heap.new_regions()) include(index);
  for (const RegionIndex index : heap.old_regions()) include(index);
  heap.large().ForEachRegion(include);
  for (int i = 0; i < threads; ++i) {
    auto worker = TryMakeOffHeap<MarkWorker>(heap, pool_);
    if (worker == nullptr || !worker->TryPrepare(first, last + 1)) return;
    workers_[count_++] = std::move(worker);
  }
}

void ParallelMarking::Run(Workers& threads, MarkStack& stack) {
  if (count_ < 2) return;
  stack_ = &stack;
  threads.Run(*this, static_cast<int>(count_));
}

void ParallelMarking::Work(int number) {
  MarkWorker& worker = *workers_[static_cast<std::size_t>(number)];
  worker.BeginSpan(number);
  if (number == 0) {
    worker.MarkFrom(*stack_);
  } else {
    worker.Help();
  }
  worker.EndSpan();
}

}  // namespace fart
