// What the two ways of unwinding share: whether to, and the end of it.
//
// Not for use outside this package.

#ifndef FART_VM_UNWIND_UNWINDER_H_
#define FART_VM_UNWIND_UNWINDER_H_

#include <cstdint>
#include <optional>

#include "vm/unwind/foreign_mark.h"
#include "vm/unwind/unwind.h"

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
  [[noreturn]] static void Land(ForeignMark& mark);
};

}  // namespace fart::unwind_internal

#endif  // FART_VM_UNWIND_UNWINDER_H_
