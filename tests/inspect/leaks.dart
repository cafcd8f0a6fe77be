// A program that keeps things in every way that a snapshot has a name for.
import "dart:collection";

class Node {
  Node next;
  String name;
  var data;
  Node(this.name, this.next);
}

class Cache {
  static Node head;
  static List all = [];
}

var table = {"alpha": 1, "beta": 2.5};

class Point {
  keep() => () => this;
}

var closures = [];
capture(first, second) => () => () => [second, first];

class Leaf {
  final int size;
  Leaf(this.size);
}

// Keys of a program's own equality.
var own = new HashMap(equals: (a, b) => a == b, hashCode: (a) => a.hashCode);

main() {
  for (var i = 0; i < 50; i++) {
    Cache.head = new Node("node $i", Cache.head);
    Cache.all.add("quoted \" \\ \n \u00e9 \u20ac $i");
  }
  var count = [1, 2, 3];
  Cache.head.data = () => count.add(4);
  Cache.head.data();
  table["big"] = 9223372036854775807;
  table[42] = new Leaf(1);
  table[true] = new Leaf(2);
  table[null] = new Leaf(3);
  table[0.5] = new Leaf(4);
  table[new Point()] = new Leaf(5);
  table["quoted \" \u20ac"] = new Leaf(6);
  table["removed"] = new Leaf(7);
  table.remove("removed");
  own["wrapped"] = new Leaf(8);
  closures.add(new Point().keep());
  closures.add(capture(own["wrapped"], new Point())());
  print(Cache.all.length + count.length);
}
