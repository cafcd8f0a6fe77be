#include "heap/large_objects.h"

#include <algorithm>

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
  const RegionIndex first =
      regions_.Take(RegionsFor(size), young ? kYoungLargeFlags : kLargeFlags, size);  // H-G5
  if (first == kNoRegion) return Address();
  regions_.Record(first).large_size = size;
  used_ += size;  // H-G9
  regions_.SetCharge(first, ByteCount());
  SetCharge(first, ChargeFor(size));  // H-G7
  (young ? young_runs_ : old_runs_).push_back(first);
  return regions_.StartOf(first);
}

void LargeObjects::SetCharge(RegionIndex index, ByteCount charge) {
  ByteCount& sum = IsYoung(index) ? young_charge_ : old_charge_;
  sum -= regions_.Record(index).charged;
  sum += charge;
  regions_.SetCharge(index, charge);
}

void LargeObjects::SetFlags(RegionIndex first, std::uint8_t flags) {
  const ByteCount size = regions_.Record(first).large_size;
  const std::uint32_t count = size.is_zero() ? 1 : RegionsFor(size);
  for (RegionIndex index = first; index < first + count; ++index) regions_.SetFlags(index, flags);
}

void LargeObjects::ShrinkRun(RegionIndex first, ByteCount size) {
  RegionRecord& record = regions_.Record(first);
  const std::uint32_t before = RegionsFor(record.large_size);
  const std::uint32_t now = RegionsFor(size);
  FART_DCHECK(now != 0 && size <= record.large_size);
  used_ -= record.large_size - size;  // H-G9
  record.large_size = size;
  SetCharge(first, ChargeFor(size));  // H-G7
  if (now != before) regions_.Retire(first + now, before - now, policy_);
  regions_.DiscardFrom(regions_.StartOf(first) + size);
}

void LargeObjects::RetireRun(RegionIndex first) {
  const std::uint32_t count = RegionsFor(regions_.Record(first).large_size);
  used_ -= regions_.Record(first).large_size;  // H-G9
  SetCharge(first, ByteCount());
  regions_.Retire(first, count, policy_);
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
    for (const RegionIndex first : *list) count += RegionsFor(regions_.Record(first).large_size);
  }
  return count;
}

}  // namespace fart
