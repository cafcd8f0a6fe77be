// Which pages a space of regions holds, and which of its regions are open: after taking, giving
// back, and growing, to the page and the region.

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <limits>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "heap/platform/testing/refusing_system.h"
#include "heap/platform/testing/resident.h"
#include "heap/region_space.h"

namespace fart {
namespace {

constexpr std::uint8_t kFlags = kNewSpace;
constexpr RegionIndex kGroup = 8;
constexpr RetirePolicy kProtect{.protect = true};
constexpr RetirePolicy kZap{.zap = true};

std::size_t PagesOf(ByteCount size) { return size.value() / VirtualMemory::PageSize().value(); }

class RegionPagesTest : public testing::Test {
 protected:
  std::size_t Resident(RegionIndex index, std::uint32_t count = 1) const {
    return ResidentPages(regions.StartOf(index), kRegionSize * count);
  }
  void Fill(RegionIndex index, std::uint32_t count = 1) {
    std::fill_n(regions.StartOf(index).As<std::uint64_t>(), (kRegionSize * count).InWords().value(),
                std::uint64_t{1});
  }
  std::vector<RegionIndex> TakeMany(int count) {
    std::vector<RegionIndex> taken;
    for (int i = 0; i < count; ++i) taken.push_back(regions.Take(1, kFlags));
    return taken;
  }

