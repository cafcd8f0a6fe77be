#include <fstream>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using LibrariesTest = LanguageTest;

TEST_F(LibrariesTest, AScriptIsLoadedOnce) {
  EXPECT_TRUE(Fart_IsNull(Fart_RootLibrary()));
  const Fart_Handle library = Load("main() => 42;");
  EXPECT_TRUE(Fart_IsLibrary(library));
  EXPECT_FALSE(Fart_IsInstance(library));
  EXPECT_EQ(Fart_IdentityHash(library), 0u);
  EXPECT_TRUE(Fart_IdentityEquals(Fart_RootLibrary(), library));
  EXPECT_THAT(TextOf(Fart_LibraryUrl(library)), ::testing::HasSubstr("test.dart"));
  EXPECT_THAT(TextOf(Fart_ToString(library)), ::testing::HasSubstr("test.dart"));
  EXPECT_EQ(IntOf(Call("main")), 42);
  EXPECT_THAT(ErrorOf(Load("main() => 43;")),
              ::testing::HasSubstr("A script has already been loaded from '"));
}

TEST_F(LibrariesTest, SyntaxErrorsHaveTheirPlace) {
  const Fart_Handle error = Load("main() {\n  return 1 +;\n}\n");
  EXPECT_TRUE(Fart_IsCompilationError(error));
  EXPECT_THAT(ErrorOf(error),
              ::testing::AllOf(::testing::HasSubstr("test.dart:2:13"),
                               ::testing::HasSubstr("return 1 +;"), ::testing::HasSubstr("^")));
}

TEST_F(LibrariesTest, OffsetsMoveThePlace) {
  const Fart_Handle error =
      Fart_LoadScript(Str("t.dart"), Str("/t.dart"), Str("main() {\n  return 1 +;\n}\n"), 10, 0);
  EXPECT_THAT(ErrorOf(error), ::testing::HasSubstr("t.dart:12:13"));
  // Columns only in the first line.
  EXPECT_THAT(
      ErrorOf(Fart_LoadScript(Str("u.dart"), Str("/u.dart"), Str("main() { return 1 +; }"), 10, 4)),
      ::testing::HasSubstr("u.dart:11:24"));
}

TEST_F(LibrariesTest, LoadingWantsStringsAndOffsets) {
  const Fart_Handle text = Str("main() {}");
  EXPECT_EQ(ErrorOf(Fart_LoadScript(Fart_Null(), text, text, 0, 0)),
            "Fart_LoadScript expects argument 'url' to be non-null.");
  EXPECT_EQ(ErrorOf(Fart_LoadScript(text, text, Fart_NewInteger(1), 0, 0)),
            "Fart_LoadScript expects argument 'source' to be of type String. It is of type int.");
  EXPECT_THAT(ErrorOf(Fart_LoadScript(text, text, text, -1, 0)),
              ::testing::HasSubstr("argument 'line_offset' to be in the range"));
  EXPECT_THAT(ErrorOf(Fart_LoadScript(text, text, text, 0, -1)),
              ::testing::HasSubstr("argument 'col_offset' to be in the range"));
}

TEST_F(LibrariesTest, ImportsThatAreNotThereNameWhatWasTried_Defect28) {
  EXPECT_THAT(ErrorOf(Load("import 'missing.dart'; main() {}")),
              ::testing::HasSubstr("missing.dart"));
}

TEST_F(LibrariesTest, MissingExtensionsNameEveryPlace_Defect28) {
  EXPECT_THAT(ErrorOf(Load("import 'dart-ext:no_such_extension'; main() {}")),
              ::testing::AllOf(::testing::HasSubstr("/nowhere/libno_such_extension.so"),
                               ::testing::HasSubstr("\n")));
}

