// Tokens -- what the scanner makes of a source text.
//
// A string literal is one kString, or, with interpolated parts,
//     kStringStart  expression's tokens  { kStringMiddle  expression's tokens }  kStringEnd
// where each of the four has a piece of decoded text. `>>` and `>>=` are not tokens: they would cut
// the end of `List<List<int>>`; the parser joins neighbouring `>`.
//
// Not here: words that are reserved only in places (`get`, `library`, `native`): identifiers.

#ifndef FART_LANG_SYNTAX_TOKEN_H_
#define FART_LANG_SYNTAX_TOKEN_H_

#include <cstdint>
#include <string_view>

namespace fart::lang {

// V(name, spelling)
// clang-format off
#define FART_LANG_PUNCTUATORS(V)     \
  V(OpenParen, "(")                  \
  V(CloseParen, ")")                 \
  V(OpenBracket, "[")                \
  V(CloseBracket, "]")               \
  V(OpenBrace, "{")                  \
  V(CloseBrace, "}")                 \
  V(Comma, ",")                      \
  V(Semicolon, ";")                  \
  V(Colon, ":")                      \
  V(Dot, ".")                        \
  V(DotDot, "..")                    \
  V(Ellipsis, "...")                 \
  V(EllipsisQuestion, "...?")        \
  V(QuestionDot, "?.")               \
  V(QuestionDotDot, "?..")           \
  V(Question, "?")                   \
  V(QuestionQuestion, "??")          \
  V(QuestionQuestionAssign, "?\?=")  \
  V(Arrow, "=>")                     \
  V(At, "@")                         \
  V(Hash, "#")                       \
  V(Assign, "=")                     \
  V(PlusAssign, "+=")                \
  V(MinusAssign, "-=")               \
  V(StarAssign, "*=")                \
  V(SlashAssign, "/=")               \
  V(TildeSlashAssign, "~/=")         \
  V(PercentAssign, "%=")             \
  V(AmpersandAssign, "&=")           \
  V(BarAssign, "|=")                 \
  V(CaretAssign, "^=")               \
  V(ShiftLeftAssign, "<<=")          \
  V(Plus, "+")                       \
  V(Minus, "-")                      \
  V(Star, "*")                       \
  V(Slash, "/")                      \
  V(TildeSlash, "~/")                \
  V(Percent, "%")                    \
  V(PlusPlus, "++")                  \
  V(MinusMinus, "--")                \
  V(Ampersand, "&")                  \
  V(Bar, "|")                        \
  V(Caret, "^")                      \
  V(Tilde, "~")                      \
  V(ShiftLeft, "<<")                 \
  V(AndAnd, "&&")                    \
  V(OrOr, "||")                      \
  V(Bang, "!")                       \
  V(EqualEqual, "==")                \
  V(BangEqual, "!=")                 \
  V(Less, "<")                       \
  V(LessEqual, "<=")                 \
  V(Greater, ">")                    \
  V(GreaterEqual, ">=")

#define FART_LANG_KEYWORDS(V)        \
  V(Assert, "assert")                \
  V(Break, "break")                  \
  V(Case, "case")                    \
  V(Catch, "catch")                  \
  V(Class, "class")                  \
  V(Const, "const")                  \
  V(Continue, "continue")            \
  V(Default, "default")              \
  V(Do, "do")                        \
  V(Else, "else")                    \
  V(Enum, "enum")                    \
  V(Extends, "extends")              \
  V(False, "false")                  \
  V(Final, "final")                  \
  V(Finally, "finally")              \
  V(For, "for")                      \
  V(If, "if")                        \
  V(In, "in")                        \
  V(Is, "is")                        \
  V(New, "new")                      \
  V(Null, "null")                    \
  V(Rethrow, "rethrow")              \
  V(Return, "return")                \
  V(Super, "super")                  \
  V(Switch, "switch")                \
  V(This, "this")                    \
  V(Throw, "throw")                  \
  V(True, "true")                    \
  V(Try, "try")                      \
  V(Var, "var")                      \
  V(Void, "void")                    \
  V(While, "while")                  \
  V(With, "with")
// clang-format on

enum class TokenKind : std::uint8_t {
  kEnd,    // After the last token; its place is the end of the text.
  kError,  // Always the last but one: what follows could not be read. `index` numbers its message.
  kIdentifier,
  kInt,  // Decimal or 0x, spelled as in the text.
  kDouble,
  kString,  // For this and the next three, `index` numbers the decoded text.
  kStringStart,
  kStringMiddle,
  kStringEnd,
#define FART_LANG_ENUM(name, spelling) k##name,
  FART_LANG_PUNCTUATORS(FART_LANG_ENUM) FART_LANG_KEYWORDS(FART_LANG_ENUM)
#undef FART_LANG_ENUM
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::uint32_t offset = 0;
  std::uint32_t length = 0;
  // Strings and errors: see the kinds. Opening brackets: how many tokens ahead the closing one is,
  // 0 if there is none.
  std::uint32_t index = 0;
};

[[nodiscard]] constexpr bool IsOpening(TokenKind kind) {
  return kind == TokenKind::kOpenParen || kind == TokenKind::kOpenBracket ||
         kind == TokenKind::kOpenBrace;
}

// The spelling of punctuators and keywords, a description of the other kinds.
[[nodiscard]] const char* SpellingOf(TokenKind kind);

// The keyword of that spelling, or kIdentifier.
[[nodiscard]] TokenKind KeywordOrIdentifier(std::string_view word);

}  // namespace fart::lang

#endif  // FART_LANG_SYNTAX_TOKEN_H_
