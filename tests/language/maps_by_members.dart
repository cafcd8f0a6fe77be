// Every member of a map, of all kinds of maps: what a literal answers stands here once, and of each
// other kind only what differs from that.
// stress-interval: 97
import "dart:collection";

// What a program makes of `keys`, [], []=, remove and clear.
class Own<K, V> extends MapBase<K, V> {
  final _keys = [];
  final _values = [];
  Iterable<K> get keys => new List.from(_keys);
  V operator [](Object key) => _keys.contains(key) ? _values[_keys.indexOf(key)] : null;
  void operator []=(K key, V value) {
    if (!_keys.contains(key)) {
      _keys.add(key);
      _values.add(null);
    }
    _values[_keys.indexOf(key)] = value;
  }
  V remove(Object key) {
    if (!_keys.contains(key)) return null;
    var at = _keys.indexOf(key);
    _keys.removeAt(at);
    return _values.removeAt(at);
  }
  void clear() {
    _keys.clear();
    _values.clear();
  }
}

class Mixed extends Own with MapMixin {}

class OwnFixed extends UnmodifiableMapBase {
  final _map;
  OwnFixed(this._map);
  Iterable get keys => _map.keys;
  operator [](Object key) => _map[key];
}

tried(f) {
  try {
    return "${f()}";
  } catch (error) {
    return "$error".split("\n").first.split(": Instance of").first;
  }
}

class Entry {
  final key, value;
  Entry(this.key, this.value);
}

final members = {
  "is": (m) => [m is Map, m.keys is Iterable, m.values is Iterable, m.keys.iterator is Iterator, m.values.iterator is Iterator],
  "[]": (m) => [m["a"], m["b"], m["z"], m[null], m[1]],
  "[]=": (m) {
    m["c"] = 3;
    m["a"] = 5;
    return m;
  },
  "[]= null": (m) {
    m["a"] = null;
    return [m, m.containsKey("a"), m["a"]];
  },
  "length": (m) => [m.length, m.isEmpty, m.isNotEmpty],
  "keys": (m) => [m.keys.toList(), m.keys.length, m.keys.first, m.keys.last, m.keys.isEmpty, m.keys.isNotEmpty, m.keys.contains("b")],
  "keys single": (m) => m.keys.single,
  "keys elementAt": (m) => [m.keys.elementAt(1), m.keys.toSet().length, "${m.keys}"],
  "keys elementAt behind": (m) => m.keys.elementAt(2),
  "values": (m) => [m.values.toList(), m.values.length, m.values.first, m.values.last, m.values.isEmpty, m.values.isNotEmpty, m.values.contains(2)],
  "values single": (m) => m.values.single,
  "values elementAt": (m) => [m.values.elementAt(0), m.values.elementAt(1), "${m.values}", m.values.toSet().length],
  "values after the end": (m) {
    var values = m.values.iterator, seen = [];
    while (values.moveNext()) seen.add(values.current);
    return [seen, values.moveNext(), values.current];
  },
  "keys after the end": (m) {
    var keys = m.keys.iterator, seen = [keys.current];
    while (keys.moveNext()) seen.add(keys.current);
    return [seen, keys.moveNext(), keys.current];
  },
  "entries": (m) => m.entries.map((entry) => "${entry.key}-${entry.value}").toList(),
  "containsKey": (m) => [m.containsKey("a"), m.containsKey("z"), m.containsKey(null)],
  "containsValue": (m) => [m.containsValue(2), m.containsValue(3), m.containsValue(null)],
  "forEach": (m) {
    var all = [];
    m.forEach((key, value) => all.add("$key-$value"));
    return all;
  },
  "addAll": (m) => (m..addAll({"b": 7, "c": 8})),
  "addEntries": (m) => (m..addEntries([new Entry("b", 7), new Entry("c", 8)])),
  "putIfAbsent there": (m) => [m.putIfAbsent("a", () => throw "asked"), m],
  "putIfAbsent": (m) => [m.putIfAbsent("c", () => 3), m],
  "putIfAbsent throws": (m) => m.putIfAbsent("c", () => throw "thrown"),
  "update": (m) => [m.update("a", (value) => value + 10), m],
  "update absent": (m) => m.update("z", (value) => value),
  "update ifAbsent": (m) => [m.update("z", (value) => value, ifAbsent: () => 26), m],
  "update there": (m) => [m.update("b", (value) => 20, ifAbsent: () => 26), m],
  "updateAll": (m) => (m..updateAll((key, value) => "$key$value")),
  "map": (m) => m.map((key, value) => new MapEntry(value, key)),
  "remove": (m) => [m.remove("a"), m.remove("z"), m],
  "removeWhere": (m) => (m..removeWhere((key, value) => value == 1)),
  "removeWhere none": (m) => (m..removeWhere((key, value) => false)),
  "clear": (m) => (m..clear()),
  "emptied": (m) {
    m.clear();
    return [m.length, m.isEmpty, m.isNotEmpty, m.keys.isEmpty, m.values.isEmpty, m.values.toList(), tried(() => m.keys.first), tried(() => m.values.last)];
  },
  "cast": (m) => [m.cast()["a"], identical(m.cast(), m)],
  "itself": (m) {
    m["c"] = m;
    return m;
  },
  "toString": (m) => m,
  "read only": (m) => [m["a"], m.containsKey("b"), m.containsValue(2), m.length, m.keys, m.values, "$m"],
};

