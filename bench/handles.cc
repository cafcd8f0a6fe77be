// Handle operations of the C API, called from a shared library; beside them mimalloc: an operation
// that takes 16 bytes and gives them back.
//
// libmimalloc.so takes malloc's place in a program that links it. Here it is opened, with its
// symbols kept to itself, so that Fart runs on what it runs on elsewhere.

#include <benchmark/benchmark.h>
#include <dlfcn.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>

#include "bench/operations_main.h"
#include "bench/peer_loops.h"

namespace fart::bench {
namespace {

struct Mimalloc {
  void* (*allocate)(std::size_t size);
  void (*release)(void* memory);
};

Mimalloc OpenMimalloc() {
  void* const library = dlopen("libmimalloc.so", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    std::fprintf(stderr, "handles: %s\n", dlerror());
    std::exit(1);
  }
  return {reinterpret_cast<void* (*)(std::size_t)>(dlsym(library, "mi_malloc")),
          reinterpret_cast<void (*)(void*)>(dlsym(library, "mi_free"))};
}

const Mimalloc mimalloc = OpenMimalloc();

void CreateDelete(benchmark::State& state) {
  MallocAndFree(state, mimalloc.allocate, mimalloc.release);
}
void MillionCreateDelete(benchmark::State& state) {
  MallocManyThenFree(state, mimalloc.allocate, mimalloc.release);
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
