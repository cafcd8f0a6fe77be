// What code the compiler writes for each construct.

#include <algorithm>
#include <cstddef>
#include <string>

#include "gtest/gtest.h"
#include "lang/compiler/bytecode.h"
#include "lang/compiler/test_program.h"

namespace fart::lang {
namespace {

// The code without its pcs, in one line.
std::string Line(const std::string& code) {
  std::string result;
  std::size_t start = 0;
  while (start < code.size()) {
    const std::size_t end = std::min(code.find('\n', start), code.size());
    std::string line = code.substr(start, end - start);
    if (line[0] >= '0' && line[0] <= '9') line = line.substr(line.find(' ') + 1);
    result += (result.empty() ? "" : "; ") + line;
    start = end + 1;
  }
  return result;
}

std::string F(const std::string& text) { return Line(CodeOfF(text)); }

// ---- Expressions --------------------------------------------------------------------------------

TEST(CompilerTest, PushesLiterals) {
  EXPECT_EQ(F("f() => [null, true, 8388607, 8388608, -8388608, 1.5, 'a'];"),
            "PushNull; PushTrue; PushSmi 8388607; PushConstant 8388608; PushSmi -8388608; "
            "PushConstant 1.500000; PushConstant \"a\"; MakeList 7; Return");
}

TEST(CompilerTest, GivesOperatorsInstructionsOfTheirOwn) {
  EXPECT_EQ(F("f(a, b) => a + b * 2 - 1;"),
            "LoadLocal 0; LoadLocal 1; PushSmi 2; Mul; Add; SubSmi 1; Return");
  EXPECT_EQ(F("f(a, b) => a != b;"), "LoadLocal 0; LoadLocal 1; Equal; Not; Return");
  EXPECT_EQ(F("f(a) => -a == null;"), "LoadLocal 0; Negate; IsNull; Return");
  EXPECT_EQ(F("f(a) => a[1] >> ~a;"),
            "LoadLocal 0; PushSmi 1; GetIndex; LoadLocal 0; BitNot; ShiftRight; Return");
}

TEST(CompilerTest, ConcatenatesInterpolatedStringsInGroups) {
  EXPECT_EQ(F("f(a) => 'x$a';"),
            "PushConstant \"x\"; LoadLocal 0; ToString; ConcatStrings 2; Return");
  TestProgram program;
  ASSERT_EQ(program.Add("a", "f(a) => '" + Repeat("$a", 200) + "';"), "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_LE(program.Find("f")->max_operands, 66u);
}

TEST(CompilerTest, MakesLongListsInGroups) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "f(a) => [" + Repeat("a, ", 1000) + "];"), "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_LE(program.Find("f")->max_operands, 66u);
  EXPECT_NE(program.Code("f").find("AppendToList 40"), std::string::npos);
}

TEST(CompilerTest, MakesMapsByStoringIntoThem) {
  EXPECT_EQ(F("f() => {1: 2};"),
            "CallStatic new Map 0; Dup; PushSmi 1; PushSmi 2; SetIndex; Pop; Return");
}

TEST(CompilerTest, DecidesConditionsByJumps) {
  EXPECT_EQ(F("f(a, b) { if (a && !b || a == null) return 1; }"),
            "LoadLocal 0; JumpIfFalse ->4; LoadLocal 1; JumpIfFalse ->6; LoadLocal 0; "
            "JumpIfNotNull ->8; PushSmi 1; Return; ReturnNull");
  EXPECT_EQ(F("f(a, b) => a || b;"),
            "LoadLocal 0; JumpIfTrue ->4; LoadLocal 1; JumpIfFalse ->6; PushTrue; Jump ->7; "
            "PushFalse; Return");
}

TEST(CompilerTest, SkipsTheRestOfNullAwareAccess) {
  EXPECT_EQ(F("f(a, b) => a?.m(b)?.p;"),
            "LoadLocal 0; Dup; JumpIfNull ->10; LoadLocal 1; CallInstance m/1 (2); Dup; "
            "JumpIfNull ->10; GetProperty get:p (1); Return");
  EXPECT_EQ(F("f(a) { a?.p = 1; }"),
            "LoadLocal 0; Dup; JumpIfNull ->10; PushSmi 1; Dup; StoreLocal 1; SetProperty set:p "
            "(2); Pop; LoadLocal 1; Pop; ReturnNull");
  EXPECT_EQ(F("f(a, b) => a ?? b;"),
            "LoadLocal 0; Dup; JumpIfNotNull ->5; Pop; LoadLocal 1; Return");
}

TEST(CompilerTest, AsksLateVariablesWhereTheyAreRead) {
  EXPECT_EQ(F("f(a) { late var b; b = a; return b; }"),
            "PushAbsent; StoreLocal 1; LoadLocal 0; StoreLocal 1; LoadLocal 1; StoreLocal 2; "
            "JumpIfGiven 2 ->10; ThrowError 3 \"Local 'b' has not been initialized.\"; "
            "LoadLocal 2; Return");
  EXPECT_EQ(F("f(a) { var b = a; b = a; return b; }"),
            "LoadLocal 0; StoreLocal 1; LoadLocal 0; StoreLocal 1; LoadLocal 1; Return");
}

TEST(CompilerTest, KeepsACollectionInASlotWhileItsElementsAreAdded) {
  EXPECT_EQ(F("f(a) => [1, if (a) 2, 3];"),
            "PushSmi 1; MakeList 1; StoreLocal 1; LoadLocal 0; JumpIfFalse ->9; LoadLocal 1; "
            "PushSmi 2; AppendToList 1; Pop; LoadLocal 1; PushSmi 3; AppendToList 1; Pop; "
            "LoadLocal 1; Return");
}

TEST(CompilerTest, AssignsToEveryKindOfPlace) {
  EXPECT_EQ(F("var v; f(a) { a = 1; v = 2; a.p = 3; a[4] = 5; }"),
            "PushSmi 1; StoreLocal 0; PushSmi 2; StoreStatic v; LoadLocal 0; PushSmi 3; "
            "SetProperty set:p (2); Pop; LoadLocal 0; PushSmi 4; PushSmi 5; SetIndex; Pop; "
            "ReturnNull");
  EXPECT_EQ(F("f(a) => a.p = a = 3;"),
            "LoadLocal 0; PushSmi 3; Dup; StoreLocal 0; Dup; StoreLocal 1; SetProperty set:p (2); "
            "Pop; LoadLocal 1; Return");
}

TEST(CompilerTest, EvaluatesTargetsOfCompoundAssignmentsOnce) {
  EXPECT_EQ(F("f(a, b) { a.p += b; a[b] -= 2; }"),
            "LoadLocal 0; Dup; GetProperty get:p (1); LoadLocal 1; Add; SetProperty set:p (2); "
            "Pop; LoadLocal 0; LoadLocal 1; Dup2; GetIndex; SubSmi 2; SetIndex; Pop; ReturnNull");
  EXPECT_EQ(F("f(a) => a++ + --a;"),
            "LoadLocal 0; Dup; AddSmi 1; StoreLocal 0; LoadLocal 0; SubSmi 1; Dup; StoreLocal 0; "
            "Add; Return");
  EXPECT_EQ(F("f(a) => a[0]++;"),
            "LoadLocal 0; PushSmi 0; Dup2; GetIndex; Dup; StoreLocal 1; AddSmi 1; SetIndex; Pop; "
            "LoadLocal 1; Return");
  EXPECT_EQ(F("f(a, b) { a.p ?\?= b; }"),
            "LoadLocal 0; Dup; GetProperty get:p (1); Dup; StoreLocal 2; JumpIfNotNull ->14; "
            "LoadLocal 1; Dup; StoreLocal 2; SetProperty set:p (2); Pop; Jump ->15; Pop; "
            "ReturnNull");
}

TEST(CompilerTest, KeepsACascadesTargetOnTheStack) {
  EXPECT_EQ(F("f(a) => a..m()..p = 1..[0];"),
            "LoadLocal 0; Dup; CallInstance m/0 (1); Pop; Dup; PushSmi 1; SetProperty set:p (2); "
            "Pop; Dup; PushSmi 0; GetIndex; Pop; Return");
}

TEST(CompilerTest, CallsByNameAndByPlace) {
  EXPECT_EQ(F("f(a) => a.m(1, x: 2, b: 3);"),
            "LoadLocal 0; PushSmi 1; PushSmi 2; PushSmi 3; CallInstance m/1,x,b (4); Return");
  EXPECT_EQ(F("g(a, [b]) {} f() { g(1, 2); g(1); }"),
            "PushSmi 1; PushSmi 2; CallStatic g 2; Pop; PushSmi 1; CallStaticBind g 1; Pop; "
            "ReturnNull");
  EXPECT_EQ(F("g({a, b}) {} f() => g(b: 1);"), "PushSmi 1; CallStaticBind g,b 1; Return");
  EXPECT_EQ(
      F("f(a) => a(1)(2);"),
      "LoadLocal 0; PushSmi 1; CallValue call/1 (2); PushSmi 2; CallValue call/1 (2); Return");
  EXPECT_EQ(F("var v; f() => v(1);"), "LoadStatic v; PushSmi 1; CallValue call/1 (2); Return");
  EXPECT_EQ(F("g() {} f() => g;"), "PushConstant g; Return");
}

TEST(CompilerTest, ThrowsForCallsThatCannotFitOnlyWhenTheyAreExecuted) {
  EXPECT_EQ(F("g(a, [b]) {} f() => g();"),
            "PushConstant \"Found 'g(a, [b])', but it is called with no arguments.\"; "
            "ThrowNoSuchMethod g/0 (1)");
  EXPECT_EQ(F("class C {} f(a) => new C(a);"),
            "Allocate C; LoadLocal 0; "
            "PushConstant \"Found 'new C()', but it is called with 1 argument.\"; "
            "ThrowNoSuchMethod new C/1 (2)");
}

TEST(CompilerTest, TestsTypes) {
  EXPECT_EQ(F("class C {} f(a) => a is! C;"), "LoadLocal 0; IsType C; Not; Return");
  EXPECT_EQ(F("f(a) => a as List<int>;"), "LoadLocal 0; AsType List<int>; Return");
  EXPECT_EQ(F("typedef void G(); f(a) => a is G;"), "LoadLocal 0; IsType void Function(); Return");
}

// ---- Closures -----------------------------------------------------------------------------------

TEST(CompilerTest, CopiesCapturedVariablesThatDoNotChange) {
  EXPECT_EQ(F("f(a) => () => a;"), "LoadLocal 0; MakeClosure f.<anonymous closure> 1; Return");
}

TEST(CompilerTest, PutsCapturedVariablesThatChangeIntoCells) {
  EXPECT_EQ(F("f(a) { var g = () => a++; return g; }"),
            "LoadLocal 0; NewCell 0; LoadLocal 0; MakeClosure f.<anonymous closure> 1; "
            "StoreLocal 1; LoadLocal 1; Return");
  TestProgram program;
  ASSERT_EQ(program.Add("a", "f(a) { return () => a++; }"), "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_EQ(Line(program.Code("f.<anonymous closure>")),
            "LoadCapturedCell 0; Dup; AddSmi 1; StoreCapturedCell 0; Return");
}

TEST(CompilerTest, PassesCapturesThroughTheFunctionsBetween) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "f(a) => () => () => a;"), "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_EQ(Line(program.Code("f.<anonymous closure>")),
            "LoadCaptured 0; MakeClosure f.<anonymous closure>.<anonymous closure> 1; Return");
}

