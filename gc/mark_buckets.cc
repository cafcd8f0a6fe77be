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
  mask_ = (std::uint64_t{1} << shift_) - 1;
  size_ = ByteCount(buckets_ * (sizeof(Entry*) + sizeof(std::uint16_t)));
  memory_ = OffHeapAllocate(size_);
  if (memory_ == nullptr) return false;
  places_ = static_cast<Entry**>(memory_);
  queue_ = (Address::Of(memory_) + ByteCount(buckets_ * sizeof(Entry*))).As<std::uint16_t>();
  std::fill_n(places_, buckets_, nullptr);
  return true;
}

MarkBuckets::Entry* MarkBuckets::MakeRoom(std::size_t bucket) {
  if (free_ == nullptr && !AllocateBlock()) return nullptr;
  Portion* const fresh = free_;
  free_ = fresh->next;
  if (free_ != nullptr) Prefetch(free_);
  Entry* const place = places_[bucket];
  if (place == nullptr) {
    fresh->next = nullptr;
    if (lists_ == nullptr && bucket != taken_) Enqueue(bucket);  // G-M1
  } else if (lists_ != nullptr) {
    fresh->next = nullptr;
    lists_->Give(bucket, Close(bucket));
  } else {
    fresh->next = Close(bucket);
  }
  return fresh->entries;
}

std::size_t MarkBuckets::GiveAll() {
  std::size_t given = 0;
  for (std::size_t bucket = 0; bucket < buckets_; ++bucket) {
    if (places_[bucket] == nullptr) continue;
    lists_->Give(bucket, Close(bucket));
    ++given;
  }
  return given;
}

bool MarkBuckets::Lists::TryMakeRoom(std::size_t buckets) {
  lists_ = static_cast<List*>(OffHeapAllocate(ByteCount(buckets * sizeof(List))));
  if (lists_ == nullptr) return false;
  size_ = buckets;
  for (std::size_t i = 0; i < buckets; ++i) new (lists_ + i) List;
  return true;
}

bool MarkBuckets::AllocateBlock() {
  void* const memory = OffHeapAllocate(ByteCount(sizeof(Block)));
  if (memory == nullptr) return false;
  Block* const block = new (memory) Block;
  block->next = std::exchange(blocks_, block);
  const std::uint64_t end = Address::Of(block).value() + sizeof(Block);
  std::uint64_t at =
      (Address::Of(block->memory).value() + sizeof(Portion) - 1) & ~(sizeof(Portion) - 1);
  for (; at + sizeof(Portion) <= end; at += sizeof(Portion)) {
    Portion* const portion = Address(at).As<Portion>();
    portion->next = std::exchange(free_, portion);
  }
  return true;
}

}  // namespace fart
