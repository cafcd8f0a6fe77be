// What the reader takes for a message, field by field: the last value that is right and the first
// that is wrong. What comes of the parts is decoding's to show (message_test.cc).

#include "vm/message/message_reader.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "vm/message/message.h"
#include "vm/message/message_format.h"
#include "vm/message/message_writer.h"

namespace fart {
namespace {

constexpr std::uint64_t kMaxHash = (std::uint64_t{1} << 25) - 1;

using Bytes = std::vector<std::uint8_t>;
using Put = std::function<void(MessageWriter&)>;

Message MessageOf(std::span<const std::uint8_t> bytes, std::size_t payloads = 0) {
  MessageBytes copy;
  if (!bytes.empty()) std::memcpy(copy.Extend(bytes.size()), bytes.data(), bytes.size());
  Vector<MessagePayload> none;
  none.resize(payloads);
  return Message(std::move(copy), std::move(none));
}

// A message whose root is null; what is put then are its nodes.
Bytes BytesOf(const Put& put, std::size_t node_count = 1) {
  MessageWriter writer;
  writer.PutNull();
  put(writer);
  Message message;
  EXPECT_TRUE(writer.Finish(node_count, &message));
  return Bytes(message.bytes().begin(), message.bytes().end());
}

// Whether a reader takes it wholly; *last is its last node.
bool Reads(std::span<const std::uint8_t> bytes, MessageNode* last, std::size_t payloads = 0) {
  const Message message = MessageOf(bytes, payloads);
  MessageReader reader(message);
  if (!reader.SkipValues(1)) return false;
  for (std::uint64_t i = 0; i < reader.node_count(); ++i) {
    if (!reader.ReadNode(last) || !reader.SkipValues(last->values)) return false;
  }
  return reader.IsAtEnd();
}

struct Row {
  const char* name;
  bool is_right;
  Put put;
  std::size_t nodes = 1;
  std::size_t payloads = 0;
};

void PutNulls(MessageWriter& writer, int count) {
  for (int i = 0; i < count; ++i) writer.PutNull();
}

// ---- Nodes

void PutString(MessageWriter& writer, NodeKind kind, std::uint64_t length, std::size_t bytes) {
  writer.PutKind(kind);
  writer.PutVarint(length);
  if (kind == NodeKind::kUtf16String) writer.Align(2);
  for (std::size_t i = 0; i < bytes; ++i) writer.PutByte('x');
}

void PutBig(MessageWriter& writer, std::uint8_t sign, std::uint64_t limbs, int words) {
  writer.PutKind(NodeKind::kBigInteger);
  writer.PutByte(sign);
  writer.PutVarint(limbs);
  writer.Align(8);
  for (int i = 0; i < words; ++i) writer.PutWord(7);
}

void PutData(MessageWriter& writer, std::uint64_t hash, std::uint8_t type, std::uint64_t length,
             std::size_t bytes) {
  writer.PutKind(NodeKind::kTypedData);
  writer.PutVarint(hash);
  writer.PutByte(type);
  writer.PutVarint(length);
  writer.Align(kMessageDataAlignment);
  for (std::size_t i = 0; i < bytes; ++i) writer.PutByte(1);
}

void PutView(MessageWriter& writer, std::uint64_t hash, std::uint8_t type, std::uint64_t buffer,
             std::uint64_t offset, std::uint64_t length) {
  writer.PutKind(NodeKind::kTypedDataView);
  writer.PutVarint(hash);
  writer.PutByte(type);
  for (const std::uint64_t number : {buffer, offset, length}) writer.PutVarint(number);
}

void PutHashed(MessageWriter& writer, NodeKind kind, std::uint64_t hash, int words,
               std::uint64_t word = 9) {
  writer.PutKind(kind);
  writer.PutVarint(hash);
  for (int i = 0; i < words; ++i) writer.PutWord(word);
}

void PutExternal(MessageWriter& writer, std::uint8_t type, std::uint64_t payload) {
  writer.PutKind(NodeKind::kExternalTypedData);
  writer.PutByte(type);
  writer.PutVarint(payload);
}

void PutPointer(MessageWriter& writer, std::uint64_t payload) {
  writer.PutKind(NodeKind::kNativePointer);
  writer.PutVarint(payload);
}

void PutInstance(MessageWriter& writer, std::uint64_t hash, std::uint64_t number, bool describes,
                 int fields) {
  writer.PutKind(NodeKind::kInstance);
  writer.PutVarint(hash);
  writer.PutVarint(number);
  if (describes) {
    writer.PutText("file:///a");
    writer.PutText("A");
    writer.PutVarint(2);
    writer.PutWord(3);
  }
  PutNulls(writer, fields);
}

void PutList(MessageWriter& writer, NodeKind kind, std::uint64_t hash, std::uint64_t length,
             int values) {
  writer.PutKind(kind);
  writer.PutVarint(hash);
  writer.PutVarint(length);
  PutNulls(writer, values);
}

// The types of one more list, and the list.
void PutTyped(MessageWriter& writer, std::uint64_t number, std::string_view described,
              NodeKind kind = NodeKind::kTypedGrowableList) {
  writer.PutKind(kind);
  writer.PutVarint(number);
  if (!described.empty()) writer.PutText(described);
  writer.PutVarint(5);
  writer.PutVarint(1);
  PutNulls(writer, 1);
}

#define PUT [](MessageWriter & w)

const Row kRows[] = {{"Latin-1", true, PUT{PutString(w, NodeKind::kLatin1String, 3, 3);
}  // namespace
}  // namespace fart
, {"Latin-1, a unit short", false, PUT{PutString(w, NodeKind::kLatin1String, 4, 3);
}
}
, {"UTF-16", true, PUT{PutString(w, NodeKind::kUtf16String, 2, 4);
}
}
, {"UTF-16, half a unit short", false, PUT{PutString(w, NodeKind::kUtf16String, 2, 3);
}
}
, {"UTF-16, its length in bytes", false, PUT{PutString(w, NodeKind::kUtf16String, 4, 4);
}
}
, {"positive", true, PUT{PutBig(w, 0, 2, 2);
}
}
, {"negative", true, PUT{PutBig(w, 1, 1, 1);
}
}
, {"another sign", false, PUT{PutBig(w, 2, 1, 1);
}
}
, {"a limb short", false, PUT{PutBig(w, 0, 3, 2);
}
}
, {"as many limbs as wrap", false, PUT{PutBig(w, 0, (std::uint64_t{1} << 61) + 1, 1);
}
}
, {"array", true, PUT{PutList(w, NodeKind::kArray, kMaxHash, 2, 2);
}
}
, {"unmodifiable array", true, PUT{PutList(w, NodeKind::kImmutableArray, 0, 1, 1);
}
}
, {"list", true, PUT{PutList(w, NodeKind::kGrowableList, 5, 0, 0);
}
}
, {"an array's hash", false, PUT{PutList(w, NodeKind::kArray, kMaxHash + 1, 2, 2);
}
}
, {"an array's length", false, PUT{PutList(w, NodeKind::kArray, 0, 3, 2);
}
}
, {"data", true, PUT{PutData(w, kMaxHash, 12, 32, 32);
}
}
, {"bytes of data", true, PUT{PutData(w, 0, 0, 3, 3);
}
}
, {"data's hash", false, PUT{PutData(w, kMaxHash + 1, 12, 32, 32);
}
}
, {"data's type", false, PUT{PutData(w, 0, 13, 32, 32);
}
}
, {"data's elements", false, PUT{PutData(w, 0, 12, 33, 33);
}
}
, {"data's length", false, PUT{PutData(w, 0, 0, 4, 3);
}
}
, {"external", true, PUT{PutExternal(w, 12, 1);
}
, 1, 2
}
, {"external's type", false, PUT{PutExternal(w, 13, 1);
}
, 1, 2
}
, {"external's payload", false, PUT{PutExternal(w, 12, 2);
}
, 1, 2
}
, {"pointer", true, PUT{PutPointer(w, 1);
}
, 1, 2
}
, {"pointer's payload", false, PUT{PutPointer(w, 2);
}
, 1, 2
}
, {"view", true, PUT{PutView(w, kMaxHash, 6, 0, 4, 8);
}
}
, {"view's hash", false, PUT{PutView(w, kMaxHash + 1, 6, 0, 4, 8);
}
}
, {"view's type", false, PUT{PutView(w, 0, 13, 0, 4, 8);
}
}
, {"view's data", false, PUT{PutView(w, 0, 6, 1, 4, 8);
}
}
, {"view's elements", false, PUT{PutView(w, 0, 6, 0, 4, 9);
}
}
, {"buffer", true, PUT{PutHashed(w, NodeKind::kByteBuffer, kMaxHash, 0);
w.PutVarint(0);
}
}
, {"buffer's hash", false, PUT{PutHashed(w, NodeKind::kByteBuffer, kMaxHash + 1, 0);
w.PutVarint(0);
}
}
, {"buffer's data", false, PUT{PutHashed(w, NodeKind::kByteBuffer, 0, 0);
w.PutVarint(1);
}
}
, {"port", true, PUT{PutHashed(w, NodeKind::kSendPort, kMaxHash, 2);
}
}
, {"port's hash", false, PUT{PutHashed(w, NodeKind::kSendPort, kMaxHash + 1, 2);
}
}
, {"port's number", false, PUT{PutHashed(w, NodeKind::kSendPort, 0, 2, 0);
}
}
, {"capability", true, PUT{PutHashed(w, NodeKind::kCapability, kMaxHash, 1, 0);
}
}
, {"capability's hash", false, PUT{PutHashed(w, NodeKind::kCapability, kMaxHash + 1, 1);
}
}
, {"instance", true, PUT{PutInstance(w, kMaxHash, 0, true, 2);
}
}
, {"instance's hash", false, PUT{PutInstance(w, kMaxHash + 1, 0, true, 2);
}
}
, {"instance's fields", false, PUT{PutInstance(w, 0, 0, true, 1);
}
}
, {"instance's class", false, PUT{PutInstance(w, 0, 1, true, 2);
}
}
, {"two of a class", true, PUT{PutInstance(w, 0, 0, true, 2);
PutInstance(w, 0, 0, false, 2);
}
, 2
}
, {"two classes", true, PUT{PutInstance(w, 0, 0, true, 2);
PutInstance(w, 0, 1, true, 2);
}
, 2
}
, {"a class that comes later", false, PUT{PutInstance(w, 0, 0, true, 2);
PutInstance(w, 0, 2, true, 2);
}
, 2
}
, {"a list with types", true, PUT{PutTyped(w, 0, "int");
}
}
, {"two of a type, one of another", true, PUT{PutTyped(w, 0, "int");
PutTyped(w, 0, "");
PutTyped(w, 1, "num");
}
, 3
}
, {"types that come later", false, PUT{PutTyped(w, 1, "int");
}
}
, {"types that are longer than the message", false, PUT{w.PutKind(NodeKind::kTypedGrowableList);
w.PutVarint(0);
w.PutVarint(1000);
w.PutByte('i');
}
}
, {"arrays with types", true, PUT{PutTyped(w, 0, "int", NodeKind::kTypedArray);
PutTyped(w, 0, "", NodeKind::kTypedImmutableArray);
}
, 2
}
, {"a function", true, PUT{w.PutKind(NodeKind::kFunction);
w.PutText("file:///a");
w.PutText("f");
}
}
, {"a function without its name", false, PUT{w.PutKind(NodeKind::kFunction);
w.PutText("file:///a");
}
}
, {"a type", true, PUT{w.PutKind(NodeKind::kType);
w.PutText("1;d");
}
}
, {"a type without its text", false, PUT{w.PutKind(NodeKind::kType);
w.PutVarint(7);
}
}
, {"no kind", false, PUT{w.PutByte(kNodeKinds);
w.PutByte(0);
}
}
, {"something behind", false, PUT{PutString(w, NodeKind::kLatin1String, 2, 3);
}
}
, {"fewer nodes than said", false, PUT{PutString(w, NodeKind::kLatin1String, 3, 3);
}
, 2
}
,
}
;

TEST(MessageReaderTest, EachFieldEndsWhereItShould) {
  for (const Row& row : kRows) {
    const Bytes bytes = BytesOf(row.put, row.nodes);
    MessageNode node;
    EXPECT_EQ(Reads(bytes, &node, row.payloads), row.is_right) << row.name;
    if (!row.is_right) continue;
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      EXPECT_FALSE(Reads(std::span(bytes).first(size), &node, row.payloads))
          << row.name << ", cut to " << size;
    }
  }
}

TEST(MessageReaderTest, SaysWhatEachNodeHolds) {
  MessageNode node;
  ASSERT_TRUE(Reads(BytesOf(PUT { PutBig(w, 1, 2, 2); }), &node));
  EXPECT_TRUE(node.is_negative);
  EXPECT_EQ(node.length, 2u);
  EXPECT_EQ(node.values, 0u);
  ASSERT_TRUE(Reads(BytesOf(PUT { PutBig(w, 0, 2, 2); }), &node));
  EXPECT_FALSE(node.is_negative);
  ASSERT_TRUE(Reads(BytesOf(PUT { PutView(w, 77, 6, 0, 4, 8); }), &node));
  EXPECT_EQ(node.hash, 77u);
  EXPECT_EQ(node.type, TypedDataType::kInt32);
  EXPECT_EQ(node.buffer, 0u);
  EXPECT_EQ(node.offset, 4u);
  EXPECT_EQ(node.length, 8u);
  ASSERT_TRUE(Reads(BytesOf(PUT {
                      w.PutKind(NodeKind::kSendPort);
                      w.PutVarint(1);
                      w.PutWord(5);
                      w.PutWord(6);
                    }),
                    &node));
  EXPECT_EQ(node.id, 5);
  EXPECT_EQ(node.origin_id, 6);
  ASSERT_TRUE(Reads(BytesOf(PUT { PutExternal(w, 3, 1); }), &node, 2));
  EXPECT_EQ(node.payload, 1u);
  EXPECT_EQ(node.type, TypedDataType::kUint8Clamped);
  ASSERT_TRUE(Reads(BytesOf(PUT { PutInstance(w, 9, 0, true, 2); }), &node));
  EXPECT_EQ(node.values, 2u);
  EXPECT_EQ(node.hash, 9u);
}

TEST(MessageReaderTest, DataLieWhereTheyAreAligned) {
  for (int before = 0; before < 20; ++before) {
    const Bytes bytes = BytesOf(
        [before](MessageWriter& w) {
          PutString(w, NodeKind::kLatin1String, static_cast<std::uint64_t>(before),
                    static_cast<std::size_t>(before));
          PutData(w, 0, 9, 8, 8);
        },
        2);
    const Message message = MessageOf(bytes);
    MessageReader reader(message);
    MessageNode node;
    ASSERT_TRUE(reader.SkipValues(1) && reader.ReadNode(&node) && reader.ReadNode(&node));
    EXPECT_EQ(static_cast<std::size_t>(node.data - message.bytes().data()) % kMessageDataAlignment,
              0u);
    EXPECT_EQ(node.data + 8, message.bytes().data() + bytes.size());
    // What lies in front of them is none of them.
    for (std::size_t missing = 1; missing <= 8; ++missing) {
      const Message cut = MessageOf(std::span(bytes).first(bytes.size() - missing));
      MessageReader of_cut(cut);
      ASSERT_TRUE(of_cut.SkipValues(1) && of_cut.ReadNode(&node));
      EXPECT_FALSE(of_cut.ReadNode(&node)) << before << " " << missing;
    }
  }
}

// Whoever makes room for as many things as are announced asks for no more than the bytes warrant.
TEST(MessageReaderTest, AnnouncesNoMoreNodesAndValuesThanThereCanBe) {
  for (const std::uint64_t count : {std::uint64_t{2}, std::uint64_t{3}, ~std::uint64_t{0}}) {
    Bytes bytes(8 + 4);
    std::memcpy(bytes.data(), &count, sizeof(count));
    const Message message = MessageOf(bytes);
    const MessageReader reader(message);
    EXPECT_EQ(reader.has_failed(), count > 2);
    EXPECT_EQ(reader.node_count(), count > 2 ? 0u : count);
  }
  for (const std::uint64_t length : {2u, 3u}) {
    const Bytes bytes =
        BytesOf([length](MessageWriter& w) { PutList(w, NodeKind::kArray, 0, length, 2); });
    const Message message = MessageOf(bytes);
    MessageReader reader(message);
    MessageNode node;
    ASSERT_TRUE(reader.SkipValues(1));
    EXPECT_EQ(reader.ReadNode(&node), length == 2);
  }
  for (const int fields : {1, 2}) {
    const Bytes bytes = BytesOf([fields](MessageWriter& w) { PutInstance(w, 0, 0, true, fields); });
    const Message message = MessageOf(bytes);
    MessageReader reader(message);
    MessageNode node;
    ASSERT_TRUE(reader.SkipValues(1));
    EXPECT_EQ(reader.ReadNode(&node), fields == 2);
  }
}

// ---- Values

// What is left of a message is read as one value.
bool ReadsValue(std::span<const std::uint8_t> value, MessageValue* read) {
  Bytes bytes(8);
  bytes.insert(bytes.end(), value.begin(), value.end());
  const Message message = MessageOf(bytes);
  MessageReader reader(message);
  return reader.ReadValue(read) && reader.IsAtEnd();
}

TEST(MessageReaderTest, IntegersOfEveryWidthArrive) {
  for (int bits = 0; bits < 64; ++bits) {
    const auto power = static_cast<std::int64_t>(std::uint64_t{1} << bits);
    for (const std::int64_t value :
         {power, static_cast<std::int64_t>(~static_cast<std::uint64_t>(power)),
          static_cast<std::int64_t>(static_cast<std::uint64_t>(power) - 1)}) {
      MessageWriter writer;
      writer.PutInteger(value);
      Message message;
      ASSERT_TRUE(writer.Finish(0, &message));
      MessageReader reader(message);
      MessageValue read;
      ASSERT_TRUE(reader.ReadValue(&read) && reader.IsAtEnd()) << value;
      EXPECT_EQ(read.tag, ValueTag::kInteger);
      EXPECT_EQ(read.integer, value);
    }
  }
}

TEST(MessageReaderTest, AnIntegerHasNoMoreThan64Bits) {
  const auto integer = [](std::uint8_t last, int more) {
    Bytes bytes = {static_cast<std::uint8_t>(ValueTag::kInteger)};
    bytes.insert(bytes.end(), static_cast<std::size_t>(9 + more), 0xFF);
    bytes.push_back(last);
    return bytes;
  };
  MessageValue value;
  ASSERT_TRUE(ReadsValue(integer(1, 0), &value));
  EXPECT_EQ(value.integer, std::numeric_limits<std::int64_t>::min());
  EXPECT_FALSE(ReadsValue(integer(2, 0), &value));
  EXPECT_FALSE(ReadsValue(integer(0x7F, 0), &value));
  EXPECT_FALSE(ReadsValue(integer(0, 1), &value));
  EXPECT_TRUE(ReadsValue(integer(0x7F, -1), &value));
}

TEST(MessageReaderTest, ThereAreSixTags) {
  MessageValue value;
  for (const ValueTag tag : {ValueTag::kNull, ValueTag::kFalse, ValueTag::kTrue}) {
    ASSERT_TRUE(ReadsValue(Bytes{static_cast<std::uint8_t>(tag)}, &value));
    EXPECT_EQ(value.tag, tag);
  }
  EXPECT_FALSE(ReadsValue(Bytes{kValueTags, 0}, &value));
  EXPECT_FALSE(ReadsValue(Bytes{255}, &value));
}

TEST(MessageReaderTest, AValueIsOneOfTheNodesThatThereAre) {
  for (const std::uint64_t number : {0u, 1u, 2u}) {
    const Bytes bytes = BytesOf(
        [number](MessageWriter& w) {
          PutList(w, NodeKind::kArray, 0, 1, 0);
          w.PutByte(static_cast<std::uint8_t>(ValueTag::kNode));
          w.PutVarint(number);
          PutString(w, NodeKind::kLatin1String, 0, 0);
        },
        2);
    MessageNode node;
    EXPECT_EQ(Reads(bytes, &node), number < 2) << number;
  }
}

TEST(MessageReaderTest, NothingIsReadBehindTheEnd) {
  for (const int values : {0, 1, 2}) {
    MessageWriter writer;
    for (int i = 0; i < values; ++i) writer.PutNull();
    Message message;
    ASSERT_TRUE(writer.Finish(0, &message));
    MessageValue value;
    MessageNode node;
    for (const bool asks_for_node : {false, true}) {
      MessageReader reader(message);
      for (int i = 0; i < values; ++i) EXPECT_TRUE(reader.ReadValue(&value));
      EXPECT_TRUE(reader.IsAtEnd());
      EXPECT_FALSE(asks_for_node ? reader.ReadNode(&node) : reader.ReadValue(&value));
      EXPECT_TRUE(reader.has_failed());
      EXPECT_FALSE(reader.IsAtEnd());
    }
  }
}

TEST(MessageReaderTest, AfterTheFirstMistakeEveryAnswerIsNo) {
  const Bytes bytes = BytesOf(PUT {
    w.PutByte(kNodeKinds);
    PutString(w, NodeKind::kLatin1String, 1, 1);
  });
  const Message message = MessageOf(bytes);
  MessageReader reader(message);
  ASSERT_TRUE(reader.SkipValues(1));
  MessageNode node;
  MessageValue value;
  EXPECT_FALSE(reader.ReadNode(&node));
  EXPECT_TRUE(reader.has_failed());
  EXPECT_FALSE(reader.ReadNode(&node));
  EXPECT_FALSE(reader.ReadValue(&value));
  EXPECT_FALSE(reader.SkipValues(1));
  EXPECT_FALSE(reader.IsAtEnd());
}
#undef PUT

// ---- The writer's numbers

TEST(MessageNodesTest, AKeyKeepsItsNumberHoweverManyCome) {
  MessageNodes nodes;
  constexpr std::uint64_t kKeys = 5000;
  const auto key = [](std::uint64_t i) { return static_cast<std::uintptr_t>(i * 16 + 8); };
  for (std::uint64_t i = 0; i < kKeys; ++i) {
    std::uint64_t number = 0;
    ASSERT_TRUE(nodes.NumberOf(key(i), &number));
    ASSERT_EQ(number, i);
    ASSERT_EQ(nodes.size(), i + 1);
    ASSERT_TRUE(nodes.NumberOf(key(i / 2), &number));
    ASSERT_EQ(number, i / 2);
    ASSERT_EQ(nodes.size(), i + 1);
  }
  for (std::uint64_t i = 0; i < kKeys; ++i) EXPECT_EQ(nodes[i], key(i));
}

// Nobody goes on behind what is wrong, and a word that lacks a byte is none.
TEST(MessageReaderTest, AfterAFailureNothingIsRead) {
  Bytes bytes = BytesOf([](MessageWriter&) {}, 0);
  ASSERT_EQ(bytes.size(), 9u);
  bytes.back() = kValueTags;
  bytes.push_back(static_cast<std::uint8_t>(ValueTag::kNull));
  const Message message = MessageOf(bytes);
  MessageReader reader(message);
  EXPECT_FALSE(reader.SkipValues(1));
  EXPECT_FALSE(reader.SkipValues(1));
  MessageNode node;
  EXPECT_FALSE(reader.ReadNode(&node));
}

TEST(MessageReaderTest, AWordThatLacksAByteIsNone) {
  const Bytes bytes =
      BytesOf([](MessageWriter& writer) { PutHashed(writer, NodeKind::kCapability, 0, 1); });
  MessageNode node;
  EXPECT_TRUE(Reads(bytes, &node));
  EXPECT_FALSE(Reads(std::span(bytes).first(bytes.size() - 1), &node));
}

}  // namespace
}  // namespace fart