TEST(CompilerTest, LetsLocalFunctionsCallThemselvesWithoutCapture) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "f() { g(n) => g(n); return g; }"), "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_EQ(Line(program.Code("f")), "MakeClosure f.g 0; StoreLocal 0; LoadLocal 0; Return");
  EXPECT_EQ(Line(program.Code("f.g")), "LoadLocal 0; LoadLocal 1; CallValue call/1 (2); Return");
}

TEST(CompilerTest, RenewsCapturedLoopVariablesEachTurn) {
  EXPECT_EQ(F("f(a) { for (var i = 0; i < 3; i++) a(() => i); }"),
            "PushSmi 0; NewCell 1; LoadCell 1; PushSmi 3; Less; JumpIfFalse ->19; LoadLocal 0; "
            "LoadLocal 1; MakeClosure f.<anonymous closure> 1; CallValue call/1 (2); Pop; "
            "CloneCell 1; LoadCell 1; AddSmi 1; StoreCell 1; Loop ->2; ReturnNull");
}

TEST(CompilerTest, CapturesThisForInheritedMembers) {
  TestProgram program;
  ASSERT_EQ(
      program.Add("a", "class S { var inherited; } class C extends S { m() => () => inherited; }"),
      "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_EQ(Line(program.Code("C.m.<anonymous closure>")),
            "LoadCaptured 0; GetProperty get:inherited (1); Return");
}

