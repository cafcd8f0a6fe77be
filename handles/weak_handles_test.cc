#include "handles/weak_handles.h"

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "handles/testing/handles_testing.h"
#include "heap/base/safepoint.h"

namespace fart {
namespace {

using Peer = HandlesTestPeer;
using Table = WeakHandles::Table;
constexpr std::uint32_t kChunk = Table::kSlotsPerChunk;

void Callback() {}
void OtherCallback() {}

class WeakHandlesTest : public ::testing::Test {
 protected:
  WeakHandlesTest() : handles_(heap_.flags(), kTestIsolate) {}

  HandleValue Create(ObjectPtr object, std::size_t external = 0,
                     HandleKind kind = HandleKind::kWeak) {
    return handles_.Create(kind, object, &peer_, ByteCount(external), &Callback);
  }
  ObjectPtr Get(HandleValue value) const FART_NO_SAFEPOINT_ANALYSIS {
    NoSafepointScope quiet;
    return handles_.Get(value, quiet);
  }
  HandleStatus Delete(HandleValue value, ByteCount* external = nullptr) FART_NO_SAFEPOINT_ANALYSIS {
    NoSafepointScope quiet;
    ObjectPtr referent;
    ByteCount ignored;
    return handles_.Delete(value, &referent, external == nullptr ? &ignored : external, quiet);
  }
  HandleStatus UpdateExternal(HandleValue value, std::size_t external, ObjectPtr* referent,
                              ByteCount* old_external) FART_NO_SAFEPOINT_ANALYSIS {
    NoSafepointScope quiet;
    return handles_.UpdateExternal(value, ByteCount(external), referent, old_external, quiet);
  }
  // A collection in which the objects with these numbers are dead.
  MovingWeakVisitor Collect(SlotSet set, std::set<std::size_t> dead) {
    MovingWeakVisitor visitor;
    visitor.dead = std::move(dead);
    handles_.VisitWeak(set, visitor);
    EXPECT_TRUE(handles_.IsSound());
    return visitor;
  }
  // Runs all callbacks; the values in the order of their callbacks.
  std::vector<HandleValue> RunCallbacks() {
    std::vector<HandleValue> ran;
    PendingCallback pending;
    while (handles_.TakePendingCallback(&pending)) {
      ran.push_back(pending.value);
      handles_.FinishCallback(pending.value);
    }
    EXPECT_FALSE(handles_.HasPendingCallbacks());
    EXPECT_TRUE(handles_.IsSound());
    return ran;
  }
  std::set<std::string> Broken() const { return BrokenInvariantsOf(handles_); }

