#include "heap/region_space.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "heap/base/check.h"

namespace fart {
namespace {

constexpr ByteCount kFlagBytes(kRegions);
constexpr ByteCount kRecordBytes(kRegions * sizeof(RegionRecord));
constexpr ByteCount kMarkBytes(kHeapRangeSize.value() / kWordSize / 8);
constexpr ByteCount kCardBytes(kHeapRangeSize.value() / kCardSize.value());
constexpr ByteCount kMarkBytesPerRegion(kRegionSize.value() / kWordSize / 8);

// Regions of one large page of the system.
constexpr auto kGroup = static_cast<RegionIndex>(MiB(2).value() / kRegionSize.value());
static_assert(kRegions % kGroup == 0);

constexpr ByteCount kSideBytes = kFlagBytes + kRecordBytes + kMarkBytes + kCardBytes;

}  // namespace

RegionSpace::RegionSpace() {
  VirtualMemory range = VirtualMemory::Reserve(kHeapRangeSize, kHeapRangeSize);
  // The side tables are reserved whole and get memory page by page as they are touched.
  VirtualMemory side = VirtualMemory::Reserve(kSideBytes, VirtualMemory::PageSize());
  if (range.is_empty() || side.is_empty() || !side.Commit(side.start(), kSideBytes)) return;
  range_ = std::move(range);
  side_ = std::move(side);
  Address at = side_.start();
  flag_bytes_ = at.As<std::uint8_t>();
  at = at + kFlagBytes;
  records_ = at.As<RegionRecord>();
  at = at + kRecordBytes;
  mark_words_ = at.As<std::uint64_t>();
  at = at + kMarkBytes;
  card_bytes_ = at.As<std::uint8_t>();
}

RegionIndex RegionSpace::FindFree(std::uint32_t count, RegionIndex from, RegionIndex to) const {
  std::uint32_t run = 0;
  for (RegionIndex index = from; index < to; ++index) {
    run = IsFree(index) ? run + 1 : 0;
    if (run == count) return index + 1 - count;
  }
  return kNoRegion;
}

bool RegionSpace::CacheGroup() {
  if (regions_in_use_ < kGroup || cache_.limit() < kGroup) return false;
  RegionIndex first = (cursor_ + kGroup - 1) / kGroup * kGroup;
  while (first < kRegions && FindFree(kGroup, first, first + kGroup) == kNoRegion) first += kGroup;
  if (first >= kRegions || !range_.Commit(StartOf(first), kRegionSize * kGroup)) return false;
  range_.PreferLargePages(StartOf(first), kRegionSize * kGroup);
  cursor_ = first + kGroup < kRegions ? first + kGroup : 1;
  for (RegionIndex index = first + kGroup; index-- > first;) {
    flag_bytes_[index] = kCachedRegion;
    cache_.Add({index, 1});
  }
  return true;
}

RegionIndex RegionSpace::Take(std::uint32_t count, std::uint8_t flags) {
  FART_DCHECK(count > 0 && flags != 0);
  RegionCache::Run spare = cache_.Take(count);
  if (spare.count == 0 && count == 1 && CacheGroup()) spare = cache_.Take(1);
  RegionIndex first = spare.first;
  if (spare.count == 0) {
    constexpr auto end = static_cast<RegionIndex>(kRegions);
    first = FindFree(count, cursor_, end);
    if (first == kNoRegion) first = FindFree(count, 1, end);  // G1: never region 0
    if (first == kNoRegion) return kNoRegion;
    if (!range_.Commit(StartOf(first), kRegionSize * count)) return kNoRegion;
    cursor_ = first + count < end ? first + count : 1;
  }
  for (RegionIndex index = first; index < first + count; ++index) {
    flag_bytes_[index] = flags;
    records_[index] = RegionRecord{};
    records_[index].top = StartOf(index);
  }
  regions_in_use_ += count;  // G4
  SetCharge(first, kRegionSize * count);
  return first;
}

void RegionSpace::Retire(RegionIndex first, std::uint32_t count, RetirePolicy policy) {
  FART_DCHECK(count <= regions_in_use_);
  regions_in_use_ -= count;  // G4
  const bool keep = !policy.protect && cache_.HasRoomFor(count);
  for (RegionIndex index = first; index < first + count; ++index) {
    FART_DCHECK(!IsFree(index));
    SetCharge(index, ByteCount());
    // A cached region must not be found by FindFree: it keeps a flag that no user has.
    flag_bytes_[index] = keep ? kCachedRegion : std::uint8_t{0};
    records_[index] = RegionRecord{};
  }
  if (!keep) {
    range_.Decommit(StartOf(first), kRegionSize * count);
    return;
  }
  if (policy.zap) {
    auto* const words = StartOf(first).As<std::uint64_t>();
    std::fill_n(words, (kRegionSize * count).InWords().value(), kZap);
  }
  cache_.Add({first, count});
  GiveBackExcess();
}

void RegionSpace::GiveBackExcess() {
  for (;;) {
    const RegionCache::Run run = cache_.TakeExcess();
    if (run.count == 0) return;
    std::fill_n(flag_bytes_ + run.first, run.count, std::uint8_t{0});
    range_.Decommit(StartOf(run.first), kRegionSize * run.count);
  }
}

void RegionSpace::SetCacheSize(std::uint32_t regions) {
  cache_.SetLimit(regions);
  GiveBackExcess();
}

void RegionSpace::DiscardFrom(Address from) {
  const RegionIndex index = IndexOf(from);
  const Address page =
      StartOf(index) + (from - StartOf(index)).RoundedUpTo(VirtualMemory::PageSize().value());
  const Address end = StartOf(index) + kRegionSize;
  if (page < end) range_.Discard(page, end - page);
}

Address RegionSpace::NextMarked(Address from, Address to) const {
  if (from >= to) return to;
  const std::uintptr_t mask = kHeapRangeSize.value() - 1;
  const Address base = from - ByteCount(from.value() & mask);
  std::size_t bit = (from.value() & mask) / kWordSize;
  // `to` may be the end of the range, where masking would give 0.
  const std::size_t end = (to - base).value() / kWordSize;
  while (bit < end) {
    const std::uint64_t word = mark_words_[bit / 64] >> (bit % 64);
    if (word != 0) {
      bit += static_cast<std::size_t>(std::countr_zero(word));
      return bit < end ? base + WordCount(bit) : to;
    }
    bit = (bit / 64 + 1) * 64;
  }
  return to;
}

void RegionSpace::ClearMarks(RegionIndex index) {
  auto* const bytes = reinterpret_cast<std::uint8_t*>(mark_words_);
  std::memset(bytes + kMarkBytesPerRegion.value() * index, 0, kMarkBytesPerRegion.value());
}

}  // namespace fart