// ---- Statements ---------------------------------------------------------------------------------

TEST(CompilerTest, JumpsBackOnlyByLoop) {
  EXPECT_EQ(F("f(a) { while (a) { if (a) continue; break; } }"),
            "LoadLocal 0; JumpIfFalse ->7; LoadLocal 0; JumpIfFalse ->5; Jump ->6; Jump ->7; "
            "Loop ->0; ReturnNull");
  EXPECT_EQ(F("f(a) { do { a(); } while (a); }"),
            "LoadLocal 0; CallValue call/0 (1); Pop; LoadLocal 0; JumpIfFalse ->7; Loop ->0; "
            "ReturnNull");
}

TEST(CompilerTest, IteratesByTheIteratorProtocol) {
  EXPECT_EQ(F("f(a) { for (var x in a) a(x); }"),
            "LoadLocal 0; GetProperty get:iterator (1); StoreLocal 1; LoadLocal 1; "
            "CallInstance moveNext/0 (1); JumpIfFalse ->18; LoadLocal 1; "
            "GetProperty get:current (1); StoreLocal 2; LoadLocal 0; LoadLocal 2; "
            "CallValue call/1 (2); Pop; Loop ->4; ReturnNull");
}

TEST(CompilerTest, LeavesLabelledStatements) {
  EXPECT_EQ(F("f(a) { l: { if (a) break l; a(); } a(1); }"),
            "LoadLocal 0; JumpIfFalse ->3; Jump ->7; LoadLocal 0; CallValue call/0 (1); Pop; "
            "LoadLocal 0; PushSmi 1; CallValue call/1 (2); Pop; ReturnNull");
  EXPECT_EQ(F("f(a) { l: while (true) { while (a) continue l; } }"),
            "LoadLocal 0; JumpIfFalse ->3; Jump ->3; Loop ->0");
}

