// MajorCollector -- collects both spaces: marks, then evacuates what is sparse, then updates.
//
// All of new space is evacuated by the rules of a scavenge; of old space the sparsest regions,
// until the dead bytes left behind are at most 1/kDeadShare of it (Detlefs et al., "Garbage-first
// garbage collection", ISMM 2004, section 2.4 for choosing by live bytes; no remembered sets
// between regions here: when old objects move, one pass over the marked ones updates every
// reference; when only young ones do, what may refer to them is known, as in a scavenge). Denser
// regions keep their objects; their dead ones become fillers, and the larger of these holes for
// what comes (heap/old_allocator.h). A region with pinned objects is not emptied for the sake of
// the others. Large objects keep their place.
//
// Invariants
//   G-K1 to G-K3   marker.h
//   G-N2 no grey   scavenger.h
//   H-G3 walkable  heap/region_space.h: afterwards every region is covered by live objects and
//                  fillers, or what is dead in it is there still (G-S4).
//   H-R1, H-R2     heap/remembered_set.h: the set is built anew from what the update pass sees, or,
//                  when no old object moves, goes on: its live holders, and who grows old here.
//   G-D1 sparse    dead bytes left in old regions are at most 1/kDeadShare of old space, not
//                  counting regions with pinned objects, which stay as long as those do.
//
// Not here: when to collect (controller.h); how one object moves (evacuator.h).

#ifndef FART_GC_MAJOR_H_
#define FART_GC_MAJOR_H_

#include "gc/collection.h"
#include "gc/evacuator.h"
#include "gc/marker.h"

namespace fart {

inline constexpr std::size_t kDeadShare = 8;

enum class Moving : bool {
  kSparse,      // what pays
  kEverything,  // under stress: every object, large ones too
};

// What lies between the living of old regions that stay, when no old object moves.
enum class Gaps : bool {
  kFilled,  // becomes dead space, and holes
  kLeft,    // to who sweeps in slices: such regions keep their marks (G-S4)
};

class MajorCollector final : private SlotVisitor, private WeakVisitor {
 public:
  MajorCollector(const Collection& collection, Moving moving, Gaps gaps, Workers& workers);

  void Run();
  // Whether gaps have been left.
  bool has_left_gaps() const { return has_left_gaps_; }

 private:
  void Mark();
  void ClearWeaks();
  void Select();
  void Evacuate();
  void Update();
  void Release();

  // SlotVisitor: roots, to be updated.
  void VisitSlots(RootKind kind, ObjectPtr* first, ObjectPtr* last) override;
  // WeakVisitor: weak handles; first to be cleared, then to be updated.
  bool Visit(RootKind kind, ObjectPtr* referent, ByteCount external) override;
  bool ClearWeak(const ObjectPtr* referent, ByteCount external);
  void UpdateWeak(ObjectPtr* referent, ByteCount external);

  void ForgetRememberedSet();
  // Whether a live old object will move.
  bool SelectSparseOldRegions();
  void TakeForEvacuation(RegionIndex index);
  void EvacuateRegion(RegionIndex index);
  void EvacuateLargeObjects();
  void EvacuateLargeObject(RegionIndex first);
  bool HasLiveYoungLarge() const;
  bool IsLiveInPlace(Address object) const;
  // Calls visit(object, size) for the large objects that live and did not move.
  template <typename VisitObject>
  void ForEachLiveLarge(VisitObject&& visit) const;
  void UpdateSlot(ObjectPtr* slot) const;
  void UpdateObject(Address object, const Shape& shape);
  void UpdateOldObject(Address object, ByteCount size, const Shape& shape);
  void UpdateOldObjects(Address from, Address to);
  void UpdateAll();
  void UpdateHoldersOfYoung();
  // Whether the entry stays.
  bool UpdateEntry(const RememberedSet::Entry& entry);
  Address FillGap(Address from, Address to);
  void FillDeadIn(RegionIndex index);
  void FillOrLeaveDeadIn(RegionIndex index);
  void NoteTail(RegionIndex index);
  void UpdateOldRegion(RegionIndex index);
  // Where copies begin.
  Address EndOfMarked(RegionIndex index) const;
  void UpdateNewRegion(RegionIndex index);
  void UpdateKeptObjects(RegionIndex index);
  void ReleaseLargeObjects();

  const Collection& collection_;
  Heap& heap_;
  RegionSpace& regions_;
  const ShapeTable& shapes_;
  const Moving moving_;
  const Gaps gaps_;
  bool has_left_gaps_ = false;
  Marker marker_;
  Evacuator evacuator_;
  RegionList& evacuated_;
  enum class WeakPass { kClear, kUpdate } weak_pass_ = WeakPass::kClear;
  // Who may refer to what moves: anyone, or those that a scavenge would scan (H-R1). Of the first
  // the remembered set is empty from the selection on.
  enum class Holders { kAll, kOfYoung } holders_ = Holders::kAll;
};

}  // namespace fart

#endif  // FART_GC_MAJOR_H_
