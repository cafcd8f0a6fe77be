#include "vm/unwind/foreign_call.h"

#include <string>

#include "heap/platform/thread_text.h"

#if FART_UNWIND_HAS_CXXABI
#include <cxxabi.h>

#include <cstdlib>
#include <memory>
#include <typeinfo>
#endif

namespace fart {

namespace {

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
  const char* const kept = KeptThreadText(ThreadText::kCppException);
  return kept == nullptr ? "a C++ exception" : kept;
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
    std::string text = NameOfHandledException();
    if (what != nullptr) text.append(": ").append(what);
    KeepThreadText(ThreadText::kCppException, text);
  } catch (...) {
    KeepThreadText(ThreadText::kCppException, "a C++ exception (no memory for its text)");
  }
}

void EndJumpedOverHandlers() {
#if FART_UNWIND_HAS_CXXABI
  while (thread_state.eh_globals->caught_exceptions != nullptr) abi::__cxa_end_catch();
#endif
}

}  // namespace unwind_internal

}  // namespace fart
