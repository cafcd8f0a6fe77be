#include "vm/posting.h"

#include <new>
#include <utility>

#include "vm/isolate.h"
#include "vm/message/message_codec.h"
#include "vm/port/ports.h"
#include "vm/port/reply_scope.h"

namespace fart {

namespace {
constexpr std::string_view kNoMemory = "There was no memory for the reply.";
}  // namespace

bool PostEncoded(PortId port, Message message) {
  if (!Ports::Post(port, message)) {
    message.ReturnPayloads();
    if (!Ports::IsOpen(port)) return false;
    NoteNotEncoded(port, kNoMemory);
    throw std::bad_alloc();
  }
  ReplyScope::NotePosted(port);
  return true;
}

void NoteNotEncoded(PortId port, std::string_view why) { ReplyScope::NoteNotEncoded(port, why); }

PostResult PostObject(Isolate& isolate, PortId port, Rooted object, PortId reply_port,
                      std::string* error) {
  Message message;
  try {
    if (!EncodeMessage(isolate, isolate.program(), object, &message, error)) {
      NoteNotEncoded(port, *error);
      return PostResult::kNotEncoded;
    }
  } catch (const std::bad_alloc&) {
    NoteNotEncoded(port, kNoMemory);
    throw;
  }
  message.set_reply_port(reply_port);
  return PostEncoded(port, std::move(message)) ? PostResult::kPosted : PostResult::kNoSuchPort;
}

}  // namespace fart
