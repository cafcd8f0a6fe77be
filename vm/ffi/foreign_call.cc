#include "vm/ffi/foreign_call.h"

#include <bit>
#include <cerrno>
#include <string>

#include "vm/entry/error_texts.h"
#include "vm/entry/foreign_frame.h"
#include "vm/native/native_call.h"
#include "vm/values/errors.h"
#include "vm/values/strings.h"

namespace fart::ffi {

namespace {

constexpr const char* kWho = "A native function";

// CallByPlan, from CallForeign's own frame.
[[gnu::always_inline]] inline ForeignOutcome CallMarkedFunction(ForeignMark& mark,
                                                                const void* function,
                                                                const CallPlan& plan,
                                                                Registers* registers) {
  if (!plan.jumps) {
    const auto* const stack = reinterpret_cast<const std::uint64_t*>(registers) + kFirstStackWord;
    return CallForeign(mark, FartFfiCall, function, registers, stack, plan.stack_words);
  }
  if (plan.IsResultFloating()) {
    double result = 0;
    const ForeignOutcome outcome =
        CallForeign(mark, result, FartFfiJumpForFloating, registers, function);
    registers->result_floating[0] = std::bit_cast<std::uint64_t>(result);
    return outcome;
  }
  return CallForeign(mark, registers->result_integer[0], FartFfiJump, registers, function);
}

[[gnu::noinline]] Outcome CallLeaf(ObjectMemory& memory, const ForeignTarget& target,
                                   const CallPlan& plan, std::uint64_t* block,
                                   int* kept_errno) FART_MAY_COLLECT {
  return CallLeafFunction(memory, target, plan, block, kept_errno);
}

// The isolate is left meanwhile.
[[gnu::noinline]] ForeignOutcome CallReleasing(ForeignMark& mark, const ForeignTarget& target,
                                               const CallPlan& plan, Registers* registers,
                                               int* kept_errno) {
  const CallIntoLibrary running(target.library);  // VF-O1
  int now = *kept_errno;
  ForeignOutcome outcome;
  {
    const ReleasedSection released(Enterable::Current());
    errno = now;
    outcome = CallMarkedFunction(mark, target.function, plan, registers);
    now = errno;
  }
  *kept_errno = now;
  return outcome;
}

// After a call that may have ended in any way: kTrue, or the error that it ended with.
[[gnu::noinline, gnu::cold]] Outcome OutcomeOfCall(ObjectMemory& memory, ForeignFrame& frame,
                                                   ForeignOutcome outcome) FART_MAY_COLLECT {
  if (outcome == ForeignOutcome::kCppException) {
    static_cast<void>(frame.ReclaimIsolate());
    return foreign_call_internal::EscapeError(memory, outcome);
  }
  const Outcome finished = FinishForeignCall(memory, frame, outcome, kWho);
  if (finished.IsError() || frame.error_slot()->is_null()) return finished;
  const NoSafepointScope quiet;
  return Outcome::Error(*frame.error_slot(), quiet);  // VF-E3
}

// Flattened: opening and closing the frame is most of what a call costs.
[[gnu::noinline, gnu::flatten]] Outcome CallInFrame(ObjectMemory& memory,
                                                    const ForeignTarget& target,
                                                    const CallPlan& plan, std::uint64_t* block,
                                                    int* kept_errno) FART_MAY_COLLECT {
  if (!memory.HasNativeStack() || !memory.stack().HasRoomFor(2)) [[unlikely]]
    return memory.ReadyErrorOutcome(ErrorText::kStackOverflow);
  Registers* const registers = foreign_call_internal::RegistersOf(plan, block);
  ForeignFrame frame(memory, ForeignKind::kTarget);
  ForeignOutcome outcome;
  if (target.kind == CallKind::kReleasing) [[unlikely]] {
    outcome = CallReleasing(frame.mark(), target, plan, registers, kept_errno);
  } else {
    outcome = foreign_call_internal::CallWithErrno(target, kept_errno, [&]() {
      return CallMarkedFunction(frame.mark(), target.function, plan, registers);
    });
  }
  // As a call ends when nothing has happened in it.
  if (outcome == ForeignOutcome::kReturned && Enterable::Current() == &memory &&
      frame.error_slot()->is_null()) [[likely]] {
    static_cast<void>(frame.ReclaimIsolate());
    return Outcome::Immediate(kTrue);
  }
  return OutcomeOfCall(memory, frame, outcome);
}

// The words of the arguments that are Handles. False: there is no room for so many.
bool MakeHandles(ObjectMemory& memory, const CallPlan& plan, std::uint64_t* block,
                 Roots values) FART_NO_SAFEPOINT_ANALYSIS {
  const NoSafepointScope quiet;
  for (std::size_t i = 0; i < plan.arguments.size(); ++i) {
    const ArgumentStep& step = plan.arguments[i];
    if (step.kind != NativeKind::kHandle) continue;
    const HandleValue handle = NewHandle(memory.handles().locals, values[i].Get(quiet));
    if (handle.is_empty()) return false;
    block[step.word] = handle.bits();
  }
  return true;
}

// That C answered with an error is nothing which a program should end by: it may catch that.
Outcome Catchable(ObjectMemory& memory, const Outcome& error) FART_MAY_COLLECT {
  std::string message;
  {
    const NoSafepointScope quiet;
    const ObjectPtr object = error.Get(quiet);
    const bool is_of_api = ErrorKindOf(object, quiet) == ErrorKind::kApi &&
                           ErrorCauseOf(object, quiet) == ErrorCause::kOther;
    if (!is_of_api) return error;
    message = ToUtf8(ErrorMessage(object, quiet), quiet);
  }
  return NewError(memory, ErrorKind::kApi, ErrorCause::kForeignEscape, message);
}

}  // namespace

Outcome CallWithHandles(ObjectMemory& memory, const ForeignTarget& target, const CallPlan& plan,
                        std::uint64_t* block, int* kept_errno, Roots values) {
  FART_DCHECK(target.kind == CallKind::kOrdinary && plan.has_handles);
  if (!memory.HasNativeStack() || !memory.stack().HasRoomFor(2)) {
    return memory.ReadyErrorOutcome(ErrorText::kStackOverflow);
  }
  ForeignFrame frame(memory, ForeignKind::kTarget);
  if (!MakeHandles(memory, plan, block, values)) {
    return memory.ReadyErrorOutcome(ErrorText::kNoHandleSpace);
  }
  Registers* const registers = foreign_call_internal::RegistersOf(plan, block);
  const ForeignOutcome outcome = foreign_call_internal::CallWithErrno(target, kept_errno, [&]() {
    return CallMarkedFunction(frame.mark(), target.function, plan, registers);
  });
  const Outcome finished = OutcomeOfCall(memory, frame, outcome);
  if (finished.IsError() || plan.result_kind != NativeKind::kHandle) return finished;
  const Outcome result =
      OutcomeOfHandle(memory, HandleValue::FromBits(registers->result_integer[0]), kWho);
  return result.IsError() ? Catchable(memory, result) : result;
}

Outcome foreign_call_internal::EscapeError(ObjectMemory& memory, ForeignOutcome outcome) {
  return NewError(memory, ErrorKind::kApi, ErrorCause::kForeignEscape,
                  std::string(kWho) + " " + DescribeEscape(outcome));
}

Outcome CallForeignFunction(ObjectMemory& memory, const ForeignTarget& target, const CallPlan& plan,
                            std::uint64_t* block, int* kept_errno) {
  return target.kind == CallKind::kLeaf ? CallLeaf(memory, target, plan, block, kept_errno)
                                        : CallInFrame(memory, target, plan, block, kept_errno);
}

}  // namespace fart::ffi
