#include "gc/mark_buckets.h"

#include <algorithm>
#include <cstring>
#include <new>

namespace fart {

MarkBuckets::~MarkBuckets() {
  while (blocks_ != nullptr) {
    OffHeapFree(std::exchange(blocks_, blocks_->next), ByteCount(sizeof(Block)));
  }
  OffHeapFree(memory_, size_);
}

bool MarkBuckets::TryPrepare(Address start, ByteCount size) {
  FART_DCHECK(memory_ == nullptr);
  start_ = start;
  shift_ = kLeastShift;
  while ((size.value() >> shift_) >= kMostBuckets) ++shift_;
  buckets_ = (size.value() >> shift_) + 1;
  size_ = ByteCount((buckets_ + 1) * sizeof(Line) + buckets_ * (sizeof(Portion*) + 2));
  memory_ = OffHeapAllocate(size_);
  if (memory_ == nullptr) return false;
  const Address aligned((Address::Of(memory_).value() + sizeof(Line) - 1) & ~(sizeof(Line) - 1));
  lines_ = aligned.As<Line>();
  full_ = (aligned + ByteCount(buckets_ * sizeof(Line))).As<Portion*>();
  queue_ = (Address::Of(full_) + ByteCount(buckets_ * sizeof(Portion*))).As<std::uint16_t>();
  for (std::size_t i = 0; i < buckets_; ++i) {
    new (lines_ + i) Line{};
    full_[i] = nullptr;
  }
  return true;
}

bool MarkBuckets::Flush(std::size_t bucket) {
  Portion* portion = full_[bucket];
  if (portion == nullptr || portion->count == kMostAtOnce) {
    if (free_ == nullptr && !AllocateBlock()) return false;
    Portion* const fresh = free_;
    free_ = fresh->next;
    fresh->next = portion;
    fresh->count = 0;
    full_[bucket] = portion = fresh;
  }
  Line& line = lines_[bucket];
  std::memcpy(portion->entries + portion->count, line.entries, sizeof(line.entries));
  portion->count += kLineEntries;
  line.count = 0;
  return true;
}

bool MarkBuckets::AllocateBlock() {
  void* const memory = OffHeapAllocate(ByteCount(sizeof(Block)));
  if (memory == nullptr) return false;
  Block* const block = new (memory) Block;
  block->next = std::exchange(blocks_, block);
  for (Portion& portion : block->portions) portion.next = std::exchange(free_, &portion);
  return true;
}

}  // namespace fart
