// Ports -- posting, and the messages of an isolate.

#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <utility>

#include "api/cobject/cobject_encoder.h"
#include "api/include/dart_api.h"
#include "api/shim.h"
#include "heap/platform/clock.h"
#include "vm/entry/callback_frame.h"
#include "vm/entry/misuse.h"
#include "vm/entry/thread_ends.h"
#include "vm/event_loop.h"
#include "vm/message/message.h"
#include "vm/message/message_codec.h"
#include "vm/port/message_queue.h"
#include "vm/posting.h"
#include "vm/values/send_port.h"

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

bool Encode(Fart_Port port, const Fart_CObject* object, Message* message, std::string* error) {
  try {
    return EncodeCObject(object, message, error);
  } catch (const std::bad_alloc&) {
    NoteNotEncoded(port, TextOf(ErrorText::kOffHeapMemory));
    throw;
  }
}

void RecordNotEncoded(const char* function, Fart_Port port, const std::string& why) {
  NoteNotEncoded(port, why);
  RecordMisuse(std::string(function) + ": " + why + ".");
}

}  // namespace

// ---- Posting

bool Fart_Post(Fart_Port port_id, Fart_Handle object) FART_READS_OBJECTS FART_TRY {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  std::string error;
  const PostResult result = PostObject(isolate, port_id, value, kNoPort, &error);
  if (result == PostResult::kNotEncoded) RecordNotEncoded(__func__, port_id, error);
  EndThreadIfAsked();
  return result == PostResult::kPosted;
}
FART_CATCH_OR(false)

bool Fart_PostCObject(Fart_Port port_id, Fart_CObject* message) FART_TRY {
  FART_NEED_POINTER_OR(message, false);
  Message encoded;
  std::string error;
  if (!Encode(port_id, message, &encoded, &error)) {
    RecordNotEncoded(__func__, port_id, error);
    return false;
  }
  const bool is_posted = PostEncoded(port_id, std::move(encoded));
  EndThreadIfAsked();
  return is_posted;
}
FART_CATCH_OR(false)

bool Fart_PostInteger(Fart_Port port_id, std::int64_t message) FART_TRY {
  Message encoded;
  if (!EncodeIntegerMessage(message, &encoded)) throw std::bad_alloc();
  const bool is_posted = PostEncoded(port_id, std::move(encoded));
  EndThreadIfAsked();
  return is_posted;
}
FART_CATCH_OR(false)

// ---- Send ports

Fart_Handle Fart_NewSendPort(Fart_Port port_id) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  if (port_id == ILLEGAL_PORT) {
    return NewErrorHandle(isolate, std::string(__func__) + ": illegal port_id 0.");
  }
  return Wrap(isolate, NewSendPort(isolate.mutator(), port_id, isolate.main_port()));
}
FART_CATCH

Fart_Handle Fart_SendPortGetId(Fart_Handle port, Fart_Port* port_id) FART_MAY_COLLECT FART_TRY {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, object, port);
  FART_NEED_POINTER(isolate, port_id);
  FART_NEED_TYPE(isolate, object, port, IsSendPort, "SendPort");
  const NoSafepointScope quiet;
  *port_id = SendPortId(object.Get(quiet), quiet);
  return Success();
}
FART_CATCH

// ---- Messages of the current isolate

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
