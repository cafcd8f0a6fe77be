#include <algorithm>
#include <deque>
#include <functional>

#include "api/testing/api_test.h"
#include "handles/handle_value.h"
#include "vm/isolate_number.h"
#include "vm/isolate_registry.h"

namespace fart::api {
namespace {

// What a callback has seen, and what it does besides.
struct Witness {
  int calls = 0;
  void* isolate_data = nullptr;
  Fart_WeakPersistentHandle handle = nullptr;
  std::function<void()> act;
};

void Note(void* isolate_data, Fart_WeakPersistentHandle handle, void* peer) {
  auto* const witness = static_cast<Witness*>(peer);
  ++witness->calls;
  witness->isolate_data = isolate_data;
  witness->handle = handle;
  if (witness->act) witness->act();
}

void NoteFinalizable(void* isolate_data, void* peer) { Note(isolate_data, nullptr, peer); }

class WeakHandlesTest : public ApiTest {
 protected:
  // A weak handle to an object that nothing holds.
  Fart_WeakPersistentHandle NewToGarbage(Witness* witness, std::intptr_t external = 0) {
    Fart_EnterScope();
    const Fart_WeakPersistentHandle weak =
        Fart_NewWeakPersistentHandle(Fart_NewList(2), witness, external, Note);
    Fart_ExitScope();
    return weak;
  }
  // One that outlives the isolate, whose end may call back as well.
  Witness& NewWitness() { return witnesses_.emplace_back(); }
  bool ReadsAsNull(Fart_WeakPersistentHandle weak) {
    return Fart_IsNull(Fart_HandleFromWeakPersistent(weak));
  }

