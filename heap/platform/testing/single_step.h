// SingleStep -- a signal after every instruction, to count what code costs. x86-64 alone.

#ifndef FART_HEAP_PLATFORM_TESTING_SINGLE_STEP_H_
#define FART_HEAP_PLATFORM_TESTING_SINGLE_STEP_H_

#include <cstdint>

namespace fart {

// Sets or clears the processor's trap flag: SIGTRAP comes with the place of the next instruction.
[[gnu::always_inline]] inline void SingleStep(bool on) {
  constexpr std::uint64_t kTrapFlag = 0x100;
  std::uint64_t flags;
  asm volatile("pushfq\n\tpopq %0" : "=r"(flags));
  flags = on ? flags | kTrapFlag : flags & ~kTrapFlag;
  asm volatile("pushq %0\n\tpopfq" : : "r"(flags) : "cc", "memory");
}

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_TESTING_SINGLE_STEP_H_
