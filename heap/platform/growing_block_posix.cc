#include "heap/platform/growing_block.h"

#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <cstring>

#include "heap/platform/off_heap.h"
#include "heap/platform/prefault.h"

namespace fart {
namespace {

constinit std::atomic<std::int64_t> mapped{0};

void Count(ByteCount size, std::int64_t sign) {
  mapped.fetch_add(sign * static_cast<std::int64_t>(size.value()), std::memory_order_relaxed);
}

bool IsMapped(ByteCount size) { return size >= kMappedBlock; }

void* Map(ByteCount size) {
  void* const block =
      mmap(nullptr, size.value(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (block == MAP_FAILED) return nullptr;
  Count(size, 1);
  return block;
}

}  // namespace

void* GrowingBlockResize(void* block, ByteCount old_size, ByteCount size) {
  if (!IsMapped(old_size) && !IsMapped(size)) return OffHeapReallocate(block, old_size, size);
#ifdef MREMAP_MAYMOVE
  if (IsMapped(old_size) && IsMapped(size)) {
    void* const moved = mremap(block, old_size.value(), size.value(), MREMAP_MAYMOVE);
    if (moved == MAP_FAILED) return nullptr;
    Count(old_size, -1);
    Count(size, 1);
    return moved;
  }
#endif
  void* const other = IsMapped(size) ? Map(size) : OffHeapAllocate(size);
  if (other == nullptr) return nullptr;
  if (block != nullptr) std::memcpy(other, block, std::min(old_size, size).value());
  GrowingBlockFree(block, old_size);
  return other;
}

void GrowingBlockFree(void* block, ByteCount size) {
  if (!IsMapped(size)) return OffHeapFree(block, size);
  Count(size, -1);
  PrefaultUser::Unmap(block, size);
}

std::int64_t GrowingBlockBytesMapped() { return mapped.load(std::memory_order_relaxed); }

}  // namespace fart
