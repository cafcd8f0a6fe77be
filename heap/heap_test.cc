#include "heap/heap.h"

#include <gtest/gtest.h>

#include <vector>

namespace fart {
namespace {

TEST(HeapTest, TheMutatorTakesNewRegionsUpToTheCapacity) {
  Heap heap({.new_space_min = kRegionSize * 3});
  for (int i = 0; i < 3; ++i) EXPECT_NE(heap.TakeNewRegionForMutator(), kNoRegion);
  EXPECT_EQ(heap.TakeNewRegionForMutator(), kNoRegion);
  EXPECT_NE(heap.TakeNewRegionForCollection(), kNoRegion);
  EXPECT_EQ(heap.NewUse().regions, 4u);
}

TEST(HeapTest, TheLimitBindsTheMutatorAndNoCollection_HH2) {
  Heap heap({.heap_limit = kMinHeapLimit});
  while (!heap.TryAllocateLarge(KiB(256), LargeObjects::Age::kOld, Heap::Limit::kRespected)
              .is_null()) {
  }
  EXPECT_EQ(heap.regions().charged(), kMinHeapLimit);
  EXPECT_TRUE(heap.TryAllocateOld(ByteCount(64), Heap::Limit::kRespected).is_null());
  EXPECT_EQ(heap.TakeNewRegionForMutator(), kNoRegion);
  EXPECT_FALSE(heap.TryAllocateOld(ByteCount(64), Heap::Limit::kIgnored).is_null());
  EXPECT_FALSE(
      heap.TryAllocateLarge(KiB(300), LargeObjects::Age::kOld, Heap::Limit::kIgnored).is_null());
  EXPECT_NE(heap.TakeNewRegionForCollection(), kNoRegion);
}

TEST(HeapTest, TheBudgetBindsCollectionsAndNotTheMutator) {
  Heap heap({.collection_region_budget = 3});
  EXPECT_TRUE(heap.TryAllocateLarge(MiB(1), LargeObjects::Age::kOld, Heap::Limit::kIgnored)
                  .is_null());  // four regions
  EXPECT_FALSE(heap.TryAllocateLarge(KiB(300), LargeObjects::Age::kOld, Heap::Limit::kIgnored)
                   .is_null());  // two
  EXPECT_NE(heap.TakeNewRegionForCollection(), kNoRegion);
  EXPECT_EQ(heap.TakeNewRegionForCollection(), kNoRegion);
  EXPECT_TRUE(heap.TryAllocateOld(ByteCount(64), Heap::Limit::kIgnored).is_null());
  EXPECT_NE(heap.TakeNewRegionForMutator(), kNoRegion);
  EXPECT_FALSE(heap.TryAllocateOld(ByteCount(64), Heap::Limit::kRespected).is_null());
}

TEST(HeapTest, NewSpaceIsAQuarterOfTheLimitAtMost) {
  Heap heap({.heap_limit = kMinHeapLimit});
  heap.SetNewCapacity(MiB(32));
  EXPECT_EQ(heap.new_capacity(), kMinHeapLimit / 4);
  heap.SetNewCapacity(ByteCount());
  EXPECT_EQ(heap.new_capacity(), kRegionSize);
}

TEST(HeapTest, OldSpaceIsFilledByBumpingRegionByRegion) {
  Heap heap(HeapKnobs{});
  const Address first = heap.TryAllocateOld(ByteCount(24), Heap::Limit::kRespected);
  const Address second = heap.TryAllocateOld(ByteCount(40), Heap::Limit::kRespected);
  EXPECT_EQ(second, first + ByteCount(24));
  heap.old_allocator().Abandon();
  const Address third = heap.TryAllocateOld(ByteCount(24), Heap::Limit::kRespected);
  EXPECT_NE(heap.regions().IndexOf(third), heap.regions().IndexOf(first));
  EXPECT_EQ(heap.OldUse().regions, 2u);
  EXPECT_EQ(heap.OldUse().used, ByteCount(88));
}

TEST(HeapTest, DeadSpaceOfAnySizeCanBeWalked_HG3) {
  Heap heap(HeapKnobs{});
  const RegionIndex index = heap.TakeNewRegionForMutator();
  const Address start = heap.regions().StartOf(index);
  const std::vector<std::size_t> words = {1, 2, 3, 1000, 30'000};
  Address at = start;
  for (const std::size_t n : words) {
    Heap::FillDead(at, at + WordCount(n));
    at = at + WordCount(n);
  }
  Heap::FillDead(at, at);  // nothing
  heap.regions().Record(index).top = at;
  std::vector<std::size_t> found;
  heap.WalkRegion(index, [&](Address, Header header, ByteCount size) {
    EXPECT_TRUE(ShapeTable::IsFiller(header.shape()));
    found.push_back(size.InWords().value());
  });
  EXPECT_EQ(found, words);
}

TEST(HeapTest, OldPressureIsRegionsLargeObjectsAndExternalBytes) {
  Heap heap(HeapKnobs{});
  heap.TryAllocateOld(ByteCount(24), Heap::Limit::kRespected);
  heap.TryAllocateLarge(KiB(300), LargeObjects::Age::kOld, Heap::Limit::kRespected);
  heap.external_old() += ByteCount(1000);
  EXPECT_EQ(heap.OldPressure(), kRegionSize + KiB(300) + ByteCount(1000));
  // What is young is new space's.
  heap.TryAllocateLarge(KiB(300), LargeObjects::Age::kYoung, Heap::Limit::kRespected);
  heap.TryAllocateLarge(KiB(40), LargeObjects::Age::kYoung, Heap::Limit::kRespected);
  heap.TakeNewRegionForMutator();
  EXPECT_EQ(heap.OldPressure(), kRegionSize + KiB(300) + ByteCount(1000));
  EXPECT_EQ(heap.NewPressure(), kRegionSize + KiB(340));
}

TEST(HeapTest, GapsAreNoPressure) {
  Heap heap(HeapKnobs{});
  const Address object = heap.TryAllocateOld(KiB(4), Heap::Limit::kRespected);
  heap.old_allocator().AddHole(object, object + KiB(3));
  heap.SetOldUnswept(KiB(10));
  EXPECT_EQ(heap.OldGaps(), KiB(13));
  EXPECT_EQ(heap.OldPressure(), kRegionSize - KiB(13));
  heap.external_old() += ByteCount(1000);
  heap.SetOldUnswept(kRegionSize);
  EXPECT_EQ(heap.OldPressure(), ByteCount(1000)) << "no less than none";
}

TEST(ShapeTableTest, IdsCountUpAndImpossibleShapesChangeNothing_HOS1) {
  ShapeTable table;
  ShapeId first{};
  ShapeId second{};
  ASSERT_TRUE(table.Register({.name = "A", .references = 1}, &first));
  EXPECT_FALSE(table.Register({.name = "B", .references = 1, .ephemeron = true}, &second));
  ASSERT_TRUE(table.Register({.name = "C", .raw_bytes = 5}, &second));
  EXPECT_EQ(static_cast<std::uint32_t>(first), ShapeTable::kFirstFree);
  EXPECT_EQ(static_cast<std::uint32_t>(second), ShapeTable::kFirstFree + 1);
  EXPECT_EQ(table[second].raw_bytes(), 5u);
  EXPECT_STREQ(table[first].name(), "A");
  EXPECT_FALSE(table.IsRegistered(ShapeId{5}));
}

}  // namespace
}  // namespace fart
