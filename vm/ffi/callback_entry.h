// EnterCallback -- from C into a program: what a stub of a NativeCallback calls, on any thread.
//
// Not here: the rules (native_callback.h).

#ifndef FART_VM_FFI_CALLBACK_ENTRY_H_
#define FART_VM_FFI_CALLBACK_ENTRY_H_

#include <cstdint>
#include <string_view>

#include "vm/ffi/native_call_abi.h"

namespace fart::ffi {

// `data` is a NativeCallback. An unwind may begin inside.
void EnterCallback(void* data, Registers* registers, const std::uint64_t* stack);

// Whether this thread is C's own, and inside an isolate for a callback alone.
bool IsThreadOfC();

// C called a stub that has been closed.
void ReportClosedStub(std::uint32_t stub);

// On the standard error stream, and as a misuse (vm/entry/misuse.h): nobody is there to be told.
void ReportCallback(std::string_view text);

}  // namespace fart::ffi

#endif  // FART_VM_FFI_CALLBACK_ENTRY_H_
