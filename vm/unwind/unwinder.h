// What the two ways of unwinding share: whether to, and the end of it.
//
// Not for use outside this package.

#ifndef FART_VM_UNWIND_UNWINDER_H_
#define FART_VM_UNWIND_UNWINDER_H_

#include <cstdint>
#include <optional>

#include "vm/unwind/foreign_mark.h"
#include "vm/unwind/unwind.h"

// AddressSanitizer's, where the process has one: the host may be built with it and we without.
extern "C" [[gnu::weak, gnu::visibility("default")]] void __asan_handle_no_return();

namespace fart::unwind_internal {

class Unwinder {
 public:
  static std::optional<UnwindRefusal> Refusal(const void* isolate, std::uint64_t entry_serial);

  // Unwinds to `mark`, the innermost. `caller` is an address in the frame that asked for it.
  [[noreturn]] static void UnwindTo(ForeignMark& mark, std::uintptr_t carried_error,
                                    const void* caller);

 private:
#if !FART_UNWIND_BY_JUMP
  // Begins an unwind, or begins it again, with the error that the mark carries (VU-U3).
  [[noreturn]] static void Fly(ForeignMark& mark);
  static _Unwind_Reason_Code StopAtMark(int version, _Unwind_Action actions,
                                        _Unwind_Exception_Class exception_class,
                                        _Unwind_Exception* exception, _Unwind_Context* context,
                                        void* mark_word);
  static void CatchBlockEnded(_Unwind_Reason_Code reason, _Unwind_Exception* exception);
#endif
  // Goes to the mark's place, over whatever frames are left.
  [[noreturn]] static void Land(ForeignMark& mark);

  // AddressSanitizer poisons the stack around a frame's variables and cleans up when the frame is
  // left, or itself before a call of a function that it knows not to return. Whatever runs on the
  // stack of frames that were left otherwise, destructors on the way or the caller, must not meet
  // their poison.
  static void ForgetStackPoison() {
    if (&__asan_handle_no_return != nullptr) __asan_handle_no_return();
  }
};

}  // namespace fart::unwind_internal

#endif  // FART_VM_UNWIND_UNWINDER_H_
