// Which isolate this thread is inside of (VE-I1), for whoever only compares.
//
// Not here: entering and leaving (enterable.h).

#ifndef FART_VM_CURRENT_CURRENT_H_
#define FART_VM_CURRENT_CURRENT_H_

namespace fart {

class Enterable;

namespace entry_internal {
// Initial-exec: one instruction and no call, in a shared library too.
[[gnu::tls_model("initial-exec")]] extern constinit thread_local Enterable* current;
}  // namespace entry_internal

// Null: of none.
inline const Enterable* CurrentIsolate() { return entry_internal::current; }

}  // namespace fart

#endif  // FART_VM_CURRENT_CURRENT_H_
