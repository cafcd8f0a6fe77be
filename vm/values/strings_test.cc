#include "vm/values/strings.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "heap/base/utf8.h"
#include "vm/testing/test_isolate.h"

namespace fart {
namespace {

std::u16string UnitsOf(Rooted string) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  std::u16string units;
  for (std::size_t i = 0; i < StringLength(string.Get(quiet)); ++i) {
    units += StringUnitAt(string.Get(quiet), i, quiet);
  }
  return units;
}

bool IsNarrow(Rooted string) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  return IsLatin1String(string.Get(quiet));
}

// Units where the interesting ones are frequent: ASCII, Latin-1, surrogates.
rc::Gen<std::u16string> Units() {
  const auto unit = rc::gen::oneOf(
      rc::gen::inRange<std::uint16_t>(0, 0x80), rc::gen::inRange<std::uint16_t>(0x80, 0x100),
      rc::gen::inRange<std::uint16_t>(0x100, 0xD800),
      rc::gen::inRange<std::uint16_t>(0xD800, 0xE000), rc::gen::just<std::uint16_t>(0xFFFF));
  return rc::gen::map(rc::gen::container<std::vector<std::uint16_t>>(unit),
                      [](const std::vector<std::uint16_t>& units) {
                        return std::u16string(units.begin(), units.end());
                      });
}

bool FitsLatin1(const std::u16string& units) {
  return std::all_of(units.begin(), units.end(), [](char16_t unit) { return unit <= 0xFF; });
}

RC_GTEST_PROP(StringsTest, AnyUnitsComeBackFromUtf8, ()) FART_MAY_COLLECT {
  TestIsolate isolate;
  const std::u16string units = *Units();
  const Rooted string = isolate.Keep(NewStringFromUtf16(isolate.mutator(), units));
  RC_ASSERT(UnitsOf(string) == units);
  const Rooted again = isolate.NewString(isolate.Text(string));
  RC_ASSERT(UnitsOf(again) == units);
  const NoSafepointScope quiet;
  RC_ASSERT(StringsEqual(string.Get(quiet), again.Get(quiet), quiet));
  RC_ASSERT(StringHash(string.Get(quiet), quiet) == StringHash(again.Get(quiet), quiet));
}

TEST(StringsTest, OneCharacterThatIsNotAsciiComesBackWhereverItIs) {
  TestIsolate isolate;
  const struct {
    const char* text;
    std::u16string units;
  } others[] = {
      {"\xC3\xBF", u"\u00FF"}, {"\xE2\x82\xAC", u"\u20AC"}, {"\xF0\x9D\x84\x9E", u"\U0001D11E"}};
  for (const auto& other : others) {
    for (std::size_t before = 0; before <= 18; ++before) {
      for (std::size_t behind = 0; behind <= 18; ++behind) {
        const std::string text =
            std::string(before, 'a') + other.text + std::string(behind, 'b') + other.text;
        const Rooted string = isolate.NewString(text);
        EXPECT_EQ(UnitsOf(string), std::u16string(before, u'a') + other.units +
                                       std::u16string(behind, u'b') + other.units);
        EXPECT_EQ(isolate.Text(string), text);
        EXPECT_EQ(MeasureUtf8(text).units, before + behind + 2 * other.units.size());
        EXPECT_TRUE(MeasureUtf8(text).is_valid);
        EXPECT_EQ(MeasureUtf8(text).is_latin1, other.units[0] <= 0xFF);
      }
    }
  }
}

RC_GTEST_PROP(StringsTest, IsStoredAsLatin1IffAllUnitsFit, ()) FART_MAY_COLLECT {
  TestIsolate isolate;
  const std::u16string units = *Units();
  const Rooted string = isolate.Keep(NewStringFromUtf16(isolate.mutator(), units));
  RC_ASSERT(IsNarrow(string) == FitsLatin1(units));
}

