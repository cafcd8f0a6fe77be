// What the heap promises in numbers: how much may be taken, by whom, and what is counted of it.

#include <gtest/gtest.h>

#include <vector>

#include "heap/heap.h"
#include "heap/platform/testing/resident.h"

namespace fart {
namespace {

using Age = LargeObjects::Age;
using Limit = Heap::Limit;
using Capacity = Heap::Capacity;

constexpr ByteCount kSmall(64);

// A region of new space with objects where `live` says, dead space elsewhere, and its top.
RegionIndex TakeRegionWithDeadSpace(Heap& heap, ByteCount live, ByteCount top) {
  const RegionIndex index = heap.regions().Take(1, kNewSpaceFlags);
  const Address start = heap.regions().StartOf(index);
  Header::Make(ShapeId{ShapeTable::kFirstFree}, live.InWords()).StoreTo(start);
  Heap::FillDead(start + live, start + top);
  heap.regions().Record(index).top = start + top;
  return index;
}

// ---- New space

TEST(NewSpaceTest, YoungLargeObjectsUseUpItsCapacityForSmallOnes) {
  Heap heap({.new_space_min = kRegionSize * 4});
  heap.TryAllocateLarge(KiB(300), Age::kYoung, Limit::kRespected);
  EXPECT_NE(heap.TakeNewRegionForMutator(), kNoRegion);
  EXPECT_NE(heap.TakeNewRegionForMutator(), kNoRegion);
  EXPECT_EQ(heap.TakeNewRegionForMutator(), kNoRegion) << "300 KiB, 512 KiB and 256 more";
}

TEST(NewSpaceTest, CapacityIsExceededOnlyWherePinsFillItAndByAQuarterAtMost) {
  Heap heap({.new_space_min = kRegionSize * 8});
  for (int i = 0; i < 8; ++i) ASSERT_NE(heap.TakeNewRegionForMutator(), kNoRegion);
  EXPECT_EQ(heap.TakeNewRegionForMutator(Capacity::kExceeded), kNoRegion) << "nothing is pinned";
  Heap pinned({.new_space_min = kRegionSize * 8});
  for (int i = 0; i < 8; ++i) {
    pinned.AdoptNewRegion(TakeRegionWithDeadSpace(pinned, ByteCount(64), KiB(64)));
  }
  EXPECT_EQ(pinned.TakeNewRegionForMutator(), kNoRegion);
  int more = 0;
  while (pinned.TakeNewRegionForMutator(Capacity::kExceeded) != kNoRegion) ++more;
  EXPECT_EQ(more, 3) << "until a quarter is without pins, and one beyond";
  // A collection begins, and nothing is pinned any more.
  pinned.ForgetNewHoles();
  pinned.new_regions().clear();
  while (pinned.TakeNewRegionForMutator() != kNoRegion) {
  }
  EXPECT_EQ(pinned.new_regions().size(), 8u);
  EXPECT_EQ(pinned.TakeNewRegionForMutator(Capacity::kExceeded), kNoRegion);
}

TEST(NewSpaceTest, LargeObjectsDoNotLetItsCapacityBeExceeded) {
  Heap heap({.new_space_min = kRegionSize * 8});
  heap.TryAllocateLarge(MiB(3), Age::kYoung, Limit::kRespected);
  EXPECT_EQ(heap.TakeNewRegionForMutator(Capacity::kExceeded), kNoRegion);
}

TEST(NewSpaceTest, ARegionWithPinsHasAllItsDeadSpaceAsHolesAndIsWalkedWhole_HG3) {
  Heap heap(HeapKnobs{});
  const RegionIndex index = TakeRegionWithDeadSpace(heap, ByteCount(64), KiB(64));
  heap.AdoptNewRegion(index);
  const Address start = heap.regions().StartOf(index);
  ASSERT_EQ(heap.new_holes().size(), 2u);
  EXPECT_EQ(heap.new_holes()[0].from, start + ByteCount(64));
  EXPECT_EQ(heap.new_holes()[0].to, start + KiB(64));
  EXPECT_EQ(heap.new_holes()[1].from, start + KiB(64));
  EXPECT_EQ(heap.new_holes()[1].to, start + kRegionSize);
  EXPECT_EQ(heap.regions().Record(index).top, start + kRegionSize);
  EXPECT_EQ(heap.NewUse().used, ByteCount(64)) << "without holes";
  const Header rest = Header::At(start + KiB(64));
  ASSERT_TRUE(rest.IsHeader() && ShapeTable::IsFiller(rest.shape()));
  ASSERT_EQ(ByteCount(rest.size()), kRegionSize - KiB(64));
  std::size_t walked = 0;
  heap.WalkRegion(index, [&](Address, Header, ByteCount size) { walked += size.value(); });
  EXPECT_EQ(walked, kRegionSize.value());
}

TEST(NewSpaceTest, AHoleServesWhatItFitsExactlyAndOnce) {
  Heap heap(HeapKnobs{});
  const Address at = heap.regions().StartOf(heap.TakeNewRegionForMutator());
  heap.GiveBackNewHole({at, at + KiB(1)});  // H-J2: the least
  heap.GiveBackNewHole({at + KiB(2), at + KiB(3) - ByteCount(8)});
  ASSERT_EQ(heap.new_holes().size(), 1u);
  EXPECT_TRUE(heap.TakeNewHole(KiB(1) + ByteCount(8)).from.is_null());
  EXPECT_EQ(heap.TakeNewHole(KiB(1)).from, at);
  EXPECT_TRUE(heap.TakeNewHole(ByteCount(8)).from.is_null());
}

TEST(NewSpaceTest, BeforeACollectionItsHolesAndItsOpenRegionAreForgotten) {
  Heap heap(HeapKnobs{});
  heap.AdoptNewRegion(TakeRegionWithDeadSpace(heap, ByteCount(64), KiB(64)));
  heap.SetNewOpenRegion(heap.new_regions()[0]);
  heap.ForgetNewHoles();
  EXPECT_TRUE(heap.new_holes().empty());
  EXPECT_EQ(heap.TakeNewOpenRegion(), kNoRegion);
}

// ---- Old space

TEST(OldSpaceTest, ItsFirstRegionAloneHasPagesOfItsOwn) {
  Heap heap(HeapKnobs{});
  const RegionIndex first = heap.regions().Take(1, kNewSpaceFlags);
  const RegionIndex second = heap.regions().Take(1, kNewSpaceFlags);
  heap.regions().Retire(first, 1, {});
  heap.regions().Retire(second, 1, {});
  const Address small = heap.TryAllocateOld(kSmall, Limit::kRespected);
  const RegionIndex fresh = heap.regions().IndexOf(small);
  EXPECT_NE(fresh, first);
  EXPECT_NE(fresh, second);
  while (heap.old_regions().size() == 1) {
    ASSERT_FALSE(heap.TryAllocateOld(KiB(8), Limit::kRespected).is_null());
  }
  EXPECT_EQ(heap.old_regions()[1], second) << "the last that was spare";
}

// ---- The limit and the budget

TEST(LimitTest, WhatFitsExactlyIsTaken_HH2) {
  Heap heap({.heap_limit = kMinHeapLimit});
  EXPECT_FALSE(
      heap.TryAllocateLarge(kMinHeapLimit - KiB(256), Age::kOld, Limit::kRespected).is_null());
  EXPECT_TRUE(heap.TryAllocateLarge(KiB(260), Age::kOld, Limit::kRespected).is_null());
  EXPECT_FALSE(heap.TryAllocateLarge(KiB(256), Age::kOld, Limit::kRespected).is_null());
  EXPECT_EQ(heap.regions().charged(), kMinHeapLimit);
}

TEST(LimitTest, ATailThatWouldExceedItIsNotUsed_HH2_HJ1) {
  Heap heap({.heap_limit = kMinHeapLimit});
  // A shared region that has grown old is charged for its first half.
  const RegionIndex index = heap.regions().Take(1, kOldSpaceFlags);
  const Address start = heap.regions().StartOf(index);
  Header::Make(ShapeId{ShapeTable::kFirstFree}, KiB(100).InWords()).StoreTo(start);
  heap.regions().Record(index).top = start + KiB(100);
  heap.regions().SetCharge(index, KiB(100));
  heap.AdoptOldRegion(index);
  EXPECT_FALSE(
      heap.TryAllocateLarge(kMinHeapLimit - KiB(200), Age::kOld, Limit::kRespected).is_null());
  EXPECT_TRUE(heap.TryAllocateOld(kSmall, Limit::kRespected).is_null()) << "156 KiB of 100";
  EXPECT_EQ(heap.TryAllocateOld(kSmall, Limit::kIgnored), start + KiB(100));
  EXPECT_EQ(heap.regions().charged(), kMinHeapLimit + KiB(56));
}

TEST(LimitTest, TheHolesOfAnAdoptedRegionServeOldSpace_HJ1) {
  Heap heap(HeapKnobs{});
  const RegionIndex index = TakeRegionWithDeadSpace(heap, KiB(8), KiB(40));
  heap.regions().SetFlags(index, kOldSpaceFlags);
  heap.AdoptOldRegion(index);
  const Address start = heap.regions().StartOf(index);
  ASSERT_EQ(heap.old_allocator().roomy_holes().size(), 2u);
  EXPECT_EQ(heap.TryAllocateOld(KiB(128), Limit::kRespected), start + KiB(40));
  EXPECT_EQ(heap.TryAllocateOld(KiB(72), Limit::kRespected), start + KiB(168));
  EXPECT_EQ(heap.TryAllocateOld(KiB(30), Limit::kRespected), start + KiB(8));
  EXPECT_EQ(heap.OldUse().regions, 1u);
}

TEST(LimitTest, ABudgetIsUsedUpByTheRegion) {
  Heap heap({.collection_region_budget = 4});
  EXPECT_FALSE(heap.TryAllocateLarge(KiB(700), Age::kOld, Limit::kIgnored).is_null());  // three
  EXPECT_EQ(heap.knobs().collection_region_budget, 1u);
  EXPECT_FALSE(heap.TryAllocateOld(kSmall, Limit::kIgnored).is_null());
  EXPECT_EQ(heap.knobs().collection_region_budget, 0u);
  EXPECT_EQ(heap.TakeNewRegionForCollection(), kNoRegion);
}

TEST(LimitTest, ItMayBeRaisedToHalfTheRange) {
  const Heap heap({.heap_limit = MiB(64)});
  EXPECT_EQ(heap.most_heap_limit(), MiB(128));
}

// ---- What is counted

TEST(UseTest, UsedIsUpToTheTopAndCommittedWhatIsCharged) {
  Heap heap(HeapKnobs{});
  heap.TryAllocateOld(KiB(3), Limit::kRespected);
  EXPECT_EQ(heap.OldUse().used, KiB(3));
  EXPECT_EQ(heap.OldUse().committed, kRegionSize);
  heap.regions().SetCharge(heap.old_regions()[0], KiB(4));
  EXPECT_EQ(heap.OldUse().committed, KiB(4));
  heap.TryAllocateLarge(KiB(300), Age::kOld, Limit::kRespected);
  heap.TryAllocateLarge(KiB(33), Age::kYoung, Limit::kRespected);
  EXPECT_EQ(heap.LargeUse().regions, 3u);
  EXPECT_EQ(heap.LargeUse().used, KiB(333));
  EXPECT_EQ(heap.LargeUse().committed, KiB(300 + 36));
}

TEST(UseTest, OldLargeObjectsDieThoughThereAreNoYoungOnes) {
  Heap heap(HeapKnobs{});
  heap.TryAllocateLarge(KiB(300), Age::kOld, Limit::kRespected);
  const auto none = [](Address, Address to) { return to; };
  heap.large().BeginCollection(/*all_leave=*/false);
  EXPECT_EQ(heap.ReleaseDeadLarge(/*old_too=*/false, none), 0u);
  EXPECT_EQ(heap.ReleaseDeadLarge(/*old_too=*/true, none), 1u);
  EXPECT_EQ(heap.LargeUse().regions, 0u);
  EXPECT_EQ(heap.LargeUse().committed, ByteCount());
}

TEST(UseTest, LargeObjectsThatFillARegionExactlyShareIt) {
  Heap heap(HeapKnobs{});
  heap.TryAllocateLarge(kMaxSharedSize, Age::kYoung, Limit::kRespected);
  heap.TryAllocateLarge(kMaxSharedSize, Age::kYoung, Limit::kRespected);
  EXPECT_EQ(heap.LargeUse().regions, 1u);
  EXPECT_EQ(heap.LargeUse().committed, kRegionSize);
}

TEST(UseTest, AnOldOneOfSharedSizeNeedsARegionOfItsOwn) {
  Heap heap(HeapKnobs{});
  heap.TryAllocateLarge(KiB(40), Age::kYoung, Limit::kRespected);
  EXPECT_EQ(heap.large().NeedOf(KiB(40), Age::kYoung).regions, 0u);
  EXPECT_EQ(heap.large().NeedOf(KiB(40), Age::kOld).regions, 1u);
}

TEST(UseTest, ALargeObjectThatFindsNoRoomUsesNoNewSpace) {
  Heap heap({.heap_limit = kMinHeapLimit});
  EXPECT_TRUE(heap.TryAllocateLarge(GiB(1), Age::kYoung, Limit::kIgnored).is_null());
  EXPECT_EQ(heap.large().allocated_since_collection(), ByteCount());
  EXPECT_EQ(heap.NewPressure(), ByteCount());
  EXPECT_EQ(heap.LargeUse().regions, 0u);
}

TEST(UseTest, LowMemoryIsTakenOnce) {
  Heap heap(HeapKnobs{});
  EXPECT_FALSE(heap.TakeLowMemory());
  heap.NotifyLowMemory();
  EXPECT_TRUE(heap.TakeLowMemory());
  EXPECT_FALSE(heap.TakeLowMemory());
}

// ---- What becomes of retired regions

TEST(RetireTest, LargeObjectsThatDieAreZappedOrProtectedAsTheKnobsSay) {
  for (const bool protect : {false, true}) {
    Heap heap({.protect_retired = protect, .zap_retired = !protect});
    const Address place = heap.TryAllocateLarge(KiB(300), Age::kOld, Limit::kRespected);
    Header::Make(ShapeId{ShapeTable::kFirstFree}, WordCount(0)).StoreTo(place);
    heap.ReleaseDeadLarge(/*old_too=*/true, [](Address, Address to) { return to; });
    if (protect) {
      EXPECT_DEATH(*place.As<volatile int>() = 1, "");
    } else {
      EXPECT_EQ(*place.As<std::uint64_t>(), RegionSpace::kZap);
      EXPECT_EQ(*(place + KiB(290)).As<std::uint64_t>(), RegionSpace::kZap) << "all of the run";
    }
  }
}

TEST(RetireTest, TheRegionsOfAShrunkenOneAreProtectedWhenTheKnobsSay) {
  Heap heap({.protect_retired = true});
  const Address place = heap.TryAllocateLarge(KiB(600), Age::kOld, Limit::kRespected);
  heap.ShrinkLarge(heap.regions().IndexOf(place), KiB(100));
  *place.As<volatile int>() = 1;
  EXPECT_DEATH(*(place + KiB(256)).As<volatile int>() = 1, "");
}

TEST(RetireTest, AsManySpareRegionsKeepTheirPagesAsNewSpaceHasAndEightMore) {
  Heap heap({.new_space_min = kRegionSize * 4});
  std::vector<RegionIndex> taken;
  // Some of the last group would be spare already.
  while (taken.size() < 20 || heap.regions().access().end() != taken.back() + 1) {
    taken.push_back(heap.regions().Take(1, kNewSpaceFlags));
    *heap.regions().StartOf(taken.back()).As<volatile int>() = 1;
  }
  const auto kept = [&] {
    int count = 0;
    for (const RegionIndex index : taken) count += IsResident(heap.regions().StartOf(index));
    return count;
  };
  for (const RegionIndex index : taken) heap.regions().Retire(index, 1, {});
  EXPECT_EQ(kept(), 4 + 8);
  heap.SetNewCapacity(kRegionSize);
  EXPECT_EQ(kept(), 1 + 8);
}

}  // namespace
}  // namespace fart
