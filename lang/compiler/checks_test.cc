// Where checks of annotations stand in code (type_checks.h, compile_checks.cc).

#include <gtest/gtest.h>

#include <string>

#include "lang/compiler/class_tables.h"
#include "lang/compiler/disassembler.h"
#include "lang/compiler/test_program.h"

namespace fart::lang {
namespace {

constexpr CompileOptions kChecked = {.enable_asserts = true, .check_types = true};

// Of `f`: "TYPE of WHAT" of each check, in order.
std::string ChecksOf(const std::string& code) {
  std::string found;
  for (std::size_t at = code.find("Check"); at != std::string::npos; at = code.find("Check", at)) {
    const std::size_t end = code.find('\n', at);
    found += (found.empty() ? "" : "; ") + code.substr(at, end - at);
    at = end;
  }
  return found;
}
std::string ChecksInF(const std::string& text) { return ChecksOf(CodeOfF(text, kChecked)); }

// LC-C1
TEST(ChecksTest, UncheckedCodeIsAsIfNothingWereDeclared) {
  const std::string typed =
      "class C { int x = 1; String s; List<int> l; C(this.x, String this.s); set y(int v) { x = v; "
      "}"
      " int m(int a, [int b = 2]) { int c = a; c = b; for (int i in l) c += i; return c; } }"
      "int top = 1; String other = 1; int f(int a, {int b: 3}) { int c = top; top = c; return b; }";
  const std::string untyped =
      "class C { var x = 1; var s; var l; C(this.x, this.s); set y(v) { x = v; }"
      " m(a, [b = 2]) { var c = a; c = b; for (var i in l) c += i; return c; } }"
      "var top = 1; var other = 1; f(a, {b: 3}) { var c = top; top = c; return b; }";
  TestProgram with;
  ASSERT_EQ(with.Add("a", typed), "");
  ASSERT_EQ(with.Build(), "");
  TestProgram without;
  ASSERT_EQ(without.Add("a", untyped), "");
  ASSERT_EQ(without.Build(), "");
  const auto& functions = with.set().library(with.NumberOf("a")).functions;
  ASSERT_EQ(functions.size(), without.set().library(without.NumberOf("a")).functions.size());
  for (const auto& function : functions) {
    const std::string& name = function->qualified_name;
    EXPECT_EQ(with.Code(name), without.Code(name)) << name;
    EXPECT_EQ(ChecksOf(with.Code(name)), "") << name;
  }
}

TEST(ChecksTest, VariablesAreCheckedWhenTheyGetAValue) {
  EXPECT_EQ(ChecksInF("f(a) { int x = a; x = a; }"),
            "CheckType int \"'x', a variable of 'f'\"; CheckType int \"'x', a variable of 'f'\"");
  EXPECT_EQ(ChecksInF("f(a) { for (int x in a) {} }"), "CheckType int \"'x', a variable of 'f'\"");
  EXPECT_EQ(ChecksInF("int x; f(a) { x = a; }"),
            "CheckType int \"'x', a static or top-level variable\"");
}

TEST(ChecksTest, WhatAsksForNothingIsNotChecked) {
  EXPECT_EQ(ChecksInF("dynamic f(dynamic a, Object b, c) { var x = a; Object y = a; x = y; }"), "");
  EXPECT_EQ(ChecksInF("void f() { return; }"), "");
}

TEST(ChecksTest, WhatIsPlainlyOfTheTypeIsNotChecked) {
  EXPECT_EQ(
      ChecksInF("f() { int x = 1; String s = \"a\"; bool b = !x; double d = 1.5; x = null; }"),
      "CheckCondition; CheckType int \"'x', a variable of 'f'\"");
  EXPECT_EQ(ChecksInF("int f() => 1;"), "");
  EXPECT_EQ(ChecksInF("int f() => \"a\";"), "CheckType int \"the result of 'f'\"");
  EXPECT_EQ(ChecksInF("f(a) { if (a is int && !(a is String)) return 1; }"), "");
}

TEST(ChecksTest, ParametersAreCheckedWithTheirDefaults) {
  EXPECT_EQ(
      ChecksInF("f(int a, {String b: \"x\"}) => a;"),
      "CheckType int \"'a', a parameter of 'f'\"; CheckType String \"'b', a parameter of 'f'\"");
  TestProgram program(kChecked);
  ASSERT_EQ(program.Add("a", "class C { int x; C(this.x); C.t(String this.x); C.i(v) : x = v; }"),
            "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_EQ(ChecksOf(program.Code("new C")), "CheckType int \"'x', a parameter of 'new C'\"");
  EXPECT_EQ(ChecksOf(program.Code("new C.t")),
            "CheckType String \"'x', a parameter of 'new C.t'\"; "
            "CheckType int \"'x', a field of 'C'\"");
  EXPECT_EQ(ChecksOf(program.Code("new C.i")), "CheckType int \"'x', a field of 'C'\"");
  TestProgram initialised(kChecked);
  ASSERT_EQ(initialised.Add("a", "class C { int x = g(); var y = g(); } g() => 1;"), "");
  ASSERT_EQ(initialised.Build(), "");
  EXPECT_EQ(ChecksOf(initialised.Code("new C")), "CheckType int \"'x', a field of 'C'\"");
}

// LC-C2
TEST(ChecksTest, TypeParametersOfClassesAreCheckedThoseOfFunctionsAreNot) {
  TestProgram program(kChecked);
  ASSERT_EQ(
      program.Add("a", "class C<T> { m(T a) {} n<R>(R a, List<R> b) {} static s(List<int> a) {} }"),
      "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_EQ(ChecksOf(program.Code("C.m")), "CheckType T \"'a', a parameter of 'C.m'\"");
  EXPECT_NE(program.Find("C.m")->types_slot, CompiledFunction::kNone);
  EXPECT_EQ(ChecksOf(program.Code("C.n")).find("CheckType R"), std::string::npos);
  EXPECT_EQ(ChecksOf(program.Code("C.s")), "CheckType List<int> \"'a', a parameter of 'C.s'\"");
}

// LC-C4
TEST(ChecksTest, FieldsThatOthersSetHaveSetters) {
  const std::string text = "class C { int x; var y; final int z; Object o; static int s; }";
  for (const bool checks : {false, true}) {
    TestProgram program({.check_types = checks});
    ASSERT_EQ(program.Add("a", text), "");
    ASSERT_EQ(program.Build(), "");
    const CompiledFunction* const setter = program.Find("C.x");
    ASSERT_EQ(setter != nullptr, checks);
    EXPECT_EQ(program.Find("C.y"), nullptr);
    EXPECT_EQ(program.Find("C.z"), nullptr);
    EXPECT_EQ(program.Find("C.o"), nullptr);
    EXPECT_EQ(program.Find("C.s"), nullptr);
    ClassTables tables(program.set(), nullptr);
    const ClassTable& table = tables.Of({program.NumberOf("a"), 0});
    const auto kind = [&](MemberKind member) {
      return table.members.at(tables.keys().Of(member, Name{"x"})).kind;
    };
    EXPECT_EQ(kind(MemberKind::kGetter), TableMember::Kind::kField);
    EXPECT_EQ(kind(MemberKind::kSetter) == TableMember::Kind::kFunction, checks);
    if (!checks) continue;
    EXPECT_EQ(setter->kind, FunctionKind::kSetter);
    EXPECT_NE(program.Code("C.x").find("CheckType int \"'x', a field of 'C'\""), std::string::npos);
  }
}

// LC-C3
TEST(ChecksTest, OfLibrariesOnlyWhatDependsOnTypeParametersIsChecked) {
  TestProgram program(kChecked);
  ASSERT_EQ(program.Add("dart:a",
                        "class C<T> { T given; T _own; int n; add(T a, int b) { int c = a; }"
                        " put(T a) native \"put\"; length(int a) native \"length\"; }"),
            "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_EQ(ChecksOf(program.Code("C.add")), "CheckType T \"'a', a parameter of 'C.add'\"");
  EXPECT_NE(program.Find("C.given"), nullptr);
  EXPECT_EQ(program.Find("C._own"), nullptr);
  EXPECT_EQ(program.Find("C.n"), nullptr);
  EXPECT_TRUE(program.Find("C.put")->has_code()) << "a native is called by code that checks";
  EXPECT_FALSE(program.Find("C.length")->has_code());
}

// Its type arguments are types of C, which no value has. LC-C3
TEST(ChecksTest, OfTypesOfCNothingIsChecked) {
  TestProgram program(kChecked);
  ASSERT_EQ(program.Add("dart:ffi", "class C<T> { T given; add(T a) { T b = a; return b; } }"), "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_EQ(ChecksOf(program.Code("C.add")), "");
  EXPECT_EQ(program.Find("C.given"), nullptr);
}

TEST(ChecksTest, ElementsOfListsAreCheckedBeforeTheyAreStored) {
  EXPECT_EQ(ChecksInF("f(a, b) { a[0] = b; }"), "CheckElement");
  EXPECT_EQ(ChecksInF("f(a) => <int>[1, a];"), "CheckType int \"an element of a literal\"");
  EXPECT_EQ(ChecksInF("f(a) => [1, a];"), "");
}

TEST(ChecksTest, ConditionsAreBools) {
  EXPECT_EQ(ChecksInF("f(a) { if (a) return 1; }"), "CheckCondition");
  EXPECT_EQ(ChecksInF("f(a) { while (a()) {} }"), "CheckCondition");
  EXPECT_EQ(ChecksInF("f(a) => a && a;"), "CheckCondition; CheckCondition");
  EXPECT_EQ(ChecksInF("f(a) => a == null ? 1 : 2;"), "");
}

}  // namespace
}  // namespace fart::lang
