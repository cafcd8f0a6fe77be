// SlicedEvacuation -- moves what lives in sparse old regions together, a few regions at a time,
// behind scavenges.
//
// Sweeping in slices leaves holes, which serve what is promoted; but where little lives and little
// is promoted, most of old space stays empty and is of no use to anybody. A major collection moves
// everything together, in one pause that grows with the heap. Here sparse regions are chosen when
// all has been swept (candidates), who refers to them is found a little at a time, and then some of
// them are emptied behind each scavenge. That is a remembered set for each region that may be
// emptied (Detlefs et al., "Garbage-first garbage collection", ISMM 2004, section 2.2), but of
// candidates alone, and made when it is wanted. What the last marking has left is moved, without
// asking whether it lives still.
//
// Looking goes over old space a region at a time. The barrier is the one that is there: candidates
// carry kVisitPointersTo, so a store of a reference to them into an old object comes here, and a
// scavenge tells of what becomes old meanwhile. Young objects need not be found: when regions are
// emptied, new space holds what a scavenge has left, and all of that is gone through. So are roots,
// and what is weak; where those are many nothing is moved here.
//
// Invariants
//   G-V1 recorded   when all has been looked at, an old slot that refers to a candidate is recorded
//                   with it, or its holder is remembered whole.
//   G-V2 young      no young large object refers to a candidate.
//   G-V3 no holes   no object comes to lie in a candidate: it has no holes but some that wait
//                   (heap/old_allocator.h), and is not filled.
//                   Heap::old_withdrawn() is what holes had in those that have not been emptied.
//   G-V4 slots      a recorded slot lies in an old object, unless it lay in a candidate that has
//                   been emptied since: what was moved from there has been recorded anew.
//
// Not here: when (gc/pacing.h, gc/controller.h); how one object moves (gc/evacuator.h).

#ifndef FART_GC_SLICED_EVACUATION_H_
#define FART_GC_SLICED_EVACUATION_H_

#include <algorithm>
#include <cstdint>
#include <string>

#include "gc/collection.h"
#include "gc/evacuator.h"
#include "gc/slice_budget.h"
#include "heap/store_observer.h"

namespace fart {

class SlicedEvacuation final : public StoreObserver, private SlotVisitor, private WeakVisitor {
 public:
  // Where roots and weak slots are more than this nothing is moved here: each pause would look at
  // all of them.
  static constexpr std::size_t kMostRoots = std::size_t{1} << 16;
  // What lives in the candidates of one time, and what a single one of them may be referred by.
  static constexpr ByteCount kMostToMove = MiB(64);
  static constexpr std::size_t kMostSlots = std::size_t{16} * 1024;
  // Young large objects are looked at when this begins: where they have more, it does not.
  static constexpr ByteCount kMostYoungLarge = MiB(1);

  explicit SlicedEvacuation(Heap& heap);
  ~SlicedEvacuation() { Forget(); }
  SlicedEvacuation(const SlicedEvacuation&) = delete;
  SlicedEvacuation& operator=(const SlicedEvacuation&) = delete;

  bool is_idle() const;
  bool is_looking() const;
  bool is_moving() const;

  // Chooses candidates. In a pause, behind a scavenge, with nothing unswept. False: there
  // are none, or it cannot begin now.
  bool Begin();
  // Takes their holes out of use, and looks at who refers to them. True: all has been looked at.
  bool Look(SliceBudget budget);
  // Empties some, in a pause behind a scavenge, and as many as pays in about `goal_ns`; 0: one.
  // When none is left this is idle again. Pre-condition: is_moving().
  void MoveSome(const Collection& collection, std::int64_t goal_ns);
  // Gives up. What has been moved stays where it is.
  void Forget();

  // `object` has become old, or was remembered whole and is so no more.
  void LookAt(Address object, const Shape& shape);
  void NoteStored(ObjectPtr holder, const ObjectPtr* slot, ObjectPtr value) override;

