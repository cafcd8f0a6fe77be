// Natives of dart:math.

#include <cmath>
#include <cstdint>
#include <exception>
#include <limits>
#include <optional>
#include <random>

#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/natives.h"
#include "lang/natives/natives_big.h"
#include "vm/values/big_integers.h"
#include "vm/values/numbers.h"

namespace fart::lang {

namespace {

template <double (*function)(double)>
Done Of(Interpreter& interpreter, ObjectPtr* arguments, RealArg x) FART_MAY_COLLECT {
  return AnswerDouble(interpreter, arguments, function(x.value));
}

Done Atan2(Interpreter& interpreter, ObjectPtr* arguments, RealArg a, RealArg b) FART_MAY_COLLECT {
  return AnswerDouble(interpreter, arguments, std::atan2(a.value, b.value));
}

BigValue Read(ObjectPtr integer) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  return ReadInteger(integer, quiet);
}

// Squares of the base, multiplied where the exponent has a bit. An exponent that would not end soon
// makes a result that is too large before, unless the base is one of those that stay small.
std::optional<BigValue> Power(BigValue base, std::uint64_t exponent) {
  BigValue result(1);
  if (base.BitLength() <= 1) {  // -1, 0, 1
    if (base.is_zero()) return exponent == 0 ? result : base;
    return base.is_negative() && exponent % 2 != 0 ? base : result;
  }
  while (true) {
    if (exponent % 2 != 0) {
      const std::optional<BigValue> product = BigValue::Multiply(result, base);
      if (!product) return std::nullopt;
      result = *product;
    }
    exponent /= 2;
    if (exponent == 0) return result;
    const std::optional<BigValue> square = BigValue::Multiply(base, base);
    if (!square) return std::nullopt;
    base = *square;
  }
}

Done Pow(Interpreter& interpreter, ObjectPtr* arguments, RealArg x, RealArg y) FART_MAY_COLLECT {
  const bool is_exact = IsInteger(arguments[0]) && IsInteger(arguments[1]) && y.value >= 0;
  if (!is_exact) return AnswerDouble(interpreter, arguments, std::pow(x.value, y.value));
  // An exponent of more than 64 bits is too large for any base but those whose powers repeat.
  const BigValue exponent = Read(arguments[1]);
  const std::uint64_t bits = exponent.ToUint64().value_or(
      std::numeric_limits<std::uint64_t>::max() - (exponent.limbs()[0] % 2 != 0 ? 0 : 1));
  const std::optional<BigValue> result = Power(Read(arguments[0]), bits);
  if (!result || result->IsTooLarge()) return OutOfMemory(interpreter);
  return AnswerBig(interpreter, arguments, *result);
}

// ---- Random numbers

std::uint64_t Bits(std::int64_t value) { return static_cast<std::uint64_t>(value); }

Done RandomNextState(Interpreter& interpreter, ObjectPtr* arguments,
                     Int64Arg state) FART_MAY_COLLECT {
  constexpr std::uint64_t kMultiplier = 0xffffda61;
  const std::uint64_t low = Bits(state.value) & 0xffffffff;
  const std::uint64_t carry = Bits(state.value) >> 32;
  return AnswerInteger(interpreter, arguments,
                       static_cast<std::int64_t>(kMultiplier * low + carry));
}

// arguments: a hash, a seed of any size, whose lowest 64 bits it takes. A mix in which each of them
// changes about half of the result.
Done RandomMixSeed(Interpreter& interpreter, ObjectPtr* arguments, Int64Arg hash,
                   IntArg) FART_MAY_COLLECT {
  const BigValue seed = Read(arguments[1]);
  std::uint64_t bits = seed.is_zero() ? 0 : seed.limbs()[0];
  if (seed.is_negative()) bits = -bits;
  bits = ~bits + (bits << 21);
  bits ^= bits >> 24;
  bits *= 265;
  bits ^= bits >> 14;
  bits *= 21;
  bits ^= bits >> 28;
  bits += bits << 31;
  return AnswerInteger(interpreter, arguments,
                       static_cast<std::int64_t>((Bits(hash.value) * 1037) ^ bits));
}

Done RandomSecureBits(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  std::uint64_t bits = 0;
  try {
    std::random_device source;
    bits = std::uint64_t{source()} << 32 | source();
  } catch (const std::exception&) {
    return RaiseUnsupported(interpreter, arguments, "The system gives no random numbers");
  }
  return AnswerInteger(interpreter, arguments, static_cast<std::int64_t>(bits));
}

constexpr IntrinsicEntry kEntries[] = {
    Native<Of<std::sqrt>>("Math_sqrt"),
    Native<Of<std::sin>>("Math_sin"),
    Native<Of<std::cos>>("Math_cos"),
    Native<Of<std::tan>>("Math_tan"),
    Native<Of<std::asin>>("Math_asin"),
    Native<Of<std::acos>>("Math_acos"),
    Native<Of<std::atan>>("Math_atan"),
    Native<Of<std::exp>>("Math_exp"),
    Native<Of<std::log>>("Math_log"),
    Native<Atan2>("Math_atan2"),
    Native<Pow>("Math_pow"),
    Native<RandomNextState>("Random_nextState"),
    Native<RandomMixSeed>("Random_mixSeed"),
    Native<RandomSecureBits>("Random_secureBits"),
};

}  // namespace

std::span<const IntrinsicEntry> MathIntrinsics() { return kEntries; }

}  // namespace fart::lang
