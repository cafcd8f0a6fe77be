#include "lang/natives/two_way.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "rapidcheck.h"
#include "rapidcheck/gtest.h"

namespace fart::lang {
namespace {

struct Found {
  std::int64_t at = 0;
  std::size_t steps = 0;
};

template <typename Text, typename Pattern>
Found Find(const Text& text, const Pattern& pattern, std::size_t start = 0) {
  Found found;
  TwoWay search(pattern, pattern.size(), [&found](std::size_t steps) {
    found.steps += steps;
    return false;
  });
  found.at = search.First(text, text.size(), start);
  return found;
}

std::int64_t Expected(const std::string& text, const std::string& pattern, std::size_t start = 0) {
  const std::size_t at = text.find(pattern, start);
  return at == std::string::npos ? -1 : static_cast<std::int64_t>(at);
}

// All texts of `length` of the first `letters` letters.
std::vector<std::string> Texts(std::size_t length, char letters) {
  std::vector<std::string> texts{""};
  for (std::size_t i = 0; i < length; ++i) {
    std::vector<std::string> longer;
    for (const std::string& text : texts) {
      for (char letter = 'a'; letter < 'a' + letters; ++letter) longer.push_back(text + letter);
    }
    texts = longer;
  }
  return texts;
}

void ExpectAllFound(std::size_t most_of_pattern, std::size_t text_length, char letters) {
  const std::vector<std::string> texts = Texts(text_length, letters);
  for (std::size_t length = 1; length <= most_of_pattern; ++length) {
    for (const std::string& pattern : Texts(length, letters)) {
      for (const std::string& text : texts) {
        ASSERT_EQ(Find(text, pattern).at, Expected(text, pattern)) << pattern << " in " << text;
      }
    }
  }
}

TEST(TwoWayTest, FindsEachPatternOfTwoLettersInEachText) { ExpectAllFound(7, 11, 2); }
TEST(TwoWayTest, FindsEachPatternOfThreeLettersInEachText) { ExpectAllFound(5, 7, 3); }

TEST(TwoWayTest, BeginsWhereItIsTold) {
  EXPECT_EQ(Find(std::string("abaaba"), std::string("aba"), 1).at, 3);
  EXPECT_EQ(Find(std::string("abaaba"), std::string("aba"), 4).at, -1);
  EXPECT_EQ(Find(std::string("ab"), std::string("aba")).at, -1);
}

TEST(TwoWayTest, UnitsOfBothWidthsCompare) {
  EXPECT_EQ(Find(std::u16string(u"\u0161a"), std::u16string(u"a")).at, 1);
  EXPECT_EQ(Find(std::u16string(u"xa\u0161a"), std::vector<std::uint8_t>{'a', 0x61}).at, -1)
      << "U+0161 is no U+0061";
  EXPECT_EQ(Find(std::vector<std::uint8_t>{'x', 0xE9, 'a'}, std::u16string(u"\u00E9a")).at, 1);
}

// Patterns that repeat, in texts made of them: where searches without memory compare again.
RC_GTEST_PROP(TwoWayTest, FindsWhatRepeats, ()) {
  const auto word = *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::element('a', 'b')));
  const auto end = *rc::gen::container<std::string>(rc::gen::element('a', 'b', 'c'));
  std::string pattern;
  for (int times = *rc::gen::inRange(1, 6); times > 0; --times) pattern += word;
  pattern += end;
  std::string text;
  for (const std::string& part :
       *rc::gen::container<std::vector<std::string>>(rc::gen::element(word, end, pattern))) {
    text += part.substr(0, *rc::gen::inRange<std::size_t>(0, part.size() + 1));
    text += part;
  }
  const std::size_t start = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
  RC_ASSERT(Find(text, pattern, start).at == Expected(text, pattern, start));
}

TEST(TwoWayTest, WhatIsComparedIsLinear_LNT1) {
  constexpr std::size_t kLength = 20'000;
  const std::string text(kLength, 'a');
  const std::string half(kLength / 2, 'a');
  std::string fibonacci = "a";
  for (std::string before = "b"; fibonacci.size() < kLength;) {
    std::string next = fibonacci + before;
    before = fibonacci;
    fibonacci = next;
  }
  for (const auto& [searched, pattern] : std::vector<std::pair<std::string, std::string>>{
           {text, half + "b"},
           {text, "b" + half},
           {text, half.substr(1) + "b" + half.substr(1)},
           {text + "c", half},
           {fibonacci, fibonacci.substr(1, kLength / 2) + "c"},
           {fibonacci, "c" + fibonacci.substr(1, kLength / 2)},
       }) {
    const Found found = Find(searched, pattern);
    EXPECT_EQ(found.at, Expected(searched, pattern));
    EXPECT_LE(found.steps, 4 * searched.size() + 8 * pattern.size());
  }
}

TEST(TwoWayTest, AsksWhetherItIsToStopThroughout) {
  const std::string text(1000, 'a');
  const std::string pattern = std::string(100, 'a') + "b";
  const std::size_t all = Find(text, pattern).steps;
  ASSERT_GT(all, text.size());
  for (std::size_t most : {std::size_t{1}, std::size_t{150}, all / 2, all - 1}) {
    std::size_t steps = 0;
    TwoWay search(pattern, pattern.size(),
                  [&](std::size_t more) { return (steps += more) >= most; });
    EXPECT_EQ(search.First(text, text.size(), 0), search.kStopped) << most;
    EXPECT_LT(steps, most + 200) << "no long way without asking";
  }
}

}  // namespace
}  // namespace fart::lang
