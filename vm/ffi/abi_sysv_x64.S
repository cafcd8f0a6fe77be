// FartFfiCall and the callback stubs on x86-64, System V (native_call_abi.h).

#if defined(__x86_64__)

#include "vm/ffi/call_layout.h"

        .text

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
2:      movl    FART_FFI_FLOATING_USED(%rbx), %eax
        testl   %eax, %eax
        jz      3f
        movsd   FART_FFI_FLOATING+0(%rbx), %xmm0
        movsd   FART_FFI_FLOATING+8(%rbx), %xmm1
        movsd   FART_FFI_FLOATING+16(%rbx), %xmm2
        movsd   FART_FFI_FLOATING+24(%rbx), %xmm3
        movsd   FART_FFI_FLOATING+32(%rbx), %xmm4
        movsd   FART_FFI_FLOATING+40(%rbx), %xmm5
        movsd   FART_FFI_FLOATING+48(%rbx), %xmm6
        movsd   FART_FFI_FLOATING+56(%rbx), %xmm7
3:      movq    FART_FFI_INTEGER+0(%rbx), %rdi
        movq    FART_FFI_INTEGER+8(%rbx), %rsi
        movq    FART_FFI_INTEGER+16(%rbx), %rdx
        movq    FART_FFI_INTEGER+24(%rbx), %rcx
        movq    FART_FFI_INTEGER+32(%rbx), %r8
        movq    FART_FFI_INTEGER+40(%rbx), %r9
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
        movl    FART_FFI_FLOATING_USED(%r10), %eax
        testl   %eax, %eax
        jz      1f
        movsd   FART_FFI_FLOATING+0(%r10), %xmm0
        movsd   FART_FFI_FLOATING+8(%r10), %xmm1
        movsd   FART_FFI_FLOATING+16(%r10), %xmm2
        movsd   FART_FFI_FLOATING+24(%r10), %xmm3
        movsd   FART_FFI_FLOATING+32(%r10), %xmm4
        movsd   FART_FFI_FLOATING+40(%r10), %xmm5
        movsd   FART_FFI_FLOATING+48(%r10), %xmm6
        movsd   FART_FFI_FLOATING+56(%r10), %xmm7
1:      movq    FART_FFI_INTEGER+0(%r10), %rdi
        movq    FART_FFI_INTEGER+8(%r10), %rsi
        movq    FART_FFI_INTEGER+16(%r10), %rdx
        movq    FART_FFI_INTEGER+24(%r10), %rcx
        movq    FART_FFI_INTEGER+32(%r10), %r8
        movq    FART_FFI_INTEGER+40(%r10), %r9
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
