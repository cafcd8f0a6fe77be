#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using ErrorsTest = ApiTest;

TEST_F(ErrorsTest, ApiErrorHasItsKindAndItsMessage) {
  const Fart_Handle error = Fart_NewApiError("out of paper");
  EXPECT_TRUE(Fart_IsError(error));
  EXPECT_TRUE(Fart_IsApiError(error));
  EXPECT_FALSE(Fart_IsUnhandledExceptionError(error));
  EXPECT_FALSE(Fart_IsCompilationError(error));
  EXPECT_FALSE(Fart_IsFatalError(error));
  EXPECT_FALSE(Fart_IsVMRestartRequest(error));
  EXPECT_FALSE(Fart_ErrorHasException(error));
  EXPECT_STREQ(Fart_GetError(error), "out of paper");
}

TEST_F(ErrorsTest, MessageIsRepairedUtf8WithoutNewlineAtItsEnd) {
  EXPECT_STREQ(Fart_GetError(Fart_NewApiError("bad \xFF byte\n")), "bad \xEF\xBF\xBD byte");
  EXPECT_STREQ(Fart_GetError(Fart_NewApiError("")), "");
}

TEST_F(ErrorsTest, UnhandledExceptionCarriesItsObject) {
  const Fart_Handle error = Fart_NewUnhandledExceptionError(Fart_NewInteger(7));
  EXPECT_TRUE(Fart_IsError(error));
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(error));
  EXPECT_TRUE(Fart_ErrorHasException(error));
  EXPECT_EQ(IntOf(Fart_ErrorGetException(error)), 7);
  EXPECT_TRUE(Fart_IsNull(Fart_ErrorGetStackTrace(error)));
  EXPECT_TRUE(Fart_IsNull(Fart_ErrorGetStacktrace(error)));
  EXPECT_THAT(Fart_GetError(error), ::testing::HasSubstr("7"));
}

TEST_F(ErrorsTest, AnApiErrorAsExceptionBecomesItsMessage) {
  const Fart_Handle error = Fart_NewUnhandledExceptionError(Fart_NewApiError("the message"));
  EXPECT_EQ(TextOf(Fart_ErrorGetException(error)), "the message");
  EXPECT_EQ(Fart_NewUnhandledExceptionError(error), error);  // as it is
}

TEST_F(ErrorsTest, OnlyInstancesAreExceptions) {
  EXPECT_EQ(ErrorOf(Fart_NewUnhandledExceptionError(Fart_Null())),
            "Fart_NewUnhandledExceptionError expects argument 'exception' to be non-null.");
  EXPECT_THAT(ErrorOf(Fart_NewUnhandledExceptionError(nullptr)),
              ::testing::HasSubstr("to be a live handle, but it is NULL"));
}

TEST_F(ErrorsTest, PartsOfWhatIsNoUnhandledExceptionAreErrors) {
  const Fart_Handle api_error = Fart_NewApiError("x");
  EXPECT_EQ(ErrorOf(Fart_ErrorGetException(api_error)),
            "This error is not an unhandled exception error.");
  EXPECT_EQ(ErrorOf(Fart_ErrorGetStackTrace(api_error)),
            "This error is not an unhandled exception error.");
  EXPECT_EQ(ErrorOf(Fart_ErrorGetException(Fart_True())),
            "Can only get exceptions from error handles.");
  EXPECT_EQ(ErrorOf(Fart_ErrorGetStackTrace(Fart_True())),
            "Can only get stacktraces from error handles.");
}

TEST_F(ErrorsTest, ErrorsPassThroughAChainOfCalls) {
  const Fart_Handle error = Fart_NewApiError("first");
  std::intptr_t number = 0;
  bool truth = false;
  double real = 0;
  const char* text = nullptr;
  EXPECT_EQ(Fart_StringLength(error, &number), error);
  EXPECT_EQ(Fart_StringToCString(error, &text), error);
  EXPECT_EQ(Fart_ListLength(error, &number), error);
  EXPECT_EQ(Fart_ListGetAt(error, 0), error);
  EXPECT_EQ(Fart_ListSetAt(Fart_NewList(1), 0, error), error);
  EXPECT_EQ(Fart_BooleanValue(error, &truth), error);
  EXPECT_EQ(Fart_DoubleValue(error, &real), error);
  EXPECT_EQ(Fart_ObjectEquals(error, Fart_True(), &truth), error);
  EXPECT_EQ(Fart_LibraryUrl(error), error);
  EXPECT_EQ(Fart_Invoke(error, Str("f"), 0, nullptr), error);
}

