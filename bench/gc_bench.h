// GcBench -- trees as Ellis and Kovac wrote them and Boehm spread them: of many sizes, made from
// the top and from the bottom, beside a tree and an array that stay.
//
// As there but for one thing: a heap that moves objects holds the nodes it is at in places, a level
// each, where the original has them on the C stack. `Collector` is that of structures.h; a branch
// has two references and two ints.

#ifndef FART_BENCH_GC_BENCH_H_
#define FART_BENCH_GC_BENCH_H_

#include <cstddef>
#include <cstdint>

#include "bench/scale.h"

namespace fart::bench {

template <typename Collector, typename Clock>
class GcBench {
 public:
  using Object = typename Collector::Object;

  GcBench(Collector& collector, Clock& clock) : collector_(collector), clock_(clock) {}

  // False: an object is not there.
  [[nodiscard]] bool Run() {
    const int long_lived_depth = Scaled(16, 4);
    const int most_depth = Scaled(16, 6);
    MakeFromBelow(Scaled(18, 6), kWork);
    places_[kLongLived] = collector_.NewBranch();
    places_[kWork] = places_[kLongLived];
    FillFromAbove(long_lived_depth, kWork);
    // The original's has half a million doubles.
    const std::size_t length = Scaled<std::size_t>(500'000, 100);
    places_[kArray] = collector_.NewArray(length);
    for (int depth = 4; depth <= most_depth; depth += 2) {
      const std::uint64_t rounds = 2 * NodesOf(Scaled(18, 6)) / NodesOf(depth);
      for (std::uint64_t i = 0; i < rounds; ++i) {
        places_[kWork] = collector_.NewBranch();
        FillFromAbove(depth, kWork);
      }
      for (std::uint64_t i = 0; i < rounds; ++i) MakeFromBelow(depth, kWork);
    }
    const Object none = Object();
    return CountNodes(places_[kLongLived]) == NodesOf(long_lived_depth) &&
           collector_.Element(places_[kArray], length - 1) == none;
  }

 private:
  // Places: of what stays, and of the trees in work from this one on.
  enum : std::size_t { kLongLived, kArray, kWork };

  static std::uint64_t NodesOf(int depth) { return (std::uint64_t{2} << depth) - 1; }

  // The node at `place` gets a tree of `depth` levels below it.
  void FillFromAbove(int depth, std::size_t place) {
    if (depth == 0) return;
    for (std::size_t side = 0; side < 2; ++side) {
      clock_.Step();
      const Object child = collector_.NewBranch();
      collector_.SetBranch(places_[place], side, child);
    }
    for (std::size_t side = 0; side < 2; ++side) {
      places_[place + 1] = collector_.BranchOf(places_[place], side);
      FillFromAbove(depth - 1, place + 1);
    }
  }

  // Leaves it at `place`.
  void MakeFromBelow(int depth, std::size_t place) {
    if (depth > 0) {
      MakeFromBelow(depth - 1, place);
      MakeFromBelow(depth - 1, place + 1);
    }
    clock_.Step();
    const Object node = collector_.NewBranch();
    if (depth > 0) {
      for (std::size_t side = 0; side < 2; ++side) {
        collector_.SetBranch(node, side, places_[place + side]);
      }
    }
    places_[place] = node;
  }

  std::uint64_t CountNodes(Object node) const {
    std::uint64_t count = 1;
    for (std::size_t side = 0; side < 2; ++side) {
      const Object child = collector_.BranchOf(node, side);
      if (!(child == Object())) count += CountNodes(child);
    }
    return count;
  }

  Collector& collector_;
  Clock& clock_;
  Object* const places_ = collector_.Places();
};

}  // namespace fart::bench

#endif  // FART_BENCH_GC_BENCH_H_
