#include "lang/loader/data_uri.h"

#include <gtest/gtest.h>

#include <string>

namespace fart::lang {
namespace {

// The text, or why there is none.
std::string TextOf(std::string_view uri) {
  std::string error;
  const std::optional<std::string> text = TextOfDataUri(uri, &error);
  EXPECT_EQ(text.has_value(), error.empty()) << uri;
  return text ? "<" + *text + ">" : error;
}

TEST(DataUriTest, HoldsItsTextAsItIsOrWithPercents) {
  EXPECT_TRUE(IsDataUri("data:,x"));
  EXPECT_FALSE(IsDataUri("date:,x"));
  EXPECT_EQ(TextOf("data:,a b"), "<a b>");
  EXPECT_EQ(TextOf("data:application/dart;charset=utf-8,a%20b%3B%c3%A4,%2F#c"), "<a b;\u00e4,/>");
  EXPECT_EQ(TextOf("data:Text/Plain;charset=US-ASCII;x=y,"), "<>");
}

TEST(DataUriTest, HoldsBase64OfEitherAlphabet) {
  EXPECT_EQ(TextOf("data:;base64,YQ=="), "<a>");
  EXPECT_EQ(TextOf("data:;charset=utf-8;base64,YWI%3D"), "<ab>");
  EXPECT_EQ(TextOf("data:application/dart;BASE64,YWJj"), "<abc>");
  EXPECT_EQ(TextOf("data:;base64,w7_Dvz8-"), "<\u00ff\u00ff?>>");
  EXPECT_EQ(TextOf("data:;base64,w7/Dvz8+"), "<\u00ff\u00ff?>>");
  EXPECT_EQ(TextOf("data:;base64=no,YQ=="), "<YQ==>");
}

// LL-U1
TEST(DataUriTest, SaysWhatIsWrong) {
  EXPECT_EQ(TextOf("data:text/plain"), "This 'data:' URI has no ',' in front of what it holds.");
  EXPECT_EQ(TextOf("data:image/png,x"),
            "'image/png' is no type of a source: that is 'application/dart'.");
  EXPECT_EQ(TextOf("data:;charset=UTF-16,x"),
            "Its charset is 'utf-16', and a source's is 'utf-8'.");
  for (const char* const end : {"%", "%4", "%4g", "%+4", "a%"}) {
    EXPECT_EQ(TextOf(std::string("data:,") + end),
              "A '%' in this 'data:' URI has no two hexadecimal digits behind it.");
  }
  for (const char* const text : {"YQ", "YQ=", "Y===", "YQ==YQ==", "Y Q=", "Y"}) {
    EXPECT_EQ(TextOf(std::string("data:;base64,") + text),
              "What this 'data:' URI holds is no Base64.");
  }
}

TEST(DataUriTest, ReplacesPercentsOrNothing) {
  EXPECT_EQ(WithoutPercents("a%2fb"), "a/b");
  EXPECT_EQ(WithoutPercents("%2"), std::nullopt);
}

}  // namespace
}  // namespace fart::lang
