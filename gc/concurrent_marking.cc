#include "gc/concurrent_marking.h"

#include <utility>

#include "heap/base/check.h"
#include "heap/platform/clock.h"

namespace fart {

bool ConcurrentMarking::Start() {
  FART_DCHECK(marking_.is_marking() && !is_running());
  before_ = marking_.marked();
  begun_ns_ = ended_ns_ = 0;
  if (!HandOver()) return false;
  heap_.SetStoreObserver(this);
  return true;
}

void ConcurrentMarking::Stop() {
  if (!is_running()) return;
  TakeBack();
  NoteSpan();
  marked_ += marking_.marked() - before_;
  heap_.SetStoreObserver(&marking_);
  for (std::size_t i = 0; i < noted_count_; ++i) marking_.Reach(noted_[i]);  // G-B2
  noted_count_ = 0;
}

bool ConcurrentMarking::Step() {
  if (begun_ns_ == 0) begun_ns_ = MonotonicNs();
  const bool goes_on = marking_.MarkSome(kObjectsAStep);
  if (!goes_on) ended_ns_ = MonotonicNs();
  return goes_on;
}

void ConcurrentMarking::NoteSpan() {
  if (begun_ns_ == 0) return;
  const std::int64_t end = ended_ns_ != 0 ? ended_ns_ : MonotonicNs();
  if (last_.end_ns != 0 && begun_ns_ - last_.end_ns < kGapNs) {
    last_.end_ns = end;
    return;
  }
  if (last_.end_ns != 0) spans_.Add(last_);
  last_ = {GcSpan::kBeside, begun_ns_, end};
}

GcSpans ConcurrentMarking::TakeSpans() {
  FART_DCHECK(!is_running());
  if (last_.end_ns != 0) spans_.Add(last_);
  last_ = {};
  return std::exchange(spans_, {});
}

void ConcurrentMarking::NoteStored(ObjectPtr holder, const ObjectPtr* slot, ObjectPtr value) {
  if (!marking_.IsUnmarkedYet(value.address())) return;
  if (noted_count_ == kMostNoted) {
    Stop();
    if (!Start()) return marking_.NoteStored(holder, slot, value);
  }
  noted_[noted_count_++] = value;
}

}  // namespace fart
