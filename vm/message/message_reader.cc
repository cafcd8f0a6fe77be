#include "vm/message/message_reader.h"

#include <cstring>

#include "heap/object/header.h"
#include "vm/values/lists.h"
#include "vm/values/strings.h"

namespace fart {

namespace {

// Of an identity hash: what the header has room for.
constexpr std::uint64_t kMaxHash = (std::uint64_t{1} << 25) - 1;

}  // namespace

MessageReader::MessageReader(const Message& message)
    : begin_(message.bytes().data()),
      at_(begin_),
      end_(begin_ + message.bytes().size()),
      payload_count_(message.payload_count()) {
  if (!ReadWord(&node_count_)) return;
  // The smallest node has two bytes; so whoever makes room for node_count() things cannot be made
  // to ask for more than the bytes warrant.
  if (node_count_ > remaining() / 2) {
    node_count_ = 0;
    Fail();
  }
}

bool MessageReader::ReadByte(std::uint8_t* byte) {
  if (failed_ || at_ == end_) return Fail();
  *byte = *at_++;
  return true;
}

bool MessageReader::ReadVarint(std::uint64_t* value) {
  *value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    std::uint8_t byte;
    if (!ReadByte(&byte)) return false;
    if (shift == 63 && byte > 1) return Fail();
    *value |= std::uint64_t{byte & 0x7Fu} << shift;
    if (byte < 0x80) return true;
  }
  return Fail();
}

bool MessageReader::ReadWord(void* word) {
  if (failed_ || remaining() < sizeof(std::uint64_t)) return Fail();
  std::memcpy(word, at_, sizeof(std::uint64_t));
  at_ += sizeof(std::uint64_t);
  return true;
}

bool MessageReader::ReadCount(std::uint64_t limit, std::uint64_t* count) {
  return ReadVarint(count) && (*count <= limit || Fail());
}

bool MessageReader::ReadData(std::uint64_t count, std::size_t size, std::size_t alignment,
                             const std::uint8_t** data) {
  if (failed_) return false;
  const std::size_t padding =
      (alignment - static_cast<std::size_t>(at_ - begin_) % alignment) % alignment;
  if (padding > remaining() || count > (remaining() - padding) / size) return Fail();
  at_ += padding;
  *data = at_;
  at_ += count * size;
  return true;
}

bool MessageReader::ReadText(std::string_view* text) {
  std::uint64_t length;
  const std::uint8_t* data;
  if (!ReadVarint(&length) || !ReadData(length, 1, 1, &data)) return false;
  *text = {reinterpret_cast<const char*>(data), length};
  return true;
}

bool MessageReader::ReadHash(MessageNode* node) {
  std::uint64_t hash;
  if (!ReadCount(kMaxHash, &hash)) return false;
  node->hash = static_cast<std::uint32_t>(hash);
  return true;
}

bool MessageReader::ReadType(MessageNode* node) {
  std::uint8_t type;
  if (!ReadByte(&type)) return false;
  if (type >= core_shape::kTypedDataTypes) return Fail();
  node->type = static_cast<TypedDataType>(type);
  return true;
}

bool MessageReader::ReadPayload(MessageNode* node) {
  return ReadVarint(&node->payload) && (node->payload < payload_count_ || Fail());
}

bool MessageReader::ReadValue(MessageValue* value) {
  std::uint8_t tag;
  if (!ReadByte(&tag)) return false;
  if (tag >= kValueTags) return Fail();
  value->tag = static_cast<ValueTag>(tag);
  switch (value->tag) {
    case ValueTag::kNull:
    case ValueTag::kFalse:
    case ValueTag::kTrue:
      return true;
    case ValueTag::kInteger: {
      std::uint64_t zigzag;
      if (!ReadVarint(&zigzag)) return false;
      value->integer = static_cast<std::int64_t>((zigzag >> 1) ^ (~(zigzag & 1) + 1));
      return true;
    }
    case ValueTag::kDouble:
      return ReadWord(&value->number);
    case ValueTag::kNode:
      return ReadVarint(&value->node) && (value->node < node_count_ || Fail());
    case ValueTag::kTypes:
      return ReadTypes(&value->types);
  }
  return Fail();
}

