// Every member of Iterable answers the same for the same elements, whatever they lie in.
// stress-interval: 211
import 'dart:collection';
import 'dart:convert';
import 'dart:typed_data';
import 'lib_alike.dart';

class Lazy extends IterableBase<int> {
  final List<int> all;
  Lazy(this.all);
  Iterator<int> get iterator => all.iterator;
}

class Mixed extends Object with IterableMixin<int> {
  final List<int> all;
  Mixed(this.all);
  Iterator<int> get iterator => all.iterator;
}

class Entry extends LinkedListEntry<Entry> {
  final int value;
  Entry(this.value);
}

sync(List<int> all) sync* {
  for (var each in all) yield each;
}

iterated(i) {
  var all = [], iterator = i.iterator;
  while (iterator.moveNext()) all.add(iterator.current);
  return "$all ${iterator.current} ${iterator.moveNext()}";
}

seen(i) {
  var all = [];
  i.forEach(all.add);
  return all;
}

final members = {
  "iterated": iterated,
  "forEach": seen,
  "length": (i) => i.length,
  "isEmpty": (i) => i.isEmpty,
  "isNotEmpty": (i) => i.isNotEmpty,
  "first": (i) => i.first,
  "last": (i) => i.last,
  "single": (i) => i.single,
  "contains 2": (i) => i.contains(2),
  "contains 3": (i) => i.contains(3),
  "contains 9": (i) => i.contains(9),
  "any": (i) => "${i.any((x) => x == 2)} ${i.any((x) => x > 8)} ${i.any((x) => x < 9)}",
  "every": (i) => "${i.every((x) => x == 2)} ${i.every((x) => x > 8)} ${i.every((x) => x < 9)}",
  "elementAt 0": (i) => i.elementAt(0),
  "elementAt 2": (i) => i.elementAt(2),
  "elementAt 4": (i) => i.elementAt(4),
  "elementAt -1": (i) => i.elementAt(-1),
  "elementAt null": (i) => i.elementAt(null),
  "firstWhere": (i) => i.firstWhere((x) => x > 1),
  "firstWhere none": (i) => i.firstWhere((x) => x > 9),
  "firstWhere else": (i) => i.firstWhere((x) => x > 9, orElse: () => 77),
  "lastWhere": (i) => i.lastWhere((x) => x > 1),
  "lastWhere none": (i) => i.lastWhere((x) => x > 9),
  "lastWhere else": (i) => i.lastWhere((x) => x > 9, orElse: () => 77),
  "singleWhere": (i) => i.singleWhere((x) => x == 2),
  "singleWhere two": (i) => i.singleWhere((x) => x < 3),
  "singleWhere none": (i) => i.singleWhere((x) => x > 9),
  "fold": (i) => i.fold("f", (sum, x) => "$sum$x"),
  "reduce": (i) => i.reduce((a, b) => a * 10 + b),
  "join": (i) => "<${i.join()}> <${i.join(", ")}>",
  "toList": (i) => i.toList()..add(5),
  "toList fixed": (i) => i.toList(growable: false)..add(5),
  "toSet": (i) => i.toSet(),
  "map": (i) => iterated(i.map((x) => x * 2)),
  "map of": (i) => "${i.map((x) => x * 2).length} ${i.map((x) => x * 2).last} ${i.map((x) => x * 2).elementAt(1)}",
  "where": (i) => iterated(i.where((x) => x != 1)),
  "where of": (i) => "${i.where((x) => x != 1).length} ${i.where((x) => x != 1).first}",
  "whereType": (i) => "${i.whereType<int>().length} ${i.whereType<String>().length}",
  "expand": (i) => iterated(i.expand((x) => new List.filled(x, x))),
  "expand none": (i) => i.expand((x) => []).isEmpty,
  "followedBy": (i) => iterated(i.followedBy([8, 9])),
  "followedBy of": (i) => "${i.followedBy([8]).length} ${i.followedBy([8]).last} ${i.followedBy([]).first}",
  "skip": (i) => "${i.skip(0)} ${i.skip(1)} ${i.skip(3)} ${i.skip(4)} ${i.skip(9)}",
  "skip -1": (i) => i.skip(-1),
  "skip of": (i) => "${i.skip(1).length} ${i.skip(1).first} ${i.skip(1).last} ${i.skip(9).length} ${i.skip(1).elementAt(0)}",
  "skip behind": (i) => i.skip(9).first,
  "skip at": (i) => i.skip(1).elementAt(3),
  "take": (i) => "${i.take(0)} ${i.take(1)} ${i.take(3)} ${i.take(4)} ${i.take(9)}",
  "take -1": (i) => i.take(-1),
  "take of": (i) => "${i.take(2).length} ${i.take(2).first} ${i.take(2).last} ${i.take(9).length} ${i.take(2).elementAt(1)}",
  "take none": (i) => i.take(0).last,
  "take at": (i) => i.take(2).elementAt(2),
  "both": (i) => "${i.skip(1).take(2)} ${i.take(3).skip(2)} ${i.take(2).take(9)} ${i.skip(1).skip(1)} ${i.take(2).skip(3)}",
  "skipWhile": (i) => "${i.skipWhile((x) => x > 1)} ${i.skipWhile((x) => false)} ${i.skipWhile((x) => true)}",
  "takeWhile": (i) => "${i.takeWhile((x) => x > 1)} ${i.takeWhile((x) => true)} ${i.takeWhile((x) => false)}",
  "cast": (i) => i.cast<int>().toList(),
  "toString": (i) => "$i".replaceAll("{", "(").replaceAll("[", "(").replaceAll("}", ")").replaceAll("]", ")"),
  "throws": (i) => i.forEach((x) => throw "thrown"),
  "throws in fold": (i) => i.fold(0, (a, x) => x == 1 ? throw "thrown" : 0),
};

