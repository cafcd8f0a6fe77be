// Strings at their edges: lengths around words, units around widths, sequences of UTF-8 around what
// is well formed; and the one hash that a text has in whatever form.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "heap/base/utf8.h"
#include "vm/testing/test_isolate.h"
#include "vm/values/external_strings.h"
#include "vm/values/strings.h"
#include "vm/values/symbol_table.h"

namespace fart {
namespace {

class StringEdgesTest : public ::testing::Test {
 protected:
  Rooted FromUnits(const std::u16string& units) FART_NO_SAFEPOINT_ANALYSIS {
    return isolate_.Keep(NewStringFromUtf16(isolate_.mutator(), units));
  }
  // The same text where the caller has it, as wide as can be.
  Rooted External(const std::u16string& units) FART_NO_SAFEPOINT_ANALYSIS {
    return isolate_.Keep(NewExternalString(*isolate_, std::span<const char16_t>(units), {}));
  }
  static std::u16string UnitsOf(Rooted string) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    std::u16string units;
    for (std::size_t i = 0; i < StringLength(string.Get(quiet)); ++i) {
      units += StringUnitAt(string.Get(quiet), i, quiet);
    }
    return units;
  }
  static std::uint32_t HashOf(Rooted string) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    return StringHash(string.Get(quiet), quiet);
  }
  static bool AreEqual(Rooted a, Rooted b) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    return StringsEqual(a.Get(quiet), b.Get(quiet), quiet);
  }
  static int Compare(Rooted a, Rooted b) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    return CompareStrings(a.Get(quiet), b.Get(quiet), quiet);
  }

  TestIsolate isolate_;
};

// Of every length around a word, with the last unit of each width.
std::vector<std::u16string> Texts() {
  std::vector<std::u16string> texts;
  for (const std::size_t length : {0u, 1u, 2u, 3u, 7u, 8u, 9u, 15u, 16u, 17u, 33u}) {
    std::u16string text;
    for (std::size_t i = 0; i < length; ++i) text += static_cast<char16_t>(u'a' + i);
    texts.push_back(text);
    if (length == 0) continue;
    for (const char16_t last :
         {u'\x7F', u'\x80', u'\xFF', u'\u0100', u'\u07FF', u'\u0800', static_cast<char16_t>(0xD800),
          static_cast<char16_t>(0xDFFF), static_cast<char16_t>(0xFFFF)}) {
      text.back() = last;
      texts.push_back(text);
    }
  }
  texts.push_back(u"\xD83D\xDE00");
  texts.push_back(u"a\xD83D\xDE00z");
  texts.push_back(u"\xDE00\xD83D");
  return texts;
}

TEST_F(StringEdgesTest, AnyFormOfATextIsEqualAndHasItsHash) FART_NO_SAFEPOINT_ANALYSIS {
  const std::vector<std::u16string> texts = Texts();
  for (const std::u16string& text : texts) {
    const LocalScope scope(isolate_->handles().locals);
    const Rooted string = FromUnits(text);
    const Rooted external = External(text);
    const std::string utf8 = isolate_.Text(string);
    const Rooted again = isolate_.NewString(utf8);
    EXPECT_EQ(UnitsOf(string), text);
    EXPECT_EQ(UnitsOf(again), text);
    EXPECT_EQ(isolate_.Text(external), utf8);
    EXPECT_TRUE(AreEqual(string, external));
    EXPECT_TRUE(AreEqual(external, string));
    EXPECT_EQ(HashOf(string), HashOf(external));
    EXPECT_EQ(HashOf(string), HashOf(again));
    EXPECT_EQ(HashOf(string), StringHashOfUtf8(utf8));
    EXPECT_TRUE(AreEqual(string, external));  // Now that both know their hash.
    const NoSafepointScope quiet;
    EXPECT_EQ(IsLatin1String(string.Get(quiet)),
              std::all_of(text.begin(), text.end(), [](char16_t unit) { return unit <= 0xFF; }));
    EXPECT_EQ(Utf8Length(string.Get(quiet), quiet), utf8.size());
    EXPECT_TRUE(StringEqualsUtf8(string.Get(quiet), utf8, quiet));
    EXPECT_FALSE(StringEqualsUtf8(string.Get(quiet), utf8 + "x", quiet));
    if (!utf8.empty()) {
      EXPECT_FALSE(StringEqualsUtf8(string.Get(quiet), utf8.substr(0, utf8.size() - 1), quiet));
      EXPECT_FALSE(StringEqualsUtf8(string.Get(quiet), "", quiet));
    }
  }
}

TEST_F(StringEdgesTest, EveryPairIsEqualOnlyIfItsUnitsAre) {
  const std::vector<std::u16string> texts = Texts();
  std::vector<Rooted> strings;
  std::vector<Rooted> externals;
  for (const std::u16string& text : texts) {
    strings.push_back(FromUnits(text));
    externals.push_back(External(text));
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (std::size_t j = 0; j < texts.size(); ++j) {
      const int order = texts[i].compare(texts[j]);
      const int expected = order < 0 ? -1 : (order > 0 ? 1 : 0);
      EXPECT_EQ(AreEqual(strings[i], externals[j]), order == 0) << i << " " << j;
      EXPECT_EQ(AreEqual(strings[i], strings[j]), order == 0) << i << " " << j;
      EXPECT_EQ(Compare(strings[i], strings[j]), expected) << i << " " << j;
      EXPECT_EQ(Compare(externals[i], strings[j]), expected) << i << " " << j;
    }
  }
}

