#include "lang/async_entry.h"

#include "heap/base/check.h"
#include "vm/memory/core_shapes.h"
#include "vm/native/libraries.h"
#include "vm/roots/execution_stack.h"
#include "vm/values/numbers.h"
#include "vm/values/send_port.h"

namespace fart::lang {

void AsyncEntry::Bind() {
  LinkedLibrary& async = LibraryOf("dart:async");
  LinkedLibrary& ports = LibraryOf("dart:isolate");
  run_microtasks_ = linker_.FindFunction(async, FunctionKind::kFunction, "_runMicrotasks");
  handle_message_ = linker_.FindFunction(ports, FunctionKind::kFunction, "_handleMessage");
  first_microtask_ = linker_.FindStatic(async, "_first");
  FART_CHECK(run_microtasks_ != nullptr && handle_message_ != nullptr);
  FART_CHECK(first_microtask_ != nullptr);
}

LinkedLibrary& AsyncEntry::LibraryOf(const char* url) {
  const fart::Library* const library = isolate_.libraries().FindByUrl(url);
  FART_CHECK(library != nullptr);  // dart:core exports some of it.
  return linker_.LibraryOf(library->number);
}

bool AsyncEntry::HasMicrotasks() const {
  const ObjectPtr first = first_microtask_->value->value;
  return first != kUninitialised && !first.is_null();
}

Outcome AsyncEntry::RunMicrotasks() {
  if (!HasMicrotasks()) return Outcome::Immediate(kTrue);
  const Outcome done = interpreter_.InvokeFunction(run_microtasks_, {});
  return done.IsError() ? done : Outcome::Immediate(kTrue);
}

Outcome AsyncEntry::HandleMessage(const MessageOrigin& origin, Rooted message) {
  StackRoots<4> arguments(isolate_.stack());
  {
    const FreshObject port = NewInteger(isolate_.mutator(), origin.port);
    if (port.is_null()) return isolate_.ReadyErrorOutcome(ErrorText::kOutOfMemory);
    const NoSafepointScope quiet;
    arguments.Set(0, port.Get(quiet));
  }
  if (origin.reply_port != kNoPort) {
    const FreshObject reply = NewSendPort(isolate_.mutator(), origin.reply_port, kNoPort);
    if (reply.is_null()) return isolate_.ReadyErrorOutcome(ErrorText::kOutOfMemory);
    const NoSafepointScope quiet;
    arguments.Set(1, reply.Get(quiet));
  }
  {
    const NoSafepointScope quiet;
    arguments.Set(2, BoolObject(origin.is_error));
    arguments.Set(3, message.Get(quiet));
  }
  const Outcome handled = interpreter_.InvokeFunction(handle_message_, arguments.all());
  return handled.IsError() ? handled : RunMicrotasks();
}

}  // namespace fart::lang
