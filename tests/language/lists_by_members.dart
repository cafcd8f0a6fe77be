// Every member of a list, of all kinds of lists: what a list that grows answers stands here once, and
// of each other kind only what differs from that.
// stress-interval: 97
import "dart:collection";
import "dart:math";

// What a program makes of length and [].
class Own<E> extends ListBase<E> {
  final _all = [];
  int get length => _all.length;
  set length(int newLength) {
    _all.length = newLength;
  }
  E operator [](int index) => _all[index];
  void operator []=(int index, E value) {
    _all[index] = value;
  }
}

class Mixed extends Object with ListMixin {
  final _own = new Own();
  get length => _own.length;
  set length(newLength) => _own.length = newLength;
  operator [](index) => _own[index];
  operator []=(index, value) => _own[index] = value;
}

tried(f) {
  try {
    return "${f()}";
  } catch (error) {
    return "$error".split("\n").first.split(": Instance of").first;
  }
}

after(change) => (list) {
  change(list);
  return list;
};

walked(iterator) {
  var seen = [iterator.current];
  while (iterator.moveNext()) seen.add(iterator.current);
  return seen..add(iterator.moveNext())..add(iterator.current);
}

final members = {
  "is": (l) => [l is List, l is Iterable, l.iterator is Iterator, l.reversed.iterator is Iterator, l.skip(1).iterator is Iterator, l.getRange(0, 1).iterator is Iterator, l.asMap() is Map, l.asMap().values.iterator is Iterator],
  "[]": (l) => [l[0], l[3]],
  "[] behind": (l) => l[4],
  "[] before": (l) => l[-1],
  "[]=": after((l) => l[3] = 9),
  "[]= behind": (l) => l[4] = 9,
  "length": (l) => [l.length, l.isEmpty, l.isNotEmpty],
  "first": (l) => [l.first, l.last],
  "first=": after((l) => l.first = 9),
  "last=": after((l) => l.last = 9),
  "first= of none": after((l) => (l..clear()).first = 9),
  "last= of none": after((l) => (l..clear()).last = 9),
  "single": (l) => l.single,
  "iterator": (l) => walked(l.iterator),
  "forEach": (l) {
    var all = [];
    l.forEach((x) => all.add(x));
    return all;
  },
  "contains": (l) => [l.contains(1), l.contains(2), l.contains(9), l.contains(null)],
  "elementAt": (l) => [l.elementAt(0), l.elementAt(3)],
  "elementAt behind": (l) => l.elementAt(4),
  "any": (l) => [l.any((x) => x == 2), l.any((x) => x == 9)],
  "every": (l) => [l.every((x) => x < 4), l.every((x) => x < 3)],
  "firstWhere": (l) => [l.firstWhere((x) => x > 1), l.firstWhere((x) => x > 9, orElse: () => "else")],
  "firstWhere none": (l) => l.firstWhere((x) => x > 9),
  "lastWhere": (l) => [l.lastWhere((x) => x > 1), l.lastWhere((x) => x > 9, orElse: () => "else")],
  "lastWhere none": (l) => l.lastWhere((x) => x > 9),
  "singleWhere": (l) => [l.singleWhere((x) => x == 3), l.singleWhere((x) => x > 9, orElse: () => "else")],
  "singleWhere none": (l) => l.singleWhere((x) => x > 9),
  "singleWhere two": (l) => l.singleWhere((x) => x == 2),
  "fold": (l) => l.fold("f", (text, x) => "$text$x"),
  "reduce": (l) => l.reduce((a, b) => "$a$b"),
  "join": (l) => [l.join(), l.join("-")],
  "where": (l) => l.where((x) => x > 1),
  "whereType": (l) => [l.whereType<int>().toList(), l.whereType<String>().toList()],
  "map": (l) => l.map((x) => x * 2),
  "map is counted": (l) => [l.map((x) => x * 2).length, l.map((x) => x * 2).last, l.map((x) => x * 2).elementAt(1), l.map((x) => x).isEmpty],
  "expand": (l) => l.expand((x) => [x, x]),
  "followedBy": (l) => [l.followedBy([7]), l.followedBy([7]).length, l.followedBy([]).isEmpty, l.followedBy([7]).contains(7), l.followedBy([7]).last],
  "skip": (l) => [l.skip(0), l.skip(1), l.skip(4), l.skip(5), l.skip(1).first, l.skip(1).length, l.skip(1).skip(1), l.skip(4).isEmpty],
  "skip elementAt": (l) => [l.skip(1).elementAt(0), l.skip(1).elementAt(2)],
  "skip elementAt behind": (l) => l.skip(1).elementAt(3),
  "skip first of none": (l) => l.skip(4).first,
  "skip last of none": (l) => l.skip(4).last,
  "skip -1": (l) => l.skip(-1),
  "skip null": (l) => l.skip(null),
  "skipWhile": (l) => l.skipWhile((x) => x < 2),
  "take": (l) => [l.take(0), l.take(1), l.take(4), l.take(5), l.take(2).last, l.take(2).length, l.take(3).take(2), l.take(2).take(3), l.take(3).skip(1)],
  "take elementAt behind": (l) => l.take(1).elementAt(1),
  "take -1": (l) => l.take(-1),
  "takeWhile": (l) => l.takeWhile((x) => x < 2),
  "toList": (l) => [l.toList()..add(9), l.toList(growable: false).length],
  "toList fixed": (l) => l.toList(growable: false)..add(9),
  "toSet": (l) => l.toSet(),
  "asMap": (l) => l.asMap(),
  "reversed": (l) => [l.reversed, l.reversed.length, l.reversed.first, l.reversed.last, l.reversed.elementAt(0), l.reversed.elementAt(3), l.reversed.isEmpty,
      walked(l.reversed.iterator), l.reversed.toList(), l.reversed.contains(3)],
  "reversed elementAt behind": (l) => l.reversed.elementAt(4),
  "indexOf": (l) => [l.indexOf(2), l.indexOf(2, 2), l.indexOf(2, 4), l.indexOf(1, -5), l.indexOf(1, 1), l.indexOf(9), l.indexOf(3, 3), l.indexOf(2, 9)],
  "lastIndexOf": (l) => [l.lastIndexOf(2), l.lastIndexOf(2, 1), l.lastIndexOf(2, 0), l.lastIndexOf(1, -1), l.lastIndexOf(2, 9), l.lastIndexOf(9), l.lastIndexOf(1, 0), l.lastIndexOf(3, 4)],
  "cast": (l) => identical(l.cast(), l),
  "+": (l) => [l + [7], l + []],
  "sublist": (l) => [l.sublist(0), l.sublist(1), l.sublist(4), l.sublist(1, 3), l.sublist(2, 2), l.sublist(0, 4)],
  "sublist behind": (l) => l.sublist(5),
  "sublist backwards": (l) => l.sublist(2, 1),
  "sublist beyond": (l) => l.sublist(2, 5),
  "getRange": (l) => [l.getRange(1, 3), l.getRange(0, 4), l.getRange(4, 4), l.getRange(1, 3).length, l.getRange(1, 3).last, l.getRange(1, 3).elementAt(1)],
  "getRange beyond": (l) => l.getRange(1, 5),
  "add": after((l) => l.add(9)),
  "addAll": after((l) => l.addAll([8, 9])),
  "addAll itself": after((l) => l.addAll(l)),
  "addAll where": after((l) => l.addAll(l.where((x) => true))),
  "insert": after((l) => l.insert(1, 9)),
  "insert first": after((l) => l.insert(0, 9)),
  "insert last": after((l) => l.insert(4, 9)),
  "insert behind": after((l) => l.insert(5, 9)),
  "insert before": after((l) => l.insert(-1, 9)),
  "insertAll": after((l) => l.insertAll(1, [8, 9])),
  "insertAll none": after((l) => l.insertAll(1, [])),
  "insertAll last": after((l) => l.insertAll(4, [8, 9])),
  "insertAll behind": after((l) => l.insertAll(5, [8, 9])),
  "insertAll of a set": after((l) => l.insertAll(2, [8, 9].toSet())),
  "remove": (l) => [l.remove(2), l.remove(9), l],
  "removeAt": (l) => [l.removeAt(1), l],
  "removeAt last": (l) => [l.removeAt(3), l],
  "removeAt behind": (l) => l.removeAt(4),
  "removeAt before": (l) => l.removeAt(-1),
  "removeLast": (l) => [l.removeLast(), l],
  "removeLast of none": (l) => (l..clear()).removeLast(),
  "removeRange": after((l) => l.removeRange(1, 3)),
  "removeRange none": after((l) => l.removeRange(2, 2)),
  "removeRange all": after((l) => l.removeRange(0, 4)),
  "removeRange beyond": after((l) => l.removeRange(2, 5)),
  "removeWhere": after((l) => l.removeWhere((x) => x == 2)),
  "removeWhere none": after((l) => l.removeWhere((x) => false)),
  "removeWhere grows": after((l) => l.removeWhere((x) => l.add(x) == 1)),
  "retainWhere": after((l) => l.retainWhere((x) => x == 2)),
  "fillRange": after((l) => l.fillRange(1, 3, 9)),
  "fillRange null": after((l) => l.fillRange(3, 4)),
  "fillRange beyond": after((l) => l.fillRange(1, 5, 9)),
  "setRange": after((l) => l.setRange(1, 3, [7, 8, 9])),
  "setRange skips": after((l) => l.setRange(1, 3, [7, 8, 9], 1)),
  "setRange itself": after((l) => l.setRange(1, 4, l)),
  "setRange itself back": after((l) => l.setRange(0, 3, l, 1)),
  "setRange of a set": after((l) => l.setRange(0, 2, [7, 8].toSet())),
  "setRange too few": after((l) => l.setRange(0, 2, [7, 8], 1)),
  "setRange none": after((l) => l.setRange(2, 2, [])),
  "setRange skips -1": after((l) => l.setRange(0, 1, [7, 8], -1)),
  "setRange beyond": after((l) => l.setRange(2, 5, [7, 8, 9])),
  "setAll": after((l) => l.setAll(1, [8, 9])),
  "setAll of a set": after((l) => l.setAll(1, [8, 9].toSet())),
  "setAll beyond": after((l) => l.setAll(3, [8, 9])),
  "replaceRange": after((l) => l.replaceRange(1, 3, [7, 8, 9])),
  "replaceRange less": after((l) => l.replaceRange(0, 3, [7])),
  "replaceRange none": after((l) => l.replaceRange(2, 2, [])),
  "replaceRange beyond": after((l) => l.replaceRange(2, 5, [])),
  "length=": after((l) => l.length = 2),
  "length= more": after((l) => l.length = 6),
  "length= -1": after((l) => l.length = -1),
  "clear": after((l) => l.clear()),
  "sort": after((l) => l.sort()),
  "sort backwards": after((l) => l.sort((a, b) => b - a)),
  "shuffle": after((l) => l.shuffle(new Random(3))),
  "grows while walked": (l) {
    for (var x in l) l.add(x);
  },
  "grows while walked back": (l) {
    for (var x in l.reversed) l.add(x);
  },
  "itself": (l) => l..[0] = l,
  "toString": (l) => l
};

