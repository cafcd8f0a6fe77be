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

enum class By { kInterrupt, kKill };

void Stop(benchmark::State& state, const char* function, By by) {
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
    std::this_thread::sleep_for(std::chrono::milliseconds(3));  // It is in the middle then.
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

#define FART_STOP(operation, function, by)         \
  BENCHMARK_CAPTURE(Stop, operation, function, by) \
      ->Name("BM_" #operation "/fart")             \
      ->UseManualTime()                            \
      ->Unit(benchmark::kMicrosecond)
FART_STOP(InterruptLoop, "endless", By::kInterrupt);
FART_STOP(InterruptRecursion, "recursion", By::kInterrupt);
FART_STOP(InterruptGuardedLoop, "guarded", By::kInterrupt);
FART_STOP(InterruptWaitingLoop, "waiting", By::kInterrupt);
FART_STOP(KillLoop, "endless", By::kKill);
FART_STOP(KillWaitingLoop, "waiting", By::kKill);
#undef FART_STOP

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
