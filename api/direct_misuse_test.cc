// The direct interface: mistakes, misuse, and heaps without room.

#include <cstdint>
#include <stdexcept>
#include <string>

#include "api/testing/direct_test.h"
#include "fart_direct_api.h"

namespace fart::api {
namespace {

using ::testing::HasSubstr;

#ifdef FART_DIRECT_CHECKS
using DirectCheckedTest = DirectTest;

// Whether or not anything has moved.
TEST_F(DirectCheckedTest, WhatIsRawIsNotUsedAfterWhatMayCollect) {
  FART_ROOTS(direct_, roots, 1);
  const Fart_Ref raw = Pair(Smi(1), Null());
  EXPECT_EQ(SmiCar(raw), 1);
  Set(roots.at[0], raw);
  Pair(Smi(2), Null());
  EXPECT_EQ(SmiCar(Get(roots.at[0])), 1);
  constexpr const char* kText = "a Fart_Ref is used after a call that may have collected";
  EXPECT_DEATH(Car(raw), kText);
  EXPECT_DEATH(Pair(raw, Null()), kText);
  EXPECT_DEATH(Set(roots.at[0], raw), kText);
  EXPECT_DEATH(Fart_Store(direct_, Get(roots.at[0]), 1, raw), kText);
  EXPECT_DEATH(Fart_Init(direct_, Get(roots.at[0]), 1, raw), kText);
  EXPECT_DEATH(Fart_HandleOf(direct_, raw), kText);
  EXPECT_DEATH(Fart_LoadWeak(direct_, raw, 1), kText);
  const Fart_Ref again = Get(roots.at[0]);
  Fart_NewList(1);  // Any call that allocates.
  EXPECT_DEATH(Car(again), kText);
  const Fart_Ref third = Get(roots.at[0]);
  FART_SAFEPOINT(direct_);
  EXPECT_DEATH(Car(third), kText);
  EXPECT_TRUE(Fart_IsSame(Smi(5), Smi(5))) << "what is no object is never too late";
}
#endif

// ---- No room, and misuse

struct Full : std::runtime_error {
  Full() : std::runtime_error("full") {}
};

// A heap of 4 MB.
class DirectLimitTest : public DirectTest {
 protected:
  void SetUp() override {
    StartOnce();
    limit_ = Fart_GetFlag("max-heap");
    ASSERT_TRUE(Fart_SetFlag("--max-heap=4m"));
    DirectTest::SetUp();
  }
  void TearDown() override {
    DirectTest::TearDown();
    ASSERT_TRUE(Fart_SetFlag(("--max-heap=" + limit_).c_str()));
  }

