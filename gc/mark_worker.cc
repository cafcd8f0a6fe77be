#include "gc/mark_worker.h"

#include <algorithm>

namespace fart {

MarkWorker::MarkWorker(Heap& heap, MarkPool& pool)
    : Tracer(heap),
      pool_(pool),
      between_looks_(heap.knobs().IsSharingForced() ? 1 : kObjectsBetweenLooks),
      least_given_(heap.knobs().IsSharingForced() ? 1 : kLeastGiven) {}

MarkWorker::~MarkWorker() {
  if (spare_ != nullptr) OffHeapDelete()(spare_);
}

void MarkWorker::MarkFrom(MarkStack& stack) {
  stack_.TakeFrom(stack);
  has_marked_ = !stack_.empty();
  DrainAndTake();
}

void MarkWorker::Help() {
  pool_.Join();
  DrainAndTake();
}

void MarkWorker::DrainAndTake() {
  Drain();
  while (MarkPool::Portion* const portion = pool_.Take()) {
    has_marked_ = true;
    ScanPortion(portion);
    Drain();
  }
}

void MarkWorker::ScanPortion(MarkPool::Portion* portion) {
  for (std::size_t i = 0; i < portion->count; ++i) {
    if (!stack_.TryPush(portion->objects[i])) NoteUnscanned(portion->objects[i]);
  }
  ObjectPtr* const first = portion->first;
  ObjectPtr* const last = portion->last;
  if (spare_ == nullptr) {
    spare_ = portion;
  } else {
    pool_.PutBack(portion);
  }
  if (first != last) ScanRun(first, last);
}

void MarkWorker::Drain() {
  unsigned scanned = 0;
  for (;;) {
    if (!stack_.empty()) {
      Scan(stack_.Pop());
      if (++scanned < between_looks_) continue;
      scanned = 0;
      LookAtStack();
    } else if (!TakeFromQueues()) {
      return;
    }
  }
}

void MarkWorker::LookAtStack() {
  while (stack_.size() > kMostKept && TryGiveObjects(MarkPool::Portion::kMostObjects)) {
  }
  if (!pool_.IsWanted()) return;
  const std::size_t half = std::min(stack_.size() / 2, MarkPool::Portion::kMostObjects);
  if (half >= least_given_) static_cast<void>(TryGiveObjects(half));
}

bool MarkWorker::HasSpare() {
  if (spare_ == nullptr) spare_ = MarkPool::NewPortion();
  return spare_ != nullptr;
}

bool MarkWorker::TryGiveObjects(std::size_t count) {
  if (!HasSpare()) return false;
  spare_->first = spare_->last = nullptr;
  spare_->count = count;
  stack_.TakeFirst(count, spare_->objects.data());
  spare_ = pool_.Give(spare_);
  return true;
}

bool MarkWorker::TryGiveRun(ObjectPtr* first, ObjectPtr* last) {
  if (!HasSpare()) return false;
  spare_->first = first;
  spare_->last = last;
  spare_->count = 0;
  spare_ = pool_.Give(spare_);
  return true;
}

inline void MarkWorker::ScanRun(ObjectPtr* first, ObjectPtr* last) {
  while (last - first > kLongRun) {
    ObjectPtr* const middle = first + (last - first) / 2;
    if (pool_.IsWanted() && TryGiveRun(middle, last)) {
      last = middle;
      continue;
    }
    for (ObjectPtr* const end = first + kLongRun; first != end; ++first) MarkValue(*first);
  }
  for (; first != last; ++first) MarkValue(*first);
}

void MarkWorker::ScanPair(Address ephemeron, const ObjectPtr* pair) {
  ++ephemerons_examined_;
  if (!pair[0].IsHeapObject() || regions_.IsMarkedByNow(pair[0].address())) {
    MarkValue(pair[1]);
  } else if (ephemerons_are_all_) {
    ephemerons_are_all_ = TryAppend(ephemerons_, ephemeron);
  }
}

}  // namespace fart
