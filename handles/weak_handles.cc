#include "handles/weak_handles.h"

#include <algorithm>
#include <utility>

#include "handles/verify_text.h"

namespace fart {

HandleStatus WeakHandles::Explain(HandleValue value) const {
  const bool of_this_table =
      value.kind() == HandleKind::kWeak || value.kind() == HandleKind::kFinalizable;
  if (value.IsTagged() && !of_this_table) return HandleStatus::kWrongKind;
  return table_.Explain(value);
}

HandleStatus WeakHandles::StatusOf(HandleValue value) const {
  const WeakSlot* const slot = Find(value);
  if (slot == nullptr) return Explain(value);
  return StateOf(*slot) == WeakState::kLive ? HandleStatus::kOk : HandleStatus::kDead;
}

HandleStatus WeakHandles::DeleteDead(WeakSlot* slot) {
  if (StateOf(*slot) == WeakState::kQueued) {
    table_.Vacate(slot);  // TakePendingCallback passes over it and puts it back. HN-W1
    --pending_;
  }
  return HandleStatus::kDead;
}

HandleStatus WeakHandles::UpdateExternal(HandleValue value, ByteCount external, ObjectPtr* referent,
                                         ByteCount* old_external, const NoSafepointScope&) {
  FART_DCHECK(external <= kMaxExternal);
  WeakSlot* const slot = Find(value);
  if (slot == nullptr) return Explain(value);
  if (StateOf(*slot) != WeakState::kLive) return HandleStatus::kDead;
  *referent = Load(*slot);
  *old_external = ExternalOf(*slot);
  slot->external_and_state = Pack(WeakState::kLive, external);
  return HandleStatus::kOk;
}

bool WeakHandles::Survives(WeakSlot* slot, std::uint32_t index, WeakVisitor& visitor) {
  if (StateOf(*slot) != WeakState::kLive) return false;
  if (!slot->referent.IsHeapObject()) return true;
  if (visitor.Visit(RootKind::kWeakHandle, &slot->referent, ExternalOf(*slot))) return true;
  Die(slot, index, queue_tail_);
  return false;
}

void WeakHandles::Die(WeakSlot* slot, std::uint32_t index, std::int64_t after) {
  slot->external_and_state = Pack(WeakState::kQueued, ByteCount());  // HN-W2
  if (after == kEndOfQueue) {
    slot->referent = ObjectPtr::FromSmi(std::exchange(queue_head_, index));
  } else {
    WeakSlot* const before = table_.At(static_cast<std::uint32_t>(after));
    slot->referent = std::exchange(before->referent, ObjectPtr::FromSmi(index));
  }
  if (after == queue_tail_) queue_tail_ = index;
  ++pending_;
  CounterOf(live_, Table::KindOf(*slot)) -= 1;
}

void WeakHandles::VisitWeak(SlotSet set, WeakVisitor& visitor) {
  const auto survives = [this, &visitor](WeakSlot* slot, std::uint32_t index) {
    return Survives(slot, index, visitor);
  };
  switch (set) {
    case SlotSet::kAll:
      table_.ForEachInUse(survives);
      table_.SweepYoungList([](WeakSlot*, std::uint32_t) { return true; });
      table_.GiveBackSpareChunks();
      return;
    case SlotSet::kYoung:
      table_.SweepYoungList(survives);
      table_.GiveBackSpareChunks();
      return;
    case SlotSet::kEvacuating:
      table_.ForEachInUse([&](WeakSlot* slot, std::uint32_t index) {
        if (table_.flags().Has(Load(*slot), kEvacuating)) survives(slot, index);
      });
      return;
  }
}

void WeakHandles::BeginClearing(WeakVisitor& visitor) {
  FART_DCHECK(clearing_ == nullptr);
  clearing_ = &visitor;
  cleared_chunks_ = 0;
  chunks_to_clear_ = table_.chunks();
  clear_after_ = queue_tail_;
  table_.SetFinding(false);
}

bool WeakHandles::ClearSome(std::size_t slots) {
  if (clearing_ == nullptr) return false;
  const std::size_t chunks = slots / Table::kSlotsPerChunk + 1;
  const auto end =
      static_cast<std::uint32_t>(std::min<std::size_t>(chunks_to_clear_, cleared_chunks_ + chunks));
  table_.ForEachInUse(std::exchange(cleared_chunks_, end), end,
                      [this](WeakSlot* slot, std::uint32_t index) { Settle(slot, index); });
  if (end < chunks_to_clear_) return true;
  clearing_ = nullptr;
  table_.SetFinding(true);
  return false;
}

void WeakHandles::VisitUncleared(WeakVisitor& visitor) {
  if (clearing_ == nullptr) return;
  table_.ForEachInUse(cleared_chunks_, chunks_to_clear_, [&](WeakSlot* slot, std::uint32_t) {
    if (StateOf(*slot) != WeakState::kLive || !slot->referent.IsHeapObject()) return;
    static_cast<void>(visitor.Visit(RootKind::kWeakHandle, &slot->referent, ByteCount()));
  });
}

void WeakHandles::Settle(WeakSlot* slot, std::uint32_t index) {
  if (StateOf(*slot) != WeakState::kLive || !slot->referent.IsHeapObject()) return;
  if (clearing_->Visit(RootKind::kWeakHandle, &slot->referent, ExternalOf(*slot))) return;
  Die(slot, index, clear_after_);
  clear_after_ = index;
}

// Whoever reads a handle finds out what has become of its object already: to him nothing changes.
WeakSlot* WeakHandles::FindUncleared(HandleValue value) const {
  WeakSlot* const slot = table_.FindAnyway(value);
  if (slot != nullptr) const_cast<WeakHandles*>(this)->Settle(slot, value.index());
  return slot;
}

bool WeakHandles::TakePendingCallback(PendingCallback* pending) {
  while (queue_head_ != kEndOfQueue) {
    const auto index = static_cast<std::uint32_t>(queue_head_);
    WeakSlot* const slot = table_.At(index);
    queue_head_ = slot->referent.SmiValue();
    if (queue_head_ == kEndOfQueue) queue_tail_ = kEndOfQueue;
    if (clear_after_ == index) clear_after_ = kEndOfQueue;
    slot->referent = ObjectPtr();
    if (!Table::IsInUse(*slot)) {
      table_.PutBack(slot, index);  // Deleted meanwhile.
      continue;
    }
    slot->external_and_state = Pack(WeakState::kRunning, ByteCount());
    --pending_;
    *pending = {slot->callback, slot->peer, Table::ValueOf(*slot, index)};
    return true;
  }
  return false;
}

void WeakHandles::FinishCallback(HandleValue value) {
  WeakSlot* const slot = Find(value);
  FART_CHECK(slot != nullptr && StateOf(*slot) == WeakState::kRunning);
  table_.Release(slot, value.index());
}

void WeakHandles::QueueAll() {
  ClearAll();
  table_.ForEachInUse([this](WeakSlot* slot, std::uint32_t index) {
    if (StateOf(*slot) == WeakState::kLive) Die(slot, index, queue_tail_);
  });
}

bool WeakHandles::IsSound() const { return HasNothingToReport(*this); }

}  // namespace fart
