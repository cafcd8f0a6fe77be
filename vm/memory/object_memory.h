// ObjectMemory -- the memory of an isolate's objects: a heap, the handles into it, who collects it,
// and the objects that must be there from the beginning.
//
// The second of the three things that an isolate is (Isolate : ObjectMemory : Enterable): all that
// making and reading values needs, and nothing of programs or ports. Members are declared in
// dependency order and made in it; nothing is wired up later.
//
// Invariants
//   VM-I4 ready        errors that cannot be made when they are needed exist from the beginning.
//
// Not here: what the ready objects are made of (isolate.cc), which takes values.

#ifndef FART_VM_MEMORY_OBJECT_MEMORY_H_
#define FART_VM_MEMORY_OBJECT_MEMORY_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "gc/controller.h"
#include "handles/handle_tables.h"
#include "heap/base/safepoint.h"
#include "heap/heap.h"
#include "heap/mutator.h"
#include "vm/entry/callback_runner.h"
#include "vm/entry/enterable.h"
#include "vm/entry/error_texts.h"
#include "vm/entry/foreign_types.h"
#include "vm/memory/core_shapes.h"
#include "vm/memory/flags.h"
#include "vm/memory/statistics.h"
#include "vm/roots/execution_stack.h"
#include "vm/roots/host_roots.h"
#include "vm/roots/root_table.h"
#include "vm/roots/rooted.h"

namespace fart {

// Objects that a host names without a handle of its own (HandleValue::Immortal).
enum class Constant : std::uint32_t {
  kNull,
  kTrue,
  kFalse,
  kEmptyString,
  kFirstReadyError,  // and one for each ErrorText
};
static_assert(static_cast<std::uint32_t>(Constant::kFirstReadyError) + kErrorTexts <=
              ImmortalConstants::kCapacity);
inline constexpr HandleValue ConstantHandle(Constant constant) {
  return HandleValue::Immortal(static_cast<std::uint32_t>(constant));
}

// null, true and false have handles that need no slot and are the same in every isolate.
inline constexpr bool IsConstant(ObjectPtr object) {
  return object.bits() <= kFalse.bits() && object.IsTagged();
}
// Objects and handles are numbered alike, so that no branch is needed from one to the other.
inline constexpr HandleValue ConstantHandleOf(ObjectPtr object) {
  return HandleValue::FromBits(ConstantHandle(Constant::kNull).bits() + object.bits() -
                               ObjectPtr().bits());
}
static_assert(ConstantHandleOf(kTrue) == ConstantHandle(Constant::kTrue));
static_assert(ConstantHandleOf(kFalse) == ConstantHandle(Constant::kFalse));
// A handle of any value, which ends with the innermost scope. Empty: there is no room.
inline HandleValue NewHandle(LocalHandles& locals, ObjectPtr object) {
  return IsConstant(object) ? ConstantHandleOf(object) : locals.CreateHandle(object);
}

// What a host said that attached to the direct interface.
struct DirectHost {
  bool is_attached = false;
  void (*out_of_memory)(void* peer) = nullptr;
  void* peer = nullptr;
};

class ObjectMemory : public Enterable {
 public:
  // ---- Parts
  Heap& heap() { return heap_; }
  const Heap& heap() const { return heap_; }
  Mutator& mutator() { return mutator_; }
  GcController& gc() { return gc_; }
  HandleTables& handles() { return handles_; }
  const HandleTables& handles() const { return handles_; }
  ExecutionStack& stack() { return stack_; }
  const ExecutionStack& stack() const { return stack_; }
  ShapeRegistry& shapes() { return shapes_; }
  const ShapeRegistry& shapes() const { return shapes_; }
  // Slots for the isolate's life; the language's statics and constants may go here.
  RootTable& roots() { return roots_; }
  // What a host holds without handles.
  HostRoots& host_roots() { return host_roots_; }
  DirectHost& direct_host() { return direct_host_; }
  Statistics& statistics() { return statistics_; }
  const Statistics& statistics() const { return statistics_; }
  IsolateId id() const { return id_; }

  // For one call of a native function: no address and no handle, and no other call's.
  ForeignNativeArguments TakeCallName() {
    constexpr std::uint64_t kStep = 8;
    next_call_ += kStep;
    return reinterpret_cast<ForeignNativeArguments>(next_call_);
  }

  // ---- Ready-made objects (VM-I4)
  Rooted ConstantObject(Constant constant) const;
  Rooted EmptyString() const { return ConstantObject(Constant::kEmptyString); }
  Rooted ReadyError(ErrorText text) const;
  // The object as an outcome; the out-of-memory error if there is none.
  Outcome OrOutOfMemory(const FreshObject& object) const;
  Outcome ReadyErrorOutcome(ErrorText text) const;

  // Null: none is kept.
  Rooted sticky_error() const { return Rooted(&sticky_error_->value); }
  void SetStickyError(ObjectPtr error, const NoSafepointScope&) {
    roots_.Set(sticky_error_, error);
  }

  // ---- Flags
  // As they are now: the host's callback may have raised the heap's limit meanwhile.
  Flags flags() const;
  // From now on. False: unknown, malformed, or fixed when the isolate was made; nothing changes.
  [[nodiscard]] bool SetFlag(std::string_view text, std::string* error);

  // ---- Callbacks of dead handles (VE-I3)
  // Runs all that are due. Not inside a callback.
  void RunAllCallbacks() { callbacks_.RunAll(); }
  std::uint64_t callbacks_run() const { return callbacks_.run(); }
  // Where the host's callbacks around collections are.
  CallbackRunnerOfIsolate& callbacks() { return callbacks_; }

  // The host has nothing to do until `deadline_us` (MonotonicNs, in microseconds): runs callbacks
  // that are due and collects if that is worth it and likely to be over in time. True: collected.
  bool CollectWhenIdle(std::int64_t deadline_us) FART_MAY_COLLECT;

 protected:
  ObjectMemory(const Flags& flags, HandleOwner owner, ByteCount stack_size, void* callback_data);
  ~ObjectMemory() = default;

  // False when the system refused the addresses; nothing else may be called then.
  bool IsReserved() const {
    return heap_.IsReserved() && handles_.is_usable() && stack_.IsReserved();
  }
  // Otherwise: a sentence for the host.
  std::string WhatWasRefused() const;

 private:
  void ApplyFlags();

  const IsolateId id_;
  // The isolate's number above 48 bits that count; those begin where nobody would guess.
  std::uint64_t next_call_;
  Flags flags_;

  Heap heap_;
  ShapeRegistry shapes_;
  HandleTables handles_;
  ExecutionStack stack_;
  RootTable roots_;
  Statistics statistics_;
  CallbackRunnerOfIsolate callbacks_;
  GcController gc_;
  const RootRegistration locals_registration_;
  const RootRegistration persistents_registration_;
  const RootRegistration constants_registration_;
  const RootRegistration stack_registration_;
  const RootRegistration roots_registration_;
  const WeakRegistration weaks_registration_;
  const WeakRegistration peers_registration_;
  Mutator mutator_;
  HostRoots host_roots_;
  const RootRegistration host_roots_registration_;
  DirectHost direct_host_;

  RootTable::Slot* const sticky_error_;
};

}  // namespace fart

#endif  // FART_VM_MEMORY_OBJECT_MEMORY_H_
