// Code that breaks one rule each is refused by the name of that rule; what is right up to the
// border of a rule is not.

#include "lang/compiler/checker.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lang/compiler/bytecode.h"

namespace fart::lang {
namespace {

using Change = std::function<void(CompiledFunction&)>;

CodeWord W(Opcode opcode, std::int32_t a = 0) {
  return EncodeWord(opcode, static_cast<std::uint32_t>(a) & kMaxOperandA);
}

// Numbers of the constants that there are.
enum : std::int32_t {
  kInt,
  kText,
  kFunction,
  kStatic,
  kCall,
  kSelector,
  kClass,
  kType,
  kOpen,
  kEnd
};

// What is said of a function with two slots, room for three operands, and two caches.
std::string Check(const std::vector<CodeWord>& code, const Change& change = {}) {
  CompiledFunction function;
  function.code = code;
  function.slot_count = 2;
  function.max_operands = 3;
  function.cache_count = 2;
  TypeRef type;
  type.kind = TypeRef::Kind::kClass;
  TypeRef open;
  open.kind = TypeRef::Kind::kParameter;
  function.constants = {std::int64_t{1}, std::string("x"), FunctionRef{}, StaticRef{}, StaticCall{},
                        Selector{},      ClassRef{},       type,          open};
  if (change) change(function);
  return CheckFunction(function);
}

const std::vector<CodeWord> kNothing = {W(Opcode::kReturnNull)};

TEST(CheckerTest, TakesWhatIsRight) {
  EXPECT_EQ(Check(kNothing), "");
  EXPECT_EQ(Check({W(Opcode::kPushNull), W(Opcode::kReturn)}), "");
  EXPECT_EQ(Check({}), "LC-B2 at 0: there is no code");
}

TEST(CheckerTest, WordsAreInstructions_LCB2) {
  EXPECT_EQ(Check({0xff}), "LC-B2 at 0: no such opcode");
  EXPECT_EQ(Check({static_cast<CodeWord>(kOpcodeCount + kPairCount)}),
            "LC-B2 at 0: no such opcode");
  EXPECT_EQ(Check({W(Opcode::kCallStatic, kFunction)}), "LC-B2 at 0: the second word is missing");
  EXPECT_EQ(Check({W(Opcode::kCallStatic, kFunction), 0, W(Opcode::kReturn)}), "");
  EXPECT_EQ(Check({W(Opcode::kPushNull)}), "LC-B2 at 0: the code runs off its end");
  EXPECT_EQ(Check({W(Opcode::kJump, 2), W(Opcode::kCallStatic, kFunction), 0, W(Opcode::kReturn)}),
            "LC-B2 at 0: it jumps into an instruction");
}

TEST(CheckerTest, JumpsGoForwardButLoop_LCB5) {
  EXPECT_EQ(Check({W(Opcode::kJump, 1), W(Opcode::kReturnNull)}), "");
  EXPECT_EQ(Check({W(Opcode::kJump, 0), W(Opcode::kReturnNull)}),
            "LC-B5 at 0: it jumps the wrong way");
  EXPECT_EQ(Check({W(Opcode::kPushNull), W(Opcode::kPop), W(Opcode::kJump, -2)}),
            "LC-B5 at 2: it jumps the wrong way");
  EXPECT_EQ(Check({W(Opcode::kLoop, 0)}), "");
  EXPECT_EQ(Check({W(Opcode::kLoop, 1), W(Opcode::kReturnNull)}),
            "LC-B5 at 0: it jumps the wrong way");
  EXPECT_EQ(Check({W(Opcode::kJump, 1)}), "LC-B2 at 0: it jumps out of the code");
  EXPECT_EQ(Check({W(Opcode::kLoop, -1)}), "LC-B2 at 0: it jumps out of the code");
  EXPECT_EQ(Check({W(Opcode::kJumpIfGiven, 0), 2, W(Opcode::kReturnNull)}), "");
  EXPECT_EQ(Check({W(Opcode::kJumpIfGiven, 0), 3, W(Opcode::kReturnNull)}),
            "LC-B2 at 0: it jumps out of the code");
}

TEST(CheckerTest, OperandsAreThere_LCB2) {
  EXPECT_EQ(Check({W(Opcode::kLoadLocal, 1), W(Opcode::kReturn)}), "");
  EXPECT_EQ(Check({W(Opcode::kLoadLocal, 2), W(Opcode::kReturn)}),
            "LC-B2 at 0: there is no such slot");
  EXPECT_EQ(Check({W(Opcode::kRethrow, 0), 1}), "");
  EXPECT_EQ(Check({W(Opcode::kRethrow, 0), 2}), "LC-B2 at 0: there is no such slot");
  EXPECT_EQ(Check({W(Opcode::kPushConstant, kEnd), W(Opcode::kReturn)}),
            "LC-B2 at 0: there is no such constant");
  const auto adds = [](std::int32_t first, std::int32_t second) {
    return Check({W(Opcode::kPushNull), W(Opcode::kNegate, first), W(Opcode::kNegate, second),
                  W(Opcode::kReturn)});
  };
  EXPECT_EQ(adds(0, 1), "");
  EXPECT_EQ(adds(1, 1), "LC-B2 at 2: the cache is not the site's own");
  EXPECT_EQ(adds(0, 2), "LC-B2 at 2: the cache is not the site's own");
  EXPECT_EQ(Check({W(Opcode::kPushNull), W(Opcode::kCallInstance, kSelector), EncodeCall(1, 2),
                   W(Opcode::kReturn)}),
            "LC-B2 at 1: the cache is not the site's own");
}

TEST(CheckerTest, OnlyNativesWithDefaultsCallTheirNative_LCB2) {
  EXPECT_EQ(Check({W(Opcode::kPushNull), W(Opcode::kCallNative, 1), W(Opcode::kReturn)}),
            "LC-B2 at 1: there is no native that takes so much");
}

TEST(CheckerTest, ConstantsAreOfTheKindThatIsAskedFor_LCB2) {
  struct {
    Opcode opcode;
    std::vector<std::int32_t> right;
  } const cases[] = {
      {Opcode::kPushConstant, {kInt, kText, kFunction, kType}},
      {Opcode::kAllocate, {kClass}},
      {Opcode::kLoadStatic, {kStatic}},
      {Opcode::kCallStatic, {kFunction}},
      {Opcode::kMakeClosure, {kFunction}},
      {Opcode::kCallStaticBind, {kCall}},
      {Opcode::kPushType, {kType}},
      {Opcode::kGetProperty, {kSelector}},
      {Opcode::kCallInstance, {kSelector}},
  };
  for (const auto& [opcode, right] : cases) {
    for (std::int32_t constant = kInt; constant < kOpen; ++constant) {
      std::vector<CodeWord> code = {W(Opcode::kPushNull), W(opcode, constant)};
      if (WordsOf(opcode) == 2) code.push_back(EncodeCall(1, 0));
      code.push_back(W(Opcode::kReturn));
      const bool is_right = std::find(right.begin(), right.end(), constant) != right.end();
      EXPECT_EQ(Check(code), is_right ? "" : "LC-B2 at 1: the constant is of the wrong kind")
          << InfoOf(opcode).name << ' ' << constant;
    }
  }
}

TEST(CheckerTest, APairIsFollowedByItsSecond_LCB9) {
  const auto paired = [](Pair pair, CodeWord word) {
    return (word & ~CodeWord{0xff}) | static_cast<CodeWord>(pair);
  };
  const CodeWord load = W(Opcode::kLoadLocal, 1);
  const std::string missing = "LC-B9 at 0: the pair is not followed by its second";
  const CodeWord two = paired(Pair::kLoadTwo, load);
  EXPECT_EQ(Check({two, load, W(Opcode::kAdd, 0), W(Opcode::kReturn)}), "");
  EXPECT_EQ(Check({two, W(Opcode::kPushNull), W(Opcode::kAdd, 0), W(Opcode::kReturn)}), missing);
  EXPECT_EQ(Check({two}), missing);
  EXPECT_EQ(Check({two, 0xff}), missing);
  // Its operands are held to what its instructions ask for.
  EXPECT_EQ(Check({paired(Pair::kLoadTwo, W(Opcode::kLoadLocal, 2)), load, W(Opcode::kAdd, 0),
                   W(Opcode::kReturn)}),
            "LC-B2 at 0: there is no such slot");
  const CodeWord increment = paired(Pair::kIncrement, load);
  const CodeWord add = W(Opcode::kAddSmi, 0);
  EXPECT_EQ(Check({increment, add, 1, W(Opcode::kStoreLocal, 0), W(Opcode::kReturnNull)}), "");
  EXPECT_EQ(Check({increment, add, 1, W(Opcode::kReturn)}), missing);
  EXPECT_EQ(Check({increment, W(Opcode::kSubSmi, 0), 1, W(Opcode::kStoreLocal, 0),
                   W(Opcode::kReturnNull)}),
            missing);
  EXPECT_EQ(Check({paired(static_cast<Pair>(kOpcodeCount + kPairCount), load)}),
            "LC-B2 at 0: no such opcode");
}

TEST(CheckerTest, OpenTypesNeedTheArgumentsInForce_LCB7) {
  const Change has_slot = [](CompiledFunction& f) { f.types_slot = 1; };
  const std::vector<CodeWord> push = {W(Opcode::kPushType, kOpen), W(Opcode::kReturn)};
  std::vector<CodeWord> loads = push;
  loads.insert(loads.begin(), W(Opcode::kLoadTypeArguments));
  EXPECT_EQ(Check(push), "LC-B7 at 0: nothing loads the type arguments");
  EXPECT_EQ(Check(loads, has_slot), "");
  const std::string wrong =
      "LC-B7 at 0: the slot of the type arguments is not loaded, or there is none";
  EXPECT_EQ(Check(kNothing, has_slot), wrong);
  EXPECT_EQ(Check({W(Opcode::kLoadTypeArguments), W(Opcode::kReturnNull)}), wrong);
  EXPECT_EQ(Check(loads, [](CompiledFunction& f) { f.types_slot = 2; }), wrong);
  EXPECT_EQ(
      Check({W(Opcode::kLoadTypeArguments), W(Opcode::kPushConstant, kOpen), W(Opcode::kReturn)},
            has_slot),
      "LC-B7 at 1: the type is open");
}

TEST(CheckerTest, TablesOfCallsAreSortedAndClosed_LCB8) {
  const auto with = [](const std::vector<CallTypes>& calls, std::size_t types) {
    return Check({W(Opcode::kCallStatic, kFunction), 0, W(Opcode::kReturn)},
                 [&](CompiledFunction& f) {
                   f.call_types = std::make_unique<CompiledCallTypes>();
                   f.call_types->calls = calls;
                   f.call_types->types.resize(types);
                 });
  };
  const auto wrong = [](int pc) {
    return "LC-B8 at " + std::to_string(pc) + ": the table of type arguments is malformed";
  };
  EXPECT_EQ(with({{2, 0, 1}}, 1), "");
  EXPECT_EQ(with({{2, 0, CallTypes::kExpected}, {3, 1, 2}}, 3), "");
  EXPECT_EQ(with({{2, 0, CallTypes::kExpected}}, 0), wrong(2));
  EXPECT_EQ(with({{2, 0, 2}}, 1), wrong(2));
  EXPECT_EQ(with({{2, 1, 1}}, 1), wrong(2));
  EXPECT_EQ(with({{0, 0, 1}}, 1), wrong(0));
  EXPECT_EQ(with({{4, 0, 1}}, 1), wrong(4));
  EXPECT_EQ(with({{2, 0, 1}, {2, 0, 1}}, 1), wrong(2));
  EXPECT_EQ(with({{3, 0, 1}, {2, 0, 1}}, 1), wrong(2));
}

TEST(CheckerTest, HandlersCoverInstructionsAndBeginWithOne_LCB2) {
  const auto with = [](ExceptionHandler handler) {
    return Check({W(Opcode::kCallStatic, kFunction), 0, W(Opcode::kPop), W(Opcode::kReturnNull)},
                 [&](CompiledFunction& f) { f.handlers = {handler}; });
  };
  const std::string wrong = ": the exception handler is malformed";
  EXPECT_EQ(with({0, 2, 3, 0, 1}), "");
  EXPECT_EQ(with({0, 4, 3, 1, 0}), "");
  EXPECT_EQ(with({0, 5, 3, 0, 1}), "LC-B2 at 3" + wrong);
  EXPECT_EQ(with({2, 2, 3, 0, 1}), "LC-B2 at 3" + wrong);
  EXPECT_EQ(with({1, 3, 3, 0, 1}), "LC-B2 at 3" + wrong) << "it begins inside of an instruction";
  EXPECT_EQ(with({0, 2, 1, 0, 1}), "LC-B2 at 1" + wrong);
  EXPECT_EQ(with({0, 2, 4, 0, 1}), "LC-B2 at 4" + wrong);
  EXPECT_EQ(with({0, 2, 3, 2, 1}), "LC-B2 at 3" + wrong);
  EXPECT_EQ(with({0, 2, 3, 0, 2}), "LC-B2 at 3" + wrong);
  EXPECT_EQ(with({0, 2, 2, 0, 1}), "LC-B1 at 2: it pops what is not there")
      << "at a handler there is no operand";
}

TEST(CheckerTest, OperandsAreAsManyWhateverTheWay_LCB1) {
  const auto pushes = [](int count) {
    std::vector<CodeWord> code(static_cast<std::size_t>(count), W(Opcode::kPushNull));
    code.push_back(W(Opcode::kMakeList, count));
    code.push_back(W(Opcode::kReturn));
    return Check(code);
  };
  EXPECT_EQ(pushes(3), "");
  EXPECT_EQ(pushes(4), "LC-B1 at 3: the operands are too many");
  // What pushes a word on its way.
  const auto adds = [](std::uint32_t room) {
    return Check({W(Opcode::kPushNull), W(Opcode::kAddSmi, 0), 1, W(Opcode::kReturn)},
                 [room](CompiledFunction& f) { f.max_operands = room; });
  };
  EXPECT_EQ(adds(2), "");
  EXPECT_EQ(adds(1), "LC-B1 at 1: the operands are too many");
  EXPECT_EQ(Check({W(Opcode::kPop), W(Opcode::kReturnNull)}),
            "LC-B1 at 0: it pops what is not there");
  EXPECT_EQ(Check({W(Opcode::kPushNull), W(Opcode::kMakeList, 2), W(Opcode::kReturn)}),
            "LC-B1 at 1: it pops what is not there");
  EXPECT_EQ(Check({W(Opcode::kPushNull), W(Opcode::kJumpIfTrue, 2), W(Opcode::kPushNull),
                   W(Opcode::kReturnNull)}),
            "LC-B1 at 3: the depth depends on the way");
  // LoadOnce pushes where it jumps only.
  EXPECT_EQ(Check({W(Opcode::kLoadOnce, kStatic), 3, W(Opcode::kPushNull), W(Opcode::kReturn)}),
            "");
  EXPECT_EQ(Check({W(Opcode::kLoadOnce, kStatic), 2, W(Opcode::kReturnNull)}),
            "LC-B1 at 2: the depth depends on the way");
}

TEST(CheckerTest, WhatStoresIsFollowedByAPopOfItsOwn_LCB4) {
  const CodeWord null = W(Opcode::kPushNull);
  const std::string wrong = ": no Pop of its own follows";
  const auto store = [&](const std::vector<CodeWord>& rest) {
    std::vector<CodeWord> code = {null, null, null, W(Opcode::kSetIndex, 0)};
    code.insert(code.end(), rest.begin(), rest.end());
    return Check(code);
  };
  EXPECT_EQ(store({W(Opcode::kPop), W(Opcode::kReturnNull)}), "");
  EXPECT_EQ(store({W(Opcode::kReturn)}), "LC-B4 at 3" + wrong);
  EXPECT_EQ(Check({null, null, W(Opcode::kSetProperty, kSelector), EncodeCall(2, 0),
                   W(Opcode::kPop), W(Opcode::kReturnNull)}),
            "");
  EXPECT_EQ(
      Check({null, null, W(Opcode::kSetProperty, kSelector), EncodeCall(2, 0), W(Opcode::kReturn)}),
      "LC-B4 at 2" + wrong);
  // The Pop is somebody else's too.
  EXPECT_EQ(
      Check({null, null, W(Opcode::kJumpIfTrue, 5), null, null, W(Opcode::kSetProperty, kSelector),
             EncodeCall(2, 0), W(Opcode::kPop), W(Opcode::kReturnNull)},
            [](CompiledFunction& f) { f.max_operands = 4; }),
      "LC-B1 at 7: the depth depends on the way");
  EXPECT_EQ(Check({null, null, W(Opcode::kJumpIfTrue, 4), null, W(Opcode::kSetProperty, kSelector),
                   EncodeCall(2, 0), W(Opcode::kPop), W(Opcode::kReturnNull)}),
            "LC-B4 at 4" + wrong);
}

}  // namespace
}  // namespace fart::lang
