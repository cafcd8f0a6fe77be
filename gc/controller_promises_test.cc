// What the controller promises around a collection: who is told what, and when; what a request for
// memory gives back; what a host that raises the limit gets.

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "gc/testing/test_heap.h"
#include "heap/platform/off_heap.h"

namespace fart {
namespace {

// Writes down what it is told; has nothing pending of its own accord.
class Host final : public CallbackRunner {
 public:
  bool HasPending() const override { return pending > 0; }
  void RunSlice(std::int64_t) override {
    --pending;
    Tell("slice");
  }
  void BeforeCollection() override { Tell("before"); }
  void AfterCollection() override { Tell("after"); }
  ByteCount RaiseLimit(ByteCount limit) override {
    Tell("raise");
    return raise ? raise(limit) : limit;
  }
  void Tell(const char* what) {
    told.emplace_back(what);
    if (on_told) on_told();
  }

  int pending = 0;
  std::vector<std::string> told;
  std::function<void()> on_told;
  std::function<ByteCount(ByteCount)> raise;
};

class GivingWeaks final : public WeakProvider {
 public:
  void VisitWeak(SlotSet, WeakVisitor&) override {}
  void Verify(VerifyReporter&) const override {}
  void GiveBackMemory() override { ++given; }
  int given = 0;
};

class GivingRoots final : public RootProvider {
 public:
  void VisitSlots(SlotSet, SlotVisitor&) override {}
  void Verify(VerifyReporter&) const override {}
  void GiveBackMemory() override { ++given; }
  int given = 0;
};

// Whether the collector is busy while it collects.
class BusyListener final : public GcListener {
 public:
  void OnCollectionStart(GcKind, GcReason) override { busy.push_back(gc->IsBusy()); }
  void OnPhaseStart(GcPhase) override {}
  void OnPhaseEnd(GcPhase) override {}
  void OnCollectionEnd(const GcReport&) override { busy.push_back(gc->IsBusy()); }
  GcController* gc = nullptr;
  std::vector<bool> busy;
};

class ControllerPromisesTest : public testing::Test {
 protected:
  using Told = std::vector<std::string>;

  ControllerPromisesTest() : t({.callbacks = &host}) {}
  void Collect(GcKind least, GcReason reason) FART_NO_SAFEPOINT_ANALYSIS {
    t.mutator.CollectGarbage(least, reason);
  }
  bool Raise() FART_NO_SAFEPOINT_ANALYSIS { return t.gc.RaiseHeapLimit(); }

