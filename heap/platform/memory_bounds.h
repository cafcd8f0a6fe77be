// MemoryBounds -- how much memory this process may use, by each of those who bound it.
//
// Read from the system when asked, for defaults: a bound may change later, and nothing here is a
// promise that the memory can be had.
//
// Not here: what a heap makes of it (heap/knobs.h).

#ifndef FART_HEAP_PLATFORM_MEMORY_BOUNDS_H_
#define FART_HEAP_PLATFORM_MEMORY_BOUNDS_H_

#include <limits>
#include <string>

#include "heap/base/units.h"

namespace fart {

struct MemoryBounds {
  static constexpr ByteCount kNone = ByteCount(std::numeric_limits<std::size_t>::max());

  ByteCount physical = kNone;       // of the machine
  ByteCount control_group = kNone;  // the least of the process's group and the groups around it
  ByteCount data = kNone;           // RLIMIT_DATA (`ulimit -d`)
  ByteCount addresses = kNone;      // RLIMIT_AS (`ulimit -v`) less what is mapped already
};

// Of this process. Files are read below `root` ("" is the system's own), which a test may make up.
MemoryBounds ReadMemoryBounds(const std::string& root = "");

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_MEMORY_BOUNDS_H_
