// Misuse -- what a host did wrong in a function that has no way to answer with an error.
//
// Each thread has a record of its own: the last text and a count. One callback of the process hears
// of each at once. Needs no isolate and takes no lock.

#ifndef FART_VM_ENTRY_MISUSE_H_
#define FART_VM_ENTRY_MISUSE_H_

#include <cstdint>
#include <string_view>

#include "vm/entry/foreign_types.h"

namespace fart {

// Records a sentence that names function, argument and rule, and tells the callback, which is one
// like the others (VE-I3). A misuse inside the callback is recorded only. Usable for as long as
// threads run anything: also before and after `main`, and when memory has run out.
void RecordMisuse(std::string_view message);
// Without telling the callback, which has been told on a thread that is gone.
void NoteMisuse(std::string_view message);

inline constexpr const char* kThreadEndedInside =
    "A thread ended inside an isolate; it has left it, as with Fart_ExitIsolate.";

// Of this thread; null if there was none. Valid until its next misuse.
const char* LastMisuse();
std::uint64_t MisuseCount();

// Null for none. Not while another thread may be committing a misuse.
void SetMisuseCallback(MisuseCallback callback, void* callback_data);

namespace misuse_internal {
[[gnu::tls_model("initial-exec")]] extern constinit thread_local bool is_in_callback;
}  // namespace misuse_internal

// Whether this thread is inside the callback: whatever may collect must be refused.
inline bool IsInMisuseCallback() { return misuse_internal::is_in_callback; }

}  // namespace fart

#endif  // FART_VM_ENTRY_MISUSE_H_
