// No memory outside of the heap, and none from the system, at every place of what a heap does.
// Nothing ends the process; a collection that has begun comes to its end; the heap verifies.

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <new>
#include <vector>

#include "gc/testing/heap_model.h"
#include "gc/testing/test_heap.h"
#include "heap/platform/testing/refusing_memory.h"
#include "heap/platform/testing/refusing_system.h"

namespace fart {
namespace {

using Duration = RefusingMemory::Duration;

// What a collection reports must not need memory either.
class CountingListener final : public GcListener {
 public:
  void OnCollectionStart(GcKind kind, GcReason) override { ++started[static_cast<int>(kind)]; }
  void OnPhaseStart(GcPhase) override {}
  void OnPhaseEnd(GcPhase) override {}
  void OnCollectionEnd(const GcReport& report) override { last = report; }

  int started[2] = {};
  GcReport last;
};

CountingListener& TheListener() {
  static CountingListener listener;
  return listener;
}

TestHeapOptions Options(HeapKnobs knobs = {.new_space_min = KiB(512)}) {
  return {.heap = knobs, .gc = {.verify_heap = false}, .listener = &TheListener()};
}

// --- What would be marked beside the mutator, without a thread for it.

TEST(WithoutAThreadTest, ItIsMarkedInSlices) {
  TestHeap t(Options({.mark_beside = Beside::kAlways}));
  const std::size_t root = t.NewRoot(t.list, 300);
  for (std::size_t i = 0; i < 300; ++i) t.SetElement(t.roots[root], i, t.New(t.pair));
  t.PromoteAll();
  t.heap.mutable_knobs().marking_steps = 20;
  const RefusingSystem no_thread(SystemCall::kThread);
  const int before = TheListener().started[static_cast<int>(GcKind::kMajor)];
  for (int i = 0; i < 100; ++i) t.Minor();
  EXPECT_GT(no_thread.calls(), 0u);
  EXPECT_GT(TheListener().started[static_cast<int>(GcKind::kMajor)], before);
  EXPECT_EQ(t.gc.marked_beside(), ByteCount());
}

TEST(WithoutAThreadTest, WhatSeveralWouldMarkOneMarks) {
  TestHeap t(Options({.gc_workers = 3, .force_workers = true}));
  const std::size_t root = t.NewChain(1'000);
  const RefusingSystem no_thread(SystemCall::kThread);
  for (int i = 0; i < 3; ++i) t.Major();
  EXPECT_EQ(no_thread.calls(), 3u);
  EXPECT_EQ(TheListener().last.marking_workers, 1u);
  EXPECT_EQ(t.Number(t.LinkOf(root, 999)), 999);
}

// --- Several mark, and run out of memory for their stacks, their lists and what they share.

TEST(MarkingTogetherWithoutMemoryTest, NothingIsLostWhereverItRunsOut_GW1) {
  constexpr std::size_t kLength = 3'000;
  TestHeap t(Options({.gc_workers = 3, .force_workers = true}));
  const std::size_t holders = t.NewRoot(t.list, 3 * kLength);
  const std::size_t keys = t.NewRoot(t.list, kLength);
  const std::size_t mortals = t.NewRoot(t.list, 2 * kLength);  // until they are old
  const auto holder = [&](std::size_t i) { return t.Elements(t.roots[holders])[i]; };
  const auto fill = [&](std::size_t i) {
    t.SetElement(t.roots[holders], 3 * i, t.New(t.pair));
    t.Set(holder(3 * i), 0, t.NewNumber(static_cast<std::int64_t>(i)));
    t.SetElement(t.roots[holders], 3 * i + 1, t.New(t.weak));
    t.SetElement(t.roots[mortals], 2 * i, t.NewNumber(-1));
    t.SetWeak(holder(3 * i + 1), 0, t.Elements(t.roots[mortals])[2 * i]);
    t.SetElement(t.roots[holders], 3 * i + 2, t.New(t.ephemeron));
    const auto ephemeron = [&] { return holder(3 * i + 2); };
    t.SetElement(t.roots[mortals], 2 * i + 1, t.NewNumber(static_cast<std::int64_t>(i)));
    t.Set(ephemeron(), 0, t.Elements(t.roots[mortals])[2 * i + 1]);
    t.Set(ephemeron(), 1, t.NewNumber(static_cast<std::int64_t>(i)));
    t.SetElement(t.roots[keys], i, i % 2 == 0 ? t.Slots(ephemeron())[0] : ObjectPtr());
  };
  std::uint64_t noted = 0;
  for (std::uint64_t nth = 1; nth < 60; ++nth) {
    SCOPED_TRACE(nth);
    for (std::size_t i = 0; i < kLength; ++i) fill(i);
    t.PromoteAll();
    for (std::size_t i = 0; i < 2 * kLength; ++i) t.SetElement(t.roots[mortals], i, ObjectPtr());
    RefusingMemory::FailNth(SystemCall::kMalloc, nth, Duration::kForGood);
    t.Major();
    RefusingMemory::Stop();
    noted += RefusingMemory::Refused(SystemCall::kMalloc);
    ASSERT_EQ(t.Verify(), "");
    for (std::size_t i = 0; i < kLength; ++i) {
      ASSERT_EQ(t.Number(t.Slots(holder(3 * i))[0]), static_cast<std::int64_t>(i));
      ASSERT_TRUE(t.Weaks(holder(3 * i + 1))[0].is_null()) << i;
      const ObjectPtr* const pair = t.Slots(holder(3 * i + 2));
      ASSERT_EQ(pair[0].is_null(), i % 2 != 0) << i;
      ASSERT_EQ(pair[1].is_null(), i % 2 != 0) << i;
      if (i % 2 != 0) continue;
      ASSERT_EQ(t.Number(pair[1]), static_cast<std::int64_t>(i));
    }
  }
  EXPECT_GT(noted, 20u) << "inconclusive: hardly anything was refused";
}

// --- Collections without any memory, of heaps that were built with some.

struct NoMemory {
  const RefusingSystem no_malloc{SystemCall::kMalloc};
  const RefusingSystem no_new{SystemCall::kNew};
};

class CollectingWithoutMemoryTest : public testing::TestWithParam<GcKind> {
 protected:
  void Collect() {
    std::uint64_t asks = 0;
    {
      const NoMemory none;
      GetParam() == GcKind::kMinor ? t.Minor() : t.Major();
      asks = none.no_malloc.calls() + none.no_new.calls();
    }
    // A refusal is remembered, and not asked for again for each object.
    EXPECT_LE(asks, kMostAsks);
  }
  static constexpr std::uint64_t kMostAsks = 200;  // a few for each region
  TestHeap t{Options({})};
};

INSTANTIATE_TEST_SUITE_P(BothKinds, CollectingWithoutMemoryTest,
                         testing::Values(GcKind::kMinor, GcKind::kMajor),
                         [](const testing::TestParamInfo<GcKind>& info) {
                           return info.param == GcKind::kMinor ? "Minor" : "Major";
                         });

TEST_P(CollectingWithoutMemoryTest, ADeepListLives) {
  constexpr std::int64_t kLength = 100'000;
  const std::size_t root = t.roots.Add();
  for (std::int64_t i = 0; i < kLength; ++i) {
    const ObjectPtr node = t.NewNumber(i);
    t.Set(node, 1, t.roots[root]);
    t.roots[root] = node;
  }
  Collect();
  EXPECT_EQ(t.Verify(), "");
  ObjectPtr node = t.roots[root];
  for (std::int64_t i = kLength; i-- > 0;) {
    ASSERT_EQ(t.Number(node), i);
    node = t.Slots(node)[1];
  }
  EXPECT_TRUE(node.is_null());
}

// More marked at once than the mark stack holds, each with something behind it; and more holders
// than are listed.
TEST_P(CollectingWithoutMemoryTest, AWideListOfYoungObjectsLives) {
  constexpr std::size_t kLength = 50'000;
  const std::size_t root = t.NewOldRoot(t.list, kLength);
  for (std::size_t i = 0; i < kLength; ++i) {
    t.SetElement(t.roots[root], i, t.New(t.pair));
    const ObjectPtr number = t.NewNumber(static_cast<std::int64_t>(i));
    t.Set(t.Elements(t.roots[root])[i], 0, number);
  }
  Collect();
  EXPECT_EQ(t.Verify(), "");
  for (std::size_t i = 0; i < kLength; ++i) {
    const ObjectPtr pair = t.Elements(t.roots[root])[i];
    ASSERT_EQ(t.Number(t.Slots(pair)[0]), static_cast<std::int64_t>(i));
  }
}

// Every object of a chain is found through the value of an ephemeron before it; they are copied in
// the opposite order, so that one walk finds one of them.
TEST_P(CollectingWithoutMemoryTest, EphemeronsAreResolved) {
  constexpr int kLength = 300;
  const std::size_t first_key = t.roots.Add(t.NewNumber(0));
  const std::size_t holders = t.NewRoot(t.list, 2 * kLength);
  const std::size_t key = t.roots.Add(t.roots[first_key]);
  for (int i = 0; i < kLength; ++i) {
    const std::size_t value = t.roots.Add(t.NewNumber(i + 1));
    const ObjectPtr live = t.New(t.ephemeron);
    t.Set(live, 0, t.roots[key]);
    t.Set(live, 1, t.roots[value]);
    t.SetElement(t.roots[holders], static_cast<std::size_t>(2 * (kLength - 1 - i)), live);
    t.roots[key] = t.roots[value];
    t.roots[value] = ObjectPtr();
    const std::size_t dead_key = t.roots.Add(t.NewNumber(-i));
    const ObjectPtr dead = t.New(t.ephemeron);
    t.Set(dead, 0, t.roots[dead_key]);
    t.Set(dead, 1, t.roots[dead_key]);
    t.SetElement(t.roots[holders], static_cast<std::size_t>(2 * i + 1), dead);
    t.roots[dead_key] = ObjectPtr();
  }
  t.roots[key] = ObjectPtr();
  Collect();
  EXPECT_EQ(t.Verify(), "");
  ObjectPtr expected = t.roots[first_key];
  for (std::size_t i = 0; i < kLength; ++i) {
    const ObjectPtr live = t.Elements(t.roots[holders])[2 * (kLength - 1 - i)];
    ASSERT_EQ(t.Slots(live)[0], expected) << i;
    expected = t.Slots(live)[1];
    ASSERT_EQ(t.Number(expected), static_cast<std::int64_t>(i + 1));
    const ObjectPtr dead = t.Elements(t.roots[holders])[2 * i + 1];
    ASSERT_TRUE(t.Slots(dead)[0].is_null() && t.Slots(dead)[1].is_null()) << i;
  }
}

// Holders that are reached where they are: large ones, and whatever there is no room to copy.
TEST_P(CollectingWithoutMemoryTest, HoldersThatStayWhereTheyAreAreLookedAtToo) {
  const ShapeId large_ephemeron = t.Register({.name = "LargeEphemeron",
                                              .references = 2,
                                              .variable_part = VariablePart::kReferences,
                                              .ephemeron = true});
  for (const bool has_room : {true, false}) {
    SCOPED_TRACE(has_room);
    const std::size_t key = t.roots.Add(t.NewNumber(1));
    struct Case {
      ShapeId ephemeron;
      ShapeId weak;
      std::size_t length;
      std::size_t with_live_key, with_dead_key, weak_holder, watch;
    };
    std::vector<Case> cases = {{t.ephemeron, t.weak, 0, 0, 0, 0, 0},
                               {large_ephemeron, t.mixed, 5'000, 0, 0, 0, 0},
                               {large_ephemeron, t.mixed, 50'000, 0, 0, 0, 0}};
    for (Case& each : cases) {
      each.with_live_key = t.NewRoot(each.ephemeron, each.length);
      t.Set(t.roots[each.with_live_key], 0, t.roots[key]);
      t.Set(t.roots[each.with_live_key], 1, t.NewNumber(2));
      each.with_dead_key = t.NewRoot(each.ephemeron, each.length);
      t.Set(t.roots[each.with_dead_key], 0, t.NewNumber(3));
      t.Set(t.roots[each.with_dead_key], 1, t.NewNumber(4));
      each.weak_holder = t.NewRoot(each.weak, each.length);
      t.SetWeak(t.roots[each.weak_holder], 0, t.NewNumber(5));
      // One that is dead keeps nothing, though its key lives.
      const std::size_t dead = t.NewRoot(each.ephemeron, each.length);
      t.Set(t.roots[dead], 0, t.roots[key]);
      t.Set(t.roots[dead], 1, t.NewNumber(6));
      each.watch = t.weaks.Add(t.Slots(t.roots[dead])[1]);
      t.roots[dead] = ObjectPtr();
    }
    if (!has_room) t.heap.mutable_knobs().collection_region_budget = 0;
    Collect();
    t.heap.mutable_knobs().collection_region_budget = kUnlimitedRegions;
    EXPECT_EQ(t.Verify(), "");
    for (const Case& each : cases) {
      SCOPED_TRACE(each.length);
      const ObjectPtr* const live = t.Slots(t.roots[each.with_live_key]);
      EXPECT_EQ(live[0], t.roots[key]);
      ASSERT_FALSE(live[1].is_null());
      EXPECT_EQ(t.Number(live[1]), 2);
      EXPECT_TRUE(t.Slots(t.roots[each.with_dead_key])[0].is_null());
      EXPECT_TRUE(t.Slots(t.roots[each.with_dead_key])[1].is_null());
      EXPECT_TRUE(t.Weaks(t.roots[each.weak_holder])[0].is_null());
      EXPECT_TRUE(t.weaks[each.watch].is_null());
    }
  }
}

TEST_P(CollectingWithoutMemoryTest, WeakReferencesToTheDeadAreCleared) {
  constexpr std::size_t kLength = 300;
  const std::size_t holders = t.NewRoot(t.list, kLength);
  const std::size_t living = t.NewRoot(t.list, kLength);
  for (std::size_t i = 0; i < kLength; ++i) {
    t.SetElement(t.roots[holders], i, t.New(t.weak));
    const ObjectPtr number = t.NewNumber(static_cast<std::int64_t>(i));
    t.SetWeak(t.Elements(t.roots[holders])[i], 0, number);
    if (i % 2 == 0) t.SetElement(t.roots[living], i, number);
  }
  Collect();
  EXPECT_EQ(t.Verify(), "");
  for (std::size_t i = 0; i < kLength; ++i) {
    const ObjectPtr referent = t.Weaks(t.Elements(t.roots[holders])[i])[0];
    ASSERT_EQ(referent, t.Elements(t.roots[living])[i]) << i;
    ASSERT_EQ(referent.is_null(), i % 2 != 0);
  }
}

// Nor is there room to copy into: everything is kept.
TEST_P(CollectingWithoutMemoryTest, WhatCannotBeCopiedStays) {
  constexpr std::size_t kLength = 20'000;
  const std::size_t root = t.NewRoot(t.list, kLength);
  const std::size_t large = t.NewRoot(t.list, 40'000);
  for (std::size_t i = 0; i < kLength; ++i) {
    const ObjectPtr number = t.NewNumber(static_cast<std::int64_t>(i));
    t.SetElement(t.roots[root], i, number);
    t.SetElement(t.roots[large], i, number);
  }
  t.heap.mutable_knobs().collection_region_budget = 0;
  Collect();
  t.heap.mutable_knobs().collection_region_budget = kUnlimitedRegions;
  EXPECT_GT(TheListener().last.regions_kept, 0u);
  EXPECT_EQ(t.Verify(), "");
  for (std::size_t i = 0; i < kLength; ++i) {
    ASSERT_EQ(t.Number(t.Elements(t.roots[root])[i]), static_cast<std::int64_t>(i));
    ASSERT_EQ(t.Elements(t.roots[root])[i], t.Elements(t.roots[large])[i]);
  }
}

// The system has no region left: it is asked once for new space and once for old space, and not by
// each of 20,000 objects that cannot be copied.
TEST_P(CollectingWithoutMemoryTest, TheSystemIsNotAskedAgainInOnePause) {
  constexpr std::size_t kLength = 20'000;
  const std::size_t root = t.NewRoot(t.list, kLength);
  for (std::size_t i = 0; i < kLength; ++i) {
    t.SetElement(t.roots[root], i, t.NewNumber(static_cast<std::int64_t>(i)));
  }
  {
    const RefusingSystem no_commit(SystemCall::kCommit);
    Collect();
    EXPECT_GT(no_commit.calls(), 0u);
    EXPECT_LE(no_commit.calls(), 8u);
  }
  EXPECT_GT(TheListener().last.regions_kept, 0u);
  EXPECT_EQ(t.Verify(), "");
  for (std::size_t i = 0; i < kLength; ++i) {
    ASSERT_EQ(t.Number(t.Elements(t.roots[root])[i]), static_cast<std::int64_t>(i));
  }
  // The next one asks anew, for what is young then.
  const std::size_t later = t.NewRoot(t.list, kLength);
  for (std::size_t i = 0; i < kLength; ++i) {
    t.SetElement(t.roots[later], i, t.NewNumber(static_cast<std::int64_t>(i)));
  }
  t.Minor();
  EXPECT_EQ(TheListener().last.regions_kept, 0u);
}

// --- The remembered set without memory.

TEST(RememberingWithoutMemoryTest, AStoreIsRememberedAndTheNextCollectionIsOfTheWholeHeap_HR1) {
  TestHeap t(Options());
  constexpr std::size_t kHolders = 1000;
  const std::size_t list = t.NewRoot(t.list, kHolders);
  for (std::size_t i = 0; i < kHolders; ++i) t.SetElement(t.roots[list], i, t.New(t.pair));
  const std::size_t cards = t.NewRoot(t.list, kHolders);
  // One that shares a region, which is one of old space then, and one that has several.
  const std::size_t large = t.NewRoot(t.list, 10'000);
  const std::size_t run = t.NewRoot(t.list, 60'000);
  t.PromoteAll();
  const std::size_t young_run = t.NewRoot(t.list, 60'000);
  const std::size_t young_large = t.NewRoot(t.list, 10'000);
  const std::size_t lists[] = {large, run, young_large, young_run};
  const std::size_t young = t.roots.Add(t.NewNumber(7));
  ASSERT_TRUE(t.heap.remembered_set().entries().empty());
  t.SetElement(t.roots[large], 5, t.roots[young]);  // Listed while there is memory.
  t.SetElement(t.roots[cards], kHolders - 1, t.roots[young]);
  {
    const NoMemory none;
    for (std::size_t i = 0; i < kHolders; ++i) {
      t.Set(t.Elements(t.roots[list])[i], 1, t.roots[young]);
      t.SetElement(t.roots[cards], i, t.roots[young]);
      for (const std::size_t each : lists) t.SetElement(t.roots[each], 10 * i, t.roots[young]);
    }
  }
  EXPECT_TRUE(t.heap.remembered_set().has_overflowed());
  EXPECT_EQ(t.Verify(), "");
  t.roots[young] = ObjectPtr();
  const int majors = TheListener().started[1];
  t.Minor();
  EXPECT_EQ(TheListener().started[1], majors + 1);
  EXPECT_FALSE(t.heap.remembered_set().has_overflowed());
  EXPECT_EQ(t.Verify(), "");
  for (std::size_t i = 0; i < kHolders; ++i) {
    ASSERT_EQ(t.Number(t.Slots(t.Elements(t.roots[list])[i])[1]), 7);
    ASSERT_EQ(t.Number(t.Elements(t.roots[cards])[i]), 7);
    for (const std::size_t each : lists) {
      ASSERT_EQ(t.Number(t.Elements(t.roots[each])[10 * i]), 7);
    }
  }
  t.Minor();
  EXPECT_EQ(TheListener().started[1], majors + 1) << "as before";
}

// Nothing has moved, and yet all that refers to what is young has to be found.
TEST(RememberingWithoutMemoryTest, WhatStaysWhereItIsIsRememberedAgain) {
  TestHeap t;
  constexpr std::size_t kHolders = 1000;
  const std::size_t list = t.NewRoot(t.list, kHolders);
  for (std::size_t i = 0; i < kHolders; ++i) t.SetElement(t.roots[list], i, t.New(t.pair));
  t.PromoteAll();
  const std::size_t young = t.roots.Add(t.NewNumber(7));
  t.heap.pins().Pin(t.roots[young]);
  {
    const NoMemory none;
    for (std::size_t i = 0; i < kHolders; ++i) {
      t.Set(t.Elements(t.roots[list])[i], 1, t.roots[young]);
    }
  }
  ASSERT_TRUE(t.heap.remembered_set().has_overflowed());
  t.Major();
  ASSERT_EQ(t.listener.last().objects_moved, 0u);
  ASSERT_TRUE(t.heap.IsYoung(t.roots[young]));
  EXPECT_EQ(t.Verify(), "");
  ASSERT_TRUE(t.heap.pins().Unpin(t.roots[young]));
  t.roots[young] = ObjectPtr();
  t.Minor();
  for (std::size_t i = 0; i < kHolders; ++i) {
    ASSERT_EQ(t.Number(t.Slots(t.Elements(t.roots[list])[i])[1]), 7);
  }
}

// --- Verifying, and callbacks that throw.

TEST(VerifyingWithoutMemoryTest, SaysSoAndLeavesNothingBehind) {
  TestHeap t(Options());
  const std::size_t root = t.NewRoot(t.list, 2'000);
  for (std::size_t i = 0; i < 2'000; ++i) t.SetElement(t.roots[root], i, t.New(t.pair));
  for (const SystemCall kind : {SystemCall::kMalloc, SystemCall::kNew}) {
    SweepFailures(kind, [&t] {
      bool refused = false;
      try {
        static_cast<void>(t.Verify());
      } catch (const std::bad_alloc&) {
        refused = true;
      }
      RefusingMemory::Stop();
      EXPECT_EQ(t.Verify(), "");  // Marks that were left it would find.
      return refused ? SweepOutcome::kRefused : SweepOutcome::kDone;
    });
  }
}

class CountingTaker final : public CensusTaker {
 public:
  void VisitObject(ObjectPtr) override { ++objects; }
  bool VisitMore(SlotVisitor&) override { return false; }
  std::size_t objects = 0;
};

TEST(CensusWithoutMemoryTest, ItIsWholeOrSaysThatItIsNot) {
  TestHeap t(Options());
  constexpr std::size_t kLength = 1'000;
  const std::size_t list = t.NewRoot(t.list, kLength);
  for (std::size_t i = 0; i < kLength; ++i) t.SetElement(t.roots[list], i, t.New(t.ephemeron));
  const SweepResult result = SweepFailures(SystemCall::kMalloc, [&t] {
    CountingTaker taker;
    const bool is_whole = t.gc.TakeCensus(CensusWeaks::kIgnored, taker);
    RefusingMemory::Stop();
    EXPECT_TRUE(!is_whole || taker.objects == kLength + 1);
    EXPECT_EQ(is_whole, RefusingMemory::Refused(SystemCall::kMalloc) == 0);
    EXPECT_EQ(t.Verify(), "");  // Marks that were left it would find.
    return is_whole ? SweepOutcome::kDone : SweepOutcome::kRefused;
  });
  EXPECT_GT(result.refusals, 0u);
}

// Pairs whose keys live and are found after their ephemerons have been looked at, every second one
// by way of another's value; and as many whose keys are dead.
class LateKeys {
 public:
  explicit LateKeys(TestHeap& heap)
      : t(heap), holders_(t.NewRoot(t.list, 2 * kLength)), keys_(t.NewRoot(t.list, kLength)) {
    for (std::size_t i = 0; i < kLength; ++i) {
      const std::size_t key = t.roots.Add(t.NewNumber(static_cast<std::int64_t>(i)));
      t.SetElement(t.roots[holders_], i, t.New(t.ephemeron));
      t.Set(Holder(i), 0, t.roots[key]);
      t.Set(Holder(i), 1, t.NewNumber(static_cast<std::int64_t>(i)));
      if (i % 2 == 0) {
        t.SetElement(t.roots[keys_], i, t.roots[key]);
      } else {
        t.Set(t.Slots(Holder(i - 1))[1], 1, t.roots[key]);
      }
      t.SetElement(t.roots[holders_], kLength + i, t.New(t.ephemeron));
      t.Set(Holder(kLength + i), 0, t.NewNumber(-1));
      t.Set(Holder(kLength + i), 1, t.NewNumber(-1));
      t.roots[key] = ObjectPtr();
    }
  }
  void ExpectResolved() {
    for (std::size_t i = 0; i < kLength; ++i) {
      const ObjectPtr* const live = t.Slots(Holder(i));
      ASSERT_FALSE(live[0].is_null() || live[1].is_null()) << i;
      ASSERT_EQ(t.Number(live[0]), t.Number(live[1]));
      const ObjectPtr* const dead = t.Slots(Holder(kLength + i));
      ASSERT_TRUE(dead[0].is_null() && dead[1].is_null()) << i;
    }
  }

 private:
  static constexpr std::size_t kLength = 120;

  ObjectPtr Holder(std::size_t i) const { return t.Elements(t.roots[holders_])[i]; }

  TestHeap& t;
  std::size_t holders_;
  std::size_t keys_;
};

// Wherever the table of waiting ephemerons gets no memory, in the middle of a phase or between two.
TEST(EphemeronsWithoutMemoryTest, AreResolvedWhereverItRunsOut) {
  for (const GcKind kind : {GcKind::kMinor, GcKind::kMajor}) {
    for (const Duration duration : {Duration::kOnce, Duration::kForGood}) {
      for (std::uint64_t nth = 1;; ++nth) {
        TestHeap t(Options());
        LateKeys pairs(t);
        RefusingMemory::FailNth(SystemCall::kMalloc, nth, duration);
        kind == GcKind::kMinor ? t.Minor() : t.Major();
        RefusingMemory::Stop();
        ASSERT_EQ(t.Verify(), "");
        pairs.ExpectResolved();
        if (RefusingMemory::Refused(SystemCall::kMalloc) == 0) {
          EXPECT_GT(nth, 1u);
          break;
        }
      }
    }
  }
}

// And wherever it is the list of those that wait while old space is marked in slices.
TEST(EphemeronsWithoutMemoryTest, AreResolvedInSlicesWhereverItRunsOut) {
  for (const Duration duration : {Duration::kOnce, Duration::kForGood}) {
    for (std::uint64_t nth = 1;; ++nth) {
      TestHeap t(Options({.mark_beside = Beside::kNever}));
      LateKeys pairs(t);
      t.PromoteAll();
      t.heap.mutable_knobs().marking_steps = 20;
      RefusingMemory::FailNth(SystemCall::kMalloc, nth, duration);
      t.Minor();
      const bool begins = t.heap.store_observer() != nullptr;
      for (int i = 0; i < 1'000 && t.heap.store_observer() != nullptr; ++i) t.Minor();
      RefusingMemory::Stop();
      ASSERT_EQ(t.heap.store_observer(), nullptr);
      t.heap.mutable_knobs().marking_steps = 1'000'000;
      t.Minor();
      ASSERT_EQ(t.Verify(), "");
      pairs.ExpectResolved();
      if (RefusingMemory::Refused(SystemCall::kMalloc) == 0) {
        EXPECT_TRUE(begins);
        EXPECT_GT(nth, 1u);
        break;
      }
    }
  }
}

class ThrowingRunner final : public CallbackRunner {
 public:
  bool HasPending() const override { return false; }
  void RunSlice(std::int64_t) override {}
  void AfterCollection() override {
    if (throws) throw std::bad_alloc();
  }
  bool throws = true;
};

TEST(ThrowingCallbackTest, WhatACallbackThrowsPassesAndTheNextCollectionRuns_GT2) {
  ThrowingRunner runner;
  TestHeapOptions options = Options();
  options.callbacks = &runner;
  TestHeap t(options);
  const std::size_t root = t.roots.Add(t.NewNumber(1));
  EXPECT_THROW(t.Minor(), std::bad_alloc);
  EXPECT_FALSE(t.gc.IsBusy());
  EXPECT_EQ(t.Verify(), "");
  runner.throws = false;
  t.Major();
  EXPECT_EQ(t.Number(t.roots[root]), 1);
}

// --- Every place of a heap's life.

// What a program does with its heap, without ever writing to what it could not allocate.
class Program {
 public:
  explicit Program(TestHeap& t) : t_(t) {}

  // False, or std::bad_alloc: there was no memory.
  bool Run() {
    for (std::size_t i = 0; i < kRoots; ++i) root_[i] = t_.roots.Add();
    return MakeLists() && MakeSpecial() && MakeLarge() && Release();
  }
  // Of the list that was built as far as memory went.
  void Check() {
    std::int64_t expected = length_;
    for (ObjectPtr node = t_.roots[root_[kChain]]; !node.is_null(); node = t_.Slots(node)[1]) {
      ASSERT_EQ(t_.Number(node), --expected);
    }
    ASSERT_EQ(expected, 0);
  }

 private:
  enum : std::size_t { kChain, kTable, kOther, kRoots };

  bool New(std::size_t where, ShapeId shape, std::size_t length = 0) {
    t_.roots[root_[where]] = t_.New(shape, length);
    return !t_.roots[root_[where]].is_null();
  }
  // Into a table of young objects that is old.
  bool MakeLists() {
    if (!New(kTable, t_.list, 400)) return false;
    t_.PromoteAll();
    for (std::size_t i = 0; i < 4'000; ++i) {
      const ObjectPtr node = t_.New(t_.pair);
      if (node.is_null()) return false;
      t_.Set(node, 0, ObjectPtr::FromSmi(length_++));
      t_.Set(node, 1, t_.roots[root_[kChain]]);
      t_.roots[root_[kChain]] = node;
      t_.SetElement(t_.roots[root_[kTable]], i % 400, node);
      if (i % 1000 == 999) t_.Minor();
    }
    t_.Major();
    return true;
  }
  bool MakeSpecial() {
    for (std::size_t i = 0; i < 100; ++i) {
      for (const ShapeId shape : {t_.weak, t_.ephemeron, t_.mixed}) {
        if (!New(kOther, shape, shape == t_.mixed ? 3 : 0)) return false;
        t_.Set(t_.roots[root_[kOther]], 0, t_.Elements(t_.roots[root_[kTable]])[i]);
        t_.SetElement(t_.roots[root_[kTable]], i, t_.roots[root_[kOther]]);
      }
    }
    ShapeId id{};
    if (!t_.heap.shapes().Register({.name = "More", .references = 1}, &id)) return false;
    t_.Minor();
    t_.Major();
    return true;
  }
  bool MakeLarge() {
    for (const std::size_t length : {std::size_t{5'000}, std::size_t{60'000}, std::size_t{5'000}}) {
      if (!New(kOther, t_.list, length)) return false;
      t_.SetElement(t_.roots[root_[kTable]], length % 7, t_.roots[root_[kOther]]);
      t_.SetElement(t_.roots[root_[kOther]], length / 2, t_.roots[root_[kChain]]);
      if (!New(kOther, t_.bytes, 100)) return false;
      t_.heap.pins().Pin(t_.roots[root_[kOther]]);
      t_.Minor();
      if (!t_.heap.pins().Unpin(t_.roots[root_[kOther]])) return false;
    }
    if (!New(kOther, t_.bytes, 100)) return false;
    t_.heap.pins().Pin(t_.roots[root_[kOther]]);
    t_.PromoteAll();
    t_.Major();
    return t_.heap.pins().Unpin(t_.roots[root_[kOther]]);
  }
  bool Release() {
    t_.roots[root_[kTable]] = ObjectPtr();
    t_.roots[root_[kChain]] = ObjectPtr();
    length_ = 0;
    t_.Major();
    t_.gc.GiveBackMemory();
    return true;
  }

  TestHeap& t_;
  std::size_t root_[kRoots] = {};
  std::int64_t length_ = 0;
};

SweepOutcome RunProgram(const HeapKnobs& knobs) {
  TestHeap t(Options(knobs));
  Program program(t);
  bool done = false;
  try {
    done = program.Run();
  } catch (const std::bad_alloc&) {
  }
  RefusingMemory::Stop();
  EXPECT_EQ(t.Verify(), "");
  program.Check();
  t.Minor();
  t.Major();
  EXPECT_EQ(t.Verify(), "");
  program.Check();
  return done ? SweepOutcome::kDone : SweepOutcome::kRefused;
}

class HeapSweepTest : public testing::TestWithParam<SystemCall> {};

// A heap has no threads.
INSTANTIATE_TEST_SUITE_P(AllKinds, HeapSweepTest,
                         testing::ValuesIn(kAllCalls.begin(), kAllCalls.end() - 1),
                         [](const testing::TestParamInfo<SystemCall>& info) {
                           std::string name = SystemCallName(info.param);
                           std::erase(name, ' ');
                           std::erase(name, '_');
                           return name;
                         });

TEST_P(HeapSweepTest, AProgramEndsOrIsToldThatThereIsNoMemory) {
  const SweepResult result = SweepFailures(
      GetParam(), [] { return RunProgram({.new_space_min = KiB(512)}); }, {.most = 20});
  RecordProperty("calls", static_cast<int>(result.calls));
  RecordProperty("survived", static_cast<int>(result.survived));
}

TEST_P(HeapSweepTest, AProgramOfASmallHeapThatMovesEverything) {
  SweepFailures(GetParam(),
                [] {
                  return RunProgram({.heap_limit = MiB(16),
                                     .new_space_min = KiB(512),
                                     .stress_interval = 2'000,
                                     .protect_retired = true});
                },
                {.most = 8});
}

// --- Any program: stores and collections get no memory from some place on.

std::uint64_t next_refused = 0;

void RefuseSome(bool begins) {
  if (!begins) return RefusingMemory::Stop();
  next_refused = (next_refused + 1) % 5;
  const Duration duration = next_refused == 4 ? Duration::kOnce : Duration::kForGood;
  RefusingMemory::FailNth(SystemCall::kMalloc, next_refused, duration);
}

std::vector<std::uint8_t> AnyProgram() {
  return *rc::gen::scale(3, rc::gen::arbitrary<std::vector<std::uint8_t>>());
}

RC_GTEST_PROP(HeapModelWithoutMemoryTest, ReachableShapeMatchesTheModelAfterAnyProgram, ()) {
  HeapModel model({.heap = {.new_space_min = KiB(512)}}, RefuseSome);
  RC_ASSERT(model.Run(AnyProgram()) == "");
}

RC_GTEST_PROP(HeapModelWithoutMemoryTest, ReachableShapeMatchesTheModelUnderStress, ()) {
  HeapModel model({.heap = {.stress_interval = 3, .protect_retired = true}}, RefuseSome);
  RC_ASSERT(model.Run(AnyProgram()) == "");
}

}  // namespace
}  // namespace fart
