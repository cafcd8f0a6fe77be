#include "vm/event_loop.h"

#include <optional>
#include <string>
#include <utility>

#include "heap/platform/off_heap.h"
#include "vm/isolate.h"
#include "vm/message/message.h"
#include "vm/port/message_queue.h"
#include "vm/port/reply_scope.h"
#include "vm/program.h"
#include "vm/roots/execution_stack.h"
#include "vm/values/errors.h"
#include "vm/values/strings.h"

namespace fart {

namespace {

constexpr const char* kHandlerFailed = "The message's handler ended with an error.";

// The sticky error, taken away, in place of a success.
Outcome OrStickyError(Isolate& isolate, const Outcome& outcome) FART_MAY_COLLECT {
  if (outcome.IsError() || isolate.sticky_error().is_null()) return outcome;
  const NoSafepointScope quiet;
  const ObjectPtr error = isolate.sticky_error().Get(quiet);
  isolate.SetStickyError(kNull, quiet);
  return Outcome::Error(error, quiet);
}

// What the waiting side is told of an error: its message, where it has one that can be read
// without running the program.
std::string TextFor(const Outcome& error) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  const ObjectPtr message = ErrorMessage(error.Get(quiet), quiet);
  return message.is_null() ? kHandlerFailed : ToUtf8(message, quiet);
}

Outcome DecodeAndHandle(Isolate& isolate, Delivery delivery) FART_MAY_COLLECT {
  StackRoots<1> value(isolate.stack());
  {
    const Outcome decoded = DecodeMessage(isolate, isolate.program(), delivery.message);
    if (decoded.IsError()) return decoded;
    const NoSafepointScope quiet;
    value.Set(0, decoded.Get(quiet));
  }
  const MessageOrigin origin{.port = delivery.port,
                             .reply_port = delivery.message.reply_port(),
                             .is_error = delivery.message.is_error()};
  return isolate.program().HandleMessage(origin, value[0]);
}

Outcome Handle(Isolate& isolate, Delivery delivery) FART_MAY_COLLECT {
  ReplyScope reply(delivery.message.is_error() ? kNoPort : delivery.message.reply_port());
  const Outcome outcome = DecodeAndHandle(isolate, std::move(delivery));
  if (outcome.IsError()) reply.Fail(TextFor(outcome));
  OffHeapGiveBackIfWorthIt();
  return OrStickyError(isolate, outcome);
}

}  // namespace

Outcome HandleOneMessage(Isolate& isolate) {
  std::optional<Delivery> delivery = isolate.messages().TryTake();
  if (delivery.has_value()) return Handle(isolate, std::move(*delivery));
  return OrStickyError(isolate, isolate.program().RunMicrotasks());
}

Outcome HandleWaitingMessages(Isolate& isolate) {
  const Outcome outcome = OrStickyError(isolate, isolate.program().RunMicrotasks());
  if (outcome.IsError()) return outcome;
  while (std::optional<Delivery> delivery = isolate.messages().TryTake()) {
    const Outcome handled = Handle(isolate, std::move(*delivery));
    if (handled.IsError()) return handled;
  }
  return Outcome::Immediate(kTrue);
}

Outcome RunEventLoop(Isolate& isolate) {
  const Outcome outcome = OrStickyError(isolate, isolate.program().RunMicrotasks());
  if (outcome.IsError()) return outcome;
  while (isolate.messages().HasLivePorts()) {
    std::optional<Delivery> delivery = isolate.messages().WaitAndTake();
    if (!delivery.has_value()) return NewFatalError(isolate, "The isolate has been stopped.");
    const Outcome handled = Handle(isolate, std::move(*delivery));
    if (handled.IsError()) return handled;
  }
  return Outcome::Immediate(kTrue);
}

}  // namespace fart