bool MessageReader::ReadTypes(std::uint64_t* number) {
  if (!ReadCount(types_.size(), number)) return false;
  if (*number < types_.size()) return true;
  std::string_view described;
  if (!ReadText(&described)) return false;
  types_.push_back(described);
  return true;
}

bool MessageReader::SkipValues(std::uint64_t count) {
  MessageValue value;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (!ReadValue(&value)) return false;
  }
  return true;
}

bool MessageReader::ReadList(MessageNode* node) {
  // A value has at least a byte.
  if (!ReadHash(node) || !ReadCount(kMaxListLength, &node->values)) return false;
  return node->values <= remaining() || Fail();
}

bool MessageReader::ReadTypedData(MessageNode* node) {
  if (!ReadHash(node) || !ReadType(node) || !ReadVarint(&node->length)) return false;
  if (node->length % ElementSizeOf(node->type) != 0) return Fail();
  return ReadData(node->length, 1, kMessageDataAlignment, &node->data);
}

bool MessageReader::ReadView(MessageNode* node) {
  return ReadHash(node) && ReadType(node) && ReadVarint(&node->buffer) &&
         (node->buffer < node_count_ || Fail()) && ReadVarint(&node->offset) &&
         ReadVarint(&node->length) && (node->length % ElementSizeOf(node->type) == 0 || Fail());
}

bool MessageReader::ReadInstance(MessageNode* node) {
  if (!ReadHash(node) || !ReadCount(classes_.size(), &node->class_number)) return false;
  if (node->class_number == classes_.size()) {
    MessageClass described;
    if (!ReadText(&described.library_url) || !ReadText(&described.name) ||
        !ReadVarint(&described.field_count) || !ReadWord(&described.layout)) {
      return false;
    }
    classes_.push_back(described);
  }
  node->values = classes_[node->class_number].field_count;
  return node->values <= remaining() || Fail();
}

bool MessageReader::ReadNode(MessageNode* node) {
  *node = MessageNode();
  std::uint8_t kind;
  if (!ReadByte(&kind)) return false;
  if (kind >= kNodeKinds) return Fail();
  node->kind = static_cast<NodeKind>(kind);
  switch (node->kind) {
    case NodeKind::kLatin1String:
      return ReadCount(kMaxStringLength, &node->length) &&
             ReadData(node->length, 1, 1, &node->data);
    case NodeKind::kUtf16String:
      return ReadCount(kMaxStringLength, &node->length) &&
             ReadData(node->length, 2, 2, &node->data);
    case NodeKind::kBigInteger: {
      std::uint8_t sign;
      if (!ReadByte(&sign) || !ReadVarint(&node->length)) return false;
      if (sign > 1) return Fail();
      node->is_negative = sign != 0;
      return ReadData(node->length, 8, 8, &node->data);
    }
    case NodeKind::kArray:
    case NodeKind::kImmutableArray:
    case NodeKind::kGrowableList:
      return ReadList(node);
    case NodeKind::kTypedData:
      return ReadTypedData(node);
    case NodeKind::kExternalTypedData:
      return ReadType(node) && ReadPayload(node);
    case NodeKind::kTypedDataView:
      return ReadView(node);
    case NodeKind::kByteBuffer:
      return ReadHash(node) && ReadVarint(&node->buffer) && (node->buffer < node_count_ || Fail());
    case NodeKind::kSendPort:
      return ReadHash(node) && ReadWord(&node->id) && ReadWord(&node->origin_id) &&
             (node->id != kNoPort || Fail());
    case NodeKind::kCapability:
      return ReadHash(node) && ReadWord(&node->id);
    case NodeKind::kNativePointer:
      return ReadPayload(node);
    case NodeKind::kInstance:
      return ReadInstance(node);
    case NodeKind::kTypedGrowableList:
      node->kind = NodeKind::kGrowableList;
      return ReadTypes(&node->types) && ReadList(node);
    case NodeKind::kTypedArray:
    case NodeKind::kTypedImmutableArray:
      node->kind =
          node->kind == NodeKind::kTypedArray ? NodeKind::kArray : NodeKind::kImmutableArray;
      return ReadTypes(&node->types) && ReadList(node);
    case NodeKind::kFunction:
      return ReadText(&node->library_url) && ReadText(&node->name);
    case NodeKind::kType:
      return ReadText(&node->name);
  }
  return Fail();
}

}  // namespace fart
