// Scripts that take each other's place (docs/design/reload.md): of what nobody can get hold of any
// more nothing stays, and everything else goes on.

#include <functional>
#include <string>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

class ReloadingTest : public LanguageTest {
 protected:
  // Loads a script in place of the one before. So large that it is worth looking for what has been
  // left before the next one is loaded.
  Fart_Handle Reload(const std::string& source, Fart_NativeEntryResolver resolver = nullptr) {
    ExpectSuccess(Fart_SetRootLibrary(Fart_Null()));
    const std::string padded = source + "\n// " + std::string(20'000, '-') + "\n";
    const Fart_Handle library = Load(padded.c_str(), resolver);
    ExpectSuccess(library);
    return library;
  }
  // Scripts with classes, constants, statics and closures of all kinds, to take the place of
  // whatever ended.
  void ReloadOthers(int count) {
    for (int i = 0; i < count; ++i) {
      Fart_EnterScope();
      const std::string number = std::to_string(i);
      Reload("class Other" + number + " { var a, b; Other" + number +
             "(this.a, this.b); m() => a + b; get g => b;"
             " static var s = const [" +
             number + ", 'x" + number +
             "']; }\n"
             "describe(x) => x is Type ? '$x' : '${x.runtimeType}';"
             "var kept; main() { var o = new Other" +
             number + "(1, " + number +
             ");"
             " kept = [o, o.m, () => o.g, Other" +
             number +
             ".s, main];"
             " return o.m() + kept[2](); }");
      EXPECT_EQ(IntOf(Call("main")), 1 + 2 * i);
      Fart_ExitScope();
    }
    if (!IsUnderStress()) Collect();
  }

  // What a script's `make` gives is kept while others come and go; then `use` is asked what has
  // become of it.
  void ExpectGoesOn(const std::string& source, const std::function<void(Fart_Handle)>& use,
                    const std::function<Fart_Handle()>& make = nullptr) {
    Fart_EnterScope();
    Reload(source);
    const Fart_PersistentHandle kept =
        Fart_NewPersistentHandle(make == nullptr ? Call("make") : make());
    Fart_ExitScope();
    for (int round = 0; round < 2; ++round) {
      ReloadOthers(4);
      Fart_EnterScope();
      use(Fart_HandleFromPersistent(kept));
      Fart_ExitScope();
    }
    Fart_DeletePersistentHandle(kept);
    ReloadOthers(2);
  }

  static std::int64_t Closure(Fart_Handle closure) {
    return IntOf(Fart_Invoke(closure, Str("call"), 0, nullptr));
  }
};

// ---- What goes on

TEST_F(ReloadingTest, AClosureGoesOnWithItsLibrarysStatics) {
  std::int64_t expected = 100;
  ExpectGoesOn("var count = 100; helper() => count++; make() { var f = helper; return () => f(); }",
               [&](Fart_Handle closure) { EXPECT_EQ(Closure(closure), expected++); });
}

TEST_F(ReloadingTest, ATearOffGoesOn) {
  ExpectGoesOn(
      "lazy() => [1, 2]; var late = lazy(); value() => late.length + const [7][0];"
      "make() => value;",
      [](Fart_Handle closure) { EXPECT_EQ(Closure(closure), 9); });
}

TEST_F(ReloadingTest, ABoundMethodGoesOn) {
  ExpectGoesOn("class C { var x = 5; m() => x++ - x; } make() => new C().m;",
               [](Fart_Handle closure) { EXPECT_EQ(Closure(closure), -1); });
}

TEST_F(ReloadingTest, AnInstanceGoesOnWithMethodsThatWereNeverCalled) {
  ExpectGoesOn(
      "class S { n() => 'S'; } class M { m() => 'M' + n(); }"
      "class C extends S with M { n() => 'C' + super.n(); } make() => new C();",
      [](Fart_Handle object) {
        EXPECT_EQ(TextOf(Fart_Invoke(object, Str("m"), 0, nullptr)), "MCS");
      });
}

TEST_F(ReloadingTest, AListOfDartCoreHoldsWhatLiesInIt) {
  ExpectGoesOn("class C { m() => 3; } make() => [[new C()], {'a': new C()}];",
               [](Fart_Handle list) {
                 const Fart_Handle inner = Fart_ListGetAt(Fart_ListGetAt(list, 0), 0);
                 EXPECT_EQ(IntOf(Fart_Invoke(inner, Str("m"), 0, nullptr)), 3);
               });
}

TEST_F(ReloadingTest, AClassGoesOn) {
  ExpectGoesOn(
      "class C { static var s = 8; static f() => s++ - s; m() => 4; }",
      [](Fart_Handle type) {
        EXPECT_EQ(IntOf(Fart_Invoke(type, Str("f"), 0, nullptr)), -1);
        EXPECT_EQ(TextOf(Fart_ToString(type)), "C");
        const Fart_Handle object = Fart_Allocate(type);
        EXPECT_EQ(IntOf(Fart_Invoke(object, Str("m"), 0, nullptr)), 4);
      },
      [this] { return Fart_GetClass(library_, Str("C")); });
}

TEST_F(ReloadingTest, ALibraryGoesOn) {
  ExpectGoesOn(
      "var count = 1; main() => count++ + new C().x; class C { var x = 10; }",
      [](Fart_Handle library) {
        EXPECT_EQ(TextOf(Fart_LibraryUrl(library)), "test.dart");
        EXPECT_GE(IntOf(Fart_Invoke(library, Str("main"), 0, nullptr)), 11);
        EXPECT_FALSE(Fart_IdentityEquals(Fart_LookupLibrary(Str("test.dart")), library));
      },
      [this] { return library_; });
}

TEST_F(ReloadingTest, WhatOnlyTypeArgumentsNameGoesOn) {
  const std::string source =
      "class C {} make_list() => <C>[]; make_nested() => <List<C>>[];"
      "make_function() => <C Function()>[]; make_type() => <C>[].runtimeType;";
  const auto text = [](Fart_Handle object) {
    return TextOf(Fart_Invoke(Fart_RootLibrary(), Str("describe"), 1, &object));
  };
  const auto expect_goes_on = [&](const char* make, const char* expected) {
    ExpectGoesOn(
        source, [&](Fart_Handle object) { EXPECT_EQ(text(object), expected); },
        [&] { return Call(make); });
  };
  expect_goes_on("make_list", "List<C>");
  expect_goes_on("make_nested", "List<List<C>>");
  expect_goes_on("make_function", "List<C Function()>");
  expect_goes_on("make_type", "List<C>");
}

TEST_F(ReloadingTest, AStackTraceGoesOn) {
  ExpectGoesOn("deep() { throw 'oops'; }\nmake() => deep();", [](Fart_Handle error) {
    EXPECT_THAT(ErrorOf(error), ::testing::AllOf(::testing::HasSubstr("#0 deep (test.dart:1"),
                                                 ::testing::HasSubstr("#1 make (test.dart:2")));
  });
}

TEST_F(ReloadingTest, WhatDartLibrariesHoldGoesOn) {
  Reload(
      "import 'dart:async'; class Late { static var ran = 0; } var done = 0;"
      "make() { new Timer(new Duration(milliseconds: 30), () { Late.ran++; done += 2; });"
      " return () => done; }");
  const Fart_PersistentHandle done = Fart_NewPersistentHandle(Call("make"));
  ReloadOthers(5);
  ExpectSuccess(Fart_RunLoop());
  EXPECT_EQ(Closure(Fart_HandleFromPersistent(done)), 2);
  Fart_DeletePersistentHandle(done);
}

TEST_F(ReloadingTest, WhatIsSetAsTheScriptAgainGoesOn) {
  Reload("var n = 5; main() => n++;");
  const Fart_PersistentHandle first = Fart_NewPersistentHandle(library_);
  ReloadOthers(1);
  ExpectSuccess(Fart_SetRootLibrary(Fart_HandleFromPersistent(first)));
  Fart_DeletePersistentHandle(first);
  Collect();
  ExpectSuccess(Fart_Invoke(Fart_RootLibrary(), Str("main"), 0, nullptr));
  EXPECT_EQ(IntOf(Fart_Invoke(Fart_RootLibrary(), Str("main"), 0, nullptr)), 6);
}

int collected = 0;
void CountCollected(void*, Fart_WeakPersistentHandle, void*) { ++collected; }

Fart_WeakPersistentHandle Watch(Fart_Handle object) {
  return Fart_NewWeakPersistentHandle(object, &collected, 8, CountCollected);
}

// A script's own code has others loaded, while its frames are on the stack; those end meanwhile.
void LoadNext(Fart_NativeArguments) {
  const std::string padding(20'000, '-');
  for (int i = 0; i < 10; ++i) {
    Fart_EnterScope();
    ExpectSuccess(Fart_SetRootLibrary(Fart_Null()));
    const std::string source = "class N { var a = " + std::to_string(i) +
                               "; m() => a; } var kept = new N(); main() => kept.m();"
                               "get() => kept;\n// " +
                               padding;
    const Fart_Handle library =
        Fart_LoadScript(Str("test.dart"), Str("/nowhere/test.dart"), Str(source.c_str()), 0, 0);
    ExpectSuccess(library);
    EXPECT_EQ(IntOf(Fart_Invoke(library, Str("main"), 0, nullptr)), i);
    Watch(Fart_Invoke(library, Str("get"), 0, nullptr));
    Fart_ExitScope();
  }
  Collect();
  EXPECT_GE(collected, 3);
}
Fart_NativeFunction FindLoadNext(Fart_Handle, int, bool*) { return LoadNext; }

TEST_F(ReloadingTest, FramesGoOnWhenTheirScriptIsReplaced) {
  Reload(
      "class C { var x = 6; m() => x + after; } var after = 1; load() native 'load';"
      "main() { var c = new C(); [0].forEach((_) { load(); }); return c.m() + new C().m(); }",
      FindLoadNext);
  collected = 0;
  EXPECT_EQ(IntOf(Call("main")), 14);
  ReloadOthers(3);
}

// ---- What is remembered of what ended

// Shapes, numbers of libraries and types, and member keys come round.
TEST_F(ReloadingTest, CallSitesThatStayMeetTheClassesOfEachScript) {
  Reload(
      "make() => [(x) => x.m(), (x) => x.g, (x, y) => x.s = y, (x) => '$x', (x) => x.f,"
      " (x, y) => x == y, (x) => x.noneSuch()];");
  const Fart_PersistentHandle sites = Fart_NewPersistentHandle(Call("make"));
  for (int i = 0; i < 12; ++i) {
    Fart_EnterScope();
    const std::string number = std::to_string(i);
    const bool swapped = i % 2 == 1;
    Reload("class P { var " + std::string(swapped ? "t, f" : "f, t") + "; P() { f = " + number +
           "; t = -1; } m() => _m(); _m() => f + 1000;"
           " get g => f + 2000; set s(v) { f = v; } toString() => 'P" +
           number + "'; operator ==(other) => " + (swapped ? "true" : "false") +
           "; noSuchMethod(i) => f + 3000; }\n make() => new P();");
    const Fart_Handle all = Fart_HandleFromPersistent(sites);
    const auto site = [&](int which, std::vector<Fart_Handle> arguments) {
      return Fart_Invoke(Fart_ListGetAt(all, which), Str("call"),
                         static_cast<int>(arguments.size()), arguments.data());
    };
    const Fart_Handle p = Call("make");
    EXPECT_EQ(IntOf(site(0, {p})), i + 1000);
    EXPECT_EQ(IntOf(site(1, {p})), i + 2000);
    EXPECT_EQ(TextOf(site(3, {p})), "P" + number);
    EXPECT_EQ(IntOf(site(4, {p})), i);
    EXPECT_EQ(site(5, {p, Str("other")}), swapped ? Fart_True() : Fart_False());
    EXPECT_EQ(IntOf(site(6, {p})), i + 3000);
    ExpectSuccess(site(2, {p, Fart_NewInteger(77)}));
    EXPECT_EQ(IntOf(site(4, {p})), 77);
    Fart_ExitScope();
  }
  Fart_DeletePersistentHandle(sites);
}

TEST_F(ReloadingTest, EqualConstantsAreOneObjectWhoeverHadThemFirst) {
  constexpr const char* kConstant = "make() => () => const ['one', 2, const [3]];";
  Reload(kConstant);
  ExpectSuccess(Fart_Invoke(Call("make"), Str("call"), 0, nullptr));
  Reload(kConstant);
  const Fart_PersistentHandle second = Fart_NewPersistentHandle(Call("make"));
  const auto ask = [](Fart_Handle closure) {
    return Fart_Invoke(closure, Str("call"), 0, nullptr);
  };
  const Fart_PersistentHandle object =
      Fart_NewPersistentHandle(ask(Fart_HandleFromPersistent(second)));
  Fart_ExitScope();  // Of the first one nothing is held any more.
  Fart_EnterScope();
  ReloadOthers(4);
  Reload(kConstant);
  EXPECT_TRUE(Fart_IdentityEquals(ask(Call("make")), Fart_HandleFromPersistent(object)));
  Fart_DeletePersistentHandle(second);
  Fart_DeletePersistentHandle(object);
}

// ---- What ends

TEST_F(ReloadingTest, WhatStaticsAndConstantsOfEarlierScriptsHeldIsDead) {
  collected = 0;
  constexpr int kScripts = 20;
  for (int i = 0; i < kScripts; ++i) {
    Fart_EnterScope();
    // A circle: the static holds the object, which has the class, which has the static.
    Reload("class C { var self; C() { self = this; } } var kept = new C(); main() => kept;");
    Watch(Call("main"));
    Fart_ExitScope();
  }
  ReloadOthers(1);
  Collect();
  EXPECT_GE(collected, kScripts - 1);
}

TEST_F(ReloadingTest, AWeakHandleThatLeadsToAnEndedScriptIsDead) {
  Reload("class C { m() => kept; } var kept = new C(); main() => kept;");
  const Fart_WeakPersistentHandle weak = Watch(Call("main"));
  Fart_ExitScope();
  Fart_EnterScope();
  ReloadOthers(1);
  // It may be dead by now; else all that it needs is there.
  const Fart_Handle object = Fart_HandleFromWeakPersistent(weak);
  if (!Fart_IsNull(object)) {
    EXPECT_TRUE(Fart_IdentityEquals(Fart_Invoke(object, Str("m"), 0, nullptr), object));
  }
  Fart_ExitScope();
  Fart_EnterScope();
  ReloadOthers(3);
  EXPECT_TRUE(Fart_IsNull(Fart_HandleFromWeakPersistent(weak)));
}

TEST_F(ReloadingTest, ABundledLibraryOfAFailedLoadIsThereForTheNext) {
  constexpr const char* kImport = "import 'dart:nativewrappers'; ";
  const std::string fails = std::string(kImport) + "import 'dart-ext:no_such_extension'; main() {}";
  const std::string works =
      std::string(kImport) + "class C extends NativeFieldWrapperClass1 {} main() => new C();";
  for (int i = 0; i < 3; ++i) {
    ExpectSuccess(Fart_SetRootLibrary(Fart_Null()));
    EXPECT_TRUE(Fart_IsError(Load(fails.c_str())));
    ExpectSuccess(Load(works.c_str()));
    int fields = 0;
    ExpectSuccess(Fart_GetNativeInstanceFieldCount(Call("main"), &fields));
    EXPECT_EQ(fields, 1);
  }
}

TEST_F(ReloadingTest, OnlyTheLibrariesOfTheScriptAreFound) {
  std::intptr_t before = 0;
  for (int i = 0; i < 4; ++i) {
    ExpectSuccess(Fart_SetRootLibrary(Fart_Null()));
    const std::string url = "script" + std::to_string(i);
    ExpectSuccess(Fart_LoadScript(Str(url.c_str()), Fart_Null(), Str("main() => 1;"), 0, 0));
    std::intptr_t length = 0;
    ExpectSuccess(Fart_ListLength(Fart_GetLoadedLibraries(), &length));
    if (i != 0) {
      EXPECT_EQ(length, before);
    }
    before = length;
    EXPECT_TRUE(Fart_IsLibrary(Fart_LookupLibrary(Str(url.c_str()))));
    EXPECT_EQ(Fart_IsLibrary(Fart_LookupLibrary(Str("script0"))), i == 0);
  }
}

void AskForLibraries(void*, Fart_WeakPersistentHandle, void*) {
  Fart_EnterScope();
  ++collected;
  EXPECT_FALSE(Fart_IsLibrary(Fart_RootLibrary()));
  EXPECT_TRUE(Fart_IsError(Fart_LookupLibrary(Str("test.dart"))));
  Fart_ExitScope();
}

TEST_F(ReloadingTest, WhatAsksForLibrariesWhenTheIsolateEndsFindsNone) {
  Reload("class C {} var kept = new C(); main() => kept;");
  collected = 0;
  Fart_NewWeakPersistentHandle(Call("main"), &collected, 8, AskForLibraries);
  Fart_ShutdownIsolate();
  EXPECT_EQ(collected, 1);
}

}  // namespace
}  // namespace fart::api
