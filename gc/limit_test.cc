// How large the heap may become: the limit, and the sizes of the two spaces.

#include <gtest/gtest.h>

#include <algorithm>

#include "gc/pacing.h"
#include "gc/testing/test_heap.h"

namespace fart {
namespace {

const TestHeapOptions kSmallHeap{.heap = {.heap_limit = kMinHeapLimit, .new_space_max = MiB(1)},
                                 .gc = {.verify_heap = false}};

// Adds to a linked list until there is no more memory; how many were added.
std::int64_t FillUp(TestHeap& t, std::size_t root) {
  for (std::int64_t count = 0;; ++count) {
    const ObjectPtr node = t.New(t.pair);
    if (node.is_null()) return count;
    t.Set(node, 0, ObjectPtr::FromSmi(count));
    t.Set(node, 1, t.roots[root]);
    t.roots[root] = node;
  }
}

TEST(HeapLimitTest, NullIsTheAnswerOnlyAfterAFullCollectionFailed) {
  TestHeap t(kSmallHeap);
  const std::size_t root = t.roots.Add();
  const std::int64_t count = FillUp(t, root);
  EXPECT_EQ(t.listener.last().kind, GcKind::kMajor);
  EXPECT_EQ(t.listener.last().reason, GcReason::kHeapLimit);
  EXPECT_LE(t.heap.regions().charged(), kMinHeapLimit);  // H-H2
  // Most of the limit has become objects.
  EXPECT_GT(static_cast<std::size_t>(count) * 3 * kWordSize, MiB(3).value() / 4 * 3);
  EXPECT_EQ(t.Verify(), "");
}

TEST(HeapLimitTest, TheLastRegionsCostNoCollectionForEachAllocation) {
  TestHeap t(kSmallHeap);
  FillUp(t, t.roots.Add());
  EXPECT_LT(t.listener.reports.size(), 100u);
}

TEST(HeapLimitTest, TheProgramGoesOnWhenItLetsGo) {
  TestHeap t(kSmallHeap);
  const std::size_t root = t.roots.Add();
  const std::int64_t first = FillUp(t, root);
  t.roots[root] = ObjectPtr();
  const std::int64_t second = FillUp(t, root);
  EXPECT_GT(second, first / 2);
  ObjectPtr node = t.roots[root];
  for (std::int64_t i = second - 1; i >= 0; --i) {
    ASSERT_EQ(t.Number(node), i);
    node = t.Slots(node)[1];
  }
  EXPECT_EQ(t.Verify(), "");
}

TEST(HeapLimitTest, WhatIsFreedOfAFullHeapCanBeUsedAgain) {
  TestHeap t(kSmallHeap);
  const std::size_t root = t.roots.Add();
  FillUp(t, root);
  // Beyond the eighth of old space that may stay dead (G-D1).
  const std::int64_t count = t.Number(t.roots[root]);
  for (std::int64_t i = 0; i < count / 3; ++i) t.roots[root] = t.Slots(t.roots[root])[1];
  EXPECT_GT(FillUp(t, root), count / 8);
}

TEST(HeapLimitTest, ObjectsAllocatedInOldSpaceNearTheLimitNeedNoBarrier_HM2) {
  TestHeap t(kSmallHeap);
  const std::size_t root = t.roots.Add();
  FillUp(t, root);
  // Whatever the last allocations got, the references of the whole list hold.
  t.Minor();
  t.Major();
  EXPECT_EQ(t.Verify(), "");
}

TEST(HeapLimitTest, ALargeObjectBeyondTheLimitIsRefusedAndASmallOneServed) {
  TestHeap t(kSmallHeap);
  EXPECT_TRUE(t.New(t.bytes, 16 << 20).is_null());
  EXPECT_EQ(t.listener.last().kind, GcKind::kMajor);
  EXPECT_FALSE(t.New(t.pair).is_null());
}

TEST(HeapLimitTest, DeadLargeObjectsMakeRoomForTheNext) {
  TestHeap t(kSmallHeap);
  for (int i = 0; i < 20; ++i) ASSERT_FALSE(t.New(t.bytes, 5 << 19).is_null()) << i;
}

TEST(HeapLimitTest, LengthsWhoseSizeWouldWrapAreRefused) {
  TestHeap t;
  for (const std::size_t length :
       {~std::size_t{0}, ~std::size_t{0} / 8, std::size_t{1} << 61, std::size_t{1} << 40}) {
    EXPECT_TRUE(t.New(t.list, length).is_null()) << length;
    EXPECT_TRUE(t.New(t.bytes, length).is_null()) << length;
  }
  EXPECT_EQ(t.Verify(), "");
}

// ---- Pacing

// Allocates `bytes` of pairs, of which the last `window` are held.
void Churn(TestHeap& t, std::size_t list, std::size_t window, ByteCount bytes) {
  for (std::size_t i = 0; i < bytes.value() / (3 * kWordSize); ++i) {
    const ObjectPtr object = t.New(t.pair);
    if (window != 0) t.SetElement(t.roots[list], i % window, object);
  }
}

TEST(PacingTest, NewSpaceGrowsWhenMuchSurvivesAndShrinksWhenLittleDoes) {
  TestHeap t(
      {.heap = {.new_space_min = KiB(512), .new_space_max = MiB(2)}, .gc = {.verify_heap = false}});
  const std::size_t list = t.NewRoot(t.list, 10'000);
  Churn(t, list, 10'000, MiB(15));
  EXPECT_EQ(t.heap.new_capacity(), MiB(2));
  Churn(t, list, 0, MiB(30));
  EXPECT_EQ(t.heap.new_capacity(), KiB(512));
}

TEST(PacingTest, OneScavengeThatLeavesMuchAliveIsEnoughToGrow) {
  TestHeap t(
      {.heap = {.new_space_min = KiB(512), .new_space_max = MiB(8)}, .gc = {.verify_heap = false}});
  const std::size_t list = t.NewRoot(t.list, 10'000);  // with its pairs over half of new space
  Churn(t, list, 10'000, KiB(700));
  EXPECT_EQ(t.CountOf(GcKind::kMinor), 1u);
  EXPECT_EQ(t.heap.new_capacity(), KiB(512) * Pacing::kSurgeGrowth);
}

TEST(PacingTest, NewSpaceStaysSmallWhenNothingSurvives) {
  TestHeap t({.gc = {.verify_heap = false}});
  Churn(t, 0, 0, t.heap.knobs().new_space_min * 10);
  EXPECT_EQ(t.heap.new_capacity(), t.heap.knobs().new_space_min);
  EXPECT_EQ(t.CountOf(GcKind::kMajor), 0u);
}

TEST(PacingTest, GrowthOfOldSpaceCausesMajorCollections) {
  TestHeap t({.gc = {.verify_heap = false}});
  const ShapeId block = t.Register({.name = "Block", .references = 1, .raw_bytes = 2000});
  const std::size_t root = t.roots.Add();
  constexpr int kObjects = 120'000;  // 240 MB, all live
  for (int i = 0; i < kObjects; ++i) {
    const ObjectPtr node = t.New(block);
    t.Set(node, 0, t.roots[root]);
    t.roots[root] = node;
  }
  std::size_t majors = 0;
  for (const GcReport& report : t.listener.reports) {
    if (report.kind == GcKind::kMinor) continue;
    ++majors;
    EXPECT_EQ(report.reason, GcReason::kOldSpaceFull);
  }
  // From 16 MB on at every growth by a quarter at least, by new space's size at least.
  EXPECT_GE(majors, 1u);
  EXPECT_LE(majors, 8u);
}

TEST(PacingTest, LargeGarbageCausesMinorCollectionsAsSmallDoes) {
  TestHeap t({.gc = {.verify_heap = false}});
  ByteCount most;
  for (int i = 0; i < 200; ++i) {
    t.New(t.bytes, 1 << 20);
    most = std::max(most, t.heap.regions().charged());
  }
  EXPECT_GE(t.CountOf(GcKind::kMinor), 200u / 8);
  EXPECT_EQ(t.CountOf(GcKind::kMajor), 0u);
  EXPECT_LE(most, t.heap.new_capacity() + MiB(1));
}

}  // namespace
}  // namespace fart
