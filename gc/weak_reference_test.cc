// Weak references in objects, and weak slots outside the heap with their external bytes.

#include <gtest/gtest.h>

#include "gc/testing/test_heap.h"

namespace fart {
namespace {

// ---- In objects

TEST(WeakReferenceTest, AYoungHoldersDeadReferentReadsAsNull) {
  TestHeap t;
  const std::size_t holder = t.NewRoot(t.weak);
  t.SetWeak(t.roots[holder], 0, t.NewNumber(1));
  t.Minor();
  EXPECT_TRUE(t.Weaks(t.roots[holder])[0].is_null());
}

TEST(WeakReferenceTest, AYoungHoldersLiveReferentIsFollowed) {
  TestHeap t;
  const std::size_t holder = t.NewRoot(t.weak);
  const std::size_t referent = t.roots.Add(t.NewNumber(5));
  t.SetWeak(t.roots[holder], 0, t.roots[referent]);
  const ObjectPtr before = t.roots[referent];
  t.Minor();
  EXPECT_NE(t.roots[referent], before);
  EXPECT_EQ(t.Weaks(t.roots[holder])[0], t.roots[referent]);
}

TEST(WeakReferenceTest, AHolderOfNothingButAWeakReferenceIsClearedByBothCollections) {
  for (const bool is_major : {false, true}) {
    TestHeap t;
    const ShapeId only_weak = t.Register({.name = "OnlyWeak", .weak_references = 1});
    const std::size_t holder = t.NewRoot(only_weak);
    const std::size_t follower = t.NewRoot(only_weak);
    const std::size_t referent = t.roots.Add(t.NewNumber(5));
    t.SetWeak(t.roots[holder], 0, t.NewNumber(1));
    t.SetWeak(t.roots[follower], 0, t.roots[referent]);
    is_major ? t.Major() : t.Minor();
    EXPECT_TRUE(t.Weaks(t.roots[holder])[0].is_null()) << is_major;
    EXPECT_EQ(t.Weaks(t.roots[follower])[0], t.roots[referent]) << is_major;
  }
}

TEST(WeakReferenceTest, AnOldHoldersDeadYoungReferentReadsAsNullAndTheHolderIsForgotten) {
  TestHeap t;
  const std::size_t holder = t.NewOldRoot(t.weak);
  t.SetWeak(t.roots[holder], 0, t.NewNumber(1));
  ASSERT_TRUE(t.IsRemembered(t.roots[holder]));
  t.Minor();
  EXPECT_TRUE(t.Weaks(t.roots[holder])[0].is_null());
  EXPECT_EQ(t.remembered(), 0u);
}

TEST(WeakReferenceTest, AnOldHoldersLiveYoungReferentIsFollowedAndTheHolderStaysRemembered) {
  TestHeap t;
  const std::size_t holder = t.NewOldRoot(t.weak);
  const std::size_t referent = t.roots.Add(t.NewNumber(5));
  t.SetWeak(t.roots[holder], 0, t.roots[referent]);
  t.Minor();
  EXPECT_EQ(t.Weaks(t.roots[holder])[0], t.roots[referent]);
  EXPECT_TRUE(t.IsRemembered(t.roots[holder]));
  t.Minor();  // promotes the referent
  EXPECT_EQ(t.Weaks(t.roots[holder])[0], t.roots[referent]);
  EXPECT_FALSE(t.IsRemembered(t.roots[holder]));
}

TEST(WeakReferenceTest, AnOldReferentDiesInAMajorCollectionOnly) {
  TestHeap t;
  const std::size_t holder = t.NewRoot(t.weak);
  const std::size_t referent = t.roots.Add(t.NewNumber(5));
  t.SetWeak(t.roots[holder], 0, t.roots[referent]);
  t.PromoteAll();
  t.roots[referent] = ObjectPtr();
  t.Minor();
  EXPECT_FALSE(t.Weaks(t.roots[holder])[0].is_null());
  t.Major();
  EXPECT_TRUE(t.Weaks(t.roots[holder])[0].is_null());
}

TEST(WeakReferenceTest, AMajorCollectionFollowsLiveReferentsOfOldAndYoungHolders) {
  TestHeap t;
  const std::size_t old_holder = t.NewOldRoot(t.weak);
  const std::size_t young_holder = t.NewRoot(t.weak);
  const std::size_t referent = t.roots.Add(t.NewNumber(5));
  t.SetWeak(t.roots[old_holder], 0, t.roots[referent]);
  t.SetWeak(t.roots[young_holder], 0, t.roots[referent]);
  t.Major();
  EXPECT_EQ(t.Weaks(t.roots[old_holder])[0], t.roots[referent]);
  EXPECT_EQ(t.Weaks(t.roots[young_holder])[0], t.roots[referent]);
  EXPECT_TRUE(t.IsRemembered(t.roots[old_holder]));
}

TEST(WeakReferenceTest, AReferentHeldByANewPathOnlyThroughTheWeakHolderLives) {
  TestHeap t;
  const std::size_t holder = t.NewRoot(t.weak);
  const ObjectPtr referent = t.NewNumber(9);
  t.SetWeak(t.roots[holder], 0, referent);
  t.Set(t.roots[holder], 0, referent);  // its strong slot
  t.Minor();
  EXPECT_EQ(t.Number(t.Weaks(t.roots[holder])[0]), 9);
  EXPECT_EQ(t.Weaks(t.roots[holder])[0], t.Slots(t.roots[holder])[0]);
}

TEST(WeakReferenceTest, SmisAndImmediatesStay) {
  TestHeap t;
  const std::size_t holder = t.NewRoot(t.weak);
  t.SetWeak(t.roots[holder], 0, ObjectPtr::FromSmi(3));
  t.Minor();
  t.Major();
  EXPECT_EQ(t.Weaks(t.roots[holder])[0], ObjectPtr::FromSmi(3));
  t.SetWeak(t.roots[holder], 0, ObjectPtr::Immediate(4));
  t.Minor();
  t.Major();
  EXPECT_EQ(t.Weaks(t.roots[holder])[0], ObjectPtr::Immediate(4));
}

TEST(WeakReferenceTest, WeakSlotsOfAHolderWithCardsAreClearedAndFollowed) {
  TestHeap t;
  const ShapeId many = t.Register({.name = "ManyWeak", .references = 1, .weak_references = 300});
  const std::size_t holder = t.NewOldRoot(many);
  const std::size_t live = t.roots.Add(t.NewNumber(5));
  t.SetWeak(t.roots[holder], 10, t.NewNumber(1));
  t.SetWeak(t.roots[holder], 290, t.roots[live]);
  ASSERT_EQ(t.remembered(), 2u);
  t.Minor();
  EXPECT_TRUE(t.Weaks(t.roots[holder])[10].is_null());
  EXPECT_EQ(t.Weaks(t.roots[holder])[290], t.roots[live]);
  t.Minor();
  EXPECT_EQ(t.Weaks(t.roots[holder])[290], t.roots[live]);
  EXPECT_EQ(t.remembered(), 0u);
}

TEST(WeakReferenceTest, AMixedObjectKeepsStrongSlotsAndRawBytesAndLosesDeadWeakOnes) {
  for (const GcKind kind : {GcKind::kMinor, GcKind::kMajor}) {
    TestHeap t;
    const std::size_t root = t.NewRoot(t.mixed, 3);
    const ObjectPtr object = t.roots[root];
    const Shape& shape = t.heap.ShapeOf(object);
    t.Set(object, 1, t.NewNumber(1));
    t.SetElement(object, 2, t.NewNumber(2));
    t.SetWeak(object, 0, t.NewNumber(3));
    for (std::uint8_t i = 0; i < 12; ++i) shape.RawBytes(object.address())[i] = i;
    kind == GcKind::kMinor ? t.Minor() : t.Major();
    const ObjectPtr now = t.roots[root];
    EXPECT_NE(now, object);
    EXPECT_EQ(t.Number(t.Slots(now)[1]), 1);
    EXPECT_EQ(t.Number(t.Elements(now)[2]), 2);
    EXPECT_TRUE(t.Weaks(now)[0].is_null());
    for (std::uint8_t i = 0; i < 12; ++i) EXPECT_EQ(shape.RawBytes(now.address())[i], i);
  }
}

// ---- Outside the heap

TEST(WeakProviderTest, ALiveReferentIsFollowedAndADeadOneCleared) {
  for (const GcKind kind : {GcKind::kMinor, GcKind::kMajor}) {
    TestHeap t;
    const std::size_t root = t.roots.Add(t.NewNumber(1));
    const std::size_t live = t.weaks.Add(t.roots[root]);
    const std::size_t dead = t.weaks.Add(t.NewNumber(2));
    kind == GcKind::kMinor ? t.Minor() : t.Major();
    EXPECT_EQ(t.weaks[live], t.roots[root]);
    EXPECT_TRUE(t.weaks[dead].is_null());
    EXPECT_EQ(t.weaks.cleared(), 1u);
    EXPECT_EQ(t.listener.last().weaks_cleared, 1u);
    EXPECT_EQ(t.listener.last().slots_visited[static_cast<std::size_t>(RootKind::kWeakHandle)], 2u);
  }
}

constexpr ByteCount kExternal(1000);

std::size_t AddCharged(TestHeap& t, ObjectPtr object) {
  t.mutator.ChargeExternal(object, ByteCount(), kExternal);
  return t.weaks.Add(object, kExternal);
}

TEST(WeakProviderTest, ExternalBytesMoveWithPromotion) {
  TestHeap t;
  const std::size_t root = t.NewRoot(t.pair);
  AddCharged(t, t.roots[root]);
  EXPECT_EQ(t.heap.external_new(), kExternal);
  t.Minor();
  EXPECT_EQ(t.heap.external_new(), kExternal);
  t.Minor();
  EXPECT_EQ(t.heap.external_new(), ByteCount());
  EXPECT_EQ(t.heap.external_old(), kExternal);
}

TEST(WeakProviderTest, ExternalBytesMoveWhenAMajorCollectionPromotes) {
  TestHeap t;
  const std::size_t root = t.NewRoot(t.pair);
  AddCharged(t, t.roots[root]);
  t.Minor();
  t.Major();
  ASSERT_FALSE(t.heap.IsYoung(t.roots[root]));
  EXPECT_EQ(t.heap.external_new(), ByteCount());
  EXPECT_EQ(t.heap.external_old(), kExternal);
}

TEST(WeakProviderTest, ExternalBytesAreTakenOffAtDeath) {
  TestHeap t;
  AddCharged(t, t.New(t.pair));
  t.Minor();
  EXPECT_EQ(t.heap.external_new(), ByteCount());
  AddCharged(t, t.New(t.pair));
  t.Major();
  EXPECT_EQ(t.heap.external_new(), ByteCount());
  const std::size_t root = t.NewRoot(t.pair);
  AddCharged(t, t.roots[root]);
  t.PromoteAll();
  t.roots[root] = ObjectPtr();
  t.Major();
  EXPECT_EQ(t.heap.external_old(), ByteCount());
}

TEST(WeakProviderTest, ChargesCanBeChanged) {
  TestHeap t;
  const std::size_t root = t.NewOldRoot(t.pair);
  t.mutator.ChargeExternal(t.roots[root], ByteCount(), ByteCount(500));
  t.mutator.ChargeExternal(t.roots[root], ByteCount(500), ByteCount(200));
  EXPECT_EQ(t.heap.external_old(), ByteCount(200));
}

void Poll(TestHeap& t) FART_NO_SAFEPOINT_ANALYSIS { t.mutator.PollExternalSize(); }

TEST(WeakProviderTest, ExternalBytesOfYoungGarbageCauseAScavenge) {
  TestHeap t;
  const ObjectPtr object = t.New(t.pair);
  t.mutator.ChargeExternal(object, ByteCount(), MiB(100));
  t.weaks.Add(object, MiB(100));
  Poll(t);
  EXPECT_EQ(t.listener.last().reason, GcReason::kExternalSize);
  EXPECT_EQ(t.CountOf(GcKind::kMajor), 0u);
  EXPECT_EQ(t.heap.external_new(), ByteCount());
}

void PollNothingIsDue(TestHeap& t) {
  const std::size_t before = t.listener.reports.size();
  for (int i = 0; i < 10; ++i) {
    const ObjectPtr small = t.New(t.pair);
    t.mutator.ChargeExternal(small, ByteCount(), ByteCount(3));
    t.weaks.Add(small, ByteCount(3));
    Poll(t);
  }
  EXPECT_EQ(t.listener.reports.size(), before);
}

TEST(WeakProviderTest, AnObjectWithMuchOutsideTheHeapIsOldAndTheNextPayNothing) {
  TestHeap t;
  const auto allocate = [&](ByteCount external) FART_NO_SAFEPOINT_ANALYSIS {
    const FreshObject fresh = t.mutator.AllocateForExternal(t.pair, external);
    const NoSafepointScope quiet;
    return fresh.Get(quiet);
  };
  EXPECT_TRUE(t.heap.IsYoung(allocate(kLargeExternalSize - ByteCount(1))));
  const std::size_t root = t.roots.Add(allocate(MiB(16)));
  EXPECT_FALSE(t.heap.IsYoung(t.roots[root]));
  EXPECT_TRUE(t.mutator.NeedsNoBarrier(t.roots[root]));  // H-M2
  t.mutator.ChargeExternal(t.roots[root], ByteCount(), MiB(16));
  t.weaks.Add(t.roots[root], MiB(16));
  EXPECT_EQ(t.heap.external_old(), MiB(16));
  Poll(t);
  EXPECT_EQ(t.CountOf(GcKind::kMinor), 0u);
  PollNothingIsDue(t);
}

TEST(WeakProviderTest, WhoChargesAYoungObjectWithMuchPaysForItsPromotion) {
  TestHeap t;
  const std::size_t root = t.NewRoot(t.pair);
  t.mutator.ChargeExternal(t.roots[root], ByteCount(), MiB(100));
  t.weaks.Add(t.roots[root], MiB(100));
  Poll(t);
  EXPECT_EQ(t.CountOf(GcKind::kMinor), kPromotionAge);
  EXPECT_EQ(t.heap.external_old(), MiB(100));
  PollNothingIsDue(t);
}

// Defect 32 of the reference: above the limit every further charge costs a full collection.
TEST(WeakProviderTest, LiveExternalBytesCostOneMajorCollectionNotOneForEachCharge_Defect32) {
  TestHeap t;
  const std::size_t root = t.NewOldRoot(t.pair);
  ByteCount charged = MiB(256);
  t.mutator.ChargeExternal(t.roots[root], ByteCount(), charged);
  const std::size_t weak = t.weaks.Add(t.roots[root], charged);
  Poll(t);
  EXPECT_EQ(t.CountOf(GcKind::kMajor), 1u);
  for (int i = 0; i < 100; ++i) {
    const ObjectPtr fresh = t.New(t.pair);
    t.mutator.ChargeExternal(fresh, ByteCount(), KiB(64));
    t.weaks.Add(fresh, KiB(64));
    Poll(t);
  }
  EXPECT_EQ(t.CountOf(GcKind::kMajor), 1u);
  EXPECT_EQ(t.weaks[weak], t.roots[root]);
}

}  // namespace
}  // namespace fart
