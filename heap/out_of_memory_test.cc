// No memory for a heap's own lists: taking a region is refused, moving it from list to list never.

#include <gtest/gtest.h>

#include <cstdint>
#include <new>
#include <string>

#include "heap/heap.h"
#include "heap/platform/testing/refusing_memory.h"
#include "heap/platform/testing/refusing_system.h"
#include "heap/region_cache.h"

namespace fart {
namespace {

class HeapWithoutMemoryTest : public testing::Test {
 protected:
  HeapWithoutMemoryTest() {
    FART_CHECK(heap.shapes().Register({.name = "Pair", .references = 2}, &pair));
  }
  ObjectPtr NewOld() {
    const Address where = heap.TryAllocateOld(ByteCount(24), Heap::Limit::kRespected);
    Header::Make(pair, WordCount(3)).StoreTo(where);
    heap.ShapeOf(ObjectPtr::FromAddress(where)).References(where)[0] = ObjectPtr();
    heap.ShapeOf(ObjectPtr::FromAddress(where)).References(where)[1] = ObjectPtr();
    return ObjectPtr::FromAddress(where);
  }

  Heap heap{HeapKnobs{.heap_limit = MiB(64), .new_space_min = MiB(16)}};
  ShapeId pair{};
};

TEST_F(HeapWithoutMemoryTest, ARegionIsTakenWithRoomInEveryListOrNotAtAll_HL1) {
  std::size_t taken = 0;
  {
    const RefusingSystem none(SystemCall::kMalloc);
    EXPECT_EQ(heap.TakeNewRegionForMutator(), kNoRegion);
    EXPECT_EQ(heap.regions().regions_in_use(), 0u);
  }
  while (heap.regions().regions_in_use() < 40) {
    ASSERT_NE(heap.TakeNewRegionForMutator(), kNoRegion);
    ++taken;
  }
  // All of them may grow old at once, and be evacuated.
  const RefusingSystem none(SystemCall::kMalloc);
  heap.evacuating_regions().TakeFrom(heap.new_regions());
  for (const RegionIndex index : heap.evacuating_regions()) {
    heap.regions().SetFlags(index, kOldSpaceFlags);
    heap.AdoptOldRegion(index);
  }
  EXPECT_EQ(heap.old_regions().size(), taken);
  heap.evacuating_regions().clear();
  for (const RegionIndex index : heap.old_regions()) {
    heap.regions().Retire(index, 1, heap.retire_policy());
  }
  heap.old_regions().clear();
  EXPECT_EQ(heap.regions().regions_in_use(), 0u);
  EXPECT_EQ(heap.regions().charged(), ByteCount());
}

TEST_F(HeapWithoutMemoryTest, RegionsThatCannotBeCachedGoBack) {
  const RegionIndex run = heap.regions().Take(5, kLargeFlags);
  const RegionIndex single = heap.regions().Take(1, kOldSpaceFlags);
  ASSERT_TRUE(run != kNoRegion && single != kNoRegion);
  {
    const RefusingSystem none(SystemCall::kMalloc);
    heap.regions().Retire(run, 5, heap.retire_policy());
    heap.regions().Retire(single, 1, heap.retire_policy());
    // Without anything cached they are found as free ones are.
    EXPECT_NE(heap.regions().Take(6, kLargeFlags), kNoRegion);
  }
  EXPECT_EQ(heap.regions().regions_in_use(), 6u);
}

TEST_F(HeapWithoutMemoryTest, AHoleThatCannotBeNotedIsDeadSpace_HJ1) {
  const RegionIndex index = heap.TakeNewRegionForMutator();
  ASSERT_NE(index, kNoRegion);
  const Address start = heap.regions().StartOf(index);
  Heap::FillDead(start, start + KiB(4));
  heap.regions().Record(index).top = start + KiB(4);
  {
    const RefusingSystem none(SystemCall::kMalloc);
    heap.GiveBackNewHole({start, start + KiB(4)});
    EXPECT_TRUE(heap.new_holes().empty());
  }
  heap.GiveBackNewHole({start, start + KiB(4)});
  EXPECT_EQ(heap.new_holes().size(), 1u);
}

TEST_F(HeapWithoutMemoryTest, NoSpanIsBegunThatTheLogHasNoRoomFor) {
  NewOld();
  heap.old_allocator().StartLog();
  {
    const RefusingSystem none(SystemCall::kMalloc);
    // What is left of the span in use serves.
    EXPECT_FALSE(heap.TryAllocateOld(KiB(1), Heap::Limit::kIgnored).is_null());
    Address last;
    do {
      last = heap.TryAllocateOld(KiB(16), Heap::Limit::kIgnored);
    } while (!last.is_null());
    EXPECT_EQ(heap.old_regions().size(), 1u);
  }
  EXPECT_TRUE(heap.TryAllocateOld(KiB(16), Heap::Limit::kIgnored).is_null())
      << "not asked for again in the same collection";
  heap.old_allocator().StopLog();
  heap.old_allocator().StartLog();
  EXPECT_FALSE(heap.TryAllocateOld(KiB(16), Heap::Limit::kIgnored).is_null());
  ASSERT_EQ(heap.old_allocator().logged_spans(), 2u);
  const Span first = heap.old_allocator().LoggedSpan(0);
  const Span second = heap.old_allocator().LoggedSpan(1);
  EXPECT_EQ(heap.regions().IndexOf(first.from), heap.old_regions()[0]);
  EXPECT_EQ(second.to - second.from, KiB(16));
  heap.old_allocator().StopLog();
}

TEST_F(HeapWithoutMemoryTest, WhatIsRememberedAndNotListedShowsInBitsAndCards_HR2) {
  RememberedSet& set = heap.remembered_set();
  const ObjectPtr listed = NewOld();
  set.AddWhole(listed);
  while (set.entries().size() < 4) set.AddWhole(NewOld());  // as many as there is room for at first
  const ObjectPtr unlisted = NewOld();
  {
    const RefusingSystem none(SystemCall::kMalloc);
    set.AddWhole(unlisted);
  }
  EXPECT_TRUE(set.has_overflowed());
  EXPECT_TRUE(Header::Of(unlisted).remembered());
  EXPECT_EQ(set.entries().size(), 4u);
  set.BeginAnew();
  EXPECT_FALSE(set.has_overflowed());
  EXPECT_TRUE(set.entries().empty());
}

TEST_F(HeapWithoutMemoryTest, AShapeIsRegisteredOrNot) {
  const std::uint32_t before = heap.shapes().size();
  const SweepResult result = SweepFailures(SystemCall::kMalloc, [] {
    Heap own(HeapKnobs{.heap_limit = MiB(16)});
    ShapeId id{};
    std::uint32_t registered = own.shapes().size();
    bool refused = false;
    try {
      for (; registered < 50; ++registered) {
        if (!own.shapes().Register({.name = "One", .references = 1}, &id)) break;
        EXPECT_EQ(static_cast<std::uint32_t>(id), registered);
      }
    } catch (const std::bad_alloc&) {
      refused = true;
    }
    RefusingMemory::Stop();
    EXPECT_EQ(own.shapes().size(), registered);
    return refused ? SweepOutcome::kRefused : SweepOutcome::kDone;
  });
  EXPECT_GT(result.refusals, 0u);
  EXPECT_EQ(result.survived, 0u);
  EXPECT_EQ(heap.shapes().size(), before);
}

TEST(HeapSweepTest, MakingAHeapIsAnswered) {
  for (const SystemCall kind : kAllCalls) {
    const SweepResult result = SweepFailures(kind, [] {
      const Heap heap(HeapKnobs{.heap_limit = MiB(16)});
      return heap.IsReserved() ? SweepOutcome::kDone : SweepOutcome::kRefused;
    });
    const bool is_needed = kind == SystemCall::kMalloc || kind == SystemCall::kCommit;
    if (is_needed) {
      EXPECT_EQ(result.survived, 0u) << SystemCallName(kind);
    }
  }
}

// What is cut off a run needs a place of its own.
TEST(RegionCacheTest, ARunThatCannotBeCutForWantOfMemoryStaysWhole) {
  for (std::uint32_t count = 1; count <= 4; ++count) {
    RegionCache cache;
    cache.SetLimit(100);
    cache.Add({10, 5});
    {
      const RefusingSystem no_memory(SystemCall::kMalloc);
      const RegionCache::Run run = cache.Take(count);
      if (run.count == 0) {
        EXPECT_EQ(cache.regions(), 5u) << count;
        EXPECT_TRUE(cache.Has(5)) << count;
      } else {
        EXPECT_EQ(cache.regions(), 5 - count) << count;
      }
    }
    std::uint32_t left = cache.regions();
    for (; cache.Take(1).count == 1; --left) {
    }
    EXPECT_EQ(left, 0u) << count;
  }
}

}  // namespace
}  // namespace fart
