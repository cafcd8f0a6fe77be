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
            "Fart_IntegerToInt64 expects argument 'integer' to be of type Integer.");
  EXPECT_EQ(ErrorOf(Fart_IntegerToInt64(Fart_Null(), &integer)),
            "Fart_IntegerToInt64 expects argument 'integer' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_IntegerFitsIntoInt64(Str("1"), &fits)),
            "Fart_IntegerFitsIntoInt64 expects argument 'integer' to be of type Integer.");
  EXPECT_EQ(ErrorOf(Fart_DoubleValue(Fart_NewInteger(1), &real)),
            "Fart_DoubleValue expects argument 'double_obj' to be of type Double.");
  EXPECT_EQ(ErrorOf(Fart_DoubleValue(Fart_NewDouble(1), nullptr)),
            "Fart_DoubleValue expects argument 'value' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_IntegerToInt64(nullptr, &integer)),
            "Fart_IntegerToInt64 expects argument 'integer' to be a live handle, but it is NULL.");
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
