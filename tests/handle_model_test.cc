// Heap and handles against a model: a byte string is a program, and after every step of it all that
// can be asked through the C API is compared (fuzz/handle_machine.h).

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "fuzz/handle_machine.h"
#include "tests/host.h"
#include "tests/programs.h"

namespace fart::tests {
namespace {

// Long enough that programs reach promotion, chunks of handles and collections of all kinds.
rc::Gen<std::vector<std::uint8_t>> Programs() {
  return rc::gen::scale(8.0, rc::gen::arbitrary<std::vector<std::uint8_t>>());
}

void ExpectAgreement(const fuzz::HandleMachineOptions& options) {
  StartMachine();
  const std::vector<std::uint8_t> program = *Programs();
  const std::string mismatch = fuzz::RunHandleProgram(program.data(), program.size(), options);
  if (!mismatch.empty()) RC_FAIL(mismatch + ", program " + InHex(program));
}

RC_GTEST_PROP(HandleModelTest, HeapAndHandlesAgreeWithTheModelAfterEveryStep, ()) {
  ExpectAgreement({});
}

RC_GTEST_PROP(HandleModelTest, AgreeUnderStress, ()) {
  ExpectAgreement({.checked_handles = false, .gc_stress = "1"});
}

RC_GTEST_PROP(HandleModelTest, AgreeWithCheckedHandles, ()) {
  ExpectAgreement({.checked_handles = true, .gc_stress = "13"});
}

}  // namespace
}  // namespace fart::tests
