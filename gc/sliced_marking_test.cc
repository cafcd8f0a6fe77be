// Old space collected in slices: what the program does between them changes nothing.

#include "gc/sliced_marking.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "gc/testing/test_heap.h"

namespace fart {
namespace {

class SlicedMarkingTest : public ::testing::Test {
 protected:
  SlicedMarkingTest() { t.heap.mutable_knobs().move_in_slices = false; }
  // Marking begins; so many objects are scanned.
  void Begin(std::uint64_t steps) {
    t.heap.mutable_knobs().marking_steps = steps;
    t.Minor();
    ASSERT_NE(t.heap.store_observer(), nullptr);
    ASSERT_EQ(t.Verify(), "");
  }
  bool IsMarking() const { return t.heap.store_observer() != nullptr; }
  std::size_t Ended() const { return t.CountOf(GcKind::kMajor); }
  void GoOn(std::uint64_t steps = 1) {
    t.heap.mutable_knobs().marking_steps = steps;
    t.Minor();
  }
  // Marking ends; of sweeping no more than the first step has been done.
  void EndMarking() {
    const std::size_t before = Ended();
    for (int i = 0; Ended() == before; ++i) {
      ASSERT_LT(i, 1000);
      GoOn(i < 20 ? 1 : 100);
    }
    ASSERT_FALSE(IsMarking());
  }
  // All is swept, and nothing is marked.
  void Settle() {
    t.heap.mutable_knobs().marking_steps = 1'000'000;
    t.Minor();
    t.heap.mutable_knobs().marking_steps = 0;
    ASSERT_EQ(t.Verify(), "");
  }

