// What declarations must not be is refused by the rule's name, where it is broken; what only looks
// like it is not.

#include <memory>
#include <string>
#include <tuple>

#include "gtest/gtest.h"
#include "lang/syntax/ast_dump.h"
#include "lang/syntax/parser.h"
#include "lang/syntax/scanner.h"

namespace fart::lang {
namespace {

// "line:column message", or "" for none.
std::string Error(const std::string& text) {
  const ParseResult result = Parse(std::make_shared<SourceFile>("test.dart", text));
  if (!result.error) return "";
  return std::to_string(result.error->line) + ":" + std::to_string(result.error->column) + " " +
         result.error->message;
}

TEST(ParserRulesTest, AwaitAndYieldAreNoNamesInBodiesThatCanBeLeft) {
  for (const auto& [text, place, name] :
       {std::tuple("f() async { var await = 1; }", "1:17", "await"),
        std::tuple("f() sync* { var yield = 1; }", "1:17", "yield"),
        std::tuple("f() async { var yield = 1; }", "1:17", "yield"),
        std::tuple("f() async { g(await: 1); }", "1:15", "await"),
        std::tuple("f() async { a.yield; }", "1:15", "yield"),
        std::tuple("f() async { yield: g(); }", "1:13", "yield"),
        std::tuple("f() sync* { g(await) {} }", "1:15", "await")}) {
    EXPECT_EQ(Error(text),
              std::string(place) + " '" + name +
                  "' cannot be a name in the body of an 'async', 'async*' or 'sync*' function.");
  }
  // The parameters are not in it, and the body of a function inside is its own.
  EXPECT_EQ(Error("f(await) async {}"), "");
  EXPECT_EQ(Error("f() async { g() { var await = 1, yield = await; } }"), "");
  EXPECT_EQ(Error("var await, yield; f() { await = yield; }"), "");
}

TEST(ParserRulesTest, TypesAreNotNamedByWordsOfTheLanguage) {
  for (const auto& [text, place, what] :
       {std::tuple("class abstract {}", "1:7 'abstract'", "a class"),
        std::tuple("class dynamic {}", "1:7 'dynamic'", "a class"),
        std::tuple("class as = S with M;", "1:7 'as'", "a class"),
        std::tuple("typedef get();", "1:9 'get'", "a typedef"),
        std::tuple("typedef set = int;", "1:9 'set'", "a typedef"),
        std::tuple("class A<part> {}", "1:9 'part'", "a type parameter"),
        std::tuple("f<import>() {}", "1:3 'import'", "a type parameter"),
        std::tuple("enum static { a }", "1:6 'static'", "an enum"),
        std::tuple("mixin factory {}", "1:7 'factory'", "a mixin"),
        std::tuple("extension library on int {}", "1:11 'library'", "an extension"),
        std::tuple("import 'a' as export;", "1:15 'export'", "a prefix")}) {
    EXPECT_EQ(Error(text), std::string(place) + " is a word of the language, so it cannot be the " +
                               "name of " + what + ".");
  }
  EXPECT_EQ(Error("f() { get x; }"), "1:7 'get' is a word of the language and no type.");
  EXPECT_EQ(Error("List<as> x;"), "1:6 'as' is a word of the language and no type.");
  EXPECT_EQ(Error("List<typedef> x;"), "1:6 'typedef' is a word of the language and no type.");
  EXPECT_EQ(Error("dynamic x; mixin late {} class required {} class extension {}"), "");
  EXPECT_EQ(Error("get() {} set() {} var static, factory, part; f() { get(); static = part; }"),
            "");
}

TEST(ParserRulesTest, ModifiersStandWhereTheyMeanSomething) {
  const std::string abstract =
      "'abstract' is for classes, and for fields with 'var', 'final' or a type in front of them. "
      "What has no body is abstract without it.";
  EXPECT_EQ(Error("class A { abstract x; }"), "1:20 " + abstract);
  EXPECT_EQ(Error("class A { abstract m(); }"), "1:20 " + abstract);
  EXPECT_EQ(Error("class A { abstract int m(); }"), "1:20 " + abstract);
  EXPECT_EQ(Error("abstract class A { abstract int x; abstract var y; abstract final z; }"), "");
  for (const char* word : {"factory", "static", "abstract"}) {
    EXPECT_EQ(Error(std::string(word) + " f() => 1;"),
              "1:1 '" + std::string(word) + "' is for members of classes.");
  }
  EXPECT_EQ(Error("class A { static A(); }"), "1:18 A constructor cannot be static.");
  EXPECT_EQ(Error("class A { var int x; }"),
            "1:15 A variable has 'var' or a type in front of it, not both.");
  EXPECT_EQ(Error("class A { const factory A() => null; }"),
            "1:25 A constant factory only passes on to another constructor: "
            "'const factory C() = D;'.");
  EXPECT_EQ(Error("class A { const factory A() = B; }"), "");
  for (const char* body : {"{}", "{ f(); }"}) {
    EXPECT_EQ(Error("class A { A.b(); A() : this.b() " + std::string(body) + " }"),
              "1:18 A redirecting constructor has no body.");
    EXPECT_EQ(Error("class A { var x; A() : x = 1 " + std::string(body) + " }"), "");
  }
  EXPECT_EQ(Error("import 'a'; library b;"),
            "1:13 'library' stands before all other directives, once.");
  EXPECT_EQ(Error("f() { for (const a in b) {} }"),
            "1:12 What a loop goes over is no constant: 'final' in place of 'const'.");
}

TEST(ParserRulesTest, AccessorsTakeWhatTheyTake) {
  const std::string getter = "A getter takes no arguments, and has no parentheses.";
  EXPECT_EQ(Error("get x(a) => 1;"), "1:6 " + getter);
  EXPECT_EQ(Error("class A { int get x() => 1; }"), "1:20 " + getter);
  for (const char* text : {"set x() {}", "set x(a, b) {}", "set x([a]) {}", "set x({a}) {}"}) {
    EXPECT_EQ(Error(text), "1:5 A setter takes exactly one argument.");
  }
}

TEST(ParserRulesTest, MembersAreNotNamedLikeTheirClass) {
  const std::string rule =
      " 'A' is the name of the class, so only its constructors have it; they are neither static "
      "nor "
      "of a type.";
  EXPECT_EQ(Error("class A { var A; }"), "1:15" + rule);
  EXPECT_EQ(Error("class A { get A => 1; }"), "1:15" + rule);
  EXPECT_EQ(Error("class A { void A(); }"), "1:16" + rule);
  EXPECT_EQ(Error("enum A { b, A }"), "1:13" + rule);
  EXPECT_EQ(Error("enum A { values }"), "1:10 An enum has a member 'values' of its own.");
  EXPECT_EQ(Error("class A { A(); A.b(); var a; } var A2; A() {}"), "");
}

TEST(ParserRulesTest, FinalFieldsNeedNoValueOthersDo) {
  EXPECT_EQ(Error("class A { final x; } class B { final x; B.a(this.x); B.b(); }"), "");
  EXPECT_EQ(Error("class A { static final x; }"), "1:24 A final variable needs a value.");
}

TEST(ParserRulesTest, OnlyFunctionsAreVoid) {
  const std::string rule = " Only functions are 'void', not what has a value.";
  EXPECT_EQ(Error("void x;"), "1:6" + rule);
  EXPECT_EQ(Error("class A { static void x = 1; }"), "1:23" + rule);
  EXPECT_EQ(Error("f() { void x = 1; }"), "1:12" + rule);
  EXPECT_EQ(Error("f({void x}) {}"), "1:9" + rule);
  EXPECT_EQ(Error("void f(void g(x), void Function() h) { void i() {} List<void> l; }"), "");
  EXPECT_EQ(Error("var f = (void _) => 1;"), "");
}

TEST(ParserRulesTest, DefaultsOfPositionalParametersFollowAnEqualsSign) {
  EXPECT_EQ(Error("f([a = 1, b: 2]) {}"),
            "1:12 The default value of a parameter in '[]' follows a '='.");
  EXPECT_EQ(Error("f({a = 1, b: 2}) {}"), "");
}

TEST(ParserRulesTest, GeneratorsReturnNothing) {
  const std::string rule = "A generator returns no value: 'yield' gives one, 'return;' ends it.";
  EXPECT_EQ(Error("f() sync* { return 1; }"), "1:13 " + rule);
  EXPECT_EQ(Error("f() async* { return 1; }"), "1:14 " + rule);
  EXPECT_EQ(Error("f() sync* { return; }"), "");
  EXPECT_EQ(Error("f() async* { g() { return 1; } }"), "");
}

TEST(ParserRulesTest, NamesAreDeclaredOnce) {
  EXPECT_EQ(Error("class A<T, S, T> {}"), "1:15 The type parameter 'T' is declared twice.");
  EXPECT_EQ(Error("f() { a: a: g(); }"), "1:10 The label 'a' is declared twice here.");
  EXPECT_EQ(Error("f() { switch (1) { a: case 1: g(); a: case 2: g(); } }"),
            "1:36 The label 'a' is declared twice in this 'switch'.");
  EXPECT_EQ(Error("f() { a: while (b) { a: while (c) {} } a: g(); }"), "");
}

// What is left out of the tree at first is the same once it is read.
TEST(ParserRulesTest, BlocksAreReadWhenTheyAreAskedFor) {
  const std::string text =
      "f(a) { g() { return a; } return g; } class C { final x; C(this.x) { x; } m() { {} } "
      "n() async { h() { await1; } await h(); } var v = () { k() { v; } }; "
      "var w = (() => 2)(); o() => [1, () { 2; 3; }, '${{4}}'].map((e) => e); }";
  const auto file = std::make_shared<SourceFile>("test.dart", text);
  const ParseResult whole = Parse(file);
  ParseResult lazy = Parse(file, Blocks::kWhenAsked);
  ASSERT_FALSE(whole.error || lazy.error);
  std::size_t left_out = 0;
  const auto read = [&](ast::FunctionNode* function) {
    EXPECT_TRUE(function->has_body());
    left_out += function->unread_block != 0 ? 1 : 0;
    EXPECT_EQ(function->unread_block != 0,
              function->block == nullptr && function->expression == nullptr);
    EXPECT_FALSE(ReadBody(*lazy.unit, *function));
  };
  for (ast::FunctionNode* function : lazy.unit->functions) read(function);
  for (ast::FunctionNode* function : lazy.unit->classes[0]->functions) read(function);
  EXPECT_EQ(left_out, 4u);
  EXPECT_EQ(Dump(*lazy.unit), Dump(*whole.unit));

  const auto wrong = std::make_shared<SourceFile>("test.dart", "f() { x = ; } g() {}");
  lazy = Parse(wrong, Blocks::kWhenAsked);
  ASSERT_FALSE(lazy.error);
  const auto error = ReadBody(*lazy.unit, *lazy.unit->functions[0]);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->column, 11);
  EXPECT_FALSE(ReadBody(*lazy.unit, *lazy.unit->functions[1]));

