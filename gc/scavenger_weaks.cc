// What a scavenge does with what is weak: ephemerons, weak references, weak handles.

#include <optional>

#include "gc/dead_parts.h"
#include "gc/phase_scope.h"
#include "gc/scavenger.h"

namespace fart {

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
  // What an old one refers to lives as long as it does: nobody else refers to its value, as a rule.
  std::optional<Evacuator::FromOld> from_old;
  if (!evacuator_.StaysYoung(ObjectPtr::FromAddress(ephemeron))) from_old.emplace(evacuator_);
  const bool is_markings = marking_ != nullptr && marking_->WillScan(ephemeron);
  for (ObjectPtr* const slot : {pair, pair + 1}) {
    if (!is_markings) {
      EvacuateSlot(slot);
    } else if (evacuator_.IsEvacuating(*slot)) {
      EvacuateReferent(slot);
    }
  }
}

bool Scavenger::EvacuateReadyValues() {
  for (bool found = false;; found = true) {
    const Address ephemeron = ephemerons_.TakeReady();
    if (ephemeron.is_null()) return found;
    EvacuateValue(ephemeron);
  }
}

void Scavenger::ResolveEphemerons() {
  const PhaseScope phase(collection_.listener, GcPhase::kEphemerons);
  if (!ephemerons_.has_overflowed()) ResolveByTable();
  if (ephemerons_.has_overflowed()) ResolveByWalking();
}

void Scavenger::ResolveByTable() {
  if (ephemerons_.is_empty()) return;
  const auto is_reached = [this](Address key) {
    ++collection_.report.ephemerons_examined;
    return Evacuator::IsReached(key);
  };
  while (ephemerons_.TakeReached(
      [](Address key) __attribute__((always_inline)) { __builtin_prefetch(key.As<void>()); },
      is_reached, [this](Address ephemeron) { EvacuateValue(ephemeron); })) {
    EvacuateTransitively();
    if (ephemerons_.is_indexed()) break;
  }
  ephemerons_.VisitWaiting([this](Address ephemeron) {
    ClearPair(shapes_[Header::At(ephemeron).shape()].References(ephemeron));
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

}  // namespace fart
