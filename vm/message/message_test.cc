#include "vm/message/message_codec.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "vm/message/class_identities.h"
#include "vm/message/message_writer.h"
#include "vm/testing/test_isolate.h"
#include "vm/values/big_integers.h"
#include "vm/values/big_value.h"
#include "vm/values/numbers.h"
#include "vm/values/typed_data.h"

namespace fart {
namespace {

constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();

class MessageTest : public ::testing::Test {
 protected:
  // Encodes and decodes in another isolate's stead: the same one.
  Rooted Sent(Rooted object) FART_NO_SAFEPOINT_ANALYSIS {
    Message message;
    std::string error;
    EXPECT_TRUE(EncodeMessage(*isolate_, isolate_->program(), object, &message, &error)) << error;
    const Outcome outcome = DecodeMessage(*isolate_, isolate_->program(), message);
    EXPECT_FALSE(outcome.IsError());
    return isolate_.Keep(outcome);
  }
  std::string Refusal(Rooted object) {
    Message message;
    std::string error;
    EXPECT_FALSE(EncodeMessage(*isolate_, isolate_->program(), object, &message, &error));
    EXPECT_TRUE(message.is_empty());
    return error;
  }
  void Set(Rooted list, std::size_t index, Rooted value) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    ListSetAt(isolate_.mutator(), list.Get(quiet), index, value.Get(quiet), quiet);
  }
  Rooted At(Rooted list, std::size_t index) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    return isolate_.Keep(ListAt(list.Get(quiet), index, quiet));
  }
  bool Same(Rooted a, Rooted b) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    return a.Get(quiet) == b.Get(quiet);
  }

  static bool SameBytes(ObjectPtr a, ObjectPtr b, const NoSafepointScope& quiet) {
    const DataBytes one = BytesOf(a, quiet);
    const DataBytes other = BytesOf(b, quiet);
    return one.length == other.length && std::memcmp(one.first, other.first, one.length) == 0;
  }

  TestIsolate isolate_;
};

TEST_F(MessageTest, ImmediatesAndNumbersArriveAsTheyAre) FART_MAY_COLLECT {
  EXPECT_TRUE(Sent(isolate_.Keep(kNull)).is_null());
  EXPECT_TRUE(Sent(isolate_.Keep(kTrue)).Is(kTrue));
  EXPECT_TRUE(Sent(isolate_.Keep(kFalse)).Is(kFalse));
  for (const std::int64_t value :
       {std::int64_t{0}, std::int64_t{-1}, std::int64_t{63}, ObjectPtr::kSmiMax, ObjectPtr::kSmiMin,
        ObjectPtr::kSmiMax + 1, kLargest, -kLargest - 1}) {
    const Rooted copy = Sent(isolate_.Keep(NewInteger(isolate_.mutator(), value)));
    const NoSafepointScope quiet;
    EXPECT_EQ(IntegerValue(copy.Get(quiet), quiet), value);
  }
  for (const double value : {0.0, -0.5, 1e300, std::numeric_limits<double>::infinity()}) {
    const Rooted copy = Sent(isolate_.Keep(NewDouble(isolate_.mutator(), value)));
    const NoSafepointScope quiet;
    EXPECT_EQ(DoubleValue(copy.Get(quiet), quiet), value);
  }
}

TEST_F(MessageTest, AnIntegerMessageIsWhatTheIntWouldBecome) FART_MAY_COLLECT {
  Message message;
  ASSERT_TRUE(EncodeIntegerMessage(-42, &message));
  const Rooted value = isolate_.Keep(DecodeMessage(*isolate_, isolate_->program(), message));
  EXPECT_TRUE(value.Is(ObjectPtr::FromSmi(-42)));
}