main() {
  var two = {"a": 1, "b": 2};
  kinds() => {
    "Own": new Own()..addAll(two),
    "Mixed": new Mixed()..addAll(two),
    "MapView": new MapView(new Map.from(two)),
    "LinkedHashMap": new LinkedHashMap()..addAll(two),
    "LinkedHashMap.from": new LinkedHashMap.from(two),
    "LinkedHashMap.of": new LinkedHashMap.of(two),
    "LinkedHashMap.fromIterable": new LinkedHashMap.fromIterable(["a", "b"], value: (x) => two[x]),
    "LinkedHashMap.fromIterables": new LinkedHashMap.fromIterables(["a", "b"], [1, 2]),
    "LinkedHashMap.fromEntries": new LinkedHashMap.fromEntries(two.entries),
    "LinkedHashMap of functions": new LinkedHashMap(equals: (a, b) => a == b, hashCode: (x) => 1)..addAll(two),
    "Map.from": new Map.from(two),
    "Map.of": new Map.of(two),
    "Map.fromIterable": new Map.fromIterable([1, 2], key: (x) => x == 1 ? "a" : "b"),
    "Map.fromIterables": new Map.fromIterables(["a", "b"], [1, 2]),
    "Map.fromEntries": new Map.fromEntries(two.entries),
    "Map.identity": new Map.identity()..addAll(two),
    "HashMap": new HashMap()..addAll(two),
    "HashMap.from": new HashMap.from(two),
    "HashMap.of": new HashMap.of(two),
    "HashMap.fromIterable": new HashMap.fromIterable([1, 2], key: (x) => x == 1 ? "a" : "b"),
    "HashMap.fromIterables": new HashMap.fromIterables(["a", "b"], [1, 2]),
    "HashMap.fromEntries": new HashMap.fromEntries(two.entries),
    "HashMap.identity": new HashMap.identity()..addAll(two),
    "SplayTreeMap": new SplayTreeMap()..addAll(two),
    "SplayTreeMap.from": new SplayTreeMap.from(two),
    "SplayTreeMap.of": new SplayTreeMap.of(two),
    "SplayTreeMap.fromIterable": new SplayTreeMap.fromIterable(["b", "a"], value: (x) => two[x]),
    "SplayTreeMap.fromIterables": new SplayTreeMap.fromIterables(["b", "a"], [2, 1]),
    "UnmodifiableMapView": new UnmodifiableMapView(two),
    "Map.unmodifiable": new Map.unmodifiable(two),
    "OwnFixed": new OwnFixed(two),
    "const": const {"a": 1, "b": 2}
  };
  var expected = {};
  members.forEach((name, member) {
    expected[name] = tried(() => member({"a": 1, "b": 2}));
    print("$name: ${expected[name]}");
  });
  for (var kind in kinds().keys) {
    print("-- $kind ${kinds()[kind].runtimeType}");
    members.forEach((name, member) {
      var found = tried(() => member(kinds()[kind]));
      if (found != expected[name]) print("$name: $found");
    });
  }
  for (var map in [const {}, new Map.unmodifiable({}), new UnmodifiableMapView({})]) {
    var changes = [() => map.addEntries([]), () => map.addAll({}), () => map.updateAll((k, v) => v), () => map.removeWhere((k, v) => true), () => map.clear()];
    print(changes.map(tried).toSet());
  }
  functions();
  views();
  lists();
  sorted();
}

