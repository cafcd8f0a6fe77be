#include "vm/entry/callback_frame.h"

#include "vm/entry/misuse.h"
#include "vm/isolate.h"

namespace fart {

CallbackFrame::CallbackFrame() : isolate_(Isolate::Current()), mark_(ForeignKind::kBarrier, {}) {
  if (isolate_ == nullptr) return;
  isolate_frame_.emplace(*isolate_, ForeignKind::kBarrier);
  ++isolate_->callback_depth_;
}

CallbackFrame::~CallbackFrame() {
  bool is_inside_as_before;
  if (isolate_ == nullptr) {
    Isolate* const left_inside = Isolate::Current();
    if (left_inside != nullptr) left_inside->Exit();
    is_inside_as_before = left_inside == nullptr;
  } else {
    is_inside_as_before = isolate_frame_->ReclaimIsolate();
    --isolate_->callback_depth_;
  }
  if (!is_inside_as_before) {
    RecordMisuse("A callback returned inside another isolate than it was called in.");
  }
}

}  // namespace fart
