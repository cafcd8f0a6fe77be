// Where the process has AddressSanitizer, it is told before anything runs on the stack of frames
// that are left.

#include <gtest/gtest.h>

#include <vector>

#include "heap/base/sanitizer.h"
#include "vm/unwind/foreign_call.h"
#include "vm/unwind/unwind.h"

#if !FART_ADDRESS_SANITIZER
namespace {
int told = 0;
}  // namespace

// Takes the place of the sanitizer's.
extern "C" __attribute__((visibility("default"))) void __asan_handle_no_return() { ++told; }
#endif

namespace fart {
namespace {

[[maybe_unused]] ForeignMark Target() { return ForeignMark(ForeignKind::kTarget, {}); }

[[maybe_unused]] void Unwind() { static_cast<void>(UnwindToInnermostMark(nullptr, 0, 1)); }

#if !FART_ADDRESS_SANITIZER

std::vector<int> told_at_destructors;
struct Notes {
  ~Notes() { told_at_destructors.push_back(told); }
};

TEST(StackPoisonTest, TheSanitizerIsToldBeforeDestructorsRunAndBeforeTheLanding) {
  told_at_destructors.clear();
  const int before = told;
  ForeignMark mark = Target();
  EXPECT_EQ(CallForeign(
                mark,
                +[] {
                  const Notes outer;
                  const Notes inner;
                  Unwind();
                }),
            ForeignOutcome::kUnwound);
  EXPECT_EQ(told_at_destructors, (std::vector<int>{before + 1, before + 1}));
  EXPECT_EQ(told, before + 2);
}

TEST(StackPoisonTest, AnUnwindThatIsTakenUpAgainTellsItAgain) {
  const int before = told;
  ForeignMark mark = Target();
  EXPECT_EQ(CallForeign(
                mark,
                +[] {
                  try {
                    Unwind();
                  } catch (...) {
                  }
                }),
            ForeignOutcome::kUnwound);
  EXPECT_EQ(told, before + 3);
}

TEST(StackPoisonTest, ACallThatReturnsTellsItNothing) {
  const int before = told;
  ForeignMark mark = Target();
  EXPECT_EQ(CallForeign(
                mark, +[] {}),
            ForeignOutcome::kReturned);
  EXPECT_EQ(told, before);
}

#endif  // !FART_ADDRESS_SANITIZER

}  // namespace
}  // namespace fart
