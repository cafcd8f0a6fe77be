// Parser -- statements.

#include <string>
#include <utility>

#include "lang/syntax/parser_impl.h"

namespace fart::lang {

ast::Block* Parser::ParseBlock() {
  auto* block = Make<ast::Block>(Offset());
  Expect(TokenKind::kOpenBrace);
  const bool outer = std::exchange(block_functions_allowed_, true);
  while (!At(TokenKind::kCloseBrace) && !At(TokenKind::kEnd) && !Failed()) {
    block->statements.push_back(ParseStatement());
  }
  block_functions_allowed_ = outer;
  block->end_offset = Offset();
  if (At(TokenKind::kEnd)) {
    Fail(block->offset, "This '{' is not closed.");
  } else {
    Expect(TokenKind::kCloseBrace);
  }
  return block;
}

ast::Statement* Parser::ParseStatement() {
  const Nesting nesting(*this);
  switch (Kind()) {
    case TokenKind::kOpenBrace:
      return ParseBlock();
    case TokenKind::kIf:
      return ParseIf();
    case TokenKind::kFor:
      return ParseFor();
    case TokenKind::kWhile:
      return ParseWhile();
    case TokenKind::kDo:
      return ParseDoWhile();
    case TokenKind::kSwitch:
      return ParseSwitch();
    case TokenKind::kTry:
      return ParseTry();
    case TokenKind::kAssert:
      return ParseAssert();
    default:
      return ParseSimpleStatement();
  }
}

ast::Statement* Parser::ParseSimpleStatement() {
  const std::uint32_t offset = Offset();
  switch (Kind()) {
    case TokenKind::kSemicolon:
      Take();
      return Make<ast::Empty>(offset);
    case TokenKind::kReturn: {
      Take();
      auto* statement = Make<ast::Return>(offset);
      if (!At(TokenKind::kSemicolon)) statement->value = ParseExpression();
      Expect(TokenKind::kSemicolon);
      return statement;
    }
    case TokenKind::kBreak: {
      Take();
      auto* statement = Make<ast::Break>(offset);
      if (At(TokenKind::kIdentifier)) statement->label = ExpectName();
      Expect(TokenKind::kSemicolon);
      return statement;
    }
    case TokenKind::kContinue: {
      Take();
      auto* statement = Make<ast::Continue>(offset);
      if (At(TokenKind::kIdentifier)) statement->label = ExpectName();
      Expect(TokenKind::kSemicolon);
      return statement;
    }
    case TokenKind::kRethrow: {
      Take();
      Expect(TokenKind::kSemicolon);
      return Make<ast::Rethrow>(offset);
    }
    default:
      break;
  }
  SkipMetadata();
  RejectAwait();
  if (AtLabel()) return ParseLabeled();
  if (AtLocalFunction()) return ParseLocalFunction();
  if (AtVariableDeclaration()) {
    ast::Statement* declaration = ParseVariableDeclaration();
    Expect(TokenKind::kSemicolon);
    return declaration;
  }
  auto* statement = Make<ast::ExpressionStatement>(offset);
  statement->expression = ParseExpression();
  Expect(TokenKind::kSemicolon);
  return statement;
}

// ---- Declarations -------------------------------------------------------------------------------

bool Parser::AtVariableDeclaration() const {
  if (At(TokenKind::kVar) || At(TokenKind::kFinal)) return true;
  if (!At(TokenKind::kConst)) return AtTypeAndName(QuestionRule::kMaybe);
  // `const C(...)` may stand as a statement; `const x = ...` and `const T x = ...` declare.
  if (Kind(1) == TokenKind::kIdentifier && Kind(2) == TokenKind::kAssign) return true;
  const Position after = SkipType(position_ + 1, QuestionRule::kMaybe);
  return after != kNotFound && TokenAt(after).kind == TokenKind::kIdentifier;
}

// Up to, and without, the semicolon.
ast::Statement* Parser::ParseVariableDeclaration() {
  auto* declaration = Make<ast::VariableDeclaration>(Offset());
  const TokenKind modifier = Kind();
  const bool is_const = modifier == TokenKind::kConst;
  const bool is_final = modifier == TokenKind::kFinal || is_const;
  if (is_final || modifier == TokenKind::kVar) Take();
  ast::Type* type = nullptr;
  if (modifier != TokenKind::kVar && AtTypeAndName()) type = ParseType();
  do {
    ast::Declarator* variable = ParseDeclaratorName();
    variable->type = type;
    variable->is_final = is_final;
    variable->is_const = is_const;
    if (Accept(TokenKind::kAssign)) {
      variable->initializer = ParseExpression();
    } else if (is_final) {
      Fail(variable->offset, "A final variable needs a value.");
    }
    declaration->variables.push_back(variable);
  } while (Accept(TokenKind::kComma));
  return declaration;
}

ast::Declarator* Parser::ParseDeclaratorName() {
  auto* variable = Make<ast::Declarator>(Offset());
  variable->name = ExpectName();
  return variable;
}

ast::Statement* Parser::ParseLocalFunction() {
  auto* statement = Make<ast::LocalFunction>(Offset());
  ast::Type* return_type = AtTypeAndName() ? ParseType() : nullptr;
  statement->variable = ParseDeclaratorName();
  statement->variable->is_final = true;
  auto* function = Make<ast::FunctionNode>(statement->variable->offset);
  function->name = statement->variable->name;
  function->return_type = return_type;
  statement->function = function;
  ParseFunctionRest(*function);
  CheckFunction(nullptr, *function);
  return statement;
}

// ---- Branches and loops -------------------------------------------------------------------------

ast::Expression* Parser::ParseParenthesized() {
  Expect(TokenKind::kOpenParen);
  ast::Expression* expression = ParseExpression();
  Expect(TokenKind::kCloseParen);
  return expression;
}

// A chain of `else if` is a loop here: machine-made ones are long.
ast::Statement* Parser::ParseIf() {
  ast::If* first = nullptr;
  ast::If* last = nullptr;
  do {
    auto* branch = Make<ast::If>(Take().offset);
    branch->condition = ParseParenthesized();
    branch->then_branch = ParseStatement();
    if (last == nullptr) {
      first = branch;
    } else {
      last->else_branch = branch;
    }
    last = branch;
    if (!Accept(TokenKind::kElse)) return first;
  } while (At(TokenKind::kIf));
  last->else_branch = ParseStatement();
  return first;
}

ast::Statement* Parser::ParseWhile() {
  auto* loop = Make<ast::While>(Take().offset);
  loop->condition = ParseParenthesized();
  loop->body = ParseStatement();
  return loop;
}

ast::Statement* Parser::ParseDoWhile() {
  auto* loop = Make<ast::DoWhile>(Take().offset);
  loop->body = ParseStatement();
  Expect(TokenKind::kWhile);
  loop->condition = ParseParenthesized();
  Expect(TokenKind::kSemicolon);
  return loop;
}

// After the parenthesis: [final|var|const] [type] name in
bool Parser::AtForIn() const {
  Position position = position_;
  const TokenKind first = TokenAt(position).kind;
  if (first == TokenKind::kVar || first == TokenKind::kFinal || first == TokenKind::kConst) {
    ++position;
  }
  if (TokenAt(position + 1).kind != TokenKind::kIn) {
    const Position after = SkipType(position, QuestionRule::kOfType);
    if (after != kNotFound) position = after;
  }
  return TokenAt(position).kind == TokenKind::kIdentifier &&
         TokenAt(position + 1).kind == TokenKind::kIn;
}

ast::Statement* Parser::ParseForIn(std::uint32_t offset) {
  auto* loop = Make<ast::ForIn>(offset);
  const TokenKind first = Kind();
  const bool is_final = first == TokenKind::kFinal || first == TokenKind::kConst;
  const bool has_modifier = is_final || first == TokenKind::kVar;
  if (has_modifier) Take();
  if (has_modifier || Kind(1) != TokenKind::kIn) {
    ast::Type* type = Kind(1) != TokenKind::kIn ? ParseType() : nullptr;
    loop->variable = ParseDeclaratorName();
    loop->variable->type = type;
    loop->variable->is_final = is_final;
  } else {
    const std::uint32_t name_offset = Offset();
    loop->target = MakeIdentifier(name_offset, ExpectName());
  }
  Expect(TokenKind::kIn);
  loop->iterable = ParseExpression();
  Expect(TokenKind::kCloseParen);
  loop->body = ParseStatement();
  return loop;
}

ast::Statement* Parser::ParseFor() {
  const std::uint32_t offset = Take().offset;
  Expect(TokenKind::kOpenParen);
  if (AtForIn()) return ParseForIn(offset);
  auto* loop = Make<ast::For>(offset);
  if (!At(TokenKind::kSemicolon)) {
    if (AtVariableDeclaration()) {
      loop->init = ParseVariableDeclaration();
    } else {
      auto* init = Make<ast::ExpressionStatement>(Offset());
      init->expression = ParseExpression();
      loop->init = init;
    }
  }
  Expect(TokenKind::kSemicolon);
  if (!At(TokenKind::kSemicolon)) loop->condition = ParseExpression();
  Expect(TokenKind::kSemicolon);
  if (!At(TokenKind::kCloseParen)) {
    do {
      loop->updates.push_back(ParseExpression());
    } while (Accept(TokenKind::kComma));
  }
  Expect(TokenKind::kCloseParen);
  loop->body = ParseStatement();
  return loop;
}

bool Parser::AtLabel() const { return At(TokenKind::kIdentifier) && Kind(1) == TokenKind::kColon; }

ast::Statement* Parser::ParseLabeled() {
  auto* statement = Make<ast::Labeled>(Offset());
  while (AtLabel()) {
    statement->labels.push_back(ExpectName());
    Take();
  }
  statement->body = ParseStatement();
  return statement;
}

// ---- Switch, try, assert ------------------------------------------------------------------------

ast::Statement* Parser::ParseSwitch() {
  auto* statement = Make<ast::Switch>(Take().offset);
  statement->subject = ParseParenthesized();
  Expect(TokenKind::kOpenBrace);
  while (!Failed() && !At(TokenKind::kCloseBrace)) ParseSwitchCase(*statement);
  Expect(TokenKind::kCloseBrace);
  return statement;
}

void Parser::ParseSwitchCase(ast::Switch& statement) {
  ast::SwitchCase switch_case;
  switch_case.offset = Offset();
  while (true) {
    if (AtLabel()) {
      switch_case.labels.push_back(ExpectName());
      Take();
    } else if (At(TokenKind::kCase) && !switch_case.is_default) {
      Take();
      switch_case.values.push_back(ParseExpression());
      Expect(TokenKind::kColon);
    } else if (At(TokenKind::kDefault) && !switch_case.is_default) {
      Take();
      Expect(TokenKind::kColon);
      switch_case.is_default = true;
    } else {
      break;
    }
  }
  if (switch_case.values.empty() && !switch_case.is_default) {
    return FailUnexpected("'case' or 'default'");
  }
  if (!statement.cases.empty() && statement.cases.back().is_default) {
    return Fail(switch_case.offset, "No case can follow the default case.");
  }
  const auto at_next_case = [this] {
    std::size_t ahead = 0;
    while (Kind(ahead) == TokenKind::kIdentifier && Kind(ahead + 1) == TokenKind::kColon) {
      ahead += 2;
    }
    return Kind(ahead) == TokenKind::kCase || Kind(ahead) == TokenKind::kDefault;
  };
  while (!Failed() && !At(TokenKind::kCloseBrace) && !at_next_case()) {
    switch_case.statements.push_back(ParseStatement());
  }
  statement.cases.push_back(std::move(switch_case));
}

ast::Statement* Parser::ParseTry() {
  auto* statement = Make<ast::Try>(Take().offset);
  statement->body = ParseBlock();
  while (AtWord("on") || At(TokenKind::kCatch)) statement->catches.push_back(ParseCatch());
  if (Accept(TokenKind::kFinally)) {
    statement->finally_block = ParseBlock();
  } else if (statement->catches.empty()) {
    FailUnexpected("'on', 'catch' or 'finally'");
  }
  return statement;
}

ast::CatchClause Parser::ParseCatch() {
  ast::CatchClause clause;
  clause.offset = Offset();
  if (AtWord("on")) {
    Take();
    clause.type = ParseType();
  }
  if (Accept(TokenKind::kCatch)) {
    Expect(TokenKind::kOpenParen);
    clause.exception = ParseDeclaratorName();
    if (Accept(TokenKind::kComma)) clause.trace = ParseDeclaratorName();
    Expect(TokenKind::kCloseParen);
  }
  clause.body = ParseBlock();
  return clause;
}

ast::Statement* Parser::ParseAssert() {
  auto* statement = Make<ast::Assert>(Take().offset);
  Expect(TokenKind::kOpenParen);
  const std::uint32_t start = Offset();
  statement->condition = ParseExpression();
  if (!Failed()) {
    const Token& last = TokenAt(position_ - 1);
    statement->condition_text = file_->text().substr(start, last.offset + last.length - start);
  }
  if (Accept(TokenKind::kComma) && !At(TokenKind::kCloseParen)) {
    statement->message = ParseExpression();
    Accept(TokenKind::kComma);
  }
  Expect(TokenKind::kCloseParen);
  Expect(TokenKind::kSemicolon);
  return statement;
}

}  // namespace fart::lang
