// Pause -- a large graph that lives and changes, temporaries beside it, and how long one waits.
//
// A graph of 64-byte nodes is built; then many times its size is allocated in nodes that die at
// once, while references of the graph change and nodes of it are replaced, so that what is old dies
// too. Time is taken for every kStepsInTick steps: what a program feels, whatever the memory
// manager calls a pause. A manager is a class with
//
//   explicit Manager(std::size_t nodes);
//   void Replace(std::size_t place, std::size_t target);  a new node there, which refers to another
//   void Link(std::size_t holder, std::size_t slot, std::size_t target);
//   void Temporary();         a node that refers to the one made before
//   std::uint64_t Sum();      of what the nodes hold: `nodes` times kValue
//   void Collect();           fully
//   static constexpr bool kTellsPauses
//   std::vector<double> TakePauses();   seconds, by its own clock, since the last call; none: it
//                                       does not tell
//
// Each manager is a program of its own, and does the work once: its rows are parts of one run.

#ifndef FART_BENCH_PAUSE_H_
#define FART_BENCH_PAUSE_H_

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <vector>

#include "bench/scale.h"

namespace fart::bench {

inline constexpr std::size_t kNodeBytes = 64;
inline constexpr unsigned kNodeReferences = 6;
inline constexpr std::uint64_t kValue = 3;

// FART_BENCH_LIVE_MB: another size of the graph.
inline std::size_t LiveNodes() {
  const char* const asked = std::getenv("FART_BENCH_LIVE_MB");
  const std::size_t megabytes = asked != nullptr ? std::strtoul(asked, nullptr, 10) : 512;
  return Scaled<std::size_t>(megabytes << 20, 1 << 20) / kNodeBytes;
}
inline std::size_t Temporaries() {
  return Scaled<std::size_t>(std::size_t{4} << 30, 4 << 20) / kNodeBytes;
}

// FART_BENCH_TICKS: a file for what each tick and each pause of the run took, a line
// `tick MICROSECONDS` or `pause MICROSECONDS` for each: tools/bench --plot draws them.
class TickFile {
 public:
  TickFile() {
    const char* const path = std::getenv("FART_BENCH_TICKS");
    if (path != nullptr) file_ = std::fopen(path, "w");
  }
  ~TickFile() {
    if (file_ != nullptr) std::fclose(file_);
  }
  TickFile(const TickFile&) = delete;
  TickFile& operator=(const TickFile&) = delete;

  void Add(const char* what, const std::vector<double>& seconds) {
    if (file_ == nullptr) return;
    for (const double each : seconds) std::fprintf(file_, "%s %.3f\n", what, each * 1e6);
  }

