// Old space marked beside the mutator: what the program does meanwhile changes nothing.

#include "gc/concurrent_marking.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <sched.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "gc/testing/heap_model.h"
#include "gc/testing/test_heap.h"
#include "heap/platform/background.h"
#include "heap/platform/clock.h"

namespace fart {
namespace {

// While it is closed the thread does nothing for anybody else.
class Gate final : public BackgroundJob {
 public:
  Gate() {
    if (!HandOver()) return;
    while (!is_closed_) std::this_thread::yield();
  }
  ~Gate() { Open(); }
  void Open() {
    may_pass_ = true;
    if (is_away()) TakeBack();
  }

 private:
  bool Step() override {
    is_closed_ = true;
    while (!may_pass_) std::this_thread::yield();
    return false;
  }
  std::atomic<bool> is_closed_{false};
  std::atomic<bool> may_pass_{false};
};

class ConcurrentMarkingTest : public ::testing::Test {
 protected:
  // Marking begins; so many objects are scanned, and the rest is handed over.
  void Begin(std::uint64_t steps) {
    t.heap.mutable_knobs().marking_steps = steps;
    t.Minor();
    ASSERT_NE(t.heap.store_observer(), nullptr);
    ASSERT_FALSE(t.gc.is_marking_beside());
    t.heap.mutable_knobs().mark_beside = Beside::kAlways;
    t.gc.MakeProgress();
    ASSERT_TRUE(t.gc.is_marking_beside());
  }
  void WaitUntilMarked() {
    while (t.gc.is_marking_beside()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      t.Minor();
    }
  }
  // Marking ends, and all is swept.
  void End() {
    const std::size_t before = t.CountOf(GcKind::kMajor);
    for (int i = 0; t.CountOf(GcKind::kMajor) == before; ++i) {
      ASSERT_LT(i, 1000);
      WaitUntilMarked();
      t.Minor();
    }
    t.heap.mutable_knobs().mark_beside = Beside::kNever;
    t.heap.mutable_knobs().marking_steps = 1'000'000;
    t.Minor();
    t.heap.mutable_knobs().marking_steps = 0;
    ASSERT_EQ(t.Verify(), "");
  }

