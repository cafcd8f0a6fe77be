// fart_direct.hpp as careful hosts compile it, without exceptions and run-time types: every
// template is used, nothing runs that needs the library.

#include "fart_direct.hpp"

namespace {

using namespace fart::direct;  // NOLINT

struct Node : Object {
  static constexpr Layout kLayout{"Node", 1, 1, 1};
  Field<Node, 1> next;
  Weak<Node, 2> parent;
  Raw<double, 3> weight;
};
struct Nodes : VariableObject {
  static constexpr Layout kLayout = Layout("Nodes").ThenReferences();
  Tail<Node, 2> all;
};
struct Text : VariableObject {
  static constexpr Layout kLayout = Layout("Text").ThenBytes();
  ByteTail<2> text;
};
using Values = Types<Node, Nodes, Text>;

double Use(RootArray& array) FART_COLLECTS {
  Root<Node> node(New<Node>(nullptr));
  RootsOf<Nodes, Any> roots(NewOfLength<Nodes>(3, node), Smi(5));
  auto& [nodes, value] = roots;
  Roots<2> two;
  two[0] = node;
  const Root<Text> text(TryNewOfLength<Text>(5));
  text->text.data()[0] = 'a';
  node->next = nodes->all[0];
  nodes->all[1] = node;
  nodes->all[2] = nodes->all[1];
  node->parent = node;
  node->weight = node->weight + static_cast<double>(value.smi() + two.get<0>().smi());
  node = TryNew<Node>();
  array.Add(node);
  array.Set(0, array[0]);
  Safepoint();
  const NoCollect quiet;
  const Ref<Node> raw = node;
  return raw->next == node || node != nodes || node.hash() == 0 ? raw->weight.get() : 0;
}

}  // namespace

int main(int count, char**) FART_COLLECTS {
  if (count < 1000) return ShapeOf<Node>() == 0 && State() == nullptr ? 0 : 1;
  // Never.
  const fart::Machine machine;
  const fart::Isolate isolate("careful");
  const Session session;
  if (!Values::Attach().ok() || !session.ok()) return 2;
  RootArray array("array");
  return Use(array) > 0 && ToLocal(FromLocal(fart::Local())).ok() ? 3 : 4;
}
