#include "gc/sliced_marking.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "gc/dead_parts.h"
#include "gc/phase_scope.h"
#include "heap/base/check.h"
#include "heap/platform/clock.h"

namespace fart {

bool SliceBudget::Continue() {
  if (deadline_ns_ != 0) return MonotonicNs() < deadline_ns_;
  return --steps_ != 0;
}

SlicedMarking::SlicedMarking(Heap& heap)
    : heap_(heap),
      regions_(heap.regions()),
      flags_(heap.flags()),
      shapes_(heap.shapes()),
      noted_(heap.regions()) {}

// ---- Marking

void SlicedMarking::Begin() {
  FART_DCHECK(is_idle());
  // Objects that come to lie in old holes would lie among what is marked (G-S2).
  heap_.old_allocator().ForgetHoles();
  filling_ = heap_.old_allocator().region();
  to_mark_ = marked_ = ByteCount();
  const auto leave_out = [this](RegionIndex index) {
    regions_.Record(index).mark_limit = regions_.StartOf(index);
  };
  for (const RegionIndex index : heap_.new_regions()) leave_out(index);
  heap_.large().ForEachRegion(leave_out);
  for (const RegionIndex index : heap_.old_regions()) {
    RegionRecord& record = regions_.Record(index);
    record.mark_limit = record.top;  // G-S2
    record.live_bytes = 0;
    to_mark_ += record.top - regions_.StartOf(index);
    regions_.SetFlags(index, kOldSpaceFlags | kVisitPointersTo);
  }
  for (const RegionIndex first : heap_.large().old_runs()) {
    RegionRecord& record = regions_.Record(first);
    record.mark_limit = regions_.LargeAt(first) + ByteCount(kWordSize);  // G-S2
    record.live_bytes = 0;
    to_mark_ += record.large_size;
    regions_.SetFlags(first, kLargeFlags | kVisitPointersTo);
  }
  heap_.SetStoreObserver(this);
  is_beginning_ = true;
  state_ = State::kMarking;
}

bool SlicedMarking::has_grey() const {
  return !reached_.is_empty() || !stack_.empty() || rest_ != rest_end_ || !noted_.is_empty() ||
         waiting_.IsLookDue();
}

void SlicedMarking::BeginRoots(const Collection& collection) {
  collection_ = &collection;
  for (RootProvider* const provider : collection.roots) provider->BeginSeeing(*this);
  collection_ = nullptr;
  seen_providers_ = 0;
  has_seen_roots_ = false;
  is_beginning_ = false;
  ReachPins();
}

void SlicedMarking::ReachPins() {
  for (const PinTable::Entry& entry : heap_.pins().entries()) {
    Reach(ObjectPtr::FromAddress(entry.object));  // H-Q1
  }
}

// A provider that has come or gone meanwhile changes who is asked next, but not what is unseen.
bool SlicedMarking::SeeRoots(const Collection& collection, SliceBudget budget) {
  collection_ = &collection;
  while (!has_seen_roots_) {
    if (seen_providers_ >= collection.roots.size()) {
      has_seen_roots_ = true;
    } else if (!collection.roots[seen_providers_]->SeeSome(*this, budget.roots_a_step())) {
      ++seen_providers_;
    }
    if (!budget.Continue()) break;
  }
  collection_ = nullptr;
  return has_seen_roots_;
}

void SlicedMarking::MarkRoots(const Collection& collection) {
  ReachPins();
  collection_ = &collection;
  for (RootProvider* const provider : collection.roots) provider->VisitUnseen(*this);
  collection_ = nullptr;
}

void SlicedMarking::VisitSlots(RootKind kind, ObjectPtr* first, ObjectPtr* last) {
  collection_->CountSlots(kind, static_cast<std::size_t>(last - first));
  for (ObjectPtr* slot = first; slot != last; ++slot) Reach(*slot);
}

void SlicedMarking::VisitEvery(RootKind kind, ObjectPtr* first, std::size_t count,
                               std::size_t stride) {
  collection_->CountSlots(kind, count);
  for (; count != 0; --count, first += stride) Reach(*first);
}

void SlicedMarking::MarkObject(Address object) {
  RegionRecord& record = regions_.Record(regions_.IndexOf(object));
  if (object >= record.mark_limit || !regions_.TryMark(object)) return;
  const Header header = Header::Shared(object);
  const ByteCount size = header.is_large() ? record.large_size : ByteCount(header.size());
  record.live_bytes += size.value();
  marked_ += size;
  // Leaves go past the stack, which strings and numbers would fill.
  if (!shapes_[header.shape()].is_leaf() && !stack_.TryPush(object)) [[unlikely]]
    noted_.Note(object);
  // G-E3: as in a marking at once (gc/marker.cc).
  if (ephemerons_.is_indexed()) [[unlikely]]
    ephemerons_.NoteReached(object);
}

void SlicedMarking::FlushQueue() {
  while (!reached_.is_empty()) MarkObject(reached_.Take());
}

bool SlicedMarking::Mark(SliceBudget budget) {
  while (MarkSome(budget.objects_a_step())) {
    if (!budget.Continue()) return !has_grey();
  }
  return true;
}

bool SlicedMarking::MarkSome(std::size_t objects) {
  for (std::size_t scanned = 0; scanned < objects; ++scanned) {
    if (rest_ != rest_end_) {
      ObjectPtr* const first = rest_;
      rest_ += std::min<std::ptrdiff_t>(rest_end_ - rest_, kSlotsAtOnce);
      for (ObjectPtr* slot = first; slot != rest_; ++slot) Reach(ObjectPtr::LoadShared(slot));
      return true;
    }
    if (stack_.empty()) FlushQueue();
    if (!stack_.empty()) {
      Scan(stack_.Pop());
    } else if (!noted_.is_empty()) {
      ScanNotedRegion();
    } else if (waiting_.IsLookDue()) {
      LookAtWaiting(objects);
      return true;
    } else {
      return scanned != 0;
    }
  }
  return true;
}

void SlicedMarking::ScanRun(ObjectPtr* first, ObjectPtr* last) {
  if (static_cast<std::size_t>(last - first) > kSlotsAtOnce && rest_ == rest_end_) {
    rest_ = first;
    rest_end_ = last;
    return;
  }
  for (; first != last; ++first) Reach(ObjectPtr::LoadShared(first));
}

inline void SlicedMarking::Scan(Address object) {
  const Shape& shape = shapes_[Header::Shared(object).shape()];
  if (!shape.is_plain()) [[unlikely]] {
    ScanSpecial(object, shape);
    return;
  }
  shape.VisitStrongRuns(object,
                        [this](ObjectPtr* first, ObjectPtr* last) { ScanRun(first, last); });
}

void SlicedMarking::ScanSpecial(Address object, const Shape& shape) {
  if (shape.has_weak_references() && weak_holders_are_all_) {
    weak_holders_are_all_ = TryAppend(weak_holders_, object);
  }
  ObjectPtr* const pair = shape.References(object);
  shape.VisitStrongRuns(object, [&](ObjectPtr* first, ObjectPtr* last) {
    if (first == pair && shape.is_ephemeron()) first += 2;
    if (first < last) ScanRun(first, last);
  });
  if (!shape.is_ephemeron()) return;
  const ObjectPtr key = ObjectPtr::LoadShared(pair);
  if (IsLive(key)) {
    Reach(ObjectPtr::LoadShared(pair + 1));
  } else if (ephemerons_.is_indexed()) {
    ephemerons_.Add(object, key.address());
  } else {
    waiting_.Add({.ephemeron = object, .key = key.address(), .value = {}});  // G-E5
  }
}

// Forced, for the reason that scavenger.cc gives.
[[gnu::always_inline]] inline void SlicedMarking::PrefetchWaiting(
    const WaitingEphemerons::Entry& entry) const {
  regions_.PrefetchMark(entry.key);
}

void SlicedMarking::LookAtWaiting(std::size_t count) {
  waiting_.LookAtSome(
      count,
      [this](const WaitingEphemerons::Entry& entry)
          __attribute__((always_inline)) { PrefetchWaiting(entry); },
      [this](WaitingEphemerons::Entry& entry) {
        if (!regions_.IsMarked(entry.key)) return true;
        const Header header = Header::Shared(entry.ephemeron);
        ObjectPtr* const pair = shapes_[header.shape()].References(entry.ephemeron);
        const ObjectPtr key = ObjectPtr::LoadShared(pair);
        if (IsLive(key)) {
          Reach(ObjectPtr::LoadShared(pair + 1));
          return false;
        }
        entry.key = key.address();  // G-E5
        return true;
      });
}

// What was scanned before is scanned once more: that finds nothing new.
void SlicedMarking::ScanNotedRegion() {
  const GreyRegions::Region region = noted_.TakeRegion();  // It may be noted again meanwhile.
  ForEachMarkedIn(region.index, region.from, [this](Address object, const Shape&) {
    Scan(object);
    while (rest_ != rest_end_) Reach(ObjectPtr::LoadShared(rest_++));
  });
}

template <typename EachObject>
void SlicedMarking::ForEachMarkedIn(RegionIndex index, Address from, EachObject&& visit) {
  const Address end = regions_.Record(index).mark_limit;
  for (Address object = regions_.NextMarked(from, end); object < end;
       object = regions_.NextMarked(object + ByteCount(kWordSize), end)) {
    visit(object, shapes_[Header::Shared(object).shape()]);
  }
}

template <typename EachObject>
void SlicedMarking::ForEachMarked(EachObject&& visit) {
  ForEachOldRegion(
      [&](RegionIndex index) { ForEachMarkedIn(index, regions_.StartOf(index), visit); });
}

bool SlicedMarking::IsLive(ObjectPtr value) const {
  if (!value.IsHeapObject()) return true;
  return !WillScan(value.address()) || regions_.IsMarked(value.address());
}

// ---- The end of marking

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
    for (WeakProvider* const provider : collection.weaks) provider->BeginClearing(*this);
  }
  collection_ = nullptr;
  ForgetWork();
  scattered_ = kept_ = ByteCount();
  weaks_ = &collection.weaks;
  is_clearing_ = true;
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

