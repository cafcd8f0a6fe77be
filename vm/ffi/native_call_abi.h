// FartFfiCall -- the one instruction sequence that calls a C function of any signature;
// FartFfiJump, which does for most; and the words that they and the callback stubs go through.
//
// The caller has laid out the arguments as a CallPlan says: integer and floating registers, and
// what lies on the stack. After the call every register that a result may lie in has been stored.
// Both ways have complete unwind tables: C++ exceptions and our unwinds pass.
//
// Not here: which argument goes where (call_plan.h); the frame around a call (foreign_call.h).

#ifndef FART_VM_FFI_NATIVE_CALL_ABI_H_
#define FART_VM_FFI_NATIVE_CALL_ABI_H_

#include <cstddef>
#include <cstdint>

#include "vm/ffi/call_layout.h"

namespace fart::ffi {

// x86-64 uses six of the integer registers, and no register for an indirect result. A float is the
// low half of its word.
struct Registers {
  std::uint64_t integer[8];
  std::uint64_t floating[8];
  std::uint64_t indirect_result;  // AArch64: x8
  std::uint64_t floating_used;    // x86-64: al; on both 0 means that none is loaded.
  std::uint64_t result_integer[2];
  std::uint64_t result_floating[4];
};
static_assert(offsetof(Registers, integer) == FART_FFI_INTEGER);
static_assert(offsetof(Registers, floating) == FART_FFI_FLOATING);
static_assert(offsetof(Registers, indirect_result) == FART_FFI_INDIRECT_RESULT);
static_assert(offsetof(Registers, floating_used) == FART_FFI_FLOATING_USED);
static_assert(offsetof(Registers, result_integer) == FART_FFI_RESULT_INTEGER);
static_assert(offsetof(Registers, result_floating) == FART_FFI_RESULT_FLOATING);
static_assert(sizeof(Registers) == FART_FFI_REGISTERS_SIZE);

extern "C" {
// Calls `function` with those registers and `words` words of stack. The registers must have been
// filled in as far as the function reads them; whatever else is loaded is of no interest to it.
[[gnu::visibility("hidden")]] void FartFfiCall(const void* function, Registers* registers,
                                               const std::uint64_t* stack, std::size_t words);
// For functions that find all their arguments in registers and give one register back
// (CallPlan::jumps): loads the registers and jumps, so that the function returns to our caller. One
// piece of code, by the two types that its result can have; a float is the low half of the double.
[[gnu::visibility("hidden")]] std::uint64_t FartFfiJump(const Registers* registers,
                                                        const void* function);
[[gnu::visibility("hidden")]] double FartFfiJumpForFloating(const Registers* registers,
                                                            const void* function);
// Behind their last instructions: for tests that count them.
[[gnu::visibility("hidden")]] extern const char FartFfiCallEnd[];
[[gnu::visibility("hidden")]] extern const char FartFfiJumpEnd[];

// FART_FFI_STUBS stubs of FART_FFI_STUB_SIZE bytes; then what they share.
[[gnu::visibility("hidden")]] extern const char FartFfiStubs[];
[[gnu::visibility("hidden")]] extern const char FartFfiStubsEnd[];
// What they call: `registers` have the arguments and will have the result, `stack` is where the
// arguments on the stack begin.
[[gnu::visibility("hidden")]] void FartFfiStubCalled(std::uint32_t stub, Registers* registers,
                                                     const std::uint64_t* stack);
}

}  // namespace fart::ffi

#endif  // FART_VM_FFI_NATIVE_CALL_ABI_H_
