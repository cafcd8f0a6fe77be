#include "vm/roots/root_table.h"

#include <algorithm>
#include <functional>
#include <new>

#include "heap/base/check.h"
#include "heap/base/units.h"

namespace fart {

namespace {

// Of a group's first chunk, which many groups do not fill, and of later ones at most.
constexpr std::size_t kFirstChunkSlots = 16;
constexpr std::size_t kMaxChunkSlots = 256;

}  // namespace

// ---- Groups -------------------------------------------------------------------------------------

RootTable::Group::Group(RootTable& table) : table_(table) { table_.groups_.push_back(this); }

RootTable::Group::~Group() {
  std::erase(table_.groups_, this);
  std::erase_if(table_.young_, [this](const Slot* slot) { return Holds(slot); });  // VR-T1
  for (const Chunk& chunk : chunks_) {
    table_.size_ -= chunk.used;
    table_.room_ -= chunk.slots;
    OffHeapFree(chunk.first, ByteCount(chunk.slots * sizeof(Slot)));
  }
}

void RootTable::Group::AddChunk() {
  const std::size_t slots =
      chunks_.empty() ? kFirstChunkSlots : std::min(2 * chunks_.back().slots, kMaxChunkSlots);
  Vector<Slot*>& young = table_.young_;
  const std::size_t room = table_.room_ + slots;
  if (young.capacity() < room) young.reserve(std::max(room, 2 * young.capacity()));  // VR-T2
  chunks_.push_back({});
  auto* const first = static_cast<Slot*>(OffHeapAllocate(ByteCount(slots * sizeof(Slot))));
  if (first == nullptr) {
    chunks_.pop_back();
    throw std::bad_alloc();
  }
  chunks_.back() = {first, slots, 0};
  table_.room_ = room;
}

RootTable::Slot* RootTable::Group::Add() {
  if (chunks_.empty() || chunks_.back().used == chunks_.back().slots) AddChunk();
  Chunk& chunk = chunks_.back();
  ++table_.size_;
  return new (chunk.first + chunk.used++) Slot;
}

void RootTable::Group::Clear() {
  ForEach([](Slot* slot) { slot->value = ObjectPtr(); });
}

bool RootTable::Group::Holds(const Slot* slot) const {
  return std::ranges::any_of(chunks_, [slot](const Chunk& chunk) {
    return !std::less<>()(slot, chunk.first) && std::less<>()(slot, chunk.first + chunk.slots);
  });
}

// ---- The table ----------------------------------------------------------------------------------

void RootTable::List(Slot* slot) {
  FART_DCHECK(young_.size() < young_.capacity());  // VR-T2
  slot->listed = true;
  young_.push_back(slot);
}

void RootTable::VisitSlots(SlotSet set, SlotVisitor& visitor) {
  const auto visit = [&](Slot* slot) { visitor.VisitSlot(RootKind::kConstant, &slot->value); };
  if (set != SlotSet::kYoung) {
    if (holds_back_) {
      own_.ForEach(visit);
    } else {
      ForEach(visit);
    }
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

}  // namespace fart
