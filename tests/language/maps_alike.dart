// Maps, sets and queues of all kinds do the same to the same elements.
// stress-interval: 211
import 'dart:collection';
import 'lib_alike.dart';

class OwnMap<K, V> extends MapBase<K, V> {
  final all = new Map<K, V>();
  V operator [](Object key) => all[key];
  void operator []=(K key, V value) {
    all[key] = value;
  }
  Iterable<K> get keys => all.keys;
  V remove(Object key) => all.remove(key);
  void clear() => all.clear();
}

class OwnSet<E> extends SetBase<E> {
  final all = new LinkedHashSet<E>();
  bool add(E element) => all.add(element);
  bool contains(Object element) => all.contains(element);
  E lookup(Object element) => all.lookup(element);
  bool remove(Object element) => all.remove(element);
  Iterator<E> get iterator => all.iterator;
  int get length => all.length;
  Set<E> toSet() => all.toSet();
}

pairs(map) {
  var all = [];
  map.forEach((key, value) => all.add("$key=$value"));
  return all;
}

final changesOfMaps = {
  "[]": (m) => [m[1], m[2], m[9], m[null], m["x"]],
  "[]= new": (m) => m[2] = "new",
  "[]= old": (m) => m[1] = "new",
  "length": (m) => [m.length, m.isEmpty, m.isNotEmpty],
  "containsKey": (m) => [m.containsKey(1), m.containsKey(9), m.containsKey("x")],
  "containsValue": (m) => [m.containsValue("one"), m.containsValue("x"), m.containsValue(null)],
  "keys": (m) => "${m.keys} ${m.keys.length} ${m.keys.contains(1)} ${m.keys.isEmpty}",
  "values": (m) => "${m.values} ${m.values.length} ${m.values.contains("one")} ${m.values.isEmpty}",
  "first": (m) => "${m.keys.first} ${m.values.first} ${m.keys.last} ${m.values.last}",
  "single": (m) => "${m.keys.single} ${m.values.single}",
  "forEach": pairs,
  "remove": (m) => m.remove(1),
  "remove none": (m) => m.remove(9),
  "clear": (m) => m.clear(),
  "addAll": (m) => m.addAll({1: "new", 5: "five"}),
  "addAll none": (m) => m.addAll({}),
  "putIfAbsent": (m) => [m.putIfAbsent(1, () => "new"), m.putIfAbsent(5, () => "five")],
  "putIfAbsent throws": (m) => m.putIfAbsent(5, () => throw "thrown"),
  "putIfAbsent null": (m) => [m.putIfAbsent(5, () => null), m.containsKey(5), m.putIfAbsent(5, () => "x")],
  "keys.map": (m) => m.keys.map((key) => key + 1).toList(),
  "values.where": (m) => m.values.where((value) => value != "one").toList(),
  "from": (m) => pairs(new Map.from(m)),
  "fromIterable": (m) => pairs(new Map.fromIterable(m.keys, key: (k) => "$k", value: (k) => m[k])),
  "toString": (m) => "$m",
  "changed while walking": (m) => m.forEach((key, value) => m[key + 10] = "more"),
  "removed while walking": (m) {
    for (var key in m.keys) m.remove(key);
  },
  "set while walking": (m) {
    for (var key in m.keys) m[key] = "same";
  },
  "values while changing": (m) {
    for (var value in m.values) m[m.length + 20] = value;
  },
  "itself": (m) {
    m[1] = m;
    return "$m";
  },
};

