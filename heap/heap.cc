#include "heap/heap.h"

#include <algorithm>

#include "heap/base/check.h"

namespace fart {

Heap::Heap(const HeapKnobs& knobs)
    : knobs_(knobs),
      regions_(knobs.heap_limit),
      remembered_set_(regions_.card_bytes(), regions_.range_start()),
      new_capacity_(knobs.new_space_min),
      old_threshold_(kInitialOldThreshold) {
  if (IsReserved()) SetNewCapacity(new_capacity_);
}

Heap::~Heap() = default;

void Heap::SetNewCapacity(ByteCount capacity) {
  // A quarter of the heap at most, so that a small limit leaves room to copy into.
  const ByteCount most = std::max(knobs_.heap_limit / 4, kRegionSize);
  new_capacity_ = std::clamp(capacity, std::min(kRegionSize, most), most);
  regions_.SetCacheSize(RegionsFor(new_capacity_) + 8);
}

bool Heap::WithinLimit(std::uint32_t more_regions) const {
  const std::uint64_t regions = std::uint64_t{regions_.regions_in_use()} + more_regions;
  return regions * kRegionSize.value() <= knobs_.heap_limit.value();
}

RegionIndex Heap::TakeNewRegionForMutator() {
  if (kRegionSize * (new_regions_.size() + 1) > new_capacity_) return kNoRegion;
  return MayTake(1, Limit::kRespected) ? TakeNewRegion() : kNoRegion;
}

RegionIndex Heap::TakeNewRegionForCollection() {
  return MayTake(1, Limit::kIgnored) ? TakeNewRegion() : kNoRegion;
}

RegionIndex Heap::TakeNewRegion() {
  const RegionIndex index = regions_.Take(1, kNewSpaceFlags);
  if (index != kNoRegion) new_regions_.push_back(index);  // H1
  return index;
}

bool Heap::MayTake(std::uint32_t count, Limit limit) {
  if (limit == Limit::kRespected) return WithinLimit(count);  // H2
  if (knobs_.collection_region_budget < count) return false;
  if (knobs_.collection_region_budget != kUnlimitedRegions) {
    knobs_.collection_region_budget -= count;
  }
  return true;
}

Address Heap::TryAllocateOld(ByteCount size, Limit limit) {
  FART_DCHECK(size < kLargeObjectSize && size.IsWordAligned());
  if (old_area_region_ != kNoRegion) {
    Address& top = regions_.Record(old_area_region_).top;
    const Address end = regions_.StartOf(old_area_region_) + kRegionSize;
    if (size <= end - top) {
      const Address result = top;
      top = top + size;
      return result;
    }
  }
  if (!MayTake(1, limit)) return Address();
  const RegionIndex fresh = regions_.Take(1, kOldSpaceFlags);
  if (fresh == kNoRegion) return Address();
  old_regions_.push_back(fresh);  // H1
  old_area_region_ = fresh;
  Address& top = regions_.Record(fresh).top;
  const Address result = top;
  top = top + size;
  return result;
}

Address Heap::TryAllocateLarge(ByteCount size, Limit limit) {
  const std::uint32_t count = RegionsFor(size);
  if (!MayTake(count, limit)) return Address();
  const RegionIndex first = regions_.Take(count, kLargeFlags);
  if (first == kNoRegion) return Address();
  regions_.Record(first).large_size = size;
  large_bytes_ += kRegionSize * count;
  large_objects_.push_back(first);  // H1
  return regions_.StartOf(first);
}

void Heap::RetireLarge(RegionIndex first, RetirePolicy policy) {
  const std::uint32_t count = RegionsFor(regions_.Record(first).large_size);
  large_bytes_ -= kRegionSize * count;
  regions_.Retire(first, count, policy);
}

void Heap::ShrinkLarge(RegionIndex first, ByteCount size) {
  const std::uint32_t before = RegionsFor(regions_.Record(first).large_size);
  const std::uint32_t now = RegionsFor(size);
  FART_DCHECK(now != 0 && now <= before);
  regions_.Record(first).large_size = size;
  if (now == before) return;
  large_bytes_ -= kRegionSize * (before - now);
  regions_.Retire(first + now, before - now, retire_policy());
}

SpaceUse Heap::UseOf(const Vector<RegionIndex>& list) const {
  SpaceUse use{.regions = static_cast<std::uint32_t>(list.size()), .used = ByteCount()};
  for (const RegionIndex index : list) {
    use.used += regions_.Record(index).top - regions_.StartOf(index);
  }
  return use;
}

SpaceUse Heap::LargeUse() const {
  SpaceUse use;
  for (const RegionIndex first : large_objects_) {
    const ByteCount size = regions_.Record(first).large_size;
    use.used += size;
    use.regions += RegionsFor(size);
  }
  return use;
}

ByteCount Heap::OldPressure() const {
  return kRegionSize * old_regions_.size() + large_bytes_ + external_old_;
}

void Heap::FillDead(Address from, Address to) {
  FART_DCHECK(from <= to);
  const ByteCount size = to - from;
  if (size.is_zero()) return;
  const WordCount words = size.InWords();
  FART_DCHECK(size <= kRegionSize);  // fits the header's size field (G3)
  const ShapeId shape = words == WordCount(1) ? ShapeTable::kFillerWord : ShapeTable::kFiller;
  Header::Make(shape, words).StoreTo(from);
}

}  // namespace fart
