// Parser -- literals, names, object creation and function expressions.

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <utility>

#include "lang/syntax/decimal.h"
#include "lang/syntax/parser_impl.h"
#include "lang/syntax/utf8.h"

namespace fart::lang {
namespace {

// Of an integer literal: reading one takes time that grows faster than they do.
constexpr std::size_t kMaxDigits = 100'000;

}  // namespace

ast::Expression* Parser::ParsePrimary() {
  const std::uint32_t offset = Offset();
  switch (Kind()) {
    case TokenKind::kIdentifier:
      return ParseIdentifier();
    case TokenKind::kThis:
      Take();
      return Make<ast::This>(offset);
    case TokenKind::kSuper:
      Take();
      return Make<ast::Super>(offset);
    case TokenKind::kNull:
      Take();
      return Make<ast::NullLiteral>(offset);
    case TokenKind::kTrue:
    case TokenKind::kFalse: {
      auto* literal = Make<ast::BoolLiteral>(offset);
      literal->value = Take().kind == TokenKind::kTrue;
      return literal;
    }
    case TokenKind::kInt:
      return ParseInt();
    case TokenKind::kDouble:
      return ParseDouble();
    case TokenKind::kString:
    case TokenKind::kStringStart:
      return ParseString();
    case TokenKind::kOpenParen:
      return ParseParenthesizedPrimary();
    case TokenKind::kOpenBracket:
    case TokenKind::kOpenBrace:
      return ParseCollection(false);
    case TokenKind::kLess:
      return AtFunctionExpression() ? ParseFunctionExpression() : ParseCollection(false);
    case TokenKind::kSwitch:
      Fail(offset, "Switch expressions are not supported.");
      return Make<ast::NullLiteral>(offset);
    case TokenKind::kNew:
      Take();
      return ParseNew(false, offset);
    case TokenKind::kConst:
      return ParseConst();
    case TokenKind::kHash:
      return ParseSymbol();
    default:
      FailUnexpected("an expression");
      return Make<ast::NullLiteral>(offset);
  }
}

// Both are ordinary names elsewhere; followed by an operand they can only be meant as operators.
void Parser::RejectAwait() {
  const TokenKind next = Kind(1);
  const bool is_loop = next == TokenKind::kFor && AtWord("await");
  constexpr TokenKind kBegin[] = {
      TokenKind::kIdentifier, TokenKind::kNew,         TokenKind::kConst, TokenKind::kThis,
      TokenKind::kString,     TokenKind::kStringStart, TokenKind::kInt,   TokenKind::kDouble,
      TokenKind::kNull,       TokenKind::kTrue,        TokenKind::kFalse};
  const bool begins_operand =
      is_loop || std::find(std::begin(kBegin), std::end(kBegin), next) != std::end(kBegin);
  if (!begins_operand) return;
  if (AtWord("await")) {
    Fail(Offset(), "'await' is for functions that are 'async' or 'async*'.");
  } else if (AtWord("yield")) {
    Fail(Offset(),
         "'yield' is for functions that are 'sync*' or 'async*', where a statement begins.");
  }
}

bool Parser::AtAwait() const {
  const bool awaits = suspends_ == ast::Suspends::kAsync || suspends_ == ast::Suspends::kAsyncStar;
  return awaits && AtWord("await");
}

ast::Expression* Parser::ParseIdentifier() {
  RejectAwait();
  const std::uint32_t offset = Offset();
  return MakeIdentifier(offset, ExpectName());
}

ast::Expression* Parser::ParseParenthesizedPrimary() {
  if (AtFunctionExpression()) return ParseFunctionExpression();
  const std::uint32_t offset = Take().offset;
  const bool is_named_field = At(TokenKind::kIdentifier) && Kind(1) == TokenKind::kColon;
  if (At(TokenKind::kCloseParen) || is_named_field) Fail(offset, kRecords);
  const bool outer = std::exchange(block_functions_allowed_, true);
  ast::Expression* expression = ParseExpression();
  if (At(TokenKind::kComma)) Fail(offset, kRecords);
  block_functions_allowed_ = outer;
  Expect(TokenKind::kCloseParen);
  in_parentheses_ = expression;
  if (auto* identifier = ast::As<ast::Identifier>(expression)) identifier->in_parentheses = true;
  if (auto* property = ast::As<ast::Property>(expression)) property->in_parentheses = true;
  return expression;
}

ast::Expression* Parser::ParseFunctionExpression() {
  auto* expression = Make<ast::FunctionExpression>(Offset());
  auto* function = Make<ast::FunctionNode>(Offset());
  expression->function = function;
  function->type_parameters = ParseTypeParametersIfAny();
  function->parameters = ParseParameters();
  function->suspends = ParseSuspends();
  const ast::Suspends outer = std::exchange(suspends_, function->suspends);
  if (Accept(TokenKind::kArrow)) {
    function->expression = ParseExpression();
  } else {
    function->block = ParseBlock();
  }
  suspends_ = outer;
  if (function->suspends != ast::Suspends::kNever) PutOffBody(*function);
  CheckFunction(nullptr, *function);
  return expression;
}

// ---- Numbers and strings ------------------------------------------------------------------------

// Whoever imports dart:ffi says 64 bits to C.
bool Parser::SpellsBits() const {
  return std::any_of(unit_->directives.begin(), unit_->directives.end(),
                     [](const ast::Directive& directive) { return directive.uri == "dart:ffi"; });
}

ast::Expression* Parser::ParseInt() {
  const Token token = Take();
  auto* literal = Make<ast::IntLiteral>(token.offset);
  const std::string digits = DigitsOf(token);
  std::string_view text = digits;
  const bool is_hex = text.starts_with("0x") || text.starts_with("0X");
  if (is_hex) text.remove_prefix(2);
  std::uint64_t value = 0;
  const auto [end, code] =
      std::from_chars(text.data(), text.data() + text.size(), value, is_hex ? 16 : 10);
  const bool fits = (is_hex && SpellsBits()) || value <= static_cast<std::uint64_t>(INT64_MAX);
  if (code != std::errc() || end != text.data() + text.size() || !fits) {
    if (text.size() > kMaxDigits) Fail(token.offset, "This integer has too many digits.");
    literal->big = digits;
    return literal;
  }
  literal->value = static_cast<std::int64_t>(value);
  return literal;
}

ast::Expression* Parser::ParseDouble() {
  const Token token = Take();
  auto* literal = Make<ast::DoubleLiteral>(token.offset);
  if (const auto value = DoubleOfDecimal(DigitsOf(token))) literal->value = *value;
  return literal;
}

// One or more neighbouring literals, which make one string.
ast::Expression* Parser::ParseString() {
  const std::uint32_t offset = Offset();
  std::vector<ast::Expression*> parts;
  std::string piece;
  const auto end_piece = [&] {
    if (!piece.empty()) parts.push_back(MakeString(offset, std::exchange(piece, "")));
  };
  while (At(TokenKind::kString) || At(TokenKind::kStringStart)) {
    const Token token = Take();
    AppendText(piece, DecodedText(token));
    if (token.kind == TokenKind::kString) continue;
    const bool outer = std::exchange(block_functions_allowed_, true);
    do {
      end_piece();
      parts.push_back(ParseExpression());
      if (!At(TokenKind::kStringMiddle) && !At(TokenKind::kStringEnd)) {
        FailUnexpected("'}'");
        break;
      }
      AppendText(piece, DecodedText(Peek()));
    } while (Take().kind == TokenKind::kStringMiddle);
    block_functions_allowed_ = outer;
  }
  if (parts.empty()) return MakeString(offset, std::move(piece));
  end_piece();
  auto* interpolation = Make<ast::Interpolation>(offset);
  interpolation->parts = std::move(parts);
  return interpolation;
}

ast::StringLiteral* Parser::MakeString(std::uint32_t offset, std::string value) {
  auto* literal = Make<ast::StringLiteral>(offset);
  literal->value = std::move(value);
  return literal;
}

ast::Identifier* Parser::MakeIdentifier(std::uint32_t offset, std::string name) {
  auto* identifier = Make<ast::Identifier>(offset);
  identifier->name = std::move(name);
  return identifier;
}

// #name, #a.b, #void or #+
ast::Expression* Parser::ParseSymbol() {
  const std::uint32_t offset = Take().offset;
  std::string text;
  if (At(TokenKind::kIdentifier)) {
    text = ParseDottedName();
  } else if (Accept(TokenKind::kVoid)) {
    text = "void";
  } else {
    text = ParseOperatorName();
  }
  auto* symbol = Make<ast::New>(offset);
  symbol->is_const = true;
  symbol->is_literal = true;
  symbol->names = {"Symbol"};
  symbol->arguments.positional.push_back(MakeString(offset, std::move(text)));
  return symbol;
}

// ---- Creation and collections -------------------------------------------------------------------

ast::Expression* Parser::ParseConst() {
  const std::uint32_t offset = Take().offset;
  if (At(TokenKind::kOpenBracket) || At(TokenKind::kOpenBrace) || At(TokenKind::kLess)) {
    return ParseCollection(true);
  }
  return ParseNew(true, offset);
}

ast::Expression* Parser::ParseNew(bool is_const, std::uint32_t offset) {
  auto* expression = Make<ast::New>(offset);
  expression->is_const = is_const;
  expression->names.push_back(ExpectName());
  while (expression->names.size() < 3) {
    ParseTypeArgumentsOf(*expression);
    if (!Accept(TokenKind::kDot)) break;
    if (Accept(TokenKind::kNew)) break;  // The unnamed one.
    expression->names.push_back(ExpectName());
  }
  expression->arguments = ParseArguments();
  return expression;
}

ast::Expression* Parser::ParseCollection(bool is_const) {
  std::vector<ast::Type*> type_arguments;
  if (At(TokenKind::kLess)) type_arguments = ParseTypeArguments();
  const bool outer = std::exchange(block_functions_allowed_, true);
  ast::Expression* literal = nullptr;
  if (At(TokenKind::kOpenBrace)) {
    literal = ParseMapLiteral(is_const, std::move(type_arguments));
  } else {
    literal = ParseListLiteral(is_const, std::move(type_arguments));
  }
  block_functions_allowed_ = outer;
  return literal;
}

ast::Expression* Parser::ParseListLiteral(bool is_const, std::vector<ast::Type*> type_arguments) {
  auto* list = Make<ast::ListLiteral>(Offset());
  list->is_const = is_const;
  list->type_arguments = std::move(type_arguments);
  Expect(TokenKind::kOpenBracket);
  while (!Failed() && !At(TokenKind::kCloseBracket)) {
    list->elements.push_back(ParseElement(nullptr));
    if (!Accept(TokenKind::kComma)) break;
  }
  Expect(TokenKind::kCloseBracket);
  return list;
}

// What the elements are decides between map and set; without any it is a map.
ast::Expression* Parser::ParseMapLiteral(bool is_const, std::vector<ast::Type*> type_arguments) {
  auto* map = Make<ast::MapLiteral>(Offset());
  map->is_const = is_const;
  map->type_arguments = std::move(type_arguments);
  ElementForms forms;
  forms.entry = map->type_arguments.size() == 2;
  forms.value = map->type_arguments.size() == 1;
  Expect(TokenKind::kOpenBrace);
  while (!Failed() && !At(TokenKind::kCloseBrace)) {
    map->elements.push_back(ParseElement(&forms));
    if (!Accept(TokenKind::kComma)) break;
  }
  Expect(TokenKind::kCloseBrace);
  if (forms.value) {
    map->form = ast::MapLiteral::Form::kSet;
  } else if (!forms.entry && !map->elements.empty()) {
    map->form = ast::MapLiteral::Form::kSpreads;
  }
  return map;
}

// `forms`: null in a list; else what has been found of elements that decide, so that a literal is
// not both map and set.
ast::Expression* Parser::ParseElement(ElementForms* forms) {
  const Nesting nesting(*this);
  const std::uint32_t offset = Offset();
  if (At(TokenKind::kIf) || At(TokenKind::kFor)) {
    auto* control = Make<ast::ControlElement>(offset);
    control->statement = ParseElementStatement(forms);
    return control;
  }
  if (At(TokenKind::kEllipsis) || At(TokenKind::kEllipsisQuestion)) {
    auto* spread = Make<ast::Spread>(offset);
    spread->is_null_aware = Take().kind == TokenKind::kEllipsisQuestion;
    spread->operand = ParseExpression();
    return spread;
  }
  ast::Expression* first = ParseExpression();
  if (forms == nullptr) return first;
  if (!At(TokenKind::kColon)) {
    if (forms->entry) FailUnexpected("':' and a value, as this is a map");
    forms->value = true;
    return first;
  }
  if (forms->value) Fail(Offset(), "A set has no keys and values.");
  forms->entry = true;
  auto* entry = Make<ast::MapEntry>(Take().offset);
  entry->key = first;
  entry->value = ParseExpression();
  return entry;
}

ast::Statement* Parser::ParseElementStatement(ElementForms* forms) {
  const Nesting nesting(*this);
  const auto body = [this, forms] { return ParseElementStatement(forms); };
  if (At(TokenKind::kIf)) return ParseIf(body);
  if (At(TokenKind::kFor)) return ParseFor(body);
  auto* statement = Make<ast::ElementStatement>(Offset());
  statement->element = ParseElement(forms);
  return statement;
}

}  // namespace fart::lang
