#include "handles/persistent_handles.h"

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "handles/testing/handles_testing.h"

namespace fart {
namespace {

using Peer = HandlesTestPeer;
using Table = PersistentHandles::Table;
constexpr std::uint32_t kChunk = Table::kSlotsPerChunk;

class PersistentHandlesTest : public ::testing::Test {
 protected:
  PersistentHandlesTest() : handles_(heap_.flags(), kTestIsolate) {}

  ObjectPtr Get(HandleValue value) const {
    const ObjectPtr* slot = nullptr;
    EXPECT_EQ(handles_.Find(value, &slot), HandleStatus::kOk);
    return slot == nullptr ? ObjectPtr() : *slot;
  }
  HandleStatus StatusOf(HandleValue value) const {
    const ObjectPtr* slot = nullptr;
    const HandleStatus status = handles_.Find(value, &slot);
    EXPECT_EQ(status == HandleStatus::kOk, slot != nullptr);
    return status;
  }
  std::vector<HandleValue> CreateMany(std::size_t count, ObjectPtr object) {
    std::vector<HandleValue> values;
    for (std::size_t i = 0; i < count; ++i) values.push_back(handles_.Create(object));
    return values;
  }
  std::size_t CollectMinor() {
    MovingVisitor visitor;
    handles_.VisitSlots(SlotSet::kYoung, visitor);
    EXPECT_TRUE(handles_.IsSound());
    return visitor.visited;
  }
  std::set<std::string> Broken() const { return BrokenInvariantsOf(handles_); }