final changesOfSets = {
  "add": (s) => [s.add(2), s.add(3)],
  "addAll": (s) => s.addAll([2, 3, 3]),
  "contains": (s) => [s.contains(1), s.contains(9), s.contains(null)],
  "lookup": (s) => [s.lookup(1), s.lookup(9)],
  "remove": (s) => [s.remove(1), s.remove(9)],
  "removeAll": (s) => s.removeAll([1, 9]),
  "retainAll": (s) => s.retainAll([1, 9]),
  "retainAll none": (s) => s.retainAll([]),
  "removeWhere": (s) => s.removeWhere((x) => x > 1),
  "retainWhere": (s) => s.retainWhere((x) => x > 1),
  "containsAll": (s) => [s.containsAll([1]), s.containsAll([1, 9]), s.containsAll([])],
  "union": (s) => s.union(new Set.from([1, 8])),
  "intersection": (s) => s.intersection(new Set.from([1, 8])),
  "difference": (s) => s.difference(new Set.from([1, 8])),
  "union's own": (s) => s.union(new Set.from([8]))..add(7),
  "clear": (s) => s.clear(),
  "toSet": (s) => s.toSet()..add(7),
  "add while walking": (s) {
    for (var x in s) s.add(x + 10);
  },
  "add the same while walking": (s) {
    for (var x in s) s.add(x);
  },
  "remove while walking": (s) {
    for (var x in s) s.remove(x);
  },
  "removeWhere adds": (s) => s.removeWhere((x) {
    s.add(x + 10);
    return false;
  }),
};

final changesOfQueues = {
  "add": (q) => q.add(7),
  "addFirst": (q) => q.addFirst(7),
  "addLast": (q) => q.addLast(7),
  "addAll": (q) => q.addAll([7, 8, 9]),
  "addAll of itself": (q) => q.addAll(q.toList()),
  "removeFirst": (q) => q.removeFirst(),
  "removeLast": (q) => q.removeLast(),
  "remove": (q) => [q.remove(1), q.remove(9)],
  "remove 3": (q) => [q.remove(3), q.length],
  "removeWhere": (q) => q.removeWhere((x) => x == 1),
  "retainWhere": (q) => q.retainWhere((x) => x == 1),
  "clear": (q) => q.clear(),
  "many": (q) {
    for (var i = 10; i < 30; i++) {
      q.addLast(i);
      q.addFirst(-i);
      if (i % 3 == 0) q.removeFirst();
      if (i % 5 == 0) q.removeLast();
    }
    return [q.length, q.first, q.last, q.elementAt(3)];
  },
  "round": (q) {
    for (var i = 0; i < 40; i++) {
      q.addLast(i);
      q.removeFirst();
    }
    return q.length;
  },
  "adds while walking": (q) {
    for (var x in q) q.add(x);
  },
  "forEach adds": (q) => q.forEach((x) => q.add(x)),
  "removes while walking": (q) {
    for (var x in q) q.removeFirst();
  },
};

compare(changes, kinds, elements, fill) {
  changes.forEach((name, change) {
    var expected;
    kinds.forEach((kind, make) {
      var it = fill(make(), elements);
      var found = "${show(() => change(it))}, ${show(() => it)}";
      if (expected == null) print("$name: ${expected = found}");
      if (found != expected) print("  $kind: $found");
    });
  });
}

