#include "vm/native/native_call.h"

#include <string>

#include "heap/base/check.h"
#include "vm/entry/error_texts.h"
#include "vm/entry/place_errors.h"
#include "vm/isolate.h"
#include "vm/values/errors.h"

namespace fart {

// ---- ForeignFrame

namespace {

// Handles are made in a scope: one is opened for a call from where there is none.
bool OpenScopeIfNone(LocalHandles& locals) { return !locals.HasScope() && locals.EnterScope(); }

}  // namespace

ForeignFrame::ForeignFrame(Isolate& isolate, ForeignKind kind, NativeCall* call)
    : isolate_(isolate),
      previous_(isolate.innermost_foreign_frame_),
      call_(call),
      thread_(&isolate_internal::current),
      slots_(isolate.stack_.top()),
      opened_scope_(OpenScopeIfNone(isolate.handles_.locals)),
      handles_(isolate.handles_.locals.BeginFrame()),
      mark_(kind, {.isolate = &isolate, .entry_serial = isolate.entry_serial_}) {
  FART_DCHECK(Isolate::Current() == &isolate);
  isolate.stack_.PushNulls(2);  // N1
  isolate.innermost_foreign_frame_ = this;
  if (call != nullptr) call->frame_ = this;
}

ForeignFrame::~ForeignFrame() {
  FART_DCHECK(isolate_.innermost_foreign_frame_ == this);  // N2
  isolate_.handles_.locals.EndFrame(handles_);
  if (opened_scope_) isolate_.handles_.locals.ExitScope();
  isolate_.stack_.SetTop(slots_);
  isolate_.innermost_foreign_frame_ = previous_;
}

bool ForeignFrame::ReclaimIsolate() {
  Isolate* const current = Isolate::Current();
  const bool was_current = current == &isolate_;
  if (!was_current) [[unlikely]] {
    if (current != nullptr) current->Exit();
    isolate_.Enter();
  }
  isolate_.entry_serial_ = mark_.owner().entry_serial;  // N3
  return was_current;
}

// ---- NativeCall

NativeCall* NativeCall::FromForeign(const Isolate& isolate, ForeignNativeArguments arguments) {
  for (const ForeignFrame* frame = isolate.innermost_foreign_frame(); frame != nullptr;
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
[[gnu::noinline, gnu::cold]] Outcome UnusualOutcome(Isolate& isolate, const ForeignFrame& frame,
                                                    ForeignOutcome outcome, bool was_current,
                                                    const char* who) FART_MAY_COLLECT {
  if (outcome == ForeignOutcome::kCppException) {
    return NewApiError(isolate,
                       std::string(who) + " let a C++ exception out: " + CaughtExceptionText());
  }
  if (outcome == ForeignOutcome::kUnwound) {
    const NoSafepointScope quiet;
    return Outcome::Error(*frame.error_slot(), quiet);
  }
  FART_CHECK(!was_current);
  return NewApiError(
      isolate, std::string(who) + " returned with another isolate current than it was called in.");
}

}  // namespace

// Flattened: opening and closing the frame is most of what a call costs.
[[gnu::flatten]] Outcome CallNative(Isolate& isolate, const NativeTarget& target, Roots arguments) {
  if (!isolate.HasNativeStack() || !isolate.stack().HasRoomFor(2)) [[unlikely]]
    return isolate.ReadyErrorOutcome(ErrorText::kStackOverflow);
  NativeCall call(isolate, arguments);
  ForeignFrame frame(isolate, ForeignKind::kTarget, &call);
  const ForeignOutcome outcome = CallForeign(frame.mark(), target.function, call.ToForeign());
  const bool was_current = frame.ReclaimIsolate();
  if (outcome != ForeignOutcome::kReturned || !was_current) [[unlikely]] {
    return UnusualOutcome(isolate, frame, outcome, was_current, "A native function");
  }
  const NoSafepointScope quiet;
  return OutcomeOfObject(*frame.result_slot(), quiet);
}

// ---- Other calls into foreign code

Outcome FinishForeignCall(Isolate& isolate, ForeignFrame& frame, ForeignOutcome outcome,
                          const char* who) {
  const bool was_current = frame.ReclaimIsolate();
  if (outcome != ForeignOutcome::kReturned || !was_current) {
    return UnusualOutcome(isolate, frame, outcome, was_current, who);
  }
  return Outcome::Immediate(kTrue);
}

Outcome OutcomeOfHandle(Isolate& isolate, HandleValue handle, const char* who) {
  const ResolveResult resolved = isolate.handles().Resolve(handle);
  if (resolved.ok()) {
    const NoSafepointScope quiet;
    return OutcomeOfObject(resolved.Get(quiet), quiet);
  }
  if (const auto text = ErrorTextOf(handle)) return isolate.ReadyErrorOutcome(*text);
  return NewApiError(isolate, std::string(who) + " returned something that is not a live handle.");
}

UnwindRefusal PropagateError(Isolate& isolate, ObjectPtr error, const NoSafepointScope&) {
  ForeignFrame* const frame = isolate.innermost_foreign_frame();
  if (frame == nullptr) return UnwindRefusal::kNoMark;
  // The frame keeps the error alive while destructors run; should the unwind be refused, the frame
  // may be the target of an earlier one, whose error it must find again.
  const ObjectPtr before = *frame->error_slot();
  *frame->error_slot() = error;
  const UnwindRefusal refusal = UnwindToInnermostMark(
      &isolate, isolate.entry_serial(), reinterpret_cast<std::uintptr_t>(frame->error_slot()));
  *frame->error_slot() = before;
  return refusal;
}

}  // namespace fart
