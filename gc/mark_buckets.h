// MarkBuckets -- references that are to be followed, by where they lead.
//
// Where millions of objects wait to be marked and lie anywhere, the next one is in no cache, nor is
// the translation of its address. So references are put down by stretches of the heap, and those
// that lead to one stretch are followed together: its mark words are in the first cache then, its
// pages have been translated, and which objects come next is known long before (radix partitioning,
// as in joins of tables: Manegold, Boncz and Kersten, "Optimizing main-memory join on modern
// hardware", TKDE 2002). Of each stretch there is one cache line that is written to; a full one
// goes to a list of portions.
//
// Invariants
//   G-M1 queued   a bucket that has something is in the queue, once.
//   G-M2 once     what is put in is taken out once.
//
// Not here: what is done with an object (marker.h).

#ifndef FART_GC_MARK_BUCKETS_H_
#define FART_GC_MARK_BUCKETS_H_

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
  // References that one cache line has room for; and how many are given out at a time.
  static constexpr std::uint32_t kLineEntries = 14;
  static constexpr std::uint32_t kMostAtOnce = 18 * kLineEntries;

  // For objects of [start, start + size). False: there is no memory for it.
  [[nodiscard]] bool TryPrepare(Address start, ByteCount size);

  // False: there is no memory, and nothing has happened.
  [[nodiscard]] bool TryAdd(Address object) {
    const std::uint64_t offset = (object - start_).value();
    const std::size_t bucket = offset >> shift_;
    FART_DCHECK(bucket < buckets_);
    Line& line = lines_[bucket];
    if (line.count == kLineEntries && !Flush(bucket)) [[unlikely]]
      return false;
    line.entries[line.count++] =
        static_cast<Entry>((offset & ((std::uint64_t{1} << shift_) - 1)) / kWordSize);
    if (line.is_queued == 0) Enqueue(bucket);  // G-M1
    return true;
  }
  // How many buckets wait.
  std::size_t waiting() const { return queued_; }
  // Takes the bucket that has waited longest, and calls visit(Address start, const Entry* entries,
  // std::uint32_t count) for all it has, and for what is put into it meanwhile: so many at most at
  // a time. False: there is none.
  template <typename Visit>
  bool TakeBucket(Visit&& visit) {
    if (queued_ == 0) return false;
    const std::size_t bucket = queue_[head_];
    head_ = head_ + 1 == buckets_ ? 0 : head_ + 1;
    --queued_;
    Line& line = lines_[bucket];
    const Address base = start_ + ByteCount(std::uint64_t{bucket} << shift_);
    while (line.count != 0 || full_[bucket] != nullptr) {
      Line taken = line;
      line.count = 0;
      Portion* portion = std::exchange(full_[bucket], nullptr);
      visit(base, static_cast<const Entry*>(taken.entries), taken.count);
      while (portion != nullptr) {
        visit(base, static_cast<const Entry*>(portion->entries), portion->count);
        Portion* const next = portion->next;
        portion->next = std::exchange(free_, portion);
        portion = next;
      }
    }
    line.is_queued = 0;
    return true;
  }

 private:
  // As many lines as the first cache holds, of stretches of a megabyte at least.
  static constexpr std::size_t kMostBuckets = 512;
  static constexpr int kLeastShift = 20;

  struct alignas(64) Line {
    std::uint32_t count;
    std::uint32_t is_queued;
    Entry entries[kLineEntries];
  };
  static_assert(sizeof(Line) == 64);
  struct Portion {
    Portion* next;
    std::uint32_t count;
    Entry entries[kMostAtOnce];
  };
  struct Block {
    Block* next;
    Portion portions[31];
  };

  void Enqueue(std::size_t bucket) {
    lines_[bucket].is_queued = 1;
    const std::size_t place = head_ + queued_++;
    queue_[place < buckets_ ? place : place - buckets_] = static_cast<std::uint16_t>(bucket);
  }
  // Makes room in the line. False: there is no memory.
  [[gnu::noinline]] bool Flush(std::size_t bucket);
  bool AllocateBlock();

  Address start_;
  int shift_ = 0;
  std::size_t buckets_ = 0;
  ByteCount size_;          // of the memory for all that follows
  void* memory_ = nullptr;  // null: not prepared
  Line* lines_ = nullptr;
  Portion** full_ = nullptr;
  std::uint16_t* queue_ = nullptr;  // a ring
  std::size_t head_ = 0;
  std::size_t queued_ = 0;
  Portion* free_ = nullptr;
  Block* blocks_ = nullptr;
};

}  // namespace fart

#endif  // FART_GC_MARK_BUCKETS_H_
