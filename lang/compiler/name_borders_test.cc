// What names mean at the borders of libraries, classes and scopes.

#include <cstddef>
#include <string>
#include <utility>
#include <variant>

#include "gtest/gtest.h"
#include "lang/compiler/bytecode.h"
#include "lang/compiler/test_program.h"

namespace fart::lang {
namespace {

TEST(NameBordersTest, OnlyWhatIsConstantIsOne) {
  for (const auto& [text, is_right] : {
           std::pair("final x = 1; const y = x;", false),
           std::pair("const x = 1; const y = x;", true),
           std::pair("f() { final a = 1; const b = a; }", false),
           std::pair("f() { const a = 1; const b = a; }", true),
           std::pair("class C { static final x = 1; } const y = C.x;", false),
           std::pair("const y = 'a'.hashCode;", false),
           std::pair("const y = 'a'.length;", true),
           std::pair("identical(a, b) => 1; const y = identical(1, 2);", false),
           std::pair("class M { var x; } class S { const S(); } class C = S with M;"
                     "const c = const C();",
                     false),
           std::pair("class M {} class S { const S(); } class C = S with M; const c = const C();",
                     true),
           std::pair("class S { var x; } class C extends S { const C(); }", false),
           std::pair("class S { } class R extends S {} class C extends R { const C(); }", true),
           std::pair("class S { S(); } class C extends S { const C(); }", false),
           std::pair("class C { C.n(); const C() : this.n(); }", false),
           std::pair("class C { const C.n(); const C() : this.n(); }", true),
           std::pair("f(x) => const [for (var a in x) a];", false),
           std::pair("f() => const [if (true) 1 else 2];", true),
           std::pair("f() => const [for (; false;) 1];", false),
       }) {
    EXPECT_EQ(ErrorOf(text) == "no error", is_right) << text << '\n' << ErrorOf(text);
  }
}

TEST(NameBordersTest, WhatIsPrivateIsNotFoundFromElsewhere) {
  const char* const a =
      "class C { C._n(); static _s() {} C(); } extension E on int { _p() => 1; q() => 2; }"
      "_top() {} class _D {}";
  for (const auto& [text, error] :
       {std::pair("f() => C._s();", "There is no static member or constructor '_s'"),
        std::pair("f() => new C._n();", "There is no constructor 'C._n'"),
        std::pair("f() => E(1)._p();", "'_p' is a member of instances of the class 'E'"),
        std::pair("f() => _top();", "'_top' is not declared"),
        std::pair("f() => new _D();", "There is no class '_D'"),
        std::pair("f(x) => x is _D;", "There is no type '_D'"), std::pair("f() => E(1).q();", ""),
        std::pair("f() => new C();", "")}) {
    TestProgram program;
    ASSERT_EQ(program.Add("a", a), "");
    ASSERT_EQ(program.Add("b", std::string("import 'a'; ") + text), "");
    const std::string found = program.Build();
    EXPECT_EQ(found.empty(), *error == '\0') << text << '\n' << found;
    EXPECT_TRUE(Contains(found, error)) << text << '\n' << found;
  }
}

TEST(NameBordersTest, ANameOfManyLibrariesIsToldOfTheFirstTwo) {
  TestProgram program;
  for (const char* const library : {"a", "b", "c"}) {
    ASSERT_EQ(program.Add(library, "x() {}"), "");
  }
  ASSERT_EQ(program.Add("d", "import 'a'; import 'b'; import 'c'; import 'a'; f() => x();"), "");
  EXPECT_TRUE(Contains(program.Build(), "'x' is imported from both 'a' and 'b'."));
  for (const char* const use : {"p.x()", "p.x", "p.x.y"}) {
    TestProgram prefixed;
    ASSERT_EQ(prefixed.Add("a", "class x { static y() {} }"), "");
    ASSERT_EQ(prefixed.Add("b", "class x { static y() {} }"), "");
    ASSERT_EQ(
        prefixed.Add("d", std::string("import 'a' as p; import 'b' as p; f() => ") + use + ";"),
        "");
    const std::string error = prefixed.Build();
    EXPECT_TRUE(Contains(error, "is imported from both 'a' and 'b'.")) << use << '\n' << error;
  }
}

TEST(NameBordersTest, ANameIsExportedFromOneLibrary) {
  const auto error = [](const std::string& directives) {
    TestProgram program;
    EXPECT_EQ(program.Add("a", "x() {} z() {}"), "");
    EXPECT_EQ(program.Add("b", "x() {} set y(v) {}"), "");
    EXPECT_EQ(program.Add("c", "export 'a';"), "");
    EXPECT_EQ(program.Add("d", directives), "");
    return program.Build();
  };
  EXPECT_TRUE(Contains(error("export 'a'; export 'b';"),
                       "d:1:20: Error: 'x' is exported from both 'a' and 'b'."));
  for (const char* const directives :
       {"export 'a'; export 'c';", "export 'a' hide x; export 'b';",
        "export 'a' show z; export 'b';", "export 'a'; export 'b'; x() {}",
        "import 'a'; export 'b';"}) {
    EXPECT_EQ(error(directives), "") << directives;
  }
}

TEST(NameBordersTest, ImportingTheCoreHidesNothing) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "class List { static m() {} } print(x) => 1;"), "");
  ASSERT_EQ(program.Add("b", "import 'dart:core'; import 'a'; f() { List.m(); print(1); }"), "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_TRUE(Contains(program.Code("f"), "CallStatic List.m"));
}

