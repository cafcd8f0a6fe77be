#include "heap/region_access.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "heap/base/check.h"
#include "heap/object/region_flags.h"
#include "heap/platform/testing/refusing_system.h"

namespace fart {
namespace {

int Mappings() {
  std::ifstream file("/proc/self/maps");
  int lines = 0;
  for (std::string line; std::getline(file, line);) ++lines;
  return lines;
}

class RegionAccessTest : public testing::Test {
 protected:
  explicit RegionAccessTest(RegionIndex regions = 64) : states_(regions, 0) {
    range_ = VirtualMemory::Reserve(kRegionSize * regions, kRegionSize);
    FART_CHECK(range_.Commit(range_.start(), kRegionSize));
    access_.Attach(range_, states_.data(), regions, 1);
  }
  volatile int& WordOf(RegionIndex index) {
    return *(range_.start() + kRegionSize * index).As<volatile int>();
  }
  bool Open(RegionIndex first, std::uint32_t count = 1) {
    return access_.Open(first, count, RegionAccess::Borders::kBounded);
  }
  std::int64_t Borders() const { return RegionAccess::BordersOfAll() - before_; }

  const std::int64_t before_ = RegionAccess::BordersOfAll();
  std::vector<std::uint8_t> states_;
  VirtualMemory range_;
  RegionAccess access_;
};

TEST_F(RegionAccessTest, CountsBordersBetweenOpenAndClosed_HZ1) {
  EXPECT_EQ(Borders(), 1);
  ASSERT_TRUE(Open(1, 3));  // what is open grows
  EXPECT_EQ(Borders(), 1);
  ASSERT_TRUE(Open(10, 2));  // an island
  EXPECT_EQ(Borders(), 3);
  ASSERT_TRUE(Open(8, 5));  // a larger one
  EXPECT_EQ(Borders(), 3);
  ASSERT_TRUE(Open(2, 10));  // and what is between
  EXPECT_EQ(Borders(), 1);
  ASSERT_TRUE(access_.Close(5, 1));  // a hole
  EXPECT_EQ(Borders(), 3);
  ASSERT_TRUE(access_.Close(6, 7));  // from there to the end
  EXPECT_EQ(Borders(), 1);
  ASSERT_TRUE(Open(5, 59));  // all
  EXPECT_EQ(Borders(), 0);
}

TEST_F(RegionAccessTest, KnowsTheEndOfWhatIsOpen) {
  EXPECT_EQ(access_.end(), 1u);
  ASSERT_TRUE(Open(5, 2));
  EXPECT_EQ(access_.end(), 7u);
  EXPECT_FALSE(access_.IsOpen(4));
  EXPECT_TRUE(access_.AreOpen(5, 2));
  EXPECT_FALSE(access_.AreOpen(5, 3));
  ASSERT_TRUE(access_.Close(6, 1));
  EXPECT_EQ(access_.end(), 6u);
  ASSERT_TRUE(access_.Close(5, 1));
  EXPECT_EQ(access_.end(), 1u) << "over the closed ones before";
}

TEST_F(RegionAccessTest, WhatIsDiscardedStaysOpenAndReadsAsZero) {
  ASSERT_TRUE(Open(1));
  WordOf(1) = 42;
  access_.Discard(1, 1);
  EXPECT_TRUE(access_.IsOpen(1));
  EXPECT_EQ(WordOf(1), 0);
  EXPECT_EQ(access_.owed(), 0u);
}

TEST_F(RegionAccessTest, WhatTheSystemDoesNotTakeBackIsOwedAndSettledLater) {
  ASSERT_TRUE(Open(1, 4));
  for (RegionIndex index = 1; index < 5; ++index) WordOf(index) = 42;
  {
    const RefusingSystem refusing(SystemCall::kGiveBack);
    access_.Discard(1, 3);
    EXPECT_EQ(access_.owed(), 3u);
    access_.Discard(1, 3);
    EXPECT_EQ(access_.owed(), 3u) << "once";
    access_.SettleOwed();
    EXPECT_EQ(access_.owed(), 3u);
  }
  access_.Reuse(2, 1);
  WordOf(2) = 43;
  EXPECT_EQ(access_.owed(), 2u);
  access_.SettleOwed();
  EXPECT_EQ(access_.owed(), 0u);
  EXPECT_EQ(WordOf(1), 0);
  EXPECT_EQ(WordOf(2), 43) << "in use again";
  EXPECT_EQ(WordOf(3), 0);
  EXPECT_EQ(WordOf(4), 42);
}

TEST_F(RegionAccessTest, WhatCannotBeClosedStaysOpenWithoutItsPages) {
  ASSERT_TRUE(Open(1));
  WordOf(1) = 42;
  {
    const RefusingSystem refusing(SystemCall::kProtect);
    EXPECT_FALSE(access_.Close(1, 1));
  }
  EXPECT_TRUE(access_.IsOpen(1));
  EXPECT_EQ(WordOf(1), 0);
  EXPECT_TRUE(access_.Close(1, 1));
  EXPECT_DEATH(WordOf(1) = 1, "");
}

TEST_F(RegionAccessTest, WhatCannotBeOpenedIsNotOpen) {
  {
    const RefusingSystem refusing(SystemCall::kCommit);
    EXPECT_FALSE(Open(1, 2));
  }
  EXPECT_FALSE(access_.IsOpen(1));
  EXPECT_EQ(access_.end(), 1u);
  EXPECT_EQ(Borders(), 1);
  EXPECT_TRUE(Open(1, 2));
}

TEST_F(RegionAccessTest, ARegionThatMayBeHalfClosedIsOpenedBeforeItIsUsed) {
  ASSERT_TRUE(Open(1));
  {
    const RefusingSystem not_closed(SystemCall::kProtect);
    const RefusingSystem not_opened(SystemCall::kCommit);
    EXPECT_TRUE(access_.Close(1, 1));
    EXPECT_FALSE(access_.IsOpen(1));
    EXPECT_FALSE(Open(1));
  }
  EXPECT_TRUE(Open(1));
}

class ManyRegionsTest : public RegionAccessTest {
 protected:
  static constexpr RegionIndex kMany = 50'000;
  ManyRegionsTest() : RegionAccessTest(kMany) {}
};

TEST_F(ManyRegionsTest, ScatteredRegionsAreClosedUpToABound_HZ1) {
  const int mappings = Mappings();
  ASSERT_TRUE(Open(1, kMany - 1));
  int closed = 0;
  for (RegionIndex index = 2; index < kMany; index += 2) closed += access_.Close(index, 1);
  EXPECT_EQ(RegionAccess::BordersOfAll(), RegionAccess::kMaxBorders);
  EXPECT_EQ(closed, RegionAccess::kMaxBorders / 2);
  EXPECT_LE(Mappings() - mappings, RegionAccess::kMaxBorders + 8)
      << "a sanitizer has some of its own";
  EXPECT_GE(Mappings() - mappings, RegionAccess::kMaxBorders - 2) << "or this counts nothing";
  // What makes no border is closed all the same.
  EXPECT_TRUE(access_.Close(3, 1));
  EXPECT_LT(RegionAccess::BordersOfAll(), RegionAccess::kMaxBorders);
}

TEST_F(ManyRegionsTest, IslandsAreOpenedUpToTheBoundUnlessThereIsNoOtherRoom_HZ1) {
  int opened = 0;
  for (RegionIndex index = 2; index < kMany; index += 2) opened += Open(index) ? 1 : 0;
  EXPECT_LE(RegionAccess::BordersOfAll(), RegionAccess::kMaxBorders);
  EXPECT_EQ(opened, (RegionAccess::kMaxBorders - 1) / 2);
  EXPECT_FALSE(Open(kMany - 2));
  EXPECT_TRUE(access_.Open(kMany - 2, 1, RegionAccess::Borders::kAny));
}

TEST_F(ManyRegionsTest, TheBoundIsForAllHeapsTogether_HZ1) {
  {
    std::vector<std::uint8_t> states(8, 0);
    const VirtualMemory range = VirtualMemory::Reserve(kRegionSize * 8, kRegionSize);
    RegionAccess other;
    other.Attach(range, states.data(), 8, 1);
    ASSERT_TRUE(other.Open(2, 1, RegionAccess::Borders::kBounded));
    EXPECT_EQ(Borders(), 4);
    for (RegionIndex index = 2; index < kMany; index += 2) static_cast<void>(Open(index));
    EXPECT_FALSE(other.Open(4, 1, RegionAccess::Borders::kBounded));
  }
  EXPECT_LE(Borders(), RegionAccess::kMaxBorders - 2) << "those of a heap end with it";
}

}  // namespace
}  // namespace fart
