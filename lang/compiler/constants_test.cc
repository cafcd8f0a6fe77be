// What must be constant, and what may not need itself: constants, constructors that redirect.

#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "lang/compiler/dependencies.h"
#include "lang/compiler/test_program.h"

namespace fart::lang {
namespace {

// ---- Cases --------------------------------------------------------------------------------------

constexpr const char* kSwitch =
    "class A { final x; const A([this.x]); const A.n(this.x); static const one = 1; } class B { "
    "const B(); factory B.f() = B; } enum E { a, b } enum F { a } const k = 2; const s = 's'; "
    "final f = 1; var v = 1; g() => 1; ";

std::string CaseError(const std::string& cases) {
  return ErrorOf(std::string(kSwitch) + "\nmain(p) { var l = 1; const c = 3; switch (p) {" + cases +
                 "} }");
}

TEST(ConstantsTest, TakesConstantsAsCases) {
  for (const char* const cases :
       {"case 1: case -2: case k: case c: case A.one: case 1 + k: case ~k:", "case 's': case s:",
        "case 'a' 'b': case 'a$k':", "case E.a: case E.b:",
        "case null: case 1: case '1': case 1.5: default:", "case const A(): case const A.n(2):",
        "case const [1]: case const [2]:", "case A: case E: case B:", "case g: case main:",
        "case k > 1 ? 1 : 2: case 3:", "case true: case !true: case k > 2:", "case #a: case #b:"}) {
    EXPECT_EQ(CaseError(cases), "no error") << cases;
  }
}

TEST(ConstantsTest, RefusesCasesThatAreNotConstant) {
  for (const char* const value : {"l", "f", "v", "p", "l + 1", "-l", "k + v", "'$l'", "new A()",
                                  "const A(l)", "l.length.x", "k > 1 ? v : 1", "p == 1"}) {
    const std::string error = CaseError(std::string("case 1: case ") + value + ": break;");
    EXPECT_NE(error.find("This is not a constant"), std::string::npos) << value << '\n' << error;
  }
  EXPECT_EQ(ErrorOf("m(x) { switch (x) { case x: } }"), "1:26 This is not a constant.");
}

// ---- Constants ----------------------------------------------------------------------------------

TEST(ConstantsTest, RefusesConstantsThatDependOnThemselves) {
  for (const auto& [text, error] : {
           std::pair("const a = a;", "1:11 The constant 'a' depends on itself."),
           std::pair("const a = b;\nconst b = a + 1;",
                     "1:11 The constant 'a' depends on itself, by way of 'b'."),
           std::pair("const a = 1 + b, b = [c], c = {1: a};",
                     "1:15 The constant 'a' depends on itself, by way of 'b', 'c'."),
           std::pair("class A { static const x = B.y; } class B { static const y = A.x; }",
                     "1:30 The constant 'A.x' depends on itself, by way of 'B.y'."),
           std::pair("const z = a; const a = true ? 1 : a;",
                     "1:35 The constant 'a' depends on itself."),
           std::pair("class A { final x; const A() : x = c; } const c = const A();",
                     "1:36 The constructor 'A' depends on itself, by way of 'c'."),
           std::pair("class A { final x = c; const A(); } const c = A();",
                     "1:21 The constructor 'A' depends on itself, by way of 'c'."),
           std::pair("class A { final x = const A(); const A(); }",
                     "1:21 The constructor 'A' depends on itself."),
           std::pair("class A { final x; const A([this.x = const A()]); }",
                     "1:38 The constructor 'A' depends on itself."),
           std::pair("class S { const S(x); } class A extends S { const A() : super(c); }\n"
                     "const c = const A();",
                     "1:63 The constructor 'A' depends on itself, by way of 'c'."),
           std::pair("class S { final x = c; const S(); } class A extends S { const A(); }\n"
                     "const c = const A();",
                     "1:21 The constructor 'S' depends on itself, by way of 'c', 'A'."),
           std::pair("class A { const A(x); const A.n() : this(c); } const c = const A.n();",
                     "1:42 The constructor 'A.n' depends on itself, by way of 'c'."),
       }) {
    EXPECT_EQ(ErrorOf(text), error) << text;
  }
}

TEST(ConstantsTest, TakesConstantsThatOnlySeemToGoInACircle) {
  for (const char* const text :
       {"const a = b, b = c, c = 1;", "const a = f; f([x = a]) => x;",
        "class A { final x; const A([this.x = const A(1)]); } const a = const A();",
        "class A { final x; const A([this.x = c]); } const c = const A(1);",
        "class A { final x; const A({this.x: c}); } const c = const A(x: 1);",
        "class A { static const a = const A(1); final x; const A(this.x); m() => a; }",
        "class A { static const a = A.b, b = 2; static f() => a; }", "var a = b, b = a;",
        "final a = b, b = a;", "class A { factory A() { return new A(); } }"}) {
    EXPECT_EQ(ErrorOf(text), "no error") << text;
  }
}

TEST(ConstantsTest, FindsCirclesThatCrossLibraries) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "import 'b'; const x = y, z = 1;"), "");
  ASSERT_EQ(program.Add("b", "import 'c'; const y = w;"), "");
  ASSERT_EQ(program.Add("c", "import 'a'; const w = x, v = z;"), "");
  const std::string error = program.Build();
  EXPECT_NE(error.find("c:1:23: Error: The constant 'w' depends on itself, by way of 'x', 'y'."),
            std::string::npos)
      << error;
}

