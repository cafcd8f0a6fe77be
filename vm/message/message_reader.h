// MessageReader -- reads a message's bytes, part by part, and believes none of them (VG-M2).
//
// For each node: ReadNode, then exactly `node.values` times ReadValue (or SkipValues). After the
// first mistake every answer is false.

#ifndef FART_VM_MESSAGE_MESSAGE_READER_H_
#define FART_VM_MESSAGE_MESSAGE_READER_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "heap/platform/off_heap.h"
#include "vm/message/message.h"
#include "vm/message/message_format.h"
#include "vm/values/typed_data.h"

namespace fart {

struct MessageValue {
  ValueTag tag = ValueTag::kNull;
  std::int64_t integer = 0;
  double number = 0;
  std::uint64_t node = 0;   // below node_count()
  std::uint64_t types = 0;  // types()[types]
};

// What a message says of a class.
struct MessageClass {
  std::string_view library_url;
  std::string_view name;
  std::uint64_t field_count = 0;
  std::uint64_t layout = 0;  // ClassIdentity::layout
};

struct MessageNode {
  NodeKind kind = NodeKind::kArray;
  std::uint32_t hash = 0;    // VG-M3; 0: none was given
  std::uint64_t values = 0;  // how many follow
  // Strings: units. Big integers: limbs. Typed data, views: bytes.
  std::uint64_t length = 0;
  const std::uint8_t* data = nullptr;  // aligned as the kind needs
  bool is_negative = false;
  TypedDataType type = TypedDataType::kByteData;
  std::uint64_t payload = 0;  // below Message::payload_count()
  std::uint64_t buffer = 0;   // node of the data of a view or a byte buffer
  std::uint64_t offset = 0;
  std::int64_t id = 0;
  std::int64_t origin_id = 0;
  std::uint64_t class_number = 0;  // classes()[class_number]
  static constexpr std::uint64_t kNoTypes = ~std::uint64_t{0};
  std::uint64_t types = kNoTypes;  // of a list: types()[types]
  std::string_view library_url;    // of a function
  std::string_view name;           // likewise
};

class MessageReader {
 public:
  explicit MessageReader(const Message& message);

  std::uint64_t node_count() const { return node_count_; }
  [[nodiscard]] bool ReadValue(MessageValue* value);
  [[nodiscard]] bool ReadNode(MessageNode* node);
  [[nodiscard]] bool SkipValues(std::uint64_t count);
  // Those seen so far.
  const Vector<MessageClass>& classes() const { return classes_; }
  const Vector<std::string_view>& types() const { return types_; }

  bool has_failed() const { return failed_; }
  bool IsAtEnd() const { return !failed_ && at_ == end_; }

 private:
  bool Fail() {
    failed_ = true;
    return false;
  }
  std::size_t remaining() const { return static_cast<std::size_t>(end_ - at_); }
  bool ReadByte(std::uint8_t* byte);
  bool ReadVarint(std::uint64_t* value);
  bool ReadWord(void* word);
  bool ReadText(std::string_view* text);
  bool ReadHash(MessageNode* node);
  bool ReadType(MessageNode* node);
  bool ReadPayload(MessageNode* node);
  // A varint of at most `limit`.
  bool ReadCount(std::uint64_t limit, std::uint64_t* count);
  // `count` units of `size` bytes each, aligned.
  bool ReadData(std::uint64_t count, std::size_t size, std::size_t alignment,
                const std::uint8_t** data);
  bool ReadTypes(std::uint64_t* number);
  bool ReadList(MessageNode* node);
  bool ReadTypedData(MessageNode* node);
  bool ReadView(MessageNode* node);
  bool ReadInstance(MessageNode* node);

  const std::uint8_t* const begin_;
  const std::uint8_t* at_;
  const std::uint8_t* const end_;
  const std::size_t payload_count_;
  std::uint64_t node_count_ = 0;
  Vector<MessageClass> classes_;
  Vector<std::string_view> types_;
  bool failed_ = false;
};

}  // namespace fart

#endif  // FART_VM_MESSAGE_MESSAGE_READER_H_
