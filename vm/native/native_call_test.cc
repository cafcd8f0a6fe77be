#include "vm/native/native_call.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "vm/native/native_resolver.h"
#include "vm/testing/test_isolate.h"

namespace fart {
namespace {

// What native functions below do is what the C interface would do for them.
NativeCall& CallOf(ForeignNativeArguments arguments) {
  NativeCall* const call = NativeCall::FromForeign(*Isolate::Current(), arguments);
  FART_CHECK(call != nullptr);
  return *call;
}

void SetResult(ForeignNativeArguments arguments, ObjectPtr result) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  CallOf(arguments).SetResult(result, quiet);
}

// Makes an error and leaves with it.
void Propagate(std::string_view message) FART_NO_SAFEPOINT_ANALYSIS {
  Isolate& isolate = *Isolate::Current();
  const Outcome error = NewApiError(isolate, message);
  const NoSafepointScope quiet;
  const UnwindRefusal refusal = PropagateError(isolate, error.Get(quiet), quiet);
  ADD_FAILURE() << "refused: " << static_cast<int>(refusal);
}

int destroyed;
struct NotesItsEnd {
  ~NotesItsEnd() { ++destroyed; }
};

std::size_t HandlesIn(Isolate& isolate) { return isolate.handles().locals.live(); }

class NativeCallTest : public testing::Test {
 protected:
  void SetUp() override { destroyed = 0; }

  Outcome Call(NativeFunction function, Roots arguments = {}) FART_NO_SAFEPOINT_ANALYSIS {
    const std::size_t handles = HandlesIn(*isolate_);
    const std::size_t scopes = isolate_->handles().locals.ScopeDepth();
    ObjectPtr* const top = isolate_->stack().top();
    const Outcome outcome = CallNative(*isolate_, {.function = function}, arguments);
    EXPECT_EQ(HandlesIn(*isolate_), handles);
    EXPECT_EQ(isolate_->handles().locals.ScopeDepth(), scopes);
    EXPECT_EQ(isolate_->stack().top(), top);
    EXPECT_EQ(isolate_->innermost_foreign_frame(), nullptr);
    EXPECT_EQ(Isolate::Current(), &*isolate_);
    return outcome;
  }

  ObjectPtr ValueOf(const Outcome& outcome) FART_NO_SAFEPOINT_ANALYSIS {
    EXPECT_FALSE(outcome.IsError());
    const NoSafepointScope quiet;
    return outcome.Get(quiet);
  }
  std::string MessageOf(const Outcome& outcome) {
    EXPECT_TRUE(outcome.IsError());
    return outcome.IsError() ? isolate_.ErrorMessageOf(outcome) : "";
  }

