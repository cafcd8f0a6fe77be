// Scanner -- cuts a source text into tokens, all at once.
//
// The whole list at once (not token by token) lets the parser look as far ahead as the grammar
// needs, and lets an opening bracket know where its closing one is.
//
// Invariants
//   LS-T1 closed  the list ends with kEnd; a text that cannot be read ends with kError, kEnd.
//   LS-T2 flat    nesting (comments, interpolation, brackets) is kept in lists, never in recursion.
//
// Not here: numbers' values (parser).

#ifndef FART_LANG_SYNTAX_SCANNER_H_
#define FART_LANG_SYNTAX_SCANNER_H_

#include <string>
#include <vector>

#include "lang/syntax/source_file.h"
#include "lang/syntax/token.h"

namespace fart::lang {

struct TokenList {
  std::vector<Token> tokens;
  std::vector<std::string> texts;  // Decoded pieces of strings (utf8.h), and the error message.
};

[[nodiscard]] TokenList Scan(const SourceFile& file);

}  // namespace fart::lang

#endif  // FART_LANG_SYNTAX_SCANNER_H_
