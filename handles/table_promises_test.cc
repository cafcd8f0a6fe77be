// What the numbered tables promise in numbers: memory after bursts, retired slots and emptied
// chunks, counters of each kind, and callbacks that change the table in the middle of themselves.

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "handles/testing/handles_testing.h"
#include "heap/platform/off_heap.h"

namespace fart {
namespace {

using Peer = HandlesTestPeer;
using Table = PersistentHandles::Table;
constexpr std::uint32_t kChunk = Table::kSlotsPerChunk;
// A directory of up to 16 chunks.
constexpr std::size_t kChunkBytes = kChunk * sizeof(StrongSlot);

void Callback() {}

class TablePromisesTest : public ::testing::Test {
 protected:
  TablePromisesTest() FART_NO_SAFEPOINT_ANALYSIS : persistents_(heap_.flags(), kTestIsolate),
                                                   weaks_(heap_.flags(), kTestIsolate) {}

  std::vector<HandleValue> CreateMany(std::size_t count, ObjectPtr object = FakeHeap::Old(1)) {
    std::vector<HandleValue> values;
    for (std::size_t i = 0; i < count; ++i) values.push_back(persistents_.Create(object));
    return values;
  }
  void DeleteAll(const std::vector<HandleValue>& values) {
    for (const HandleValue value : values) ASSERT_EQ(persistents_.Delete(value), HandleStatus::kOk);
  }
  HandleStatus StatusOf(HandleValue value) const {
    const ObjectPtr* slot = nullptr;
    return persistents_.Find(value, &slot);
  }
  std::size_t Collect(SlotSet set) {
    MovingVisitor visitor;
    persistents_.VisitSlots(set, visitor);
    EXPECT_TRUE(persistents_.IsSound());
    return visitor.visited;
  }
  // The slot of the next handle has been used so often.
  HandleValue CreateOfGeneration(std::uint32_t generation) {
    const HandleValue value = persistents_.Create(FakeHeap::Old(1));
    Peer::SetGeneration(Peer::TableOf(persistents_), value.index(), generation);
    return HandleValue::Tagged(HandleKind::kStrong, value.index(), generation, kTestIsolate);
  }
  std::uint32_t Held() const {
    return Peer::HeldChunks(Peer::TableOf(const_cast<PersistentHandles&>(persistents_)));
  }

  HandleValue Weak(ObjectPtr object, HandleKind kind = HandleKind::kWeak,
                   ByteCount external = ByteCount()) {
    return weaks_.Create(kind, object, &peer_, external, &Callback);
  }
  HandleStatus DeleteWeak(HandleValue value, ObjectPtr* referent = nullptr,
                          ByteCount* external = nullptr) FART_NO_SAFEPOINT_ANALYSIS {
    ObjectPtr ignored;
    ByteCount unused;
    return weaks_.Delete(value, referent == nullptr ? &ignored : referent,
                         external == nullptr ? &unused : external, quiet_);
  }
  void CollectWeak(SlotSet set, std::set<std::size_t> dead = {}) {
    MovingWeakVisitor visitor;
    visitor.dead = std::move(dead);
    weaks_.VisitWeak(set, visitor);
    EXPECT_TRUE(weaks_.IsSound());
  }

