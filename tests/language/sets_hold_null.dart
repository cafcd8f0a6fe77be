// Null is an element as any other: sets of every kind, with it and without it, against lists.
// stress-interval: 97
import "dart:collection";

class OwnSet extends SetBase {
  final Set of = new Set();
  get length => of.length;
  get iterator => of.iterator;
  contains(element) => of.contains(element);
  lookup(element) => of.lookup(element);
  add(element) => of.add(element);
  remove(element) => of.remove(element);
  toSet() => new OwnSet()..addAll(of);
}

subsets(List all) {
  var result = [[]];
  for (var each in all) result.addAll(result.map((some) => []..addAll(some)..add(each)).toList());
  return result;
}

String sorted(Iterable all) => (all.map((each) => "$each").toList()..sort()).join(" ");

main() {
  var makes = {
    "linked": () => new LinkedHashSet(),
    "hash": () => new HashSet(),
    "identity": () => new Set.identity(),
    "hash identity": () => new HashSet.identity(),
    "ruled": () => new HashSet(equals: (a, b) => a == b, hashCode: (a) => 1, isValidKey: (a) => true),
    "linked ruled": () => new LinkedHashSet(equals: (a, b) => a == b, hashCode: (a) => 1, isValidKey: (a) => true),
    "own": () => new OwnSet()
  };
  var checked = 0;
  makes.forEach((kind, make) {
    for (var some in subsets([null, 1, 2])) {
      for (var other in subsets([null, 1, 3])) {
        check(what, got, wanted) {
          checked++;
          if ("$got" != "$wanted") print("$kind of $some, $what $other: $got, not $wanted");
        }

        Set with_(elements) => make()..addAll(elements);
        var both = some.where(other.contains), rest = some.where((each) => !other.contains(each));
        check("retainAll", sorted(with_(some)..retainAll(other)), sorted(both));
        check("removeAll", sorted(with_(some)..removeAll(other)), sorted(rest));
        check("containsAll", with_(some).containsAll(other), other.every(some.contains));
        check("intersection", sorted(with_(some).intersection(with_(other))), sorted(both));
        check("difference", sorted(with_(some).difference(with_(other))), sorted(rest));
        check("union", sorted(with_(some).union(with_(other))), sorted(new Set.from(some)..addAll(other)));
        for (var each in other) {
          check("has $each", with_(some).contains(each), some.contains(each));
          check("lookup $each", with_(some).lookup(each), some.contains(each) ? each : null);
          check("add $each", with_(some).add(each), !some.contains(each));
          check("remove $each", with_(some).remove(each), some.contains(each));
        }
      }
    }
  });
  print(checked);
}
// expect: 5376
