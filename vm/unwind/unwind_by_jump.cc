// The unwind of platforms without an Itanium unwinder: a jump, past all destructors.

#include "vm/unwind/unwinder.h"

#if FART_UNWIND_BY_JUMP

namespace fart::unwind_internal {

void Unwinder::UnwindTo(ForeignMark& mark, std::uintptr_t carried_error, const void* caller) {
  mark.carried_error_ = carried_error;
  mark.jumped_over_from_ = caller;
  Land(mark);
}

}  // namespace fart::unwind_internal

#endif  // FART_UNWIND_BY_JUMP