TEST_F(StringEdgesTest, TextsThatDifferInOneUnitHashDifferently) {
  std::u16string text = u"abcdefghijklmnopq";
  const std::uint32_t hash = HashOf(FromUnits(text));
  EXPECT_GT(hash, 0u);
  EXPECT_LT(hash, 1u << 25);
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::u16string other = text;
    ++other[i];
    EXPECT_NE(HashOf(FromUnits(other)), hash) << i;
  }
  // Zeros behind a text are no part of it.
  EXPECT_NE(HashOf(FromUnits(u"ab")), HashOf(FromUnits(std::u16string(u"ab\0", 3))));
}

TEST_F(StringEdgesTest, PartsAndSumsHaveTheirUnitsAndTheirWidth) FART_NO_SAFEPOINT_ANALYSIS {
  const std::u16string text = u"ab\u00FFcd\u0100ef";
  for (const bool is_external : {false, true}) {
    const Rooted string = is_external ? External(text) : FromUnits(text);
    for (std::size_t from = 0; from <= text.size(); ++from) {
      for (std::size_t to = from; to <= text.size(); ++to) {
        const LocalScope scope(isolate_->handles().locals);
        const Rooted part = isolate_.Keep(Substring(isolate_.mutator(), string, from, to));
        const std::u16string units = text.substr(from, to - from);
        EXPECT_EQ(UnitsOf(part), units);
        const bool is_whole = from == 0 && to == text.size();
        const NoSafepointScope quiet;
        EXPECT_EQ(part.Get(quiet) == string.Get(quiet), is_whole);
        EXPECT_EQ(IsLatin1String(part.Get(quiet)), units.find(u'\u0100') == std::u16string::npos);
      }
    }
  }
  // An external one may be wide for nothing: its sums are not.
  const std::u16string narrow = u"yz";
  StackRoots<3> roots(isolate_->stack());
  const std::pair<std::u16string, bool> cases[] = {{u"ab", true}, {u"\u0100", false}};
  for (const auto& [last, is_narrow] : cases) {
    const Rooted parts[] = {FromUnits(u"x\u00FF"), External(narrow), External(last)};
    {
      const NoSafepointScope quiet;
      for (std::size_t i = 0; i < 3; ++i) roots.Set(i, parts[i].Get(quiet));
    }
    const Rooted sum = isolate_.Keep(ConcatStrings(isolate_.mutator(), roots.all()));
    EXPECT_EQ(UnitsOf(sum), u"x\u00FFyz" + last);
    const NoSafepointScope quiet;
    EXPECT_EQ(IsLatin1String(sum.Get(quiet)), is_narrow);
  }
}

TEST_F(StringEdgesTest, ASymbolIsFoundThroughEveryGrowthOfItsTable) FART_NO_SAFEPOINT_ANALYSIS {
  SymbolTable& symbols = isolate_->symbols();
  constexpr int kSymbols = 3000;
  const auto name = [](int i) {
    return (i % 3 == 0 ? "\xC3\xBC" : i % 3 == 1 ? "\xE4\xB8\xAD" : "s") + std::to_string(i);
  };
  std::vector<Rooted> made;
  for (int i = 0; i < kSymbols; ++i) {
    made.push_back(isolate_.Keep(symbols.Intern(isolate_.mutator(), name(i))));
    EXPECT_EQ(isolate_.Text(made.back()), name(i));
    // One from each time before the table grew.
    for (int earlier = i; earlier > 0; earlier /= 2) {
      const FreshObject found = symbols.StringOf(isolate_.mutator(), name(earlier));
      const NoSafepointScope quiet;
      ASSERT_TRUE(found.Get(quiet) == made[static_cast<std::size_t>(earlier)].Get(quiet)) << i;
    }
  }
  EXPECT_EQ(isolate_.Verify(), "");
  isolate_.Collect(GcKind::kMinor);
  isolate_.Collect(GcKind::kMinor);
  isolate_.Collect(GcKind::kMajor);
  EXPECT_EQ(isolate_.Verify(), "");
  for (int i = 0; i < kSymbols; ++i) {
    const Rooted string = isolate_.NewString(name(i));
    const NoSafepointScope quiet;
    const ObjectPtr expected = made[static_cast<std::size_t>(i)].Get(quiet);
    ASSERT_TRUE(symbols.Intern(string.Get(quiet), quiet) == expected);
  }
  // What was asked for only is no symbol yet.
  const Rooted asked = isolate_.Keep(symbols.StringOf(isolate_.mutator(), "asked"));
  const Rooted other = isolate_.NewString("asked");
  const NoSafepointScope quiet;
  EXPECT_TRUE(symbols.Intern(other.Get(quiet), quiet) == other.Get(quiet));
  EXPECT_FALSE(symbols.Intern(asked.Get(quiet), quiet) == asked.Get(quiet));
}

