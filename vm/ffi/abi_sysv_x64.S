// FartFfiCall and the callback stubs on x86-64, System V (native_call_abi.h).

#if defined(__x86_64__)

#include "vm/ffi/call_layout.h"

        .text

// The arguments that registers have, of the Registers at \base, which is none of those; the
// floating ones if there are any. al says how many.
        .macro  LOAD_ARGUMENTS base
        movl    FART_FFI_FLOATING_USED(\base), %eax
        testl   %eax, %eax
        jz      .Lintegers\@
        movsd   FART_FFI_FLOATING+0(\base), %xmm0
        movsd   FART_FFI_FLOATING+8(\base), %xmm1
        movsd   FART_FFI_FLOATING+16(\base), %xmm2
        movsd   FART_FFI_FLOATING+24(\base), %xmm3
        movsd   FART_FFI_FLOATING+32(\base), %xmm4
        movsd   FART_FFI_FLOATING+40(\base), %xmm5
        movsd   FART_FFI_FLOATING+48(\base), %xmm6
        movsd   FART_FFI_FLOATING+56(\base), %xmm7
.Lintegers\@:
        movq    FART_FFI_INTEGER+0(\base), %rdi
        movq    FART_FFI_INTEGER+8(\base), %rsi
        movq    FART_FFI_INTEGER+16(\base), %rdx
        movq    FART_FFI_INTEGER+24(\base), %rcx
        movq    FART_FFI_INTEGER+32(\base), %r8
        movq    FART_FFI_INTEGER+40(\base), %r9
        .endm

// rdi: function   rsi: registers   rdx: stack   rcx: words
        .globl FartFfiCall
        .hidden FartFfiCall
        .type FartFfiCall, @function
        .p2align 4
FartFfiCall:
        .cfi_startproc
        pushq   %rbp
        .cfi_def_cfa_offset 16
        .cfi_offset %rbp, -16
        movq    %rsp, %rbp
        .cfi_def_cfa_register %rbp
        pushq   %rbx
        .cfi_offset %rbx, -24
        subq    $8, %rsp
        movq    %rsi, %rbx
        movq    %rdi, %r11
        testq   %rcx, %rcx
        jz      2f
        // An even number of words, so that the stack stays at a multiple of 16.
        leaq    1(%rcx), %rax
        andq    $-2, %rax
        shlq    $3, %rax
        subq    %rax, %rsp
1:      movq    -8(%rdx,%rcx,8), %rax
        movq    %rax, -8(%rsp,%rcx,8)
        decq    %rcx
        jnz     1b
2:      LOAD_ARGUMENTS %rbx
        call    *%r11
        movq    %rax, FART_FFI_RESULT_INTEGER+0(%rbx)
        movq    %rdx, FART_FFI_RESULT_INTEGER+8(%rbx)
        movsd   %xmm0, FART_FFI_RESULT_FLOATING+0(%rbx)
        movsd   %xmm1, FART_FFI_RESULT_FLOATING+8(%rbx)
        movq    -8(%rbp), %rbx
        .cfi_restore %rbx
        leave
        .cfi_def_cfa %rsp, 8
        ret
        .cfi_endproc
        .globl FartFfiCallEnd
        .hidden FartFfiCallEnd
FartFfiCallEnd:
        .size FartFfiCall, . - FartFfiCall

// rdi: registers   rsi: function. It returns to whoever called this.
        .globl FartFfiJump
        .hidden FartFfiJump
        .type FartFfiJump, @function
        .globl FartFfiJumpForFloating
        .hidden FartFfiJumpForFloating
        .type FartFfiJumpForFloating, @function
        .p2align 4
FartFfiJump:
FartFfiJumpForFloating:
        .cfi_startproc
        movq    %rsi, %r11
        movq    %rdi, %r10
        LOAD_ARGUMENTS %r10
        jmp     *%r11
        .cfi_endproc
        .globl FartFfiJumpEnd
        .hidden FartFfiJumpEnd
FartFfiJumpEnd:
        .size FartFfiJump, . - FartFfiJump
        .size FartFfiJumpForFloating, . - FartFfiJumpForFloating

        .globl FartFfiStubs
        .hidden FartFfiStubs
        .type FartFfiStubs, @function
        .p2align 4
FartFfiStubs:
        .cfi_startproc
        .set    stub, 0
        .rept   FART_FFI_STUBS
        .p2align 4
        movl    $stub, %r11d
        jmp     stub_called
        .set    stub, stub + 1
        .endr
        .p2align 4
stub_called:
        pushq   %rbp
        .cfi_def_cfa_offset 16
        .cfi_offset %rbp, -16
        movq    %rsp, %rbp
        .cfi_def_cfa_register %rbp
        subq    $FART_FFI_REGISTERS_SIZE, %rsp
        movq    %rdi, FART_FFI_INTEGER+0(%rsp)
        movq    %rsi, FART_FFI_INTEGER+8(%rsp)
        movq    %rdx, FART_FFI_INTEGER+16(%rsp)
        movq    %rcx, FART_FFI_INTEGER+24(%rsp)
        movq    %r8, FART_FFI_INTEGER+32(%rsp)
        movq    %r9, FART_FFI_INTEGER+40(%rsp)
        movsd   %xmm0, FART_FFI_FLOATING+0(%rsp)
        movsd   %xmm1, FART_FFI_FLOATING+8(%rsp)
        movsd   %xmm2, FART_FFI_FLOATING+16(%rsp)
        movsd   %xmm3, FART_FFI_FLOATING+24(%rsp)
        movsd   %xmm4, FART_FFI_FLOATING+32(%rsp)
        movsd   %xmm5, FART_FFI_FLOATING+40(%rsp)
        movsd   %xmm6, FART_FFI_FLOATING+48(%rsp)
        movsd   %xmm7, FART_FFI_FLOATING+56(%rsp)
        movl    %r11d, %edi
        movq    %rsp, %rsi
        leaq    16(%rbp), %rdx
        call    FartFfiStubCalled
        movq    FART_FFI_RESULT_INTEGER+0(%rsp), %rax
        movq    FART_FFI_RESULT_INTEGER+8(%rsp), %rdx
        movsd   FART_FFI_RESULT_FLOATING+0(%rsp), %xmm0
        movsd   FART_FFI_RESULT_FLOATING+8(%rsp), %xmm1
        leave
        .cfi_def_cfa %rsp, 8
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
