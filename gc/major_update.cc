// The last part of a major collection: references to what moved, and fillers for what died.

#include <algorithm>

#include "gc/card_slots.h"
#include "gc/dead_parts.h"
#include "gc/major.h"
#include "gc/phase_scope.h"

namespace fart {

inline void MajorCollector::UpdateSlot(ObjectPtr* slot) const {
  if (!evacuator_.IsEvacuating(*slot)) return;
  *slot = ObjectPtr::FromAddress(Evacuator::WhereIs(slot->address()));
}

void MajorCollector::VisitSlots(RootKind, ObjectPtr* first, ObjectPtr* last) {
  for (ObjectPtr* slot = first; slot != last; ++slot) UpdateSlot(slot);
}

void MajorCollector::UpdateWeak(ObjectPtr* referent, ByteCount external) {
  const bool was_young = heap_.IsYoung(*referent);
  UpdateSlot(referent);
  if (was_young && !evacuator_.StaysYoung(*referent)) {
    heap_.external_new() -= external;
    heap_.external_old() += external;
  }
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

// Up to here marked objects have gaps between them; what was copied there follows without.
Address MajorCollector::EndOfMarked(RegionIndex index) const {
  return std::max(regions_.Record(index).mark_limit, regions_.StartOf(index));
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

void MajorCollector::FillOrLeaveDeadIn(RegionIndex index) {
  RegionRecord& record = regions_.Record(index);
  const Address start = regions_.StartOf(index);
  if (gaps_ == Gaps::kFilled || record.live_bytes == (EndOfMarked(index) - start).value()) {
    return FillDeadIn(index);
  }
  record.unswept = true;  // G-S4
  has_left_gaps_ = true;
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
    for (const RegionIndex index : heap_.old_regions()) FillOrLeaveDeadIn(index);
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
    FillOrLeaveDeadIn(index);
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

}  // namespace fart
