// What is at the very edge of a member of the libraries: an emptied map, a null that was found, the
// smallest of numbers, what stays of something equal that was there already.
// stress-interval: 29
import 'dart:typed_data';

show(f) {
  try {
    return "${f()}";
  } on Error catch (error) {
    return "<$error>".split("\n").first;
  }
}

maps() {
  // Emptied from its beginning, in both ways, and used again.
  for (var empty in [(m) => m.remove(2), (m) => m.clear()]) {
    var map = {1: "a", 2: "b"};
    map.remove(1);
    empty(map);
    map[3] = "c";
    map[4] = "d";
    print("$map ${map.keys.first} ${map.values.last} ${map.length}"); // expect: {3: c, 4: d} 3 d 2
    // expect: {3: c, 4: d} 3 d 2
  }
  // What is removed between others leaves no hole that is walked into.
  var map = {1: 1, 2: 2, 3: 3, 4: 4};
  map.remove(2);
  map.remove(1);
  map.remove(4);
  print("$map ${map.keys.first} ${map.keys.last}"); // expect: {3: 3} 3 3
  map.remove(3);
  print("$map ${map.isEmpty} ${map.keys.isEmpty}"); // expect: {} true true

  // The element that was there first stays.
  var set = new Set.from([1, 2.0]);
  print("${set.add(1.0)} ${set.add(2)} $set ${set.lookup(1.0)} ${set.lookup(2)} ${set.lookup(3)}");
  // expect: false false {1, 2.0} 1 2.0 null
}

iterables() {
  print([null, 1].lastWhere((x) => x == null, orElse: () => "none")); // expect: null
  print([null, 1].firstWhere((x) => x == null, orElse: () => "none")); // expect: null
  print(show(() => [1, 1].single)); // expect: <Bad state: Too many elements>
  print(show(() => [1, 1].map((x) => x).single)); // expect: <Bad state: Too many elements>
  print(show(() => [1].map((x) => x).elementAt(1)));
  // expect: <RangeError (index): Index out of range: index should be less than 1: 1>
  print(show(() => [1, 2].where((x) => true).elementAt(5)));
  // expect: <RangeError (index): Index out of range: index should be less than 2: 5>

  // Behind its end an iterator has nothing, also where the source has more.
  for (var walked in [
    [1, 2].map((x) => x), [1, 2, 3].take(2), [1, 2].expand((x) => [x]), [1, 2, 9].takeWhile((x) => x < 9),
    [1, 2].reversed, new Set.from([1, 2]), [1, 2, 3].where((x) => true).take(2), new Iterable.generate(2),
  ]) {
    var iterator = walked.iterator;
    while (iterator.moveNext()) {}
    if (iterator.current != null || iterator.moveNext() || iterator.current != null) print("$walked");
  }
  // No more is asked of the source than is taken; and once nothing is skipped, nothing is tested.
  var asked = [];
  var source = new Iterable.generate(9, (i) {
    asked.add(i);
    return i;
  });
  print("${source.take(2)} $asked"); // expect: (0, 1) [0, 1]
  asked.clear();
  print("${source.take(5).take(2)} ${source.skip(1).skip(7)} ${source.take(0)} $asked");
  // expect: (0, 1) (8) () [0, 1, 8]
  var tested = [];
  print([1, 5, 1].skipWhile((x) {
    tested.add(x);
    return x < 5;
  }));
  print(tested);
  // expect: (5, 1)
  // expect: [1, 5]

  // A deep collection prints again after it has been printed.
  var deep = [];
  for (var i = 0; i < 12; i++) deep = [deep];
  print("${"$deep" == "$deep"} $deep"); // expect: true [[[[[[[[[[[[[]]]]]]]]]]]]]
}

