// Where nearly all of new space lives, a scavenge promotes it where it is.

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "gc/testing/test_heap.h"

namespace fart {
namespace {

constexpr std::size_t kPairs = 40'000;  // 960 KB

class PromotionInPlaceTest : public testing::Test {
 protected:
  PromotionInPlaceTest() { list_ = t.NewOldRoot(t.list, kPairs); }

  void Fill(std::size_t step = 1) {
    for (std::size_t i = 0; i < kPairs; ++i) {
      const ObjectPtr number = t.NewNumber(static_cast<std::int64_t>(i));
      if (i % step == 0) t.SetElement(t.roots[list_], i, number);
    }
  }
  void ScavengeInPlace() {
    t.heap.mutable_knobs().promote_in_place = true;
    t.Minor();
    t.heap.mutable_knobs().promote_in_place = false;
  }
  ObjectPtr At(std::size_t i) { return t.Elements(t.roots[list_])[i]; }

  TestHeap t;
  std::size_t list_ = 0;
};

TEST_F(PromotionInPlaceTest, WhatLivesIsOldWhereItWas) {
  Fill();
  std::vector<ObjectPtr> before;
  for (std::size_t i = 0; i < kPairs; ++i) before.push_back(At(i));
  ScavengeInPlace();
  EXPECT_EQ(t.listener.last().objects_moved, 0u);
  EXPECT_EQ(t.listener.last().promoted_in_place, ByteCount(kPairs * 24));
  for (std::size_t i = 0; i < kPairs; ++i) {
    ASSERT_EQ(At(i), before[i]);
    ASSERT_FALSE(t.heap.IsYoung(At(i)));
    ASSERT_EQ(t.Number(At(i)), static_cast<std::int64_t>(i));
  }
  EXPECT_EQ(t.heap.NewUse().used, ByteCount());
  EXPECT_TRUE(t.heap.remembered_set().entries().empty()) << "nothing is young any more";
}

TEST_F(PromotionInPlaceTest, WhatDiedBetweenServesPromotionAgain) {
  Fill(1000);
  ScavengeInPlace();
  EXPECT_EQ(t.listener.last().promoted_in_place, ByteCount(kPairs / 1000 * 24));
  const ByteCount committed = t.heap.OldUse().committed;
  // Two scavenges promote these, into the holes.
  for (std::size_t i = 1; i < kPairs; i += 2) t.SetElement(t.roots[list_], i, t.NewNumber(7));
  t.PromoteAll();
  EXPECT_EQ(t.heap.OldUse().committed, committed);
}

TEST_F(PromotionInPlaceTest, AHolderThatIsOldNowIsRememberedForWhatStaysYoung) {
  const std::size_t young = t.NewRoot(t.bytes, 40'000);  // large: it stays young once
  const std::size_t holder = t.NewRoot(t.pair);
  t.Set(t.roots[holder], 0, t.roots[young]);
  ScavengeInPlace();
  EXPECT_FALSE(t.heap.IsYoung(t.roots[holder]));
  EXPECT_TRUE(t.heap.IsYoung(t.roots[young]));
  EXPECT_TRUE(Header::Of(t.roots[holder]).remembered());
}

TEST_F(PromotionInPlaceTest, WeakReferencesAndEphemeronsAreDecidedAsEver) {
  const std::size_t weak = t.NewRoot(t.weak);
  t.SetWeak(t.roots[weak], 0, t.NewNumber(1));
  const std::size_t strong = t.NewRoot(t.weak);
  const std::size_t kept = t.roots.Add(t.NewNumber(2));
  t.SetWeak(t.roots[strong], 0, t.roots[kept]);
  const std::size_t dead_key = t.NewRoot(t.ephemeron);
  t.Set(t.roots[dead_key], 0, t.NewNumber(3));
  t.Set(t.roots[dead_key], 1, t.NewNumber(4));
  const std::size_t live_key = t.NewRoot(t.ephemeron);
  t.Set(t.roots[live_key], 0, t.roots[kept]);
  t.Set(t.roots[live_key], 1, t.NewNumber(5));
  ScavengeInPlace();
  EXPECT_TRUE(t.Weaks(t.roots[weak])[0].is_null());
  EXPECT_EQ(t.Weaks(t.roots[strong])[0], t.roots[kept]);
  EXPECT_TRUE(t.Slots(t.roots[dead_key])[1].is_null());
  EXPECT_EQ(t.Number(t.Slots(t.roots[live_key])[1]), 5);
}

TEST_F(PromotionInPlaceTest, WhatIsPromotedMovesLaterIfItsRegionIsSparse) {
  Fill(16);
  ScavengeInPlace();
  const ObjectPtr before = At(0);
  t.Major();
  EXPECT_NE(At(0), before);
  EXPECT_EQ(t.Number(At(0)), 0);
}

// Building: the first scavenge copies, for nobody knows; the next ones need not.
TEST(PromotionInPlace, ComesAfterAScavengeThatNearlyAllSurvived) {
  TestHeap t({.heap = {.new_space_min = MiB(1), .new_space_max = MiB(1)}});
  const std::size_t list = t.NewRoot(t.list, 300'000);
  for (std::size_t i = 0; i < 300'000; ++i) {
    const ObjectPtr number = t.NewNumber(static_cast<std::int64_t>(i));
    t.SetElement(t.roots[list], i, number);
  }
  std::size_t in_place = 0;
  for (const GcReport& report : t.listener.reports) {
    if (!report.promoted_in_place.is_zero()) ++in_place;
  }
  EXPECT_GE(in_place, 4u);
  for (std::size_t i = 0; i < 300'000; ++i) {
    ASSERT_EQ(t.Number(t.Elements(t.roots[list])[i]), static_cast<std::int64_t>(i));
  }
}

}  // namespace
}  // namespace fart
