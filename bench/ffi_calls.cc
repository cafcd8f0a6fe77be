// Calls of C by a Fart program, calls of it by C, and memory that they have in common. What they
// are compared with runs in bench/ffi.

#include "bench/operations_main.h"

int main(int argc, char** argv) {
  fart::bench::RegisterOperations("./bench/libffi_operations.so",
                                  fart::bench::IsolateKind::kProgram);
  return fart::bench::RunBenchmarks(argc, argv);
}
