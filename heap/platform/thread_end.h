// Thread end -- what a thread leaves behind to be done when it ends, however it ends.
//
// Actions run on the thread itself, late: after the destructors of thread_local objects and the
// first round of those of thread-specific data, so that a host which leaves orderly in one of its
// own has done so. They do not run for a thread that ends the process.
//
// Not here: what is to be done (vm/entry).

#ifndef FART_HEAP_PLATFORM_THREAD_END_H_
#define FART_HEAP_PLATFORM_THREAD_END_H_

namespace fart {

using ThreadEndAction = void (*)();

// Has `action` run once when the calling thread ends; asking again changes nothing. At most
// kThreadEndActions of the process are different. Cheap the second time. False: the system has no
// room for it.
bool AtThreadEnd(ThreadEndAction action);

inline constexpr int kThreadEndActions = 4;

// Ends the calling thread as a host would, with its destructors run.
[[noreturn]] void EndThisThread();

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_THREAD_END_H_
