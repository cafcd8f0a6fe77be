#include "vm/values/big_integers.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "vm/testing/test_isolate.h"

namespace fart {
namespace {

Rooted Make(TestIsolate& isolate, const BigValue& value) FART_NO_SAFEPOINT_ANALYSIS {
  return isolate.Keep(NewInteger(isolate.mutator(), value));
}
Rooted MakeDouble(TestIsolate& isolate, double value) FART_NO_SAFEPOINT_ANALYSIS {
  return isolate.Keep(NewDouble(isolate.mutator(), value));
}
BigValue Read(Rooted integer) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  return ReadInteger(integer.Get(quiet), quiet);
}
bool IsBig(Rooted integer) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  return IsBigInteger(integer.Get(quiet));
}
std::partial_ordering Compare(Rooted a, Rooted b) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  return CompareNumbers(a.Get(quiet), b.Get(quiet), quiet);
}
std::uint32_t HashOf(TestIsolate& isolate, Rooted object) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  return IdentityHashOf(isolate.mutator(), object.Get(quiet), quiet);
}

rc::Gen<BigValue> Values() {
  const auto limb =
      rc::gen::oneOf(rc::gen::arbitrary<std::uint64_t>(), rc::gen::just<std::uint64_t>(0),
                     rc::gen::just(std::uint64_t{1} << 63));
  const auto limbs =
      rc::gen::mapcat(rc::gen::inRange<std::size_t>(0, 4), [limb](std::size_t count) {
        return rc::gen::container<std::vector<std::uint64_t>>(count, limb);
      });
  return rc::gen::map(rc::gen::pair(rc::gen::arbitrary<bool>(), limbs), [](const auto& parts) {
    return BigValue::FromLimbs(parts.first, parts.second);
  });
}

RC_GTEST_PROP(BigIntegersTest, AnyValueComesBackInItsSmallestShape, ()) FART_MAY_COLLECT {
  TestIsolate isolate;
  const BigValue value = *Values();
  const Rooted integer = Make(isolate, value);
  RC_ASSERT(Read(integer) == value);
  RC_ASSERT(IsBig(integer) == !value.ToInt64().has_value());  // VV-N2
  isolate.Collect(GcKind::kMinor);
  isolate.Collect(GcKind::kMajor);
  RC_ASSERT(Read(integer) == value);
  RC_ASSERT(isolate.Verify().empty());
  const Rooted again = Make(isolate, value);
  const NoSafepointScope quiet;
  RC_ASSERT(AreIdentical(integer.Get(quiet), again.Get(quiet), quiet));
  RC_ASSERT(IdentityHashOf(isolate.mutator(), integer.Get(quiet), quiet) ==
            IdentityHashOf(isolate.mutator(), again.Get(quiet), quiet));
  RC_ASSERT(IntegerToInt64(integer.Get(quiet), quiet) == value.ToInt64());
  RC_ASSERT(IntegerToUint64(integer.Get(quiet), quiet) == value.ToUint64());
  RC_ASSERT(IntegerToText(integer.Get(quiet), 10, quiet) == value.ToText(10));
  const BigValue low = value & BigValue::FromUint64(~std::uint64_t{0});
  RC_ASSERT(LowBitsOfInteger(integer.Get(quiet), quiet) == *low.ToUint64());
}

RC_GTEST_PROP(BigIntegersTest, AreComparedByValue, ()) FART_MAY_COLLECT {
  TestIsolate isolate;
  const BigValue a = *Values();
  const BigValue b = *rc::gen::oneOf(Values(), rc::gen::just(a), rc::gen::just(a + BigValue(1)));
  const Rooted first = Make(isolate, a);
  const Rooted second = Make(isolate, b);
  RC_ASSERT(Compare(first, second) == (a <=> b));
  // With a double at or beside the int: exactly, not after rounding.
  const double near = b.ToDouble();
  for (const double value :
       {near, std::nextafter(near, HUGE_VAL), std::nextafter(near, -HUGE_VAL), near + 0.5}) {
    std::partial_ordering expected = a <=> BigValue::FromDouble(value);
    if (expected == 0) expected = std::trunc(value) <=> value;
    const Rooted real = MakeDouble(isolate, value);
    RC_ASSERT(Compare(first, real) == expected);
    RC_ASSERT(Compare(real, first) == 0 <=> expected);
  }
}

TEST(BigIntegersTest, ADoubleIsNotTheIntItWouldRoundTo) {
  TestIsolate isolate;
  const Rooted odd = Make(isolate, BigValue((std::int64_t{1} << 53) + 1));
  EXPECT_TRUE(Compare(odd, MakeDouble(isolate, 0x1p53)) > 0);
  const Rooted max = Make(isolate, BigValue(INT64_MAX));
  EXPECT_TRUE(Compare(max, MakeDouble(isolate, 0x1p63)) < 0);
  const Rooted two_to_the_64 = Make(isolate, *BigValue(1).ShiftedLeft(64));
  EXPECT_TRUE(Compare(two_to_the_64, MakeDouble(isolate, 0x1p64)) == 0);
  EXPECT_TRUE(Compare(two_to_the_64, MakeDouble(isolate, HUGE_VAL)) < 0);
  EXPECT_TRUE(Compare(two_to_the_64, MakeDouble(isolate, -HUGE_VAL)) > 0);
  EXPECT_TRUE(Compare(two_to_the_64, MakeDouble(isolate, NAN)) == std::partial_ordering::unordered);
  EXPECT_TRUE(Compare(Make(isolate, BigValue(1)), MakeDouble(isolate, NAN)) ==
              std::partial_ordering::unordered);
}

TEST(BigIntegersTest, OneThatIsTooLargeIsNotMade) FART_MAY_COLLECT {
  TestIsolate isolate;
  const BigValue largest = *BigValue(1).ShiftedLeft(BigValue::kMaxLimbs * BigValue::kLimbBits - 1);
  EXPECT_TRUE(NewInteger(isolate.mutator(), largest + largest).is_null());
  EXPECT_EQ(Read(Make(isolate, largest)), largest);
}

TEST(BigIntegersTest, HashesDiffer) {
  TestIsolate isolate;
  const BigValue big = *BigValue(1).ShiftedLeft(100);
  EXPECT_NE(HashOf(isolate, Make(isolate, big)), HashOf(isolate, Make(isolate, big.Negated())));
  EXPECT_NE(HashOf(isolate, Make(isolate, big)), HashOf(isolate, Make(isolate, big + BigValue(1))));
}

}  // namespace
}  // namespace fart
