// Messages as structures: every kind in both directions, what is refused, and what the older
// implementation got wrong.

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "api/cobject/cobject_decoder.h"
#include "api/cobject/cobject_encoder.h"
#include "api/include/dart_api.h"
#include "vm/message/message.h"
#include "vm/message/message_codec.h"
#include "vm/message/message_format.h"
#include "vm/message/message_writer.h"
#include "vm/testing/test_isolate.h"
#include "vm/values/typed_data.h"

namespace fart::api {
namespace {

constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();

Fart_CObject Of(Fart_CObject_Type type) {
  Fart_CObject object;
  std::memset(&object, 0xAB, sizeof(object));  // Nothing may depend on what is not set.
  object.type = type;
  return object;
}
Fart_CObject Int32(std::int32_t value) {
  Fart_CObject object = Of(Fart_CObject_kInt32);
  object.value.as_int32 = value;
  return object;
}
Fart_CObject Text(const char* text) {
  Fart_CObject object = Of(Fart_CObject_kString);
  object.value.as_string = const_cast<char*>(text);
  return object;
}
Fart_CObject Array(std::vector<Fart_CObject*>& elements) {
  Fart_CObject object = Of(Fart_CObject_kArray);
  object.value.as_array.length = static_cast<std::intptr_t>(elements.size());
  object.value.as_array.values = elements.data();
  return object;
}
Fart_CObject TypedData(Fart_TypedData_Type type, void* bytes, std::intptr_t length) {
  Fart_CObject object = Of(Fart_CObject_kTypedData);
  object.value.as_typed_data.type = type;
  object.value.as_typed_data.length = length;
  object.value.as_typed_data.values = static_cast<std::uint8_t*>(bytes);
  return object;
}

void Count(void*, Fart_WeakPersistentHandle, void* peer) { ++*static_cast<int*>(peer); }
void CountPointer(void*, void* peer) { ++*static_cast<int*>(peer); }

Fart_CObject External(Fart_TypedData_Type type, void* bytes, std::intptr_t length, int* finalized) {
  Fart_CObject object = Of(Fart_CObject_kExternalTypedData);
  object.value.as_external_typed_data = {type, length, static_cast<std::uint8_t*>(bytes), finalized,
                                         Count};
  return object;
}

// The structure that a handler would see of `object`, as long as this lives.
class Posted {
 public:
  explicit Posted(const Fart_CObject& object) {
    EXPECT_TRUE(EncodeCObject(&object, &message_, &error_)) << error_;
    root_ = DecodeCObject(message_, arena_, &error_);
    EXPECT_NE(root_, nullptr) << error_;
  }
  explicit Posted(Message message) : message_(std::move(message)) {
    root_ = DecodeCObject(message_, arena_, &error_);
    EXPECT_NE(root_, nullptr) << error_;
  }
  const Fart_CObject& operator*() const { return *root_; }
  const Fart_CObject* operator->() const { return root_; }
  const Fart_CObject& operator[](std::size_t index) const {
    return *root_->value.as_array.values[index];
  }