// Maps has the members as functions.
functions() {
  var own = new Own();
  print([Maps.length(own), Maps.isEmpty(own), Maps.isNotEmpty(own), Maps.getValues(own)]);
  own["a"] = 1;
  own["b"] = 2;
  print([Maps.length(own), Maps.isEmpty(own), Maps.isNotEmpty(own), Maps.getValues(own), Maps.mapToString(own), MapBase.mapToString(own)]);
  print([Maps.containsValue(own, 2), Maps.containsValue(own, 3), Maps.containsKey(own, "b"), Maps.containsKey(own, "c")]);
  print([Maps.putIfAbsent(own, "a", () => throw "asked"), Maps.putIfAbsent(own, "c", () => 3), own]);
  Maps.forEach(own, (key, value) => print("$key-$value"));
  Maps.clear(own);
  print([own, Maps.mapToString({})]);
}

// What is changed through a view is changed.
views() {
  var map = {"a": 1}, view = new MapView(map);
  view["b"] = 2;
  view.addAll({"c": 3});
  view.putIfAbsent("d", () => 4);
  view.update("a", (value) => value + 10);
  view.remove("b");
  view.addEntries({"e": 5}.entries);
  print(map);
  view.updateAll((key, value) => value * 2);
  view.removeWhere((key, value) => value > 9);
  print([map, view.length, view.keys, view.values, view.entries.length, view.map((key, value) => new MapEntry(value, key))]);
  view.clear();
  print([map, view.isEmpty, view.isNotEmpty]);
  print([new MapView({"a": 1}).retype()["a"], (new Own()..["a"] = 1).retype()["a"]]);
}

// A list as a map from its indices.
lists() {
  for (var list in [["x", "y"], const ["x", "y"], new UnmodifiableListView(["x", "y"])]) {
    var map = list.asMap();
    print([map, map.length, map[0], map[1], map[2], map[-1], map["0"], map.keys, map.values, map.containsKey(1), map.containsKey(2),
        map.containsKey(-1), map.containsValue("y"), map.containsValue("z"), map.isEmpty]);
    var changes = [() => map[0] = 1, () => map.putIfAbsent(3, () => 1), () => map.putIfAbsent(0, () => 1), () => map.addAll({}), () => map.remove(0), () => map.clear()];
    print(changes.map(tried).toList());
  }
}

sorted() {
  var backwards = (a, b) => b.compareTo(a), onlyInts = (x) => x is int;
  var maps = [
    new SplayTreeMap(backwards, onlyInts)..addAll({1: "a", 2: "b"}), new SplayTreeMap.from({1: "a", 2: "b"}, backwards, onlyInts),
    new SplayTreeMap.of({1: "a", 2: "b"}, backwards, onlyInts),
    new SplayTreeMap.fromIterable([1, 2], value: (x) => "ab"[x - 1], compare: backwards, isValidKey: onlyInts),
    new SplayTreeMap.fromIterables([1, 2], ["a", "b"], backwards, onlyInts)
  ];
  for (var map in maps) {
    print([map, map.firstKey(), map.lastKey(), map.firstKeyAfter(2), map.lastKeyBefore(1), map.firstKeyAfter(1), map.lastKeyBefore(2),
        map["x"], map.containsKey("x"), map.remove("x"), map.length]);
  }
  var set = new SplayTreeSet.of([1, 2], backwards, onlyInts);
  print([set, set.first, set.last, set.contains("x"), set.lookup("x"), set.remove("x"), set.lookup(1), set.toSet()..add(3), set]);
  print(new SplayTreeSet.from([1, 2], backwards, onlyInts).contains("x"));
  print(tried(() => set.add(null)));
  print(tried(() => maps[0][null] = 1));
  print(tried(() => new SplayTreeMap.fromIterables([1, 2], ["a"])));
  print(tried(() => new SplayTreeMap.fromIterables([1], ["a", "b"])));
  var empty = new SplayTreeMap();
  print([empty.firstKey(), empty.lastKey(), empty.firstKeyAfter(1), empty.lastKeyBefore(1), empty.keys.toSet(), tried(() => empty.keys.single)]);
  print([maps[0].keys.toSet().runtimeType, maps[0].keys.toSet(), maps[0].values.toSet()]);
  print([tried(() => new SplayTreeSet().first), tried(() => new SplayTreeSet().last), tried(() => new SplayTreeSet().single), tried(() => set.single)]);
}

