// LargeObjects -- the objects that are not worth copying: they age and grow old where they are.
//
// An object of kLargeObjectSize or more is allocated here. Up to kMaxSharedSize it shares a region
// with others of the same age, bump-allocated; a longer one has a run of regions, charged by page.
// Young runs may follow each other without a gap, the end of one and the beginning of the next in
// one region (RegionSpace::TakeBehind): the kernel clears whole large pages, also for half an
// object. Young ones are part of new space: a collection that reaches one leaves it in its place,
// and the one that it survives as its kPromotionAge-th turns its region's flags to old. A shared
// region is an ordinary region of old space from then on, with holes where others died
// (old_allocator.h).
//
// Young large objects are remembered like old ones: by card, from the first store on. So a list of
// a million elements is never scanned whole by a minor collection, not even while it is young.
//
// Invariants
//   H-G5 flags     regions here have kYoungLargeFlags or, of a run only, kLargeFlags.
//   H-G6 one age   all objects that lie or reach into a region have survived as many collections;
//                  what is allocated goes to the open region, which has survived none, or behind a
//                  run that has survived none.
//   H-G7 by page   a shared region is charged for the pages from its start to its objects' end, the
//                  first region of a run for the pages that its object needs.
//   H-G9 used      used() is the sum of the extents of the regions and runs in the lists.
//   H-G10 reached  the record of a region here says how many objects lie or reach into it; one that
//                  none reaches into is given back.
//   H-R1 complete  heap/remembered_set.h, with "old" meaning "old or large".
//
// Not here: which of them live (gc); when a collection is due (heap.h).

#ifndef FART_HEAP_LARGE_OBJECTS_H_
#define FART_HEAP_LARGE_OBJECTS_H_

#include <cstdint>

#include "heap/base/units.h"
#include "heap/object/header.h"
#include "heap/object/region_flags.h"
#include "heap/old_allocator.h"
#include "heap/region_list.h"
#include "heap/region_space.h"
#include "heap/shape_table.h"

namespace fart {

// Objects of at least this many bytes are large. (Measured: docs/design/large_objects.md.)
inline constexpr ByteCount kLargeObjectSize = KiB(20);
// Up to here two and more fit into one region.
inline constexpr ByteCount kMaxSharedSize = kRegionSize / 2;
static_assert(kMaxSharedSize.InWords().value() <= Header::SizeField::kMax);

// Flags of the regions of each space.
inline constexpr std::uint8_t kNewSpaceFlags = kNewSpace | kVisitPointersTo;
inline constexpr std::uint8_t kOldSpaceFlags = kOldSpace | kVisitPointersFrom;
inline constexpr std::uint8_t kLargeFlags = kOldSpaceFlags | kLargeRegion;
inline constexpr std::uint8_t kYoungLargeFlags = kNewSpaceFlags | kVisitPointersFrom | kLargeRegion;

// An object is promoted by the collection that it survives as this one.
inline constexpr unsigned kPromotionAge = 2;

class LargeObjects {
 public:
  enum class Age : bool { kYoung, kOld };

  explicit LargeObjects(RegionSpace& regions)
      : regions_(regions),
        old_runs_(regions.lists()),
        young_runs_(regions.lists()),
        shared_(regions.lists()) {}

  // What TryTake will take and be charged for.
  struct Need {
    std::uint32_t regions = 0;
    ByteCount charge;
  };
  Need NeedOf(ByteCount size, Age age) const;
  // Room for an object of `size` bytes; its header is the caller's to write, with HeaderSize. Null:
  // no region can be had. Old ones of shared size belong to old space: not here.
  Address TryTake(ByteCount size, Age age);
  // The size that the header of an object of `size` bytes has.
  static WordCount HeaderSize(ByteCount size) {
    return size <= kMaxSharedSize ? size.InWords() : WordCount(0);
  }
  // The object, which has a run, needs no more than `size` bytes from now on.
  void ShrinkRun(RegionIndex first, ByteCount size);

