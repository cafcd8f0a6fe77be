// Clock -- monotonic time in nanoseconds, for pauses and slices.

#ifndef FART_HEAP_PLATFORM_CLOCK_H_
#define FART_HEAP_PLATFORM_CLOCK_H_

#include <cstdint>

namespace fart {

// Nanoseconds since an arbitrary start; never goes back.
std::int64_t MonotonicNs();

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_CLOCK_H_
