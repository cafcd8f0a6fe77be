// dart:math: exact powers, NaN and -0.0, seeds that give the same numbers always.
import 'dart:math';

main() {
  numbers();
  refusals();
  random();
  shapes();
}

numbers() {
  print([E, LN10, LN2, LOG2E, LOG10E, PI, SQRT1_2, SQRT2]);
  print([e, ln10, ln2, log2e, log10e, pi, sqrt1_2, sqrt2]);
  print([sqrt(2), sqrt(-1), exp(1), log(E), log(0), sin(PI / 2), cos(0), tan(0)]);
  print([asin(1), acos(1), atan(1), atan2(1, -1), atan2(-0.0, -1)]);
  // Exact with ints, of whatever size.
  print([pow(2, 10), pow(2, 62), pow(2, 64), pow(-3, 41), pow(10, 30), pow(0, 0), pow(pow(2, 64), 2)]);
  print([pow(-1, 1 << 62), pow(-1, 9007199254740993), pow(0, 1 << 62), pow(1, pow(10, 30))]);
  print([pow(2, -1), pow(2, 0.5), pow(2.0, 3), pow(double.NAN, 0), pow(-8, 1 / 3)]);
  print([min(1, 2), min(2, 1), max(1, 2), max(2.5, 1), min(1, 1.0), max(1.0, 1)]);
  print([min(0.0, -0.0), min(-0.0, 0.0), max(0.0, -0.0), max(-0.0, 0.0), max(-0.0, 0), min(0, -0.0)]);
  print([min(1, double.NAN), max(double.NAN, 1), min(double.NAN, 1.5), max(1.5, double.NAN)]);
}

refused(f) {
  try {
    print("$f came to ${f()}");
  } catch (error) {
    print(error);
  }
}

refusals() {
  refused(() => sqrt("2"));
  refused(() => pow(null, 1));
  refused(() => pow(2, true));
  refused(() => min("a", 1));
  refused(() => max(1, null));
  refused(() => pow(3, 1 << 40));
  refused(() => new Random("seed"));
  refused(() => new Random(1).nextInt(0));
  refused(() => new Random(1).nextInt(0x100000001));
  refused(() => new Random(1).nextInt(1.5));
}

random() {
  var random = new Random(20130307);
  var numbers = [];
  for (var i = 2; i <= 0x100000000; i *= 2) numbers.add(random.nextInt(i));
  print(numbers);
  print([new Random(1).nextDouble(), new Random(-1).nextInt(1000), new Random(pow(2, 70)).nextInt(1000)]);
  print(new Random(7).nextInt(1000) == new Random(7).nextInt(1000));
  print(new Random(pow(2, 64)).nextInt(1 << 32) == new Random(0).nextInt(1 << 32));
  // Without a seed, and secure: different ones, in their range.
  for (var each in [new Random(), new Random.secure()]) {
    var seen = new Set();
    for (var i = 0; i < 20; i++) seen.add(each.nextInt(1 << 32));
    var all = new List.generate(50, (_) => each.nextDouble());
    print([seen.length > 15, all.every((x) => x >= 0.0 && x < 1.0), each.nextBool() is bool]);
  }
}

