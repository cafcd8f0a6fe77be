// What the compiler does at the borders of its own limits and tables, and what is left of a body
// that did not compile.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "gtest/gtest.h"
#include "lang/compiler/bytecode.h"
#include "lang/compiler/class_tables.h"
#include "lang/compiler/dependencies.h"
#include "lang/compiler/member_keys.h"
#include "lang/compiler/suggestion.h"
#include "lang/compiler/test_program.h"
#include "lang/syntax/parser.h"

namespace fart::lang {
namespace {

std::string Repeat(const std::string& text, int count) {
  std::string result;
  for (int i = 0; i < count; ++i) result += text;
  return result;
}

bool Contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// What follows this instruction's name, wherever it is in a function's code.
std::vector<int> OperandsOf(const std::string& code, const std::string& instruction) {
  std::vector<int> operands;
  std::istringstream lines(code);
  for (std::string pc, name, line; lines >> pc >> name && std::getline(lines, line);) {
    if (name == instruction) operands.push_back(std::stoi(line));
  }
  return operands;
}

// ---- Code ---------------------------------------------------------------------------------------

// Each constant is in a function's pool once, and what differs is another.
TEST(BordersTest, ConstantsThatDifferAreNotOne) {
  for (const auto& [text, count] : {
           std::pair("f() => [0.0, -0.0, 0.0];", 2),
           std::pair("f() => [1.0000000001, 1.0000000002];", 2),
           std::pair("f() => ['i8388608', 8388608];", 2),
           std::pair("f(a) => [a.m(1), a.m(1, 2), a.m(2)];", 2),
           std::pair("f(a) => [a.m(), a.m];", 2),
           std::pair("f(a) => [a.m(x: 1), a.m(y: 1), a.m(x: 2)];", 2),
           std::pair("g({x, y}) {} f() => [g(x: 1), g(y: 1), g(x: 2)];", 2),
           std::pair("f(a) => [a is int, a is int?, a is int];", 2),
           std::pair("f(a) => [a is int Function(int), a is int Function([int]),"
                     " a is int Function({int x}), a is int Function({required int x}),"
                     " a is int Function({int y}), a is int Function({int x})];",
                     5),
           std::pair("class C<T> {} f(a) => [a is C<int>, a is C, a is C<C>, a is C<int>];", 3),
       }) {
    TestProgram program;
    ASSERT_EQ(program.Add("a", text), "") << text;
    ASSERT_EQ(program.Build(), "") << text;
    EXPECT_EQ(program.Find("f")->constants.size(), static_cast<std::size_t>(count))
        << text << '\n'
        << program.Code("f");
  }
}

TEST(BordersTest, VariablesOfOneNumberInTwoLibrariesAreTwo) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "var x; class A {} g() => 1;"), "");
  ASSERT_EQ(program.Add("b", "import 'a' as a; var y; class B {} f(z) => [y, a.x, z is B,"
                             " z is a.A, new B(), new a.A()];"),
            "");
  ASSERT_EQ(program.Build(), "");
  const std::string code = program.Code("f");
  for (const char* const part :
       {"LoadStatic y", "LoadStatic x", "IsType B", "IsType a.A", "Allocate B", "Allocate A"}) {
    EXPECT_TRUE(Contains(code, part)) << part << '\n' << code;
  }
}

TEST(BordersTest, GroupsAreOfAtMostSixtyFour) {
  for (const int count : {1, 2, 63, 64, 65, 127, 128, 129, 190, 200}) {
    TestProgram program;
    ASSERT_EQ(program.Add("a", "f(a) => [" + Repeat("a, ", count) + "]; g(a) => '" +
                                   Repeat("$a", count) + "';"),
              "");
    ASSERT_EQ(program.Build(), "");
    int elements = 0;
    for (const char* const instruction : {"MakeList", "AppendToList"}) {
      for (const int each : OperandsOf(program.Code("f"), instruction)) {
        EXPECT_LE(each, 64);
        elements += each;
      }
    }
    EXPECT_EQ(elements, count);
    int strings = 1;
    for (const int each : OperandsOf(program.Code("g"), "ConcatStrings")) {
      EXPECT_LE(each, 64) << count;
      strings += each - 1;
    }
    EXPECT_EQ(strings, count);
  }
}

TEST(BordersTest, SmallIntsAreInInstructionsUpToTheirBorders) {
  const auto code = [](const std::string& expression) {
    return CodeOfF("f(a) => " + expression + ";");
  };
  EXPECT_TRUE(Contains(code("8388607"), "PushSmi 8388607"));
  EXPECT_TRUE(Contains(code("8388608"), "PushConstant 8388608"));
  EXPECT_TRUE(Contains(code("-8388608"), "PushSmi -8388608"));
  EXPECT_TRUE(Contains(code("-8388609"), "PushConstant -8388609"));
  EXPECT_TRUE(Contains(code("a + 2147483647"), "AddSmi 2147483647"));
  EXPECT_TRUE(Contains(code("a + 2147483648"), "PushConstant 2147483648"));
  EXPECT_TRUE(Contains(code("a - 2147483647"), "SubSmi 2147483647"));
  EXPECT_TRUE(Contains(code("a - 2147483648"), "PushConstant 2147483648"));
  EXPECT_TRUE(Contains(code("a + -2147483648"), "AddSmi -2147483648"));
  EXPECT_TRUE(Contains(code("a + -2147483649"), "PushConstant -2147483649"));
  EXPECT_TRUE(Contains(code("a + 9223372036854775807"), "PushConstant 9223372036854775807"));
}

