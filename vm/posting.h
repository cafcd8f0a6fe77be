// Posting -- what a sender does: encode, post, and leave behind how it went.
//
// Not here: where a message goes (ports.h).

#ifndef FART_VM_POSTING_H_
#define FART_VM_POSTING_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "vm/message/message.h"
#include "vm/message/message_codec.h"
#include "vm/roots/rooted.h"
#include "vm/values/send_port.h"

namespace fart {

class Isolate;

enum class PostResult : std::uint8_t {
  kPosted,
  kNoSuchPort,
  kNotEncoded,  // the object cannot be sent
  kStopped,     // the isolate is to stop; only where WhenStopped::kEnd was asked for
};

// Posts a copy of an object; `reply_port` is where an answer is expected, or kNoPort. *error says
// why it was not encoded. Throws std::bad_alloc; nothing is posted then.
[[nodiscard]] PostResult PostObject(Isolate& isolate, PortId port, Rooted object, PortId reply_port,
                                    std::string* error,
                                    WhenStopped when_stopped = WhenStopped::kGoOn);

// Posts what was encoded. False: there is no such port; the message is no longer of use, and its
// payloads are again those of whoever had them encoded. So they are where it throws std::bad_alloc:
// the port is open, and there is no memory for a message.
[[nodiscard]] bool PostEncoded(PortId port, Message message);

// To be told by whoever encodes by itself, and cannot.
void NoteNotEncoded(PortId port, std::string_view why);

}  // namespace fart

#endif  // FART_VM_POSTING_H_
