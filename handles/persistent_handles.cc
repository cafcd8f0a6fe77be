#include "handles/persistent_handles.h"

#include <algorithm>
#include <utility>

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
      VisitChunks(0, table_.chunks(), visitor);
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

void PersistentHandles::VisitChunks(std::uint32_t from, std::uint32_t to,
                                    SlotVisitor& visitor) const {
  table_.ForEachRunInUse(from, to, [&visitor](StrongSlot* first, std::size_t count) {
    constexpr std::size_t stride = sizeof(StrongSlot) / sizeof(ObjectPtr);
    visitor.VisitEvery(RootKind::kPersistentHandle, &first->referent, count, stride);
  });
}

bool PersistentHandles::SeeSome(SlotVisitor& visitor, std::size_t slots) {
  const auto chunks = static_cast<std::uint32_t>(slots / Table::kSlotsPerChunk + 1);
  const std::uint32_t end = std::min(table_.chunks(), seen_chunks_ + chunks);
  VisitChunks(std::exchange(seen_chunks_, end), end, visitor);
  return end < table_.chunks();
}

void PersistentHandles::VisitUnseen(SlotVisitor& visitor) {
  VisitChunks(seen_chunks_, table_.chunks(), visitor);
  table_.TakeChanged([&visitor](StrongSlot* slot) {
    visitor.VisitSlot(RootKind::kPersistentHandle, &slot->referent);
  });
}

bool PersistentHandles::IsSound() const { return HasNothingToReport(*this); }

}  // namespace fart
