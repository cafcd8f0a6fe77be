// Numbers at their edges: every pair of the values around which carries, signs, limbs and roundings
// change, against GMP's own.

#include <gmp.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <compare>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "vm/testing/test_isolate.h"
#include "vm/values/big_integers.h"
#include "vm/values/big_value.h"
#include "vm/values/gmp_model.h"
#include "vm/values/numbers.h"

namespace fart {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kSmallest = std::numeric_limits<std::int64_t>::min();

BigValue Power(unsigned bits) { return *BigValue(1).ShiftedLeft(bits); }

// Of both signs.
std::vector<BigValue> Edges() {
  std::vector<BigValue> magnitudes = {BigValue()};
  for (const unsigned bits : {0u, 1u, 32u, 53u, 62u, 63u, 64u, 127u, 128u}) {
    for (const int more : {-1, 0, 1}) magnitudes.push_back(Power(bits) + BigValue(more));
  }
  magnitudes.push_back(Power(128) + Power(64));
  std::vector<BigValue> values;
  for (const BigValue& magnitude : magnitudes) {
    values.push_back(magnitude);
    values.push_back(magnitude.Negated());
  }
  return values;
}

using Operation = void (*)(mpz_ptr, mpz_srcptr, mpz_srcptr);

std::string Expected(const BigValue& a, const BigValue& b, Operation operation) {
  GmpModel x(a);
  GmpModel y(b);
  GmpModel z;
  operation(z.get(), x.get(), y.get());
  return z.Text();
}

TEST(NumberEdgesTest, EveryPairComputesAsItShould) {
  const std::vector<BigValue> edges = Edges();
  for (const BigValue& a : edges) {
    for (const BigValue& b : edges) {
      const std::string pair = a.ToText(10) + ", " + b.ToText(10);
      EXPECT_EQ((a + b).ToText(10), Expected(a, b, mpz_add)) << pair;
      EXPECT_EQ((a - b).ToText(10), Expected(a, b, mpz_sub)) << pair;
      EXPECT_EQ(BigValue::Multiply(a, b)->ToText(10), Expected(a, b, mpz_mul)) << pair;
      EXPECT_EQ((a & b).ToText(10), Expected(a, b, mpz_and)) << pair;
      EXPECT_EQ((a | b).ToText(10), Expected(a, b, mpz_ior)) << pair;
      EXPECT_EQ((a ^ b).ToText(10), Expected(a, b, mpz_xor)) << pair;
      GmpModel x(a);
      GmpModel y(b);
      const int order = mpz_cmp(x.get(), y.get());
      EXPECT_EQ(a <=> b, order <=> 0) << pair;
      EXPECT_EQ(a == b, order == 0) << pair;
      if (b.is_zero()) continue;
      EXPECT_EQ(BigValue::Quotient(a, b).ToText(10), Expected(a, b, mpz_tdiv_q)) << pair;
      EXPECT_EQ(BigValue::Remainder(a, b).ToText(10), Expected(a, b, mpz_tdiv_r)) << pair;
      EXPECT_EQ(BigValue::Modulo(a, b).ToText(10), Expected(a, b, mpz_mod)) << pair;
    }
  }
}

TEST(NumberEdgesTest, EachIsShiftedByLessThanALimbAWholeOneAndMore) {
  for (const BigValue& value : Edges()) {
    for (const std::uint64_t bits : {0u, 1u, 31u, 63u, 64u, 65u, 127u, 128u, 129u, 1000u}) {
      GmpModel x(value);
      GmpModel z;
      mpz_mul_2exp(z.get(), x.get(), bits);
      EXPECT_EQ(value.ShiftedLeft(bits)->ToText(10), z.Text()) << value.ToText(10) << " " << bits;
      mpz_fdiv_q_2exp(z.get(), x.get(), bits);
      EXPECT_EQ(value.ShiftedRight(bits).ToText(10), z.Text()) << value.ToText(10) << " " << bits;
    }
    EXPECT_EQ(value.ShiftedRight(~std::uint64_t{0}).ToText(10), value.is_negative() ? "-1" : "0");
    if (!value.is_zero()) {
      EXPECT_FALSE(value.ShiftedLeft(~std::uint64_t{0}).has_value());
    }
  }
}

TEST(NumberEdgesTest, EachFitsWhereItShouldAndHasItsBits) {
  for (const BigValue& value : Edges()) {
    GmpModel x(value);
    EXPECT_EQ(value.ToInt64().has_value(), mpz_fits_slong_p(x.get()) != 0) << x.Text();
    if (value.ToInt64()) {
      EXPECT_EQ(*value.ToInt64(), mpz_get_si(x.get()));
      EXPECT_EQ(BigValue(*value.ToInt64()), value);
    }
    EXPECT_EQ(value.ToUint64().has_value(), mpz_fits_ulong_p(x.get()) != 0) << x.Text();
    if (value.ToUint64()) {
      EXPECT_EQ(*value.ToUint64(), mpz_get_ui(x.get()));
      EXPECT_EQ(BigValue::FromUint64(*value.ToUint64()), value);
    }
    EXPECT_EQ(value.BitLength(), value.is_zero() ? 0u : mpz_sizeinbase(x.get(), 2));
    EXPECT_EQ(value.ToText(10), x.Text());
    for (const int radix : {2, 3, 16, 36}) {
      const std::string text = value.ToText(radix);
      const BigValue again = *BigValue::Parse(value.is_negative() ? text.substr(1) : text, radix);
      EXPECT_EQ(value.is_negative() ? again.Negated() : again, value) << radix;
    }
  }
}

TEST(NumberEdgesTest, TheLargestIsAsLargeAsItMayBe) {
  constexpr std::uint64_t kBits = std::uint64_t{BigValue::kMaxLimbs} * BigValue::kLimbBits;
  EXPECT_EQ(BigValue(1).ShiftedLeft(kBits - 1)->BitLength(), kBits);
  EXPECT_FALSE(BigValue(1).ShiftedLeft(kBits).has_value());
  EXPECT_FALSE(BigValue(2).ShiftedLeft(kBits - 1).has_value());
  EXPECT_FALSE(BigValue(3).ShiftedLeft(kBits - 1).has_value());
  const BigValue half = Power(kBits / 2);
  EXPECT_FALSE(BigValue::Multiply(half, half).has_value());
  EXPECT_EQ(BigValue::Multiply(half, Power(kBits / 2 - 1))->BitLength(), kBits);
}

TEST(NumberEdgesTest, TextHasDigitsOfItsRadixAndNothingElse) {
  EXPECT_FALSE(BigValue::Parse("", 10).has_value());
  EXPECT_FALSE(BigValue::Parse("-1", 10).has_value());
  EXPECT_FALSE(BigValue::Parse("2", 2).has_value());
  EXPECT_FALSE(BigValue::Parse("a", 10).has_value());
  EXPECT_FALSE(BigValue::Parse("1:", 36).has_value());
  for (const char digit : {'/', ':', '@', '[', '`', '{', ' '}) {
    EXPECT_FALSE(BigValue::Parse(std::string(1, digit), 36).has_value()) << digit;
  }
  EXPECT_TRUE(BigValue::Parse("000", 10)->is_zero());
  EXPECT_EQ(BigValue::Parse("zZ", 36)->ToText(10), "1295");
  EXPECT_EQ(BigValue::Parse("09aAfF", 16)->ToText(16), "9aaff");
  EXPECT_EQ(BigValue::Parse("000000000000000000018446744073709551616", 10), Power(64));
}

// ---- Doubles

// Those between which it lies in the middle, and what is next to that.
TEST(NumberEdgesTest, BecomesTheNearestDoubleAndTheEvenOneOfTwo) {
  for (const unsigned bits : {53u, 54u, 62u, 63u, 64u, 65u, 117u, 118u, 128u, 500u, 1023u}) {
    const BigValue unit = Power(bits - 52);  // of the last place
    const BigValue half = Power(bits - 53);
    for (int places = 0; places < 4; ++places) {
      for (const int more : {-1, 0, 1}) {
        const BigValue value =
            Power(bits) + *BigValue::Multiply(unit, BigValue(places)) + half + BigValue(more);
        const double expected = std::strtod(value.ToText(10).c_str(), nullptr);
        EXPECT_EQ(value.ToDouble(), expected) << bits << " " << places << " " << more;
        EXPECT_EQ(value.Negated().ToDouble(), -expected);
      }
    }
  }
  const BigValue beyond = Power(1024) - Power(970);
  EXPECT_EQ(beyond.ToDouble(), kInfinity);
  EXPECT_EQ(beyond.Negated().ToDouble(), -kInfinity);
  EXPECT_EQ((beyond - BigValue(1)).ToDouble(), std::numeric_limits<double>::max());
  EXPECT_EQ(Power(5000).ToDouble(), kInfinity);
  for (const BigValue& value : Edges()) {
    EXPECT_EQ(value.ToDouble(), std::strtod(value.ToText(10).c_str(), nullptr));
  }
}

TEST(NumberEdgesTest, ADoubleIsCutOffTowardsZero) {
  for (const double magnitude :
       {0.0, 0.5, 0.999, 1.0, 1.5, 2.5, 4503599627370495.5, 4503599627370496.0, 9007199254740991.0,
        9007199254740992.0, 9223372036854774784.0, 9223372036854775808.0, 18446744073709551616.0,
        1e300, std::numeric_limits<double>::max(), std::numeric_limits<double>::min()}) {
    for (const double value : {magnitude, -magnitude}) {
      GmpModel z;
      mpz_set_d(z.get(), value);
      EXPECT_EQ(BigValue::FromDouble(value).ToText(10), z.Text()) << value;
    }
  }
}

// As objects, of whatever shape.
class NumberObjectsTest : public ::testing::Test {
 protected:
  Rooted Keep(const BigValue& value) FART_NO_SAFEPOINT_ANALYSIS {
    return isolate_.Keep(NewInteger(isolate_.mutator(), value));
  }
  Rooted Keep(double value) FART_NO_SAFEPOINT_ANALYSIS {
    return isolate_.Keep(NewDouble(isolate_.mutator(), value));
  }
  std::partial_ordering Compare(Rooted a, Rooted b) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    return CompareNumbers(a.Get(quiet), b.Get(quiet), quiet);
  }

