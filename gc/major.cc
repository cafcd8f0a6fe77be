#include "gc/major.h"

#include <algorithm>
#include <utility>

#include "gc/phase_scope.h"
#include "heap/base/check.h"

namespace fart {

MajorCollector::MajorCollector(const Collection& collection, Moving moving)
    : collection_(collection),
      heap_(collection.heap),
      regions_(collection.heap.regions()),
      shapes_(collection.heap.shapes()),
      moving_(moving),
      marker_(collection),
      evacuator_(collection.heap, collection.report) {}

void MajorCollector::Run() {
  Mark();
  ClearWeaks();
  Select();
  Evacuate();
  Update();
  Release();
}

void MajorCollector::Mark() {
  {
    const PhaseScope phase(collection_.listener, GcPhase::kRoots);
    marker_.MarkRoots();
  }
  {
    const PhaseScope phase(collection_.listener, GcPhase::kTransitive);
    marker_.MarkTransitively();
  }
  const PhaseScope phase(collection_.listener, GcPhase::kEphemerons);
  marker_.ResolveEphemerons();
}

void MajorCollector::ClearWeaks() {
  const PhaseScope phase(collection_.listener, GcPhase::kWeaks);
  marker_.ClearWeakReferences();
  weak_pass_ = WeakPass::kClear;
  collection_.VisitWeaks(SlotSet::kAll, *this);
}

bool MajorCollector::Visit(RootKind kind, ObjectPtr* referent, ByteCount external) {
  if (weak_pass_ == WeakPass::kClear) {
    collection_.CountSlots(kind, 1);
    return ClearWeak(referent, external);
  }
  UpdateWeak(referent, external);
  return true;
}

bool MajorCollector::ClearWeak(const ObjectPtr* referent, ByteCount external) {
  if (marker_.IsLive(*referent)) return true;
  ByteCount& charged = heap_.IsYoung(*referent) ? heap_.external_new() : heap_.external_old();
  charged -= external;
  ++collection_.report.weaks_cleared;
  return false;
}

void MajorCollector::UpdateWeak(ObjectPtr* referent, ByteCount external) {
  const bool was_young = heap_.IsYoung(*referent);
  UpdateSlot(referent);
  if (was_young && !evacuator_.StaysYoung(*referent)) {
    heap_.external_new() -= external;
    heap_.external_old() += external;
  }
}

void MajorCollector::ForgetRememberedSet() {
  for (const RememberedSet::Entry& entry : heap_.remembered_set().TakeAll()) {
    heap_.remembered_set().Forget(entry);
  }
}

void MajorCollector::TakeForEvacuation(RegionIndex index, std::uint8_t flags) {
  regions_.SetFlags(index, flags | kEvacuating);
  evacuated_.push_back(index);
}

void MajorCollector::Select() {
  const PhaseScope phase(collection_.listener, GcPhase::kSelect);
  ForgetRememberedSet();  // While headers are still where the entries say.
  for (const RegionIndex index : std::exchange(heap_.new_regions(), {})) {
    TakeForEvacuation(index, kNewSpaceFlags);
  }
  heap_.SetNewOpenRegion(kNoRegion);
  if (moving_ == Moving::kSparse) {
    SelectSparseOldRegions();
    return;
  }
  heap_.AbandonOldArea();
  for (const RegionIndex index : std::exchange(heap_.old_regions(), {})) {
    TakeForEvacuation(index, kOldSpaceFlags);
  }
  for (const RegionIndex first : heap_.large_objects()) {
    regions_.SetFlags(first, kLargeFlags | kEvacuating);
  }
}

void MajorCollector::SelectSparseOldRegions() {
  // The region being filled is judged by what it holds, the others by their whole size.
  std::size_t dead = 0;
  std::size_t total = 0;
  const auto dead_in = [&](RegionIndex index) {
    const ByteCount extent = index == heap_.old_area_region()
                                 ? regions_.Record(index).top - regions_.StartOf(index)
                                 : kRegionSize;
    total += extent.value();
    return extent.value() - regions_.Record(index).live_bytes;
  };
  Vector<std::pair<std::size_t, RegionIndex>> by_dead;
  for (const RegionIndex index : heap_.old_regions()) {
    by_dead.emplace_back(dead_in(index), index);
    dead += by_dead.back().first;
  }
  std::sort(by_dead.begin(), by_dead.end(), std::greater<>());
  // D1. A region without live objects costs nothing to give back, so it always goes.
  for (const auto& [dead_here, index] : by_dead) {
    if (dead <= total / kDeadShare && regions_.Record(index).live_bytes != 0) continue;
    dead -= dead_here;
    TakeForEvacuation(index, kOldSpaceFlags);
    if (index == heap_.old_area_region()) heap_.AbandonOldArea();
  }
  std::erase_if(heap_.old_regions(),
                [this](RegionIndex index) { return (regions_.FlagsOf(index) & kEvacuating) != 0; });
}

void MajorCollector::Evacuate() {
  const PhaseScope phase(collection_.listener, GcPhase::kEvacuate);
  evacuator_.KeepPinned();
  for (const RegionIndex index : evacuated_) EvacuateRegion(index);
  if (moving_ == Moving::kEverything) EvacuateLargeObjects();
}

void MajorCollector::EvacuateRegion(RegionIndex index) {
  const Address limit = regions_.Record(index).mark_limit;
  Address object = regions_.NextMarked(regions_.StartOf(index), limit);
  while (object < limit) {
    const Address next = object + regions_.SizeOf(object);
    evacuator_.Evacuate(object);
    object = regions_.NextMarked(next, limit);
  }
}

void MajorCollector::EvacuateLargeObjects() {
  const Vector<RegionIndex> before = heap_.large_objects();
  for (const RegionIndex first : before) {
    const Address object = regions_.StartOf(first);
    if (!regions_.IsMarked(object)) continue;
    const ForwardingResult moved = evacuator_.Evacuate(object);
    if (moved.outcome == Forwarding::kCopied) regions_.TryMark(moved.where);
  }
}

inline void MajorCollector::UpdateSlot(ObjectPtr* slot) const {
  if (!evacuator_.IsEvacuating(*slot)) return;
  *slot = ObjectPtr::FromAddress(Evacuator::WhereIs(slot->address()));
}

void MajorCollector::VisitSlots(RootKind, ObjectPtr* first, ObjectPtr* last) {
  for (ObjectPtr* slot = first; slot != last; ++slot) UpdateSlot(slot);
}

inline void MajorCollector::UpdateObject(Address object, const Shape& shape) {
  shape.VisitStrongRuns(object, [this](ObjectPtr* first, ObjectPtr* last) {
    for (; first != last; ++first) UpdateSlot(first);
  });
  ObjectPtr* const weak = shape.WeakReferences(object);
  for (std::uint32_t i = 0; i < shape.weak_references(); ++i) UpdateSlot(weak + i);
}

inline void MajorCollector::UpdateOldObject(Address object, ByteCount size, const Shape& shape) {
  const ObjectPtr holder = ObjectPtr::FromAddress(object);
  const auto update = [&](ObjectPtr* first, ObjectPtr* last) {
    for (; first != last; ++first) {
      UpdateSlot(first);
      if (evacuator_.StaysYoung(*first)) [[unlikely]] {
        heap_.remembered_set().Add(holder, size, first);  // R1
      }
    }
  };
  shape.VisitStrongRuns(object, update);
  ObjectPtr* const weak = shape.WeakReferences(object);
  update(weak, weak + shape.weak_references());
}

// Of an old region whose objects stayed where they are, and refer to nothing that moved.
void MajorCollector::FillDeadIn(RegionIndex index) {
  const RegionRecord& record = regions_.Record(index);
  const Address start = regions_.StartOf(index);
  if (record.live_bytes == (record.mark_limit - start).value()) return;  // G3 holds.
  Address dead_from = start;
  while (dead_from < record.mark_limit) {
    const Address object = regions_.NextMarked(dead_from, record.mark_limit);
    Heap::FillDead(dead_from, object);  // G3
    if (object >= record.mark_limit) return;
    dead_from = object + ByteCount(Header::At(object).size());
  }
}

void MajorCollector::UpdateOldRegion(RegionIndex index) {
  const RegionRecord& record = regions_.Record(index);
  // Marked objects up to the mark limit, with fillers between them; then copies without gaps.
  const Address limit = std::max(record.mark_limit, regions_.StartOf(index));
  Address dead_from = regions_.StartOf(index);
  Address object = regions_.NextMarked(dead_from, limit);
  while (object < limit) {
    Heap::FillDead(dead_from, object);  // G3
    const Header header = Header::At(object);
    UpdateOldObject(object, header.size(), shapes_[header.shape()]);
    dead_from = object + ByteCount(header.size());
    object = regions_.NextMarked(dead_from, limit);
  }
  Heap::FillDead(dead_from, limit);
  for (object = limit; object < record.top;) {
    const Header header = Header::At(object);
    UpdateOldObject(object, header.size(), shapes_[header.shape()]);
    object = object + ByteCount(header.size());
  }
}

void MajorCollector::UpdateNewRegion(RegionIndex index) {
  heap_.WalkRegion(index, [this](Address object, Header header, ByteCount) {
    UpdateObject(object, shapes_[header.shape()]);
  });
}

void MajorCollector::Update() {
  const PhaseScope phase(collection_.listener, GcPhase::kUpdate);
  evacuator_.Finish();
  if (collection_.report.objects_moved == 0 && evacuator_.kept_objects().empty()) {
    // What was evacuated was dead, all of new space with it: no reference changes, none is to be
    // remembered.
    for (const RegionIndex index : heap_.old_regions()) FillDeadIn(index);
    return;
  }
  collection_.VisitRoots(SlotSet::kEvacuating, *this);
  weak_pass_ = WeakPass::kUpdate;
  collection_.VisitWeaks(SlotSet::kEvacuating, *this);
  for (const RegionIndex index : heap_.old_regions()) UpdateOldRegion(index);
  for (const RegionIndex index : heap_.new_regions()) UpdateNewRegion(index);
  for (const RegionIndex first : heap_.large_objects()) {
    const Address object = regions_.StartOf(first);
    const Header word = Header::At(object);
    const bool moved = !word.IsHeader();
    if (moved || !regions_.IsMarked(object)) continue;
    UpdateOldObject(object, regions_.Record(first).large_size, shapes_[word.shape()]);
  }
  for (const Address object : evacuator_.kept_objects()) {
    const Header header = Header::At(object);
    if (header.is_large()) continue;  // its list has it
    UpdateOldObject(object, header.size(), shapes_[header.shape()]);
  }
}

void MajorCollector::Release() {
  const PhaseScope phase(collection_.listener, GcPhase::kRelease);
  for (const RegionIndex index : heap_.old_regions()) regions_.ClearMarks(index);  // K1
  for (const RegionIndex index : evacuated_) {
    regions_.ClearMarks(index);  // K1
    evacuator_.ReleaseRegion(index);
  }
  ReleaseLargeObjects();
}

void MajorCollector::ReleaseLargeObjects() {
  std::erase_if(heap_.large_objects(), [this](RegionIndex first) {
    const Address object = regions_.StartOf(first);
    const Header word = Header::At(object);
    const bool dead = !word.IsHeader() || !regions_.IsMarked(object);
    regions_.ClearMarks(first);  // K1
    if (dead) {
      heap_.RetireLarge(first, heap_.retire_policy());
      ++collection_.report.large_objects_freed;
    } else {
      word.WithKept(false).StoreTo(object);
      regions_.SetFlags(first, kLargeFlags);
    }
    return dead;
  });
}

}  // namespace fart
