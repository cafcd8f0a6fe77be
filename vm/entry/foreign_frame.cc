#include "vm/entry/foreign_frame.h"

#include "heap/base/check.h"

namespace fart {

namespace {

// Handles are made in a scope: one is opened for a call from where there is none.
bool OpenScopeIfNone(LocalHandles& locals) { return !locals.HasScope() && locals.EnterScope(); }

}  // namespace

ForeignFrame::ForeignFrame(Enterable& owner, ForeignKind kind, NativeCall* call)
    : owner_(owner),
      previous_(owner.innermost_foreign_frame_),
      call_(call),
      thread_(Enterable::ThisThread()),
      slots_(owner.stack_.top()),
      opened_scope_(OpenScopeIfNone(owner.handles_.locals)),
      handles_(owner.handles_.locals.BeginFrame()),
      mark_(kind, owner.AsOwner()) {
  FART_DCHECK(Enterable::Current() == &owner);
  owner.stack_.PushNulls(2);  // VE-N1
  owner.innermost_foreign_frame_ = this;
}

ForeignFrame::~ForeignFrame() {
  if (!is_reclaimed_) [[unlikely]]
    static_cast<void>(ReclaimIsolate());
  FART_DCHECK(owner_.innermost_foreign_frame_ == this);  // VE-N2
  owner_.handles_.locals.EndFrame(handles_);
  if (opened_scope_) owner_.handles_.locals.ExitScope();
  owner_.stack_.SetTop(slots_);
  owner_.innermost_foreign_frame_ = previous_;
}

bool ForeignFrame::ReclaimIsolate() {
  Enterable* const current = Enterable::Current();
  const bool was_current = current == &owner_;
  if (!was_current) [[unlikely]] {
    if (current != nullptr) current->Exit();
    owner_.Enter();
  }
  owner_.entry_serial_ = mark_.owner().entry_serial;  // VE-N3
  is_reclaimed_ = true;
  return was_current;
}

}  // namespace fart
