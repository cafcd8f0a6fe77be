// Binary trees on our heap, at heap level: `Mutator` and collector, no isolate and no handles.

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
  Tree Make(int depth) FART_NO_SAFEPOINT_ANALYSIS {
    return Make(mutator_, node_, roots_.levels(), depth);
  }

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

  static Tree Make(Mutator& mutator, ShapeId node, ObjectPtr* roots, int depth) FART_MAY_COLLECT {
    if (depth == 0) {
      return mutator.AllocateInitialised(node, kNodeSize,
                                         [](ObjectPtr* words, const NoSafepointScope&) {
                                           words[0] = ObjectPtr();
                                           words[1] = ObjectPtr();
                                         });
    }
    for (int child = 0; child < 2; ++child) {
      const Tree tree = Make(mutator, node, roots + 2, depth - 1);
      const NoSafepointScope quiet;
      roots[child] = tree.Get(quiet);
    }
    const Tree tree = mutator.AllocateInitialised(
        node, kNodeSize, [roots](ObjectPtr* words, const NoSafepointScope&) {
          words[0] = roots[0];
          words[1] = roots[1];
        });
    roots[0] = roots[1] = ObjectPtr();
    return tree;
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
