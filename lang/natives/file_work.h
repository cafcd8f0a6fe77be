// FileWork -- what a native of files asks of the system: at once, or on a thread of the VM's pool.
//
// Of each such native there is one function, which makes of its arguments what is to be done: a
// function that knows no object. Whether the program waits for it says the native's last argument,
// the port that is sent the answer; null: the native answers it.
//
// Not here: what there is to do (natives_file.cc, natives_open_file.cc).

#ifndef FART_LANG_NATIVES_FILE_WORK_H_
#define FART_LANG_NATIVES_FILE_WORK_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "heap/base/safepoint.h"
#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "vm/values/send_port.h"

namespace fart::lang {

struct FileAnswer {
  enum class Kind : std::uint8_t { kNumber, kNull, kText, kBytes, kNumbers };
  Kind kind = Kind::kNumber;
  std::int64_t number = 0;  // Below 0: minus an errno.
  std::string bytes;        // Of kText, in UTF-8.
  std::vector<std::int64_t> numbers;

  static FileAnswer Number(std::int64_t number) {
    return {.number = number, .bytes = {}, .numbers = {}};
  }
  static FileAnswer Null() { return {.kind = Kind::kNull, .bytes = {}, .numbers = {}}; }
  static FileAnswer Text(std::string text) {
    return {.kind = Kind::kText, .bytes = std::move(text), .numbers = {}};
  }
  static FileAnswer Bytes(std::string bytes) {
    return {.kind = Kind::kBytes, .bytes = std::move(bytes), .numbers = {}};
  }
  static FileAnswer Numbers(std::vector<std::int64_t> numbers) {
    return {.kind = Kind::kNumbers, .bytes = {}, .numbers = std::move(numbers)};
  }
};

// Lets no exception out but std::bad_alloc.
using FileWork = std::function<FileAnswer()>;

Done DoNow(Interpreter& interpreter, ObjectPtr* arguments, const FileWork& work) FART_MAY_COLLECT;
Done DoLater(Interpreter& interpreter, ObjectPtr* arguments, FileWork work,
             PortId port) FART_MAY_COLLECT;

template <auto make>
struct NowOrLater;

template <typename... Args, FileWork (*make)(Args...)>
struct NowOrLater<make> {
  static Done Run(Interpreter& interpreter, ObjectPtr* arguments, Args... taken,
                  OrNull<SendPortArg> port) FART_MAY_COLLECT {
    FileWork work = make(std::move(taken)...);
    if (!port.is_given) return DoNow(interpreter, arguments, work);
    PortId told = kNoPort;
    {
      const NoSafepointScope quiet;
      told = SendPortId(arguments[sizeof...(Args)], quiet);
    }
    return DoLater(interpreter, arguments, std::move(work), told);
  }
};

template <auto make>
constexpr IntrinsicEntry NativeWork(std::string_view name) {
  return Native<NowOrLater<make>::Run>(name);
}

}  // namespace fart::lang

#endif  // FART_LANG_NATIVES_FILE_WORK_H_
