// SlicedMarking -- collects old space a little at a time: marks it in slices between and beside
// scavenges, then sweeps it likewise.
//
// Incremental marking with an insertion barrier (Dijkstra et al., "On-the-fly garbage collection:
// an exercise in cooperation", CACM 1978, section 4; in the terms of Pirinen, "Barrier techniques
// for incremental tracing", ISMM 1998: a grey mutator, whose roots are looked at again before the
// end). The barrier is the one that is there: while old space is marked its regions carry
// kVisitPointersTo, so a store of a reference to them into an old object comes here. New space
// and the roots are grey all the time; of those that may be many, handles, what was seen once is
// looked at again only where it has changed (HO-P3). A scavenge sees all of new space that lives
// anyway; what it reaches of old space, and what the objects refer to that grow old in it, is
// marked. When nothing is left to scan, the next scavenge is followed by a look at all roots;
// marking has ended if what that finds is marked within the pause.
//
// Nothing moves. Sweeping gives back regions without live objects, and makes fillers of what is
// dead in the others, the larger of them for what comes (heap/old_allocator.h). Where they are
// sparse what lives is moved together afterwards (gc/sliced_evacuation.h, gc/pacing.h).
//
// Invariants
//   G-S1 tricolour   while marking, what a marked and scanned object refers to is marked or waits
//                    to be, young, or is not being marked (G-S2); so it is with all old objects
//                    that are not being marked.
//   G-S2 limit       being marked are objects that were old at the beginning: in regions with
//                    kVisitPointersTo, below the record's mark_limit; and what has come to lie in
//                    holes there, which is marked at once. Others that are old live.
//   G-S3 at rest     between slices no young object waits to be scanned.
//   G-S4 unswept     a region whose record says so has marks for what lives below its mark_limit;
//                    what is dead there may refer to what is gone. No remembered holder, root or
//                    weak reference leads there, but for G-S5 and G-S6.
//   G-S5 uncleared   before the first region is swept a weak slot that its provider has still to
//                    ask about (HO-P4) may lead to what is dead. Until all have been asked about
//                    nothing is gone, and no callback runs.
//   G-S6 pairs       so may key and value of an ephemeron that is in the list (G-E5), if its key is
//                    dead; they are cleared before anybody reads or replaces them (H-M3).
//   G-S7 gaps        Heap::old_unswept() is what is dead in old regions that are unswept.
//
// Not here: when to begin, and how long slices are (gc/pacing.h, gc/controller.h).

#ifndef FART_GC_SLICED_MARKING_H_
#define FART_GC_SLICED_MARKING_H_

#include <cstdint>
#include <utility>

#include "gc/collection.h"
#include "gc/ephemeron_table.h"
#include "gc/grey_regions.h"
#include "gc/mark_stack.h"
#include "gc/prefetch_queue.h"
#include "gc/slice_budget.h"
#include "gc/waiting_ephemerons.h"
#include "heap/store_observer.h"
#include "heap/uncleared_pairs.h"