main() {
  for (var elements in [<int>[], [3], [3, 1, 2, 4]]) {
    var linked = new LinkedHashSet<int>()..addAll(elements);
    var map = new Map<int, int>.fromIterables(elements, elements);
    var splay = new SplayTreeMap<int, int>((a, b) => elements.indexOf(a) - elements.indexOf(b))
      ..addAll(map);
    var list = new LinkedList<Entry>()..addAll(elements.map((each) => new Entry(each)));
    var kinds = {
      "fixed": new List<int>.from(elements, growable: false),
      "unmodifiable": new List<int>.unmodifiable(elements),
      "bytes": new Uint8List.fromList(elements),
      "ints": new Int64List.fromList(elements),
      "view of bytes": new Uint8List.view(new Uint8List.fromList([7]..addAll(elements)).buffer, 1),
      "own list": new Own<int>()..addAll(elements),
      "unmodifiable view": new UnmodifiableListView<int>(elements),
      "code units": new String.fromCharCodes(elements).codeUnits,
      "runes": new String.fromCharCodes(elements).runes,
      "set": linked,
      "set of a tree": new SplayTreeSet<int>((a, b) => elements.indexOf(a) - elements.indexOf(b))
        ..addAll(elements),
      "keys": map.keys,
      "values": map.values,
      "keys of a tree": splay.keys,
      "values of a tree": splay.values,
      "values of a list's map": elements.asMap().values,
      "queue": new ListQueue<int>()..addAll(elements),
      "queue that went round": new ListQueue<int>()
        ..addAll([0, 0, 0, 0, 0, 0])
        ..addAll(elements.take(2))
        ..removeWhere((each) => each == 0)
        ..addAll(elements.skip(2)),
      "linked queue": new DoubleLinkedQueue<int>()..addAll(elements),
      "linked list": list.map((each) => each.value),
      "lazy": new Lazy(elements),
      "mixed in": new Mixed(elements),
      "generated": new Iterable<int>.generate(elements.length, (i) => elements[i]),
      "sync*": sync(elements),
      "map": elements.map((x) => x + 1).map((x) => x - 1),
      "where": elements.where((x) => true),
      "filtered": [9, 3, 9, 1, 2, 9, 4].where((x) => elements.contains(x)),
      "expand": elements.expand((x) => [x]),
      "reversed": elements.reversed.toList().reversed,
      "own list reversed": (new Own<int>()..addAll(elements.reversed)).reversed,
      "range": ([5]..addAll(elements)..add(6)).getRange(1, elements.length + 1),
      "own range": (new Own<int>()..add(5)..addAll(elements)..add(6)).getRange(1, elements.length + 1),
      "skip": ([5]..addAll(elements)).skip(1),
      "take": ([]..addAll(elements)..add(6)).take(elements.length),
      "skip of lazy": new Lazy([5]..addAll(elements)).skip(1),
      "take of lazy": new Lazy([]..addAll(elements)..add(6)).take(elements.length),
      "skipWhile": ([5, 6]..addAll(elements)).skipWhile((x) => x > 4),
      "takeWhile": ([]..addAll(elements)..add(6)..add(1)).takeWhile((x) => x < 5),
      "followed": elements.take(2).followedBy(elements.skip(2)),
      "decoded": JSON.decode(JSON.encode(elements)),
    };
    members.forEach((name, member) {
      var expected = show(() => member(elements.toList()));
      print("$name: $expected");
      kinds.forEach((kind, iterable) {
        var found = show(() => member(iterable));
        if (found != expected) print("  $kind: $found");
      });
    });
  }
}
// expect: iterated: [] null false
// expect: forEach: []
// expect: length: 0
// expect: isEmpty: true
// expect: isNotEmpty: false
// expect: first: <StateError>
// expect: last: <StateError>
// expect: single: <StateError>
// expect: contains 2: false
// expect: contains 3: false
// expect: contains 9: false
// expect: any: false false false
// expect: every: true true true
// expect: elementAt 0: <RangeError>
// expect: elementAt 2: <RangeError>
// expect: elementAt 4: <RangeError>
// expect: elementAt -1: <RangeError>
// expect: elementAt null: <ArgumentError>
// expect: firstWhere: <StateError>
// expect: firstWhere none: <StateError>
// expect: firstWhere else: 77
// expect: lastWhere: <StateError>
// expect: lastWhere none: <StateError>
// expect: lastWhere else: 77
// expect: singleWhere: <StateError>
// expect: singleWhere two: <StateError>
// expect: singleWhere none: <StateError>
// expect: fold: f
// expect: reduce: <StateError>
// expect: join: <> <>
// expect: toList: [5]
// expect: toList fixed: <UnsupportedError>
// expect: toSet: {}
// expect: map: [] null false
// expect: map of: <StateError>
// expect: where: [] null false
// expect: where of: <StateError>
// expect: whereType: 0 0
// expect: expand: [] null false
// expect: expand none: true
// expect: followedBy: [8, 9] null false
// expect: followedBy of: <StateError>
// expect: skip: () () () () ()
// expect: skip -1: <RangeError>
// expect: skip of: <StateError>
// expect: skip behind: <StateError>
// expect: skip at: <RangeError>
// expect: take: () () () () ()
// expect: take -1: <RangeError>
// expect: take of: <StateError>
// expect: take none: <StateError>
// expect: take at: <RangeError>
// expect: both: () () () () ()
// expect: skipWhile: () () ()
// expect: takeWhile: () () ()
// expect: cast: []
// expect: toString: ()
// expect: throws: null
// expect: throws in fold: 0
// expect: iterated: [3] null false
// expect: forEach: [3]
// expect: length: 1
// expect: isEmpty: false
// expect: isNotEmpty: true
// expect: first: 3
// expect: last: 3
// expect: single: 3
// expect: contains 2: false
// expect: contains 3: true
// expect: contains 9: false
// expect: any: false false true
// expect: every: false false true
// expect: elementAt 0: 3
// expect: elementAt 2: <RangeError>
// expect: elementAt 4: <RangeError>
// expect: elementAt -1: <RangeError>
// expect: elementAt null: <ArgumentError>
// expect: firstWhere: 3
// expect: firstWhere none: <StateError>
// expect: firstWhere else: 77
// expect: lastWhere: 3
// expect: lastWhere none: <StateError>
// expect: lastWhere else: 77
// expect: singleWhere: <StateError>
// expect: singleWhere two: <StateError>
// expect: singleWhere none: <StateError>
// expect: fold: f3
// expect: reduce: 3
// expect: join: <3> <3>
// expect: toList: [3, 5]
// expect: toList fixed: <UnsupportedError>
// expect: toSet: {3}
// expect: map: [6] null false
// expect: map of: <RangeError>
// expect: where: [3] null false
// expect: where of: 1 3
// expect: whereType: 1 0
// expect: expand: [3, 3, 3] null false
// expect: expand none: true
// expect: followedBy: [3, 8, 9] null false
// expect: followedBy of: 2 8 3
// expect: skip: (3) () () () ()
// expect: skip -1: <RangeError>
// expect: skip of: <StateError>
// expect: skip behind: <StateError>
// expect: skip at: <RangeError>
// expect: take: () (3) (3) (3) (3)
// expect: take -1: <RangeError>
// expect: take of: <RangeError>
// expect: take none: <StateError>
// expect: take at: <RangeError>
// expect: both: () () (3) () ()
// expect: skipWhile: () (3) ()
// expect: takeWhile: (3) (3) ()
// expect: cast: [3]
// expect: toString: (3)
// expect: throws: <String>
// expect: throws in fold: 0
// expect: iterated: [3, 1, 2, 4] null false
// expect: forEach: [3, 1, 2, 4]
// expect: length: 4
// expect: isEmpty: false
// expect: isNotEmpty: true
// expect: first: 3
// expect: last: 4
// expect: single: <StateError>
// expect: contains 2: true
// expect: contains 3: true
// expect: contains 9: false
// expect: any: true false true
// expect: every: false false true
// expect: elementAt 0: 3
// expect: elementAt 2: 2
// expect: elementAt 4: <RangeError>
// expect: elementAt -1: <RangeError>
// expect: elementAt null: <ArgumentError>
// expect: firstWhere: 3
// expect: firstWhere none: <StateError>
// expect: firstWhere else: 77
// expect: lastWhere: 4
// expect: lastWhere none: <StateError>
// expect: lastWhere else: 77
// expect: singleWhere: 2
// expect: singleWhere two: <StateError>
// expect: singleWhere none: <StateError>
// expect: fold: f3124
// expect: reduce: 3124
// expect: join: <3124> <3, 1, 2, 4>
// expect: toList: [3, 1, 2, 4, 5]
// expect: toList fixed: <UnsupportedError>
// expect: toSet: {3, 1, 2, 4}
// expect: map: [6, 2, 4, 8] null false
// expect: map of: 4 8 2
// expect: where: [3, 2, 4] null false
// expect: where of: 3 3
// expect: whereType: 4 0
// expect: expand: [3, 3, 3, 1, 2, 2, 4, 4, 4, 4] null false
// expect: expand none: true
// expect: followedBy: [3, 1, 2, 4, 8, 9] null false
// expect: followedBy of: 5 8 3
// expect: skip: (3, 1, 2, 4) (1, 2, 4) (4) () ()
// expect: skip -1: <RangeError>
// expect: skip of: 3 1 4 0 1
// expect: skip behind: <StateError>
// expect: skip at: <RangeError>
// expect: take: () (3) (3, 1, 2) (3, 1, 2, 4) (3, 1, 2, 4)
// expect: take -1: <RangeError>
// expect: take of: 2 3 1 4 1
// expect: take none: <StateError>
// expect: take at: <RangeError>
// expect: both: (1, 2) (2) (3, 1) (2, 4) ()
// expect: skipWhile: (1, 2, 4) (3, 1, 2, 4) ()
// expect: takeWhile: (3) (3, 1, 2, 4) ()
// expect: cast: [3, 1, 2, 4]
// expect: toString: (3, 1, 2, 4)
// expect: throws: <String>
// expect: throws in fold: <String>
