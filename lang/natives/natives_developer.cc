// Natives of dart:developer: what a program says of itself to the trace of its collections.

#include <atomic>
#include <cstdint>
#include <string>

#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/natives.h"
#include "vm/memory/gc_trace.h"
#include "vm/values/strings.h"

namespace fart::lang {

namespace {

GcTrace& TraceOf(Interpreter& interpreter) { return interpreter.isolate().statistics().events(); }

// Whether anybody writes one: what is said costs nothing more otherwise.
Done IsTraced(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return Answer(arguments, BoolObject(TraceOf(interpreter).is_on()));
}

// Of all isolates, to which a program passes the numbers on.
Done NewTask(Interpreter&, ObjectPtr* arguments) FART_MAY_COLLECT {
  static std::atomic<std::int64_t> tasks = 0;
  return Answer(arguments, ObjectPtr::FromSmi(++tasks));
}

// (kind, name, arguments, task): as of GcTrace::Mark.
Done Mark(Interpreter& interpreter, ObjectPtr* arguments, StringArg, StringArg, StringArg,
          StringArg) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  const std::string kind = ToUtf8(arguments[0], quiet);
  if (kind.size() == 1) {
    TraceOf(interpreter)
        .Mark(kind.front(), ToUtf8(arguments[1], quiet), ToUtf8(arguments[2], quiet),
              ToUtf8(arguments[3], quiet));
  }
  return Answer(arguments, kNull);
}

constexpr IntrinsicEntry kEntries[] = {
    Native<IsTraced>("Timeline_isTraced"),
    Native<Mark>("Timeline_mark"),
    Native<NewTask>("Timeline_newTask"),
};

}  // namespace

std::span<const IntrinsicEntry> DeveloperIntrinsics() { return kEntries; }

}  // namespace fart::lang
