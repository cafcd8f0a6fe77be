#include "vm/inspect/retaining_path.h"

#include <algorithm>
#include <string>

#include "vm/inspect/handle_list.h"
#include "vm/inspect/heap_graph.h"
#include "vm/inspect/one_line.h"

namespace fart::inspect {

namespace {

std::vector<PathStep> StepsTo(Isolate& isolate, HeapGraph& graph, const std::vector<Node>& parents,
                              Node node) {
  std::vector<PathStep> steps;
  while (node >= graph.FirstObject()) {
    const Node from = parents[node];
    steps.push_back({graph.EdgeTo(from, node), ClassOrShapeName(isolate, graph.ShapeOf(node))});
    node = from;
  }
  steps.push_back({graph.texts()[graph.groups()[node - 1].name], {}});
  std::reverse(steps.begin(), steps.end());
  return steps;
}

}  // namespace

std::optional<std::vector<PathStep>> FindRetainingPath(Isolate& isolate, ObjectPtr object) {
  HeapGraph graph(isolate, HandleGroups::kByKind);
  const Node node = graph.Find(object);
  if (node == kNoNode) return std::nullopt;
  const std::vector<Node> parents = graph.FindParents();
  if (parents[node] == kNoNode) return std::nullopt;
  return StepsTo(isolate, graph, parents, node);
}

ClassPath FindRetainingPathOfClass(Isolate& isolate, std::string_view class_name) {
  ClassPath found;
  HeapGraph graph(isolate, HandleGroups::kByKind);
  const std::vector<Node> parents = graph.FindParents();
  std::vector<bool> is_wanted;
  for (std::uint32_t id = 0; id < isolate.heap().shapes().size(); ++id) {
    is_wanted.push_back(ClassOrShapeName(isolate, ShapeId{id}) == class_name ||
                        isolate.heap().shapes()[ShapeId{id}].name() == class_name);
  }
  Node nearest = kNoNode;
  std::size_t least = 0;
  for (Node node = graph.FirstObject(); node < graph.size(); ++node) {
    if (!is_wanted[static_cast<std::size_t>(graph.ShapeOf(node))]) continue;
    ++found.objects;
    if (parents[node] == kNoNode) continue;
    std::size_t steps = 1;
    for (Node each = node; each >= graph.FirstObject(); each = parents[each]) {
      if (++steps >= least && nearest != kNoNode) break;
    }
    if (nearest != kNoNode && steps >= least) continue;
    nearest = node;
    least = steps;
  }
  if (nearest != kNoNode) found.path = StepsTo(isolate, graph, parents, nearest);
  return found;
}

std::string PathText(const std::vector<PathStep>& path) {
  constexpr std::size_t kMostAlike = 3;  // a list of a million links is three lines and a number
  std::string text;
  for (std::size_t i = 0; i < path.size();) {
    const PathStep& step = path[i];
    std::size_t alike = 1;
    while (i + alike < path.size() && path[i + alike].reference == step.reference &&
           path[i + alike].class_name == step.class_name) {
      ++alike;
    }
    std::string line = (step.class_name.empty() ? "" : "  ") + OneLine(step.reference);
    if (!step.class_name.empty()) line += " -> " + OneLine(step.class_name);
    line += "\n";
    const std::size_t shown = alike <= kMostAlike + 1 ? alike : kMostAlike;
    for (std::size_t each = 0; each < shown; ++each) text += line;
    if (shown < alike) text += "  and " + std::to_string(alike - shown) + " steps like this one\n";
    i += alike;
  }
  return text;
}

}  // namespace fart::inspect