numbers() {
  print("${double.NAN.compareTo(0.0 / 0.0)} ${1.compareTo(double.NAN)} ${double.NAN.compareTo(1)}");
  // expect: 0 -1 1
  print("${(-0.0).clamp(0.0, 1.0)} ${0.0.clamp(-1.0, -0.0)} ${(-0.0).clamp(-0.0, 1)}");
  // expect: 0.0 -0.0 -0.0
  print("${8.gcd(-4)} ${(-8).gcd(4)} ${0.gcd(-5)} ${(-6).gcd(-4)}"); // expect: 4 4 5 2
  print("${-1 >>> 64} ${-1 >>> 63} ${-1 >>> 1 == 0x7fffffffffffffff} ${-1 >>> 0} ${1 >>> 64}");
  // expect: 0 1 true -1 0
  print(num.parse(" x ", (source) => "<$source>")); // expect: < x >
  print(int.parse(" x ", onError: (source) => "<$source>")); // expect: < x >
  print(double.parse(" x ", (source) => "<$source>")); // expect: < x >
  print("${(0 - 1).toUnsigned(0)} ${1.toSigned(1)} ${2.toSigned(2)} ${(-3).toSigned(2)}");
  // expect: 0 -1 -2 1
}

durations() {
  print(new Duration(hours: 25, minutes: 59, seconds: 58, microseconds: 7));
  // expect: 25:59:58.000007
  print("${new Duration(microseconds: 3) * 0.5} ${new Duration(microseconds: -3) * 0.5}");
  // expect: 0:00:00.000002 -0:00:00.000002
  print("${Duration.ZERO} ${-new Duration(microseconds: 1)}"); // expect: 0:00:00.000000 -0:00:00.000001
}

data() {
  var two = new Uint8List(2);
  print("${two.buffer == two.buffer} ${two.buffer == new Uint8List(2).buffer} ${two.buffer == 1}");
  // expect: true false false
  var all = new Uint8List.fromList([1, 2, 3, 4]);
  print([all.buffer.asInt8List(1), all.buffer.asUint8List(2, 1), all.buffer.asByteData(3).getUint8(0)]);
  // expect: [[2, 3, 4], [3], 4]
  print([all.sublist(1, 3), all.sublist(4), new Int16List.view(all.buffer, 2).sublist(0)]);
  // expect: [[2, 3], [], [1027]]
  var bytes = all.buffer.asByteData();
  bytes.setInt16(0, 0x0102);
  print("${bytes.getInt16(0)} ${bytes.getInt16(0, Endianness.LITTLE_ENDIAN)} $all");
  // expect: 258 513 [1, 2, 3, 4]
  bytes.setInt16(0, 0x0102, Endianness.LITTLE_ENDIAN);
  bytes.setUint8(2, 255);
  print("$all ${bytes.getUint8(2)} ${bytes.getInt8(2)}"); // expect: [2, 1, 255, 4] 255 -1
  bytes.setFloat32(0, 1.0);
  print("$all ${bytes.getFloat32(0)}"); // expect: [63, 128, 0, 0] 1.0
}

lists() {
  print(show(() => const [1].clear())); // expect: <Unsupported operation: Cannot clear an unmodifiable list>
  print([2, 3, 4, 5].map((n) => new List.generate(n, (i) => i)..shuffle()).toList());
  // expect: [[0, 1], [2, 1, 0], [1, 2, 0, 3], [4, 0, 1, 3, 2]]
  // Refused before anything has moved.
  for (var list in [new List.from([1, 2, 3], growable: false), new Uint8List.fromList([1, 2, 3])]) {
    for (var change in [
      (l) => l.removeAt(0), (l) => l.removeRange(0, 2), (l) => l.insert(0, 7), (l) => l.insertAll(1, [7, 8]),
      (l) => l.removeWhere((x) => x == 1), (l) => l.retainWhere((x) => x == 2), (l) => l.remove(1),
      (l) => l.removeLast(), (l) => l.replaceRange(0, 2, [7]), (l) => l.clear(), (l) => l.addAll([7]),
    ]) {
      if (!show(() => change(list)).startsWith("<Unsupported")) print("not refused");
      if ("$list" != "[1, 2, 3]") print("changed: $list");
    }
  }
}

functions() {
  print("${Function.apply(() => 7, null)} ${Function.apply((x) => x, [8])}"); // expect: 7 8
  print("${new Symbol("a" + "b".toString()) == #ab} ${#ab == new Symbol("ac")} ${#ab == "ab"}");
  // expect: true false false
}

main() {
  maps();
  iterables();
  numbers();
  durations();
  data();
  lists();
  functions();
}
