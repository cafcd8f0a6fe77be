#include "vm/message/message_writer.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "heap/base/utf8.h"
#include "vm/values/strings.h"

namespace fart {

namespace {

std::size_t HashOfKey(std::uintptr_t key) {
  return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15) >> 20);
}

}  // namespace

bool MessageNodes::NumberOf(std::uintptr_t key, std::uint64_t* number) {
  if ((size_ + 1) * 2 > table_size_ && !Grow()) return false;
  const std::size_t mask = table_size_ - 1;
  std::size_t at = HashOfKey(key) & mask;
  while (table_[at] != 0) {
    if (keys_[table_[at] - 1] == key) {
      *number = table_[at] - 1;
      return true;
    }
    at = (at + 1) & mask;
  }
  keys_[size_] = key;
  *number = size_++;
  table_[at] = static_cast<std::uint32_t>(size_);
  return true;
}

bool MessageNodes::Grow() {
  const std::size_t size = std::max<std::size_t>(64, table_size_ * 2);
  if (size > std::numeric_limits<std::uint32_t>::max()) return false;
  void* const table = OffHeapAllocateZeroed(TableSize(size));
  if (table == nullptr) return false;
  void* const keys = OffHeapReallocate(keys_, KeysSize(table_size_), KeysSize(size));
  if (keys == nullptr) {
    OffHeapFree(table, TableSize(size));
    return false;
  }
  keys_ = static_cast<std::uintptr_t*>(keys);
  OffHeapFree(table_, TableSize(table_size_));
  table_ = static_cast<std::uint32_t*>(table);
  table_size_ = size;
  for (std::size_t i = 0; i < size_; ++i) {
    std::size_t at = HashOfKey(keys_[i]) & (size - 1);
    while (table_[at] != 0) at = (at + 1) & (size - 1);
    table_[at] = static_cast<std::uint32_t>(i + 1);
  }
  return true;
}

MessageWriter::MessageWriter() { PutWord(0); }

void MessageWriter::PutInteger(std::int64_t value) {
  PutByte(static_cast<std::uint8_t>(ValueTag::kInteger));
  // Zigzag: small numbers of both signs become small unsigned ones.
  PutVarint((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
}

void MessageWriter::PutNodeValue(MessageNodes& nodes, std::uintptr_t key) {
  PutByte(static_cast<std::uint8_t>(ValueTag::kNode));
  PutNodeNumber(nodes, key);
}

void MessageWriter::PutNodeNumber(MessageNodes& nodes, std::uintptr_t key) {
  std::uint64_t number = 0;
  if (!nodes.NumberOf(key, &number)) failed_ = true;
  PutVarint(number);
}

void MessageWriter::PutVarint(std::uint64_t value) {
  std::uint8_t buffer[10];
  std::size_t count = 0;
  for (; value >= 0x80; value >>= 7) buffer[count++] = static_cast<std::uint8_t>(value | 0x80);
  buffer[count++] = static_cast<std::uint8_t>(value);
  PutBytes(buffer, count);
}

void MessageWriter::PutBytes(const void* from, std::size_t count) {
  if (count == 0) return;
  if (std::uint8_t* const where = Extend(count)) std::memcpy(where, from, count);
}

namespace {

// Calls put(unit) for the units of `utf8`.
template <typename Put>
void ForEachUnit(std::string_view utf8, Put&& put) {
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
  for (std::size_t at = 0; at < utf8.size();) {
    const DecodedCodePoint point = DecodeUtf8(bytes + at, utf8.size() - at);
    at += point.bytes;
    if (point.value < 0x10000) {
      put(static_cast<char16_t>(point.value));
    } else {
      put(LeadSurrogateOf(point.value));
      put(TrailSurrogateOf(point.value));
    }
  }
}

}  // namespace

void MessageWriter::PutString(std::string_view utf8) {
  const Utf8Measure measure = MeasureUtf8(utf8);
  PutKind(measure.is_latin1 ? NodeKind::kLatin1String : NodeKind::kUtf16String);
  PutVarint(measure.units);
  if (!measure.is_latin1) Align(sizeof(char16_t));
  std::uint8_t* to = Extend(measure.units * (measure.is_latin1 ? 1 : sizeof(char16_t)));
  if (to == nullptr) return;
  if (measure.is_latin1) {
    ForEachUnit(utf8, [&to](char16_t unit) { *to++ = static_cast<std::uint8_t>(unit); });
  } else {
    ForEachUnit(utf8, [&to](char16_t unit) {
      std::memcpy(to, &unit, sizeof(unit));
      to += sizeof(unit);
    });
  }
}

void MessageWriter::Align(std::size_t alignment) {
  while (!failed_ && bytes_.size() % alignment != 0) PutByte(0);
}

std::uint8_t* MessageWriter::Extend(std::size_t count) {
  std::uint8_t* const where = failed_ ? nullptr : bytes_.Extend(count);
  if (where == nullptr) failed_ = true;
  return where;
}

std::uint64_t MessageWriter::AddPayload(const MessagePayload& payload) {
  payloads_.push_back(payload);
  return payloads_.size() - 1;
}

bool MessageWriter::Finish(std::size_t node_count, Message* message) {
  if (failed_) return false;
  const std::uint64_t count = node_count;
  std::memcpy(bytes_.data(), &count, sizeof(count));
  for (MessagePayload& payload : payloads_) payload.ticket = MessageLedger::Enter();
  const PortId reply_port = message->reply_port();
  *message = Message(std::move(bytes_), std::move(payloads_));
  message->set_reply_port(reply_port);
  return true;
}

}  // namespace fart
