// Every member of a set, a queue and what a program makes an iterable of: what a literal answers stands
// here once, and of each other kind only what differs from that.
// stress-interval: 97
import "dart:collection";

// What a program makes of the six members that a set must have.
class Own<E> extends SetBase<E> {
  final _all = [];
  int get length => _all.length;
  Iterator<E> get iterator => _all.iterator;
  bool contains(Object element) => _all.contains(element);
  E lookup(Object element) => contains(element) ? _all[_all.indexOf(element)] : null;
  bool remove(Object value) => _all.remove(value);
  bool add(E value) {
    if (_all.contains(value)) return false;
    _all.add(value);
    return true;
  }
}

class OwnIterable extends Object with IterableMixin {
  final _all;
  OwnIterable(this._all);
  get iterator => _all.iterator;
}

class BaseIterable extends IterableBase {
  final _all;
  BaseIterable(this._all);
  get iterator => _all.iterator;
}

tried(f) {
  try {
    return "${f()}";
  } catch (error) {
    return "$error".split("\n").first.split(": Instance of").first;
  }
}

walked(iterator) {
  var seen = [iterator.current];
  while (iterator.moveNext()) seen.add(iterator.current);
  return seen..add(iterator.moveNext())..add(iterator.current);
}

// Of three elements: 1, 2, 3.
final all = {
  "is": (s) => [s is Iterable, s.iterator is Iterator, s.map((x) => x).iterator is Iterator, s.skip(1).iterator is Iterator, s.take(1).iterator is Iterator, s.where((x) => true).iterator is Iterator,
      s.expand((x) => [x]).iterator is Iterator, s.skipWhile((x) => false).iterator is Iterator, s.takeWhile((x) => true).iterator is Iterator, s.followedBy([]).iterator is Iterator],
  "length": (s) => [s.length, s.isEmpty, s.isNotEmpty],
  "first": (s) => [s.first, s.last],
  "single": (s) => s.single,
  "iterator": (s) => walked(s.iterator),
  "contains": (s) => [s.contains(2), s.contains(9), s.contains(null)],
  "any": (s) => [s.any((x) => x == 3), s.any((x) => x == 9)],
  "every": (s) => [s.every((x) => x < 4), s.every((x) => x < 3)],
  "elementAt": (s) => [s.elementAt(0), s.elementAt(2)],
  "elementAt behind": (s) => s.elementAt(3),
  "elementAt before": (s) => s.elementAt(-1),
  "elementAt null": (s) => s.elementAt(null),
  "firstWhere": (s) => [s.firstWhere((x) => x > 1), s.firstWhere((x) => x > 9, orElse: () => "else")],
  "firstWhere none": (s) => s.firstWhere((x) => x > 9),
  "lastWhere": (s) => [s.lastWhere((x) => x > 1), s.lastWhere((x) => x > 9, orElse: () => "else")],
  "lastWhere none": (s) => s.lastWhere((x) => x > 9),
  "singleWhere": (s) => [s.singleWhere((x) => x == 3), s.singleWhere((x) => x > 9, orElse: () => "else")],
  "singleWhere none": (s) => s.singleWhere((x) => x > 9),
  "singleWhere two": (s) => s.singleWhere((x) => x > 1),
  "fold": (s) => s.fold("f", (text, x) => "$text$x"),
  "reduce": (s) => s.reduce((a, b) => "$a$b"),
  "join": (s) => [s.join(), s.join("-")],
  "where": (s) => s.where((x) => x > 1),
  "whereType": (s) => [s.whereType<int>().toList(), s.whereType<String>().toList()],
  "map": (s) => [s.map((x) => x * 2), s.map((x) => x * 2).length, s.map((x) => x * 2).last],
  "expand": (s) => s.expand((x) => [x, x]),
  "followedBy": (s) => [s.followedBy([7]), s.followedBy([7]).length, s.followedBy([]).isEmpty, s.followedBy([7]).contains(7), s.followedBy([7]).contains(3),
      s.followedBy([7]).contains(9), s.followedBy([7]).last, s.followedBy([7]).elementAt(3), walked(s.followedBy([7]).iterator)],
  "skip": (s) => [s.skip(0), s.skip(1), s.skip(3), s.skip(4), s.skip(1).first, s.skip(1).length, s.skip(1).skip(1), s.skip(3).isEmpty],
  "skip -1": (s) => s.skip(-1),
  "skip null": (s) => s.skip(null),
  "skipWhile": (s) => s.skipWhile((x) => x < 2),
  "take": (s) => [s.take(0), s.take(1), s.take(3), s.take(4), s.take(2).last, s.take(2).length, s.take(2).take(3), s.take(2).skip(1)],
  "take -1": (s) => s.take(-1),
  "takeWhile": (s) => s.takeWhile((x) => x < 2),
  "toList": (s) => s.toList()..add(9),
  "toList fixed": (s) => s.toList(growable: false)..add(9),
  "toSet": (s) => s.toSet()..add(1)..add(9),
  "cast": (s) => identical(s.cast(), s),
  "forEach": (s) {
    var seen = [];
    s.forEach((x) => seen.add(x));
    return seen;
  },
  "toString": (s) => s.toString().substring(1, 8),
};

