// Natives of dart:io's processes, and of sleeping.
//
// What answers a number answers minus the system's error number where that refuses.

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <functional>
#include <iterator>
#include <limits>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "heap/platform/child_process.h"
#include "heap/platform/clock.h"
#include "heap/platform/host.h"
#include "heap/platform/readiness.h"
#include "lang/interpreter/interpreter.h"
#include "lang/natives/arguments.h"
#include "lang/natives/natives.h"
#include "lang/natives/open_file.h"
#include "lang/natives/stoppable_wait.h"
#include "lang/natives/text_arguments.h"
#include "vm/platform/standard_output.h"
#include "vm/port/watches.h"
#include "vm/values/lists.h"
#include "vm/values/numbers.h"
#include "vm/values/send_port.h"
#include "vm/values/typed_data.h"

namespace fart::lang {

namespace {

// Bytes that are read at once.
constexpr std::size_t kPiece = std::size_t{1} << 16;
using ProcessNumberArg =
    RangeArg<std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()>;
using SignalArg = RangeArg<1, 64>;

Done AnswerNumber(ObjectPtr* arguments, std::int64_t number) {
  return Answer(arguments, ObjectPtr::FromSmi(number));
}

PortId PortOf(ObjectPtr send_port) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  return send_port.is_null() ? kNoPort : SendPortId(send_port, quiet);
}

void SetPlace(Interpreter& interpreter, ObjectPtr places, std::size_t place,
              ObjectPtr value) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  ListSetAt(interpreter.mutator(), places, place, value, quiet);
}

// False: there is no memory.
bool SetBytes(Interpreter& interpreter, ObjectPtr* places, std::size_t place,
              const std::string& bytes) FART_MAY_COLLECT {
  const FreshObject data = NewBytesToFill(interpreter.mutator(), bytes.size());
  if (data.is_null()) return false;
  const NoSafepointScope quiet;
  const ObjectPtr object = data.Get(quiet);
  std::memcpy(BytesOf(object, quiet).first, bytes.data(), bytes.size());
  ListSetAt(interpreter.mutator(), *places, place, object, quiet);
  return true;
}

// ---- Starting

// What a child is given: its own, and the rest of this process's.
std::vector<std::string> WithParents(std::vector<std::string> own) {
  const auto name_of = [](const std::string& entry) {
    return std::string_view(entry).substr(0, entry.find('='));
  };
  std::set<std::string, std::less<>> names;
  for (const std::string& entry : own) names.emplace(name_of(entry));
  for (std::string& entry : EnvironmentEntries()) {
    if (!names.contains(name_of(entry))) own.push_back(std::move(entry));
  }
  return own;
}

ChildRequest RequestOf(PlainTextArg& executable, TextsArg& texts, TextsArg& environment,
                       BoolArg with_parents, PlainTextArg& folder) {
  return {.executable = std::move(executable.value),
          .arguments = std::move(texts.value),
          .folder = std::move(folder.value),
          .environment = with_parents.value ? WithParents(std::move(environment.value))
                                            : std::move(environment.value)};
}

// Nobody looks after it: it ends here.
void EndAtOnce(int child) {
  SendSignal(child, SIGKILL);
  int ignored = 0;
  std::vector<Awaited> none;
  while (!TakeEndOfChild(child, &ignored)) WaitUntilReady(&none, 1);
}