final newer = {
  "indexWhere": (l) => [l.indexWhere((x) => x == 2), l.indexWhere((x) => x == 2, 2), l.indexWhere((x) => x == 9), l.indexWhere((x) => x == 1, -3), l.indexWhere((x) => true, 4), l.indexWhere((x) => x == 3, 3)],
  "lastIndexWhere": (l) => [l.lastIndexWhere((x) => x == 2), l.lastIndexWhere((x) => x == 2, 1), l.lastIndexWhere((x) => x == 9), l.lastIndexWhere((x) => x == 1, 0), l.lastIndexWhere((x) => true, -1), l.lastIndexWhere((x) => x == 3, 4)]
};

main() {
  var four = [1, 2, 2, 3];
  var kinds = {
    "Own": () => new Own()..addAll(four),
    "Mixed": () => new Mixed()..addAll(four),
    "fixed": () => new List(4)..setAll(0, four),
    "UnmodifiableListView": () => new UnmodifiableListView(new List.from(four)),
    "List.unmodifiable": () => new List.unmodifiable(four),
    "const": () => const [1, 2, 2, 3]
  };
  var expected = {};
  members.forEach((name, member) {
    expected[name] = tried(() => member(new List.from(four)));
    print("$name: ${expected[name]}");
  });
  kinds.forEach((kind, make) {
    print("-- $kind ${make().runtimeType}");
    var same = {};
    members.forEach((name, member) {
      var found = tried(() => member(make()));
      if (found != expected[name]) same.putIfAbsent(found, () => []).add(name);
    });
    same.forEach((answer, names) => print("${names.join(", ")}: $answer"));
  });
  newer.forEach((name, member) => print("$name: ${member(new Own()..addAll(four))} ${tried(() => member(new List.from(four)))}"));
  print([new Own()..addAll([3, 1, 2])..sort(), (new Own()..add(1)).single, (new Own()..add(1)).retype().first, tried(() => new Own().first), tried(() => new Own().last)]);
  print([ListBase.listToString([1, "two"]), new Own().isEmpty, new Own().isNotEmpty, new Own().reversed.isEmpty, tried(() => new Own().reversed.first)]);
}

