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
    // Room in the list for all that there will be, so that Set needs no memory.
    const std::size_t slots = size_ + kChunkSlots;
    if (young_.capacity() < slots) young_.reserve(std::max(slots, 2 * young_.capacity()));
    chunks_.push_back(nullptr);
    chunks_.back() = static_cast<Slot*>(OffHeapAllocate(kChunkSize));
    if (chunks_.back() == nullptr) {
      chunks_.pop_back();
      throw std::bad_alloc();
    }
  }
  ++size_;
  return new (chunks_.back() + position) Slot;
}

void RootTable::List(Slot* slot) {
  FART_DCHECK(young_.size() < young_.capacity());
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
