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
       {"case 1: case -2: case k: case c: case ~k:", "case A.one: case 1 + k:", "case 't': case s:",
        "case 'a' 'b': case 'a$k':", "case E.a: case E.b:", "case null: case 1: default:",
        "case '1': case null:", "case const A(): case const A.n(2):",
        "case const [1]: case const [2]:", "case A: case E: case B:", "case g: case main:",
        "case k > 1 ? 1 : 2: case 3:", "case true: case !true:", "case k > 2:",
        "case #a: case #b:"}) {
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

TEST(ConstantsTest, RefusesCasesOfSeveralKinds) {
  const std::string end = ", the first one is an int.";
  const std::string kinds = "The values of a 'switch' are of one kind: this is ";
  for (const auto& [cases, error] : {std::pair("case 1: case '1':", "a String" + end),
                                     std::pair("case null: case k: case true:", "a bool" + end),
                                     std::pair("case ~k: case A.one: case s:", "a String" + end),
                                     std::pair("case 1: case const A():", "an object of 'A'" + end),
                                     std::pair("case 1: case E.a:", "an object" + end)}) {
    EXPECT_NE(CaseError(cases).find(kinds + error), std::string::npos) << CaseError(cases);
  }
  EXPECT_NE(CaseError("case 1.5:").find("A double cannot be the value of a 'case'"),
            std::string::npos);
}

TEST(ConstantsTest, RefusesCasesWithAnEqualityOfTheirOwn) {
  for (const char* const value : {"const C()", "c", "D.d", "const D()"}) {
    EXPECT_NE(ErrorOf(std::string("class C { const C(); operator ==(o) => true; } class D extends "
                                  "C { const D(); static const d = const D(); } const c = const "
                                  "C(); f(x) { switch (x) { case ") +
                      value + ": } }")
                  .find("its class has an operator == of its own"),
              std::string::npos)
        << value;
  }
}

TEST(ConstantsTest, ComparesNoObjectsWithAnEqualityOfTheirOwn) {
  const std::string classes =
      "class C { const C(); operator ==(o) => true; } class D { const D(); } const c = const C();";
  for (const char* const value :
       {"const C() == const C()", "c != 1", "[const C() == c]", "c == c ? 1 : 2"}) {
    EXPECT_NE(ErrorOf(classes + "const k = const [" + value + "];")
                  .find("the class of what is compared has an operator == of its own"),
              std::string::npos)
        << value;
  }
  for (const char* const value : {"const D() == c", "c == null", "null != c", "1 == c"}) {
    EXPECT_EQ(ErrorOf(classes + "const k = const [" + value + "];"), "no error") << value;
  }
}

TEST(ConstantsTest, RefusesKeysThatAreTheSameObject) {
  for (const char* const keys : {"const A(1): 1, const A(1): 2", "E.a: 1, E.b: 2, E.a: 3",
                                 "k: 1, const A.n(const A(1)): 2, const A.n(const A(1)): 3"}) {
    EXPECT_NE(ErrorOf(std::string(kSwitch) + "const m = const {" + keys + "};")
                  .find("This key is in this constant already"),
              std::string::npos)
        << keys;
  }
  EXPECT_EQ(ErrorOf(std::string(kSwitch) +
                    "const m = const {const A(1): 1, const A(2): 2, const A.n(1): 3, E.a: 4, F.a: "
                    "5, const A(): 6};"),
            "no error");
}

// ---- Metadata -----------------------------------------------------------------------------------

TEST(ConstantsTest, RefusesMetadataThatIsNoConstant) {
  for (const auto& [text, error] : {
           std::pair("@none f() {}", "1:2 'none' is not declared"),
           std::pair("var v; @v f() {}", "1:9 This is not a constant"),
           std::pair("g() {} @g() f() {}", "1:9 'g' is not a class"),
           std::pair("class A {} @A() f() {}", "1:13 "),
           std::pair("class A { const A(); } @A(1) f() {}", "1:25 "),
           std::pair("class A { const A(x); } @A(1 ~/ 0) f() {}",
                     "This constant cannot be computed"),
           std::pair("class A { @none var x; }", "1:12 'none' is not declared"),
           std::pair("class A { f(@none x) {} }", "1:14 'none' is not declared"),
           std::pair("class A<@none T> {}", "1:10 'none' is not declared"),
           std::pair("enum E { @none a }", "1:11 'none' is not declared"),
           std::pair("@none typedef F();", "1:2 'none' is not declared"),
           std::pair("@none library l;", "1:2 'none' is not declared"),
       }) {
    EXPECT_NE(ErrorOf(text).find(error), std::string::npos) << text << '\n' << ErrorOf(text);
  }
}

TEST(ConstantsTest, MetadataSeesTheNamesOfItsClass) {
  EXPECT_EQ(ErrorOf("class A { static const k = 1; @k var x; @k f(@k x) {} }"), "no error");
  EXPECT_NE(ErrorOf("@k class A { static const k = 1; }").find("'k' is not declared"),
            std::string::npos);
}

// ---- Constants that throw -----------------------------------------------------------------------

constexpr const char* kThrowing =
    "class A { final x, y; const A(this.x, {this.y: 1}) : "
    "assert(x != null), assert(y > 0, 'y'); const A.n(a) : x = 1 ~/ a, y = 2; "
    "const A.r(a) : this(a, y: a); const A.l(String s) : x = s.length, y = 1; } "
    "class B extends A { const B(a) : super(a); const B.n(a) : super.n(a); } "
    "class C { final z; const C([this.z = 0]) : assert(z == 0); } const zero = 0, none = null;\n";

TEST(ConstantsTest, RefusesConstantsThatCannotBeComputed) {
  for (const auto& [text, error] : {
           std::pair("const a = 1 ~/ 0;", "2:13 an int cannot be divided by zero"),
           std::pair("const a = 1 ~/ b, b = 0;", "2:13 an int cannot be divided by zero"),
           std::pair("const a = 1 % zero;", "2:13 an int cannot be divided by zero"),
           std::pair("const a = 2 * (3 - 3), b = 1 ~/ a;", "2:30 an int cannot be divided by zero"),
           std::pair("const a = 1 << -1;", "2:13 an int cannot be shifted by -1 bits"),
           std::pair("const a = 1 >> -2;", "2:13 an int cannot be shifted by -2 bits"),
           std::pair("const a = none!;", "2:15 'none' is null"),
           std::pair("const a = null + 1;", "2:16 null has no operator '+'"),
           std::pair("const a = -true;", "2:11 a bool has no operator '-'"),
           std::pair("const a = !1;", "2:11 '!' of constants takes a bool, not an int"),
           std::pair("const a = null ? 1 : 2;", "2:11 '?' of constants takes a bool, not null"),
           std::pair("const a = 's' || true;", "2:11 '||' of constants takes a bool, not a String"),
           std::pair("const a = true && 1;", "2:19 '&&' of constants takes a bool, not an int"),
           std::pair("const a = ~1.5;", "2:11 a double has no operator '~'"),
           std::pair("const a = 's' - 1;", "2:15 a String has no operator '-'"),
           std::pair("const a = 's' + 1;", "2:15 '+' of a String does not take an int"),
           std::pair("const a = 1 < null;", "2:13 '<' of an int does not take null"),
           std::pair("const a = 1 & 1.5;", "2:13 '&' of an int does not take a double"),
           std::pair("const a = 1.length;", "2:13 what it asks for its length is no String"),
           std::pair("const a = true ? 1 ~/ 0 : 1;", "2:20 an int cannot be divided by zero"),
           std::pair("const a = true && (1 ~/ 0 == 1);", "2:22 an int cannot be divided by zero"),
           std::pair("const a = null ?? 1 ~/ 0;", "2:21 an int cannot be divided by zero"),
           std::pair("const a = '${const []}';",
                     "2:20 in a text there can be null, bools, numbers and texts, but no object"),
           std::pair("const a = '${const A(1)}';",
                     "2:14 in a text there can be null, bools, numbers and texts, but no object"),
           std::pair("const a = const Symbol(3);", "2:11 a Symbol is made of a text"),
           std::pair("const a = const Symbol('0');", "2:11 '0' is no name of a symbol"),
           std::pair("const a = const Symbol('_a');", "2:11 '_a' is no name of a symbol"),
           std::pair("const a = const Symbol('a.');", "2:11 'a.' is no name of a symbol"),
           std::pair("const a = const Symbol('a.void');", "2:11 'a.void' is no name of a symbol"),
           std::pair("const a = const Symbol('if');", "2:11 'if' is no name of a symbol"),
           std::pair("const a = '${1 ~/ 0}';", "2:16 an int cannot be divided by zero"),
           std::pair("const a = const [1, 2 ~/ 0];", "2:23 an int cannot be divided by zero"),
           std::pair("var a = const {1: 2 ~/ 0};", "2:21 an int cannot be divided by zero"),
           std::pair("const a = const A(null);", "2:11 the assertion 'x != null' fails"),
           std::pair("var a = const A(1, y: 0);", "2:9 the assertion 'y > 0' fails"),
           std::pair("var a = const A.n(zero);", "2:9 an int cannot be divided by zero"),
           std::pair("var a = const A.r(-1);", "2:9 the assertion 'y > 0' fails"),
           std::pair("var a = const A.l(null);", "2:9 what it asks for its length is no String"),
           std::pair("var a = const B(null);", "2:9 the assertion 'x != null' fails"),
           std::pair("const a = [B.n(0)];", "2:14 an int cannot be divided by zero"),
           std::pair("var a = const C(1);", "2:9 the assertion 'z == 0' fails"),
           std::pair("m() => const A(null);", "2:8 the assertion 'x != null' fails"),
           std::pair("m() { const z = 0; const a = 1 ~/ z; }",
                     "2:32 an int cannot be divided by "
                     "zero"),
           std::pair("m([a = 1 ~/ 0]) => a;", "2:10 an int cannot be divided by zero"),
           std::pair("m(x) { switch (x) { case 1 ~/ 0: } }",
                     "2:28 an int cannot be divided by zero"),
           std::pair("class D { final x = 1 ~/ 0; const D(); }",
                     "2:23 an int cannot be divided by zero"),
       }) {
    const std::string place = std::string(error).substr(0, std::string(error).find(' '));
    const std::string why = std::string(error).substr(place.size() + 1);
    EXPECT_EQ(ErrorOf(kThrowing + std::string(text)),
              place + " This constant cannot be computed: " + why + ".")
        << text;
  }
}

// What is known is right, at the borders of ints too: what hangs on it is reached or is not.
TEST(ConstantsTest, ComputesWhatItKnows) {
  for (const char* const truth : {"10 % 5 == 0",
                                  "7 % 5 == 2",
                                  "-7 % 5 == 3",
                                  "7 % -5 == 2",
                                  "-7 % -5 == 3",
                                  "-10 % -5 == 0",
                                  "7 ~/ 5 == 1",
                                  "-7 ~/ 5 == -1",
                                  "7 ~/ -5 == -1",
                                  "0 ~/ 5 == 0",
                                  "2 + 3 == 5",
                                  "2 - 3 == -1",
                                  "-2 * 3 == -6",
                                  "9223372036854775806 + 1 == 9223372036854775807",
                                  "-9223372036854775807 - 1 < -9223372036854775807",
                                  "6 & 3 == 2",
                                  "6 | 3 == 7",
                                  "6 ^ 3 == 5",
                                  "~5 == -6",
                                  "5 >> 1 == 2",
                                  "-5 >> 1 == -3",
                                  "1 >> 62 == 0",
                                  "-1 >> 63 == -1",
                                  "5 >> 64 == 0",
                                  "-5 >> 200 == -1",
                                  "4611686018427387904 >> 62 == 1",
                                  "4611686018427387904 >> 63 == 0",
                                  "1 < 2",
                                  "!(2 < 2)",
                                  "2 <= 2",
                                  "!(3 <= 2)",
                                  "3 > 2",
                                  "!(2 > 2)",
                                  "2 >= 2",
                                  "!(1 >= 2)",
                                  "1 != 2",
                                  "!(1 != 1)",
                                  "1.5 < 2",
                                  "!(2.0 < 2)",
                                  "2.0 <= 2",
                                  "2.5 > 2",
                                  "!(2 > 2.0)",
                                  "2 >= 2.0",
                                  "1.5 + 1.5 >= 3.0",
                                  "1.5 - 1.0 <= 0.5",
                                  "1.5 * 2 >= 3.0",
                                  "1.5 * 2 <= 3.0",
                                  "-1.5 < 0.0",
                                  "-(-2) == 2",
                                  "'a' == 'a'",
                                  "'a' != 'b'",
                                  "true == true",
                                  "true != false",
                                  "null == null",
                                  "null != 1",
                                  "!false",
                                  "!(1 == 's')"}) {
    const std::string text = truth;
    EXPECT_EQ(ErrorOf("const a = " + text + " ? 1 : 1 ~/ 0;").find("cannot be computed"),
              std::string::npos)
        << text;
    EXPECT_NE(ErrorOf("const a = " + text + " ? 1 ~/ 0 : 1;").find("cannot be computed"),
              std::string::npos)
        << text;
  }
}

// What is not reached, or known, or of a program's own class, fails nowhere.
TEST(ConstantsTest, TakesConstantsThatMayBeComputed) {
  for (const char* const text : {"const a = false ? 1 ~/ 0 : 1;",
                                 "const a = true || (1 ~/ 0 == 1);",
                                 "const a = false && (1 ~/ 0 == 1);",
                                 "const a = 1 ?? 1 ~/ 0;",
                                 "const a = 1.0 / 0;",
                                 "const a = 1 / 0;",
                                 "const a = 1.5 % 0;",
                                 "const a = 's' * 2 + 't';",
                                 "const a = 9223372036854775807 + 1 - 1, b = 1 ~/ a;",
                                 "const a = 1 == 's', b = null == 1;",
                                 "const a = -9223372036854775808 ~/ -1;",
                                 "const a = 's'.length, b = 1 ~/ a;",
                                 "const a = const [if (false) 1 ~/ 0];",
                                 "const a = const A(1, y: 2), b = const A.n(2);",
                                 "const a = const C(), b = const C(0);",
                                 "const a = const B(1);",
                                 "const a = const String.fromEnvironment('a');",
                                 "f() => 1 ~/ 0;",
                                 "var a = 1 ~/ 0, b = -null;",
                                 "f() => [1 ~/ 0, null + 1, new A(null)];",
                                 "const a = 1 << 100 >> 3, b = ~(1 << 70);",
                                 "const a = true & false;",
                                 "const a = '$zero' == '', b = 1.5 == 1;",
                                 "const a = none?.length;"}) {
    const std::string error = ErrorOf(kThrowing + std::string(text));
    EXPECT_EQ(error.find("cannot be computed"), std::string::npos) << text << '\n' << error;
  }
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
