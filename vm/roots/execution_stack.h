// ExecutionStack -- the linear stack on which Fart frames, arguments and temporary roots live.
//
// It grows upwards. Every word of [base, top) is an ObjectPtr that the collector visits and
// corrects; raw words a frame must save (a program counter, a distance to the caller's frame) are
// encoded as Smis. Whoever runs on it keeps its own top in a local variable and publishes it before
// anything that may collect or call out.
//
// Invariants
//   VR-E1 tagged    every word of [base, top) is an immediate, a Smi or a live object.
//   VR-E2 room      below soft_limit() frames of programs may begin; the slack above it is for the
//                   temporary roots of the VM and for making the error that says "too deep".
//   VR-E3 stacked   whoever raises the top puts it back, also when an error passes through.
//
// Not here: what a frame looks like (lang/interpreter); the C stack (heap/platform/thread_stack.h).

#ifndef FART_VM_ROOTS_EXECUTION_STACK_H_
#define FART_VM_ROOTS_EXECUTION_STACK_H_

#include <atomic>
#include <cstddef>

#include "heap/base/check.h"
#include "heap/base/units.h"
#include "heap/object/object_ptr.h"
#include "heap/object/providers.h"
#include "heap/platform/virtual_memory.h"
#include "vm/roots/rooted.h"

namespace fart {

inline constexpr ByteCount kDefaultStackSize = MiB(8);

class ExecutionStack final : public RootProvider {
 public:
  static constexpr ByteCount kSlack = KiB(64);  // VR-E2

  // `size` is rounded up to whole pages and is at least twice the slack.
  explicit ExecutionStack(ByteCount size = kDefaultStackSize);
  ExecutionStack(const ExecutionStack&) = delete;
  ExecutionStack& operator=(const ExecutionStack&) = delete;

  // False when the system refused the memory; nothing else may be called then.
  bool IsReserved() const { return base_ != nullptr; }

  ObjectPtr* base() const { return base_; }
  // A frame that would end above this is answered with a StackOverflowError. (VR-E2)
  ObjectPtr* soft_limit() const { return soft_limit_; }
  // The same, and null while the isolate is interrupted: so that who compares with it where a frame
  // begins or a loop turns asks both questions at once.
  ObjectPtr* polled_limit() const { return polled_limit_.load(std::memory_order_relaxed); }
  ObjectPtr* end() const { return end_; }

  ObjectPtr* top() const { return top_; }
  // Words of [base, top) must all be valid by now. (VR-E1)
  void SetTop(ObjectPtr* top) {
    FART_DCHECK(top >= base_ && top <= end_);
    top_ = top;
  }
  // Whether `words` more fit below the soft limit.
  bool HasRoomFor(std::size_t words) const {
    return top_ < soft_limit_ && static_cast<std::size_t>(soft_limit_ - top_) >= words;
  }
  void Push(ObjectPtr value) {
    FART_CHECK(top_ < end_);
    *top_++ = value;
  }
  void PushNulls(std::size_t count) {
    FART_CHECK(count <= static_cast<std::size_t>(end_ - top_));
    for (ObjectPtr* const top = top_ + count; top_ != top; ++top_) *top_ = ObjectPtr();
  }

  // ---- From any thread
  void Interrupt() { polled_limit_.store(nullptr, std::memory_order_relaxed); }
  void EndInterrupt() { polled_limit_.store(soft_limit_, std::memory_order_relaxed); }
  bool IsInterrupted() const { return polled_limit() == nullptr; }

  // RootProvider
  void VisitSlots(SlotSet set, SlotVisitor& visitor) override;
  void Verify(VerifyReporter& reporter) const override;

 private:
  VirtualMemory memory_;
  ObjectPtr* base_ = nullptr;
  ObjectPtr* top_ = nullptr;
  ObjectPtr* soft_limit_ = nullptr;
  std::atomic<ObjectPtr*> polled_limit_{nullptr};
  ObjectPtr* end_ = nullptr;
};

// `N` temporary roots, for as long as this object lives: how C++ code of the VM holds objects
// across calls that may collect. Lives strictly like a stack frame. (VR-E3)
//
//     StackRoots<2> roots(isolate.stack());
//     { NoSafepointScope quiet; roots.Set(0, fresh.Get(quiet)); }
//     ... Concat(mutator, roots[0], roots[1]) ...
template <std::size_t N>
class StackRoots {
 public:
  explicit StackRoots(ExecutionStack& stack) : stack_(stack), first_(stack.top()) {
    stack.PushNulls(N);
  }
  ~StackRoots() {
    FART_DCHECK(stack_.top() == first_ + N);
    stack_.SetTop(first_);
  }
  StackRoots(const StackRoots&) = delete;
  StackRoots& operator=(const StackRoots&) = delete;

  Rooted operator[](std::size_t index) const {
    FART_DCHECK(index < N);
    return Rooted(first_ + index);
  }
  Roots all() const { return Roots(first_, N); }
  void Set(std::size_t index, ObjectPtr value) {
    FART_DCHECK(index < N);
    first_[index] = value;
  }

 private:
  ExecutionStack& stack_;
  ObjectPtr* const first_;
};

}  // namespace fart

#endif  // FART_VM_ROOTS_EXECUTION_STACK_H_
