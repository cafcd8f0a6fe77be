// LN-U1, and which units are alike.

#include "lang/natives/unit_set.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <set>
#include <vector>

#include "lang/natives/letter_cases.h"

namespace fart::lang {
namespace {

RC_GTEST_PROP(UnitSetPropertyTest, ItContainsWhatWasAdded_LNU1,
              (const std::vector<std::uint16_t>& program)) {
  UnitSet set;
  std::set<int> model;
  const bool is_high = program.size() % 2 == 0;
  const auto unit_of = [is_high](int small) { return is_high ? 0xFFFF - 40 + small : small; };
  for (const std::uint16_t step : program) {
    const int first = step % 41;
    const int last = std::min(40, first + step / 41 % 6);
    set.Add(static_cast<char16_t>(unit_of(first)), static_cast<char16_t>(unit_of(last)));
    for (int unit = first; unit <= last; ++unit) model.insert(unit);
    const UnitSet others = set.Others();
    for (int unit = 0; unit <= 40; ++unit) {
      const auto at = static_cast<char16_t>(unit_of(unit));
      RC_ASSERT(set.Contains(at) == (model.count(unit) != 0));
      RC_ASSERT(others.Contains(at) == (model.count(unit) == 0));
    }
    // Not more ranges than there are runs of units.
    int runs = 0;
    for (const int unit : model) runs += model.count(unit - 1) == 0 ? 1 : 0;
    int ends = 0;
    for (const char16_t each : set.ToPattern()) ends += each == u'{' ? 1 : 0;
    RC_ASSERT(ends <= 2 * runs);
    RC_ASSERT(others.Others().ToPattern() == set.ToPattern());
  }
}

TEST(UnitSetTest, AsPatternsWriteIt) {
  EXPECT_EQ(UnitSet().ToPattern(), u"(?!)");
  EXPECT_EQ(UnitSet().Others().ToPattern(), u"[\\x{0000}-\\x{ffff}]");
  EXPECT_EQ(UnitSet({{'a', 'c'}, {'e', 'e'}}).ToPattern(), u"[\\x{0061}-\\x{0063}\\x{0065}]");
  EXPECT_TRUE(UnitSet({{0, 0xFFFF}}).Others().empty());
}

// Of every unit alone: those with the same capital letter.
TEST(UnitSetTest, AlikeIsWhatHasTheSameCapital) {
  const auto capital_of = [](char16_t unit) {
    const char16_t capital = ToUpper(unit);
    return unit >= 0x80 && capital < 0x80 ? unit : capital;
  };
  std::vector<std::vector<char16_t>> of_capital(0x10000);
  for (int unit = 0; unit <= 0xFFFF; ++unit) {
    of_capital[capital_of(static_cast<char16_t>(unit))].push_back(static_cast<char16_t>(unit));
  }
  std::size_t pairs = 0;
  for (int unit = 0; unit <= 0xFFFF; ++unit) {
    if (of_capital[capital_of(static_cast<char16_t>(unit))].size() < 2 && unit % 64 != 0) continue;
    UnitSet set({{static_cast<char16_t>(unit), static_cast<char16_t>(unit)}});
    set.AddAlike();
    UnitSet expected;
    for (const char16_t each : of_capital[capital_of(static_cast<char16_t>(unit))]) {
      expected.Add(each);
      ++pairs;
    }
    ASSERT_EQ(set.ToPattern(), expected.ToPattern()) << unit;
  }
  EXPECT_GT(pairs, 2000u) << "inconclusive";
}

TEST(UnitSetTest, NothingBeyondAsciiIsLikeALetterOfAscii) {
  UnitSet letters({{'a', 'z'}});
  letters.AddAlike();
  EXPECT_EQ(letters.ToPattern(), u"[\\x{0041}-\\x{005a}\\x{0061}-\\x{007a}]");
  UnitSet others({{0x17F, 0x17F}, {0x131, 0x131}, {0x212A, 0x212A}});
  others.AddAlike();
  EXPECT_EQ(others.ToPattern(), u"[\\x{0131}\\x{017f}\\x{212a}]");
}

}  // namespace
}  // namespace fart::lang
