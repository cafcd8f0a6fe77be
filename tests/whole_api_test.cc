// The whole C interface against what it promises of any call: random programs of calls, from inside
// every kind of callback (fuzz/api_machine.h).

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "fuzz/api_machine.h"
#include "tests/programs.h"

namespace fart::tests {
namespace {

void ExpectPromisesKept(const fuzz::ApiMachineOptions& options) {
  const auto program = *rc::gen::scale(5.0, rc::gen::arbitrary<std::vector<std::uint8_t>>());
  const std::string problem = fuzz::RunApiProgram(program.data(), program.size(), options);
  if (!problem.empty()) RC_FAIL(problem + ", program " + InHex(program));
}

RC_GTEST_PROP(WholeApiTest, EveryCallKeepsWhatTheHeadersPromise, ()) { ExpectPromisesKept({}); }

// A loop that waited for a port which an interrupted call had opened would wait for ever.
TEST(WholeApiTest, NoLoopWaitsForWhatAnInterruptedCallHasOpened) {
  EXPECT_EQ(fuzz::RunLoopsAfterInterruptedCalls(), "");
}

RC_GTEST_PROP(WholeApiTest, KeepsItUnderStress, ()) {
  ExpectPromisesKept({.verify_heap = true, .gc_stress = "7"});
}

RC_GTEST_PROP(WholeApiTest, KeepsItWithCheckedHandles, ()) {
  ExpectPromisesKept({.checked_handles = true, .gc_stress = "13"});
}

RC_GTEST_PROP(WholeApiTest, KeepsItWhereNoFartCodeRuns, ()) {
  ExpectPromisesKept({.small_heap = true, .heap_only = true});
}

}  // namespace
}  // namespace fart::tests
