// ProgramMachine -- loads programs that a byte string makes of good ones, and runs what loads.
//
// What is held: loading comes to an error of compilation with a place, or to a library; running it
// ends, because the program asks at each call and turn whether it may go on (program_mutator.h);
// the heap verifies afterwards. Of checked mode besides:
//
// Invariants
//   F-C1 refusal  what it refuses to load, the unchecked mode refuses with the same words, and the
//                 other way round.
//   F-C2 output   what runs without any check that fails, caught or not, does the same unchecked
//                 with asserts: prints the same, and ends with the same error.
//
// Whether a check has failed is known by the errors that lie in the heap: so nothing is said where
// it was collected meanwhile, nor of programs that ran out of turns, stack or memory, or that do
// something else each time.
//
// It speaks only the public C headers.

#ifndef FART_FUZZ_PROGRAM_MACHINE_H_
#define FART_FUZZ_PROGRAM_MACHINE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fart::fuzz {

// The programs of tests/language.
const std::vector<std::string>& GoodPrograms();

struct ProgramMode {
  const char* gc_stress = nullptr;
  bool checked = false;  // Without stress: plain too, and compared.
};

// The first byte: bit 0 takes the rest as the text itself, bits 1 and 2 choose stress
// (fuzz_host.h), bit 3 checked mode. Empty if everything was as it must be, else what was not.
// Fart_Initialize must have been called.
std::string RunProgramOfBytes(const std::uint8_t* bytes, std::size_t size);

// The same of a text.
std::string RunProgramText(const std::string& text, ProgramMode mode = {});

}  // namespace fart::fuzz

#endif  // FART_FUZZ_PROGRAM_MACHINE_H_
