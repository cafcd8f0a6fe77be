#include "vm/ffi/callback_stubs.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <cstring>
#include <thread>
#include <vector>

namespace fart::ffi {
namespace {

std::atomic<int> reported{0};
class CallbackStubsTest : public testing::Test {
 protected:
  void SetUp() override {
    reported = 0;
    SetClosedStubReport([](std::uint32_t) { ++reported; });
  }
};

struct Counter {
  std::atomic<int> calls{0};
  std::atomic<int> unused{0};
};
StubTarget TargetOf(Counter* counter, const ClosedResult& when_closed = {}) {
  return {.run =
              [](void* data, Registers* registers, const std::uint64_t*) {
                ++static_cast<Counter*>(data)->calls;
                registers->result_integer[0] = registers->integer[0] + 1;
              },
          .unused = [](void* data) { ++static_cast<Counter*>(data)->unused; },
          .data = counter,
          .when_closed = when_closed};
}

using Successor = std::int64_t (*)(std::int64_t);
Successor FunctionOf(StubId id) {
  return reinterpret_cast<Successor>(const_cast<void*>(AddressOf(id)));
}

TEST_F(CallbackStubsTest, CallsItsTargetUntilClosed_VFC2) {
  Counter counter;
  const StubId id = *OpenStub(TargetOf(&counter, {.integer = 77}));
  EXPECT_EQ(FunctionOf(id)(41), 42);
  EXPECT_EQ(DataOfOpenStub(id), &counter);
  EXPECT_TRUE(CloseStub(id));
  EXPECT_EQ(counter.unused, 1);
  EXPECT_EQ(FunctionOf(id)(41), 77);
  EXPECT_EQ(counter.calls, 1);
  EXPECT_EQ(reported, 1);
  EXPECT_EQ(DataOfOpenStub(id), nullptr);
  EXPECT_FALSE(CloseStub(id));
  EXPECT_EQ(counter.unused, 1);
}

TEST_F(CallbackStubsTest, AClosedOneGivesTheNumberThatWasWanted) {
  Counter counter;
  double wanted = 2.5;
  ClosedResult when_closed{.integer = 77};
  std::memcpy(&when_closed.floating, &wanted, sizeof wanted);
  const StubId id = *OpenStub(TargetOf(&counter, when_closed));
  CloseStub(id);
  const auto function = reinterpret_cast<double (*)()>(const_cast<void*>(AddressOf(id)));
  EXPECT_EQ(function(), 2.5);
  EXPECT_EQ(FunctionOf(id)(41), 77);
}

TEST_F(CallbackStubsTest, ZerosTheLargeResultOfAClosedOne) {
  struct Large {
    std::int64_t of[3];
  };
  const StubId id = *OpenStub({.run = [](void*, Registers*, const std::uint64_t*) {},
                               .when_closed = {.indirect_size = sizeof(Large),
#if defined(__aarch64__)
                                               .indirect_word = FART_FFI_INDIRECT_RESULT / 8
#else
                                               .indirect_word = 0
#endif
                               }});
  CloseStub(id);
  const auto function = reinterpret_cast<Large (*)()>(const_cast<void*>(AddressOf(id)));
  const Large result = function();
  EXPECT_EQ(result.of[0] | result.of[1] | result.of[2], 0);
}

TEST_F(CallbackStubsTest, GivesTheTargetUpWhenTheLastCallHasEnded_VFC1) {
  struct Self {
    StubId id;
    int unused_inside = -1;
    int unused = 0;
  } self;
  self.id = *OpenStub({.run =
                           [](void* data, Registers*, const std::uint64_t*) {
                             auto* const me = static_cast<Self*>(data);
                             EXPECT_TRUE(CloseStub(me->id));
                             me->unused_inside = me->unused;
                           },
                       .unused = [](void* data) { ++static_cast<Self*>(data)->unused; },
                       .data = &self});
  FunctionOf(self.id)(0);
  EXPECT_EQ(self.unused_inside, 0);
  EXPECT_EQ(self.unused, 1);
}

TEST_F(CallbackStubsTest, IsUsedAgainLast_VFC3) {
  Counter counter;
  const StubId first = *OpenStub(TargetOf(&counter));
  CloseStub(first);
  for (std::uint32_t i = 0; i + 1 < kCallbackStubs; ++i) {
    const StubId other = *OpenStub(TargetOf(&counter));
    ASSERT_NE(other.index, first.index);
    CloseStub(other);
  }
  const StubId again = *OpenStub(TargetOf(&counter));
  EXPECT_EQ(again.index, first.index);
  EXPECT_NE(again.generation, first.generation);
  EXPECT_FALSE(CloseStub(first));
  EXPECT_TRUE(CloseStub(again));
}

TEST_F(CallbackStubsTest, RunsOutAndRecovers) {
  Counter counter;
  std::vector<StubId> all;
  while (const auto id = OpenStub(TargetOf(&counter))) all.push_back(*id);
  EXPECT_EQ(all.size(), kCallbackStubs);
  for (const StubId id : all) {
    ASSERT_EQ(FunctionOf(id)(1), 2);
    ASSERT_EQ(StubAt(AddressOf(id))->index, id.index);
  }
  CloseStub(all.back());
  const auto last = OpenStub(TargetOf(&counter));
  ASSERT_TRUE(last.has_value());
  EXPECT_EQ(last->index, all.back().index);
  all.back() = *last;
  for (const StubId id : all) CloseStub(id);
}

TEST_F(CallbackStubsTest, KnowsItsOwnAddresses) {
  Counter counter;
  const StubId id = *OpenStub(TargetOf(&counter));
  const char* const address = static_cast<const char*>(AddressOf(id));
  EXPECT_TRUE(StubAt(address).has_value());
  EXPECT_FALSE(StubAt(address + 1).has_value());
  EXPECT_FALSE(StubAt(nullptr).has_value());
  EXPECT_FALSE(StubAt(&counter).has_value());
  CloseStub(id);
  EXPECT_FALSE(StubAt(address).has_value());
}

TEST_F(CallbackStubsTest, IsClosedWhileThreadsCallIt) {
  constexpr int kRounds = 200;
  constexpr int kThreads = 4;
  for (int round = 0; round < kRounds; ++round) {
    auto* const counter = new Counter;
    const StubId id = *OpenStub(TargetOf(counter, {.integer = 5}));
    std::atomic<int> wrong{0};
    std::atomic<bool> is_closed{false};
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&] {
        for (;;) {
          const bool was_closed = is_closed.load();
          const std::int64_t result = FunctionOf(id)(1);
          if (result != 5 && (was_closed || result != 2)) ++wrong;
          if (was_closed) return;
        }
      });
    }
    CloseStub(id);
    is_closed = true;
    for (std::thread& thread : threads) thread.join();
    ASSERT_EQ(wrong, 0);
    ASSERT_EQ(counter->unused, 1);
    delete counter;
  }
}

}  // namespace
}  // namespace fart::ffi
