#include "handles/peer_table.h"

#include "handles/verify_text.h"

namespace fart {

void* PeerTable::Get(ObjectPtr object, const NoSafepointScope&) const {
  for (const Map* const map : {&young_, &old_}) {
    const auto found = map->find(object.bits());
    if (found != map->end()) return found->second;
  }
  return nullptr;
}

void PeerTable::Set(ObjectPtr object, void* peer, const NoSafepointScope&) {
  FART_DCHECK(object.IsHeapObject());
  young_.erase(object.bits());
  old_.erase(object.bits());
  if (peer != nullptr) MapFor(object).emplace(object.bits(), peer);  // HN-E1, HN-E2
}

// Every entry is asked for, and those of the living put where they belong now. An object may have
// moved to where another one was: so all leave the table first.
void PeerTable::Visit(Map& map, WeakVisitor& visitor) {
  Vector<std::pair<ObjectPtr, void*>> living;
  living.reserve(map.size());
  for (const auto& [bits, peer] : map) {
    ObjectPtr referent = ObjectPtr::FromBits(bits);
    if (visitor.Visit(RootKind::kOther, &referent, ByteCount()))
      living.emplace_back(referent, peer);
  }
  map.clear();
  for (const auto& [object, peer] : living) MapFor(object).emplace(object.bits(), peer);
}

// The same for those alone that are about to move; the others stay as they are.
void PeerTable::VisitEvacuating(Map& map, WeakVisitor& visitor) {
  Vector<std::pair<ObjectPtr, void*>> moving;
  for (auto entry = map.begin(); entry != map.end();) {
    const ObjectPtr object = ObjectPtr::FromBits(entry->first);
    if (flags_.Has(object, kEvacuating)) {
      moving.emplace_back(object, entry->second);
      entry = map.erase(entry);
    } else {
      ++entry;
    }
  }
  for (auto& [object, peer] : moving) {
    if (visitor.Visit(RootKind::kOther, &object, ByteCount())) {
      MapFor(object).emplace(object.bits(), peer);
    }
  }
}

void PeerTable::VisitWeak(SlotSet set, WeakVisitor& visitor) {
  switch (set) {
    case SlotSet::kAll:
      Visit(old_, visitor);
      Visit(young_, visitor);
      return;
    case SlotSet::kYoung:
      Visit(young_, visitor);
      return;
    case SlotSet::kEvacuating:
      VisitEvacuating(old_, visitor);
      VisitEvacuating(young_, visitor);
      return;
  }
}

void PeerTable::Verify(VerifyReporter& reporter) const {
  for (const auto& [bits, peer] : old_) {
    Require(!flags_.IsYoung(ObjectPtr::FromBits(bits)), reporter, "HN-E1 young",
            "an old entry's object is young, at", bits);
    Require(peer != nullptr && young_.find(bits) == young_.end(), reporter, "HN-E2 once",
            "an entry is empty or there twice, at", bits);
  }
}

}  // namespace fart
