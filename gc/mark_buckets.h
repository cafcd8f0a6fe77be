// MarkBuckets -- references that are to be followed, by where they lead.
//
// Where millions of objects wait to be marked and lie anywhere, the next one is in no cache, nor is
// the translation of its address. So references are put down by stretches of the heap, and those
// that lead to one stretch are followed together: its mark words are in the first cache then, its
// pages have been translated, and which objects come next is known long before (radix partitioning,
// as in joins of tables: Manegold, Boncz and Kersten, "Optimizing main-memory join on modern
// hardware", TKDE 2002). Each stretch has one portion that is written to, and of a portion one
// cache line at a time; where the next reference goes stands apart, in a table that is always at
// hand.
//
// Invariants
//   G-M1 queued   a bucket that has something is in the queue, once; or it is being taken.
//   G-M2 once     what is put in is taken out once.
//
// Not here: what is done with an object (marker.h).

#ifndef FART_GC_MARK_BUCKETS_H_
#define FART_GC_MARK_BUCKETS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "heap/base/check.h"
#include "heap/base/units.h"
#include "heap/platform/off_heap.h"

namespace fart {

class MarkBuckets {
 public:
  MarkBuckets() = default;
  ~MarkBuckets();
  MarkBuckets(const MarkBuckets&) = delete;
  MarkBuckets& operator=(const MarkBuckets&) = delete;

  // An object, in words from the start of its stretch.
  using Entry = std::uint32_t;
  static Address AddressOf(Address start, Entry entry) {
    return start + ByteCount(std::uint64_t{entry} * kWordSize);
  }
  // References that are given out at a time.
  static constexpr std::uint32_t kMostAtOnce = 252;

  // Between several who mark together (place_marking.h): of each bucket the portions that were
  // given to all, and who has claimed it.
  class Lists;
  struct Portion;

  // For objects of [start, start + size). False: there is no memory for it.
  [[nodiscard]] bool TryPrepare(Address start, ByteCount size);

  // False: there is no memory, and nothing has happened.
  [[nodiscard]] bool TryAdd(Address object) {
    const std::uint64_t offset = (object - start_).value();
    const std::size_t bucket = offset >> shift_;
    FART_DCHECK(bucket < buckets_);
    Entry* place = places_[bucket];
    if (IsEnd(place)) [[unlikely]] {
      place = MakeRoom(bucket);
      if (place == nullptr) return false;
    }
    *place = static_cast<Entry>((offset & mask_) / kWordSize);
    __builtin_prefetch(place + kEntriesInLine, 1);
    places_[bucket] = place + 1;
    return true;
  }
  std::size_t count() const { return buckets_; }

  // --- With others: what is full goes to `lists`, and no bucket waits here.
  void ShareThrough(Lists& lists) { lists_ = &lists; }
  // Gives what it has in portions that are not full. Answers in how many buckets there was some.
  std::size_t GiveAll();
  // Like TakeBucket for this one, with what others have given. Pre-condition: it is claimed.
  template <typename Visit>
  void TakeShared(std::size_t bucket, Visit&& visit);

  // --- Alone.
  // How many buckets wait.
  std::size_t waiting() const { return queued_; }
  // Takes the bucket that has waited longest, and calls visit(Address start, const Entry* entries,
  // std::uint32_t count) for all it has, and for what is put into it meanwhile: so many at most at
  // a time. False: there is none.
  template <typename Visit>
  bool TakeBucket(Visit&& visit);

 private:
  // Half as many as the first cache holds lines, of stretches of a megabyte at least.
  static constexpr std::size_t kMostBuckets = 256;
  static constexpr int kLeastShift = 20;

  // A portion comes from far away, to be read or written: its first two lines, others follow.
  [[gnu::always_inline]] static void Prefetch(const Portion* portion) {
    const auto* const lines = reinterpret_cast<const Entry*>(portion);
    __builtin_prefetch(lines, 1);
    __builtin_prefetch(lines + kEntriesInLine, 1);
  }
  static constexpr std::size_t kEntriesInLine = 64 / sizeof(Entry);

  // Whether there is no room behind it: null, too.
  static bool IsEnd(const Entry* place) { return Address::Of(place).value() % kPortionSize == 0; }
  static constexpr std::size_t kPortionSize = 1024;
  struct Block {
    Block* next;
    char memory[32 * kPortionSize];
  };

  // The portion that was written to, and behind it full ones. Pre-condition: there is one.
  Portion* Close(std::size_t bucket);

  void Enqueue(std::size_t bucket) {
    const std::size_t place = head_ + queued_++;
    queue_[place < buckets_ ? place : place - buckets_] = static_cast<std::uint16_t>(bucket);
  }
  // Where the next is to go. Null: there is no memory.
  [[gnu::noinline]] Entry* MakeRoom(std::size_t bucket);
  bool AllocateBlock();

