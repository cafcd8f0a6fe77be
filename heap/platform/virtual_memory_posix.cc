#include <sys/mman.h>
#include <unistd.h>

#include <utility>

#include "heap/base/check.h"
#include "heap/platform/virtual_memory.h"

namespace fart {
namespace {

void SetAccess(Address start, ByteCount size, int protection) {
  FART_CHECK(mprotect(start.As<void>(), size.value(), protection) == 0);
}

void* Map(void* at, ByteCount size, int flags) {
  void* const mapped =
      mmap(at, size.value(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | flags, -1, 0);
  return mapped == MAP_FAILED ? nullptr : mapped;
}

// The first of the lowest aligned addresses at which nothing is; null if there is none.
void* MapAtMultiple(ByteCount size, ByteCount alignment) {
  constexpr std::uintptr_t kTried = 64;
  for (std::uintptr_t multiple = 1; multiple <= kTried; ++multiple) {
    void* const at = Address(multiple * alignment.value()).As<void>();
    void* const mapped = Map(at, size, MAP_FIXED_NOREPLACE);
    if (mapped == at) return mapped;
    // A system older than the flag takes the address for a wish.
    if (mapped != nullptr) FART_CHECK(munmap(mapped, size.value()) == 0);
  }
  return nullptr;
}

}  // namespace

ByteCount VirtualMemory::PageSize() {
  static const ByteCount size(static_cast<std::size_t>(sysconf(_SC_PAGESIZE)));
  return size;
}

VirtualMemory VirtualMemory::Reserve(ByteCount size, ByteCount alignment) {
  FART_DCHECK(size.value() % PageSize().value() == 0);
  // The system aligns to pages only: reserve enough for an aligned part and return the rest.
  const ByteCount slack = alignment > PageSize() ? alignment : ByteCount();
  const ByteCount total = size + slack;
  void* const mapped = Map(nullptr, total, 0);
  if (mapped == nullptr) {
    // Where address space is short, as under valgrind, there may be room without the slack.
    void* const exact = MapAtMultiple(size, alignment);
    return exact == nullptr ? VirtualMemory() : VirtualMemory(Address::Of(exact), size);
  }
  const Address raw = Address::Of(mapped);
  const Address start =
      slack.is_zero() ? raw
                      : Address(ByteCount(raw.value()).RoundedUpTo(alignment.value()).value());
  const ByteCount before = start - raw;
  const ByteCount after = total - before - size;
  if (!before.is_zero()) FART_CHECK(munmap(raw.As<void>(), before.value()) == 0);
  if (!after.is_zero()) FART_CHECK(munmap((start + size).As<void>(), after.value()) == 0);
  return VirtualMemory(start, size);
}

VirtualMemory::VirtualMemory(VirtualMemory&& other) noexcept
    : start_(std::exchange(other.start_, Address())),
      size_(std::exchange(other.size_, ByteCount())) {}

VirtualMemory& VirtualMemory::operator=(VirtualMemory&& other) noexcept {
  if (this != &other) {
    Release();
    start_ = std::exchange(other.start_, Address());
    size_ = std::exchange(other.size_, ByteCount());
  }
  return *this;
}

VirtualMemory::~VirtualMemory() { Release(); }

void VirtualMemory::Release() {
  if (!is_empty()) FART_CHECK(munmap(start_.As<void>(), size_.value()) == 0);
}

bool VirtualMemory::Contains(Address start, ByteCount size) const {
  return start >= start_ && size <= size_ && start - start_ <= size_ - size;
}

bool VirtualMemory::Commit(Address start, ByteCount size) const {
  FART_DCHECK(Contains(start, size));
  return mprotect(start.As<void>(), size.value(), PROT_READ | PROT_WRITE) == 0;
}

void VirtualMemory::Decommit(Address start, ByteCount size) const {
  FART_DCHECK(Contains(start, size));
  Discard(start, size);
  SetAccess(start, size, PROT_NONE);
}

void VirtualMemory::Discard(Address start, ByteCount size) const {
  FART_DCHECK(Contains(start, size));
  FART_CHECK(madvise(start.As<void>(), size.value(), MADV_DONTNEED) == 0);
}

void VirtualMemory::Protect(Address start, ByteCount size) const {
  FART_DCHECK(Contains(start, size));
  SetAccess(start, size, PROT_NONE);
}

void VirtualMemory::Unprotect(Address start, ByteCount size) const {
  FART_DCHECK(Contains(start, size));
  SetAccess(start, size, PROT_READ | PROT_WRITE);
}

void VirtualMemory::PreferLargePages(Address start, ByteCount size) const {
#ifdef MADV_HUGEPAGE
  FART_DCHECK(Contains(start, size));
  // A kernel without large pages refuses; that changes speed only.
  static_cast<void>(madvise(start.As<void>(), size.value(), MADV_HUGEPAGE));
#else
  static_cast<void>(start);
  static_cast<void>(size);
#endif
}

ByteCount PhysicalMemory() {
  const long pages = sysconf(_SC_PHYS_PAGES);
  if (pages <= 0) return GiB(4);
  return VirtualMemory::PageSize() * static_cast<std::size_t>(pages);
}

}  // namespace fart
