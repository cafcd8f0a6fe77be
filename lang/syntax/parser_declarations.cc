// Parser -- directives, classes, functions and variables.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "lang/syntax/parser_impl.h"

namespace fart::lang {

// ---- Directives ---------------------------------------------------------------------------------

void Parser::ParseUnit() {
  Metadata metadata;  // Of what comes next.
  while (!At(TokenKind::kEnd) && !Failed()) {
    declaration_ = position_;
    metadata = ParseMetadata();
    const bool is_first = unit_->metadata.empty() && unit_->directives.empty();
    if (!ParseDirectiveIfAny()) break;
    if (is_first) unit_->metadata = std::exchange(metadata, {});
  }
  while (!At(TokenKind::kEnd) && !Failed()) {
    ParseTopLevelDeclaration(std::exchange(metadata, {}));
    if (!Failed()) declaration_ = position_;
    metadata = ParseMetadata();
  }
}

bool Parser::ParseDirectiveIfAny() {
  const TokenKind next = Kind(1);
  const bool is_unnamed_library = next == TokenKind::kSemicolon && unit_->directives.empty();
  if (AtWord("library") && (next == TokenKind::kIdentifier || is_unnamed_library)) {
    if (!unit_->directives.empty() || !unit_->library_name.empty()) {
      Fail(Offset(), "'library' stands before all other directives, once.");
    }
    Take();
    if (!is_unnamed_library) unit_->library_name = ParseDottedName();
    Expect(TokenKind::kSemicolon);
    return true;
  }
  const bool names_file = next == TokenKind::kString || next == TokenKind::kStringStart;
  if (names_file && (AtWord("import") || AtWord("export"))) {
    if (!unit_->directives.empty() &&
        unit_->directives.back().kind == ast::Directive::Kind::kPart) {
      Fail(Offset(), "Imports and exports stand before all parts.");
    }
    ParseImportOrExport(AtWord("import") ? ast::Directive::Kind::kImport
                                         : ast::Directive::Kind::kExport);
    return true;
  }
  if (AtWord("part") && (names_file || AtWord("of", 1))) {
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
  while (At(TokenKind::kIf)) directive.configurations.push_back(ParseConfiguration());
  if (kind == ast::Directive::Kind::kImport && AtWord("deferred")) {
    Take();
    directive.is_deferred = true;
    if (!AtWord("as")) FailUnexpected("'as' and a prefix");
  }
  if (AtWord("as")) {
    if (kind == ast::Directive::Kind::kExport) Fail(Offset(), "An export has no prefix.");
    Take();
    directive.prefix = ExpectTypeName("a prefix");
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
  if (directive.is_deferred) AddLoading(directive);
  unit_->directives.push_back(std::move(directive));
}

// import 'x' deferred as p: a variable that says whether it has been loaded, and the function that
// the prefix has as `loadLibrary`. The library itself is loaded like any other.
void Parser::AddLoading(const ast::Directive& directive) {
  auto* is_loaded = Make<ast::VariableNode>(directive.offset);
  is_loaded->name = ast::LoadedVariableOf(directive.prefix);
  is_loaded->initializer = Make<ast::BoolLiteral>(directive.offset);
  unit_->variables.push_back(is_loaded);
  auto* value = Make<ast::BoolLiteral>(directive.offset);
  value->value = true;
  auto* assignment = Make<ast::Assignment>(directive.offset);
  assignment->target = MakeIdentifier(directive.offset, is_loaded->name);
  assignment->value = value;
  auto* closure = Make<ast::FunctionExpression>(directive.offset);
  closure->function = Make<ast::FunctionNode>(directive.offset);
  closure->function->expression = assignment;
  auto* call = Make<ast::HelperCall>(directive.offset);
  call->name = "_loadDeferred";
  call->arguments.push_back(closure);
  auto* load = Make<ast::FunctionNode>(directive.offset);
  load->name = ast::LoadingFunctionOf(directive.prefix);
  load->expression = call;
  unit_->functions.push_back(load);
}

// if (a.b.c [== "value"]) "uri"
ast::Configuration Parser::ParseConfiguration() {
  Take();
  ast::Configuration configuration;
  Expect(TokenKind::kOpenParen);
  configuration.name = ParseDottedName();
  configuration.value = Accept(TokenKind::kEqualEqual) ? ExpectStringLiteral() : "true";
  Expect(TokenKind::kCloseParen);
  configuration.offset = Offset();
  configuration.uri = ExpectStringLiteral();
  return configuration;
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

// What it means is looked up by those who ask for it.
Parser::Metadata Parser::ParseMetadata() {
  Metadata metadata;
  while (At(TokenKind::kAt)) {
    Take();
    auto* annotation = Make<ast::Annotation>(Offset());
    do {
      annotation->names.push_back(ExpectName());
      ParseTypeArgumentsOf(*annotation);
    } while (annotation->names.size() < 3 && Accept(TokenKind::kDot));
    annotation->has_arguments = At(TokenKind::kOpenParen);
    if (!annotation->type_arguments.empty() && !annotation->has_arguments) {
      Fail(Offset(), "Type arguments are for a constructor, whose arguments are missing.");
    }
    if (annotation->has_arguments) annotation->arguments = ParseArguments();
    annotation->value = ValueOf(*annotation);
    if (open_blocks_ == 0) unit_->annotations.emplace_back(annotation, member_of_);
    metadata.push_back(annotation);
  }
  return metadata;
}

ast::Expression* Parser::ValueOf(ast::Annotation& annotation) {
  if (annotation.has_arguments) {
    auto* made = Make<ast::New>(annotation.offset);
    made->is_const = true;
    made->names = annotation.names;
    made->type_arguments = annotation.type_arguments;
    made->typed_names = annotation.typed_names;
    made->arguments = annotation.arguments;
    return made;
  }
  ast::Expression* value = MakeIdentifier(annotation.offset, annotation.names.front());
  for (std::size_t i = 1; i < annotation.names.size(); ++i) {
    auto* property = Make<ast::Property>(annotation.offset);
    property->target = value;
    property->name = annotation.names[i];
    value = property;
  }
  return value;
}

void Parser::ParseTopLevelDeclaration(Metadata metadata) {
  const bool next_is_name = Kind(1) == TokenKind::kIdentifier;
  if (AtClass()) return ParseClass(std::move(metadata));
  if (AtMixin()) return ParseMixin(std::move(metadata));
  if (AtExtension()) return ParseExtension(std::move(metadata));
  if (AtWord("extension") && AtWord("type", 1) &&
      (Kind(2) == TokenKind::kIdentifier || Kind(2) == TokenKind::kConst)) {
    return Fail(Offset(), "Extension types are not supported.");
  }
  if (At(TokenKind::kEnum)) return ParseEnum(std::move(metadata));
  if (AtWord("typedef") && (next_is_name || Kind(1) == TokenKind::kVoid)) return ParseTypedef();
  const bool is_late_directive =
      Kind(1) == TokenKind::kString && (AtWord("import") || AtWord("export") || AtWord("part"));
  if (is_late_directive || (AtWord("library") && next_is_name && Kind(2) == TokenKind::kDot)) {
    return Fail(Offset(), "Directives must stand before all declarations.");
  }
  ParseMemberAfter(nullptr, std::move(metadata));
}

// typedef [R] F[<...>](...);   or   typedef F[<...>] = type;
void Parser::ParseTypedef() {
  Take();
  auto* node = Make<ast::TypedefNode>(Offset());
  ast::Type* return_type = AtTypeAndName() ? ParseType() : nullptr;
  node->offset = Offset();
  node->name = ExpectTypeName("a typedef");
  node->type_parameters = ParseTypeParametersIfAny();
  if (Accept(TokenKind::kAssign)) {
    node->target = ParseType();
  } else {
    node->target = ParseFunctionType(return_type, node->offset, /*has_word=*/false);
  }
  Expect(TokenKind::kSemicolon);
  unit_->typedefs.push_back(node);
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

// late [final|var] [type] name; without one of the three it is a type or a name itself.
bool Parser::AtLate() const {
  if (!AtWord("late")) return false;
  if (Kind(1) == TokenKind::kFinal || Kind(1) == TokenKind::kVar) return true;
  const Position after = SkipType(position_ + 1, QuestionRule::kOfType);
  return after != kNotFound && TokenAt(after).kind == TokenKind::kIdentifier;
}

// C(...) or C.name(...)
bool Parser::AtConstructor(const ast::ClassNode& cls) const {
  if (!AtWord(cls.name)) return false;
  return Kind(1) == TokenKind::kOpenParen ||
         (Kind(1) == TokenKind::kDot &&
          (Kind(2) == TokenKind::kIdentifier || Kind(2) == TokenKind::kNew) &&
          Kind(3) == TokenKind::kOpenParen);
}

// `get name` or `set name`, not a variable of type `get`.
bool Parser::AtAccessor(std::string_view word) const {
  if (!AtWord(word) || Kind(1) != TokenKind::kIdentifier) return false;
  if (word == "set") return Kind(2) == TokenKind::kOpenParen;
  const TokenKind next = Kind(2);
  // With parentheses, which are an error, it is meant as well.
  return next == TokenKind::kArrow || next == TokenKind::kOpenBrace ||
         next == TokenKind::kSemicolon || next == TokenKind::kIdentifier ||
         next == TokenKind::kOpenParen;
}

bool Parser::AtOperator(std::size_t ahead) const {
  const TokenKind next = Kind(ahead + 1);
  return AtWord("operator", ahead) && next != TokenKind::kOpenParen &&
         next != TokenKind::kSemicolon && next != TokenKind::kAssign && next != TokenKind::kComma;
}

bool Parser::AcceptModifier(std::string_view word) {
  const bool is_there = AtModifier(word);
  if (is_there) Take();
  return is_there;
}

// A function, accessor, operator, constructor or list of variables; top-level if there is no class.
void Parser::ParseMember(ast::ClassNode* cls) {
  member_of_ = cls;
  ParseMemberAfter(cls, ParseMetadata());
  member_of_ = nullptr;
}

void Parser::ParseMemberAfter(ast::ClassNode* cls, Metadata metadata) {
  Modifiers modifiers;
  modifiers.metadata = std::move(metadata);
  modifiers.is_external = AcceptModifier("external");
  modifiers.is_abstract = cls != nullptr && AcceptModifier("abstract");
  modifiers.is_static = cls != nullptr && AcceptModifier("static");
  if (cls != nullptr) AcceptModifier("covariant");
  modifiers.is_late = AtLate();
  if (modifiers.is_late) Take();
  CheckModifiers(cls, modifiers);
  if (At(TokenKind::kFinal) || At(TokenKind::kVar)) {
    modifiers.is_final = Take().kind == TokenKind::kFinal;
    RejectPattern();
    const bool has_type = !modifiers.is_final && AtTypeAndName();
    if (has_type) Fail(Offset(), "A variable has 'var' or a type in front of it, not both.");
    return ParseVariables(cls, modifiers);
  }
  if (At(TokenKind::kOpenParen)) return Fail(Offset(), kRecords);
  modifiers.is_const = Accept(TokenKind::kConst);
  if (cls != nullptr && (AtModifier("factory") || AtConstructor(*cls))) {
    return ParseConstructor(*cls, modifiers);
  }
  const bool is_accessor = AtAccessor("get") || AtAccessor("set");
  if (modifiers.is_const || modifiers.is_late || (!is_accessor && !AtFunction(cls))) {
    modifiers.is_final = modifiers.is_const;
    if (!modifiers.is_const && !modifiers.is_late && !AtTypeAndName()) {
      const bool is_declared = Kind() == TokenKind::kIdentifier &&
                               (Kind(1) == TokenKind::kSemicolon || Kind(1) == TokenKind::kAssign ||
                                Kind(1) == TokenKind::kComma);
      if (is_declared) {
        return Fail(Offset(), "A variable has 'var', 'final', 'const' or a type in front of it.");
      }
    }
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
  if (cls != nullptr && AtOperator(ahead)) return true;
  const TokenKind next = Kind(ahead + 1);
  return Kind(ahead) == TokenKind::kIdentifier &&
         (next == TokenKind::kOpenParen || next == TokenKind::kLess);
}

// [type] name [= value] {, name [= value]} ;
void Parser::ParseVariables(ast::ClassNode* cls, const Modifiers& modifiers) {
  ast::Type* type = AtTypeAndName() ? ParseType() : nullptr;
  do {
    auto* variable = Make<ast::VariableNode>(Offset());
    variable->metadata = modifiers.metadata;
    variable->name = ExpectName();
    CheckMemberName(cls, variable->name, variable->offset);
    CheckIsNotVoid(type, variable->offset);
    variable->type = type;
    variable->is_static = modifiers.is_static;
    variable->is_external = modifiers.is_external;
    variable->is_const = modifiers.is_const;
    variable->is_final = modifiers.is_final || modifiers.is_const;
    if (Accept(TokenKind::kAssign)) variable->initializer = ParseExpression();
    const bool is_field = cls != nullptr && !variable->is_static;
    const bool may_lack_value = is_field || modifiers.is_late || modifiers.is_external;
    if (variable->initializer == nullptr && variable->is_final && !may_lack_value) {
      Fail(variable->offset, "A final variable needs a value.");
    }
    if (modifiers.is_const && is_field) {
      Fail(variable->offset, "A constant in a class must be static.");
    }
    if (cls != nullptr && cls->is_extension && is_field) {
      Fail(variable->offset, "An extension has no fields.");
    }
    // Static ones with a value are lazy as they are; what an abstract one means, subclasses say.
    if (modifiers.is_late && (is_field || variable->initializer == nullptr)) {
      AddLateVariable(cls, variable);
    } else if (modifiers.is_external && !is_field && variable->initializer == nullptr) {
      AddExternalAccessors(cls, *variable);
    } else if (!modifiers.is_abstract) {
      (cls != nullptr ? cls->variables : unit_->variables).push_back(variable);
    }
  } while (Accept(TokenKind::kComma));
  Expect(TokenKind::kSemicolon);
}

// What is found elsewhere: a getter, and a setter unless it is final.
void Parser::AddExternalAccessors(ast::ClassNode* cls, const ast::VariableNode& variable) {
  for (const auto form : {ast::FunctionForm::kGetter, ast::FunctionForm::kSetter}) {
    const bool is_setter = form == ast::FunctionForm::kSetter;
    if (is_setter && variable.is_final) continue;
    auto* accessor = Make<ast::FunctionNode>(variable.offset);
    accessor->form = form;
    accessor->name = variable.name;
    accessor->metadata = variable.metadata;
    accessor->is_static = variable.is_static;
    accessor->is_external = true;
    accessor->return_type = is_setter ? nullptr : variable.type;
    if (is_setter) {
      auto* parameter = Make<ast::ParameterNode>(variable.offset);
      parameter->name = variable.name;
      parameter->type = variable.type;
      accessor->parameters.push_back(parameter);
    }
    (cls != nullptr ? cls->functions : unit_->functions).push_back(accessor);
  }
}

// After the type: [get|set] name or operator, and the rest.
void Parser::ParseFunction(ast::ClassNode* cls, const Modifiers& modifiers,
                           ast::Type* return_type) {
  auto* function = Make<ast::FunctionNode>(Offset());
  function->return_type = return_type;
  function->metadata = modifiers.metadata;
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
    CheckMemberName(cls, function->name, function->offset);
    if (function->form == ast::FunctionForm::kGetter && At(TokenKind::kOpenParen)) {
      Fail(Offset(), "A getter takes no arguments, and has no parentheses.");
    }
  }
  ParseFunctionRest(*function);
  CheckFunction(cls, *function);
  if (function->name == "-" && function->parameters.empty()) function->name = "unary-";
  (cls != nullptr ? cls->functions : unit_->functions).push_back(function);
}

// [factory] C[.name](...)
void Parser::ParseConstructor(ast::ClassNode& cls, const Modifiers& modifiers) {
  auto* function = Make<ast::FunctionNode>(Offset());
  function->metadata = modifiers.metadata;
  const bool is_factory = AcceptModifier("factory");
  function->form = is_factory ? ast::FunctionForm::kFactory : ast::FunctionForm::kConstructor;
  function->is_external = modifiers.is_external;
  function->is_const = modifiers.is_const;
  function->offset = Offset();
  if (!AtWord(cls.name)) Fail(Offset(), "A factory must be named like its class.");
  Take();
  if (Accept(TokenKind::kDot)) function->name = ExpectConstructorName();
  ParseFunctionRest(*function);
  CheckFunction(&cls, *function);
  CheckConstructor(modifiers, *function);
  if (!is_factory) PassSuperParameters(*function);
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
        return Accept(TokenKind::kGreater) ? ">>>" : ">>";
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
  if (At(TokenKind::kAssert)) {
    Take();
    initializer.kind = ast::Initializer::Kind::kAssert;
    initializer.value = ParseAssertArguments(&initializer.name, &initializer.message);
    return initializer;
  }
  const bool is_field_of_this =
      is_this && Kind(1) == TokenKind::kDot && Kind(3) == TokenKind::kAssign;
  if (At(TokenKind::kSuper) || (is_this && !is_field_of_this)) {
    Take();
    initializer.kind = is_this ? ast::Initializer::Kind::kThis : ast::Initializer::Kind::kSuper;
    if (Accept(TokenKind::kDot)) initializer.name = ExpectConstructorName();
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

ast::Suspends Parser::ParseSuspends() {
  const bool is_sync = AtWord("sync");
  if (!is_sync && !AtWord("async")) return ast::Suspends::kNever;
  const std::uint32_t offset = Take().offset;
  if (Accept(TokenKind::kStar)) {
    return is_sync ? ast::Suspends::kSyncStar : ast::Suspends::kAsyncStar;
  }
  if (is_sync) Fail(offset, "'sync' alone means nothing: 'sync*' makes a generator.");
  return ast::Suspends::kAsync;
}

// f(a) async { ... } is f(a) { return _startAsync((state) { ... }); }. Of a generator of iterables
// the parameters are the closure's, too, for each iterator begins with the same.
void Parser::PutOffBody(ast::FunctionNode& function) {
  const bool is_generator = function.suspends != ast::Suspends::kAsync;
  if (is_generator && function.expression != nullptr) {
    Fail(function.offset, "A generator has a body in braces, with 'yield' in it.");
  }
  if (function.form == ast::FunctionForm::kConstructor ||
      function.form == ast::FunctionForm::kFactory || function.form == ast::FunctionForm::kSetter) {
    Fail(function.offset, "A constructor or setter cannot be 'async', 'async*' or 'sync*'.");
  }
  auto* body = Make<ast::FunctionNode>(function.offset);
  body->suspends = std::exchange(function.suspends, ast::Suspends::kNever);
  body->block = std::exchange(function.block, nullptr);
  body->expression = std::exchange(function.expression, nullptr);
  auto* state = Make<ast::ParameterNode>(function.offset);
  state->name = ":state";
  body->parameters.push_back(state);
  auto* closure = Make<ast::FunctionExpression>(function.offset);
  closure->function = body;
  auto* start = Make<ast::HelperCall>(function.offset);
  start->arguments.push_back(closure);
  switch (body->suspends) {
    case ast::Suspends::kAsync:
      start->name = "_startAsync";
      break;
    case ast::Suspends::kAsyncStar:
      start->name = "_startAsyncStar";
      break;
    case ast::Suspends::kSyncStar: {
      start->name = "_startSyncStar";
      auto* given = Make<ast::ListLiteral>(function.offset);
      for (const ast::ParameterNode* parameter : function.parameters) {
        auto* own = Make<ast::ParameterNode>(parameter->offset);
        own->name = parameter->name;
        own->is_final = parameter->is_final;
        own->type = parameter->type;
        body->parameters.push_back(own);
        given->elements.push_back(MakeIdentifier(parameter->offset, parameter->name));
      }
      start->arguments.push_back(given);
      break;
    }
    case ast::Suspends::kNever:
      break;
  }
  function.expression = start;
}

void Parser::ParseBody(ast::FunctionNode& function) {
  function.suspends = ParseSuspends();
  const ast::Suspends outer = std::exchange(suspends_, function.suspends);
  ParsePlainBody(function);
  suspends_ = outer;
  if (function.suspends == ast::Suspends::kNever) return;
  if (function.block == nullptr && function.expression == nullptr) {
    Fail(function.offset, "What is 'async', 'async*' or 'sync*' needs a body.");
  }
  PutOffBody(function);
}

// What is inside another block is read with that; what can be left in the middle is made another.
void Parser::ParseBlockOf(ast::FunctionNode& function) {
  const std::size_t to_end = Peek().index;
  if (!leaves_blocks_ || function.suspends != ast::Suspends::kNever || to_end == 0) {
    function.block = ParseBlock();
    return;
  }
  function.unread_block = Offset();
  position_ += to_end;
  function.unread_end = Offset() + 1;
  Expect(TokenKind::kCloseBrace);
}

// As a block, but that it ends with the `;` that is in no brackets.
void Parser::ParseArrow(ast::FunctionNode& function) {
  if (leaves_blocks_ && function.suspends == ast::Suspends::kNever) {
    Position end = position_;
    while (TokenAt(end).kind != TokenKind::kSemicolon && TokenAt(end).kind != TokenKind::kEnd) {
      end += 1 + (IsOpening(TokenAt(end).kind) ? TokenAt(end).index : 0);
    }
    function.unread_block = Offset();
    position_ = end;
    function.unread_end = Offset() + Peek().length;
    return;
  }
  Take();
  function.expression = ParseExpression();
}

void Parser::ParsePlainBody(ast::FunctionNode& function) {
  if (At(TokenKind::kOpenBrace)) {
    ParseBlockOf(function);
    return;
  }
  if (AtWord("native")) {
    Take();
    function.native_name = ExpectStringLiteral();
    if (At(TokenKind::kOpenBrace)) {
      ParseBlockOf(function);
      return;
    }
    function.is_native = true;
  } else if (At(TokenKind::kArrow)) {
    ParseArrow(function);
  } else if (At(TokenKind::kAssign) && function.form == ast::FunctionForm::kFactory) {
    Take();
    do {
      if (!function.redirection.empty() && Accept(TokenKind::kNew)) break;  // The unnamed one.
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
  if (is_constructor && cls != nullptr && (cls->is_mixin || cls->is_extension)) {
    return Fail(function.offset, cls->is_mixin ? "A mixin has no constructors."
                                               : "An extension has no constructors.");
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
  if (is_constructor && function.is_const &&
      (function.block != nullptr || function.unread_block != 0)) {
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
    if (parameter->is_super && !is_constructor) {
      return Fail(parameter->offset, "Only constructors can have 'super.' parameters.");
    }
    if ((parameter->is_field || parameter->is_super) && is_redirecting) {
      return Fail(parameter->offset, "A redirecting constructor has no '" +
                                         std::string(parameter->is_field ? "this" : "super") +
                                         ".' parameters.");
    }
    if (parameter->is_demanded && parameter->default_value != nullptr) {
      return Fail(parameter->offset, "A 'required' parameter has no default value.");
    }
  }
}

void Parser::CheckOperator(const ast::FunctionNode& function) {
  const std::size_t count = function.parameters.size();
  const char* takes = "one argument";
  bool is_right = count == 1;
  if (function.name == "~") {
    takes = "no argument";
    is_right = count == 0;
  } else if (function.name == "-") {
    takes = "one argument, or none";
    is_right = count <= 1;
  } else if (function.name == "[]=") {
    takes = "two arguments";
    is_right = count == 2;
  }
  for (const ast::ParameterNode* parameter : function.parameters) {
    if (parameter->kind != ast::ParameterKind::kRequired) {
      return Fail(parameter->offset, "What an operator takes cannot be left out.");
    }
  }
  if (!is_right) {
    Fail(function.offset, "The operator '" + function.name + "' takes " + takes + ".");
  }
  if (function.is_static) Fail(function.offset, "An operator cannot be static.");
}

}  // namespace fart::lang
