// Upper and lower case of letters, as Unicode has it where one unit stands for one.
//
// A letter beyond U+FFFF has another such letter as its other case, with the same first unit: of a
// pair the second unit alone changes.
//
// Not here: which letters are alike where a pattern ignores case (unit_set.h).

#ifndef FART_LANG_NATIVES_LETTER_CASES_H_
#define FART_LANG_NATIVES_LETTER_CASES_H_

#include <functional>

namespace fart::lang {

// Those whose other case has several letters, and what is no letter, stay as they are.
[[nodiscard]] char16_t ToUpper(char16_t unit);
[[nodiscard]] char16_t ToLower(char16_t unit);

// All units whose ToUpper is another one, with that.
void VisitSmallLetters(const std::function<void(char16_t small, char16_t capital)>& visit);

// The second unit of a pair of surrogates, by its first.
[[nodiscard]] char16_t ToUpper(char16_t first, char16_t second);
[[nodiscard]] char16_t ToLower(char16_t first, char16_t second);

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_LETTER_CASES_H_
