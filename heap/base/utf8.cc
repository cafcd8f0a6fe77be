#include "heap/base/utf8.h"

namespace fart {

namespace {

// What a first byte says: how many bytes follow, and the least value they may make (shorter forms
// exist for what lies below).
struct FirstByte {
  std::size_t following;
  char32_t bits;
  char32_t least;
};

bool ReadFirstByte(std::uint8_t byte, FirstByte* first) {
  if (byte < 0xC2) return false;  // a following byte, or the start of an overlong form
  if (byte < 0xE0) {
    *first = {1, byte & 0x1FU, 0x80};
  } else if (byte < 0xF0) {
    *first = {2, byte & 0x0FU, 0x800};
  } else if (byte < 0xF5) {
    *first = {3, byte & 0x07U, 0x10000};
  } else {
    return false;
  }
  return true;
}

// Whether some well-formed sequence begins with the `value` read so far and `missing` more bytes.
bool CanBecomeWellFormed(const FirstByte& first, char32_t value, std::size_t missing) {
  const char32_t lowest = value << (6 * missing);
  const char32_t highest = lowest + (char32_t{1} << (6 * missing)) - 1;
  return highest >= first.least && lowest <= 0x10FFFF;
}

}  // namespace

DecodedCodePoint DecodeUtf8(const std::uint8_t* text, std::size_t available) {
  if (text[0] < 0x80) return {text[0], 1, true};
  FirstByte first{};
  if (!ReadFirstByte(text[0], &first)) return {kReplacementCharacter, 1, false};
  char32_t value = first.bits;
  for (std::size_t i = 1; i <= first.following; ++i) {
    if (i >= available || (text[i] & 0xC0) != 0x80) return {kReplacementCharacter, i, false};
    value = (value << 6) | (text[i] & 0x3FU);
    if (!CanBecomeWellFormed(first, value, first.following - i)) {
      return {kReplacementCharacter, i, false};
    }
  }
  return {value, first.following + 1, true};
}

char* EncodeUtf8(char32_t code_point, char* to) {
  const auto put = [&to](char32_t byte) { *to++ = static_cast<char>(byte); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | (code_point >> 6));
    put(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    put(0xE0 | (code_point >> 12));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  } else {
    put(0xF0 | (code_point >> 18));
    put(0x80 | ((code_point >> 12) & 0x3F));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  }
  return to;
}

}  // namespace fart
