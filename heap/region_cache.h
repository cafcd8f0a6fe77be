// RegionCache -- retired regions that stay committed, to be taken again without asking the system.
//
// Single regions and runs (of large objects) are kept apart: a run is taken whole, or cut when
// nothing else serves. Bounded by a number of regions, where those of runs count half: of a run
// for one large object as little as that may have pages. Where a run wants in, single ones go
// first, for one run costs as many page faults as they do and one call of the system less.
//
// Invariants
//   H-G8 bounded  what is kept weighs at most `limit`, and is kept once.
//
// Not here: committing and giving back (region_space.h).

#ifndef FART_HEAP_REGION_CACHE_H_
#define FART_HEAP_REGION_CACHE_H_

#include <cstddef>
#include <cstdint>

#include "heap/platform/off_heap.h"

namespace fart {

class RegionCache {
 public:
  struct Run {
    std::uint32_t first = 0;
    std::uint32_t count = 0;  // 0: none
  };

  std::uint32_t limit() const { return limit_; }
  std::uint32_t regions() const { return static_cast<std::uint32_t>(singles_.size()) + in_runs_; }
  std::size_t weight() const { return singles_.size() + in_runs_ / 2; }
  void SetLimit(std::uint32_t regions) { limit_ = regions; }

  // Whether there is a run of so many regions, two or more.
  bool Has(std::uint32_t count) const {
    for (const Run& run : runs_) {
      if (run.count >= count) return true;
    }
    return false;
  }
  // `count` adjacent regions; none: there are no such.
  Run Take(std::uint32_t count) {
    if (count == 1 && !singles_.empty()) {
      const Run single{singles_.back(), 1};
      singles_.pop_back();
      return single;
    }
    // The shortest that is long enough, the last retired of these.
    std::size_t best = runs_.size();
    for (std::size_t i = runs_.size(); i-- > 0;) {
      if (runs_[i].count < count) continue;
      if (best == runs_.size() || runs_[i].count < runs_[best].count) best = i;
      if (runs_[best].count == count) break;
    }
    if (best == runs_.size()) return Run{};
    const Run found = runs_[best];
    if (found.count == count + 1 && !MakeRoom(1)) return Run{};  // for what is cut off
    runs_.erase(runs_.begin() + static_cast<std::ptrdiff_t>(best));
    in_runs_ -= found.count;
    if (found.count > count) Add({found.first + count, found.count - count});
    return {found.first, count};
  }

  // Whether `count` more would find room.
  bool HasRoomFor(std::uint32_t count) const {
    return count == 1 ? weight() < limit_ : (in_runs_ + count) / 2 <= limit_;
  }
  // Before Add: makes sure that it needs no memory, for so many runs of `count` regions. False:
  // there is none.
  [[nodiscard]] bool MakeRoom(std::uint32_t count, std::size_t runs = 1) {
    return count == 1 ? TryMakeRoom(singles_, runs) : TryMakeRoom(runs_, runs);
  }
  // Pre-condition: HasRoomFor(run.count), and MakeRoom. Afterwards TakeExcess() until there is
  // none.
  void Add(Run run) {
    if (run.count == 1) {
      singles_.push_back(run.first);
    } else {
      runs_.push_back(run);
      in_runs_ += run.count;
    }
  }
  // What must go for the limit's sake, oldest first; none: nothing must. (H-G8)
  Run TakeExcess() {
    if (weight() <= limit_) return Run{};
    if (!singles_.empty()) {
      const Run oldest{singles_.front(), 1};
      singles_.erase(singles_.begin());
      return oldest;
    }
    const Run oldest = runs_.front();
    runs_.erase(runs_.begin());
    in_runs_ -= oldest.count;
    return oldest;
  }

 private:
  Vector<std::uint32_t> singles_;  // the last retired is the last
  Vector<Run> runs_;               // of two regions and more, likewise
  std::uint32_t in_runs_ = 0;
  std::uint32_t limit_ = 16;
};

}  // namespace fart

#endif  // FART_HEAP_REGION_CACHE_H_
