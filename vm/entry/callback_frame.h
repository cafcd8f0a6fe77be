// CallbackFrame -- around a host's callback that comes unasked: a payload's finalizer, the notice
// of a message.
//
// Such a callback may come on any thread. If that is inside an isolate, the callback counts as one
// of the isolate's (VE-I3): whatever may collect is refused in it, and the isolate is current
// afterwards. If it is not, it is inside none afterwards.
//
//     CallbackFrame frame;
//     if (CallForeign(frame.mark(), callback, argument) != ForeignOutcome::kReturned) ...
//
// Not here: callbacks of dead handles (callback_runner.h), which come in numbers.

#ifndef FART_VM_ENTRY_CALLBACK_FRAME_H_
#define FART_VM_ENTRY_CALLBACK_FRAME_H_

#include <optional>

#include "vm/entry/enterable.h"
#include "vm/entry/foreign_frame.h"
#include "vm/unwind/foreign_mark.h"

namespace fart {

class CallbackFrame {
 public:
  CallbackFrame();
  ~CallbackFrame();
  CallbackFrame(const CallbackFrame&) = delete;
  CallbackFrame& operator=(const CallbackFrame&) = delete;

  ForeignMark& mark() { return frame_.has_value() ? frame_->mark() : mark_; }

 private:
  Enterable* const owner_;
  ForeignMark mark_;  // where there is no isolate
  std::optional<ForeignFrame> frame_;
  std::optional<CallbackSection> section_;
};

}  // namespace fart

#endif  // FART_VM_ENTRY_CALLBACK_FRAME_H_
