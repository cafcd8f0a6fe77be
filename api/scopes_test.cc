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

TEST_F(ScopesTest, CarriesSeveralResultsOut) {
  const Fart_Handle outer = Str("outer");
  const Fart_PersistentHandle kept = Fart_NewPersistentHandle(Str("kept"));
  const Fart_HandleStatistics before = HandleStatistics();
  Fart_EnterScope();
  const Fart_Handle inner = Str("inner");
  Fart_Handle all[] = {Fart_NewDouble(2), kept, Fart_Null(), inner, outer, inner, Fart_False()};
  const Fart_Handle given[] = {all[0], all[1], all[2], all[3], all[4], all[5], all[6]};
  ExpectSuccess(Fart_ExitScopeWithAll(7, all));
  EXPECT_LE(HandleStatistics().local_live, before.local_live + 7);
  Fart_NewInteger(1);
  Collect(Fart_Collection_kMinor);
  double two = 0;
  ExpectSuccess(Fart_DoubleValue(all[0], &two));
  EXPECT_EQ(two, 2);
  EXPECT_EQ(TextOf(all[1]), "kept");
  EXPECT_EQ(all[2], Fart_Null());
  EXPECT_EQ(TextOf(all[3]), "inner");
  EXPECT_TRUE(Fart_IdentityEquals(all[4], outer));
  EXPECT_TRUE(Fart_IdentityEquals(all[5], all[3]));
  EXPECT_EQ(all[6], Fart_False());
  EXPECT_NE(all[1], given[1]) << "a local one";
  Fart_DeletePersistentHandle(kept);
  EXPECT_EQ(TextOf(all[1]), "kept");
  Fart_EnterScope();
  ExpectSuccess(Fart_ExitScopeWithAll(0, nullptr));
  EXPECT_EQ(TextOf(outer), "outer");
  // The fixture's has none around it.
  EXPECT_EQ(Fart_GetError(Fart_ExitScopeWithAll(7, all)),
            std::string("Fart_ExitScopeWithAll: No scope is open to hold a local handle."));
  EXPECT_EQ(TextOf(all[3]), "inner");
}

TEST_F(ScopesTest, AVariableHoldsOneObjectAfterAnother) {
  const Fart_Handle list = Fart_NewList(1);
  const Fart_Handle variable = Fart_NewLocalHandle(Fart_Null());
  EXPECT_NE(variable, Fart_Null());
  EXPECT_TRUE(Fart_IsNull(variable));
  for (int i = 0; i < 40; ++i) {
    Fart_EnterScope();
    Fart_SetLocalHandle(variable, Fart_NewDouble(i));
    Fart_ExitScope();
    // Old by now, and given something young.
    if (i % 4 == 0) Collect(Fart_Collection_kMinor);
    double value = -1;
    ExpectSuccess(Fart_DoubleValue(variable, &value));
    EXPECT_EQ(value, i);
  }
  for (const Fart_Handle object : {list, Fart_True(), Fart_NewInteger(8), variable}) {
    Fart_SetLocalHandle(variable, object);
    EXPECT_TRUE(Fart_IdentityEquals(variable, object));
  }
  const Fart_PersistentHandle kept = Fart_NewPersistentHandle(list);
  Fart_SetLocalHandle(variable, kept);
  Fart_DeletePersistentHandle(kept);
  EXPECT_TRUE(Fart_IdentityEquals(variable, list));
  const Fart_Handle copy = Fart_NewLocalHandle(variable);
  Fart_SetLocalHandle(variable, Fart_Null());
  EXPECT_TRUE(Fart_IdentityEquals(copy, list)) << "a variable of its own";
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
  EXPECT_TRUE(Fart_IsError(Fart_ExitScopeWithAll(0, nullptr)));
  Fart_EnterIsolate(isolate_);
}

}  // namespace
}  // namespace fart::api
