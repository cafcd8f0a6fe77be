#include "lang/syntax/scanner.h"

#include <cstddef>
#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "lang/syntax/utf8.h"

namespace fart::lang {
namespace {

// Tokens by spelling; strings as their decoded text in quotes, errors as !offset.
std::string ScanToText(const std::string& text, Bodies bodies = Bodies::kScanned) {
  const SourceFile file("test.dart", text);
  const TokenList list = Scan(file, bodies);
  std::string result;
  for (const Token& token : list.tokens) {
    if (!result.empty()) result += ' ';
    switch (token.kind) {
      case TokenKind::kEnd:
        result += "end";
        break;
      case TokenKind::kError:
        result += "!" + std::to_string(token.offset);
        break;
      case TokenKind::kString:
      case TokenKind::kStringStart:
      case TokenKind::kStringMiddle:
      case TokenKind::kStringEnd:
        result += std::string(
            1, "?SBME"[static_cast<int>(token.kind) - static_cast<int>(TokenKind::kString) + 1]);
        result += "'" + list.texts[token.index] + "'";
        break;
      default:
        result += file.text().substr(token.offset, token.length);
        break;
    }
  }
  return result;
}

TEST(ScannerTest, LeavesOutBodiesOfDeclarations) {
  const auto scan = [](const std::string& text) { return ScanToText(text, Bodies::kLeftOut); };
  EXPECT_EQ(scan("f(a, {b: 1}) { g; } h() => i(); j"), "f ( a , { b : 1 } ) { } h ( ) => ; j end");
  EXPECT_EQ(scan("f() native \"n\" { g; }"), "f ( ) native S'n' { } end");
  EXPECT_EQ(
      scan("class A { A() : b = c { d; } get e { f; } operator -() => g; set h(i) { j; } } k"),
      "class A { A ( ) : b = c { } get e { } operator - ( ) => ; set h ( i ) { } } k end");
  // What the parser reads at once, what is in brackets, and what is no body.
  EXPECT_EQ(scan("f() async { g; } h() async => i;"), "f ( ) async { g ; } h ( ) async => i ; end");
  EXPECT_EQ(scan("a = {b: c}; d = (e, [f(g) { h; }]);"),
            "a = { b : c } ; d = ( e , [ f ( g ) { h ; } ] ) ; end");
  EXPECT_EQ(scan("f() { g;"), "f ( ) { g ; end");
}

// LS-T3
TEST(ScannerTest, LeavesOutTheMembersOfClassesIfAsked) {
  const auto scan = [](const std::string& text) {
    return ScanToText(text, Bodies::kLeftOutWithClasses);
  };
  EXPECT_EQ(scan("class A<T extends B> extends C { D e; f() { g; } h = '}'; } i"),
            "class A < T extends B > extends C { } i end");
  EXPECT_EQ(scan("abstract class A with B implements C { // }\n d(); } e() { f; }"),
            "abstract class A with B implements C { } e ( ) { } end");
  // Which has none; then come braces of something else.
  EXPECT_EQ(scan("class A = B with C; d = { e: f }; mixin G { h() { i; } }"),
            "class A = B with C ; d = { e : f } ; mixin G { h ( ) { } } end");
  EXPECT_EQ(scan("class A {} enum B { c, d } extension E on A { f() { g; } }"),
            "class A { } enum B { c , d } extension E on A { f ( ) { } } end");
  EXPECT_EQ(scan("class A { b() { c; } "), "class A { b ( ) { } end");
}

TEST(ScannerTest, ScansAPieceAsInItsFile) {
  const SourceFile file("test.dart", "f() { g(h); } i");
  const TokenList list = ScanPiece(file, 4, 13);
  ASSERT_EQ(list.tokens.size(), 8u);
  EXPECT_EQ(list.tokens[0].offset, 4u);
  EXPECT_EQ(list.tokens[0].index, 6u);
  EXPECT_EQ(list.tokens[7].offset, 13u);
}

TEST(ScannerTest, TakesTheLongestPunctuator) {
  EXPECT_EQ(ScanToText("a<<=b?\?=c??d?.e..f~/=g"), "a <<= b ?\?= c ?? d ?. e .. f ~/= g end");
}

TEST(ScannerTest, KeepsGreaterSignsApart) {
  EXPECT_EQ(ScanToText("List<List<int>>=x>>>=1"), "List < List < int > >= x > > >= 1 end");
}

TEST(ScannerTest, TellsNumbersFromMembersOfNumbers) {
  EXPECT_EQ(ScanToText("1.5 1.e .5 0xFf 1e3 1.5E-3 1..x"),
            "1.5 1 . e .5 0xFf 1e3 1.5E-3 1 .. x end");
}

TEST(ScannerTest, RefusesLettersGluedToNumbers) {
  EXPECT_EQ(ScanToText("12ab"), "!2 end");
  EXPECT_EQ(ScanToText("0x"), "!0 end");
  EXPECT_EQ(ScanToText("1e+"), "!0 end");
}

TEST(ScannerTest, SkipsNestedCommentsAndScriptTags) {
  EXPECT_EQ(ScanToText("#!/usr/bin/fart\na /* b /* c */ d */ e // f\r\ng"), "a e g end");
  EXPECT_EQ(ScanToText("a /* /* */"), "a !2 end");
}

TEST(ScannerTest, DecodesEscapes) {
  EXPECT_EQ(ScanToText(R"('\n\t\x41\u00e4\u{1F600}\q\\\'')"), "S'\n\tA\u00e4\U0001F600q\\'' end");
}

TEST(ScannerTest, JoinsSurrogateEscapesAndKeepsLoneOnes) {
  EXPECT_EQ(ScanToText(R"('\uD83D\uDE00')"), "S'\U0001F600' end");
  EXPECT_EQ(ScanToText(R"('\uD83D')"), "S'\xED\xA0\xBD' end");
}

TEST(ScannerTest, RefusesMalformedEscapes) {
  EXPECT_EQ(ScanToText(R"('a\x4')"), "!2 end");
  EXPECT_EQ(ScanToText(R"('\u{110000}')"), "!1 end");
  EXPECT_EQ(ScanToText(R"('\u{}')"), "!1 end");
}

TEST(ScannerTest, LeavesRawStringsAlone) {
  EXPECT_EQ(ScanToText(R"(r'a\n$b' r"""x
y""")"),
            "S'a\\n$b' S'x\ny' end");
}

TEST(ScannerTest, DropsTheBlankFirstLineOfMultilineStrings) {
  EXPECT_EQ(ScanToText("'''  \n a\n'b''' \"\"\"x\"\"\""), "S' a\n'b' S'x' end");
  // A backslash in front of blanks and of the end is dropped with them, but where it says nothing.
  EXPECT_EQ(ScanToText("'''\\\na''' '''\\ \t\\\r\nb'''"), "S'a' S'b' end");
  EXPECT_EQ(ScanToText("r'''\\\na'''"), "S'\\\na' end");
  EXPECT_EQ(ScanToText("''' \\n\na'''"), "S' \n\na' end");
}

TEST(ScannerTest, CutsInterpolatedStrings) {
  EXPECT_EQ(ScanToText("'a$b c${d + '${e}'}f'"), "B'a' b M' c' d + B'' e E'' E'f' end");
  EXPECT_EQ(ScanToText("'$a$b'"), "B'' a M'' b E'' end");
  EXPECT_EQ(ScanToText("'${{1: 2}}'"), "B'' { 1 : 2 } E'' end");
  EXPECT_EQ(ScanToText("'$this.x'"), "B'' this E'.x' end");
}

TEST(ScannerTest, PointsAtTheOpeningQuoteOfAnUnclosedString) {
  EXPECT_EQ(ScanToText("x 'abc\n'"), "x !2 end");
  EXPECT_EQ(ScanToText("x 'a${b"), "x B'a' b !2 end");
  EXPECT_EQ(ScanToText("x '''a"), "x !2 end");
  EXPECT_EQ(ScanToText("x 'a\\"), "x !2 end");
  EXPECT_EQ(ScanToText("'$'"), "B'' !1 end");
}

TEST(ScannerTest, RefusesInvalidUtf8AndStrangeCharacters) {
  EXPECT_EQ(ScanToText("ab \xC3("), "!3 end");
  EXPECT_EQ(ScanToText("'\xED\xA0\x80'"), "!1 end");
  EXPECT_EQ(ScanToText("a \x01"), "a !2 end");
  EXPECT_EQ(ScanToText(std::string("a\0b", 3)), "a !1 end");
  EXPECT_EQ(ScanToText("\xEF\xBB\xBF"
                       "a '\u00e4\u20ac'"),
            "a S'\u00e4\u20ac' end");
}

TEST(ScannerTest, EndsLinesAtCrAndLfAndBoth) {
  for (const std::string end : {"\n", "\r", "\r\n"}) {
    EXPECT_EQ(ScanToText("a // b" + end + "c"), "a c end");
    EXPECT_EQ(ScanToText("#! b" + end + "c"), "c end");
    EXPECT_EQ(ScanToText("x 'abc" + end + "'"), "x !2 end");
    EXPECT_EQ(ScanToText("x r'abc" + end + "'"), "x !2 end");
    EXPECT_EQ(ScanToText("\"\"\"" + end + "x\"\"\""), "S'x' end");
    EXPECT_EQ(ScanToText("''' \t" + end + "x'''"), "S'x' end");
    EXPECT_EQ(ScanToText("r'''" + end + "x'''"), "S'x' end");
    // In a string it is always the same.
    EXPECT_EQ(ScanToText("'''" + end + end + "x'''"), "S'\nx' end");
    EXPECT_EQ(ScanToText("'''x" + end + "'''"), "S'x\n' end");
    EXPECT_EQ(ScanToText("r'''x\\" + end + "y" + end + end + "'''"), "S'x\\\ny\n\n' end");
    EXPECT_EQ(ScanToText("'''x\\" + end + "$y" + end + "'''"), "B'x\n' y E'\n' end");
    EXPECT_EQ(ScanToText("x 'abc\\" + end + "'"), "x !2 end");
  }
  EXPECT_EQ(ScanToText("'''\n\rx'''"), "S'\nx' end");  // Two ends, of which one is dropped.
  EXPECT_EQ(ScanToText("a // b"), "a end");
}

TEST(ScannerTest, KeepsLoneSurrogatesOfEveryForm) {
  EXPECT_EQ(ScanToText(R"('\uD800\uDC00')"), "S'\U00010000' end");
  EXPECT_EQ(ScanToText(R"('\uDBFF\uDFFF')"), "S'\U0010FFFF' end");
  EXPECT_EQ(ScanToText(R"('\uD7FF\uDC00')"), "S'\uD7FF\xED\xB0\x80' end");
  EXPECT_EQ(ScanToText(R"('\uDE00')"), "S'\xED\xB8\x80' end");
  EXPECT_EQ(ScanToText(R"('\uDE00\uD83D')"), "S'\xED\xB8\x80\xED\xA0\xBD' end");
  EXPECT_EQ(ScanToText(R"('\u{D83D}\u{DE00}')"), "S'\U0001F600' end");
  EXPECT_EQ(ScanToText(R"('\uD83Dx\uDE00')"), "S'\xED\xA0\xBDx\xED\xB8\x80' end");
  EXPECT_EQ(ScanToText(R"('\uD83D\uD83D\uDE00')"), "S'\xED\xA0\xBD\U0001F600' end");
  EXPECT_EQ(ScanToText(R"('\uD7FF\uE000\u{10FFFF}')"), "S'\uD7FF\uE000\U0010FFFF' end");
}

TEST(ScannerTest, TakesNulInStringsAndCommentsOnly) {
  EXPECT_EQ(ScanToText(std::string("'a\0b'", 5)), std::string("S'a\0b' end", 10));
  EXPECT_EQ(ScanToText(std::string("// \0\na", 6)), "a end");
  EXPECT_EQ(ScanToText(std::string("/* \0 */a", 8)), "a end");
  EXPECT_EQ(ScanToText(std::string("\0", 1)), "!0 end");
  EXPECT_EQ(ScanToText(R"('\u0000')"), std::string("S'\0' end", 8));
}

TEST(ScannerTest, TakesAByteOrderMarkFirstOnly) {
  EXPECT_EQ(ScanToText("\xEF\xBB\xBF#!x\na"), "a end");
  EXPECT_EQ(ScanToText("\xEF\xBB\xBF\xEF\xBB\xBFx"), "!3 end");
  EXPECT_EQ(ScanToText("a \xEF\xBB\xBF"), "a !2 end");
  EXPECT_EQ(ScanToText("'\xEF\xBB\xBF'"), "S'\xEF\xBB\xBF' end");
  EXPECT_EQ(ScanToText("\xEF\xBB"), "!0 end");
}

TEST(ScannerTest, RefusesInvalidUtf8Anywhere) {
  EXPECT_EQ(ScanToText("a // \xFF"), "!5 end");
  EXPECT_EQ(ScanToText("'\xC0\x80'"), "!1 end");          // Overlong.
  EXPECT_EQ(ScanToText("'\xF4\x90\x80\x80'"), "!1 end");  // Above U+10FFFF.
  EXPECT_EQ(ScanToText("'\xF0\x9F\x98'"), "!1 end");      // Cut short.
  EXPECT_EQ(ScanToText("'\xF4\x8F\xBF\xBF'"), "S'\U0010FFFF' end");
}

// Wherever it lies among the eight that are looked at together, and behind them.
TEST(Utf8Test, FindsWhatIsInvalidAtEachPlace) {
  for (std::size_t length = 1; length < 28; ++length) {
    const std::string right(length, 'a');
    EXPECT_EQ(FindInvalidUtf8(right), std::string_view::npos);
    for (std::size_t place = 0; place < length; ++place) {
      std::string wrong = right;
      wrong[place] = '\xFF';
      EXPECT_EQ(FindInvalidUtf8(wrong), place) << length;
      EXPECT_EQ(FindInvalidUtf8(right.substr(0, place) + "\xC3\xA9" + wrong), place + 2 + place);
    }
  }
}

TEST(ScannerTest, MatchesBrackets) {
  const SourceFile file("test.dart", "( [ ] '${ { } }' ) (");
  const TokenList list = Scan(file);
  // ( [ ] B { } E ) ( end
  EXPECT_EQ(list.tokens[0].index, 7u);
  EXPECT_EQ(list.tokens[1].index, 1u);
  EXPECT_EQ(list.tokens[4].index, 1u);
  EXPECT_EQ(list.tokens[8].index, 0u);
}

// The parser looks ahead behind the one that matches: another kind would take it anywhere.
TEST(ScannerTest, ABracketOfAnotherKindMatchesNone) {
  for (const char* const text : {"()", "[]", "{}"}) {
    EXPECT_EQ(Scan(SourceFile("test.dart", text)).tokens[0].index, 1u) << text;
  }
  for (const char* const text : {"(]", "(}", "[)", "[}", "{)", "{]", ")(", "("}) {
    const TokenList list = Scan(SourceFile("test.dart", text));
    EXPECT_EQ(list.tokens[0].index, 0u) << text;
  }
}

TEST(SourceFileTest, HiddenLinesAreNotCounted) {
  const SourceFile file("test.dart", "hidden\nfirst\n", 1);
  EXPECT_EQ(file.PlaceOf(7).line, 1);
  EXPECT_EQ(file.PlaceOf(13).line, 2);
  EXPECT_EQ(file.PlaceOf(0).line, 1);
  EXPECT_EQ(file.ErrorAt(9, "x").Render(), "test.dart:1:3: Error: x\nfirst\n  ^");
}

TEST(SourceFileTest, CountsLinesAndCodePoints) {
  const SourceFile file("test.dart", "a\r\n\u00e4\u20acb\rc\nd");
  const auto place = [&file](std::uint32_t offset) {
    const SourcePlace found = file.PlaceOf(offset);
    return std::to_string(found.line) + ":" + std::to_string(found.column);
  };
  EXPECT_EQ(place(0), "1:1");
  EXPECT_EQ(place(3), "2:1");
  EXPECT_EQ(place(8), "2:3");
  EXPECT_EQ(place(10), "3:1");
  EXPECT_EQ(place(12), "4:1");
  EXPECT_EQ(place(13), "4:2");
}

// Columns are counted from marks in between; around each of them is an offset.
TEST(SourceFileTest, CountsInLongLinesAsInShortOnes) {
  std::string text = "first\n\u20ac\r\n";
  const std::size_t line_start = text.size();
  for (int i = 0; i < 3000; ++i) text += i % 5 == 0 ? "\u20ac" : i % 7 == 0 ? "\xFF" : "x";
  text += "\nlast";
  const SourceFile file("test.dart", text);
  int column = 1;
  for (std::size_t i = line_start; i < text.size() - 5; ++column) {
    const SourcePlace place = file.PlaceOf(static_cast<std::uint32_t>(i));
    ASSERT_EQ(place.line, 3) << i;
    ASSERT_EQ(place.column, column) << i;
    i += text.substr(i, 3) == "\u20ac" ? 3 : 1;
  }
  const SourcePlace end = file.PlaceOf(static_cast<std::uint32_t>(text.size()));
  EXPECT_EQ(end.line, 4);
  EXPECT_EQ(end.column, 5);
}

TEST(SourceFileTest, CursorAgreesWithTheFile) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += i % 7 == 0 ? "\u20ac" : i % 11 == 0 ? "\n" : "x";
  const SourceFile file("test.dart", text);
  PlaceCursor cursor(file);
  std::uint32_t offset = 0;
  for (int i = 0; i < 2000; ++i) {
    offset =
        (offset + static_cast<std::uint32_t>(i) * 37) % static_cast<std::uint32_t>(text.size());
    while (offset > 0 && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80) --offset;
    const SourcePlace expected = file.PlaceOf(offset);
    const SourcePlace found = cursor.PlaceOf(offset);
    ASSERT_EQ(found.line, expected.line) << offset;
    ASSERT_EQ(found.column, expected.column) << offset;
  }
}

TEST(SyntaxErrorTest, PutsTheCaretUnderTheColumnAndKeepsTabs) {
  const SourceFile file("dir/test.dart", "x;\n\tvar \u00e4 = 1 1;\n");
  EXPECT_EQ(file.ErrorAt(13, "Expected ';' after this.").Render(),
            "dir/test.dart:2:10: Error: Expected ';' after this.\n"
            "\tvar \u00e4 = 1 1;\n"
            "\t        ^");
}

TEST(SyntaxErrorTest, ShowsOnlyTheNeighbourhoodInALongLine) {
  const SourceFile file("test.dart", std::string(5000, 'a'));
  const std::string text = file.ErrorAt(3000, "Here.").Render();
  EXPECT_LT(text.size(), 400u);
  EXPECT_TRUE(text.starts_with("test.dart:1:3001: Error: Here.\n"));
  EXPECT_TRUE(text.ends_with(std::string(100, ' ') + "^"));
}

TEST(SyntaxErrorTest, IsValidUtf8WhateverTheFileHolds) {
  const SourceFile file("test.dart", "a\xFF\xFE");
  EXPECT_EQ(file.ErrorAt(1, "Bad.").Render(), "test.dart:1:2: Error: Bad.\na\uFFFD\uFFFD\n ^");
}

// A NUL ends a text in C; an escape sequence would steer the terminal.
TEST(SyntaxErrorTest, ShowsNoControlCharacters) {
  const SourceFile file(std::string("a\0b", 3), std::string("\t\0\x1B[1m\x7F\x80 ~", 10));
  EXPECT_EQ(file.ErrorAt(8, std::string("Bad '\0'.", 8)).Render(),
            "a\uFFFDb:1:9: Error: Bad '\uFFFD'.\n"
            "\t\uFFFD\uFFFD[1m\uFFFD\uFFFD ~\n"
            "\t       ^");
}

}  // namespace
}  // namespace fart::lang
