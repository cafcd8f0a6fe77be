// Every member of the libraries, with receivers and arguments that nobody would give on purpose
// (fuzz/library_machine.h).

#include <gtest/gtest.h>

#include "fuzz/library_machine.h"
#include "tests/host.h"

namespace fart::tests {
namespace {

TEST(LibraryCallsTest, NothingThatAProgramGivesALibraryEndsTheProcess) {
  StartMachine();
  EXPECT_EQ(fuzz::RunLibrarySweep(20240229, 4, 20), "");
}

}  // namespace
}  // namespace fart::tests