TEST_F(LibrariesTest, InvokesFunctionsAndMethodsPrivateOnesToo) {
  ExpectSuccess(
      Load("_secret(a, b) => a * b;\n"
           "class Point {\n"
           "  var x, y;\n"
           "  Point(this.x, this.y);\n"
           "  sum() => x + y;\n"
           "  _scaled(by) => new Point(x * by, y * by);\n"
           "  toString() => '($x, $y)';\n"
           "  operator ==(other) => other is Point && x == other.x && y == other.y;\n"
           "}\n"
           "make(x, y) => new Point(x, y);\n"));
  EXPECT_EQ(IntOf(Call("_secret", {Fart_NewInteger(6), Fart_NewInteger(7)})), 42);
  const Fart_Handle point = Call("make", {Fart_NewInteger(1), Fart_NewInteger(2)});
  EXPECT_TRUE(Fart_IsInstance(point));
  EXPECT_EQ(IntOf(Fart_Invoke(point, Str("sum"), 0, nullptr)), 3);
  Fart_Handle by = Fart_NewInteger(10);
  EXPECT_EQ(TextOf(Fart_ToString(Fart_Invoke(point, Str("_scaled"), 1, &by))), "(10, 20)");
  bool equal = false;
  ExpectSuccess(
      Fart_ObjectEquals(point, Call("make", {Fart_NewInteger(1), Fart_NewInteger(2)}), &equal));
  EXPECT_TRUE(equal);
  EXPECT_EQ(TextOf(Fart_Invoke(Fart_Null(), Str("toString"), 0, nullptr)), "null");
}

TEST_F(LibrariesTest, HostAndProgramSeeTheSameIdentityHashes) {
  ExpectSuccess(
      Load("class C { int get hashCode => 7; }\n"
           "make() => new C();\n"
           "hashOf(object) => identityHashCode(object);"));
  const Fart_Handle objects[] = {Fart_Null(),         Fart_True(), Fart_NewInteger(-1),
                                 Fart_NewDouble(0.5), Str("text"), Fart_NewList(1),
                                 Call("make")};
  for (const Fart_Handle object : objects) {
    EXPECT_EQ(static_cast<std::int64_t>(Fart_IdentityHash(object)), IntOf(Call("hashOf", {object})))
        << TextOf(Fart_ToString(object));
  }
}

TEST_F(LibrariesTest, InvokingWronglyIsAnError) {
  ExpectSuccess(Load("f(a) => a; thrower() { throw 'oops'; }"));
  EXPECT_THAT(ErrorOf(Call("nowhere")),
              ::testing::HasSubstr("Fart_Invoke: did not find top-level function 'nowhere'."));
  EXPECT_EQ(ErrorOf(Call("f")),
            "Fart_Invoke: wrong argument count for function 'f': 0 passed, 1 expected.");
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(
      Fart_Invoke(Fart_NewInteger(1), Str("noSuchMember"), 0, nullptr)));
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(Call("thrower")));
  EXPECT_THAT(ErrorOf(Call("thrower")), ::testing::HasSubstr("oops"));
  EXPECT_EQ(ErrorOf(Fart_Invoke(library_, Fart_Null(), 0, nullptr)),
            "Fart_Invoke expects argument 'name' to be non-null.");
  EXPECT_THAT(ErrorOf(Fart_Invoke(library_, Str("f"), -1, nullptr)),
              ::testing::HasSubstr("argument 'number_of_arguments' to be in the range"));
  EXPECT_EQ(ErrorOf(Fart_Invoke(library_, Str("f"), 1, nullptr)),
            "Fart_Invoke expects argument 'arguments' to be non-null.");
  EXPECT_EQ(ErrorOf(Call("f", {library_})),
            "Fart_Invoke expects arguments[0] to be an Instance handle. It is of type library.");
  EXPECT_THAT(ErrorOf(Call("f", {nullptr})),
              ::testing::HasSubstr("argument 'arguments[0]' to be a live handle"));
  const Fart_Handle error = Fart_NewApiError("as argument");
  EXPECT_EQ(Call("f", {error}), error);
  std::vector<Fart_Handle> many(3000000, Fart_Null());
  EXPECT_EQ(ErrorOf(Call("f", many)), "Stack Overflow");
}

