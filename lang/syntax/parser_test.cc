#include "lang/syntax/parser.h"

#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "lang/syntax/ast_dump.h"

namespace fart::lang {
namespace {

ParseResult ParseText(const std::string& text) {
  return Parse(std::make_shared<SourceFile>("test.dart", text));
}

std::string Unit(const std::string& text) {
  const ParseResult result = ParseText(text);
  return result.unit == nullptr ? result.error->Render() : Dump(*result.unit);
}

std::string Expr(const std::string& text) {
  const ParseResult result = ParseText("f() => " + text + ";");
  if (result.unit == nullptr) return result.error->Render();
  return Dump(result.unit->functions[0]->expression);
}

std::string Stmt(const std::string& text) {
  const ParseResult result = ParseText("f() {" + text + "}");
  if (result.unit == nullptr) return result.error->Render();
  std::string dump;
  for (ast::Statement* statement : result.unit->functions[0]->block->statements) {
    dump += (dump.empty() ? "" : " ") + Dump(statement);
  }
  return dump;
}

std::string Error(const std::string& text) {
  const ParseResult result = ParseText(text);
  if (result.unit != nullptr) return "no error";
  return std::to_string(result.error->line) + ":" + std::to_string(result.error->column) + " " +
         result.error->message;
}

// ---- Expressions --------------------------------------------------------------------------------

TEST(ParserTest, FollowsOperatorPrecedence) {
  EXPECT_EQ(Expr("1 + 2 * x - 3"), "(- (+ 1 (* 2 x)) 3)");
  EXPECT_EQ(Expr("a || b && c == d | e ^ f & g << h + i * -j"),
            "(|| a (&& b (== c (| d (^ e (& f (<< g (+ h (* i (neg j))))))))))");
}

TEST(ParserTest, KeepsLiteralsAndTheirSigns) {
  EXPECT_EQ(Expr("[0x10, -5, -0.5, 1e400, 1e-400, 9223372036854775807, -9223372036854775808]"),
            "(list 16 -5 -0.5 inf 0.0 9223372036854775807 -9223372036854775808)");
  EXPECT_EQ(Expr("0xFFFFFFFFFFFFFFFF"), "0xFFFFFFFFFFFFFFFF");
  EXPECT_EQ(Expr("-5.abs()"), "(neg (call (. 5 abs)))");
}

TEST(ParserTest, JoinsNeighbouringStrings) {
  EXPECT_EQ(Expr("'a' \"b\" r'\\c'"), "\"ab\\\\c\"");
  EXPECT_EQ(Expr("'a$b' 'c${d}' 'e'"), "(str \"a\" b \"c\" d \"e\")");
  EXPECT_EQ(Expr("'${{'k': '${x}'}['k']}'"), "(str (index (map \"k\" (str x)) \"k\"))");
}

TEST(ParserTest, ChainsSelectors) {
  EXPECT_EQ(Expr("a.b(c, d: e)[f]?.g()"), "(short (call (?. (index (call (. a b) c d: e) f) g)))");
  EXPECT_EQ(Expr("f<int>(x) + g<a, b.c<d>>(y)"),
            "(+ (call f (types int) x) (call g (types a (b.c d)) y))");
  EXPECT_EQ(Expr("a < b"), "(< a b)");
  EXPECT_EQ(Expr("[a < b, c > d]"), "(list (< a b) (> c d))");
}

TEST(ParserTest, ParsesCascades) {
  EXPECT_EQ(Expr("a..b = 1..c(2)[3] = 4..[5].d()"),
            "(cascade a (= (. .. b) 1) (= (index (call (. .. c) 2) 3) 4) "
            "(call (. (index .. 5) d)))");
  EXPECT_EQ(Expr("x = a..b()"), "(= x (cascade a (call (. .. b))))");
}

TEST(ParserTest, ParsesAssignmentsRightToLeft) {
  EXPECT_EQ(Expr("a = b += c ?\?= d >>= e"), "(= a (+= b (?\?= c (>>= d e))))");
  EXPECT_EQ(Expr("a >> b > c"), "(> (>> a b) c)");
  EXPECT_EQ(Expr("++a.b + c[0]--"), "(+ (++_ (. a b)) (_-- (index c 0)))");
}

TEST(ParserTest, ParsesConditionalsAndNullDefaults) {
  EXPECT_EQ(Expr("a ? b : c ? d : e ?? f"), "(? a b (? c d (?? e f)))");
}

TEST(ParserTest, ParsesTypeTestsAndCasts) {
  EXPECT_EQ(Expr("a is List<int> && b is! p.C"), "(&& (is a (List int)) (is! b p.C))");
  EXPECT_EQ(Expr("(a as C).d"), "(. (as a C) d)");
}

TEST(ParserTest, ParsesFunctionExpressions) {
  EXPECT_EQ(Expr("(x, [y = 1]) => x"), "(fn (x ([]y 1)) => x)");
  EXPECT_EQ(Expr("g((int x, {y: 2}) { return x; }, () {})"),
            "(call g (fn (x ({}y 2)) (return x)) (fn ()))");
  EXPECT_EQ(Expr("(x)"), "x");
}

TEST(ParserTest, ParsesCreation) {
  EXPECT_EQ(Expr("new List<int>(2)"), "(new List (types int) 2)");
  EXPECT_EQ(Expr("const p.C<T>.named(a: 1)"), "(const p.C.named (types T) a: 1)");
  EXPECT_EQ(Expr("<int>[1, 2,]"), "(list (types int) 1 2)");
  EXPECT_EQ(Expr("const {'a': 1}"), "(const-map \"a\" 1)");
  EXPECT_EQ(Expr("#a.b"), "(const Symbol \"a.b\")");
  EXPECT_EQ(Expr("[#[]=, #[], #+, #>>, #==, #~]"),
            "(list (const Symbol \"[]=\") (const Symbol \"[]\") (const Symbol \"+\") "
            "(const Symbol \">>\") (const Symbol \"==\") (const Symbol \"~\"))");
  EXPECT_EQ(Error("f() => #1;"),
            "1:9 Expected an operator that classes can define, but found '1'.");
}

TEST(ParserTest, CastMayStandAsAStatement) {
  EXPECT_EQ(Error("f(x) { x as A; x as A<B>; x.y as A; }"), "no error");
  EXPECT_EQ(Error("f() { A as; B<C> as = 1, x; as as y; }"), "no error");
}

TEST(ParserTest, RefusesChainedComparisons) {
  EXPECT_EQ(Error("f() => a == b == c;"), "1:15 Comparisons cannot be chained; use parentheses.");
  EXPECT_EQ(Error("f() => a < b is C;"), "1:14 Comparisons cannot be chained; use parentheses.");
}

TEST(ParserTest, RefusesAssignmentToValues) {
  EXPECT_EQ(Error("f() => a + b = c;"), "1:14 What stands before this cannot be assigned to.");
  EXPECT_EQ(Error("f() => g()++;"), "1:11 What stands before this cannot be assigned to.");
  constexpr const char* kInParentheses = "What stands in parentheses cannot be assigned to.";
  EXPECT_EQ(Error("f(x) => (x) = 1;"), std::string("1:13 ") + kInParentheses);
  EXPECT_EQ(Error("f(x) => (x.y)++;"), std::string("1:14 ") + kInParentheses);
  EXPECT_EQ(Error("f(x) => ++(x[0]);"), std::string("1:9 ") + kInParentheses);
  EXPECT_EQ(Error("f(x) => (x).y = (x)[0] = 1;"), "no error");
  EXPECT_EQ(Error("class A { f() => super?.x; }"), "1:23 'super' is never null; use '.'.");
}

TEST(ParserTest, RefusesIntegersOfVeryManyDigits) {
  const std::string most(100'000, '9');
  EXPECT_EQ(Expr(most), most);
  EXPECT_EQ(Error("var x = " + most + "9;"), "1:9 This integer has too many digits.");
}

// ---- Statements ---------------------------------------------------------------------------------

TEST(ParserTest, TellsDeclarationsFromExpressions) {
  EXPECT_EQ(Stmt("var a; int b = 1, c; final d = 2; List<int> e; p.C f; const g = 3;"),
            "(var a) (var b 1) (var c) (final d 2) (var e) (var f) (final g 3)");
  EXPECT_EQ(Stmt("a; a.b; a < b; a * b; const C();"),
            "(do a) (do (. a b)) (do (< a b)) (do (* a b)) (do (const C))");
  EXPECT_EQ(Stmt("void Function(int) f; int Function<T>(T) g;"), "(var f) (var g)");
}

// The types of what is declared, in order: of variables, of functions with their parameters, of
// typedefs.
std::string Types(const std::string& text) {
  const ParseResult parsed = Parse(std::make_shared<SourceFile>("t", text));
  if (parsed.error) return "error";
  std::string types;
  const auto add = [&types](const ast::Type* type) {
    types += (types.empty() ? "" : " | ") + (type == nullptr ? "-" : type->text);
  };
  for (const ast::VariableNode* variable : parsed.unit->variables) add(variable->type);
  for (const ast::FunctionNode* function : parsed.unit->functions) {
    add(function->return_type);
    for (const ast::TypeParameter* parameter : function->type_parameters) add(parameter->bound);
    for (const ast::ParameterNode* parameter : function->parameters) add(parameter->type);
  }
  for (const ast::TypedefNode* node : parsed.unit->typedefs) add(node->target);
  return types;
}

TEST(ParserTest, KeepsTypes) {
  EXPECT_EQ(Types("int a; var b; final List<p.C> c = 1; const d = 2;"), "int | - | List<p.C> | -");
  EXPECT_EQ(Types("int? a; List<int?>? b; p.C? c; void Function()? d; int Function(int)? e;"),
            "int? | List<int?>? | p.C? | void Function()? | int Function(int)?");
  EXPECT_EQ(Types("T f<T extends num, S>(T x, y, [S? z]) => x; g() {}"),
            "T | num | - | T | - | S? | -");
  EXPECT_EQ(Types("f(int g(String s), {T h<T>(T x)}) {}"),
            "- | int Function(String) | T Function<T>(T)");
  EXPECT_EQ(Types("typedef int F(int a, b); typedef void G();"),
            "int Function(int, dynamic) | void Function()");
  EXPECT_EQ(Types("typedef H = int Function(int, [p.T, String s]); typedef I = Map<int, int>;"
                  "typedef J<T> = T Function({T a, int b}); typedef K = Function();"),
            "int Function(int, [p.T, String]) | Map<int, int> | "
            "T Function({T a, int b}) | Function()");
  EXPECT_EQ(Types("int Function(int) Function(int, void) a;"),
            "int Function(int) Function(int, void)");
  EXPECT_EQ(Error("typedef F = int Function({int x: 1});"),
            "1:31 The parameters of a type have no default values.");
}

TEST(ParserTest, TellsQuestionMarksOfTypesFromConditionals) {
  EXPECT_EQ(Stmt("int? a; int? b = c ? 1 : 2; int? f() => 1; int? g() { return 1; } a ? b : c;"),
            "(var a) (var b (? c 1 2)) (fn f () => 1) (fn g () (return 1)) (do (? a b c))");
  EXPECT_EQ(Stmt("a ? b() : c; a ? b.c : d; a ? (b) : c; a ? b = 1 : 2; final int? d = 1;"),
            "(do (? a (call b) c)) (do (? a (. b c) d)) (do (? a b c)) (do (? a (= b 1) 2)) "
            "(final d 1)");
  EXPECT_EQ(Expr("a is T ? b : c"), "(? (is a T) b c)");
  EXPECT_EQ(Expr("a is T?"), "(is a T?)");
  EXPECT_EQ(Expr("f(a is T?, b as S?)"), "(call f (is a T?) (as b S?))");
  EXPECT_EQ(Expr("a is T? ? b : c"), "(? (is a T?) b c)");
  EXPECT_EQ(Expr("a is T ? {1: 2} : {}"), "(? (is a T) (map 1 2) (map))");
  EXPECT_EQ(Expr("a is T ? b is S ? 1 : 2 : 3"), "(? (is a T) (? (is b S) 1 2) 3)");
  EXPECT_EQ(Expr("[a is T?, {b: c is T?}]"), "(list (is a T?) (map b (is c T?)))");
  EXPECT_EQ(Stmt("for (int? x in y) ; for (final T? z = a; ; ) ;"),
            "(for-in (var x) y (empty)) (for (final z a) _ () (empty))");
  EXPECT_EQ(Expr("f<int?>(a)"), "(call f (types int?) a)");
}

TEST(ParserTest, ParsesConstructorsOfGenericClassesWithoutNew) {
  EXPECT_EQ(Expr("List<int>.filled(1, 2)"), "(new List.filled (types int) 1 2)");
  EXPECT_EQ(Expr("p.C<D<int>>.n()"), "(new p.C.n (types (D int)))");
  EXPECT_EQ(Expr("a < b && c > d.e"), "(&& (< a b) (> c (. d e)))");
}

TEST(ParserTest, TellsTypesAsValuesFromComparisons) {
  EXPECT_EQ(Expr("f(List<int>)"), "(call f (type (List int)))");
  EXPECT_EQ(Expr("[p.C<A, B<D>>, C<A>]"), "(list (type (p.C A (B D))) (type (C A)))");
  EXPECT_EQ(Expr("C<A> == D<B>"), "(== (type (C A)) (type (D B)))");
  EXPECT_EQ(Expr("x != C<A?>"), "(!= x (type (C A?)))");
  EXPECT_EQ(Expr("a ? C<A> : D<B>"), "(? a (type (C A)) (type (D B)))");
  EXPECT_EQ(Stmt("t = C<A>;"), "(do (= t (type (C A))))");
  EXPECT_EQ(Expr("f(a < b, c > d)"), "(call f (< a b) (> c d))");
  EXPECT_EQ(Expr("f(a < b, c)"), "(call f (< a b) c)");
}

TEST(ParserTest, ParsesConstructorsThatAreNotCalled) {
  EXPECT_EQ(Expr("C.new"), "(. C new)");
  EXPECT_EQ(Expr("C.new(1)"), "(call (. C new) 1)");
  EXPECT_EQ(Expr("C<A>.new"), "(type (C A) .)");
  EXPECT_EQ(Expr("C<A>.name"), "(type (C A) .name)");
  EXPECT_EQ(Expr("new C.new()"), Expr("new C()"));
  EXPECT_EQ(Expr("const p.C<A>.new()"), Expr("const p.C<A>()"));
  EXPECT_EQ(Expr("C<A>.new(1)"), Expr("new C<A>(1)"));
  EXPECT_EQ(Unit("class C extends S { C.new() : super.new(); C.a() : this.new();"
                 " factory C.b() = D.new; }"),
            Unit("class C extends S { C() : super(); C.a() : this(); factory C.b() = D; }"));
  EXPECT_EQ(Error("new.C"), Error("new .C"));
}

TEST(ParserTest, ParsesLocalFunctions) {
  EXPECT_EQ(Stmt("int f(int x) => x; g() {} void h<T>(T x) { g(); }"),
            "(fn f (x) => x) (fn g ()) (fn h (x) (do (call g)))");
}

TEST(ParserTest, ParsesLoops) {
  EXPECT_EQ(Stmt("for (var i = 0, j; i < 3; i++, j++) a;"),
            "(for (var i 0) (var j) (< i 3) ((_++ i) (_++ j)) (do a))");
  EXPECT_EQ(Stmt("for (;;) ;"), "(for _ _ () (empty))");
  EXPECT_EQ(Stmt("for (i = 0; ; ) {}"), "(for (do (= i 0)) _ () (block))");
  EXPECT_EQ(Stmt("for (var x in a) b; for (x in a) b; for (final List<int> x in a) b;"),
            "(for-in (var x) a (do b)) (for-in x a (do b)) (for-in (final x) a (do b))");
  EXPECT_EQ(Stmt("while (a) b; do c; while (d);"), "(while a (do b)) (do-while (do c) d)");
  EXPECT_EQ(Stmt("l: m: for (;;) { break l; continue; }"),
            "(label l: m: (for _ _ () (block (break l) (continue))))");
}

TEST(ParserTest, ParsesBranches) {
  EXPECT_EQ(Stmt("if (a) b; else if (c) d; else e;"), "(if a (do b) (if c (do d) (do e)))");
  EXPECT_EQ(Stmt("switch (a) { case 1: case 2: b; break; l: case 3: default: c; }"),
            "(switch a (case 1 2 (do b) (break)) (case l: 3 default (do c)))");
}

TEST(ParserTest, ParsesTry) {
  EXPECT_EQ(Stmt("try { a; } on p.C catch (e, s) { rethrow; } on D {} catch (e) {} finally { b; }"),
            "(try (block (do a)) (catch p.C e s (block (rethrow))) (catch D _ _ (block)) "
            "(catch _ e _ (block)) (finally (do b)))");
  EXPECT_EQ(Stmt("throw new C(); assert(a, b);"), "(do (throw (new C))) (assert a b)");
}

TEST(ParserTest, GivesBodiesThatCanBeLeftAway) {
  EXPECT_NE(Unit("f(a) async => await a;").find("(_startAsync"), std::string::npos);
  EXPECT_NE(Unit("f(a) async => await a;").find("(await a)"), std::string::npos);
  EXPECT_NE(Unit("f(a) async* { yield a; }").find("(_startAsyncStar"), std::string::npos);
  EXPECT_NE(Unit("f(a) sync* { yield a; }").find("(yield a)"), std::string::npos);
  EXPECT_NE(Unit("f(a) sync* { yield* a; }").find("(yield* a)"), std::string::npos);
  // Each iterator has its own arguments.
  EXPECT_NE(Unit("f(a, [b]) sync* {}").find("(list a b)"), std::string::npos);
  EXPECT_NE(Unit("var f = () async => 1;").find("(_startAsync"), std::string::npos);
  const std::string loop = Unit("f(s) async { await for (var x in s) g(x); }");
  EXPECT_NE(loop.find("(_iterateStream s)"), std::string::npos) << loop;
  EXPECT_NE(loop.find("(await (call (. :iterator moveNext)))"), std::string::npos) << loop;
}

TEST(ParserTest, RefusesSuchBodiesWhereTheyMeanNothing) {
  EXPECT_EQ(Error("f() { await g(); }"),
            "1:7 'await' is for functions that are 'async' or 'async*'.");
  for (const std::string operand : {"null", "true", "false", "1.5", "'$x'", "new C()"}) {
    EXPECT_EQ(Error("f() { await " + operand + "; }"),
              "1:7 'await' is for functions that are 'async' or 'async*'.");
  }
  EXPECT_EQ(Error("f() { x = await g(); }"),
            "1:11 'await' is for functions that are 'async' or 'async*'.");
  EXPECT_EQ(Error("f() async { g(() { await h(); }); }"),
            "1:20 'await' is for functions that are 'async' or 'async*'.");
  EXPECT_EQ(Error("f() { await for (var a in b) {} }"),
            "1:7 'await' is for functions that are 'async' or 'async*'.");
  EXPECT_EQ(Error("f() { yield 1; }"),
            "1:7 'yield' is for functions that are 'sync*' or 'async*', where a statement begins.");
  EXPECT_EQ(Error("f() sync { }"), "1:5 'sync' alone means nothing: 'sync*' makes a generator.");
  EXPECT_EQ(Error("f() sync* => 1;"), "1:1 A generator has a body in braces, with 'yield' in it.");
  EXPECT_EQ(Error("class C { C() async {} }"),
            "1:11 A constructor or setter cannot be 'async', 'async*' or 'sync*'.");
  EXPECT_EQ(Error("set x(y) async {}"),
            "1:5 A constructor or setter cannot be 'async', 'async*' or 'sync*'.");
  EXPECT_EQ(Error("f() async;"), "1:1 What is 'async', 'async*' or 'sync*' needs a body.");
  EXPECT_EQ(Error("f() async { await for (;;) {} }"),
            "1:19 'await for' goes over a stream: 'await for (var x in stream)'.");
  EXPECT_EQ(Stmt("var await = 1; await + 1; await(2);"),
            "(var await 1) (do (+ await 1)) (do (call await 2))");
}

TEST(ParserTest, ParsesDirectives) {
  EXPECT_EQ(
      Unit("@meta(1) library a.b; import 'dart-ext:x'; import \"y.dart\" as y show a, b hide c;"
           "export 'z.dart'; part 'p.dart';"),
      "(library a.b)\n(import \"dart-ext:x\")\n"
      "(import \"y.dart\" as y show a b hide c)\n"
      "(export \"z.dart\")\n(part \"p.dart\")\n");
  EXPECT_EQ(Unit("part of a.b; var x;"), "(part-of a.b)\n(var x)\n");
}

TEST(ParserTest, ParsesTopLevelMembers) {
  EXPECT_EQ(Unit("int systemRand() native \"SystemRand\"; external f(x); get a => 1; set a(v) {}"
                 "var x = 1, y; final int z = 2; const w = 3; int get b { return 1; }"),
            "(fn systemRand () native:SystemRand)\n(fn external f (x))\n(get a () => 1)\n"
            "(set a (v))\n(get b () (return 1))\n"
            "(var x 1)\n(var y)\n(final z 2)\n(const w 3)\n");
  EXPECT_EQ(Unit("f([x = 1]) native 'n' { return x; }"), "(fn f (([]x 1)) (return x) quick:n)\n");
}

TEST(ParserTest, ExternalVariablesOutsideOfInstancesAreExternalAccessors) {
  EXPECT_EQ(Unit("@N() external int x, y; external final int z; external int w = 1;"),
            "(get (@ N ()) external x ())\n(set (@ N ()) external x (x))\n"
            "(get (@ N ()) external y ())\n(set (@ N ()) external y (y))\n"
            "(get external z ())\n(var external w 1)\n");
  EXPECT_EQ(Unit("class C { external static int x; external int y; }"),
            "(class C (var external y) (get static external x ()) (set static external x (x)))\n");
}

TEST(ParserTest, ParsesTypedefs) {
  EXPECT_EQ(Unit("typedef int F<T>(T x); typedef G = void Function(int, String s); typedef H();"),
            "(typedef F)\n(typedef G)\n(typedef H)\n");
}

TEST(ParserTest, ParsesClasses) {
  EXPECT_EQ(
      Unit("abstract class C<T extends D> extends p.B<T> with M implements I, J {"
           "  static var s = 1; final int f = 0; var g, h = 2; static const k = 3;"
           "  m(); int n(x) => x; static o() {} operator ==(x) => true; int operator [](i) => 1;"
           "  operator []=(i, v) {} operator -() => 1; operator >>(n) => n;"
           "  get p => 1; void set p(v) {} native() native 'n'; }"),
      "(class abstract C (extends (p.B T)) (with M) (implements I J) (var static s 1) "
      "(final f 0) (var g) (var h 2) (const static k 3) (fn m ()) (fn n (x) => x) "
      "(fn static o ()) (operator == (x) => true) (operator [] (i) => 1) "
      "(operator []= (i v)) (operator unary- () => 1) (operator >> (n) => n) (get p () => 1) "
      "(set p (v)) (fn native () native:n))\n");
  EXPECT_EQ(Unit("class A = B with C;"), "(class = A (extends B) (with C))\n");
}

TEST(ParserTest, ParsesConstructors) {
  EXPECT_EQ(Unit("class C { C(this.a, [this.b = 1]) : c = (a), this.d = 2, super.n(a) { e; }"
                 " const C.x(); C.r() : this(1); factory C.f(x) => null; factory C.g() = D<int>.h;"
                 " const factory C.k() = p.D.h; external C.e(); }"),
            "(class C (constructor (this.a ([]this.b 1)) (init c a) (init d 2) (super n a) (do e)) "
            "(constructor const x ()) (constructor r () (this 1)) (factory f (x) => null) "
            "(factory g () =D =h) (factory const k () =p =D =h) (constructor external e ()))\n");
}

TEST(ParserTest, MakesEnumsClasses) {
  EXPECT_EQ(Unit("enum E { a, b, }"), Unit("enum E { a, b; }"));
  EXPECT_EQ(
      Unit("enum E { a, b, }"),
      "(enum E (final index) (final _name) (const static a (const E._ 0 \"E.a\")) "
      "(const static b (const E._ 1 \"E.b\")) (const static values (const-list a b)) "
      "(constructor const _ (this.index this._name)) (fn toString () => _name) "
      "(get hashCode () => (. _name hashCode)) (get name () => (call (. _name substring) 2)))\n");
}

TEST(ParserTest, LetsBuiltInWordsBeNames) {
  EXPECT_EQ(Unit("var get, set, static, operator, library, import, native, part; get get => 1;"
                 "class C { var get; factory() {} static(x) {} operator(y) {} external() {} int "
                 "get get => 2;}"),
            "(class C (var get) (fn factory ()) (fn static (x)) (fn operator (y)) (fn external ()) "
            "(get get () => 2))\n(get get () => 1)\n"
            "(var get)\n(var set)\n(var static)\n(var operator)\n(var library)\n(var import)\n"
            "(var native)\n(var part)\n");
}

TEST(ParserTest, TakesOperatorForAVariablesNameWhereNoOperatorFollows) {
  EXPECT_EQ(Unit("class C { int operator; var a, operator = 1; int operator, b; int operator + (x) "
                 "=> x; }"),
            "(class C (var operator) (var a) (var operator 1) (var operator) (var b) "
            "(operator + (x) => x))\n");
}

TEST(ParserTest, ParsesTheAsynchronousSampleOfTheTime) {
  EXPECT_EQ(
      Unit("class RandomArray { static SendPort _port;"
           " void randomArray(int seed, int length, void callback(List result)) {"
           "  var args = new List(2); args[0] = seed;"
           "  _servicePort.call(args).then((result) { if (result != null) { callback(result); }"
           "  else { throw new Exception(\"failed\"); } }); }"
           " SendPort get _servicePort { if (_port == null) { _port = _newServicePort(); }"
           "  return _port; }"
           " SendPort _newServicePort() native \"RandomArray_ServicePort\"; }"),
      "(class RandomArray (var static _port) (fn randomArray (seed length callback) "
      "(var args (new List 2)) (do (= (index args 0) seed)) "
      "(do (call (. (call (. _servicePort call) args) then) (fn (result) "
      "(if (!= result null) (block (do (call callback result))) "
      "(block (do (throw (new Exception \"failed\"))))))))) "
      "(get _servicePort () (if (== _port null) (block (do (= _port (call _newServicePort))))) "
      "(return _port)) (fn _newServicePort () native:RandomArray_ServicePort))\n");
}

// ---- Errors -------------------------------------------------------------------------------------

TEST(ParserTest, ShowsTheLineAndACaret) {
  EXPECT_EQ(Unit("main() {\n\n  var x = 1 1;\n}\n"),
            "test.dart:3:11: Error: Expected ';' after this.\n"
            "  var x = 1 1;\n"
            "          ^");
}

// Each of the three ways to end a line counts once, and ends what is shown.
TEST(ParserTest, ShowsTheLineHoweverLinesEnd) {
  for (const std::string end : {"\n", "\r", "\r\n"}) {
    const ParseResult result = ParseText("var a = 1;" + end + end + "var b = ;" + end + "var c;");
    ASSERT_EQ(result.unit, nullptr);
    EXPECT_EQ(result.error->line, 3);
    EXPECT_EQ(result.error->column, 9);
    EXPECT_EQ(result.error->line_text, "var b = ;");
  }
}

TEST(ParserTest, RefusesWhatIsNearlySomething) {
  EXPECT_EQ(Error("var x = 0x1g;"), "1:12 This cannot follow a number.");
  EXPECT_EQ(Error("var x = 0x;"), "1:9 Hexadecimal digits are missing here.");
  EXPECT_EQ(Error("var x = 1_000_;"), "1:14 This cannot follow a number.");
  EXPECT_EQ(Error("/* a"), "1:1 This comment is not closed.");
  EXPECT_EQ(Error("/* a *"), "1:1 This comment is not closed.");
  EXPECT_EQ(Error("/* a */"), "no error");
  EXPECT_EQ(Error("/* /* */"), "1:1 This comment is not closed.");
  // Shifts are one word.
  EXPECT_NE(Error("var x = 8 > > 1;"), "no error");
  EXPECT_NE(Error("var x = 8 >> > 1;"), "no error");
  EXPECT_NE(Error("f(a) { a > >= 1; }"), "no error");
  EXPECT_NE(Error("f(a) { a >> >= 1; }"), "no error");
  EXPECT_NE(Error("f(a) { a > >>= 1; }"), "no error");
  EXPECT_EQ(Error("f(a) { a >>= 1; a >>>= 1; return a >> 1 >>> 1; }"), "no error");
  EXPECT_EQ(Error("f() => g(a: 1, b: 2, a: 3);"), "1:22 The argument 'a' is given twice.");
  EXPECT_EQ(Error("f(x) { switch (x) { default: case 1: } }"),
            "1:30 No case can follow the default case.");
  EXPECT_EQ(Error("f(x) { switch (x) { default: g(); case 1: } }"),
            "1:35 No case can follow the default case.");
  EXPECT_EQ(Error("f(x) { switch (x) { default: g(); default: } }"),
            "1:35 No case can follow the default case.");
  for (const std::string parameters : {"a", "a, b, c", ""}) {
    EXPECT_EQ(Error("class C { operator []=(" + parameters + ") {} }"),
              "1:20 The operator '[]=' takes two arguments.")
        << parameters;
  }
  EXPECT_EQ(Error("class C { operator []=(a, [b]) {} }"),
            "1:28 What an operator takes cannot be left out.");
  EXPECT_EQ(Error("class C { operator +() => 1; }"), "1:20 The operator '+' takes one argument.");
  EXPECT_EQ(Error("class C { operator ~(a) => 1; }"), "1:20 The operator '~' takes no argument.");
  EXPECT_EQ(Error("class C { operator []=(a, b) {} operator -() => 1; operator ~() => 1; }"),
            "no error");
  EXPECT_EQ(Error("class C { operator -(a, b) => 1; }"),
            "1:20 The operator '-' takes one argument, or none.");
}

TEST(ParserTest, ACascadeIsOfTheWholeConditional) {
  EXPECT_EQ(Expr("a ? b : c..d()"), "(cascade (? a b c) (call (. .. d)))");
  EXPECT_EQ(Expr("a ? (b..c()) : d"), "(? a (cascade b (call (. .. c))) d)");
}

TEST(ParserTest, SaysWhatItMissed) {
  EXPECT_EQ(Error("f( {"), "1:5 Expected a name, but found the end of the file.");
  EXPECT_EQ(Error("f() { x = ; }"), "1:11 Expected an expression, but found ';'.");
  EXPECT_EQ(Error("f() { if x; }"), "1:10 Expected '(', but found 'x'.");
  EXPECT_EQ(Error("f() {\n  g(1, 2;\n}"), "2:8 Expected ')' after this.");
  EXPECT_EQ(Error("f() { a;"), "1:5 This '{' is not closed.");
  EXPECT_EQ(Error("class C { static m(); }"), "1:18 This function needs a body.");
  EXPECT_EQ(Error("f() { const int x; }"), "1:17 A constant needs a value.");
  EXPECT_EQ(Error("f() { const x; }"), "1:13 A constant needs a value.");
  EXPECT_EQ(Error("final x;"), "1:7 A final variable needs a value.");
  EXPECT_EQ(Error("f() { try {} }"), "1:14 Expected 'on', 'catch' or 'finally', but found '}'.");
  EXPECT_EQ(Error("f() => 'a' 'b;"), "1:12 This string is not closed.");
  EXPECT_EQ(Error("var x; import 'a';"), "1:8 Directives must stand before all declarations.");
  EXPECT_EQ(Error("part 'a'; import 'b';"), "1:11 Imports and exports stand before all parts.");
  EXPECT_EQ(Error("part 'a'; export 'b';"), "1:11 Imports and exports stand before all parts.");
  EXPECT_EQ(Error("import 'a$b';"),
            "1:8 What is in this string has to be known here, so there is no '$' in it.");
  EXPECT_EQ(Error("part '${b}c';"),
            "1:6 What is in this string has to be known here, so there is no '$' in it.");
  for (const char* const text : {"var f() {}", "var f() => 1;", "final f(a) async {}"}) {
    EXPECT_NE(Error(text).find("A function has a type before its name, or nothing;"),
              std::string::npos)
        << text << '\n'
        << Error(text);
  }
  EXPECT_EQ(Error("f() { @a b(); }"), "1:10 Metadata stands before declarations only.");
  EXPECT_EQ(Error("f() async { @a await b(); }"), "1:16 Metadata stands before declarations only.");
  EXPECT_EQ(Error("f() { @a var b; @a(1) int c; @a d() {} @a final e = 1; }"), "no error");
  EXPECT_EQ(Error("f(this.x) {}"), "1:8 Only constructors can have 'this.' parameters.");
  EXPECT_EQ(Error("f() { g(a: 1, a: 2); }"), "1:15 The argument 'a' is given twice.");
}

// ---- What came after the first edition ----------------------------------------------------------

TEST(ParserTest, SkipsWordsBeforeClassesAndKeepsThemAsNames) {
  EXPECT_EQ(Unit("final class A {} abstract base class B {} sealed class C {} mixin class D {}"
                 "base mixin M on A, p.B implements C { m() {} } class E with M {}"),
            "(class A)\n(class abstract B)\n(class abstract C)\n(class D)\n"
            "(mixin abstract M (implements A p.B C) (fn m ()))\n(class E (with M))\n");
  EXPECT_EQ(Unit("var base, sealed, interface, mixin, extension, late, required; base() {}"
                 "mixin mixin() {} extension on() {} late late; sealed f({required, late}) {}"),
            "(fn base ())\n(fn mixin ())\n(fn on ())\n(fn f ({}required {}late))\n(var base)\n"
            "(var sealed)\n(var interface)\n(var mixin)\n(var extension)\n(var late)\n"
            "(var required)\n(var late)\n");
}

TEST(ParserTest, ParsesExtensions) {
  EXPECT_EQ(Unit("extension E on int { get a => 1; static b() {} operator +(x) => this; }"
                 "extension<T> on List<T> {} extension F<T> on T { set x(v) {} }"),
            "(extension abstract E (on int) (get a () => 1) (fn static b ()) "
            "(operator + (x) => this))\n(extension abstract _extension 1 (on (List T)))\n"
            "(extension abstract F (on T) (set x (v)))\n");
  EXPECT_EQ(Error("extension E on int { var x; }"), "1:26 An extension has no fields.");
  EXPECT_EQ(Error("extension E on int { E(); }"), "1:22 An extension has no constructors.");
  EXPECT_EQ(Error("extension E on int { f(); }"), "1:22 This function needs a body.");
  EXPECT_EQ(Error("mixin M { M(); }"), "1:11 A mixin has no constructors.");
}

TEST(ParserTest, KeepsMetadata) {
  EXPECT_EQ(
      Unit(
          "@a.b library; @Native<Void Function(Int32)>(symbol: 'x', isLeaf: true) external f(@c x);"
          "@Packed(1) class C { @Int32() external int x; @override m() {} }"),
      "(class (@ Packed (1)) C (var (@ Int32 ()) external x) (fn (@ override) m ()))\n"
      "(fn (@ Native (types Function) (symbol: \"x\" isLeaf: true)) external f ((@ c) x))\n");
  const ParseResult result = ParseText("@a @b('x') library; import 'c';");
  ASSERT_NE(result.unit, nullptr);
  EXPECT_EQ(result.unit->metadata.size(), 2u);
}

TEST(ParserTest, KeepsRecordsThatAreTypeArguments) {
  const ParseResult result =
      ParseText("A<(int, B<(C,)>)> x; typedef F = Void Function(V<(a, b c)>);");
  ASSERT_NE(result.unit, nullptr);
  EXPECT_EQ(result.unit->variables[0]->type->text, "A<(int, B<(C)>)>");
  const ast::Type& record = *result.unit->variables[0]->type->arguments[0];
  EXPECT_TRUE(record.function->is_record);
  EXPECT_EQ(record.function->parameters.size(), 2u);
  EXPECT_EQ(result.unit->typedefs[0]->target->text, "Void Function(V<(a, b)>)");
}

TEST(ParserTest, MakesLateVariablesAccessors) {
  EXPECT_EQ(Unit("late final x = 1; late int y;"),
            "(get y () late)\n(set y (y) late)\n(final x 1)\n(var _y of  absent)\n");
  EXPECT_EQ(Unit("class C { late final x = 1; late var y; }"),
            "(class C (var _x of C absent) (var _y of C absent) (get x () late) "
            "(get y () late) (set y (y) late))\n");
  EXPECT_EQ(Stmt("late int x; late final y = 1; final z; late w;"),
            "(var late x) (final late y 1) (final late z) (var w)");
}

TEST(ParserTest, ParsesParametersOfConstructors) {
  EXPECT_EQ(Unit("class C extends B { C(super.a, {required super.b, required this.c}) : "
                 "assert(a > 1, 'm'), super.named(d: 1); }"),
            "(class C (extends B) (constructor (super.a {}required-super.b {}required-this.c) "
            "(assert (> a 1) \"m\") (super named a d: 1 b: b)))\n");
  EXPECT_EQ(Error("f(super.x) {}"), "1:9 Only constructors can have 'super.' parameters.");
  EXPECT_EQ(Error("class C { C(super.x) : this.b(); }"),
            "1:19 A redirecting constructor has no 'super.' parameters.");
  EXPECT_EQ(Error("class C { C(super.x) : super(1); }"),
            "1:19 A positional 'super.' parameter, and positional arguments of 'super' beside it.");
  EXPECT_EQ(Error("class C { C({super.x}) : super(x: 1); }"),
            "1:20 The argument 'x' is given twice.");
  EXPECT_EQ(Error("f({required x = 1}) {}"), "1:13 A 'required' parameter has no default value.");
}

TEST(ParserTest, ParsesNullAwareSelectors) {
  EXPECT_EQ(Expr("a!.b![c!]!()"), "(call (_! (index (_! (. (_! a) b)) (_! c))))");
  EXPECT_EQ(Expr("a?[b].c + d"), "(+ (short (. (index? a b) c)) d)");
  EXPECT_EQ(Expr("a?.b = c?.d"), "(short (= (?. a b) (short (?. c d))))");
  EXPECT_EQ(Expr("++a?.b.c"), "(short (++_ (. (?. a b) c)))");
  EXPECT_EQ(Expr("a?..b()..c = 1"), "(cascade? a (call (. .. b)) (= (. .. c) 1))");
  EXPECT_EQ(Expr("a ?[b] : c"), "(? a (list b) c)");
  EXPECT_EQ(Expr("a?[b]:c"), "(? a (list b) c)");
  EXPECT_EQ(Expr("a != b! && !c!"), "(&& (!= a (_! b)) (! (_! c)))");
}

TEST(ParserTest, ParsesElementsOfCollections) {
  EXPECT_EQ(Expr("[...a, ...?b, if (c) d else if (e) ...f]"),
            "(list (... a) (...? b) (if c d (if e (... f))))");
  EXPECT_EQ(Expr("[for (var i in a) for (;;) i]"), "(list (for-in (var i) a (for _ _ () i)))");
  EXPECT_EQ(Expr("{1, ...a}"), "(set 1 (... a))");
  EXPECT_EQ(Expr("{if (a) 1: 2, ...b}"), "(map (if a 1 2) (... b))");
  EXPECT_EQ(Expr("{...a}"), "(spreads (... a))");
  EXPECT_EQ(Expr("const <int>{}"), "(const-set (types int))");
  EXPECT_EQ(Expr("<a, b>{}"), "(map (types a b))");
  EXPECT_EQ(Error("f() => {1, 2: 3};"), "1:13 A set has no keys and values.");
  EXPECT_EQ(Error("f() => {1: 2, 3};"),
            "1:16 Expected ':' and a value, as this is a map, but found '}'.");
}

TEST(ParserTest, ParsesOtherNewerSyntax) {
  EXPECT_EQ(Expr("a >>> b >> c"), "(>> (>>> a b) c)");
  EXPECT_EQ(Expr("a >>>= b"), "(>>>= a b)");
  EXPECT_EQ(Unit("class C { operator >>>(x) => 1; operator >>(x) => 2; }"),
            "(class C (operator >>> (x) => 1) (operator >> (x) => 2))\n");
  EXPECT_EQ(Expr("1_0 + 0xF_F + 1_0.0_5"), "(+ (+ 10 255) 10.05)");
  EXPECT_EQ(Expr("f(a: 1, 2)"), "(call f 2 a: 1)");
  EXPECT_EQ(Expr("<T>(x) => x"), "(fn (x) => x)");
  EXPECT_EQ(Expr("a ?? throw b"), "(?? a (throw b))");
  EXPECT_EQ(Unit("library; import 'a' if (dart.library.io) 'b' if (x == 'y') 'c' as d;"),
            "(import \"a\" if (dart.library.io true) \"b\" if (x y) \"c\" as d)\n");
}

TEST(ParserTest, RefusesByName) {
  for (const auto& [text, place] :
       {std::pair("f() => (1, 2);", "1:8"), std::pair("f() => (a: 1);", "1:8"),
        std::pair("f() => ();", "1:8"), std::pair("(int, int) f() => 1;", "1:1"),
        std::pair("f() { (int, int) x = y; }", "1:7"), std::pair("A<({int a})> x;", "1:3"),
        std::pair("A<(int a, [int b])> x;", "1:3"), std::pair("A<(int, int)?> x;", "1:3"),
        std::pair("A<(int, int) Function()> x;", "1:3"),
        std::pair("class C { (int, int) f() => 1; }", "1:11")}) {
    EXPECT_EQ(Error(text), place + std::string(" Records are not supported.")) << text;
  }
  for (const auto& [text, place] :
       {std::pair("f() { var (a, b) = c; }", "1:11"), std::pair("f() { final [a] = c; }", "1:13"),
        std::pair("f() { for (var (a, b) in c) {} }", "1:16"),
        std::pair("f() { for (final C(:a) in c) {} }", "1:18"),
        std::pair("f() { if (a case 1) {} }", "1:13"), std::pair("var (a, b) = c;", "1:5"),
        std::pair("f() { switch (a) { case > 1: } }", "1:25"),
        std::pair("f() { switch (a) { case int x: } }", "1:25"),
        std::pair("f() { switch (a) { case var x: } }", "1:25"),
        std::pair("f() { switch (a) { case [1]: } }", "1:25"),
        std::pair("f() { switch (a) { case C(): } }", "1:25"),
        std::pair("f() { switch (a) { case 1 || 2: } }", "1:25"),
        std::pair("f() { switch (a) { case 1 when b: } }", "1:25"),
        std::pair("f() { switch (a) { case _: } }", "1:25")}) {
    EXPECT_EQ(Error(text), place + std::string(" Patterns are not supported.")) << text;
  }
  EXPECT_EQ(Error("f() => switch (a) { 1 => 2 };"), "1:8 Switch expressions are not supported.");
  EXPECT_EQ(Error("extension type E(int i) {}"), "1:1 Extension types are not supported.");
  for (const auto& [text, place] :
       {std::pair("enum E { a; f() {} }", "1:11"), std::pair("enum E { a;; }", "1:11"),
        std::pair("enum E { a(1) }", "1:11"), std::pair("enum E with M { a }", "1:8"),
        std::pair("enum E<T> { a }", "1:7")}) {
    EXPECT_EQ(
        Error(text),
        place + std::string(" Enums with members, arguments or supertypes are not supported."))
        << text;
  }
}

TEST(ParserTest, ReportsTheFirstErrorEvenBeforeUnreadableText) {
  EXPECT_EQ(Error("f() { 1 2; } 'abc"), "1:7 Expected ';' after this.");
}

// The places of all errors.
std::string Places(const std::string& text) {
  const ParseResult result = ParseText(text);
  if (!result.error) return "none";
  std::string places =
      std::to_string(result.error->line) + ":" + std::to_string(result.error->column);
  for (const SyntaxError& error : result.further) {
    places += " " + std::to_string(error.line) + ":" + std::to_string(error.column);
  }
  return places;
}

TEST(ParserTest, ReportsOneErrorOfEachDeclaration) {
  EXPECT_EQ(Places("f() { 1 2; 3 4; }\nvar x = ;\ng() => 1;\nclass C { + }\nimport 5;"),
            "1:7 2:9 4:11 5:1");
  EXPECT_EQ(Places("import 1;\nimport 'a.dart' hide;\nf() => 1;"), "1:1 2:21");
  // What is missing at a line's end is missed where the next line begins.
  EXPECT_EQ(Places("var x = 1\nvar y = ;"), "1:9 2:9");
}

TEST(ParserTest, WhatStandsInBracketsIsNoDeclarationAfterAnError) {
  EXPECT_EQ(Places("f() {\n1 2;\nif 1;\ng(\n[\nh()\n]);\n}\n"), "2:1");
  EXPECT_EQ(Places("f() {\n1 2;\n\nclass C {}\n"), "2:1");
}

TEST(ParserTest, StopsAfterAFewErrors) {
  std::string text;
  for (int i = 0; i < 30; ++i) text += "var x = ;\n";
  EXPECT_EQ(ParseText(text).further.size(), 9u);
}

std::string Repeat(const std::string& text, int count) {
  std::string result;
  for (int i = 0; i < count; ++i) result += text;
  return result;
}

TEST(ParserTest, TakesIntegersUpToTheirBounds) {
  EXPECT_EQ(Expr("[9223372036854775807, -9223372036854775808, -9223372036854775807, 0, -0]"),
            "(list 9223372036854775807 -9223372036854775808 -9223372036854775807 0 0)");
  EXPECT_EQ(Expr("[0x7FFFFFFFFFFFFFFF, 0x8000000000000000, 0xFFFFFFFFFFFFFFFF, 0X000000000000000]"),
            "(list 9223372036854775807 0x8000000000000000 0xFFFFFFFFFFFFFFFF 0)");
  EXPECT_EQ(Expr("-0x8000000000000000"), "-9223372036854775808");
  EXPECT_EQ(Expr("- -9223372036854775808"), "(neg -9223372036854775808)");
  // Those that 64 bits cannot hold are kept as they are written.
  for (const char* text :
       {"9223372036854775808", "-9223372036854775809", "18446744073709551616",
        "0x10000000000000000", "-0x10000000000000000", "99999999999999999999999999"}) {
    EXPECT_EQ(Expr(text), text);
  }
  EXPECT_EQ(Expr("-(9223372036854775808)"), "-9223372036854775808");
  EXPECT_EQ(Expr("- -18446744073709551616"), "18446744073709551616");
}

TEST(ParserTest, AllowsReasonableNestingAndLongChains) {
  EXPECT_TRUE(ParseText("f() => " + Repeat("(", 300) + "1" + Repeat(")", 300) + ";").unit);
  EXPECT_TRUE(ParseText("f() => 1" + Repeat(" + 1", 20000) + ";").unit);
  EXPECT_TRUE(ParseText("f() => a" + Repeat(".b", 20000) + ";").unit);
  EXPECT_TRUE(ParseText("f() { " + Repeat("if (a) b; else ", 20000) + "c; }").unit);
}

TEST(ParserTest, TakesLinearTimeForLongComparisonLists) {
  EXPECT_TRUE(ParseText("f() => [" + Repeat("a < b, ", 20000) + "];").unit);
}

}  // namespace
}  // namespace fart::lang
