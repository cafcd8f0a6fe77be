// Parser -- what the declarations of the language must not be, whatever the names in them mean.
//
// Not here: rules of one construct that its own parser says (parser_declarations.cc), and those
// that need to know what a name means (lang/compiler).

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "lang/syntax/parser_impl.h"

namespace fart::lang {
namespace {

// Names of variables and functions they can be, of types they cannot. Those that came later than
// 2018 (`mixin`, `extension`, `late`, `required`, ...) are not among them: older programs use them.
constexpr std::string_view kBuiltIns[] = {"abstract", "as",   "dynamic",    "export", "external",
                                          "factory",  "get",  "implements", "import", "library",
                                          "operator", "part", "set",        "static", "typedef"};

}  // namespace

bool Parser::IsBuiltIn(std::string_view word) {
  // Most names of types do not begin like any.
  if (word.empty() || word[0] < 'a' || word[0] > 't') return false;
  return std::find(std::begin(kBuiltIns), std::end(kBuiltIns), word) != std::end(kBuiltIns);
}

// There they are operators and statements, and nothing else.
void Parser::CheckNameInBody(std::string_view name, std::uint32_t offset) {
  if (suspends_ == ast::Suspends::kNever || (name != "await" && name != "yield")) return;
  Fail(offset, "'" + std::string(name) +
                   "' cannot be a name in the body of an 'async', 'async*' or 'sync*' function.");
}

void Parser::CheckTypeName(const ast::Type& type) {
  if (!type.prefix.empty() || type.name == "dynamic" || !IsBuiltIn(type.name)) return;
  Fail(type.offset, "'" + type.name + "' is a word of the language and no type.");
}

// Of a variable; null: it has none. Parameters that nobody reads (`_`) may be void: later programs
// listen to futures of nothing that way.
void Parser::CheckIsNotVoid(const ast::Type* type, std::uint32_t offset) {
  if (type == nullptr || type->name != "void") return;
  Fail(offset, "Only functions are 'void', not what has a value.");
}

// At what follows the words in front of a declaration.
void Parser::CheckModifiers(const ast::ClassNode* cls, const Modifiers& modifiers) {
  if (cls == nullptr) {
    for (const char* word : {"factory", "static", "abstract"}) {
      if (AtModifier(word)) {
        return Fail(Offset(), "'" + std::string(word) + "' is for members of classes.");
      }
    }
  }
  if (!modifiers.is_abstract) return;
  const bool is_field = At(TokenKind::kFinal) || At(TokenKind::kVar) ||
                        (AtTypeAndName() && !AtAccessor("get") && !AtFunction(cls));
  if (is_field) return;
  Fail(Offset(),
       "'abstract' is for classes, and for fields with 'var', 'final' or a type in front of them. "
       "What has no body is abstract without it.");
}

void Parser::CheckMemberName(const ast::ClassNode* cls, const std::string& name,
                             std::uint32_t offset) {
  if (cls == nullptr || name != cls->name) return;
  Fail(offset, "'" + name +
                   "' is the name of the class, so only its constructors have it; they are "
                   "neither static nor of a type.");
}

// Of a type that is written with the names of its parameters.
void Parser::CheckParameterNames(const std::vector<ast::ParameterNode*>& parameters) {
  const ast::ParameterNode* const twice = ast::FindNameTwice(parameters);
  if (twice != nullptr) Fail(twice->offset, "'" + twice->name + "' is declared twice here.");
}

void Parser::CheckConstructor(const Modifiers& modifiers, const ast::FunctionNode& function) {
  if (modifiers.is_static) Fail(function.offset, "A constructor cannot be static.");
  if (modifiers.is_abstract) Fail(function.offset, "A constructor cannot be abstract.");
  if (function.is_external && !function.initializers.empty()) {
    Fail(function.offset, "An external constructor has no initialisers.");
  }
  for (const ast::ParameterNode* parameter : function.parameters) {
    if (function.is_external && (parameter->is_field || parameter->is_super)) {
      Fail(parameter->offset, "An external constructor has no '" +
                                  std::string(parameter->is_field ? "this" : "super") +
                                  ".' parameters.");
    }
    if (function.redirection.empty() || parameter->default_value == nullptr) continue;
    Fail(parameter->offset,
         "A factory that passes on has no default values: those of the other constructor count.");
  }
  const bool runs_code = function.block != nullptr || function.expression != nullptr;
  const bool is_bundled = file_->name().starts_with("dart:");
  if (function.form == ast::FunctionForm::kFactory && function.is_const && runs_code &&
      !is_bundled) {
    Fail(function.offset,
         "A constant factory only passes on to another constructor: 'const factory C() = D;'.");
  }
}

}  // namespace fart::lang
