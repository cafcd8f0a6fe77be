// The end of marking in slices: what waits for its key, and what is weak.

#include "gc/dead_parts.h"
#include "gc/phase_scope.h"
#include "gc/sliced_marking.h"
#include "heap/base/check.h"

namespace fart {

void SlicedMarking::Finish(const Collection& collection) {
  FART_DCHECK(is_marking() && !has_grey());
  collection_ = &collection;
  {
    const PhaseScope phase(collection.listener, GcPhase::kEphemerons);
    ResolveEphemerons();
  }
  {
    const PhaseScope phase(collection.listener, GcPhase::kWeaks);
    ClearWeakReferences();
    ForgetDeadHolders();
    ForEachOldRegion([this](RegionIndex index) {
      RegionRecord& record = regions_.Record(index);
      record.unswept = record.mark_limit > regions_.StartOf(index);  // G-S4
    });
    EndMarking();
    filling_ = heap_.old_allocator().region();
    CountUnswept();
    for (WeakProvider* const provider : collection.weaks) provider->BeginClearing(*this);
  }
  collection_ = nullptr;
  if (!waiting_.is_empty()) heap_.SetUnclearedPairs(this);  // G-S6
  ForgetWork();
  scattered_ = kept_ = kept_live_ = ByteCount();
  weaks_ = &collection.weaks;
  is_clearing_ = true;
  sweeps_for_major_ = false;
  state_ = State::kSweeping;
}

template <typename WithDeadKey>
void SlicedMarking::LookAtAllWaiting(WithDeadKey&& with_dead_key) {
  waiting_.LookAtAll(
      [this](const WaitingEphemerons::Entry& entry) __attribute__((always_inline)) {
        PrefetchWaiting(entry);
        __builtin_prefetch(entry.ephemeron.As<void>(), 1);
      },
      [&](WaitingEphemerons::Entry& entry) {
        FART_DCHECK(regions_.IsMarked(entry.ephemeron));  // G-E5
        ++collection_->report.ephemerons_examined;
        ObjectPtr* const pair = PairOf(entry.ephemeron);
        if (!IsLive(pair[0])) {
          entry.key = pair[0].address();
          return with_dead_key(entry, pair);
        }
        Reach(pair[1]);
        return false;
      });
}

// As a rule nothing has been marked since the last look at all.
bool SlicedMarking::MayFinish(bool may_wait) {
  if (has_grey()) return false;
  if (waiting_.is_empty() || marked_ == marked_at_look_ || !heap_.are_pairs_looked_at() ||
      (rounds_in_the_end_ >= kMostRoundsInTheEnd && !may_wait)) {
    return true;
  }
  const bool some_found = waiting_.IsAny(
      [this](const WaitingEphemerons::Entry& entry)
          __attribute__((always_inline)) { PrefetchWaiting(entry); },
      [this](const WaitingEphemerons::Entry& entry) { return regions_.IsMarked(entry.key); });
  if (!some_found) {
    marked_at_look_ = marked_;
    return true;
  }
  ++rounds_in_the_end_;
  waiting_.LookAgain();
  return false;
}

void SlicedMarking::ResolveEphemerons() {
  if (!waiting_.has_overflowed() && !waiting_.is_empty()) {
    if (heap_.are_pairs_looked_at()) {
      ResolveLater();
    } else {
      ResolveAtOnce();
    }
  }
  if (waiting_.has_overflowed() || ephemerons_.has_overflowed()) {
    waiting_ = WaitingEphemerons();
    ResolveByWalking();
  }
}

void SlicedMarking::ResolveLater() {
  // When it is the same all keys are dead.
  for (int round = 0; marked_ != marked_at_look_; ++round) {
    if (round == kMostRoundsInTheEnd) return ResolveByTable();
    LookAtWaiting(~std::size_t{0});
    static_cast<void>(Mark(SliceBudget::Unlimited()));
  }
}

// A program may have given an ephemeron another key since it was met, and nobody was told: so its
// key is read again. As a rule none has, and all that wait are dead: so each is cleared when it is
// looked at, as if nothing could be found any more, and put back where something was.
void SlicedMarking::ResolveAtOnce() {
  const ByteCount before = marked_;
  LookAtAllWaiting([](WaitingEphemerons::Entry& entry, ObjectPtr* pair) {
    entry.value = pair[1];
    ClearPair(pair);
    return true;
  });
  // What has been reached is marked, and not scanned: the list is whole (G-E5).
  FlushQueue();
  if (marked_ != before) {
    waiting_.ForEach([this](const WaitingEphemerons::Entry& entry) {
      ObjectPtr* const pair = PairOf(entry.ephemeron);
      pair[0] = ObjectPtr::FromAddress(entry.key);
      pair[1] = entry.value;
    });
    static_cast<void>(Mark(SliceBudget::Unlimited()));
    ResolveByTable();
  }
  waiting_ = WaitingEphemerons();
}

bool SlicedMarking::ReachReadyValue() {
  const Address ephemeron = ephemerons_.TakeReady();
  if (ephemeron.is_null()) return false;
  Reach(PairOf(ephemeron)[1]);
  return true;
}

void SlicedMarking::ResolveByTable() {
  if (waiting_.has_overflowed()) return;
  LookAtAllWaiting([this](const WaitingEphemerons::Entry& entry, ObjectPtr*) {
    ephemerons_.Add(entry.ephemeron, entry.key);
    return false;
  });
  for (bool again = true; again;) {
    do {
      static_cast<void>(Mark(SliceBudget::Unlimited()));
    } while (ReachReadyValue());
    again = !ephemerons_.is_indexed() &&
            ephemerons_.TakeReached(
                [this](Address key) __attribute__((always_inline)) { regions_.PrefetchMark(key); },
                [this](Address key) { return regions_.IsMarked(key); },
                [this](Address ephemeron) { Reach(PairOf(ephemeron)[1]); });
  }
  ephemerons_.VisitWaiting([this](Address ephemeron) {
    if (!heap_.are_pairs_looked_at()) return ClearEphemeron(ephemeron);
    // The list has the memory still that it had for all of them.
    waiting_.Add({.ephemeron = ephemeron, .key = PairOf(ephemeron)[0].address(), .value = {}});
  });
}

// Limit: a chain of ephemerons against the order of addresses takes one walk for each link.
void SlicedMarking::ResolveByWalking() {
  for (bool again = true; again;) {
    again = false;
    ForEachMarked([&](Address object, const Shape& shape) {
      if (!shape.is_ephemeron()) return;
      const ObjectPtr* const pair = shape.References(object);
      if (!IsLive(pair[0]) || IsLive(pair[1])) return;
      Reach(pair[1]);
      again = true;
    });
    static_cast<void>(Mark(SliceBudget::Unlimited()));
  }
  ForEachMarked([&](Address object, const Shape& shape) {
    if (shape.is_ephemeron()) ClearEphemeron(object);
  });
}

void SlicedMarking::ClearEphemeron(Address ephemeron) {
  ObjectPtr* const pair = PairOf(ephemeron);
  if (!IsLive(pair[0])) ClearPair(pair);
}

void SlicedMarking::ClearWeakReferences() {
  const auto clear = [this](Address holder) {
    ClearDeadReferences(holder, shapes_[Header::At(holder).shape()],
                        [this](ObjectPtr value) { return IsLive(value); });
  };
  if (weak_holders_are_all_) {
    for (const Address holder : weak_holders_) clear(holder);
  } else {
    ForEachMarked([&](Address object, const Shape&) { clear(object); });
  }
}

// From the end of marking until all weak slots have been asked about (G-S5).
bool SlicedMarking::Visit(RootKind kind, ObjectPtr* referent, ByteCount external) {
  if (collection_ != nullptr) collection_->CountSlots(kind, 1);
  ++weaks_asked_;
  const Address object = referent->address();
  if ((flags_.Of(object) & kOldSpace) == 0 || !regions_.IsUnsweptDead(object)) return true;
  heap_.external_old() -= external;
  ++weaks_cleared_;
  return false;
}

void SlicedMarking::ForgetDeadHolders() {
  RememberedSet& set = heap_.remembered_set();
  set.Revise([&](const RememberedSet::Entry& entry) {
    if (IsLive(entry.holder)) return true;
    set.Forget(entry);
    return false;
  });
}

void SlicedMarking::EndMarking() {
  heap_.SetStoreObserver(nullptr);
  for (const RegionIndex index : heap_.old_regions()) regions_.SetFlags(index, kOldSpaceFlags);
  for (const RegionIndex first : heap_.large().old_runs()) regions_.SetFlags(first, kLargeFlags);
}

void SlicedMarking::ForgetWork() {
  reached_ = PrefetchQueue();
  rest_ = rest_end_ = nullptr;
  while (!stack_.empty()) stack_.Pop();
  while (!noted_.is_empty()) static_cast<void>(noted_.TakeRegion());
  ephemerons_ = EphemeronTable();
  weak_holders_ = Vector<Address>();
  weak_holders_are_all_ = true;
}

void SlicedMarking::Forget() {
  if (!is_sweeping()) return Settle();
  ClearWeakSlots();
  ForEachOldRegion([this](RegionIndex index) {
    RegionRecord& record = regions_.Record(index);
    if (record.unswept) regions_.ClearMarks(index);
    record.unswept = false;
  });
  heap_.SetOldUnswept(ByteCount());
  state_ = State::kIdle;
}

void SlicedMarking::Settle() {
  if (is_sweeping()) {
    while (!Sweep(SliceBudget::Unlimited())) {
    }
  }
  if (is_idle()) return;
  EndMarking();
  heap_.old_allocator().OpenHoles();
  ForgetWork();
  waiting_ = WaitingEphemerons();
  ForEachOldRegion([this](RegionIndex index) { regions_.ClearMarks(index); });
  state_ = State::kIdle;
}

}  // namespace fart
