#include "lang/syntax/token.h"

#include <unordered_map>

namespace fart::lang {

const char* SpellingOf(TokenKind kind) {
  switch (kind) {
    case TokenKind::kEnd:
      return "end of file";
    case TokenKind::kError:
      return "unreadable text";
    case TokenKind::kIdentifier:
      return "identifier";
    case TokenKind::kInt:
    case TokenKind::kDouble:
      return "number";
    case TokenKind::kString:
    case TokenKind::kStringStart:
    case TokenKind::kStringMiddle:
    case TokenKind::kStringEnd:
      return "string";
#define FART_LANG_CASE(name, spelling) \
  case TokenKind::k##name:             \
    return spelling;
      FART_LANG_PUNCTUATORS(FART_LANG_CASE)
      FART_LANG_KEYWORDS(FART_LANG_CASE)
#undef FART_LANG_CASE
  }
  return "";
}

TokenKind KeywordOrIdentifier(std::string_view word) {
  static const auto& keywords = *new std::unordered_map<std::string_view, TokenKind>{
#define FART_LANG_ENTRY(name, spelling) {spelling, TokenKind::k##name},
      FART_LANG_KEYWORDS(FART_LANG_ENTRY)
#undef FART_LANG_ENTRY
  };
  const auto found = keywords.find(word);
  return found == keywords.end() ? TokenKind::kIdentifier : found->second;
}

}  // namespace fart::lang