TEST(BordersTest, AsManyArgumentsAndParametersAsThereIsRoomFor) {
  const std::string most = Repeat("1, ", 254);
  const std::string many = most + "1";
  const std::string too_many = "This call has too many arguments.";
  std::string parameters;
  for (int i = 0; i < 254; ++i) parameters += (i == 0 ? "p" : ", p") + std::to_string(i);
  const std::string class_c = "class C { C(" + parameters + "); } ";
  const std::string function = "g(" + parameters + ") {} ";
  for (const auto& [text, error] : {
           std::pair("f(a) => a(" + most + ");", std::string()),
           std::pair("f(a) => a(" + many + ");", too_many),
           std::pair("f(a) => a.m(" + most + ");", std::string()),
           std::pair("f(a) => a.m(" + many + ");", too_many),
           std::pair(function + "f() => g(" + most + ");", std::string()),
           std::pair(class_c + "f() => new C(" + most + ");", std::string()),
           std::pair(function + "f() => g(" + many + ");", too_many),
           std::pair(class_c + "f() => new C(" + many + ");", too_many),
           std::pair("f(" + parameters + ") {}", std::string()),
           std::pair("f(" + parameters + ", q) {}",
                     std::string("This function has too many parameters.")),
           std::pair("f() => (" + parameters + ") => 1;", std::string()),
           std::pair("f() => (" + parameters + ", q) => 1;",
                     std::string("This function has too many parameters.")),
       }) {
    const std::string found = ErrorOf(text);
    EXPECT_TRUE(Contains(found, error.empty() ? "no error" : error))
        << text.substr(0, 80) << '\n'
        << found;
  }
}

// An instruction that comes before all others moves every table along.
TEST(BordersTest, ATypeParameterMovesTheTables) {
  const std::string rest =
      " h<int>(a);\n try {\n a(1);\n } catch (e) {\n a.b(h<int>(2), e); return ";
  TestProgram plain;
  ASSERT_EQ(plain.Add("a", "class Q {} h<S>(x) {} f<T>(a) {" + rest + "Q; } }"), "");
  ASSERT_EQ(plain.Build(), "");
  TestProgram open;
  ASSERT_EQ(open.Add("a", "class Q {} h<S>(x) {} f<T>(a) {" + rest + "T; } }"), "");
  ASSERT_EQ(open.Build(), "");
  const CompiledFunction& before = *plain.Find("f");
  const CompiledFunction& after = *open.Find("f");
  ASSERT_EQ(after.code.size(), before.code.size() + 1);
  ASSERT_EQ(before.handlers.size(), 1u);
  ASSERT_EQ(after.handlers.size(), 1u);
  EXPECT_EQ(after.handlers[0].start, before.handlers[0].start + 1);
  EXPECT_EQ(after.handlers[0].end, before.handlers[0].end + 1);
  EXPECT_EQ(after.handlers[0].handler, before.handlers[0].handler + 1);
  EXPECT_EQ(after.PlaceOf(0).line, before.PlaceOf(0).line);
  for (std::uint32_t pc = 0; pc < before.code.size(); ++pc) {
    EXPECT_EQ(after.PlaceOf(pc + 1).line, before.PlaceOf(pc).line) << pc;
    EXPECT_EQ(after.PlaceOf(pc + 1).column, before.PlaceOf(pc).column) << pc;
    EXPECT_EQ(after.CallTypesAt(pc + 1) == nullptr, before.CallTypesAt(pc) == nullptr) << pc;
  }
  EXPECT_EQ(before.call_types->calls.size(), 2u);
}

// Only of the call itself anything is known.
TEST(BordersTest, WhatIsSaidOfACallIsFoundAtItsPlaceOnly) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "g<T>(x) {} f(a) { a(); g<int>(a); a(); g<int>(1); a(); }"), "");
  ASSERT_EQ(program.Build(), "");
  const CompiledFunction& f = *program.Find("f");
  std::size_t found = 0;
  for (std::uint32_t pc = 0; pc <= f.code.size() + 1; ++pc) {
    const CallTypes* const entry = f.CallTypesAt(pc);
    if (entry == nullptr) continue;
    EXPECT_EQ(entry->pc, pc);
    ++found;
  }
  EXPECT_EQ(found, 2u);
}

TEST(BordersTest, PlacesBeginWithTheInstruction) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "f(a) {\n  throw\n    a;\n}\ng(a) {\n  a.b; a.c;\n}"), "");
  ASSERT_EQ(program.Build(), "");
  // 0 LoadLocal 0, 1 Throw
  EXPECT_EQ(program.Find("f")->PlaceOf(1).line, 2u);
  EXPECT_EQ(program.Find("f")->PlaceOf(1).column, 3u);
  // 0 LoadLocal 0, 1 GetProperty, 3 Pop, 4 LoadLocal 0, 5 GetProperty: of one line.
  const CompiledFunction& g = *program.Find("g");
  EXPECT_EQ(g.PlaceOf(1).line, 6u);
  EXPECT_EQ(g.PlaceOf(1).column, 5u);
  EXPECT_EQ(g.PlaceOf(5).line, 6u);
  EXPECT_EQ(g.PlaceOf(5).column, 10u);
  EXPECT_EQ(CompiledFunction().PlaceOf(0).line, 0u);
}

