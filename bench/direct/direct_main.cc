// Runs what is measured, each run in a process of its own: the heap is fresh, and the peak of its
// memory is its own.

#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "bench/direct/measured.h"

namespace fart::bench {
namespace {

using Measured = double (*)(Heap heap);

struct Result {
  double seconds;
  double peak_megabytes;
};

// On a heap that is opened for it, or without: the sample opens its own.
struct Program {
  Measured measured = nullptr;
  const LispProgram* of_sample = nullptr;
};

[[noreturn]] void RunHere(Program program, int out) {
  const bool has_heap = program.of_sample == nullptr;
  const Heap heap = has_heap ? OpenHeap() : Heap{};
  Result result{};
  result.seconds = has_heap ? program.measured(heap) : RunSampleLisp(*program.of_sample);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  result.peak_megabytes = static_cast<double>(usage.ru_maxrss) / 1024;
  if (has_heap) CloseHeap(heap);
  const bool is_written = write(out, &result, sizeof result) == sizeof result;
  std::fflush(nullptr);
  _exit(is_written ? 0 : 1);
}

bool RunInChild(Program program, Result* result) {
  int ends[2];
  if (pipe(ends) != 0) return false;
  const pid_t child = fork();
  if (child == 0) RunHere(program, ends[1]);
  close(ends[1]);
  const bool is_read = child > 0 && read(ends[0], result, sizeof *result) == sizeof *result;
  close(ends[0]);
  int status = 0;
  return waitpid(child, &status, 0) == child && status == 0 && is_read;
}

void Add(const char* name, Program program, benchmark::TimeUnit unit, bool has_memory) {
  const std::string full = std::string("BM_Direct") + name + "/" + kHeapName;
  benchmark::RegisterBenchmark(full.c_str(),
                               [=](benchmark::State& state) {
                                 for (auto _ : state) {
                                   Result result{};
                                   if (!RunInChild(program, &result)) {
                                     state.SkipWithError("it failed");
                                     return;
                                   }
                                   state.SetIterationTime(result.seconds);
                                   if (has_memory)
                                     state.counters["peak_rss_MB"] = result.peak_megabytes;
                                 }
                               })
      ->Unit(unit)
      ->UseManualTime()
      ->Iterations(1);
}

void AddAll() {
  const auto program = [](const char* name, Measured measured) {
    Add(name, {.measured = measured}, benchmark::kMillisecond, true);
  };
  const auto primitive = [](const char* name, Measured measured) {
    Add(name, {.measured = measured}, benchmark::kNanosecond, false);
  };
  program("LispFib27", [](Heap heap) { return RunLisp(heap, kFib); });
  program("LispMixed", [](Heap heap) { return RunLisp(heap, kMixed); });
  program("LispDeep", [](Heap heap) { return RunLisp(heap, kDeep); });
  program("LispLive1500k", [](Heap heap) { return RunLisp(heap, kLive); });
  const auto sample = [](const char* name, const LispProgram& of_sample) {
    Add(name, {.of_sample = &of_sample}, benchmark::kMillisecond, true);
  };
  sample("SampleFib27", kFib);
  sample("SampleMixed", kMixed);
  sample("SampleDeep", kDeep);
  sample("SampleLive1500k", kLive);
  program("GcBench", RunGcBench);
  program("BinaryTrees", RunBinaryTrees);
  program("Table", RunTable);
  primitive("Pair", RunPairs);
  if constexpr (kHasFrames) {
    primitive("FrameOf1", RunFrames1);
    primitive("FrameOf4", RunFrames4);
  }
  primitive("Load", RunLoads);
  primitive("StoreYoung", RunStoresYoung);
  primitive("StoreOld", RunStoresOld);
}

}  // namespace
}  // namespace fart::bench

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  fart::bench::AddAll();
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
