#include "gc/census.h"

#include "heap/shape_table.h"

namespace fart {

bool Census::Run() {
  for (const PinTable::Entry& entry : heap_.pins().entries()) {
    Reach(ObjectPtr::FromAddress(entry.object));  // H-Q1: a pin keeps what it is on.
  }
  for (RootProvider* const provider : roots_) provider->VisitSlots(SlotSet::kAll, *this);
  if (mode_ == CensusWeaks::kCount) {
    for (WeakProvider* const provider : weaks_) provider->VisitWeak(SlotSet::kAll, *this);
  }
  do {
    Drain();
  } while (is_whole_ && (ReachValues() || taker_.VisitMore(*this)));
  ClearMarks();
  return is_whole_;
}

void Census::VisitSlots(RootKind, ObjectPtr* first, ObjectPtr* last) {
  for (; first != last; ++first) Reach(*first);
}

bool Census::Visit(RootKind, ObjectPtr* referent, ByteCount) {
  Reach(*referent);
  return true;
}

void Census::Reach(ObjectPtr value) {
  if (!value.IsHeapObject() || !regions_.TryMark(value.address())) return;
  if (!TryAppend(waiting_, value)) is_whole_ = false;
}

void Census::Drain() {
  while (!waiting_.empty()) {
    const ObjectPtr object = waiting_.back();
    waiting_.pop_back();
    taker_.VisitObject(object);
    Scan(object);
  }
}

void Census::Scan(ObjectPtr object) {
  const Address address = object.address();
  const Shape& shape = heap_.shapes()[Header::At(address).shape()];
  const bool waits_for_key = shape.is_ephemeron() && mode_ == CensusWeaks::kIgnored;
  const ObjectPtr* const pair = waits_for_key ? shape.References(address) : nullptr;
  shape.VisitStrongRuns(address, [this, pair](ObjectPtr* first, ObjectPtr* last) {
    if (first == pair) first += 2;
    for (; first != last; ++first) Reach(*first);
  });
  if (waits_for_key && !TryAppend(ephemerons_, object)) is_whole_ = false;
  if (mode_ == CensusWeaks::kIgnored) return;
  ObjectPtr* const weak = shape.WeakReferences(address);
  for (std::uint32_t i = 0; i < shape.weak_references(); ++i) Reach(weak[i]);
}

bool Census::ReachValues() {
  const std::size_t before = ephemerons_.size();
  std::erase_if(ephemerons_, [this](ObjectPtr ephemeron) {
    const Address address = ephemeron.address();
    const ObjectPtr* const pair = heap_.shapes()[Header::At(address).shape()].References(address);
    if (pair[0].IsHeapObject() && !regions_.IsMarked(pair[0].address())) return false;
    Reach(pair[1]);
    return true;
  });
  return ephemerons_.size() != before;
}

void Census::ClearMarks() {
  for (const RegionList* const list : {&heap_.new_regions(), &heap_.old_regions()}) {
    for (const RegionIndex index : *list) regions_.ClearMarks(index);  // G-K1
  }
  heap_.large().ForEachRegion([this](RegionIndex index) { regions_.ClearMarks(index); });
}

}  // namespace fart
