// Parser -- classes, mixins, extensions and enums, and what they are made of.

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "lang/syntax/parser_impl.h"

namespace fart::lang {
namespace {

constexpr std::string_view kClassModifiers[] = {"abstract", "base", "interface", "mixin", "sealed"};
constexpr std::size_t kMostClassModifiers = 4;

}  // namespace

// ---- Classes and mixins -------------------------------------------------------------------------

// Words before `class`. What they forbid other libraries (`base`, `final`, `interface`) is not
// checked.
std::size_t Parser::ClassModifiersHere() const {
  std::size_t count = 0;
  while (count < kMostClassModifiers) {
    const bool is_modifier =
        Kind(count) == TokenKind::kFinal ||
        std::any_of(std::begin(kClassModifiers), std::end(kClassModifiers),
                    [&](std::string_view word) { return AtWord(word, count); });
    if (!is_modifier) break;
    ++count;
  }
  return count;
}

bool Parser::AtClass() const { return Kind(ClassModifiersHere()) == TokenKind::kClass; }

// [base] mixin M [<...>] on|implements|{
bool Parser::AtMixin() const {
  const std::size_t start = AtWord("base") && AtWord("mixin", 1) ? 1 : 0;
  if (!AtWord("mixin", start) || Kind(start + 1) != TokenKind::kIdentifier) return false;
  Position after = position_ + start + 2;
  if (TokenAt(after).kind == TokenKind::kLess) after = SkipTypeArguments(after);
  if (after == kNotFound) return false;
  const std::size_t ahead = after - position_;
  return Kind(ahead) == TokenKind::kOpenBrace || AtWord("on", ahead) || AtWord("implements", ahead);
}

void Parser::ParseClass(Metadata metadata) {
  bool is_abstract = false;
  while (!Failed() && !At(TokenKind::kClass)) {
    is_abstract = is_abstract || AtWord("abstract") || AtWord("sealed");
    Take();
  }
  Take();
  auto* cls = Make<ast::ClassNode>(Offset());
  cls->metadata = std::move(metadata);
  cls->is_abstract = is_abstract;
  cls->name = ExpectTypeName("a class");
  cls->type_parameters = ParseTypeParametersIfAny();
  unit_->classes.push_back(cls);
  if (Accept(TokenKind::kAssign)) {  // class C = S with M;
    cls->is_application = true;
    cls->superclass = ParseType();
    if (!At(TokenKind::kWith)) FailUnexpected("'with'");
    ParseClassHeader(*cls);
    return Expect(TokenKind::kSemicolon);
  }
  if (Accept(TokenKind::kExtends)) cls->superclass = ParseType();
  ParseClassHeader(*cls);
  if (leaves_members_ && AtMissingBlock()) {
    cls->unread_members = Offset();
    Take();
    cls->unread_end = Offset() + 1;
    return Expect(TokenKind::kCloseBrace);
  }
  ParseMembers(*cls);
}

void Parser::ParseMembers(ast::ClassNode& cls) {
  const std::uint32_t offset = Offset();
  Expect(TokenKind::kOpenBrace);
  while (!Failed() && !At(TokenKind::kCloseBrace) && !At(TokenKind::kEnd)) ParseMember(&cls);
  if (!Failed() && At(TokenKind::kEnd)) FailUnclosed(offset);
  Expect(TokenKind::kCloseBrace);
}

// [with ...] [implements ...]
void Parser::ParseClassHeader(ast::ClassNode& cls) {
  if (Accept(TokenKind::kWith)) {
    do {
      cls.mixins.push_back(ParseType());
    } while (Accept(TokenKind::kComma));
  }
  if (AtWord("implements")) {
    Take();
    do {
      cls.interfaces.push_back(ParseType());
    } while (Accept(TokenKind::kComma));
  }
}

void Parser::ParseMixin(Metadata metadata) {
  if (!AtWord("mixin")) Take();
  Take();
  auto* cls = Make<ast::ClassNode>(Offset());
  cls->metadata = std::move(metadata);
  cls->is_mixin = cls->is_abstract = true;
  cls->name = ExpectTypeName("a mixin");
  cls->type_parameters = ParseTypeParametersIfAny();
  unit_->classes.push_back(cls);
  if (AtWord("on")) {
    Take();
    do {
      cls->interfaces.push_back(ParseType());
    } while (Accept(TokenKind::kComma));
  }
  cls->on_count = cls->interfaces.size();
  ParseClassHeader(*cls);
  ParseMembers(*cls);
}

// ---- Extensions ---------------------------------------------------------------------------------

// extension [E] [<...>] on
bool Parser::AtExtension() const {
  if (!AtWord("extension")) return false;
  Position after = position_ + 1;
  const bool has_name = Kind(1) == TokenKind::kIdentifier &&
                        (!AtWord("on", 1) || AtWord("on", 2) || Kind(2) == TokenKind::kLess);
  if (has_name) ++after;
  if (TokenAt(after).kind == TokenKind::kLess) after = SkipTypeArguments(after);
  if (after == kNotFound) return false;
  return AtWord("on", after - position_) && SkipType(after + 1, QuestionRule::kOfType) != kNotFound;
}

void Parser::ParseExtension(Metadata metadata) {
  Take();
  auto* cls = Make<ast::ClassNode>(Offset());
  cls->metadata = std::move(metadata);
  cls->is_extension = cls->is_abstract = true;
  const bool has_name = !AtWord("on") || AtWord("on", 1) || Kind(1) == TokenKind::kLess;
  if (has_name && !At(TokenKind::kLess)) {
    cls->name = ExpectTypeName("an extension");
  } else {
    cls->name = "_extension " + std::to_string(unit_->classes.size());
  }
  cls->type_parameters = ParseTypeParametersIfAny();
  Take();
  cls->on_type = ParseType();
  unit_->classes.push_back(cls);
  ParseMembers(*cls);
  for (const ast::FunctionNode* function : cls->functions) {
    if (function->has_body() || function->is_external) continue;
    return Fail(function->offset, "This function needs a body.");
  }
}

// ---- Late variables -----------------------------------------------------------------------------

// Instead of the variable: a hidden one, which is absent at first, a getter, and a setter unless it
// is final and has a value. Each class's is its own: the name is private and has the class in it.
void Parser::AddLateVariable(ast::ClassNode* cls, ast::VariableNode* variable) {
  variable->late_storage = "_" + variable->name + " of " + (cls == nullptr ? "" : cls->name);
  auto* storage = Make<ast::VariableNode>(variable->offset);
  storage->name = variable->late_storage;
  storage->late_name = variable->name;
  storage->type = variable->type;
  storage->is_static = variable->is_static;
  storage->initializer = Make<ast::Absent>(variable->offset);
  (cls != nullptr ? cls->variables : unit_->variables).push_back(storage);
  const auto add_accessor = [&](ast::FunctionForm form) {
    auto* accessor = Make<ast::FunctionNode>(variable->offset);
    accessor->form = form;
    accessor->name = variable->name;
    accessor->is_static = variable->is_static;
    accessor->late = variable;
    (cls != nullptr ? cls->functions : unit_->functions).push_back(accessor);
    return accessor;
  };
  ast::FunctionNode* const getter = add_accessor(ast::FunctionForm::kGetter);
  getter->metadata = variable->metadata;
  getter->return_type = variable->type;
  if (variable->is_final && variable->initializer != nullptr) return;
  auto* parameter = Make<ast::ParameterNode>(variable->offset);
  parameter->name = variable->name;
  parameter->type = variable->type;
  add_accessor(ast::FunctionForm::kSetter)->parameters.push_back(parameter);
}

// ---- Parameters for the superclass --------------------------------------------------------------

// `C(super.a, {super.b}) : super(b: 1)` passes what it is given on: positional ones before all, by
// name the others.
void Parser::PassSuperParameters(ast::FunctionNode& function) {
  const auto is_super = [](const auto* parameter) { return parameter->is_super; };
  if (std::none_of(function.parameters.begin(), function.parameters.end(), is_super)) return;
  auto call =
      std::find_if(function.initializers.begin(), function.initializers.end(),
                   [](const auto& each) { return each.kind == ast::Initializer::Kind::kSuper; });
  if (call == function.initializers.end()) {
    call = function.initializers.emplace(call);
    call->kind = ast::Initializer::Kind::kSuper;
    call->offset = function.offset;
  }
  ast::Arguments& arguments = call->arguments;
  const bool has_positional = !arguments.positional.empty();
  for (const ast::ParameterNode* parameter : function.parameters) {
    if (!parameter->is_super) continue;
    ast::Identifier* value = MakeIdentifier(parameter->offset, parameter->name);
    value->passes_absent = true;
    if (parameter->kind == ast::ParameterKind::kNamed) {
      const auto same = [&](const auto& other) { return other.name == parameter->name; };
      if (std::any_of(arguments.named.begin(), arguments.named.end(), same)) {
        Fail(parameter->offset, "The argument '" + parameter->name + "' is given twice.");
      }
      arguments.named.push_back({parameter->name, value, parameter->offset});
    } else {
      if (has_positional) {
        Fail(parameter->offset,
             "A positional 'super.' parameter, and positional arguments of 'super' beside it.");
      }
      arguments.positional.push_back(value);
    }
  }
  if (!arguments.order.empty()) {
    arguments.order.resize(arguments.positional.size() + arguments.named.size(), true);
  }
}

// ---- Enums --------------------------------------------------------------------------------------

// An enum is the class
//     class E {
//       final int index; final String _name;
//       const E._(this.index, this._name);
//       static const a = const E._(0, "E.a"); ...  static const values = const [a, ...];
//       String toString() => _name;  String get name => _name.substring(2);
//     }
void Parser::ParseEnum(Metadata metadata) {
  Take();
  auto* cls = Make<ast::ClassNode>(Offset());
  cls->metadata = std::move(metadata);
  const std::uint32_t offset = Offset();
  cls->name = ExpectTypeName("an enum");
  cls->is_enum = true;
  const auto add_variable = [&](std::string name, ast::Expression* initializer) {
    auto* variable = Make<ast::VariableNode>(Offset());
    variable->name = std::move(name);
    variable->is_final = true;
    variable->is_static = variable->is_const = initializer != nullptr;
    variable->initializer = initializer;
    cls->variables.push_back(variable);
  };
  auto* constructor = Make<ast::FunctionNode>(offset);
  constructor->form = ast::FunctionForm::kConstructor;
  constructor->name = "_";
  constructor->is_const = true;
  for (const char* field : {"index", "_name"}) {
    add_variable(field, nullptr);
    auto* parameter = Make<ast::ParameterNode>(offset);
    parameter->name = field;
    parameter->is_field = true;
    constructor->parameters.push_back(parameter);
  }
  cls->functions.push_back(constructor);
  auto* to_string = Make<ast::FunctionNode>(offset);
  to_string->name = "toString";
  to_string->expression = MakeIdentifier(offset, "_name");
  cls->functions.push_back(to_string);
  // Of its name's text: the same in every isolate.
  auto* hash = Make<ast::FunctionNode>(offset);
  hash->form = ast::FunctionForm::kGetter;
  hash->name = "hashCode";
  auto* of_name = Make<ast::Property>(offset);
  of_name->target = MakeIdentifier(offset, "_name");
  of_name->name = "hashCode";
  hash->expression = of_name;
  cls->functions.push_back(hash);

  auto* values = Make<ast::ListLiteral>(offset);
  values->is_const = true;
  RejectEnhancedEnum();
  Expect(TokenKind::kOpenBrace);
  do {
    if (At(TokenKind::kCloseBrace) && !values->elements.empty()) break;
    ParseMetadata();
    const std::uint32_t value_offset = Offset();
    const std::string name = ExpectName();
    CheckMemberName(cls, name, value_offset);
    if (name == "values" || name == "index") {
      Fail(value_offset, "An enum has a member '" + name + "' of its own.");
    }
    RejectEnhancedEnum();
    auto* value = Make<ast::New>(value_offset);
    value->is_const = true;
    value->names = {cls->name, "_"};
    auto* index = Make<ast::IntLiteral>(value_offset);
    index->value = static_cast<std::int64_t>(values->elements.size());
    value->arguments.positional = {index, MakeString(value_offset, cls->name + "." + name)};
    add_variable(name, value);
    values->elements.push_back(MakeIdentifier(value_offset, name));
  } while (Accept(TokenKind::kComma));
  RejectEnhancedEnum();
  Accept(TokenKind::kSemicolon);
  Expect(TokenKind::kCloseBrace);
  add_variable("values", values);
  AddNameOfEnum(*cls);
  unit_->classes.push_back(cls);
}

// What has members, arguments or supertypes.
void Parser::RejectEnhancedEnum() {
  const bool has_members = At(TokenKind::kSemicolon) && Kind(1) != TokenKind::kCloseBrace;
  const bool is_enhanced = has_members || At(TokenKind::kOpenParen) || At(TokenKind::kLess) ||
                           At(TokenKind::kDot) || At(TokenKind::kWith) || AtWord("implements");
  if (is_enhanced) {
    Fail(Offset(), "Enums with members, arguments or supertypes are not supported.");
  }
}

// String get name => _name.substring(...), unless one of the values has this name.
void Parser::AddNameOfEnum(ast::ClassNode& cls) {
  for (const ast::VariableNode* value : cls.variables) {
    if (value->name == "name") return;
  }
  const std::uint32_t offset = cls.offset;
  auto* property = Make<ast::Property>(offset);
  property->target = MakeIdentifier(offset, "_name");
  property->name = "substring";
  auto* start = Make<ast::IntLiteral>(offset);
  start->value = static_cast<std::int64_t>(cls.name.size()) + 1;
  auto* call = Make<ast::Call>(offset);
  call->callee = property;
  call->arguments.positional.push_back(start);
  auto* getter = Make<ast::FunctionNode>(offset);
  getter->form = ast::FunctionForm::kGetter;
  getter->name = "name";
  getter->expression = call;
  cls.functions.push_back(getter);
}

}  // namespace fart::lang
