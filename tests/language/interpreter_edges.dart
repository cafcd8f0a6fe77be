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
  inTurn([small, large, 0, -1, 1], (x) => "${x + 2147483647} ${x - 2147483647} ${x + -2147483648}");
}
// expect: [4611686018427387904, -4611686018427387905, 4611686018427387904, 4611686018427387904, 4611686018427387904, -9223372036854775808, -9223372036854775808, 4611686018427387903, 9223372036854775807]
// expect: [9007199254740992.0, 4611686018427388000.0, 2, 1, 2, 0, -3, -3]
// expect: [2305843009213693952, 4611686018427387904, -9223372036854775808, -4611686018427387904, -9223372036854775808, 6917529027641081856, 0, 0, 0, -1, -1, 1, -1, -1, -1, 0, 0]
// expect: -4611686016279904257 -4611686020574871551 -4611686020574871552, 4611686020574871550 4611686016279904256 4611686016279904255, 2147483647 -2147483647 -2147483648, 2147483646 -2147483648 -2147483649, 2147483648 -2147483646 -2147483647

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
  statics();
}
