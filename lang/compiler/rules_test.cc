// Programs that are wrong, whatever they would do, are refused where they are wrong; what only
// looks like it is not.

#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "lang/compiler/test_program.h"

namespace fart::lang {
namespace {

TEST(RulesTest, WhatCannotBeSetIsNotAssignedTo) {
  for (const auto& [text, error] :
       {std::pair("const x = 1; f() { x = 2; }",
                  "1:20 'x' is a constant and cannot be assigned to."),
        std::pair("final x = 1; f() { x++; }", "1:20 'x' is final and cannot be assigned to."),
        std::pair("class A { static final x = 1; } f() { A.x = 2; }",
                  "1:41 'A.x' is final and cannot be assigned to."),
        std::pair("g() {} f() { g = 1; }", "1:14 'g' is a function and cannot be assigned to."),
        std::pair("get x => 1; f() { x = 1; }",
                  "1:19 'x' has no setter, so it cannot be assigned to."),
        std::pair("class A { final x = 1; m() { x = 2; } }",
                  "1:30 The field 'x' is final and cannot be assigned to."),
        std::pair("class A { final x = 1; m() { this.x += 2; } }",
                  "1:35 The field 'x' is final and cannot be assigned to.")}) {
    EXPECT_EQ(ErrorOf(text), error) << text;
  }
  // What another object has may be something else.
  EXPECT_EQ(ErrorOf("class A { final x = 1; set x(v) {} m(a) { x = 2; this.x = 2; a.x = 3; } }"),
            "no error");
  EXPECT_EQ(ErrorOf("class A { final x = 1; m(a) { a.x = 3; } }"), "no error");
}

TEST(RulesTest, FinalVariablesOfBodiesAreSetSomewhere) {
  EXPECT_EQ(ErrorOf("f() { final x; }"), "1:13 The final variable 'x' is never given a value.");
  EXPECT_EQ(ErrorOf("f() { final x; return () => x; }"),
            "1:13 The final variable 'x' is never given a value.");
  EXPECT_EQ(ErrorOf("f() { final x; x = 1; late final y; late final z = 1; }"), "no error");
  EXPECT_EQ(ErrorOf("f() { final x; g() { x = 1; } g(); return x; }"), "no error");
}

TEST(RulesTest, ConstantsHaveEachKeyOnce) {
  EXPECT_TRUE(Contains(ErrorOf("f() => const {'a': 1, 'b': 2, 'a': 3};"),
                       "The key 'a' is in this constant already."));
  EXPECT_TRUE(Contains(ErrorOf("const k = 1; f() => const {1, 2 - 1};"),
                       "The element 1 is in this constant already."));
  EXPECT_TRUE(
      Contains(ErrorOf("f() => const {1.5: 1};"), "A double cannot be the key of a constant."));
  EXPECT_TRUE(
      Contains(ErrorOf("f() => const {1.5};"), "A double cannot be the element of a constant."));
  for (const char* text : {"f() => {'a': 1, 'a': 2};", "f() => const {1: 1, '1': 2, null: 3};",
                           "f() => const {1: 'a', 2: 'a'};", "f() => const ['a', 'a', 1.5];"}) {
    EXPECT_FALSE(Contains(ErrorOf(text), "constant already")) << text;
  }
}

TEST(RulesTest, CasesAreDifferent) {
  EXPECT_EQ(ErrorOf("f(x) { switch (x) { case 1: break; case 5: break; case 2 - 1: break; } }"),
            "1:58 There is a 'case' of 1 already in this 'switch'.");
  EXPECT_EQ(ErrorOf("f(x) { switch (x) { case 'a': case 'a': break; } }"),
            "1:36 There is a 'case' of 'a' already in this 'switch'.");
  EXPECT_EQ(ErrorOf("f(x) { switch (x) { case 1: switch (x) { case 1: } case 2: case null: } }"),
            "no error");
}

TEST(RulesTest, ClausesSayEachTypeOnce) {
  EXPECT_EQ(ErrorOf("class I {} class A implements I, I {}"), "1:34 'I' is implemented twice.");
  EXPECT_EQ(ErrorOf("class I {} class A extends I implements I {}"),
            "1:41 'I' is the superclass, so it is implemented already.");
  EXPECT_EQ(ErrorOf("class I {} class J extends I {} class A extends J implements I {}"),
            "no error");
}

TEST(RulesTest, MembersAreOfTheKindTheyOverride) {
  for (const auto& [text, error] :
       {std::pair("class B { x() {} } class A extends B { static x() {} }",
                  "1:47 'x' is static, but members of 'B', which the class inherits, are not."),
        std::pair("class B { x() {} } class A extends B { var x; }",
                  "1:44 'x' is no method, but that of 'B', which it would override, is one."),
        std::pair("class B { x() {} } class M {} class A extends B with M { get x => 1; }",
                  "1:62 'x' is no method, but that of 'B', which it would override, is one."),
        std::pair("class B { get x => 1; } class A extends B { x() {} }",
                  "1:45 'x' is a method, but that of 'B', which it would override, is not."),
        std::pair("class M { var x; } class A extends Object with M { x() {} }",
                  "1:52 'x' is a method, but that of 'M', which it would override, is not.")}) {
    EXPECT_EQ(ErrorOf(text), error) << text;
  }
  EXPECT_EQ(ErrorOf("class B { static x() {} get y => 1; set z(v) {} m() {} }"
                    "class A extends B { x() {} var y; get z => 1; m(a) {} }"
                    "class C extends B { static x() {} static get w => 1; }"),
            "no error");
}

TEST(RulesTest, MembersOfAClassAreDeclaredOnce) {
  EXPECT_EQ(ErrorOf("class A { var x; set x(v) {} }"), "1:22 'x' is declared twice in this class.");
  EXPECT_EQ(ErrorOf("class A { A.x(); static x() {} }"),
            "1:25 'x' is a constructor of this class, too.");
  EXPECT_EQ(ErrorOf("class A { final x = 1; set x(v) {} A.y(); y() {} }"), "no error");
}

TEST(RulesTest, NoMemberHasTheNameOfATypeParameterOfItsClass) {
  for (const char* const member :
       {"var T;", "get T => 1;", "set T(v) {}", "T() {}", "static var T;", "static get T => 1;",
        "static T() {}", "static set T(v) {}", "A.T();"}) {
    EXPECT_TRUE(Contains(ErrorOf("class A<T> { " + std::string(member) + " }"),
                         "'T' is a type parameter of the class, so no member has that name."))
        << member;
  }
  // What is inherited is hidden by it.
  EXPECT_EQ(ErrorOf("class B { T() => 1; } class A<T> extends B { f() => T; g<g>() {} }"),
            "no error");
}

TEST(RulesTest, ASetterIsAMemberOfItsOwn) {
  for (const char* const text :
       {"class A { a() {} set a(v) {} }", "class A { set a(v) {} a() {} }",
        "class A { static a() {} set a(v) {} }", "class A { set a(v) {} static a() {} }",
        "class A { static get a => 1; set a(v) {} }", "class A { get a => 1; static set a(v) {} }",
        "class A { final a = 1; static set a(v) {} }",
        "class B { a() {} } class A extends B { set a(v) {} }",
        "class B { set a(v) {} } class A extends B { a() {} }",
        "class B { set a(v) {} } class A extends B { static a() {} }"}) {
    EXPECT_EQ(ErrorOf(text), "no error") << text;
  }
  for (const char* const text :
       {"class A { set a(v) {} a() {} set a(v) {} }", "class A { set a(v) {} a() {} a() {} }",
        "class A { set a(v) {} static set a(v) {} }",
        "class A { static set a(v) {} a() {} set a(v) {} }",
        "class A { static set a(v) {} a() {} static set a(v) {} }",
        "class A { static var a; set a(v) {} }", "class A { static a() {} a() {} }",
        "class A { static get a => 1; get a => 1; }"}) {
    EXPECT_TRUE(Contains(ErrorOf(text), "'a' is declared twice in this class.")) << text;
  }
  EXPECT_TRUE(Contains(ErrorOf("class B { set a(v) {} } class A extends B { static set a(v) {} }"),
                       "'a' is static, but members of 'B', which the class inherits, are not."));
  EXPECT_TRUE(Contains(ErrorOf("class B { set a(v) {} } class A extends B { static var a; }"),
                       "'a' is static, but members of 'B', which the class inherits, are not."));
}

TEST(RulesTest, ObjectsOfCasesAreOfOneClass) {
  const std::string classes =
      "class A { const A(); const factory A.of() = B; }"
      "class B extends A { const B(); } const b = const B(); ";
  EXPECT_TRUE(Contains(
      ErrorOf(classes + "f(x) { switch (x) { case const A(): break; case const B(): break; } }"),
      "this is an object of 'B', the first one is an object of 'A'."));
  EXPECT_EQ(ErrorOf(classes + "f(x) { switch (x) { case const B(): break; case b: break; case "
                              "const A.of(): break; case null: break; } }"),
            "no error");
}

TEST(RulesTest, TypesOfFunctionsAreNoClasses) {
  EXPECT_EQ(ErrorOf("typedef F(); class A extends F {}"), "1:30 'F' is not a class.");
  EXPECT_EQ(ErrorOf("typedef F = void Function(); class A implements F {}"),
            "1:49 'F' is not a class.");
  EXPECT_EQ(ErrorOf("class A implements Function {}"), "no error");
}

TEST(RulesTest, WhatNeverRunsIsReadAllTheSame) {
  EXPECT_EQ(ErrorOf("f() { try {} catch (e) { break; } }"),
            "1:26 This 'break' is in no loop or switch.");
  EXPECT_EQ(ErrorOf("f(x) { try { x(); } catch (e) { () { rethrow; }; } }"),
            "1:38 This 'rethrow' is in no catch clause.");
}

TEST(RulesTest, SetterGoesWithWhatHasNone) {
  EXPECT_EQ(ErrorOf("final x = 1; set x(v) {} f() { x = 2; }"), "no error");
  EXPECT_EQ(ErrorOf("set x(v) {} const x = 1; f() { x = 2; }"), "no error");
  EXPECT_EQ(ErrorOf("var x = 1; set x(v) {}"), "1:5 'x' is declared twice in this library.");
}

TEST(RulesTest, ConstructorsThatPrecedeOthersTakeWhatTheyAreGiven) {
  for (const auto& [text, error] :
       {std::pair("class A { A(x); } class B extends A { B(); }",
                  "Found 'new A(x)', but it is called with no arguments."),
        std::pair("class A { A(x); } class B extends A {}",
                  "Found 'new A(x)', but it is called with no arguments."),
        std::pair("class A { A([x]); } class B extends A { B() : super(1, 2); }",
                  "Found 'new A([x])', but it is called with 2 arguments."),
        std::pair("class A { A.b(x); A() : this.b(); }",
                  "Found 'new A.b(x)', but it is called with no arguments.")}) {
    EXPECT_TRUE(Contains(ErrorOf(text), error)) << text;
  }
  EXPECT_EQ(ErrorOf("class A { A([x]); A.n({y}); A.r() : this(1); } class M {}"
                    "class B extends A with M { B() : super(1); B.n() : super.n(y: 1); }"),
            "no error");
}

TEST(RulesTest, ConstantsAreOfWhatCanBeMade) {
  EXPECT_TRUE(Contains(ErrorOf("class A { const A(x); } f() => const A();"),
                       "Found 'new A(x)', but it is called with no arguments."));
  EXPECT_TRUE(Contains(ErrorOf("abstract class A { const A(); } f() => const A();"),
                       "'A' is abstract: there is no such constant."));
  EXPECT_EQ(ErrorOf("abstract class A { const factory A() = B; }"
                    "class B implements A { const B(); } f() => const A();"),
            "no error");
  for (const char* text :
       {"class A<T> { const A(); f() => const A<T>(); }", "f<T>() => const <T>[];",
        "f<T>() => const <int, List<T>>{};", "f<T>() => const [<T>{}];",
        "class A<T> { f() => const [T]; }", "f<T>() => const [[List<T>]];",
        "f<T>() { const t = T; return t; }", "f<T>() => const {1: 2 is T};",
        "f<T>() { g([x = T]) => x; return g(); }"}) {
    EXPECT_TRUE(Contains(ErrorOf(text), "A constant cannot depend on a type parameter")) << text;
  }
}

TEST(RulesTest, WhatIsNeverReachedIsNoLessWrong) {
  for (const auto& [text, error] :
       {std::pair("f() { try {} catch (e) { g(() { rethrow; }); } } g(x) {}",
                  "This 'rethrow' is in no catch clause."),
        std::pair("f() { return; g() { break; } }", "This 'break' is in no loop or switch."),
        std::pair("f() { throw 1; const [f()]; }", "This is not a constant."),
        std::pair("f() { while (true) {} const {1: f}; () => const [f()]; }",
                  "This is not a constant."),
        std::pair("class C { f() { return; super.q(); } }",
                  "The superclass of 'C' has no member 'q'.")}) {
    EXPECT_TRUE(Contains(ErrorOf(text), error)) << text << '\n' << ErrorOf(text);
  }
  EXPECT_EQ(ErrorOf("f(a) { return; g(<T>(x) => [x, a, T, const [1, #b], f.call]); } g(x) {}"),
            "no error");
}

TEST(RulesTest, LiteralsTakeTheirTypeArguments) {
  EXPECT_EQ(ErrorOf("f() => <int, int>[];"), "1:18 This literal takes 1 type argument, not 2.");
  EXPECT_TRUE(Contains(ErrorOf("f() => <int, int, int>{1: 2};"),
                       "This literal takes 2 type arguments, not 3."));
  EXPECT_EQ(ErrorOf("f() => [<int>[], <int, int>{}, <int, int>{1: 2}];"), "no error");
}

TEST(RulesTest, TypeArgumentsThatMeanNothingAreDynamic) {
  EXPECT_EQ(ErrorOf("class A<T> { A(); A.n(); } f() => [new A<X>(), <X>[], new A<X>.n()];"),
            "no error");
  EXPECT_TRUE(Contains(ErrorOf("g<T>() => T; f() => g<X>();"), "There is no type 'X'"));
}

TEST(RulesTest, WhatIsStaticAsksForNoTypeParameterOfItsClass) {
  EXPECT_EQ(ErrorOf("class A<T> { static f(x) => x is T; }"),
            "1:31 What is static does not know its class's type parameter 'T'.");
  EXPECT_EQ(ErrorOf("class A<T> { static f() => T; }"),
            "1:28 What is static does not know its class's type parameter 'T'.");
  EXPECT_EQ(ErrorOf("class A<T> { static f<T>() => T; f2() => T; factory A() => T; }"), "no error");
  EXPECT_EQ(ErrorOf("class A<T> { static f(T x) => new List<T>(); f2(x) => x is T; }"), "no error");
  EXPECT_EQ(ErrorOf("class A<A> {}"), "1:9 A type parameter cannot have the name of its class.");
}

TEST(RulesTest, CasesAreOfOneKind) {
  const std::string begin = "const c = const [1]; g() {} f(x) { switch (x) { case ";
  const std::string between = ": break; case ";
  for (const auto& [first, second] :
       {std::pair("1", "const [1]"), std::pair("const [1]", "1"), std::pair("1", "c"),
        std::pair("'a'", "const {}"), std::pair("const {1: 2}", "const [1]"),
        std::pair("f", "const []"), std::pair("int", "g"), std::pair("2", "String")}) {
    EXPECT_TRUE(Contains(ErrorOf(begin + first + between + second + ": break; } }"),
                         "The values of a 'switch' are of one kind"))
        << first << " and " << second;
  }
  for (const auto& [first, second] :
       {std::pair("const []", "c"), std::pair("f", "g"), std::pair("int", "String"),
        std::pair("null", "c"), std::pair("const {}", "const {1: 2}")}) {
    EXPECT_EQ(ErrorOf(begin + first + between + second + ": break; } }"), "no error")
        << first << " and " << second;
  }
}

TEST(RulesTest, TypeArgumentsStandBehindTheClass) {
  const std::string cls = "class A<T> { A(); A.x(); const A.c(); } ";
  for (const char* const text : {"f() => new A.x<int>();", "f() => const A.c<int>();",
                                 "f() => A.x<int>();", "@A.c<int>() f() {}"}) {
    EXPECT_TRUE(Contains(ErrorOf(cls + text), "Type arguments stand behind the class"))
        << text << ErrorOf(cls + text);
  }
  EXPECT_TRUE(Contains(ErrorOf(cls + "f() => new A<int>.x<int>();"), "Error: Expected '('") ||
              Contains(ErrorOf(cls + "f() => new A<int>.x<int>();"), "Expected '('"));
  EXPECT_EQ(ErrorOf(cls + "@A<int>.c() f() => [new A<int>.x(), new A<int>(), A<int>.x(), A<int>(),"
                          " const A<int>.c()];"),
            "no error");
}

TEST(RulesTest, WhatALocalVariableHidesIsNoType) {
  const std::string cls = "class A { const A(); } ";
  for (const char* const text :
       {"f() { var A = 1; return new A(); }", "f(A) => new A();", "f(A) => const A();",
        "f(A) => 1 is A;", "f(A) => 1 as A;", "f() { A() {} return () => new A(); }"}) {
    EXPECT_TRUE(Contains(ErrorOf(cls + text), "There is no type here: 'A' is a local variable."))
        << text << ErrorOf(cls + text);
  }
  EXPECT_EQ(ErrorOf(cls + "f() { var a = new A(); { var A = 1; } return [a is A, new A()]; } "
                          "g() { A A = new A(); return A; }"
                          "h() { try { } on A catch (A) { } }"),
            "no error");
}

TEST(RulesTest, TheClassOfSymbolsIsThatOfTheCoreLibrary) {
  EXPECT_EQ(ErrorOf("class Symbol {} f(Symbol) => #a; const b = #b;"), "no error");
}

TEST(RulesTest, NamedParametersAreNotPrivate) {
  EXPECT_EQ(ErrorOf("f({_x}) {}"), "1:4 A named parameter cannot be private.");
  EXPECT_EQ(ErrorOf("f(_x, [_y]) {}"), "no error");
}

TEST(RulesTest, ConstructorsPassOnToThoseOfTheirClass) {
  EXPECT_EQ(ErrorOf("class A { A.named(); A() : this.nmed(); }"),
            "1:28 There is no such constructor in this class; did you mean 'named'?");
  // A factory makes an object of its own.
  EXPECT_EQ(ErrorOf("class A { A.b(); factory A.f() => new A.b(); A() : this.f(); }"),
            "1:52 There is no such constructor in this class.");
  EXPECT_EQ(ErrorOf("class A { A.named(); A() : this.named(); }"), "no error");
}

TEST(RulesTest, APrefixIsOfImportsAlone) {
  const auto error_of = [](const std::string& text) {
    TestProgram program;
    EXPECT_EQ(program.Add("b", "var x = 1;"), "");
    EXPECT_EQ(program.Add("c", "var y = 1;"), "");
    const std::string error = program.Add("a", text);
    return error.empty() ? program.Build() : error;
  };
  EXPECT_TRUE(Contains(error_of("import 'b' as p; var p = 1;"),
                       "a:1:8: Error: The prefix 'p' is also declared in this library."));
  EXPECT_TRUE(Contains(error_of("import 'b' as p; f() => p?.x;"),
                       "a:1:28: Error: 'p' is the prefix of an import; use '.'."));
  const std::string deferred =
      "a:1:8: Error: The prefix 'p' of a deferred import can be that of no other import.";
  EXPECT_TRUE(Contains(error_of("import 'b' deferred as p; import 'c' as p;"), deferred));
  EXPECT_TRUE(Contains(error_of("import 'c' deferred as p; import 'b' deferred as p;"), deferred));
  EXPECT_TRUE(Contains(error_of("import 'c' as p; import 'b' deferred as p;"),
                       "a:1:25: Error: The prefix 'p' of a deferred import"));
  EXPECT_EQ(error_of("import 'b' as p; import 'c' as p; f(p) => p?.x;"), "");
}

TEST(RulesTest, ConstantsThatAreComparedHaveNoEqualsOfTheirOwn) {
  const std::string cls = "class A { const A(); operator ==(o) => true; } ";
  const std::string why = ", for its class has an operator == of its own.";
  EXPECT_TRUE(Contains(ErrorOf(cls + "f(x) { switch (x) { case const A(): } }"),
                       "This cannot be the value of a 'case'" + why));
  EXPECT_TRUE(Contains(ErrorOf(cls + "f() => const {const A(): 1};"),
                       "This cannot be the key of a constant" + why));
  EXPECT_TRUE(Contains(ErrorOf(cls + "f() => const {const A()};"),
                       "This cannot be the element of a constant" + why));
  EXPECT_TRUE(Contains(ErrorOf("f(x) { switch (x) { case 1.5: } }"),
                       "A double cannot be the value of a 'case'; compare it with 'if'."));
  EXPECT_EQ(ErrorOf(cls + "f() => const {1: const A()}; g() => const [const A()];"), "no error");
}

TEST(RulesTest, TextsOfConstantsAreComparedAsTheyRead) {
  const auto error_of_cases = [](const std::string& first, const std::string& second) {
    return ErrorOf("const b = true; f(x) { switch (x) { case " + first + ": break; case " + second +
                   ": break; } }");
  };
  EXPECT_TRUE(Contains(error_of_cases("'$b'", "'true'"), "There is a 'case' of 'true' already"));
  EXPECT_TRUE(Contains(error_of_cases("'a${false}b'", "'afalseb'"), "a 'case' of 'afalseb'"));
  EXPECT_TRUE(Contains(error_of_cases("'${null}'", "'null'"), "There is a 'case' of 'null'"));
  EXPECT_TRUE(Contains(error_of_cases("'${1 + 1}'", "'2'"), "There is a 'case' of '2' already"));
  // What a constant is computed to be is known, wherever it is declared.
  for (const char* const program :
       {"const one = 2 - 1; f(x) { switch (x) { case one: break; case 1: break; } }",
        "f(x) { switch (x) { case one: break; case 1: break; } } const two = 2, one = two - 1;",
        "class A { f(x) { switch (x) { case one: break; case 1: break; } } static const one = 2 - "
        "1; }"}) {
    EXPECT_TRUE(Contains(ErrorOf(program), "There is a 'case' of 1 already")) << program;
  }
  EXPECT_EQ(error_of_cases("'$b'", "'false'"), "no error");
  EXPECT_EQ(error_of_cases("'${null}'", "''"), "no error");
}

}  // namespace
}  // namespace fart::lang
