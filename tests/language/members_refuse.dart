// What members refuse, they refuse before anything has changed; whoever changes what is being asked hears of it.
// stress-interval: 29
import 'dart:collection';
import 'dart:convert';

show(f) {
  try {
    print(f());
  } catch (error) {
    print("<${error.runtimeType}>");
  }
}

main() {
  var list = [1, 2, 3];
  show(() => list.setAll(2, [8, 9])); // expect: <RangeError>
  show(() => list.setAll(-1, [])); // expect: <RangeError>
  show(() => list.setAll(3, [])); // expect: null
  print(list); // expect: [1, 2, 3]
  list.setAll(1, [7, 8].map((x) => x + 1));
  print(list); // expect: [1, 8, 9]

  show(() => "a".replaceAllMapped("a", null)); // expect: <ArgumentError>
  show(() => "a".replaceFirstMapped("b", null)); // expect: <ArgumentError>
  show(() => new DateTime.fromMillisecondsSinceEpoch(0, isUtc: null)); // expect: <ArgumentError>

  for (var set in [new Set.from([1, 2, 3]), new Set.identity()..addAll([1, 2, 3]), new SplayTreeSet.from([1, 2, 3])]) {
    show(() => set.removeWhere((x) {
      set.add(9);
      return true;
    })); // expect: <ConcurrentModificationError>
    set.remove(9);
    show(() => set.retainWhere((x) {
      set.remove(3);
      return false;
    })); // expect: <ConcurrentModificationError>
    set.removeWhere((x) => x == 1);
    print(set); // expect: {2}
  }
  // expect: <ConcurrentModificationError>
  // expect: <ConcurrentModificationError>
  // expect: {2}
  // expect: <ConcurrentModificationError>
  // expect: <ConcurrentModificationError>
  // expect: {2}

  // What keys and values are, their map knows.
  for (var map in [<int, String>{}, new HashMap<int, String>(), new LinkedHashMap<int, String>(equals: identical, hashCode: identityHashCode)]) {
    print("${map.keys is Iterable<int>} ${map.keys is Iterable<String>} ${map.values is Iterable<String>} ${map.values is Iterable<int>} ${map.keys.iterator is Iterator<String>}");
  }
  // expect: true false true false false
  // expect: true false true false false
  // expect: true false true false false
  print({}.keys is Iterable<int>); // expect: true

  // Values in errors: as JSON has them.
  print(new ArgumentError.value("a\n\"\\\u0001\t", "x")); // expect: Invalid argument (x): "a\n\"\\\u0001\t"
  print(Error.safeToString("\b\f\r\u001f\u00e4") == "\"\\b\\f\\r\\u001f\u00e4\""); // expect: true
  print(Uri.encodeQueryComponent("\u00ff a+b", encoding: LATIN1)); // expect: %FF+a%2Bb
  print(Uri.decodeQueryComponent("%FF+a%2Bb", encoding: LATIN1) == "\u00ff a+b"); // expect: true
  print(Uri.splitQueryString("a=%FF", encoding: LATIN1)["a"] == "\u00ff"); // expect: true
  show(() => Uri.encodeQueryComponent("\u0100", encoding: LATIN1)); // expect: <ArgumentError>
}