 private:
  std::deque<Witness> witnesses_;
};

TEST_F(WeakHandlesTest, RunsItsCallbackOnceAfterTheObjectDied) {
  Witness& witness = NewWitness();
  const Fart_WeakPersistentHandle weak = NewToGarbage(&witness);
  Collect();
  EXPECT_EQ(witness.calls, 1);
  EXPECT_EQ(witness.isolate_data, this);
  EXPECT_EQ(witness.handle, weak);
  Collect();
  EXPECT_EQ(witness.calls, 1);
}

TEST_F(WeakHandlesTest, ReadsTheObjectWhileItLivesAndNullAfterwards) {
  Witness& witness = NewWitness();
  const Fart_PersistentHandle kept = Fart_NewPersistentHandle(Fart_NewList(2));
  const Fart_WeakPersistentHandle weak = Fart_NewWeakPersistentHandle(kept, &witness, 0, Note);
  Collect();
  EXPECT_TRUE(Fart_IdentityEquals(Fart_HandleFromWeakPersistent(weak), kept));
  Fart_DeletePersistentHandle(kept);
  Fart_ExitScope();  // with the local handle just made
  Fart_EnterScope();
  Collect();
  EXPECT_TRUE(ReadsAsNull(weak));
  EXPECT_EQ(witness.calls, 1);
}

TEST_F(WeakHandlesTest, ReadsAsNullInsideItsOwnCallback) {
  Witness& witness = NewWitness();
  bool was_null = false;
  witness.act = [&] { was_null = ReadsAsNull(witness.handle); };
  NewToGarbage(&witness);
  Collect();
  EXPECT_TRUE(was_null);
}

TEST_F(WeakHandlesTest, StaysSafeToAskAndDeleteAfterItsEnd_Defect12) {
  Witness& first = NewWitness();
  const Fart_WeakPersistentHandle ended = NewToGarbage(&first);
  Collect();
  EXPECT_EQ(first.calls, 1);
  // Its slot has another owner now, whom a late deletion must not hit.
  Witness& second = NewWitness();
  const Fart_PersistentHandle kept = Fart_NewPersistentHandle(Fart_NewList(1));
  const Fart_WeakPersistentHandle next = Fart_NewWeakPersistentHandle(kept, &second, 0, Note);
  const std::uint64_t before = Fart_MisuseCount();
  EXPECT_TRUE(ReadsAsNull(ended));
  Fart_DeleteWeakPersistentHandle(isolate_, ended);
  Fart_DeleteWeakPersistentHandle(isolate_, ended);
  Fart_UpdateExternalSize(ended, 100);
  EXPECT_EQ(Fart_MisuseCount(), before);
  EXPECT_FALSE(ReadsAsNull(next));
  Fart_DeletePersistentHandle(kept);
  Fart_ExitScope();
  Fart_EnterScope();
  Collect();
  EXPECT_EQ(second.calls, 1);
}

TEST_F(WeakHandlesTest, NeverCallsAfterDeletion_Defect13) {
  Witness& witness = NewWitness();
  const Fart_WeakPersistentHandle weak = NewToGarbage(&witness);
  Fart_DeleteWeakPersistentHandle(isolate_, weak);
  Fart_DeleteWeakPersistentHandle(isolate_, weak);
  EXPECT_TRUE(ReadsAsNull(weak));
  Collect();
  EXPECT_EQ(witness.calls, 0);
}

TEST_F(WeakHandlesTest, AreDeletedWhereTheyAreAndElsewhereSayWhoseTheyAre) {
  Witness& witness = NewWitness();
  const std::uint64_t misuses = Fart_MisuseCount();
  const std::uint64_t external = HeapStatistics().external_bytes;
  const Fart_WeakPersistentHandle plain = NewToGarbage(&witness);
  EXPECT_EQ(Fart_TryDeleteWeakPersistentHandle(plain), nullptr);
  EXPECT_TRUE(ReadsAsNull(plain));
  EXPECT_EQ(Fart_TryDeleteWeakPersistentHandle(plain), nullptr) << "it has ended";
  const Fart_WeakPersistentHandle charged =
      Fart_NewWeakPersistentHandle(Fart_NewList(1), &witness, 1000, Note);
  EXPECT_EQ(Fart_TryDeleteWeakPersistentHandle(charged), nullptr);
  EXPECT_EQ(HeapStatistics().external_bytes, external);
  const Fart_WeakPersistentHandle kept =
      Fart_NewWeakPersistentHandle(Fart_NewList(1), &witness, 0, Note);

  Fart_ExitIsolate();
  EXPECT_EQ(Fart_TryDeleteWeakPersistentHandle(kept), isolate_) << "inside none";
  const Fart_Isolate other = Fart_CreateHeapIsolate(nullptr, nullptr);
  Fart_EnterScope();
  const Fart_WeakPersistentHandle of_other =
      Fart_NewWeakPersistentHandle(Fart_Null(), &witness, 0, Note);
  EXPECT_EQ(Fart_TryDeleteWeakPersistentHandle(kept), isolate_) << "inside another";
  Fart_ExitIsolate();
  Fart_EnterIsolate(isolate_);
  EXPECT_FALSE(ReadsAsNull(kept)) << "of another it is left alone";
  EXPECT_EQ(Fart_TryDeleteWeakPersistentHandle(of_other), other);
  Fart_ExitIsolate();
  Fart_EnterIsolate(other);
  EXPECT_EQ(witness.calls, 0);
  Fart_ShutdownIsolate();
  EXPECT_EQ(witness.calls, 1);
  EXPECT_EQ(Fart_TryDeleteWeakPersistentHandle(of_other), nullptr) << "its isolate has ended";
  Fart_EnterIsolate(isolate_);
  EXPECT_EQ(Fart_TryDeleteWeakPersistentHandle(of_other), nullptr);
  EXPECT_EQ(Fart_TryDeleteWeakPersistentHandle(kept), nullptr);
  EXPECT_TRUE(ReadsAsNull(kept));
  EXPECT_EQ(Fart_MisuseCount(), misuses);
  {
    const ExpectMisuse misuse("it is NULL");
    EXPECT_EQ(Fart_TryDeleteWeakPersistentHandle(nullptr), nullptr);
  }
  Fart_ExitIsolate();
  {
    const ExpectMisuse misuse("Fart_TryDeleteWeakPersistentHandle");
    EXPECT_EQ(Fart_TryDeleteWeakPersistentHandle(nullptr), nullptr);
  }
  Fart_EnterIsolate(isolate_);
}

IsolateId IdOf(Fart_WeakPersistentHandle handle) {
  return HandleValue::FromPointer(handle).isolate();
}

// Gives numbers of isolates out until this one, which is free, was the last.
void ComeRoundTo(IsolateId last) {
  IsolateNumber number;
  do {
    ASSERT_TRUE(IsolateRegistry::TakeNumber(&number));
    IsolateRegistry::GiveBackNumber(number, number.first_generation);
  } while (number.id != last);
}

TEST_F(WeakHandlesTest, OfAnIsolateThatHasEndedAreNoneOfTheNextOfItsNumber) {
  constexpr int kMoreThanAChunk = 1100;
  Witness& witness = NewWitness();
  Fart_ExitIsolate();
  Fart_CreateHeapIsolate(nullptr, nullptr);
  Fart_EnterScope();
  const IsolateId before = IdOf(Fart_NewWeakPersistentHandle(Fart_Null(), &witness, 0, Note));
  Fart_ShutdownIsolate();
  Fart_CreateHeapIsolate(nullptr, nullptr);
  Fart_EnterScope();
  const Fart_Handle object = Fart_NewList(1);
  const Fart_WeakPersistentHandle first = Fart_NewWeakPersistentHandle(object, &witness, 0, Note);
  Fart_WeakPersistentHandle last = nullptr;
  for (int i = 0; i < kMoreThanAChunk; ++i) {
    last = Fart_NewWeakPersistentHandle(object, &witness, 0, Note);
  }
  Fart_ShutdownIsolate();
  const std::uint64_t misuses = Fart_MisuseCount();
  ComeRoundTo(before);
  const Fart_Isolate next = Fart_CreateHeapIsolate(nullptr, nullptr);
  Fart_EnterScope();
  const Fart_WeakPersistentHandle own =
      Fart_NewWeakPersistentHandle(Fart_NewList(1), &witness, 0, Note);
  ASSERT_EQ(IdOf(own), IdOf(first));
  EXPECT_EQ(Fart_TryDeleteWeakPersistentHandle(first), nullptr);
  EXPECT_EQ(Fart_TryDeleteWeakPersistentHandle(last), nullptr) << "a place that it does not have";
  EXPECT_FALSE(ReadsAsNull(own));
  Fart_ExitIsolate();
  EXPECT_EQ(Fart_TryDeleteWeakPersistentHandle(first), nullptr);
  EXPECT_EQ(Fart_TryDeleteWeakPersistentHandle(own), next);
  Fart_EnterIsolate(next);
  Fart_ShutdownIsolate();
  Fart_EnterIsolate(isolate_);
  EXPECT_EQ(Fart_MisuseCount(), misuses);
}

TEST_F(WeakHandlesTest, DeletionInACallbackCancelsAnotherThatIsQueued) {
  Witness& first = NewWitness();
  Witness& second = NewWitness();
  // Whichever runs first deletes the other.
  Fart_EnterScope();
  const Fart_WeakPersistentHandle one =
      Fart_NewWeakPersistentHandle(Fart_NewList(1), &first, 0, Note);
  const Fart_WeakPersistentHandle two =
      Fart_NewWeakPersistentHandle(Fart_NewList(1), &second, 0, Note);
  first.act = [&] { Fart_DeleteWeakPersistentHandle(isolate_, two); };
  second.act = [&] { Fart_DeleteWeakPersistentHandle(isolate_, one); };
  Fart_ExitScope();
  Collect();
  EXPECT_EQ(first.calls + second.calls, 1);
}

TEST_F(WeakHandlesTest, RunsTheCallbacksOfWhatIsLeftAtShutdown) {
  Witness& of_object = NewWitness();
  Witness& of_null = NewWitness();
  Fart_NewWeakPersistentHandle(Fart_NewList(1), &of_object, 0, Note);
  Fart_NewWeakPersistentHandle(Fart_Null(), &of_null, 16, Note);
  Collect();
  EXPECT_EQ(of_object.calls + of_null.calls, 0);
  Fart_ShutdownIsolate();
  EXPECT_EQ(of_object.calls, 1);
  EXPECT_EQ(of_null.calls, 1);
}

TEST_F(WeakHandlesTest, AtShutdownACallbackMayAskWhatAProgramWouldAnswer) {
  Witness& witness = NewWitness();
  const Fart_PersistentHandle kept = Fart_NewPersistentHandle(
      Fart_NewUnhandledExceptionError(Fart_True()));  // no list, whatever the program
  bool is_list = true;
  std::intptr_t length = -1;
  witness.act = [&] {
    is_list = Fart_IsList(kept) || Fart_IsList(Fart_True());
    EXPECT_NE(ErrorOf(Fart_ListLength(Fart_True(), &length)), "");
  };
  NewToGarbage(&witness);
  Fart_ShutdownIsolate();
  EXPECT_EQ(witness.calls, 1);
  EXPECT_FALSE(is_list);
  EXPECT_EQ(length, -1);
}

TEST_F(WeakHandlesTest, RefusesBadArguments_Defect14) {
  Witness& witness = NewWitness();
  const Fart_Handle object = Fart_NewList(1);
  {
    const ExpectMisuse misuse("argument 'callback' to be non-null");  // Defect 15 as well
    EXPECT_EQ(Fart_NewWeakPersistentHandle(object, &witness, 0, nullptr), nullptr);
  }
  {
    const ExpectMisuse misuse("'external_allocation_size' to be in the range [0..");
    EXPECT_EQ(Fart_NewWeakPersistentHandle(object, &witness, -1, Note), nullptr);
  }
  {
    const ExpectMisuse misuse("Fart_NewWeakPersistentHandle expects argument 'object'");
    EXPECT_EQ(Fart_NewWeakPersistentHandle(Fart_NewInteger(3), &witness, 0, Note), nullptr);
  }
  {
    const ExpectMisuse misuse("it is NULL");
    EXPECT_EQ(Fart_NewWeakPersistentHandle(nullptr, &witness, 0, Note), nullptr);
  }
  const Fart_WeakPersistentHandle weak = Fart_NewWeakPersistentHandle(object, &witness, 0, Note);
  {
    const ExpectMisuse misuse(
        "Fart_UpdateExternalSize expects argument 'external_allocation_size'");
    Fart_UpdateExternalSize(weak, -5);
  }
  {
    const ExpectMisuse misuse("argument 'isolate' to be the current isolate");
    Fart_DeleteWeakPersistentHandle(nullptr, weak);
  }
  {
    const ExpectMisuse misuse("it is NULL");
    Fart_DeleteWeakPersistentHandle(isolate_, nullptr);
  }
  EXPECT_THAT(ErrorOf(Fart_HandleFromWeakPersistent(nullptr)), ::testing::HasSubstr("it is NULL"));
  EXPECT_FALSE(ReadsAsNull(weak));
}

TEST_F(WeakHandlesTest, RefusesACallWithoutCallback_Defect15) {
  const ExpectMisuse misuse("Fart_NewFinalizableHandle expects argument 'callback'");
  EXPECT_EQ(Fart_NewFinalizableHandle(Fart_NewList(1), nullptr, 0, nullptr), nullptr);
}

TEST_F(WeakHandlesTest, DoesNotPassForAnotherKindOfHandle) {
  Witness& witness = NewWitness();
  const Fart_WeakPersistentHandle weak =
      Fart_NewWeakPersistentHandle(Fart_NewList(1), &witness, 0, Note);
  EXPECT_THAT(TextOf(reinterpret_cast<Fart_Handle>(weak)),
              ::testing::HasSubstr("it is a handle of another kind"));
  const Fart_FinalizableHandle finalizable =
      Fart_NewFinalizableHandle(Fart_NewList(1), &witness, 0, NoteFinalizable);
  EXPECT_THAT(ErrorOf(Fart_HandleFromWeakPersistent(
                  reinterpret_cast<Fart_WeakPersistentHandle>(finalizable))),
              ::testing::HasSubstr("it is a handle of another kind"));
}

TEST_F(WeakHandlesTest, ChargesExternalMemoryAndGivesItBack) {
  Witness& witness = NewWitness();
  const std::uint64_t before = HeapStatistics().external_bytes;
  const Fart_Handle object = Fart_NewList(1);
  const Fart_WeakPersistentHandle weak = Fart_NewWeakPersistentHandle(object, &witness, 1000, Note);
  EXPECT_EQ(HeapStatistics().external_bytes, before + 1000);
  Fart_UpdateExternalSize(weak, 400);
  EXPECT_EQ(HeapStatistics().external_bytes, before + 400);
  Collect();
  EXPECT_EQ(HeapStatistics().external_bytes, before + 400);
  Fart_DeleteWeakPersistentHandle(isolate_, weak);
  EXPECT_EQ(HeapStatistics().external_bytes, before);
  // That of null is charged to nothing.
  Fart_NewWeakPersistentHandle(Fart_Null(), &witness, 1000, Note);
  EXPECT_EQ(HeapStatistics().external_bytes, before);
}

TEST_F(WeakHandlesTest, AbsurdExternalSizesNeverAddUpToMoreThanIsCounted) {
  constexpr std::intptr_t kAbsurd = std::intptr_t{1} << 60;  // 16 of them come round to nothing.
  Witness& witness = NewWitness();
  const std::uint64_t before = HeapStatistics().external_bytes;
  const Fart_Handle object = Fart_NewList(1);
  std::vector<Fart_WeakPersistentHandle> handles;
  for (int i = 0; i < 40; ++i) {
    handles.push_back(Fart_NewWeakPersistentHandle(object, &witness, kAbsurd, Note));
    if (handles.back() == nullptr)
      handles.back() = Fart_NewWeakPersistentHandle(object, &witness, 0, Note);
    Fart_UpdateExternalSize(handles.back(), kAbsurd);
    EXPECT_TRUE(Fart_IsList(Fart_HandleFromWeakPersistent(handles.back())));
  }
  EXPECT_LE(HeapStatistics().external_bytes, std::uint64_t{1} << 61);
  EXPECT_NE(std::string(Fart_GetMisuse()).find("external_allocation_size"), std::string::npos);
  static std::uint8_t lent[8];
  EXPECT_TRUE(Fart_IsError(Fart_NewExternalTypedDataWithFinalizer(
      Fart_TypedData_kUint8, lent, 8, &witness, kAbsurd * 2, NoteFinalizable)));
  EXPECT_TRUE(Fart_IsError(Fart_MakeExternalString(Fart_NewStringFromCString("lent"), lent,
                                                   kAbsurd * 2, nullptr, nullptr)));
  Fart_UpdateExternalSize(handles.front(), kAbsurd / 2);  // Less is always possible.
  for (const Fart_WeakPersistentHandle handle : handles) {
    Fart_DeleteWeakPersistentHandle(isolate_, handle);
  }
  EXPECT_EQ(HeapStatistics().external_bytes, before);
}

TEST_F(WeakHandlesTest, ExternalMemoryDrivesCollection_Defect32) {
  // 2 GB of them, one after the other: only collections keep the sum small, and not one for each.
  constexpr int kCount = 2000;
  Witness& witness = NewWitness();
  std::uint64_t most = 0;
  for (int i = 0; i < kCount; ++i) {
    NewToGarbage(&witness, 1 << 20);
    most = std::max(most, HeapStatistics().external_bytes);
  }
  EXPECT_GT(witness.calls, kCount / 2);
  EXPECT_LT(most, std::uint64_t{512} << 20);
  if (!IsUnderStress()) {
    const Fart_HeapStatistics statistics = HeapStatistics();
    EXPECT_LT(statistics.minor_collections + statistics.major_collections, kCount / 4u);
  }
}

TEST_F(WeakHandlesTest, ExternalMemoryThatGrowsLaterDrivesCollectionToo) {
  Witness& witness = NewWitness();
  const Fart_WeakPersistentHandle weak = NewToGarbage(&witness);
  Fart_UpdateExternalSize(weak, std::intptr_t{1} << 30);
  EXPECT_EQ(witness.calls, 1);
  EXPECT_EQ(HeapStatistics().external_bytes, 0u);
}

TEST_F(WeakHandlesTest, ExternalMemoryThatLivesMakesRoomForMore_Defect32) {
  if (IsUnderStress()) GTEST_SKIP() << "collects all the time";
  // 1 GB that stays alive, 1 MB at a time, far above every threshold: the growth of old space is a
  // share of what lives, so the full collections are as many as the steps of a geometric series.
  constexpr int kCount = 1000;
  Witness& witness = NewWitness();
  const Fart_Handle list = Fart_NewList(kCount);
  const Fart_HeapStatistics before = HeapStatistics();
  std::uint64_t of_second_half = 0;
  for (int i = 0; i < kCount; ++i) {
    if (i == kCount / 2) of_second_half = HeapStatistics().major_collections;
    Fart_EnterScope();
    const Fart_Handle object = Fart_NewList(1);
    ExpectSuccess(Fart_ListSetAt(list, i, object));
    Fart_NewWeakPersistentHandle(object, &witness, 1 << 20, Note);
    Fart_ExitScope();
  }
  const Fart_HeapStatistics after = HeapStatistics();
  EXPECT_EQ(after.external_bytes, std::uint64_t{kCount} << 20);
  EXPECT_GE(after.major_collections, before.major_collections + 3) << "they do count";
  EXPECT_LE(after.major_collections, before.major_collections + 40);
  EXPECT_LE(after.major_collections, of_second_half + 6);
  EXPECT_LE(after.minor_collections, before.minor_collections + kCount / 2);
  EXPECT_EQ(witness.calls, 0);
}

TEST_F(WeakHandlesTest, CallbackMayNotCollectThrowOrChangeTheIsolate_Defect9) {
  Witness& witness = NewWitness();
  const Fart_Handle string = Str("from outside");
  const Fart_PersistentHandle kept = Fart_NewPersistentHandle(Fart_True());
  std::vector<std::string> answers;
  int recorded = 0;
  witness.act = [&] {
    const std::uint64_t before = Fart_MisuseCount();
    for (const Fart_Handle answer :
         {Fart_NewList(1), Fart_NewDouble(1), Str("x"), Fart_Collect(Fart_Collection_kMinor),
          Fart_NewApiError("x"), Fart_NewInteger(INT64_MAX), Fart_ToString(string),
          Fart_ThrowException(string), Fart_PropagateError(string),
          Fart_NewUnhandledExceptionError(string), Fart_Invoke(string, string, 0, nullptr)}) {
      answers.push_back(Fart_GetError(answer));
    }
    EXPECT_EQ(Fart_NewWeakPersistentHandle(string, &witness, 0, Note), nullptr);
    Fart_UpdateExternalSize(witness.handle, 1 << 30);
    Fart_ExitIsolate();
    Fart_EnterIsolate(isolate_);
    Fart_ShutdownIsolate();
    recorded = static_cast<int>(Fart_MisuseCount() - before);
    // What never collects is allowed.
    EXPECT_EQ(IntOf(Fart_NewInteger(5)), 5);
    EXPECT_EQ(TextOf(string), "from outside");
    Fart_DeletePersistentHandle(kept);
  };
  NewToGarbage(&witness);
  Collect();
  ASSERT_EQ(witness.calls, 1);
  for (const std::string& answer : answers) {
    EXPECT_THAT(answer, ::testing::StartsWith("Fart_"));
    EXPECT_THAT(answer, ::testing::EndsWith(": Inside a callback nothing may be called that may "
                                            "collect, throw, or change the isolate."));
  }
  EXPECT_EQ(recorded, 5);
  EXPECT_EQ(Fart_CurrentIsolate(), isolate_);
  const ExpectMisuse misuse("it was deleted");
  Fart_DeletePersistentHandle(kept);
}

TEST_F(WeakHandlesTest, MinorCollectionsFindTheDeadToo) {
  Witness& witness = NewWitness();
  NewToGarbage(&witness);
  Collect(Fart_Collection_kMinor);
  EXPECT_EQ(witness.calls, 1);
}

TEST_F(WeakHandlesTest, ADeadYoungHolderKeepsNothingOldAlive_Defect30) {
  Witness& witness = NewWitness();
  const Fart_PersistentHandle old = Fart_NewPersistentHandle(Fart_NewList(1));
  Fart_NewWeakPersistentHandle(old, &witness, 0, Note);
  for (int i = 0; i < 3; ++i) Collect(Fart_Collection_kMinor);
  ASSERT_TRUE(Fart_IsInOldSpace(old));
  Fart_EnterScope();
  const Fart_Handle young = Fart_NewList(1);
  ExpectSuccess(Fart_ListSetAt(young, 0, old));
  Fart_ExitScope();
  Fart_ExitScope();  // with the handle that the first list was made by
  Fart_EnterScope();
  Fart_DeletePersistentHandle(old);
  EXPECT_EQ(witness.calls, 0);
  Collect(Fart_Collection_kMajor);
  EXPECT_EQ(witness.calls, 1);
}

TEST_F(WeakHandlesTest, ManyCallbacksAllRunBeforeTheNextMajorCollection_Defect33) {
  Witness& witness = NewWitness();
  for (int i = 0; i < 5000; ++i) NewToGarbage(&witness);
  Collect(Fart_Collection_kMinor);
  Collect(Fart_Collection_kMajor);
  Collect(Fart_Collection_kMajor);
  EXPECT_EQ(witness.calls, 5000);
  EXPECT_EQ(HandleStatistics().weak_live, 0u);
}

TEST_F(WeakHandlesTest, FinalizableHandleWantsProofOfItsObject) {
  Witness& witness = NewWitness();
  const Fart_Handle object = Fart_NewList(1);
  const Fart_FinalizableHandle watched =
      Fart_NewFinalizableHandle(object, &witness, 100, NoteFinalizable);
  ASSERT_NE(watched, nullptr);
  {
    const ExpectMisuse misuse("'strong_ref_to_object' to be a handle to the watched object");
    Fart_DeleteFinalizableHandle(watched, Fart_NewList(1));
  }
  {
    const ExpectMisuse misuse("'strong_ref_to_object' to be a live handle, but it is NULL");
    Fart_UpdateFinalizableExternalSize(watched, nullptr, 5);
  }
  Fart_UpdateFinalizableExternalSize(watched, object, 50);
  EXPECT_EQ(HeapStatistics().external_bytes, 50u);
  Fart_DeleteFinalizableHandle(watched, object);
  EXPECT_EQ(HeapStatistics().external_bytes, 0u);
  Fart_DeleteFinalizableHandle(watched, object);  // has ended: nothing
  Fart_ExitScope();
  Fart_EnterScope();
  Collect();
  EXPECT_EQ(witness.calls, 0);
}

TEST_F(WeakHandlesTest, FinalizableHandleCallsOnceAfterTheObjectDied) {
  Witness& witness = NewWitness();
  Fart_EnterScope();
  Fart_NewFinalizableHandle(Fart_NewList(1), &witness, 0, NoteFinalizable);
  EXPECT_EQ(HandleStatistics().finalizable_live, 1u);
  Fart_ExitScope();
  Collect();
  EXPECT_EQ(witness.calls, 1);
  EXPECT_EQ(HandleStatistics().finalizable_live, 0u);
  EXPECT_EQ(HandleStatistics().callbacks_run, 1u);
}

TEST_F(WeakHandlesTest, IsRecognisedInAnotherIsolate) {
  Witness& witness = NewWitness();
  const Fart_WeakPersistentHandle ours =
      Fart_NewWeakPersistentHandle(Fart_NewList(1), &witness, 0, Note);
  Fart_ExitIsolate();
  {
    const OwnIsolate other;
    EXPECT_THAT(ErrorOf(Fart_HandleFromWeakPersistent(ours)),
                ::testing::HasSubstr("it belongs to another isolate"));
    const ExpectMisuse misuse("it belongs to another isolate");
    Fart_DeleteWeakPersistentHandle(other.get(), ours);
  }
  Fart_EnterIsolate(isolate_);
  EXPECT_FALSE(ReadsAsNull(ours));
}

}  // namespace
}  // namespace fart::api
