// RegionSpace -- one reserved range of addresses, cut into regions, and the side tables beside it.
//
// A region is free, or belongs to new space or old space; a large object has a run of regions, in
// the first of which it begins. Two runs may have a region together: the end of one and the
// beginning of the next. Side tables, found from an address by masking and shifting: flags, region
// records, mark bits, card bytes.
//
// Invariants
//   HO-G1, HO-G2   heap/object/region_flags.h: the flags of other regions with tables are 0, too,
//                  and every region in use is in one space.
//   H-G3 walkable  objects of a region lie between its start and its record's top without gaps.
//   H-G4 counted   regions_in_use() is the number of regions that are not free, charged() the sum
//                  of what their records are charged with: whole regions, or the pages that a
//                  large object needs.
//   H-L1 room      region_list.h
//
// The tables lie at the front of the range itself, in region 0 and as many more as they need: a
// heap is one mapping that is accessible, up to where it has grown, and one that is not.
//
// Not here: which objects live (gc); which regions a space owns (heap.h); what the system must be
// asked for (region_access.h).

#ifndef FART_HEAP_REGION_SPACE_H_
#define FART_HEAP_REGION_SPACE_H_

#include <atomic>
#include <bit>
#include <cstdint>
#include <cstring>

#include "heap/base/units.h"
#include "heap/object/header.h"
#include "heap/object/object_ptr.h"
#include "heap/object/region_flags.h"
#include "heap/platform/off_heap.h"
#include "heap/platform/prefault.h"
#include "heap/platform/virtual_memory.h"
#include "heap/region_access.h"
#include "heap/region_cache.h"
#include "heap/region_list.h"
#include "heap/remembered_set.h"

namespace fart {

inline constexpr RegionIndex kNoRegion = 0;  // HO-G1

// How many regions so many bytes take.
constexpr std::uint32_t RegionsFor(ByteCount size) {
  return static_cast<std::uint32_t>(size.RoundedUpTo(kRegionSize.value()).value() /
                                    kRegionSize.value());
}

// A heap reserves three times its limit, for copying and for addresses that stay unused for a
// while, rounded up to a power of two. The largest fits into the low half of 47 bits.
inline constexpr ByteCount kMinHeapRange = MiB(64);
inline constexpr ByteCount kMaxHeapRange = GiB(4096);

struct RegionRecord {
  Address top;                      // objects end here
  std::uint64_t live_bytes = 0;     // counted by the last marking
  Address mark_limit;               // top at mark start: what lies above was allocated since
  ByteCount large_size;             // of the object with a run that begins here, else 0
  ByteCount charged;                // what counts against the heap's limit; of a run, at its first
  std::uint32_t age = 0;            // of young large objects: collections survived
  std::uint32_t large_objects = 0;  // large ones that lie or reach in here (H-G10)
  // A collection's own, for work that must not need memory (gc/grey_regions.h).
  std::uint32_t grey = 0;        // objects to be scanned; 0: not on the chain
  RegionIndex next_grey = 0;     // on the chain; kNoRegion: none
  std::uint16_t grey_from = 0;   // no object to be scanned lies below: in words from the start
  std::uint16_t large_from = 0;  // where the object with a run begins: in words from the start
  bool has_kept = false;         // of an evacuating region: some of its objects stay; of young
                                 // large ones, in a scavenge: some live
  bool unswept = false;          // marked in slices; its dead ones are still there (G-S4)
  std::uint16_t candidate = 0;   // its number, from 1, among those that may be emptied in slices
};
static_assert(kRegionSize.InWords().value() <= 1u << 16);
// The way from an address to its record is a shift, and a record one cache line.
static_assert(sizeof(RegionRecord) == 64);

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

