// Stress is the shipped collector with knobs set: every object moves, what was left behind faults
// or is overwritten, random intervals can be repeated.

#include <gtest/gtest.h>

#include <vector>

#include "gc/testing/test_heap.h"

namespace fart {
namespace {

const TestHeapOptions kStress{.heap = {.stress_interval = 1, .protect_retired = true}};

TEST(StressTest, EveryLiveObjectMovesAtEveryCollection) {
  TestHeap t(kStress);
  std::vector<std::size_t> roots;
  for (const ShapeId shape : {t.pair, t.weak, t.ephemeron}) roots.push_back(t.NewRoot(shape));
  for (const ShapeId shape : {t.list, t.bytes, t.mixed}) {
    for (const std::size_t length : {0u, 5u, 300u, 3'000u, 10'000u, 100'000u}) {
      roots.push_back(t.NewRoot(shape, length));
    }
  }
  for (int i = 0; i < 6; ++i) {
    std::vector<ObjectPtr> before;
    for (const std::size_t root : roots) before.push_back(t.roots[root]);
    t.New(t.pair);
    for (std::size_t k = 0; k < roots.size(); ++k) EXPECT_NE(t.roots[roots[k]], before[k]) << k;
  }
  EXPECT_GT(t.listener.last().moved_large, ByteCount());
}

TEST(StressTest, BothCollectorsRunAtEveryAllocation) {
  TestHeap t(kStress);
  for (int i = 0; i < 10; ++i) t.New(t.pair);
  EXPECT_EQ(t.CountOf(GcKind::kMinor), 10u);
  EXPECT_EQ(t.CountOf(GcKind::kMajor), 10u);
  EXPECT_EQ(t.listener.last().reason, GcReason::kStress);
}

TEST(StressTest, EveryNthAllocationCollects) {
  TestHeap t({.heap = {.stress_interval = 5}});
  for (int i = 0; i < 20; ++i) t.New(i % 2 == 0 ? t.pair : t.bytes, i % 2 == 0 ? 0 : 50'000);
  EXPECT_EQ(t.CountOf(GcKind::kMajor), 4u);
}

TEST(StressTest, CanBeSwitchedOnAndOffAtRunTime) {
  TestHeap t;
  t.New(t.pair);
  t.heap.mutable_knobs().stress_interval = 1;
  t.mutator.KnobsChanged();
  for (int i = 0; i < 3; ++i) t.New(t.pair);
  EXPECT_EQ(t.CountOf(GcKind::kMajor), 3u);
  t.heap.mutable_knobs().stress_interval = 0;
  t.mutator.KnobsChanged();
  for (int i = 0; i < 3; ++i) t.New(t.pair);
  EXPECT_EQ(t.CountOf(GcKind::kMajor), 3u);
}

// At which of a thousand allocations a collection happened.
std::vector<int> CollectionsOf(std::uint64_t seed) {
  TestHeap t({.heap = {.stress_interval = 20, .stress_seed = seed}, .gc = {.verify_heap = false}});
  std::vector<int> at;
  std::size_t seen = 0;
  for (int i = 0; i < 1000; ++i) {
    t.New(t.pair);
    if (t.CountOf(GcKind::kMajor) == seen) continue;
    seen = t.CountOf(GcKind::kMajor);
    at.push_back(i);
  }
  return at;
}

TEST(StressTest, RandomIntervalsAreRepeatedByTheirSeed) {
  const std::vector<int> first = CollectionsOf(1);
  EXPECT_EQ(CollectionsOf(1), first);
  EXPECT_NE(CollectionsOf(2), first);
  // About every 20th, and not exactly.
  EXPECT_GT(first.size(), 30u);
  EXPECT_LT(first.size(), 80u);
  bool same = true;
  for (std::size_t i = 2; i < first.size(); ++i) {
    same = same && first[i] - first[i - 1] == first[1] - first[0];
  }
  EXPECT_FALSE(same);
}

TEST(StressDeathTest, AReferenceIntoProtectedFromSpaceFaults) {
  TestHeap t({.heap = {.protect_retired = true}});
  const std::size_t root = t.NewRoot(t.pair);
  const ObjectPtr stale = t.roots[root];
  t.Minor();
  // Volatile: an optimiser leaves out what nobody looks at.
  auto* const word = stale.address().As<volatile std::uint64_t>();
  EXPECT_DEATH(word[1] = 1, "");
  EXPECT_DEATH(static_cast<void>(word[0]), "");
}

TEST(StressDeathTest, AReferenceToAMovedLargeObjectFaults) {
  TestHeap t({.heap = {.stress_interval = 1'000'000, .protect_retired = true}});
  const std::size_t root = t.NewRoot(t.list, 50'000);
  auto* const stale = reinterpret_cast<volatile std::uint64_t*>(t.Elements(t.roots[root]));
  t.Major();
  EXPECT_DEATH(stale[40'000] = 1, "");
}

TEST(StressTest, ProtectedAddressesStayUnusedForAWhile) {
  TestHeap t({.heap = {.protect_retired = true}});
  const std::size_t root = t.NewRoot(t.pair);
  std::vector<ObjectPtr> places;
  for (int i = 0; i < 100; ++i) {
    const std::size_t fresh = t.NewRoot(t.pair);
    for (const ObjectPtr place : places) ASSERT_NE(t.roots[fresh], place);
    places.push_back(t.roots[fresh]);
    t.roots[fresh] = ObjectPtr();
    t.Minor();
  }
  EXPECT_FALSE(t.heap.IsYoung(t.roots[root]));
}

TEST(StressTest, RetiredRegionsThatStayAccessibleAreZapped) {
  TestHeap t({.heap = {.zap_retired = true}});
  const std::size_t root = t.NewRoot(t.pair);
  const Address stale = t.roots[root].address();
  t.Minor();
  EXPECT_EQ(*stale.As<std::uint64_t>(), RegionSpace::kZap);
  EXPECT_EQ(*(stale + kRegionSize - ByteCount(kWordSize)).As<std::uint64_t>(), RegionSpace::kZap);
}

// ---- What must survive moving

TEST(MovingTest, IdentityHashesSurviveEveryMove) {
  TestHeap t(kStress);
  const std::size_t small = t.NewRoot(t.pair);
  const std::size_t large = t.NewRoot(t.list, 10'000);
  const std::uint32_t small_hash = t.mutator.IdentityHash(t.roots[small]);
  const std::uint32_t large_hash = t.mutator.IdentityHash(t.roots[large]);
  EXPECT_NE(small_hash, 0u);
  EXPECT_NE(small_hash, large_hash);
  for (int i = 0; i < 5; ++i) {
    t.New(t.pair);
    EXPECT_EQ(t.mutator.IdentityHash(t.roots[small]), small_hash);
    EXPECT_EQ(t.mutator.IdentityHash(t.roots[large]), large_hash);
  }
}

TEST(MovingTest, IdentityHashesSurvivePromotionAndEvacuation) {
  TestHeap t;
  const std::size_t root = t.NewRoot(t.pair);
  const std::uint32_t hash = t.mutator.IdentityHash(t.roots[root]);
  t.Minor();
  EXPECT_EQ(t.mutator.IdentityHash(t.roots[root]), hash);
  t.Minor();
  EXPECT_EQ(t.mutator.IdentityHash(t.roots[root]), hash);
  t.Major();
  EXPECT_EQ(t.mutator.IdentityHash(t.roots[root]), hash);
}

TEST(MovingTest, RawBytesOfAllSizesSurvive) {
  TestHeap t;
  std::vector<std::size_t> roots;
  for (const std::size_t length : {0u, 1u, 7u, 8u, 9u, 127u, 128u, 129u, 30'000u, 100'000u}) {
    roots.push_back(t.NewRoot(t.bytes, length));
    std::uint8_t* const bytes =
        t.heap.shapes()[t.bytes].VariableBytes(t.roots[roots.back()].address());
    for (std::size_t i = 0; i < length; ++i) bytes[i] = static_cast<std::uint8_t>(i * 7 + length);
  }
  t.Minor();
  t.Minor();
  t.heap.mutable_knobs().stress_interval = 1'000'000;
  t.mutator.KnobsChanged();
  t.Major();
  for (const std::size_t root : roots) {
    const Address object = t.roots[root].address();
    const std::size_t length = t.heap.shapes()[t.bytes].LengthOf(object);
    const std::uint8_t* const bytes = t.heap.shapes()[t.bytes].VariableBytes(object);
    for (std::size_t i = 0; i < length; ++i) {
      ASSERT_EQ(bytes[i], static_cast<std::uint8_t>(i * 7 + length)) << length << " " << i;
    }
  }
}

}  // namespace
}  // namespace fart
