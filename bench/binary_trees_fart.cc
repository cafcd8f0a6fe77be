// Binary trees on our heap, at heap level: `Mutator` and collector, no isolate and no handles.

#include <utility>

#include "bench/binary_trees.h"
#include "gc/controller.h"
#include "gc/listener.h"
#include "heap/base/check.h"
#include "heap/base/safepoint.h"
#include "heap/mutator.h"
#include "heap/object/providers.h"
#include "heap/object/shape.h"

namespace fart::bench {
namespace {

constexpr int kMaxSlots = 64;

// Two slots for each level of the tree being made, emptied after use, and one for the tree kept.
class TreeRoots final : public RootProvider {
 public:
  void VisitSlots(SlotSet, SlotVisitor& visitor) override {
    visitor.VisitSlots(RootKind::kOther, slots_, slots_ + kMaxSlots);
  }
  void Verify(VerifyReporter&) const override {}

  ObjectPtr* kept() { return slots_; }
  ObjectPtr* levels() { return slots_ + 1; }

 private:
  ObjectPtr slots_[kMaxSlots];
};

class FartTrees {
 public:
  // Not a pointer: good until the next allocation, and Count comes before that.
  using Tree = FreshObject;

  FartTrees() : gc_(heap_, GcKnobs{}, nullptr, nullptr), registration_(gc_, roots_) {
    FART_CHECK(heap_.shapes().Register({.name = "node", .references = 2}, &node_));
  }

  // The driver of all managers knows no safepoints: hence these are not analysed.
  Tree Make(int depth) FART_NO_SAFEPOINT_ANALYSIS { return Make(roots_.levels(), depth); }

  std::uint64_t Count(Tree tree) const FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    return Count(heap_.shapes()[node_], tree.Get(quiet));
  }
  void Drop(Tree) {}
  void Keep(Tree tree) FART_NO_SAFEPOINT_ANALYSIS {
    const NoSafepointScope quiet;
    *roots_.kept() = tree.Get(quiet);
  }
  std::uint64_t CountKept() { return Count(heap_.shapes()[node_], *roots_.kept()); }

 private:
  static constexpr ByteCount kNodeSize{3 * kWordSize};

  // `roots`: two empty slots for each level down to the leaves'.
  Tree Make(ObjectPtr* roots, int depth) FART_MAY_COLLECT {
    if (depth > 0) {
      for (int child = 0; child < 2; ++child) {
        const Tree tree = Make(roots + 2, depth - 1);
        const NoSafepointScope quiet;
        roots[child] = tree.Get(quiet);
      }
    }
    return mutator_.AllocateInitialised(node_, kNodeSize,
                                        [roots](ObjectPtr* words, const NoSafepointScope&) {
                                          words[0] = std::exchange(roots[0], ObjectPtr());
                                          words[1] = std::exchange(roots[1], ObjectPtr());
                                        });
  }

  static std::uint64_t Count(const Shape& shape, ObjectPtr node) {
    const ObjectPtr* children = shape.References(node.address());
    if (children[0].is_null()) return 1;
    return 1 + Count(shape, children[0]) + Count(shape, children[1]);
  }

  Heap heap_{HeapKnobs{}};
  TreeRoots roots_;
  GcController gc_;
  RootRegistration registration_;
  Mutator mutator_{heap_, gc_};
  ShapeId node_{};
};

BENCHMARK(BinaryTrees<FartTrees>)->Name("BM_BinaryTrees/fart")->Apply(RunOnce);

}  // namespace
}  // namespace fart::bench
