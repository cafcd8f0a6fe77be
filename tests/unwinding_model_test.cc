// Scope unwinding against a model: random nestings of native calls, C++ frames, Fart handlers and
// scopes, with errors raised at any depth; compared are the handles, the memory and the destructors
// that each landing has released (fuzz/unwinding_machine.h).

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "fuzz/unwinding_machine.h"
#include "tests/host.h"
#include "tests/programs.h"

namespace fart::tests {
namespace {

void ExpectAgreement(const char* gc_stress) {
  StartMachine();
  const auto program = *rc::gen::scale(4.0, rc::gen::arbitrary<std::vector<std::uint8_t>>());
  const std::string mismatch = fuzz::RunUnwindingProgram(program.data(), program.size(), gc_stress);
  if (!mismatch.empty()) RC_FAIL(mismatch + ", program " + InHex(program));
}

RC_GTEST_PROP(UnwindingModelTest, EveryLandingReleasesWhatWasPassedOverAndNothingElse, ()) {
  ExpectAgreement(nullptr);
}

RC_GTEST_PROP(UnwindingModelTest, AgreesUnderStress, ()) { ExpectAgreement("7"); }

}  // namespace
}  // namespace fart::tests