 private:
  Message message_;
  CObjectArena arena_;
  std::string error_;
  Fart_CObject* root_ = nullptr;
};

std::string Refusal(const Fart_CObject* object) {
  Message message;
  std::string error;
  EXPECT_FALSE(EncodeCObject(object, &message, &error));
  EXPECT_TRUE(message.is_empty());
  constexpr std::string_view kPrefix = "illegal Fart_CObject in message: ";
  EXPECT_EQ(error.substr(0, kPrefix.size()), kPrefix);
  return error.substr(kPrefix.size());
}
std::string Refusal(const Fart_CObject& object) { return Refusal(&object); }

// A message that no sender makes: its root is the first of the nodes that are put.
template <typename Put>
Message Handmade(std::size_t nodes, Put&& put) {
  MessageWriter writer;
  MessageNodes numbers;
  writer.PutNodeValue(numbers, 1);
  put(writer);
  Message message;
  EXPECT_TRUE(writer.Finish(nodes, &message));
  return message;
}

bool Decodes(const Message& message) {
  CObjectArena arena;
  std::string error;
  const bool decodes = DecodeCObject(message, arena, &error) != nullptr;
  EXPECT_EQ(error, decodes ? "" : "a message is malformed");
  return decodes;
}

// ---- Every kind

TEST(CObjectTest, AnyBitsOfABoolThatAreNotZeroAreTrue) {
  for (int bits = 0; bits < 256; ++bits) {
    Fart_CObject object = Of(Fart_CObject_kBool);
    const auto byte = static_cast<std::uint8_t>(bits);
    std::memcpy(&object.value.as_bool, &byte, 1);
    EXPECT_EQ(Posted(object)->value.as_bool, bits != 0) << bits;
  }
}

TEST(CObjectTest, ScalarsArriveAsTheyAre) {
  EXPECT_EQ(Posted(Of(Fart_CObject_kNull))->type, Fart_CObject_kNull);
  for (const bool value : {false, true}) {
    Fart_CObject object = Of(Fart_CObject_kBool);
    object.value.as_bool = value;
    const Posted posted(object);
    EXPECT_EQ(posted->type, Fart_CObject_kBool);
    EXPECT_EQ(posted->value.as_bool, value);
  }
  Fart_CObject object = Of(Fart_CObject_kDouble);
  object.value.as_double = -0.125;
  EXPECT_EQ(Posted(object)->value.as_double, -0.125);
}

TEST(CObjectTest, AnIntIs32BitsWideWhereItFits) {
  for (const std::int64_t value :
       {std::int64_t{0}, std::int64_t{-1}, std::int64_t{INT32_MAX}, std::int64_t{INT32_MIN},
        std::int64_t{INT32_MAX} + 1, std::int64_t{INT32_MIN} - 1, kLargest, -kLargest - 1}) {
    Fart_CObject object = Of(Fart_CObject_kInt64);
    object.value.as_int64 = value;
    const Posted posted(object);
    if (value >= INT32_MIN && value <= INT32_MAX) {
      ASSERT_EQ(posted->type, Fart_CObject_kInt32);
      EXPECT_EQ(posted->value.as_int32, value);
    } else {
      ASSERT_EQ(posted->type, Fart_CObject_kInt64);
      EXPECT_EQ(posted->value.as_int64, value);
    }
  }
}

TEST(CObjectTest, StringsArriveByteForByte) {
  for (const char* const text :
       {"", "plain", "caf\xC3\xA9", "\xE4\xB8\xAD", "\xF0\x9F\x98\x80", "\xED\xA0\x80 alone"}) {
    const Posted posted(Text(text));
    ASSERT_EQ(posted->type, Fart_CObject_kString);
    EXPECT_STREQ(posted->value.as_string, text);
  }
}

TEST(CObjectTest, WhatIsSharedStaysSharedAndACycleACycle) {
  Fart_CObject text = Text("shared");
  Fart_CObject number = Int32(7);
  std::vector<Fart_CObject*> elements(4);
  Fart_CObject array = Array(elements);
  elements = {&text, &array, &text, &number};
  array.value.as_array.values = elements.data();
  const Posted posted(array);
  ASSERT_EQ(posted->value.as_array.length, 4);
  EXPECT_EQ(&posted[0], &posted[2]);
  EXPECT_EQ(&posted[1], &*posted);
  EXPECT_EQ(posted[3].value.as_int32, 7);
}

TEST(CObjectTest, AnEmptyArrayNeedsNoElements) {
  Fart_CObject object = Of(Fart_CObject_kArray);
  object.value.as_array.length = 0;
  object.value.as_array.values = nullptr;
  const Posted posted(object);
  EXPECT_EQ(posted->type, Fart_CObject_kArray);
  EXPECT_EQ(posted->value.as_array.length, 0);
}

TEST(CObjectTest, ADeepArrayNeedsNoStack) {
  constexpr std::size_t kDepth = 200000;
  std::vector<Fart_CObject> arrays(kDepth);
  std::vector<Fart_CObject*> elements(kDepth);
  Fart_CObject innermost = Of(Fart_CObject_kNull);
  for (std::size_t i = 0; i < kDepth; ++i) {
    elements[i] = i + 1 < kDepth ? &arrays[i + 1] : &innermost;
    arrays[i] = Of(Fart_CObject_kArray);
    arrays[i].value.as_array.length = 1;
    arrays[i].value.as_array.values = &elements[i];
  }
  const Posted posted(arrays[0]);
  std::size_t depth = 0;
  for (const Fart_CObject* at = &*posted; at->type == Fart_CObject_kArray;
       at = at->value.as_array.values[0]) {
    ++depth;
  }
  EXPECT_EQ(depth, kDepth);
}

TEST(CObjectTest, SendPortsAndCapabilitiesArriveByValue) {
  Fart_CObject port = Of(Fart_CObject_kSendPort);
  port.value.as_send_port.id = -3;
  port.value.as_send_port.origin_id = 5;
  const Posted posted_port(port);
  ASSERT_EQ(posted_port->type, Fart_CObject_kSendPort);
  EXPECT_EQ(posted_port->value.as_send_port.id, -3);
  EXPECT_EQ(posted_port->value.as_send_port.origin_id, 5);

  Fart_CObject capability = Of(Fart_CObject_kCapability);
  capability.value.as_capability.id = kLargest;
  const Posted posted_capability(capability);
  ASSERT_EQ(posted_capability->type, Fart_CObject_kCapability);
  EXPECT_EQ(posted_capability->value.as_capability.id, kLargest);
}

TEST(CObjectTest, AByteArrayInTheOlderSpellingIsTypedDataOfBytes) {
  std::uint8_t bytes[] = {1, 2, 255};
  Fart_CObject result;
  std::memset(&result, 0xAB, sizeof(result));
  result.type = Fart_CObject::kUint8Array;
  result.value.as_byte_array.values = bytes;
  result.value.as_byte_array.length = 3;
  const Posted posted(result);
  EXPECT_TRUE(posted->type == Fart_CObject::kUint8Array);
  EXPECT_TRUE(posted->type == Fart_CObject_kTypedData);
  EXPECT_EQ(posted->value.as_typed_data.type, Fart_TypedData_kUint8);
  ASSERT_EQ(posted->value.as_byte_array.length, 3);
  EXPECT_EQ(posted->value.as_byte_array.values[2], 255);
}

// ---- Between structures and objects

class CObjectHeapTest : public ::testing::Test {
 protected:
  Rooted Received(const Fart_CObject& object) FART_NO_SAFEPOINT_ANALYSIS {
    Message message;
    std::string error;
    EXPECT_TRUE(EncodeCObject(&object, &message, &error)) << error;
    const Outcome outcome = DecodeMessage(*isolate_, isolate_->program(), message);
    EXPECT_FALSE(outcome.IsError());
    return isolate_.Keep(outcome);
  }
  Message Encoded(Rooted object) FART_NO_SAFEPOINT_ANALYSIS {
    Message message;
    std::string error;
    EXPECT_TRUE(EncodeMessage(*isolate_, isolate_->program(), object, &message, &error)) << error;
    return message;
  }

