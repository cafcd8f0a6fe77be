// What came out of foreign code, in words; and threads that were to end where the VM cannot be
// left.

#include <gtest/gtest.h>
#include <pthread.h>
#include <unwind.h>

#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>
#include <thread>

#include "heap/platform/testing/refusing_memory.h"
#include "vm/unwind/foreign_call.h"

namespace fart {
namespace {

ForeignMark Target() { return ForeignMark(ForeignKind::kTarget, {}); }

// Of another language, as a library with a runtime of its own may throw it: where the C++ runtime
// has the type of an exception, there is something else.
struct ForeignException {
  alignas(_Unwind_Exception) unsigned char in_front[128];
  _Unwind_Exception header;
};

void ThrowForeign() {
  static ForeignException exception;
  std::memset(exception.in_front, 0xAB, sizeof(exception.in_front));
  exception.header = {};
  exception.header.exception_class = 0x5445'5354'5445'5354;
  _Unwind_RaiseException(&exception.header);
  std::abort();
}

TEST(EscapeTest, AnExceptionOfAnotherLanguageIsCalledThat) {
  ForeignMark mark = Target();
  EXPECT_EQ(CallForeign(
                mark, +[] { ThrowForeign(); }),
            ForeignOutcome::kCppException);
  EXPECT_STREQ(CaughtExceptionText(), "an exception that is not of C++");
}

struct OwnError {};

TEST(EscapeTest, AnExceptionIsDescribedByItsTypeAsItIsWrittenAndItsText) {
  ForeignMark first = Target();
  EXPECT_EQ(CallForeign(
                first, +[] { throw std::out_of_range("7 of 5"); }),
            ForeignOutcome::kCppException);
  EXPECT_STREQ(CaughtExceptionText(), "std::out_of_range: 7 of 5");
  EXPECT_EQ(DescribeEscape(ForeignOutcome::kCppException),
            "let a C++ exception out: std::out_of_range: 7 of 5");
  ForeignMark second = Target();
  EXPECT_EQ(CallForeign(
                second, +[] { throw OwnError(); }),
            ForeignOutcome::kCppException);
  EXPECT_STREQ(CaughtExceptionText(), "fart::(anonymous namespace)::OwnError");
}

TEST(EscapeTest, AThreadThatHasSeenNoneHasAText) {
  std::thread([] { EXPECT_STREQ(CaughtExceptionText(), "a C++ exception"); }).join();
}

TEST(EscapeTest, WithoutMemoryForItsTextAnExceptionIsNoOtherOne) {
  ForeignMark first = Target();
  EXPECT_EQ(CallForeign(
                first, +[] { throw std::runtime_error("the one before"); }),
            ForeignOutcome::kCppException);
  ForeignMark second = Target();
  EXPECT_EQ(CallForeign(
                second,
                +[] {
                  const std::runtime_error error("a text of more than a few characters");
                  RefusingMemory::FailNth(SystemCall::kNew, 1, RefusingMemory::Duration::kForGood);
                  throw error;
                }),
            ForeignOutcome::kCppException);
  RefusingMemory::Stop();
  EXPECT_STREQ(CaughtExceptionText(), "a C++ exception (no memory for its text)");
}

TEST(EscapeTest, AThreadsEndInABarrierIsAskedForOnce) {
  std::thread([] {
    EXPECT_FALSE(TakeThreadEnd());
    ForeignMark mark(ForeignKind::kBarrier, {});
    EXPECT_EQ(CallForeign(
                  mark, +[] { pthread_exit(nullptr); }),
              ForeignOutcome::kThreadEnd);
    EXPECT_EQ(DescribeEscape(ForeignOutcome::kThreadEnd), "was about to end its thread");
    EXPECT_TRUE(TakeThreadEnd());
    EXPECT_FALSE(TakeThreadEnd());
  }).join();
}

}  // namespace
}  // namespace fart
