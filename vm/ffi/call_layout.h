// The words that a call goes through, for C++ and the assembler: byte offsets in Registers
// (native_call_abi.h).

#ifndef FART_VM_FFI_CALL_LAYOUT_H_
#define FART_VM_FFI_CALL_LAYOUT_H_

#define FART_FFI_INTEGER 0
#define FART_FFI_FLOATING 64
#define FART_FFI_INDIRECT_RESULT 128
#define FART_FFI_FLOATING_USED 136
#define FART_FFI_RESULT_INTEGER 144
#define FART_FFI_RESULT_FLOATING 160
#define FART_FFI_REGISTERS_SIZE 192

// Callback stubs (callback_stubs.h), and the bytes of each.
#define FART_FFI_STUBS 4096
#if defined(__aarch64__)
#define FART_FFI_STUB_SIZE 8
#else
#define FART_FFI_STUB_SIZE 16
#endif

#endif  // FART_VM_FFI_CALL_LAYOUT_H_
