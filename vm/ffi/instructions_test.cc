// How many instructions a call and a callback take, by stepping through them: what the assembler
// costs is the same on every machine and in every build.

#include <gtest/gtest.h>

#if defined(__x86_64__)
#include <signal.h>
#include <ucontext.h>

#include <cstdint>
#include <vector>

#include "heap/platform/testing/single_step.h"
#include "vm/ffi/testdata/classes.h"
#include "vm/ffi/testing/test_call.h"

namespace fart::ffi {
namespace {

struct Range {
  std::uintptr_t begin = 0;
  std::uintptr_t end = 0;
};
Range counted_range;
volatile std::uint64_t counted;

void CountStep(int, siginfo_t*, void* context) {
  const auto place =
      static_cast<std::uintptr_t>(static_cast<ucontext_t*>(context)->uc_mcontext.gregs[REG_RIP]);
  if (place - counted_range.begin < counted_range.end - counted_range.begin) {
    counted = counted + 1;
  }
}

class InstructionsTest : public testing::Test {
 protected:
  void SetUp() override {
    struct sigaction action = {};
    action.sa_sigaction = CountStep;
    action.sa_flags = SA_SIGINFO;
    ASSERT_EQ(sigaction(SIGTRAP, &action, &before_), 0);
  }
  void TearDown() override { sigaction(SIGTRAP, &before_, nullptr); }

  static Range Trampoline() {
    return {reinterpret_cast<std::uintptr_t>(FartFfiCall),
            reinterpret_cast<std::uintptr_t>(FartFfiCallEnd)};
  }
  static Range Jump() {
    return {reinterpret_cast<std::uintptr_t>(FartFfiJump),
            reinterpret_cast<std::uintptr_t>(FartFfiJumpEnd)};
  }
  static Range Stubs() {
    return {reinterpret_cast<std::uintptr_t>(FartFfiStubs),
            reinterpret_cast<std::uintptr_t>(FartFfiStubsEnd)};
  }

  std::uint64_t Count(const Range& range, const void* function, const Signature& signature) {
    std::vector<std::uint64_t> block(signature.plan.block_words);
    auto* const registers = reinterpret_cast<Registers*>(block.data());
    registers->floating_used = signature.plan.floating_used;
    counted_range = range;
    counted = 0;
    if (range.begin == Jump().begin) {
      SingleStep(true);
      CallByPlan(signature.plan, function, registers);
    } else {
      SingleStep(true);
      FartFfiCall(function, registers, block.data() + kFirstStackWord, signature.plan.stack_words);
    }
    SingleStep(false);
    return counted;
  }

  TestTypes types_;

 private:
  struct sigaction before_;
};

const NativeType* const kI32 = TypeOf(NativeKind::kInt32);
const NativeType* const kI64 = TypeOf(NativeKind::kInt64);
const NativeType* const kF64 = TypeOf(NativeKind::kDouble);

TEST_F(InstructionsTest, OfCallsAreFew) {
  const auto count = [&](const void* function, const Signature& signature) {
    return Count(Trampoline(), function, signature);
  };
  const auto code = [](auto* function) { return reinterpret_cast<const void*>(function); };
  constexpr std::uint64_t kPlain = 25;
  constexpr std::uint64_t kFloats = 8;
  constexpr std::uint64_t kStack = 4;
  constexpr std::uint64_t kEachWord = 4;
  EXPECT_EQ(count(code(add), types_.Of(kI32, {kI32, kI32})), kPlain);
  EXPECT_EQ(count(code(sum6), types_.Of(kI64, {kI64, kI64, kI64, kI64, kI64, kI64})), kPlain);
  EXPECT_EQ(count(code(half), types_.Of(kF64, {kF64})), kPlain + kFloats);
  const NativeType* const mixed = types_.Struct({kI64, kF64});
  EXPECT_EQ(count(code(same_Mixed), types_.Of(mixed, {mixed})), kPlain + kFloats);
  const NativeType* const large = types_.Struct({kI64, kI64, kI64});
  EXPECT_EQ(count(code(add), types_.Of(kI32, {large})), kPlain + kStack + 3 * kEachWord);
}

TEST_F(InstructionsTest, OfJumpsAreFewer) {
  const auto count = [&](const void* function, const Signature& signature) {
    return Count(Jump(), function, signature);
  };
  const auto code = [](auto* function) { return reinterpret_cast<const void*>(function); };
  constexpr std::uint64_t kPlain = 12;
  constexpr std::uint64_t kFloats = 8;
  EXPECT_EQ(count(code(add), types_.Of(kI32, {kI32, kI32})), kPlain);
  EXPECT_EQ(count(code(sum6), types_.Of(kI64, {kI64, kI64, kI64, kI64, kI64, kI64})), kPlain);
  EXPECT_EQ(count(code(half), types_.Of(kF64, {kF64})), kPlain + kFloats);
  // Those that take more than it does.
  const NativeType* const mixed = types_.Struct({kI64, kF64});
  EXPECT_EQ(count(code(same_Mixed), types_.Of(mixed, {mixed})), 0u);
  const NativeType* const large = types_.Struct({kI64, kI64, kI64});
  EXPECT_EQ(count(code(add), types_.Of(kI32, {large})), 0u);
}

TEST_F(InstructionsTest, OfCallbacksAreFew) {
  const auto id =
      OpenStub({.run = [](void*, Registers*, const std::uint64_t*) {}, .data = nullptr});
  ASSERT_TRUE(id.has_value());
  EXPECT_EQ(Count(Stubs(), AddressOf(*id), types_.Of(kI32, {kI32, kI32})), 29u);
  CloseStub(*id);
}

// What a call costs before the assembler: a step for each argument, and nothing for its type.
TEST_F(InstructionsTest, AreLedByAPlanOfAStepAnArgument) {
  EXPECT_EQ(types_.Of(kI32, {kI32, kI32}).plan.arguments.size(), 2u);
  EXPECT_TRUE(types_.Of(kI32, {kI32, kI32}).plan.pieces.empty());
  const NativeType* const mixed = types_.Struct({kI64, kF64});
  EXPECT_EQ(types_.Of(mixed, {mixed}).plan.pieces.size(), 2u);
  const NativeType* const larger = types_.Struct({types_.Array(kI64, 500)});
  EXPECT_EQ(types_.Of(kI32, {larger}).plan.pieces.size(), 1u);
}

}  // namespace
}  // namespace fart::ffi
#endif
