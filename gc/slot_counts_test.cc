// What reports say of slots that lie outside the heap: each kind by itself, each visit counted.

#include <gtest/gtest.h>

#include <array>
#include <cstdint>

#include "gc/testing/test_heap.h"

namespace fart {
namespace {

// A run of five slots of a stack, and four persistent ones with two words between.
class Slots final : public RootProvider {
 public:
  void VisitSlots(SlotSet set, SlotVisitor& visitor) override {
    if (are_old && set != SlotSet::kAll) return;
    visitor.VisitSlots(RootKind::kStack, stack.data(), stack.data() + stack.size());
    visitor.VisitEvery(RootKind::kPersistentHandle, table.data(), 4, 3);
  }
  void Verify(VerifyReporter&) const override {}
  bool are_old = false;
  std::array<ObjectPtr, 5> stack;
  std::array<ObjectPtr, 12> table;
};

class SlotCountsTest : public ::testing::Test {
 protected:
  SlotCountsTest() : registration(t.gc, slots) {
    for (ObjectPtr& slot : slots.stack) slot = t.NewNumber(1);
    for (std::size_t i = 0; i < slots.table.size(); i += 3) slots.table[i] = t.NewNumber(2);
    for (int i = 0; i < 6; ++i) t.weaks.Add(slots.stack[0]);
    t.PromoteAll();
    slots.are_old = true;
    t.listener.reports.clear();
  }
  // By the last collection of that kind. Marking in slices looks at roots in scavenges' pauses.
  std::uint64_t Visited(RootKind kind, GcKind collection = GcKind::kMajor) const {
    std::uint64_t visited = 1'000'000;
    for (const GcReport& report : t.listener.reports) {
      if (report.kind == collection) visited = report.slots_visited[static_cast<std::size_t>(kind)];
    }
    return visited;
  }

  TestHeap t;
  Slots slots;
  RootRegistration registration;
};

TEST_F(SlotCountsTest, OfMarkingAtOnce) {
  t.Major();
  EXPECT_EQ(Visited(RootKind::kStack), slots.stack.size());
  EXPECT_EQ(Visited(RootKind::kPersistentHandle), 4u);
  EXPECT_EQ(Visited(RootKind::kWeakHandle), 6u);
}

TEST_F(SlotCountsTest, OfMarkingInSlices) {
  t.heap.mutable_knobs().marking_steps = 1;
  t.Minor();
  ASSERT_NE(t.heap.store_observer(), nullptr);
  EXPECT_EQ(Visited(RootKind::kStack, GcKind::kMinor), slots.stack.size()) << "marking begins";
  EXPECT_EQ(Visited(RootKind::kPersistentHandle, GcKind::kMinor), 4u);
  for (int i = 0; t.CountOf(GcKind::kMajor) == 0; ++i) {
    ASSERT_LT(i, 100);
    t.heap.mutable_knobs().marking_steps = 100;
    t.Minor();
  }
  EXPECT_EQ(Visited(RootKind::kStack, GcKind::kMinor), slots.stack.size()) << "it ends";
  EXPECT_EQ(Visited(RootKind::kPersistentHandle, GcKind::kMinor), 4u);
  EXPECT_EQ(Visited(RootKind::kWeakHandle), 6u);
}

TEST_F(SlotCountsTest, OfAScavenge) {
  t.Minor();
  EXPECT_EQ(Visited(RootKind::kStack, GcKind::kMinor), 0u);
  EXPECT_EQ(Visited(RootKind::kWeakHandle, GcKind::kMinor), 6u);
}

}  // namespace
}  // namespace fart