TEST(ConstantsTest, FindsNoCircleInLibrariesThatImportEachOther) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "import 'b'; const x = y, z = 1;"), "");
  ASSERT_EQ(program.Add("b", "import 'a'; const y = z, w = x;"), "");
  EXPECT_EQ(program.Build(), "");
}

// The second would walk through all of the first again if it were not proven.
TEST(ConstantsTest, TakesLongChainsOfConstants) {
  std::string text = "const a0 = 0;";
  for (int i = 1; i < 20000; ++i) {
    text += "const a" + std::to_string(i) + " = a" + std::to_string(i - 1) + " + 1;\n";
  }
  EXPECT_EQ(ErrorOf(text), "no error");
}

// ---- Constructors that redirect -----------------------------------------------------------------

TEST(ConstantsTest, RefusesConstructorsThatRedirectToThemselves) {
  for (const auto& [text, error] : {
           std::pair("class A { A() : this(); }", "1:17 The constructor 'A' redirects to itself."),
           std::pair("class A { A.x() : this.y(); A.y() : this.x(); }",
                     "1:19 The constructor 'A.x' redirects to itself, by way of 'A.y'."),
           std::pair("class A { const A.x() : this.y(); const A.y() : this.x(); }",
                     "1:25 The constructor 'A.x' redirects to itself, by way of 'A.y'."),
           std::pair("class A { factory A.n() = A.n; }",
                     "1:19 The constructor 'A.n' redirects to itself."),
           std::pair("class A { factory A() = B; } class B implements A { factory B() = A; }",
                     "1:19 The constructor 'A' redirects to itself, by way of 'B'."),
           std::pair("class A { const factory A() = B; } class B implements A {"
                     " const factory B() = C; } class C implements B { const factory C() = A; }",
                     "1:25 The constructor 'A' redirects to itself, by way of 'B', 'C'."),
       }) {
    EXPECT_EQ(ErrorOf(text), error) << text;
  }
}

TEST(ConstantsTest, LetsConstantConstructorsRedirectToConstantOnesOnly) {
  EXPECT_EQ(ErrorOf("class A { const factory A() = B; } class B implements A { B(); }"),
            "1:25 This constructor is 'const', and the one it passes on to is not.");
  EXPECT_EQ(ErrorOf("class A { const factory A() = B; } class B implements A { const B(); }"),
            "no error");
  EXPECT_EQ(ErrorOf("class A { factory A() = B; } class B implements A { B(); }"), "no error");
}

TEST(ConstantsTest, TakesConstructorsThatRedirectInAChain) {
  EXPECT_EQ(ErrorOf("class A { A() : this.x(); A.x() : this.y(); A.y(); factory A.f() = A.g;"
                    "factory A.g() = A; }"),
            "no error");
  // Only what is passed on is followed: this is a recursion as any other.
  EXPECT_EQ(ErrorOf("class A { A() : this.x(new A()); A.x(y); }"), "no error");
}

// ---- Dependencies -------------------------------------------------------------------------------

DependencyUse Use(int from, int to) {
  return {{{from / 10, from % 10}, DependentPart::kValue},
          {{to / 10, to % 10}, DependentPart::kValue},
          static_cast<std::uint32_t>(from)};
}

TEST(DependenciesTest, FindsTheCircleWhenItsLastLibraryIsCompiled_LCD1) {
  Dependencies dependencies;
  dependencies.Add(Use(11, 12));
  dependencies.Add(Use(12, 21));
  EXPECT_TRUE(dependencies.FindCircle(1).empty());
  dependencies.Add(Use(21, 22));
  dependencies.Add(Use(22, 12));
  const std::vector<DependencyUse> circle = dependencies.FindCircle(2);
  ASSERT_EQ(circle.size(), 3u);
  EXPECT_EQ(circle[0].offset, 21u);
  EXPECT_EQ(circle[1].offset, 22u);
  EXPECT_EQ(circle[2].offset, 12u);
}

TEST(DependenciesTest, ForgetsALibraryWhoseNumberIsGivenAgain) {
  Dependencies dependencies;
  dependencies.Add(Use(11, 21));
  dependencies.Add(Use(21, 11));
  dependencies.Forget(2);
  EXPECT_TRUE(dependencies.FindCircle(1).empty());
  dependencies.Add(Use(21, 22));
  EXPECT_TRUE(dependencies.FindCircle(2).empty());
  EXPECT_TRUE(dependencies.FindCircle(1).empty());
}

}  // namespace
}  // namespace fart::lang
