// Scale -- how much a benchmark does: the real amount, or next to nothing so that a test can run
// every benchmark.

#ifndef FART_BENCH_SCALE_H_
#define FART_BENCH_SCALE_H_

#include <cstdlib>

namespace fart::bench {

// smoke_test.sh sets this variable.
inline bool IsSmokeTest() { return std::getenv("FART_BENCH_SMOKE") != nullptr; }

template <typename T>
T Scaled(T real, T smoke) {
  return IsSmokeTest() ? smoke : real;
}

}  // namespace fart::bench

#endif  // FART_BENCH_SCALE_H_
