#include <cstring>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using StringsTest = ApiTest;

std::intptr_t LengthOf(Fart_Handle string) {
  std::intptr_t length = -1;
  ExpectSuccess(Fart_StringLength(string, &length));
  return length;
}

std::string BytesOf(Fart_Handle string) {
  std::uint8_t* bytes = nullptr;
  std::intptr_t length = -1;
  ExpectSuccess(Fart_StringToUTF8(string, &bytes, &length));
  return std::string(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

Fart_Handle FromBytes(const std::string& bytes) {
  return Fart_NewStringFromUTF8(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                static_cast<std::intptr_t>(bytes.size()));
}

TEST_F(StringsTest, TextComesBackWhateverItsCharacters) {
  struct {
    const char* text;
    std::intptr_t units;
  } const cases[] = {
      {"", 0}, {"plain", 5}, {"g\xC3\xBCte", 4}, {"\xE2\x82\xAC", 1}, {"\xF0\x9F\x92\xA8", 2}};
  for (const auto& [text, units] : cases) {
    const Fart_Handle string = Str(text);
    EXPECT_TRUE(Fart_IsString(string));
    Collect(Fart_Collection_kMinor);
    EXPECT_EQ(LengthOf(string), units);
    EXPECT_EQ(TextOf(string), text);
    EXPECT_EQ(BytesOf(string), text);
    EXPECT_EQ(BytesOf(FromBytes(text)), text);
  }
}

TEST_F(StringsTest, LatinOneIsReadAsWell_Defect7) {
  EXPECT_EQ(BytesOf(Str("\xC3\xBF\xC2\x80")), "\xC3\xBF\xC2\x80");
}

TEST_F(StringsTest, NulAndLoneSurrogatesAreCharacters) {
  const std::string with_nul("a\0b", 3);
  EXPECT_EQ(BytesOf(FromBytes(with_nul)), with_nul);
  EXPECT_EQ(TextOf(FromBytes(with_nul)), "a");
  EXPECT_EQ(BytesOf(FromBytes("\xED\xA0\x80")), "\xED\xA0\x80");
}

TEST_F(StringsTest, MalformedUtf8IsRefused) {
  for (const char* const text : {"\xFF", "a\xC3", "\xC0\x80", "\xF5\x80\x80\x80", "\x80"}) {
    EXPECT_EQ(ErrorOf(Str(text)),
              "Fart_NewStringFromCString expects argument 'str' to be valid UTF-8.");
    EXPECT_EQ(ErrorOf(FromBytes(text)),
              "Fart_NewStringFromUTF8 expects argument 'utf8_array' to be valid UTF-8.");
  }
}

TEST_F(StringsTest, BadArgumentsAreNamed) {
  EXPECT_EQ(ErrorOf(Str(nullptr)),
            "Fart_NewStringFromCString expects argument 'str' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_NewStringFromUTF8(nullptr, 1)),
            "Fart_NewStringFromUTF8 expects argument 'utf8_array' to be non-null.");
  EXPECT_EQ(BytesOf(Fart_NewStringFromUTF8(nullptr, 0)), "");
  EXPECT_THAT(ErrorOf(Fart_NewStringFromUTF8(nullptr, -1)),
              ::testing::HasSubstr("argument 'length' to be in the range [0.."));
  std::intptr_t length = 0;
  std::uint8_t* bytes = nullptr;
  const char* text = nullptr;
  EXPECT_EQ(ErrorOf(Fart_StringLength(Fart_True(), &length)),
            "Fart_StringLength expects argument 'str' to be of type String.");
  EXPECT_EQ(ErrorOf(Fart_StringToCString(Fart_Null(), &text)),
            "Fart_StringToCString expects argument 'str' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_StringToCString(Str("x"), nullptr)),
            "Fart_StringToCString expects argument 'cstr' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_StringToUTF8(Str("x"), &bytes, nullptr)),
            "Fart_StringToUTF8 expects argument 'length' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_StringToUTF8(Str("x"), nullptr, &length)),
            "Fart_StringToUTF8 expects argument 'utf8_array' to be non-null.");
}

TEST_F(StringsTest, CopiedTextStaysWhereItIs) {
  const char* text = nullptr;
  ExpectSuccess(Fart_StringToCString(Str("in the scope"), &text));
  Collect();
  EXPECT_STREQ(text, "in the scope");
}

TEST_F(StringsTest, ALargeStringComesBack) {
  const std::string large(3 << 20, 'x');
  const Fart_Handle string = FromBytes(large);
  Collect();
  EXPECT_EQ(BytesOf(string), large);
}

}  // namespace
}  // namespace fart::api
