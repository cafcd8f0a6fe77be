// Parser -- types, parameters, and the looking ahead that tells declarations from expressions.

#include <utility>

#include "lang/syntax/parser_impl.h"

namespace fart::lang {
namespace {

// No type has its arguments nested deeper. Without a limit each `<` of a long list of comparisons
// would be searched for its `>` to the end of the list.
constexpr int kMaxTypeArgumentDepth = 64;

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

Parser::Position Parser::SkipType(Position position) const {
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
  }
  while (is_function_suffix(position)) {
    ++position;
    if (TokenAt(position).kind == TokenKind::kLess) position = SkipTypeArguments(position);
    if (position == kNotFound) return kNotFound;
    position = SkipParentheses(position);
    if (position == kNotFound) return kNotFound;
  }
  return position;
}

bool Parser::AtTypeAndName() const {
  const Position after = SkipType(position_);
  if (after == kNotFound) return false;
  const TokenKind kind = TokenAt(after).kind;
  return kind == TokenKind::kIdentifier || kind == TokenKind::kThis || kind == TokenKind::kSuper;
}

bool Parser::AtFunctionBody(Position position) const {
  const TokenKind kind = TokenAt(position).kind;
  if (kind == TokenKind::kOpenBrace || kind == TokenKind::kArrow) return true;
  if (kind != TokenKind::kIdentifier) return false;
  // `async`, `async*` and `sync*` are refused later, with a better message.
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
  if (AtTypeAndName()) position = SkipType(position);
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

ast::Type* Parser::ParseType() {
  const Nesting nesting(*this);
  auto* type = Make<ast::Type>(Offset());
  const auto at_function_suffix = [this] {
    return AtWord("Function") && (Kind(1) == TokenKind::kOpenParen || Kind(1) == TokenKind::kLess);
  };
  if (Accept(TokenKind::kVoid)) {
    type->name = type->text = "void";
  } else if (!at_function_suffix()) {
    type->name = ExpectName();
    if (At(TokenKind::kDot) && Kind(1) == TokenKind::kIdentifier) {
      Take();
      type->prefix = type->name;
      type->name = ExpectName();
    }
    type->text = type->prefix.empty() ? type->name : type->prefix + "." + type->name;
    if (At(TokenKind::kLess)) {
      type->arguments = ParseTypeArguments();
      const char* separator = "<";
      for (const ast::Type* argument : type->arguments) {
        type->text += std::exchange(separator, ", ") + argument->text;
      }
      type->text += '>';
    }
  }
  // What a function type takes and gives is checked nowhere, so only its being one is kept.
  while (at_function_suffix()) {
    Take();
    ParseTypeParametersIfAny();
    SkipParameters();
    type = Make<ast::Type>(type->offset);
    type->name = type->text = "Function";
  }
  return type;
}

std::vector<ast::Type*> Parser::ParseTypeArguments() {
  std::vector<ast::Type*> arguments;
  if (++type_argument_depth_ > kMaxTypeArgumentDepth) Fail(Offset(), kNestedTooDeeply);
  Expect(TokenKind::kLess);
  do {
    arguments.push_back(ParseType());
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
    parameter->name = ExpectName();
    if (Accept(TokenKind::kExtends)) ParseType();
    parameters.push_back(parameter);
  } while (Accept(TokenKind::kComma));
  Expect(TokenKind::kGreater);
  return parameters;
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
  if (At(TokenKind::kFinal) || At(TokenKind::kConst)) {
    parameter->is_final = true;
    Take();
  } else {
    Accept(TokenKind::kVar);
  }
  if (AtTypeAndName()) {
    ParseType();
  } else if (const Position after = SkipType(position_);
             after != kNotFound && after != position_ + 1) {
    ParseType();  // Of a function's type: its parameters may have no names.
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
  if (At(TokenKind::kLess)) ParseTypeParametersIfAny();
  if (At(TokenKind::kOpenParen)) {
    SkipParameters();
    Accept(TokenKind::kQuestion);  // int f(int x)?
  }
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

void Parser::SkipParameters() {
  for (const ast::ParameterNode* parameter : ParseParameters()) {
    if (parameter->is_field || parameter->is_super) {
      return Fail(parameter->offset, "Only constructors can have '" +
                                         std::string(parameter->is_field ? "this" : "super") +
                                         ".' parameters.");
    }
    if (parameter->default_value != nullptr) {
      return Fail(parameter->offset, "The parameters of a type have no default values.");
    }
  }
}

void Parser::ParseDefaultValue(ast::ParameterNode& parameter) {
  if (!At(TokenKind::kAssign) && !At(TokenKind::kColon)) return;
  if (parameter.kind == ast::ParameterKind::kRequired) {
    return Fail(Offset(), "Only optional parameters can have a default value.");
  }
  Take();
  parameter.default_value = ParseExpression();
}

}  // namespace fart::lang