final changes = {
  "is": (s) => s is Set,
  "add": (s) => [s.add(2), s.add(4), s],
  "add null": (s) => [s.add(null), s.contains(null), s],
  "addAll": (s) => s..addAll([2, 3, 4, 5]),
  "lookup": (s) => [s.lookup(2), s.lookup(9)],
  "remove": (s) => [s.remove(2), s.remove(9), s],
  "removeAll": (s) => s..removeAll([1, 3, 9]),
  "retainAll": (s) => s..retainAll([1, 3, 9]),
  "retainAll none": (s) => s..retainAll([]),
  "removeWhere": (s) => s..removeWhere((x) => x == 2),
  "removeWhere none": (s) => s..removeWhere((x) => false),
  "removeWhere grows": (s) => s..removeWhere((x) => s.add(x + 10)),
  "retainWhere": (s) => s..retainWhere((x) => x == 2),
  "containsAll": (s) => [s.containsAll([1, 2]), s.containsAll([1, 9]), s.containsAll([])],
  "union": (s) => [s.union([3, 4].toSet()), s.union(new Set()), s],
  "intersection": (s) => [s.intersection([3, 1, 4].toSet()), s.intersection(new Set()), s],
  "difference": (s) => [s.difference([3, 4].toSet()), s.difference(new Set()), s],
  "clear": (s) => [s..clear(), s.length, s.isEmpty, s.isNotEmpty, tried(() => s.first), tried(() => s.last), tried(() => s.single), tried(() => s.reduce((a, b) => a))],
  "grows while walked": (s) {
    for (var x in s) s.add(x + 10);
  },
};

final ofQueues = {
  "is": (q) => q is Queue,
  "add": (q) => q..add(4)..addLast(5)..addFirst(0),
  "addAll": (q) => q..addAll([3, 4]),
  "remove": (q) => [q.remove(2), q.remove(9), q],
  "removeFirst": (q) => [q.removeFirst(), q.removeFirst(), q],
  "removeLast": (q) => [q.removeLast(), q.removeLast(), q],
  "removeWhere": (q) => q..removeWhere((x) => x == 2),
  "removeWhere shrinks": (q) => q..removeWhere((x) => q.removeLast() == 1),
  "retainWhere": (q) => q..retainWhere((x) => x == 2),
  "clear": (q) => [q..clear(), q.length, q.isEmpty, q.isNotEmpty, tried(() => q.first), tried(() => q.last), tried(() => q.single), tried(() => q.removeFirst()), tried(() => q.removeLast())],
  "single": (q) => (q..removeFirst()..removeFirst()).single,
  "grows while walked": (q) {
    for (var x in q) q.add(x);
  },
  "shrinks while walked": (q) {
    for (var x in q) q.removeFirst();
  },
  "after all": (q) {
    q.removeFirst();
    q.removeFirst();
    q.removeFirst();
    return [q, q.isEmpty, q.length, (q..addFirst(7)).last, q.first];
  },
};