TEST_F(MessageTest, StringsKeepEveryUnit) FART_MAY_COLLECT {
  for (const std::u16string text :
       {u"", u"plain", u"caf\u00e9", u"\u4e2d\u6587", u"\xD83D\xDE00"}) {
    const Rooted copy = Sent(isolate_.Keep(NewStringFromUtf16(isolate_.mutator(), text)));
    const NoSafepointScope quiet;
    ASSERT_TRUE(IsString(copy.Get(quiet)));
    ASSERT_EQ(StringLength(copy.Get(quiet)), text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
      EXPECT_EQ(StringUnitAt(copy.Get(quiet), i, quiet), text[i]);
    }
  }
}

TEST_F(MessageTest, EncodingEndsWhenTheIsolateIsToStopIfItIsAskedTo) FART_MAY_COLLECT {
  const Rooted list = isolate_.NewList(2);
  Message message;
  std::string error = "old";
  isolate_->RequestStop();
  EXPECT_FALSE(
      EncodeMessage(*isolate_, isolate_->program(), list, &message, &error, WhenStopped::kEnd));
  EXPECT_EQ(error, "");
  EXPECT_TRUE(message.is_empty());
  const Rooted text = isolate_.NewString("not a list");  // At each object, not at elements alone.
  EXPECT_FALSE(
      EncodeMessage(*isolate_, isolate_->program(), text, &message, &error, WhenStopped::kEnd));
  EXPECT_TRUE(EncodeMessage(*isolate_, isolate_->program(), list, &message, &error));
  Message whole;
  EXPECT_TRUE(EncodeMessage(*isolate_, isolate_->program(), list, &whole, &error));
  EXPECT_TRUE(DecodeMessage(*isolate_, isolate_->program(), message).IsError());
  isolate_->ForgetStop();
  EXPECT_FALSE(DecodeMessage(*isolate_, isolate_->program(), whole).IsError());
  EXPECT_TRUE(
      EncodeMessage(*isolate_, isolate_->program(), list, &message, &error, WhenStopped::kEnd));
}

TEST_F(MessageTest, ListsKeepTheirKindAndElements) FART_MAY_COLLECT {
  const Rooted array = isolate_.NewList(3);
  Set(array, 0, isolate_.NewString("first"));
  Set(array, 1, isolate_.Keep(NewDouble(isolate_.mutator(), 2.5)));
  const Rooted copy = Sent(array);
  {
    const NoSafepointScope quiet;
    ASSERT_TRUE(IsArray(copy.Get(quiet)));
    ASSERT_EQ(ListLength(copy.Get(quiet), quiet), 3u);
  }
  EXPECT_EQ(isolate_.Text(At(copy, 0)), "first");
  EXPECT_TRUE(At(copy, 2).is_null());

  const Rooted immutable = Sent(isolate_.Keep(NewImmutableArray(isolate_.mutator(), array)));
  const Rooted empty = Sent(isolate_.Keep(NewEmptyGrowableList(isolate_.mutator())));
  const Rooted growable =
      Sent(isolate_.Keep(NewGrowableList(isolate_.mutator(), isolate_->stack(), 20)));
  ASSERT_TRUE(GrowableListAdd(isolate_.mutator(), empty, array));
  const NoSafepointScope quiet;
  EXPECT_TRUE(IsImmutableArray(immutable.Get(quiet)));
  EXPECT_EQ(ListLength(empty.Get(quiet), quiet), 1u);
  EXPECT_TRUE(IsGrowableList(growable.Get(quiet)));
  EXPECT_EQ(ListLength(growable.Get(quiet), quiet), 20u);
}

TEST_F(MessageTest, WhatIsSharedStaysSharedAndACycleACycle) FART_MAY_COLLECT {
  const Rooted list = isolate_.NewList(3);
  const Rooted text = isolate_.NewString("shared");
  Set(list, 0, text);
  Set(list, 1, list);
  Set(list, 2, text);
  const Rooted copy = Sent(list);
  EXPECT_FALSE(Same(copy, list));
  EXPECT_TRUE(Same(At(copy, 1), copy));
  EXPECT_TRUE(Same(At(copy, 0), At(copy, 2)));
  EXPECT_EQ(isolate_.Text(At(copy, 2)), "shared");
}

