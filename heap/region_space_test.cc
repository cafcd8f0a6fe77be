#include "heap/region_space.h"

#include <gtest/gtest.h>

#include <vector>

namespace fart {
namespace {

constexpr std::uint8_t kFlags = kNewSpace;

TEST(RegionSpaceTest, NeverHandsOutRegion0_G1) {
  RegionSpace regions;
  ASSERT_TRUE(regions.IsReserved());
  for (int i = 0; i < 100; ++i) EXPECT_NE(regions.Take(1, kFlags), kNoRegion);
  EXPECT_EQ(regions.FlagsOf(0), 0);
}

TEST(RegionSpaceTest, CountsRegionsInUse_G4) {
  RegionSpace regions;
  const RegionIndex one = regions.Take(1, kFlags);
  const RegionIndex run = regions.Take(5, kFlags);
  EXPECT_EQ(regions.regions_in_use(), 6u);
  regions.Retire(run, 5, {});
  regions.Retire(one, 1, {});
  EXPECT_EQ(regions.regions_in_use(), 0u);
}

TEST(RegionSpaceTest, FlagsAreFoundFromAnyAddressOfTheRegion) {
  RegionSpace regions;
  const RegionIndex run = regions.Take(3, kFlags);
  const Address start = regions.StartOf(run);
  EXPECT_EQ(regions.flags().Of(start), kFlags);
  EXPECT_EQ(regions.flags().Of(start + kRegionSize * 3 - ByteCount(1)), kFlags);
  EXPECT_EQ(regions.flags().Of(start + kRegionSize * 3), 0);
}

TEST(RegionSpaceTest, ATakenRunIsUsableFromEndToEnd) {
  RegionSpace regions;
  const RegionIndex run = regions.Take(4, kFlags);
  auto* const bytes = regions.StartOf(run).As<volatile unsigned char>();
  bytes[0] = 1;
  bytes[kRegionSize.value() * 4 - 1] = 2;
  EXPECT_EQ(regions.Record(run).top, regions.StartOf(run));
}

TEST(RegionSpaceTest, RetiredRegionsAreKeptCommittedUpToTheCacheSize) {
  RegionSpace regions;
  regions.SetCacheSize(1);
  const RegionIndex a = regions.Take(1, kFlags);
  const RegionIndex b = regions.Take(1, kFlags);
  regions.Retire(a, 1, {});
  regions.Retire(b, 1, {});  // beyond the cache: gone
  *regions.StartOf(a).As<volatile int>() = 1;
  EXPECT_DEATH(*regions.StartOf(b).As<volatile int>() = 1, "");
  EXPECT_EQ(regions.Take(1, kFlags), a);
}

TEST(RegionSpaceTest, ALargerSpaceTakesAdjacentRegionsOfAnAlignedGroup) {
  RegionSpace regions;
  constexpr ByteCount kGroup = MiB(2);
  std::vector<RegionIndex> taken;
  for (int i = 0; i < 8; ++i) taken.push_back(regions.Take(1, kFlags));
  EXPECT_EQ(taken.back(), taken.front() + 7);  // one by one so far, and no group begins at 1
  for (int group = 0; group < 2; ++group) {
    const RegionIndex first = regions.Take(1, kFlags);
    EXPECT_EQ(regions.StartOf(first).value() % kGroup.value(), 0u);
    for (RegionIndex next = 1; next < 8; ++next) EXPECT_EQ(regions.Take(1, kFlags), first + next);
  }
  EXPECT_EQ(regions.regions_in_use(), 24u);
  const RegionIndex run = regions.Take(3, kFlags);  // none of it was taken before
  for (const RegionIndex index : taken) EXPECT_TRUE(index < run || index >= run + 3);
}

TEST(RegionSpaceTest, AShrunkenCacheGivesItsRegionsBack) {
  RegionSpace regions;
  const RegionIndex a = regions.Take(1, kFlags);
  regions.Retire(a, 1, {});
  regions.SetCacheSize(0);
  EXPECT_EQ(regions.FlagsOf(a), 0);
  EXPECT_DEATH(*regions.StartOf(a).As<volatile int>() = 1, "");
}

TEST(RegionSpaceTest, ACachedRegionIsNotTakenAsPartOfARun) {
  RegionSpace regions;
  const RegionIndex a = regions.Take(1, kFlags);
  regions.Retire(a, 1, {});
  const RegionIndex run = regions.Take(2, kFlags);
  EXPECT_TRUE(a < run || a >= run + 2);
}

TEST(RegionSpaceTest, AProtectedRegionFaultsAndIsNotReusedSoon) {
  RegionSpace regions;
  const RegionIndex a = regions.Take(1, kFlags);
  regions.Retire(a, 1, {.protect = true});
  EXPECT_DEATH(*regions.StartOf(a).As<volatile int>() = 1, "");
  for (int i = 0; i < 1000; ++i) {
    const RegionIndex other = regions.Take(1, kFlags);
    ASSERT_NE(other, a);
    regions.Retire(other, 1, {.protect = true});
  }
}

TEST(RegionSpaceTest, AZappedRegionIsOverwrittenWhole) {
  RegionSpace regions;
  const RegionIndex a = regions.Take(1, kFlags);
  auto* const words = regions.StartOf(a).As<std::uint64_t>();
  words[0] = 1;
  regions.Retire(a, 1, {.zap = true});
  for (std::size_t i = 0; i < kRegionSize.InWords().value(); ++i) {
    ASSERT_EQ(words[i], RegionSpace::kZap);
  }
}

TEST(RegionSpaceTest, ARunThatFitsNowhereIsRefused) {
  RegionSpace regions;
  EXPECT_EQ(regions.Take(kRegions, kFlags), kNoRegion);
  EXPECT_EQ(regions.regions_in_use(), 0u);
}

TEST(RegionSpaceTest, MarksAreFoundInOrderAndCleared) {
  RegionSpace regions;
  const RegionIndex index = regions.Take(1, kFlags);
  const Address start = regions.StartOf(index);
  const Address end = start + kRegionSize;
  const std::vector<std::size_t> offsets = {0, 8, 504, 512, 8192, kRegionSize.value() - 8};
  for (const std::size_t offset : offsets) EXPECT_TRUE(regions.TryMark(start + ByteCount(offset)));
  EXPECT_FALSE(regions.TryMark(start));
  std::vector<std::size_t> found;
  for (Address at = regions.NextMarked(start, end); at < end;
       at = regions.NextMarked(at + ByteCount(8), end)) {
    found.push_back((at - start).value());
  }
  EXPECT_EQ(found, offsets);
  EXPECT_EQ(regions.NextMarked(start + ByteCount(16), start + ByteCount(500)),
            start + ByteCount(500));
  regions.ClearMarks(index);
  EXPECT_EQ(regions.NextMarked(start, end), end);
}

TEST(RegionSpaceTest, TheLastRegionOfTheRangeHasMarksToo) {
  RegionSpace regions;
  const Address end = regions.StartOf(0) + kHeapRangeSize;
  const Address last = end - ByteCount(8);
  regions.TryMark(last);
  EXPECT_EQ(regions.NextMarked(end - kRegionSize, end), last);
}

}  // namespace
}  // namespace fart
