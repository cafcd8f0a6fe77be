#include "vm/roots/root_table.h"

#include <algorithm>
#include <new>

#include "heap/base/check.h"
#include "heap/base/units.h"

namespace fart {

RootTable::~RootTable() {
  for (Slot* const chunk : chunks_) OffHeapFree(chunk, kChunkSize);
}

RootTable::Slot* RootTable::Add() {
  const std::size_t position = size_ % kChunkSlots;
  if (position == 0) {
    void* const block = OffHeapAllocate(kChunkSize);
    FART_CHECK(block != nullptr);
    chunks_.push_back(static_cast<Slot*>(block));
  }
  ++size_;
  return new (chunks_.back() + position) Slot;
}

void RootTable::List(Slot* slot) {
  slot->listed = true;
  young_.push_back(slot);
}

template <typename Visit>
void RootTable::ForEach(Visit&& visit) const {
  std::size_t left = size_;
  for (Slot* const chunk : chunks_) {
    const std::size_t count = std::min(left, kChunkSlots);
    for (std::size_t i = 0; i < count; ++i) visit(chunk + i);
    left -= count;
  }
}

void RootTable::VisitSlots(SlotSet set, SlotVisitor& visitor) {
  if (set != SlotSet::kYoung) {
    ForEach([&](Slot* slot) { visitor.VisitSlot(RootKind::kConstant, &slot->value); });
    return;
  }
  std::size_t kept = 0;
  for (Slot* const slot : young_) {
    visitor.VisitSlot(RootKind::kConstant, &slot->value);
    slot->listed = flags_.IsYoung(slot->value);
    if (slot->listed) young_[kept++] = slot;
  }
  young_.resize(kept);
}

void RootTable::Verify(VerifyReporter& reporter) const {
  std::size_t listed = 0;
  ForEach([&](const Slot* slot) {
    listed += slot->listed ? 1 : 0;
    if (flags_.IsYoung(slot->value) && !slot->listed) {
      reporter.Report("VR-T1 listed",
                      "a constant refers to new space and is not in the young list");
    }
  });
  if (listed != young_.size()) {
    reporter.Report("VR-T1 listed",
                    "the young list of constants has another length than it should");
  }
}

}  // namespace fart
