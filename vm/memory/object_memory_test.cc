// The memory of objects: what is done while a host is idle, flags while a program runs, names of
// calls, and what is said when the system refuses.

#include "vm/memory/object_memory.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "heap/platform/clock.h"
#include "heap/platform/testing/refusing_memory.h"
#include "vm/testing/test_isolate.h"

namespace fart {
namespace {

TEST(ObjectMemoryTest, NewSpaceOfAnIsolateBeginsSmallWhateverItMayBeLater) {
  TestIsolate isolate;
  EXPECT_EQ(isolate->heap().new_capacity(), KiB(512));
  EXPECT_GT(isolate->heap().knobs().new_space_min, KiB(512));
}

// ---- Idle

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

Flags SmallNewSpace() {
  Flags flags;
  flags.heap.new_space_min = KiB(512);
  flags.gc.callback_slice_ns = 0;  // One callback at a time.
  return flags;
}

class IdleTest : public testing::Test {
 protected:
  bool CollectWhenIdle(std::int64_t deadline_us) FART_NO_SAFEPOINT_ANALYSIS {
    return isolate_->CollectWhenIdle(deadline_us);
  }
  std::uint64_t Collections() { return isolate_->statistics().totals().collections(); }
  // Garbage of so many bytes, or a little more, in small objects.
  void Allocate(ByteCount bytes) FART_NO_SAFEPOINT_ANALYSIS {
    for (ByteCount made; made < bytes; made += ByteCount(112)) {
      EXPECT_FALSE(NewArray(isolate_.mutator(), 12).is_null());
    }
  }

  ByteCount UsedNew() {
    isolate_.mutator().RetireArea();
    return isolate_->heap().NewUse().used;
  }
  // What takes a while to move.
  void KeepMany() FART_NO_SAFEPOINT_ANALYSIS {
    constexpr std::size_t kMany = 50'000;
    const Rooted list = isolate_.NewList(kMany);
    for (std::size_t i = 0; i < kMany; ++i) {
      const FreshObject fresh = NewArray(isolate_.mutator(), 1);
      const NoSafepointScope quiet;
      ListSetAt(isolate_.mutator(), list.Get(quiet), i, fresh.Get(quiet), quiet);
    }
  }

