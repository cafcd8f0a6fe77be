// CallForeign -- one call from the VM into a foreign function.
//
//     ForeignMark mark(ForeignKind::kTarget, {.isolate = isolate, .entry_serial = serial});
//     switch (CallForeign(mark, native_function, arguments)) { ... }
//
// The function is called from CallForeign's own frame, with its own type: no frame of the VM lies
// between the mark and it. After any outcome the owner closes the scopes and arenas that were
// opened since.
//
// CallUnmarked is for functions in which nothing can begin an unwind, because their caller refuses
// all that would: no mark is linked, no place to jump to is saved, and its cost is half.
//
// Foreign frames must not be left by a `longjmp` past a CallForeign: its mark would stay linked.
//
// Not here: beginning an unwind (unwind.h).

#ifndef FART_VM_UNWIND_FOREIGN_CALL_H_
#define FART_VM_UNWIND_FOREIGN_CALL_H_

#include <cstddef>
#include <exception>
#include <string>
#include <type_traits>

#include "vm/unwind/foreign_mark.h"

#if FART_UNWIND_HAS_CXXABI
#include <cxxabi.h>
#endif

namespace fart {

enum class ForeignOutcome {
  kReturned,      // The function returned.
  kUnwound,       // UnwindToInnermostMark ended here: see ForeignMark::carried_error.
  kCppException,  // A C++ exception came out: see CaughtExceptionText.
  kThreadEnd,     // The thread was to end inside a barrier's call: see TakeThreadEnd.
};

// How a call ended that did not return as it should have, for a sentence: "let a C++ exception out:
// ...". Not of kUnwound.
std::string DescribeEscape(ForeignOutcome outcome);

// The thread was asked to end (pthread_exit, cancellation) where the VM could not be left: the call
// was, and the thread runs on. Whoever can do so ends it later. True once for each.
bool TakeThreadEnd();

// `type: what()` of the exception of this thread's last kCppException; valid until the next one.
const char* CaughtExceptionText();

namespace unwind_internal {

// Links a mark for as long as this object lives (VU-U1, VU-U2). Also when the thread ends inside a
// target: that is a forced unwind too, and passes through here.
class CallLink {
 public:
  [[gnu::always_inline]] explicit CallLink(ForeignMark& mark) {
    ThreadState& thread = thread_state;
#if FART_UNWIND_HAS_CXXABI
    if (thread.eh_globals == nullptr) [[unlikely]]
      FindEhGlobals();
    mark.saved_eh_globals_ = *thread.eh_globals;
    *thread.eh_globals = EhGlobals{};
#endif
    mark.previous_ = thread.innermost;
    thread.innermost = &mark;
  }

  // Takes the mark from the thread and not from a member: after a jump, CallForeign may rely on
  // nothing that the compiler kept in its frame.
  [[gnu::always_inline]] ~CallLink() {
    ThreadState& thread = thread_state;
    const ForeignMark& mark = *thread.innermost;
    thread.innermost = mark.previous_;
#if FART_UNWIND_HAS_CXXABI
    *thread.eh_globals = mark.saved_eh_globals_;
#endif
  }

  CallLink(const CallLink&) = delete;
  CallLink& operator=(const CallLink&) = delete;

  static JumpPlace& JumpPlaceOf(ForeignMark& mark) { return mark.jump_place_; }
  [[noreturn]] static void LandForThreadEnd(ForeignMark& mark) {
    mark.lands_for_thread_end_ = true;
    JumpTo(mark.jump_place_);
  }

  [[gnu::always_inline]] static void NoteStackPointer([[maybe_unused]] ForeignMark& mark) {
#if !FART_UNWIND_BY_JUMP
    mark.stack_pointer_ = StackPointer();
#endif
  }
};

// The second half of VU-U2 alone, where there is no mark.
class EmptyEhGlobals {
 public:
  [[gnu::always_inline]] EmptyEhGlobals() {
#if FART_UNWIND_HAS_CXXABI
    if (thread_state.eh_globals == nullptr) [[unlikely]]
      FindEhGlobals();
    saved_ = *thread_state.eh_globals;
    *thread_state.eh_globals = EhGlobals{};
#endif
  }
  [[gnu::always_inline]] ~EmptyEhGlobals() {
#if FART_UNWIND_HAS_CXXABI
    *thread_state.eh_globals = saved_;
#endif
  }
  EmptyEhGlobals(const EmptyEhGlobals&) = delete;
  EmptyEhGlobals& operator=(const EmptyEhGlobals&) = delete;

