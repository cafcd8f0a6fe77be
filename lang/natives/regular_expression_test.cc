// LN-R1 to LN-R3, and what patterns mean.

#include "lang/natives/regular_expression.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace fart::lang {
namespace {

using Outcome = RegularExpression::Outcome;

bool Never() { return false; }

std::unique_ptr<RegularExpression> Compiled(const std::u16string& pattern, bool multi_line = false,
                                            bool case_sensitive = true) {
  PatternError error;
  auto compiled = RegularExpression::Compile(pattern, multi_line, case_sensitive, &error);
  EXPECT_NE(compiled, nullptr) << error.message;
  return compiled;
}

// "start-end" of the first match and of its groups.
std::string Found(const std::u16string& pattern, const std::u16string& text,
                  bool multi_line = false, bool case_sensitive = true, std::size_t start = 0) {
  const auto compiled = Compiled(pattern, multi_line, case_sensitive);
  if (compiled == nullptr) return "error";
  switch (compiled->Find(text, start, false, Never)) {
    case Outcome::kNoMatch:
      return "none";
    case Outcome::kMatch:
      break;
    default:
      return "given up";
  }
  std::string result;
  const auto found = compiled->found();
  for (std::size_t i = 0; i < found.size(); i += 2) {
    if (i != 0) result += " ";
    if (found[i] == RegularExpression::kUnset) {
      result += "-";
    } else {
      result += std::to_string(found[i]) + "-" + std::to_string(found[i + 1]);
    }
  }
  return result;
}

std::u16string TranslationOf(std::u16string_view pattern) {
  TranslatedPattern translated;
  PatternError error;
  EXPECT_TRUE(TranslatePattern(pattern, false, true, &translated, &error)) << error.message;
  return translated.text;
}

std::string ErrorOf(const std::u16string& pattern) {
  PatternError error;
  const auto compiled = RegularExpression::Compile(pattern, false, true, &error);
  return compiled == nullptr ? error.message + " at " + std::to_string(error.offset) : "none";
}

TEST(RegularExpressionTest, GroupsHaveTheirPlaces) {
  EXPECT_EQ(Found(u"(\\d+)-(x)?(\\w*)", u"ab 12-cd"), "3-8 3-5 - 6-8");
  EXPECT_EQ(Found(u"b", u"abcb", false, true, 2), "3-4");
  EXPECT_EQ(Found(u"", u""), "0-0");
  EXPECT_EQ(Found(u"(a\\1)", u"a"), "0-1 0-1");
  EXPECT_EQ(Found(u"\\1(a)", u"a"), "0-1 0-1");
  EXPECT_EQ(Found(u"(?<n>a)\\k<n>", u"baa"), "1-3 1-2");
}

TEST(RegularExpressionTest, LinesEndAsTheLanguageSays) {
  EXPECT_EQ(Found(u"a$", u"a\n"), "none");
  EXPECT_EQ(Found(u"a$", u"a\n", true), "0-1");
  EXPECT_EQ(Found(u"^b", u"a\u2028b"), "none");
  EXPECT_EQ(Found(u"^b", u"a\u2028b", true), "2-3");
  EXPECT_EQ(Found(u"a.b", u"a\u2029b"), "none");
  EXPECT_EQ(Found(u"a.b", u"a\u0085b"), "0-3");
}

TEST(RegularExpressionTest, ClassesAreTheLanguages) {
  EXPECT_EQ(Found(u"[\\w-a]+", u" b-a_"), "1-5");
  EXPECT_EQ(Found(u"[[:a]+", u"x[:a"), "1-4");
  EXPECT_EQ(Found(u"[]", u"a"), "none");
  EXPECT_EQ(Found(u"[^]", u"\n"), "0-1");
  EXPECT_EQ(Found(u"[\\b]", u"a\b"), "1-2");
  EXPECT_EQ(Found(u"\\s\\S", u"a\ufeffb"), "1-3");
  EXPECT_EQ(Found(u"[^\\D]", u"a7"), "1-2");
  EXPECT_EQ(Found(u"\\x41\\u0042\\103\\cJ\\0", std::u16string(u"ABC\n\0", 5)), "0-5");
  EXPECT_EQ(Found(u"\\A\\Z\\Q]", u"AZQ]"), "0-4");
  EXPECT_EQ(Found(u"a{,2}{", u"a{,2}{"), "0-6");
}

TEST(RegularExpressionTest, UnitsAreCharacters) {
  EXPECT_EQ(Found(u".", std::u16string(1, u'\xd800')), "0-1");
  EXPECT_EQ(Found(u"^.$", u"\U0001F600"), "none");
  EXPECT_EQ(Found(std::u16string(1, u'\xdc00'), u"a\U00010000"), "2-3");
}

TEST(RegularExpressionTest, CaseIsLeftOut) {
  EXPECT_EQ(Found(u"aB", u"xAb", false, false), "1-3");
  EXPECT_EQ(Found(u"\u00e4\u0434", u"\u00c4\u0414", false, false), "0-2");
  EXPECT_EQ(Found(u"\u00e4", u"\u00c4"), "none");
  EXPECT_EQ(Found(u"\\b\u00e4\\w", u"a\u00c4x", false, false), "1-3");
}

TEST(RegularExpressionTest, AnchoredMatchesBeginAtTheStart) {
  const auto compiled = Compiled(u"b");
  EXPECT_EQ(compiled->Find(std::u16string(u"ab"), 0, true, Never), Outcome::kNoMatch);
  EXPECT_EQ(compiled->Find(std::u16string(u"ab"), 1, true, Never), Outcome::kMatch);
}

TEST(RegularExpressionTest, WhatIsNoPatternIsSaidWithItsPlace) {
  EXPECT_EQ(ErrorOf(u"ab("), "Unterminated group at 3");
  EXPECT_EQ(ErrorOf(u"a)"), "Unmatched ')' at 1");
  EXPECT_EQ(ErrorOf(u"a|*"), "Nothing to repeat at 2");
  EXPECT_EQ(ErrorOf(u"a++"), "Nothing to repeat at 2");
  EXPECT_EQ(ErrorOf(u"(*ACCEPT)"), "Nothing to repeat at 1");
  EXPECT_EQ(ErrorOf(u"x[b-a]"), "Range out of order in character class at 2");
  EXPECT_EQ(ErrorOf(u"x[a"), "Unterminated character class at 1");
  EXPECT_EQ(ErrorOf(u"x\\"), "\\ at end of pattern at 1");
  EXPECT_EQ(ErrorOf(u"a{3,2}"), "Numbers out of order in quantifier at 1");
  EXPECT_EQ(ErrorOf(u"(?i)a"), "Invalid group at 0");
  EXPECT_NE(ErrorOf(u"(?<=a*)b"), "none");
}

TEST(RegularExpressionTest, GroupsAreTooDeepWhereTheyAre) {
  const auto nested = [](std::size_t depth, const std::u16string& open) {
    std::u16string pattern;
    for (std::size_t i = 0; i < depth; ++i) pattern += open;
    return pattern + std::u16string(depth, u')');
  };
  EXPECT_EQ(ErrorOf(nested(250, u"(")), "none");
  EXPECT_EQ(ErrorOf(nested(251, u"(")), "Parentheses are too deeply nested at 250");
  EXPECT_EQ(ErrorOf(nested(251, u"(?:")), "Parentheses are too deeply nested at 750");
  EXPECT_EQ(ErrorOf(nested(400'000, u"(")), "Parentheses are too deeply nested at 250")
      << "at once: each group knows those around it";
}

TEST(RegularExpressionTest, TimesHaveALargestNumber) {
  const std::u16string most(65'535, u'a');
  EXPECT_EQ(Found(u"^a{1,65535}$", most), "0-65535");
  EXPECT_EQ(Found(u"^a{1,65535}$", most + u"a"), "none");
  EXPECT_EQ(Found(u"^a{1,65536}$", most + u"a"), "0-65536") << "is no bound here";
  EXPECT_EQ(ErrorOf(u"a{65536}"), "Number too large in quantifier at 1");
  EXPECT_EQ(ErrorOf(u"a{65535}"), "none");
}

// What PCRE2 has no room for with a callout at each item is searched for without.
TEST(RegularExpressionTest, LargePatternsAreSearchedFor) {
  std::u16string pattern;
  for (int i = 0; i < 8000; ++i) pattern += u"a|";
  EXPECT_EQ(Found(pattern + u"b", u"b"), "0-1");
  EXPECT_EQ(Found(u"^(?:" + pattern + u"b)$", u"b"), "0-1");
  EXPECT_EQ(Found(u"^(?:" + pattern + u"b)$", u"c"), "none");
  EXPECT_EQ(Found(u"(?:" + pattern + u"a)+c", std::u16string(40, u'a')), "given up");
}

TEST(RegularExpressionTest, TurnsThatMatchNothing) {
  EXPECT_EQ(Found(u"(a*)*", u"b"), "0-0 -");
  EXPECT_EQ(Found(u"(a*)*", u"aab"), "0-2 0-2");
  EXPECT_EQ(Found(u"(a*)?", u"b"), "0-0 -");
  EXPECT_EQ(Found(u"(a*){0,3}", u"b"), "0-0 -");
  EXPECT_EQ(Found(u"(?:a*?)*", u"aab"), "0-2");
  EXPECT_EQ(Found(u"(?:\\b|a)*", u"aab"), "0-2");
  EXPECT_EQ(Found(u"(?:(?=a)|a)*", u"aab"), "0-2");
  // What has to match once may match nothing then, also in each turn of a group around it.
  EXPECT_EQ(Found(u"(a*)+", u"b"), "0-0 0-0");
  EXPECT_EQ(Found(u"(a*)+", u"aab"), "0-2 0-2");
  EXPECT_EQ(Found(u"(?:(a*)+b)*", u"bb"), "0-2 1-1");
  EXPECT_EQ(Found(u"(a*){2,}", u"aab"), "0-2 2-2");
  // Limit: PCRE2 ends there, though there are more ways to match.
  EXPECT_EQ(Found(u"(|a)+", u"a"), "0-0 0-0");
  EXPECT_EQ(Found(u"(|a){2,}", u"aa"), "0-0 0-0");
  // What always matches something is not asked.
  EXPECT_EQ(TranslationOf(u"(a|[b](c)?|\\u0041|(?:d*e))*"),
            u"(()(?:a|[\\x{0062}](c)?|A|(?:d*e)))*");
  EXPECT_EQ(TranslationOf(u"(?:a{0,1}|b){0,2}"), u"(?:()(?:a{0,1}|b)(?C0)){0,2}");
}

// Where letters beyond ASCII are named, they and those of ASCII are told apart all the same.
TEST(RegularExpressionTest, CaseBeyondAsciiIsTheCapitalLetter) {
  const auto matches = [](const std::u16string& pattern, const std::u16string& text) {
    const auto expression = Compiled(pattern, /*multi_line=*/false, /*case_sensitive=*/false);
    return expression->Find(text, 0, false, Never) == Outcome::kMatch;
  };
  EXPECT_TRUE(matches(u"^\u00e9$", u"\u00c9"));
  EXPECT_TRUE(matches(u"^[\u00e0-\u00e9]$", u"\u00c8"));
  EXPECT_FALSE(matches(u"^[^\u00e0-\u00e9]$", u"\u00c8"));
  EXPECT_TRUE(matches(u"^\u03c3$", u"\u03c2"));  // Sigma at the end of a word.
  EXPECT_TRUE(matches(u"^\u00e9\\W$", u"\u00c9-"));
  EXPECT_TRUE(matches(u"^(\u00e9)\\1$", u"\u00c9\u00e9"));
  for (const std::u16string ascii : {u"k", u"K", u"s", u"S"}) {
    for (const std::u16string pattern :
         {u"\u00e9\\W", u"\u00e9[\\W]", u"\u00e9[^a-z]", u"\u00e9[^\\w]", u"\u00e9(?!\\w)",
          u"\u00e9[\u017f\u212a]", u"\u00e9\u017f", u"\u00e9\u212a"}) {
      EXPECT_FALSE(matches(pattern, u"\u00e9" + ascii));
    }
    EXPECT_TRUE(matches(u"\u00e9\\b\\w\\b$", u"\u00e9" + ascii));
  }
  for (const std::u16string far : {u"\u017f", u"\u212a"}) {
    for (const std::u16string pattern : {u"\u00e9k", u"\u00e9s", u"\u00e9[a-z]", u"\u00e9\\w"}) {
      EXPECT_FALSE(matches(pattern, u"\u00e9" + far));
    }
    EXPECT_TRUE(matches(u"\u00e9\\W$", u"\u00e9" + far));
  }
  EXPECT_FALSE(matches(u"\u2126", u"\u03c9"));  // Ohm's sign is nobody's capital letter.
  EXPECT_FALSE(matches(u"\u00df", u"\u1e9e"));
}

TEST(RegularExpressionTest, ReferencesMeanTheTurn) {
  EXPECT_EQ(Found(u"(?:(a)|b\\1)*", u"abab"), "0-4 -");
  EXPECT_EQ(Found(u"(?:(?<x>a)|b\\k<x>)*c", u"abc"), "0-3 -");
  EXPECT_EQ(Found(u"(?:(a)|(b))*\\1$", u"ab"), "0-2 - 1-2");
  EXPECT_EQ(Found(u"(?:(a)\\1b)*", u"aabaab"), "0-6 3-4");
  EXPECT_EQ(Found(u"(?:(a\\1))*", u"aaa"), "0-3 2-3");
  EXPECT_EQ(Found(u"(a)\\1b", u"aab"), "0-3 0-1");
}

// LN-R1
TEST(RegularExpressionTest, WhatWouldNotEndIsGivenUp) {
  EXPECT_EQ(Found(u"(a+)+$", std::u16string(40, u'a') + u"b"), "given up");
  EXPECT_EQ(Found(u"(a*)*$", std::u16string(25, u'a')), "0-25 0-25");
}

// LN-R2
TEST(RegularExpressionTest, WhatTakesLongIsPolled) {
  using Clock = std::chrono::steady_clock;
  for (const auto& [pattern, text] :
       {std::pair(std::u16string(u"(a+)+$"), std::u16string(40, u'a') + u"b"),
        std::pair(std::u16string(u"a*[bc]"), std::u16string(200'000, u'a')),
        std::pair(std::u16string(u"x"), std::u16string(1'000'000, u'a'))}) {
    const auto compiled = Compiled(pattern);
    int polls = 0;
    auto last = Clock::now();
    auto longest = Clock::duration::zero();
    const auto outcome = compiled->Find(text, 0, false, [&] {
      const auto now = Clock::now();
      longest = std::max(longest, now - last);
      last = now;
      return ++polls == 20;
    });
    EXPECT_EQ(outcome, Outcome::kStopped);
    // Of processor time it is some 2 ms; machines are busy.
    EXPECT_LT(longest, std::chrono::milliseconds(500));
  }
}

TEST(RegularExpressionTest, ManyStepsFindTheSameAsFew) {
  // The quick way gives up at the first start, and the polled one goes on.
  const std::u16string text = std::u16string(1000, u'a') + u"b" + std::u16string(10, u'c') + u"d";
  EXPECT_EQ(Found(u"(?:a|x)*e|(c+)d", text), "1001-1012 1001-1011");
}

}  // namespace
}  // namespace fart::lang