RC_GTEST_PROP(StringsTest, ConcatAndSubstringAgreeWithAModel, ()) FART_MAY_COLLECT {
  TestIsolate isolate;
  const std::u16string a = *Units();
  const std::u16string b = *Units();
  StackRoots<2> parts(isolate->stack());
  {
    const FreshObject first = NewStringFromUtf16(isolate.mutator(), a);
    const NoSafepointScope quiet;
    parts.Set(0, first.Get(quiet));
  }
  {
    const FreshObject second = NewStringFromUtf16(isolate.mutator(), b);
    const NoSafepointScope quiet;
    parts.Set(1, second.Get(quiet));
  }
  const Rooted whole = isolate.Keep(ConcatStrings(isolate.mutator(), parts.all()));
  RC_ASSERT(UnitsOf(whole) == a + b);
  const auto from = *rc::gen::inRange<std::size_t>(0, a.size() + b.size() + 1);
  const auto to = *rc::gen::inRange<std::size_t>(from, a.size() + b.size() + 1);
  const Rooted part = isolate.Keep(Substring(isolate.mutator(), whole, from, to));
  const std::u16string expected = (a + b).substr(from, to - from);
  RC_ASSERT(UnitsOf(part) == expected);
  RC_ASSERT(IsNarrow(part) == FitsLatin1(expected));
}

RC_GTEST_PROP(StringsTest, AnyBytesBecomeAValidString, (const std::vector<std::uint8_t>& bytes))
FART_MAY_COLLECT {
  TestIsolate isolate;
  const std::string text(bytes.begin(), bytes.end());
  const Rooted string = isolate.NewString(text);
  const std::string cleaned = isolate.Text(string);
  RC_ASSERT(IsValidUtf8(cleaned));
  RC_ASSERT(MeasureUtf8(text).units == UnitsOf(string).size());
  if (IsValidUtf8(text)) {
    const NoSafepointScope quiet;
    RC_ASSERT(StringEqualsUtf8(string.Get(quiet), text, quiet));
    RC_ASSERT(StringHash(string.Get(quiet), quiet) == StringHashOfUtf8(text));
  }
}

RC_GTEST_PROP(StringsTest, ComparesLikeItsUnits, ()) FART_MAY_COLLECT {
  TestIsolate isolate;
  const std::u16string a = *Units();
  const std::u16string b = *Units();
  const Rooted first = isolate.Keep(NewStringFromUtf16(isolate.mutator(), a));
  const Rooted second = isolate.Keep(NewStringFromUtf16(isolate.mutator(), b));
  const NoSafepointScope quiet;
  const int order = CompareStrings(first.Get(quiet), second.Get(quiet), quiet);
  RC_ASSERT((order < 0) == (a < b));
  RC_ASSERT((order == 0) == (a == b));
  RC_ASSERT(StringsEqual(first.Get(quiet), second.Get(quiet), quiet) == (a == b));
}

RC_GTEST_PROP(StringsTest, CodePointsBecomeTheUnitsOfUtf16, ()) FART_MAY_COLLECT {
  TestIsolate isolate;
  const auto points = *rc::gen::container<std::vector<std::uint32_t>>(rc::gen::oneOf(
      rc::gen::inRange<std::uint32_t>(0, 0x100), rc::gen::inRange<std::uint32_t>(0, 0x110000),
      rc::gen::inRange<std::uint32_t>(0xD800, 0xE000)));
  const std::u32string text(points.begin(), points.end());
  std::u16string expected;
  for (const char32_t point : text) {
    if (point > 0xFFFF) expected += LeadSurrogateOf(point);
    expected += point > 0xFFFF ? TrailSurrogateOf(point) : static_cast<char16_t>(point);
  }
  const Rooted string = isolate.Keep(NewStringFromUtf32(isolate.mutator(), text));
  RC_ASSERT(UnitsOf(string) == expected);
  RC_ASSERT(IsNarrow(string) == FitsLatin1(expected));
}