// expect: is: [true, true, true, true, true]
// expect: []: [1, 2, null, null, null]
// expect: []=: {a: 5, b: 2, c: 3}
// expect: []= null: [{a: null, b: 2}, true, null]
// expect: length: [2, false, true]
// expect: keys: [[a, b], 2, a, b, false, true, true]
// expect: keys single: Bad state: Too many elements
// expect: keys elementAt: [b, 2, (a, b)]
// expect: keys elementAt behind: RangeError (index): Index out of range: index should be less than 2: 2
// expect: values: [[1, 2], 2, 1, 2, false, true, true]
// expect: values single: Bad state: Too many elements
// expect: values elementAt: [1, 2, (1, 2), 2]
// expect: values after the end: [[1, 2], false, null]
// expect: keys after the end: [[null, a, b], false, null]
// expect: entries: [a-1, b-2]
// expect: containsKey: [true, false, false]
// expect: containsValue: [true, false, false]
// expect: forEach: [a-1, b-2]
// expect: addAll: {a: 1, b: 7, c: 8}
// expect: addEntries: {a: 1, b: 7, c: 8}
// expect: putIfAbsent there: [1, {a: 1, b: 2}]
// expect: putIfAbsent: [3, {a: 1, b: 2, c: 3}]
// expect: putIfAbsent throws: thrown
// expect: update: [11, {a: 11, b: 2}]
// expect: update absent: Invalid argument (key): Key not in map.: "z"
// expect: update ifAbsent: [26, {a: 1, b: 2, z: 26}]
// expect: update there: [20, {a: 1, b: 20}]
// expect: updateAll: {a: a1, b: b2}
// expect: map: {1: a, 2: b}
// expect: remove: [1, null, {b: 2}]
// expect: removeWhere: {b: 2}
// expect: removeWhere none: {a: 1, b: 2}
// expect: clear: {}
// expect: emptied: [0, true, false, true, true, [], Bad state: No element, Bad state: No element]
// expect: cast: [1, true]
// expect: itself: {a: 1, b: 2, c: {...}}
// expect: toString: {a: 1, b: 2}
// expect: read only: [1, true, true, 2, (a, b), (1, 2), {a: 1, b: 2}]
// expect: -- Own Own
// expect: keys elementAt: [b, 2, [a, b]]
// expect: read only: [1, true, true, 2, [a, b], (1, 2), {a: 1, b: 2}]
// expect: -- Mixed Mixed
// expect: keys elementAt: [b, 2, [a, b]]
// expect: read only: [1, true, true, 2, [a, b], (1, 2), {a: 1, b: 2}]
// expect: -- MapView MapView
// expect: -- LinkedHashMap Map
// expect: -- LinkedHashMap.from Map
// expect: -- LinkedHashMap.of Map
// expect: -- LinkedHashMap.fromIterable Map
// expect: -- LinkedHashMap.fromIterables Map
// expect: -- LinkedHashMap.fromEntries Map
// expect: -- LinkedHashMap of functions Map
// expect: -- Map.from Map
// expect: -- Map.of Map
// expect: -- Map.fromIterable Map
// expect: -- Map.fromIterables Map
// expect: -- Map.fromEntries Map
// expect: -- Map.identity Map
// expect: -- HashMap HashMap
// expect: -- HashMap.from HashMap
// expect: -- HashMap.of HashMap
// expect: -- HashMap.fromIterable HashMap
// expect: -- HashMap.fromIterables HashMap
// expect: -- HashMap.fromEntries HashMap
// expect: -- HashMap.identity HashMap
// expect: -- SplayTreeMap SplayTreeMap
// expect: []: Invalid argument(s): compareTo: argument 'other' must be a num, it is "a"
// expect: -- SplayTreeMap.from SplayTreeMap
// expect: []: Invalid argument(s): compareTo: argument 'other' must be a num, it is "a"
// expect: -- SplayTreeMap.of SplayTreeMap
// expect: []: Invalid argument(s): compareTo: argument 'other' must be a num, it is "a"
// expect: -- SplayTreeMap.fromIterable SplayTreeMap
// expect: []: Invalid argument(s): compareTo: argument 'other' must be a num, it is "b"
// expect: -- SplayTreeMap.fromIterables SplayTreeMap
// expect: []: Invalid argument(s): compareTo: argument 'other' must be a num, it is "b"
// expect: -- UnmodifiableMapView UnmodifiableMapView
// expect: []=: Unsupported operation: Cannot modify an unmodifiable map
// expect: []= null: Unsupported operation: Cannot modify an unmodifiable map
// expect: addAll: Unsupported operation: Cannot modify an unmodifiable map
// expect: addEntries: Unsupported operation: Cannot modify an unmodifiable map
// expect: putIfAbsent there: Unsupported operation: Cannot modify an unmodifiable map
// expect: putIfAbsent: Unsupported operation: Cannot modify an unmodifiable map
// expect: putIfAbsent throws: Unsupported operation: Cannot modify an unmodifiable map
// expect: update: Unsupported operation: Cannot modify an unmodifiable map
// expect: update absent: Unsupported operation: Cannot modify an unmodifiable map
// expect: update ifAbsent: Unsupported operation: Cannot modify an unmodifiable map
// expect: update there: Unsupported operation: Cannot modify an unmodifiable map
// expect: updateAll: Unsupported operation: Cannot modify an unmodifiable map
// expect: remove: Unsupported operation: Cannot modify an unmodifiable map
// expect: removeWhere: Unsupported operation: Cannot modify an unmodifiable map
// expect: removeWhere none: Unsupported operation: Cannot modify an unmodifiable map
// expect: clear: Unsupported operation: Cannot modify an unmodifiable map
// expect: emptied: Unsupported operation: Cannot modify an unmodifiable map
// expect: itself: Unsupported operation: Cannot modify an unmodifiable map
// expect: -- Map.unmodifiable Map
// expect: []=: Unsupported operation: Cannot modify an unmodifiable map
// expect: []= null: Unsupported operation: Cannot modify an unmodifiable map
// expect: addAll: Unsupported operation: Cannot modify an unmodifiable map
// expect: addEntries: Unsupported operation: Cannot modify an unmodifiable map
// expect: putIfAbsent there: Unsupported operation: Cannot modify an unmodifiable map
// expect: putIfAbsent: Unsupported operation: Cannot modify an unmodifiable map
// expect: putIfAbsent throws: Unsupported operation: Cannot modify an unmodifiable map
// expect: update: Unsupported operation: Cannot modify an unmodifiable map
// expect: update absent: Unsupported operation: Cannot modify an unmodifiable map
// expect: update ifAbsent: Unsupported operation: Cannot modify an unmodifiable map
// expect: update there: Unsupported operation: Cannot modify an unmodifiable map
// expect: updateAll: Unsupported operation: Cannot modify an unmodifiable map
// expect: remove: Unsupported operation: Cannot modify an unmodifiable map
// expect: removeWhere: Unsupported operation: Cannot modify an unmodifiable map
// expect: removeWhere none: Unsupported operation: Cannot modify an unmodifiable map
// expect: clear: Unsupported operation: Cannot modify an unmodifiable map
// expect: emptied: Unsupported operation: Cannot modify an unmodifiable map
// expect: itself: Unsupported operation: Cannot modify an unmodifiable map
// expect: -- OwnFixed OwnFixed
// expect: []=: Unsupported operation: Cannot modify an unmodifiable map
// expect: []= null: Unsupported operation: Cannot modify an unmodifiable map
// expect: addAll: Unsupported operation: Cannot modify an unmodifiable map
// expect: addEntries: Unsupported operation: Cannot modify an unmodifiable map
// expect: putIfAbsent there: Unsupported operation: Cannot modify an unmodifiable map
// expect: putIfAbsent: Unsupported operation: Cannot modify an unmodifiable map
// expect: putIfAbsent throws: Unsupported operation: Cannot modify an unmodifiable map
// expect: update: Unsupported operation: Cannot modify an unmodifiable map
// expect: update absent: Unsupported operation: Cannot modify an unmodifiable map
// expect: update ifAbsent: Unsupported operation: Cannot modify an unmodifiable map
// expect: update there: Unsupported operation: Cannot modify an unmodifiable map
// expect: updateAll: Unsupported operation: Cannot modify an unmodifiable map
// expect: remove: Unsupported operation: Cannot modify an unmodifiable map
// expect: removeWhere: Unsupported operation: Cannot modify an unmodifiable map
// expect: removeWhere none: Unsupported operation: Cannot modify an unmodifiable map
// expect: clear: Unsupported operation: Cannot modify an unmodifiable map
// expect: emptied: Unsupported operation: Cannot modify an unmodifiable map
// expect: itself: Unsupported operation: Cannot modify an unmodifiable map
// expect: -- const Map
// expect: []=: Unsupported operation: Cannot change a constant map
// expect: []= null: Unsupported operation: Cannot change a constant map
// expect: addAll: Unsupported operation: Cannot change a constant map
// expect: addEntries: Unsupported operation: Cannot change a constant map
// expect: putIfAbsent there: Unsupported operation: Cannot change a constant map
// expect: putIfAbsent: Unsupported operation: Cannot change a constant map
// expect: putIfAbsent throws: Unsupported operation: Cannot change a constant map
// expect: update: Unsupported operation: Cannot change a constant map
// expect: update absent: Unsupported operation: Cannot change a constant map
// expect: update ifAbsent: Unsupported operation: Cannot change a constant map
// expect: update there: Unsupported operation: Cannot change a constant map
// expect: updateAll: Unsupported operation: Cannot change a constant map
// expect: remove: Unsupported operation: Cannot change a constant map
// expect: removeWhere: Unsupported operation: Cannot change a constant map
// expect: removeWhere none: Unsupported operation: Cannot change a constant map
// expect: clear: Unsupported operation: Cannot change a constant map
// expect: emptied: Unsupported operation: Cannot change a constant map
// expect: itself: Unsupported operation: Cannot change a constant map
// expect: {Unsupported operation: Cannot change a constant map}
// expect: {Unsupported operation: Cannot modify an unmodifiable map}
// expect: {Unsupported operation: Cannot modify an unmodifiable map}
// expect: [0, true, false, ()]
// expect: [2, false, true, (1, 2), {a: 1, b: 2}, {a: 1, b: 2}]
// expect: [true, false, true, false]
// expect: [1, 3, {a: 1, b: 2, c: 3}]
// expect: a-1
// expect: b-2
// expect: c-3
// expect: [{}, {}]
// expect: {a: 11, c: 3, d: 4, e: 5}
// expect: [{c: 6, d: 8}, 2, (c, d), (6, 8), 2, {6: c, 8: d}]
// expect: [{}, true, false]
// expect: [1, 1]
// expect: [{0: x, 1: y}, 2, x, y, null, null, null, (0, 1), (x, y), true, false, false, true, false, false]
// expect: [Unsupported operation: Cannot modify an unmodifiable map, Unsupported operation: Cannot modify an unmodifiable map, Unsupported operation: Cannot modify an unmodifiable map, Unsupported operation: Cannot modify an unmodifiable map, Unsupported operation: Cannot modify an unmodifiable map, Unsupported operation: Cannot modify an unmodifiable map]
// expect: [{0: x, 1: y}, 2, x, y, null, null, null, (0, 1), (x, y), true, false, false, true, false, false]
// expect: [Unsupported operation: Cannot modify an unmodifiable map, Unsupported operation: Cannot modify an unmodifiable map, Unsupported operation: Cannot modify an unmodifiable map, Unsupported operation: Cannot modify an unmodifiable map, Unsupported operation: Cannot modify an unmodifiable map, Unsupported operation: Cannot modify an unmodifiable map]
// expect: [{0: x, 1: y}, 2, x, y, null, null, null, (0, 1), (x, y), true, false, false, true, false, false]
// expect: [Unsupported operation: Cannot modify an unmodifiable map, Unsupported operation: Cannot modify an unmodifiable map, Unsupported operation: Cannot modify an unmodifiable map, Unsupported operation: Cannot modify an unmodifiable map, Unsupported operation: Cannot modify an unmodifiable map, Unsupported operation: Cannot modify an unmodifiable map]
// expect: [{2: b, 1: a}, 2, 1, 1, 2, null, null, null, false, null, 2]
// expect: [{2: b, 1: a}, 2, 1, 1, 2, null, null, null, false, null, 2]
// expect: [{2: b, 1: a}, 2, 1, 1, 2, null, null, null, false, null, 2]
// expect: [{2: b, 1: a}, 2, 1, 1, 2, null, null, null, false, null, 2]
// expect: [{2: b, 1: a}, 2, 1, 1, 2, null, null, null, false, null, 2]
// expect: [{2, 1}, 2, 1, false, null, false, 1, {3, 2, 1}, {2, 1}]
// expect: false
// expect: Invalid argument(s) (value): Must not be null
// expect: Invalid argument(s) (key): Must not be null
// expect: Invalid argument(s): Fewer values than keys
// expect: Invalid argument(s): Fewer keys than values
// expect: [null, null, null, null, {}, Bad state: No element]
// expect: [SplayTreeSet, {2, 1}, {b, a}]
// expect: [Bad state: No element, Bad state: No element, Bad state: No element, Bad state: Too many elements]
