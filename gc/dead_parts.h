// DeadParts -- what is dead within what lives: weak references, ephemerons' pairs, and of a region
// the gaps between its objects.
//
// Not here: what lives; whoever marks or scavenges answers that.

#ifndef FART_GC_DEAD_PARTS_H_
#define FART_GC_DEAD_PARTS_H_

#include <cstdint>

#include "heap/object/shape.h"
#include "heap/region_space.h"

namespace fart {

// Key and value of an ephemeron whose key is dead.
inline void ClearPair(ObjectPtr* pair) { pair[0] = pair[1] = ObjectPtr(); }

// Clears the weak references of `holder` to which `is_live(value)` answers false.
template <typename IsLive>
void ClearDeadReferences(Address holder, const Shape& shape, IsLive&& is_live) {
  ObjectPtr* const slots = shape.WeakReferences(holder);
  for (std::uint32_t i = 0; i < shape.weak_references(); ++i) {
    if (!is_live(slots[i])) slots[i] = ObjectPtr();
  }
}

// Calls on_gap(from, to) for what lies between the marked objects of [from, limit), small ones, in
// one region; no gap is empty.
template <typename OnGap>
void ForEachGap(const RegionSpace& regions, Address from, Address limit, OnGap&& on_gap) {
  // Each object's header says where the next one is, so they are read one after the other: what
  // lies so far ahead is asked for before.
  constexpr ByteCount kAhead(1024);
  while (from < limit) {
    if (!regions.IsMarked(from)) {
      const Address object = regions.NextMarked(from, limit);
      on_gap(from, object);
      if (object >= limit) return;
      from = object;
    }
    __builtin_prefetch((from + kAhead).As<void>());
    from = from + ByteCount(Header::At(from).size());
  }
}

}  // namespace fart

#endif  // FART_GC_DEAD_PARTS_H_