TEST(BordersTest, ABodyThatDoesNotCompileLeavesNothing) {
  TestProgram program;
  ASSERT_EQ(program.Add("a",
                        "g<S>(x) {} f<T>(a, [b = 'x']) { try { g<int>(1.5); a + b; }"
                        " catch (e) { a(T, () => e); } nix(); }"),
            "");
  LibrarySet& set = program.set();
  ASSERT_FALSE(set.Link());
  int number = 0;
  while (set.FunctionOf({program.NumberOf("a"), number}).qualified_name != "f") ++number;
  const FunctionRef ref{program.NumberOf("a"), number};
  for (int i = 0; i < 2; ++i) {
    const auto error = set.Compile(ref);
    ASSERT_TRUE(error);
    EXPECT_TRUE(Contains(error->Render(), "'nix' is not declared"));
    const CompiledFunction& f = set.FunctionOf(ref);
    EXPECT_FALSE(f.is_compiled);
    EXPECT_TRUE(f.code.empty());
    EXPECT_TRUE(f.constants.empty());
    EXPECT_TRUE(f.handlers.empty());
    EXPECT_TRUE(f.lines.empty());
    EXPECT_EQ(f.call_types, nullptr);
    EXPECT_EQ(f.types_slot, CompiledFunction::kNone);
    EXPECT_EQ(f.slot_count, 0u);
    EXPECT_EQ(f.max_operands, 0u);
    EXPECT_EQ(f.cache_count, 0u);
  }
}

TEST(BordersTest, AConstructorTornOffIsOneClosure) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "class C<T> { C.n(x); } f() => [C.n, C.n]; g() => C.n;"
                             " h() => [C<int>.n, C<String>.n];"),
            "");
  ASSERT_EQ(program.Build(), "");
  const auto closures = [&program] {
    int count = 0;
    for (const auto& function : program.set().library(program.NumberOf("a")).functions) {
      count += function->kind == FunctionKind::kClosure ? 1 : 0;
    }
    return count;
  };
  EXPECT_EQ(closures(), 3);
  const auto& closure = *program.Find("C.n");
  EXPECT_EQ(closure.parameter_count, 2u);
  // That with type arguments is another, also where it comes first.
  TestProgram other;
  ASSERT_EQ(other.Add("a", "class C<T> { C.n(x); } f() => C<int>.n; g() => C.n;"), "");
  ASSERT_EQ(other.Build(), "");
  const auto made_in = [&other](const char* function) {
    for (const PoolConstant& constant : other.Find(function)->constants) {
      if (const auto* const ref = std::get_if<FunctionRef>(&constant)) return ref->function;
    }
    return -1;
  };
  EXPECT_NE(made_in("f"), made_in("g"));
}

TEST(BordersTest, NothingToTryIsNothingToCatch) {
  EXPECT_EQ(ErrorOf("f(a) { try {} catch (e) { a(); } finally { a(); } }"), "no error");
  TestProgram program;
  ASSERT_EQ(program.Add("a", "f(a) { try {} catch (e) { a(); } a(1); }"), "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_TRUE(program.Find("f")->handlers.empty());
}

TEST(BordersTest, DifferentFromWhatTheSuperclassSaysIsItsOpposite) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "class A { e(x) => super == x; n(x) => super != x; }"), "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_FALSE(Contains(program.Code("A.e"), "Not"));
  EXPECT_TRUE(Contains(program.Code("A.n"), "Not"));
}

// ---- Messages -----------------------------------------------------------------------------------

TEST(BordersTest, CirclesAreToldUpToAFewNames) {
  const auto constants = [](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
      text += "const " + std::string(1, static_cast<char>('a' + i)) + " = " +
              std::string(1, static_cast<char>('a' + (i + 1) % count)) + ";";
    }
    return ErrorOf(text);
  };
  EXPECT_EQ(constants(6),
            "1:11 The constant 'a' depends on itself, by way of 'b', 'c', 'd', 'e', 'f'.");
  EXPECT_EQ(constants(7),
            "1:11 The constant 'a' depends on itself, by way of 'b', 'c', 'd', 'e', 'f', ....");
  const auto classes = [](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
      text += "class " + std::string(1, static_cast<char>('A' + i)) + " extends " +
              std::string(1, static_cast<char>('A' + (i + 1) % count)) + " {}";
    }
    return ErrorOf(text);
  };
  EXPECT_EQ(classes(6),
            "1:7 The class 'A' is its own supertype, by way of 'B', 'C', 'D', 'E', 'F'.");
  EXPECT_EQ(classes(7),
            "1:7 The class 'A' is its own supertype, by way of 'B', 'C', 'D', 'E', 'F', ....");
}

TEST(BordersTest, AsManyLettersMayBeWrongAsTheLengthAllows) {
  const auto is_suggested = [](std::size_t length, std::size_t wrong) {
    std::string candidate(length, 'x');
    std::string wanted = candidate;
    for (std::size_t i = 0; i < wrong; ++i) wanted[i] = 'y';
    Suggestion suggestion(wanted);
    suggestion.Consider(candidate);
    return suggestion.End() != ".";
  };
  for (const auto& [length, most] :
       {std::pair(2u, 1u), std::pair(3u, 1u), std::pair(4u, 1u), std::pair(5u, 1u),
        std::pair(6u, 2u), std::pair(9u, 2u), std::pair(10u, 3u), std::pair(13u, 3u)}) {
    EXPECT_TRUE(is_suggested(length, most)) << length;
    EXPECT_FALSE(is_suggested(length, most + 1)) << length;
  }
  // Of equally near ones the first by name, of the first group; neighbours that are exchanged are
  // one mistake; what is wanted itself is no suggestion.
  const auto suggestion_of = [](const std::vector<std::string>& first,
                                const std::vector<std::string>& second) {
    Suggestion suggestion("abcd");
    for (const std::string& name : first) suggestion.Consider(name);
    suggestion.EndGroup();
    for (const std::string& name : second) suggestion.Consider(name);
    return suggestion.End();
  };
  EXPECT_EQ(suggestion_of({"abcx", "abce"}, {"abca"}), "; did you mean 'abce'?");
  EXPECT_EQ(suggestion_of({"abce", "abcx"}, {}), "; did you mean 'abce'?");
  EXPECT_EQ(suggestion_of({"bacd"}, {}), "; did you mean 'bacd'?");
  EXPECT_EQ(suggestion_of({"badc"}, {}), ".");
  EXPECT_EQ(suggestion_of({"abcd"}, {}), ".");
  EXPECT_EQ(suggestion_of({""}, {"abcd", "ABCD"}), "; did you mean 'ABCD'?");
}

