// UTF-8 -- the little of it that reading sources needs.
//
// String literals may hold lone surrogates (the language's strings are UTF-16): their three-byte
// form is written as if they were code points, and two halves that meet are joined, so the result
// is always the one shortest encoding of the UTF-16 text.
//
// Not here: single code points (heap/base/utf8.h), and transcoding heap strings.

#ifndef FART_LANG_SYNTAX_UTF8_H_
#define FART_LANG_SYNTAX_UTF8_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fart::lang {

inline constexpr char32_t kMaxCodePoint = 0x10FFFF;

// Length in bytes of the well-formed sequence at `offset` (below the size); 0 if there is none.
// Overlong forms and surrogates are not well-formed.
[[nodiscard]] std::size_t Utf8SequenceLength(std::string_view text, std::size_t offset);

// Offset of the first byte that is not part of a well-formed sequence, or npos.
[[nodiscard]] std::size_t FindInvalidUtf8(std::string_view text);

// `text` must be well-formed.
[[nodiscard]] std::vector<std::string_view> SplitCodePoints(std::string_view text);

// `text` with every malformed byte replaced by U+FFFD.
[[nodiscard]] std::string ReplaceInvalidUtf8(std::string_view text);

// Appends a code point up to kMaxCodePoint; a low surrogate joins a high one at the end of `text`.
void AppendCodePoint(std::string& text, char32_t code_point);

// Appends what AppendCodePoint made, joining surrogates across the seam.
void AppendText(std::string& text, std::string_view more);

}  // namespace fart::lang

#endif  // FART_LANG_SYNTAX_UTF8_H_
