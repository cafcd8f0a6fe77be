// Scavenger -- collects new space by copying what lives out of it.
//
// Cheney's algorithm ("A nonrecursive list compacting algorithm", CACM 1970): copies themselves are
// the work list. Deviations: copies go to two places, so two scan pointers chase two ends until
// both rest; new space is a list of regions, not two halves; ephemerons and weak references are set
// aside and resolved when nothing else is left to scan.
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

namespace fart {

class Scavenger final : private SlotVisitor, private WeakVisitor {
 public:
  explicit Scavenger(const Collection& collection);

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
  bool ScanNew();
  bool ScanPromoted();
  bool ScanKept();
  bool ScanReachedLarge();
  bool EvacuateReadyValues();
  // Scans the copies between the cursor and the end of the last of `count()` spans; `span(i)`
  // answers the one numbered i. Both may change while this scans: the last span grows.
  template <typename Count, typename SpanAt, typename Scan>
  bool ScanFrom(Cursor& cursor, Count&& count, SpanAt&& span, Scan&& scan);
  void ScanObject(Address object, const Shape& shape);
  void ScanOldObject(Address object, ByteCount size, const Shape& shape);
  void ScanCard(RememberedSet::Entry entry);
  void ScanLarge(Address object);
  template <typename EachSlot>
  void VisitCard(ObjectPtr holder, std::uint32_t card, EachSlot&& visit) const;
  void DecideLargeHolders();
  void ExamineEphemeron(Address object, const Shape& shape);
  void EvacuateValue(Address ephemeron);
  bool IsDead(ObjectPtr value) const;
  void UpdateWeakSlot(ObjectPtr* slot) const;
  void RememberYoungSlots(Address object, ByteCount size, const Shape& shape);
  bool HasYoungSlot(Address object, const Shape& shape) const;

  const Collection& collection_;
  Heap& heap_;
  const ShapeTable& shapes_;
  Evacuator evacuator_;
  Vector<RegionIndex> from_;
  Cursor new_cursor_{};
  Cursor old_cursor_{};
  std::size_t kept_cursor_ = 0;
  EphemeronTable ephemerons_;
  Vector<Address> ready_;  // ephemerons whose key was reached and whose value was not yet
  // Reached objects with weak references.
  Vector<Address> weak_holders_;
  // Old objects that are not plain: whether they belong into the remembered set is known only
  // when weak references have been cleared.
  Vector<RememberedSet::Entry> undecided_;
  // Cards of young large objects: no roots, for the holder may be dead.
  Vector<RememberedSet::Entry> large_cards_;
  std::size_t large_cursor_ = 0;
};

}  // namespace fart

#endif  // FART_GC_SCAVENGER_H_