TEST(StringsTest, AScanFindsTheEndAndWhatIsNotAscii) {
  // At every alignment, with every byte around the text that could mislead it.
  alignas(64) char memory[128];
  for (const char around : {'\0', 'x', '\xFF'}) {
    for (std::size_t start = 0; start < 33; ++start) {
      for (std::size_t length = 0; length < 50; ++length) {
        std::fill(std::begin(memory), std::end(memory), around);
        std::fill_n(memory + start, length, 'a');
        memory[start + length] = '\0';
        CStringScan scan = ScanCString(memory + start);
        ASSERT_EQ(scan.length, length);
        ASSERT_TRUE(scan.is_ascii);
        ASSERT_TRUE(IsAscii({memory + start, length}));
        for (std::size_t i = 0; i < length; ++i) {
          memory[start + i] = '\x80';
          scan = ScanCString(memory + start);
          ASSERT_EQ(scan.length, length);
          ASSERT_FALSE(scan.is_ascii) << start << " " << length << " " << i;
          ASSERT_FALSE(IsAscii({memory + start, length}));
          memory[start + i] = 'a';
        }
      }
    }
  }
}

TEST(StringsTest, AsciiOfEveryShortLengthIsCopiedWhole) FART_MAY_COLLECT {
  TestIsolate isolate;
  const std::string letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  for (std::size_t length = 0; length <= letters.size(); ++length) {
    const std::string text = letters.substr(0, length);
    const Rooted string = isolate.Keep(NewStringFromAscii(isolate.mutator(), text));
    EXPECT_EQ(isolate.Text(string), text);
  }
  const std::string large(100'000, 'x');
  EXPECT_EQ(isolate.Text(isolate.Keep(NewStringFromAscii(isolate.mutator(), large))), large);
  EXPECT_EQ(isolate.Verify(), "");
}

TEST(Utf8Test, RefusesWhatIsMalformed) {
  EXPECT_TRUE(IsValidUtf8("g\xC3\xBCte \xF0\x9F\x98\x80"));
  EXPECT_TRUE(IsValidUtf8("\xED\xA0\x80"));       // a lone surrogate
  EXPECT_FALSE(IsValidUtf8("\x80"));              // a following byte first
  EXPECT_FALSE(IsValidUtf8("\xC3"));              // the end is missing
  EXPECT_FALSE(IsValidUtf8("\xC0\x80"));          // overlong
  EXPECT_FALSE(IsValidUtf8("\xE0\x9F\xBF"));      // overlong
  EXPECT_FALSE(IsValidUtf8("\xF4\x90\x80\x80"));  // above U+10FFFF
  EXPECT_FALSE(IsValidUtf8("abcdefgh\xFFijkl"));  // no first byte
}

TEST(Utf8Test, ReplacesTheLongestPartThatCouldHaveBegun) {
  TestIsolate isolate;
  EXPECT_EQ(UnitsOf(isolate.NewString("\xE2\x82z")), u"\uFFFDz");
  EXPECT_EQ(UnitsOf(isolate.NewString("\xC0\x80")), u"\uFFFD\uFFFD");
}

TEST(StringsTest, MovesWithItsContentsAndItsHash) {
  TestIsolate isolate;
  const Rooted string = isolate.NewString("sixteen units...");
  const auto hash = [&]() FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    return StringHash(string.Get(quiet), quiet);
  };
  const std::uint32_t before = hash();
  isolate.Collect(GcKind::kMinor);
  isolate.Collect(GcKind::kMajor);
  EXPECT_EQ(isolate.Text(string), "sixteen units...");
  EXPECT_EQ(hash(), before);
}

