// LargeObjectsAlone -- large objects in regions of their own, without a collector: a test says
// which of them survive.
//
// Not here: regions that others have in use (large_runs_test.cc).

#ifndef FART_HEAP_TESTING_LARGE_OBJECTS_ALONE_H_
#define FART_HEAP_TESTING_LARGE_OBJECTS_ALONE_H_

#include <cstdint>
#include <set>
#include <vector>

#include "heap/base/units.h"
#include "heap/large_objects.h"
#include "heap/object/header.h"
#include "heap/region_space.h"
#include "heap/shape_table.h"

namespace fart {

class LargeObjectsAlone {
 public:
  using Age = LargeObjects::Age;
  static constexpr ShapeId kShape{ShapeTable::kFirstFree};

  explicit LargeObjectsAlone(ByteCount heap_limit) : regions(heap_limit) {}

  // An object with a header, as the mutator makes it.
  Address New(ByteCount size, Age age = Age::kYoung) {
    const Address where = large.TryTake(size, age);
    Header::Make(kShape, LargeObjects::HeaderSize(size)).StoreTo(where);
    return where;
  }
  // A collection that `live` survive; how many died.
  std::uint32_t Collect(const std::set<Address>& live, bool old_too = false) {
    large.BeginCollection(/*all_leave=*/false);
    const auto next_live = [&](Address from, Address to) {
      const auto at = live.lower_bound(from);
      return at != live.end() && *at < to ? *at : to;
    };
    return large.ReleaseDead(old_too, next_live,
                             [this](RegionIndex index) { adopted.push_back(index); });
  }
  std::uint8_t FlagsAt(Address address) const { return regions.flags().Of(address); }

  RegionSpace regions;
  LargeObjects large{regions};
  std::vector<RegionIndex> adopted;  // shared regions that have grown old
};

}  // namespace fart

#endif  // FART_HEAP_TESTING_LARGE_OBJECTS_ALONE_H_
