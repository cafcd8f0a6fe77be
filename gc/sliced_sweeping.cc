// Sweeping of what was marked in slices, a region at a time.

#include "gc/dead_parts.h"
#include "gc/sliced_marking.h"
#include "heap/base/check.h"

namespace fart {

// ---- What is weak

// Its key is read again: who has replaced it, or read it, has had the pair cleared before (G-S6).
void SlicedMarking::ClearIfDead(Address ephemeron) {
  ObjectPtr* const pair = PairOf(ephemeron);
  if (IsUnsweptDead(pair[0])) ClearPair(pair);
}

void SlicedMarking::ClearSomePairs(std::size_t count) {
  waiting_.TakeSome(count, [this](const WaitingEphemerons::Entry& entry) {
    FART_DCHECK(regions_.IsMarked(entry.ephemeron));  // G-E5
    ClearIfDead(entry.ephemeron);
  });
  if (!waiting_.is_empty()) return;
  heap_.SetUnclearedPairs(nullptr);
  waiting_ = WaitingEphemerons();
}

void SlicedMarking::ClearAll() { ClearSomePairs(~std::size_t{0}); }

void SlicedMarking::List(Vector<Address>& ephemerons) const {
  waiting_.ForEach(
      [&](const WaitingEphemerons::Entry& entry) { ephemerons.push_back(entry.ephemeron); });
}

bool SlicedMarking::ClearSomeWeakSlots(std::size_t slots) {
  if (!waiting_.is_empty()) {
    ClearSomePairs(slots);
    return true;
  }
  for (WeakProvider* const provider : *weaks_) {
    if (provider->ClearSome(slots)) return true;
  }
  is_clearing_ = false;
  return false;
}

void SlicedMarking::ClearWeakSlots() {
  while (is_clearing_) static_cast<void>(ClearSomeWeakSlots(~std::size_t{0}));
}

// ---- Regions

void SlicedMarking::BeginSweeping() {
  FART_DCHECK(is_idle());
  filling_ = heap_.old_allocator().region();
  CountUnswept();
  scattered_ = kept_ = kept_live_ = ByteCount();
  sweeps_for_major_ = true;
  state_ = State::kSweeping;
}

void SlicedMarking::CountUnswept() {
  heap_.old_allocator().ForgetUnsweptHoles();  // Sweeping finds them anew, and larger.
  ByteCount dead;
  for (const RegionIndex index : heap_.old_regions()) {
    if (regions_.Record(index).unswept) dead += DeadIn(index);
  }
  heap_.SetOldUnswept(dead);
  heap_.SetOldWithdrawn(ByteCount());
}

bool SlicedMarking::Sweep(SliceBudget budget) {
  FART_DCHECK(is_sweeping());
  while (is_clearing_) {  // G-S5
    static_cast<void>(ClearSomeWeakSlots(budget.roots_a_step()));
    if (!budget.Continue()) return false;
  }
  bool goes_on = true;
  bool some_freed = false;
  heap_.old_regions().EraseIf([&](RegionIndex index) {
    if (!goes_on || !regions_.Record(index).unswept) return false;
    const bool freed = SweepRegion(index);
    some_freed = some_freed || freed;
    goes_on = budget.Continue();
    return freed;
  });
  if (some_freed) heap_.CountOldUsed();
  if (!goes_on) return false;
  heap_.SweepLargeRuns([&](RegionIndex first) {
    RegionRecord& record = regions_.Record(first);
    if (!goes_on || !record.unswept) return false;
    goes_on = budget.Continue();
    if (!regions_.IsMarked(regions_.LargeAt(first))) return true;
    record.unswept = false;
    regions_.ClearMark(regions_.LargeAt(first));
    return false;
  });
  if (!goes_on) return false;
  state_ = State::kIdle;
  return true;
}

bool SlicedMarking::SweepRegion(RegionIndex index) {
  RegionRecord& record = regions_.Record(index);
  const Address start = regions_.StartOf(index);
  const Address limit = record.mark_limit;
  heap_.SetOldUnswept(heap_.old_unswept() - DeadIn(index));  // G-S7
  if (record.live_bytes == 0 && record.top == limit && index != filling_) {
    regions_.Retire(index, 1, heap_.retire_policy());
    return true;
  }
  kept_ += limit - start;
  kept_live_ += ByteCount(record.live_bytes);
  if (record.live_bytes != (limit - start).value()) {
    ForEachGap(regions_, start, limit, [this](Address from, Address to) { NoteGap(from, to); });
  }
  // What it had above its top was forgotten when marking ended; of filling_ it went on.
  if (index != filling_) heap_.old_allocator().AddTail(index);
  regions_.ClearMarks(index);
  record.mark_limit = start;
  record.unswept = false;
  return false;
}

void SlicedMarking::NoteGap(Address from, Address to) {
  Heap::FillDead(from, to);  // H-G3
  if (to - from < OldAllocator::kMinHole) {
    scattered_ += to - from;
  } else {
    heap_.old_allocator().AddHole(from, to);
  }
}

}  // namespace fart