TEST(NameBordersTest, ExtensionsAreSeenOnceWhereTheirNamesAre) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "extension E on int { m() => 1; } f() => 1;"), "");
  const std::pair<const char*, std::size_t> imports[] = {
      {"import 'a';", 1},        {"import 'a' show f;", 0},     {"import 'a' hide E;", 0},
      {"import 'a' show E;", 1}, {"import 'a' as p;", 1},       {"import 'a'; import 'a' as p;", 1},
      {"export 'a';", 0},        {"import 'a'; import 'a';", 1}};
  for (const auto& [directives, count] : imports) {
    ASSERT_EQ(program.Add(directives, std::string(directives) + " g() => 2;"), "");
    ASSERT_EQ(program.Build(), "") << directives;
    const int number = program.NumberOf(directives);
    EXPECT_EQ(program.set().library(number).extensions.size(), count) << directives;
  }
}

TEST(NameBordersTest, SettersGoWhereTheirNamesGo) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "set x(v) {} set y(v) {}"), "");
  ASSERT_EQ(program.Add("b", "import 'a' show x; f() { x = 1; }"), "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_TRUE(Contains(program.Code("f"), "CallStatic x 1"));
  ASSERT_EQ(program.Add("c", "import 'a' hide x; g() { x = 1; }"), "");
  EXPECT_TRUE(Contains(program.Build(), "'x' is not declared"));
}

TEST(NameBordersTest, NothingIsDeclaredTwiceInAClass) {
  for (const auto& [members, is_right] : {
           std::pair("static get x => 1; set x(v) {}", true),
           std::pair("get x => 1; set x(v) {}", true),
           std::pair("m() {} get m => 1;", false),
           std::pair("get m => 1; m() {}", false),
           std::pair("m() {} set m(v) {}", true),
           std::pair("set m(v) {} m() {}", true),
           std::pair("var m; get m => 1;", false),
           std::pair("get m => 1; get m => 2;", false),
           std::pair("set m(v) {} set m(w) {}", false),
           std::pair("m() {} m() {}", false),
           std::pair("m({_x}) {}", false),
           std::pair("m([_x]) {}", true),
       }) {
    const std::string error = ErrorOf("class C { " + std::string(members) + " }");
    EXPECT_EQ(error == "no error", is_right) << members << '\n' << error;
  }
}

// Whatever a place is made of, as much is left as there was.
TEST(NameBordersTest, AssignmentsLeaveNothingOnTheStack) {
  std::string body;
  for (const char* const place :
       {"a", "v", "a.b", "a[0]", "a?.b", "a?[0]", "x", "this.x", "C.s", "super.y", "super[0]"}) {
    for (const char* const rest : {" = 1",
                                   " ?"
                                   "?= 1",
                                   " += 1", "++"}) {
      body += std::string(place) + rest + "; a(" + place + rest + ", 1);";
    }
  }
  EXPECT_EQ(ErrorOf("var v; class B { var y; operator [](i) => 1; operator []=(i, z) {} }"
                    "class C extends B { var x; static var s; m(a) { " +
                    body + " } }"),
            "no error");
}

// A call says what is expected of it wherever it stands in an expression.
TEST(NameBordersTest, PartsOfExpressionsAreExpectedToo) {
  TestProgram program;
  ASSERT_EQ(program.Add("a",
                        "class D {} class C<T> { final T v; C(this.v); C.n(T w) : v = w; const "
                        "C.c() : v = null; }"
                        "D a(x) => x ? x.m() : 1; D b(x) => x ? 1 : x.m(); D c(x) => 1 ?? x.m();"
                        "D d(x) => x.m() ?? 1; D e(x) => x.m()!; e1(D x) => C(x);"
                        "e2() => C.n('x'); f() => const C.c(); g<T>() => new C<T>.c();"
                        "h<T>() => <S>() => [T, S]; i<T>() => <S>() => [S]; j<T>() => () => T;"),
            "");
  ASSERT_EQ(program.Build(), "");
  for (const char* const function : {"a", "b", "c", "d", "e"}) {
    const auto& calls = program.Find(function)->call_types;
    ASSERT_NE(calls, nullptr) << function;
    ASSERT_EQ(calls->calls.size(), 1u) << function;
    EXPECT_EQ(calls->calls[0].count, CallTypes::kExpected) << function;
    EXPECT_EQ(calls->types[0].text, "D") << function;
  }
  EXPECT_TRUE(Contains(program.Code("e1"), "SetTypes C<D>")) << program.Code("e1");
  EXPECT_TRUE(Contains(program.Code("e2"), "SetTypes C<String>")) << program.Code("e2");
  EXPECT_FALSE(Contains(program.Code("f"), "SetTypes")) << "a constant is of no call";
  EXPECT_TRUE(Contains(program.Code("g"), "SetTypes C<T>"));
  EXPECT_EQ(program.Find("h.<anonymous closure>")->captured_types, 0);
  EXPECT_EQ(program.Find("i.<anonymous closure>")->captured_types, CompiledFunction::kNone);
  EXPECT_EQ(program.Find("j.<anonymous closure>")->captured_types, 0);
}

