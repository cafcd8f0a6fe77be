// Calls, conditions, types and constants at their borders, each a few times at one place of the
// program, so that what was remembered there is asked too.
// stress-interval: 11
class Takes {
  named({a}) => "named $a";
  optional([a, b]) => "$a $b";
  both(a, {b: 2}) => "$a $b";
}

class One<T> {
  final value;
  const One(this.value);
  has(x) => x is T;
}

class Two<T> {
  final value;
  const Two(this.value);
}

class Callable {
  call(error) => "called $error";
}

class WithTrace {
  call(error, trace) => "called $error ${trace is StackTrace}";
}

class Base {
  var field = "field";
  get getter => "getter";
  method([x]) => "method $x";
}

class Derived extends Base {
  reads() => [super.field, super.getter, super.method(1), super.method].map((x) => x is Function ? x(2) : x);
  writes(x) => super.field = x;
}

show(f) {
  try {
    return "${f()}";
  } catch (e) {
    return "${e.runtimeType}";
  }
}

callWithOne(f) => f(1);
callWithName(f) => f(a: 1);

inTurn(List all, f) {
  var first = all.map(f).join(", ");
  for (var i = 0; i < 3; i++) {
    var again = all.map(f).join(", ");
    if (again != first) print("$first, but then $again");
  }
  print(first);
}

calls() {
  var takes = new Takes();
  // As many words as it has parameters, and not what it takes.
  inTurn([takes], (t) => show(() => t.named(1)));
  inTurn([takes], (t) => t.named(a: 1) + " " + t.optional(1, 2) + " " + t.both(1) + " " + t.both(1, b: 3));
  inTurn([(a) => "a $a", ({a}) => "named $a", ([a, b]) => "$a $b", () => "none", takes.named, takes.optional, print is Function, 5, null],
      (f) => show(() => callWithOne(f)));
  inTurn([(a) => "a $a", ({a}) => "named $a", ({a, b}) => "$a $b", ({b}) => "b $b", takes.named, takes.optional],
      (f) => show(() => callWithName(f)));
  // Only a closure is its own `call`, and has nothing else.
  var closure = () => 1;
  inTurn([closure, 5, "x", new Callable(), takes.named], (f) => show(() => f.call is Function));
  inTurn([closure, takes.named], (f) => show(() => f.nix));
  inTurn([closure, takes.named], (f) => show(() => f.nix()));
  var derived = new Derived();
  for (var i = 0; i < 3; i++) derived.writes("written $i");
  print(derived.reads().toList());
}
// expect: NoSuchMethodError
// expect: named 1 1 2 1 2 1 3
// expect: a 1, NoSuchMethodError, 1 null, NoSuchMethodError, NoSuchMethodError, 1 null, NoSuchMethodError, NoSuchMethodError, NoSuchMethodError
// expect: NoSuchMethodError, named 1, 1 null, NoSuchMethodError, named 1, NoSuchMethodError
// expect: true, NoSuchMethodError, NoSuchMethodError, true, true
// expect: NoSuchMethodError, NoSuchMethodError
// expect: NoSuchMethodError, NoSuchMethodError
// expect: [written 2, getter, method 1, method 2]

// Nothing but `true` is true.
conditions() {
  inTurn([true, false, null, 1, 0, "true", []], (x) => x ? "yes" : "no");
  inTurn([true, false, null, 1, 0, "true", []], (x) => x || false);
  inTurn([true, false, null, 1, 0, "true", []], (x) => x && true);
  inTurn([true, false, null, 1, 0, "true", []], (x) => !x);
  inTurn([true, false, null, 1], (x) { if (!x) return "not"; return "is"; });
  inTurn([false, null, 1], (x) { while (x) return "entered"; do {} while (x); for (; x;) return "entered"; return "left"; });
}
// expect: yes, no, no, no, no, no, no
// expect: true, false, false, false, false, false, false
// expect: true, false, false, false, false, false, false
// expect: false, true, true, true, true, true, true
// expect: is, not, not, not
// expect: left, left, left

constants() {
  for (var i = 0; i < 2; i++) {
    var map = const {1: const ["x"]};
    map[1];
    map.length;
    print([
      identical(const ["a1"], const ["a${1}"]), identical(const [1], const [1]),
      identical(map, const {1: const ["x"]}), identical(const One<int>(1), const One<int>(1)),
      identical(const [0.5, null, true], const [0.5, null, true]), identical(const [9223372036854775807], const [9223372036854775807]),
    ]);
    print([
      identical(const [1], const [1, 1]), identical(const [], const [null]), identical(const [0.0], const [-0.0]),
      identical(const [1], const ["1"]), identical(const One<int>(1), const One<String>(1)),
      identical(const One<int>(1), const One<int>(2)), identical(const One<int>(1), const Two<int>(1)),
      identical(const {1: 2}, const {2: 1}), identical(const [true], const [false]), identical(const [1], const [1.0]),
    ]);
  }
}
// expect: [true, true, true, true, true, true]
// expect: [false, false, false, false, false, false, false, false, false, false]
// expect: [true, true, true, true, true, true]
// expect: [false, false, false, false, false, false, false, false, false, false]

typedef Optional = int Function(int, [int]);
typedef Named = int Function(int, {int b});
typedef NoneAtAll = void Function();

