// What names mean across classes, libraries and imports.

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "lang/compiler/suggestion.h"
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

// What `text` comes to as a library `a`.
std::string BuildErrorOf(const std::string& text) {
  TestProgram program;
  const std::string added = program.Add("a", text);
  return added.empty() ? program.Build() : added;
}

TEST(NamesTest, RefusesWhatIsNearlyRight) {
  for (const auto& [text, message] :
       {// A name means one thing in a block, from its beginning.
        std::pair("var x; f() { x; var x; }", "'x' is used before it is declared."),
        std::pair("var x; f() { { x; } var x; }", "'x' is used before it is declared."),
        std::pair("var x; f() { () => x; { var x; x; } var x; }",
                  "'x' is used before it is declared."),
        std::pair("f() { var x; { var x; x; } var y; }", ""),
        std::pair("var x; f() { { var x; x; } x; }", ""),
        std::pair("f() { var x; var x; }", "'x' is declared twice here."),
        std::pair("f(x) { { var x; } }", ""),
        // Variables that are given their value once.
        std::pair("f() { late final x = 1; x = 2; }", "'x' is final and cannot be assigned to."),
        std::pair("f() { late final x; x = 2; }", ""), std::pair("f() { final x; x = 2; }", ""),
        std::pair("f() { final x = 1; () => x++; }", "'x' is final and cannot be assigned to."),
        // A function's type parameters end with it.
        std::pair("f() { var g = <T>(T x) => T; return T; }", "'T'"),
        std::pair("f() { var g = <T>(T x) { h<S>() => T; return S; }; }", "'S'"),
        // Constants, and constructors that make them.
        std::pair("g() => 1; const x = g();", "This is not a constant"),
        std::pair("class C { static g() => 1; } const x = C.g();", "This is not a constant"),
        std::pair("const x = [1, 2]; const y = x.first;", "This is not a constant"),
        std::pair("class C { final x; const C(this.x); } const c = new C(1);",
                  "write 'const' instead of 'new'"),
        std::pair("class C { late final x = 1; const C(); }", "the field 'x' is late."),
        std::pair("class C { var x; const C(); }", "the field 'x' is not final."),
        std::pair("class B { final x = 1; } class C extends B { const C(); }",
                  "The constructor of the superclass is not 'const'."),
        std::pair("class B {} class C extends B { const C(); }", ""),
        std::pair(
            "class M { var x; } class B { const B(); } class C extends B with M { const C(); }",
            "The constructor of the superclass is not 'const'.")}) {
    const std::string error = BuildErrorOf(text);
    EXPECT_EQ(error.empty(), *message == '\0') << text << '\n' << error;
    EXPECT_NE(error.find(message), std::string::npos) << text << '\n' << error;
  }
}

TEST(NamesTest, SuggestsNamesOfAnyLengthThatAreLeftInPart) {
  const auto suggested = [](const std::string& wanted, const std::string& candidate) {
    Suggestion suggestion(wanted);
    suggestion.Consider(candidate);
    return suggestion.End() == "; did you mean '" + candidate + "'?";
  };
  EXPECT_FALSE(suggested("ab", "a"));
  EXPECT_FALSE(suggested("ab", "b"));
  EXPECT_TRUE(suggested("abc", "ab"));
  EXPECT_TRUE(suggested("a", "A"));
  EXPECT_FALSE(suggested("a", "b"));
  for (const std::size_t length : {62u, 63u, 64u}) {
    EXPECT_TRUE(suggested(std::string(length - 1, 'x') + "y", std::string(length, 'x'))) << length;
  }
  EXPECT_FALSE(suggested(std::string(64, 'x') + "y", std::string(65, 'x')));
}

TEST(NamesTest, APrivateMemberIsItsLibrarysOwn) {
  TestProgram program;
  ASSERT_EQ(program.Add("b", "class B { static _s() => 1; static t() => _s(); B._(); B(); }"), "");
  ASSERT_EQ(program.Add("a", "import 'b'; f() => B._s();"), "");
  EXPECT_NE(program.Build().find("'_s'"), std::string::npos);
}

TEST(NamesTest, MeansAnExtensionsOwnMembersFirst) {
  TestProgram program;
  ASSERT_EQ(program.Add("a",
                        "z() {} class C { x() {} w() {} } extension E on C { x() {} get y => 1;"
                        "  set y(v) {} m() { x(); y; y = 2; z(); w(); } static s() {} }"
                        "f(c) { E(c).x(); E(c).y; E(c).y = 3; E.s(); c.x(); }"),
            "");
  ASSERT_EQ(program.Build(), "");
  for (const char* text : {"CallStatic E.x 1", "CallStatic E.y 1", "CallStatic E.y 2",
                           "CallStatic z 0", "CallInstance w/0"}) {
    EXPECT_TRUE(Has(program, "E.m", text));
  }
  for (const char* text : {"CallStatic E.x 1", "CallStatic E.y 1", "CallStatic E.y 2",
                           "CallStatic E.s 0", "CallInstance x/0"}) {
    EXPECT_TRUE(Has(program, "f", text));
  }
}