  FakeHeap heap_;
  PersistentHandles handles_;
};

TEST_F(PersistentHandlesTest, HoldsWhatItWasMadeForOrSetTo) {
  const HandleValue value = handles_.Create(FakeHeap::Old(1));
  EXPECT_EQ(Get(value), FakeHeap::Old(1));
  EXPECT_EQ(handles_.Set(value, ObjectPtr::FromSmi(-3)), HandleStatus::kOk);
  EXPECT_EQ(Get(value).SmiValue(), -3);
  EXPECT_EQ(handles_.live(), 1u);
}

// As for the next isolate of the same number.
TEST_F(PersistentHandlesTest, AnEarlierOwnersHandlesAreStaleInATableThatBeginsAboveThem) {
  const HandleValue deleted = handles_.Create(FakeHeap::Old(1));
  EXPECT_EQ(handles_.Delete(deleted), HandleStatus::kOk);
  const HandleValue kept = handles_.Create(FakeHeap::Old(1));
  EXPECT_GE(handles_.HighestGeneration(), kept.generation());
  const std::uint32_t next = handles_.HighestGeneration() + 1;
  PersistentHandles later(heap_.flags(), {kTestIsolate, next});
  const HandleValue own = later.Create(FakeHeap::Old(1));
  EXPECT_EQ(own.generation(), next);
  const ObjectPtr* slot = nullptr;
  EXPECT_EQ(later.Find(kept, &slot), HandleStatus::kStale);
  EXPECT_EQ(later.Find(deleted, &slot), HandleStatus::kStale);
  EXPECT_EQ(later.Find(own, &slot), HandleStatus::kOk);
  EXPECT_GE(later.HighestGeneration(), next);
}

TEST_F(PersistentHandlesTest, FindsOutUseAfterDeletionAndASecondDeletion) {
  handles_.SetQuickWay(1);  // No rations: a slot serves again at once.
  const HandleValue value = handles_.Create(FakeHeap::Old(1));
  EXPECT_EQ(handles_.Delete(value), HandleStatus::kOk);
  EXPECT_EQ(StatusOf(value), HandleStatus::kStale);
  EXPECT_EQ(handles_.Set(value, FakeHeap::Old(2)), HandleStatus::kStale);
  EXPECT_EQ(handles_.Delete(value), HandleStatus::kStale);
  EXPECT_TRUE(handles_.IsSound());
  const HandleValue next = handles_.Create(FakeHeap::Old(3));
  EXPECT_EQ(next.index(), value.index());
  EXPECT_EQ(StatusOf(value), HandleStatus::kStale);
  EXPECT_EQ(handles_.Delete(value), HandleStatus::kStale);
  EXPECT_EQ(Get(next), FakeHeap::Old(3));
  EXPECT_EQ(handles_.live(), 1u);
  EXPECT_EQ(handles_.made(), 2u);
}

TEST_F(PersistentHandlesTest, FindsOutForeignInventedAndOtherValues) {
  const HandleValue value = handles_.Create(FakeHeap::Old(1));
  PersistentHandles other(heap_.flags(), kOtherIsolate);
  const HandleValue foreign = other.Create(FakeHeap::Old(1));
  EXPECT_EQ(StatusOf(foreign), HandleStatus::kForeign);
  EXPECT_EQ(handles_.Delete(foreign), HandleStatus::kForeign);
  EXPECT_EQ(StatusOf(HandleValue()), HandleStatus::kNotAHandle);
  const auto invent = [](std::uint32_t index, std::uint32_t generation) {
    return HandleValue::Tagged(HandleKind::kStrong, index, generation, kTestIsolate);
  };
  EXPECT_EQ(StatusOf(invent(value.index(), value.generation() + 1)), HandleStatus::kNotAHandle);
  EXPECT_EQ(StatusOf(invent(value.index() + 1, 0)), HandleStatus::kNotAHandle);
  EXPECT_EQ(StatusOf(invent(kChunk, 0)), HandleStatus::kNotAHandle);
  EXPECT_EQ(StatusOf(invent(HandleValue::kMaxIndex, 0)), HandleStatus::kNotAHandle);
  const HandleValue weak =
      HandleValue::Tagged(HandleKind::kWeak, value.index(), value.generation(), kTestIsolate);
  EXPECT_EQ(StatusOf(weak), HandleStatus::kWrongKind);
  // The bits of a free slot, which have no kind.
  const HandleValue free_slot =
      HandleValue::FromBits(invent(value.index() + 1, 0).bits() & ~std::uint64_t{7});
  EXPECT_EQ(StatusOf(free_slot), HandleStatus::kNotAHandle);
}

TEST_F(PersistentHandlesTest, WorksAcrossChunkBoundaries) {
  std::vector<HandleValue> values;
  for (std::size_t i = 0; i < 3 * kChunk + 1; ++i)
    values.push_back(handles_.Create(FakeHeap::Old(i)));
  EXPECT_EQ(Peer::HeldChunks(Peer::TableOf(handles_)), 4u);
  EXPECT_TRUE(handles_.IsSound());
  for (std::size_t i = 0; i < values.size(); ++i) ASSERT_EQ(Get(values[i]), FakeHeap::Old(i));
  for (const HandleValue value : values) ASSERT_EQ(handles_.Delete(value), HandleStatus::kOk);
  EXPECT_EQ(handles_.live(), 0u);
  EXPECT_TRUE(handles_.IsSound());
  for (const HandleValue value : values) ASSERT_EQ(StatusOf(value), HandleStatus::kStale);
}

TEST_F(PersistentHandlesTest, ASlotFreedInAFullChunkIsUsedAgain) {
  const std::vector<HandleValue> values = CreateMany(2 * kChunk, FakeHeap::Old(1));
  ASSERT_EQ(handles_.Delete(values[5]), HandleStatus::kOk);
  ASSERT_EQ(handles_.Delete(values[kChunk + 5]), HandleStatus::kOk);
  EXPECT_TRUE(handles_.IsSound());
  CreateMany(2, FakeHeap::Old(2));
  EXPECT_EQ(Peer::HeldChunks(Peer::TableOf(handles_)), 2u);
  EXPECT_TRUE(handles_.IsSound());
}

TEST(PersistentHandlesLimitTest, AnswersNothingWhenUsedUpAndGoesOn) {
  FakeHeap heap;
  PersistentHandles handles(heap.flags(), kTestIsolate, 2);
  std::vector<HandleValue> values;
  for (std::size_t i = 0; i < 2 * kChunk; ++i) values.push_back(handles.Create(FakeHeap::Young(1)));
  EXPECT_FALSE(values.back().is_empty());
  EXPECT_TRUE(handles.Create(FakeHeap::Young(1)).is_empty());
  EXPECT_TRUE(handles.IsSound());
  EXPECT_EQ(handles.made(), 2 * kChunk);
  ASSERT_EQ(handles.Delete(values[3]), HandleStatus::kOk);
  EXPECT_FALSE(handles.Create(FakeHeap::Young(1)).is_empty());
  PersistentHandles none(heap.flags(), kTestIsolate, 0);
  EXPECT_TRUE(none.Create(FakeHeap::Young(1)).is_empty());
}

TEST_F(PersistentHandlesTest, AnExhaustedGenerationRetiresTheSlot) {
  handles_.SetQuickWay(1);  // No rations: a slot serves again at once.
  const HandleValue first = handles_.Create(FakeHeap::Old(1));
  ASSERT_EQ(handles_.Delete(first), HandleStatus::kOk);
  HandleValue last;
  for (std::uint32_t i = 1; i < Table::kRetiredGeneration; ++i) {
    last = handles_.Create(FakeHeap::Old(1));
    ASSERT_EQ(last.index(), first.index());
    ASSERT_EQ(handles_.Delete(last), HandleStatus::kOk);
  }
  EXPECT_EQ(last.generation(), Table::kRetiredGeneration - 1);
  EXPECT_TRUE(handles_.IsSound());
  EXPECT_NE(handles_.Create(FakeHeap::Old(1)).index(), first.index());
  EXPECT_EQ(StatusOf(first), HandleStatus::kStale);
  EXPECT_EQ(StatusOf(last), HandleStatus::kStale);
  EXPECT_EQ(handles_.Delete(last), HandleStatus::kStale);
  const HandleValue beyond = HandleValue::Tagged(HandleKind::kStrong, first.index(),
                                                 Table::kRetiredGeneration, kTestIsolate);
  EXPECT_EQ(StatusOf(beyond), HandleStatus::kNotAHandle);
}

TEST_F(PersistentHandlesTest, AChunkOfRetiredSlotsIsGivenBackAndItsNumberNeverUsedAgain) {
  std::vector<HandleValue> values = CreateMany(kChunk, FakeHeap::Young(1));
  for (HandleValue& value : values) {
    Peer::SetGeneration(Peer::TableOf(handles_), value.index(), Table::kRetiredGeneration - 1);
    value = HandleValue::Tagged(HandleKind::kStrong, value.index(), Table::kRetiredGeneration - 1,
                                kTestIsolate);
    ASSERT_EQ(handles_.Delete(value), HandleStatus::kOk);
  }
  EXPECT_TRUE(handles_.IsSound());
  EXPECT_EQ(Peer::HeldChunks(Peer::TableOf(handles_)), 1u);
  CollectMinor();
  EXPECT_EQ(Peer::HeldChunks(Peer::TableOf(handles_)), 0u);
  EXPECT_EQ(StatusOf(values[7]), HandleStatus::kStale);
  EXPECT_GE(handles_.Create(FakeHeap::Old(1)).index(), kChunk);
  EXPECT_TRUE(handles_.IsSound());
}

TEST_F(PersistentHandlesTest, SpareChunksAreKeptAndTheRestIsGivenBackAtCollections) {
  const std::vector<HandleValue> values = CreateMany(40 * kChunk, FakeHeap::Young(1));
  for (const HandleValue value : values) ASSERT_EQ(handles_.Delete(value), HandleStatus::kOk);
  EXPECT_EQ(Peer::HeldChunks(Peer::TableOf(handles_)), 40u);
  EXPECT_EQ(CollectMinor(), 0u);
  EXPECT_EQ(Peer::HeldChunks(Peer::TableOf(handles_)), Table::kSpareChunks + 5u);
  CollectMinor();
  EXPECT_EQ(Peer::HeldChunks(Peer::TableOf(handles_)), Table::kSpareChunks + 5u);
}

TEST_F(PersistentHandlesTest, OnePauseGivesBackABoundedNumberOfChunks) {
  const std::vector<HandleValue> values = CreateMany(200 * kChunk, FakeHeap::Old(1));
  for (const HandleValue value : values) ASSERT_EQ(handles_.Delete(value), HandleStatus::kOk);
  CollectMinor();
  EXPECT_EQ(Peer::HeldChunks(Peer::TableOf(handles_)), 200 - Table::kMaxGivenBackAtOnce);
  for (int i = 0; i < 5; ++i) CollectMinor();
  EXPECT_LT(Peer::HeldChunks(Peer::TableOf(handles_)), 40u);
}

// Deleted ones are on the list of those that refer to young objects still.
TEST_F(PersistentHandlesTest, AllEmptyChunksAreGivenBackWhenMemoryIs) {
  const HandleValue kept = handles_.Create(FakeHeap::Young(2));
  const std::vector<HandleValue> values = CreateMany(200 * kChunk, FakeHeap::Young(1));
  for (const HandleValue value : values) ASSERT_EQ(handles_.Delete(value), HandleStatus::kOk);
  handles_.GiveBackMemory();
  EXPECT_EQ(Peer::HeldChunks(Peer::TableOf(handles_)), 1u);
  EXPECT_EQ(StatusOf(kept), HandleStatus::kOk);
  EXPECT_EQ(StatusOf(values[7]), HandleStatus::kStale);
  EXPECT_TRUE(handles_.IsSound());
  EXPECT_EQ(CollectMinor(), 1u) << "it is on the list still";
  CreateMany(3 * kChunk, FakeHeap::Old(1));
  EXPECT_TRUE(handles_.IsSound());
}

TEST_F(PersistentHandlesTest, AValueOfAChunkGivenBackStaysStaleWhenItsNumberIsUsedAgain) {
  std::vector<HandleValue> stale;
  for (int round = 0; round < 3; ++round) {
    const std::vector<HandleValue> values = CreateMany(20 * kChunk, FakeHeap::Old(1));
    for (const HandleValue value : stale) ASSERT_EQ(StatusOf(value), HandleStatus::kStale);
    for (const HandleValue value : values) ASSERT_EQ(handles_.Delete(value), HandleStatus::kOk);
    stale.insert(stale.end(), values.begin(), values.end());
    CollectMinor();
    for (const HandleValue value : stale) ASSERT_EQ(StatusOf(value), HandleStatus::kStale);
  }
}

TEST_F(PersistentHandlesTest, AMinorCollectionVisitsNoHandleToAnythingOld) {
  CreateMany(3 * kChunk, FakeHeap::Old(1));
  CreateMany(10, ObjectPtr::FromSmi(1));
  CreateMany(10, ObjectPtr());
  EXPECT_EQ(CollectMinor(), 0u);
}

TEST_F(PersistentHandlesTest, AYoungHandleIsVisitedUntilItsObjectIsOld) {
  const HandleValue value = handles_.Create(FakeHeap::Young(1));
  EXPECT_EQ(CollectMinor(), 1u);
  EXPECT_EQ(Get(value), FakeHeap::At(FakeHeap::kSurvivor, 1));
  EXPECT_EQ(CollectMinor(), 1u);
  EXPECT_EQ(Get(value), FakeHeap::Old(1));
  EXPECT_EQ(CollectMinor(), 0u);
}

TEST_F(PersistentHandlesTest, SettingListsAHandleOnce) {
  const HandleValue value = handles_.Create(FakeHeap::Old(1));
  for (std::size_t i = 0; i < 5; ++i) handles_.Set(value, FakeHeap::Young(i));
  EXPECT_EQ(CollectMinor(), 1u);
  EXPECT_EQ(Get(value), FakeHeap::At(FakeHeap::kSurvivor, 4));
}

TEST_F(PersistentHandlesTest, OnlyACollectionUnlists) {
  const HandleValue value = handles_.Create(FakeHeap::Young(1));
  const std::uint64_t listed = Peer::SlotOf(Peer::TableOf(handles_), value).tag;
  handles_.Set(value, FakeHeap::Old(1));
  EXPECT_EQ(Peer::SlotOf(Peer::TableOf(handles_), value).tag, listed);
  EXPECT_EQ(CollectMinor(), 0u);
  EXPECT_NE(Peer::SlotOf(Peer::TableOf(handles_), value).tag, listed);
}

TEST_F(PersistentHandlesTest, YoungSlotsAreThoseOnTheList) {
  EXPECT_EQ(handles_.YoungSlots(), 0u);
  const HandleValue old = handles_.Create(heap_.Old(1));
  ASSERT_FALSE(handles_.Create(heap_.Young(2)).is_empty());
  EXPECT_EQ(handles_.YoungSlots(), 1u);
  EXPECT_EQ(handles_.Set(old, heap_.Young(3)), HandleStatus::kOk);
  EXPECT_EQ(handles_.YoungSlots(), 2u);
  EXPECT_EQ(handles_.YoungSlots(), 2u) << "each once";
  EXPECT_TRUE(handles_.IsSound());
  MovingVisitor visitor;
  handles_.VisitSlots(SlotSet::kYoung, visitor);
  EXPECT_EQ(handles_.YoungSlots(), 2u);
  handles_.VisitSlots(SlotSet::kAll, visitor);
  EXPECT_EQ(handles_.YoungSlots(), 0u) << "they are old";
  EXPECT_TRUE(handles_.IsSound());
}

TEST_F(PersistentHandlesTest, ADeletedHandleOnTheYoungListIsNotVisited) {
  std::vector<HandleValue> values = CreateMany(5, FakeHeap::Young(1));
  for (int i = 0; i < 3; ++i)
    ASSERT_EQ(handles_.Delete(values[static_cast<std::size_t>(i)]), HandleStatus::kOk);
  EXPECT_EQ(CollectMinor(), 2u);
}

TEST_F(PersistentHandlesTest, ASlotReusedWhileListedIsVisitedOnce) {
  handles_.SetQuickWay(1);  // No rations: a slot serves again at once.
  const HandleValue value = handles_.Create(FakeHeap::Young(1));
  ASSERT_EQ(handles_.Delete(value), HandleStatus::kOk);
  const HandleValue next = handles_.Create(FakeHeap::Young(2));
  ASSERT_EQ(next.index(), value.index());
  EXPECT_TRUE(handles_.IsSound());
  EXPECT_EQ(CollectMinor(), 1u);
  EXPECT_EQ(Get(next), FakeHeap::At(FakeHeap::kSurvivor, 2));
}

TEST_F(PersistentHandlesTest, AFullVisitSeesEverySlotInUseAndForgetsDeadOnes) {
  const std::vector<HandleValue> values = CreateMany(2 * kChunk, FakeHeap::Young(1));
  for (std::size_t i = 0; i < kChunk; ++i) ASSERT_EQ(handles_.Delete(values[i]), HandleStatus::kOk);
  MovingVisitor visitor;
  handles_.VisitSlots(SlotSet::kAll, visitor);
  EXPECT_EQ(visitor.visited, kChunk);
  EXPECT_TRUE(handles_.IsSound());
  EXPECT_EQ(CollectMinor(), kChunk);  // survivors: young still
}

TEST_F(PersistentHandlesTest, AnEvacuatingVisitSeesThoseThatReferToLeavingRegions) {
  const HandleValue leaving = handles_.Create(FakeHeap::At(FakeHeap::kLeaving, 1));
  CreateMany(10, FakeHeap::Old(1));
  CreateMany(10, ObjectPtr::FromSmi(8));
  MovingVisitor visitor;
  handles_.VisitSlots(SlotSet::kEvacuating, visitor);
  EXPECT_EQ(visitor.visited, 1u);
  EXPECT_EQ(Get(leaving), FakeHeap::Old(1));
}

TEST_F(PersistentHandlesTest, VerifyNamesHNT1WhenAFreeListRunsIntoAUsedSlot) {
  const HandleValue kept = handles_.Create(FakeHeap::Old(1));
  Peer::ChunkOf(Peer::TableOf(handles_), 0).first_free = kept.index();
  EXPECT_EQ(Broken(), std::set<std::string>{"HN-T1 one state"});
}

TEST_F(PersistentHandlesTest, VerifyNamesHNT1WhenAFreeListIsACycle_Defect13) {
  const HandleValue first = handles_.Create(FakeHeap::Old(1));
  ASSERT_EQ(handles_.Delete(first), HandleStatus::kOk);
  Peer::SlotOf(Peer::TableOf(handles_), first).referent = ObjectPtr::FromSmi(first.index());
  EXPECT_EQ(Broken(), std::set<std::string>{"HN-T1 one state"});
}

TEST_F(PersistentHandlesTest, VerifyNamesHNT1WhenASlotIsRetiredAndInUse) {
  const HandleValue value = handles_.Create(FakeHeap::Old(1));
  Peer::SetGeneration(Peer::TableOf(handles_), value.index(), Table::kRetiredGeneration);
  EXPECT_EQ(Broken(), std::set<std::string>{"HN-T1 one state"});
}

TEST_F(PersistentHandlesTest, VerifyNamesHNT2) {
  CreateMany(1, FakeHeap::Old(1));
  Peer::ChunkOf(Peer::TableOf(handles_), 0).starting_generation = 1;
  EXPECT_EQ(Broken(), std::set<std::string>{"HN-T2 once"});
}

TEST_F(PersistentHandlesTest, VerifyNamesHNT3) {
  const HandleValue value = handles_.Create(FakeHeap::Old(1));
  Peer::SlotOf(Peer::TableOf(handles_), value).referent = FakeHeap::Young(1);  // past Set
  EXPECT_EQ(Broken(), std::set<std::string>{"HN-T3 young"});
}

TEST_F(PersistentHandlesTest, VerifyNamesHNT4WhenTheYoungListIsACycle) {
  const HandleValue value = handles_.Create(FakeHeap::Young(1));
  Peer::SetLink(Peer::TableOf(handles_), value.index(), value.index());
  EXPECT_EQ(Broken(), std::set<std::string>{"HN-T4 list"});
}

TEST_F(PersistentHandlesTest, VerifyNamesHNT4WhenAListedSlotIsNotReached) {
  const HandleValue first = handles_.Create(FakeHeap::Young(1));
  const HandleValue second = handles_.Create(FakeHeap::Young(2));
  // The link of the end is that of the first slot in the list.
  const std::uint64_t end = Peer::SlotOf(Peer::TableOf(handles_), first).tag;
  Peer::SetLink(Peer::TableOf(handles_), second.index(), HandleValue::IndexField::Decode(end));
  EXPECT_EQ(Broken(), std::set<std::string>{"HN-T4 list"});
}

TEST_F(PersistentHandlesTest, VerifyNamesHNT5WhenAChunkWithFreeSlotsIsNotListed) {
  CreateMany(1, FakeHeap::Old(1));
  Peer::CurrentChunk(Peer::TableOf(handles_)) = ~std::uint32_t{0};
  EXPECT_EQ(Broken(), std::set<std::string>{"HN-T5 available"});
}

TEST_F(PersistentHandlesTest, VerifyNamesHNT5WhenAChunkIsWronglyCalledFull) {
  CreateMany(1, FakeHeap::Old(1));
  Peer::ChunkOf(Peer::TableOf(handles_), 0).is_available = false;
  EXPECT_EQ(Broken(), std::set<std::string>{"HN-T5 available"});
}

TEST_F(PersistentHandlesTest, VerifyNamesHNS1) {
  const HandleValue value = handles_.Create(FakeHeap::Old(1));
  std::uint64_t& tag = Peer::SlotOf(Peer::TableOf(handles_), value).tag;
  tag = HandleValue::KindField::Update(tag, HandleKind::kWeak);
  EXPECT_EQ(Broken(), std::set<std::string>{"HN-S1 strong"});
}

}  // namespace
}  // namespace fart
