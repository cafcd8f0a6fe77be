// What programs' own collections say they are, and of which kind those of the libraries are.
import 'dart:async';
import 'dart:collection';

class Walked extends IterableBase {
  get iterator => [1].iterator;
}
class Walked2 extends Object with IterableMixin {
  get iterator => [1].iterator;
}
class Row<E> extends ListBase<E> {
  var length = 0;
  operator [](i) => i;
  operator []=(i, v) {}
}
class Table extends MapBase {
  var keys = [];
  operator [](k) => k;
  operator []=(k, v) {}
  remove(k) {}
  clear() {}
}
class Bag extends SetBase {
  add(x) => false;
  contains(x) => false;
  lookup(x) => null;
  remove(x) => false;
  get iterator => [].iterator;
  get length => 0;
}
class Flow extends Stream {
  listen(f, {onError, onDone, cancelOnError}) => null;
}
class Entry extends LinkedListEntry<Entry> {}
class Chain extends LinkedList<Entry> {}
class View extends MapView {
  View(map) : super(map);
}
class Line extends ListQueue {}
class Ends extends DoubleLinkedQueue {}
class Sorted extends SplayTreeMap {}
class SortedSet extends SplayTreeSet {}
class X {}
class G<T> {}


main() {
  print([new Walked(), new Walked2(), new Row<int>(), new Table(), new Bag(), new Flow(), new Chain(),
      new View({}), new Line(), new Ends(), new Sorted(), new SortedSet()].map((x) => x.runtimeType).toList());
  // expect: [Walked, Walked2, Row<int>, Table, Bag, Flow, Chain, View, Line, Ends, Sorted, SortedSet]
  print([new UnmodifiableListView([]), new UnmodifiableMapView({}), new MapView({}), "".runes].map((x) => x.runtimeType).toList());
  // expect: [UnmodifiableListView, UnmodifiableMapView, MapView, Runes]
  // Of classes that only the libraries know: what they are for.
  print([[], {}, new Set(), [].where((x) => true), new HashMap(), new HashSet(), <int>[1].toList()].map((x) => x.runtimeType).toList());
  // expect: [List, Map, Set, Iterable, HashMap, HashSet, List<int>]
  print(new Row<int>().runtimeType == new Row<int>().runtimeType); // expect: true
  print("${new X()} ${new G<int>()} ${new G()} ${new Flow()}");
  // expect: Instance of 'X' Instance of 'G<int>' Instance of 'G' Instance of 'Flow'

  var linked = [{}, {1: 2}, new Map(), new Map.from({}), new Map.fromIterable([]), new Map.identity(),
      new LinkedHashMap(), new LinkedHashMap.identity(), new LinkedHashMap(equals: (a, b) => a == b)];
  print(linked.every((x) => x is LinkedHashMap && x is HashMap)); // expect: true
  var hashed = [new HashMap(), new HashMap.identity(), new HashMap.from({}), new HashMap(hashCode: (x) => 1)];
  print(hashed.every((x) => x is HashMap && x is! LinkedHashMap)); // expect: true
  print([const {}, new SplayTreeMap(), new Table(), new Map.unmodifiable({})].any((x) => x is HashMap)); // expect: false
  var sets = [new Set(), new Set.from([1]), [1].toSet(), new Set.identity(), new LinkedHashSet(), new LinkedHashSet.identity().toSet()];
  print(sets.every((x) => x is LinkedHashSet && x is HashSet)); // expect: true
  print([new HashSet(), new HashSet.identity(), new HashSet().toSet()].every((x) => x is HashSet && x is! LinkedHashSet)); // expect: true
  print([<int, String>{} is LinkedHashMap<int, String>, <int, String>{} is LinkedHashMap<String, String>]); // expect: [true, false]

  // Sets that compare in their own way hand it on.
  var byLength = new HashSet(equals: (a, b) => a.length == b.length, hashCode: (a) => a.length);
  byLength.addAll(["ab", "c", "de"]);
  print("$byLength ${byLength.toSet().contains("xy")} ${byLength.union(new Set.from(["z", "zzz"]))}");
  // expect: {ab, c} true {ab, c, zzz}
  print("${byLength.difference(new Set.from(["ab"]))} ${byLength.intersection(new Set.from(["c"]))}"); // expect: {c} {c}
  // Where nothing is said of which keys are valid, those of the type are.
  var ofInts = new HashMap<int, int>(equals: (a, b) => a % 10 == b % 10, hashCode: (a) => a % 10);
  ofInts[3] = 1;
  print([ofInts[13], ofInts["x"], ofInts.containsKey(null), ofInts.remove("x"), ofInts.remove(23), ofInts.length]);
  // expect: [1, null, false, null, 1, 0]
  // Who changes the map while it compares hears of it.
  var changing;
  changing = new HashMap(equals: (a, b) {
    changing["new${changing.length}"] = 1;
    return false;
  }, hashCode: (a) => a.length);
  changing["a"] = 1;
  try {
    changing["b"] = 2;
  } on ConcurrentModificationError {
    print("heard"); // expect: heard
  }

  // Without a length a list grows; null is none.
  print([new List().length, (new List()..add(1)).length, new List(2).length]); // expect: [0, 1, 2]
  for (var make in [() => new List(null), () => new List<int>(null), () => new List("1")]) {
    try {
      print("made ${make()}");
    } on ArgumentError {
      print("refused"); // expect: refused
      // expect: refused
      // expect: refused
    }
  }
}
