// A program that keeps things in every way that a snapshot has a name for.

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

main() {
  for (var i = 0; i < 50; i++) {
    Cache.head = new Node("node $i", Cache.head);
    Cache.all.add("quoted \" \\ \n \u00e9 \u20ac $i");
  }
  var count = [1, 2, 3];
  Cache.head.data = () => count.add(4);
  Cache.head.data();
  table["big"] = 9223372036854775807;
  print(Cache.all.length + count.length);
}
