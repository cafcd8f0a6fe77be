// What roots and weak slots lead to, and who shows them.

#include <algorithm>

#include "gc/verifier.h"

namespace fart {

std::string Verifier::NameOf(const ObjectPtr* slot) const {
  for (RootProvider* const provider : roots_) {
    const std::string name = provider->NameOf(slot);
    if (!name.empty()) return ", " + name + ",";
  }
  return {};
}

void Verifier::CheckRoot(RootKind kind, const ObjectPtr* slot) {
  if (IsObject(*slot)) return;
  Fail("G-N2 no grey", std::string(RootKindName(kind)) + "@" + Hex(Address::Of(slot).value()) +
                           NameOf(slot) + " -> " + Hex(slot->bits()) + " (no object there)");
}

void Verifier::VisitSlots(RootKind kind, ObjectPtr* first, ObjectPtr* last) {
  for (; first != last; ++first) {
    CheckRoot(kind, first);
    if (pass_ == Pass::kYoung) {
      visited_slots_.push_back(first);
    } else if (heap_.IsYoung(*first)) {
      young_slots_.push_back(first);
    }
  }
}

bool Verifier::Visit(RootKind kind, ObjectPtr* referent, ByteCount) {
  if (pass_ == Pass::kUncleared) {
    uncleared_.push_back(referent);
    return true;
  }
  if (IsUnsweptDead(*referent)) {
    if (pass_ == Pass::kAll) dead_slots_.push_back(referent);
    return true;
  }
  VisitSlots(kind, referent, referent + 1);
  return true;
}

void Verifier::CheckProviders() {
  for (const Pass pass : {Pass::kAll, Pass::kYoung}) {
    pass_ = pass;
    const SlotSet set = pass == Pass::kAll ? SlotSet::kAll : SlotSet::kYoung;
    for (RootProvider* const provider : roots_) provider->VisitSlots(set, *this);
    for (WeakProvider* const provider : weaks_) provider->VisitWeak(set, *this);
  }
  CheckUncleared();
  std::sort(visited_slots_.begin(), visited_slots_.end());
  for (const ObjectPtr* const slot : young_slots_) {
    if (!std::binary_search(visited_slots_.begin(), visited_slots_.end(), slot)) {
      Fail("HO-P1 young", "the slot at " + Hex(Address::Of(slot).value()) + NameOf(slot) +
                              " refers to " + Hex(slot->bits()) +
                              " (new) and is not visited as young");
    }
  }
  for (const RootProvider* const provider : roots_) provider->Verify(*this);
  for (const WeakProvider* const provider : weaks_) provider->Verify(*this);
}

// What is dead is whole still: else its region would have no marks left.
void Verifier::CheckUncleared() {
  if (dead_slots_.empty()) return;
  pass_ = Pass::kUncleared;
  for (WeakProvider* const provider : weaks_) provider->VisitUncleared(*this);
  std::sort(uncleared_.begin(), uncleared_.end());
  for (const ObjectPtr* const slot : dead_slots_) {
    if (std::binary_search(uncleared_.begin(), uncleared_.end(), slot)) continue;
    Fail("G-S5 uncleared", "the weak slot at " + Hex(Address::Of(slot).value()) + " leads to " +
                               Describe(slot->address()) + ", which is dead, and was asked about");
  }
}

}  // namespace fart
