// Lists of ints, doubles or texts are sorted, and such keys found, at once; others by what they say.
// stress-interval: 41
import 'dart:typed_data';

class Named implements Comparable {
  final name, order;
  Named(this.name, this.order);
  compareTo(other) => order.compareTo(other.order);
  toString() => name;
}

class LikeA {
  operator ==(other) => other == "a";
  get hashCode => "a".hashCode;
}

// Keys that have many bits in common are found about as soon as others.
patterns() {
  for (var step in [1, 7, 4096, 1 << 20, 1 << 33, -1]) {
    var map = {}, set = new Set.identity();
    for (var i = 0; i < 1000; i++) {
      map[i * step] = i;
      set.add(i * step);
    }
    for (var i = 0; i < 1000; i += 3) map.remove(i * step);
    var sum = 0;
    for (var i = 0; i < 2000; i++) {
      if (map.containsKey(i * step)) sum += map[i * step * 1.0];
    }
    print([map.length, sum, set.length, map[step], map[-7]]);
  }
  // expect: [666, 332667, 1000, 1, null]
  // expect: [666, 332667, 1000, 1, null]
  // expect: [666, 332667, 1000, 1, null]
  // expect: [666, 332667, 1000, 1, null]
  // expect: [666, 332667, 1000, 1, null]
  // expect: [666, 332667, 1000, 1, 7]
}

sorting() {
  print([3, -1, 2, 0]..sort()); // expect: [-1, 0, 2, 3]
  print(["b", "", "a\u1234", "a", "B"]..sort()); // expect: [, B, a, aሴ, b]
  print([0.0, 1.5, 0 / 0, -0.0, -1 / 0]..sort()); // expect: [-Infinity, -0.0, 0.0, 1.5, NaN]
  print([2, 1.5, 1 << 70, -3]..sort()); // expect: [-3, 1.5, 2, 1180591620717411303424]
  print([new Named("x", 1), new Named("y", 0), new Named("z", 1)]..sort()); // expect: [y, x, z]
  print((new List(3)..[0] = 3..[1] = 1..[2] = 2)..sort()); // expect: [1, 2, 3]
  print(new Int8List.fromList([3, -1, 2])..sort()); // expect: [-1, 2, 3]
  print(<int>[2, 1]..sort((a, b) => b - a)); // expect: [2, 1]
  for (var list in [[1, "a"], ["a", 1], [1, null], [null, 1], [true, false]]) {
    try {
      print(list..sort());
    } catch (error) {
      print("refused"); // expect: refused
      // expect: refused
      // expect: refused
      // expect: refused
      // expect: refused
    }
  }
  try {
    const [2, 1].sort();
  } on UnsupportedError catch (error) {
    print(error.message); // expect: Cannot sort an unmodifiable list
  }
  print([[]..sort(), [1]..sort()]); // expect: [[], [1]]
  // Longer than one run, with many that are equal.
  var long = new List.generate(9000, (i) => (i * 7919) % 4500)..sort();
  var texts = new List.generate(5000, (i) => "${(i * 7919) % 1000}")..sort();
  var rises = true;
  for (var i = 1; i < long.length; i++) rises = rises && long[i - 1] <= long[i];
  for (var i = 1; i < texts.length; i++) rises = rises && texts[i - 1].compareTo(texts[i]) <= 0;
  print([rises, long.first, long.last, texts.first, texts.last]); // expect: [true, 0, 4499, 0, 999]
}

texts() {
  print("a,b,,c,".split(",")); // expect: [a, b, , c, ]
  print("".split(",").length); // expect: 1
  print("aሴbሴ".split("ሴ")); // expect: [a, b, ]
  print(["abc".split("ሴ"), "aaa".split("aa")]); // expect: [[abc], [, a]]
  print("a-b".split("-") is List<int>); // expect: false
  print("banana".replaceAll("an", "")); // expect: ba
  print("banana".replaceAll("a", "ሴ")); // expect: bሴnሴnሴ
  print("banana".replaceAll("x", "ሴ")); // expect: banana
  print("banana".replaceAll("ሴ", "x")); // expect: banana
  var narrow = "bሴnሴ".replaceAll("ሴ", "a");
  print([narrow, narrow == "bana", {narrow: 1}["bana"]]); // expect: [bana, true, 1]
  print(["a", "b", "c"].join()); // expect: abc
  print(["a", "ሴ"].join(", ")); // expect: a, ሴ
  print(["a"].join("ሴ") == "a"); // expect: true
  print([["a", 1, null].join("-"), [].join("-"), const ["x", "y"].join(" "), new List(2).join(".")]);
  // expect: [a-1-null, , x y, null.null]
  var buffer = new StringBuffer()..write("")..write("a")..write("")..writeln();
  print([buffer.length, buffer.toString() == "a\n", new StringBuffer("").isEmpty]); // expect: [2, true, true]
}

keys() {
  var map = {};
  for (var key in [1, "1", 1.0, true, null, 1 << 70, 0.5]) map[key] = "$key";
  print(map); // expect: {1: 1.0, 1: 1, true: true, null: null, 1180591620717411303424: 1180591620717411303424, 0.5: 0.5}
  print([map[1], map["1"], map[1.0], map[2], map["2"], map.containsKey("1"), map.containsKey(3)]);
  // expect: [1.0, 1, 1.0, null, null, true, false]
  // One that the program says is equal.
  map = {new LikeA(): "like a"};
  print([map["a"], map["b"], map.containsKey("a")]); // expect: [like a, null, true]
  map = {"a": 1};
  print(map[new LikeA()]); // expect: null
  var identical = new Map.identity();
  var text = new String.fromCharCodes([97]);
  identical[text] = 1;
  identical["b"] = 2;
  print([identical[text], identical["a${1 - 1}"[0]], identical.containsKey(text), identical.length]);
  // expect: [1, null, true, 2]
  for (var i = 0; i < 300; i++) map[i] = i;
  for (var i = 0; i < 300; i += 2) map.remove(i);
  print([map.length, map[150], map[151], map["a"]]); // expect: [151, null, 151, 1]
  var other = new String.fromCharCodes([98]);
  print([identical.putIfAbsent(other, () => 3), identical.length, identical.remove("c"), identical.remove(other), identical.length]);
  // expect: [3, 3, null, 3, 2]
  // A new key is noticed by who walks, a new value is not.
  for (var change in [(map) => map[7] = 1, (map) => map["7"] = 1, (map) => map[1] = 5]) {
    var walked = {1: 1, 2: 2};
    try {
      for (var key in walked.keys) change(walked);
      print(walked);
    } on ConcurrentModificationError {
      print("noticed");
    }
  }
  // expect: noticed
  // expect: noticed
  // expect: {1: 5, 2: 2}
}

main() {
  patterns();
  sorting();
  texts();
  keys();
}
