#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

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
            "Fart_StringLength expects argument 'str' to be of type String. It is of type bool.");
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

std::vector<std::uint16_t> UnitsOf(Fart_Handle string) {
  std::vector<std::uint16_t> units(static_cast<std::size_t>(LengthOf(string)));
  auto length = static_cast<std::intptr_t>(units.size());
  ExpectSuccess(Fart_StringToUTF16(string, units.data(), &length));
  EXPECT_EQ(static_cast<std::size_t>(length), units.size());
  return units;
}

TEST_F(StringsTest, Utf16ComesBackLoneSurrogatesIncluded) {
  for (const std::vector<std::uint16_t>& units : {std::vector<std::uint16_t>{},
                                                  {'a', 0, 0xFF},
                                                  {0x100},
                                                  {0xD83D, 0xDE00},
                                                  {0xDE00, 0xD83D}}) {
    const Fart_Handle string =
        Fart_NewStringFromUTF16(units.data(), static_cast<std::intptr_t>(units.size()));
    EXPECT_EQ(UnitsOf(string), units);
    EXPECT_EQ(UnitsOf(FromBytes(BytesOf(string))), units);
  }
}

TEST_F(StringsTest, Utf32BecomesOneUnitOrTwo) {
  const std::int32_t points[] = {'a', 0xFF, 0x20AC, 0xD800, 0xFFFF, 0x10000, 0x10FFFF};
  const Fart_Handle string = Fart_NewStringFromUTF32(points, 7);
  EXPECT_EQ(UnitsOf(string), (std::vector<std::uint16_t>{'a', 0xFF, 0x20AC, 0xD800, 0xFFFF, 0xD800,
                                                         0xDC00, 0xDBFF, 0xDFFF}));
  EXPECT_TRUE(Fart_IsStringLatin1(Fart_NewStringFromUTF32(points, 2)));
  EXPECT_EQ(LengthOf(Fart_NewStringFromUTF32(nullptr, 0)), 0);
}

TEST_F(StringsTest, WhatIsNoCodePointIsNamed) {
  for (const std::int32_t bad : {0x110000, -1, INT32_MIN, INT32_MAX}) {
    const std::int32_t points[] = {'a', 0x10FFFF, bad};
    EXPECT_EQ(ErrorOf(Fart_NewStringFromUTF32(points, 3)),
              "Fart_NewStringFromUTF32 expects argument 'utf32_array[2]' to be a code point, at "
              "most 1114111 (U+10FFFF), but it is " +
                  std::to_string(bad) + ".");
  }
}

TEST_F(StringsTest, AreLatinOneWheneverAllUnitsFit) {
  const std::uint16_t units[] = {'x', 0xFF, 0x100};
  std::intptr_t size = 0;
  const Fart_Handle narrow = Fart_NewStringFromUTF16(units, 2);
  EXPECT_TRUE(Fart_IsStringLatin1(narrow));
  ExpectSuccess(Fart_StringStorageSize(narrow, &size));
  EXPECT_EQ(size, 2);
  const Fart_Handle wide = Fart_NewStringFromUTF16(units, 3);
  EXPECT_FALSE(Fart_IsStringLatin1(wide));
  ExpectSuccess(Fart_StringStorageSize(wide, &size));
  EXPECT_EQ(size, 6);
  EXPECT_FALSE(Fart_IsStringLatin1(Fart_Null()));
  EXPECT_FALSE(Fart_IsStringLatin1(Fart_NewInteger(1)));
  {
    const ExpectMisuse expected("Fart_IsStringLatin1");
    EXPECT_FALSE(Fart_IsStringLatin1(nullptr));
  }
}

TEST_F(StringsTest, AsManyUnitsAreCopiedOutAsThereIsRoomFor) {
  const Fart_Handle string = Str("g\xC3\xBCte");
  for (std::intptr_t room = 0; room <= 5; ++room) {
    std::uint8_t bytes[6] = {1, 1, 1, 1, 1, 1};
    std::uint16_t units[6] = {1, 1, 1, 1, 1, 1};
    std::intptr_t length = room;
    ExpectSuccess(Fart_StringToLatin1(string, bytes, &length));
    EXPECT_EQ(length, std::min<std::intptr_t>(room, 4));
    EXPECT_EQ(bytes[length], 1);
    EXPECT_EQ(bytes[1], room > 1 ? 0xFC : 1);
    length = room;
    ExpectSuccess(Fart_StringToUTF16(string, units, &length));
    EXPECT_EQ(length, std::min<std::intptr_t>(room, 4));
    EXPECT_EQ(units[length], 1);
    EXPECT_EQ(units[1], room > 1 ? 0xFC : 1);
  }
  std::intptr_t none = 0;
  ExpectSuccess(Fart_StringToLatin1(string, nullptr, &none));
  ExpectSuccess(Fart_StringToUTF16(string, nullptr, &none));
}

