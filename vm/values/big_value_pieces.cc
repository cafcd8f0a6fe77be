// BigValue, where a text has many digits: it is cut into pieces, and between them somebody is asked
// whether it is to stop. A heap alone asks nobody and does without.

#include <algorithm>
#include <bit>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "heap/base/check.h"
#include "vm/values/big_value.h"

namespace fart {

namespace {

// Of a radix whose digits are bits; nothing: it is another one.
std::optional<std::size_t> BitsOfDigit(int radix) {
  const auto value = static_cast<unsigned>(radix);
  if (!std::has_single_bit(value)) return std::nullopt;
  return static_cast<std::size_t>(std::countr_zero(value));
}

}  // namespace

template <typename WantsMore>
BigValue::Powers BigValue::PowersOf(int radix, const IsToStop& is_to_stop, WantsMore&& wants_more) {
  Powers powers;
  // The radix to the power of kPiece, which is one of 2.
  std::optional<BigValue> power = BigValue(std::int64_t{radix});
  for (std::size_t i = 1; i < kPiece; i *= 2) power = Multiply(*power, *power);
  while (power && !is_to_stop()) {
    powers.push_back(std::move(*power));
    if (!wants_more(powers)) break;
    power = Multiply(powers.back(), powers.back());
  }
  return powers;
}

std::optional<BigValue> BigValue::FromPieces(std::span<const unsigned char> digits, int radix,
                                             const Powers& powers, const IsToStop& is_to_stop) {
  if (is_to_stop()) return std::nullopt;
  if (digits.size() <= kPiece) return FromDigits(digits, radix);
  std::size_t level = 0;
  while (kPiece << (level + 1) < digits.size()) ++level;
  const std::size_t low = kPiece << level;
  const std::optional<std::size_t> bits = BitsOfDigit(radix);
  if (!bits && level >= powers.size()) return std::nullopt;
  const auto above = FromPieces(digits.first(digits.size() - low), radix, powers, is_to_stop);
  if (!above) return std::nullopt;
  const auto below = FromPieces(digits.last(low), radix, powers, is_to_stop);
  if (!below || is_to_stop()) return std::nullopt;
  const std::optional<BigValue> product =
      bits ? above->ShiftedLeft(low * *bits) : Multiply(*above, powers[level]);
  if (!product) return std::nullopt;
  return *product + *below;
}

std::optional<BigValue> BigValue::Parse(std::string_view digits, int radix,
                                        const IsToStop& is_to_stop) {
  if (!MayBeRead(&digits, radix)) return std::nullopt;
  Digits values;
  values.reserve(digits.size());
  for (; !digits.empty(); digits.remove_prefix(std::min(kPiece, digits.size()))) {
    if (!ReadDigits(digits.substr(0, kPiece), radix, &values)) return std::nullopt;
    if (values.size() % kPiece == 0 && is_to_stop()) return std::nullopt;
  }
  if (values.size() <= kPiece) return FromDigits(values, radix);
  Powers powers;
  if (!BitsOfDigit(radix)) {
    powers = PowersOf(radix, is_to_stop, [&values](const Powers& all) {
      return kPiece << all.size() < values.size();
    });
  }
  std::optional<BigValue> result = FromPieces(values, radix, powers, is_to_stop);
  if (result && result->IsTooLarge()) return std::nullopt;
  return result;
}

bool BigValue::AppendPieces(int radix, const Powers& powers, std::size_t count,
                            const IsToStop& is_to_stop, std::string* text) const {
  if (is_to_stop()) return false;
  if (count == 0) {
    AppendMagnitude(radix, text->empty() ? 0 : kPiece, text);
    return true;
  }
  BigValue above;
  BigValue below;
  if (const std::optional<std::size_t> bits = BitsOfDigit(radix)) {
    const std::span<const Limb> all(limbs_);
    const std::size_t low = std::min((kPiece << (count - 1)) * *bits / kLimbBits, all.size());
    above = FromLimbs(false, all.subspan(low));
    below = FromLimbs(false, all.first(low));
  } else {
    Divide(*this, powers[count - 1], &above, &below);
  }
  const bool is_first = text->empty() && above.is_zero();
  return (is_first || above.AppendPieces(radix, powers, count - 1, is_to_stop, text)) &&
         below.AppendPieces(radix, powers, count - 1, is_to_stop, text);
}

std::string BigValue::ToText(int radix, const IsToStop& is_to_stop) const {
  FART_DCHECK(radix >= 2 && radix <= 36);
  if (is_zero()) return "0";
  std::string text;
  const BigValue magnitude = FromLimbs(false, limbs_);
  // The fewest bits that a piece of digits may have.
  const auto bits_of_digit =
      static_cast<std::size_t>(std::bit_width(static_cast<unsigned>(radix)) - 1);
  Powers powers;
  std::size_t count = 0;
  if (BitsOfDigit(radix)) {
    while ((kPiece << count) * bits_of_digit < BitLength()) ++count;
  } else if (BitLength() >= kPiece * bits_of_digit) {
    powers = PowersOf(radix, is_to_stop, [&magnitude](const Powers& all) {
      return 2 * all.back().limbs_.size() - 1 <= magnitude.limbs_.size();
    });
    count = powers.size();
  }
  if (!magnitude.AppendPieces(radix, powers, count, is_to_stop, &text)) return "";
  if (is_negative_) text.insert(text.begin(), '-');
  return text;
}

}  // namespace fart
