// What names mean across classes, libraries and imports.

#include <string>

#include "gtest/gtest.h"
#include "lang/compiler/test_program.h"

namespace fart::lang {
namespace {

// Does a function's code contain this?
testing::AssertionResult Has(const TestProgram& program, const std::string& function,
                             const std::string& text) {
  const std::string code = program.Code(function);
  if (code.find(text) != std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "no '" << text << "' in\n" << code;
}

TEST(NamesTest, PrefersLocalsToMembersToTheLibraryToInheritedOnes) {
  TestProgram program;
  ASSERT_EQ(program.Add("a",
                        "x() {} y() {} class S { y() {} z() {} }"
                        "class C extends S { x() {} m() { x(); y(); z(); } n(x) { x(); }"
                        "  static t() { s(); } static s() {} }"),
            "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_TRUE(Has(program, "C.m", "CallInstance x/0"));
  EXPECT_TRUE(Has(program, "C.m", "CallStatic y 0"));
  EXPECT_TRUE(Has(program, "C.m", "CallInstance z/0"));
  EXPECT_TRUE(Has(program, "C.n", "CallValue"));
  EXPECT_TRUE(Has(program, "C.t", "CallStatic C.s 0"));
}

TEST(NamesTest, FindsStaticsThroughClassesAndPrefixes) {
  TestProgram program;
  ASSERT_EQ(program.Add("a",
                        "var v; class C { static var s; static get g => 1; static set g(x) {}"
                        " static m() {} C.n(); }"),
            "");
  ASSERT_EQ(program.Add("b",
                        "import 'a' as p; f() { p.v = p.C.s; p.C.g += 1; p.C.m(); new p.C.n();"
                        " }"),
            "");
  ASSERT_EQ(program.Build(), "");
  for (const char* text :
       {"LoadStatic C.s", "StoreStatic v", "CallStatic C.g 0", "CallStatic C.g 1",
        "CallStatic C.m 0", "Allocate C"}) {
    EXPECT_TRUE(Has(program, "f", text));
  }
}

TEST(NamesTest, FiltersImportsByShowAndHide) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "x() {} y() {} get z => 1; set z(v) {}"), "");
  ASSERT_EQ(program.Add("b", "import 'a' show x, z; f() { x(); z = z; }"), "");
  ASSERT_EQ(program.Add("c", "import 'a' hide z, y; g() { x(); }"), "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_TRUE(Has(program, "f", "CallStatic x"));
  EXPECT_TRUE(Has(program, "f", "CallStatic z 1"));
  EXPECT_TRUE(Has(program, "g", "CallStatic x"));
  ASSERT_EQ(program.Add("d", "import 'a' show x; h() { y(); }"), "");
  EXPECT_TRUE(program.Build().starts_with("d:1:26: Error: 'y' is not declared."));
}

TEST(NamesTest, FollowsExportsInCircles) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "export 'b'; export 'c' hide z; x() {}"), "");
  ASSERT_EQ(program.Add("b", "export 'a'; y() {}"), "");
  ASSERT_EQ(program.Add("c", "z() {} w() {}"), "");
  ASSERT_EQ(program.Add("d", "import 'b'; f() { x(); y(); w(); }"), "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_TRUE(Has(program, "f", "CallStatic x"));
  EXPECT_TRUE(Has(program, "f", "CallStatic y"));
  EXPECT_TRUE(Has(program, "f", "CallStatic w"));
  ASSERT_EQ(program.Add("e", "import 'b'; f() { z(); }"), "");
  EXPECT_TRUE(program.Build().starts_with("e:1:19: Error: 'z' is not declared."));
}

TEST(NamesTest, AllowsLibrariesToImportEachOther) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "import 'b'; class A extends B { f() => g(); }"), "");
  ASSERT_EQ(program.Add("b", "import 'a'; class B {} g() => new A();"), "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_TRUE(Has(program, "A.f", "CallStatic g"));
  EXPECT_TRUE(Has(program, "g", "Allocate A"));
}