TEST(BordersTest, AnArgumentIsOneAndOthersAreMore) {
  for (const auto& [call, count] :
       {std::pair("g(1)", "with 1 argument."), std::pair("g()", "with no arguments."),
        std::pair("g(1, 2, 3)", "with 3 arguments.")}) {
    EXPECT_TRUE(Contains(CodeOfF(std::string("g(a, b) {} f() => ") + call + ";"), count)) << call;
  }
  EXPECT_TRUE(Contains(CodeOfF("g(a, [b]) {} f() => g(1, 2, 3);"), "ThrowNoSuchMethod"));
  EXPECT_FALSE(Contains(CodeOfF("g(a, [b]) {} f() => g(1, 2);"), "ThrowNoSuchMethod"));
  EXPECT_TRUE(Contains(CodeOfF("g(a, {b}) {} f() => g(1, 2);"), "ThrowNoSuchMethod"));
}

TEST(BordersTest, NamesOfClosuresStayShort) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "f() => " + Repeat("() => ", 100) + "1;"), "");
  ASSERT_EQ(program.Build(), "");
  std::size_t longest = 0;
  for (const auto& function : program.set().library(program.NumberOf("a")).functions) {
    longest = std::max(longest, function->qualified_name.size());
  }
  EXPECT_GT(longest, 150u);
  EXPECT_LE(longest, 205u);
}

// ---- Names --------------------------------------------------------------------------------------

TEST(BordersTest, OnlyWhatIsConstantIsOne) {
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

TEST(BordersTest, WhatIsPrivateIsNotFoundFromElsewhere) {
  const char* const a =
      "class C { C._n(); static _s() {} C(); } extension E on int { _p() => 1; q() => 2; }"
      "_top() {} class _D {}";
  for (const auto& [text, error] :
       {std::pair("f() => C._s();", "There is no static member or constructor '_s'"),
        std::pair("f() => new C._n();", "There is no constructor 'C._n'"),
        std::pair("f() => E(1)._p();", "'_p' is a member of instances of the class 'E'"),
        std::pair("f() => _top();", "'_top' is not declared"),
        std::pair("f() => new _D();", "There is no class '_D'"),
        std::pair("f(x) => x is _D;", "There is no type '_D'"),
        std::pair("f() => E(1).q();", ""), std::pair("f() => new C();", "")}) {
    TestProgram program;
    ASSERT_EQ(program.Add("a", a), "");
    ASSERT_EQ(program.Add("b", std::string("import 'a'; ") + text), "");
    const std::string found = program.Build();
    EXPECT_EQ(found.empty(), *error == '\0') << text << '\n' << found;
    EXPECT_TRUE(Contains(found, error)) << text << '\n' << found;
  }
}

TEST(BordersTest, ANameOfManyLibrariesIsToldOfTheFirstTwo) {
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
    ASSERT_EQ(prefixed.Add("d", std::string("import 'a' as p; import 'b' as p; f() => ") + use +
                                    ";"),
              "");
    const std::string error = prefixed.Build();
    EXPECT_TRUE(Contains(error, "is imported from both 'a' and 'b'.")) << use << '\n' << error;
  }
}

TEST(BordersTest, ImportingTheCoreHidesNothing) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "class List { static m() {} } print(x) => 1;"), "");
  ASSERT_EQ(program.Add("b", "import 'dart:core'; import 'a'; f() { List.m(); print(1); }"), "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_TRUE(Contains(program.Code("f"), "CallStatic List.m"));
}

TEST(BordersTest, ExtensionsAreSeenOnceWhereTheirNamesAre) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "extension E on int { m() => 1; } f() => 1;"), "");
  const std::pair<const char*, std::size_t> imports[] = {
      {"import 'a';", 1},         {"import 'a' show f;", 0},     {"import 'a' hide E;", 0},
      {"import 'a' show E;", 1},  {"import 'a' as p;", 1},       {"import 'a'; import 'a' as p;", 1},
      {"export 'a';", 0},         {"import 'a'; import 'a';", 1}};
  for (const auto& [directives, count] : imports) {
    ASSERT_EQ(program.Add(directives, std::string(directives) + " g() => 2;"), "");
    ASSERT_EQ(program.Build(), "") << directives;
    const int number = program.NumberOf(directives);
    EXPECT_EQ(program.set().library(number).extensions.size(), count) << directives;
  }
}

TEST(BordersTest, SettersGoWhereTheirNamesGo) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "set x(v) {} set y(v) {}"), "");
  ASSERT_EQ(program.Add("b", "import 'a' show x; f() { x = 1; }"), "");
  ASSERT_EQ(program.Build(), "");
  EXPECT_TRUE(Contains(program.Code("f"), "CallStatic x 1"));
  ASSERT_EQ(program.Add("c", "import 'a' hide x; g() { x = 1; }"), "");
  EXPECT_TRUE(Contains(program.Build(), "'x' is not declared"));
}

TEST(BordersTest, NothingIsDeclaredTwiceInAClass) {
  for (const auto& [members, is_right] : {
           std::pair("static get x => 1; set x(v) {}", false),
           std::pair("get x => 1; set x(v) {}", true),
           std::pair("m() {} get m => 1;", false), std::pair("get m => 1; m() {}", false),
           std::pair("m() {} set m(v) {}", false), std::pair("set m(v) {} m() {}", false),
           std::pair("var m; get m => 1;", false), std::pair("get m => 1; get m => 2;", false),
           std::pair("set m(v) {} set m(w) {}", false), std::pair("m() {} m() {}", false),
           std::pair("m({_x}) {}", false), std::pair("m([_x]) {}", true),
       }) {
    const std::string error = ErrorOf("class C { " + std::string(members) + " }");
    EXPECT_EQ(error == "no error", is_right) << members << '\n' << error;
  }
}

