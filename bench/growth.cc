// How cost grows: each piece of work is done for N, 2N and 4N, and the table says with which power
// of N its time goes, and what stays resident afterwards.
//
// A power near 1 is linear, near 2 quadratic. Processor time of all threads is what counts, for
// that of the clock grows with what else the machine does. Every measurement has a process of its
// own (a child by fork), so that what one leaves behind is not there for the next. `growth NAME...`
// does only those whose name contains one.
//
// Not here: the works (growth.h); absolute times (the other programs of this folder).

#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "bench/growth.h"
#include "bench/scale.h"
#include "dart_api.h"
#include "fart_heap_api.h"
#include "fart_tools_api.h"

namespace fart::bench {

void Fail(const char* what) {
  std::fprintf(stderr, "growth: %s\n", what);
  std::exit(1);
}
Fart_Handle Checked(Fart_Handle handle) {
  if (Fart_IsError(handle)) Fail(Fart_GetError(handle));
  return handle;
}
Fart_Handle Text(const char* text) { return Checked(Fart_NewStringFromCString(text)); }

namespace {

struct Figures {
  double seconds = 0;
  double resident_mb = 0;  // more than before the work, after all of it is garbage
};

double ResidentMb() {
  std::FILE* const file = std::fopen("/proc/self/statm", "r");
  long pages = 0;
  long resident = 0;
  if (file == nullptr || std::fscanf(file, "%ld %ld", &pages, &resident) != 2) Fail("no statm");
  std::fclose(file);
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

double ProcessorSeconds() {
  timespec time{};
  if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) != 0) Fail("no processor time");
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

Figures Measure(const Work& work, std::size_t count) {
  Fart_InitializeParams params{};
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  if (char* const error = Fart_Initialize(&params); error != nullptr) Fail(error);
  char* error = nullptr;
  if (Fart_CreateIsolate("growth", "main", nullptr, nullptr, nullptr, &error) == nullptr) {
    Fail(error);
  }
  Fart_EnterScope();
  Checked(Fart_LoadScript(Text("growth.dart"), Text("growth.dart"), Text(kGrowthProgram), 0, 0));
  Checked(Fart_Collect(Fart_Collection_kEverything));
  const double before = ResidentMb();
  const double start = ProcessorSeconds();
  Fart_EnterScope();
  work.run(count);
  Fart_ExitScope();
  Figures figures;
  figures.seconds = ProcessorSeconds() - start;
  Checked(Fart_Collect(Fart_Collection_kEverything));
  figures.resident_mb = ResidentMb() - before;
  Fart_ExitScope();
  Fart_ShutdownIsolate();
  if (Fart_MisuseCount() != 0) Fail(Fart_GetMisuse());
  if (char* const left = Fart_Cleanup(); left != nullptr) Fail(left);
  return figures;
}

Figures MeasureInChild(const Work& work, std::size_t count) {
  int ends[2];
  if (pipe(ends) != 0) Fail("no pipe");
  const pid_t child = fork();
  if (child < 0) Fail("no process");
  if (child == 0) {
    const Figures figures = Measure(work, count);
    const bool is_written = write(ends[1], &figures, sizeof figures) == sizeof figures;
    std::_Exit(is_written ? 0 : 1);
  }
  close(ends[1]);
  Figures figures;
  const bool is_read = read(ends[0], &figures, sizeof figures) == sizeof figures;
  close(ends[0]);
  int status = 0;
  if (waitpid(child, &status, 0) != child || status != 0 || !is_read) {
    Fail((std::string(work.name) + " did not end well").c_str());
  }
  return figures;
}

// The fastest of several: what is left is the work.
Figures Best(const Work& work, std::size_t count) {
  Figures best = MeasureInChild(work, count);
  for (int i = 1; i < Scaled(3, 1); ++i) {
    const Figures again = MeasureInChild(work, count);
    best.seconds = std::min(best.seconds, again.seconds);
    best.resident_mb = std::min(best.resident_mb, again.resident_mb);
  }
  return best;
}

bool IsWanted(const Work& work, int argc, char** argv) {
  return argc < 2 || std::any_of(argv + 1, argv + argc, [&](const char* wanted) {
           return std::strstr(work.name, wanted) != nullptr;
         });
}

void Report(const Work& work) {
  const std::size_t count = Scaled<std::size_t>(work.count, 4);
  const Figures one = Best(work, count);
  const Figures two = Best(work, 2 * count);
  const Figures four = Best(work, 4 * count);
  std::printf("%-32s %9zu %9.2f %9.2f %9.2f %6.2f %9.1f %9.1f\n", work.name, count,
              one.seconds * 1e3, two.seconds * 1e3, four.seconds * 1e3,
              std::log2(four.seconds / one.seconds) / 2, one.resident_mb, four.resident_mb);
  std::fflush(stdout);
}

// Eight times as much costs 8 times as much where it is linear, 64 times where it is quadratic. In
// between are logarithms and what no longer fits a cache.
bool KeepsBounds(const Work& work) {
  constexpr double kMostTimes = 24;
  constexpr double kSlack = 0.02;  // seconds
  constexpr int kTries = 3;
  const std::size_t count = std::max<std::size_t>({work.count / 10, work.least, 1});
  double one = 0;
  double eight = 0;
  for (int i = 0; i < kTries; ++i) {
    one = MeasureInChild(work, count).seconds;
    eight = MeasureInChild(work, 8 * count).seconds;
    if (eight <= kMostTimes * one + kSlack) return true;
  }
  std::printf("%s: %.2f ms for %zu, %.2f ms for 8 times as many: %s\n", work.name, one * 1e3, count,
              eight * 1e3, work.excuse == nullptr ? "FAILED" : work.excuse);
  return work.excuse != nullptr;
}

int Main(int argc, char** argv) {
  const bool is_test = argc > 1 && std::strcmp(argv[1], "--bounds") == 0;
  if (is_test) {
    --argc;
    ++argv;
  } else {
    std::printf("%-32s %9s %9s %9s %9s %6s %9s %9s\n", "work", "N", "N ms", "2N ms", "4N ms",
                "power", "N kept MB", "4N kept");
  }
  bool holds = true;
  for (const std::span<const Work> works : {ProgramWorks(), HostWorks()}) {
    for (const Work& work : works) {
      if (!IsWanted(work, argc, argv)) continue;
      if (is_test) {
        holds = KeepsBounds(work) && holds;
      } else {
        Report(work);
      }
    }
  }
  return holds ? 0 : 1;
}

}  // namespace
}  // namespace fart::bench

int main(int argc, char** argv) { return fart::bench::Main(argc, argv); }
