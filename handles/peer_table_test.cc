// PeerTable against collections of a fake heap, which move every object they are shown.

#include "handles/peer_table.h"

#include <gtest/gtest.h>

#include "handles/testing/handles_testing.h"

namespace fart {
namespace {

class PeerTableTest : public testing::Test {
 protected:
  void Set(ObjectPtr object, int* peer) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    table.Set(object, peer, quiet);
  }
  void* Get(ObjectPtr object) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    return table.Get(object, quiet);
  }
  // What `Visit` of a collection is shown.
  std::size_t Visit(SlotSet set) {
    const std::size_t before = visitor.visited;
    table.VisitWeak(set, visitor);
    EXPECT_TRUE(BrokenInvariantsOf(table).empty());
    return visitor.visited - before;
  }

  FakeHeap heap;
  PeerTable table{heap.flags()};
  MovingWeakVisitor visitor;
  int peers[4] = {};
};

TEST_F(PeerTableTest, AnObjectHasNoneOneOrAnother) {
  const ObjectPtr object = FakeHeap::Young(1);
  EXPECT_EQ(Get(object), nullptr);
  Set(object, nullptr);
  EXPECT_EQ(table.size(), 0u) << "nothing to take away";
  Set(object, &peers[0]);
  EXPECT_EQ(Get(object), &peers[0]);
  Set(object, &peers[1]);
  EXPECT_EQ(Get(object), &peers[1]);
  EXPECT_EQ(table.size(), 1u);
  Set(object, nullptr);
  EXPECT_EQ(Get(object), nullptr);
  EXPECT_EQ(table.size(), 0u);
}

TEST_F(PeerTableTest, EntriesFollowObjectsThatMove) {
  const ObjectPtr object = FakeHeap::Young(1);
  Set(object, &peers[0]);
  Visit(SlotSet::kYoung);
  const ObjectPtr survivor = FakeHeap::Moved(object);
  EXPECT_EQ(Get(object), nullptr);
  EXPECT_EQ(Get(survivor), &peers[0]);
  EXPECT_EQ(table.young_size(), 1u);
  Visit(SlotSet::kYoung);
  EXPECT_EQ(Get(FakeHeap::Moved(survivor)), &peers[0]);
  EXPECT_EQ(table.young_size(), 0u) << "promoted";
}

TEST_F(PeerTableTest, AMinorCollectionTouchesYoungEntriesOnly) {
  for (std::size_t i = 0; i < 100; ++i) Set(FakeHeap::Old(i), &peers[0]);
  Set(FakeHeap::Young(200), &peers[1]);
  EXPECT_EQ(Visit(SlotSet::kYoung), 1u);
  EXPECT_EQ(table.size(), 101u);
}

TEST_F(PeerTableTest, TheDeadAreDropped) {
  Set(FakeHeap::Young(1), &peers[0]);
  Set(FakeHeap::Young(2), &peers[1]);
  Set(FakeHeap::Old(3), &peers[2]);
  visitor.dead = {1, 3};
  Visit(SlotSet::kAll);
  EXPECT_EQ(table.size(), 1u);
  EXPECT_EQ(Get(FakeHeap::Moved(FakeHeap::Young(2))), &peers[1]);
}

TEST_F(PeerTableTest, AnObjectMayMoveToWhereAnotherWas) {
  // Both leave: the first one's new place is the second one's old one.
  const ObjectPtr first = FakeHeap::Young(5);
  const ObjectPtr second = FakeHeap::Moved(first);
  Set(first, &peers[0]);
  Set(second, &peers[1]);
  Visit(SlotSet::kYoung);
  EXPECT_EQ(Get(second), &peers[0]);
  EXPECT_EQ(Get(FakeHeap::Moved(second)), &peers[1]);
  EXPECT_EQ(table.size(), 2u);
}

TEST_F(PeerTableTest, AnEvacuationAsksForThoseThatMove) {
  const ObjectPtr leaving = FakeHeap::At(FakeHeap::kLeaving, 1);
  Set(leaving, &peers[0]);
  Set(FakeHeap::Old(2), &peers[1]);
  EXPECT_EQ(Visit(SlotSet::kEvacuating), 1u);
  EXPECT_EQ(Get(FakeHeap::Moved(leaving)), &peers[0]);
  EXPECT_EQ(Get(FakeHeap::Old(2)), &peers[1]);
}

}  // namespace
}  // namespace fart
