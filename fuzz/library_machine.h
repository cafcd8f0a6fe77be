// LibraryMachine -- calls members of the `dart:` libraries with odd receivers and arguments.
//
// A program is bytes; each step of it calls one member, by a name out of the libraries' sources or
// by a static call written down in the machine, of a value of a pool with others of it; what comes
// out joins the pool. The pool begins with the boundaries of every type, and with objects that
// implement the libraries' interfaces badly.
//
// Any outcome is right but three: the process ends, a call does not come back, or an error that no
// program can catch comes out. Afterwards the heap verifies.

#ifndef FART_FUZZ_LIBRARY_MACHINE_H_
#define FART_FUZZ_LIBRARY_MACHINE_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace fart::fuzz {

// What was wrong; empty: nothing. `gc_stress` is the value of --gc-stress, or null.
std::string RunLibraryProgram(const std::uint8_t* bytes, std::size_t size,
                              const char* gc_stress = nullptr);

// Every member and every static call on one in `stride` of the values that the pool begins with;
// those that there are, `tries` times with arguments that `seed` chooses.
std::string RunLibrarySweep(std::uint64_t seed, std::size_t stride, std::size_t tries);

}  // namespace fart::fuzz

#endif  // FART_FUZZ_LIBRARY_MACHINE_H_