TEST_F(MessageTest, ADeepListNeedsNoStack) FART_MAY_COLLECT {
  constexpr int kDepth = 200000;
  StackRoots<1> innermost(isolate_->stack());
  for (int i = 0; i < kDepth; ++i) {
    const FreshObject list = NewArray(isolate_.mutator(), 1);
    ASSERT_FALSE(list.is_null());
    const NoSafepointScope quiet;
    ListSetAt(isolate_.mutator(), list.Get(quiet), 0, innermost[0].Get(quiet), quiet);
    innermost.Set(0, list.Get(quiet));
  }
  const Rooted copy = Sent(innermost[0]);
  const NoSafepointScope quiet;
  int depth = 0;
  for (ObjectPtr list = copy.Get(quiet); !list.is_null(); list = ListAt(list, 0, quiet)) ++depth;
  EXPECT_EQ(depth, kDepth);
}

TEST_F(MessageTest, PortsAndCapabilitiesArriveByValue) FART_MAY_COLLECT {
  const Rooted port = Sent(isolate_.Keep(NewSendPort(isolate_.mutator(), -5, 77)));
  const Rooted capability = Sent(isolate_.Keep(NewCapability(isolate_.mutator(), kLargest)));
  const NoSafepointScope quiet;
  ASSERT_TRUE(IsSendPort(port.Get(quiet)));
  EXPECT_EQ(SendPortId(port.Get(quiet), quiet), -5);
  EXPECT_EQ(SendPortOriginId(port.Get(quiet), quiet), 77);
  ASSERT_TRUE(IsCapability(capability.Get(quiet)));
  EXPECT_EQ(CapabilityId(capability.Get(quiet), quiet), kLargest);
}

TEST_F(MessageTest, AnIdentityHashGoesAlong) FART_MAY_COLLECT {
  const Rooted data = isolate_.Keep(NewTypedData(isolate_.mutator(), TypedDataType::kUint8, 16));
  const Rooted all[] = {
      isolate_.NewList(1), data, isolate_.Keep(NewByteBuffer(isolate_.mutator(), data)),
      isolate_.Keep(NewTypedDataView(isolate_.mutator(), TypedDataType::kInt8, data, 4, 2)),
      isolate_.Keep(NewCapability(isolate_.mutator(), 5))};
  const auto hash = [&](Rooted object) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    return IdentityHashOf(isolate_.mutator(), object.Get(quiet), quiet);
  };
  for (const Rooted object : all) {
    const std::uint32_t before = hash(object);
    EXPECT_EQ(hash(Sent(object)), before);
  }
}

// ---- Typed data

TEST_F(MessageTest, TypedDataOfEveryTypeArrivesByteForByte) FART_MAY_COLLECT {
  for (std::uint32_t i = 0; i < core_shape::kTypedDataTypes; ++i) {
    const auto type = static_cast<TypedDataType>(i);
    const Rooted data = isolate_.Keep(NewTypedData(isolate_.mutator(), type, 3));
    {
      const NoSafepointScope quiet;
      const DataBytes bytes = BytesOf(data.Get(quiet), quiet);
      for (std::size_t k = 0; k < bytes.length; ++k) {
        bytes.first[k] = static_cast<std::uint8_t>(k * 7 + i);
      }
    }
    const Rooted copy = Sent(data);
    const NoSafepointScope quiet;
    ASSERT_TRUE(IsTypedDataInHeap(copy.Get(quiet)));
    EXPECT_EQ(TypedDataTypeOf(copy.Get(quiet)), type);
    EXPECT_TRUE(SameBytes(copy.Get(quiet), data.Get(quiet), quiet));
  }
}

TEST_F(MessageTest, ExternalTypedDataIsCopied) FART_MAY_COLLECT {
  double elements[] = {1.5, -2.5};
  const Rooted data =
      isolate_.Keep(NewExternalTypedData(isolate_.mutator(), TypedDataType::kFloat64, elements, 2));
  const Rooted copy = Sent(data);
  const NoSafepointScope quiet;
  EXPECT_TRUE(IsTypedDataInHeap(copy.Get(quiet)));
  EXPECT_TRUE(SameBytes(copy.Get(quiet), data.Get(quiet), quiet));
}

