// Local handles at their edges: the last slot, the bound, a scope that did not open, a frame in the
// middle, and what is counted and given back of each.

#include "handles/local_handles.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "handles/testing/handles_testing.h"

namespace fart {
namespace {

using Peer = HandlesTestPeer;

class LocalPromisesTest : public testing::Test {
 protected:
  void Fill(LocalHandles& locals, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      ASSERT_FALSE(locals.CreateHandle(FakeHeap::Old(1)).is_empty());
    }
  }
  static void Visit(LocalHandles& locals, SlotSet set) {
    MovingVisitor visitor;
    locals.VisitSlots(set, visitor);
    EXPECT_TRUE(locals.IsSound());
  }

  FakeHeap heap_;
};

TEST_F(LocalPromisesTest, AForgottenScopeIsToldOnceAndAtTheBound) {
  for (const bool checked : {false, true}) {
    LocalHandles locals(heap_.flags(), kTestIsolate, {.checked = checked, .forgotten_at = 100});
    ASSERT_TRUE(locals.EnterScope());
    Fill(locals, 98);
    EXPECT_FALSE(locals.TakeForgottenScope()) << "100 slots, two of them the marker's";
    Fill(locals, 1);
    EXPECT_TRUE(locals.TakeForgottenScope());
    EXPECT_FALSE(locals.TakeForgottenScope());
    Fill(locals, 1'000);
    EXPECT_FALSE(locals.TakeForgottenScope()) << "once";
    EXPECT_TRUE(locals.IsSound());
  }
}

TEST_F(LocalPromisesTest, AForgottenScopeIsToldAlsoAfterACollectionAndBeyondTheFirstMemory) {
  LocalHandles locals(heap_.flags(), kTestIsolate, {.forgotten_at = 100'000});
  ASSERT_TRUE(locals.EnterScope());
  Fill(locals, 50'000);
  Visit(locals, SlotSet::kYoung);
  Fill(locals, 49'998);
  EXPECT_EQ(locals.TakeForgottenScope(), LocalHandles::kNoneForgotten) << "only many";
  Fill(locals, 1);
  EXPECT_EQ(locals.TakeForgottenScope(), 99'998u);
}

TEST_F(LocalPromisesTest, ABoundOfNoneIsNone) {
  LocalHandles locals(heap_.flags(), kTestIsolate);
  ASSERT_TRUE(locals.EnterScope());
  Fill(locals, 100'000);
  EXPECT_EQ(locals.TakeForgottenScope(), LocalHandles::kNoneForgotten);
}

// Whoever takes it lets the next allocation ask how many are young: were it not told, or told late,
// a scavenge would look at all that had come in one pause.
TEST_F(LocalPromisesTest, ThatManyHaveComeIsToldEachTime) {
  constexpr std::size_t kMany = LocalHandles::kMany;
  for (const bool checked : {false, true}) {
    LocalHandles locals(heap_.flags(), kTestIsolate, {.checked = checked});
    for (int i = 0; i < 3; ++i) {
      Fill(locals, kMany);
      EXPECT_EQ(locals.TakeForgottenScope(), 0u) << i;
      Fill(locals, 1);
      EXPECT_EQ(locals.TakeForgottenScope(), LocalHandles::kNoneForgotten) << i;
      EXPECT_EQ(locals.TakeForgottenScope(), 0u) << i;
      EXPECT_TRUE(locals.IsSound());
    }
  }
}

TEST_F(LocalPromisesTest, ManyAreThoseThatCameSinceACollectionLooked) {
  constexpr std::size_t kMany = LocalHandles::kMany;
  LocalHandles locals(heap_.flags(), kTestIsolate);
  for (const SlotSet set : {SlotSet::kYoung, SlotSet::kAll}) {
    Fill(locals, kMany);
    Visit(locals, set);
    EXPECT_EQ(locals.TakeForgottenScope(), 0u);
  }
  Fill(locals, kMany + 1);
  EXPECT_EQ(locals.TakeForgottenScope(), LocalHandles::kNoneForgotten);
}

TEST_F(LocalPromisesTest, ManyAreFewAgainWhenMillionsHaveEnded) {
  LocalHandles locals(heap_.flags(), kTestIsolate);
  ASSERT_TRUE(locals.EnterScope());
  Fill(locals, 3'000'000);
  ASSERT_TRUE(locals.ExitScope());
  locals.TakeForgottenScope();
  Fill(locals, LocalHandles::kMany + 1);
  EXPECT_EQ(locals.TakeForgottenScope(), LocalHandles::kNoneForgotten);
}

TEST_F(LocalPromisesTest, AHeapsLimitGivesAHandleForEvery128BytesAndAsMuchScopeMemory) {
  EXPECT_EQ(LocalHandleKnobs::ForHeap(MiB(16), false).area, LinearArea::kSmall);
  EXPECT_EQ(LocalHandleKnobs::ForHeap(GiB(1), false).area, MiB(64));
  EXPECT_EQ(LocalHandleKnobs::ForHeap(GiB(1024), false).area, LocalHandles::kMaxArea);
  EXPECT_EQ(LocalHandleKnobs::ForHeap(MiB(16), false).arena, MiB(64));
  EXPECT_EQ(LocalHandleKnobs::ForHeap(GiB(1), false).arena, GiB(1));
  EXPECT_EQ(LocalHandleKnobs::ForHeap(GiB(1024), false).arena, GiB(64));
  EXPECT_TRUE(LocalHandleKnobs::ForHeap(GiB(1), true).checked);
}

TEST_F(LocalPromisesTest, OnlyWholeSlotsOfItsAreaAreStale) {
  LocalHandles locals(heap_.flags(), kTestIsolate, {.area = KiB(64), .arena = KiB(64)});
  ASSERT_TRUE(locals.EnterScope());
  ObjectPtr* const slot = locals.Create(FakeHeap::Old(1));
  const std::uint64_t last = reinterpret_cast<std::uint64_t>(slot) - 16 + KiB(64).value() - 8;
  EXPECT_EQ(locals.Explain(HandleValue::FromBits(last)), HandleStatus::kStale);
  EXPECT_EQ(locals.Explain(HandleValue::FromBits(last + 8)), HandleStatus::kNotAHandle);
  EXPECT_EQ(locals.Explain(HandleValue::FromBits(last - 4)), HandleStatus::kNotAHandle);
  EXPECT_TRUE(locals.IsLive(HandleValue::Local(slot)));
  EXPECT_FALSE(locals.IsLive(HandleValue::Local(slot + 1)));
}

TEST_F(LocalPromisesTest, AScopeThatUsedMemoryIsNotLeftWithoutACall) {
  LocalHandles locals(heap_.flags(), kTestIsolate);
  ASSERT_TRUE(locals.EnterScope());
  ASSERT_TRUE(locals.EnterScope());
  const ByteCount before = locals.arena().used();
  ASSERT_NE(locals.arena().Allocate(ByteCount(10)), nullptr);
  EXPECT_FALSE(locals.TryExitScope());
  EXPECT_EQ(locals.ScopeDepth(), 2u);
  EXPECT_TRUE(locals.ExitScope());
  EXPECT_EQ(locals.arena().used(), before);
  EXPECT_TRUE(locals.TryExitScope());
  EXPECT_FALSE(locals.TryExitScope());
  EXPECT_EQ(locals.ScopeDepth(), 0u);
}

TEST_F(LocalPromisesTest, AFramesCalleeLeavesNoScopeOfItsCallerOnEitherWay) {
  LocalHandles locals(heap_.flags(), kTestIsolate);
  ASSERT_TRUE(locals.EnterScope());
  const LocalHandles::Frame outer = locals.BeginFrame();
  EXPECT_FALSE(locals.TryExitScope());
  EXPECT_FALSE(locals.ExitScope());
  ASSERT_TRUE(locals.EnterScope());
  EXPECT_EQ(locals.ScopeDepth(), 2u);
  EXPECT_EQ(locals.ScopeDepthAboveFloor(), 1u);
  const LocalHandles::Frame inner = locals.BeginFrame();
  EXPECT_EQ(locals.ScopeDepthAboveFloor(), 0u);
  EXPECT_FALSE(locals.ExitScope());
  locals.EndFrame(inner);
  EXPECT_EQ(locals.ScopeDepthAboveFloor(), 1u);
  EXPECT_TRUE(locals.ExitScope());
  EXPECT_FALSE(locals.ExitScope());
  locals.EndFrame(outer);
  EXPECT_TRUE(locals.HasScope());
  EXPECT_FALSE(locals.HasOuterScope());
  EXPECT_TRUE(locals.ExitScope());
  EXPECT_TRUE(locals.IsSound());
}

TEST_F(LocalPromisesTest, AFrameTakesItsCalleesScopesHandlesAndMemoryAwayAndCountsThem) {
  LocalHandles locals(heap_.flags(), kTestIsolate);
  ASSERT_TRUE(locals.EnterScope());
  Fill(locals, 3);
  ASSERT_NE(locals.arena().Allocate(ByteCount(100)), nullptr);
  const ByteCount memory = locals.arena().used();
  const LocalHandles::Frame frame = locals.BeginFrame();
  Fill(locals, 2);
  ASSERT_NE(locals.arena().Allocate(ByteCount(100)), nullptr);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(locals.EnterScope());
    Fill(locals, 4);
    ASSERT_NE(locals.arena().Allocate(ByteCount(100)), nullptr);
  }
  EXPECT_EQ(locals.live(), 17u);
  locals.EndFrame(frame);
  EXPECT_EQ(locals.live(), 3u);
  EXPECT_EQ(locals.made(), 17u);
  EXPECT_EQ(locals.arena().used(), memory);
  EXPECT_EQ(locals.ScopeDepth(), 1u);
  EXPECT_TRUE(locals.IsSound());
}

// ---- No room

class NoRoomTest : public LocalPromisesTest {
 protected:
  NoRoomTest() : locals_(heap_.flags(), kTestIsolate, {.area = KiB(64), .arena = KiB(64)}) {
    EXPECT_TRUE(locals_.EnterScope());
    while (!locals_.CreateHandle(FakeHeap::Old(1)).is_empty()) {
    }
  }
  LocalHandles locals_;
};

TEST_F(NoRoomTest, ScopesThatDidNotOpenAreLeftOneByOneBeforeTheOneThatDid) {
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(locals_.EnterScope());
  EXPECT_EQ(locals_.ScopeDepth(), 1u);
  for (int i = 0; i < 3; ++i) {
    EXPECT_FALSE(locals_.TryExitScope()) << "never without a call";
    EXPECT_TRUE(locals_.ExitScope());
    EXPECT_EQ(locals_.ScopeDepth(), 1u);
  }
  EXPECT_TRUE(locals_.ExitScope());
  EXPECT_EQ(locals_.ScopeDepth(), 0u);
  EXPECT_FALSE(locals_.ExitScope());
  EXPECT_TRUE(locals_.EnterScope()) << "there is room again";
}

TEST_F(NoRoomTest, AFrameHasScopesOfItsOwnThatDidNotOpen) {
  EXPECT_FALSE(locals_.EnterScope());
  const LocalHandles::Frame frame = locals_.BeginFrame();
  EXPECT_FALSE(locals_.ExitScope()) << "that one is the caller's";
  EXPECT_FALSE(locals_.EnterScope());
  EXPECT_FALSE(locals_.EnterScope());
  EXPECT_TRUE(locals_.ExitScope());
  locals_.EndFrame(frame);
  EXPECT_TRUE(locals_.ExitScope()) << "the caller's, which did not open";
  EXPECT_EQ(locals_.ScopeDepth(), 1u);
  EXPECT_TRUE(locals_.ExitScope());
  EXPECT_EQ(locals_.ScopeDepth(), 0u);
}

TEST_F(NoRoomTest, EachWayOfMakingAHandleAnswersNothingAndLosesNone) {
  const std::size_t live = locals_.live();
  EXPECT_FALSE(locals_.HasRoom());
  EXPECT_EQ(locals_.Create(FakeHeap::Old(1)), nullptr);
  EXPECT_TRUE(locals_.CreateHandle(FakeHeap::Old(1)).is_empty());
  {
    LocalScope scope(locals_);
    EXPECT_TRUE(scope.Create(FakeHeap::Old(1)).is_null());
  }
  EXPECT_EQ(locals_.live(), live);
  EXPECT_TRUE(locals_.IsSound());
  // The marker's place serves the result.
  EXPECT_FALSE(locals_.ExitScopeWith(FakeHeap::Old(2)).is_empty());
}

TEST_F(NoRoomTest, AScopeThatDidNotOpenIsLeftWithAResultOnlyIfThereIsRoom) {
  EXPECT_TRUE(locals_.ExitScope());
  EXPECT_TRUE(locals_.EnterScope());
  const LocalHandles::SavedTop before = locals_.Top();
  while (!locals_.CreateHandle(FakeHeap::Old(1)).is_empty()) {
  }
  EXPECT_FALSE(locals_.HasOuterScope());
  EXPECT_FALSE(locals_.EnterScope());
  EXPECT_TRUE(locals_.HasOuterScope());
  const std::size_t live = locals_.live();
  EXPECT_TRUE(locals_.ExitScopeWith(FakeHeap::Old(2)).is_empty());
  EXPECT_TRUE(locals_.IsInnermostUnopened()) << "it has not been left";
  EXPECT_EQ(locals_.live(), live);
  locals_.RestoreTop(before);
  EXPECT_FALSE(locals_.ExitScopeWith(FakeHeap::Old(2)).is_empty());
  EXPECT_FALSE(locals_.IsInnermostUnopened());
  EXPECT_EQ(locals_.ScopeDepth(), 1u);
}

// ---- Checked mode

TEST_F(LocalPromisesTest, AMarkersSlotsMakeWhatWasThereStale) {
  LocalHandles locals(heap_.flags(), kTestIsolate, {.checked = true});
  ASSERT_TRUE(locals.EnterScope());
  std::vector<HandleValue> values;
  {
    LocalScope scope(locals);
    for (int i = 0; i < 3; ++i) values.push_back(locals.CreateHandle(FakeHeap::Old(1)));
  }
  const ObjectPtr* slot = nullptr;
  ASSERT_TRUE(locals.EnterScope());                                // over the first two
  ASSERT_FALSE(locals.CreateHandle(FakeHeap::Old(2)).is_empty());  // and the third
  for (const HandleValue value : values) {
    EXPECT_EQ(locals.FindChecked(value, &slot), HandleStatus::kStale);
  }
  EXPECT_EQ(slot, nullptr);
}

TEST_F(LocalPromisesTest, ACheckedHandleAboveTheTopIsStaleThoughItsSlotIsAsItWas) {
  LocalHandles locals(heap_.flags(), kTestIsolate, {.checked = true});
  ASSERT_TRUE(locals.EnterScope());
  const LocalHandles::SavedTop top = locals.Top();
  const HandleValue value = locals.CreateHandle(FakeHeap::Old(1));
  locals.RestoreTop(top);
  const ObjectPtr* slot = nullptr;
  EXPECT_EQ(locals.FindChecked(value, &slot), HandleStatus::kStale);
  const HandleValue never =
      HandleValue::Tagged(HandleKind::kCheckedLocal, value.index() + 5, 0, kTestIsolate);
  EXPECT_EQ(locals.FindChecked(never, &slot), HandleStatus::kNotAHandle);
  const HandleValue beyond =
      HandleValue::Tagged(HandleKind::kCheckedLocal, HandleValue::kMaxIndex, 1, kTestIsolate);
  EXPECT_EQ(locals.FindChecked(beyond, &slot), HandleStatus::kNotAHandle);
  const HandleValue foreign = HandleValue::Tagged(HandleKind::kCheckedLocal, value.index(),
                                                  value.generation(), kOtherIsolate);
  EXPECT_EQ(locals.FindChecked(foreign, &slot), HandleStatus::kForeign);
}

TEST_F(LocalPromisesTest, CheckedModeHasAsManyHandlesAsItsAreaHasSlots) {
  const auto room = [this](bool checked) {
    LocalHandles locals(heap_.flags(), kTestIsolate, {.area = MiB(1), .checked = checked});
    std::size_t made = 0;
    while (!locals.CreateHandle(FakeHeap::Old(1)).is_empty()) ++made;
    return made;
  };
  EXPECT_EQ(room(true), room(false));
  EXPECT_GE(room(false), MiB(1).value() / 8 - 2);
}

// Where the numbers of a marker's two slots lie on both sides of what is committed of them.
TEST_F(LocalPromisesTest, CheckedScopesOpenAtEveryPlaceBeforeTheEndOfTheirNumbers) {
  for (std::size_t before = 16'380; before < 16'388; ++before) {
    LocalHandles locals(heap_.flags(), kTestIsolate, {.checked = true});
    Fill(locals, before);
    ASSERT_TRUE(locals.EnterScope());
    const HandleValue value = locals.CreateHandle(FakeHeap::Old(7));
    const ObjectPtr* slot = nullptr;
    ASSERT_EQ(locals.FindChecked(value, &slot), HandleStatus::kOk);
    EXPECT_EQ(*slot, FakeHeap::Old(7));
  }
}

TEST_F(LocalPromisesTest, RestoringTheTopReleasesTheMemoryOfScopesThatWereNotLeft) {
  LocalHandles locals(heap_.flags(), kTestIsolate);
  ASSERT_TRUE(locals.EnterScope());
  ASSERT_NE(locals.arena().Allocate(ByteCount(40)), nullptr);
  {
    const LocalScope scope(locals);
    ASSERT_NE(locals.arena().Allocate(ByteCount(16)), nullptr);  // of the scope outside: it stays
    ASSERT_TRUE(locals.EnterScope());
    ASSERT_NE(locals.arena().Allocate(ByteCount(100)), nullptr);
    ASSERT_TRUE(locals.EnterScope());
    ASSERT_NE(locals.arena().Allocate(ByteCount(100)), nullptr);
  }
  EXPECT_EQ(locals.arena().used(), ByteCount(56));
  EXPECT_EQ(locals.ScopeDepth(), 1u);
  EXPECT_TRUE(locals.IsSound());
}

TEST_F(LocalPromisesTest, WhatIsWrongWithTheArenaIsFoundByItsHandles_HNA1) {
  LocalHandles locals(heap_.flags(), kTestIsolate);
  Address& top = Peer::Top(locals.arena());
  top = top + ByteCount(4);
  EXPECT_EQ(BrokenInvariantsOf(locals), std::set<std::string>{"HN-A1 inside"});
  top = top - ByteCount(4);
}

// ---- Scope memory

TEST(ScopeMemoryTest, MoreThanABigReleaseGoesBackAtOnceAndThatMuchInCollections) {
  ScopeArena arena(MiB(64));
  const Address mark = arena.top();
  ASSERT_NE(arena.Allocate(MiB(4)), nullptr);
  const ByteCount committed = arena.committed();
  for (int i = 3; i >= 0; --i) arena.Release(mark + MiB(1) * static_cast<std::size_t>(i));
  EXPECT_EQ(arena.committed(), committed);
  arena.ShrinkByHalf();
  EXPECT_LT(arena.committed(), committed);
  EXPECT_GT(arena.committed(), LinearArea::kKept);
  arena.GiveBackMemory();
  EXPECT_EQ(arena.committed(), LinearArea::kKept);
  ASSERT_NE(arena.Allocate(MiB(4)), nullptr);
  arena.Release(mark + MiB(3) - ByteCount(8));
  EXPECT_EQ(arena.committed(), MiB(3)) << "in whole steps";
  EXPECT_TRUE(arena.IsSound());
}

TEST(ScopeMemoryTest, TheRestOfTheReservationIsOneBlock) {
  ScopeArena arena(KiB(128));
  ASSERT_NE(arena.Allocate(ByteCount(8)), nullptr);
  EXPECT_EQ(arena.Allocate(KiB(128) - ByteCount(7)), nullptr);
  EXPECT_NE(arena.Allocate(KiB(128) - ByteCount(8)), nullptr);
  EXPECT_EQ(arena.Allocate(ByteCount()), nullptr);
}

// ---- Collections and memory

TEST_F(LocalPromisesTest, TheWatermarkStopsAtTheFirstYoungAndOnlyAMinorCollectionRaisesIt) {
  LocalHandles locals(heap_.flags(), kTestIsolate);
  ASSERT_TRUE(locals.EnterScope());
  ObjectPtr* const first = locals.Create(FakeHeap::Old(1));
  ObjectPtr* const young = locals.Create(FakeHeap::Young(2));
  ASSERT_NE(locals.Create(FakeHeap::Old(3)), nullptr);
  Visit(locals, SlotSet::kAll);
  EXPECT_EQ(Peer::Watermark(locals), first - 2) << "not by a full one";
  Visit(locals, SlotSet::kYoung);  // The second is old now.
  EXPECT_EQ(Peer::Watermark(locals), Peer::Top(locals));
  locals.Overwrite(young, FakeHeap::Young(4));
  EXPECT_EQ(Peer::Watermark(locals), young);
  Visit(locals, SlotSet::kYoung);
  EXPECT_EQ(Peer::Watermark(locals), young) << "it has survived once";
  EXPECT_EQ(FakeHeap::RegionOf(*young), FakeHeap::kSurvivor);
}

// However many parts they are visited in.
TEST_F(LocalPromisesTest, TheWatermarkPassesManyOldOnesUpToTheFirstYoung) {
  for (const int before : {100, 4094, 4095, 4096, 9000}) {
    LocalHandles locals(heap_.flags(), kTestIsolate);
    ASSERT_TRUE(locals.EnterScope());
    for (int i = 0; i < before; ++i) ASSERT_NE(locals.Create(FakeHeap::Old(1)), nullptr);
    ObjectPtr* const young = locals.Create(FakeHeap::Young(4));
    for (int i = 0; i < 9000; ++i) ASSERT_NE(locals.Create(FakeHeap::Old(1)), nullptr);
    ObjectPtr* const last = locals.Create(FakeHeap::Young(2));
    Visit(locals, SlotSet::kYoung);
    EXPECT_EQ(Peer::Watermark(locals), young) << before;
    EXPECT_EQ(FakeHeap::RegionOf(*last), FakeHeap::kSurvivor) << before;
  }
}

TEST_F(LocalPromisesTest, TwoBurstsOfMemoryGoInCollectionsAndAtOnceWhenAsked) {
  LocalHandles locals(heap_.flags(), kTestIsolate, {.area = MiB(64), .arena = MiB(64)});
  ASSERT_TRUE(locals.EnterScope());
  const auto burst = [&] {
    const LocalHandles::Frame frame = locals.BeginFrame();
    Fill(locals, MiB(8).value() / 8);
    // In scopes whose ends are each too small to give their memory back at once.
    for (int i = 0; i < 4; ++i) {
      ASSERT_TRUE(locals.EnterScope());
      ASSERT_NE(locals.arena().Allocate(KiB(900)), nullptr);
    }
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(locals.ExitScope());
    locals.EndFrame(frame);
  };
  burst();
  const ByteCount committed = Peer::Committed(locals);
  EXPECT_GE(committed, MiB(8));
  const ByteCount arena = locals.arena().committed();
  EXPECT_GE(arena, KiB(3'600));
  Visit(locals, SlotSet::kEvacuating);
  EXPECT_EQ(Peer::Committed(locals), committed) << "that is no collection of its own";
  Visit(locals, SlotSet::kAll);
  EXPECT_LT(Peer::Committed(locals), committed);
  EXPECT_LT(locals.arena().committed(), arena);
  EXPECT_GT(locals.arena().committed(), LinearArea::kKept);
  EXPECT_GT(Peer::Committed(locals), LinearArea::kKept);
  locals.GiveBackMemory();
  EXPECT_EQ(Peer::Committed(locals), LinearArea::kKept);
  EXPECT_EQ(locals.arena().committed(), LinearArea::kKept);
  Fill(locals, MiB(2).value() / 8);
  EXPECT_TRUE(locals.IsSound());
}

TEST_F(LocalPromisesTest, MoreThanABigReleaseGoesBackAtOnceAndThatMuchDoesNot) {
  constexpr std::size_t kBig = LocalHandles::kBigRelease.value() / 8;
  LocalHandles locals(heap_.flags(), kTestIsolate);
  ASSERT_TRUE(locals.EnterScope());
  {
    const LocalScope scope(locals);
    Fill(locals, kBig);
  }
  EXPECT_GE(Peer::Committed(locals), LocalHandles::kBigRelease);
  {
    const LocalScope scope(locals);
    Fill(locals, kBig + 1);
  }
  EXPECT_EQ(Peer::Committed(locals), LinearArea::kKept);
  Fill(locals, 1'000);
  EXPECT_TRUE(locals.IsSound());
}

}  // namespace
}  // namespace fart
