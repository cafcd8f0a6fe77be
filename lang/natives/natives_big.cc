#include "lang/natives/natives_big.h"

#include <optional>

#include "lang/interpreter/interpreter.h"
#include "vm/values/big_integers.h"

namespace fart::lang {

namespace {

BigValue Read(ObjectPtr integer) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  return ReadInteger(integer, quiet);
}

Done AnswerIfAny(Interpreter& interpreter, ObjectPtr* arguments,
                 const std::optional<BigValue>& value) FART_MAY_COLLECT {
  return value ? AnswerBig(interpreter, arguments, *value) : OutOfMemory(interpreter);
}

template <typename Operation>
Done Division(Interpreter& interpreter, ObjectPtr* arguments,
              Operation&& operation) FART_MAY_COLLECT {
  const BigValue divisor = Read(arguments[1]);
  if (divisor.is_zero()) return Raise(interpreter, arguments, Helper::kDivisionByZero, {});
  return AnswerBig(interpreter, arguments, operation(Read(arguments[0]), divisor));
}

// What a shift counts: nothing for a negative count, as many as there can be for a huge one.
std::optional<std::uint64_t> ShiftCount(const BigValue& count) {
  if (count.is_negative()) return std::nullopt;
  return count.ToUint64().value_or(~std::uint64_t{0});
}

Done RefuseNegativeShift(Interpreter& interpreter) {
  return interpreter.Refuse(1, "must not be negative");
}

}  // namespace

Done AnswerBig(Interpreter& interpreter, ObjectPtr* arguments, const BigValue& value) {
  return Answer(interpreter, arguments, NewInteger(interpreter.mutator(), value));
}

Done BigAdd(Interpreter& interpreter, ObjectPtr* arguments) {
  return AnswerBig(interpreter, arguments, Read(arguments[0]) + Read(arguments[1]));
}
Done BigSubtract(Interpreter& interpreter, ObjectPtr* arguments) {
  return AnswerBig(interpreter, arguments, Read(arguments[0]) - Read(arguments[1]));
}
Done BigMultiply(Interpreter& interpreter, ObjectPtr* arguments) {
  return AnswerIfAny(interpreter, arguments,
                     BigValue::Multiply(Read(arguments[0]), Read(arguments[1])));
}
Done BigDivide(Interpreter& interpreter, ObjectPtr* arguments) {
  return AnswerDouble(interpreter, arguments,
                      Read(arguments[0]).ToDouble() / Read(arguments[1]).ToDouble());
}
Done BigModuloOf(Interpreter& interpreter, ObjectPtr* arguments) {
  return Division(interpreter, arguments, BigValue::Modulo);
}
Done BigRemainder(Interpreter& interpreter, ObjectPtr* arguments) {
  return Division(interpreter, arguments, BigValue::Remainder);
}
Done BigTruncatingDivide(Interpreter& interpreter, ObjectPtr* arguments) {
  return Division(interpreter, arguments, BigValue::Quotient);
}
Done BigAnd(Interpreter& interpreter, ObjectPtr* arguments) {
  return AnswerBig(interpreter, arguments, Read(arguments[0]) & Read(arguments[1]));
}
Done BigOr(Interpreter& interpreter, ObjectPtr* arguments) {
  return AnswerBig(interpreter, arguments, Read(arguments[0]) | Read(arguments[1]));
}
Done BigXor(Interpreter& interpreter, ObjectPtr* arguments) {
  return AnswerBig(interpreter, arguments, Read(arguments[0]) ^ Read(arguments[1]));
}
Done BigShiftLeft(Interpreter& interpreter, ObjectPtr* arguments) {
  const std::optional<std::uint64_t> count = ShiftCount(Read(arguments[1]));
  if (!count) return RefuseNegativeShift(interpreter);
  return AnswerIfAny(interpreter, arguments, Read(arguments[0]).ShiftedLeft(*count));
}
Done BigShiftRight(Interpreter& interpreter, ObjectPtr* arguments) {
  const std::optional<std::uint64_t> count = ShiftCount(Read(arguments[1]));
  if (!count) return RefuseNegativeShift(interpreter);
  return AnswerBig(interpreter, arguments, Read(arguments[0]).ShiftedRight(*count));
}
Done BigNegate(Interpreter& interpreter, ObjectPtr* arguments) {
  return AnswerBig(interpreter, arguments, Read(arguments[0]).Negated());
}
Done BigComplement(Interpreter& interpreter, ObjectPtr* arguments) {
  return AnswerBig(interpreter, arguments, Read(arguments[0]).Complement());
}

Done BigBitLength(Interpreter& interpreter, ObjectPtr* arguments) {
  const BigValue value = Read(arguments[0]);
  const std::size_t bits = (value.is_negative() ? value.Complement() : value).BitLength();
  return AnswerInteger(interpreter, arguments, static_cast<std::int64_t>(bits));
}

}  // namespace fart::lang
