// A census tells of what can be reached, once, and leaves nothing behind.

#include "gc/census.h"

#include <gtest/gtest.h>

#include <map>
#include <vector>

#include "gc/testing/test_heap.h"

namespace fart {
namespace {

// How often each object was met; adds the roots of `later` when `condition` has been met.
class Counter final : public CensusTaker {
 public:
  void VisitObject(ObjectPtr object) override { ++times[object.bits()]; }
  bool VisitMore(SlotVisitor& visitor) override {
    if (later == nullptr || !times.contains(condition.bits())) return false;
    later->VisitSlots(SlotSet::kAll, visitor);
    later = nullptr;
    return true;
  }
  int TimesOf(ObjectPtr object) const {
    const auto found = times.find(object.bits());
    return found == times.end() ? 0 : found->second;
  }

  std::map<std::uint64_t, int> times;
  ListRoots* later = nullptr;
  ObjectPtr condition;
};

TEST(CensusTest, TellsOfEachObjectThatRootsLeadToOnceAndOfNoOther) {
  TestHeap t;
  const std::size_t first = t.NewRoot(t.pair);
  t.Set(t.roots[first], 0, t.NewNumber(1));
  t.Set(t.roots[first], 1, t.roots[first]);
  const std::size_t second = t.NewOldRoot(t.pair);
  t.Set(t.roots[second], 0, t.roots[first]);
  const ObjectPtr dead = t.NewNumber(2);
  for (int round = 0; round < 2; ++round) {  // No mark is left for the second.
    Counter counter;
    ASSERT_TRUE(t.gc.TakeCensus(CensusWeaks::kCount, counter));
    EXPECT_EQ(counter.times.size(), 3u);
    EXPECT_EQ(counter.TimesOf(t.roots[first]), 1);
    EXPECT_EQ(counter.TimesOf(t.roots[second]), 1);
    EXPECT_EQ(counter.TimesOf(t.Slots(t.roots[first])[0]), 1);
    EXPECT_EQ(counter.TimesOf(dead), 0);
  }
  EXPECT_EQ(t.Verify(), "");
}

TEST(CensusTest, WeakReferencesAndWeakSlotsCountOnlyWhenAskedFor) {
  TestHeap t;
  const std::size_t holder = t.NewRoot(t.weak);
  const ObjectPtr referred = t.NewNumber(1);
  t.SetWeak(t.roots[holder], 0, referred);
  const ObjectPtr watched = t.NewNumber(2);
  t.weaks.Add(watched);
  Counter strong;
  ASSERT_TRUE(t.gc.TakeCensus(CensusWeaks::kIgnored, strong));
  EXPECT_EQ(strong.TimesOf(referred) + strong.TimesOf(watched), 0);
  Counter all;
  ASSERT_TRUE(t.gc.TakeCensus(CensusWeaks::kCount, all));
  EXPECT_EQ(all.TimesOf(referred), 1);
  EXPECT_EQ(all.TimesOf(watched), 1);
}

TEST(CensusTest, AnEphemeronLeadsToItsValueWhenItsKeyIsReached) {
  TestHeap t;
  const std::size_t dead = t.NewRoot(t.ephemeron);
  t.Set(t.roots[dead], 0, t.NewNumber(1));
  t.Set(t.roots[dead], 1, t.NewNumber(2));
  const std::size_t live = t.NewRoot(t.ephemeron);
  const std::size_t key = t.NewRoot(t.pair);
  t.Set(t.roots[live], 0, t.roots[key]);
  t.Set(t.roots[live], 1, t.NewNumber(3));
  Counter strong;
  ASSERT_TRUE(t.gc.TakeCensus(CensusWeaks::kIgnored, strong));
  EXPECT_EQ(strong.TimesOf(t.Slots(t.roots[dead])[0]), 0);
  EXPECT_EQ(strong.TimesOf(t.Slots(t.roots[dead])[1]), 0);
  EXPECT_EQ(strong.TimesOf(t.Slots(t.roots[live])[1]), 1);
  Counter all;
  ASSERT_TRUE(t.gc.TakeCensus(CensusWeaks::kCount, all));
  EXPECT_EQ(all.TimesOf(t.Slots(t.roots[dead])[1]), 1);
}

TEST(CensusTest, AKeyThatIsNoHeapObjectIsAlwaysThere) {
  TestHeap t;
  const std::size_t holder = t.NewRoot(t.ephemeron);
  t.Set(t.roots[holder], 0, ObjectPtr::FromSmi(7));
  t.Set(t.roots[holder], 1, t.NewNumber(1));
  Counter counter;
  ASSERT_TRUE(t.gc.TakeCensus(CensusWeaks::kIgnored, counter));
  EXPECT_EQ(counter.TimesOf(t.Slots(t.roots[holder])[1]), 1);
}

TEST(CensusTest, FurtherReferencesOfAnEphemeronLeadOnWhateverItsKey) {
  TestHeap t;
  const ShapeId shape = t.Register({.name = "Wide", .references = 4, .ephemeron = true});
  const std::size_t holder = t.NewRoot(shape);
  for (std::size_t i = 0; i < 4; ++i) t.Set(t.roots[holder], i, t.NewNumber(1));
  Counter counter;
  ASSERT_TRUE(t.gc.TakeCensus(CensusWeaks::kIgnored, counter));
  const ObjectPtr* const slots = t.Slots(t.roots[holder]);
  EXPECT_EQ(counter.TimesOf(slots[0]) + counter.TimesOf(slots[1]), 0);
  EXPECT_EQ(counter.TimesOf(slots[2]), 1);
  EXPECT_EQ(counter.TimesOf(slots[3]), 1);
}

// Of every size; what only a pin holds is there, too (H-Q1).
TEST(CensusTest, LargeAndPinnedObjectsAreToldOfAndKeepNoMark_GK1) {
  TestHeap t;
  std::vector<ObjectPtr> pinned;
  for (const std::size_t length : {1u, 5'000u, 50'000u}) {
    t.NewRoot(t.list, length);
    pinned.push_back(t.New(t.list, length));
    t.heap.pins().Pin(pinned.back());
  }
  for (int round = 0; round < 2; ++round) {
    Counter counter;
    ASSERT_TRUE(t.gc.TakeCensus(CensusWeaks::kIgnored, counter));
    EXPECT_EQ(counter.times.size(), 6u);
    for (const ObjectPtr object : pinned) EXPECT_EQ(counter.TimesOf(object), 1);
    for (std::size_t i = 0; i < t.roots.size(); ++i) EXPECT_EQ(counter.TimesOf(t.roots[i]), 1);
    EXPECT_EQ(t.Verify(), "");
  }
  for (const ObjectPtr object : pinned) EXPECT_TRUE(t.heap.pins().Unpin(object));
}

TEST(CensusTest, RootsThatWereHeldBackCountWhenTheTakerSaysSo) {
  TestHeap t;
  const std::size_t condition = t.NewRoot(t.pair);
  ListRoots later;  // Registered nowhere.
  later.Add(t.NewNumber(7));
  Counter counter;
  counter.later = &later;
  ASSERT_TRUE(t.gc.TakeCensus(CensusWeaks::kCount, counter));
  EXPECT_EQ(counter.TimesOf(later[0]), 0);
  Counter again;
  again.later = &later;
  again.condition = t.roots[condition];
  ASSERT_TRUE(t.gc.TakeCensus(CensusWeaks::kCount, again));
  EXPECT_EQ(again.TimesOf(later[0]), 1);
}

}  // namespace
}  // namespace fart
