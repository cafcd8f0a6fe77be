// Members of List at their boundaries: growable, of fixed length, unmodifiable, of bytes, and a
// program's own, which has no more than what everything rests on.
// stress-interval: 29
import 'dart:typed_data';

class Mine extends Object with ListOfMine implements List {
  var all = [];
  Mine(List from) {
    all.addAll(from);
  }
}

abstract class ListOfMine {
  get length => all.length;
  set length(count) => all.length = count;
  operator [](i) => all[i];
  operator []=(i, x) => all[i] = x;
  get iterator => all.iterator;
  noSuchMethod(invocation) => "asked for ${invocation.memberName}";
}

show(f) {
  try {
    return "${f()}";
  } on Error catch (error) {
    return "<$error>".split("\n").first;
  }
}

changed(list, f) {
  var answer = show(() => f(list));
  return "$answer $list";
}

main() {
  // What only reads.
  var reads = {
    "[0]": (l) => l[0],
    "[3]": (l) => l[3],
    "[4]": (l) => l[4],
    "[-1]": (l) => l[-1],
    "indexOf": (l) => "${l.indexOf(1)} ${l.indexOf(1, 1)} ${l.indexOf(1, 2)} ${l.indexOf(1, -5)} ${l.indexOf(1, 9)} ${l.indexOf(7)}",
    "lastIndexOf": (l) => "${l.lastIndexOf(1)} ${l.lastIndexOf(1, 1)} ${l.lastIndexOf(1, 0)} ${l.lastIndexOf(1, 9)} ${l.lastIndexOf(1, -1)} ${l.lastIndexOf(3)} ${l.lastIndexOf(3, 0)} ${l.lastIndexOf(7)}",
    "lastIndexOf 4": (l) => l.lastIndexOf(1, 4),
    "sublist": (l) => "${l.sublist(0)} ${l.sublist(4)} ${l.sublist(1, 1)} ${l.sublist(1, 4)}",
    "sublist 5": (l) => l.sublist(5),
    "sublist 2 1": (l) => l.sublist(2, 1),
    "sublist 0 5": (l) => l.sublist(0, 5),
    "getRange": (l) => "${l.getRange(0, 4)} ${l.getRange(4, 4)} ${l.getRange(1, 3)}",
    "getRange 3 2": (l) => l.getRange(3, 2),
    "asMap": (l) => "${l.asMap()} ${l.asMap().keys} ${l.asMap().values} ${l.asMap()[4]} ${l.asMap().containsValue(2)}",
    "asMap of": (l) => "${l.asMap().length} ${l.asMap().isEmpty} ${l.asMap().isNotEmpty} ${l.asMap().containsKey(0)} ${l.asMap().containsKey(4)}",
    "reversed": (l) => "${l.reversed} ${l.reversed.length} ${l.reversed.elementAt(3)}",
    "reversed 4": (l) => l.reversed.elementAt(4),
    "forEach": (l) {
      var seen = [];
      l.forEach(seen.add);
      return seen;
    },
  };
  // What writes and keeps the length.
  var writes = {
    "[0]=": (l) => l[0] = 5,
    "[4]=": (l) => l[4] = 5,
    "setAll": (l) => l.setAll(2, [8, 9]),
    "setAll 3": (l) => l.setAll(3, [8, 9]),
    "setRange": (l) => l.setRange(1, 3, [7, 8, 9]),
    "setRange skip": (l) => l.setRange(0, 2, [7, 8, 9], 1),
    "setRange short": (l) => l.setRange(0, 3, [7, 8]),
    "setRange self": (l) => l.setRange(1, 4, l),
    "setRange back": (l) => l.setRange(0, 3, l, 1),
    "fillRange": (l) => l.fillRange(1, 3, 6),
    "fillRange 4 5": (l) => l.fillRange(4, 5, 6),
    "sort": (l) => l.sort(),
    "sort down": (l) => l.sort((a, b) => b - a),
    "shuffle": (l) => (l..shuffle()..sort()).length,
  };
  // What changes the length.
  var grows = {
    "add": (l) => l.add(9),
    "addAll": (l) => l.addAll([8, 9]),
    "insert 0": (l) => l.insert(0, 9),
    "insert 4": (l) => l.insert(4, 9),
    "insert 5": (l) => l.insert(5, 9),
    "insertAll 2": (l) => l.insertAll(2, [7, 8, 9]),
    "insertAll 4": (l) => l.insertAll(4, [7]),
    "insertAll 5": (l) => l.insertAll(5, [7]),
    "insertAll self": (l) => l.insertAll(1, l),
    "remove": (l) => "${l.remove(1)} ${l.remove(7)}",
    "removeAt 0": (l) => l.removeAt(0),
    "removeAt 3": (l) => l.removeAt(3),
    "removeAt 4": (l) => l.removeAt(4),
    "removeLast": (l) => l.removeLast(),
    "removeRange": (l) => l.removeRange(1, 3),
    "removeRange all": (l) => l.removeRange(0, 4),
    "removeRange 2 5": (l) => l.removeRange(2, 5),
    "replaceRange": (l) => l.replaceRange(1, 3, [7, 8, 9]),
    "replaceRange 4": (l) => l.replaceRange(4, 4, [7]),
    "removeWhere": (l) => l.removeWhere((x) => x == 1),
    "retainWhere": (l) => l.retainWhere((x) => x == 1),
    "length 2": (l) => l.length = 2,
    "length 6": (l) => l.length = 6,
    "length -1": (l) => l.length = -1,
    "clear": (l) => l.clear(),
  };
  var growable = () => [3, 1, 2, 1];
  var fixed = () => new List.from([3, 1, 2, 1], growable: false);
  var constant = () => const [3, 1, 2, 1];
  var bytes = () => new Uint8List.fromList([3, 1, 2, 1]);
  reads.forEach((name, f) {
    var answers = [growable, fixed, constant, bytes].map((l) => show(() => f(l())));
    print("$name: ${new Set.from(answers).join(' or ')}");
  });
  writes.forEach((name, f) {
    var answers = [growable, fixed, bytes].map((l) => changed(l(), f));
    print("$name: ${new Set.from(answers).join(' or ')}");
    var refused = changed(constant(), f);
    if (!refused.startsWith("<") || !refused.endsWith("> [3, 1, 2, 1]")) print("constant: $refused");
  });
  grows.forEach((name, f) {
    print("$name: ${changed(growable(), f)}");
    for (var list in [fixed(), constant(), bytes()]) {
      changed(list, f);
      if ("$list" != "[3, 1, 2, 1]") print("$name changed ${list.runtimeType}: $list");
    }
  });

  // Of none, and of one.
  for (var list in [[], [5]]) {
    print([show(() => list.first), show(() => list.last), show(() => list.single)]);
    print([list.reversed, list.sublist(0), list.asMap(), list.indexOf(5), list.lastIndexOf(5)]);
    print([changed(list.toList(), (l) => l.removeLast()), changed(list.toList(), (l) => l.sort())]);
  }

  // Made.
  print([new List(), new List(2), new List.filled(2, 7), show(() => new List.filled(2, 7)..add(1))]);
  print([new List.filled(0, 1, growable: true)..add(1), show(() => new List.filled(-1, 0))]);
  print([new List.generate(0, (i) => i), new List.generate(3, (i) => i * i)..add(1)]);
  print(show(() => new List.generate(2, (i) => i, growable: false)..add(1)));
  print([new List.from(new Set.from([1, 2])), show(() => new List.unmodifiable([1])..[0] = 2)]);
  var source = [1, 2];
  var copy = new List.unmodifiable(source);
  source[0] = 5;
  print("$copy $source");

  // Sorting keeps the order of equals, at each length around a power of two.
  for (var n in [2, 3, 4, 5, 7, 8, 9, 16, 17, 33]) {
    var pairs = new List.generate(n, (i) => [(i * 7) % 3, i]);
    pairs.sort((a, b) => a[0] - b[0]);
    for (var i = 1; i < n; i++) {
      var a = pairs[i - 1], b = pairs[i];
      if (a[0] > b[0] || a[0] == b[0] && a[1] > b[1]) print("wrong at $i of $n: $pairs");
    }
  }
  print(["b", "a", "", "ab"]..sort());
  print([2.5, 1, -0.0, 0, double.NAN, 1.5, double.NEGATIVE_INFINITY]..sort());

  print(new List.generate(12, (i) => i)..shuffle());
  // A list that changes while it is walked over.
  for (var way in [
    (l) => l.forEach((x) => l.add(x)), (l) => l.asMap().forEach((k, v) => l.add(v)),
    (l) { for (var x in l) l.removeLast(); }, (l) { for (var x in l.skip(1)) l.clear(); },
    (l) { for (var x in l.reversed) l.add(1); }, (l) => l.map((x) => l.remove(x)).toList(),
  ]) {
    try {
      way([1, 2, 3]);
      print("nothing noticed");
    } on ConcurrentModificationError {
      print("noticed");
    }
  }
  var mine = new Mine([1, 2]);
  mine[0] = 7;
  print("${mine[0]} ${mine.length} ${mine.any(1)} ${[0]..addAll(mine)} ${mine is List}");
  var wordy = [1, [2, {3: [4]}], new Set.from([[5]]), null, "x", 1.0];
  wordy.add(wordy);
  print(wordy);
}

