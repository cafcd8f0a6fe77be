#include "gc/scavenger.h"

#include <algorithm>
#include <utility>

#include "gc/card_slots.h"
#include "gc/dead_parts.h"
#include "gc/phase_scope.h"
#include "heap/base/check.h"

namespace fart {
namespace {

constexpr ByteCount kPrefetchDistance(128);
// Remembered holders lie anywhere: so many entries before its turn an entry's memory is asked for,
// and what its card refers to when that has arrived.
constexpr std::size_t kHolderAhead = 12;
constexpr std::size_t kReferentAhead = 4;

}  // namespace

Scavenger::Scavenger(const Collection& collection, YoungFate young_fate, SlicedMarking* marking)
    : collection_(collection),
      heap_(collection.heap),
      shapes_(collection.heap.shapes()),
      evacuator_(collection.heap, collection.report, LargeFate::kReached, young_fate),
      marking_(marking),
      from_(collection.heap.evacuating_regions()) {}

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
  from_.TakeFrom(heap_.new_regions());
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
  if (evacuator_.IsEvacuating(*slot)) {
    EvacuateReferent(slot);
  } else if (marking_ != nullptr) [[unlikely]] {
    marking_->Reach(*slot);  // G-S1
  }
}

void Scavenger::EvacuateReferent(ObjectPtr* slot) {
  const Address object = slot->address();
  const ForwardingResult moved = evacuator_.Evacuate(object);
  *slot = ObjectPtr::FromAddress(moved.where);
  // G-E3: the object may be a key that others waited for. Their values come later, for in a chain
  // of ephemerons evacuating them here would recurse once for each link.
  if (ephemerons_.is_indexed() && moved.outcome != Forwarding::kAlreadyCopied) [[unlikely]]
    ephemerons_.NoteReached(object);
}

// Inlined by force, this and what follows: gcc takes a function that does nothing but ask for
// memory for one without effect, and drops calls of it.
[[gnu::always_inline]] inline void Scavenger::PrefetchHolder(
    const RememberedSet::Entry& entry) const {
  const Address holder = entry.holder.address();
  __builtin_prefetch(holder.As<void>());
  if (entry.is_whole()) return;
  heap_.remembered_set().ForEachLine(
      entry,
      [](Address line) __attribute__((always_inline)) { __builtin_prefetch(line.As<void>()); });
}

// Of a card. A word that is no reference makes a useless hint, no harm.
[[gnu::always_inline]] inline void Scavenger::PrefetchReferents(
    const RememberedSet::Entry& entry) const {
  if (entry.is_whole()) return;
  heap_.remembered_set().ForEachLine(
      entry, [this](Address line) __attribute__((always_inline)) {
        const auto* const first = line.As<ObjectPtr>();
        for (std::size_t i = 0; i < kLineSize.InWords().value(); ++i) {
          if (evacuator_.IsEvacuating(first[i]))
            __builtin_prefetch(first[i].address().As<void>(), 1);
        }
      });
}

void Scavenger::EvacuateRememberedSet() {
  const PhaseScope phase(collection_.listener, GcPhase::kRememberedSet);
  RememberedSet& set = heap_.remembered_set();
  const std::size_t count = set.entries().size();
  std::size_t at = 0;
  GcReport& report = collection_.report;
  const ByteCount before = report.SmallSurvivors();
  evacuator_.BeginRemembered();
  set.Revise([&](const RememberedSet::Entry& entry) {
    if (at + kHolderAhead < count) PrefetchHolder(set.entries()[at + kHolderAhead]);
    if (at + kReferentAhead < count) PrefetchReferents(set.entries()[at + kReferentAhead]);
    ++at;
    return ScanEntry(entry);
  });
  evacuator_.EndRemembered();
  report.reached_from_old += report.SmallSurvivors() - before;
}

bool Scavenger::ScanEntry(const RememberedSet::Entry& entry) {
  if (evacuator_.IsEvacuating(entry.holder)) {  // a large one
    has_undecided_ = true;
    return true;
  }
  return entry.is_whole() ? ScanWhole(entry) : ScanCard(entry);
}