  int peer_ = 0;
  FakeHeap heap_;
  WeakHandles handles_;
};

TEST_F(WeakHandlesTest, AllEmptyChunksAreGivenBackWhenMemoryIs) {
  const HandleValue kept = Create(FakeHeap::Young(2));
  std::vector<HandleValue> values;
  while (handles_.memory() < MiB(4)) values.push_back(Create(FakeHeap::Young(1)));
  for (const HandleValue value : values) ASSERT_EQ(Delete(value), HandleStatus::kOk);
  handles_.GiveBackMemory();
  EXPECT_LT(handles_.memory(), KiB(300));
  EXPECT_EQ(Get(kept), FakeHeap::Young(2));
  EXPECT_TRUE(handles_.IsSound());
  Collect(SlotSet::kYoung, {2});
  EXPECT_EQ(RunCallbacks(), std::vector<HandleValue>{kept});
}

TEST_F(WeakHandlesTest, FollowsALivingObject) {
  const HandleValue value = Create(FakeHeap::Young(1));
  EXPECT_EQ(Get(value), FakeHeap::Young(1));
  Collect(SlotSet::kYoung, {});
  EXPECT_EQ(Get(value), FakeHeap::At(FakeHeap::kSurvivor, 1));
  Collect(SlotSet::kAll, {});
  EXPECT_EQ(Get(value), FakeHeap::Old(1));
  EXPECT_EQ(handles_.StatusOf(value), HandleStatus::kOk);
  EXPECT_FALSE(handles_.HasPendingCallbacks());
}

TEST_F(WeakHandlesTest, ReadsAsNullFromTheDeathOfItsObjectOn) {
  handles_.SetQuickWay(1);  // No rations: a slot serves again at once.
  const HandleValue value = Create(FakeHeap::Young(1));
  Collect(SlotSet::kYoung, {1});
  EXPECT_TRUE(Get(value).is_null());
  EXPECT_EQ(handles_.StatusOf(value), HandleStatus::kDead);
  PendingCallback pending;
  ASSERT_TRUE(handles_.TakePendingCallback(&pending));
  EXPECT_TRUE(Get(value).is_null());
  EXPECT_EQ(handles_.StatusOf(value), HandleStatus::kDead);
  handles_.FinishCallback(value);
  EXPECT_TRUE(Get(value).is_null());
  EXPECT_EQ(handles_.StatusOf(value), HandleStatus::kStale);
  const HandleValue next = Create(FakeHeap::Young(2));
  EXPECT_EQ(next.index(), value.index());
  EXPECT_TRUE(Get(value).is_null());
}

TEST_F(WeakHandlesTest, ACallbackIsTakenOnceWithWhatItWasMadeWith) {
  int other_peer = 0;
  const HandleValue value = handles_.Create(HandleKind::kFinalizable, FakeHeap::Old(1), &other_peer,
                                            ByteCount(), &OtherCallback);
  Collect(SlotSet::kAll, {1});
  EXPECT_TRUE(handles_.HasPendingCallbacks());
  PendingCallback pending;
  ASSERT_TRUE(handles_.TakePendingCallback(&pending));
  EXPECT_EQ(pending.callback, &OtherCallback);
  EXPECT_EQ(pending.peer, &other_peer);
  EXPECT_EQ(pending.value, value);
  EXPECT_FALSE(handles_.TakePendingCallback(&pending));
  handles_.FinishCallback(value);
  Collect(SlotSet::kAll, {1});
  EXPECT_FALSE(handles_.TakePendingCallback(&pending));
}

TEST_F(WeakHandlesTest, CallbacksComeInTheOrderOfTheirQueue) {
  std::vector<HandleValue> values;
  for (std::size_t i = 0; i < 3; ++i) values.push_back(Create(FakeHeap::Old(i)));
  Collect(SlotSet::kAll, {2});
  Collect(SlotSet::kAll, {0});
  Collect(SlotSet::kAll, {1});
  EXPECT_EQ(handles_.pending(), 3u);
  EXPECT_EQ(RunCallbacks(), (std::vector<HandleValue>{values[2], values[0], values[1]}));
}

TEST_F(WeakHandlesTest, AHandleDeletedBeforeItsCallbackNeverRunsIt_Defect12) {
  const HandleValue deleted = Create(FakeHeap::Young(1));
  const HandleValue kept = Create(FakeHeap::Young(2));
  Collect(SlotSet::kYoung, {1, 2});
  EXPECT_EQ(Delete(deleted), HandleStatus::kDead);
  EXPECT_EQ(handles_.pending(), 1u);
  EXPECT_TRUE(handles_.IsSound());
  // A slot made now is another one: no callback can be mistaken for its.
  const HandleValue next = Create(FakeHeap::Young(3));
  EXPECT_NE(next.index(), deleted.index());
  EXPECT_EQ(RunCallbacks(), std::vector<HandleValue>{kept});
  EXPECT_EQ(Get(next), FakeHeap::Young(3));
}

TEST_F(WeakHandlesTest, HasNothingPendingWhenAllQueuedHandlesWereDeleted) {
  handles_.SetQuickWay(1);  // No rations: a slot serves again at once.
  const HandleValue value = Create(FakeHeap::Young(1));
  Collect(SlotSet::kYoung, {1});
  EXPECT_EQ(Delete(value), HandleStatus::kDead);
  EXPECT_FALSE(handles_.HasPendingCallbacks());
  EXPECT_TRUE(RunCallbacks().empty());
  EXPECT_EQ(Create(FakeHeap::Young(1)).index(), value.index());
}

TEST_F(WeakHandlesTest, DeletingInItsOwnCallbackDoesNothing) {
  const HandleValue value = Create(FakeHeap::Young(1));
  Collect(SlotSet::kYoung, {1});
  PendingCallback pending;
  ASSERT_TRUE(handles_.TakePendingCallback(&pending));
  EXPECT_EQ(Delete(value), HandleStatus::kDead);
  EXPECT_EQ(Delete(value), HandleStatus::kDead);
  EXPECT_TRUE(handles_.IsSound());
  handles_.FinishCallback(value);
  EXPECT_TRUE(handles_.IsSound());
}

TEST_F(WeakHandlesTest, ASecondDeletionDoesNothing_Defect13) {
  const HandleValue value = Create(FakeHeap::Old(1), 100);
  ByteCount external;
  EXPECT_EQ(Delete(value, &external), HandleStatus::kOk);
  EXPECT_EQ(external, ByteCount(100));
  EXPECT_EQ(Delete(value), HandleStatus::kStale);
  const HandleValue next = Create(FakeHeap::Old(2));
  EXPECT_EQ(Delete(value), HandleStatus::kStale);
  EXPECT_EQ(Get(next), FakeHeap::Old(2));
  EXPECT_TRUE(handles_.IsSound());
}

TEST_F(WeakHandlesTest, DeletionOfAFinishedHandleDoesNothing_Defect13) {
  const HandleValue value = Create(FakeHeap::Old(1));
  Collect(SlotSet::kAll, {1});
  RunCallbacks();
  EXPECT_EQ(Delete(value), HandleStatus::kStale);
  EXPECT_TRUE(handles_.IsSound());
}

TEST_F(WeakHandlesTest, ForeignAndOtherValuesReadAsNullAndDeleteAsNothing) {
  WeakHandles other(heap_.flags(), kOtherIsolate);
  const HandleValue foreign =
      other.Create(HandleKind::kWeak, FakeHeap::Old(1), &peer_, ByteCount(), &Callback);
  const HandleValue value = Create(FakeHeap::Old(1));
  EXPECT_TRUE(Get(foreign).is_null());
  EXPECT_EQ(Delete(foreign), HandleStatus::kForeign);
  const auto altered = [value](HandleKind kind) {
    return HandleValue::FromBits(HandleValue::KindField::Update(value.bits(), kind));
  };
  EXPECT_EQ(Delete(altered(HandleKind::kFinalizable)), HandleStatus::kNotAHandle);
  EXPECT_EQ(Delete(altered(HandleKind::kStrong)), HandleStatus::kWrongKind);
  EXPECT_EQ(Delete(altered(HandleKind::kLocal)), HandleStatus::kNotAHandle);
  EXPECT_EQ(Delete(HandleValue()), HandleStatus::kNotAHandle);
  EXPECT_TRUE(Get(HandleValue()).is_null());
  EXPECT_EQ(Get(value), FakeHeap::Old(1));
}

TEST_F(WeakHandlesTest, ExternalSizeIsShownToTheCollectorAndCanBeUpdated) {
  const HandleValue value = Create(FakeHeap::Old(1), 100);
  ObjectPtr referent;
  ByteCount old_external;
  EXPECT_EQ(UpdateExternal(value, 250, &referent, &old_external), HandleStatus::kOk);
  EXPECT_EQ(referent, FakeHeap::Old(1));
  EXPECT_EQ(old_external, ByteCount(100));
  EXPECT_EQ(Collect(SlotSet::kAll, {1}).external_of_dead, ByteCount(250));
  EXPECT_EQ(UpdateExternal(value, 1, &referent, &old_external), HandleStatus::kDead);
  ByteCount external(77);
  EXPECT_EQ(Delete(value, &external), HandleStatus::kDead);
  EXPECT_EQ(external, ByteCount(77));
  EXPECT_EQ(UpdateExternal(value, 1, &referent, &old_external), HandleStatus::kStale);
}

TEST_F(WeakHandlesTest, AnAbsurdExternalSizeIsRefused) {
  const std::size_t max = WeakHandles::kMaxExternal.value();
  EXPECT_TRUE(Create(FakeHeap::Old(1), max + 1).is_empty());
  const HandleValue value = Create(FakeHeap::Old(1), max);
  ByteCount external;
  EXPECT_EQ(Delete(value, &external), HandleStatus::kOk);
  EXPECT_EQ(external, WeakHandles::kMaxExternal);
}

TEST_F(WeakHandlesTest, AMinorCollectionAsksForYoungObjectsOnly) {
  for (std::size_t i = 0; i < 3 * kChunk; ++i) Create(FakeHeap::Old(i));
  Create(FakeHeap::Young(1));
  EXPECT_EQ(Collect(SlotSet::kYoung, {}).visited, 1u);
  EXPECT_EQ(Collect(SlotSet::kYoung, {}).visited, 1u);
  EXPECT_EQ(Collect(SlotSet::kYoung, {}).visited, 0u);
}

TEST_F(WeakHandlesTest, ASlotListedForAnEarlierHandleIsNotAskedForAnOldObject) {
  EXPECT_EQ(Delete(Create(FakeHeap::Young(1))), HandleStatus::kOk);
  Create(FakeHeap::Old(1));
  EXPECT_EQ(Collect(SlotSet::kYoung, {1}).visited, 0u);
  EXPECT_FALSE(handles_.HasPendingCallbacks());
}

TEST_F(WeakHandlesTest, WhatNeverDiesIsNeverAskedFor) {
  const HandleValue smi = Create(ObjectPtr::FromSmi(5));
  const HandleValue null = Create(ObjectPtr());
  EXPECT_EQ(Collect(SlotSet::kAll, {}).visited, 0u);
  EXPECT_EQ(Get(smi).SmiValue(), 5);
  EXPECT_EQ(handles_.StatusOf(null), HandleStatus::kOk);
}

TEST_F(WeakHandlesTest, ADeadHandleOnTheYoungListIsNotAskedForAgain) {
  const HandleValue value = Create(FakeHeap::Young(1));
  Create(FakeHeap::Young(2));
  Collect(SlotSet::kAll, {1});  // a full visit kills it while it is listed
  EXPECT_EQ(Collect(SlotSet::kYoung, {}).visited, 1u);
  EXPECT_EQ(RunCallbacks(), std::vector<HandleValue>{value});
}

TEST_F(WeakHandlesTest, AnEvacuatingVisitAsksForLeavingObjectsOnly) {
  const HandleValue leaving = Create(FakeHeap::At(FakeHeap::kLeaving, 1));
  Create(FakeHeap::Old(2));
  EXPECT_EQ(Collect(SlotSet::kEvacuating, {}).visited, 1u);
  EXPECT_EQ(Get(leaving), FakeHeap::Old(1));
}

TEST_F(WeakHandlesTest, ShutdownQueuesEveryLiveHandle) {
  std::vector<HandleValue> values;
  for (std::size_t i = 0; i < 5; ++i) values.push_back(Create(FakeHeap::Old(i), 10));
  Create(ObjectPtr::FromSmi(1));
  EXPECT_EQ(Delete(values[3]), HandleStatus::kOk);
  Collect(SlotSet::kAll, {0});
  handles_.QueueAll();
  EXPECT_TRUE(handles_.IsSound());
  EXPECT_EQ(RunCallbacks().size(), 5u);
  handles_.QueueAll();
  EXPECT_FALSE(handles_.HasPendingCallbacks());
}

TEST_F(WeakHandlesTest, CountsByKind) {
  const HandleValue weak = Create(FakeHeap::Old(1));
  Create(FakeHeap::Old(2), 0, HandleKind::kFinalizable);
  Create(FakeHeap::Old(3), 0, HandleKind::kFinalizable);
  EXPECT_EQ(Delete(weak), HandleStatus::kOk);
  Collect(SlotSet::kAll, {3});
  EXPECT_EQ(handles_.live(HandleKind::kWeak), 0u);
  EXPECT_EQ(handles_.made(HandleKind::kWeak), 1u);
  EXPECT_EQ(handles_.live(HandleKind::kFinalizable), 1u);
  EXPECT_EQ(handles_.made(HandleKind::kFinalizable), 2u);
}

TEST(WeakHandlesLimitTest, AnswersNothingWhenUsedUp) {
  FakeHeap heap;
  WeakHandles handles(heap.flags(), kTestIsolate, 1);
  const auto create = [&handles] {
    return handles.Create(HandleKind::kWeak, FakeHeap::Young(1), nullptr, ByteCount(), &Callback);
  };
  for (std::size_t i = 0; i < kChunk; ++i) ASSERT_FALSE(create().is_empty());
  EXPECT_TRUE(create().is_empty());
  EXPECT_EQ(handles.made(HandleKind::kWeak), kChunk);
  EXPECT_TRUE(handles.IsSound());
}

TEST_F(WeakHandlesTest, SlotsOfManyDeadComeBack) {
  constexpr std::size_t kMany = 100 * kChunk;
  for (std::size_t i = 0; i < kMany; ++i) Create(FakeHeap::Young(1));
  Collect(SlotSet::kYoung, {1});
  EXPECT_EQ(RunCallbacks().size(), kMany);
  for (int i = 0; i < 3; ++i) Collect(SlotSet::kYoung, {});
  EXPECT_LT(handles_.memory(), ByteCount(kMany * 40 / 4));
}

// ---- Clearing a part at a time

class ClearingTest : public WeakHandlesTest {
 protected:
  void Begin(std::set<std::size_t> dead) {
    visitor_.dead = std::move(dead);
    visitor_.asked.clear();
    handles_.BeginClearing(visitor_);
    EXPECT_TRUE(visitor_.asked.empty());
    EXPECT_TRUE(handles_.IsSound());
  }
  void ClearAll() {
    while (handles_.ClearSome(1)) EXPECT_TRUE(handles_.IsSound());
    EXPECT_TRUE(handles_.IsSound());
  }
  std::vector<ObjectPtr> Uncleared() {
    std::vector<ObjectPtr> found;
    class Collector final : public WeakVisitor {
     public:
      explicit Collector(std::vector<ObjectPtr>& all) : all_(all) {}
      bool Visit(RootKind, ObjectPtr* referent, ByteCount) override {
        all_.push_back(*referent);
        return true;
      }

     private:
      std::vector<ObjectPtr>& all_;
    } collector(found);
    handles_.VisitUncleared(collector);
    return found;
  }

