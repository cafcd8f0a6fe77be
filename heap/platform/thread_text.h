// ThreadText -- texts of which each thread has one of its own, for functions that answer a `const
// char*`: its last misuse, the text of the exception it saw.
//
// Safe at any time of a process and a thread: before main, after it, in destructors of static and
// thread-local objects and of pthread keys. Hence no object with a destructor: a thread's memory
// goes in a key's destructor, and whatever is kept after that begins anew.
//
// Not here: what the texts say.

#ifndef FART_HEAP_PLATFORM_THREAD_TEXT_H_
#define FART_HEAP_PLATFORM_THREAD_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fart {

enum class ThreadText : std::uint8_t {
  kMisuse,           // vm/entry/misuse.h
  kCppException,     // vm/unwind/foreign_call.h
  kVerifierFinding,  // Fart_VerifyHeap
  kFlagValue,        // Fart_GetFlag
};
inline constexpr std::size_t kThreadTexts = 4;

// Copies `text`. The copy is valid until this thread keeps another of the same kind, or ends. When
// memory is used up a sentence that says so takes its place.
const char* KeepThreadText(ThreadText which, std::string_view text);
// The last one kept; null if there was none.
const char* KeptThreadText(ThreadText which);

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_THREAD_TEXT_H_
