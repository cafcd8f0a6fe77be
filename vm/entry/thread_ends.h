// Thread ends -- what becomes of pthread_exit and cancellation where the VM cannot be left.
//
// A thread that ends in a native function unwinds through the VM and out of the host's call. In a
// callback it cannot: collections wait around it, and destructors. There only the callback is left,
// the misuse is recorded, and the thread ends at the end of the host's call, or of one of its next.
// A thread of the VM does not end: it goes on with other work.
//
// Not here: the unwind (vm/unwind/foreign_call.h); threads that end inside an isolate
// (enterable.h).

#ifndef FART_VM_ENTRY_THREAD_ENDS_H_
#define FART_VM_ENTRY_THREAD_ENDS_H_

#include <type_traits>

#include "heap/platform/thread_end.h"
#include "vm/unwind/foreign_call.h"

namespace fart {

// Runs code of the VM that may call native functions. False: the thread was to end in one; the VM
// has been unwound up to here.
template <typename Work>
[[nodiscard]] bool RunToItsEnd(Work&& work) {
  ForeignMark mark(ForeignKind::kBarrier, {});
  void (*const run)(void*) = [](void* data) {
    (*static_cast<std::remove_reference_t<Work>*>(data))();
  };
  const bool has_returned = CallForeign(mark, run, &work) == ForeignOutcome::kReturned;
  if (!has_returned) static_cast<void>(TakeThreadEnd());
  return has_returned;
}

// At the end of a call of the host, with nothing held.
inline void EndThreadIfAsked() {
  if (TakeThreadEnd()) [[unlikely]]
    EndThisThread();
}

}  // namespace fart

#endif  // FART_VM_ENTRY_THREAD_ENDS_H_
