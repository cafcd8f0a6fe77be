#include "handles/linear_area.h"

#include <gtest/gtest.h>

#include <optional>

#include "heap/platform/testing/refusing_system.h"

namespace fart {
namespace {

// Small areas are accessible as a whole, large ones as far as they have grown.
class LinearAreaTest : public testing::TestWithParam<std::size_t> {
 protected:
  LinearAreaTest() : area_(MiB(GetParam())) {}
  volatile int& WordAt(ByteCount offset) { return *(area_.start() + offset).As<volatile int>(); }
  Address TopAt(ByteCount offset) { return area_.start() + offset; }

  LinearArea area_;
};

TEST_P(LinearAreaTest, BeginsWithAGranuleAndGrowsByDoubling_HNN1) {
  EXPECT_EQ(area_.committed(), LinearArea::kGranule);
  ASSERT_TRUE(area_.Grow(area_.limit(), ByteCount(8)));
  EXPECT_EQ(area_.committed(), LinearArea::kGranule * 2);
  WordAt(area_.committed() - ByteCount(8)) = 1;
  ASSERT_TRUE(area_.Grow(area_.start(), MiB(3)));
  EXPECT_EQ(area_.committed(), MiB(3));
  EXPECT_FALSE(area_.Grow(area_.end(), ByteCount(8)));
  EXPECT_TRUE(area_.Grow(area_.end() - ByteCount(8), ByteCount(8)));
  EXPECT_TRUE(area_.IsSound());
}

TEST_P(LinearAreaTest, WhatIsGivenBackHasNoPages) {
  ASSERT_TRUE(area_.Grow(area_.start(), MiB(4)));
  WordAt(MiB(3)) = 42;
  WordAt(KiB(4)) = 43;
  area_.ShrinkTo(area_.start());
  EXPECT_EQ(area_.committed(), LinearArea::kKept);
  ASSERT_TRUE(area_.Grow(area_.start(), MiB(4)));
  EXPECT_EQ(WordAt(MiB(3)), 0);
  EXPECT_EQ(WordAt(KiB(4)), 43);
  area_.ShrinkByHalf(area_.start());
  EXPECT_EQ(area_.committed(), MiB(4) - KiB(1536));
}

TEST_P(LinearAreaTest, WhatTheSystemDoesNotTakeBackIsUsedAgain) {
  ASSERT_TRUE(area_.Grow(area_.start(), MiB(4)));
  {
    const RefusingSystem kept(SystemCall::kGiveBack);
    const RefusingSystem open(SystemCall::kProtect);
    area_.ShrinkTo(area_.start());
  }
  EXPECT_EQ(area_.committed(), LinearArea::kKept);
  ASSERT_TRUE(area_.Grow(area_.start(), MiB(4)));
  WordAt(MiB(3)) = 1;
}

INSTANTIATE_TEST_SUITE_P(SmallAndLarge, LinearAreaTest, testing::Values(8, 64));

TEST(RefusedAreaTest, WithoutMemoryItGrowsLater) {
  for (const ByteCount size : {MiB(8), MiB(64)}) {
    std::optional<LinearArea> area;
    {
      const RefusingSystem refusing(SystemCall::kCommit);
      area.emplace(size);
      EXPECT_FALSE(area->is_empty());
      EXPECT_EQ(area->committed(), ByteCount());
      EXPECT_FALSE(area->Grow(area->start(), KiB(64)));
    }
    ASSERT_TRUE(area->Grow(area->start(), KiB(64)));
    *area->start().As<volatile int>() = 1;
  }
}

TEST(RefusedAreaTest, WithoutAddressesItIsEmpty) {
  const RefusingSystem refusing(SystemCall::kReserve);
  EXPECT_TRUE(LinearArea(MiB(8)).is_empty());
}

}  // namespace
}  // namespace fart