  const NoSafepointScope quiet_;  // Nothing here collects.
  int peer_ = 0;
  FakeHeap heap_;
  PersistentHandles persistents_;
  WeakHandles weaks_;
};

// ---- Memory

TEST_F(TablePromisesTest, MemoryIsThatOfTheChunksHeldAndOfTheDirectory) {
  EXPECT_EQ(persistents_.memory(), ByteCount());
  const std::vector<HandleValue> values = CreateMany(1);
  const std::size_t directory = persistents_.memory().value() - kChunkBytes;
  EXPECT_GT(directory, 16 * sizeof(void*));
  EXPECT_LT(directory, 16 * 64u);
  const std::vector<HandleValue> more = CreateMany(16 * kChunk - 1);
  EXPECT_EQ(persistents_.memory().value(), 16 * kChunkBytes + directory);
  const std::vector<HandleValue> seventeenth = CreateMany(1);
  EXPECT_EQ(persistents_.memory().value(), 17 * kChunkBytes + 2 * directory);
  DeleteAll(values);
  DeleteAll(more);
  DeleteAll(seventeenth);
  Collect(SlotSet::kYoung);
  const std::uint32_t spare = Table::kSpareChunks + 17 / Table::kSpareFraction;
  EXPECT_EQ(persistents_.memory().value(), spare * kChunkBytes + 2 * directory);
}

TEST_F(TablePromisesTest, ChunksEmptiedWithoutACallAreGivenBackToo) {
  const std::vector<HandleValue> values = CreateMany(20 * kChunk, FakeHeap::Young(1));
  for (const HandleValue value : values) {
    // Of a full chunk the first one makes it available.
    if (!persistents_.TryDelete(value)) {
      ASSERT_EQ(persistents_.Delete(value), HandleStatus::kOk);
    }
  }
  EXPECT_EQ(persistents_.live(), 0u);
  Collect(SlotSet::kAll);
  EXPECT_EQ(Held(), Table::kSpareChunks + 2);
}

TEST_F(TablePromisesTest, GivingBackGoesOnInTheNextPauseWithoutAnotherDeletion) {
  DeleteAll(CreateMany(140 * kChunk));
  Collect(SlotSet::kYoung);
  ASSERT_EQ(Held(), 76u);
  Collect(SlotSet::kYoung);
  constexpr std::uint32_t kSpare = Table::kSpareChunks + 76 / Table::kSpareFraction;
  EXPECT_EQ(Held(), kSpare);
  Collect(SlotSet::kYoung);
  EXPECT_EQ(Held(), kSpare) << "nothing was emptied since";
}

TEST_F(TablePromisesTest, WhatIsGivenBackIsFreed) {
  constexpr std::uint32_t kChunks = 400;
  const std::vector<HandleValue> values = CreateMany(kChunks * kChunk);
  const std::int64_t before = OffHeapBytesInUse();
  DeleteAll(values);
  for (int i = 0; i < 20; ++i) Collect(SlotSet::kYoung);
  const auto freed = static_cast<std::int64_t>((kChunks - Held()) * kChunkBytes);
  const auto slack = static_cast<std::int64_t>(2 * kOffHeapUncounted.value());
  ASSERT_GT(freed, 2 * slack);
  EXPECT_LE(OffHeapBytesInUse(), before - freed + slack);
}

TEST_F(TablePromisesTest, NumbersOfChunksGivenBackAreUsedBeforeOthers) {
  PersistentHandles bounded(heap_.flags(), kTestIsolate, 20);
  std::set<std::uint64_t> issued;
  for (int round = 0; round < 3; ++round) {
    std::vector<HandleValue> values;
    for (std::size_t i = 0; i < 20 * kChunk; ++i) {
      values.push_back(bounded.Create(FakeHeap::Old(1)));
      ASSERT_FALSE(values.back().is_empty()) << i;
      ASSERT_TRUE(issued.insert(values.back().bits()).second) << "HN-T2";
    }
    EXPECT_TRUE(bounded.Create(FakeHeap::Old(1)).is_empty());
    for (const HandleValue value : values) ASSERT_EQ(bounded.Delete(value), HandleStatus::kOk);
    MovingVisitor visitor;
    bounded.VisitSlots(SlotSet::kYoung, visitor);
    EXPECT_EQ(Peer::HeldChunks(Peer::TableOf(bounded)), Table::kSpareChunks + 2);
    EXPECT_TRUE(bounded.IsSound());
  }
}

TEST_F(TablePromisesTest, AChunkWithOneHandleStays) {
  std::vector<HandleValue> values = CreateMany(20 * kChunk);
  const HandleValue kept = values[19 * kChunk + 7];
  values.erase(values.begin() + 19 * kChunk + 7);
  DeleteAll(values);
  Collect(SlotSet::kYoung);
  EXPECT_EQ(StatusOf(kept), HandleStatus::kOk);
  EXPECT_EQ(Held(), Table::kSpareChunks + 2 + 1);
  EXPECT_EQ(persistents_.live(), 1u);
}

TEST_F(TablePromisesTest, ATableThatIsFullKeepsNoMemoryForWhatItRefuses) {
  PersistentHandles bounded(heap_.flags(), kTestIsolate, 1);
  for (std::size_t i = 0; i < kChunk; ++i) static_cast<void>(bounded.Create(FakeHeap::Old(1)));
  const std::int64_t before = OffHeapBytesInUse();
  for (int i = 0; i < 1'000; ++i) EXPECT_TRUE(bounded.Create(FakeHeap::Old(1)).is_empty());
  const auto slack = static_cast<std::int64_t>(2 * kOffHeapUncounted.value());
  EXPECT_LE(OffHeapBytesInUse(), before + slack);
  EXPECT_EQ(Peer::HeldChunks(Peer::TableOf(bounded)), 1u);
}

TEST_F(TablePromisesTest, AFullChunkIsNotAvailableWhenOthersHaveBeenGivenBack) {
  std::vector<HandleValue> values = CreateMany(20 * kChunk);
  const std::vector<HandleValue> kept(values.begin(), values.begin() + kChunk);
  values.erase(values.begin(), values.begin() + kChunk);
  DeleteAll(values);
  Collect(SlotSet::kYoung);
  ASSERT_EQ(Held(), 1 + Table::kSpareChunks + 2);
  for (const HandleValue value : CreateMany(6 * kChunk)) ASSERT_GE(value.index(), kChunk);
  for (const HandleValue value : kept) ASSERT_EQ(StatusOf(value), HandleStatus::kOk);
  EXPECT_TRUE(persistents_.IsSound());
}

TEST_F(TablePromisesTest, ASlotFreedInAFullChunkWaitsForTheCurrentOneToBeFull) {
  const std::vector<HandleValue> values = CreateMany(2 * kChunk + 1);
  ASSERT_EQ(persistents_.Delete(values[3]), HandleStatus::kOk);
  EXPECT_EQ(persistents_.Create(FakeHeap::Old(1)).index(), 2 * kChunk + 1);
  ASSERT_EQ(persistents_.Delete(values[kChunk + 3]), HandleStatus::kOk);
  for (const HandleValue value : CreateMany(kChunk - 2)) ASSERT_GE(value.index(), 2 * kChunk);
  EXPECT_LT(persistents_.Create(FakeHeap::Old(1)).index(), 2 * kChunk);
  EXPECT_LT(persistents_.Create(FakeHeap::Old(1)).index(), 2 * kChunk);
  EXPECT_EQ(Held(), 3u);
}

// ---- Generations

TEST_F(TablePromisesTest, ARetiredSlotHoldsNothingAndIsNoHandle) {
  const HandleValue last = CreateOfGeneration(Table::kRetiredGeneration - 1);
  EXPECT_FALSE(persistents_.TryDelete(last)) << "not without a call";
  EXPECT_EQ(persistents_.live(), 1u);
  ASSERT_EQ(persistents_.Delete(last), HandleStatus::kOk);
  EXPECT_EQ(persistents_.live(), 0u);
  EXPECT_EQ(Peer::TableOf(persistents_).At(last.index())->referent, ObjectPtr());
  EXPECT_EQ(Peer::ChunkOf(Peer::TableOf(persistents_), 0).retired, 1u);
  EXPECT_EQ(Collect(SlotSet::kAll), 0u);
  for (const HandleValue value : CreateMany(kChunk - 1)) EXPECT_NE(value.index(), last.index());
  EXPECT_EQ(Held(), 1u);
  EXPECT_GE(CreateMany(1)[0].index(), kChunk);
}

TEST_F(TablePromisesTest, AnExhaustedGenerationIsTheLastAndNoneBeforeIt) {
  persistents_.SetQuickWay(1);  // No rations: a slot serves again at once.
  const HandleValue before = CreateOfGeneration(Table::kRetiredGeneration - 2);
  EXPECT_TRUE(persistents_.TryDelete(before));
  const HandleValue last = persistents_.Create(FakeHeap::Old(1));
  EXPECT_EQ(last.index(), before.index());
  EXPECT_EQ(last.generation(), Table::kRetiredGeneration - 1);
}

TEST_F(TablePromisesTest, AChunkWithSomeRetiredSlotsIsNotGivenBackAndTakesNoSparesPlace) {
  std::vector<HandleValue> values = CreateMany(12 * kChunk);
  Peer::SetGeneration(Peer::TableOf(persistents_), values[3].index(),
                      Table::kRetiredGeneration - 1);
  values[3] = HandleValue::Tagged(HandleKind::kStrong, values[3].index(),
                                  Table::kRetiredGeneration - 1, kTestIsolate);
  DeleteAll(values);
  Collect(SlotSet::kYoung);
  EXPECT_EQ(Held(), 1 + Table::kSpareChunks + 12 / Table::kSpareFraction);
  EXPECT_EQ(StatusOf(values[3]), HandleStatus::kStale);
  // The other slots of that chunk serve.
  bool found = false;
  for (const HandleValue value : CreateMany(6 * kChunk)) found = found || value.index() < kChunk;
  EXPECT_TRUE(found);
}

TEST_F(TablePromisesTest, TheHighestGenerationIsThatOfAnySlotEverGivenOut) {
  EXPECT_EQ(persistents_.HighestGeneration(), 0u);
  std::vector<HandleValue> values = CreateMany(20 * kChunk);
  EXPECT_EQ(persistents_.HighestGeneration(), 0u);
  const HandleValue deleted = values.back();
  values.pop_back();
  persistents_.Delete(deleted);
  EXPECT_EQ(persistents_.HighestGeneration(), 1u);
  DeleteAll(values);
  Peer::SetGeneration(Peer::TableOf(persistents_), 19 * kChunk, 41);
  Collect(SlotSet::kYoung);
  ASSERT_LT(Held(), 20u);
  EXPECT_EQ(persistents_.HighestGeneration(), 41u) << "of a chunk that was given back";
  const PersistentHandles later(heap_.flags(), {kTestIsolate, 7});
  EXPECT_EQ(later.HighestGeneration(), 7u);
  HandleTables tables(heap_.flags(), kTestIsolate);
  EXPECT_EQ(tables.HighestGeneration(), 0u);
  tables.weaks.FinishCallback([&] {
    static_cast<void>(
        tables.weaks.Create(HandleKind::kWeak, FakeHeap::Old(1), &peer_, ByteCount(), &Callback));
    tables.weaks.QueueAll();
    PendingCallback pending;
    EXPECT_TRUE(tables.weaks.TakePendingCallback(&pending));
    return pending.value;
  }());
  EXPECT_EQ(tables.HighestGeneration(), 1u) << "the weak ones' too";
}

TEST_F(TablePromisesTest, ASlotOfAnotherIsolateIsFound) {
  const HandleValue value = persistents_.Create(FakeHeap::Old(1));
  std::uint64_t& tag = Peer::SlotOf(Peer::TableOf(persistents_), value).tag;
  const std::uint64_t before = tag;
  tag = HandleValue::IsolateField::Update(tag, kOtherIsolate);
  EXPECT_EQ(BrokenInvariantsOf(persistents_), std::set<std::string>{"HN-T2 once"});
  tag = before;
}

TEST_F(TablePromisesTest, ValuesOfAChunkGivenBackAreToldFromInventedOnes) {
  std::vector<HandleValue> values = CreateMany(20 * kChunk);
  DeleteAll(values);
  Collect(SlotSet::kYoung);
  const HandleValue gone = values[19 * kChunk];
  EXPECT_EQ(StatusOf(gone), HandleStatus::kStale);
  const auto invent = [&](std::uint32_t index, std::uint32_t generation) {
    return HandleValue::Tagged(HandleKind::kStrong, index, generation, kTestIsolate);
  };
  EXPECT_EQ(StatusOf(invent(gone.index(), 5)), HandleStatus::kNotAHandle);
  EXPECT_EQ(StatusOf(invent(20 * kChunk, 0)), HandleStatus::kNotAHandle) << "no such chunk";
}

// ---- Visits

TEST_F(TablePromisesTest, EveryHandleIsVisitedWhereverItIsInItsChunk) {
  for (const std::uint32_t kept : {0u, 1u, 500u, kChunk - 1}) {
    PersistentHandles handles(heap_.flags(), kTestIsolate);
    std::vector<HandleValue> values;
    for (std::size_t i = 0; i < 2 * kChunk; ++i) {
      values.push_back(handles.Create(FakeHeap::At(FakeHeap::kSurvivor, i)));
    }
    for (std::size_t i = 0; i < kChunk; ++i) {
      if (i != kept) {
        ASSERT_EQ(handles.Delete(values[i]), HandleStatus::kOk);
      }
    }
    MovingVisitor visitor;
    handles.VisitSlots(SlotSet::kAll, visitor);
    EXPECT_EQ(visitor.visited, kChunk + 1);
    EXPECT_EQ(*handles.FindSlot(values[kept]), FakeHeap::Old(kept));
    EXPECT_EQ(*handles.FindSlot(values[2 * kChunk - 1]), FakeHeap::Old(2 * kChunk - 1));
  }
}

TEST_F(TablePromisesTest, ASlotThatIsSetToAYoungObjectIsVisitedAndOneSetToAnOldOneIsNot) {
  const HandleValue value = persistents_.Create(FakeHeap::Old(1));
  EXPECT_EQ(Collect(SlotSet::kYoung), 0u);
  persistents_.Set(value, FakeHeap::Young(2));
  persistents_.Set(value, FakeHeap::Young(3));
  EXPECT_EQ(Collect(SlotSet::kYoung), 1u);
  persistents_.Set(value, FakeHeap::Old(4));
  EXPECT_EQ(Collect(SlotSet::kYoung), 0u);
  EXPECT_EQ(*persistents_.FindSlot(value), FakeHeap::Old(4));
}

TEST_F(TablePromisesTest, OnlyWhatIsMadeIsCounted) {
  PersistentHandles bounded(heap_.flags(), kTestIsolate, 1);
  for (std::size_t i = 0; i < kChunk + 10; ++i) {
    const HandleValue value = bounded.TryCreate(FakeHeap::Old(1));
    if (value.is_empty()) static_cast<void>(bounded.Create(FakeHeap::Old(1)));
  }
  EXPECT_EQ(bounded.made(), kChunk);
  EXPECT_EQ(bounded.live(), kChunk);
}

// ---- Weak handles: counters and external sizes

TEST_F(TablePromisesTest, WeakHandlesAreCountedByKindThroughEachWayOfTheirEnd) {
  const auto live = [this](HandleKind kind) { return weaks_.live(kind); };
  const HandleValue first = Weak(FakeHeap::Old(1));
  const HandleValue second = Weak(FakeHeap::Old(2), HandleKind::kFinalizable);
  const HandleValue third = Weak(FakeHeap::Old(3), HandleKind::kExternal, ByteCount(70));
  const HandleValue fourth =
      weaks_.TryCreate(HandleKind::kWeak, FakeHeap::Old(4), &peer_, &Callback);
  EXPECT_EQ(weaks_.made(HandleKind::kWeak), 2u);
  EXPECT_EQ(live(HandleKind::kWeak), 2u);
  EXPECT_EQ(live(HandleKind::kFinalizable), 1u);
  EXPECT_EQ(live(HandleKind::kExternal), 1u);
  EXPECT_TRUE(weaks_.TryDelete(fourth));
  EXPECT_EQ(live(HandleKind::kWeak), 1u);
  EXPECT_EQ(DeleteWeak(first), HandleStatus::kOk);
  EXPECT_EQ(live(HandleKind::kWeak), 0u);
  { EXPECT_EQ(weaks_.DeleteAt(third.index(), quiet_), ByteCount(70)); }
  EXPECT_EQ(live(HandleKind::kExternal), 0u);
  EXPECT_EQ(weaks_.StatusOf(third), HandleStatus::kWrongKind) << "no host has one";
  CollectWeak(SlotSet::kAll, {2});
  EXPECT_EQ(live(HandleKind::kFinalizable), 0u);
  EXPECT_EQ(weaks_.StatusOf(second), HandleStatus::kDead);
  EXPECT_EQ(weaks_.made(HandleKind::kFinalizable), 1u);
}

TEST_F(TablePromisesTest, ExternalSizesUpToTheMostAreKeptAndAnsweredAtTheEnd) {
  const HandleValue most = Weak(FakeHeap::Old(1), HandleKind::kWeak, WeakHandles::kMaxExternal);
  ASSERT_FALSE(most.is_empty());
  EXPECT_FALSE(weaks_.TryDelete(most)) << "its charge must be taken off";
  ObjectPtr referent;
  ByteCount external;
  EXPECT_EQ(DeleteWeak(most, &referent, &external), HandleStatus::kOk);
  EXPECT_EQ(external, WeakHandles::kMaxExternal);
  EXPECT_EQ(referent, FakeHeap::Old(1));
}

TEST_F(TablePromisesTest, AnUpdateAnswersWhatWasBeforeAndADeadHandleTakesNone) {
  const HandleValue value = Weak(FakeHeap::Old(1), HandleKind::kWeak, ByteCount(10));
  ObjectPtr referent;
  ByteCount before;
  EXPECT_EQ(weaks_.UpdateExternal(value, ByteCount(30), &referent, &before, quiet_),
            HandleStatus::kOk);
  EXPECT_EQ(before, ByteCount(10));
  EXPECT_EQ(referent, FakeHeap::Old(1));
  MovingWeakVisitor visitor;
  visitor.dead = {1};
  weaks_.VisitWeak(SlotSet::kAll, visitor);
  EXPECT_EQ(visitor.external_of_dead, ByteCount(30));
  referent = ObjectPtr();
  before = ByteCount(5);
  EXPECT_EQ(weaks_.UpdateExternal(value, ByteCount(40), &referent, &before, quiet_),
            HandleStatus::kDead);
  EXPECT_EQ(before, ByteCount(5));
  EXPECT_TRUE(referent.is_null());
  EXPECT_TRUE(weaks_.IsSound()) << "HN-W2";
}

TEST_F(TablePromisesTest, StatusSaysWhyForEachKindOfValue) {
  const HandleValue value = Weak(FakeHeap::Old(1), HandleKind::kFinalizable);
  EXPECT_EQ(weaks_.StatusOf(value), HandleStatus::kOk);
  EXPECT_EQ(weaks_.StatusOf(
                HandleValue::Tagged(HandleKind::kFinalizable, value.index(), 0, kOtherIsolate)),
            HandleStatus::kForeign);
  EXPECT_EQ(weaks_.StatusOf(
                HandleValue::Tagged(HandleKind::kFinalizable, value.index(), 9, kTestIsolate)),
            HandleStatus::kNotAHandle);
  EXPECT_EQ(
      weaks_.StatusOf(HandleValue::Tagged(HandleKind::kStrong, value.index(), 0, kTestIsolate)),
      HandleStatus::kWrongKind);
  DeleteWeak(value);
  EXPECT_EQ(weaks_.StatusOf(value), HandleStatus::kStale);
}

TEST_F(TablePromisesTest, WhatIsWatchedIsToldByKindAndOnlyWhileItLives) {
  Weak(FakeHeap::Old(1), HandleKind::kExternal);
  Weak(FakeHeap::Old(2), HandleKind::kExternal);
  Weak(FakeHeap::Old(3), HandleKind::kWeak);
  CollectWeak(SlotSet::kAll, {1});
  std::vector<ObjectPtr> watched;
  weaks_.ForEachLive(HandleKind::kExternal, [&](ObjectPtr object) { watched.push_back(object); });
  EXPECT_EQ(watched, std::vector<ObjectPtr>({FakeHeap::Old(2)}));
}

TEST_F(TablePromisesTest, WeakHandlesGiveTheirChunksBackInEachKindOfCollection) {
  for (const SlotSet set : {SlotSet::kAll, SlotSet::kYoung}) {
    WeakHandles weaks(heap_.flags(), kTestIsolate);
    std::vector<HandleValue> values;
    for (std::size_t i = 0; i < 20 * kChunk; ++i) {
      values.push_back(
          weaks.Create(HandleKind::kWeak, FakeHeap::Young(i), &peer_, ByteCount(), &Callback));
    }
    for (const HandleValue value : values) {
      ObjectPtr referent;
      ByteCount external;
      ASSERT_EQ(weaks.Delete(value, &referent, &external, quiet_), HandleStatus::kOk);
    }
    MovingWeakVisitor visitor;
    weaks.VisitWeak(set, visitor);
    EXPECT_EQ(visitor.visited, 0u);
    EXPECT_EQ(Peer::HeldChunks(Peer::TableOf(weaks)), Table::kSpareChunks + 2);
    EXPECT_TRUE(weaks.IsSound());
  }
}

// ---- Callbacks that change the table in the middle of themselves

TEST_F(TablePromisesTest, WhileACallbackRunsItsHandleIsDeadForEverybody) {
  weaks_.SetQuickWay(1);  // No rations: a slot serves again at once.
  const HandleValue value = Weak(FakeHeap::Young(1), HandleKind::kFinalizable);
  CollectWeak(SlotSet::kYoung, {1});
  PendingCallback pending;
  ASSERT_TRUE(weaks_.TakePendingCallback(&pending));
  EXPECT_EQ(weaks_.pending(), 0u);
  EXPECT_EQ(DeleteWeak(value), HandleStatus::kDead);
  EXPECT_EQ(weaks_.pending(), 0u);
  EXPECT_TRUE(weaks_.IsSound());
  CollectWeak(SlotSet::kAll);
  CollectWeak(SlotSet::kYoung);
  weaks_.QueueAll();
  EXPECT_EQ(weaks_.pending(), 0u) << "it is not queued again";
  EXPECT_NE(Weak(FakeHeap::Old(2)).index(), value.index()) << "nor its slot used";
  weaks_.FinishCallback(value);
  EXPECT_EQ(weaks_.StatusOf(value), HandleStatus::kStale);
  EXPECT_EQ(Weak(FakeHeap::Old(3)).index(), value.index());
}

TEST_F(TablePromisesTest, ACallbackMayDeleteTheNextCreateOthersAndLetMoreDie) {
  weaks_.SetQuickWay(1);  // No rations: a slot serves again at once.
  const HandleValue first = Weak(FakeHeap::Young(1));
  const HandleValue second = Weak(FakeHeap::Young(2));
  const HandleValue third = Weak(FakeHeap::Young(3));
  CollectWeak(SlotSet::kYoung, {1, 2, 3});
  EXPECT_EQ(weaks_.pending(), 3u);
  std::vector<HandleValue> queue;
  PendingCallback pending;
  ASSERT_TRUE(weaks_.TakePendingCallback(&pending));
  queue.push_back(pending.value);
  // Inside the first one's callback: of the two others one is deleted, a fourth is made and dies.
  const HandleValue running = pending.value;
  const HandleValue deleted = running == second ? first : second;
  const HandleValue left = running == third ? first : third;
  EXPECT_EQ(DeleteWeak(deleted), HandleStatus::kDead);
  EXPECT_EQ(DeleteWeak(deleted), HandleStatus::kStale) << "once";
  EXPECT_EQ(weaks_.pending(), 1u);
  const HandleValue fourth = Weak(FakeHeap::Young(4));
  CollectWeak(SlotSet::kYoung, {4});
  EXPECT_EQ(weaks_.pending(), 2u);
  weaks_.FinishCallback(running);
  EXPECT_TRUE(weaks_.IsSound());
  while (weaks_.TakePendingCallback(&pending)) {
    queue.push_back(pending.value);
    weaks_.FinishCallback(pending.value);
    EXPECT_TRUE(weaks_.IsSound());
  }
  EXPECT_EQ(queue, std::vector<HandleValue>({running, left, fourth}));
  EXPECT_FALSE(weaks_.HasPendingCallbacks());
  // All four slots serve again.
  std::set<std::uint32_t> slots;
  for (int i = 0; i < 4; ++i) slots.insert(Weak(FakeHeap::Old(9)).index());
  EXPECT_TRUE(slots.count(first.index()) + slots.count(second.index()) +
                  slots.count(third.index()) + slots.count(fourth.index()) ==
              4u);
}

TEST_F(TablePromisesTest, TheQueueCanBeEmptiedByDeletionsAndFilledAgain) {
  weaks_.SetQuickWay(1);  // No rations: a slot serves again at once.
  const HandleValue value = Weak(FakeHeap::Young(1));
  CollectWeak(SlotSet::kYoung, {1});
  EXPECT_EQ(DeleteWeak(value), HandleStatus::kDead);
  PendingCallback pending;
  EXPECT_FALSE(weaks_.TakePendingCallback(&pending));
  EXPECT_TRUE(weaks_.IsSound());
  const HandleValue next = Weak(FakeHeap::Young(2));
  EXPECT_EQ(next.index(), value.index());
  CollectWeak(SlotSet::kYoung, {2});
  ASSERT_TRUE(weaks_.TakePendingCallback(&pending));
  EXPECT_EQ(pending.value, next);
  EXPECT_FALSE(weaks_.TakePendingCallback(&pending));
}

TEST_F(TablePromisesTest, ACollectionThatMovesAsksForTheLivingOnly) {
  const HandleValue leaving = Weak(FakeHeap::At(FakeHeap::kLeaving, 5));
  Weak(FakeHeap::Old(6));
  const HandleValue dead = Weak(FakeHeap::At(FakeHeap::kLeaving, 7));
  CollectWeak(SlotSet::kAll, {7});
  EXPECT_EQ(weaks_.StatusOf(dead), HandleStatus::kDead);
  const HandleValue again = Weak(FakeHeap::At(FakeHeap::kLeaving, 8));
  MovingWeakVisitor visitor;
  weaks_.VisitWeak(SlotSet::kEvacuating, visitor);
  EXPECT_EQ(visitor.visited, 1u);
  EXPECT_EQ(weaks_.Get(again, quiet_), FakeHeap::Old(8));
  EXPECT_EQ(weaks_.Get(leaving, quiet_), FakeHeap::Old(5));
}

TEST_F(TablePromisesTest, ACallbackThatWasNotTakenIsNotFinished) {
  const HandleValue live = Weak(FakeHeap::Old(1));
  EXPECT_DEATH(weaks_.FinishCallback(live), "check failed");
  const HandleValue queued = Weak(FakeHeap::Old(2));
  CollectWeak(SlotSet::kAll, {2});
  EXPECT_DEATH(weaks_.FinishCallback(queued), "check failed");
}

// ---- What Verify finds

TEST_F(TablePromisesTest, AFreeSlotThatIsOnNoListIsFound) {
  persistents_.SetQuickWay(1);  // No rations: a slot serves again at once.
  ASSERT_FALSE(persistents_.Create(FakeHeap::Old(1)).is_empty());
  ++Peer::ChunkOf(Peer::TableOf(persistents_), 0).first_free;
  EXPECT_EQ(BrokenInvariantsOf(persistents_), std::set<std::string>{"HN-T1 one state"});
  --Peer::ChunkOf(Peer::TableOf(persistents_), 0).first_free;
}

TEST_F(TablePromisesTest, AFreeListThatEndsElsewhereAndARetiredSlotThatIsNoneAreFound) {
  persistents_.SetQuickWay(1);  // No rations: a slot serves again at once.
  const HandleValue value = persistents_.Create(FakeHeap::Old(1));
  auto& table = Peer::TableOf(persistents_);
  StrongSlot* const last = table.At(value.index() + kChunk - 1);
  const ObjectPtr end = last->referent;
  last->referent = ObjectPtr::FromSmi(2'000);
  EXPECT_EQ(BrokenInvariantsOf(persistents_), std::set<std::string>{"HN-T1 one state"});
  last->referent = end;
  ++Peer::ChunkOf(table, 0).retired;
  ++Peer::ChunkOf(table, 0).first_free;
  EXPECT_EQ(BrokenInvariantsOf(persistents_), std::set<std::string>{"HN-T1 one state"});
  --Peer::ChunkOf(table, 0).retired;
  --Peer::ChunkOf(table, 0).first_free;
}

TEST_F(TablePromisesTest, AYoungListThatLeadsNowhereIsFound) {
  const HandleValue value = persistents_.Create(FakeHeap::Young(1));
  Peer::SetLink(Peer::TableOf(persistents_), value.index(), 5 * kChunk);
  EXPECT_EQ(BrokenInvariantsOf(persistents_), std::set<std::string>{"HN-T4 list"});
}

TEST_F(TablePromisesTest, AQueuedHandleThatIsLostOrNotCountedIsFound) {
  for (const int number : {1, 2}) {
    ASSERT_FALSE(Weak(FakeHeap::Old(static_cast<std::size_t>(number))).is_empty());
  }
  CollectWeak(SlotSet::kAll, {1, 2});
  Peer::Pending(weaks_) = 1;
  EXPECT_EQ(BrokenInvariantsOf(weaks_), std::set<std::string>{"HN-W1 queue"});
  Peer::Pending(weaks_) = 2;
  EXPECT_TRUE(weaks_.IsSound());
  // The first ends the queue: the second is in use, dead, and on no list.
  WeakSlot* const first = Peer::TableOf(weaks_).At(0);
  const ObjectPtr next = first->referent;
  const std::int64_t tail = Peer::QueueTail(weaks_);
  ASSERT_EQ(next, ObjectPtr::FromSmi(1));
  first->referent = ObjectPtr::FromSmi(-1);
  Peer::QueueTail(weaks_) = 0;
  EXPECT_EQ(BrokenInvariantsOf(weaks_), std::set<std::string>{"HN-W1 queue"});
  first->referent = next;
  Peer::QueueTail(weaks_) = tail;
}

// ---- Peers

TEST_F(TablePromisesTest, AnOldObjectsPeerIsReplacedAndTakenAway) {
  PeerTable peers(heap_.flags());
  int first = 0;
  int second = 0;
  for (const ObjectPtr object : {FakeHeap::Old(1), FakeHeap::Young(2)}) {
    peers.Set(object, &first, quiet_);
    peers.Set(object, &second, quiet_);
    EXPECT_EQ(peers.Get(object, quiet_), &second);
    EXPECT_EQ(peers.size(), 1u);
    peers.Set(object, nullptr, quiet_);
    EXPECT_EQ(peers.Get(object, quiet_), nullptr);
    EXPECT_EQ(peers.size(), 0u);
  }
}

TEST_F(TablePromisesTest, WhatHasMovedHasItsPeerWhereItIsAndNowhereElse) {
  PeerTable peers(heap_.flags());
  const ObjectPtr leaving = FakeHeap::At(FakeHeap::kLeaving, 5);
  peers.Set(leaving, &peer_, quiet_);
  peers.Set(FakeHeap::Old(6), &peer_, quiet_);
  MovingWeakVisitor visitor;
  peers.VisitWeak(SlotSet::kEvacuating, visitor);
  EXPECT_EQ(visitor.visited, 1u);
  EXPECT_EQ(peers.Get(leaving, quiet_), nullptr);
  EXPECT_EQ(peers.Get(FakeHeap::Old(5), quiet_), &peer_);
  EXPECT_EQ(peers.size(), 2u);
  EXPECT_EQ(peers.young_size(), 0u);
  // From new space to new space, and on to old.
  peers.Set(FakeHeap::Young(7), &peer_, quiet_);
  MovingWeakVisitor minor;
  peers.VisitWeak(SlotSet::kYoung, minor);
  EXPECT_EQ(minor.visited, 1u);
  EXPECT_EQ(peers.young_size(), 1u);
  EXPECT_EQ(peers.Get(FakeHeap::At(FakeHeap::kSurvivor, 7), quiet_), &peer_);
  peers.VisitWeak(SlotSet::kYoung, minor);
  EXPECT_EQ(peers.young_size(), 0u);
  EXPECT_EQ(peers.Get(FakeHeap::Old(7), quiet_), &peer_);
  EXPECT_EQ(peers.size(), 3u);
}

TEST_F(TablePromisesTest, BothKindsOfEntriesAreAskedForWhenObjectsMove) {
  PeerTable peers(heap_.flags());
  peers.Set(FakeHeap::At(FakeHeap::kLeavingYoung, 1), &peer_, quiet_);
  peers.Set(FakeHeap::At(FakeHeap::kLeaving, 2), &peer_, quiet_);
  peers.Set(FakeHeap::At(FakeHeap::kLeavingYoung, 3), &peer_, quiet_);
  MovingWeakVisitor visitor;
  visitor.dead = {3};
  peers.VisitWeak(SlotSet::kEvacuating, visitor);
  EXPECT_EQ(visitor.visited, 3u);
  EXPECT_EQ(peers.Get(FakeHeap::Old(1), quiet_), &peer_);
  EXPECT_EQ(peers.Get(FakeHeap::Old(2), quiet_), &peer_);
  EXPECT_EQ(peers.size(), 2u);
}

TEST_F(TablePromisesTest, VerifyNamesWhatIsWrongWithPeers_HNE1_HNE2) {
  const auto broken = [this](ObjectPtr object, void* peer, bool twice) FART_NO_SAFEPOINT_ANALYSIS {
    HandleTables tables(heap_.flags(), kTestIsolate);
    if (twice) {
      tables.peers.Set(object, peer, quiet_);
    }
    Peer::PutOld(tables.peers, object, peer);
    return BrokenInvariantsOf(tables);
  };
  using Names = std::set<std::string>;
  EXPECT_EQ(broken(FakeHeap::Old(1), &peer_, false), Names());
  EXPECT_EQ(broken(FakeHeap::Young(1), &peer_, false), Names{"HN-E1 young"});
  EXPECT_EQ(broken(FakeHeap::Old(1), nullptr, false), Names{"HN-E2 once"});
  EXPECT_EQ(broken(FakeHeap::Young(1), &peer_, true), Names({"HN-E1 young", "HN-E2 once"}));
}

// ---- Constants

TEST_F(TablePromisesTest, EachConstantStaysDefinedAndOnlyItsOwnValueNamesIt_HNI1) {
  HandleTables tables(heap_.flags(), kTestIsolate);
  tables.constants.Define(1, FakeHeap::Old(1));
  tables.constants.Define(ImmortalConstants::kCapacity - 1, FakeHeap::Old(2));
  const ObjectPtr* slot = nullptr;
  EXPECT_EQ(tables.constants.Find(HandleValue::Immortal(1), &slot), HandleStatus::kOk);
  EXPECT_EQ(*slot, FakeHeap::Old(1));
  EXPECT_EQ(tables.constants.Find(HandleValue::Immortal(31), &slot), HandleStatus::kOk);
  EXPECT_EQ(*slot, FakeHeap::Old(2));
  slot = nullptr;
  for (const HandleValue wrong :
       {HandleValue::Immortal(2), HandleValue::Immortal(32),
        HandleValue::Tagged(HandleKind::kImmortal, 1, 1, IsolateId::kProcess),
        HandleValue::Tagged(HandleKind::kImmortal, 1, 0, kTestIsolate)}) {
    EXPECT_EQ(tables.constants.Find(wrong, &slot), HandleStatus::kNotAHandle);
    EXPECT_EQ(slot, nullptr);
  }
  EXPECT_DEATH(tables.constants.Define(32, ObjectPtr()), "check failed");
}

// ---- All tables together

TEST_F(TablePromisesTest, CountsNameEachTablesOwn) {
  HandleTables tables(heap_.flags(), kTestIsolate);
  ASSERT_TRUE(tables.locals.EnterScope());
  for (int i = 0; i < 2; ++i) static_cast<void>(tables.locals.CreateHandle(FakeHeap::Old(1)));
  for (int i = 0; i < 3; ++i) static_cast<void>(tables.persistents.Create(FakeHeap::Old(1)));
  const auto weak = [&](HandleKind kind) {
    return tables.weaks.Create(kind, FakeHeap::Old(1), &peer_, ByteCount(), &Callback);
  };
  for (int i = 0; i < 4; ++i) static_cast<void>(weak(HandleKind::kWeak));
  for (int i = 0; i < 5; ++i) static_cast<void>(weak(HandleKind::kFinalizable));
  HandleCounts counts = tables.Counts();
  EXPECT_EQ(counts.local.live, 2u);
  EXPECT_EQ(counts.persistent.live, 3u);
  EXPECT_EQ(counts.weak.live, 4u);
  EXPECT_EQ(counts.finalizable.live, 5u);
  EXPECT_EQ(counts.finalizable.made, 5u);
  EXPECT_EQ(counts.pending_callbacks, 0u);
  EXPECT_EQ(counts.table_memory, tables.persistents.memory() + tables.weaks.memory());
  EXPECT_GT(tables.weaks.memory(), ByteCount());
  tables.weaks.QueueAll();
  counts = tables.Counts();
  EXPECT_EQ(counts.weak.live, 0u);
  EXPECT_EQ(counts.weak.made, 4u);
  EXPECT_EQ(counts.pending_callbacks, 9u);
}

TEST_F(TablePromisesTest, AnyTablesFindingIsOneOfAll) {
  const auto broken = [this](auto breaks) {
    HandleTables tables(heap_.flags(), kTestIsolate);
    EXPECT_TRUE(tables.IsSound());
    breaks(tables);
    const std::set<std::string> names = BrokenInvariantsOf(tables);
    return names.empty() ? std::string() : *names.begin();
  };
  EXPECT_EQ(broken([](HandleTables& tables) {
              Peer::Watermark(tables.locals) = Peer::Top(tables.locals) + 1;
            }),
            "HN-L1 bounds");
  EXPECT_EQ(broken([](HandleTables& tables) {
              const HandleValue value = tables.persistents.Create(FakeHeap::Young(1));
              Peer::SetGeneration(Peer::TableOf(tables.persistents), value.index(),
                                  Table::kRetiredGeneration);
            }),
            "HN-T1 one state");
  EXPECT_EQ(broken([](HandleTables& tables) { Peer::Pending(tables.weaks) = 1; }), "HN-W1 queue");
  EXPECT_EQ(
      broken([](HandleTables& tables) { Peer::SlotOf(tables.constants, 3) = FakeHeap::Old(1); }),
      "HN-I1 defined");
}

}  // namespace
}  // namespace fart
