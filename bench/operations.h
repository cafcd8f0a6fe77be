// Operations -- what is measured through the C API, on the extension's side.
//
// The loops are in a shared library, as an extension's code is; the program that loads it exports
// the API, has the clock, and knows nothing of the operations but this table.

#ifndef FART_BENCH_OPERATIONS_H_
#define FART_BENCH_OPERATIONS_H_

#include <stddef.h>

#include "dart_api.h"

namespace fart::bench {

// One operation. The isolate is entered and a scope is open whenever one of the functions is
// called; what is opened inside is closed inside, except for what set_up and prepare leave to
// tear_down and clean.
struct Operation {
  const char* name;  // BM_<Operation>/<system>
  // How many times `run` performs the operation when called; a time is reported for one.
  size_t batch;
  void (*run)(size_t batch);
  // Not timed; may be null. Around all runs:
  void (*set_up)();
  void (*tear_down)();
  // Around each run:
  void (*prepare)();
  void (*clean)();
};

struct OperationList {
  const Operation* operations;
  size_t count;
};

// What a library exports under this name.
using ListOperations = OperationList (*)(bool smoke);
inline constexpr char kListOperations[] = "FartBenchListOperations";

}  // namespace fart::bench

#endif  // FART_BENCH_OPERATIONS_H_