TEST_F(ErrorsTest, WhatIsNoErrorHasNoText) {
  EXPECT_STREQ(Fart_GetError(Fart_True()), "");
  EXPECT_STREQ(Fart_GetError(Fart_NewInteger(1)), "");
  const ExpectMisuse misuse("argument 'handle' to be a live handle, but it is NULL");
  EXPECT_THAT(Fart_GetError(nullptr), ::testing::HasSubstr("live handle"));
}

TEST_F(ErrorsTest, ErrorsWithoutIsolateCanBeReadAnywhere) {
  Fart_ExitIsolate();
  const Fart_Handle error = Fart_NewInteger(1);
  EXPECT_TRUE(Fart_IsError(error));
  EXPECT_TRUE(Fart_IsApiError(error));
  EXPECT_FALSE(Fart_IsFatalError(error));
  EXPECT_STREQ(Fart_GetError(error), "Fart_NewInteger: This thread has not entered an isolate.");
  // One for each function, however often.
  EXPECT_EQ(Fart_NewInteger(2), error);
  EXPECT_NE(Fart_NewList(1), error);
  {
    const ExpectMisuse misuse("Fart_IsError");
    EXPECT_FALSE(Fart_IsError(Fart_True()));
  }
  Fart_EnterIsolate(isolate_);
  EXPECT_TRUE(Fart_IsError(error));
  EXPECT_FALSE(Fart_IsInstance(error));
}

TEST_F(ErrorsTest, KeepsOneStickyErrorUntilItIsTakenAway) {
  EXPECT_FALSE(Fart_HasStickyError());
  EXPECT_TRUE(Fart_IsNull(Fart_GetStickyError()));
  Fart_EnterScope();
  Fart_SetStickyError(Fart_NewUnhandledExceptionError(Str("sticky")));
  Fart_ExitScope();
  Collect();
  EXPECT_TRUE(Fart_HasStickyError());
  EXPECT_EQ(TextOf(Fart_ErrorGetException(Fart_GetStickyError())), "sticky");
  {
    const ExpectMisuse misuse("an error is already kept");
    Fart_SetStickyError(Fart_NewUnhandledExceptionError(Str("second")));
  }
  EXPECT_EQ(TextOf(Fart_ErrorGetException(Fart_GetStickyError())), "sticky");
  Fart_SetStickyError(Fart_Null());
  EXPECT_FALSE(Fart_HasStickyError());
  for (const Fart_Handle other : {Fart_NewApiError("x"), Fart_True()}) {
    const ExpectMisuse misuse("an unhandled exception, a fatal error or null");
    Fart_SetStickyError(other);
  }
}

TEST_F(ErrorsTest, OutOfMemoryIsAnErrorAndTheHeapGoesOn) {
  // Strong lists until there is no room.
  Fart_ShutdownIsolate();
  const std::string before = Fart_GetFlag("max-heap");
  ASSERT_TRUE(Fart_SetFlag("--max-heap=16m"));
  char* error = nullptr;
  isolate_ = Fart_CreateHeapIsolate(nullptr, &error);
  ASSERT_TRUE(Fart_SetFlag("--gc-stress=0"));  // the end comes too slowly otherwise
  ASSERT_NE(isolate_, nullptr) << error;
  Fart_EnterScope();
  Fart_EnterScope();
  Fart_Handle result = nullptr;
  for (int i = 0; i < 100000; ++i) {
    result = Fart_NewList(1000);
    if (Fart_IsError(result)) break;
  }
  EXPECT_TRUE(Fart_IsApiError(result));
  EXPECT_STREQ(Fart_GetError(result), "Out of memory: the heap limit is reached.");
  EXPECT_TRUE(Fart_IsError(Fart_NewList(1 << 20)));  // a large one
  Fart_ExitScope();
  EXPECT_FALSE(Fart_IsError(Fart_NewList(1000)));
  EXPECT_FALSE(Fart_IsError(Fart_NewList(1 << 20)));
  Fart_ShutdownIsolate();
  ASSERT_TRUE(Fart_SetFlag(("--max-heap=" + before).c_str()));
}

using ErrorsDeathTest = ErrorsTest;

TEST_F(ErrorsDeathTest, CheckMacroNamesPlaceExpressionAndError) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(DART_CHECK_VALID(Fart_NewApiError("reason")),
               "errors_test.cc:[0-9]+: error handle: 'Fart_NewApiError\\(\"reason\"\\)': reason");
  EXPECT_DEATH(_Fart_ReportErrorHandle(nullptr, 1, nullptr, nullptr), "error handle");
}

}  // namespace
}  // namespace fart::api
