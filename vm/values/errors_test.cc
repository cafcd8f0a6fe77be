#include "vm/values/errors.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "vm/entry/enterable.h"
#include "vm/entry/place_errors.h"
#include "vm/testing/test_isolate.h"

namespace fart {
namespace {

TEST(ErrorsTest, AnErrorKeepsKindCauseAndMessage) FART_MAY_COLLECT {
  TestIsolate isolate;
  const Rooted api = isolate.Keep(NewApiError(*isolate, "api"));
  const Rooted compilation = isolate.Keep(NewCompilationError(*isolate, "a.dart:1:2: no"));
  const Rooted fatal =
      isolate.Keep(NewError(*isolate, ErrorKind::kFatal, ErrorCause::kRestart, "again"));
  isolate.Collect(GcKind::kMinor);
  const NoSafepointScope quiet;
  EXPECT_EQ(ErrorKindOf(api.Get(quiet), quiet), ErrorKind::kApi);
  EXPECT_EQ(ErrorCauseOf(api.Get(quiet), quiet), ErrorCause::kOther);
  EXPECT_EQ(ErrorKindOf(compilation.Get(quiet), quiet), ErrorKind::kCompilation);
  EXPECT_EQ(ToUtf8(ErrorMessage(compilation.Get(quiet), quiet), quiet), "a.dart:1:2: no");
  EXPECT_EQ(ErrorKindOf(fatal.Get(quiet), quiet), ErrorKind::kFatal);
  EXPECT_EQ(ErrorCauseOf(fatal.Get(quiet), quiet), ErrorCause::kRestart);
  EXPECT_TRUE(ErrorException(fatal.Get(quiet), quiet).is_null());
}

TEST(ErrorsTest, AnUnhandledExceptionCarriesWhatWasThrown) FART_MAY_COLLECT {
  TestIsolate isolate;
  const Rooted thrown = isolate.NewString("thrown");
  const Rooted trace = isolate.NewList(2);
  const Rooted error = isolate.Keep(NewUnhandledException(*isolate, thrown, trace));
  const NoSafepointScope quiet;
  EXPECT_EQ(ErrorKindOf(error.Get(quiet), quiet), ErrorKind::kUnhandledException);
  EXPECT_EQ(ErrorException(error.Get(quiet), quiet), thrown.Get(quiet));
  EXPECT_EQ(ErrorStackTrace(error.Get(quiet), quiet), trace.Get(quiet));
  EXPECT_TRUE(ErrorMessage(error.Get(quiet), quiet).is_null());
}

TEST(ErrorsTest, AFatalErrorCarriesWhereItWas) FART_MAY_COLLECT {
  TestIsolate isolate;
  const Rooted trace = isolate.NewList(2);
  const Rooted error = isolate.Keep(NewFatalError(*isolate, "stopped", trace));
  const Rooted without = isolate.Keep(NewFatalError(*isolate, "stopped"));
  const NoSafepointScope quiet;
  EXPECT_EQ(ErrorStackTrace(error.Get(quiet), quiet), trace.Get(quiet));
  EXPECT_TRUE(ErrorStackTrace(without.Get(quiet), quiet).is_null());
}

// Making one may collect.
TEST(ErrorsTest, InACallbackTheReadyMadeErrorIsTheAnswer) FART_MAY_COLLECT {
  TestIsolate isolate;
  const Rooted thrown = isolate.NewString("thrown");
  const CallbackSection section(*isolate);
  const Outcome api = NewApiError(*isolate, "api");
  const Outcome exception = NewUnhandledException(*isolate, thrown, thrown);
  const NoSafepointScope quiet;
  const ObjectPtr ready = isolate->ReadyError(ErrorText::kInCallback).Get(quiet);
  EXPECT_EQ(api.Get(quiet), ready);
  EXPECT_EQ(exception.Get(quiet), ready);
}

TEST(ErrorsTest, AtTheHeapLimitTheReadyMadeErrorIsTheAnswer) FART_MAY_COLLECT {
  TestIsolate isolate({.flags = {.heap = {.heap_limit = kMinHeapLimit}}});
  Rooted chain = isolate.NewList(1);
  // Fill the heap with a chain of lists, until not even a small one fits.
  for (std::size_t length : {std::size_t{1000}, std::size_t{1}}) {
    for (;;) {
      const FreshObject list = NewArray(isolate.mutator(), length);
      if (list.is_null()) break;
      const NoSafepointScope quiet;
      isolate.mutator().StoreField(list.Get(quiet), ArrayElements(list.Get(quiet), quiet),
                                   chain.Get(quiet));
      isolate->handles().locals.Overwrite(const_cast<ObjectPtr*>(chain.slot()), list.Get(quiet));
    }
  }
  const Outcome error = NewApiError(*isolate, std::string(10'000, 'x'));
  ASSERT_TRUE(error.IsError());
  const NoSafepointScope quiet;
  EXPECT_EQ(error.Get(quiet), isolate->ReadyError(ErrorText::kOutOfMemory).Get(quiet));
  EXPECT_EQ(ErrorCauseOf(error.Get(quiet), quiet), ErrorCause::kOutOfMemory);
}

TEST(ErrorsTest, EveryTextHasAReadyMadeErrorThatSaysIt) FART_MAY_COLLECT {
  TestIsolate isolate;
  isolate.Collect(GcKind::kMajor);
  for (std::uint32_t i = 0; i < kErrorTexts; ++i) {
    const auto text = static_cast<ErrorText>(i);
    EXPECT_EQ(isolate.ErrorMessageOf(isolate->ReadyErrorOutcome(text)), TextOf(text));
    EXPECT_STREQ(TextOfErrorHandle(ErrorHandle(text)), TextOf(text));
  }
}

TEST(PlaceErrorsTest, NameTheFunctionAndAreMadeOnce) {
  const HandleValue error = PlaceErrorHandle(ErrorText::kNoScope, "Fart_F");
  EXPECT_EQ(ErrorTextOf(error), ErrorText::kNoScope);
  EXPECT_STREQ(MessageOfErrorHandle(error), "Fart_F: No scope is open to hold a local handle.");
  EXPECT_EQ(PlaceErrorHandle(ErrorText::kNoScope, std::string("Fart_F")), error);
  const HandleValue other = PlaceErrorHandle(ErrorText::kNoIsolate, "Fart_F");
  EXPECT_NE(other, error);
  EXPECT_NE(PlaceErrorHandle(ErrorText::kNoScope, "Fart_G"), error);
  EXPECT_EQ(ErrorTextOf(other), ErrorText::kNoIsolate);
}

TEST(PlaceErrorsTest, WhatWasNeverGivenOutIsNoError) {
  EXPECT_EQ(ErrorTextOf(HandleValue::ErrorText(1u << 20)), std::nullopt);
  EXPECT_EQ(ErrorTextOf(HandleValue::Immortal(1)), std::nullopt);
  EXPECT_EQ(ErrorTextOf(HandleValue()), std::nullopt);
  EXPECT_NE(MessageOfErrorHandle(HandleValue::ErrorText(1u << 20)), nullptr);
}

TEST(ErrorTextsTest, SentencesNameFunctionArgumentRuleAndWhatWasFound) {
  EXPECT_EQ(ExpectsNonNull("Fart_F", "x"), "Fart_F expects argument 'x' to be non-null.");
  EXPECT_EQ(ExpectsType("Fart_F", "x", "String", "int"),
            "Fart_F expects argument 'x' to be of type String. It is of type int.");
  EXPECT_EQ(ExpectsRange("Fart_F", "n", 7, -1),
            "Fart_F expects argument 'n' to be in the range [0..7]. It is -1.");
  EXPECT_EQ(ExpectsLiveHandle("Fart_F", "h", HandleStatus::kStale, false),
            "Fart_F expects argument 'h' to be a live handle, but it was deleted or its scope has "
            "ended.");
  EXPECT_EQ(ExpectsLiveHandle("Fart_F", "h", HandleStatus::kNotAHandle, true),
            "Fart_F expects argument 'h' to be a live handle, but it is NULL.");
}

TEST(NoProgramTest, RefusesToLoadAndStillKnowsBuiltInValues) FART_MAY_COLLECT {
  TestIsolate isolate;
  Program& program = isolate->program();
  EXPECT_EQ(isolate.ErrorMessageOf(program.LoadScript({})),
            "This isolate was made without a language.");
  const Rooted number = isolate.Keep(NewDouble(isolate.mutator(), 2.5));
  const Rooted text = isolate.NewString("text");
  const Rooted same = isolate.NewString("text");
  const Rooted list = isolate.NewList(1);
  EXPECT_EQ(isolate.Text(isolate.Keep(program.ToString(number))), "2.5");
  EXPECT_EQ(isolate.Text(isolate.Keep(program.ToString(text))), "text");
  EXPECT_EQ(isolate.Text(isolate.Keep(program.ToString(list))), "Instance of 'List'");
  EXPECT_TRUE(isolate.Keep(program.Equals(text, same)).Is(kTrue));
  EXPECT_TRUE(isolate.Keep(program.Equals(text, list)).Is(kFalse));
  EXPECT_TRUE(program.IsList(list));
  EXPECT_FALSE(program.IsList(text));
  const Rooted none = isolate.Keep(kNull);
  EXPECT_EQ(program.DescribeUnhandled(text, none), "text");
  EXPECT_EQ(program.DescribeUnhandled(list, none), "Instance of 'List'");
}

TEST(LibrariesTest, ALibraryObjectLeadsToItsRecord) FART_MAY_COLLECT {
  TestIsolate isolate;
  LibraryTable& libraries = isolate->libraries();
  const Rooted first = isolate.Keep(libraries.Add(*isolate, 3, "file:///three.dart"));
  isolate.Collect(GcKind::kMinor);
  const NoSafepointScope quiet;
  EXPECT_EQ(LibraryNumberOf(first.Get(quiet), quiet), 3);
  EXPECT_EQ(libraries.Of(first.Get(quiet), quiet).url, "file:///three.dart");
  EXPECT_EQ(libraries.FindByUrl("file:///three.dart"), libraries.Find(3));
  EXPECT_EQ(libraries.Find(3)->object().Get(quiet), first.Get(quiet));
  EXPECT_EQ(libraries.Find(0), nullptr);
  EXPECT_EQ(libraries.Find(-1), nullptr);
  EXPECT_EQ(libraries.FindByUrl("elsewhere"), nullptr);
}

}  // namespace
}  // namespace fart
