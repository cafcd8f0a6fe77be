// FfiMachine -- programs that call, are called, and use native memory, rightly and wrongly.
//
// A program is bytes; a Fart program is made of them, one function a step, with what each step has
// to come to. That is known beforehand: a model keeps the blocks (alive or freed, how long, which
// bytes) and the pointers (into which block, how far from its beginning, to what). Functions have
// random types; what is called is a function of the program, so that each argument and result goes
// through C's calling convention twice, and has to arrive as C's conversions would have it.
//
// Afterwards no block is left and the heap verifies.

#ifndef FART_FUZZ_FFI_MACHINE_H_
#define FART_FUZZ_FFI_MACHINE_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace fart::fuzz {

// The text of the program, which `fart` runs as well: it prints the first mismatch.
std::string FfiProgram(const std::uint8_t* bytes, std::size_t size);

// What was wrong, with the program; empty: nothing. `gc_stress` is the value of --gc-stress, or
// null.
std::string RunFfiProgram(const std::uint8_t* bytes, std::size_t size,
                          const char* gc_stress = nullptr);

}  // namespace fart::fuzz

#endif  // FART_FUZZ_FFI_MACHINE_H_
