// Parser -- statements.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "lang/syntax/parser_impl.h"

namespace fart::lang {

ast::Block* Parser::ParseBlock() {
  if (AtMissingBlock()) Fail(Offset(), "This block has been left out.");
  auto* block = Make<ast::Block>(Offset());
  Expect(TokenKind::kOpenBrace);
  const bool outer = std::exchange(block_functions_allowed_, true);
  const bool outer_leaves = std::exchange(leaves_blocks_, false);
  ++open_blocks_;
  while (!At(TokenKind::kCloseBrace) && !At(TokenKind::kEnd) && !Failed()) {
    block->statements.push_back(ParseStatement());
  }
  block_functions_allowed_ = outer;
  leaves_blocks_ = outer_leaves;
  --open_blocks_;
  block->end_offset = Offset();
  if (At(TokenKind::kEnd)) {
    FailUnclosed(block->offset);
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
      return ParseIf([this] { return ParseStatement(); });
    case TokenKind::kFor:
      return ParseFor([this] { return ParseStatement(); });
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
      const bool is_generator =
          suspends_ == ast::Suspends::kSyncStar || suspends_ == ast::Suspends::kAsyncStar;
      if (is_generator && statement->value != nullptr) {
        Fail(offset, "A generator returns no value: 'yield' gives one, 'return;' ends it.");
      }
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
  if (At(TokenKind::kAt)) {
    ParseMetadata();
    if (AtAwait() || (!AtLocalFunction() && !AtVariableDeclaration())) {
      Fail(Offset(), "Metadata stands before declarations only.");
    }
  }
  if (suspends_ != ast::Suspends::kNever) {
    const bool is_generator = suspends_ != ast::Suspends::kAsync;
    if (is_generator && AtWord("yield")) return ParseYield();
    if (AtAwait() && Kind(1) == TokenKind::kFor) {
      Take();
      return ParseFor([this] { return ParseStatement(); }, /*awaits=*/true);
    }
  }
  if (!AtAwait()) RejectAwait();
  if (AtLabel()) return ParseLabeled();
  if (AtAwait()) {
    auto* statement = Make<ast::ExpressionStatement>(offset);
    statement->expression = ParseExpression();
    Expect(TokenKind::kSemicolon);
    return statement;
  }
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
  if (AtLate()) return true;
  if (At(TokenKind::kVar) || At(TokenKind::kFinal)) return true;
  if (!At(TokenKind::kConst)) {
    if (!AtTypeAndName(QuestionRule::kMaybe)) return false;
    // `x as T;` may stand as a statement.
    const Position name = SkipType(position_, QuestionRule::kMaybe);
    return TextOf(TokenAt(name)) != "as" || TokenAt(name + 1).kind != TokenKind::kIdentifier;
  }
  // `const C(...)` may stand as a statement; `const x = ...` and `const T x = ...` declare.
  if (Kind(1) == TokenKind::kIdentifier &&
      (Kind(2) == TokenKind::kAssign || Kind(2) == TokenKind::kSemicolon)) {
    return true;
  }
  const Position after = SkipType(position_ + 1, QuestionRule::kMaybe);
  return after != kNotFound && TokenAt(after).kind == TokenKind::kIdentifier;
}

// Up to, and without, the semicolon.
ast::Statement* Parser::ParseVariableDeclaration() {
  auto* declaration = Make<ast::VariableDeclaration>(Offset());
  const bool is_late = AtLate();
  if (is_late) Take();
  const TokenKind modifier = Kind();
  const bool is_const = modifier == TokenKind::kConst;
  const bool is_final = modifier == TokenKind::kFinal || is_const;
  if (is_final || modifier == TokenKind::kVar) {
    Take();
    RejectPattern();
  }
  ast::Type* type = nullptr;
  if (modifier != TokenKind::kVar && AtTypeAndName()) type = ParseType();
  do {
    ast::Declarator* variable = ParseDeclaratorName();
    CheckIsNotVoid(type, variable->offset);
    variable->type = type;
    variable->is_final = is_final;
    variable->is_const = is_const;
    // A final one without a value is given one later, once: which a `late` one is, too.
    variable->is_late = is_late;
    if (Accept(TokenKind::kAssign)) {
      ParseInitialValue(*variable);
    } else if (is_const) {
      Fail(variable->offset, "A constant needs a value.");
    } else if (is_final) {
      variable->is_set_later = !is_late;
      variable->is_late = true;
    }
    declaration->variables.push_back(variable);
  } while (Accept(TokenKind::kComma));
  return declaration;
}

// A late variable's is a function, which is called when the variable is first read.
void Parser::ParseInitialValue(ast::Declarator& variable) {
  ast::Expression* value = ParseExpression();
  if (!variable.is_late) {
    variable.initializer = value;
    return;
  }
  variable.late_initializer = Make<ast::FunctionNode>(variable.offset);
  variable.late_initializer->name = variable.name;
  variable.late_initializer->return_type = variable.type;
  variable.late_initializer->expression = value;
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
  if (At(TokenKind::kCase)) Fail(Offset(), kPatterns);
  Expect(TokenKind::kCloseParen);
  return expression;
}

// A chain of `else if` is a loop here: machine-made ones are long.
ast::Statement* Parser::ParseIf(const BodyParser& parse_body) {
  ast::If* first = nullptr;
  ast::If* last = nullptr;
  do {
    auto* branch = Make<ast::If>(Take().offset);
    branch->condition = ParseParenthesized();
    branch->then_branch = parse_body();
    if (last == nullptr) {
      first = branch;
    } else {
      last->else_branch = branch;
    }
    last = branch;
    if (!Accept(TokenKind::kElse)) return first;
  } while (At(TokenKind::kIf));
  last->else_branch = parse_body();
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

ast::Statement* Parser::ParseYield() {
  auto* statement = Make<ast::Yield>(Take().offset);
  statement->is_each = Accept(TokenKind::kStar);
  statement->value = ParseExpression();
  Expect(TokenKind::kSemicolon);
  return statement;
}

// await for (x in s) body is
// { var i = _iterate(s); try { while (await i.moveNext()) { x = i.current; body } }
//   finally { await i.cancel(); } }
ast::Block* Parser::MakeAwaitingLoop(ast::ForIn& loop) {
  const std::uint32_t offset = loop.offset;
  const char* const kIterator = ":iterator";
  const auto member = [&](const char* name) {
    auto* property = Make<ast::Property>(offset);
    property->target = MakeIdentifier(offset, kIterator);
    property->name = name;
    return property;
  };
  const auto awaited = [&](const char* name) {
    auto* call = Make<ast::Call>(offset);
    call->callee = member(name);
    auto* await = Make<ast::Await>(offset);
    await->operand = call;
    return await;
  };
  const auto effect = [&](ast::Expression* expression) {
    auto* statement = Make<ast::ExpressionStatement>(offset);
    statement->expression = expression;
    return statement;
  };
  auto* turn = Make<ast::Block>(offset);
  if (loop.variable != nullptr) {
    loop.variable->initializer = member("current");
    auto* declaration = Make<ast::VariableDeclaration>(loop.variable->offset);
    declaration->variables.push_back(loop.variable);
    turn->statements.push_back(declaration);
  } else {
    auto* assignment = Make<ast::Assignment>(loop.target->offset);
    assignment->target = loop.target;
    assignment->value = member("current");
    turn->statements.push_back(effect(assignment));
  }
  turn->statements.push_back(loop.body);
  auto* turns = Make<ast::While>(offset);
  turns->condition = awaited("moveNext");
  turns->body = turn;
  auto* guarded = Make<ast::Try>(offset);
  guarded->body = Make<ast::Block>(offset);
  guarded->body->statements.push_back(turns);
  guarded->finally_block = Make<ast::Block>(offset);
  guarded->finally_block->statements.push_back(effect(awaited("cancel")));
  auto* iterate = Make<ast::HelperCall>(loop.iterable->offset);
  iterate->name = "_iterateStream";
  iterate->arguments.push_back(loop.iterable);
  auto* iterator = Make<ast::Declarator>(offset);
  iterator->name = kIterator;
  iterator->initializer = iterate;
  auto* declaration = Make<ast::VariableDeclaration>(offset);
  declaration->variables.push_back(iterator);
  auto* all = Make<ast::Block>(offset);
  all->end_offset = offset;
  all->statements = {declaration, guarded};
  return all;
}

ast::Statement* Parser::ParseForIn(std::uint32_t offset, bool awaits,
                                   const BodyParser& parse_body) {
  auto* loop = Make<ast::ForIn>(offset);
  const TokenKind first = Kind();
  if (first == TokenKind::kConst) {
    Fail(Offset(), "What a loop goes over is no constant: 'final' in place of 'const'.");
  }
  const bool is_final = first == TokenKind::kFinal;
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
  loop->body = parse_body();
  if (awaits) loop->awaiting = MakeAwaitingLoop(*loop);
  return loop;
}

ast::Statement* Parser::ParseFor(const BodyParser& parse_body, bool awaits) {
  const std::uint32_t offset = Take().offset;
  Expect(TokenKind::kOpenParen);
  ParseMetadata();
  if (AtForIn()) return ParseForIn(offset, awaits, parse_body);
  if (awaits) Fail(offset, "'await for' goes over a stream: 'await for (var x in stream)'.");
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
  loop->body = parse_body();
  return loop;
}

bool Parser::AtLabel() const { return At(TokenKind::kIdentifier) && Kind(1) == TokenKind::kColon; }

ast::Statement* Parser::ParseLabeled() {
  auto* statement = Make<ast::Labeled>(Offset());
  while (AtLabel()) {
    const std::uint32_t offset = Offset();
    std::string label = ExpectName();
    if (std::find(statement->labels.begin(), statement->labels.end(), label) !=
        statement->labels.end()) {
      Fail(offset, "The label '" + label + "' is declared twice here.");
    }
    statement->labels.push_back(std::move(label));
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
      const std::uint32_t offset = Offset();
      std::string label = ExpectName();
      const auto has_label = [&label](const std::vector<std::string>& labels) {
        return std::find(labels.begin(), labels.end(), label) != labels.end();
      };
      bool is_known = has_label(switch_case.labels);
      for (const ast::SwitchCase& other : statement.cases) is_known |= has_label(other.labels);
      if (is_known) Fail(offset, "The label '" + label + "' is declared twice in this 'switch'.");
      switch_case.labels.push_back(std::move(label));
      Take();
    } else if (At(TokenKind::kCase) && !switch_case.is_default) {
      Take();
      switch_case.values.push_back(ParseCaseValue());
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

// What a `case` is compared with. Patterns would mean something else, or nothing at all, as values.
ast::Expression* Parser::ParseCaseValue() {
  const std::uint32_t offset = Offset();
  const TokenKind first = Kind();
  const bool is_relation = first == TokenKind::kLess || first == TokenKind::kLessEqual ||
                           first == TokenKind::kGreater || first == TokenKind::kGreaterEqual ||
                           first == TokenKind::kEqualEqual || first == TokenKind::kBangEqual;
  const bool is_collection = first == TokenKind::kOpenBracket || first == TokenKind::kOpenBrace;
  const bool declares =
      first == TokenKind::kVar || first == TokenKind::kFinal || AtTypeAndName() || AtWord("_");
  if (is_relation || is_collection || declares) Fail(offset, kPatterns);
  ast::Expression* value = ParseExpression();
  const auto* logical = ast::As<ast::Logical>(value);
  const bool is_choice = logical != nullptr && logical->op != ast::LogicalOperator::kIfNull;
  const bool is_object = value->kind == ast::ExpressionKind::kCall;
  if (is_choice || is_object || AtWord("when") || At(TokenKind::kQuestion)) Fail(offset, kPatterns);
  return value;
}

// After `var` or `final`.
void Parser::RejectPattern() {
  const bool is_collection =
      At(TokenKind::kOpenParen) || At(TokenKind::kOpenBracket) || At(TokenKind::kOpenBrace);
  if (is_collection) return Fail(Offset(), kPatterns);
  const bool is_called =
      At(TokenKind::kIdentifier) && Kind(1) == TokenKind::kOpenParen && !AtWord("Function");
  if (!is_called) return;
  const Position after = SkipParentheses(position_ + 1);
  const TokenKind next = after == kNotFound ? TokenKind::kEnd : TokenAt(after).kind;
  if (next == TokenKind::kAssign || next == TokenKind::kIn) return Fail(Offset(), kPatterns);
  Fail(Offset(),
       "A function has a type before its name, or nothing; 'var' and 'final' are for variables.");
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
    clause.type = ParseTestedType(QuestionRule::kOfType);
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
  statement->condition = ParseAssertArguments(&statement->condition_text, &statement->message);
  Expect(TokenKind::kSemicolon);
  return statement;
}

// After `assert`: the condition; *message stays if there is none.
ast::Expression* Parser::ParseAssertArguments(std::string* text, ast::Expression** message) {
  Expect(TokenKind::kOpenParen);
  const bool outer = std::exchange(block_functions_allowed_, true);
  const Position start = position_;
  ast::Expression* condition = ParseExpression();
  *text = TextFrom(start);
  if (Accept(TokenKind::kComma) && !At(TokenKind::kCloseParen)) {
    *message = ParseExpression();
    Accept(TokenKind::kComma);
  }
  block_functions_allowed_ = outer;
  Expect(TokenKind::kCloseParen);
  return condition;
}

}  // namespace fart::lang
