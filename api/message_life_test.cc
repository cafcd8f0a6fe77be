// A message's payload ends exactly once, wherever its life is cut short: the finalizers say so, and
// the book that debug builds keep.

#include <atomic>
#include <latch>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "api/testing/api_test.h"
#include "vm/message/message_ledger.h"

namespace fart::api {
namespace {

// Memory that goes with a message, and how often it was given back.
struct Payload {
  std::atomic<int> finalized{0};
  std::atomic<bool> is_posted{false};
  std::uint8_t bytes[16] = {1, 2, 3};
};

void Finalize(void*, Fart_WeakPersistentHandle, void* peer) {
  ++static_cast<Payload*>(peer)->finalized;
}

bool Post(Fart_Port port, Payload& payload) {
  Fart_CObject object;
  object.type = Fart_CObject_kExternalTypedData;
  object.value.as_external_typed_data.type = Fart_TypedData_kUint8;
  object.value.as_external_typed_data.length = sizeof(payload.bytes);
  object.value.as_external_typed_data.data = payload.bytes;
  object.value.as_external_typed_data.peer = &payload;
  object.value.as_external_typed_data.callback = Finalize;
  // Before the post: it may be over when that returns.
  payload.is_posted = true;
  if (!Fart_PostCObject(port, &object)) payload.is_posted = false;
  return payload.is_posted;
}

char* Initialize() {
  Fart_InitializeParams params = {};
  params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
  return Fart_Initialize(&params);
}

// Each test starts and ends the machine.
class MessageLifeTest : public ::testing::Test {
 protected:
  void SetUp() override {
    before_ = MessageLedger::Totals();
    ASSERT_STREQ(Initialize(), nullptr);
  }
  void TearDown() override {
    if (is_running_) EndMachine();
    const MessageLedger::Counts after = MessageLedger::Totals();
    EXPECT_EQ(after.outstanding(), before_.outstanding());
  }
  void EndMachine() {
    is_running_ = false;
    EXPECT_STREQ(Fart_Cleanup(), nullptr);
  }
  Fart_Isolate NewIsolate() {
    char* error = nullptr;
    const Fart_Isolate isolate = Fart_CreateHeapIsolate(nullptr, &error);
    EXPECT_NE(isolate, nullptr) << error;
    Fart_EnterScope();
    return isolate;
  }

  MessageLedger::Counts before_;
  bool is_running_ = true;
};

// ---- Native ports, cut short at each point

std::latch* begun = nullptr;
std::latch* may_end = nullptr;
void Linger(Fart_Port, Fart_CObject* message) {
  EXPECT_EQ(message->type, Fart_CObject_kTypedData);
  EXPECT_EQ(message->value.as_typed_data.values[2], 3);
  if (begun != nullptr) begun->count_down();
  if (may_end != nullptr) may_end->wait();
}

enum class Cut { kClosePort, kEndMachine };

class NativePortLifeTest : public MessageLifeTest, public ::testing::WithParamInterface<Cut> {
 protected:
  void TearDown() override {
    MessageLifeTest::TearDown();
    begun = nullptr;
    may_end = nullptr;
  }
  void CutShort() {
    if (GetParam() == Cut::kClosePort) {
      EXPECT_TRUE(Fart_CloseNativePort(port_));
    } else {
      EndMachine();
    }
  }
  void EndAll() {
    if (is_running_) EndMachine();
  }