TEST_F(MessageTest, ViewsAndBuffersSeeTheSameBytesAsBefore) FART_MAY_COLLECT {
  const Rooted data = isolate_.Keep(NewTypedData(isolate_.mutator(), TypedDataType::kUint8, 16));
  const Rooted list = isolate_.NewList(4);
  // Views come before what they see.
  Set(list, 0,
      isolate_.Keep(NewTypedDataView(isolate_.mutator(), TypedDataType::kInt32, data, 4, 2)));
  Set(list, 1, isolate_.Keep(NewByteBuffer(isolate_.mutator(), data)));
  Set(list, 2,
      isolate_.Keep(NewTypedDataView(isolate_.mutator(), TypedDataType::kUint8, data, 1, 0)));
  Set(list, 3, data);
  const Rooted copy = Sent(list);
  const Rooted view = At(copy, 0);
  const Rooted copied = At(copy, 3);
  const NoSafepointScope quiet;
  ASSERT_TRUE(IsTypedDataView(view.Get(quiet)));
  EXPECT_EQ(TypedDataTypeOf(view.Get(quiet)), TypedDataType::kInt32);
  EXPECT_EQ(TypedDataOffsetInBytes(view.Get(quiet), quiet), 4u);
  EXPECT_EQ(TypedDataLength(view.Get(quiet), quiet), 2u);
  EXPECT_TRUE(TypedDataBacking(view.Get(quiet), quiet) == copied.Get(quiet));
  const ObjectPtr buffer = ListAt(copy.Get(quiet), 1, quiet);
  ASSERT_TRUE(IsByteBuffer(buffer));
  EXPECT_TRUE(TypedDataBacking(buffer, quiet) == copied.Get(quiet));
  EXPECT_EQ(TypedDataLength(ListAt(copy.Get(quiet), 2, quiet), quiet), 0u);
}

TEST_F(MessageTest, WhatCannotBeSentIsNamed) FART_MAY_COLLECT {
  const Rooted library = isolate_.Keep(isolate_->libraries().Add(*isolate_, 0, "a.dart"));
  const Rooted list = isolate_.NewList(2);
  Set(list, 1, library);
  EXPECT_EQ(Refusal(list), "illegal argument in isolate message: object is a library");
  ShapeId id{};
  ASSERT_TRUE(isolate_->shapes().Register({.name = "closure", .references = 1},
                                          {.kind = ShapeKind::kClosure}, &id));
  EXPECT_EQ(Refusal(isolate_.Keep(isolate_.mutator().Allocate(id))),
            "illegal argument in isolate message: object is a closure");
  ASSERT_TRUE(isolate_->shapes().Register({.name = "Point", .references = 2, .raw_bytes = 8},
                                          {.kind = ShapeKind::kInstance}, &id));
  EXPECT_EQ(
      Refusal(isolate_.Keep(isolate_.mutator().Allocate(id))),
      "illegal argument in isolate message: object is an instance of class 'Point', which has "
      "native fields");
  ASSERT_TRUE(isolate_->shapes().Register({.name = "Pair", .references = 2},
                                          {.kind = ShapeKind::kEmbedder}, &id));
  EXPECT_EQ(Refusal(isolate_.Keep(isolate_.mutator().Allocate(id))),
            "illegal argument in isolate message: object has the shape 'Pair' of an embedder");
}

// One class of a program, or none.
class OneClass final : public ClassIdentities {
 public:
  OneClass(ShapeId shape, ClassIdentity identity) : shape_(shape), identity_(std::move(identity)) {}
  bool IdentifyClass(ShapeId shape, ClassIdentity* identity, std::string* why_not) override {
    if (shape != shape_) return ClassIdentities::IdentifyClass(shape, identity, why_not);
    *identity = identity_;
    return true;
  }
  ShapeId ShapeOfClass(const ClassIdentity& identity) override {
    const bool is_it = identity.library_url == identity_.library_url &&
                       identity.name == identity_.name && identity.layout == identity_.layout &&
                       identity.field_count == identity_.field_count;
    return is_it ? shape_ : ClassIdentities::ShapeOfClass(identity);
  }

