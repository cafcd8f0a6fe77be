#include "heap/large_objects.h"

#include "heap/base/check.h"

namespace fart {

ByteCount LargeObjects::ChargeFor(ByteCount size) {
  return size.RoundedUpTo(VirtualMemory::PageSize().value());
}

bool LargeObjects::FitsOpenRegion(ByteCount size) const {
  if (open_ == kNoRegion) return false;
  return size <= regions_.StartOf(open_) + kRegionSize - regions_.Record(open_).top;
}

LargeObjects::Need LargeObjects::NeedOf(ByteCount size, Age age) const {
  if (size > kMaxSharedSize || age == Age::kOld) return {RegionsFor(size), ChargeFor(size)};
  return {FitsOpenRegion(size) ? 0u : 1u, ChargeFor(size)};
}

Address LargeObjects::TryTake(ByteCount size, Age age) {
  // An old one may have shrunk since it was young.
  FART_DCHECK((size >= kLargeObjectSize || age == Age::kOld) && size.IsWordAligned());
  const Address where =
      size <= kMaxSharedSize && age == Age::kYoung ? TakeShared(size) : TakeRun(size, age);
  if (!where.is_null() && age == Age::kYoung) {
    allocated_ += size;
    const bool is_alone = size > kMaxSharedSize && size <= kRegionSize;
    taken_ += is_alone ? kRegionSize : size;
  }
  return where;
}

Address LargeObjects::TakeShared(ByteCount size) {
  if (!FitsOpenRegion(size)) {
    const RegionIndex fresh = regions_.Take(1, kYoungLargeFlags);
    if (fresh == kNoRegion) return Address();
    regions_.SetCharge(fresh, ByteCount());
    if (open_ != kNoRegion) {
      taken_ += regions_.StartOf(open_) + kRegionSize - regions_.Record(open_).top;
    }
    shared_.push_back(fresh);
    open_ = fresh;  // H-G6
  }
  RegionRecord& record = regions_.Record(open_);
  const Address where = record.top;
  record.top = where + size;
  ++record.large_objects;
  used_ += size;                                                      // H-G9
  SetCharge(open_, ChargeFor(record.top - regions_.StartOf(open_)));  // H-G7
  return where;
}

Address LargeObjects::TakeRun(ByteCount size, Age age) {
  const bool young = age == Age::kYoung;
  const std::uint8_t flags = young ? kYoungLargeFlags : kLargeFlags;  // H-G5
  // Only young ones are known to be as old as the one before (H-G6).
  Address where = young && size > kRegionSize ? regions_.TakeBehind(size, flags) : Address();
  if (where.is_null()) {
    const RegionIndex fresh = regions_.Take(RegionsFor(size), flags, size);
    if (fresh == kNoRegion) return Address();
    regions_.SetCharge(fresh, ByteCount());
    where = regions_.StartOf(fresh);
  }
  const RegionIndex first = regions_.IndexOf(where);
  RegionRecord& record = regions_.Record(first);
  record.large_size = size;
  record.large_from =
      static_cast<std::uint16_t>((where - regions_.StartOf(first)).InWords().value());
  const RegionIndex last = LastOf(first);
  for (RegionIndex index = first; index <= last; ++index) ++regions_.Record(index).large_objects;
  used_ += size;                      // H-G9
  SetCharge(first, ChargeFor(size));  // H-G7
  (young ? young_runs_ : old_runs_).push_back(first);
  return where;
}

RegionIndex LargeObjects::LastOf(RegionIndex first) const {
  const ByteCount size = regions_.Record(first).large_size;
  if (size.is_zero()) return first;
  return regions_.IndexOf(regions_.LargeAt(first) + (size - ByteCount(kWordSize)));
}

void LargeObjects::SetCharge(RegionIndex index, ByteCount charge) {
  ByteCount& sum = IsYoung(index) ? young_charge_ : old_charge_;
  sum -= regions_.Record(index).charged;
  sum += charge;
  regions_.SetCharge(index, charge);
}

void LargeObjects::SetFlags(RegionIndex first, std::uint8_t flags) {
  const RegionIndex last = LastOf(first);
  for (RegionIndex index = first; index <= last; ++index) regions_.SetFlags(index, flags);
}

void LargeObjects::ShrinkRun(RegionIndex first, ByteCount size) {
  RegionRecord& record = regions_.Record(first);
  FART_DCHECK(!size.is_zero() && size <= record.large_size);
  const RegionIndex before = LastOf(first);
  used_ -= record.large_size - size;  // H-G9
  record.large_size = size;
  SetCharge(first, ChargeFor(size));  // H-G7
  const RegionIndex last = LastOf(first);
  for (RegionIndex index = last + 1; index <= before; ++index) {
    --regions_.Record(index).large_objects;
  }
  // In the region where it ended the next one may begin.
  const bool has_next = before != first && !regions_.Record(before).large_size.is_zero();
  const RegionIndex free_end = has_next ? before : before + 1;
  if (last + 1 < free_end) regions_.Retire(last + 1, free_end - last - 1, policy_);
  const Address end = regions_.LargeAt(first) + size;
  if (has_next && before == last) return regions_.Discard(end, regions_.LargeAt(before));
  regions_.DiscardFrom(end);
  if (has_next) regions_.Discard(regions_.StartOf(before), regions_.LargeAt(before));
}

void LargeObjects::DeadRuns::Add(RegionIndex first, Age age) {
  RegionSpace& regions = large_.regions_;
  const Address object = regions.LargeAt(first);
  const RegionIndex last = large_.LastOf(first);
  for (RegionIndex index = first; index <= last; ++index) --regions.Record(index).large_objects;
  const bool reached_first = regions.Record(first).large_objects != 0;
  const bool reached_last = last != first && regions.Record(last).large_objects != 0;
  if (reached_first || to_ != first) Flush();

  RegionRecord& record = regions.Record(first);
  large_.used_ -= record.large_size;  // H-G9
  (age == Age::kYoung ? large_.young_charge_ : large_.old_charge_) -= record.charged;
  regions.SetCharge(first, ByteCount());
  record.large_size = ByteCount();
  record.large_from = 0;
  if (reached_first) regions.DiscardFrom(object);
  const RegionIndex from = reached_first ? first + 1 : first;
  const RegionIndex to = reached_last ? last : last + 1;
  if (from_ == to_) from_ = from;
  to_ = to;
  if (reached_last) rest_ = last;
}

void LargeObjects::DeadRuns::Flush() {
  RegionSpace& regions = large_.regions_;
  if (rest_ != kNoRegion) regions.Discard(regions.StartOf(rest_), regions.LargeAt(rest_));
  if (from_ != to_) regions.Retire(from_, to_ - from_, large_.policy_);
  from_ = to_ = rest_ = kNoRegion;
}

void LargeObjects::MarkRegions(bool all_leave) {
  for (const RegionList* const list : {&young_runs_, &shared_}) {
    for (const RegionIndex index : *list) {
      const bool leaves = all_leave || regions_.Record(index).age + 1 >= kPromotionAge;
      const int flags = (kYoungLargeFlags | kEvacuating) & ~(leaves ? kVisitPointersTo : 0);
      regions_.SetFlags(index, static_cast<std::uint8_t>(flags));
    }
  }
  if (!all_leave) return;
  for (const RegionIndex first : old_runs_) regions_.SetFlags(first, kLargeFlags | kEvacuating);
}

std::uint32_t LargeObjects::regions() const {
  std::uint32_t count = static_cast<std::uint32_t>(shared_.size());
  for (const RegionList* const list : {&old_runs_, &young_runs_}) {
    for (const RegionIndex first : *list) {
      // The one before counts what it reaches into.
      count += LastOf(first) - first + (regions_.Record(first).large_objects == 1 ? 1 : 0);
    }
  }
  return count;
}

}  // namespace fart