  StillWeakVisitor visitor_;
};

TEST_F(ClearingTest, APartIsAChunkAndTheLastOneSaysSo_HOP4) {
  for (std::size_t i = 0; i < 2 * kChunk + 1; ++i) Create(heap_.Old(i));
  Begin({0, kChunk, 2 * kChunk});
  EXPECT_EQ(Uncleared().size(), 2 * kChunk + 1);
  EXPECT_TRUE(handles_.ClearSome(1));
  EXPECT_EQ(visitor_.asked.size(), kChunk);
  EXPECT_EQ(handles_.pending(), 1u);
  EXPECT_EQ(Uncleared().size(), kChunk + 1);
  EXPECT_TRUE(handles_.ClearSome(1));
  EXPECT_FALSE(handles_.ClearSome(1));
  EXPECT_EQ(visitor_.asked.size(), 2 * kChunk + 1);
  EXPECT_EQ(handles_.pending(), 3u);
  EXPECT_TRUE(Uncleared().empty());
  EXPECT_FALSE(handles_.ClearSome(1)) << "nothing is being cleared";
  EXPECT_EQ(visitor_.asked.size(), 2 * kChunk + 1);
  EXPECT_TRUE(handles_.IsSound());
}

TEST_F(ClearingTest, WhoeverLooksAtADeadHandleFindsItDead_HNW5) {
  const HandleValue read = Create(heap_.Old(1));
  const HandleValue asked = Create(heap_.Old(2));
  const HandleValue deleted = Create(heap_.Old(3), 100);
  const HandleValue updated = Create(heap_.Old(4), 200);
  const HandleValue quick = Create(heap_.Old(5));
  const HandleValue alive = Create(heap_.Old(6));
  Begin({1, 2, 3, 4, 5});
  EXPECT_TRUE(Get(read).is_null());
  EXPECT_EQ(handles_.StatusOf(asked), HandleStatus::kDead);
  EXPECT_EQ(Delete(deleted), HandleStatus::kDead);
  ObjectPtr referent;
  ByteCount before;
  EXPECT_EQ(UpdateExternal(updated, 5, &referent, &before), HandleStatus::kDead);
  EXPECT_FALSE(handles_.TryDelete(quick));
  EXPECT_EQ(Delete(quick), HandleStatus::kDead);
  EXPECT_EQ(Get(alive), heap_.Old(6));
  EXPECT_EQ(visitor_.external_of_dead, ByteCount(300));
  EXPECT_EQ(handles_.live(HandleKind::kWeak), 1u);
  ClearAll();
  EXPECT_EQ(visitor_.external_of_dead, ByteCount(300)) << "once";
  EXPECT_EQ(Get(alive), heap_.Old(6));
  EXPECT_TRUE(handles_.TryDelete(alive)) << "as ever";
  EXPECT_EQ(RunCallbacks(), (std::vector{read, asked, updated}));
}

TEST_F(ClearingTest, HandlesThatAreMadeMeanwhileAreFound_HNW5) {
  const HandleValue before = Create(heap_.Old(1));
  Begin({1});
  std::vector<HandleValue> made;
  for (std::size_t i = 0; i < 2 * kChunk; ++i) made.push_back(Create(heap_.Old(2)));
  EXPECT_EQ(Get(made.front()), heap_.Old(2));
  EXPECT_EQ(Get(made.back()), heap_.Old(2));
  EXPECT_TRUE(Get(before).is_null());
  EXPECT_FALSE(handles_.ClearSome(1)) << "later chunks have none that is dead";
  EXPECT_EQ(Get(made.back()), heap_.Old(2));
}

TEST_F(ClearingTest, TheyComeBeforeThoseThatHaveDiedSince_HNW5) {
  const HandleValue first = Create(heap_.Old(1));
  const HandleValue second = Create(heap_.Old(2));
  const HandleValue earlier = Create(heap_.Old(3));
  const HandleValue young = Create(heap_.Young(4));
  Collect(SlotSet::kAll, {3});
  Begin({1, 2});
  Collect(SlotSet::kYoung, {4});
  EXPECT_TRUE(Get(second).is_null());
  ClearAll();
  EXPECT_EQ(RunCallbacks(), (std::vector{earlier, second, first, young}));
}

TEST_F(ClearingTest, TheyComeFirstWhereThoseBeforeThemWereTaken_HNW5) {
  const HandleValue dead = Create(heap_.Old(1));
  const HandleValue earlier = Create(heap_.Old(2));
  const HandleValue young = Create(heap_.Young(3));
  Collect(SlotSet::kAll, {2});
  Begin({1});
  Collect(SlotSet::kYoung, {3});
  PendingCallback pending;
  ASSERT_TRUE(handles_.TakePendingCallback(&pending));
  EXPECT_EQ(pending.value, earlier);
  handles_.FinishCallback(pending.value);
  ClearAll();
  EXPECT_EQ(RunCallbacks(), (std::vector{dead, young}));
}

TEST_F(ClearingTest, WhoeverGoesThroughAllFindsNoDeadOne_HNW5) {
  for (const auto go :
       {+[](WeakHandles&handles, std::size_t*found) {
          handles.ForEachLive(HandleKind::kWeak, [&](ObjectPtr) { ++*found; });
        },
        +[](WeakHandles&handles, std::size_t*found) {
          handles.ForEachWithSize([&](HandleValue, ObjectPtr, ByteCount) { ++*found; });
        }}) {
    Create(heap_.Old(1));
    const HandleValue alive = Create(heap_.Old(2));
    Begin({1});
    std::size_t found = 0;
    go(handles_, &found);
    EXPECT_EQ(found, 1u);
    EXPECT_EQ(Delete(alive), HandleStatus::kOk);
    RunCallbacks();
  }
  Create(heap_.Old(1));
  Begin({1});
  std::size_t dead = 0;
  handles_.ForEachDead([&](HandleValue) { ++dead; });
  EXPECT_EQ(dead, 1u);
}

TEST_F(ClearingTest, ShutdownQueuesThemBeforeTheLiving_HNW5) {
  const HandleValue alive = Create(heap_.Old(1));
  const HandleValue dead = Create(heap_.Old(2), 100);
  Begin({2});
  handles_.QueueAll();
  EXPECT_EQ(visitor_.external_of_dead, ByteCount(100));
  EXPECT_EQ(RunCallbacks(), (std::vector{dead, alive}));
}

TEST_F(WeakHandlesTest, YoungSlotsAreThoseOnTheList) {
  EXPECT_EQ(handles_.YoungSlots(), 0u);
  const HandleValue first = Create(heap_.Young(1));
  Create(heap_.Young(2));
  Create(heap_.Old(3));
  EXPECT_EQ(handles_.YoungSlots(), 2u);
  Create(heap_.Young(4));
  EXPECT_EQ(handles_.YoungSlots(), 3u);
  EXPECT_EQ(Delete(first), HandleStatus::kOk);
  EXPECT_EQ(handles_.YoungSlots(), 3u) << "until a collection unlists it";
  EXPECT_TRUE(handles_.IsSound());
  Collect(SlotSet::kYoung, {2});
  EXPECT_EQ(handles_.YoungSlots(), 1u);
}

TEST_F(WeakHandlesTest, VerifyNamesHNT4WhenListedOnesAreMiscounted) {
  Create(heap_.Young(1));
  EXPECT_EQ(handles_.YoungSlots(), 1u);
  Peer::CountedSlots(Peer::TableOf(handles_)) = 2;
  EXPECT_EQ(Broken(), std::set<std::string>{"HN-T4 list"});
}

TEST_F(WeakHandlesTest, VerifyNamesHNW1WhenTheQueueIsACycle) {
  const HandleValue value = Create(FakeHeap::Young(1));
  Collect(SlotSet::kYoung, {1});
  Peer::SlotOf(Peer::TableOf(handles_), value).referent = ObjectPtr::FromSmi(value.index());
  EXPECT_EQ(Broken(), std::set<std::string>{"HN-W1 queue"});
}

TEST_F(WeakHandlesTest, VerifyNamesHNW1WhenTheTailIsNotTheLast) {
  Create(FakeHeap::Young(1));
  Create(FakeHeap::Young(2));
  Collect(SlotSet::kYoung, {1, 2});
  Peer::QueueTail(handles_) ^= 1;
  EXPECT_EQ(Broken(), std::set<std::string>{"HN-W1 queue"});
}

TEST_F(WeakHandlesTest, VerifyNamesHNW1WhenPendingOnesAreMiscounted) {
  ++Peer::Pending(handles_);
  EXPECT_EQ(Broken(), std::set<std::string>{"HN-W1 queue"});
}

TEST_F(WeakHandlesTest, VerifyNamesHNW2) {
  const HandleValue value = Create(FakeHeap::Young(1));
  Collect(SlotSet::kYoung, {1});
  std::uint64_t& word = Peer::SlotOf(Peer::TableOf(handles_), value).external_and_state;
  word = WeakSlot::External::Update(word, 8);
  EXPECT_EQ(Broken(), std::set<std::string>{"HN-W2 quiet"});
}

TEST_F(WeakHandlesTest, VerifyNamesHNW3) {
  const HandleValue value = Create(FakeHeap::Old(1));
  Peer::SlotOf(Peer::TableOf(handles_), value).callback = nullptr;
  EXPECT_EQ(Broken(), std::set<std::string>{"HN-W3 callback"});
}

TEST_F(WeakHandlesTest, VerifyNamesHNW4) {
  ++Peer::CountOfLiveWeak(handles_);
  EXPECT_EQ(Broken(), std::set<std::string>{"HN-W4 counted"});
}

TEST_F(WeakHandlesTest, VerifyNamesHNT3) {
  const HandleValue value = Create(FakeHeap::Old(1));
  Peer::SlotOf(Peer::TableOf(handles_), value).referent = FakeHeap::Young(1);
  EXPECT_EQ(Broken(), std::set<std::string>{"HN-T3 young"});
}

}  // namespace
}  // namespace fart
