// Decimal -- doubles as sources and programs write them.
//
// std::from_chars reads one to the nearest double. Of a number that no double comes near it says
// no more than that; on which side it lies is found here, from the place of the first digit that
// counts and the exponent.
//
// Not here: signs, underscores, "NaN" and "Infinity".

#ifndef FART_LANG_SYNTAX_DECIMAL_H_
#define FART_LANG_SYNTAX_DECIMAL_H_

#include <optional>
#include <string_view>

namespace fart::lang {

// Of digits with a point, an exponent, both or none, where a point or a digit comes first: the
// nearest double, 0 and infinity included. Null: that is not all of the text.
[[nodiscard]] std::optional<double> DoubleOfDecimal(std::string_view text);

}  // namespace fart::lang

#endif  // FART_LANG_SYNTAX_DECIMAL_H_
