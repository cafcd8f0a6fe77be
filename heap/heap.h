// Heap -- where objects are: shapes, regions, the two spaces, the remembered set, the counters.
//
// New space is a list of regions, bump-allocated one region at a time up to a capacity, plus the
// young large objects. Old space is a list of regions filled by bump allocation, plus the old large
// objects; there are no free lists: sparse regions are evacuated, in denser ones the holes between
// live objects are filled before another region is taken.
//
// Invariants
//   HO-G2          heap/object/region_flags.h
//   H-G3, H-G4     region_space.h. H-R1 to H-R3: remembered_set.h. H-Q1, H-Q2: pin_table.h.
//   H-J1, H-J2     old_allocator.h. H-G5 to H-G7, H-G9, H-G10: large_objects.h.
//   H-H1 one home  a region in use is listed by exactly one of new space, old space, large objects.
//   H-H2 limit     the mutator takes nothing that charges more than the heap limit; a collection
//                  may.
//   H-H3 used      outside of major collections OldUsed() is the sum of the old regions' extents.
//
// Not here: deciding what lives (gc); the allocation fast path (mutator.h).

#ifndef FART_HEAP_HEAP_H_
#define FART_HEAP_HEAP_H_

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <utility>

#include "heap/base/units.h"
#include "heap/knobs.h"
#include "heap/large_objects.h"
#include "heap/object/object_ptr.h"
#include "heap/object/region_flags.h"
#include "heap/old_allocator.h"
#include "heap/pin_table.h"
#include "heap/platform/off_heap.h"
#include "heap/region_list.h"
#include "heap/region_space.h"
#include "heap/remembered_set.h"
#include "heap/shape_table.h"
#include "heap/store_observer.h"
#include "heap/uncleared_pairs.h"

namespace fart {

static_assert(kLargeObjectSize.InWords().value() <= Header::SizeField::kMax);
static_assert(Shape::kMaxFixedSize < kLargeObjectSize.value());

// Old space may grow to this before the first major collection.
inline constexpr ByteCount kInitialOldThreshold = MiB(8);

struct SpaceUse {
  std::uint32_t regions = 0;
  ByteCount used;       // bytes of objects and fillers
  ByteCount committed;  // what counts against the limit
};

class Heap {
 public:
  // Throws std::bad_alloc when there is no memory for its shapes.
  explicit Heap(const HeapKnobs& knobs);
  ~Heap();
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  // False when the system refused the address space; nothing else may be called then.
  bool IsReserved() const { return regions_.IsReserved(); }

  // The heap limit may be raised to this: beyond, the range has no room for copying.
  ByteCount most_heap_limit() const { return regions_.range_size() / 2; }

  const HeapKnobs& knobs() const { return knobs_; }
  // The Mutator must be told by KnobsChanged.
  HeapKnobs& mutable_knobs() { return knobs_; }

  ShapeTable& shapes() { return shapes_; }
  const ShapeTable& shapes() const { return shapes_; }
  const Shape& ShapeOf(ObjectPtr object) const { return shapes_[Header::Of(object).shape()]; }
  RegionSpace& regions() { return regions_; }
  const RegionSpace& regions() const { return regions_; }
  RegionFlags flags() const { return regions_.flags(); }
  RememberedSet& remembered_set() { return remembered_set_; }
  const RememberedSet& remembered_set() const { return remembered_set_; }
  PinTable& pins() { return pins_; }
  const PinTable& pins() const { return pins_; }
  ByteCount SizeOf(ObjectPtr object) const { return regions_.SizeOf(object.address()); }
  bool IsYoung(ObjectPtr object) const { return flags().IsYoung(object); }

