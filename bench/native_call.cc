// A native call from interpreted Fart code and back; beside it, a call from C of a function in a
// shared library through a pointer.

#include <benchmark/benchmark.h>
#include <dlfcn.h>

#include <cstdint>

#include "bench/operations_main.h"

namespace fart::bench {
namespace {

constexpr char kLibrary[] = "./bench/libnative_operations.so";

template <typename Function>
Function* Find(const char* name) {
  return reinterpret_cast<Function*>(dlsym(dlopen(kLibrary, RTLD_NOW), name));
}

void CallNothing(benchmark::State& state) {
  auto* function = Find<void()>("FartBenchPlainNothing");
  for (auto _ : state) {
    benchmark::DoNotOptimize(function);
    function();
  }
}
BENCHMARK(CallNothing)->Name("BM_NativeCall/c")->UseRealTime();

void CallAdd(benchmark::State& state) {
  auto* function = Find<std::int64_t(std::int64_t, std::int64_t)>("FartBenchPlainAdd");
  std::int64_t sum = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(function);
    sum = function(sum, 2);
  }
  benchmark::DoNotOptimize(sum);
}
BENCHMARK(CallAdd)->Name("BM_NativeCallTwoInts/c")->UseRealTime();

}  // namespace
}  // namespace fart::bench

int main(int argc, char** argv) {
  fart::bench::RegisterOperations("./bench/libnative_operations.so",
                                  fart::bench::IsolateKind::kProgram);
  return fart::bench::RunBenchmarks(argc, argv);
}
