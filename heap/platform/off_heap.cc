#include "heap/platform/off_heap.h"

#include <atomic>
#include <cstdlib>
#include <limits>

#include "heap/platform/clock.h"
#include "heap/platform/prefault.h"
#include "heap/platform/process_malloc.h"

namespace fart {
namespace {

// Of the process. Threads add what they have changed in steps, so that a block costs no atomic
// operation.
constinit std::atomic<std::int64_t> in_use{0};
constinit std::atomic<std::int64_t> highest{0};  // since the last giving back
constinit std::atomic<std::int64_t> last_time_ns{std::numeric_limits<std::int64_t>::min() / 2};
constinit std::atomic<std::uint64_t> given_back{0};

// May wrap where threads free what others allocated; only the sum of all says something.
[[gnu::tls_model("initial-exec")]] constinit thread_local std::int64_t uncounted = 0;

constexpr std::int64_t kStep = static_cast<std::int64_t>(kOffHeapUncounted.value());

void RaiseHighest(std::int64_t now) {
  std::int64_t was = highest.load(std::memory_order_relaxed);
  while (was < now && !highest.compare_exchange_weak(was, now, std::memory_order_relaxed)) {
  }
}

// How long ago the last time must be for giving back so much. (Where the first touch of a page
// costs 2.6 microseconds, a fifteenth of the time then goes into touching them again.)
bool IsLongAgo(std::int64_t bytes) {
  const std::int64_t mib = bytes / static_cast<std::int64_t>(MiB(1).value());
  return MonotonicNs() - last_time_ns.load(std::memory_order_relaxed) >=
         mib * kOffHeapPauseNsPerMiB;
}

// The thread whose exchange succeeds is the one that gives back.
bool TakeBurst(std::int64_t now) {
  std::int64_t was = highest.load(std::memory_order_relaxed);
  const std::int64_t fallen = was - now;
  return fallen >= static_cast<std::int64_t>(kOffHeapBurst.value()) && fallen >= was / 8 &&
         IsLongAgo(fallen) &&  // HP-O2
         highest.compare_exchange_strong(was, now, std::memory_order_relaxed);
}

[[gnu::noinline, gnu::cold]] void CountIn() {
  const std::int64_t change = uncounted;
  uncounted = 0;
  const std::int64_t now = in_use.fetch_add(change, std::memory_order_relaxed) + change;
  if (change > 0) {
    RaiseHighest(now);
  } else if (now <= highest.load(std::memory_order_relaxed) / 8) {
    OffHeapGiveBackIfWorthIt();
  }
}

inline void Count(std::int64_t change) {
  uncounted += change;
  if (uncounted >= kStep || uncounted <= -kStep) [[unlikely]]
    CountIn();
}

std::int64_t Signed(ByteCount size) { return static_cast<std::int64_t>(size.value()); }

void NoteGivingBack() {
  highest.store(in_use.load(std::memory_order_relaxed), std::memory_order_relaxed);
  last_time_ns.store(MonotonicNs(), std::memory_order_relaxed);
  given_back.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace

void* OffHeapAllocate(ByteCount size) {
  void* const block = std::malloc(size.value());
  if (block != nullptr) Count(Signed(size));
  return block;
}

void* OffHeapAllocateZeroed(ByteCount size) {
  void* const block = std::calloc(1, size.value());
  if (block != nullptr) Count(Signed(size));
  return block;
}

void* OffHeapReallocate(void* block, ByteCount old_size, ByteCount size) {
  void* const result = std::realloc(block, size.value());
  if (result != nullptr) Count(Signed(size) - Signed(old_size));
  return result;
}

void OffHeapFree(void* block, ByteCount size) {
  if (block == nullptr) return;
  std::free(block);
  Count(-Signed(size));  // HP-O1
}

void OffHeapGiveBack() {
  NoteGivingBack();
  GiveBackFreePages();
}

void OffHeapGiveBackIfWorthIt() {
  if (!TakeBurst(in_use.load(std::memory_order_relaxed))) return;
  NoteGivingBack();
  if (!PrefaultUser::AskToGiveBack()) GiveBackFreePages();
}

std::int64_t OffHeapBytesInUse() { return in_use.load(std::memory_order_relaxed); }
std::uint64_t OffHeapGivenBackCount() { return given_back.load(std::memory_order_relaxed); }

}  // namespace fart
