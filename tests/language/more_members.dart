// Members of numbers, lists, maps, sets and iterables that the first years of the language had.
// stress-interval: 29
show(f) {
  try {
    print(f());
  } catch (error) {
    print("<${error.toString().split("\n").first}>");
  }
}

class Same {
  operator ==(other) => other is Same;
  get hashCode => 1;
}

main() {
  // Numbers.
  print("${int.tryParse("12")} ${int.tryParse("x")} ${int.tryParse("ff", radix: 16)} ${int.tryParse("")}"); // expect: 12 null 255 null
  print("${double.tryParse("1.5")} ${double.tryParse("x")} ${num.tryParse("3")} ${num.tryParse("3.5")} ${num.tryParse("-")}"); // expect: 1.5 null 3 3.5 null
  show(() => int.tryParse(null)); // expect: <Invalid argument(s): int.tryParse: argument 'source' must be a String, it is null>
  print("${3.modPow(4, 5)} ${2.modPow(100, 1000000007)} ${(-3).modPow(3, 5)} ${7.modPow(0, 1)} ${0.modPow(0, 7)}"); // expect: 1 976371285 3 0 1
  print(3.modPow(1000, 0x7fffffffffffffe7) == 3.modPow(500, 0x7fffffffffffffe7).modPow(2, 0x7fffffffffffffe7)); // expect: true
  show(() => 3.modPow(-1, 5)); // expect: <RangeError: modPow: argument 'exponent' must not be less than 0, it is -1>
  show(() => 3.modPow(1, 0)); // expect: <RangeError: modPow: argument 'modulus' must not be less than 1, it is 0>
  print("${3.modInverse(7)} ${(-3).modInverse(7)} ${1.modInverse(1)} ${10.modInverse(17)}"); // expect: 5 2 0 12
  show(() => 2.modInverse(4)); // expect: <Exception: Not coprime>
  show(() => 2.modInverse(-4)); // expect: <RangeError: modInverse: argument 'modulus' must not be less than 1, it is -4>

  // Iterables.
  print("${new Iterable.empty()} ${const Iterable.empty().isEmpty} ${const Iterable.empty().length}"); // expect: () true 0
  show(() => new Iterable.empty().first); // expect: <Bad state: No element>
  print([1, 2, 3].singleWhere((x) => x > 2)); // expect: 3
  show(() => [1, 2, 3].singleWhere((x) => x > 1)); // expect: <Bad state: Too many elements>
  show(() => [1].singleWhere((x) => x > 1)); // expect: <Bad state: No element>
  print([1].singleWhere((x) => x > 1, orElse: () => 9)); // expect: 9
  var both = [1, 2].followedBy([3]);
  print("$both ${both.length} ${both.isEmpty} ${both.last} ${[].followedBy([]).isEmpty}"); // expect: (1, 2, 3) 3 false 3 true

  // Lists.
  print([1, 2] + [3]); // expect: [1, 2, 3]
  var list = [1, 2, 3]..first = 7..last = 9;
  print("$list ${list.indexWhere((x) => x > 5)} ${list.lastIndexWhere((x) => x > 5)} ${list.indexWhere((x) => x > 7, 1)} ${list.indexWhere((x) => x > 9)}"); // expect: [7, 2, 9] 0 2 2 -1
  show(() => [].first = 1); // expect: <Bad state: No element>
  show(() => [].last = 1); // expect: <Bad state: No element>
  show(() => const [1].first = 2); // expect: <Unsupported operation: Cannot modify an unmodifiable list>
  print(new List.of([1, 2], growable: false)); // expect: [1, 2]

  // Maps.
  var map = {"a": 1, "b": 2};
  print(map.entries.map((e) => "${e.key}=${e.value}").toList()); // expect: [a=1, b=2]
  print(new MapEntry(1, 2)); // expect: MapEntry(1: 2)
  print(new Map.fromEntries([new MapEntry(1, 2), new MapEntry(3, 4)])); // expect: {1: 2, 3: 4}
  print(map.map((k, v) => new MapEntry(v, k))); // expect: {1: a, 2: b}
  map.update("a", (v) => v + 10);
  map.update("c", (v) => v, ifAbsent: () => 5);
  show(() => map.update("d", (v) => v)); // expect: <Invalid argument (key): Key not in map.: "d">
  map.updateAll((k, v) => v * 2);
  print(map); // expect: {a: 22, b: 4, c: 10}
  map.removeWhere((k, v) => v < 11);
  print(map); // expect: {a: 22}
  map.addEntries([new MapEntry("z", 1)]);
  var fixed = new Map.unmodifiable(map);
  map.clear();
  print("$fixed ${fixed["z"]}"); // expect: {a: 22, z: 1} 1
  show(() => fixed["a"] = 1); // expect: <Unsupported operation: Cannot modify an unmodifiable map>
  show(() => fixed.clear()); // expect: <Unsupported operation: Cannot modify an unmodifiable map>
  show(() => fixed.updateAll((k, v) => v)); // expect: <Unsupported operation: Cannot modify an unmodifiable map>
  var one = new Same();
  var same = new Map.identity()..[one] = 1..[new Same()] = 2;
  print("${same.length} ${same[one]} ${same[new Same()]} ${same.containsKey(one)} ${({}..[one] = 1..[new Same()] = 2).length}"); // expect: 2 1 null true 1
  same.remove(new Same());
  same.remove(one);
  print("${same.length} ${same[one]}"); // expect: 1 null
  print([5, 6].asMap().entries.map((e) => e.key + e.value).toList()); // expect: [5, 7]

  // Sets.
  var set = new Set.identity()..add(one)..add(one)..add(new Same());
  print("${set.length} ${set.contains(one)} ${set.contains(new Same())}"); // expect: 2 true false
  var some = new Set.of([1, 2, 3])..retainAll([2, 3, 4]);
  print("$some ${some.intersection(new Set.of([3]))} ${some.lookup(2)} ${some.lookup(1)}"); // expect: {2, 3} {3} 2 null
  show(() => const {1}.retainAll([])); // expect: <Unsupported operation: Cannot change a constant set>

  print(new Deprecated("soon")); // expect: Deprecated feature. Will be removed soon
}
