#include "vm/ffi/callback_entry.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "vm/entry/enterable.h"
#include "vm/entry/foreign_frame.h"
#include "vm/entry/misuse.h"
#include "vm/ffi/native_callback.h"
#include "vm/memory/no_memory.h"
#include "vm/message/message_codec.h"
#include "vm/message/message_writer.h"
#include "vm/native/native_call.h"
#include "vm/posting.h"
#include "vm/program.h"
#include "vm/roots/execution_stack.h"
#include "vm/unwind/foreign_mark.h"
#include "vm/values/errors.h"
#include "vm/values/strings.h"

namespace fart::ffi {

namespace {
constinit thread_local int visits_of_thread = 0;
constinit thread_local bool is_thread_of_c = false;  // while there are any
}  // namespace

// A thread's presence in the isolate of a callback: it enters, unless the isolate ends (VF-N2), and
// has left by the end of this; an isolate that it was inside of before it is inside again.
class Visit {
 public:
  explicit Visit(CallbackGate& gate) : gate_(gate), released_(Enterable::Current()) {
    {
      const std::lock_guard<std::mutex> guard(gate.lock_);
      if (gate.has_ended()) return;
      ++gate.visits_;
    }
    is_counted_ = true;
    has_entered_ = gate.isolate().EnterUnless(gate.has_ended_);
    if (visits_of_thread++ == 0) is_thread_of_c = ForeignMark::Innermost() == nullptr;
  }
  ~Visit() {
    if (has_entered_) gate_.isolate().Exit();
    if (!is_counted_) return;
    --visits_of_thread;
    const std::lock_guard<std::mutex> guard(gate_.lock_);
    if (--gate_.visits_ == 0) gate_.left_.notify_all();
  }
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;

  bool has_entered() const { return has_entered_; }

 private:
  CallbackGate& gate_;
  const ReleasedSection released_;
  bool is_counted_ = false;
  bool has_entered_ = false;
};

namespace {

// VF-N3
class ErrnoOfC {
 public:
  ErrnoOfC() : kept_(errno) {}
  ~ErrnoOfC() { errno = kept_; }
  ErrnoOfC(const ErrnoOfC&) = delete;
  ErrnoOfC& operator=(const ErrnoOfC&) = delete;