  // For the verifier, of a heap in which it has found nothing: empty, or a broken invariant with
  // the edge that breaks it. Throws std::bad_alloc when there is no memory to look with.
  std::string Verify() const;

 private:
  enum class State : std::uint8_t { kIdle, kLooking, kMoving };
  struct Candidate {
    RegionIndex region = kNoRegion;
    bool dropped = false;  // it stays
    ByteCount live;        // about
    ByteCount gaps;        // what it had in holes
    // Addresses of slots; with kInCandidate those that lay in a candidate (G-V4).
    Vector<std::uint64_t> slots;
  };
  static constexpr std::uint64_t kInCandidate = 1;
  static constexpr std::uint8_t kCandidate = kOldSpace | kVisitPointersTo;
  static constexpr ByteCount kBytesALook = KiB(64);

  void VisitSlots(RootKind kind, ObjectPtr* first, ObjectPtr* last) override;
  bool Visit(RootKind kind, ObjectPtr* referent, ByteCount external) override;

  bool IsCandidate(ObjectPtr value) const {
    return value.IsHeapObject() && (flags_.OfTagged(value) & kCandidate) == kCandidate;
  }
  Candidate& CandidateOf(RegionIndex index) {
    return candidates_[std::size_t{regions_.Record(index).candidate} - 1];
  }
  bool IsStale(std::uint64_t slot) const;
  ByteCount ExtentOf(RegionIndex index) const {
    return regions_.Record(index).top - regions_.StartOf(index);
  }
  ByteCount DeadIn(RegionIndex index) const {
    return ExtentOf(index) -
           std::min(ExtentOf(index), ByteCount(regions_.Record(index).live_bytes));
  }
  bool HasPins(RegionIndex index) const;
  bool MayGo(RegionIndex index) const;
  // As a major collection does (G-D1), up to kMostToMove. False: there are none, or no memory for
  // them.
  bool Choose();
  // Whether the hole lies in a candidate; then it is counted there.
  bool Withdraws(Address hole, ByteCount size);
  void LookAtYoungLarge();
  void LookAtRegion(RegionIndex index);
  // A part of it. True: that was the last one.
  bool LookAtRun(RegionIndex first);
  void LookAtSlots(Address holder, const ObjectPtr* first, const ObjectPtr* last);
  void Record(Address holder, const ObjectPtr* slot, RegionIndex region);
  void Drop(Candidate& candidate);
  // The next ones that are to be emptied, into `batch`, which holds about `size` bytes then, or one
  // region.
  void TakeBatch(RegionList& batch, ByteCount size);
  void Evacuate(const Collection& collection, const RegionList& batch);
  void Update(const Collection& collection, const RegionList& batch);
  void UpdateSlot(ObjectPtr* slot) const;
  void UpdateObject(Address object, const Shape& shape) const;
  void UpdateCopies();
  void UpdateOldObject(Address object, ByteCount size, const Shape& shape);
  void UpdateRemembered();
  void Release(RegionList& batch);
  void End();
  std::string VerifyHoles() const;
  std::string VerifyYoungLarge() const;
  std::string VerifySlots() const;
  // Of the holder's slots one that refers to a candidate, but for those in `but`; empty: none.
  std::string FindReference(Address holder, const Vector<std::uint64_t>* but) const;

  Heap& heap_;
  RegionSpace& regions_;
  const RegionFlags flags_;
  const ShapeTable& shapes_;
  State state_ = State::kIdle;
  Vector<Candidate> candidates_;
  std::size_t next_ = 0;  // of candidates_, to be emptied
  // Of the old regions there were when this began, and of the runs of large objects, those that
  // have been looked at.
  std::size_t looked_ = 0;
  std::size_t to_look_ = 0;
  std::size_t looked_runs_ = 0;
  ByteCount looked_of_run_;
  Evacuator* evacuator_ = nullptr;  // while some move
  ByteCount batch_size_;
};

}  // namespace fart

#endif  // FART_GC_SLICED_EVACUATION_H_
