// Parser -- types, parameters, and the looking ahead that tells declarations from expressions.

#include <algorithm>
#include <utility>

#include "lang/syntax/parser_impl.h"

namespace fart::lang {
namespace {

// No type has its arguments nested deeper. Without a limit each `<` of a long list of comparisons
// would be searched for its `>` to the end of the list.
constexpr int kMaxTypeArgumentDepth = 64;

// Between the `?` and the `:` of a conditional expression that might be taken for a type; brackets
// and what is in them count for one. Without a limit each `?` would be searched for its `:` to the
// end of a long list of them.
constexpr std::size_t kMaxConditionalTokens = 4096;

}  // namespace

// ---- Looking ahead ------------------------------------------------------------------------------

Parser::Position Parser::SkipParentheses(Position position) const {
  const Token& token = TokenAt(position);
  if (token.kind != TokenKind::kOpenParen || token.index == 0) return kNotFound;
  return position + token.index + 1;
}

// At `<`: the position after the matching `>`, if only what can be in types lies between.
Parser::Position Parser::SkipTypeArguments(Position position) const {
  int depth = 0;
  while (true) {
    switch (TokenAt(position).kind) {
      case TokenKind::kLess:
        if (++depth > kMaxTypeArgumentDepth) return kNotFound;
        break;
      case TokenKind::kGreater:
        if (--depth == 0) return position + 1;
        break;
      case TokenKind::kIdentifier:
      case TokenKind::kDot:
      case TokenKind::kComma:
      case TokenKind::kVoid:
      case TokenKind::kExtends:
      case TokenKind::kQuestion:
        break;
      case TokenKind::kOpenParen: {  // Of the type of a function.
        const Position after = SkipParentheses(position);
        if (after == kNotFound) return kNotFound;
        position = after - 1;
        break;
      }
      default:
        return kNotFound;
    }
    ++position;
  }
}

// At a `?` behind a type: is it a conditional expression's? Then its `:` follows before anything
// that ends an expression.
bool Parser::IsOfConditional(Position position) const {
  int open = 0;  // Conditionals that began in between.
  bool follows_parameters = false;
  for (Position end = position + kMaxConditionalTokens; ++position < end;) {
    const Token& token = TokenAt(position);
    const bool follows = std::exchange(follows_parameters, false);
    switch (token.kind) {
      case TokenKind::kQuestion:
        ++open;
        break;
      case TokenKind::kColon:
        if (open-- == 0) return true;
        break;
      case TokenKind::kOpenBrace:
        if (follows && open == 0) return false;  // A function's body.
        [[fallthrough]];
      case TokenKind::kOpenParen:
      case TokenKind::kOpenBracket:
        if (token.index == 0) return false;
        follows_parameters = token.kind == TokenKind::kOpenParen;
        position += token.index;
        break;
      case TokenKind::kComma:
      case TokenKind::kSemicolon:
      case TokenKind::kArrow:
      case TokenKind::kCloseParen:
      case TokenKind::kCloseBracket:
      case TokenKind::kCloseBrace:
      case TokenKind::kEnd:
        return false;
      default:
        break;
    }
  }
  return true;
}

bool Parser::IsTypeQuestion(Position position, QuestionRule question) const {
  return TokenAt(position).kind == TokenKind::kQuestion &&
         (question == QuestionRule::kOfType || !IsOfConditional(position));
}

Parser::Position Parser::SkipType(Position position, QuestionRule question) const {
  const auto is_function_suffix = [this](Position at) {
    return TokenAt(at).kind == TokenKind::kIdentifier && TextOf(TokenAt(at)) == "Function" &&
           (TokenAt(at + 1).kind == TokenKind::kOpenParen ||
            TokenAt(at + 1).kind == TokenKind::kLess);
  };
  if (TokenAt(position).kind == TokenKind::kVoid) {
    ++position;
  } else if (!is_function_suffix(position)) {
    if (TokenAt(position).kind != TokenKind::kIdentifier) return kNotFound;
    ++position;
    if (TokenAt(position).kind == TokenKind::kDot &&
        TokenAt(position + 1).kind == TokenKind::kIdentifier) {
      position += 2;
    }
    if (TokenAt(position).kind == TokenKind::kLess) {
      position = SkipTypeArguments(position);
      if (position == kNotFound) return kNotFound;
    }
    if (IsTypeQuestion(position, question)) ++position;
  }
  while (is_function_suffix(position)) {
    ++position;
    if (TokenAt(position).kind == TokenKind::kLess) position = SkipTypeArguments(position);
    if (position == kNotFound) return kNotFound;
    position = SkipParentheses(position);
    if (position == kNotFound) return kNotFound;
    if (IsTypeQuestion(position, question)) ++position;
  }
  return position;
}

bool Parser::AtTypeAndName(QuestionRule question) const {
  const Position after = SkipType(position_, question);
  if (after == kNotFound) return false;
  const TokenKind kind = TokenAt(after).kind;
  return kind == TokenKind::kIdentifier || kind == TokenKind::kThis || kind == TokenKind::kSuper;
}

bool Parser::AtFunctionBody(Position position) const {
  const TokenKind kind = TokenAt(position).kind;
  if (kind == TokenKind::kOpenBrace || kind == TokenKind::kArrow) return true;
  if (kind != TokenKind::kIdentifier) return false;
  const std::string_view word = TextOf(TokenAt(position));
  if (word != "async" && word != "sync") return false;
  const TokenKind next = TokenAt(position + 1).kind;
  return next == TokenKind::kStar || next == TokenKind::kOpenBrace || next == TokenKind::kArrow;
}

bool Parser::AtFunctionExpression() const {
  const Position start =
      At(TokenKind::kLess) ? SkipTypeArguments(position_) : position_;  // <T>(...)
  if (start == kNotFound) return false;
  const Position after = SkipParentheses(start);
  if (after == kNotFound || !AtFunctionBody(after)) return false;
  return block_functions_allowed_ || TokenAt(after).kind != TokenKind::kOpenBrace;
}

// [type] name [<...>] (...) body
bool Parser::AtLocalFunction() const {
  Position position = position_;
  if (AtTypeAndName(QuestionRule::kMaybe)) position = SkipType(position, QuestionRule::kMaybe);
  if (TokenAt(position).kind != TokenKind::kIdentifier) return false;
  ++position;
  if (TokenAt(position).kind == TokenKind::kLess) {
    position = SkipTypeArguments(position);
    if (position == kNotFound) return false;
  }
  position = SkipParentheses(position);
  return position != kNotFound && AtFunctionBody(position);
}

// ---- Types --------------------------------------------------------------------------------------

ast::Type* Parser::ParseTestedType(QuestionRule question) {
  if (At(TokenKind::kVoid) && !AtWord("Function", 1)) {
    Fail(Offset(), "Values are not asked whether they are 'void'.");
  }
  return ParseType(question);
}

ast::Type* Parser::ParseType(QuestionRule question) {
  const Nesting nesting(*this);
  const std::uint32_t offset = Offset();
  const auto at_function_suffix = [this] {
    return AtWord("Function") && (Kind(1) == TokenKind::kOpenParen || Kind(1) == TokenKind::kLess);
  };
  const auto accept_question = [this, question](ast::Type& type) {
    if (!IsTypeQuestion(position_, question)) return;
    Take();
    type.is_nullable = true;
    type.text += '?';
  };
  ast::Type* type = nullptr;  // None: `Function()` has no return type.
  if (At(TokenKind::kVoid)) {
    type = MakeNamedType(offset, SpellingOf(Take().kind));
  } else if (!at_function_suffix()) {
    type = MakeNamedType(offset, ExpectName());
    if (At(TokenKind::kDot) && Kind(1) == TokenKind::kIdentifier) {
      Take();
      type->prefix = type->name;
      type->name = ExpectName();
      type->text += '.' + type->name;
    }
    CheckTypeName(*type);
    if (At(TokenKind::kLess)) {
      type->arguments = ParseTypeArguments();
      const char* separator = "<";
      for (const ast::Type* argument : type->arguments) {
        type->text += std::exchange(separator, ", ") + argument->text;
      }
      type->text += '>';
    }
    accept_question(*type);
  }
  while (at_function_suffix()) {
    Take();
    type = ParseFunctionType(type, offset, /*has_word=*/true);
    accept_question(*type);
  }
  return type;
}

ast::Type* Parser::MakeNamedType(std::uint32_t offset, std::string name) {
  auto* type = Make<ast::Type>(offset);
  type->name = std::move(name);
  type->text = type->name;
  return type;
}

// Behind the return type, and behind `Function` or (of a parameter or an older typedef) the name:
// [<...>] (...). With the word, what stands alone in the list is a type; otherwise it is a name.
ast::Type* Parser::ParseFunctionType(ast::Type* return_type, std::uint32_t offset, bool has_word) {
  auto* function = Make<ast::FunctionType>(offset);
  function->return_type = return_type;
  function->type_parameters = ParseTypeParametersIfAny();
  function->parameters = ParseTypeParameterList(has_word);
  ast::Type* type = MakeNamedType(offset, "Function");
  type->function = function;
  type->text = TextOf(*function);
  return type;
}

// `int Function<T>(int, [String], {required T x})`
std::string Parser::TextOf(const ast::FunctionType& function) {
  std::string text = function.return_type == nullptr ? "" : function.return_type->text + " ";
  if (!function.is_record) text += "Function";
  if (!function.type_parameters.empty()) {
    const char* separator = "<";
    for (const ast::TypeParameter* parameter : function.type_parameters) {
      text += std::exchange(separator, ", ") + parameter->name;
    }
    text += '>';
  }
  text += '(';
  const char* separator = "";
  const char* close = "";
  for (const ast::ParameterNode* parameter : function.parameters) {
    text += std::exchange(separator, ", ");
    const bool is_named = parameter->kind == ast::ParameterKind::kNamed;
    if (parameter->kind != ast::ParameterKind::kRequired && close[0] == '\0') {
      text += is_named ? '{' : '[';
      close = is_named ? "}" : "]";
    }
    if (parameter->is_demanded) text += "required ";
    text += parameter->type == nullptr ? "dynamic" : parameter->type->text;
    if (is_named) text += ' ' + parameter->name;
  }
  return text + close + ')';
}

// (int, double) as a type argument, where it only lists types: `VarArgs<(Int, Double)>`.
ast::Type* Parser::ParseRecordType() {
  const std::uint32_t offset = Offset();
  auto* record = Make<ast::FunctionType>(offset);
  record->is_record = true;
  record->parameters = ParseTypeParameterList(/*lone_names_are_types=*/true);
  ast::Type* type = MakeNamedType(offset, "Record");
  type->function = record;
  type->text = TextOf(*record);
  const bool is_positional = std::all_of(
      record->parameters.begin(), record->parameters.end(),
      [](const ast::ParameterNode* field) { return field->kind == ast::ParameterKind::kRequired; });
  if (!is_positional || At(TokenKind::kQuestion) || AtWord("Function")) Fail(offset, kRecords);
  return type;
}

std::vector<ast::Type*> Parser::ParseTypeArguments() {
  std::vector<ast::Type*> arguments;
  if (++type_argument_depth_ > kMaxTypeArgumentDepth) Fail(Offset(), kNestedTooDeeply);
  Expect(TokenKind::kLess);
  do {
    arguments.push_back(At(TokenKind::kOpenParen) ? ParseRecordType() : ParseType());
  } while (Accept(TokenKind::kComma));
  --type_argument_depth_;
  Expect(TokenKind::kGreater);
  return arguments;
}

std::vector<ast::TypeParameter*> Parser::ParseTypeParametersIfAny() {
  std::vector<ast::TypeParameter*> parameters;
  if (!Accept(TokenKind::kLess)) return parameters;
  do {
    ParseMetadata();
    auto* parameter = Make<ast::TypeParameter>(Offset());
    parameter->name = ExpectTypeName("a type parameter");
    for (const ast::TypeParameter* other : parameters) {
      if (other->name != parameter->name) continue;
      Fail(parameter->offset, "The type parameter '" + parameter->name + "' is declared twice.");
    }
    if (Accept(TokenKind::kExtends)) parameter->bound = ParseType();
    parameters.push_back(parameter);
  } while (Accept(TokenKind::kComma));
  Expect(TokenKind::kGreater);
  for (const ast::TypeParameter* parameter : parameters) CheckBound(*parameter, parameters);
  return parameters;
}

// A bound may be another type parameter, whose bound leads to none of those before.
void Parser::CheckBound(const ast::TypeParameter& parameter,
                        const std::vector<ast::TypeParameter*>& all) {
  const ast::TypeParameter* at = &parameter;
  for (std::size_t steps = 0; steps < all.size(); ++steps) {
    if (at->bound == nullptr || !at->bound->prefix.empty()) return;
    const auto next = std::find_if(all.begin(), all.end(), [at](const ast::TypeParameter* other) {
      return other->name == at->bound->name;
    });
    if (next == all.end()) return;
    at = *next;
    if (at != &parameter) continue;
    return Fail(parameter.offset,
                "The bound of the type parameter '" + parameter.name + "' leads to itself.");
  }
}

// ---- Parameters ---------------------------------------------------------------------------------

std::vector<ast::ParameterNode*> Parser::ParseParameters() {
  std::vector<ast::ParameterNode*> parameters;
  Expect(TokenKind::kOpenParen);
  while (!Failed() && !At(TokenKind::kCloseParen)) {
    if (At(TokenKind::kOpenBracket) || At(TokenKind::kOpenBrace)) {
      const bool is_named = Take().kind == TokenKind::kOpenBrace;
      const TokenKind close = is_named ? TokenKind::kCloseBrace : TokenKind::kCloseBracket;
      do {
        if (!parameters.empty() && At(close)) break;
        parameters.push_back(
            ParseParameter(is_named ? ast::ParameterKind::kNamed : ast::ParameterKind::kOptional));
      } while (Accept(TokenKind::kComma));
      Expect(close);
      break;
    }
    parameters.push_back(ParseParameter(ast::ParameterKind::kRequired));
    if (!Accept(TokenKind::kComma)) break;
  }
  Expect(TokenKind::kCloseParen);
  return parameters;
}

ast::ParameterNode* Parser::ParseParameter(ast::ParameterKind kind) {
  const Nesting nesting(*this);
  Metadata metadata = ParseMetadata();
  auto* parameter = Make<ast::ParameterNode>(Offset());
  parameter->metadata = std::move(metadata);
  parameter->kind = kind;
  if (AtRequired(kind)) {
    Take();
    parameter->is_demanded = true;
  }
  if (AtWord("covariant") && Kind(1) == TokenKind::kIdentifier) Take();
  if (At(TokenKind::kConst)) Fail(Offset(), "A parameter is no constant.");
  const bool has_var = At(TokenKind::kVar);
  parameter->is_final = At(TokenKind::kFinal);
  if (has_var || parameter->is_final) Take();
  if (AtTypeAndName()) {
    if (has_var) Fail(Offset(), "A parameter has 'var' or a type in front of it, not both.");
    parameter->type = ParseType();
  } else if (const Position after = SkipType(position_, QuestionRule::kOfType);
             At(TokenKind::kVoid) || (after != kNotFound && after != position_ + 1)) {
    parameter->type = ParseType();  // Of a function's type: its parameters may have no names.
    return parameter;
  }
  if (At(TokenKind::kThis) || At(TokenKind::kSuper)) {
    parameter->is_field = At(TokenKind::kThis);
    parameter->is_super = !parameter->is_field;
    Take();
    Expect(TokenKind::kDot);
  }
  parameter->offset = Offset();
  parameter->name = ExpectName();
  if (At(TokenKind::kLess) || At(TokenKind::kOpenParen)) {
    if ((has_var || parameter->is_final) && !parameter->is_field && !parameter->is_super) {
      Fail(parameter->offset,
           "A parameter that is written as a function is neither 'var' nor 'final'.");
    }
    parameter->type = ParseFunctionType(parameter->type, parameter->offset, /*has_word=*/false);
    if (IsTypeQuestion(position_, QuestionRule::kOfType)) {
      Take();
      parameter->type->is_nullable = true;
      parameter->type->text += '?';
    }
  }
  if (!parameter->name.starts_with('_')) CheckIsNotVoid(parameter->type, parameter->offset);
  ParseDefaultValue(*parameter);
  return parameter;
}

// `required` is a name, or a type, unless a declaration goes on behind it.
bool Parser::AtRequired(ast::ParameterKind kind) const {
  if (kind != ast::ParameterKind::kNamed || !AtWord("required")) return false;
  switch (Kind(1)) {
    case TokenKind::kIdentifier:
    case TokenKind::kFinal:
    case TokenKind::kVar:
    case TokenKind::kVoid:
    case TokenKind::kThis:
    case TokenKind::kSuper:
    case TokenKind::kAt:
      return true;
    default:
      return false;
  }
}

// Of a type: they neither initialise anything nor have values.
std::vector<ast::ParameterNode*> Parser::ParseTypeParameterList(bool lone_names_are_types) {
  std::vector<ast::ParameterNode*> parameters = ParseParameters();
  for (ast::ParameterNode* parameter : parameters) {
    if (parameter->is_field || parameter->is_super) {
      Fail(parameter->offset, "Only constructors can have '" +
                                  std::string(parameter->is_field ? "this" : "super") +
                                  ".' parameters.");
    } else if (parameter->default_value != nullptr) {
      Fail(parameter->offset, "The parameters of a type have no default values.");
    }
    const bool is_named = parameter->kind == ast::ParameterKind::kNamed;
    if (!lone_names_are_types || is_named || parameter->type != nullptr) continue;
    parameter->type = MakeNamedType(parameter->offset, std::exchange(parameter->name, ""));
  }
  if (!lone_names_are_types) CheckParameterNames(parameters);
  return parameters;
}

void Parser::ParseDefaultValue(ast::ParameterNode& parameter) {
  if (!At(TokenKind::kAssign) && !At(TokenKind::kColon)) return;
  if (parameter.kind == ast::ParameterKind::kRequired) {
    return Fail(Offset(), "Only optional parameters can have a default value.");
  }
  if (At(TokenKind::kColon) && parameter.kind == ast::ParameterKind::kOptional) {
    return Fail(Offset(), "The default value of a parameter in '[]' follows a '='.");
  }
  Take();
  parameter.default_value = ParseExpression();
}

}  // namespace fart::lang