  TestHeap t;
};

TEST_F(SlicedMarkingTest, WhatABlackObjectIsGivenLives_GS1) {
  const std::size_t root = t.NewChain(300);
  Begin(20);
  t.Set(t.roots[root], 0, t.LinkOf(root, 250));
  t.CutAt(root, 250);
  EndMarking();
  EXPECT_EQ(t.Verify(), "");
  Settle();
  EXPECT_EQ(t.Number(t.Slots(t.roots[root])[0]), 250);
  EXPECT_EQ(t.Number(t.Slots(t.Slots(t.roots[root])[0])[1]), 251);
}

TEST_F(SlicedMarkingTest, WhatOnlyARootHasBeenGivenLives_GS1) {
  const std::size_t root = t.NewChain(300);
  Begin(20);
  const std::size_t kept = t.roots.Add(t.LinkOf(root, 250));
  t.CutAt(root, 250);
  EndMarking();
  EXPECT_EQ(t.Verify(), "");
  Settle();
  EXPECT_EQ(t.Number(t.roots[kept]), 250);
  EXPECT_EQ(t.Number(t.Slots(t.roots[kept])[1]), 251);
}

TEST_F(SlicedMarkingTest, ReportsSayHowFarItIs) {
  t.NewChain(300);
  const std::size_t before = t.listener.reports.size();
  Begin(20);
  EndMarking();
  ByteCount marked;
  for (std::size_t i = before; i < t.listener.reports.size(); ++i) {
    const GcReport& report = t.listener.reports[i];
    EXPECT_EQ(report.marked_beside, ByteCount());
    EXPECT_LE(report.marked_in_slices, ByteCount(150 * 3 * kWordSize)) << "since the last one";
    EXPECT_EQ(report.old_used, t.heap.OldUsed());
    EXPECT_EQ(report.old_threshold, t.heap.old_threshold());
    marked += report.marked_in_slices;
  }
  EXPECT_EQ(marked, ByteCount(300 * 3 * kWordSize));
  Settle();
}

TEST_F(SlicedMarkingTest, WhatMakesOldSpaceFullAllAtOnceIsMarkedInSlices) {
  t.NewChain(300);
  t.heap.external_old() = t.heap.old_threshold() * 3;
  Begin(1);
  EXPECT_EQ(Ended(), 0u);
  t.heap.external_old() += t.heap.old_threshold() * 2 + KiB(1);
  GoOn();
  EXPECT_EQ(Ended(), 1u) << "it is late now";
  EXPECT_FALSE(IsMarking());
}

TEST(SlicedMarkingBeginsTest, AtTheScavengeBehindTheOneThatMadeOldSpaceFull) {
  TestHeap t({.heap = {.mark_beside = Beside::kNever}, .pause_goal_ns = 1'000'000'000});
  t.NewRoot(t.bytes, MiB(40).value());
  for (unsigned i = 0; i < kPromotionAge; ++i) t.Minor();
  ASSERT_GT(t.heap.OldPressure(), t.heap.old_threshold() * 2);
  EXPECT_EQ(t.CountOf(GcKind::kMajor), 0u);
  t.Minor();
  EXPECT_EQ(t.CountOf(GcKind::kMajor), 1u) << "slices are long enough to end it in one pause";
}

// One that no minor collection has to look at.
class OldRoot final : public RootProvider {
 public:
  void VisitSlots(SlotSet set, SlotVisitor& visitor) override {
    if (set == SlotSet::kAll) visitor.VisitSlot(RootKind::kOther, &slot);
  }
  void Verify(VerifyReporter&) const override {}
  ObjectPtr slot;
};

TEST_F(SlicedMarkingTest, WhatOnlyAnOldRootHasBeenGivenLives_GS1) {
  OldRoot kept;
  const RootRegistration registration(t.gc, kept);
  const std::size_t root = t.NewChain(300);
  Begin(20);
  kept.slot = t.LinkOf(root, 250);
  t.CutAt(root, 250);
  EndMarking();
  EXPECT_EQ(t.Verify(), "");
  Settle();
  EXPECT_EQ(t.Number(kept.slot), 250);
}

// Seen a part at a time, as handles are.
class ManyRoots final : public RootProvider {
 public:
  void VisitSlots(SlotSet set, SlotVisitor& visitor) override {
    if (set != SlotSet::kAll && are_old) return;
    for (ObjectPtr& slot : slots) visitor.VisitSlot(RootKind::kOther, &slot);
  }
  void Verify(VerifyReporter&) const override {}
  bool IsSeenInParts() const override { return true; }
  void BeginSeeing(SlotVisitor&) override { seen = 0; }
  bool SeeSome(SlotVisitor& visitor, std::size_t count) override {
    most_at_once = std::max(most_at_once, count);
    for (; count != 0 && seen < slots.size(); --count) {
      visitor.VisitSlot(RootKind::kOther, &slots[seen++]);
    }
    return seen < slots.size();
  }
  void VisitUnseen(SlotVisitor& visitor) override {
    unseen_at_last = slots.size() - seen;
    for (std::size_t i = seen; i < slots.size(); ++i) {
      visitor.VisitSlot(RootKind::kOther, &slots[i]);
    }
  }
  std::vector<ObjectPtr> slots;
  bool are_old = false;
  std::size_t seen = 0;
  std::size_t most_at_once = 0;
  std::size_t unseen_at_last = 0;
};

TEST_F(SlicedMarkingTest, RootsThatAreManyAreSeenAPartAtATimeAndNotAgain) {
  ManyRoots many;
  const RootRegistration registration(t.gc, many);
  for (int i = 0; i < 50; ++i) many.slots.push_back(t.NewNumber(i));
  t.PromoteAll();
  many.are_old = true;
  Begin(1);
  EXPECT_EQ(many.seen, 0u) << "the other roots came first";
  many.unseen_at_last = 1000;
  std::size_t before = many.seen;
  for (int i = 0; many.seen < 50; ++i) {
    ASSERT_LT(i, 60);
    ASSERT_TRUE(IsMarking()) << "not before all have been seen";
    GoOn(2);
    EXPECT_LE(many.seen - before, 6u) << "in the pause, and behind it";
    before = many.seen;
  }
  EXPECT_EQ(many.most_at_once, 1u);
  EndMarking();
  EXPECT_EQ(many.unseen_at_last, 0u);
  EXPECT_EQ(t.Verify(), "");
  Settle();
  Begin(1);
  EXPECT_LT(many.seen, 50u) << "the next marking has seen none";
  EndMarking();
  Settle();
  for (int i = 0; i < 50; ++i) EXPECT_EQ(t.Number(many.slots[static_cast<std::size_t>(i)]), i);
}

// Who shows all of them in the end need not be looked at before; who shows only what has changed,
// and no longer knows what a scavenge has visited, must.
TEST_F(SlicedMarkingTest, AScavengeLooksOnlyAtRootsThatAreSeenInParts) {
  ManyRoots many;
  const RootRegistration registration(t.gc, many);
  const std::size_t root = t.NewChain(300);
  many.slots.assign(40, ObjectPtr());
  Begin(20);
  while (many.seen != many.slots.size()) GoOn(2);
  const std::size_t kept = t.roots.Add(t.LinkOf(root, 250));
  GoOn();
  EXPECT_FALSE(t.heap.regions().IsMarked(t.roots[kept].address()));
  // So many, for what is reached waits in a queue first.
  for (std::size_t i = 0; i < many.slots.size(); ++i) {
    many.slots[i] = t.LinkOf(root, 299 - static_cast<int>(i));
  }
  GoOn();
  EXPECT_TRUE(t.heap.regions().IsMarked(many.slots[0].address()));
  EndMarking();
  Settle();
  EXPECT_EQ(t.Number(t.roots[kept]), 250);
}

// Of a host, say, that expects to be asked in a pause.
class RootsOfPauses final : public RootProvider {
 public:
  explicit RootsOfPauses(const GcController& gc) : gc_(gc) {}
  void VisitSlots(SlotSet, SlotVisitor&) override {
    asked_outside = asked_outside || !gc_.IsBusy();
  }
  void Verify(VerifyReporter&) const override {}
  bool asked_outside = false;

 private:
  const GcController& gc_;
};

TEST_F(SlicedMarkingTest, RootsThatAreManyAreSeenAtTheMutatorsAreasTooAndOthersInPausesAlone) {
  RootsOfPauses others(t.gc);
  const RootRegistration registration_of_others(t.gc, others);
  ManyRoots many;
  const RootRegistration registration(t.gc, many);
  for (int i = 0; i < 50; ++i) many.slots.push_back(t.NewNumber(i));
  t.PromoteAll();
  many.are_old = true;
  Begin(1);
  others.asked_outside = false;  // It was verified.
  const std::size_t minors = t.CountOf(GcKind::kMinor);
  for (int i = 0; many.seen < 3; ++i) {
    ASSERT_LT(i, 100'000);
    t.New(t.pair);
  }
  EXPECT_EQ(t.CountOf(GcKind::kMinor), minors);
  EXPECT_FALSE(others.asked_outside);
  EndMarking();
  Settle();
}

TEST_F(SlicedMarkingTest, RootsThatComeWhileTheyAreSeenHoldTheirObjects) {
  ManyRoots first;
  ManyRoots second;
  const RootRegistration registration(t.gc, first);
  const std::size_t root = t.NewChain(300);
  for (int i = 0; i < 10; ++i) first.slots.push_back(t.NewNumber(i));
  t.PromoteAll();
  first.are_old = second.are_old = true;
  Begin(1);
  {
    const RootRegistration goes(t.gc, second);
    GoOn(1);
  }
  const RootRegistration comes(t.gc, second);
  second.slots.push_back(t.LinkOf(root, 250));
  t.CutAt(root, 250);
  EndMarking();
  EXPECT_EQ(t.Verify(), "");
  Settle();
  EXPECT_EQ(t.Number(t.Slots(second.slots[0])[1]), 251);
}

TEST_F(SlicedMarkingTest, WhatAYoungObjectHasBeenGivenLives_GS1) {
  const std::size_t root = t.NewChain(300);
  Begin(20);
  const std::size_t kept = t.NewRoot(t.pair);
  t.Set(t.roots[kept], 1, t.LinkOf(root, 250));
  t.CutAt(root, 250);
  EndMarking();
  Settle();
  EXPECT_EQ(t.Number(t.Slots(t.roots[kept])[1]), 250);
}

// Its region is not being marked, so nobody scans it.
TEST_F(SlicedMarkingTest, WhatAnObjectHasThatGrowsOldMeanwhileLives_GS1) {
  const std::size_t root = t.NewChain(300);
  const std::size_t kept = t.NewRoot(t.pair);
  t.Set(t.roots[kept], 1, t.LinkOf(root, 250));
  t.CutAt(root, 250);
  Begin(20);
  for (int i = 0; i < 3; ++i) GoOn();
  ASSERT_TRUE(IsMarking());
  ASSERT_FALSE(t.heap.IsYoung(t.roots[kept]));
  EndMarking();
  Settle();
  EXPECT_EQ(t.Number(t.Slots(t.roots[kept])[1]), 250);
}

// Inlined stores into a holder that is remembered whole pass the barrier by.
TEST_F(SlicedMarkingTest, WhatARememberedHolderHasLivesWithoutABarrier_GS1) {
  const std::size_t root = t.NewChain(300);
  Begin(20);
  t.Set(t.roots[root], 0, t.NewNumber(7));
  ASSERT_TRUE(t.IsRemembered(t.roots[root]));
  const ObjectPtr holder = t.LinkOf(root, 1);
  t.Set(holder, 0, t.NewNumber(8));
  t.Slots(holder)[0] = t.LinkOf(root, 250);
  t.CutAt(root, 250);
  EndMarking();
  Settle();
  EXPECT_EQ(t.Number(t.Slots(t.LinkOf(root, 1))[0]), 250);
}

TEST_F(SlicedMarkingTest, ALongListIsScannedInPartsWhicheverIsStoredIntoBetween_GS1) {
  constexpr std::size_t kLength = 5'000;
  const std::size_t list = t.NewRoot(t.list, kLength);
  for (std::size_t i = 0; i < kLength; ++i) {
    t.SetElement(t.roots[list], i, t.NewNumber(static_cast<std::int64_t>(i)));
  }
  t.PromoteAll();
  Begin(3);
  ASSERT_TRUE(IsMarking());
  // From its end, which has not been scanned, to its front.
  t.SetElement(t.roots[list], 0, t.Elements(t.roots[list])[kLength - 1]);
  t.SetElement(t.roots[list], kLength - 1, ObjectPtr());
  EndMarking();
  EXPECT_EQ(t.Verify(), "");
  Settle();
  EXPECT_EQ(t.Number(t.Elements(t.roots[list])[0]), std::int64_t{kLength - 1});
  EXPECT_EQ(t.Number(t.Elements(t.roots[list])[kLength - 2]), std::int64_t{kLength - 2});
}

// Its cards say nothing of what is old.
TEST_F(SlicedMarkingTest, WhatAYoungLargeObjectHasFromTheBeginningLives_GS1) {
  const std::size_t root = t.NewChain(300);
  const std::size_t large = t.NewRoot(t.list, 10'000);
  t.SetElement(t.roots[large], 9'000, t.LinkOf(root, 250));
  t.CutAt(root, 250);
  t.Minor();  // It grows old in the collection in which marking begins.
  ASSERT_FALSE(IsMarking());
  ASSERT_TRUE(t.heap.IsYoung(t.roots[large]));
  Begin(20);
  ASSERT_FALSE(t.heap.IsYoung(t.roots[large]));
  t.SetElement(t.roots[large], 5'000, t.LinkOf(root, 200));
  t.CutAt(root, 200);
  EndMarking();
  Settle();
  EXPECT_EQ(t.Number(t.Elements(t.roots[large])[9'000]), 250);
  EXPECT_EQ(t.Number(t.Elements(t.roots[large])[5'000]), 200);
}

TEST_F(SlicedMarkingTest, WhatDiedBeforeIsGoneAndWhatBecameOldMeanwhileLives_GS2) {
  const std::size_t root = t.NewChain(300);
  const std::size_t weak = t.weaks.Add(t.LinkOf(root, 299));
  t.CutAt(root, 250);
  Begin(5);
  const std::size_t later = t.NewRoot(t.pair);
  t.PromoteAll();
  ASSERT_FALSE(t.heap.IsYoung(t.roots[later]));
  t.Set(t.roots[later], 0, ObjectPtr::FromSmi(3));
  EndMarking();
  EXPECT_TRUE(t.weaks[weak].is_null());
  EXPECT_EQ(t.weaks.cleared(), 1u);
  EXPECT_LT(t.listener.last().after, t.listener.last().before);
  Settle();
  EXPECT_EQ(t.Number(t.roots[later]), 3);
}

TEST_F(SlicedMarkingTest, AWeakHandleToWhatLivesStays) {
  const std::size_t root = t.NewChain(300);
  const std::size_t weak = t.weaks.Add(t.LinkOf(root, 299), ByteCount(1000));
  const std::size_t dies = t.weaks.Add(t.roots[t.NewChain(1)], ByteCount(500));
  t.roots[t.roots.size() - 1] = ObjectPtr();
  ASSERT_EQ(t.heap.external_old(), ByteCount(0));  // A list of a test's charges nothing itself.
  t.heap.external_old() = ByteCount(1500);
  Begin(5);
  EndMarking();
  EXPECT_EQ(t.weaks[weak], t.LinkOf(root, 299));
  EXPECT_TRUE(t.weaks[dies].is_null());
  EXPECT_EQ(t.heap.external_old(), ByteCount(1000));
}

TEST_F(SlicedMarkingTest, WeakReferencesOfOldObjectsAreClearedAtTheEnd) {
  const std::size_t root = t.NewChain(300);
  const std::size_t holder = t.NewOldRoot(t.weak);
  const std::size_t other = t.NewOldRoot(t.weak);
  t.SetWeak(t.roots[holder], 0, t.LinkOf(root, 299));
  t.SetWeak(t.roots[other], 0, t.LinkOf(root, 100));
  t.CutAt(root, 250);
  Begin(5);
  EndMarking();
  EXPECT_EQ(t.Verify(), "");
  EXPECT_TRUE(t.Weaks(t.roots[holder])[0].is_null());
  EXPECT_EQ(t.Weaks(t.roots[other])[0], t.LinkOf(root, 100));
}

// A young holder's are not cleared by marking: so what they lead to is taken to live.
TEST_F(SlicedMarkingTest, AWeakReferenceOfAYoungObjectLeadsToAnObject) {
  const std::size_t root = t.NewChain(300);
  const std::size_t holder = t.NewRoot(t.weak);
  t.SetWeak(t.roots[holder], 0, t.LinkOf(root, 299));
  t.CutAt(root, 250);
  Begin(5);
  EndMarking();
  EXPECT_EQ(t.Verify(), "");
  Settle();
  if (!t.Weaks(t.roots[holder])[0].is_null()) {
    EXPECT_EQ(t.Number(t.Weaks(t.roots[holder])[0]), 299);
  }
  // When it is old itself they are.
  Begin(5);
  EndMarking();
  EXPECT_TRUE(t.Weaks(t.roots[holder])[0].is_null());
}

TEST_F(SlicedMarkingTest, AnEphemeronsValueLivesIfItsKeyDoes) {
  const std::size_t root = t.NewChain(300);
  const std::size_t lives = t.NewOldRoot(t.ephemeron);
  const std::size_t dies = t.NewOldRoot(t.ephemeron);
  const std::size_t values = t.NewChain(2);
  t.Set(t.roots[lives], 0, t.LinkOf(root, 200));
  t.Set(t.roots[lives], 1, t.LinkOf(values, 0));
  t.Set(t.roots[dies], 0, t.LinkOf(root, 299));
  t.Set(t.roots[dies], 1, t.LinkOf(values, 1));
  t.roots[values] = ObjectPtr();
  t.CutAt(root, 250);
  Begin(2);
  EndMarking();
  EXPECT_EQ(t.Verify(), "");
  Settle();
  EXPECT_EQ(t.Number(t.Slots(t.roots[lives])[1]), 0);
  EXPECT_TRUE(t.Slots(t.roots[dies])[0].is_null());
  EXPECT_TRUE(t.Slots(t.roots[dies])[1].is_null());
}

// The key that it had when it was met is dead in the end.
TEST_F(SlicedMarkingTest, AnEphemeronMayBeGivenAnotherKeyMeanwhile) {
  const std::size_t ephemeron = t.roots.Add();
  const std::size_t root = t.NewChain(300);
  t.roots[ephemeron] = t.New(t.ephemeron);
  t.PromoteAll();
  const std::size_t value = t.NewChain(1);
  t.Set(t.roots[ephemeron], 0, t.LinkOf(root, 299));
  t.Set(t.roots[ephemeron], 1, t.roots[value]);
  t.roots[value] = ObjectPtr();
  t.CutAt(root, 250);
  Begin(30);
  ASSERT_TRUE(IsMarking());
  t.Set(t.roots[ephemeron], 0, t.LinkOf(root, 1));
  EndMarking();
  EXPECT_EQ(t.Verify(), "");
  Settle();
  EXPECT_EQ(t.Slots(t.roots[ephemeron])[0], t.LinkOf(root, 1));
  EXPECT_EQ(t.Number(t.Slots(t.roots[ephemeron])[1]), 0);
}

class LeftGapsTest : public SlicedMarkingTest {
 protected:
  // A little of it has died: nothing old moves.
  void MakeAndCollect(GcReason reason) FART_NO_SAFEPOINT_ANALYSIS {
    root_ = t.NewChain(3000);
    t.CutAt(root_, 2900);
    t.heap.mutable_knobs().marking_steps = 1;
    t.mutator.CollectGarbage(GcKind::kMajor, reason);
    ASSERT_EQ(t.Verify(), "");
  }
  std::size_t Unswept() {
    std::size_t count = 0;
    for (const RegionIndex index : t.heap.old_regions()) {
      count += t.heap.regions().Record(index).unswept ? 1u : 0u;
    }
    return count;
  }
  bool IsWhole() { return t.Number(t.LinkOf(root_, 2899)) == 2899; }

  std::size_t root_ = 0;
};

TEST_F(LeftGapsTest, AFullCollectionLeavesThemToSlices_GS4) {
  MakeAndCollect(GcReason::kRequested);
  ASSERT_GT(Unswept(), 0u);
  EXPECT_TRUE(t.heap.old_allocator().roomy_holes().empty());
  Settle();
  EXPECT_EQ(Unswept(), 0u);
  EXPECT_FALSE(t.heap.old_allocator().roomy_holes().empty());
  EXPECT_TRUE(IsWhole());
}

TEST_F(LeftGapsTest, AnotherOneNeedNotSweep_GS4) {
  MakeAndCollect(GcReason::kRequested);
  t.Major();
  EXPECT_GT(Unswept(), 0u);
  EXPECT_EQ(t.Verify(), "");
  EXPECT_TRUE(t.heap.old_allocator().roomy_holes().empty());
  Settle();
  EXPECT_EQ(Unswept(), 0u);
  EXPECT_TRUE(IsWhole());
}

TEST_F(LeftGapsTest, NotWhereMemoryIsShort) {
  MakeAndCollect(GcReason::kLowMemory);
  EXPECT_EQ(Unswept(), 0u);
  EXPECT_FALSE(t.heap.old_allocator().roomy_holes().empty());
  EXPECT_TRUE(IsWhole());
}

// What grows old while old space is marked fills its holes.
class HolesWhileMarkingTest : public SlicedMarkingTest {
 protected:
  // Old space has a hole between links that live.
  void MakeHole() {
    root_ = t.NewChain(300);
    const std::size_t rest = t.roots.Add(t.LinkOf(root_, 250));
    t.CutAt(root_, 100);
    t.heap.mutable_knobs().marking_steps = 1'000'000;
    while (t.heap.old_allocator().in_holes().is_zero()) t.Minor();
    t.heap.mutable_knobs().marking_steps = 0;
    t.gc.Settle();
    ASSERT_EQ(t.Number(t.roots[rest]), 250);
    in_holes_ = t.heap.old_allocator().in_holes();
    t.heap.old_allocator().Abandon();  // No rest of a region is used before them.
  }
  // And it is marked, and the first link is.
  void Make() {
    MakeHole();
    Begin(20);
    ASSERT_TRUE(t.heap.regions().IsMarked(t.roots[root_].address()));
  }
  // Makes all young ones old.
  void Promote() {
    GoOn(1);
    GoOn(1);
    ASSERT_TRUE(IsMarking());
  }
  bool IsAmongMarked(ObjectPtr object) {
    const RegionSpace& regions = t.heap.regions();
    return object.address() < regions.Record(regions.IndexOf(object.address())).mark_limit;
  }

  std::size_t root_ = 0;
  ByteCount in_holes_;
};

TEST_F(HolesWhileMarkingTest, TheyServeAndWhatComesThereLives_GS2) {
  Make();
  EXPECT_GT(in_holes_, KiB(2));
  EXPECT_EQ(t.heap.old_allocator().in_holes(), in_holes_) << "not forgotten";
  t.Set(t.roots[root_], 0, t.NewNumber(42));
  Promote();
  const ObjectPtr fresh = t.Slots(t.roots[root_])[0];
  EXPECT_TRUE(IsAmongMarked(fresh));
  EXPECT_TRUE(t.heap.regions().IsMarked(fresh.address()));
  EXPECT_LT(t.heap.old_allocator().in_holes(), in_holes_);
  EndMarking();
  EXPECT_EQ(t.Verify(), "");
  Settle();
  EXPECT_EQ(t.Number(t.Slots(t.roots[root_])[0]), 42);
}

TEST_F(HolesWhileMarkingTest, TheyAreNotCountedAsWhatHasDied) {
  Make();
  EndMarking();
  const GcReport& report = t.listener.last();
  ASSERT_EQ(report.kind, GcKind::kMajor);
  EXPECT_EQ(report.after, report.before);
  Settle();
}

TEST_F(HolesWhileMarkingTest, WhatAnEphemeronThereHoldsIsMarkedWithIt_GS2) {
  MakeHole();
  t.roots.Add(t.LinkOf(root_, 90));
  const ObjectPtr pair = t.New(t.ephemeron);
  t.mutator.StorePaired(pair, t.Slots(pair), t.LinkOf(root_, 90));
  t.mutator.StorePaired(pair, t.Slots(pair) + 1, t.LinkOf(root_, 95));
  t.Set(t.roots[root_], 0, pair);
  t.Minor();
  Begin(1);  // It grows old in that.
  t.CutAt(root_, 93);
  ASSERT_TRUE(IsAmongMarked(t.Slots(t.roots[root_])[0]));
  EndMarking();
  EXPECT_EQ(t.Verify(), "");
  Settle();
  EXPECT_EQ(t.Number(t.ValueOf(t.Slots(t.roots[root_])[0])), 95);
}

// The marker may be at work beside it, and knows nothing of what comes there.
TEST_F(HolesWhileMarkingTest, NobodyElseUsesThem_HJ4) {
  Make();
  ASSERT_TRUE(t.heap.old_allocator().are_holes_closed());
  const Address own = t.heap.TryAllocateOld(ByteCount(24), Heap::Limit::kRespected);
  Header::Make(ShapeTable::kFiller, ByteCount(24).InWords()).StoreTo(own);
  EXPECT_FALSE(IsAmongMarked(ObjectPtr::FromAddress(own)));
  EXPECT_EQ(t.heap.old_allocator().in_holes(), in_holes_);
  EndMarking();
  EXPECT_FALSE(t.heap.old_allocator().are_holes_closed());
}

TEST_F(HolesWhileMarkingTest, MarkingThatIsGivenUpLeavesThemOpen_HJ4) {
  Make();
  t.gc.Settle();
  EXPECT_FALSE(t.heap.old_allocator().are_holes_closed());
  EXPECT_EQ(t.heap.old_allocator().in_holes(), in_holes_);
  EXPECT_EQ(t.Verify(), "");
}

class WaitingTest : public SlicedMarkingTest {
 protected:
  // Old ephemerons, and a list of their keys that is met behind them; numbers for values.
  void Make(std::size_t count) {
    ephemerons_ = t.NewOldRoot(t.list, count);
    keys_ = t.NewOldRoot(t.list, count);
    for (std::size_t i = 0; i < count; ++i) {
      t.SetElement(t.roots[keys_], i, t.NewNumber(static_cast<std::int64_t>(i)));
      t.SetElement(t.roots[ephemerons_], i, t.New(t.ephemeron));
      t.Set(Ephemeron(i), 0, t.Elements(t.roots[keys_])[i]);
      t.Set(Ephemeron(i), 1, t.NewNumber(static_cast<std::int64_t>(i)));
    }
    t.PromoteAll();
    std::swap(t.roots[keys_], t.roots[ephemerons_]);  // The last one is scanned first.
    std::swap(keys_, ephemerons_);
  }
  ObjectPtr Ephemeron(std::size_t i) { return t.Elements(t.roots[ephemerons_])[i]; }
  bool IsWhole(std::size_t i) {
    const ObjectPtr* const pair = t.Slots(Ephemeron(i));
    return !pair[1].is_null() && t.Number(pair[0]) == static_cast<std::int64_t>(i) &&
           t.Number(pair[1]) == static_cast<std::int64_t>(i);
  }
  bool IsCleared(std::size_t i) {
    const ObjectPtr* const pair = t.Slots(Ephemeron(i));
    return pair[0].is_null() && pair[1].is_null();
  }
  // Between two pauses: nothing is left to scan, and all that wait have been looked at.
  void MarkAll() {
    t.heap.mutable_knobs().marking_steps = 100'000;
    t.gc.MakeProgress();
    ASSERT_TRUE(IsMarking());
  }
  // That have a dead key, whatever one who asks would read.
  std::size_t Uncleared() {
    std::size_t count = 0;
    for (std::size_t i = 0;
         i < t.heap.ShapeOf(t.roots[ephemerons_]).LengthOf(t.roots[ephemerons_].address()); ++i) {
      const ObjectPtr key = t.Slots(Ephemeron(i))[0];
      count += key.IsHeapObject() && t.heap.regions().IsUnsweptDead(key.address());
    }
    return count;
  }
  std::uint64_t ExaminedInTheEnd() {
    std::uint64_t examined = 0;
    for (const GcReport& report : t.listener.reports) {
      if (report.kind == GcKind::kMajor) examined += report.ephemerons_examined;
    }
    return examined;
  }

  std::size_t ephemerons_ = 0;
  std::size_t keys_ = 0;
};

TEST_F(WaitingTest, ThePauseThatEndsMarkingLooksAtNone_GE5) {
  Make(600);
  for (std::size_t i = 0; i < 600; i += 6) t.SetElement(t.roots[keys_], i, ObjectPtr());
  Begin(50);
  EndMarking();
  EXPECT_EQ(ExaminedInTheEnd(), 0u);
  EXPECT_GT(Uncleared(), 90u);
  EXPECT_EQ(t.Verify(), "");
  Settle();
  for (std::size_t i = 0; i < 600; ++i) {
    ASSERT_TRUE(i % 6 == 0 ? IsCleared(i) : IsWhole(i)) << i;
  }
}

// What was cleared when it was looked at is put back: one's value, found late, is the key of
// another that was looked at before.
TEST_F(WaitingTest, WhatIsFoundInTheEndPutsBackWhatWasCleared) {
  constexpr std::pair<std::size_t, std::size_t> kFound[] = {{300, 3}, {303, 597}};
  Make(600);
  t.heap.LetPairsBeReadInlined();
  for (const auto& [by, found] : kFound) t.Set(Ephemeron(by), 1, t.Elements(t.roots[keys_])[found]);
  for (std::size_t i = 0; i < 600; i += 3) t.SetElement(t.roots[keys_], i, ObjectPtr());
  Begin(610);
  ASSERT_TRUE(IsMarking());
  for (const auto& [by, found] : kFound) {
    t.mutator.StoreField(Ephemeron(by), t.Slots(Ephemeron(by)), t.Elements(t.roots[keys_])[1]);
  }
  EndMarking();
  EXPECT_EQ(Uncleared(), 0u);
  EXPECT_GT(ExaminedInTheEnd(), 200u) << "they were found in the end";
  EXPECT_EQ(t.Verify(), "");
  Settle();
  for (std::size_t i = 0; i < 600; ++i) {
    if (i == 300 || i == 303) continue;
    ASSERT_TRUE(i % 3 == 0 && i != 3 && i != 597 ? IsCleared(i) : IsWhole(i)) << i;
  }
  for (const auto& [by, found] : kFound) {
    const ObjectPtr* const pair = t.Slots(Ephemeron(by));
    EXPECT_EQ(t.Number(pair[0]), 1);
    EXPECT_EQ(t.Number(pair[1]), static_cast<std::int64_t>(found));
  }
}

// Dead keys wait to be cleared, and nobody sees one.
TEST_F(WaitingTest, WhoReadsOrReplacesADeadKeyFindsItCleared_GS6) {
  Make(600);
  for (std::size_t i = 0; i < 600; i += 2) t.SetElement(t.roots[keys_], i, ObjectPtr());
  Begin(50);
  EndMarking();
  const std::size_t number = t.roots.Add(t.NewNumber(6));
  const std::size_t before = Uncleared();
  ASSERT_GT(before, 100u);
  std::vector<std::size_t> at;
  for (std::size_t i = 0; i < 600; i += 2) {
    if (!IsCleared(i)) at.push_back(i);
  }
  ASSERT_EQ(at.size(), before);
  at.erase(at.begin(), at.begin() + 50);  // No step comes to these so soon.
  EXPECT_TRUE(t.ValueOf(Ephemeron(at[0])).is_null());
  EXPECT_TRUE(IsCleared(at[0]));
  EXPECT_TRUE(t.Key(Ephemeron(at[1])).is_null());
  EXPECT_TRUE(IsCleared(at[1]));
  t.Set(Ephemeron(at[2]), 0, t.Elements(t.roots[keys_])[1]);
  EXPECT_TRUE(t.ValueOf(Ephemeron(at[2])).is_null()) << "the value of the dead key";
  t.Set(Ephemeron(at[3]), 1, t.roots[number]);
  EXPECT_TRUE(t.Key(Ephemeron(at[3])).is_null());
  EXPECT_EQ(t.Key(Ephemeron(1)), t.Elements(t.roots[keys_])[1]);
  EXPECT_EQ(Uncleared(), before - 4) << "the others wait";
  EXPECT_EQ(t.Verify(), "");
  GoOn();
  EXPECT_EQ(Uncleared(), before - 5) << "a step is one";
  Settle();
  EXPECT_EQ(t.Number(t.ValueOf(Ephemeron(at[3]))), 6) << "given when there was no key";
  EXPECT_TRUE(t.Key(Ephemeron(at[3])).is_null());
  EXPECT_EQ(t.Key(Ephemeron(at[2])), t.Elements(t.roots[keys_])[1]);
  EXPECT_TRUE(t.ValueOf(Ephemeron(at[2])).is_null());
  for (std::size_t i = 0; i < 600; ++i) {
    if (i == at[3] || i == at[2]) continue;
    ASSERT_TRUE(i % 2 == 0 ? IsCleared(i) : IsWhole(i)) << i;
  }
}

TEST_F(WaitingTest, WhatMovesEverythingFindsNoDeadKey_GS6) {
  Make(600);
  for (std::size_t i = 0; i < 600; i += 2) t.SetElement(t.roots[keys_], i, ObjectPtr());
  Begin(50);
  EndMarking();
  ASSERT_GT(Uncleared(), 200u);
  t.Major();
  for (std::size_t i = 0; i < 600; ++i) {
    ASSERT_TRUE(i % 2 == 0 ? IsCleared(i) : IsWhole(i)) << i;
  }
}

TEST_F(WaitingTest, WhenHostsMayReadThemInlinedNoneHasADeadKey) {
  Make(600);
  for (std::size_t i = 0; i < 600; i += 2) t.SetElement(t.roots[keys_], i, ObjectPtr());
  Begin(50);
  EndMarking();
  ASSERT_GT(Uncleared(), 200u);
  t.heap.LetPairsBeReadInlined();
  EXPECT_EQ(Uncleared(), 0u);
  EXPECT_EQ(t.Verify(), "");
}

TEST_F(WaitingTest, TheVerifierNamesADeadKeyThatDoesNotWait_GS6) {
  Make(600);
  for (std::size_t i = 0; i < 600; i += 2) t.SetElement(t.roots[keys_], i, ObjectPtr());
  Begin(50);
  EndMarking();
  const ObjectPtr dead = t.Slots(Ephemeron(0))[0];
  ASSERT_GT(Uncleared(), 200u);
  ASSERT_EQ(t.Verify(), "");
  t.Slots(Ephemeron(1))[0] = dead;
  EXPECT_EQ(t.Verify().substr(0, 10), "G-S6 pairs");
  t.Slots(Ephemeron(1))[0] = t.Elements(t.roots[keys_])[1];
  t.Slots(t.Elements(t.roots[keys_])[1])[1] = dead;
  EXPECT_EQ(t.Verify().substr(0, 4), "G-N2") << "no ephemeron's";
  t.Slots(t.Elements(t.roots[keys_])[1])[1] = ObjectPtr();
  EXPECT_EQ(t.Verify(), "");
}

// A root is given the key when all that wait have been looked at.
TEST_F(WaitingTest, AKeyThatIsFoundInTheEndPutsOffTheEnd_GE5) {
  Make(100);
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < 100; i += 2) t.SetElement(t.roots[keys_], i, ObjectPtr());
  Begin(5);
  MarkAll();
  for (const std::size_t i : {8u, 40u}) found.push_back(t.roots.Add(t.Key(Ephemeron(i))));
  EndMarking();
  EXPECT_EQ(ExaminedInTheEnd(), 0u) << "but before";
  EXPECT_EQ(t.Verify(), "");
  Settle();
  for (std::size_t i = 0; i < 100; ++i) {
    ASSERT_TRUE(i % 2 == 0 && i != 8 && i != 40 ? IsCleared(i) : IsWhole(i)) << i;
  }
}

// Whoever takes the place of the key may live.
TEST_F(WaitingTest, TheValueLivesOfOneWhoseKeyIsReplaced_HM3) {
  Make(100);
  for (std::size_t i = 0; i < 100; i += 2) t.SetElement(t.roots[keys_], i, ObjectPtr());
  Begin(5);
  MarkAll();
  t.Set(Ephemeron(2), 0, ObjectPtr::FromSmi(7));
  t.Set(Ephemeron(4), 0, ObjectPtr());
  t.Set(Ephemeron(6), 0, t.Elements(t.roots[keys_])[1]);
  EndMarking();
  EXPECT_EQ(t.Verify(), "");
  Settle();
  for (std::size_t i = 0; i < 100; ++i) {
    if (i == 2 || i == 4 || i == 6) {
      ASSERT_EQ(t.Number(t.ValueOf(Ephemeron(i))), static_cast<std::int64_t>(i));
    } else {
      ASSERT_TRUE(i % 2 == 0 ? IsCleared(i) : IsWhole(i)) << i;
    }
  }
}

// Each value is the key of the one before it in the list: what is found takes as many rounds, which
// are left to the end.
TEST_F(WaitingTest, AChainAgainstTheOrderIsFollowedInTheEnd) {
  constexpr std::size_t kLength = 400;
  Make(kLength);
  for (std::size_t i = 0; i + 1 < kLength; ++i) {
    t.Set(Ephemeron(i), 0, t.Slots(Ephemeron(i + 1))[1]);
  }
  const ObjectPtr first = t.Slots(Ephemeron(kLength - 1))[0];
  for (std::size_t i = 0; i < kLength; ++i) {
    t.SetElement(t.roots[keys_], i, i == 0 ? first : ObjectPtr());
  }
  Begin(50);
  EndMarking();
  EXPECT_LE(ExaminedInTheEnd(), 3 * kLength);
  EXPECT_EQ(t.Verify(), "");
  Settle();
  for (std::size_t i = 0; i < kLength; ++i) {
    ASSERT_FALSE(t.Slots(Ephemeron(i))[1].is_null()) << i;
    ASSERT_EQ(t.Number(t.Slots(Ephemeron(i))[1]), static_cast<std::int64_t>(i));
  }
}

TEST_F(SlicedMarkingTest, ADeadHolderIsRememberedNoMore_GS4) {
  const std::size_t root = t.NewChain(300);
  t.Set(t.LinkOf(root, 280), 0, t.NewNumber(1));
  t.Set(t.LinkOf(root, 10), 0, t.NewNumber(2));
  ASSERT_EQ(t.remembered(), 2u);
  t.CutAt(root, 250);
  t.heap.mutable_knobs().marking_steps = 1'000'000;
  t.Minor();  // One pause is enough for all of marking; the young ones are young still.
  ASSERT_EQ(Ended(), 1u);
  EXPECT_EQ(t.remembered(), 1u);
  EXPECT_EQ(t.Number(t.Slots(t.LinkOf(root, 10))[0]), 2);
}

TEST_F(SlicedMarkingTest, SweepingGivesBackRegionsAndOpensHoles_GS4) {
  std::vector<std::size_t> chains;
  for (int i = 0; i < 8; ++i) chains.push_back(t.NewChain(20'000));
  const std::size_t regions = t.heap.old_regions().size();
  for (int i = 0; i < 8; i += 2) t.roots[chains[static_cast<std::size_t>(i)]] = ObjectPtr();
  t.CutAt(chains[1], 10'000);
  t.heap.mutable_knobs().marking_steps = 1'000'000;
  t.Minor();
  ASSERT_EQ(Ended(), 1u);
  EXPECT_EQ(t.heap.old_regions().size(), regions) << "not swept yet";
  bool had_holes = false;
  for (int i = 0; i < 200; ++i) {
    GoOn(1);
    ASSERT_EQ(t.Verify(), "") << i;
    if (IsMarking()) break;  // The next one.
    had_holes = had_holes || !t.heap.old_allocator().roomy_holes().empty();
  }
  EXPECT_LE(t.heap.old_regions().size(), regions - 3);
  EXPECT_TRUE(had_holes);
  EXPECT_EQ(t.Number(t.LinkOf(chains[1], 9'999)), 9'999);
  EXPECT_EQ(t.Number(t.LinkOf(chains[7], 19'999)), 19'999);
}

TEST_F(SlicedMarkingTest, OfRunsThatFollowEachOtherTheLivingStay_GS2) {
  std::vector<std::size_t> roots;
  for (int i = 0; i < 20; ++i) roots.push_back(t.NewRoot(t.list, 40'000));
  const ObjectPtr before = t.roots[roots[18]];
  ASSERT_EQ(t.roots[roots[19]].address(), before.address() + t.heap.SizeOf(before));
  t.Minor();
  t.Minor();
  for (std::size_t i = 0; i < roots.size(); ++i) {
    ASSERT_FALSE(t.heap.IsYoung(t.roots[roots[i]]));
    t.SetElement(t.roots[roots[i]], 39'999, t.roots[roots[0]]);
    if (i % 2 == 1) t.roots[roots[i]] = ObjectPtr();
  }
  Begin(1);
  EndMarking();
  EXPECT_EQ(t.Verify(), "");
  Settle();
  EXPECT_EQ(t.heap.large().old_runs().size(), 10u);
  for (std::size_t i = 0; i < roots.size(); i += 2) {
    EXPECT_EQ(t.Elements(t.roots[roots[i]])[39'999], t.roots[roots[0]]);
  }
}

TEST_F(SlicedMarkingTest, LargeObjectsAreFreedWhenTheyAreSwept) {
  const std::size_t dies = t.NewOldRoot(t.bytes, KiB(300).value());
  const std::size_t lives = t.NewOldRoot(t.list, 50'000);
  const std::size_t root = t.NewChain(3);
  t.SetElement(t.roots[lives], 49'999, t.roots[root]);
  ASSERT_EQ(t.heap.large().old_runs().size(), 2u);
  t.roots[dies] = ObjectPtr();
  t.roots[root] = ObjectPtr();
  Begin(1);
  EndMarking();
  EXPECT_EQ(t.Verify(), "");
  Settle();
  EXPECT_EQ(t.heap.large().old_runs().size(), 1u);
  EXPECT_EQ(t.Number(t.Elements(t.roots[lives])[49'999]), 0);
}

TEST_F(SlicedMarkingTest, AMajorCollectionInTheMiddleDoesAllAtOnce) {
  const std::size_t root = t.NewChain(3000);
  t.CutAt(root, 2000);
  Begin(5);
  t.Major();
  EXPECT_FALSE(IsMarking());
  EXPECT_EQ(t.Verify(), "");
  EXPECT_EQ(t.Number(t.LinkOf(root, 1999)), 1999);
  // The same while sweeping.
  t.CutAt(root, 1000);
  Begin(5);
  EndMarking();
  t.Major();
  EXPECT_EQ(t.Verify(), "");
  EXPECT_EQ(t.Number(t.LinkOf(root, 999)), 999);
}

// Marking of a small heap begins and ends in one pause, which is not known before.
TEST(SlicedMarkingCallbacksTest, NoneWaitsWhenMarkingEnds_GC4) {
  class Waiting final : public CallbackRunner, public GcListener {
   public:
    bool HasPending() const override { return pending != 0; }
    void RunSlice(std::int64_t) override { --pending; }
    void OnCollectionStart(GcKind kind, GcReason) override {
      if (kind == GcKind::kMajor) pending_at_end.push_back(pending);
    }
    void OnPhaseStart(GcPhase) override {}
    void OnPhaseEnd(GcPhase) override {}
    void OnCollectionEnd(const GcReport&) override {}
    int pending = 0;
    std::vector<int> pending_at_end;
  } waiting;
  TestHeap t({.callbacks = &waiting, .listener = &waiting});
  t.NewOldRoot(t.pair);
  t.heap.mutable_knobs().marking_steps = 1'000'000;
  waiting.pending = 5;
  t.Minor();
  EXPECT_EQ(waiting.pending_at_end, std::vector<int>({0}));
  // It goes on over several pauses, and ends in a later one.
  t.heap.mutable_knobs().marking_steps = 1;
  for (int i = 0; i < 50 && waiting.pending_at_end.size() < 3; ++i) {
    waiting.pending = 5;
    t.Minor();
  }
  EXPECT_EQ(waiting.pending_at_end, std::vector<int>({0, 0, 0}));
}

TEST_F(SlicedMarkingTest, WithoutAGoalAllIsDoneAtOnce) {
  t.NewChain(10);
  t.Minor();
  EXPECT_FALSE(IsMarking());
  t.heap.mutable_knobs().pause_goal_ns = 1000;
  t.heap.mutable_knobs().mark_in_slices = false;
  t.heap.mutable_knobs().marking_steps = 1;
  t.Minor();
  EXPECT_FALSE(IsMarking());
}

// A census marks for itself.
TEST_F(SlicedMarkingTest, ACensusInTheMiddleSeesEverything) {
  class Counter final : public CensusTaker {
   public:
    void VisitObject(ObjectPtr) override { ++count; }
    bool VisitMore(SlotVisitor&) override { return false; }
    std::size_t count = 0;
  } counter;
  const std::size_t root = t.NewChain(300);
  t.CutAt(root, 250);
  Begin(5);
  ASSERT_TRUE(t.gc.TakeCensus(CensusWeaks::kIgnored, counter));
  EXPECT_EQ(counter.count, 250u);
  EXPECT_EQ(t.Verify(), "");
}

}  // namespace
}  // namespace fart
