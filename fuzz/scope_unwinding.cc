// Fuzz target: programs of nested calls, scopes and errors.

#include <cstddef>
#include <cstdint>

#include "fuzz/fuzz_host.h"
#include "fuzz/unwinding_machine.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fart::fuzz::StartOnce();
  fart::fuzz::AbortOn(fart::fuzz::RunUnwindingProgram(data, size));
  return 0;
}
