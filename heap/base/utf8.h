// UTF-8 -- decoding and encoding of single code points, surrogates included.
//
// Well-formed here is UTF-8 plus three-byte surrogates (what is called generalised UTF-8): a string
// may hold a lone surrogate, and must come back from UTF-8 as it went.

#ifndef FART_HEAP_BASE_UTF8_H_
#define FART_HEAP_BASE_UTF8_H_

#include <cstddef>
#include <cstdint>

namespace fart {

inline constexpr char32_t kReplacementCharacter = 0xFFFD;

struct DecodedCodePoint {
  char32_t value;     // kReplacementCharacter if malformed
  std::size_t bytes;  // how many were used, at least 1
  bool is_well_formed;
};

// The first code point of the `available` (at least 1) bytes at `text`. Of a malformed sequence the
// longest part that could have begun a well-formed one is used up.
DecodedCodePoint DecodeUtf8(const std::uint8_t* text, std::size_t available);

// Bytes that EncodeUtf8 writes.
constexpr std::size_t Utf8BytesOf(char32_t code_point) {
  if (code_point < 0x80) return 1;
  if (code_point < 0x800) return 2;
  return code_point < 0x10000 ? 3 : 4;
}
// Answers the place behind what it wrote.
char* EncodeUtf8(char32_t code_point, char* to);

constexpr bool IsSurrogate(char32_t unit) { return (unit & 0xFFFFF800) == 0xD800; }
constexpr bool IsLeadSurrogate(char32_t unit) { return (unit & 0xFFFFFC00) == 0xD800; }
constexpr bool IsTrailSurrogate(char32_t unit) { return (unit & 0xFFFFFC00) == 0xDC00; }
constexpr char32_t CombineSurrogates(char16_t lead, char16_t trail) {
  return 0x10000 + ((static_cast<char32_t>(lead) & 0x3FF) << 10) +
         (static_cast<char32_t>(trail) & 0x3FF);
}
constexpr char16_t LeadSurrogateOf(char32_t code_point) {
  return static_cast<char16_t>(0xD800 + ((code_point - 0x10000) >> 10));
}
constexpr char16_t TrailSurrogateOf(char32_t code_point) {
  return static_cast<char16_t>(0xDC00 + ((code_point - 0x10000) & 0x3FF));
}

}  // namespace fart

#endif  // FART_HEAP_BASE_UTF8_H_
