#include "gc/major.h"

#include <algorithm>
#include <utility>

#include "gc/card_slots.h"
#include "gc/dead_parts.h"
#include "gc/phase_scope.h"
#include "heap/base/check.h"

namespace fart {

MajorCollector::MajorCollector(const Collection& collection, Moving moving, Workers& workers)
    : collection_(collection),
      heap_(collection.heap),
      regions_(collection.heap.regions()),
      shapes_(collection.heap.shapes()),
      moving_(moving),
      marker_(collection, workers),
      evacuator_(collection.heap, collection.report,
                 moving == Moving::kEverything ? LargeFate::kMoved : LargeFate::kMarked,
                 YoungFate::kMoved),
      evacuated_(collection.heap.evacuating_regions()) {}

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
  RememberedSet& set = heap_.remembered_set();
  if (!set.has_overflowed()) {
    set.Revise([&set](const RememberedSet::Entry& entry) {
      set.Forget(entry);
      return false;
    });
    return;
  }
  set.BeginAnew();
  const auto forget = [](Address object, Header header, ByteCount) {
    if (header.remembered()) header.WithRemembered(false).StoreTo(object);
  };
  for (const RegionIndex index : heap_.old_regions()) {
    heap_.WalkRegion(index, forget);
    set.ForgetCardsIn(regions_.StartOf(index), kRegionSize);
  }
  heap_.large().ForEach([&](Address object, ByteCount size) {
    forget(object, Header::At(object), size);
    set.ForgetCardsIn(object, size);
  });
}

void MajorCollector::TakeForEvacuation(RegionIndex index) {
  regions_.SetFlags(index, kOldSpaceFlags | kEvacuating);
  evacuated_.push_back(index);
}

void MajorCollector::Select() {
  const PhaseScope phase(collection_.listener, GcPhase::kSelect);
  // Either way while headers are still where the entries say.
  if (moving_ == Moving::kEverything || heap_.remembered_set().has_overflowed()) {
    ForgetRememberedSet();
  } else {
    holders_ = Holders::kOfYoung;
  }
  evacuated_.TakeFrom(heap_.new_regions());
  for (const RegionIndex index : evacuated_) {
    regions_.SetFlags(index, kNewSpace | kEvacuating);  // It does not stay young.
  }
  heap_.ForgetNewHoles();
  heap_.large().BeginCollection(/*all_leave=*/moving_ == Moving::kEverything);
  heap_.old_allocator().ForgetHoles();  // Copies there would lie among what is marked (G-K3).
  if (moving_ == Moving::kSparse) {
    if (SelectSparseOldRegions() && holders_ == Holders::kOfYoung) {
      ForgetRememberedSet();
      holders_ = Holders::kAll;
    }
    return;
  }
  heap_.old_allocator().Abandon();
  for (const RegionIndex index : heap_.old_regions()) TakeForEvacuation(index);
  heap_.old_regions().clear();
}

