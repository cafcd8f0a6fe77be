// BodySkipper -- finds where a function's body ends without making tokens of it.
//
// It knows as much of the language as brackets need: comments, strings of all kinds and what is
// interpolated into them. For the libraries `dart:`, whose bodies are scanned when they are asked
// for; of what is not well-formed it may miss the end.
//
// Not here: which braces and arrows begin a body (scanner), what is in one (parser).

#ifndef FART_LANG_SYNTAX_BODY_SKIPPER_H_
#define FART_LANG_SYNTAX_BODY_SKIPPER_H_

#include <cstddef>
#include <string_view>

namespace fart::lang {

// `begin` is the place of a `{` or a `=>`. The place of the `}` that closes it, or of the `;` in no
// brackets; npos: there is none.
[[nodiscard]] std::size_t EndOfBody(std::string_view text, std::size_t begin);

}  // namespace fart::lang

#endif  // FART_LANG_SYNTAX_BODY_SKIPPER_H_
