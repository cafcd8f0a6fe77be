// Benchmarks of what the program beside this one with `_run` behind its name can run, each run in a
// process of its own: the heap is fresh, and the peak of its memory is its own.

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>

namespace fart::bench {
namespace {

std::string RunnerPath() {
  return std::filesystem::read_symlink("/proc/self/exe").string() + "_run";
}

// What the runner prints; nothing when it fails.
std::string Said(const std::string& argument) {
  std::FILE* const pipe = popen(("'" + RunnerPath() + "' " + argument).c_str(), "r");
  if (pipe == nullptr) return "";
  std::string said;
  char part[256];
  while (std::fgets(part, sizeof part, pipe) != nullptr) said += part;
  return pclose(pipe) == 0 ? said : "";
}

void RunOnce(benchmark::State& state, const std::string& name, bool has_memory) {
  for (auto _ : state) {
    std::istringstream said(Said(name));
    double seconds = 0;
    double peak_megabytes = 0;
    if (!(said >> seconds >> peak_megabytes)) {
      state.SkipWithError("it failed");
      return;
    }
    state.SetIterationTime(seconds);
    if (has_memory) state.counters["peak_rss_MB"] = peak_megabytes;
  }
}

// Whether there is anything.
bool AddAll() {
  std::istringstream list(Said("--list"));
  std::string heap;
  std::string line;
  std::getline(list, heap);
  bool is_any = false;
  while (std::getline(list, line)) {
    std::istringstream words(line);
    std::string name;
    std::string unit;
    std::string memory;
    words >> name >> unit >> memory;
    const std::string full = "BM_Direct" + name + "/" + heap;
    benchmark::RegisterBenchmark(full.c_str(), RunOnce, name, !memory.empty())
        ->Unit(unit == "ns" ? benchmark::kNanosecond : benchmark::kMillisecond)
        ->UseManualTime()
        ->Iterations(1);
    is_any = true;
  }
  return is_any;
}

}  // namespace
}  // namespace fart::bench

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  if (!fart::bench::AddAll()) {
    std::fprintf(stderr, "bench/direct: the program that runs what is measured does not\n");
    return 1;
  }
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
