class Tree {
  final left, right;
  Tree(this.left, this.right);
  count() => left == null ? 1 : 1 + left.count() + right.count();
}

make(depth) => depth == 0 ? new Tree(null, null) : new Tree(make(depth - 1), make(depth - 1));

main() {
  var count = 0;
  for (var round = 0; round < 20; round++) count += make(14).count();
  print(count);
}