bool Scavenger::ScanWhole(const RememberedSet::Entry& entry) {
  RememberedSet& set = heap_.remembered_set();
  const Address holder = entry.holder.address();
  const Shape& shape = shapes_[Header::At(holder).shape()];
  ++collection_.report.holders_scanned;
  ScanObject(holder, shape);
  if (!shape.is_plain()) {
    has_undecided_ = true;
    return true;
  }
  const ByteCount size = heap_.regions().SizeOf(holder);
  if (size <= kCardHolderSize && HasYoungSlot(holder, shape)) return true;
  set.Forget(entry);
  // A large holder was whole only because it was fresh (H-M2): cards from now on.
  if (size > kCardHolderSize) RememberYoungSlots(holder, size, shape);
  return false;
}

bool Scavenger::ScanCard(const RememberedSet::Entry& entry) {
  RememberedSet& set = heap_.remembered_set();
  const Address holder = entry.holder.address();
  const Shape& shape = shapes_[Header::At(holder).shape()];
  ++collection_.report.cards_scanned;
  if (!shape.is_plain()) {
    // Weak slots and an ephemeron's pair are few and at the front; scanning the object whole
    // keeps their rules in one place.
    ScanObject(holder, shape);
    has_undecided_ = true;
    return true;
  }
  unsigned young = 0;  // lines
  VisitCardSlots(heap_, entry.holder, entry.card, [&](ObjectPtr* slot) {
    // Of what is old here the barrier has told, or marking sees it.
    if (evacuator_.IsEvacuating(*slot)) EvacuateReferent(slot);
    if (evacuator_.StaysYoung(*slot)) {
      young |= RememberedSet::LineBit(entry.holder, entry.card, slot);
    }
  });
  if (young == 0) {
    set.Forget(entry);
    return false;
  }
  set.SetLines(entry.holder, entry.card, static_cast<std::uint8_t>(young));
  return true;
}

// A young large object that lives: what its cards do not cover refers to nothing young (H-R1).
void Scavenger::ScanLarge(Address object) {
  const ObjectPtr holder = ObjectPtr::FromAddress(object);
  const Shape& shape = heap_.ShapeOf(holder);
  if (!shape.is_plain()) {
    ScanObject(object, shape);
    return;
  }
  if (marking_ != nullptr && marking_->is_beginning()) {
    // Of what it is given from now on the barrier tells (G-S1).
    shape.VisitStrongRuns(object, [this](ObjectPtr* first, ObjectPtr* last) {
      for (; first != last; ++first) marking_->Reach(*first);
    });
  }
  GcReport& report = collection_.report;
  const ByteCount before = report.SmallSurvivors();
  heap_.remembered_set().ForEachCardOf(holder, heap_.SizeOf(holder), [&](std::uint32_t card) {
    ++report.cards_scanned;
    VisitCardSlots(heap_, holder, card, [this](ObjectPtr* slot) { EvacuateSlot(slot); });
  });
  report.reached_from_old += report.SmallSurvivors() - before;
}

// After everything that lives has been reached and what is weak cleared.
void Scavenger::DecideUndecided() {
  if (!has_undecided_) return;
  RememberedSet& set = heap_.remembered_set();
  set.Revise([&](const RememberedSet::Entry& entry) {
    if (StaysRemembered(entry)) return true;  // H-R1
    set.Forget(entry);
    return false;
  });
}

bool Scavenger::StaysRemembered(const RememberedSet::Entry& entry) {
  const Address holder = entry.holder.address();
  // One that was kept is evacuating, too.
  const bool is_young_large = evacuator_.IsEvacuating(entry.holder) && evacuator_.IsLarge(holder);
  if (is_young_large && !Evacuator::IsReached(holder)) return false;
  const Shape& shape = heap_.ShapeOf(entry.holder);
  if (!shape.is_plain()) return HasYoungSlot(holder, shape);
  if (!is_young_large) return true;  // It was decided at once.
  bool young = false;
  VisitCardSlots(heap_, entry.holder, entry.card,
                 [&](const ObjectPtr* slot) { young = young || evacuator_.StaysYoung(*slot); });
  return young;
}

void Scavenger::ScanObject(Address object, const Shape& shape) {
  if (shape.is_plain()) [[likely]] {
    shape.VisitStrongRuns(object, [this](ObjectPtr* first, ObjectPtr* last) {
      for (; first != last; ++first) EvacuateSlot(first);
    });
    return;
  }
  if (shape.has_weak_references() && weak_holders_are_all_) {
    weak_holders_are_all_ = TryAppend(weak_holders_, object);
  }
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
  EvacuatePair(object, key);
}