  const auto more = std::make_shared<SourceFile>("test.dart", "f() => 1 2; g() => (1;");
  lazy = Parse(more, Blocks::kWhenAsked);
  ASSERT_FALSE(lazy.error);
  for (ast::FunctionNode* function : lazy.unit->functions) {
    EXPECT_TRUE(ReadBody(*lazy.unit, *function));
    EXPECT_EQ(function->expression, nullptr);
  }
}

// The tree of the class stays; those that are read lie in another unit.
TEST(ParserRulesTest, MembersAreReadWhenTheyAreAskedFor) {
  const std::string text =
      "class Named<T> extends Above<T> with Mixed implements Other { final T x; static var y = {1: "
      "2}; "
      "Named(this.x) { x; } Named.other() : x = null; factory Named.third() => null; late var z = "
      "1; "
      "get m { return '}'; } n(a) async { await a; } } abstract class Empty { } "
      "class Application = Above with Mixed; mixin Mixed { o() { 1; } } enum Few { one } f() {}";
  const auto file = std::make_shared<SourceFile>("test.dart", text);
  const ParseResult whole = Parse(file);
  ParseResult lazy = Parse(file, Blocks::kWhenAskedWithMembers);
  ASSERT_FALSE(whole.error || lazy.error);
  ASSERT_EQ(lazy.unit->classes.size(), whole.unit->classes.size());
  std::vector<std::unique_ptr<CompilationUnit>> units;
  std::size_t left_out = 0;
  std::size_t bodies_left_out = 0;
  for (ast::ClassNode* cls : lazy.unit->classes) {
    left_out += cls->unread_members != 0 ? 1 : 0;
    if (cls->unread_members == 0) continue;
    EXPECT_TRUE(cls->functions.empty() && cls->variables.empty());
    units.push_back(std::make_unique<CompilationUnit>());
    units.back()->file = file;
    ast::ClassNode* read = nullptr;
    ASSERT_FALSE(ReadMembers(*units.back(), *cls, &read));
    EXPECT_TRUE(cls->functions.empty() && cls->variables.empty());
    cls->functions = read->functions;
    cls->variables = read->variables;
    for (ast::FunctionNode* function : cls->functions) {
      bodies_left_out += function->unread_block != 0 ? 1 : 0;
      EXPECT_FALSE(ReadBody(*units.back(), *function));
    }
  }
  EXPECT_EQ(left_out, 2u);
  EXPECT_EQ(bodies_left_out, 3u);
  for (ast::FunctionNode* function : lazy.unit->classes[3]->functions) {
    EXPECT_FALSE(ReadBody(*lazy.unit, *function));
  }
  EXPECT_FALSE(ReadBody(*lazy.unit, *lazy.unit->functions[0]));
  EXPECT_EQ(Dump(*lazy.unit), Dump(*whole.unit));

  const auto wrong =
      std::make_shared<SourceFile>("test.dart", "class A { f() {  class B { g() ; }");
  lazy = Parse(wrong, Blocks::kWhenAskedWithMembers);
  ASSERT_TRUE(lazy.error);  // No braces close, so all is read.
  const auto later = std::make_shared<SourceFile>("test.dart", "class A { f g h; } class B {}");
  lazy = Parse(later, Blocks::kWhenAskedWithMembers);
  ASSERT_FALSE(lazy.error);
  CompilationUnit unit;
  unit.file = later;
  ast::ClassNode* read = nullptr;
  const auto error = ReadMembers(unit, *lazy.unit->classes[0], &read);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->column, 13);
}

