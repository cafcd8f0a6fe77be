// DirectState -- what code outside of the library reads and writes of a mutator, inlined: the area
// that it allocates in, the flags that its write barrier asks, its frames of roots.
//
// One for each mutator, at a fixed address for its life. The public name is Fart_Direct
// (fart_direct_api.h).
//
// Invariants
//   H-D1 same    the layout is the public one, which hosts are compiled with (asserted in
//                api/direct.cc).
//   H-D2 miss    while inlined code may not allocate on its own, the area is empty: under stress,
//                in callbacks, and where every allocation is to be seen (SetAllSeen).
//   H-D3 epoch   whatever may collect changes the epoch, at the latest when it allocates.
//
// Not here: who visits the frames (vm/roots/direct_roots.h).

#ifndef FART_HEAP_DIRECT_STATE_H_
#define FART_HEAP_DIRECT_STATE_H_

#include <cstdint>

#include "heap/base/stack_link.h"
#include "heap/base/units.h"
#include "heap/object/object_ptr.h"

namespace fart {

// One new-space region's unused rest, or a hole in it.
struct AllocationArea {
  static constexpr std::uintptr_t kPrefetchDistance = 1024;  // bytes

  std::uintptr_t top = 0;
  std::uintptr_t limit = 0;

  bool Fits(ByteCount size) const { return size.value() <= limit - top; }
  Address TryBump(ByteCount size) { return Fits(size) ? Bump(size) : Address(); }
  Address Bump(ByteCount size) {
    const Address result(top);
    top += size.value();
    // Fresh memory misses the cache: ask for the line that is due some objects from now.
    // (Measured: docs/design/heap_layout.md.) Beyond the area the hint is ignored.
    __builtin_prefetch(reinterpret_cast<const void*>(top + kPrefetchDistance), 1);
    return result;
  }
};

// Behind it lie `count` slots, each a valid word.
struct RootFrame : StackLink {
  std::uint64_t count;

  RootFrame* outer() const { return static_cast<RootFrame*>(previous); }
  ObjectPtr* slots() { return reinterpret_cast<ObjectPtr*>(this + 1); }
};

struct DirectState {
  AllocationArea area;
  std::uint64_t objects = 0;  // allocated in the area since they were last counted
  // One byte a region: of an object that is in the heap for sure they are found from holder_flags,
  // by a shift; of any tagged word from `flags`, with the mask.
  const std::uint8_t* holder_flags = nullptr;
  const std::uint8_t* flags = nullptr;
  std::uint64_t flag_mask = 0;
  StackLink* frames = nullptr;  // RootFrames, innermost first
  std::uint64_t gate = 0;       // not 0: weak references are read out of line
  std::uint64_t epoch = 1;      // H-D3
  std::uint64_t reserved[7] = {};
};
static_assert(sizeof(DirectState) == 16 * kWordSize);

}  // namespace fart

#endif  // FART_HEAP_DIRECT_STATE_H_
