#include "vm/message.h"

#include <algorithm>

#include "vm/message_writer.h"

namespace fart {

void MessagePayload::Finalize() {
  if (weak_finalizer != nullptr) weak_finalizer(nullptr, nullptr, peer);
  if (finalizer != nullptr) finalizer(nullptr, peer);
  MessageLedger::Strike(ticket, PayloadEnd::kFinalized);
}

bool MessageBytes::Reserve(std::size_t count) {
  constexpr std::size_t kLargest = ~std::size_t{0} / 4;
  if (count > kLargest - size_) return false;
  const std::size_t capacity = std::max({size_ + count, capacity_ * 2, std::size_t{32}});
  void* const data = OffHeapReallocate(data_, ByteCount(capacity));
  if (data == nullptr) return false;
  data_ = static_cast<std::uint8_t*>(data);
  capacity_ = capacity;
  return true;
}

Message& Message::operator=(Message&& other) noexcept {
  if (this == &other) return *this;
  // The old payloads go last: a finalizer that looks sees the new message.
  Vector<MessagePayload> old = std::exchange(payloads_, std::exchange(other.payloads_, {}));
  bytes_ = std::move(other.bytes_);
  reply_port_ = other.reply_port_;
  for (MessagePayload& payload : old) payload.Finalize();
  return *this;
}

void Message::FinalizePayloads() {
  Vector<MessagePayload> payloads = std::exchange(payloads_, {});
  for (MessagePayload& payload : payloads) payload.Finalize();
}

void Message::ReturnPayloads() {
  for (const MessagePayload& payload : payloads_) {
    MessageLedger::Strike(payload.ticket, PayloadEnd::kReturned);
  }
  payloads_.clear();
}

bool EncodeIntegerMessage(std::int64_t value, Message* message) {
  MessageWriter writer;
  writer.PutInteger(value);
  return writer.Finish(0, message);
}

}  // namespace fart
