// Heap -- where objects are: shapes, regions, the two spaces, the remembered set, the counters.
//
// New space is a list of regions, bump-allocated one region at a time up to a capacity. Old space
// is a list of regions filled by bump allocation, plus large objects; there are no free lists:
// sparse regions are evacuated, denser ones keep their dead objects as fillers until they are
// sparse.
//
// Invariants
//   G2 to G4     region_space.h. R1 to R3: remembered_set.h. Q1, Q2: pin_table.h.
//   H1 one home  a region in use is listed by exactly one of new space, old space, large objects.
//   H2 limit     the mutator takes no region beyond the heap limit; a collection may.
//
// Not here: deciding what lives (gc); the allocation fast path (mutator.h).

#ifndef FART_HEAP_HEAP_H_
#define FART_HEAP_HEAP_H_

#include <atomic>
#include <cstdint>
#include <utility>

#include "heap/base/units.h"
#include "heap/knobs.h"
#include "heap/object/object_ptr.h"
#include "heap/object/region_flags.h"
#include "heap/pin_table.h"
#include "heap/platform/off_heap.h"
#include "heap/region_space.h"
#include "heap/remembered_set.h"
#include "heap/shape_table.h"

namespace fart {

// Objects of at least this many bytes get regions of their own.
inline constexpr ByteCount kLargeObjectSize = KiB(32);
static_assert(kLargeObjectSize.InWords().value() <= Header::SizeField::kMax);
static_assert(Shape::kMaxFixedSize < kLargeObjectSize.value());

// Flags of the regions of each space.
inline constexpr std::uint8_t kNewSpaceFlags = kNewSpace | kVisitPointersTo;
inline constexpr std::uint8_t kOldSpaceFlags = kOldSpace | kVisitPointersFrom;
inline constexpr std::uint8_t kLargeFlags = kOldSpaceFlags | kLargeRegion;

// Old space may grow to this before the first major collection.
inline constexpr ByteCount kInitialOldThreshold = MiB(16);

struct SpaceUse {
  std::uint32_t regions = 0;
  ByteCount used;  // bytes of objects and fillers
};

class Heap {
 public:
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
  Vector<RegionIndex>& new_regions() { return new_regions_; }
  const Vector<RegionIndex>& new_regions() const { return new_regions_; }
  ByteCount new_capacity() const { return new_capacity_; }
  void SetNewCapacity(ByteCount capacity);
  // The region that a collection filled last and not wholly, or that the mutator gave back: the
  // mutator goes on in it. It is the last of new_regions(), or kNoRegion.
  RegionIndex new_open_region() const { return new_open_region_; }
  void SetNewOpenRegion(RegionIndex index) { new_open_region_ = index; }
  RegionIndex TakeNewOpenRegion() { return std::exchange(new_open_region_, kNoRegion); }
  // A fresh new-space region within capacity and limit; kNoRegion asks for a collection.
  RegionIndex TakeNewRegionForMutator();
  // The same beyond both if need be; kNoRegion when no memory can be had.
  RegionIndex TakeNewRegionForCollection();

  // ---- Old space
  Vector<RegionIndex>& old_regions() { return old_regions_; }
  const Vector<RegionIndex>& old_regions() const { return old_regions_; }
  // First regions of the large objects.
  Vector<RegionIndex>& large_objects() { return large_objects_; }
  const Vector<RegionIndex>& large_objects() const { return large_objects_; }
  // Bump allocation in old space; null when no region can be had. Never collects. `limited` says
  // whether the heap limit binds (H2).
  enum class Limit : bool { kIgnored, kRespected };
  Address TryAllocateOld(ByteCount size, Limit limit);
  // Regions for one large object of `size` bytes; its header is the caller's to write.
  Address TryAllocateLarge(ByteCount size, Limit limit);
  // Makes old space begin its next object in a fresh region (before an evacuation).
  void AbandonOldArea() { old_area_region_ = kNoRegion; }
  // The region being filled: the last of old_regions(), or kNoRegion.
  RegionIndex old_area_region() const { return old_area_region_; }
  void RetireLarge(RegionIndex first, RetirePolicy policy);
  // The large object takes no more than `size` bytes from now on; whole regions behind go back.
  void ShrinkLarge(RegionIndex first, ByteCount size);
  static std::uint32_t RegionsFor(ByteCount size) {
    return static_cast<std::uint32_t>((size.value() + kRegionSize.value() - 1) /
                                      kRegionSize.value());
  }
  RetirePolicy retire_policy() const {
    return {.protect = knobs_.protect_retired, .zap = knobs_.zap_retired};
  }

  // ---- Counters
  // Bytes outside the heap charged to objects of each space.
  ByteCount& external_new() { return external_new_; }
  ByteCount& external_old() { return external_old_; }
  SpaceUse NewUse() const { return UseOf(new_regions_); }
  SpaceUse OldUse() const { return UseOf(old_regions_); }  // without large objects
  SpaceUse LargeUse() const;
  // What old space's growth is measured by: bytes used in old and large regions and external.
  ByteCount OldPressure() const;
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

  // Covers [from, to) of a region with dead space that can be walked (G3).
  static void FillDead(Address from, Address to);

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
  bool WithinLimit(std::uint32_t more_regions) const;
  // Whether `count` regions may be taken; one that collections take is charged to their budget.
  bool MayTake(std::uint32_t count, Limit limit);
  RegionIndex TakeNewRegion();
  SpaceUse UseOf(const Vector<RegionIndex>& list) const;

  HeapKnobs knobs_;
  ShapeTable shapes_;
  RegionSpace regions_;
  RememberedSet remembered_set_;
  PinTable pins_;
  Vector<RegionIndex> new_regions_;
  RegionIndex new_open_region_ = kNoRegion;
  ByteCount new_capacity_;
  Vector<RegionIndex> old_regions_;
  RegionIndex old_area_region_ = kNoRegion;
  Vector<RegionIndex> large_objects_;
  ByteCount large_bytes_;  // in regions
  ByteCount external_new_;
  ByteCount external_old_;
  ByteCount old_threshold_;
  Allocated allocated_;
  std::atomic<bool> memory_is_low_{false};
};

}  // namespace fart

#endif  // FART_HEAP_HEAP_H_
