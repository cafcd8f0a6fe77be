#include "handles/persistent_handles.h"

#include "handles/verify_text.h"

namespace fart {

HandleStatus PersistentHandles::Explain(HandleValue value) const {
  if (value.IsTagged() && value.kind() != HandleKind::kStrong) return HandleStatus::kWrongKind;
  return table_.Explain(value);
}

void PersistentHandles::VisitSlots(SlotSet set, SlotVisitor& visitor) {
  const auto visit = [&visitor](StrongSlot* slot, std::uint32_t) {
    visitor.VisitSlot(RootKind::kPersistentHandle, &slot->referent);
    return true;
  };
  switch (set) {
    case SlotSet::kAll:
      table_.ForEachRunInUse([&visitor](StrongSlot* first, std::size_t count) {
        constexpr std::size_t stride = sizeof(StrongSlot) / sizeof(ObjectPtr);
        visitor.VisitEvery(RootKind::kPersistentHandle, &first->referent, count, stride);
      });
      table_.SweepYoungList([](StrongSlot*, std::uint32_t) { return true; });
      table_.GiveBackSpareChunks();
      return;
    case SlotSet::kYoung:
      table_.SweepYoungList(visit);
      table_.GiveBackSpareChunks();
      return;
    case SlotSet::kEvacuating:
      table_.ForEachInUse([&](StrongSlot* slot, std::uint32_t index) {
        if (table_.flags().Has(slot->referent, kEvacuating)) visit(slot, index);
      });
      return;
  }
}

void PersistentHandles::Verify(VerifyReporter& reporter) const {
  table_.Verify(reporter);
  table_.ForEachInUse([&reporter](const StrongSlot* slot, std::uint32_t index) {
    Require(Table::KindOf(*slot) == HandleKind::kStrong, reporter, "HN-S1 strong",
            "a persistent handle of another kind, slot", index);
  });
}

bool PersistentHandles::IsSound() const { return HasNothingToReport(*this); }

}  // namespace fart
