// Parser -- expressions down to what follows a primary one (parser_primaries.cc).

#include <optional>
#include <utility>

#include "lang/syntax/parser_impl.h"

namespace fart::lang {
namespace {

// Levels of binary operators; a higher one binds tighter.
enum Precedence : int {
  kNoOperator = 0,
  kIfNullLevel,
  kOrLevel,
  kAndLevel,
  kEqualityLevel,
  kRelationalLevel,
  kBitOrLevel,
  kBitXorLevel,
  kBitAndLevel,
  kShiftLevel,
  kAdditiveLevel,
  kMultiplicativeLevel,
};

// For the operators of one token that make a Binary.
std::pair<int, ast::BinaryOperator> BinaryOperatorOf(TokenKind kind) {
  using enum ast::BinaryOperator;
  switch (kind) {
    case TokenKind::kEqualEqual:
      return {kEqualityLevel, kEqual};
    case TokenKind::kBangEqual:
      return {kEqualityLevel, kNotEqual};
    case TokenKind::kLess:
      return {kRelationalLevel, kLess};
    case TokenKind::kLessEqual:
      return {kRelationalLevel, kLessEqual};
    case TokenKind::kGreater:
      return {kRelationalLevel, kGreater};
    case TokenKind::kGreaterEqual:
      return {kRelationalLevel, kGreaterEqual};
    case TokenKind::kBar:
      return {kBitOrLevel, kBitOr};
    case TokenKind::kCaret:
      return {kBitXorLevel, kBitXor};
    case TokenKind::kAmpersand:
      return {kBitAndLevel, kBitAnd};
    case TokenKind::kShiftLeft:
      return {kShiftLevel, kShiftLeft};
    case TokenKind::kPlus:
      return {kAdditiveLevel, kAdd};
    case TokenKind::kMinus:
      return {kAdditiveLevel, kSub};
    case TokenKind::kStar:
      return {kMultiplicativeLevel, kMul};
    case TokenKind::kSlash:
      return {kMultiplicativeLevel, kDiv};
    case TokenKind::kPercent:
      return {kMultiplicativeLevel, kMod};
    case TokenKind::kTildeSlash:
      return {kMultiplicativeLevel, kTruncDiv};
    default:
      return {kNoOperator, kAdd};
  }
}

std::optional<ast::BinaryOperator> CompoundOperatorOf(TokenKind kind) {
  using enum ast::BinaryOperator;
  switch (kind) {
    case TokenKind::kPlusAssign:
      return kAdd;
    case TokenKind::kMinusAssign:
      return kSub;
    case TokenKind::kStarAssign:
      return kMul;
    case TokenKind::kSlashAssign:
      return kDiv;
    case TokenKind::kTildeSlashAssign:
      return kTruncDiv;
    case TokenKind::kPercentAssign:
      return kMod;
    case TokenKind::kAmpersandAssign:
      return kBitAnd;
    case TokenKind::kBarAssign:
      return kBitOr;
    case TokenKind::kCaretAssign:
      return kBitXor;
    case TokenKind::kShiftLeftAssign:
      return kShiftLeft;
    default:
      return std::nullopt;
  }
}

std::optional<ast::LogicalOperator> LogicalOperatorOf(TokenKind kind) {
  switch (kind) {
    case TokenKind::kQuestionQuestion:
      return ast::LogicalOperator::kIfNull;
    case TokenKind::kOrOr:
      return ast::LogicalOperator::kOr;
    case TokenKind::kAndAnd:
      return ast::LogicalOperator::kAnd;
    default:
      return std::nullopt;
  }
}

int LevelOf(ast::LogicalOperator op) {
  switch (op) {
    case ast::LogicalOperator::kIfNull:
      return kIfNullLevel;
    case ast::LogicalOperator::kOr:
      return kOrLevel;
    case ast::LogicalOperator::kAnd:
      return kAndLevel;
  }
  return kNoOperator;
}

}  // namespace

// ---- Assignment, cascade, conditional -----------------------------------------------------------

ast::Expression* Parser::ParseExpression(CascadeRule cascades) {
  const Nesting nesting(*this);
  if (At(TokenKind::kThrow)) {
    auto* expression = Make<ast::Throw>(Take().offset);
    expression->operand = ParseExpression(cascades);
    return expression;
  }
  ast::Expression* expression = ParseAssignmentRest(ParseConditional(), cascades);
  const bool at_cascade = At(TokenKind::kDotDot) || At(TokenKind::kQuestionDotDot);
  if (cascades == CascadeRule::kAllowed && at_cascade) {
    expression = ParseCascade(expression);
  }
  return expression;
}

// How many tokens `>>=` or `>>>=` is here; 0: it is neither.
std::size_t Parser::ShiftAssignHere() const {
  if (!At(TokenKind::kGreater) || !Adjacent(0)) return 0;
  if (Kind(1) == TokenKind::kGreaterEqual) return 2;
  const bool is_unsigned =
      Kind(1) == TokenKind::kGreater && Kind(2) == TokenKind::kGreaterEqual && Adjacent(1);
  return is_unsigned ? 3 : 0;
}

// The target itself if no assignment follows it.
ast::Expression* Parser::ParseAssignmentRest(ast::Expression* target, CascadeRule cascades) {
  const std::size_t shift = ShiftAssignHere();
  std::optional<ast::BinaryOperator> compound = CompoundOperatorOf(Kind());
  if (shift == 2) compound = ast::BinaryOperator::kShiftRight;
  if (shift == 3) compound = ast::BinaryOperator::kShiftRightUnsigned;
  if (!At(TokenKind::kAssign) && !At(TokenKind::kQuestionQuestionAssign) && !compound) {
    return target;
  }
  auto* assignment = Make<ast::Assignment>(Offset());
  CheckAssignable(target, Offset());
  if (compound) {
    assignment->form = ast::AssignmentForm::kCompound;
    assignment->op = *compound;
    for (std::size_t i = 1; i < shift; ++i) Take();
  } else if (At(TokenKind::kQuestionQuestionAssign)) {
    assignment->form = ast::AssignmentForm::kIfNull;
  }
  Take();
  assignment->value = ParseExpression(cascades);
  return Around(target, assignment, &assignment->target);
}

// `node`, which has `operand` in *place. A null-aware one takes all of it along.
ast::Expression* Parser::Around(ast::Expression* operand, ast::Expression* node,
                                ast::Expression** place) {
  auto* within = ast::As<ast::NullShort>(operand);
  *place = within == nullptr ? operand : within->body;
  if (within == nullptr) return node;
  within->body = node;
  return within;
}

void Parser::CheckAssignable(ast::Expression* expression, std::uint32_t offset) {
  if (expression == in_parentheses_)
    Fail(offset, "What stands in parentheses cannot be assigned to.");
  if (const auto* within = ast::As<ast::NullShort>(expression)) expression = within->body;
  const auto* property = ast::As<ast::Property>(expression);
  const bool is_assignable = property != nullptr ||
                             ast::As<ast::Identifier>(expression) != nullptr ||
                             ast::As<ast::Index>(expression) != nullptr;
  if (!is_assignable) Fail(offset, "What stands before this cannot be assigned to.");
}

ast::Expression* Parser::ParseCascade(ast::Expression* target) {
  auto* cascade = Make<ast::Cascade>(Offset());
  cascade->target = target;
  cascade->is_null_aware = At(TokenKind::kQuestionDotDot);
  if (cascade->is_null_aware) cascade->sections.push_back(ParseCascadeSection());
  while (At(TokenKind::kDotDot)) cascade->sections.push_back(ParseCascadeSection());
  return cascade;
}

ast::Expression* Parser::ParseCascadeSection() {
  const std::uint32_t offset = Take().offset;
  const Position start = position_;
  ast::Expression* section = Make<ast::CascadeTarget>(offset);
  if (!At(TokenKind::kOpenBracket)) {
    auto* property = Make<ast::Property>(Offset());
    property->target = section;
    property->name = ExpectName();
    section = property;
  }
  return ParseAssignmentRest(ParseSelectors(section, start), CascadeRule::kForbidden);
}

ast::Expression* Parser::ParseConditional() {
  ast::Expression* condition = ParseBinary(kIfNullLevel);
  if (!At(TokenKind::kQuestion)) return condition;
  auto* conditional = Make<ast::Conditional>(Take().offset);
  conditional->condition = condition;
  conditional->if_true = ParseExpression(CascadeRule::kForbidden);
  Expect(TokenKind::kColon);
  conditional->if_false = ParseExpression(CascadeRule::kForbidden);
  return conditional;
}

// ---- Binary operators ---------------------------------------------------------------------------

Parser::OperatorToken Parser::BinaryOperatorHere() const {
  if (ShiftAssignHere() > 0) return {kNoOperator, ast::BinaryOperator::kShiftRight, 0};
  if (At(TokenKind::kGreater) && Kind(1) == TokenKind::kGreater && Adjacent(0)) {
    const bool is_unsigned = Kind(2) == TokenKind::kGreater && Adjacent(1);
    if (is_unsigned) return {kShiftLevel, ast::BinaryOperator::kShiftRightUnsigned, 3};
    return {kShiftLevel, ast::BinaryOperator::kShiftRight, 2};
  }
  const auto [precedence, op] = BinaryOperatorOf(Kind());
  return {precedence, op, 1};
}

// By precedence climbing: the depth of calls follows the depth of the text, not the number of
// levels.
ast::Expression* Parser::ParseBinary(int min_precedence) {
  ast::Expression* left = ParseUnary();
  while (!Failed()) {
    if (const auto logical = LogicalOperatorOf(Kind())) {
      const int level = LevelOf(*logical);
      if (level < min_precedence) return left;
      auto* expression = Make<ast::Logical>(Take().offset);
      expression->op = *logical;
      expression->left = left;
      expression->right = ParseBinary(level + 1);
      left = expression;
      continue;
    }
    const bool is_type_operator = At(TokenKind::kIs) || AtWord("as");
    const OperatorToken here = BinaryOperatorHere();
    const int level = is_type_operator ? kRelationalLevel : here.precedence;
    if (level == kNoOperator || level < min_precedence) return left;
    if (is_type_operator) {
      left = ParseTypeOperator(left);
    } else {
      auto* expression = Make<ast::Binary>(Offset());
      for (std::size_t i = 0; i < here.token_count; ++i) Take();
      expression->op = here.op;
      expression->left = left;
      expression->right = ParseBinary(level + 1);
      left = expression;
    }
    const bool is_comparison = level == kEqualityLevel || level == kRelationalLevel;
    const bool is_followed_by_type_operator = At(TokenKind::kIs) || AtWord("as");
    const int next =
        is_followed_by_type_operator ? kRelationalLevel : BinaryOperatorHere().precedence;
    if (is_comparison && next == level) {
      Fail(Offset(), "Comparisons cannot be chained; use parentheses.");
    }
  }
  return left;
}

ast::Expression* Parser::ParseTypeOperator(ast::Expression* operand) {
  const Token token = Take();
  if (token.kind != TokenKind::kIs) {
    auto* cast = Make<ast::TypeCast>(token.offset);
    cast->operand = operand;
    cast->type = ParseTestedType(QuestionRule::kMaybe);
    return cast;
  }
  auto* test = Make<ast::TypeTest>(token.offset);
  test->is_negated = Accept(TokenKind::kBang);
  test->operand = operand;
  test->type = ParseTestedType(QuestionRule::kMaybe);
  return test;
}

// ---- Unary operators and selectors --------------------------------------------------------------

ast::Expression* Parser::ParseUnary() {
  const Nesting nesting(*this);
  switch (Kind()) {
    case TokenKind::kThrow: {  // a ?? throw b
      auto* expression = Make<ast::Throw>(Take().offset);
      expression->operand = ParseExpression(CascadeRule::kForbidden);
      return expression;
    }
    case TokenKind::kMinus:
      return ParseMinus();
    case TokenKind::kBang:
    case TokenKind::kTilde: {
      const Token token = Take();
      auto* unary = Make<ast::Unary>(token.offset);
      unary->op =
          token.kind == TokenKind::kBang ? ast::UnaryOperator::kNot : ast::UnaryOperator::kBitNot;
      unary->operand = ParseUnary();
      return unary;
    }
    case TokenKind::kPlusPlus:
    case TokenKind::kMinusMinus: {
      const Token token = Take();
      auto* increment = Make<ast::Increment>(token.offset);
      increment->is_prefix = true;
      increment->is_decrement = token.kind == TokenKind::kMinusMinus;
      ast::Expression* operand = ParseUnary();
      CheckAssignable(operand, token.offset);
      return Around(operand, increment, &increment->target);
    }
    default:
      break;
  }
  if (!AtAwait()) return ParsePostfix();
  auto* expression = Make<ast::Await>(Take().offset);
  expression->operand = ParseUnary();
  return expression;
}

ast::Expression* Parser::ParseMinus() {
  const std::uint32_t offset = Take().offset;
  const bool is_least = At(TokenKind::kInt) && (DigitsOf(Peek()) == "9223372036854775808" ||
                                                DigitsOf(Peek()) == "0x8000000000000000");
  if (is_least) {
    Take();  // Its positive counterpart is not of 64 bits.
    auto* literal = Make<ast::IntLiteral>(offset);
    literal->value = INT64_MIN;
    return literal;
  }
  ast::Expression* operand = ParseUnary();
  if (auto* literal = ast::As<ast::IntLiteral>(operand); literal && literal->value != INT64_MIN) {
    if (literal->big.empty()) {
      literal->value = -literal->value;
    } else if (literal->big.front() == '-') {
      literal->big.erase(0, 1);
    } else {
      literal->big.insert(literal->big.begin(), '-');
    }
    return literal;
  }
  if (auto* literal = ast::As<ast::DoubleLiteral>(operand)) {
    literal->value = -literal->value;
    return literal;
  }
  auto* unary = Make<ast::Unary>(offset);
  unary->op = ast::UnaryOperator::kNegate;
  unary->operand = operand;
  return unary;
}

ast::Expression* Parser::ParsePostfix() {
  const Position start = position_;
  ast::Expression* operand = ParsePrimary();
  operand = ParseSelectors(operand, start);
  if (!At(TokenKind::kPlusPlus) && !At(TokenKind::kMinusMinus)) return operand;
  CheckAssignable(operand, Offset());
  const Token token = Take();
  auto* increment = Make<ast::Increment>(token.offset);
  increment->is_decrement = token.kind == TokenKind::kMinusMinus;
  return Around(operand, increment, &increment->target);
}

// Dots, indices, calls and `!`, as many as follow.
ast::Expression* Parser::ParseSelectors(ast::Expression* operand, Position start) {
  bool is_null_aware = false;
  while (true) {
    switch (Kind()) {
      case TokenKind::kDot:
      case TokenKind::kQuestionDot: {
        auto* property = Make<ast::Property>(Offset());
        property->is_null_aware = Take().kind == TokenKind::kQuestionDot;
        if (property->is_null_aware && ast::As<ast::Super>(operand) != nullptr) {
          Fail(property->offset, "'super' is never null; use '.'.");
        }
        property->offset = Offset();
        property->target = operand;
        // C.new: no member has this name.
        property->name = Accept(TokenKind::kNew) ? "new" : ExpectName();
        is_null_aware = is_null_aware || property->is_null_aware;
        operand = property;
        break;
      }
      case TokenKind::kQuestion:
        if (!AtNullAwareIndex()) return EndSelectors(operand, is_null_aware);
        Take();
        operand = ParseIndex(operand);
        static_cast<ast::Index*>(operand)->is_null_aware = true;
        is_null_aware = true;
        break;
      case TokenKind::kOpenBracket:
        operand = ParseIndex(operand);
        break;
      case TokenKind::kBang: {
        auto* check = Make<ast::NullCheck>(Offset());
        check->text = TextFrom(start);
        check->operand = operand;
        Take();
        operand = check;
        break;
      }
      case TokenKind::kOpenParen:
        operand = MakeCall(operand);
        break;
      case TokenKind::kLess:
        if (AtGenericConstructor(*operand)) {
          operand = ParseGenericConstructor(*operand);
          break;
        }
        if (AtTypeValue(*operand)) {
          operand = ParseTypeValue(*operand);
          break;
        }
        if (!AtGenericCall()) return EndSelectors(operand, is_null_aware);
        operand = MakeCall(operand);
        break;
      default:
        return EndSelectors(operand, is_null_aware);
    }
  }
}

ast::Expression* Parser::EndSelectors(ast::Expression* operand, bool is_null_aware) {
  if (!is_null_aware) return operand;
  auto* within = Make<ast::NullShort>(operand->offset);
  within->body = operand;
  return within;
}

ast::Expression* Parser::ParseIndex(ast::Expression* operand) {
  auto* index = Make<ast::Index>(Take().offset);
  const bool outer = std::exchange(block_functions_allowed_, true);
  index->target = operand;
  index->index = ParseExpression();
  block_functions_allowed_ = outer;
  Expect(TokenKind::kCloseBracket);
  return index;
}

// `a?[b]`, and not `a ?[b] : c`: no space before and behind the question mark, and no colon to
// match it.
bool Parser::AtNullAwareIndex() const {
  constexpr std::size_t kFarEnough = 200;  // Nobody writes that much between `?[` and `:`.
  if (Kind(1) != TokenKind::kOpenBracket || !Adjacent(0) || position_ == 0) return false;
  const Token& before = TokenAt(position_ - 1);
  if (before.offset + before.length != Offset()) return false;
  std::size_t questions = 0;
  Position position = position_ + 1;
  for (std::size_t i = 0; i < kFarEnough; ++i) {
    const Token& token = TokenAt(position);
    switch (token.kind) {
      case TokenKind::kOpenParen:
      case TokenKind::kOpenBracket:
      case TokenKind::kOpenBrace:
        position += token.index;
        break;
      case TokenKind::kQuestion:
        ++questions;
        break;
      case TokenKind::kColon:
        if (questions == 0) return false;
        --questions;
        break;
      case TokenKind::kCloseParen:
      case TokenKind::kCloseBracket:
      case TokenKind::kCloseBrace:
      case TokenKind::kComma:
      case TokenKind::kSemicolon:
      case TokenKind::kStringMiddle:
      case TokenKind::kStringEnd:
      case TokenKind::kEnd:
        return true;
      default:
        break;
    }
    ++position;
  }
  return true;
}

// `f<A, B>(x)` calls f; nobody compares like that.
bool Parser::AtGenericCall() const {
  const Position after = SkipTypeArguments(position_);
  return after != kNotFound && TokenAt(after).kind == TokenKind::kOpenParen;
}

// `C<A>.name(x)` or `p.C<A>.name(x)`: the same as with `new`.
bool Parser::AtGenericConstructor(ast::Expression& operand) const {
  const auto* property = ast::As<ast::Property>(&operand);
  ast::Expression* const first = property != nullptr ? property->target : &operand;
  if (ast::As<ast::Identifier>(first) == nullptr) return false;
  const Position after = SkipTypeArguments(position_);
  return after != kNotFound && TokenAt(after).kind == TokenKind::kDot &&
         (TokenAt(after + 1).kind == TokenKind::kIdentifier ||
          TokenAt(after + 1).kind == TokenKind::kNew) &&
         TokenAt(after + 2).kind == TokenKind::kOpenParen;
}

ast::Expression* Parser::ParseGenericConstructor(ast::Expression& operand) {
  auto* expression = Make<ast::New>(operand.offset);
  const auto* property = ast::As<ast::Property>(&operand);
  ast::Expression* const first = property != nullptr ? property->target : &operand;
  expression->names.push_back(ast::As<ast::Identifier>(first)->name);
  if (property != nullptr) expression->names.push_back(property->name);
  ParseTypeArgumentsOf(*expression);
  Expect(TokenKind::kDot);
  if (std::string name = ExpectConstructorName(); !name.empty()) {
    expression->names.push_back(std::move(name));
  }
  expression->arguments = ParseArguments();
  return expression;
}

// `C<A>` or `p.C<A>` where what follows cannot be compared with: so it is no comparison either.
bool Parser::AtTypeValue(ast::Expression& operand) const {
  const auto* property = ast::As<ast::Property>(&operand);
  ast::Expression* const first = property != nullptr ? property->target : &operand;
  if (ast::As<ast::Identifier>(first) == nullptr) return false;
  const Position after = SkipTypeArguments(position_);
  if (after == kNotFound) return false;
  switch (TokenAt(after).kind) {
    case TokenKind::kCloseParen:
    case TokenKind::kCloseBracket:
    case TokenKind::kCloseBrace:
    case TokenKind::kColon:
    case TokenKind::kSemicolon:
    case TokenKind::kComma:
    case TokenKind::kEqualEqual:
    case TokenKind::kBangEqual:
    case TokenKind::kDot:
      return true;
    default:
      return false;
  }
}

ast::Expression* Parser::ParseTypeValue(ast::Expression& operand) {
  auto* value = Make<ast::TypeValue>(operand.offset);
  const auto* property = ast::As<ast::Property>(&operand);
  ast::Expression* const first = property != nullptr ? property->target : &operand;
  const std::string& name = ast::As<ast::Identifier>(first)->name;
  ast::Type* const type =
      MakeNamedType(operand.offset, property != nullptr ? property->name : name);
  if (property != nullptr) {
    type->prefix = name;
    type->text = name + "." + type->name;
  }
  type->arguments = ParseTypeArguments();
  const char* separator = "<";
  for (const ast::Type* argument : type->arguments) {
    type->text += std::exchange(separator, ", ") + argument->text;
  }
  type->text += '>';
  value->type = type;
  value->is_constructor = Accept(TokenKind::kDot);
  if (value->is_constructor) value->constructor = ExpectConstructorName();
  return value;
}

// At the type arguments or the parenthesis.
ast::Expression* Parser::MakeCall(ast::Expression* callee) {
  const bool has_name = callee->kind == ast::ExpressionKind::kIdentifier ||
                        callee->kind == ast::ExpressionKind::kProperty;
  auto* call = Make<ast::Call>(has_name ? callee->offset : Offset());
  call->callee = callee;
  if (At(TokenKind::kLess)) call->type_arguments = ParseTypeArguments();
  call->arguments = ParseArguments();
  return call;
}

ast::Arguments Parser::ParseArguments() {
  ast::Arguments arguments;
  Expect(TokenKind::kOpenParen);
  const bool outer = std::exchange(block_functions_allowed_, true);
  std::vector<bool> order;
  bool is_mixed = false;
  while (!Failed() && !At(TokenKind::kCloseParen)) {
    const bool is_named = At(TokenKind::kIdentifier) && Kind(1) == TokenKind::kColon;
    order.push_back(is_named);
    if (is_named) {
      const std::uint32_t offset = Offset();
      std::string name = ExpectName();
      Take();
      for (const ast::NamedArgument& other : arguments.named) {
        if (other.name == name) Fail(offset, "The argument '" + name + "' is given twice.");
      }
      arguments.named.push_back({std::move(name), ParseExpression(), offset});
    } else {
      is_mixed = is_mixed || !arguments.named.empty();
      arguments.positional.push_back(ParseExpression());
    }
    if (!Accept(TokenKind::kComma)) break;
  }
  if (is_mixed) arguments.order = std::move(order);
  block_functions_allowed_ = outer;
  Expect(TokenKind::kCloseParen);
  return arguments;
}

}  // namespace fart::lang
