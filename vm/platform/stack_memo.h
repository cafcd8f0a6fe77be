// StackMemo -- the addresses of the calls on a thread's stack, from memory where the stack is as it
// was when they were taken.
//
// Unwinding takes a microsecond. But who makes handles makes them from the same places: a walk
// remembers where on the stack each return address lay, and to look whether they all lie there
// still takes some ten nanoseconds. A frame's size follows from the address in it and from where it
// begins, so frame by frame they are the same calls.
//
// Invariants
//   V-M1 same    a walk is given again only where each return address that it passed lies where it
//                 lay, and what is left out is the same (V-K1).
//   V-M2 seen    where a return address is not found next to its frame nothing is remembered: the
//                 stack is walked each time (AArch64; frames of signals).
//
// Limit: of a frame whose size is known at run time only (alloca) the next return address might lie
// elsewhere; it is taken for the same if the old place holds it still.
//
// Not here: how walks are found again (known_walks.h); what is said of a walk (vm/places.h); names
// of functions (native_stack.h).

#ifndef FART_VM_PLATFORM_STACK_MEMO_H_
#define FART_VM_PLATFORM_STACK_MEMO_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "vm/platform/known_walks.h"

namespace fart {

class StackMemo {
 public:
  static constexpr std::size_t kMostFrames = StackWalk::kMostFrames;
  using Walk = StackWalk;

  StackMemo() = default;
  StackMemo(const StackMemo&) = delete;
  StackMemo& operator=(const StackMemo&) = delete;

  // Of this thread. Looks no names up. Left out is what was called by the outermost of `beginnings`
  // that is near, functions of the VM, and that one itself: so it is also where the VM is linked
  // statically, and its functions are told from others by nothing else. The same with `entry`, an
  // address at which a function goes on; null: none. `beginnings` are the same from each place that
  // calls this. May throw std::bad_alloc. The answer lasts until the next call.
  [[gnu::noinline]] Walk& Take(const void* entry, std::span<const void* const> beginnings);

  // How often a stack was walked.
  std::uint64_t walks() const { return walks_; }

 private:
  struct Taker;

  KnownWalks known_;
  Walk other_;  // the last one that is not kept
  std::uint64_t walks_ = 0;
};

}  // namespace fart

#endif  // FART_VM_PLATFORM_STACK_MEMO_H_
