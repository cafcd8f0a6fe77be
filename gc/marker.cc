#include "gc/marker.h"

#include <utility>

#include "gc/dead_parts.h"

namespace fart {

Marker::Marker(const Collection& collection)
    : collection_(collection),
      regions_(collection.heap.regions()),
      shapes_(collection.heap.shapes()),
      noted_(collection.heap.regions()) {
  for (const RegionList* const list :
       {&collection.heap.new_regions(), &collection.heap.old_regions()}) {
    for (const RegionIndex index : *list) {
      RegionRecord& record = regions_.Record(index);
      record.mark_limit = record.top;  // G-K3
      record.live_bytes = 0;
    }
  }
  collection.heap.large().ForEachRegion([this](RegionIndex index) {
    RegionRecord& record = regions_.Record(index);
    record.mark_limit = record.top;
    record.live_bytes = 0;
  });
}

void Marker::MarkRoots() {
  for (const PinTable::Entry& entry : collection_.heap.pins().entries()) {
    MarkValue(ObjectPtr::FromAddress(entry.object));  // H-Q1
  }
  collection_.VisitRoots(SlotSet::kAll, *this);
}

void Marker::VisitSlots(RootKind kind, ObjectPtr* first, ObjectPtr* last) {
  collection_.CountSlots(kind, static_cast<std::size_t>(last - first));
  for (ObjectPtr* slot = first; slot != last; ++slot) MarkValue(*slot);
}

void Marker::VisitEvery(RootKind kind, ObjectPtr* first, std::size_t count, std::size_t stride) {
  collection_.CountSlots(kind, count);
  for (; count != 0; --count, first += stride) MarkValue(*first);
}

inline void Marker::MarkValue(ObjectPtr value) {
  if (!value.IsHeapObject()) return;
  const Address object = value.address();
  regions_.PrefetchMark(object);
  const Address due = reached_.Exchange(object);
  if (!due.is_null()) Mark(due);
}

inline void Marker::Mark(Address object) {
  if (!regions_.TryMark(object)) return;
  __builtin_prefetch(object.As<void>());
  const Address due = marked_.Exchange(object);
  if (!due.is_null()) NoteMarked(due);
}

inline void Marker::NoteMarked(Address object) {
  const Header header = Header::At(object);
  regions_.Record(regions_.IndexOf(object)).live_bytes +=
      header.is_large() ? kLargeObjectSize.value() : ByteCount(header.size()).value();
  // Leaves go past the stack, which strings and numbers would fill.
  if (!shapes_[header.shape()].is_leaf() && !stack_.TryPush(object)) [[unlikely]]
    noted_.Note(object);
  // G-E3: the object may be a key that others waited for. Their values come later, for in a chain
  // of ephemerons marking them here would recurse once for each link.
  if (ephemerons_.is_indexed()) [[unlikely]]
    ephemerons_.NoteReached(object);
}

bool Marker::TakeFromQueues() {
  if (!marked_.is_empty()) {
    NoteMarked(marked_.Take());
  } else if (!reached_.is_empty()) {
    Mark(reached_.Take());
  } else {
    return false;
  }
  return true;
}

bool Marker::MarkReadyValue() {
  const Address ephemeron = ephemerons_.TakeReady();
  if (ephemeron.is_null()) return false;
  MarkValue(PairOf(ephemeron)[1]);
  return true;
}

void Marker::MarkTransitively() {
  Drain();
  while (!noted_.is_empty()) ScanNotedRegion();
}

template <typename Visit>
void Marker::ForEachMarkedIn(RegionIndex index, Address from, Visit&& visit) {
  // A run begins at its region's top.
  const Address end = regions_.StartOf(index) + kRegionSize;
  for (Address object = regions_.NextMarked(from, end); object < end;
       object = regions_.NextMarked(object + ByteCount(kWordSize), end)) {
    visit(object, shapes_[Header::At(object).shape()]);
  }
}

template <typename Visit>
void Marker::ForEachMarked(Visit&& visit) {
  const auto visit_region = [&](RegionIndex index) {
    ForEachMarkedIn(index, regions_.StartOf(index), visit);
  };
  const Heap& heap = collection_.heap;
  for (const RegionIndex index : heap.new_regions()) visit_region(index);
  for (const RegionIndex index : heap.old_regions()) visit_region(index);
  heap.large().ForEachRegion(visit_region);
}

// What was scanned before is scanned once more: that finds nothing new.
void Marker::ScanNotedRegion() {
  const GreyRegions::Region region = noted_.TakeRegion();  // It may be noted again meanwhile.
  ForEachMarkedIn(region.index, region.from, [this](Address object, const Shape&) {
    Scan(object);
    Drain();
  });
}

void Marker::Drain() {
  for (;;) {
    if (!stack_.empty()) {
      Scan(stack_.Pop());
    } else if (!TakeFromQueues() && !MarkReadyValue()) {  // A leaf may have been a key (G-E4).
      return;
    }
  }
}

inline void Marker::Scan(Address object) {
  const Shape& shape = shapes_[Header::At(object).shape()];
  if (!shape.is_plain()) [[unlikely]] {
    ScanSpecial(object, shape);
    return;
  }
  shape.VisitStrongRuns(object, [this](ObjectPtr* first, ObjectPtr* last) {
    for (; first != last; ++first) MarkValue(*first);
  });
}

void Marker::ScanSpecial(Address object, const Shape& shape) {
  if (shape.has_weak_references() && weak_holders_are_all_) {
    weak_holders_are_all_ = TryAppend(weak_holders_, object);
  }
  ObjectPtr* const pair = shape.References(object);
  shape.VisitStrongRuns(object, [&](ObjectPtr* first, ObjectPtr* last) {
    if (first == pair && shape.is_ephemeron()) first += 2;
    for (; first < last; ++first) MarkValue(*first);
  });
  if (!shape.is_ephemeron()) return;
  ++collection_.report.ephemerons_examined;
  if (IsLive(pair[0])) {
    MarkValue(pair[1]);
  } else {
    ephemerons_.Add(object, pair[0].address());
  }
}

void Marker::ResolveEphemerons() {
  if (!ephemerons_.has_overflowed()) ResolveByTable();
  if (ephemerons_.has_overflowed()) ResolveByWalking();
}

void Marker::ResolveByTable() {
  if (ephemerons_.is_empty()) return;
  ephemerons_.Index([this](Address key) {
    ++collection_.report.ephemerons_examined;
    return regions_.IsMarked(key);
  });
  MarkTransitively();
  ephemerons_.VisitWaiting([this](Address ephemeron) { ClearPair(PairOf(ephemeron)); });
}

// Limit: a chain of ephemerons against the order of addresses takes one walk for each link.
void Marker::ResolveByWalking() {
  for (bool again = true; again;) {
    again = false;
    ForEachMarked([&](Address object, const Shape& shape) {
      if (!shape.is_ephemeron()) return;
      const ObjectPtr* const pair = shape.References(object);
      if (!IsLive(pair[0]) || IsLive(pair[1])) return;
      MarkValue(pair[1]);
      again = true;
    });
    MarkTransitively();
  }
  ForEachMarked([&](Address object, const Shape& shape) {
    ObjectPtr* const pair = shape.References(object);
    if (shape.is_ephemeron() && !IsLive(pair[0])) ClearPair(pair);
  });
}

void Marker::ClearWeakReferencesOf(Address holder) {
  ClearDeadReferences(holder, shapes_[Header::At(holder).shape()],
                      [this](ObjectPtr value) { return IsLive(value); });
}

void Marker::ClearWeakReferences() {
  if (weak_holders_are_all_) {
    for (const Address holder : weak_holders_) ClearWeakReferencesOf(holder);
  } else {
    ForEachMarked([this](Address object, const Shape&) { ClearWeakReferencesOf(object); });
  }
}

}  // namespace fart
