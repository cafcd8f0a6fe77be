// What changes a list does the same to a program's own that has no more than `length`, [] and their
// setters, and is refused alike.
// stress-interval: 211
import 'dart:collection';
import 'dart:math';
import 'lib_alike.dart';

class Mixed<E> extends Object with ListMixin<E>, Least<E> {}

final changes = {
  "add": (l) => l.add(7),
  "addAll": (l) => l.addAll([7, 8]),
  "addAll of itself": (l) => l.length == 0 ? null : l.addAll(l.toList()),
  "addAll lazy": (l) => l.addAll([7, 8].map((x) => x + 1)),
  "first=": (l) => l.first = 7,
  "last=": (l) => l.last = 7,
  "length 0": (l) => l.length = 0,
  "length more": (l) => l.length += 2,
  "length less": (l) => l.length -= 1,
  "insert 0": (l) => l.insert(0, 7),
  "insert 1": (l) => l.insert(1, 7),
  "insert at the end": (l) => l.insert(l.length, 7),
  "insert behind": (l) => l.insert(l.length + 1, 7),
  "insert -1": (l) => l.insert(-1, 7),
  "insert null": (l) => l.insert(null, 7),
  "insertAll 0": (l) => l.insertAll(0, [7, 8]),
  "insertAll 2": (l) => l.insertAll(2, [7, 8, 9, 7, 8]),
  "insertAll none": (l) => l.insertAll(1, []),
  "insertAll end": (l) => l.insertAll(l.length, new Set.from([7, 8])),
  "insertAll behind": (l) => l.insertAll(l.length + 1, [7]),
  "setAll": (l) => l.setAll(1, [7, 8]),
  "setAll lazy": (l) => l.setAll(0, [7, 8].map((x) => x)),
  "setAll none": (l) => l.setAll(l.length, []),
  "setAll too many": (l) => l.setAll(l.length, [7]),
  "setAll -1": (l) => l.setAll(-1, [7]),
  "remove 1": (l) => l.remove(1),
  "remove 9": (l) => l.remove(9),
  "removeAt 0": (l) => l.removeAt(0),
  "removeAt 1": (l) => l.removeAt(1),
  "removeAt behind": (l) => l.removeAt(l.length),
  "removeAt -1": (l) => l.removeAt(-1),
  "removeLast": (l) => l.removeLast(),
  "removeRange": (l) => l.removeRange(1, 3),
  "removeRange none": (l) => l.removeRange(1, 1),
  "removeRange all": (l) => l.removeRange(0, l.length),
  "removeRange back": (l) => l.removeRange(2, 1),
  "removeRange behind": (l) => l.removeRange(0, l.length + 1),
  "removeRange -1": (l) => l.removeRange(-1, 1),
  "removeWhere": (l) => l.removeWhere((x) => x == 1),
  "removeWhere none": (l) => l.removeWhere((x) => false),
  "removeWhere all": (l) => l.removeWhere((x) => true),
  "removeWhere throws": (l) => l.removeWhere((x) => x == 2 ? throw "thrown" : true),
  "retainWhere": (l) => l.retainWhere((x) => x == 1),
  "retainWhere none": (l) => l.retainWhere((x) => false),
  "retainWhere all": (l) => l.retainWhere((x) => true),
  "retainWhere throws": (l) => l.retainWhere((x) => x == 2 ? throw "thrown" : false),
  "clear": (l) => l.clear(),
  "sort": (l) => l.sort(),
  "sort down": (l) => l.sort((a, b) => b - a),
  "shuffle": (l) => l.shuffle(new Random(5)),
  "fillRange": (l) => l.fillRange(1, 3, 7),
  "fillRange null": (l) => l.fillRange(0, 1),
  "fillRange none": (l) => l.fillRange(1, 1, 7),
  "fillRange behind": (l) => l.fillRange(1, l.length + 1, 7),
  "setRange": (l) => l.setRange(1, 3, [7, 8, 9]),
  "setRange skips": (l) => l.setRange(0, 2, [7, 8, 9], 1),
  "setRange skips too many": (l) => l.setRange(0, 2, [7, 8, 9], 2),
  "setRange skips -1": (l) => l.setRange(0, 2, [7, 8, 9], -1),
  "setRange of itself": (l) => l.setRange(1, l.length, l),
  "setRange of itself back": (l) => l.setRange(0, l.length - 1, l, 1),
  "setRange lazy": (l) => l.setRange(0, 2, [7, 8].map((x) => x)),
  "setRange none": (l) => l.setRange(1, 1, []),
  "setRange behind": (l) => l.setRange(1, l.length + 1, [7, 8, 9, 7, 8, 9]),
  "replaceRange": (l) => l.replaceRange(1, 3, [7]),
  "replaceRange longer": (l) => l.replaceRange(1, 2, [7, 8, 9]),
  "replaceRange none": (l) => l.replaceRange(1, 1, []),
  "replaceRange behind": (l) => l.replaceRange(1, l.length + 1, [7]),
  "[]= behind": (l) => l[l.length] = 7,
  "[]= -1": (l) => l[-1] = 7,
  // What only reads.
  "sublist": (l) => "${l.sublist(1)} ${l.sublist(1, 2)} ${l.sublist(1, 1)}",
  "sublist behind": (l) => l.sublist(l.length + 1),
  "sublist's end": (l) => l.sublist(0, l.length + 1),
  "getRange": (l) => "${l.getRange(1, 3)} ${l.getRange(1, 1)}",
  "getRange behind": (l) => l.getRange(0, l.length + 1),
  "asMap": (l) => "${l.asMap()} ${l.asMap()[1]} ${l.asMap()[-1]} ${l.asMap()["x"]} ${l.asMap().keys}",
  "asMap changed": (l) => l.asMap()[0] = 7,
  "reversed": (l) => "${l.reversed} ${l.reversed.toList().length}",
  "indexOf": (l) => [l.indexOf(1), l.indexOf(1, 2), l.indexOf(1, -2), l.indexOf(1, 99), l.indexOf(9)],
  "lastIndexOf": (l) =>
      [l.lastIndexOf(1), l.lastIndexOf(1, 2), l.lastIndexOf(1, 99), l.lastIndexOf(1, -1), l.lastIndexOf(9)],
  "+": (l) => l + [7],
  "[] behind": (l) => l[l.length],
  "iterator": (l) => l.iterator.current,
  // Changed meanwhile.
  "forEach adds": (l) => l.forEach((x) => l.length < 50 ? l.add(x) : null),
  "for adds": (l) {
    for (var x in l) {
      if (l.length > 50) break;
      l.add(x);
    }
  },
  "any adds": (l) => l.any((x) {
    l.add(7);
    return false;
  }),
  "every adds": (l) => l.every((x) {
    l.add(7);
    return true;
  }),
  "firstWhere adds": (l) => l.firstWhere((x) {
    l.add(7);
    return false;
  }),
  "lastWhere adds": (l) => l.lastWhere((x) {
    l.add(7);
    return false;
  }),
  "singleWhere adds": (l) => l.singleWhere((x) {
    l.add(7);
    return false;
  }),
  "fold adds": (l) => l.fold(0, (sum, x) {
    l.add(7);
    return sum + x;
  }),
  "reduce adds": (l) => l.reduce((sum, x) {
    l.add(7);
    return sum + x;
  }),
  "map adds": (l) => l.map((x) {
    l.add(7);
    return x;
  }).toList(),
  "where adds": (l) => l.where((x) {
    l.add(7);
    return true;
  }).toList(),
  "removeWhere adds": (l) => l.removeWhere((x) {
    if (l.length < 9) l.add(7);
    return false;
  }),
  "reversed adds": (l) {
    for (var x in l.reversed) l.add(x);
  },
  "sort adds": (l) => l.sort((a, b) {
    if (l.length < 9) l.add(7);
    return a - b;
  }),
};

