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
#include <string_view>

#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/key_hash.h"
#include "lang/natives/natives.h"
#include "lang/natives/natives_big.h"
#include "lang/syntax/decimal.h"
#include "vm/values/big_integers.h"
#include "vm/values/numbers.h"
#include "vm/values/objects.h"
#include "vm/values/strings.h"

namespace fart::lang {

namespace {

// A number as C++ has it.
struct Number {
  enum class Kind { kInteger, kBig, kDouble };
  Kind kind = Kind::kInteger;
  std::int64_t integer = 0;  // Of kInteger: an int of 64 bits.
  double real = 0;           // Of all.

  bool IsInteger() const { return kind == Kind::kInteger || kind == Kind::kBig; }

  bool Take(const Taken& argument) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    const ObjectPtr object = argument.value();
    if (IsInt64(object)) {
      const std::int64_t value = IntegerValue(object, quiet);
      *this = {Kind::kInteger, value, static_cast<double>(value)};
    } else if (IsDouble(object)) {
      *this = {Kind::kDouble, 0, DoubleValue(object, quiet)};
    } else if (IsBigInteger(object)) {
      *this = {Kind::kBig, 0, IntegerToDouble(object, quiet)};
    } else {
      return argument.Refuse(argument_rules::kNum);
    }
    return true;
  }
};

// An int, and its value if that has 64 bits.
struct Integer {
  bool is_big = false;
  std::int64_t value = 0;

  bool Take(const Taken& argument) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    is_big = IsBigInteger(argument.value());
    if (!is_big && !IsInt64(argument.value())) return argument.Refuse(argument_rules::kInt);
    if (!is_big) value = IntegerValue(argument.value(), quiet);
    return true;
  }
};

// Both ints of 64 bits: whole(a, b); ints of which one is bigger: `big`; otherwise real(x, y).
// Functors and function end the intrinsic.
template <typename Whole, typename Real>
Done Arithmetic(Interpreter& interpreter, ObjectPtr* arguments, const Number& a, const Number& b,
                Whole&& whole, Intrinsic big, Real&& real) FART_MAY_COLLECT {
  if (a.kind == Number::Kind::kInteger && b.kind == Number::Kind::kInteger) {
    return whole(a.integer, b.integer);
  }
  if (a.IsInteger() && b.IsInteger()) return big(interpreter, arguments);
  return real(a.real, b.real);
}

template <typename Holds>
Done Comparison(ObjectPtr* arguments, Holds&& holds) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  return Answer(arguments, BoolObject(holds(CompareNumbers(arguments[0], arguments[1], quiet))));
}

// -2^63 and 2^63: the first double that an int of 64 bits can have, and the first too large.
constexpr double kInt64Min = -9223372036854775808.0;
constexpr double kInt64End = 9223372036854775808.0;

