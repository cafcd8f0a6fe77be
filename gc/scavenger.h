// Scavenger -- collects new space by copying what lives out of it.
//
// Cheney's algorithm ("A nonrecursive list compacting algorithm", CACM 1970): copies themselves are
// the work list. Deviations: copies go to two places, so two scan pointers chase two ends until
// both rest; new space is a list of regions, not two halves; ephemerons and weak references are set
// aside and resolved when nothing else is left to scan. No step needs memory: what cannot be copied
// is kept (evacuator.h), holders that cannot be listed make the remembered set overflow, and
// where the lists of ephemerons and of weak references find no memory, the heap is walked for them.
//
// Invariants
//   G-N1 flipped  while scavenging, exactly the regions that were new space are evacuating.
//   G-N2 no grey  afterwards no slot of any kind refers to an evacuated region.
//   H-R1, H-R2    heap/remembered_set.h: re-established for every remembered and every promoted
//                 holder, by the table of docs/design/scavenge.md.
//   G-E3 waiting  ephemeron_table.h
//
// Not here: when to scavenge (controller.h); how one object moves (evacuator.h).

#ifndef FART_GC_SCAVENGER_H_
#define FART_GC_SCAVENGER_H_

#include "gc/collection.h"
#include "gc/ephemeron_table.h"
#include "gc/evacuator.h"
#include "gc/sliced_evacuation.h"
#include "gc/sliced_marking.h"

namespace fart {

class Scavenger final : private SlotVisitor, private WeakVisitor {
 public:
  // `marking`: of old space, which goes on or begins; null: there is none. `moving`: of parts of
  // it, likewise.
  Scavenger(const Collection& collection, YoungFate young_fate, SlicedMarking* marking = nullptr,
            SlicedEvacuation* moving = nullptr);

  void Run();

 private:
  // A scan pointer: everything before it has been scanned.
  struct Cursor {
    std::size_t span;  // the region of the list, the span of old space's log
    Address next;      // null: at its start
  };

  void Flip();
  void EvacuateRoots();
  void EvacuateRememberedSet();
  void EvacuateTransitively();
  void ResolveEphemerons();
  void ClearDeadWeaks();
  void Release();

  // SlotVisitor: roots.
  void VisitSlots(RootKind kind, ObjectPtr* first, ObjectPtr* last) override;
  // WeakVisitor: weak handles.
  bool Visit(RootKind kind, ObjectPtr* referent, ByteCount external) override;

  void EvacuateSlot(ObjectPtr* slot);
  [[gnu::noinline]] void EvacuateReferent(ObjectPtr* slot);  // of an evacuating region
  bool ScanNew();
  bool ScanPromoted();
  bool ScanReachedInPlace();
  bool EvacuateReadyValues();
  // Scans the copies between the cursor and the end of the last of `count()` spans; `span(i)`
  // answers the one numbered i. Both may change while this scans: the last span grows.
  template <typename Count, typename SpanAt, typename Scan>
  bool ScanFrom(Cursor& cursor, Count&& count, SpanAt&& span, Scan&& scan);
  void ScanObject(Address object, const Shape& shape);
  void ScanOldObject(Address object, ByteCount size, const Shape& shape);
  void ScanPlainOld(Address object, ByteCount size, const Shape& shape);
  void PrefetchHolder(const RememberedSet::Entry& entry) const;
  std::uint64_t PrefetchReferents(const RememberedSet::Entry& entry) const;
  // Scans what is remembered; whether it stays so, as far as is known by then.
  bool ScanEntry(const RememberedSet::Entry& entry, std::uint64_t words);
  bool ScanWhole(const RememberedSet::Entry& entry);
  // Of an old holder.
  void ForgetWhole(const RememberedSet::Entry& entry, const Shape& shape);
  bool ScanCard(const RememberedSet::Entry& entry, std::uint64_t words);
  bool StaysRemembered(const RememberedSet::Entry& entry);
  void ScanKept(Address object);
  void ScanLarge(Address object);
  void DecideUndecided();
  void ResolveByTable();
  void ResolveByWalking();
  // Calls visit(object, shape) for every object that is reached so far, or old.
  template <typename EachObject>
  void ForEachReached(EachObject&& visit);
  template <typename EachObject>
  void ForEachKeptIn(RegionIndex index, EachObject&& visit) const;
  void ExamineEphemeron(Address object, const Shape& shape);
  void EvacuateValue(Address ephemeron);
  void EvacuatePair(Address ephemeron, ObjectPtr* pair);
  bool IsDead(ObjectPtr value) const;
  void UpdateWeakSlot(ObjectPtr* slot) const;
  void UpdateWeakSlotsOf(Address holder);
  void RememberYoungSlots(Address object, ByteCount size, const Shape& shape);
  bool HasYoungSlot(Address object, const Shape& shape) const;

  const Collection& collection_;
  Heap& heap_;
  const ShapeTable& shapes_;
  Evacuator evacuator_;
  SlicedMarking* const marking_;
  SlicedEvacuation* const moving_;
  bool reaches_roots_ = false;  // of the provider that shows its slots: what is being marked
  RegionList& from_;
  Cursor new_cursor_{};
  Cursor old_cursor_{};
  EphemeronTable ephemerons_;
  // Reached objects with weak references.
  Vector<Address> weak_holders_;
  bool weak_holders_are_all_ = true;  // else there was no memory
  // The remembered set has entries of which it is not known yet whether they belong there: of old
  // objects that are not plain, until weak references have been cleared; cards of young large
  // objects, which are no roots, for the holder may be dead.
  bool has_undecided_ = false;
};

inline void Scavenger::EvacuateSlot(ObjectPtr* slot) {
  if (evacuator_.IsEvacuating(*slot)) {
    EvacuateReferent(slot);
  } else if (marking_ != nullptr) [[unlikely]] {
    marking_->Reach(*slot);  // G-S1
  }
}

// Unreached as far as this collection has come. Only new space can die here.
inline bool Scavenger::IsDead(ObjectPtr value) const {
  return evacuator_.IsEvacuating(value) && !Evacuator::IsReached(value.address());
}

}  // namespace fart

#endif  // FART_GC_SCAVENGER_H_
