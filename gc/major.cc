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
      evacuator_(collection.heap, collection.report,
                 moving == Moving::kEverything ? LargeFate::kMoved : LargeFate::kMarked) {}

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
    TakeForEvacuation(index, kNewSpace);  // It does not stay young.
  }
  heap_.ForgetNewHoles();
  heap_.large().BeginCollection(/*all_leave=*/moving_ == Moving::kEverything);
  heap_.old_allocator().ForgetHoles();  // Copies there would lie among what is marked (G-K3).
  if (moving_ == Moving::kSparse) {
    SelectSparseOldRegions();
    return;
  }
  heap_.old_allocator().Abandon();
  for (const RegionIndex index : std::exchange(heap_.old_regions(), {})) {
    TakeForEvacuation(index, kOldSpaceFlags);
  }
}

void MajorCollector::SelectSparseOldRegions() {
  // The region being filled is judged by what it holds, the others by what they are charged for.
  std::size_t dead = 0;
  std::size_t total = 0;
  const RegionIndex filling = heap_.old_allocator().region();
  const auto dead_in = [&](RegionIndex index) {
    const RegionRecord& record = regions_.Record(index);
    const ByteCount extent =
        index == filling ? record.top - regions_.StartOf(index) : record.charged;
    total += extent.value();
    return extent.value() - record.live_bytes;
  };
  Vector<RegionIndex> pinned;
  for (const PinTable::Entry& entry : heap_.pins().entries()) {
    pinned.push_back(regions_.IndexOf(entry.object));
  }
  Vector<std::pair<std::size_t, RegionIndex>> by_dead;
  for (const RegionIndex index : heap_.old_regions()) {
    // It could not go; its holes serve, and what moved out of it would only make more of them.
    if (std::binary_search(pinned.begin(), pinned.end(), index)) continue;
    by_dead.emplace_back(dead_in(index), index);
    dead += by_dead.back().first;
  }
  std::sort(by_dead.begin(), by_dead.end(), std::greater<>());
  // G-D1. A region without live objects costs nothing to give back, so it always goes.
  for (const auto& [dead_here, index] : by_dead) {
    if (dead <= total / kDeadShare && regions_.Record(index).live_bytes != 0) continue;
    dead -= dead_here;
    TakeForEvacuation(index, kOldSpaceFlags);
    if (index == filling) heap_.old_allocator().Abandon();
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
  Vector<RegionIndex> before;  // The lists change.
  heap_.large().ForEachRegion([&](RegionIndex index) { before.push_back(index); });
  for (const RegionIndex index : before) {
    if (regions_.Record(index).large_size.is_zero()) {
      EvacuateRegion(index);
      continue;
    }
    const Address object = regions_.StartOf(index);
    if (!regions_.IsMarked(object)) continue;
    const ForwardingResult moved = evacuator_.Evacuate(object);
    if (moved.outcome == Forwarding::kCopied) regions_.TryMark(moved.where);
  }
}

bool MajorCollector::HasLiveYoungLarge() const {
  const LargeObjects& large = heap_.large();
  for (const Vector<RegionIndex>* const list : {&large.young_runs(), &large.shared()}) {
    for (const RegionIndex index : *list) {
      if (regions_.Record(index).live_bytes != 0) return true;
    }
  }
  return false;
}

bool MajorCollector::IsLiveInPlace(Address object) const {
  return regions_.IsMarked(object) && Header::At(object).IsHeader();
}

template <typename VisitObject>
void MajorCollector::ForEachLiveLarge(VisitObject&& visit) const {
  heap_.large().ForEachRegion([&](RegionIndex index) {
    const RegionRecord& record = regions_.Record(index);
    const Address start = regions_.StartOf(index);
    if (!record.large_size.is_zero()) {
      if (IsLiveInPlace(start)) visit(start, record.large_size);
      return;
    }
    for (Address object = regions_.NextMarked(start, record.top); object < record.top;) {
      if (Header::At(object).IsHeader()) visit(object, ByteCount(Header::At(object).size()));
      object = regions_.NextMarked(object + ByteCount(kWordSize), record.top);
    }
  });
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
        heap_.remembered_set().Add(holder, size, first);  // H-R1
      }
    }
  };
  shape.VisitStrongRuns(object, update);
  ObjectPtr* const weak = shape.WeakReferences(object);
  update(weak, weak + shape.weak_references());
}

