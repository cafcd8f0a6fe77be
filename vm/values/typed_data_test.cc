#include "vm/values/typed_data.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

#include "vm/testing/test_isolate.h"
#include "vm/values/big_integers.h"
#include "vm/values/big_value.h"

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
    EXPECT_EQ(BytesOf(buffer.Get(quiet), quiet).length, 3 * ElementSizeOf(type));
    EXPECT_EQ(BytesOf(buffer.Get(quiet), quiet).first, BytesOf(inside.Get(quiet), quiet).first);
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

TEST(TypedDataTest, AViewEndsWhereWhatItSeesEnds) FART_MAY_COLLECT {
  TestIsolate isolate;
  Mutator& mutator = isolate.mutator();
  const Rooted bytes = isolate.Keep(NewTypedData(mutator, TypedDataType::kUint8, 16));
  const Rooted outer = isolate.Keep(NewTypedDataView(mutator, TypedDataType::kUint8, bytes, 4, 8));
  const auto make = [&](Rooted seen, TypedDataType type, std::size_t offset,
                        std::size_t length) FART_NO_SAFEPOINT_ANALYSIS {
    return isolate.Keep(NewTypedDataView(mutator, type, seen, offset, length));
  };
  const struct {
    Rooted seen;
    TypedDataType type;
    std::size_t offset;
    std::size_t length;
    std::size_t offset_in_bytes;
  } right[] = {
      {bytes, TypedDataType::kUint8, 0, 16, 0}, {bytes, TypedDataType::kUint8, 16, 0, 16},
      {bytes, TypedDataType::kInt64, 8, 1, 8},  {outer, TypedDataType::kUint8, 0, 8, 4},
      {outer, TypedDataType::kUint8, 8, 0, 12}, {outer, TypedDataType::kInt32, 4, 1, 8},
  };
  for (const auto& [seen, type, offset, length, offset_in_bytes] : right) {
    const Rooted view = make(seen, type, offset, length);
    const NoSafepointScope quiet;
    EXPECT_EQ(TypedDataLength(view.Get(quiet), quiet), length);
    EXPECT_EQ(TypedDataOffsetInBytes(view.Get(quiet), quiet), offset_in_bytes);
    EXPECT_EQ(BytesOf(view.Get(quiet), quiet).first,
              BytesOf(bytes.Get(quiet), quiet).first + offset_in_bytes);
  }
  // Whoever asks for more than there is has not looked: what is behind is somebody else's.
  EXPECT_DEATH(make(bytes, TypedDataType::kUint8, 0, 17), "");
  EXPECT_DEATH(make(bytes, TypedDataType::kUint8, 17, 0), "");
  EXPECT_DEATH(make(bytes, TypedDataType::kInt64, 9, 1), "");
  EXPECT_DEATH(make(outer, TypedDataType::kUint8, 0, 9), "");
  EXPECT_DEATH(make(outer, TypedDataType::kInt32, 5, 1), "");
}

