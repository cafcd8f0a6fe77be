#include "heap/platform/virtual_memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <mutex>
#include <utility>

#include "heap/base/check.h"
#include "heap/platform/at_fork.h"

namespace fart {
namespace {

// Linux 5.18. An older kernel refuses it, and the C library's header may not know it.
constexpr int kDiscardLocked = 24;  // MADV_DONTNEED_LOCKED
// Linux 5.14.
constexpr int kPopulate = 23;  // MADV_POPULATE_WRITE

constinit std::atomic<std::uint64_t> refusals{0};

bool Counted(bool accepted) {
  if (!accepted) refusals.fetch_add(1, std::memory_order_relaxed);
  return accepted;
}

void* Map(void* at, ByteCount size, int flags) {
  void* const mapped =
      mmap(at, size.value(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | flags, -1, 0);
  return mapped == MAP_FAILED ? nullptr : mapped;
}

// Releasing part of a mapping needs one mapping more for a moment, and may be refused. What was
// refused waits here; it holds no memory, for its pages go back either way.
class Unreleasable {
 public:
  void Release(Address start, ByteCount size) {
    const std::lock_guard<std::mutex> lock(mutex_);
    RetryLocked();
    if (Counted(munmap(start.As<void>(), size.value()) == 0)) return;
    static_cast<void>(madvise(start.As<void>(), size.value(), MADV_DONTNEED));
    bytes_.fetch_add(size.value(), std::memory_order_relaxed);
    for (Range& range : ranges_) {
      if (!range.size.is_zero()) continue;
      range = {start, size};
      has_any_.store(true, std::memory_order_relaxed);
      return;
    }
    // Limit: beyond so many their addresses are lost; Unreleased() goes on counting them.
  }
  void Retry() {
    if (!has_any_.load(std::memory_order_relaxed)) return;
    const std::lock_guard<std::mutex> lock(mutex_);
    RetryLocked();
  }
  void Hold() { mutex_.lock(); }
  void LetGo() { mutex_.unlock(); }
  ByteCount bytes() const { return ByteCount(bytes_.load(std::memory_order_relaxed)); }

 private:
  struct Range {
    Address start;
    ByteCount size;
  };
  void RetryLocked() {
    if (!has_any_.load(std::memory_order_relaxed)) return;
    bool has_any = false;
    for (Range& range : ranges_) {
      if (range.size.is_zero()) continue;
      if (munmap(range.start.As<void>(), range.size.value()) == 0) {
        bytes_.fetch_sub(range.size.value(), std::memory_order_relaxed);
        range = {};
      } else {
        has_any = true;
      }
    }
    has_any_.store(has_any, std::memory_order_relaxed);
  }

  std::mutex mutex_;
  std::array<Range, 256> ranges_{};
  std::atomic<bool> has_any_{false};
  std::atomic<std::size_t> bytes_{0};
};

constinit Unreleasable unreleasable;

void Unmap(Address start, ByteCount size) {
  if (!size.is_zero()) unreleasable.Release(start, size);
}

// The first of the lowest aligned addresses at which nothing is; null if there is none.
void* MapAtMultiple(ByteCount size, ByteCount alignment) {
  constexpr std::uintptr_t kTried = 64;
  for (std::uintptr_t multiple = 1; multiple <= kTried; ++multiple) {
    void* const at = Address(multiple * alignment.value()).As<void>();
    void* const mapped = Map(at, size, MAP_FIXED_NOREPLACE);
    if (mapped == at) return mapped;
    // A system older than the flag takes the address for a wish.
    if (mapped != nullptr) Unmap(Address::Of(mapped), size);
  }
  return nullptr;
}

// In a process that has called mlockall(MCL_FUTURE) a range is locked from the start, and whatever
// of it becomes accessible is filled with pages at once: much that a heap never touches. Only such
// a range refuses to give a page back. The wish stays (nothing of the heap is swapped out), page by
// page. A system without mlock2 fills it.
void LockOnFault(Address start, ByteCount size) {
  void* const at = start.As<void>();
  if (madvise(at, VirtualMemory::PageSize().value(), MADV_DONTNEED) == 0) return;
#ifdef MLOCK_ONFAULT
  static_cast<void>(mlock2(at, size.value(), MLOCK_ONFAULT));
#else
  static_cast<void>(size);
#endif
}

}  // namespace

ByteCount VirtualMemory::PageSize() {
  static const ByteCount size(static_cast<std::size_t>(sysconf(_SC_PAGESIZE)));
  return size;
}

std::uint64_t VirtualMemory::Refusals() { return refusals.load(std::memory_order_relaxed); }

ByteCount VirtualMemory::Unreleased() { return unreleasable.bytes(); }

void HoldReleases() { unreleasable.Hold(); }
void LetReleasesGoOn() { unreleasable.LetGo(); }

VirtualMemory VirtualMemory::Reserve(ByteCount size, ByteCount alignment) {
  FART_DCHECK(size.value() % PageSize().value() == 0);
  unreleasable.Retry();
  // The system aligns to pages only: reserve enough for an aligned part and return the rest.
  const ByteCount slack = alignment > PageSize() ? alignment : ByteCount();
  const ByteCount total = size + slack;
  void* const mapped = Map(nullptr, total, 0);
  Address start;
  if (mapped == nullptr) {
    // Where address space is short there may be room without the slack.
    void* const exact = MapAtMultiple(size, alignment);
    if (exact == nullptr) return VirtualMemory();
    start = Address::Of(exact);
  } else {
    const Address raw = Address::Of(mapped);
    start = slack.is_zero()
                ? raw
                : Address(ByteCount(raw.value()).RoundedUpTo(alignment.value()).value());
    const ByteCount before = start - raw;
    Unmap(raw, before);
    Unmap(start + size, total - before - size);
  }
  LockOnFault(start, size);
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

void VirtualMemory::Release() { Unmap(start_, size_); }

bool VirtualMemory::Contains(Address start, ByteCount size) const {
  return start >= start_ && size <= size_ && start - start_ <= size_ - size;
}

bool VirtualMemory::Commit(Address start, ByteCount size) const {
  FART_CHECK(Contains(start, size));
  return mprotect(start.As<void>(), size.value(), PROT_READ | PROT_WRITE) == 0;
}

bool VirtualMemory::Discard(Address start, ByteCount size) const {
  FART_CHECK(Contains(start, size));
  // Locked memory refuses the first.
  return Counted(madvise(start.As<void>(), size.value(), MADV_DONTNEED) == 0 ||
                 madvise(start.As<void>(), size.value(), kDiscardLocked) == 0);
}

bool VirtualMemory::Protect(Address start, ByteCount size) const {
  FART_CHECK(Contains(start, size));
  return Counted(mprotect(start.As<void>(), size.value(), PROT_NONE) == 0);
}

bool VirtualMemory::Decommit(Address start, ByteCount size) const {
  const bool is_discarded = Discard(start, size);
  return Protect(start, size) && is_discarded;
}

void VirtualMemory::PreferLargePages(Address start, ByteCount size) const {
#ifdef MADV_HUGEPAGE
  FART_CHECK(Contains(start, size));
  // A kernel without large pages refuses; that changes speed only.
  static_cast<void>(madvise(start.As<void>(), size.value(), MADV_HUGEPAGE));
#else
  static_cast<void>(start);
  static_cast<void>(size);
#endif
}

void VirtualMemory::Populate(Address start, ByteCount size) const {
  FART_CHECK(Contains(start, size));
  // What is refused is backed when it is written.
  static_cast<void>(madvise(start.As<void>(), size.value(), kPopulate));
}

void VirtualMemory::PreferSmallPages(Address start, ByteCount size) const {
#ifdef MADV_NOHUGEPAGE
  FART_CHECK(Contains(start, size));
  static_cast<void>(madvise(start.As<void>(), size.value(), MADV_NOHUGEPAGE));
#else
  static_cast<void>(start);
  static_cast<void>(size);
#endif
}

}  // namespace fart