TEST_F(LibrariesTest, AWrongCountSaysHowManyAreExpected) {
  ExpectSuccess(Load("f(a, [b, c]) => a; g(a, {b}) => a; class C { static s(a) => a; }"));
  const Fart_Handle seven = Fart_NewInteger(7);
  EXPECT_THAT(ErrorOf(Call("f")), ::testing::EndsWith("'f': 0 passed, at least 1 expected."));
  EXPECT_THAT(ErrorOf(Call("f", {seven, seven, seven, seven})),
              ::testing::EndsWith("'f': 4 passed, at most 3 expected."));
  EXPECT_THAT(ErrorOf(Call("g", {seven, seven})),
              ::testing::EndsWith("'g': 2 passed, 1 expected."));
  const Fart_Handle type = Fart_GetClass(library_, Str("C"));
  EXPECT_EQ(ErrorOf(Fart_Invoke(type, Str("s"), 0, nullptr)),
            "Fart_Invoke: wrong argument count for static method 'C.s': 0 passed, 1 expected.");
  EXPECT_EQ(ErrorOf(Fart_Invoke(type, Str("t"), 0, nullptr)),
            "Fart_Invoke: did not find static method 'C.t'.");
}

TEST_F(LibrariesTest, WithoutAResolvedUrlTheUrlIsThePath) {
  const Fart_Handle library =
      Fart_LoadScript(Str("/nowhere/a.dart"), Fart_Null(), Str("import 'b.dart'; main() {}"), 0, 0);
  EXPECT_THAT(ErrorOf(library), ::testing::HasSubstr("/nowhere/b.dart"));
  ExpectSuccess(Fart_LoadScript(Str("t"), Fart_Null(), Str("main() => 1;"), 0, 0));
  EXPECT_EQ(TextOf(Fart_LibraryUrl(Fart_RootLibrary())), "t");
}

TEST_F(LibrariesTest, AScriptThatIsLoadedAgainReadsItsImportsAgain) {
  const std::string folder = ::testing::TempDir();
  const std::string import = folder + "/imported_again.dart";
  const auto write = [&](const char* text) { std::ofstream(import) << text; };
  const auto load = [&](const char* source) {
    return Fart_LoadScript(Str("main.dart"), Str((folder + "/main.dart").c_str()), Str(source), 0,
                           0);
  };
  const auto count = [] {
    std::intptr_t length = 0;
    ExpectSuccess(Fart_ListLength(Fart_GetLoadedLibraries(), &length));
    return length;
  };
  constexpr const char* kMain = "import 'imported_again.dart'; var kept = 1; main() => value();";
  write("value() => 1;");
  const Fart_Handle first = load(kMain);
  EXPECT_EQ(IntOf(Fart_Invoke(first, Str("main"), 0, nullptr)), 1);
  const std::intptr_t libraries = count();
  for (int round = 2; round < 5; ++round) {
    write(("value() => " + std::to_string(round) + ";").c_str());
    ExpectSuccess(Fart_SetRootLibrary(Fart_Null()));
    const Fart_Handle again = load(kMain);
    EXPECT_EQ(IntOf(Fart_Invoke(again, Str("main"), 0, nullptr)), round);
    EXPECT_EQ(IntOf(Fart_Invoke(first, Str("main"), 0, nullptr)), 1) << "the earlier one goes on";
    EXPECT_EQ(count(), libraries);
    EXPECT_TRUE(Fart_IdentityEquals(Fart_LookupLibrary(Str("main.dart")), again));
  }
  // A load that fails hides nothing.
  ExpectSuccess(Fart_SetRootLibrary(Fart_Null()));
  const Fart_Handle before = Fart_LookupLibrary(Str("main.dart"));
  write("value() => ;");
  EXPECT_TRUE(Fart_IsCompilationError(load(kMain)));
  EXPECT_EQ(count(), libraries);
  EXPECT_TRUE(Fart_IdentityEquals(Fart_LookupLibrary(Str("main.dart")), before));
  write("value() => 9;");
  EXPECT_EQ(IntOf(Fart_Invoke(load(kMain), Str("main"), 0, nullptr)), 9);
}

