#include "gc/ephemeron_table.h"

#include <bit>

namespace fart {

void EphemeronTable::Add(Address ephemeron, Address key) {
  if (has_overflowed_) return;
  if (!entries_.TryAppend({.ephemeron = ephemeron, .key = key}) ||
      (indexed_ && !next_.TryAppend(kNone))) {
    Overflow();
    return;
  }
  ++waiting_;
  if (!indexed_) return;
  if ((keys_ + 1) * 2 > buckets_.size()) {
    if (!TryIndex()) Overflow();
  } else {
    Link(static_cast<std::uint32_t>(entries_.size() - 1));
  }
}

bool EphemeronTable::TryIndex() {
  // Of those that were ready before, next_ says which is the next.
  const std::size_t entries = indexed_ ? entries_.size() : waiting_;
  const std::size_t buckets = std::bit_ceil(entries * 2 + 16);
  buckets_.Truncate(0);
  if (!buckets_.TryResize(buckets, Bucket{}) || !next_.TryResize(entries, kNone)) return false;
  indexed_ = true;
  keys_ = 0;
  for (std::uint32_t i = 0; i < entries; ++i) {
    if (!entries_[i].key.is_null()) Link(i);
  }
  return true;
}

EphemeronTable::Bucket& EphemeronTable::BucketFor(Address key) {
  const std::size_t mask = buckets_.size() - 1;
  // Fibonacci hashing spreads neighbouring addresses (Knuth, TAOCP vol. 3, section 6.4).
  std::size_t at = (key.value() / kWordSize * 0x9E3779B97F4A7C15ULL) >> 20;
  for (;; ++at) {
    Bucket& bucket = buckets_[at & mask];
    if (bucket.key == key || bucket.key.is_null()) return bucket;
  }
}

void EphemeronTable::Link(std::uint32_t index) {
  Bucket& bucket = BucketFor(entries_[index].key);
  if (bucket.key.is_null()) {
    bucket.key = entries_[index].key;
    ++keys_;
  }
  next_[index] = bucket.first;
  bucket.first = index;
}

void EphemeronTable::MakeReady(std::uint32_t index) {
  entries_[index].key = Address();
  next_[index] = std::exchange(ready_, index);  // G-E4
  --waiting_;
}

void EphemeronTable::NoteReached(Address key) {
  std::uint32_t index = std::exchange(BucketFor(key).first, kNone);
  while (index != kNone) {
    const std::uint32_t next = next_[index];
    MakeReady(index);
    index = next;
  }
}

void EphemeronTable::Overflow() {
  has_overflowed_ = true;
  indexed_ = false;
  waiting_ = 0;
  ready_ = kNone;
  entries_ = {};
  next_ = {};
  buckets_ = {};
}

}  // namespace fart
