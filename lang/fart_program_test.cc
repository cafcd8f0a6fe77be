#include "lang/fart_program.h"

#include <gtest/gtest.h>
#include <malloc.h>

#include <string>
#include <string_view>

#include "handles/handle_tables.h"
#include "handles/handle_value.h"
#include "heap/base/safepoint.h"
#include "vm/isolate.h"
#include "vm/memory/flags.h"
#include "vm/native/libraries.h"
#include "vm/native/native_call.h"
#include "vm/testing/test_isolate.h"
#include "vm/values/errors.h"
#include "vm/values/lists.h"
#include "vm/values/strings.h"

namespace fart::lang {
namespace {

// ---- Native functions -----------------------------------------------------------------------

int resolver_calls = 0;

NativeCall& CallOf(ForeignNativeArguments arguments) {
  return *NativeCall::FromForeign(*Isolate::Current(), arguments);
}

void SetOutcome(NativeCall& call, const Outcome& outcome) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  call.SetResult(outcome.Get(quiet), quiet);
}

// add(a, b)
void Add(ForeignNativeArguments arguments) FART_NO_SAFEPOINT_ANALYSIS {
  NativeCall& call = CallOf(arguments);
  const NoSafepointScope quiet;
  call.SetResult(ObjectPtr::FromSmi(call.Argument(0).Get(quiet).SmiValue() +
                                    call.Argument(1).Get(quiet).SmiValue()),
                 quiet);
}

// callBack(f): f(), whose outcome becomes this function's.
void CallBack(ForeignNativeArguments arguments) FART_NO_SAFEPOINT_ANALYSIS {
  NativeCall& call = CallOf(arguments);
  SetOutcome(call, Isolate::Current()->program().InvokeClosure(call.Argument(0), {}));
}

// propagate(x): leaves by an unwind that carries x as an unhandled exception.
void Propagate(ForeignNativeArguments arguments) FART_NO_SAFEPOINT_ANALYSIS {
  NativeCall& call = CallOf(arguments);
  const ObjectPtr none = kNull;
  const Outcome error = NewUnhandledException(call.memory(), call.Argument(0), Rooted(&none));
  const NoSafepointScope quiet;
  FART_CHECK(PropagateError(call.memory(), error.Get(quiet), quiet) == UnwindRefusal::kNoMark);
}

void ReturnApiError(ForeignNativeArguments arguments) FART_NO_SAFEPOINT_ANALYSIS {
  NativeCall& call = CallOf(arguments);
  SetOutcome(call, NewApiError(call.memory(), "boom"));
}

// absorb(f): f(), or the message of the error it came to.
void Absorb(ForeignNativeArguments arguments) FART_NO_SAFEPOINT_ANALYSIS {
  NativeCall& call = CallOf(arguments);
  const Outcome outcome = Isolate::Current()->program().InvokeClosure(call.Argument(0), {});
  const NoSafepointScope quiet;
  const ObjectPtr object = outcome.Get(quiet);
  call.SetResult(outcome.IsError() ? ErrorMessage(object, quiet) : object, quiet);
}

NativeFunction Resolve(ForeignHandle name, int, bool*) FART_NO_SAFEPOINT_ANALYSIS {
  ++resolver_calls;
  const NoSafepointScope quiet;
  const std::string text = ToUtf8(
      Isolate::Current()->handles().Resolve(HandleValue::FromPointer(name)).Get(quiet), quiet);
  if (text == "Add") return Add;
  if (text == "CallBack") return CallBack;
  if (text == "Propagate") return Propagate;
  if (text == "ReturnApiError") return ReturnApiError;
  if (text == "Absorb") return Absorb;
  return nullptr;
}

constexpr std::string_view kNatives = R"(
  add(a, b) native "Add";
  callBack(f) native "CallBack";
  propagate(x) native "Propagate";
  apiError() native "ReturnApiError";
  absorb(f) native "Absorb";
  var log = [];
)";

// ---- The fixture ----------------------------------------------------------------------------

IsolateOptions Options(std::string_view flags) {
  IsolateOptions options;
  options.program = MakeFartProgram;
  std::string error;
  FART_CHECK(ParseFlags(flags, &options.flags, &error));
  return options;
}

// Parameter: the isolate's flags.
class FartProgramTest : public testing::TestWithParam<const char*> {
 protected:
  FartProgramTest() : isolate_(Options(GetParam())) {}

  Program& program() { return isolate_->program(); }