  TestIsolate isolate_{{.flags = {.heap = {.heap_limit = MiB(64)}}}};
};

TEST_F(NativeCallTest, TheResultIsNullUnlessOneIsSet) {
  EXPECT_EQ(ValueOf(Call([](ForeignNativeArguments) {})), kNull);
  EXPECT_EQ(ValueOf(Call([](ForeignNativeArguments arguments) {
              SetResult(arguments, kFalse);
              SetResult(arguments, kTrue);
            })),
            kTrue);
}

TEST_F(NativeCallTest, ArgumentsStayWhereTheCallerPutThemThroughCollections) FART_MAY_COLLECT {
  StackRoots<2> arguments(isolate_->stack());
  {
    const Rooted text = isolate_.NewString("argument");
    const NoSafepointScope quiet;
    arguments.Set(0, text.Get(quiet));
  }
  arguments.Set(1, ObjectPtr::FromSmi(5));
  const Outcome outcome = Call(
      [](ForeignNativeArguments foreign) FART_NO_SAFEPOINT_ANALYSIS {
        NativeCall& call = CallOf(foreign);
        EXPECT_EQ(call.argument_count(), 2);
        call.memory().mutator().CollectGarbage(GcKind::kMajor, GcReason::kRequested);
        const NoSafepointScope quiet;
        EXPECT_EQ(call.Argument(1).Get(quiet), ObjectPtr::FromSmi(5));
        call.SetResult(call.Argument(0).Get(quiet), quiet);
      },
      arguments.all());
  EXPECT_EQ(isolate_.Text(isolate_.Keep(outcome)), "argument");
}

TEST_F(NativeCallTest, TheResultIsKeptThroughCollections) {
  const Outcome outcome = Call([](ForeignNativeArguments foreign) FART_NO_SAFEPOINT_ANALYSIS {
    Isolate& isolate = *Isolate::Current();
    const FreshObject string = NewStringFromUtf8(isolate.mutator(), "result");
    {
      const NoSafepointScope quiet;
      SetResult(foreign, string.Get(quiet));
    }
    isolate.mutator().CollectGarbage(GcKind::kMinor, GcReason::kRequested);
  });
  EXPECT_EQ(isolate_.Text(isolate_.Keep(outcome)), "result");
}

TEST_F(NativeCallTest, AnErrorAsResultIsTheOutcome) {
  const Outcome outcome = Call([](ForeignNativeArguments foreign) FART_NO_SAFEPOINT_ANALYSIS {
    const Outcome error = NewApiError(*Isolate::Current(), "as result");
    const NoSafepointScope quiet;
    SetResult(foreign, error.Get(quiet));
  });
  EXPECT_EQ(MessageOf(outcome), "as result");
}

TEST_F(NativeCallTest, PropagatingRunsDestructorsAndClosesScopes) {
  const Outcome outcome = Call([](ForeignNativeArguments foreign) {
    const NotesItsEnd outer;
    LocalHandles& locals = Isolate::Current()->handles().locals;
    SetResult(foreign, kTrue);
    for (int i = 0; i < 3; ++i) {
      EXPECT_TRUE(locals.EnterScope());
      EXPECT_NE(locals.Create(kTrue), nullptr);
    }
    const NotesItsEnd inner;
    Propagate("propagated");
  });
  EXPECT_EQ(MessageOf(outcome), "propagated");
  EXPECT_EQ(destroyed, 2);
}

TEST_F(NativeCallTest, TheErrorOnItsWayIsKeptWhileDestructorsCollect) {
  struct Collects {
    ~Collects() FART_NO_SAFEPOINT_ANALYSIS {
      Isolate::Current()->mutator().CollectGarbage(GcKind::kMajor, GcReason::kRequested);
    }
  };
  const Outcome outcome = Call([](ForeignNativeArguments) {
    const Collects collects;
    Propagate("kept");
  });
  EXPECT_EQ(MessageOf(outcome), "kept");
}

TEST_F(NativeCallTest, ANestedCallsErrorEndsThere) {
  const Outcome outcome = Call([](ForeignNativeArguments foreign) FART_NO_SAFEPOINT_ANALYSIS {
    const NotesItsEnd survives;
    Isolate& isolate = *Isolate::Current();
    const Outcome inner = CallNative(isolate,
                                     {.function =
                                          [](ForeignNativeArguments) {
                                            const NotesItsEnd ends;
                                            Propagate("inner");
                                          }},
                                     Roots());
    EXPECT_EQ(destroyed, 1);
    EXPECT_TRUE(inner.IsError());
    // The outer call's arguments are still those of a running call.
    EXPECT_NE(NativeCall::FromForeign(isolate, foreign), nullptr);
    const NoSafepointScope quiet;
    SetResult(foreign, inner.Get(quiet));
  });
  EXPECT_EQ(MessageOf(outcome), "inner");
  EXPECT_EQ(destroyed, 2);
}

TEST_F(NativeCallTest, ACallsArgumentsAreItsOwnInsideOfAnother) FART_MAY_COLLECT {
  static ForeignNativeArguments outer;
  outer = nullptr;
  StackRoots<1> arguments(isolate_->stack());
  arguments.Set(0, ObjectPtr::FromSmi(1));
  const NativeFunction inner = [](ForeignNativeArguments foreign) FART_NO_SAFEPOINT_ANALYSIS {
    EXPECT_NE(foreign, outer);
    const NoSafepointScope quiet;
    EXPECT_EQ(CallOf(foreign).Argument(0).Get(quiet), ObjectPtr::FromSmi(2));
    EXPECT_EQ(CallOf(outer).Argument(0).Get(quiet), ObjectPtr::FromSmi(1));
    SetResult(outer, ObjectPtr::FromSmi(3));
  };
  static NativeFunction called_inside;
  called_inside = inner;
  const Outcome outcome = Call(
      [](ForeignNativeArguments foreign) FART_NO_SAFEPOINT_ANALYSIS {
        outer = foreign;
        Isolate& isolate = *Isolate::Current();
        StackRoots<1> others(isolate.stack());
        others.Set(0, ObjectPtr::FromSmi(2));
        EXPECT_FALSE(CallNative(isolate, {.function = called_inside}, others.all()).IsError());
      },
      arguments.all());
  EXPECT_EQ(ValueOf(outcome), ObjectPtr::FromSmi(3)) << "set from inside of the other";
  EXPECT_EQ(NativeCall::FromForeign(*isolate_, outer), nullptr) << "it is over";
}

// What a refused attempt leaves must not take the place of an error that is on its way.
TEST_F(NativeCallTest, AnUnwindThatIsRefusedOnTheWayChangesNothing) {
  struct LeavesAndTries {
    ~LeavesAndTries() FART_NO_SAFEPOINT_ANALYSIS {
      Isolate& isolate = *Isolate::Current();
      isolate.Exit();
      isolate.Enter();
      const NoSafepointScope quiet;
      const ObjectPtr other = isolate.ReadyError(ErrorText::kNoScope).Get(quiet);
      EXPECT_EQ(PropagateError(isolate, other, quiet), UnwindRefusal::kOtherEntry);
    }
  };
  EXPECT_EQ(MessageOf(Call([](ForeignNativeArguments) {
              const LeavesAndTries on_the_way;
              Propagate("the first");
            })),
            "the first");
}

TEST_F(NativeCallTest, ACallNeedsRoomForResultAndError) FART_MAY_COLLECT {
  ExecutionStack& stack = isolate_->stack();
  ObjectPtr* const top = stack.top();
  const auto room = static_cast<std::size_t>(stack.soft_limit() - top);
  const auto call = [&]() FART_NO_SAFEPOINT_ANALYSIS {
    return CallNative(
        *isolate_,
        {.function = [](ForeignNativeArguments arguments) { SetResult(arguments, kTrue); }},
        Roots());
  };
  for (const std::size_t left : {std::size_t{0}, std::size_t{1}}) {
    stack.PushNulls(room - left);
    {
      const Outcome refused = call();
      EXPECT_TRUE(refused.IsError()) << left;
      const NoSafepointScope quiet;
      EXPECT_EQ(ErrorCauseOf(refused.Get(quiet), quiet), ErrorCause::kStackOverflow);
    }
    stack.SetTop(top);
  }
  stack.PushNulls(room - 2);
  EXPECT_EQ(ValueOf(call()), kTrue);
  stack.SetTop(top);
}

TEST_F(NativeCallTest, ACppExceptionBecomesAnError) {
  EXPECT_NE(MessageOf(Call([](ForeignNativeArguments) {
              throw std::runtime_error("what it says");
            })).find("what it says"),
            std::string::npos);
  EXPECT_NE(MessageOf(Call([](ForeignNativeArguments) { throw 42; })).find("C++ exception"),
            std::string::npos);
}

TEST_F(NativeCallTest, ScopesLeftOpenAreClosedAndTheCallersCannotBeLeft) {
  EXPECT_EQ(ValueOf(Call([](ForeignNativeArguments) {
              LocalHandles& locals = Isolate::Current()->handles().locals;
              EXPECT_FALSE(locals.ExitScope());
              EXPECT_TRUE(locals.EnterScope());
              EXPECT_TRUE(locals.EnterScope());
              EXPECT_NE(locals.arena().Allocate(ByteCount(100)), nullptr);
            })),
            kNull);
}

TEST_F(NativeCallTest, LeavingTheIsolateIsAnErrorAndUndone) {
  const std::uint64_t serial = isolate_->entry_serial();
  const Outcome outcome = Call([](ForeignNativeArguments) { Isolate::Current()->Exit(); });
  EXPECT_NE(MessageOf(outcome).find("another isolate current"), std::string::npos);
  EXPECT_EQ(isolate_->entry_serial(), serial);
}

TEST_F(NativeCallTest, LeavingAndEnteringAgainIsFine) {
  const std::uint64_t serial = isolate_->entry_serial();
  EXPECT_EQ(ValueOf(Call([](ForeignNativeArguments foreign) {
              Isolate& isolate = *Isolate::Current();
              isolate.Exit();
              std::thread([&isolate] {
                isolate.Enter();
                isolate.Exit();
              }).join();
              isolate.Enter();
              SetResult(foreign, kTrue);
            })),
            kTrue);
  EXPECT_EQ(isolate_->entry_serial(), serial);
}

TEST_F(NativeCallTest, AnotherEntryCannotUnwindToAnEarlierOnesCall) {
  EXPECT_EQ(ValueOf(Call([](ForeignNativeArguments) FART_NO_SAFEPOINT_ANALYSIS {
              Isolate& isolate = *Isolate::Current();
              isolate.Exit();
              isolate.Enter();
              const NoSafepointScope quiet;
              const ObjectPtr error = isolate.ReadyError(ErrorText::kNoScope).Get(quiet);
              EXPECT_EQ(PropagateError(isolate, error, quiet), UnwindRefusal::kOtherEntry);
            })),
            kNull);
}

TEST_F(NativeCallTest, AThreadWhoseCallIsCoveredByAnotherThreadsHasToWait) {
  EXPECT_EQ(
      ValueOf(Call([](ForeignNativeArguments) FART_NO_SAFEPOINT_ANALYSIS {
        Isolate& isolate = *Isolate::Current();
        static std::atomic<bool> may_finish;
        static std::atomic<bool> is_outside;
        may_finish = is_outside = false;
        isolate.Exit();
        std::thread other([&isolate]() FART_NO_SAFEPOINT_ANALYSIS {
          isolate.Enter();
          const NativeFunction leaves_for_a_while = [](ForeignNativeArguments) {
            Isolate& inner = *Isolate::Current();
            inner.Exit();
            is_outside = true;
            is_outside.notify_one();
            may_finish.wait(false);
            inner.Enter();
          };
          EXPECT_FALSE(CallNative(isolate, {.function = leaves_for_a_while}, Roots()).IsError());
          isolate.Exit();
        });
        is_outside.wait(false);
        EXPECT_FALSE(isolate.TryEnter());
        may_finish = true;
        may_finish.notify_one();
        isolate.Enter();
        other.join();
      })),
      kNull);
}

TEST_F(NativeCallTest, OutsideOfEveryCallThereIsNowhereToPropagateTo) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  const ObjectPtr error = isolate_->ReadyError(ErrorText::kNoScope).Get(quiet);
  EXPECT_EQ(PropagateError(*isolate_, error, quiet), UnwindRefusal::kNoMark);
  EXPECT_EQ(NativeCall::FromForeign(*isolate_, nullptr), nullptr);
}

