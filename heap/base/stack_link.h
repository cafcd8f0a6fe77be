// StackLink -- what code links on its C stack, innermost first: whoever leaves frames of that stack
// without their code knows from it what to take off.
//
// Not here: what the links hold (heap/direct_state.h).

#ifndef FART_HEAP_BASE_STACK_LINK_H_
#define FART_HEAP_BASE_STACK_LINK_H_

#include <cstdint>

namespace fart {

struct StackLink {
  StackLink* previous;
};

// Takes off the innermost links that lie in [from, to), a part of one stack.
inline void TakeOffLinksIn(StackLink** innermost, std::uintptr_t from, std::uintptr_t to) {
  const auto is_left = [&](const StackLink* link) {
    const auto place = reinterpret_cast<std::uintptr_t>(link);
    return place >= from && place < to;
  };
  while (*innermost != nullptr && is_left(*innermost)) *innermost = (*innermost)->previous;
}

}  // namespace fart

#endif  // FART_HEAP_BASE_STACK_LINK_H_
