#include <cmath>
#include <cstring>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using NumbersTest = ApiTest;

TEST_F(NumbersTest, IntsOfAllSizesComeBack) {
  constexpr std::int64_t kSmiMax = (std::int64_t{1} << 62) - 1;
  for (const std::int64_t value : {std::int64_t{0}, std::int64_t{-1}, kSmiMax, kSmiMax + 1,
                                   -kSmiMax - 1, -kSmiMax - 2, INT64_MAX, INT64_MIN}) {
    const Fart_Handle integer = Fart_NewInteger(value);
    EXPECT_TRUE(Fart_IsInteger(integer));
    EXPECT_TRUE(Fart_IsNumber(integer));
    EXPECT_FALSE(Fart_IsDouble(integer));
    bool fits = false;
    ExpectSuccess(Fart_IntegerFitsIntoInt64(integer, &fits));
    EXPECT_TRUE(fits);
    Collect(Fart_Collection_kMinor);
    EXPECT_EQ(IntOf(integer), value);
  }
}

TEST_F(NumbersTest, DoublesKeepTheirBits) {
  for (const double value :
       {0.0, -0.0, 0.1, 1e308, 5e-324, HUGE_VAL, -HUGE_VAL, static_cast<double>(NAN)}) {
    const Fart_Handle number = Fart_NewDouble(value);
    EXPECT_TRUE(Fart_IsDouble(number));
    EXPECT_TRUE(Fart_IsNumber(number));
    Collect(Fart_Collection_kMinor);
    double back = 1;
    ExpectSuccess(Fart_DoubleValue(number, &back));
    std::uint64_t want = 0;
    std::uint64_t have = 0;
    std::memcpy(&want, &value, sizeof(want));
    std::memcpy(&have, &back, sizeof(have));
    EXPECT_EQ(have, want);
  }
}

TEST_F(NumbersTest, WrongKindsAreNamed) {
  std::int64_t integer = 0;
  double real = 0;
  bool fits = false;
  EXPECT_EQ(ErrorOf(Fart_IntegerToInt64(Fart_NewDouble(1), &integer)),
            "Fart_IntegerToInt64 expects argument 'integer' to be of type Integer. It is of type "
            "double.");
  EXPECT_EQ(ErrorOf(Fart_IntegerToInt64(Fart_Null(), &integer)),
            "Fart_IntegerToInt64 expects argument 'integer' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_IntegerFitsIntoInt64(Str("1"), &fits)),
            "Fart_IntegerFitsIntoInt64 expects argument 'integer' to be of type Integer. It is of "
            "type String.");
  EXPECT_EQ(
      ErrorOf(Fart_DoubleValue(Fart_NewInteger(1), &real)),
      "Fart_DoubleValue expects argument 'double_obj' to be of type Double. It is of type int.");
  EXPECT_EQ(ErrorOf(Fart_DoubleValue(Fart_NewDouble(1), nullptr)),
            "Fart_DoubleValue expects argument 'value' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_IntegerToInt64(nullptr, &integer)),
            "Fart_IntegerToInt64 expects argument 'integer' to be a live handle, but it is NULL.");
}

Fart_Handle FromHex(const char* text) { return Fart_NewIntegerFromHexCString(text); }
std::string HexOf(Fart_Handle integer) {
  const char* text = "";
  ExpectSuccess(Fart_IntegerToHexCString(integer, &text));
  return text;
}
bool FitsInt64(Fart_Handle integer) {
  bool fits = false;
  ExpectSuccess(Fart_IntegerFitsIntoInt64(integer, &fits));
  return fits;
}
bool FitsUint64(Fart_Handle integer) {
  bool fits = false;
  ExpectSuccess(Fart_IntegerFitsIntoUint64(integer, &fits));
  return fits;
}

