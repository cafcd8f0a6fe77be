// Ports -- posting, and the messages of an isolate.

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "api/cobject/cobject_encoder.h"
#include "api/include/dart_api.h"
#include "api/shim.h"
#include "vm/entry/callback_frame.h"
#include "vm/entry/misuse.h"
#include "vm/event_loop.h"
#include "vm/message/message.h"
#include "vm/port/message_queue.h"
#include "vm/posting.h"
#include "vm/values/send_port.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

// The host's, for one isolate.
class NotifyListener final : public MessageListener {
 public:
  NotifyListener(Isolate& isolate, Fart_MessageNotifyCallback callback)
      : isolate_(reinterpret_cast<Fart_Isolate>(&isolate)), callback_(callback) {}

  Fart_MessageNotifyCallback callback() const { return callback_; }

  void MessageCame() override {
    CallbackFrame frame;
    if (CallForeign(frame.mark(), callback_, isolate_) != ForeignOutcome::kReturned) {
      RecordMisuse(std::string("A message notify callback let a C++ exception out: ") +
                   CaughtExceptionText());
    }
  }

 private:
  const Fart_Isolate isolate_;  // A name only: it may have ended.
  const Fart_MessageNotifyCallback callback_;
};

Fart_Handle WrapSuccess(Isolate& isolate, const Outcome& outcome) FART_READS_OBJECTS {
  return outcome.IsError() ? Wrap(isolate, outcome) : Success();
}

void RecordNotEncoded(const char* function, Fart_Port port, const std::string& why) {
  NoteNotEncoded(port, why);
  RecordMisuse(std::string(function) + ": " + why + ".");
}

}  // namespace

// ---- Posting

bool Fart_Post(Fart_Port port_id, Fart_Handle object) FART_READS_OBJECTS {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  std::string error;
  const PostResult result = PostObject(isolate, port_id, value, kNoPort, &error);
  if (result == PostResult::kNotEncoded) RecordNotEncoded(__func__, port_id, error);
  return result == PostResult::kPosted;
}

bool Fart_PostCObject(Fart_Port port_id, Fart_CObject* message) {
  FART_NEED_POINTER_OR(message, false);
  Message encoded;
  std::string error;
  if (!EncodeCObject(message, &encoded, &error)) {
    RecordNotEncoded(__func__, port_id, error);
    return false;
  }
  return PostEncoded(port_id, std::move(encoded));
}

bool Fart_PostInteger(Fart_Port port_id, std::int64_t message) {
  Message encoded;
  return EncodeIntegerMessage(message, &encoded) && PostEncoded(port_id, std::move(encoded));
}

// ---- Send ports

Fart_Handle Fart_NewSendPort(Fart_Port port_id) FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  if (port_id == ILLEGAL_PORT) {
    return NewErrorHandle(isolate, std::string(__func__) + ": illegal port_id 0.");
  }
  return Wrap(isolate, NewSendPort(isolate.mutator(), port_id, isolate.main_port()));
}

Fart_Handle Fart_SendPortGetId(Fart_Handle port, Fart_Port* port_id) FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, object, port);
  FART_NEED_POINTER(isolate, port_id);
  FART_NEED_TYPE(isolate, object, port, IsSendPort, "SendPort");
  const NoSafepointScope quiet;
  *port_id = SendPortId(object.Get(quiet), quiet);
  return Success();
}

// ---- Messages of the current isolate

Fart_Port Fart_GetMainPortId() {
  FART_ENTER_OR(isolate, ILLEGAL_PORT);
  return isolate.main_port();
}

bool Fart_HasLivePorts() {
  FART_ENTER_OR(isolate, false);
  return isolate.messages().HasLivePorts();
}

void Fart_SetMessageNotifyCallback(Fart_MessageNotifyCallback message_notify_callback) {
  FART_ENTER_OR(isolate, );
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

Fart_MessageNotifyCallback Fart_GetMessageNotifyCallback() {
  FART_ENTER_OR(isolate, nullptr);
  if (isolate.is_spawned()) return nullptr;
  const std::shared_ptr<MessageListener> listener = isolate.messages().listener();
  return listener == nullptr ? nullptr : static_cast<NotifyListener&>(*listener).callback();
}

Fart_Handle Fart_HandleMessage() FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  return WrapSuccess(isolate, HandleOneMessage(isolate));
}

Fart_Handle Fart_HandleMessages() FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  return WrapSuccess(isolate, HandleWaitingMessages(isolate));
}

Fart_Handle Fart_RunLoop() FART_MAY_COLLECT {
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
