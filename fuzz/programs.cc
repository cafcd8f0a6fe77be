// Fuzz target: programs that hardly anybody would write, loaded and run.

#include <cstddef>
#include <cstdint>

#include "fuzz/fuzz_host.h"
#include "fuzz/program_machine.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fart::fuzz::StartOnce();
  fart::fuzz::AbortOn(fart::fuzz::RunProgramOfBytes(data, size));
  return 0;
}
