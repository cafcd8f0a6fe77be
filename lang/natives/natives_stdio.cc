// Natives of dart:io's standard streams, and of the end of the process.
//
// A number below 0 is minus the system's error number.

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "heap/platform/child_process.h"
#include "heap/platform/files.h"
#include "heap/platform/open_files.h"
#include "heap/platform/readiness.h"
#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/file_work.h"
#include "lang/natives/natives.h"
#include "lang/natives/stoppable_wait.h"
#include "lang/natives/text_arguments.h"
#include "vm/platform/exit_code.h"
#include "vm/platform/standard_output.h"
#include "vm/port/ports.h"
#include "vm/port/watches.h"
#include "vm/values/send_port.h"

namespace fart::lang {

namespace {

constexpr int kInput = 0;
constexpr int kErrors = 2;
constexpr std::size_t kPiece = std::size_t{1} << 16;

Done AnswerNumber(ObjectPtr* arguments, std::int64_t number) {
  return Answer(arguments, ObjectPtr::FromSmi(number));
}

// ---- The input. What has been read and not been taken is the process's: any isolate may take it.

class Input {
 public:
  static Input& OfProcess() {
    static auto* const input = new Input;
    return *input;
  }

  // What is taken of the bytes that have been read: how many `wanted` says of them, given whether
  // more may come; 0: more have to. Nothing: one has to wait. A number below 0: minus an errno.
  template <typename Wanted>
  std::optional<std::int64_t> TryTake(Wanted&& wanted, std::string* taken) {
    const std::lock_guard<std::mutex> guard(lock_);
    while (true) {
      if (const std::size_t count = wanted(std::string_view(bytes_), true)) {
        return Take(count, taken);
      }
      const std::int64_t count = ReadMore();
      if (count == -EAGAIN) return std::nullopt;
      if (count < 0) return count;
      if (count == 0) return Take(wanted(std::string_view(bytes_), false), taken);
    }
  }

  bool IsEmpty() {
    const std::lock_guard<std::mutex> guard(lock_);
    return bytes_.empty();
  }

 private:
  std::int64_t Take(std::size_t count, std::string* taken) {
    *taken = bytes_.substr(0, count);
    bytes_.erase(0, count);
    return static_cast<std::int64_t>(count);
  }

  // Without waiting.
  std::int64_t ReadMore() {
    std::vector<Awaited> all{{.descriptor = kInput}};
    WaitUntilReady(&all, 0);
    if (!all.front().is_ready) return -EAGAIN;
    const std::size_t before = bytes_.size();
    bytes_.resize(before + kPiece);
    const std::int64_t count = ReadWhatIsThere(kInput, bytes_.data() + before, kPiece);
    bytes_.resize(before + static_cast<std::size_t>(count > 0 ? count : 0));
    return count;
  }

