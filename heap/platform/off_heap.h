// OffHeap -- small blocks outside the heap: tables, stacks, records. Served by mimalloc, except in
// sanitizer builds (FART_OFF_HEAP_IS_MALLOC), where malloc lets the sanitizer see every block.
//
// Allocation answers null when memory is used up; Vector<T>, which cannot, ends the process then
// (FART_CHECK): use it for small bookkeeping only.
//
// Not here: Fart objects, which live in VirtualMemory so that dead pages can be protected.

#ifndef FART_HEAP_PLATFORM_OFF_HEAP_H_
#define FART_HEAP_PLATFORM_OFF_HEAP_H_

#include <cstddef>
#include <vector>

#include "heap/base/check.h"
#include "heap/base/units.h"

namespace fart {

// Null when memory is used up. The block is aligned to 16 bytes.
[[nodiscard]] void* OffHeapAllocate(ByteCount size);
[[nodiscard]] void* OffHeapAllocateZeroed(ByteCount size);
// Keeps the old block and answers null when memory is used up.
[[nodiscard]] void* OffHeapReallocate(void* block, ByteCount size);
// Null is allowed.
void OffHeapFree(void* block);

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
  void deallocate(T* block, std::size_t) { OffHeapFree(block); }
  template <typename U>
  bool operator==(const OffHeapAllocator<U>&) const {
    return true;
  }
};

template <typename T>
using Vector = std::vector<T, OffHeapAllocator<T>>;

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_OFF_HEAP_H_