// Nothing in these makes the parser ask for a body at once, so they are not even scanned.
TEST(ParserRulesTest, BodiesAreScannedWhenTheyAreAskedFor) {
  const auto file = std::make_shared<SourceFile>(
      "test.dart",
      "f(a) { g() { return a; } return g; } class C { final x; C(this.x) : y = x { x; } var y; "
      "get m { return '}'; } n(a) => (b) { return '${{a: b}}'; }; static o() native 'n' { 1; } }");
  EXPECT_LT(Scan(*file, Bodies::kLeftOut).tokens.size(), Scan(*file).tokens.size());
  const ParseResult whole = Parse(file);
  const ParseResult lazy = Parse(file, Blocks::kWhenAsked);
  ASSERT_FALSE(whole.error || lazy.error);
  EXPECT_FALSE(ReadBody(*lazy.unit, *lazy.unit->functions[0]));
  for (ast::FunctionNode* function : lazy.unit->classes[0]->functions) {
    EXPECT_FALSE(ReadBody(*lazy.unit, *function));
  }
  EXPECT_EQ(Dump(*lazy.unit), Dump(*whole.unit));
}

TEST(ParserRulesTest, ABoundThatLeadsToItselfIsNone) {
  EXPECT_EQ(Error("class A<T extends T> {}"),
            "1:9 The bound of the type parameter 'T' leads to itself.");
  EXPECT_EQ(Error("f<T extends U, V, U extends T>() {}"),
            "1:3 The bound of the type parameter 'T' leads to itself.");
  EXPECT_EQ(Error("class A<T extends List<T>, U extends T, V extends U> {}"), "");
  EXPECT_EQ(Error("class A<T extends p.T> {}"), "");
}