TEST(CompilerTest, ComparesSwitchCasesInOrderAndEndsThem) {
  EXPECT_EQ(F("f(a) { switch (a) { case 1: case 2: a(); case 5: return; default: a(3); } }"),
            "LoadLocal 0; StoreLocal 1; LoadLocal 1; PushSmi 1; Equal; JumpIfTrue ->15; "
            "LoadLocal 1; PushSmi 2; Equal; JumpIfTrue ->15; LoadLocal 1; PushSmi 5; "
            "Equal; JumpIfTrue ->20; Jump ->22; LoadLocal 0; CallValue call/0 (1); Pop; "
            "Jump ->28; PushNull; Return; LoadLocal 0; PushSmi 3; CallValue call/1 (2); Pop; "
            "Jump ->28; ReturnNull");
}

TEST(CompilerTest, ContinuesAtLabelledCasesByWayOfTheHead) {
  EXPECT_EQ(F("f(a) { switch (a) { l: case 1: return 1; case 2: continue l; } }"),
            "LoadLocal 0; StoreLocal 1; PushSmi -1; StoreLocal 2; LoadLocal 2; JumpIfNotSmi 0 "
            "->8; Jump ->17; LoadLocal 1; PushSmi 1; Equal; JumpIfTrue ->17; LoadLocal 1; PushSmi "
            "2; Equal; JumpIfTrue ->19; Jump ->23; PushSmi 1; Return; PushSmi 0; StoreLocal 2; "
            "Jump ->22; Loop ->4; ReturnNull");
}

TEST(CompilerTest, TriesCatchClausesInOrder) {
  EXPECT_EQ(
      F("class C {} f(a) { try { a(); } on C catch (e, s) { a(e, s); } catch (e) { rethrow; } }"),
      "LoadLocal 0; CallValue call/0 (1); Pop; Jump ->23; LoadLocal 1; IsType C; "
      "JumpIfFalse ->19; LoadLocal 1; StoreLocal 3; LoadLocal 2; StoreLocal 4; LoadLocal 0; "
      "LoadLocal 3; LoadLocal 4; CallValue call/2 (3); Pop; Jump ->23; LoadLocal 1; "
      "StoreLocal 3; Rethrow 1 2; ReturnNull; try 0..4 ->5 exception 1 trace 2");
}

