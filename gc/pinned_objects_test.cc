// A pinned object stays where it is, whatever collects and however often; its neighbours move.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <cstring>
#include <map>
#include <vector>

#include "gc/testing/test_heap.h"

namespace fart {
namespace {

std::uint8_t* BytesIn(TestHeap& t, ObjectPtr object) {
  return t.heap.ShapeOf(object).VariableBytes(object.address());
}

// A root with `length` bytes of this value.
std::size_t NewFilled(TestHeap& t, std::size_t length, std::uint8_t value) {
  const std::size_t root = t.NewRoot(t.bytes, length);
  std::memset(BytesIn(t, t.roots[root]), value, length);
  return root;
}

struct Scene {
  std::size_t left, pinned, right;
  ObjectPtr left_before, pinned_before, right_before;
};

Scene MakeScene(TestHeap& t, bool is_old) {
  Scene scene{};
  scene.left = NewFilled(t, 40, 1);
  scene.pinned = NewFilled(t, 100, 2);
  scene.right = NewFilled(t, 40, 3);
  if (is_old) t.PromoteAll();
  t.heap.pins().Pin(t.roots[scene.pinned]);
  scene.left_before = t.roots[scene.left];
  scene.pinned_before = t.roots[scene.pinned];
  scene.right_before = t.roots[scene.right];
  return scene;
}

void ExpectStayedAlone(TestHeap& t, const Scene& scene) {
  EXPECT_EQ(t.roots[scene.pinned], scene.pinned_before);
  EXPECT_NE(t.roots[scene.left], scene.left_before);
  EXPECT_NE(t.roots[scene.right], scene.right_before);
  EXPECT_EQ(BytesIn(t, t.roots[scene.left])[39], 1);
  EXPECT_EQ(BytesIn(t, t.roots[scene.pinned])[99], 2);
  EXPECT_EQ(BytesIn(t, t.roots[scene.right])[39], 3);
}

TEST(PinnedObjectTest, StaysInAScavengeWhileItsNeighboursMove_HQ1) {
  TestHeap t;
  const Scene scene = MakeScene(t, /*is_old=*/false);
  t.Minor();
  ExpectStayedAlone(t, scene);
  EXPECT_TRUE(t.heap.IsYoung(t.roots[scene.pinned]));
  EXPECT_TRUE(t.heap.IsYoung(t.roots[scene.left]));
  EXPECT_EQ(t.listener.last().regions_kept, 1u);
}

TEST(PinnedObjectTest, StaysInAMajorCollectionOfYoungObjects_HQ1) {
  TestHeap t;
  const Scene scene = MakeScene(t, /*is_old=*/false);
  t.Major();
  ExpectStayedAlone(t, scene);
}

TEST(PinnedObjectTest, ItsSparseRegionIsNotEmptiedButFilledAgain_HQ1_HJ1) {
  TestHeap t;
  const Scene scene = MakeScene(t, /*is_old=*/true);
  std::vector<std::size_t> waste;
  for (int i = 0; i < 10; ++i) waste.push_back(t.NewRoot(t.bytes, 20'000));
  t.PromoteAll();
  ASSERT_EQ(t.heap.OldUse().regions, 1u);
  for (const std::size_t root : waste) t.roots[root] = ObjectPtr();  // The region is sparse.
  t.Major();
  EXPECT_EQ(t.roots[scene.pinned], scene.pinned_before);
  EXPECT_EQ(t.roots[scene.left], scene.left_before);
  EXPECT_EQ(t.heap.OldUse().regions, 1u);
  for (int i = 0; i < 9; ++i) t.NewRoot(t.bytes, 20'000);
  t.PromoteAll();
  EXPECT_EQ(t.heap.OldUse().regions, 1u);
  EXPECT_EQ(BytesIn(t, t.roots[scene.pinned])[99], 2);
}

// Of a region that becomes old with a pinned object nearly all serves promotion.
TEST(PinnedObjectTest, PromotionFillsTheHolesOfARegionWithKeptObjects_HJ1) {
  TestHeap t;
  const std::size_t kept = NewFilled(t, 100, 1);
  for (int i = 0; i < 1'000; ++i) t.New(t.bytes, 100);
  t.heap.mutable_knobs().collection_region_budget = 0;
  t.Minor();
  t.heap.mutable_knobs().collection_region_budget = kUnlimitedRegions;
  ASSERT_FALSE(t.heap.IsYoung(t.roots[kept]));
  ASSERT_EQ(t.heap.OldUse().regions, 1u);
  std::vector<std::size_t> roots;
  for (int i = 0; i < 1'500; ++i) roots.push_back(NewFilled(t, 100, static_cast<std::uint8_t>(i)));
  t.PromoteAll();
  EXPECT_EQ(t.heap.OldUse().regions, 1u);
  EXPECT_EQ(BytesIn(t, t.roots[kept])[99], 1);
  for (std::size_t i = 0; i < roots.size(); ++i) {
    ASSERT_EQ(BytesIn(t, t.roots[roots[i]])[99], static_cast<std::uint8_t>(i));
  }
}

// What such a region has never used serves promotion too, also after a major collection that leaves
// it as it is, whether anything else moves in it or not.
TEST(PinnedObjectTest, TheTailOfARegionThatStaysServesPromotion_HJ1) {
  for (const bool moves : {false, true}) {
    SCOPED_TRACE(moves);
    TestHeap t;
    std::vector<std::size_t> roots;
    const auto add = [&](int count) {
      for (int i = 0; i < count; ++i) {
        roots.push_back(NewFilled(t, 100, static_cast<std::uint8_t>(roots.size())));
      }
    };
    add(2'000);  // So dense that it stays.
    t.heap.mutable_knobs().collection_region_budget = 0;
    t.Minor();
    t.heap.mutable_knobs().collection_region_budget = kUnlimitedRegions;
    ASSERT_EQ(t.heap.OldUse().regions, 1u);
    if (moves) add(1);
    t.Major();
    ASSERT_EQ(t.listener.last().objects_moved != 0, moves);
    add(150);
    t.PromoteAll();
    EXPECT_EQ(t.heap.OldUse().regions, 1u);
    for (std::size_t i = 0; i < roots.size(); ++i) {
      ASSERT_EQ(BytesIn(t, t.roots[roots[i]])[99], static_cast<std::uint8_t>(i));
    }
  }
}

TEST(PinnedObjectTest, AThousandPinsSpreadOverAllocationHoldNoRegionEach) {
  for (const std::size_t gap : {8'000u, 64'000u, 256'000u}) {
    SCOPED_TRACE(gap);
    TestHeap t({.gc = {.verify_heap = false}});
    const ByteCount new_space = t.heap.new_capacity();
    std::vector<std::size_t> roots;
    for (int i = 0; i < 1'000; ++i) {
      for (std::size_t bytes = 0; bytes < gap; bytes += 72) t.New(t.bytes, 56);
      roots.push_back(NewFilled(t, 100, static_cast<std::uint8_t>(i)));
      t.heap.pins().Pin(t.roots[roots.back()]);
    }
    EXPECT_LE(t.heap.OldUse().committed, MiB(4));
    EXPECT_LE(t.heap.NewUse().committed, new_space + MiB(1));
    t.Major();
    EXPECT_EQ(t.Verify(), "");
    EXPECT_LE(t.heap.OldUse().committed, MiB(4));
    EXPECT_LE(t.heap.NewUse().committed, new_space + MiB(1));
    for (std::size_t i = 0; i < roots.size(); ++i) {
      ASSERT_EQ(BytesIn(t, t.roots[roots[i]])[99], static_cast<std::uint8_t>(i));
    }
  }
}

// Holes of new space may be too small for what comes: a region more, and no collection for each.
TEST(PinnedObjectTest, WhatFitsNoHoleOfNewSpaceIsServed) {
  TestHeap t(
      {.heap = {.new_space_min = MiB(1), .new_space_max = MiB(1)}, .gc = {.verify_heap = false}});
  for (int i = 0; i < 10 * 60; ++i) {
    for (int k = 0; k < 60; ++k) t.New(t.bytes, 56);
    t.heap.pins().Pin(t.roots[NewFilled(t, 56, 1)]);
  }
  t.Minor();
  t.listener.reports.clear();
  for (int i = 0; i < 1'000; ++i) ASSERT_FALSE(t.New(t.bytes, 20'000).is_null());
  EXPECT_LE(t.CountOf(GcKind::kMinor), 1'000u / 10);
  EXPECT_EQ(t.Verify(), "");
}

// New space may be small for a while, for the sake of pauses: that is no reason to grow old.
TEST(PinnedObjectTest, RegionsStayYoungUpToWhereNewSpaceBegan) {
  TestHeap t({.gc = {.verify_heap = false}});
  std::vector<std::size_t> roots;
  for (int i = 0; i < 20; ++i) {
    for (std::size_t bytes = 0; bytes < kRegionSize.value(); bytes += 10'016)
      t.New(t.bytes, 10'000);
    roots.push_back(NewFilled(t, 100, static_cast<std::uint8_t>(i)));
    t.heap.pins().Pin(t.roots[roots.back()]);
  }
  t.heap.SetNewCapacity(MiB(2));
  t.Minor();
  EXPECT_EQ(t.Verify(), "");
  for (const std::size_t root : roots) EXPECT_TRUE(t.heap.IsYoung(t.roots[root]));
}

TEST(PinnedObjectTest, StaysUnderStressWithFromSpaceProtected_HQ1) {
  TestHeap t({.heap = {.stress_interval = 1, .protect_retired = true}});
  const Scene scene = MakeScene(t, /*is_old=*/false);
  for (int i = 0; i < 20; ++i) {
    const ObjectPtr left_before = t.roots[scene.left];
    t.New(t.pair);
    EXPECT_NE(t.roots[scene.left], left_before);
    ExpectStayedAlone(t, scene);
    // Foreign code goes on using the address.
    BytesIn(t, scene.pinned_before)[50] = static_cast<std::uint8_t>(i);
    EXPECT_EQ(BytesIn(t, t.roots[scene.pinned])[50], i);
  }
}

TEST(PinnedObjectTest, ALargeOneStaysUnderStress_HQ1) {
  TestHeap t({.heap = {.stress_interval = 1'000'000, .protect_retired = true}});
  const std::size_t pinned = NewFilled(t, 300'000, 5);
  const std::size_t other = NewFilled(t, 300'000, 6);
  t.heap.pins().Pin(t.roots[pinned]);
  const ObjectPtr pinned_before = t.roots[pinned];
  const ObjectPtr other_before = t.roots[other];
  t.Major();
  t.Major();
  EXPECT_EQ(t.roots[pinned], pinned_before);
  EXPECT_NE(t.roots[other], other_before);
  EXPECT_EQ(BytesIn(t, t.roots[pinned])[299'999], 5);
}

TEST(PinnedObjectTest, LivesWithoutAnyOtherRoot_HQ1) {
  TestHeap t;
  const ObjectPtr young = t.roots[NewFilled(t, 10, 7)];
  t.heap.pins().Pin(young);
  t.roots.Clear();
  t.Minor();
  EXPECT_EQ(BytesIn(t, young)[9], 7);
  t.Major();
  t.Major();
  EXPECT_EQ(BytesIn(t, young)[9], 7);
  EXPECT_TRUE(t.heap.pins().Unpin(young));
  t.Major();
  EXPECT_EQ(t.heap.OldUse().regions, 0u);
}

TEST(PinnedObjectTest, MovesAgainOnceItIsUnpinned) {
  TestHeap t({.heap = {.stress_interval = 1'000'000}});
  const Scene scene = MakeScene(t, /*is_old=*/false);
  t.Minor();
  ASSERT_EQ(t.roots[scene.pinned], scene.pinned_before);
  EXPECT_TRUE(t.heap.pins().Unpin(t.roots[scene.pinned]));
  t.Major();
  EXPECT_NE(t.roots[scene.pinned], scene.pinned_before);
  EXPECT_EQ(BytesIn(t, t.roots[scene.pinned])[99], 2);
}

TEST(PinnedObjectTest, OnesThatAreManyInARegionGrowOldAndAreRemembered) {
  TestHeap t;
  std::vector<std::size_t> holders;
  constexpr std::size_t kMany = 65;  // one more than a region of new space may have
  for (std::size_t i = 0; i < kMany; ++i) {
    holders.push_back(t.NewRoot(t.pair));
    t.Set(t.roots[holders.back()], 0, t.NewNumber(static_cast<std::int64_t>(i)));
    t.heap.pins().Pin(t.roots[holders.back()]);
  }
  t.Minor();
  EXPECT_EQ(t.heap.OldUse().regions, 1u);
  for (std::size_t i = 0; i < holders.size(); ++i) {
    EXPECT_TRUE(t.IsRemembered(t.roots[holders[i]]));
    EXPECT_EQ(t.Number(t.Slots(t.roots[holders[i]])[0]), static_cast<std::int64_t>(i));
  }
}

TEST(PinnedObjectTest, ReferencesOfOneAreFollowed) {
  TestHeap t;
  const std::size_t holder = t.NewRoot(t.pair);
  t.Set(t.roots[holder], 0, t.NewNumber(11));
  t.heap.pins().Pin(t.roots[holder]);
  t.Minor();
  EXPECT_FALSE(t.IsRemembered(t.roots[holder]));  // It is young.
  EXPECT_EQ(t.Number(t.Slots(t.roots[holder])[0]), 11);
  t.Minor();
  t.Major();
  EXPECT_EQ(t.Number(t.Slots(t.roots[holder])[0]), 11);
}

TEST(PinnedObjectTest, OneThatIsAKeyKeepsItsValue) {
  TestHeap t;
  const std::size_t ephemeron = t.NewRoot(t.ephemeron);
  const ObjectPtr key = t.New(t.bytes, 8);
  t.heap.pins().Pin(key);
  t.Set(t.roots[ephemeron], 0, key);
  t.Set(t.roots[ephemeron], 1, t.NewNumber(4));
  const std::size_t watched = t.weaks.Add(key, ByteCount(64));
  t.mutator.ChargeExternal(key, ByteCount(), ByteCount(64));
  t.Minor();
  t.Major();
  EXPECT_EQ(t.Slots(t.roots[ephemeron])[0], key);
  EXPECT_EQ(t.Number(t.Slots(t.roots[ephemeron])[1]), 4);
  EXPECT_EQ(t.weaks[watched], key);
  EXPECT_EQ(t.heap.external_new(), ByteCount(64));
}

// Any program of allocations, pins, unpins and collections against a map of what each root holds.
RC_GTEST_PROP(PinnedObjectModelTest, PinnedObjectsStayAndAllKeepTheirBytes,
              (const std::vector<std::uint8_t>& program, bool stress)) {
  TestHeapOptions options{.heap = {.new_space_min = MiB(1), .protect_retired = true}};
  if (stress) options.heap.stress_interval = 7;
  TestHeap t(options);
  std::map<std::size_t, std::uint8_t> values;    // by root
  std::map<std::size_t, std::uintptr_t> places;  // of pinned ones
  std::uint8_t serial = 0;
  for (const std::uint8_t op : program) {
    const auto chosen = [&] {
      auto at = values.begin();
      std::advance(at, (op / 8u) % values.size());
      return at->first;
    };
    switch (op % 8) {
      case 0:
      case 1:
      case 2: {
        const std::size_t length = op < 8 ? 50'000u : op * 13u + 1;
        ++serial;
        values[NewFilled(t, length, serial)] = serial;
        break;
      }
      case 3:
        if (values.empty() || places.contains(chosen())) break;
        t.heap.pins().Pin(t.roots[chosen()]);
        places[chosen()] = t.roots[chosen()].address().value();
        break;
      case 4:
        if (values.empty() || !places.contains(chosen())) break;
        RC_ASSERT(t.heap.pins().Unpin(t.roots[chosen()]));
        places.erase(chosen());
        break;
      case 5:
        if (values.empty() || places.contains(chosen())) break;
        t.roots[chosen()] = ObjectPtr();
        values.erase(chosen());
        break;
      case 6:
        t.Minor();
        break;
      default:
        t.Major();
        break;
    }
    for (const auto& [root, value] : values) {
      const ObjectPtr object = t.roots[root];
      const std::uint64_t length = Shape::Length(object.address());
      RC_ASSERT(BytesIn(t, object)[0] == value && BytesIn(t, object)[length - 1] == value);
      const auto place = places.find(root);
      if (place != places.end()) RC_ASSERT(object.address().value() == place->second);
    }
  }
}

}  // namespace
}  // namespace fart