 private:
  const ShapeId shape_;
  const ClassIdentity identity_;
};

class InstanceMessageTest : public MessageTest {
 protected:
  InstanceMessageTest() {
    EXPECT_TRUE(isolate_->shapes().Register({.name = "Point", .references = 2},
                                            {.kind = ShapeKind::kInstance}, &shape_));
  }
  Rooted NewPoint(std::int64_t x, Rooted y) FART_NO_SAFEPOINT_ANALYSIS {
    const Rooted point = isolate_.Keep(isolate_.mutator().Allocate(shape_));
    const NoSafepointScope quiet;
    ObjectPtr* const fields =
        isolate_->heap().shapes()[shape_].References(point.Get(quiet).address());
    isolate_.mutator().StoreField(point.Get(quiet), fields, ObjectPtr::FromSmi(x));
    isolate_.mutator().StoreField(point.Get(quiet), fields + 1, y.Get(quiet));
    return point;
  }
  ObjectPtr FieldOf(ObjectPtr point, std::size_t index, const NoSafepointScope&) {
    return isolate_->heap().shapes()[shape_].References(point.address())[index];
  }
  Message Encoded(ClassIdentities& classes, Rooted object) {
    Message message;
    std::string error;
    EXPECT_TRUE(EncodeMessage(*isolate_, classes, object, &message, &error)) << error;
    return message;
  }

  ShapeId shape_{};
};

// Whatever the program says of the class.
TEST_F(InstanceMessageTest, AnInstanceWithMoreThanFieldsIsNotSent) FART_MAY_COLLECT {
  for (const ShapeDescription& layout :
       {ShapeDescription{.name = "Odd", .references = 2, .raw_bytes = 8},
        ShapeDescription{.name = "Odd", .references = 2, .weak_references = 1},
        ShapeDescription{.name = "Odd", .references = 2, .variable_part = VariablePart::kBytes}}) {
    ShapeId shape{};
    ASSERT_TRUE(isolate_->shapes().Register(layout, {.kind = ShapeKind::kInstance}, &shape));
    OneClass classes(shape, {"file:///a", "Odd", 2, 77});
    const Rooted odd = isolate_.Keep(isolate_.mutator().Allocate(shape));
    Message message;
    std::string error;
    EXPECT_FALSE(EncodeMessage(*isolate_, classes, odd, &message, &error));
    EXPECT_EQ(error,
              "illegal argument in isolate message: object is an instance of class 'Odd', which "
              "has native fields");
  }
}

TEST_F(InstanceMessageTest, InstancesOfAClassArriveWithTheirFields) FART_NO_SAFEPOINT_ANALYSIS {
  OneClass classes(shape_, {"file:///a", "Point", 2, 77});
  const Rooted first = NewPoint(1, isolate_.NewString("one"));
  const Rooted second = NewPoint(2, first);
  const Rooted list = isolate_.NewList(3);
  Set(list, 0, first);
  Set(list, 1, second);
  Set(list, 2, isolate_.NewString("behind"));
  Message message = Encoded(classes, list);
  const Rooted copy = isolate_.Keep(DecodeMessage(*isolate_, classes, message));
  EXPECT_EQ(isolate_.Text(At(copy, 2)), "behind");
  const Rooted text = [&]() FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    const ObjectPtr one = ListAt(copy.Get(quiet), 0, quiet);
    const ObjectPtr two = ListAt(copy.Get(quiet), 1, quiet);
    EXPECT_TRUE(ShapeIdOf(one) == shape_ && ShapeIdOf(two) == shape_);
    EXPECT_EQ(FieldOf(one, 0, quiet).SmiValue(), 1);
    EXPECT_EQ(FieldOf(two, 0, quiet).SmiValue(), 2);
    EXPECT_TRUE(FieldOf(two, 1, quiet) == one);
    return isolate_.Keep(FieldOf(one, 1, quiet));
  }();
  EXPECT_EQ(isolate_.Text(text), "one");
  EXPECT_EQ(isolate_.Verify(), "");
}

