#include <gtest/gtest.h>

#include "gc/testing/test_heap.h"

namespace fart {
namespace {

TEST(ScavengerTest, CopiesWhatARootReachesAndKeepsItsContents) {
  TestHeap t;
  const std::size_t root = t.NewRoot(t.pair);
  const ObjectPtr child = t.New(t.pair);
  t.Set(child, 0, ObjectPtr::FromSmi(42));
  t.Set(t.roots[root], 1, child);
  const ObjectPtr before = t.roots[root];
  t.Minor();
  EXPECT_NE(t.roots[root], before);
  EXPECT_EQ(t.Slots(t.Slots(t.roots[root])[1])[0], ObjectPtr::FromSmi(42));
  EXPECT_EQ(t.listener.last().objects_moved, 2u);
}

TEST(ScavengerTest, PromotesObjectThatSurvivedTwice) {
  TestHeap t;
  const std::size_t root = t.NewRoot(t.pair);
  t.Minor();
  EXPECT_TRUE(t.heap.IsYoung(t.roots[root]));
  t.Minor();
  EXPECT_FALSE(t.heap.IsYoung(t.roots[root]));
}

TEST(ScavengerTest, AStoreIntoAnOldObjectKeepsAYoungOneAlive) {
  TestHeap t;
  const std::size_t root = t.NewRoot(t.pair);
  t.PromoteAll();
  const ObjectPtr young = t.New(t.pair);
  t.Set(young, 0, ObjectPtr::FromSmi(7));
  t.Set(t.roots[root], 0, young);
  t.Minor();
  EXPECT_EQ(t.Slots(t.Slots(t.roots[root])[0])[0], ObjectPtr::FromSmi(7));
}

TEST(ScavengerTest, ManyObjectsSurviveManyCollections) {
  TestHeap t;
  const std::size_t root = t.NewRoot(t.list, 1000);
  for (int round = 0; round < 20; ++round) {
    for (std::size_t i = 0; i < 1000; ++i) {
      const ObjectPtr child = t.New(t.pair);
      t.Set(child, 0, ObjectPtr::FromSmi(static_cast<std::int64_t>(i)));
      t.SetElement(t.roots[root], i, child);
    }
    if (round % 3 == 0) t.Major();
    if (round % 2 == 0) t.Minor();
    for (std::size_t i = 0; i < 1000; ++i) {
      ASSERT_EQ(t.Slots(t.Elements(t.roots[root])[i])[0].SmiValue(), static_cast<std::int64_t>(i));
    }
  }
}

}  // namespace
}  // namespace fart
