// Members of Map and Set at their boundaries, and the places that hashes with equal bits share.
// stress-interval: 29
show(f) {
  try {
    return "${f()}";
  } on Error catch (error) {
    return "<$error>".split("\n").first;
  }
}

// Keys that all land in one place, or in neighbours that wrap around the end of the table.
class Key {
  final id, hash;
  Key(this.id, this.hash);
  get hashCode => hash;
  operator ==(other) => other is Key && other.id == id;
  toString() => "k$id";
}

class Loud {
  var asked;
  final id;
  Loud(this.id, this.asked);
  get hashCode {
    asked.add("hash $id");
    return 1;
  }
  operator ==(other) {
    asked.add("$id == ${other.id}");
    return id == other.id;
  }
}

main() {
  var made = {
    "new": () => new Map(),
    "from": () => new Map.from({1: "a", 2: "b"}),
    "from const": () => new Map.from(const {1: "a"})..[3] = "c",
    "fromIterable": () => new Map.fromIterable([1, 2, 1]),
    "fromIterable key": () => new Map.fromIterable([1, 2], key: (x) => x * 10),
    "fromIterable value": () => new Map.fromIterable([1, 2], value: (x) => x * 10),
    "fromIterables": () => new Map.fromIterables([1, 2], ["a", "b"]),
    "fewer keys": () => new Map.fromIterables([1], ["a", "b"]),
    "fewer values": () => new Map.fromIterables([1, 2], ["a"]),
    "literal": () => {1: "a", 1.0: "b", "1": "c", null: "d", true: "e"},
    "asMap": () => new Map.from(["a", "b"].asMap()),
  };
  made.forEach((name, f) => print("$name: ${show(f)}"));

  var members = {
    "length": (m) => "${m.length} ${m.isEmpty} ${m.isNotEmpty}",
    "[]": (m) => "${m["a"]} ${m["z"]} ${m[null]} ${m[1]}",
    "containsKey": (m) => "${m.containsKey("a")} ${m.containsKey("z")} ${m.containsKey(null)}",
    "containsValue": (m) => "${m.containsValue(1)} ${m.containsValue("a")} ${m.containsValue(null)}",
    "keys": (m) => "${m.keys} ${m.keys.length} ${m.keys.contains("a")} ${m.keys.contains(1)}",
    "values": (m) => "${m.values} ${m.values.length} ${m.values.contains("a")} ${m.values.contains(1)}",
    "ends": (m) => "${show(() => m.keys.first)} ${show(() => m.keys.last)} ${show(() => m.values.first)} ${show(() => m.values.last)} ${show(() => m.keys.single)}",
    "at": (m) => "${show(() => m.keys.elementAt(0))} ${show(() => m.values.elementAt(1))}",
    "[]=": (m) => (m..["a"] = 5..["n"] = 6),
    "putIfAbsent": (m) => "${m.putIfAbsent("a", () => 7)} ${m.putIfAbsent("z", () => m.length)} $m",
    "remove": (m) => "${m.remove("a")} ${m.remove("a")} ${m.remove("z")} $m",
    "addAll": (m) => m..addAll({"z": 9, "a": 8}),
    "addAll self": (m) => m..addAll(m),
    "clear": (m) => "${m..clear()} ${m.length} ${m.keys.isEmpty} ${m["a"]}",
    "forEach": (m) {
      var out = [];
      m.forEach((k, v) => out.add("$k$v"));
      return out;
    },
  };
  members.forEach((name, f) {
    for (var m in [{}, {"a": 1}, {"a": 1, "b": 2, null: null}]) print("$name: ${show(() => f(m))}");
  });

  // Removed from each place, then put back: the order is that of insertion.
  for (var size in [1, 2, 3, 9]) {
    for (var gone = 0; gone < size; gone++) {
      var map = new Map.fromIterable(new Iterable.generate(size));
      map.remove(gone);
      var without = new List.generate(size, (i) => i)..remove(gone);
      if ("${map.keys}" != "(${without.join(", ")})") print("without $gone of $size: $map");
      if (!without.isEmpty && (map.keys.first != without.first || map.keys.last != without.last)) {
        print("ends without $gone of $size: ${map.keys.first} ${map.keys.last}");
      }
      map[gone] = gone;
      without.add(gone);
      if ("${map.keys}" != "(${without.join(", ")})") print("with $gone of $size again: $map");
    }
  }

  // In one place, and around the end of the table.
  for (var hash in [(i) => 7, (i) => 6 + i, (i) => -1, (i) => -1 - i, (i) => 0x7fffffffffffffff - i, (i) => i << 60]) {
    var map = new Map();
    for (var i = 0; i < 12; i++) {
      map[new Key(i, hash(i))] = i;
      for (var j = 0; j <= i; j++) {
        if (map[new Key(j, hash(j))] != j) print("lost $j of $i");
      }
      if (map.containsKey(new Key(i + 1, hash(i + 1)))) print("found ${i + 1}");
    }
    for (var i = 0; i < 12; i += 2) map.remove(new Key(i, hash(i)));
    print("${map.keys} ${map[new Key(3, hash(3))]} ${map[new Key(2, hash(2))]}");
  }
  // The key is asked for its hash once, and `==` only where hashes are equal.
  var asked = [];
  var loud = new Map();
  loud[new Loud(1, asked)] = 1;
  loud[new Loud(2, asked)] = 2;
  print(asked);
  asked.clear();
  loud[new Loud(2, asked)];
  print(asked);

  // What changes while it is walked over.
  var ways = {
    "keys": (m) { for (var k in m.keys) m[k + 1] = k; },
    "values": (m) { for (var v in m.values) m.remove(v); },
    "forEach": (m) => m.forEach((k, v) => m.clear()),
    "putIfAbsent": (m) { for (var k in m.keys) m.putIfAbsent(k + 7, () => 1); },
    "same": (m) { for (var k in m.keys) m[k] = 9; },
    "absent": (m) { for (var k in m.keys) m.remove(77); },
  };
  ways.forEach((name, way) {
    var map = {1: 1, 3: 3};
    try {
      way(map);
      print("$name: nothing noticed $map");
    } on ConcurrentModificationError {
      print("$name: noticed $map");
    }
  });
  var self = {};
  self["me"] = self;
  print("$self ${{1: [self, {}]}}");

  // Sets.
  var sets = {
    "add": (s) => "${s.add(2)} ${s.add(9)} $s",
    "remove": (s) => "${s.remove(2)} ${s.remove(2)} ${s.remove(9)} $s",
    "addAll": (s) => s..addAll([9, 1, 9]),
    "removeAll": (s) => s..removeAll([1, 9]),
    "retainWhere": (s) => s..retainWhere((x) => x > 1),
    "removeWhere": (s) => s..removeWhere((x) => x > 1),
    "containsAll": (s) => "${s.containsAll([1, 2])} ${s.containsAll([])} ${s.containsAll([1, 9])}",
    "union": (s) => "${s.union(new Set.from([9, 1]))} $s",
    "intersection": (s) => "${s.intersection(new Set.from([2, 1, 9]))} $s",
    "difference": (s) => "${s.difference(new Set.from([2, 9]))} $s",
    "lookup": (s) => "${s.lookup(1)} ${s.lookup(9)}",
    "ends": (s) => "${show(() => s.first)} ${show(() => s.last)} ${s.length} ${s.isEmpty} ${s.isNotEmpty}",
    "clear": (s) => "${s..clear()} ${s.length}",
    "toSet": (s) => "${s.toSet()..add(7)} $s",
    "toList": (s) => s.toList()..add(1),
    "contains": (s) => "${s.contains(1)} ${s.contains(1.0)} ${s.contains("1")} ${s.contains(null)}",
  };
  sets.forEach((name, f) {
    for (var s in [new Set(), new Set.from([1, 2, 3])]) print("$name: ${show(() => f(s))}");
  });
  var strings = new Set.from(["a"]);
  var same = strings.lookup("xa".substring(1));
  print("$same ${strings.first == same} ${new Set.from([null]).contains(null)} ${new Set.from([[], []]).length}");
  print("${new Set().runtimeType} ${{}.runtimeType} ${const {}.runtimeType} ${[].asMap().runtimeType}");
}

