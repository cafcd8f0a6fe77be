// GcController: which collections run, what it tells whom, and when callbacks run.

#include "gc/controller.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "gc/testing/test_heap.h"

namespace fart {
namespace {

// Callbacks without content: `pending` are waiting, a slice runs at most `per_slice`.
class FakeCallbacks final : public CallbackRunner {
 public:
  bool HasPending() const override { return pending > 0; }
  void RunSlice(std::int64_t slice_ns) override {
    last_slice_ns = slice_ns;
    ++slices;
    if (on_slice) on_slice();
    const int now = pending < per_slice ? pending : per_slice;
    pending -= now;
    run += now;
  }

  int pending = 0;
  int per_slice = 1;
  int run = 0;
  int slices = 0;
  std::int64_t last_slice_ns = 0;
  std::function<void()> on_slice;
};

class CallbacksTest : public testing::Test {
 protected:
  CallbacksTest() : t({.callbacks = &callbacks}) {}
  void RunSlice() FART_NO_SAFEPOINT_ANALYSIS { t.gc.RunPendingCallbacks(); }

  FakeCallbacks callbacks;
  TestHeap t;
};

TEST_F(CallbacksTest, RunAfterThePauseAndBeforeTheCollectionReturns_HC2) {
  callbacks.pending = 1;
  bool in_pause = true;
  callbacks.on_slice = [&] { in_pause = t.listener.reports.empty(); };
  t.Minor();
  EXPECT_EQ(callbacks.run, 1);
  EXPECT_FALSE(in_pause);
}

TEST_F(CallbacksTest, RunBeforeTheAllocationThatCollectedReturns_HC2) {
  callbacks.per_slice = 1000;
  std::size_t allocated_when_run = 0;
  std::size_t allocated = 0;
  callbacks.on_slice = [&] { allocated_when_run = allocated; };
  callbacks.pending = 1;
  // The first miss runs them, though it needs no collection.
  t.New(t.pair);
  EXPECT_EQ(callbacks.run, 1);
  while (t.listener.reports.empty()) {
    callbacks.pending = 1;
    t.New(t.pair);
    ++allocated;
  }
  EXPECT_EQ(callbacks.pending, 0);
  EXPECT_EQ(allocated_when_run + 1, allocated);
}

TEST_F(CallbacksTest, RunOneSliceAtATime_GC4) {
  callbacks.pending = 10;
  callbacks.per_slice = 3;
  t.Minor();
  EXPECT_EQ(callbacks.slices, 1);
  EXPECT_EQ(callbacks.pending, 7);
  EXPECT_LT(callbacks.last_slice_ns, GcKnobs{}.callback_slice_ns) << "the pause was a part of it";
  EXPECT_GT(callbacks.last_slice_ns, 0);
  RunSlice();
  EXPECT_EQ(callbacks.last_slice_ns, GcKnobs{}.callback_slice_ns / 2) << "two may come at once";
}

TEST_F(CallbacksTest, AreDrainedWhollyBeforeAMajorCollectionBegins_GC4) {
  callbacks.pending = 10;
  callbacks.per_slice = 3;
  std::vector<std::size_t> collections;
  callbacks.on_slice = [&] { collections.push_back(t.listener.reports.size()); };
  t.Major();
  EXPECT_EQ(callbacks.run, 10);
  EXPECT_EQ(collections, std::vector<std::size_t>({0, 0, 0, 0}));
}

TEST_F(CallbacksTest, ThoseOfTheScavengeAreDrainedBeforeTheMajorCollectionItCauses_GC4) {
  t.heap.SetOldThreshold(ByteCount(1));
  t.NewRoot(t.bytes, 20'000);
  t.Minor();
  t.listener.reports.clear();
  t.heap.SetOldThreshold(ByteCount(1));
  callbacks.pending = 5;
  std::vector<std::size_t> collections;
  callbacks.on_slice = [&] { collections.push_back(t.listener.reports.size()); };
  t.Minor();  // promotes; old space is beyond its threshold then
  ASSERT_EQ(t.listener.reports.size(), 2u);
  EXPECT_EQ(collections, std::vector<std::size_t>({1, 1, 1, 1, 1}));
}

TEST_F(CallbacksTest, WhatCanWaitWaitsUntilTheyHaveRunInSlices_GC4) {
  t.heap.SetOldThreshold(MiB(2));
  t.heap.external_old() = MiB(4);  // by as much again
  callbacks.pending = 3;
  for (std::size_t slices = 1; slices <= 3; ++slices) {
    t.Minor();
    ASSERT_EQ(t.CountOf(GcKind::kMajor), 0u);
    ASSERT_EQ(callbacks.run, static_cast<int>(slices));
  }
  t.Minor();
  EXPECT_EQ(t.CountOf(GcKind::kMajor), 1u);
  t.heap.external_old() = t.heap.old_threshold() * 3;
  callbacks.pending = 3;
  t.Minor();
  EXPECT_EQ(t.CountOf(GcKind::kMajor), 2u) << "it cannot wait";
  EXPECT_EQ(callbacks.run, 6);
}

TEST_F(CallbacksTest, MarkingBeginsWhenTheyHaveRunInSlices_GC4) {
  t.heap.mutable_knobs().pause_goal_ns = 1'000'000;
  t.heap.mutable_knobs().mark_in_slices = true;
  t.heap.mutable_knobs().mark_beside = Beside::kNever;
  t.heap.SetOldThreshold(MiB(32));
  t.heap.external_old() = MiB(20);  // Beyond half of what it may grow by.
  callbacks.pending = 2;
  for (int run = 1; run <= 2; ++run) {
    t.Minor();
    ASSERT_EQ(callbacks.run, run);
    ASSERT_EQ(t.CountOf(GcKind::kMajor), 0u) << "marking waits";
  }
  t.Minor();  // There is so little that it is over at once.
  ASSERT_EQ(t.CountOf(GcKind::kMajor), 1u);
  t.heap.external_old() = ByteCount();
  for (int i = 0; i < 10; ++i) t.Minor();
  ASSERT_EQ(t.CountOf(GcKind::kMajor), 1u);
  t.heap.external_old() = t.heap.old_threshold();  // No room is left to wait in.
  callbacks.pending = 3;
  t.Minor();
  EXPECT_EQ(callbacks.run, 5);
  EXPECT_EQ(t.CountOf(GcKind::kMajor), 2u);
  t.heap.external_old() = ByteCount();
}

TEST_F(CallbacksTest, AreNotRunWhileOneRuns) {
  callbacks.pending = 2;
  callbacks.on_slice = [&]() FART_NO_SAFEPOINT_ANALYSIS { t.gc.RunPendingCallbacks(); };
  t.Minor();
  EXPECT_EQ(callbacks.slices, 1);
}

TEST_F(CallbacksTest, TheControllerIsBusyInACallbackOnly) {
  callbacks.pending = 1;
  bool busy = false;
  callbacks.on_slice = [&] { busy = t.gc.IsBusy(); };
  t.Minor();
  EXPECT_TRUE(busy);
  EXPECT_FALSE(t.gc.IsBusy());
}

using ControllerDeathTest = CallbacksTest;

TEST_F(ControllerDeathTest, ACollectionInsideACallbackEndsTheProcess_GT1) {
  callbacks.pending = 1;
  callbacks.on_slice = [&] { t.Minor(); };
  EXPECT_DEATH(t.Minor(), "check failed: !IsBusy\\(\\)");
}

#if FART_CHECK_LEVEL >= 1
// Also where there is room, and no collection would follow.
TEST_F(ControllerDeathTest, SoDoesAnAllocationWhereTheBuildChecks_HT1) {
  callbacks.pending = 1;
  callbacks.on_slice = [&] { t.New(t.pair); };
  EXPECT_DEATH(t.Minor(), "check failed: !collector_.IsBusy\\(\\)");
}
#endif

TEST_F(ControllerDeathTest, AFindingEndsTheProcessAndNamesPhaseRuleAndEdge) {
  const std::size_t root = t.NewOldRoot(t.pair);
  const ObjectPtr young = t.New(t.pair);
  t.Slots(t.roots[root])[0] = young;  // behind the barrier's back
  EXPECT_DEATH(t.Minor(),
               "verify before minor: H-R1 complete: Pair@0x[0-9a-f]+\\+8 -> 0x[0-9a-f]+ \\(new\\), "
               "holder not remembered");
  EXPECT_DEATH(t.Major(), "verify before major: H-R1 complete: ");
  t.Slots(t.roots[root])[0] = ObjectPtr();
}

// ---- Listener and reports

std::vector<GcPhase> MinorPhases() {
  return {GcPhase::kVerifyBefore, GcPhase::kRoots, GcPhase::kRememberedSet, GcPhase::kTransitive,
          GcPhase::kEphemerons,   GcPhase::kWeaks, GcPhase::kRelease,       GcPhase::kVerifyAfter};
}
std::vector<GcPhase> MajorPhases() {
  return {GcPhase::kVerifyBefore, GcPhase::kRoots,      GcPhase::kTransitive, GcPhase::kEphemerons,
          GcPhase::kWeaks,        GcPhase::kSelect,     GcPhase::kEvacuate,   GcPhase::kUpdate,
          GcPhase::kRelease,      GcPhase::kVerifyAfter};
}

TEST(ListenerTest, HearsEveryPhaseOfAScavengeInOrder) {
  TestHeap t;
  t.Minor();
  EXPECT_EQ(t.listener.phases, MinorPhases());
}

TEST(ListenerTest, HearsEveryPhaseOfAMajorCollectionInOrder) {
  TestHeap t;
  t.Major();
  EXPECT_EQ(t.listener.phases, MajorPhases());
}

TEST(ListenerTest, EveryPhaseHasANameOfItsOwn) {
  for (std::size_t i = 0; i < kGcPhases; ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      EXPECT_STRNE(GcPhaseName(static_cast<GcPhase>(i)), GcPhaseName(static_cast<GcPhase>(k)));
    }
  }
}

// Writes down what happens, to see that starts and ends nest.
class Transcript final : public GcListener {
 public:
  void OnCollectionStart(GcKind, GcReason reason) override {
    text += std::string("[") + GcReasonName(reason);
  }
  void OnPhaseStart(GcPhase) override { text += "("; }
  void OnPhaseEnd(GcPhase) override { text += ")"; }
  void OnCollectionEnd(const GcReport&) override { text += "]"; }

