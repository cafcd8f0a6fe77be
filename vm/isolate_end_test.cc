// What is left of an isolate that ends, or that could not be made.

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include "heap/platform/testing/refusing_memory.h"
#include "vm/isolate_registry.h"
#include "vm/spawn.h"
#include "vm/testing/idle_program.h"
#include "vm/testing/test_isolate.h"
#include "vm/values/external_strings.h"
#include "vm/values/typed_data.h"

namespace fart {
namespace {

// ---- Callbacks that run while it ends

// Told by the callback of a dead handle, which looks at what it was given.
struct Seen {
  std::optional<Rooted> data;
  std::optional<Rooted> string;
  std::size_t data_length = 99;
  std::size_t string_length = 99;
  bool is_program_there = true;
  int calls = 0;
};

bool is_program_there = false;

class WatchedProgram final : public IdleProgram {
 public:
  WatchedProgram() { is_program_there = true; }
  ~WatchedProgram() { is_program_there = false; }
};

void Look(void*, void* peer) FART_NO_SAFEPOINT_ANALYSIS {
  auto* const seen = static_cast<Seen*>(peer);
  const NoSafepointScope quiet;
  if (seen->data.has_value()) seen->data_length = BytesOf(seen->data->Get(quiet), quiet).length;
  if (seen->string.has_value()) seen->string_length = StringLength(seen->string->Get(quiet));
  seen->is_program_there = is_program_there;
  ++seen->calls;
}

void Watch(TestIsolate& isolate, Rooted object, Seen* seen) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  ASSERT_FALSE(isolate->handles()
                   .weaks
                   .Create(HandleKind::kFinalizable, object.Get(quiet), seen, ByteCount(),
                           reinterpret_cast<OpaqueCallback>(Look))
                   .is_empty());
}

// The host frees the memory in one of the callbacks, and another may look at the object.
TEST(IsolateEndTest, ACallbackFindsLentMemoryGivenBack) FART_MAY_COLLECT {
  std::vector<std::uint8_t> bytes = {1, 2, 3};
  Seen seen;
  {
    TestIsolate isolate;
    seen.data = isolate.Keep(
        NewExternalTypedData(isolate.mutator(), TypedDataType::kUint8, bytes.data(), bytes.size()));
    seen.string =
        isolate.Keep(NewExternalString(*isolate, std::span<const std::uint8_t>(bytes), Lender()));
    Watch(isolate, *seen.data, &seen);
    EXPECT_EQ(isolate.Text(*seen.string), "\1\2\3");
  }
  EXPECT_EQ(seen.calls, 1);
  EXPECT_EQ(seen.data_length, 0u);
  EXPECT_EQ(seen.string_length, 0u);
}

TEST(IsolateEndTest, TheProgramIsGoneWhenTheLastCallbacksRun) {
  Seen seen;
  {
    TestIsolate isolate({.program = [](Isolate&, std::string*) -> std::unique_ptr<Program> {
      return std::make_unique<WatchedProgram>();
    }});
    EXPECT_TRUE(is_program_there);
    Watch(isolate, isolate.NewList(1), &seen);
  }
  EXPECT_EQ(seen.calls, 1);
  EXPECT_FALSE(seen.is_program_there);
}

// ---- Numbers and generations (V-R1)

// Takes numbers until `id` comes round; false: it never does.
bool TakeAgain(IsolateId id, IsolateNumber* number) {
  for (int i = 0; i < 2 * static_cast<int>(IsolateId::kProcess); ++i) {
    if (!IsolateRegistry::TakeNumber(number)) return false;
    if (number->id == id) return true;
    IsolateRegistry::GiveBackNumber(*number, number->first_generation);
  }
  return false;
}

// Whether its slot is the only one, or others have been used, whose generations rise.
TEST(IsolateEndTest, AHandleThatIsKeptIsNoneOfTheNextIsolateOfItsNumber_VR1) FART_MAY_COLLECT {
  for (const int deleted : {0, 5}) {
    HandleValue kept;
    IsolateId id{};
    {
      TestIsolate isolate;
      id = isolate->number().id;
      const NoSafepointScope quiet;
      for (int i = 0; i < deleted; ++i) {
        kept = isolate->handles().persistents.Create(kTrue);
        ASSERT_EQ(isolate->handles().persistents.Delete(kept), HandleStatus::kOk);
      }
      kept = isolate->handles().persistents.Create(kTrue);
    }
    IsolateNumber again;
    ASSERT_TRUE(TakeAgain(id, &again));
    EXPECT_GT(again.first_generation, kept.generation()) << deleted;
    IsolateRegistry::GiveBackNumber(again, again.first_generation);
  }
}

TEST(IsolateEndTest, ANumberOfAnIsolateThatCouldNotBeMadeIsFree) FART_MAY_COLLECT {
  IsolateNumber before;
  ASSERT_TRUE(IsolateRegistry::TakeNumber(&before));
  IsolateRegistry::GiveBackNumber(before, before.first_generation);
  RefusingMemory::FailNth(SystemCall::kNew, 1, RefusingMemory::Duration::kForGood);
  std::string error;
  EXPECT_THROW(static_cast<void>(Isolate::Create({}, &error)), std::bad_alloc);
  RefusingMemory::Stop();
  IsolateNumber after;
  ASSERT_TRUE(IsolateRegistry::TakeNumber(&after));
  ASSERT_EQ(static_cast<int>(after.id), static_cast<int>(before.id) + 2) << "it had taken one";
  IsolateRegistry::GiveBackNumber(after, after.first_generation);
  IsolateNumber again;
  const auto taken = static_cast<IsolateId>(static_cast<int>(before.id) + 1);
  ASSERT_TRUE(TakeAgain(taken, &again));
  IsolateRegistry::GiveBackNumber(again, again.first_generation);
}

// ---- Threads

class NoHost final : public SpawnHost {
 public:
  Isolate* Create(const SpawnRequest&, std::string*) override { return nullptr; }
  void ShutDown(Isolate*) override {}
  void ReportError(Isolate&, Rooted) override {}
};

TEST(SpawnMemoryTest, WhereThereIsNoThreadNothingOfAnIsolateIsLeft) FART_MAY_COLLECT {
  NoHost host;
  SetSpawnHost(&host);
  RefusingMemory::FailNth(SystemCall::kThread, 1, RefusingMemory::Duration::kForGood);
  std::string error;
  EXPECT_FALSE(SpawnIsolate({}, &error));
  RefusingMemory::Stop();
  EXPECT_EQ(error, "The system has no thread for another isolate.");
  EXPECT_EQ(SpawnedIsolates(), 0u);
  if (SpawnedIsolates() == 0) StopSpawnedIsolates();  // Else it would wait for ever.
  SetSpawnHost(nullptr);
}

}  // namespace
}  // namespace fart
