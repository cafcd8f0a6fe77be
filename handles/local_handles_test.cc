#include "handles/local_handles.h"

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "handles/testing/handles_testing.h"
#include "heap/base/safepoint.h"

namespace fart {
namespace {

constexpr std::size_t kSlotsInGranule = LinearArea::kGranule.value() / kWordSize;

class LocalHandlesTest : public ::testing::Test {
 protected:
  LocalHandlesTest() : locals_(heap_.flags(), kTestIsolate) {}

  // Number of slots a minor collection visits.
  std::size_t CollectMinor() {
    MovingVisitor visitor;
    locals_.VisitSlots(SlotSet::kYoung, visitor);
    EXPECT_TRUE(locals_.IsSound());
    return visitor.visited;
  }

  static ObjectPtr Get(Local local) FART_NO_SAFEPOINT_ANALYSIS {
    NoSafepointScope quiet;
    return local.Get(quiet);
  }

  FakeHeap heap_;
  LocalHandles locals_;
};

TEST_F(LocalHandlesTest, AHandleIsTheAddressOfItsSlot) {
  const HandleValue handle = locals_.CreateHandle(FakeHeap::Old(1));
  EXPECT_TRUE(locals_.IsLive(handle));
  EXPECT_EQ(*handle.As<ObjectPtr>(), FakeHeap::Old(1));
}

TEST_F(LocalHandlesTest, NothingButASlotInUseIsLive) {
  const HandleValue first = locals_.CreateHandle(FakeHeap::Old(1));
  const HandleValue last = locals_.CreateHandle(FakeHeap::Old(2));
  EXPECT_FALSE(locals_.IsLive(HandleValue()));
  EXPECT_FALSE(locals_.IsLive(HandleValue::FromBits(first.bits() - 8)));
  EXPECT_FALSE(locals_.IsLive(HandleValue::FromBits(last.bits() + 8)));
  EXPECT_FALSE(locals_.IsLive(HandleValue::FromBits(~std::uint64_t{7})));
  EXPECT_FALSE(locals_.IsLive(HandleValue::Immortal(0)));
  for (std::uint64_t offset = 1; offset < 8; ++offset) {
    EXPECT_FALSE(locals_.IsLive(HandleValue::FromBits(first.bits() + offset)));
  }
  LocalHandles other(heap_.flags(), kOtherIsolate);
  EXPECT_FALSE(locals_.IsLive(other.CreateHandle(FakeHeap::Old(1))));
}

TEST_F(LocalHandlesTest, LeavingAScopeEndsItsHandlesOnly) {
  const HandleValue outer = locals_.CreateHandle(FakeHeap::Old(1));
  ASSERT_TRUE(locals_.EnterScope());
  const HandleValue inner = locals_.CreateHandle(FakeHeap::Old(2));
  EXPECT_TRUE(locals_.IsLive(inner));
  ASSERT_TRUE(locals_.ExitScope());
  EXPECT_FALSE(locals_.IsLive(inner));
  EXPECT_EQ(locals_.Explain(inner), HandleStatus::kStale);
  EXPECT_EQ(locals_.Explain(HandleValue()), HandleStatus::kNotAHandle);
  EXPECT_TRUE(locals_.IsLive(outer));
}

TEST_F(LocalHandlesTest, ScopesNestAndTheLastOneCannotBeLeftTwice) {
  EXPECT_FALSE(locals_.HasScope());
  for (int depth = 0; depth < 100; ++depth) ASSERT_TRUE(locals_.EnterScope());
  EXPECT_EQ(locals_.ScopeDepth(), 100u);
  EXPECT_TRUE(locals_.IsSound());
  for (int depth = 0; depth < 100; ++depth) ASSERT_TRUE(locals_.ExitScope());
  EXPECT_FALSE(locals_.ExitScope());
  EXPECT_FALSE(locals_.HasScope());
  EXPECT_EQ(locals_.live(), 0u);
}

TEST_F(LocalHandlesTest, LeavingAScopeReleasesItsMemory) {
  const Address before = locals_.arena().top();
  ASSERT_TRUE(locals_.EnterScope());
  ASSERT_NE(locals_.arena().Allocate(ByteCount(1000)), nullptr);
  const Address between = locals_.arena().top();
  ASSERT_TRUE(locals_.EnterScope());
  ASSERT_NE(locals_.arena().Allocate(MiB(3)), nullptr);
  ASSERT_TRUE(locals_.ExitScope());
  EXPECT_EQ(locals_.arena().top(), between);
  ASSERT_TRUE(locals_.ExitScope());
  EXPECT_EQ(locals_.arena().top(), before);
}

TEST_F(LocalHandlesTest, ExitScopeWithCarriesOneResultOut) {
  ASSERT_TRUE(locals_.EnterScope());
  ASSERT_NE(locals_.Create(FakeHeap::Old(1)), nullptr);
  const HandleValue result = locals_.ExitScopeWith(FakeHeap::Old(2));
  EXPECT_TRUE(locals_.IsLive(result));
  EXPECT_EQ(*result.As<ObjectPtr>(), FakeHeap::Old(2));
  EXPECT_EQ(locals_.live(), 1u);
  EXPECT_TRUE(locals_.ExitScopeWith(FakeHeap::Old(3)).is_empty());
}

TEST_F(LocalHandlesTest, AFrameIsAFloor) {
  ASSERT_TRUE(locals_.EnterScope());
  const LocalHandles::Frame frame = locals_.BeginFrame();
  EXPECT_FALSE(locals_.ExitScope());
  EXPECT_EQ(locals_.ScopeDepthAboveFloor(), 0u);
  ASSERT_TRUE(locals_.EnterScope());
  EXPECT_EQ(locals_.ScopeDepthAboveFloor(), 1u);
  EXPECT_EQ(locals_.ScopeDepth(), 2u);
  EXPECT_TRUE(locals_.IsSound());
  EXPECT_TRUE(locals_.ExitScope());
  EXPECT_FALSE(locals_.ExitScope());
  locals_.EndFrame(frame);
  EXPECT_TRUE(locals_.ExitScope());
}

TEST_F(LocalHandlesTest, EndingAFrameDropsAllThatItsCalleeLeft) {
  ASSERT_TRUE(locals_.EnterScope());
  const HandleValue argument = locals_.CreateHandle(FakeHeap::Old(1));
  const Address arena_top = locals_.arena().top();
  const LocalHandles::Frame frame = locals_.BeginFrame();
  const HandleValue loose = locals_.CreateHandle(FakeHeap::Old(2));
  ASSERT_NE(locals_.arena().Allocate(ByteCount(10)), nullptr);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(locals_.EnterScope());
    ASSERT_NE(locals_.Create(FakeHeap::Young(3)), nullptr);
    ASSERT_NE(locals_.arena().Allocate(ByteCount(10)), nullptr);
  }
  locals_.EndFrame(frame);
  EXPECT_TRUE(locals_.IsLive(argument));
  EXPECT_FALSE(locals_.IsLive(loose));
  EXPECT_EQ(locals_.arena().top(), arena_top);
  EXPECT_EQ(locals_.ScopeDepth(), 1u);
  EXPECT_EQ(locals_.live(), 1u);
  EXPECT_EQ(locals_.made(), 5u);
  EXPECT_TRUE(locals_.IsSound());
}

TEST_F(LocalHandlesTest, EndingAFrameWithoutHandlesGivesItsMemoryBack) {
  ASSERT_TRUE(locals_.EnterScope());
  const Address arena_top = locals_.arena().top();
  const LocalHandles::Frame frame = locals_.BeginFrame();
  ASSERT_NE(locals_.arena().Allocate(ByteCount(10)), nullptr);
  locals_.EndFrame(frame);
  EXPECT_EQ(locals_.arena().top(), arena_top);
  EXPECT_TRUE(locals_.ExitScope());
  EXPECT_TRUE(locals_.IsSound());
}

TEST_F(LocalHandlesTest, ALocalScopeEndsHandlesAndNotScopeMemory) {
  ASSERT_TRUE(locals_.EnterScope());
  Local object;
  {
    LocalScope scope(locals_);
    object = scope.Create(FakeHeap::Old(5));
    ASSERT_FALSE(object.is_null());
    EXPECT_EQ(Get(object), FakeHeap::Old(5));
    ASSERT_NE(locals_.arena().Allocate(ByteCount(8)), nullptr);
  }
  EXPECT_EQ(locals_.live(), 0u);
  EXPECT_NE(locals_.arena().top().value(), 0u);
  void* const next = locals_.arena().Allocate(ByteCount(8));
  ASSERT_TRUE(locals_.ExitScope());
  EXPECT_NE(locals_.arena().top(), Address::Of(next));
}

TEST_F(LocalHandlesTest, CountsHandlesMadeAndLiveWithoutTheScopesMarkers) {
  for (int i = 0; i < 3; ++i) ASSERT_NE(locals_.Create(FakeHeap::Old(1)), nullptr);
  ASSERT_TRUE(locals_.EnterScope());
  ASSERT_TRUE(locals_.EnterScope());
  for (int i = 0; i < 4; ++i) ASSERT_NE(locals_.Create(FakeHeap::Old(1)), nullptr);
  EXPECT_EQ(locals_.live(), 7u);
  EXPECT_EQ(locals_.made(), 7u);
  ASSERT_TRUE(locals_.ExitScope());
  ASSERT_TRUE(locals_.ExitScope());
  EXPECT_EQ(locals_.live(), 3u);
  EXPECT_EQ(locals_.made(), 7u);
}

TEST_F(LocalHandlesTest, GrowsWithoutMovingHandles) {
  std::vector<HandleValue> handles;
  for (std::size_t i = 0; i < 5 * kSlotsInGranule; ++i) {
    handles.push_back(locals_.CreateHandle(ObjectPtr::FromSmi(static_cast<std::int64_t>(i))));
    ASSERT_FALSE(handles.back().is_empty());
  }
  for (std::size_t i = 0; i < handles.size(); ++i) {
    ASSERT_TRUE(locals_.IsLive(handles[i]));
    ASSERT_EQ(handles[i].As<ObjectPtr>()->SmiValue(), static_cast<std::int64_t>(i));
  }
  EXPECT_TRUE(locals_.IsSound());
}

TEST_F(LocalHandlesTest, AScopeOpensAtEveryPlaceBeforeTheCommittedEnd) {
  for (std::size_t before_end = 0; before_end < 5; ++before_end) {
    LocalHandles locals(heap_.flags(), kTestIsolate);
    for (std::size_t i = 0; i < kSlotsInGranule - before_end; ++i) {
      ASSERT_NE(locals.Create(ObjectPtr()), nullptr);
    }
    ASSERT_TRUE(locals.EnterScope());
    ASSERT_TRUE(locals.IsSound());
    ASSERT_TRUE(locals.ExitScope());
  }
}

TEST_F(LocalHandlesTest, MemoryOfABurstIsGivenBackByCollections) {
  ASSERT_TRUE(locals_.EnterScope());
  for (std::size_t i = 0; i < 100 * kSlotsInGranule; ++i) {
    ASSERT_NE(locals_.Create(ObjectPtr()), nullptr);
  }
  const ByteCount peak = HandlesTestPeer::Committed(locals_);
  ASSERT_TRUE(locals_.ExitScope());
  for (int i = 0; i < 20; ++i) CollectMinor();
  EXPECT_EQ(HandlesTestPeer::Committed(locals_), LinearArea::kKept);
  EXPECT_GT(peak, LinearArea::kKept * 4);
  for (std::size_t i = 0; i < 100 * kSlotsInGranule; ++i) {
    ASSERT_NE(locals_.Create(ObjectPtr()), nullptr);
  }
}

// A scope that was forgotten for long: no collection need come for its memory to go.
TEST_F(LocalHandlesTest, MemoryOfAHugeScopeIsGivenBackWhenItEnds) {
  constexpr std::size_t kHuge = LocalHandles::kBigRelease.value() / kWordSize + 1;
  const auto fill = [this](std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) ASSERT_NE(locals_.Create(ObjectPtr()), nullptr);
  };
  ASSERT_TRUE(locals_.EnterScope());
  fill(kHuge - 1);
  ASSERT_TRUE(locals_.ExitScope());
  EXPECT_GT(HandlesTestPeer::Committed(locals_), LocalHandles::kBigRelease);
  ASSERT_TRUE(locals_.EnterScope());
  fill(kHuge);
  ASSERT_TRUE(locals_.ExitScope());
  EXPECT_EQ(HandlesTestPeer::Committed(locals_), LinearArea::kKept);
  EXPECT_TRUE(locals_.IsSound());
  // So it is when the block ends that opened it, and below what stays in use.
  {
    const LocalScope block(locals_);
    fill(kHuge);
  }
  EXPECT_EQ(HandlesTestPeer::Committed(locals_), LinearArea::kKept);
  EXPECT_TRUE(locals_.IsSound());
  EXPECT_EQ(locals_.live(), 0u);
  EXPECT_EQ(locals_.made(), 3 * kHuge - 1);
}

