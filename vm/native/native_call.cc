#include "vm/native/native_call.h"

#include <string>

#include "heap/base/check.h"
#include "vm/entry/error_texts.h"
#include "vm/entry/place_errors.h"
#include "vm/values/errors.h"

namespace fart {

NativeCall* NativeCall::FromForeign(const Enterable& owner, ForeignNativeArguments arguments) {
  for (const ForeignFrame* frame = owner.innermost_foreign_frame(); frame != nullptr;
       frame = frame->previous()) {
    NativeCall* const call = frame->call();
    if (call != nullptr && call->ToForeign() == arguments) return call;
  }
  return nullptr;
}

namespace {

Outcome OutcomeOfObject(ObjectPtr object, const NoSafepointScope& quiet) {
  return IsError(object) ? Outcome::Error(object, quiet) : Outcome::Value(object, quiet);
}

// Of a call that did not simply return with the isolate current.
[[gnu::noinline, gnu::cold]] Outcome UnusualOutcome(ObjectMemory& memory, const ForeignFrame& frame,
                                                    ForeignOutcome outcome, bool was_current,
                                                    const char* who) FART_MAY_COLLECT {
  // A target's thread ends through us: so the other is all that there can be.
  if (outcome == ForeignOutcome::kCppException) {
    return NewApiError(memory, std::string(who) + " " + DescribeEscape(outcome));
  }
  if (outcome == ForeignOutcome::kUnwound) {
    const NoSafepointScope quiet;
    return Outcome::Error(*frame.error_slot(), quiet);
  }
  FART_CHECK(!was_current);
  return NewApiError(
      memory, std::string(who) + " returned with another isolate current than it was called in.");
}

}  // namespace

// Flattened: opening and closing the frame is most of what a call costs.
[[gnu::flatten]] Outcome CallNative(ObjectMemory& memory, const NativeTarget& target,
                                    Roots arguments) {
  if (!memory.HasNativeStack() || !memory.stack().HasRoomFor(2)) [[unlikely]]
    return memory.ReadyErrorOutcome(ErrorText::kStackOverflow);
  NativeCall call(memory, arguments);
  ForeignFrame frame(memory, ForeignKind::kTarget, &call);
  call.frame_ = &frame;
  const ForeignOutcome outcome = CallForeign(frame.mark(), target.function, call.ToForeign());
  const bool was_current = frame.ReclaimIsolate();
  if (outcome != ForeignOutcome::kReturned || !was_current) [[unlikely]] {
    return UnusualOutcome(memory, frame, outcome, was_current, "A native function");
  }
  const NoSafepointScope quiet;
  return OutcomeOfObject(*frame.result_slot(), quiet);
}

// ---- Other calls into foreign code

Outcome FinishForeignCall(ObjectMemory& memory, ForeignFrame& frame, ForeignOutcome outcome,
                          const char* who) {
  const bool was_current = frame.ReclaimIsolate();
  if (outcome != ForeignOutcome::kReturned || !was_current) {
    return UnusualOutcome(memory, frame, outcome, was_current, who);
  }
  return Outcome::Immediate(kTrue);
}

Outcome OutcomeOfHandle(ObjectMemory& memory, HandleValue handle, const char* who) {
  const ResolveResult resolved = memory.handles().Resolve(handle);
  if (resolved.ok()) {
    const NoSafepointScope quiet;
    return OutcomeOfObject(resolved.Get(quiet), quiet);
  }
  if (const auto text = ErrorTextOf(handle)) return memory.ReadyErrorOutcome(*text);
  return NewApiError(memory, std::string(who) + " returned something that is not a live handle.");
}

UnwindRefusal PropagateError(ObjectMemory& memory, ObjectPtr error, const NoSafepointScope&) {
  ForeignFrame* const frame = memory.innermost_foreign_frame();
  if (frame == nullptr) return UnwindRefusal::kNoMark;
  // The frame keeps the error alive while destructors run; should the unwind be refused, the frame
  // may be the target of an earlier one, whose error it must find again.
  const ObjectPtr before = *frame->error_slot();
  *frame->error_slot() = error;
  const ForeignOwner owner = memory.AsOwner();
  const UnwindRefusal refusal = UnwindToInnermostMark(
      owner.isolate, owner.entry_serial, reinterpret_cast<std::uintptr_t>(frame->error_slot()));
  *frame->error_slot() = before;
  return refusal;
}

}  // namespace fart
