// Several isolates on several threads by direct access, each on its own and each handed on.

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

#include "api/testing/direct_test.h"
#include "fart_direct_api.h"

namespace fart::api {
namespace {

constexpr int kThreads = 4;

// An isolate with a list that grows, kept by an array: whichever thread is inside.
class Machine {
 public:
  Machine() {
    isolate_ = Fart_CreateHeapIsolate(nullptr, nullptr);
    EXPECT_NE(isolate_, nullptr);
    Fart_EnterScope();
    Fart_ShapeDescription pair = Describe("Pair", kPair);
    direct_ = Fart_DirectAttach(&kAbi, &pair, 1, &pair_, nullptr, nullptr, nullptr);
    ExpectSuccess(Fart_AddRootArray(&array_, "list"));
    Fart_ExitScope();
    Fart_ExitIsolate();
  }
  ~Machine() {
    Fart_EnterIsolate(isolate_);
    Fart_ShutdownIsolate();
  }
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  // Adds numbers, with pieces in frames that become garbage; then counts the list.
  void Work(int count) {
    Fart_EnterIsolate(isolate_);
    Fart_EnterScope();
    for (int i = 0; i < count; ++i) {
      FART_ROOTS(direct_, roots, 2);
      Fart_SetSlot(direct_, &roots.at[0], Pair(Smi(i), Fart_NullRef(direct_)));
      Fart_SetSlot(direct_, &roots.at[1], Pair(Smi(-i), Fart_GetSlot(direct_, &roots.at[0])));
      const Fart_Ref longer = Pair(Smi(++made_), Fart_GetSlot(direct_, &slot_));
      Fart_SetInArray(direct_, &array_, 0, longer);
      if (i % 500 == 0) Collect(Fart_Collection_kMinor);
    }
    std::int64_t expected = made_;
    Fart_Ref list = Fart_GetSlot(direct_, &slot_);
    for (; !Fart_IsNullRef(list); list = Fart_Load(direct_, list, 2)) {
      EXPECT_EQ(Fart_SmiValue(Fart_Load(direct_, list, 1)), expected--);
    }
    EXPECT_EQ(expected, 0);
    EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
    Fart_ExitScope();
    Fart_ExitIsolate();
  }

 private:
  Fart_Ref Smi(std::int64_t value) const { return Fart_FromSmi(direct_, value); }
  Fart_Ref Pair(Fart_Ref car, Fart_Ref cdr) {
    const Fart_Ref init[] = {car, cdr};
    return Fart_New(direct_, pair_, kPair, init);
  }

  Fart_Isolate isolate_ = nullptr;
  Fart_Direct* direct_ = nullptr;
  std::uint32_t pair_ = 0;
  std::int64_t made_ = 0;
  Fart_Slot slot_ = {FART_DIRECT_NULL};
  Fart_RootArray array_ = {&slot_, 1, 0};
};

TEST(DirectThreadsTest, IsolatesOfSeveralThreadsWorkBesideEachOther) {
  StartOnce();
  const int count = IsUnderStress() ? 50 : 3000;
  Machine machines[kThreads];
  std::vector<std::thread> threads;
  for (Machine& machine : machines) {
    threads.emplace_back([&machine, count] {
      for (int round = 0; round < 3; ++round) machine.Work(count);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(DirectThreadsTest, AnIsolateIsHandedFromThreadToThread) {
  StartOnce();
  const int count = IsUnderStress() ? 20 : 1000;
  Machine machines[kThreads];
  std::atomic<int> turn{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      // In each turn every thread has another isolate.
      for (int round = 0; round < kThreads; ++round) {
        machines[(i + round) % kThreads].Work(count);
        ++turn;
        while (turn < kThreads * (round + 1)) std::this_thread::yield();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace fart::api
