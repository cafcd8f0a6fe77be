#include "lang/compiler/stack_effect.h"

namespace fart::lang {

StackEffect EffectOf(CodeWord word, CodeWord b) {
  const std::uint32_t a = UnsignedA(word);
  switch (OpcodeOf(word)) {
    case Opcode::kPushNull:
    case Opcode::kPushTrue:
    case Opcode::kPushFalse:
    case Opcode::kPushAbsent:
    case Opcode::kPushSmi:
    case Opcode::kPushConstant:
    case Opcode::kPushTypeArguments:
    case Opcode::kPushType:
    case Opcode::kLoadLocal:
    case Opcode::kLoadCell:
    case Opcode::kLoadCaptured:
    case Opcode::kLoadCapturedCell:
    case Opcode::kLoadStatic:
    case Opcode::kAllocate:
      return {0, 1};
    case Opcode::kPop:
    case Opcode::kStoreLocal:
    case Opcode::kNewCell:
    case Opcode::kStoreCell:
    case Opcode::kStoreCapturedCell:
    case Opcode::kStoreStatic:
    case Opcode::kFinishStatic:
    case Opcode::kInitField:
    case Opcode::kReturn:
    case Opcode::kJumpIfTrue:
    case Opcode::kJumpIfFalse:
    case Opcode::kJumpIfNull:
    case Opcode::kJumpIfNotNull:
    case Opcode::kJumpIfNotSmi:
    case Opcode::kThrow:
      return {1, 0};
    case Opcode::kDup:
      return {1, 2};
    case Opcode::kDup2:
      return {2, 4};
    case Opcode::kCloneCell:
    case Opcode::kAbortStatic:
    case Opcode::kLoadOnce:
    case Opcode::kReturnNull:
    case Opcode::kJump:
    case Opcode::kLoop:
    case Opcode::kLoadTypeArguments:
    case Opcode::kJumpIfGiven:
    case Opcode::kRethrow:
    case Opcode::kThrowError:
      return {0, 0};
    case Opcode::kSuspend:
    case Opcode::kSetTypes:
    case Opcode::kFinishOnce:
    case Opcode::kToString:
    case Opcode::kAddSmi:
    case Opcode::kSubSmi:
    case Opcode::kNegate:
    case Opcode::kBitNot:
    case Opcode::kNot:
    case Opcode::kIsNull:
    case Opcode::kIsType:
    case Opcode::kAsType:
    case Opcode::kCheckType:
    case Opcode::kCheckCondition:
      return {1, 1};
    case Opcode::kGetIndex:
    case Opcode::kAdd:
    case Opcode::kSub:
    case Opcode::kMul:
    case Opcode::kDiv:
    case Opcode::kMod:
    case Opcode::kTruncDiv:
    case Opcode::kBitAnd:
    case Opcode::kBitOr:
    case Opcode::kBitXor:
    case Opcode::kShiftLeft:
    case Opcode::kShiftRight:
    case Opcode::kLess:
    case Opcode::kLessEqual:
    case Opcode::kGreater:
    case Opcode::kGreaterEqual:
    case Opcode::kEqual:
      return {2, 1};
    case Opcode::kSetIndex:
      return {3, 1};
    case Opcode::kCheckElement:
      return {3, 3};
    case Opcode::kMakeClosure:
    case Opcode::kCallStatic:
    case Opcode::kCallStaticBind:
      return {b, 1};
    case Opcode::kGetProperty:
    case Opcode::kSetProperty:
    case Opcode::kCallInstance:
    case Opcode::kCallSuper:
    case Opcode::kCallValue:
      return {CallArgumentCount(b), 1};
    case Opcode::kThrowNoSuchMethod:
      return {CallArgumentCount(b), 0};
    case Opcode::kCallNative:
    case Opcode::kMakeList:
    case Opcode::kConcatStrings:
      return {a, 1};
    case Opcode::kAppendToList:
      return {a + 1, 1};
  }
  return {0, 0};
}

}  // namespace fart::lang
