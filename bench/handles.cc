// Handle operations of the C API, called from a shared library; beside them mimalloc, on which
// this program runs anyway: an operation that takes 16 bytes and gives them back.

#include <benchmark/benchmark.h>
#include <mimalloc.h>

#include "bench/operations_main.h"
#include "bench/peer_loops.h"

namespace fart::bench {
namespace {

void CreateDelete(benchmark::State& state) {
  MallocAndFree(
      state, [](std::size_t size) { return mi_malloc(size); },
      [](void* memory) { mi_free(memory); });
}
void MillionCreateDelete(benchmark::State& state) {
  MallocManyThenFree(
      state, [](std::size_t size) { return mi_malloc(size); },
      [](void* memory) { mi_free(memory); });
}

BENCHMARK(CreateDelete)->Name("BM_PersistentCreateDelete/mimalloc")->UseRealTime();
BENCHMARK(MillionCreateDelete)->Name("BM_MillionPersistentsCreateDelete/mimalloc")->UseRealTime();

}  // namespace
}  // namespace fart::bench

int main(int argc, char** argv) {
  fart::bench::RegisterOperations("./bench/libhandle_operations.so",
                                  fart::bench::IsolateKind::kHeap);
  return fart::bench::RunBenchmarks(argc, argv);
}