void CallsItself(ForeignNativeArguments foreign) FART_NO_SAFEPOINT_ANALYSIS {
  const Outcome deeper = CallNative(*Isolate::Current(), {.function = CallsItself}, Roots());
  const NoSafepointScope quiet;
  SetResult(foreign, deeper.Get(quiet));
}

TEST_F(NativeCallTest, EndlessRecursionThroughNativeCodeIsAStackOverflow) {
  // On another thread too: each has a C stack with a limit of its own.
  isolate_->Exit();
  std::thread([this]() FART_NO_SAFEPOINT_ANALYSIS {
    isolate_->Enter();
    const Outcome outcome = Call(CallsItself);
    EXPECT_TRUE(outcome.IsError());
    {
      const NoSafepointScope quiet;
      EXPECT_EQ(ErrorCauseOf(outcome.Get(quiet), quiet), ErrorCause::kStackOverflow);
    }
    isolate_->Exit();
  }).join();
  isolate_->Enter();
}

TEST_F(NativeCallTest, AScopeIsOpenedWhereNoneIs) {
  TestIsolate* const isolate = &isolate_;
  ASSERT_TRUE((*isolate)->handles().locals.ExitScope());
  EXPECT_EQ(ValueOf(Call([](ForeignNativeArguments) {
              EXPECT_TRUE(Isolate::Current()->handles().locals.HasScope());
            })),
            kNull);
  EXPECT_FALSE((*isolate)->handles().locals.HasScope());
}

