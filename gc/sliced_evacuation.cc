#include "gc/sliced_evacuation.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "gc/major.h"
#include "gc/phase_scope.h"
#include "heap/base/check.h"
#include "heap/platform/clock.h"

namespace fart {
namespace {

// Of the first batch, before it is known how long one takes, and of any.
constexpr ByteCount kFirstBatch = KiB(64);
constexpr ByteCount kLeastBatch = KiB(32);
constexpr ByteCount kMostBatch = MiB(4);

}  // namespace

SlicedEvacuation::SlicedEvacuation(Heap& heap)
    : heap_(heap),
      regions_(heap.regions()),
      flags_(heap.flags()),
      shapes_(heap.shapes()),
      batch_size_(kFirstBatch) {}

bool SlicedEvacuation::is_idle() const { return state_ == State::kIdle; }
bool SlicedEvacuation::is_looking() const { return state_ == State::kLooking; }
bool SlicedEvacuation::is_moving() const { return state_ == State::kMoving; }

// ---- Choosing

bool SlicedEvacuation::HasPins(RegionIndex index) const {
  const Address start = regions_.StartOf(index);
  return heap_.pins().HasPinsIn(start, start + kRegionSize);
}

// Of a region that has come since the last marking nothing is known.
bool SlicedEvacuation::MayGo(RegionIndex index) const {
  return regions_.Record(index).live_bytes != 0 && index != heap_.old_allocator().region() &&
         !HasPins(index);
}

bool SlicedEvacuation::Choose() {
  std::size_t count = 0;
  ByteCount dead;
  ByteCount total;
  for (const RegionIndex index : heap_.old_regions()) {
    if (!MayGo(index)) continue;
    dead += DeadIn(index);
    total += ExtentOf(index);
    ++count;
  }
  count = std::min<std::size_t>(count, std::numeric_limits<std::uint16_t>::max());
  if (count == 0 || !TryMakeRoom(candidates_, count)) return false;
  for (const RegionIndex index : heap_.old_regions()) {
    if (candidates_.size() == count) break;
    if (!MayGo(index)) continue;
    Candidate& candidate = candidates_.emplace_back();
    candidate.region = index;
    candidate.live = ByteCount(regions_.Record(index).live_bytes);
  }
  std::sort(candidates_.begin(), candidates_.end(), [](const Candidate& a, const Candidate& b) {
    return std::pair(a.live, a.region) < std::pair(b.live, b.region);
  });
  const bool all = heap_.knobs().marking_steps != 0;
  ByteCount to_move;
  std::size_t chosen = 0;
  for (; chosen < count; ++chosen) {
    const Candidate& candidate = candidates_[chosen];
    if (!all && (dead <= total / kDeadShare || to_move + candidate.live > kMostToMove)) break;
    dead -= DeadIn(candidate.region);
    to_move += candidate.live;
    regions_.Record(candidate.region).candidate = static_cast<std::uint16_t>(chosen + 1);
    regions_.SetFlags(candidate.region, kOldSpaceFlags | kVisitPointersTo);
  }
  candidates_.erase(candidates_.begin() + static_cast<std::ptrdiff_t>(chosen), candidates_.end());
  return chosen != 0;
}

bool SlicedEvacuation::Begin() {
  FART_DCHECK(is_idle() && heap_.store_observer() == nullptr);
  if (heap_.remembered_set().has_overflowed()) return false;
  if (heap_.large().young_charge() > kMostYoungLarge) return false;
  // Where steps are counted all regions go, that of the last promotion as well.
  if (heap_.knobs().marking_steps != 0) heap_.old_allocator().LeaveSpan();
  if (!Choose()) return false;
  heap_.SetOldWithdrawn(ByteCount());
  heap_.old_allocator().WithdrawHoles(
      [this](Address hole, ByteCount size) { return Withdraws(hole, size); });
  heap_.SetStoreObserver(this);
  state_ = State::kLooking;
  to_look_ = heap_.old_regions().size();
  looked_ = looked_runs_ = next_ = 0;
  looked_of_run_ = ByteCount();
  LookAtYoungLarge();
  return true;
}

// G-V3
bool SlicedEvacuation::Withdraws(Address hole, ByteCount size) {
  const RegionIndex region = regions_.IndexOf(hole);
  if (regions_.Record(region).candidate == 0) return false;
  CandidateOf(region).gaps += size;
  heap_.SetOldWithdrawn(heap_.old_withdrawn() + size);
  return true;
}

// G-V2: what they refer to stays. Of what they are given from now on the barrier tells.
void SlicedEvacuation::LookAtYoungLarge() {
  const LargeObjects& large = heap_.large();
  const auto look = [this](Address object) { LookAt(object, shapes_[Header::At(object).shape()]); };
  for (const RegionIndex first : large.young_runs()) look(regions_.LargeAt(first));
  for (const RegionIndex index : large.shared()) {
    heap_.WalkRegion(index, [&](Address object, Header, ByteCount) { look(object); });
  }
}

// ---- Looking

void SlicedEvacuation::NoteStored(ObjectPtr holder, const ObjectPtr* slot, ObjectPtr value) {
  Record(holder.address(), slot, regions_.IndexOf(value.address()));
}

void SlicedEvacuation::Record(Address holder, const ObjectPtr* slot, RegionIndex region) {
  Candidate& candidate = CandidateOf(region);
  constexpr std::uint8_t kYoungLarge = kNewSpace | kLargeRegion;
  if ((flags_.Of(holder) & kYoungLarge) == kYoungLarge) return Drop(candidate);  // G-V2
  const Address where = Address::Of(slot);
  const bool in_candidate = regions_.Record(regions_.IndexOf(where)).candidate != 0;
  if (candidate.slots.size() == kMostSlots ||
      !TryAppend(candidate.slots, where.value() | (in_candidate ? kInCandidate : 0))) {
    Drop(candidate);
  }
}

// Its number stays, so that what is recorded of slots in it holds.
void SlicedEvacuation::Drop(Candidate& candidate) {
  FART_DCHECK(!candidate.dropped);
  candidate.dropped = true;
  Vector<std::uint64_t>().swap(candidate.slots);
  regions_.SetFlags(candidate.region, kOldSpaceFlags);
}

void SlicedEvacuation::LookAtSlots(Address holder, const ObjectPtr* first, const ObjectPtr* last) {
  for (; first != last; ++first) {
    if (IsCandidate(*first)) Record(holder, first, regions_.IndexOf(first->address()));
  }
}

void SlicedEvacuation::LookAt(Address object, const Shape& shape) {
  shape.VisitRuns(object, [&](const ObjectPtr* first, const ObjectPtr* last) {
    LookAtSlots(object, first, last);
  });
}

void SlicedEvacuation::LookAtRegion(RegionIndex index) {
  ByteCount live;
  heap_.WalkRegion(index, [&](Address object, Header header, ByteCount size) {
    if (ShapeTable::IsFiller(header.shape())) return;
    live += size;
    LookAt(object, shapes_[header.shape()]);
  });
  if (regions_.Record(index).candidate == 0) return;
  CandidateOf(index).live = live;
}

bool SlicedEvacuation::LookAtRun(RegionIndex first) {
  const Address object = regions_.LargeAt(first);
  const ByteCount size = regions_.Record(first).large_size;
  const Address from = object + std::min(looked_of_run_, size);
  looked_of_run_ = std::min(looked_of_run_ + kBytesALook, size);
  const Address to = object + looked_of_run_;
  shapes_[Header::At(object).shape()].VisitRuns(
      object, [&](const ObjectPtr* begin, const ObjectPtr* end) {
        begin = std::max<const ObjectPtr*>(begin, from.As<ObjectPtr>());
        end = std::min<const ObjectPtr*>(end, to.As<ObjectPtr>());
        if (begin < end) LookAtSlots(object, begin, end);
      });
  if (looked_of_run_ < size) return false;
  looked_of_run_ = ByteCount();
  return true;
}

bool SlicedEvacuation::Look(SliceBudget budget) {
  FART_DCHECK(is_looking());
  const RegionList& runs = heap_.large().old_runs();
  OldAllocator& old = heap_.old_allocator();
  const auto withdraws = [this](Address hole, ByteCount size) { return Withdraws(hole, size); };
  while (old.WithdrawSome(withdraws)) {
    if (!budget.Continue()) return false;
  }
  do {
    if (looked_ < to_look_) {
      LookAtRegion(heap_.old_regions()[looked_++]);
    } else if (looked_runs_ < runs.size() && LookAtRun(runs[looked_runs_])) {
      ++looked_runs_;
    }
    if (looked_ == to_look_ && looked_runs_ == runs.size()) {
      state_ = State::kMoving;
      return true;
    }
  } while (budget.Continue());
  return false;
}

// ---- Moving

bool SlicedEvacuation::IsStale(std::uint64_t slot) const {
  return (slot & kInCandidate) != 0 &&
         regions_.Record(regions_.IndexOf(Address(slot))).candidate == 0;
}

void SlicedEvacuation::TakeBatch(RegionList& batch, ByteCount size) {
  ByteCount taken;
  for (; next_ < candidates_.size(); ++next_) {
    Candidate& candidate = candidates_[next_];
    if (candidate.dropped) continue;
    if (HasPins(candidate.region)) {
      Drop(candidate);
      continue;
    }
    if (!batch.empty() && taken + candidate.live > size) return;
    taken += candidate.live;
    regions_.SetFlags(candidate.region, kOldSpaceFlags | kEvacuating);
    batch.push_back(candidate.region);
  }
}

void SlicedEvacuation::MoveSome(const Collection& collection, std::int64_t goal_ns) {
  FART_DCHECK(is_moving());
  // Scavenges know what they have remembered; the next collection is a major one.
  if (heap_.remembered_set().has_overflowed()) return Forget();
  RegionList& batch = heap_.evacuating_regions();
  const std::int64_t start = MonotonicNs();
  TakeBatch(batch, goal_ns == 0 ? ByteCount() : batch_size_);
  if (batch.empty()) return End();
  const std::size_t emptied = batch.size();
  Evacuator evacuator(heap_, collection.report, LargeFate::kMarked, YoungFate::kMoved);
  evacuator_ = &evacuator;
  Evacuate(collection, batch);
  Update(collection, batch);
  Release(batch);
  evacuator_ = nullptr;
  const std::int64_t took = MonotonicNs() - start;
  if (took > goal_ns) {
    batch_size_ = std::max(batch_size_ / 2, kLeastBatch);
  } else if (took < goal_ns / 2 && emptied > 1) {
    batch_size_ = std::min(batch_size_ * 2, kMostBatch);
  }
  // Without memory nothing more is moved.
  if (evacuator.has_kept()) {
    Forget();
  } else if (next_ == candidates_.size()) {
    End();
  }
}

void SlicedEvacuation::Evacuate(const Collection& collection, const RegionList& batch) {
  const PhaseScope phase(collection.listener, GcPhase::kEvacuate);
  heap_.old_allocator().StartLog();
  for (const RegionIndex index : batch) {
    heap_.WalkRegion(index, [this](Address object, Header header, ByteCount) {
      if (!ShapeTable::IsFiller(header.shape())) evacuator_->Evacuate(object);
    });
  }
}

void SlicedEvacuation::Update(const Collection& collection, const RegionList& batch) {
  const PhaseScope phase(collection.listener, GcPhase::kUpdate);
  UpdateCopies();
  UpdateRemembered();
  for (const RegionIndex index : batch) {
    for (const std::uint64_t slot : CandidateOf(index).slots) {
      if (!IsStale(slot)) UpdateSlot(Address(slot & ~kInCandidate).As<ObjectPtr>());  // G-V4
    }
  }
  collection.VisitRoots(SlotSet::kEvacuating, *this);
  collection.VisitWeaks(SlotSet::kEvacuating, *this);
  for (const RegionIndex index : heap_.new_regions()) {
    heap_.WalkRegion(index, [this](Address object, Header header, ByteCount) {
      UpdateObject(object, shapes_[header.shape()]);
    });
  }
}

inline void SlicedEvacuation::UpdateSlot(ObjectPtr* slot) const {
  if (evacuator_->IsEvacuating(*slot)) {
    *slot = ObjectPtr::FromAddress(Evacuator::WhereIs(slot->address()));
  }
}

void SlicedEvacuation::VisitSlots(RootKind, ObjectPtr* first, ObjectPtr* last) {
  for (; first != last; ++first) UpdateSlot(first);
}

bool SlicedEvacuation::Visit(RootKind, ObjectPtr* referent, ByteCount) {
  UpdateSlot(referent);
  return true;
}

void SlicedEvacuation::UpdateObject(Address object, const Shape& shape) const {
  shape.VisitRuns(object, [this](ObjectPtr* first, ObjectPtr* last) {
    for (; first != last; ++first) UpdateSlot(first);
  });
}

void SlicedEvacuation::UpdateOldObject(Address object, ByteCount size, const Shape& shape) {
  const ObjectPtr holder = ObjectPtr::FromAddress(object);
  shape.VisitRuns(object, [&](ObjectPtr* first, ObjectPtr* last) {
    for (; first != last; ++first) {
      UpdateSlot(first);
      if (heap_.IsYoung(*first)) heap_.remembered_set().Add(holder, size, first);  // H-R1
      if (IsCandidate(*first)) {
        Record(object, first, regions_.IndexOf(first->address()));  // G-V1
      }
    }
  });
}

void SlicedEvacuation::UpdateCopies() {
  OldAllocator& old = heap_.old_allocator();
  for (std::size_t i = 0; i < old.logged_spans(); ++i) {
    const Span span = old.LoggedSpan(i);
    for (Address object = span.from; object < span.to;) {
      const Header header = Header::At(object);
      UpdateOldObject(object, header.size(), shapes_[header.shape()]);
      object = object + ByteCount(header.size());
    }
  }
  old.StopLog();
}

// Entries of what has moved have been made anew. The header of such a holder is no header any more.
// What has been kept has its entries, and its slots are recorded.
void SlicedEvacuation::UpdateRemembered() {
  RememberedSet& set = heap_.remembered_set();
  set.Revise([&](const RememberedSet::Entry& entry) {
    const Address holder = entry.holder.address();
    if (evacuator_->IsEvacuating(entry.holder) && Evacuator::WhereIs(holder) != holder) {
      if (!entry.is_whole()) set.Forget(entry);
      return false;
    }
    if (entry.is_whole()) UpdateObject(holder, heap_.ShapeOf(entry.holder));  // G-V1
    return true;
  });
}

void SlicedEvacuation::Release(RegionList& batch) {
  heap_.old_regions().EraseIf(
      [this](RegionIndex index) { return (regions_.FlagsOf(index) & kEvacuating) != 0; });
  ByteCount left = heap_.old_withdrawn();
  for (const RegionIndex index : batch) {
    Candidate& candidate = CandidateOf(index);
    left -= candidate.gaps;  // G-V3
    candidate.dropped = true;
    Vector<std::uint64_t>().swap(candidate.slots);
    regions_.Record(index).candidate = 0;
    evacuator_->ReleaseRegion(index);
  }
  batch.clear();
  heap_.SetOldWithdrawn(left);
  heap_.CountOldUsed();
}

void SlicedEvacuation::End() {
  for (Candidate& candidate : candidates_) {
    RegionRecord& record = regions_.Record(candidate.region);
    // It may be another region by now.
    if (record.candidate == 0) continue;
    record.candidate = 0;
    if (!candidate.dropped) regions_.SetFlags(candidate.region, kOldSpaceFlags);
  }
  Vector<Candidate>().swap(candidates_);
  heap_.old_allocator().EndWithdrawal();
  heap_.SetStoreObserver(nullptr);
  state_ = State::kIdle;
}

void SlicedEvacuation::Forget() {
  if (!is_idle()) End();
}

}  // namespace fart