TEST_F(InstanceMessageTest, AClassThatIsNotThereOrIsAnotherIsNamed) FART_NO_SAFEPOINT_ANALYSIS {
  OneClass classes(shape_, {"file:///a", "Point", 2, 77});
  const Rooted point = NewPoint(1, isolate_.NewString("one"));
  ShapeId larger{};
  ASSERT_TRUE(isolate_->shapes().Register({.name = "Point", .references = 3},
                                          {.kind = ShapeKind::kInstance}, &larger));
  OneClass others[] = {{shape_, {"file:///b", "Point", 2, 77}},
                       {shape_, {"file:///a", "Other", 2, 77}},
                       {shape_, {"file:///a", "Point", 2, 78}},
                       {larger, {"file:///a", "Point", 2, 77}}};
  for (OneClass& other : others) {
    Message message = Encoded(classes, point);
    const Outcome outcome = DecodeMessage(*isolate_, other, message);
    ASSERT_TRUE(outcome.IsError());
    EXPECT_EQ(isolate_.ErrorMessageOf(outcome),
              "a message holds an instance of class 'Point' of 'file:///a', which is not in this "
              "isolate's program");
  }
  ClassIdentities none;
  Message message;
  std::string error;
  EXPECT_FALSE(EncodeMessage(*isolate_, none, point, &message, &error));
  EXPECT_EQ(error,
            "illegal argument in isolate message: object is an instance of class 'Point', which is "
            "of no program");
}

TEST_F(MessageTest, WhatIsEncodedGoesWhereTheMessageAlreadyWas) {
  Message message;
  message.set_reply_port(4711);
  std::string error;
  ASSERT_TRUE(
      EncodeMessage(*isolate_, isolate_->program(), isolate_.Keep(kTrue), &message, &error));
  EXPECT_EQ(message.reply_port(), 4711);
  Message moved = std::move(message);
  EXPECT_EQ(moved.reply_port(), 4711);
  moved.set_is_error(true);
  Message assigned;
  assigned = std::move(moved);
  EXPECT_EQ(assigned.reply_port(), 4711);
  EXPECT_TRUE(assigned.is_error());
}

TEST_F(MessageTest, IntsOfAnySizeArrive) FART_MAY_COLLECT {
  for (const unsigned bits : {63u, 64u, 127u, 200u}) {
    for (const BigValue& value :
         {*BigValue(1).ShiftedLeft(bits), BigValue(1).ShiftedLeft(bits)->Negated()}) {
      const Rooted copy = Sent(isolate_.Keep(NewInteger(isolate_.mutator(), value)));
      const NoSafepointScope quiet;
      EXPECT_EQ(ReadInteger(copy.Get(quiet), quiet), value) << bits;
    }
  }
}

Message MessageOf(std::span<const std::uint8_t> bytes) {
  MessageBytes copy;
  if (!bytes.empty()) std::memcpy(copy.Extend(bytes.size()), bytes.data(), bytes.size());
  return Message(std::move(copy), {});
}

