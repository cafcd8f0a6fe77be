#include "vm/event_loop.h"

#include <limits>
#include <new>
#include <optional>
#include <string>
#include <utility>

#include "heap/platform/clock.h"
#include "heap/platform/off_heap.h"
#include "vm/isolate.h"
#include "vm/memory/no_memory.h"
#include "vm/message/message.h"
#include "vm/message/message_codec.h"
#include "vm/platform/standard_output.h"
#include "vm/port/message_queue.h"
#include "vm/port/reply_scope.h"
#include "vm/port/timers.h"
#include "vm/port/watches.h"
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

void FailFor(const Outcome& error, ReplyScope* reply) FART_MAY_COLLECT {
  try {
    reply->Fail(TextFor(error));
  } catch (const std::bad_alloc&) {
    reply->Fail(kHandlerFailed);
  }
}

Outcome DecodeAndHandle(Isolate& isolate, Delivery delivery) FART_MAY_COLLECT {
  StackRoots<1> value(isolate.stack());
  {
    const Outcome decoded = DecodeMessage(isolate, isolate.program(), delivery.message);
    // What stops the isolate may have been the reason.
    if (isolate.IsStopRequested())
      return isolate.NewStopError(isolate.ConstantObject(Constant::kNull));
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
  const Outcome outcome = OrNoMemory(isolate, [&]() FART_NO_SAFEPOINT_ANALYSIS {
    return DecodeAndHandle(isolate, std::move(delivery));
  });
  if (outcome.IsError()) FailFor(outcome, &reply);
  OffHeapGiveBackIfWorthIt();
  return OrStickyError(isolate, outcome);
}

}  // namespace

Outcome HandleOneMessage(Isolate& isolate) {
  const ProgramSection running(isolate);
  if (isolate.IsStopRequested())
    return isolate.NewStopError(isolate.ConstantObject(Constant::kNull));
  static_cast<void>(ResumeTimers());  // Refused, they wait for the next time.
  static_cast<void>(ResumeWatches());
  std::optional<Delivery> delivery = isolate.messages().TryTake();
  if (delivery.has_value()) return Handle(isolate, std::move(*delivery));
  return OrStickyError(isolate, isolate.program().RunMicrotasks());
}

Outcome HandleWaitingMessages(Isolate& isolate) {
  std::size_t handled = 0;
  return HandleSomeMessages(isolate, std::numeric_limits<std::size_t>::max(),
                            std::numeric_limits<std::int64_t>::max(), &handled);
}

Outcome HandleSomeMessages(Isolate& isolate, std::size_t most, std::int64_t deadline_ns,
                           std::size_t* handled) {
  constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
  const ProgramSection running(isolate);
  *handled = 0;
  static_cast<void>(ResumeTimers());  // Refused, they wait for the next time.
  static_cast<void>(ResumeWatches());
  const Outcome outcome = OrStickyError(isolate, isolate.program().RunMicrotasks());
  if (outcome.IsError()) return outcome;
  while (*handled < most && (deadline_ns == kNever || MonotonicNs() < deadline_ns)) {
    if (isolate.IsStopRequested())
      return isolate.NewStopError(isolate.ConstantObject(Constant::kNull));
    std::optional<Delivery> delivery = isolate.messages().TryTake();
    if (!delivery.has_value()) break;
    ++*handled;
    const Outcome result = Handle(isolate, std::move(*delivery));
    if (result.IsError()) return result;
  }
  return Outcome::Immediate(kTrue);
}

Outcome RunEventLoop(Isolate& isolate) {
  const ProgramSection running(isolate);
  const Outcome outcome = OrStickyError(isolate, isolate.program().RunMicrotasks());
  if (outcome.IsError()) return outcome;
  while (isolate.messages().HasLivePorts()) {
    // What has been handled may have forked, and this is the child.
    if (!ResumeTimers()) return NewApiError(isolate, "The system has no thread for timers.");
    if (!ResumeWatches()) {
      return NewApiError(isolate, "The system has no thread for files and processes.");
    }
    // Who waits for what was printed shall not wait as long as the program does.
    if (isolate.messages().size() == 0) FlushOutput();
    std::optional<Delivery> delivery;
    {
      const ReleasedSection released(isolate.waits_outside() ? &isolate : nullptr);
      delivery = isolate.messages().WaitAndTake();
    }
    if (!delivery.has_value() && isolate.messages().TakeWake()) {
      isolate.callbacks().RunLook();
      continue;
    }
    if (!delivery.has_value()) return isolate.NewStopError(isolate.ConstantObject(Constant::kNull));
    const Outcome handled = Handle(isolate, std::move(*delivery));
    if (handled.IsError()) return handled;
  }
  return Outcome::Immediate(kTrue);
}

}  // namespace fart
