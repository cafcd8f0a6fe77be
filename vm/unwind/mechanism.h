// Which mechanism carries an unwind: one choice per platform, made when compiling.
//
//   FART_UNWIND_BY_JUMP    1: there is no Itanium unwinder (or we do not know how to read the stack
//                          pointer): the unwind is a jump, and foreign destructors do not run.
//   FART_UNWIND_LIBC_JUMP  1: the last step, into CallForeign, is the C library's `_longjmp`;
//                          0: the compiler's own, whose three stores are what a call pays.
//
// Both may be set on the command line, so that every variant can be tested on one machine; caller
// and callee must agree, because a ForeignMark contains what they choose.
//
// Not here: what an unwind does (unwind.h).

#ifndef FART_VM_UNWIND_MECHANISM_H_
#define FART_VM_UNWIND_MECHANISM_H_

#include "heap/base/sanitizer.h"

#ifndef FART_UNWIND_BY_JUMP
#if __has_include(<unwind.h>) && (defined(__x86_64__) || defined(__aarch64__))
#define FART_UNWIND_BY_JUMP 0
#else
#define FART_UNWIND_BY_JUMP 1
#endif
#endif

// ThreadSanitizer keeps a shadow stack that only the C library's jump corrects. Clang has the
// compiler's jump on x86-64, and not on every other machine; GCC has it everywhere.
#ifndef FART_UNWIND_LIBC_JUMP
#if FART_UNWIND_BY_JUMP || FART_THREAD_SANITIZER || (defined(__clang__) && !defined(__x86_64__))
#define FART_UNWIND_LIBC_JUMP 1
#else
#define FART_UNWIND_LIBC_JUMP 0
#endif
#endif

// Whether the C++ runtime keeps caught and uncaught exceptions in `__cxa_eh_globals`.
#if __has_include(<cxxabi.h>)
#define FART_UNWIND_HAS_CXXABI 1
#else
#define FART_UNWIND_HAS_CXXABI 0
#endif

#endif  // FART_VM_UNWIND_MECHANISM_H_
