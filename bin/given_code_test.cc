#include "bin/given_code.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fart::program {
namespace {

using ::testing::ElementsAre;
using Kind = Input::Kind;

Input Read(std::string_view text) { return ReadInput("<1>", text, false); }

TEST(GivenCodeTest, CodeThatDeclaresMainIsAProgram) {
  const GivenCode code = ProgramOf("main() => 1;");
  EXPECT_EQ(code.text, "main() => 1;");
  EXPECT_EQ(code.hidden_lines, 0);
}

TEST(GivenCodeTest, OtherCodeIsTheStatementsOfMain) {
  const GivenCode code = ProgramOf("print(1);");
  EXPECT_EQ(code.text, " main(arguments) async {\nprint(1);\n;}");
  EXPECT_EQ(code.hidden_lines, 1);
}

TEST(GivenCodeTest, WhatIsWrongBothWaysIsAProgramIfItNamesMain) {
  EXPECT_EQ(ProgramOf("main() { 1 2; }").hidden_lines, 0);
  EXPECT_EQ(ProgramOf("print(1 2);").hidden_lines, 1);
  EXPECT_EQ(ProgramOf("print(main);").hidden_lines, 1);
}

TEST(GivenCodeTest, ImportsBeforeStatementsLeaveThePlacesBehindThem) {
  const GivenCode code = ProgramOf("import 'dart:math' as m;\nprint(m.pi);");
  EXPECT_EQ(code.text, "import 'dart:math' as m; main(arguments) async {\n" + std::string(24, ' ') +
                           "\nprint(m.pi);\n;}");
}

TEST(ReadInputTest, NothingIsNothing) {
  EXPECT_EQ(Read("").kind, Kind::kNothing);
  EXPECT_EQ(Read(" // one\n").kind, Kind::kNothing);
}

TEST(ReadInputTest, ExpressionsAreTakenForExpressions) {
  for (const char* const text : {"1 + 2", "x = 5;", "f(1);", "{'a': 1}", "(a) => a // one"}) {
    EXPECT_EQ(Read(text).kind, Kind::kExpression) << text;
  }
  EXPECT_EQ(Read("f(1);\n").text, "f(1)");
  EXPECT_FALSE(Read("f(1)").awaits);
  EXPECT_TRUE(Read("await f(1)").awaits);
}

TEST(ReadInputTest, DeclarationsTellTheirPublicNames) {
  const Input input = Read(
      "import 'dart:math';\nvar x = 1, _y = 2; f() => 1; class C {} get g => 1; set g(v) {}"
      " extension on int { t() => 1; } typedef T = int;");
  EXPECT_EQ(input.kind, Kind::kDeclarations);
  EXPECT_EQ(input.imports.at(0).text, "import 'dart:math'");
  EXPECT_FALSE(input.imports.at(0).has_prefix);
  EXPECT_THAT(input.names, ElementsAre("C", "f", "g", "x", "T"));
  EXPECT_EQ(Read("var x = 1\n").text, "var x = 1;");
  EXPECT_EQ(Read("import 'a'\n").imports.at(0).text, "import 'a'");
  EXPECT_TRUE(Read("import 'a' as b;").imports.at(0).has_prefix);
}

TEST(ReadInputTest, TheRestIsStatements) {
  for (const char* const text : {"f(1); f(2);", "for (;;) {}", "if (x) y = 1", "{ f(1); }"}) {
    EXPECT_EQ(Read(text).kind, Kind::kStatements) << text;
  }
}

TEST(ReadInputTest, WhatMayGoOnIsIncomplete) {
  for (const char* const text : {"f() {", "[1,\n2", "1 +", "'''a", "/* a"}) {
    EXPECT_EQ(Read(text).kind, Kind::kIncomplete) << text;
    EXPECT_EQ(ReadInput("<1>", text, true).kind, Kind::kWrong) << text;
  }
}

TEST(ReadInputTest, AStatementThatIsOneWithASemicolonMayGoOnToo) {
  EXPECT_EQ(Read("if (x)").kind, Kind::kIncomplete);
  EXPECT_EQ(Read("if (x)\n  y = 1").kind, Kind::kStatements);
}

TEST(ReadInputTest, WhatIsWrongIsToldWhereItIs) {
  const Input input = Read("var x = 1 1;");
  EXPECT_EQ(input.kind, Kind::kWrong);
  EXPECT_EQ(input.error, "<1>:1:9: Error: Expected ';' after this.\nvar x = 1 1;\n        ^");
  EXPECT_EQ(ReadInput("<1>", "1 +\n", true).error,
            "<1>:1:4: Error: Something is missing at the end.\n1 +\n   ^");
}

TEST(LibraryOfTest, PlacesAreThoseOfTheInput) {
  const GivenCode code = LibraryOf(Read("await f"), "import 'a'; ");
  EXPECT_EQ(code.text,
            "import 'a'; $it() async { $value = (\nawait f\n); $is_done = true; } var $value; var "
            "$is_done = false; ");
  EXPECT_EQ(code.hidden_lines, 1);
  EXPECT_EQ(LibraryOf(Read("1"), "").text, "$it() => (\n1\n);");
  EXPECT_EQ(LibraryOf(Read("f(); g();"), "").text, "$it() {\nf(); g();\n}");
}

}  // namespace
}  // namespace fart::program
