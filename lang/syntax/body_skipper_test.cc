#include "lang/syntax/body_skipper.h"

#include <cstddef>
#include <string_view>

#include "gtest/gtest.h"

namespace fart::lang {
namespace {

// From there to where the body ends, without that; "-": it does not.
std::string_view BodyOf(std::string_view text, std::size_t begin = 0) {
  const std::size_t end = EndOfBody(text, begin);
  return end == std::string_view::npos ? "-" : text.substr(begin, end - begin);
}

TEST(BodySkipperTest, ABlockEndsWithItsOwnBrace) {
  EXPECT_EQ(BodyOf("{} }"), "{");
  EXPECT_EQ(BodyOf("{ if (a) { b([{}]); } } c }"), "{ if (a) { b([{}]); } ");
  EXPECT_EQ(BodyOf("f() { a; } }", 4), "{ a; ");
  EXPECT_EQ(BodyOf("{ { }"), "-");
}

TEST(BodySkipperTest, AnArrowEndsWithASemicolonInNoBrackets) {
  EXPECT_EQ(BodyOf("=> a; b;"), "=> a");
  EXPECT_EQ(BodyOf("=> f(() { a; }, [() { b; }]); c;"), "=> f(() { a; }, [() { b; }])");
  EXPECT_EQ(BodyOf("=> a }"), "-");
  EXPECT_EQ(BodyOf("=> a"), "-");
}

TEST(BodySkipperTest, BracketsInStringsAreText) {
  EXPECT_EQ(BodyOf(R"({ '}'; "{}}" } x)"), R"({ '}'; "{}}" )");
  EXPECT_EQ(BodyOf(R"({ '\'}'; "\"}" } x)"), R"({ '\'}'; "\"}" )");
  EXPECT_EQ(BodyOf(R"({ '''it's }''' } x)"), R"({ '''it's }''' )");
  EXPECT_EQ(BodyOf(R"({ '' '}' } x)"), R"({ '' '}' )");
  EXPECT_EQ(BodyOf(R"({ r'\' } x)"), R"({ r'\' )");
  EXPECT_EQ(BodyOf(R"({ for'\'}' } x)"), R"({ for'\'}' )");
  EXPECT_EQ(BodyOf(R"({ r'${' } x)"), R"({ r'${' )");
  EXPECT_EQ(BodyOf("{ '} "), "-");
}

TEST(BodySkipperTest, BracketsInInterpolationsAreCode) {
  EXPECT_EQ(BodyOf(R"({ '${ {1: '}'} }' } x)"), R"({ '${ {1: '}'} }' )");
  EXPECT_EQ(BodyOf(R"({ '$a} \${' } x)"), R"({ '$a} \${' )");
  EXPECT_EQ(BodyOf(R"(=> '${() { a; }()};'; b;)"), R"(=> '${() { a; }()};')");
}

TEST(BodySkipperTest, WhatIsInCommentsIsNothing) {
  EXPECT_EQ(BodyOf("{ // }'\n a; } x"), "{ // }'\n a; ");
  EXPECT_EQ(BodyOf("{ /* } /* \" */ } */ a / b; } x"), "{ /* } /* \" */ } */ a / b; ");
  EXPECT_EQ(BodyOf("{ /* }"), "-");
  EXPECT_EQ(BodyOf("{ // }"), "-");
}

}  // namespace
}  // namespace fart::lang