TEST_F(LibrariesTest, NamesThatNoProgramHasAreAnsweredAndNotKept) {
  ExpectSuccess(
      Load("class A { noSuchMethod(i) => i.memberName == new Symbol('made_up_7'); }\n"
           "make() => new A();"));
  const Fart_Handle object = Call("make");
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 20; ++i) {
      const std::string name = "made_up_" + std::to_string(i);
      EXPECT_EQ(Fart_Invoke(object, Str(name.c_str()), 0, nullptr),
                i == 7 ? Fart_True() : Fart_False());
    }
  }
  EXPECT_THAT(
      ErrorOf(Fart_Invoke(Fart_NewInteger(1), Str("made_up"), 0, nullptr)),
      ::testing::StartsWith("NoSuchMethodError: Class 'int' has no instance method 'made_up'"));
  // A name that a later program has is found.
  ExpectSuccess(Fart_SetRootLibrary(Fart_Null()));
  ExpectSuccess(Load("class B { made_up_7() => 7; } make() => new B();"));
  EXPECT_EQ(IntOf(Fart_Invoke(Call("make"), Str("made_up_7"), 0, nullptr)), 7);
  EXPECT_EQ(Fart_Invoke(object, Str("made_up_7"), 0, nullptr), Fart_True());
}

TEST_F(LibrariesTest, NullTrueAndFalseAreTheSharedHandles_AA4) {
  ExpectSuccess(Load("same(a) => a; list(a, b, c) => [a, b, c];", [](Fart_Handle, int, bool*) {
    return static_cast<Fart_NativeFunction>(nullptr);
  }));
  EXPECT_EQ(Fart_GetStickyError(), Fart_Null());
  for (const Fart_Handle constant : {Fart_Null(), Fart_True(), Fart_False()}) {
    EXPECT_EQ(Call("same", {constant}), constant);
    const Fart_Handle grown = Call("list", {constant, constant, constant});
    const Fart_Handle fixed = Fart_NewList(3);
    for (const Fart_Handle list : {grown, fixed}) {
      ExpectSuccess(Fart_ListSetAt(list, 1, constant));
      EXPECT_EQ(Fart_ListGetAt(list, 1), constant);
      Fart_Handle range[2] = {};
      ExpectSuccess(Fart_ListGetRange(list, 1, 2, range));
      EXPECT_EQ(range[0], constant);
    }
    const Fart_PersistentHandle kept = Fart_NewPersistentHandle(constant);
    EXPECT_NE(kept, constant) << "a persistent handle is its owner's";
    EXPECT_EQ(Fart_HandleFromPersistent(kept), constant);
    EXPECT_EQ(Call("same", {kept}), constant);
    Fart_EnterScope();
    EXPECT_EQ(Fart_ExitScopeWith(Fart_HandleFromPersistent(kept)), constant);
    Fart_DeletePersistentHandle(kept);
  }
  ExpectSuccess(Fart_SetRootLibrary(Fart_Null()));
  EXPECT_EQ(Fart_RootLibrary(), Fart_Null());
  EXPECT_NE(Fart_NewInteger(0), Fart_NewInteger(0)) << "numbers are not shared";
}

TEST_F(LibrariesTest, OutOfMemoryCanBeCaughtInFartCode) {
  Fart_ShutdownIsolate();
  const std::string before = Fart_GetFlag("max-heap");
  ASSERT_TRUE(Fart_SetFlag("--max-heap=16m"));
  isolate_ = Make(nullptr);
  ASSERT_NE(isolate_, nullptr);
  ASSERT_TRUE(Fart_SetFlag("--gc-stress=0"));
  Fart_EnterScope();
  ExpectSuccess(
      Load("fill() {\n"
           "  var kept = null;\n"
           "  try { while (true) kept = [kept, new List(1000)]; }\n"
           "  on OutOfMemoryError catch (e) { kept = null; return 'caught $e'; }\n"
           "}\n"
           "give(native_error) => 1;\n"));
  EXPECT_EQ(TextOf(Call("fill")), "caught Out of Memory");
  ExpectSuccess(Fart_NewList(1000));
  Fart_ShutdownIsolate();
  ASSERT_TRUE(Fart_SetFlag(("--max-heap=" + before).c_str()));
}

