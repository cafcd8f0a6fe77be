// Slow finalizers -- what waits for one that does not come back, and what does not (defect 33).
//
// None of these tests takes the time: a finalizer blocks until the test, which sees it do so,
// releases it; or it takes longer than a slice, for certain.

#include <chrono>
#include <future>
#include <string>
#include <thread>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

// A finalizer that says when it has begun, and ends when it is let.
struct Gate {
  std::promise<void> begun;
  std::promise<void> released;
  bool has_ended = false;
  std::function<void()> act;
};

void Block(void*, void* peer) {
  Gate& gate = *static_cast<Gate*>(peer);
  if (gate.act) gate.act();
  gate.begun.set_value();
  gate.released.get_future().wait();
  gate.has_ended = true;
}

void Watch(void* peer, Fart_HandleFinalizer finalizer) {
  Fart_EnterScope();
  ASSERT_NE(Fart_NewFinalizableHandle(Fart_NewList(1), peer, 0, finalizer), nullptr);
  Fart_ExitScope();
}

void Count(void*, void* peer) { ++*static_cast<int*>(peer); }

// An isolate on a thread of its own, whose finalizer blocks until Release.
class BlockedIsolate {
 public:
  explicit BlockedIsolate(std::function<void()> act = {}) {
    gate_.act = std::move(act);
    thread_ = std::thread([this] { Run(); });
    gate_.begun.get_future().wait();
  }
  ~BlockedIsolate() {
    if (thread_.joinable()) Release();
  }
  BlockedIsolate(const BlockedIsolate&) = delete;
  BlockedIsolate& operator=(const BlockedIsolate&) = delete;

  void Release() {
    gate_.released.set_value();
    thread_.join();
    EXPECT_TRUE(gate_.has_ended);
  }
  Fart_Isolate isolate() const { return isolate_; }
  Fart_Port port() const { return port_; }

 private:
  void Run() {
    const OwnIsolate own;
    isolate_ = own.get();
    port_ = Fart_GetMainPortId();
    Watch(&gate_, Block);
    // The finalizer runs in this call, after the pause: so nothing of the heap is in between.
    Collect();
    EXPECT_TRUE(gate_.has_ended);
    Collect();  // The next one begins at once.
    EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
  }

  Gate gate_;
  Fart_Isolate isolate_ = nullptr;
  Fart_Port port_ = ILLEGAL_PORT;
  std::thread thread_;
};

TEST(SlowFinalizersTest, OneThatBlocksHoldsUpNobodyElse_Defect33) {
  StartOnce();
  BlockedIsolate blocked;
  int finalized = 0;
  {
    const OwnIsolate other;
    for (int i = 0; i < 3; ++i) {
      Watch(&finalized, Count);
      Collect();
      EXPECT_EQ(finalized, i + 1);
    }
    EXPECT_GE(HeapStatistics().major_collections, 3u);
    EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
    Fart_NotifyLowMemory();
    ExpectSuccess(Fart_NewList(100000));
    EXPECT_TRUE(Fart_PostInteger(blocked.port(), 1));
    EXPECT_NE(Fart_NewFinalizableHandle(Fart_True(), &finalized, 0, Count), nullptr);
  }  // Its shutdown, too, waits for no finalizer but its own.
  EXPECT_EQ(finalized, 4);
  // What cannot be done meanwhile is answered and not waited for.
  {
    const ExpectMisuse misuse("another thread is inside the isolate");
    Fart_EnterIsolate(blocked.isolate());
  }
  char* const error = Fart_Cleanup();
  EXPECT_STREQ(error, "Fart_Cleanup: a thread is inside an isolate.");
  std::free(error);
  blocked.Release();
}

TEST(SlowFinalizersTest, InsideOneTheHeapIsWholeAndACollectionIsRefused_Defect33) {
  StartOnce();
  std::string complaint = "not asked";
  std::string refusal;
  BlockedIsolate blocked([&] {
    const char* const finding = Fart_VerifyHeap();
    complaint = finding == nullptr ? "" : finding;
    refusal = Fart_GetError(Fart_Collect(Fart_Collection_kMajor));
  });
  EXPECT_EQ(complaint, "");
  EXPECT_THAT(refusal, ::testing::HasSubstr("Inside a callback nothing may be called"));
}

class SlowFinalizersOfOneIsolateTest : public ApiTest {};

// Longer than a slice, which is a millisecond.
void TakeLong(void*, void* peer) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::microseconds(1500);
  while (std::chrono::steady_clock::now() < end) continue;
  ++*static_cast<int*>(peer);
}

TEST_F(SlowFinalizersOfOneIsolateTest, ThoseLeftOverDoNotHoldUpTheNextCollection_Defect33) {
  if (IsUnderStress()) GTEST_SKIP() << "collects major ones all the time, which drain the rest";
  constexpr int kCount = 4;
  int finalized = 0;
  for (int i = 0; i < kCount; ++i) Watch(&finalized, TakeLong);
  // Each collection is followed by one of them, and begins although others wait.
  for (int i = 1; i <= kCount; ++i) {
    const std::uint64_t before = HeapStatistics().minor_collections;
    Collect(Fart_Collection_kMinor);
    EXPECT_EQ(HeapStatistics().minor_collections, before + 1);
    EXPECT_EQ(finalized, i);
    EXPECT_EQ(HandleStatistics().callbacks_pending, static_cast<std::uint64_t>(kCount - i));
  }
}

TEST_F(SlowFinalizersOfOneIsolateTest, RunOnTheThreadThatIsInsideAlsoAtTheEnd_Defect33) {
  static std::thread::id of_garbage;
  static std::thread::id of_rest;
  Watch(&of_garbage, [](void*, void* peer) {
    *static_cast<std::thread::id*>(peer) = std::this_thread::get_id();
  });
  Fart_NewFinalizableHandle(Fart_True(), &of_rest, 0, [](void*, void* peer) {
    *static_cast<std::thread::id*>(peer) = std::this_thread::get_id();
  });
  Collect();
  EXPECT_EQ(of_garbage, std::this_thread::get_id());
  Fart_ShutdownIsolate();
  EXPECT_EQ(of_rest, std::this_thread::get_id()) << "there is no other thread to wait for";
}

}  // namespace
}  // namespace fart::api
