// Lists of every kind by one set of functions: bounds, offsets, and what is no integer.

#include "vm/list_access.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "vm/testing/idle_program.h"
#include "vm/testing/test_isolate.h"
#include "vm/values/lists.h"
#include "vm/values/numbers.h"
#include "vm/values/typed_data.h"

namespace fart {
namespace {

// Instances of one class are lists, whose elements are their indexes.
class ListProgram final : public IdleProgram {
 public:
  explicit ListProgram(Isolate& isolate) : isolate_(isolate) {}

  bool IsList(Rooted object) override { return HasShape(*object.slot(), list_shape); }
  Outcome GetProperty(Rooted, std::string_view name) override FART_MAY_COLLECT {
    EXPECT_EQ(name, "length");
    if (fails) return NewApiError(isolate_, "no length");
    const NoSafepointScope quiet;
    return Outcome::Value(length, quiet);
  }
  Outcome Invoke(Rooted, std::string_view name, Roots arguments) override FART_MAY_COLLECT {
    if (fails) return NewApiError(isolate_, "no element");
    const std::int64_t index = ValueOf(arguments[0]);
    if (name == "[]=") {
      EXPECT_EQ(arguments.size(), 2u);
      stored.emplace_back(index, ValueOf(arguments[1]));
    } else {
      EXPECT_EQ(name, "[]");
      EXPECT_EQ(arguments.size(), 1u);
    }
    const NoSafepointScope quiet;
    return Outcome::Value(ObjectPtr::FromSmi(index), quiet);
  }

  ShapeId list_shape{};
  ObjectPtr length = ObjectPtr::FromSmi(0);
  bool fails = false;
  std::vector<std::pair<std::int64_t, std::int64_t>> stored;

 private:
  Isolate& isolate_;
};

class ListAccessTest : public testing::Test {
 protected:
  ListProgram& program() { return static_cast<ListProgram&>(isolate_->program()); }
  Rooted NewInstance() FART_NO_SAFEPOINT_ANALYSIS {
    ShapeId shape{};
    EXPECT_TRUE(isolate_->shapes().Register({.name = "OfProgram", .references = 1},
                                            {.kind = ShapeKind::kInstance}, &shape));
    program().list_shape = shape;
    return isolate_.Keep(isolate_.mutator().Allocate(shape));
  }
  Rooted NewTyped(TypedDataType type, std::size_t length) FART_NO_SAFEPOINT_ANALYSIS {
    return isolate_.Keep(NewTypedData(isolate_.mutator(), type, length));
  }
  // The list 100, 101, ...
  Rooted NewNumbers(std::size_t length) FART_NO_SAFEPOINT_ANALYSIS {
    const Rooted list = isolate_.NewList(length);
    for (std::size_t i = 0; i < length; ++i) {
      EXPECT_EQ(Set(list, static_cast<std::int64_t>(i),
                    ObjectPtr::FromSmi(100 + static_cast<std::int64_t>(i))),
                "");
    }
    return list;
  }
  ListKind KindOf(Rooted list) FART_NO_SAFEPOINT_ANALYSIS { return ListKindOf(*isolate_, list); }
  // Of an outcome: "" or the error's message.
  std::string MessageOf(const Outcome& outcome) {
    return outcome.IsError() ? isolate_.ErrorMessageOf(outcome) : "";
  }
  std::string LengthOf(Rooted list, std::size_t* length) FART_NO_SAFEPOINT_ANALYSIS {
    return MessageOf(LengthOfList(*isolate_, list, KindOf(list), length));
  }
  std::string Get(Rooted list, std::int64_t index, std::int64_t* value) FART_NO_SAFEPOINT_ANALYSIS {
    const Outcome outcome = ElementOfList(*isolate_, list, KindOf(list), index);
    if (outcome.IsError()) return MessageOf(outcome);
    const NoSafepointScope quiet;
    *value = IntegerValue(outcome.Get(quiet), quiet);
    return "";
  }
  std::string Set(Rooted list, std::int64_t index, ObjectPtr value) FART_NO_SAFEPOINT_ANALYSIS {
    return MessageOf(SetElementOfList(*isolate_, list, KindOf(list), index, Rooted(&value)));
  }
  std::string Copy(Rooted list, std::size_t offset, std::size_t length,
                   std::uint8_t* bytes) FART_NO_SAFEPOINT_ANALYSIS {
    return MessageOf(CopyBytesOfList(*isolate_, list, KindOf(list), offset, length, bytes));
  }
  std::string Store(Rooted list, std::size_t offset,
                    const std::vector<std::uint8_t>& bytes) FART_NO_SAFEPOINT_ANALYSIS {
    return MessageOf(
        StoreBytesInList(*isolate_, list, KindOf(list), offset, bytes.size(), bytes.data()));
  }

