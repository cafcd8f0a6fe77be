// Programs made of good ones by edits that make no sense: loading comes to an error with a place or
// to a program that can be run, and nothing crashes (fuzz/program_machine.h).

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "fuzz/program_machine.h"
#include "fuzz/program_mutator.h"
#include "tests/host.h"
#include "tests/programs.h"

namespace fart::tests {
namespace {

TEST(ProgramMutationTest, StopsWhatWouldRunForEver) {
  StartMachine();
  for (const char* text :
       {"main() { while (true) {} }", "main() { for (;;); }", "main() => main();",
        "main() { do {} while (true); }", "f() => f() + f(); main() { f(); }",
        "main() { try { main(); } finally { main(); } }"}) {
    EXPECT_EQ(fuzz::RunProgramText(text), "") << text;
  }
}

TEST(ProgramMutationTest, LeavesGoodProgramsGood) {
  StartMachine();
  EXPECT_GT(fuzz::GoodPrograms().size(), 30u);
  for (const std::string& text : fuzz::GoodPrograms()) EXPECT_EQ(fuzz::RunProgramText(text), "");
}

// P-C1, P-C2
TEST(ProgramMutationTest, GoodProgramsDoTheSameChecked) {
  StartMachine();
  for (const std::string& text : fuzz::GoodPrograms()) {
    EXPECT_EQ(fuzz::RunProgramText(text, {.checked = true}), "") << text;
  }
}

// P-C2
TEST(ProgramMutationTest, SaysNothingOfWhatACheckThatFailsMakesOfAProgram) {
  StartMachine();
  for (const char* text :
       {"main() { try { int x = \"a\"; print(1); } catch (e) { print(2); } }",
        "main() { try { if (null) print(1); } on AssertionError { print(2); } }",
        "main() { try { Missing x = 1; print(1); } catch (e) { print(2); } }",
        "int f(a) => a; main() { print(f(\"a\")); }"}) {
    EXPECT_EQ(fuzz::RunProgramText(text, {.checked = true}), "") << text;
  }
}

// P-C2. What a literal is made with is known to differ (docs/design/checked_mode.md).
TEST(ProgramMutationTest, ComparesWhatIsPrintedPlainAndChecked) {
  StartMachine();
  const char* const text = "main() { List<double> l = [1]; print(l is List<int>); }";
  EXPECT_EQ(fuzz::RunProgramText(text, {.checked = true}),
            "P-C2: what it does plain:\nfalse\n\nand checked:\ntrue\n");
}

RC_GTEST_PROP(ProgramMutationTest, NothingCrashesWhateverIsLoaded, ()) {
  StartMachine();
  std::vector<std::uint8_t> bytes =
      *rc::gen::scale(1.5, rc::gen::arbitrary<std::vector<std::uint8_t>>());
  const bool checked = *rc::gen::arbitrary<bool>();
  bytes.insert(bytes.begin(), checked ? 8 : 0);
  const std::string found = fuzz::RunProgramOfBytes(bytes.data(), bytes.size());
  if (!found.empty()) RC_FAIL(found + ", program " + InHex(bytes));
}

}  // namespace
}  // namespace fart::tests