// Whatever a place is made of, as much is left as there was.
TEST(BordersTest, AssignmentsLeaveNothingOnTheStack) {
  std::string body;
  for (const char* const place : {"a", "v", "a.b", "a[0]", "a?.b", "a?[0]", "x", "this.x", "C.s",
                                  "super.y", "super[0]"}) {
    for (const char* const rest : {" = 1", " ?" "?= 1", " += 1", "++"}) {
      body += std::string(place) + rest + "; a(" + place + rest + ", 1);";
    }
  }
  EXPECT_EQ(ErrorOf("var v; class B { var y; operator [](i) => 1; operator []=(i, z) {} }"
                    "class C extends B { var x; static var s; m(a) { " + body + " } }"),
            "no error");
}

// A call says what is expected of it wherever it stands in an expression.
TEST(BordersTest, PartsOfExpressionsAreExpectedToo) {
  TestProgram program;
  ASSERT_EQ(program.Add("a",
                        "class D {} class C<T> { final T v; C(this.v); C.n(T w) : v = w; const C.c() : v = null; }"
                        "D a(x) => x ? x.m() : 1; D b(x) => x ? 1 : x.m(); D c(x) => 1 ?? x.m();"
                        "D d(x) => x.m() ?? 1; D e(x) => x.m()!; e1(D x) => new C(x);"
                        "e2() => new C.n('x'); f<T>() => const C<T>.c(); g<T>() => new C<T>.c();"
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

TEST(BordersTest, PlacesOfLocalVariablesThatAreLateAreThoseOfTheirUse) {
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
TEST(BordersTest, WhatIsPrivateElsewhereIsNoneOfASubclass) {
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
  EXPECT_TRUE(Contains(ErrorOf("class C { C.named(); } f() => C.nmaed();"),
                       "did you mean 'named'?"));
}

TEST(BordersTest, AsHighAsClassesMayLieAboveEachOther) {
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
  EXPECT_TRUE(Contains(error_of(kMost + 1, "extends " + top + " implements S {} class M extends "),
                       error));
}

// Messages of assertions are not compiled, and mean what they say all the same.
TEST(BordersTest, NamesInAMessageAreLookedAt) {
  EXPECT_TRUE(Contains(ErrorOf("f() { assert(true, x); var x; }"), "used before it is declared"));
  EXPECT_TRUE(Contains(ErrorOf("class C { C() : assert(true, this); }"), "There is no 'this'"));
  EXPECT_EQ(ErrorOf("f() { var x; assert(true, x); }"), "no error");
}

TEST(BordersTest, WhatMayBeNullIsExpectedToBe) {
  TestProgram program;
  ASSERT_EQ(program.Add("a", "T g<T>(T x) => x; h<T>(T? x) => x; a(int? x) => g(x);"
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

TEST(BordersTest, DynamicIsATypeThatNobodyDeclares) {
  EXPECT_TRUE(Contains(CodeOfF("f() => dynamic;"), "PushConstant dynamic"));
  EXPECT_TRUE(Contains(CodeOfF("f(dynamic) => dynamic;"), "LoadLocal 0"));
  EXPECT_TRUE(Contains(CodeOfF("var dynamic = 1; f() => dynamic;"), "LoadStatic dynamic"));
}

TEST(BordersTest, AStaticMethodHasNoThis) {
  const std::string error = "'m' belongs to an instance, and there is no 'this' here.";
  for (const char* const text :
       {"class C { m() {} static f() => m(); }", "class C { m() {} static f() => () => m(); }",
        "class C { get m => 1; factory C() => m; }"}) {
    EXPECT_TRUE(Contains(ErrorOf(text), error)) << text << '\n' << ErrorOf(text);
  }
  EXPECT_EQ(ErrorOf("class C { m() {} f() => () => m(); }"), "no error");
}

TEST(BordersTest, APartHasNoDirectives) {
  TestProgram program;
  EXPECT_TRUE(Contains(program.Add("a", "part 'p';", {"part of a; import 'dart:core'; x() {}"}),
                       "Only the library's own file can have directives."));
}

TEST(BordersTest, AnExtensionIsAppliedToOneThing) {
  const std::string e = "extension E on int { m() => 1; } ";
  EXPECT_TRUE(Contains(CodeOfF(e + "f(a) => E(a)?.m();"), "JumpIfNull"));
  EXPECT_FALSE(Contains(CodeOfF(e + "f(a) => E(a).m();"), "JumpIfNull"));
  EXPECT_NE(ErrorOf(e + "f(a) => E(a, a).m();"), "no error");
  EXPECT_NE(ErrorOf(e + "f(a) => E(x: a).m();"), "no error");
  EXPECT_NE(ErrorOf(e + "f(a) => E().m();"), "no error");
}

TEST(BordersTest, ABreakWithoutALabelLeavesTheLoop) {
  EXPECT_EQ(CodeOfF("f(a) { while (a) { l: { break; } } }"),
            CodeOfF("f(a) { while (a) { { break; } } }"));
  EXPECT_EQ(CodeOfF("f(a) { while (a) { switch (a) { l: case 1: continue; } } }"),
            CodeOfF("f(a) { while (a) { switch (a) { l: case 1: continue; } } }"));
  EXPECT_TRUE(Contains(ErrorOf("f(a) { l: { continue l; } }"), "There is no loop 'l'"));
  EXPECT_TRUE(Contains(ErrorOf("f(a) { try { a(); } catch (e) { a(); } rethrow; }"),
                       "This 'rethrow' is in no catch clause."));
}

TEST(BordersTest, TypesMeanWhatTheirScopeSays) {
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

// ---- Tables and sets ----------------------------------------------------------------------------

TEST(BordersTest, CirclesAreFoundAgainAndToldWhereTheirLibraryIs_LCD1) {
  const auto use = [](int from, int to) {
    return DependencyUse{{{from / 10, from % 10}, DependentPart::kValue},
                         {{to / 10, to % 10}, DependentPart::kValue},
                         static_cast<std::uint32_t>(from)};
  };
  const auto offsets = [](const std::vector<DependencyUse>& circle) {
    std::vector<std::uint32_t> all;
    for (const DependencyUse& each : circle) all.push_back(each.offset);
    return all;
  };
  Dependencies dependencies;
  // It is entered by way of another library's part of it.
  dependencies.Add(use(20, 11));
  dependencies.Add(use(11, 12));
  dependencies.Add(use(12, 21));
  EXPECT_TRUE(dependencies.FindCircle(1).empty());
  dependencies.Add(use(21, 11));
  const std::vector<std::uint32_t> expected = {21, 11, 12};
  EXPECT_EQ(offsets(dependencies.FindCircle(2)), expected);
  EXPECT_EQ(offsets(dependencies.FindCircle(2)), expected) << "the second time";
  // What leads to what was not compiled is not settled, however far away that is.
  Dependencies far;
  far.Add(use(10, 11));
  far.Add(use(11, 12));
  far.Add(use(12, 21));
  EXPECT_TRUE(far.FindCircle(1).empty());
  far.Add(use(21, 10));
  EXPECT_EQ(offsets(far.FindCircle(2)), (std::vector<std::uint32_t>{21, 10, 11, 12}));
}

TEST(BordersTest, KeysOfANameAndOfNamesOnTopHaveHashesOfTheirOwn) {
  MemberKeys below(nullptr);
  MemberKeys on_top(&below);
  std::vector<std::uint32_t> hashes;
  for (int i = 0; i < 200; ++i) {
    MemberKeys& keys = i < 100 ? below : on_top;
    for (const MemberKind kind : {MemberKind::kMethod, MemberKind::kGetter, MemberKind::kSetter}) {
      hashes.push_back(keys.Of(kind, Name{"n" + std::to_string(i)})->hash);
    }
  }
  std::sort(hashes.begin(), hashes.end());
  EXPECT_EQ(std::adjacent_find(hashes.begin(), hashes.end()), hashes.end());
  EXPECT_EQ(on_top.size(), 200u);
  EXPECT_TRUE(on_top.Has(Name{"n0"}));
  EXPECT_FALSE(below.Has(Name{"n100"}));
  // What ends takes no hash along that another gets.
  const MemberKey* const kept = on_top.Of(MemberKind::kMethod, Name{"n150"});
  on_top.KeepOnly({kept});
  EXPECT_EQ(on_top.size(), 101u);
  EXPECT_TRUE(on_top.Has(Name{"n0"}));
  EXPECT_TRUE(on_top.Has(Name{"n150"}));
  EXPECT_FALSE(on_top.Has(Name{"n151"}));
  const std::uint32_t anew = on_top.Of(MemberKind::kMethod, Name{"anew"})->hash;
  EXPECT_FALSE(std::binary_search(hashes.begin(), hashes.end(), anew));
}

class SetBordersTest : public testing::Test {
 protected:
  std::string AddWrapper(int library, const std::string& name, std::uint32_t fields,
                         ClassRef* added) {
    ParseResult parsed = Parse(std::make_shared<SourceFile>("x", "class " + name + " {}"));
    const auto error =
        program_.set().AddNativeWrapper(library, std::move(parsed.unit), fields, added);
    return error ? error->Render() : "";
  }

  TestProgram program_;
};

TEST_F(SetBordersTest, NativeFieldsAndTypeArgumentsAreInherited) {
  ASSERT_EQ(program_.Add("a", "main() {}"), "");
  ASSERT_EQ(program_.Build(), "");
  const int a = program_.NumberOf("a");
  ClassRef one;
  ClassRef hidden;
  ASSERT_EQ(AddWrapper(a, "One", 2, &one), "");
  ASSERT_EQ(AddWrapper(a, "_Two", 3, &hidden), "");
  ASSERT_EQ(program_.Add("b",
                         "import 'a'; mixin M on One { m() => 1; } class B extends One with M {}"
                         "abstract class G<T> { var x; g(); static s() {} h() => 1; }"
                         "class H<U> extends G<U> { final y = 1; g() => 2; } class I extends H {}"
                         "class Many { var a, b, c, d, e; } class More extends Many { var f, g; }"),
            "");
  ASSERT_EQ(program_.Build(), "");
  const auto ref = [this](const char* name) {
    return *program_.set().FindVisibleClass(program_.NumberOf("b"), name);
  };
  ClassTables tables(program_.set(), nullptr);
  EXPECT_EQ(tables.Of(one).native_fields, 2u);
  EXPECT_EQ(tables.Of(hidden).native_fields, 3u);
  EXPECT_EQ(tables.Of(ref("B")).native_fields, 2u);
  const auto is = [&](const char* name, ClassRef above) {
    const std::vector<std::uint64_t>& all = tables.Of(ref(name)).supertypes;
    return std::binary_search(all.begin(), all.end(), ClassNumber(above));
  };
  EXPECT_TRUE(is("B", ref("M")));
  EXPECT_TRUE(is("B", one));
  EXPECT_FALSE(is("M", ref("B")));
  EXPECT_TRUE(is("I", ref("G")));
  // x, then the type arguments, then y; those below have the same place for them.
  EXPECT_EQ(tables.Of(ref("G")).types_field, 1);
  EXPECT_EQ(tables.Of(ref("H")).types_field, 1);
  EXPECT_EQ(tables.Of(ref("I")).types_field, 1);
  EXPECT_EQ(tables.Of(ref("H")).first_field, 2u);
  EXPECT_EQ(tables.Of(ref("I")).field_count, 3u);
  EXPECT_EQ(tables.Of(ref("More")).first_field, 5u);
  EXPECT_EQ(tables.Of(ref("More")).field_count, 7u);
  const auto has = [&](const char* cls, MemberKind kind, const char* name) {
    return tables.Of(ref(cls)).members.contains(tables.keys().Of(kind, Name{name}));
  };
  EXPECT_TRUE(has("H", MemberKind::kMethod, "g"));
  EXPECT_TRUE(has("G", MemberKind::kMethod, "h"));
  EXPECT_FALSE(has("G", MemberKind::kMethod, "g")) << "it is abstract";
  EXPECT_FALSE(has("G", MemberKind::kMethod, "s")) << "it is static";
  EXPECT_TRUE(has("G", MemberKind::kSetter, "x"));
  EXPECT_TRUE(has("H", MemberKind::kGetter, "y"));
  EXPECT_FALSE(has("H", MemberKind::kSetter, "y")) << "it is final";
  EXPECT_FALSE(has("H", MemberKind::kGetter, "x")) << "the superclass has it";
  // What is private is not exported.
  ASSERT_EQ(program_.Add("c", "import 'a'; class C extends _Two {}"), "");
  EXPECT_TRUE(Contains(program_.Build(), "There is no class '_Two'"));
}

TEST_F(SetBordersTest, EachOfManyMixinsLiesAboveTheNext) {
  ASSERT_EQ(program_.Add("a",
                         "class S {} class M { m() {} } class N { n() {} } class O { o() {} }"
                         "class C extends S with M, N, O {} class D = S with M, N, O;"),
            "");
  ASSERT_EQ(program_.Build(), "");
  const auto ref = [this](const std::string& name) {
    return *program_.set().FindVisibleClass(program_.NumberOf("a"), name);
  };
  ClassTables tables(program_.set(), nullptr);
  for (const char* const name : {"C", "D"}) {
    const std::vector<std::uint64_t>& all = tables.Of(ref(name)).supertypes;
    for (const char* const above : {"S", "M", "N", "O"}) {
      EXPECT_TRUE(std::binary_search(all.begin(), all.end(), ClassNumber(ref(above)))) << above;
    }
  }
}

// What lacks a class that is about to be declared is linked again, and has everything once.
TEST_F(SetBordersTest, WhatIsLinkedAgainHasEverythingOnce) {
  ASSERT_EQ(program_.Add("a", "extension E on int { m() => 1; }"), "");
  ASSERT_EQ(program_.Build(), "");
  ASSERT_EQ(program_.Add("b", "import 'a' as p; abstract class I {}"
                              "class C extends Later implements I { m() => () => 1; }"),
            "");
  LibrarySet& set = program_.set();
  const int b = program_.NumberOf("b");
  set.BindDirective(b, 0, program_.NumberOf("a"));
  for (int i = 0; i < 2; ++i) {
    bool lacks_class = false;
    EXPECT_TRUE(set.Link(&lacks_class));
    EXPECT_TRUE(lacks_class);
    EXPECT_FALSE(set.source(b).is_linked);
    EXPECT_FALSE(set.source(b).is_broken);
  }
  ClassRef later;
  ASSERT_EQ(AddWrapper(b, "Later", 1, &later), "");
  EXPECT_FALSE(set.Link());
  EXPECT_TRUE(set.source(b).is_linked);
  EXPECT_EQ(set.source(b).prefixes.size(), 1u);
  EXPECT_EQ(set.source(b).prefix_names.size(), 1u);
  EXPECT_EQ(set.library(b).extensions.size(), 1u);
  const ClassRef c = *set.FindVisibleClass(b, "C");
  EXPECT_EQ(set.ClassOf(c).interfaces.size(), 1u);
  EXPECT_EQ(set.ClassOf(c).superclass.cls, later);
  // One whose first error is another is not linked again.
  for (const char* const text : {"class A extends int {} class B extends Nix {}",
                                 "enum E { a } class A extends E {} class B extends Nix {}"}) {
    ASSERT_EQ(program_.Add(text, text), "");
    bool lacks_class = false;
    EXPECT_TRUE(set.Link(&lacks_class));
    EXPECT_FALSE(lacks_class) << text;
    EXPECT_TRUE(set.source(program_.NumberOf(text)).is_broken);
  }
}

TEST_F(SetBordersTest, ClassesThatAreAddedComeAfterWhatIsCompiled) {
  ASSERT_EQ(program_.Add("a", "class C { m() => () => 1; } f() => () => new C().m;"), "");
  ASSERT_EQ(program_.Build(), "");
  LibrarySet& set = program_.set();
  const int a = program_.NumberOf("a");
  ClassRef added;
  ASSERT_EQ(AddWrapper(a, "Added", 1, &added), "");
  EXPECT_EQ(set.source(a).functions.size(), set.library(a).functions.size());
  EXPECT_EQ(set.source(a).functions.back().file, 1);
  const int constructor = set.ClassSourceOf(added).constructors.at("");
  EXPECT_EQ(set.FunctionOf({a, constructor}).qualified_name, "new Added");
  EXPECT_FALSE(set.CompileLibrary(a));
  EXPECT_TRUE(set.FunctionOf({a, constructor}).is_compiled);
}

TEST_F(SetBordersTest, AClassThatCannotBeAddedLeavesTheLibraryAsItWas) {
  ASSERT_EQ(program_.Add("a", "class X { m() => 1; }"), "");
  ASSERT_EQ(program_.Add("b", "import 'a'; f() => new X();"), "");
  ASSERT_EQ(program_.Build(), "");
  LibrarySet& set = program_.set();
  const int b = program_.NumberOf("b");
  const std::optional<ClassRef> x = set.FindVisibleClass(b, "X");
  ParseResult parsed = Parse(std::make_shared<SourceFile>("x", "class X {} class X {}"));
  ClassRef added;
  EXPECT_TRUE(set.AddNativeWrapper(b, std::move(parsed.unit), 1, &added));
  EXPECT_FALSE(set.Declares(b, "X"));
  EXPECT_EQ(set.FindVisibleClass(b, "X"), x) << "the one that is imported";
  EXPECT_EQ(set.library(b).classes.size(), 0u);
  EXPECT_EQ(set.library(b).files.size(), 1u);
  EXPECT_EQ(set.source(b).units.size(), 1u);
  ASSERT_EQ(AddWrapper(b, "X", 1, &added), "");
  EXPECT_EQ(set.FindVisibleClass(b, "X"), added);
}

// A number that serves again brings nothing of the one before along.
TEST_F(SetBordersTest, OfWhatIsRemovedNothingIsKnown) {
  ASSERT_EQ(program_.Add("a", "const x = y + 1; const y = x + 1;"), "");
  EXPECT_TRUE(Contains(program_.Build(), "depends on itself"));
  LibrarySet& set = program_.set();
  const int a = program_.NumberOf("a");
  set.Remove(a);
  ASSERT_EQ(program_.Add("b", "const x = 1 + 1; const y = 2 + 2;"), "");
  ASSERT_EQ(program_.NumberOf("b"), a);
  EXPECT_FALSE(set.Link());
  EXPECT_FALSE(set.CompileLibrary(a));
  // Nor of what was never linked.
  ASSERT_EQ(program_.Add("c", "class C extends Nix {}"), "");
  const int c = program_.NumberOf("c");
  set.Remove(c);
  EXPECT_TRUE(set.unlinked().empty());
  ASSERT_EQ(program_.Add("d", "d() => 1;"), "");
  ASSERT_EQ(program_.NumberOf("d"), c);
  EXPECT_EQ(set.unlinked(), std::vector<int>{c});
}

TEST_F(SetBordersTest, OfWhatIsForgottenTheCodeStaysAndNoMore) {
  ASSERT_EQ(program_.Add("a", "class C<T> { C.n(); } typedef F = C; var v = 1; f() => C.n;"), "");
  ASSERT_EQ(program_.Build(), "");
  LibrarySet& set = program_.set();
  const int a = program_.NumberOf("a");
  set.ForgetSource(a);
  const LibrarySource& source = set.source(a);
  EXPECT_TRUE(source.torn_off.empty());
  EXPECT_TRUE(source.exported.names().empty());
  EXPECT_TRUE(source.typedefs.empty());
  EXPECT_TRUE(source.static_types.empty());
  for (const FunctionSource& function : source.functions) EXPECT_EQ(function.node, nullptr);
  for (const ClassSource& cls : source.classes) EXPECT_EQ(cls.node, nullptr);
  EXPECT_EQ(std::count(set.program().begin(), set.program().end(), a), 0);
  EXPECT_TRUE(set.source(a).is_linked);
}

TEST_F(SetBordersTest, AClassIsVisibleWhereItsLibraryIsLinked) {
  ASSERT_EQ(program_.Add("a", "class A {} f() => 1;"), "");
  ASSERT_EQ(program_.Add("b", "import 'a'; class B {}"), "");
  LibrarySet& set = program_.set();
  const int b = program_.NumberOf("b");
  EXPECT_FALSE(set.FindVisibleClass(b, "B")) << "it is not linked";
  ASSERT_EQ(program_.Build(), "");
  EXPECT_EQ(set.FindVisibleClass(b, "B")->library, b);
  EXPECT_EQ(set.FindVisibleClass(b, "A")->library, program_.NumberOf("a"));
  EXPECT_FALSE(set.FindVisibleClass(b, "f"));
  EXPECT_FALSE(set.FindVisibleClass(b, "Nix"));
}

TEST_F(SetBordersTest, WhatIsLinkedIsNotGivenUp) {
  ASSERT_EQ(program_.Add("a", "a() => 1;"), "");
  ASSERT_EQ(program_.Build(), "");
  ASSERT_EQ(program_.Add("b", "b() => 1;"), "");
  LibrarySet& set = program_.set();
  set.GiveUp(program_.NumberOf("a"));
  set.GiveUp(program_.NumberOf("b"));
  EXPECT_FALSE(set.source(program_.NumberOf("a")).is_broken);
  EXPECT_TRUE(set.source(program_.NumberOf("b")).is_broken);
  EXPECT_EQ(std::count(set.program().begin(), set.program().end(), program_.NumberOf("a")), 0);
  EXPECT_FALSE(set.Link());
  EXPECT_FALSE(set.source(program_.NumberOf("b")).is_linked);
  // Its number serves again.
  const int b = program_.NumberOf("b");
  set.Remove(b);
  EXPECT_FALSE(set.Has(b));
  ASSERT_EQ(program_.Add("c", "import 'a'; c() => a();"), "");
  EXPECT_EQ(program_.NumberOf("c"), b);
  EXPECT_EQ(set.unlinked(), std::vector<int>{b});
}

}  // namespace
}  // namespace fart::lang