TEST_F(LibrariesTest, LibrariesAreFoundByTheirUrls) {
  ExpectSuccess(Load("import 'dart:nativewrappers'; main() => 1;"));
  EXPECT_TRUE(Fart_IdentityEquals(Fart_LookupLibrary(Fart_LibraryUrl(library_)), library_));
  const Fart_Handle core = Fart_LookupLibrary(Str("dart:core"));
  EXPECT_TRUE(Fart_IsLibrary(core));
  EXPECT_EQ(ErrorOf(Fart_LookupLibrary(Str("dart:nowhere"))),
            "Fart_LookupLibrary: library 'dart:nowhere' not found.");
  EXPECT_EQ(
      ErrorOf(Fart_LookupLibrary(core)),
      "Fart_LookupLibrary expects argument 'url' to be of type String. It is of type library.");
  const Fart_Handle all = Fart_GetLoadedLibraries();
  std::intptr_t length = 0;
  ExpectSuccess(Fart_ListLength(all, &length));
  int found = 0;
  for (std::intptr_t i = 0; i < length; ++i) {
    const Fart_Handle library = Fart_ListGetAt(all, i);
    EXPECT_TRUE(Fart_IsLibrary(library));
    for (const Fart_Handle known : {library_, core}) {
      if (Fart_IdentityEquals(library, known)) ++found;
    }
  }
  EXPECT_EQ(found, 2);
}

TEST_F(LibrariesTest, ALibraryWhoseLoadFailedIsNotFound) {
  EXPECT_TRUE(Fart_IsError(Load("import 'dart-ext:no_such_extension'; main() {}")));
  EXPECT_TRUE(Fart_IsError(Fart_LookupLibrary(Str("test.dart"))));
  ExpectSuccess(Load("main() => 42;"));
  EXPECT_TRUE(Fart_IdentityEquals(Fart_LookupLibrary(Str("test.dart")), library_));
  EXPECT_EQ(IntOf(Call("main")), 42);
}

TEST_F(LibrariesTest, AScriptIsNotCalledAsABundledLibraryIs) {
  EXPECT_EQ(ErrorOf(Fart_LoadScript(Str("dart:mine"), Str("/x"), Str("f() native 'F';"), 0, 0)),
            "A script cannot be called 'dart:mine'.");
}

TEST_F(LibrariesTest, ALibrarysTextNamesIt) {
  ExpectSuccess(Load("main() {}"));
  EXPECT_EQ(TextOf(Fart_ToString(library_)), "Library:'test.dart'");
}

TEST_F(LibrariesTest, ACompilationErrorAsExceptionBecomesItsMessage) {
  const Fart_Handle error = Load("main() { x }");
  ASSERT_TRUE(Fart_IsCompilationError(error));
  const Fart_Handle thrown = Fart_NewUnhandledExceptionError(error);
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(thrown));
  EXPECT_EQ(TextOf(Fart_ErrorGetException(thrown)), Fart_GetError(error));
}

