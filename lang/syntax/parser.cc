#include "lang/syntax/parser.h"

#include <utility>

#include "lang/syntax/parser_impl.h"

namespace fart::lang {
namespace {

constexpr std::size_t kMostFurther = 9;

bool MayBeginDeclaration(TokenKind kind) {
  switch (kind) {
    case TokenKind::kIdentifier:
    case TokenKind::kAt:
    case TokenKind::kClass:
    case TokenKind::kConst:
    case TokenKind::kEnum:
    case TokenKind::kFinal:
    case TokenKind::kVar:
    case TokenKind::kVoid:
      return true;
    default:
      return false;
  }
}

}  // namespace

ParseResult Parse(std::shared_ptr<const SourceFile> file, Blocks blocks) {
  if (blocks != Blocks::kNow) {
    const Bodies left_out =
        blocks == Blocks::kWhenAsked ? Bodies::kLeftOut : Bodies::kLeftOutWithClasses;
    ParseResult result = Parser(file, blocks, left_out).Run();
    if (!result.error) return result;
    // Of what lacks bodies an error says little: one of them may be what is missing.
  }
  return Parser(std::move(file), blocks, Bodies::kScanned).Run();
}

std::optional<SyntaxError> ReadBody(CompilationUnit& unit, ast::FunctionNode& function) {
  if (function.unread_block == 0 || function.block != nullptr || function.expression != nullptr) {
    return std::nullopt;
  }
  return Parser(unit, function).ReadLeft(function);
}

std::optional<SyntaxError> ReadMembers(CompilationUnit& unit, const ast::ClassNode& cls,
                                       ast::ClassNode** read) {
  auto* const made = unit.arena.Make<ast::ClassNode>(cls.offset);
  made->name = cls.name;
  *read = made;
  return Parser(unit, cls).ReadLeft(*made);
}

Parser::Parser(std::shared_ptr<const SourceFile> file, Blocks blocks, Bodies bodies)
    : file_(std::move(file)),
      list_(Scan(*file_, bodies)),
      leaves_blocks_(blocks != Blocks::kNow),
      leaves_members_(blocks == Blocks::kWhenAskedWithMembers),
      made_(std::make_unique<CompilationUnit>()),
      unit_(made_.get()) {
  unit_->file = file_;
  if (leaves_blocks_) return;
  for (const Token& token : list_.tokens) {
    constexpr std::string_view kMissing = "NoSuchMethodError";
    constexpr std::string_view kType = "TypeError";
    if (token.kind != TokenKind::kIdentifier || token.length < kType.size()) continue;
    const std::string_view name = TextOf(token);
    if (name.find(kMissing) != name.npos) unit_->says_no_such_method = true;
    if (name.find(kType) != name.npos) unit_->says_type_error = true;
    if (name == "FallThroughError") unit_->says_fall_through = true;
  }
}

Parser::Parser(CompilationUnit& unit, const ast::FunctionNode& function)
    : file_(unit.file),
      list_(ScanPiece(*file_, function.unread_block, function.unread_end)),
      unit_(&unit) {}

Parser::Parser(CompilationUnit& unit, const ast::ClassNode& cls)
    : file_(unit.file),
      list_(ScanPiece(*file_, cls.unread_members, cls.unread_end, Bodies::kLeftOut)),
      leaves_blocks_(true),
      unit_(&unit) {}

ParseResult Parser::Run() {
  ParseUnit();
  if (!Failed()) return {std::move(made_), std::nullopt, {}};
  ParseResult result{nullptr, std::move(error_), {}};
  while (result.further.size() < kMostFurther) {
    if (Failed() && !BeginAnew()) break;
    if (At(TokenKind::kEnd)) break;
    declaration_ = position_;
    if (!ParseDirectiveIfAny()) ParseTopLevelDeclaration(ParseMetadata());
    if (Failed()) result.further.push_back(std::move(*error_));
  }
  return result;
}

// What stands in brackets that close is no declaration, wherever it stands; where they do not
// close, the beginning of a line has to do.
bool Parser::BeginAnew() {
  const std::string_view text = file_->text();
  for (Position at = declaration_; TokenAt(at).kind != TokenKind::kEnd; ++at) {
    const Token& token = TokenAt(at);
    const bool begins_line =
        token.offset > 0 && (text[token.offset - 1] == '\n' || text[token.offset - 1] == '\r');
    if (at > declaration_ && at >= failed_at_ && begins_line && MayBeginDeclaration(token.kind)) {
      error_.reset();
      position_ = at;
      return true;
    }
    if (IsOpening(token.kind)) at += token.index;
  }
  return false;
}

std::optional<SyntaxError> Parser::ReadLeft(ast::FunctionNode& function) {
  if (Accept(TokenKind::kArrow)) {
    ast::Expression* const expression = ParseExpression();
    Expect(TokenKind::kSemicolon);
    if (!Failed()) function.expression = expression;
  } else {
    ast::Block* const block = ParseBlock();
    if (!Failed()) function.block = block;
  }
  return std::move(error_);
}

std::optional<SyntaxError> Parser::ReadLeft(ast::ClassNode& cls) {
  ParseMembers(cls);
  return std::move(error_);
}

Parser::Nesting::Nesting(Parser& parser) {
  if (!parser.room_.IsLeft()) parser.Fail(parser.Offset(), kNestedTooDeeply);
}

bool Parser::Adjacent(std::size_t ahead) const {
  return Peek(ahead).offset + Peek(ahead).length == Peek(ahead + 1).offset;
}

void Parser::FailExpected(TokenKind kind) {
  const bool closes = kind == TokenKind::kSemicolon || kind == TokenKind::kCloseParen ||
                      kind == TokenKind::kCloseBracket || kind == TokenKind::kCloseBrace;
  if (closes && position_ > 0 && !At(TokenKind::kError)) {
    // What lacks its end is shown, not the innocent that follows, perhaps lines below.
    Fail(TokenAt(position_ - 1).offset,
         std::string("Expected '") + lang::SpellingOf(kind) + "' after this.");
  } else {
    FailUnexpected(std::string("'") + lang::SpellingOf(kind) + "'");
  }
}

std::string Parser::ExpectName() {
  if (!At(TokenKind::kIdentifier)) {
    FailUnexpected("a name");
    return "";
  }
  const Token token = Take();
  if (suspends_ != ast::Suspends::kNever) CheckNameInBody(TextOf(token), token.offset);
  return std::string(TextOf(token));
}

std::string Parser::ExpectTypeName(const char* declared) {
  const std::uint32_t offset = Offset();
  std::string name = ExpectName();
  if (IsBuiltIn(name)) {
    Fail(offset,
         "'" + name + "' is a word of the language, so it cannot be the name of " + declared + ".");
  }
  return name;
}

std::string Parser::ExpectConstructorName() { return Accept(TokenKind::kNew) ? "" : ExpectName(); }

std::string Parser::ExpectStringLiteral() {
  if (!At(TokenKind::kString)) {
    if (At(TokenKind::kStringStart)) {
      Fail(Offset(), "What is in this string has to be known here, so there is no '$' in it.");
    } else {
      FailUnexpected("a string without interpolation");
    }
    return "";
  }
  return DecodedText(Take());
}

const std::string& Parser::DecodedText(const Token& token) const {
  return list_.texts[token.index];
}

std::string Parser::DigitsOf(const Token& token) const {
  std::string digits(TextOf(token));
  std::erase(digits, '_');
  return digits;
}

std::string Parser::TextFrom(Position start) const {
  if (Failed() || position_ == 0) return "";
  const std::uint32_t offset = TokenAt(start).offset;
  const Token& last = TokenAt(position_ - 1);
  return std::string(file_->text().substr(offset, last.offset + last.length - offset));
}

void Parser::Fail(std::uint32_t offset, std::string message) {
  if (!Failed()) {
    error_ = file_->ErrorAt(offset, std::move(message));
    failed_at_ = position_;
  }
  position_ = list_.tokens.size() - 1;  // LS-P1
}

namespace {

bool IsWord(std::string_view text) { return !text.empty() && text[0] >= 'a' && text[0] <= 'z'; }

}  // namespace

// The one at `offset` has met the end of the file; but where a '}' stands further left than the
// line of its '{', that one is meant.
void Parser::FailUnclosed(std::uint32_t offset) {
  struct Open {
    std::uint32_t offset;
    std::uint32_t indentation;
  };
  std::vector<Open> open;
  const std::string_view text = file_->text();
  std::uint32_t seen = 0;
  std::uint32_t indentation = 0;
  bool is_first = true;  // of its line
  for (const Token& token : list_.tokens) {
    for (; seen < token.offset; ++seen) {
      const char c = text[seen];
      if (c == '\n') {
        indentation = 0;
        is_first = true;
      } else if (is_first && (c == ' ' || c == '\t')) {
        ++indentation;
      } else {
        is_first = false;
      }
    }
    if (token.kind == TokenKind::kOpenBrace) open.push_back({token.offset, indentation});
    if (token.kind != TokenKind::kCloseBrace || open.empty()) continue;
    if (is_first && indentation < open.back().indentation) {
      const int line = file_->PlaceOf(token.offset).line;
      return Fail(open.back().offset, "This '{' is not closed: the '}' in line " +
                                          std::to_string(line) +
                                          " stands further left, where another one is closed.");
    }
    open.pop_back();
  }
  Fail(offset, "This '{' is not closed.");
}

void Parser::FailUnexpected(std::string_view wanted) {
  const Token& token = Peek();
  if (token.kind == TokenKind::kError) return Fail(token.offset, DecodedText(token));
  std::string message = "Expected " + std::string(wanted) + ", but found ";
  switch (token.kind) {
    case TokenKind::kEnd:
      message += "the end of the file.";
      break;
    case TokenKind::kString:
    case TokenKind::kStringStart:
    case TokenKind::kStringMiddle:
    case TokenKind::kStringEnd:
      message += "a string.";
      break;
    default:
      message += "'" + std::string(TextOf(token)) + "'";
      message += wanted == "a name" && IsWord(TextOf(token)) ? ", a word of the language." : ".";
      break;
  }
  Fail(token.offset, std::move(message));
}

}  // namespace fart::lang