// (executable, arguments, environment, whether with this process's, folder, streams, whether
// detached, the port that is told of its end or null, places): fills in who owns the descriptors of
// input, output and errors. The process's number.
Done Start(Interpreter& interpreter, ObjectPtr* arguments, PlainTextArg executable, TextsArg texts,
           TextsArg environment, BoolArg with_parents, PlainTextArg folder, RangeArg<0, 2> streams,
           BoolArg is_detached, OrNull<SendPortArg>, ListArg) FART_MAY_COLLECT {
  if (ListArg::LengthOf(arguments[8]) != 3) return interpreter.Refuse(8, "must have 3 elements");
  ChildRequest request = RequestOf(executable, texts, environment, with_parents, folder);
  request.streams = static_cast<ChildStreams>(streams.value);
  request.is_detached = is_detached.value;
  std::shared_ptr<OpenFile> files[3];
  for (std::size_t i = 0; i < std::size(files); ++i) {
    files[i] = NewOpenFile(interpreter, arguments);  // The executable's slot.
    if (files[i] == nullptr) return OutOfMemory(interpreter);
    SetPlace(interpreter, arguments[8], i, arguments[0]);
  }
  FlushOutput();
  Child child;
  if (const int error = StartChild(request, &child)) return AnswerNumber(arguments, error);
  files[0]->Set(child.input);
  files[1]->Set(child.output);
  files[2]->Set(child.errors);
  if (!WatchChild(PortOf(arguments[7]), child.number)) {
    EndAtOnce(child.number);
    return RaiseUnsupported(interpreter, arguments, "The system has no thread for processes");
  }
  return AnswerNumber(arguments, child.number);
}

// ---- Running, while the isolate waits

// Whatever becomes of the one who waits, its descriptors are closed, and its end is taken.
struct RunningChild {
  Child child;
  int ending = -1;
  int code = kUnknownEnd;
  bool has_ended = false;

  RunningChild() = default;
  ~RunningChild() {
    CloseDescriptor(child.output);
    CloseDescriptor(child.errors);
    CloseDescriptor(ending);
    if (child.number != 0 && !has_ended && !WatchChild(kNoPort, child.number)) {
      EndAtOnce(child.number);
    }
  }
  RunningChild(const RunningChild&) = delete;
  RunningChild& operator=(const RunningChild&) = delete;

  bool IsOver() const { return has_ended && child.output < 0 && child.errors < 0; }
};

void ReadPiece(int* descriptor, std::string* bytes) {
  if (*descriptor < 0) return;
  char piece[kPiece];
  const std::int64_t count = ReadWhatIsThere(*descriptor, piece, sizeof(piece));
  if (count == -EAGAIN) return;
  if (count > 0) {
    bytes->append(piece, static_cast<std::size_t>(count));
    return;
  }
  CloseDescriptor(*descriptor);
  *descriptor = -1;
}

// (executable, arguments, environment, whether with this process's, folder, places): fills in the
// process's number, what it ended with, and all that it wrote to its output and as errors. 0.
Done Run(Interpreter& interpreter, ObjectPtr* arguments, PlainTextArg executable, TextsArg texts,
         TextsArg environment, BoolArg with_parents, PlainTextArg folder,
         ListArg) FART_MAY_COLLECT {
  if (ListArg::LengthOf(arguments[5]) != 4) return interpreter.Refuse(5, "must have 4 elements");
  const ChildRequest request = RequestOf(executable, texts, environment, with_parents, folder);
  std::string output;
  std::string errors;
  StoppableWait wait(interpreter);
  RunningChild running;
  Child& child = running.child;
  if (const int error = StartChild(request, &child)) return AnswerNumber(arguments, error);
  CloseDescriptor(child.input);
  running.ending = OpenChild(child.number);
  while (true) {
    ReadPiece(&child.output, &output);
    ReadPiece(&child.errors, &errors);
    if (!running.has_ended) running.has_ended = TakeEndOfChild(child.number, &running.code);
    if (running.IsOver()) break;
    std::vector<Awaited> all{{.descriptor = child.output},
                             {.descriptor = child.errors},
                             {.descriptor = running.has_ended ? -1 : running.ending}};
    const bool must_be_asked = !running.has_ended && running.ending < 0;
    if (!wait.Until(&all, must_be_asked ? 5 : -1)) return Done::kStopped;
  }
  SetPlace(interpreter, arguments[5], 0, ObjectPtr::FromSmi(child.number));
  SetPlace(interpreter, arguments[5], 1, ObjectPtr::FromSmi(running.code));
  if (!SetBytes(interpreter, arguments + 5, 2, output) ||
      !SetBytes(interpreter, arguments + 5, 3, errors)) {
    return OutOfMemory(interpreter);
  }
  return AnswerNumber(arguments, 0);
}

// ---- Pipes