  // ---- A collection's view
  // Marks the young ones' regions as being collected, and those whose objects will be old as not
  // staying young; `all_leave`: every one of them (under stress), and old runs are marked, too.
  void BeginCollection(bool all_leave) {
    open_ = kNoRegion;  // H-G6
    regions_.EndRun();
    allocated_ = ByteCount();
    taken_ = ByteCount();
    if (all_leave || has_young()) MarkRegions(all_leave);
  }
  // Ends it. `next_live(from, to)` answers the first object from `from` on, where one begins, that
  // lives and is still there, or `to`; for a run it is asked once. Answers how many objects died.
  // `adopt(index)` is told of each shared region that is one of old space from now on.
  template <typename NextLive, typename Adopt>
  std::uint32_t ReleaseDead(bool old_too, NextLive&& next_live, Adopt&& adopt);

  // Gives back the old runs of which `is_dead(first)` is true.
  template <typename IsDead>
  void SweepOldRuns(IsDead&& is_dead) {
    DeadRuns dead(*this);
    old_runs_.EraseIf([&](RegionIndex first) {
      if (!is_dead(first)) return false;
      dead.Add(first, Age::kOld);
      return true;
    });
  }

  // Calls visit(object, size) for every object; a region that a collection has not finished with
  // cannot be walked.
  template <typename Visit>
  void ForEach(Visit&& visit) const;
  // The same for regions: their marks and live bytes. Of a run the first counts.
  template <typename Visit>
  void ForEachRegion(Visit&& visit) const {
    for (const RegionList* const list : {&old_runs_, &young_runs_, &shared_}) {
      for (const RegionIndex index : *list) visit(index);
    }
  }

  const RegionList& old_runs() const { return old_runs_; }
  const RegionList& young_runs() const { return young_runs_; }
  // Young; the last one is open, if open_region() is not kNoRegion.
  const RegionList& shared() const { return shared_; }
  RegionIndex open_region() const { return open_; }
  bool has_young() const { return !young_runs_.empty() || !shared_.empty(); }

  // ---- Counters
  std::uint32_t regions() const;
  ByteCount used() const { return used_; }  // by objects and fillers (H-G9)
  ByteCount young_charge() const { return young_charge_; }
  ByteCount old_charge() const { return old_charge_; }
  // Bytes of young ones since the last collection.
  ByteCount allocated_since_collection() const { return allocated_; }
  // The same with what else of a region they took: its rest that was too small for the next one, or
  // that one alone cannot share. So many regions may die at once, and are kept for reuse.
  ByteCount taken_since_collection() const { return taken_; }
  // The region in which the run ends that begins in `first`; of another one `first` itself.
  RegionIndex LastOf(RegionIndex first) const;
  // What a region is charged for whose objects end at `size`. (H-G7)
  static ByteCount ChargeFor(ByteCount size);
  void SetRetirePolicy(RetirePolicy policy) { policy_ = policy; }

 private:
  // Gives back runs that the lists have no longer: the regions that nobody else reaches into, those
  // of neighbours together (H-G10), and the pages between the objects that live.
  class DeadRuns {
   public:
    explicit DeadRuns(LargeObjects& large) : large_(large) {}
    ~DeadRuns() { Flush(); }
    DeadRuns(const DeadRuns&) = delete;
    DeadRuns& operator=(const DeadRuns&) = delete;
    // In the order of the lists, in which neighbours follow each other.
    void Add(RegionIndex first, Age age);

   private:
    void Flush();

    LargeObjects& large_;
    RegionIndex from_ = kNoRegion;  // regions up to to_ that nobody reaches into
    RegionIndex to_ = kNoRegion;
    RegionIndex rest_ = kNoRegion;  // one that the next object of the list begins in, if it lives
  };

  void MarkRegions(bool all_leave);
  bool FitsOpenRegion(ByteCount size) const;
  Address TakeShared(ByteCount size);
  Address TakeRun(ByteCount size, Age age);
  void SetCharge(RegionIndex index, ByteCount charge);
  void SetFlags(RegionIndex first, std::uint8_t flags);
  bool IsYoung(RegionIndex index) const { return (regions_.FlagsOf(index) & kNewSpace) != 0; }
  bool IsLeaving(RegionIndex index) const {
    return (regions_.FlagsOf(index) & kStaysYoung) != kStaysYoung;
  }
  // A survivor's header when a collection is over.
  static void Settle(Address object) {
    Header::At(object).WithKept(false).WithAge(0).StoreTo(object);
  }
  // Of a run that lives.
  void SettleRun(RegionIndex first) {
    Settle(regions_.LargeAt(first));
    regions_.Record(first).has_kept = false;
  }
  template <typename NextLive, typename Adopt>
  bool ReleaseShared(RegionIndex index, NextLive&& next_live, Adopt&& adopt, std::uint32_t* dead);

