// MarkByBucket -- marks and looks at what the references of one bucket lead to.
//
// Written once for who does so alone (marker.h) and for those who do it together (place_marking.h).
//
// Not here: what looking is.

#ifndef FART_GC_MARK_BUCKET_H_
#define FART_GC_MARK_BUCKET_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "gc/mark_buckets.h"
#include "heap/object/header.h"
#include "heap/region_space.h"

namespace fart {

// Headers are asked for so many objects ahead.
inline constexpr std::size_t kHeadersAhead = 16;

// `take(visit)` calls visit(start, entries, count) for all that one bucket has. Calls
// look(Address object, Header) for each object that was not marked. Answers how many.
template <typename Take, typename Look>
[[gnu::always_inline]] inline std::size_t MarkByBucket(RegionSpace& regions, Take&& take,
                                                       Look&& look) {
  std::array<MarkBuckets::Entry, 4 * MarkBuckets::kMostAtOnce> fresh;
  std::size_t count = 0;
  std::size_t all = 0;
  Address bucket;
  const auto look_at_fresh = [&](Address from) __attribute__((always_inline)) {
    const auto ask_for = [&](std::size_t i) __attribute__((always_inline)) {
      __builtin_prefetch(MarkBuckets::AddressOf(from, fresh[i]).As<void>());
    };
    for (std::size_t i = 0; i < std::min(count, kHeadersAhead); ++i) ask_for(i);
    for (std::size_t i = 0; i < count; ++i) {
      if (i + kHeadersAhead < count) ask_for(i + kHeadersAhead);
      const Address object = MarkBuckets::AddressOf(from, fresh[i]);
      look(object, Header::At(object));
    }
    all += std::exchange(count, 0);
  };
  take([&](Address from, const MarkBuckets::Entry* entries, std::uint32_t length)
           __attribute__((always_inline)) {
             bucket = from;
             std::uint64_t* const marks = regions.MarkWordsFrom(regions.IndexOf(from));
             // Without a branch, which would be foretold wrongly half of the time.
             for (std::uint32_t i = 0; i < length; ++i) {
               const std::uint64_t bit = std::uint64_t{1} << (entries[i] % 64);
               std::uint64_t& word = marks[entries[i] / 64];
               fresh[count] = entries[i];
               count += (word & bit) == 0 ? 1 : 0;
               word |= bit;
             }
             if (count > fresh.size() - MarkBuckets::kMostAtOnce) look_at_fresh(from);
           });
  look_at_fresh(bucket);
  return all;
}

}  // namespace fart

#endif  // FART_GC_MARK_BUCKET_H_
