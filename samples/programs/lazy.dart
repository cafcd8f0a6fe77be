// Iterables that are computed only as far as somebody looks.
import "dart:collection";

Iterable<int> naturals([int n = 0]) sync* {
  while (true) yield n++;
}

Iterable<int> primes() sync* {
  var found = <int>[];
  for (var n in naturals(2)) {
    if (found.takeWhile((p) => p * p <= n).every((p) => n % p != 0)) {
      found.add(n);
      yield n;
    }
  }
}

class Tree<T extends Comparable> extends IterableBase<T> {
  T value;
  Tree<T> left, right;

  Tree(this.value);
  factory Tree.of(Iterable<T> values) {
    var tree = new Tree<T>(values.first);
    values.skip(1).forEach(tree.insert);
    return tree;
  }

  void insert(T other) {
    if (other.compareTo(value) < 0) {
      if (left == null) left = new Tree<T>(other);
      else left.insert(other);
    } else {
      if (right == null) right = new Tree<T>(other);
      else right.insert(other);
    }
  }

  Iterable<T> _walk() sync* {
    if (left != null) yield* left._walk();
    yield value;
    if (right != null) yield* right._walk();
  }

  Iterator<T> get iterator => _walk().iterator;
}

Iterable<List> pairs(Iterable a, Iterable b) sync* {
  var x = a.iterator, y = b.iterator;
  while (x.moveNext() && y.moveNext()) yield [x.current, y.current];
}

main() {
  var asked = 0;
  var squares = naturals().map((n) {
    asked++;
    return n * n;
  });
  print("$asked asked");
  print(squares.where((s) => s.isOdd).take(4).toList());
  print("$asked asked");
  print(primes().skipWhile((p) => p < 50).take(5).join(" "));
  print(primes().elementAt(99));

  var tree = new Tree<String>.of("the quick brown fox jumps over lazy dogs".split(" "));
  print(tree.join(" "));
  print("${tree.first} ${tree.last} ${tree.length} ${tree.contains('fox')}");
  print(tree.where((w) => w.length > 4).map((w) => w.toUpperCase()));
  print(pairs(tree, naturals(1)).take(3).toList());
  print(naturals(1).expand((n) => new List.filled(n, n)).take(8).toList());
  print(new Iterable.generate(5, (i) => 1 << i).reduce((a, b) => a + b));
}
