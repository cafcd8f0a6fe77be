#include "vm/ffi/native_callback.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <cstring>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "vm/ffi/foreign_call.h"
#include "vm/ffi/testdata/classes.h"
#include "vm/ffi/testing/test_call.h"
#include "vm/testing/test_isolate.h"
#include "vm/values/errors.h"

namespace fart::ffi {
namespace {

using Body = std::function<Outcome(std::int64_t a, std::int64_t b, std::uint64_t* result)>;

class TestCallback final : public NativeCallback {
 public:
  TestCallback(std::shared_ptr<CallbackGate> gate, Options options, Body body)
      : NativeCallback(std::move(gate), std::move(options)), body_(std::move(body)) {}

  Outcome Run(Registers* registers, const std::uint64_t* stack) override {
    const auto word = [&](std::size_t i) {
      return static_cast<std::int32_t>(
          *CallbackWord(registers, stack, options().plan.arguments[i].word));
    };
    return body_(word(0), word(1), registers->result_integer);
  }

 private:
  const Body body_;
};

class NativeCallbackTest : public testing::Test {
 protected:
  using Callee = std::int32_t (*)(std::int32_t, std::int32_t);

  // Answers -1 when it does not run.
  Callee Open(CallbackKind kind, CallbackErrors errors, Body body) {
    NativeCallback::Options options;
    options.kind = kind;
    options.errors = errors;
    options.plan = signature_.plan;
    options.exceptional.integer = static_cast<std::uint64_t>(-1);
    options.name = "callee";
    const auto id = OpenCallback(std::make_unique<TestCallback>(gate_, options, std::move(body)));
    FART_CHECK(id.has_value());
    open_.push_back(*id);
    return reinterpret_cast<Callee>(reinterpret_cast<std::uintptr_t>(AddressOf(*id)));
  }
  void TearDown() override {
    for (const StubId id : open_) CloseCallback(id);
  }

  // Calls `apply`, which calls it.
  Outcome Call(Callee callee, CallKind kind = CallKind::kOrdinary) FART_NO_SAFEPOINT_ANALYSIS {
    const Signature& apply_signature = types_.Of(
        TypeOf(NativeKind::kInt32),
        {TypeOf(NativeKind::kPointer), TypeOf(NativeKind::kInt32), TypeOf(NativeKind::kInt32)});
    std::vector<std::uint64_t> block(apply_signature.plan.block_words);
    const std::vector<ArgumentStep>& steps = apply_signature.plan.arguments;
    block[steps[0].word] = reinterpret_cast<std::uintptr_t>(callee);
    block[steps[1].word] = 30;
    block[steps[2].word] = 12;
    const Outcome outcome =
        CallForeignFunction(*isolate_, {reinterpret_cast<const void*>(&apply), nullptr, kind},
                            apply_signature.plan, block.data(), &errno_);
    result_ = static_cast<std::int32_t>(block[kFirstResultInteger]);
    EXPECT_EQ(Isolate::Current(), &*isolate_);
    EXPECT_EQ(isolate_->innermost_foreign_frame(), nullptr);
    return outcome;
  }

  static Outcome Add(std::int64_t a, std::int64_t b, std::uint64_t* result) {
    *result = static_cast<std::uint64_t>(a + b);
    errno = 7;
    return Outcome::Immediate(kTrue);
  }

