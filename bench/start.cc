// The start of an isolate that runs a script: made, script loaded, its main run; and what many such
// isolates hold. The first of the process is measured by itself: it reads the `dart:` libraries.

#include <benchmark/benchmark.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "bench/scale.h"
#include "dart_api.h"

namespace fart::bench {
namespace {

constexpr char kScript[] =
    "class Point { var x, y; Point(this.x, this.y); }\n"
    "main() {\n"
    "  var points = {};\n"
    "  for (var i = 0; i < 10; i++) points['$i'] = new Point(i, i);\n"
    "  return points.length;\n"
    "}\n";

// Left running, and no thread is inside it.
Fart_Isolate Start() {
  char* error = nullptr;
  const Fart_Isolate isolate =
      Fart_CreateIsolate("bench", "main", nullptr, nullptr, nullptr, &error);
  if (isolate == nullptr) std::abort();
  Fart_EnterScope();
  const Fart_Handle url = Fart_NewStringFromCString("bench.dart");
  const Fart_Handle library = Fart_LoadScript(url, url, Fart_NewStringFromCString(kScript), 0, 0);
  DART_CHECK_VALID(library);
  std::int64_t result = 0;
  DART_CHECK_VALID(Fart_IntegerToInt64(
      Fart_Invoke(library, Fart_NewStringFromCString("main"), 0, nullptr), &result));
  if (result != 10) std::abort();
  Fart_ExitScope();
  Fart_ExitIsolate();
  return isolate;
}

void End(Fart_Isolate isolate) {
  Fart_EnterIsolate(isolate);
  Fart_ShutdownIsolate();
}

// What the process has in memory.
double ResidentKilobytes() {
  std::FILE* const file = std::fopen("/proc/self/statm", "r");
  long pages = 0;
  long resident = 0;
  if (file == nullptr || std::fscanf(file, "%ld %ld", &pages, &resident) != 2) std::abort();
  std::fclose(file);
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1024;
}

void StartFirstScript(benchmark::State& state) {
  Fart_Isolate isolate = nullptr;
  for (auto _ : state) isolate = Start();
  End(isolate);
}
BENCHMARK(StartFirstScript)->Name("BM_StartFirstScript/fart")->Iterations(1)->UseRealTime();

void StartScript(benchmark::State& state) {
  for (auto _ : state) {
    const Fart_Isolate isolate = Start();
    state.PauseTiming();
    End(isolate);
    state.ResumeTiming();
  }
}
BENCHMARK(StartScript)->Name("BM_StartScript/fart")->UseRealTime();

void HoldScripts(benchmark::State& state) {
  std::vector<Fart_Isolate> isolates(Scaled<std::size_t>(200, 2));
  double held = 0;
  for (auto _ : state) {
    const Fart_Isolate first = Start();
    const double before = ResidentKilobytes();
    for (Fart_Isolate& isolate : isolates) isolate = Start();
    held = (ResidentKilobytes() - before) / static_cast<double>(isolates.size());
    End(first);
    for (const Fart_Isolate isolate : isolates) End(isolate);
  }
  state.counters["isolate_kB"] = held;
}
BENCHMARK(HoldScripts)
    ->Name("BM_HoldScripts/fart")
    ->Iterations(1)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace fart::bench

int main(int argc, char** argv) {
  Fart_InitializeParams params = {};
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  if (Fart_Initialize(&params) != nullptr) return EXIT_FAILURE;
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return Fart_Cleanup() == nullptr ? EXIT_SUCCESS : EXIT_FAILURE;
}
