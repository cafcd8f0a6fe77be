// How many instructions a host executes for what it has inlined, by stepping through them: the same
// on every machine, whatever builds the rest. The figures are those of gcc 12 and clang 14 with
// -O2; fewer are welcome.

#include <gtest/gtest.h>

#if defined(__x86_64__)
#include <signal.h>

#include <cstdint>

#include "api/testdata/direct_primitives.h"
#include "api/testing/direct_test.h"
#include "heap/platform/testing/single_step.h"

namespace fart::api {
namespace {

volatile std::uint64_t steps;

void CountStep(int) { steps = steps + 1; }

class DirectInstructionsTest : public DirectTest {
 protected:
  void SetUp() override {
    DirectTest::SetUp();
    struct sigaction action = {};
    action.sa_handler = CountStep;
    ASSERT_EQ(sigaction(SIGTRAP, &action, &before_), 0);
  }
  void TearDown() override {
    sigaction(SIGTRAP, &before_, nullptr);
    DirectTest::TearDown();
  }

  [[gnu::noinline]] std::uint64_t CountAll(Primitive* primitive, std::uint64_t first,
                                           std::uint64_t second, Kind kind) {
    steps = 0;
    const std::uint32_t shape = first_ + kind;
    SingleStep(true);
    result_ = primitive(direct_, first, second, shape);
    SingleStep(false);
    return steps;
  }
  // More than a function takes that only returns a word.
  std::uint64_t Count(Primitive* primitive, std::uint64_t first, std::uint64_t second = 0,
                      Kind kind = kPairKind) {
    const std::uint64_t nothing = CountAll(PriceNothing, first, second, kind);
    return CountAll(primitive, first, second, kind) - nothing;
  }
#if defined(__clang__)
  static std::uint64_t Price(std::uint64_t, std::uint64_t by_clang) { return by_clang; }
#else
  static std::uint64_t Price(std::uint64_t by_gcc, std::uint64_t) { return by_gcc; }
#endif

  std::uint64_t result_ = 0;

 private:
  struct sigaction before_ = {};
};

TEST_F(DirectInstructionsTest, StepsAreCounted) {
  EXPECT_GE(CountAll(PriceNothing, 2, 4, kPairKind), 3u);
  EXPECT_EQ(Count(PriceNothing, 2), 0u);
}

TEST_F(DirectInstructionsTest, OfNew) {
  Pair(Null(), Null());  // There is an area.
  EXPECT_LE(Count(PriceNewPair, 2, 4), Price(16, 17));
  const Fart_Ref made = Fart_RefOfBits(direct_, result_);
  EXPECT_EQ(SmiCar(made), 1);
  EXPECT_EQ(Fart_SmiValue(Cdr(made)), 2);
  EXPECT_LE(Count(PriceNewOfFour, 2, 4, kMixedKind), Price(18, 19));
}

TEST_F(DirectInstructionsTest, OfLoadAndStore) {
  FART_ROOTS(direct_, roots, 3);
  Set(roots.at[0], Pair(Smi(7), Null()));
  EXPECT_LE(Count(PriceLoad, roots.at[0].bits), Price(0, 0));
  EXPECT_EQ(result_, Smi(7).bits);
  EXPECT_LE(Count(PriceStore, roots.at[0].bits, Smi(8).bits), Price(7, 11)) << "a young holder";
  EXPECT_EQ(SmiCar(Get(roots.at[0])), 8);
  MakeOld(roots.at[0]);
  EXPECT_LE(Count(PriceStore, roots.at[0].bits, Smi(9).bits), Price(11, 15)) << "a small integer";
  Set(roots.at[1], Pair(Null(), Null()));
  MakeOld(roots.at[1]);
  EXPECT_LE(Count(PriceStore, roots.at[0].bits, roots.at[1].bits), Price(17, 21)) << "old into old";
  Set(roots.at[2], Pair(Null(), Null()));
  Fart_Store(direct_, Get(roots.at[0]), 1, Get(roots.at[2]));
  EXPECT_LE(Count(PriceStore, roots.at[0].bits, roots.at[2].bits), Price(19, 23))
      << "young into what is remembered";
}

TEST_F(DirectInstructionsTest, OfFrames) {
  EXPECT_LE(Count(PriceFrameOfOne, 2), Price(8, 8));
  EXPECT_LE(Count(PriceFrameOfFour, 2), Price(11, 11));
}

TEST_F(DirectInstructionsTest, OfWords) {
  EXPECT_LE(Count(PriceAddOfSmis, Smi(3).bits, Smi(4).bits), Price(8, 7));
  EXPECT_EQ(result_, Smi(7).bits);
  const std::uint64_t pair = Pair(Null(), Null()).bits;
  EXPECT_LE(Count(PriceHasShape, pair), Price(9, 12));
  EXPECT_EQ(result_, 1u);
}

}  // namespace
}  // namespace fart::api
#endif