// The result of an operation on two ints of 64 bits that fits into them or is computed by `big`.
#define EXACT(builtin, big)                                       \
  std::int64_t result;                                            \
  if (builtin(a, b, &result)) return big(interpreter, arguments); \
  return AnswerInteger(interpreter, arguments, result);

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
    return RaiseUnsupported(interpreter, arguments, DoubleToText(value) + " is not an int");
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
#define ARITHMETIC(name, whole, real)                                                            \
  Done name(Interpreter& interpreter, ObjectPtr* arguments, Number left, Number right)           \
      FART_MAY_COLLECT {                                                                         \
    return Arithmetic(interpreter, arguments, left, right, WHOLE(whole), Big##name, REAL(real)); \
  }
#define COMPARISON(name, condition)                                                              \
  Done name(Interpreter&, ObjectPtr* arguments, NumberArg, NumberArg) FART_MAY_COLLECT {         \
    return Comparison(arguments, [](std::partial_ordering order) { return order condition 0; }); \
  }
#define INTEGER(value) return AnswerInteger(interpreter, arguments, value);
#define DOUBLE(value) return AnswerDouble(interpreter, arguments, value);
#define UNLESS_ZERO \
  if (b == 0) return Raise(interpreter, arguments, Helper::kDivisionByZero, {});

ARITHMETIC(Add, EXACT(__builtin_add_overflow, BigAdd), DOUBLE(a + b))
ARITHMETIC(Subtract, EXACT(__builtin_sub_overflow, BigSubtract), DOUBLE(a - b))
ARITHMETIC(Multiply, EXACT(__builtin_mul_overflow, BigMultiply), DOUBLE(a* b))
ARITHMETIC(Divide, DOUBLE(static_cast<double>(a) / static_cast<double>(b)), DOUBLE(a / b))
// The smallest int of 64 bits divided by -1 is none any more, and leaves no rest.
ARITHMETIC(ModuloOf, UNLESS_ZERO if (b == -1) INTEGER(0) const std::int64_t rest = a % b;
           INTEGER(rest >= 0 ? rest
                   : b < 0   ? rest - b
                             : rest + b),
           DOUBLE(Modulo(a, b)))
ARITHMETIC(Remainder, UNLESS_ZERO if (b == -1) INTEGER(0) INTEGER(a % b), DOUBLE(std::fmod(a, b)))
ARITHMETIC(TruncatingDivide, UNLESS_ZERO if (b == -1) return BigNegate(interpreter, arguments);
           INTEGER(a / b), return DoubleToInteger(interpreter, arguments, a / b);)
COMPARISON(Less, <)
COMPARISON(LessEqual, <=)
COMPARISON(Greater, >)
COMPARISON(GreaterEqual, >=)

Done Equals(Interpreter&, ObjectPtr* arguments, NumberArg, AnyArg) FART_MAY_COLLECT {
  if (!IsNumber(arguments[1])) return Answer(arguments, kFalse);
  const NoSafepointScope quiet;
  return Answer(arguments, BoolObject(CompareNumbers(arguments[0], arguments[1], quiet) == 0));
}

#define INTEGER_OPERATION(name, body)                                                    \
  Done name(Interpreter& interpreter, ObjectPtr* arguments, Integer left, Integer right) \
      FART_MAY_COLLECT {                                                                 \
    if (left.is_big || right.is_big) return Big##name(interpreter, arguments);           \
    return WHOLE(body)(left.value, right.value);                                         \
  }

INTEGER_OPERATION(And, INTEGER(a& b))
INTEGER_OPERATION(Or, INTEGER(a | b))
INTEGER_OPERATION(Xor, INTEGER(a ^ b))
INTEGER_OPERATION(ShiftLeft, if (b < 0) return interpreter.Refuse(1, "must not be negative");
                  if (a == 0)
                      INTEGER(0) if (b > 63 || Wrapped(Bits(a) << b) >> b !=
                                                   a) return BigShiftLeft(interpreter, arguments);
                  INTEGER(Wrapped(Bits(a) << b)))
INTEGER_OPERATION(ShiftRight, if (b < 0) return interpreter.Refuse(1, "must not be negative");
                  INTEGER(a >> std::min<std::int64_t>(b, 63)))

#undef INTEGER_OPERATION
#undef EXACT
#undef UNLESS_ZERO
#undef COMPARISON
#undef ARITHMETIC
#undef REAL
#undef WHOLE

Done IntegerNegate(Interpreter& interpreter, ObjectPtr* arguments, Integer a) FART_MAY_COLLECT {
  if (a.is_big || a.value == std::numeric_limits<std::int64_t>::min()) {
    return BigNegate(interpreter, arguments);
  }
  return AnswerInteger(interpreter, arguments, -a.value);
}
Done IntegerComplement(Interpreter& interpreter, ObjectPtr* arguments, Integer a) FART_MAY_COLLECT {
  if (a.is_big) return BigComplement(interpreter, arguments);
  return AnswerInteger(interpreter, arguments, ~a.value);
}
Done IntegerBitLength(Interpreter& interpreter, ObjectPtr* arguments, Integer a) FART_MAY_COLLECT {
  if (a.is_big) return BigBitLength(interpreter, arguments);
  return AnswerInteger(
      interpreter, arguments,
      static_cast<std::int64_t>(std::bit_width(Bits(a.value < 0 ? ~a.value : a.value))));
}
Done ToDouble(Interpreter& interpreter, ObjectPtr* arguments, RealArg a) FART_MAY_COLLECT {
  return AnswerDouble(interpreter, arguments, a.value);
}

// Empty if the isolate is to stop.
std::string TextOfInteger(const Interpreter& interpreter, ObjectPtr integer,
                          int radix) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  if (!IsBigInteger(integer)) return IntegerToText(integer, radix, quiet);
  return ReadInteger(integer, quiet).ToText(radix, [&interpreter] {
    return interpreter.IsToStop();
  });
}
Done AnswerTextOfInteger(Interpreter& interpreter, ObjectPtr* arguments,
                         int radix) FART_MAY_COLLECT {
  const std::string text = TextOfInteger(interpreter, arguments[0], radix);
  if (text.empty()) return Done::kStopped;
  return AnswerText(interpreter, arguments, text);
}
Done IntegerToString(Interpreter& interpreter, ObjectPtr* arguments, IntArg) FART_MAY_COLLECT {
  return AnswerTextOfInteger(interpreter, arguments, 10);
}
Done IntegerToRadixString(Interpreter& interpreter, ObjectPtr* arguments, IntArg,
                          RangeArg<2, 36> radix) FART_MAY_COLLECT {
  return AnswerTextOfInteger(interpreter, arguments, static_cast<int>(radix.value));
}

