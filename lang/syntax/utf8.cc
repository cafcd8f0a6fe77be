#include "lang/syntax/utf8.h"

namespace fart::lang {
namespace {

unsigned ByteAt(std::string_view text, std::size_t offset) {
  return static_cast<unsigned char>(text[offset]);
}

bool IsHighSurrogate(std::uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool IsLowSurrogate(std::uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

// The surrogate whose three-byte form begins at `offset`, or 0.
std::uint32_t SurrogateAt(std::string_view text, std::size_t offset) {
  if (text.size() < offset + 3 || ByteAt(text, offset) != 0xED) return 0;
  const unsigned second = ByteAt(text, offset + 1);
  if (second < 0xA0) return 0;
  return 0xD000 | (second & 0x3F) << 6 | (ByteAt(text, offset + 2) & 0x3F);
}

}  // namespace

std::size_t Utf8SequenceLength(std::string_view text, std::size_t offset) {
  const unsigned first = ByteAt(text, offset);
  if (first < 0x80) return 1;
  std::size_t length = 0;
  unsigned low = 0x80;  // Bounds of the second byte: they exclude overlong forms and surrogates.
  unsigned high = 0xBF;
  if (first >= 0xC2 && first <= 0xDF) {
    length = 2;
  } else if (first >= 0xE0 && first <= 0xEF) {
    length = 3;
    if (first == 0xE0) low = 0xA0;
    if (first == 0xED) high = 0x9F;
  } else if (first >= 0xF0 && first <= 0xF4) {
    length = 4;
    if (first == 0xF0) low = 0x90;
    if (first == 0xF4) high = 0x8F;
  } else {
    return 0;
  }
  if (text.size() - offset < length) return 0;
  const unsigned second = ByteAt(text, offset + 1);
  if (second < low || second > high) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if ((ByteAt(text, offset + i) & 0xC0) != 0x80) return 0;
  }
  return length;
}

std::size_t FindInvalidUtf8(std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t length = Utf8SequenceLength(text, offset);
    if (length == 0) return offset;
    offset += length;
  }
  return std::string_view::npos;
}

std::vector<std::string_view> SplitCodePoints(std::string_view text) {
  std::vector<std::string_view> points;
  for (std::size_t offset = 0; offset < text.size();) {
    std::size_t length = Utf8SequenceLength(text, offset);
    if (length == 0) length = 1;
    points.push_back(text.substr(offset, length));
    offset += length;
  }
  return points;
}

std::string ReplaceInvalidUtf8(std::string_view text) {
  std::string result;
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t length = Utf8SequenceLength(text, offset);
    if (length == 0) {
      result += "\xEF\xBF\xBD";
      ++offset;
    } else {
      result += text.substr(offset, length);
      offset += length;
    }
  }
  return result;
}

void AppendCodePoint(std::string& text, std::uint32_t code_point) {
  if (IsLowSurrogate(code_point) && text.size() >= 3) {
    const std::uint32_t high = SurrogateAt(text, text.size() - 3);
    if (IsHighSurrogate(high)) {
      text.resize(text.size() - 3);
      code_point = 0x10000 + ((high & 0x3FF) << 10) + (code_point & 0x3FF);
    }
  }
  const auto append = [&text](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (code_point < 0x80) {
    append(code_point);
  } else if (code_point < 0x800) {
    append(0xC0 | code_point >> 6);
    append(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    append(0xE0 | code_point >> 12);
    append(0x80 | (code_point >> 6 & 0x3F));
    append(0x80 | (code_point & 0x3F));
  } else {
    append(0xF0 | code_point >> 18);
    append(0x80 | (code_point >> 12 & 0x3F));
    append(0x80 | (code_point >> 6 & 0x3F));
    append(0x80 | (code_point & 0x3F));
  }
}

void AppendText(std::string& text, std::string_view more) {
  if (const std::uint32_t unit = SurrogateAt(more, 0); IsLowSurrogate(unit)) {
    AppendCodePoint(text, unit);
    more.remove_prefix(3);
  }
  text += more;
}

}  // namespace fart::lang
