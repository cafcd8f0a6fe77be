// Fuzz target: programs of calls of the whole interface. The first byte chooses the flags.

#include <cstddef>
#include <cstdint>

#include "fuzz/api_machine.h"
#include "fuzz/fuzz_host.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  fart::fuzz::ApiMachineOptions options;
  options.checked_handles = (data[0] & 1) != 0;
  options.gc_stress = fart::fuzz::StressChosenBy(data[0]);
  options.verify_heap = (data[0] & 8) != 0;
  options.small_heap = (data[0] & 16) != 0;
  options.forgotten_scope = (data[0] & 64) != 0;
  options.heap_only = (data[0] & 32) != 0;
  fart::fuzz::AbortOn(fart::fuzz::RunApiProgram(data + 1, size - 1, options));
  return 0;
}