// ---- Resolving

struct Asked {
  int times = 0;
  std::string name;
  int argument_count = -1;
  bool saw_auto_setup_scope = false;
} asked;

void Known(ForeignNativeArguments arguments) { SetResult(arguments, ObjectPtr::FromSmi(42)); }

NativeFunction Resolve(ForeignHandle name, int argument_count,
                       bool* auto_setup_scope) FART_NO_SAFEPOINT_ANALYSIS {
  ++asked.times;
  asked.argument_count = argument_count;
  asked.saw_auto_setup_scope = *auto_setup_scope;
  *auto_setup_scope = false;
  const ResolveResult resolved =
      Isolate::Current()->handles().Resolve(HandleValue::FromPointer(name));
  const NoSafepointScope quiet;
  asked.name = ToUtf8(resolved.Get(quiet), quiet);
  return asked.name == "Known" ? Known : nullptr;
}

class NativeResolverTest : public NativeCallTest {
 protected:
  void SetUp() override {
    NativeCallTest::SetUp();
    asked = Asked();
    AddLibrary();
  }
  void AddLibrary() FART_NO_SAFEPOINT_ANALYSIS {
    isolate_.Keep(isolate_->libraries().Add(*isolate_, 0, "file:///lib.dart"));
    library_ = isolate_->libraries().Find(0);
  }
  Outcome Find(const char* name, int argument_count,
               NativeTarget* target) FART_NO_SAFEPOINT_ANALYSIS {
    const Outcome outcome = ResolveNative(*isolate_, *library_, name, argument_count, target);
    EXPECT_EQ(isolate_->innermost_foreign_frame(), nullptr);
    return outcome;
  }

