#include "vm/values/typed_data.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

#include "vm/testing/test_isolate.h"

namespace fart {
namespace {

constexpr TypedDataType kAllTypes[] = {
    TypedDataType::kByteData,     TypedDataType::kInt8,    TypedDataType::kUint8,
    TypedDataType::kUint8Clamped, TypedDataType::kInt16,   TypedDataType::kUint16,
    TypedDataType::kInt32,        TypedDataType::kUint32,  TypedDataType::kInt64,
    TypedDataType::kUint64,       TypedDataType::kFloat32, TypedDataType::kFloat64,
    TypedDataType::kFloat32x4};

std::int64_t IntAt(TestIsolate& isolate, Rooted list, std::size_t index) FART_MAY_COLLECT {
  const FreshObject element = TypedDataAt(isolate.mutator(), list, index);
  const NoSafepointScope quiet;
  return IntegerValue(element.Get(quiet), quiet);
}

double DoubleAt(TestIsolate& isolate, Rooted list, std::size_t index) FART_MAY_COLLECT {
  const FreshObject element = TypedDataAt(isolate.mutator(), list, index);
  const NoSafepointScope quiet;
  return DoubleValue(element.Get(quiet), quiet);
}

bool Set(Rooted list, std::size_t index, Rooted value) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  return TypedDataSetAt(list.Get(quiet), index, value.Get(quiet), quiet);
}

bool SetInt(TestIsolate& isolate, Rooted list, std::size_t index,
            std::int64_t value) FART_MAY_COLLECT {
  return Set(list, index, isolate.Keep(NewInteger(isolate.mutator(), value)));
}

TEST(TypedDataTest, EachTypeIsKnownInEachStorage) FART_MAY_COLLECT {
  TestIsolate isolate;
  std::uint64_t memory[8] = {};
  for (const TypedDataType type : kAllTypes) {
    const Rooted inside = isolate.Keep(NewTypedData(isolate.mutator(), type, 3));
    const Rooted outside = isolate.Keep(NewExternalTypedData(isolate.mutator(), type, memory, 2));
    const Rooted view =
        isolate.Keep(NewTypedDataView(isolate.mutator(), type, inside, ElementSizeOf(type), 2));
    const Rooted buffer = isolate.Keep(NewByteBuffer(isolate.mutator(), view));
    const NoSafepointScope quiet;
    EXPECT_TRUE(IsTypedDataInHeap(inside.Get(quiet)));
    EXPECT_TRUE(IsExternalTypedData(outside.Get(quiet)));
    EXPECT_TRUE(IsTypedDataView(view.Get(quiet)));
    for (const Rooted data : {inside, outside, view}) {
      EXPECT_TRUE(IsTypedData(data.Get(quiet)));
      EXPECT_EQ(TypedDataTypeOf(data.Get(quiet)), type);
      EXPECT_EQ(IsTypedList(data.Get(quiet)), type != TypedDataType::kByteData);
      EXPECT_FALSE(IsByteBuffer(data.Get(quiet)));
    }
    EXPECT_EQ(TypedDataLength(inside.Get(quiet), quiet), 3u);
    EXPECT_EQ(TypedDataLength(outside.Get(quiet), quiet), 2u);
    EXPECT_EQ(TypedDataLength(view.Get(quiet), quiet), 2u);
    EXPECT_TRUE(IsByteBuffer(buffer.Get(quiet)));
    EXPECT_FALSE(IsTypedData(buffer.Get(quiet)));
    EXPECT_EQ(TypedDataBacking(buffer.Get(quiet), quiet), inside.Get(quiet));  // VV-D1
  }
}

TEST(TypedDataTest, OtherValuesAreNone) FART_MAY_COLLECT {
  TestIsolate isolate;
  const Rooted list = isolate.NewList(1);
  const NoSafepointScope quiet;
  for (const ObjectPtr value : {kNull, kTrue, ObjectPtr::FromSmi(7), list.Get(quiet)}) {
    EXPECT_FALSE(IsTypedData(value));
    EXPECT_FALSE(IsTypedDataInHeap(value));
    EXPECT_FALSE(IsExternalTypedData(value));
    EXPECT_FALSE(IsTypedDataView(value));
    EXPECT_FALSE(IsByteBuffer(value));
  }
}

TEST(TypedDataTest, BeginsAsZeros) FART_MAY_COLLECT {
  TestIsolate isolate;
  for (const std::size_t length : {std::size_t{0}, std::size_t{1}, std::size_t{100'001}}) {
    const Rooted list =
        isolate.Keep(NewTypedData(isolate.mutator(), TypedDataType::kUint8, length));
    const NoSafepointScope quiet;
    const DataBytes bytes = BytesOf(list.Get(quiet), quiet);
    ASSERT_EQ(bytes.length, length);
    for (std::size_t i = 0; i < length; ++i) ASSERT_EQ(bytes.first[i], 0);
  }
}

TEST(TypedDataTest, IntsAreCutToTheirBits) FART_MAY_COLLECT {
  TestIsolate isolate;
  struct {
    TypedDataType type;
    std::int64_t stored;
    std::int64_t read;
  } const cases[] = {
      {TypedDataType::kInt8, 200, -56},
      {TypedDataType::kUint8, -1, 255},
      {TypedDataType::kUint8Clamped, -1, 0},
      {TypedDataType::kUint8Clamped, 256, 255},
      {TypedDataType::kUint8Clamped, 77, 77},
      {TypedDataType::kInt16, 0x18000, -0x8000},
      {TypedDataType::kUint16, -2, 0xFFFE},
      {TypedDataType::kInt32, 0xFFFFFFFF, -1},
      {TypedDataType::kUint32, -1, 0xFFFFFFFF},
      {TypedDataType::kInt64, std::numeric_limits<std::int64_t>::min(),
       std::numeric_limits<std::int64_t>::min()},
  };
  for (const auto& [type, stored, read] : cases) {
    const Rooted list = isolate.Keep(NewTypedData(isolate.mutator(), type, 3));
    EXPECT_TRUE(SetInt(isolate, list, 1, stored));
    EXPECT_EQ(IntAt(isolate, list, 0), 0);
    EXPECT_EQ(IntAt(isolate, list, 1), read);
    EXPECT_EQ(IntAt(isolate, list, 2), 0);
  }
}

TEST(TypedDataTest, FloatsTakeAnyNumberAndIntsNoDouble) FART_MAY_COLLECT {
  TestIsolate isolate;
  const Rooted third = isolate.Keep(NewDouble(isolate.mutator(), 1.0 / 3));
  const Rooted text = isolate.NewString("1");
  const Rooted floats = isolate.Keep(NewTypedData(isolate.mutator(), TypedDataType::kFloat32, 2));
  const Rooted doubles = isolate.Keep(NewTypedData(isolate.mutator(), TypedDataType::kFloat64, 2));
  const Rooted ints = isolate.Keep(NewTypedData(isolate.mutator(), TypedDataType::kInt32, 2));
  EXPECT_TRUE(Set(floats, 0, third));
  EXPECT_TRUE(Set(doubles, 0, third));
  EXPECT_TRUE(SetInt(isolate, doubles, 1, 5));
  EXPECT_EQ(DoubleAt(isolate, floats, 0), static_cast<double>(1.0f / 3));
  EXPECT_EQ(DoubleAt(isolate, doubles, 0), 1.0 / 3);
  EXPECT_EQ(DoubleAt(isolate, doubles, 1), 5.0);
  EXPECT_FALSE(Set(ints, 0, third));
  for (const Rooted list : {floats, doubles, ints}) EXPECT_FALSE(Set(list, 0, text));
}

TEST(TypedDataTest, AViewOfAViewSeesTheBytesThemselves) FART_MAY_COLLECT {
  TestIsolate isolate;
  Mutator& mutator = isolate.mutator();
  const Rooted bytes = isolate.Keep(NewTypedData(mutator, TypedDataType::kUint8, 16));
  for (int i = 0; i < 16; ++i) EXPECT_TRUE(SetInt(isolate, bytes, static_cast<size_t>(i), i));
  const Rooted outer =
      isolate.Keep(NewTypedDataView(mutator, TypedDataType::kByteData, bytes, 3, 10));
  const Rooted inner = isolate.Keep(NewTypedDataView(mutator, TypedDataType::kUint16, outer, 1, 4));
  isolate.Collect(GcKind::kMajor);
  EXPECT_EQ(IntAt(isolate, inner, 0), 4 + 256 * 5);
  EXPECT_EQ(IntAt(isolate, inner, 3), 10 + 256 * 11);
  EXPECT_TRUE(SetInt(isolate, inner, 0, 0));
  EXPECT_EQ(IntAt(isolate, bytes, 4), 0);
  const NoSafepointScope quiet;
  EXPECT_EQ(TypedDataBacking(inner.Get(quiet), quiet), bytes.Get(quiet));  // VV-D1
  EXPECT_EQ(TypedDataOffsetInBytes(inner.Get(quiet), quiet), 4u);
  EXPECT_EQ(TypedDataOffsetInBytes(bytes.Get(quiet), quiet), 0u);
}

TEST(TypedDataTest, AViewKeepsItsBytesAlive) FART_MAY_COLLECT {
  TestIsolate isolate;
  const Rooted view = [&]() FART_NO_SAFEPOINT_ANALYSIS {
    StackRoots<1> roots(isolate->stack());
    {
      const FreshObject bytes = NewTypedData(isolate.mutator(), TypedDataType::kInt64, 2);
      const NoSafepointScope quiet;
      roots.Set(0, bytes.Get(quiet));
    }
    return isolate.Keep(NewTypedDataView(isolate.mutator(), TypedDataType::kInt64, roots[0], 8, 1));
  }();
  EXPECT_TRUE(SetInt(isolate, view, 0, 1234567890123));
  isolate.Collect(GcKind::kMinor);
  isolate.Collect(GcKind::kMajor);
  EXPECT_EQ(IntAt(isolate, view, 0), 1234567890123);
  EXPECT_EQ(isolate.Verify(), "");
}

TEST(TypedDataTest, ExternalBytesAreTheHosts) FART_MAY_COLLECT {
  TestIsolate isolate;
  std::int16_t memory[] = {1, -2, 3};
  const Rooted list =
      isolate.Keep(NewExternalTypedData(isolate.mutator(), TypedDataType::kInt16, memory, 3));
  isolate.Collect(GcKind::kMajor);
  EXPECT_EQ(IntAt(isolate, list, 1), -2);
  EXPECT_TRUE(SetInt(isolate, list, 2, 99));
  EXPECT_EQ(memory[2], 99);
  const NoSafepointScope quiet;
  EXPECT_EQ(static_cast<void*>(BytesOf(list.Get(quiet), quiet).first), memory);
}

TEST(TypedDataTest, MoreThanTheHeapHoldsIsNull) FART_MAY_COLLECT {
  TestIsolate isolate;
  EXPECT_TRUE(NewTypedData(isolate.mutator(), TypedDataType::kFloat32x4,
                           MaxTypedDataLength(TypedDataType::kFloat32x4))
                  .is_null());
}

struct Death {
  int times = 0;
};
void CountDeath(void*, void* peer) { ++static_cast<Death*>(peer)->times; }

TEST(TypedDataTest, AFinalizerRunsOnceAfterDeath) FART_MAY_COLLECT {
  Death dead;
  Death alive;
  {
    TestIsolate isolate;
    char memory[16];
    const auto make = [&](Death* peer) FART_NO_SAFEPOINT_ANALYSIS {
      return NewFinalizableTypedData(*isolate, TypedDataType::kUint8, memory, 16, peer,
                                     ByteCount(1000), HandleKind::kFinalizable,
                                     reinterpret_cast<OpaqueCallback>(CountDeath));
    };
    EXPECT_FALSE(make(&dead).IsError());
    const Rooted kept = isolate.Keep(make(&alive));
    isolate.Collect(GcKind::kMajor);
    EXPECT_EQ(dead.times, 1);
    EXPECT_EQ(alive.times, 0);
    EXPECT_EQ(isolate->heap().external_new() + isolate->heap().external_old(), ByteCount(1000));
    EXPECT_TRUE(SetInt(isolate, kept, 0, 1));
  }
  EXPECT_EQ(dead.times, 1);
  EXPECT_EQ(alive.times, 1);
}

TEST(TypedDataTest, ExternalDataAndItsViewsCanBeEmptied) FART_MAY_COLLECT {
  Death death;  // Its finalizer runs when the isolate ends.
  char memory[16] = {};
  TestIsolate isolate;
  const auto make = [&]() FART_NO_SAFEPOINT_ANALYSIS {
    return NewFinalizableTypedData(*isolate, TypedDataType::kUint8, memory, 16, &death, ByteCount(),
                                   HandleKind::kFinalizable,
                                   reinterpret_cast<OpaqueCallback>(CountDeath));
  };
  const Rooted data = isolate.Keep(make());
  const Rooted view =
      isolate.Keep(NewTypedDataView(isolate.mutator(), TypedDataType::kInt16, data, 4, 3));
  const Rooted inside = isolate.Keep(NewTypedData(isolate.mutator(), TypedDataType::kUint8, 5));
  const NoSafepointScope quiet;
  EXPECT_EQ(TypedDataLength(view.Get(quiet), quiet), 3u);
  EmptyExternalTypedData(isolate->handles().weaks, quiet);
  EXPECT_EQ(TypedDataLength(data.Get(quiet), quiet), 0u);
  EXPECT_EQ(TypedDataLength(view.Get(quiet), quiet), 0u);
  EXPECT_EQ(TypedDataLength(inside.Get(quiet), quiet), 5u);
}

}  // namespace
}  // namespace fart
