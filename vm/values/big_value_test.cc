#include "vm/values/big_value.h"

#include <gmp.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "vm/values/gmp_model.h"

namespace fart {
namespace {

// Limbs where carries and borrows are frequent.
rc::Gen<BigValue> Values(std::size_t most_limbs) {
  const auto limb =
      rc::gen::oneOf(rc::gen::arbitrary<std::uint64_t>(), rc::gen::just<std::uint64_t>(0),
                     rc::gen::just(~std::uint64_t{0}), rc::gen::just(std::uint64_t{1} << 63),
                     rc::gen::just<std::uint64_t>(1));
  const auto limbs =
      rc::gen::mapcat(rc::gen::inRange<std::size_t>(0, most_limbs + 1), [limb](std::size_t count) {
        return rc::gen::container<std::vector<std::uint64_t>>(count, limb);
      });
  return rc::gen::map(rc::gen::pair(rc::gen::arbitrary<bool>(), limbs), [](const auto& parts) {
    return BigValue::FromLimbs(parts.first, parts.second);
  });
}

bool IsTight(const BigValue& value) {
  if (value.is_zero()) return !value.is_negative();
  return value.limbs().back() != 0;
}

template <typename Operation>
void ExpectModel(const BigValue& result, const BigValue& a, const BigValue& b,
                 Operation&& operation) {
  GmpModel x(a);
  GmpModel y(b);
  GmpModel z;
  operation(z.get(), x.get(), y.get());
  RC_ASSERT(result.ToText(10) == z.Text(10));
  RC_ASSERT(IsTight(result));
}

RC_GTEST_PROP(BigValueTest, ComputesLikeTheModel, ()) {
  const BigValue a = *Values(6);
  const BigValue b = *Values(6);
  ExpectModel(a + b, a, b, mpz_add);
  ExpectModel(a - b, a, b, mpz_sub);
  ExpectModel(*BigValue::Multiply(a, b), a, b, mpz_mul);
  ExpectModel(a & b, a, b, mpz_and);
  ExpectModel(a | b, a, b, mpz_ior);
  ExpectModel(a ^ b, a, b, mpz_xor);
  ExpectModel(a.Negated(), a, b, [](auto* z, auto* x, auto*) { mpz_neg(z, x); });
  ExpectModel(a.Complement(), a, b, [](auto* z, auto* x, auto*) { mpz_com(z, x); });
  RC_PRE(!b.is_zero());
  ExpectModel(BigValue::Quotient(a, b), a, b, mpz_tdiv_q);
  ExpectModel(BigValue::Remainder(a, b), a, b, mpz_tdiv_r);
  ExpectModel(BigValue::Modulo(a, b), a, b, mpz_mod);
}

// Where a digit of the quotient that is guessed from the first limbs is too large, by one or two.
TEST(BigValueTest, DividesWhereAGuessIsTooLarge) {
  constexpr std::uint64_t kEdges[] = {0,
                                      1,
                                      3,
                                      std::uint64_t{1} << 61,
                                      (std::uint64_t{1} << 63) - 1,
                                      std::uint64_t{1} << 63,
                                      ~std::uint64_t{0} - 1,
                                      ~std::uint64_t{0}};
  std::vector<BigValue> values;
  for (const std::uint64_t low : kEdges) {
    for (const std::uint64_t middle : kEdges) {
      for (const std::uint64_t high : kEdges) {
        values.push_back(BigValue::FromLimbs(false, std::vector{low, middle, high}));
      }
    }
  }
  for (const BigValue& a : values) {
    for (const BigValue& b : values) {
      if (b.is_zero()) continue;
      const BigValue rest = BigValue::Remainder(a, b);
      ASSERT_TRUE(rest < b && !rest.is_negative());
      ASSERT_TRUE(*BigValue::Multiply(BigValue::Quotient(a, b), b) + rest == a)
          << a.ToText(16) << " / " << b.ToText(16);
    }
  }
}

RC_GTEST_PROP(BigValueTest, ShiftsLikeTheModel, ()) {
  const BigValue a = *Values(4);
  const auto count = *rc::gen::inRange<std::uint64_t>(0, 400);
  ExpectModel(*a.ShiftedLeft(count), a, a,
              [count](auto* z, auto* x, auto*) { mpz_mul_2exp(z, x, count); });
  ExpectModel(a.ShiftedRight(count), a, a,
              [count](auto* z, auto* x, auto*) { mpz_fdiv_q_2exp(z, x, count); });
}

RC_GTEST_PROP(BigValueTest, ComparesAndFitsLikeTheModel, ()) {
  const BigValue a = *Values(2);
  const BigValue b = *Values(2);
  GmpModel x(a);
  GmpModel y(b);
  const int order = mpz_cmp(x.get(), y.get());
  RC_ASSERT((a < b) == (order < 0));
  RC_ASSERT((a == b) == (order == 0));
  RC_ASSERT(a.ToInt64().has_value() == (mpz_fits_slong_p(x.get()) != 0));
  if (a.ToInt64()) RC_ASSERT(*a.ToInt64() == mpz_get_si(x.get()));
  RC_ASSERT(a.ToUint64().has_value() == (mpz_fits_ulong_p(x.get()) != 0));
  if (a.ToUint64()) RC_ASSERT(*a.ToUint64() == mpz_get_ui(x.get()));
  RC_ASSERT(a.BitLength() == (a.is_zero() ? 0 : mpz_sizeinbase(x.get(), 2)));
}

bool Never() { return false; }

RC_GTEST_PROP(BigValueTest, TextComesBackInEveryRadix, ()) {
  const BigValue a = *Values(5);
  const auto radix = *rc::gen::inRange(2, 37);
  const std::string text = a.ToText(radix);
  RC_ASSERT(text == GmpModel(a).Text(radix));
  RC_ASSERT(text == a.ToText(radix, Never));
  const bool is_negative = text[0] == '-';
  const std::string digits =
      *rc::gen::element<std::string>("", "0", "000") + text.substr(is_negative);
  const auto back = BigValue::Parse(digits, radix);
  RC_ASSERT(back.has_value());
  RC_ASSERT((is_negative ? back->Negated() : *back) == a);
  RC_ASSERT(back == BigValue::Parse(digits, radix, Never));
  RC_ASSERT(!BigValue::Parse(digits + "~", radix).has_value());
  RC_ASSERT(!BigValue::Parse(digits + "~", radix, Never).has_value());
  if (radix == 36) return;
  const char none = "0123456789abcdefghijklmnopqrstuvwxyz"[radix];  // the first that is no digit
  RC_ASSERT(!BigValue::Parse(digits + none, radix).has_value());
  RC_ASSERT(!BigValue::Parse(digits + none, radix, Never).has_value());
}

// Texts are cut into pieces of 32768 digits.
TEST(BigValueTest, LongTextsComeBackInEveryRadix) {
  for (const int radix : {8, 10}) {
    for (const std::size_t count : {32768U, 32769U, 98305U}) {
      for (const char digit : {'0', '7'}) {
        const std::string digits = "1" + std::string(count - 1, digit);
        const auto value = BigValue::Parse("00" + digits, radix, Never);
        ASSERT_TRUE(value.has_value());
        EXPECT_TRUE(value == BigValue::Parse("00" + digits, radix)) << radix << ": " << count;
        EXPECT_TRUE(value->Negated().ToText(radix) == "-" + digits) << radix << ": " << count;
        EXPECT_TRUE(value->Negated().ToText(radix, Never) == "-" + digits)
            << radix << ": " << count;
        EXPECT_TRUE(GmpModel(*value).Text(radix) == digits) << radix << ": " << count;
      }
    }
    EXPECT_FALSE(BigValue::Parse(std::string(70000, '1') + "~", radix, Never).has_value());
  }
}

// Whoever reads or writes many digits asks often enough, and ends when it is to.
TEST(BigValueTest, LongTextsAskWhetherTheyAreToStop) {
  constexpr int kPieces = 4;
  const std::string digits(std::size_t{kPieces} << 15, '7');
  for (const int radix : {8, 10}) {
    int asked = 0;
    const auto value = BigValue::Parse(digits, radix, [&asked] { return ++asked < 0; });
    ASSERT_TRUE(value.has_value());
    EXPECT_GE(asked, 3 * kPieces - 1) << "for each piece, read and made, and for each two";
    int most = 0;
    const auto ends = [&most] { return --most < 0; };
    for (const int limit : {0, asked - 1}) {
      most = limit;
      EXPECT_FALSE(BigValue::Parse(digits, radix, ends).has_value()) << limit;
      EXPECT_EQ(most, -1) << "it goes on";
    }
    int asked_for_text = 0;
    EXPECT_TRUE(value->ToText(radix, [&asked_for_text] { return ++asked_for_text < 0; }) == digits);
    EXPECT_GE(asked_for_text, 2 * kPieces - 1);
    for (const int limit : {0, asked_for_text - 1}) {
      most = limit;
      EXPECT_TRUE(value->ToText(radix, ends).empty()) << limit;
    }
  }
}

// A double is the nearest if no neighbour is nearer, and even in the middle.
RC_GTEST_PROP(BigValueTest, BecomesTheNearestDouble, ()) {
  const BigValue a = *Values(4);
  const double nearest = a.ToDouble();
  if (std::fabs(nearest) < 0x1p53) {
    RC_ASSERT(BigValue::FromDouble(nearest) == a);
    return;
  }
  const auto distance = [&a](double value) {
    const BigValue difference = a - BigValue::FromDouble(value);
    return difference.is_negative() ? difference.Negated() : difference;
  };
  const double up = std::nextafter(nearest, HUGE_VAL);
  const double down = std::nextafter(nearest, -HUGE_VAL);
  for (const double other : {up, down}) {
    RC_ASSERT(distance(nearest) <= distance(other));
    if (distance(nearest) == distance(other)) {
      int exponent = 0;
      const double mantissa = std::frexp(nearest, &exponent);
      RC_ASSERT(std::fmod(std::ldexp(mantissa, 53), 2.0) == 0);
    }
  }
}

RC_GTEST_PROP(BigValueTest, DoublesAreCutOffTowardsZero, ()) {
  const double fraction = *rc::gen::arbitrary<double>();
  const double value = std::ldexp(fraction, *rc::gen::inRange(-70, 300));
  RC_PRE(std::isfinite(value));
  RC_ASSERT(BigValue::FromDouble(value).ToDouble() == std::trunc(value));
}

TEST(BigValueTest, DoublesAtTheEdges) {
  EXPECT_EQ((*BigValue(1).ShiftedLeft(1023)).ToDouble(), 0x1p1023);
  EXPECT_EQ((*BigValue(1).ShiftedLeft(1024)).ToDouble(), HUGE_VAL);
  EXPECT_EQ((*BigValue(-1).ShiftedLeft(5000)).ToDouble(), -HUGE_VAL);
  EXPECT_EQ(BigValue::FromDouble(0x1.fffffffffffffp1023).BitLength(), 1024u);
  EXPECT_TRUE(BigValue::FromDouble(-0.75).is_zero());
  EXPECT_TRUE(BigValue::FromDouble(5e-324).is_zero());
  // Half way between two doubles, and a little above.
  const BigValue middle = *BigValue((std::int64_t{1} << 53) + 1).ShiftedLeft(100);
  EXPECT_EQ(middle.ToDouble(), 0x1p153);
  EXPECT_EQ((middle + BigValue(1)).ToDouble(), 0x1.0000000000001p153);
}

TEST(BigValueTest, WhatIsTooLargeIsRefusedBeforeItIsComputed) {
  constexpr std::uint64_t kMaxBits = BigValue::kMaxLimbs * BigValue::kLimbBits;
  const auto largest = BigValue(1).ShiftedLeft(kMaxBits - 1);
  ASSERT_TRUE(largest.has_value());
  EXPECT_FALSE(largest->IsTooLarge());
  EXPECT_FALSE(BigValue(1).ShiftedLeft(kMaxBits).has_value());
  EXPECT_FALSE(BigValue(1).ShiftedLeft(~std::uint64_t{0}).has_value());
  EXPECT_FALSE(BigValue::Multiply(*largest, BigValue(2)).has_value());
  EXPECT_TRUE(BigValue::Multiply(*largest, BigValue(1)).has_value());
  EXPECT_TRUE((*largest + *largest).IsTooLarge());
  EXPECT_FALSE(BigValue::Parse(std::string(kMaxBits + 2, '1'), 2).has_value());
  // Of the highest digit one bit may be all that counts.
  static_assert(kMaxBits % 3 == 1);
  const std::string eights = '1' + std::string(kMaxBits / 3, '0');
  const auto of_eights = BigValue::Parse(eights, 8);
  ASSERT_TRUE(of_eights.has_value());
  EXPECT_EQ(*of_eights, *largest);
  EXPECT_FALSE(BigValue::Parse(eights + '0', 8).has_value());
  EXPECT_TRUE(BigValue().ShiftedLeft(~std::uint64_t{0})->is_zero());
  EXPECT_EQ(BigValue(-1).ShiftedRight(~std::uint64_t{0}), BigValue(-1));
}

TEST(BigValueTest, TheEdgesOfWhatFits) {
  constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(BigValue(kMin).ToInt64(), kMin);
  EXPECT_FALSE((BigValue(kMin) - BigValue(1)).ToInt64().has_value());
  EXPECT_EQ(BigValue(kMax).ToInt64(), kMax);
  EXPECT_FALSE((BigValue(kMax) + BigValue(1)).ToInt64().has_value());
  EXPECT_EQ(BigValue::FromUint64(~std::uint64_t{0}).ToUint64(), ~std::uint64_t{0});
  EXPECT_FALSE((BigValue::FromUint64(~std::uint64_t{0}) + BigValue(1)).ToUint64().has_value());
  EXPECT_FALSE(BigValue(-1).ToUint64().has_value());
  EXPECT_EQ(BigValue().ToText(16), "0");
}

}  // namespace
}  // namespace fart
