// ForeignMark -- the place in the stack where the VM went over into foreign code.
//
// One mark stands for one call: the caller makes it on its own stack, CallForeign links it, and
// while the call runs it is the innermost mark of this thread. An unwind ends at the innermost mark
// or does not begin.
//
// Invariants
//   VU-U1 innermost  between the link and the unlink of a call, and with no later call running, the
//                    thread's innermost mark is this call's; after it, the previous one again,
//                    however the call ended.
//   VU-U2 globals    foreign code starts with empty `__cxa_eh_globals` (no exception caught, none
//                    in flight), and the caller finds its own again afterwards.
//   VU-U3 supersede  a mark has at most one current unwind. Beginning another (from a catch block
//                    that holds the first) makes the first a dead one: when its catch block ends,
//                    nothing is restarted.
//   VU-U4 unlinked   while a frame's cleanups run, no link lies in what has been unwound.
//
// Not here: how the call is made (foreign_call.h), how it is unwound (unwind.h), and what the words
// of the owner mean: this package knows neither isolates nor handles.

#ifndef FART_VM_UNWIND_FOREIGN_MARK_H_
#define FART_VM_UNWIND_FOREIGN_MARK_H_

#include <cstddef>
#include <cstdint>
#include <utility>

#include "heap/base/stack_link.h"
#include "vm/unwind/jump.h"
#include "vm/unwind/mechanism.h"

#if !FART_UNWIND_BY_JUMP
#include <unwind.h>
#endif

namespace fart {

enum class ForeignKind : std::uint8_t {
  kTarget,   // Unwinding may end here: native functions, resolvers, _Init, tag handlers.
  kBarrier,  // Unwinding must not pass nor end here: finalizers, GC and notify callbacks.
};

// What the owner of a mark wants to find again. Only `isolate` and `entry_serial` are looked at,
// and only compared.
struct ForeignOwner {
  const void* isolate = nullptr;
  std::uint64_t entry_serial = 0;
  // What foreign code links on its stack; an unwind takes off what it leaves, before anything that
  // it runs. Null: nothing.
  StackLink** links = nullptr;
};

namespace unwind_internal {
class CallLink;
class Unwinder;
struct ThreadState;

// The part of the C++ runtime's state that says what is caught and what is in flight; its layout is
// in the Itanium C++ ABI, its name (`__cxa_eh_globals`) is all that <cxxabi.h> declares.
struct EhGlobals {
  void* caught_exceptions;
  unsigned int uncaught_exceptions;
};
}  // namespace unwind_internal

class ForeignMark {
 public:
  ForeignMark(ForeignKind kind, const ForeignOwner& owner) : owner_(owner), kind_(kind) {}
  ForeignMark(const ForeignMark&) = delete;
  ForeignMark& operator=(const ForeignMark&) = delete;

  ForeignKind kind() const { return kind_; }
  const ForeignOwner& owner() const { return owner_; }

  // The mark of the foreign call that is innermost on this thread; null outside foreign code.
  static ForeignMark* Innermost();

  // What UnwindToInnermostMark was given. Only after ForeignOutcome::kUnwound.
  std::uintptr_t carried_error() const { return carried_error_; }

  // Null if every frame between was unwound; else an address in the first function that has no
  // unwind tables: it and what called it, up to the mark, were jumped over without destructors.
  // Only after ForeignOutcome::kUnwound.
  const void* jumped_over_from() const { return jumped_over_from_; }

  // Whether the jump to this mark was for the thread's end. True once.
  bool LandsForThreadEnd() { return std::exchange(lands_for_thread_end_, false); }

 private:
  friend class unwind_internal::CallLink;
  friend class unwind_internal::Unwinder;

  // Written for every call; the rest of the object is written when an unwind begins.
  ForeignOwner owner_;
  ForeignMark* previous_;
  unwind_internal::EhGlobals saved_eh_globals_;
  unwind_internal::JumpPlace jump_place_;
  ForeignKind kind_;
  std::uint8_t unwinds_begun_ = 0;
  bool lands_for_thread_end_ = false;

  std::uintptr_t carried_error_;
  const void* jumped_over_from_;

#if !FART_UNWIND_BY_JUMP
  // What the unwinder and a `catch (...)` hold on to. Two, used in turn: one may still be caught
  // while the next one passes (VU-U3), and a third cannot begin before that catch block has ended.
  //
  // In front of the header of an exception of its own, the C++ runtime has the exception's type,
  // and __cxa_current_exception_type reads there without asking whose it is: it finds null.
  struct Flight {
    static constexpr std::size_t kInFront =
        128;  // 80 to 112, as the runtime and its version have it
    alignas(_Unwind_Exception) std::byte in_front[kInFront];
    _Unwind_Exception header;
    ForeignMark* mark;

    static Flight& OfHeader(_Unwind_Exception* header) {
      return *reinterpret_cast<Flight*>(reinterpret_cast<std::byte*>(header) - kInFront);
    }
  };
  static_assert(offsetof(Flight, header) == Flight::kInFront);
  std::uintptr_t stack_pointer_;  // Of the frame that jump_place_ leads back to.
  unsigned int uncaught_at_start_;
  Flight flights_[2];
#endif
};

namespace unwind_internal {

struct ThreadState {
  ForeignMark* innermost;
  EhGlobals* eh_globals;  // Found at a thread's first call; asking each time costs a third of it.
};

// Initial-exec: in a shared library too, one instruction and no call. 16 bytes are few enough for
// the reserve that the loader keeps for libraries loaded late.
[[gnu::tls_model("initial-exec")]] extern constinit thread_local ThreadState thread_state;

// Finds this thread's __cxa_eh_globals.
[[gnu::cold]] void FindEhGlobals();

}  // namespace unwind_internal

inline ForeignMark* ForeignMark::Innermost() { return unwind_internal::thread_state.innermost; }

}  // namespace fart

#endif  // FART_VM_UNWIND_FOREIGN_MARK_H_
