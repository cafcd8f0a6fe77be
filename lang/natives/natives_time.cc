// Natives of DateTime and Stopwatch: the clocks, and the time zone of the system.

#include <chrono>
#include <cstdint>
#include <ctime>
#include <string>

#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/natives.h"

namespace fart::lang {

namespace {

template <typename Clock>
Done AnswerClock(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  const auto since = Clock::now().time_since_epoch();
  return AnswerInteger(interpreter, arguments,
                       std::chrono::duration_cast<std::chrono::microseconds>(since).count());
}

Done Now(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return AnswerClock<std::chrono::system_clock>(interpreter, arguments);
}

Done Ticks(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return AnswerClock<std::chrono::steady_clock>(interpreter, arguments);
}

// What local time is at a moment; where the system does not know, it is UTC.
std::tm LocalTime(std::int64_t seconds) {
  const auto moment = static_cast<std::time_t>(seconds);
  std::tm local{};
  if (localtime_r(&moment, &local) == nullptr) local = std::tm{};
  return local;
}

// (seconds since 1970): how far local time is ahead of UTC, in seconds.
Done LocalOffset(Interpreter&, ObjectPtr* arguments, Int64Arg seconds) FART_MAY_COLLECT {
  return Answer(arguments, ObjectPtr::FromSmi(LocalTime(seconds.value).tm_gmtoff));
}

Done ZoneName(Interpreter& interpreter, ObjectPtr* arguments, Int64Arg seconds) FART_MAY_COLLECT {
  const char* const name = LocalTime(seconds.value).tm_zone;
  return AnswerText(interpreter, arguments, name == nullptr ? "UTC" : name);
}

constexpr IntrinsicEntry kEntries[] = {
    Native<Now>("Time_now"),
    Native<Ticks>("Time_ticks"),
    Native<LocalOffset>("Time_localOffset"),
    Native<ZoneName>("Time_zoneName"),
};

}  // namespace

std::span<const IntrinsicEntry> TimeIntrinsics() { return kEntries; }

}  // namespace fart::lang