// expect: new: {}
// expect: from: {1: a, 2: b}
// expect: from const: {1: a, 3: c}
// expect: fromIterable: {1: 1, 2: 2}
// expect: fromIterable key: {10: 1, 20: 2}
// expect: fromIterable value: {1: 10, 2: 20}
// expect: fromIterables: {1: a, 2: b}
// expect: fewer keys: <Invalid argument(s): Fewer keys than values>
// expect: fewer values: <Invalid argument(s): Fewer values than keys>
// expect: literal: {1: b, 1: c, null: d, true: e}
// expect: asMap: {0: a, 1: b}
// expect: length: 0 true false
// expect: length: 1 false true
// expect: length: 3 false true
// expect: []: null null null null
// expect: []: 1 null null null
// expect: []: 1 null null null
// expect: containsKey: false false false
// expect: containsKey: true false false
// expect: containsKey: true false true
// expect: containsValue: false false false
// expect: containsValue: true false false
// expect: containsValue: true false true
// expect: keys: () 0 false false
// expect: keys: (a) 1 true false
// expect: keys: (a, b, null) 3 true false
// expect: values: () 0 false false
// expect: values: (1) 1 false true
// expect: values: (1, 2, null) 3 false true
// expect: ends: <Bad state: No element> <Bad state: No element> <Bad state: No element> <Bad state: No element> <Bad state: No element>
// expect: ends: a a 1 1 a
// expect: ends: a null 1 null <Bad state: Too many elements>
// expect: at: <RangeError (index): Index out of range: no indices are valid: 0> <RangeError (index): Index out of range: no indices are valid: 1>
// expect: at: a <RangeError (index): Index out of range: index should be less than 1: 1>
// expect: at: a 2
// expect: []=: {a: 5, n: 6}
// expect: []=: {a: 5, n: 6}
// expect: []=: {a: 5, b: 2, null: null, n: 6}
// expect: putIfAbsent: 7 1 {a: 7, z: 1}
// expect: putIfAbsent: 1 1 {a: 1, z: 1}
// expect: putIfAbsent: 1 3 {a: 1, b: 2, null: null, z: 3}
// expect: remove: null null null {}
// expect: remove: 1 null null {}
// expect: remove: 1 null null {b: 2, null: null}
// expect: addAll: {z: 9, a: 8}
// expect: addAll: {a: 8, z: 9}
// expect: addAll: {a: 8, b: 2, null: null, z: 9}
// expect: addAll self: {}
// expect: addAll self: {a: 1}
// expect: addAll self: {a: 1, b: 2, null: null}
// expect: clear: {} 0 true null
// expect: clear: {} 0 true null
// expect: clear: {} 0 true null
// expect: forEach: []
// expect: forEach: [a1]
// expect: forEach: [a1, b2, nullnull]
// expect: (k1, k3, k5, k7, k9, k11) 3 null
// expect: (k1, k3, k5, k7, k9, k11) 3 null
// expect: (k1, k3, k5, k7, k9, k11) 3 null
// expect: (k1, k3, k5, k7, k9, k11) 3 null
// expect: (k1, k3, k5, k7, k9, k11) 3 null
// expect: (k1, k3, k5, k7, k9, k11) 3 null
// expect: [hash 1, hash 2, 1 == 2]
// expect: [hash 2, 1 == 2, 2 == 2]
// expect: keys: noticed {1: 1, 3: 3, 2: 1}
// expect: values: noticed {3: 3}
// expect: forEach: noticed {}
// expect: putIfAbsent: noticed {1: 1, 3: 3, 8: 1}
// expect: same: nothing noticed {1: 9, 3: 9}
// expect: absent: nothing noticed {1: 1, 3: 3}
// expect: {me: {...}} {1: [{me: {...}}, {}]}
// expect: add: true true {2, 9}
// expect: add: false true {1, 2, 3, 9}
// expect: remove: false false false {}
// expect: remove: true false false {1, 3}
// expect: addAll: {9, 1}
// expect: addAll: {1, 2, 3, 9}
// expect: removeAll: {}
// expect: removeAll: {2, 3}
// expect: retainWhere: {}
// expect: retainWhere: {2, 3}
// expect: removeWhere: {}
// expect: removeWhere: {1}
// expect: containsAll: false true false
// expect: containsAll: true true false
// expect: union: {9, 1} {}
// expect: union: {1, 2, 3, 9} {1, 2, 3}
// expect: intersection: {} {}
// expect: intersection: {1, 2} {1, 2, 3}
// expect: difference: {} {}
// expect: difference: {1, 3} {1, 2, 3}
// expect: lookup: null null
// expect: lookup: 1 null
// expect: ends: <Bad state: No element> <Bad state: No element> 0 true false
// expect: ends: 1 3 3 false true
// expect: clear: {} 0
// expect: clear: {} 0
// expect: toSet: {7} {}
// expect: toSet: {1, 2, 3, 7} {1, 2, 3}
// expect: toList: [1]
// expect: toList: [1, 2, 3, 1]
// expect: contains: false false false false
// expect: contains: true true false false
// expect: a true true 2
// expect: Set Map Map Map