shapes() {
  var point = const Point(3, 4);
  print([point, point.magnitude, point + const Point(1, 1), point - point, point * 2]);
  print([point == new Point(3.0, 4.0), point.hashCode == new Point(3, 4).hashCode]);
  print([point.distanceTo(const Point(0, 0)), point.squaredDistanceTo(const Point(0, 0))]);
  var square = const Rectangle(0, 0, 10, 10);
  print([square, square.right, square.bottom, square.topLeft, square.bottomRight]);
  print(square.intersection(const Rectangle(5, 6, 10, 10)));
  print(square.intersection(const Rectangle(10, 0, 1, 1)));
  print(square.intersection(const Rectangle(11, 0, 1, 1)));
  print(square.boundingBox(const Rectangle(-5, 5, 1, 30)));
  print([square.intersects(const Rectangle(10, 10, 1, 1)), square.intersects(const Rectangle(11, 0, 1, 1))]);
  print([square.containsPoint(const Point(10, 10)), square.containsPoint(const Point(10.1, 1))]);
  print([square.containsRectangle(const Rectangle(1, 1, 9, 9)), square.containsRectangle(const Rectangle(1, 1, 10, 9))]);
  print([const Rectangle(1, 2, -3, -4.5), new Rectangle.fromPoints(const Point(5, 1), const Point(2, 9))]);
  var changing = new MutableRectangle(0, 0, 1, 1);
  changing.width = 10;
  changing.height = 10;
  print([changing == square, changing.hashCode == square.hashCode, changing is Rectangle]);
  changing.width = -1;
  changing.left = 7;
  print(changing);
}
// expect: [2.718281828459045, 2.302585092994046, 0.6931471805599453, 1.4426950408889634, 0.4342944819032518, 3.141592653589793, 0.7071067811865476, 1.4142135623730951]
// expect: [2.718281828459045, 2.302585092994046, 0.6931471805599453, 1.4426950408889634, 0.4342944819032518, 3.141592653589793, 0.7071067811865476, 1.4142135623730951]
// expect: [1.4142135623730951, NaN, 2.718281828459045, 1.0, -Infinity, 1.0, 1.0, 0.0]
// expect: [1.5707963267948966, 0.0, 0.7853981633974483, 2.356194490192345, -3.141592653589793]
// expect: [1024, 4611686018427387904, 18446744073709551616, -36472996377170786403, 1000000000000000000000000000000, 1, 340282366920938463463374607431768211456]
// expect: [1, -1, 0, 1]
// expect: [0.5, 1.4142135623730951, 8.0, 1.0, NaN]
// expect: [1, 1, 2, 2.5, 1, 1.0]
// expect: [-0.0, -0.0, 0.0, 0.0, 0, -0.0]
// expect: [NaN, NaN, NaN, NaN]
// expect: Invalid argument(s): sqrt: argument 'x' must be a num, it is "2"
// expect: Invalid argument(s): pow: argument 'x' must be a num, it is null
// expect: Invalid argument(s): pow: argument 'exponent' must be a num, it is true
// expect: Invalid argument(s): min: argument 'a' must be a num, it is "a"
// expect: Invalid argument(s): max: argument 'b' must be a num, it is null
// expect: Out of Memory
// expect: Invalid argument(s): Random: argument 'seed' must be an int, it is "seed"
// expect: RangeError: nextInt: argument 'max' must be from 1 to 4294967296, it is 0
// expect: RangeError: nextInt: argument 'max' must be from 1 to 4294967296, it is 4294967297
// expect: Invalid argument(s): nextInt: argument 'max' must be an int, it is 1.5
// expect: [0, 3, 7, 5, 29, 17, 104, 199, 408, 362, 995, 2561, 2548, 9553, 2628, 42376, 101848, 85153, 495595, 647122, 793546, 1073343, 4479969, 9680425, 28460171, 49481738, 9878974, 132552472, 210267283, 125422442, 226275094, 1639629168]
// expect: [0.5785012864412081, 211, 251]
// expect: true
// expect: false
// expect: [true, true, true]
// expect: [true, true, true]
// expect: [Point(3, 4), 5.0, Point(4, 5), Point(0, 0), Point(6, 8)]
// expect: [true, true]
// expect: [5.0, 25]
// expect: [Rectangle (0, 0) 10 x 10, 10, 10, Point(0, 0), Point(10, 10)]
// expect: Rectangle (5, 6) 5 x 4
// expect: Rectangle (10, 0) 0 x 1
// expect: null
// expect: Rectangle (-5, 0) 15 x 35
// expect: [true, false]
// expect: [true, false]
// expect: [true, false]
// expect: [Rectangle (1, 2) 0 x 0.0, Rectangle (2, 1) 3 x 8]
// expect: [true, true, true]
// expect: Rectangle (7, 0) 0 x 10