TEST_F(LocalHandlesTest, GivesBackWhatIsNotInUseWhenAsked) {
  ASSERT_TRUE(locals_.EnterScope());
  for (std::size_t i = 0; i < 100 * kSlotsInGranule; ++i) {
    ASSERT_NE(locals_.Create(ObjectPtr()), nullptr);
  }
  ASSERT_NE(locals_.arena().Allocate(ScopeArena::kBigRelease), nullptr);
  ASSERT_NE(locals_.arena().Allocate(ScopeArena::kBigRelease), nullptr);
  const ByteCount in_use = HandlesTestPeer::Committed(locals_);
  locals_.GiveBackMemory();
  EXPECT_GE(HandlesTestPeer::Committed(locals_), LinearArea::kGranule * 100);
  EXPECT_LE(HandlesTestPeer::Committed(locals_), in_use);
  EXPECT_GE(locals_.arena().committed(), locals_.arena().used());
  ASSERT_TRUE(locals_.ExitScope());
  locals_.GiveBackMemory();
  EXPECT_EQ(HandlesTestPeer::Committed(locals_), LinearArea::kKept);
  EXPECT_EQ(locals_.arena().committed(), LinearArea::kKept);
  EXPECT_TRUE(locals_.IsSound());
  ASSERT_NE(locals_.Create(ObjectPtr()), nullptr);
}

