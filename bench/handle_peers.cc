// What glibc and bdwgc need for the like of our handle operations. A program without mimalloc, so
// that malloc is glibc's.
//
// A handle corresponds to 16 bytes of malloc; an object of ours, to one of bdwgc with as many bytes
// of content and no header; a weak handle, to a disappearing link. Each is a call into a shared
// library, as ours is.

#include <benchmark/benchmark.h>
#include <gc/gc.h>

#include <cstdlib>

#include "bench/peer_loops.h"
#include "bench/scale.h"

namespace fart::bench {
namespace {

void CreateDelete(benchmark::State& state) {
  MallocAndFree(
      state, [](std::size_t size) { return std::malloc(size); },
      [](void* memory) { std::free(memory); });
}
BENCHMARK(CreateDelete)->Name("BM_PersistentCreateDelete/glibc")->UseRealTime();

void MillionCreateDelete(benchmark::State& state) {
  MallocManyThenFree(
      state, [](std::size_t size) { return std::malloc(size); },
      [](void* memory) { std::free(memory); });
}
BENCHMARK(MillionCreateDelete)->Name("BM_MillionPersistentsCreateDelete/glibc")->UseRealTime();

void WeakCreateDelete(benchmark::State& state) {
  void* const object = GC_MALLOC(16);
  static void* link;
  for (auto _ : state) {
    link = object;
    GC_general_register_disappearing_link(&link, object);
    GC_unregister_disappearing_link(&link);
  }
}
BENCHMARK(WeakCreateDelete)->Name("BM_WeakCreateDelete/bdwgc")->UseRealTime();

void Double(benchmark::State& state) {
  AllocateGarbage(state, [] { return GC_MALLOC_ATOMIC(8); });
}
BENCHMARK(Double)->Name("BM_Double/bdwgc")->UseRealTime();

void String16(benchmark::State& state) {
  AllocateGarbage(state, [] { return GC_MALLOC_ATOMIC(16); });
}
BENCHMARK(String16)->Name("BM_String16/bdwgc")->UseRealTime();

void ListOf8(benchmark::State& state) {
  AllocateGarbage(state, [] { return GC_MALLOC(64); });
}
BENCHMARK(ListOf8)->Name("BM_ListOf8/bdwgc")->UseRealTime();

void PlainObject(benchmark::State& state) {
  AllocateGarbage(state, [] { return GC_MALLOC(16); });
}
BENCHMARK(PlainObject)->Name("BM_PlainObject/bdwgc")->UseRealTime();

// A million small objects without references, held by one array.
void FullCollection(benchmark::State& state) {
  const std::size_t many = Scaled<std::size_t>(1'000'000, 1000);
  static void** held;
  held = static_cast<void**>(GC_MALLOC(many * sizeof(void*)));
  for (std::size_t i = 0; i < many; ++i) held[i] = GC_MALLOC_ATOMIC(8);
  for (auto _ : state) GC_gcollect();
  held = nullptr;
}
BENCHMARK(FullCollection)->Name("BM_FullWithMillionPersistents/bdwgc")->UseRealTime();

}  // namespace
}  // namespace fart::bench

int main(int argc, char** argv) {
  GC_INIT();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
