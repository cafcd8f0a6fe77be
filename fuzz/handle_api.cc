// Fuzz target: programs over handles, compared with a model. The first byte chooses the flags.

#include <cstddef>
#include <cstdint>

#include "fuzz/fuzz_host.h"
#include "fuzz/handle_machine.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fart::fuzz::StartOnce();
  if (size == 0) return 0;
  fart::fuzz::HandleMachineOptions options;
  options.checked_handles = (data[0] & 1) != 0;
  options.gc_stress = fart::fuzz::StressChosenBy(data[0]);
  fart::fuzz::AbortOn(fart::fuzz::RunHandleProgram(data + 1, size - 1, options));
  return 0;
}
