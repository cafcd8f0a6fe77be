// Large objects and the collectors: born young, promoted where they are, found by card.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "gc/testing/test_heap.h"

namespace fart {
namespace {

// Of lists: one that shares a region, one that has two.
constexpr std::size_t kMedium = 5'000;
constexpr std::size_t kLong = 40'000;

class LargeObjectTest : public testing::TestWithParam<std::size_t> {
 protected:
  ObjectPtr Element(std::size_t root, std::size_t index) {
    return t.Elements(t.roots[root])[index];
  }

  TestHeap t;
};

INSTANTIATE_TEST_SUITE_P(Sizes, LargeObjectTest, testing::Values(kMedium, kLong));

TEST_P(LargeObjectTest, IsBornYoungAndPromotedWhereItIs) {
  const std::size_t root = t.NewRoot(t.list, GetParam());
  const ObjectPtr place = t.roots[root];
  EXPECT_TRUE(t.heap.IsYoung(place));
  t.Minor();
  EXPECT_TRUE(t.heap.IsYoung(place));
  t.Minor();
  EXPECT_FALSE(t.heap.IsYoung(place));
  t.Major();
  EXPECT_EQ(t.roots[root], place);
  for (const GcReport& report : t.listener.reports) EXPECT_EQ(report.TotalMoved(), ByteCount());
}

TEST_P(LargeObjectTest, AgesInMajorCollectionsToo) {
  const std::size_t root = t.NewRoot(t.list, GetParam());
  const ObjectPtr place = t.roots[root];
  t.Major();
  EXPECT_TRUE(t.heap.IsYoung(place));
  t.Major();
  EXPECT_FALSE(t.heap.IsYoung(place));
  EXPECT_EQ(t.roots[root], place);
}

TEST_P(LargeObjectTest, ADeadYoungOneIsGoneAfterAMinorCollection) {
  const std::size_t watch = t.weaks.Add(t.New(t.list, GetParam()), ByteCount(100));
  t.mutator.ChargeExternal(t.weaks[watch], ByteCount(), ByteCount(100));
  t.Minor();
  EXPECT_TRUE(t.weaks[watch].is_null());
  EXPECT_EQ(t.heap.external_new(), ByteCount());
  EXPECT_EQ(t.listener.last().large_objects_freed, 1u);
  EXPECT_EQ(t.heap.LargeUse().regions, 0u);
  EXPECT_EQ(t.heap.regions().charged(), ByteCount());
}

TEST_P(LargeObjectTest, ADeadOneKeepsNothingAliveAndItsCardsAreForgotten_HR2) {
  const ObjectPtr holder = t.New(t.list, GetParam());
  const ObjectPtr held = t.New(t.pair);
  t.SetElement(holder, 7, held);
  const std::size_t watch = t.weaks.Add(held);
  EXPECT_EQ(t.remembered(), 1u);
  t.Minor();
  EXPECT_TRUE(t.weaks[watch].is_null());
  EXPECT_EQ(t.remembered(), 0u);
}

// Of what a dead one refers to some stays young where it is.
TEST_P(LargeObjectTest, ADeadOnesCardsAreForgottenWhateverItRefersTo_HR2) {
  const std::size_t live = t.NewRoot(t.list, GetParam());
  const ObjectPtr holder = t.New(t.list, GetParam());
  t.SetElement(holder, 7, t.roots[live]);
  EXPECT_EQ(t.remembered(), 1u);
  t.Minor();
  ASSERT_TRUE(t.heap.IsYoung(t.roots[live]));
  EXPECT_EQ(t.remembered(), 0u);
  EXPECT_EQ(t.listener.last().large_objects_freed, 1u);
}

TEST_P(LargeObjectTest, ExternalBytesBecomeOldWithIt) {
  for (const GcKind kind : {GcKind::kMinor, GcKind::kMajor}) {
    const std::size_t root = t.NewRoot(t.list, GetParam());
    t.mutator.ChargeExternal(t.roots[root], ByteCount(), ByteCount(100));
    const std::size_t watch = t.weaks.Add(t.roots[root], ByteCount(100));
    const ByteCount old_before = t.heap.external_old();
    kind == GcKind::kMinor ? t.Minor() : t.Major();
    EXPECT_EQ(t.heap.external_new(), ByteCount(100));
    kind == GcKind::kMinor ? t.Minor() : t.Major();
    EXPECT_EQ(t.heap.external_new(), ByteCount());
    EXPECT_EQ(t.heap.external_old(), old_before + ByteCount(100));
    EXPECT_EQ(t.weaks[watch], t.roots[root]);
  }
}

TEST_P(LargeObjectTest, WhatAYoungOneRefersToLivesAndIsScannedByCard) {
  const std::size_t root = t.NewRoot(t.list, GetParam());
  t.SetElement(t.roots[root], 0, t.NewNumber(1));
  t.SetElement(t.roots[root], GetParam() - 1, t.NewNumber(2));
  t.Minor();
  EXPECT_EQ(t.listener.last().cards_scanned, 2u);
  EXPECT_EQ(t.listener.last().holders_scanned, 0u);
  EXPECT_EQ(t.remembered(), 2u);  // What it refers to is young still.
  t.SetElement(t.roots[root], GetParam() / 2, t.NewNumber(3));
  t.Minor();
  EXPECT_EQ(t.listener.last().cards_scanned, 3u);
  EXPECT_EQ(t.remembered(), 1u);  // It is old, and so are the first two.
  t.Minor();
  EXPECT_EQ(t.remembered(), 0u);
  EXPECT_EQ(t.Number(Element(root, 0)), 1);
  EXPECT_EQ(t.Number(Element(root, GetParam() - 1)), 2);
  EXPECT_EQ(t.Number(Element(root, GetParam() / 2)), 3);
}

TEST_P(LargeObjectTest, AMajorCollectionRemembersForYoungOnesToo_HR1) {
  const std::size_t root = t.NewRoot(t.list, GetParam());
  t.SetElement(t.roots[root], 3, t.NewNumber(1));
  t.Major();
  EXPECT_EQ(t.remembered(), 1u);
  t.Minor();
  EXPECT_EQ(t.Number(Element(root, 3)), 1);
}

TEST_P(LargeObjectTest, AnOldHolderOfAYoungOneIsRemembered_HR1) {
  const std::size_t root = t.NewOldRoot(t.pair);
  t.Set(t.roots[root], 0, t.New(t.list, GetParam()));
  const ObjectPtr large = t.Slots(t.roots[root])[0];
  t.SetElement(large, 9, t.NewNumber(5));
  EXPECT_EQ(t.remembered(), 2u);
  t.Minor();
  EXPECT_EQ(t.remembered(), 2u);
  // Nothing moves now, and yet the set is built anew.
  t.SetElement(large, 9, ObjectPtr::FromSmi(4));
  t.Major();
  EXPECT_FALSE(t.heap.IsYoung(large));
  EXPECT_EQ(t.remembered(), 0u);
}

TEST_P(LargeObjectTest, NothingElseMovingAMajorCollectionStillRemembersAYoungOne_HR1) {
  const std::size_t root = t.NewOldRoot(t.pair);
  t.Set(t.roots[root], 0, t.New(t.list, GetParam()));
  t.Major();
  EXPECT_EQ(t.listener.last().objects_moved, 0u);
  EXPECT_EQ(t.remembered(), 1u);
  t.Minor();
  EXPECT_FALSE(t.heap.IsYoung(t.Slots(t.roots[root])[0]));
}

TEST_P(LargeObjectTest, OneThatIsAKeyIsReachedInItsPlace) {
  const std::size_t ephemeron = t.NewRoot(t.ephemeron);
  const std::size_t key = t.NewRoot(t.list, GetParam());
  t.Set(t.roots[ephemeron], 0, t.roots[key]);
  t.Set(t.roots[ephemeron], 1, t.NewNumber(6));
  t.Minor();
  EXPECT_EQ(t.Number(t.Slots(t.roots[ephemeron])[1]), 6);
  t.roots[key] = ObjectPtr();
  t.Minor();
  EXPECT_TRUE(t.Slots(t.roots[ephemeron])[0].is_null());
  EXPECT_TRUE(t.Slots(t.roots[ephemeron])[1].is_null());
}

// References, a weak one, and a variable part.
TEST_P(LargeObjectTest, WeakReferencesOfALargeOneAreClearedAndFollowed) {
  const std::size_t root = t.NewRoot(t.mixed, GetParam());
  const std::size_t live = t.NewRoot(t.pair);
  t.SetWeak(t.roots[root], 0, t.roots[live]);
  t.SetElement(t.roots[root], 77, t.NewNumber(8));
  for (int i = 0; i < 3; ++i) {
    t.Minor();
    EXPECT_EQ(t.Weaks(t.roots[root])[0], t.roots[live]);
    EXPECT_EQ(t.Number(Element(root, 77)), 8);
  }
  EXPECT_EQ(t.remembered(), 0u);
  t.SetWeak(t.roots[root], 0, t.New(t.pair));
  t.Minor();
  EXPECT_TRUE(t.Weaks(t.roots[root])[0].is_null());
}

TEST_P(LargeObjectTest, APinnedOneLivesAndStaysWithoutAnyOtherRoot_HQ1) {
  const ObjectPtr pinned = t.New(t.list, GetParam());
  t.heap.pins().Pin(pinned);
  for (int i = 0; i < 3; ++i) {
    t.Minor();
    t.Major();
    EXPECT_EQ(Shape::Length(pinned.address()), GetParam());
  }
  EXPECT_TRUE(t.heap.pins().Unpin(pinned));
  t.Major();
  EXPECT_EQ(t.heap.regions().charged(), ByteCount());
}

TEST(LargeObjectsTest, TheRoomBetweenOldMediumOnesServesPromotion_HJ1) {
  TestHeap t;
  std::vector<std::size_t> roots;
  for (int i = 0; i < 6; ++i) roots.push_back(t.NewRoot(t.list, kMedium));
  t.Minor();
  t.roots[roots[2]] = t.roots[roots[4]] = ObjectPtr();
  t.Minor();
  EXPECT_EQ(t.heap.OldUse().regions, 1u);
  EXPECT_EQ(t.heap.LargeUse().regions, 0u);
  // Two holes of 40 KB and the region's tail.
  std::vector<std::size_t> small;
  for (int i = 0; i < 80; ++i) {
    small.push_back(t.NewRoot(t.bytes, 1'000));
    std::memset(
        t.heap.ShapeOf(t.roots[small.back()]).VariableBytes(t.roots[small.back()].address()), i,
        1'000);
  }
  t.PromoteAll();
  EXPECT_EQ(t.heap.OldUse().regions, 1u);
  for (std::size_t i = 0; i < small.size(); ++i) {
    const ObjectPtr object = t.roots[small[i]];
    ASSERT_FALSE(t.heap.IsYoung(object));
    ASSERT_EQ(t.heap.ShapeOf(object).VariableBytes(object.address())[999], i);
  }
  for (const std::size_t i : {0u, 1u, 3u, 5u}) {
    EXPECT_EQ(Shape::Length(t.roots[roots[i]].address()), kMedium);
  }
}

TEST(LargeObjectsTest, OneThatHasShrunkMovesUnderStressAsItIs) {
  TestHeap t({.heap = {.stress_interval = 1'000'000, .protect_retired = true}});
  const ShapeId stub = t.Register({.name = "Stub", .raw_bytes = 16});
  for (const std::size_t size : {40'000u, 300'000u}) {
    const std::size_t root = t.NewRoot(t.bytes, size);
    t.mutator.ChangeShape(t.roots[root], stub);
    for (int i = 0; i < 3; ++i) {
      const ObjectPtr before = t.roots[root];
      t.Major();
      EXPECT_NE(t.roots[root], before);
      EXPECT_EQ(t.heap.SizeOf(t.roots[root]), ByteCount(24));
    }
  }
}

// Runs without gaps between them, of which every third dies in each collection: what lives keeps
// its place, its contents and what it refers to.
TEST(LargeObjectsTest, RunsThatFollowEachOtherAgeAndDieOneByOne_HG10) {
  constexpr std::size_t kRuns = 30;
  enum class How { kMinor, kMajor, kMoving };
  for (const How how : {How::kMinor, How::kMajor, How::kMoving}) {
    TestHeap t({.heap = {.heap_limit = MiB(128)}});
    std::vector<std::size_t> roots;
    std::vector<ObjectPtr> places;
    for (std::size_t i = 0; i < kRuns; ++i) {
      roots.push_back(t.NewRoot(t.list, kLong));
      places.push_back(t.roots[roots.back()]);
    }
    std::size_t neighbours = 0;
    for (std::size_t i = 1; i < kRuns; ++i) {
      const ByteCount size = t.heap.SizeOf(places[i - 1]);
      neighbours += places[i].address() == places[i - 1].address() + size ? 1 : 0;
    }
    EXPECT_GT(neighbours, kRuns / 2);
    for (std::size_t i = 0; i < kRuns; ++i) {
      const ObjectPtr young = t.New(t.pair);
      t.mutator.StoreField(t.roots[roots[i]], t.Elements(t.roots[roots[i]]) + kLong - 1, young);
      t.mutator.StoreField(t.roots[roots[i]], t.Elements(t.roots[roots[i]]), young);
    }
    if (how == How::kMoving) t.heap.mutable_knobs().stress_interval = 1'000'000;
    for (std::size_t round = 0; round < 4; ++round) {
      for (std::size_t i = round; i < kRuns; i += 3) t.roots[roots[i]] = ObjectPtr();
      if (how == How::kMinor && round < 3) {
        t.Minor();
      } else {
        t.Major();
      }
      ASSERT_EQ(t.Verify(), "") << round;
      for (std::size_t i = 0; i < kRuns; ++i) {
        const ObjectPtr list = t.roots[roots[i]];
        if (list.is_null()) continue;
        EXPECT_EQ(list == places[i], how != How::kMoving);
        places[i] = list;
        EXPECT_EQ(t.Elements(list)[0], t.Elements(list)[kLong - 1]);
        EXPECT_EQ(Header::Of(t.Elements(list)[0]).shape(), t.pair);
      }
    }
    EXPECT_EQ(t.heap.LargeUse().regions, 0u);
  }
}

TEST(LargeObjectsTest, RunsThatBeginInARegionsMiddleAreUpdated) {
  constexpr std::size_t kRuns = 20;
  constexpr std::size_t kPairs = 500;
  TestHeap t({.heap = {.heap_limit = MiB(128)}});
  std::vector<std::size_t> roots;
  for (std::size_t i = 0; i < kRuns; ++i) roots.push_back(t.NewRoot(t.list, kLong));
  ASSERT_NE(t.roots[roots.back()].address().value() % kRegionSize.value(), 0u);
  for (const std::size_t root : roots) {
    for (std::size_t i = 0; i < kPairs; ++i) t.SetElement(t.roots[root], i, t.New(t.pair));
  }
  t.Minor();
  t.Minor();
  std::vector<ObjectPtr> places;
  for (const std::size_t root : roots) {
    places.push_back(t.Elements(t.roots[root])[kPairs - 1]);
    for (std::size_t i = 0; i + 1 < kPairs; ++i) t.SetElement(t.roots[root], i, ObjectPtr());
  }
  t.Major();
  ASSERT_EQ(t.Verify(), "");
  for (std::size_t i = 0; i < kRuns; ++i) {
    EXPECT_NE(t.Elements(t.roots[roots[i]])[kPairs - 1], places[i]) << "else nothing was tried";
  }
}

// What is used is charged: 541 MB of 33,000 bytes each had taken 4 GB.
TEST(LargeObjectsTest, TheLimitCountsPagesNotRegions_HH2) {
  for (const std::size_t size :
       {20'000u, 31'000u, 33'000u, 66'000u, 140'000u, 200'000u, 300'000u}) {
    SCOPED_TRACE(size);
    TestHeap t({.heap = {.heap_limit = MiB(32)}, .gc = {.verify_heap = false}});
    std::size_t bytes = 0;
    for (;;) {
      const ObjectPtr object = t.New(t.bytes, size);
      if (object.is_null()) break;
      t.roots.Add(object);
      bytes += size;
    }
    EXPECT_GT(bytes, MiB(32).value() / 100 * 84);
    EXPECT_LE(t.heap.regions().charged(), MiB(32));
    EXPECT_EQ(t.Verify(), "");
  }
}

TEST(LargeObjectsTest, TemporaryOnesCauseAsManyCollectionsAsSmallOnes) {
  std::vector<std::size_t> minors;
  for (const std::size_t size : {20'000u, 31'000u, 300'000u}) {
    TestHeap t({.gc = {.verify_heap = false}});
    for (std::size_t i = 0; i < MiB(400).value() / size; ++i) t.New(t.bytes, size);
    EXPECT_EQ(t.CountOf(GcKind::kMajor), 0u) << size;
    minors.push_back(t.CountOf(GcKind::kMinor));
    EXPECT_LE(t.heap.regions().charged(), t.heap.new_capacity() + MiB(1));
  }
  EXPECT_LE(minors[1], minors[0] + minors[0] / 4);
  EXPECT_LE(minors[2], minors[0] + minors[0] / 4);
  EXPECT_GE(minors[2], minors[0] / 2);
}

TEST(LargeObjectsTest, OneThatFillsNewSpaceAloneSendsNothingSmallToOldSpace) {
  TestHeap t({.heap = {.new_space_min = MiB(1)}, .gc = {.verify_heap = false}});
  t.NewRoot(t.bytes, 3 << 20);
  for (int i = 0; i < 100'000; ++i) t.NewNumber(i);  // 2.3 MB
  EXPECT_GE(t.CountOf(GcKind::kMinor), 2u);
  EXPECT_EQ(t.CountOf(GcKind::kMajor), 0u);
  EXPECT_EQ(t.heap.OldUsed(), ByteCount());
}

// A program that always holds the last 31 MB: what new space grows for is kept from growing old in
// vain, and from being collected by major collections.
TEST(LargeObjectsTest, OnesThatLiveForAWhileLetNewSpaceGrowAsSmallOnesDo) {
  for (const std::size_t size : {20'000u, 31'000u, 300'000u}) {
    SCOPED_TRACE(size);
    TestHeap t({.gc = {.verify_heap = false}});
    const std::size_t held = 31'000'000 / size;
    for (std::size_t i = 0; i < held; ++i) t.roots.Add();
    for (std::size_t i = 0; i < MiB(400).value() / size; ++i) {
      t.roots[i % held] = t.New(t.bytes, size);
    }
    EXPECT_EQ(t.heap.new_capacity(), MiB(64));
    EXPECT_LE(t.CountOf(GcKind::kMajor), 1u);
    EXPECT_LE(t.CountOf(GcKind::kMinor), 16u);
  }
}

// What dies at once finds room among the spare regions, whatever of its regions it leaves unused:
// pages that go back to the system come again one by one.
TEST(LargeObjectsTest, OnesThatLiveForAWhileGiveNoPagesBack) {
  for (const std::size_t size : {31'000u, 33'000u, 100'000u, 140'000u, 200'000u, 300'000u}) {
    SCOPED_TRACE(size);
    TestHeap t({.gc = {.verify_heap = false}});
    const std::size_t held = 31'000'000 / size;
    for (std::size_t i = 0; i < held; ++i) t.roots.Add();
    for (std::size_t i = 0; i < MiB(800).value() / size; ++i) {
      t.roots[i % held] = t.New(t.bytes, size);
    }
    ASSERT_EQ(t.heap.new_capacity(), MiB(64));
    EXPECT_LE(t.heap.regions().free_open(), 16u);
  }
}

// Small ones that are promoted and die soon afterwards: what a collection of old space frees is
// taken again, and stays spare.
TEST(LargeObjectsTest, SmallOnesThatDieInOldSpaceGiveFewPagesBack) {
  TestHeap t(
      {.heap = {.new_space_min = MiB(2), .new_space_max = MiB(2)}, .gc = {.verify_heap = false}});
  constexpr std::size_t kSize = 15'000;
  constexpr std::size_t kHeld = 31'000'000 / kSize;
  for (std::size_t i = 0; i < kHeld; ++i) t.roots.Add();
  std::uint32_t most = 0;
  for (std::size_t i = 0; i < MiB(400).value() / kSize; ++i) {
    t.roots[i % kHeld] = t.New(t.bytes, kSize);
    if (i > kHeld * 8) most = std::max(most, t.heap.regions().free_open());
  }
  EXPECT_GT(t.CountOf(GcKind::kMajor), 3u);
  EXPECT_LE(most, 64u) << "regions that are open, free and not spare";
}

// A region whose large objects a scavenge has reached is an ordinary one once it is old.
TEST(LargeObjectsTest, AFormerSharedRegionIsEvacuatedAndGivenBack) {
  TestHeap t;
  std::vector<std::size_t> roots;
  for (int i = 0; i < 6; ++i) roots.push_back(t.NewRoot(t.bytes, 40'000));
  t.PromoteAll();
  const RegionIndex before = t.heap.regions().IndexOf(t.roots[roots[3]].address());
  for (const std::size_t root : roots) {
    if (root != roots[3]) t.roots[root] = ObjectPtr();
  }
  t.Major();
  EXPECT_NE(t.heap.regions().IndexOf(t.roots[roots[3]].address()), before);
  EXPECT_EQ(t.listener.last().regions_kept, 0u);
  EXPECT_EQ(t.listener.last().old_regions_freed, 1u);
  EXPECT_EQ(t.heap.OldUse().regions, 1u);
}

TEST(LargeObjectsTest, WhatSurvivesAMinorCollectionIsReportedUnlessItIsLargerThanNewSpace) {
  TestHeap t;
  const std::size_t medium = t.NewRoot(t.bytes, 40'000);
  const std::size_t run = t.NewRoot(t.bytes, 300'000);
  const ByteCount survivors = t.heap.SizeOf(t.roots[medium]) + t.heap.SizeOf(t.roots[run]);
  t.NewRoot(t.bytes, MiB(8).value());  // A collection makes room for it.
  EXPECT_EQ(t.listener.last().survived_large, survivors);
  t.heap.SetNewCapacity(MiB(8));
  t.Minor();
  EXPECT_EQ(t.listener.last().survived_large, survivors);
  t.Minor();  // They are old now.
  EXPECT_EQ(t.listener.last().survived_large, ByteCount());
}

TEST(LargeObjectsTest, OneThatIsAsLargeAsNewSpaceIsReportedAmongTheSurvivors) {
  TestHeap t;
  const std::size_t root = t.NewRoot(t.bytes, t.heap.new_capacity().value() - 16);
  ASSERT_EQ(t.heap.SizeOf(t.roots[root]), t.heap.new_capacity());
  t.Minor();
  EXPECT_EQ(t.listener.last().survived_large, t.heap.new_capacity());
}

TEST(LargeObjectsTest, AHugeOneCostsOneMinorCollectionNotOneForEachObjectAfterIt) {
  TestHeap t({.gc = {.verify_heap = false}});
  const std::size_t root = t.NewRoot(t.list, 5'000'000);  // 40 MB, new space has 8
  for (int i = 0; i < 100'000; ++i) t.New(t.pair);        // 2.4 MB
  for (int i = 0; i < 10; ++i) t.New(t.bytes, 50'000);
  EXPECT_LE(t.listener.reports.size(), 2u);
  EXPECT_EQ(Shape::Length(t.roots[root].address()), 5'000'000u);
}

}  // namespace
}  // namespace fart