TEST(NamesTest, ComplainsAboutAmbiguousNamesOnlyWhereTheyAreUsed) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "x() {}"), "");
  ASSERT_EQ(program.Add("b", "x() {}"), "");
  ASSERT_EQ(program.Add("c", "import 'a'; import 'b'; f() => 1;"), "");
  ASSERT_EQ(program.Build(), "");
  ASSERT_EQ(program.Add("d", "import 'a'; import 'b'; f() => x();"), "");
  EXPECT_EQ(program.Build(),
            "d:1:32: Error: 'x' is imported from both 'a' and 'b'.\n"
            "import 'a'; import 'b'; f() => x();\n"
            "                               ^");
}

TEST(NamesTest, LetsOwnAndImportedNamesHideThoseOfTheCore) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "print(x) {} class List { static m() {} }"), "");
  ASSERT_EQ(program.Add("b", "import 'a'; f() { List.m(); } class Map {} g() => new Map();"), "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_TRUE(Has(program, "f", "CallStatic List.m"));
  EXPECT_TRUE(Has(program, "g", "Allocate Map"));
}

TEST(NamesTest, KeepsPrivateNamesInTheirLibrary) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "_x() {} class C { static _s() {} C._(); C(); _m() {} }"), "");
  ASSERT_EQ(program.Add("e", "import 'a'; i(c) { c._m(); }"), "");
  ASSERT_EQ(program.Build(), "");
  const CompiledFunction& i = *program.Find("i");
  const Name& name = std::get<Selector>(i.constants[0]).name;
  EXPECT_EQ(name.text, "_m");
  EXPECT_EQ(name.library, program.NumberOf("e"));
}

TEST(NamesTest, SharesOneScopeAmongTheParts) {
  TestProgram program;
  ASSERT_EQ(
      program.Add("a", "library l; part 'p'; f() => _g();", {"part of l; _g() => h(); h() {}"}),
      "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_TRUE(Has(program, "f", "CallStatic _g"));
  EXPECT_EQ(program.Find("h")->source_file, 1);
  EXPECT_NE(program.Add("b", "part 'p';", {"x() {}"}), "");
  EXPECT_NE(program.Add("c", "part of l;"), "");
}

TEST(NamesTest, ResolvesConstructorsOfPrefixedAndGenericClasses) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "class C<T> { C(T x); C.n() { hashCode(); } hashCode() {} factory C.f() => null; }"), "");
  ASSERT_EQ(program.Add("b",
                        "import 'a' as p; import 'a'; f() { new p.C<int>(1); new C<int>.n();"
                        " C.f(); p.C(2); }"),
            "");
  ASSERT_EQ(program.Build(), "");
  for (const char* text : {"CallStatic new C 2", "CallStatic new C.n 1", "CallStatic new C.f 0"}) {
    EXPECT_TRUE(Has(program, "f", text));
  }
}

TEST(NamesTest, TakesTypeParametersForDynamic) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "class C<T> { m(x) => x is T; } f<S>(x) => x as S;"), "");
  ASSERT_EQ(program.Build(), "");
  const auto kind = [&program](const char* function) {
    return std::get<TypeRef>(program.Find(function)->constants[0]).kind;
  };
  EXPECT_EQ(kind("C.m"), TypeRef::Kind::kDynamic);
  EXPECT_EQ(kind("f"), TypeRef::Kind::kDynamic);
}

TEST(NamesTest, LinksSuperclasses) {
  EXPECT_EQ(ErrorOf("class C extends Nix {}"), "1:17 There is no class 'Nix'.");
  EXPECT_EQ(ErrorOf("typedef T(); class C implements T {}"), "no error");
  EXPECT_EQ(ErrorOf("class C extends D {} class D extends C {}"),
            "1:7 The class 'C' is its own supertype, by way of 'D'.");
  EXPECT_EQ(ErrorOf("class C<T> extends T {}"), "1:20 'T' is not a class.");
  EXPECT_EQ(ErrorOf("enum E { a } class C extends E {}"), "1:30 An enum cannot be extended.");
  EXPECT_EQ(ErrorOf("class S { S(x); S.n(); factory S.f() => null; } class C extends S { C() : "
                    "super.nix(); }"),
            "1:75 The superclass has no constructor 'S.nix'.");
  EXPECT_EQ(ErrorOf("class S { factory S() => null; } class C extends S {}"),
            "1:40 The constructor 'S' of the superclass is a factory.");
}

