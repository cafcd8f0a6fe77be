// HeapWalk -- every object that lies in a heap, once, where it is.
//
// Whoever walks holds off collections: nothing may be allocated in the heap meanwhile, and the
// mutator's area must have been retired (Mutator::RetireArea). Objects that died unnoticed are
// still there; after a major collection there are few.
//
// Invariants
//   VI-W1 once    each object is visited once, always in the same order as long as nothing is
//                 allocated and nothing collected; fillers are none.
//
// Not here: which objects live (gc/census.h).

#ifndef FART_VM_INSPECT_HEAP_WALK_H_
#define FART_VM_INSPECT_HEAP_WALK_H_

#include <cstddef>
#include <cstdint>

#include "heap/heap.h"
#include "heap/object/header.h"

namespace fart::inspect {

enum class HeapSpace : std::uint8_t { kNew, kOld, kLarge };
inline constexpr std::size_t kHeapSpaces = 3;

// Calls visit(RegionIndex, HeapSpace) for each region in which objects begin.
template <typename Visit>
void ForEachRegion(const Heap& heap, Visit&& visit) {
  for (const RegionIndex index : heap.new_regions()) visit(index, HeapSpace::kNew);
  for (const RegionIndex index : heap.old_regions()) visit(index, HeapSpace::kOld);
  heap.large().ForEachRegion([&](RegionIndex index) { visit(index, HeapSpace::kLarge); });
}

// Calls visit(Address object, Header, ByteCount size) for each object that begins in the region.
template <typename Visit>
void ForEachObjectIn(const Heap& heap, RegionIndex index, Visit&& visit) {
  const ByteCount run = heap.regions().Record(index).large_size;
  if (!run.is_zero()) {
    const Address object = heap.regions().LargeAt(index);
    return visit(object, Header::At(object), run);
  }
  heap.WalkRegion(index, [&](Address object, Header header, ByteCount size) {
    if (!ShapeTable::IsFiller(header.shape())) visit(object, header, size);
  });
}

}  // namespace fart::inspect

#endif  // FART_VM_INSPECT_HEAP_WALK_H_
