// RegionFlags -- one byte per region: what the heap's users must know of an address at once.
//
// A heap is one reserved range, aligned to its own size and cut into regions. The byte is found by
// masking the object's address (never a slot's), so it works for immediates too: they are addresses
// in region 0, which no object ever occupies and whose byte is 0.
//
// Invariants
//   G1 region 0   holds no object; its flags are always 0.
//   G2 one space  a region with objects has exactly one of kNewSpace and kOldSpace.
//
// Not here: who sets the flags (heap/region_space.h).

#ifndef FART_HEAP_OBJECT_REGION_FLAGS_H_
#define FART_HEAP_OBJECT_REGION_FLAGS_H_

#include <cstdint>

#include "heap/base/units.h"
#include "heap/object/object_ptr.h"

namespace fart {

inline constexpr int kRegionShift = 18;
inline constexpr ByteCount kRegionSize = ByteCount(std::size_t{1} << kRegionShift);  // 256 KiB
// Address space a heap reserves: 64 GiB. The heap limit (HeapKnobs) is far below, so that retired
// addresses can stay unused for a while.
inline constexpr int kHeapRangeShift = 36;
inline constexpr ByteCount kHeapRangeSize = ByteCount(std::size_t{1} << kHeapRangeShift);
inline constexpr std::size_t kRegions = std::size_t{1} << (kHeapRangeShift - kRegionShift);

enum RegionFlag : std::uint8_t {
  kNewSpace = 1,            // objects here are young
  kOldSpace = 2,            // objects here are old, large ones included
  kLargeRegion = 4,         // of large objects: they stay while what is small moves
  kEvacuating = 8,          // objects here are reached one by one, and moved or kept; set only
                            // inside a pause
  kVisitPointersTo = 16,    // a reference to here must be remembered ...
  kVisitPointersFrom = 32,  // ... when its holder is here
};

// Inside a pause what lives in a region with both will be young when it is over; a region of new
// space whose objects are to be elsewhere, or old, has lost the second.
inline constexpr std::uint8_t kStaysYoung = kNewSpace | kVisitPointersTo;

class RegionFlags {
 public:
  explicit RegionFlags(const std::uint8_t* bytes) : bytes_(bytes) {}

  static std::size_t IndexOf(Address address) {
    return (address.value() & (kHeapRangeSize.value() - 1)) >> kRegionShift;
  }

  std::uint8_t Of(Address address) const { return bytes_[IndexOf(address)]; }
  // `object` is tagged: an immediate or a heap object.
  std::uint8_t OfTagged(ObjectPtr object) const {
    FART_DCHECK(object.IsTagged());
    return bytes_[IndexOf(Address(object.bits()))];
  }
  // Any object; a Smi has no flags.
  bool Has(ObjectPtr object, std::uint8_t any_of) const {
    return object.IsTagged() && (OfTagged(object) & any_of) != 0;
  }
  bool IsYoung(ObjectPtr object) const { return Has(object, kNewSpace); }

 private:
  const std::uint8_t* bytes_;
};

}  // namespace fart

#endif  // FART_HEAP_OBJECT_REGION_FLAGS_H_
