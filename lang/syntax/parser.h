// Parser -- makes the syntax tree of one file, or says what is wrong with it.
//
// Not here: whether names exist, or mean what their use asks for (lang/compiler).

#ifndef FART_LANG_SYNTAX_PARSER_H_
#define FART_LANG_SYNTAX_PARSER_H_

#include <memory>
#include <optional>

#include "lang/syntax/ast.h"
#include "lang/syntax/source_file.h"
#include "lang/syntax/syntax_error.h"

namespace fart::lang {

struct ParseResult {
  std::unique_ptr<CompilationUnit> unit;  // Null iff there is an error.
  std::optional<SyntaxError> error;       // The first one.
};

// Any text is safe to parse: nesting beyond a limit is an error like any other.
[[nodiscard]] ParseResult Parse(std::shared_ptr<const SourceFile> file);

}  // namespace fart::lang

#endif  // FART_LANG_SYNTAX_PARSER_H_