// expect: is: [true, true, true, true, true, true, true, true]
// expect: []: [1, 3]
// expect: [] behind: RangeError (index): Index out of range: index should be less than 4: 4
// expect: [] before: RangeError (index): Index out of range: index must not be negative: -1
// expect: []=: [1, 2, 2, 9]
// expect: []= behind: RangeError (index): Index out of range: index should be less than 4: 4
// expect: length: [4, false, true]
// expect: first: [1, 3]
// expect: first=: [9, 2, 2, 3]
// expect: last=: [1, 2, 2, 9]
// expect: first= of none: Bad state: No element
// expect: last= of none: Bad state: No element
// expect: single: Bad state: Too many elements
// expect: iterator: [null, 1, 2, 2, 3, false, null]
// expect: forEach: [1, 2, 2, 3]
// expect: contains: [true, true, false, false]
// expect: elementAt: [1, 3]
// expect: elementAt behind: RangeError (index): Index out of range: index should be less than 4: 4
// expect: any: [true, false]
// expect: every: [true, false]
// expect: firstWhere: [2, else]
// expect: firstWhere none: Bad state: No element
// expect: lastWhere: [3, else]
// expect: lastWhere none: Bad state: No element
// expect: singleWhere: [3, else]
// expect: singleWhere none: Bad state: No element
// expect: singleWhere two: Bad state: Too many elements
// expect: fold: f1223
// expect: reduce: 1223
// expect: join: [1223, 1-2-2-3]
// expect: where: (2, 2, 3)
// expect: whereType: [[1, 2, 2, 3], []]
// expect: map: (2, 4, 4, 6)
// expect: map is counted: [4, 6, 4, false]
// expect: expand: (1, 1, 2, 2, 2, 2, 3, 3)
// expect: followedBy: [(1, 2, 2, 3, 7), 5, false, true, 7]
// expect: skip: [(1, 2, 2, 3), (2, 2, 3), (), (), 2, 3, (2, 3), true]
// expect: skip elementAt: [2, 3]
// expect: skip elementAt behind: RangeError (index): Index out of range: index should be less than 3: 3
// expect: skip first of none: Bad state: No element
// expect: skip last of none: Bad state: No element
// expect: skip -1: RangeError: skip: argument 'count' must not be less than 0, it is -1
// expect: skip null: Invalid argument(s): skip: argument 'count' must be an int, it is null
// expect: skipWhile: (2, 2, 3)
// expect: take: [(), (1), (1, 2, 2, 3), (1, 2, 2, 3), 2, 2, (1, 2), (1, 2), (2, 2)]
// expect: take elementAt behind: RangeError (index): Index out of range: index should be less than 1: 1
// expect: take -1: RangeError: take: argument 'count' must not be less than 0, it is -1
// expect: takeWhile: (1)
// expect: toList: [[1, 2, 2, 3, 9], 4]
// expect: toList fixed: Unsupported operation: Cannot add to a fixed-length list
// expect: toSet: {1, 2, 3}
// expect: asMap: {0: 1, 1: 2, 2: 2, 3: 3}
// expect: reversed: [(3, 2, 2, 1), 4, 3, 1, 3, 1, false, [null, 3, 2, 2, 1, false, null], [3, 2, 2, 1], true]
// expect: reversed elementAt behind: RangeError (index): Index out of range: index should be less than 4: 4
// expect: indexOf: [1, 2, -1, 0, -1, -1, 3, -1]
// expect: lastIndexOf: [2, 1, -1, -1, 2, -1, 0, 3]
// expect: cast: true
// expect: +: [[1, 2, 2, 3, 7], [1, 2, 2, 3]]
// expect: sublist: [[1, 2, 2, 3], [2, 2, 3], [], [2, 2], [], [1, 2, 2, 3]]
// expect: sublist behind: RangeError: sublist: argument 'start' must be from 0 to 4, it is 5
// expect: sublist backwards: RangeError: sublist: argument 'end' must be from 2 to 4, it is 1
// expect: sublist beyond: RangeError: sublist: argument 'end' must be from 2 to 4, it is 5
// expect: getRange: [(2, 2), (1, 2, 2, 3), (), 2, 2, 2]
// expect: getRange beyond: RangeError: getRange: argument 'end' must be from 1 to 4, it is 5
// expect: add: [1, 2, 2, 3, 9]
// expect: addAll: [1, 2, 2, 3, 8, 9]
// expect: addAll itself: [1, 2, 2, 3, 1, 2, 2, 3]
// expect: addAll where: Concurrent modification during iteration
// expect: insert: [1, 9, 2, 2, 3]
// expect: insert first: [9, 1, 2, 2, 3]
// expect: insert last: [1, 2, 2, 3, 9]
// expect: insert behind: RangeError: insert: argument 'index' must be from 0 to 4, it is 5
// expect: insert before: RangeError: insert: argument 'index' must be from 0 to 4, it is -1
// expect: insertAll: [1, 8, 9, 2, 2, 3]
// expect: insertAll none: [1, 2, 2, 3]
// expect: insertAll last: [1, 2, 2, 3, 8, 9]
// expect: insertAll behind: RangeError: insertAll: argument 'index' must be from 0 to 4, it is 5
// expect: insertAll of a set: [1, 2, 8, 9, 2, 3]
// expect: remove: [true, false, [1, 2, 3]]
// expect: removeAt: [2, [1, 2, 3]]
// expect: removeAt last: [3, [1, 2, 2]]
// expect: removeAt behind: RangeError (index): Index out of range: index should be less than 4: 4
// expect: removeAt before: RangeError (index): Index out of range: index must not be negative: -1
// expect: removeLast: [3, [1, 2, 2]]
// expect: removeLast of none: RangeError (index): Index out of range: index must not be negative: -1
// expect: removeRange: [1, 3]
// expect: removeRange none: [1, 2, 2, 3]
// expect: removeRange all: []
// expect: removeRange beyond: RangeError: removeRange: argument 'end' must be from 2 to 4, it is 5
// expect: removeWhere: [1, 3]
// expect: removeWhere none: [1, 2, 2, 3]
// expect: removeWhere grows: Concurrent modification during iteration
// expect: retainWhere: [2, 2]
// expect: fillRange: [1, 9, 9, 3]
// expect: fillRange null: [1, 2, 2, null]
// expect: fillRange beyond: RangeError: fillRange: argument 'end' must be from 1 to 4, it is 5
// expect: setRange: [1, 7, 8, 3]
// expect: setRange skips: [1, 8, 9, 3]
// expect: setRange itself: [1, 1, 2, 2]
// expect: setRange itself back: [2, 2, 3, 3]
// expect: setRange of a set: [7, 8, 2, 3]
// expect: setRange too few: Bad state: Too few elements
// expect: setRange none: [1, 2, 2, 3]
// expect: setRange skips -1: RangeError: skip: argument 'count' must not be less than 0, it is -1
// expect: setRange beyond: RangeError: setRange: argument 'end' must be from 2 to 4, it is 5
// expect: setAll: [1, 8, 9, 3]
// expect: setAll of a set: [1, 8, 9, 3]
// expect: setAll beyond: RangeError: setRange: argument 'end' must be from 3 to 4, it is 5
// expect: replaceRange: [1, 7, 8, 9, 3]
// expect: replaceRange less: [7, 3]
// expect: replaceRange none: [1, 2, 2, 3]
// expect: replaceRange beyond: RangeError: replaceRange: argument 'end' must be from 2 to 4, it is 5
// expect: length=: [1, 2]
// expect: length= more: [1, 2, 2, 3, null, null]
// expect: length= -1: RangeError: length=: argument 'newLength' must be from 0 to 1073741823, it is -1
// expect: clear: []
// expect: sort: [1, 2, 2, 3]
// expect: sort backwards: [3, 2, 2, 1]
// expect: shuffle: [2, 1, 2, 3]
// expect: grows while walked: Concurrent modification during iteration
// expect: grows while walked back: Concurrent modification during iteration
// expect: itself: [[...], 2, 2, 3]
// expect: toString: [1, 2, 2, 3]
// expect: -- Own Own
// expect: addAll itself: Concurrent modification during iteration
// expect: removeLast of none: Bad state: No element
// expect: setRange skips -1: RangeError: setRange: argument 'skipCount' must not be less than 0, it is -1
// expect: -- Mixed Mixed
// expect: addAll itself: Concurrent modification during iteration
// expect: removeLast of none: Bad state: No element
// expect: setRange skips -1: RangeError: setRange: argument 'skipCount' must not be less than 0, it is -1
// expect: -- fixed List
// expect: first= of none, last= of none, removeLast of none, clear: Unsupported operation: Cannot clear a fixed-length list
// expect: add, addAll, addAll itself, addAll where, grows while walked, grows while walked back: Unsupported operation: Cannot add to a fixed-length list
// expect: insert, insert first, insert last, insert behind, insert before, insertAll, insertAll none, insertAll last, insertAll behind, insertAll of a set, remove, removeAt, removeAt last, removeAt behind, removeAt before, removeLast, removeRange, removeRange none, removeRange all, removeRange beyond, removeWhere, removeWhere none, removeWhere grows, retainWhere, replaceRange, replaceRange less, replaceRange none, replaceRange beyond, length=, length= more, length= -1: Unsupported operation: Cannot change the length of a fixed-length list
// expect: -- UnmodifiableListView UnmodifiableListView
// expect: []=, []= behind, first=, last=, fillRange, fillRange null, fillRange beyond, setRange, setRange skips, setRange itself, setRange itself back, setRange of a set, setRange too few, setRange none, setRange skips -1, setRange beyond, setAll, setAll of a set, setAll beyond, replaceRange, replaceRange less, replaceRange none, replaceRange beyond, sort, sort backwards, shuffle, itself: Unsupported operation: Cannot modify an unmodifiable list
// expect: first= of none, last= of none, removeLast of none, clear: Unsupported operation: Cannot clear an unmodifiable list
// expect: add, addAll, addAll itself, addAll where, insert, insert first, insert last, insert behind, insert before, insertAll, insertAll none, insertAll last, insertAll behind, insertAll of a set, grows while walked, grows while walked back: Unsupported operation: Cannot add to an unmodifiable list
// expect: remove, removeAt, removeAt last, removeAt behind, removeAt before, removeLast, removeRange, removeRange none, removeRange all, removeRange beyond, removeWhere, removeWhere none, removeWhere grows, retainWhere: Unsupported operation: Cannot remove from an unmodifiable list
// expect: length=, length= more, length= -1: Unsupported operation: Cannot change the length of an unmodifiable list
// expect: -- List.unmodifiable List
// expect: []=, []= behind, first=, last=, fillRange, fillRange null, fillRange beyond, setRange, setRange skips, setRange itself, setRange itself back, setRange of a set, setRange too few, setRange none, setRange skips -1, setRange beyond, setAll, setAll of a set, setAll beyond, shuffle, itself: Unsupported operation: Cannot modify an unmodifiable list
// expect: first= of none, last= of none, removeLast of none, clear: Unsupported operation: Cannot clear an unmodifiable list
// expect: add, addAll, addAll itself, addAll where, grows while walked, grows while walked back: Unsupported operation: Cannot add to an unmodifiable list
// expect: insert, insert first, insert last, insert behind, insert before, insertAll, insertAll none, insertAll last, insertAll behind, insertAll of a set, remove, removeAt, removeAt last, removeAt behind, removeAt before, removeLast, removeRange, removeRange none, removeRange all, removeRange beyond, removeWhere, removeWhere none, removeWhere grows, retainWhere, replaceRange, replaceRange less, replaceRange none, replaceRange beyond, length=, length= more, length= -1: Unsupported operation: Cannot change the length of an unmodifiable list
// expect: sort, sort backwards: Unsupported operation: Cannot sort an unmodifiable list
// expect: -- const List
// expect: []=, []= behind, first=, last=, fillRange, fillRange null, fillRange beyond, setRange, setRange skips, setRange itself, setRange itself back, setRange of a set, setRange too few, setRange none, setRange skips -1, setRange beyond, setAll, setAll of a set, setAll beyond, shuffle, itself: Unsupported operation: Cannot modify an unmodifiable list
// expect: first= of none, last= of none, removeLast of none, clear: Unsupported operation: Cannot clear an unmodifiable list
// expect: add, addAll, addAll itself, addAll where, grows while walked, grows while walked back: Unsupported operation: Cannot add to an unmodifiable list
// expect: insert, insert first, insert last, insert behind, insert before, insertAll, insertAll none, insertAll last, insertAll behind, insertAll of a set, remove, removeAt, removeAt last, removeAt behind, removeAt before, removeLast, removeRange, removeRange none, removeRange all, removeRange beyond, removeWhere, removeWhere none, removeWhere grows, retainWhere, replaceRange, replaceRange less, replaceRange none, replaceRange beyond, length=, length= more, length= -1: Unsupported operation: Cannot change the length of an unmodifiable list
// expect: sort, sort backwards: Unsupported operation: Cannot sort an unmodifiable list
// expect: indexWhere: [1, 2, -1, 0, -1, 3] [1, 2, -1, 0, -1, 3]
// expect: lastIndexWhere: [2, 1, -1, 0, -1, 3] [2, 1, -1, 0, -1, 3]
// expect: [[1, 2, 3], 1, 1, Bad state: No element, Bad state: No element]
// expect: [[1, two], true, false, true, Bad state: No element]