// ---- UTF-8

TEST(Utf8EdgesTest, EachCodePointHasItsShortestForm) {
  const std::pair<char32_t, std::string> cases[] = {
      {0, std::string(1, '\0')},
      {0x7F, "\x7F"},
      {0x80, "\xC2\x80"},
      {0x7FF, "\xDF\xBF"},
      {0x800, "\xE0\xA0\x80"},
      {0xD7FF, "\xED\x9F\xBF"},
      {0xD800, "\xED\xA0\x80"},  // A lone surrogate is a unit like others.
      {0xDFFF, "\xED\xBF\xBF"},
      {0xFFFF, "\xEF\xBF\xBF"},
      {0x10000, "\xF0\x90\x80\x80"},
      {0x3FFFF, "\xF0\xBF\xBF\xBF"},
      {0x40000, "\xF1\x80\x80\x80"},
      {0x10FFFF, "\xF4\x8F\xBF\xBF"},
  };
  for (const auto& [value, text] : cases) {
    char encoded[4];
    EXPECT_EQ(std::string(encoded, EncodeUtf8(value, encoded)), text);
    EXPECT_EQ(Utf8BytesOf(value), text.size());
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const DecodedCodePoint decoded = DecodeUtf8(bytes, text.size());
    EXPECT_EQ(decoded.value, value);
    EXPECT_EQ(decoded.bytes, text.size());
    EXPECT_TRUE(decoded.is_well_formed);
    for (std::size_t cut = 1; cut < text.size(); ++cut) {
      const DecodedCodePoint part = DecodeUtf8(bytes, cut);
      EXPECT_FALSE(part.is_well_formed);
      EXPECT_EQ(part.value, kReplacementCharacter);
      EXPECT_EQ(part.bytes, cut);
    }
  }
}

TEST(Utf8EdgesTest, WhatIsMalformedIsReplacedAsFarAsItGoes) {
  const std::pair<std::string, std::size_t> cases[] = {
      {"\x80\x80", 1},         {"\xBF", 1},          {"\xC0\x80", 1},
      {"\xC1\xBF", 1},         {"\xC2x", 1},         {"\xC2\xC2\x80", 1},
      {"\xE0\x9F\xBF", 1},     {"\xE1\x80x", 2},     {"\xE0\xA0x", 2},
      {"\xF0\x8F\x80", 1},     {"\xF0\x90\x80x", 3}, {"\xF4\x90\x80\x80", 1},
      {"\xF5\x80\x80\x80", 1}, {"\xFF", 1},          {"\xF1\x80\xC0\x80", 2},
      {"\xDF\x7F", 1},         {"\xDF\xC0", 1},
  };
  for (const auto& [text, bytes] : cases) {
    const DecodedCodePoint decoded =
        DecodeUtf8(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    EXPECT_FALSE(decoded.is_well_formed) << ::testing::PrintToString(text);
    EXPECT_EQ(decoded.value, kReplacementCharacter);
    EXPECT_EQ(decoded.bytes, bytes) << ::testing::PrintToString(text);
  }
}

TEST(Utf8EdgesTest, OneByteThatIsNotAsciiIsFoundWhereverItIs) {
  for (std::size_t length = 0; length <= 40; ++length) {
    const std::string text(length, '\x7F');
    EXPECT_TRUE(IsAscii(text)) << length;
    EXPECT_TRUE(ScanCString(text.c_str()).is_ascii);
    EXPECT_EQ(ScanCString(text.c_str()).length, length);
    EXPECT_EQ(MeasureUtf8(text).units, length);
    for (std::size_t i = 0; i < length; ++i) {
      std::string other = text;
      other[i] = '\x80';
      EXPECT_FALSE(IsAscii(other)) << length << " " << i;
      EXPECT_FALSE(ScanCString(other.c_str()).is_ascii) << length << " " << i;
      EXPECT_FALSE(MeasureUtf8(other).is_valid);
    }
  }
}

TEST(Utf8EdgesTest, AMeasureCountsUnitsAndSaysWhatTheyAre) {
  const struct {
    const char* text;
    std::size_t units;
    bool is_latin1;
    bool is_valid;
  } cases[] = {
      {"", 0, true, true},
      {"a", 1, true, true},
      {"\xC3\xBF", 1, true, true},
      {"\xC4\x80", 1, false, true},
      {"\xEF\xBF\xBF", 1, false, true},
      {"\xF0\x90\x80\x80", 2, false, true},
      {"a\x80", 2, false, false},
  };
  for (const auto& [text, units, is_latin1, is_valid] : cases) {
    const Utf8Measure measure = MeasureUtf8(text);
    EXPECT_EQ(measure.units, units) << text;
    EXPECT_EQ(measure.is_latin1, is_latin1) << text;
    EXPECT_EQ(measure.is_valid, is_valid) << text;
  }
}

}  // namespace
}  // namespace fart
