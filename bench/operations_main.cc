#include "bench/operations_main.h"

#include <benchmark/benchmark.h>
#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>

#include "bench/scale.h"
#include "fart_heap_api.h"
#include "fart_tools_api.h"

namespace fart::bench {
namespace {

[[noreturn]] void Fail(const char* what, const char* why) {
  std::fprintf(stderr, "%s: %s\n", what, why);
  std::exit(1);
}

// An isolate, entered, with one scope open; gone with this object.
class EnteredIsolate {
 public:
  explicit EnteredIsolate(IsolateKind kind) {
    char* error = nullptr;
    const Fart_Isolate isolate =
        kind == IsolateKind::kHeap
            ? Fart_CreateHeapIsolate(nullptr, &error)
            : Fart_CreateIsolate("bench", "main", nullptr, nullptr, nullptr, &error);
    if (isolate == nullptr) Fail("no isolate", error);
    Fart_EnterScope();
  }
  ~EnteredIsolate() {
    Fart_ExitScope();
    Fart_ShutdownIsolate();
  }
  EnteredIsolate(const EnteredIsolate&) = delete;
  EnteredIsolate& operator=(const EnteredIsolate&) = delete;
};

void Measure(benchmark::State& state, const Operation& operation, IsolateKind kind) {
  const EnteredIsolate isolate(kind);
  if (operation.set_up != nullptr) operation.set_up();
  const bool pauses = operation.prepare != nullptr || operation.clean != nullptr;
  const auto batch = static_cast<benchmark::IterationCount>(operation.batch);
  while (state.KeepRunningBatch(batch)) {
    if (pauses) {
      state.PauseTiming();
      if (operation.prepare != nullptr) operation.prepare();
      state.ResumeTiming();
    }
    operation.run(operation.batch);
    if (pauses) {
      state.PauseTiming();
      if (operation.clean != nullptr) operation.clean();
      state.ResumeTiming();
    }
  }
  if (operation.tear_down != nullptr) operation.tear_down();
  // A benchmark that went wrong measures the making of errors.
  if (Fart_MisuseCount() != 0) state.SkipWithError(Fart_GetMisuse());
}

}  // namespace

void RegisterOperations(const char* path, IsolateKind kind) {
  void* const library = dlopen(path, RTLD_NOW);
  if (library == nullptr) Fail(path, dlerror());
  const auto list = reinterpret_cast<ListOperations>(dlsym(library, kListOperations));
  if (list == nullptr) Fail(path, dlerror());
  const OperationList operations = list(IsSmokeTest());
  for (size_t i = 0; i < operations.count; ++i) {
    const Operation& operation = operations.operations[i];
    benchmark::RegisterBenchmark(operation.name, [&operation, kind](benchmark::State& state) {
      Measure(state, operation, kind);
    })->UseRealTime();
  }
}

int RunBenchmarks(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  // A scope that holds a million handles is meant (MillionDeadWeakPerHandle).
  if (!Fart_SetFlag("--forgotten-scope=0")) Fail("fart", "no flag --forgotten-scope");
  Fart_InitializeParams params{};
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  if (char* const error = Fart_Initialize(&params); error != nullptr) Fail("fart", error);
  benchmark::RunSpecifiedBenchmarks();
  if (char* const error = Fart_Cleanup(); error != nullptr) Fail("fart", error);
  return 0;
}

}  // namespace fart::bench
