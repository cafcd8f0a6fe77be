#include "heap/region_space.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "heap/base/check.h"
#include "heap/knobs.h"

namespace fart {
namespace {

constexpr ByteCount kMarkBytesPerRegion(kRegionSize.value() / kWordSize / 8);
constexpr ByteCount kCardBytesPerRegion(kRegionSize.value() / kCardSize.value());

// Regions of one large page of the system.
constexpr auto kGroup = static_cast<RegionIndex>(MiB(2).value() / kRegionSize.value());
static_assert(kMinHeapRange.value() % MiB(2).value() == 0);
static_assert(kMaxHeapLimit * 3 <= kMaxHeapRange);

// Free regions at the end of what is open that are worth closing.
constexpr RegionIndex kLongTail = 64;

// A run of so many is no small heap's: large pages from its begin on. From 8 MiB on places in it
// are more than a processor has translations of small pages for.
constexpr std::uint32_t kLargePagesFrom = 4 * kGroup;

// A group is backed ahead of its use where so many regions are used: a small heap stays small.
constexpr RegionIndex kAheadFrom = 32;
// One group is opened ahead for so many used regions: opening waits while the system looks for
// pages that were asked for. Of so many opened ones one is asked for: it may take many milliseconds
// to find a large page.
constexpr std::uint32_t kUsedForOpenGroup = 64;
constexpr std::uint32_t kLeastOpenAhead = 2;  // more are asked for while one is left
constexpr std::uint32_t kMostOpenAhead = 32;
constexpr std::uint32_t kOpenForBackedGroup = 8;

constexpr RegionIndex RoundedUpToGroup(RegionIndex index) {
  return (index + kGroup - 1) / kGroup * kGroup;
}

}  // namespace

ByteCount RegionSpace::RangeFor(ByteCount heap_limit) {
  const ByteCount wanted = std::clamp(heap_limit, ByteCount(1), kMaxHeapLimit) * 3;
  return std::max(ByteCount(std::bit_ceil(wanted.value())), kMinHeapRange);
}

RegionSpace::RegionSpace(ByteCount heap_limit) {
  const ByteCount size = RangeFor(heap_limit);
  const std::size_t regions = size.value() >> kRegionShift;
  const ByteCount flag_size(regions);
  const ByteCount state_size(regions);
  const ByteCount record_size(regions * sizeof(RegionRecord));
  const ByteCount card_size = kCardBytesPerRegion * regions;
  const ByteCount mark_size = kMarkBytesPerRegion * regions;
  const ByteCount tables = (flag_size + state_size + record_size + card_size + mark_size)
                               .RoundedUpTo(kRegionSize.value());
  VirtualMemory range = VirtualMemory::Reserve(size, size);
  if (range.is_empty()) return;
  // A small heap stays small: no large pages for tables and the first regions. The others may get
  // them later (AskForLargePages).
  range.PreferSmallPages(range.start(), size);
  // The tables are accessible as a whole and get memory page by page as they are touched.
  if (!range.Commit(range.start(), tables)) return;
  range_ = std::move(range);
  mask_ = static_cast<std::uint32_t>(regions - 1);
  first_ = static_cast<RegionIndex>(tables.value() >> kRegionShift);
  end_ = static_cast<RegionIndex>(regions);
  cursor_ = first_;
  Address at = range_.start();
  const auto next = [&at](ByteCount table) { return std::exchange(at, at + table); };
  flag_bytes_ = next(flag_size).As<std::uint8_t>();
  access_.Attach(range_, next(state_size).As<std::uint8_t>(), end_, first_);
  records_ = next(record_size).As<RegionRecord>();
  card_bytes_ = next(card_size).As<std::uint8_t>();
  mark_base_ = next(mark_size).value() - range_.start().value() / (kWordSize * 64) * 8;
}

RegionIndex RegionSpace::FindFree(std::uint32_t count, RegionIndex from, RegionIndex to,
                                  Which which) const {
  std::uint32_t run = 0;
  for (RegionIndex index = from; index < to; ++index) {
    const bool fits = IsFree(index) && (which == Which::kAny || access_.IsOpen(index));
    run = fits ? run + 1 : 0;
    if (run == count) return index + 1 - count;
  }
  return kNoRegion;
}

RegionIndex RegionSpace::FindFreeNext(std::uint32_t count, Which which) const {
  const RegionIndex end = which == Which::kOpen ? access_.end() : end_;
  const RegionIndex found = FindFree(count, cursor_, end, which);
  return found != kNoRegion ? found : FindFree(count, first_, end, which);
}

RegionIndex RegionSpace::FindFreeGroup(RegionIndex from, RegionIndex to, Which which) const {
  for (RegionIndex first = RoundedUpToGroup(from); first + kGroup <= to; first += kGroup) {
    std::uint64_t flags = 0;
    static_assert(sizeof flags == kGroup);
    std::memcpy(&flags, flag_bytes_ + first, sizeof flags);
    if (flags == 0 && (which == Which::kAny || access_.AreOpen(first, kGroup))) return first;
  }
  return kNoRegion;
}

RegionIndex RegionSpace::FindOpenRun(std::uint32_t count) {
  if (free_open_ < count) return kNoRegion;
  const RegionIndex first = FindFreeNext(count, Which::kOpen);
  if (first == kNoRegion) return kNoRegion;
  free_open_ -= count;
  cursor_ = first + count < end_ ? first + count : first_;
  return first;
}

std::uint32_t RegionSpace::CountOpen(RegionIndex first, std::uint32_t count) const {
  std::uint32_t open = 0;
  for (RegionIndex index = first; index < first + count; ++index) open += access_.IsOpen(index);
  return open;
}

RegionIndex RegionSpace::StartOfOpenTail() const {
  RegionIndex tail = access_.end();
  while (tail > first_ && IsFree(tail - 1) && access_.IsOpen(tail - 1)) --tail;
  return tail;
}

RegionIndex RegionSpace::OpenRun(std::uint32_t count) {
  const auto try_open = [this, count](RegionIndex first, RegionAccess::Borders borders) {
    if (first == kNoRegion || first + count > end_) return false;
    const std::uint32_t open = CountOpen(first, count);
    if (!access_.Open(first, count, borders)) return false;
    free_open_ -= open;
    cursor_ = first + count < end_ ? first + count : first_;
    return true;
  };
  using Borders = RegionAccess::Borders;
  RegionIndex first = spreads_ ? FindFreeNext(count, Which::kAny) : kNoRegion;
  if (try_open(first, Borders::kBounded)) return first;
  // At the end of what is open: that makes no border.
  const RegionIndex tail = StartOfOpenTail();
  if (count > 1 && OpenGroupsFor(tail, count)) return tail;
  first = FindFree(count, tail, std::min<RegionIndex>(end_, tail + count), Which::kAny);
  if (try_open(first, Borders::kBounded)) return first;
  first = FindFree(count, first_, end_, Which::kAny);
  return try_open(first, Borders::kAny) ? first : kNoRegion;
}

// Runs lie one behind the other in groups that are opened whole: what one leaves is the next one's.
bool RegionSpace::OpenGroupsFor(RegionIndex first, std::uint32_t count) {
  const bool is_long = count >= kLargePagesFrom && cache_.limit() >= kGroup;
  if (spreads_ || !(is_long || WantsGroups())) return false;
  const RegionIndex end = RoundedUpToGroup(first + count);
  if (end > end_ || FindFree(end - first, first, end, Which::kAny) != first) return false;
  AskForLargePages();
  const std::uint32_t open = CountOpen(first, end - first);
  if (!access_.Open(first, end - first, RegionAccess::Borders::kBounded)) return false;
  const std::uint32_t left = end - first - count;
  free_open_ = free_open_ - open + left;
  cursor_ = left != 0 ? first + count : first_;
  return true;
}

bool RegionSpace::WantsGroups() const {
  return regions_in_use_ >= kGroup && cache_.limit() >= kGroup;
}

void RegionSpace::CacheGroup(RegionIndex first) {
  cursor_ = first + kGroup < end_ ? first + kGroup : first_;
  for (RegionIndex index = first + kGroup; index-- > first;) {
    SetFlags(index, kCachedRegion);
    cache_.Add({index, 1});
  }
}

bool RegionSpace::CacheOpenGroup() {
  // A search that found none is not repeated until a group may have become free.
  if (free_open_ < kGroup || freed_since_search_ < kGroup) return false;
  if (!cache_.MakeRoom(1, kGroup)) return false;
  RegionIndex first = FindFreeGroup(cursor_, access_.end(), Which::kOpen);
  if (first == kNoRegion) first = FindFreeGroup(first_, access_.end(), Which::kOpen);
  if (first == kNoRegion) {
    freed_since_search_ = 0;
    return false;
  }
  free_open_ -= kGroup;
  CacheGroup(first);
  return true;
}

bool RegionSpace::OpenAndCacheGroup() {
  if (ahead_ != kNoRegion && cache_.MakeRoom(1, kGroup)) {
    CacheGroup(ahead_);
    ahead_count_ -= kGroup;
    backed_ahead_ -= std::min(backed_ahead_, kGroup);
    ahead_ = ahead_count_ == 0 ? kNoRegion : ahead_ + kGroup;
    OpenAhead();
    return true;
  }
  const RegionIndex from = spreads_ ? cursor_ : access_.end();
  // Up to the next group regions are opened one by one, so that no gap is left.
  if (!spreads_ && from % kGroup != 0) return false;
  const RegionIndex first = FindFreeGroup(from, end_, Which::kAny);
  if (first == kNoRegion || !cache_.MakeRoom(1, kGroup)) return false;
  AskForLargePages();
  const std::uint32_t open = CountOpen(first, kGroup);
  if (!access_.Open(first, kGroup, RegionAccess::Borders::kBounded)) return false;
  free_open_ -= open;
  CacheGroup(first);
  OpenAhead();
  return true;
}

void RegionSpace::OpenAhead() {
  if (spreads_ || regions_in_use_ < kAheadFrom) return;
  const std::uint32_t groups =
      std::clamp(regions_in_use_ / kUsedForOpenGroup, kLeastOpenAhead, kMostOpenAhead);
  const std::uint32_t open = kGroup * groups;
  TakeOpened(ahead_count_ == 0);
  if (opening_count_ == 0 && ahead_count_ <= open / 2) AddAhead(open - ahead_count_);
  const std::uint32_t wanted = kGroup * std::max(groups / kOpenForBackedGroup, 1u);
  const std::uint32_t backed = std::min(ahead_count_, wanted);
  if (backed <= backed_ahead_) return;
  const RegionIndex first = ahead_ + backed_ahead_;
  const std::uint32_t more = backed - std::exchange(backed_ahead_, backed);
  prefault_.Ask(range_, StartOf(first), kRegionSize * more);
  AskForMarks(first, more);
}

void RegionSpace::AddAhead(std::uint32_t count) {
  const RegionIndex from = access_.end();
  const bool goes_on = ahead_count_ == 0 ? from % kGroup == 0 : from == ahead_ + ahead_count_;
  count = std::min(count, (end_ - from) / kGroup * kGroup);
  if (!goes_on || count == 0) return;
  const bool is_asked = ahead_count_ != 0 && access_.MayOpen(from, count) &&
                        prefault_.AskToCommit(range_, StartOf(from), kRegionSize * count);
  if (!is_asked && !access_.Open(from, count, RegionAccess::Borders::kBounded)) return;
  std::fill_n(flag_bytes_ + from, count, kCachedRegion);
  if (is_asked) {
    opening_ = from;
    opening_count_ = count;
    return;
  }
  if (ahead_count_ == 0) ahead_ = from;
  ahead_count_ += count;
}

void RegionSpace::TakeOpened(bool waits) {
  using Committed = PrefaultUser::Committed;
  if (opening_count_ == 0) return;
  const Committed committed = prefault_.HasCommitted(waits);
  if (committed == Committed::kWaits) return;
  const RegionIndex first = std::exchange(opening_, kNoRegion);
  const std::uint32_t count = std::exchange(opening_count_, 0);
  if (committed == Committed::kNot) {
    std::fill_n(flag_bytes_ + first, count, std::uint8_t{0});
    return;
  }
  access_.NoteOpened(first, count);
  if (ahead_count_ == 0) ahead_ = first;
  ahead_count_ += count;
}

void RegionSpace::ReturnAhead() {
  TakeOpened(/*waits=*/true);
  if (ahead_ == kNoRegion) return;
  const RegionIndex first = std::exchange(ahead_, kNoRegion);
  const std::uint32_t count = std::exchange(ahead_count_, 0);
  backed_ahead_ = 0;
  prefault_.Wait();  // What it asked for would come back.
  std::fill_n(flag_bytes_ + first, count, std::uint8_t{0});
  access_.Discard(first, count);
  CountFreed(count);
}

void RegionSpace::AskForLargePages() {
  if (std::exchange(has_large_pages_, true)) return;
  // For all of the rest at once, that it stays one mapping.
  const RegionIndex from = RoundedUpToGroup(first_ + kGroup);
  range_.PreferLargePages(StartOf(from), range_.end() - StartOf(from));
}

RegionIndex RegionSpace::Take(std::uint32_t count, std::uint8_t flags, ByteCount written) {
  FART_DCHECK(count > 0 && flags != 0);
  if (!lists_.MakeRoom(std::size_t{regions_in_use_} + count)) return kNoRegion;  // H-L1
  RegionCache::Run spare = cache_.Take(count);
  if (spare.count == 0 && count == 1 && WantsGroups()) {
    // Pages given back one by one come again as small ones: as long as little is open and free, the
    // large page of a fresh group is cheaper.
    const bool prefers_fresh = free_open_ < regions_in_use_ + kLongTail;
    if ((prefers_fresh && OpenAndCacheGroup()) || CacheOpenGroup()) spare = cache_.Take(1);
  }
  RegionIndex first = spare.first;
  if (spare.count == 0) {
    first = FindOpenRun(count);
    if (first == kNoRegion && count == 1 && WantsGroups() && OpenAndCacheGroup()) {
      first = cache_.Take(1).first;
    }
    if (first == kNoRegion) first = OpenRun(count);
    if (first == kNoRegion) return kNoRegion;
    // Spare regions have their pages.
    if (!written.is_zero()) {
      range_.Populate(StartOf(first), written.RoundedUpTo(VirtualMemory::PageSize().value()));
      // A large page brings more than was asked for, which nobody is charged for (H-G7).
      EndRun();
      if (has_large_pages_) rest_ = StartOf(first) + written;
      if (count == 1) EndRun();  // In one region no two objects with runs begin.
    }
  }
  BeginUse(first, count, flags);
  return first;
}

Address RegionSpace::TakeBehind(ByteCount size, std::uint8_t flags) {
  FART_DCHECK(size > kRegionSize);
  if (rest_.is_null() || FlagsOf(IndexOf(rest_)) != flags) return Address();
  const Address where = rest_;
  const RegionIndex next = IndexOf(where) + 1;
  const ByteCount more = size - (StartOf(next) - where);
  const std::uint32_t count = RegionsFor(more);
  if (cache_.Has(count)) return Address();
  if (!lists_.MakeRoom(std::size_t{regions_in_use_} + count)) return Address();  // H-L1
  if (!OpenBehind(next, count)) return Address();
  // What has its pages, be it by a large page, costs little here.
  const std::size_t page = VirtualMemory::PageSize().value();
  const Address begin = range_.start() + (where - range_.start()).RoundedUpTo(page);
  range_.Populate(begin, (where + size - begin).RoundedUpTo(page));
  BeginUse(next, count, flags);
  SetCharge(next, ByteCount());
  rest_ = where + size;
  return where;
}

bool RegionSpace::OpenBehind(RegionIndex first, std::uint32_t count) {
  if (first + count > end_) return false;
  if (FindFree(count, first, first + count, Which::kOpen) == first) {
    free_open_ -= count;
    cursor_ = first + count < end_ ? first + count : first_;
    return true;
  }
  return StartOfOpenTail() == first && OpenGroupsFor(first, count);
}

void RegionSpace::EndRun() {
  if (!rest_.is_null()) DiscardFrom(std::exchange(rest_, Address()));
}

RegionIndex RegionSpace::TakeWithoutPages(std::uint8_t flags) {
  if (!WantsGroups() && lists_.MakeRoom(std::size_t{regions_in_use_} + 1)) {  // H-L1
    RegionIndex fresh = FindOpenRun(1);
    if (fresh == kNoRegion) fresh = OpenRun(1);
    if (fresh != kNoRegion) {
      BeginUse(fresh, 1, flags);
      return fresh;
    }
  }
  return Take(1, flags);
}

void RegionSpace::BeginUse(RegionIndex first, std::uint32_t count, std::uint8_t flags) {
  access_.Reuse(first, count);
  for (RegionIndex index = first; index < first + count; ++index) {
    SetFlags(index, flags);
    records_[index] = RegionRecord{};
    records_[index].top = StartOf(index);
  }
  regions_in_use_ += count;  // H-G4
  SetCharge(first, kRegionSize * count);
}

void RegionSpace::Retire(RegionIndex first, std::uint32_t count, RetirePolicy policy) {
  FART_DCHECK(count <= regions_in_use_);
  regions_in_use_ -= count;  // H-G4
  if (rest_ >= StartOf(first) && rest_ < StartOf(first + count)) rest_ = Address();
  const bool keep = !policy.protect && cache_.HasRoomFor(count) && cache_.MakeRoom(count);
  for (RegionIndex index = first; index < first + count; ++index) {
    FART_DCHECK(!IsFree(index));
    SetCharge(index, ByteCount());
    // A cached region must not be found by FindFree: it keeps a flag that no user has.
    SetFlags(index, keep ? kCachedRegion : std::uint8_t{0});
    records_[index] = RegionRecord{};
  }
  if (keep) {
    if (policy.zap) {
      auto* const words = StartOf(first).As<std::uint64_t>();
      std::fill_n(words, (kRegionSize * count).InWords().value(), kZap);
    }
    cache_.Add({first, count});
    GiveBackExcess();
    return;
  }
  // Who looks for stale pointers wants a fault.
  spreads_ = policy.protect || policy.zap;
  if (spreads_ && access_.Close(first, count)) return;
  access_.Discard(first, count);
  CountFreed(count);
}

void RegionSpace::GiveBackExcess() {
  for (;;) {
    const RegionCache::Run run = cache_.TakeExcess();
    if (run.count == 0) return;
    std::fill_n(flag_bytes_ + run.first, run.count, std::uint8_t{0});
    access_.Discard(run.first, run.count);
    CountFreed(run.count);
  }
}

void RegionSpace::SetCacheSize(std::uint32_t regions) {
  cache_.SetLimit(regions);
  if (regions_in_use_ < kAheadFrom || free_open_ >= kLongTail) ReturnAhead();
  GiveBackExcess();
  access_.SettleOwed();
  CloseOpenTail();
}

void RegionSpace::DiscardFrom(Address from) {
  const ByteCount used = from - range_.start();
  Discard(from, range_.start() + used.RoundedUpTo(kRegionSize.value()));
}

void RegionSpace::Discard(Address from, Address to) {
  const std::size_t page = VirtualMemory::PageSize().value();
  const Address first = range_.start() + (from - range_.start()).RoundedUpTo(page);
  const Address end = to - ByteCount((to - range_.start()).value() % page);
  if (first < end) range_.Discard(first, end - first);
}

void RegionSpace::CloseOpenTail() {
  const RegionIndex end = access_.end();
  if (free_open_ < std::max(kLongTail, end / 4)) return;
  const RegionIndex tail = StartOfOpenTail();
  const std::uint32_t count = end - tail;
  if (count < std::max(kLongTail, end / 4)) return;
  if (access_.Close(tail, count)) free_open_ -= count;
}

Address RegionSpace::NextMarked(Address from, Address to) const {
  constexpr std::uintptr_t kCovered = kWordSize * 64;  // by one word of marks
  while (from < to) {
    const std::uint64_t word = MarkWord(from) >> ((from.value() / kWordSize) % 64);
    if (word != 0) {
      from = from + WordCount(static_cast<std::size_t>(std::countr_zero(word)));
      return from < to ? from : to;
    }
    from = Address((from.value() / kCovered + 1) * kCovered);
  }
  return to;
}

void RegionSpace::ClearMarks(RegionIndex index) {
  std::memset(&MarkWord(StartOf(index)), 0, kMarkBytesPerRegion.value());
}

}  // namespace fart
