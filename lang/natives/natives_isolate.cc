// Natives of dart:isolate: ports, capabilities, isolates.

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "lang/interpreter/interpreter.h"
#include "lang/linker/function_text.h"
#include "lang/natives/arguments.h"
#include "lang/natives/natives.h"
#include "vm/isolate_registry.h"
#include "vm/message/message.h"
#include "vm/message/message_codec.h"
#include "vm/native/libraries.h"
#include "vm/port/message_queue.h"
#include "vm/port/port_ids.h"
#include "vm/posting.h"
#include "vm/spawn.h"
#include "vm/values/numbers.h"
#include "vm/values/send_port.h"
#include "vm/values/strings.h"

namespace fart::lang {

namespace {

Done CapabilityNew(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return Answer(interpreter, arguments, NewCapability(interpreter.mutator(), TakePortId()));
}

Done CapabilityIdOf(Interpreter& interpreter, ObjectPtr* arguments,
                    CapabilityArg) FART_MAY_COLLECT {
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

Done SendPortIdOf(Interpreter& interpreter, ObjectPtr* arguments, SendPortArg) FART_MAY_COLLECT {
  return AnswerInteger(interpreter, arguments, PortOf(arguments[0]));
}

// arguments: a send port, what to send, the number of the port for the answer or 0.
Done SendPortPost(Interpreter& interpreter, ObjectPtr* arguments, SendPortArg, AnyArg,
                  Int64Arg reply) FART_MAY_COLLECT {
  const PortId port = PortOf(arguments[0]);
  const PortId reply_port = reply.value;
  std::string error;
  const PostResult result = PostObject(interpreter.isolate(), port, Rooted(arguments + 1),
                                       reply_port, &error, WhenStopped::kEnd);
  if (result == PostResult::kStopped) return Done::kStopped;
  if (result == PostResult::kNotEncoded) return interpreter.Refuse(1, "cannot be sent: " + error);
  return Answer(arguments, BoolObject(result == PostResult::kPosted));
}

Done PortOpen(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  Isolate& isolate = interpreter.isolate();
  const PortId port = isolate.messages().OpenPort(PortLiveness::kKeepsAlive);
  if (port == kNoPort) {
    return RaiseUnsupported(interpreter, arguments, "The isolate ends: it opens no ports");
  }
  // Open only if the program gets it: it would keep the isolate running.
  struct Opened {
    MessageQueue& messages;
    PortId port;
    ~Opened() {
      if (port != kNoPort) messages.ClosePort(port);
    }
  } opened{isolate.messages(), port};
  const FreshObject send_port = NewSendPort(interpreter.mutator(), port, isolate.main_port());
  if (send_port.is_null()) return Answer(interpreter, arguments, send_port);
  opened.port = kNoPort;
  HandleNotes& notes = isolate.handles().notes;
  if (notes.notes_all()) {
    notes.NoteHeldHere(Held::kPort, static_cast<std::uint64_t>(port), __builtin_return_address(0));
  }
  return Answer(interpreter, arguments, send_port);
}

// arguments: the number of an open port.
Done PortClose(Interpreter& interpreter, ObjectPtr* arguments, Int64Arg port) FART_MAY_COLLECT {
  Isolate& isolate = interpreter.isolate();
  isolate.messages().ClosePort(port.value);
  isolate.handles().notes.NoteHeld(Held::kPort, static_cast<std::uint64_t>(port.value), nullptr);
  return Answer(arguments, kNull);
}

Done IsolateMainPort(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  const PortId port = interpreter.isolate().main_port();
  return Answer(interpreter, arguments, NewSendPort(interpreter.mutator(), port, port));
}

// What makes arguments[0] the same function in another isolate that has loaded the same. False: it
// is no top-level function and no static method.
bool IdentifyArgument(Interpreter& interpreter, const ObjectPtr* arguments,
                      FunctionIdentity* identity) FART_MAY_COLLECT {
  if (!interpreter.IsClosure(arguments[0])) return false;
  const NoSafepointScope quiet;
  return IdentifyFunction(interpreter.FunctionOfClosure(arguments[0], quiet), identity);
}

Done RefuseFunction(Interpreter& interpreter) {
  return interpreter.Refuse(0, "must be a top-level function or a static method");
}

// Whether the function, which can be an entry point, is a static method.
Done EntryIsStatic(Interpreter& interpreter, ObjectPtr* arguments, AnyArg) FART_MAY_COLLECT {
  FunctionIdentity identity;
  if (!IdentifyArgument(interpreter, arguments, &identity)) return RefuseFunction(interpreter);
  return Answer(arguments, BoolObject(identity.name.find('.') != std::string::npos));
}

std::string ScriptUrl(Isolate& isolate) {
  const fart::Library* const root = isolate.libraries().root();
  return root == nullptr ? "" : root->url;
}

Done IsolateScriptUrl(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return AnswerText(interpreter, arguments, ScriptUrl(interpreter.isolate()));
}

// The main function of the script; null: it has none.
Done IsolateMain(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  const fart::Library* const root = interpreter.isolate().libraries().root();
  Linker& linker = interpreter.linker();
  Function* const function =
      root == nullptr ? nullptr : linker.FindNamed(linker.LibraryOf(root->number), "main");
  if (function == nullptr) return Answer(arguments, kNull);
  if (!linker.MakeTearOff(function)) return OutOfMemory(interpreter);
  return Answer(arguments, function->tear_off->value);
}

// Sends arguments[1] along; arguments[0] is what the caller blames for what cannot be.
Done Spawn(Interpreter& interpreter, ObjectPtr* arguments, std::string script, PortId ready,
           std::int64_t ending, PortId exit, std::string library, std::string function,
           std::string objection) FART_MAY_COLLECT {
  Isolate& isolate = interpreter.isolate();
  SpawnRequest request;
  request.parent = &isolate;
  request.script_uri = std::move(script);
  request.parent_data = isolate.callback_data();
  request.enable_asserts = isolate.flags().enable_asserts;
  request.checked = isolate.flags().checked;
  request.library_url = std::move(library);
  request.function = std::move(function);
  request.objection = std::move(objection);
  request.ready_port = ready;
  request.ending_capability = ending;
  request.exit_port = exit;
  std::string error;
  if (exit != kNoPort) {
    StackRoots<1> nothing(isolate.stack());
    nothing.Set(0, kNull);
    if (!EncodeMessage(isolate, isolate.program(), nothing[0], &request.exit_message, &error)) {
      return OutOfMemory(interpreter);
    }
  }
  if (!EncodeMessage(isolate, isolate.program(), Rooted(arguments + 1), &request.message, &error,
                     WhenStopped::kEnd)) {
    if (error.empty()) return Done::kStopped;
    return interpreter.Refuse(1, "cannot be sent: " + error);
  }
  if (!SpawnIsolate(std::move(request), &error)) {
    return RaiseUnsupported(interpreter, arguments, error);
  }
  return Answer(arguments, kNull);
}

// arguments: a function, what it is called with, the numbers of the port that is told of it, of the
// capability that ends it and of the port that is sent null at its end or kNoPort, whether _begin
// of dart:isolate is called in its place.
Done IsolateSpawn(Interpreter& interpreter, ObjectPtr* arguments, AnyArg, AnyArg, Int64Arg ready,
                  Int64Arg ending, Int64Arg exit, BoolArg is_begun) FART_MAY_COLLECT {
  FunctionIdentity identity;
  if (!IdentifyArgument(interpreter, arguments, &identity)) return RefuseFunction(interpreter);
  return Spawn(interpreter, arguments, ScriptUrl(interpreter.isolate()), ready.value, ending.value,
               exit.value, is_begun.value ? "dart:isolate" : identity.library_url,
               is_begun.value ? "_begin" : identity.name, "");
}

// arguments: the script's path, what _begin of dart:isolate is called with, the numbers of the port
// that is told of it, of the capability that ends it and of the port that is sent null at its end
// or kNoPort.
Done IsolateSpawnScript(Interpreter& interpreter, ObjectPtr* arguments, StringArg, AnyArg,
                        Int64Arg ready, Int64Arg ending, Int64Arg exit) FART_MAY_COLLECT {
  std::string script;
  {
    const NoSafepointScope quiet;
    script = ToUtf8(arguments[0], quiet);
  }
  return Spawn(interpreter, arguments, std::move(script), ready.value, ending.value, exit.value,
               "dart:isolate", "_begin", "_objection");
}

// arguments: the main port of an isolate, another port, and what that is sent when the isolate has
// ended.
Done IsolateAddExitMessage(Interpreter& interpreter, ObjectPtr* arguments, SendPortArg, SendPortArg,
                           AnyArg) FART_MAY_COLLECT {
  const PortId port = PortOf(arguments[1]);
  Isolate& isolate = interpreter.isolate();
  Message message;
  std::string error;
  if (!EncodeMessage(isolate, isolate.program(), Rooted(arguments + 2), &message, &error,
                     WhenStopped::kEnd)) {
    if (error.empty()) return Done::kStopped;
    return interpreter.Refuse(2, "cannot be sent: " + error);
  }
  IsolateRegistry::WithMainPort(PortOf(arguments[0]), [port, &message](Isolate& found) {
    found.exit_messages().Set(port, message);
  });
  return Answer(arguments, kNull);
}

Done IsolateRemoveExitMessage(Interpreter&, ObjectPtr* arguments, SendPortArg,
                              SendPortArg) FART_MAY_COLLECT {
  Message removed;
  const PortId port = PortOf(arguments[1]);
  IsolateRegistry::WithMainPort(PortOf(arguments[0]), [port, &removed](Isolate& found) {
    removed = found.exit_messages().Remove(port);
  });
  return Answer(arguments, kNull);
}

// arguments: the number of the capability that ends this isolate.
Done IsolateSetEnding(Interpreter& interpreter, ObjectPtr* arguments, Int64Arg ending) {
  interpreter.isolate().SetEndingCapability(ending.value);
  return Answer(arguments, kNull);
}

// Stops at once what runs there. arguments: the main port of an isolate, and the capability that
// ends it: without, nothing happens.
Done IsolateStop(Interpreter& interpreter, ObjectPtr* arguments, SendPortArg,
                 CapabilityArg) FART_MAY_COLLECT {
  std::int64_t ending = 0;
  {
    const NoSafepointScope quiet;
    ending = CapabilityId(arguments[1], quiet);
  }
  std::shared_ptr<MessageListener> listener;
  IsolateRegistry::WithMainPort(PortOf(arguments[0]), [ending, &listener](Isolate& found) {
    if (!found.EndsBy(ending)) return;
    found.RequestStop(StopKind::kForGood);
    listener = found.messages().listener();
  });
  // Whoever handles its messages elsewhere looks at it, and finds it stopped.
  if (listener != nullptr) listener->MessageCame();
  return interpreter.IsToStop() ? Done::kStopped : Answer(arguments, kNull);
}

constexpr IntrinsicEntry kEntries[] = {
    Native<CapabilityNew>("Capability_new"),
    Native<CapabilityIdOf>("Capability_id"),
    Native<SendPortIdOf>("SendPort_id"),
    Native<SendPortPost>("SendPort_post"),
    Native<PortOpen>("Port_open"),
    Native<PortClose>("Port_close"),
    Native<IsolateMainPort>("Isolate_mainPort"),
    Native<IsolateSpawn>("Isolate_spawn"),
    Native<IsolateScriptUrl>("Isolate_scriptUrl"),
    Native<IsolateMain>("Isolate_main"),
    Native<IsolateSpawnScript>("Isolate_spawnScript"),
    Native<EntryIsStatic>("Isolate_entryIsStatic"),
    Native<IsolateAddExitMessage>("Isolate_addExitMessage"),
    Native<IsolateRemoveExitMessage>("Isolate_removeExitMessage"),
    Native<IsolateSetEnding>("Isolate_setEnding"),
    Native<IsolateStop>("Isolate_stop"),
};

}  // namespace

std::span<const IntrinsicEntry> IsolateIntrinsics() { return kEntries; }

}  // namespace fart::lang