TEST(LocalHandlesLimitTest, AnswersNothingWhenTheAreaIsUsedUpAndGoesOn) {
  FakeHeap heap;
  LocalHandles locals(heap.flags(), kTestIsolate, {.area = LinearArea::kGranule});
  ASSERT_TRUE(locals.EnterScope());
  std::size_t created = 0;
  while (locals.Create(FakeHeap::Old(1)) != nullptr) ++created;
  EXPECT_EQ(created, kSlotsInGranule - 2 - 1);
  EXPECT_TRUE(locals.CreateHandle(FakeHeap::Old(1)).is_empty());
  EXPECT_TRUE(locals.IsSound());
  ASSERT_TRUE(locals.ExitScope());
  EXPECT_FALSE(locals.CreateHandle(FakeHeap::Old(1)).is_empty());
}

TEST(LocalHandlesLimitTest, LeavingAScopeThatDidNotOpenLeavesNothing) {
  FakeHeap heap;
  LocalHandles locals(heap.flags(), kTestIsolate, {.area = LinearArea::kGranule});
  ASSERT_TRUE(locals.EnterScope());
  const HandleValue handle = locals.CreateHandle(FakeHeap::Old(1));
  while (locals.Create(FakeHeap::Old(1)) != nullptr) {
  }
  EXPECT_FALSE(locals.EnterScope());
  EXPECT_FALSE(locals.EnterScope());
  const LocalHandles::Frame frame = locals.BeginFrame();
  EXPECT_FALSE(locals.EnterScope());
  EXPECT_TRUE(locals.ExitScope());
  EXPECT_FALSE(locals.ExitScope());
  locals.EndFrame(frame);
  EXPECT_TRUE(locals.ExitScope());
  EXPECT_TRUE(locals.ExitScope());
  EXPECT_TRUE(locals.IsLive(handle));
  EXPECT_TRUE(locals.ExitScope());
  EXPECT_FALSE(locals.IsLive(handle));
  EXPECT_FALSE(locals.ExitScope());
}