  TestIsolate isolate_{{.program = [](Isolate& isolate, std::string*) -> std::unique_ptr<Program> {
    return std::make_unique<ListProgram>(isolate);
  }}};
};

constexpr const char* kNoElements =
    "Elements of a Float32x4List are no objects: use Fart_TypedDataAcquireData";

TEST_F(ListAccessTest, EachKindIsRecognised) {
  EXPECT_EQ(KindOf(isolate_.NewList(1)), ListKind::kBuiltIn);
  EXPECT_EQ(KindOf(NewTyped(TypedDataType::kInt8, 1)), ListKind::kTyped);
  EXPECT_EQ(KindOf(NewTyped(TypedDataType::kByteData, 1)), ListKind::kNone);
  EXPECT_EQ(KindOf(NewInstance()), ListKind::kOfProgram);
  EXPECT_EQ(KindOf(isolate_.NewString("text")), ListKind::kNone);
  EXPECT_EQ(KindOf(isolate_.Keep(kNull)), ListKind::kNone);
}

TEST_F(ListAccessTest, ALengthIsAnIntegerFromZeroOn) {
  std::size_t length = 99;
  EXPECT_EQ(LengthOf(isolate_.NewList(3), &length), "");
  EXPECT_EQ(length, 3u);
  EXPECT_EQ(LengthOf(NewTyped(TypedDataType::kInt32, 5), &length), "");
  EXPECT_EQ(length, 5u);
  const Rooted list = NewInstance();
  for (const std::int64_t good : {std::int64_t{0}, std::int64_t{1}, std::int64_t{1} << 40}) {
    program().length = ObjectPtr::FromSmi(good);
    EXPECT_EQ(LengthOf(list, &length), "");
    EXPECT_EQ(length, static_cast<std::size_t>(good));
  }
  for (const ObjectPtr bad : {ObjectPtr::FromSmi(-1), kNull, kTrue}) {
    program().length = bad;
    EXPECT_EQ(LengthOf(list, &length),
              "Length of List object is not an integer that a length can be.");
  }
  program().fails = true;
  EXPECT_EQ(LengthOf(list, &length), "no length");
}

TEST_F(ListAccessTest, AnIndexIsBelowTheLengthUnlessTheProgramSaysOtherwise) {
  for (const Rooted list : {NewNumbers(3), NewTyped(TypedDataType::kInt16, 3)}) {
    std::int64_t value = 0;
    EXPECT_EQ(Set(list, 2, ObjectPtr::FromSmi(7)), "");
    EXPECT_EQ(Get(list, 2, &value), "");
    EXPECT_EQ(value, 7);
    EXPECT_EQ(Get(list, 0, &value), "");
    for (const std::int64_t bad : {std::int64_t{-1}, std::int64_t{3}, INT64_MAX, INT64_MIN}) {
      EXPECT_EQ(Get(list, bad, &value), "Invalid index passed in to access list element");
      EXPECT_EQ(Set(list, bad, ObjectPtr::FromSmi(1)),
                "Invalid index passed in to set list element");
    }
  }
  const Rooted own = NewInstance();
  for (const std::int64_t any : {-1, 3, 1'000'000'000, -1'000'000'000}) {
    std::int64_t value = 0;
    EXPECT_EQ(Get(own, any, &value), "");
    EXPECT_EQ(value, any);
    EXPECT_EQ(Set(own, any, ObjectPtr::FromSmi(1)), "");
    EXPECT_EQ(program().stored.back(), (std::pair<std::int64_t, std::int64_t>(any, 1)));
  }
  program().fails = true;
  std::int64_t value = 0;
  EXPECT_EQ(Get(own, 0, &value), "no element");
  EXPECT_EQ(Set(own, 0, kNull), "no element");
}

TEST_F(ListAccessTest, WhatAnElementCannotBeIsAnError) {
  EXPECT_EQ(Set(NewTyped(TypedDataType::kInt16, 3), 0, kTrue),
            "The value is no number that the typed list's elements can be.");
  std::int64_t value = 0;
  const Rooted vectors = NewTyped(TypedDataType::kFloat32x4, 2);
  EXPECT_EQ(Get(vectors, 0, &value), kNoElements);
  EXPECT_EQ(Set(vectors, 0, ObjectPtr::FromSmi(1)), kNoElements);
  EXPECT_EQ(Get(vectors, 2, &value), "Invalid index passed in to access list element");
}

TEST_F(ListAccessTest, BytesAreTheLowestOfElementsFromAnOffsetOn) {
  using Bytes = std::array<std::uint8_t, 3>;
  for (const TypedDataType type :
       {TypedDataType::kInt8, TypedDataType::kUint8, TypedDataType::kInt16, TypedDataType::kUint32,
        TypedDataType::kInt64}) {
    const Rooted list = NewTyped(type, 6);
    const std::int64_t above = ElementSizeOf(type) == 1 ? 0 : 0x1100;
    for (std::int64_t i = 0; i < 6; ++i) {
      EXPECT_EQ(Set(list, i, ObjectPtr::FromSmi(above + 10 * i)), "");
    }
    Bytes bytes{};
    EXPECT_EQ(Copy(list, 2, 3, bytes.data()), "");
    EXPECT_EQ(bytes, (Bytes{20, 30, 40}));
  }
  const Rooted list = NewNumbers(5);
  Bytes bytes{};
  EXPECT_EQ(Copy(list, 2, 3, bytes.data()), "");
  EXPECT_EQ(bytes, (Bytes{102, 103, 104}));
  EXPECT_EQ(Copy(NewInstance(), 254, 3, bytes.data()), "");
  EXPECT_EQ(bytes, (Bytes{254, 255, 0}));
}

TEST_F(ListAccessTest, WhatIsNoIntegerIsNamedByItsIndex) {
  std::uint8_t bytes[4] = {};
  const Rooted list = NewNumbers(4);
  EXPECT_EQ(Set(list, 3, kTrue), "");
  EXPECT_EQ(Copy(list, 1, 3, bytes), "The list's element 3 is not an integer.");
  EXPECT_EQ(Copy(list, 1, 2, bytes), "");
  for (const TypedDataType type : {TypedDataType::kFloat32, TypedDataType::kFloat64}) {
    EXPECT_EQ(Copy(NewTyped(type, 4), 2, 1, bytes), "The list's element 2 is not an integer.");
    EXPECT_EQ(Copy(NewTyped(type, 4), 2, 0, bytes), "") << "nothing is none";
  }
  EXPECT_EQ(Copy(NewTyped(TypedDataType::kFloat32x4, 4), 0, 1, bytes), kNoElements);
}

TEST_F(ListAccessTest, BytesAreStoredFromAnOffsetOn) {
  for (const Rooted list :
       {NewNumbers(4), NewTyped(TypedDataType::kUint8, 4), NewTyped(TypedDataType::kInt32, 4)}) {
    for (std::int64_t i = 0; i < 4; ++i) EXPECT_EQ(Set(list, i, ObjectPtr::FromSmi(1)), "");
    EXPECT_EQ(Store(list, 1, {200, 201}), "");
    std::vector<std::int64_t> values(4);
    for (std::int64_t i = 0; i < 4; ++i) {
      EXPECT_EQ(Get(list, i, &values[static_cast<std::size_t>(i)]), "");
    }
    EXPECT_EQ(values, (std::vector<std::int64_t>{1, 200, 201, 1}));
  }
  EXPECT_EQ(Store(NewInstance(), 5, {8, 9}), "");
  using Stored = std::vector<std::pair<std::int64_t, std::int64_t>>;
  EXPECT_EQ(program().stored, (Stored{{5, 8}, {6, 9}}));
}

}  // namespace
}  // namespace fart