 private:
  const int kept_;
};

// Of a compound: zeros.
void AnswerExceptional(const NativeCallback& callback, Registers* registers) {
  const CallPlan& plan = callback.options().plan;
  registers->result_integer[0] = callback.options().exceptional.integer;
  registers->result_floating[0] = callback.options().exceptional.floating;
  if (plan.result == ResultWay::kIndirect) {
    const std::uint64_t address = *CallbackWord(registers, nullptr, plan.result_address_word);
    std::memset(reinterpret_cast<void*>(address), 0, plan.result_size);
    registers->result_integer[0] = address;
  } else if (plan.result == ResultWay::kRegisters) {
    for (const Piece& piece : plan.result_pieces) *CallbackWord(registers, nullptr, piece.word) = 0;
  }
}

[[gnu::cold]] void RefuseCall(const NativeCallback& callback, Registers* registers,
                              const char* why) {
  AnswerExceptional(callback, registers);
  ReportCallback("The callback '" + callback.options().name + "' " + why +
                 "; C was given its exceptional result.");
}

constexpr const char* kIsolateEnded = "was called after its isolate had ended";

// The innermost call into C, if it is this thread's and of this isolate; else null: C was not
// called by the program.
ForeignFrame* CallingFrame(Isolate& isolate) {
  ForeignFrame* const frame = isolate.innermost_foreign_frame();
  if (frame == nullptr || &frame->mark() != ForeignMark::Innermost()) return nullptr;
  return frame;
}

// Whether a program may catch it.
bool MayBeCaught(ObjectPtr error, const NoSafepointScope& quiet) {
  if (ErrorKindOf(error, quiet) == ErrorKind::kUnhandledException) return true;
  switch (ErrorCauseOf(error, quiet)) {
    case ErrorCause::kOther:
    case ErrorCause::kRestart:
      return false;
    default:
      return true;
  }
}

// The call into C ends with it when it returns. The first one stays, but for one that nobody may
// catch. (VF-N4)
void KeepForReturn(const ForeignFrame& frame, ObjectPtr error, const NoSafepointScope& quiet) {
  ObjectPtr* const slot = frame.call() == nullptr ? frame.error_slot() : frame.result_slot();
  if (IsError(*slot) && (!MayBeCaught(*slot, quiet) || MayBeCaught(error, quiet))) return;
  *slot = error;
}

std::string Describe(Isolate& isolate, Rooted error) FART_MAY_COLLECT {
  StackRoots<2> roots(isolate.stack());
  {
    const NoSafepointScope quiet;
    const ObjectPtr object = error.Get(quiet);
    if (ErrorKindOf(object, quiet) != ErrorKind::kUnhandledException) {
      const ObjectPtr message = ErrorMessage(object, quiet);
      return message.is_null() ? "an error" : ToUtf8(message, quiet);
    }
    roots.Set(0, ErrorException(object, quiet));
    roots.Set(1, ErrorStackTrace(object, quiet));
  }
  return isolate.program().DescribeUnhandled(roots[0], roots[1]);
}

void Report(Isolate& isolate, const NativeCallback& callback,
            const Outcome& outcome) FART_MAY_COLLECT {
  StackRoots<1> error(isolate.stack());
  {
    const NoSafepointScope quiet;
    error.Set(0, outcome.Get(quiet));
  }
  ReportCallback("The callback '" + callback.options().name +
                 "' threw; C was given its exceptional result:\n" + Describe(isolate, error[0]));
}

// After what Run came to instead of a result.
[[gnu::noinline, gnu::cold]] void HandleError(Isolate& isolate, const NativeCallback& callback,
                                              Registers* registers,
                                              const Outcome& outcome) FART_MAY_COLLECT {
  AnswerExceptional(callback, registers);
  const ForeignFrame* const frame = CallingFrame(isolate);
  if (frame != nullptr) {
    const NoSafepointScope quiet;
    const ObjectPtr error = outcome.Get(quiet);
    const bool may_be_caught = MayBeCaught(error, quiet);
    if (may_be_caught && callback.options().errors == CallbackErrors::kUnwind) {
      static_cast<void>(PropagateError(isolate, error, quiet));  // Returns only if it must not.
    } else if (!may_be_caught || callback.options().errors == CallbackErrors::kThrowAtReturn) {
      KeepForReturn(*frame, error, quiet);
      return;
    }
    if (callback.options().plan.result_kind == NativeKind::kHandle) {
      const HandleValue handle = NewHandle(isolate.handles().locals, error);
      registers->result_integer[0] = handle.bits();
      if (!handle.is_empty()) return;
    }
  }
  Report(isolate, callback, outcome);
}

void RunInside(NativeCallback& callback, Registers* registers,
               const std::uint64_t* stack) FART_MAY_COLLECT {
  Isolate& isolate = callback.gate().isolate();
  if (isolate.IsInCallback()) [[unlikely]] {
    return RefuseCall(callback, registers,
                      "was called in a leaf call, or in a finalizer, where no program may run");
  }
  if (callback.is_closed()) [[unlikely]]
    return RefuseCall(callback, registers, "was called after it had been closed");
  const Outcome outcome = OrNoMemory(
      isolate, [&]() FART_NO_SAFEPOINT_ANALYSIS { return callback.Run(registers, stack); });
  if (outcome.IsError()) [[unlikely]]
    HandleError(isolate, callback, registers, outcome);
}

// The loop of an isolate that was idle looks again whether there is something to be done.
void WakeLoop(Isolate& isolate) {
  if (isolate.messages().size() != 0) return;
  Message nothing;
  if (EncodeIntegerMessage(0, &nothing)) {
    static_cast<void>(PostEncoded(isolate.main_port(), std::move(nothing)));
  }
}

[[gnu::noinline]] void RunVisiting(NativeCallback& callback, Registers* registers,
                                   const std::uint64_t* stack) FART_NO_SAFEPOINT_ANALYSIS {
  const Visit visit(callback.gate());
  if (!visit.has_entered()) return RefuseCall(callback, registers, kIsolateEnded);
  Isolate& isolate = callback.gate().isolate();
  const ForeignMark* const mark = ForeignMark::Innermost();
  if (mark != nullptr && mark->owner().isolate == &isolate) {
    isolate.ResumeEntry(mark->owner().entry_serial);
  }
  RunInside(callback, registers, stack);
  if (isolate.innermost_foreign_frame() == nullptr) WakeLoop(isolate);
}

// The words of the arguments, of a compound those that its bytes lie in.
std::vector<std::uint64_t> ArgumentWords(const NativeCallback::Options& options,
                                         Registers* registers, const std::uint64_t* stack) {
  std::vector<std::uint64_t> words;
  for (std::size_t i = 0; i < options.plan.arguments.size(); ++i) {
    const ArgumentStep& step = options.plan.arguments[i];
    const std::uint32_t size = options.compound_sizes.empty() ? 0 : options.compound_sizes[i];
    if (size == 0) {
      words.push_back(*CallbackWord(registers, stack, step.word));
      continue;
    }
    const std::size_t first = words.size();
    words.resize(first + (size + sizeof(std::uint64_t) - 1) / sizeof(std::uint64_t));
    LoadCallbackArgument(options.plan, step, registers, stack, words.data() + first);
  }
  return words;
}

// A list of the arguments' words.
void PostArguments(const NativeCallback& callback, Registers* registers,
                   const std::uint64_t* stack) {
  constexpr std::uintptr_t kTheList = 2;
  MessageNodes nodes;
  MessageWriter writer;
  writer.PutNodeValue(nodes, kTheList);
  writer.PutKind(NodeKind::kArray);
  writer.PutVarint(0);  // no hash yet
  const std::vector<std::uint64_t> words = ArgumentWords(callback.options(), registers, stack);
  writer.PutVarint(words.size());
  for (const std::uint64_t word : words) writer.PutInteger(static_cast<std::int64_t>(word));
  Message message;
  if (!writer.Finish(nodes.size(), &message)) throw std::bad_alloc();
  if (!PostEncoded(callback.options().port, std::move(message))) {
    RefuseCall(callback, registers, "was called after its port had been closed");
  }
}

// Has its isolate left this thread for the time of a call?
bool IsInReleasingCall(const Isolate& isolate) {
  const ForeignMark* const mark = ForeignMark::Innermost();
  return Enterable::Current() == nullptr && mark != nullptr && mark->owner().isolate == &isolate;
}

}  // namespace

void ReportCallback(std::string_view text) {
  RecordMisuse(text);
  std::fprintf(stderr, "%.*s\n", static_cast<int>(text.size()), text.data());
}

bool IsThreadOfC() { return visits_of_thread != 0 && is_thread_of_c; }

void ReportClosedStub(std::uint32_t stub) {
  ReportCallback("C called the callback number " + std::to_string(stub) +
                 ", which has been closed; it was given its exceptional result.");
}

void EnterCallback(void* data, Registers* registers,
                   const std::uint64_t* stack) FART_NO_SAFEPOINT_ANALYSIS {
  const ErrnoOfC errno_of_c;
  NativeCallback& callback = *static_cast<NativeCallback*>(data);
  const CallbackGate& gate = callback.gate();
  try {
    if (gate.has_ended()) [[unlikely]]
      return RefuseCall(callback, registers, kIsolateEnded);
    if (callback.options().kind == CallbackKind::kListener) {
      return PostArguments(callback, registers, stack);
    }
    if (Enterable::Current() == &gate.isolate()) [[likely]] {
      return RunInside(callback, registers, stack);
    }
    if (Enterable* const other = Enterable::Current(); other != nullptr && other->IsInCallback()) {
      return RefuseCall(callback, registers, "was called in a leaf call of another isolate");
    }
    if (callback.options().kind == CallbackKind::kBlocking || IsInReleasingCall(gate.isolate())) {
      return RunVisiting(callback, registers, stack);
    }
    RefuseCall(callback, registers, "was called on a thread that is not inside its isolate");
  } catch (const std::bad_alloc&) {
    AnswerExceptional(callback, registers);
    RecordMisuse("A callback of C could not be run: there is no memory.");
  }
}

}  // namespace fart::ffi