  // What clang's analysis of a TEST_P could not be told.
  Outcome LoadScript(const ScriptSource& script) FART_NO_SAFEPOINT_ANALYSIS {
    return program().LoadScript(script);
  }
  Outcome Invoke(Rooted target, std::string_view name, Roots arguments) FART_NO_SAFEPOINT_ANALYSIS {
    return program().Invoke(target, name, arguments);
  }
  Outcome Equals(Rooted a, Rooted b) FART_NO_SAFEPOINT_ANALYSIS { return program().Equals(a, b); }
  Outcome ToString(Rooted object) FART_NO_SAFEPOINT_ANALYSIS { return program().ToString(object); }
  Outcome InvokeMain(Rooted arguments) FART_NO_SAFEPOINT_ANALYSIS {
    return lang::InvokeMain(*isolate_, arguments);
  }
  Rooted TraceOf(const Outcome& error) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    return isolate_.Keep(ErrorStackTrace(error.Get(quiet), quiet));
  }

  Outcome Load(std::string_view source) {
    return LoadScript(
        {.url = "test.dart", .path = "/nowhere/test.dart", .text = std::string(source)});
  }
  // Loads it with the native functions.
  void MustLoad(std::string_view source) FART_NO_SAFEPOINT_ANALYSIS {
    const Outcome loaded = Load(std::string(kNatives) + std::string(source));
    ASSERT_FALSE(loaded.IsError()) << isolate_.ErrorMessageOf(loaded);
    isolate_->libraries().root()->resolver = Resolve;
  }
  Rooted library() { return isolate_->libraries().root()->object(); }

  // What a top-level function without parameters comes to, as text.
  std::string Call(std::string_view name) FART_NO_SAFEPOINT_ANALYSIS {
    return TextOf(program().Invoke(library(), name, {}));
  }
  std::string TextOf(const Outcome& outcome) FART_NO_SAFEPOINT_ANALYSIS {
    const Rooted object = isolate_.Keep(outcome);
    if (!outcome.IsError()) return isolate_.Text(isolate_.Keep(program().ToString(object)));
    ObjectPtr exception, trace;
    {
      const NoSafepointScope quiet;
      const ObjectPtr error = object.Get(quiet);
      if (ErrorKindOf(error, quiet) != fart::ErrorKind::kUnhandledException) {
        return "error: " + ToUtf8(ErrorMessage(error, quiet), quiet);
      }
      exception = ErrorException(error, quiet);
      trace = ErrorStackTrace(error, quiet);
    }
    const Rooted kept = isolate_.Keep(exception);
    return "unhandled: " + program().DescribeUnhandled(kept, isolate_.Keep(trace));
  }

  TestIsolate isolate_;
};

INSTANTIATE_TEST_SUITE_P(Modes, FartProgramTest,
                         testing::Values("", "--gc-stress=1 --verify-heap"));

// ---- Native functions -----------------------------------------------------------------------

TEST_P(FartProgramTest, CallsNativeFunctionsAndAsksTheResolverOncePerDeclaration) {
  MustLoad("main() { var s = 0; for (var i = 0; i < 5; i++) s = add(s, i); return s; }");
  resolver_calls = 0;
  EXPECT_EQ(Call("main"), "10");
  EXPECT_EQ(Call("main"), "10");
  EXPECT_EQ(resolver_calls, 1);
}

TEST_P(FartProgramTest, CarriesAnExceptionThroughNativeFrames) {
  MustLoad(R"(
    main() {
      try {
        callBack(() {
          try {
            callBack(() => throw "deep");
          } finally {
            log.add("inner");
          }
        });
      } catch (e) {
        log.add("caught $e");
      } finally {
        log.add("outer");
      }
      return log;
    })");
  EXPECT_EQ(Call("main"), "[inner, caught deep, outer]");
}

TEST_P(FartProgramTest, CatchesWhatANativeFunctionPropagates) {
  MustLoad(R"(
    main() {
      try {
        propagate("carried");
      } on String catch (e, trace) {
        return "$e at ${trace.toString().split(' (')[0]}";
      }
    })");
  EXPECT_EQ(Call("main"), "carried at #0 main");
}

// Through a native function that hands on the error of what it has called.
TEST_P(FartProgramTest, AnErrorKeepsItsTraceBehindNativeFrames) {
  MustLoad(R"(
    deep() => throw "x";
    main() {
      try {
        callBack(deep);
      } on String catch (e, trace) {
        return trace.toString().split(' (')[0];
      }
    })");
  EXPECT_EQ(Call("main"), "#0 deep");
}

TEST_P(FartProgramTest, DiscardsFramesForAnApiErrorUpToTheNearestHost) {
  MustLoad(R"(
    fails() {
      try {
        apiError();
      } catch (e) {
        log.add("caught");
      } finally {
        log.add("finally");
      }
    }
    main() => absorb(fails);
    logged() => log;)");
  EXPECT_EQ(Call("fails"), "error: boom");
  EXPECT_EQ(Call("main"), "boom");
  EXPECT_EQ(Call("logged"), "[]");
}

