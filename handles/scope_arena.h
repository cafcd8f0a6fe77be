// ScopeArena -- memory that lives as long as a scope: Fart_ScopeAllocate, C strings.
//
// A bump pointer in a reserved area of its own. A scope remembers the top and leaving it is one
// store, whatever was allocated. Blocks of one size class or chunks would need a walk there; and a
// block, once handed out, may not move, hence reserved address space.
//
// Invariants
//   HN-A1 inside   the top is 8-byte aligned and within the committed part of the area.
//
// Not here: who remembers the top (local_handles.h).

#ifndef FART_HANDLES_SCOPE_ARENA_H_
#define FART_HANDLES_SCOPE_ARENA_H_

#include "handles/linear_area.h"
#include "heap/base/check.h"
#include "heap/base/units.h"
#include "heap/object/providers.h"

namespace fart {

class ScopeArena {
 public:
  // A release of more than this gives the memory back to the system at once.
  static constexpr ByteCount kBigRelease = MiB(1);

  explicit ScopeArena(ByteCount reservation) : area_(reservation), top_(area_.start()) {}

  ScopeArena(const ScopeArena&) = delete;
  ScopeArena& operator=(const ScopeArena&) = delete;

  // Uninitialised bytes, aligned to 8. An empty block is a place of its own too, so that null says
  // one thing only: memory (or the reservation) is used up.
  [[nodiscard]] void* Allocate(ByteCount size) {
    const std::size_t room = (area_.limit() - top_).value();
    if (size.value() - 1 >= room) [[unlikely]]
      return AllocateSlow(size);  // 0 wraps to the miss
    return Bump(size);
  }

  // The place to release to.
  Address top() const { return top_; }
  void Release(Address mark) {
    FART_DCHECK(mark <= top_);
    const ByteCount released = top_ - mark;
    top_ = mark;
    if (released > kBigRelease) [[unlikely]]
      area_.ShrinkTo(mark);
  }
  void ShrinkByHalf() { area_.ShrinkByHalf(top_); }
  void GiveBackMemory() { area_.ShrinkTo(top_); }

  bool is_usable() const { return !area_.is_empty(); }
  // Handed out and not released.
  ByteCount used() const { return top_ - area_.start(); }
  ByteCount committed() const { return area_.committed(); }

  void Verify(VerifyReporter& reporter) const;
  bool IsSound() const;

 private:
  friend struct HandlesTestPeer;

  // `size` is at most the committed rest, which is a multiple of 8: so is what it is rounded to.
  void* Bump(ByteCount size) {
    void* const block = top_.As<void>();
    top_ = top_ + size.RoundedUpTo(kWordSize);
    return block;
  }
  [[gnu::noinline, gnu::cold]] void* AllocateSlow(ByteCount size);

  LinearArea area_;
  Address top_;
};

}  // namespace fart

#endif  // FART_HANDLES_SCOPE_ARENA_H_
