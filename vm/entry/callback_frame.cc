#include "vm/entry/callback_frame.h"

#include <new>
#include <string>

#include "vm/entry/misuse.h"

namespace fart {

void RecordEscape(const char* who, ForeignOutcome outcome) {
  std::string text;
  try {
    text.append(who).append(" ").append(DescribeEscape(outcome));
  } catch (const std::bad_alloc&) {
    return RecordMisuse(who);
  }
  RecordMisuse(text);
}

CallbackFrame::CallbackFrame() : owner_(Enterable::Current()), mark_(ForeignKind::kBarrier, {}) {
  if (owner_ == nullptr) return;
  frame_.emplace(*owner_, ForeignKind::kBarrier);
  section_.emplace(*owner_);
}

CallbackFrame::~CallbackFrame() {
  bool is_inside_as_before;
  if (owner_ == nullptr) {
    Enterable* const left_inside = Enterable::Current();
    if (left_inside != nullptr) left_inside->Exit();
    is_inside_as_before = left_inside == nullptr;
  } else {
    is_inside_as_before = frame_->ReclaimIsolate();
    section_.reset();
  }
  if (!is_inside_as_before) {
    RecordMisuse("A callback returned inside another isolate than it was called in.");
  }
}

}  // namespace fart
