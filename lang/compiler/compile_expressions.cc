// FunctionCompiler -- expressions as values, for their effect, and as conditions.

#include <algorithm>
#include <cstddef>
#include <limits>
#include <utility>

#include "lang/compiler/function_compiler_impl.h"

namespace fart::lang {
namespace {

// Parts of a string literal that lie on the operand stack at once.
constexpr std::uint32_t kGroupSize = 64;

Opcode OpcodeFor(ast::BinaryOperator op) {
  switch (op) {
    case ast::BinaryOperator::kAdd:
      return Opcode::kAdd;
    case ast::BinaryOperator::kSub:
      return Opcode::kSub;
    case ast::BinaryOperator::kMul:
      return Opcode::kMul;
    case ast::BinaryOperator::kDiv:
      return Opcode::kDiv;
    case ast::BinaryOperator::kMod:
      return Opcode::kMod;
    case ast::BinaryOperator::kTruncDiv:
      return Opcode::kTruncDiv;
    case ast::BinaryOperator::kBitAnd:
      return Opcode::kBitAnd;
    case ast::BinaryOperator::kBitOr:
      return Opcode::kBitOr;
    case ast::BinaryOperator::kBitXor:
      return Opcode::kBitXor;
    case ast::BinaryOperator::kShiftLeft:
      return Opcode::kShiftLeft;
    case ast::BinaryOperator::kShiftRight:
    case ast::BinaryOperator::kShiftRightUnsigned:  // Sent instead.
      return Opcode::kShiftRight;
    case ast::BinaryOperator::kLess:
      return Opcode::kLess;
    case ast::BinaryOperator::kLessEqual:
      return Opcode::kLessEqual;
    case ast::BinaryOperator::kGreater:
      return Opcode::kGreater;
    case ast::BinaryOperator::kGreaterEqual:
      return Opcode::kGreaterEqual;
    case ast::BinaryOperator::kEqual:
    case ast::BinaryOperator::kNotEqual:
      return Opcode::kEqual;
  }
  return Opcode::kEqual;
}

bool IsNull(const ast::Expression* expression) {
  return expression->kind == ast::ExpressionKind::kNullLiteral;
}

bool IsEquality(ast::BinaryOperator op) {
  return op == ast::BinaryOperator::kEqual || op == ast::BinaryOperator::kNotEqual;
}

}  // namespace

void FunctionCompiler::Value(ast::Expression* expression) {
  if (!context_.room.IsLeft()) return Fail(expression->offset, kNestedTooDeeply);
  const std::optional<TypeRef> expected = std::exchange(expected_, std::nullopt);  // LC-F4
  CheckLoaded(*expression);
  if (constness_ != Constness::kAnything && !CheckConstant(*expression)) return;
  const bool is_constant = constness_ == Constness::kInConst || constness_ == Constness::kConstant;
  if (is_constant && !is_evaluated_ && !CanBeComputed(*expression)) return;
  const FlagScope evaluated(&is_evaluated_, is_constant);
  using enum ast::ExpressionKind;
  switch (expression->kind) {
    case kNullLiteral:
      return code_.Emit(Opcode::kPushNull);
    case kBoolLiteral:
      return code_.Emit(static_cast<ast::BoolLiteral*>(expression)->value ? Opcode::kPushTrue
                                                                          : Opcode::kPushFalse);
    case kIntLiteral:
      return VisitInt(*static_cast<ast::IntLiteral*>(expression));
    case kDoubleLiteral:
      return code_.Emit(Opcode::kPushConstant,
                        code_.AddConstant(static_cast<ast::DoubleLiteral*>(expression)->value));
    case kStringLiteral:
      return PushString(static_cast<ast::StringLiteral*>(expression)->value);
    case kInterpolation:
      return VisitInterpolation(*static_cast<ast::Interpolation*>(expression));
    case kListLiteral:
      return VisitListLiteral(*static_cast<ast::ListLiteral*>(expression), expected);
    case kMapLiteral:
      return VisitMapLiteral(*static_cast<ast::MapLiteral*>(expression), expected);
    case kThis:
      return LoadThis();
    case kSuper:
      return Fail(expression->offset, "'super' must be followed by a member or an operator.");
    case kIdentifier: {
      const auto& identifier = *static_cast<ast::Identifier*>(expression);
      if (identifier.passes_absent) return LoadPlace(identifier.binding);
      return Load(expression);
    }
    case kProperty:
    case kIndex:
      return Load(expression);
    case kCall:
      return VisitCall(*static_cast<ast::Call*>(expression), expected);
    case kNew:
      return VisitNew(*static_cast<ast::New*>(expression), expected);
    case kFunctionExpression:
      return EmitClosure(*static_cast<ast::FunctionExpression*>(expression)->function, expected);
    case kUnary:
      return VisitUnary(*static_cast<ast::Unary*>(expression));
    case kBinary:
      return VisitBinary(static_cast<ast::Binary*>(expression));
    case kLogical:
      return VisitLogical(*static_cast<ast::Logical*>(expression), expected);
    case kConditional:
      return VisitConditional(*static_cast<ast::Conditional*>(expression), Use::kValue, expected);
    case kAssignment:
      return AssignTo(*static_cast<ast::Assignment*>(expression), Use::kValue);
    case kIncrement:
      return VisitIncrement(*static_cast<ast::Increment*>(expression), Use::kValue);
    case kTypeTest:
      return VisitTypeTest(*static_cast<ast::TypeTest*>(expression));
    case kTypeCast: {
      const auto& cast = *static_cast<ast::TypeCast*>(expression);
      Value(cast.operand);
      At(cast.offset);
      return AskForType(Opcode::kAsType, *cast.type);
    }
    case kTypeValue:
      return VisitTypeValue(*static_cast<ast::TypeValue*>(expression));
    case kThrow: {
      Value(static_cast<ast::Throw*>(expression)->operand);
      At(expression->offset);
      return code_.Emit(Opcode::kThrow);
    }
    case kAwait: {
      Value(static_cast<ast::Await*>(expression)->operand);
      At(expression->offset);
      return EmitSuspend(SuspendKind::kAwait);
    }
    case kHelperCall: {
      const auto& call = *static_cast<ast::HelperCall*>(expression);
      for (ast::Expression* argument : call.arguments) Value(argument);
      At(call.offset);
      return CallCoreHelper(call.name, static_cast<std::uint32_t>(call.arguments.size()),
                            call.offset);
    }
    case kCascade:
      return VisitCascade(*static_cast<ast::Cascade*>(expression), expected);
    case kCascadeTarget:
      // The cascade keeps its target on the stack; the section gets a copy to use up.
      return code_.Emit(Opcode::kDup);
    case kNullCheck:
      return VisitNullCheck(*static_cast<ast::NullCheck*>(expression), expected);
    case kNullShort:
      return VisitNullShort(*static_cast<ast::NullShort*>(expression), expected);
    case kAbsent:
      return code_.Emit(Opcode::kPushAbsent);
    case kMapEntry:
    case kSpread:
    case kControlElement:
      return Fail(expression->offset, "This stands for elements of a collection.");
  }
}

void FunctionCompiler::Effect(ast::Expression* expression) {
  switch (expression->kind) {
    case ast::ExpressionKind::kAssignment:
      CheckLoaded(*expression);
      return AssignTo(*static_cast<ast::Assignment*>(expression), Use::kEffect);
    case ast::ExpressionKind::kIncrement:
      CheckLoaded(*expression);
      return VisitIncrement(*static_cast<ast::Increment*>(expression), Use::kEffect);
    case ast::ExpressionKind::kConditional:
      return VisitConditional(*static_cast<ast::Conditional*>(expression), Use::kEffect);
    default:
      Value(expression);
      code_.Emit(Opcode::kPop);
  }
}

// ---- Conditions ---------------------------------------------------------------------------------

// `x == null` and `x != null` need no operator. False: it is something else.
bool FunctionCompiler::NullCondition(ast::Binary& node, Label& label, bool jump_if) {
  if (!IsEquality(node.op) || !IsNull(node.right) ||
      node.left->kind == ast::ExpressionKind::kSuper) {
    return false;
  }
  Value(node.left);
  const bool jump_if_null = (node.op == ast::BinaryOperator::kEqual) == jump_if;
  code_.EmitJump(jump_if_null ? Opcode::kJumpIfNull : Opcode::kJumpIfNotNull, label);
  return true;
}

void FunctionCompiler::LogicalCondition(const ast::Logical& node, Label& label, bool jump_if) {
  // `a && b` jumps if false as soon as one is; if true it has to pass both; `||` mirrors that.
  const bool first_decides = node.op == ast::LogicalOperator::kOr;
  if (first_decides == jump_if) {
    Condition(node.left, label, jump_if);
    return Condition(node.right, label, jump_if);
  }
  Label skip;
  Condition(node.left, skip, !jump_if);
  Condition(node.right, label, jump_if);
  code_.Bind(skip);
}

void FunctionCompiler::Condition(ast::Expression* expression, Label& label, bool jump_if) {
  if (!context_.room.IsLeft()) return Fail(expression->offset, kNestedTooDeeply);
  if (const auto* literal = ast::As<ast::BoolLiteral>(expression)) {
    if (literal->value == jump_if) code_.EmitJump(Opcode::kJump, label);
    return;
  }
  if (const auto* unary = ast::As<ast::Unary>(expression);
      unary != nullptr && unary->op == ast::UnaryOperator::kNot) {
    return Condition(unary->operand, label, !jump_if);
  }
  if (const auto* logical = ast::As<ast::Logical>(expression);
      logical != nullptr && logical->op != ast::LogicalOperator::kIfNull) {
    return LogicalCondition(*logical, label, jump_if);
  }
  if (auto* binary = ast::As<ast::Binary>(expression);
      binary != nullptr && NullCondition(*binary, label, jump_if)) {
    return;
  }
  Value(expression);
  CheckCondition(*expression);
  code_.EmitJump(jump_if ? Opcode::kJumpIfTrue : Opcode::kJumpIfFalse, label);
}

void FunctionCompiler::VisitLogical(ast::Logical& node, const std::optional<TypeRef>& expected) {
  Label end;
  if (node.op == ast::LogicalOperator::kIfNull) {
    Expect(expected);
    Value(node.left);
    code_.Emit(Opcode::kDup);
    code_.EmitJump(Opcode::kJumpIfNotNull, end);
    code_.Emit(Opcode::kPop);
    Expect(expected);
    Value(node.right);
    return code_.Bind(end);
  }
  Label is_false;
  Condition(&node, is_false, false);
  code_.Emit(Opcode::kPushTrue);
  code_.EmitJump(Opcode::kJump, end);
  code_.Bind(is_false);
  code_.Emit(Opcode::kPushFalse);
  code_.Bind(end);
}

void FunctionCompiler::VisitConditional(ast::Conditional& node, Use use,
                                        const std::optional<TypeRef>& expected) {
  Label if_false;
  Label end;
  const auto branch = [&](ast::Expression* e) {
    if (use == Use::kValue) Expect(expected);
    use == Use::kValue ? Value(e) : Effect(e);
  };
  Condition(node.condition, if_false, false);
  branch(node.if_true);
  code_.EmitJump(Opcode::kJump, end);
  code_.Bind(if_false);
  branch(node.if_false);
  code_.Bind(end);
}

// ---- Literals -----------------------------------------------------------------------------------

void FunctionCompiler::VisitInt(ast::IntLiteral& node) {
  if (node.big.empty()) return PushInt(node.value);
  code_.Emit(Opcode::kPushConstant, code_.AddConstant(BigInteger{node.big}));
}

void FunctionCompiler::PushInt(std::int64_t value) {
  if (value >= kMinImmediate && value <= kMaxImmediate) {
    return code_.EmitSmi(static_cast<std::int32_t>(value));
  }
  code_.Emit(Opcode::kPushConstant, code_.AddConstant(value));
}

void FunctionCompiler::PushString(const std::string& value) {
  code_.Emit(Opcode::kPushConstant, code_.AddConstant(value));
}

void FunctionCompiler::VisitInterpolation(ast::Interpolation& node) {
  if (constness_ != Constness::kAnything) {
    const ConstantValue value = Evaluate(node, nullptr);  // Equal ones are one.
    if (value.Is(ConstantValue::Kind::kString) && value.text) return PushString(*value.text);
  }
  if (IsMadeOnce()) return Once([&] { ConcatenateParts(node); });
  ConcatenateParts(node);
}

void FunctionCompiler::ConcatenateParts(ast::Interpolation& node) {
  std::uint32_t count = 0;
  for (ast::Expression* part : node.parts) {
    if (count == kGroupSize) {
      code_.Emit(Opcode::kConcatStrings, count);
      count = 1;
    }
    Value(part);
    if (part->kind != ast::ExpressionKind::kStringLiteral) {
      At(part->offset);
      code_.EmitOperator(Opcode::kToString);
    }
    ++count;
  }
  At(node.offset);
  code_.Emit(Opcode::kConcatStrings, count);
}

// ---- Operators ----------------------------------------------------------------------------------

void FunctionCompiler::VisitUnary(ast::Unary& node) {
  if (node.operand->kind == ast::ExpressionKind::kSuper && node.op != ast::UnaryOperator::kNot) {
    return SuperOperator(node.op == ast::UnaryOperator::kNegate ? "unary-" : "~", nullptr,
                         node.offset);
  }
  Value(node.operand);
  At(node.offset);
  switch (node.op) {
    case ast::UnaryOperator::kNegate:
      return code_.EmitOperator(Opcode::kNegate);
    case ast::UnaryOperator::kBitNot:
      return code_.EmitOperator(Opcode::kBitNot);
    case ast::UnaryOperator::kNot:
      CheckCondition(*node.operand);
      return code_.Emit(Opcode::kNot);
  }
}

// `right` is null for unary ones.
void FunctionCompiler::SuperOperator(const char* name, ast::Expression* right,
                                     std::uint32_t offset) {
  CheckSuperMember(name, MemberKind::kMethod, offset);
  LoadThis();
  if (right != nullptr) Value(right);
  const std::uint32_t count = right != nullptr ? 1 : 0;
  code_.EmitCall(Opcode::kCallSuper, SelectorConstant(MemberKind::kMethod, name, count), count + 1);
}

// [left] -> [left op right]
void FunctionCompiler::EmitBinary(ast::BinaryOperator op, ast::Expression* right,
                                  std::uint32_t offset) {
  const auto* literal = ast::As<ast::IntLiteral>(right);
  const bool is_small = literal != nullptr && literal->big.empty() &&
                        literal->value >= std::numeric_limits<std::int32_t>::min() &&
                        literal->value <= std::numeric_limits<std::int32_t>::max();
  if (is_small && (op == ast::BinaryOperator::kAdd || op == ast::BinaryOperator::kSub)) {
    At(offset);
    return code_.EmitOperator(op == ast::BinaryOperator::kAdd ? Opcode::kAddSmi : Opcode::kSubSmi,
                              static_cast<std::int32_t>(literal->value));
  }
  if (IsEquality(op) && IsNull(right)) {
    code_.Emit(Opcode::kIsNull);
  } else {
    Value(right);
    At(offset);
    if (op == ast::BinaryOperator::kShiftRightUnsigned) {
      return code_.EmitCall(Opcode::kCallInstance,
                            SelectorConstant(MemberKind::kMethod, SpellingOf(op), 1), 2);
    }
    code_.EmitOperator(OpcodeFor(op));
  }
  if (op == ast::BinaryOperator::kNotEqual) code_.Emit(Opcode::kNot);
}

// Along the left spine without recursion, as the resolver did.
void FunctionCompiler::VisitBinary(ast::Binary* node) {
  if (constness_ != Constness::kAnything && node->op == ast::BinaryOperator::kAdd) {
    const ConstantValue value = Evaluate(*node, nullptr);  // Equal texts are one.
    if (value.Is(ConstantValue::Kind::kString) && value.text) return PushString(*value.text);
    // What may be a text for all that is known.
    const bool may_be_text = !value.is_known() || value.Is(ConstantValue::Kind::kString);
    if (may_be_text && IsMadeOnce()) return Once([&] { EmitSpine(node); });
  }
  EmitSpine(node);
}

void FunctionCompiler::EmitSpine(ast::Binary* node) {
  std::vector<ast::Binary*> spine;
  ast::Expression* left = node;
  for (ast::Binary* b = node; b != nullptr; b = ast::As<ast::Binary>(left)) {
    spine.push_back(b);
    left = b->left;
  }
  auto b = spine.rbegin();
  if (left->kind == ast::ExpressionKind::kSuper) {
    const bool is_not_equal = (*b)->op == ast::BinaryOperator::kNotEqual;
    At((*b)->offset);
    SuperOperator(is_not_equal ? "==" : SpellingOf((*b)->op), (*b)->right, (*b)->offset);
    if (is_not_equal) code_.Emit(Opcode::kNot);
    ++b;
  } else {
    Value(left);
  }
  for (; b != spine.rend(); ++b) EmitBinary((*b)->op, (*b)->right, (*b)->offset);
}

// Of a type parameter that means nothing here; empty: it is none.
std::string FunctionCompiler::WhyUnbound(const std::string& name) {
  const TypeNames names = TypeNamesAt(context_.set, context_.place);
  const auto is_in = [&name](const std::vector<std::string>& all) {
    return std::find(all.begin(), all.end(), name) != all.end();
  };
  if (!is_in(names.unbound) || is_in(names.in_force)) return "";
  return "What is static does not know its class's type parameter '" + name + "'.";
}

void FunctionCompiler::VisitTypeTest(ast::TypeTest& node) {
  Value(node.operand);
  At(node.offset);
  const std::string why = node.type->prefix.empty() ? WhyUnbound(node.type->name) : "";
  if (!why.empty()) {
    if (!Meets(MetErrors::Of::kType)) return Fail(node.offset, why);
    code_.Emit(Opcode::kPop);
    return ThrowUnknownType(why, node.offset);
  }
  AskForType(Opcode::kIsType, *node.type);
  if (node.is_negated) code_.Emit(Opcode::kNot);
}

void FunctionCompiler::VisitNullCheck(const ast::NullCheck& node,
                                      const std::optional<TypeRef>& expected) {
  Label is_there;
  Expect(expected);
  Value(node.operand);
  code_.Emit(Opcode::kDup);
  code_.EmitJump(Opcode::kJumpIfNotNull, is_there);
  At(node.offset);
  code_.Emit(Opcode::kThrowError, static_cast<std::uint32_t>(ThrownKind::kNullCheck),
             code_.AddConstant(node.text));
  code_.Bind(is_there);
}

void FunctionCompiler::VisitNullShort(const ast::NullShort& node,
                                      const std::optional<TypeRef>& expected) {
  Label exit;
  Expect(expected);
  Label* const outer = std::exchange(short_exit_, &exit);
  Value(node.body);
  short_exit_ = outer;
  code_.Bind(exit);
}

void FunctionCompiler::VisitCascade(ast::Cascade& node, const std::optional<TypeRef>& expected) {
  Label is_null;
  Expect(expected);
  Value(node.target);
  if (node.is_null_aware) {
    code_.Emit(Opcode::kDup);
    code_.EmitJump(Opcode::kJumpIfNull, is_null);
  }
  const CurrentCascade cascade{&node, expected};
  const CurrentCascade* const around = std::exchange(cascade_, &cascade);
  for (ast::Expression* section : node.sections) Effect(section);
  cascade_ = around;
  code_.Bind(is_null);
}

}  // namespace fart::lang