  TestIsolate isolate_{{.flags = SmallNewSpace()}};
};

TEST_F(IdleTest, HalfANewSpaceIsWorthCollectingWhatIsBeingFilledIncluded) {
  ASSERT_EQ(isolate_->heap().new_capacity(), KiB(512));
  const ByteCount before = UsedNew();
  ASSERT_LT(before, KiB(64));
  Allocate(KiB(256) - before - KiB(8));
  EXPECT_FALSE(CollectWhenIdle(kNever));
  EXPECT_EQ(Collections(), 0u);
  Allocate(KiB(12));
  EXPECT_TRUE(CollectWhenIdle(kNever));
  EXPECT_EQ(Collections(), 1u);
  EXPECT_EQ(isolate_->statistics().totals().last.reason, GcReason::kIdle);
  EXPECT_FALSE(CollectWhenIdle(kNever)) << "all is done";
  EXPECT_EQ(Collections(), 1u);
}

TEST_F(IdleTest, ADeadlineThatIsOverLeavesNoTime) {
  Allocate(KiB(300));
  for (const std::int64_t over : {std::int64_t{0}, std::int64_t{-1}, MonotonicNs() / 1000 - 1,
                                  std::numeric_limits<std::int64_t>::min()}) {
    EXPECT_FALSE(CollectWhenIdle(over)) << over;
  }
  EXPECT_EQ(Collections(), 0u);
  // Nor does one that wraps around when it is counted in nanoseconds.
  EXPECT_TRUE(CollectWhenIdle(kNever / 1000 + 1));
}

TEST_F(IdleTest, WhatTookLongerThanThereIsTimeForIsNotBegun) {
  KeepMany();
  isolate_.Collect(GcKind::kMinor);
  const std::int64_t pause = isolate_->statistics().totals().last.pause_ns;
  ASSERT_GT(pause, 100'000);
  const std::uint64_t before = Collections();
  while (UsedNew() * 2 <= isolate_->heap().new_capacity()) Allocate(KiB(8));
  ASSERT_EQ(Collections(), before);
  EXPECT_FALSE(CollectWhenIdle((MonotonicNs() + pause / 2) / 1000));
  EXPECT_EQ(Collections(), before);
  EXPECT_TRUE(CollectWhenIdle(kNever));
}

int finalized = 0;

TEST_F(IdleTest, CallbacksThatAreDueRunWithoutACollection) FART_MAY_COLLECT {
  finalized = 0;
  {
    LocalScope scope(isolate_->handles().locals);
    const Rooted object = isolate_.NewList(1);
    const auto callback = static_cast<HandleFinalizer>([](void*, void*) { ++finalized; });
    const NoSafepointScope quiet;
    for (int i = 0; i < 4; ++i) {
      ASSERT_FALSE(isolate_->handles()
                       .weaks
                       .Create(HandleKind::kFinalizable, object.Get(quiet), nullptr, ByteCount(),
                               reinterpret_cast<OpaqueCallback>(callback))
                       .is_empty());
    }
  }
  isolate_.Collect(GcKind::kMinor);
  const int after_collection = finalized;
  ASSERT_LT(after_collection, 4) << "a slice is one callback";
  EXPECT_FALSE(CollectWhenIdle(kNever));
  EXPECT_EQ(finalized, after_collection + 1);
  EXPECT_EQ(Collections(), 1u);
}

// ---- Flags while it runs

TEST(RunningFlagsTest, EachReachesWhomItConcerns) {
  TestIsolate isolate;
  std::string error;
  EXPECT_FALSE(isolate->gc().mutable_knobs().verify_heap);
  ASSERT_TRUE(isolate->SetFlag("--verify-heap", &error)) << error;
  EXPECT_TRUE(isolate->gc().mutable_knobs().verify_heap);
  EXPECT_TRUE(isolate->heap().knobs().zap_retired);
  ASSERT_TRUE(isolate->SetFlag("--trace-gc", &error)) << error;
  testing::internal::CaptureStderr();
  isolate.Collect(GcKind::kMinor);
  const std::string line = testing::internal::GetCapturedStderr();
  EXPECT_EQ(line.substr(0, 6), "gc: 0.") << "seconds";
  EXPECT_NE(line.find(", minor, "), std::string::npos) << line;
  ASSERT_TRUE(isolate->SetFlag("--trace-gc=false", &error)) << error;
  testing::internal::CaptureStderr();
  isolate.Collect(GcKind::kMinor);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  const std::uint64_t before = isolate->statistics().totals().collections();
  ASSERT_TRUE(isolate->SetFlag("--gc-stress=1", &error)) << error;
  isolate.NewList(1);
  EXPECT_GT(isolate->statistics().totals().collections(), before);
  EXPECT_TRUE(isolate->flags().gc.verify_heap) << "as it was set";
  EXPECT_FALSE(isolate->flags().trace_gc);
}

TEST(RunningFlagsTest, ALimitThatTheHostHasRaisedStays) {
  TestIsolate isolate({.flags = {.heap = {.heap_limit = MiB(8)}}});
  isolate->heap().mutable_knobs().heap_limit = MiB(12);
  EXPECT_EQ(isolate->flags().heap.heap_limit, MiB(12));
  std::string error;
  ASSERT_TRUE(isolate->SetFlag("--gc-stats=false", &error)) << error;
  EXPECT_EQ(isolate->heap().knobs().heap_limit, MiB(12));
  EXPECT_FALSE(isolate->SetFlag("--max-heap=16m", &error));
  EXPECT_EQ(isolate->heap().knobs().heap_limit, MiB(12));
}

TEST(RunningFlagsTest, AForgottenScopeIsOneOfAsManyHandlesAsWasSaid) {
  TestIsolate isolate({.flags = {.forgotten_scope = 5'000}});
  LocalHandles& locals = isolate->handles().locals;
  while (locals.live() < 4'900) isolate.Keep(kTrue);
  EXPECT_EQ(locals.TakeForgottenScope(), 0u);
  while (locals.live() < 6'000) isolate.Keep(kTrue);
  const std::size_t forgotten = locals.TakeForgottenScope();
  EXPECT_GE(forgotten, 4'990u);  // Its scopes take some room.
  EXPECT_LE(forgotten, 6'000u);
}

// ---- Names of calls

TEST(CallNamesTest, NoTwoAreAlikeNorHandlesWhateverTheIsolate) {
  TestIsolate first;
  const auto bits = [](Isolate& isolate) {
    return reinterpret_cast<std::uint64_t>(isolate.TakeCallName());
  };
  const std::uint64_t a = bits(*first);
  const std::uint64_t b = bits(*first);
  EXPECT_NE(a, b);
  first->Exit();
  {
    TestIsolate second;
    const std::uint64_t c = bits(*second);
    for (const std::uint64_t name : {a, b, c}) EXPECT_EQ(name % 8, 0u) << name;
    constexpr int kCallBits = 48;
    EXPECT_EQ(a >> kCallBits, static_cast<std::uint64_t>(first->id()));
    EXPECT_EQ(c >> kCallBits, static_cast<std::uint64_t>(second->id()));
    constexpr std::uint64_t kMask = (std::uint64_t{1} << kCallBits) - 1;
    const std::uint64_t distance = (a & kMask) > (c & kMask) ? a - c : c - a;
    EXPECT_GT(distance & kMask, std::uint64_t{1} << 32) << "they begin far from one another";
    second->Exit();
    first->Enter();
    first->Exit();
    second->Enter();
  }
  first->Enter();
}

// ---- Outcomes

TEST(OutcomesTest, NoObjectIsTheErrorThatIsReady) FART_MAY_COLLECT {
  TestIsolate isolate;
  const Outcome none = isolate->OrOutOfMemory(FreshObject());
  EXPECT_TRUE(none.IsError());
  EXPECT_EQ(isolate.ErrorMessageOf(none), TextOf(ErrorText::kOutOfMemory));
  EXPECT_FALSE(isolate->OrOutOfMemory(NewArray(isolate.mutator(), 1)).IsError());
}

// ---- Refusals

// Nothing: there were not so many.
std::optional<std::string> RefusalOf(std::uint64_t reservation) FART_NO_SAFEPOINT_ANALYSIS {
  std::string error;
  RefusingMemory::FailNth(SystemCall::kReserve, reservation, RefusingMemory::Duration::kForGood);
  const std::unique_ptr<Isolate> isolate =
      Isolate::Create({.flags = {.heap = {.heap_limit = MiB(64)}}}, &error);
  RefusingMemory::Stop();
  EXPECT_EQ(isolate == nullptr, !error.empty());
  if (RefusingMemory::Refused(SystemCall::kReserve) == 0) return std::nullopt;
  return error;
}

TEST(RefusalsTest, TheHostIsToldWhatWasRefusedAndHowMuch) {
  const auto in_mib = [](ByteCount size) { return std::to_string(size.value() / MiB(1).value()); };
  const LocalHandleKnobs handles = LocalHandleKnobs::ForHeap(MiB(64), false);
  const std::string of_heap = "The system refused " + in_mib(RegionSpace::RangeFor(MiB(64))) +
                              " MiB of addresses, or memory for their tables, for a heap of up "
                              "to 64 MiB (--max-heap).";
  const std::string of_handles = "The system refused " + in_mib(handles.area + handles.arena) +
                                 " MiB of addresses for the handles of a heap of up to 64 MiB "
                                 "(--max-heap).";
  const std::string of_stack = "The system refused the memory for an isolate's stack.";
  EXPECT_NE(RegionSpace::RangeFor(MiB(64)), MiB(64));
  int heap = 0;
  int others = 0;
  int stack = 0;
  for (std::uint64_t nth = 1;; ++nth) {
    const std::optional<std::string> error = RefusalOf(nth);
    if (!error.has_value()) break;
    heap += *error == of_heap ? 1 : 0;
    others += *error == of_handles ? 1 : 0;
    stack += *error == of_stack ? 1 : 0;
    const bool is_told = *error == of_heap || *error == of_handles || *error == of_stack;
    EXPECT_TRUE(is_told || error->empty()) << *error;
  }
  EXPECT_GT(heap, 0);
  EXPECT_GT(others, 0);
  EXPECT_EQ(stack, 1);
}

}  // namespace
}  // namespace fart
