#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

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

// What is copied while a region is scanned may fill it and go on in the next one.
TEST(ScavengerTest, ARegionThatIsFilledWhileItIsScannedIsScannedToItsEnd) {
  TestHeap t;
  constexpr std::size_t kNodes = 40'000;
  {
    std::vector<ObjectPtr> nodes;  // raw: there is room for all
    for (std::size_t i = 0; i < kNodes; ++i) nodes.push_back(t.New(t.pair));
    ASSERT_TRUE(t.listener.reports.empty());
    for (std::size_t i = 1; i < kNodes; ++i) t.Set(nodes[(i - 1) / 2], (i - 1) % 2, nodes[i]);
    t.roots.Add(nodes[0]);
  }
  for (const bool promotes : {false, true}) {
    t.Minor();
    EXPECT_EQ(t.heap.IsYoung(t.roots[0]), !promotes);
    EXPECT_EQ(t.listener.last().objects_moved, kNodes);
    std::size_t found = 0;
    std::vector<ObjectPtr> to_see{t.roots[0]};
    while (!to_see.empty()) {
      const ObjectPtr node = to_see.back();
      to_see.pop_back();
      if (node.is_null()) continue;
      ASSERT_EQ(t.heap.IsYoung(node), !promotes);
      ++found;
      for (std::size_t i = 0; i < 2; ++i) to_see.push_back(t.Slots(node)[i]);
    }
    EXPECT_EQ(found, kNodes);
  }
}

}  // namespace
}  // namespace fart
