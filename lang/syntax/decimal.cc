#include "lang/syntax/decimal.h"

#include <charconv>
#include <cstdint>
#include <limits>
#include <system_error>

namespace fart::lang {
namespace {

// More than any text has digits, and ten times as much is still an int.
constexpr std::int64_t kEndlessExponent = std::int64_t{1} << 58;

// Pre-condition: from_chars read it, so that "e" is followed by digits, with a sign or without.
std::int64_t ExponentOf(std::string_view text, std::size_t e) {
  if (e == std::string_view::npos) return 0;
  const bool is_negative = text[e + 1] == '-';
  std::int64_t exponent = 0;
  for (const char digit : text.substr(e + 1)) {
    if (digit < '0') continue;  // The sign.
    exponent = exponent * 10 + (digit - '0');
    if (exponent > kEndlessExponent) exponent = kEndlessExponent;
  }
  return is_negative ? -exponent : exponent;
}

// Of a number that is no zero, and out of the range of doubles: whether it is near 0.
bool IsNearZero(std::string_view text) {
  const std::size_t e = text.find_first_of("eE");
  const std::string_view digits = text.substr(0, e);
  std::size_t point = digits.find('.');
  if (point == std::string_view::npos) point = digits.size();
  const std::size_t first = digits.find_first_of("123456789");
  // How far the first digit that counts lies in front of the point.
  const std::int64_t places = static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first);
  return places + ExponentOf(text, e) < 0;
}

}  // namespace

std::optional<double> DoubleOfDecimal(std::string_view text) {
  const bool begins_like_one =
      !text.empty() && (text[0] == '.' || (text[0] >= '0' && text[0] <= '9'));
  if (!begins_like_one) return std::nullopt;
  double value = 0;
  const char* const end = text.data() + text.size();
  const std::from_chars_result result = std::from_chars(text.data(), end, value);
  if (result.ptr != end) return std::nullopt;
  if (result.ec == std::errc::result_out_of_range) {
    return IsNearZero(text) ? 0.0 : std::numeric_limits<double>::infinity();
  }
  if (result.ec != std::errc()) return std::nullopt;
  return value;
}

}  // namespace fart::lang
