// Messages of the current isolate, which its program handles.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "api/include/dart_api.h"
#include "api/shim.h"
#include "heap/platform/clock.h"
#include "vm/entry/callback_frame.h"
#include "vm/entry/misuse.h"
#include "vm/entry/thread_ends.h"
#include "vm/event_loop.h"
#include "vm/port/message_queue.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

// The host's, for one isolate.
class NotifyListener final : public MessageListener {
 public:
  NotifyListener(const Isolate& isolate, Fart_MessageNotifyCallback callback)
      : isolate_(isolate.foreign()), callback_(callback) {}

  Fart_MessageNotifyCallback callback() const { return callback_; }

  void MessageCame() override {
    CallbackFrame frame;
    const ForeignOutcome outcome = CallForeign(frame.mark(), callback_, isolate_);
    if (outcome != ForeignOutcome::kReturned) {
      RecordEscape("A message notify callback", outcome);
    }
  }

 private:
  const Fart_Isolate isolate_;  // A name only: it may have ended.
  const Fart_MessageNotifyCallback callback_;
};

Fart_Handle WrapSuccess(Isolate& isolate, const Outcome& outcome) FART_READS_OBJECTS {
  EndThreadIfAsked();
  return outcome.IsError() ? Wrap(isolate, outcome) : Success();
}

}  // namespace

Fart_Port Fart_GetMainPortId() FART_TRY {
  FART_ENTER_OR(isolate, ILLEGAL_PORT);
  return isolate.main_port();
}
FART_CATCH_OR(ILLEGAL_PORT)

bool Fart_HasLivePorts() FART_TRY {
  FART_ENTER_OR(isolate, false);
  return isolate.messages().HasLivePorts();
}
FART_CATCH_OR(false)

void Fart_SetMessageNotifyCallback(Fart_MessageNotifyCallback message_notify_callback) FART_TRY {
  FART_ENTER_OR(isolate, FART_NOTHING);
  if (isolate.is_spawned()) {
    RecordMisuse(std::string(__func__) + ": the VM handles the messages of this isolate.");
    return;
  }
  std::shared_ptr<MessageListener> listener;
  if (message_notify_callback != nullptr) {
    listener = std::make_shared<NotifyListener>(isolate, message_notify_callback);
  }
  isolate.messages().SetListener(std::move(listener));
}
FART_CATCH_OR(FART_NOTHING)

Fart_MessageNotifyCallback Fart_GetMessageNotifyCallback() FART_TRY {
  FART_ENTER_OR(isolate, nullptr);
  if (isolate.is_spawned()) return nullptr;
  const std::shared_ptr<MessageListener> listener = isolate.messages().listener();
  return listener == nullptr ? nullptr : static_cast<NotifyListener&>(*listener).callback();
}
FART_CATCH_OR(nullptr)

Fart_Handle Fart_HandleMessage() FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  return WrapSuccess(isolate, HandleOneMessage(isolate));
}
FART_CATCH

Fart_Handle Fart_HandleMessages() FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  return WrapSuccess(isolate, HandleWaitingMessages(isolate));
}
FART_CATCH

Fart_Handle Fart_HandleMessagesUpTo(std::intptr_t max_messages, std::int64_t max_milliseconds,
                                    std::intptr_t* handled) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  FART_NEED_RANGE(isolate, max_messages, INTPTR_MAX);
  FART_NEED_RANGE(isolate, max_milliseconds, INT64_MAX);
  constexpr std::int64_t kNsPerMs = 1'000'000;
  const std::int64_t now = MonotonicNs();
  const bool is_bounded = max_milliseconds <= (INT64_MAX - now) / kNsPerMs;
  std::size_t count = 0;
  const Outcome outcome =
      HandleSomeMessages(isolate, static_cast<std::size_t>(max_messages),
                         is_bounded ? now + max_milliseconds * kNsPerMs : INT64_MAX, &count);
  if (handled != nullptr) *handled = static_cast<std::intptr_t>(count);
  return WrapSuccess(isolate, outcome);
}
FART_CATCH

Fart_Handle Fart_RunLoop() FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  if (isolate.messages().listener() != nullptr) {
    return NewErrorHandle(
        isolate, std::string(__func__) + (isolate.is_spawned()
                                              ? ": the VM handles the messages of this isolate."
                                              : ": the isolate has a message notify callback."));
  }
  return WrapSuccess(isolate, RunEventLoop(isolate));
}
FART_CATCH