  Library* library_ = nullptr;
};

TEST_F(NativeResolverTest, AsksTheResolverWithNameCountAndAScopePreset) {
  library_->resolver = Resolve;
  NativeTarget target;
  EXPECT_EQ(ValueOf(Find("Known", 3, &target)), kTrue);
  EXPECT_EQ(asked.times, 1);
  EXPECT_EQ(asked.name, "Known");
  EXPECT_EQ(asked.argument_count, 3);
  EXPECT_TRUE(asked.saw_auto_setup_scope);
  EXPECT_FALSE(target.wants_scope);
  EXPECT_EQ(ValueOf(Call(target.function)), ObjectPtr::FromSmi(42));
}

TEST_F(NativeResolverTest, AnUnknownNameIsAnErrorThatNamesLibraryFunctionAndCount) {
  library_->resolver = Resolve;
  NativeTarget target;
  EXPECT_EQ(MessageOf(Find("Unknown", 1, &target)),
            "Library 'file:///lib.dart': native function 'Unknown' (1 argument) cannot be found: "
            "the library's native resolver does not know it.");
  EXPECT_EQ(target.function, nullptr);
}

TEST_F(NativeResolverTest, ALibraryWithoutResolverIsAnError) {
  NativeTarget target;
  const Outcome outcome = Find("Known", 2, &target);
  {
    const auto cause = [&]() FART_NO_SAFEPOINT_ANALYSIS {
      const NoSafepointScope quiet;
      return ErrorCauseOf(outcome.Get(quiet), quiet);
    };
    EXPECT_EQ(cause(), ErrorCause::kNoSuchNative);
  }
  EXPECT_EQ(MessageOf(outcome),
            "Library 'file:///lib.dart': native function 'Known' (2 arguments) cannot be found: "
            "the library has no native resolver.");
}

TEST_F(NativeResolverTest, WhatTheResolverPropagatesIsTheOutcome) {
  library_->resolver = [](ForeignHandle, int, bool*) -> NativeFunction {
    const NotesItsEnd ends;
    Propagate("from the resolver");
    return nullptr;
  };
  NativeTarget target;
  EXPECT_EQ(MessageOf(Find("Known", 0, &target)), "from the resolver");
  EXPECT_EQ(destroyed, 1);
}

TEST_F(NativeResolverTest, WhatTheResolverThrowsOrLeavesIsAnErrorThatNamesIt) {
  NativeTarget target;
  library_->resolver = [](ForeignHandle, int, bool*) -> NativeFunction {
    throw std::runtime_error("what it says");
  };
  EXPECT_EQ(MessageOf(Find("Known", 0, &target)),
            "A native resolver let a C++ exception out: std::runtime_error: what it says");
  library_->resolver = [](ForeignHandle, int, bool*) -> NativeFunction {
    Isolate::Current()->Exit();
    return Known;
  };
  EXPECT_EQ(MessageOf(Find("Known", 0, &target)),
            "A native resolver returned with another isolate current than it was called in.");
  EXPECT_EQ(Isolate::Current(), &*isolate_);
  EXPECT_EQ(target.function, nullptr);
}

TEST_F(NativeResolverTest, WithoutRoomForTheNamesHandleNobodyIsAsked) {
  library_->resolver = Resolve;
  LocalHandles& locals = isolate_->handles().locals;
  ASSERT_TRUE(locals.EnterScope());
  while (locals.Create(kTrue) != nullptr) {
  }
  NativeTarget target;
  EXPECT_EQ(MessageOf(Find("Known", 0, &target)), TextOf(ErrorText::kOutOfMemory));
  EXPECT_EQ(asked.times, 0);
  EXPECT_TRUE(locals.ExitScope());
  EXPECT_EQ(ValueOf(Find("Known", 0, &target)), kTrue);
}

TEST_F(NativeResolverTest, CountsArgumentsInGoodGrammar) {
  NativeTarget target;
  EXPECT_NE(MessageOf(Find("f", 0, &target)).find("'f' (0 arguments)"), std::string::npos);
  EXPECT_NE(MessageOf(Find("f", 1, &target)).find("'f' (1 argument)"), std::string::npos);
}

