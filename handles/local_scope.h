// LocalScope -- local handles of the house's own code, which end with a block.
//
// Not here: scopes of hosts (LocalHandles::EnterScope).

#ifndef FART_HANDLES_LOCAL_SCOPE_H_
#define FART_HANDLES_LOCAL_SCOPE_H_

#include "handles/local_handles.h"
#include "heap/base/safepoint.h"
#include "heap/object/object_ptr.h"

namespace fart {

// A local handle as the house's own code sees it. Lives as long as the scope it was made in.
class Local {
 public:
  Local() = default;
  explicit Local(const ObjectPtr* slot) : slot_(slot) {}
  // Whether creation succeeded.
  bool is_null() const { return slot_ == nullptr; }
  const ObjectPtr* slot() const { return slot_; }
  ObjectPtr Get(const NoSafepointScope&) const { return *slot_; }

 private:
  const ObjectPtr* slot_ = nullptr;
};

// Ends the local handles made in a block of the house's own code. Scope memory is not its business:
// an API function may return some to its caller.
class LocalScope {
 public:
  explicit LocalScope(LocalHandles& handles) : handles_(handles), saved_(handles.Top()) {}
  ~LocalScope() { handles_.RestoreTop(saved_); }
  LocalScope(const LocalScope&) = delete;
  LocalScope& operator=(const LocalScope&) = delete;

  Local Create(ObjectPtr object) { return Local(handles_.Create(object)); }

 private:
  LocalHandles& handles_;
  const LocalHandles::SavedTop saved_;
};

}  // namespace fart

#endif  // FART_HANDLES_LOCAL_SCOPE_H_