// (file): bytes that are there, none at the end; null: nothing yet.
Done ReadPipe(Interpreter& interpreter, ObjectPtr* arguments, OpenFileArg file) FART_MAY_COLLECT {
  char piece[kPiece];
  const std::int64_t count = ReadWhatIsThere(file.value->descriptor(), piece, sizeof(piece));
  if (count == -EAGAIN) return Answer(arguments, kNull);
  if (count < 0) return AnswerNumber(arguments, count);
  const auto length = static_cast<std::size_t>(count);
  const FreshObject data = NewBytesToFill(interpreter.mutator(), length);
  if (data.is_null()) return OutOfMemory(interpreter);
  const NoSafepointScope quiet;
  const ObjectPtr object = data.Get(quiet);
  std::memcpy(BytesOf(object, quiet).first, piece, length);
  return Answer(arguments, object);
}

// (file, bytes, how many of them have been written): how many more have.
Done WritePipe(Interpreter&, ObjectPtr* arguments, OpenFileArg file, TypedDataArg,
               LengthArg start) FART_MAY_COLLECT {
  const NoSafepointScope quiet;
  const DataBytes bytes = BytesOf(arguments[1], quiet);
  std::string_view rest(reinterpret_cast<const char*>(bytes.first), bytes.length);
  rest.remove_prefix(std::min(rest.size(), static_cast<std::size_t>(start.value)));
  rest = rest.substr(0, kPiece);
  const std::int64_t count = WriteWhatFits(file.value->descriptor(), rest);
  return AnswerNumber(arguments, count == -EAGAIN ? 0 : count);
}

// (file, whether to write to it, the port that is told when that is possible)
Done WatchPipe(Interpreter& interpreter, ObjectPtr* arguments, OpenFileArg file,
               BoolArg is_for_writing, SendPortArg) FART_MAY_COLLECT {
  if (!WatchDescriptor(PortOf(arguments[2]), file.value->descriptor(), is_for_writing.value)) {
    return RaiseUnsupported(interpreter, arguments, "The system has no thread for files");
  }
  return Answer(arguments, kNull);
}

Done ClosePipe(Interpreter&, ObjectPtr* arguments, OpenFileArg file) FART_MAY_COLLECT {
  file.value->Close();
  return Answer(arguments, kNull);
}

// ---- Others

// (process, signal, whether it is one that this one has started): whether it was sent.
Done Kill(Interpreter&, ObjectPtr* arguments, ProcessNumberArg process, SignalArg signal,
          BoolArg is_child) FART_MAY_COLLECT {
  const auto number = static_cast<int>(process.value);
  const auto sent = static_cast<int>(signal.value);
  return Answer(arguments,
                BoolObject(is_child.value ? SignalChild(number, sent) : SendSignal(number, sent)));
}

Done ProcessNumber(Interpreter&, ObjectPtr* arguments) FART_MAY_COLLECT {
  return AnswerNumber(arguments, OwnProcess());
}

// (milliseconds)
Done Sleep(Interpreter& interpreter, ObjectPtr* arguments,
           RangeArg<0, std::numeric_limits<std::int64_t>::max() / 2'000'000> time)
    FART_MAY_COLLECT {
  constexpr std::int64_t kMillisecond = 1'000'000;
  const std::int64_t end = MonotonicNs() + time.value * kMillisecond;
  StoppableWait wait(interpreter);
  std::vector<Awaited> none;
  for (std::int64_t left = time.value; left > 0;
       left = (end - MonotonicNs() + kMillisecond - 1) / kMillisecond) {
    if (!wait.Until(&none, left)) return Done::kStopped;
  }
  return Answer(arguments, kNull);
}

constexpr IntrinsicEntry kEntries[] = {
    Native<Start>("Process_start"),  Native<Run>("Process_run"),
    Native<Kill>("Process_kill"),    Native<ProcessNumber>("Process_number"),
    Native<ReadPipe>("Pipe_read"),   Native<WritePipe>("Pipe_write"),
    Native<WatchPipe>("Pipe_watch"), Native<ClosePipe>("Pipe_close"),
    Native<Sleep>("System_sleep"),
};

}  // namespace

std::span<const IntrinsicEntry> ProcessIntrinsics() { return kEntries; }

}  // namespace fart::lang