  TestIsolate isolate_;
};

TEST_F(NumberObjectsTest, AnIntAndADoubleAreComparedExactly) {
  const double doubles[] = {0.0,
                            -0.0,
                            0.5,
                            1.0,
                            9007199254740991.0,
                            9007199254740992.0,
                            9007199254740994.0,
                            9223372036854774784.0,
                            9223372036854775808.0,
                            18446744073709551616.0,
                            1.5,
                            1e300,
                            kInfinity};
  for (const BigValue& edge : Edges()) {
    GmpModel x(edge);
    const Rooted integer = Keep(edge);
    for (const double magnitude : doubles) {
      for (const double real : {magnitude, -magnitude}) {
        const std::strong_ordering expected = mpz_cmp_d(x.get(), real) <=> 0;
        EXPECT_EQ(Compare(integer, Keep(real)), expected) << x.Text() << " " << real;
        EXPECT_EQ(Compare(Keep(real), integer), 0 <=> expected) << real << " " << x.Text();
      }
    }
    EXPECT_EQ(Compare(integer, Keep(std::nan(""))), std::partial_ordering::unordered);
    EXPECT_EQ(Compare(Keep(std::nan("")), integer), std::partial_ordering::unordered);
  }
}

TEST_F(NumberObjectsTest, EveryPairOfIntsIsCompared) {
  const std::vector<BigValue> edges = Edges();
  for (const BigValue& a : edges) {
    for (const BigValue& b : edges) {
      EXPECT_EQ(Compare(Keep(a), Keep(b)), std::partial_ordering(a <=> b))
          << a.ToText(10) << " " << b.ToText(10);
    }
  }
}

