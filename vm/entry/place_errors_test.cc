// Errors that need no isolate: which function was called, and what is wrong.

#include "vm/entry/place_errors.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "vm/entry/error_texts.h"

namespace fart {
namespace {

TEST(PlaceErrorsTest, EachTextAndFunctionIsAnErrorOfItsOwn) {
  std::vector<HandleValue> made;
  for (int round = 0; round < 2; ++round) {
    std::size_t number = 0;
    for (const char* const function : {"Fart_One", "Fart_Two", "Fart_Three"}) {
      for (const ErrorText text : {ErrorText::kNoScope, ErrorText::kNoIsolate}) {
        const HandleValue error = PlaceErrorHandle(text, function);
        EXPECT_EQ(ErrorTextOf(error), text);
        EXPECT_EQ(MessageOfErrorHandle(error), std::string(function) + ": " + TextOf(text));
        if (round == 0) {
          for (const HandleValue other : made) EXPECT_NE(error, other);
          made.push_back(error);
        } else {
          EXPECT_EQ(error, made[number]);
        }
        ++number;
      }
    }
  }
}

TEST(PlaceErrorsTest, AnErrorWithoutAPlaceSaysWhatIsWrong) {
  for (std::uint32_t i = 0; i < kErrorTexts; ++i) {
    const auto text = static_cast<ErrorText>(i);
    EXPECT_EQ(ErrorTextOf(ErrorHandle(text)), text);
    EXPECT_STREQ(MessageOfErrorHandle(ErrorHandle(text)), TextOf(text));
  }
}

// So that a host that makes up names of functions does not fill the memory. The last test: it does.
TEST(PlaceErrorsTest, ThereAreOnlySoMany) {
  constexpr int kMore = 5000;
  int without_place = 0;
  for (int i = 0; i < kMore; ++i) {
    const HandleValue error =
        PlaceErrorHandle(ErrorText::kNoScope, "Fart_Function" + std::to_string(i));
    EXPECT_EQ(ErrorTextOf(error), ErrorText::kNoScope);
    if (error == ErrorHandle(ErrorText::kNoScope)) ++without_place;
  }
  EXPECT_GT(without_place, 0);
  EXPECT_LT(without_place, kMore / 2);
  const HandleValue never_made = HandleValue::ErrorText(kErrorTexts + kMore);
  EXPECT_EQ(ErrorTextOf(never_made), std::nullopt);
  EXPECT_NE(MessageOfErrorHandle(never_made), nullptr);
}

TEST(ErrorTextsTest, SayFunctionArgumentRuleAndWhatWasFound) {
  EXPECT_EQ(ExpectsNonNull("F", "a"), "F expects argument 'a' to be non-null.");
  EXPECT_EQ(ExpectsType("F", "a", "String", "int"),
            "F expects argument 'a' to be of type String. It is of type int.");
  EXPECT_EQ(ExpectsRange("F", "a", 10, -1),
            "F expects argument 'a' to be in the range [0..10]. It is -1.");
  EXPECT_EQ(ExpectsLiveHandle("F", "a", HandleStatus::kNotAHandle, true),
            "F expects argument 'a' to be a live handle, but it is NULL.");
  EXPECT_EQ(ExpectsLiveHandle("F", "a", HandleStatus::kNotAHandle, false),
            "F expects argument 'a' to be a live handle, but it was never a handle, or its scope "
            "has ended.");
  EXPECT_EQ(ExpectsLiveHandle("F", "a", HandleStatus::kForeign, false),
            "F expects argument 'a' to be a live handle, but it belongs to another isolate.");
}

}  // namespace
}  // namespace fart