// expect: [0]: 3
// expect: [3]: 1
// expect: [4]: <RangeError (index): Index out of range: index should be less than 4: 4>
// expect: [-1]: <RangeError (index): Index out of range: index must not be negative: -1>
// expect: indexOf: 1 1 3 1 -1 -1
// expect: lastIndexOf: 3 1 -1 3 -1 0 0 -1
// expect: lastIndexOf 4: 3
// expect: sublist: [3, 1, 2, 1] [] [] [1, 2, 1]
// expect: sublist 5: <RangeError: sublist: argument 'start' must be from 0 to 4, it is 5>
// expect: sublist 2 1: <RangeError: sublist: argument 'end' must be from 2 to 4, it is 1>
// expect: sublist 0 5: <RangeError: sublist: argument 'end' must be from 0 to 4, it is 5>
// expect: getRange: (3, 1, 2, 1) () (1, 2)
// expect: getRange 3 2: <RangeError: getRange: argument 'end' must be from 3 to 4, it is 2>
// expect: asMap: {0: 3, 1: 1, 2: 2, 3: 1} (0, 1, 2, 3) (3, 1, 2, 1) null true
// expect: asMap of: 4 false true true false
// expect: reversed: (1, 2, 1, 3) 4 3
// expect: reversed 4: <RangeError (index): Index out of range: index should be less than 4: 4>
// expect: forEach: [3, 1, 2, 1]
// expect: [0]=: 5 [5, 1, 2, 1]
// expect: [4]=: <RangeError (index): Index out of range: index should be less than 4: 4> [3, 1, 2, 1]
// expect: setAll: null [3, 1, 8, 9]
// expect: setAll 3: <RangeError: setRange: argument 'end' must be from 3 to 4, it is 5> [3, 1, 2, 1]
// expect: setRange: null [3, 7, 8, 1]
// expect: setRange skip: null [8, 9, 2, 1]
// expect: setRange short: <Bad state: Too few elements> [3, 1, 2, 1]
// expect: setRange self: null [3, 3, 1, 2]
// expect: setRange back: null [1, 2, 1, 1]
// expect: fillRange: null [3, 6, 6, 1]
// expect: fillRange 4 5: <RangeError: fillRange: argument 'end' must be from 4 to 4, it is 5> [3, 1, 2, 1]
// expect: sort: null [1, 1, 2, 3]
// expect: sort down: null [3, 2, 1, 1]
// expect: shuffle: 4 [1, 1, 2, 3]
// expect: add: null [3, 1, 2, 1, 9]
// expect: addAll: null [3, 1, 2, 1, 8, 9]
// expect: insert 0: null [9, 3, 1, 2, 1]
// expect: insert 4: null [3, 1, 2, 1, 9]
// expect: insert 5: <RangeError: insert: argument 'index' must be from 0 to 4, it is 5> [3, 1, 2, 1]
// expect: insertAll 2: null [3, 1, 7, 8, 9, 2, 1]
// expect: insertAll 4: null [3, 1, 2, 1, 7]
// expect: insertAll 5: <RangeError: insertAll: argument 'index' must be from 0 to 4, it is 5> [3, 1, 2, 1]
// expect: insertAll self: null [3, 3, 1, 2, 1, 1, 2, 1]
// expect: remove: true false [3, 2, 1]
// expect: removeAt 0: 3 [1, 2, 1]
// expect: removeAt 3: 1 [3, 1, 2]
// expect: removeAt 4: <RangeError (index): Index out of range: index should be less than 4: 4> [3, 1, 2, 1]
// expect: removeLast: 1 [3, 1, 2]
// expect: removeRange: null [3, 1]
// expect: removeRange all: null []
// expect: removeRange 2 5: <RangeError: removeRange: argument 'end' must be from 2 to 4, it is 5> [3, 1, 2, 1]
// expect: replaceRange: null [3, 7, 8, 9, 1]
// expect: replaceRange 4: null [3, 1, 2, 1, 7]
// expect: removeWhere: null [3, 2]
// expect: retainWhere: null [1, 1]
// expect: length 2: 2 [3, 1]
// expect: length 6: 6 [3, 1, 2, 1, null, null]
// expect: length -1: <RangeError: length=: argument 'newLength' must be from 0 to 1073741823, it is -1> [3, 1, 2, 1]
// expect: clear: null []
// expect: [<Bad state: No element>, <Bad state: No element>, <Bad state: No element>]
// expect: [(), [], {}, -1, -1]
// expect: [<RangeError (index): Index out of range: index must not be negative: -1> [], null []]
// expect: [5, 5, 5]
// expect: [(5), [5], {0: 5}, 0, 0]
// expect: [5 [], null [5]]
// expect: [[], [null, null], [7, 7], <Unsupported operation: Cannot add to a fixed-length list>]
// expect: [[1], <RangeError: List.filled: argument 'length' must be from 0 to 1073741823, it is -1>]
// expect: [[], [0, 1, 4, 1]]
// expect: <Unsupported operation: Cannot add to a fixed-length list>
// expect: [[1, 2], <Unsupported operation: Cannot modify an unmodifiable list>]
// expect: [1, 2] [5, 2]
// expect: [, a, ab, b]
// expect: [-Infinity, -0.0, 0, 1, 1.5, 2.5, NaN]
// expect: [4, 6, 1, 11, 0, 8, 7, 10, 9, 2, 5, 3]
// expect: noticed
// expect: noticed
// expect: noticed
// expect: noticed
// expect: noticed
// expect: noticed
// expect: 7 2 asked for Symbol("any") [0, 7, 2] true
// expect: [1, [2, {3: [4]}], {[5]}, null, x, 1.0, [...]]