  TestIsolate isolate_;
  TestTypes types_;
  const Signature& signature_ = types_.Of(TypeOf(NativeKind::kInt32),
                                          {TypeOf(NativeKind::kInt32), TypeOf(NativeKind::kInt32)});
  std::shared_ptr<CallbackGate> gate_ = std::make_shared<CallbackGate>(*isolate_);
  std::vector<StubId> open_;
  std::int32_t result_ = 0;
  int errno_ = 0;
};

TEST_F(NativeCallbackTest, RunsInside) {
  for (const CallbackKind kind : {CallbackKind::kLocal, CallbackKind::kBlocking}) {
    const Callee callee = Open(kind, CallbackErrors::kReport, Add);
    for (const CallKind call : {CallKind::kOrdinary, CallKind::kReleasing}) {
      errno_ = 42;
      EXPECT_FALSE(Call(callee, call).IsError());
      EXPECT_EQ(result_, 42);
      EXPECT_EQ(errno_, 42);  // VF-N3
    }
  }
}

TEST_F(NativeCallbackTest, IsRefusedInALeafCall) {
  const std::uint64_t before = MisuseCount();
  EXPECT_FALSE(
      Call(Open(CallbackKind::kBlocking, CallbackErrors::kReport, Add), CallKind::kLeaf).IsError());
  EXPECT_EQ(result_, -1);
  EXPECT_EQ(MisuseCount(), before + 1);
  EXPECT_NE(std::string(LastMisuse()).find("leaf call"), std::string::npos);
}

// C reads a struct that it is given, whatever became of the call: in registers, or in memory of its
// own.
TEST_F(NativeCallbackTest, GivesZerosForAStruct) {
  const NativeType* const kWide = TypeOf(NativeKind::kInt64);
  const auto open = [&](const Signature& signature) {
    NativeCallback::Options options;
    options.plan = signature.plan;
    options.name = "callee";
    const auto id = OpenCallback(std::make_unique<TestCallback>(
        gate_, options, [](auto, auto, auto) { return Outcome::Immediate(kTrue); }));
    FART_CHECK(id.has_value());
    open_.push_back(*id);
    return *id;
  };
  const StubId mixed = open(types_.Of(types_.Struct({kWide, TypeOf(NativeKind::kDouble)}), {}));
  const StubId large = open(types_.Of(types_.Struct({kWide, kWide, kWide}), {}));
  const auto call_both = [&](Mixed* first, Large* second) {
    *first = {1, 2};
    std::thread([&] {  // Where they are refused.
      *first = reinterpret_cast<Mixed (*)()>(reinterpret_cast<std::uintptr_t>(AddressOf(mixed)))();
      // Into memory that is anything but zero.
      alignas(Large) unsigned char room[sizeof(Large)];
      std::memset(room, 0x55, sizeof(room));
      *second = *new (room) Large(
          reinterpret_cast<Large (*)()>(reinterpret_cast<std::uintptr_t>(AddressOf(large)))());
    })
        .join();
  };
  Mixed first;
  Large second;
  for (int closed = 0; closed < 2; ++closed) {
    call_both(&first, &second);
    EXPECT_EQ(first.a, 0);
    EXPECT_EQ(first.b, 0);
    EXPECT_EQ(second.a + second.b + second.c, 0);
    CloseCallback(mixed);
    CloseCallback(large);
  }
}

TEST_F(NativeCallbackTest, IsRefusedElsewhere) {
  const Callee callee = Open(CallbackKind::kLocal, CallbackErrors::kReport, Add);
  std::string said;
  std::int32_t result = 0;
  std::thread([&] {
    result = callee(1, 2);
    said = LastMisuse();
  }).join();
  EXPECT_EQ(result, -1);
  EXPECT_NE(said.find("not inside its isolate"), std::string::npos);
}

TEST_F(NativeCallbackTest, EntersOnAnotherThread) {
  const Callee callee = Open(CallbackKind::kBlocking, CallbackErrors::kReport,
                             [&](std::int64_t a, std::int64_t b, std::uint64_t* result) {
                               EXPECT_EQ(Isolate::Current(), &*isolate_);
                               return Add(a, b, result);
                             });
  EXPECT_TRUE(isolate_->waits_outside());
  std::int32_t result = 0;
  std::thread caller([&] {
    result = callee(1, 2);
    EXPECT_EQ(Isolate::Current(), nullptr);
  });
  {
    const ReleasedSection released(&*isolate_);
    caller.join();
  }
  EXPECT_EQ(result, 3);
}

// What it has done may be what the isolate's loop waits for: a port closed, a timer begun.
TEST_F(NativeCallbackTest, TheLoopOfAnIdleIsolateIsWokenBehindIt) {
  const Callee callee = Open(CallbackKind::kBlocking, CallbackErrors::kReport, Add);
  const auto call = [&] { EXPECT_EQ(callee(1, 2), 3); };
  EXPECT_EQ(isolate_->messages().size(), 0u);
  for (int i = 0; i < 2; ++i) {  // Once is enough for both.
    isolate_->Exit();
    std::thread(call).join();
    isolate_->Enter();
    EXPECT_EQ(isolate_->messages().size(), 1u);
  }
  EXPECT_TRUE(isolate_->messages().TryTake().has_value());
  EXPECT_FALSE(isolate_->messages().TryTake().has_value());
}

// VF-N2
TEST_F(NativeCallbackTest, NobodyWaitsForAnIsolateThatEnds) {
  const Callee callee = Open(CallbackKind::kBlocking, CallbackErrors::kReport, Add);
  std::vector<std::thread> callers;
  std::atomic<int> refused{0};
  for (int i = 0; i < 4; ++i) {
    callers.emplace_back([&] { refused += callee(1, 2) == -1 ? 1 : 0; });
  }
  gate_->End();
  for (std::thread& each : callers) each.join();
  EXPECT_EQ(refused, 4);
  EXPECT_EQ(callee(1, 2), -1);
}

TEST_F(NativeCallbackTest, ThrowsAtReturn) FART_MAY_COLLECT {
  const Callee callee = Open(CallbackKind::kLocal, CallbackErrors::kThrowAtReturn,
                             [&](std::int64_t, std::int64_t, std::uint64_t*) FART_MAY_COLLECT {
                               return NewUnhandledException(*isolate_, isolate_.NewString("thrown"),
                                                            isolate_.NewString("trace"));
                             });
  for (const CallKind call : {CallKind::kOrdinary, CallKind::kReleasing}) {
    const Outcome outcome = Call(callee, call);
    ASSERT_TRUE(outcome.IsError());
    EXPECT_EQ(result_, -1);
    const NoSafepointScope quiet;
    EXPECT_EQ(ErrorKindOf(outcome.Get(quiet), quiet), ErrorKind::kUnhandledException);
  }
}

// VF-N4
TEST_F(NativeCallbackTest, WhatStopsAProgramIsNotLost) FART_MAY_COLLECT {
  for (const CallbackErrors errors :
       {CallbackErrors::kReport, CallbackErrors::kThrowAtReturn, CallbackErrors::kUnwind}) {
    const Callee callee = Open(CallbackKind::kLocal, errors,
                               [&](std::int64_t, std::int64_t, std::uint64_t*) FART_MAY_COLLECT {
                                 return NewFatalError(*isolate_, "stopped");
                               });
    const Outcome outcome = Call(callee);
    ASSERT_TRUE(outcome.IsError());
    EXPECT_EQ(isolate_.ErrorMessageOf(outcome), "stopped");
    EXPECT_EQ(result_, -1);
  }
}

TEST_F(NativeCallbackTest, AClosedOneDoesNotRun) {
  const Callee callee = Open(CallbackKind::kLocal, CallbackErrors::kReport, Add);
  EXPECT_TRUE(CloseCallback(open_.back()));
  EXPECT_FALSE(CloseCallback(open_.back()));
  EXPECT_FALSE(Call(callee).IsError());
  EXPECT_EQ(result_, -1);
}

// Its calls are of the thread inside its isolate. (VF-C4)
TEST_F(NativeCallbackTest, OneThatClosesItselfIsThereUntilItsLastCallHasEnded_VFC1) {
  auto token = std::make_shared<int>(0);
  const std::weak_ptr<int> kept = token;
  int depth = 0;
  Callee callee = nullptr;
  callee = Open(CallbackKind::kLocal, CallbackErrors::kReport,
                [&, token = std::move(token)](std::int64_t a, std::int64_t b, std::uint64_t* result)
                    FART_NO_SAFEPOINT_ANALYSIS {
                      if (++depth < 3) {
                        EXPECT_EQ(callee(30, 12), 42);
                      } else {
                        EXPECT_TRUE(CloseCallback(open_.back()));
                        EXPECT_EQ(callee(1, 2), -1);
                      }
                      EXPECT_FALSE(kept.expired());
                      return Add(a, b, result);
                    });
  EXPECT_EQ(callee(30, 12), 42);
  EXPECT_EQ(depth, 3);
  EXPECT_TRUE(kept.expired());
}

// Whatever way its calls have ended, none is counted any more.
TEST_F(NativeCallbackTest, IsGoneWhenItIsClosedAfterItsCalls_VFC4) FART_MAY_COLLECT {
  for (const CallbackErrors errors : {CallbackErrors::kReport, CallbackErrors::kUnwind}) {
    auto token = std::make_shared<int>(0);
    const std::weak_ptr<int> kept = token;
    const Callee callee = Open(
        CallbackKind::kLocal, errors,
        [&, token = std::move(token)](std::int64_t, std::int64_t, std::uint64_t*) FART_MAY_COLLECT {
          return NewUnhandledException(*isolate_, isolate_.NewString("thrown"),
                                       isolate_.NewString("trace"));
        });
    for (const CallKind call : {CallKind::kOrdinary, CallKind::kReleasing}) {
      EXPECT_EQ(Call(callee, call).IsError(), errors == CallbackErrors::kUnwind);
    }
    EXPECT_FALSE(kept.expired());
    EXPECT_TRUE(CloseCallback(open_.back()));
    EXPECT_TRUE(kept.expired());
  }
}

// Closed by another thread that is inside meanwhile.
TEST_F(NativeCallbackTest, IsThereForACallWhoseThreadHasLeftTheIsolate_VFC4) {
  auto token = std::make_shared<int>(0);
  const std::weak_ptr<int> kept = token;
  const Callee callee =
      Open(CallbackKind::kLocal, CallbackErrors::kReport,
           [&, token = std::move(token)](std::int64_t a, std::int64_t b, std::uint64_t* result) {
             const StubId id = open_.back();
             isolate_->Exit();
             std::thread([&] {
               isolate_->Enter();
               EXPECT_TRUE(CloseCallback(id));
               isolate_->Exit();
             }).join();
             isolate_->Enter();
             EXPECT_FALSE(kept.expired());
             return Add(a, b, result);
           });
  EXPECT_EQ(callee(30, 12), 42);
  EXPECT_TRUE(kept.expired());
}

}  // namespace
}  // namespace fart::ffi
