// Upper and lower case of letters, as Unicode has it where one unit stands for one.
//
// Not here: the case that regular expressions ignore (their engine has tables of its own), and
// letters beyond U+FFFF, which stay as they are.

#ifndef FART_LANG_NATIVES_LETTER_CASES_H_
#define FART_LANG_NATIVES_LETTER_CASES_H_

namespace fart::lang {

// Those whose other case has several letters, and what is no letter, stay as they are.
[[nodiscard]] char16_t ToUpper(char16_t unit);
[[nodiscard]] char16_t ToLower(char16_t unit);

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_LETTER_CASES_H_
