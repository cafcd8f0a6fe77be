// Binary trees on the Boehm-Demers-Weiser collector, with its usual settings; it finds roots on
// the stack by itself.

#include <gc/gc.h>

#include "bench/binary_trees.h"

namespace fart::bench {
namespace {

struct Node {
  Node* left;
  Node* right;
};

// The collector looks at static data.
Node* kept = nullptr;

class BdwgcTrees {
 public:
  using Tree = Node*;

  BdwgcTrees() { GC_INIT(); }

  Tree Make(int depth) {
    auto* const node = static_cast<Node*>(GC_MALLOC(sizeof(Node)));
    if (depth > 0) {
      node->left = Make(depth - 1);
      node->right = Make(depth - 1);
    }
    return node;
  }
  std::uint64_t Count(const Node* node) const {
    if (node->left == nullptr) return 1;
    return 1 + Count(node->left) + Count(node->right);
  }
  void Drop(Tree) {}
  void Keep(Tree tree) { kept = tree; }
  std::uint64_t CountKept() const { return Count(kept); }
};

BENCHMARK(BinaryTrees<BdwgcTrees>)->Name("BM_BinaryTrees/bdwgc")->Apply(RunOnce);

}  // namespace
}  // namespace fart::bench