TEST_F(NumbersTest, HexTextOfAnySizeComesBack) {
  for (const char* const text :
       {"0x0", "0x1", "-0x1", "0xFF", "0x3FFFFFFFFFFFFFFF", "0x4000000000000000",
        "0x7FFFFFFFFFFFFFFF", "-0x8000000000000000", "0x8000000000000000", "-0x8000000000000001",
        "0xFFFFFFFFFFFFFFFF", "0x10000000000000000", "-0x123456789ABCDEF0123456789ABCDEF01"}) {
    const Fart_Handle integer = FromHex(text);
    EXPECT_TRUE(Fart_IsInteger(integer) && Fart_IsNumber(integer) && !Fart_IsDouble(integer));
    Collect();
    EXPECT_EQ(HexOf(integer), text);
    EXPECT_TRUE(Fart_IdentityEquals(integer, FromHex(text)));
    EXPECT_EQ(Fart_IdentityHash(integer), Fart_IdentityHash(FromHex(text)));
    bool equal = false;
    ExpectSuccess(Fart_ObjectEquals(integer, FromHex(text), &equal));
    EXPECT_TRUE(equal);
  }
  EXPECT_EQ(HexOf(FromHex("0x00abCd")), "0xABCD");
  EXPECT_EQ(HexOf(FromHex("-0X10")), "-0x10");
  EXPECT_EQ(HexOf(FromHex("-0x0")), "0x0");
  EXPECT_EQ(TextOf(Fart_ToString(FromHex("18446744073709551616"))), "18446744073709551616");
  EXPECT_EQ(TextOf(Fart_ToString(FromHex("-0x10000000000000000"))), "-18446744073709551616");
  EXPECT_EQ(HexOf(FromHex("-255")), "-0xFF");
}

TEST_F(NumbersTest, MalformedTextIsRefused) {
  for (const char* const text :
       {"", "-", "0x", "-0x", "0xG", "0x 1", " 1", "1 ", "+1", "--1", "0x-1", "12a", "0x1.0"}) {
    EXPECT_THAT(ErrorOf(FromHex(text)),
                ::testing::HasSubstr(
                    "Fart_NewIntegerFromHexCString expects argument 'value' to be an integer"))
        << text;
  }
  EXPECT_EQ(ErrorOf(FromHex(nullptr)),
            "Fart_NewIntegerFromHexCString expects argument 'value' to be non-null.");
  const std::string too_large = "0x" + std::string(67108864 / 4 + 1, 'F');
  EXPECT_THAT(ErrorOf(FromHex(too_large.c_str())), ::testing::HasSubstr("67108864 bits"));
}

TEST_F(NumbersTest, UnsignedIntsComeBack) {
  for (const std::uint64_t value :
       {std::uint64_t{0}, (std::uint64_t{1} << 62) - 1, std::uint64_t{1} << 62,
        std::uint64_t{INT64_MAX}, std::uint64_t{1} << 63, UINT64_MAX}) {
    const Fart_Handle integer = Fart_NewIntegerFromUint64(value);
    EXPECT_TRUE(FitsUint64(integer));
    EXPECT_EQ(FitsInt64(integer), value <= std::uint64_t{INT64_MAX});
    Collect(Fart_Collection_kMinor);
    std::uint64_t back = 1;
    ExpectSuccess(Fart_IntegerToUint64(integer, &back));
    EXPECT_EQ(back, value);
  }
  EXPECT_TRUE(Fart_IdentityEquals(Fart_NewIntegerFromUint64(7), Fart_NewInteger(7)));
  EXPECT_TRUE(
      Fart_IdentityEquals(Fart_NewIntegerFromUint64(INT64_MAX), Fart_NewInteger(INT64_MAX)));
}

TEST_F(NumbersTest, NegativeIntsAreNoUnsignedOnes_Defect4) {
  for (const Fart_Handle integer :
       {Fart_NewInteger(-1), Fart_NewInteger(INT64_MIN), FromHex("-0x8000000000000001"),
        FromHex("0x10000000000000000")}) {
    std::uint64_t value = 42;
    EXPECT_FALSE(FitsUint64(integer));
    EXPECT_EQ(ErrorOf(Fart_IntegerToUint64(integer, &value)),
              "Fart_IntegerToUint64: Integer " + TextOf(Fart_ToString(integer)) +
                  " cannot be represented as a uint64_t.");
    EXPECT_EQ(value, 42u);
  }
}

