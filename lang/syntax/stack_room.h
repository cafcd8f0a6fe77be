// StackRoom -- is there enough of the thread's stack left to go one level deeper?
//
// The parser, and whoever walks a tree by recursion after it, asks at every level; so how deep a
// program may nest depends on the stack it is loaded on and on nothing else.
//
// Not here: where a stack ends, and what is kept in reserve (heap/platform/thread_stack.h).

#ifndef FART_LANG_SYNTAX_STACK_ROOM_H_
#define FART_LANG_SYNTAX_STACK_ROOM_H_

#include <cstdint>

#include "heap/platform/thread_stack.h"

namespace fart::lang {

inline constexpr const char* kNestedTooDeeply = "This is nested too deeply.";

class StackRoom {
 public:
  // Of the calling thread, which is the one that may ask.
  StackRoom() : limit_(NativeStackLimit()) {}

  [[nodiscard]] bool IsLeft() const {
    return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) > limit_;
  }

 private:
  const std::uintptr_t limit_;
};

}  // namespace fart::lang

#endif  // FART_LANG_SYNTAX_STACK_ROOM_H_
