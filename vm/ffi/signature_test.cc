#include "vm/ffi/signature.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "vm/ffi/testing/test_call.h"

namespace fart::ffi {
namespace {

const NativeType* const kVoidType = TypeOf(NativeKind::kVoid);
const NativeType* const kInt = TypeOf(NativeKind::kInt32);
const NativeType* const kLongType = TypeOf(NativeKind::kInt64);
const NativeType* const kFloatType = TypeOf(NativeKind::kFloat);
const NativeType* const kDoubleType = TypeOf(NativeKind::kDouble);

TEST(SignatureTest, IsOneObject_VFS2) {
  SignatureTable table;
  std::string error;
  const Signature* const add = table.Find({kInt, {kInt, kInt}}, &error);
  EXPECT_EQ(table.Find({kInt, {kInt, kInt}}, &error), add);
  EXPECT_NE(table.Find({kInt, {kInt, kInt, kInt}}, &error), add);
  EXPECT_NE(table.Find({kLongType, {kInt, kInt}}, &error), add);
  EXPECT_NE(table.Find({kInt, {kInt, kInt}, 1}, &error), add);
  EXPECT_EQ(TextOf(add->types), "Int32 Function(Int32, Int32)");
  EXPECT_EQ(TextOf({kVoidType, {kInt, kDoubleType}, 1}), "Void Function(Int32, ...Double)");
}

std::string WhyNot(const SignatureTypes& types) {
  SignatureTable table;
  std::string error;
  EXPECT_EQ(table.Find(types, &error), nullptr);
  return error;
}

TEST(SignatureTest, NamesThePartThatCannotBePassed_VFS1) {
  TestTypes types;
  EXPECT_EQ(WhyNot({kInt, {kInt, kVoidType}}),
            "Parameter 2 ('Void') cannot be passed: it is Void, which has no values.");
  EXPECT_EQ(WhyNot({kInt, {types.Array(kInt, 3)}}),
            "Parameter 1 ('Array<Int32>(3)') cannot be passed: it is an array, which C passes as a "
            "pointer to its first element.");
  EXPECT_EQ(WhyNot({types.Array(kInt, 3), {}}),
            "The result ('Array<Int32>(3)') cannot be returned: it is an array, which C passes as "
            "a pointer to its first element.");
  EXPECT_EQ(WhyNot({TypeOf(NativeKind::kOpaque), {}}),
            "The result ('Opaque') cannot be returned: it is opaque: only a pointer to it can be "
            "passed.");
  EXPECT_EQ(WhyNot({kInt, {kFloatType, kFloatType}, 1}),
            "Parameter 2 ('Float') cannot be passed: it is a variable argument: C passes a Double "
            "there.");
  EXPECT_EQ(WhyNot({kInt, std::vector<const NativeType*>(128, kInt)}),
            "A native function takes at most 127 arguments, this one 128.");
}

TEST(SignatureTest, TakesWhatIsJustRight) {
  SignatureTable table;
  std::string error;
  EXPECT_NE(table.Find({kInt, std::vector<const NativeType*>(127, kInt)}, &error), nullptr);
  // Before the variable arguments a Float is one.
  EXPECT_NE(table.Find({kInt, {kFloatType, kDoubleType}, 1}, &error), nullptr);
  EXPECT_NE(table.Find({kVoidType, {}}, &error), nullptr);
  EXPECT_EQ(TextOf({kVoidType, {kInt}, 0}), "Void Function(...Int32)");
}

TEST(SignatureTest, PassesHandlesAsPointersAndKnowsOfThem) {
  const NativeType* const handle = TypeOf(NativeKind::kHandle);
  std::string error;
  for (const Abi abi : {Abi::kSysvX64, Abi::kAapcs64}) {
    SignatureTable table(abi);
    const CallPlan& taken = table.Find({kVoidType, {kDoubleType, handle, kInt}}, &error)->plan;
    EXPECT_TRUE(taken.has_handles);
    EXPECT_EQ(taken.arguments[1].word, kFirstIntegerWord);
    EXPECT_EQ(taken.arguments[2].word, kFirstIntegerWord + 1);
    const CallPlan& given = table.Find({handle, {kInt}}, &error)->plan;
    EXPECT_TRUE(given.has_handles);
    EXPECT_EQ(given.result, ResultWay::kInteger);
    EXPECT_FALSE(given.result_form.is_integer);
    EXPECT_FALSE(table.Find({kInt, {TypeOf(NativeKind::kPointer)}}, &error)->plan.has_handles);
  }
}

TEST(SignatureTest, BoundsTheStackOfACall) {
  TestTypes types;
  const NativeType* const most = types.Array(kLongType, kMaxCallWords);
  std::string error;
  SignatureTable x64(Abi::kSysvX64);
  EXPECT_NE(x64.Find({kVoidType, {types.Struct({most})}}, &error), nullptr);
  EXPECT_EQ(x64.Find({kVoidType, {types.Struct({most, kLongType})}}, &error), nullptr);
  EXPECT_NE(error.find("take more than 32768 bytes."), std::string::npos);
  SignatureTable aapcs(Abi::kAapcs64);
  EXPECT_NE(aapcs.Find({kVoidType, {types.Struct({most})}}, &error), nullptr);
  EXPECT_EQ(aapcs.Find({kVoidType, {types.Struct({most, kLongType})}}, &error), nullptr);
  EXPECT_NE(x64.Find({types.Struct({most}), {}}, &error), nullptr);
  EXPECT_EQ(x64.Find({types.Struct({most, kLongType}), {}}, &error), nullptr);
  EXPECT_NE(error.find("or the result of"), std::string::npos);
  const NativeType* const huge = types.Struct({types.Array(kLongType, std::int64_t{1} << 36)});
  EXPECT_EQ(x64.Find({kVoidType, {huge, huge}}, &error), nullptr);
  EXPECT_EQ(aapcs.Find({kVoidType, {huge, huge}}, &error), nullptr);
}

// ---- Plans of both ABIs, by what their documents say; what the compilers say is
// native_call_test's.

CallPlan PlanOf(Abi abi, const SignatureTypes& types) {
  CallPlan plan;
  EXPECT_TRUE(MakePlan(abi, types, &plan));
  return plan;
}

std::string PlacesOf(const CallPlan& plan, const ArgumentStep& step) {
  const auto place = [&](std::uint32_t word) {
    if (word >= kFirstStackWord) return "s" + std::to_string(word - kFirstStackWord);
    if (word >= kFirstResultFloating) return "D" + std::to_string(word - kFirstResultFloating);
    if (word >= kFirstResultInteger) return "X" + std::to_string(word - kFirstResultInteger);
    if (word == WordAt(FART_FFI_INDIRECT_RESULT)) return std::string("x8");
    if (word >= kFirstFloatingWord) return "d" + std::to_string(word - kFirstFloatingWord);
    return "x" + std::to_string(word);
  };
  if (step.kind != NativeKind::kStruct && step.kind != NativeKind::kUnion) return place(step.word);
  std::string text = step.is_by_reference ? place(step.word) + "->" : "";
  for (std::uint32_t i = 0; i < step.pieces; ++i) {
    const Piece& piece = plan.pieces[step.first_piece + i];
    text += (i > 0 ? "+" : "") + place(piece.word) + "[" + std::to_string(piece.size) + "]";
  }
  return text;
}

std::string PlacesOf(const CallPlan& plan) {
  std::string text;
  for (const ArgumentStep& step : plan.arguments) {
    text += (text.empty() ? "" : " ") + PlacesOf(plan, step);
  }
  return text;
}

TEST(CallPlanTest, PassesCompoundsByEightbytesOnX64) {
  TestTypes types;
  const NativeType* const mixed = types.Struct({kLongType, kDoubleType});
  const NativeType* const three = types.Struct({kFloatType, kFloatType, kFloatType});
  const NativeType* const large = types.Struct({kLongType, kLongType, kLongType});
  const NativeType* const packed = types.Struct({TypeOf(NativeKind::kInt8), kInt}, /*packing=*/1);
  EXPECT_EQ(PlacesOf(PlanOf(Abi::kSysvX64, {kVoidType, {mixed, three, large, packed, kInt}})),
            "x0[8]+d0[8] d1[8]+d2[4] s0[24] s3[5] x1");
  // All or none: the two integer words find one register left, which the next int takes.
  const NativeType* const pair = types.Struct({kLongType, kLongType});
  EXPECT_EQ(PlacesOf(PlanOf(Abi::kSysvX64, {large, {kInt, kInt, kInt, kInt, pair, kInt}})),
            "x1 x2 x3 x4 s0[16] x5");
}

TEST(CallPlanTest, PassesEqualFloatsOneByOneOnAarch64) {
  TestTypes types;
  const NativeType* const mixed = types.Struct({kLongType, kDoubleType});
  const NativeType* const three = types.Struct({kFloatType, kFloatType, kFloatType});
  const NativeType* const nested = types.Struct({types.Struct({kDoubleType}), kDoubleType});
  const NativeType* const five = types.Struct({types.Array(kFloatType, 5)});
  const NativeType* const either = types.Union({kFloatType, types.Array(kFloatType, 2)});
  const NativeType* const unequal = types.Union({kFloatType, kDoubleType});
  const CallPlan plan =
      PlanOf(Abi::kAapcs64, {three, {mixed, three, nested, five, either, unequal}});
  EXPECT_EQ(PlacesOf(plan), "x0[16] d0[4]+d1[4]+d2[4] d3[8]+d4[8] x2->s0[20] d5[4]+d6[4] x3[8]");
  EXPECT_EQ(plan.result, ResultWay::kRegisters);
  ASSERT_EQ(plan.result_pieces.size(), 3u);
  EXPECT_EQ(plan.result_pieces[2].word, kFirstResultFloating + 2);
  EXPECT_EQ(plan.result_pieces[2].offset, 8u);
}

TEST(CallPlanTest, NeverComesBackToRegistersOnAarch64) {
  TestTypes types;
  const NativeType* const pair = types.Struct({kLongType, kLongType});
  const NativeType* const doubles = types.Struct({kDoubleType, kDoubleType});
  EXPECT_EQ(PlacesOf(PlanOf(Abi::kAapcs64,
                            {kVoidType,
                             {kInt, kInt, kInt, kInt, kInt, kInt, kInt, pair, kInt, kDoubleType,
                              doubles, doubles, doubles, doubles, kDoubleType}})),
            "x0 x1 x2 x3 x4 x5 x6 s0[16] s2 d0 d1[8]+d2[8] d3[8]+d4[8] d5[8]+d6[8] s3[16] s5");
}

TEST(CallPlanTest, WritesLargeResultsWhereTheCallerSays) {
  TestTypes types;
  const NativeType* const large = types.Struct({kLongType, kLongType, kLongType});
  const CallPlan x64 = PlanOf(Abi::kSysvX64, {large, {kInt}});
  EXPECT_EQ(x64.result, ResultWay::kIndirect);
  EXPECT_EQ(x64.result_address_word, kFirstIntegerWord);
  EXPECT_EQ(PlacesOf(x64), "x1");
  const CallPlan aapcs = PlanOf(Abi::kAapcs64, {large, {kInt, large}});
  EXPECT_EQ(aapcs.result, ResultWay::kIndirect);
  EXPECT_EQ(aapcs.result_address_word, WordAt(FART_FFI_INDIRECT_RESULT));
  EXPECT_EQ(PlacesOf(aapcs), "x0 x1->s0[24]");
  EXPECT_EQ(aapcs.stack_words, 0u);
  EXPECT_EQ(aapcs.block_words, kFirstStackWord + 3);
}

}  // namespace
}  // namespace fart::ffi