TEST_F(NativeResolverTest, ASymbolizerThatThrowsKnowsNothing) {
  library_->symbolizer = [](NativeFunction) -> const std::uint8_t* {
    throw std::runtime_error("from the symbolizer");
  };
  EXPECT_EQ(NativeSymbolOf(*isolate_, *library_, Known), "");
}

TEST_F(NativeResolverTest, TheSymbolizerNamesAFunction) {
  EXPECT_EQ(NativeSymbolOf(*isolate_, *library_, Known), "");
  library_->symbolizer = [](NativeFunction function) {
    return function == Known ? reinterpret_cast<const std::uint8_t*>("Known") : nullptr;
  };
  EXPECT_EQ(NativeSymbolOf(*isolate_, *library_, Known), "Known");
  EXPECT_EQ(NativeSymbolOf(*isolate_, *library_, nullptr), "");
}

// ---- Libraries

class LibraryTableTest : public testing::Test {
 protected:
  Rooted Add(int number, std::string_view url,
             RootTable::Group* group = nullptr) FART_NO_SAFEPOINT_ANALYSIS {
    return isolate_.Keep(isolate_->libraries().Add(*isolate_, number, url, group));
  }
  std::vector<int> Numbers() {
    std::vector<int> numbers;
    for (const Library* const library : isolate_->libraries().All()) {
      numbers.push_back(library->number);
    }
    return numbers;
  }

  TestIsolate isolate_{{.flags = {.heap = {.heap_limit = MiB(64)}}}};
};

TEST_F(LibraryTableTest, ALibraryIsFoundByNumberUrlAndObject) FART_MAY_COLLECT {
  LibraryTable& libraries = isolate_->libraries();
  EXPECT_EQ(libraries.Find(0), nullptr);
  for (const int number : {0, 1, 7}) {
    const Rooted object = Add(number, "file:///" + std::to_string(number));
    isolate_.Collect(GcKind::kMajor);
    Library* const library = libraries.Find(number);
    ASSERT_NE(library, nullptr);
    EXPECT_EQ(library->number, number);
    EXPECT_EQ(libraries.FindByUrl("file:///" + std::to_string(number)), library);
    const NoSafepointScope quiet;
    EXPECT_EQ(&libraries.Of(object.Get(quiet), quiet), library);
    EXPECT_EQ(LibraryNumberOf(object.Get(quiet), quiet), number);
    EXPECT_EQ(library->object().Get(quiet), object.Get(quiet));
  }
  for (const int number : {-1, 2, 6, 8, 100}) EXPECT_EQ(libraries.Find(number), nullptr) << number;
  EXPECT_EQ(libraries.FindByUrl("file://"), nullptr) << "a beginning is none";
  EXPECT_EQ(Numbers(), (std::vector<int>{0, 1, 7}));
}

TEST_F(LibraryTableTest, OfOneUrlTheLatestThatIsNotHiddenIsFound) {
  LibraryTable& libraries = isolate_->libraries();
  for (const int number : {0, 1, 2}) Add(number, "file:///same");
  EXPECT_EQ(libraries.FindByUrl("file:///same")->number, 2);
  libraries.Hide(2);
  EXPECT_EQ(libraries.FindByUrl("file:///same")->number, 1);
  EXPECT_NE(libraries.Find(2), nullptr) << "hidden, it is there";
  libraries.Remove(1);
  EXPECT_EQ(libraries.FindByUrl("file:///same")->number, 0);
  EXPECT_EQ(libraries.Find(1), nullptr);
  libraries.Remove(1);
  EXPECT_EQ(Numbers(), std::vector<int>{0});
  Add(1, "file:///other");
  EXPECT_EQ(Numbers(), (std::vector<int>{0, 1}));
}

TEST_F(LibraryTableTest, TheObjectsSlotIsOneOfTheGroupThatWasNamed) {
  const std::size_t before = isolate_->roots().size();
  {
    RootTable::Group group(isolate_->roots());
    Add(0, "file:///in-a-group", &group);
    EXPECT_EQ(isolate_->roots().size(), before + 1);
    isolate_->libraries().Remove(0);
  }
  EXPECT_EQ(isolate_->roots().size(), before) << "it went with its group";
  Add(0, "file:///of-its-own");
  EXPECT_EQ(isolate_->roots().size(), before + 1);
}

}  // namespace
}  // namespace fart
