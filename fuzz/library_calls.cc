// Fuzz target: calls of the libraries' members with odd receivers and arguments. The first byte
// chooses stress.

#include <cstddef>
#include <cstdint>

#include "fuzz/fuzz_host.h"
#include "fuzz/library_machine.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  fart::fuzz::StartOnce();
  fart::fuzz::AbortOn(
      fart::fuzz::RunLibraryProgram(data + 1, size - 1, fart::fuzz::StressChosenBy(data[0])));
  return 0;
}