TEST_F(NumberObjectsTest, AnIntComesBackAndIsOfTheShapeForItsSize) FART_NO_SAFEPOINT_ANALYSIS {
  for (const BigValue& edge : Edges()) {
    const Rooted integer = Keep(edge);
    const NoSafepointScope quiet;
    const ObjectPtr object = integer.Get(quiet);
    EXPECT_EQ(ReadInteger(object, quiet), edge);
    EXPECT_EQ(IntegerToInt64(object, quiet), edge.ToInt64());
    EXPECT_EQ(IntegerToUint64(object, quiet), edge.ToUint64());
    EXPECT_EQ(IntegerToDouble(object, quiet), edge.ToDouble());
    EXPECT_EQ(IntegerToText(object, 10, quiet), edge.ToText(10));
    EXPECT_EQ(IntegerToText(object, 16, quiet), edge.ToText(16));
    EXPECT_EQ(IsBigInteger(object), !edge.ToInt64().has_value());
    EXPECT_EQ(object.IsSmi(), edge.ToInt64() && ObjectPtr::IsSmiValue(*edge.ToInt64()));
    GmpModel x(edge);
    GmpModel low;
    mpz_fdiv_r_2exp(low.get(), x.get(), 64);
    EXPECT_EQ(LowBitsOfInteger(object, quiet), mpz_get_ui(low.get())) << x.Text();
  }
}

