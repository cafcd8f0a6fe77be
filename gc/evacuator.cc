#include "gc/evacuator.h"

#include <algorithm>
#include <cstring>

#include "heap/base/check.h"

namespace fart {

ForwardingResult Evacuator::CopyToOld(Address from, Header header) {
  const ByteCount size = header.size();
  const Address to = heap_.TryAllocateOld(size, Heap::Limit::kIgnored);  // E2
  if (to.is_null()) return Keep(from, header);
  CopyWords(to, from, size);
  header.WithRemembered(false).WithAge(0).StoreTo(to);
  const bool young = (flags_.Of(from) & kNewSpace) != 0;
  (young ? report_.moved_to_old : report_.moved_within_old) += size;
  ++report_.objects_moved;
  return ForwardingCell<false>(from).Publish(header, to);
}

ForwardingResult Evacuator::CopyLarge(Address from, Header header) {
  const ByteCount size = heap_.regions().SizeOf(from);
  const Address to = heap_.TryAllocateLarge(size, Heap::Limit::kIgnored);  // E2
  if (to.is_null()) return Keep(from, header);
  std::memcpy(to.As<void>(), from.As<void>(), size.value());
  header.WithRemembered(false).StoreTo(to);
  report_.moved_large += size;
  ++report_.objects_moved;
  return ForwardingCell<false>(from).Publish(header, to);
}

void Evacuator::KeepPinned() {
  for (const PinTable::Entry& entry : heap_.pins().entries()) {
    if ((flags_.Of(entry.object) & kEvacuating) == 0) continue;
    Keep(entry.object, Header::At(entry.object));
  }
}

ForwardingResult Evacuator::Keep(Address object, Header header) {
  kept_objects_.push_back(object);
  const RegionIndex region = heap_.regions().IndexOf(object);
  const auto place = std::lower_bound(kept_regions_.begin(), kept_regions_.end(), region);
  if (place == kept_regions_.end() || *place != region) kept_regions_.insert(place, region);
  return ForwardingCell<false>(object).Keep(header);
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

bool Evacuator::HasKeptObjects(RegionIndex index) const {
  return std::binary_search(kept_regions_.begin(), kept_regions_.end(), index);
}

void Evacuator::ReleaseRegion(RegionIndex index) {
  RegionSpace& regions = heap_.regions();
  const bool young = (regions.FlagsOf(index) & kNewSpace) != 0;
  if (HasKeptObjects(index)) {
    KeepRegion(index);
    ++report_.regions_kept;
    return;
  }
  regions.Retire(index, 1, heap_.retire_policy());
  ++(young ? report_.new_regions_freed : report_.old_regions_freed);
}

void Evacuator::KeepRegion(RegionIndex index) {
  RegionSpace& regions = heap_.regions();
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
      Heap::FillDead(dead_from, object);  // G3
      word.WithKept(false).WithAge(0).StoreTo(object);
      dead_from = next;
    }
    object = next;
  }
  Heap::FillDead(dead_from, top);
  regions.SetFlags(index, kOldSpaceFlags);
  heap_.AbandonOldArea();  // The region being filled is the last of the list, or there is none.
  heap_.old_regions().push_back(index);  // H1
}

}  // namespace fart
