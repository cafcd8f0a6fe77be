// NativeCall -- one call of a native function, and the frame around any call into foreign code.
//
//     interpreter: arguments lie on the execution stack, its top is published above them
//       -> CallNative: frame (handles, mark) -> the function -> frame closed -> Outcome
//
// Whatever the function does -- return, set an error, propagate, throw in C++, leave the isolate --
// the frame is closed: handles, scopes and scope memory made inside are gone, the execution stack
// is where it was, and the isolate is current in the entry it was called in.
//
// Invariants
//   N1 rooted    result and error of a running call lie in two slots of the execution stack.
//   N2 nested    frames of an isolate form a chain, innermost first; each is closed before the next
//                outer one.
//   N3 current   after a call its isolate is current again, in the same entry (C5).
//
// Not here: how an unwind works (unwind/unwind.h); how a function is found (native_resolver.h).

#ifndef FART_VM_NATIVE_NATIVE_CALL_H_
#define FART_VM_NATIVE_NATIVE_CALL_H_

#include <cstdint>

#include "handles/handle_value.h"
#include "handles/local_handles.h"
#include "heap/base/safepoint.h"
#include "heap/object/object_ptr.h"
#include "vm/entry/foreign_types.h"
#include "vm/roots/rooted.h"
#include "vm/unwind/foreign_call.h"
#include "vm/unwind/foreign_mark.h"
#include "vm/unwind/unwind.h"

namespace fart {

class Isolate;
class NativeCall;

// Around one call into foreign code of any kind; lives in the C++ frame that makes the call. The
// native function's handles end with it: it is their scope.
class ForeignFrame {
 public:
  // `isolate` is current. `call` is there for native functions only.
  ForeignFrame(Isolate& isolate, ForeignKind kind, NativeCall* call = nullptr);
  // Closes it; the isolate must be current (ReclaimIsolate).
  ~ForeignFrame();
  ForeignFrame(const ForeignFrame&) = delete;
  ForeignFrame& operator=(const ForeignFrame&) = delete;

  ForeignMark& mark() { return mark_; }
  ForeignFrame* previous() const { return previous_; }
  NativeCall* call() const { return call_; }
  // Stands for the thread that made the call; only to be compared.
  const void* thread() const { return thread_; }

  // The slots of N1. Null at first.
  ObjectPtr* result_slot() const { return slots_; }
  ObjectPtr* error_slot() const { return slots_ + 1; }

  // After the call, before anything else: makes N3 true again. False if it was not.
  [[nodiscard]] bool ReclaimIsolate();

 private:
  Isolate& isolate_;
  ForeignFrame* const previous_;
  NativeCall* const call_;
  const void* const thread_;
  ObjectPtr* const slots_;
  const bool opened_scope_;  // none was open around the call
  const LocalHandles::Frame handles_;
  ForeignMark mark_;
};

// What a Fart_NativeArguments points to.
class NativeCall {
 public:
  NativeCall(Isolate& isolate, Roots arguments) : isolate_(isolate), arguments_(arguments) {}

  ForeignNativeArguments ToForeign() { return reinterpret_cast<ForeignNativeArguments>(this); }
  // Null unless it is a running call of this isolate, of whatever depth.
  static NativeCall* FromForeign(const Isolate& isolate, ForeignNativeArguments arguments);

  Isolate& isolate() const { return isolate_; }
  int argument_count() const { return static_cast<int>(arguments_.size()); }
  // index < argument_count()
  Rooted Argument(int index) const { return arguments_[static_cast<std::size_t>(index)]; }
  // The last one set counts. A value or an error object.
  void SetResult(ObjectPtr result, const NoSafepointScope&) { *frame_->result_slot() = result; }

 private:
  friend class ForeignFrame;

  Isolate& isolate_;
  const Roots arguments_;
  ForeignFrame* frame_ = nullptr;
};

// A native function that has been found.
struct NativeTarget {
  NativeFunction function = nullptr;
  // What the resolver said. A frame is a scope of its own for every function, so a call is made in
  // the same way whatever it said.
  bool wants_scope = true;
};

// Calls it with `arguments`, which are root slots below the published top of the execution stack
// and stay there. The outcome is the value it set (null if none), or: the error it set; the error
// it propagated or threw; the error made of a C++ exception that came out; an error because it left
// the isolate (C5); a stack overflow.
Outcome CallNative(Isolate& isolate, const NativeTarget& target, Roots arguments) FART_MAY_COLLECT;

// Leaves the foreign code this thread runs with `error`, an error object, for the VM that called
// it. Returns only if it must not; then nothing has happened. No caller may be `noexcept`.
[[nodiscard]] UnwindRefusal PropagateError(Isolate& isolate, ObjectPtr error,
                                           const NoSafepointScope&);

// ---- For calls of resolvers and initialisations; `who` is the subject of an error's sentence.
// What has become of a call in `frame`: the error that ended it, or kTrue.
Outcome FinishForeignCall(Isolate& isolate, ForeignFrame& frame, ForeignOutcome outcome,
                          const char* who) FART_MAY_COLLECT;
// What a handle returned by foreign code stands for: an error text becomes the ready-made error, a
// handle that is not live an api error.
Outcome OutcomeOfHandle(Isolate& isolate, HandleValue handle, const char* who) FART_MAY_COLLECT;

}  // namespace fart

#endif  // FART_VM_NATIVE_NATIVE_CALL_H_
