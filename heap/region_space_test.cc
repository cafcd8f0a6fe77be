#include "heap/region_space.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

#include "heap/knobs.h"
#include "heap/platform/testing/refusing_system.h"
#include "heap/platform/testing/resident.h"

namespace fart {
namespace {

constexpr std::uint8_t kFlags = kNewSpace;

TEST(RegionSpaceTest, NeverHandsOutRegion0_HOG1) {
  RegionSpace regions(MiB(256));
  ASSERT_TRUE(regions.IsReserved());
  for (int i = 0; i < 100; ++i) EXPECT_NE(regions.Take(1, kFlags), kNoRegion);
  EXPECT_EQ(regions.FlagsOf(0), 0);
}

TEST(RegionSpaceTest, CountsRegionsInUse_HG4) {
  RegionSpace regions(MiB(256));
  const RegionIndex one = regions.Take(1, kFlags);
  const RegionIndex run = regions.Take(5, kFlags);
  EXPECT_EQ(regions.regions_in_use(), 6u);
  regions.Retire(run, 5, {});
  regions.Retire(one, 1, {});
  EXPECT_EQ(regions.regions_in_use(), 0u);
}

TEST(RegionSpaceTest, FlagsAreFoundFromAnyAddressOfTheRegion) {
  RegionSpace regions(MiB(256));
  const RegionIndex run = regions.Take(3, kFlags);
  const Address start = regions.StartOf(run);
  EXPECT_EQ(regions.flags().Of(start), kFlags);
  EXPECT_EQ(regions.flags().Of(start + kRegionSize * 3 - ByteCount(1)), kFlags);
  EXPECT_EQ(regions.flags().Of(start + kRegionSize * 3), 0);
}

TEST(RegionSpaceTest, ATakenRunIsUsableFromEndToEnd) {
  RegionSpace regions(MiB(256));
  const RegionIndex run = regions.Take(4, kFlags);
  auto* const bytes = regions.StartOf(run).As<volatile unsigned char>();
  bytes[0] = 1;
  bytes[kRegionSize.value() * 4 - 1] = 2;
  EXPECT_EQ(regions.Record(run).top, regions.StartOf(run));
}

TEST(RegionSpaceTest, RetiredRegionsKeepTheirPagesUpToTheCacheSize) {
  RegionSpace regions(MiB(256));
  regions.SetCacheSize(1);
  const RegionIndex a = regions.Take(1, kFlags);
  const RegionIndex b = regions.Take(1, kFlags);
  for (const RegionIndex index : {a, b}) *regions.StartOf(index).As<volatile int>() = 1;
  regions.Retire(a, 1, {});
  regions.Retire(b, 1, {});  // beyond the cache: its pages are gone, and it stays accessible
  EXPECT_EQ(*regions.StartOf(a).As<volatile int>(), 1);
  EXPECT_EQ(*regions.StartOf(b).As<volatile int>(), 0);
  EXPECT_EQ(regions.Take(1, kFlags), a);
  EXPECT_EQ(regions.Take(1, kFlags), b) << "before any region is opened";
}

TEST(RegionSpaceTest, OneThatIsFilledSlowlyLeavesPagesToOthers) {
  RegionSpace regions(MiB(256));
  const RegionIndex spare = regions.Take(1, kFlags);
  *regions.StartOf(spare).As<volatile int>() = 1;
  regions.Retire(spare, 1, {});
  const RegionIndex slow = regions.TakeWithoutPages(kFlags);
  EXPECT_NE(slow, spare);
  EXPECT_FALSE(IsResident(regions.StartOf(slow)));
  EXPECT_EQ(regions.regions_in_use(), 1u);
  EXPECT_EQ(regions.charged(), kRegionSize);
  EXPECT_EQ(regions.Take(1, kFlags), spare);
}

TEST(RegionSpaceTest, OneThatIsFilledSlowlyHasPagesWhereThereIsNoOther) {
  RegionSpace regions(kMinHeapLimit);
  const RegionIndex spare = regions.Take(1, kFlags);
  while (regions.Take(1, kFlags) != kNoRegion) continue;
  regions.Retire(spare, 1, {});
  EXPECT_EQ(regions.TakeWithoutPages(kFlags), spare);
  EXPECT_EQ(regions.TakeWithoutPages(kFlags), kNoRegion);
}

TEST(RegionSpaceTest, ALargerSpaceTakesAdjacentRegionsOfAnAlignedGroup) {
  RegionSpace regions(MiB(256));
  constexpr RegionIndex kGroup = 8;  // 2 MiB
  RegionIndex last = regions.first_region() - 1;
  // One by one at first, and up to where a group begins.
  while (last < regions.first_region() + kGroup || last % kGroup != kGroup - 1) {
    ASSERT_EQ(regions.Take(1, kFlags), last + 1);
    EXPECT_EQ(regions.access().end(), ++last + 1);
  }
  for (int group = 0; group < 2; ++group) {
    for (RegionIndex next = 0; next < kGroup; ++next) {
      EXPECT_EQ(regions.Take(1, kFlags), ++last);
      EXPECT_EQ(regions.access().end() % kGroup, 0u) << "opened as a whole";
    }
  }
  const RegionIndex run = regions.Take(3, kFlags);  // none of it was taken before
  EXPECT_EQ(run, last + 1);
}

TEST(RegionSpaceTest, AShrunkenCacheGivesItsPagesBack) {
  RegionSpace regions(MiB(256));
  const RegionIndex a = regions.Take(1, kFlags);
  *regions.StartOf(a).As<volatile int>() = 1;
  regions.Retire(a, 1, {});
  regions.SetCacheSize(0);
  EXPECT_EQ(regions.FlagsOf(a), 0);
  EXPECT_EQ(*regions.StartOf(a).As<volatile int>(), 0);
}

TEST(RegionSpaceTest, ACachedRegionIsNotTakenAsPartOfARun) {
  RegionSpace regions(MiB(256));
  const RegionIndex a = regions.Take(1, kFlags);
  regions.Retire(a, 1, {});
  const RegionIndex run = regions.Take(2, kFlags);
  EXPECT_TRUE(a < run || a >= run + 2);
}

TEST(RegionSpaceTest, AProtectedRegionFaultsAndIsNotReusedSoon) {
  RegionSpace regions(MiB(256));
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
  RegionSpace regions(MiB(256));
  const RegionIndex a = regions.Take(1, kFlags);
  auto* const words = regions.StartOf(a).As<std::uint64_t>();
  words[0] = 1;
  regions.Retire(a, 1, {.zap = true});
  for (std::size_t i = 0; i < kRegionSize.InWords().value(); ++i) {
    ASSERT_EQ(words[i], RegionSpace::kZap);
  }
}

TEST(RegionSpaceTest, ARunThatFitsNowhereIsRefused) {
  RegionSpace regions(MiB(256));
  EXPECT_EQ(regions.Take(regions.end_region(), kFlags), kNoRegion);
  EXPECT_EQ(regions.regions_in_use(), 0u);
}

TEST(RegionSpaceTest, ReservesThreeTimesTheLimitAsAPowerOfTwoAlignedToItself) {
  EXPECT_EQ(RegionSpace::RangeFor(MiB(4)), MiB(64));
  EXPECT_EQ(RegionSpace::RangeFor(MiB(21)), MiB(64));
  EXPECT_EQ(RegionSpace::RangeFor(MiB(22)), MiB(128));
  EXPECT_EQ(RegionSpace::RangeFor(MiB(64)), MiB(256));
  EXPECT_EQ(RegionSpace::RangeFor(GiB(64)), GiB(256));
  EXPECT_EQ(RegionSpace::RangeFor(kMaxHeapLimit), kMaxHeapRange);
  const RegionSpace regions(MiB(64));
  EXPECT_EQ(regions.range_size(), MiB(256));
  EXPECT_TRUE(regions.range_start().IsAlignedTo(MiB(256).value()));
}

TEST(RegionSpaceTest, TablesAreInRegionsWithoutFlags_HOG1) {
  RegionSpace regions(MiB(64));
  EXPECT_GT(regions.first_region(), 0u);
  EXPECT_LT(kRegionSize * regions.first_region(), regions.range_size() / 50);
  EXPECT_EQ(regions.Take(1, kFlags), regions.first_region());
  for (RegionIndex index = 0; index < regions.first_region(); ++index) {
    EXPECT_EQ(regions.FlagsOf(index), 0);
  }
}

TEST(RegionSpaceTest, AHeapOf64GBIsUsableToItsEnd) {
  RegionSpace regions(GiB(64));
  ASSERT_TRUE(regions.IsReserved());
  const RegionIndex first = regions.Take(1, kFlags);
  ASSERT_EQ(regions.Take(regions.end_region() - first - 1, kFlags), first + 1);
  const Address last = regions.StartOf(regions.end_region()) - ByteCount(8);
  *last.As<std::uint64_t>() = 1;
  EXPECT_EQ(regions.flags().Of(last), kFlags);
  EXPECT_EQ(regions.Take(1, kFlags), kNoRegion);
}

TEST(RegionSpaceTest, AHeapOfATerabyteHasTablesForAllOfIt) {
  RegionSpace regions(kMaxHeapLimit);
  if (!regions.IsReserved()) GTEST_SKIP() << "the system has no 4 TiB of addresses";
  EXPECT_EQ(regions.Take(1, kFlags), regions.first_region());
  const Address last = regions.range_start() + kMaxHeapRange - ByteCount(8);
  EXPECT_EQ(regions.IndexOf(last), regions.end_region() - 1);
  EXPECT_EQ(regions.flags().Of(last), 0);
  EXPECT_TRUE(regions.TryMark(last));
  EXPECT_FALSE(regions.TryMark(last));
}

TEST(RegionSpaceTest, ARefusedReservationLeavesItEmptyAndALaterOneWorks) {
  for (const SystemCall call : {SystemCall::kReserve, SystemCall::kCommit}) {
    const RefusingSystem refusing(call);
    const RegionSpace regions(MiB(64));
    EXPECT_FALSE(regions.IsReserved());
  }
  EXPECT_TRUE(RegionSpace(MiB(64)).IsReserved());
}

TEST(RegionSpaceTest, WithoutMemoryNothingIsTakenAndLaterItIs) {
  RegionSpace regions(MiB(64));
  {
    const RefusingSystem refusing(SystemCall::kCommit);
    EXPECT_EQ(regions.Take(1, kFlags), kNoRegion);
    EXPECT_EQ(regions.Take(3, kFlags), kNoRegion);
    EXPECT_EQ(regions.regions_in_use(), 0u);
  }
  EXPECT_EQ(regions.Take(3, kFlags), regions.first_region());
}

// As if each were another space, for the four ways to give back.
struct GivenBack {
  bool protect;
  bool zap;
  std::uint32_t run;
};

TEST(RegionSpaceTest, WhatTheSystemDoesNotTakeBackIsUsedAgain) {
  for (const GivenBack how : {GivenBack{false, false, 1},
                              {false, false, 5},
                              {true, false, 1},
                              {true, false, 5},
                              {false, true, 5}}) {
    RegionSpace regions(MiB(64));
    regions.SetCacheSize(0);
    RegionIndex last_taken = 0;
    {
      const RefusingSystem kept(SystemCall::kGiveBack);
      const RefusingSystem open(SystemCall::kProtect);
      for (int i = 0; i < 1000; ++i) {  // more than there are regions
        const RegionIndex taken = regions.Take(how.run, kFlags);
        ASSERT_NE(taken, kNoRegion);
        for (RegionIndex index = taken; index < taken + how.run; ++index) {
          *regions.StartOf(index).As<volatile int>() = 1;
        }
        regions.Retire(taken, how.run, {.protect = how.protect, .zap = how.zap});
        last_taken = std::max(last_taken, taken);
      }
      EXPECT_EQ(regions.access().owed(), how.run);
      regions.SetCacheSize(0);
    }
    EXPECT_EQ(last_taken, regions.first_region()) << "nothing but the first is ever touched";
    regions.SetCacheSize(0);
    EXPECT_EQ(regions.access().owed(), 0u);
    EXPECT_EQ(*regions.StartOf(last_taken).As<volatile int>(), 0);
  }
}

TEST(RegionSpaceTest, WhatIsOwedOfARegionIsForgivenWhenItIsUsedAgain) {
  RegionSpace regions(MiB(64));
  regions.SetCacheSize(0);
  const RegionIndex taken = regions.Take(1, kFlags);
  {
    const RefusingSystem refusing(SystemCall::kGiveBack);
    regions.Retire(taken, 1, {});
  }
  EXPECT_EQ(regions.access().owed(), 1u);
  ASSERT_EQ(regions.Take(1, kFlags), taken);
  *regions.StartOf(taken).As<volatile int>() = 7;
  regions.SetCacheSize(0);
  EXPECT_EQ(*regions.StartOf(taken).As<volatile int>(), 7);
}

TEST(RegionSpaceTest, ALongFreeEndIsClosed) {
  RegionSpace regions(GiB(1));
  const RegionIndex kept = regions.Take(1, kFlags);
  const RegionIndex run = regions.Take(1000, kFlags);
  const RegionIndex end = regions.access().end();
  EXPECT_GE(end, run + 1000);
  EXPECT_LT(end, run + 1008) << "the rest of a large page";
  regions.Retire(run, 1000, {});
  EXPECT_EQ(regions.access().end(), end);
  regions.SetCacheSize(0);
  EXPECT_EQ(regions.access().end(), kept + 1);
  EXPECT_EQ(regions.Take(1000, kFlags), run);
}

TEST(RegionSpaceTest, OrdinaryUseKeepsTwoMappingsHoweverItScatters) {
  RegionSpace regions(GiB(8));
  regions.SetCacheSize(0);
  const std::int64_t before = RegionAccess::BordersOfAll();
  std::vector<RegionIndex> taken;
  for (int i = 0; i < 20'000; ++i) taken.push_back(regions.Take(1, kFlags));
  for (std::size_t i = 0; i < taken.size(); i += 2) regions.Retire(taken[i], 1, {});
  regions.SetCacheSize(0);
  for (int i = 0; i < 5'000; ++i) ASSERT_NE(regions.Take(1, kFlags), kNoRegion);
  EXPECT_EQ(RegionAccess::BordersOfAll(), before);
  EXPECT_EQ(regions.access().end(), taken.back() + 1) << "holes are filled first";
}

TEST(RegionSpaceTest, ProtectedRegionsThatScatterKeepToTheBoundAndTheRestStaysUsable_HZ1) {
  RegionSpace regions(GiB(8));
  std::vector<RegionIndex> taken;
  for (int i = 0; i < 40'000; ++i) taken.push_back(regions.Take(1, kFlags));
  for (std::size_t i = 0; i < taken.size(); i += 2) regions.Retire(taken[i], 1, {.protect = true});
  EXPECT_LE(RegionAccess::BordersOfAll(), RegionAccess::kMaxBorders);
  for (int i = 0; i < 20'000; ++i) {
    const RegionIndex index = regions.Take(1, kFlags);
    ASSERT_NE(index, kNoRegion);
    // Not into all: each may be a large page.
    if (i % 500 == 0) *regions.StartOf(index).As<volatile int>() = 1;
  }
  EXPECT_LE(RegionAccess::BordersOfAll(), RegionAccess::kMaxBorders);
}

TEST(RegionSpaceTest, MarksAreFoundInOrderAndCleared) {
  RegionSpace regions(MiB(256));
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

// Where there is a second processor.
TEST(RegionSpaceTest, OfTwoThreadsThatMarkAnObjectAtOnceOneIsAnsweredThatItDid) {
  RegionSpace regions(MiB(256));
  const RegionIndex index = regions.Take(1, kFlags);
  const Address start = regions.StartOf(index);
  constexpr std::size_t kObjects = 4096;
  constexpr std::size_t kRounds = 50;
  std::atomic<std::size_t> arrived{0};
  const auto mark = [&](std::size_t* firsts) {
    for (std::size_t i = 0; i < kObjects; ++i) {
      arrived.fetch_add(1);
      for (int spins = 0; arrived.load() < 2 * (i + 1); ++spins) {
        if (spins > 1000) std::this_thread::yield();
      }
      *firsts += regions.TryMarkShared(start + ByteCount(8 * i)) ? 1 : 0;
    }
  };
  for (std::size_t round = 0; round < kRounds; ++round) {
    std::size_t here = 0;
    std::size_t there = 0;
    arrived = 0;
    std::thread other(mark, &there);
    mark(&here);
    other.join();
    ASSERT_EQ(here + there, kObjects);
    ASSERT_EQ(regions.NextMarked(start + ByteCount(8), start + kRegionSize), start + ByteCount(8));
    regions.ClearMarks(index);
  }
}

TEST(RegionSpaceTest, TheLastRegionOfTheRangeHasMarksToo) {
  RegionSpace regions(MiB(256));
  const Address end = regions.StartOf(regions.end_region());
  const Address last = end - ByteCount(8);
  regions.TryMark(last);
  EXPECT_EQ(regions.NextMarked(end - kRegionSize, end), last);
}

}  // namespace
}  // namespace fart