  std::mutex lock_;
  std::string bytes_;
};

// Waits for it. False: the isolate is to stop.
template <typename Wanted>
bool TakeInput(Interpreter& interpreter, Wanted&& wanted, std::string* taken,
               std::int64_t* result) {
  std::optional<StoppableWait> wait;
  while (true) {
    const std::optional<std::int64_t> count = Input::OfProcess().TryTake(wanted, taken);
    if (count.has_value()) {
      *result = *count;
      return true;
    }
    if (!wait.has_value()) wait.emplace(interpreter);
    std::vector<Awaited> all{{.descriptor = kInput}};
    if (!wait->Until(&all, -1)) return false;
  }
}

// (whether as text, whether with what ends it): the next line; null at the end.
Done ReadLine(Interpreter& interpreter, ObjectPtr* arguments, BoolArg is_text,
              BoolArg retains) FART_MAY_COLLECT {
  std::string line;
  std::int64_t count = 0;
  std::size_t searched = 0;
  const auto whole_line = [&searched](std::string_view bytes, bool may_grow) {
    // Another isolate may have taken some meanwhile.
    const std::size_t end = bytes.find('\n', searched <= bytes.size() ? searched : 0);
    searched = bytes.size();
    if (end != std::string_view::npos) return end + 1;
    return may_grow ? 0 : bytes.size();
  };
  if (!TakeInput(interpreter, whole_line, &line, &count)) return Done::kStopped;
  if (count < 0) return AnswerNumber(arguments, count);
  if (count == 0) return Answer(arguments, kNull);
  if (!retains.value && line.ends_with('\n')) {
    line.pop_back();
    if (line.ends_with('\r')) line.pop_back();
  }
  const FileAnswer answer =
      is_text.value ? FileAnswer::Text(std::move(line)) : FileAnswer::Bytes(std::move(line));
  return DoNow(interpreter, arguments, [&answer] { return answer; });
}

// -1 at the end.
Done ReadByte(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  std::string byte;
  std::int64_t count = 0;
  const auto one = [](std::string_view bytes, bool) {
    return bytes.empty() ? std::size_t{0} : std::size_t{1};
  };
  if (!TakeInput(interpreter, one, &byte, &count)) return Done::kStopped;
  return AnswerNumber(arguments, count <= 0 ? -1 : static_cast<unsigned char>(byte[0]));
}

// What is there: none at the end; null: nothing yet.
Done TakeWhatIsThere(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  std::string bytes;
  const std::optional<std::int64_t> count =
      Input::OfProcess().TryTake([](std::string_view there, bool) { return there.size(); }, &bytes);
  if (!count.has_value()) return Answer(arguments, kNull);
  if (*count < 0) return AnswerNumber(arguments, *count);
  return DoNow(interpreter, arguments, [&bytes] { return FileAnswer::Bytes(std::move(bytes)); });
}

Done HasInput(Interpreter&, ObjectPtr* arguments) FART_MAY_COLLECT {
  return Answer(arguments, BoolObject(!Input::OfProcess().IsEmpty()));
}

// (the port that is told when there is some)
Done WatchInput(Interpreter& interpreter, ObjectPtr* arguments, SendPortArg) FART_MAY_COLLECT {
  PortId port = kNoPort;
  {
    const NoSafepointScope quiet;
    port = SendPortId(arguments[0], quiet);
  }
  if (!WatchDescriptor(port, kInput, false)) {
    return RaiseUnsupported(interpreter, arguments, "The system has no thread for files");
  }
  return Answer(arguments, kNull);
}

// ---- The output and the errors

Done WriteOutput(Interpreter&, ObjectPtr* arguments, ContentArg content) FART_MAY_COLLECT {
  PrintText(content.value);
  return Answer(arguments, kNull);
}

Done Flush(Interpreter&, ObjectPtr* arguments) FART_MAY_COLLECT {
  FlushOutput();
  return Answer(arguments, kNull);
}

Done WriteErrors(Interpreter&, ObjectPtr* arguments, ContentArg content) FART_MAY_COLLECT {
  return AnswerNumber(arguments, WriteTo(kErrors, content.value));
}

// ---- Terminals

using StreamArg = RangeArg<0, 2>;

Done Kind(Interpreter&, ObjectPtr* arguments, StreamArg stream) FART_MAY_COLLECT {
  const StreamKind kind = KindOfStream(static_cast<int>(stream.value));
  return AnswerNumber(arguments, static_cast<std::int64_t>(kind));
}

// (stream, whether its lines are asked for)
Done Size(Interpreter&, ObjectPtr* arguments, StreamArg stream,
          BoolArg wants_lines) FART_MAY_COLLECT {
  return AnswerNumber(arguments, SizeOfTerminal(static_cast<int>(stream.value), wants_lines.value));
}

// (whether lines are meant, whether on; null: it is asked for)
Done Mode(Interpreter&, ObjectPtr* arguments, BoolArg wants_lines,
          OrNull<BoolArg> is_on) FART_MAY_COLLECT {
  return AnswerNumber(arguments, is_on.is_given
                                     ? SetTerminalMode(wants_lines.value, is_on.given.value)
                                     : TerminalMode(wants_lines.value));
}

// ---- The end

// Ends the process, at once.
Done Exit(Interpreter&, ObjectPtr*, Int64Arg code) FART_MAY_COLLECT {
  EndProcess(static_cast<int>(code.value & 0xFF));
}

Done ExitCode(Interpreter& interpreter, ObjectPtr* arguments) FART_MAY_COLLECT {
  return AnswerInteger(interpreter, arguments, exit_code.load());
}

Done SetExitCode(Interpreter&, ObjectPtr* arguments, Int64Arg code) FART_MAY_COLLECT {
  exit_code.store(code.value);
  return Answer(arguments, kNull);
}

constexpr IntrinsicEntry kEntries[] = {
    Native<ReadLine>("Stdin_readLine"),
    Native<ReadByte>("Stdin_readByte"),
    Native<TakeWhatIsThere>("Stdin_take"),
    Native<HasInput>("Stdin_hasInput"),
    Native<WatchInput>("Stdin_watch"),
    Native<WriteOutput>("Stdout_write"),
    Native<Flush>("Stdout_flush"),
    Native<WriteErrors>("Stderr_write"),
    Native<Kind>("Stdio_kind"),
    Native<Size>("Stdio_size"),
    Native<Mode>("Stdio_mode"),
    Native<Exit>("System_exit"),
    Native<ExitCode>("System_exitCode"),
    Native<SetExitCode>("System_setExitCode"),
};

}  // namespace

std::span<const IntrinsicEntry> StdioIntrinsics() { return kEntries; }

}  // namespace fart::lang
