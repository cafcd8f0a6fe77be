// HeapGraph -- a heap as numbered nodes with their references, to be searched: what an object or a
// group of handles keeps alive, and the shortest way to an object from outside.
//
// Node 0 is the root, then come the groups of roots (root_edges.h), then all objects. Weak
// references are left out. Takes memory in proportion to the heap: about 40 bytes an object, 8 a
// reference.
//
// Invariants
//   VI-G1 dominated  Kept(n) is the size of all objects that can be reached by way of n only. It is
//                    found by way of immediate dominators (semi-NCA: Georgiadis 2005, after
//                    Lengauer and Tarjan 1979), so exact.
//   VI-G2 shortest   a path from the root has as few references as any.
//
// Not here: what is printed of it (leak_report.h, retaining_path.h).

#ifndef FART_VM_INSPECT_HEAP_GRAPH_H_
#define FART_VM_INSPECT_HEAP_GRAPH_H_

#include <cstdint>
#include <vector>

#include "vm/inspect/edges.h"
#include "vm/inspect/root_edges.h"
#include "vm/isolate.h"

namespace fart::inspect {

using Node = std::uint32_t;
inline constexpr Node kRootNode = 0;
inline constexpr Node kNoNode = ~Node{0};

class HeapGraph {
 public:
  // Of the isolate that this thread is inside of, between collections. Throws std::bad_alloc; also
  // for more objects than a Node can number.
  HeapGraph(Isolate& isolate, HandleGroups groups);

  const Texts& texts() const { return texts_; }
  const std::vector<RootGroup>& groups() const { return groups_; }
  Node GroupNode(std::size_t group) const { return static_cast<Node>(1 + group); }
  Node size() const { return static_cast<Node>(sizes_.size()); }
  Node FirstObject() const { return GroupNode(groups_.size()); }
  // kNoNode: it is none of them.
  Node Find(ObjectPtr object) const;
  Address AddressOf(Node object) const { return objects_[object - FirstObject()]; }
  ShapeId ShapeOf(Node object) const { return Header::At(AddressOf(object)).shape(); }
  // Its own, with external sizes.
  std::uint64_t SizeOf(Node node) const { return sizes_[node]; }

  // Calls visit(Node) for each reference that is not weak.
  template <typename Visit>
  void ForEachNext(Node node, Visit&& visit) const {
    for (std::uint64_t i = first_edge_[node]; i < first_edge_[node + 1]; ++i) visit(targets_[i]);
  }

  // By node: bytes (VI-G1); 0 for what cannot be reached.
  std::vector<std::uint64_t> FindKept() const;
  // By node: the one before it on a shortest path from the root; kNoNode for the root and for what
  // cannot be reached. (VI-G2)
  std::vector<Node> FindParents() const;
  // The reference by which a node, no root, leads to the next.
  std::string EdgeTo(Node from, Node to);

 private:
  std::vector<Node> NumberDepthFirst(std::vector<Node>* parents) const;
  Isolate& isolate_;
  Texts texts_;
  Edges edges_;
  const std::vector<RootGroup> groups_;
  std::vector<Address> objects_;  // by node
  std::vector<std::uint64_t> sizes_;
  std::vector<std::uint64_t> first_edge_;  // and one more
  std::vector<Node> targets_;
};

}  // namespace fart::inspect

#endif  // FART_VM_INSPECT_HEAP_GRAPH_H_
