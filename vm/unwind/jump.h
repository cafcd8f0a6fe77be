// The jump out of the unwinder into CallForeign, and the places it needs.
//
// A landing in the frame that saved its place would be free if every frame on the way had unwind
// tables: a catch block would do. Frames without tables are the reason that the place is saved
// before the call; only the frame itself can say what was in its registers.
//
// Not here: when to jump (unwind_itanium.cc, unwind_by_jump.cc).

#ifndef FART_VM_UNWIND_JUMP_H_
#define FART_VM_UNWIND_JUMP_H_

#include <cstdint>

#include "vm/unwind/mechanism.h"

#if FART_UNWIND_LIBC_JUMP
#include <setjmp.h>
#endif

namespace fart::unwind_internal {

#if FART_UNWIND_LIBC_JUMP

// `_setjmp` and not `setjmp`: the latter may save the signal mask, a system call.
struct JumpPlace {
  jmp_buf buffer;
};
#define FART_SAVE_JUMP_PLACE(place) _setjmp((place).buffer)
[[noreturn]] inline void JumpTo(JumpPlace& place) { _longjmp(place.buffer, 1); }

#else

struct JumpPlace {
  void* buffer[5];
};
#define FART_SAVE_JUMP_PLACE(place) __builtin_setjmp((place).buffer)
// Not inline: the compiler's jump may not stand in the function that saved the place.
[[noreturn]] void JumpTo(JumpPlace& place);

#endif

#if !FART_UNWIND_BY_JUMP
// The stack pointer of the function this is inlined into.
[[gnu::always_inline]] inline std::uintptr_t StackPointer() {
  std::uintptr_t result;
#if defined(__x86_64__)
  asm volatile("mov %%rsp, %0" : "=r"(result));
#elif defined(__aarch64__)
  asm volatile("mov %0, sp" : "=r"(result));
#endif
  return result;
}
#endif

}  // namespace fart::unwind_internal

#endif  // FART_VM_UNWIND_JUMP_H_