types() {
  var functions = [() => 1, (a) => 1, (a, [b]) => 1, (a, {b}) => 1, ([a]) => 1, (a, b) => 1, (a, {required b}) => 1, new Takes().both, null, 5];
  inTurn(functions, (f) => f is NoneAtAll);
  inTurn(functions, (f) => f is Optional);
  inTurn(functions, (f) => f is Named);
  inTurn(functions, (f) => f is NoneAtAll?);
  inTurn([null, 1, "x"], (x) => x is int?);
  inTurn([null, 1], (x) => "${x is int} ${x is Null} ${x as int}");
  inTurn([null, 1, "x", 1.5], (x) => show(() => x as num));
  inTurn([new One<int>(0), new One<String>(0), new One<Object>(0), new One<int?>(0)], (o) => "${o.has(1)} ${o.has('x')} ${o.has(null)}");
  inTurn([<int>[], <num>[], <int?>[], [], <List<int>>[]], (x) => "${x is List<num>} ${x is List<int>} ${x is List<int?>}");
}
// expect: true, false, false, false, true, false, false, false, false, false
// expect: false, false, true, false, false, false, false, false, false, false
// expect: false, false, false, true, false, false, false, true, false, false
// expect: true, false, false, false, true, false, false, false, true, false
// expect: true, true, false
// expect: false true null, true false 1
// expect: null, 1, CastError, 1.5
// expect: true false false, false true false, true true true, true false true
// expect: true true true, true false false, false false true, true true true, false false false

numbers() {
  var small = -4611686018427387904, large = 4611686018427387903, least = -9223372036854775807 - 1;
  print([-small, small - 1, large + 1, small ~/ -1, small * -1, -least, least ~/ -1, ~small, ~least]);
  print([9007199254740993 / 1, large / 1, -7 % 3, 7 % -3, -7 % -3, -6 % 3, 7 ~/ -2, -7 ~/ 2]);
  print([1 << 61, 1 << 62, 1 << 63, -1 << 62, -1 << 63, 3 << 61, 0 << 63, 0 << 100, 1 >> 62, -1 >> 63, -1 >> 64, large >> 61, small >> 62, small >> 63, small >> 64, large >> 64, 5 >> 1000]);
  print([16777217 / 1, 123456789 / 2, -16777217 / 1]);
  inTurn([small, large, 0, -1, 1], (x) => "${x + 2147483647} ${x - 2147483647} ${x + -2147483648}");
}
// expect: [4611686018427387904, -4611686018427387905, 4611686018427387904, 4611686018427387904, 4611686018427387904, 9223372036854775808, 9223372036854775808, 4611686018427387903, 9223372036854775807]
// expect: [9007199254740992.0, 4611686018427388000.0, 2, 1, 2, 0, -3, -3]
// expect: [2305843009213693952, 4611686018427387904, 9223372036854775808, -4611686018427387904, -9223372036854775808, 6917529027641081856, 0, 0, 0, -1, -1, 1, -1, -1, -1, 0, 0]
// expect: [16777217.0, 61728394.5, -16777217.0]
// expect: -4611686016279904257 -4611686020574871551 -4611686020574871552, 4611686020574871550 4611686016279904256 4611686016279904255, 2147483647 -2147483647 -2147483648, 2147483646 -2147483648 -2147483649, 2147483648 -2147483646 -2147483647

// What is written out is made in groups.
literals() {
  var x = 1;
  var list = [
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
      25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46,
      47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68,
      69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90,
      91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109,
      110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 120, 121, 122, 123, 124, 125, 126, 127,
      128, 129, 130, 
  ];
  var constant = const [
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
      25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46,
      47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68,
      69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90,
      91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109,
      110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 120, 121, 122, 123, 124, 125, 126, 127,
      128, 129, 130, 
  ];
  var set = {
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
      25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46,
      47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68,
      69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90,
      91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109,
      110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 120, 121, 122, 123, 124, 125, 126, 127,
      128, 129, 130, 
  };
  var map = {
      1: x, 2: x, 3: x, 4: x, 5: x, 6: x, 7: x, 8: x, 9: x, 10: x, 11: x, 12: x, 13: x, 14: x,
      15: x, 16: x, 17: x, 18: x, 19: x, 20: x, 21: x, 22: x, 23: x, 24: x, 25: x, 26: x,
      27: x, 28: x, 29: x, 30: x, 31: x, 32: x, 33: x, 34: x, 35: x, 36: x, 37: x, 38: x,
      39: x, 40: x, 41: x, 42: x, 43: x, 44: x, 45: x, 46: x, 47: x, 48: x, 49: x, 50: x,
      51: x, 52: x, 53: x, 54: x, 55: x, 56: x, 57: x, 58: x, 59: x, 60: x, 61: x, 62: x,
      63: x, 64: x, 65: x, 66: x, 67: x, 68: x, 69: x, 70: x, 
  };
  var text = "$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,$x,";
  print("${list.length} ${list.first} ${list.last} ${list.reduce((a, b) => a + b)} ${list is List}");
  print("${constant.length} ${constant[63]} ${constant[64]} ${constant[65]} ${constant.last}");
  print("${set.length} ${set.contains(64)} ${set.contains(65)} ${set.last} ${map.length} ${map[64]} ${map[70]}");
  print("${text.length} ${text.split(",").length}");
}
// expect: 130 1 130 8515 true
// expect: 130 64 65 66 130
// expect: 130 true true 130 70 1 1
// expect: 260 131

var attempts = 0;
var fails = attempts++ < 2 ? throw "attempt $attempts" : "made";
var circular = circular2 + 1;
var circular2 = circular + 1;

statics() {
  inTurn([0], (x) => 0);
  for (var i = 0; i < 4; i++) print(show(() => fails));
  for (var i = 0; i < 2; i++) print(show(() => circular));
  circular2 = 5;
  print(circular);
}
// expect: 0
// expect: String
// expect: String
// expect: made
// expect: made
// expect: CyclicInitializationError
// expect: CyclicInitializationError
// expect: 6

main() {
  calls();
  conditions();
  constants();
  types();
  numbers();
  literals();
  statics();
}
