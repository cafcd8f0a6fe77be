// Pins at the bounds that decide whether a region of theirs stays new space.

#include <gtest/gtest.h>

#include <vector>

#include "gc/testing/test_heap.h"

namespace fart {
namespace {

constexpr std::size_t kMostPins = 64;
constexpr std::size_t kMostBytes = 64 * 1024;

void PinNew(TestHeap& t, ByteCount size) {
  const std::size_t root = t.NewRoot(t.bytes, size.value() - 16);
  ASSERT_EQ(t.heap.SizeOf(t.roots[root]), size);
  t.heap.pins().Pin(t.roots[root]);
}

TEST(PinEdgesTest, AsManyPinsAsARegionMayHaveStayYoung_HQ1) {
  TestHeap t;
  for (std::size_t i = 0; i < kMostPins; ++i) PinNew(t, ByteCount(24));
  t.Minor();
  EXPECT_EQ(t.heap.OldUse().regions, 0u);
  EXPECT_EQ(t.listener.last().regions_kept, 1u);
  PinNew(t, ByteCount(24));  // in a hole beside them
  t.Minor();
  EXPECT_EQ(t.heap.OldUse().regions, 1u);
}

TEST(PinEdgesTest, AsManyPinnedBytesAsARegionMayHaveStayYoung_HQ1) {
  for (const std::size_t more : {0u, 8u}) {
    TestHeap t;
    for (int i = 0; i < 3; ++i) PinNew(t, ByteCount(kMostBytes / 4));
    PinNew(t, ByteCount(kMostBytes / 4 + more));
    t.Minor();
    EXPECT_EQ(t.heap.OldUse().regions, more == 0 ? 0u : 1u);
  }
}

// Each region counts for itself.
TEST(PinEdgesTest, PinsOfOneRegionAreNotCountedForTheNext_HQ1) {
  TestHeap t;
  for (int region = 0; region < 3; ++region) {
    for (int i = 0; i < 3; ++i) PinNew(t, ByteCount(kMostBytes / 4));
    for (std::size_t i = 0; i < kMostPins / 2; ++i) PinNew(t, ByteCount(24));
    while (t.heap.new_regions().size() == static_cast<std::size_t>(region) + 1) {
      t.New(t.bytes, 10'000);
    }
  }
  t.Minor();
  EXPECT_EQ(t.heap.OldUse().regions, 0u);
  EXPECT_EQ(t.listener.last().regions_kept, 3u);
}

TEST(PinEdgesTest, NoMoreRegionsWithPinsStayNewSpaceThanItMayHave_HQ1) {
  TestHeap t({.heap = {.new_space_min = kRegionSize * 2}});
  t.heap.SetNewCapacity(MiB(8));
  for (std::size_t region = 1; region <= 3; ++region) {
    PinNew(t, ByteCount(24));
    while (t.heap.new_regions().size() == region) t.New(t.bytes, 10'000);
  }
  t.heap.SetNewCapacity(kRegionSize * 2);
  t.Minor();
  EXPECT_EQ(t.listener.last().regions_kept, 3u);
  EXPECT_EQ(t.heap.new_regions().size(), 2u);
  EXPECT_EQ(t.heap.OldUse().regions, 1u);
}

// Nothing moves, and yet an old object refers to a young one from now on.
TEST(PinEdgesTest, APinnedObjectThatBecomesOldRemembersOneThatStaysYoung_HR1) {
  TestHeap t;
  const std::size_t holder = t.NewRoot(t.pair);
  t.heap.pins().Pin(t.roots[holder]);
  for (std::size_t i = 0; i < kMostPins; ++i) PinNew(t, ByteCount(24));
  while (t.heap.new_regions().size() == 1) t.New(t.bytes, 10'000);
  const std::size_t young = t.roots.Add(t.NewNumber(7));
  t.heap.pins().Pin(t.roots[young]);
  t.Set(t.roots[holder], 0, t.roots[young]);
  t.Major();
  EXPECT_EQ(t.listener.last().objects_moved, 0u);
  EXPECT_FALSE(t.heap.IsYoung(t.roots[holder]));
  EXPECT_TRUE(t.heap.IsYoung(t.roots[young]));
  EXPECT_EQ(t.Verify(), "");
  ASSERT_TRUE(t.heap.pins().Unpin(t.roots[young]));
  t.roots[young] = ObjectPtr();
  t.Minor();
  EXPECT_EQ(t.Number(t.Slots(t.roots[holder])[0]), 7);
  EXPECT_EQ(t.Verify(), "");
}

// An object that stays pinned ages by each collection that it survives, in its place.
TEST(PinEdgesTest, APinnedObjectAgesAndIsPromotedInPlaceWhenItIsUnpinned_GE1) {
  TestHeap t;
  const std::size_t root = t.NewRoot(t.pair);
  t.heap.pins().Pin(t.roots[root]);
  t.Minor();
  EXPECT_EQ(Header::Of(t.roots[root]).age(), 1u);
  EXPECT_TRUE(t.heap.pins().Unpin(t.roots[root]));
  t.Minor();
  EXPECT_FALSE(t.heap.IsYoung(t.roots[root])) << "it has survived two";
}

TEST(PinEdgesTest, NothingPinnedLeavesThePinsOfOldObjectsAlone) {
  TestHeap t;
  const std::size_t old = t.NewOldRoot(t.pair);
  t.heap.pins().Pin(t.roots[old]);
  const std::size_t young = t.NewRoot(t.pair);
  const ObjectPtr before = t.roots[young];
  t.Minor();
  EXPECT_NE(t.roots[young], before);
  EXPECT_EQ(t.listener.last().regions_kept, 0u);
  EXPECT_EQ(t.Verify(), "");
}

// It could not go: its holes serve, and what moved out would only make more of them.
TEST(PinEdgesTest, NothingMovesOutOfAnOldRegionWithAPin_GD1) {
  TestHeap t;
  for (int i = 0; i < 3 * 128; ++i) t.NewRoot(t.bytes, 2'048 - 16);
  t.PromoteAll();
  ASSERT_EQ(t.heap.OldUse().regions, 3u);
  const auto region_of = [&t](std::size_t root) {
    return t.heap.regions().IndexOf(t.roots[root].address());
  };
  const RegionIndex with_pin = region_of(0);
  const RegionIndex without = region_of(t.roots.size() - 1);
  ASSERT_NE(with_pin, without);
  t.heap.pins().Pin(t.roots[0]);
  std::size_t left_with_pin = 0;
  std::size_t left_without = 0;
  for (std::size_t i = 0; i < t.roots.size(); ++i) {
    std::size_t* const left = region_of(i) == with_pin  ? &left_with_pin
                              : region_of(i) == without ? &left_without
                                                        : nullptr;
    if (left == nullptr) continue;
    if (*left == 5) {
      t.roots[i] = ObjectPtr();
    } else {
      ++*left;
    }
  }
  t.Major();
  EXPECT_EQ(left_with_pin, 5u);
  EXPECT_EQ(t.listener.last().objects_moved, 5u) << "those of the region without a pin";
  EXPECT_EQ(t.heap.regions().FlagsOf(with_pin), kOldSpaceFlags);
  EXPECT_TRUE(t.heap.pins().Unpin(t.roots[0]));
}

}  // namespace
}  // namespace fart