TEST_P(FartProgramTest, GivesAnApiErrorTheStackTraceOfWhereItCameIn) {
  MustLoad("fails() => apiError();");
  const Outcome outcome = Invoke(library(), "fails", {});
  ASSERT_TRUE(outcome.IsError());
  EXPECT_NE(TextOf(ToString(TraceOf(outcome))).find("#0 fails (test.dart:"), std::string::npos);
}

TEST_P(FartProgramTest, CatchesStackOverflowOfRecursionThroughNativeFrames) {
  std::string error;
  // Thousands of frames under stress: every collection visits them all.
  if (isolate_->flags().heap.stress_interval != 0) {
    ASSERT_TRUE(isolate_->SetFlag("--gc-stress=500", &error)) << error;
  }
  MustLoad(R"(
    forever() => callBack(forever);
    main() {
      try {
        forever();
      } on StackOverflowError catch (e) {
        return "$e";
      }
    })");
  EXPECT_EQ(Call("main"), "Stack Overflow");
  EXPECT_EQ(Call("main"), "Stack Overflow");
}

TEST_P(FartProgramTest, LeavesTheStackAsItWasHoweverACallEnds) {
  MustLoad(R"(
    ok() => 1;
    throws() => throw "x";
    catches() { try { throws(); } catch (e) { return "caught $e"; } }
    fails() => callBack(apiError);)");
  const ObjectPtr* const top = isolate_->stack().top();
  Call("ok");
  EXPECT_EQ(isolate_->stack().top(), top);
  EXPECT_EQ(Call("throws").substr(0, 12), "unhandled: x");
  EXPECT_EQ(isolate_->stack().top(), top);
  EXPECT_EQ(Call("fails"), "error: boom");
  EXPECT_EQ(isolate_->stack().top(), top);
  // What comes after an error that nobody may catch is caught as ever.
  EXPECT_EQ(Call("catches"), "caught x");
  EXPECT_EQ(Call("throws").substr(0, 12), "unhandled: x");
}

// ---- Invocation -----------------------------------------------------------------------------

TEST_P(FartProgramTest, InvokesTopLevelMembersPrivateOnesToo) {
  MustLoad(R"(
    _private() => "p";
    var closure = () => "c";
    get getter => () => "g";)");
  EXPECT_EQ(Call("_private"), "p");
  EXPECT_EQ(Call("closure"), "c");
  EXPECT_EQ(Call("getter"), "g");
}

TEST_P(FartProgramTest, AnswersCallsThatCannotBeWithApiErrors) {
  MustLoad("two(a, b) => 1;");
  EXPECT_EQ(Call("nothing"), "error: Fart_Invoke: did not find top-level function 'nothing'.");
  EXPECT_EQ(Call("two").find("error: Fart_Invoke: wrong argument count for function 'two'"), 0u);
}

TEST_P(FartProgramTest, InvokesMethodsOfInstancesAndStaticsOfTypes) {
  MustLoad(R"(
    class C {
      m([x = 1]) => "m$x";
      static s() => "s";
    }
    make() => new C();
    type() => C;)");
  const Rooted instance = isolate_.Keep(Invoke(library(), "make", {}));
  EXPECT_EQ(TextOf(Invoke(instance, "m", {})), "m1");
  EXPECT_EQ(TextOf(Invoke(instance, "m", Roots(isolate_.Keep(kTrue).slot(), 1))), "mtrue");
  EXPECT_EQ(TextOf(Invoke(instance, "none", {})).find("unhandled: NoSuchMethodError"), 0u);
  const Rooted type = isolate_.Keep(Invoke(library(), "type", {}));
  EXPECT_EQ(TextOf(Invoke(type, "s", {})), "s");
  EXPECT_EQ(TextOf(Invoke(isolate_.NewString("abc"), "toUpperCase", {})), "ABC");
}

TEST_P(FartProgramTest, AnswersQuestionsAboutObjects) {
  MustLoad(R"(
    class Same {
      operator ==(other) => true;
      toString() => "same";
    }
    class Wrong {
      operator ==(other) => 1;
      toString() => 2;
    }
    same() => new Same();
    wrong() => new Wrong();
    map() => {};)");
  const Rooted same = isolate_.Keep(Invoke(library(), "same", {}));
  const Rooted wrong = isolate_.Keep(Invoke(library(), "wrong", {}));
  const Rooted map = isolate_.Keep(Invoke(library(), "map", {}));
  const Rooted null = isolate_.Keep(kNull);
  EXPECT_EQ(TextOf(Equals(same, wrong)), "true");
  EXPECT_EQ(TextOf(Equals(same, null)), "false");
  EXPECT_EQ(TextOf(Equals(null, null)), "true");
  EXPECT_EQ(TextOf(Equals(wrong, same)), "error: Expected boolean result from ==");
  EXPECT_EQ(TextOf(ToString(wrong)), "error: Expected a string from toString.");
  EXPECT_TRUE(program().IsList(isolate_.NewList(2)));
  EXPECT_FALSE(program().IsList(map));
  EXPECT_FALSE(program().IsList(null));
}