  RegionSpace& regions_;
  RetirePolicy policy_;
  RegionList old_runs_;  // the first regions
  RegionList young_runs_;
  RegionList shared_;
  RegionIndex open_ = kNoRegion;
  ByteCount young_charge_;
  ByteCount old_charge_;  // of runs
  ByteCount allocated_;
  ByteCount taken_;
  ByteCount used_;
};

template <typename Visit>
void LargeObjects::ForEach(Visit&& visit) const {
  for (const RegionList* const list : {&old_runs_, &young_runs_}) {
    for (const RegionIndex first : *list) {
      visit(regions_.LargeAt(first), regions_.Record(first).large_size);
    }
  }
  for (const RegionIndex index : shared_) {
    const Address top = regions_.Record(index).top;
    for (Address object = regions_.StartOf(index); object < top;) {
      const Header header = Header::At(object);
      const ByteCount size = header.size();
      if (!ShapeTable::IsFiller(header.shape())) visit(object, size);
      object = object + size;
    }
  }
}

template <typename NextLive, typename Adopt>
std::uint32_t LargeObjects::ReleaseDead(bool old_too, NextLive&& next_live, Adopt&& adopt) {
  std::uint32_t dead = 0;
  DeadRuns dead_runs(*this);
  const auto ends = [&](RegionIndex first, Age age) {
    const Address object = regions_.LargeAt(first);
    if (next_live(object, object + ByteCount(kWordSize)) == object) return false;
    ++dead;
    dead_runs.Add(first, age);
    return true;
  };
  if (old_too) {
    old_runs_.EraseIf([&](RegionIndex first) {
      if (ends(first, Age::kOld)) return true;
      SettleRun(first);
      SetFlags(first, kLargeFlags);
      return false;
    });
  }
  young_runs_.EraseIf([&](RegionIndex first) {
    if (ends(first, Age::kYoung)) return true;
    SettleRun(first);
    if (!IsLeaving(first)) {
      ++regions_.Record(first).age;
      SetFlags(first, kYoungLargeFlags);
      return false;
    }
    const ByteCount charge = regions_.Record(first).charged;
    young_charge_ -= charge;
    old_charge_ += charge;
    SetFlags(first, kLargeFlags);
    old_runs_.push_back(first);
    return true;
  });
  shared_.EraseIf([&](RegionIndex index) { return ReleaseShared(index, next_live, adopt, &dead); });
  return dead;
}

// Whether the region is none of the shared ones any more.
template <typename NextLive, typename Adopt>
bool LargeObjects::ReleaseShared(RegionIndex index, NextLive&& next_live, Adopt&& adopt,
                                 std::uint32_t* dead) {
  RegionRecord& record = regions_.Record(index);
  const Address start = regions_.StartOf(index);
  std::uint32_t live = 0;
  Address dead_from = start;
  for (Address object = next_live(start, record.top); object < record.top;
       object = next_live(dead_from, record.top)) {
    FillDeadSpace(dead_from, object);  // H-G3
    Settle(object);
    dead_from = object + ByteCount(Header::At(object).size());
    ++live;
  }
  record.has_kept = false;
  *dead += record.large_objects - live;
  record.large_objects = live;
  const ByteCount extent = record.top - start;
  if (live == 0) {
    used_ -= extent;
    SetCharge(index, ByteCount());
    regions_.Retire(index, 1, policy_);
    return true;
  }
  FillDeadSpace(dead_from, record.top);
  if (!IsLeaving(index)) {
    ++record.age;
    SetFlags(index, kYoungLargeFlags);
    return false;
  }
  young_charge_ -= record.charged;
  used_ -= extent;
  regions_.SetFlags(index, kOldSpaceFlags);
  adopt(index);
  return true;
}

}  // namespace fart

#endif  // FART_HEAP_LARGE_OBJECTS_H_
