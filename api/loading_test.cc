// A host that finds and reads what its script imports, and says what is declared for it.

#include <map>
#include <string>
#include <vector>

#include "api/testing/api_test.h"

namespace fart::api {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// What the handler has: sources by URL, and what it was asked.
struct Sources {
  std::map<std::string, std::string> texts;
  std::vector<std::string> asked;
  // Instead of what is done ordinarily, unless it returns NULL.
  Fart_Handle (*instead)(Fart_LibraryTag, Fart_Handle library, Fart_Handle url) = nullptr;
};
Sources sources;

const char* NameOf(Fart_LibraryTag tag) {
  switch (tag) {
    case Fart_kCanonicalizeUrl:
      return "url ";
    case Fart_kScriptTag:
      return "script ";
    case Fart_kSourceTag:
      return "part ";
    case Fart_kImportTag:
      return "library ";
  }
  return "?";
}

Fart_Handle OnTag(Fart_LibraryTag tag, Fart_Handle library, Fart_Handle url) {
  const std::string name = TextOf(url);
  sources.asked.push_back(NameOf(tag) + name + " in " + TextOf(Fart_LibraryUrl(library)));
  if (sources.instead != nullptr) {
    const Fart_Handle answer = sources.instead(tag, library, url);
    if (answer != nullptr) return answer;
  }
  if (tag == Fart_kCanonicalizeUrl) {
    return Fart_DefaultCanonicalizeUrl(Fart_LibraryUrl(library), url);
  }
  const auto found = sources.texts.find(name);
  if (found == sources.texts.end()) return Fart_NewApiError("no such source");
  const Fart_Handle text = Str(found->second.c_str());
  return tag == Fart_kSourceTag ? Fart_LoadSource(library, url, Fart_Null(), text, 0, 0)
                                : Fart_LoadLibrary(url, Fart_Null(), text, 0, 0);
}

class LoadingTest : public LanguageTest {
 protected:
  void SetUp() override {
    LanguageTest::SetUp();
    sources = {};
    ExpectSuccess(Fart_SetLibraryTagHandler(OnTag));
  }
  Fart_Handle LoadMain(const char* text) {
    library_ = Fart_LoadScript(Str("app:main.dart"), Fart_Null(), Str(text), 0, 0);
    return library_;
  }
};

// ---- Asked

TEST_F(LoadingTest, TheHostIsAskedForWhatIsImported) {
  sources.texts["app:lib/a.dart"] = "library a; import '../b.dart'; part 'p.dart'; f() => g() + h;";
  sources.texts["app:lib/p.dart"] = "part of a; get h => _h; var _h = 30;";
  sources.texts["app:b.dart"] = "export 'lib/a.dart'; g() => 12;";
  ExpectSuccess(LoadMain("import 'lib/a.dart' as a; import 'dart:math'; main() => max(a.f(), 1);"));
  EXPECT_EQ(IntOf(Call("main")), 42);
  EXPECT_THAT(
      sources.asked,
      ElementsAre("url lib/a.dart in app:main.dart", "library app:lib/a.dart in app:main.dart",
                  "url ../b.dart in app:lib/a.dart", "library app:b.dart in app:lib/a.dart",
                  "url p.dart in app:lib/a.dart", "part app:lib/p.dart in app:lib/a.dart",
                  "url lib/a.dart in app:b.dart"));
  EXPECT_TRUE(Fart_IsLibrary(Fart_LookupLibrary(Str("app:b.dart"))));
  EXPECT_EQ(TextOf(Fart_LibraryUrl(library_)), "app:main.dart");
}

TEST_F(LoadingTest, AUrlMayMeanALibraryOfTheLanguage) {
  sources.instead = [](Fart_LibraryTag, Fart_Handle, Fart_Handle) { return Str("dart:math"); };
  ExpectSuccess(LoadMain("import 'mathematics'; main() => max(6, 7);"));
  EXPECT_EQ(IntOf(Call("main")), 7);
  EXPECT_EQ(sources.asked.size(), 1u);
}

TEST_F(LoadingTest, FilesAreReadAgainWithoutAHandler) {
  ExpectSuccess(Fart_SetLibraryTagHandler(nullptr));
  EXPECT_THAT(ErrorOf(LoadMain("import 'none.dart'; main() => 1;")), HasSubstr("none.dart"));
  EXPECT_TRUE(sources.asked.empty());
}

TEST_F(LoadingTest, AHandlerThatTakesItselfBackEndsTheLoad) {
  sources.instead = [](Fart_LibraryTag, Fart_Handle, Fart_Handle url) {
    ExpectSuccess(Fart_SetLibraryTagHandler(nullptr));
    return url;
  };
  EXPECT_THAT(ErrorOf(LoadMain("import 'a.dart';\nmain() => 1;")),
              HasSubstr("no library tag handler any more"));
}

// A script of the same URLs as the one before is asked for again.
TEST_F(LoadingTest, AnotherScriptAsksAnew) {
  sources.texts["app:a.dart"] = "a() => 1;";
  const char* const text = "import 'a.dart'; main() => a();";
  ExpectSuccess(LoadMain(text));
  EXPECT_EQ(IntOf(Call("main")), 1);
  ExpectSuccess(Fart_SetRootLibrary(Fart_Null()));
  sources.texts["app:a.dart"] = "a() => 2;";
  ExpectSuccess(LoadMain(text));
  EXPECT_EQ(IntOf(Call("main")), 2);
}

// ---- Errors

TEST_F(LoadingTest, WhatTheHostDoesNotHaveIsAnErrorAtItsPlace) {
  const Fart_Handle error = LoadMain("import 'dart:math';\nimport 'a.dart';\nmain() => 1;");
  EXPECT_TRUE(Fart_IsCompilationError(error));
  EXPECT_THAT(ErrorOf(error), AllOf(HasSubstr("app:main.dart:2:8"), HasSubstr("no such source")));
  EXPECT_TRUE(Fart_IsNull(Fart_RootLibrary()));
  EXPECT_TRUE(Fart_IsError(Fart_LookupLibrary(Str("app:main.dart"))));
  ExpectSuccess(LoadMain("main() => 3;"));
  EXPECT_EQ(IntOf(Call("main")), 3);
}

TEST_F(LoadingTest, AnswersThatLeadNowhereAreErrors) {
  sources.instead = [](Fart_LibraryTag, Fart_Handle, Fart_Handle) { return Fart_True(); };
  EXPECT_THAT(ErrorOf(LoadMain("import 'a.dart'; main() => 1;")),
              HasSubstr("has to answer Fart_kCanonicalizeUrl with a String"));
  sources.instead = [](Fart_LibraryTag, Fart_Handle, Fart_Handle url) { return url; };
  EXPECT_THAT(ErrorOf(LoadMain("import 'a.dart'; main() => 1;")),
              HasSubstr("The library tag handler has not loaded 'a.dart'."));
  EXPECT_THAT(ErrorOf(LoadMain("part 'a.dart'; main() => 1;")),
              HasSubstr("The library tag handler has not loaded 'a.dart'."));
  sources.instead = [](Fart_LibraryTag, Fart_Handle, Fart_Handle) {
    return reinterpret_cast<Fart_Handle>(&sources);
  };
  EXPECT_THAT(ErrorOf(LoadMain("import 'a.dart'; main() => 1;")),
              HasSubstr("A library tag handler returned something that is not a live handle."));
}

TEST_F(LoadingTest, AnExceptionOfTheHandlerStaysWhatItIs) {
  sources.instead = [](Fart_LibraryTag, Fart_Handle, Fart_Handle) {
    return Fart_ThrowException(Str("ink"));
  };
  const Fart_Handle error = LoadMain("import 'a.dart'; main() => 1;");
  EXPECT_TRUE(Fart_IsUnhandledExceptionError(error));
  EXPECT_EQ(TextOf(Fart_ErrorGetException(error)), "ink");
}

TEST_F(LoadingTest, ErrorsOfASourceHaveItsPlace) {
  sources.texts["app:a.dart"] = "f() => 1;\nf() => 2;";
  EXPECT_THAT(ErrorOf(LoadMain("import 'a.dart'; main() => 1;")), HasSubstr("app:a.dart:2:1"));
  sources.texts["app:a.dart"] = "part of x;";
  EXPECT_THAT(ErrorOf(LoadMain("import 'a.dart'; main() => 1;")),
              HasSubstr("A part can be neither imported nor started."));
}

TEST_F(LoadingTest, AnErrorThatIsHandedOverEndsTheLoad) {
  sources.instead = [](Fart_LibraryTag tag, Fart_Handle library, Fart_Handle) -> Fart_Handle {
    if (tag != Fart_kImportTag) return nullptr;
    const Fart_Handle error = Fart_NewUnhandledExceptionError(Str("the disk"));
    EXPECT_TRUE(Fart_IsNull(Fart_LibraryHandleError(library, error)));
    return Fart_Null();
  };
  const Fart_Handle error = LoadMain("import 'a.dart'; main() => 1;");
  ASSERT_TRUE(Fart_IsUnhandledExceptionError(error));
  EXPECT_EQ(TextOf(Fart_ErrorGetException(error)), "the disk");
}

TEST_F(LoadingTest, ErrorsOfLoadedLibrariesComeBack) {
  ExpectSuccess(LoadMain("main() => 1;"));
  const Fart_Handle error = Fart_NewApiError("late");
  EXPECT_EQ(Fart_LibraryHandleError(library_, error), error);
  EXPECT_THAT(ErrorOf(Fart_LibraryHandleError(library_, library_)),
              HasSubstr("'error' to be of type Error."));
}

// ---- Parts

TEST_F(LoadingTest, AHostAddsPartsThatNobodyNames) {
  sources.instead = [](Fart_LibraryTag tag, Fart_Handle library, Fart_Handle url) -> Fart_Handle {
    if (tag != Fart_kSourceTag) return nullptr;
    const Fart_Handle more = Str("part of m; class More { static get two => 2; }");
    EXPECT_EQ(Fart_LoadSource(library, Str("more"), Fart_Null(), more, 0, 0), library);
    return Fart_LoadSource(library, url, Fart_Null(), Str("part of m; get one => 1;"), 0, 0);
  };
  ExpectSuccess(LoadMain("library m; part 'p.dart'; main() => one + More.two;"));
  EXPECT_EQ(IntOf(Call("main")), 3);
}

TEST_F(LoadingTest, PartsThatAreWrongAreErrorsWithTheirPlace) {
  const auto error_of = [&](const char* part) {
    sources.texts["app:p.dart"] = part;
    return ErrorOf(LoadMain("library m; part 'p.dart'; main() => 1;"));
  };
  EXPECT_THAT(error_of("get one => ;"), HasSubstr("app:p.dart:1:12"));
  EXPECT_THAT(error_of("get one => 1;"), HasSubstr("'app:p.dart' does not say 'part of'."));
  EXPECT_THAT(error_of("part of m;\nmain() => 2;"), HasSubstr("app:p.dart:2:1"));
}

// What it declares twice is declared by half: the load fails, whatever the handler says.
TEST_F(LoadingTest, AHostCannotKeepAPartThatDeclaresTwice) {
  sources.instead = [](Fart_LibraryTag tag, Fart_Handle library, Fart_Handle url) -> Fart_Handle {
    if (tag != Fart_kSourceTag) return nullptr;
    const Fart_Handle text = Str("part of m; f() => 1; main() => 2;");
    EXPECT_TRUE(Fart_IsCompilationError(Fart_LoadSource(library, url, Fart_Null(), text, 0, 0)));
    return Fart_Null();
  };
  EXPECT_THAT(ErrorOf(LoadMain("library m; part 'p.dart'; main() => 1;")),
              HasSubstr("'main' is declared twice"));
}

TEST_F(LoadingTest, LoadedLibrariesTakeNoParts) {
  ExpectSuccess(LoadMain("library m; main() => 1;"));
  EXPECT_EQ(ErrorOf(Fart_LoadSource(library_, Str("p"), Fart_Null(), Str("part of m;"), 0, 0)),
            "Fart_LoadSource: The library 'app:main.dart' is not being loaded.");
}

// ---- Imports that no source has

TEST_F(LoadingTest, AHostAddsImports) {
  sources.texts["app:a.dart"] = "a() => 'a';";
  sources.instead = [](Fart_LibraryTag tag, Fart_Handle library, Fart_Handle url) -> Fart_Handle {
    if (tag != Fart_kImportTag) return nullptr;
    const Fart_Handle text = Str("x() => 'x${c.int.parse(two)}';");
    const Fart_Handle made = Fart_LoadLibrary(url, Fart_Null(), text, 0, 0);
    ExpectSuccess(made);
    const Fart_Handle core = Fart_LookupLibrary(Str("dart:core"));
    ExpectSuccess(Fart_LibraryImportLibrary(made, core, Str("c")));
    ExpectSuccess(Fart_LibraryImportLibrary(made, library, Fart_EmptyString()));
    ExpectSuccess(Fart_LibraryImportLibrary(library, made, Str("more")));
    return made;
  };
  ExpectSuccess(LoadMain("import 'b.dart'; var two = '2'; main() => x() + more.x();"));
  EXPECT_EQ(TextOf(Call("main")), "x2x2");
  EXPECT_EQ(ErrorOf(Fart_LibraryImportLibrary(library_, library_, Fart_Null())),
            "Fart_LibraryImportLibrary: The library 'app:main.dart' is not being loaded.");
}

Fart_PersistentHandle earlier = nullptr;

TEST_F(LoadingTest, NoLibraryImportsOneOfAnotherScript) {
  ExpectSuccess(LoadMain("main() => 1;"));
  earlier = Fart_NewPersistentHandle(library_);
  ExpectSuccess(Fart_SetRootLibrary(Fart_Null()));
  sources.instead = [](Fart_LibraryTag tag, Fart_Handle library, Fart_Handle) -> Fart_Handle {
    return tag != Fart_kImportTag ? nullptr
                                  : Fart_LibraryImportLibrary(library, earlier, Fart_Null());
  };
  EXPECT_THAT(ErrorOf(LoadMain("import 'a.dart'; main() => 2;")),
              HasSubstr("belongs to another script, or has not been loaded."));
  Fart_DeletePersistentHandle(earlier);
}

// ---- What has no code yet is not run

TEST_F(LoadingTest, LibrariesThatAreBeingLoadedAreNotRun) {
  sources.instead = [](Fart_LibraryTag tag, Fart_Handle library, Fart_Handle) -> Fart_Handle {
    if (tag != Fart_kImportTag) return nullptr;
    const std::string why = "The library 'app:main.dart' is still being loaded.";
    EXPECT_EQ(ErrorOf(Fart_Invoke(library, Str("main"), 0, nullptr)), why);
    EXPECT_EQ(ErrorOf(Fart_GetField(library, Str("x"))), why);
    EXPECT_EQ(ErrorOf(Fart_SetField(library, Str("x"), Fart_True())), why);
    EXPECT_TRUE(Fart_IsError(Fart_GetClass(library, Str("C"))));
    EXPECT_THAT(ErrorOf(Fart_LoadScript(Str("s"), Fart_Null(), Str("main() {}"), 0, 0)),
                HasSubstr("A script is being loaded."));
    return nullptr;
  };
  sources.texts["app:a.dart"] = "";
  ExpectSuccess(LoadMain("import 'a.dart'; var x = 4; class C {} main() => x;"));
  EXPECT_EQ(IntOf(Call("main")), 4);
  ExpectSuccess(Fart_GetClass(library_, Str("C")));
}

// ---- Libraries of a script that runs

TEST_F(LoadingTest, ARunningScriptIsGivenMoreLibraries) {
  EXPECT_THAT(ErrorOf(Fart_LoadLibrary(Str("app:x"), Fart_Null(), Str("x() => 1;"), 0, 0)),
              HasSubstr("Fart_LoadLibrary: No script has been loaded that 'app:x'"));
  sources.texts["app:y"] = "class Y { get z => 21; }";
  ExpectSuccess(LoadMain("twice(x) => 2 * x.z; main() => 1;"));
  const Fart_Handle more =
      Fart_LoadLibrary(Str("app:x"), Fart_Null(),
                       Str("import 'y'; import 'main.dart'; x() => twice(new Y());"), 0, 0);
  ExpectSuccess(more);
  EXPECT_EQ(IntOf(Fart_Invoke(more, Str("x"), 0, nullptr)), 42);
  EXPECT_THAT(ErrorOf(Fart_LoadLibrary(Str("app:x"), Fart_Null(), Str("x() => 1;"), 0, 0)),
              HasSubstr("Fart_LoadLibrary: The library 'app:x' has already been loaded."));
  EXPECT_THAT(ErrorOf(Fart_LoadLibrary(Str("dart:x"), Fart_Null(), Str(""), 0, 0)),
              HasSubstr("Fart_LoadLibrary: A library cannot be called 'dart:x'."));
  const Fart_Handle wrong =
      Fart_LoadLibrary(Str("app:w"), Fart_Null(), Str("import 'y';\nw() => q;"), 7, 0);
  EXPECT_THAT(ErrorOf(wrong), HasSubstr("app:w:9:8"));
  EXPECT_TRUE(Fart_IsError(Fart_LookupLibrary(Str("app:w"))));
  ExpectSuccess(Fart_LoadLibrary(Str("app:w"), Fart_Null(), Str("w() => 1;"), 0, 0));
}

// They end with it, and what holds them goes on.
TEST_F(LoadingTest, LibrariesEndWithTheirScript) {
  ExpectSuccess(LoadMain("main() => 1;"));
  const Fart_Handle more =
      Fart_LoadLibrary(Str("app:x"), Fart_Null(), Str("var n = 5; x() => ++n;"), 0, 0);
  ExpectSuccess(more);
  for (int i = 0; i < 3; ++i) {
    ExpectSuccess(Fart_SetRootLibrary(Fart_Null()));
    ExpectSuccess(LoadMain("main() => 2;"));
    Collect();
  }
  EXPECT_TRUE(Fart_IsError(Fart_LookupLibrary(Str("app:x"))));
  EXPECT_EQ(IntOf(Fart_Invoke(more, Str("x"), 0, nullptr)), 6);
  ExpectSuccess(Fart_LoadLibrary(Str("app:x"), Fart_Null(), Str("x() => 7;"), 0, 0));
}

// ---- Asked afterwards

TEST_F(LoadingTest, ImportsAreListedByTheBeginningOfTheirUrl) {
  sources.texts["app:a.dart"] = "export 'dart:math';";
  ExpectSuccess(LoadMain("import 'a.dart'; import 'dart:math'; main() => 1;"));
  const auto pairs_of = [](const char* scheme, const char* importer) {
    const Fart_Handle list = Fart_GetImportsOfScheme(Str(scheme));
    std::vector<std::string> found;
    std::intptr_t length = 0;
    ExpectSuccess(Fart_ListLength(list, &length));
    for (std::intptr_t i = 0; i < length; i += 2) {
      if (TextOf(Fart_LibraryUrl(Fart_ListGetAt(list, i))) != importer) continue;
      found.push_back(TextOf(Fart_LibraryUrl(Fart_ListGetAt(list, i + 1))));
    }
    return found;
  };
  EXPECT_THAT(pairs_of("app", "app:main.dart"), ElementsAre("app:a.dart"));
  EXPECT_THAT(pairs_of("dart:m", "app:main.dart"), ElementsAre("dart:math"));
  EXPECT_THAT(pairs_of("dart:m", "app:a.dart"), ElementsAre("dart:math"));
  EXPECT_THAT(pairs_of("file", "app:main.dart"), ElementsAre());
}

TEST_F(LoadingTest, NothingIsLeftToBeFinalised) {
  EXPECT_EQ(Fart_FinalizeLoading(true), Fart_True());
  EXPECT_TRUE(Fart_IsCompilationError(LoadMain("main(")));
  EXPECT_EQ(Fart_FinalizeLoading(false), Fart_True());
}

// ---- Urls

TEST_F(LoadingTest, UrlsAreResolvedAsTheStandardSays) {
  const auto resolved = [](const char* base, const char* url) {
    return TextOf(Fart_DefaultCanonicalizeUrl(Str(base), Str(url)));
  };
  // RFC 3986, 5.4.
  const char* const base = "http://a/b/c/d;p?q";
  for (const auto& [url, expected] :
       std::map<std::string, std::string>{{"g:h", "g:h"},
                                          {"g", "http://a/b/c/g"},
                                          {"./g", "http://a/b/c/g"},
                                          {"g/", "http://a/b/c/g/"},
                                          {"/g", "http://a/g"},
                                          {"//g", "http://g"},
                                          {"?y", "http://a/b/c/d;p?y"},
                                          {"g?y", "http://a/b/c/g?y"},
                                          {"#s", "http://a/b/c/d;p?q#s"},
                                          {"g?y#s", "http://a/b/c/g?y#s"},
                                          {"", "http://a/b/c/d;p?q"},
                                          {".", "http://a/b/c/"},
                                          {"..", "http://a/b/"},
                                          {"../g", "http://a/b/g"},
                                          {"../../g", "http://a/g"},
                                          {"../../../../g", "http://a/g"},
                                          {"/../g", "http://a/g"},
                                          {"g.", "http://a/b/c/g."},
                                          {"..g", "http://a/b/c/..g"},
                                          {"./g/.", "http://a/b/c/g/"},
                                          {"g/../h", "http://a/b/c/h"},
                                          {"g?y/../x", "http://a/b/c/g?y/../x"}}) {
    EXPECT_EQ(resolved(base, url.c_str()), expected) << url;
  }
  EXPECT_EQ(resolved("package:a/lib/b.dart", "../c.dart"), "package:a/c.dart");
  EXPECT_EQ(resolved("http://a", "g"), "http://a/g");
  EXPECT_EQ(resolved("a/b.dart", "../../c.dart"), "../c.dart");
  EXPECT_EQ(resolved("/a/b.dart", "../../c.dart"), "/c.dart");
  EXPECT_EQ(resolved("x:/a", ".//b"), "x:/.//b");
  EXPECT_THAT(resolved("a", "1:2"), HasSubstr("Unable to canonicalize uri '1:2' in 'a'."));
  EXPECT_THAT(resolved(":a", "b"), HasSubstr("Unable to canonicalize uri"));
  for (const char* const url : {"aZ09+-.:b", "z:b"}) EXPECT_EQ(resolved(base, url), url);
  for (const char* const url : {"a_:b", "a%:b", "a@:b", "a[:b", "a`:b", "a{:b", "+a:b"}) {
    EXPECT_THAT(resolved(base, url), HasSubstr("Unable to canonicalize uri")) << url;
  }
}

// ---- The environment

Fart_Handle OnName(Fart_Handle name) {
  const std::string text = TextOf(name);
  if (text == "ink") return Str("black");
  if (text == "six") return Str("6");
  if (text == "yes") return Str("true");
  if (text == "no") return Str("false");
  if (text == "bad") return Fart_NewApiError("nobody may know");
  if (text == "int") return Fart_NewInteger(1);
  if (text == "thrown") return Fart_ThrowException(Str("paper"));
  return Fart_Null();
}

TEST_F(LoadingTest, AProgramFindsWhatIsDeclared) {
  const char* const text =
      "const ink = const String.fromEnvironment('ink');\n"
      "const six = const int.fromEnvironment('six', defaultValue: 1);\n"
      "const yes = const bool.fromEnvironment('yes');\n"
      "main() => [ink, six, yes, new String.fromEnvironment('no'),\n"
      "    new bool.fromEnvironment('no', defaultValue: true), new int.fromEnvironment('ink'),\n"
      "    new String.fromEnvironment('none', defaultValue: 'd'),\n"
      "    new bool.fromEnvironment('ink', defaultValue: true),\n"
      "    new bool.hasEnvironment('ink'), new bool.hasEnvironment('none')].join(' ');\n"
      "caught(name) {\n"
      "  try { return new String.fromEnvironment(name); } on ArgumentError catch (e) { return "
      "'$e'; }\n"
      "}\n";
  ExpectSuccess(LoadMain(text));
  EXPECT_EQ(TextOf(Call("main")), "null 1 false null true null d true false false");
  ExpectSuccess(Fart_SetRootLibrary(Fart_Null()));
  ExpectSuccess(Fart_SetEnvironmentCallback(OnName));
  ExpectSuccess(LoadMain(text));
  EXPECT_EQ(TextOf(Call("main")), "black 6 true false false null d true true false");
  EXPECT_THAT(TextOf(Call("caught", {Str("bad")})),
              HasSubstr("cannot be looked up: nobody may know"));
  EXPECT_THAT(TextOf(Call("caught", {Str("int")})), HasSubstr("has to be declared as a String"));
  const Fart_Handle thrown = Call("caught", {Str("thrown")});
  ASSERT_TRUE(Fart_IsUnhandledExceptionError(thrown));
  EXPECT_EQ(TextOf(Fart_ErrorGetException(thrown)), "paper");
  ExpectSuccess(Fart_SetEnvironmentCallback(nullptr));
  EXPECT_TRUE(Fart_IsNull(Call("caught", {Str("ink")})));
}

// ---- What nothing makes

TEST_F(LoadingTest, NothingDescribesFunctionsAndVariables) {
  ExpectSuccess(LoadMain("class C<T> { var x; } main() => 1;"));
  for (const Fart_Handle it : {library_, Fart_GetField(library_, Str("main")),
                               Fart_GetClass(library_, Str("C")), Fart_Null()}) {
    EXPECT_FALSE(Fart_IsFunction(it) || Fart_IsVariable(it) || Fart_IsTypeVariable(it));
  }
}

}  // namespace
}  // namespace fart::api
