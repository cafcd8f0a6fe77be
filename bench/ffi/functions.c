// What the benchmarks of calls of C call: functions that do next to nothing.

#include <stdint.h>

#define EXPORT __attribute__((visibility("default")))

EXPORT int32_t BenchAdd(int32_t a, int32_t b) { return a + b; }

EXPORT int64_t BenchSumOfSix(int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f) {
  return a + b + c + d + e + f;
}

EXPORT double BenchHalf(double x) { return x / 2; }

struct BenchPair {
  int64_t a;
  int64_t b;
};
EXPORT struct BenchPair BenchSwap(struct BenchPair pair) {
  return (struct BenchPair){pair.b, pair.a};
}

// Calls `step` so many times.
EXPORT int32_t BenchCallBack(int32_t (*step)(int32_t), int32_t times) {
  int32_t sum = 0;
  for (int32_t i = 0; i < times; ++i) sum += step(i);
  return sum;
}
