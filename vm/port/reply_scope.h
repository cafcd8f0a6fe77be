// ReplyScope -- what becomes of the reply to the message that a thread is handling.
//
// A reply that cannot be encoded must not leave the waiting side in silence. But the handler hears
// of it (the post answers false) and may post something simpler: so the failure is remembered, a
// later post to the reply port takes it back, and what is left when the handler is done is sent.
//
// Lives in the C++ frame around the handling of one message, in an isolate or for a native port.
// Frames may nest: a handler may run a loop of its own.

#ifndef FART_VM_PORT_REPLY_SCOPE_H_
#define FART_VM_PORT_REPLY_SCOPE_H_

#include <string>
#include <string_view>

#include "vm/values/send_port.h"

namespace fart {

class ReplyScope {
 public:
  // kNoPort: no reply is expected.
  explicit ReplyScope(PortId reply_port);
  // May post an error.
  ~ReplyScope();
  ReplyScope(const ReplyScope&) = delete;
  ReplyScope& operator=(const ReplyScope&) = delete;

  // A message of this thread was posted to `port`; one for it could not be encoded.
  static void NotePosted(PortId port);
  static void NoteNotEncoded(PortId port, std::string_view why);

  // The handling itself came to a bad end.
  void Fail(std::string_view why);

 private:
  static ReplyScope* Find(PortId reply_port);

  ReplyScope* const previous_;
  const PortId reply_port_;
  bool has_failed_ = false;
  std::string failure_;  // empty: there was no memory for the text
};

}  // namespace fart

#endif  // FART_VM_PORT_REPLY_SCOPE_H_