TEST(LocalHandlesLimitTest, WithoutAddressSpaceNothingCanBeCreated) {
  FakeHeap heap;
  LocalHandles locals(heap.flags(), kTestIsolate, {.area = ByteCount()});
  EXPECT_FALSE(locals.is_usable());
  EXPECT_EQ(locals.Create(FakeHeap::Old(1)), nullptr);
  EXPECT_TRUE(locals.CreateHandle(FakeHeap::Old(1)).is_empty());
  EXPECT_FALSE(locals.EnterScope());
  EXPECT_TRUE(locals.ExitScope());
  EXPECT_FALSE(locals.ExitScope());
  EXPECT_FALSE(locals.IsLive(HandleValue()));
  LocalHandles no_arena(heap.flags(), kTestIsolate, {.arena = ByteCount(std::size_t{1} << 60)});
  EXPECT_FALSE(no_arena.is_usable());
  EXPECT_EQ(no_arena.arena().Allocate(ByteCount(1)), nullptr);
  EXPECT_EQ(no_arena.arena().Allocate(ByteCount()), nullptr);
}

TEST_F(LocalHandlesTest, ACollectionUpdatesSlots) {
  ASSERT_TRUE(locals_.EnterScope());
  ObjectPtr* const young = locals_.Create(FakeHeap::Young(1));
  ObjectPtr* const smi = locals_.Create(ObjectPtr::FromSmi(12));
  CollectMinor();
  EXPECT_EQ(*young, FakeHeap::At(FakeHeap::kSurvivor, 1));
  EXPECT_EQ(smi->SmiValue(), 12);
}

