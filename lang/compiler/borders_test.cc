// What the compiler does at the borders of its own limits and tables, and what is left of a body
// that did not compile.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "gtest/gtest.h"
#include "lang/compiler/bytecode.h"
#include "lang/compiler/suggestion.h"
#include "lang/compiler/test_program.h"

namespace fart::lang {
namespace {

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
  ASSERT_EQ(program.Add("b",
                        "import 'a' as a; var y; class B {} f(z) => [y, a.x, z is B,"
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
    EXPECT_TRUE(Contains(found, error.empty() ? "no error" : error)) << text.substr(0, 80) << '\n'
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
  ASSERT_EQ(program.Add("a",
                        "class C<T> { C.n(x); } f() => [C.n, C.n]; g() => C.n;"
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

}  // namespace
}  // namespace fart::lang
