// The graph of pause.h with mimalloc, or with FART_BENCH_BDWGC defined on another collector.

#include <cstdlib>
#include <string>

#include "bench/pause.h"

#if defined(FART_BENCH_BDWGC)
#include <gc/gc.h>
#else
#include <mimalloc.h>
#endif

namespace fart::bench {
namespace {

struct Node {
  Node* references[kNodeReferences];
  std::uint64_t value;
  std::uint64_t rest;  // where ours has a header
};
static_assert(sizeof(Node) == kNodeBytes);

#if defined(FART_BENCH_BDWGC)
constexpr char kName[] = "bdwgc";
inline Node** MakeTable(std::size_t nodes) {
  GC_INIT();
  return static_cast<Node**>(GC_MALLOC_UNCOLLECTABLE(nodes * sizeof(Node*)));
}
inline Node* Make() { return static_cast<Node*>(GC_MALLOC(sizeof(Node))); }
inline void Drop(Node*) {}
inline void CollectAll() { GC_gcollect(); }
#else
constexpr char kName[] = "mimalloc";
inline Node** MakeTable(std::size_t nodes) {
  return static_cast<Node**>(mi_calloc(nodes, sizeof(Node*)));
}
inline Node* Make() { return static_cast<Node*>(mi_zalloc(sizeof(Node))); }
inline void Drop(Node* node) { mi_free(node); }
inline void CollectAll() {}
#endif

// References to what was freed stay, for nobody follows them.
class PeerGraph {
 public:
  explicit PeerGraph(std::size_t nodes) : nodes_(nodes), table_(MakeTable(nodes)) {}

  void Replace(std::size_t place, std::size_t target) {
    Node* const node = Make();
    node->references[0] = table_[target];
    node->value = kValue;
    Drop(table_[place]);
    table_[place] = node;
  }
  void Link(std::size_t holder, std::size_t slot, std::size_t target) {
    table_[holder]->references[slot] = table_[target];
  }
  void Temporary() {
    Node* const node = Make();
    if (++temporaries_ % 8 != 0) {
      node->references[0] = last_;
    } else {
      for (Node* old = last_; old != nullptr;) {
        Node* const next = old->references[0];
        Drop(old);
        old = next;
      }
    }
    last_ = node;
  }
  std::uint64_t Sum() const {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < nodes_; ++i) sum += table_[i]->value;
    return sum;
  }
  void Collect() { CollectAll(); }
  static constexpr bool kTellsPauses = false;
  static std::vector<double> TakePauses() { return {}; }

 private:
  std::size_t nodes_;
  Node** table_;
  static inline Node* last_ = nullptr;  // where a collector looks
  std::uint64_t temporaries_ = 0;
};

[[maybe_unused]] const bool kRegistered = (RegisterPauses<PeerGraph>(kName), true);

}  // namespace
}  // namespace fart::bench