  RegionSpace regions{GiB(1)};
};

TEST_F(RegionPagesTest, WhatWillBeWrittenAtOnceHasItsPagesAndTheRestHasNone) {
  const RegionIndex run = regions.Take(2, kFlags, ByteCount(300'000));
  EXPECT_EQ(Resident(run, 2), 74u);
  EXPECT_EQ(Resident(regions.Take(2, kFlags), 2), 0u);
}

// Takes runs that lie side by side in large pages, where the system has any; whether each held the
// pages of what is written at once and no more.
bool RunsHoldWhatIsWritten() {
  RegionSpace regions{GiB(1)};
  bool hold = true;
  const auto take = [&] {
    const RegionIndex run = regions.Take(2, kFlags, ByteCount(300'000));
    regions.EndRun();
    hold = hold && ResidentPages(regions.StartOf(run), kRegionSize * 2) == 74;
    return run;
  };
  for (RegionIndex i = 0; i < kGroup; ++i) regions.Take(1, kFlags);
  const RegionIndex first = take();
  EXPECT_EQ(regions.free_open(), (kGroup - (first + 2) % kGroup) % kGroup);
  for (RegionIndex i = 1; i < 8; ++i) EXPECT_EQ(take(), first + 2 * i);
  EXPECT_LT(regions.free_open(), kGroup);
  const RegionIndex longer = regions.Take(3, kFlags, kRegionSize * 3);
  EXPECT_EQ(longer, first + 16) << "whatever the group's rest";
  EXPECT_EQ(ResidentPages(regions.StartOf(longer), kRegionSize * 3), PagesOf(kRegionSize * 3));
  return hold;
}

// The system may make a large page of small ones at any time, and what was given back is there
// again: seldom, and not three times in a row.
TEST_F(RegionPagesTest, OfALargePageARunHoldsWhatIsWritten) {
  EXPECT_TRUE(RunsHoldWhatIsWritten() || RunsHoldWhatIsWritten() || RunsHoldWhatIsWritten());
}

// What a large page brings behind a run waits for the next one, until that one is taken.
TEST_F(RegionPagesTest, ARunGoesOnWhereTheLastOneEnds) {
  constexpr ByteCount kSize(300'000);
  EXPECT_TRUE(regions.TakeBehind(kSize, kFlags).is_null()) << "there is none";
  for (RegionIndex i = 0; i < kGroup; ++i) regions.Take(1, kFlags);
  const RegionIndex run = regions.Take(2, kFlags, kSize);
  const std::uint32_t before = regions.regions_in_use();
  const ByteCount charged = regions.charged();
  EXPECT_TRUE(regions.TakeBehind(kSize, kOldSpace).is_null()) << "not of the same kind";
  EXPECT_EQ(regions.TakeBehind(kSize, kFlags), regions.StartOf(run) + kSize);
  EXPECT_EQ(regions.TakeBehind(kSize, kFlags), regions.StartOf(run) + kSize * 2);
  EXPECT_EQ(regions.regions_in_use(), before + 2);
  EXPECT_EQ(regions.charged(), charged);
  EXPECT_EQ(regions.FlagsOf(run + 3), kFlags);
  EXPECT_EQ(ResidentPages(regions.StartOf(run), KiB(880)), 220u);
  regions.EndRun();
  EXPECT_TRUE(regions.TakeBehind(kSize, kFlags).is_null()) << "it ended";
  EXPECT_EQ(Resident(run, 4), 220u);
}

// Were they counted still, a search for room would go through all regions in vain.
TEST_F(RegionPagesTest, WhatARunGoesOnInIsFreeNoMore) {
  constexpr ByteCount kSize(300'000);
  for (RegionIndex i = 0; i < kGroup; ++i) regions.Take(1, kFlags);
  regions.Take(2, kFlags, kSize);
  ASSERT_FALSE(regions.TakeBehind(kSize, kFlags).is_null());
  ASSERT_FALSE(regions.TakeBehind(kSize, kFlags).is_null());
  const std::uint32_t free = regions.free_open();
  ASSERT_GE(free, 2u) << "a group was opened";
  ASSERT_FALSE(regions.TakeBehind(kSize, kFlags).is_null());
  EXPECT_EQ(regions.free_open(), free - 1);
  ASSERT_FALSE(regions.TakeBehind(kSize, kFlags).is_null());
  EXPECT_EQ(regions.free_open(), free - 2);
}

TEST_F(RegionPagesTest, NoRunGoesOnInAnothersRegion) {
  constexpr ByteCount kSize(300'000);
  for (RegionIndex i = 0; i < kGroup; ++i) regions.Take(1, kFlags);
  const RegionIndex retired = regions.Take(2, kFlags, kSize);
  regions.Retire(retired, 2, {});
  while (regions.Take(2, kFlags) != retired) {
  }
  EXPECT_TRUE(regions.TakeBehind(kSize, kFlags).is_null()) << "the run is gone";
  const RegionIndex blocked = regions.Take(2, kFlags, kSize);
  while (regions.FlagsOf(blocked + 2) == 0) regions.Take(1, kFlags);
  EXPECT_TRUE(regions.TakeBehind(kSize, kFlags).is_null()) << "the next region is taken";
}

// Two objects with runs would begin in that region.
TEST_F(RegionPagesTest, NoRunGoesOnBehindASingleRegion) {
  for (RegionIndex i = 0; i < kGroup; ++i) regions.Take(1, kFlags);
  RegionIndex run = regions.Take(2, kFlags, ByteCount(300'000));
  while (regions.free_open() < 2) run = regions.Take(2, kFlags, ByteCount(300'000));
  regions.SetCacheSize(0);
  ASSERT_EQ(regions.Take(1, kFlags, KiB(200)), run + 2);
  EXPECT_TRUE(regions.TakeBehind(ByteCount(300'000), kFlags).is_null());
}

TEST_F(RegionPagesTest, AllThatIsTakenIsCharged_HG4) {
  const RegionIndex run = regions.Take(5, kFlags);
  EXPECT_EQ(regions.charged(), kRegionSize * 5);
  regions.SetCharge(run, KiB(20));
  EXPECT_EQ(regions.charged(), KiB(20));
  regions.SetCharge(run, KiB(24));
  EXPECT_EQ(regions.charged(), KiB(24));
  regions.Take(1, kFlags);
  regions.Retire(run, 5, {});
  EXPECT_EQ(regions.charged(), kRegionSize);
}

TEST_F(RegionPagesTest, ARegionTakenAgainHasAFreshRecord) {
  const RegionIndex first = regions.Take(1, kFlags);
  RegionRecord& record = regions.Record(first);
  record.top = regions.StartOf(first) + KiB(4);
  record.age = 3;
  record.large_objects = 4;
  record.live_bytes = 5;
  record.large_size = KiB(1);
  regions.Retire(first, 1, {});
  ASSERT_EQ(regions.Take(1, kFlags), first);
  EXPECT_EQ(record.top, regions.StartOf(first));
  EXPECT_EQ(record.age + record.large_objects + record.live_bytes, 0u);
  EXPECT_TRUE(record.large_size.is_zero());
}

TEST_F(RegionPagesTest, ARetiredRunIsZappedWholeAndOnlyIt) {
  const RegionIndex run = regions.Take(3, kFlags);
  const RegionIndex next = regions.Take(1, kFlags);
  Fill(run, 3);
  Fill(next);
  regions.Retire(run, 3, kZap);
  for (RegionIndex index = run; index < run + 3; ++index) {
    const auto* const words = regions.StartOf(index).As<std::uint64_t>();
    ASSERT_EQ(words[0], RegionSpace::kZap);
    ASSERT_EQ(words[kRegionSize.InWords().value() - 1], RegionSpace::kZap);
  }
  EXPECT_EQ(*regions.StartOf(next).As<std::uint64_t>(), 1u);
}

TEST_F(RegionPagesTest, WhatDoesNotStaySpareFaultsWhereStalePointersAreLookedFor) {
  regions.SetCacheSize(0);
  const RegionIndex zapped = regions.Take(1, kFlags);
  regions.Retire(zapped, 1, kZap);
  EXPECT_DEATH(*regions.StartOf(zapped).As<volatile int>() = 1, "");
  EXPECT_NE(regions.Take(1, kFlags), zapped) << "its address is not used again soon";
}

TEST_F(RegionPagesTest, AddressesAreUsedAgainAtOnceWhenNobodyLooksForStalePointersAnyMore) {
  regions.SetCacheSize(0);
  const std::vector<RegionIndex> taken = TakeMany(6);
  regions.Retire(taken[1], 1, kProtect);
  EXPECT_EQ(regions.Take(1, kFlags), taken[5] + 1) << "not its address";
  regions.Retire(taken[3], 1, {});
  EXPECT_EQ(regions.Take(1, kFlags), taken[3]);
  EXPECT_EQ(regions.Take(1, kFlags), taken[5] + 2) << "the end makes no border";
}

TEST_F(RegionPagesTest, ThePagesOfARunThatDoesNotStaySpareGoBack) {
  regions.SetCacheSize(1);
  const RegionIndex run = regions.Take(3, kFlags);
  Fill(run, 3);
  EXPECT_EQ(Resident(run, 3), PagesOf(kRegionSize * 3));
  regions.Retire(run, 3, {});
  EXPECT_EQ(Resident(run, 3), PagesOf(kRegionSize * 3)) << "a run of three weighs one";
  regions.SetCacheSize(0);
  EXPECT_EQ(Resident(run, 3), 0u);
  EXPECT_EQ(regions.FlagsOf(run), 0);
  EXPECT_EQ(regions.FlagsOf(run + 2), 0);
  EXPECT_EQ(regions.Take(3, kFlags), run) << "and it is found again";
}

TEST_F(RegionPagesTest, ARunDrivesTheOldestSingleOnesOutAndTheirPagesGoBack) {
  regions.SetCacheSize(4);
  const std::vector<RegionIndex> singles = TakeMany(4);
  const RegionIndex run = regions.Take(4, kFlags);
  for (const RegionIndex index : singles) Fill(index);
  Fill(run, 4);
  for (const RegionIndex index : singles) regions.Retire(index, 1, {});
  regions.Retire(run, 4, {});
  EXPECT_EQ(Resident(singles[0]), 0u);
  EXPECT_EQ(Resident(singles[1]), 0u);
  EXPECT_GT(Resident(singles[2]), 0u);
  EXPECT_GT(Resident(singles[3]), 0u);
  EXPECT_GT(Resident(run, 4), 0u);
  EXPECT_EQ(regions.FlagsOf(singles[0]), 0);
}

TEST_F(RegionPagesTest, FromAnObjectsEndOnAllWholePagesOfItsRegionGoBackAndNoOther) {
  const RegionIndex index = regions.Take(2, kFlags);
  Fill(index, 2);
  regions.DiscardFrom(regions.StartOf(index) + ByteCount(10'000));
  EXPECT_EQ(Resident(index), 3u);
  EXPECT_EQ(Resident(index + 1), PagesOf(kRegionSize));
  EXPECT_EQ(*(regions.StartOf(index) + ByteCount(12'280)).As<std::uint64_t>(), 1u);
  regions.DiscardFrom(regions.StartOf(index + 1));  // An object ends with its region.
  EXPECT_EQ(Resident(index + 1), PagesOf(kRegionSize));
  regions.DiscardFrom(regions.StartOf(index + 1) + KiB(8));  // at a page's beginning
  EXPECT_EQ(Resident(index + 1), 2u);
}

TEST_F(RegionPagesTest, AFreeEndIsClosedWhenItIsLongAndAQuarterOfWhatIsOpen) {
  regions.SetCacheSize(0);
  const RegionIndex kept = regions.Take(400, kFlags);
  const RegionIndex shorter = regions.Take(63, kFlags);
  regions.Retire(shorter, 63, {});
  regions.SetCacheSize(0);
  EXPECT_EQ(regions.access().end(), shorter + 63) << "short";
  ASSERT_EQ(regions.Take(63, kFlags), shorter);
  const RegionIndex longer = regions.Take(200, kFlags);
  ASSERT_GT((longer + 200) / 4, 200u);
  ASSERT_LT((longer + 200) / 4, 263u);
  regions.Retire(longer, 200, {});
  regions.SetCacheSize(0);
  EXPECT_EQ(regions.access().end(), longer + 200) << "less than a quarter";
  regions.Retire(shorter, 63, {});
  regions.SetCacheSize(0);
  EXPECT_EQ(regions.access().end(), shorter);
  regions.Retire(kept, 400, {});
}

TEST_F(RegionPagesTest, ScatteredFreeRegionsCloseNothing) {
  regions.SetCacheSize(0);
  const std::vector<RegionIndex> taken = TakeMany(400);
  for (std::size_t i = 0; i < 398; i += 2) regions.Retire(taken[i], 1, {});
  regions.Retire(taken.back(), 1, {});
  regions.SetCacheSize(0);
  EXPECT_EQ(regions.access().end(), taken.back() + 1);
}

TEST_F(RegionPagesTest, AMuchScatteredSpaceKeepsAnEndThatIsLessThanAQuarter) {
  regions.SetCacheSize(0);
  const std::vector<RegionIndex> taken = TakeMany(400);
  const RegionIndex tail = regions.Take(100, kFlags);
  for (std::size_t i = 0; i < 380; i += 2) regions.Retire(taken[i], 1, {});
  regions.Retire(tail, 100, {});
  ASSERT_GT(regions.free_open(), (tail + 100) / 4);
  ASSERT_LT(100u, (tail + 100) / 4);
  regions.SetCacheSize(0);
  EXPECT_EQ(regions.access().end(), tail + 100);
}

TEST_F(RegionPagesTest, TheRangeEndsWhereItEnds) {
  const Address end = regions.range_start() + regions.range_size();
  EXPECT_TRUE(regions.Contains(regions.range_start()));
  EXPECT_TRUE(regions.Contains(end - ByteCount(1)));
  EXPECT_FALSE(regions.Contains(end));
  EXPECT_FALSE(regions.Contains(regions.range_start() - ByteCount(1)));
}

// Takes and gives back in a long fixed order, single ones and runs, in each way; the counters are
// what a walk over the regions finds.
TEST_F(RegionPagesTest, CountersAreWhatAWalkFindsAfterEveryStep_HG4) {
  struct Taken {
    RegionIndex first;
    std::uint32_t count;
  };
  std::vector<Taken> taken;
  std::uint64_t state = 1;
  const auto draw = [&state](std::uint64_t below) {
    state = state * 6364136223846793005 + 1442695040888963407;
    return (state >> 33) % below;
  };
  constexpr RetirePolicy kPolicies[] = {{}, {}, {}, {}, kZap, kProtect};
  for (int step = 0; step < 4'000; ++step) {
    const std::uint64_t what = draw(100);
    if (what == 0) {
      regions.SetCacheSize(static_cast<std::uint32_t>(draw(40)));
    } else if (taken.empty() || what < (step / 500 % 2 == 0 ? 60u : 40u)) {
      const auto count = static_cast<std::uint32_t>(draw(4) == 0 ? 1 + draw(9) : 1);
      const RegionIndex first = regions.Take(count, kFlags);
      ASSERT_NE(first, kNoRegion);
      taken.push_back({first, count});
    } else {
      const std::size_t chosen = draw(taken.size());
      regions.Retire(taken[chosen].first, taken[chosen].count, kPolicies[draw(6)]);
      taken.erase(taken.begin() + static_cast<std::ptrdiff_t>(chosen));
    }
    std::uint32_t free_open = 0;
    std::uint32_t in_use = 0;
    for (RegionIndex index = regions.first_region(); index < regions.access().end(); ++index) {
      const std::uint8_t flags = regions.FlagsOf(index);
      free_open += flags == 0 && regions.access().IsOpen(index) ? 1 : 0;
      in_use += flags == kFlags ? 1 : 0;
    }
    std::uint32_t expected = 0;
    for (const Taken& one : taken) {
      expected += one.count;
      ASSERT_EQ(regions.FlagsOf(one.first), kFlags);
      ASSERT_EQ(regions.FlagsOf(one.first + one.count - 1), kFlags);
      ASSERT_TRUE(regions.access().AreOpen(one.first, one.count));
    }
    ASSERT_EQ(in_use, expected) << step;
    ASSERT_EQ(regions.regions_in_use(), expected) << step;
    ASSERT_EQ(regions.charged(), kRegionSize * expected) << step;
    ASSERT_EQ(regions.free_open(), free_open) << step;
  }
}

TEST_F(RegionPagesTest, ARunFindsRoomBeforeTheCursorAndAtTheOpenEnd) {
  regions.SetCacheSize(0);
  const RegionIndex first = regions.Take(4, kFlags);
  const RegionIndex second = regions.Take(2, kFlags);
  regions.Retire(first, 4, {});
  EXPECT_EQ(regions.Take(4, kFlags), first) << "before the cursor";
  const RegionIndex end = regions.Take(3, kFlags);
  EXPECT_EQ(end, second + 2);
  regions.Retire(end, 3, {});
  EXPECT_EQ(regions.Take(5, kFlags), end) << "partly open";
  EXPECT_EQ(regions.access().end(), end + 5);
}

TEST_F(RegionPagesTest, ARunIsNotMadeOfRegionsWithUsedOnesBetween) {
  regions.SetCacheSize(0);
  const std::vector<RegionIndex> taken = TakeMany(5);
  regions.Retire(taken[0], 1, {});
  regions.Retire(taken[2], 1, {});
  regions.Retire(taken[3], 1, {});
  EXPECT_EQ(regions.Take(3, kFlags), taken[4] + 1);
  EXPECT_EQ(regions.Take(2, kFlags), taken[2]);
  EXPECT_EQ(regions.Take(1, kFlags), taken[0]);
}

// ---- Groups of eight, for large pages

class RegionGroupsTest : public RegionPagesTest {
 protected:
  // Up to where the next group begins, eight at least.
  RegionIndex TakeUpToAGroup() {
    RegionIndex last = kNoRegion;
    int taken = 0;
    while (++taken <= 8 || last % kGroup != kGroup - 1) last = regions.Take(1, kFlags);
    return last;
  }
};

TEST_F(RegionGroupsTest, ASpaceThatKeepsFewSpareRegionsOpensThemOneByOne) {
  regions.SetCacheSize(kGroup - 1);
  RegionIndex last = TakeUpToAGroup();
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(regions.Take(1, kFlags), ++last);
    ASSERT_EQ(regions.access().end(), last + 1);
  }
}

TEST_F(RegionGroupsTest, WhereMuchIsOpenAndFreeItsGroupsAreTakenAgainAndNoOtherIsOpened) {
  regions.SetCacheSize(kGroup);
  TakeUpToAGroup();
  std::vector<RegionIndex> groups = TakeMany(20 * kGroup);
  const RegionIndex end = regions.access().end();
  for (const RegionIndex index : groups) regions.Retire(index, 1, {});
  // Eight are spare, the others are open and free: at first 64 more than are in use.
  const std::uint32_t free = regions.free_open();
  for (int i = 0; i < 32; ++i) {
    const RegionIndex index = regions.Take(1, kFlags);
    EXPECT_GE(index, groups.front());
    EXPECT_LE(index, groups.back());
  }
  EXPECT_EQ(regions.free_open(), free - 3 * kGroup) << "the first eight were spare";
  EXPECT_EQ(regions.access().end(), end);
  for (int i = 0; i < 64; ++i) regions.Take(1, kFlags);
  EXPECT_GT(regions.access().end(), end) << "then a fresh one is cheaper";
}

TEST_F(RegionGroupsTest, WhereLittleIsFreeAFreshGroupIsOpened) {
  regions.SetCacheSize(kGroup);
  RegionIndex last = TakeUpToAGroup();
  const std::vector<RegionIndex> first = TakeMany(2 * kGroup);
  last = first.back();
  for (std::size_t i = 0; i < first.size(); ++i) regions.Retire(first[i], 1, {});
  for (RegionIndex i = 0; i < kGroup; ++i) regions.Take(1, kFlags);  // the spare ones
  EXPECT_EQ(regions.Take(1, kFlags), last + 1);
  EXPECT_EQ(regions.access().end(), last + 1 + kGroup);
}

TEST_F(RegionGroupsTest, WhereMuchIsUsedTheNextGroupIsOpenBeforeItIsNeeded) {
  regions.SetCacheSize(kGroup);
  std::set<RegionIndex> taken;
  const auto take = [&] {
    const RegionIndex index = regions.Take(1, kFlags);
    ASSERT_NE(index, kNoRegion);
    ASSERT_TRUE(taken.insert(index).second) << index << " was taken twice";
  };
  while (regions.regions_in_use() < 32) {
    take();
    ASSERT_EQ(regions.ahead(), kNoRegion) << "a small heap stays small";
  }
  while (regions.ahead() == kNoRegion) take();
  for (int group = 0; group < 3; ++group) {
    const RegionIndex ahead = regions.ahead();
    EXPECT_EQ(regions.access().end(), ahead + regions.ahead_count());
    EXPECT_TRUE(regions.access().AreOpen(ahead, kGroup));
    while (regions.ahead() == ahead) take();
    // Its first one has just been taken; the others are next.
    EXPECT_TRUE(taken.contains(ahead));
    for (RegionIndex i = 1; i < kGroup; ++i) take();
    EXPECT_TRUE(taken.contains(ahead + kGroup - 1));
  }
  // Where little is used any more it is given back, and free.
  for (const RegionIndex index : taken) regions.Retire(index, 1, {});
  const RegionIndex ahead = regions.ahead();
  const std::uint32_t free = regions.free_open();
  const std::uint32_t returned = regions.ahead_count() + regions.opening_count();
  EXPECT_GE(returned, kGroup);
  regions.SetCacheSize(kGroup);
  EXPECT_EQ(regions.ahead(), kNoRegion);
  EXPECT_TRUE(regions.free_open() == free + returned || regions.access().end() <= ahead);
  EXPECT_EQ(Resident(ahead, kGroup), 0u);
}

// Of a large heap: how many groups are open and backed ahead, and that few calls open them.
TEST_F(RegionGroupsTest, TheMoreIsUsedTheMoreGroupsAreOpenAndBackedAhead) {
  regions.SetCacheSize(kGroup);
  std::set<RegionIndex> taken;
  std::uint32_t times_opened = 0;
  RegionIndex end = regions.access().end();
  std::uint32_t most_backed = 0;
  while (regions.regions_in_use() < 1100) {
    const RegionIndex index = regions.Take(1, kFlags);
    ASSERT_TRUE(taken.insert(index).second) << index << " was taken twice";
    // Time for the thread that backs them: none is opened while it does.
    if (index % kGroup == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    times_opened += std::exchange(end, regions.access().end()) != regions.access().end() ? 1 : 0;
    const std::uint32_t in_use = regions.regions_in_use();
    const std::uint32_t ahead = regions.ahead_count();
    ASSERT_LE(ahead, kGroup * std::clamp(in_use / 64, 2u, 32u));
    ASSERT_LE(regions.backed_ahead(), std::min(ahead, kGroup * std::clamp(in_use / 512, 1u, 4u)));
    ASSERT_EQ(regions.ahead() == kNoRegion, ahead == 0);
    if (ahead == 0) continue;
    ASSERT_GE(regions.backed_ahead(), kGroup) << "the next group at least";
    ASSERT_TRUE(regions.access().AreOpen(regions.ahead(), ahead));
    ASSERT_EQ(regions.ahead() + ahead, regions.access().end());
    most_backed = std::max(most_backed, regions.backed_ahead());
  }
  EXPECT_EQ(most_backed, 2 * kGroup);
  EXPECT_LT(times_opened, 32 + 70) << "one by one at first, then many groups at a time";
  // None of them is found free: what is opened now lies behind them.
  const RegionIndex ahead = regions.ahead();
  const std::uint32_t count = regions.ahead_count();
  ASSERT_GT(count, kGroup);
  const RegionIndex run = regions.Take(3 * kGroup, kFlags);
  EXPECT_GE(run, ahead + count);
  for (std::uint32_t i = 0; i < 2 * count; ++i) {
    const RegionIndex index = regions.Take(1, kFlags);
    ASSERT_TRUE(taken.insert(index).second) << index << " was taken twice";
    ASSERT_TRUE(index < run || index >= run + 3 * kGroup) << index << " is the run's";
    if (index % kGroup == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  regions.Retire(run, 3 * kGroup, {});
  // All are given back, also what is being opened.
  for (int i = 0; regions.opening_count() == 0; ++i) {
    ASSERT_LT(i, 1000);
    taken.insert(regions.Take(1, kFlags));
  }
  const RegionIndex last = regions.ahead();
  const std::uint32_t left = regions.ahead_count() + regions.opening_count();
  ASSERT_GT(left, kGroup);
  for (const RegionIndex index : taken) regions.Retire(index, 1, {});
  regions.SetCacheSize(kGroup);
  EXPECT_EQ(regions.ahead(), kNoRegion);
  EXPECT_EQ(regions.ahead_count() + regions.backed_ahead() + regions.opening_count(), 0u);
  EXPECT_EQ(Resident(last, left), 0u);
  for (RegionIndex i = last; i < last + left; ++i) ASSERT_EQ(regions.FlagsOf(i), 0) << i;
}

std::atomic<int> calls_here{0};
std::atomic<int> calls_elsewhere{0};
thread_local bool is_here = false;

// Who opens them waits for the one that looks for pages.
TEST_F(RegionGroupsTest, GroupsAheadAreOpenedByTheThreadThatBacksPages) {
  regions.SetCacheSize(kGroup);
  while (regions.regions_in_use() < 100) regions.Take(1, kFlags);
  is_here = true;
  const RefusingSystem counting(SystemCall::kCommit, std::numeric_limits<std::uint64_t>::max());
  WatchCalls([](std::uint64_t) { ++(is_here ? calls_here : calls_elsewhere); });
  for (RegionIndex index = 0; regions.regions_in_use() < 1000;) {
    index = regions.Take(1, kFlags);
    if (index % kGroup == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  WatchCalls(nullptr);
  is_here = false;
  EXPECT_EQ(calls_here, 0);
  EXPECT_GT(calls_elsewhere, 5);
}

TEST_F(RegionGroupsTest, WhatIsNotOpenedAheadIsOpenedWhenItIsNeeded) {
  regions.SetCacheSize(kGroup);
  RegionIndex last = kNoRegion;
  while (regions.regions_in_use() < 300) last = std::max(last, regions.Take(1, kFlags));
  {
    const RefusingSystem refusing(SystemCall::kCommit);
    for (RegionIndex index = last; index != kNoRegion; index = regions.Take(1, kFlags)) {
      last = std::max(last, index);
    }
    EXPECT_EQ(regions.ahead_count() + regions.opening_count(), 0u);
  }
  EXPECT_EQ(regions.access().end(), last + 1);
  EXPECT_EQ(regions.Take(1, kFlags), last + 1) << "nothing is left out";
  while (regions.ahead() == kNoRegion) ASSERT_NE(regions.Take(1, kFlags), kNoRegion);
}

// They are written when old space is first marked, a page for each region.
TEST_F(RegionGroupsTest, TheMarksOfTheNextGroupHaveTheirPagesBeforehandToo) {
  regions.SetCacheSize(kGroup);
  while (regions.ahead() == kNoRegion) regions.Take(1, kFlags);
  const Address marks = Address::Of(regions.MarksOf(regions.ahead()));
  const ByteCount size(RegionSpace::kMarkWords * sizeof(std::uint64_t) * kGroup);
  const auto backed = [&] { return ResidentPages(marks, size); };
  // It asks in turn, and has the marks last.
  for (int i = 0; i < 5000 && backed() < PagesOf(size); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  if (Resident(regions.ahead(), kGroup) == 0) {
    GTEST_SKIP() << "the system does not back pages on request";
  }
  EXPECT_EQ(backed(), PagesOf(size));
}

std::string VmFlagsAt(Address place) {
  std::ifstream file("/proc/self/smaps");
  bool is_inside = false;
  for (std::string line; std::getline(file, line);) {
    unsigned long long from = 0;
    unsigned long long to = 0;
    if (std::sscanf(line.c_str(), "%llx-%llx ", &from, &to) == 2) {
      is_inside = place.value() >= from && place.value() < to;
    }
    if (is_inside && line.starts_with("VmFlags:")) return line + " ";
  }
  return "";
}

TEST_F(RegionGroupsTest, LargePagesAreAskedForFromTheFirstGroupOnAndNotBefore) {
  if (VmFlagsAt(regions.range_start()).empty()) GTEST_SKIP() << "the system does not tell";
  const RegionIndex first = regions.Take(1, kFlags);
  const Address later = regions.StartOf(first + 10 * kGroup);
  if (!std::ifstream("/sys/kernel/mm/transparent_hugepage/enabled")) {
    GTEST_SKIP() << "a kernel without large pages";
  }
  EXPECT_NE(VmFlagsAt(regions.StartOf(first)).find(" nh "), std::string::npos);
  EXPECT_NE(VmFlagsAt(later).find(" nh "), std::string::npos);
  RegionIndex last = TakeUpToAGroup();
  last = regions.Take(1, kFlags);
  EXPECT_NE(VmFlagsAt(regions.StartOf(last)).find(" hg "), std::string::npos);
  EXPECT_NE(VmFlagsAt(later).find(" hg "), std::string::npos);
  EXPECT_NE(VmFlagsAt(regions.StartOf(first)).find(" nh "), std::string::npos);
}

// A table of references that is looked up at random has a translation for each page.
TEST_F(RegionGroupsTest, ARunOfManyRegionsHasLargePagesFromTheBeginOn) {
  if (VmFlagsAt(regions.range_start()).empty()) GTEST_SKIP() << "the system does not tell";
  if (!std::ifstream("/sys/kernel/mm/transparent_hugepage/enabled")) {
    GTEST_SKIP() << "a kernel without large pages";
  }
  const auto flags_behind = [](std::uint32_t count) {
    RegionSpace fresh(GiB(1));
    const RegionIndex run = fresh.Take(count, kFlags, kRegionSize * count);
    return VmFlagsAt(fresh.StartOf(run + count) - ByteCount(8));
  };
  EXPECT_NE(flags_behind(4 * kGroup - 1).find(" nh "), std::string::npos);
  EXPECT_NE(flags_behind(4 * kGroup).find(" hg "), std::string::npos);
}

}  // namespace
}  // namespace fart
