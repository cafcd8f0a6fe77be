// The unwind of platforms with the Itanium C++ ABI: a forced unwind, as thread cancellation is one.
//
// The unwinder asks StopAtMark before each frame, runs the frame's cleanups and goes on. To the C++
// runtime our flight is a foreign exception that only a catch-all may catch. It must not be
// swallowed, so what the runtime does at the end of such a block (it deletes the exception) begins
// the flight again, from inside the block's last call.

#include "vm/unwind/unwinder.h"

#if !FART_UNWIND_BY_JUMP

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "heap/base/check.h"

namespace fart::unwind_internal {

namespace {

// "FART" and "UNW": vendor and language, as the ABI wants it.
constexpr _Unwind_Exception_Class kFlightClass = 0x4641'5254'554e'5700;

}  // namespace

void Unwinder::UnwindTo(ForeignMark& mark, std::uintptr_t carried_error, const void*) {
  mark.carried_error_ = carried_error;
  mark.jumped_over_from_ = nullptr;
  mark.uncaught_at_start_ = thread_state.eh_globals->uncaught_exceptions;
  mark.unwinds_begun_++;  // VU-U3
  Fly(mark);
}

void Unwinder::Fly(ForeignMark& mark) {
  ForeignMark::Flight& flight = mark.flights_[mark.unwinds_begun_ % 2];
  std::fill(std::begin(flight.in_front), std::end(flight.in_front), std::byte{0});
  flight.header = {};
  flight.header.exception_class = kFlightClass;
  flight.header.exception_cleanup = CatchBlockEnded;
  flight.mark = &mark;
  ForgetStackPoison();
  _Unwind_ForcedUnwind(&flight.header, StopAtMark, &mark);
  // The unwinder could not read a frame, the tables of which must be damaged.
  if (mark.jumped_over_from_ == nullptr) mark.jumped_over_from_ = __builtin_return_address(0);
  Land(mark);
}

_Unwind_Reason_Code Unwinder::StopAtMark(int, _Unwind_Action actions, _Unwind_Exception_Class,
                                         _Unwind_Exception*, _Unwind_Context* context,
                                         void* mark_word) {
  ForeignMark& mark = *static_cast<ForeignMark*>(mark_word);
  // The "CFA" that the unwinder tells is the stack pointer of the frame it is about to unwind. It
  // grows outwards, and in CallForeign's frame is what that frame noted.
  const std::uintptr_t stack_pointer = _Unwind_GetCFA(context);
  if (stack_pointer >= mark.stack_pointer_) Land(mark);
  if (mark.owner_.links != nullptr) {
    const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
    TakeOffLinksIn(mark.owner_.links, here, stack_pointer);  // VU-U4
  }
  if ((actions & _UA_END_OF_STACK) != 0) {
    mark.jumped_over_from_ = reinterpret_cast<const void*>(_Unwind_GetIP(context));
    Land(mark);
  }
  // `throw;` in a catch-all counts us as an exception in flight, and nothing ever counts back.
  thread_state.eh_globals->uncaught_exceptions = mark.uncaught_at_start_;
  return _URC_NO_REASON;
}

// Called by the C++ runtime at the end of a catch block that caught a flight.
void Unwinder::CatchBlockEnded(_Unwind_Reason_Code, _Unwind_Exception* exception) {
  const ForeignMark::Flight& flight = ForeignMark::Flight::OfHeader(exception);
  ForeignMark& mark = *flight.mark;
  FART_DCHECK(&mark == thread_state.innermost);                    // VU-U1
  if (&flight != &mark.flights_[mark.unwinds_begun_ % 2]) return;  // VU-U3: a later unwind ends it.
  // An exception thrown from the block ends it, and wins.
  if (thread_state.eh_globals->uncaught_exceptions > mark.uncaught_at_start_) return;
  Fly(mark);
}

}  // namespace fart::unwind_internal

#endif  // !FART_UNWIND_BY_JUMP
