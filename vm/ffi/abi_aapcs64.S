// FartFfiCall and the callback stubs on AArch64 (native_call_abi.h).

#if defined(__aarch64__)

#include "vm/ffi/call_layout.h"

        .text

// The arguments that registers have, of the Registers at \base, which is none of those; the
// floating ones if there are any. Changes w10.
        .macro  LOAD_ARGUMENTS base
        ldr     w10, [\base, #FART_FFI_FLOATING_USED]
        cbz     w10, .Lintegers\@
        ldp     d0, d1, [\base, #FART_FFI_FLOATING+0]
        ldp     d2, d3, [\base, #FART_FFI_FLOATING+16]
        ldp     d4, d5, [\base, #FART_FFI_FLOATING+32]
        ldp     d6, d7, [\base, #FART_FFI_FLOATING+48]
.Lintegers\@:
        ldp     x0, x1, [\base, #FART_FFI_INTEGER+0]
        ldp     x2, x3, [\base, #FART_FFI_INTEGER+16]
        ldp     x4, x5, [\base, #FART_FFI_INTEGER+32]
        ldp     x6, x7, [\base, #FART_FFI_INTEGER+48]
        .endm

// x0: function   x1: registers   x2: stack   x3: words
        .globl FartFfiCall
        .hidden FartFfiCall
        .type FartFfiCall, %function
        .p2align 4
FartFfiCall:
        .cfi_startproc
        stp     x29, x30, [sp, #-32]!
        .cfi_def_cfa_offset 32
        .cfi_offset x29, -32
        .cfi_offset x30, -24
        mov     x29, sp
        .cfi_def_cfa_register x29
        str     x19, [sp, #16]
        .cfi_offset x19, -16
        mov     x19, x1
        mov     x9, x0
        cbz     x3, 2f
        // An even number of words, so that the stack stays at a multiple of 16.
        add     x10, x3, #1
        and     x10, x10, #-2
        sub     sp, sp, x10, lsl #3
        mov     x11, sp
1:      ldr     x12, [x2], #8
        str     x12, [x11], #8
        subs    x3, x3, #1
        b.ne    1b
2:      LOAD_ARGUMENTS x19
        ldr     x8, [x19, #FART_FFI_INDIRECT_RESULT]
        blr     x9
        stp     x0, x1, [x19, #FART_FFI_RESULT_INTEGER]
        stp     d0, d1, [x19, #FART_FFI_RESULT_FLOATING+0]
        stp     d2, d3, [x19, #FART_FFI_RESULT_FLOATING+16]
        mov     sp, x29
        ldr     x19, [sp, #16]
        .cfi_restore x19
        ldp     x29, x30, [sp], #32
        .cfi_def_cfa sp, 0
        .cfi_restore x29
        .cfi_restore x30
        ret
        .cfi_endproc
        .globl FartFfiCallEnd
        .hidden FartFfiCallEnd
FartFfiCallEnd:
        .size FartFfiCall, . - FartFfiCall

// x0: registers   x1: function. It returns to whoever called this.
        .globl FartFfiJump
        .hidden FartFfiJump
        .type FartFfiJump, %function
        .globl FartFfiJumpForFloating
        .hidden FartFfiJumpForFloating
        .type FartFfiJumpForFloating, %function
        .p2align 4
FartFfiJump:
FartFfiJumpForFloating:
        .cfi_startproc
        mov     x9, x0
        mov     x16, x1
        LOAD_ARGUMENTS x9
        br      x16
        .cfi_endproc
        .globl FartFfiJumpEnd
        .hidden FartFfiJumpEnd
FartFfiJumpEnd:
        .size FartFfiJump, . - FartFfiJump
        .size FartFfiJumpForFloating, . - FartFfiJumpForFloating

        .globl FartFfiStubs
        .hidden FartFfiStubs
        .type FartFfiStubs, %function
        .p2align 4
FartFfiStubs:
        .cfi_startproc
        .set    stub, 0
        .rept   FART_FFI_STUBS
        movz    w17, #stub
        b       stub_called
        .set    stub, stub + 1
        .endr
stub_called:
        stp     x29, x30, [sp, #-16]!
        .cfi_def_cfa_offset 16
        .cfi_offset x29, -16
        .cfi_offset x30, -8
        mov     x29, sp
        .cfi_def_cfa_register x29
        sub     sp, sp, #FART_FFI_REGISTERS_SIZE
        stp     x0, x1, [sp, #FART_FFI_INTEGER+0]
        stp     x2, x3, [sp, #FART_FFI_INTEGER+16]
        stp     x4, x5, [sp, #FART_FFI_INTEGER+32]
        stp     x6, x7, [sp, #FART_FFI_INTEGER+48]
        str     x8, [sp, #FART_FFI_INDIRECT_RESULT]
        stp     d0, d1, [sp, #FART_FFI_FLOATING+0]
        stp     d2, d3, [sp, #FART_FFI_FLOATING+16]
        stp     d4, d5, [sp, #FART_FFI_FLOATING+32]
        stp     d6, d7, [sp, #FART_FFI_FLOATING+48]
        mov     w0, w17
        mov     x1, sp
        add     x2, x29, #16
        bl      FartFfiStubCalled
        ldp     x0, x1, [sp, #FART_FFI_RESULT_INTEGER]
        ldp     d0, d1, [sp, #FART_FFI_RESULT_FLOATING+0]
        ldp     d2, d3, [sp, #FART_FFI_RESULT_FLOATING+16]
        mov     sp, x29
        ldp     x29, x30, [sp], #16
        .cfi_def_cfa sp, 0
        .cfi_restore x29
        .cfi_restore x30
        ret
        .cfi_endproc
        .globl FartFfiStubsEnd
        .hidden FartFfiStubsEnd
FartFfiStubsEnd:
        .size FartFfiStubs, . - FartFfiStubs

#endif

#if defined(__linux__) && defined(__ELF__)
        .section .note.GNU-stack, "", %progbits
#endif
