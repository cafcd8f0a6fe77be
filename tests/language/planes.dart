// dart:math: rectangles that lie in each way beside, over and in each other, both kinds of them; what
// min, max and random numbers come to.
// stress-interval: 97
import "dart:math";

tried(f) {
  try {
    return "${f()}";
  } catch (error) {
    return "$error".split("\n").first;
  }
}

main() {
  points();
  pairs();
  members();
  numbers();
  randoms();
}

points() {
  var a = new Point(3, 4), b = new Point(1, -2);
  print([a, a + b, a - b, a * 2, a.magnitude, a.distanceTo(new Point(0, 0)), a.squaredDistanceTo(b), a.distanceTo(b)]);
  print([a == new Point(3, 4), a == new Point(3, 5), a == new Point(2, 4), a == 3, a.hashCode == new Point(3, 4).hashCode, a.hashCode == new Point(4, 3).hashCode, a.hashCode == new Point(4, 4).hashCode, a.hashCode == new Point(3, 3).hashCode]);
}

// What lies one before the other's edge, on it and behind it.
pairs() {
  var kinds = [(x, y, w, h) => new Rectangle(x, y, w, h), (x, y, w, h) => new MutableRectangle(x, y, w, h)];
  for (var make in kinds) {
    var whole = make(10, 20, 30, 40);
    for (var x in [0, 9, 10, 11, 40, 41]) {
      for (var y in [0, 20, 60, 61]) {
        var other = make(x, y, 10, 20);
        print([x, y, whole.intersects(other), other.intersects(whole), whole.intersection(other), whole.containsRectangle(other), whole.boundingBox(other), whole.containsPoint(new Point(x, y))]);
      }
    }
    print([whole.containsRectangle(whole), whole.containsRectangle(make(10, 20, 31, 40)), whole.containsRectangle(make(10, 20, 30, 41)), whole.containsRectangle(make(11, 21, 29, 39)),
        whole.containsPoint(new Point(10, 20)), whole.containsPoint(new Point(40, 60)), whole.containsPoint(new Point(40, 61)), whole.containsPoint(new Point(10, 19))]);
    print([whole == make(10, 20, 30, 40), whole == kinds[0](10, 20, 30, 40), whole == make(11, 20, 29, 40), whole == make(10, 21, 30, 39), whole == make(10, 20, 31, 40), whole == make(10, 20, 30, 41),
        whole == 1, whole.hashCode == make(10, 20, 30, 40).hashCode, whole.hashCode == make(20, 10, 40, 30).hashCode]);
    print([make(0, 0, 10, 10).intersection(make(10, 10, 5, 5)), make(0, 0, 10, 10).intersection(make(0, 11, 5, 5)), make(0, 0, 10, 10).intersection(make(2, 3, 4, 5)), make(5, 5, 5, 5).intersection(make(0, 0, 4, 10))]);
  }
}

members() {
  for (var make in [(x, y, w, h) => new Rectangle(x, y, w, h), (x, y, w, h) => new MutableRectangle(x, y, w, h)]) {
    var r = make(1, 2, 3, 4), none = make(1, 2, -3, -4.0);
    print([r, r.left, r.top, r.width, r.height, r.right, r.bottom, r.topLeft, r.topRight, r.bottomLeft, r.bottomRight]);
    print([none, none.width, none.height, make(0, 0, 0, 0).width]);
  }
  print([new Rectangle.fromPoints(new Point(5, 1), new Point(2, 7)), new MutableRectangle.fromPoints(new Point(5, 1), new Point(2, 7)),
      new Rectangle.fromPoints(new Point(2, 7), new Point(5, 1)), new MutableRectangle.fromPoints(new Point(2, 1), new Point(5, 7)), const Rectangle(1, 2, 3, 4)]);
  var r = new MutableRectangle(1, 2, 3, 4);
  r..left = 10..top = 20..width = 30..height = 40;
  print([r, r.right, r.bottom]);
  r..width = -1..height = -1.5;
  print([r, r.width, r.height]);
  r..width = 0..height = 1;
  print(r);
}

numbers() {
  var some = [0, -0.0, 0.0, 1, 1.0, -1, double.NAN, double.INFINITY, 1 << 70];
  for (var a in some) print("$a: ${some.map((b) => "${min(a, b)}/${max(a, b)}").join(" ")}");
  print([tried(() => min("1", 2)), tried(() => min(1, null)), tried(() => max("1", 2)), tried(() => max(1, null))]);
  print([pow(2, 10), pow(2, -1), pow(2.0, 3), pow(0, 0), pow(-8, 1 / 3), pow(2, 64), sqrt(2), exp(0), log(1), sin(0), cos(0), tan(0), asin(0), acos(1), atan(0), atan2(1, -1)]);
  print([E, LN10, LN2, LOG2E, LOG10E, PI, SQRT1_2, SQRT2]);
}

