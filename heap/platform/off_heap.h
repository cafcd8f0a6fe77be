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
//   HP-O3 told who asks is told when memory is used up, and nothing has changed then: allocation
//              answers null, Vector<T>, which cannot, throws std::bad_alloc as the C++ library
//              does, TryMakeRoom and TryAppend answer false.
//
// Inside of a collection nothing may throw (docs/design/out_of_memory.md).
//
// Not here: Fart objects, which live in VirtualMemory so that dead pages can be protected; lists of
// the collector's that grow long (growing_block.h).

#ifndef FART_HEAP_PLATFORM_OFF_HEAP_H_
#define FART_HEAP_PLATFORM_OFF_HEAP_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

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
// the highest is left; collections and event loops ask now and then. Where there is a thread for it
// (prefault.h) that one does it.
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
    if (block == nullptr) throw std::bad_alloc();
    return static_cast<T*>(block);
  }
  void deallocate(T* block, std::size_t n) noexcept {
    OffHeapFree(block, ByteCount(n * sizeof(T)));
  }
  template <typename U>
  bool operator==(const OffHeapAllocator<U>&) const {
    return true;
  }
};

template <typename T>
using Vector = std::vector<T, OffHeapAllocator<T>>;

struct OffHeapDelete {
  template <typename T>
  void operator()(T* object) const {
    object->~T();
    OffHeapFree(object, ByteCount(sizeof(T)));
  }
};
template <typename T>
using OffHeapOwned = std::unique_ptr<T, OffHeapDelete>;

// A new object; null: there is no memory for it. (HP-O3)
template <typename T, typename... Arguments>
[[nodiscard]] OffHeapOwned<T> TryMakeOffHeap(Arguments&&... arguments) {
  static_assert(alignof(T) <= 16);
  void* const block = OffHeapAllocate(ByteCount(sizeof(T)));
  if (block == nullptr) return nullptr;
  return OffHeapOwned<T>(new (block) T(std::forward<Arguments>(arguments)...));
}

// Room for so many elements more, if need be twice of what there is. (HP-O3)
template <typename T>
[[nodiscard]] bool TryMakeRoom(Vector<T>& vector, std::size_t more = 1) noexcept {
  if (vector.capacity() - vector.size() >= more) [[likely]]
    return true;
  try {
    vector.reserve(std::max(vector.size() + more, 2 * vector.capacity()));
  } catch (const std::bad_alloc&) {
    return false;
  }
  return true;
}

// Adds an element, if there is memory for it. (HP-O3)
template <typename T>
[[nodiscard]] bool TryAppend(Vector<T>& vector, const std::type_identity_t<T>& value) noexcept {
  if (!TryMakeRoom(vector)) return false;
  vector.push_back(value);
  return true;
}

}  // namespace fart

#endif  // FART_HEAP_PLATFORM_OFF_HEAP_H_
