// RegionSpace -- one reserved range of addresses, cut into regions, and the side tables beside it.
//
// A region is free, or belongs to new space or old space; a large object is a run of regions whose
// first one holds its header. Side tables, found from an address by masking and shifting: flags,
// region records, mark bits, card bytes.
//
// Invariants
//   G1 region 0   holds no object; its flags are always 0 (it is where immediates point to).
//   G2 one space  a region in use has exactly one of kNewSpace and kOldSpace.
//   G3 walkable   objects of a region lie between its start and its record's top without gaps.
//   G4 counted    regions_in_use() is the number of regions that are not free, charged() the sum of
//                 what their records are charged with: whole regions, or the pages that a large
//                 object needs.
//
// Not here: which objects live (gc); which regions a space owns (heap.h).

#ifndef FART_HEAP_REGION_SPACE_H_
#define FART_HEAP_REGION_SPACE_H_

#include <cstdint>

#include "heap/base/units.h"
#include "heap/object/header.h"
#include "heap/object/object_ptr.h"
#include "heap/object/region_flags.h"
#include "heap/platform/off_heap.h"
#include "heap/platform/virtual_memory.h"
#include "heap/region_cache.h"
#include "heap/remembered_set.h"

namespace fart {

using RegionIndex = std::uint32_t;
inline constexpr RegionIndex kNoRegion = 0;  // G1

struct RegionRecord {
  Address top;                      // objects end here
  std::uint64_t live_bytes = 0;     // counted by the last marking
  Address mark_limit;               // top at mark start: what lies above was allocated since
  ByteCount large_size;             // of the large object beginning here, else 0
  ByteCount charged;                // what counts against the heap's limit; of a run, at its first
  std::uint32_t age = 0;            // of young large objects: collections survived
  std::uint32_t large_objects = 0;  // of a region that they share: how many
};

// What becomes of a region that is given back.
struct RetirePolicy {
  bool protect = false;  // inaccessible, and its addresses unused as long as possible
  bool zap = false;      // overwritten, if it stays accessible
};

class RegionSpace {
 public:
  // Dead words of zapped regions read as this.
  static constexpr std::uint64_t kZap = 0xDEADDEADDEADDEAD;
  static_assert((kZap & 1) != 0, "a zapped slot looks like a wild reference");

  // Ends up empty when the system refuses the reservation.
  RegionSpace();
  bool IsReserved() const { return !range_.is_empty(); }

  RegionFlags flags() const { return RegionFlags(flag_bytes_); }
  std::uint8_t* card_bytes() const { return card_bytes_; }

  Address StartOf(RegionIndex index) const { return range_.start() + kRegionSize * index; }
  static RegionIndex IndexOf(Address address) {
    return static_cast<RegionIndex>(RegionFlags::IndexOf(address));
  }
  bool Contains(Address address) const {
    return address >= range_.start() && address < range_.end();
  }
  std::uint8_t FlagsOf(RegionIndex index) const { return flag_bytes_[index]; }
  void SetFlags(RegionIndex index, std::uint8_t flags) { flag_bytes_[index] = flags; }
  RegionRecord& Record(RegionIndex index) { return records_[index]; }
  const RegionRecord& Record(RegionIndex index) const { return records_[index]; }

  // `count` adjacent regions with these flags, committed, their tops at their starts; kNoRegion
  // when memory or address space is used up. Contents are arbitrary.
  RegionIndex Take(std::uint32_t count, std::uint8_t flags);
  // Gives the regions back. Spare ones up to the cache size stay committed.
  void Retire(RegionIndex first, std::uint32_t count, RetirePolicy policy);
  // How many retired regions may stay committed for reuse; the others go back to the system.
  void SetCacheSize(std::uint32_t regions);

  std::uint32_t regions_in_use() const { return regions_in_use_; }
  // Bytes that count against the heap's limit.
  ByteCount charged() const { return charged_; }
  // Charges the region for `bytes` instead of what it was taken for, or last charged with. (G4)
  void SetCharge(RegionIndex index, ByteCount bytes) {
    charged_ -= records_[index].charged;
    charged_ += bytes;
    records_[index].charged = bytes;
  }
  // Gives back the whole pages of a region from `from` on; they stay accessible.
  void DiscardFrom(Address from);

  // The bytes of the object at `object`; it may be large.
  ByteCount SizeOf(Address object) const {
    const Header header = Header::At(object);
    return header.is_large() ? Record(IndexOf(object)).large_size : ByteCount(header.size());
  }

  // Mark bits: one per word of the region, for objects below its mark_limit.
  bool IsMarked(Address object) const { return (MarkWord(object) & MarkBit(object)) != 0; }
  // False if it was marked before.
  bool TryMark(Address object) {
    std::uint64_t& word = MarkWord(object);
    const std::uint64_t bit = MarkBit(object);
    if ((word & bit) != 0) return false;
    word |= bit;
    return true;
  }
  void PrefetchMark(Address object) const { __builtin_prefetch(&MarkWord(object), 1); }
  // The first marked object of [from, to), or `to`. Both are in one region.
  Address NextMarked(Address from, Address to) const;
  void ClearMarks(RegionIndex index);

 private:
  std::uint64_t& MarkWord(Address object) const {
    return mark_words_[(object.value() & (kHeapRangeSize.value() - 1)) / (kWordSize * 64)];
  }
  static std::uint64_t MarkBit(Address object) {
    return std::uint64_t{1} << ((object.value() / kWordSize) % 64);
  }
  // A retired region that stays committed. The flag lies beside RegionFlag's and never reaches
  // an address that an object has.
  static constexpr std::uint8_t kCachedRegion = 128;
  bool IsFree(RegionIndex index) const { return flag_bytes_[index] == 0; }
  RegionIndex FindFree(std::uint32_t count, RegionIndex from, RegionIndex to) const;
  void GiveBackExcess();
  // Fills the cache with the regions of one large page, which saves page faults and
  // translations. False: none is to be had, or the space is too small for it to be worth it.
  bool CacheGroup();

  VirtualMemory range_;
  VirtualMemory side_;
  std::uint8_t* flag_bytes_ = nullptr;
  RegionRecord* records_ = nullptr;
  std::uint64_t* mark_words_ = nullptr;
  std::uint8_t* card_bytes_ = nullptr;
  RegionCache cache_;       // free, committed
  RegionIndex cursor_ = 1;  // next-fit: retired addresses are used again as late as possible
  std::uint32_t regions_in_use_ = 0;
  ByteCount charged_;
};

}  // namespace fart

#endif  // FART_HEAP_REGION_SPACE_H_