TEST_F(MessageTest, AMessageThatIsCutOrTooLongIsMalformed) FART_MAY_COLLECT {
  const Rooted list = isolate_.NewList(5);
  const Rooted data = isolate_.Keep(NewTypedData(isolate_.mutator(), TypedDataType::kInt32, 3));
  Set(list, 0, isolate_.NewString("text"));
  Set(list, 1, data);
  Set(list, 2,
      isolate_.Keep(NewTypedDataView(isolate_.mutator(), TypedDataType::kUint8, data, 1, 11)));
  Set(list, 3, isolate_.Keep(NewMint(isolate_.mutator(), INT64_MAX)));
  Set(list, 4, isolate_.Keep(NewDouble(isolate_.mutator(), 0.5)));
  Message message;
  std::string error;
  ASSERT_TRUE(EncodeMessage(*isolate_, isolate_->program(), list, &message, &error)) << error;
  std::vector<std::uint8_t> bytes(message.bytes().begin(), message.bytes().end());
  const auto decode = [this](std::span<const std::uint8_t> part) FART_MAY_COLLECT {
    Message cut = MessageOf(part);
    const Outcome outcome = DecodeMessage(*isolate_, isolate_->program(), cut);
    return outcome.IsError() ? isolate_.ErrorMessageOf(outcome) : std::string();
  };
  EXPECT_EQ(decode(bytes), "");
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_EQ(decode(std::span(bytes).first(size)), "a message is malformed") << size;
  }
  bytes.push_back(0);
  EXPECT_EQ(decode(bytes), "a message is malformed");
  EXPECT_EQ(isolate_.Verify(), "");
}

TEST_F(MessageTest, AViewEndsWhereItsBytesEnd) FART_MAY_COLLECT {
  const Rooted data = isolate_.Keep(NewTypedData(isolate_.mutator(), TypedDataType::kUint8, 16));
  const Rooted view =
      isolate_.Keep(NewTypedDataView(isolate_.mutator(), TypedDataType::kInt32, data, 4, 2));
  Message message;
  std::string error;
  ASSERT_TRUE(EncodeMessage(*isolate_, isolate_->program(), view, &message, &error)) << error;
  std::vector<std::uint8_t> bytes(message.bytes().begin(), message.bytes().end());
  // The count of nodes, the value, then the view's node: kind, hash, type, buffer, offset, length.
  constexpr std::size_t kOffset = 8 + 2 + 4;
  ASSERT_EQ(bytes[kOffset], 4);
  ASSERT_EQ(bytes[kOffset + 1], 8);
  const auto decodes = [&](std::uint8_t offset, std::uint8_t length) FART_MAY_COLLECT {
    bytes[kOffset] = offset;
    bytes[kOffset + 1] = length;
    Message changed = MessageOf(bytes);
    return !DecodeMessage(*isolate_, isolate_->program(), changed).IsError();
  };
  EXPECT_TRUE(decodes(0, 16));
  EXPECT_TRUE(decodes(8, 8));
  EXPECT_TRUE(decodes(16, 0));
  EXPECT_TRUE(decodes(9, 4));  // Elements need not be aligned.
  EXPECT_FALSE(decodes(12, 8));
  EXPECT_FALSE(decodes(9, 8));
  EXPECT_FALSE(decodes(0, 20));
  EXPECT_FALSE(decodes(17, 0));
  EXPECT_FALSE(decodes(0, 7)) << "no whole elements";
  EXPECT_EQ(isolate_.Verify(), "");
}

