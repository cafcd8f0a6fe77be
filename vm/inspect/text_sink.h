// TextSink -- text on its way out, in pieces of a fixed size, until its receiver wants no more.

#ifndef FART_VM_INSPECT_TEXT_SINK_H_
#define FART_VM_INSPECT_TEXT_SINK_H_

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <string_view>

#include "heap/base/utf8.h"

namespace fart::inspect {

class TextSink {
 public:
  static constexpr std::size_t kPiece = 65536;
  // False: it wants no more. It may throw nothing.
  using Receiver = std::function<bool(const char* bytes, std::size_t length)>;

  // Throws std::bad_alloc.
  explicit TextSink(Receiver receiver) : receiver_(std::move(receiver)), piece_(new char[kPiece]) {}
  TextSink(const TextSink&) = delete;
  TextSink& operator=(const TextSink&) = delete;

  // Whether all has been received so far.
  bool is_wanted() const { return is_wanted_; }
  void Add(std::string_view text) {
    while (!text.empty()) {
      if (used_ == kPiece) Flush();
      const std::size_t part = std::min(text.size(), kPiece - used_);
      std::memcpy(piece_.get() + used_, text.data(), part);
      used_ += part;
      text.remove_prefix(part);
    }
  }
  void Add(char c) {
    if (used_ == kPiece) Flush();
    piece_[used_++] = c;
  }
  void AddNumber(std::uint64_t number) {
    if (kPiece - used_ < 24) Flush();
    used_ = static_cast<std::size_t>(
        std::to_chars(piece_.get() + used_, piece_.get() + kPiece, number).ptr - piece_.get());
  }
  // One unit of UTF-16 within a string of JSON.
  void AddUnit(char16_t unit) {
    static constexpr char kHex[] = "0123456789abcdef";
    if (unit == u'"' || unit == u'\\') Add('\\');
    if (unit >= 0x20 && unit < 0x7f) return Add(static_cast<char>(unit));
    Add("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) Add(kHex[(unit >> shift) & 15]);
  }
  // A string of JSON. UTF-8 stays as it is; hosts give names of any bytes, and what is none of it
  // becomes U+FFFD, for no reader takes it.
  void AddQuoted(std::string_view text) {
    Add('"');
    while (!text.empty()) {
      const DecodedCodePoint next =
          DecodeUtf8(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
      if (next.value < 0x7f || IsSurrogate(next.value) || !next.is_well_formed) {
        AddUnit(static_cast<char16_t>(next.value));
      } else {
        Add(text.substr(0, next.bytes));
      }
      text.remove_prefix(next.bytes);
    }
    Add('"');
  }
  // What is left. False: not all has been received.
  bool Flush() {
    if (is_wanted_ && used_ != 0) is_wanted_ = receiver_(piece_.get(), used_);
    used_ = 0;
    return is_wanted_;
  }

 private:
  const Receiver receiver_;
  const std::unique_ptr<char[]> piece_;
  std::size_t used_ = 0;
  bool is_wanted_ = true;
};

}  // namespace fart::inspect

#endif  // FART_VM_INSPECT_TEXT_SINK_H_
