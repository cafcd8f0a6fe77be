#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using ScopesTest = ApiTest;

TEST_F(ScopesTest, EndsHandlesAndMemoryWithTheScope) {
  const Fart_HandleStatistics before = HandleStatistics();
  Fart_EnterScope();
  Fart_NewInteger(1);
  Fart_NewInteger(2);
  EXPECT_NE(Fart_ScopeAllocate(100), nullptr);
  EXPECT_EQ(HandleStatistics().local_live, before.local_live + 2);
  EXPECT_GE(HandleStatistics().scope_bytes_live, before.scope_bytes_live + 100);
  Fart_ExitScope();
  EXPECT_EQ(HandleStatistics().local_live, before.local_live);
  EXPECT_EQ(HandleStatistics().scope_bytes_live, before.scope_bytes_live);
}

TEST_F(ScopesTest, AnswersAHandleOfAnEndedScopeWithAnError) {
  Fart_EnterScope();
  const Fart_Handle text = Str("gone");
  Fart_ExitScope();
  std::intptr_t length = 0;
  EXPECT_EQ(ErrorOf(Fart_StringLength(text, &length)),
            "Fart_StringLength expects argument 'str' to be a live handle, but it was deleted or "
            "its scope has ended.");
}

TEST_F(ScopesTest, CarriesAResultOut) {
  Fart_EnterScope();
  Fart_NewInteger(1);
  const Fart_Handle carried = Fart_ExitScopeWith(Str("carried"));
  Fart_NewInteger(2);
  EXPECT_EQ(TextOf(carried), "carried");
}

TEST_F(ScopesTest, KeepsTheScopeOpenWhenNothingCanBeCarriedOut) {
  const Fart_Handle text = Str("stays");  // in the outermost scope
  EXPECT_EQ(Fart_GetError(Fart_ExitScopeWith(text)),
            std::string("Fart_ExitScopeWith: No scope is open to hold a local handle."));
  EXPECT_EQ(TextOf(text), "stays");
  Fart_EnterScope();
  EXPECT_THAT(ErrorOf(Fart_ExitScopeWith(nullptr)), ::testing::HasSubstr("it is NULL"));
  EXPECT_EQ(TextOf(text), "stays");
  Fart_ExitScope();
}

TEST_F(ScopesTest, RecordsAnExitWithoutScope) {
  Fart_ExitScope();
  {
    const ExpectMisuse misuse("Fart_ExitScope");
    Fart_ExitScope();
  }
  Fart_EnterScope();
}

TEST_F(ScopesTest, AnswersWithAnErrorWhereNoScopeIsOpen) {
  Fart_ExitScope();
  const Fart_Handle error = Fart_NewInteger(1);
  EXPECT_TRUE(Fart_IsApiError(error));
  EXPECT_STREQ(Fart_GetError(error), "Fart_NewInteger: No scope is open to hold a local handle.");
  // The same for an error that would have to be made.
  EXPECT_STREQ(Fart_GetError(Fart_IntegerToInt64(Fart_True(), nullptr)),
               "Fart_IntegerToInt64: No scope is open to hold a local handle.");
  {
    const ExpectMisuse misuse("Fart_ScopeAllocate");
    EXPECT_EQ(Fart_ScopeAllocate(8), nullptr);
  }
  Fart_EnterScope();
}

TEST_F(ScopesTest, AllocatesAlignedMemoryOfAnySize) {
  for (const std::intptr_t size : {0, 1, 7, 8, 100000}) {
    std::uint8_t* const bytes = Fart_ScopeAllocate(size);
    ASSERT_NE(bytes, nullptr);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(bytes) % 8, 0u);
    for (std::intptr_t i = 0; i < size; ++i) bytes[i] = 1;
  }
  const ExpectMisuse misuse("Fart_ScopeAllocate expects argument 'size' to be in the range [0..");
  EXPECT_EQ(Fart_ScopeAllocate(-1), nullptr);
}

TEST_F(ScopesTest, KeepsWhatOuterScopesHoldThroughCollections) {
  const Fart_Handle outer = Str("outer");
  for (int i = 0; i < 100; ++i) {
    Fart_EnterScope();
    for (int j = 0; j < 100; ++j) Fart_NewDouble(j);
    if (i % 10 == 0) Collect(Fart_Collection_kMinor);
    Fart_ExitScope();
  }
  EXPECT_EQ(TextOf(outer), "outer");
}

TEST_F(ScopesTest, RecordsCallsWithoutIsolate) {
  Fart_ExitIsolate();
  for (void (*const call)() :
       {+[] { Fart_EnterScope(); }, +[] { Fart_ExitScope(); }, +[] { Fart_ScopeAllocate(1); }}) {
    const ExpectMisuse misuse("This thread has not entered an isolate.");
    call();
  }
  EXPECT_TRUE(Fart_IsError(Fart_ExitScopeWith(Fart_Null())));
  Fart_EnterIsolate(isolate_);
}

}  // namespace
}  // namespace fart::api