TEST_F(StringsTest, OtherEncodingsNameWhatIsWrong) {
  const std::uint16_t wide[] = {0x100};
  const std::int32_t points[] = {'a'};
  std::uint8_t bytes[4];
  std::uint16_t units[4];
  std::intptr_t room = 4;
  std::intptr_t negative = -1;
  const Fart_Handle string = Str("text");
  const Fart_Handle wide_string = Fart_NewStringFromUTF16(wide, 1);
  const struct {
    Fart_Handle answer;
    const char* error;
  } cases[] = {
      {Fart_NewStringFromUTF16(nullptr, 1),
       "Fart_NewStringFromUTF16 expects argument 'utf16_array' to be non-null."},
      {Fart_NewStringFromUTF16(wide, -1),
       "Fart_NewStringFromUTF16 expects argument 'length' to be in the range [0.."},
      {Fart_NewStringFromUTF16(wide, INTPTR_MAX), "in the range [0.."},
      {Fart_NewStringFromUTF32(nullptr, 1),
       "Fart_NewStringFromUTF32 expects argument 'utf32_array' to be non-null."},
      {Fart_NewStringFromUTF32(points, -1),
       "Fart_NewStringFromUTF32 expects argument 'length' to be in the range [0.."},
      {Fart_NewStringFromUTF32(points, INTPTR_MIN), "in the range [0.."},
      {Fart_StringToLatin1(wide_string, bytes, &room),
       "Fart_StringToLatin1 expects argument 'str' to be of type Latin-1 String."},
      {Fart_StringToLatin1(Fart_True(), bytes, &room),
       "Fart_StringToLatin1 expects argument 'str' to be of type Latin-1 String."},
      {Fart_StringToLatin1(string, nullptr, &room),
       "Fart_StringToLatin1 expects argument 'latin1_array' to be non-null."},
      {Fart_StringToLatin1(string, bytes, nullptr),
       "Fart_StringToLatin1 expects argument 'length' to be non-null."},
      {Fart_StringToLatin1(string, bytes, &negative),
       "Fart_StringToLatin1 expects argument '*length' to be in the range [0.."},
      {Fart_StringToUTF16(Fart_Null(), units, &room),
       "Fart_StringToUTF16 expects argument 'str' to be non-null."},
      {Fart_StringToUTF16(Fart_True(), units, &room),
       "Fart_StringToUTF16 expects argument 'str' to be of type String."},
      {Fart_StringToUTF16(string, nullptr, &room),
       "Fart_StringToUTF16 expects argument 'utf16_array' to be non-null."},
      {Fart_StringToUTF16(string, units, nullptr),
       "Fart_StringToUTF16 expects argument 'length' to be non-null."},
      {Fart_StringToUTF16(string, units, &negative),
       "Fart_StringToUTF16 expects argument '*length' to be in the range [0.."},
      {Fart_StringStorageSize(Fart_True(), &room),
       "Fart_StringStorageSize expects argument 'str' to be of type String."},
      {Fart_StringStorageSize(string, nullptr),
       "Fart_StringStorageSize expects argument 'size' to be non-null."},
      {Fart_StringStorageSize(nullptr, &room),
       "Fart_StringStorageSize expects argument 'str' to be a live handle, but it is NULL."},
  };
  for (const auto& one : cases) EXPECT_THAT(ErrorOf(one.answer), ::testing::HasSubstr(one.error));
  Fart_ExitScope();
  EXPECT_THAT(ErrorOf(Fart_NewStringFromUTF16(wide, 1)), ::testing::HasSubstr("scope"));
  EXPECT_THAT(ErrorOf(Fart_NewStringFromUTF32(points, 1)), ::testing::HasSubstr("scope"));
  Fart_EnterScope();
}

}  // namespace
}  // namespace fart::api
