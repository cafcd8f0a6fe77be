#include <thread>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using MisuseTest = ApiTest;

struct Heard {
  std::string last;
  int count = 0;
};

void Hear(const char* message, void* data) {
  auto* const heard = static_cast<Heard*>(data);
  heard->last = message;
  ++heard->count;
}

TEST_F(MisuseTest, NamesFunctionArgumentAndRule) {
  const std::uint64_t before = Fart_MisuseCount();
  EXPECT_FALSE(Fart_IsString(nullptr));
  EXPECT_EQ(Fart_MisuseCount(), before + 1);
  EXPECT_STREQ(Fart_GetMisuse(),
               "Fart_IsString expects argument 'object' to be a live handle, but it is NULL.");
}

TEST_F(MisuseTest, EachThreadHasItsOwnRecord) {
  Fart_IsString(nullptr);
  std::thread([] {
    EXPECT_EQ(Fart_MisuseCount(), 0u);
    EXPECT_EQ(Fart_GetMisuse(), nullptr);
    Fart_EnterScope();
    EXPECT_EQ(Fart_MisuseCount(), 1u);
    EXPECT_STREQ(Fart_GetMisuse(), "Fart_EnterScope: This thread has not entered an isolate.");
  }).join();
  EXPECT_THAT(Fart_GetMisuse(), ::testing::HasSubstr("Fart_IsString"));
}

TEST_F(MisuseTest, CallbackHearsOfEachAtOnce) {
  Heard heard;
  Fart_SetMisuseCallback(Hear, &heard);
  Fart_IsString(nullptr);
  EXPECT_EQ(heard.count, 1);
  EXPECT_EQ(heard.last, Fart_GetMisuse());
  Fart_IsString(Fart_True());
  EXPECT_EQ(heard.count, 1);
  Fart_SetMisuseCallback(nullptr, nullptr);
  Fart_IsString(nullptr);
  EXPECT_EQ(heard.count, 1);
}

TEST_F(MisuseTest, CallbackMayNotCollectAndIsNotCalledForItsOwnMisuse) {
  static Fart_Handle answer;
  static int calls;
  calls = 0;
  Fart_SetMisuseCallback(
      [](const char*, void*) {
        ++calls;
        answer = Fart_NewList(1);
        Fart_IsString(nullptr);
      },
      nullptr);
  const std::uint64_t before = Fart_MisuseCount();
  Fart_IsString(nullptr);
  Fart_SetMisuseCallback(nullptr, nullptr);
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(Fart_MisuseCount(), before + 2);
  EXPECT_THAT(Fart_GetError(answer), ::testing::HasSubstr("Inside a callback"));
}

}  // namespace
}  // namespace fart::api
