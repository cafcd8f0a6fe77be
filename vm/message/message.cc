#include "vm/message/message.h"

#include <algorithm>

#include "vm/entry/callback_frame.h"
#include "vm/entry/misuse.h"
#include "vm/message/message_codec.h"
#include "vm/message/message_writer.h"
#include "vm/unwind/foreign_call.h"

namespace fart {

namespace {

ForeignOutcome CallFinalizer(ForeignMark& mark, const MessagePayload& payload,
                             void* isolate_callback_data, ForeignWeakHandle handle) {
  if (payload.weak_finalizer != nullptr) {
    return CallForeign(mark, payload.weak_finalizer, isolate_callback_data, handle, payload.peer);
  }
  return CallForeign(mark, payload.finalizer, isolate_callback_data, payload.peer);
}

}  // namespace

void MessagePayload::Finalize(void* isolate_callback_data, ForeignWeakHandle handle) {
  if (weak_finalizer != nullptr || finalizer != nullptr) {
    CallbackFrame frame;
    const ForeignOutcome outcome =
        CallFinalizer(frame.mark(), *this, isolate_callback_data, handle);
    if (outcome != ForeignOutcome::kReturned) {
      RecordEscape("A finalizer", outcome);
    }
  }
  MessageLedger::Strike(ticket, PayloadEnd::kFinalized);
}

bool MessageBytes::Reserve(std::size_t count) {
  constexpr std::size_t kLargest = ~std::size_t{0} / 4;
  constexpr std::size_t kLeast = 128;  // enough for most messages at the first try
  if (count > kLargest - size_) return false;
  const std::size_t capacity = std::max({size_ + count, capacity_ * 2, kLeast});
  void* const data = OffHeapReallocate(data_, ByteCount(capacity_), ByteCount(capacity));
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
  is_error_ = other.is_error_;
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

bool EncodeTextMessage(std::string_view utf8, Message* message) {
  MessageWriter writer;
  MessageNodes nodes;
  writer.PutNodeValue(nodes, 1);
  writer.PutString(utf8);
  return writer.Finish(nodes.size(), message);
}

}  // namespace fart
