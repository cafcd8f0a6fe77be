// RegionFlags -- one byte per region: what the heap's users must know of an address at once.
//
// A heap is one reserved range, a power of two in size, aligned to its own size and cut into
// regions. The byte is found from the object's address (never a slot's): shift, mask, load. How
// large the range is differs from heap to heap, so the mask is read from beside the table's
// address; the shift is for good. It works for immediates too: they are addresses in region 0,
// which no object ever occupies and whose byte is 0. Hosts may inline this:
// docs/design/heap_layout.md has what is fixed.
//
// Invariants
//   HO-G1 region 0   holds no object; its flags are always 0: it is where immediates point to.
//   HO-G2 one space  a region with objects has exactly one of kNewSpace and kOldSpace.
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

enum RegionFlag : std::uint8_t {
  kNewSpace = 1,          // objects here are young
  kOldSpace = 2,          // objects here are old, large ones included
  kLargeRegion = 4,       // of large objects: they stay while what is small moves
  kEvacuating = 8,        // objects here are reached one by one, and moved or kept; set only
                          // inside a pause
  kVisitPointersTo = 16,  // a reference to here must be remembered, or what it leads to marked ...
  kVisitPointersFrom = 32,  // ... when its holder is here
  kLogStores = 64,          // reserved: every store into here is to be seen; nobody sets it
};

// Inside a pause what lives in a region with both will be young when it is over; a region of new
// space whose objects are to be elsewhere, or old, has lost the second.
inline constexpr std::uint8_t kStaysYoung = kNewSpace | kVisitPointersTo;

class RegionFlags {
 public:
  // `mask` + 1, a power of two, bytes.
  RegionFlags(const std::uint8_t* bytes, std::uint32_t mask) : bytes_(bytes), mask_(mask) {}

  std::size_t IndexOf(Address address) const {
    return static_cast<std::uint32_t>(address.value() >> kRegionShift) & mask_;
  }

  const std::uint8_t* bytes() const { return bytes_; }
  std::uint32_t mask() const { return mask_; }
  // Also for who marks beside the mutator, which takes regions meanwhile.
  std::uint8_t Of(Address address) const {
    return __atomic_load_n(bytes_ + IndexOf(address), __ATOMIC_RELAXED);
  }
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
  std::uint32_t mask_;
};

}  // namespace fart

#endif  // FART_HEAP_OBJECT_REGION_FLAGS_H_
