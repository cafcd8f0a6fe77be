// Loads a library of operations and makes benchmarks of them.

#ifndef FART_BENCH_OPERATIONS_MAIN_H_
#define FART_BENCH_OPERATIONS_MAIN_H_

#include "bench/operations.h"

namespace fart::bench {

// Registers a benchmark for each operation of the library at `path`. Each runs in an isolate of
// its own: one for Fart code, or one with a heap only. Ends the process with a message on failure.
enum class IsolateKind { kHeap, kProgram };
void RegisterOperations(const char* path, IsolateKind kind);

// The rest of `main`.
int RunBenchmarks(int argc, char** argv);

}  // namespace fart::bench

#endif  // FART_BENCH_OPERATIONS_MAIN_H_