main() {
  var names = {1: "one", 2: "two", 3: null, 4: "four"};
  for (var elements in [<int>[], [1], [1, 3, 4]]) {
    compare(changesOfMaps, {
      "linked": () => new LinkedHashMap<int, String>(),
      "hash": () => new HashMap<int, String>(),
      "custom": () => new LinkedHashMap<int, String>(equals: (a, b) => a == b, hashCode: (a) => 1),
      "custom hash": () => new HashMap<int, String>(equals: (a, b) => a == b, hashCode: (a) => 1),
      "identity": () => new LinkedHashMap<int, String>.identity(),
      "tree": () => new SplayTreeMap<int, String>(
          (a, b) => a is int && b is int ? a - b : 1, (key) => key is int),
      "own": () => new OwnMap<int, String>(),
      "view": () => new MapView<int, String>({}),
    }, elements, (map, all) {
      for (var each in all) map[each] = names[each];
      return map;
    });
    compare(changesOfSets, {
      "linked": () => new LinkedHashSet<int>(),
      "hash": () => new HashSet<int>(),
      "custom": () => new LinkedHashSet<int>(equals: (a, b) => a == b, hashCode: (a) => 1),
      "identity": () => new LinkedHashSet<int>.identity(),
      "tree": () => new SplayTreeSet<int>((a, b) => a == null || b == null ? 1 : a - b, (x) => x is int),
      "own": () => new OwnSet<int>(),
    }, elements, (set, all) => set..addAll(all));
    compare(changesOfQueues, {
      "ring": () => new ListQueue<int>(),
      "large ring": () => new ListQueue<int>(100),
      "linked": () => new DoubleLinkedQueue<int>(),
      "queue": () => new Queue<int>(),
    }, elements, (queue, all) => queue..addAll(all));
  }
}
// expect: []: [null, null, null, null, null], {}
// expect: []= new: new, {2: new}
// expect: []= old: new, {1: new}
// expect: length: [0, true, false], {}
// expect: containsKey: [false, false, false], {}
// expect: containsValue: [false, false, false], {}
// expect: keys: () 0 false true, {}
// expect: values: () 0 false true, {}
// expect: first: <StateError>, {}
// expect: single: <StateError>, {}
// expect: forEach: [], {}
// expect: remove: null, {}
// expect: remove none: null, {}
// expect: clear: null, {}
// expect: addAll: null, {1: new, 5: five}
// expect: addAll none: null, {}
// expect: putIfAbsent: [new, five], {1: new, 5: five}
// expect: putIfAbsent throws: <String>, {}
// expect: putIfAbsent null: [null, true, null], {5: null}
// expect: keys.map: [], {}
// expect: values.where: [], {}
// expect: from: [], {}
// expect: fromIterable: [], {}
// expect: toString: {}, {}
// expect: changed while walking: null, {}
// expect: removed while walking: null, {}
// expect: set while walking: null, {}
// expect: values while changing: null, {}
// expect: itself: {1: {...}}, {1: {...}}
// expect: add: [true, true], {2, 3}
// expect: addAll: null, {2, 3}
// expect: contains: [false, false, false], {}
// expect: lookup: [null, null], {}
// expect: remove: [false, false], {}
// expect: removeAll: null, {}
// expect: retainAll: null, {}
// expect: retainAll none: null, {}
// expect: removeWhere: null, {}
// expect: retainWhere: null, {}
// expect: containsAll: [false, false, true], {}
// expect: union: {1, 8}, {}
// expect: intersection: {}, {}
// expect: difference: {}, {}
// expect: union's own: {8, 7}, {}
// expect:   tree: {7, 8}, {}
// expect: clear: null, {}
// expect: toSet: {7}, {}
// expect: add while walking: null, {}
// expect: add the same while walking: null, {}
// expect: remove while walking: null, {}
// expect: removeWhere adds: null, {}
// expect: add: null, {7}
// expect: addFirst: null, {7}
// expect: addLast: null, {7}
// expect: addAll: null, {7, 8, 9}
// expect: addAll of itself: null, {}
// expect: removeFirst: <StateError>, {}
// expect: removeLast: <StateError>, {}
// expect: remove: [false, false], {}
// expect: remove 3: [false, 0], {}
// expect: removeWhere: null, {}
// expect: retainWhere: null, {}
// expect: clear: null, {}
// expect: many: [30, -29, 29, -25], {-29, -28, -26, -25, -23, -22, -20, -19, -17, -16, -14, -13, -11, -10, 11, 12, 13, 14, 16, 17, 18, 19, 21, 22, 23, 24, 26, 27, 28, 29}
// expect: round: 0, {}
// expect: adds while walking: null, {}
// expect: forEach adds: null, {}
// expect: removes while walking: null, {}
// expect: []: [one, null, null, null, null], {1: one}
// expect: []= new: new, {1: one, 2: new}
// expect: []= old: new, {1: new}
// expect: length: [1, false, true], {1: one}
// expect: containsKey: [true, false, false], {1: one}
// expect: containsValue: [true, false, false], {1: one}
// expect: keys: (1) 1 true false, {1: one}
// expect: values: (one) 1 true false, {1: one}
// expect: first: 1 one 1 one, {1: one}
// expect: single: 1 one, {1: one}
// expect: forEach: [1=one], {1: one}
// expect: remove: one, {}
// expect: remove none: null, {1: one}
// expect: clear: null, {}
// expect: addAll: null, {1: new, 5: five}
// expect: addAll none: null, {1: one}
// expect: putIfAbsent: [one, five], {1: one, 5: five}
// expect: putIfAbsent throws: <String>, {1: one}
// expect: putIfAbsent null: [null, true, null], {1: one, 5: null}
// expect: keys.map: [2], {1: one}
// expect: values.where: [], {1: one}
// expect: from: [1=one], {1: one}
// expect: fromIterable: [1=one], {1: one}
// expect: toString: {1: one}, {1: one}
// expect: changed while walking: <ConcurrentModificationError>, {1: one, 11: more}
// expect: removed while walking: <ConcurrentModificationError>, {}
// expect: set while walking: null, {1: same}
// expect: values while changing: <ConcurrentModificationError>, {1: one, 21: one}
// expect: itself: {1: {...}}, {1: {...}}
// expect: add: [true, true], {1, 2, 3}
// expect: addAll: null, {1, 2, 3}
// expect: contains: [true, false, false], {1}
// expect: lookup: [1, null], {1}
// expect: remove: [true, false], {}
// expect: removeAll: null, {}
// expect: retainAll: null, {1}
// expect: retainAll none: null, {}
// expect: removeWhere: null, {1}
// expect: retainWhere: null, {}
// expect: containsAll: [true, false, true], {1}
// expect: union: {1, 8}, {1}
// expect: intersection: {1}, {1}
// expect: difference: {}, {1}
// expect: union's own: {1, 8, 7}, {1}
// expect:   tree: {1, 7, 8}, {1}
// expect: clear: null, {}
// expect: toSet: {1, 7}, {1}
// expect: add while walking: <ConcurrentModificationError>, {1, 11}
// expect: add the same while walking: null, {1}
// expect: remove while walking: <ConcurrentModificationError>, {}
// expect: removeWhere adds: <ConcurrentModificationError>, {1, 11}
// expect: add: null, {1, 7}
// expect: addFirst: null, {7, 1}
// expect: addLast: null, {1, 7}
// expect: addAll: null, {1, 7, 8, 9}
// expect: addAll of itself: null, {1, 1}
// expect: removeFirst: 1, {}
// expect: removeLast: 1, {}
// expect: remove: [true, false], {}
// expect: remove 3: [false, 1], {1}
// expect: removeWhere: null, {}
// expect: retainWhere: null, {1}
// expect: clear: null, {}
// expect: many: [31, -29, 29, -25], {-29, -28, -26, -25, -23, -22, -20, -19, -17, -16, -14, -13, -11, -10, 1, 11, 12, 13, 14, 16, 17, 18, 19, 21, 22, 23, 24, 26, 27, 28, 29}
// expect: round: 1, {39}
// expect: adds while walking: <ConcurrentModificationError>, {1, 1}
// expect: forEach adds: <ConcurrentModificationError>, {1, 1}
// expect: removes while walking: <ConcurrentModificationError>, {}
// expect: []: [one, null, null, null, null], {1: one, 3: null, 4: four}
// expect: []= new: new, {1: one, 3: null, 4: four, 2: new}
// expect:   tree: new, {1: one, 2: new, 3: null, 4: four}
// expect: []= old: new, {1: new, 3: null, 4: four}
// expect: length: [3, false, true], {1: one, 3: null, 4: four}
// expect: containsKey: [true, false, false], {1: one, 3: null, 4: four}
// expect: containsValue: [true, false, true], {1: one, 3: null, 4: four}
// expect: keys: (1, 3, 4) 3 true false, {1: one, 3: null, 4: four}
// expect: values: (one, null, four) 3 true false, {1: one, 3: null, 4: four}
// expect: first: 1 one 4 four, {1: one, 3: null, 4: four}
// expect: single: <StateError>, {1: one, 3: null, 4: four}
// expect: forEach: [1=one, 3=null, 4=four], {1: one, 3: null, 4: four}
// expect: remove: one, {3: null, 4: four}
// expect: remove none: null, {1: one, 3: null, 4: four}
// expect: clear: null, {}
// expect: addAll: null, {1: new, 3: null, 4: four, 5: five}
// expect: addAll none: null, {1: one, 3: null, 4: four}
// expect: putIfAbsent: [one, five], {1: one, 3: null, 4: four, 5: five}
// expect: putIfAbsent throws: <String>, {1: one, 3: null, 4: four}
// expect: putIfAbsent null: [null, true, null], {1: one, 3: null, 4: four, 5: null}
// expect: keys.map: [2, 4, 5], {1: one, 3: null, 4: four}
// expect: values.where: [null, four], {1: one, 3: null, 4: four}
// expect: from: [1=one, 3=null, 4=four], {1: one, 3: null, 4: four}
// expect: fromIterable: [1=one, 3=null, 4=four], {1: one, 3: null, 4: four}
// expect: toString: {1: one, 3: null, 4: four}, {1: one, 3: null, 4: four}
// expect: changed while walking: <ConcurrentModificationError>, {1: one, 3: null, 4: four, 11: more}
// expect: removed while walking: <ConcurrentModificationError>, {3: null, 4: four}
// expect: set while walking: null, {1: same, 3: same, 4: same}
// expect: values while changing: <ConcurrentModificationError>, {1: one, 3: null, 4: four, 23: one}
// expect: itself: {1: {...}, 3: null, 4: four}, {1: {...}, 3: null, 4: four}
// expect: add: [true, false], {1, 3, 4, 2}
// expect:   tree: [true, false], {1, 2, 3, 4}
// expect: addAll: null, {1, 3, 4, 2}
// expect:   tree: null, {1, 2, 3, 4}
// expect: contains: [true, false, false], {1, 3, 4}
// expect: lookup: [1, null], {1, 3, 4}
// expect: remove: [true, false], {3, 4}
// expect: removeAll: null, {3, 4}
// expect: retainAll: null, {1}
// expect: retainAll none: null, {}
// expect: removeWhere: null, {1}
// expect: retainWhere: null, {3, 4}
// expect: containsAll: [true, false, true], {1, 3, 4}
// expect: union: {1, 3, 4, 8}, {1, 3, 4}
// expect: intersection: {1}, {1, 3, 4}
// expect: difference: {3, 4}, {1, 3, 4}
// expect: union's own: {1, 3, 4, 8, 7}, {1, 3, 4}
// expect:   tree: {1, 3, 4, 7, 8}, {1, 3, 4}
// expect: clear: null, {}
// expect: toSet: {1, 3, 4, 7}, {1, 3, 4}
// expect: add while walking: <ConcurrentModificationError>, {1, 3, 4, 11}
// expect: add the same while walking: null, {1, 3, 4}
// expect: remove while walking: <ConcurrentModificationError>, {3, 4}
// expect: removeWhere adds: <ConcurrentModificationError>, {1, 3, 4, 11}
// expect: add: null, {1, 3, 4, 7}
// expect: addFirst: null, {7, 1, 3, 4}
// expect: addLast: null, {1, 3, 4, 7}
// expect: addAll: null, {1, 3, 4, 7, 8, 9}
// expect: addAll of itself: null, {1, 3, 4, 1, 3, 4}
// expect: removeFirst: 1, {3, 4}
// expect: removeLast: 4, {1, 3}
// expect: remove: [true, false], {3, 4}
// expect: remove 3: [true, 2], {1, 4}
// expect: removeWhere: null, {3, 4}
// expect: retainWhere: null, {1}
// expect: clear: null, {}
// expect: many: [33, -29, 29, -25], {-29, -28, -26, -25, -23, -22, -20, -19, -17, -16, -14, -13, -11, -10, 1, 3, 4, 11, 12, 13, 14, 16, 17, 18, 19, 21, 22, 23, 24, 26, 27, 28, 29}
// expect: round: 3, {37, 38, 39}
// expect: adds while walking: <ConcurrentModificationError>, {1, 3, 4, 1}
// expect: forEach adds: <ConcurrentModificationError>, {1, 3, 4, 1}
// expect: removes while walking: <ConcurrentModificationError>, {3, 4}
