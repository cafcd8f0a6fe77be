#include "gc/evacuator.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "heap/base/check.h"

namespace fart {

ForwardingResult Evacuator::CopyToOld(Address from, Header header) {
  const ByteCount size = header.size();
  const Address to = heap_.TryAllocateOld(size, Heap::Limit::kIgnored);  // G-E2
  if (to.is_null()) return Keep(from, header);
  CopyWords(to, from, size);
  header.WithRemembered(false).WithAge(0).StoreTo(to);
  const bool young = (flags_.Of(from) & kNewSpace) != 0;
  (young ? report_.moved_to_old : report_.moved_within_old) += size;
  ++report_.objects_moved;
  return ForwardingCell<false>(from).Publish(header, to);
}

ForwardingResult Evacuator::EvacuateLarge(Address object, Header header) {
  FART_DCHECK(large_fate_ != LargeFate::kMarked);
  if (large_fate_ == LargeFate::kMoved) {
    return header.is_large() ? CopyRun(object, header) : CopyToOld(object, header);
  }
  to_scan_.Add(object);
  RegionSpace& regions = heap_.regions();
  regions.Record(regions.IndexOf(object)).has_kept = true;
  const ByteCount size = regions.SizeOf(object);
  if (size <= heap_.new_capacity()) report_.survived_large += size;
  return ForwardingCell<false>(object).Keep(header);
}

ForwardingResult Evacuator::CopyRun(Address from, Header header) {
  const ByteCount size = heap_.regions().SizeOf(from);
  const Address to =
      heap_.TryAllocateLarge(size, LargeObjects::Age::kOld, Heap::Limit::kIgnored);  // G-E2
  if (to.is_null()) return Keep(from, header);
  std::memcpy(to.As<void>(), from.As<void>(), size.value());
  header.WithRemembered(false).StoreTo(to);
  report_.moved_large += size;
  ++report_.objects_moved;
  return ForwardingCell<false>(from).Publish(header, to);
}

// No more of them than new space has regions, so that pins which never end do not become it; not
// counting what it was shrunk by for a short pause.
void Evacuator::LetStayYoung(RegionIndex index, std::size_t pins, ByteCount size) {
  if ((heap_.regions().FlagsOf(index) & (kNewSpace | kLargeRegion)) != kNewSpace) return;
  if (pins > kMaxPinsInNewRegion || size > kMaxPinnedInNewRegion) return;
  const ByteCount room = std::max(heap_.new_capacity(), heap_.knobs().new_space_min);
  if (kRegionSize * (staying_regions_ + 1) > room) return;
  ++staying_regions_;
  heap_.regions().SetFlags(index, kNewSpaceFlags | kEvacuating);
}

void Evacuator::KeepPinned() {
  RegionIndex region = kNoRegion;
  std::size_t pins = 0;
  ByteCount size;
  const auto end_region = [&] {
    if (pins != 0) LetStayYoung(region, pins, size);
    pins = 0;
    size = ByteCount();
  };
  for (const PinTable::Entry& entry : heap_.pins().entries()) {  // by ascending address
    if ((flags_.Of(entry.object) & kEvacuating) == 0) continue;
    if (heap_.regions().IndexOf(entry.object) != region) end_region();
    region = heap_.regions().IndexOf(entry.object);
    ++pins;
    size += heap_.regions().SizeOf(entry.object);
    const Header header = Header::At(entry.object);
    if (!IsLarge(entry.object) || large_fate_ == LargeFate::kMoved) {
      Keep(entry.object, header);
    } else if (large_fate_ == LargeFate::kReached) {
      EvacuateLarge(entry.object, header);
    }
  }
  end_region();
}

ForwardingResult Evacuator::Keep(Address object, Header header) {
  has_kept_ = true;
  if (large_fate_ == LargeFate::kReached) to_scan_.Add(object);
  if (!IsLarge(object)) {
    RegionSpace& regions = heap_.regions();
    regions.Record(regions.IndexOf(object)).has_kept = true;
  }
  return ForwardingCell<false>(object).Keep(header);
}

ForwardingResult Evacuator::PromoteInPlace(Address object, Header header) {
  report_.promoted_in_place += header.size();
  return Keep(object, header);
}

Address Evacuator::AllocateNewSlow(ByteCount size) {
  PublishTops();
  new_region_ = heap_.TakeNewRegionForCollection();
  new_top_ = new_limit_ = Address();
  if (new_region_ == kNoRegion) return Address();
  const Address start = heap_.regions().StartOf(new_region_);
  new_top_ = start + size;
  new_limit_ = start + kRegionSize;
  return start;
}

void Evacuator::PublishTops() {
  if (new_region_ != kNoRegion) heap_.regions().Record(new_region_).top = new_top_;
}

void Evacuator::Finish() {
  PublishTops();
  // The mutator goes on where the copies end, if there is room worth it.
  if (new_region_ == kNoRegion || new_limit_ - new_top_ < kLargeObjectSize) return;
  heap_.SetNewOpenRegion(new_region_);
}

void Evacuator::ReleaseRegion(RegionIndex index) {
  RegionSpace& regions = heap_.regions();
  const bool young = (regions.FlagsOf(index) & kNewSpace) != 0;
  if (std::exchange(regions.Record(index).has_kept, false)) {
    KeepRegion(index);
    ++report_.regions_kept;
    return;
  }
  regions.Retire(index, 1, heap_.retire_policy());
  ++(young ? report_.new_regions_freed : report_.old_regions_freed);
}

void Evacuator::KeepRegion(RegionIndex index) {
  RegionSpace& regions = heap_.regions();
  const bool stays_young = (regions.FlagsOf(index) & kStaysYoung) == kStaysYoung;
  const Address top = regions.Record(index).top;
  Address dead_from = regions.StartOf(index);
  Address object = dead_from;
  while (object < top) {
    const Header word = ForwardingCell<false>(object).Load();
    // A moved object's size is in its copy, which has the header now.
    const bool moved = ForwardingCell<false>::IsForwarded(word);
    const Header header = moved ? Header::At(ForwardingCell<false>::ForwardedTo(word)) : word;
    const Address next = object + ByteCount(header.size());
    if (!moved && word.kept()) {
      Heap::FillDead(dead_from, object);                                               // H-G3
      word.WithKept(false).WithAge(stays_young ? word.age() + 1 : 0).StoreTo(object);  // G-E1
      dead_from = next;
    }
    object = next;
  }
  Heap::FillDead(dead_from, top);
  if (stays_young) {
    regions.SetFlags(index, kNewSpaceFlags);
    heap_.AdoptNewRegion(index);
  } else {
    regions.SetFlags(index, kOldSpaceFlags);
    heap_.AdoptOldRegion(index);
  }
}

}  // namespace fart
