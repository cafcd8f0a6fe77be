// What a lazy view says of itself is what the list of its elements says, whichever of its parts is empty.
// stress-interval: 97
import "dart:collection";

class Own extends IterableBase {
  final List of;
  Own(this.of);
  get iterator => of.iterator;
}

class Mixed extends Object with IterableMixin {
  final List of;
  Mixed(this.of);
  get iterator => of.iterator;
}

class OwnList extends ListBase {
  final List of;
  OwnList(this.of);
  get length => of.length;
  operator [](index) => of[index];
}

class OwnSet extends SetBase {
  final Set of;
  OwnSet(all) : of = new Set.from(all);
  get length => of.length;
  get iterator => of.iterator;
  contains(element) => of.contains(element);
  lookup(element) => of.lookup(element);
  toSet() => new Set.from(of);
}

tried(f) {
  try {
    return f();
  } catch (error) {
    return error.runtimeType;
  }
}

says(Iterable all) => [
      all.isEmpty, all.isNotEmpty, all.length, tried(() => all.first), tried(() => all.last), tried(() => all.single),
      all.contains(1), all.contains(null), all.toList(), all.fold(0, (n, x) => n + 1), all.any((x) => true), all.every((x) => false)
    ];

main() {
  var makes = {
    "list": (all) => all,
    "own": (all) => new Own(all),
    "mixed": (all) => new Mixed(all),
    "own list": (all) => new OwnList(all),
    "own set": (all) => new OwnSet(all),
    "set": (all) => new LinkedHashSet.from(all),
    "queue": (all) => new Queue.from(all),
    "keys": (all) => new Map.fromIterable(all).keys,
    "mapped": (all) => all.map((x) => x),
    "generated": (all) => (() sync* {
          yield* all;
        })()
  };
  var views = {
    "followedBy": (a, b) => a.followedBy(b),
    "where": (a, b) => a.where((x) => b.contains(x)),
    "expand": (a, b) => a.expand((x) => b),
    "skip": (a, b) => a.skip(b.length),
    "take": (a, b) => a.take(b.length),
    "skipWhile": (a, b) => a.skipWhile((x) => b.contains(x)),
    "takeWhile": (a, b) => a.takeWhile((x) => b.contains(x)),
    "whereType": (a, b) => a.whereType(),
    "toSet": (a, b) => a.toSet().union(b.toSet())
  };
  var parts = [[], [1], [null], [2, 1], [1, 2, 3]];
  var checked = 0;
  makes.forEach((of, make) {
    views.forEach((by, view) {
      for (var a in parts) {
        for (var b in parts) {
          var plain = [];
          for (var each in view(make(a), make(b))) plain.add(each);
          var got = says(view(make(a), make(b))), wanted = says(plain);
          if ("$got" != "$wanted") print("$of.$by $a $b: $got, not $wanted");
          checked++;
        }
      }
    });
  });
  print(checked); // expect: 2250
}