  std::string text;
};

void CollectNow(GcController& gc) FART_NO_SAFEPOINT_ANALYSIS {
  gc.Collect(GcKind::kMinor, GcReason::kRequested);
}

TEST(ListenerTest, StartsAndEndsNest) {
  Heap heap({});
  Transcript transcript;
  GcController gc(heap, {.verify_heap = true}, nullptr, &transcript);
  CollectNow(gc);
  EXPECT_EQ(transcript.text, "[requested()()()()()()()()]");
}

TEST(ControllerTest, WorksWithoutListenerAndCallbacks) {
  Heap heap({});
  GcController gc(heap, {}, nullptr, nullptr);
  CollectNow(gc);
  EXPECT_EQ(gc.Verify(), "");
}

TEST(ReportTest, CountsWhatAScavengeDid) {
  TestHeap t;
  const std::size_t old = t.NewOldRoot(t.pair);
  const std::size_t young = t.NewRoot(t.list, 10);       // 96 bytes, copied
  t.Set(t.roots[old], 0, t.New(t.bytes, 30));            // 48 bytes, copied
  t.New(t.bytes, 10'000);                                // dead
  const std::size_t ephemeron = t.NewRoot(t.ephemeron);  // 24 bytes, copied
  t.Set(t.roots[ephemeron], 0, t.roots[young]);
  t.Minor();
  const GcReport& report = t.listener.last();
  EXPECT_EQ(report.kind, GcKind::kMinor);
  EXPECT_EQ(report.reason, GcReason::kRequested);
  EXPECT_EQ(report.slots_visited[static_cast<std::size_t>(RootKind::kOther)], 3u);
  EXPECT_EQ(report.slots_visited[static_cast<std::size_t>(RootKind::kStack)], 0u);
  EXPECT_EQ(report.holders_scanned, 1u);
  EXPECT_EQ(report.cards_scanned, 0u);
  EXPECT_GE(report.ephemerons_examined, 1u);
  EXPECT_EQ(report.objects_moved, 3u);
  EXPECT_EQ(report.moved_within_new, ByteCount(96 + 48 + 24));
  EXPECT_EQ(report.moved_to_old, ByteCount());
  EXPECT_EQ(report.TotalMoved(), report.moved_within_new);
  EXPECT_EQ(report.new_regions_freed, 1u);
  EXPECT_GT(report.before - report.after, ByteCount(10'000));
  EXPECT_EQ(report.after, t.heap.NewUse().used + t.heap.OldUse().used);
  EXPECT_GT(report.pause_ns, 0);
  t.Minor();
  EXPECT_EQ(t.listener.last().moved_to_old, ByteCount(96 + 48 + 24));
}

TEST(ReportTest, TheReasonOfAnAllocationsScavengeIsAFullNewSpace) {
  TestHeap t({.gc = {.verify_heap = false}});
  while (t.listener.reports.empty()) t.New(t.pair);
  EXPECT_EQ(t.listener.last().reason, GcReason::kNewSpaceFull);
  EXPECT_EQ(t.listener.last().kind, GcKind::kMinor);
}

TEST(ReportTest, AllocationIsCounted) {
  TestHeap t;
  const Heap::Allocated before = t.heap.allocated();
  for (int i = 0; i < 10; ++i) t.New(t.pair);
  t.New(t.bytes, 100'000);
  t.Minor();
  EXPECT_EQ(t.heap.allocated().objects - before.objects, 11u);
  EXPECT_EQ(t.heap.allocated().bytes - before.bytes, 10 * 24u + 16 + 100'000);
}

// ---- Young roots

class CountedRoots final : public RootProvider {
 public:
  void VisitSlots(SlotSet, SlotVisitor&) override {}
  void Verify(VerifyReporter&) const override {}
  std::size_t YoungSlots() override { return young; }
  std::size_t young = 0;
};

class YoungRootsTest : public testing::Test {
 protected:
  // Enough for a thousand.
  YoungRootsTest()
      : t({.heap = {.new_space_min = MiB(16)}, .pause_goal_ns = 50'000}),
        registration_(t.gc, roots) {}

  // More than a few areas of objects that die.
  void Allocate() {
    for (int i = 0; i < 40'000; ++i) t.New(t.pair);
  }

  TestHeap t;
  CountedRoots roots;
  const RootRegistration registration_;
};

TEST_F(YoungRootsTest, MoreThanThePauseGoalIsGoodForAreScavengedEarly) {
  roots.young = 1000;
  Allocate();
  EXPECT_EQ(t.CountOf(GcKind::kMinor), 0u);
  roots.young = 1001;
  Allocate();
  EXPECT_EQ(t.CountOf(GcKind::kMinor), 1u) << "once, for they are there still";
  EXPECT_EQ(t.listener.last().reason, GcReason::kNewSpaceFull);
  roots.young = 1251;
  Allocate();
  EXPECT_EQ(t.CountOf(GcKind::kMinor), 1u) << "a quarter of what it is good for is not worth it";
  roots.young = 1252;
  Allocate();
  EXPECT_EQ(t.CountOf(GcKind::kMinor), 2u);
}

// The next may be as early, and an area may be filled with what counts.
TEST_F(YoungRootsTest, BehindAnEarlyScavengeItIsAskedMoreOften) {
  EXPECT_FALSE(t.gc.WantsShortAreas());
  roots.young = 1001;
  Allocate();
  ASSERT_EQ(t.CountOf(GcKind::kMinor), 1u);
  EXPECT_TRUE(t.gc.WantsShortAreas());
  t.Minor();
  EXPECT_FALSE(t.gc.WantsShortAreas());
}

TEST_F(YoungRootsTest, ThoseThatEndedMakeRoomForOthers) {
  roots.young = 5000;
  Allocate();
  ASSERT_EQ(t.CountOf(GcKind::kMinor), 1u);
  roots.young = 10;
  Allocate();
  roots.young = 1000;
  Allocate();
  EXPECT_EQ(t.CountOf(GcKind::kMinor), 1u);
  roots.young = 1001;
  Allocate();
  EXPECT_EQ(t.CountOf(GcKind::kMinor), 2u) << "those that are there still are looked at as well";
}

TEST_F(YoungRootsTest, WeakOnesCountToo) {
  roots.young = 500;
  t.weaks.young = 500;
  Allocate();
  EXPECT_EQ(t.CountOf(GcKind::kMinor), 0u);
  t.weaks.young = 501;
  Allocate();
  EXPECT_EQ(t.CountOf(GcKind::kMinor), 1u);
}

// Four roots each, and as many are left where what they refer to stays young.
TEST_F(YoungRootsTest, RememberedHoldersCountAsWell) {
  std::vector<std::size_t> holders;
  for (int i = 0; i < 251; ++i) holders.push_back(t.NewOldRoot(t.pair));
  const std::size_t before = t.CountOf(GcKind::kMinor);
  const auto store = [&](std::size_t count) FART_NO_SAFEPOINT_ANALYSIS {
    for (std::size_t i = 0; i < count; ++i) {
      const ObjectPtr young = t.New(t.pair);
      t.Set(t.roots[holders[i]], 0, young);
    }
  };
  store(250);
  Allocate();
  EXPECT_EQ(t.CountOf(GcKind::kMinor), before);
  store(251);
  Allocate();
  EXPECT_EQ(t.CountOf(GcKind::kMinor), before + 1);
}

TEST_F(YoungRootsTest, WithoutAGoalNobodyAsks) {
  t.heap.mutable_knobs().pause_goal_ns = 0;
  roots.young = 1'000'000;
  Allocate();
  EXPECT_EQ(t.CountOf(GcKind::kMinor), 0u);
}

// What such a scavenge left says nothing of how large new space is to be.
TEST_F(YoungRootsTest, NewSpaceStaysAsLargeAsItIs) {
  t.heap.SetNewCapacity(MiB(32));
  for (int i = 1; i <= 10; ++i) {
    roots.young += 1001;
    Allocate();
    ASSERT_EQ(t.CountOf(GcKind::kMinor), static_cast<std::size_t>(i));
  }
  EXPECT_EQ(t.heap.new_capacity(), MiB(32));
}

}  // namespace
}  // namespace fart