TEST(ParserRulesTest, NothingIsAskedWhetherItIsVoid) {
  const std::string rule = " Values are not asked whether they are 'void'.";
  EXPECT_EQ(Error("f(x) => x is void;"), "1:14" + rule);
  EXPECT_EQ(Error("f(x) => x is! void;"), "1:15" + rule);
  EXPECT_EQ(Error("f(x) => x as void;"), "1:14" + rule);
  EXPECT_EQ(Error("f() { try {} on void catch (e) {} }"), "1:17" + rule);
  EXPECT_EQ(Error("f(x) => x is void Function() || x as void Function(int) == x;"), "");
  EXPECT_EQ(Error("f() { try {} on Future<void> {} }"), "");
}

TEST(ParserRulesTest, ParametersOfTypesHaveDifferentNames) {
  EXPECT_EQ(Error("typedef F(a, a);"), "1:14 'a' is declared twice here.");
  EXPECT_EQ(Error("typedef F(a, b, c, b, c);"), "1:20 'b' is declared twice here.");
  EXPECT_EQ(Error("typedef F(a, b, c, d, e, f, g, h, i, b);"), "1:38 'b' is declared twice here.");
  EXPECT_EQ(Error("typedef F(a, b, c, d, e, f, g, h, i, j);"), "");
  EXPECT_EQ(Error("f(g(a, {a})) {}"), "1:9 'a' is declared twice here.");
  EXPECT_EQ(Error("typedef F(a, b(a)); typedef G = Function(int, int);"), "");
}

TEST(ParserRulesTest, ConstructorsAreNotAbstractAndExternalOnesInitialiseNothing) {
  EXPECT_EQ(Error("class A { abstract factory A.x() => null; }"),
            "1:28 A constructor cannot be abstract.");
  EXPECT_EQ(Error("class A { var x; external A() : x = 1; }"),
            "1:27 An external constructor has no initialisers.");
  EXPECT_EQ(Error("class A { var x; external A(x); external factory A.b(); }"), "");
}