// An int and the double of equal value have equal hashes, because they are equal.
std::uint64_t HashBits(ObjectPtr object, const Number& number) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  switch (number.kind) {
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
// A small int is its own hash. Of others every bit counts in the low ones: programs keep values in
// high bits, and doubles have their digits there.
Done HashCode(Interpreter&, ObjectPtr* arguments, Number number) FART_MAY_COLLECT {
  return Answer(arguments, ObjectPtr::FromSmi(KeyHashOf(HashBits(arguments[0], number))));
}

// The hash by which a map keeps a key. Of one that is a number or a string it is known here;
// otherwise it is null, and the key has to be asked (MixHash): if it says the same as what it
// equals, it is kept by the same.
Done KeyHash(Interpreter& interpreter, ObjectPtr* arguments, AnyArg) FART_MAY_COLLECT {
  Number number;
  std::uint64_t bits = 0;
  if (IsString(arguments[0])) {
    const NoSafepointScope quiet;
    bits = StringHash(arguments[0], quiet);
  } else if (IsNumber(arguments[0])) {
    number.Take({interpreter, arguments, 0});
    bits = HashBits(arguments[0], number);
  } else {
    return Answer(arguments, kNull);
  }
  return Answer(arguments, ObjectPtr::FromSmi(KeyHashOf(bits)));
}
Done MixHash(Interpreter& interpreter, ObjectPtr* arguments, AnyArg) FART_MAY_COLLECT {
  Number number;
  if (!IsInteger(arguments[0])) {
    interpreter.NameRefused("key");
    return interpreter.Refuse(0, "must have an int as hashCode");
  }
  number.Take({interpreter, arguments, 0});
  return Answer(arguments, ObjectPtr::FromSmi(KeyHashOf(HashBits(arguments[0], number))));
}

// ---- double

Done DoubleToString(Interpreter& interpreter, ObjectPtr* arguments, RealArg a) FART_MAY_COLLECT {
  return AnswerText(interpreter, arguments, DoubleToText(a.value));
}
Done DoubleIsNegative(Interpreter&, ObjectPtr* arguments, RealArg a) FART_MAY_COLLECT {
  return Answer(arguments, BoolObject(std::signbit(a.value) && !std::isnan(a.value)));
}
#define DOUBLE_FUNCTION(name, expression)                                                 \
  Done name(Interpreter& interpreter, ObjectPtr* arguments, RealArg a) FART_MAY_COLLECT { \
    DOUBLE(expression)                                                                    \
  }
DOUBLE_FUNCTION(DoubleNegate, -a.value)
DOUBLE_FUNCTION(DoubleRound, std::round(a.value))
DOUBLE_FUNCTION(DoubleFloor, std::floor(a.value))
DOUBLE_FUNCTION(DoubleCeil, std::ceil(a.value))
DOUBLE_FUNCTION(DoubleTruncate, std::trunc(a.value))
#undef DOUBLE_FUNCTION
Done DoubleToInt(Interpreter& interpreter, ObjectPtr* arguments, RealArg a) FART_MAY_COLLECT {
  return DoubleToInteger(interpreter, arguments, a.value);
}

#undef DOUBLE
#undef INTEGER

// ---- Text

// Digits of a double, and the point.
std::string_view DigitsOf(const char* first, const char* last) {
  const std::string_view text(first, static_cast<std::size_t>(last - first));
  return text.substr(0, text.find('e'));
}

// `text` is `value` to so many digits, by to_chars, which takes the even one of the two that a
// value lies exactly between. Here the one away from zero is meant: after an even digit the next
// one, so that none carries.
void RoundHalfAway(std::string& text, double value, std::chars_format format, int digits) {
  char near[400];
  const std::string_view one_more =
      DigitsOf(near, std::to_chars(near, near + sizeof(near), value, format, digits + 1).ptr);
  const std::size_t end = std::min(text.find('e'), text.size());
  if (one_more.back() != '5' || !one_more.starts_with(std::string_view(text).substr(0, end)))
    return;
  char exact[1600];  // All digits there are.
  if (!DigitsOf(exact, std::to_chars(exact, exact + sizeof(exact), value, format, 1100).ptr)
           .starts_with(one_more)) {
    return;  // A little less than the middle.
  }
  ++text[end - 1];
}

Done Formatted(Interpreter& interpreter, ObjectPtr* arguments, double value,
               std::chars_format format, std::int64_t digits) FART_MAY_COLLECT {
  if (!std::isfinite(value)) return AnswerText(interpreter, arguments, DoubleToText(value));
  char buffer[400];  // The largest double has 309 digits before the point, and 20 after it.
  char* const end = buffer + sizeof(buffer);
  const std::to_chars_result result =
      digits < 0 ? std::to_chars(buffer, end, value, format)
                 : std::to_chars(buffer, end, value, format, static_cast<int>(digits));
  std::string text(buffer, result.ptr);
  if (digits >= 0) RoundHalfAway(text, value, format, static_cast<int>(digits));
  // Exponents as the language writes them: without leading zeros.
  if (const std::size_t e = text.find('e'); e != std::string::npos) {
    while (e + 3 < text.size() && text[e + 2] == '0') text.erase(e + 2, 1);
  }
  return AnswerText(interpreter, arguments, text);
}

Done ToStringAsFixed(Interpreter& interpreter, ObjectPtr* arguments, RealArg a,
                     RangeArg<0, 20> digits) FART_MAY_COLLECT {
  return Formatted(interpreter, arguments, a.value, std::chars_format::fixed, digits.value);
}
Done ToStringAsExponential(Interpreter& interpreter, ObjectPtr* arguments, RealArg a,
                           OrNull<RangeArg<0, 20>> digits) FART_MAY_COLLECT {
  return Formatted(interpreter, arguments, a.value, std::chars_format::scientific,
                   digits.is_given ? digits.given.value : -1);
}

Done ToStringAsPrecision(Interpreter& interpreter, ObjectPtr* arguments, RealArg a,
                         RangeArg<1, 21> digits) FART_MAY_COLLECT {
  const double value = a.value;
  const std::int64_t precision = digits.value;
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

// arguments: a text, a radix or null: 10, or 16 after "0x".
Done IntegerParse(Interpreter& interpreter, ObjectPtr* arguments, StringArg,
                  OrNull<RangeArg<2, 36>> given_radix) FART_MAY_COLLECT {
  const std::string text = TextOf(arguments[0]);
  int radix = given_radix.is_given ? static_cast<int>(given_radix.given.value) : 0;
  const char* first = text.data();
  const char* const last = first + text.size();
  const bool is_negative = first != last && *first == '-';
  if (is_negative || (first != last && *first == '+')) ++first;
  if (radix == 0) {
    radix = 10;
    if (last - first > 2 && first[0] == '0' && (first[1] == 'x' || first[1] == 'X')) {
      radix = 16;
      first += 2;
    }
  }
  std::uint64_t magnitude = 0;
  const std::from_chars_result result = std::from_chars(first, last, magnitude, radix);
  const std::uint64_t limit = Bits(std::numeric_limits<std::int64_t>::max()) + is_negative;
  if (result.ec == std::errc() && result.ptr == last && magnitude <= limit) {
    return AnswerInteger(interpreter, arguments, Wrapped(is_negative ? -magnitude : magnitude));
  }
  const std::optional<BigValue> big =
      BigValue::Parse({first, static_cast<std::size_t>(last - first)}, radix,
                      [&interpreter] { return interpreter.IsToStop(); });
  if (!big && interpreter.IsToStop()) return Done::kStopped;
  if (!big) return Answer(arguments, kNull);
  return AnswerBig(interpreter, arguments, is_negative ? big->Negated() : *big);
}

Done DoubleParse(Interpreter& interpreter, ObjectPtr* arguments, StringArg) FART_MAY_COLLECT {
  const std::string text = TextOf(arguments[0]);
  const char* first = text.data();
  const char* const last = first + text.size();
  const bool is_negative = first != last && *first == '-';
  if (is_negative || (first != last && *first == '+')) ++first;
  const std::string_view text_of_magnitude(first, static_cast<std::size_t>(last - first));
  double magnitude;
  if (text_of_magnitude == "NaN") {
    magnitude = std::numeric_limits<double>::quiet_NaN();
  } else if (text_of_magnitude == "Infinity") {
    magnitude = std::numeric_limits<double>::infinity();
  } else if (const std::optional<double> value = DoubleOfDecimal(text_of_magnitude)) {
    magnitude = *value;
  } else {
    return Answer(arguments, kNull);
  }
  return AnswerDouble(interpreter, arguments, is_negative ? -magnitude : magnitude);
}

constexpr IntrinsicEntry kEntries[] = {
    Native<Add>("Integer_add"),
    Native<Subtract>("Integer_subtract"),
    Native<Multiply>("Integer_multiply"),
    Native<Divide>("Integer_divide"),
    Native<ModuloOf>("Integer_modulo"),
    Native<TruncatingDivide>("Integer_truncatingDivide"),
    Native<Remainder>("Integer_remainder"),
    Native<IntegerNegate>("Integer_negate"),
    Native<IntegerComplement>("Integer_complement"),
    Native<And>("Integer_and"),
    Native<Or>("Integer_or"),
    Native<Xor>("Integer_xor"),
    Native<ShiftLeft>("Integer_shiftLeft"),
    Native<ShiftRight>("Integer_shiftRight"),
    Native<Less>("Integer_less"),
    Native<LessEqual>("Integer_lessEqual"),
    Native<Greater>("Integer_greater"),
    Native<GreaterEqual>("Integer_greaterEqual"),
    Native<Equals>("Integer_equals"),
    Native<HashCode>("Integer_hashCode"),
    Native<IntegerToString>("Integer_toString"),
    Native<ToDouble>("Integer_toDouble"),
    Native<IntegerBitLength>("Integer_bitLength"),
    Native<IntegerToRadixString>("Integer_toRadixString"),
    Native<KeyHash>("Map_keyHash"),
    Native<MixHash>("Map_mixHash"),
    Native<IntegerParse>("Integer_parse"),
    Native<Add>("Double_add"),
    Native<Subtract>("Double_subtract"),
    Native<Multiply>("Double_multiply"),
    Native<Divide>("Double_divide"),
    Native<ModuloOf>("Double_modulo"),
    Native<TruncatingDivide>("Double_truncatingDivide"),
    Native<Remainder>("Double_remainder"),
    Native<DoubleNegate>("Double_negate"),
    Native<Less>("Double_less"),
    Native<LessEqual>("Double_lessEqual"),
    Native<Greater>("Double_greater"),
    Native<GreaterEqual>("Double_greaterEqual"),
    Native<Equals>("Double_equals"),
    Native<HashCode>("Double_hashCode"),
    Native<DoubleToString>("Double_toString"),
    Native<DoubleIsNegative>("Double_isNegative"),
    Native<DoubleRound>("Double_round"),
    Native<DoubleFloor>("Double_floor"),
    Native<DoubleCeil>("Double_ceil"),
    Native<DoubleTruncate>("Double_truncate"),
    Native<DoubleToInt>("Double_toInt"),
    Native<ToStringAsFixed>("Double_toStringAsFixed"),
    Native<ToStringAsExponential>("Double_toStringAsExponential"),
    Native<ToStringAsPrecision>("Double_toStringAsPrecision"),
    Native<DoubleParse>("Double_parse"),
};

}  // namespace

std::span<const IntrinsicEntry> NumberIntrinsics() { return kEntries; }

}  // namespace fart::lang
