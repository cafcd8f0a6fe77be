#include "heap/mutator.h"

#include <algorithm>
#include <utility>

#include "heap/base/check.h"

namespace fart {
namespace {

// xorshift64*, Vigna 2016 ("An experimental exploration of Marsaglia's xorshift generators"),
// variant (12, 25, 27).
std::uint64_t NextRandom(std::uint64_t& state) {
  state ^= state >> 12;
  state ^= state << 25;
  state ^= state >> 27;
  return state * 0x2545F4914F6CDD1DULL;
}

std::uint32_t NonZeroHash(std::uint64_t random) {
  const auto hash = static_cast<std::uint32_t>(random >> (64 - 25));
  return hash != 0 ? hash : 1;
}

}  // namespace

const char* GcReasonName(GcReason reason) {
  switch (reason) {
    case GcReason::kNewSpaceFull:
      return "new space full";
    case GcReason::kOldSpaceFull:
      return "old space full";
    case GcReason::kHeapLimit:
      return "heap limit";
    case GcReason::kExternalSize:
      return "external size";
    case GcReason::kStress:
      return "stress";
    case GcReason::kRequested:
      return "requested";
    case GcReason::kIdle:
      return "idle";
    case GcReason::kLowMemory:
      return "low memory";
  }
  FART_UNREACHABLE();
}

Mutator::Mutator(Heap& heap, Collector& collector)
    : heap_(heap),
      collector_(collector),
      flags_(heap.flags()),
      flag_base_(heap.regions().flag_base()),
      hash_random_(0x9E3779B97F4A7C15ULL ^ (reinterpret_cast<std::uintptr_t>(this) << 16)) {
  direct_.holder_flags = reinterpret_cast<const std::uint8_t*>(flag_base_);
  direct_.flags = flags_.bytes();
  direct_.flag_mask = flags_.mask();
  KnobsChanged();
}

Mutator::~Mutator() { RetireArea(); }

void Mutator::KnobsChanged() {
  stress_random_ = heap_.knobs().stress_seed;
  DrawStressInterval();
  RetireArea();  // Under stress the fast path must miss; otherwise it may hit again.
}

void Mutator::SetAllSeen() {
  all_seen_ = true;
  RetireArea();
}

void Mutator::Poll() {
  AtSafepoint();
  ++direct_.epoch;  // H-D3
  StressTick();
}

void Mutator::DrawStressInterval() {
  const std::uint64_t interval = heap_.knobs().stress_interval;
  allocations_until_stress_ = interval;
  if (interval > 1 && heap_.knobs().stress_seed != 0) {
    allocations_until_stress_ = 1 + NextRandom(stress_random_) % (2 * interval - 1);
  }
}

void Mutator::RetireArea() {
  heap_.allocated().objects += std::exchange(direct_.objects, 0);
  if (area_region_ == kNoRegion) return;
  AllocationArea& area = AreaInUse();
  const Address top(area.top);
  heap_.allocated().bytes += (top - area_start_).value();
  if (area_is_hole_) {
    Heap::FillDead(top, Address(area.limit));  // H-G3
    heap_.GiveBackNewHole({top, Address(area.limit)});
  } else {
    heap_.regions().Record(area_region_).top = top;  // H-G3
    heap_.SetNewOpenRegion(area_region_);
  }
  area = AllocationArea{};
  area_region_ = kNoRegion;
}

void Mutator::UseArea(RegionIndex index, Span span, bool is_hole) {
  AllocationArea& area = IsAreaHidden() ? hidden_area_ : direct_.area;  // H-D2
  area = {.top = span.from.value(), .limit = span.to.value()};
  area_region_ = index;
  area_start_ = span.from;
  area_end_ = is_hole ? span.to : heap_.regions().StartOf(index) + kRegionSize;
  area_is_hole_ = is_hole;
}

bool Mutator::TakeNewArea(ByteCount size, Heap::Capacity capacity) {
  const bool has_rest = area_region_ != kNoRegion && Address(AreaInUse().limit) < area_end_;
  if (!has_rest || collector_.IsLate()) collector_.MakeProgress();
  if (capacity == Heap::Capacity::kRespected && collector_.WantsScavenge()) return false;
  // A region that the last collection filled partly, or that was given back early, is used up
  // first; the one that has just proved too full is not.
  const bool is_full = area_region_ != kNoRegion && !area_is_hole_ && !has_rest;
  RetireArea();
  if (is_full) heap_.SetNewOpenRegion(kNoRegion);
  RegionIndex index = heap_.TakeNewOpenRegion();
  if (index == kNoRegion) {
    const Span hole = heap_.TakeNewHole(size);
    if (!hole.from.is_null()) {
      UseArea(heap_.regions().IndexOf(hole.from), hole, /*is_hole=*/true);
      return true;
    }
    index = heap_.TakeNewRegionForMutator(capacity);
  }
  if (index == kNoRegion) return false;
  const Address from = heap_.regions().Record(index).top;
  const Address end = heap_.regions().StartOf(index) + kRegionSize;
  const ByteCount most = collector_.WantsShortAreas() ? kShortArea : kRegionSize;
  UseArea(index, {from, from + std::min(most, end - from)}, /*is_hole=*/false);
  return true;
}

void Mutator::CollectGarbage(GcKind least, GcReason reason) {
  AtSafepoint();
  ++direct_.epoch;  // H-D3
  RetireArea();
  collector_.Collect(least, reason);
}

void Mutator::StressTick() {
  if (heap_.knobs().stress_interval == 0) return;
  if (--allocations_until_stress_ != 0) return;
  DrawStressInterval();
  CollectGarbage(GcKind::kMajor, GcReason::kStress);
}

// As far as one can see without taking an area.
bool Mutator::IsScavengeNext() {
  const ByteCount used = heap_.NewPressure();
  if (used.is_zero()) return false;
  const bool has_room = heap_.new_open_region() != kNoRegion || !heap_.new_holes().empty() ||
                        used + kRegionSize <= heap_.new_capacity();
  return !has_room || collector_.WantsScavenge();
}

Address Mutator::AllocateSlow(ByteCount size) {
  AtSafepoint();
  ++direct_.epoch;  // H-D3
  StressTick();
  PollLowMemory();
  // H-C2, G-C4: what an earlier slice left over. Where a scavenge is next its slice is behind that.
  if (!IsScavengeNext()) collector_.RunPendingCallbacks();
  Address result = TryAllocateNew(size, Heap::Capacity::kRespected);
  if (!result.is_null()) return result;
  // New space is empty when the limit leaves no region for it: nothing there to collect. One large
  // object may have filled it alone.
  if (!heap_.NewPressure().is_zero()) CollectGarbage(GcKind::kMinor, GcReason::kNewSpaceFull);
  result = TryAllocateNewOrOld(size);
  if (!result.is_null()) return result;
  CollectGarbage(GcKind::kMajor, GcReason::kHeapLimit);
  do {
    result = TryAllocateNewOrOld(size);
  } while (result.is_null() && collector_.RaiseHeapLimit());
  return result;
}

void Mutator::PollLowMemory() {
  if (heap_.TakeLowMemory()) CollectGarbage(GcKind::kMajor, GcReason::kLowMemory);
}

Address Mutator::TryAllocateNew(ByteCount size, Heap::Capacity capacity) {
  do {
    const Address result = AreaInUse().TryBump(size);
    if (!result.is_null()) return result;
  } while (TakeNewArea(size, capacity));
  return Address();
}

Address Mutator::TryAllocateNewOrOld(ByteCount size) {
  Address result = TryAllocateNew(size, Heap::Capacity::kExceeded);
  if (!result.is_null()) return result;
  // New space has no room even after a collection, for the limit is near: old space may have some.
  result = heap_.TryAllocateOld(size, Heap::Limit::kRespected);
  if (!result.is_null()) heap_.allocated().bytes += size.value();
  return result;
}

Address Mutator::AllocateHeaderSlow(ShapeId id, ByteCount size) {
  const Address where = AllocateSlow(size);
  if (where.is_null()) return where;
  Header::Make(id, size.InWords()).StoreTo(where);
  RememberIfOld(ObjectPtr::FromAddress(where));
  return where;
}

FreshObject Mutator::AllocateFixedSlow(ShapeId id, const Shape& shape) {
  const ByteCount size = shape.variable_offset();
  const Address where = AllocateSlow(size);
  if (where.is_null()) return FreshObject();
  ++direct_.objects;
  // Not `shape`: a callback may have registered more, and moved it.
  const FreshObject object = Initialise(where, id, heap_.shapes()[id], size);
  RememberIfOld(ObjectPtr::FromAddress(where));
  return object;
}

FreshObject Mutator::AllocateForExternal(ShapeId id, ByteCount external) {
  FART_DCHECK(!collector_.IsBusy());  // H-T1
  if (external < kLargeExternalSize) return AllocateFixed(id, heap_.shapes()[id]);
  AtSafepoint();
  ++direct_.epoch;  // H-D3
  StressTick();
  PollLowMemory();
  collector_.RunPendingCallbacks();
  const ByteCount size = heap_.shapes()[id].variable_offset();
  const Address where = heap_.TryAllocateOld(size, Heap::Limit::kRespected);
  if (where.is_null()) return AllocateFixed(id, heap_.shapes()[id]);
  ++direct_.objects;
  heap_.allocated().bytes += size.value();
  const FreshObject object = Initialise(where, id, heap_.shapes()[id], size);
  RememberIfOld(ObjectPtr::FromAddress(where));
  return object;
}

FreshObject Mutator::Allocate(ShapeId id, std::size_t length) {
  FART_DCHECK(!collector_.IsBusy());  // H-T1
  const Shape& shape = heap_.shapes()[id];
  if (!shape.has_length()) return AllocateFixed(id, shape);
  // No size below can wrap: the range is far smaller than the largest size_t.
  if (length >= kMaxHeapRange.value() / kWordSize) return FreshObject();
  const ByteCount size = shape.SizeFor(length);
  if (size >= kLargeObjectSize) return AllocateLarge(id, shape, length);
  Address where = direct_.area.TryBump(size);
  if (where.is_null()) [[unlikely]] {
    where = AllocateSlow(size);
    if (where.is_null()) return FreshObject();
  }
  ++direct_.objects;
  Header::Make(id, size.InWords()).StoreTo(where);
  Shape::Length(where) = length;
  InitialiseSlots(where, heap_.shapes()[id], size, length);  // as in AllocateFixedSlow
  const ObjectPtr object = ObjectPtr::FromAddress(where);
  RememberIfOld(object);
  return FreshObject(object);
}

void Mutator::InitialiseSlots(Address where, const Shape& shape, ByteCount size,
                              std::size_t length) {
  ObjectPtr* slot = shape.References(where);
  slot = std::fill_n(slot, shape.references() + shape.weak_references(), ObjectPtr());
  auto* const raw = reinterpret_cast<std::uint64_t*>(slot);
  auto* const variable = (where + shape.variable_offset()).As<std::uint64_t>();
  auto* const end = (where + size).As<std::uint64_t>();
  if (shape.variable_part() == VariablePart::kReferences) {
    std::fill(raw, variable, std::uint64_t{0});
    std::fill_n(reinterpret_cast<ObjectPtr*>(variable), length, ObjectPtr());
  } else {
    std::fill(raw, end, std::uint64_t{0});
  }
}

// Near the limit there may be room in a hole of old space.
Address Mutator::TryAllocateLarge(ByteCount size) {
  const Address where =
      heap_.TryAllocateLarge(size, LargeObjects::Age::kYoung, Heap::Limit::kRespected);
  if (!where.is_null() || size > kMaxSharedSize) return where;
  return heap_.TryAllocateOld(size, Heap::Limit::kRespected);
}

FreshObject Mutator::AllocateLarge(ShapeId id, const Shape& shape, std::size_t length) {
  const ByteCount size = shape.SizeFor(length);  // before callbacks may move it
  AtSafepoint();
  ++direct_.epoch;  // H-D3
  StressTick();
  PollLowMemory();
  collector_.RunPendingCallbacks();
  // One that is larger than new space is not held up by itself: only by what came before it.
  if (!heap_.large().allocated_since_collection().is_zero() &&
      heap_.NewPressure() + size > heap_.new_capacity()) {
    CollectGarbage(GcKind::kMinor, GcReason::kNewSpaceFull);
  }
  Address where = TryAllocateLarge(size);
  if (where.is_null()) {
    CollectGarbage(GcKind::kMajor, GcReason::kHeapLimit);
    do {
      where = TryAllocateLarge(size);
    } while (where.is_null() && size < heap_.most_heap_limit() && collector_.RaiseHeapLimit());
    if (where.is_null()) return FreshObject();
  }
  ++direct_.objects;
  heap_.allocated().bytes += size.value();
  Header::Make(id, LargeObjects::HeaderSize(size)).StoreTo(where);
  Shape::Length(where) = length;
  InitialiseSlots(where, heap_.shapes()[id], size, length);  // as in AllocateFixedSlow
  const ObjectPtr object = ObjectPtr::FromAddress(where);
  RememberIfOld(object);
  return FreshObject(object);
}

void Mutator::RememberIfOld(ObjectPtr fresh) {
  if (!flags_.IsYoung(fresh)) heap_.remembered_set().AddWhole(fresh);  // H-M2
}

void Mutator::CopyIntoFresh(ObjectPtr fresh, ObjectPtr* to, const ObjectPtr* from,
                            std::size_t count) {
  if (NeedsNoBarrier(fresh)) {
    std::copy_n(from, count, to);  // H-M2
    return;
  }
  for (std::size_t i = 0; i < count; ++i) StoreField(fresh, to + i, from[i]);  // H-M1
}

// `value` is what has just been stored: reading it again would wait for the slot's memory.
void Mutator::RememberSlow(ObjectPtr holder, const ObjectPtr* slot, ObjectPtr value) {
  if (!flags_.IsYoung(value)) {
    return heap_.store_observer()->NoteStored(holder, slot, value);  // G-S1, G-V1
  }
  heap_.remembered_set().Add(holder, heap_.SizeOf(holder), slot);  // H-R1
}

// Marking may have met the ephemeron, and its key was not marked: what comes in place of the key
// may live, and nobody would look at the value again (G-E5).
void Mutator::BeforeStoringPaired(ObjectPtr ephemeron, const ObjectPtr* slot) {
  heap_.LookAtPair(ephemeron.address());  // H-M3
  StoreObserver* const observer = heap_.store_observer();
  const ObjectPtr* const pair = heap_.ShapeOf(ephemeron).References(ephemeron.address());
  if (observer == nullptr || slot != pair || !pair[1].IsHeapObject()) return;
  constexpr std::uint8_t kBeingMarked = kOldSpace | kVisitPointersTo;
  if ((flags_.Of(pair[1].address()) & kBeingMarked) == kBeingMarked) {
    observer->NoteStored(ephemeron, pair + 1, pair[1]);
  }
}

void Mutator::ChangeShape(ObjectPtr object, ShapeId id) {
  const ByteCount before = heap_.SizeOf(object);
  const ByteCount now = heap_.shapes()[id].variable_offset();
  FART_CHECK(now <= before && !heap_.shapes()[id].has_length());
  if (StoreObserver* const observer = heap_.store_observer()) observer->StandStill();  // G-B3
  const Header header = Header::Of(object);
  if (header.is_large()) {
    heap_.ShrinkLarge(heap_.regions().IndexOf(object.address()), now);
  } else {
    Heap::FillDead(object.address() + now, object.address() + before);  // H-G3
  }
  Header::Make(id, header.is_large() ? WordCount(0) : now.InWords())
      .WithRemembered(header.remembered())
      .WithAge(header.age())
      .WithHash(header.hash())
      .StoreTo(object);
}

std::uint32_t Mutator::IdentityHash(ObjectPtr object) {
  if (!object.IsHeapObject()) {
    std::uint64_t state = object.bits() + 0x9E3779B97F4A7C15ULL;
    if (state == 0) state = 1;
    return NonZeroHash(NextRandom(state));
  }
  const Header header = Header::Of(object);
  if (header.hash() != 0) return header.hash();
  const std::uint32_t hash = NonZeroHash(NextRandom(hash_random_));
  header.WithHash(hash).StoreTo(object);
  return hash;
}

void Mutator::ChargeExternal(ObjectPtr object, ByteCount before, ByteCount now) {
  ByteCount& charged = flags_.IsYoung(object) ? heap_.external_new() : heap_.external_old();
  charged -= before;
  charged += now;
}

void Mutator::PollExternalSize() {
  AtSafepoint();
  // Young objects with much outside the heap are worth a scavenge; it moves their charge to old
  // space or drops it. Old space's threshold counts external bytes as its own. What lives is old
  // after the second: who charged it pays for both, not who comes next.
  for (unsigned i = 0; i < kPromotionAge; ++i) {
    if (heap_.external_new() <= std::max(heap_.new_capacity(), kExternalNewMin) * 2) break;
    CollectGarbage(GcKind::kMinor, GcReason::kExternalSize);
  }
  if (heap_.OldPressure() > heap_.old_threshold()) {
    CollectGarbage(GcKind::kMajor, GcReason::kExternalSize);
  }
}

}  // namespace fart
