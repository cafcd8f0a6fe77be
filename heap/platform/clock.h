// Clock -- monotonic time in nanoseconds, for pauses and slices; and what the processor has spent;
// and ticks, for what is too short for either.

#ifndef FART_HEAP_PLATFORM_CLOCK_H_
#define FART_HEAP_PLATFORM_CLOCK_H_

#include <cstdint>

namespace fart {

// Nanoseconds since an arbitrary start; never goes back.
std::int64_t MonotonicNs();
// Of the processor, on this thread.
std::int64_t ThreadNs();
// To compare spans with one another: from a third of a nanosecond to one each, of one length as
// long as the machine runs. Costs a third of MonotonicNs. May go back on another processor.
std::uint64_t EvenTicks();

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_CLOCK_H_
