// Ports -- posting.

#include <cstdint>
#include <new>
#include <string>
#include <utility>

#include "api/cobject/cobject_encoder.h"
#include "api/include/dart_api.h"
#include "api/shim.h"
#include "vm/entry/misuse.h"
#include "vm/entry/thread_ends.h"
#include "vm/message/message.h"
#include "vm/message/message_codec.h"
#include "vm/posting.h"
#include "vm/values/send_port.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

namespace {

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
