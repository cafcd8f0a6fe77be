// Thread stack -- how far the C stack of the calling thread may grow.

#ifndef FART_HEAP_PLATFORM_THREAD_STACK_H_
#define FART_HEAP_PLATFORM_THREAD_STACK_H_

#include <cstdint>

namespace fart {

// The address below which frames should not reach: the stack's end and a reserve for what runs
// without asking. Stacks grow downwards. 0 where the platform does not tell. Cached per thread.
std::uintptr_t NativeStackLimit();

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_THREAD_STACK_H_
