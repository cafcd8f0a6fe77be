// What the two ways of unwinding share: whether to, and the end of it.
//
// Not for use outside this package.

#ifndef FART_VM_UNWIND_UNWINDER_H_
#define FART_VM_UNWIND_UNWINDER_H_

#include <cstdint>
#include <optional>

#include "vm/unwind/foreign_mark.h"
#include "vm/unwind/unwind.h"

#if defined(__SANITIZE_ADDRESS__)
#define FART_UNWIND_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FART_UNWIND_ADDRESS_SANITIZER 1
#endif
#endif
#ifndef FART_UNWIND_ADDRESS_SANITIZER
#define FART_UNWIND_ADDRESS_SANITIZER 0
#endif

#if FART_UNWIND_ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#endif

namespace fart::unwind_internal {

class Unwinder {
 public:
  static std::optional<UnwindRefusal> Refusal(const void* isolate, std::uint64_t entry_serial);

  // Unwinds to `mark`, the innermost. `caller` is an address in the frame that asked for it.
  [[noreturn]] static void UnwindTo(ForeignMark& mark, std::uintptr_t carried_error,
                                    const void* caller);

 private:
#if !FART_UNWIND_BY_JUMP
  // Begins an unwind, or begins it again, with the error that the mark carries (U3).
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
  // left, and before calls of functions that do not return, such as Land. _Unwind_ForcedUnwind
  // is none.
  static void ForgetStackPoison() {
#if FART_UNWIND_ADDRESS_SANITIZER
    __asan_handle_no_return();
#endif
  }
};

}  // namespace fart::unwind_internal

#endif  // FART_VM_UNWIND_UNWINDER_H_
