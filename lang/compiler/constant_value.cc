#include "lang/compiler/constant_value.h"

#include <limits>

namespace fart::lang {

using Kind = ConstantValue::Kind;
using enum ast::BinaryOperator;

ConstantValue ConstantValue::Bool(bool truth) {
  ConstantValue value = Of(Kind::kBool);
  value.truth = truth;
  return value;
}

ConstantValue ConstantValue::Int(std::int64_t integer) {
  ConstantValue value = Of(Kind::kInt);
  value.integer = integer;
  return value;
}

ConstantValue ConstantValue::Double(std::optional<double> number) {
  ConstantValue value = Of(Kind::kDouble);
  value.number = number;
  return value;
}

ConstantValue ConstantValue::String(std::optional<std::string> text) {
  ConstantValue value = Of(Kind::kString);
  value.text = std::move(text);
  return value;
}

ConstantValue ConstantValue::Failure(std::uint32_t offset, std::string why) {
  ConstantValue value = Of(Kind::kFails);
  value.offset = offset;
  value.why = std::move(why);
  return value;
}

namespace {

ConstantValue Unknown() { return ConstantValue(); }

const char* NameOf(Kind kind) {
  switch (kind) {
    case Kind::kNull:
      return "null";
    case Kind::kBool:
      return "a bool";
    case Kind::kInt:
      return "an int";
    case Kind::kDouble:
      return "a double";
    case Kind::kString:
      return "a String";
    case Kind::kUnknown:
    case Kind::kFails:
      break;
  }
  return "a value";
}

ConstantValue HasNot(std::uint32_t offset, const ConstantValue& receiver, const char* op) {
  return ConstantValue::Failure(
      offset, std::string(NameOf(receiver.kind)) + " has no operator '" + op + "'");
}

ConstantValue TakesNot(std::uint32_t offset, const ConstantValue& left, const char* op,
                       const ConstantValue& right) {
  return ConstantValue::Failure(offset, std::string("'") + op + "' of " + NameOf(left.kind) +
                                            " does not take " + NameOf(right.kind));
}

std::optional<double> NumberOf(const ConstantValue& value) {
  return value.Is(Kind::kInt) ? static_cast<double>(value.integer) : value.number;
}

// Of two numbers of one type: their order, if that is asked for.
template <typename Number>
ConstantValue OfOrder(ast::BinaryOperator op, Number left, Number right) {
  switch (op) {
    case kLess:
      return ConstantValue::Bool(left < right);
    case kLessEqual:
      return ConstantValue::Bool(left <= right);
    case kGreater:
      return ConstantValue::Bool(left > right);
    case kGreaterEqual:
      return ConstantValue::Bool(left >= right);
    default:
      return Unknown();
  }
}

// Ints of any size are exact; beyond 64 bits nothing is known.
ConstantValue OfInts(ast::BinaryOperator op, std::int64_t left, std::int64_t right,
                     std::uint32_t offset) {
  std::int64_t result = 0;
  switch (op) {
    case kAdd:
      return __builtin_add_overflow(left, right, &result) ? Unknown() : ConstantValue::Int(result);
    case kSub:
      return __builtin_sub_overflow(left, right, &result) ? Unknown() : ConstantValue::Int(result);
    case kMul:
      return __builtin_mul_overflow(left, right, &result) ? Unknown() : ConstantValue::Int(result);
    case kMod:
    case kTruncDiv:
      if (right == 0) return ConstantValue::Failure(offset, "an int cannot be divided by zero");
      if (right == -1) return Unknown();  // The smallest one overflows.
      if (op == kTruncDiv) return ConstantValue::Int(left / right);
      result = left % right;
      return ConstantValue::Int(result >= 0 ? result : right > 0 ? result + right : result - right);
    case kBitAnd:
      return ConstantValue::Int(left & right);
    case kBitOr:
      return ConstantValue::Int(left | right);
    case kBitXor:
      return ConstantValue::Int(left ^ right);
    case kShiftLeft:
    case kShiftRight:
    case kShiftRightUnsigned:
      if (right < 0) {
        return ConstantValue::Failure(
            offset, "an int cannot be shifted by " + std::to_string(right) + " bits");
      }
      if (op == kShiftRight) return ConstantValue::Int(left >> (right < 63 ? right : 63));
      return Unknown();
    default:
      return OfOrder(op, left, right);
  }
}

ConstantValue OfDoubles(ast::BinaryOperator op, double left, double right) {
  switch (op) {
    case kAdd:
      return ConstantValue::Double(left + right);
    case kSub:
      return ConstantValue::Double(left - right);
    case kMul:
      return ConstantValue::Double(left * right);
    default:
      return OfOrder(op, left, right);
  }
}

ConstantValue AreEqual(const ConstantValue& left, const ConstantValue& right) {
  if (left.is_number() && right.is_number()) {
    if (left.Is(Kind::kInt) && right.Is(Kind::kInt)) {
      return ConstantValue::Bool(left.integer == right.integer);
    }
    return Unknown();  // Large ints are compared exactly.
  }
  if (left.kind != right.kind) return ConstantValue::Bool(false);
  switch (left.kind) {
    case Kind::kNull:
      return ConstantValue::Bool(true);
    case Kind::kBool:
      return ConstantValue::Bool(left.truth == right.truth);
    case Kind::kString:
      if (!left.text || !right.text) return Unknown();
      return ConstantValue::Bool(*left.text == *right.text);
    default:
      return Unknown();
  }
}

bool IsOfBits(ast::BinaryOperator op) {
  return op == kBitAnd || op == kBitOr || op == kBitXor || op == kShiftLeft || op == kShiftRight ||
         op == kShiftRightUnsigned;
}

}  // namespace

ConstantValue NeedsBool(std::uint32_t offset, const ConstantValue& value, const char* op) {
  if (!value.is_known()) return Unknown();
  return ConstantValue::Failure(
      offset, std::string("'") + op + "' of constants takes a bool, not " + NameOf(value.kind));
}

ConstantValue EvaluateUnary(ast::UnaryOperator op, const ConstantValue& operand,
                            std::uint32_t offset) {
  if (!operand.is_known()) return Unknown();
  switch (op) {
    case ast::UnaryOperator::kNot:
      return operand.Is(Kind::kBool) ? ConstantValue::Bool(!operand.truth)
                                     : NeedsBool(offset, operand, "!");
    case ast::UnaryOperator::kNegate:
      if (!operand.is_number()) return HasNot(offset, operand, "-");
      if (operand.Is(Kind::kDouble)) {
        if (!operand.number) return ConstantValue::Double(std::nullopt);
        return ConstantValue::Double(-*operand.number);
      }
      if (operand.integer == std::numeric_limits<std::int64_t>::min()) return Unknown();
      return ConstantValue::Int(-operand.integer);
    case ast::UnaryOperator::kBitNot:
      if (!operand.Is(Kind::kInt)) return HasNot(offset, operand, "~");
      return ConstantValue::Int(~operand.integer);
  }
  return Unknown();
}

ConstantValue EvaluateBinary(ast::BinaryOperator op, const ConstantValue& left,
                             const ConstantValue& right, std::uint32_t offset) {
  if (!left.is_known()) return Unknown();
  if (op == kEqual || op == kNotEqual) {
    if (!right.is_known()) return Unknown();
    ConstantValue equal = AreEqual(left, right);
    if (op == kNotEqual) equal.truth = !equal.truth;
    return equal;
  }
  const char* const spelling = ast::SpellingOf(op);
  if (left.Is(Kind::kNull)) return HasNot(offset, left, spelling);
  if (left.Is(Kind::kBool)) return IsOfBits(op) ? Unknown() : HasNot(offset, left, spelling);
  if (left.Is(Kind::kString)) {
    if (op != kAdd && op != kMul) return HasNot(offset, left, spelling);
    if (!right.is_known()) return ConstantValue::String(std::nullopt);
    if (!right.Is(op == kAdd ? Kind::kString : Kind::kInt)) {
      return TakesNot(offset, left, spelling, right);
    }
    if (op == kMul || !left.text || !right.text) return ConstantValue::String(std::nullopt);
    return ConstantValue::String(*left.text + *right.text);
  }
  if (IsOfBits(op) && left.Is(Kind::kDouble)) return HasNot(offset, left, spelling);
  if (!right.is_known()) return Unknown();
  if (!right.is_number() || (IsOfBits(op) && !right.Is(Kind::kInt))) {
    return TakesNot(offset, left, spelling, right);
  }
  if (left.Is(Kind::kInt) && right.Is(Kind::kInt)) {
    return OfInts(op, left.integer, right.integer, offset);
  }
  const std::optional<double> a = NumberOf(left);
  const std::optional<double> b = NumberOf(right);
  return a && b ? OfDoubles(op, *a, *b) : Unknown();
}

std::optional<std::string> KeyOf(const ConstantValue& value) {
  switch (value.kind) {
    case ConstantValue::Kind::kNull:
      return "null";
    case ConstantValue::Kind::kBool:
      return value.truth ? "true" : "false";
    case ConstantValue::Kind::kInt:
      return std::to_string(value.integer);
    case ConstantValue::Kind::kString:
      return value.text ? std::optional("'" + *value.text + "'") : std::nullopt;
    case ConstantValue::Kind::kDouble:  // Whether it equals an int, and itself, is another matter.
    case ConstantValue::Kind::kUnknown:
    case ConstantValue::Kind::kFails:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace fart::lang