  // For a heap of this limit. Ends up empty when the system refuses the reservation.
  explicit RegionSpace(ByteCount heap_limit);
  bool IsReserved() const { return !range_.is_empty(); }
  // What a heap of this limit reserves.
  static ByteCount RangeFor(ByteCount heap_limit);
  ByteCount range_size() const { return range_.size(); }
  Address range_start() const { return range_.start(); }
  // Regions are in [first_region(), end_region()).
  RegionIndex first_region() const { return first_; }
  RegionIndex end_region() const { return end_; }

  // For who keeps regions in lists of his own. (H-L1)
  RegionLists& lists() { return lists_; }

  RegionFlags flags() const { return RegionFlags(flag_bytes_, mask_); }
  // Where the flags of address 0 would be: of an object that is in the heap for sure they are found
  // from there without the mask.
  std::uintptr_t flag_base() const {
    return reinterpret_cast<std::uintptr_t>(flag_bytes_) - (range_.start().value() >> kRegionShift);
  }
  std::uint8_t* card_bytes() const { return card_bytes_; }

  Address StartOf(RegionIndex index) const { return range_.start() + kRegionSize * index; }
  RegionIndex IndexOf(Address address) const {
    return static_cast<RegionIndex>(address.value() >> kRegionShift) & mask_;
  }
  bool Contains(Address address) const {
    return address >= range_.start() && address < range_.end();
  }
  std::uint8_t FlagsOf(RegionIndex index) const { return flag_bytes_[index]; }
  void SetFlags(RegionIndex index, std::uint8_t flags) {
    std::atomic_ref(flag_bytes_[index]).store(flags, std::memory_order_relaxed);
  }
  RegionRecord& Record(RegionIndex index) { return records_[index]; }
  const RegionRecord& Record(RegionIndex index) const { return records_[index]; }

  // `count` adjacent regions with these flags, committed, their tops at their starts; kNoRegion
  // when memory or address space is used up. Contents are arbitrary. `written`: so much of them is
  // written at once.
  RegionIndex Take(std::uint32_t count, std::uint8_t flags, ByteCount written = ByteCount());
  // Room for a large object behind the last run, if that one's pages were fresh: in the rest of its
  // last region, whose pages a large page has brought, and in as many regions more, which nobody is
  // charged for. The object is longer than a region. Null: there is no such room, the region has
  // other flags, or spare regions have their pages already.
  Address TakeBehind(ByteCount size, std::uint8_t flags);
  // Gives that rest back: what is taken from now on does not lie there.
  void EndRun();
  // One region, for who fills it slowly: where there is one without pages, while regions are taken
  // one by one, spare ones are left to who writes them whole.
  RegionIndex TakeWithoutPages(std::uint8_t flags);
  // Gives the regions back. Spare ones up to the cache size keep their pages.
  void Retire(RegionIndex first, std::uint32_t count, RetirePolicy policy);
  // How many retired regions may keep their pages for reuse; those of the others go back to the
  // system. Also tries again what the system refused to take.
  void SetCacheSize(std::uint32_t regions);
  const RegionAccess& access() const { return access_; }
  // The first of the regions that are opened before they are needed; kNoRegion: none is.
  RegionIndex ahead() const { return ahead_; }
  // So many are open, and so many of these backed.
  std::uint32_t ahead_count() const { return ahead_count_; }
  std::uint32_t backed_ahead() const { return backed_ahead_; }
  std::uint32_t opening_count() const { return opening_count_; }

  std::uint32_t regions_in_use() const { return regions_in_use_; }
  // Free regions that are accessible and no spare ones.
  std::uint32_t free_open() const { return free_open_; }
  // Bytes that count against the heap's limit.
  ByteCount charged() const { return charged_; }
  // Charges the region for `bytes` instead of what it was taken for, or last charged with. (H-G4)
  void SetCharge(RegionIndex index, ByteCount bytes) {
    charged_ -= records_[index].charged;
    charged_ += bytes;
    records_[index].charged = bytes;
  }
  // Gives back the whole pages from `from` to where the next region begins, or to `to` in the same
  // region; they stay accessible.
  void DiscardFrom(Address from);
  void Discard(Address from, Address to);