  Host host;
  TestHeap t;
};

TEST_F(ControllerPromisesTest, TheHostHearsOfEachCollectionBeforeAndAfterItsPause) {
  std::vector<std::size_t> pauses;
  host.on_told = [&] {
    pauses.push_back(t.listener.reports.size());
    EXPECT_TRUE(t.gc.IsBusy());
  };
  host.pending = 1;
  t.Minor();
  EXPECT_EQ(host.told, Told({"before", "after", "slice"}));
  EXPECT_EQ(pauses, std::vector<std::size_t>({0, 1, 1}));
  EXPECT_FALSE(t.gc.IsBusy());
}

TEST_F(ControllerPromisesTest, AMinorCollectionThatMakesAMajorOneDueIsTwo) {
  t.heap.external_old() = t.heap.old_threshold() + ByteCount(1);
  t.Minor();
  EXPECT_EQ(host.told, Told({"before", "after", "before", "after"}));
  EXPECT_EQ(t.listener.reports[0].kind, GcKind::kMinor);
  EXPECT_EQ(t.listener.reports[0].reason, GcReason::kRequested);
  EXPECT_EQ(t.listener.reports[1].kind, GcKind::kMajor);
  EXPECT_EQ(t.listener.reports[1].reason, GcReason::kOldSpaceFull);
}

TEST_F(ControllerPromisesTest, AtItsThresholdOldSpaceIsNotFullYet) {
  t.heap.external_old() = t.heap.old_threshold();
  t.Minor();
  EXPECT_EQ(t.listener.reports.size(), 1u);
}

TEST_F(ControllerPromisesTest, UnderStressBothKindsRunForTheReasonGiven) {
  t.heap.mutable_knobs().stress_interval = 1'000'000;
  t.mutator.KnobsChanged();
  for (const GcKind least : {GcKind::kMinor, GcKind::kMajor}) {
    t.listener.reports.clear();
    Collect(least, GcReason::kIdle);
    ASSERT_EQ(t.listener.reports.size(), 2u);
    EXPECT_EQ(t.listener.reports[0].kind, GcKind::kMinor);
    EXPECT_EQ(t.listener.reports[1].kind, GcKind::kMajor);
    EXPECT_EQ(t.listener.reports[0].reason, GcReason::kIdle);
    EXPECT_EQ(t.listener.reports[1].reason, GcReason::kIdle);
  }
}

TEST(ControllerListenerTest, ThePauseIsWhatItIsBusyWith_HT1) {
  Heap heap({});
  BusyListener listener;
  GcController gc(heap, {}, nullptr, &listener);
  listener.gc = &gc;
  const auto collect = [&]() FART_NO_SAFEPOINT_ANALYSIS {
    gc.Collect(GcKind::kMajor, GcReason::kRequested);
  };
  collect();
  EXPECT_EQ(listener.busy, std::vector<bool>({true, false}));
}

// ---- Memory is low, or the host has time

TEST_F(ControllerPromisesTest, ARequestForMemoryMakesProvidersAndMallocGiveBackAndOthersDoNot) {
  GivingRoots roots;
  const RootRegistration registration(t.gc, roots);
  for (const GcReason reason : {GcReason::kRequested, GcReason::kIdle, GcReason::kOldSpaceFull}) {
    const std::uint64_t before = OffHeapGivenBackCount();
    Collect(GcKind::kMajor, reason);
    EXPECT_EQ(roots.given, 0);
    EXPECT_EQ(OffHeapGivenBackCount(), before);
  }
  const std::uint64_t before = OffHeapGivenBackCount();
  Collect(GcKind::kMajor, GcReason::kLowMemory);
  EXPECT_EQ(roots.given, 1);
  EXPECT_EQ(OffHeapGivenBackCount(), before + 1);
}

TEST_F(ControllerPromisesTest, ARequestForMemoryRunsCallbacksBeforeItGivesBack) {
  GivingRoots roots;
  const RootRegistration registration(t.gc, roots);
  host.pending = 1;
  int given_at_slice = -1;
  host.on_told = [&] {
    if (host.told.back() == "slice") given_at_slice = roots.given;
  };
  Collect(GcKind::kMajor, GcReason::kLowMemory);
  EXPECT_EQ(given_at_slice, 0);
}

// Of a burst outside the heap half is left: too much for malloc's pages to go back by themselves.
TEST_F(ControllerPromisesTest, AnyCollectionGivesBackWhatABurstOutsideTheHeapHasLeft) {
  constexpr ByteCount kBlock = MiB(1);
  std::vector<void*> blocks;
  for (int i = 0; i < 80; ++i) blocks.push_back(OffHeapAllocate(kBlock));
  OffHeapGiveBack();
  for (int i = 0; i < 40; ++i) OffHeapFree(blocks[static_cast<std::size_t>(i)], kBlock);
  const std::uint64_t before = OffHeapGivenBackCount();
  t.Minor();
  EXPECT_EQ(OffHeapGivenBackCount(), before) << "it was done a moment ago";
  std::this_thread::sleep_for(std::chrono::nanoseconds(45 * kOffHeapPauseNsPerMiB));
  EXPECT_EQ(OffHeapGivenBackCount(), before);
  t.Minor();
  EXPECT_EQ(OffHeapGivenBackCount(), before + 1);
  for (int i = 40; i < 80; ++i) OffHeapFree(blocks[static_cast<std::size_t>(i)], kBlock);
}

TEST_F(ControllerPromisesTest, OnlyARequestForMemoryMakesNewSpaceSmall) {
  const ByteCount least = t.heap.knobs().new_space_min;
  for (const GcReason reason : {GcReason::kIdle, GcReason::kRequested, GcReason::kLowMemory}) {
    t.heap.SetNewCapacity(least * 4);
    Collect(GcKind::kMajor, reason);
    EXPECT_EQ(t.heap.new_capacity(), reason == GcReason::kLowMemory ? least : least * 4);
  }
}

TEST_F(ControllerPromisesTest, AnIdleCollectionTellsWhyAndLeavesNothingWorthCollecting) {
  t.gc.mutable_knobs().verify_heap = false;
  constexpr std::int64_t kLong = 10'000'000'000;
  while (t.heap.NewUse().used * 2 <= t.heap.new_capacity()) {
    t.New(t.bytes, 10'000);
    t.mutator.RetireArea();
  }
  EXPECT_EQ(t.gc.WorthCollecting(kLong), GcKind::kMinor);
  Collect(GcKind::kMinor, GcReason::kIdle);
  EXPECT_EQ(t.listener.last().reason, GcReason::kIdle);
  EXPECT_EQ(t.gc.WorthCollecting(kLong), std::nullopt);
  EXPECT_EQ(t.heap.NewUse().regions, 0u);
}

TEST_F(ControllerPromisesTest, APauseIsRememberedByItsKindForWhoHasTime) {
  t.gc.mutable_knobs().verify_heap = false;
  const std::size_t list = t.NewRoot(t.list, 100'000);
  for (std::size_t i = 0; i < 100'000; ++i) t.SetElement(t.roots[list], i, t.NewNumber(1));
  t.Minor();
  const std::int64_t pause = t.listener.last().pause_ns;
  EXPECT_GT(pause, 100'000) << "a hundred thousand copies";
  while (t.heap.NewUse().used * 2 <= t.heap.new_capacity()) {
    t.New(t.bytes, 10'000);
    t.mutator.RetireArea();
  }
  EXPECT_EQ(t.gc.WorthCollecting(t.listener.last().pause_ns - 1), std::nullopt);
  EXPECT_EQ(t.gc.WorthCollecting(t.listener.last().pause_ns), GcKind::kMinor);
}

TEST_F(ControllerPromisesTest, AMajorCollectionSetsTheThresholdByWhatItLeft) {
  t.heap.external_old() = MiB(100);
  t.Major();
  EXPECT_EQ(t.heap.old_threshold(), MiB(125));
}

TEST_F(ControllerPromisesTest, ARequestedScavengeChangesNothingOfNewSpacesSize) {
  const std::size_t list = t.NewRoot(t.list, 50'000);
  for (std::size_t i = 0; i < 50'000; ++i) t.SetElement(t.roots[list], i, t.NewNumber(1));
  const ByteCount capacity = t.heap.new_capacity();
  t.Minor();
  EXPECT_EQ(t.heap.new_capacity(), capacity);
  // A full one with so many survivors makes it grow.
  Collect(GcKind::kMinor, GcReason::kNewSpaceFull);
  EXPECT_GT(t.heap.new_capacity(), capacity);
}

TEST_F(ControllerPromisesTest, LargeObjectsCountAsWhatWasInNewSpace) {
  // Of small ones nearly all survive, of all together few.
  t.NewRoot(t.bytes, 10'000);
  for (int i = 0; i < 20; ++i) t.New(t.bytes, 100'000);
  for (int i = 0; i < 2; ++i) {
    Collect(GcKind::kMinor, GcReason::kNewSpaceFull);
    EXPECT_EQ(t.heap.new_capacity(), t.heap.knobs().new_space_min);
    t.NewRoot(t.bytes, 10'000);
    for (int k = 0; k < 20; ++k) t.New(t.bytes, 100'000);
  }
}

// ---- The limit

TEST_F(ControllerPromisesTest, AHostThatRaisesTheLimitGetsItUpToWhatTheRangeHolds) {
  const ByteCount limit = t.heap.knobs().heap_limit;
  EXPECT_FALSE(Raise()) << "the same again";
  EXPECT_EQ(t.heap.knobs().heap_limit, limit);
  host.raise = [](ByteCount now) { return now - MiB(1); };
  EXPECT_FALSE(Raise()) << "lower";
  EXPECT_EQ(t.heap.knobs().heap_limit, limit);
  bool busy = false;
  host.raise = [&](ByteCount now) {
    EXPECT_EQ(now, limit);
    busy = t.gc.IsBusy();
    EXPECT_FALSE(Raise()) << "inside of a callback nothing is asked";
    return now + MiB(3);
  };
  EXPECT_TRUE(Raise());
  EXPECT_TRUE(busy);
  EXPECT_FALSE(t.gc.IsBusy());
  EXPECT_EQ(t.heap.knobs().heap_limit, limit + MiB(3));
  host.raise = [](ByteCount) { return GiB(1000); };
  EXPECT_TRUE(Raise());
  EXPECT_EQ(t.heap.knobs().heap_limit, t.heap.most_heap_limit());
  EXPECT_FALSE(Raise()) << "there is no more";
}

// ---- Providers come and go

TEST_F(ControllerPromisesTest, AProviderTakesPartExactlyWhileItIsRegistered) {
  GivingRoots first;
  GivingRoots second;
  const RootRegistration stays(t.gc, first);
  {
    const RootRegistration goes(t.gc, second);
    t.gc.GiveBackMemory();
  }
  t.gc.GiveBackMemory();
  EXPECT_EQ(first.given, 2);
  EXPECT_EQ(second.given, 1);
  GivingWeaks weaks;
  const WeakRegistration registration(t.gc, weaks);
  t.gc.GiveBackMemory();
  EXPECT_EQ(weaks.given, 1);
}

// ---- Reports

TEST_F(ControllerPromisesTest, AReportCountsLargeObjectsBeforeAndAfter) {
  const std::size_t kept = t.NewOldRoot(t.bytes, 300'000);
  t.NewRoot(t.bytes, 50'000);
  t.New(t.bytes, 60'000);
  const ByteCount size = t.heap.SizeOf(t.roots[kept]);
  t.Major();
  EXPECT_EQ(t.listener.last().before, size + ByteCount(50'016 + 60'016));
  // A shared region holds dead space where the dead one was.
  EXPECT_EQ(t.listener.last().after, size + ByteCount(50'016 + 60'016));
  EXPECT_EQ(t.listener.last().large_objects_freed, 1u);
}

TEST_F(ControllerPromisesTest, AMajorReportCountsByKindWhatMovedAndWhatWasVisited) {
  const std::size_t numbers = t.NewRoot(t.list, 2'000);
  for (std::size_t i = 0; i < 2'000; ++i) t.SetElement(t.roots[numbers], i, t.NewNumber(1));
  t.PromoteAll();
  for (std::size_t i = 0; i < 2'000; ++i) {
    if (i % 4 != 0) t.SetElement(t.roots[numbers], i, ObjectPtr());
  }
  const std::size_t fresh = t.NewRoot(t.pair);
  const std::size_t survivor = t.NewRoot(t.pair);
  t.roots[survivor] = t.roots[fresh];
  t.weaks.Add(t.roots[fresh]);
  t.weaks.Add(t.New(t.pair));
  t.Major();
  const GcReport& report = t.listener.last();
  EXPECT_EQ(report.slots_visited[static_cast<std::size_t>(RootKind::kOther)], 3u);
  EXPECT_EQ(report.slots_visited[static_cast<std::size_t>(RootKind::kWeakHandle)], 2u);
  EXPECT_EQ(report.weaks_cleared, 1u);
  EXPECT_EQ(report.moved_within_new, ByteCount(24));
  EXPECT_EQ(report.moved_to_old, ByteCount());
  EXPECT_EQ(report.moved_within_old, ByteCount(500 * 24 + 16'016));
  EXPECT_EQ(report.moved_large, ByteCount());
  EXPECT_EQ(report.objects_moved, 502u);
  EXPECT_EQ(report.new_regions_freed, 1u);
  EXPECT_EQ(report.old_regions_freed, 1u);
  EXPECT_EQ(report.regions_kept, 0u);
}

TEST_F(ControllerPromisesTest, UnderStressAReportCountsTheLargeObjectsThatMove) {
  t.heap.mutable_knobs().stress_interval = 1'000'000;
  t.mutator.KnobsChanged();
  const std::size_t run = t.NewRoot(t.bytes, 300'000);
  t.NewRoot(t.bytes, 50'000);
  t.Major();  // a minor one first
  EXPECT_EQ(t.listener.last().moved_large, t.heap.SizeOf(t.roots[run]));
  EXPECT_EQ(t.listener.last().moved_to_old, ByteCount(50'016));
  EXPECT_EQ(t.listener.last().objects_moved, 2u);
}

TEST_F(ControllerPromisesTest, AnEphemeronIsExaminedOnceOrTwiceAndEachTimeIsCounted) {
  for (const bool major : {false, true}) {
    TestHeap one;
    const std::size_t key = one.NewRoot(one.pair);
    const std::size_t ephemeron = one.NewRoot(one.ephemeron);
    one.Set(one.roots[ephemeron], 0, one.roots[key]);
    major ? one.Major() : one.Minor();
    EXPECT_EQ(one.listener.last().ephemerons_examined, 1u) << "its key is reached before it is";
    // Of this one the key is dead.
    one.roots[key] = ObjectPtr();
    const std::size_t second = one.NewRoot(one.ephemeron);
    one.roots[ephemeron] = ObjectPtr();
    one.Set(one.roots[second], 0, one.New(one.pair));
    major ? one.Major() : one.Minor();
    EXPECT_EQ(one.listener.last().ephemerons_examined, 2u);
    EXPECT_TRUE(one.Slots(one.roots[second])[0].is_null());
  }
}

// ---- What a scavenge leaves

TEST_F(ControllerPromisesTest, AnOldHolderWithWeakReferencesIsKeptForItsFirstYoungSlotAlone_HR1) {
  for (const std::size_t slot : {0u, 1u, 2u, 9u}) {
    TestHeap one;
    const std::size_t holder = one.NewOldRoot(one.mixed, 8);
    const ObjectPtr young = one.NewNumber(static_cast<std::int64_t>(slot));
    slot < 2 ? one.Set(one.roots[holder], slot, young)
             : one.SetElement(one.roots[holder], slot - 2, young);
    one.Minor();
    EXPECT_EQ(one.remembered(), 1u);
    one.Minor();
    EXPECT_EQ(one.remembered(), 0u);
    const ObjectPtr now =
        slot < 2 ? one.Slots(one.roots[holder])[slot] : one.Elements(one.roots[holder])[slot - 2];
    EXPECT_FALSE(one.heap.IsYoung(now));
    EXPECT_EQ(one.Number(now), static_cast<std::int64_t>(slot));
  }
}

TEST_F(ControllerPromisesTest, NothingIsLoggedOfOldSpaceBetweenCollections) {
  t.NewOldRoot(t.list, 100);
  EXPECT_EQ(t.heap.old_allocator().logged_spans(), 0u);
  t.Major();
  EXPECT_EQ(t.heap.old_allocator().logged_spans(), 0u);
}

TEST_F(ControllerPromisesTest, TheMutatorGoesOnWhereTheCopiesEndIfThereIsRoomWorthIt) {
  for (const bool major : {false, true}) {
    for (const std::size_t copies : {2u, 10u, 13u}) {
      TestHeap one;
      for (std::size_t i = 0; i < copies; ++i) one.NewRoot(one.bytes, 19'000);
      major ? one.Major() : one.Minor();
      const RegionIndex last = one.heap.regions().IndexOf(one.roots[copies - 1].address());
      const ObjectPtr next = one.New(one.pair);
      // Of 256 KiB thirteen leave less than an object that is not large may need.
      EXPECT_EQ(one.heap.regions().IndexOf(next.address()) == last, copies != 13) << copies;
      EXPECT_EQ(one.heap.NewUse().regions, copies == 13 ? 2u : 1u);
    }
  }
}

// ---- What a major collection selects

TEST_F(ControllerPromisesTest, TheSparsestRegionsAreEvacuatedUntilAnEighthIsDeadAndNoMore_GD1) {
  // Ten full regions of 128 objects.
  constexpr std::size_t kObjects = 1'280;
  for (std::size_t i = 0; i < kObjects; ++i) t.NewRoot(t.bytes, 2'048 - 16);
  t.PromoteAll();
  ASSERT_EQ(t.heap.OldUse().regions, 10u);
  const auto let_die = [&](RegionIndex region, std::size_t count) {
    for (std::size_t i = 0; i < t.roots.size() && count != 0; ++i) {
      if (t.roots[i].is_null()) continue;
      if (t.heap.regions().IndexOf(t.roots[i].address()) != region) continue;
      t.roots[i] = ObjectPtr();
      --count;
    }
    EXPECT_EQ(count, 0u);
  };
  // 168 of 1280 dead are more than an eighth; the sparsest gone, 60 are not.
  Vector<RegionIndex> regions;
  for (const RegionIndex index : t.heap.old_regions()) regions.push_back(index);
  let_die(regions[3], 108);
  let_die(regions[6], 60);
  t.Major();
  EXPECT_EQ(t.listener.last().objects_moved, 20u);
  EXPECT_EQ(t.listener.last().moved_within_old, ByteCount(20 * 2'048));
  EXPECT_EQ(t.listener.last().old_regions_freed, 1u);
  EXPECT_EQ(t.heap.regions().FlagsOf(regions[6]), kOldSpaceFlags) << "its holes serve";
  t.Major();  // 60 of ten regions, and of what is left of the eleventh: nothing to do
  EXPECT_EQ(t.listener.last().objects_moved, 0u);
}

}  // namespace
}  // namespace fart
