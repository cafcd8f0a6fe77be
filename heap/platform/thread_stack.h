// Thread stack -- how far the C stack that the calling thread runs on may grow.
//
// A thread need not run on the stack it was made with: a coroutine, a fiber and a signal handler
// have stacks of their own. So whoever keeps bounds asks `Contains` of where it is, and anew
// when the answer is no.
//
// What is known of a stack, best first: what the host has said of it; what the system knows of the
// thread's own and of a signal handler's; the memory mapping that it lies in.
//
// Not here: stacks of programs (vm/roots/execution_stack.h).

#ifndef FART_HEAP_PLATFORM_THREAD_STACK_H_
#define FART_HEAP_PLATFORM_THREAD_STACK_H_

#include <cstddef>
#include <cstdint>

namespace fart {

// Stacks grow downwards. Frames should not reach below `limit`: the stack's end and a reserve for
// what runs without asking.
struct StackBounds {
  std::uintptr_t limit = 0;
  std::size_t room = 0;  // from the limit up to the stack's beginning

  // Whether `place`, where somebody runs now, is in this stack and above its limit.
  bool HasRoomAt(std::uintptr_t place) const { return place - limit < room; }
};

inline std::uintptr_t CurrentStackPlace() {
  return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
}

// Of the stack that the caller runs on. Everything above 0 where the platform does not tell.
StackBounds CurrentStackBounds();

// The limit alone.
inline std::uintptr_t NativeStackLimit() { return CurrentStackBounds().limit; }

// What the host knows of a stack that this thread runs on or is about to: its lowest address and
// the one behind its highest. Remembered until it says something else; low == high: nothing.
void SetStackBounds(std::uintptr_t low, std::uintptr_t high);

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_THREAD_STACK_H_
