#include "gc/concurrent_marking.h"

#include "heap/base/check.h"

namespace fart {

bool ConcurrentMarking::Start() {
  FART_DCHECK(marking_.is_marking() && !is_running());
  before_ = marking_.marked();
  if (!HandOver()) return false;
  heap_.SetStoreObserver(this);
  return true;
}

void ConcurrentMarking::Stop() {
  if (!is_running()) return;
  TakeBack();
  marked_ += marking_.marked() - before_;
  heap_.SetStoreObserver(&marking_);
  for (std::size_t i = 0; i < noted_count_; ++i) marking_.Reach(noted_[i]);  // G-B2
  noted_count_ = 0;
}

void ConcurrentMarking::NoteStored(ObjectPtr value) {
  if (!marking_.IsUnmarkedYet(value.address())) return;
  if (noted_count_ == kMostNoted) {
    Stop();
    if (!Start()) return marking_.NoteStored(value);
  }
  noted_[noted_count_++] = value;
}

}  // namespace fart