main() {
  for (var elements in [<int>[], [3], [3, 1, 2, 1]]) {
    changes.forEach((name, change) {
      var list = elements.toList();
      var expected = "${show(() => change(list))} $list";
      print("$name: $expected");
      for (var own in [new Own<int>(), new Mixed<int>()]) {
        own.all.addAll(elements);
        var found = "${show(() => change(own))} ${own.all}";
        if (found != expected) print("  ${own is Own ? "own" : "mixed"}: $found");
      }
    });
  }
}
// expect: add: null [7]
// expect: addAll: null [7, 8]
// expect: addAll of itself: null []
// expect: addAll lazy: null [8, 9]
// expect: first=: <StateError> []
// expect: last=: <StateError> []
// expect: length 0: 0 []
// expect: length more: 2 [null, null]
// expect: length less: <RangeError> []
// expect: insert 0: null [7]
// expect: insert 1: <RangeError> []
// expect: insert at the end: null [7]
// expect: insert behind: <RangeError> []
// expect: insert -1: <RangeError> []
// expect: insert null: <ArgumentError> []
// expect: insertAll 0: null [7, 8]
// expect: insertAll 2: <RangeError> []
// expect: insertAll none: <RangeError> []
// expect: insertAll end: null [7, 8]
// expect: insertAll behind: <RangeError> []
// expect: setAll: <RangeError> []
// expect: setAll lazy: <RangeError> []
// expect: setAll none: null []
// expect: setAll too many: <RangeError> []
// expect: setAll -1: <RangeError> []
// expect: remove 1: false []
// expect: remove 9: false []
// expect: removeAt 0: <RangeError> []
// expect: removeAt 1: <RangeError> []
// expect: removeAt behind: <RangeError> []
// expect: removeAt -1: <RangeError> []
// expect: removeLast: <RangeError> []
// expect:   own: <StateError> []
// expect:   mixed: <StateError> []
// expect: removeRange: <RangeError> []
// expect: removeRange none: <RangeError> []
// expect: removeRange all: null []
// expect: removeRange back: <RangeError> []
// expect: removeRange behind: <RangeError> []
// expect: removeRange -1: <RangeError> []
// expect: removeWhere: null []
// expect: removeWhere none: null []
// expect: removeWhere all: null []
// expect: removeWhere throws: null []
// expect: retainWhere: null []
// expect: retainWhere none: null []
// expect: retainWhere all: null []
// expect: retainWhere throws: null []
// expect: clear: null []
// expect: sort: null []
// expect: sort down: null []
// expect: shuffle: null []
// expect: fillRange: <RangeError> []
// expect: fillRange null: <RangeError> []
// expect: fillRange none: <RangeError> []
// expect: fillRange behind: <RangeError> []
// expect: setRange: <RangeError> []
// expect: setRange skips: <RangeError> []
// expect: setRange skips too many: <RangeError> []
// expect: setRange skips -1: <RangeError> []
// expect: setRange of itself: <RangeError> []
// expect: setRange of itself back: <RangeError> []
// expect: setRange lazy: <RangeError> []
// expect: setRange none: <RangeError> []
// expect: setRange behind: <RangeError> []
// expect: replaceRange: <RangeError> []
// expect: replaceRange longer: <RangeError> []
// expect: replaceRange none: <RangeError> []
// expect: replaceRange behind: <RangeError> []
// expect: []= behind: <RangeError> []
// expect: []= -1: <RangeError> []
// expect: sublist: <RangeError> []
// expect: sublist behind: <RangeError> []
// expect: sublist's end: <RangeError> []
// expect: getRange: <RangeError> []
// expect: getRange behind: <RangeError> []
// expect: asMap: {} null null null () []
// expect: asMap changed: <UnsupportedError> []
// expect: reversed: () 0 []
// expect: indexOf: [-1, -1, -1, -1, -1] []
// expect: lastIndexOf: [-1, -1, -1, -1, -1] []
// expect: +: [7] []
// expect: [] behind: <RangeError> []
// expect: iterator: null []
// expect: forEach adds: null []
// expect: for adds: null []
// expect: any adds: false []
// expect: every adds: true []
// expect: firstWhere adds: <StateError> []
// expect: lastWhere adds: <StateError> []
// expect: singleWhere adds: <StateError> []
// expect: fold adds: 0 []
// expect: reduce adds: <StateError> []
// expect: map adds: [] []
// expect: where adds: [] []
// expect: removeWhere adds: null []
// expect: reversed adds: null []
// expect: sort adds: null []
// expect: add: null [3, 7]
// expect: addAll: null [3, 7, 8]
// expect: addAll of itself: null [3, 3]
// expect: addAll lazy: null [3, 8, 9]
// expect: first=: 7 [7]
// expect: last=: 7 [7]
// expect: length 0: 0 []
// expect: length more: 3 [3, null, null]
// expect: length less: 0 []
// expect: insert 0: null [7, 3]
// expect: insert 1: null [3, 7]
// expect: insert at the end: null [3, 7]
// expect: insert behind: <RangeError> [3]
// expect: insert -1: <RangeError> [3]
// expect: insert null: <ArgumentError> [3]
// expect: insertAll 0: null [7, 8, 3]
// expect: insertAll 2: <RangeError> [3]
// expect: insertAll none: null [3]
// expect: insertAll end: null [3, 7, 8]
// expect: insertAll behind: <RangeError> [3]
// expect: setAll: <RangeError> [3]
// expect: setAll lazy: <RangeError> [7]
// expect: setAll none: null [3]
// expect: setAll too many: <RangeError> [3]
// expect: setAll -1: <RangeError> [3]
// expect: remove 1: false [3]
// expect: remove 9: false [3]
// expect: removeAt 0: 3 []
// expect: removeAt 1: <RangeError> [3]
// expect: removeAt behind: <RangeError> [3]
// expect: removeAt -1: <RangeError> [3]
// expect: removeLast: 3 []
// expect: removeRange: <RangeError> [3]
// expect: removeRange none: null [3]
// expect: removeRange all: null []
// expect: removeRange back: <RangeError> [3]
// expect: removeRange behind: <RangeError> [3]
// expect: removeRange -1: <RangeError> [3]
// expect: removeWhere: null [3]
// expect: removeWhere none: null [3]
// expect: removeWhere all: null []
// expect: removeWhere throws: null []
// expect: retainWhere: null []
// expect: retainWhere none: null []
// expect: retainWhere all: null [3]
// expect: retainWhere throws: null []
// expect: clear: null []
// expect: sort: null [3]
// expect: sort down: null [3]
// expect: shuffle: null [3]
// expect: fillRange: <RangeError> [3]
// expect: fillRange null: null [null]
// expect: fillRange none: null [3]
// expect: fillRange behind: <RangeError> [3]
// expect: setRange: <RangeError> [3]
// expect: setRange skips: <RangeError> [3]
// expect: setRange skips too many: <RangeError> [3]
// expect: setRange skips -1: <RangeError> [3]
// expect: setRange of itself: null [3]
// expect: setRange of itself back: null [3]
// expect: setRange lazy: <RangeError> [3]
// expect: setRange none: null [3]
// expect: setRange behind: <RangeError> [3]
// expect: replaceRange: <RangeError> [3]
// expect: replaceRange longer: <RangeError> [3]
// expect: replaceRange none: null [3]
// expect: replaceRange behind: <RangeError> [3]
// expect: []= behind: <RangeError> [3]
// expect: []= -1: <RangeError> [3]
// expect: sublist: <RangeError> [3]
// expect: sublist behind: <RangeError> [3]
// expect: sublist's end: <RangeError> [3]
// expect: getRange: <RangeError> [3]
// expect: getRange behind: <RangeError> [3]
// expect: asMap: {0: 3} null null null (0) [3]
// expect: asMap changed: <UnsupportedError> [3]
// expect: reversed: (3) 1 [3]
// expect: indexOf: [-1, -1, -1, -1, -1] [3]
// expect: lastIndexOf: [-1, -1, -1, -1, -1] [3]
// expect: +: [3, 7] [3]
// expect: [] behind: <RangeError> [3]
// expect: iterator: null [3]
// expect: forEach adds: <ConcurrentModificationError> [3, 3]
// expect: for adds: <ConcurrentModificationError> [3, 3]
// expect: any adds: <ConcurrentModificationError> [3, 7]
// expect: every adds: <ConcurrentModificationError> [3, 7]
// expect: firstWhere adds: <ConcurrentModificationError> [3, 7]
// expect: lastWhere adds: <ConcurrentModificationError> [3, 7]
// expect: singleWhere adds: <ConcurrentModificationError> [3, 7]
// expect: fold adds: <ConcurrentModificationError> [3, 7]
// expect: reduce adds: 3 [3]
// expect: map adds: <ConcurrentModificationError> [3, 7]
// expect: where adds: <ConcurrentModificationError> [3, 7]
// expect: removeWhere adds: <ConcurrentModificationError> [3, 7]
// expect: reversed adds: <ConcurrentModificationError> [3, 3]
// expect: sort adds: null [3]
// expect: add: null [3, 1, 2, 1, 7]
// expect: addAll: null [3, 1, 2, 1, 7, 8]
// expect: addAll of itself: null [3, 1, 2, 1, 3, 1, 2, 1]
// expect: addAll lazy: null [3, 1, 2, 1, 8, 9]
// expect: first=: 7 [7, 1, 2, 1]
// expect: last=: 7 [3, 1, 2, 7]
// expect: length 0: 0 []
// expect: length more: 6 [3, 1, 2, 1, null, null]
// expect: length less: 3 [3, 1, 2]
// expect: insert 0: null [7, 3, 1, 2, 1]
// expect: insert 1: null [3, 7, 1, 2, 1]
// expect: insert at the end: null [3, 1, 2, 1, 7]
// expect: insert behind: <RangeError> [3, 1, 2, 1]
// expect: insert -1: <RangeError> [3, 1, 2, 1]
// expect: insert null: <ArgumentError> [3, 1, 2, 1]
// expect: insertAll 0: null [7, 8, 3, 1, 2, 1]
// expect: insertAll 2: null [3, 1, 7, 8, 9, 7, 8, 2, 1]
// expect: insertAll none: null [3, 1, 2, 1]
// expect: insertAll end: null [3, 1, 2, 1, 7, 8]
// expect: insertAll behind: <RangeError> [3, 1, 2, 1]
// expect: setAll: null [3, 7, 8, 1]
// expect: setAll lazy: null [7, 8, 2, 1]
// expect: setAll none: null [3, 1, 2, 1]
// expect: setAll too many: <RangeError> [3, 1, 2, 1]
// expect: setAll -1: <RangeError> [3, 1, 2, 1]
// expect: remove 1: true [3, 2, 1]
// expect: remove 9: false [3, 1, 2, 1]
// expect: removeAt 0: 3 [1, 2, 1]
// expect: removeAt 1: 1 [3, 2, 1]
// expect: removeAt behind: <RangeError> [3, 1, 2, 1]
// expect: removeAt -1: <RangeError> [3, 1, 2, 1]
// expect: removeLast: 1 [3, 1, 2]
// expect: removeRange: null [3, 1]
// expect: removeRange none: null [3, 1, 2, 1]
// expect: removeRange all: null []
// expect: removeRange back: <RangeError> [3, 1, 2, 1]
// expect: removeRange behind: <RangeError> [3, 1, 2, 1]
// expect: removeRange -1: <RangeError> [3, 1, 2, 1]
// expect: removeWhere: null [3, 2]
// expect: removeWhere none: null [3, 1, 2, 1]
// expect: removeWhere all: null []
// expect: removeWhere throws: <String> [3, 1, 2, 1]
// expect: retainWhere: null [1, 1]
// expect: retainWhere none: null []
// expect: retainWhere all: null [3, 1, 2, 1]
// expect: retainWhere throws: <String> [3, 1, 2, 1]
// expect: clear: null []
// expect: sort: null [1, 1, 2, 3]
// expect: sort down: null [3, 2, 1, 1]
// expect: shuffle: null [1, 2, 1, 3]
// expect: fillRange: null [3, 7, 7, 1]
// expect: fillRange null: null [null, 1, 2, 1]
// expect: fillRange none: null [3, 1, 2, 1]
// expect: fillRange behind: <RangeError> [3, 1, 2, 1]
// expect: setRange: null [3, 7, 8, 1]
// expect: setRange skips: null [8, 9, 2, 1]
// expect: setRange skips too many: <StateError> [3, 1, 2, 1]
// expect: setRange skips -1: <RangeError> [3, 1, 2, 1]
// expect: setRange of itself: null [3, 3, 1, 2]
// expect: setRange of itself back: null [1, 2, 1, 1]
// expect: setRange lazy: null [7, 8, 2, 1]
// expect: setRange none: null [3, 1, 2, 1]
// expect: setRange behind: <RangeError> [3, 1, 2, 1]
// expect: replaceRange: null [3, 7, 1]
// expect: replaceRange longer: null [3, 7, 8, 9, 2, 1]
// expect: replaceRange none: null [3, 1, 2, 1]
// expect: replaceRange behind: <RangeError> [3, 1, 2, 1]
// expect: []= behind: <RangeError> [3, 1, 2, 1]
// expect: []= -1: <RangeError> [3, 1, 2, 1]
// expect: sublist: [1, 2, 1] [1] [] [3, 1, 2, 1]
// expect: sublist behind: <RangeError> [3, 1, 2, 1]
// expect: sublist's end: <RangeError> [3, 1, 2, 1]
// expect: getRange: (1, 2) () [3, 1, 2, 1]
// expect: getRange behind: <RangeError> [3, 1, 2, 1]
// expect: asMap: {0: 3, 1: 1, 2: 2, 3: 1} 1 null null (0, 1, 2, 3) [3, 1, 2, 1]
// expect: asMap changed: <UnsupportedError> [3, 1, 2, 1]
// expect: reversed: (1, 2, 1, 3) 4 [3, 1, 2, 1]
// expect: indexOf: [1, 3, 1, -1, -1] [3, 1, 2, 1]
// expect: lastIndexOf: [3, 1, 3, -1, -1] [3, 1, 2, 1]
// expect: +: [3, 1, 2, 1, 7] [3, 1, 2, 1]
// expect: [] behind: <RangeError> [3, 1, 2, 1]
// expect: iterator: null [3, 1, 2, 1]
// expect: forEach adds: <ConcurrentModificationError> [3, 1, 2, 1, 3]
// expect: for adds: <ConcurrentModificationError> [3, 1, 2, 1, 3]
// expect: any adds: <ConcurrentModificationError> [3, 1, 2, 1, 7]
// expect: every adds: <ConcurrentModificationError> [3, 1, 2, 1, 7]
// expect: firstWhere adds: <ConcurrentModificationError> [3, 1, 2, 1, 7]
// expect: lastWhere adds: <ConcurrentModificationError> [3, 1, 2, 1, 7]
// expect: singleWhere adds: <ConcurrentModificationError> [3, 1, 2, 1, 7]
// expect: fold adds: <ConcurrentModificationError> [3, 1, 2, 1, 7]
// expect: reduce adds: <ConcurrentModificationError> [3, 1, 2, 1, 7]
// expect: map adds: <ConcurrentModificationError> [3, 1, 2, 1, 7]
// expect: where adds: <ConcurrentModificationError> [3, 1, 2, 1, 7]
// expect: removeWhere adds: <ConcurrentModificationError> [3, 1, 2, 1, 7]
// expect: reversed adds: <ConcurrentModificationError> [3, 1, 2, 1, 1]
// expect: sort adds: null [1, 1, 2, 3, 7, 7, 7, 7, 7]
