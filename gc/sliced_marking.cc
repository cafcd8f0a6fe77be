#include "gc/sliced_marking.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "gc/dead_parts.h"
#include "gc/phase_scope.h"
#include "heap/base/check.h"
#include "heap/platform/clock.h"

namespace fart {

SlicedMarking::SlicedMarking(Heap& heap)
    : heap_(heap),
      regions_(heap.regions()),
      flags_(heap.flags()),
      shapes_(heap.shapes()),
      noted_(heap.regions()) {}

// ---- Marking

void SlicedMarking::Begin() {
  FART_DCHECK(is_idle());
  to_mark_ = marked_ = marked_at_look_ = ByteCount();
  roots_seen_ = roots_in_the_end_ = weaks_asked_ = 0;
  rounds_in_the_end_ = 0;
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
  to_mark_ -= std::min(to_mark_, heap_.old_allocator().in_holes());
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
  const std::size_t seen = roots_seen_;
  collection_ = &collection;
  for (RootProvider* const provider : collection.roots) provider->VisitUnseen(*this);
  collection_ = nullptr;
  // Marking may look again.
  roots_in_the_end_ = roots_seen_ - seen;
  roots_seen_ = seen;
}

void SlicedMarking::VisitSlots(RootKind kind, ObjectPtr* first, ObjectPtr* last) {
  const auto count = static_cast<std::size_t>(last - first);
  collection_->CountSlots(kind, count);
  roots_seen_ += count;
  for (ObjectPtr* slot = first; slot != last; ++slot) Reach(*slot);
}

void SlicedMarking::VisitEvery(RootKind kind, ObjectPtr* first, std::size_t count,
                               std::size_t stride) {
  collection_->CountSlots(kind, count);
  roots_seen_ += count;
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

void SlicedMarking::NoteFresh(Address object, ByteCount size, const Shape& shape) {
  if (!WillScan(object)) return;
  to_mark_ += size;
  if (!shape.is_plain()) return MarkObject(object);
  if (!regions_.TryMark(object)) return;  // Somebody else refers to it.
  regions_.Record(regions_.IndexOf(object)).live_bytes += size.value();
  marked_ += size;
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

void SlicedMarking::LookAtWaiting(std::size_t count) {
  if (!waiting_.is_looking()) marked_at_round_ = marked_;
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
  if (!waiting_.is_looking()) marked_at_look_ = marked_at_round_;
}

// What was scanned before is scanned once more: that finds nothing new.
void SlicedMarking::ScanNotedRegion() {
  const GreyRegions::Region region = noted_.TakeRegion();  // It may be noted again meanwhile.
  ForEachMarkedIn(region.index, region.from, [this](Address object, const Shape&) {
    Scan(object);
    while (rest_ != rest_end_) Reach(ObjectPtr::LoadShared(rest_++));
  });
}

bool SlicedMarking::IsLive(ObjectPtr value) const {
  if (!value.IsHeapObject()) return true;
  return !WillScan(value.address()) || regions_.IsMarked(value.address());
}

}  // namespace fart
