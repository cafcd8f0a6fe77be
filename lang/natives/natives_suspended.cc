// Natives of dart:core: bodies that are left in the middle (lang/interpreter/suspend.cc).

#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/natives.h"

namespace fart::lang {

namespace {

// (body, state, value, whether to throw it, its stack trace)
Done Resume(Interpreter& interpreter, ObjectPtr* arguments, ClosureArg, ListArg, AnyArg, BoolArg,
            AnyArg) FART_MAY_COLLECT {
  bool is_suspended;
  {
    const NoSafepointScope quiet;
    is_suspended = interpreter.IsSuspended(arguments[1], quiet);
  }
  if (!is_suspended) return interpreter.Refuse(1, "must be the state of a body that is suspended");
  return Done::kResume;
}

constexpr IntrinsicEntry kEntries[] = {
    Native<Resume>("Suspended_resume"),
};

}  // namespace

std::span<const IntrinsicEntry> SuspendedIntrinsics() { return kEntries; }

}  // namespace fart::lang