TEST_F(NumbersTest, AnErrorShowsAThousandDigitsAndNoMore) {
  const auto error_of = [](const std::string& digits) {
    std::int64_t value = 0;
    return ErrorOf(Fart_IntegerToInt64(FromHex(digits.c_str()), &value));
  };
  const std::string all = "1" + std::string(999, '0');
  EXPECT_THAT(error_of(all), ::testing::HasSubstr("Integer " + all + " cannot be"));
  EXPECT_THAT(error_of(all + "0"),
              ::testing::HasSubstr("Integer " + all + "... (1001 digits) cannot be"));
}

TEST_F(NumbersTest, WhatNeedsMoreBitsIsNotCutOff) {
  std::int64_t value = 42;
  EXPECT_EQ(ErrorOf(Fart_IntegerToInt64(FromHex("0x8000000000000000"), &value)),
            "Fart_IntegerToInt64: Integer 9223372036854775808 cannot be represented as an "
            "int64_t.");
  EXPECT_EQ(value, 42);
  EXPECT_FALSE(FitsInt64(FromHex("-0x8000000000000001")));
  const std::string long_text = "0x1" + std::string(5000, '0');
  EXPECT_LT(ErrorOf(Fart_IntegerToInt64(FromHex(long_text.c_str()), &value)).size(), 1200u);
}

TEST_F(NumbersTest, EqualNumbersAreEqualWhateverTheirKind) {
  bool equal = false;
  ExpectSuccess(Fart_ObjectEquals(FromHex("0x10000000000000000"), Fart_NewDouble(0x1p64), &equal));
  EXPECT_TRUE(equal);
  ExpectSuccess(Fart_ObjectEquals(FromHex("0x10000000000000001"), Fart_NewDouble(0x1p64), &equal));
  EXPECT_FALSE(equal);
  EXPECT_FALSE(Fart_IdentityEquals(FromHex("0x10000000000000000"), Fart_NewDouble(0x1p64)));
}

TEST_F(NumbersTest, WrongKindsOfTheOtherFunctionsAreNamed) {
  std::uint64_t integer = 0;
  bool fits = false;
  const char* text = nullptr;
  const Fart_Handle one = Fart_NewInteger(1);
  EXPECT_EQ(ErrorOf(Fart_IntegerToUint64(Fart_NewDouble(1), &integer)),
            "Fart_IntegerToUint64 expects argument 'integer' to be of type Integer. It is of type "
            "double.");
  EXPECT_EQ(ErrorOf(Fart_IntegerFitsIntoUint64(Fart_Null(), &fits)),
            "Fart_IntegerFitsIntoUint64 expects argument 'integer' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_IntegerToHexCString(Str("1"), &text)),
            "Fart_IntegerToHexCString expects argument 'integer' to be of type Integer. It is of "
            "type String.");
  EXPECT_EQ(ErrorOf(Fart_IntegerToUint64(one, nullptr)),
            "Fart_IntegerToUint64 expects argument 'value' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_IntegerFitsIntoUint64(one, nullptr)),
            "Fart_IntegerFitsIntoUint64 expects argument 'fits' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_IntegerToHexCString(one, nullptr)),
            "Fart_IntegerToHexCString expects argument 'value' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_IntegerToHexCString(nullptr, &text)),
            "Fart_IntegerToHexCString expects argument 'integer' to be a live handle, but it is "
            "NULL.");
  Fart_ExitScope();
  EXPECT_THAT(ErrorOf(FromHex("1")), ::testing::HasSubstr("scope"));
  EXPECT_THAT(ErrorOf(Fart_NewIntegerFromUint64(1)), ::testing::HasSubstr("scope"));
  Fart_EnterScope();
}

TEST_F(NumbersTest, SmallIntsTakeNothingFromTheHeap) {
  const std::uint64_t before = HeapStatistics().objects_allocated;
  Fart_NewInteger(42);
  EXPECT_EQ(HeapStatistics().objects_allocated, before);
  Fart_NewInteger(INT64_MAX);
  EXPECT_EQ(HeapStatistics().objects_allocated, before + 1);
}

}  // namespace
}  // namespace fart::api
