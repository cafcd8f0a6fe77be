// How long a program goes on after another thread has asked for its end: from that call until the
// host's own call is over, with its error. The worst of all is a counter beside the average.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "dart_api.h"

namespace fart::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr char kScript[] =
    "import 'dart:isolate';\n"
    "endless() { while (true) {} }\n"
    "grow(n) { if (n > 0) grow(n - 1); }\n"
    "recursion() { while (true) grow(500); }\n"
    "waiting() { new ReceivePort(); }\n"
    "guarded() {\n"
    "  while (true) {\n"
    "    try { grow(20); } catch (e) {} finally { grow(20); }\n"
    "  }\n"
    "}\n"
    // What works long in the libraries.
    "sorting() {\n"
    "  var list = new List.generate(20000, (i) => i * 7919 % 20011);\n"
    "  while (true) list.toList().sort();\n"
    "}\n"
    "class Alike { get hashCode => 1; }\n"
    "hashing() { var map = {}; while (true) map[new Alike()] = 1; }\n"
    "searching() { var text = 'a' * 4000000, sought = 'a' * 2000000 + 'b';"
    "  while (true) text.indexOf(sought); }\n"
    "searchingBack() { var text = 'a' * 4000000, sought = 'a' * 2000000 + 'b';"
    "  while (true) text.lastIndexOf(sought); }\n"
    "building() {\n"
    "  while (true) {\n"
    "    var buffer = new StringBuffer();\n"
    "    for (var i = 0; i < 100000; i++) buffer.write('part');\n"
    "    buffer.toString();\n"
    "  }\n"
    "}\n"
    "joining() {\n"
    "  var list = new List.filled(100000, 'part');\n"
    "  while (true) list.join(', ');\n"
    "}\n"
    "repeating() { while (true) 'ab' * 40000000; }\n"
    "lowering() { var text = 'ab' * 20000000; while (true) text.toUpperCase().toLowerCase(); }\n"
    "filling() { while (true) new List.filled(10000000, 1); }\n"
    "printing() {\n"
    "  var list = [];\n"
    "  for (var i = 0; i < 10000; i++) list = [list];\n"
    "  while (true) list.toString();\n"
    "}\n"
    "sending() {\n"
    "  var port = new ReceivePort();\n"
    "  var list = new List.generate(300000, (i) => [i]);\n"
    "  port.listen((m) { port.sendPort.send(list); });\n"
    "  port.sendPort.send(list);\n"
    "}\n";

// What is made and ended for each measurement.
Fart_Isolate Start() {
  char* error = nullptr;
  const Fart_Isolate isolate =
      Fart_CreateIsolate("bench", "main", nullptr, nullptr, nullptr, &error);
  if (isolate == nullptr) std::abort();
  Fart_EnterScope();
  const Fart_Handle url = Fart_NewStringFromCString("bench.dart");
  DART_CHECK_VALID(Fart_LoadScript(url, url, Fart_NewStringFromCString(kScript), 0, 0));
  return isolate;
}

// Of what has to get under way each time.
int Rounds() { return std::getenv("FART_BENCH_SMOKE") != nullptr ? 1 : 15; }

enum class By { kInterrupt, kKill };

// It is in the middle of `function` after as many milliseconds.
void Stop(benchmark::State& state, const char* function, By by, int milliseconds) {
  double worst = 0;
  for (auto _ : state) {
    std::atomic<Fart_Isolate> isolate{nullptr};
    Clock::time_point over;
    std::thread thread([&] {
      const Fart_Isolate own = Start();
      const Fart_Handle name = Fart_NewStringFromCString(function);
      isolate = own;
      Fart_Handle result = Fart_Invoke(Fart_RootLibrary(), name, 0, nullptr);
      if (!Fart_IsError(result)) result = Fart_RunLoop();
      over = Clock::now();
      if (!Fart_IsFatalError(result)) std::abort();
      Fart_ShutdownIsolate();
    });
    while (isolate == nullptr) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    const Clock::time_point begin = Clock::now();
    const bool is_told = by == By::kKill ? Fart_KillIsolate(isolate)
                                         : Fart_InterruptIsolate(isolate, Fart_Interrupt_kNext);
    if (!is_told) std::abort();
    thread.join();
    const double seconds = std::chrono::duration<double>(over - begin).count();
    worst = std::max(worst, seconds);
    state.SetIterationTime(seconds);
  }
  state.counters["worst_us"] = worst * 1e6;
}

#define FART_STOP(operation, function, by)            \
  BENCHMARK_CAPTURE(Stop, operation, function, by, 3) \
      ->Name("BM_" #operation "/fart")                \
      ->UseManualTime()                               \
      ->Unit(benchmark::kMicrosecond)
FART_STOP(InterruptLoop, "endless", By::kInterrupt);
FART_STOP(InterruptRecursion, "recursion", By::kInterrupt);
FART_STOP(InterruptGuardedLoop, "guarded", By::kInterrupt);
FART_STOP(InterruptWaitingLoop, "waiting", By::kInterrupt);
FART_STOP(KillLoop, "endless", By::kKill);
FART_STOP(KillWaitingLoop, "waiting", By::kKill);
#undef FART_STOP
#define FART_STOP_LIBRARY(operation, function)                      \
  BENCHMARK_CAPTURE(Stop, operation, function, By::kInterrupt, 400) \
      ->Name("BM_" #operation "/fart")                              \
      ->Iterations(Rounds())                                        \
      ->UseManualTime()                                             \
      ->Unit(benchmark::kMicrosecond)
FART_STOP_LIBRARY(InterruptSort, "sorting");
FART_STOP_LIBRARY(InterruptHashes, "hashing");
FART_STOP_LIBRARY(InterruptSearch, "searching");
FART_STOP_LIBRARY(InterruptSearchBack, "searchingBack");
FART_STOP_LIBRARY(InterruptBuild, "building");
FART_STOP_LIBRARY(InterruptJoin, "joining");
FART_STOP_LIBRARY(InterruptRepeat, "repeating");
FART_STOP_LIBRARY(InterruptLetters, "lowering");
FART_STOP_LIBRARY(InterruptFill, "filling");
FART_STOP_LIBRARY(InterruptPrint, "printing");
FART_STOP_LIBRARY(InterruptSend, "sending");
#undef FART_STOP_LIBRARY

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