TEST(NameBordersTest, PlacesOfLocalVariablesThatAreLateAreThoseOfTheirUse) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "f() {\n  late var a;\n  return\n    a;\n}"), "");
  ASSERT_EQ(program.Build(), "");
  const CompiledFunction& f = *program.Find("f");
  bool is_there = false;
  for (std::size_t pc = 0; pc < f.code.size(); pc += WordsOf(OpcodeOf(f.code[pc]))) {
    if (OpcodeOf(f.code[pc]) != Opcode::kThrowError) continue;
    is_there = true;
    EXPECT_EQ(f.PlaceOf(static_cast<std::uint32_t>(pc)).line, 4u);
  }
  EXPECT_TRUE(is_there);
}

// Nobody is told of what is another library's own, nor can use it.
TEST(NameBordersTest, WhatIsPrivateElsewhereIsNoneOfASubclass) {
  const auto error_of = [](const std::string& text) {
    TestProgram program;
    EXPECT_EQ(program.Add("a", "class S { var _width; _m() {} }"), "");
    EXPECT_EQ(program.Add("b", "import 'a'; " + text), "");
    return program.Build();
  };
  EXPECT_FALSE(Contains(error_of("class C extends S { m() => _widht; }"), "did you mean"));
  EXPECT_TRUE(Contains(error_of("class C extends S { var _width; m() => _widht; }"),
                       "did you mean '_width'?"));
  EXPECT_TRUE(Contains(error_of("class C extends S { m() => super._m(); }"),
                       "The superclass of 'C' has no member '_m'"));
  EXPECT_EQ(ErrorOf("class S { _m() {} } class C extends S { m() => super._m(); }"), "no error");
  EXPECT_NE(ErrorOf("class A {} mixin M on A { x() {} t() => super.x(); }"), "no error");
  EXPECT_TRUE(
      Contains(ErrorOf("class C { C.named(); } f() => C.nmaed();"), "did you mean 'named'?"));
}

TEST(NameBordersTest, AsHighAsClassesMayLieAboveEachOther) {
  const auto error_of = [](int count, const std::string& last) {
    std::string text = "class C0 {} class S {}";
    for (int i = 1; i < count; ++i) {
      text += "class C" + std::to_string(i) + " extends C" + std::to_string(i - 1) + " {}";
    }
    const std::string above = "C" + std::to_string(count - 1);
    return ErrorOf(text + "class L " + (last.empty() ? "extends " + above : last + above) + " {}");
  };
  constexpr int kMost = 999;
  EXPECT_EQ(error_of(kMost, ""), "no error");
  EXPECT_EQ(error_of(kMost, "implements S, "), "no error");
  const std::string error = "supertypes of the class 'L'";
  for (const char* const last : {"", "implements S, "}) {
    EXPECT_TRUE(Contains(error_of(kMost + 1, last), error)) << last;
  }
  // Whatever comes after the highest one.
  const std::string top = "C" + std::to_string(kMost);
  EXPECT_TRUE(
      Contains(error_of(kMost + 1, "extends " + top + " implements S {} class M extends "), error));
}

// Messages of assertions are not compiled, and mean what they say all the same.
TEST(NameBordersTest, NamesInAMessageAreLookedAt) {
  EXPECT_TRUE(Contains(ErrorOf("f() { assert(true, x); var x; }"), "used before it is declared"));
  EXPECT_TRUE(Contains(ErrorOf("class C { C() : assert(true, this); }"), "There is no 'this'"));
  EXPECT_EQ(ErrorOf("f() { var x; assert(true, x); }"), "no error");
}

