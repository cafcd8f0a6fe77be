// ApiMachine -- runs a byte string as a program of calls of the whole C interface: every function,
// right and wrong arguments, handles kept beyond their life, from inside every kind of callback.
//
// There is no model. What is held is what the headers promise of any call: nothing crashes, a
// handle that is returned can be used or is an error that says why, what was made reads back, the
// heap verifies, and every finalizer that was handed over runs once.
//
// Not here: whether handles and graphs read right after each step (handle_machine.h), and what an
// unwinding releases (unwinding_machine.h).

#ifndef FART_FUZZ_API_MACHINE_H_
#define FART_FUZZ_API_MACHINE_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace fart::fuzz {

struct ApiMachineOptions {
  bool checked_handles = false;
  bool verify_heap = false;      // around every collection
  bool forgotten_scope = false;  // few handles without a scope are a misuse
  bool small_heap = false;       // so that its limit is reached
  bool heap_only = false;        // the first isolate runs no Fart code, and is soon made
  // As text of the flag --gc-stress; null: as the environment has it.
  const char* gc_stress = nullptr;
};

// Starts the machine, runs the program and ends the machine, which must not be running. Empty if
// nothing was found, else what does not hold, and at which step.
std::string RunApiProgram(const std::uint8_t* bytes, std::size_t size,
                          const ApiMachineOptions& options);

// The step that runs a loop for a port it opens, interrupted at each collection of opening it: what
// is left open is not waited for. The same answer.
std::string RunLoopsAfterInterruptedCalls();

}  // namespace fart::fuzz

#endif  // FART_FUZZ_API_MACHINE_H_
