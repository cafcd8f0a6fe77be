// What sweeping in slices leaves behind: gaps, and what is said of them.

#include <gtest/gtest.h>

#include "gc/testing/test_heap.h"

namespace fart {
namespace {

// A tenth of old space dies, one object here and one there, and stays in gaps that are too small
// for use: less than is worth a collection that moves (Pacing::kScatteredShare), and there is
// enough of it for one that counts what lives among what stayed before (kLeastToGain).
TEST(SlicedSweepingTest, GapsAreCountedAnewByEachCollection) {
  TestHeap t({.heap = {.move_in_slices = false}});
  for (int i = 0; i < 30'000; ++i) t.NewRoot(t.pair);
  t.PromoteAll();
  for (std::size_t i = 0; i < t.roots.size(); i += 10) t.roots[i] = ObjectPtr();
  for (std::size_t round = 1; round <= 4; ++round) {
    t.heap.mutable_knobs().marking_steps = 1;
    t.Minor();
    ASSERT_NE(t.heap.store_observer(), nullptr) << "in round " << round << " it would rather move";
    t.heap.mutable_knobs().marking_steps = 1'000'000;
    for (int i = 0; t.CountOf(GcKind::kMajor) < round; ++i) {
      ASSERT_LT(i, 100);
      t.Minor();
    }
    t.Minor();
    t.heap.mutable_knobs().marking_steps = 0;
    ASSERT_EQ(t.Verify(), "");
  }
  for (const GcReport& report : t.listener.reports) {
    EXPECT_EQ(report.moved_within_old, ByteCount());
  }
}

// So that old space may grow by a part of what lives and not by new space's size.
class ThresholdTest : public testing::Test {
 protected:
  ThresholdTest()
      : t({.heap = {.new_space_min = MiB(1), .new_space_max = MiB(1)},
           .pause_goal_ns = 1'000'000'000}) {}

  // Objects of a KiB, old.
  void Promote(int count) {
    for (int i = 0; i < count; ++i) t.NewRoot(t.bytes, 1'000);
    t.PromoteAll();
  }

  TestHeap t;
};

// Pacing has been told of all that it found dead. Told again, when the gaps are swept, of what died
// since, it would take a structure that is being built for one that is not.
TEST_F(ThresholdTest, WhatAMajorCollectionLeftToBeSweptIsNotToldTwice) {
  Promote(20'000);
  t.Major();
  // Without marking in slices, which would be over sooner or later.
  t.heap.mutable_knobs().pause_goal_ns = 0;
  Promote(4'000);
  t.heap.mutable_knobs().pause_goal_ns = 1'000'000'000;
  for (std::size_t i = 0; i < 400; i += 20) t.roots[i] = ObjectPtr();
  t.Major();
  ASSERT_GT(t.heap.old_unswept(), ByteCount()) << "it left gaps";
  const ByteCount threshold = t.heap.old_threshold();
  EXPECT_GT(threshold, t.heap.OldPressure() / 3 * 4) << "hardly any died";
  for (int i = 0; i < 10'000 && !t.heap.old_unswept().is_zero(); ++i) t.gc.MakeProgress();
  ASSERT_EQ(t.heap.old_unswept(), ByteCount());
  EXPECT_EQ(t.heap.old_threshold(), threshold);
}

// Where a collection is due while the last one sweeps still, that is done at once. Pacing is told
// as well: else all would be looked at a second time for what was there before.
TEST_F(ThresholdTest, ASweepThatIsSettledIsToldLikeOneThatEnded) {
  Promote(6'000);
  t.Major();
  t.roots[0] = ObjectPtr();
  const std::size_t before = t.CountOf(GcKind::kMajor);
  t.heap.mutable_knobs().marking_steps = 1;
  t.Minor();
  t.heap.mutable_knobs().marking_steps = 1'000'000;
  for (int i = 0; t.CountOf(GcKind::kMajor) == before; ++i) {
    ASSERT_LT(i, 100);
    t.Minor();
  }
  t.heap.mutable_knobs().marking_steps = 0;
  t.heap.mutable_knobs().pause_goal_ns = 1;  // A region at a time is swept from now on.
  ASSERT_GT(t.heap.old_unswept(), ByteCount());
  t.mutator.ChargeExternal(t.roots[1], ByteCount(), MiB(64));
  ASSERT_GT(t.heap.OldPressure(), t.heap.old_threshold());
  t.Minor();
  EXPECT_EQ(t.heap.old_unswept(), ByteCount());
  EXPECT_EQ(t.CountOf(GcKind::kMajor), before + 1);
  EXPECT_GT(t.heap.old_threshold(), t.heap.OldPressure());
  t.mutator.ChargeExternal(t.roots[1], MiB(64), ByteCount());
}

// In a hole, where what is not marked is dead: it is marked, and counts as that.
TEST_F(ThresholdTest, WhatBecomesOldInAHoleWhileOldSpaceIsMarkedHasNotDied) {
  Promote(6'000);
  for (std::size_t i = 0; i < 6'000; ++i) {
    if (i % 50 < 5) t.roots[i] = ObjectPtr();
  }
  t.Major();
  for (int i = 0; i < 10'000 && !t.heap.old_unswept().is_zero(); ++i) t.gc.MakeProgress();
  // What all survived is promoted in its place until most of it has died.
  for (int i = 0; i < 5'000; ++i) t.New(t.bytes, 1'000);
  t.Minor();
  const std::size_t before = t.CountOf(GcKind::kMajor);
  for (int i = 0; i < 600; ++i) t.NewRoot(t.bytes, 1'000);
  t.Minor();
  t.heap.mutable_knobs().marking_steps = 1;
  t.Minor();
  ASSERT_NE(t.heap.store_observer(), nullptr) << "it is being marked";
  ASSERT_GT(t.listener.last().moved_to_old, kRegionSize) << "not only in the rest of a region";
  t.heap.mutable_knobs().marking_steps = 1'000'000;
  for (int i = 0; t.CountOf(GcKind::kMajor) == before; ++i) {
    ASSERT_LT(i, 100);
    t.Minor();
  }
  for (auto report = t.listener.reports.rbegin();; ++report) {
    if (report->kind != GcKind::kMajor) continue;
    EXPECT_EQ(report->after, report->before);
    break;
  }
}

}  // namespace
}  // namespace fart