  TestIsolate isolate_;
};

TEST_F(CObjectHeapTest, AStringWithNulsInsideSaysHowLongItIs) FART_MAY_COLLECT {
  const auto posted_text = [this](std::u16string_view units) FART_MAY_COLLECT {
    const Posted posted(Encoded(
        isolate_.Keep(NewStringFromUtf16(isolate_.mutator(), {units.data(), units.size()}))));
    EXPECT_EQ(posted->type, Fart_CObject_kString);
    EXPECT_EQ(posted->value.as_string, posted->value.as_text.chars);
    EXPECT_EQ(posted->value.as_text.chars[posted->value.as_text.length], '\0');
    return std::string(posted->value.as_text.chars,
                       static_cast<std::size_t>(posted->value.as_text.length));
  };
  EXPECT_EQ(posted_text(u""), "");
  EXPECT_EQ(posted_text({u"\0", 1}), std::string("\0", 1));
  EXPECT_EQ(posted_text({u"a\0b\0", 4}), std::string("a\0b\0", 4));
  EXPECT_EQ(posted_text({u"\0\u4E2D", 2}), std::string("\0\xE4\xB8\xAD", 4));
}

TEST_F(CObjectHeapTest, AnArrayOfStructuresBecomesAList) FART_MAY_COLLECT {
  Fart_CObject text = Text("caf\xC3\xA9");
  Fart_CObject number = Int32(-4);
  std::vector<Fart_CObject*> elements = {&text, &number, &text};
  const Rooted list = Received(Array(elements));
  const NoSafepointScope quiet;
  ASSERT_TRUE(IsArray(list.Get(quiet)));
  EXPECT_EQ(ToUtf8(ListAt(list.Get(quiet), 0, quiet), quiet), "caf\xC3\xA9");
  EXPECT_EQ(ListAt(list.Get(quiet), 1, quiet), ObjectPtr::FromSmi(-4));
  EXPECT_EQ(ListAt(list.Get(quiet), 0, quiet), ListAt(list.Get(quiet), 2, quiet));
}

TEST_F(CObjectHeapTest, ViewsAndBuffersArriveAsTheBytesThatTheySee) FART_MAY_COLLECT {
  const Rooted data = isolate_.Keep(NewTypedData(isolate_.mutator(), TypedDataType::kUint8, 8));
  {
    const NoSafepointScope quiet;
    for (std::uint8_t i = 0; i < 8; ++i) BytesOf(data.Get(quiet), quiet).first[i] = i;
  }
  const Rooted view =
      isolate_.Keep(NewTypedDataView(isolate_.mutator(), TypedDataType::kInt16, data, 2, 2));
  const Rooted buffer = isolate_.Keep(NewByteBuffer(isolate_.mutator(), data));
  const Posted posted_view(Encoded(view));
  ASSERT_EQ(posted_view->type, Fart_CObject_kTypedData);
  EXPECT_EQ(posted_view->value.as_typed_data.type, Fart_TypedData_kInt16);
  ASSERT_EQ(posted_view->value.as_typed_data.length, 4);
  EXPECT_EQ(posted_view->value.as_typed_data.values[0], 2);
  const Posted posted_buffer(Encoded(buffer));
  EXPECT_EQ(posted_buffer->value.as_typed_data.type, Fart_TypedData_kUint8);
  EXPECT_EQ(posted_buffer->value.as_typed_data.length, 8);
}

TEST_F(CObjectHeapTest, AViewEndsWhereItsBytesEnd) FART_MAY_COLLECT {
  const Rooted data = isolate_.Keep(NewTypedData(isolate_.mutator(), TypedDataType::kUint8, 16));
  const Message message = Encoded(
      isolate_.Keep(NewTypedDataView(isolate_.mutator(), TypedDataType::kInt32, data, 4, 2)));
  std::vector<std::uint8_t> bytes(message.bytes().begin(), message.bytes().end());
  constexpr std::size_t kOffset = 8 + 2 + 4;  // as in vm/message/message_test
  ASSERT_EQ(bytes[kOffset], 4);
  ASSERT_EQ(bytes[kOffset + 1], 8);
  const auto decodes = [&](std::uint8_t offset, std::uint8_t length) {
    bytes[kOffset] = offset;
    bytes[kOffset + 1] = length;
    MessageBytes copy;
    std::memcpy(copy.Extend(bytes.size()), bytes.data(), bytes.size());
    CObjectArena arena;
    std::string error;
    return DecodeCObject(Message(std::move(copy), {}), arena, &error) != nullptr;
  };
  EXPECT_TRUE(decodes(0, 16));
  EXPECT_TRUE(decodes(8, 8));
  EXPECT_TRUE(decodes(16, 0));
  EXPECT_FALSE(decodes(12, 8));
  EXPECT_FALSE(decodes(17, 0));
  EXPECT_FALSE(decodes(0, 20));
}

TEST_F(CObjectHeapTest, ExternalTypedDataIsFinalizedOnceAfterItsObjectHasDied) FART_MAY_COLLECT {
  int finalized = 0;
  std::uint16_t elements[] = {1, 2, 3};
  {
    LocalScope scope(isolate_->handles().locals);
    const Rooted data = Received(External(Fart_TypedData_kUint16, elements, 6, &finalized));
    const NoSafepointScope quiet;
    EXPECT_EQ(TypedDataTypeOf(data.Get(quiet)), TypedDataType::kUint16);
    EXPECT_EQ(TypedDataLength(data.Get(quiet), quiet), 3u);
    EXPECT_EQ(static_cast<void*>(BytesOf(data.Get(quiet), quiet).first), elements);
  }
  isolate_.Collect(GcKind::kMajor);
  isolate_->RunAllCallbacks();
  EXPECT_EQ(finalized, 1);
}

TEST_F(CObjectHeapTest, ANativePointerIsAnIntAndTheProgramsFromThenOn) FART_MAY_COLLECT {
  int finalized = 0;
  Fart_CObject pointer = Of(Fart_CObject_kNativePointer);
  pointer.value.as_native_pointer = {reinterpret_cast<std::intptr_t>(&finalized), sizeof(int),
                                     CountPointer};
  const Rooted address = Received(pointer);
  {
    const NoSafepointScope quiet;
    EXPECT_EQ(IntegerValue(address.Get(quiet), quiet), reinterpret_cast<std::intptr_t>(&finalized));
  }
  EXPECT_EQ(finalized, 0);
  {
    const Posted posted(pointer);
    ASSERT_EQ(posted->type, Fart_CObject_kNativePointer);
    EXPECT_EQ(posted->value.as_native_pointer.ptr, reinterpret_cast<std::intptr_t>(&finalized));
    EXPECT_EQ(posted->value.as_native_pointer.callback, nullptr);
    EXPECT_EQ(finalized, 0);
  }
  EXPECT_EQ(finalized, 1);
}

TEST_F(CObjectHeapTest, ALoneSurrogateMeetsNothingBehindItsString) FART_MAY_COLLECT {
  // Some length of the second string has the bytes of the surrogate that the first one lacks.
  const char16_t alone[] = {0xD800};
  for (std::size_t length = 0; length < 300; ++length) {
    const Rooted list = isolate_.NewList(2);
    const Rooted first = isolate_.Keep(NewStringFromUtf16(isolate_.mutator(), {alone, 1}));
    const Rooted second = isolate_.NewString(std::string(length, 'x'));
    {
      const NoSafepointScope quiet;
      ListSetAt(isolate_.mutator(), list.Get(quiet), 0, first.Get(quiet), quiet);
      ListSetAt(isolate_.mutator(), list.Get(quiet), 1, second.Get(quiet), quiet);
    }
    const Posted posted(Encoded(list));
    ASSERT_STREQ(posted[0].value.as_string, "\xED\xA0\x80") << length;
    ASSERT_EQ(posted[1].value.as_text.length, static_cast<std::intptr_t>(length));
  }
}

// ---- Messages that no sender makes

TEST(CObjectTest, ABigintIsAsShortAsItCanBeWhateverLimbsItHas) {
  const auto posted_of = [](bool negative, const std::vector<std::uint64_t>& limbs) {
    return Handmade(1, [&](MessageWriter& writer) {
      writer.PutKind(NodeKind::kBigInteger);
      writer.PutByte(negative ? 1 : 0);
      writer.PutVarint(limbs.size());
      writer.Align(sizeof(std::uint64_t));
      writer.PutBytes(limbs.data(), limbs.size() * sizeof(std::uint64_t));
    });
  };
  const auto int_of = [&](bool negative, const std::vector<std::uint64_t>& limbs) {
    const Posted posted(posted_of(negative, limbs));
    if (posted->type == Fart_CObject_kInt32) return std::int64_t{posted->value.as_int32};
    EXPECT_EQ(posted->type, Fart_CObject_kInt64);
    return posted->value.as_int64;
  };
  const auto digits_of = [&](const std::vector<std::uint64_t>& limbs) {
    const Posted posted(posted_of(false, limbs));
    EXPECT_EQ(posted->type, Fart_CObject_kBigint);
    EXPECT_EQ(posted->value.as_bigint.digits->value.as_typed_data.length,
              posted->value.as_bigint.used * 4);
    return posted->value.as_bigint.used;
  };
  constexpr std::uint64_t kSign = std::uint64_t{1} << 63;
  EXPECT_EQ(int_of(false, {}), 0);
  EXPECT_EQ(int_of(true, {0, 0}), 0);
  EXPECT_EQ(int_of(false, {5, 0}), 5);
  EXPECT_EQ(int_of(true, {5}), -5);
  EXPECT_EQ(int_of(false, {kSign - 1, 0, 0}), kLargest);
  EXPECT_EQ(int_of(true, {kSign}), -kLargest - 1);
  EXPECT_EQ(digits_of({kSign}), 2);
  EXPECT_EQ(digits_of({0, 1}), 3);
  EXPECT_EQ(digits_of({0, std::uint64_t{1} << 32}), 4);
  EXPECT_EQ(digits_of({0, 1, 0}), 3);
}

TEST(CObjectTest, APayloadIsOfTheKindAndLengthThatItsNodeNeeds) {
  std::uint8_t bytes[8] = {};
  int finalized = 0;
  const auto decodes = [&](NodeKind node, MessagePayload::Kind kind, std::size_t size) {
    return Decodes(Handmade(1, [&](MessageWriter& writer) {
      writer.PutKind(node);
      if (node == NodeKind::kExternalTypedData) writer.PutType(TypedDataType::kInt32);
      writer.PutVarint(writer.AddPayload({.kind = kind,
                                          .data = bytes,
                                          .size = size,
                                          .peer = &finalized,
                                          .weak_finalizer = Count,
                                          .finalizer = CountPointer}));
    }));
  };
  constexpr auto kTypedData = MessagePayload::Kind::kTypedData;
  constexpr auto kPointer = MessagePayload::Kind::kNativePointer;
  EXPECT_TRUE(decodes(NodeKind::kExternalTypedData, kTypedData, 8));
  EXPECT_TRUE(decodes(NodeKind::kExternalTypedData, kTypedData, 0));
  EXPECT_FALSE(decodes(NodeKind::kExternalTypedData, kTypedData, 6));
  EXPECT_FALSE(decodes(NodeKind::kExternalTypedData, kPointer, 8));
  EXPECT_TRUE(decodes(NodeKind::kNativePointer, kPointer, 8));
  EXPECT_FALSE(decodes(NodeKind::kNativePointer, kTypedData, 8));
}

TEST(CObjectTest, AViewSeesBytesAndNothingElse) {
  const auto decodes = [](bool is_view, std::uint64_t seen, auto&& put_seen) {
    return Decodes(Handmade(2, [&](MessageWriter& writer) {
      writer.PutKind(is_view ? NodeKind::kTypedDataView : NodeKind::kByteBuffer);
      writer.PutVarint(0);
      if (is_view) writer.PutType(TypedDataType::kUint8);
      writer.PutVarint(seen);
      if (is_view) {
        writer.PutVarint(0);
        writer.PutVarint(1);
      }
      put_seen(writer);
    }));
  };
  for (const bool is_view : {true, false}) {
    EXPECT_TRUE(decodes(is_view, 1, [](MessageWriter& writer) {
      writer.PutKind(NodeKind::kTypedData);
      writer.PutVarint(0);
      writer.PutType(TypedDataType::kUint8);
      writer.PutVarint(1);
      writer.Align(kMessageDataAlignment);
      writer.PutByte(7);
    }));
    const auto put_text = [](MessageWriter& writer) { writer.PutString("bytes"); };
    EXPECT_FALSE(decodes(is_view, 1, put_text));
    EXPECT_FALSE(decodes(is_view, 0, put_text));  // itself
    EXPECT_FALSE(decodes(is_view, 1, [](MessageWriter& writer) {
      writer.PutKind(NodeKind::kByteBuffer);
      writer.PutVarint(0);
      writer.PutVarint(0);
    }));
  }
}

TEST(CObjectTest, OfAnInstanceNothingIsSeenAndNothingIsLeft) {
  const auto put = [](MessageWriter& writer) {
    writer.PutKind(NodeKind::kInstance);
    writer.PutVarint(0);
    writer.PutVarint(0);  // The first class, which is told here.
    writer.PutText("dart:core");
    writer.PutText("C");
    writer.PutVarint(2);
    writer.PutWord(0);
    writer.PutInteger(7);
    writer.PutNull();
  };
  EXPECT_EQ(Posted(Handmade(1, put))->type, Fart_CObject_kUnsupported);
  EXPECT_FALSE(Decodes(Handmade(1, [&](MessageWriter& writer) {
    put(writer);
    writer.PutNull();  // One byte more than it has.
  })));
}

TEST(CObjectTest, OfAFunctionNothingIsSeen) {
  const auto put = [](MessageWriter& writer) {
    writer.PutKind(NodeKind::kFunction);
    writer.PutText("dart:core");
    writer.PutText("print");
  };
  EXPECT_EQ(Posted(Handmade(1, put))->type, Fart_CObject_kUnsupported);
}

// ---- What is refused

TEST(CObjectRefusalTest, NamesWhatIsWrong) {
  std::uint8_t bytes[8] = {};
  std::vector<Fart_CObject*> elements = {nullptr};
  EXPECT_EQ(Refusal(nullptr), "a pointer to a Fart_CObject is NULL");
  EXPECT_EQ(Refusal(Array(elements)), "a pointer to a Fart_CObject is NULL");
  EXPECT_EQ(Refusal(Text(nullptr)), "as_string is NULL");
  EXPECT_EQ(Refusal(Text("\xFF")), "as_string is not valid UTF-8");
  EXPECT_EQ(Refusal(Text("cut \xE4\xB8")), "as_string is not valid UTF-8");

  Fart_CObject array = Array(elements);
  array.value.as_array.length = -1;
  EXPECT_EQ(Refusal(array), "as_array.length is -1");
  array.value.as_array.length = std::numeric_limits<std::intptr_t>::max();
  EXPECT_EQ(Refusal(array), "as_array.length is " + std::to_string(kLargest));
  array.value.as_array.length = 1;
  array.value.as_array.values = nullptr;
  EXPECT_EQ(Refusal(array), "as_array.values is NULL");

  EXPECT_EQ(Refusal(TypedData(Fart_TypedData_kInvalid, bytes, 8)),
            "as_typed_data.type is 13, which is no type of elements");
  EXPECT_EQ(Refusal(TypedData(Fart_TypedData_kInt8, bytes, -8)), "as_typed_data.length is -8");
  constexpr auto kTooLong = static_cast<std::intptr_t>(kMaxTypedDataBytes + 1);
  EXPECT_EQ(Refusal(TypedData(Fart_TypedData_kInt8, bytes, kTooLong)),
            "as_typed_data.length is " + std::to_string(kTooLong));
  EXPECT_EQ(Refusal(TypedData(Fart_TypedData_kInt32, bytes, 6)),
            "as_typed_data.length is 6 bytes, which is no multiple of an element's");
  EXPECT_EQ(Refusal(TypedData(Fart_TypedData_kInt8, nullptr, 8)),
            "the data of as_typed_data are NULL");

  Fart_CObject port = Of(Fart_CObject_kSendPort);
  port.value.as_send_port.id = ILLEGAL_PORT;
  EXPECT_EQ(Refusal(port), "as_send_port.id is ILLEGAL_PORT");
  Fart_CObject pointer = Of(Fart_CObject_kNativePointer);
  pointer.value.as_native_pointer = {1, -1, nullptr};
  EXPECT_EQ(Refusal(pointer), "as_native_pointer.size is -1");
}

TEST(CObjectRefusalTest, NamesWhatIsWrongWithABigint) {
  std::uint32_t digits[] = {1, 2, 3};
  Fart_CObject data = TypedData(Fart_TypedData_kUint32, digits, sizeof(digits));
  Fart_CObject big = Of(Fart_CObject_kBigint);
  big.value.as_bigint = {false, 4, &data};
  EXPECT_EQ(Refusal(big), "as_bigint.used is 4, and there are 3 digits");
  big.value.as_bigint.used = -1;
  EXPECT_EQ(Refusal(big), "as_bigint.used is -1, and there are 3 digits");
  big.value.as_bigint.digits = nullptr;
  EXPECT_EQ(Refusal(big), "as_bigint.digits is no typed data of kUint32");
  data.value.as_typed_data.type = Fart_TypedData_kInt32;
  big.value.as_bigint.digits = &data;
  EXPECT_EQ(Refusal(big), "as_bigint.digits is no typed data of kUint32");
}

// ---- Defects of the older implementation

TEST(CObjectTest, EveryKindIsSentOrRefusedAndNoneEndsTheProcess_Defect16) {
  Fart_CObject port = Of(Fart_CObject_kSendPort);
  port.value.as_send_port = {1, 0};
  EXPECT_EQ(Posted(port)->type, Fart_CObject_kSendPort);
  EXPECT_EQ(Refusal(Of(Fart_CObject_kUnsupported)), "kUnsupported stands for what cannot be sent");
  Fart_CObject unknown = Of(Fart_CObject_kNull);
  for (const int type : {int{Fart_CObject_kNumberOfTypes}, -1, 1000}) {
    std::memcpy(&unknown.type, &type, sizeof(type));
    EXPECT_EQ(Refusal(unknown), "its type is " + std::to_string(type) + ", which is no kind");
  }
}

TEST(CObjectTest, TypedDataOfEveryTypeIsMeasuredInBytesBothWays_Defect17) {
  for (std::uint32_t i = 0; i < core_shape::kTypedDataTypes; ++i) {
    const auto type = static_cast<Fart_TypedData_Type>(i);
    std::vector<std::uint8_t> bytes(48);
    for (std::size_t k = 0; k < bytes.size(); ++k) bytes[k] = static_cast<std::uint8_t>(k + i);
    const Posted once(TypedData(type, bytes.data(), 48));
    const Posted twice(*once);  // what was received is posted again
    ASSERT_EQ(twice->type, Fart_CObject_kTypedData);
    EXPECT_EQ(twice->value.as_typed_data.type, type);
    ASSERT_EQ(twice->value.as_typed_data.length, 48);
    EXPECT_EQ(std::memcmp(twice->value.as_typed_data.values, bytes.data(), 48), 0);
  }
}

TEST(CObjectTest, ExternalTypedDataIsOfTheTypeThatItSays_Defect18) {
  int finalized = 0;
  double elements[] = {1.5, 2.5};
  {
    const Posted posted(External(Fart_TypedData_kFloat64, elements, 16, &finalized));
    EXPECT_EQ(posted->value.as_typed_data.type, Fart_TypedData_kFloat64);
  }
  EXPECT_EQ(finalized, 1);
}

TEST(CObjectTest, ANativePortSeesTheBytesOfExternalTypedData_Defect19) {
  int finalized = 0;
  std::vector<std::uint8_t> bytes = {1, 2, 3};
  {
    const Posted posted(External(Fart_TypedData_kUint8, bytes.data(), 3, &finalized));
    ASSERT_EQ(posted->type, Fart_CObject_kTypedData);
    ASSERT_EQ(posted->value.as_typed_data.length, 3);
    EXPECT_EQ(posted->value.as_typed_data.values, bytes.data());
    EXPECT_EQ(finalized, 0);
  }
  EXPECT_EQ(finalized, 1);
}

TEST(CObjectTest, AFinalizerRunsOnceOrTheDataStayTheSenders_Defect20) {
  int finalized = 0;
  std::uint8_t bytes[] = {1, 2};
  Fart_CObject external = External(Fart_TypedData_kUint8, bytes, 2, &finalized);
  Fart_CObject unsupported = Of(Fart_CObject_kUnsupported);
  std::vector<Fart_CObject*> elements = {&external, &unsupported};
  EXPECT_NE(Refusal(Array(elements)), "");
  EXPECT_EQ(finalized, 0);
  // Sent, and nobody ever reads it: the port has closed, the queue was cleared.
  elements = {&external, &external};
  {
    Message message;
    std::string error;
    const Fart_CObject array = Array(elements);
    ASSERT_TRUE(EncodeCObject(&array, &message, &error));
    EXPECT_EQ(finalized, 0);
  }
  EXPECT_EQ(finalized, 1);
}

TEST(CObjectTest, NothingInTheSendersStructureIsChanged_Defect21) {
  std::uint32_t digits[] = {1, 2, 3};
  Fart_CObject data = TypedData(Fart_TypedData_kUint32, digits, sizeof(digits));
  Fart_CObject big = Of(Fart_CObject_kBigint);
  big.value.as_bigint.neg = true;
  big.value.as_bigint.used = 3;
  big.value.as_bigint.digits = &data;
  std::vector<Fart_CObject*> elements = {&big, &data, &big};
  Fart_CObject array = Array(elements);
  const std::vector<Fart_CObject> before = {data, big, array};
  for (int i = 0; i < 2; ++i) {
    const Posted posted(array);
    ASSERT_EQ(posted[0].type, Fart_CObject_kBigint);
    EXPECT_TRUE(posted[0].value.as_bigint.neg);
    ASSERT_EQ(posted[0].value.as_bigint.used, 3);
    EXPECT_EQ(std::memcmp(posted[0].value.as_bigint.digits->value.as_typed_data.values, digits, 12),
              0);
    EXPECT_EQ(&posted[0], &posted[2]);
  }
  EXPECT_EQ(std::memcmp(&before[0], &data, sizeof(data)), 0);
  EXPECT_EQ(std::memcmp(&before[1], &big, sizeof(big)), 0);
  EXPECT_EQ(std::memcmp(&before[2], &array, sizeof(array)), 0);
}

TEST_F(CObjectHeapTest, LaterReferencesAreRightBehindStringsAndListsOfEveryKind_Defect22)
FART_MAY_COLLECT {
  const Rooted list = isolate_.NewList(6);
  const char16_t alone[] = {0xD800, u'x'};
  const Rooted items[] = {
      isolate_.Keep(NewStringFromUtf16(isolate_.mutator(), {alone, 2})),
      isolate_.Keep(NewTypedData(isolate_.mutator(), TypedDataType::kFloat32x4, 2)),
      isolate_.NewString("behind"),
  };
  {
    const NoSafepointScope quiet;
    for (std::size_t i = 0; i < 6; ++i) {
      ListSetAt(isolate_.mutator(), list.Get(quiet), i, items[i % 3].Get(quiet), quiet);
    }
  }
  const Posted posted(Encoded(list));
  EXPECT_STREQ(posted[0].value.as_string, "\xED\xA0\x80x");
  EXPECT_EQ(posted[1].value.as_typed_data.type, Fart_TypedData_kFloat32x4);
  EXPECT_STREQ(posted[2].value.as_string, "behind");
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(&posted[i], &posted[i + 3]);
}

TEST(CObjectTest, NoMessageKeepsMemoryOfAnother_Defect23) {
  std::uint32_t digits[] = {1, 2, 3};
  Fart_CObject data = TypedData(Fart_TypedData_kUint32, digits, sizeof(digits));
  Fart_CObject big = Of(Fart_CObject_kBigint);
  big.value.as_bigint = {false, 3, &data};
  // Each structure is gone, with its arena, before the next is made.
  for (std::uint32_t i = 0; i < 3; ++i) {
    digits[0] = i;
    const Posted posted(big);
    EXPECT_EQ(posted->value.as_bigint.digits->value.as_typed_data.type, Fart_TypedData_kUint32);
    std::uint32_t first;
    std::memcpy(&first, posted->value.as_bigint.digits->value.as_typed_data.values, 4);
    EXPECT_EQ(first, i);
  }
}

TEST(CObjectTest, ABigintThatFitsIsAnInt) {
  const auto posted_of = [](bool neg, std::vector<std::uint32_t> digits) {
    Fart_CObject data = TypedData(Fart_TypedData_kUint32, digits.data(),
                                  static_cast<std::intptr_t>(digits.size() * 4));
    Fart_CObject big = Of(Fart_CObject_kBigint);
    big.value.as_bigint = {neg, static_cast<std::intptr_t>(digits.size()), &data};
    const Posted posted(big);
    if (posted->type == Fart_CObject_kInt32) return std::int64_t{posted->value.as_int32};
    return posted->type == Fart_CObject_kInt64 ? posted->value.as_int64 : kLargest - 1;
  };
  EXPECT_EQ(posted_of(false, {}), 0);
  EXPECT_EQ(posted_of(true, {5, 0, 0}), -5);
  EXPECT_EQ(posted_of(false, {0xFFFFFFFF, 0x7FFFFFFF}), kLargest);
  EXPECT_EQ(posted_of(true, {0, 0x80000000}), -kLargest - 1);
  EXPECT_EQ(posted_of(false, {0, 0x80000000}), kLargest - 1);  // a bigint
}

}  // namespace
}  // namespace fart::api
