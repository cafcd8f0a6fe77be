// OffHeap -- small blocks outside the heap: tables, stacks, records, messages.
//
// They are the process's malloc's, so that the host has one allocator, its own, and its tools see
// our blocks too. What is in use is counted, because a burst leaves malloc with pages that it
// keeps: they go back to the system when it is over, but not so often that who has one burst after
// the other pays for it.
//
// Invariants
//   HP-O1 sizes   a block is freed with the size it was allocated with, so that the count is right.
//   HP-O2 seldom  giving back by itself takes a small part of the time.
//
// Allocation answers null when memory is used up; Vector<T>, which cannot, ends the process then
// (FART_CHECK): use it for small bookkeeping only.
//
// Not here: Fart objects, which live in VirtualMemory so that dead pages can be protected.

#ifndef FART_HEAP_PLATFORM_OFF_HEAP_H_
#define FART_HEAP_PLATFORM_OFF_HEAP_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "heap/base/check.h"
#include "heap/base/units.h"

namespace fart {

// Null when memory is used up. The block is aligned to 16 bytes.
[[nodiscard]] void* OffHeapAllocate(ByteCount size);
[[nodiscard]] void* OffHeapAllocateZeroed(ByteCount size);
// Keeps the old block and answers null when memory is used up. `block` may be null.
[[nodiscard]] void* OffHeapReallocate(void* block, ByteCount old_size, ByteCount size);
// Null is allowed.
void OffHeapFree(void* block, ByteCount size);

// Gives what malloc holds and nobody uses back to the system, ours and others'. Takes the longer
// the more there is to give back, and holds up other threads' malloc meanwhile.
void OffHeapGiveBack();

// Does so if it is worth it: less is in use, by this much and by an eighth, than at the highest
// since the last time, and that was long enough ago (HP-O2). Happens by itself when an eighth of
// the highest is left; collections and event loops ask now and then.
inline constexpr ByteCount kOffHeapBurst = MiB(32);
inline constexpr std::int64_t kOffHeapPauseNsPerMiB = 10'000'000;
void OffHeapGiveBackIfWorthIt();

// For tests. A thread's last few changes are not counted in yet.
inline constexpr ByteCount kOffHeapUncounted = KiB(256);
std::int64_t OffHeapBytesInUse();
std::uint64_t OffHeapGivenBackCount();

template <typename T>
struct OffHeapAllocator {
  using value_type = T;
  OffHeapAllocator() = default;
  template <typename U>
  OffHeapAllocator(const OffHeapAllocator<U>&) {}  // NOLINT: required conversion
  T* allocate(std::size_t n) {
    void* const block = OffHeapAllocate(ByteCount(n * sizeof(T)));
    FART_CHECK(block != nullptr);
    return static_cast<T*>(block);
  }
  void deallocate(T* block, std::size_t n) { OffHeapFree(block, ByteCount(n * sizeof(T))); }
  template <typename U>
  bool operator==(const OffHeapAllocator<U>&) const {
    return true;
  }
};

template <typename T>
using Vector = std::vector<T, OffHeapAllocator<T>>;

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_OFF_HEAP_H_
