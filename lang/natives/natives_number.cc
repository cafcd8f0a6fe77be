// Natives of int and double. What needs ints of more than 64 bits is in natives_big.h.

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "lang/interpreter/interpreter.h"
#include "lang/natives/natives.h"
#include "lang/natives/natives_big.h"
#include "vm/values/big_integers.h"
#include "vm/values/numbers.h"
#include "vm/values/objects.h"
#include "vm/values/strings.h"

namespace fart::lang {

namespace {

// A number as C++ has it.
struct Number {
  enum class Kind { kNone, kInteger, kBig, kDouble };
  Kind kind = Kind::kNone;
  std::int64_t integer = 0;  // Of kInteger: an int of 64 bits.
  double real = 0;           // Of all.

  bool IsInteger() const { return kind == Kind::kInteger || kind == Kind::kBig; }
};

Number Read(ObjectPtr object) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  if (IsInt64(object)) {
    const std::int64_t value = IntegerValue(object, quiet);
    return {Number::Kind::kInteger, value, static_cast<double>(value)};
  }
  if (IsDouble(object)) return {Number::Kind::kDouble, 0, DoubleValue(object, quiet)};
  if (IsBigInteger(object)) return {Number::Kind::kBig, 0, IntegerToDouble(object, quiet)};
  return {};
}

double ReadDouble(ObjectPtr object) { return Read(object).real; }

Done RaiseNotANumber(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return Raise(interpreter, arguments, Helper::kNotANumber, {arguments[1]});
}

// Both ints of 64 bits: whole(a, b); ints of which one is bigger: `big`; otherwise real(x, y).
// Functors and function end the intrinsic.
template <typename Whole, typename Real>
Done Arithmetic(Interpreter& interpreter, ObjectPtr* arguments, Whole&& whole, Intrinsic big,
                Real&& real) FART_MAY_COLLECT {
  const Number a = Read(arguments[0]);
  const Number b = Read(arguments[1]);
  if (b.kind == Number::Kind::kNone) return RaiseNotANumber(interpreter, arguments);
  if (a.kind == Number::Kind::kInteger && b.kind == Number::Kind::kInteger) {
    return whole(a.integer, b.integer);
  }
  if (a.IsInteger() && b.IsInteger()) return big(interpreter, arguments);
  return real(a.real, b.real);
}

template <typename Holds>
Done Comparison(Interpreter& interpreter, ObjectPtr* arguments, Holds&& holds) FART_MAY_COLLECT {
  if (!IsNumber(arguments[1])) return RaiseNotANumber(interpreter, arguments);
  const NoSafepointScope quiet;
  return Answer(arguments, BoolObject(holds(CompareNumbers(arguments[0], arguments[1], quiet))));
}

// -2^63 and 2^63: the first double that an int of 64 bits can have, and the first too large.
constexpr double kInt64Min = -9223372036854775808.0;
constexpr double kInt64End = 9223372036854775808.0;

std::uint64_t Bits(std::int64_t value) { return static_cast<std::uint64_t>(value); }
std::int64_t Wrapped(std::uint64_t bits) { return static_cast<std::int64_t>(bits); }

// As the language defines it: of the sign of nothing, 0 <= result < |b|.
double Modulo(double a, double b) {
  const double rest = std::fmod(a, b);
  if (rest == 0) return 0.0;
  return rest < 0 ? rest + std::fabs(b) : rest;
}

Done DoubleToInteger(Interpreter& interpreter, ObjectPtr* arguments,
                     double value) FART_MAY_COLLECT {
  if (!std::isfinite(value)) {
    const FreshObject text =
        NewStringFromUtf8(interpreter.mutator(), DoubleToText(value) + " is not an int");
    if (text.is_null()) return Answer(interpreter, arguments, text);
    const NoSafepointScope quiet;
    return Raise(interpreter, arguments, Helper::kUnsupported, {text.Get(quiet)});
  }
  if (value >= kInt64Min && value < kInt64End) {
    return AnswerInteger(interpreter, arguments, static_cast<std::int64_t>(value));
  }
  return AnswerBig(interpreter, arguments, BigValue::FromDouble(value));
}

#define WHOLE(expression)                                               \
  [&]([[maybe_unused]] std::int64_t a, [[maybe_unused]] std::int64_t b) \
      FART_MAY_COLLECT { expression }
#define REAL(expression) \
  [&]([[maybe_unused]] double a, [[maybe_unused]] double b) FART_MAY_COLLECT { expression }
#define ARITHMETIC(name, whole, real)                                               \
  Done name(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {      \
    return Arithmetic(interpreter, arguments, WHOLE(whole), Big##name, REAL(real)); \
  }
#define COMPARISON(name, condition)                                                   \
  Done name(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {        \
    return Comparison(interpreter, arguments,                                         \
                      [](std::partial_ordering order) { return order condition 0; }); \
  }
#define INTEGER(value) return AnswerInteger(interpreter, arguments, value);
#define DOUBLE(value) return AnswerDouble(interpreter, arguments, value);
#define UNLESS_ZERO \
  if (b == 0) return Raise(interpreter, arguments, Helper::kDivisionByZero, {});

ARITHMETIC(Add, INTEGER(Wrapped(Bits(a) + Bits(b))), DOUBLE(a + b))
ARITHMETIC(Subtract, INTEGER(Wrapped(Bits(a) - Bits(b))), DOUBLE(a - b))
ARITHMETIC(Multiply, INTEGER(Wrapped(Bits(a) * Bits(b))), DOUBLE(a* b))
ARITHMETIC(Divide, DOUBLE(static_cast<double>(a) / static_cast<double>(b)), DOUBLE(a / b))
// The smallest int divided by -1 wraps around to itself, and leaves no rest.
ARITHMETIC(ModuloOf, UNLESS_ZERO if (b == -1) INTEGER(0) const std::int64_t rest = a % b;
           INTEGER(rest < 0 ? rest + std::abs(b) : rest), DOUBLE(Modulo(a, b)))
ARITHMETIC(Remainder, UNLESS_ZERO if (b == -1) INTEGER(0) INTEGER(a % b), DOUBLE(std::fmod(a, b)))
ARITHMETIC(TruncatingDivide, UNLESS_ZERO if (b == -1) INTEGER(Wrapped(-Bits(a))) INTEGER(a / b),
           return DoubleToInteger(interpreter, arguments, a / b);)
COMPARISON(Less, <)
COMPARISON(LessEqual, <=)
COMPARISON(Greater, >)
COMPARISON(GreaterEqual, >=)

Done Equals(Interpreter&, ObjectPtr* arguments) FART_MAY_COLLECT {
  if (!IsNumber(arguments[1])) return Answer(arguments, kFalse);
  const NoSafepointScope quiet;
  return Answer(arguments, BoolObject(CompareNumbers(arguments[0], arguments[1], quiet) == 0));
}

template <typename Operation>
Done IntegerOperation(Interpreter& interpreter, ObjectPtr* arguments, Operation&& operation,
                      Intrinsic big) FART_MAY_COLLECT {
  if (!IsInteger(arguments[1])) {
    return RaiseArgument(interpreter, arguments, 1, "Not an integer");
  }
  if (IsBigInteger(arguments[0]) || IsBigInteger(arguments[1])) return big(interpreter, arguments);
  return operation(Read(arguments[0]).integer, Read(arguments[1]).integer);
}

#define INTEGER_OPERATION(name, body)                                          \
  Done name(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT { \
    return IntegerOperation(interpreter, arguments, WHOLE(body), Big##name);   \
  }

INTEGER_OPERATION(And, INTEGER(a& b))
INTEGER_OPERATION(Or, INTEGER(a | b))
INTEGER_OPERATION(Xor, INTEGER(a ^ b))
INTEGER_OPERATION(ShiftLeft, if (b < 0) return RaiseArgument(interpreter, arguments, 1,
                                                             "Cannot shift by a negative count");
                  INTEGER(b > 63 ? 0 : Wrapped(Bits(a) << b)))
INTEGER_OPERATION(ShiftRight, if (b < 0) return RaiseArgument(interpreter, arguments, 1,
                                                              "Cannot shift by a negative count");
                  INTEGER(a >> std::min<std::int64_t>(b, 63)))

#undef INTEGER_OPERATION
#undef UNLESS_ZERO
#undef COMPARISON
#undef ARITHMETIC
#undef REAL
#undef WHOLE

Done IntegerNegate(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  if (IsBigInteger(arguments[0])) return BigNegate(interpreter, arguments);
  INTEGER(Wrapped(-Bits(Read(arguments[0]).integer)))
}
Done IntegerComplement(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  if (IsBigInteger(arguments[0])) return BigComplement(interpreter, arguments);
  INTEGER(~Read(arguments[0]).integer)
}
Done IntegerToDouble(Interpreter& interpreter,
                     ObjectPtr* arguments) FART_MAY_COLLECT{DOUBLE(ReadDouble(arguments[0]))}

std::string TextOfInteger(ObjectPtr integer, int radix) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  return IntegerToText(integer, radix, quiet);
}
Done IntegerToString(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return AnswerText(interpreter, arguments, TextOfInteger(arguments[0], 10));
}
Done IntegerToRadixString(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  const int radix = static_cast<int>(Read(arguments[1]).integer);
  return AnswerText(interpreter, arguments, TextOfInteger(arguments[0], radix));
}

// An int and the double of equal value have equal hashes, because they are equal.
std::uint64_t HashBits(ObjectPtr object) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  const Number number = Read(object);
  switch (number.kind) {
    case Number::Kind::kNone:
    case Number::Kind::kInteger:
      return Bits(number.integer);
    case Number::Kind::kDouble:
      if (number.real >= kInt64Min && number.real < kInt64End &&
          std::trunc(number.real) == number.real) {
        return Bits(static_cast<std::int64_t>(number.real));
      }
      break;
    case Number::Kind::kBig:
      // Only one that a double has exactly can equal a double.
      if (std::isinf(number.real) ||
          ReadInteger(object, quiet) != BigValue::FromDouble(number.real))
        return HashBitsOfBigInteger(object, quiet);
      break;
  }
  return std::bit_cast<std::uint64_t>(number.real);
}
Done HashCode(Interpreter&, ObjectPtr* arguments) FART_MAY_COLLECT {
  const std::uint64_t bits = HashBits(arguments[0]);
  return Answer(arguments, ObjectPtr::FromSmi(Wrapped((bits ^ (bits >> 32)) & 0x3fffffff)));
}

// ---- double

Done DoubleNegate(Interpreter& interpreter,
                  ObjectPtr* arguments) FART_MAY_COLLECT{DOUBLE(-ReadDouble(arguments[0]))} Done
    DoubleToString(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return AnswerText(interpreter, arguments, DoubleToText(ReadDouble(arguments[0])));
}
Done DoubleIsNegative(Interpreter&, ObjectPtr* arguments) FART_MAY_COLLECT {
  const double value = ReadDouble(arguments[0]);
  return Answer(arguments, BoolObject(std::signbit(value) && !std::isnan(value)));
}
Done DoubleRound(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT{
    DOUBLE(std::round(ReadDouble(arguments[0])))} Done
    DoubleFloor(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT{
        DOUBLE(std::floor(ReadDouble(arguments[0])))} Done
    DoubleCeil(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT{
        DOUBLE(std::ceil(ReadDouble(arguments[0])))} Done
    DoubleTruncate(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT{
        DOUBLE(std::trunc(ReadDouble(arguments[0])))} Done
    DoubleToInt(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return DoubleToInteger(interpreter, arguments, ReadDouble(arguments[0]));
}

#undef DOUBLE
#undef INTEGER

// ---- Text

Done Formatted(Interpreter& interpreter, ObjectPtr* arguments, double value,
               std::chars_format format, std::int64_t digits) FART_MAY_COLLECT {
  if (!std::isfinite(value)) return AnswerText(interpreter, arguments, DoubleToText(value));
  char buffer[400];  // The largest double has 309 digits before the point, and 20 after it.
  char* const end = buffer + sizeof(buffer);
  const std::to_chars_result result =
      digits < 0 ? std::to_chars(buffer, end, value, format)
                 : std::to_chars(buffer, end, value, format, static_cast<int>(digits));
  std::string text(buffer, result.ptr);
  // Exponents as the language writes them: without leading zeros.
  if (const std::size_t e = text.find('e'); e != std::string::npos) {
    while (e + 3 < text.size() && text[e + 2] == '0') text.erase(e + 2, 1);
  }
  return AnswerText(interpreter, arguments, text);
}

Done ToStringAsFixed(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return Formatted(interpreter, arguments, ReadDouble(arguments[0]), std::chars_format::fixed,
                   Read(arguments[1]).integer);
}
Done ToStringAsExponential(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return Formatted(interpreter, arguments, ReadDouble(arguments[0]), std::chars_format::scientific,
                   Read(arguments[1]).integer);
}

Done ToStringAsPrecision(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  const double value = ReadDouble(arguments[0]);
  const std::int64_t precision = Read(arguments[1]).integer;
  if (value == 0 || !std::isfinite(value)) {
    return Formatted(interpreter, arguments, value, std::chars_format::fixed, precision - 1);
  }
  // The exponent after rounding decides between the two forms.
  char buffer[40];
  const std::to_chars_result end =
      std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::scientific,
                    static_cast<int>(precision - 1));
  const std::string text(buffer, end.ptr);
  const std::int64_t exponent = std::stoll(text.substr(text.find('e') + 1));
  if (exponent < -6 || exponent >= precision) {
    return Formatted(interpreter, arguments, value, std::chars_format::scientific, precision - 1);
  }
  return Formatted(interpreter, arguments, value, std::chars_format::fixed,
                   precision - 1 - exponent);
}

std::string TextOf(ObjectPtr string) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  return ToUtf8(string, quiet);
}

Done IntegerParse(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  if (!IsString(arguments[0])) return RaiseArgument(interpreter, arguments, 0, "Not a string");
  const std::string text = TextOf(arguments[0]);
  int radix = static_cast<int>(Read(arguments[1]).integer);
  const char* first = text.data();
  const char* const last = first + text.size();
  const bool is_negative = first != last && *first == '-';
  if (is_negative || (first != last && *first == '+')) ++first;
  bool wraps = false;  // Hexadecimal numbers of 64 bits name all of them.
  if (radix == 0) {
    radix = 10;
    if (last - first > 2 && first[0] == '0' && (first[1] == 'x' || first[1] == 'X')) {
      radix = 16;
      wraps = true;
      first += 2;
    }
  }
  std::uint64_t magnitude = 0;
  const std::from_chars_result result = std::from_chars(first, last, magnitude, radix);
  const std::uint64_t limit = Bits(std::numeric_limits<std::int64_t>::max()) + is_negative;
  if (result.ec == std::errc() && result.ptr == last && (wraps || magnitude <= limit)) {
    return AnswerInteger(interpreter, arguments, Wrapped(is_negative ? -magnitude : magnitude));
  }
  const std::optional<BigValue> big =
      BigValue::Parse({first, static_cast<std::size_t>(last - first)}, radix);
  if (!big) return Answer(arguments, kNull);
  return AnswerBig(interpreter, arguments, is_negative ? big->Negated() : *big);
}

Done DoubleParse(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  if (!IsString(arguments[0])) return RaiseArgument(interpreter, arguments, 0, "Not a string");
  const std::string text = TextOf(arguments[0]);
  const char* first = text.data();
  const char* const last = first + text.size();
  const bool is_negative = first != last && *first == '-';
  if (is_negative || (first != last && *first == '+')) ++first;
  const std::string_view magnitude_text(first, static_cast<std::size_t>(last - first));
  double magnitude = 0;
  if (magnitude_text == "NaN") {
    magnitude = std::numeric_limits<double>::quiet_NaN();
  } else if (magnitude_text == "Infinity") {
    magnitude = std::numeric_limits<double>::infinity();
  } else {
    const bool begins_like_one =
        !magnitude_text.empty() &&
        (magnitude_text[0] == '.' || (magnitude_text[0] >= '0' && magnitude_text[0] <= '9'));
    if (!begins_like_one) return Answer(arguments, kNull);
    const std::from_chars_result result = std::from_chars(first, last, magnitude);
    if (result.ptr != last) return Answer(arguments, kNull);
    if (result.ec == std::errc::result_out_of_range) {
      // Too large or too small; the exponent's sign tells.
      const bool is_tiny = magnitude_text.find("e-") != std::string_view::npos ||
                           magnitude_text.find("E-") != std::string_view::npos;
      magnitude = is_tiny ? 0.0 : std::numeric_limits<double>::infinity();
    } else if (result.ec != std::errc()) {
      return Answer(arguments, kNull);
    }
  }
  return AnswerDouble(interpreter, arguments, is_negative ? -magnitude : magnitude);
}

constexpr IntrinsicEntry kEntries[] = {
    {"Integer_add", Add},
    {"Integer_subtract", Subtract},
    {"Integer_multiply", Multiply},
    {"Integer_divide", Divide},
    {"Integer_modulo", ModuloOf},
    {"Integer_truncatingDivide", TruncatingDivide},
    {"Integer_remainder", Remainder},
    {"Integer_negate", IntegerNegate},
    {"Integer_complement", IntegerComplement},
    {"Integer_and", And},
    {"Integer_or", Or},
    {"Integer_xor", Xor},
    {"Integer_shiftLeft", ShiftLeft},
    {"Integer_shiftRight", ShiftRight},
    {"Integer_less", Less},
    {"Integer_lessEqual", LessEqual},
    {"Integer_greater", Greater},
    {"Integer_greaterEqual", GreaterEqual},
    {"Integer_equals", Equals},
    {"Integer_hashCode", HashCode},
    {"Integer_toString", IntegerToString},
    {"Integer_toDouble", IntegerToDouble},
    {"Integer_toRadixString", IntegerToRadixString},
    {"Integer_parse", IntegerParse},
    {"Double_add", Add},
    {"Double_subtract", Subtract},
    {"Double_multiply", Multiply},
    {"Double_divide", Divide},
    {"Double_modulo", ModuloOf},
    {"Double_truncatingDivide", TruncatingDivide},
    {"Double_remainder", Remainder},
    {"Double_negate", DoubleNegate},
    {"Double_less", Less},
    {"Double_lessEqual", LessEqual},
    {"Double_greater", Greater},
    {"Double_greaterEqual", GreaterEqual},
    {"Double_equals", Equals},
    {"Double_hashCode", HashCode},
    {"Double_toString", DoubleToString},
    {"Double_isNegative", DoubleIsNegative},
    {"Double_round", DoubleRound},
    {"Double_floor", DoubleFloor},
    {"Double_ceil", DoubleCeil},
    {"Double_truncate", DoubleTruncate},
    {"Double_toInt", DoubleToInt},
    {"Double_toStringAsFixed", ToStringAsFixed},
    {"Double_toStringAsExponential", ToStringAsExponential},
    {"Double_toStringAsPrecision", ToStringAsPrecision},
    {"Double_parse", DoubleParse},
};

}  // namespace

std::span<const IntrinsicEntry> NumberIntrinsics() { return kEntries; }

}  // namespace fart::lang