  // ---- New space
  RegionList& new_regions() { return new_regions_; }
  const RegionList& new_regions() const { return new_regions_; }
  ByteCount new_capacity() const { return new_capacity_; }
  // What new space begins with.
  ByteCount LeastNewCapacity() const {
    return knobs_.new_space_first.is_zero() ? knobs_.new_space_min : knobs_.new_space_first;
  }
  void SetNewCapacity(ByteCount capacity);
  // What old space is to find spare when it grows, beside what new space needs.
  ByteCount old_spare() const { return old_spare_; }
  void SetOldSpare(ByteCount size);
  // The region that a collection filled last and not wholly, or that the mutator gave back: the
  // mutator goes on in it. One of new_regions(), or kNoRegion.
  RegionIndex new_open_region() const { return new_open_region_; }
  void SetNewOpenRegion(RegionIndex index) { new_open_region_ = index; }
  RegionIndex TakeNewOpenRegion() { return std::exchange(new_open_region_, kNoRegion); }
  // Bytes of new space that are used, or taken for that.
  ByteCount NewPressure() const {
    return kRegionSize * new_regions_.size() + large_.taken_since_collection();
  }
  // A fresh new-space region within capacity and limit; kNoRegion asks for a collection. `exceed`:
  // after one, when pinned objects leave no hole large enough, a few regions more.
  enum class Capacity : bool { kRespected, kExceeded };
  RegionIndex TakeNewRegionForMutator(Capacity capacity = Capacity::kRespected);
  // A region whose pinned objects stay young; its holes are the mutator's. (H-H1, H-J1)
  void AdoptNewRegion(RegionIndex index);
  // A hole for `size` bytes; an empty span: there is none.
  Span TakeNewHole(ByteCount size);
  // A smaller one costs more to begin with than there is room for.
  static constexpr ByteCount kMinNewHole = KiB(1);
  // What the mutator leaves of one: dead space already. (H-J1) Without memory to note it that is
  // all it is until the next collection.
  void GiveBackNewHole(Span rest);
  const Vector<Span>& new_holes() const { return new_holes_; }
  // Before a collection.
  void ForgetNewHoles() {
    new_open_region_ = kNoRegion;
    new_holes_.clear();
    new_regions_with_pins_ = 0;
  }
  // Beyond capacity and limit if need be; kNoRegion when no memory can be had.
  RegionIndex TakeNewRegionForCollection();
  // Before a pause, in which nothing is given back before the end: what it is refused once it does
  // not ask for again, or each survivor would wait for the same answer.
  void BeginPause() { refused_regions_ = kNothingRefused; }

  // ---- Old space
  RegionList& old_regions() { return old_regions_; }
  const RegionList& old_regions() const { return old_regions_; }
  OldAllocator& old_allocator() { return old_; }
  const OldAllocator& old_allocator() const { return old_; }
  LargeObjects& large() { return large_; }
  const LargeObjects& large() const { return large_; }
  // Bump allocation in old space, of up to kMaxSharedSize; null when no region can be had. Never
  // collects. `limited` says whether the heap limit binds (H-H2).
  enum class Limit : bool { kIgnored, kRespected };
  Address TryAllocateOld(ByteCount size, Limit limit);
  // Room for one large object of `size` bytes; its header is the caller's to write.
  Address TryAllocateLarge(ByteCount size, LargeObjects::Age age, Limit limit);
  // A region of former young objects joins old space, with the holes that it has. (H-H1, H-J1)
  void AdoptOldRegion(RegionIndex index);
  // What lives of the large objects is settled, the rest is gone (LargeObjects::ReleaseDead).
  template <typename NextLive>
  std::uint32_t ReleaseDeadLarge(bool old_too, NextLive&& next_live) {
    if (!old_too && !large_.has_young()) return 0;
    large_.SetRetirePolicy(retire_policy());
    return large_.ReleaseDead(old_too, next_live,
                              [this](RegionIndex index) { AdoptOldRegion(index); });
  }
  // Gives back the old large objects with runs of which `is_dead(first region)` is true; asked once
  // for each.
  template <typename IsDead>
  void SweepLargeRuns(IsDead&& is_dead) {
    large_.SetRetirePolicy(retire_policy());
    large_.SweepOldRuns(is_dead);
  }
  // The large object, which has a run, takes no more than `size` bytes from now on.
  void ShrinkLarge(RegionIndex first, ByteCount size) {
    large_.SetRetirePolicy(retire_policy());
    large_.ShrinkRun(first, size);
  }
  RetirePolicy retire_policy() const {
    return {.protect = knobs_.protect_retired, .zap = knobs_.zap_retired};
  }

  // The regions of both spaces that a collection empties; none outside of one. It has taken them
  // out of the lists above.
  RegionList& evacuating_regions() { return evacuating_regions_; }

  // Of who marks old space beside the mutator, or looks for who refers to parts of it; null: nobody
  // does.
  StoreObserver* store_observer() const { return store_observer_; }
  void SetStoreObserver(StoreObserver* observer) {
    store_observer_ = observer;
    shapes_.SetObserver(observer);
  }

  // ---- Ephemerons
  // Who has found keys dead that are there still; null: nobody has.
  UnclearedPairs* uncleared_pairs() const { return uncleared_pairs_; }
  void SetUnclearedPairs(UnclearedPairs* uncleared) { uncleared_pairs_ = uncleared; }
  // Before key and value of an ephemeron are read (H-M3): a dead key is not there any more.
  void LookAtPair(Address ephemeron) {
    if (uncleared_pairs_ != nullptr) [[unlikely]]
      uncleared_pairs_->ClearIfDead(ephemeron);
  }
  // From now on hosts may read and write them without that: none is left with a dead key.
  void LetPairsBeReadInlined();
  bool are_pairs_looked_at() const { return are_pairs_looked_at_; }

