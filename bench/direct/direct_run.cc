// Runs one of what is measured: NAME. Prints the processor's seconds that it took and the peak of
// the memory that was resident, in MB. With --list: the heap, then a line for each NAME, with `ms`
// or `ns`, and `memory` where the peak says something.
//
// A process of its own with nothing but the heap in it: no Google Benchmark, and of the library of
// C++ what is used. What else a process has would be counted as the heap's.

#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "bench/direct/measured.h"

namespace fart::bench {
namespace {

// On a heap that is opened for it, or without: the sample opens its own.
struct Program {
  const char* name;
  double (*measured)(Heap heap);
  const LispProgram* of_sample;
  bool is_primitive;
};

constexpr Program OnHeap(const char* name, double (*measured)(Heap heap)) {
  return {name, measured, nullptr, false};
}
constexpr Program Primitive(const char* name, double (*measured)(Heap heap)) {
  return {name, measured, nullptr, true};
}
constexpr Program Sample(const char* name, const LispProgram& program) {
  return {name, nullptr, &program, false};
}

constexpr Program kPrograms[] = {
    OnHeap("LispFib27", [](Heap heap) { return RunLisp(heap, kFib); }),
    OnHeap("LispMixed", [](Heap heap) { return RunLisp(heap, kMixed); }),
    OnHeap("LispDeep", [](Heap heap) { return RunLisp(heap, kDeep); }),
    OnHeap("LispLive1500k", [](Heap heap) { return RunLisp(heap, kLive); }),
    Sample("SampleFib27", kFib),
    Sample("SampleMixed", kMixed),
    Sample("SampleDeep", kDeep),
    Sample("SampleLive1500k", kLive),
    OnHeap("GcBench", RunGcBench),
    OnHeap("BinaryTrees", RunBinaryTrees),
    OnHeap("Table", RunTable),
    Primitive("Pair", RunPairs),
    Primitive("Load", RunLoads),
    Primitive("StoreYoung", RunStoresYoung),
    Primitive("StoreOld", RunStoresOld),
    Primitive("FrameOf1", kHasFrames ? RunFrames1 : nullptr),
    Primitive("FrameOf4", kHasFrames ? RunFrames4 : nullptr),
};

bool IsHere(const Program& program) {
  return program.measured != nullptr || program.of_sample != nullptr;
}

int List() {
  std::printf("%s\n", kHeapName);
  for (const Program& program : kPrograms) {
    if (!IsHere(program)) continue;
    std::printf("%s %s\n", program.name, program.is_primitive ? "ns" : "ms memory");
  }
  return 0;
}

// Ends the process at once: names and what a heap holds that never frees are no leak.
[[noreturn]] void Run(const Program& program) {
  const bool has_heap = program.of_sample == nullptr;
  const Heap heap = has_heap ? OpenHeap() : Heap{};
  const double seconds = has_heap ? program.measured(heap) : RunSampleLisp(*program.of_sample);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  if (has_heap) CloseHeap(heap);
  std::printf("%.9g %.3f\n", seconds, static_cast<double>(usage.ru_maxrss) / 1024);
  _exit(std::fflush(stdout) == 0 ? 0 : 1);
}

}  // namespace
}  // namespace fart::bench

int main(int argc, char** argv) {
  const char* const name = argc == 2 ? argv[1] : "";
  if (std::strcmp(name, "--list") == 0) return fart::bench::List();
  for (const fart::bench::Program& program : fart::bench::kPrograms) {
    if (fart::bench::IsHere(program) && std::strcmp(name, program.name) == 0) {
      fart::bench::Run(program);
    }
  }
  std::fprintf(stderr, "usage: %s --list | NAME\n", argv[0]);
  return 2;
}
