#include "vm/inspect/object_numbers.h"

#include <algorithm>

#include "vm/inspect/heap_walk.h"

namespace fart::inspect {

ObjectNumbers::ObjectNumbers(Heap& heap) : heap_(heap) {
  // All memory first: what is marked must be cleared again.
  std::size_t listed = 0;
  RegionIndex last = 0;
  ForEachRegion(heap, [&](RegionIndex index, HeapSpace) {
    ++listed;
    last = std::max(last, index);
  });
  regions_.reserve(listed);
  row_of_.resize(std::size_t{last} + 1);
  RegionSpace& space = heap.regions();
  ForEachRegion(heap, [&](RegionIndex index, HeapSpace) {
    row_of_[index] = static_cast<std::uint32_t>(regions_.size());
    Region& region = regions_.emplace_back();
    region.first = count_;
    const Address start = space.StartOf(index);
    std::uint64_t in_block[kBlocks] = {};
    ForEachObjectIn(heap, index, [&](Address object, Header, ByteCount) {
      space.TryMark(object);
      ++in_block[(object - start).value() / kBlock];
    });
    std::uint64_t before = 0;
    for (std::uint64_t block = 0; block < kBlocks; ++block) {
      region.before[block] = static_cast<std::uint16_t>(before);
      before += in_block[block];
    }
    count_ += before;
  });
}

ObjectNumbers::~ObjectNumbers() {
  ForEachRegion(heap_, [this](RegionIndex index, HeapSpace) { heap_.regions().ClearMarks(index); });
}

}  // namespace fart::inspect
