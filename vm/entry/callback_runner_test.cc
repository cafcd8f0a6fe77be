// Callbacks of a host: how many run, for how long, with what, and what they may let out.

#include "vm/entry/callback_runner.h"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>
#include <set>
#include <thread>

#include "vm/entry/misuse.h"
#include "vm/testing/test_isolate.h"

namespace fart {
namespace {

int calls = 0;
int callbacks_seen_outside = 0;
std::chrono::milliseconds duration{0};
std::set<void*> peers;
void* data_seen = nullptr;

void Count(void* data, void* peer) {
  ++calls;
  data_seen = data;
  peers.insert(peer);
  if (!Isolate::Current()->IsInCallback()) ++callbacks_seen_outside;
  if (duration.count() != 0) std::this_thread::sleep_for(duration);
}
void Throw(void*, void*) { throw 1; }

class CallbackRunnerTest : public testing::Test {
 protected:
  CallbackRunnerTest() : isolate_({.callback_data = &isolate_}) {
    calls = callbacks_seen_outside = 0;
    duration = {};
    peers.clear();
  }
  // As if so many objects had been found dead.
  void Queue(int count, HandleFinalizer callback = Count) FART_NO_SAFEPOINT_ANALYSIS {
    for (int i = 0; i < count; ++i) {
      LocalScope scope(isolate_->handles().locals);
      const Rooted object = isolate_.NewList(1);
      const NoSafepointScope quiet;
      FART_CHECK(!isolate_->handles()
                      .weaks
                      .Create(HandleKind::kFinalizable, object.Get(quiet), &places_[i], ByteCount(),
                              reinterpret_cast<OpaqueCallback>(callback))
                      .is_empty());
    }
    isolate_->handles().weaks.QueueAll();
  }
  CallbackRunnerOfIsolate& runner() { return isolate_->callbacks(); }
  std::size_t Live() { return isolate_->handles().Counts().finalizable.live; }

  TestIsolate isolate_;
  char places_[1000] = {};
};

TEST_F(CallbackRunnerTest, AllRunOnceWithTheirOwnData) FART_MAY_COLLECT {
  EXPECT_FALSE(runner().HasPending());
  Queue(1000);
  EXPECT_TRUE(runner().HasPending());
  runner().RunAll();
  EXPECT_FALSE(runner().HasPending());
  EXPECT_EQ(calls, 1000);
  EXPECT_EQ(peers.size(), 1000u);
  EXPECT_EQ(data_seen, &isolate_);
  EXPECT_EQ(callbacks_seen_outside, 0);
  EXPECT_EQ(runner().run(), 1000u);
  EXPECT_EQ(Live(), 0u);
  EXPECT_FALSE(isolate_->IsInCallback());
  EXPECT_EQ(isolate_.Verify(), "");
}

TEST_F(CallbackRunnerTest, ASliceRunsAtLeastOneAndEndsInTime) FART_MAY_COLLECT {
  Queue(200);
  runner().RunSlice(0);
  EXPECT_EQ(calls, 1);
  duration = std::chrono::milliseconds(2);
  runner().RunSlice(40'000'000);  // 40 ms: time for twenty
  EXPECT_GE(calls, 2);
  EXPECT_LE(calls, 41);
  EXPECT_EQ(runner().run(), static_cast<std::uint64_t>(calls));
  EXPECT_TRUE(runner().HasPending());
  duration = {};
  runner().RunSlice(std::numeric_limits<std::int64_t>::max() / 1000);
  EXPECT_EQ(calls, 200);
}

TEST_F(CallbackRunnerTest, AHandlesPlaceIsFreeAfterItsCallback) FART_MAY_COLLECT {
  Queue(1000);
  runner().RunAll();
  const ByteCount before = isolate_->handles().weaks.memory();
  for (int round = 0; round < 20; ++round) {
    Queue(1000);
    runner().RunAll();
  }
  EXPECT_EQ(isolate_->handles().weaks.memory(), before);
}

TEST_F(CallbackRunnerTest, WhatAFinalizerThrowsIsAMisuseAndTheOthersRun) FART_MAY_COLLECT {
  const std::uint64_t before = MisuseCount();
  Queue(3, Throw);
  Queue(2);
  runner().RunAll();
  EXPECT_EQ(MisuseCount(), before + 3);
  EXPECT_NE(std::string(LastMisuse()).find("A finalizer let a C++ exception out"),
            std::string::npos)
      << LastMisuse();
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(runner().run(), 5u);
  EXPECT_EQ(Live(), 0u);
}

TEST_F(CallbackRunnerTest, WhatACallbackAroundACollectionThrowsIsAMisuse) FART_MAY_COLLECT {
  static int around;
  around = 0;
  const std::uint64_t before = MisuseCount();
  runner().SetAroundCollections([] { ++around; }, [] { throw 2; });
  isolate_.Collect(GcKind::kMinor);
  EXPECT_EQ(around, 1);
  EXPECT_EQ(MisuseCount(), before + 1);
  runner().SetAroundCollections(nullptr, nullptr);
  isolate_.Collect(GcKind::kMinor);
  EXPECT_EQ(MisuseCount(), before + 1);
}

std::size_t wished = 0;

TEST_F(CallbackRunnerTest, AWishForALimitIsKeptInBounds) FART_MAY_COLLECT {
  const ByteCount limit = MiB(16);
  EXPECT_EQ(runner().RaiseLimit(limit), limit) << "nobody is asked";
  runner().SetNearHeapLimit(
      [](void* data, std::size_t now) {
        EXPECT_EQ(data, &wished);
        EXPECT_EQ(now, MiB(16).value());
        return wished;
      },
      &wished);
  for (const std::size_t less :
       {std::size_t{0}, std::size_t{1}, limit.value() - 1, limit.value()}) {
    wished = less;
    EXPECT_EQ(runner().RaiseLimit(limit), limit);
  }
  wished = limit.value() + 1;
  EXPECT_EQ(runner().RaiseLimit(limit), limit + kRegionSize);
  wished = (limit + kRegionSize).value();
  EXPECT_EQ(runner().RaiseLimit(limit), limit + kRegionSize);
  for (const std::size_t much :
       {kMaxHeapLimit.value(), kMaxHeapLimit.value() + 1, ~std::size_t{0}}) {
    wished = much;
    EXPECT_EQ(runner().RaiseLimit(limit), kMaxHeapLimit);
  }
}

TEST_F(CallbackRunnerTest, AWishThatThrowsIsNone) FART_MAY_COLLECT {
  const std::uint64_t before = MisuseCount();
  runner().SetNearHeapLimit([](void*, std::size_t) -> std::size_t { throw 3; }, nullptr);
  EXPECT_EQ(runner().RaiseLimit(MiB(16)), MiB(16));
  EXPECT_EQ(MisuseCount(), before + 1);
}

}  // namespace
}  // namespace fart