  Fart_Port port_ = ILLEGAL_PORT;
  void SetUp() override {
    MessageLifeTest::SetUp();
    port_ = Fart_NewConcurrentNativePort("lingering", Linger, 1);
    ASSERT_NE(port_, ILLEGAL_PORT);
  }
};

INSTANTIATE_TEST_SUITE_P(Cuts, NativePortLifeTest,
                         ::testing::Values(Cut::kClosePort, Cut::kEndMachine));

TEST_P(NativePortLifeTest, BeforeThePostThePayloadStaysTheCallers_Defect20) {
  Payload payload;
  CutShort();
  EXPECT_FALSE(Post(port_, payload));
  EndAll();
  EXPECT_EQ(payload.finalized, 0);
}

TEST_P(NativePortLifeTest, WhileItWaits_Defect20) {
  std::latch first_begun(1);
  std::latch first_may_end(1);
  begun = &first_begun;
  may_end = &first_may_end;
  Payload first;
  Payload waiting;
  EXPECT_TRUE(Post(port_, first));
  first_begun.wait();
  begun = nullptr;
  EXPECT_TRUE(Post(port_, waiting));
  std::thread releaser([&] { first_may_end.count_down(); });
  CutShort();
  EndAll();
  releaser.join();
  EXPECT_EQ(first.finalized, 1);
  EXPECT_EQ(waiting.finalized, 1);
}

TEST_P(NativePortLifeTest, WhileItIsHandled) {
  std::latch has_begun(1);
  std::latch handler_may_end(1);
  begun = &has_begun;
  may_end = &handler_may_end;
  Payload payload;
  EXPECT_TRUE(Post(port_, payload));
  has_begun.wait();
  EXPECT_EQ(payload.finalized, 0);
  std::thread releaser([&] { handler_may_end.count_down(); });
  CutShort();
  EndAll();
  releaser.join();
  EXPECT_EQ(payload.finalized, 1);
}

// ---- Receive ports

TEST_F(MessageLifeTest, AnIsolateThatEndsTakesItsQueueAlong_Defect20) {
  Payload payload;
  NewIsolate();
  EXPECT_TRUE(Post(Fart_GetMainPortId(), payload));
  EXPECT_EQ(payload.finalized, 0);
  const Fart_Port port = Fart_GetMainPortId();
  Fart_ShutdownIsolate();
  EXPECT_EQ(payload.finalized, 1);
  Payload late;
  EXPECT_FALSE(Post(port, late));
  EXPECT_EQ(late.finalized, 0);
}

TEST_F(MessageLifeTest, AMessageWithoutAHandlerEnds_Defect20) {
  Payload payload;
  NewIsolate();
  EXPECT_TRUE(Post(Fart_GetMainPortId(), payload));
  EXPECT_TRUE(Fart_IsError(Fart_HandleMessage()));  // No language, hence no handler.
  Fart_ShutdownIsolate();
  EXPECT_EQ(payload.finalized, 1);
}

TEST_F(MessageLifeTest, CleanupEndsWhatWaitsForAnIsolate_Defect20) {
  Payload payload;
  NewIsolate();
  EXPECT_TRUE(Post(Fart_GetMainPortId(), payload));
  Fart_ExitIsolate();
  EndMachine();
  EXPECT_EQ(payload.finalized, 1);
}

std::atomic<int> refused_in_finalizer{0};
void MisbehaveInFinalizer(void*, Fart_WeakPersistentHandle, void* peer) {
  ++static_cast<Payload*>(peer)->finalized;
  if (Fart_IsError(Fart_NewInteger(std::int64_t{1} << 62))) ++refused_in_finalizer;
  throw 1;
}

TEST_F(MessageLifeTest, AFinalizerIsACallback) {
  Payload payload;
  refused_in_finalizer = 0;
  NewIsolate();
  Fart_CObject object;
  object.type = Fart_CObject_kExternalTypedData;
  object.value.as_external_typed_data = {Fart_TypedData_kUint8, 4, payload.bytes, &payload,
                                         MisbehaveInFinalizer};
  EXPECT_TRUE(Fart_PostCObject(Fart_GetMainPortId(), &object));
  const ExpectMisuse misuse("A finalizer let a C++ exception out");
  Fart_ShutdownIsolate();
  EXPECT_EQ(payload.finalized, 1);
  EXPECT_EQ(refused_in_finalizer, 1);
}

// ---- All at once

void Nothing(Fart_Port, Fart_CObject*) {}
void OpenAndClose(Fart_Port, Fart_CObject*) {
  const Fart_Port port = Fart_NewConcurrentNativePort("short-lived", Nothing, 1);
  if (port != ILLEGAL_PORT) Fart_CloseNativePort(port);
}

// Threads post to ports and isolates while others make and end them.
TEST_F(MessageLifeTest, EveryPayloadEndsOnceWhateverThreadsDo) {
  constexpr int kPosters = 3;
  constexpr int kPosts = 400;
  constexpr int kPlaces = 8;
  std::atomic<Fart_Port> ports[kPlaces] = {};
  std::vector<std::unique_ptr<Payload>> payloads;
  for (int i = 0; i < kPosters * kPosts; ++i) payloads.push_back(std::make_unique<Payload>());
  std::atomic<int> posting{kPosters};

  std::vector<std::thread> threads;
  std::atomic<bool> is_some_port{false};
  for (int poster = 0; poster < kPosters; ++poster) {
    threads.emplace_back([&, poster] {
      while (!is_some_port) std::this_thread::yield();
      for (int i = 0; i < kPosts; ++i) {
        Post(ports[(i + poster) % kPlaces],
             *payloads[static_cast<std::size_t>(poster * kPosts + i)]);
        if (i % 16 == 0) std::this_thread::yield();
      }
      --posting;
    });
  }
  // Native ports come and go in the first half of the places...
  threads.emplace_back([&] {
    for (int i = 0; posting != 0; ++i) {
      const Fart_Port port =
          Fart_NewConcurrentNativePort("x", i % 3 == 0 ? OpenAndClose : Nothing, 1 + i % 2);
      const Fart_Port old = ports[i % (kPlaces / 2)].exchange(port);
      is_some_port = true;
      if (old != ILLEGAL_PORT) {
        EXPECT_TRUE(Fart_CloseNativePort(old));
      }
    }
  });
  // ... and isolates in the other.
  threads.emplace_back([&] {
    for (int i = 0; posting != 0; ++i) {
      NewIsolate();
      ports[kPlaces / 2 + i % (kPlaces / 2)] = Fart_GetMainPortId();
      for (int handled = 0; handled < 5; ++handled) {
        Fart_EnterScope();
        Fart_HandleMessage();
        Fart_ExitScope();
      }
      Fart_ShutdownIsolate();
    }
  });
  for (std::thread& thread : threads) thread.join();
  EndMachine();

  int posted = 0;
  for (const auto& payload : payloads) {
    EXPECT_EQ(payload->finalized, payload->is_posted ? 1 : 0);
    posted += payload->is_posted ? 1 : 0;
  }
  EXPECT_GT(posted, 0);
  if (MessageLedger::kIsKept) {
    const MessageLedger::Counts after = MessageLedger::Totals();
    EXPECT_GE(after.accepted - before_.accepted, static_cast<std::uint64_t>(posted));
  }
}

}  // namespace
}  // namespace fart::api