TEST(CompilerTest, WritesFinallyOnceForAllWaysOut) {
  const std::string code = F("f(a) { try { return 1; } finally { a(); } }");
  EXPECT_EQ(code,
            "PushSmi 1; StoreLocal 2; PushSmi 2; StoreLocal 1; Jump ->7; PushSmi 1; StoreLocal 1; "
            "LoadLocal 0; CallValue call/0 (1); Pop; LoadLocal 1; JumpIfNotSmi 1 ->16; Rethrow 2 "
            "3; LoadLocal 1; JumpIfNotSmi 2 ->21; LoadLocal 2; Return; ReturnNull; try 0..5 ->5 "
            "exception 2 trace 3");
}

TEST(CompilerTest, LeadsJumpsThroughEveryFinallyInBetween) {
  const std::string code =
      F("f(a) { while (a) { try { try { break; } finally { a(1); } } finally { a(2); } } }");
  // Each block is there once.
  const auto count = [&code](const std::string& what) {
    int found = 0;
    for (std::size_t at = code.find(what); at != std::string::npos; at = code.find(what, at + 1)) {
      ++found;
    }
    return found;
  };
  EXPECT_EQ(count("LoadLocal 0; PushSmi 1; CallValue"), 1);
  EXPECT_EQ(count("LoadLocal 0; PushSmi 2; CallValue"), 1);
}

TEST(CompilerTest, GrowsLinearlyWithNestedFinallyBlocks) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "f(a) { " + Repeat("try { return a(); } finally { ", 100) + "a();" +
                                 Repeat("}", 101)),
            "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_LT(program.Find("f")->code.size(), 100u * 60);
}

TEST(CompilerTest, ChecksAssertionsOnlyIfAsked) {
  EXPECT_EQ(F("f(a) { assert(a > 1); }"), "ReturnNull");
  EXPECT_EQ(Line(CodeOfF("f(a) { assert(a > 1); }", {.enable_asserts = true})),
            "LoadLocal 0; PushSmi 1; Greater; CallStatic _assertedValue 1; JumpIfTrue ->8; "
            "ThrowError 1 \"a > 1\"; ReturnNull");
  // What is a bool for certain is no function.
  EXPECT_EQ(Line(CodeOfF("f(a) { assert(!a); }", {.enable_asserts = true})),
            "LoadLocal 0; JumpIfFalse ->4; ThrowError 1 \"!a\"; ReturnNull");
}

TEST(CompilerTest, DropsCodeThatCannotBeReached) {
  EXPECT_EQ(F("f(a) { return 1; a(); while (a) {} }"), "PushSmi 1; Return");
  EXPECT_EQ(F("f(a) { while (true) {} a(); }"), "Loop ->0");
  EXPECT_EQ(F("f() { throw 1; }"), "PushSmi 1; Throw");
}

// ---- Functions and classes ----------------------------------------------------------------------

TEST(CompilerTest, ReplacesMissingArgumentsByDefaults) {
  EXPECT_EQ(F("f(a, [b = 1, c]) => b;"),
            "JumpIfGiven 1 ->4; PushSmi 1; StoreLocal 1; LoadLocal 1; Return");
  TestProgram program;
  ASSERT_EQ(program.Add("a", "f(a, {b: 1, c, d: null}) => b;"), "");
  ASSERT_EQ(program.Build(), "");
  const CompiledFunction& f = *program.Find("f");
  EXPECT_EQ(f.required_count, 1u);
  EXPECT_EQ(f.parameter_count, 4u);
  EXPECT_TRUE(f.parameters[1].has_default);
  EXPECT_FALSE(f.parameters[2].has_default);
  EXPECT_FALSE(f.parameters[3].has_default);
}

TEST(CompilerTest, InitialisesStaticsLazilyUnlessTheyAreLiterals) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "var x = 1, y = g(), z; g() => 2;"), "");
  ASSERT_EQ(program.Build(), "");
  const CompiledLibrary& library = program.set().library(program.NumberOf("a"));
  EXPECT_EQ(std::get<std::int64_t>(library.statics[0]->initial_value), 1);
  EXPECT_EQ(library.statics[0]->initializer, -1);
  EXPECT_EQ(library.statics[2]->initializer, -1);
  EXPECT_EQ(Line(program.Code("y")),
            "CallStatic g 0; Dup; FinishStatic y; Return; AbortStatic y; Rethrow 0 1; "
            "try 0..5 ->5 exception 0 trace 1");
}

