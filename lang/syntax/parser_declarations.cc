// Parser -- directives, classes, functions and variables.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "lang/syntax/parser_impl.h"

namespace fart::lang {

// ---- Directives ---------------------------------------------------------------------------------

void Parser::ParseUnit() {
  while (!At(TokenKind::kEnd) && !Failed()) {
    SkipMetadata();
    if (!ParseDirectiveIfAny()) break;
  }
  while (!At(TokenKind::kEnd) && !Failed()) ParseTopLevelDeclaration();
}

bool Parser::ParseDirectiveIfAny() {
  const TokenKind next = Kind(1);
  if (AtWord("library") && next == TokenKind::kIdentifier) {
    Take();
    unit_->library_name = ParseDottedName();
    Expect(TokenKind::kSemicolon);
    return true;
  }
  if (next == TokenKind::kString && (AtWord("import") || AtWord("export"))) {
    ParseImportOrExport(AtWord("import") ? ast::Directive::Kind::kImport
                                         : ast::Directive::Kind::kExport);
    return true;
  }
  if (AtWord("part") && (next == TokenKind::kString || AtWord("of", 1))) {
    ParsePart();
    return true;
  }
  return false;
}

std::string Parser::ParseDottedName() {
  std::string name = ExpectName();
  while (Accept(TokenKind::kDot)) name += "." + ExpectName();
  return name;
}

void Parser::ParseImportOrExport(ast::Directive::Kind kind) {
  Take();
  ast::Directive directive;
  directive.kind = kind;
  directive.offset = Offset();
  directive.uri = ExpectStringLiteral();
  if (AtWord("deferred")) Fail(Offset(), "Deferred imports are not supported.");
  if (AtWord("as")) {
    if (kind == ast::Directive::Kind::kExport) Fail(Offset(), "An export has no prefix.");
    Take();
    directive.prefix = ExpectName();
  }
  while (AtWord("show") || AtWord("hide")) {
    ast::Combinator combinator;
    combinator.is_show = AtWord("show");
    Take();
    do {
      combinator.names.push_back(ExpectName());
    } while (Accept(TokenKind::kComma));
    directive.combinators.push_back(std::move(combinator));
  }
  Expect(TokenKind::kSemicolon);
  unit_->directives.push_back(std::move(directive));
}

void Parser::ParsePart() {
  Take();
  if (AtWord("of")) {
    Take();
    unit_->is_part = true;
    unit_->part_of = At(TokenKind::kString) ? ExpectStringLiteral() : ParseDottedName();
  } else {
    ast::Directive directive;
    directive.kind = ast::Directive::Kind::kPart;
    directive.offset = Offset();
    directive.uri = ExpectStringLiteral();
    unit_->directives.push_back(std::move(directive));
  }
  Expect(TokenKind::kSemicolon);
}

// ---- Top level ----------------------------------------------------------------------------------

// Metadata is read and forgotten: nothing here can ask for it.
void Parser::SkipMetadata() {
  while (Accept(TokenKind::kAt)) {
    ParseDottedName();
    if (At(TokenKind::kOpenParen)) ParseArguments();
  }
}

void Parser::ParseTopLevelDeclaration() {
  SkipMetadata();
  const bool next_is_name = Kind(1) == TokenKind::kIdentifier;
  if (At(TokenKind::kClass) || (AtWord("abstract") && Kind(1) == TokenKind::kClass)) {
    return ParseClass();
  }
  if (At(TokenKind::kEnum)) return ParseEnum();
  if (AtWord("typedef") && (next_is_name || Kind(1) == TokenKind::kVoid)) return ParseTypedef();
  const bool is_late_directive =
      Kind(1) == TokenKind::kString && (AtWord("import") || AtWord("export") || AtWord("part"));
  if (is_late_directive || (AtWord("library") && next_is_name && Kind(2) == TokenKind::kDot)) {
    return Fail(Offset(), "Directives must stand before all declarations.");
  }
  ParseMember(nullptr);
}

// typedef [R] F[<...>](...);   or   typedef F[<...>] = type;
void Parser::ParseTypedef() {
  Take();
  auto* node = Make<ast::TypedefNode>(Offset());
  ast::Type* return_type = AtTypeAndName() ? ParseType() : nullptr;
  node->offset = Offset();
  node->name = ExpectName();
  node->type_parameters = ParseTypeParametersIfAny();
  if (Accept(TokenKind::kAssign)) {
    node->target = ParseType();
  } else {
    node->target = ParseFunctionType(return_type, node->offset, /*has_word=*/false);
  }
  Expect(TokenKind::kSemicolon);
  unit_->typedefs.push_back(node);
}

void Parser::ParseClass() {
  const bool is_abstract = AtWord("abstract");
  if (is_abstract) Take();
  Take();
  auto* cls = Make<ast::ClassNode>(Offset());
  cls->is_abstract = is_abstract;
  cls->name = ExpectName();
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
  Expect(TokenKind::kOpenBrace);
  while (!Failed() && !At(TokenKind::kCloseBrace)) ParseMember(cls);
  Expect(TokenKind::kCloseBrace);
}

// [with ...] [implements ...]
void Parser::ParseClassHeader(ast::ClassNode& cls) {
  if (At(TokenKind::kWith) && cls.superclass == nullptr) {
    return FailUnexpected("'extends' before 'with'");
  }
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

// An enum is the class
//     class E {
//       final int index; final String _name;
//       const E._(this.index, this._name);
//       static const a = const E._(0, "E.a"); ...  static const values = const [a, ...];
//       String toString() => _name;
//     }
void Parser::ParseEnum() {
  Take();
  auto* cls = Make<ast::ClassNode>(Offset());
  const std::uint32_t offset = Offset();
  cls->name = ExpectName();
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

  auto* values = Make<ast::ListLiteral>(offset);
  values->is_const = true;
  Expect(TokenKind::kOpenBrace);
  do {
    if (At(TokenKind::kCloseBrace) && !values->elements.empty()) break;
    SkipMetadata();
    const std::uint32_t value_offset = Offset();
    const std::string name = ExpectName();
    auto* value = Make<ast::New>(value_offset);
    value->is_const = true;
    value->names = {cls->name, "_"};
    auto* index = Make<ast::IntLiteral>(value_offset);
    index->value = static_cast<std::int64_t>(values->elements.size());
    value->arguments.positional = {index, MakeString(value_offset, cls->name + "." + name)};
    add_variable(name, value);
    values->elements.push_back(MakeIdentifier(value_offset, name));
  } while (Accept(TokenKind::kComma));
  Expect(TokenKind::kCloseBrace);
  add_variable("values", values);
  unit_->classes.push_back(cls);
}

// ---- Members ------------------------------------------------------------------------------------

// Words like `static` are names unless a declaration goes on behind them.
bool Parser::AtModifier(std::string_view word) const {
  if (!AtWord(word)) return false;
  switch (Kind(1)) {
    case TokenKind::kIdentifier:
    case TokenKind::kVar:
    case TokenKind::kFinal:
    case TokenKind::kConst:
    case TokenKind::kVoid:
      return true;
    default:
      return false;
  }
}

// C(...) or C.name(...)
bool Parser::AtConstructor(const ast::ClassNode& cls) const {
  if (!AtWord(cls.name)) return false;
  return Kind(1) == TokenKind::kOpenParen ||
         (Kind(1) == TokenKind::kDot && Kind(2) == TokenKind::kIdentifier &&
          Kind(3) == TokenKind::kOpenParen);
}

// `get name` or `set name`, not a variable of type `get`.
bool Parser::AtAccessor(std::string_view word) const {
  if (!AtWord(word) || Kind(1) != TokenKind::kIdentifier) return false;
  if (word == "set") return Kind(2) == TokenKind::kOpenParen;
  const TokenKind next = Kind(2);
  return next == TokenKind::kArrow || next == TokenKind::kOpenBrace ||
         next == TokenKind::kSemicolon || next == TokenKind::kIdentifier;
}

bool Parser::AtOperator() const {
  const TokenKind next = Kind(1);
  return AtWord("operator") && next != TokenKind::kOpenParen && next != TokenKind::kSemicolon &&
         next != TokenKind::kAssign && next != TokenKind::kComma;
}

bool Parser::AcceptModifier(std::string_view word) {
  const bool is_there = AtModifier(word);
  if (is_there) Take();
  return is_there;
}

// A function, accessor, operator, constructor or list of variables; top-level if there is no class.
void Parser::ParseMember(ast::ClassNode* cls) {
  SkipMetadata();
  Modifiers modifiers;
  modifiers.is_external = AcceptModifier("external");
  modifiers.is_static = cls != nullptr && AcceptModifier("static");
  if (cls != nullptr) AcceptModifier("covariant");
  if (At(TokenKind::kFinal) || At(TokenKind::kVar)) {
    modifiers.is_final = Take().kind == TokenKind::kFinal;
    return ParseVariables(cls, modifiers);
  }
  modifiers.is_const = Accept(TokenKind::kConst);
  if (cls != nullptr && (AtModifier("factory") || AtConstructor(*cls))) {
    return ParseConstructor(*cls, modifiers);
  }
  const bool is_accessor = AtAccessor("get") || AtAccessor("set");
  if (modifiers.is_const || (!is_accessor && !AtFunction(cls))) {
    modifiers.is_final = modifiers.is_const;
    return ParseVariables(cls, modifiers);
  }
  ast::Type* return_type = !is_accessor && AtTypeAndName() ? ParseType() : nullptr;
  ParseFunction(cls, modifiers, return_type);
}

// [type] [get|set] name (...)   or   [type] operator ...
bool Parser::AtFunction(const ast::ClassNode* cls) const {
  Position position = position_;
  if (AtTypeAndName()) position = SkipType(position, QuestionRule::kOfType);
  const std::size_t ahead = position - position_;
  if (AtWord("get", ahead) || AtWord("set", ahead)) {
    if (Kind(ahead + 1) == TokenKind::kIdentifier) return true;
  }
  if (cls != nullptr && AtWord("operator", ahead)) return true;
  const TokenKind next = Kind(ahead + 1);
  return Kind(ahead) == TokenKind::kIdentifier &&
         (next == TokenKind::kOpenParen || next == TokenKind::kLess);
}

// [type] name [= value] {, name [= value]} ;
void Parser::ParseVariables(ast::ClassNode* cls, const Modifiers& modifiers) {
  ast::Type* type = AtTypeAndName() ? ParseType() : nullptr;
  do {
    auto* variable = Make<ast::VariableNode>(Offset());
    variable->name = ExpectName();
    variable->type = type;
    variable->is_static = modifiers.is_static;
    variable->is_const = modifiers.is_const;
    variable->is_final = modifiers.is_final || modifiers.is_const;
    if (Accept(TokenKind::kAssign)) variable->initializer = ParseExpression();
    const bool is_field = cls != nullptr && !variable->is_static;
    if (variable->initializer == nullptr && variable->is_final && !is_field) {
      Fail(variable->offset, "A final variable needs a value.");
    }
    if (modifiers.is_const && is_field) {
      Fail(variable->offset, "A constant in a class must be static.");
    }
    (cls != nullptr ? cls->variables : unit_->variables).push_back(variable);
  } while (Accept(TokenKind::kComma));
  Expect(TokenKind::kSemicolon);
}

// After the type: [get|set] name or operator, and the rest.
void Parser::ParseFunction(ast::ClassNode* cls, const Modifiers& modifiers,
                           ast::Type* return_type) {
  auto* function = Make<ast::FunctionNode>(Offset());
  function->return_type = return_type;
  function->is_external = modifiers.is_external;
  function->is_static = modifiers.is_static;
  if (cls != nullptr && AtOperator()) {
    function->form = ast::FunctionForm::kOperator;
    Take();
    function->offset = Offset();
    function->name = ParseOperatorName();
  } else {
    if (AtAccessor("get") || AtAccessor("set")) {
      function->form = AtWord("get") ? ast::FunctionForm::kGetter : ast::FunctionForm::kSetter;
      Take();
    }
    function->offset = Offset();
    function->name = ExpectName();
  }
  ParseFunctionRest(*function);
  CheckFunction(cls, *function);
  if (function->name == "-" && function->parameters.empty()) function->name = "unary-";
  (cls != nullptr ? cls->functions : unit_->functions).push_back(function);
}

// [factory] C[.name](...)
void Parser::ParseConstructor(ast::ClassNode& cls, const Modifiers& modifiers) {
  auto* function = Make<ast::FunctionNode>(Offset());
  const bool is_factory = AcceptModifier("factory");
  function->form = is_factory ? ast::FunctionForm::kFactory : ast::FunctionForm::kConstructor;
  function->is_external = modifiers.is_external;
  function->is_const = modifiers.is_const;
  function->offset = Offset();
  if (!AtWord(cls.name)) Fail(Offset(), "A factory must be named like its class.");
  Take();
  if (Accept(TokenKind::kDot)) function->name = ExpectName();
  ParseFunctionRest(*function);
  CheckFunction(&cls, *function);
  cls.functions.push_back(function);
}

std::string Parser::ParseOperatorName() {
  switch (Kind()) {
    case TokenKind::kOpenBracket: {
      Take();
      Expect(TokenKind::kCloseBracket);
      return Accept(TokenKind::kAssign) ? "[]=" : "[]";
    }
    case TokenKind::kGreater:
      Take();
      if (At(TokenKind::kGreater)) {
        Take();
        return ">>";
      }
      return ">";
    case TokenKind::kEqualEqual:
    case TokenKind::kLess:
    case TokenKind::kLessEqual:
    case TokenKind::kGreaterEqual:
    case TokenKind::kPlus:
    case TokenKind::kMinus:
    case TokenKind::kStar:
    case TokenKind::kSlash:
    case TokenKind::kTildeSlash:
    case TokenKind::kPercent:
    case TokenKind::kAmpersand:
    case TokenKind::kBar:
    case TokenKind::kCaret:
    case TokenKind::kTilde:
    case TokenKind::kShiftLeft:
      return SpellingOf(Take().kind);
    default:
      FailUnexpected("an operator that classes can define");
      return "";
  }
}

// ---- Functions ----------------------------------------------------------------------------------

// From the type parameters to the end of the body.
void Parser::ParseFunctionRest(ast::FunctionNode& function) {
  const Nesting nesting(*this);
  function.type_parameters = ParseTypeParametersIfAny();
  if (function.form != ast::FunctionForm::kGetter) function.parameters = ParseParameters();
  if (At(TokenKind::kColon) && function.form == ast::FunctionForm::kConstructor) {
    ParseInitializers(function);
  }
  ParseBody(function);
}

void Parser::ParseInitializers(ast::FunctionNode& function) {
  Take();
  const bool outer = std::exchange(block_functions_allowed_, false);
  bool has_super = false;
  do {
    const ast::Initializer& added = function.initializers.emplace_back(ParseInitializer());
    if (added.kind == ast::Initializer::Kind::kSuper && std::exchange(has_super, true)) {
      Fail(added.offset, "The constructor of the superclass is called twice.");
    }
    if (function.initializers.size() > 1 &&
        (added.kind == ast::Initializer::Kind::kThis ||
         function.initializers.front().kind == ast::Initializer::Kind::kThis)) {
      Fail(added.offset, "A redirecting constructor can have no other initialiser.");
    }
  } while (Accept(TokenKind::kComma));
  block_functions_allowed_ = outer;
}

ast::Initializer Parser::ParseInitializer() {
  ast::Initializer initializer;
  initializer.offset = Offset();
  const bool is_this = At(TokenKind::kThis);
  const bool is_field_of_this =
      is_this && Kind(1) == TokenKind::kDot && Kind(3) == TokenKind::kAssign;
  if (At(TokenKind::kSuper) || (is_this && !is_field_of_this)) {
    Take();
    initializer.kind = is_this ? ast::Initializer::Kind::kThis : ast::Initializer::Kind::kSuper;
    if (Accept(TokenKind::kDot)) initializer.name = ExpectName();
    initializer.arguments = ParseArguments();
    return initializer;
  }
  if (is_field_of_this) {
    Take();
    Take();
  }
  initializer.offset = Offset();
  initializer.name = ExpectName();
  Expect(TokenKind::kAssign);
  initializer.value = ParseExpression();
  return initializer;
}

void Parser::RejectAsync() {
  if (AtWord("async") || AtWord("sync")) {
    std::string name(TextOf(Peek()));
    if (Kind(1) == TokenKind::kStar) name += "*";
    Fail(Offset(), "'" + name + "' functions are not supported.");
  }
}

void Parser::ParseBody(ast::FunctionNode& function) {
  RejectAsync();
  if (At(TokenKind::kOpenBrace)) {
    function.block = ParseBlock();
    return;
  }
  if (AtWord("native")) {
    Take();
    function.is_native = true;
    function.native_name = ExpectStringLiteral();
  } else if (Accept(TokenKind::kArrow)) {
    function.expression = ParseExpression();
  } else if (At(TokenKind::kAssign) && function.form == ast::FunctionForm::kFactory) {
    Take();
    do {
      function.redirection.push_back(ExpectName());
      if (At(TokenKind::kLess)) function.redirection_arguments = ParseTypeArguments();
    } while (function.redirection.size() < 3 && Accept(TokenKind::kDot));
  } else if (!At(TokenKind::kSemicolon)) {
    return FailUnexpected("a function body");
  }
  Expect(TokenKind::kSemicolon);
}

// What is wrong with a function whatever the names in it mean.
void Parser::CheckFunction(const ast::ClassNode* cls, const ast::FunctionNode& function) {
  const bool is_constructor = function.form == ast::FunctionForm::kConstructor;
  const bool may_lack_body =
      function.is_external || is_constructor ||
      (cls != nullptr && !function.is_static && function.form != ast::FunctionForm::kFactory);
  if (!function.has_body() && !may_lack_body) {
    return Fail(function.offset, "This function needs a body.");
  }
  if (function.is_external && function.has_body()) {
    return Fail(function.offset, "An external function has no body.");
  }
  if (is_constructor && function.expression != nullptr) {
    return Fail(function.offset, "A constructor cannot return a value.");
  }
  if (is_constructor && function.is_native) {
    return Fail(function.offset, "Only a factory constructor can be native.");
  }
  if (function.form == ast::FunctionForm::kSetter &&
      (function.parameters.size() != 1 ||
       function.parameters[0]->kind != ast::ParameterKind::kRequired)) {
    return Fail(function.offset, "A setter takes exactly one argument.");
  }
  if (function.form == ast::FunctionForm::kOperator) CheckOperator(function);
  if (is_constructor && function.is_const && function.block != nullptr) {
    return Fail(function.offset, "A constant constructor has no body.");
  }
  const bool is_redirecting = !function.initializers.empty() &&
                              function.initializers[0].kind == ast::Initializer::Kind::kThis;
  if (is_redirecting && function.has_body()) {
    return Fail(function.offset, "A redirecting constructor has no body.");
  }
  for (const ast::ParameterNode* parameter : function.parameters) {
    if (parameter->is_field && !is_constructor) {
      return Fail(parameter->offset, "Only constructors can have 'this.' parameters.");
    }
    if (parameter->is_field && is_redirecting) {
      return Fail(parameter->offset, "A redirecting constructor has no 'this.' parameters.");
    }
    if (function.is_native && parameter->default_value != nullptr) {
      return Fail(parameter->offset, "A native function's parameters have no default values.");
    }
  }
}

void Parser::CheckOperator(const ast::FunctionNode& function) {
  const std::size_t count = function.parameters.size();
  bool is_right = count == 1;
  if (function.name == "~") is_right = count == 0;
  if (function.name == "-") is_right = count <= 1;
  if (function.name == "[]=") is_right = count == 2;
  for (const ast::ParameterNode* parameter : function.parameters) {
    is_right = is_right && parameter->kind == ast::ParameterKind::kRequired;
  }
  if (!is_right) Fail(function.offset, "This operator takes another number of arguments.");
  if (function.is_static) Fail(function.offset, "An operator cannot be static.");
}

}  // namespace fart::lang
