// dart:collection: lists, iterables and maps made of a few members; views.
import 'dart:collection';

class Listed extends ListBase {
  final inner = [];
  int get length => inner.length;
  void set length(int length) {
    inner.length = length;
  }

  operator [](int index) => inner[index];
  void operator []=(int index, value) {
    inner[index] = value;
  }
}

class Mapped extends MapBase {
  final inner = {};
  get keys => inner.keys;
  operator [](key) => inner[key];
  operator []=(key, value) {
    inner[key] = value;
  }
  remove(key) => inner.remove(key);
  void clear() {
    inner.clear();
  }
}

class Counted extends Object with IterableMixin {
  get iterator => [1, 2, 3].iterator;
}

class Few extends Object with ListMixin {
  int get length => 2;
  operator [](int index) => index * 10;
}

tried(f()) {
  try {
    print(f());
  } catch (error) {
    print(error);
  }
}

main() {
  lists();
  changes();
  iterables();
  maps();
  views();
}

lists() {
  var list = new Listed()..addAll([3, 1, 2]);
  print([list, list is List, list.runtimeType, list.first, list.last, list.isEmpty]);
  print([list.map((x) => x * 2), list.where((x) => x > 1), list.expand((x) => [x, x])]);
  print([list.take(2), list.skip(1), list.skip(1).take(1), list.takeWhile((x) => x > 2), list.skipWhile((x) => x > 2)]);
  print([list.indexOf(1), list.indexOf(1, 2), list.lastIndexOf(1), list.contains(2), list.any((x) => x == 2)]);
  print([list.fold(0, (a, b) => a + b), list.reduce((a, b) => a > b ? a : b), list.join("-")]);
  print([list.reversed, list.asMap(), list.sublist(1), list.getRange(0, 2), list.toSet(), list + [9]]);
  print([list.firstWhere((x) => x < 3), list.lastWhere((x) => x < 3), list.singleWhere((x) => x == 3)]);
  print(list.firstWhere((x) => x > 9, orElse: () => "none"));
  tried(() => list.single);
  tried(() => new Listed().first);
  tried(() => new Listed().removeLast());
  tried(() => list.sublist(2, 1));
  tried(() => list.take(-1));
  tried(() => list.forEach((x) => list.add(x)));
  tried(() => new Few().add(1));
  print(new Few());
}

changes() {
  var list = new Listed()..addAll([3, 1, 2]);
  list.sort();
  print(list);
  list.insert(1, 9);
  list.insertAll(0, [7, 8]);
  print(list);
  print([list.removeAt(0), list.remove(9), list.remove(99), list.removeLast(), list]);
  list.replaceRange(0, 1, ["a", "b", "c"]);
  print(list);
  list.setRange(0, 2, [0, 5, 6], 1);
  list.fillRange(2, 3, 4);
  list.setAll(3, new Set.from([1]));
  print(list);
  list.removeRange(1, 3);
  print(list);
  list.removeWhere((x) => x == 5);
  list.retainWhere((x) => x is int);
  list.first = 11;
  list.last = 12;
  print(list);
  list.add(list);
  print(list);
  list.clear();
  print(list);
}

iterables() {
  var counted = new Counted();
  print([counted, counted.length, counted.last, counted.map((x) => x + 1), counted.elementAt(1)]);
  print([counted.toList(), counted.toSet(), counted.skip(1), counted.isEmpty, counted.contains(3)]);
  tried(() => counted.elementAt(3));
  tried(() => counted.single);
  print(IterableBase.iterableToShortString(new Iterable.generate(1000)));
  print(IterableBase.iterableToShortString(new Iterable.generate(50)));
  print(IterableBase.iterableToFullString(new Iterable.generate(5), "<", ">"));
  var next = new HasNextIterator([1].iterator);
  print([next.hasNext, next.hasNext, next.next(), next.hasNext]);
  tried(() => next.next());
}

maps() {
  var map = new Mapped()..["a"] = 1;
  map.addAll({"b": 2});
  print([map, map.length, map.values, map.containsKey("b"), map.containsValue(3), map.isNotEmpty]);
  print([map.putIfAbsent("a", () => 9), map.putIfAbsent("c", () => 3), map.remove("b"), map]);
  map["self"] = map;
  print(map);
  print(Maps.mapToString({1: 2}));
  map.clear();
  print(map);
}

views() {
  var list = new UnmodifiableListView([1, 2].map((x) => x + 1));
  print([list, list[1], list.length]);
  tried(() => list.add(1));
  tried(() => list[0] = 1);
  tried(() => list.sort());
  var map = {1: 2};
  var view = new UnmodifiableMapView(map);
  map[3] = 4;
  print([view, view[3], view.keys]);
  tried(() => view[1] = 3);
  tried(() => view.remove(1));
  new MapView(map).remove(3);
  print(view);
}
// expect: [[3, 1, 2], true, Listed, 3, 2, false]
// expect: [(6, 2, 4), (3, 2), (3, 3, 1, 1, 2, 2)]
// expect: [(3, 1), (1, 2), (1), (3), (1, 2)]
// expect: [1, -1, 1, true, true]
// expect: [6, 3, 3-1-2]
// expect: [(2, 1, 3), {0: 3, 1: 1, 2: 2}, [1, 2], (3, 1), {3, 1, 2}, [3, 1, 2, 9]]
// expect: [1, 2, 3]
// expect: none
// expect: Bad state: Too many elements
// expect: Bad state: No element
// expect: Bad state: No element
// expect: RangeError: sublist: argument 'end' must be from 2 to 3, it is 1
// expect: RangeError: take: argument 'count' must not be less than 0, it is -1
// expect: Concurrent modification during iteration: Instance of 'Listed'.
// expect: NoSuchMethodError: Class 'Few' has no instance setter 'length'; it can only be read.
// expect: Receiver: Instance of 'Few'
// expect: Tried calling: length = 3
// expect: [0, 10]
// expect: [1, 2, 3]
// expect: [7, 8, 1, 9, 2, 3]
// expect: [7, true, false, 3, [8, 1, 2]]
// expect: [a, b, c, 1, 2]
// expect: [5, 6, 4, 1, 2]
// expect: [5, 1, 2]
// expect: [11, 12]
// expect: [11, 12, [...]]
// expect: []
// expect: [(1, 2, 3), 3, 3, (2, 3, 4), 2]
// expect: [[1, 2, 3], {1, 2, 3}, (2, 3), false, true]
// expect: RangeError (index): Index out of range: index should be less than 3: 3
// expect: Bad state: Too many elements
// expect: (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, ...)
// expect: (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, ..., 48, 49)
// expect: <0, 1, 2, 3, 4>
// expect: [true, true, 1, false]
// expect: Bad state: No element
// expect: [{a: 1, b: 2}, 2, (1, 2), true, false, true]
// expect: [1, 3, 2, {a: 1, c: 3}]
// expect: {a: 1, c: 3, self: {...}}
// expect: {1: 2}
// expect: {}
// expect: [[2, 3], 3, 2]
// expect: Unsupported operation: Cannot add to an unmodifiable list
// expect: Unsupported operation: Cannot modify an unmodifiable list
// expect: Unsupported operation: Cannot modify an unmodifiable list
// expect: [{1: 2, 3: 4}, 4, (1, 3)]
// expect: Unsupported operation: Cannot modify an unmodifiable map
// expect: Unsupported operation: Cannot modify an unmodifiable map
// expect: {1: 2}