  TestHeap t{TestHeapOptions{.heap = {.mark_beside = Beside::kNever}}};
};

TEST_F(ConcurrentMarkingTest, WhatABlackObjectIsGivenMeanwhileLives_GB2) {
  const std::size_t root = t.NewChain(300);
  Gate gate;
  Begin(20);
  t.Set(t.roots[root], 0, t.LinkOf(root, 250));
  t.CutAt(root, 250);
  gate.Open();
  End();
  EXPECT_GT(t.gc.marked_beside(), ByteCount(200 * 24));
  ByteCount told;
  for (const GcReport& report : t.listener.reports) told += report.marked_beside;
  EXPECT_EQ(told, t.gc.marked_beside()) << "each report says what is new";
  EXPECT_EQ(t.Number(t.Slots(t.roots[root])[0]), 250);
  EXPECT_EQ(t.Number(t.Slots(t.Slots(t.roots[root])[0])[1]), 251);
}

TEST_F(ConcurrentMarkingTest, MoreThanIsNotedIsMarkedAllTheSame_GB2) {
  constexpr int kMany = 2 * static_cast<int>(ConcurrentMarking::kMostNoted) + 7;
  const std::size_t root = t.NewChain(kMany);
  const std::size_t holder = t.NewOldRoot(t.list, kMany);
  Gate gate;
  Begin(10);  // The holder has been scanned, and the first of the chain.
  ObjectPtr link = t.LinkOf(root, 0);
  for (std::size_t i = 0; i < kMany; ++i) {
    const ObjectPtr next = t.Slots(link)[1];
    t.SetElement(t.roots[holder], i, link);
    t.Set(link, 1, ObjectPtr());
    link = next;
  }
  gate.Open();
  End();
  for (std::size_t i = 0; i < kMany; ++i) {
    ASSERT_EQ(t.Number(t.Elements(t.roots[holder])[i]), static_cast<std::int64_t>(i));
  }
}

TEST_F(ConcurrentMarkingTest, ShapesAreRegisteredWhileNothingIsMarkedBeside_GB3) {
  t.NewChain(100);
  Gate gate;
  Begin(1);
  t.Register({.name = "Another", .references = 1});
  EXPECT_FALSE(t.gc.is_marking_beside());
  t.gc.MakeProgress();
  EXPECT_TRUE(t.gc.is_marking_beside());
}

TEST_F(ConcurrentMarkingTest, AnObjectIsGivenAShapeWhileNothingIsMarkedBeside_GB3) {
  const ShapeId small = t.Register({.name = "Small", .raw_bytes = 8});
  const std::size_t bytes = t.NewOldRoot(t.bytes, 400);
  t.NewChain(100);
  Gate gate;
  Begin(1);
  t.mutator.ChangeShape(t.roots[bytes], small);
  EXPECT_FALSE(t.gc.is_marking_beside());
  gate.Open();
  End();
}

TEST_F(ConcurrentMarkingTest, TheMutatorHelpsWhereMarkingIsLate) {
  t.NewChain(3'000);
  Gate gate;
  Begin(1);
  t.heap.SetOldThreshold(t.heap.OldPressure() + ByteCount(1));
  for (int i = 0; i < 5'000; ++i) t.gc.MakeProgress();
  EXPECT_TRUE(t.gc.is_marking_beside()) << "it is not late";
  EXPECT_FALSE(t.gc.IsLate() || t.gc.WantsShortAreas());
  t.heap.SetOldThreshold(t.heap.OldPressure());
  EXPECT_TRUE(t.gc.IsLate() && t.gc.WantsShortAreas());
  for (int i = 0; i < 5'000; ++i) t.gc.MakeProgress();
  EXPECT_FALSE(t.gc.is_marking_beside()) << "nothing is left to do";
  t.gc.Settle();
  EXPECT_FALSE(t.gc.IsLate()) << "nothing goes on";
  EXPECT_EQ(t.gc.marked_beside(), ByteCount());
}

// What is asked of the system is whether there is a second processor.
TEST_F(ConcurrentMarkingTest, WithOneProcessorItIsMarkedInSlices) {
  t.NewChain(300);
  cpu_set_t before;
  ASSERT_EQ(sched_getaffinity(0, sizeof before, &before), 0);
  if (CPU_COUNT(&before) < 2) GTEST_SKIP() << "there is one processor";
  t.heap.mutable_knobs().marking_steps = 1;
  t.Minor();
  t.heap.mutable_knobs().marking_steps = 0;
  t.heap.mutable_knobs().mark_beside = Beside::kWhereItHelps;
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(sched_getcpu(), &one);
  ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
  Gate gate;
  t.gc.MakeProgress();
  EXPECT_FALSE(t.gc.is_marking_beside());
  ASSERT_EQ(sched_setaffinity(0, sizeof before, &before), 0);
  t.gc.MakeProgress();
  EXPECT_TRUE(t.gc.is_marking_beside());
}

// A table of nodes, each with a number and two references to others; what it should hold beside it.
TEST_F(ConcurrentMarkingTest, AReportSaysWhenItWasMarkedBesideAndWhatIsCharged) {
  t.NewChain(20'000);
  t.PromoteAll();
  t.Major();
  const std::size_t root = t.roots.Add(t.NewNumber(1));
  t.mutator.ChargeExternal(t.roots[root], ByteCount(), ByteCount(5'000));
  const std::int64_t before = MonotonicNs();
  Begin(1);
  EXPECT_EQ(t.listener.last().spans.begin(), t.listener.last().spans.end());
  WaitUntilMarked();
  t.Minor();
  std::int64_t last = before;
  int count = 0;
  for (const GcReport& report : t.listener.reports) {
    for (const GcSpan& span : report.spans) {
      EXPECT_EQ(span.worker, GcSpan::kBeside);
      EXPECT_LE(last, span.start_ns);
      EXPECT_LT(span.start_ns, span.end_ns);
      last = span.end_ns;
      ++count;
    }
  }
  EXPECT_GT(count, 0);
  EXPECT_LE(last, MonotonicNs());
  EXPECT_EQ(t.listener.last().external, ByteCount(5'000));
  End();
}

TEST_F(ConcurrentMarkingTest, AProgramThatGoesOnHoldsWhatItHeld) {
  constexpr std::size_t kNodes = 20'000;
  constexpr int kRounds = 60;
  t.heap.mutable_knobs().mark_beside = Beside::kAlways;
  t.heap.mutable_knobs().marking_steps = 1;
  t.heap.mutable_knobs().zap_retired = true;
  const std::size_t table = t.NewRoot(t.list, kNodes);
  const std::size_t spare = t.roots.Add();
  struct Node {
    std::int64_t number;
    std::int64_t next;  // the number of what it refers to
    std::uint32_t hash = 0;
  };
  std::vector<Node> expected(kNodes);
  std::uint32_t state = 1;
  const auto any = [&state] {
    state = state * 1'664'525 + 1'013'904'223;
    return (state >> 8) % kNodes;
  };
  const auto node = [&](std::size_t i) { return t.Elements(t.roots[table])[i]; };
  const auto replace = [&](std::size_t i, std::int64_t number) {
    t.roots[spare] = t.NewNumber(number);
    t.SetElement(t.roots[table], i, t.roots[spare]);
    expected[i] = {number, -1};
  };
  for (std::size_t i = 0; i < kNodes; ++i) replace(i, static_cast<std::int64_t>(i));
  t.PromoteAll();
  t.Major();  // Else too much of what there is was dead to be marked in slices.
  std::int64_t number = kNodes;
  for (int round = 0; round < kRounds; ++round) {
    for (int i = 0; i < 3'000; ++i) {
      const std::size_t from = any();
      const std::size_t to = any();
      t.Set(node(from), 1, node(to));
      expected[from].next = expected[to].number;
      if (i % 4 == 0) replace(any(), number++);
      if (i % 16 == 0) {
        const std::uint32_t hash = t.mutator.IdentityHash(node(to));
        ASSERT_TRUE(expected[to].hash == 0 || expected[to].hash == hash);
        expected[to].hash = hash;
      }
    }
    t.Minor();
    for (std::size_t i = 0; i < kNodes; ++i) {
      ASSERT_EQ(t.Number(node(i)), expected[i].number) << "round " << round;
      const ObjectPtr next = t.Slots(node(i))[1];
      ASSERT_EQ(next.is_null() ? -1 : t.Number(next), expected[i].next) << "round " << round;
    }
  }
  EXPECT_GT(t.gc.marked_beside(), ByteCount()) << "inconclusive: nothing was marked beside";
  EXPECT_GT(t.CountOf(GcKind::kMajor), 2u) << "inconclusive: no marking has ended";
}

// Longer programs than RapidCheck's defaults.
constexpr double kProgramScale = 4.0;

std::vector<std::uint8_t> AnyProgram() {
  return *rc::gen::scale(kProgramScale, rc::gen::arbitrary<std::vector<std::uint8_t>>());
}

RC_GTEST_PROP(ConcurrentModelTest, ReachableShapeMatchesTheModelWhileMarkingBeside_GS1_GB1, ()) {
  const auto steps = *rc::gen::element<std::uint64_t>(1, 7);
  HeapModel model(
      {.heap = {
           .new_space_min = KiB(512), .mark_beside = Beside::kAlways, .marking_steps = steps}});
  RC_ASSERT(model.Run(AnyProgram()) == "");
}

TEST(ConcurrentModelTest, ALongProgramMarksBeside) {
  std::vector<std::uint8_t> program;
  std::uint32_t state = 1;
  for (int i = 0; i < 3'000; ++i) {
    state = state * 1'664'525 + 1'013'904'223;
    program.push_back(static_cast<std::uint8_t>(state >> 24));
  }
  HeapModel model({.heap = {.mark_beside = Beside::kAlways, .marking_steps = 1}});
  EXPECT_EQ(model.Run(program), "");
  EXPECT_GT(model.heap().gc.marked_beside(), ByteCount());
}

}  // namespace
}  // namespace fart
