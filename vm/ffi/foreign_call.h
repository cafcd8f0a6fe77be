// ForeignFunctionCall -- one call of a C function from a program, with what surrounds it.
//
// An ordinary call is a frame like that of a native function (vm/entry/foreign_frame.h): C may call
// back, use the API, throw in C++, propagate an error. A leaf call has none: it
// is half as dear, and in it whatever may collect, unwind or call the program is refused, so that
// nothing moves.
//
// Handles, which a function that uses the API takes and gives, exist in ordinary calls only. They
// end with the frame, so it is the call that makes them, and looks what the one stands for that
// comes back.
//
// errno is a program's as it is C's: what the last call left is there when the next one begins,
// whatever the VM has called in between.
//
// Invariants
//   VF-E1 alive   the arguments lie on the execution stack until the call has ended: what they keep
//                 alive lives as long.
//   VF-E2 errno   between calls the isolate keeps errno; no code of C sees what the VM left in it.
//   VF-E3 later   an error that a callback has kept for the call's return is its outcome.
//
// Not here: what the words of the block are (call_plan.h); calls of native functions of extensions
// (vm/native/native_call.h).

#ifndef FART_VM_FFI_FOREIGN_CALL_H_
#define FART_VM_FFI_FOREIGN_CALL_H_

#include <cerrno>
#include <cstdint>

#include "heap/base/safepoint.h"
#include "vm/entry/enterable.h"
#include "vm/entry/error_texts.h"
#include "vm/ffi/call_plan.h"
#include "vm/ffi/foreign_library.h"
#include "vm/memory/object_memory.h"
#include "vm/roots/rooted.h"
#include "vm/unwind/foreign_call.h"

namespace fart::ffi {

enum class CallKind : std::uint8_t {
  kOrdinary,
  kLeaf,
  kReleasing,  // Ordinary, and the isolate is left meanwhile: other threads may enter it.
};

struct ForeignTarget {
  const void* function = nullptr;
  ForeignLibrary* library = nullptr;  // Null: nobody knows.
  CallKind kind = CallKind::kOrdinary;
};

// `block` is filled in as the plan says, but for floating_used. Afterwards it has the result's
// registers. The outcome is kTrue, or an error: what C propagated, what came out of it in C++
// (ErrorCause::kForeignEscape), a stack overflow.
Outcome CallForeignFunction(ObjectMemory& memory, const ForeignTarget& target, const CallPlan& plan,
                            std::uint64_t* block, int* kept_errno) FART_MAY_COLLECT;

// The same by a plan that has Handles; the target's kind is kOrdinary. `values` are those of the
// arguments, which are slots of the execution stack: the words of Handles are filled in here. The
// outcome of a function that gives a Handle is the value or error which that stands for.
Outcome CallWithHandles(ObjectMemory& memory, const ForeignTarget& target, const CallPlan& plan,
                        std::uint64_t* block, int* kept_errno, Roots values) FART_MAY_COLLECT;

// ---- Leaf calls, for a caller that wants the whole of one in itself

namespace foreign_call_internal {

inline Registers* RegistersOf(const CallPlan& plan, std::uint64_t* block) {
  auto* const registers = reinterpret_cast<Registers*>(block);
  registers->floating_used = plan.floating_used;
  return registers;
}

// Around every call. errno is the thread's own, and its address does not change while a thread
// runs.
template <typename Call>
[[gnu::always_inline]] inline ForeignOutcome CallWithErrno(const ForeignTarget& target,
                                                           int* kept_errno, Call&& call) {
  const CallIntoLibrary running(target.library);  // VF-O1
  errno = *kept_errno;
  const ForeignOutcome outcome = call();
  *kept_errno = errno;
  return outcome;
}

[[gnu::noinline, gnu::cold]] Outcome EscapeError(ObjectMemory& memory,
                                                 ForeignOutcome outcome) FART_MAY_COLLECT;

}  // namespace foreign_call_internal

// The same as CallForeignFunction with CallKind::kLeaf.
// VE-I3: nothing may collect, enter or exit inside. So nothing can unwind either: the API refuses
// it first.
[[gnu::always_inline]] inline Outcome CallLeafFunction(ObjectMemory& memory,
                                                       const ForeignTarget& target,
                                                       const CallPlan& plan, std::uint64_t* block,
                                                       int* kept_errno) FART_MAY_COLLECT {
  if (!memory.HasNativeStack()) [[unlikely]]
    return memory.ReadyErrorOutcome(ErrorText::kStackOverflow);
  Registers* const registers = foreign_call_internal::RegistersOf(plan, block);
  ForeignOutcome outcome;
  {
    const CallbackSection section(memory);
    outcome = foreign_call_internal::CallWithErrno(
        target, kept_errno, [&]() __attribute__((always_inline)) {
          return CallUnmarked([&]() __attribute__((always_inline)) {
            CallByPlan(plan, target.function, registers);
          });
        });
  }
  if (outcome == ForeignOutcome::kReturned) [[likely]]
    return Outcome::Immediate(kTrue);
  return foreign_call_internal::EscapeError(memory, outcome);
}

}  // namespace fart::ffi

#endif  // FART_VM_FFI_FOREIGN_CALL_H_
