// Fuzz target: programs by direct access, compared with a model. The first byte chooses stress.

#include <cstddef>
#include <cstdint>

#include "fuzz/direct_machine.h"
#include "fuzz/fuzz_host.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fart::fuzz::StartOnce();
  if (size == 0) return 0;
  fart::fuzz::AbortOn(
      fart::fuzz::RunDirectProgram(data + 1, size - 1, fart::fuzz::StressChosenBy(data[0])));
  return 0;
}