TEST(NameBordersTest, WhatMayBeNullIsExpectedToBe) {
  TestProgram program;
  ASSERT_EQ(program.Add("a",
                        "T g<T>(T x) => x; h<T>(T? x) => x; a(int? x) => g(x);"
                        " b(int x) => g(x); c(int? x) => h(x); d(int x) => h(x);"),
            "");
  ASSERT_EQ(program.Build(), "");
  const auto type_in = [&program](const char* function) {
    const auto& calls = program.Find(function)->call_types;
    return calls == nullptr ? "nothing" : calls->types[0].text;
  };
  EXPECT_EQ(type_in("a"), "int?");
  EXPECT_EQ(type_in("b"), "int");
  EXPECT_EQ(type_in("c"), "int");
  EXPECT_EQ(type_in("d"), "int");
}

TEST(NameBordersTest, DynamicIsATypeThatNobodyDeclares) {
  EXPECT_TRUE(Contains(CodeOfF("f() => dynamic;"), "PushConstant dynamic"));
  EXPECT_TRUE(Contains(CodeOfF("f(dynamic) => dynamic;"), "LoadLocal 0"));
  EXPECT_TRUE(Contains(CodeOfF("var dynamic = 1; f() => dynamic;"), "LoadStatic dynamic"));
}

TEST(NameBordersTest, AStaticMethodHasNoThis) {
  const std::string error = "'m' belongs to an instance, and there is no 'this' here.";
  for (const char* const text :
       {"class C { m() {} static f() => m(); }", "class C { m() {} static f() => () => m(); }",
        "class C { get m => 1; factory C() => m; }"}) {
    EXPECT_TRUE(Contains(ErrorOf(text), error)) << text << '\n' << ErrorOf(text);
  }
  EXPECT_EQ(ErrorOf("class C { m() {} f() => () => m(); }"), "no error");
}

TEST(NameBordersTest, APartHasNoDirectives) {
  TestProgram program;
  EXPECT_TRUE(Contains(program.Add("a", "part 'p';", {"part of a; import 'dart:core'; x() {}"}),
                       "Only the library's own file can have directives."));
}

TEST(NameBordersTest, AnExtensionIsAppliedToOneThing) {
  const std::string e = "extension E on int { m() => 1; } ";
  EXPECT_TRUE(Contains(CodeOfF(e + "f(a) => E(a)?.m();"), "JumpIfNull"));
  EXPECT_FALSE(Contains(CodeOfF(e + "f(a) => E(a).m();"), "JumpIfNull"));
  EXPECT_NE(ErrorOf(e + "f(a) => E(a, a).m();"), "no error");
  EXPECT_NE(ErrorOf(e + "f(a) => E(x: a).m();"), "no error");
  EXPECT_NE(ErrorOf(e + "f(a) => E().m();"), "no error");
}

TEST(NameBordersTest, ABreakWithoutALabelLeavesTheLoop) {
  EXPECT_EQ(CodeOfF("f(a) { while (a) { l: { break; } } }"),
            CodeOfF("f(a) { while (a) { { break; } } }"));
  EXPECT_EQ(CodeOfF("f(a) { while (a) { switch (a) { l: case 1: continue; } } }"),
            CodeOfF("f(a) { while (a) { switch (a) { l: case 1: continue; } } }"));
  EXPECT_TRUE(Contains(ErrorOf("f(a) { l: { continue l; } }"), "There is no loop 'l'"));
  EXPECT_TRUE(Contains(ErrorOf("f(a) { try { a(); } catch (e) { a(); } rethrow; }"),
                       "This 'rethrow' is in no catch clause."));
}

TEST(NameBordersTest, TypesMeanWhatTheirScopeSays) {
  // The inner T of two; that of a function's type hides those around; a typedef may be used twice.
  for (const char* const text : {
           "typedef A = int; class P<X, Y> {} typedef B = P<A, A>; f(a) => a is B;",
           "typedef N<T> = T?; f(a) => a is N<int> || a is N<dynamic> || a is N<int?>;",
       }) {
    EXPECT_EQ(ErrorOf(text), "no error") << text;
  }
  TestProgram program;
  ASSERT_EQ(program.Add("a",
                        "class C<T> {} typedef N<T> = T?; typedef L<T> = C<T?>;"
                        "f<T>(a) { a is N<dynamic>; a is N<int?>; a is L<int?>; a is L<int>;"
                        " a is T Function<T>(T); g<T>() => a is T; }"),
            "");
  ASSERT_EQ(program.Build(), "");
  std::string texts;
  for (const PoolConstant& constant : program.Find("f")->constants) {
    if (const auto* const type = std::get_if<TypeRef>(&constant)) {
      texts += type->text + (type->is_open() ? "! " : " ");
    }
  }
  EXPECT_EQ(texts, "dynamic int? C<int?> T Function(T) ");
  const auto& constants = program.Find("f.g")->constants;
  EXPECT_EQ(std::get<TypeRef>(constants[0]).index, 1);
}

}  // namespace
}  // namespace fart::lang
