// Every member of Iterable where it begins and ends: of one that has an iterator and nothing else,
// of lists, sets, maps' keys and views.
// stress-interval: 29
class Walk extends Iterable {
  final count;
  Walk(this.count);
  get iterator => new Steps(count);
}

class Steps implements Iterator {
  var left, current;
  Steps(this.left);
  moveNext() {
    current = left;
    return left-- > 0;
  }
}

show(f) {
  try {
    return "${f()}";
  } on Error catch (error) {
    return "<$error>".split("\n").first;
  }
}

main() {
  var sources = [
    (n) => new Walk(n),
    (n) => new List.generate(n, (i) => n - i),
    (n) => new Set.from(new Walk(n)),
    (n) => new Map.fromIterable(new Walk(n)).keys,
    (n) => new Walk(n).map((x) => x),
    (n) => new List.generate(n, (i) => i + 1).reversed,
    (n) => [9].followedBy == null ? [] : (([9]..addAll(new Walk(n))).skip(1)),
  ];
  sources.removeLast();
  sources.add((n) => ([9]..addAll(new Walk(n))).skip(1));
  sources.add((n) => new Iterable.generate(n, (i) => n - i));
  var members = {
    "length": (x) => x.length,
    "isEmpty": (x) => "${x.isEmpty} ${x.isNotEmpty}",
    "first": (x) => x.first,
    "last": (x) => x.last,
    "single": (x) => x.single,
    "at 0": (x) => x.elementAt(0),
    "at 1": (x) => x.elementAt(1),
    "at -1": (x) => x.elementAt(-1),
    "contains": (x) => "${x.contains(2)} ${x.contains(3)} ${x.contains(null)}",
    "any": (x) => "${x.any((y) => y == 1)} ${x.any((y) => y > 2)}",
    "every": (x) => "${x.every((y) => y < 3)} ${x.every((y) => y < 2)}",
    "fold": (x) => x.fold("", (a, b) => "$a$b"),
    "reduce": (x) => x.reduce((a, b) => "$a$b"),
    "join": (x) => "${x.join()} ${x.join('-')}",
    "list": (x) => x.toList()..add(0),
    "fixed": (x) => x.toList(growable: false)..add(0),
    "set": (x) => x.toSet()..add(2)..add(0),
    "firstWhere": (x) => x.firstWhere((y) => y < 2),
    "firstWhere else": (x) => x.firstWhere((y) => y > 5, orElse: () => "none"),
    "lastWhere": (x) => x.lastWhere((y) => y < 3),
    "lastWhere else": (x) => x.lastWhere((y) => y > 5, orElse: () => "none"),
    "map": (x) => x.map((y) => y * 10),
    "where": (x) => x.where((y) => y.isOdd),
    "expand": (x) => x.expand((y) => new Walk(y)),
    "take": (x) => "${x.take(0)} ${x.take(1)} ${x.take(9)} ${x.take(1).take(2)} ${x.take(2).take(0)}",
    "take -1": (x) => x.take(-1),
    "skip": (x) => "${x.skip(0)} ${x.skip(1)} ${x.skip(9)} ${x.skip(1).skip(1)} ${x.skip(0).skip(0)} ${x.skip(0).skip(1)}",
    "skip -1": (x) => x.skip(-1),
    "takeWhile": (x) => "${x.takeWhile((y) => y > 1)} ${x.takeWhile((y) => false)}",
    "skipWhile": (x) => "${x.skipWhile((y) => y > 1)} ${x.skipWhile((y) => true)}",
    "lengths": (x) => "${x.map((y) => y).length} ${x.take(1).length} ${x.skip(1).length} ${x.where((y) => true).length}",
    "firsts": (x) => "${x.map((y) => -y).first} ${x.map((y) => -y).last} ${x.map((y) => -y).elementAt(0)}",
  };
  members.forEach((name, member) {
    for (var n in [0, 1, 2]) {
      var answers = new Set.from(sources.map((source) => show(() => member(source(n)))));
      print("$name of $n: ${answers.join(' or ')}");
    }
  });
  // An iterator that is over, and one that has not begun.
  for (var source in sources) {
    var over = source(1).iterator;
    print([over.moveNext(), over.current, over.moveNext(), over.moveNext()]);
  }
}

