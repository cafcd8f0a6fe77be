// Scanner -- cuts a source text into tokens, all at once.
//
// The whole list at once (not token by token) lets the parser look as far ahead as the grammar
// needs, and lets an opening bracket know where its closing one is.
//
// Invariants
//   LS-T1 closed  the list ends with kEnd; a text that cannot be read ends with kError, kEnd.
//   LS-T2 flat    nesting (comments, interpolation, brackets) is kept in lists, never in recursion.
//   LS-T3 whole   what a scanner leaves out is all between a `{` and its `}`, or between a `=>` and
//                 the `;` behind it.
//
// Not here: numbers' values (parser).

#ifndef FART_LANG_SYNTAX_SCANNER_H_
#define FART_LANG_SYNTAX_SCANNER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "lang/syntax/source_file.h"
#include "lang/syntax/token.h"

namespace fart::lang {

struct TokenList {
  std::vector<Token> tokens;
  std::vector<std::string> texts;  // Decoded pieces of strings (utf8.h), and the error message.
  bool lacks_bodies = false;       // Some have been left out.
};

// Whether the bodies of top-level functions and of members become tokens as well. Those that are
// found without them: an `async` one, or a function's in an expression, may be there all the same,
// and one of these may be left out.
// Or all that is in the braces of a class.
enum class Bodies : std::uint8_t { kScanned, kLeftOut, kLeftOutWithClasses };

[[nodiscard]] TokenList Scan(const SourceFile& file, Bodies bodies = Bodies::kScanned);
// Of the text from one place to another. Offsets are the file's.
// Left out are bodies of members, where the piece is the braces of a class.
[[nodiscard]] TokenList ScanPiece(const SourceFile& file, std::uint32_t begin, std::uint32_t end,
                                  Bodies bodies = Bodies::kScanned);

}  // namespace fart::lang

#endif  // FART_LANG_SYNTAX_SCANNER_H_
