// ObjectNumbers -- the objects of a heap, numbered in the order of a walk, and the number of each.
//
// Mark bits say where objects begin; how many begin before a place is counted once for each block
// of 4 KiB, and from there on in at most eight words of marks. So numbering 2 GiB takes 2 MiB.
//
// Invariants
//   VI-O1 order   an object's number is its place in the walk of heap_walk.h, from 0 on.
//   VI-O2 clean   no mark is left when this ends. Nothing else that marks may run meanwhile: no
//                 collection, no census, no verification.

#ifndef FART_VM_INSPECT_OBJECT_NUMBERS_H_
#define FART_VM_INSPECT_OBJECT_NUMBERS_H_

#include <cstdint>
#include <vector>

#include "heap/heap.h"
#include "heap/object/object_ptr.h"

namespace fart::inspect {

class ObjectNumbers {
 public:
  // The mutator's area has been retired. Throws std::bad_alloc.
  explicit ObjectNumbers(Heap& heap);
  ~ObjectNumbers();
  ObjectNumbers(const ObjectNumbers&) = delete;
  ObjectNumbers& operator=(const ObjectNumbers&) = delete;

  std::uint64_t count() const { return count_; }
  // Of an object that the walk visits.
  std::uint64_t Of(Address object) const {
    const RegionSpace& regions = heap_.regions();
    const RegionIndex index = regions.IndexOf(object);
    const Region& region = regions_[row_of_[index]];
    const Address start = regions.StartOf(index);
    const std::uint64_t block = (object - start).value() / kBlock;
    return region.first + region.before[block] +
           regions.CountMarked(start + ByteCount(block * kBlock), object);
  }

 private:
  static constexpr std::uint64_t kBlock = 4096;
  static constexpr std::uint64_t kBlocks = kRegionSize.value() / kBlock;

  struct Region {
    std::uint64_t first = 0;             // the number of its first object
    std::uint16_t before[kBlocks] = {};  // objects before each block
  };
  static_assert(kRegionSize.InWords().value() <= 1u << 16);

  Heap& heap_;
  std::vector<Region> regions_;
  std::vector<std::uint32_t> row_of_;  // by region: where it is above
  std::uint64_t count_ = 0;
};

}  // namespace fart::inspect

#endif  // FART_VM_INSPECT_OBJECT_NUMBERS_H_