TEST_P(FartProgramTest, DescribesAnExceptionWhoseToStringThrows) {
  MustLoad(R"(
    class Bad {
      toString() => throw "worse";
    }
    fails() => throw new Bad();)");
  EXPECT_EQ(Call("fails").find("unhandled: Instance of 'Bad'\n#0 fails (test.dart:"), 0u);
}

// ---- Loading --------------------------------------------------------------------------------

TEST_P(FartProgramTest, LoadsOneScript) {
  MustLoad("main() {}");
  EXPECT_EQ(TextOf(Load("main() {}")), "error: A script has already been loaded from 'test.dart'.");
}

TEST_P(FartProgramTest, LoadsAnotherScriptAfterOneThatHadAnError) {
  const Outcome outcome = Load("main() { return 1 +; }");
  ASSERT_TRUE(outcome.IsError());
  EXPECT_EQ(TextOf(outcome).find("error: test.dart:1:"), 0u);
  MustLoad("main() => 2;");
  EXPECT_EQ(Call("main"), "2");
}

// Of each it keeps code, which objects of it may still call, and nothing that only compiling needs.
TEST_P(FartProgramTest, KeepsLittleOfScriptsThatOthersReplaced) {
  const std::string comment = "// " + std::string(4000, '-') + "\n";
  const auto load_another = [&](int i) {
    const std::string name = "C" + std::to_string(i);
    isolate_->libraries().SetRoot(nullptr);
    const Outcome loaded =
        Load(comment + "class " + name + " { var a; " + name +
             "(this.a); twice() => a + a; }\n"
             "main() { var all = []; for (var i = 0; i < 3; i++) { all.add(new " +
             name + "(i).twice()); } return all.map((x) => x + 1).toList(); }");
    ASSERT_FALSE(loaded.IsError()) << isolate_.ErrorMessageOf(loaded);
    EXPECT_EQ(Call("main"), "[1, 3, 5]");
  };
  constexpr int kLoads = 60;
  std::size_t before = 0;
  for (int i = 0; i < kLoads; ++i) {
    if (i == kLoads / 2) before = mallinfo2().uordblks;
    load_another(i);
  }
  constexpr std::size_t kMost = 9400;  // About what dart:core's names alone took for each.
  EXPECT_LT(mallinfo2().uordblks, before + kLoads / 2 * kMost);
}

// What a script that was replaced has left goes on as it was.
TEST_P(FartProgramTest, CallsWhatIsLeftOfAReplacedScript) FART_NO_SAFEPOINT_ANALYSIS {
  MustLoad(
      "class C { var x = 'old'; get text => \"$x ${this is C}\"; fails() => x.nothing; }\n"
      "class D extends C { text_() => super.text; }\n"
      "main() => [new C(), () => new D().text_(), new D().text_, C];");
  const Rooted left = isolate_.Keep(program().Invoke(library(), "main", {}));
  isolate_->libraries().SetRoot(nullptr);
  ASSERT_FALSE(Load("class C { var x = 'new'; }\n"
                    "main() => new C().x; use(l) { try { l[0].fails(); } catch (e) { e = '$e'; }\n"
                    " return [l[0].text, l[1](), l[2](), l[3], l[0] is C]; }")
                   .IsError());
  EXPECT_EQ(Call("main"), "new");
  EXPECT_EQ(TextOf(program().Invoke(library(), "use", Roots(left.slot(), 1))),
            "[old true, old true, old true, C, false]");
}

TEST_P(FartProgramTest, CountsPlacesFromTheOffsetsOfTheScript) {
  const Outcome outcome = LoadScript({.url = "page.html",
                                      .path = "/nowhere/page.html",
                                      .text = "main( {",
                                      .line_offset = 9,
                                      .column_offset = 4});
  ASSERT_TRUE(outcome.IsError());
  EXPECT_EQ(TextOf(outcome).find("error: page.html:10:"), 0u);
}

TEST_P(FartProgramTest, CallsMainWithTheArgumentsIfItTakesThem) {
  MustLoad("main([List args]) => args.length;");
  EXPECT_EQ(TextOf(InvokeMain(isolate_.NewList(3))), "3");
}

TEST_P(FartProgramTest, CallsMainWithoutArgumentsIfItTakesNone) {
  MustLoad("main() => 'none';");
  EXPECT_EQ(TextOf(InvokeMain(isolate_.NewList(3))), "none");
}

}  // namespace
}  // namespace fart::lang
