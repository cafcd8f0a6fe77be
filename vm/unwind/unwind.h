// UnwindToInnermostMark -- leaves foreign code for the VM that called it.
//
// Runs the destructors of every C++ frame up to the mark, as an exception would, and lets no
// `catch (...)` stop it: one that does not rethrow finds the unwind going on when its block ends.
// An exception that it throws instead wins. As C++ has it, a `noexcept` frame (so a destructor) on
// the way, or a catch-all entered while another handler of the same call is still active, ends the
// process.
//
// The carried error is one opaque word. If it names something that a collector can move or a scope
// can close, the owner keeps it alive and in place: destructors on the way are foreign code, which
// may allocate, close scopes and make further foreign calls.
//
// Not here: what ends at the mark (foreign_call.h).

#ifndef FART_VM_UNWIND_UNWIND_H_
#define FART_VM_UNWIND_UNWIND_H_

#include <cstdint>

namespace fart {

enum class UnwindRefusal {
  kNoMark,        // This thread is not in foreign code that the VM called.
  kBarrier,       // The innermost call is a barrier.
  kOtherIsolate,  // The innermost call was made by another isolate.
  kOtherEntry,    // The isolate was left and entered again since the innermost call.
};

// Returns only if it must not unwind, and then has done nothing. Otherwise the innermost call ends
// with ForeignOutcome::kUnwound. Every frame between the foreign code and this function is unwound
// as well: none of them may be `noexcept`.
[[nodiscard]] UnwindRefusal UnwindToInnermostMark(const void* isolate, std::uint64_t entry_serial,
                                                  std::uintptr_t carried_error);

}  // namespace fart

#endif  // FART_VM_UNWIND_UNWIND_H_
