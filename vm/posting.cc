#include "vm/posting.h"

#include <utility>

#include "vm/isolate.h"
#include "vm/port/ports.h"
#include "vm/port/reply_scope.h"

namespace fart {

bool PostEncoded(PortId port, Message message) {
  if (!Ports::Post(port, message)) {
    message.ReturnPayloads();
    return false;
  }
  ReplyScope::NotePosted(port);
  return true;
}

void NoteNotEncoded(PortId port, std::string_view why) { ReplyScope::NoteNotEncoded(port, why); }

PostResult PostObject(Isolate& isolate, PortId port, Rooted object, PortId reply_port,
                      std::string* error) {
  Message message;
  if (!EncodeMessage(isolate, isolate.program(), object, &message, error)) {
    NoteNotEncoded(port, *error);
    return PostResult::kNotEncoded;
  }
  message.set_reply_port(reply_port);
  return PostEncoded(port, std::move(message)) ? PostResult::kPosted : PostResult::kNoSuchPort;
}

}  // namespace fart
