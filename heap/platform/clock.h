// Clock -- monotonic time in nanoseconds, for pauses and slices; and what the processor has spent.

#ifndef FART_HEAP_PLATFORM_CLOCK_H_
#define FART_HEAP_PLATFORM_CLOCK_H_

#include <cstdint>

namespace fart {

// Nanoseconds since an arbitrary start; never goes back.
std::int64_t MonotonicNs();
// Of the processor, on this thread.
std::int64_t ThreadNs();

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_CLOCK_H_
