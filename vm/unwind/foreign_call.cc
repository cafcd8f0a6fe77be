#include "vm/unwind/foreign_call.h"

#include <cstdlib>
#include <exception>
#include <string>
#include <utility>

#include "heap/platform/thread_text.h"

#if FART_UNWIND_HAS_CXXABI
#include <cxxabi.h>

#include <memory>
#include <typeinfo>
#endif

namespace fart {

namespace {

constinit thread_local bool is_thread_end_asked = false;

std::string NameOfHandledException() {
#if FART_UNWIND_HAS_CXXABI
  // Asked first: the type is read in front of the exception's header, where another language's has
  // something else.
  const bool is_of_cpp = std::current_exception() != nullptr;
  const std::type_info* const type = is_of_cpp ? abi::__cxa_current_exception_type() : nullptr;
  if (type == nullptr) return "an exception that is not of C++";
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> name(
      abi::__cxa_demangle(type->name(), nullptr, nullptr, &status), &std::free);
  return status == 0 ? name.get() : type->name();
#else
  return "a C++ exception";
#endif
}

}  // namespace

const char* CaughtExceptionText() {
  const char* const kept = KeptThreadText(ThreadText::kCppException);
  return kept == nullptr ? "a C++ exception" : kept;
}

std::string DescribeEscape(ForeignOutcome outcome) {
  if (outcome == ForeignOutcome::kThreadEnd) return "was about to end its thread";
  return std::string("let a C++ exception out: ") + CaughtExceptionText();
}

bool TakeThreadEnd() { return std::exchange(is_thread_end_asked, false); }

namespace unwind_internal {

constinit thread_local ThreadState thread_state = {nullptr, nullptr};

void FindEhGlobals() {
#if FART_UNWIND_HAS_CXXABI
  thread_state.eh_globals = reinterpret_cast<EhGlobals*>(abi::__cxa_get_globals());
#endif
}

#if !FART_UNWIND_LIBC_JUMP
void JumpTo(JumpPlace& place) { __builtin_longjmp(place.buffer, 1); }
#endif

void RememberException(const char* what) noexcept {
  try {
    std::string text = NameOfHandledException();
    if (what != nullptr) text.append(": ").append(what);
    KeepThreadText(ThreadText::kCppException, text);
  } catch (...) {
    KeepThreadText(ThreadText::kCppException, "a C++ exception (no memory for its text)");
  }
}

ForeignOutcome OutcomeOfLanding() {
#if FART_UNWIND_HAS_CXXABI
  while (thread_state.eh_globals->caught_exceptions != nullptr) abi::__cxa_end_catch();
#endif
  return thread_state.innermost->LandsForThreadEnd() ? ForeignOutcome::kThreadEnd
                                                     : ForeignOutcome::kUnwound;
}

void StopThreadEnd() {
#if FART_UNWIND_HAS_CXXABI
  // Not to be ended: the C library takes it for a handler that swallows the thread's end.
  *thread_state.eh_globals = EhGlobals{};
#endif
  is_thread_end_asked = true;
  CallLink::LandForThreadEnd(*thread_state.innermost);
}

}  // namespace unwind_internal

}  // namespace fart
