// BinaryTrees -- the program of the benchmark of that name, for any memory manager.
//
// Trees of growing depth are made, counted and dropped, while one tree stays; a node is two
// references. A manager is a class with
//
//   using Tree = ...;             a tree just made
//   Tree Make(int depth);
//   std::uint64_t Count(Tree);    its nodes
//   void Drop(Tree);              it is not used any more
//   void Keep(Tree);              it stays; called once
//   std::uint64_t CountKept();
//
// Each manager is a program of its own, so that the peak of memory is its own too.

#ifndef FART_BENCH_BINARY_TREES_H_
#define FART_BENCH_BINARY_TREES_H_

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <cstdint>

#include "bench/scale.h"

namespace fart::bench {

inline constexpr int kMinTreeDepth = 4;

inline int MaxTreeDepth() { return Scaled(18, 8); }

constexpr std::uint64_t NodesOfTree(int depth) { return (std::uint64_t{2} << depth) - 1; }

// False if a tree did not have the nodes that it must have.
template <typename Manager>
[[nodiscard]] bool GrowBinaryTrees(Manager& manager, int max_depth) {
  const auto grow_once = [&manager](int depth) {
    const typename Manager::Tree tree = manager.Make(depth);
    const bool right = manager.Count(tree) == NodesOfTree(depth);
    manager.Drop(tree);
    return right;
  };
  bool right = grow_once(max_depth + 1);  // Stretches the heap.
  manager.Keep(manager.Make(max_depth));
  for (int depth = kMinTreeDepth; depth <= max_depth; depth += 2) {
    const int trees = 1 << (max_depth - depth + kMinTreeDepth);
    for (int i = 0; i < trees; ++i) right &= grow_once(depth);
  }
  return manager.CountKept() == NodesOfTree(max_depth) && right;
}

// The process's largest size so far.
inline double PeakMegabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// One run from an empty heap to the end. `Manager` is made before the clock starts and unmade after
// it has stopped.
template <typename Manager>
void BinaryTrees(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    {
      Manager manager;
      state.ResumeTiming();
      if (!GrowBinaryTrees(manager, MaxTreeDepth())) state.SkipWithError("a tree lost a node");
      state.PauseTiming();
    }
    state.ResumeTiming();
  }
  state.counters["peak_rss_MB"] = PeakMegabytes();
}

// A second run in the same process would find a warm heap.
inline void RunOnce(benchmark::internal::Benchmark* benchmark) {
  benchmark->Iterations(1)->UseRealTime()->Unit(benchmark::kMillisecond);
}

}  // namespace fart::bench

#endif  // FART_BENCH_BINARY_TREES_H_
