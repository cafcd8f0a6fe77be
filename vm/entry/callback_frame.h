// CallbackFrame -- around a host's callback that comes unasked: a payload's finalizer, the notice
// of a message.
//
// Such a callback may come on any thread. If that is inside an isolate, the callback counts as one
// of the isolate's (C3): whatever may collect is refused in it, and the isolate is current
// afterwards. If it is not, it is inside none afterwards.
//
//     CallbackFrame frame;
//     if (CallForeign(frame.mark(), callback, argument) != ForeignOutcome::kReturned) ...
//
// Not here: callbacks of dead handles (callback_runner.h), which come in numbers.

#ifndef FART_VM_ENTRY_CALLBACK_FRAME_H_
#define FART_VM_ENTRY_CALLBACK_FRAME_H_

#include <optional>

#include "vm/native/native_call.h"
#include "vm/unwind/foreign_call.h"  // for its users
#include "vm/unwind/foreign_mark.h"

namespace fart {

class Isolate;

class CallbackFrame {
 public:
  CallbackFrame();
  ~CallbackFrame();
  CallbackFrame(const CallbackFrame&) = delete;
  CallbackFrame& operator=(const CallbackFrame&) = delete;

  ForeignMark& mark() { return isolate_frame_.has_value() ? isolate_frame_->mark() : mark_; }

 private:
  Isolate* const isolate_;
  ForeignMark mark_;  // where there is no isolate
  std::optional<ForeignFrame> isolate_frame_;
};

}  // namespace fart

#endif  // FART_VM_ENTRY_CALLBACK_FRAME_H_
