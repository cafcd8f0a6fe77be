// Measures what a foreign call and an unwind cost: processor time, best of several rounds.
//
// Not a test: it asserts nothing.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "vm/unwind/foreign_call.h"
#include "vm/unwind/unwind.h"

namespace {

using fart::CallForeign;
using fart::ForeignKind;
using fart::ForeignMark;
using fart::ForeignOutcome;

// Called through volatile pointers, so that nothing is known of them.
void DoNothing(void*) {}

int destroyed = 0;
struct Local {
  [[gnu::noinline]] ~Local() { destroyed++; }
};

void UnwindFromDepth(void* depth_word);
void (*volatile do_nothing)(void*) = DoNothing;
void (*volatile unwind_from_depth)(void*) = UnwindFromDepth;

void UnwindFromDepth(void* depth_word) {
  const std::uintptr_t depth = reinterpret_cast<std::uintptr_t>(depth_word);
  if (depth == 0) static_cast<void>(fart::UnwindToInnermostMark(nullptr, 0, 1));
  const Local local;
  unwind_from_depth(reinterpret_cast<void*>(depth - 1));
}

template <typename Work>
void Print(const char* name, int repetitions, Work work) {
  double best_ns = 1e9;
  for (int round = 0; round < 20; round++) {
    const std::clock_t start = std::clock();
    for (int i = 0; i < repetitions; i++) work();
    const double taken_s = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    best_ns = std::min(best_ns, taken_s * 1e9 / repetitions);
  }
  std::printf("%-44s %9.1f ns\n", name, best_ns);
}

void CallThroughMark(void (*function)(void*), std::uintptr_t argument, ForeignOutcome expected) {
  ForeignMark mark(ForeignKind::kTarget, {});
  const ForeignOutcome outcome = CallForeign(mark, function, reinterpret_cast<void*>(argument));
  if (outcome != expected) std::abort();
}

}  // namespace

int main() {
  Print("call without a mark", 1'000'000, [] { do_nothing(nullptr); });
  Print("call through a mark", 1'000'000,
        [] { CallThroughMark(do_nothing, 0, ForeignOutcome::kReturned); });
  for (const std::uintptr_t frames : {0U, 3U, 30U}) {
    char name[64];
    std::snprintf(name, sizeof(name), "unwind of %zu frames with destructors",
                  static_cast<std::size_t>(frames));
    Print(name, 2'000,
          [frames] { CallThroughMark(unwind_from_depth, frames, ForeignOutcome::kUnwound); });
  }
  return destroyed == 0 ? 1 : 0;
}
