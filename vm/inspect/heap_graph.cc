#include "vm/inspect/heap_graph.h"

#include <algorithm>
#include <new>

#include "vm/inspect/heap_walk.h"
#include "vm/inspect/object_numbers.h"

namespace fart::inspect {

HeapGraph::HeapGraph(Isolate& isolate, HandleGroups groups)
    : isolate_(isolate), edges_(isolate, texts_), groups_(FindRootGroups(isolate, texts_, groups)) {
  isolate.mutator().RetireArea();
  isolate.gc().Settle();
  const Heap& heap = isolate.heap();
  const ObjectNumbers numbers(isolate.heap());
  const std::uint64_t first_object = 1 + groups_.size();
  if (numbers.count() + first_object >= kNoNode) throw std::bad_alloc();
  objects_.reserve(numbers.count());
  sizes_.resize(first_object);
  first_edge_.push_back(0);
  for (std::size_t i = 0; i < groups_.size(); ++i) targets_.push_back(GroupNode(i));
  first_edge_.push_back(targets_.size());
  const auto add = [&](const Edge& edge) {
    if (edge.kind == EdgeKind::kWeak) return;
    targets_.push_back(static_cast<Node>(first_object + numbers.Of(edge.target.address())));
  };
  for (const RootGroup& group : groups_) {
    for (const Edge& edge : group.edges) add(edge);
    first_edge_.push_back(targets_.size());
  }
  ForEachRegion(heap, [&](RegionIndex index, HeapSpace) {
    ForEachObjectIn(heap, index, [&](Address object, Header header, ByteCount size) {
      objects_.push_back(object);
      sizes_.push_back(size.value());
      edges_.ForEach(object, header.shape(), add);
      first_edge_.push_back(targets_.size());
    });
  });
  isolate.handles().weaks.ForEachWithSize([&](HandleValue, ObjectPtr referent, ByteCount size) {
    if (size.is_zero() || !referent.IsHeapObject()) return;
    sizes_[first_object + numbers.Of(referent.address())] += size.value();
  });
}

Node HeapGraph::Find(ObjectPtr object) const {
  if (!object.IsHeapObject()) return kNoNode;
  // Regions are walked in the order of lists, which is not that of addresses.
  const auto found = std::find(objects_.begin(), objects_.end(), object.address());
  if (found == objects_.end()) return kNoNode;
  return FirstObject() + static_cast<Node>(found - objects_.begin());
}

std::vector<Node> HeapGraph::NumberDepthFirst(std::vector<Node>* parents) const {
  struct Visit {
    Node node;
    std::uint64_t next;
  };
  std::vector<Node> order;  // Nodes, as they are first met.
  std::vector<Node> number(size(), kNoNode);
  std::vector<Visit> open;
  number[kRootNode] = 0;
  order.push_back(kRootNode);
  parents->assign(1, 0);
  open.push_back({kRootNode, first_edge_[kRootNode]});
  while (!open.empty()) {
    Visit& visit = open.back();
    if (visit.next == first_edge_[visit.node + 1]) {
      open.pop_back();
      continue;
    }
    const Node target = targets_[visit.next++];
    if (number[target] != kNoNode) continue;
    const Node from = number[visit.node];
    number[target] = static_cast<Node>(order.size());
    order.push_back(target);
    parents->push_back(from);
    open.push_back({target, first_edge_[target]});
  }
  return order;
}

std::vector<std::uint64_t> HeapGraph::FindKept() const {
  // Everything below is by depth-first number.
  std::vector<Node> parent;
  const std::vector<Node> order = NumberDepthFirst(&parent);
  const auto count = static_cast<Node>(order.size());
  std::vector<Node> number(size(), kNoNode);
  for (Node i = 0; i < count; ++i) number[order[i]] = i;

  // Who leads to each.
  std::vector<std::uint64_t> first_source(std::size_t{count} + 1);
  for (Node i = 0; i < count; ++i) {
    ForEachNext(order[i], [&](Node target) { ++first_source[number[target] + 1]; });
  }
  for (Node i = 0; i < count; ++i) first_source[i + 1] += first_source[i];
  std::vector<Node> sources(first_source[count]);
  {
    std::vector<std::uint64_t> next(first_source.begin(), first_source.end() - 1);
    for (Node i = 0; i < count; ++i) {
      ForEachNext(order[i], [&](Node target) { sources[next[number[target]]++] = i; });
    }
  }

  std::vector<Node> ancestor = parent;  // on a path that is compressed on the way
  std::vector<Node> label(count);
  std::vector<Node> semi(count);
  std::vector<Node> path;
  for (Node i = 0; i < count; ++i) label[i] = semi[i] = i;
  // The least semidominator on the way from `v` up to what is above `last`.
  const auto evaluate = [&](Node v, Node last) {
    path.clear();
    for (Node u = v; ancestor[u] >= last; u = ancestor[u]) path.push_back(u);
    for (std::size_t i = path.size(); i-- > 0;) {
      const Node u = path[i];
      const Node above = ancestor[u];
      if (semi[label[above]] < semi[label[u]]) label[u] = label[above];
      ancestor[u] = ancestor[above];
    }
    return label[v];
  };
  for (Node w = count; w-- > 1;) {
    semi[w] = parent[w];
    for (std::uint64_t i = first_source[w]; i < first_source[w + 1]; ++i) {
      const Node v = sources[i];
      semi[w] = std::min(semi[w], v <= w ? v : semi[evaluate(v, w + 1)]);
    }
  }
  std::vector<Node> dominator = parent;
  for (Node w = 1; w < count; ++w) {
    while (dominator[w] > semi[w]) dominator[w] = dominator[dominator[w]];
  }

  std::vector<std::uint64_t> kept(size());
  for (Node w = count; w-- > 0;) {
    kept[order[w]] += sizes_[order[w]];
    if (w != 0) kept[order[dominator[w]]] += kept[order[w]];
  }
  return kept;
}

std::vector<Node> HeapGraph::FindParents() const {
  std::vector<Node> parents(size(), kNoNode);
  std::vector<Node> reached = {kRootNode};
  for (std::size_t i = 0; i < reached.size(); ++i) {
    ForEachNext(reached[i], [&](Node target) {
      if (target == kRootNode || parents[target] != kNoNode) return;
      parents[target] = reached[i];
      reached.push_back(target);
    });
  }
  return parents;
}

std::string HeapGraph::EdgeTo(Node from, Node to) {
  const ObjectPtr target = ObjectPtr::FromAddress(AddressOf(to));
  std::string text;
  const auto see = [&](const Edge& edge) {
    if (text.empty() && edge.target == target && edge.kind != EdgeKind::kWeak) {
      text = EdgeText(isolate_, edge, texts_);
    }
  };
  if (from < FirstObject()) {
    for (const Edge& edge : groups_[from - 1].edges) see(edge);
  } else {
    edges_.ForEach(AddressOf(from), ShapeOf(from), see);
  }
  return text;
}

}  // namespace fart::inspect
