#include "vm/values/numbers.h"

#include <charconv>
#include <cmath>
#include <cstddef>
#include <string_view>

namespace fart {

FreshObject NewMint(Mutator& mutator, std::int64_t value) {
  FART_DCHECK(!ObjectPtr::IsSmiValue(value));  // VV-N1
  const FreshObject object =
      mutator.AllocateFixed(core_shape::kMint, mutator.heap().shapes()[core_shape::kMint]);
  if (!object.is_null()) {
    const NoSafepointScope quiet;
    *(object.Get(quiet).address() + kNumberOffset).As<std::int64_t>() = value;
  }
  return object;
}

namespace {

// 0.d1d2d3... times ten to the power of `point`.
struct Decimal {
  std::string digits;
  int point;
};

Decimal ShortestDecimal(double magnitude) {
  char buffer[32];
  const std::to_chars_result end =
      std::to_chars(buffer, buffer + sizeof(buffer), magnitude, std::chars_format::scientific);
  FART_CHECK(end.ec == std::errc());
  const std::string_view text(buffer, static_cast<std::size_t>(end.ptr - buffer));
  const std::size_t e = text.find('e');
  Decimal decimal{std::string(text.substr(0, 1)), 0};
  if (e > 2) decimal.digits += text.substr(2, e - 2);
  const std::size_t exponent = e + (text[e + 1] == '+' ? 2 : 1);  // from_chars takes no plus
  std::from_chars(buffer + exponent, end.ptr, decimal.point);
  ++decimal.point;
  return decimal;
}

std::string WithPoint(Decimal decimal) {
  std::string& digits = decimal.digits;
  if (decimal.point <= 0) {
    return "0." + std::string(static_cast<std::size_t>(-decimal.point), '0') + digits;
  }
  const auto point = static_cast<std::size_t>(decimal.point);
  if (point >= digits.size()) return digits + std::string(point - digits.size(), '0') + ".0";
  return digits.insert(point, 1, '.');
}

std::string WithExponent(Decimal decimal) {
  if (decimal.digits.size() > 1) decimal.digits.insert(1, 1, '.');
  const int exponent = decimal.point - 1;
  return decimal.digits + (exponent < 0 ? "e" : "e+") + std::to_string(exponent);
}

}  // namespace

std::string DoubleToText(double value) {
  if (std::isnan(value)) return "NaN";
  const std::string sign = std::signbit(value) ? "-" : "";
  const double magnitude = std::fabs(value);
  if (std::isinf(magnitude)) return sign + "Infinity";
  if (magnitude == 0) return sign + "0.0";
  const Decimal decimal = ShortestDecimal(magnitude);
  const bool is_plain = magnitude >= 1e-6 && magnitude < 1e21;
  return sign + (is_plain ? WithPoint(decimal) : WithExponent(decimal));
}

}  // namespace fart
