#include "vm/values/objects.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <vector>

#include "vm/testing/test_isolate.h"

namespace fart {
namespace {

constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();

// ---- Numbers

TEST(NumbersTest, AnIntIsASmiWhereItFitsAndAMintElsewhere) FART_MAY_COLLECT {
  TestIsolate isolate;
  for (const std::int64_t value :
       {std::int64_t{0}, std::int64_t{-1}, ObjectPtr::kSmiMax, ObjectPtr::kSmiMin,
        ObjectPtr::kSmiMax + 1, ObjectPtr::kSmiMin - 1, kLargest, -kLargest - 1}) {
    const Rooted integer = isolate.Keep(NewInteger(isolate.mutator(), value));
    const NoSafepointScope quiet;
    EXPECT_EQ(integer.IsSmi(), ObjectPtr::IsSmiValue(value));
    EXPECT_TRUE(IsInteger(integer.Get(quiet)));
    EXPECT_EQ(IntegerValue(integer.Get(quiet), quiet), value);
  }
}

TEST(NumbersTest, TextOfADoubleIsWhatTheLanguagePrints) {
  EXPECT_EQ(DoubleToText(1), "1.0");
  EXPECT_EQ(DoubleToText(-0.0), "-0.0");
  EXPECT_EQ(DoubleToText(0.1), "0.1");
  EXPECT_EQ(DoubleToText(123.456), "123.456");
  EXPECT_EQ(DoubleToText(100), "100.0");
  EXPECT_EQ(DoubleToText(0.001), "0.001");
  EXPECT_EQ(DoubleToText(1e-6), "0.000001");
  EXPECT_EQ(DoubleToText(1.5e-7), "1.5e-7");
  EXPECT_EQ(DoubleToText(1e20), "100000000000000000000.0");
  EXPECT_EQ(DoubleToText(1e21), "1e+21");
  EXPECT_EQ(DoubleToText(-1.25e300), "-1.25e+300");
  EXPECT_EQ(DoubleToText(std::numeric_limits<double>::infinity()), "Infinity");
  EXPECT_EQ(DoubleToText(-std::numeric_limits<double>::infinity()), "-Infinity");
  EXPECT_EQ(DoubleToText(std::numeric_limits<double>::quiet_NaN()), "NaN");
}

RC_GTEST_PROP(NumbersTest, TextOfADoubleReadsBackAsIt, (std::uint64_t bits)) {
  double value;
  std::memcpy(&value, &bits, sizeof(value));
  if (value != value || value - value != 0) return;  // NaN and the infinities have no digits
  RC_ASSERT(std::strtod(DoubleToText(value).c_str(), nullptr) == value);
}

// ---- Identity

TEST(ObjectsTest, NumbersAreIdenticalByValueAndOthersByPlace) FART_MAY_COLLECT {
  TestIsolate isolate;
  const Rooted mint = isolate.Keep(NewInteger(isolate.mutator(), kLargest));
  const Rooted same_mint = isolate.Keep(NewInteger(isolate.mutator(), kLargest));
  const Rooted zero = isolate.Keep(NewDouble(isolate.mutator(), 0.0));
  const Rooted minus_zero = isolate.Keep(NewDouble(isolate.mutator(), -0.0));
  const Rooted nan = isolate.Keep(NewDouble(isolate.mutator(), NAN));
  const Rooted same_nan = isolate.Keep(NewDouble(isolate.mutator(), NAN));
  const Rooted list = isolate.NewList(1);
  const Rooted other_list = isolate.NewList(1);
  const NoSafepointScope quiet;
  EXPECT_TRUE(AreIdentical(mint.Get(quiet), same_mint.Get(quiet), quiet));
  EXPECT_FALSE(AreIdentical(zero.Get(quiet), minus_zero.Get(quiet), quiet));
  EXPECT_TRUE(AreIdentical(nan.Get(quiet), same_nan.Get(quiet), quiet));
  EXPECT_FALSE(AreIdentical(list.Get(quiet), other_list.Get(quiet), quiet));
  EXPECT_TRUE(AreIdentical(list.Get(quiet), list.Get(quiet), quiet));
  Mutator& mutator = isolate.mutator();
  EXPECT_EQ(IdentityHashOf(mutator, mint.Get(quiet), quiet),
            IdentityHashOf(mutator, same_mint.Get(quiet), quiet));
  EXPECT_EQ(IdentityHashOf(mutator, nan.Get(quiet), quiet),
            IdentityHashOf(mutator, same_nan.Get(quiet), quiet));
}

TEST(ObjectsTest, IdentityHashStaysThroughMoves) {
  TestIsolate isolate;
  const Rooted list = isolate.NewList(3);
  const auto hash = [&]() FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    return IdentityHashOf(isolate.mutator(), list.Get(quiet), quiet);
  };
  const std::uint32_t before = hash();
  isolate.Collect(GcKind::kMinor);
  isolate.Collect(GcKind::kMajor);
  EXPECT_EQ(hash(), before);
}

TEST(ObjectsTest, ErrorsLibrariesAndNullAreNoInstances) FART_MAY_COLLECT {
  TestIsolate isolate;
  const Rooted error = isolate.Keep(NewApiError(*isolate, "wrong"));
  const Rooted library = isolate.Keep(isolate->libraries().Add(*isolate, 0, "a.dart"));
  const Rooted string = isolate.NewString("text");
  const NoSafepointScope quiet;
  EXPECT_FALSE(IsInstance(isolate->shapes(), error.Get(quiet)));
  EXPECT_FALSE(IsInstance(isolate->shapes(), library.Get(quiet)));
  EXPECT_FALSE(IsInstance(isolate->shapes(), kNull));
  EXPECT_FALSE(IsInstance(isolate->shapes(), kUninitialised));
  EXPECT_TRUE(IsInstance(isolate->shapes(), string.Get(quiet)));
  EXPECT_TRUE(IsInstance(isolate->shapes(), kTrue));
  EXPECT_TRUE(IsInstance(isolate->shapes(), ObjectPtr::FromSmi(1)));
}

TEST(ShapesTest, EveryValueHasAShapeIdOfItsOwnKind) {
  TestIsolate isolate;
  EXPECT_EQ(ShapeIdOf(ObjectPtr::FromSmi(-3)), core_shape::kSmi);
  EXPECT_EQ(ShapeIdOf(kNull), core_shape::kNullValue);
  EXPECT_EQ(ShapeIdOf(kFalse), core_shape::kBool);
  EXPECT_EQ(ShapeIdOf(kUninitialised), core_shape::kMarker);
  EXPECT_EQ(isolate->shapes()[core_shape::kUtf16String].kind, ShapeKind::kString);
  EXPECT_EQ(isolate->shapes()[core_shape::kType].kind, ShapeKind::kType);
}

TEST(ShapesTest, ARegisteredShapeKeepsACopyOfItsName) {
  TestIsolate isolate;
  std::string name = "Pair";
  ShapeId id{};
  int owner = 0;
  ASSERT_TRUE(isolate->shapes().Register({.name = name.c_str(), .references = 2},
                                         {.kind = ShapeKind::kInstance, .owner = &owner}, &id));
  name = "xxxx";
  EXPECT_STREQ(isolate->heap().shapes()[id].name(), "Pair");
  EXPECT_EQ(isolate->shapes()[id].owner, &owner);
  EXPECT_FALSE(isolate->shapes().Register({.name = "huge", .raw_bytes = 1u << 20},
                                          {.kind = ShapeKind::kInstance}, &id));
}

// ---- Lists

TEST(ListsTest, AGrowableListHoldsWhatWasAddedThroughManyCollections) FART_MAY_COLLECT {
  TestIsolate isolate({.flags = {.heap = {.stress_interval = 1, .protect_retired = true}}});
  const Rooted list = isolate.Keep(NewEmptyGrowableList(isolate.mutator()));
  for (int i = 0; i < 100; ++i) {
    LocalScope scope(isolate->handles().locals);
    const Rooted text = isolate.NewString(std::to_string(i));
    ASSERT_TRUE(GrowableListAdd(isolate.mutator(), list, text));
  }
  const NoSafepointScope quiet;
  ASSERT_EQ(ListLength(list.Get(quiet), quiet), 100u);
  for (std::size_t i = 0; i < 100; ++i) {
    EXPECT_EQ(ToUtf8(ListAt(list.Get(quiet), i, quiet), quiet), std::to_string(i));
  }
}

TEST(ListsTest, ShorteningForgetsTheElementsCutOff) FART_MAY_COLLECT {
  TestIsolate isolate;
  const Rooted list = isolate.Keep(NewGrowableList(isolate.mutator(), isolate->stack(), 3));
  {
    const NoSafepointScope quiet;
    ListSetAt(isolate.mutator(), list.Get(quiet), 2, kTrue, quiet);
  }
  ASSERT_TRUE(GrowableListSetLength(isolate.mutator(), list, 1));
  ASSERT_TRUE(GrowableListSetLength(isolate.mutator(), list, 3));
  const NoSafepointScope quiet;
  EXPECT_EQ(ListAt(list.Get(quiet), 2, quiet), kNull);
}

TEST(ListsTest, AnImmutableArrayCopiesAnyList) FART_MAY_COLLECT {
  TestIsolate isolate;
  StackRoots<2> elements(isolate->stack());
  elements.Set(0, ObjectPtr::FromSmi(7));
  elements.Set(1, kTrue);
  const Rooted list =
      isolate.Keep(NewGrowableList(isolate.mutator(), isolate->stack(), elements.all()));
  const Rooted copy = isolate.Keep(NewImmutableArray(isolate.mutator(), list));
  const Rooted empty = isolate.Keep(NewEmptyGrowableList(isolate.mutator()));
  const Rooted empty_copy = isolate.Keep(NewImmutableArray(isolate.mutator(), empty));
  const NoSafepointScope quiet;
  ASSERT_EQ(ListLength(copy.Get(quiet), quiet), 2u);
  EXPECT_TRUE(IsImmutableArray(copy.Get(quiet)));
  EXPECT_EQ(ListAt(copy.Get(quiet), 0, quiet), ObjectPtr::FromSmi(7));
  EXPECT_EQ(ListLength(empty_copy.Get(quiet), quiet), 0u);
}

TEST(ListsTest, AListTooLargeForTheHeapLimitIsRefused) FART_MAY_COLLECT {
  TestIsolate isolate({.flags = {.heap = {.heap_limit = MiB(8)}}});
  EXPECT_TRUE(NewArray(isolate.mutator(), MiB(8).value()).is_null());
  const Rooted list = isolate.Keep(NewEmptyGrowableList(isolate.mutator()));
  EXPECT_FALSE(GrowableListSetLength(isolate.mutator(), list, MiB(8).value()));
  EXPECT_FALSE(GrowableListSetLength(isolate.mutator(), list, kMaxListLength + 1));
  const NoSafepointScope quiet;
  EXPECT_EQ(ListLength(list.Get(quiet), quiet), 0u);
}

}  // namespace
}  // namespace fart
