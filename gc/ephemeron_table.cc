#include "gc/ephemeron_table.h"

#include <bit>

namespace fart {

void EphemeronTable::Add(Address ephemeron, Address key) {
  entries_.push_back({.ephemeron = ephemeron, .key = key, .next = kNone});
  ++waiting_;
  if (!indexed_) return;
  if ((keys_ + 1) * 2 > buckets_.size()) {
    Rehash(entries_.size());
  } else {
    Link(static_cast<std::uint32_t>(entries_.size() - 1));
  }
}

void EphemeronTable::Rehash(std::size_t entries) {
  buckets_.assign(std::bit_ceil(entries * 2 + 16), Bucket{});
  keys_ = 0;
  for (std::uint32_t i = 0; i < entries_.size(); ++i) {
    entries_[i].next = kNone;
    if (!entries_[i].ephemeron.is_null()) Link(i);
  }
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
  entries_[index].next = bucket.first;
  bucket.first = index;
}

std::uint32_t EphemeronTable::Unlink(Address key) {
  Bucket& bucket = BucketFor(key);
  return std::exchange(bucket.first, kNone);
}

}  // namespace fart