TEST(ParserRulesTest, AnnotationsWithTypeArgumentsMakeObjects) {
  EXPECT_EQ(Error("@A<int> f() {}"),
            "1:9 Type arguments are for a constructor, whose arguments are missing.");
  EXPECT_EQ(Error("@A<int>() f() {}"), "");
}

TEST(ParserRulesTest, VariablesSayThatTheyAreOnes) {
  const std::string what = " A variable has 'var', 'final', 'const' or a type in front of it.";
  EXPECT_EQ(Error("x;"), "1:1" + what);
  EXPECT_EQ(Error("x = 1;"), "1:1" + what);
  EXPECT_EQ(Error("x, y;"), "1:1" + what);
  EXPECT_EQ(Error("class A { x = 1; }"), "1:11" + what);
  EXPECT_EQ(Error("class A { static x; }"), "1:18" + what);
  EXPECT_EQ(Error("late x; static y; var z; class A { A b; static final c = 1; late d; }"),
            "1:9 'static' is for members of classes.");
  EXPECT_EQ(Error("late x; var z; class A { A b; static final c = 1; late d; }"), "");
}

TEST(ParserRulesTest, ParametersHaveOneThingInFrontOfThem) {
  EXPECT_EQ(Error("f(const x) {}"), "1:3 A parameter is no constant.");
  EXPECT_EQ(Error("f(var int x) {}"),
            "1:7 A parameter has 'var' or a type in front of it, not both.");
  for (const char* const text : {"f(final g()) {}", "f(var g()) {}"}) {
    EXPECT_NE(Error(text).find("that is written as a function is neither"), std::string::npos);
  }
  EXPECT_EQ(
      Error("f(var x, final y, final int z, int w, g()) {} class A { var f; A(final this.f()); }"),
      "");
}

TEST(ParserRulesTest, ExternalConstructorsSetNoFields) {
  EXPECT_EQ(Error("class A { var x; external A(this.x); }"),
            "1:34 An external constructor has no 'this.' parameters.");
  EXPECT_EQ(Error("class A { external A(super.x); }"),
            "1:28 An external constructor has no 'super.' parameters.");
  EXPECT_EQ(Error("class A { var x; external A(x); external const A.c({x}); }"), "");
}

TEST(ParserRulesTest, ConstructorsAndFactoriesAreWrittenAsSuch) {
  EXPECT_EQ(Error("class A { factory B() => null; }"),
            "1:19 A factory must be named like its class.");
  EXPECT_EQ(Error("class A { A() native 'a'; }"), "1:11 Only a factory constructor can be native.");
  EXPECT_EQ(Error("class A { A([x]); factory A.f([x = 1]) = A; }"),
            "1:32 A factory that passes on has no default values: those of the other constructor "
            "count.");
  EXPECT_EQ(Error("class A { A([x]); factory A.f([x]) = A; factory A.g() native 'a'; }"), "");
  EXPECT_EQ(Error("external f() => 1;"), "1:10 An external function has no body.");
  EXPECT_EQ(Error("external f() {}"), "1:10 An external function has no body.");
  EXPECT_EQ(Error("external f();"), "");
}

TEST(ParserRulesTest, WhatBelongsToAClassIsStaticOrIsNot) {
  EXPECT_EQ(Error("class A { const x = 1; }"), "1:17 A constant in a class must be static.");
  EXPECT_EQ(Error("class A { static const x = 1; }"), "");
  EXPECT_EQ(Error("class A { static operator +(x) => 1; }"), "1:27 An operator cannot be static.");
}

TEST(ParserRulesTest, OnlyWhatCanBeLeftOutHasADefault) {
  const std::string rule = " Only optional parameters can have a default value.";
  EXPECT_EQ(Error("f(a = 1) {}"), "1:5" + rule);
  EXPECT_EQ(Error("f(a: 1) {}"), "1:4" + rule);
  EXPECT_EQ(Error("class A { operator +(x = 1) => 1; }"), "1:24" + rule);
  EXPECT_EQ(Error("f(a, [b = 1]) {} g(a, {b: 1}) {}"), "");
}

TEST(ParserRulesTest, AnExportHasNoPrefix) {
  EXPECT_EQ(Error("export 'a' as b;"), "1:12 An export has no prefix.");
  EXPECT_EQ(Error("export 'a' show b; import 'a' as b;"), "");
}

}  // namespace
}  // namespace fart::lang
