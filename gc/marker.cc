#include "gc/marker.h"

#include <utility>

namespace fart {

Marker::Marker(const Collection& collection)
    : collection_(collection),
      regions_(collection.heap.regions()),
      shapes_(collection.heap.shapes()) {
  for (const Vector<RegionIndex>* const list :
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
  __builtin_prefetch(object.As<void>());
  regions_.PrefetchMark(object);
  const Address due = std::exchange(queue_[queue_at_], object);
  queue_at_ = (queue_at_ + 1) % kQueueLength;
  if (!due.is_null()) Mark(due);
}

inline void Marker::Mark(Address object) {
  if (!regions_.TryMark(object)) return;
  const Header header = Header::At(object);
  regions_.Record(regions_.IndexOf(object)).live_bytes +=
      header.is_large() ? kLargeObjectSize.value() : ByteCount(header.size()).value();
  stack_.push_back(object);
  if (ephemerons_.is_indexed()) [[unlikely]] {
    // G-E3: the object may be a key that others waited for. Their values come later, for in a chain
    // of ephemerons marking them here would recurse once for each link.
    ephemerons_.TakeByKey(object, [this](Address ephemeron) { ready_.push_back(ephemeron); });
  }
}

void Marker::FlushQueue() {
  for (std::size_t i = 0; i < kQueueLength; ++i) {
    const Address due = std::exchange(queue_[(queue_at_ + i) % kQueueLength], Address());
    if (!due.is_null()) Mark(due);
  }
}

void Marker::MarkReadyValues() {
  while (!ready_.empty()) {
    const Address ephemeron = ready_.back();
    ready_.pop_back();
    MarkValue(shapes_[Header::At(ephemeron).shape()].References(ephemeron)[1]);
  }
}

void Marker::MarkTransitively() {
  for (;;) {
    MarkReadyValues();
    if (stack_.empty()) FlushQueue();
    if (stack_.empty()) return;
    const Address object = stack_.back();
    stack_.pop_back();
    Scan(object);
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
  if (shape.has_weak_references()) weak_holders_.push_back(object);
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
  if (ephemerons_.is_empty()) return;
  ephemerons_.Index(
      [this](Address key) {
        ++collection_.report.ephemerons_examined;
        return regions_.IsMarked(key);
      },
      [this](Address ephemeron) { ready_.push_back(ephemeron); });
  MarkTransitively();
  ephemerons_.VisitWaiting([this](Address ephemeron) {
    ObjectPtr* const pair = shapes_[Header::At(ephemeron).shape()].References(ephemeron);
    pair[0] = ObjectPtr();
    pair[1] = ObjectPtr();
  });
}

void Marker::ClearWeakReferences() {
  for (const Address holder : weak_holders_) {
    const Shape& shape = shapes_[Header::At(holder).shape()];
    ObjectPtr* const slots = shape.WeakReferences(holder);
    for (std::uint32_t i = 0; i < shape.weak_references(); ++i) {
      if (!IsLive(slots[i])) slots[i] = ObjectPtr();
    }
  }
}

}  // namespace fart
