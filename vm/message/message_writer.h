// MessageWriter, MessageNodes -- how both kinds of sender (objects of a heap, structures of a host)
// put their graphs into a message.
//
// The sender puts the root value, then node after node of MessageNodes, which grows while their
// values are put:
//
//     MessageNodes nodes;
//     ... PutRoot ...
//     for (std::size_t i = 0; i < nodes.size(); ++i) { ... writer.PutNode... (nodes[i]) ... }
//     writer.Finish(nodes.size(), &message)
//
// When memory is used up, what follows is ignored and Finish says so.

#ifndef FART_VM_MESSAGE_MESSAGE_WRITER_H_
#define FART_VM_MESSAGE_MESSAGE_WRITER_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "heap/base/units.h"
#include "heap/platform/off_heap.h"
#include "vm/message/message.h"
#include "vm/message/message_format.h"
#include "vm/values/typed_data.h"

namespace fart {

// The nodes found so far: a number for each key (an address), in the order of their first mention.
class MessageNodes {
 public:
  MessageNodes() = default;
  ~MessageNodes() {
    OffHeapFree(keys_, KeysSize(table_size_));
    OffHeapFree(table_, TableSize(table_size_));
  }
  MessageNodes(const MessageNodes&) = delete;
  MessageNodes& operator=(const MessageNodes&) = delete;

  std::size_t size() const { return size_; }
  std::uintptr_t operator[](std::size_t number) const { return keys_[number]; }
  // The key's number. False: memory is used up.
  [[nodiscard]] bool NumberOf(std::uintptr_t key, std::uint64_t* number);

 private:
  bool Grow();
  ByteCount KeysSize(std::size_t table_size) const {
    return ByteCount(table_size / 2 * sizeof(*keys_));
  }
  ByteCount TableSize(std::size_t table_size) const {
    return ByteCount(table_size * sizeof(*table_));
  }

  std::uintptr_t* keys_ = nullptr;
  std::size_t size_ = 0;
  // Open addressing; an entry is a key's number plus one. At most half is used.
  std::uint32_t* table_ = nullptr;
  std::size_t table_size_ = 0;
};

class MessageWriter {
 public:
  MessageWriter();
  MessageWriter(const MessageWriter&) = delete;
  MessageWriter& operator=(const MessageWriter&) = delete;

  // ---- Values
  void PutNull() { PutByte(static_cast<std::uint8_t>(ValueTag::kNull)); }
  void PutBool(bool value) {
    PutByte(static_cast<std::uint8_t>(value ? ValueTag::kTrue : ValueTag::kFalse));
  }
  void PutInteger(std::int64_t value);
  void PutDouble(double value) {
    PutByte(static_cast<std::uint8_t>(ValueTag::kDouble));
    PutWord(std::bit_cast<std::uint64_t>(value));
  }
  // The node of MessageNodes that `key` names.
  void PutNodeValue(MessageNodes& nodes, std::uintptr_t key);
  // Its number alone.
  void PutNodeNumber(MessageNodes& nodes, std::uintptr_t key);

  // ---- Parts of nodes (message_format.h)
  void PutKind(NodeKind kind) { PutByte(static_cast<std::uint8_t>(kind)); }
  void PutByte(std::uint8_t byte) {
    std::uint8_t* const where = bytes_.Extend(1);
    if (where == nullptr) [[unlikely]] {
      failed_ = true;
    } else {
      *where = byte;
    }
  }
  void PutVarint(std::uint64_t value);
  void PutWord(std::uint64_t value) { PutBytes(&value, sizeof(value)); }
  void PutBytes(const void* from, std::size_t count);
  void PutText(std::string_view text) {
    PutVarint(text.size());
    PutBytes(text.data(), text.size());
  }
  // The node of a string, whole. Malformed sequences become U+FFFD.
  void PutString(std::string_view utf8);
  void PutType(TypedDataType type) { PutByte(static_cast<std::uint8_t>(type)); }
  // Zeros up to the next multiple of `alignment`, a power of two.
  void Align(std::size_t alignment);
  // Where `count` bytes will be; null: no memory.
  std::uint8_t* Extend(std::size_t count);
  // Its number. The payload stays the caller's until Finish has said yes.
  std::uint64_t AddPayload(const MessagePayload& payload);

  // False: memory is used up; *message is as it was. Afterwards the payloads are the message's, and
  // entered into the ledger.
  [[nodiscard]] bool Finish(std::size_t node_count, Message* message);
  bool has_failed() const { return failed_; }

 private:
  MessageBytes bytes_;
  Vector<MessagePayload> payloads_;
  bool failed_ = false;
};

}  // namespace fart

#endif  // FART_VM_MESSAGE_MESSAGE_WRITER_H_
