// Message -- what travels between ports: an encoded graph of values, and memory that goes with it.
//
// A message owns its bytes (off-heap) and its payloads: foreign memory that a host gave away, each
// with the finalizer that gives it back. It belongs to no isolate and no thread; it is handed from
// one owner to the next.
//
// Invariants
//   VG-M1 once     a payload's finalizer runs exactly once: when the message that still has the
//                  payload is destroyed, or when the object that took it over dies.
//                  (message_ledger.h)
//   VG-M2 no trust bytes are checked while they are read: whatever they are, reading them ends in a
//                  value or an error.
//
// Destroying a message runs foreign code (VG-M1): never while a lock is held.
//
// Not here: the bytes' meaning (message_format.h), making them of objects and objects of them
// (message_codec.h), and ports, queues and handlers.

#ifndef FART_VM_MESSAGE_MESSAGE_H_
#define FART_VM_MESSAGE_MESSAGE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "heap/base/check.h"
#include "heap/platform/off_heap.h"
#include "vm/entry/foreign_types.h"
#include "vm/message/message_ledger.h"
#include "vm/values/send_port.h"

namespace fart {

// Foreign memory on its way. At most one of the finalizers is there.
struct MessagePayload {
  enum class Kind : std::uint8_t {
    kNone,           // taken
    kTypedData,      // `size` bytes at `data`
    kNativePointer,  // what is at `data` is nobody's business
  };
  Kind kind = Kind::kNone;
  void* data = nullptr;
  std::size_t size = 0;  // bytes
  void* peer = nullptr;
  WeakFinalizer weak_finalizer = nullptr;
  HandleFinalizer finalizer = nullptr;
  PayloadTicket ticket = {};

  // Runs the finalizer, if there is one. The payload is over then.
  void Finalize(void* isolate_callback_data = nullptr, ForeignWeakHandle handle = nullptr);
};

// Bytes outside the heap that grow; aligned to 16. Memory that is used up is an answer here.
class MessageBytes {
 public:
  MessageBytes() = default;
  ~MessageBytes() { OffHeapFree(data_, ByteCount(capacity_)); }
  MessageBytes(MessageBytes&& other) noexcept { Swap(other); }
  MessageBytes& operator=(MessageBytes&& other) noexcept {
    MessageBytes(std::move(other)).Swap(*this);
    return *this;
  }

  const std::uint8_t* data() const { return data_; }
  std::uint8_t* data() { return data_; }
  std::size_t size() const { return size_; }
  // Makes room for `count` more bytes and answers where they are. Null: memory is used up, and
  // nothing has changed.
  std::uint8_t* Extend(std::size_t count) {
    if (count > capacity_ - size_ && !Reserve(count)) [[unlikely]]
      return nullptr;
    std::uint8_t* const where = data_ + size_;
    size_ += count;
    return where;
  }

 private:
  bool Reserve(std::size_t count);
  void Swap(MessageBytes& other) {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }

  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

class Message {
 public:
  // Holds no value: reading it is an error.
  Message() = default;
  Message(MessageBytes bytes, Vector<MessagePayload> payloads)
      : bytes_(std::move(bytes)), payloads_(std::move(payloads)) {}
  ~Message() { FinalizePayloads(); }
  Message(Message&& other) noexcept
      : bytes_(std::move(other.bytes_)),
        payloads_(std::exchange(other.payloads_, {})),
        reply_port_(other.reply_port_),
        is_error_(other.is_error_) {}
  Message& operator=(Message&& other) noexcept;

  std::span<const std::uint8_t> bytes() const { return {bytes_.data(), bytes_.size()}; }
  // Whether there is nothing to read.
  bool is_empty() const { return bytes_.size() == 0; }

  // Where an answer is expected; kNoPort: nowhere.
  PortId reply_port() const { return reply_port_; }
  void set_reply_port(PortId port) { reply_port_ = port; }

  // Whether it says that there will be no answer: the value is a string with the reason.
  bool is_error() const { return is_error_; }
  void set_is_error(bool is_error) { is_error_ = is_error; }

  std::size_t payload_count() const { return payloads_.size(); }
  const MessagePayload& payload(std::size_t index) const { return payloads_[index]; }
  // The payload is the caller's from now on; the message has none in its place.
  MessagePayload TakePayload(std::size_t index) { return std::exchange(payloads_[index], {}); }
  // The payloads are again those of whoever had them encoded, and no finalizer runs: for a message
  // that nobody accepted.
  void ReturnPayloads();

 private:
  void FinalizePayloads();

  MessageBytes bytes_;
  Vector<MessagePayload> payloads_;
  PortId reply_port_ = kNoPort;
  bool is_error_ = false;
};

}  // namespace fart

#endif  // FART_VM_MESSAGE_MESSAGE_H_
