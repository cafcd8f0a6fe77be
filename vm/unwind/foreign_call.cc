#include "vm/unwind/foreign_call.h"

#include <string>

#if FART_UNWIND_HAS_CXXABI
#include <cxxabi.h>

#include <cstdlib>
#include <memory>
#include <typeinfo>
#endif

namespace fart {

namespace {

// Grows to the longest text once; only a thread that saw an exception has one.
thread_local std::string caught_exception_text;
thread_local bool caught_exception_text_failed = false;

std::string NameOfHandledException() {
#if FART_UNWIND_HAS_CXXABI
  const std::type_info* const type = abi::__cxa_current_exception_type();
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
  return caught_exception_text_failed ? "a C++ exception (no memory for its text)"
                                      : caught_exception_text.c_str();
}

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
    caught_exception_text = NameOfHandledException();
    if (what != nullptr) caught_exception_text.append(": ").append(what);
    caught_exception_text_failed = false;
  } catch (...) {
    caught_exception_text_failed = true;
  }
}

void EndJumpedOverHandlers() {
#if FART_UNWIND_HAS_CXXABI
  while (thread_state.eh_globals->caught_exceptions != nullptr) abi::__cxa_end_catch();
#endif
}

}  // namespace unwind_internal

}  // namespace fart