// A program may have given an ephemeron another key since it was met: so its key is read again. As
// a rule none has, and all that wait are dead: so each is cleared when it is looked at, as if
// nothing could be found any more, and put back where something was.
void SlicedMarking::ResolveEphemerons() {
  if (!waiting_.has_overflowed() && !waiting_.is_empty()) {
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
  }
  if (waiting_.has_overflowed() || ephemerons_.has_overflowed()) ResolveByWalking();
}

void SlicedMarking::ResolveByTable() {
  if (waiting_.has_overflowed()) return;
  LookAtAllWaiting([this](const WaitingEphemerons::Entry& entry, ObjectPtr*) {
    ephemerons_.Add(entry.ephemeron, entry.key);
    return false;
  });
  ephemerons_.Index([this](Address key) { return regions_.IsMarked(key); });
  for (;;) {
    static_cast<void>(Mark(SliceBudget::Unlimited()));
    const Address ephemeron = ephemerons_.TakeReady();
    if (ephemeron.is_null()) break;
    Reach(PairOf(ephemeron)[1]);
  }
  ephemerons_.VisitWaiting([this](Address ephemeron) { ClearEphemeron(ephemeron); });
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
  waiting_ = WaitingEphemerons();
  ephemerons_ = EphemeronTable();
  weak_holders_ = Vector<Address>();
  weak_holders_are_all_ = true;
}

void SlicedMarking::Settle() {
  if (is_sweeping()) {
    while (!Sweep(SliceBudget::Unlimited())) {
    }
  }
  if (is_idle()) return;
  EndMarking();
  ForgetWork();
  ForEachOldRegion([this](RegionIndex index) { regions_.ClearMarks(index); });
  state_ = State::kIdle;
}

}  // namespace fart