TEST_F(LocalHandlesTest, AMinorCollectionSkipsSlotsKnownToBeOld) {
  for (std::size_t i = 0; i < 10; ++i) ASSERT_NE(locals_.Create(FakeHeap::Old(i)), nullptr);
  EXPECT_EQ(CollectMinor(), 10u);
  EXPECT_EQ(CollectMinor(), 0u);
  ASSERT_NE(locals_.Create(FakeHeap::Young(1)), nullptr);
  EXPECT_EQ(CollectMinor(), 1u);  // now a survivor, young still
  EXPECT_EQ(CollectMinor(), 1u);  // now old
  EXPECT_EQ(CollectMinor(), 0u);
}

TEST_F(LocalHandlesTest, LeavingAScopeLowersTheWatermark) {
  ASSERT_TRUE(locals_.EnterScope());
  for (std::size_t i = 0; i < 10; ++i) ASSERT_NE(locals_.Create(FakeHeap::Old(i)), nullptr);
  CollectMinor();
  ASSERT_TRUE(locals_.ExitScope());
  ObjectPtr* const slot = locals_.Create(FakeHeap::Young(1));
  EXPECT_EQ(CollectMinor(), 1u);
  EXPECT_EQ(*slot, FakeHeap::At(FakeHeap::kSurvivor, 1));
}

TEST_F(LocalHandlesTest, WhatIsAboveTheWatermarkIsCountedAsYoung) {
  EXPECT_EQ(locals_.YoungSlots(), 0u);
  for (std::size_t i = 0; i < 10; ++i) ASSERT_NE(locals_.Create(FakeHeap::Old(i)), nullptr);
  EXPECT_EQ(locals_.YoungSlots(), 10u);
  EXPECT_EQ(CollectMinor(), 10u);
  EXPECT_EQ(locals_.YoungSlots(), 0u);
  ASSERT_NE(locals_.Create(FakeHeap::Young(1)), nullptr);
  EXPECT_EQ(locals_.YoungSlots(), 1u);
}

TEST_F(LocalHandlesTest, RestoringTheTopLowersTheWatermark) {
  ObjectPtr* slot = nullptr;
  {
    LocalScope scope(locals_);
    scope.Create(FakeHeap::Old(1));
    CollectMinor();
  }
  slot = locals_.Create(FakeHeap::Young(1));
  CollectMinor();
  EXPECT_EQ(*slot, FakeHeap::At(FakeHeap::kSurvivor, 1));
}