TEST(NamesTest, GoesOnAfterALibraryThatDidNotLink) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "class C extends Nix {}"), "");
  EXPECT_NE(program.Build(), "");
  EXPECT_EQ(program.set().FindLibrary("a"), LibrarySet::kUnbound);
  ASSERT_EQ(program.Add("b", "f() => 1;"), "");
  EXPECT_FALSE(program.set().Link());
  EXPECT_FALSE(program.set().CompileLibrary(program.NumberOf("b")));
  EXPECT_TRUE(program.Find("f")->is_compiled);
}

TEST(NamesTest, RefusesDoubleDeclarations) {
  EXPECT_EQ(ErrorOf("x() {} var x;"), "1:12 'x' is declared twice in this library.");
  EXPECT_EQ(ErrorOf("get x => 1; set x(v) {}"), "no error");
  EXPECT_EQ(ErrorOf("x() {} set x(v) {}"), "1:12 'x' is declared twice in this library.");
  EXPECT_EQ(ErrorOf("class C { m() {} var m; }"), "1:11 'm' is declared twice in this class.");
  EXPECT_EQ(ErrorOf("class C { get m => 1; set m(v) {} final x = 1; set x(v) {} }"), "no error");
  EXPECT_EQ(ErrorOf("class C { C(); C(); }"),
            "1:16 This constructor is declared twice in this class.");
  EXPECT_EQ(ErrorOf("f(a, a) {}"), "1:6 'a' is declared twice here.");
  EXPECT_EQ(ErrorOf("f() { var a; var a; }"), "1:18 'a' is declared twice here.");
  EXPECT_EQ(ErrorOf("f(a) { var a; { var a; } }"), "no error");
}

TEST(NamesTest, RefusesWhatCannotMeanAnything) {
  EXPECT_EQ(ErrorOf("f() { g(x); var x; } g(x) {}"), "1:17 'x' is used before it is declared.");
  EXPECT_EQ(ErrorOf("f() { var x = x; }"), "1:11 'x' is used before it is declared.");
  EXPECT_EQ(ErrorOf("f() { final x = 1; x = 2; }"), "1:20 'x' is final and cannot be assigned to.");
  EXPECT_EQ(ErrorOf("f() => this;"), "1:8 There is no 'this' here.");
  EXPECT_EQ(ErrorOf("class C { static f() => super.x; }"), "1:25 There is no 'super' here.");
  EXPECT_EQ(ErrorOf("class C { f() => super; }"),
            "1:18 'super' must be followed by a member or an operator.");
  EXPECT_EQ(ErrorOf("class C { var x = this; }"), "1:19 There is no 'this' here.");
  EXPECT_EQ(ErrorOf("f() { break; }"), "1:7 This 'break' is in no loop or switch.");
  EXPECT_EQ(ErrorOf("f() { while (1) { () { continue; }; } }"),
            "1:24 This 'continue' is in no loop.");
  EXPECT_EQ(ErrorOf("f() { while (1) break l; }"), "1:17 There is no label 'l' around this.");
  EXPECT_EQ(ErrorOf("f() { rethrow; }"), "1:7 This 'rethrow' is in no catch clause.");
  EXPECT_EQ(ErrorOf("class C { C() { return 1; } }"), "1:17 A constructor cannot return a value.");
  EXPECT_EQ(ErrorOf("class C { C(this.x); }"), "1:18 There is no field 'x' in this class.");
  EXPECT_EQ(ErrorOf("import 'dart:core' as p; f() => p;"),
            "1:33 A '.' must follow the prefix 'p'.");
}

TEST(NamesTest, MakesFieldInitialisersBlindForInstanceMembers) {
  EXPECT_EQ(ErrorOf("class C { var x = 1; var y = x; }"),
            "1:30 'x' belongs to an instance, and there is no 'this' here.");
  EXPECT_EQ(ErrorOf("class C { var x = 1; var z = () => x; }"),
            "1:36 'x' belongs to an instance, and there is no 'this' here.");
}

TEST(NamesTest, LetsInitialisersSeeFieldParametersAndTheBodyTheField) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "class C { var x, y; C(this.x) : y = x { x = 2; } }"), "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_TRUE(Has(program, "new C", "LoadLocal 1\n3 InitField 1"));
  EXPECT_TRUE(Has(program, "new C", "SetProperty set:x"));
}

}  // namespace
}  // namespace fart::lang