TEST(NamesTest, RefusesExtensionsWhereTheyAreNoTypesOrValues) {
  const std::string e = "class C {} extension E on C { m() {} } ";
  for (const auto& [text, message] :
       {std::pair("f() => E;", "'E' is an extension and no value."),
        std::pair("f(c) => E(c);", "A member must follow the extension 'E' and its argument."),
        std::pair("f(c) => E(c).n();", "There is no static member or constructor 'n'"),
        std::pair("f(c) => c is E;", "There is no type 'E'"),
        std::pair("class D extends E {}", "There is no class 'E'"),
        std::pair("f() => new E();", "There is no constructor 'E'"),
        std::pair("extension F on C { m() => super.m(); }", "There is no 'super' in an extension."),
        std::pair("extension F on Missing {}", "There is no type 'Missing'")}) {
    const std::string error = BuildErrorOf(e + text);
    EXPECT_NE(error.find(message), std::string::npos) << text << '\n' << error;
  }
}

TEST(NamesTest, DemandsWhatAMixinIsDeclaredOn) {
  const std::string m = "class S {} class T implements S {} mixin M on S {} ";
  EXPECT_EQ(BuildErrorOf(m + "class A extends S with M {} class B extends T with M {}"), "");
  EXPECT_EQ(BuildErrorOf(m + "class A = S with M; class B extends A with M {}"), "");
  EXPECT_NE(BuildErrorOf(m + "class A with M {}")
                .find("'M' can be mixed in only where the superclass is a 'S'; 'Object' is not."),
            std::string::npos);
}

TEST(NamesTest, DemandsRequiredArguments) {
  const std::string f = "f({required a, b}) {} class C { C({required x}); } ";
  EXPECT_EQ(BuildErrorOf(f + "g() { f(a: 1); C(x: 2); }"), "");
  EXPECT_NE(BuildErrorOf(f + "g() { f(b: 1); }")
                .find("'f({required a, b})' needs the named argument 'a'."),
            std::string::npos);
  EXPECT_NE(BuildErrorOf(f + "g() => new C();").find("needs the named argument 'x'."),
            std::string::npos);
  EXPECT_NE(BuildErrorOf(f + "class D extends C {}").find("needs the named argument 'x'."),
            std::string::npos);
  EXPECT_EQ(BuildErrorOf(f + "class D extends C { D({required super.x}); }"), "");
}

TEST(NamesTest, RefusesMembersThatNoSuperclassHas) {
  const std::string a =
      "class A { first() {} get getter => 1; final fixed = 1; var field; set only(x) {}"
      "  operator +(x) => 1; static still() {} _hidden() {} } class B extends A { ";
  for (const auto& [body, message] : {
           std::pair("m() => super.frist();",
                     "1:169 The superclass of 'B' has no member 'frist'; "
                     "did you mean 'first'?"),
           std::pair("m() => super.frist;", "has no member 'frist'; did you mean 'first'?"),
           std::pair("m() { super.frist = 1; }", "has no setter 'frist'; did you mean 'first'?"),
           std::pair("m() => super.far();", "has no member 'far'."),
           std::pair("m() { super.getter = 1; }", "has no setter 'getter'"),
           std::pair("m() { super.getter += 1; }", "has no setter 'getter'"),
           std::pair("m() { super.fixed++; }", "has no setter 'fixed'"),
           std::pair("m() { super.first = 1; }", "has no setter 'first'"),
           std::pair("m() => super.only;", "has no member 'only'"),
           std::pair("m() { super.only += 1; }", "has no member 'only'"),
           std::pair("m() => super - 1;", "has no member '-'"),
           std::pair("m() => -super;", "has no member 'unary-'"),
           std::pair("m() => ~super;", "has no member '~'"),
           std::pair("m() => super[0];", "has no member '[]'"),
           std::pair("m() { super[0] = 1; }", "has no member '[]='"),
           std::pair("m() => super.still();", "has no member 'still'"),
           std::pair("own() {} m() => super.own();", "has no member 'own'"),
           std::pair("m() => () => super.frist();", "has no member 'frist'"),
           std::pair("B() { super.frist(); }", "has no member 'frist'"),
       }) {
    const std::string error = ErrorOf(a + body + " }");
    EXPECT_NE(error.find(message), std::string::npos) << body << '\n' << error;
  }
  EXPECT_NE(ErrorOf("abstract class A { m(); } class B extends A { m() => super.m(); }")
                .find("'m' is abstract in the superclass of 'B'."),
            std::string::npos);
}

