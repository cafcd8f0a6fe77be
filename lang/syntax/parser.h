// Parser -- makes the syntax tree of one file, or says what is wrong with it.
//
// Not here: whether names exist, or mean what their use asks for (lang/compiler).

#ifndef FART_LANG_SYNTAX_PARSER_H_
#define FART_LANG_SYNTAX_PARSER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "lang/syntax/ast.h"
#include "lang/syntax/source_file.h"
#include "lang/syntax/syntax_error.h"

namespace fart::lang {

struct ParseResult {
  std::unique_ptr<CompilationUnit> unit;  // Null iff there is an error.
  std::optional<SyntaxError> error;       // The first one.
  // Those of later declarations, in their order, a few at most. Whoever writes declarations at the
  // beginning of lines, and nothing else there, gets no error that another one has caused.
  std::vector<SyntaxError> further;
};

// Whether the bodies of functions and methods are read with the rest, or by ReadBody when they are
// asked for, or those and all members of classes by ReadMembers; mistakes in them are found then.
// The latter two are for the libraries `dart:`: which errors such a one names is not looked for,
// for it means to meet none.
enum class Blocks : std::uint8_t { kNow, kWhenAsked, kWhenAskedWithMembers };

// Any text is safe to parse: nesting beyond a limit is an error like any other.
[[nodiscard]] ParseResult Parse(std::shared_ptr<const SourceFile> file,
                                Blocks blocks = Blocks::kNow);

// The body of a function of that unit, unless it has been read. One caller at a time.
[[nodiscard]] std::optional<SyntaxError> ReadBody(CompilationUnit& unit,
                                                  ast::FunctionNode& function);

// Of a class whose members have not been read with its file (unread_members): those; their bodies
// are left out. *read, a class that has them and no more, lies in `unit`, a new one, which needs
// nothing but the file: the tree of the class does not change.
[[nodiscard]] std::optional<SyntaxError> ReadMembers(CompilationUnit& unit,
                                                     const ast::ClassNode& cls,
                                                     ast::ClassNode** read);

}  // namespace fart::lang

#endif  // FART_LANG_SYNTAX_PARSER_H_
