// Programs that call C and use native memory, rightly and wrongly: every step comes to what a model
// of the blocks and of C's conversions says (fuzz/ffi_machine.h).

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "fuzz/ffi_machine.h"
#include "tests/host.h"

namespace fart::tests {
namespace {

std::vector<std::uint8_t> AnyBytes() {
  return *rc::gen::scale(8.0, rc::gen::arbitrary<std::vector<std::uint8_t>>());
}

RC_GTEST_PROP(FfiProgramsTest, EachStepComesToWhatTheModelSays, ()) {
  StartMachine();
  const std::vector<std::uint8_t> bytes = AnyBytes();
  const std::string found = fuzz::RunFfiProgram(bytes.data(), bytes.size());
  if (!found.empty()) RC_FAIL(found);
}

RC_GTEST_PROP(FfiProgramsTest, AlsoWhenEveryAllocationCollects, ()) {
  StartMachine();
  const std::vector<std::uint8_t> bytes = AnyBytes();
  const std::string found = fuzz::RunFfiProgram(bytes.data(), bytes.size(), "1");
  if (!found.empty()) RC_FAIL(found);
}

}  // namespace
}  // namespace fart::tests