TEST_F(LibrariesTest, TheRootLibraryCanBeSet) {
  const Fart_Handle first = Load("main() => 42;");
  ExpectSuccess(Fart_SetRootLibrary(Fart_Null()));
  EXPECT_TRUE(Fart_IsNull(Fart_RootLibrary()));
  const Fart_Handle second =
      Fart_LoadScript(Str("second.dart"), Str("/second.dart"), Str("main() => 43;"), 0, 0);
  EXPECT_TRUE(Fart_IdentityEquals(Fart_RootLibrary(), second));
  ExpectSuccess(Fart_SetRootLibrary(first));
  EXPECT_TRUE(Fart_IdentityEquals(Fart_RootLibrary(), first));
  EXPECT_EQ(ErrorOf(Fart_SetRootLibrary(Str("x"))),
            "Fart_SetRootLibrary expects argument 'library' to be of type Library. It is of type "
            "String.");
  EXPECT_THAT(ErrorOf(Fart_SetRootLibrary(nullptr)), ::testing::HasSubstr("to be a live handle"));
}

TEST_F(LibrariesTest, AnIsolateIsNamedAfterItsScriptAndMain) {
  EXPECT_EQ(TextOf(Fart_DebugName()), "test.dart$main");
}

// ---- What a call puts off

constexpr const char* kMicrotasks =
    "import 'dart:async';\n"
    "var log = '';\n"
    "putOff() { scheduleMicrotask(() { log += 'later '; }); log += 'now '; return log; }\n"
    "fail() { new Future.error('nobody waits'); putOff(); }\n"
    "throwAtOnce() { putOff(); throw 'at once'; }\n"
    "getLog() => log;\n"
    "callFromNative() { callPutOff(); return log; }\n"
    "callPutOff() native 'CallPutOff';\n";

void CallPutOff(Fart_NativeArguments) {
  ExpectSuccess(Fart_Invoke(Fart_RootLibrary(), Str("putOff"), 0, nullptr));
}

Fart_NativeFunction ResolvePutOff(Fart_Handle, int, bool*) { return CallPutOff; }

TEST_F(LibrariesTest, ACallOfTheHostRunsWhatItHasPutOffBeforeItReturns) {
  ExpectSuccess(Load(kMicrotasks));
  EXPECT_EQ(TextOf(Call("putOff")), "now ");
  EXPECT_EQ(TextOf(Call("getLog")), "now later ");
}

TEST_F(LibrariesTest, ACallOfANativeFunctionLeavesItToTheOuterOne) {
  ExpectSuccess(Load(kMicrotasks, ResolvePutOff));
  EXPECT_EQ(TextOf(Call("callFromNative")), "now ");
  EXPECT_EQ(TextOf(Call("getLog")), "now later ");
}

TEST_F(LibrariesTest, AnErrorOfWhatWasPutOffIsTheCallsAnswer) {
  ExpectSuccess(Load(kMicrotasks));
  const Fart_Handle error = Call("fail");
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(error));
  EXPECT_THAT(ErrorOf(error), ::testing::HasSubstr("nobody waits"));
  // The rest ran after the next call.
  EXPECT_EQ(TextOf(Call("getLog")), "now ");
  EXPECT_EQ(TextOf(Call("getLog")), "now later ");
}

TEST_F(LibrariesTest, ACallThatFailedRunsNothingThatWasPutOff) {
  ExpectSuccess(Load(kMicrotasks));
  EXPECT_THAT(ErrorOf(Call("throwAtOnce")), ::testing::HasSubstr("at once"));
  EXPECT_EQ(TextOf(Call("getLog")), "now ");
  EXPECT_EQ(TextOf(Call("getLog")), "now later ");
}

using NoLanguageTest = ApiTest;

TEST_F(NoLanguageTest, AHeapIsolateRunsNoScript) {
  EXPECT_EQ(ErrorOf(Fart_LoadScript(Str("a"), Str("/a"), Str("main() {}"), 0, 0)),
            "This isolate was made without a language.");
  EXPECT_TRUE(Fart_IsError(Fart_Invoke(Str("x"), Str("toString"), 0, nullptr)));
  EXPECT_TRUE(Fart_IsNull(Fart_RootLibrary()));
  EXPECT_EQ(
      ErrorOf(Fart_LibraryUrl(Fart_True())),
      "Fart_LibraryUrl expects argument 'library' to be of type Library. It is of type bool.");
}

}  // namespace
}  // namespace fart::api
