// The parentheses of a pattern of ECMAScript: read once before it is translated, because what
// stands before a group depends on what comes behind it.
//
// Not here: what is wrong with a pattern (regular_expression_syntax.cc).

#ifndef FART_LANG_NATIVES_REGULAR_EXPRESSION_GROUPS_H_
#define FART_LANG_NATIVES_REGULAR_EXPRESSION_GROUPS_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "lang/natives/regular_expression.h"

namespace fart::lang {

// {n}, {n,} or {n,m}, whose '{' is in front of `*at`, which is behind it afterwards. Large numbers
// are kMostTimes + 1, and so is what has no end. False: it is something else.
inline constexpr std::size_t kMostTimes = 65535;
bool ReadBraces(std::u16string_view pattern, std::size_t* at, std::size_t* least,
                std::size_t* most);

// One pair of them.
struct Parentheses {
  static constexpr std::size_t kNone = ~std::size_t{0};

  std::size_t parent = kNone;  // The next ones around it.
  bool captures = false;
  bool looks_around = false;
  bool is_quantified = false;
  bool is_repeated = false;     // It may take several turns.
  bool has_groups = false;      // In it are some that capture.
  bool can_be_empty = false;    // What is in it may match nothing.
  std::size_t least = 1;        // Turns.
  std::size_t loop_marker = 0;  // PCRE2's numbers of empty groups of ours: in front of it
  std::size_t turn_marker = 0;  // and where a turn begins. 0: there is none.

  // A turn that matches nothing is none, but the first where one must be. Limit: PCRE2 ends the
  // repetition with that one, and with any where two must be, whatever would match behind it
  // (RegularExpressionTest.TurnsThatMatchNothing).
  [[nodiscard]] bool is_checked() const {
    return is_quantified && can_be_empty && !looks_around && least < 2;
  }
};

struct PatternOutline {
  // PCRE2 takes no more within each other either, and each group knows those around it.
  static constexpr std::size_t kMostDepth = 250;
  static constexpr std::size_t kNowhere = ~std::size_t{0};

  std::size_t too_deep = kNowhere;       // Where more begin; what is behind it is not read.
  std::vector<Parentheses> parentheses;  // From the left.
  struct Name {
    std::u16string_view text;
    std::size_t group;  // From 1 on.
  };
  std::vector<Name> names;
};

// The groups that capture go into `groups`, with their numbers.
PatternOutline ReadOutline(std::u16string_view pattern,
                           std::vector<TranslatedPattern::Group>* groups);

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_REGULAR_EXPRESSION_GROUPS_H_