  std::string limit_;
};

TEST_F(DirectLimitTest, AListThatFillsTheHeapCanBeLetGo) {
  for (int round = 0; round < 2; ++round) {
    FART_ROOTS(direct_, list, 1);
    std::int64_t made = 0;
    // Under stress it is slow, and there is no more to see.
    for (; !IsUnderStress() || made < 300; ++made) {
      const Fart_Ref pair = Pair(Smi(made), Get(list.at[0]));
      if (Fart_IsNone(pair)) break;
      Set(list.at[0], pair);
    }
    EXPECT_GE(made, IsUnderStress() ? 300 : 50'000);
    EXPECT_EQ(Sum(Get(list.at[0])), made * (made - 1) / 2);
    EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
  }
}

TEST_F(DirectTest, WithoutRoomNoneIsAnsweredAfterTheCallback) {
  int called = 0;
  Attach([](void* peer) { ++*static_cast<int*>(peer); }, &called);
  // No heap has as much.
  const std::intptr_t huge = INTPTR_MAX / 64;
  EXPECT_TRUE(Fart_IsNone(Fart_NewVariable(direct_, first_ + kVectorKind, huge)));
  EXPECT_EQ(called, 1);
  Attach([](void*) { throw Full(); }, nullptr);
  FART_ROOTS(direct_, outer, 1);
  EXPECT_THROW(Fart_NewVariable(direct_, first_ + kVectorKind, huge), Full);
  EXPECT_EQ(direct_->frames, &outer.frame);
  Attach(nullptr, nullptr);
  EXPECT_TRUE(Fart_IsNone(Fart_NewVariable(direct_, first_ + kVectorKind, huge)));
  EXPECT_FALSE(Fart_IsNone(Pair(Smi(1), Null())));
}

TEST_F(DirectTest, WhatIsWrongWithACallOfNewIsRecorded) {
  const auto expect = [&](const char* part, Fart_Direct* direct, std::uint32_t shape,
                          std::intptr_t length, std::intptr_t count, const std::uint64_t* init) {
    const ExpectMisuse misuse(part);
    EXPECT_EQ(Fart_DirectNew(direct, shape, length, count, init), std::uint64_t{FART_DIRECT_NONE});
  };
  const std::uint64_t words[3] = {2, 4, 6};
  expect("'shape' to be the number of a shape", direct_, first_ + kKinds, 0, 0, nullptr);
  expect("'shape' to be the number of a shape", direct_, 7, 0, 0, nullptr);
  expect("'direct' to be the current isolate's", nullptr, first_, 0, 0, nullptr);
  expect("'length' to be in the range [0..0]", direct_, first_, 1, 0, nullptr);
  expect("'length' to be in the range", direct_, first_ + kVectorKind, -1, 0, nullptr);
  expect("'count' to be in the range [0..2]", direct_, first_, 0, 3, words);
  expect("'count' to be in the range [0..4]", direct_, first_ + kVectorKind, 4, 5, words);
  expect("'count' to be in the range", direct_, first_, 0, -1, words);
  expect("'init' to be non-null", direct_, first_, 0, 1, nullptr);
}

TEST_F(DirectTest, NothingIsMadeInACallback) {
  struct State {
    Fart_Direct* direct;
    std::uint32_t first;
    bool is_none = false;
  } state{direct_, first_};
  Fart_EnterScope();
  const auto callback = [](void*, void* peer) {
    auto* const here = static_cast<State*>(peer);
    const ExpectMisuse misuse("Fart_DirectNew");
    here->is_none = Fart_IsNone(Fart_New(here->direct, here->first, kPair, nullptr));
  };
  ASSERT_NE(
      Fart_NewFinalizableHandle(Fart_HandleOf(direct_, Pair(Smi(1), Null())), &state, 0, callback),
      nullptr);
  Fart_ExitScope();
  Pair(Smi(2), Null());  // There is an area that it would fit into.
  Collect();
  EXPECT_TRUE(state.is_none);
  EXPECT_EQ(SmiCar(Pair(Smi(3), Null())), 3);
}

// Nor by inlined code, that would need nothing but the area. (H-D2)
TEST_F(DirectTest, NothingIsMadeInACallbackThatInterruptsTheMutator) {
  struct State {
    Fart_Direct* direct;
    std::uint32_t first;
    int calls = 0;
    bool is_none = false;
  } state{direct_, first_};
  Fart_SetMisuseCallback(
      [](const char*, void* data) {
        auto* const here = static_cast<State*>(data);
        ++here->calls;
        const ExpectMisuse misuse("Fart_DirectNew");
        here->is_none = Fart_IsNone(Fart_New(here->direct, here->first, kPair, nullptr));
      },
      &state);
  Pair(Smi(1), Null());  // There is an area that it would fit into.
  EXPECT_EQ(Fart_DirectNew(direct_, 7, 0, 0, nullptr), std::uint64_t{FART_DIRECT_NONE});
  Fart_SetMisuseCallback(nullptr, nullptr);
  EXPECT_EQ(state.calls, 1);
  EXPECT_TRUE(state.is_none);
  EXPECT_EQ(SmiCar(Pair(Smi(3), Null())), 3);
}

TEST_F(DirectTest, AnIsolateWithAFrameIsNotShutDown) {
  {
    FART_ROOTS(direct_, roots, 1);
    const ExpectMisuse misuse("Fart_ShutdownIsolate: a frame of roots has not ended");
    Fart_ShutdownIsolate();
  }
  EXPECT_EQ(Fart_CurrentIsolate(), isolate_);
}

TEST_F(DirectTest, ObjectsMadeInlineAreCounted) {
  const std::uint64_t before = HeapStatistics().objects_allocated;
  for (int i = 0; i < 100; ++i) Pair(Smi(i), Null());
  EXPECT_EQ(HeapStatistics().objects_allocated, before + 100);
}

TEST_F(DirectTest, ASafepointCollectsUnderStressAlone) {
  const auto collections = [] {
    const Fart_HeapStatistics statistics = HeapStatistics();
    return statistics.minor_collections + statistics.major_collections;
  };
  ASSERT_TRUE(Fart_SetFlag("--gc-stress=0"));
  const std::uint64_t before = collections();
  const std::uint64_t epoch = direct_->epoch;
  Fart_DirectSafepoint(direct_);
  EXPECT_GT(direct_->epoch, epoch);
  EXPECT_EQ(collections(), before);
  ASSERT_TRUE(Fart_SetFlag("--gc-stress=1"));
  Fart_DirectSafepoint(direct_);
  EXPECT_GT(collections(), before);
}

}  // namespace
}  // namespace fart::api
