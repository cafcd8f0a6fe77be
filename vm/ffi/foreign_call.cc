#include "vm/ffi/foreign_call.h"

#include <cerrno>
#include <string>

#include "vm/entry/error_texts.h"
#include "vm/entry/foreign_frame.h"
#include "vm/native/native_call.h"
#include "vm/unwind/foreign_call.h"
#include "vm/values/errors.h"

namespace fart::ffi {

namespace {

constexpr const char* kWho = "A native function";

// errno is the thread's own, and its address does not change while a thread runs.
ForeignOutcome CallWithErrno(ForeignMark& mark, const ForeignTarget& target, const CallPlan& plan,
                             std::uint64_t* block, int* kept_errno) {
  const CallIntoLibrary running(target.library);  // VF-O1
  auto* const registers = reinterpret_cast<Registers*>(block);
  registers->floating_used = plan.floating_used;
  const std::uint64_t* const stack = block + kFirstStackWord;
  int now = *kept_errno;
  ForeignOutcome outcome;
  {
    Enterable* const isolate = Enterable::Current();
    const ReleasedSection released(target.kind == CallKind::kReleasing ? isolate : nullptr);
    errno = now;
    outcome = CallForeign(mark, FartFfiCall, target.function, registers, stack, plan.stack_words);
    now = errno;
  }
  *kept_errno = now;
  return outcome;
}

[[gnu::noinline, gnu::cold]] Outcome EscapeError(ObjectMemory& memory,
                                                 ForeignOutcome outcome) FART_MAY_COLLECT {
  return NewError(memory, ErrorKind::kApi, ErrorCause::kForeignEscape,
                  std::string(kWho) + " " + DescribeEscape(outcome));
}

Outcome CallLeaf(ObjectMemory& memory, const ForeignTarget& target, const CallPlan& plan,
                 std::uint64_t* block, int* kept_errno) FART_MAY_COLLECT {
  ForeignOutcome outcome;
  {
    const CallbackSection section(memory);  // VE-I3: nothing may collect, enter or exit.
    ForeignMark mark(ForeignKind::kBarrier, {});
    outcome = CallWithErrno(mark, target, plan, block, kept_errno);
  }
  if (outcome == ForeignOutcome::kReturned) [[likely]]
    return Outcome::Immediate(kTrue);
  return EscapeError(memory, outcome);
}

}  // namespace

Outcome CallForeignFunction(ObjectMemory& memory, const ForeignTarget& target, const CallPlan& plan,
                            std::uint64_t* block, int* kept_errno) {
  if (!memory.HasNativeStack() || !memory.stack().HasRoomFor(2)) [[unlikely]]
    return memory.ReadyErrorOutcome(ErrorText::kStackOverflow);
  if (target.kind == CallKind::kLeaf) return CallLeaf(memory, target, plan, block, kept_errno);
  ForeignFrame frame(memory, ForeignKind::kTarget);
  const ForeignOutcome outcome = CallWithErrno(frame.mark(), target, plan, block, kept_errno);
  if (outcome == ForeignOutcome::kCppException) [[unlikely]] {
    static_cast<void>(frame.ReclaimIsolate());
    return EscapeError(memory, outcome);
  }
  const Outcome finished = FinishForeignCall(memory, frame, outcome, kWho);
  if (finished.IsError() || frame.error_slot()->is_null()) [[likely]]
    return finished;
  const NoSafepointScope quiet;
  return Outcome::Error(*frame.error_slot(), quiet);  // VF-E3
}

}  // namespace fart::ffi
