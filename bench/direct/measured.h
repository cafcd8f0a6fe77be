// What is measured on each heap: each function does its work once on a fresh heap, and answers the
// processor's seconds that it took. A wrong result ends the process.

#ifndef FART_BENCH_DIRECT_MEASURED_H_
#define FART_BENCH_DIRECT_MEASURED_H_

#include <ctime>

#include "bench/direct/heap.h"
#include "bench/direct/programs.h"

namespace fart::bench {

// Of all threads of the process: a collector's helpers count.
inline double ProcessorSeconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double RunLisp(Heap heap, const LispProgram& program);
// By the Lisp of samples/lisp, which opens the heap that it runs on.
double RunSampleLisp(const LispProgram& program);
double RunGcBench(Heap heap);
double RunBinaryTrees(Heap heap);
double RunTable(Heap heap);

// Primitives: of one.
double RunPairs(Heap heap);
double RunFrames1(Heap heap);
double RunFrames4(Heap heap);
double RunLoads(Heap heap);
double RunStoresYoung(Heap heap);
double RunStoresOld(Heap heap);

}  // namespace fart::bench

#endif  // FART_BENCH_DIRECT_MEASURED_H_