TEST_F(NumberObjectsTest, AUint64IsItsValue) FART_NO_SAFEPOINT_ANALYSIS {
  for (const std::uint64_t value :
       {std::uint64_t{0}, static_cast<std::uint64_t>(ObjectPtr::kSmiMax),
        static_cast<std::uint64_t>(ObjectPtr::kSmiMax) + 1, static_cast<std::uint64_t>(kLargest),
        static_cast<std::uint64_t>(kLargest) + 1, ~std::uint64_t{0}}) {
    const Rooted integer = isolate_.Keep(NewIntegerFromUint64(isolate_.mutator(), value));
    const NoSafepointScope quiet;
    EXPECT_EQ(IntegerToText(integer.Get(quiet), 10, quiet), std::to_string(value));
  }
}

TEST_F(NumberObjectsTest, IntsThatDifferInAPartHashDifferently) FART_NO_SAFEPOINT_ANALYSIS {
  const BigValue base = Power(130) + Power(65) + BigValue(1);
  const BigValue others[] = {base + BigValue(1), base + Power(64), base + Power(128),
                             base.Negated()};
  const Rooted integer = Keep(base);
  const Rooted same = Keep(base);
  for (const BigValue& value : others) {
    const Rooted other = Keep(value);
    const NoSafepointScope quiet;
    EXPECT_NE(HashBitsOfBigInteger(integer.Get(quiet), quiet),
              HashBitsOfBigInteger(other.Get(quiet), quiet));
  }
  const NoSafepointScope quiet;
  EXPECT_EQ(HashBitsOfBigInteger(integer.Get(quiet), quiet),
            HashBitsOfBigInteger(same.Get(quiet), quiet));
}

// ---- Text of doubles

TEST(NumberEdgesTest, TextOfADoubleChangesItsFormWhereTheLanguageSays) {
  const std::pair<double, const char*> cases[] = {
      {0.0, "0.0"},
      {-0.0, "-0.0"},
      {1e-6, "0.000001"},
      {9.999999e-7, "9.999999e-7"},
      {1e-7, "1e-7"},
      {-1.25e-9, "-1.25e-9"},
      {0.1, "0.1"},
      {0.012, "0.012"},
      {1.0, "1.0"},
      {9.0, "9.0"},
      {10.0, "10.0"},
      {12.5, "12.5"},
      {123456.789, "123456.789"},
      {999999999999999900000.0, "999999999999999900000.0"},
      {1e21, "1e+21"},
      {1.5e21, "1.5e+21"},
      {-1e100, "-1e+100"},
      {5e-324, "5e-324"},
      {1.7976931348623157e308, "1.7976931348623157e+308"},
      {kInfinity, "Infinity"},
      {-kInfinity, "-Infinity"},
      {static_cast<double>(kSmallest), "-9223372036854776000.0"},
  };
  for (const auto& [value, text] : cases) EXPECT_EQ(DoubleToText(value), text);
  EXPECT_EQ(DoubleToText(std::nan("")), "NaN");
}

}  // namespace
}  // namespace fart
