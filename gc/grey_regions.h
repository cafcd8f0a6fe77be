// GreyRegions -- regions in which something is left to scan, found without needing memory.
//
// A worklist of objects grows when memory is short: the objects that could not be copied are many
// then. So where an object is reached in its place, and where the marker's stack finds no memory,
// the region is put on a chain that runs through the regions' records, with the lowest address
// concerned. Which objects of a region are meant says a bitmap that is there anyway: a scavenge
// uses the mark bits of young objects, which have no other use then, and clears each as it takes
// the object (the first few are listed, so that ordinarily no bitmap is touched); the marker scans
// what is marked again. (Marking from overflowed regions is Knuth's answer to a stack that is too
// small: The Art of Computer Programming, vol. 1, section 2.3.5, algorithm C; Jones, Hosking and
// Moss, "The Garbage Collection Handbook", 2nd edition, section 2.6.)
//
// Invariants
//   G-Y1 chained  a region is on the chain, once, exactly if its record's `grey` is not 0; nothing
//                 that is to be scanned lies below its grey_from.
//   G-Y2 bits     objects that were added and not taken are listed or have mark bits; no others
//   that
//                 are young have (of Add and Take: a scavenge).
//
// Not here: what scanning is (scavenger.h, marker.h).

#ifndef FART_GC_GREY_REGIONS_H_
#define FART_GC_GREY_REGIONS_H_

#include <algorithm>
#include <cstddef>
#include <utility>

#include "heap/base/check.h"
#include "heap/region_space.h"

namespace fart {

class GreyRegions {
 public:
  explicit GreyRegions(RegionSpace& regions) : regions_(regions) {}
  GreyRegions(const GreyRegions&) = delete;
  GreyRegions& operator=(const GreyRegions&) = delete;

  bool is_empty() const { return listed_ == 0 && first_ == kNoRegion; }

  // --- A scavenge: one object after the other.
  void Add(Address object) {
    if (listed_ < kListed) {
      list_[listed_++] = object;
      return;
    }
    const bool is_new = regions_.TryMark(object);  // G-Y2
    FART_DCHECK(is_new);
    static_cast<void>(is_new);
    ++Chain(object).grey;
  }
  // One of those that were added. Pre-condition: !is_empty().
  Address Take() {
    if (listed_ != 0) return list_[--listed_];
    RegionRecord& record = regions_.Record(first_);
    const Address start = regions_.StartOf(first_);
    const Address end = start + kRegionSize;
    const Address object = regions_.NextMarked(start + WordCount(record.grey_from), end);
    FART_DCHECK(object < end);  // G-Y1
    regions_.ClearMark(object);
    record.grey_from = WordsFrom(start, object + ByteCount(kWordSize));
    if (--record.grey == 0) first_ = record.next_grey;
    return object;
  }

  // --- A marking: a whole region, from the lowest object on that was noted.
  void Note(Address object) { Chain(object).grey = 1; }
  // Takes a region off the chain. Pre-condition: !is_empty().
  struct Region {
    RegionIndex index;
    Address from;
  };
  Region TakeRegion() {
    RegionRecord& record = regions_.Record(first_);
    record.grey = 0;
    const Address from = regions_.StartOf(first_) + WordCount(record.grey_from);
    return {std::exchange(first_, record.next_grey), from};
  }

 private:
  static constexpr std::size_t kListed = 128;

  static std::uint16_t WordsFrom(Address start, Address object) {
    return static_cast<std::uint16_t>((object - start).InWords().value());
  }
  RegionRecord& Chain(Address object) {
    const RegionIndex index = regions_.IndexOf(object);
    RegionRecord& record = regions_.Record(index);
    const std::uint16_t from = WordsFrom(regions_.StartOf(index), object);
    if (record.grey == 0) {
      record.next_grey = std::exchange(first_, index);
      record.grey_from = from;
    } else {
      record.grey_from = std::min(record.grey_from, from);
    }
    return record;
  }

  RegionSpace& regions_;
  RegionIndex first_ = kNoRegion;
  std::size_t listed_ = 0;
  Address list_[kListed];
};

}  // namespace fart

#endif  // FART_GC_GREY_REGIONS_H_
