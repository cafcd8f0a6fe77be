// Resolver -- finds out, for one top-level function and all functions inside it, which names are
// local variables, which of them closures capture, and which of those change.
//
// It comes before code, because where a variable lives (in a slot, or in a cell) must be known when
// the first instruction that uses it is written.
//
// Invariants
//   LC-V1 numbered  an Identifier's, Declarator's or ParameterNode's `binding` is the number of its
//                   variable here, or ast::kUnbound if the name is not local.
//   LC-V2 cell      a variable lives in a cell iff it is captured and assigned to after it was
//                   declared; other captured variables are copied, as nobody can tell.
//   LC-V3 early     a name means the same in the whole block that it is used in: declaring it in
//                   that block after the use is an error.
//
// Not here: names that are not local (function_compiler.h); slots (function_compiler.h).

#ifndef FART_LANG_COMPILER_RESOLVER_H_
#define FART_LANG_COMPILER_RESOLVER_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "lang/compiler/compiled_library.h"
#include "lang/compiler/met_errors.h"
#include "lang/syntax/ast.h"
#include "lang/syntax/syntax_error.h"

namespace fart::lang {

struct FunctionScope;

struct LocalVariable {
  std::string name;
  FunctionScope* owner = nullptr;
  bool is_final = false;
  bool is_const = false;
  bool is_captured = false;
  bool is_reassigned = false;
  bool is_late = false;                  // May be absent: see ast::Declarator.
  int late_initializer = ast::kUnbound;  // The variable with the function that makes its value.
  const ast::Declarator* set_later = nullptr;  // Its declaration, if somebody must set it later.
  bool is_passed_on = false;                   // A `super.x` parameter without a default: as above.
  const ast::Type* type = nullptr;         // As declared; null: none, or it is no plain variable.
  ast::Expression* initializer = nullptr;  // Of a plain variable; null: none.
  ast::Expression* iterable = nullptr;     // Whose elements it has; null: no for-in's.
  const ast::FunctionNode* function = nullptr;  // That it is the name of; null: it is no name.
  std::optional<TypeRef> inferred;              // Of a closure's parameter. Set with the code.
  int slot = -1;                                // Set when code is written: at the declaration.

  [[nodiscard]] bool needs_cell() const { return is_captured && is_reassigned; }
  // Nothing may be assigned to it after its declaration.
  [[nodiscard]] bool is_fixed() const {
    return is_final && !(is_late && late_initializer == ast::kUnbound);
  }
};

// One function of the nest.
struct FunctionScope {
  FunctionScope* parent = nullptr;
  std::vector<int> captured;  // Variables of outer functions, in the order of the closure's values.
  std::unordered_map<int, int> capture_index;
};

struct Resolution {
  std::deque<LocalVariable> variables;
  std::deque<FunctionScope> functions;  // The first is the outermost.
  std::unordered_map<const ast::FunctionNode*, FunctionScope*> scope_of;  // Inner functions.
  int this_variable = ast::kUnbound;

  [[nodiscard]] LocalVariable& variable(int number) {
    return variables[static_cast<std::size_t>(number)];
  }
};

// What is to be resolved, in the order in which it is executed.
struct ResolverInput {
  // Null: only `before_parameters`.
  ast::FunctionNode* function = nullptr;
  bool has_receiver = false;
  // Initialisers of fields or of a static variable: they see neither parameters nor `this`.
  std::vector<ast::Expression*> before_parameters;
  // Does a name that is no local variable mean a member of `this`? Asked only where `this` exists.
  std::function<bool(const std::string&)> is_implicit_this;
  // What assigns to a final variable is no mistake where this meets errors of names.
  MetErrors met;
  // A name that means nothing: the local variables that can be seen where it stands are put into
  // `visible`, those of the innermost block first. For messages; null: none is wanted.
  const ast::Identifier* unknown = nullptr;
  std::vector<std::string>* visible = nullptr;
};

[[nodiscard]] std::optional<SyntaxError> Resolve(const SourceFile& file, const ResolverInput& input,
                                                 Resolution* resolution);

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_RESOLVER_H_
