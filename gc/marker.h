// Marker -- finds everything that lives, in both spaces, by marking in side bitmaps.
//
// How: tracer.h. New space is traced like old space: dead young objects keep nothing alive. What
// takes longer is marked by several threads (parallel_marking.h); they leave what is rare to this
// one: ephemerons whose key they have not met, and what found no room on their stacks.
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
#include "gc/mark_buckets.h"
#include "gc/tracer.h"
#include "heap/platform/workers.h"

namespace fart {

class MarkWorker;

class Marker final : private SlotVisitor, private Tracer<Marker> {
 public:
  Marker(const Collection& collection, Workers& workers);

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

  friend class Tracer<Marker>;
  bool TryMark(Address object) { return regions_.TryMark(object); }
  void CountLive(Address object, ByteCount size) {
    regions_.Record(regions_.IndexOf(object)).live_bytes += size.value();
  }
  void NoteUnscanned(Address object) { noted_.Note(object); }
  // G-E3: the object may be a key that others waited for. Their values come later, for in a chain
  // of ephemerons marking them here would recurse once for each link.
  void NoteReached(Address object) {
    if (ephemerons_.is_indexed()) [[unlikely]]
      ephemerons_.NoteReached(object);
  }
  void ScanRun(ObjectPtr* first, ObjectPtr* last) {
    for (; first != last; ++first) MarkValue(*first);
  }
  void NoteWeakHolder(Address object) {
    if (weak_holders_are_all_) weak_holders_are_all_ = TryAppend(weak_holders_, object);
  }
  void ScanPair(Address ephemeron, const ObjectPtr* pair);
  void LookAtKey(Address ephemeron);
  // False: there is none whose key is still to be looked at.
  bool LookAtKeys();

  // How many threads may mark.
  int UsableWorkers() const;
  // Whether nothing is left, after so many steps at most: objects, large ones as several.
  bool DrainSome(std::size_t steps);
  void MarkTogether(int workers);
  void MarkByPlaceTogether(int workers);
  void TakeOver(const MarkWorker& worker);
  void MarkAlone();
  // Regions that are in use lie in [first, second).
  std::pair<RegionIndex, RegionIndex> Extent() const;
  // So many objects wait that they are better looked at by where they lie (mark_buckets.h): until
  // few are left. Nothing happens where there is no memory for it.
  void MarkByPlace();
  // Whether so much waits, or a list that is as long is next.
  bool IsMuchWaiting() const {
    if (stack_.size() > many_objects_) return true;
    const Address next = stack_.Top();
    return Header::At(next).is_large() && regions_.SizeOf(next).InWords().value() > many_objects_;
  }
  // Puts down what an object that is marked and not scanned refers to.
  void Spread(MarkBuckets& buckets, Address object, const Shape& shape);
  [[gnu::noinline]] void MarkLater(ObjectPtr value);
  // Whether all ways are to be gone that are there, however little there is to do.
  bool IsStressed() const { return collection_.heap.knobs().stress_interval != 0; }
  // False: no ephemeron is ready.
  bool MarkReadyValue();
  // Until the stack is empty.
  void Drain();
  void ScanNotedRegion();
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

  // More than that on the stack are many; so few references are few.
  static constexpr std::size_t kManyObjects = 16 * 1024;
  static constexpr std::size_t kManyUnderStress = 8;
  static constexpr std::size_t kFewBuckets = 16;
  static constexpr ByteCount kFarApart = MiB(64);
  // Several begin by place with more than that.
  static constexpr std::size_t kManyForSeveral = 4096;

  const Collection& collection_;
  Workers& workers_;
  std::size_t many_objects_;
  GreyRegions noted_;               // with marked objects that were not scanned
  PrefetchQueue pairs_;             // for their keys' mark words
  MarkBuckets* buckets_ = nullptr;  // while objects are looked at by where they lie
  EphemeronTable ephemerons_;
  Vector<Address> weak_holders_;
  bool weak_holders_are_all_ = true;  // else there was no memory
};

}  // namespace fart

#endif  // FART_GC_MARKER_H_