TEST(CompilerTest, MakesConstantObjectsOnce) {
  EXPECT_EQ(F("class C { final x; const C(this.x); } f() => const C(1);"),
            "LoadOnce const0 ->7; Allocate C; PushSmi 1; CallStatic new C 2; FinishOnce const0; "
            "Return");
  EXPECT_EQ(F("f() => const [1];"),
            "LoadOnce const0 ->5; PushSmi 1; MakeList 1; FinishOnce const0; Return");
  EXPECT_EQ(ErrorOf("class C {} f() => const C();"), "1:19 This constructor is not 'const'.");
}

constexpr const char* kClasses =
    "class S { var s; S(this.s); S.n() : s = 1; }"
    "class C extends S { var x = 1, y; final z;"
    "  C(this.y, a) : z = a + y, super(a) { s = y; }"
    "  C.r() : this(1, 2);"
    "  factory C.f(a) { return new C(a, a); }"
    "  factory C.g(a, b) = C;"
    "  C.d(this.y) : z = 0, super.n();"
    "}";

TEST(CompilerTest, ConstructsInTheOrderOfTheLanguage) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", kClasses), "");
  ASSERT_EQ(program.Build(), "");
  // Field initialisers, `this.` parameters, initialisers, super, body. Fields are the class's own.
  EXPECT_EQ(Line(program.Code("new C")),
            "PushSmi 1; InitField 0; LoadLocal 1; InitField 1; LoadLocal 2; LoadLocal 1; Add; "
            "InitField 2; LoadLocal 0; LoadLocal 2; CallStatic new S 2; Pop; LoadLocal 0; "
            "LoadLocal 0; GetProperty get:y (1); SetProperty set:s (2); Pop; LoadLocal 0; Return");
  EXPECT_EQ(Line(program.Code("new C.r")),
            "LoadLocal 0; PushSmi 1; PushSmi 2; CallStatic new C 3; Pop; LoadLocal 0; Return");
  EXPECT_EQ(Line(program.Code("new C.f")),
            "Allocate C; LoadLocal 0; LoadLocal 0; CallStatic new C 3; Return");
  EXPECT_EQ(Line(program.Code("new C.g")),
            "Allocate C; LoadLocal 0; LoadLocal 1; CallStatic new C 3; Return");
}

TEST(CompilerTest, RedirectingFactoryPassesOnThatSomethingWasLeftOut) {
  TestProgram program;
  ASSERT_EQ(
      program.Add(
          "a", "class C { C([a = 1]); C.n([a]); factory C.f([a]) = C; factory C.g([a]) = C.n; }"),
      "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_EQ(Line(program.Code("new C.f")), "Allocate C; LoadLocal 0; CallStatic new C 2; Return");
  // Where nothing takes its place it is null.
  EXPECT_TRUE(Contains(Line(program.Code("new C.g")), "JumpIfGiven"));
}

TEST(CompilerTest, SkipsConstructorsThatDoNothing) {
  EXPECT_EQ(F("class C {} class D extends C {} f() => new D();"), "Allocate D; Return");
  EXPECT_EQ(F("class C { var x = 1; } class D extends C {} f() => new D();"),
            "Allocate D; CallStatic new D 1; Return");
  EXPECT_EQ(F("abstract class C {} f() => new C();"), "ThrowError 0 \"C\"");
}

TEST(CompilerTest, CallsSuperMembersByTheirOwnInstruction) {
  TestProgram program;
  ASSERT_EQ(program.Add("a",
                        "class S { m(a) {} var p, q; operator [](i) => 1;"
                        " operator []=(i, x) {} operator +(x) => 1; }"
                        "class C extends S { m(a) { super.m(a); super.p = super.q; super[a] += 1;"
                        " return super + a; } }"),
            "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_EQ(Line(program.Code("C.m")),
            "LoadLocal 0; LoadLocal 1; CallSuper m/1 (2); Pop; LoadLocal 0; LoadLocal 0; "
            "CallSuper get:q (1); CallSuper set:p (2); Pop; LoadLocal 0; LoadLocal 1; Dup2; "
            "CallSuper []/1 (2); AddSmi 1; CallSuper []=/2 (3); Pop; LoadLocal 0; LoadLocal 1; "
            "CallSuper +/1 (2); Return");
}

TEST(CompilerTest, InitialisesTheMixinsFieldsBetweenTheOwnOnesAndTheSuperclasss) {
  TestProgram program;
  ASSERT_EQ(program.Add("a",
                        "class M { var a = 1; } class S {}"
                        "class C extends S with M { var b = 2; C(); C.n(this.b); }"),
            "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_EQ(Line(program.Code("new C.n")),
            "PushSmi 2; InitField 0; LoadLocal 1; InitField 0; LoadLocal 0; LoadLocal 0; "
            "CallStatic new S with M 1; Pop; CallStatic new S 1; Pop; LoadLocal 0; Return");
  EXPECT_EQ(Line(program.Code("new S with M")), "PushSmi 1; InitField 0; LoadLocal 0; Return");
}

TEST(CompilerTest, ComputesTheArgumentsOfSuperInPlaceAndCallsItLast) {
  TestProgram program;
  ASSERT_EQ(program.Add("a",
                        "class S { S(a, {b}); } class C extends S { var x;"
                        " C(a) : super(a, b: 1), x = 2; }"),
            "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_EQ(Line(program.Code("new C")),
            "LoadLocal 1; StoreLocal 2; PushSmi 1; StoreLocal 3; PushSmi 2; InitField 0; "
            "LoadLocal 0; LoadLocal 2; LoadLocal 3; CallStaticBind new S,b 3; Pop; LoadLocal 0; "
            "Return");
}

TEST(CompilerTest, MakesConstantMapsOfConstantLists) {
  EXPECT_EQ(F("f() => const {1: 2};"),
            "LoadOnce const0 ->12; Allocate _ConstMap; LoadOnce const1 ->9; PushSmi 1; PushSmi 2; "
            "MakeList 2; FinishOnce const1; CallStatic new _ConstMap 2; FinishOnce const0; Return");
}

TEST(CompilerTest, RecordsWhereInstructionsComeFrom) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "f(a) {\n  a.m();\n  return a.n(\n    a + a);\n}\n"), "");
  ASSERT_EQ(program.Build(), "");
  // 0 LoadLocal 0, 1 CallInstance m, 3 Pop, 4 LoadLocal 0, 5, 6 LoadLocal 0, 7 Add, 8 CallInstance
  // n
  const CompiledFunction& f = *program.Find("f");
  EXPECT_EQ(f.PlaceOf(1).line, 2u);
  EXPECT_EQ(f.PlaceOf(1).column, 5u);
  EXPECT_EQ(f.PlaceOf(7).line, 4u);
  EXPECT_EQ(f.PlaceOf(8).line, 3u);
  EXPECT_EQ(f.PlaceOf(8).column, 12u);
}

