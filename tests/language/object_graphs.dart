// Deep and wide object graphs survive collections, by value and by identity.
// stress-interval: 97
class Tree {
  var left, right, value;
  Tree(this.left, this.right, this.value);
  sum() => (left == null ? 0 : left.sum()) + value + (right == null ? 0 : right.sum());
}

build(depth) => depth == 0 ? null : new Tree(build(depth - 1), build(depth - 1), depth);

class Link {
  var next;
  final int id;
  Link(this.next, this.id);
}

main() {
  var tree = build(10);
  print(tree.sum());  // expect: 2036
  var list = null;
  for (var i = 0; i < 5000; i++) list = new Link(list, i);
  var count = 0;
  for (var l = list; l != null; l = l.next) count += l.id;
  print(count);  // expect: 12497500
  // Old objects that point at young ones.
  var old = new List(100);
  for (var round = 0; round < 5; round++) {
    for (var i = 0; i < 100; i++) old[i] = [round, "item $i", old[i]];
  }
  print(old[42][1] + " " + old[42][2][2][0].toString());  // expect: item 42 2
  var hashes = old.map((e) => e.hashCode).toList();
  for (var i = 0; i < 200; i++) [i, i, i];
  var same = true;
  for (var i = 0; i < 100; i++) same = same && hashes[i] == old[i].hashCode;
  print(same);  // expect: true
  print(tree.sum());  // expect: 2036
  var cycle = new Link(null, 1);
  cycle.next = new Link(cycle, 2);
  print(cycle.next.next.id);  // expect: 1
}
