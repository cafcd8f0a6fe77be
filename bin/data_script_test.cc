// A `data:` URI is a name, a comma and a text.

#include "bin/data_script.h"

#include "gtest/gtest.h"

namespace fart::program {
namespace {

TEST(DataScriptTest, IsToldFromAFile) {
  EXPECT_TRUE(IsDataUri("data:,"));
  EXPECT_FALSE(IsDataUri("/tmp/data:,"));
  EXPECT_FALSE(IsDataUri("data"));
}

TEST(DataScriptTest, HasTheTextBehindTheFirstComma) {
  EXPECT_EQ(TextOfDataUri("data:application/dart,f(a,b)%7B%7D"), "f(a,b){}");
  EXPECT_EQ(TextOfDataUri("data:,%c3%BC%0A"), "\xc3\xbc\n");
  EXPECT_EQ(TextOfDataUri("data:,%4%zz%%41%"), "%4%zz%A%");
  EXPECT_EQ(TextOfDataUri("data:,"), "");
  EXPECT_EQ(TextOfDataUri("data:"), "");
}

}  // namespace
}  // namespace fart::program
