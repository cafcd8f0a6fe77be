// Binary trees with malloc and free: glibc's, or with FART_BENCH_MIMALLOC defined mimalloc's.
//
// libmimalloc.so puts itself in the place of malloc, so glibc's is measured in a program that does
// not link it.

#include <cstdlib>

#include "bench/binary_trees.h"

#if defined(FART_BENCH_MIMALLOC)
#include <mimalloc.h>
#endif

namespace fart::bench {
namespace {

#if defined(FART_BENCH_MIMALLOC)
constexpr char kName[] = "BM_BinaryTrees/mimalloc";
inline void* Allocate(std::size_t size) { return mi_malloc(size); }
inline void Free(void* memory) { mi_free(memory); }
#else
constexpr char kName[] = "BM_BinaryTrees/glibc";
inline void* Allocate(std::size_t size) { return std::malloc(size); }
inline void Free(void* memory) { std::free(memory); }
#endif

struct Node {
  Node* left;
  Node* right;
};

class MallocTrees {
 public:
  using Tree = Node*;

  ~MallocTrees() { Drop(kept_); }

  Tree Make(int depth) {
    auto* const node = static_cast<Node*>(Allocate(sizeof(Node)));
    if (depth == 0) {
      node->left = node->right = nullptr;
    } else {
      node->left = Make(depth - 1);
      node->right = Make(depth - 1);
    }
    return node;
  }
  std::uint64_t Count(const Node* node) const {
    if (node->left == nullptr) return 1;
    return 1 + Count(node->left) + Count(node->right);
  }
  void Drop(Tree node) {
    if (node->left != nullptr) {
      Drop(node->left);
      Drop(node->right);
    }
    Free(node);
  }
  void Keep(Tree tree) { kept_ = tree; }
  std::uint64_t CountKept() const { return Count(kept_); }

 private:
  Tree kept_ = nullptr;
};

BENCHMARK(BinaryTrees<MallocTrees>)->Name(kName)->Apply(RunOnce);

}  // namespace
}  // namespace fart::bench
