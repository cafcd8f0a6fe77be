// Fuzz target: programs that call C and use its memory. The first byte chooses stress.

#include <cstddef>
#include <cstdint>

#include "fuzz/ffi_machine.h"
#include "fuzz/fuzz_host.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  fart::fuzz::StartOnce();
  fart::fuzz::AbortOn(
      fart::fuzz::RunFfiProgram(data + 1, size - 1, fart::fuzz::StressChosenBy(data[0])));
  return 0;
}
