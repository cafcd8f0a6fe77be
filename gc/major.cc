#include "gc/major.h"

#include <utility>

#include "gc/phase_scope.h"

namespace fart {

MajorCollector::MajorCollector(const Collection& collection, Moving moving, Gaps gaps,
                               Workers& workers)
    : collection_(collection),
      heap_(collection.heap),
      regions_(collection.heap.regions()),
      shapes_(collection.heap.shapes()),
      moving_(moving),
      gaps_(gaps),
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

bool MajorCollector::IsLiveInPlace(Address object) const {
  return regions_.IsMarked(object) && Header::At(object).IsHeader();
}

void MajorCollector::Release() {
  const PhaseScope phase(collection_.listener, GcPhase::kRelease);
  for (const RegionIndex index : heap_.old_regions()) {
    if (!regions_.Record(index).unswept) regions_.ClearMarks(index);  // G-K1
  }
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
