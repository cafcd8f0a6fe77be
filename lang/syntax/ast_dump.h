// Dump -- a syntax tree as an S-expression, for tests and for eyes.
//
//     1 + 2 * x        (+ 1 (* 2 x))
//     a.b(c, d: e)     (call (. a b) c d: e)
//     if (x) y;        (if x (do y))
//
// What lies deeper than the stack reaches is "...".
//
// Not here: anything a program depends on.

#ifndef FART_LANG_SYNTAX_AST_DUMP_H_
#define FART_LANG_SYNTAX_AST_DUMP_H_

#include <string>

#include "lang/syntax/ast.h"

namespace fart::lang {

[[nodiscard]] std::string Dump(ast::Expression* expression);
[[nodiscard]] std::string Dump(ast::Statement* statement);
[[nodiscard]] std::string Dump(const ast::FunctionNode& function);
// One declaration a line.
[[nodiscard]] std::string Dump(const CompilationUnit& unit);

}  // namespace fart::lang

#endif  // FART_LANG_SYNTAX_AST_DUMP_H_
