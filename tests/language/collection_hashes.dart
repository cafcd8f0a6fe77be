// dart:collection: maps and sets whose keys are compared as a program says; sorted ones.
import 'dart:collection';

tried(f()) {
  try {
    print(f());
  } catch (error) {
    print(error);
  }
}

main() {
  hashes();
  sets();
  sorted();
  sortedSets();
}

bool sameDigit(a, b) => a % 10 == b % 10;
int digit(a) => a % 10;

hashes() {
  var map = new LinkedHashMap(equals: sameDigit, hashCode: digit, isValidKey: (key) => key is int);
  map[1] = "a";
  map[2] = "b";
  map[11] = "c";
  print([map, map[21], map["x"], map.containsKey(32), map.containsKey(null), map.keys.contains(91)]);
  print([map.remove("x"), map.remove(31), map, map.length, map.keys.first]);
  var identical = new HashMap.identity();
  var text = "a";
  identical[[]] = 1;
  identical[[]] = 2;
  identical[text] = 3;
  print([identical.length, identical[text], identical[[]]]);
  print([new HashMap(), new HashMap.from({1: 2}), new LinkedHashMap.fromIterables([1, 2], [3, 4])]);
  print([new HashMap() is Map, new LinkedHashMap().runtimeType]);
  tried(() => map.forEach((key, value) => map[5] = 5));
  tried(() {
    for (var key in map.keys) map[key + 1] = 5;
  });
}

sets() {
  var set = new LinkedHashSet(
      equals: (a, b) => a.toLowerCase() == b.toLowerCase(), hashCode: (a) => a.toLowerCase().hashCode);
  print([set.add("A"), set.add("a"), set.add("b"), set, set.lookup("a"), set.contains("B")]);
  print([set.toSet().contains("B"), set.union(new Set.from(["C"])), set.intersection(new Set.from(["A"]))]);
  print([set.difference(new Set.from(["A"])), set.remove("a"), set.remove("a"), set]);
  set.addAll(["x", "y", "z"]);
  set.retainAll(["X", "Z", "q"]);
  print(set);
  set.removeWhere((each) => each == "x");
  print([set, set.containsAll(["Z"]), set.length, set.single]);
  print([new HashSet.from([1, 2, 1]), new HashSet.identity()..add([])..add([]), new HashSet() is Set]);
}

sorted() {
  var map = new SplayTreeMap()..addAll({3: "c", 1: "a", 2: "b"});
  print([map, map.keys, map.values, map.length, map[2], map[null], map.containsKey(9)]);
  print([map.firstKey(), map.lastKey(), map.lastKeyBefore(3), map.firstKeyAfter(1), map.firstKeyAfter(3), map.lastKeyBefore(1)]);
  print([map.remove(2), map.remove(2), map.putIfAbsent(0, () => "z"), map]);
  print(new SplayTreeMap.from({1: 1, 2: 2}, (a, b) => b - a));
  tried(() => map[null] = 1);
  tried(() => new SplayTreeMap()[new Object()] = 1);
  tried(() => map.firstKeyAfter(null));
  tried(() {
    for (var key in map.keys) map[key + 100] = 1;
  });
  for (var key in map.keys) map[key] = "same"; // No new keys: that may be.
  print([map, new SplayTreeMap().firstKey()]);
  map.clear();
  print([map, map.isEmpty]);
}

sortedSets() {
  var set = new SplayTreeSet.from([5, 3, 9, 1, 3], (a, b) => b - a);
  print([set, set.first, set.last, set.contains(9), set.add(9), set.lookup(3), set.remove(4)]);
  print([set.toSet()..add(4), set.union(new Set.from([100])), set]);
  print(set.difference(new Set.from([9])));
  // In whatever order they come and go.
  var many = new SplayTreeSet();
  for (var i = 0; i < 60; i++) many.add((i * 37) % 60);
  for (var i = 0; i < 60; i += 2) many.remove(i);
  print([many.length, many.join(" ")]);
}
// expect: [{1: c, 2: b}, c, null, true, false, true]
// expect: [null, c, {2: b}, 1, 2]
// expect: [3, 3, null]
// expect: [{}, {1: 2}, {1: 3, 2: 4}]
// expect: [true, Map]
// expect: Concurrent modification during iteration: Instance of '_RuledLinkedMap'.
// expect: Concurrent modification during iteration: Instance of '_RuledLinkedMap'.
// expect: [true, false, true, {A, b}, A, true]
// expect: [true, {A, b, C}, {A}]
// expect: [{b}, true, false, {b}]
// expect: {x, z}
// expect: [{z}, true, 1, z]
// expect: [{1, 2}, {[], []}, true]
// expect: [{1: a, 2: b, 3: c}, (1, 2, 3), (a, b, c), 3, b, null, false]
// expect: [1, 3, 2, 2, null, null]
// expect: [b, null, z, {0: z, 1: a, 3: c}]
// expect: {2: 2, 1: 1}
// expect: Invalid argument(s) (key): Must not be null
// expect: NoSuchMethodError: Class 'Object' has no instance method 'compareTo' that takes these arguments.
// expect: Receiver: Instance of 'Object'
// expect: Tried calling: compareTo(Instance of 'Object')
// expect: Invalid argument(s) (key): Must not be null
// expect: Concurrent modification during iteration: Instance of '_Tree'.
// expect: [{0: same, 1: same, 3: same, 100: same}, null]
// expect: [{}, true]
// expect: [{9, 5, 3, 1}, 9, 1, true, false, 3, false]
// expect: [{9, 5, 4, 3, 1}, {100, 9, 5, 3, 1}, {9, 5, 3, 1}]
// expect: {5, 3, 1}
// expect: [30, 1 3 5 7 9 11 13 15 17 19 21 23 25 27 29 31 33 35 37 39 41 43 45 47 49 51 53 55 57 59]