// ff fe ... : no two bytes are the same, and all are negative.
TEST(TypedDataTest, ElementsAreReadAndWrittenInEitherOrder) FART_MAY_COLLECT {
  TestIsolate isolate;
  Mutator& mutator = isolate.mutator();
  const Rooted bytes = isolate.Keep(NewTypedData(mutator, TypedDataType::kByteData, 18));
  {
    const NoSafepointScope quiet;
    for (std::size_t i = 0; i < 18; ++i) {
      BytesOf(bytes.Get(quiet), quiet).first[i] = static_cast<std::uint8_t>(0xFF - i);
    }
  }
  const struct {
    TypedDataType type;
    std::int64_t of_machine;
    std::int64_t reversed;
  } cases[] = {
      {TypedDataType::kInt8, -2, -2},
      {TypedDataType::kUint8, 0xFE, 0xFE},
      {TypedDataType::kUint8Clamped, 0xFE, 0xFE},
      {TypedDataType::kByteData, 0xFE, 0xFE},
      {TypedDataType::kInt16, -0x0202, -0x0103},
      {TypedDataType::kUint16, 0xFDFE, 0xFEFD},
      {TypedDataType::kInt32, static_cast<std::int32_t>(0xFBFCFDFE),
       static_cast<std::int32_t>(0xFEFDFCFB)},
      {TypedDataType::kUint32, 0xFBFCFDFE, 0xFEFDFCFB},
      {TypedDataType::kInt64, static_cast<std::int64_t>(0xF7F8F9FAFBFCFDFE),
       static_cast<std::int64_t>(0xFEFDFCFBFAF9F8F7)},
  };
  const auto read = [&](TypedDataType type, ByteOrder order) FART_NO_SAFEPOINT_ANALYSIS {
    const FreshObject element = ReadElement(mutator, bytes, type, 1, order);
    const NoSafepointScope quiet;
    return IntegerValue(element.Get(quiet), quiet);
  };
  for (const auto& [type, of_machine, reversed] : cases) {
    EXPECT_EQ(read(type, ByteOrder::kOfMachine), of_machine) << static_cast<int>(type);
    EXPECT_EQ(read(type, ByteOrder::kReversed), reversed) << static_cast<int>(type);
  }
  {
    const FreshObject large =
        ReadElement(mutator, bytes, TypedDataType::kUint64, 1, ByteOrder::kReversed);
    const NoSafepointScope quiet;
    EXPECT_EQ(IntegerToUint64(large.Get(quiet), quiet), 0xFEFDFCFBFAF9F8F7u);
  }
  for (const auto& [type, of_machine, reversed] : cases) {
    for (const ByteOrder order : {ByteOrder::kOfMachine, ByteOrder::kReversed}) {
      const std::int64_t value = order == ByteOrder::kOfMachine ? of_machine : reversed;
      const Rooted number = isolate.Keep(NewInteger(mutator, value));
      const Rooted target = isolate.Keep(NewTypedData(mutator, TypedDataType::kUint8, 18));
      const NoSafepointScope quiet;
      EXPECT_TRUE(WriteElement(target.Get(quiet), type, 1, number.Get(quiet), quiet, order));
      const std::uint8_t* const written = BytesOf(target.Get(quiet), quiet).first;
      for (std::size_t i = 0; i < 18; ++i) {
        const bool is_inside = i >= 1 && i < 1 + ElementSizeOf(type);
        EXPECT_EQ(written[i], is_inside ? 0xFF - i : 0) << static_cast<int>(type) << " " << i;
      }
    }
  }
  for (const ByteOrder order : {ByteOrder::kOfMachine, ByteOrder::kReversed}) {
    for (const TypedDataType type : {TypedDataType::kFloat32, TypedDataType::kFloat64}) {
      const Rooted number = isolate.Keep(NewDouble(mutator, -1.5));
      {
        const NoSafepointScope quiet;
        EXPECT_TRUE(WriteElement(bytes.Get(quiet), type, 3, number.Get(quiet), quiet, order));
        const std::uint8_t first = BytesOf(bytes.Get(quiet), quiet).first[3];
        EXPECT_EQ(first != 0, order == ByteOrder::kReversed);
      }
      const FreshObject element = ReadElement(mutator, bytes, type, 3, order);
      const NoSafepointScope quiet;
      EXPECT_EQ(DoubleValue(element.Get(quiet), quiet), -1.5);
    }
  }
}

TEST(TypedDataTest, LargeIntegersAreCutOrClampedToo) FART_MAY_COLLECT {
  TestIsolate isolate;
  Mutator& mutator = isolate.mutator();
  const Rooted huge = isolate.Keep(NewInteger(mutator, *BigValue(1).ShiftedLeft(70)));
  const Rooted least = isolate.Keep(NewInteger(mutator, BigValue(1).ShiftedLeft(70)->Negated()));
  const Rooted mixed = isolate.Keep(
      NewInteger(mutator, *BigValue(1).ShiftedLeft(70) + BigValue(0x1234'5678'9ABC'DEF0)));
  const Rooted clamped = isolate.Keep(NewTypedData(mutator, TypedDataType::kUint8Clamped, 2));
  EXPECT_TRUE(Set(clamped, 0, huge));
  EXPECT_EQ(IntAt(isolate, clamped, 0), 255);
  EXPECT_TRUE(Set(clamped, 0, least));
  EXPECT_EQ(IntAt(isolate, clamped, 0), 0);
  const Rooted ints = isolate.Keep(NewTypedData(mutator, TypedDataType::kInt64, 2));
  EXPECT_TRUE(Set(ints, 1, mixed));
  EXPECT_EQ(IntAt(isolate, ints, 1), 0x1234'5678'9ABC'DEF0);
  const Rooted bytes = isolate.Keep(NewTypedData(mutator, TypedDataType::kUint8, 2));
  EXPECT_TRUE(Set(bytes, 1, mixed));
  EXPECT_EQ(IntAt(isolate, bytes, 1), 0xF0);
  const Rooted reals = isolate.Keep(NewTypedData(mutator, TypedDataType::kFloat64, 1));
  EXPECT_TRUE(Set(reals, 0, huge));
  EXPECT_EQ(DoubleAt(isolate, reals, 0), 1180591620717411303424.0);
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
  EXPECT_EQ(BytesOf(data.Get(quiet), quiet).first, nullptr);
  EXPECT_EQ(TypedDataLength(view.Get(quiet), quiet), 0u);
  EXPECT_EQ(TypedDataLength(inside.Get(quiet), quiet), 5u);
}

}  // namespace
}  // namespace fart
