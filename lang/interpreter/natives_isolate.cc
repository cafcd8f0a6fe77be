// Natives of dart:isolate: ports and capabilities.

#include <cstdint>
#include <mutex>
#include <string>

#include "lang/interpreter/interpreter.h"
#include "lang/interpreter/natives.h"
#include "vm/message.h"
#include "vm/message_queue.h"
#include "vm/numbers.h"
#include "vm/port_ids.h"
#include "vm/ports.h"
#include "vm/reply_scope.h"
#include "vm/send_port.h"

namespace fart::lang {

namespace {

// The same way as ports' numbers: unique in the process, and not to be guessed.
std::int64_t NextCapabilityId() {
  static std::mutex lock;
  static PortIds* const ids = new PortIds(PortIds::WithSecretKey());
  const std::lock_guard<std::mutex> guard(lock);
  return ids->Next();
}

Done CapabilityNew(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return Answer(interpreter, arguments, NewCapability(interpreter.mutator(), NextCapabilityId()));
}

Done CapabilityIdOf(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  std::int64_t id = 0;
  {
    const NoSafepointScope quiet;
    id = CapabilityId(arguments[0], quiet);
  }
  return AnswerInteger(interpreter, arguments, id);
}

PortId PortOf(ObjectPtr send_port) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  return SendPortId(send_port, quiet);
}

std::int64_t IntegerOf(ObjectPtr object) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  return IntegerValue(object, quiet);
}

Done SendPortIdOf(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return AnswerInteger(interpreter, arguments, PortOf(arguments[0]));
}

// arguments: a send port, what to send, the number of the port for the answer or 0.
Done SendPortPost(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  Message message;
  std::string error;
  const PortId port = PortOf(arguments[0]);
  if (!EncodeMessage(interpreter.isolate(), Rooted(arguments + 1), &message, &error)) {
    ReplyScope::NoteNotEncoded(port, error);
    return RaiseArgument(interpreter, arguments, 1, error);
  }
  message.set_reply_port(IntegerOf(arguments[2]));
  ReplyScope::NotePosted(port);
  return Answer(arguments, BoolObject(Ports::Post(port, message)));
}

Done PortOpen(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  Isolate& isolate = interpreter.isolate();
  const PortId port = isolate.messages().OpenPort(PortLiveness::kKeepsAlive);
  if (port == kNoPort) {
    return RaiseUnsupported(interpreter, arguments, "The isolate ends: it opens no ports");
  }
  const FreshObject send_port = NewSendPort(interpreter.mutator(), port, isolate.main_port());
  if (send_port.is_null()) isolate.messages().ClosePort(port);
  return Answer(interpreter, arguments, send_port);
}

// arguments: the number of an open port.
Done PortClose(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  interpreter.isolate().messages().ClosePort(IntegerOf(arguments[0]));
  return Answer(arguments, kNull);
}

constexpr IntrinsicEntry kEntries[] = {
    {"Capability_new", CapabilityNew}, {"Capability_id", CapabilityIdOf},
    {"SendPort_id", SendPortIdOf},     {"SendPort_post", SendPortPost},
    {"Port_open", PortOpen},           {"Port_close", PortClose},
};

}  // namespace

std::span<const IntrinsicEntry> IsolateIntrinsics() { return kEntries; }

}  // namespace fart::lang
