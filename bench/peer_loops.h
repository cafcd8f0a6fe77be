// Loops over another memory manager's functions that correspond to an operation on handles.

#ifndef FART_BENCH_PEER_LOOPS_H_
#define FART_BENCH_PEER_LOOPS_H_

#include <benchmark/benchmark.h>

#include <cstddef>
#include <vector>

#include "bench/scale.h"

namespace fart::bench {

inline constexpr std::size_t kHandleSize = 16;  // bytes, of a persistent handle's slot

template <typename Malloc, typename Free>
void MallocAndFree(benchmark::State& state, Malloc allocate, Free release) {
  for (auto _ : state) {
    void* memory = allocate(kHandleSize);
    benchmark::DoNotOptimize(memory);
    release(memory);
  }
}

template <typename Malloc, typename Free>
void MallocManyThenFree(benchmark::State& state, Malloc allocate, Free release) {
  const benchmark::IterationCount many = Scaled(1'000'000, 1000);
  std::vector<void*> held(static_cast<std::size_t>(many));
  while (state.KeepRunningBatch(many)) {
    for (void*& memory : held) memory = allocate(kHandleSize);
    benchmark::DoNotOptimize(held.data());
    for (void* const memory : held) release(memory);
  }
}

// An object that is garbage at once.
template <typename Allocate>
void AllocateGarbage(benchmark::State& state, Allocate allocate) {
  for (auto _ : state) {
    void* object = allocate();
    benchmark::DoNotOptimize(object);
  }
}

}  // namespace fart::bench

#endif  // FART_BENCH_PEER_LOOPS_H_
