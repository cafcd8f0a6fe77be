// What becomes of a holder in a scavenge: every cell of the table in docs/design/scavenge.md is one
// test. Then cards.

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>

#include "gc/testing/test_heap.h"

namespace fart {
namespace {

// ---- The table

TEST(RememberedHoldersTest, ARootIsNeverListedWhenItsTargetStaysNew) {
  TestHeap t;
  const std::size_t root = t.NewRoot(t.pair);
  t.Minor();
  ASSERT_TRUE(t.heap.IsYoung(t.roots[root]));
  EXPECT_EQ(t.remembered(), 0u);
}

TEST(RememberedHoldersTest, ARootIsNeverListedWhenItsTargetIsPromoted) {
  TestHeap t;
  const std::size_t root = t.NewOldRoot(t.pair);
  ASSERT_FALSE(t.heap.IsYoung(t.roots[root]));
  EXPECT_EQ(t.remembered(), 0u);
}

TEST(RememberedHoldersTest, ANewHolderIsNotListedWhenItsTargetStaysNew) {
  TestHeap t;
  const std::size_t root = t.NewRoot(t.pair);
  t.Set(t.roots[root], 0, t.NewNumber(1));
  t.Minor();
  ASSERT_TRUE(t.heap.IsYoung(t.roots[root]));
  ASSERT_TRUE(t.heap.IsYoung(t.Slots(t.roots[root])[0]));
  EXPECT_FALSE(t.IsRemembered(t.roots[root]));
  EXPECT_EQ(t.remembered(), 0u);
}

TEST(RememberedHoldersTest, ANewHolderIsNotListedWhenItsTargetIsOld) {
  TestHeap t;
  const std::size_t old = t.NewOldRoot(t.pair);
  const std::size_t root = t.NewRoot(t.pair);
  t.Set(t.roots[root], 0, t.roots[old]);
  t.Minor();
  ASSERT_TRUE(t.heap.IsYoung(t.roots[root]));
  EXPECT_FALSE(t.IsRemembered(t.roots[root]));
  EXPECT_EQ(t.remembered(), 0u);
}

TEST(RememberedHoldersTest, AJustPromotedHolderIsAddedWhenATargetStaysNew) {
  TestHeap t;
  const std::size_t root = t.NewRoot(t.pair);
  t.Minor();
  t.Set(t.roots[root], 1, t.NewNumber(1));
  t.Minor();
  ASSERT_FALSE(t.heap.IsYoung(t.roots[root]));
  ASSERT_TRUE(t.heap.IsYoung(t.Slots(t.roots[root])[1]));
  EXPECT_TRUE(t.IsRemembered(t.roots[root]));
  EXPECT_EQ(t.remembered(), 1u);
}

TEST(RememberedHoldersTest, AJustPromotedHolderIsNotAddedWhenAllTargetsArePromotedOldOrSmi) {
  TestHeap t;
  const std::size_t old = t.NewOldRoot(t.pair);
  const std::size_t root = t.NewRoot(t.list, 3);
  t.SetElement(t.roots[root], 0, t.NewNumber(1));
  t.SetElement(t.roots[root], 1, t.roots[old]);
  t.SetElement(t.roots[root], 2, ObjectPtr::FromSmi(7));
  t.PromoteAll();
  ASSERT_FALSE(t.heap.IsYoung(t.roots[root]));
  EXPECT_FALSE(t.IsRemembered(t.roots[root]));
  EXPECT_EQ(t.remembered(), 0u);
}

TEST(RememberedHoldersTest, ARememberedHolderIsKeptWhenATargetStaysNew) {
  TestHeap t;
  const std::size_t root = t.NewOldRoot(t.pair);
  t.Set(t.roots[root], 0, t.NewNumber(1));
  ASSERT_EQ(t.remembered(), 1u);
  t.Minor();
  ASSERT_TRUE(t.heap.IsYoung(t.Slots(t.roots[root])[0]));
  EXPECT_TRUE(t.IsRemembered(t.roots[root]));
  EXPECT_EQ(t.remembered(), 1u);
  EXPECT_EQ(t.listener.last().holders_scanned, 1u);
}

TEST(RememberedHoldersTest, ARememberedHolderIsDroppedWhenItsTargetWasPromoted) {
  TestHeap t;
  const std::size_t root = t.NewOldRoot(t.pair);
  t.Set(t.roots[root], 0, t.NewNumber(1));
  t.PromoteAll();
  ASSERT_FALSE(t.heap.IsYoung(t.Slots(t.roots[root])[0]));
  EXPECT_FALSE(t.IsRemembered(t.roots[root]));
  EXPECT_EQ(t.remembered(), 0u);
}

TEST(RememberedHoldersTest, ARememberedHolderIsDroppedWhenItsSlotWasOverwrittenWithASmi) {
  TestHeap t;
  const std::size_t root = t.NewOldRoot(t.pair);
  t.Set(t.roots[root], 0, t.NewNumber(1));
  t.Set(t.roots[root], 0, ObjectPtr::FromSmi(1));
  t.Minor();
  EXPECT_EQ(t.remembered(), 0u);
}

// ---- Barrier

TEST(RememberedHoldersTest, AHolderIsListedOnceHoweverOftenItIsStoredInto) {
  TestHeap t;
  const std::size_t root = t.NewOldRoot(t.pair);
  for (int i = 0; i < 5; ++i) t.Set(t.roots[root], 0, t.NewNumber(i));
  EXPECT_EQ(t.remembered(), 1u);
}

TEST(RememberedHoldersTest, StoresOfOldObjectsSmisAndImmediatesListNothing) {
  TestHeap t;
  const std::size_t root = t.NewOldRoot(t.pair);
  const std::size_t other = t.NewOldRoot(t.pair);
  t.Set(t.roots[root], 0, t.roots[other]);
  t.Set(t.roots[root], 0, ObjectPtr::FromSmi(3));
  t.Set(t.roots[root], 0, ObjectPtr::Immediate(5));
  EXPECT_EQ(t.remembered(), 0u);
}

TEST(RememberedHoldersTest, AMajorCollectionBuildsTheSetAnew) {
  TestHeap t;
  const std::size_t root = t.NewOldRoot(t.pair);
  const std::size_t gone = t.NewOldRoot(t.pair);
  t.Set(t.roots[root], 0, t.NewNumber(41));
  t.Set(t.roots[gone], 0, t.NewNumber(42));
  t.roots[gone] = ObjectPtr();
  ASSERT_EQ(t.remembered(), 2u);
  t.Major();
  EXPECT_EQ(t.remembered(), 1u);  // dead holders leave before the mutator resumes
  t.Minor();
  EXPECT_EQ(t.Number(t.Slots(t.roots[root])[0]), 41);
}

// ---- Cards

TEST(CardsTest, OneStoreIntoAnOldListOfAMillionElementsScansOneCard) {
  TestHeap t;
  const std::size_t root = t.NewOldRoot(t.list, 1'000'000);
  t.SetElement(t.roots[root], 543'210, t.NewNumber(7));
  t.Minor();
  EXPECT_EQ(t.listener.last().cards_scanned, 1u);
  EXPECT_EQ(t.listener.last().holders_scanned, 0u);
  EXPECT_EQ(t.Number(t.Elements(t.roots[root])[543'210]), 7);
  t.Minor();
  EXPECT_EQ(t.listener.last().cards_scanned, 1u);
  EXPECT_EQ(t.remembered(), 0u);  // its target was promoted
  t.Minor();
  EXPECT_EQ(t.listener.last().cards_scanned, 0u);
}

TEST(CardsTest, AFreshLargeListIsNeverScannedWhole) {
  TestHeap t;
  const std::size_t root = t.NewRoot(t.list, 100'000);
  t.Minor();
  EXPECT_EQ(t.listener.last().holders_scanned, 0u);
  EXPECT_EQ(t.listener.last().cards_scanned, 0u);
  const std::size_t other = t.NewRoot(t.list, 100'000);
  t.SetElement(t.roots[other], 77'777, t.NewNumber(7));
  for (int i = 0; i < 2; ++i) {
    t.Minor();
    EXPECT_EQ(t.listener.last().holders_scanned, 0u);
    EXPECT_EQ(t.listener.last().cards_scanned, 1u);
    EXPECT_EQ(t.Number(t.Elements(t.roots[other])[77'777]), 7);
  }
  EXPECT_EQ(t.remembered(), 0u);  // Both are old.
  EXPECT_TRUE(t.Elements(t.roots[root])[0].is_null());
}

// One that is allocated in old space is remembered whole at first (H-M2); after a scavenge the
// cards with young slots count, and no others.
TEST(CardsTest, AFreshHolderOfOldSpaceIsListedByCardsFromTheFirstScavengeOn) {
  TestHeap t;
  const std::size_t root = t.NewOldRoot(t.list, 1000);
  t.heap.remembered_set().AddWhole(t.roots[root]);
  t.SetElement(t.roots[root], 10, t.NewNumber(1));
  t.SetElement(t.roots[root], 900, t.NewNumber(2));
  EXPECT_EQ(t.remembered(), 1u);
  t.Minor();
  EXPECT_EQ(t.listener.last().holders_scanned, 1u);
  EXPECT_FALSE(t.IsRemembered(t.roots[root]));
  EXPECT_EQ(t.remembered(), 2u);
  t.Minor();
  EXPECT_EQ(t.listener.last().holders_scanned, 0u);
  EXPECT_EQ(t.listener.last().cards_scanned, 2u);
  EXPECT_EQ(t.remembered(), 0u);
  EXPECT_EQ(t.Number(t.Elements(t.roots[root])[10]), 1);
  EXPECT_EQ(t.Number(t.Elements(t.roots[root])[900]), 2);
}

// A list of n elements has 16 + 8n bytes.
constexpr std::size_t kLengthAtTheLimit = (kCardHolderSize.value() - 16) / 8;

TEST(CardsTest, AHolderOfExactlyTheLimitIsRememberedWholeAndOneWordMoreByCard) {
  TestHeap t;
  const std::size_t at = t.NewOldRoot(t.list, kLengthAtTheLimit);
  const std::size_t above = t.NewOldRoot(t.list, kLengthAtTheLimit + 1);
  ASSERT_EQ(t.heap.SizeOf(t.roots[at]), kCardHolderSize);
  t.SetElement(t.roots[at], 0, t.NewNumber(1));
  EXPECT_TRUE(t.IsRemembered(t.roots[at]));
  t.SetElement(t.roots[above], 0, t.NewNumber(2));
  EXPECT_FALSE(t.IsRemembered(t.roots[above]));
  EXPECT_TRUE(t.heap.remembered_set().IsCardSet(t.roots[above], 0));
  t.Minor();
  EXPECT_EQ(t.listener.last().holders_scanned, 1u);
  EXPECT_EQ(t.listener.last().cards_scanned, 1u);
}

TEST(CardsTest, EverySlotOfAHolderIsCoveredByItsCard) {
  for (const std::size_t extra : {1u, 2u, 63u, 64u, 65u, 100u}) {
    TestHeap t;
    const std::size_t length = kLengthAtTheLimit + extra;
    const std::size_t root = t.NewOldRoot(t.list, length);
    // A neighbour behind it, whose cards must not be taken for the holder's.
    const std::size_t next = t.NewOldRoot(t.list, length);
    for (std::size_t i = 0; i < length; i += 5) {
      t.SetElement(t.roots[root], i, t.NewNumber(static_cast<std::int64_t>(i)));
      ASSERT_EQ(t.remembered(), 1u);
      t.Minor();
      ASSERT_EQ(t.listener.last().cards_scanned, 1u) << i;
      ASSERT_EQ(t.Number(t.Elements(t.roots[root])[i]), static_cast<std::int64_t>(i));
      t.SetElement(t.roots[root], i, ObjectPtr());
      t.Minor();
      ASSERT_EQ(t.remembered(), 0u);
      ASSERT_EQ(t.Elements(t.roots[next])[i], ObjectPtr());
    }
  }
}

// Whether a card stays listed is decided by its own slots alone.
TEST(CardsTest, ACardIsForgottenWhileTheOneBehindItStaysAndTheOtherWayRound) {
  for (const bool is_first_older : {true, false}) {
    TestHeap t;
    const std::size_t root = t.NewOldRoot(t.list, 1000);
    t.SetElement(t.roots[root], is_first_older ? 10 : 900, t.NewNumber(1));
    t.Minor();
    t.SetElement(t.roots[root], is_first_older ? 900 : 10, t.NewNumber(2));
    ASSERT_EQ(t.remembered(), 2u);
    t.Minor();  // promotes the older one
    EXPECT_EQ(t.remembered(), 1u) << is_first_older;
    t.Minor();
    EXPECT_EQ(t.listener.last().cards_scanned, 1u) << is_first_older;
    EXPECT_EQ(t.remembered(), 0u);
  }
}

// Of the cards that come soon it is known beforehand which words matter: of each its own.
TEST(CardsTest, OfManyCardsEachIsLookedAtWhereItsYoungSlotIs) {
  TestHeap t;
  constexpr std::size_t kCards = 40;
  constexpr std::size_t kWordsACard = kCardSize.value() / 8;
  const std::size_t root = t.NewOldRoot(t.list, kCards * kWordsACard);
  const auto place_in = [](std::size_t card) { return card * kWordsACard + card % kWordsACard; };
  for (std::size_t card = 0; card < kCards; ++card) {
    t.SetElement(t.roots[root], place_in(card), t.NewNumber(static_cast<std::int64_t>(card)));
  }
  ASSERT_GT(t.remembered(), kCards - 1);
  for (int round = 0; round < 2; ++round) {
    t.Minor();
    EXPECT_GE(t.listener.last().cards_scanned, kCards);
    for (std::size_t card = 0; card < kCards; ++card) {
      ASSERT_EQ(t.Number(t.Elements(t.roots[root])[place_in(card)]),
                static_cast<std::int64_t>(card));
    }
  }
}

// A card is looked at word by word, and not all of them are references.
TEST(CardsTest, WhatIsNoReferenceInACardIsLeftAlone) {
  TestHeap t;
  const ShapeId shape = t.Register({.name = "Raw", .references = 8, .raw_bytes = 2000});
  const std::size_t root = t.NewOldRoot(shape);
  const std::size_t young = t.NewRoot(t.pair);
  const ObjectPtr holder = t.roots[root];
  auto* const raw = t.heap.shapes()[shape].RawBytes(holder.address());
  // As a raw word that happens to be the young object's address with its tag.
  const std::uint64_t looks_young = t.roots[young].bits();
  std::memcpy(raw, &looks_young, sizeof looks_young);
  t.Set(holder, 7, t.roots[young]);
  t.Minor();
  EXPECT_EQ(t.listener.last().cards_scanned, 1u);
  EXPECT_EQ(t.Slots(t.roots[root])[7], t.roots[young]);
  EXPECT_NE(t.roots[young].bits(), looks_young);
  std::uint64_t now = 0;
  std::memcpy(&now, raw, sizeof now);
  EXPECT_EQ(now, looks_young);
}

TEST(CardsTest, OfAYoungLargeHolderToo) {
  for (const bool is_first_older : {true, false}) {
    TestHeap t;
    const std::size_t old = t.NewOldRoot(t.pair);
    const std::size_t root = t.NewRoot(t.list, 4000);
    ASSERT_TRUE(t.heap.IsYoung(t.roots[root]));
    t.SetElement(t.roots[root], is_first_older ? 10 : 900, t.NewNumber(1));
    t.SetElement(t.roots[root], is_first_older ? 900 : 10, t.NewNumber(2));
    t.SetElement(t.roots[root], is_first_older ? 10 : 900, t.roots[old]);
    ASSERT_EQ(t.remembered(), 2u);
    t.Minor();
    EXPECT_EQ(t.remembered(), 1u) << is_first_older;
  }
}

TEST(CardsTest, AJustPromotedHolderIsListedByItsYoungSlotsCardsOnly) {
  TestHeap t;
  const std::size_t root = t.NewRoot(t.list, 1000);
  t.Minor();
  t.SetElement(t.roots[root], 10, t.NewNumber(1));
  t.SetElement(t.roots[root], 11, t.NewNumber(2));
  t.SetElement(t.roots[root], 900, t.NewNumber(3));
  t.Minor();
  ASSERT_FALSE(t.heap.IsYoung(t.roots[root]));
  EXPECT_EQ(t.remembered(), 2u);
  t.Minor();
  EXPECT_EQ(t.listener.last().cards_scanned, 2u);
  EXPECT_EQ(t.Number(t.Elements(t.roots[root])[900]), 3);
}

TEST(CardsTest, AMajorCollectionMovesCardsWithTheirHolder) {
  TestHeap t({.heap = {.stress_interval = 1'000'000, .protect_retired = true}});
  const std::size_t small = t.NewOldRoot(t.list, 1000);
  const std::size_t large = t.NewOldRoot(t.list, 10'000);
  t.SetElement(t.roots[small], 500, t.NewNumber(1));
  t.SetElement(t.roots[large], 9'999, t.NewNumber(2));
  const ObjectPtr small_before = t.roots[small];
  const ObjectPtr large_before = t.roots[large];
  t.Major();
  ASSERT_NE(t.roots[small], small_before);
  ASSERT_NE(t.roots[large], large_before);
  t.Minor();
  EXPECT_EQ(t.Number(t.Elements(t.roots[small])[500]), 1);
  EXPECT_EQ(t.Number(t.Elements(t.roots[large])[9'999]), 2);
}

// No old object moves, so the set goes on: what it lists then is exact.
TEST(RememberedHoldersTest, AMajorCollectionForgetsWhoDiedAndWhoseTargetsGrewOld) {
  TestHeap t;
  t.NewOldRoot(t.list, 2'000);  // Old space is dense.
  const std::size_t dead = t.NewOldRoot(t.pair);
  const std::size_t settled = t.NewOldRoot(t.pair);
  const std::size_t alive = t.NewOldRoot(t.pair);
  const std::size_t grows_old = t.NewRoot(t.pair);
  t.Minor();
  const std::size_t young = t.NewRoot(t.pair);
  t.Set(t.roots[dead], 0, t.roots[young]);
  t.Set(t.roots[settled], 0, t.roots[grows_old]);
  t.Set(t.roots[alive], 0, t.roots[young]);
  t.roots[dead] = ObjectPtr();
  t.Major();
  ASSERT_EQ(t.listener.last().moved_within_old, ByteCount());
  ASSERT_FALSE(t.heap.IsYoung(t.roots[grows_old]));
  ASSERT_TRUE(t.heap.IsYoung(t.roots[young]));
  ASSERT_EQ(t.heap.remembered_set().entries().size(), 1u);
  EXPECT_EQ(t.heap.remembered_set().entries()[0].holder, t.roots[alive]);
  EXPECT_EQ(t.Slots(t.roots[settled])[0], t.roots[grows_old]);
  EXPECT_EQ(t.Slots(t.roots[alive])[0], t.roots[young]);
}

// ---- Eager promotion

TEST(EagerPromotionTest, WhatRememberedHoldersReferToIsOldAtOnceAndNothingElse) {
  TestHeap t;
  t.heap.mutable_knobs().promote_eagerly = true;
  const std::size_t small = t.NewOldRoot(t.pair);
  const std::size_t large = t.NewOldRoot(t.list, 1000);
  const std::size_t root = t.roots.Add(t.NewNumber(1));
  t.Set(t.roots[small], 0, t.NewNumber(2));
  t.Set(t.Slots(t.roots[small])[0], 1, t.NewNumber(3));
  t.SetElement(t.roots[large], 500, t.NewNumber(4));
  t.Minor();
  const ObjectPtr held = t.Slots(t.roots[small])[0];
  EXPECT_FALSE(t.heap.IsYoung(held));
  EXPECT_FALSE(t.heap.IsYoung(t.Elements(t.roots[large])[500]));
  EXPECT_TRUE(t.heap.IsYoung(t.roots[root]));
  EXPECT_TRUE(t.heap.IsYoung(t.Slots(held)[1])) << "what they refer to ages";
  EXPECT_TRUE(t.IsRemembered(held));
  EXPECT_EQ(t.remembered(), 1u);
  EXPECT_EQ(t.Verify(), "");
  t.Minor();
  EXPECT_FALSE(t.heap.IsYoung(t.Slots(held)[1]));
  EXPECT_EQ(t.Number(t.Slots(held)[1]), 3);
  EXPECT_EQ(t.remembered(), 0u);
}

// Nobody but the ephemeron refers to its value, as a rule.
TEST(EagerPromotionTest, SoIsTheValueOfAnEphemeronThatIsOldAtOnce) {
  TestHeap t;
  t.heap.mutable_knobs().promote_eagerly = true;
  const std::size_t old = t.NewOldRoot(t.ephemeron);
  const std::size_t list = t.NewOldRoot(t.list, 1000);
  const std::size_t key = t.NewOldRoot(t.pair);
  t.Set(t.roots[old], 0, t.roots[key]);
  t.Set(t.roots[old], 1, t.NewNumber(5));
  t.SetElement(t.roots[list], 500, t.New(t.ephemeron));
  t.Set(t.Elements(t.roots[list])[500], 0, t.roots[key]);
  t.Set(t.Elements(t.roots[list])[500], 1, t.NewNumber(6));
  t.SetElement(t.roots[list], 900, t.NewNumber(7));
  const std::size_t young = t.roots.Add(t.New(t.ephemeron));
  t.Set(t.roots[young], 0, t.roots[key]);
  t.Set(t.roots[young], 1, t.NewNumber(8));
  t.Minor();
  EXPECT_FALSE(t.heap.IsYoung(t.Slots(t.roots[old])[1]));
  const ObjectPtr promoted = t.Elements(t.roots[list])[500];
  EXPECT_FALSE(t.heap.IsYoung(promoted));
  EXPECT_FALSE(t.heap.IsYoung(t.Slots(promoted)[1]));
  EXPECT_FALSE(t.heap.IsYoung(t.Elements(t.roots[list])[900])) << "behind an ephemeron, too";
  EXPECT_TRUE(t.heap.IsYoung(t.roots[young]));
  EXPECT_TRUE(t.heap.IsYoung(t.Slots(t.roots[young])[1])) << "whose ephemeron ages";
  EXPECT_EQ(t.remembered(), 0u);
  EXPECT_EQ(t.Number(t.Slots(promoted)[1]), 6);
  EXPECT_EQ(t.Verify(), "");
}

TEST(EagerPromotionTest, AReportSaysWhatRememberedHoldersAndYoungLargeOnesReferTo) {
  TestHeap t;
  const std::size_t old = t.NewOldRoot(t.pair);
  const std::size_t young = t.NewRoot(t.list, 40'000);
  t.roots.Add(t.NewNumber(1));
  t.Minor();
  EXPECT_EQ(t.listener.last().reached_from_old, ByteCount());
  const ObjectPtr number = t.NewNumber(2);
  const ByteCount size = t.heap.SizeOf(number);
  t.Set(t.roots[old], 0, number);
  t.Set(t.roots[old], 1, number);
  t.roots.Add(t.NewNumber(3));
  t.Minor();
  EXPECT_EQ(t.listener.last().reached_from_old, size);
  t.roots[young] = t.New(t.list, 40'000);
  for (std::size_t i = 0; i < 3; ++i) t.SetElement(t.roots[young], 100 * i, t.NewNumber(4));
  t.Minor();
  EXPECT_EQ(t.listener.last().reached_from_old, size * 4) << "one survived before";
}

}  // namespace
}  // namespace fart