randoms() {
  var random = new Random(7), again = new Random(7), other = new Random(8);
  var same = 0, alike = 0;
  for (var i = 0; i < 50; i++) {
    var x = random.nextInt(1000);
    if (x == again.nextInt(1000)) same++;
    if (x == other.nextInt(1000)) alike++;
  }
  print([same, alike < 10]);
  for (var make in [() => new Random(3), () => new Random.secure(), () => new Random()]) {
    var r = make(), seen = new Set(), bools = new Set(), low = 1.0, high = 0.0, wrong = 0;
    for (var i = 0; i < 300; i++) {
      seen.add(r.nextInt(6));
      bools.add(r.nextBool());
      var x = r.nextDouble();
      low = min(low, x);
      high = max(high, x);
      var large = r.nextInt(1 << 32), power = r.nextInt(8);
      if (large < 0 || large >= 1 << 32 || power < 0 || power > 7 || x < 0 || x >= 1 || r.nextInt(1) != 0) wrong++;
    }
    print([seen.toList()..sort(), bools.length, low < 0.1, high > 0.9, wrong, r.runtimeType]);
    print([tried(() => r.nextInt(0)), tried(() => r.nextInt((1 << 32) + 1)), tried(() => r.nextInt(null))]);
  }
  print(tried(() => new Random("seed")));
  // The same everywhere, from every seed.
  print([0, 1, -1, 1 << 40, 1 << 64, (1 << 64) + 1, -(1 << 64)].map((seed) => new Random(seed).nextInt(1 << 32)).toList());
  print(new List.generate(8, (i) => random.nextInt(3)));
  print([new Random(5).nextDouble(), new Random(5).nextBool(), new Random(6).nextBool()]);
}

