// RegularExpression -- a pattern of ECMAScript, compiled, and its search of texts of UTF-16 units.
//
// The engine is PCRE2's of 16-bit units, without UTF: a unit is a character, so that lone
// surrogates match as others do. What the languages write differently is translated.
//
// Invariants
//   LN-R1 ends    a search ends: after kMostSteps steps it is given up.
//   LN-R2 polled  between two calls of the poll there are at most a few milliseconds' steps: starts
//                 are tried in slices, whose size follows the time they take; a slice that needs
//                 many steps is done again by code that polls at every item of the pattern, or,
//                 where PCRE2 has no room for that, in as many steps as take so long.
//   LN-R3 unmoved no object of the heap is kept, and nothing here collects.
//
// Not here: objects of the language (natives_regular_expression.cc).
//
// A group in a repeated group has what it matched in the last turn, if anything. PCRE2 keeps what
// it matched in any: so a repeated group with groups in it begins with an empty one of ours, the
// marker, whose place is where its last turn began, and what lies before that is of a turn before.
// What PCRE2 does not ask by itself, it asks us for while it searches (PatternCheck): whether a
// turn has matched anything, and whether a group that is referred to took part in the turn.
//
// Differs from ECMAScript: a group that matched nothing right at the end of the turn before has
// that still.

#ifndef FART_LANG_NATIVES_REGULAR_EXPRESSION_H_
#define FART_LANG_NATIVES_REGULAR_EXPRESSION_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fart::lang {

// Why a pattern is none, and where.
struct PatternError {
  std::string message;
  std::size_t offset = 0;
};

// What a place of a pattern asks; where it does not hold, nothing matches.
struct PatternCheck {
  enum class Kind : std::uint8_t { kHasMoved, kTakesPart, kTakesNoPart };
  Kind kind = Kind::kHasMoved;
  // kHasMoved: behind the marker of the turn, or at that of the loop if there is one.
  std::size_t turn_marker = 0;
  std::size_t loop_marker = 0;
  std::size_t group = 0;  // From 1 on, of the others.
};

// The same pattern for PCRE2. `places`: where each unit comes from, and the pattern's end.
struct TranslatedPattern {
  std::u16string text;
  std::vector<std::size_t> places;
  // Its text names the letters that it takes for the same, also beyond ASCII; case counts.
  bool is_unicode = false;
  // The groups of the pattern, from 1 on.
  struct Group {
    std::size_t number = 0;            // Of PCRE2's.
    std::vector<std::size_t> markers;  // Of the repeated groups around it.
  };
  std::vector<Group> groups;
  std::vector<PatternCheck> checks;  // By the numbers of PCRE2's callouts.
};
bool TranslatePattern(std::u16string_view pattern, bool multi_line, bool case_sensitive,
                      TranslatedPattern* translated, PatternError* error);

class RegularExpression {
 public:
  enum class Outcome { kMatch, kNoMatch, kStopped, kTooHard, kNoMemory };
  static constexpr std::uint64_t kMostSteps = 50'000'000;
  static constexpr std::size_t kUnset = ~std::size_t{0};

  // Null: *error says why.
  static std::unique_ptr<RegularExpression> Compile(std::u16string_view pattern, bool multi_line,
                                                    bool case_sensitive, PatternError* error);
  ~RegularExpression();
  RegularExpression(const RegularExpression&) = delete;
  RegularExpression& operator=(const RegularExpression&) = delete;

  std::size_t group_count() const { return group_count_; }  // Without the whole.

  // The first match at `start` or behind, or at `start` alone. Its places are `found()`: two of
  // each group, kUnset of those that took no part. `is_to_stop` is asked from time to time.
  Outcome Find(std::span<const char16_t> text, std::size_t start, bool is_anchored,
               const std::function<bool()>& is_to_stop);
  std::span<const std::size_t> found() const { return found_; }

 private:
  struct Parts;  // PCRE2's
  Outcome Search(std::span<const char16_t> text, std::size_t start, bool is_anchored,
                 const std::function<bool()>& is_to_stop);
  void TakeFound();
  explicit RegularExpression(std::unique_ptr<Parts> parts);
  Outcome FindPolled(std::span<const char16_t> text, std::size_t start, std::uint32_t options,
                     std::size_t last_start, const std::function<bool()>& is_to_stop);
  // In as few steps as are done before anyone notices.
  Outcome FindWithoutPolls(std::span<const char16_t> text, std::size_t start, std::uint32_t options,
                           std::size_t last_start);
  static Outcome OutcomeOf(int result);  // PCRE2's

  std::unique_ptr<Parts> parts_;
  std::size_t group_count_ = 0;
  std::uint64_t steps_ = 0;
  std::vector<std::size_t> found_;
};

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_REGULAR_EXPRESSION_H_
