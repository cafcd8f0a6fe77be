#include "vm/isolate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <latch>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "vm/entry/misuse.h"
#include "vm/isolate_registry.h"
#include "vm/testing/test_isolate.h"

namespace fart {
namespace {

std::unique_ptr<Isolate> NewIsolate(const IsolateOptions& options = {}) FART_NO_SAFEPOINT_ANALYSIS {
  std::string error;
  std::unique_ptr<Isolate> isolate = Isolate::Create(options, &error);
  EXPECT_NE(isolate, nullptr) << error;
  return isolate;
}

// ---- Beginning

std::size_t found_meanwhile = 0;

TEST(IsolateTest, IsFoundWhenItIsWhole_VR2) {
  const std::size_t before = IsolateRegistry::Count();
  const std::unique_ptr<Isolate> isolate =
      NewIsolate({.program = [](Isolate& made, std::string* error) {
        found_meanwhile = IsolateRegistry::Count();
        return MakeNoProgram(made, error);
      }});
  EXPECT_EQ(found_meanwhile, before);
  EXPECT_EQ(IsolateRegistry::Count(), before + 1);
}

// ---- Who is inside

TEST(IsolateTest, ItsMakerIsInsideUntilItLeaves) {
  const std::unique_ptr<Isolate> isolate = NewIsolate();
  EXPECT_EQ(Isolate::Current(), isolate.get());
  const std::uint64_t serial = isolate->entry_serial();
  isolate->Exit();
  EXPECT_EQ(Isolate::Current(), nullptr);
  ASSERT_TRUE(isolate->TryEnter());
  EXPECT_GT(isolate->entry_serial(), serial);
}

TEST(IsolateTest, OnlyOneThreadIsInsideAtATime) {
  const std::unique_ptr<Isolate> isolate = NewIsolate();
  std::thread([&] {
    EXPECT_FALSE(isolate->TryEnter());
    EXPECT_EQ(IsolateRegistry::TryEnter(isolate->foreign()), EnterResult::kOtherThread);
  }).join();
  isolate->Exit();
  std::thread([&] {
    ASSERT_TRUE(isolate->TryEnter());
    isolate->Exit();
  }).join();
  isolate->Enter();
}

TEST(IsolateTest, ThreadsThatTakeTurnsSeeEachOthersWork) FART_MAY_COLLECT {
  const std::unique_ptr<Isolate> isolate = NewIsolate();
  RootTable::Slot* const slot = isolate->roots().Add();
  isolate->roots().Set(slot, ObjectPtr::FromSmi(0));
  isolate->Exit();
  constexpr int kThreads = 4;
  constexpr int kTurns = 500;
  std::latch all_there(kThreads);  // none ends before the last has begun
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&]() FART_NO_SAFEPOINT_ANALYSIS {
      all_there.arrive_and_wait();
      for (int turn = 0; turn < kTurns; ++turn) {
        isolate->Enter();
        isolate->roots().Set(slot, ObjectPtr::FromSmi(slot->value.SmiValue() + 1));
        EXPECT_FALSE(NewArray(isolate->mutator(), 10).is_null());
        isolate->Exit();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(slot->value.SmiValue(), kThreads * kTurns);
}

TEST(IsolateTest, SeveralLiveInOneProcessEachWithItsOwnNumber) {
  const std::unique_ptr<Isolate> first = NewIsolate();
  first->Exit();
  const std::unique_ptr<Isolate> second = NewIsolate();
  EXPECT_NE(first->id(), second->id());
  EXPECT_TRUE(IsolateRegistry::With(
      first->foreign(), [&first](const Isolate& found) { EXPECT_EQ(&found, first.get()); }));
  EXPECT_EQ(IsolateRegistry::TryEnter(first->foreign()), EnterResult::kOtherIsolate);
  EXPECT_EQ(IsolateRegistry::Count(), 2u);
  second->Exit();
  EXPECT_EQ(IsolateRegistry::TryEnter(first->foreign()), EnterResult::kEntered);
  first->Exit();
}

TEST(IsolateTest, AnEndedIsolateIsNoneAndItsNumberIsNotGivenAgainAtOnce) {
  std::unique_ptr<Isolate> isolate = NewIsolate();
  const ForeignIsolate stale = isolate->foreign();
  const IsolateId id = isolate->id();
  isolate.reset();
  EXPECT_EQ(Isolate::Current(), nullptr);
  EXPECT_FALSE(IsolateRegistry::With(stale, [](Isolate&) {}));
  EXPECT_EQ(IsolateRegistry::TryEnter(stale), EnterResult::kNoSuchIsolate);
  EXPECT_EQ(IsolateRegistry::TryEnter(nullptr), EnterResult::kNoSuchIsolate);
  EXPECT_NE(NewIsolate()->id(), id);
}

TEST(IsolateTest, CannotBeMadeInsideAnother) FART_MAY_COLLECT {
  const std::unique_ptr<Isolate> isolate = NewIsolate();
  std::string error;
  EXPECT_EQ(Isolate::Create({}, &error), nullptr);
  EXPECT_EQ(error, "This thread is inside another isolate.");
}

TEST(IsolateTest, AProgramThatCannotBeMadeLeavesNothingBehind) FART_MAY_COLLECT {
  IsolateOptions options;
  options.program = [](Isolate&, std::string* error) -> std::unique_ptr<Program> {
    *error = "no core library";
    return nullptr;
  };
  std::string error;
  EXPECT_EQ(Isolate::Create(options, &error), nullptr);
  EXPECT_EQ(error, "no core library");
  EXPECT_EQ(Isolate::Current(), nullptr);
  EXPECT_EQ(IsolateRegistry::Count(), 0u);
}

// ---- Ready-made objects

TEST(IsolateTest, ConstantsAreThereFromTheBeginning) {
  TestIsolate isolate;
  isolate.Collect(GcKind::kMajor);
  EXPECT_TRUE(isolate->ConstantObject(Constant::kNull).is_null());
  EXPECT_TRUE(isolate->ConstantObject(Constant::kTrue).Is(kTrue));
  EXPECT_TRUE(isolate->ConstantObject(Constant::kFalse).Is(kFalse));
  EXPECT_EQ(isolate.Text(isolate->EmptyString()), "");
  EXPECT_TRUE(isolate->handles().Resolve(ConstantHandle(Constant::kEmptyString)).ok());
}

// A host asks of any error whether memory or the stack was the reason.
TEST(IsolateTest, AReadyErrorKnowsItsCause) FART_MAY_COLLECT {
  TestIsolate isolate;
  for (std::uint32_t i = 0; i < kErrorTexts; ++i) {
    const auto text = static_cast<ErrorText>(i);
    const bool is_of_memory = text == ErrorText::kOutOfMemory ||
                              text == ErrorText::kNoHandleSpace ||
                              text == ErrorText::kOffHeapMemory;
    const ErrorCause expected = is_of_memory                        ? ErrorCause::kOutOfMemory
                                : text == ErrorText::kStackOverflow ? ErrorCause::kStackOverflow
                                                                    : ErrorCause::kOther;
    const NoSafepointScope quiet;
    const ObjectPtr error = isolate->ReadyError(text).Get(quiet);
    EXPECT_EQ(ErrorCauseOf(error, quiet), expected) << TextOf(text);
    EXPECT_EQ(ToUtf8(ErrorMessage(error, quiet), quiet), TextOf(text));
  }
}

TEST(IsolateTest, KeepsAStickyErrorThroughCollections) FART_MAY_COLLECT {
  TestIsolate isolate;
  EXPECT_TRUE(isolate->sticky_error().is_null());
  {
    const Outcome error = NewApiError(*isolate, "sticks");
    const NoSafepointScope quiet;
    isolate->SetStickyError(error.Get(quiet), quiet);
  }
  isolate.Collect(GcKind::kMinor);
  const NoSafepointScope quiet;
  EXPECT_EQ(ToUtf8(ErrorMessage(isolate->sticky_error().Get(quiet), quiet), quiet), "sticks");
}

// ---- Flags

TEST(IsolateTest, FlagsCanBeChangedWhileItRuns) FART_MAY_COLLECT {
  TestIsolate isolate;
  std::string error;
  ASSERT_TRUE(isolate->SetFlag("--gc-stress=1", &error)) << error;
  const std::uint64_t before = isolate->statistics().totals().collections();
  isolate.NewList(1);
  const std::uint64_t under_stress = isolate->statistics().totals().collections();
  EXPECT_GT(under_stress, before);
  ASSERT_TRUE(isolate->SetFlag("--gc-stress=0", &error)) << error;
  isolate.NewList(1);
  EXPECT_EQ(isolate->statistics().totals().collections(), under_stress);
  ASSERT_TRUE(isolate->SetFlag("--verify-heap", &error)) << error;
  isolate.Collect(GcKind::kMajor);
  EXPECT_FALSE(isolate->SetFlag("--max-heap=64m", &error));
  EXPECT_EQ(error, "Flag '--max-heap=64m' cannot be changed once the isolate has been made.");
  EXPECT_FALSE(isolate->SetFlag("--bogus", &error));
}

// ---- Numbers and names

// Takes numbers and gives them back until `id` is given again; false: it never is.
bool TakeAgain(IsolateId id, IsolateNumber* number) {
  for (int i = 0; i < 2 * static_cast<int>(IsolateId::kProcess); ++i) {
    if (!IsolateRegistry::TakeNumber(number)) return false;
    if (number->id == id) return true;
    IsolateRegistry::GiveBackNumber(*number, number->first_generation);
  }
  return false;
}

TEST(IsolateRegistryTest, ANumberThatComesRoundIsOfAnotherIsolate_VR1) {
  IsolateNumber first;
  ASSERT_TRUE(IsolateRegistry::TakeNumber(&first));
  const std::uint32_t next = first.first_generation + 7;
  IsolateRegistry::GiveBackNumber(first, next);
  IsolateNumber again;
  ASSERT_TRUE(TakeAgain(first.id, &again));
  EXPECT_EQ(again.first_generation, next) << "handles of the one are none of the other";
  EXPECT_NE(again.id_and_round, first.id_and_round);
  EXPECT_NE(again.foreign, first.foreign);
  // One that is in use is not given, nor one whose generations are used up while there are others.
  IsolateNumber other;
  EXPECT_FALSE(TakeAgain(first.id, &other));
  IsolateRegistry::GiveBackNumber(again, HandleValue::kMaxGeneration);
  EXPECT_FALSE(TakeAgain(first.id, &other));
}

// Numbers whose generations are used up come last of all, from the beginning, and the host is told.
TEST(IsolateRegistryTest, ANumberThatIsUsedUpComesLastAndAgainFromItsBeginning_VR1) {
  IsolateNumber used_up;
  ASSERT_TRUE(IsolateRegistry::TakeNumber(&used_up));
  IsolateRegistry::GiveBackNumber(used_up, HandleValue::kMaxGeneration);
  const std::uint64_t misuses = MisuseCount();
  std::vector<IsolateNumber> taken;
  IsolateNumber number;
  while (MisuseCount() == misuses && IsolateRegistry::TakeNumber(&number)) taken.push_back(number);
  EXPECT_EQ(MisuseCount(), misuses + 1);
  EXPECT_NE(std::string(LastMisuse()).find("come round"), std::string::npos);
  EXPECT_GT(taken.size(), 60'000u) << "all others are in use";
  EXPECT_EQ(taken.back().first_generation, 0u);
  for (const IsolateNumber& each : taken) {
    EXPECT_LT(each.first_generation, HandleValue::kMaxGeneration);
    IsolateRegistry::GiveBackNumber(each, each.first_generation);
  }
}

TEST(IsolateRegistryTest, EveryIsolateHearsThatMemoryIsLow) FART_MAY_COLLECT {
  const std::unique_ptr<Isolate> first = NewIsolate();
  first->Exit();
  const std::unique_ptr<Isolate> second = NewIsolate();
  second->Exit();
  IsolateRegistry::NotifyLowMemory();
  for (Isolate* const isolate : {first.get(), second.get()}) {
    isolate->Enter();
    const GcTotals& totals = isolate->statistics().totals();
    for (int i = 0; i < 10'000 && totals.collections() == 0; ++i) {
      EXPECT_FALSE(NewArray(isolate->mutator(), 10).is_null());
    }
    EXPECT_EQ(totals.major_collections, 1u);
    EXPECT_EQ(totals.last.reason, GcReason::kLowMemory);
    isolate->Exit();
  }
}

TEST(IsolateRegistryTest, WhileItIsClosedNoIsolateIsMadeOrEntered) FART_MAY_COLLECT {
  const std::unique_ptr<Isolate> isolate = NewIsolate();
  EXPECT_FALSE(IsolateRegistry::TryClose()) << "somebody is inside";
  isolate->Exit();
  ASSERT_TRUE(IsolateRegistry::TryClose());
  EXPECT_EQ(IsolateRegistry::TryEnter(isolate->foreign()), EnterResult::kOtherThread);
  std::string error;
  EXPECT_EQ(Isolate::Create({}, &error), nullptr);
  EXPECT_EQ(error, "Fart_Cleanup is ending all isolates.");
  IsolateRegistry::Open();
  EXPECT_EQ(IsolateRegistry::TryEnter(isolate->foreign()), EnterResult::kEntered);
}

// ---- Callbacks of dead handles

struct Finalized {
  std::vector<int> peers;
  bool was_in_callback = true;
};

void NoteWeak(void* isolate_data, ForeignWeakHandle handle, void* peer) FART_NO_SAFEPOINT_ANALYSIS {
  auto* const finalized = static_cast<Finalized*>(isolate_data);
  finalized->peers.push_back(*static_cast<int*>(peer));
  Isolate& isolate = *Isolate::Current();
  finalized->was_in_callback &= isolate.IsInCallback();
  const NoSafepointScope quiet;
  const HandleValue value = HandleValue::FromPointer(handle);
  EXPECT_TRUE(isolate.handles().weaks.Get(value, quiet).is_null());
}
void NoteFinalizable(void* isolate_data, void* peer) {
  static_cast<Finalized*>(isolate_data)->peers.push_back(*static_cast<int*>(peer));
}

HandleValue Watch(TestIsolate& isolate, Rooted object, HandleKind kind,
                  int* peer) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  const auto callback = kind == HandleKind::kWeak
                            ? reinterpret_cast<OpaqueCallback>(NoteWeak)
                            : reinterpret_cast<OpaqueCallback>(NoteFinalizable);
  return isolate->handles().weaks.Create(kind, object.Get(quiet), peer, ByteCount(), callback);
}

TEST(CallbacksTest, RunAfterTheCollectionThatFoundTheObjectDead) {
  Finalized finalized;
  int peers[] = {1, 2, 3};
  TestIsolate isolate({.callback_data = &finalized});
  {
    LocalScope scope(isolate->handles().locals);
    Watch(isolate, isolate.NewList(1), HandleKind::kWeak, &peers[0]);
    Watch(isolate, isolate.NewList(1), HandleKind::kFinalizable, &peers[1]);
  }
  const Rooted alive = isolate.NewList(1);
  Watch(isolate, alive, HandleKind::kWeak, &peers[2]);
  isolate.Collect(GcKind::kMinor);
  std::sort(finalized.peers.begin(), finalized.peers.end());
  EXPECT_EQ(finalized.peers, (std::vector<int>{1, 2}));
  EXPECT_TRUE(finalized.was_in_callback);
  EXPECT_FALSE(isolate->IsInCallback());
  EXPECT_EQ(isolate->callbacks_run(), 2u);
}

TEST(CallbacksTest, AllThatAreLeftRunAtTheEnd) {
  Finalized finalized;
  std::vector<int> peers(1000, 7);
  {
    TestIsolate isolate({.callback_data = &finalized});
    const Rooted object = isolate.NewList(1);
    for (int& peer : peers) Watch(isolate, object, HandleKind::kWeak, &peer);
    Watch(isolate, isolate.Keep(kNull), HandleKind::kFinalizable, &peers[0]);
  }
  EXPECT_EQ(finalized.peers.size(), 1001u);
}

TEST(CallbacksTest, AnErrorCannotBeMadeInsideOne) FART_MAY_COLLECT {
  static bool was_refused;
  was_refused = false;
  TestIsolate isolate;
  {
    LocalScope scope(isolate->handles().locals);
    const auto callback = [](void*, void*) FART_NO_SAFEPOINT_ANALYSIS {
      Isolate& current = *Isolate::Current();
      const Outcome error = NewApiError(current, "cannot be");
      const NoSafepointScope quiet;
      was_refused = error.Get(quiet) == current.ReadyError(ErrorText::kInCallback).Get(quiet);
    };
    const Rooted object = isolate.NewList(1);
    const NoSafepointScope quiet;
    const auto function = static_cast<HandleFinalizer>(callback);
    ASSERT_FALSE(isolate->handles()
                     .weaks
                     .Create(HandleKind::kFinalizable, object.Get(quiet), nullptr, ByteCount(),
                             reinterpret_cast<OpaqueCallback>(function))
                     .is_empty());
  }
  isolate.Collect(GcKind::kMinor);
  EXPECT_TRUE(was_refused);
}

TEST(CallbacksTest, AnExceptionOutOfOneIsAMisuseAndTheOthersRun) FART_MAY_COLLECT {
  static int calls;
  calls = 0;
  TestIsolate isolate;
  const std::uint64_t misuses = MisuseCount();
  {
    LocalScope scope(isolate->handles().locals);
    const auto callback = [](void*, void*) {
      ++calls;
      throw 1;
    };
    const auto function = static_cast<HandleFinalizer>(callback);
    for (int i = 0; i < 3; ++i) {
      const Rooted object = isolate.NewList(1);
      const NoSafepointScope quiet;
      ASSERT_FALSE(isolate->handles()
                       .weaks
                       .Create(HandleKind::kFinalizable, object.Get(quiet), nullptr, ByteCount(),
                               reinterpret_cast<OpaqueCallback>(function))
                       .is_empty());
    }
  }
  isolate.Collect(GcKind::kMinor);
  // The first exception of a process may take more than a slice: a major collection begins with
  // what was left over (G-C4).
  isolate.Collect(GcKind::kMajor);
  EXPECT_EQ(calls, 3);
  EXPECT_EQ(MisuseCount(), misuses + 3);
}

}  // namespace
}  // namespace fart
