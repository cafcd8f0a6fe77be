// Where two instructions are done as one: each way that the second may go, and jumps between them.
// stress-interval: 7
class Point {
  var x = 1;
  get sum => x + 10;
  operator [](index) => "at $index";
  operator +(other) => "plus $other";
  operator -(other) => "minus $other";
}

class Other {
  get x => "other";
}

class Twice {
  var x = 2;
}

tryIt(f) {
  try {
    return f();
  } on RangeError {
    return "RangeError";
  } on NoSuchMethodError {
    return "NoSuchMethodError";
  }
}

property(object) => object.x;
sumOf(object) => object.sum;
element(list, index) => list[index];
less(n) => n - 3;
next(n) {
  n++;
  return n;
}
moved(n) {
  var to = "nothing";
  to = n + 2;
  return "$n $to";
}
either(c, a, b) => (c ? a : b).x;
chosen(list, c, i, j) => list[c ? i : j];
counted(c, a, b) {
  var n = (c ? a : b) + 1;
  return n;
}
both(a, b) => a == b;
constant(a) => a == "text";
small(a) => a == 7;

captured() {
  var n = 1;
  var f = () => n;
  n++;
  n = n - 3;
  return "$n ${f()}";
}

main() {
  for (var round = 0; round < 2; round++) {
    for (var object in [new Point(), new Twice(), new Other(), new Point(), null]) {
      print(tryIt(() => property(object)));
    }
  }
  // expect: 1
  // expect: 2
  // expect: other
  // expect: 1
  // expect: NoSuchMethodError
  // expect: 1
  // expect: 2
  // expect: other
  // expect: 1
  // expect: NoSuchMethodError
  print(sumOf(new Point())); // expect: 11
  print(sumOf(new Point()..x = 5)); // expect: 15

  var growable = [1, 2], fixed = new List(2), fast = const [3, 4];
  fixed[1] = "b";
  print([element(growable, 1), element(fixed, 1), element(fast, 0)]); // expect: [2, b, 3]
  print([element({"a": 1}, "a"), element("xyz", 2), element(new Point(), 8)]);
  // expect: [1, z, at 8]
  print(tryIt(() => element(growable, 2))); // expect: RangeError
  print(tryIt(() => element(growable, -1))); // expect: RangeError
  print(tryIt(() => element(null, 0))); // expect: NoSuchMethodError

  const largest = 4611686018427387903, smallest = -4611686018427387904;
  print([less(10), less(1), less(2.5), less(new Point())]); // expect: [7, -2, -0.5, minus 3]
  print([less(smallest), less(smallest + 3)]);
  // expect: [-4611686018427387907, -4611686018427387904]
  print(tryIt(() => less("text"))); // expect: NoSuchMethodError
  print([next(1), next(-1), next(2.5), next(new Point())]); // expect: [2, 0, 3.5, plus 1]
  print([next(largest), next(largest - 1)]); // expect: [4611686018427387904, 4611686018427387903]
  print(tryIt(() => next(null))); // expect: NoSuchMethodError
  print([moved(1), moved(largest), moved(new Point())]);
  // expect: [1 3, 4611686018427387903 4611686018427387905, Instance of 'Point' plus 2]

  print([either(true, new Point(), null), either(false, null, new Twice())]); // expect: [1, 2]
  print([chosen(growable, true, 0, 9), chosen(growable, false, 9, 1)]); // expect: [1, 2]
  print([counted(true, 5, null), counted(false, null, 6)]); // expect: [6, 7]
  print([both(1, 1), both(1, 2), constant("text"), constant("no"), small(7), small(8)]);
  // expect: [true, false, true, false, true, false]
  print(captured()); // expect: -1 -1
}