void Scavenger::EvacuateValue(Address ephemeron) {
  EvacuatePair(ephemeron, shapes_[Header::At(ephemeron).shape()].References(ephemeron));
}

void Scavenger::EvacuatePair(Address ephemeron, ObjectPtr* pair) {
  const bool is_markings = marking_ != nullptr && marking_->WillScan(ephemeron);
  for (ObjectPtr* const slot : {pair, pair + 1}) {
    if (!is_markings) {
      EvacuateSlot(slot);
    } else if (evacuator_.IsEvacuating(*slot)) {
      EvacuateReferent(slot);
    }
  }
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
    again = ScanReachedInPlace() || again;
    again = EvacuateReadyValues() || again;
  }
}

template <typename Count, typename SpanAt, typename Scan>
bool Scavenger::ScanFrom(Cursor& cursor, Count&& count, SpanAt&& span, Scan&& scan) {
  bool found = false;
  while (cursor.span < count()) {
    Span now = span(cursor.span);
    Address object = cursor.next.is_null() ? now.from : cursor.next;
    const RegionSpace& regions = heap_.regions();
    const Address region_end = regions.StartOf(regions.IndexOf(object)) + kRegionSize;
    while (object < now.to) {
      found = true;
      // What the copy a little further on refers to is evacuated soon. A word that is no
      // reference makes a useless hint, no harm; the region's end bounds the read.
      const Address ahead = object + kPrefetchDistance;
      if (ahead < region_end) __builtin_prefetch(*ahead.As<void*>());
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
  const RegionList& list = heap_.new_regions();
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

bool Scavenger::ScanReachedInPlace() {
  GreyRegions& to_scan = evacuator_.to_scan();
  const bool found = !to_scan.is_empty();
  while (!to_scan.is_empty()) {
    const Address object = to_scan.Take();
    if (evacuator_.IsLarge(object)) {
      ScanLarge(object);
    } else {
      ScanKept(object);
    }
  }
  return found;
}

void Scavenger::ScanKept(Address object) {
  const Header header = Header::At(object);
  const Shape& shape = shapes_[header.shape()];
  if (evacuator_.StaysYoung(ObjectPtr::FromAddress(object))) {
    ScanObject(object, shape);
  } else {
    ScanOldObject(object, header.size(), shape);
  }
}

bool Scavenger::EvacuateReadyValues() {
  for (bool found = false;; found = true) {
    const Address ephemeron = ephemerons_.TakeReady();
    if (ephemeron.is_null()) return found;
    EvacuateValue(ephemeron);
  }
}

// `object` has become old in this collection.
void Scavenger::ScanOldObject(Address object, ByteCount size, const Shape& shape) {
  ScanObject(object, shape);
  const ObjectPtr holder = ObjectPtr::FromAddress(object);
  if (!shape.is_plain()) {
    heap_.remembered_set().AddWhole(holder);
    has_undecided_ = true;
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
  if (!ephemerons_.has_overflowed()) ResolveByTable();
  if (ephemerons_.has_overflowed()) ResolveByWalking();
}

void Scavenger::ResolveByTable() {
  if (ephemerons_.is_empty()) return;
  ephemerons_.Index([this](Address key) {
    ++collection_.report.ephemerons_examined;
    return Evacuator::IsReached(key);
  });
  EvacuateTransitively();
  ephemerons_.VisitWaiting([this](Address ephemeron) {
    ClearPair(shapes_[Header::At(ephemeron).shape()].References(ephemeron));
  });
}

// Limit: a chain of ephemerons against the order of addresses takes one walk for each link.
void Scavenger::ResolveByWalking() {
  for (bool again = true; again;) {
    again = false;
    ForEachReached([&](Address object, const Shape& shape) {
      if (!shape.is_ephemeron()) return;
      const ObjectPtr* const pair = shape.References(object);
      if (IsDead(pair[0])) return;
      // One whose key was kept refers to it for good: what counts is the value.
      again = again || IsDead(pair[1]);
      EvacuateValue(object);
    });
    EvacuateTransitively();
  }
  ForEachReached([&](Address object, const Shape& shape) {
    ObjectPtr* const pair = shape.References(object);
    if (shape.is_ephemeron() && IsDead(pair[0])) ClearPair(pair);
  });
}

template <typename EachObject>
void Scavenger::ForEachKeptIn(RegionIndex index, EachObject&& visit) const {
  const Address top = heap_.regions().Record(index).top;
  for (Address object = heap_.regions().StartOf(index); object < top;) {
    const Header word = ForwardingCell<false>(object).Load();
    const bool moved = ForwardingCell<false>::IsForwarded(word);
    const Header header = moved ? Header::At(ForwardingCell<false>::ForwardedTo(word)) : word;
    if (!moved && word.kept()) visit(object, shapes_[header.shape()]);
    object = object + ByteCount(header.size());
  }
}

// Objects that are copied meanwhile are visited or not.
template <typename EachObject>
void Scavenger::ForEachReached(EachObject&& visit) {
  evacuator_.PublishTops();
  const auto walk = [&](RegionIndex index) {
    heap_.WalkRegion(index, [&](Address object, Header header, ByteCount) {
      if (!heap_.regions().IsUnsweptDead(object)) visit(object, shapes_[header.shape()]);
    });
  };
  for (const RegionList* const list : {&heap_.new_regions(), &heap_.old_regions()}) {
    for (const RegionIndex index : *list) walk(index);
  }
  for (const RegionIndex index : from_) {
    if (heap_.regions().Record(index).has_kept) ForEachKeptIn(index, visit);
  }
  heap_.large().ForEach([&](Address object, ByteCount) {
    const ObjectPtr holder = ObjectPtr::FromAddress(object);
    if (evacuator_.IsEvacuating(holder) && !Evacuator::IsReached(object)) return;
    if (heap_.regions().IsUnsweptDead(object)) return;
    visit(object, heap_.ShapeOf(holder));
  });
}

void Scavenger::UpdateWeakSlot(ObjectPtr* slot) const {
  if (!evacuator_.IsEvacuating(*slot)) return;
  const Address object = slot->address();
  *slot = Evacuator::IsReached(object) ? ObjectPtr::FromAddress(Evacuator::WhereIs(object))
                                       : ObjectPtr();
}

void Scavenger::UpdateWeakSlotsOf(Address holder) {
  const Shape& shape = shapes_[Header::At(holder).shape()];
  ObjectPtr* const slots = shape.WeakReferences(holder);
  // Those of a holder that is not being marked are not cleared when marking ends: what they refer
  // to lives until the next time.
  const bool reaches = marking_ != nullptr && !marking_->WillScan(holder);
  for (std::uint32_t i = 0; i < shape.weak_references(); ++i) {
    UpdateWeakSlot(slots + i);
    if (reaches) marking_->Reach(slots[i]);
  }
}

void Scavenger::ClearDeadWeaks() {
  const PhaseScope phase(collection_.listener, GcPhase::kWeaks);
  if (weak_holders_are_all_) {
    for (const Address holder : weak_holders_) UpdateWeakSlotsOf(holder);
  } else {
    ForEachReached([this](Address object, const Shape&) { UpdateWeakSlotsOf(object); });
  }
  DecideUndecided();
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
  shape.VisitRuns(object, [&](ObjectPtr* first, ObjectPtr* last) {
    for (; first != last && !young; ++first) young = evacuator_.StaysYoung(*first);
  });
  return young;
}

void Scavenger::Release() {
  const PhaseScope phase(collection_.listener, GcPhase::kRelease);
  evacuator_.Finish();
  heap_.old_allocator().StopLog();
  for (const RegionIndex index : from_) evacuator_.ReleaseRegion(index);
  from_.clear();
  const RegionSpace& regions = heap_.regions();
  const auto next_reached = [&regions](Address object, Address to) {
    // Where nothing lives no header is read, which would be a cache miss for each of the dead.
    if (!regions.Record(regions.IndexOf(object)).has_kept) return to;
    while (object < to && !Evacuator::IsReached(object)) {
      const Header header = Header::At(object);
      object = header.is_large() ? to : object + ByteCount(header.size());
    }
    return object;
  };
  collection_.report.large_objects_freed += heap_.ReleaseDeadLarge(false, next_reached);
}

}  // namespace fart
