// Marker -- finds everything that lives, in both spaces, by marking in side bitmaps.
//
// Depth-first with an explicit stack, past which goes what refers to nothing. References pass
// through two small queues first: entry and exit of one are a prefetch and a use of the mark word,
// of the other of the header (Cher, Hosking and Vitek, "Software prefetching for mark-sweep garbage
// collection", ASPLOS 2004, with one). So headers are read only of what was not marked. New space
// is traced like old space: dead young objects keep nothing alive.
//
// Marking needs no memory beyond what it begins with. An object for which the stack has no room is
// marked and its region noted; when the stack is empty such regions are scanned again. Where the
// lists of ephemerons and of weak references find no memory, the heap is walked for them.
//
// Invariants
//   G-K1 clean     outside a major collection all mark bits are 0, but for those of a marking in
//                  slices (sliced_marking.h), which is settled before.
//   G-K2 closed    after ResolveEphemerons every object reachable from roots is marked, and
//                  ephemerons' values are marked iff holder and key are.
//   G-K3 limit     marks are for objects below their region's mark_limit, its top when marking
//                  began.
//   G-E3 waiting   ephemeron_table.h. G-Y1: grey_regions.h
//
// Not here: weak handles (major.h); moving (evacuator.h).

#ifndef FART_GC_MARKER_H_
#define FART_GC_MARKER_H_

#include "gc/collection.h"
#include "gc/ephemeron_table.h"
#include "gc/grey_regions.h"
#include "gc/mark_stack.h"
#include "gc/prefetch_queue.h"

namespace fart {

class Marker final : private SlotVisitor {
 public:
  explicit Marker(const Collection& collection);

  void MarkRoots();
  void MarkTransitively();
  // Clears key and value of ephemerons whose key stayed unmarked.
  void ResolveEphemerons();
  // Clears weak references to unmarked objects, in marked ones.
  void ClearWeakReferences();

  // What is no heap object lives for ever.
  bool IsLive(ObjectPtr value) const {
    return !value.IsHeapObject() || regions_.IsMarked(value.address());
  }

 private:
  void VisitSlots(RootKind kind, ObjectPtr* first, ObjectPtr* last) override;
  void VisitEvery(RootKind kind, ObjectPtr* first, std::size_t count, std::size_t stride) override;

  void MarkValue(ObjectPtr value);
  void Mark(Address object);
  void NoteMarked(Address object);
  // False: nothing waits there.
  bool TakeFromQueues();
  // False: no ephemeron is ready.
  bool MarkReadyValue();
  // Until the stack is empty.
  void Drain();
  void ScanNotedRegion();
  void Scan(Address object);
  void ScanSpecial(Address object, const Shape& shape);
  void ResolveByTable();
  void ResolveByWalking();
  ObjectPtr* PairOf(Address ephemeron) const {
    return shapes_[Header::At(ephemeron).shape()].References(ephemeron);
  }
  void ClearWeakReferencesOf(Address holder);
  // Calls visit(object, shape) for every marked object of a region, from `from` on.
  template <typename Visit>
  void ForEachMarkedIn(RegionIndex index, Address from, Visit&& visit);
  template <typename Visit>
  void ForEachMarked(Visit&& visit);

  const Collection& collection_;
  RegionSpace& regions_;
  const ShapeTable& shapes_;
  PrefetchQueue reached_;  // for their mark words
  PrefetchQueue marked_;   // for their headers
  MarkStack stack_;
  GreyRegions noted_;  // with marked objects that were not scanned
  EphemeronTable ephemerons_;
  Vector<Address> weak_holders_;
  bool weak_holders_are_all_ = true;  // else there was no memory
};

}  // namespace fart

#endif  // FART_GC_MARKER_H_
