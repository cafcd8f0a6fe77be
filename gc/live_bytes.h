// LiveBytes -- what one of several who mark has found alive, by region.
//
// A counter for each region in a record that all of them write would be fetched from another
// processor's cache for every second object.
//
// Not here: the sum (heap/region_space.h, RegionRecord::live_bytes).

#ifndef FART_GC_LIVE_BYTES_H_
#define FART_GC_LIVE_BYTES_H_

#include <cstddef>
#include <cstdint>

#include "heap/base/units.h"
#include "heap/large_objects.h"
#include "heap/object/header.h"
#include "heap/platform/off_heap.h"
#include "heap/region_space.h"

namespace fart {

// What an object adds to the live bytes of its region: of a large one the region is its own.
inline ByteCount LiveSizeOf(Header header) {
  return header.is_large() ? kLargeObjectSize : ByteCount(header.size());
}

class LiveBytes {
 public:
  LiveBytes() = default;
  ~LiveBytes() { OffHeapFree(counts_, ByteCount(count_ * sizeof(std::uint32_t))); }
  LiveBytes(const LiveBytes&) = delete;
  LiveBytes& operator=(const LiveBytes&) = delete;

  // For regions of [first, end). False: there is no memory.
  [[nodiscard]] bool TryMakeRoom(RegionIndex first, RegionIndex end) {
    first_ = first;
    count_ = end - first;
    counts_ = static_cast<std::uint32_t*>(
        OffHeapAllocateZeroed(ByteCount(count_ * sizeof(std::uint32_t))));
    if (counts_ == nullptr) count_ = 0;
    return counts_ != nullptr;
  }
  void Add(RegionIndex index, ByteCount size) {
    counts_[index - first_] += static_cast<std::uint32_t>(size.value());
  }
  void AddTo(RegionSpace& regions) const {
    for (std::uint32_t i = 0; i < count_; ++i) {
      if (counts_[i] != 0) regions.Record(first_ + i).live_bytes += counts_[i];
    }
  }

 private:
  RegionIndex first_ = 0;
  std::uint32_t count_ = 0;
  std::uint32_t* counts_ = nullptr;
};

}  // namespace fart

#endif  // FART_GC_LIVE_BYTES_H_