TEST(CompilerTest, NumbersEachInlineCacheOnce) {
  // CheckFunction, which Build runs, sees to the rest.
  TestProgram program;
  ASSERT_EQ(program.Add("a", "f(a) => a.m() + a.n;"), "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_EQ(program.Find("f")->cache_count, 3u);
}

// ---- Limits -------------------------------------------------------------------------------------

TEST(CompilerTest, RefusesCallsWithTooManyArguments) {
  EXPECT_EQ(ErrorOf("f(a) => a(" + Repeat("1, ", 255) + ");"),
            "1:9 This call has too many arguments.");
  EXPECT_EQ(ErrorOf("f(a) => a(" + Repeat("1, ", 254) + ");"), "no error");
}

TEST(CompilerTest, TakesDeepTreesWhereTheStackIsLarge) {
  for (const char* link : {".b", "?.b", "[0]", "(0)", " && a", " ?? a"}) {
    EXPECT_EQ(ErrorOf("f(a) => a" + Repeat(link, 1400) + ";"), "no error") << link;
  }
  EXPECT_EQ(ErrorOf("f(a) => a" + Repeat("?.b()", 700) + ";"), "no error");
  EXPECT_EQ(ErrorOf("f(a) => " + Repeat("() => ", 350) + "a;"), "no error");
  EXPECT_EQ(ErrorOf("f(a) { " + Repeat("try { ", 350) + Repeat("} finally { a(); }", 350) + "}"),
            "no error");
}

TEST(CompilerTest, TakesLongSumsAndChainsOfElse) {
  EXPECT_EQ(ErrorOf("f(a) => a" + Repeat(" + a", 20000) + ";"), "no error");
  EXPECT_EQ(ErrorOf("f(a) { " + Repeat("if (a) a(); else ", 5000) + "a(); }"), "no error");
}

TEST(CompilerTest, TakesHugeFunctions) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "f(a) { while (a) { " + Repeat("a.b(1.5); ", 30000) + "} }"), "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_GT(program.Find("f")->code.size(), 65536u);
}

}  // namespace
}  // namespace fart::lang
