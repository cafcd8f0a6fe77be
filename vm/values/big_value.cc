#include "vm/values/big_value.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <new>
#include <utility>

#include "heap/base/check.h"
#include "heap/platform/off_heap.h"
#include "vm/values/limbs.h"

namespace fart {

namespace {

std::uint64_t MagnitudeOf(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  return value < 0 ? -bits : bits;
}

// -1: no digit below `radix`.
int DigitOf(char character, int radix) {
  int digit = -1;
  if (character >= '0' && character <= '9') digit = character - '0';
  if (character >= 'a' && character <= 'z') digit = character - 'a' + 10;
  if (character >= 'A' && character <= 'Z') digit = character - 'A' + 10;
  return digit < radix ? digit : -1;
}

// For operands of many limbs GMP takes memory of its own, and ends the process where there is none:
// so it is asked for before. Throws std::bad_alloc.
// Limit: another thread may take it in between.
void AskForScratch(std::size_t limbs) {
  constexpr std::size_t kOnTheStack = 256;
  constexpr std::size_t kMostTimes = 8;
  if (limbs <= kOnTheStack) return;
  const ByteCount size(limbs * sizeof(BigValue::Limb) * kMostTimes);
  void* const block = OffHeapAllocate(size);
  if (block == nullptr) throw std::bad_alloc();
  OffHeapFree(block, size);
}

}  // namespace

// ---- Made

BigValue::BigValue(bool is_negative, Limbs limbs) : limbs_(std::move(limbs)) {
  while (!limbs_.empty() && limbs_.back() == 0) limbs_.pop_back();  // VV-B1
  is_negative_ = is_negative && !limbs_.empty();
}

BigValue::BigValue(std::int64_t value) : BigValue(value < 0, Limbs{MagnitudeOf(value)}) {}

BigValue BigValue::FromUint64(std::uint64_t value) { return BigValue(false, Limbs{value}); }

BigValue BigValue::FromLimbs(bool is_negative, std::span<const Limb> limbs) {
  return BigValue(is_negative, Limbs(limbs.begin(), limbs.end()));
}

BigValue BigValue::FromDouble(double value) {
  FART_DCHECK(std::isfinite(value));
  int exponent = 0;
  const double fraction = std::frexp(value, &exponent);  // |fraction| < 1
  const BigValue mantissa(static_cast<std::int64_t>(std::ldexp(fraction, 53)));
  if (exponent >= 53) return *mantissa.ShiftedLeft(static_cast<std::uint64_t>(exponent - 53));
  return BigValue(static_cast<std::int64_t>(value));  // 53 bits at most
}

BigValue BigValue::FromDigits(std::span<const unsigned char> digits, int radix) {
  // limbs::FromDigits wants no zeros in front.
  const auto first = std::ranges::find_if(digits, [](unsigned char digit) { return digit != 0; });
  digits = digits.subspan(static_cast<std::size_t>(first - digits.begin()));
  if (digits.empty()) return BigValue();
  // A digit is worth less than so many bits.
  const auto most_bits = static_cast<std::size_t>(std::bit_width(static_cast<unsigned>(radix - 1)));
  Limbs limbs(digits.size() * most_bits / kLimbBits + 2);
  AskForScratch(limbs.size());
  limbs.resize(limbs::FromDigits(limbs.data(), digits.data(), digits.size(), radix));
  return BigValue(false, std::move(limbs));
}

bool BigValue::MayBeRead(std::string_view* digits, int radix) {
  FART_DCHECK(radix >= 2 && radix <= 36);
  if (digits->empty()) return false;
  digits->remove_prefix(std::min(digits->find_first_not_of('0'), digits->size()));
  if (digits->empty()) return true;
  // A digit is worth as many bits at least.
  const auto least_bits =
      static_cast<std::size_t>(std::bit_width(static_cast<unsigned>(radix)) - 1);
  return (digits->size() - 1) * least_bits <= kMaxLimbs * kLimbBits;
}

bool BigValue::ReadDigits(std::string_view digits, int radix, Digits* values) {
  for (const char character : digits) {
    const int digit = DigitOf(character, radix);
    if (digit < 0) return false;
    values->push_back(static_cast<unsigned char>(digit));
  }
  return true;
}

std::optional<BigValue> BigValue::Parse(std::string_view digits, int radix) {
  if (!MayBeRead(&digits, radix)) return std::nullopt;
  Digits values;
  values.reserve(digits.size());
  if (!ReadDigits(digits, radix, &values)) return std::nullopt;
  BigValue result = FromDigits(values, radix);
  if (result.IsTooLarge()) return std::nullopt;
  return result;
}

// ---- Asked

std::size_t BigValue::BitLength() const {
  if (is_zero()) return 0;
  return limbs_.size() * kLimbBits - static_cast<std::size_t>(std::countl_zero(limbs_.back()));
}

std::optional<std::int64_t> BigValue::ToInt64() const {
  if (limbs_.size() > 1) return std::nullopt;
  const Limb magnitude = is_zero() ? 0 : limbs_[0];
  constexpr Limb kSign = Limb{1} << 63;
  if (is_negative_ ? magnitude > kSign : magnitude >= kSign) return std::nullopt;
  return static_cast<std::int64_t>(is_negative_ ? -magnitude : magnitude);
}

std::optional<std::uint64_t> BigValue::ToUint64() const {
  if (is_negative_ || limbs_.size() > 1) return std::nullopt;
  return is_zero() ? 0 : limbs_[0];
}

double BigValue::ToDouble() const {
  if (is_zero()) return 0;
  const std::size_t bits = BitLength();
  double magnitude;
  if (bits <= kLimbBits) {
    magnitude = static_cast<double>(limbs_[0]);
  } else if (bits > 2000) {
    magnitude = HUGE_VAL;
  } else {
    // The top 64 bits; a bit for all below them decides what lies in the middle.
    const std::size_t below = bits - kLimbBits;
    const std::size_t limb = below / kLimbBits;
    const std::size_t shift = below % kLimbBits;
    Limb top = limbs_[limb] >> shift;
    bool some_below = (limbs_[limb] & ((Limb{1} << shift) - 1)) != 0;
    if (shift != 0) top |= limbs_[limb + 1] << (kLimbBits - shift);
    for (std::size_t i = 0; i < limb; ++i) some_below = some_below || limbs_[i] != 0;
    magnitude =
        std::ldexp(static_cast<double>(top | (some_below ? 1 : 0)), static_cast<int>(below));
  }
  return is_negative_ ? -magnitude : magnitude;
}

void BigValue::AppendMagnitude(int radix, std::size_t least, std::string* text) const {
  Digits digits;
  if (!is_zero()) {
    Limbs scratch = limbs_;  // ToDigits overwrites it
    const auto bits_of_digit =
        static_cast<std::size_t>(std::bit_width(static_cast<unsigned>(radix)) - 1);
    digits.resize(BitLength() / bits_of_digit + 2);
    AskForScratch(scratch.size());
    digits.resize(limbs::ToDigits(digits.data(), radix, scratch.data(), scratch.size()));
  }
  const auto first = std::ranges::find_if(digits, [](auto digit) { return digit != 0; });
  const auto count = static_cast<std::size_t>(digits.end() - first);
  if (count < least) text->append(least - count, '0');
  std::transform(first, digits.end(), std::back_inserter(*text),
                 [](unsigned char digit) { return "0123456789abcdefghijklmnopqrstuvwxyz"[digit]; });
}

std::string BigValue::ToText(int radix) const {
  FART_DCHECK(radix >= 2 && radix <= 36);
  std::string text(is_negative_ ? "-" : "");
  AppendMagnitude(radix, 1, &text);
  return text;
}

std::strong_ordering BigValue::CompareMagnitudes(const BigValue& a, const BigValue& b) {
  if (a.limbs_.size() != b.limbs_.size()) return a.limbs_.size() <=> b.limbs_.size();
  if (a.is_zero()) return std::strong_ordering::equal;
  return limbs::Compare(a.limbs_.data(), b.limbs_.data(), a.limbs_.size()) <=> 0;
}

std::strong_ordering operator<=>(const BigValue& a, const BigValue& b) {
  if (a.is_negative_ != b.is_negative_) {
    return a.is_negative_ ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  return a.is_negative_ ? BigValue::CompareMagnitudes(b, a) : BigValue::CompareMagnitudes(a, b);
}

// ---- Sums

BigValue BigValue::AddMagnitudes(bool is_negative, const BigValue& a, const BigValue& b) {
  const BigValue& longer = a.limbs_.size() >= b.limbs_.size() ? a : b;
  const BigValue& shorter = &longer == &a ? b : a;
  if (shorter.is_zero()) return BigValue(is_negative, longer.limbs_);
  Limbs sum(longer.limbs_.size() + 1);
  sum.back() = limbs::Add(sum.data(), longer.limbs_.data(), longer.limbs_.size(),
                          shorter.limbs_.data(), shorter.limbs_.size());
  return BigValue(is_negative, std::move(sum));
}

BigValue BigValue::SubtractMagnitudes(bool is_negative, const BigValue& a, const BigValue& b) {
  if (b.is_zero()) return BigValue(is_negative, a.limbs_);
  Limbs difference(a.limbs_.size());
  const Limb borrow = limbs::Subtract(difference.data(), a.limbs_.data(), a.limbs_.size(),
                                      b.limbs_.data(), b.limbs_.size());
  FART_DCHECK(borrow == 0);
  static_cast<void>(borrow);
  return BigValue(is_negative, std::move(difference));
}

BigValue BigValue::SumWithSign(const BigValue& a, const BigValue& b, bool b_is_negative) {
  if (a.is_negative_ == b_is_negative) return AddMagnitudes(a.is_negative_, a, b);
  if (CompareMagnitudes(a, b) >= 0) return SubtractMagnitudes(a.is_negative_, a, b);
  return SubtractMagnitudes(b_is_negative, b, a);
}

BigValue operator+(const BigValue& a, const BigValue& b) {
  return BigValue::SumWithSign(a, b, b.is_negative_);
}
BigValue operator-(const BigValue& a, const BigValue& b) {
  return BigValue::SumWithSign(a, b, !b.is_negative_);
}

BigValue BigValue::Negated() const { return BigValue(!is_negative_, limbs_); }
BigValue BigValue::Complement() const { return BigValue(-1) - *this; }

// ---- Products and quotients

std::optional<BigValue> BigValue::Multiply(const BigValue& a, const BigValue& b) {
  if (a.is_zero() || b.is_zero()) return BigValue();
  const std::size_t size = a.limbs_.size() + b.limbs_.size();
  if (size > kMaxLimbs + 1) return std::nullopt;
  const BigValue& longer = a.limbs_.size() >= b.limbs_.size() ? a : b;
  const BigValue& shorter = &longer == &a ? b : a;
  Limbs product(size);
  AskForScratch(size);
  limbs::Multiply(product.data(), longer.limbs_.data(), longer.limbs_.size(), shorter.limbs_.data(),
                  shorter.limbs_.size());
  BigValue result(a.is_negative_ != b.is_negative_, std::move(product));
  if (result.IsTooLarge()) return std::nullopt;
  return result;
}

void BigValue::Divide(const BigValue& a, const BigValue& b, BigValue* quotient,
                      BigValue* remainder) {
  FART_DCHECK(!b.is_zero());
  if (CompareMagnitudes(a, b) < 0) {
    *quotient = BigValue();
    *remainder = a;
    return;
  }
  Limbs whole(a.limbs_.size() - b.limbs_.size() + 1);
  Limbs rest(b.limbs_.size());
  AskForScratch(a.limbs_.size());
  limbs::Divide(whole.data(), rest.data(), a.limbs_.data(), a.limbs_.size(), b.limbs_.data(),
                b.limbs_.size());
  *quotient = BigValue(a.is_negative_ != b.is_negative_, std::move(whole));
  *remainder = BigValue(a.is_negative_, std::move(rest));
}

BigValue BigValue::Quotient(const BigValue& a, const BigValue& b) {
  BigValue quotient;
  BigValue remainder;
  Divide(a, b, &quotient, &remainder);
  return quotient;
}

BigValue BigValue::Remainder(const BigValue& a, const BigValue& b) {
  BigValue quotient;
  BigValue remainder;
  Divide(a, b, &quotient, &remainder);
  return remainder;
}

BigValue BigValue::Modulo(const BigValue& a, const BigValue& b) {
  const BigValue remainder = Remainder(a, b);
  if (!remainder.is_negative_) return remainder;
  return b.is_negative_ ? remainder - b : remainder + b;
}

// ---- Bits

std::optional<BigValue> BigValue::ShiftedLeft(std::uint64_t bits) const {
  if (is_zero()) return BigValue();
  const std::uint64_t whole = bits / kLimbBits;
  if (whole > kMaxLimbs || limbs_.size() + whole + 1 > kMaxLimbs + 1) return std::nullopt;
  Limbs shifted(limbs_.size() + whole + 1);
  const auto part = static_cast<unsigned>(bits % kLimbBits);
  if (part == 0) {
    std::copy(limbs_.begin(), limbs_.end(), shifted.begin() + static_cast<std::ptrdiff_t>(whole));
  } else {
    shifted.back() = limbs::ShiftLeft(shifted.data() + whole, limbs_.data(), limbs_.size(), part);
  }
  BigValue result(is_negative_, std::move(shifted));
  if (result.IsTooLarge()) return std::nullopt;
  return result;
}

BigValue BigValue::ShiftedRight(std::uint64_t bits) const {
  if (is_negative_) return Complement().ShiftedRight(bits).Complement();
  const std::uint64_t whole = bits / kLimbBits;
  if (whole >= limbs_.size()) return BigValue();
  Limbs shifted(limbs_.begin() + static_cast<std::ptrdiff_t>(whole), limbs_.end());
  const auto part = static_cast<unsigned>(bits % kLimbBits);
  if (part != 0) limbs::ShiftRight(shifted.data(), shifted.data(), shifted.size(), part);
  return BigValue(false, std::move(shifted));
}

BigValue::Limbs BigValue::TwosComplement(std::size_t count) const {
  FART_DCHECK(count > limbs_.size());
  Limbs limbs = limbs_;
  limbs.resize(count);
  if (is_negative_) limbs::Negate(limbs.data(), limbs.size());
  return limbs;
}

BigValue BigValue::FromTwosComplement(Limbs limbs) {
  const bool is_negative = (limbs.back() >> (kLimbBits - 1)) != 0;
  if (is_negative) limbs::Negate(limbs.data(), limbs.size());
  return BigValue(is_negative, std::move(limbs));
}

template <typename Operation>
BigValue BigValue::Bitwise(const BigValue& a, const BigValue& b, Operation&& operation) {
  const std::size_t count = std::max(a.limbs_.size(), b.limbs_.size()) + 1;
  Limbs result = a.TwosComplement(count);
  const Limbs other = b.TwosComplement(count);
  std::transform(result.begin(), result.end(), other.begin(), result.begin(), operation);
  return FromTwosComplement(std::move(result));
}

BigValue operator&(const BigValue& a, const BigValue& b) {
  return BigValue::Bitwise(a, b, std::bit_and<>());
}
BigValue operator|(const BigValue& a, const BigValue& b) {
  return BigValue::Bitwise(a, b, std::bit_or<>());
}
BigValue operator^(const BigValue& a, const BigValue& b) {
  return BigValue::Bitwise(a, b, std::bit_xor<>());
}

}  // namespace fart
