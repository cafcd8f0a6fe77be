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

}  // namespace
}  // namespace fart
