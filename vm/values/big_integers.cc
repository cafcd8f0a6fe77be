#include "vm/values/big_integers.h"

#include <algorithm>
#include <cmath>

#include "heap/base/check.h"

namespace fart {

FreshObject NewInteger(Mutator& mutator, const BigValue& value) {
  if (const auto small = value.ToInt64()) return NewInteger(mutator, *small);  // VV-N2
  if (value.IsTooLarge()) return FreshObject();
  const std::span<const BigValue::Limb> limbs = value.limbs();
  const FreshObject big =
      mutator.AllocateBytes(core_shape::kBigInteger, kWordSize + limbs.size_bytes());
  if (big.is_null()) return big;
  const NoSafepointScope quiet;
  auto* const words = (big.Get(quiet).address() + kVariablePartOffset).As<std::uint64_t>();
  words[0] = value.is_negative() ? 1 : 0;
  std::copy(limbs.begin(), limbs.end(), words + 1);
  return big;
}

FreshObject NewIntegerFromUint64(Mutator& mutator, std::uint64_t value) {
  const auto as_int64 = static_cast<std::int64_t>(value);
  if (as_int64 >= 0) return NewInteger(mutator, as_int64);
  return NewInteger(mutator, BigValue::FromUint64(value));
}

std::span<const BigValue::Limb> LimbsOf(ObjectPtr big, const NoSafepointScope&) {
  FART_DCHECK(IsBigInteger(big));
  const auto* const words = (big.address() + kVariablePartOffset).As<const BigValue::Limb>();
  return {words + 1, LengthWord(big) / kWordSize - 1};
}

BigValue ReadInteger(ObjectPtr integer, const NoSafepointScope& quiet) {
  if (!IsBigInteger(integer)) return BigValue(IntegerValue(integer, quiet));
  return BigValue::FromLimbs(IsNegativeBigInteger(integer, quiet), LimbsOf(integer, quiet));
}

std::optional<std::int64_t> IntegerToInt64(ObjectPtr integer, const NoSafepointScope& quiet) {
  if (IsBigInteger(integer)) return std::nullopt;  // VV-N2
  return IntegerValue(integer, quiet);
}

std::optional<std::uint64_t> IntegerToUint64(ObjectPtr integer, const NoSafepointScope& quiet) {
  if (!IsBigInteger(integer)) {
    const std::int64_t value = IntegerValue(integer, quiet);
    if (value < 0) return std::nullopt;
    return static_cast<std::uint64_t>(value);
  }
  const std::span<const BigValue::Limb> limbs = LimbsOf(integer, quiet);
  if (limbs.size() != 1 || IsNegativeBigInteger(integer, quiet)) return std::nullopt;
  return limbs[0];
}

std::uint64_t LowBitsOfInteger(ObjectPtr integer, const NoSafepointScope& quiet) {
  if (!IsBigInteger(integer)) return static_cast<std::uint64_t>(IntegerValue(integer, quiet));
  const BigValue::Limb lowest = LimbsOf(integer, quiet)[0];
  return IsNegativeBigInteger(integer, quiet) ? -lowest : lowest;
}

double IntegerToDouble(ObjectPtr integer, const NoSafepointScope& quiet) {
  if (!IsBigInteger(integer)) return static_cast<double>(IntegerValue(integer, quiet));
  return ReadInteger(integer, quiet).ToDouble();
}

std::string IntegerToText(ObjectPtr integer, int radix, const NoSafepointScope& quiet) {
  if (radix == 10 && !IsBigInteger(integer)) return std::to_string(IntegerValue(integer, quiet));
  return ReadInteger(integer, quiet).ToText(radix);
}

std::uint64_t HashBitsOfBigInteger(ObjectPtr big, const NoSafepointScope& quiet) {
  std::uint64_t bits = IsNegativeBigInteger(big, quiet) ? 1 : 0;
  for (const BigValue::Limb limb : LimbsOf(big, quiet)) {
    bits = (bits ^ limb) * 0x9E3779B97F4A7C15;
    bits ^= bits >> 32;
  }
  return bits;
}

namespace {

std::partial_ordering CompareIntegers(ObjectPtr a, ObjectPtr b, const NoSafepointScope& quiet) {
  if (!IsBigInteger(a) && !IsBigInteger(b)) {
    return IntegerValue(a, quiet) <=> IntegerValue(b, quiet);
  }
  return ReadInteger(a, quiet) <=> ReadInteger(b, quiet);
}

std::partial_ordering CompareWithDouble(ObjectPtr integer, double real,
                                        const NoSafepointScope& quiet) {
  if (std::isnan(real)) return std::partial_ordering::unordered;
  constexpr std::int64_t kExact = std::int64_t{1} << 53;  // a double below has its very value
  if (!IsBigInteger(integer)) {
    const std::int64_t value = IntegerValue(integer, quiet);
    if (value >= -kExact && value <= kExact) return static_cast<double>(value) <=> real;
  }
  if (std::isinf(real)) {
    return real > 0 ? std::partial_ordering::less : std::partial_ordering::greater;
  }
  const std::partial_ordering order = ReadInteger(integer, quiet) <=> BigValue::FromDouble(real);
  return order != 0 ? order : std::trunc(real) <=> real;
}

std::partial_ordering Reversed(std::partial_ordering order) { return 0 <=> order; }

}  // namespace

std::partial_ordering CompareNumbers(ObjectPtr a, ObjectPtr b, const NoSafepointScope& quiet) {
  if (IsDouble(a)) {
    if (IsDouble(b)) return DoubleValue(a, quiet) <=> DoubleValue(b, quiet);
    return Reversed(CompareWithDouble(b, DoubleValue(a, quiet), quiet));
  }
  if (IsDouble(b)) return CompareWithDouble(a, DoubleValue(b, quiet), quiet);
  return CompareIntegers(a, b, quiet);
}

}  // namespace fart