Address MajorCollector::FillGap(Address from, Address to) {
  Heap::FillDead(from, to);  // H-G3
  heap_.old_allocator().AddHole(from, to);
  return to;
}

// What nobody has used of a region that is not being filled.
void MajorCollector::NoteTail(RegionIndex index) {
  OldAllocator& old = heap_.old_allocator();
  if (index != old.region()) old.AddTail(index);
}

// Of an old region whose objects stayed where they are, and refer to nothing that moved.
void MajorCollector::FillDeadIn(RegionIndex index) {
  const RegionRecord& record = regions_.Record(index);
  NoteTail(index);
  Address dead_from = regions_.StartOf(index);
  if (record.live_bytes == (record.mark_limit - dead_from).value()) return;  // H-G3 holds.
  while (dead_from < record.mark_limit) {
    const Address object = FillGap(dead_from, regions_.NextMarked(dead_from, record.mark_limit));
    if (object >= record.mark_limit) return;
    dead_from = object + ByteCount(Header::At(object).size());
  }
}

void MajorCollector::UpdateOldRegion(RegionIndex index) {
  const RegionRecord& record = regions_.Record(index);
  NoteTail(index);
  // Marked objects up to the mark limit, with fillers between them; then copies without gaps.
  const Address limit = std::max(record.mark_limit, regions_.StartOf(index));
  Address dead_from = regions_.StartOf(index);
  Address object = FillGap(dead_from, regions_.NextMarked(dead_from, limit));
  while (object < limit) {
    const Header header = Header::At(object);
    UpdateOldObject(object, header.size(), shapes_[header.shape()]);
    dead_from = object + ByteCount(header.size());
    object = FillGap(dead_from, regions_.NextMarked(dead_from, limit));
  }
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
  heap_.old_allocator().ForgetHoles();  // Rests of regions that copies left: found below.
  if (collection_.report.objects_moved == 0 && evacuator_.kept_objects().empty() &&
      !HasLiveYoungLarge()) {
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
  ForEachLiveLarge([this](Address object, ByteCount size) {
    UpdateOldObject(object, size, shapes_[Header::At(object).shape()]);
  });
  for (const Address object : evacuator_.kept_objects()) {
    const Header header = Header::At(object);
    if (evacuator_.IsLarge(object)) continue;  // its list has it
    const Shape& shape = shapes_[header.shape()];
    if (evacuator_.StaysYoung(ObjectPtr::FromAddress(object))) {
      UpdateObject(object, shape);
    } else {
      UpdateOldObject(object, header.size(), shape);
    }
  }
}

void MajorCollector::Release() {
  const PhaseScope phase(collection_.listener, GcPhase::kRelease);
  for (const RegionIndex index : heap_.old_regions()) regions_.ClearMarks(index);  // G-K1
  for (const RegionIndex index : evacuated_) {
    regions_.ClearMarks(index);  // G-K1
    evacuator_.ReleaseRegion(index);
  }
  ReleaseLargeObjects();
  heap_.CountOldUsed();
}

void MajorCollector::ReleaseLargeObjects() {
  Vector<RegionIndex> marked;  // A region that goes back is taken again with clear marks.
  heap_.large().ForEachRegion([&](RegionIndex index) { marked.push_back(index); });
  const auto next_live = [this](Address object, Address to) {
    object = regions_.NextMarked(object, to);
    while (object < to && !IsLiveInPlace(object)) {
      object = regions_.NextMarked(object + ByteCount(kWordSize), to);
    }
    return object;
  };
  collection_.report.large_objects_freed += heap_.ReleaseDeadLarge(true, next_live);
  for (const RegionIndex index : marked) regions_.ClearMarks(index);  // G-K1
}

}  // namespace fart
