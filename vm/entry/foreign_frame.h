// ForeignFrame -- the frame around any call into foreign code.
//
// Whatever the foreign code does -- return, set an error, propagate, throw in C++, leave the
// isolate -- the frame is closed: handles, scopes and scope memory made inside are gone, the
// execution stack is where it was, and the isolate is current in the entry it was called in.
//
// Invariants
//   VE-N1 rooted    result and error of a running call lie in two slots of the execution stack.
//   VE-N2 nested    frames of an isolate form a chain, innermost first; each is closed before the
//                   next outer one.
//   VE-N3 current   after a call its isolate is current again, in the same entry; a native
//                   function that left it is answered with an error.
//   VE-N4 unrooted  the frames of roots (heap/direct_state.h) that foreign code has linked are off
//                   the chain before anything else runs.
//
// Not here: how an unwind works (unwind/unwind.h); calls of native functions (native_call.h).

#ifndef FART_VM_ENTRY_FOREIGN_FRAME_H_
#define FART_VM_ENTRY_FOREIGN_FRAME_H_

#include "handles/local_handles.h"
#include "heap/base/check.h"
#include "heap/base/stack_link.h"
#include "heap/object/object_ptr.h"
#include "vm/entry/enterable.h"
#include "vm/unwind/foreign_call.h"  // for its users
#include "vm/unwind/foreign_mark.h"

namespace fart {

class NativeCall;

// Lives in the C++ frame that makes the call. The native function's handles end with it: it is
// their scope.
class ForeignFrame {
 public:
  // `owner` is current. `call` is there for native functions only.
  ForeignFrame(Enterable& owner, ForeignKind kind, NativeCall* call = nullptr)
      : owner_(owner),
        previous_(owner.innermost_foreign_frame_),
        call_(call),
        thread_(Enterable::ThisThread()),
        slots_(owner.stack_.top()),
        root_frames_(owner.mutator_.direct().frames),
        opened_scope_(OpenScopeIfNone(owner.handles_.locals)),
        handles_(owner.handles_.locals.BeginFrame()),
        mark_(kind, owner.AsOwner()) {
    FART_DCHECK(Enterable::Current() == &owner);
    owner.stack_.PushNulls(2);  // VE-N1
    owner.innermost_foreign_frame_ = this;
  }
  // Closes it, after ReclaimIsolate; also when the thread ends inside, whatever is current then.
  ~ForeignFrame() {
    if (!is_reclaimed_) [[unlikely]]
      static_cast<void>(ReclaimIsolate());
    FART_DCHECK(owner_.innermost_foreign_frame_ == this);  // VE-N2
    owner_.mutator_.direct().frames = root_frames_;        // VE-N4
    owner_.handles_.locals.EndFrame(handles_);
    if (opened_scope_) [[unlikely]]
      owner_.handles_.locals.ExitScope();
    owner_.stack_.SetTop(slots_);
    owner_.innermost_foreign_frame_ = previous_;
  }
  ForeignFrame(const ForeignFrame&) = delete;
  ForeignFrame& operator=(const ForeignFrame&) = delete;

  ForeignMark& mark() { return mark_; }
  ForeignFrame* previous() const { return previous_; }
  NativeCall* call() const { return call_; }
  // Of the thread that made the call (Enterable::ThisThread); only to be compared.
  const void* thread() const { return thread_; }

  // The slots of VE-N1. Null at first.
  ObjectPtr* result_slot() const { return slots_; }
  ObjectPtr* error_slot() const { return slots_ + 1; }

  // After the call, before anything else: makes VE-N3 true again. False if it was not.
  [[nodiscard]] bool ReclaimIsolate() {
    const bool was_current = Enterable::Current() == &owner_;
    if (!was_current) [[unlikely]]
      EnterAgain();
    owner_.entry_serial_ = mark_.owner().entry_serial;  // VE-N3
    is_reclaimed_ = true;
    return was_current;
  }

 private:
  // Handles are made in a scope: one is opened for a call from where there is none.
  static bool OpenScopeIfNone(LocalHandles& locals) {
    return !locals.HasScope() && locals.EnterScope();
  }
  [[gnu::noinline, gnu::cold]] void EnterAgain();

  Enterable& owner_;
  ForeignFrame* const previous_;
  NativeCall* const call_;
  const void* const thread_;
  ObjectPtr* const slots_;
  StackLink* const root_frames_;
  const bool opened_scope_;  // none was open around the call
  bool is_reclaimed_ = false;
  const LocalHandles::Frame handles_;
  ForeignMark mark_;
};

}  // namespace fart

#endif  // FART_VM_ENTRY_FOREIGN_FRAME_H_