 private:
  std::FILE* file_ = nullptr;
};

// Seconds of the wall clock and of this thread.
struct Moment {
  double wall = 0;
  double thread = 0;
  static Moment Now() {
    timespec used{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return {
        std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(),
        static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9};
  }
};

// What one part of the work took.
struct Part {
  Moment whole;
  double processor = 0;  // of all threads
  Moment longest;        // tick
  Moment rare;           // no more than one tick in 10,000 took longer
  double pause = 0;      // the longest, as the manager tells
};

template <typename Step>
Part Measure(std::size_t steps, Step&& step, TickFile* file = nullptr) {
  constexpr std::size_t kStepsInTick = 1000;
  std::vector<double> wall;
  std::vector<double> thread;
  wall.reserve(steps / kStepsInTick + 1);
  thread.reserve(steps / kStepsInTick + 1);
  const std::clock_t used = std::clock();
  const Moment start = Moment::Now();
  Moment before = start;
  for (std::size_t i = 0; i < steps; ++i) {
    step(i);
    if ((i + 1) % kStepsInTick != 0) continue;
    const Moment now = Moment::Now();
    wall.push_back(now.wall - before.wall);
    thread.push_back(now.thread - before.thread);
    before = now;
  }
  Part part;
  const Moment end = Moment::Now();
  part.whole = {end.wall - start.wall, end.thread - start.thread};
  part.processor = static_cast<double>(std::clock() - used) / CLOCKS_PER_SEC;
  if (file != nullptr) file->Add("tick", wall);
  std::sort(wall.begin(), wall.end());
  std::sort(thread.begin(), thread.end());
  const std::size_t rare = wall.size() - 1 - wall.size() / 10000;
  part.longest = {wall.back(), thread.back()};
  part.rare = {wall[rare], thread[rare]};
  return part;
}

struct PauseFigures {
  bool right = false;
  Part build;
  Part run;
  Part full;
  double peak_megabytes = 0;
};

inline double Longest(const std::vector<double>& seconds) {
  return seconds.empty() ? 0 : *std::max_element(seconds.begin(), seconds.end());
}

template <typename Manager>
PauseFigures RunPauses() {
  PauseFigures figures;
  TickFile file;
  const std::size_t nodes = LiveNodes();
  std::minstd_rand random(1);
  const auto any = [&random, nodes] { return random() % nodes; };
  Manager manager(nodes);
  // Nodes refer to some made before, near ones as a rule.
  figures.build = Measure(nodes, [&](std::size_t i) {
    manager.Replace(i, i < 2 ? 0 : i - 1 - random() % std::min<std::size_t>(i - 1, 1000));
  });
  figures.build.pause = Longest(manager.TakePauses());
  figures.run = Measure(
      Temporaries(),
      [&](std::size_t i) {
        manager.Temporary();
        if (i % 16 == 0) manager.Link(any(), 1 + random() % (kNodeReferences - 1), any());
        if (i % 32 == 0) manager.Replace(any(), any());
      },
      &file);
  const std::vector<double> pauses = manager.TakePauses();
  file.Add("pause", pauses);
  figures.run.pause = Longest(pauses);
  figures.full = Measure(1000, [&manager](std::size_t i) {
    if (i == 0) manager.Collect();
  });
  figures.right = manager.Sum() == nodes * kValue;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  figures.peak_megabytes = static_cast<double>(usage.ru_maxrss) / 1024;
  return figures;
}

template <typename Manager>
const PauseFigures& PausesOnce() {
  static const PauseFigures figures = RunPauses<Manager>();
  return figures;
}

// One row: `of` picks it. Its time is the wall's; `thread_ms` is what the thread had of a
// processor.
template <typename Manager>
void PauseRow(benchmark::State& state, Moment (*of)(const PauseFigures&), bool is_run) {
  const PauseFigures& figures = PausesOnce<Manager>();
  if (!figures.right) state.SkipWithError("a node was lost");
  for (auto _ : state) state.SetIterationTime(of(figures).wall);
  state.counters["thread_ms"] = of(figures).thread * 1000;
  if (is_run) {
    state.counters["all_threads_ms"] = figures.run.processor * 1000;
    state.counters["peak_rss_MB"] = figures.peak_megabytes;
  }
}

template <typename Manager>
void RegisterPauses(const std::string& system) {
  using Figures = const PauseFigures&;
  const auto add = [&system](const char* name, Moment (*of)(Figures), bool is_run = false) {
    benchmark::RegisterBenchmark((std::string("BM_Pause") + name + "/" + system).c_str(),
                                 PauseRow<Manager>, of, is_run)
        ->Iterations(1)
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
  };
  add("Build", [](Figures figures) { return figures.build.whole; });
  add("BuildLongest", [](Figures figures) { return figures.build.longest; });
  add(
      "Run", [](Figures figures) { return figures.run.whole; }, /*is_run=*/true);
  add("RunLongest", [](Figures figures) { return figures.run.longest; });
  add("RunRare", [](Figures figures) { return figures.run.rare; });
  add("Full", [](Figures figures) { return figures.full.longest; });
  if (!Manager::kTellsPauses) return;
  add("BuildLongestTold", [](Figures figures) { return Moment{figures.build.pause, 0}; });
  add("RunLongestTold", [](Figures figures) { return Moment{figures.run.pause, 0}; });
}

}  // namespace fart::bench

#endif  // FART_BENCH_PAUSE_H_
