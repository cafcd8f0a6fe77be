// Programs made of good ones by edits that make no sense: loading comes to an error with a place or
// to a program that can be run, and nothing crashes (fuzz/program_machine.h).

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dart_api.h"
#include "fart_tools_api.h"
#include "fuzz/program_machine.h"
#include "fuzz/program_mutator.h"
#include "tests/host.h"
#include "tests/programs.h"

namespace fart::tests {
namespace {

bool IsStressed() { return std::string_view(Fart_GetFlag("gc-stress")) != "0"; }

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

// F-C1, F-C2
TEST(ProgramMutationTest, GoodProgramsDoTheSameChecked) {
  StartMachine();
  const std::vector<std::string>& programs = fuzz::GoodPrograms();
  // What is collected meanwhile is not compared, and takes long.
  for (std::size_t i = 0; i < programs.size(); i += IsStressed() ? 8 : 1) {
    EXPECT_EQ(fuzz::RunProgramText(programs[i], {.checked = true}), "") << programs[i];
  }
}

// F-C2
TEST(ProgramMutationTest, SaysNothingOfWhatACheckThatFailsMakesOfAProgram) {
  StartMachine();
  for (const char* text : {"main() { try { int x = \"a\"; print(1); } catch (e) { print(2); } }",
                           "main() { try { if (null) print(1); } on AssertionError { print(2); } }",
                           "main() { try { Missing x = 1; print(1); } catch (e) { print(2); } }",
                           "int f(a) => a; main() { print(f(\"a\")); }"}) {
    EXPECT_EQ(fuzz::RunProgramText(text, {.checked = true}), "") << text;
  }
}

// F-C2. What a literal is made with is known to differ (docs/design/checked_mode.md).
TEST(ProgramMutationTest, ComparesWhatIsPrintedPlainAndChecked) {
  StartMachine();
  if (IsStressed()) GTEST_SKIP() << "what is collected meanwhile is not compared";
  const char* const text = "main() { List<double> l = [1]; print(l is List<int>); }";
  EXPECT_EQ(fuzz::RunProgramText(text, {.checked = true}),
            "F-C2: what it does plain:\nfalse\n\nand checked:\ntrue\n");
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
