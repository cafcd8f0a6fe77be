#include "heap/heap.h"

#include <algorithm>

#include "heap/base/check.h"

namespace fart {
namespace {

constexpr LargeObjects::Need kOneRegion{1, kRegionSize};

}  // namespace

Heap::Heap(const HeapKnobs& knobs)
    : knobs_(knobs),
      remembered_set_(regions_.card_bytes()),
      new_capacity_(knobs.new_space_min),
      old_(regions_),
      large_(regions_),
      old_threshold_(kInitialOldThreshold) {
  if (IsReserved()) SetNewCapacity(new_capacity_);
}

Heap::~Heap() = default;

void Heap::SetNewCapacity(ByteCount capacity) {
  // A quarter of the heap at most, so that a small limit leaves room to copy into.
  const ByteCount most = std::max(knobs_.heap_limit / 4, kRegionSize);
  new_capacity_ = std::clamp(capacity, std::min(kRegionSize, most), most);
  regions_.SetCacheSize(LargeObjects::RegionsFor(new_capacity_) + 8);
}

ByteCount Heap::Headroom(Limit limit) const {
  if (limit == Limit::kIgnored) return kHeapRangeSize;
  const ByteCount charged = regions_.charged();
  return charged < knobs_.heap_limit ? knobs_.heap_limit - charged : ByteCount();
}

RegionIndex Heap::TakeNewRegionForMutator() {
  if (NewPressure() + kRegionSize > new_capacity_) return kNoRegion;
  return MayTake(kOneRegion, Limit::kRespected) ? TakeNewRegion() : kNoRegion;
}

RegionIndex Heap::TakeNewRegionForCollection() {
  return MayTake(kOneRegion, Limit::kIgnored) ? TakeNewRegion() : kNoRegion;
}

RegionIndex Heap::TakeNewRegion() {
  const RegionIndex index = regions_.Take(1, kNewSpaceFlags);
  if (index != kNoRegion) new_regions_.push_back(index);  // H1
  return index;
}

bool Heap::MayTake(LargeObjects::Need need, Limit limit) {
  if (limit == Limit::kRespected) return need.charge <= Headroom(limit);  // H2
  if (knobs_.collection_region_budget < need.regions) return false;
  if (knobs_.collection_region_budget != kUnlimitedRegions) {
    knobs_.collection_region_budget -= need.regions;
  }
  return true;
}

Address Heap::TryAllocateOld(ByteCount size, Limit limit) {
  FART_DCHECK(size <= kMaxSharedSize && size.IsWordAligned());
  const Address result = old_.TryAllocate(size, Headroom(limit));
  if (!result.is_null()) return result;
  if (!MayTake(kOneRegion, limit)) return Address();
  const RegionIndex fresh = regions_.Take(1, kOldSpaceFlags);
  if (fresh == kNoRegion) return Address();
  old_regions_.push_back(fresh);  // H1
  old_.BeginRegion(fresh);
  return old_.TryAllocate(size, ByteCount());
}

Address Heap::TryAllocateLarge(ByteCount size, LargeObjects::Age age, Limit limit) {
  if (!MayTake(large_.NeedOf(size, age), limit)) return Address();
  return large_.TryTake(size, age);
}

void Heap::AdoptOldRegion(RegionIndex index) {
  old_regions_.push_back(index);  // H1
  WalkRegion(index, [this](Address object, Header header, ByteCount size) {
    if (ShapeTable::IsFiller(header.shape())) old_.AddHole(object, object + size);
  });
  old_.AddTail(index);
}

SpaceUse Heap::UseOf(const Vector<RegionIndex>& list) const {
  SpaceUse use;
  use.regions = static_cast<std::uint32_t>(list.size());
  for (const RegionIndex index : list) {
    use.used += regions_.Record(index).top - regions_.StartOf(index);
    use.committed += regions_.Record(index).charged;
  }
  return use;
}

ByteCount Heap::OldPressure() const {
  return regions_.charged() - kRegionSize * new_regions_.size() - large_.young_charge() +
         external_old_;
}

}  // namespace fart