// expect: [Point(3, 4), Point(4, 2), Point(2, 6), Point(6, 8), 5.0, 5.0, 40, 6.324555320336759]
// expect: [true, false, false, false, true, false, false, false]
// expect: [0, 0, true, true, Rectangle (10, 20) 0 x 0, false, Rectangle (0, 0) 40 x 60, false]
// expect: [0, 20, true, true, Rectangle (10, 20) 0 x 20, false, Rectangle (0, 20) 40 x 40, false]
// expect: [0, 60, true, true, Rectangle (10, 60) 0 x 0, false, Rectangle (0, 20) 40 x 60, false]
// expect: [0, 61, false, false, null, false, Rectangle (0, 20) 40 x 61, false]
// expect: [9, 0, true, true, Rectangle (10, 20) 9 x 0, false, Rectangle (9, 0) 31 x 60, false]
// expect: [9, 20, true, true, Rectangle (10, 20) 9 x 20, false, Rectangle (9, 20) 31 x 40, false]
// expect: [9, 60, true, true, Rectangle (10, 60) 9 x 0, false, Rectangle (9, 20) 31 x 60, false]
// expect: [9, 61, false, false, null, false, Rectangle (9, 20) 31 x 61, false]
// expect: [10, 0, true, true, Rectangle (10, 20) 10 x 0, false, Rectangle (10, 0) 30 x 60, false]
// expect: [10, 20, true, true, Rectangle (10, 20) 10 x 20, true, Rectangle (10, 20) 30 x 40, true]
// expect: [10, 60, true, true, Rectangle (10, 60) 10 x 0, false, Rectangle (10, 20) 30 x 60, true]
// expect: [10, 61, false, false, null, false, Rectangle (10, 20) 30 x 61, false]
// expect: [11, 0, true, true, Rectangle (11, 20) 10 x 0, false, Rectangle (10, 0) 30 x 60, false]
// expect: [11, 20, true, true, Rectangle (11, 20) 10 x 20, true, Rectangle (10, 20) 30 x 40, true]
// expect: [11, 60, true, true, Rectangle (11, 60) 10 x 0, false, Rectangle (10, 20) 30 x 60, true]
// expect: [11, 61, false, false, null, false, Rectangle (10, 20) 30 x 61, false]
// expect: [40, 0, true, true, Rectangle (40, 20) 0 x 0, false, Rectangle (10, 0) 40 x 60, false]
// expect: [40, 20, true, true, Rectangle (40, 20) 0 x 20, false, Rectangle (10, 20) 40 x 40, true]
// expect: [40, 60, true, true, Rectangle (40, 60) 0 x 0, false, Rectangle (10, 20) 40 x 60, true]
// expect: [40, 61, false, false, null, false, Rectangle (10, 20) 40 x 61, false]
// expect: [41, 0, false, false, null, false, Rectangle (10, 0) 41 x 60, false]
// expect: [41, 20, false, false, null, false, Rectangle (10, 20) 41 x 40, false]
// expect: [41, 60, false, false, null, false, Rectangle (10, 20) 41 x 60, false]
// expect: [41, 61, false, false, null, false, Rectangle (10, 20) 41 x 61, false]
// expect: [true, false, false, true, true, true, false, false]
// expect: [true, true, false, false, false, false, false, true, false]
// expect: [Rectangle (10, 10) 0 x 0, null, Rectangle (2, 3) 4 x 5, null]
// expect: [0, 0, true, true, Rectangle (10, 20) 0 x 0, false, Rectangle (0, 0) 40 x 60, false]
// expect: [0, 20, true, true, Rectangle (10, 20) 0 x 20, false, Rectangle (0, 20) 40 x 40, false]
// expect: [0, 60, true, true, Rectangle (10, 60) 0 x 0, false, Rectangle (0, 20) 40 x 60, false]
// expect: [0, 61, false, false, null, false, Rectangle (0, 20) 40 x 61, false]
// expect: [9, 0, true, true, Rectangle (10, 20) 9 x 0, false, Rectangle (9, 0) 31 x 60, false]
// expect: [9, 20, true, true, Rectangle (10, 20) 9 x 20, false, Rectangle (9, 20) 31 x 40, false]
// expect: [9, 60, true, true, Rectangle (10, 60) 9 x 0, false, Rectangle (9, 20) 31 x 60, false]
// expect: [9, 61, false, false, null, false, Rectangle (9, 20) 31 x 61, false]
// expect: [10, 0, true, true, Rectangle (10, 20) 10 x 0, false, Rectangle (10, 0) 30 x 60, false]
// expect: [10, 20, true, true, Rectangle (10, 20) 10 x 20, true, Rectangle (10, 20) 30 x 40, true]
// expect: [10, 60, true, true, Rectangle (10, 60) 10 x 0, false, Rectangle (10, 20) 30 x 60, true]
// expect: [10, 61, false, false, null, false, Rectangle (10, 20) 30 x 61, false]
// expect: [11, 0, true, true, Rectangle (11, 20) 10 x 0, false, Rectangle (10, 0) 30 x 60, false]
// expect: [11, 20, true, true, Rectangle (11, 20) 10 x 20, true, Rectangle (10, 20) 30 x 40, true]
// expect: [11, 60, true, true, Rectangle (11, 60) 10 x 0, false, Rectangle (10, 20) 30 x 60, true]
// expect: [11, 61, false, false, null, false, Rectangle (10, 20) 30 x 61, false]
// expect: [40, 0, true, true, Rectangle (40, 20) 0 x 0, false, Rectangle (10, 0) 40 x 60, false]
// expect: [40, 20, true, true, Rectangle (40, 20) 0 x 20, false, Rectangle (10, 20) 40 x 40, true]
// expect: [40, 60, true, true, Rectangle (40, 60) 0 x 0, false, Rectangle (10, 20) 40 x 60, true]
// expect: [40, 61, false, false, null, false, Rectangle (10, 20) 40 x 61, false]
// expect: [41, 0, false, false, null, false, Rectangle (10, 0) 41 x 60, false]
// expect: [41, 20, false, false, null, false, Rectangle (10, 20) 41 x 40, false]
// expect: [41, 60, false, false, null, false, Rectangle (10, 20) 41 x 60, false]
// expect: [41, 61, false, false, null, false, Rectangle (10, 20) 41 x 61, false]
// expect: [true, false, false, true, true, true, false, false]
// expect: [true, true, false, false, false, false, false, true, false]
// expect: [Rectangle (10, 10) 0 x 0, null, Rectangle (2, 3) 4 x 5, null]
// expect: [Rectangle (1, 2) 3 x 4, 1, 2, 3, 4, 4, 6, Point(1, 2), Point(4, 2), Point(1, 6), Point(4, 6)]
// expect: [Rectangle (1, 2) 0 x 0.0, 0, 0.0, 0]
// expect: [Rectangle (1, 2) 3 x 4, 1, 2, 3, 4, 4, 6, Point(1, 2), Point(4, 2), Point(1, 6), Point(4, 6)]
// expect: [Rectangle (1, 2) 0 x 0.0, 0, 0.0, 0]
// expect: [Rectangle (2, 1) 3 x 6, Rectangle (2, 1) 3 x 6, Rectangle (2, 1) 3 x 6, Rectangle (2, 1) 3 x 6, Rectangle (1, 2) 3 x 4]
// expect: [Rectangle (10, 20) 30 x 40, 40, 60]
// expect: [Rectangle (10, 20) 0 x 0.0, 0, 0.0]
// expect: Rectangle (10, 20) 0 x 1
// expect: 0: 0/0 -0.0/0 0/0 0/1 0/1.0 -1/0 NaN/NaN 0/Infinity 0/1180591620717411303424
// expect: -0.0: -0.0/0 -0.0/-0.0 -0.0/0.0 -0.0/1 -0.0/1.0 -1/-0.0 NaN/NaN -0.0/Infinity -0.0/1180591620717411303424
// expect: 0.0: 0.0/0.0 -0.0/0.0 0.0/0.0 0.0/1 0.0/1.0 -1/0.0 NaN/NaN 0.0/Infinity 0.0/1180591620717411303424
// expect: 1: 0/1 -0.0/1 0.0/1 1/1 1/1 -1/1 NaN/NaN 1/Infinity 1/1180591620717411303424
// expect: 1.0: 0/1.0 -0.0/1.0 0.0/1.0 1.0/1.0 1.0/1.0 -1/1.0 NaN/NaN 1.0/Infinity 1.0/1180591620717411303424
// expect: -1: -1/0 -1/-0.0 -1/0.0 -1/1 -1/1.0 -1/-1 NaN/NaN -1/Infinity -1/1180591620717411303424
// expect: NaN: NaN/NaN NaN/NaN NaN/NaN NaN/NaN NaN/NaN NaN/NaN NaN/NaN NaN/NaN NaN/NaN
// expect: Infinity: 0/Infinity -0.0/Infinity 0.0/Infinity 1/Infinity 1.0/Infinity -1/Infinity NaN/NaN Infinity/Infinity 1180591620717411303424/Infinity
// expect: 1180591620717411303424: 0/1180591620717411303424 -0.0/1180591620717411303424 0.0/1180591620717411303424 1/1180591620717411303424 1.0/1180591620717411303424 -1/1180591620717411303424 NaN/NaN 1180591620717411303424/Infinity 1180591620717411303424/1180591620717411303424
// expect: [Invalid argument(s): min: argument 'a' must be a num, it is "1", Invalid argument(s): min: argument 'b' must be a num, it is null, Invalid argument(s): max: argument 'a' must be a num, it is "1", Invalid argument(s): max: argument 'b' must be a num, it is null]
// expect: [1024, 0.5, 8.0, 1, NaN, 18446744073709551616, 1.4142135623730951, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 2.356194490192345]
// expect: [2.718281828459045, 2.302585092994046, 0.6931471805599453, 1.4426950408889634, 0.4342944819032518, 3.141592653589793, 0.7071067811865476, 1.4142135623730951]
// expect: [50, true]
// expect: [[0, 1, 2, 3, 4, 5], 2, true, true, 0, Random]
// expect: [RangeError: nextInt: argument 'max' must be from 1 to 4294967296, it is 0, RangeError: nextInt: argument 'max' must be from 1 to 4294967296, it is 4294967297, Invalid argument(s): nextInt: argument 'max' must be an int, it is null]
// expect: [[0, 1, 2, 3, 4, 5], 2, true, true, 0, Random]
// expect: [RangeError: nextInt: argument 'max' must be from 1 to 4294967296, it is 0, RangeError: nextInt: argument 'max' must be from 1 to 4294967296, it is 4294967297, Invalid argument(s): nextInt: argument 'max' must be an int, it is null]
// expect: [[0, 1, 2, 3, 4, 5], 2, true, true, 0, Random]
// expect: [RangeError: nextInt: argument 'max' must be from 1 to 4294967296, it is 0, RangeError: nextInt: argument 'max' must be from 1 to 4294967296, it is 4294967297, Invalid argument(s): nextInt: argument 'max' must be an int, it is null]
// expect: Invalid argument(s): Random: argument 'seed' must be an int, it is "seed"
// expect: [1464685455, 709911204, 722903211, 4040855859, 3472190905, 2237441205, 1464685455]
// expect: [2, 2, 1, 0, 2, 1, 1, 1]
// expect: [0.1948500886817257, true, false]
