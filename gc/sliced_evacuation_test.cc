// Old space moved together in slices: who refers to what moves is found, whenever it came to do so.

#include "gc/sliced_evacuation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "gc/testing/test_heap.h"

namespace fart {
namespace {

class SlicedEvacuationTest : public ::testing::Test {
 protected:
  // Old pairs with the numbers from 0 on, in several regions; a root holds each.
  static constexpr std::size_t kPairs = 40'000;
  void Fill() {
    first_ = t.roots.size();
    for (std::size_t i = 0; i < kPairs; ++i) {
      t.roots.Add(t.NewNumber(static_cast<std::int64_t>(i)));
    }
    t.PromoteAll();
    ASSERT_GE(t.heap.old_regions().size(), 4u);
  }
  ObjectPtr& Pair(std::size_t i) { return t.roots[first_ + i]; }
  RegionIndex RegionOf(ObjectPtr object) const {
    return t.heap.regions().IndexOf(object.address());
  }
  // All but each fifth of them dies.
  void Thin() {
    for (std::size_t i = 0; i < kPairs; ++i) {
      if (i % 5 != 0) Pair(i) = ObjectPtr();
    }
  }
  void ExpectWhole() {
    for (std::size_t i = 0; i < kPairs; i += 5) {
      ASSERT_EQ(t.Number(Pair(i)), static_cast<std::int64_t>(i));
    }
  }
  std::size_t NewFreshOldRoot() FART_NO_SAFEPOINT_ANALYSIS {
    const FreshObject fresh = t.mutator.AllocateForExternal(t.pair, kLargeExternalSize);
    const NoSafepointScope quiet;
    return t.roots.Add(fresh.Get(quiet));
  }
  const SlicedEvacuation& moving() const { return t.gc.moving(); }
  void GoOn(std::uint64_t steps = 1) {
    t.heap.mutable_knobs().marking_steps = steps;
    t.Minor();
  }
  // Old space is marked and swept; candidates are chosen, and nothing has been looked at.
  void Begin() {
    for (int i = 0; !moving().is_looking(); ++i) {
      ASSERT_LT(i, 20);
      GoOn(1'000'000);
    }
    majors_ = t.CountOf(GcKind::kMajor);
    ASSERT_EQ(t.Verify(), "");
  }
  void LookAtAll() {
    for (int i = 0; !moving().is_moving(); ++i) {
      ASSERT_LT(i, 1000);
      ASSERT_FALSE(moving().is_idle());
      GoOn();
    }
  }
  void BeginAndLook() {
    Begin();
    LookAtAll();
  }
  // Nothing else has been collected meanwhile.
  void MoveAll() {
    for (int i = 0; !moving().is_idle(); ++i) {
      ASSERT_LT(i, 1000);
      GoOn();
    }
    EXPECT_EQ(t.CountOf(GcKind::kMajor), majors_);
    t.heap.mutable_knobs().marking_steps = 0;
    ASSERT_EQ(t.Verify(), "");
  }
  ByteCount MovedWithinOld() const {
    ByteCount moved;
    for (const GcReport& report : t.listener.reports) moved += report.moved_within_old;
    return moved;
  }