TEST(StringsTest, ACodePointAboveTheBasicPlaneTakesTwoUnits) FART_MAY_COLLECT {
  TestIsolate isolate;
  const Rooted string = isolate.Keep(NewStringFromCodePoint(isolate.mutator(), 0x1F600));
  EXPECT_EQ(UnitsOf(string), u"\U0001F600");
  EXPECT_EQ(isolate.Text(string), "\xF0\x9F\x98\x80");
}

// The last of each width and the first of the next.
TEST(StringsTest, CodePointsAtTheBoundsOfWidthsAreWhatTheyAre) FART_MAY_COLLECT {
  struct Row {
    char32_t code_point;
    const char* utf8;
    std::u16string units;
  };
  TestIsolate isolate;
  for (const Row& row :
       {Row{0x7F, "\x7F", u"\x7F"}, Row{0x80, "\xC2\x80", u"\u0080"},
        Row{0xFF, "\xC3\xBF", u"\u00FF"}, Row{0x100, "\xC4\x80", u"\x100"},
        Row{0x7FF, "\xDF\xBF", u"\x7FF"}, Row{0x800, "\xE0\xA0\x80", u"\x800"},
        Row{0xFFFF, "\xEF\xBF\xBF", u"\xFFFF"}, Row{0x10000, "\xF0\x90\x80\x80", u"\xD800\xDC00"},
        Row{0x10FFFF, "\xF4\x8F\xBF\xBF", u"\xDBFF\xDFFF"}}) {
    const Rooted string = isolate.Keep(NewStringFromCodePoint(isolate.mutator(), row.code_point));
    const Rooted decoded = isolate.NewString(row.utf8);
    EXPECT_EQ(UnitsOf(string), row.units) << row.utf8;
    EXPECT_EQ(UnitsOf(decoded), row.units) << row.utf8;
    EXPECT_EQ(IsNarrow(string), row.code_point <= 0xFF) << row.utf8;
    EXPECT_EQ(IsNarrow(decoded), row.code_point <= 0xFF) << row.utf8;
    EXPECT_EQ(isolate.Text(string), row.utf8);
    const NoSafepointScope quiet;
    EXPECT_TRUE(StringEqualsUtf8(string.Get(quiet), row.utf8, quiet)) << row.utf8;
    EXPECT_EQ(Utf8Length(string.Get(quiet), quiet), std::string_view(row.utf8).size());
  }
}

// VV-S2
TEST(StringsTest, EqualTextsAreEqualWhoseverHashIsKnown) FART_MAY_COLLECT {
  TestIsolate isolate;
  const Rooted one = isolate.NewString("text");
  const Rooted other = isolate.NewString("text");
  const Rooted another = isolate.NewString("tale");
  const NoSafepointScope quiet;
  for (int hashed = 0; hashed < 3; ++hashed) {
    EXPECT_TRUE(StringsEqual(one.Get(quiet), other.Get(quiet), quiet));
    EXPECT_TRUE(StringsEqual(other.Get(quiet), one.Get(quiet), quiet));
    EXPECT_FALSE(StringsEqual(one.Get(quiet), another.Get(quiet), quiet));
    const Rooted next = hashed == 0 ? one : hashed == 1 ? another : other;
    const std::uint32_t hash = StringHash(next.Get(quiet), quiet);
    EXPECT_EQ(Header::Of(next.Get(quiet)).hash(), hash) << "it is kept";
  }
}

TEST(StringsTest, ABeginningIsNotTheWhole) FART_MAY_COLLECT {
  TestIsolate isolate;
  const Rooted empty = isolate.NewString("");
  const Rooted part = isolate.NewString("wor");
  const Rooted whole = isolate.NewString("words");
  const NoSafepointScope quiet;
  for (const auto& [a, b] : {std::pair(part, whole), std::pair(empty, part)}) {
    EXPECT_FALSE(StringsEqual(a.Get(quiet), b.Get(quiet), quiet));
    EXPECT_FALSE(StringsEqual(b.Get(quiet), a.Get(quiet), quiet));
  }
}

}  // namespace
}  // namespace fart