namespace fart {

class SlicedMarking final : public StoreObserver,
                            private UnclearedPairs,
                            private SlotVisitor,
                            private WeakVisitor {
 public:
  explicit SlicedMarking(Heap& heap);
  ~SlicedMarking() {
    heap_.SetStoreObserver(nullptr);
    heap_.SetUnclearedPairs(nullptr);
  }
  SlicedMarking(const SlicedMarking&) = delete;
  SlicedMarking& operator=(const SlicedMarking&) = delete;

  bool is_idle() const { return state_ == State::kIdle; }
  bool is_marking() const { return state_ == State::kMarking; }
  bool is_sweeping() const { return state_ == State::kSweeping; }

  // ---- Marking
  // In a pause, before a scavenge that looks at everything young, and is followed by BeginRoots.
  void Begin();
  // From Begin to BeginRoots.
  bool is_beginning() const { return is_beginning_; }
  // Whether the object is being marked: if it lives it has been scanned, or will be.
  bool WillScan(Address object) const {
    return IsBeingMarked(object) && object < regions_.Record(regions_.IndexOf(object)).mark_limit;
  }
  // Whether something waits to be scanned: else the next scavenge may be the last.
  bool has_grey() const;
  // Any reference that lives, or is taken to: if what it leads to is being marked, it is marked.
  void Reach(ObjectPtr value);
  void NoteStored(ObjectPtr, const ObjectPtr*, ObjectPtr value) override { Reach(value); }
  // Of an object that a scavenge has just made old: if it lies in a hole among what is being marked
  // it is marked (G-S2). What it refers to the scavenge reaches, unless it is not plain.
  void NoteFresh(Address object, ByteCount size, const Shape& shape);
  // Looks at all roots but those that are seen a part at a time.
  void BeginRoots(const Collection& collection);
  // Looks at roots that have not been seen, in a pause or between two. True: all have been.
  bool SeeRoots(const Collection& collection, SliceBudget budget);
  bool has_seen_roots() const { return has_seen_roots_; }
  // All that have not been seen, or have changed, when a scavenge has moved what it moves.
  void MarkRoots(const Collection& collection);
  // True: nothing waits any more.
  bool Mark(SliceBudget budget);
  // Scans so many objects, or a part of a large one. False: there is nothing to scan.
  bool MarkSome(std::size_t objects);
  // For another thread than the one that marks: whether the object is being marked and, as far as
  // one can see from there, was not reached.
  bool IsUnmarkedYet(Address object) const {
    return WillScan(object) && !regions_.IsMarkedByNow(object);
  }
  // In the pause in which all roots and all that is young have been looked at, and Mark was true:
  // whether the keys of all ephemerons that wait are dead now, as far as one can know at little
  // cost. False: another round of looking at them goes first, and marking goes on; so it may again
  // and again if it may wait.
  bool MayFinish(bool may_wait);
  // When that was true, clears what is weak, but for slots of providers that have many, and for
  // ephemerons. Sweeping is next, and clears those.
  void Finish(const Collection& collection);
  // What is not being marked lives.
  bool IsLive(ObjectPtr value) const;

  // ---- Sweeping
  // Whether weak slots or ephemerons are still to be cleared, before anything is swept (G-S5,
  // G-S6).
  bool is_clearing() const { return is_clearing_; }
  // All of them.
  void ClearWeakSlots();
  // How many were dead, outside of Finish, since this was last asked.
  std::uint64_t TakeWeaksCleared() { return std::exchange(weaks_cleared_, 0); }
  // True: all has been swept.
  bool Sweep(SliceBudget budget);
  // A major collection has left gaps to be swept.
  void BeginSweeping();
  // Whether sweeping is, or was the last time, of a major collection's.
  bool sweeps_for_major() const { return sweeps_for_major_; }

  // Gives up marking, or sweeps to the end. Nothing is left over.
  void Settle();
  // The same before a major collection, which looks at no dead object: these may stay what they
  // are.
  void Forget();

  // Of this marking, and from its end until the next one begins: bytes of what is, or was, being
  // marked, and of what is marked of it.
  ByteCount to_mark() const { return to_mark_; }
  // How many roots and weak slots there were.
  std::size_t roots() const { return roots_seen_ + roots_in_the_end_ + weaks_asked_; }
  ByteCount marked() const { return marked_; }
  // Of sweeping so far: dead bytes in gaps too small for use, what was being marked of regions that
  // stay, and what lives of that.
  ByteCount scattered() const { return scattered_; }
  ByteCount kept() const { return kept_; }
  ByteCount kept_live() const { return kept_live_; }

 private:
  static constexpr std::size_t kSlotsAtOnce = 512;
  // So often the end of marking, when it cannot wait, is put off for another round.
  static constexpr int kMostRoundsInTheEnd = 4;
  static constexpr std::uint8_t kBeingMarked = kOldSpace | kVisitPointersTo;

  void VisitSlots(RootKind kind, ObjectPtr* first, ObjectPtr* last) override;
  void VisitEvery(RootKind kind, ObjectPtr* first, std::size_t count, std::size_t stride) override;
  bool Visit(RootKind kind, ObjectPtr* referent, ByteCount external) override;
  void ClearIfDead(Address ephemeron) override;
  void ClearAll() override;
  void List(Vector<Address>& ephemerons) const override;

  // So no young one (G-S3).
  bool IsBeingMarked(Address object) const {
    return (flags_.Of(object) & kBeingMarked) == kBeingMarked;
  }
  void ReachPins();
  void MarkObject(Address object);
  void FlushQueue();
  void Scan(Address object);
  void ScanRun(ObjectPtr* first, ObjectPtr* last);
  void ScanSpecial(Address object, const Shape& shape);
  void ScanNotedRegion();
  void LookAtWaiting(std::size_t count);
  void PrefetchWaiting(const WaitingEphemerons::Entry& entry) const;
  void ResolveEphemerons();
  // Of those that were given another key the value has been marked (Mutator::StorePaired).
  void ResolveLater();
  void ResolveAtOnce();
  // Goes through all that wait, each by its key of now.
  template <typename WithDeadKey>
  void LookAtAllWaiting(WithDeadKey&& with_dead_key);
  // False: no ephemeron is ready.
  bool ReachReadyValue();
  void ResolveByTable();
  void ResolveByWalking();
  void ClearEphemeron(Address ephemeron);
  void ClearWeakReferences();
  void ForgetDeadHolders();
  // Of old space, and the first ones of runs.
  template <typename EachRegion>
  void ForEachOldRegion(EachRegion&& visit) const {
    for (const RegionIndex index : heap_.old_regions()) visit(index);
    for (const RegionIndex first : heap_.large().old_runs()) visit(first);
  }
  template <typename EachObject>
  void ForEachMarkedIn(RegionIndex index, Address from, EachObject&& visit);
  template <typename EachObject>
  void ForEachMarked(EachObject&& visit);
  ObjectPtr* PairOf(Address ephemeron) const {
    return shapes_[Header::At(ephemeron).shape()].References(ephemeron);
  }
  // Whether it is dead, between the end of marking and the sweep.
  bool IsUnsweptDead(ObjectPtr value) const {
    return value.IsHeapObject() && regions_.IsUnsweptDead(value.address());
  }
  // Neither the flags nor the marks of marking stay.
  void EndMarking();
  void ForgetWork();
  ByteCount DeadIn(RegionIndex index) const {
    const RegionRecord& record = regions_.Record(index);
    return record.mark_limit - regions_.StartOf(index) - ByteCount(record.live_bytes);
  }
  // In the beginning of sweeping: what is dead in the regions that wait for it.
  void CountUnswept();
  // False: all weak slots have been asked about.
  bool ClearSomeWeakSlots(std::size_t slots);
  void ClearSomePairs(std::size_t count);
  // Whether the region has been given back.
  bool SweepRegion(RegionIndex index);
  void NoteGap(Address from, Address to);

  Heap& heap_;
  RegionSpace& regions_;
  const RegionFlags flags_;
  const ShapeTable& shapes_;
  enum class State : std::uint8_t { kIdle, kMarking, kSweeping } state_ = State::kIdle;
  bool is_beginning_ = false;
  bool has_seen_roots_ = false;
  std::size_t seen_providers_ = 0;  // whose slots have been seen
  PrefetchQueue reached_;
  MarkStack stack_;
  GreyRegions noted_;          // with marked objects that were not scanned
  ObjectPtr* rest_ = nullptr;  // of a long row of references: from here on to be scanned
  ObjectPtr* rest_end_ = nullptr;
  WaitingEphemerons waiting_;
  // What had been marked when the last look at all that wait began, if that found nothing.
  ByteCount marked_at_look_;
  ByteCount marked_at_round_;  // the same of the round that goes on
  int rounds_in_the_end_ = 0;
  EphemeronTable ephemerons_;  // in the pause that ends marking, if need be
  Vector<Address> weak_holders_;
  bool weak_holders_are_all_ = true;        // else there was no memory
  RegionIndex filling_ = kNoRegion;         // old space's own when marking ended
  const Collection* collection_ = nullptr;  // of the pause that goes on
  bool is_clearing_ = false;
  bool sweeps_for_major_ = false;
  const Vector<WeakProvider*>* weaks_ = nullptr;  // while it is
  std::uint64_t weaks_cleared_ = 0;
  std::size_t roots_seen_ = 0;
  std::size_t roots_in_the_end_ = 0;  // that had not been seen before
  std::size_t weaks_asked_ = 0;
  ByteCount to_mark_;
  ByteCount marked_;
  ByteCount scattered_;
  ByteCount kept_;
  ByteCount kept_live_;
};

inline void SlicedMarking::Reach(ObjectPtr value) {
  if (!value.IsHeapObject()) return;
  const Address object = value.address();
  if (!IsBeingMarked(object)) return;
  __builtin_prefetch(object.As<void>());
  regions_.PrefetchMark(object);
  const Address due = reached_.Exchange(object);
  if (!due.is_null()) MarkObject(due);
}

// Forced, for the reason that scavenger.cc gives.
[[gnu::always_inline]] inline void SlicedMarking::PrefetchWaiting(
    const WaitingEphemerons::Entry& entry) const {
  regions_.PrefetchMark(entry.key);
}

template <typename EachObject>
void SlicedMarking::ForEachMarkedIn(RegionIndex index, Address from, EachObject&& visit) {
  const Address end = regions_.Record(index).mark_limit;
  for (Address object = regions_.NextMarked(from, end); object < end;
       object = regions_.NextMarked(object + ByteCount(kWordSize), end)) {
    visit(object, shapes_[Header::Shared(object).shape()]);
  }
}

template <typename EachObject>
void SlicedMarking::ForEachMarked(EachObject&& visit) {
  ForEachOldRegion(
      [&](RegionIndex index) { ForEachMarkedIn(index, regions_.StartOf(index), visit); });
}

}  // namespace fart

#endif  // FART_GC_SLICED_MARKING_H_
