// The fixture of the tests that run foreign programs written out by hand.

#ifndef FART_VM_UNWIND_FOREIGN_PROGRAM_TEST_H_
#define FART_VM_UNWIND_FOREIGN_PROGRAM_TEST_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "vm/unwind/test_host.h"

namespace fart {

class ForeignProgramTest : public testing::Test {
 protected:
  using Node = ForeignProgram::Node;

  Node Add(ForeignStyle style, int id, const std::vector<Node>& children = {},
           const ForeignLibrary& library = ForeignLibrary::Cpp()) {
    return program_.Add(style, id, children, library);
  }
  // Calls `frames` as the native function 1.
  std::uintptr_t Run(const std::vector<Node>& frames) {
    return host_.CallNative(Add(kNative, 1, frames));
  }
  const TestHost::Log& log() const { return host_.log(); }

  ForeignProgram program_;
  TestHost host_;
};

}  // namespace fart

#endif  // FART_VM_UNWIND_FOREIGN_PROGRAM_TEST_H_