  TestHeap t;
  std::size_t first_ = 0;
  std::size_t majors_ = 0;
};

TEST_F(SlicedEvacuationTest, WhatLivesIsMovedTogetherAFewRegionsAtATime) {
  Fill();
  Thin();
  const std::size_t before = t.heap.old_regions().size();
  const std::vector<ObjectPtr> were = {Pair(0), Pair(20'000), Pair(39'995)};
  BeginAndLook();
  const std::size_t reports = t.listener.reports.size();
  MoveAll();
  ExpectWhole();
  EXPECT_NE(Pair(0), were[0]);
  EXPECT_NE(Pair(20'000), were[1]);
  EXPECT_NE(Pair(39'995), were[2]);
  EXPECT_LE(t.heap.old_regions().size(), before / 5 + 2);
  EXPECT_EQ(t.heap.old_withdrawn(), ByteCount());
  std::size_t moved_some = 0;
  std::uint32_t freed = 0;
  for (std::size_t i = reports; i < t.listener.reports.size(); ++i) {
    const GcReport& report = t.listener.reports[i];
    moved_some += !report.moved_within_old.is_zero();
    freed += report.old_regions_freed;
    EXPECT_LE(report.moved_within_old, kRegionSize / 4) << "one region, a fifth of which lives";
    EXPECT_LE(report.old_regions_freed, 1u);
    EXPECT_EQ(report.after, t.heap.NewUse().used + report.old_used);
  }
  EXPECT_GE(moved_some, before - 1);
  EXPECT_EQ(freed, moved_some);
}

// Stored before the holder has been looked at, and after that.
TEST_F(SlicedEvacuationTest, WhatAnOldHolderIsGivenMeanwhileIsFollowed_GV1) {
  Fill();
  Thin();
  Begin();
  t.Set(Pair(5), 1, Pair(30'000));
  LookAtAll();
  t.Set(Pair(35'000), 1, Pair(30'005));
  t.Set(Pair(10), 1, Pair(39'000));
  ASSERT_EQ(t.Verify(), "");
  MoveAll();
  EXPECT_EQ(t.Slots(Pair(5))[1], Pair(30'000));
  EXPECT_EQ(t.Slots(Pair(35'000))[1], Pair(30'005));
  EXPECT_EQ(t.Slots(Pair(10))[1], Pair(39'000));
  ExpectWhole();
}

// The first candidates to go hold what lies in later ones, and are referred to from there.
TEST_F(SlicedEvacuationTest, WhatHasMovedIsRecordedAnew_GV4) {
  Fill();
  Thin();
  for (std::size_t i = 0; i < kPairs; i += 5) t.Set(Pair(i), 1, Pair(kPairs - 5 - i));
  BeginAndLook();
  MoveAll();
  ExpectWhole();
  for (std::size_t i = 0; i < kPairs; i += 5) {
    ASSERT_EQ(t.Slots(Pair(i))[1], Pair(kPairs - 5 - i));
  }
}

TEST_F(SlicedEvacuationTest, WhatBecomesOldMeanwhileIsLookedAt_GV1) {
  Fill();
  Thin();
  BeginAndLook();
  const std::size_t holder = t.NewRoot(t.pair);
  const std::size_t mixed = t.NewRoot(t.mixed, 3);
  t.Set(t.roots[holder], 0, Pair(39'000));
  t.SetWeak(t.roots[mixed], 0, Pair(39'005));
  t.SetElement(t.roots[mixed], 2, Pair(39'010));
  GoOn();
  GoOn();
  ASSERT_FALSE(t.heap.IsYoung(t.roots[holder]));
  ASSERT_FALSE(moving().is_idle());
  MoveAll();
  EXPECT_EQ(t.Slots(t.roots[holder])[0], Pair(39'000));
  EXPECT_EQ(t.Weaks(t.roots[mixed])[0], Pair(39'005));
  EXPECT_EQ(t.Elements(t.roots[mixed])[2], Pair(39'010));
}

TEST_F(SlicedEvacuationTest, WhatIsPromotedWhereItIsIsLookedAt_GV1) {
  Fill();
  Thin();
  BeginAndLook();
  t.heap.mutable_knobs().promote_in_place = true;
  const std::size_t holder = t.NewRoot(t.pair);
  t.Set(t.roots[holder], 0, Pair(39'000));
  GoOn();
  ASSERT_FALSE(t.heap.IsYoung(t.roots[holder]));
  ASSERT_FALSE(moving().is_idle());
  MoveAll();
  EXPECT_EQ(t.Slots(t.roots[holder])[0], Pair(39'000));
}

// Nothing tells of stores into it before a scavenge has seen it (H-M2).
TEST_F(SlicedEvacuationTest, AFreshOldHolderIsLookedAtWhenItIsForgotten_GV1) {
  Fill();
  Thin();
  BeginAndLook();
  const std::size_t holder = NewFreshOldRoot();
  ASSERT_TRUE(TestHeap::IsRemembered(t.roots[holder]));
  t.mutator.InitField(t.roots[holder], t.Slots(t.roots[holder]), Pair(39'000));
  ASSERT_EQ(t.Verify(), "");
  GoOn();
  EXPECT_FALSE(TestHeap::IsRemembered(t.roots[holder]));
  ASSERT_FALSE(moving().is_idle());
  MoveAll();
  EXPECT_EQ(t.Slots(t.roots[holder])[0], Pair(39'000));
}

TEST_F(SlicedEvacuationTest, AHolderThatStaysRememberedIsFollowed_GV1) {
  Fill();
  Thin();
  BeginAndLook();
  const std::size_t holder = NewFreshOldRoot();
  t.mutator.InitField(t.roots[holder], t.Slots(t.roots[holder]), Pair(39'000));
  for (int i = 0; !moving().is_idle(); ++i) {
    ASSERT_LT(i, 100);
    t.Set(t.roots[holder], 1, t.NewNumber(7));
    GoOn();
    EXPECT_TRUE(TestHeap::IsRemembered(t.roots[holder]));
  }
  EXPECT_EQ(t.Slots(t.roots[holder])[0], Pair(39'000));
  EXPECT_EQ(t.Number(t.Slots(t.roots[holder])[1]), 7);
}

TEST_F(SlicedEvacuationTest, ALargeHolderIsLookedAtAPartAtATime) {
  Fill();
  const std::size_t array = t.NewOldRoot(t.list, 100'000);
  ASSERT_FALSE(t.heap.IsYoung(t.roots[array]));
  for (std::size_t i = 0; i < 100'000; i += 2000) {
    t.SetElement(t.roots[array], i, Pair(i / 5 * 5 % kPairs));
  }
  t.SetElement(t.roots[array], 99'999, Pair(39'000));
  Thin();
  Begin();
  const std::size_t regions = t.heap.old_regions().size();
  std::size_t slices = 0;
  for (; t.heap.old_allocator().waiting_holes() != 0; ++slices) GoOn();
  EXPECT_GT(slices, 10u) << "thousands of small holes, 255 at a time";
  ASSERT_TRUE(moving().is_looking());
  // The last ones came with the first region.
  for (slices = 1; moving().is_looking(); ++slices) GoOn();
  EXPECT_EQ(slices, regions + 13) << "800,000 bytes, 64 KiB at a time";
  MoveAll();
  for (std::size_t i = 0; i < 100'000; i += 2000) {
    ASSERT_EQ(t.Elements(t.roots[array])[i], Pair(i / 5 * 5 % kPairs));
  }
  EXPECT_EQ(t.Elements(t.roots[array])[99'999], Pair(39'000));
}

// Given up before its holes have been asked, what became old in between lies where it would have.
TEST_F(SlicedEvacuationTest, HolesThatWaitedServeAgainWhenItIsGivenUp_GV3) {
  Fill();
  Thin();
  Begin();
  const OldAllocator& old = t.heap.old_allocator();
  const std::size_t waited = old.waiting_holes();
  ASSERT_GT(waited, 1000u);
  GoOn();
  ASSERT_LT(old.waiting_holes(), waited);
  ASSERT_NE(old.waiting_holes(), 0u);
  ASSERT_EQ(t.Verify(), "");
  t.NewOldRoot(t.pair);
  const std::size_t waits = old.waiting_holes();
  ASSERT_TRUE(waits == 0 || moving().is_looking());
  t.gc.Settle();
  EXPECT_TRUE(moving().is_idle());
  EXPECT_EQ(old.waiting_holes(), 0u);
  EXPECT_GE(old.small_holes().size(), waits);
  t.heap.mutable_knobs().marking_steps = 0;
  ASSERT_EQ(t.Verify(), "");
  ExpectWhole();
}

// Such may die at any scavenge, and the memory of its slots be another's.
TEST_F(SlicedEvacuationTest, WhatAYoungLargeObjectRefersToStays_GV2) {
  Fill();
  Thin();
  Begin();
  const ObjectPtr by_old = Pair(20'000);
  const ObjectPtr by_new = Pair(39'000);
  ASSERT_NE(RegionOf(by_old), RegionOf(by_new));
  const std::size_t shared = t.NewRoot(t.list, 4'000);
  t.SetElement(t.roots[shared], 3'999, by_new);
  LookAtAll();
  const std::size_t run = t.NewRoot(t.list, 40'000);
  t.SetElement(t.roots[run], 39'999, by_old);
  ASSERT_EQ(t.Verify(), "");
  MoveAll();
  EXPECT_EQ(Pair(20'000), by_old);
  EXPECT_EQ(Pair(39'000), by_new);
  EXPECT_EQ(t.Elements(t.roots[shared])[3'999], by_new);
  EXPECT_EQ(t.Elements(t.roots[run])[39'999], by_old);
  ExpectWhole();
}

TEST_F(SlicedEvacuationTest, WhatAYoungLargeObjectReferredToBeforeStays_GV2) {
  Fill();
  Thin();
  const ObjectPtr by_shared = Pair(20'000);
  const ObjectPtr by_run = Pair(39'000);
  std::size_t shared = 0;
  std::size_t run = 0;
  for (int i = 0; !moving().is_looking(); ++i) {
    ASSERT_LT(i, 20);
    shared = t.NewRoot(t.list, 4'000);
    t.SetElement(t.roots[shared], 3'999, by_shared);
    run = t.NewRoot(t.list, 40'000);
    t.SetElement(t.roots[run], 39'999, by_run);
    GoOn(1'000'000);
  }
  ASSERT_TRUE(t.heap.IsYoung(t.roots[shared]) && t.heap.IsYoung(t.roots[run]));
  majors_ = t.CountOf(GcKind::kMajor);
  ASSERT_EQ(t.Verify(), "");
  LookAtAll();
  MoveAll();
  EXPECT_EQ(Pair(20'000), by_shared);
  EXPECT_EQ(Pair(39'000), by_run);
  ExpectWhole();
}

TEST_F(SlicedEvacuationTest, APinnedObjectsRegionStays) {
  Fill();
  Thin();
  const ObjectPtr before = Pair(20'000);
  t.heap.pins().Pin(before);
  BeginAndLook();
  EXPECT_EQ(t.heap.regions().FlagsOf(RegionOf(before)), kOldSpaceFlags) << "it is no candidate";
  const ObjectPtr later = Pair(39'000);
  ASSERT_NE(RegionOf(later), RegionOf(before));
  t.heap.pins().Pin(later);
  MoveAll();
  EXPECT_EQ(Pair(20'000), before);
  EXPECT_EQ(Pair(39'000), later);
  ExpectWhole();
  EXPECT_TRUE(t.heap.pins().Unpin(before));
  EXPECT_TRUE(t.heap.pins().Unpin(later));
}

TEST_F(SlicedEvacuationTest, WeakSlotsAndEphemeronsFollow) {
  Fill();
  const std::size_t holder = t.NewRoot(t.weak);
  const std::size_t ephemeron = t.NewRoot(t.ephemeron);
  t.SetWeak(t.roots[holder], 0, Pair(39'000));
  t.Store(t.roots[ephemeron], t.Slots(t.roots[ephemeron]), Pair(39'005));
  t.Store(t.roots[ephemeron], t.Slots(t.roots[ephemeron]) + 1, Pair(39'010));
  const std::size_t weak = t.weaks.Add(Pair(39'015), ByteCount(1000));
  t.heap.external_old() += ByteCount(1000);
  t.PromoteAll();
  Thin();
  const ObjectPtr was = t.weaks[weak];
  BeginAndLook();
  MoveAll();
  EXPECT_EQ(t.Weaks(t.roots[holder])[0], Pair(39'000));
  EXPECT_EQ(t.Key(t.roots[ephemeron]), Pair(39'005));
  EXPECT_EQ(t.ValueOf(t.roots[ephemeron]), Pair(39'010));
  EXPECT_EQ(t.weaks[weak], Pair(39'015));
  EXPECT_NE(t.weaks[weak], was);
  EXPECT_EQ(t.heap.external_old(), ByteCount(1000));
  t.heap.external_old() -= ByteCount(1000);
}

TEST_F(SlicedEvacuationTest, YoungObjectsFollow) {
  Fill();
  Thin();
  BeginAndLook();
  for (int i = 0; !moving().is_idle(); ++i) {
    ASSERT_LT(i, 100);
    const std::size_t young = t.NewRoot(t.pair);
    t.Set(t.roots[young], 1, Pair(39'000));
    GoOn();
    ASSERT_EQ(t.Slots(t.roots[young])[1], Pair(39'000)) << i;
  }
}

// A moved holder of something young is remembered where it is now.
TEST_F(SlicedEvacuationTest, WhatIsRememberedStaysSo_HR1) {
  Fill();
  const std::size_t by_card = t.NewOldRoot(t.list, 1'000);
  const std::size_t mixed = t.NewOldRoot(t.mixed, 2);
  Thin();
  BeginAndLook();
  const ObjectPtr card_was = t.roots[by_card];
  const std::uint32_t card =
      RememberedSet::CardOf(card_was, t.heap.SizeOf(card_was), t.Elements(card_was) + 999);
  const ObjectPtr mixed_was = t.roots[mixed];
  for (int i = 0; !moving().is_idle(); ++i) {
    ASSERT_LT(i, 100);
    t.Set(Pair(20'000), 1, t.NewNumber(i));
    t.SetElement(t.roots[by_card], 999, t.NewNumber(i + 1));
    t.Set(t.roots[mixed], 1, t.NewNumber(i + 2));
    GoOn();
    ASSERT_EQ(t.Verify(), "");
    ASSERT_EQ(t.Number(t.Slots(Pair(20'000))[1]), i);
    ASSERT_EQ(t.Number(t.Elements(t.roots[by_card])[999]), i + 1);
    ASSERT_EQ(t.Number(t.Slots(t.roots[mixed])[1]), i + 2);
  }
  EXPECT_NE(t.roots[by_card], card_was);
  EXPECT_FALSE(t.heap.remembered_set().IsCardSet(card_was, card)) << "H-R2";
  EXPECT_NE(t.roots[mixed], mixed_was);
  t.heap.mutable_knobs().marking_steps = 0;
  t.PromoteAll();
  EXPECT_EQ(t.remembered(), 0u);
}

TEST_F(SlicedEvacuationTest, ACandidateThatMoreReferToThanItRecordsStays) {
  Fill();
  const std::size_t array = t.NewOldRoot(t.list, SlicedEvacuation::kMostSlots + 1);
  const std::size_t other = t.NewOldRoot(t.list, SlicedEvacuation::kMostSlots);
  for (std::size_t i = 0; i <= SlicedEvacuation::kMostSlots; ++i) {
    t.SetElement(t.roots[array], i, Pair(20'000));
    if (i != 0) t.SetElement(t.roots[other], i - 1, Pair(39'000));
  }
  Thin();
  const ObjectPtr stays = Pair(20'000);
  const ObjectPtr goes = Pair(39'000);
  ASSERT_NE(RegionOf(stays), RegionOf(goes));
  BeginAndLook();
  MoveAll();
  EXPECT_EQ(Pair(20'000), stays);
  EXPECT_NE(Pair(39'000), goes);
  EXPECT_EQ(t.Elements(t.roots[array])[SlicedEvacuation::kMostSlots], stays);
  EXPECT_EQ(t.Elements(t.roots[other])[SlicedEvacuation::kMostSlots - 1], Pair(39'000));
}

TEST_F(SlicedEvacuationTest, WithoutMemoryForACopyTheObjectStaysAndNothingMoreIsMoved) {
  Fill();
  Thin();
  BeginAndLook();
  const ObjectPtr first = Pair(0);
  t.heap.mutable_knobs().collection_region_budget = 0;
  while (!moving().is_idle()) GoOn();
  t.heap.mutable_knobs().marking_steps = 0;
  t.heap.mutable_knobs().collection_region_budget = kUnlimitedRegions;
  EXPECT_EQ(t.Verify(), "");
  EXPECT_EQ(Pair(0), first);
  ExpectWhole();
  t.Major();
  ExpectWhole();
}

// The later ones of a region refer to the first, which have moved.
TEST_F(SlicedEvacuationTest, WhatStaysBehindRefersToWhatHasMoved) {
  Fill();
  Thin();
  for (std::size_t i = 5; i < kPairs; i += 5) t.Set(Pair(i), 1, Pair(i - 5));
  Begin();
  // Room for a part of them is left in the region that these begin.
  for (int i = 0; i < 7; ++i) t.NewRoot(t.bytes, 16'000);
  GoOn();
  GoOn();
  LookAtAll();
  t.heap.mutable_knobs().collection_region_budget = 0;
  const ObjectPtr first = Pair(0);
  const ObjectPtr last = Pair(kPairs - 5);
  while (!moving().is_idle()) GoOn();
  t.heap.mutable_knobs().marking_steps = 0;
  t.heap.mutable_knobs().collection_region_budget = kUnlimitedRegions;
  EXPECT_EQ(t.Verify(), "");
  EXPECT_NE(Pair(0), first);
  EXPECT_EQ(Pair(kPairs - 5), last);
  for (std::size_t i = 5; i < kPairs; i += 5) ASSERT_EQ(t.Slots(Pair(i))[1], Pair(i - 5)) << i;
}

TEST_F(SlicedEvacuationTest, AMajorCollectionTakesOver) {
  Fill();
  Thin();
  for (const bool looked : {false, true}) {
    Begin();
    if (looked) LookAtAll();
    t.heap.mutable_knobs().marking_steps = 0;
    EXPECT_NE(t.heap.old_withdrawn().is_zero(), looked) << "small holes wait before";
    t.Major();
    EXPECT_TRUE(moving().is_idle());
    EXPECT_EQ(t.heap.store_observer(), nullptr);
    EXPECT_EQ(t.heap.old_withdrawn(), ByteCount());
    EXPECT_EQ(t.Verify(), "");
    ExpectWhole();
    for (std::size_t i = 0; i < kPairs; i += 10)
      Pair(i) = t.NewNumber(static_cast<std::int64_t>(i));
    t.PromoteAll();
  }
}

TEST_F(SlicedEvacuationTest, WhoWantsTheHeapAtRestGetsIt) {
  Fill();
  Thin();
  BeginAndLook();
  t.gc.Settle();
  EXPECT_TRUE(moving().is_idle());
  EXPECT_EQ(t.Verify(), "");
  t.Set(Pair(5), 1, Pair(30'000));
  t.heap.mutable_knobs().marking_steps = 0;
  t.Major();
  ExpectWhole();
}

TEST_F(SlicedEvacuationTest, MarkingWaitsWhileThereIsRoom) {
  Fill();
  Thin();
  BeginAndLook();
  GoOn();
  ASSERT_TRUE(moving().is_moving());
  t.heap.external_old() = t.heap.old_threshold() * 2;
  GoOn();
  EXPECT_TRUE(moving().is_idle()) << "it is late now";
  EXPECT_NE(t.heap.store_observer(), nullptr) << "marking has begun";
  t.heap.external_old() = ByteCount();
  EXPECT_EQ(t.Verify(), "");
  ExpectWhole();
}

// No more than so many, roots and weak slots together.
TEST_F(SlicedEvacuationTest, WhereRootsAreManyNothingIsMovedHere) {
  Fill();
  Thin();
  while (t.roots.size() + 1 < SlicedEvacuation::kMostRoots) t.roots.Add();
  const std::size_t weak = t.weaks.Add(Pair(0));
  for (int i = 0; i < 20; ++i) GoOn(1'000'000);
  EXPECT_NE(MovedWithinOld(), ByteCount());
  t.heap.mutable_knobs().marking_steps = 0;
  t.gc.Settle();
  const ByteCount moved = MovedWithinOld();
  t.weaks.Add(Pair(5));
  const std::size_t majors = t.CountOf(GcKind::kMajor);
  for (int i = 0; i < 20; ++i) {
    GoOn(1'000'000);
    ASSERT_TRUE(moving().is_idle());
  }
  EXPECT_GT(t.CountOf(GcKind::kMajor), majors);
  EXPECT_EQ(MovedWithinOld(), moved);
  EXPECT_EQ(t.weaks[weak], Pair(0));
}

TEST_F(SlicedEvacuationTest, ItIsToldApartWhoseSlotsAreRecorded_GV1_GV2_GV3) {
  Fill();
  Thin();
  BeginAndLook();
  // Past the barrier.
  t.Slots(Pair(5))[1] = Pair(39'000);
  EXPECT_NE(t.Verify().find("G-V1 recorded: "), std::string::npos) << t.Verify();
  t.Slots(Pair(5))[1] = ObjectPtr();
  const std::size_t large = t.NewRoot(t.list, 4'000);
  t.Elements(t.roots[large])[7] = Pair(39'000);
  EXPECT_NE(t.Verify().find("G-V2 young: "), std::string::npos) << t.Verify();
  t.Elements(t.roots[large])[7] = ObjectPtr();
  const std::size_t shared = t.NewRoot(t.list, 40'000);
  t.Elements(t.roots[shared])[7] = Pair(39'000);
  EXPECT_NE(t.Verify().find("G-V2 young: "), std::string::npos) << t.Verify();
  t.Elements(t.roots[shared])[7] = ObjectPtr();
  const ByteCount withdrawn = t.heap.old_withdrawn();
  t.heap.SetOldWithdrawn(withdrawn + ByteCount(8));
  EXPECT_NE(t.Verify().find("G-V3 no holes: "), std::string::npos) << t.Verify();
  t.heap.SetOldWithdrawn(withdrawn);
  const Address hole = Pair(39'000).address() + ByteCount(3 * kWordSize);
  t.heap.old_allocator().AddHole(hole, hole + ByteCount(4 * 3 * kWordSize));
  EXPECT_NE(t.Verify().find("G-V3 no holes: "), std::string::npos) << t.Verify();
  t.heap.mutable_knobs().marking_steps = 0;
}

// By the clock, and no more than is worth it.
class SparseTest : public ::testing::Test {
 protected:
  static constexpr std::size_t kPairs = 120'000;
  SparseTest() : t({.heap = {.mark_beside = Beside::kNever}, .pause_goal_ns = 1'000'000'000}) {
    array_ = t.NewOldRoot(t.list, kPairs);
    for (std::size_t i = 0; i < kPairs; ++i) {
      t.SetElement(t.roots[array_], i, t.NewNumber(static_cast<std::int64_t>(i)));
    }
    t.PromoteAll();
    t.Major();
  }
  ObjectPtr Pair(std::size_t i) { return t.Elements(t.roots[array_])[i]; }
  // Of each tenth of the first `sparse` pairs one stays, and all of the others.
  void Thin(std::size_t sparse) {
    for (std::size_t i = 0; i < sparse; ++i) {
      if (i % 10 != 0) t.SetElement(t.roots[array_], i, ObjectPtr());
    }
  }
  // Marks old space in slices, sweeps it, and goes on until nothing is left to do.
  void Collect() {
    const std::size_t before = t.CountOf(GcKind::kMajor);
    reports_ = t.listener.reports.size();
    t.heap.external_old() = t.heap.old_threshold();
    t.Minor();
    t.heap.external_old() = ByteCount();
    for (int i = 0; i < 30; ++i) t.Minor();
    EXPECT_TRUE(t.gc.moving().is_idle());
    EXPECT_EQ(t.CountOf(GcKind::kMajor), before + 1);
    EXPECT_EQ(t.Verify(), "");
    for (std::size_t i = 0; i < kPairs; i += 10) {
      ASSERT_EQ(t.Number(Pair(i)), static_cast<std::int64_t>(i));
    }
  }
  ByteCount Moved() const {
    ByteCount moved;
    for (std::size_t i = reports_; i < t.listener.reports.size(); ++i) {
      moved += t.listener.reports[i].moved_within_old;
    }
    return moved;
  }
  static constexpr ByteCount kPairSize = ByteCount(3 * kWordSize);

  TestHeap t;
  std::size_t array_ = 0;
  std::size_t reports_ = 0;
};

TEST_F(SparseTest, WhereAThirdLivesNothingIsMovedBeforeMoreDies) {
  Thin(kPairs / 3 * 2);
  const std::size_t before = t.heap.old_regions().size();
  Collect();
  EXPECT_EQ(Moved(), ByteCount());
  EXPECT_EQ(t.heap.old_regions().size(), before);
  // By what the next marking finds alone.
  Thin(kPairs);
  Collect();
  EXPECT_NE(Moved(), ByteCount());
}

// Each fifth gap is too small for a pair: more than an eighth of old space.
TEST_F(SparseTest, WhatLiesBetweenGapsOfNoUseIsMoved) {
  for (std::size_t i = 1; i < kPairs; i += 5) t.SetElement(t.roots[array_], i, ObjectPtr());
  Collect();
  EXPECT_GT(Moved(), kPairSize * (kPairs / 4));
  EXPECT_LT(Moved(), kPairSize * (kPairs / 2)) << "until an eighth is dead in the others";
}

TEST_F(SparseTest, WhereLessLivesThatIsMovedButForDenseRegions) {
  constexpr std::size_t kSparse = kPairs / 5 * 4;
  Thin(kSparse);
  const std::size_t before = t.heap.old_regions().size();
  const ObjectPtr dense = Pair(kPairs - 10'000);
  Collect();
  EXPECT_EQ(Pair(kPairs - 10'000), dense);
  EXPECT_GT(Moved(), kPairSize * (kSparse / 10 / 4 * 3));
  EXPECT_LE(Moved(), kPairSize * (kSparse / 10));
  EXPECT_LT(t.heap.old_regions().size(), before / 2);
  std::uint32_t most = 0;
  for (std::size_t i = reports_; i < t.listener.reports.size(); ++i) {
    most = std::max(most, t.listener.reports[i].old_regions_freed);
  }
  EXPECT_GE(most, 4u) << "as many at a time as a pause is good for";
}

TEST_F(SparseTest, ItBeginsWhenYoungLargeObjectsAreFew_GV2) {
  Thin(kPairs / 5 * 4);
  const std::size_t large = t.NewRoot(t.bytes, MiB(2).value());
  reports_ = t.listener.reports.size();
  t.heap.external_old() = t.heap.old_threshold();
  for (int i = 0; i < 20; ++i) {
    t.roots[large] = t.New(t.bytes, MiB(2).value());
    t.Minor();
    t.heap.external_old() = ByteCount();
  }
  EXPECT_GE(t.CountOf(GcKind::kMajor), 2u) << "all has been marked";
  EXPECT_TRUE(t.gc.moving().is_idle());
  EXPECT_EQ(Moved(), ByteCount());
  for (int i = 0; i < 20; ++i) t.Minor();
  EXPECT_NE(Moved(), ByteCount());
}

}  // namespace
}  // namespace fart
