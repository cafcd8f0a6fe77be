#include "gc/scavenger.h"

#include <algorithm>
#include <utility>

#include "gc/phase_scope.h"
#include "heap/base/check.h"

namespace fart {
namespace {

constexpr ByteCount kPrefetchDistance(128);

}  // namespace

Scavenger::Scavenger(const Collection& collection)
    : collection_(collection),
      heap_(collection.heap),
      shapes_(collection.heap.shapes()),
      evacuator_(collection.heap, collection.report, LargeFate::kReached) {}

void Scavenger::Run() {
  Flip();
  EvacuateRoots();
  EvacuateRememberedSet();
  {
    const PhaseScope phase(collection_.listener, GcPhase::kTransitive);
    EvacuateTransitively();
  }
  ResolveEphemerons();
  ClearDeadWeaks();
  Release();
}

void Scavenger::Flip() {
  from_ = std::exchange(heap_.new_regions(), {});
  heap_.ForgetNewHoles();
  for (const RegionIndex index : from_) {
    heap_.regions().SetFlags(index, kNewSpace | kEvacuating);  // G-N1: they do not stay young
  }
  heap_.large().BeginCollection(/*all_leave=*/false);
  new_cursor_ = {.span = 0, .next = Address()};
  // Promotion goes on in the span that old space is filling: scan from its present top.
  heap_.old_allocator().StartLog();
  old_cursor_ = {.span = 0, .next = Address()};
}

void Scavenger::EvacuateRoots() {
  const PhaseScope phase(collection_.listener, GcPhase::kRoots);
  evacuator_.KeepPinned();
  collection_.VisitRoots(SlotSet::kYoung, *this);
}

void Scavenger::VisitSlots(RootKind kind, ObjectPtr* first, ObjectPtr* last) {
  collection_.CountSlots(kind, static_cast<std::size_t>(last - first));
  for (ObjectPtr* slot = first; slot != last; ++slot) EvacuateSlot(slot);
}

inline void Scavenger::EvacuateSlot(ObjectPtr* slot) {
  const ObjectPtr value = *slot;
  if (!evacuator_.IsEvacuating(value)) return;
  const Address object = value.address();
  const ForwardingResult moved = evacuator_.Evacuate(object);
  *slot = ObjectPtr::FromAddress(moved.where);
  if (ephemerons_.is_indexed() && moved.outcome != Forwarding::kAlreadyCopied) [[unlikely]] {
    // G-E3: the object may be a key that others waited for. Their values come later, for in a chain
    // of ephemerons evacuating them here would recurse once for each link.
    ephemerons_.TakeByKey(object, [this](Address ephemeron) { ready_.push_back(ephemeron); });
  }
}

void Scavenger::EvacuateRememberedSet() {
  const PhaseScope phase(collection_.listener, GcPhase::kRememberedSet);
  RememberedSet& set = heap_.remembered_set();
  const Vector<RememberedSet::Entry> entries = set.TakeAll();
  for (const RememberedSet::Entry& entry : entries) {
    if (evacuator_.IsEvacuating(entry.holder)) {
      large_cards_.push_back(entry);
      continue;
    }
    if (!entry.is_whole()) {
      ScanCard(entry);
      continue;
    }
    const Address holder = entry.holder.address();
    const Shape& shape = shapes_[Header::At(holder).shape()];
    ++collection_.report.holders_scanned;
    ScanObject(holder, shape);
    if (!shape.is_plain()) {
      undecided_.push_back(entry);
      continue;
    }
    // Listed anew by its young slots: a large holder was whole only because it was fresh (H-M2).
    set.Forget(entry);
    RememberYoungSlots(holder, heap_.regions().SizeOf(holder), shape);
  }
}

// Calls visit(slot) for the strong slots of a card.
template <typename EachSlot>
void Scavenger::VisitCard(ObjectPtr holder, std::uint32_t card, EachSlot&& visit) const {
  const std::pair<Address, Address> bounds =
      RememberedSet::CardBounds(holder, heap_.SizeOf(holder), card);
  heap_.ShapeOf(holder).VisitStrongRuns(holder.address(), [&](ObjectPtr* first, ObjectPtr* last) {
    first = std::max(first, bounds.first.As<ObjectPtr>());
    last = std::min(last, bounds.second.As<ObjectPtr>());
    for (; first < last; ++first) visit(first);
  });
}

void Scavenger::ScanCard(RememberedSet::Entry entry) {
  RememberedSet& set = heap_.remembered_set();
  const Address holder = entry.holder.address();
  const Shape& shape = shapes_[Header::At(holder).shape()];
  ++collection_.report.cards_scanned;
  if (!shape.is_plain()) {
    // Weak slots and an ephemeron's pair are few and at the front; scanning the object whole
    // keeps their rules in one place.
    ScanObject(holder, shape);
    undecided_.push_back(entry);
    return;
  }
  bool young = false;
  VisitCard(entry.holder, entry.card, [&](ObjectPtr* slot) {
    EvacuateSlot(slot);
    young = young || evacuator_.StaysYoung(*slot);
  });
  if (young) {
    set.PutBack(entry);
  } else {
    set.Forget(entry);
  }
}

// A young large object that lives: what its cards do not cover refers to nothing young (H-R1).
void Scavenger::ScanLarge(Address object) {
  const ObjectPtr holder = ObjectPtr::FromAddress(object);
  const Shape& shape = heap_.ShapeOf(holder);
  if (!shape.is_plain()) {
    ScanObject(object, shape);
    return;
  }
  heap_.remembered_set().ForEachCardOf(holder, heap_.SizeOf(holder), [&](std::uint32_t card) {
    ++collection_.report.cards_scanned;
    VisitCard(holder, card, [this](ObjectPtr* slot) { EvacuateSlot(slot); });
  });
}

// After everything that lives has been reached and what is weak cleared.
void Scavenger::DecideLargeHolders() {
  RememberedSet& set = heap_.remembered_set();
  for (const RememberedSet::Entry& entry : large_cards_) {
    bool young = false;
    if (Evacuator::IsReached(entry.holder.address())) {
      const Shape& shape = heap_.ShapeOf(entry.holder);
      if (shape.is_plain()) {
        VisitCard(entry.holder, entry.card,
                  [&](const ObjectPtr* slot) { young = young || evacuator_.StaysYoung(*slot); });
      } else {
        young = HasYoungSlot(entry.holder.address(), shape);
      }
    }
    if (young) {
      set.PutBack(entry);  // H-R1
    } else {
      set.ForgetCard(entry);
    }
  }
}

void Scavenger::ScanObject(Address object, const Shape& shape) {
  if (shape.is_plain()) [[likely]] {
    shape.VisitStrongRuns(object, [this](ObjectPtr* first, ObjectPtr* last) {
      for (; first != last; ++first) EvacuateSlot(first);
    });
    return;
  }
  if (shape.has_weak_references()) weak_holders_.push_back(object);
  ObjectPtr* const pair_end = shape.References(object) + (shape.is_ephemeron() ? 2 : 0);
  shape.VisitStrongRuns(object, [&](ObjectPtr* first, ObjectPtr* last) {
    if (first == shape.References(object)) first = pair_end;
    for (; first < last; ++first) EvacuateSlot(first);
  });
  if (shape.is_ephemeron()) ExamineEphemeron(object, shape);
}

void Scavenger::ExamineEphemeron(Address object, const Shape& shape) {
  ++collection_.report.ephemerons_examined;
  ObjectPtr* const key = shape.References(object);
  if (IsDead(*key)) {  // so far
    ephemerons_.Add(object, key->address());
    return;
  }
  EvacuateSlot(key);
  EvacuateSlot(key + 1);
}

void Scavenger::EvacuateValue(Address ephemeron) {
  ObjectPtr* const key = shapes_[Header::At(ephemeron).shape()].References(ephemeron);
  EvacuateSlot(key);
  EvacuateSlot(key + 1);
}

// Unreached as far as this collection has come. Only new space can die here.
bool Scavenger::IsDead(ObjectPtr value) const {
  return evacuator_.IsEvacuating(value) && !Evacuator::IsReached(value.address());
}

void Scavenger::EvacuateTransitively() {
  bool again = true;
  while (again) {
    evacuator_.PublishTops();
    again = ScanNew();
    again = ScanPromoted() || again;
    again = ScanKept() || again;
    again = ScanReachedLarge() || again;
    again = EvacuateReadyValues() || again;
  }
}

template <typename Count, typename SpanAt, typename Scan>
bool Scavenger::ScanFrom(Cursor& cursor, Count&& count, SpanAt&& span, Scan&& scan) {
  bool found = false;
  while (cursor.span < count()) {
    Span now = span(cursor.span);
    Address object = cursor.next.is_null() ? now.from : cursor.next;
    const RegionIndex index = heap_.regions().IndexOf(object);
    while (object < now.to) {
      found = true;
      // What the copy a little further on refers to is evacuated soon. A word that is no
      // reference makes a useless hint, no harm; the region's end bounds the read.
      const Address ahead = object + kPrefetchDistance;
      if (heap_.regions().IndexOf(ahead) == index) __builtin_prefetch(*ahead.As<void*>());
      const Header header = Header::At(object);
      const ByteCount size = header.size();
      scan(object, size, shapes_[header.shape()]);
      object = object + size;
      if (object == now.to) now = span(cursor.span);
    }
    cursor.next = object;
    // Only the last one can still grow.
    if (cursor.span + 1 == count()) break;
    cursor = {.span = cursor.span + 1, .next = Address()};
  }
  return found;
}

bool Scavenger::ScanNew() {
  const RegionSpace& regions = heap_.regions();
  const Vector<RegionIndex>& list = heap_.new_regions();
  return ScanFrom(
      new_cursor_, [&] { return list.size(); },
      [&](std::size_t i) {
        return Span{regions.StartOf(list[i]), regions.Record(list[i]).top};
      },
      [this](Address object, ByteCount, const Shape& shape) { ScanObject(object, shape); });
}

bool Scavenger::ScanPromoted() {
  const OldAllocator& old = heap_.old_allocator();
  return ScanFrom(
      old_cursor_, [&] { return old.logged_spans(); },
      [&](std::size_t i) { return old.LoggedSpan(i); },
      [this](Address object, ByteCount size, const Shape& shape) {
        ScanOldObject(object, size, shape);
      });
}

bool Scavenger::ScanReachedLarge() {
  const Vector<Address>& reached = evacuator_.reached_large();
  const bool found = large_cursor_ < reached.size();
  for (; large_cursor_ < reached.size(); ++large_cursor_) ScanLarge(reached[large_cursor_]);
  return found;
}

bool Scavenger::ScanKept() {
  const Vector<Address>& kept = evacuator_.kept_objects();
  bool found = false;
  for (; kept_cursor_ < kept.size(); ++kept_cursor_) {
    found = true;
    const Address object = kept[kept_cursor_];
    const Header header = Header::At(object);
    const Shape& shape = shapes_[header.shape()];
    if (evacuator_.StaysYoung(ObjectPtr::FromAddress(object))) {
      ScanObject(object, shape);
    } else {
      ScanOldObject(object, header.size(), shape);
    }
  }
  return found;
}

bool Scavenger::EvacuateReadyValues() {
  const bool found = !ready_.empty();
  while (!ready_.empty()) {
    const Address ephemeron = ready_.back();
    ready_.pop_back();
    EvacuateValue(ephemeron);
  }
  return found;
}

// `object` has become old in this collection.
void Scavenger::ScanOldObject(Address object, ByteCount size, const Shape& shape) {
  ScanObject(object, shape);
  const ObjectPtr holder = ObjectPtr::FromAddress(object);
  if (!shape.is_plain()) {
    heap_.remembered_set().AddWhole(holder);
    undecided_.push_back({.holder = holder, .card = RememberedSet::Entry::kWhole});
    return;
  }
  RememberYoungSlots(object, size, shape);
}

// Of an old object of a plain shape.
void Scavenger::RememberYoungSlots(Address object, ByteCount size, const Shape& shape) {
  const ObjectPtr holder = ObjectPtr::FromAddress(object);
  shape.VisitStrongRuns(object, [&](ObjectPtr* first, ObjectPtr* last) {
    for (; first != last; ++first) {
      if (evacuator_.StaysYoung(*first)) heap_.remembered_set().Add(holder, size, first);  // H-R1
    }
  });
}

void Scavenger::ResolveEphemerons() {
  const PhaseScope phase(collection_.listener, GcPhase::kEphemerons);
  if (ephemerons_.is_empty()) return;
  ephemerons_.Index(
      [this](Address key) {
        ++collection_.report.ephemerons_examined;
        return Evacuator::IsReached(key);
      },
      [this](Address ephemeron) { ready_.push_back(ephemeron); });
  EvacuateTransitively();
  ephemerons_.VisitWaiting([this](Address ephemeron) {
    ObjectPtr* const key = shapes_[Header::At(ephemeron).shape()].References(ephemeron);
    key[0] = ObjectPtr();
    key[1] = ObjectPtr();
  });
}

void Scavenger::UpdateWeakSlot(ObjectPtr* slot) const {
  if (!evacuator_.IsEvacuating(*slot)) return;
  const Address object = slot->address();
  *slot = Evacuator::IsReached(object) ? ObjectPtr::FromAddress(Evacuator::WhereIs(object))
                                       : ObjectPtr();
}

void Scavenger::ClearDeadWeaks() {
  const PhaseScope phase(collection_.listener, GcPhase::kWeaks);
  for (const Address holder : weak_holders_) {
    const Shape& shape = shapes_[Header::At(holder).shape()];
    ObjectPtr* const slots = shape.WeakReferences(holder);
    for (std::uint32_t i = 0; i < shape.weak_references(); ++i) UpdateWeakSlot(slots + i);
  }
  RememberedSet& set = heap_.remembered_set();
  Vector<RememberedSet::Entry> kept = set.TakeAll();
  std::erase_if(kept, [&](const RememberedSet::Entry& entry) {
    return entry.is_whole() && !heap_.ShapeOf(entry.holder).is_plain();
  });
  for (const RememberedSet::Entry& entry : kept) set.PutBack(entry);
  for (const RememberedSet::Entry& entry : undecided_) {
    if (HasYoungSlot(entry.holder.address(), heap_.ShapeOf(entry.holder))) {
      set.PutBack(entry);  // H-R1
    } else {
      set.Forget(entry);
    }
  }
  DecideLargeHolders();
  collection_.VisitWeaks(SlotSet::kYoung, *this);
}

bool Scavenger::Visit(RootKind kind, ObjectPtr* referent, ByteCount external) {
  collection_.CountSlots(kind, 1);
  if (!evacuator_.IsEvacuating(*referent)) return true;
  if (IsDead(*referent)) {
    heap_.external_new() -= external;
    ++collection_.report.weaks_cleared;
    return false;
  }
  *referent = ObjectPtr::FromAddress(Evacuator::WhereIs(referent->address()));
  if (!evacuator_.StaysYoung(*referent)) {
    heap_.external_new() -= external;
    heap_.external_old() += external;
  }
  return true;
}

bool Scavenger::HasYoungSlot(Address object, const Shape& shape) const {
  bool young = false;
  shape.VisitStrongRuns(object, [&](ObjectPtr* first, ObjectPtr* last) {
    for (; first != last && !young; ++first) young = evacuator_.StaysYoung(*first);
  });
  const ObjectPtr* const weak = shape.WeakReferences(object);
  for (std::uint32_t i = 0; i < shape.weak_references() && !young; ++i) {
    young = evacuator_.StaysYoung(weak[i]);
  }
  return young;
}

void Scavenger::Release() {
  const PhaseScope phase(collection_.listener, GcPhase::kRelease);
  evacuator_.Finish();
  heap_.old_allocator().StopLog();
  for (const RegionIndex index : from_) evacuator_.ReleaseRegion(index);
  const auto next_reached = [](Address object, Address to) {
    while (object < to && !Evacuator::IsReached(object)) {
      const Header header = Header::At(object);
      object = header.is_large() ? to : object + ByteCount(header.size());
    }
    return object;
  };
  collection_.report.large_objects_freed += heap_.ReleaseDeadLarge(false, next_reached);
}

}  // namespace fart
