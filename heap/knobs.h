// HeapKnobs -- what a heap is made with, changeable at run time where it says so.

#ifndef FART_HEAP_KNOBS_H_
#define FART_HEAP_KNOBS_H_

#include <cstdint>

#include "heap/base/units.h"
#include "heap/platform/memory_bounds.h"

namespace fart {

inline constexpr std::uint32_t kUnlimitedRegions = ~std::uint32_t{0};

enum class Beside : std::uint8_t { kNever, kWhereItHelps, kAlways };

struct HeapKnobs {
  // Bytes of regions the heap may occupy; tested at allocation only (a collection may exceed it by
  // new space and one evacuation slice). Between kMinHeapLimit and kMaxHeapLimit; changeable up to
  // Heap::most_heap_limit(), for addresses are reserved when the heap is made.
  ByteCount heap_limit = GiB(4);
  // Sizes between which new space grows and shrinks; it begins with new_space_min.
  ByteCount new_space_min = MiB(8);
  ByteCount new_space_max = MiB(64);
  // Not 0: it begins with this instead, which is less, and stays below new_space_min as long as
  // minor collections cost little: programs that keep little stay small, and in the cache.
  // Only with a pause goal, for nobody looks at a clock without.
  ByteCount new_space_first = ByteCount();
  // How long a minor collection may take, in nanoseconds of the processor; 0: no matter. For its
  // sake new space shrinks to new_space_least, and grows no further. Changeable.
  std::int64_t pause_goal_ns = 1'000'000;
  ByteCount new_space_least = KiB(512);
  // With a pause goal, old space is marked and swept in slices; else, and always at once where it
  // is false, when room for it has run out. Changeable.
  bool mark_in_slices = true;
  // And where what lives is sparse it is moved together in slices. Changeable.
  bool move_in_slices = true;
  // What is marked in slices is marked beside the mutator instead, where a thread and a second
  // processor can be had, and what is counted in steps is not; or always where a thread can: for
  // tests. Changeable.
  Beside mark_beside = Beside::kWhereItHelps;
  // Not 0: marking begins at every minor collection, whatever the goal, and a slice takes so many
  // steps: for tests, which see the same each time. After each marking all old regions are emptied,
  // one behind each minor collection. Under stress a collection is a minor one then. Changeable.
  std::uint64_t marking_steps = 0;
  // So many threads mark where a collection looks at the whole heap, the mutator's own among them,
  // but no more than there are processors; and it goes on alone where that is over soon. 0, 1: it
  // always does. Changeable.
  std::uint32_t gc_workers = 1;
  // They mark whatever there is, however many processors there are: for tests, and under stress.
  // Changeable.
  bool force_workers = false;
  bool IsSharingForced() const { return force_workers || stress_interval != 0; }
  // Minor collections promote whatever lives where it is, not only where nearly all does: for
  // tests. Changeable.
  bool promote_in_place = false;
  // They promote at once what remembered holders refer to, where they do not promote it where it
  // is: for tests. Changeable.
  bool promote_eagerly = false;
  // Collect at every Nth allocation; 0: not. Changeable.
  std::uint64_t stress_interval = 0;
  // Not 0: collect after a random number of allocations with mean stress_interval instead, drawn
  // from this seed. Changeable.
  std::uint64_t stress_seed = 0;
  // Retired regions become inaccessible and their addresses stay unused for as long as possible
  // (true under stress). Changeable.
  bool protect_retired = false;
  // Retired regions that stay accessible are overwritten (true with --verify-heap). Changeable.
  bool zap_retired = false;
  // Regions that collections may take from now on; each one taken uses up one. At 0 copying fails
  // as it does when the system has no memory left, and what would have moved is kept. Changeable.
  std::uint32_t collection_region_budget = kUnlimitedRegions;
};

inline constexpr ByteCount kMinHeapLimit = MiB(4);
inline constexpr ByteCount kMaxHeapLimit = GiB(1024);

// The limit of a heap for which none was set: a quarter of the memory there is, for the host needs
// some, and other heaps; an eighth of the addresses, for a heap reserves several times its limit.
ByteCount DefaultHeapLimit(const MemoryBounds& bounds);

}  // namespace fart

#endif  // FART_HEAP_KNOBS_H_