 private:
  EhGlobals saved_ = {};
};

// Keeps the text of the exception that is being handled; `what` is null if it has none.
[[gnu::cold]] void RememberException(const char* what) noexcept;

// Behind the jump to the innermost mark: releases the exceptions whose handlers were left without
// ending them; what brought us here.
[[gnu::cold]] ForeignOutcome OutcomeOfLanding();

// Inside the handler of the unwind that ends this thread: leaves it for the mark, the innermost.
// glibc tolerates that: the thread counts as ending, which only means that it cannot be cancelled
// again, and ends when pthread_exit is called anew.
[[noreturn, gnu::cold]] void StopThreadEnd();

// True for what is passed in a register. An argument on the stack would move the stack pointer, by
// which the unwinder recognises CallMarked's frame.
template <typename T>
inline constexpr bool kFitsRegister = std::is_scalar_v<T> && sizeof(T) <= sizeof(void*);
inline constexpr std::size_t kArgumentRegisters = 6;

// The frame that unwinds end in. Not inline: all registers are saved here for the jump, and nothing
// of the caller's may live in this frame. (The reference to a forced unwind is a null reference.)
template <typename Result, typename... Params>
__attribute__((noinline, no_sanitize("null"))) ForeignOutcome CallMarked(
    ForeignMark& mark, Result* result, Result (*function)(Params...), Params... arguments) {
  const CallLink link(mark);
  if (FART_SAVE_JUMP_PLACE(CallLink::JumpPlaceOf(mark)) != 0) {
    return OutcomeOfLanding();
  }
  CallLink::NoteStackPointer(mark);
  try {
    if constexpr (std::is_void_v<Result>) {
      static_cast<void>(result);
      function(arguments...);
    } else {
      *result = function(arguments...);
    }
    return ForeignOutcome::kReturned;
#ifdef __GLIBCXX__
  } catch (abi::__forced_unwind&) {
    // The thread is to end: our own unwinds end before any handler here. Nothing may unwind out of
    // a barrier, around which destructors run and collections wait.
    if (mark.kind() == ForeignKind::kTarget) throw;
    StopThreadEnd();
#endif
  } catch (const std::exception& exception) {
    RememberException(exception.what());
  } catch (...) {
    RememberException(nullptr);
  }
  return ForeignOutcome::kCppException;
}

}  // namespace unwind_internal

// Calls `function` with `mark` innermost. `result` is written only if the outcome is kReturned.
// Does not return if the thread ends in the call of a target: that unwind goes on through the
// callers, so that they must not be `noexcept`.
template <typename Result, typename... Params>
[[nodiscard, gnu::always_inline]] inline ForeignOutcome CallForeign(
    ForeignMark& mark, Result& result, Result (*function)(Params...),
    std::type_identity_t<Params>... arguments) {
  static_assert(unwind_internal::kFitsRegister<Result>);
  static_assert((unwind_internal::kFitsRegister<Params> && ...));
  static_assert(sizeof...(Params) <= unwind_internal::kArgumentRegisters);
  return unwind_internal::CallMarked<Result, Params...>(mark, &result, function, arguments...);
}

template <typename... Params>
[[nodiscard, gnu::always_inline]] inline ForeignOutcome CallForeign(
    ForeignMark& mark, void (*function)(Params...), std::type_identity_t<Params>... arguments) {
  static_assert((unwind_internal::kFitsRegister<Params> && ...));
  static_assert(sizeof...(Params) <= unwind_internal::kArgumentRegisters);
  return unwind_internal::CallMarked<void, Params...>(mark, nullptr, function, arguments...);
}

// Calls `call` without a mark. kReturned or kCppException. A thread that ends inside goes on ending
// through the callers, as out of a target.
template <typename Call>
[[nodiscard, gnu::always_inline]] inline ForeignOutcome CallUnmarked(Call&& call) {
  const unwind_internal::EmptyEhGlobals globals;
  try {
    call();
    return ForeignOutcome::kReturned;
#ifdef __GLIBCXX__
  } catch (abi::__forced_unwind&) {
    throw;
#endif
  } catch (const std::exception& exception) {
    unwind_internal::RememberException(exception.what());
  } catch (...) {
    unwind_internal::RememberException(nullptr);
  }
  return ForeignOutcome::kCppException;
}

}  // namespace fart

#endif  // FART_VM_UNWIND_FOREIGN_CALL_H_