// Of any length, so that what must be aligned begins anywhere, and with the first and last of each
// plane.
TEST_F(MessageTest, ATextMessageIsWhatTheStringWouldBecome) FART_MAY_COLLECT {
  for (const std::string_view text :
       {"a", "\xC3\xA9", "\xE2\x82\xAC", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    std::string repeated;
    for (int times = 0; times <= 200; ++times) {
      Message message;
      ASSERT_TRUE(EncodeTextMessage(repeated, &message));
      const Rooted string = isolate_.Keep(DecodeMessage(*isolate_, isolate_->program(), message));
      EXPECT_EQ(isolate_.Text(string), repeated);
      repeated += text;
    }
  }
}

TEST_F(MessageTest, AViewOfAViewIsMalformed) FART_MAY_COLLECT {
  for (const std::uint64_t seen : {std::uint64_t{0}, std::uint64_t{1}}) {
    MessageWriter writer;
    writer.PutNull();
    writer.PutKind(NodeKind::kTypedData);
    writer.PutVarint(0);
    writer.PutType(TypedDataType::kUint8);
    writer.PutVarint(4);
    writer.Align(kMessageDataAlignment);
    writer.PutBytes("abcd", 4);
    for (const std::uint64_t buffer : {std::uint64_t{0}, seen}) {
      writer.PutKind(NodeKind::kTypedDataView);
      writer.PutVarint(0);
      writer.PutType(TypedDataType::kUint8);
      for (const std::uint64_t number : {buffer, std::uint64_t{0}, std::uint64_t{2}}) {
        writer.PutVarint(number);
      }
    }
    Message message;
    ASSERT_TRUE(writer.Finish(3, &message));
    EXPECT_EQ(DecodeMessage(*isolate_, isolate_->program(), message).IsError(), seen == 1);
  }
}

TEST_F(MessageTest, AViewThatWrapsAroundOrSeesNoTypedDataIsMalformed) FART_MAY_COLLECT {
  struct View {
    std::uint64_t buffer, offset, length;
    bool is_right;
  };
  for (const View& view :
       {View{0, 0, 2, true}, View{1, 0, 0, false}, View{1, 0, 2, false},
        View{0, ~std::uint64_t{0} - 7, 16, false}, View{0, 8, ~std::uint64_t{0} - 7, false}}) {
    MessageWriter writer;
    writer.PutNull();
    writer.PutKind(NodeKind::kTypedData);
    writer.PutVarint(0);
    writer.PutType(TypedDataType::kUint8);
    writer.PutVarint(16);
    writer.Align(kMessageDataAlignment);
    writer.PutBytes("0123456789abcdef", 16);
    writer.PutKind(NodeKind::kArray);
    writer.PutVarint(0);
    writer.PutVarint(0);
    writer.PutKind(NodeKind::kTypedDataView);
    writer.PutVarint(0);
    writer.PutType(TypedDataType::kUint8);
    for (const std::uint64_t number : {view.buffer, view.offset, view.length}) {
      writer.PutVarint(number);
    }
    Message message;
    ASSERT_TRUE(writer.Finish(3, &message));
    EXPECT_EQ(!DecodeMessage(*isolate_, isolate_->program(), message).IsError(), view.is_right)
        << view.buffer << " " << view.offset;
  }
}

TEST(MessageBytesTest, NoRoomIsMadeForMoreThanThereCanBe) {
  MessageBytes bytes;
  std::memcpy(bytes.Extend(3), "abc", 3);
  for (const std::size_t much : {~std::size_t{0}, ~std::size_t{0} - 2, ~std::size_t{0} / 2}) {
    EXPECT_EQ(bytes.Extend(much), nullptr);
    EXPECT_EQ(bytes.size(), 3u);
  }
  EXPECT_EQ(std::memcmp(bytes.data(), "abc", 3), 0);
}

TEST_F(MessageTest, AnEmptyMessageIsMalformed) FART_MAY_COLLECT {
  Message message;
  const Outcome outcome = DecodeMessage(*isolate_, isolate_->program(), message);
  EXPECT_EQ(isolate_.ErrorMessageOf(outcome), "a message is malformed");
}

TEST_F(MessageTest, AMessageTooLargeForTheHeapIsTheReadyError) FART_MAY_COLLECT {
  Message message;
  std::string error;
  {
    const Rooted list = isolate_.NewList(MiB(4).value() / kWordSize);
    ASSERT_TRUE(EncodeMessage(*isolate_, isolate_->program(), list, &message, &error)) << error;
  }
  isolate_->Exit();
  {
    TestIsolate small({.flags = {.heap = {.heap_limit = MiB(3)}}});
    const Outcome outcome = DecodeMessage(*small, small->program(), message);
    ASSERT_TRUE(outcome.IsError());
    const NoSafepointScope quiet;
    EXPECT_EQ(ErrorCauseOf(outcome.Get(quiet), quiet), ErrorCause::kOutOfMemory);
  }
  isolate_->Enter();
}

}  // namespace
}  // namespace fart
