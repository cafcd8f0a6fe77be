#include "lang/compiler/dependencies.h"

#include <algorithm>

namespace fart::lang {

// Without recursion: programs made by programs have long chains.
std::vector<DependencyUse> Dependencies::FindCircle(int library) {
  is_compiled_[library] = true;
  std::vector<Step> path;
  std::vector<Nodes::iterator> left;  // To be walked through again another time.
  std::vector<DependencyUse> circle;
  const auto enter = [&path](Nodes::iterator node) {
    node->second.state = State::kEntered;
    path.push_back({node});
  };
  for (auto start = FirstOf(library);
       start != nodes_.end() && start->first.function.library == library && circle.empty();
       ++start) {
    if (start->second.state == State::kUnknown) enter(start);
    while (!path.empty() && circle.empty()) {
      Step& step = path.back();
      const std::vector<DependencyUse>& uses = step.node->second.uses;
      if (step.next == uses.size()) {
        Leave(&path, &left);
        continue;
      }
      const DependentPart& to = uses[step.next].to;
      const auto used = nodes_.find(to);
      if (used == nodes_.end()) {
        // It uses nothing, or nobody knows yet.
        step.is_proven = step.is_proven && is_compiled_.contains(to.function.library);
        ++step.next;
        continue;
      }
      switch (used->second.state) {
        case State::kUnknown:
          enter(used);
          break;
        case State::kEntered: {
          const auto first = std::find_if(path.begin(), path.end(),
                                          [&used](const Step& s) { return s.node == used; });
          for (auto each = first; each != path.end(); ++each) {
            circle.push_back(each->node->second.uses[each->next]);
          }
          break;
        }
        case State::kLeft:
          step.is_proven = false;
          ++step.next;
          break;
        case State::kProven:
          ++step.next;
          break;
      }
      if (!circle.empty()) break;
    }
  }
  for (const Step& step : path) step.node->second.state = State::kUnknown;
  for (const Nodes::iterator node : left) node->second.state = State::kUnknown;
  const auto here = std::find_if(circle.begin(), circle.end(), [library](const DependencyUse& use) {
    return use.from.function.library == library;
  });
  std::rotate(circle.begin(), here, circle.end());
  return circle;
}

void Dependencies::Leave(std::vector<Step>* path, std::vector<Nodes::iterator>* left) {
  const Step step = path->back();
  path->pop_back();
  const bool is_proven = step.is_proven && is_compiled_.contains(step.node->first.function.library);
  step.node->second.state = is_proven ? State::kProven : State::kLeft;
  if (!is_proven) left->push_back(step.node);
  if (path->empty()) return;
  path->back().is_proven = path->back().is_proven && is_proven;
  ++path->back().next;
}

void Dependencies::Forget(int library) noexcept {
  const auto first = FirstOf(library);
  auto last = first;
  while (last != nodes_.end() && last->first.function.library == library) ++last;
  nodes_.erase(first, last);
  is_compiled_.erase(library);
}

}  // namespace fart::lang