table(members, first, kinds) {
  var expected = {};
  members.forEach((name, member) {
    expected[name] = tried(() => member(first()));
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
}

main() {
  var three = [1, 2, 3];
  var sets = {
    "Own": () => new Own()..addAll(three),
    "Set.of": () => new Set.of(three),
    "Set.identity": () => new Set.identity()..addAll(three),
    "HashSet": () => new HashSet.from(three),
    "HashSet.of": () => new HashSet.of(three),
    "HashSet.identity": () => new HashSet.identity()..addAll(three),
    "LinkedHashSet": () => new LinkedHashSet()..addAll(three),
    "LinkedHashSet.from": () => new LinkedHashSet.from(three),
    "LinkedHashSet.of": () => new LinkedHashSet.of(three),
    "of functions": () => new LinkedHashSet(equals: (a, b) => a == b, hashCode: (x) => 1)..addAll(three),
    "SplayTreeSet": () => new SplayTreeSet.from(three),
    "UnmodifiableSetView": () => new UnmodifiableSetView(three.toSet()),
    "const": () => const {1, 2, 3},
  };
  var queues = {
    "Queue.from": () => new Queue.from(three),
    "Queue.of": () => new Queue.of(three),
    "ListQueue.from": () => new ListQueue.from(three),
    "ListQueue.of": () => new ListQueue.of(three),
    "DoubleLinkedQueue": () => new DoubleLinkedQueue()..addAll(three),
    "DoubleLinkedQueue.from": () => new DoubleLinkedQueue.from(three),
    "DoubleLinkedQueue.of": () => new DoubleLinkedQueue.of(three),
  };
  var others = {
    "OwnIterable": () => new OwnIterable(three),
    "BaseIterable": () => new BaseIterable(three),
    "of a set": () => new OwnIterable(three.toSet()),
    "keys": () => new Map.fromIterable(three).keys,
    "keys of a tree": () => new SplayTreeMap.fromIterable(three).keys,
    "values": () => new Map.fromIterable(three).values,
    "values of a tree": () => new SplayTreeMap.fromIterable(three).values,
    "generate": () => new Iterable.generate(3, (i) => i + 1),
    "list": () => three,
    "skip": () => [0, 1, 2, 3].skip(1),
    "take": () => [1, 2, 3, 4].take(3),
    "range": () => [0, 1, 2, 3, 4].getRange(1, 4),
    "reversed": () => [3, 2, 1].reversed,
    "map": () => [0, 1, 2].map((x) => x + 1),
    "where": () => [0, 1, 2, 3].where((x) => x > 0),
    "expand": () => [[1], [], [2, 3]].expand((x) => x),
    "skipWhile": () => [0, 1, 2, 3].skipWhile((x) => x < 1),
    "takeWhile": () => [1, 2, 3, 4].takeWhile((x) => x < 4),
    "skip of a set": () => [0, 1, 2, 3].toSet().skip(1),
    "take of a set": () => [1, 2, 3, 4].toSet().take(3),
    "followedBy": () => [1].followedBy([2, 3]),
    "sync*": () => counted(),
  };
  table(all, () => three.toSet(), {}..addAll(sets)..addAll(queues)..addAll(others));
  table(changes, () => three.toSet(), sets);
  table(ofQueues, () => new Queue()..addAll(three), queues);
  print([SetBase.setToString([1, "two"].toSet()), IterableBase.iterableToShortString([1, "two"], "<", ">"), IterableBase.iterableToFullString([1, "two"], "<", ">"),
      IterableBase.iterableToShortString([1]), IterableBase.iterableToFullString([1])]);
  print([new Own().retype().length, new OwnIterable(three).retype().length, (new Own()..add(1)).single]);
  print(tried(() => (new Own()..addAll(three))..removeAll(new Own()..addAll(three))));
  // Copies compare as the set does that they are of.
  second(x) => new Duration(seconds: x);
  for (var set in [new Set(), new Set.identity(), new HashSet.identity(), new LinkedHashSet.identity(), new HashSet(equals: (a, b) => true, hashCode: (x) => 1), new SplayTreeSet(), new HashSet()]) {
    set.add(second(1));
    print([set.toSet()..add(second(1)), set.union(new Set.from([second(1)])), set.contains(second(1)), set.toSet().contains(second(2))].map((x) => x is Set ? x.length : x).toList());
  }
  var own = new Own()..addAll(three);
  print(own..removeAll(own));
  entries();
  nexts();
}

counted() sync* {
  yield 1;
  yield 2;
  yield 3;
}

// Entries of a queue, also of those that are in none.
entries() {
  var queue = new DoubleLinkedQueue.from([1, 2, 3]);
  var first = queue.firstEntry(), last = queue.lastEntry();
  print([first.element, last.element, first.nextEntry().element, last.previousEntry().element, first.previousEntry(), last.nextEntry()]);
  first.prepend(0);
  first.append(1.5);
  last.append(4);
  last.prepend(2.5);
  print([queue, queue.length, first.remove(), first.nextEntry(), first.previousEntry(), queue, queue.length]);
  var seen = [];
  queue.forEachEntry((entry) => seen.add(entry.element));
  print(seen);
  last.element = 30;
  print([queue, new DoubleLinkedQueue().firstEntry(), new DoubleLinkedQueue().lastEntry()]);
  var alone = new DoubleLinkedQueueEntry("alone");
  alone.append("behind");
  alone.prepend("before");
  print([alone.previousEntry().element, alone.element, alone.nextEntry().element, alone.nextEntry().previousEntry().element, alone.previousEntry().nextEntry().element]);
  alone.append("between");
  alone.prepend("above");
  print([alone.nextEntry().element, alone.nextEntry().nextEntry().element, alone.nextEntry().nextEntry().previousEntry().element, alone.previousEntry().element,
      alone.previousEntry().previousEntry().element, alone.previousEntry().previousEntry().nextEntry().element]);
  var behind = alone.nextEntry(), before = alone.previousEntry();
  print([alone.remove(), before.nextEntry().element, behind.previousEntry().element, alone.nextEntry()]);
}

nexts() {
  var has = new HasNextIterator([1, null].iterator);
  print([has.hasNext, has.hasNext, has.next(), has.next(), has.hasNext, tried(() => has.next())]);
  print(new HasNextIterator([1].iterator).next());
}

// expect: is: [true, true, true, true, true, true, true, true, true, true]
// expect: length: [3, false, true]
// expect: first: [1, 3]
// expect: single: Bad state: Too many elements
// expect: iterator: [null, 1, 2, 3, false, null]
// expect: contains: [true, false, false]
// expect: any: [true, false]
// expect: every: [true, false]
// expect: elementAt: [1, 3]
// expect: elementAt behind: RangeError (index): Index out of range: index should be less than 3: 3
// expect: elementAt before: RangeError: elementAt: argument 'index' must not be less than 0, it is -1
// expect: elementAt null: Invalid argument(s): elementAt: argument 'index' must be an int, it is null
// expect: firstWhere: [2, else]
// expect: firstWhere none: Bad state: No element
// expect: lastWhere: [3, else]
// expect: lastWhere none: Bad state: No element
// expect: singleWhere: [3, else]
// expect: singleWhere none: Bad state: No element
// expect: singleWhere two: Bad state: Too many elements
// expect: fold: f123
// expect: reduce: 123
// expect: join: [123, 1-2-3]
// expect: where: (2, 3)
// expect: whereType: [[1, 2, 3], []]
// expect: map: [(2, 4, 6), 3, 6]
// expect: expand: (1, 1, 2, 2, 3, 3)
// expect: followedBy: [(1, 2, 3, 7), 4, false, true, true, false, 7, 7, [null, 1, 2, 3, 7, false, null]]
// expect: skip: [(1, 2, 3), (2, 3), (), (), 2, 2, (3), true]
// expect: skip -1: RangeError: skip: argument 'count' must not be less than 0, it is -1
// expect: skip null: Invalid argument(s): skip: argument 'count' must be an int, it is null
// expect: skipWhile: (2, 3)
// expect: take: [(), (1), (1, 2, 3), (1, 2, 3), 2, 2, (1, 2), (2)]
// expect: take -1: RangeError: take: argument 'count' must not be less than 0, it is -1
// expect: takeWhile: (1)
// expect: toList: [1, 2, 3, 9]
// expect: toList fixed: Unsupported operation: Cannot add to a fixed-length list
// expect: toSet: {1, 2, 3, 9}
// expect: cast: true
// expect: forEach: [1, 2, 3]
// expect: toString: 1, 2, 3
// expect: -- Own Own
// expect: -- Set.of Set
// expect: -- Set.identity Set
// expect: -- HashSet HashSet
// expect: -- HashSet.of HashSet
// expect: -- HashSet.identity HashSet
// expect: -- LinkedHashSet Set
// expect: -- LinkedHashSet.from Set
// expect: -- LinkedHashSet.of Set
// expect: -- of functions Set
// expect: -- SplayTreeSet SplayTreeSet
// expect: -- UnmodifiableSetView UnmodifiableSetView
// expect: -- const Set
// expect: -- Queue.from ListQueue
// expect: elementAt before: RangeError (index): Index out of range: index must not be negative: -1
// expect: -- Queue.of ListQueue
// expect: elementAt before: RangeError (index): Index out of range: index must not be negative: -1
// expect: -- ListQueue.from ListQueue
// expect: elementAt before: RangeError (index): Index out of range: index must not be negative: -1
// expect: -- ListQueue.of ListQueue
// expect: elementAt before: RangeError (index): Index out of range: index must not be negative: -1
// expect: -- DoubleLinkedQueue DoubleLinkedQueue
// expect: -- DoubleLinkedQueue.from DoubleLinkedQueue
// expect: -- DoubleLinkedQueue.of DoubleLinkedQueue
// expect: -- OwnIterable OwnIterable
// expect: -- BaseIterable BaseIterable
// expect: -- of a set OwnIterable
// expect: -- keys Iterable
// expect: -- keys of a tree Iterable
// expect: -- values Iterable
// expect: -- values of a tree Iterable
// expect: -- generate Iterable
// expect: elementAt before: RangeError (index): Index out of range: index must not be negative: -1
// expect: -- list List
// expect: elementAt before: RangeError (index): Index out of range: index must not be negative: -1
// expect: -- skip Iterable
// expect: elementAt before: RangeError (index): Index out of range: index must not be negative: -1
// expect: -- take Iterable
// expect: elementAt before: RangeError (index): Index out of range: index must not be negative: -1
// expect: -- range Iterable
// expect: elementAt before: RangeError (index): Index out of range: index must not be negative: -1
// expect: -- reversed Iterable
// expect: elementAt before: RangeError (index): Index out of range: index must not be negative: -1
// expect: -- map Iterable
// expect: elementAt before: RangeError (index): Index out of range: index must not be negative: -1
// expect: -- where Iterable
// expect: -- expand Iterable
// expect: -- skipWhile Iterable
// expect: -- takeWhile Iterable
// expect: -- skip of a set Iterable
// expect: -- take of a set Iterable
// expect: -- followedBy Iterable
// expect: -- sync* Iterable
// expect: is: true
// expect: add: [false, true, {1, 2, 3, 4}]
// expect: add null: [true, true, {1, 2, 3, null}]
// expect: addAll: {1, 2, 3, 4, 5}
// expect: lookup: [2, null]
// expect: remove: [true, false, {1, 3}]
// expect: removeAll: {2}
// expect: retainAll: {1, 3}
// expect: retainAll none: {}
// expect: removeWhere: {1, 3}
// expect: removeWhere none: {1, 2, 3}
// expect: removeWhere grows: Concurrent modification during iteration
// expect: retainWhere: {2}
// expect: containsAll: [true, false, true]
// expect: union: [{1, 2, 3, 4}, {1, 2, 3}, {1, 2, 3}]
// expect: intersection: [{1, 3}, {}, {1, 2, 3}]
// expect: difference: [{1, 2}, {1, 2, 3}, {1, 2, 3}]
// expect: clear: [{}, 0, true, false, Bad state: No element, Bad state: No element, Bad state: No element, Bad state: No element]
// expect: grows while walked: Concurrent modification during iteration
// expect: -- Own Own
// expect: -- Set.of Set
// expect: -- Set.identity Set
// expect: -- HashSet HashSet
// expect: -- HashSet.of HashSet
// expect: -- HashSet.identity HashSet
// expect: -- LinkedHashSet Set
// expect: -- LinkedHashSet.from Set
// expect: -- LinkedHashSet.of Set
// expect: -- of functions Set
// expect: -- SplayTreeSet SplayTreeSet
// expect: add null: Invalid argument(s) (value): Must not be null
// expect: -- UnmodifiableSetView UnmodifiableSetView
// expect: add, add null, addAll, remove, removeAll, retainAll, retainAll none, removeWhere, removeWhere none, removeWhere grows, retainWhere, clear, grows while walked: Unsupported operation: Cannot modify an unmodifiable set
// expect: -- const Set
// expect: add, add null, addAll, remove, removeAll, retainAll, retainAll none, removeWhere, removeWhere none, removeWhere grows, retainWhere, clear, grows while walked: Unsupported operation: Cannot change a constant set
// expect: is: true
// expect: add: {0, 1, 2, 3, 4, 5}
// expect: addAll: {1, 2, 3, 3, 4}
// expect: remove: [true, false, {1, 3}]
// expect: removeFirst: [1, 2, {3}]
// expect: removeLast: [3, 2, {1}]
// expect: removeWhere: {1, 3}
// expect: removeWhere shrinks: Concurrent modification during iteration
// expect: retainWhere: {2}
// expect: clear: [{}, 0, true, false, Bad state: No element, Bad state: No element, Bad state: No element, Bad state: No element, Bad state: No element]
// expect: single: 3
// expect: grows while walked: Concurrent modification during iteration
// expect: shrinks while walked: Concurrent modification during iteration
// expect: after all: [{7}, true, 0, 7, 7]
// expect: -- Queue.from ListQueue
// expect: -- Queue.of ListQueue
// expect: -- ListQueue.from ListQueue
// expect: -- ListQueue.of ListQueue
// expect: -- DoubleLinkedQueue DoubleLinkedQueue
// expect: -- DoubleLinkedQueue.from DoubleLinkedQueue
// expect: -- DoubleLinkedQueue.of DoubleLinkedQueue
// expect: [{1, two}, <1, two>, <1, two>, (1), (1)]
// expect: [0, 3, 1]
// expect: {}
// expect: [1, 1, true, false]
// expect: [2, 2, false, false]
// expect: [2, 2, false, false]
// expect: [2, 2, false, false]
// expect: [1, 1, true, true]
// expect: [1, 1, true, false]
// expect: [1, 1, true, false]
// expect: {}
// expect: [1, 3, 2, 2, null, null]
// expect: [{0, 1.5, 2, 2.5, 3, 4}, 7, 1, null, null, {0, 1.5, 2, 2.5, 3, 4}, 6]
// expect: [0, 1.5, 2, 2.5, 3, 4]
// expect: [{0, 1.5, 2, 2.5, 30, 4}, null, null]
// expect: [before, alone, behind, alone, alone]
// expect: [between, behind, between, above, before, above]
// expect: [alone, between, above, null]
// expect: [true, true, 1, null, false, Bad state: No element]
// expect: 1
