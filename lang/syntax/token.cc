#include "lang/syntax/token.h"

#include <array>
#include <cstddef>
#include <iterator>
#include <string_view>

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

namespace {

struct Keyword {
  std::string_view spelling;
  TokenKind kind;
};

// By the alphabet.
constexpr Keyword kKeywords[] = {
#define FART_LANG_ENTRY(name, spelling) {spelling, TokenKind::k##name},
    FART_LANG_KEYWORDS(FART_LANG_ENTRY)
#undef FART_LANG_ENTRY
};

constexpr std::size_t kLetters = 26;

// Where the keywords of each letter begin, and where the last ones end.
constexpr std::array<std::size_t, kLetters + 1> PlacesByLetter() {
  std::array<std::size_t, kLetters + 1> places{};
  std::size_t place = 0;
  for (std::size_t letter = 0; letter < kLetters; ++letter) {
    places[letter] = place;
    while (place < std::size(kKeywords) &&
           kKeywords[place].spelling[0] == static_cast<char>('a' + letter)) {
      ++place;
    }
  }
  places[kLetters] = place;
  return places;
}

constexpr std::array<std::size_t, kLetters + 1> kPlaces = PlacesByLetter();
static_assert(kPlaces[kLetters] == std::size(kKeywords), "the keywords are not in order");

}  // namespace

TokenKind KeywordOrIdentifier(std::string_view word) {
  if (word.empty() || word[0] < 'a' || word[0] > 'z') return TokenKind::kIdentifier;
  const auto letter = static_cast<std::size_t>(word[0] - 'a');
  for (std::size_t place = kPlaces[letter]; place < kPlaces[letter + 1]; ++place) {
    const std::string_view spelling = kKeywords[place].spelling;
    if (spelling.size() == word.size() && spelling[1] == word[1] && spelling == word) {
      return kKeywords[place].kind;
    }
  }
  return TokenKind::kIdentifier;
}

}  // namespace fart::lang
