#include "heap/heap.h"

#include <algorithm>

#include "heap/base/check.h"

namespace fart {
namespace {

constexpr LargeObjects::Need kOneRegion{1, kRegionSize};

}  // namespace

Heap::Heap(const HeapKnobs& knobs)
    : knobs_(knobs),
      regions_(knobs.heap_limit),
      remembered_set_(regions_.card_bytes(), regions_.range_start()),
      new_regions_(regions_.lists()),
      new_capacity_(LeastNewCapacity()),
      old_regions_(regions_.lists()),
      evacuating_regions_(regions_.lists()),
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
  SetSpareRegions();
}

void Heap::SetOldSpare(ByteCount size) {
  old_spare_ = size;
  SetSpareRegions();
}

void Heap::SetSpareRegions() { regions_.SetCacheSize(RegionsFor(new_capacity_ + old_spare_) + 8); }

ByteCount Heap::Headroom(Limit limit) const {
  if (limit == Limit::kIgnored) return ByteCount(~std::size_t{0});
  const ByteCount charged = regions_.charged();
  return charged < knobs_.heap_limit ? knobs_.heap_limit - charged : ByteCount();
}

RegionIndex Heap::TakeNewRegionForMutator(Capacity capacity) {
  if (NewPressure() + kRegionSize > new_capacity_) {
    constexpr std::size_t kShareBeyond = 4;
    const std::size_t without_pins = new_regions_.size() - new_regions_with_pins_;
    if (capacity == Capacity::kRespected || new_regions_with_pins_ == 0 ||
        kRegionSize * without_pins > new_capacity_ / kShareBeyond) {
      return kNoRegion;
    }
  }
  return MayTake(kOneRegion, Limit::kRespected) ? TakeNewRegion() : kNoRegion;
}

RegionIndex Heap::TakeNewRegionForCollection() {
  if (!MayTake(kOneRegion, Limit::kIgnored)) return kNoRegion;
  const RegionIndex index = TakeNewRegion();
  if (index == kNoRegion) NoteRefusal(kOneRegion, Limit::kIgnored);
  return index;
}

RegionIndex Heap::TakeNewRegion() {
  const RegionIndex index = regions_.Take(1, kNewSpaceFlags);
  if (index != kNoRegion) new_regions_.push_back(index);  // H-H1
  return index;
}

bool Heap::MayTake(LargeObjects::Need need, Limit limit) {
  if (limit == Limit::kRespected) return need.charge <= Headroom(limit);  // H-H2
  if (need.regions >= refused_regions_ || knobs_.collection_region_budget < need.regions) {
    return false;
  }
  if (knobs_.collection_region_budget != kUnlimitedRegions) {
    knobs_.collection_region_budget -= need.regions;
  }
  return true;
}

Address Heap::TryAllocateOld(ByteCount size, Limit limit) {
  FART_DCHECK(size <= kMaxSharedSize && size.IsWordAligned());
  const Address result = old_.TryAllocate(size, Headroom(limit));
  if (!result.is_null()) return result;
  if (!MayTake(kOneRegion, limit) || !old_.MakeRoomForSpan()) return Address();
  // The first one of a heap that keeps little is never filled.
  const RegionIndex fresh = old_regions_.empty() ? regions_.TakeWithoutPages(kOldSpaceFlags)
                                                 : regions_.Take(1, kOldSpaceFlags);
  if (fresh == kNoRegion) {
    NoteRefusal(kOneRegion, limit);
    return Address();
  }
  old_regions_.push_back(fresh);  // H-H1
  old_.BeginRegion(fresh);
  return old_.TryAllocate(size, ByteCount());
}

Address Heap::TryAllocateLarge(ByteCount size, LargeObjects::Age age, Limit limit) {
  const LargeObjects::Need need = large_.NeedOf(size, age);
  if (!MayTake(need, limit)) return Address();
  const Address where = large_.TryTake(size, age);
  if (where.is_null()) NoteRefusal(need, limit);
  return where;
}

void Heap::AdoptOldRegion(RegionIndex index) {
  old_regions_.push_back(index);                                      // H-H1
  old_used_ += regions_.Record(index).top - regions_.StartOf(index);  // H-H3
  WalkRegion(index, [this](Address object, Header header, ByteCount size) {
    if (ShapeTable::IsFiller(header.shape())) old_.AddHole(object, object + size);
  });
  old_.AddTail(index);
}

void Heap::AdoptNewRegion(RegionIndex index) {
  new_regions_.push_back(index);  // H-H1
  ++new_regions_with_pins_;
  WalkRegion(index, [this](Address object, Header header, ByteCount size) {
    if (ShapeTable::IsFiller(header.shape())) GiveBackNewHole({object, object + size});
  });
  // What is above the top becomes a hole like the others: the region is walked whole.
  Address& top = regions_.Record(index).top;
  const Address end = regions_.StartOf(index) + kRegionSize;
  FillDead(top, end);
  GiveBackNewHole({top, end});
  top = end;
}

Span Heap::TakeNewHole(ByteCount size) {
  for (std::size_t i = new_holes_.size(); i-- > 0;) {
    const Span hole = new_holes_[i];
    if (hole.to - hole.from < size) continue;
    new_holes_.erase(new_holes_.begin() + static_cast<std::ptrdiff_t>(i));
    return hole;
  }
  return Span{};
}

void Heap::GiveBackNewHole(Span rest) {
  if (rest.to - rest.from < kMinNewHole) return;
  static_cast<void>(TryAppend(new_holes_, rest));
}

SpaceUse Heap::NewUse() const {
  SpaceUse use = UseOf(new_regions_);
  for (const Span& hole : new_holes_) use.used -= hole.to - hole.from;
  return use;
}

SpaceUse Heap::UseOf(const RegionList& list) const {
  SpaceUse use;
  use.regions = static_cast<std::uint32_t>(list.size());
  for (const RegionIndex index : list) {
    use.used += regions_.Record(index).top - regions_.StartOf(index);
    use.committed += regions_.Record(index).charged;
  }
  return use;
}

ByteCount Heap::OldPressure() const {
  const ByteCount charged =
      regions_.charged() - kRegionSize * new_regions_.size() - large_.young_charge();
  return charged - std::min(charged, OldGaps()) + external_old_;
}

void Heap::LetPairsBeReadInlined() {
  if (uncleared_pairs_ != nullptr) uncleared_pairs_->ClearAll();
  are_pairs_looked_at_ = false;
}

}  // namespace fart
