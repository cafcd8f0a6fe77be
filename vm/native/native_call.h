// NativeCall -- one call of a native function; and errors on their way out of foreign code.
//
//     interpreter: arguments lie on the execution stack, its top is published above them
//       -> CallNative: frame (handles, mark) -> the function -> frame closed -> Outcome
//
// Not here: the frame (foreign_frame.h); how an unwind works (unwind/unwind.h); how a function is
// found (native_resolver.h).

#ifndef FART_VM_NATIVE_NATIVE_CALL_H_
#define FART_VM_NATIVE_NATIVE_CALL_H_

#include <cstdint>

#include "handles/handle_value.h"
#include "heap/base/safepoint.h"
#include "heap/object/object_ptr.h"
#include "vm/entry/enterable.h"
#include "vm/entry/foreign_frame.h"
#include "vm/entry/foreign_types.h"
#include "vm/memory/object_memory.h"
#include "vm/roots/rooted.h"
#include "vm/unwind/foreign_call.h"
#include "vm/unwind/unwind.h"

namespace fart {

// A native function that has been found.
struct NativeTarget {
  NativeFunction function = nullptr;
  // What the resolver said. A frame is a scope of its own for every function, so a call is made in
  // the same way whatever it said.
  bool wants_scope = true;
};

// What a Fart_NativeArguments names: not by its address, which the next call has again.
class NativeCall {
 public:
  NativeCall(ObjectMemory& memory, Roots arguments)
      : memory_(memory), arguments_(arguments), foreign_(memory.TakeCallName()) {}

  ForeignNativeArguments ToForeign() const { return foreign_; }
  // Null unless it is a running call of this owner, of whatever depth.
  static NativeCall* FromForeign(const Enterable& owner, ForeignNativeArguments arguments);

  ObjectMemory& memory() const { return memory_; }
  int argument_count() const { return static_cast<int>(arguments_.size()); }
  // index < argument_count()
  Rooted Argument(int index) const { return arguments_[static_cast<std::size_t>(index)]; }
  // The last one set counts. A value or an error object.
  void SetResult(ObjectPtr result, const NoSafepointScope&) { *frame_->result_slot() = result; }

 private:
  friend Outcome CallNative(ObjectMemory& memory, const NativeTarget& target, Roots arguments);

  ObjectMemory& memory_;
  const Roots arguments_;
  const ForeignNativeArguments foreign_;
  ForeignFrame* frame_ = nullptr;  // while it runs
};

// Calls it with `arguments`, which are root slots below the published top of the execution stack
// and stay there. The outcome is the value it set (null if none), or: the error it set; the error
// it propagated or threw; the error made of a C++ exception that came out; an error because it left
// the isolate (VE-N3); a stack overflow.
Outcome CallNative(ObjectMemory& memory, const NativeTarget& target,
                   Roots arguments) FART_MAY_COLLECT;

// Leaves the foreign code this thread runs with `error`, an error object, for the VM that called
// it. Returns only if it must not; then nothing has happened. No caller may be `noexcept`.
[[nodiscard]] UnwindRefusal PropagateError(ObjectMemory& memory, ObjectPtr error,
                                           const NoSafepointScope&);

// ---- For calls of resolvers and initialisations; `who` is the subject of an error's sentence.
// What has become of a call in `frame`: the error that ended it, or kTrue.
Outcome FinishForeignCall(ObjectMemory& memory, ForeignFrame& frame, ForeignOutcome outcome,
                          const char* who) FART_MAY_COLLECT;
// What a handle returned by foreign code stands for: an error text becomes the ready-made error, a
// handle that is not live an api error.
Outcome OutcomeOfHandle(ObjectMemory& memory, HandleValue handle, const char* who) FART_MAY_COLLECT;

}  // namespace fart

#endif  // FART_VM_NATIVE_NATIVE_CALL_H_
