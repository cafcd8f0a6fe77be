// Natives of dart:async.

#include <chrono>
#include <cstdint>

#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/natives.h"
#include "vm/memory/core_shapes.h"
#include "vm/port/timers.h"
#include "vm/values/numbers.h"
#include "vm/values/send_port.h"

namespace fart::lang {

namespace {

// arguments: what is thrown, its stack trace or null.
Done ThrowAgain(Interpreter& interpreter, ObjectPtr* arguments, AnyArg, AnyArg) FART_MAY_COLLECT {
  const bool has_trace = HasShape(arguments[1], core_shape::kStackTrace);
  interpreter.SetPendingAgain(arguments[0], has_trace ? arguments[1] : kNull);
  return Done::kThrowAgain;
}

// arguments: a function, how many arguments it would be given.
Done Takes(Interpreter& interpreter, ObjectPtr* arguments, AnyArg,
           RangeArg<0, kMaxArguments> count) FART_MAY_COLLECT {
  return Answer(arguments, BoolObject(interpreter.Accepts(
                               arguments[0], static_cast<std::uint32_t>(count.value))));
}

// arguments: the send port of an open port, milliseconds.
Done TimerStart(Interpreter& interpreter, ObjectPtr* arguments, SendPortArg,
                IntArg) FART_MAY_COLLECT {
  PortId port = kNoPort;
  std::int64_t delay = 0;
  {
    const NoSafepointScope quiet;
    port = SendPortId(arguments[0], quiet);
    // One that is too long to count in 64 bits is as good as never.
    delay = IsInt64(arguments[1]) ? IntegerValue(arguments[1], quiet) : INT64_MAX;
  }
  if (!StartTimer(port, std::chrono::milliseconds(delay))) {
    return RaiseUnsupported(interpreter, arguments, "The system has no thread for timers");
  }
  return Answer(arguments, kNull);
}

constexpr IntrinsicEntry kEntries[] = {
    Native<ThrowAgain>("Async_throwAgain"),
    Native<Takes>("Async_takes"),
    Native<TimerStart>("Timer_start"),
};

}  // namespace

std::span<const IntrinsicEntry> AsyncIntrinsics() { return kEntries; }

}  // namespace fart::lang
