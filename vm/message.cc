#include "vm/message.h"

#include <algorithm>

#include "vm/callback_frame.h"
#include "vm/message_writer.h"
#include "vm/misuse.h"
#include "vm/unwind/foreign_call.h"
#include "vm/utf8.h"

namespace fart {

namespace {

ForeignOutcome CallFinalizer(ForeignMark& mark, const MessagePayload& payload) {
  if (payload.weak_finalizer != nullptr) {
    return CallForeign(mark, payload.weak_finalizer, nullptr, nullptr, payload.peer);
  }
  return CallForeign(mark, payload.finalizer, nullptr, payload.peer);
}

}  // namespace

void MessagePayload::Finalize() {
  if (weak_finalizer != nullptr || finalizer != nullptr) {
    CallbackFrame frame;
    if (CallFinalizer(frame.mark(), *this) != ForeignOutcome::kReturned) {
      RecordMisuse(std::string("A finalizer let a C++ exception out: ") + CaughtExceptionText());
    }
  }
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
  const auto* text = reinterpret_cast<const std::uint8_t*>(utf8.data());
  Vector<char16_t> units;
  char16_t all = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const DecodedCodePoint point = DecodeUtf8(text + at, utf8.size() - at);
    at += point.bytes;
    if (point.value < 0x10000) {
      units.push_back(static_cast<char16_t>(point.value));
    } else {
      units.push_back(LeadSurrogateOf(point.value));
      units.push_back(TrailSurrogateOf(point.value));
    }
    all = static_cast<char16_t>(all | units.back());
  }
  MessageWriter writer;
  MessageNodes nodes;
  writer.PutNodeValue(nodes, 1);
  const bool is_latin1 = all < 0x100;
  writer.PutKind(is_latin1 ? NodeKind::kLatin1String : NodeKind::kUtf16String);
  writer.PutVarint(units.size());
  if (is_latin1) {
    for (const char16_t unit : units) writer.PutByte(static_cast<std::uint8_t>(unit));
  } else {
    writer.Align(sizeof(char16_t));
    writer.PutBytes(units.data(), units.size() * sizeof(char16_t));
  }
  return writer.Finish(nodes.size(), message);
}

}  // namespace fart
