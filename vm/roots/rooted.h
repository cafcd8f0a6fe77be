// Rooted, Roots, StackRoots, Outcome -- how this package and those above pass objects about.
//
// Into a function that may collect go slots, never raw pointers: a Rooted is the place of a slot
// that some RootProvider visits (a local or persistent handle's, the execution stack's, a
// constant's). Out of it comes a FreshObject (heap/mutator.h) or an Outcome: a value that is good
// until the next call that may collect, and that only a NoSafepointScope reads.
//
// Invariants
//   VR-V1 slots    a Rooted is used only while its slot is visited and does not change owner.
//   VR-V2 at once  FreshObject and Outcome are stored into a slot, or dropped, before the next call
//                  that may collect.
//
// Not here: who owns slots (execution_stack.h, root_table.h, handles).

#ifndef FART_VM_ROOTS_ROOTED_H_
#define FART_VM_ROOTS_ROOTED_H_

#include <cstddef>

#include "handles/local_scope.h"
#include "heap/base/check.h"
#include "heap/base/safepoint.h"
#include "heap/object/object_ptr.h"

namespace fart {

// The place of a root slot; read only.
class Rooted {
 public:
  constexpr explicit Rooted(const ObjectPtr* slot) : slot_(slot) {}
  Rooted(const Local& local) : slot_(local.slot()) {}  // NOLINT: the same thing

  ObjectPtr Get(const NoSafepointScope&) const { return *slot_; }
  // Questions whose answer no collection changes need no proof.
  bool is_null() const { return slot_->is_null(); }
  bool IsSmi() const { return slot_->IsSmi(); }
  bool IsHeapObject() const { return slot_->IsHeapObject(); }
  bool Is(ObjectPtr immediate) const {
    FART_DCHECK(!immediate.IsHeapObject());
    return *slot_ == immediate;
  }
  const ObjectPtr* slot() const { return slot_; }

 private:
  const ObjectPtr* slot_;
};

// A run of root slots, such as the arguments of a call.
class Roots {
 public:
  constexpr Roots() = default;
  constexpr Roots(const ObjectPtr* first, std::size_t count) : first_(first), count_(count) {}

  std::size_t size() const { return count_; }
  Rooted operator[](std::size_t index) const {
    FART_DCHECK(index < count_);
    return Rooted(first_ + index);
  }
  const ObjectPtr* first() const { return first_; }

 private:
  const ObjectPtr* first_ = nullptr;
  std::size_t count_ = 0;
};

// What an operation came to: a value (null and Smis are values too) or an error object (errors.h).
// VR-V2 applies.
class [[nodiscard]] Outcome {
 public:
  static Outcome Value(ObjectPtr value, const NoSafepointScope&) { return Outcome(value, false); }
  // A value that is no heap object.
  static Outcome Immediate(ObjectPtr value) {
    FART_DCHECK(!value.IsHeapObject());
    return Outcome(value, false);
  }
  static Outcome Error(ObjectPtr error, const NoSafepointScope&) { return Outcome(error, true); }

  bool IsError() const { return is_error_; }
  // The value or the error.
  ObjectPtr Get(const NoSafepointScope&) const { return object_; }

 private:
  Outcome(ObjectPtr object, bool is_error) : object_(object), is_error_(is_error) {}

  ObjectPtr object_;
  bool is_error_;
};

}  // namespace fart

#endif  // FART_VM_ROOTS_ROOTED_H_
