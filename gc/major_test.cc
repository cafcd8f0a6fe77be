// The major collection: what it frees, what it moves, what it leaves where it is.

#include <gtest/gtest.h>

#include <cstdlib>
#include <vector>

#include "gc/testing/test_heap.h"
#include "heap/platform/off_heap.h"

namespace fart {
namespace {

// A list of `count` old numbers, and the root it is in.
std::size_t MakeOldNumbers(TestHeap& t, std::size_t count) {
  const std::size_t root = t.NewRoot(t.list, count);
  for (std::size_t i = 0; i < count; ++i) {
    const ObjectPtr number = t.NewNumber(static_cast<std::int64_t>(i));
    t.SetElement(t.roots[root], i, number);
  }
  t.PromoteAll();
  return root;
}

// Lets all but every `kept`th die.
void KeepEvery(TestHeap& t, std::size_t root, std::size_t kept) {
  const std::size_t count = t.heap.ShapeOf(t.roots[root]).LengthOf(t.roots[root].address());
  for (std::size_t i = 0; i < count; ++i) {
    if (i % kept != 0) t.SetElement(t.roots[root], i, ObjectPtr());
  }
}

// Bytes of objects that are not reachable, or fillers, in old regions.
ByteCount DeadOldBytes(TestHeap& t, std::size_t live_numbers) {
  const SpaceUse old = t.heap.OldUse();
  return kRegionSize * old.regions - ByteCount(3 * kWordSize) * live_numbers;
}

constexpr std::size_t kNumbers = 60'000;  // 1.4 MB, six regions

TEST(MajorTest, AHalfDeadOldSpaceGivesRegionsBack) {
  TestHeap t;
  const std::size_t root = MakeOldNumbers(t, kNumbers);
  KeepEvery(t, root, 2);
  const SpaceUse before = t.heap.OldUse();
  t.Major();
  const GcReport& report = t.listener.last();
  EXPECT_GT(report.old_regions_freed, 0u);
  EXPECT_GT(report.moved_within_old, ByteCount());
  EXPECT_LT(t.heap.OldUse().regions, before.regions);
  // G-D1: dead bytes left behind are at most an eighth; one region may be filled partly.
  EXPECT_LE(DeadOldBytes(t, kNumbers / 2), kRegionSize * before.regions / 8 + kRegionSize);
  for (std::size_t i = 0; i < kNumbers; i += 2) {
    ASSERT_EQ(t.Number(t.Elements(t.roots[root])[i]), static_cast<std::int64_t>(i));
  }
}

TEST(MajorTest, DenseRegionsStayAndTheirDeadBecomeFillers) {
  TestHeap t;
  const std::size_t root = MakeOldNumbers(t, kNumbers);
  for (std::size_t i = 0; i < kNumbers; i += 50) t.SetElement(t.roots[root], i, ObjectPtr());
  const ObjectPtr neighbour = t.Elements(t.roots[root])[501];
  const std::size_t regions = t.heap.OldUse().regions;
  t.Major();
  EXPECT_EQ(t.listener.last().moved_within_old, ByteCount());
  EXPECT_EQ(t.heap.OldUse().regions, regions);
  EXPECT_EQ(t.Elements(t.roots[root])[501], neighbour);
  std::size_t fillers = 0;
  for (const RegionIndex index : t.heap.old_regions()) {
    t.heap.WalkRegion(index, [&](Address, Header header, ByteCount) {
      fillers += ShapeTable::IsFiller(header.shape());
    });
  }
  EXPECT_EQ(fillers, kNumbers / 50);
  EXPECT_EQ(t.Verify(), "");  // H-G3
}

TEST(MajorTest, ARegionWithoutLiveObjectsGoesBackAndNothingMoves) {
  TestHeap t;
  const std::size_t root = MakeOldNumbers(t, kNumbers);
  const std::size_t regions = t.heap.OldUse().regions;
  t.roots[root] = ObjectPtr();
  t.Major();
  EXPECT_EQ(t.listener.last().old_regions_freed, regions);
  EXPECT_EQ(t.listener.last().objects_moved, 0u);
  EXPECT_EQ(t.heap.OldUse().regions, 0u);
}

TEST(MajorTest, ADeadRegionThatWasBeingFilledGoesBackToo) {
  TestHeap t;
  const std::size_t root = MakeOldNumbers(t, kNumbers);
  t.Major();  // now all dense
  // The region being filled next has only dead objects, fewer than an eighth of old space.
  t.heap.old_allocator().Abandon();
  t.heap.old_allocator().ForgetHoles();
  const std::size_t dead = t.NewOldRoot(t.pair);
  const std::size_t regions = t.heap.OldUse().regions;
  t.roots[dead] = ObjectPtr();
  t.Major();
  EXPECT_EQ(t.listener.last().old_regions_freed, 1u);
  EXPECT_EQ(t.heap.OldUse().regions, regions - 1);
  EXPECT_EQ(t.Number(t.Elements(t.roots[root])[99]), 99);
}

TEST(MajorTest, LargeObjectsKeepTheirPlaceAndDeadOnesAreGivenBack) {
  TestHeap t;
  const std::size_t live = t.NewOldRoot(t.list, 50'000);
  const std::size_t dead = t.NewOldRoot(t.bytes, 1'000'000);
  const ObjectPtr before = t.roots[live];
  t.roots[dead] = ObjectPtr();
  t.Major();
  EXPECT_EQ(t.roots[live], before);
  EXPECT_EQ(t.listener.last().large_objects_freed, 1u);
  EXPECT_EQ(t.heap.LargeUse().regions, RegionsFor(t.heap.SizeOf(before)));
}

// Defect 30 of the reference: all of new space, dead or not, is a root of its old-space collection.
TEST(MajorTest, DeadYoungObjectsKeepNothingOldAlive_Defect30) {
  TestHeap t;
  const std::size_t root = t.NewOldRoot(t.pair);
  const std::size_t watch = t.weaks.Add(t.roots[root]);
  const ObjectPtr young = t.New(t.pair);
  t.Set(young, 0, t.roots[root]);
  t.roots[root] = ObjectPtr();
  t.Major();
  EXPECT_TRUE(t.weaks[watch].is_null());
}

TEST(MajorTest, ACycleBetweenOldAndNewSpaceDies) {
  TestHeap t;
  const std::size_t root = t.NewOldRoot(t.pair);
  const ObjectPtr young = t.New(t.pair);
  t.Set(young, 0, t.roots[root]);
  t.Set(t.roots[root], 0, young);
  const std::size_t watch = t.weaks.Add(young);
  t.roots[root] = ObjectPtr();
  t.Minor();
  EXPECT_FALSE(t.weaks[watch].is_null());  // the old one may live, as far as a scavenge knows
  t.Major();
  EXPECT_TRUE(t.weaks[watch].is_null());
}

TEST(MajorTest, YoungObjectsAgeAsInAScavenge) {
  TestHeap t;
  const std::size_t root = t.NewRoot(t.pair);
  t.Major();
  EXPECT_TRUE(t.heap.IsYoung(t.roots[root]));
  t.Major();
  EXPECT_FALSE(t.heap.IsYoung(t.roots[root]));
}

TEST(MajorTest, ALongLinkedListNeedsNoDeepStack) {
  TestHeap t({.heap = {.new_space_min = MiB(32)}, .gc = {.verify_heap = false}});
  const std::size_t root = t.roots.Add();
  constexpr std::int64_t kLength = 300'000;
  for (std::int64_t i = 0; i < kLength; ++i) {
    const ObjectPtr node = t.NewNumber(i);
    t.Set(node, 1, t.roots[root]);
    t.roots[root] = node;
  }
  t.Major();
  ObjectPtr node = t.roots[root];
  for (std::int64_t i = kLength - 1; i >= 0; --i) {
    ASSERT_EQ(t.Number(node), i);
    node = t.Slots(node)[1];
  }
}

TEST(MajorTest, ReferencesFromDenseSparseLargeAndNewObjectsAreAllUpdated) {
  TestHeap t;
  const std::size_t numbers = MakeOldNumbers(t, kNumbers);
  const std::size_t large = t.NewOldRoot(t.list, kNumbers);
  KeepEvery(t, numbers, 10);
  std::vector<ObjectPtr> before;
  std::vector<std::size_t> young;
  std::vector<std::size_t> weak;
  for (std::size_t i = 0; i < kNumbers; i += 1000) {
    const ObjectPtr number = t.Elements(t.roots[numbers])[i];
    before.push_back(number);
    t.SetElement(t.roots[large], i, number);
    young.push_back(t.NewRoot(t.pair));
    t.Set(t.roots[young.back()], 0, number);
    weak.push_back(t.NewRoot(t.weak));
    t.SetWeak(t.roots[weak.back()], 0, number);
  }
  t.Major();
  std::size_t moved = 0;
  for (std::size_t i = 0; i < kNumbers; i += 1000) {
    const ObjectPtr now = t.Elements(t.roots[numbers])[i];
    moved += now != before[i / 1000];
    EXPECT_EQ(t.Elements(t.roots[large])[i], now);
    EXPECT_EQ(t.Slots(t.roots[young[i / 1000]])[0], now);
    EXPECT_EQ(t.Weaks(t.roots[weak[i / 1000]])[0], now);
  }
  EXPECT_GT(moved, 0u);
}

// G-D1: a region without live objects costs nothing.
TEST(MajorTest, ADeadRegionGoesHoweverLittleOfOldSpaceItIs) {
  TestHeap t;
  constexpr std::size_t kSize = 10'000;
  constexpr std::size_t kInRegion = kRegionSize.value() / kSize;
  const std::size_t list = t.NewRoot(t.list, 24 * kInRegion);
  for (std::size_t i = 0; i < 24 * kInRegion; ++i) {
    t.SetElement(t.roots[list], i, t.New(t.bytes, kSize));
  }
  t.PromoteAll();
  t.Major();
  const std::size_t regions = t.heap.OldUse().regions;
  // Two regions' worth, one after the other: in the middle of it is a whole one.
  for (std::size_t i = 6 * kInRegion; i < 8 * kInRegion + 1; ++i) {
    t.SetElement(t.roots[list], i, ObjectPtr());
  }
  t.Major();
  EXPECT_GE(t.listener.last().old_regions_freed, 1u);
  EXPECT_EQ(t.listener.last().objects_moved, 0u) << "for the others it is not worth it";
  EXPECT_EQ(t.heap.OldUse().regions, regions - t.listener.last().old_regions_freed);
}

TEST(MajorTest, CollectionsGiveBackWhatTheyMarkWith) {
  TestHeap t;
  constexpr std::size_t kPairs = 20'000;
  const std::size_t list = t.NewRoot(t.list, kPairs);
  for (std::size_t i = 0; i < kPairs; ++i) t.SetElement(t.roots[list], i, t.NewNumber(1));
  t.Major();
  const std::int64_t before = OffHeapBytesInUse();
  for (int i = 0; i < 40; ++i) t.Major();
  const std::int64_t more = OffHeapBytesInUse() - before;
  EXPECT_LE(std::abs(more), static_cast<std::int64_t>(2 * kOffHeapUncounted.value()));
}

}  // namespace
}  // namespace fart
