// UnwindingMachine -- runs a byte string as a program of nested calls between C++ and Fart code,
// which opens scopes, takes their memory, makes handles, and throws and propagates at any depth;
// after each landing it checks that what was passed over is gone and what was not is untouched.
//
// It speaks only the public C headers.

#ifndef FART_FUZZ_UNWINDING_MACHINE_H_
#define FART_FUZZ_UNWINDING_MACHINE_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace fart::fuzz {

// Runs the program in an isolate that it may share with later runs. Empty if everything was as
// expected, else what was not, and at which step. `gc_stress` is the value of the flag --gc-stress;
// null: as the isolate was made. Fart_Initialize must have been called. Not reentrant.
std::string RunUnwindingProgram(const std::uint8_t* bytes, std::size_t size,
                                const char* gc_stress = nullptr);

}  // namespace fart::fuzz

#endif  // FART_FUZZ_UNWINDING_MACHINE_H_
