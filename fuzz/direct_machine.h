// DirectMachine -- runs a byte string as a program on a heap by raw references and by handles,
// through the public C headers alone, and on a model beside it; after every step the two are
// compared.
//
// A program begins and ends frames, by return, exception and longjmp, keeps objects in frames,
// arrays with a watermark, visitors' slots and the frames of a fibre that waits, makes them inline
// and out of line, stores into them, reads weak references, goes over to handles and back, and
// collects.

#ifndef FART_FUZZ_DIRECT_MACHINE_H_
#define FART_FUZZ_DIRECT_MACHINE_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace fart::fuzz {

// Runs the program in an isolate of its own. Empty if model and heap agreed to the end, else what
// did not, and at which step. `gc_stress` is the value of the flag --gc-stress; null: as the
// process has it. Fart_Initialize must have been called.
std::string RunDirectProgram(const std::uint8_t* bytes, std::size_t size,
                             const char* gc_stress = nullptr);

}  // namespace fart::fuzz

#endif  // FART_FUZZ_DIRECT_MACHINE_H_