  Address start_;
  int shift_ = 0;
  std::uint64_t mask_ = 0;
  std::size_t buckets_ = 0;
  ByteCount size_;                  // of the memory for all that follows
  void* memory_ = nullptr;          // null: not prepared
  Entry** places_ = nullptr;        // where the next is to go; null: nothing is there
  std::uint16_t* queue_ = nullptr;  // a ring
  std::size_t head_ = 0;
  std::size_t queued_ = 0;
  std::size_t taken_ = ~std::size_t{0};
  Portion* free_ = nullptr;
  Block* blocks_ = nullptr;
  Lists* lists_ = nullptr;
};

// Lies at a multiple of its size, so the address of a place says where it ends.
struct alignas(1024) MarkBuckets::Portion {
  Portion* next;
  std::uint32_t count;
  std::uint32_t unused;
  Entry entries[kMostAtOnce];
};

class MarkBuckets::Lists {
 public:
  Lists() = default;
  ~Lists() { OffHeapFree(lists_, ByteCount(size_ * sizeof(List))); }
  Lists(const Lists&) = delete;
  Lists& operator=(const Lists&) = delete;
  // False: there is no memory.
  [[nodiscard]] bool TryMakeRoom(std::size_t buckets);

  std::size_t size() const { return size_; }
  bool HasSome(std::size_t bucket) const {
    return lists_[bucket].first.load(std::memory_order_relaxed) != nullptr;
  }
  // Claims a bucket that has something, for one alone, who has this number. (G-M3)
  bool TryClaim(std::size_t bucket, int number) {
    int nobody = kNobody;
    std::atomic<int>& claimed_by = lists_[bucket].claimed_by;
    return HasSome(bucket) && claimed_by.load(std::memory_order_relaxed) == kNobody &&
           claimed_by.compare_exchange_strong(nobody, number, std::memory_order_acquire,
                                              std::memory_order_relaxed);
  }
  bool IsClaimedBy(std::size_t bucket, int number) const {
    return lists_[bucket].claimed_by.load(std::memory_order_relaxed) == number;
  }
  bool IsClaimed(std::size_t bucket) const { return !IsClaimedBy(bucket, kNobody); }
  void Release(std::size_t bucket) {
    lists_[bucket].claimed_by.store(kNobody, std::memory_order_release);
  }
  void Give(std::size_t bucket, Portion* portion) {
    std::atomic<Portion*>& first = lists_[bucket].first;
    portion->next = first.load(std::memory_order_relaxed);
    while (!first.compare_exchange_weak(portion->next, portion, std::memory_order_release,
                                        std::memory_order_relaxed)) {
    }
  }
  // All of them; null: none.
  Portion* Take(std::size_t bucket) {
    return lists_[bucket].first.exchange(nullptr, std::memory_order_acquire);
  }

 private:
  static constexpr int kNobody = -1;
  struct List {
    std::atomic<Portion*> first{nullptr};
    std::atomic<int> claimed_by{kNobody};
  };
  List* lists_ = nullptr;
  std::size_t size_ = 0;
};

inline MarkBuckets::Portion* MarkBuckets::Close(std::size_t bucket) {
  static_assert(sizeof(Portion) == kPortionSize);
  const Address end = Address::Of(std::exchange(places_[bucket], nullptr));
  auto* const portion = Address((end.value() - 1) & ~(kPortionSize - 1)).As<Portion>();
  portion->count = static_cast<std::uint32_t>(end.As<Entry>() - portion->entries);
  return portion;
}

template <typename Visit>
bool MarkBuckets::TakeBucket(Visit&& visit) {
  if (queued_ == 0) return false;
  const std::size_t bucket = taken_ = queue_[head_];
  head_ = head_ + 1 == buckets_ ? 0 : head_ + 1;
  --queued_;
  const Address base = start_ + ByteCount(std::uint64_t{bucket} << shift_);
  while (places_[bucket] != nullptr) {
    Portion* portion = Close(bucket);
    while (portion != nullptr) {
      if (portion->next != nullptr) Prefetch(portion->next);
      visit(base, static_cast<const Entry*>(portion->entries), portion->count);
      Portion* const next = portion->next;
      portion->next = std::exchange(free_, portion);
      portion = next;
    }
  }
  taken_ = ~std::size_t{0};
  return true;
}

template <typename Visit>
void MarkBuckets::TakeShared(std::size_t bucket, Visit&& visit) {
  const Address base = start_ + ByteCount(std::uint64_t{bucket} << shift_);
  for (;;) {
    Portion* portion = places_[bucket] != nullptr ? Close(bucket) : lists_->Take(bucket);
    if (portion == nullptr) return;
    while (portion != nullptr) {
      if (portion->next != nullptr) Prefetch(portion->next);
      visit(base, static_cast<const Entry*>(portion->entries), portion->count);
      Portion* const next = portion->next;
      portion->next = std::exchange(free_, portion);
      portion = next;
    }
  }
}

}  // namespace fart

#endif  // FART_GC_MARK_BUCKETS_H_
