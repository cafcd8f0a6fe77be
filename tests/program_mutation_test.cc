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

RC_GTEST_PROP(ProgramMutationTest, NothingCrashesWhateverIsLoaded, ()) {
  StartMachine();
  std::vector<std::uint8_t> bytes =
      *rc::gen::scale(1.5, rc::gen::arbitrary<std::vector<std::uint8_t>>());
  bytes.insert(bytes.begin(), 0);
  const std::string found = fuzz::RunProgramOfBytes(bytes.data(), bytes.size());
  if (!found.empty()) RC_FAIL(found + ", program " + InHex(bytes));
}

}  // namespace
}  // namespace fart::tests