  // ---- Counters
  // Bytes outside the heap charged to objects of each space.
  ByteCount& external_new() { return external_new_; }
  ByteCount& external_old() { return external_old_; }
  SpaceUse NewUse() const;                                 // without large objects and holes
  SpaceUse OldUse() const { return UseOf(old_regions_); }  // without runs of large objects
  // OldUse().used, without a walk over the regions. Outside of major collections only. (H-H3)
  ByteCount OldUsed() const { return old_used_ + old_.grown(); }
  // After a collection that has changed the list.
  void CountOldUsed() {
    old_used_ = OldUse().used;
    old_.ForgetGrowth();
  }
  SpaceUse LargeUse() const {
    return {large_.regions(), large_.used(), large_.young_charge() + large_.old_charge()};
  }
  // What old space's growth is measured by: what its regions, without gaps, and its large objects
  // are charged for, and external bytes. Outside of pauses only.
  ByteCount OldPressure() const;
  // Of old regions: what holes have, what they had in those that are to be emptied, and what is
  // dead in those that wait to be swept.
  ByteCount OldGaps() const { return old_.in_holes() + old_withdrawn_ + old_unswept_; }
  void SetOldWithdrawn(ByteCount size) { old_withdrawn_ = size; }
  ByteCount old_withdrawn() const { return old_withdrawn_; }
  void SetOldUnswept(ByteCount dead) { old_unswept_ = dead; }
  ByteCount old_unswept() const { return old_unswept_; }
  // A collection of at least old space is due when OldPressure passes this.
  ByteCount old_threshold() const { return old_threshold_; }
  void SetOldThreshold(ByteCount threshold) { old_threshold_ = threshold; }

  // ---- Low memory: any thread says so, the mutator sees it when it next needs room.
  void NotifyLowMemory() { memory_is_low_.store(true, std::memory_order_relaxed); }
  bool TakeLowMemory() {
    return memory_is_low_.load(std::memory_order_relaxed) &&
           memory_is_low_.exchange(false, std::memory_order_relaxed);
  }

  struct Allocated {
    std::uint64_t objects = 0;
    std::uint64_t bytes = 0;
  };
  Allocated& allocated() { return allocated_; }
  const Allocated& allocated() const { return allocated_; }

  // Covers [from, to) of a region with dead space that can be walked (H-G3).
  static void FillDead(Address from, Address to) { FillDeadSpace(from, to); }

  // Calls visit(Address object, Header, ByteCount size) for each object and filler of a region
  // that is not part of a large object.
  template <typename Visit>
  void WalkRegion(RegionIndex index, Visit&& visit) const {
    Address object = regions_.StartOf(index);
    const Address top = regions_.Record(index).top;
    while (object < top) {
      const Header header = Header::At(object);
      const ByteCount size = header.size();
      visit(object, header, size);
      object = object + size;
    }
  }

 private:
  // What may still be charged.
  ByteCount Headroom(Limit limit) const;
  // Whether so much may be taken; regions that collections take are charged to their budget.
  bool MayTake(LargeObjects::Need need, Limit limit);
  // After MayTake, when it could not be. Limit::kIgnored: by a collection.
  void NoteRefusal(LargeObjects::Need need, Limit limit) {
    if (limit == Limit::kIgnored) refused_regions_ = std::min(refused_regions_, need.regions);
  }
  void SetSpareRegions();
  RegionIndex TakeNewRegion();
  SpaceUse UseOf(const RegionList& list) const;

  HeapKnobs knobs_;
  ShapeTable shapes_;
  RegionSpace regions_;
  RememberedSet remembered_set_;
  PinTable pins_;
  RegionList new_regions_;
  RegionIndex new_open_region_ = kNoRegion;
  Vector<Span> new_holes_;
  std::size_t new_regions_with_pins_ = 0;
  ByteCount new_capacity_;
  ByteCount old_spare_;
  RegionList old_regions_;
  RegionList evacuating_regions_;
  StoreObserver* store_observer_ = nullptr;
  UnclearedPairs* uncleared_pairs_ = nullptr;
  bool are_pairs_looked_at_ = true;
  static constexpr std::uint32_t kNothingRefused = ~std::uint32_t{0};
  std::uint32_t refused_regions_ = kNothingRefused;  // so many at a time this pause cannot have
  ByteCount old_used_;                               // but for old_'s growth
  ByteCount old_withdrawn_;
  ByteCount old_unswept_;
  OldAllocator old_;
  LargeObjects large_;
  ByteCount external_new_;
  ByteCount external_old_;
  ByteCount old_threshold_;
  Allocated allocated_;
  std::atomic<bool> memory_is_low_{false};
};

}  // namespace fart

#endif  // FART_HEAP_HEAP_H_
