// Checks that the libraries' own Fart code makes of what a program gave it.

#include <cstdint>
#include <limits>

#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/natives.h"
#include "vm/values/strings.h"

namespace fart::lang {

namespace {

// arguments: a value, the smallest and the largest int that it may be (null: any), what the
// parameter is called. Answers the value.
Done CheckInt(Interpreter& interpreter, ObjectPtr* arguments, AnyArg, Int64Arg minimum,
              OrNull<Int64Arg> maximum, StringArg) FART_MAY_COLLECT {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  std::int64_t value = 0;
  const Taken taken{interpreter, arguments, 0};
  if (TakeWithin(taken, minimum.value, maximum.is_given ? maximum.given.value : kMost, &value)) {
    return Answer(arguments, arguments[0]);
  }
  const NoSafepointScope quiet;
  interpreter.NameRefused(ToUtf8(arguments[3], quiet));
  return Done::kRefused;
}

// arguments: a value, what the parameter is called.
template <typename Kind>
Done Check(Interpreter& interpreter, ObjectPtr* arguments, AnyArg, StringArg) FART_MAY_COLLECT {
  if (Kind().Take({interpreter, arguments, 0})) return Answer(arguments, arguments[0]);
  const NoSafepointScope quiet;
  interpreter.NameRefused(ToUtf8(arguments[1], quiet));
  return Done::kRefused;
}

constexpr IntrinsicEntry kEntries[] = {
    Native<CheckInt>("Check_int"),
    Native<Check<IntArg>>("Check_anyInt"),
    Native<Check<NumberArg>>("Check_num"),
    Native<Check<StringArg>>("Check_string"),
};

}  // namespace

std::span<const IntrinsicEntry> CheckIntrinsics() { return kEntries; }

}  // namespace fart::lang