TEST(NamesTest, TakesWhateverASuperclassHas) {
  const std::string a =
      "class R { up() {} } class A extends R { m() {} get g => 1; var f; set s(x) {}"
      "  operator +(x) => 1; operator [](i) => 1; operator []=(i, x) {} operator -() => 1; }";
  for (const char* const text : {
           "class B extends A { t() { super.m(); super.m; super.g; super.g(); super.f; super.f();"
           "  super.f = 1; super.s = 1; super + 1; -super; super[0]; super[0] = 1; super[0] += 1;"
           "  super.f++; super.up(); super == 1; super != 1; } }",
           "class M { x() {} } class B extends A with M { t() { super.x(); super.up(); } }",
           "class M { t() => super.g; } class B extends A with M {}",  // That of an application.
           "mixin M on A { t() => super.m(); }",
           "abstract class I { i(); } mixin M on I { t() => super.i(); }",
           "class N { noSuchMethod(i) => 1; } class B extends N { t() => super.missing(1); }",
       }) {
    EXPECT_EQ(ErrorOf(a + text), "no error") << text;
  }
}

// The code of each stops where its error is, also of those that are not told.
TEST(NamesTest, TellsTheFirstOfSeveralUnknownNames) {
  for (const char* const text : {
           "f(x) {} main() { f(() => one); f(() => 'text $two'); }",
           "f(x) {} main() { f(() { one = 1; }); f(() { two += 1; }); f(() => -three); }",
           "f(x, y) {} main() => f(() => f(one, one), () => f(two, two));",
           "main() { var f = () => one, g = () => two.x[three] = four; }",
           "class C { var a = () => one, b = () => 'text $two'; C([x]); } main() => new C();",
       }) {
    TestProgram program;
    ASSERT_EQ(program.Add("a", text), "");
    const std::string error = program.Build();
    EXPECT_NE(error.find("'one' is not declared"), std::string::npos) << text << '\n' << error;
  }
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
  for (const char* text : {"LoadStatic C.s", "StoreStatic v", "CallStatic C.g 0",
                           "CallStatic C.g 1", "CallStatic C.m 0", "Allocate C"}) {
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

TEST(NamesTest, SaysOfAmbiguousTypesWhereTheyComeFrom) {
  const std::string end = "; the name is imported from both 'a' and 'b'.";
  for (const auto& [text, error] :
       {std::pair("import 'a'; import 'b'; class D extends C {}", "There is no class 'C'" + end),
        std::pair("import 'a' as p; import 'b' as p; f(x) => x is p.C;",
                  "There is no type 'p.C'" + end)}) {
    TestProgram program;
    ASSERT_EQ(program.Add("a", "class C {}"), "");
    ASSERT_EQ(program.Add("b", "class C {}"), "");
    ASSERT_EQ(program.Add("d", text), "");
    EXPECT_NE(program.Build().find(error), std::string::npos) << program.Build();
  }
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
  ASSERT_EQ(
      program.Add(
          "a", "class C<T> { C(T x); C.n() { hashCode(); } hashCode() {} factory C.f() => null; }"),
      "");
  ASSERT_EQ(program.Add("b",
                        "import 'a' as p; import 'a'; f() { new p.C<int>(1); new C<int>.n();"
                        " C.f(); p.C(2); }"),
            "");
  ASSERT_EQ(program.Build(), "");
  for (const char* text : {"CallStatic new C 2", "CallStatic new C.n 1", "CallStatic new C.f 0"}) {
    EXPECT_TRUE(Has(program, "f", text));
  }
}

// The types among the constants of a function.
std::string TypesOf(TestProgram& program, const char* function) {
  std::string types;
  for (const PoolConstant& constant : program.Find(function)->constants) {
    const auto* type = std::get_if<TypeRef>(&constant);
    if (type == nullptr) continue;
    types += (types.empty() ? "" : " ") + type->text;
    if (type->kind == TypeRef::Kind::kParameter) types += '#' + std::to_string(type->index);
  }
  return types;
}

TEST(NamesTest, NumbersTypeParametersFromOutside) {
  TestProgram program;
  ASSERT_EQ(
      program.Add("a",
                  "class C<T, U> { m<S>(x) => x is T || x is S || x is U; n(x) { i<R>() => x is R"
                  " || x is U; } static s<S>(x) => x is S || x is List<T>; h<T>(x) => x is T; "
                  "factory C.f(x) => x is U ? x : null; } f<S>(x) => x as S;"),
      "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_EQ(TypesOf(program, "C.m"), "T#0 S#2 U#1");
  EXPECT_EQ(TypesOf(program, "C.n.i"), "R#2 U#1");
  EXPECT_EQ(TypesOf(program, "C.s"), "S#0 List<T>");
  EXPECT_EQ(TypesOf(program, "C.h"), "T#2");
  EXPECT_EQ(TypesOf(program, "new C.f"), "U#1");
  EXPECT_EQ(TypesOf(program, "f"), "S#0");
}

TEST(NamesTest, ReplacesTypedefsByWhatTheyMean) {
  TestProgram program;
  ASSERT_EQ(program.Add("a",
                        "class C<T> {} typedef A<T> = C<T>; typedef B = A<A<p>>; class p {}"
                        " typedef R F<R>(R x, {R y}); typedef D = C;"
                        "f(x) => x is B || x is F<p> || x is A || x is D || x is A<p>?;"),
            "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_EQ(TypesOf(program, "f"), "C<C<p>> p Function(p, {p y}) C<dynamic> C C<p>?");
}

TEST(NamesTest, RefusesTypedefsThatLeadToThemselves) {
  EXPECT_EQ(ErrorOf("typedef A = A;"), "1:9 The typedef 'A' leads to itself.");
  EXPECT_EQ(ErrorOf("class C<T> {} typedef A = C<B>; typedef B = int Function(A); "),
            "1:23 The typedef 'A' leads to itself.");
  EXPECT_EQ(ErrorOf("typedef T F<T>(F x);"), "1:11 The typedef 'F' leads to itself.");
  EXPECT_EQ(ErrorOf("typedef F<T extends F>();"), "1:9 The typedef 'F' leads to itself.");
  EXPECT_EQ(ErrorOf("typedef F<T extends List<G>>(); typedef G(F x);"),
            "1:9 The typedef 'F' leads to itself.");
  std::string large = "class C<A, B> {} typedef T0 = C;";
  for (int i = 1; i <= 40; ++i) {
    const std::string last = "T" + std::to_string(i - 1);
    large += "typedef T" + std::to_string(i) + " = C<" + last + ", " + last + ">;";
  }
  EXPECT_NE(ErrorOf(large).find("is too large."), std::string::npos);
}

// Of a function: what each call says, by the place it returns to.
std::string CallTypesOf(TestProgram& program, const char* function) {
  const CompiledFunction& compiled = *program.Find(function);
  std::string calls;
  if (compiled.call_types == nullptr) return "";
  for (const CallTypes& entry : compiled.call_types->calls) {
    calls += calls.empty() ? "" : " ";
    if (entry.count == CallTypes::kExpected) calls += "expects ";
    for (std::uint32_t i = 0; i < std::max(entry.count, 1u); ++i) {
      calls += (i == 0 ? "" : ",") + compiled.call_types->types[entry.first + i].text;
    }
  }
  return calls;
}

TEST(NamesTest, TellsTypeArgumentsOfCalls) {
  TestProgram program;
  ASSERT_EQ(program.Add(
                "a",
                "class C<T> { T v; C.n(this.v); factory C.f() => null; } class D {}"
                "T g<T, S>(S x) => null; C<T> h<T>() => null; plain() => 1; take(D d, {C<D> c}) {}"
                "a() { g<D, D>(1); } b() { D x = g(1); } c(x) { C<D> y = h(); y = x.m(); }"
                "d(D x) { plain(); x.m(); g(null); } e() => take(h(), c: h());"
                "D f(x) => x ? x.m() : x.n() ?? g(1); i<T>() { T x = h(); }"
                "j(x) { C<D> y = C.f(); y = new C.f(); y = x..m(); x.m<D>(); }"
                "D s = g(2); k(D z) => g(z);"),
            "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_EQ(CallTypesOf(program, "a"), "D,D");
  EXPECT_EQ(CallTypesOf(program, "b"), "D,int");
  EXPECT_EQ(CallTypesOf(program, "c"), "D expects C<D>");
  EXPECT_EQ(CallTypesOf(program, "d"), "");
  EXPECT_EQ(CallTypesOf(program, "e"), "expects D D");
  EXPECT_EQ(CallTypesOf(program, "f"), "expects D expects D D,int");
  EXPECT_EQ(CallTypesOf(program, "j"), "D D");
  EXPECT_EQ(CallTypesOf(program, "k"), "dynamic,D");
}

// Only who uses a type parameter loads it, and closures capture what their own code needs.
TEST(NamesTest, LoadsTypeArgumentsWhereTheyAreUsed) {
  TestProgram program;
  ASSERT_EQ(program.Add("a",
                        "T a<T>(T x) { T y = x; return y; } b<T>() => T; c<T>() => b<T>();"
                        "d<T>() => () => T; e<T>() => () => 1; f<T>() { g<S>() => S; g(); }"
                        "class C<T> { T v; T get w => v; m() => T; n(x) => x is C<T>; }"
                        "h() => new C(); var x = 1;"),
            "");
  ASSERT_EQ(program.Build(), "");
  const auto loads = [&program](const char* function) {
    return program.Find(function)->types_slot != CompiledFunction::kNone;
  };
  for (const char* name : {"b", "c", "d", "d.<anonymous closure>", "f.g", "C.m", "C.n"}) {
    EXPECT_TRUE(loads(name)) << name;
    EXPECT_TRUE(Has(program, name, "LoadTypeArguments")) << name;
  }
  for (const char* name : {"a", "e", "e.<anonymous closure>", "f", "C.w", "h"}) {
    EXPECT_FALSE(loads(name)) << name;
  }
  EXPECT_EQ(program.Find("d.<anonymous closure>")->captured_types, 0);
  EXPECT_EQ(program.Find("f.g")->captured_types, CompiledFunction::kNone);
}

TEST(NamesTest, LinksSuperclasses) {
  EXPECT_EQ(ErrorOf("class C extends Nix {}"), "1:17 There is no class 'Nix'.");
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
  EXPECT_EQ(ErrorOf("f() native 'n' {}"), "1:1 A function that is native has no body.");
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
  // Whatever a program means to meet.
  EXPECT_EQ(ErrorOf("class C { var x = 1; var y; C() : y = x; } f(NoSuchMethodError e) {}"),
            "1:39 'x' belongs to an instance, and there is no 'this' here.");
}

TEST(NamesTest, MakesNoEnumsWhateverIsMeant) {
  EXPECT_EQ(ErrorOf("enum E { a } f() { try { new E(); } catch (e) {} }"),
            "1:26 There is no constructor 'E'.");
}

TEST(NamesTest, LetsInitialisersSeeFieldParametersAndTheBodyTheField) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "class C { var x, y; C(this.x) : y = x { x = 2; } }"), "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_TRUE(Has(program, "new C", "LoadLocal 1\n3 InitField 1"));
  EXPECT_TRUE(Has(program, "new C", "SetProperty set:x"));
}

// ---- Names that mean nothing --------------------------------------------------------------------

TEST(NamesTest, SuggestsTheNearestNameOfTheInnermostScope) {
  EXPECT_EQ(ErrorOf("f() { var count = 1; return cuont + 1; }"),
            "1:29 'cuont' is not declared; did you mean 'count'?");
  EXPECT_EQ(ErrorOf("var counts; f() { var count = 1; return () => coun; }"),
            "1:47 'coun' is not declared; did you mean 'count'?");
  EXPECT_EQ(ErrorOf("f() { { var count = 1; } return cuont; }"), "1:33 'cuont' is not declared.");
  EXPECT_EQ(ErrorOf("f() { cuont; var count = 1; }"), "1:7 'cuont' is not declared.");
  EXPECT_EQ(ErrorOf("f(parameter) => parametre;"),
            "1:17 'parametre' is not declared; did you mean 'parameter'?");
  EXPECT_EQ(ErrorOf("f() => pritn(1);"), "1:8 'pritn' is not declared; did you mean 'print'?");
  EXPECT_EQ(ErrorOf("f() => Count; var count;"),
            "1:8 'Count' is not declared; did you mean 'count'?");
  EXPECT_EQ(ErrorOf("f() { x = 1; }"), "1:7 'x' is not declared.");
  EXPECT_EQ(ErrorOf("f() { x++; }"), "1:7 'x' is not declared.");
  EXPECT_EQ(ErrorOf("f() { for (x in []) {} }"), "1:12 'x' is not declared.");
  EXPECT_EQ(ErrorOf("var value = valeu; var valve;"),
            "1:13 'valeu' is not declared; did you mean 'value'?");
  EXPECT_EQ(ErrorOf("f() => '$nmae'; var name;"),
            "1:10 'nmae' is not declared; did you mean 'name'?");
}

TEST(NamesTest, SuggestsMembersOfClassesLibrariesAndPrefixes) {
  EXPECT_EQ(ErrorOf("class S { var width; } class C extends S { m() => widht; }"),
            "1:51 'widht' is not declared; did you mean 'width'?");
  EXPECT_EQ(ErrorOf("class C { static make() => 1; } f() => C.mkae();"),
            "1:42 There is no static member or constructor 'mkae' of the class 'C'; did you mean "
            "'make'?");
  EXPECT_EQ(ErrorOf("class C { C.named(); } f() => new C.nmaed();"),
            "1:31 There is no constructor 'C.nmaed'; did you mean 'named'?");
  EXPECT_EQ(ErrorOf("class C { m() {} } f() => C.m();"),
            "1:29 'm' is a member of instances of the class 'C', not of itself.");
  EXPECT_EQ(ErrorOf("class Point {} f() => new Piont();"),
            "1:23 There is no class 'Piont'; did you mean 'Point'?");
  EXPECT_EQ(ErrorOf("class Point {} f(a) => a is Piont;"),
            "1:29 There is no type 'Piont'; did you mean 'Point'?");
  EXPECT_EQ(ErrorOf("class Point {} f(a) => a as Piont;"),
            "1:29 There is no type 'Piont'; did you mean 'Point'?");
  // That of a catch clause is thrown when it is asked for.
  EXPECT_EQ(ErrorOf("class Point {} f(a) { try {a();} on Piont {} }"),
            "1:37 This needs the function _throwUnknownType of dart:core.");
  EXPECT_EQ(ErrorOf("class Point {} class C extends Piont {}"),
            "1:32 There is no class 'Piont'; did you mean 'Point'?");
  EXPECT_EQ(ErrorOf("f({first}) {} g() => f(frist: 1);"),
            "1:24 'f({first})' has no named parameter 'frist'; did you mean 'first'?");
  EXPECT_EQ(ErrorOf("class C { C.n(); } f() => C.n;"), "no error");
  EXPECT_EQ(ErrorOf("abstract class C { C.n(); } f() => C.n;"),
            "1:38 'C.n' makes no object, so it cannot be torn off: 'C' is abstract.");
  EXPECT_EQ(ErrorOf("class C<T> { f() => C<T>.new; }"),
            "1:21 'C.new' with type parameters as its type arguments is not supported without a "
            "call.");
  EXPECT_EQ(ErrorOf("g<T>() {} f() => g<int>;"),
            "1:18 A function with type arguments that is not called, 'g<int>', is not supported.");
  EXPECT_EQ(ErrorOf("class Car {} f() => Cra<int>;"),
            "1:21 There is no type 'Cra<int>'; did you mean 'Car'?");
  EXPECT_EQ(ErrorOf("class C {} f(c) => c.new;"), "1:22 Only a class has a constructor 'new'.");
  EXPECT_EQ(ErrorOf("class C {} f() { C = 1; }"), "1:18 'C' cannot be assigned to.");
  EXPECT_EQ(ErrorOf("class C { C(this.lenght); var length; }"),
            "1:18 There is no field 'lenght' in this class; did you mean 'length'?");
  TestProgram program;
  ASSERT_EQ(program.Add("a", "var value; class Point {} _hidden() {}"), "");
  ASSERT_EQ(program.Add("b", "import 'a' as p; f() => p.valeu;"), "");
  EXPECT_TRUE(program.Build().starts_with(
      "b:1:27: Error: 'valeu' is not declared in what is imported as 'p'; did you mean 'value'?"));
  TestProgram other;
  ASSERT_EQ(other.Add("a", "class Point {}"), "");
  ASSERT_EQ(other.Add("c", "import 'a' as p; f() => new p.Piont();"), "");
  EXPECT_NE(other.Build().find("There is no class 'p.Piont'; did you mean 'Point'?"),
            std::string::npos);
}

TEST(NamesTest, LetsMethodsUseWhatOnlySubclassesDeclare) {
  EXPECT_EQ(ErrorOf("class S { m() => later; } class C extends S { var later; }"), "no error");
  EXPECT_EQ(ErrorOf("class S { m() => anything; noSuchMethod(i) => 1; }"), "no error");
  EXPECT_EQ(ErrorOf("class I { get x; } class C implements I { m() => x; }"), "no error");
}

// ---- What parses and makes no sense -------------------------------------------------------------

TEST(NamesTest, RefusesFieldParametersOutsideConstructors) {
  const std::string only = " Only constructors can have 'this.' parameters.";
  EXPECT_EQ(ErrorOf("f() { g(this.x) {} }"), "1:14" + only);
  EXPECT_EQ(ErrorOf("f() => (this.x) => 1;"), "1:14" + only);
  EXPECT_EQ(ErrorOf("f() => (this.x) {};"), "1:14" + only);
  EXPECT_EQ(ErrorOf("f(this.x) {}"), "1:8" + only);
  EXPECT_EQ(ErrorOf("f(g(this.x)) {}"), "1:10" + only);
  EXPECT_EQ(ErrorOf("typedef f(this.x);"), "1:16" + only);
  EXPECT_EQ(ErrorOf("class C { var x; m(this.x) {} }"), "1:25" + only);
  EXPECT_EQ(ErrorOf("class C { var x; static m({this.x}) {} }"), "1:33" + only);
  EXPECT_EQ(ErrorOf("class C { var x; set m(this.x) {} }"), "1:29" + only);
  EXPECT_EQ(ErrorOf("class C { var x; operator +(this.x) => 1; }"), "1:34" + only);
  EXPECT_EQ(ErrorOf("class C { var x; factory C(this.x) => null; }"), "1:33" + only);
  EXPECT_EQ(ErrorOf("class C { var x; C(this.x) : this.n(); C.n(); }"),
            "1:25 A redirecting constructor has no 'this.' parameters.");
  EXPECT_EQ(ErrorOf("class C { var x; C(this.x) : x = 1; }"),
            "1:30 The field 'x' is initialised twice.");
  EXPECT_EQ(ErrorOf("class C { final x = 1; C(this.x); }"),
            "1:31 The final field 'x' has a value already.");
  EXPECT_EQ(ErrorOf("class C { final x = 1; C(this.x); } f() { try { new C(2); } catch (e) {} }"),
            "1:31 The final field 'x' has a value already.");
  EXPECT_EQ(ErrorOf("class S { } class C extends S { C() : super(), super(); }"),
            "1:48 The constructor of the superclass is called twice.");
  EXPECT_EQ(ErrorOf("class C { var x; C() : this.n(), x = 1; C.n(); }"),
            "1:34 A redirecting constructor can have no other initialiser.");
}

TEST(NamesTest, FindsCirclesThroughEveryClause) {
  EXPECT_EQ(ErrorOf("class A implements A {}"), "1:7 The class 'A' is its own supertype.");
  EXPECT_EQ(ErrorOf("class A extends A {}"), "1:7 The class 'A' is its own supertype.");
  EXPECT_EQ(ErrorOf("class A extends Object with A {}"), "1:7 The class 'A' is its own supertype.");
  EXPECT_EQ(ErrorOf("class A = Object with A;"), "1:7 The class 'A' is its own supertype.");
  EXPECT_EQ(ErrorOf("class A = A with B; class B {}"), "1:7 The class 'A' is its own supertype.");
  EXPECT_EQ(ErrorOf("class A extends B {} class B implements C {} class C = Object with A;"),
            "1:7 The class 'A' is its own supertype, by way of 'B', 'C'.");
  EXPECT_EQ(ErrorOf("class X extends A {} class A extends B with M {} class B extends A {}"
                    " class M {}"),
            "1:28 The class 'A' is its own supertype, by way of 'B'.");
  TestProgram program;
  ASSERT_EQ(program.Add("a", "import 'b'; class A implements B {}"), "");
  ASSERT_EQ(program.Add("b", "import 'a'; class B extends Object with A {}"), "");
  const std::string error = program.Build();
  EXPECT_NE(error.find("is its own supertype, by way of"), std::string::npos) << error;
}

TEST(NamesTest, RefusesSupertypesThatCannotBe) {
  EXPECT_EQ(ErrorOf("class C implements int {}"),
            "1:20 'int' can be neither extended nor implemented.");
  EXPECT_EQ(ErrorOf("class C extends String {}"),
            "1:17 'String' can be neither extended nor implemented.");
  EXPECT_EQ(ErrorOf("class C extends Object with int {}"),
            "1:29 'int' can be neither extended nor implemented.");
  EXPECT_EQ(ErrorOf("class M { M(); } class C extends Object with M {}"),
            "1:46 'M' has a constructor, so it cannot be mixed in.");
  EXPECT_EQ(ErrorOf("class M { factory M() => null; } class C extends Object with M {}"),
            "no error");
  EXPECT_EQ(ErrorOf("class A { factory A.f() => null; A(); } class M {} class D = A with M;"
                    " f() => new D.f();"),
            "1:79 There is no constructor 'D.f'.");
}

TEST(NamesTest, LetsDefaultsBeConstantsOnly) {
  EXPECT_EQ(ErrorOf("f() { const N = 3; g([x = N]) => x; return g(); }"), "no error");
  EXPECT_EQ(ErrorOf("f() { const N = 3; return () => ([x = N + 1]) => x; }"), "no error");
  EXPECT_EQ(ErrorOf("f() { var n = 3; g([x = n]) => x; }"), "1:25 This is not a constant.");
  EXPECT_EQ(ErrorOf("f(a, [b = a]) => b;"), "1:11 'a' is not declared.");
  EXPECT_EQ(ErrorOf("f() { g(a, [b = a]) => b; }"), "1:17 'a' is not declared.");
  EXPECT_EQ(ErrorOf("f() { g([b = g]) => b; }"), "1:14 This is not a constant.");
  EXPECT_EQ(ErrorOf("var v; f([b = v]) => b;"), "1:15 This is not a constant.");
  EXPECT_EQ(ErrorOf("f([b = f]) => b;"), "no error");
  EXPECT_EQ(ErrorOf("f([b = []]) => b;"),
            "1:8 This is not a constant; write 'const' in front of it.");
  EXPECT_EQ(ErrorOf("f([b = const []]) => b;"), "no error");
  EXPECT_EQ(ErrorOf("class C { m([b = this]) => b; }"), "1:18 There is no 'this' here.");
  EXPECT_EQ(ErrorOf("f([b = () => 1]) => b;"), "1:8 This is not a constant.");
}

TEST(NamesTest, LetsConstantsBeConstant) {
  EXPECT_EQ(ErrorOf("f() => 1; const x = f();"), "1:21 This is not a constant.");
  EXPECT_EQ(ErrorOf("var v = 1; const x = [v];"), "1:23 This is not a constant.");
  EXPECT_EQ(ErrorOf("f(a) => const [a];"), "1:16 This is not a constant.");
  EXPECT_EQ(ErrorOf("f(a) => const {1: a};"), "1:19 This is not a constant.");
  EXPECT_EQ(ErrorOf("f(a) { const x = a; }"), "1:18 This is not a constant.");
  EXPECT_EQ(ErrorOf("class C { const C(a); } f(a) => const C(a);"), "1:41 This is not a constant.");
  EXPECT_EQ(ErrorOf("class C { const C(a); } const x = C(const [1]), y = new C(1);"),
            "1:53 This is not a constant; write 'const' instead of 'new'.");
  EXPECT_EQ(ErrorOf("class C { C(); } const x = C();"), "1:28 This constructor is not 'const'.");
  EXPECT_EQ(ErrorOf("class C { final x; const C(a) : x = a.b; }"), "1:39 This is not a constant.");
  EXPECT_EQ(ErrorOf("class C { final x; const C(a) : x = a.length + 1; }"), "no error");
  EXPECT_EQ(ErrorOf("class C { var x; const C(this.x); }"),
            "1:24 This constructor cannot be constant: the field 'x' is not final.");
  EXPECT_EQ(ErrorOf("class S { S(); } class C extends S { const C(); }"),
            "1:44 The constructor of the superclass is not 'const'.");
  EXPECT_EQ(ErrorOf("class S {} class C extends S { const C(); } const x = C();"), "no error");
  EXPECT_EQ(ErrorOf("class C { const C() {} }"), "1:17 A constant constructor has no body.");
  EXPECT_EQ(ErrorOf("class C { const C.a() : this.b(); C.b(); }"),
            "1:25 This constructor is not 'const'.");
  EXPECT_EQ(ErrorOf("const a = 1 + 2 * 3, b = a == 7 ? 'x$a' : null, c = -a, d = const [a, b], "
                    "e = a is int, g = f; f() {}"),
            "no error");
}

TEST(SuggestionTest, IsNearOnlyIfLittleIsWrong) {
  const auto nearest = [](const char* wanted, std::initializer_list<const char*> names) {
    Suggestion suggestion(wanted);
    for (const char* name : names) suggestion.Consider(name);
    return suggestion.best();
  };
  EXPECT_EQ(nearest("cuont", {"count", "amount"}), "count");  // swapped
  EXPECT_EQ(nearest("cout", {"count"}), "count");             // left out
  EXPECT_EQ(nearest("countt", {"count"}), "count");           // put in
  EXPECT_EQ(nearest("cound", {"count"}), "count");            // replaced
  EXPECT_EQ(nearest("COUNT", {"count"}), "count");            // in case
  EXPECT_EQ(nearest("count", {"coat"}), "");
  EXPECT_EQ(nearest("x", {"y"}), "");
  EXPECT_EQ(nearest("x", {"X"}), "X");
  EXPECT_EQ(nearest("ab", {"xy"}), "");
  EXPECT_EQ(nearest("counts", {"counter", "count"}), "count");  // the nearer one
  EXPECT_EQ(nearest("bat", {"cat", "bar"}), "bar");             // alphabetically
  EXPECT_EQ(nearest("count", {"count"}), "");
  EXPECT_EQ(nearest(std::string(1000, 'x').c_str(), {"xxxx"}), "");
}

TEST(SuggestionTest, PrefersTheGroupThatCameFirst) {
  Suggestion suggestion("bat");
  suggestion.Consider("cat");
  suggestion.EndGroup();
  suggestion.Consider("bar");
  EXPECT_EQ(suggestion.best(), "cat");
  Suggestion nearer("counter");
  nearer.Consider("caunted");
  nearer.EndGroup();
  nearer.Consider("countr");
  EXPECT_EQ(nearer.best(), "countr");
}

}  // namespace
}  // namespace fart::lang