TEST_F(LocalHandlesTest, OverwritingASlotBelowTheWatermarkLowersIt) {
  ASSERT_NE(locals_.Create(FakeHeap::Old(0)), nullptr);
  ObjectPtr* const slot = locals_.Create(FakeHeap::Old(1));
  CollectMinor();
  locals_.Overwrite(slot, FakeHeap::Young(2));
  EXPECT_TRUE(locals_.IsSound());
  EXPECT_EQ(CollectMinor(), 1u);
  EXPECT_EQ(*slot, FakeHeap::At(FakeHeap::kSurvivor, 2));
}

TEST_F(LocalHandlesTest, FullAndEvacuatingVisitsSeeAllSlots) {
  ObjectPtr* const leaving = locals_.Create(FakeHeap::At(FakeHeap::kLeaving, 3));
  ASSERT_NE(locals_.Create(FakeHeap::Old(0)), nullptr);
  CollectMinor();
  locals_.Overwrite(leaving, FakeHeap::At(FakeHeap::kLeaving, 3));
  MovingVisitor all;
  locals_.VisitSlots(SlotSet::kAll, all);
  EXPECT_EQ(all.visited, 2u);
  locals_.Overwrite(leaving, FakeHeap::At(FakeHeap::kLeaving, 3));
  MovingVisitor evacuating;
  locals_.VisitSlots(SlotSet::kEvacuating, evacuating);
  EXPECT_EQ(*leaving, FakeHeap::Old(3));
}

TEST_F(LocalHandlesTest, AMarkerReadsAsASmallInteger) {
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(locals_.EnterScope());
    const ObjectPtr* const marker = HandlesTestPeer::CurrentMarker(locals_);
    EXPECT_TRUE(marker[0].IsSmi());
    EXPECT_TRUE(marker[1].IsSmi());
  }
  CollectMinor();
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(locals_.ExitScope());
}

class CheckedLocalHandlesTest : public ::testing::Test {
 protected:
  CheckedLocalHandlesTest() : locals_(heap_.flags(), kTestIsolate, {.checked = true}) {}

  HandleStatus Find(HandleValue value) const {
    const ObjectPtr* slot = nullptr;
    const HandleStatus status = locals_.FindChecked(value, &slot);
    EXPECT_EQ(status == HandleStatus::kOk, slot != nullptr);
    return status;
  }

  FakeHeap heap_;
  LocalHandles locals_;
};

TEST_F(CheckedLocalHandlesTest, IssuesTaggedValuesThatLeadToTheirSlot) {
  const HandleValue handle = locals_.CreateHandle(FakeHeap::Old(1));
  EXPECT_EQ(handle.kind(), HandleKind::kCheckedLocal);
  EXPECT_FALSE(locals_.IsLive(handle));
  const ObjectPtr* slot = nullptr;
  ASSERT_EQ(locals_.FindChecked(handle, &slot), HandleStatus::kOk);
  EXPECT_EQ(*slot, FakeHeap::Old(1));
  EXPECT_TRUE(locals_.IsSound());
}

TEST_F(CheckedLocalHandlesTest, FindsOutUseAfterTheScopeEvenIfTheSlotIsReused) {
  ASSERT_TRUE(locals_.EnterScope());
  const HandleValue first = locals_.CreateHandle(FakeHeap::Old(1));
  const HandleValue second = locals_.CreateHandle(FakeHeap::Old(2));
  const HandleValue third = locals_.CreateHandle(FakeHeap::Old(3));
  ASSERT_TRUE(locals_.ExitScope());
  EXPECT_EQ(Find(first), HandleStatus::kStale);
  ASSERT_TRUE(locals_.EnterScope());
  ASSERT_TRUE(locals_.EnterScope());  // its marker takes the slots of the first two
  ASSERT_NE(locals_.Create(FakeHeap::Old(4)), nullptr);
  EXPECT_EQ(Find(first), HandleStatus::kStale);
  EXPECT_EQ(Find(second), HandleStatus::kStale);
  EXPECT_EQ(Find(third), HandleStatus::kStale);
}

