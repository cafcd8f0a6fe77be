#include "heap/old_allocator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "heap/large_objects.h"

namespace fart {
namespace {

constexpr ByteCount kNoHeadroom;

class OldAllocatorTest : public testing::Test {
 protected:
  RegionIndex TakeRegion() { return regions.Take(1, kOldSpaceFlags); }
  Address Allocate(ByteCount size) { return old.TryAllocate(size, kNoHeadroom); }
  // A region full of dead space but for `live` bytes at its start, and its hole.
  Address TakeRegionWithHole(ByteCount live) {
    const RegionIndex index = TakeRegion();
    const Address from = regions.StartOf(index) + live;
    const Address to = regions.StartOf(index) + kRegionSize;
    FillDeadSpace(from, to);
    regions.Record(index).top = to;
    old.AddHole(from, to);
    return from;
  }

  RegionSpace regions{MiB(256)};
  OldAllocator old{regions};
};

TEST_F(OldAllocatorTest, HasNoRoomUntilItIsGivenSome) {
  EXPECT_TRUE(Allocate(ByteCount(24)).is_null());
  const RegionIndex index = TakeRegion();
  old.BeginRegion(index);
  EXPECT_EQ(old.region(), index);
  EXPECT_EQ(Allocate(ByteCount(24)), regions.StartOf(index));
  EXPECT_EQ(Allocate(kRegionSize - ByteCount(24)), regions.StartOf(index) + ByteCount(24));
  EXPECT_TRUE(Allocate(ByteCount(8)).is_null());
  EXPECT_EQ(regions.Record(index).top, regions.StartOf(index) + kRegionSize);
}

TEST_F(OldAllocatorTest, WhatIsLeftOfAHoleIsDeadSpaceAfterEveryAllocation_HG3) {
  const Address hole = TakeRegionWithHole(kRegionSize - KiB(1));
  EXPECT_EQ(Allocate(ByteCount(24)), hole);
  EXPECT_EQ(ByteCount(Header::At(hole + ByteCount(24)).size()), ByteCount(1000));
  EXPECT_TRUE(ShapeTable::IsFiller(Header::At(hole + ByteCount(24)).shape()));
  EXPECT_EQ(Allocate(ByteCount(992)), hole + ByteCount(24));
  EXPECT_EQ(Header::At(hole + ByteCount(1016)).shape(), ShapeTable::kFillerWord);
  EXPECT_EQ(Allocate(ByteCount(8)), hole + ByteCount(1016));
  EXPECT_TRUE(Allocate(ByteCount(8)).is_null());
}

TEST_F(OldAllocatorTest, AHoleBelowTheSmallestIsForgotten_HJ2) {
  const Address start = regions.StartOf(TakeRegion());
  FillDeadSpace(start, start + KiB(2));
  regions.Record(regions.IndexOf(start)).top = start + KiB(2);
  old.AddHole(start, start + OldAllocator::kMinHole - ByteCount(8));
  EXPECT_EQ(old.small_holes().size(), 0u);
  old.AddHole(start, start + OldAllocator::kMinHole);
  EXPECT_EQ(old.small_holes().size(), 1u);
  EXPECT_EQ(Allocate(OldAllocator::kMinHole), start);
}

// Else one that lives among many that die would be moved, and all others with it.
TEST_F(OldAllocatorTest, TheGapOfAnObjectOfThreeReferencesServes_HJ2) {
  const Address start = regions.StartOf(TakeRegion());
  FillDeadSpace(start, start + ByteCount(32));
  regions.Record(regions.IndexOf(start)).top = start + ByteCount(32);
  old.AddHole(start, start + ByteCount(32));
  EXPECT_EQ(Allocate(ByteCount(32)), start);
}

TEST_F(OldAllocatorTest, ASmallHoleServesWhenNoRoomyOneDoes_HJ2) {
  const Address start = TakeRegionWithHole(KiB(255));  // a roomy one, of 1 KiB
  const Address region = regions.StartOf(regions.IndexOf(start));
  FillDeadSpace(region, region + KiB(255));
  old.AddHole(region + KiB(1), region + KiB(2) - ByteCount(8));
  old.AddHole(region + KiB(4), region + KiB(4) + ByteCount(128));
  EXPECT_EQ(old.roomy_holes().size(), 1u);
  EXPECT_EQ(old.small_holes().size(), 2u);
  EXPECT_EQ(Allocate(ByteCount(1000)), start);
  EXPECT_EQ(Allocate(ByteCount(96)), region + KiB(4)) << "the last";
  EXPECT_EQ(Allocate(ByteCount(96)), region + KiB(1)) << "what is left of that is too small";
  EXPECT_EQ(Allocate(ByteCount(920)), region + KiB(1) + ByteCount(96));
  EXPECT_EQ(ByteCount(Header::At(region + KiB(4) + ByteCount(96)).size()), ByteCount(32));
  EXPECT_TRUE(Allocate(ByteCount(64)).is_null());
}

TEST_F(OldAllocatorTest, OfSmallHolesThereAreNoMoreThanAShareOfTheRegions_HJ2) {
  const Address start = regions.StartOf(TakeRegion());
  constexpr std::size_t kMost = OldAllocator::kSmallHolesARegion;
  for (std::size_t i = 0; i < kMost + 5; ++i) {
    const Address at = start + ByteCount(128 * i);
    old.AddHole(at, at + ByteCount(64));
  }
  EXPECT_EQ(old.small_holes().size(), kMost);
  const Address other = regions.StartOf(TakeRegion());
  old.AddHole(other, other + ByteCount(64));
  EXPECT_EQ(old.small_holes().size(), kMost + 1);
  // Those that wait are some of them.
  for (int i = 1; i < 2000; ++i) old.AddHole(other + KiB(128), other + KiB(128) + ByteCount(64));
  EXPECT_EQ(old.small_holes().size(), 2 * kMost);
  old.WithdrawHoles([](Address, ByteCount) { return false; });
  ASSERT_EQ(old.waiting_holes(), 2 * kMost);
  old.AddHole(other + KiB(64), other + KiB(64) + ByteCount(64));
  EXPECT_EQ(old.small_holes().size(), 0u);
  old.EndWithdrawal();
  ASSERT_EQ(old.small_holes().size(), 2 * kMost);
  old.ForgetHoles();
  EXPECT_EQ(old.small_holes().size(), 0u);
}

// It may not be charged for.
TEST_F(OldAllocatorTest, ASmallRestAboveARegionsTopIsLeft) {
  const RegionIndex index = TakeRegion();
  regions.Record(index).top = regions.StartOf(index) + kRegionSize - ByteCount(128);
  old.AddTail(index);
  EXPECT_EQ(old.small_holes().size(), 1u);
  EXPECT_TRUE(Allocate(ByteCount(64)).is_null());
}

TEST_F(OldAllocatorTest, WhatARequestDoesNotFitIsLeftForSmallerOnes_HJ1) {
  const Address small = TakeRegionWithHole(kRegionSize - KiB(2));
  EXPECT_EQ(Allocate(ByteCount(24)), small);
  const Address large = TakeRegionWithHole(kRegionSize - KiB(8));
  EXPECT_EQ(Allocate(KiB(7)), large);
  EXPECT_EQ(Allocate(KiB(1)), large + KiB(7));
  EXPECT_EQ(Allocate(KiB(1)), small + ByteCount(24));
}

TEST_F(OldAllocatorTest, ATailIsChargedForWhenItIsUsedAndFitsTheHeadroom) {
  const RegionIndex index = TakeRegion();
  regions.Record(index).top = regions.StartOf(index) + KiB(40);
  regions.SetCharge(index, KiB(40));
  old.AddTail(index);
  EXPECT_TRUE(old.TryAllocate(ByteCount(24), KiB(215)).is_null());
  EXPECT_EQ(old.TryAllocate(ByteCount(24), KiB(216)), regions.StartOf(index) + KiB(40));
  EXPECT_EQ(regions.charged(), kRegionSize);
  EXPECT_EQ(regions.Record(index).top, regions.StartOf(index) + KiB(40) + ByteCount(24));
}

TEST_F(OldAllocatorTest, CountsWhatHolesHaveBelowTheTops_HJ3) {
  const RegionIndex index = TakeRegion();
  regions.Record(index).top = regions.StartOf(index) + KiB(40);
  regions.SetCharge(index, KiB(40));
  old.AddTail(index);
  EXPECT_EQ(old.in_holes(), ByteCount()) << "above";
  const Address start = TakeRegionWithHole(KiB(250));
  EXPECT_EQ(old.in_holes(), KiB(6));
  FillDeadSpace(start - KiB(2), start - KiB(2) + ByteCount(64));
  old.AddHole(start - KiB(2), start - KiB(2) + ByteCount(64));
  old.AddHole(start - KiB(4), start - KiB(4) + ByteCount(24));  // too small
  EXPECT_EQ(old.in_holes(), KiB(6) + ByteCount(64));
  EXPECT_EQ(Allocate(KiB(1)), start);
  EXPECT_EQ(old.in_holes(), ByteCount(64)) << "one that is in use is none";
  old.AddHole(regions.StartOf(index), regions.StartOf(index) + KiB(3));
  EXPECT_EQ(Allocate(KiB(6) - ByteCount(8)), Address()) << "headroom for the tail is none";
  EXPECT_EQ(old.in_holes(), KiB(3) + ByteCount(64));
  EXPECT_EQ(Allocate(KiB(5)), start + KiB(1));
  EXPECT_EQ(Allocate(KiB(3)), regions.StartOf(index));
  EXPECT_EQ(Allocate(ByteCount(64)), start - KiB(2));
  EXPECT_EQ(old.in_holes(), ByteCount());
  TakeRegionWithHole(KiB(250));
  old.ForgetHoles();
  EXPECT_EQ(old.in_holes(), ByteCount());
}

TEST_F(OldAllocatorTest, OfUnsweptRegionsAndSmallOnesHolesAreForgotten_HJ3) {
  const Address swept = TakeRegionWithHole(KiB(250));
  const Address unswept = TakeRegionWithHole(KiB(252));
  regions.Record(regions.IndexOf(unswept)).unswept = true;
  old.AddHole(swept - KiB(2), swept - KiB(2) + ByteCount(64));
  old.ForgetUnsweptHoles();
  EXPECT_EQ(old.in_holes(), KiB(6));
  EXPECT_EQ(old.small_holes().size(), 0u);
  EXPECT_EQ(Allocate(KiB(1)), swept);
  EXPECT_TRUE(Allocate(KiB(4) + KiB(2)).is_null());
}

TEST_F(OldAllocatorTest, WhileHolesAreClosedOnlyRestsOfRegionsServe_HJ4) {
  const Address roomy = TakeRegionWithHole(KiB(250));
  EXPECT_EQ(Allocate(KiB(1)), roomy);
  FillDeadSpace(roomy - KiB(2), roomy - KiB(2) + ByteCount(64));
  old.AddHole(roomy - KiB(2), roomy - KiB(2) + ByteCount(64));
  old.CloseHoles();
  EXPECT_EQ(old.in_holes(), KiB(5) + ByteCount(64)) << "that in use is left";
  EXPECT_TRUE(Allocate(ByteCount(64)).is_null());
  EXPECT_TRUE(Allocate(KiB(2)).is_null());
  const RegionIndex index = TakeRegion();
  regions.Record(index).top = regions.StartOf(index) + KiB(40);
  old.AddTail(index);
  EXPECT_EQ(Allocate(ByteCount(64)), regions.StartOf(index) + KiB(40));
  old.CloseHoles();
  EXPECT_EQ(Allocate(ByteCount(64)), regions.StartOf(index) + KiB(40) + ByteCount(64))
      << "that one is in use still";
  old.OpenHoles();
  EXPECT_EQ(Allocate(KiB(250)), Address());
  EXPECT_EQ(old.TryAllocate(KiB(216), kNoHeadroom), Address());
  old.Abandon();
  EXPECT_EQ(Allocate(KiB(2)), roomy + KiB(1));
}

TEST_F(OldAllocatorTest, TheLogNamesEverythingAllocatedInOrder) {
  const RegionIndex index = TakeRegion();
  old.BeginRegion(index);
  Allocate(KiB(16));
  old.StartLog();
  const Address first = Allocate(ByteCount(24));
  const Address hole = TakeRegionWithHole(KiB(4));
  Allocate(kRegionSize - KiB(8));  // does not fit the region
  ASSERT_EQ(old.logged_spans(), 2u);
  EXPECT_EQ(old.LoggedSpan(0).from, first);
  EXPECT_EQ(old.LoggedSpan(0).to, first + ByteCount(24));
  EXPECT_EQ(old.LoggedSpan(1).from, hole);
  EXPECT_EQ(old.LoggedSpan(1).to, hole + kRegionSize - KiB(8));
  Allocate(ByteCount(8));
  EXPECT_EQ(old.LoggedSpan(1).to, hole + kRegionSize - KiB(8) + ByteCount(8));
  old.StopLog();
  EXPECT_EQ(old.logged_spans(), 0u);
}

TEST_F(OldAllocatorTest, HolesAreForgottenAndTheRestOfARegionIsNot) {
  TakeRegionWithHole(KiB(4));
  Allocate(ByteCount(24));  // in the hole
  TakeRegionWithHole(KiB(4));
  old.ForgetHoles();
  EXPECT_TRUE(Allocate(ByteCount(24)).is_null());
  old.BeginRegion(TakeRegion());
  old.ForgetHoles();
  EXPECT_FALSE(Allocate(ByteCount(24)).is_null());
}

TEST_F(OldAllocatorTest, AHoleInUseIsNoRegionThatIsBeingFilled) {
  TakeRegionWithHole(KiB(4));
  Allocate(ByteCount(24));
  EXPECT_EQ(old.region(), kNoRegion);
}

TEST_F(OldAllocatorTest, DeadSpaceOfOneWordHasAShapeOfItsOwnAndMoreHasAnother_HG3) {
  const Address start = regions.StartOf(TakeRegion());
  for (std::size_t words = 1; words <= 3; ++words) {
    FillDeadSpace(start, start + WordCount(words));
    const Header header = Header::At(start);
    EXPECT_EQ(header.shape(), words == 1 ? ShapeTable::kFillerWord : ShapeTable::kFiller);
    EXPECT_EQ(header.size(), WordCount(words));
  }
}

TEST_F(OldAllocatorTest, TheLatestSixteenHolesAreTriedAndAnExactFitIsOne) {
  const Address large = TakeRegionWithHole(kRegionSize - KiB(4));
  for (int i = 0; i < 15; ++i) TakeRegionWithHole(kRegionSize - KiB(2));
  EXPECT_EQ(Allocate(KiB(4)), large) << "the sixteenth";
  EXPECT_EQ(old.roomy_holes().size(), 15u);
  const Address next = TakeRegionWithHole(kRegionSize - KiB(4));
  for (int i = 0; i < 16; ++i) TakeRegionWithHole(kRegionSize - KiB(2));
  EXPECT_TRUE(Allocate(KiB(4)).is_null()) << "the seventeenth";
  Allocate(KiB(2));
  EXPECT_EQ(Allocate(KiB(4)), next);
}

TEST_F(OldAllocatorTest, ASpanThatIsLeftIsLoggedAsFarAsItWasUsed) {
  old.BeginRegion(TakeRegion());
  old.StartLog();
  const Address first = Allocate(KiB(1));
  old.BeginRegion(TakeRegion());
  ASSERT_EQ(old.logged_spans(), 2u);
  EXPECT_EQ(old.LoggedSpan(0).from, first);
  EXPECT_EQ(old.LoggedSpan(0).to, first + KiB(1));
  EXPECT_EQ(old.LoggedSpan(1).from, old.LoggedSpan(1).to);
  const Address second = Allocate(KiB(2));
  ASSERT_EQ(old.logged_spans(), 2u);
  EXPECT_EQ(old.LoggedSpan(1).from, second);
  EXPECT_EQ(old.LoggedSpan(1).to, second + KiB(2));
  old.StopLog();
  old.StartLog();
  EXPECT_EQ(old.logged_spans(), 1u) << "anew";
  EXPECT_EQ(old.LoggedSpan(0).from, second + KiB(2));
}

TEST_F(OldAllocatorTest, NothingIsAllocatedInASpanThatIsAbandoned) {
  old.BeginRegion(TakeRegion());
  ASSERT_FALSE(Allocate(KiB(1)).is_null());
  old.Abandon();
  EXPECT_EQ(old.region(), kNoRegion);
  EXPECT_EQ(old.rest().from, old.rest().to);
  EXPECT_TRUE(Allocate(ByteCount(8)).is_null());
}

TEST_F(OldAllocatorTest, HolesAreWithdrawnRoomyAndSmallAndTheOneInUse_HJ3) {
  const Address in_use = TakeRegionWithHole(kRegionSize - KiB(4));
  const Address roomy = TakeRegionWithHole(kRegionSize - KiB(2));
  const Address small = TakeRegionWithHole(kRegionSize - ByteCount(64));
  const Address stays = TakeRegionWithHole(kRegionSize - KiB(3));
  ASSERT_EQ(Allocate(KiB(3) + ByteCount(8)), in_use);
  const RegionIndex with_tail = TakeRegion();
  old.AddTail(with_tail);
  ASSERT_EQ(old.in_holes(), KiB(5) + ByteCount(64));
  std::vector<std::pair<Address, ByteCount>> told;
  const auto leaves = [&](Address from, ByteCount counted) {
    told.emplace_back(from, counted);
    return from != stays;
  };
  old.WithdrawHoles(leaves);
  while (old.WithdrawSome(leaves)) {
  }
  const Address rest = in_use + KiB(3) + ByteCount(8);
  const std::vector<std::pair<Address, ByteCount>> all = {
      {in_use, ByteCount()},  {roomy, KiB(2)},
      {stays, KiB(3)},        {rest, KiB(1) - ByteCount(8)},
      {small, ByteCount(64)}, {regions.StartOf(with_tail), ByteCount()}};
  EXPECT_EQ(told.size(), all.size() - 1);
  for (std::size_t i = 1; i < all.size(); ++i) {
    EXPECT_NE(std::find(told.begin(), told.end(), all[i]), told.end()) << i;
  }
  EXPECT_EQ(old.in_holes(), KiB(3));
  EXPECT_TRUE(old.rest().from.is_null());
  EXPECT_EQ(Allocate(ByteCount(24)), stays);
  EXPECT_TRUE(Allocate(KiB(3)).is_null());
}

// Many of them are asked a few at a time, and none is used before that.
TEST_F(OldAllocatorTest, SmallHolesWaitUntilTheyAreAsked_HJ5) {
  constexpr std::size_t kHoles = 600;
  const Address start = TakeRegionWithHole(ByteCount(0));
  old.ForgetHoles();
  for (std::size_t i = 0; i < kHoles; ++i) {
    FillDeadSpace(start + ByteCount(64) * i, start + ByteCount(64) * (i + 1));
    old.AddHole(start + ByteCount(64) * i, start + ByteCount(64) * (i + 1));
  }
  ASSERT_EQ(old.small_holes().size(), kHoles);
  std::size_t asked = 0;
  const auto leaves = [&](Address from, ByteCount) {
    ++asked;
    return (from - start).value() / 64 % 2 == 0;
  };
  old.WithdrawHoles(leaves);
  EXPECT_EQ(asked, 0u);
  EXPECT_EQ(old.waiting_holes(), kHoles);
  EXPECT_EQ(old.in_holes(), ByteCount(64) * kHoles) << "they count all the same";
  EXPECT_TRUE(Allocate(ByteCount(64)).is_null());
  EXPECT_TRUE(old.WithdrawSome(leaves));
  EXPECT_NE(asked, 0u);
  EXPECT_LE(asked, 255u);
  EXPECT_EQ(old.waiting_holes(), kHoles - asked);
  EXPECT_EQ(old.small_holes().size(), asked / 2);
  EXPECT_EQ(old.in_holes(), ByteCount(64) * (kHoles - (asked - asked / 2)));
  const Address used = Allocate(ByteCount(64));
  ASSERT_FALSE(used.is_null());
  EXPECT_EQ((used - start).value() / 64 % 2, 1u);
  std::size_t listed = 0;
  old.ForEachSmallHole([&listed](const Span&) { ++listed; });
  EXPECT_EQ(listed, old.waiting_holes() + old.small_holes().size());
  // Those that were not asked serve again.
  const std::size_t left = listed;
  old.EndWithdrawal();
  EXPECT_EQ(old.waiting_holes(), 0u);
  EXPECT_EQ(old.small_holes().size(), left);
  old.WithdrawHoles(leaves);
  while (old.WithdrawSome(leaves)) {
  }
  EXPECT_EQ(old.waiting_holes(), 0u);
  EXPECT_FALSE(old.WithdrawSome(leaves));
  old.WithdrawHoles(leaves);
  ASSERT_NE(old.waiting_holes(), 0u);
  old.ForgetHoles();
  EXPECT_EQ(old.waiting_holes(), 0u);
  EXPECT_EQ(old.in_holes(), ByteCount());
}

TEST_F(OldAllocatorTest, TheSpanThatIsLeftIsAHole) {
  const RegionIndex index = TakeRegion();
  old.BeginRegion(index);
  ASSERT_EQ(Allocate(KiB(2)), regions.StartOf(index));
  old.LeaveSpan();
  EXPECT_EQ(old.region(), kNoRegion);
  EXPECT_EQ(old.grown(), KiB(2));
  EXPECT_EQ(old.in_holes(), ByteCount()) << "it lies above the region's top";
  EXPECT_EQ(old.TryAllocate(ByteCount(24), kRegionSize), regions.StartOf(index) + KiB(2));
  old.LeaveSpan();
  old.ForgetHoles();
  old.LeaveSpan();
  EXPECT_TRUE(Allocate(ByteCount(24)).is_null());
}

}  // namespace
}  // namespace fart
