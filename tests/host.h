// The host's part of a whole-system test: the machine, started once, and an isolate for each test.

#ifndef FART_TESTS_HOST_H_
#define FART_TESTS_HOST_H_

#include <gtest/gtest.h>

#include "dart_api.h"
#include "fart_tools_api.h"

namespace fart::tests {

// Starts the machine if it is not running. FART_FLAGS counts.
void StartMachine();

// With an isolate that has only a heap, entered, and a scope open in it.
class HeapTest : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  static Fart_HeapStatistics HeapNow();
};

// `handle`, after making sure that it is no error.
Fart_Handle Checked(Fart_Handle handle);

}  // namespace fart::tests

#endif  // FART_TESTS_HOST_H_
