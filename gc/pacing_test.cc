// Pacing by itself, told what collections did; and what a shrink, an idle collection and a request
// for memory leave in the counters.

#include "gc/pacing.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "gc/testing/test_heap.h"

namespace fart {
namespace {

GcReport Report(GcKind kind, std::int64_t pause_ns) {
  GcReport report;
  report.kind = kind;
  report.reason = GcReason::kNewSpaceFull;
  report.pause_ns = pause_ns;
  return report;
}

class PacingCountersTest : public testing::Test {
 protected:
  PacingCountersTest() : heap({.new_space_min = MiB(1), .new_space_max = MiB(8)}), pacing(heap) {}

  // A scavenge of a full new space that left `survived` bytes.
  void Scavenged(ByteCount survived) {
    GcReport report = Report(GcKind::kMinor, 1);
    report.moved_within_new = survived / 2;
    report.moved_to_old = survived - survived / 2;
    pacing.AfterMinor(heap.new_capacity(), report);
  }
  void FillNewSpace(ByteCount bytes) {
    for (ByteCount used; used < bytes; used += kRegionSize) {
      const RegionIndex index = heap.TakeNewRegionForMutator();
      heap.regions().Record(index).top = heap.regions().StartOf(index) + kRegionSize;
    }
  }

  Heap heap;
  Pacing pacing;
};

TEST_F(PacingCountersTest, NewSpaceHalvesAfterEightQuietScavengesAndNotBefore) {
  heap.SetNewCapacity(MiB(8));
  for (int round = 0; round < 2; ++round) {
    const ByteCount before = heap.new_capacity();
    for (int i = 1; i < Pacing::kQuietScavenges; ++i) Scavenged(ByteCount(100));
    EXPECT_EQ(heap.new_capacity(), before);
    Scavenged(ByteCount(100));
    EXPECT_EQ(heap.new_capacity(), before / 2);
  }
}

TEST_F(PacingCountersTest, AScavengeThatLeavesMoreBeginsTheCountAnew) {
  heap.SetNewCapacity(MiB(8));
  for (int i = 1; i < Pacing::kQuietScavenges; ++i) Scavenged(ByteCount(100));
  Scavenged(MiB(8) / Pacing::kShrinkShare);
  for (int i = 1; i < Pacing::kQuietScavenges; ++i) Scavenged(ByteCount(100));
  EXPECT_EQ(heap.new_capacity(), MiB(8));
  Scavenged(ByteCount(100));
  EXPECT_EQ(heap.new_capacity(), MiB(4));
}

TEST_F(PacingCountersTest, NewSpaceNeverShrinksBelowItsLeastNorGrowsAboveItsMost) {
  for (int i = 0; i < 3 * Pacing::kQuietScavenges; ++i) Scavenged(ByteCount());
  EXPECT_EQ(heap.new_capacity(), MiB(1));
  for (int i = 0; i < 5; ++i) Scavenged(heap.new_capacity() / 2);
  EXPECT_EQ(heap.new_capacity(), MiB(8));
}

TEST_F(PacingCountersTest, SurvivorsThatAddUpToNewSpaceDoubleIt) {
  const ByteCount share = MiB(1) / 8;
  for (int i = 0; i < 8; ++i) Scavenged(share);
  EXPECT_EQ(heap.new_capacity(), MiB(1));  // exactly as much, not more
  Scavenged(share);
  EXPECT_EQ(heap.new_capacity(), MiB(2));
  for (int i = 0; i < 16; ++i) Scavenged(share);  // counted anew
  EXPECT_EQ(heap.new_capacity(), MiB(2));
  Scavenged(share);
  EXPECT_EQ(heap.new_capacity(), MiB(4));
}

TEST_F(PacingCountersTest, LargeSurvivorsCountForOneScavengeAndDoNotAddUp) {
  GcReport report = Report(GcKind::kMinor, 1);
  report.survived_large = MiB(1) / Pacing::kSurgeShare;
  for (int i = 0; i < 20; ++i) pacing.AfterMinor(MiB(1), report);
  EXPECT_EQ(heap.new_capacity(), MiB(1));  // exactly a quarter, not more
  report.survived_large += ByteCount(8);
  pacing.AfterMinor(MiB(1), report);
  EXPECT_EQ(heap.new_capacity(), MiB(4));
  report.survived_large =
      MiB(4) / Pacing::kShrinkShare;  // and few enough for it to shrink are less
  for (int i = 0; i < 20; ++i) pacing.AfterMinor(MiB(4), report);
  EXPECT_EQ(heap.new_capacity(), MiB(4));
}

TEST_F(PacingCountersTest, AScavengeForAnotherReasonSaysNothing) {
  heap.SetNewCapacity(MiB(8));
  for (int i = 0; i < 2 * Pacing::kQuietScavenges; ++i) {
    GcReport report = Report(GcKind::kMinor, 1);
    report.reason = GcReason::kIdle;
    pacing.AfterMinor(MiB(8), report);
  }
  EXPECT_EQ(heap.new_capacity(), MiB(8));
}

TEST_F(PacingCountersTest, OldSpaceMayGrowByAQuarterAndByNewSpaceAtLeast) {
  pacing.AfterMajor(heap.OldPressure());
  EXPECT_EQ(heap.old_threshold(), kInitialOldThreshold);
  heap.external_old() = MiB(100);
  pacing.AfterMajor(heap.OldPressure());
  EXPECT_EQ(heap.old_threshold(), MiB(125));
  heap.external_old() = MiB(16);
  heap.SetNewCapacity(MiB(8));
  pacing.AfterMajor(heap.OldPressure());
  EXPECT_EQ(heap.old_threshold(), MiB(24));
}

TEST_F(PacingCountersTest, OldSpaceGrowsByWhatThreeScavengesPromoteWhereThatIsAPartOfNewSpace) {
  heap.SetNewCapacity(MiB(8));
  heap.external_old() = MiB(16);
  const auto growth = [this](ByteCount promoted) {
    GcReport report = Report(GcKind::kMinor, 1);
    report.reason = GcReason::kRequested;  // New space stays as it is.
    report.moved_to_old = promoted / 2;
    report.promoted_in_place = promoted - promoted / 2;
    pacing.AfterMinor(MiB(8), report);
    pacing.AfterMajor(heap.OldPressure());
    return heap.old_threshold() - MiB(16);
  };
  EXPECT_EQ(growth(ByteCount()), MiB(8));
  EXPECT_EQ(growth(KiB(600)), MiB(8)) << "less than a quarter of new space";
  EXPECT_EQ(growth(KiB(700)), MiB(4));
  EXPECT_EQ(growth(MiB(1)), MiB(4)) << "half of new space at least";
  EXPECT_EQ(growth(MiB(2)), MiB(6));
  EXPECT_EQ(growth(MiB(3)), MiB(8)) << "more than new space holds";
}

TEST_F(PacingCountersTest, AMinorCollectionIsWorthItFromHalfAFullNewSpaceOn) {
  heap.SetNewCapacity(MiB(4));
  FillNewSpace(MiB(2));
  EXPECT_EQ(pacing.WorthCollecting(1'000), std::nullopt);
  FillNewSpace(kRegionSize);
  EXPECT_EQ(pacing.WorthCollecting(1'000), GcKind::kMinor);
  EXPECT_EQ(pacing.WorthCollecting(0), std::nullopt);
  EXPECT_EQ(pacing.WorthCollecting(-1), std::nullopt);
}

TEST_F(PacingCountersTest, YoungLargeObjectsCountAsUsedNewSpace) {
  heap.SetNewCapacity(MiB(4));
  heap.TryAllocateLarge(MiB(3), LargeObjects::Age::kYoung, Heap::Limit::kRespected);
  EXPECT_EQ(pacing.WorthCollecting(1'000), GcKind::kMinor);
}

TEST_F(PacingCountersTest, AMajorCollectionIsWorthItFromHalfItsGrowthOn) {
  heap.external_old() = MiB(100);
  pacing.AfterMajor(heap.OldPressure());
  heap.external_old() = MiB(112);
  EXPECT_EQ(pacing.WorthCollecting(1'000), std::nullopt);
  heap.external_old() = MiB(113);
  EXPECT_EQ(pacing.WorthCollecting(1'000), GcKind::kMajor);
}

TEST_F(PacingCountersTest, OnlyWhatTheLastPauseOfItsKindFitsIsDoneEarly) {
  heap.SetNewCapacity(MiB(4));
  FillNewSpace(MiB(3));
  heap.external_old() = MiB(100);
  pacing.TookTime(Report(GcKind::kMinor, 500));
  pacing.TookTime(Report(GcKind::kMajor, 5'000));
  EXPECT_EQ(pacing.WorthCollecting(499), std::nullopt);
  EXPECT_EQ(pacing.WorthCollecting(500), GcKind::kMinor);
  EXPECT_EQ(pacing.WorthCollecting(4'999), GcKind::kMinor);
  EXPECT_EQ(pacing.WorthCollecting(5'000), GcKind::kMajor);
}

// ---- The pause goal

class PauseGoalTest : public testing::Test {
 protected:
  PauseGoalTest()
      : heap({.new_space_min = MiB(8),
              .new_space_max = MiB(64),
              .pause_goal_ns = 1000,
              .new_space_least = MiB(2)}),
        pacing(heap) {}

  // A scavenge of a full new space that left one of `share` and took so long.
  void Scavenged(std::size_t share, std::int64_t work_ns) {
    GcReport report = Report(GcKind::kMinor, 1);
    report.moved_to_old = heap.new_capacity() / share;
    report.work_ns = work_ns;
    pacing.AfterMinor(heap.new_capacity(), report);
  }

  Heap heap;
  Pacing pacing;
};

TEST_F(PauseGoalTest, WhatTakesLongerHalvesNewSpaceDownToItsLeast) {
  Scavenged(100, 1000);
  EXPECT_EQ(heap.new_capacity(), MiB(8)) << "as long, not longer";
  Scavenged(100, 1001);
  EXPECT_EQ(heap.new_capacity(), MiB(4));
  Scavenged(100, 5000);  // This one has what was left before.
  EXPECT_EQ(heap.new_capacity(), MiB(4));
  Scavenged(100, 740);  // It helped, so the next one may be halved for.
  Scavenged(100, 1100);
  EXPECT_EQ(heap.new_capacity(), MiB(2));
  Scavenged(100, 5000);
  Scavenged(100, 800);
  for (int i = 0; i < 5; ++i) Scavenged(100, 5000);
  EXPECT_EQ(heap.new_capacity(), MiB(2));
}

TEST_F(PauseGoalTest, ShrinkingThatWasNoHelpIsUndoneAndNotTriedAgainSoon) {
  Scavenged(100, 2000);
  EXPECT_EQ(heap.new_capacity(), MiB(4));
  Scavenged(100, 1000);
  for (int i = 0; i < Pacing::kLooks; ++i) {
    EXPECT_EQ(heap.new_capacity(), MiB(4));
    Scavenged(100, 1500);  // three quarters: no help
  }
  EXPECT_EQ(heap.new_capacity(), MiB(8));
  for (int i = 1; i < Pacing::kPatience; ++i) Scavenged(100, 2000);
  EXPECT_EQ(heap.new_capacity(), MiB(8));
  Scavenged(100, 2000);
  EXPECT_EQ(heap.new_capacity(), MiB(4));
}

TEST_F(PauseGoalTest, OneThatWasSlowDoesNotSayThatShrinkingWasNoHelp) {
  Scavenged(100, 1600);
  ASSERT_EQ(heap.new_capacity(), MiB(4));
  Scavenged(100, 1000);
  for (int i = 1; i < Pacing::kLooks; ++i) Scavenged(100, 5000);
  Scavenged(100, 1100);
  EXPECT_EQ(heap.new_capacity(), MiB(2)) << "it helped, so it may be halved again";
}

// Blocks that are cheap to look at, when it shrank, and then nodes that are not.
TEST_F(PauseGoalTest, ShrinkingIsTriedAgainWhereTheLargerOneTakesLongerAfterAll) {
  const auto undone_with_the_shortest = [this](std::int64_t ns) {
    heap.SetNewCapacity(MiB(8));
    Scavenged(100, 1100);
    Scavenged(100, 1300);
    Scavenged(100, ns);
    for (int i = 1; i < Pacing::kLooks; ++i) Scavenged(100, 1300);
    return heap.new_capacity();
  };
  ASSERT_EQ(undone_with_the_shortest(1200), MiB(8));
  Scavenged(100, 1600);
  EXPECT_EQ(heap.new_capacity(), MiB(8)) << "three quarters: no help";
  Scavenged(100, 1601);
  EXPECT_EQ(heap.new_capacity(), MiB(4));
  for (int i = 0; i < 1 + Pacing::kLooks; ++i) Scavenged(100, 1601);
  ASSERT_EQ(heap.new_capacity(), MiB(8));
  for (int i = 0; i < Pacing::kLooks; ++i) Scavenged(100, 1601);
  Scavenged(100, 5000);
  EXPECT_EQ(heap.new_capacity(), MiB(8)) << "others say nothing any more";
}

TEST_F(PauseGoalTest, WhatLeavesNoMoreThanTheSmallOneSaysNothingOfIt) {
  Scavenged(100, 2000);
  for (int i = 0; i < 1 + Pacing::kLooks; ++i) Scavenged(50, 4000);
  ASSERT_EQ(heap.new_capacity(), MiB(8));
  Scavenged(100, 5000);  // as much as half of it had left
  EXPECT_EQ(heap.new_capacity(), MiB(8));
}

// Else new space would be made large for what copying cost less.
TEST_F(PauseGoalTest, WhatPromotingInPlaceTakesDoesNotSayWhetherShrinkingHelped) {
  Scavenged(1, 2000);
  ASSERT_EQ(heap.new_capacity(), MiB(4));
  for (int i = 0; i < 1 + Pacing::kLooks; ++i) {
    GcReport report = Report(GcKind::kMinor, 1);
    report.promoted_in_place = MiB(4);
    report.work_ns = 2000;
    pacing.AfterMinor(MiB(4), report);
  }
  EXPECT_LE(heap.new_capacity(), MiB(4));
}

TEST_F(PauseGoalTest, SurvivorsThatAddUpDoubleItOnlyWhereTheNextPauseWillDo) {
  for (int i = 0; i < 20; ++i) Scavenged(5, 501);
  EXPECT_EQ(heap.new_capacity(), MiB(8));
  for (int i = 0; i < 6; ++i) Scavenged(5, 500);
  EXPECT_EQ(heap.new_capacity(), MiB(16));
}

TEST_F(PauseGoalTest, WhereAGoodPartSurvivesItGrowsInSpiteOfTheGoalButNotToItsMost) {
  for (int i = 0; i < 4; ++i) Scavenged(2, 10'000);
  EXPECT_EQ(heap.new_capacity(), Pacing::kMostInSpiteOfGoal);
  Scavenged(2, 250);  // Four times that keeps the goal.
  EXPECT_EQ(heap.new_capacity(), MiB(64));
  Scavenged(2, 10'000);
  EXPECT_EQ(heap.new_capacity(), MiB(64)) << "no reason to shrink at once";
}

TEST_F(PauseGoalTest, WhereNearlyAllSurvivesTheNextScavengePromotesInPlaceAndNothingGrows) {
  Scavenged(1, 1000);
  EXPECT_EQ(pacing.young_fate(), YoungFate::kKept);
  EXPECT_EQ(heap.new_capacity(), MiB(8));
  GcReport report = Report(GcKind::kMinor, 1);
  report.promoted_in_place = MiB(6) + ByteCount(8);
  pacing.AfterMinor(MiB(8), report);
  EXPECT_EQ(pacing.young_fate(), YoungFate::kKept);
  report.promoted_in_place = MiB(6);
  pacing.AfterMinor(MiB(8), report);
  EXPECT_EQ(pacing.young_fate(), YoungFate::kMoved);
}

// What old objects refer to lives as long as they want.
TEST_F(PauseGoalTest, WhatOldObjectsHoldMakesNothingGrowAndShrinksItAtOnce) {
  GcReport report = Report(GcKind::kMinor, 1);
  report.moved_to_old = MiB(4);
  report.work_ns = 1000;
  report.reached_from_old = MiB(2) + ByteCount(8);
  pacing.AfterMinor(MiB(8), report);
  EXPECT_EQ(heap.new_capacity(), MiB(8)) << "no room in spite of half of it surviving";
  heap.SetNewCapacity(MiB(64));
  report.work_ns = 8000;
  pacing.AfterMinor(MiB(64), report);
  EXPECT_EQ(heap.new_capacity(), MiB(8)) << "an eighth takes no longer than the goal";
  pacing.AfterMinor(MiB(8), report);
  report.work_ns = 4500;  // As many survive as before, so it should take as long.
  pacing.AfterMinor(MiB(8), report);
  EXPECT_EQ(heap.new_capacity(), MiB(2));
}

TEST_F(PauseGoalTest, HalfOfItFromElsewhereIsGivenRoomAsEver) {
  GcReport report = Report(GcKind::kMinor, 1);
  report.moved_to_old = MiB(4);
  report.work_ns = 10'000;
  report.reached_from_old = MiB(2);
  pacing.AfterMinor(MiB(8), report);
  EXPECT_EQ(heap.new_capacity(), MiB(16));
}

TEST_F(PauseGoalTest, ShrinkingHelpedIfItTakesNoLongerThanWhatSurvivesSays) {
  const auto scavenged = [this](ByteCount survived, std::int64_t work_ns) {
    GcReport report = Report(GcKind::kMinor, 1);
    report.moved_to_old = survived;
    report.work_ns = work_ns;
    pacing.AfterMinor(heap.new_capacity(), report);
  };
  scavenged(MiB(1), 2000);
  ASSERT_EQ(heap.new_capacity(), MiB(4));
  scavenged(MiB(1), 2000);
  scavenged(MiB(1), 1999);  // As many survive in half of it.
  EXPECT_EQ(heap.new_capacity(), MiB(2)) << "it helped, so it may be halved again";
}

class EagerTest : public PauseGoalTest {
 protected:
  // Of `all` bytes that survived so many were there before; they are promoted, or all are.
  void Scavenged(ByteCount all, ByteCount again, ByteCount from_old) {
    GcReport report = Report(GcKind::kMinor, 1);
    const bool eager = pacing.young_fate() == YoungFate::kEager;
    report.moved_to_old = eager ? all : again;
    report.moved_within_new = all - report.moved_to_old;
    report.reached_from_old = from_old;
    pacing.AfterMinor(heap.new_capacity(), report);
  }
};

TEST_F(EagerTest, WhatSurvivesTwiceIsPromotedTheFirstTime) {
  Scavenged(MiB(1), ByteCount(), MiB(1));
  EXPECT_EQ(pacing.young_fate(), YoungFate::kMoved) << "nothing is known";
  Scavenged(MiB(2), KiB(768), MiB(2));
  EXPECT_EQ(pacing.young_fate(), YoungFate::kMoved) << "three quarters, not more";
  Scavenged(MiB(2), KiB(961), MiB(2));
  EXPECT_EQ(pacing.young_fate(), YoungFate::kEager);
}

TEST_F(EagerTest, OnlyWhereOldObjectsHoldMostOfIt) {
  Scavenged(MiB(2), ByteCount(), MiB(2));
  Scavenged(MiB(4), MiB(2), MiB(2));
  EXPECT_EQ(pacing.young_fate(), YoungFate::kMoved);
  Scavenged(MiB(4), MiB(2), MiB(2) + ByteCount(8));
  EXPECT_EQ(pacing.young_fate(), YoungFate::kEager);
  Scavenged(MiB(4), MiB(2), MiB(2));
  EXPECT_EQ(pacing.young_fate(), YoungFate::kMoved);
}

TEST_F(EagerTest, AfterAWhileItIsLookedAtAgain) {
  Scavenged(MiB(1), ByteCount(), MiB(1));
  for (int i = 0; i < Pacing::kEagerScavenges; ++i) {
    Scavenged(MiB(2), MiB(1), MiB(2));
    ASSERT_EQ(pacing.young_fate(), YoungFate::kEager) << i;
  }
  Scavenged(MiB(1), ByteCount(), MiB(1));
  EXPECT_EQ(pacing.young_fate(), YoungFate::kMoved);
  Scavenged(MiB(1), KiB(1000), MiB(1));
  EXPECT_EQ(pacing.young_fate(), YoungFate::kMoved) << "what was promoted eagerly proves nothing";
  Scavenged(MiB(1), MiB(1), MiB(1));
  EXPECT_EQ(pacing.young_fate(), YoungFate::kEager);
}

// Had they had the time of a full new space, more of them would have died.
TEST_F(PauseGoalTest, AnEarlyScavengeEndsPromotionInPlaceAndBeginsNone) {
  const auto scavenged = [this](ByteCount survived, bool was_full) {
    GcReport report = Report(GcKind::kMinor, 1);
    report.moved_within_new = survived;
    pacing.AfterMinor(MiB(4), report, was_full);
    return pacing.young_fate();
  };
  EXPECT_EQ(scavenged(MiB(4), false), YoungFate::kMoved);
  EXPECT_EQ(scavenged(MiB(4), true), YoungFate::kKept);
  EXPECT_EQ(scavenged(MiB(4), false), YoungFate::kKept);
  EXPECT_EQ(scavenged(MiB(3), false), YoungFate::kMoved);
}

TEST_F(EagerTest, EarlyScavengesAreLookedAtToo) {
  const auto scavenged_early = [this](ByteCount again) {
    GcReport report = Report(GcKind::kMinor, 1);
    report.moved_to_old = again;
    report.moved_within_new = MiB(1);
    report.reached_from_old = again + MiB(1);
    pacing.AfterMinor(heap.new_capacity(), report, /*was_full=*/false);
    return pacing.young_fate();
  };
  EXPECT_EQ(scavenged_early(ByteCount()), YoungFate::kMoved);
  EXPECT_EQ(scavenged_early(MiB(1)), YoungFate::kEager);
}

// Of 40 MB that live a quarter more is the threshold.
class SlicesTest : public PauseGoalTest {
 protected:
  SlicesTest() {
    heap.external_old() = MiB(40);
    pacing.AfterMajor(MiB(40));
  }
  void Grow(ByteCount pressure) { heap.external_old() = pressure; }
  static constexpr ByteCount kByte = ByteCount(1);
};

TEST_F(SlicesTest, MarkingIsDueWhenHalfTheGrowthIsUsedUp) {
  ASSERT_EQ(heap.old_threshold(), MiB(50));
  Grow(MiB(45));
  EXPECT_FALSE(pacing.IsMarkingDue());
  Grow(MiB(45) + kByte);
  EXPECT_TRUE(pacing.IsMarkingDue());
}

// 32 MB more are there, of which a sixteenth is 2.
TEST_F(SlicesTest, WhereHardlyAnythingDiedHalfMoreIsTheThreshold) {
  Grow(MiB(72));
  pacing.AfterSlices({MiB(72), MiB(2) - kByte, heap.OldUsed(), MiB(72), ByteCount()}, false);
  EXPECT_EQ(heap.old_threshold(), MiB(108));
  Grow(MiB(104));
  pacing.AfterSlices({MiB(104), MiB(2), heap.OldUsed(), MiB(104), ByteCount()}, false);
  EXPECT_EQ(heap.old_threshold(), MiB(130));
  Grow(MiB(136));
  pacing.AfterMajor(MiB(136) + MiB(2) - kByte);
  EXPECT_EQ(heap.old_threshold(), MiB(204));
  pacing.AfterMajor(MiB(136));
  EXPECT_EQ(heap.old_threshold(), MiB(170)) << "it has not grown";
}

TEST_F(PauseGoalTest, TheFirstTimeSaysNothingOfWhatDies) {
  heap.external_old() = MiB(40);
  pacing.AfterSlices({MiB(40), ByteCount(), heap.OldUsed(), MiB(40), ByteCount()}, false);
  EXPECT_EQ(heap.old_threshold(), MiB(50));
}

// A large object has become old, say.
TEST_F(SlicesTest, MarkingThatBeginsLateHasAQuarterMore) {
  Grow(MiB(100));
  EXPECT_TRUE(pacing.IsMajorDue());
  pacing.MarkingBegins();
  EXPECT_FALSE(pacing.IsMajorDue());
  Grow(MiB(125));
  EXPECT_FALSE(pacing.IsMajorDue());
  Grow(MiB(125) + kByte);
  EXPECT_TRUE(pacing.IsMajorDue());
  for (const bool in_slices : {false, true}) {
    pacing.MarkingBegins();
    Grow(MiB(40));
    if (in_slices) {
      pacing.AfterSlices({MiB(40), ByteCount(), heap.OldUsed(), MiB(40), ByteCount()}, false);
    } else {
      pacing.AfterMajor(MiB(40));
    }
    Grow(MiB(60) + kByte);
    EXPECT_TRUE(pacing.IsMajorDue()) << "it has ended";
  }
}

// A quarter of little is no large object.
TEST_F(SlicesTest, WhileItIsMarkedALittleHasRoomForLargeObjectsToo) {
  Grow(MiB(48));
  pacing.MarkingBegins();
  Grow(MiB(64));
  EXPECT_FALSE(pacing.IsMajorDue());
  Grow(MiB(64) + kByte);
  EXPECT_TRUE(pacing.IsMajorDue());
  // Not where nothing is being marked.
  heap.SetNewCapacity(MiB(1));
  Grow(MiB(7));
  pacing.AfterMajor(MiB(7));
  const ByteCount threshold = heap.old_threshold();
  Grow(threshold + (threshold - MiB(7)) + kByte);
  ASSERT_LT(heap.OldPressure(), MiB(16));
  EXPECT_TRUE(pacing.IsMajorDue());
}

TEST_F(SlicesTest, WhatIsNotMarkedAtTwiceTheGrowthIsDoneAtOnce) {
  Grow(MiB(60));
  EXPECT_FALSE(pacing.IsMajorDue());
  Grow(MiB(60) + kByte);
  EXPECT_TRUE(pacing.IsMajorDue());
}

TEST_F(SlicesTest, WithoutSlicesItIsDoneAtTheThreshold) {
  for (const auto turn_off : {+[](HeapKnobs& knobs) { knobs.mark_in_slices = false; },
                              +[](HeapKnobs& knobs) { knobs.pause_goal_ns = 0; },
                              +[](HeapKnobs& knobs) { knobs.stress_interval = 5; }}) {
    const HeapKnobs before = heap.knobs();
    turn_off(heap.mutable_knobs());
    Grow(MiB(50));
    EXPECT_FALSE(pacing.IsMajorDue());
    Grow(MiB(50) + kByte);
    EXPECT_TRUE(pacing.IsMajorDue());
    EXPECT_FALSE(pacing.IsMarkingDue());
    heap.mutable_knobs() = before;
  }
}

TEST_F(SlicesTest, MarkingIsOverWhenTheThresholdIsReachedAndSoonInAnyCase) {
  // Half of what was scavenged is promoted: 5 MB are used up in 40 areas.
  GcReport report = Report(GcKind::kMinor, 1);
  report.moved_to_old = MiB(4);
  pacing.AfterMinor(MiB(8), report);
  Grow(MiB(45));
  EXPECT_NEAR(static_cast<double>(pacing.MarkingPerArea(MiB(40), MiB(20)).value()),
              1.5 * static_cast<double>(MiB(20).value()) / 40, 100);
  report.moved_to_old = ByteCount();
  pacing.AfterMinor(MiB(8), report);
  EXPECT_EQ(pacing.MarkingPerArea(MiB(40), MiB(20)), MiB(40) / Pacing::kAreasForMarking);
  Grow(MiB(50));
  EXPECT_EQ(pacing.MarkingPerArea(MiB(40), MiB(8)), Pacing::kAll) << "no room left";
  EXPECT_EQ(pacing.MarkingPerArea(MiB(40), MiB(40)), Pacing::kAll)
      << "what is marked is to be scanned";
}

TEST_F(SlicesTest, WhatIsScatteredIsMovedAtTheThreshold) {
  const ByteCount used = heap.OldUsed();
  pacing.AfterSlices(
      {MiB(40), ByteCount(), heap.OldUsed(), MiB(40), used / Pacing::kScatteredShare}, false);
  Grow(MiB(46));
  EXPECT_TRUE(pacing.IsMarkingDue());
  pacing.AfterSlices(
      {MiB(40), ByteCount(), heap.OldUsed(), MiB(40), used / Pacing::kScatteredShare + kByte},
      false);
  Grow(heap.old_threshold());
  EXPECT_FALSE(pacing.IsMarkingDue());
  EXPECT_FALSE(pacing.IsMajorDue());
  Grow(heap.old_threshold() + kByte);
  EXPECT_TRUE(pacing.IsMajorDue());
  pacing.AfterMajor(MiB(40));
  Grow(heap.old_threshold());
  EXPECT_TRUE(pacing.IsMarkingDue()) << "it has moved";
}

TEST_F(SlicesTest, WhatIsScatteredIsNoReasonToWaitWhereItIsMovedInSlices) {
  const ByteCount used = heap.OldUsed();
  const Pacing::Swept scattered{.before = MiB(40),
                                .died = ByteCount(),
                                .kept = used,
                                .live = MiB(1),
                                .scattered = used / Pacing::kScatteredShare + kByte};
  Pacing::Swept not_scattered = scattered;
  not_scattered.scattered = used / Pacing::kScatteredShare;
  not_scattered.live = used;
  EXPECT_TRUE(pacing.AfterSlices(scattered, true));
  EXPECT_EQ(heap.old_threshold(), MiB(50)) << "not soon";
  Grow(MiB(46));
  EXPECT_TRUE(pacing.IsMarkingDue());
  EXPECT_TRUE(pacing.MayWaitForMoving());
  Grow(heap.old_threshold());
  EXPECT_FALSE(pacing.MayWaitForMoving());
  EXPECT_FALSE(pacing.AfterSlices(not_scattered, true));
  EXPECT_FALSE(pacing.AfterSlices(not_scattered, false));
  EXPECT_TRUE(pacing.AfterSlices(scattered, false));
  EXPECT_FALSE(pacing.IsMarkingDue());
  heap.mutable_knobs().marking_steps = 1;
  EXPECT_TRUE(pacing.AfterSlices(not_scattered, true)) << "tests move always";
}

// What lives is compared with what it lies among, not with what has become old since.
TEST_F(SlicesTest, WhereLessThanAThirdOfWhatStaysLivesItIsMoved) {
  const ByteCount live = MiB(8);
  pacing.AfterSlices({MiB(40), ByteCount(), live * 3, live, ByteCount()}, false);
  Grow(MiB(46));
  EXPECT_TRUE(pacing.IsMarkingDue());
  pacing.AfterSlices({MiB(40), ByteCount(), live * 3 + kByte * 3, live, ByteCount()}, false);
  Grow(heap.old_threshold());
  EXPECT_FALSE(pacing.IsMarkingDue());
}

TEST_F(SlicesTest, WhatGapsHaveIsThereToBeUsedUpToHalfOfWhatLives) {
  heap.SetNewCapacity(MiB(1));
  for (int i = 0; i < 200; ++i)
    heap.old_regions().push_back(heap.regions().Take(1, kOldSpaceFlags));
  heap.SetOldUnswept(MiB(15));
  pacing.AfterMajor(MiB(40));
  const ByteCount live = heap.OldPressure();
  ASSERT_EQ(live, MiB(75));
  EXPECT_EQ(heap.old_threshold(), live + live / 4);
  heap.SetOldUnswept(MiB(30));
  pacing.AfterMajor(MiB(60));
  EXPECT_EQ(heap.old_threshold(), MiB(60 + 30));
  heap.SetOldUnswept(MiB(31));
  pacing.AfterMajor(MiB(59));
  EXPECT_EQ(heap.old_threshold(), MiB(59) + MiB(59) / 2);
}

TEST_F(SlicesTest, ForLittleRoomNothingIsMoved) {
  pacing.AfterSlices({MiB(40), ByteCount(), Pacing::kLeastToGain + kByte, kByte, ByteCount()},
                     false);
  Grow(MiB(46));
  EXPECT_TRUE(pacing.IsMarkingDue());
  pacing.AfterSlices({MiB(40), ByteCount(), Pacing::kLeastToGain + kByte * 2, kByte, ByteCount()},
                     false);
  EXPECT_FALSE(pacing.IsMarkingDue());
}

TEST_F(SlicesTest, WhatIsDueMayWaitUntilOldSpaceHasGrownByAsMuchAgain) {
  const ByteCount growth = heap.old_threshold() - MiB(40);
  Grow(MiB(40) + growth * 3);
  EXPECT_TRUE(pacing.IsMajorDue());
  EXPECT_TRUE(pacing.MayMajorWait());
  Grow(MiB(40) + growth * 3 + kByte);
  EXPECT_FALSE(pacing.MayMajorWait());
}

TEST_F(SlicesTest, MarkingMayWaitAsLongAsThereIsRoom) {
  Grow(heap.old_threshold() - kByte);
  EXPECT_TRUE(pacing.IsMarkingDue());
  EXPECT_TRUE(pacing.MayMarkingWait());
  Grow(heap.old_threshold());
  EXPECT_FALSE(pacing.MayMarkingWait());
}

TEST_F(PauseGoalTest, WithoutAGoalItGrowsThereToo) {
  heap.mutable_knobs().pause_goal_ns = 0;
  Scavenged(1, 1'000'000'000);
  EXPECT_EQ(heap.new_capacity(), MiB(32));
  EXPECT_EQ(pacing.young_fate(), YoungFate::kKept);
}

TEST_F(PauseGoalTest, WhatWasPromotedInVainIsGivenRoomAndTimeToDie) {
  heap.external_old() = MiB(100);
  pacing.AfterMajor(MiB(100));
  heap.external_old() = MiB(119);  // Of 40 that were promoted 21 were dead.
  pacing.AfterMajor(MiB(140));
  Scavenged(1, 10'000);
  EXPECT_EQ(pacing.young_fate(), YoungFate::kMoved);
  EXPECT_EQ(heap.new_capacity(), MiB(119) / 4) << "a quarter of what lives";
  heap.external_old() = MiB(139);  // Of 40 half.
  pacing.AfterMajor(MiB(159));
  Scavenged(1, 10'000);
  EXPECT_EQ(pacing.young_fate(), YoungFate::kKept);
}

// It will be promoted again.
TEST_F(PauseGoalTest, WhereMostOfWhatIsPromotedDiesItsRoomStaysSpare) {
  heap.external_old() = MiB(100);
  pacing.AfterMajor(MiB(100));
  heap.external_old() = MiB(119);  // Of 40 that were promoted 21 were dead.
  pacing.AfterMajor(MiB(140));
  EXPECT_EQ(heap.old_spare(), MiB(21));
  heap.external_old() = MiB(139);  // Of 40 half.
  pacing.AfterMajor(MiB(159));
  EXPECT_EQ(heap.old_spare(), ByteCount());
  pacing.AfterSlices({MiB(239), MiB(60), heap.OldUsed(), MiB(100), ByteCount()}, false);
  EXPECT_EQ(heap.old_spare(), Pacing::kMostOldSpare);
}

TEST_F(PauseGoalTest, WhatIsSpareGoesWhereLittleSurvivesAnyMore) {
  heap.SetOldSpare(MiB(16));
  for (int i = 1; i < Pacing::kQuietScavenges; ++i) Scavenged(1000, 100);
  EXPECT_EQ(heap.old_spare(), MiB(16));
  Scavenged(1000, 100);
  EXPECT_EQ(heap.old_spare(), MiB(8));
}

TEST_F(PauseGoalTest, WhatWasPromotedInVainOfLittleIsGivenLittleRoom) {
  pacing.AfterMajor(MiB(10));
  for (int i = 0; i < 3; ++i) Scavenged(1, 10'000);
  EXPECT_EQ(heap.new_capacity(), MiB(8)) << "as much as its least";
}

// The threshold leaves room for what is promoted, and nothing for what lies in gaps already.
TEST_F(PauseGoalTest, LittleThatLivesScatteredIsMovedSoon) {
  heap.external_old() = MiB(30);
  pacing.AfterSlices({MiB(30), MiB(20), heap.OldUsed(), Pacing::kLittleToMove, MiB(20)}, false);
  EXPECT_EQ(heap.old_threshold(), MiB(38));
  const ByteCount less = Pacing::kLittleToMove - MiB(8);
  pacing.AfterSlices({MiB(30), MiB(20), heap.OldUsed(), less, MiB(20)}, false);
  EXPECT_EQ(heap.old_threshold(), MiB(30) + less / 8);
  pacing.AfterSlices({MiB(30), MiB(20), heap.OldUsed(), less, ByteCount()}, false);
  EXPECT_EQ(heap.old_threshold(), MiB(38)) << "it is not scattered";
}

class SmallNewSpaceTest : public testing::Test {
 protected:
  explicit SmallNewSpaceTest(std::int64_t goal_ns = 1'000'000)
      : heap({.new_space_min = MiB(8),
              .new_space_max = MiB(64),
              .new_space_first = MiB(1),
              .pause_goal_ns = goal_ns}),
        pacing(heap) {}

  void Scavenged(std::int64_t work_ns, int times = 1, ByteCount survived = ByteCount()) {
    for (int i = 0; i < times; ++i) {
      GcReport report = Report(GcKind::kMinor, 1);
      report.work_ns = work_ns;
      report.moved_within_new = survived;
      pacing.AfterMinor(heap.new_capacity(), report);
    }
  }

  Heap heap;
  Pacing pacing;
};

TEST_F(SmallNewSpaceTest, BeginsSmallAndStaysSoWhereScavengesCostLittle) {
  EXPECT_EQ(heap.new_capacity(), MiB(1));
  Scavenged(Pacing::kCheapNsPerMiB, 20);
  EXPECT_EQ(heap.new_capacity(), MiB(1));
  Scavenged(Pacing::kCheapNsPerMiB + 1);
  EXPECT_EQ(heap.new_capacity(), MiB(2));
  Scavenged(2 * Pacing::kCheapNsPerMiB);
  EXPECT_EQ(heap.new_capacity(), MiB(2));
  Scavenged(5 * Pacing::kCheapNsPerMiB, 2);
  EXPECT_EQ(heap.new_capacity(), MiB(8));
}

TEST_F(SmallNewSpaceTest, GrowsByTwoWhereAGoodPartSurvives) {
  Scavenged(1, 1, MiB(1) / 2);
  EXPECT_EQ(heap.new_capacity(), MiB(2));
  heap.SetNewCapacity(MiB(8));
  Scavenged(1, 1, MiB(4));
  EXPECT_EQ(heap.new_capacity(), MiB(32)) << "by four when it is not small any more";
}

TEST_F(SmallNewSpaceTest, DoesNotGrowForWhatLittleSurvivesEachTime) {
  Scavenged(1, 100, MiB(1) / Pacing::kSlightShare);
  EXPECT_EQ(heap.new_capacity(), MiB(1));
  Scavenged(1, 9, MiB(1) / 4);  // Half of it counts: 8 of them are as much as it holds.
  EXPECT_EQ(heap.new_capacity(), MiB(2));
  heap.SetNewCapacity(MiB(8));
  Scavenged(1, 9, MiB(8) / Pacing::kSlightShare);
  EXPECT_EQ(heap.new_capacity(), MiB(16)) << "all of it when it is not small";
}

// Roots take the time then, and a larger new space visits them the less often.
TEST_F(SmallNewSpaceTest, GrowsToItsLeastHoweverLongScavengesTakeAndNoFurtherForThat) {
  Scavenged(5'000'000, 2 + Pacing::kLooks);
  EXPECT_EQ(heap.new_capacity(), MiB(1)) << "for the goal the second was halved";
  Scavenged(5'000'000, 20);
  EXPECT_EQ(heap.new_capacity(), MiB(8));
}

// What survives takes the time then, and in twice the room that is twice as much.
TEST_F(SmallNewSpaceTest, WhereNearlyAllSurvivesGrowsOnlyWhereTheNextPauseWillDo) {
  Scavenged(500'000, 1, MiB(1));
  EXPECT_EQ(heap.new_capacity(), MiB(2));
  Scavenged(500'001, 1, MiB(2));
  EXPECT_EQ(heap.new_capacity(), MiB(2));
  Scavenged(500'001, 1, MiB(2) / 5);
  EXPECT_EQ(heap.new_capacity(), MiB(4)) << "roots take it where a part survives";
}

// A large object beside them counts as room that was used, and is none of what survives.
TEST_F(SmallNewSpaceTest, WhereOldObjectsHoldWhatSurvivesItGrowsOnlyWhereTheNextPauseWillDo) {
  GcReport report = Report(GcKind::kMinor, 1);
  report.moved_to_old = MiB(1);
  report.reached_from_old = MiB(1);
  report.work_ns = 500'001;
  pacing.AfterMinor(MiB(2), report);
  EXPECT_EQ(heap.new_capacity(), MiB(1));
  report.work_ns = 500'000;
  pacing.AfterMinor(MiB(2), report);
  EXPECT_EQ(heap.new_capacity(), MiB(2));
}

TEST_F(SmallNewSpaceTest, StaysAsSmallAsThePauseGoalMadeIt) {
  heap.SetNewCapacity(MiB(8));
  Scavenged(1'000'001);
  EXPECT_EQ(heap.new_capacity(), MiB(4));
  Scavenged(900'000, 1 + Pacing::kLooks);
  EXPECT_EQ(heap.new_capacity(), MiB(8)) << "no help: undone";
  Scavenged(900'000, Pacing::kPatience);
  Scavenged(1'000'001);
  Scavenged(4 * Pacing::kCheapNsPerMiB + 1, 20);
  EXPECT_EQ(heap.new_capacity(), MiB(4)) << "it helped";
}

TEST_F(SmallNewSpaceTest, BecomesSmallAgainOnlyWhereThatWouldBeCheap) {
  heap.SetNewCapacity(MiB(8));
  Scavenged(2 * Pacing::kCheapNsPerMiB + 1, 30);
  EXPECT_EQ(heap.new_capacity(), MiB(8));
  Scavenged(100, 30);
  EXPECT_EQ(heap.new_capacity(), MiB(1));
  heap.SetNewCapacity(MiB(16));
  Scavenged(1'000'000, 30);
  EXPECT_EQ(heap.new_capacity(), MiB(8));
}

class SmallNewSpaceWithoutAGoalTest : public SmallNewSpaceTest {
 protected:
  SmallNewSpaceWithoutAGoalTest() : SmallNewSpaceTest(0) {}
};

TEST_F(SmallNewSpaceWithoutAGoalTest, NobodyLooksAtAClock) {
  EXPECT_EQ(heap.new_capacity(), MiB(1));
  Scavenged(1, 30);
  EXPECT_EQ(heap.new_capacity(), MiB(8));
}

// ---- What is left in the counters

TEST(CountersTest, LowMemoryCollectsAllAndShrinksNewSpace) {
  TestHeap t({.heap = {.new_space_min = MiB(1)}});
  t.heap.SetNewCapacity(MiB(16));
  // All that was promoted is dead: its room would stay spare.
  for (int i = 0; i < 300; ++i) t.NewOldRoot(t.bytes, 15'000);
  t.roots.Clear();
  t.listener.reports.clear();
  t.heap.NotifyLowMemory();
  while (t.listener.reports.empty()) t.New(t.bytes, 20'000);
  EXPECT_EQ(t.listener.last().kind, GcKind::kMajor);
  EXPECT_EQ(t.listener.last().reason, GcReason::kLowMemory);
  EXPECT_EQ(t.heap.new_capacity(), MiB(1));
  EXPECT_EQ(t.heap.old_spare(), ByteCount());
  t.New(t.bytes, 40'000);  // Said once, done once.
  EXPECT_EQ(t.listener.reports.size(), 1u);
}

TEST(CountersTest, AMinorCollectionReportsWhatItFreedAndWhatIsLeft) {
  TestHeap t;
  const std::size_t root = t.NewRoot(t.bytes, 1'000);
  const std::size_t medium = t.NewRoot(t.bytes, 40'000);
  for (int i = 0; i < 30; ++i) t.New(t.bytes, 20'000);
  for (int i = 0; i < 3; ++i) t.New(t.bytes, 300'000);
  const ByteCount used = t.heap.LargeUse().used;
  t.Minor();
  const GcReport& report = t.listener.last();
  EXPECT_EQ(report.large_objects_freed, 3u);
  EXPECT_EQ(report.new_regions_freed, 3u);
  EXPECT_EQ(report.old_regions_freed, 0u);
  EXPECT_EQ(report.regions_kept, 0u);
  EXPECT_GT(report.before, used + ByteCount(30 * 20'000));
  EXPECT_EQ(report.after, t.heap.SizeOf(t.roots[root]) + t.heap.SizeOf(t.roots[medium]));
  EXPECT_EQ(t.heap.NewUse().used, t.heap.SizeOf(t.roots[root]));
  EXPECT_EQ(t.heap.NewUse().committed, kRegionSize);
  EXPECT_EQ(t.heap.LargeUse().used, t.heap.SizeOf(t.roots[medium]));
  EXPECT_EQ(t.heap.LargeUse().committed, KiB(40));
}

TEST(CountersTest, AShrunkenLargeObjectIsReportedWithWhatItHasLeft) {
  TestHeap t;
  const std::size_t root = t.NewRoot(t.bytes, 1'000'000);
  EXPECT_EQ(t.heap.LargeUse().regions, 4u);
  EXPECT_EQ(t.heap.LargeUse().committed, KiB(980));
  const ShapeId stub = t.Register({.name = "Stub", .raw_bytes = 16});
  t.mutator.ChangeShape(t.roots[root], stub);
  EXPECT_EQ(t.heap.LargeUse().regions, 1u);
  EXPECT_EQ(t.heap.LargeUse().used, ByteCount(24));
  EXPECT_EQ(t.heap.LargeUse().committed, KiB(4));
  EXPECT_EQ(t.heap.regions().regions_in_use(), 1u);
  EXPECT_EQ(t.Verify(), "");
  t.PromoteAll();
  EXPECT_EQ(t.heap.OldPressure(), KiB(4));
}

}  // namespace
}  // namespace fart