// expect: length of 0: 0
// expect: length of 1: 1
// expect: length of 2: 2
// expect: isEmpty of 0: true false
// expect: isEmpty of 1: false true
// expect: isEmpty of 2: false true
// expect: first of 0: <Bad state: No element>
// expect: first of 1: 1
// expect: first of 2: 2
// expect: last of 0: <Bad state: No element>
// expect: last of 1: 1
// expect: last of 2: 1
// expect: single of 0: <Bad state: No element>
// expect: single of 1: 1
// expect: single of 2: <Bad state: Too many elements>
// expect: at 0 of 0: <RangeError (index): Index out of range: no indices are valid: 0>
// expect: at 0 of 1: 1
// expect: at 0 of 2: 2
// expect: at 1 of 0: <RangeError (index): Index out of range: no indices are valid: 1>
// expect: at 1 of 1: <RangeError (index): Index out of range: index should be less than 1: 1>
// expect: at 1 of 2: 1
// expect: at -1 of 0: <RangeError: elementAt: argument 'index' must not be less than 0, it is -1> or <RangeError (index): Index out of range: index must not be negative: -1>
// expect: at -1 of 1: <RangeError: elementAt: argument 'index' must not be less than 0, it is -1> or <RangeError (index): Index out of range: index must not be negative: -1>
// expect: at -1 of 2: <RangeError: elementAt: argument 'index' must not be less than 0, it is -1> or <RangeError (index): Index out of range: index must not be negative: -1>
// expect: contains of 0: false false false
// expect: contains of 1: false false false
// expect: contains of 2: true false false
// expect: any of 0: false false
// expect: any of 1: true false
// expect: any of 2: true false
// expect: every of 0: true true
// expect: every of 1: true true
// expect: every of 2: true false
// expect: fold of 0: 
// expect: fold of 1: 1
// expect: fold of 2: 21
// expect: reduce of 0: <Bad state: No element>
// expect: reduce of 1: 1
// expect: reduce of 2: 21
// expect: join of 0:  
// expect: join of 1: 1 1
// expect: join of 2: 21 2-1
// expect: list of 0: [0]
// expect: list of 1: [1, 0]
// expect: list of 2: [2, 1, 0]
// expect: fixed of 0: <Unsupported operation: Cannot add to a fixed-length list>
// expect: fixed of 1: <Unsupported operation: Cannot add to a fixed-length list>
// expect: fixed of 2: <Unsupported operation: Cannot add to a fixed-length list>
// expect: set of 0: {2, 0}
// expect: set of 1: {1, 2, 0}
// expect: set of 2: {2, 1, 0}
// expect: firstWhere of 0: <Bad state: No element>
// expect: firstWhere of 1: 1
// expect: firstWhere of 2: 1
// expect: firstWhere else of 0: none
// expect: firstWhere else of 1: none
// expect: firstWhere else of 2: none
// expect: lastWhere of 0: <Bad state: No element>
// expect: lastWhere of 1: 1
// expect: lastWhere of 2: 1
// expect: lastWhere else of 0: none
// expect: lastWhere else of 1: none
// expect: lastWhere else of 2: none
// expect: map of 0: ()
// expect: map of 1: (10)
// expect: map of 2: (20, 10)
// expect: where of 0: ()
// expect: where of 1: (1)
// expect: where of 2: (1)
// expect: expand of 0: ()
// expect: expand of 1: (1)
// expect: expand of 2: (2, 1, 1)
// expect: take of 0: () () () () ()
// expect: take of 1: () (1) (1) (1) ()
// expect: take of 2: () (2) (2, 1) (2) ()
// expect: take -1 of 0: <RangeError: take: argument 'count' must not be less than 0, it is -1>
// expect: take -1 of 1: <RangeError: take: argument 'count' must not be less than 0, it is -1>
// expect: take -1 of 2: <RangeError: take: argument 'count' must not be less than 0, it is -1>
// expect: skip of 0: () () () () () ()
// expect: skip of 1: (1) () () () (1) ()
// expect: skip of 2: (2, 1) (1) () () (2, 1) (1)
// expect: skip -1 of 0: <RangeError: skip: argument 'count' must not be less than 0, it is -1>
// expect: skip -1 of 1: <RangeError: skip: argument 'count' must not be less than 0, it is -1>
// expect: skip -1 of 2: <RangeError: skip: argument 'count' must not be less than 0, it is -1>
// expect: takeWhile of 0: () ()
// expect: takeWhile of 1: () ()
// expect: takeWhile of 2: (2) ()
// expect: skipWhile of 0: () ()
// expect: skipWhile of 1: (1) ()
// expect: skipWhile of 2: (1) ()
// expect: lengths of 0: 0 0 0 0
// expect: lengths of 1: 1 1 0 1
// expect: lengths of 2: 2 1 1 2
// expect: firsts of 0: <Bad state: No element>
// expect: firsts of 1: -1 -1 -1
// expect: firsts of 2: -2 -1 -2
// expect: [true, 1, false, false]
// expect: [true, 1, false, false]
// expect: [true, 1, false, false]
// expect: [true, 1, false, false]
// expect: [true, 1, false, false]
// expect: [true, 1, false, false]
// expect: [true, 1, false, false]
// expect: [true, 1, false, false]
