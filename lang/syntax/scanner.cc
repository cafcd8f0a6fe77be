#include "lang/syntax/scanner.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "lang/syntax/body_skipper.h"
#include "lang/syntax/utf8.h"

namespace fart::lang {
namespace {

constexpr char kEndOfText = '\0';  // What Peek answers there; a real NUL is an error anyway.

// What a character may be part of, so that a look into a table tells.
enum CharacterClass : std::uint8_t {
  kDigit = 1,
  kStartsName = 2,
  kSpace = 4,
  // In a string: what may end it, or is not itself.
  kMeansMore = 8,
};

constexpr std::array<std::uint8_t, 256> ClassesOfCharacters() {
  std::array<std::uint8_t, 256> classes{};
  for (std::size_t c = '0'; c <= '9'; ++c) classes[c] = kDigit;
  for (std::size_t c = 'a'; c <= 'z'; ++c) classes[c] = classes[c - 'a' + 'A'] = kStartsName;
  classes['_'] = kStartsName;
  classes['$'] = kStartsName | kMeansMore;
  for (const char c : {'\'', '"', '\\'}) classes[static_cast<std::size_t>(c)] = kMeansMore;
  for (const char c : {'\n', '\r'}) classes[static_cast<std::size_t>(c)] = kSpace | kMeansMore;
  for (const char c : {' ', '\t'}) classes[static_cast<std::size_t>(c)] = kSpace;
  return classes;
}

constexpr std::array<std::uint8_t, 256> kClasses = ClassesOfCharacters();

bool Is(char c, int classes) { return (kClasses[static_cast<unsigned char>(c)] & classes) != 0; }
bool IsDigit(char c) { return Is(c, kDigit); }
bool IsIdentifierStart(char c) { return Is(c, kStartsName); }
bool IsIdentifierPart(char c) { return Is(c, kStartsName | kDigit); }

int HexValue(char c) {
  if (IsDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

struct Punctuator {
  TokenKind kind;
  std::string_view spelling;
};

constexpr Punctuator kPunctuators[] = {
#define FART_LANG_ENTRY(name, spelling) {TokenKind::k##name, spelling},
    FART_LANG_PUNCTUATORS(FART_LANG_ENTRY)
#undef FART_LANG_ENTRY
};

constexpr std::size_t kPunctuatorCount = std::size(kPunctuators);

// The punctuators in an order in which those that begin with the same character stand together, the
// longest first; and where those of each character begin and end.
struct PunctuatorTable {
  std::array<Punctuator, kPunctuatorCount> sorted{};
  std::array<std::uint8_t, 129> begins{};
};

constexpr PunctuatorTable MakePunctuatorTable() {
  PunctuatorTable table;
  std::copy(std::begin(kPunctuators), std::end(kPunctuators), table.sorted.begin());
  std::sort(table.sorted.begin(), table.sorted.end(), [](const Punctuator& a, const Punctuator& b) {
    return a.spelling[0] != b.spelling[0] ? a.spelling[0] < b.spelling[0]
                                          : a.spelling.size() > b.spelling.size();
  });
  std::size_t place = 0;
  for (std::size_t c = 0; c + 1 < table.begins.size(); ++c) {
    table.begins[c] = static_cast<std::uint8_t>(place);
    while (place < kPunctuatorCount &&
           static_cast<unsigned char>(table.sorted[place].spelling[0]) == c) {
      ++place;
    }
  }
  table.begins.back() = static_cast<std::uint8_t>(place);
  return table;
}

constexpr PunctuatorTable kPunctuatorTable = MakePunctuatorTable();

class Scanner {
 public:
  Scanner(const SourceFile& file, Bodies bodies)
      : text_(file.text()),
        leaves_bodies_(bodies != Bodies::kScanned),
        leaves_classes_(bodies == Bodies::kLeftOutWithClasses) {}
  // Of a text that has been scanned before.
  Scanner(const SourceFile& file, std::uint32_t begin, std::uint32_t end, Bodies bodies)
      : text_(file.text().substr(0, end)),
        leaves_bodies_(bodies != Bodies::kScanned),
        leaves_classes_(false),
        offset_(begin) {}

  // From its beginning on.
  TokenList RunOnWhole();
  TokenList Run();

 private:
  // A string literal whose end is still to come.
  struct OpenString {
    std::uint32_t offset;
    char quote;
    bool is_multiline;
    std::size_t brace_depth;  // Of `open_` when its current `${` was entered.
  };

  [[nodiscard]] char Peek(std::size_t ahead = 0) const {
    return offset_ + ahead < text_.size() ? text_[offset_ + ahead] : kEndOfText;
  }
  [[nodiscard]] bool AtEnd() const { return offset_ >= text_.size(); }
  [[nodiscard]] bool StartsWith(std::string_view word) const {
    if (text_.size() - offset_ < word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {  // A few characters: no call is worth it.
      if (text_[offset_ + i] != word[i]) return false;
    }
    return true;
  }
  // Passes all that are of these classes.
  void Skip(int classes) {
    std::size_t offset = offset_;
    while (offset < text_.size() && Is(text_[offset], classes)) ++offset;
    offset_ = offset;
  }

  void Add(TokenKind kind, std::size_t start);
  void AddText(TokenKind kind, std::size_t start, std::string text);
  void Fail(std::size_t offset, std::string message);

  void ScanToken();
  void SkipLineComment();
  void SkipBlockComment();
  void ScanWord();
  void ScanNumber();
  void ScanPunctuator();
  void CloseBracket(TokenKind kind);
  [[nodiscard]] bool BeginsBody(TokenKind kind) const;
  [[nodiscard]] bool BeginsMembers(TokenKind kind) const;
  // Of the `{` or `=>` that has just been passed. False: it has none, or not to be left out.
  bool LeaveOutBody(TokenKind kind, std::size_t start);

  void ScanStringStart(bool is_raw);
  void ScanRawString(const OpenString& string);
  // The text from here to the string's end or its next interpolation.
  void ScanPieces(TokenKind whole, TokenKind before_expression);
  [[nodiscard]] bool ScanStringPiece(TokenKind whole, TokenKind before_expression);
  void SkipFirstLineIfBlank(bool is_raw);
  void ScanLiterally(std::string& piece);
  [[nodiscard]] bool AtClosingQuote(const OpenString& string) const;
  void ScanEscape(std::string& piece);
  void ScanUnicodeEscape(std::size_t start, std::string& piece);
  [[nodiscard]] bool ScanInterpolation();

  const std::string_view text_;
  const bool leaves_bodies_;
  const bool leaves_classes_;
  bool is_after_class_ = false;  // The word; no `;` or `{` has come since, but in brackets.
  std::size_t offset_ = 0;
  bool failed_ = false;
  TokenList result_;
  std::vector<std::size_t> open_;  // Tokens that are opening brackets, not closed yet.
  std::vector<OpenString> strings_;
};

TokenList Scanner::RunOnWhole() {
  if (text_.size() > SourceFile::kMaxSize) {
    Fail(0, "This file is too large.");
  } else if (const std::size_t bad = FindInvalidUtf8(text_); bad != std::string_view::npos) {
    Fail(bad, "This is not valid UTF-8.");
  }
  if (StartsWith("\xEF\xBB\xBF")) offset_ += 3;
  if (StartsWith("#!")) SkipLineComment();
  return Run();
}

TokenList Scanner::Run() {
  // About as many tokens as programs have; what is never written takes no memory.
  const std::size_t rest = text_.size() - std::min(offset_, text_.size());
  if (!failed_) result_.tokens.reserve(rest / (leaves_bodies_ ? 8 : 4) + 1);
  while (!failed_ && !AtEnd()) ScanToken();
  if (!failed_ && !strings_.empty()) {
    Fail(strings_.back().offset, "This string is not closed.");
  }
  Add(TokenKind::kEnd, std::min(offset_, text_.size()));
  return std::move(result_);
}

void Scanner::Add(TokenKind kind, std::size_t start) {
  result_.tokens.push_back({kind, static_cast<std::uint32_t>(start),
                            static_cast<std::uint32_t>(offset_ - std::min(start, offset_)), 0});
}

void Scanner::AddText(TokenKind kind, std::size_t start, std::string text) {
  Add(kind, start);
  result_.tokens.back().index = static_cast<std::uint32_t>(result_.texts.size());
  result_.texts.push_back(std::move(text));
}

void Scanner::Fail(std::size_t offset, std::string message) {
  if (failed_) return;
  failed_ = true;
  AddText(TokenKind::kError, offset, std::move(message));
}

void Scanner::ScanToken() {
  const char c = Peek();
  if (Is(c, kSpace)) {
    Skip(kSpace);
  } else if (IsIdentifierStart(c) && (c != 'r' || (Peek(1) != '"' && Peek(1) != '\''))) {
    ScanWord();
  } else if (c == '/' && Peek(1) == '/') {
    SkipLineComment();
  } else if (c == '/' && Peek(1) == '*') {
    SkipBlockComment();
  } else if (c == 'r') {
    ScanStringStart(true);
  } else if (IsDigit(c) || (c == '.' && IsDigit(Peek(1)))) {
    ScanNumber();
  } else if (c == '"' || c == '\'') {
    ScanStringStart(false);
  } else {
    ScanPunctuator();
  }
}

void Scanner::SkipLineComment() {
  const std::size_t end = std::min(text_.find('\n', offset_), text_.size());
  offset_ = std::min(text_.substr(0, end).find('\r', offset_), end);
}

void Scanner::SkipBlockComment() {
  const std::size_t start = offset_;
  std::size_t depth = 0;  // Block comments nest.
  do {
    if (StartsWith("/*")) {
      ++depth;
      offset_ += 2;
    } else if (StartsWith("*/")) {
      --depth;
      offset_ += 2;
    } else {
      ++offset_;
    }
    if (depth > 0 && AtEnd()) return Fail(start, "This comment is not closed.");
  } while (depth > 0);
}

void Scanner::ScanWord() {
  const std::size_t start = offset_;
  Skip(kStartsName | kDigit);
  const TokenKind kind = KeywordOrIdentifier(text_.substr(start, offset_ - start));
  if (kind == TokenKind::kClass) is_after_class_ = true;
  Add(kind, start);
}

void Scanner::ScanNumber() {
  const std::size_t start = offset_;
  // With `_` between them, as many as one likes.
  const auto skip_digits = [this](bool (*is_digit)(char)) {
    std::size_t underscores = 0;
    while (is_digit(Peek(underscores)) || Peek(underscores) == '_') {
      if (Peek(underscores) == '_') {
        ++underscores;
      } else {
        offset_ += std::exchange(underscores, 0) + 1;
      }
    }
  };
  if (Peek() == '0' && (Peek(1) == 'x' || Peek(1) == 'X')) {
    offset_ += 2;
    if (HexValue(Peek()) < 0) return Fail(start, "Hexadecimal digits are missing here.");
    skip_digits([](char c) { return HexValue(c) >= 0; });
    if (IsIdentifierPart(Peek())) return Fail(offset_, "This cannot follow a number.");
    return Add(TokenKind::kInt, start);
  }
  TokenKind kind = TokenKind::kInt;
  skip_digits(IsDigit);
  if (Peek() == '.' && IsDigit(Peek(1))) {
    kind = TokenKind::kDouble;
    ++offset_;
    skip_digits(IsDigit);
  }
  if (Peek() == 'e' || Peek() == 'E') {
    const std::size_t sign = Peek(1) == '+' || Peek(1) == '-' ? 1 : 0;
    if (!IsDigit(Peek(1 + sign))) return Fail(start, "The exponent of this number is missing.");
    kind = TokenKind::kDouble;
    offset_ += 1 + sign;
    skip_digits(IsDigit);
  }
  if (IsIdentifierStart(Peek())) return Fail(offset_, "This cannot follow a number.");
  Add(kind, start);
}

void Scanner::ScanPunctuator() {
  const std::size_t start = offset_;
  const std::size_t first = static_cast<unsigned char>(Peek());
  const Punctuator* longest = nullptr;
  if (first + 1 < kPunctuatorTable.begins.size()) {
    const Punctuator* const end = &kPunctuatorTable.sorted[0] + kPunctuatorTable.begins[first + 1];
    longest = &kPunctuatorTable.sorted[0] + kPunctuatorTable.begins[first];
    while (longest != end && !StartsWith(longest->spelling)) ++longest;
    if (longest == end) longest = nullptr;
  }
  if (longest == nullptr) return Fail(start, "This character is not expected here.");
  offset_ += longest->spelling.size();
  if (leaves_bodies_ && LeaveOutBody(longest->kind, start)) return;
  switch (longest->kind) {
    case TokenKind::kOpenParen:
    case TokenKind::kOpenBracket:
    case TokenKind::kOpenBrace:
      open_.push_back(result_.tokens.size());
      return Add(longest->kind, start);
    case TokenKind::kCloseParen:
    case TokenKind::kCloseBracket:
    case TokenKind::kCloseBrace:
      return CloseBracket(longest->kind);
    default:
      return Add(longest->kind, start);
  }
}

// A `{` behind parameters, `native "name"` or, in a class, a name; a `=>` behind parameters or a
// name. Not of what is `async` and the like, which the parser reads at once.
bool Scanner::BeginsBody(TokenKind kind) const {
  if (kind != TokenKind::kOpenBrace && kind != TokenKind::kArrow) return false;
  if (!strings_.empty() || open_.size() > 1 || result_.tokens.empty()) return false;
  const bool is_member = !open_.empty();
  if (is_member && result_.tokens[open_[0]].kind != TokenKind::kOpenBrace) return false;
  const Token& before = result_.tokens.back();
  if (before.kind == TokenKind::kCloseParen || before.kind == TokenKind::kString) return true;
  if (before.kind != TokenKind::kIdentifier) return false;
  const std::string_view word = text_.substr(before.offset, before.length);
  return (is_member || kind == TokenKind::kArrow) && word != "async" && word != "sync";
}

// The first `{` behind `class`.
bool Scanner::BeginsMembers(TokenKind kind) const {
  return leaves_classes_ && is_after_class_ && kind == TokenKind::kOpenBrace && strings_.empty() &&
         open_.empty();
}

bool Scanner::LeaveOutBody(TokenKind kind, std::size_t start) {
  const bool begins = BeginsMembers(kind) || BeginsBody(kind);
  if (open_.empty() && (kind == TokenKind::kOpenBrace || kind == TokenKind::kSemicolon)) {
    is_after_class_ = false;
  }
  if (!begins) return false;
  const std::size_t end = EndOfBody(text_, start);
  if (end == std::string_view::npos) return false;
  result_.lacks_bodies = true;
  Add(kind, start);
  offset_ = end;
  if (kind == TokenKind::kArrow) return true;
  result_.tokens.back().index = 1;
  ++offset_;
  Add(TokenKind::kCloseBrace, end);
  return true;
}

// Precondition: the bracket's one character has been passed.
void Scanner::CloseBracket(TokenKind kind) {
  if (kind == TokenKind::kCloseBrace && !strings_.empty() &&
      strings_.back().brace_depth == open_.size()) {
    return ScanPieces(TokenKind::kStringEnd, TokenKind::kStringMiddle);
  }
  const std::size_t here = result_.tokens.size();
  Add(kind, offset_ - 1);
  // A mismatch keeps the opening bracket unmatched; the parser says where it fails.
  if (open_.empty()) return;
  Token& opening = result_.tokens[open_.back()];
  const bool matches =
      (opening.kind == TokenKind::kOpenParen && kind == TokenKind::kCloseParen) ||
      (opening.kind == TokenKind::kOpenBracket && kind == TokenKind::kCloseBracket) ||
      (opening.kind == TokenKind::kOpenBrace && kind == TokenKind::kCloseBrace);
  if (matches) opening.index = static_cast<std::uint32_t>(here - open_.back());
  if (strings_.empty() || open_.size() > strings_.back().brace_depth) open_.pop_back();
}

void Scanner::ScanStringStart(bool is_raw) {
  const std::size_t start = offset_;
  if (is_raw) ++offset_;
  OpenString string{static_cast<std::uint32_t>(start), Peek(), false, open_.size()};
  string.is_multiline = Peek(1) == string.quote && Peek(2) == string.quote;
  offset_ += string.is_multiline ? 3 : 1;
  if (string.is_multiline) SkipFirstLineIfBlank(is_raw);
  if (is_raw) return ScanRawString(string);
  strings_.push_back(string);
  ScanPieces(TokenKind::kString, TokenKind::kStringStart);
}

// A multiline string whose first line is blank begins with its second. Where a backslash has a
// meaning one may be in front of each blank, and of the end of the line.
void Scanner::SkipFirstLineIfBlank(bool is_raw) {
  for (std::size_t end = offset_; end < text_.size(); ++end) {
    if (text_[end] == '\\' && !is_raw) ++end;
    const std::string_view rest = text_.substr(end);
    if (rest.starts_with(' ') || rest.starts_with('\t')) continue;
    if (rest.starts_with("\r\n")) {
      offset_ = end + 2;
    } else if (rest.starts_with('\n') || rest.starts_with('\r')) {
      offset_ = end + 1;
    }
    return;
  }
}

bool Scanner::AtClosingQuote(const OpenString& string) const {
  return Peek() == string.quote &&
         (!string.is_multiline || (Peek(1) == string.quote && Peek(2) == string.quote));
}

void Scanner::ScanRawString(const OpenString& string) {
  const std::size_t start = offset_;
  while (!AtClosingQuote(string)) {
    if (AtEnd() || (!string.is_multiline && (Peek() == '\n' || Peek() == '\r'))) {
      return Fail(string.offset, "This string is not closed.");
    }
    ++offset_;
  }
  const std::size_t end = offset_;
  std::string piece;
  for (offset_ = start; offset_ < end;) ScanLiterally(piece);
  offset_ += string.is_multiline ? 3 : 1;
  AddText(TokenKind::kString, string.offset, std::move(piece));
}

// At a character that stands for itself, or at the end of a line of a multiline string, which is
// "\n" however the file ends its lines.
void Scanner::ScanLiterally(std::string& piece) {
  if (Peek() == '\r') {
    offset_ += Peek(1) == '\n' ? 2 : 1;
    piece += '\n';
    return;
  }
  const std::size_t plain = offset_++;
  while (!AtEnd() && !Is(text_[offset_], kMeansMore)) ++offset_;
  piece.append(text_.substr(plain, offset_ - plain));
}

// Up to the end of the string or into an expression in braces. A loop, for a string may have any
// number of names.
void Scanner::ScanPieces(TokenKind whole, TokenKind before_expression) {
  while (ScanStringPiece(whole, before_expression)) {
    whole = TokenKind::kStringEnd;
    before_expression = TokenKind::kStringMiddle;
  }
}

// True: a `$name` ends it, and the next piece follows.
bool Scanner::ScanStringPiece(TokenKind whole, TokenKind before_expression) {
  const OpenString string = strings_.back();
  const std::size_t start = whole == TokenKind::kString ? string.offset : offset_ - 1;
  std::string piece;
  while (!failed_) {
    if (AtEnd() || (!string.is_multiline && (Peek() == '\n' || Peek() == '\r'))) {
      Fail(string.offset, "This string is not closed.");
    } else if (AtClosingQuote(string)) {
      offset_ += string.is_multiline ? 3 : 1;
      strings_.pop_back();
      AddText(whole, start, std::move(piece));
      return false;
    } else if (Peek() == '$') {
      AddText(before_expression, start, std::move(piece));
      return ScanInterpolation();
    } else if (Peek() == '\\') {
      ScanEscape(piece);
    } else {
      ScanLiterally(piece);
    }
  }
  return false;
}

// At the `$`. True: it is the simple form `$name`, which is finished at once, so its name can have
// no `$`.
bool Scanner::ScanInterpolation() {
  ++offset_;
  if (Peek() == '{') {
    ++offset_;
    strings_.back().brace_depth = open_.size();
    return false;
  }
  const std::size_t start = offset_;
  const auto is_part = [this] { return IsIdentifierPart(Peek()) && Peek() != '$'; };
  if (IsDigit(Peek()) || !is_part()) {
    Fail(start - 1, "A name or '{' must follow this '$'; write '\\$' for the character.");
    return false;
  }
  while (is_part()) ++offset_;
  Add(KeywordOrIdentifier(text_.substr(start, offset_ - start)), start);
  return true;
}

void Scanner::ScanEscape(std::string& piece) {
  const std::size_t start = offset_;
  ++offset_;
  const OpenString& string = strings_.back();
  const char c = Peek();
  const bool is_end_of_line = c == '\n' || c == '\r';
  if (AtEnd() || (is_end_of_line && !string.is_multiline)) {
    return Fail(string.offset, "This string is not closed.");
  }
  if (is_end_of_line) return ScanLiterally(piece);
  switch (c) {
    case 'n':
      piece += '\n';
      break;
    case 'r':
      piece += '\r';
      break;
    case 't':
      piece += '\t';
      break;
    case 'b':
      piece += '\b';
      break;
    case 'f':
      piece += '\f';
      break;
    case 'v':
      piece += '\v';
      break;
    case 'x':
    case 'u':
      return ScanUnicodeEscape(start, piece);
    default:  // Any other character stands for itself; all its bytes follow.
      piece += c;
      break;
  }
  ++offset_;
}

// \xHH, \uHHHH or \u{H...}; at the letter.
void Scanner::ScanUnicodeEscape(std::size_t start, std::string& piece) {
  std::size_t min_digits = Peek() == 'x' ? 2 : 4;
  std::size_t max_digits = min_digits;
  const bool is_braced = Peek() == 'u' && Peek(1) == '{';
  if (is_braced) {
    min_digits = 1;
    max_digits = 6;
  }
  offset_ += is_braced ? 2 : 1;
  std::uint32_t value = 0;
  std::size_t digits = 0;
  for (; digits < max_digits && HexValue(Peek()) >= 0; ++digits, ++offset_) {
    value = value * 16 + static_cast<std::uint32_t>(HexValue(Peek()));
  }
  if (digits < min_digits || (is_braced && Peek() != '}') || value > kMaxCodePoint) {
    return Fail(start, "This escape is malformed; it is \\xHH, \\uHHHH or \\u{H...}.");
  }
  if (is_braced) ++offset_;
  AppendCodePoint(piece, value);
}

}  // namespace

TokenList Scan(const SourceFile& file, Bodies bodies) { return Scanner(file, bodies).RunOnWhole(); }

TokenList ScanPiece(const SourceFile& file, std::uint32_t begin, std::uint32_t end, Bodies bodies) {
  return Scanner(file, begin, end, bodies).Run();
}

}  // namespace fart::lang
