// Direct access against a model: a byte string is a program, and after every step of it all roots
// are compared, after every collection everything that they reach (fuzz/direct_machine.h).

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "fuzz/direct_machine.h"
#include "tests/host.h"
#include "tests/programs.h"

namespace fart::tests {
namespace {

// The scale is such that programs reach promotion, deep stacks of frames and collections of all
// kinds, and take some seconds.
rc::Gen<std::vector<std::uint8_t>> Programs(double scale) {
  return rc::gen::scale(scale, rc::gen::arbitrary<std::vector<std::uint8_t>>());
}

void ExpectAgreement(double scale, const char* gc_stress) {
  StartMachine();
  const std::vector<std::uint8_t> program = *Programs(scale);
  const std::string mismatch = fuzz::RunDirectProgram(program.data(), program.size(), gc_stress);
  if (!mismatch.empty()) RC_FAIL(mismatch + ", program " + InHex(program));
}

RC_GTEST_PROP(DirectModelTest, HeapAndRootsAgreeWithTheModelAfterEveryStep, ()) {
  ExpectAgreement(8.0, nullptr);
}

RC_GTEST_PROP(DirectModelTest, AgreeUnderStress, ()) { ExpectAgreement(1.5, "1"); }

RC_GTEST_PROP(DirectModelTest, AgreeWhereEveryFewAllocationsCollect, ()) {
  ExpectAgreement(3.0, "7");
}

}  // namespace
}  // namespace fart::tests