  // The object with a run that begins in the region.
  Address LargeAt(RegionIndex index) const {
    return StartOf(index) + WordCount(records_[index].large_from);
  }
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
    std::atomic_ref(word).store(word | bit, std::memory_order_relaxed);
    return true;
  }
  // The same where several threads mark: one of them alone is answered true.
  bool TryMarkShared(Address object) {
    const std::atomic_ref word(MarkWord(object));
    const std::uint64_t bit = MarkBit(object);
    if ((word.load(std::memory_order_relaxed) & bit) != 0) return false;
    return (word.fetch_or(bit, std::memory_order_relaxed) & bit) == 0;
  }
  // For another thread than the one that marks: true is for certain.
  bool IsMarkedByNow(Address object) const {
    const std::uint64_t word = std::atomic_ref(MarkWord(object)).load(std::memory_order_relaxed);
    return (word & MarkBit(object)) != 0;
  }
  void ClearMark(Address object) { MarkWord(object) &= ~MarkBit(object); }
  // Inlined by force: gcc takes a function that does nothing else for one without effect, and drops
  // calls of it.
  [[gnu::always_inline]] void PrefetchMark(Address object) const {
    __builtin_prefetch(&MarkWord(object), 1);
  }
  // Whether the object died in a marking in slices, and its region waits to be swept (G-S4).
  bool IsUnsweptDead(Address object) const {
    const RegionRecord& record = Record(IndexOf(object));
    return record.unswept && object < record.mark_limit && !IsMarked(object);
  }
  // All marks of a region, as kMarkWords words; for who uses them meanwhile for something else.
  static constexpr std::size_t kMarkWords = kRegionSize.InWords().value() / 64;
  const std::uint64_t* MarksOf(RegionIndex index) const { return &MarkWord(StartOf(index)); }
  // From a region's on those of all that follow, a bit for each word: for who marks many at a time.
  std::uint64_t* MarkWordsFrom(RegionIndex index) { return &MarkWord(StartOf(index)); }
  void SetMarks(RegionIndex index, const std::uint64_t* words) {
    std::memcpy(&MarkWord(StartOf(index)), words, kMarkWords * sizeof(std::uint64_t));
  }
  // The first marked object of [from, to), or `to`. Both are in one region.
  Address NextMarked(Address from, Address to) const;
  void ClearMarks(RegionIndex index);
  // How many objects of [from, to) are marked. Both are in one region, and `from` begins a mark
  // word.
  std::uint32_t CountMarked(Address from, Address to) const {
    std::uint32_t count = 0;
    for (; to - from >= ByteCount(64 * kWordSize); from = from + ByteCount(64 * kWordSize)) {
      count += static_cast<std::uint32_t>(std::popcount(MarkWord(from)));
    }
    if (from == to) return count;
    return count + static_cast<std::uint32_t>(std::popcount(MarkWord(from) & (MarkBit(to) - 1)));
  }

 private:
  std::uint64_t& MarkWord(Address object) const {
    return *reinterpret_cast<std::uint64_t*>(mark_base_ + object.value() / (kWordSize * 64) * 8);
  }
  static std::uint64_t MarkBit(Address object) {
    return std::uint64_t{1} << ((object.value() / kWordSize) % 64);
  }
  // A free region that keeps its pages. The flag lies beside RegionFlag's and never reaches an
  // address that an object has.
  static constexpr std::uint8_t kCachedRegion = 128;
  enum class Which : bool { kAny, kOpen };
  bool IsFree(RegionIndex index) const { return flag_bytes_[index] == 0; }
  // The first run of free regions in [from, to).
  RegionIndex FindFree(std::uint32_t count, RegionIndex from, RegionIndex to, Which which) const;
  // The same from the cursor on, and then from the first region.
  RegionIndex FindFreeNext(std::uint32_t count, Which which) const;
  // A group of regions, aligned to a large page, that is free.
  RegionIndex FindFreeGroup(RegionIndex from, RegionIndex to, Which which) const;
  // Free regions that are open already; else such as can be opened.
  RegionIndex FindOpenRun(std::uint32_t count);
  RegionIndex OpenRun(std::uint32_t count);
  // Exactly these, which are free: open, or to be opened as groups.
  bool OpenBehind(RegionIndex first, std::uint32_t count);
  // A run from the end of what is open on, in large pages. False: nothing has changed.
  bool OpenGroupsFor(RegionIndex first, std::uint32_t count);
  // Free regions become used ones.
  void BeginUse(RegionIndex first, std::uint32_t count, std::uint8_t flags);
  void CountFreed(std::uint32_t count) {
    free_open_ += count;
    freed_since_search_ += count;
  }
  std::uint32_t CountOpen(RegionIndex first, std::uint32_t count) const;
  void GiveBackExcess();
  // Fill the empty cache with the regions of one large page, which saves page faults and
  // translations. False: none is to be had, or the space is too small for it to be worth it.
  bool WantsGroups() const;
  bool CacheOpenGroup();
  bool OpenAndCacheGroup();
  void CacheGroup(RegionIndex first);
  // Opens groups behind, and asks for the pages of the first; they are the next ones that are
  // cached.
  void OpenAhead();
  // Of these so many regions more, if they can be had: at once where there is none, else by the
  // thread that backs pages.
  void AddAhead(std::uint32_t count);
  // What it has opened by now is ahead. With `waits`, also what it has not opened yet.
  void TakeOpened(bool waits);
  // Has the pages of these regions' marks backed, too: who marks first would find each untouched.
  void AskForMarks(RegionIndex first, std::uint32_t count) {
    const std::uintptr_t page = VirtualMemory::PageSize().value();
    const Address from(Address::Of(MarksOf(first)).value() / page * page);
    const Address to = Address::Of(MarksOf(first + count));
    prefault_.Ask(range_, from, (to - from).RoundedUpTo(page));
  }
  void ReturnAhead();
  void AskForLargePages();
  // Where the free regions at the end of what is open begin.
  RegionIndex StartOfOpenTail() const;
  // Closes them if there are many: limits on data count what is open.
  void CloseOpenTail();

  RegionLists lists_;
  VirtualMemory range_;
  RegionAccess access_;
  std::uint8_t* flag_bytes_ = nullptr;
  std::uint32_t mask_ = 0;  // the number of regions less one
  RegionRecord* records_ = nullptr;
  // What the mark words of address 0 would be: no mask and no difference on the way to a mark.
  std::uintptr_t mark_base_ = 0;
  std::uint8_t* card_bytes_ = nullptr;
  RegionIndex first_ = 1;
  RegionIndex end_ = 1;
  RegionCache cache_;                     // free, open, with their pages
  std::uint32_t free_open_ = 0;           // free, open, and not in the cache
  std::uint64_t freed_since_search_ = 0;  // of these, since no group was found among them
  // Retired addresses are used again as late as possible, wherever that opens regions.
  bool spreads_ = false;
  bool has_large_pages_ = false;
  // Groups that are open, and neither free nor in the cache: the first region, and how many.
  RegionIndex ahead_ = kNoRegion;
  std::uint32_t ahead_count_ = 0;
  std::uint32_t backed_ahead_ = 0;  // of them, so many whose pages have been asked for
  // Behind them, in nobody's use: the thread that backs pages is to open these.
  RegionIndex opening_ = kNoRegion;
  std::uint32_t opening_count_ = 0;
  PrefaultUser prefault_;
  // Where the last run ends whose pages were fresh, if a large page has brought what lies behind it
  // in its last region; else null.
  Address rest_;
  RegionIndex cursor_ = 1;  // next-fit
  std::uint32_t regions_in_use_ = 0;
  ByteCount charged_;
};

}  // namespace fart

#endif  // FART_HEAP_REGION_SPACE_H_
