// HandleMachine -- runs a byte string as a program on a heap, through the public C headers alone,
// and on a model beside it; after every step the two are compared.
//
// A program opens and leaves scopes, makes, changes and deletes handles of every kind, uses those
// that have ended, stores objects into objects, charges external sizes and collects.

#ifndef FART_FUZZ_HANDLE_MACHINE_H_
#define FART_FUZZ_HANDLE_MACHINE_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace fart::fuzz {

struct HandleMachineOptions {
  bool checked_handles = false;
  // As text of the flag --gc-stress; null: as the process has it.
  const char* gc_stress = nullptr;
};

// Runs the program in an isolate of its own. Empty if model and heap agreed to the end, else what
// did not, and at which step. Fart_Initialize must have been called.
std::string RunHandleProgram(const std::uint8_t* bytes, std::size_t size,
                             const HandleMachineOptions& options);

}  // namespace fart::fuzz

#endif  // FART_FUZZ_HANDLE_MACHINE_H_
