// Maps and sets keep the order of insertion.
class Key {
  final int id;
  Key(this.id);
  bool operator ==(other) => other is Key && other.id == id;
  int get hashCode => id % 2;
}

main() {
  var map = {"a": 1, "b": 2};
  map["c"] = 3;
  map["a"] = 10;
  print(map);  // expect: {a: 10, b: 2, c: 3}
  print(map["b"]);  // expect: 2
  print(map["zz"]);  // expect: null
  print(map.length);  // expect: 3
  print(map.containsKey("c") && !map.containsKey("d"));  // expect: true
  print(map.containsValue(10));  // expect: true
  print(map.remove("b"));  // expect: 2
  print(map.remove("b"));  // expect: null
  map["b"] = 4;
  print(map.keys.toList());  // expect: [a, c, b]
  print(map.values.toList());  // expect: [10, 3, 4]
  map.forEach((k, v) => print("$k=$v"));
  // expect: a=10
  // expect: c=3
  // expect: b=4
  print(map.putIfAbsent("n", () => 5) + map.putIfAbsent("n", () => 6));  // expect: 10
  var big = {};
  for (var i = 0; i < 60; i++) big[i] = i * i;
  for (var i = 0; i < 60; i += 2) big.remove(i);
  for (var i = 100; i < 140; i++) big["k$i"] = i;
  print(big.length);  // expect: 70
  print(big[7] + big["k139"]);  // expect: 188
  print(big[8]);  // expect: null
  var keys = new Map();
  keys[new Key(1)] = "one";
  keys[new Key(3)] = "three";
  keys[new Key(1)] = "uno";
  print(keys[new Key(1)] + keys[new Key(3)]);  // expect: unothree
  print(keys.length);  // expect: 2
  print({1: "int", 1.0: "double"});  // expect: {1: double}
  print({null: 1}[null]);  // expect: 1
  try {
    for (var k in map.keys) map["$k$k"] = 1;
  } catch (e) {
    print(e is ConcurrentModificationError);  // expect: true
  }
  map.clear();
  print(map.isEmpty);  // expect: true
  var set = new Set();
  print(set.add(1));  // expect: true
  print(set.add(1));  // expect: false
  set.addAll([2, 3]);
  print(set.contains(2));  // expect: true
  print(set.union(new Set.from([9])));  // expect: {1, 2, 3, 9}
  print(set.difference(new Set.from([2])));  // expect: {1, 3}
  print(set.intersection(new Set.from([2, 8])));  // expect: {2}
  print({} is Map);  // expect: true
}