bool MajorCollector::SelectSparseOldRegions() {
  // The region being filled is judged by what it holds, the others by what they are charged for.
  const RegionIndex filling = heap_.old_allocator().region();
  const auto extent_of = [&](RegionIndex index) {
    const RegionRecord& record = regions_.Record(index);
    const Address start = regions_.StartOf(index);
    return (index == filling ? record.top - start : record.charged).value();
  };
  const auto dead_in = [&](RegionIndex index) {
    return extent_of(index) - regions_.Record(index).live_bytes;
  };
  // One with pins could not go; its holes serve, and what moved out of it would only make more.
  const auto has_pins = [&](RegionIndex index) {
    const Address start = regions_.StartOf(index);
    return heap_.pins().HasPinsIn(start, start + kRegionSize);
  };
  RegionList& list = heap_.old_regions();
  std::size_t dead = 0;
  std::size_t total = 0;
  for (const RegionIndex index : list) {
    if (has_pins(index)) continue;
    dead += dead_in(index);
    total += extent_of(index);
  }
  // In place: there may be no memory for another list.
  list.Sort([&](RegionIndex a, RegionIndex b) {
    return std::pair(dead_in(a), a) > std::pair(dead_in(b), b);
  });
  // G-D1. A region without live objects costs nothing to give back, so it always goes.
  bool some_live = false;
  list.EraseIf([&](RegionIndex index) {
    if (has_pins(index)) return false;
    const bool has_live = regions_.Record(index).live_bytes != 0;
    if (dead <= total / kDeadShare && has_live) return false;
    some_live = some_live || has_live;
    dead -= dead_in(index);
    TakeForEvacuation(index);
    if (index == filling) heap_.old_allocator().Abandon();
    return true;
  });
  return some_live;
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

// Copies join the list of old runs behind these.
void MajorCollector::EvacuateLargeObjects() {
  const LargeObjects& large = heap_.large();
  for (const RegionIndex first : large.old_runs()) EvacuateLargeObject(first);
  for (const RegionIndex first : large.young_runs()) EvacuateLargeObject(first);
  for (const RegionIndex index : large.shared()) EvacuateRegion(index);
}

void MajorCollector::EvacuateLargeObject(RegionIndex first) {
  const Address object = regions_.LargeAt(first);
  if (!regions_.IsMarked(object)) return;
  const ForwardingResult moved = evacuator_.Evacuate(object);
  if (moved.outcome == Forwarding::kCopied) regions_.TryMark(moved.where);
}

bool MajorCollector::HasLiveYoungLarge() const {
  const LargeObjects& large = heap_.large();
  for (const RegionList* const list : {&large.young_runs(), &large.shared()}) {
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
    if (!record.large_size.is_zero()) {
      const Address object = regions_.LargeAt(index);
      if (IsLiveInPlace(object)) visit(object, record.large_size);
      return;
    }
    const Address start = regions_.StartOf(index);
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
  shape.VisitRuns(object, [this](ObjectPtr* first, ObjectPtr* last) {
    for (; first != last; ++first) UpdateSlot(first);
  });
}

inline void MajorCollector::UpdateOldObject(Address object, ByteCount size, const Shape& shape) {
  const ObjectPtr holder = ObjectPtr::FromAddress(object);
  shape.VisitRuns(object, [&](ObjectPtr* first, ObjectPtr* last) {
    for (; first != last; ++first) {
      UpdateSlot(first);
      if (evacuator_.StaysYoung(*first)) [[unlikely]] {
        heap_.remembered_set().Add(holder, size, first);  // H-R1
      }
    }
  });
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

// Of an old region whose objects stayed where they are, below what was copied there.
void MajorCollector::FillDeadIn(RegionIndex index) {
  const RegionRecord& record = regions_.Record(index);
  const Address limit = EndOfMarked(index);
  NoteTail(index);
  const Address start = regions_.StartOf(index);
  if (record.live_bytes == (limit - start).value()) return;  // H-G3 holds.
  ForEachGap(regions_, start, limit, [this](Address from, Address to) { FillGap(from, to); });
}

// Up to here marked objects have gaps between them; what was copied there follows without.
Address MajorCollector::EndOfMarked(RegionIndex index) const {
  return std::max(regions_.Record(index).mark_limit, regions_.StartOf(index));
}

void MajorCollector::UpdateOldObjects(Address from, Address to) {
  for (Address object = from; object < to;) {
    const Header header = Header::At(object);
    UpdateOldObject(object, header.size(), shapes_[header.shape()]);
    object = object + ByteCount(header.size());
  }
}

void MajorCollector::UpdateOldRegion(RegionIndex index) {
  NoteTail(index);
  const Address limit = EndOfMarked(index);
  Address dead_from = regions_.StartOf(index);
  Address object = FillGap(dead_from, regions_.NextMarked(dead_from, limit));
  while (object < limit) {
    const Header header = Header::At(object);
    UpdateOldObject(object, header.size(), shapes_[header.shape()]);
    dead_from = object + ByteCount(header.size());
    object = FillGap(dead_from, regions_.NextMarked(dead_from, limit));
  }
  UpdateOldObjects(limit, regions_.Record(index).top);
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
  // Else what was evacuated was dead, all of new space with it: no reference changes, and there is
  // nothing young to remember.
  const bool some_live =
      collection_.report.objects_moved != 0 || evacuator_.has_kept() || HasLiveYoungLarge();
  if (some_live) {
    collection_.VisitRoots(SlotSet::kEvacuating, *this);
    weak_pass_ = WeakPass::kUpdate;
    collection_.VisitWeaks(SlotSet::kEvacuating, *this);
  }
  if (holders_ == Holders::kOfYoung) {
    UpdateHoldersOfYoung();
  } else if (some_live) {
    UpdateAll();
  } else {
    for (const RegionIndex index : heap_.old_regions()) FillDeadIn(index);
  }
  for (const RegionIndex index : evacuated_) {
    if (regions_.Record(index).has_kept) UpdateKeptObjects(index);
  }
}

void MajorCollector::UpdateAll() {
  for (const RegionIndex index : heap_.old_regions()) UpdateOldRegion(index);
  for (const RegionIndex index : heap_.new_regions()) UpdateNewRegion(index);
  ForEachLiveLarge([this](Address object, ByteCount size) {
    UpdateOldObject(object, size, shapes_[Header::At(object).shape()]);
  });
}

// No old object has moved: who refers to what did is remembered, young, or has just been copied.
void MajorCollector::UpdateHoldersOfYoung() {
  // Before what is dead is filled: its bits are still there to be cleared.
  heap_.remembered_set().Revise(
      [this](const RememberedSet::Entry& entry) { return UpdateEntry(entry); });
  for (const RegionIndex index : heap_.old_regions()) {
    FillDeadIn(index);
    UpdateOldObjects(EndOfMarked(index), regions_.Record(index).top);
  }
  for (const RegionIndex index : heap_.new_regions()) UpdateNewRegion(index);
}

bool MajorCollector::UpdateEntry(const RememberedSet::Entry& entry) {
  RememberedSet& set = heap_.remembered_set();
  const Address holder = entry.holder.address();
  if (!regions_.IsMarked(holder)) {
    set.Forget(entry);
    return false;
  }
  const Shape& shape = shapes_[Header::At(holder).shape()];
  const ByteCount size = regions_.SizeOf(holder);
  const bool by_card = shape.is_plain() && size > kCardHolderSize;
  if (by_card && entry.is_whole()) {
    // It was whole only because it was fresh (H-M2): cards from now on.
    set.Forget(entry);
    UpdateOldObject(holder, size, shape);
    return false;
  }
  bool young = false;
  const auto update = [&](ObjectPtr* slot) {
    UpdateSlot(slot);
    young = young || evacuator_.StaysYoung(*slot);
  };
  if (by_card) {
    VisitCardSlots(heap_, entry.holder, entry.card, update);
  } else {
    shape.VisitRuns(holder, [&](ObjectPtr* first, ObjectPtr* last) {
      for (; first != last; ++first) update(first);
    });
  }
  if (!young) set.Forget(entry);
  return young;
}

// Large ones that were kept are in their lists.
void MajorCollector::UpdateKeptObjects(RegionIndex index) {
  const Address limit = regions_.Record(index).mark_limit;
  for (Address object = regions_.NextMarked(regions_.StartOf(index), limit); object < limit;
       object = regions_.NextMarked(object + ByteCount(kWordSize), limit)) {
    if (!IsLiveInPlace(object)) continue;
    const Header header = Header::At(object);
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
  evacuated_.clear();
  ReleaseLargeObjects();
  heap_.CountOldUsed();
}

void MajorCollector::ReleaseLargeObjects() {
  RegionList& marked = evacuated_;  // A region that goes back is taken again with clear marks.
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
  marked.clear();
}

}  // namespace fart
