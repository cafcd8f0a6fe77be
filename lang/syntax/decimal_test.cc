#include "lang/syntax/decimal.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace fart::lang {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(DecimalTest, TheNearestDouble) {
  EXPECT_EQ(DoubleOfDecimal("0.1"), 0.1);
  EXPECT_EQ(DoubleOfDecimal(".5"), 0.5);
  EXPECT_EQ(DoubleOfDecimal("12"), 12);
  EXPECT_EQ(DoubleOfDecimal("5e-324"), 5e-324);
  EXPECT_EQ(DoubleOfDecimal("1E3"), 1000);
  EXPECT_EQ(DoubleOfDecimal("0e99999999999999999999"), 0);
}

TEST(DecimalTest, NothingElse) {
  for (const char* const text : {"", ".", "-1", "+1", "x", "1x", "1e", " 1", "1 ", "inf", "nan"}) {
    EXPECT_EQ(DoubleOfDecimal(text), std::nullopt) << text;
  }
}

// On which side of the doubles a number lies is not what the exponent's sign says alone.
TEST(DecimalTest, BeyondTheDoublesItIsZeroOrInfinity) {
  const std::string zeros(1000, '0');
  EXPECT_EQ(DoubleOfDecimal("1e-400"), 0);
  EXPECT_EQ(DoubleOfDecimal("1e400"), kInfinity);
  EXPECT_EQ(DoubleOfDecimal("1E+400"), kInfinity);
  EXPECT_EQ(DoubleOfDecimal("0." + zeros + "1"), 0);
  EXPECT_EQ(DoubleOfDecimal("." + zeros + "1"), 0);
  EXPECT_EQ(DoubleOfDecimal("1" + zeros), kInfinity);
  EXPECT_EQ(DoubleOfDecimal("1" + zeros + ".0"), kInfinity);
  EXPECT_EQ(DoubleOfDecimal(zeros + "1" + zeros), kInfinity);
  EXPECT_EQ(DoubleOfDecimal("1" + zeros + "e-5"), kInfinity);
  EXPECT_EQ(DoubleOfDecimal("0." + zeros + "1e5"), 0);
  EXPECT_EQ(DoubleOfDecimal("0." + zeros + "1e1400"), kInfinity);
  EXPECT_EQ(DoubleOfDecimal("1" + zeros + "e-1400"), 0);
  EXPECT_EQ(DoubleOfDecimal("1" + zeros + "e-1000"), 1);
  EXPECT_EQ(DoubleOfDecimal("0." + zeros + "1e1001"), 1);
  for (const char* const exponent : {"400", "99999999999999999999", "18446744073709551617"}) {
    EXPECT_EQ(DoubleOfDecimal("1e" + std::string(exponent)), kInfinity);
    EXPECT_EQ(DoubleOfDecimal("1e-" + std::string(exponent)), 0);
  }
}

}  // namespace
}  // namespace fart::lang
