#include "gc/evacuator.h"

#include <algorithm>
#include <cstring>

#include "heap/base/check.h"

namespace fart {
namespace {

void CopyWords(Address to, Address from, ByteCount size) {
  auto* target = to.As<std::uint64_t>();
  const auto* source = from.As<std::uint64_t>();
  // Most objects are a few words: a call to memcpy costs more than the copy.
  const std::size_t words = size.InWords().value();
  if (words > 16) {
    std::memcpy(target, source, size.value());
    return;
  }
  for (std::size_t i = 0; i < words; ++i) target[i] = source[i];
}

}  // namespace

ForwardingResult Evacuator::Evacuate(Address object) {
  ForwardingCell<false> cell(object);
  const Header header = cell.Load();
  if (ForwardingCell<false>::IsForwarded(header)) {
    return {Forwarding::kAlreadyCopied, ForwardingCell<false>::ForwardedTo(header)};
  }
  if (header.kept()) return {Forwarding::kKept, object};
  return header.is_large() ? CopyLarge(object, header) : Copy(object, header);
}

ForwardingResult Evacuator::Copy(Address from, Header header) {
  const ByteCount size = header.size();
  const bool young = (flags_.Of(from) & kNewSpace) != 0;
  Header copied = header.WithRemembered(false);
  Address to;
  if (young && header.age() + 1 < kPromotionAge) {
    to = AllocateNew(size);
    if (!to.is_null()) {
      copied = copied.WithAge(header.age() + 1);  // E1
      report_.moved_within_new += size;
    }
  }
  if (to.is_null()) {
    to = heap_.TryAllocateOld(size, Heap::Limit::kIgnored);  // E2
    if (to.is_null()) return Keep(from, header);
    copied = copied.WithAge(0);
    (young ? report_.moved_to_old : report_.moved_within_old) += size;
  }
  CopyWords(to, from, size);
  copied.StoreTo(to);
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

ForwardingResult Evacuator::Keep(Address object, Header header) {
  kept_objects_.push_back(object);
  return ForwardingCell<false>(object).Keep(header);
}

Address Evacuator::AllocateNew(ByteCount size) {
  if (new_region_ != kNoRegion) {
    Address& top = heap_.regions().Record(new_region_).top;
    const Address end = heap_.regions().StartOf(new_region_) + kRegionSize;
    if (size <= end - top) {
      const Address result = top;
      top = top + size;
      return result;
    }
  }
  new_region_ = heap_.TakeRegionForCollection(kNewSpaceFlags);
  if (new_region_ == kNoRegion) return Address();
  Address& top = heap_.regions().Record(new_region_).top;
  const Address result = top;
  top = top + size;
  return result;
}

void Evacuator::Finish() {
  // The mutator goes on where the copies end, if there is room worth it.
  if (new_region_ == kNoRegion) return;
  const ByteCount used =
      heap_.regions().Record(new_region_).top - heap_.regions().StartOf(new_region_);
  if (kRegionSize - used >= kLargeObjectSize) heap_.SetNewOpenRegion(new_region_);
}

bool Evacuator::HasKeptObjects(RegionIndex index) const {
  return std::any_of(kept_objects_.begin(), kept_objects_.end(),
                     [&](Address object) { return RegionSpace::IndexOf(object) == index; });
}

void Evacuator::ReleaseRegion(RegionIndex index) {
  RegionSpace& regions = heap_.regions();
  const bool young = (regions.FlagsOf(index) & kNewSpace) != 0;
  if (!kept_objects_.empty() && HasKeptObjects(index)) {
    KeepRegion(index);
    ++report_.regions_kept;
    return;
  }
  regions.ClearMarks(index);
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
  regions.ClearMarks(index);
  regions.SetFlags(index, kOldSpaceFlags);
  heap_.AbandonOldArea();  // The region being filled is the last of the list, or there is none.
  heap_.old_regions().push_back(index);  // H1
}

}  // namespace fart