TEST_F(CheckedLocalHandlesTest, RefusesForeignAndInventedValues) {
  const HandleValue handle = locals_.CreateHandle(FakeHeap::Old(1));
  LocalHandles other(heap_.flags(), kOtherIsolate, {.checked = true});
  EXPECT_EQ(Find(other.CreateHandle(FakeHeap::Old(1))), HandleStatus::kForeign);
  EXPECT_EQ(Find(HandleValue::Tagged(HandleKind::kCheckedLocal, handle.index() + 1,
                                     handle.generation(), kTestIsolate)),
            HandleStatus::kNotAHandle);
  EXPECT_EQ(
      Find(HandleValue::Tagged(HandleKind::kCheckedLocal, HandleValue::kMaxIndex, 1, kTestIsolate)),
      HandleStatus::kNotAHandle);
  LocalHandles unchecked(heap_.flags(), kTestIsolate);
  const ObjectPtr* slot = nullptr;
  EXPECT_EQ(unchecked.FindChecked(handle, &slot), HandleStatus::kNotAHandle);
}

TEST_F(CheckedLocalHandlesTest, GrowsLikeAnyOther) {
  std::vector<HandleValue> handles;
  for (std::size_t i = 0; i < 5 * kSlotsInGranule; ++i) {
    handles.push_back(locals_.CreateHandle(ObjectPtr::FromSmi(static_cast<std::int64_t>(i))));
  }
  for (const HandleValue handle : handles) ASSERT_EQ(Find(handle), HandleStatus::kOk);
}

TEST_F(CheckedLocalHandlesTest, GenerationsGoRoundWithoutZero) {
  ASSERT_TRUE(locals_.EnterScope());
  HandleValue first;
  for (std::uint32_t i = 0; i < HandleValue::kMaxGeneration + 2; ++i) {
    LocalScope scope(locals_);
    const HandleValue handle = locals_.CreateHandle(FakeHeap::Old(1));
    ASSERT_NE(handle.generation(), 0u);
    if (i == 0) first = handle;
    ASSERT_EQ(handle == first, i % HandleValue::kMaxGeneration == 0);
  }
}

TEST_F(LocalHandlesTest, VerifyNamesHNL1) {
  ASSERT_NE(locals_.Create(FakeHeap::Old(1)), nullptr);
  HandlesTestPeer::Watermark(locals_) += 5;
  EXPECT_EQ(BrokenInvariantsOf(locals_), std::set<std::string>{"HN-L1 bounds"});
}

TEST_F(LocalHandlesTest, VerifyNamesHNL2WhenAMarkerIsNotBelowTheNext) {
  ASSERT_TRUE(locals_.EnterScope());
  ASSERT_TRUE(locals_.EnterScope());
  ObjectPtr* const marker = HandlesTestPeer::CurrentMarker(locals_);
  marker[0] = ObjectPtr::FromBits(reinterpret_cast<std::uint64_t>(marker));
  EXPECT_EQ(BrokenInvariantsOf(locals_), std::set<std::string>{"HN-L2 scopes"});
}

TEST_F(LocalHandlesTest, VerifyNamesHNL2WhenTheFloorIsNotOnTheChain) {
  ASSERT_TRUE(locals_.EnterScope());
  HandlesTestPeer::Floor(locals_) = HandlesTestPeer::CurrentMarker(locals_) + 1;
  EXPECT_EQ(BrokenInvariantsOf(locals_), std::set<std::string>{"HN-L2 scopes"});
}

TEST_F(LocalHandlesTest, VerifyNamesHNL3) {
  ASSERT_TRUE(locals_.EnterScope());
  ObjectPtr* const marker = HandlesTestPeer::CurrentMarker(locals_);
  marker[1] = ObjectPtr::FromBits(locals_.arena().top().value() + 8);
  EXPECT_EQ(BrokenInvariantsOf(locals_), std::set<std::string>{"HN-L3 arena"});
}

TEST_F(LocalHandlesTest, VerifyNamesHNL4) {
  ObjectPtr* const slot = locals_.Create(FakeHeap::Old(1));
  CollectMinor();
  *slot = FakeHeap::Young(1);  // past Overwrite
  EXPECT_EQ(BrokenInvariantsOf(locals_), std::set<std::string>{"HN-L4 watermark"});
}

TEST_F(LocalHandlesTest, VerifyNamesHNL5) {
  HandlesTestPeer::Limit(locals_) += 1;
  EXPECT_EQ(BrokenInvariantsOf(locals_), std::set<std::string>{"HN-L5 empty area"});
}

}  // namespace
}  // namespace fart
