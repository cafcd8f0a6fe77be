// What errors say, and what they know.
// stress-interval: 29
class Named {
  a(x, y) {}
  b({fast, slow}) {}
  c([x]) {}
  var field = 1;
  final fixed = 2;
  get got => 3;
  set put(x) {}
  static only() {}
  toString() => "never asked";
}

class Silent {
  noSuchMethod(i) => [i.memberName, i.isMethod, i.isGetter, i.isSetter, i.isAccessor,
      i.positionalArguments, i.namedArguments];
}

thrown(f) {
  try {
    return f();
  } catch (error) {
    return error;
  }
}

top(x) => x;
var cycle = other;
var other = cycle;
abstract class Abstract {}

main() {
  for (var error in [
    new Exception(), new Exception("m"), new Exception(7), new FormatException(),
    new FormatException("m"), new FormatException("m", "s"), new FormatException("m", "s", 3),
    new FormatException(null, null, 0), new IntegerDivisionByZeroException(), new AssertionError(),
    new AssertionError("m"), new TypeError(), new TypeError("m"), new CastError(), new CastError("m"),
    new NullThrownError(), new ArgumentError(), new ArgumentError("m"), new ArgumentError(null),
    new ArgumentError.value(1), new ArgumentError.value(null, "n"), new ArgumentError.value("v", "n", "m"),
    new ArgumentError.value("v", null, "m"), new ArgumentError.notNull(), new ArgumentError.notNull("n"),
    new RangeError("m"), new RangeError(null), new RangeError.value(5), new RangeError.value(5, "n"),
    new RangeError.value(5, "n", "m"), new RangeError.range(5, 1, 3), new RangeError.range(5, 1, null),
    new RangeError.range(5, null, 3), new RangeError.range(5, 3, 3), new RangeError.range(5, 3, 1, "n", "m"),
    new RangeError.range(5, null, null), new RangeError.index(3, [1, 2]), new RangeError.index(-1, [1]),
    new RangeError.index(0, []), new RangeError.index(7, "abc", "n", "m", 5), new FallThroughError(),
    new UnsupportedError("m"), new UnimplementedError(), new UnimplementedError("m"),
    new StateError("m"), new ConcurrentModificationError(), new ConcurrentModificationError("m"),
    new ConcurrentModificationError(new Named()), new OutOfMemoryError(), new StackOverflowError(),
    new CyclicInitializationError(), new CyclicInitializationError("m"), new Error(),
    new NoSuchMethodError(null, #m, [1, "a"], {#k: null}), new NoSuchMethodError(1, #m, null, null),
  ]) {
    print(error);
  }
  var range = new RangeError.range(5, 1, 3, "n", "m");
  print("${range.invalidValue} ${range.start} ${range.end} ${range.name} ${range.message}");
  range = new RangeError.index(7, [1, 2]);
  print("${range.invalidValue} ${range.start} ${range.end} ${range.name} ${range.length} ${range.indexable} ${range.runtimeType}");
  print([new RangeError("m") is ArgumentError, range is RangeError, new TypeError() is AssertionError,
      new FormatException() is Exception, new StateError("") is Exception, new OutOfMemoryError() is Error]);
  print([1, 1.5, true, null, "x", new Named()].map(Error.safeToString).toList());

  // Checks for a program's own use, at their boundaries.
  for (var f in [
    () => RangeError.checkValueInInterval(1, 1, 3), () => RangeError.checkValueInInterval(3, 1, 3),
    () => RangeError.checkValueInInterval(0, 1, 3), () => RangeError.checkValueInInterval(4, 1, 3, "n"),
    () => RangeError.checkNotNegative(0), () => RangeError.checkNotNegative(-1, "n", "m"),
    () => RangeError.checkValidIndex(0, [1]), () => RangeError.checkValidIndex(1, [1]),
    () => RangeError.checkValidIndex(-1, [1]), () => RangeError.checkValidIndex(1, [1], "n", 2),
    () => RangeError.checkValidRange(0, 3, 3), () => RangeError.checkValidRange(3, null, 3),
    () => RangeError.checkValidRange(4, null, 3), () => RangeError.checkValidRange(-1, 0, 3),
    () => RangeError.checkValidRange(2, 1, 3), () => RangeError.checkValidRange(0, 4, 3, "s", "e", "m"),
  ]) {
    print(thrown(f));
  }

  var o = new Named(), n, s = new Silent();
  for (var f in [
    () => o.a(1), () => o.a(), () => o.a(1, 2, 3), () => o.a(1, 2, k: 3), () => o.b(1), () => o.b(fsat: 1),
    () => o.b(fast: 1, slow: 2, k: 3), () => o.c(1, 2), () => (o as dynamic).feild, () => o.fixed = 1,
    () => o.got = 1, () => o.put, () => o.field(), () => o.got(1), () => o.only(), () => o[0], () => o[0] = 1,
    () => o + 1, () => -o, () => o(), () => o(1, k: 2), () => n.x, () => n.x = 1, () => n.x(1, k: "v"), () => n(),
    () => n[1], () => n + 1, () => top(), () => top(1, 2), () => 1.foo(), () => "x".foo, () => null.foo(),
    () => cycle, () => new Abstract(), () => throw null, () => "x" as int, () => 1 as Named,
    () => Function.apply(top, []), () => Function.apply(top, [1], {#k: 1}),
  ]) {
    print("${thrown(f)}");
  }
  for (var f in [() => s.x, () => s.x = 1, () => s.x(1, k: 2), () => s + 1, () => s[1], () => s[1] = 2, () => -s, () => s(1), () => s == 1]) {
    print(f());
  }
  // An error remembers where it was thrown first.
  var error = new StateError("m");
  print(error.stackTrace);
  thrown(() => throw error);
  var first = error.stackTrace;
  thrown(() => throw error);
  print("${first is StackTrace} ${identical(first, error.stackTrace)}");
  print(new Invocation_().toString());
  assert(true);
}

class Invocation_ {
  toString() => "${#a == const Symbol("a")} ${#a.hashCode == #a.hashCode} ${#a == #b} ${#a}";
}

// expect: Exception
// expect: Exception: m
// expect: Exception: 7
// expect: FormatException
// expect: FormatException: m
// expect: FormatException: m
// expect: s
// expect: FormatException: m
// expect: s
// expect: FormatException (at offset 0)
// expect: IntegerDivisionByZeroException
// expect: Assertion failed
// expect: Assertion failed: m
// expect: TypeError
// expect: TypeError: m
// expect: CastError
// expect: CastError: m
// expect: Throw of null.
// expect: Invalid argument(s)
// expect: Invalid argument(s): m
// expect: Invalid argument(s)
// expect: Invalid argument: 1
// expect: Invalid argument (n): null
// expect: Invalid argument (n): m: "v"
// expect: Invalid argument: m: "v"
// expect: Invalid argument(s): Must not be null
// expect: Invalid argument(s) (n): Must not be null
// expect: RangeError: m
// expect: RangeError
// expect: RangeError: Value not in range: 5
// expect: RangeError (n): Value not in range: 5
// expect: RangeError (n): m: 5
// expect: RangeError: Invalid value: Not in range 1..3, inclusive: 5
// expect: RangeError: Invalid value: Not greater than or equal to 1: 5
// expect: RangeError: Invalid value: Not less than or equal to 3: 5
// expect: RangeError: Invalid value: Only valid value is 3: 5
// expect: RangeError (n): m: Valid value range is empty: 5
// expect: RangeError: Invalid value: 5
// expect: RangeError (index): Index out of range: index should be less than 2: 3
// expect: RangeError (index): Index out of range: index must not be negative: -1
// expect: RangeError (index): Index out of range: no indices are valid: 0
// expect: RangeError (n): m: index should be less than 5: 7
// expect: 'switch case fall-through'
// expect: Unsupported operation: m
// expect: UnimplementedError
// expect: UnimplementedError: m
// expect: Bad state: m
// expect: Concurrent modification during iteration.
// expect: Concurrent modification during iteration: "m".
// expect: Concurrent modification during iteration: Instance of 'Named'.
// expect: Out of Memory
// expect: Stack Overflow
// expect: Reading a variable while it is being initialised
// expect: Reading 'm' while it is being initialised
// expect: Instance of 'Error'
// expect: NoSuchMethodError: Class 'Null' has no instance member 'm'.
// expect: Tried calling: m(1, "a", k: null)
// expect: NoSuchMethodError: Class 'int' has no instance member 'm'.
// expect: Receiver: 1
// expect: Tried calling: m()
// expect: 5 1 3 n m
// expect: 7 0 1 index 2 [1, 2] RangeError
// expect: [true, true, true, true, false, true]
// expect: [1, 1.5, true, null, "x", Instance of 'Named']
// expect: null
// expect: null
// expect: RangeError: Invalid value: Not in range 1..3, inclusive: 0
// expect: RangeError (n): Invalid value: Not in range 1..3, inclusive: 4
// expect: null
// expect: RangeError (n): m: Not greater than or equal to 0: -1
// expect: null
// expect: RangeError (index): Index out of range: index should be less than 1: 1
// expect: RangeError (index): Index out of range: index must not be negative: -1
// expect: null
// expect: 3
// expect: 3
// expect: RangeError (start): Invalid value: Not in range 0..3, inclusive: 4
// expect: RangeError (start): Invalid value: Not in range 0..3, inclusive: -1
// expect: RangeError (end): Invalid value: Not in range 2..3, inclusive: 1
// expect: RangeError (e): m: Not in range 0..3, inclusive: 4
// expect: NoSuchMethodError: Found 'Named.a(x, y)', but it is called with 1 argument.
// expect: Receiver: Instance of 'Named'
// expect: Tried calling: a(1)
// expect: NoSuchMethodError: Found 'Named.a(x, y)', but it is called with no arguments.
// expect: Receiver: Instance of 'Named'
// expect: Tried calling: a()
// expect: NoSuchMethodError: Found 'Named.a(x, y)', but it is called with 3 arguments.
// expect: Receiver: Instance of 'Named'
// expect: Tried calling: a(1, 2, 3)
// expect: NoSuchMethodError: Found 'Named.a(x, y)', but it is called with 2 arguments and k.
// expect: Receiver: Instance of 'Named'
// expect: Tried calling: a(1, 2, k: 3)
// expect: NoSuchMethodError: Found 'Named.b({fast, slow})', but it is called with 1 argument.
// expect: Receiver: Instance of 'Named'
// expect: Tried calling: b(1)
// expect: NoSuchMethodError: Found 'Named.b({fast, slow})', but it is called with no arguments and fsat.
// expect: Receiver: Instance of 'Named'
// expect: Tried calling: b(fsat: 1)
// expect: NoSuchMethodError: Found 'Named.b({fast, slow})', but it is called with no arguments and fast, slow, k.
// expect: Receiver: Instance of 'Named'
// expect: Tried calling: b(fast: 1, slow: 2, k: 3)
// expect: NoSuchMethodError: Found 'Named.c([x])', but it is called with 2 arguments.
// expect: Receiver: Instance of 'Named'
// expect: Tried calling: c(1, 2)
// expect: NoSuchMethodError: Class 'Named' has no instance getter 'feild'; did you mean 'field'?
// expect: Receiver: Instance of 'Named'
// expect: Tried calling: feild
// expect: NoSuchMethodError: Class 'Named' has no instance setter 'fixed'; it can only be read.
// expect: Receiver: Instance of 'Named'
// expect: Tried calling: fixed = 1
// expect: NoSuchMethodError: Class 'Named' has no instance setter 'got'; it can only be read.
// expect: Receiver: Instance of 'Named'
// expect: Tried calling: got = 1
// expect: NoSuchMethodError: Class 'Named' has no instance getter 'put'.
// expect: Receiver: Instance of 'Named'
// expect: Tried calling: put
// expect: NoSuchMethodError: Class 'int' has no instance method 'call' that takes these arguments.
// expect: Receiver: 1
// expect: Tried calling: call()
// expect: NoSuchMethodError: Class 'int' has no instance method 'call' that takes these arguments.
// expect: Receiver: 3
// expect: Tried calling: call(1)
// expect: NoSuchMethodError: Class 'Named' has no instance method 'only' that takes these arguments.
// expect: Receiver: Instance of 'Named'
// expect: Tried calling: only()
// expect: NoSuchMethodError: Class 'Named' has no instance method '[]' that takes these arguments.
// expect: Receiver: Instance of 'Named'
// expect: Tried calling: [](0)
// expect: NoSuchMethodError: Class 'Named' has no instance method '[]=' that takes these arguments.
// expect: Receiver: Instance of 'Named'
// expect: Tried calling: []=(0, 1)
// expect: NoSuchMethodError: Class 'Named' has no instance method '+' that takes these arguments.
// expect: Receiver: Instance of 'Named'
// expect: Tried calling: +(1)
// expect: NoSuchMethodError: Class 'Named' has no instance method 'unary-' that takes these arguments.
// expect: Receiver: Instance of 'Named'
// expect: Tried calling: unary-()
// expect: NoSuchMethodError: Class 'Named' has no instance method 'call' that takes these arguments.
// expect: Receiver: Instance of 'Named'
// expect: Tried calling: call()
// expect: NoSuchMethodError: Class 'Named' has no instance method 'call' that takes these arguments.
// expect: Receiver: Instance of 'Named'
// expect: Tried calling: call(1, k: 2)
// expect: NoSuchMethodError: The getter 'x' was called on null.
// expect: Receiver: n, which is null
// expect: Tried calling: x
// expect: NoSuchMethodError: The setter 'x' was called on null.
// expect: Receiver: n, which is null
// expect: Tried calling: x = 1
// expect: NoSuchMethodError: The method 'x' was called on null.
// expect: Receiver: n, which is null
// expect: Tried calling: x(1, k: "v")
// expect: NoSuchMethodError: The method 'call' was called on null.
// expect: Tried calling: call()
// expect: NoSuchMethodError: The method '[]' was called on null.
// expect: Tried calling: [](1)
// expect: NoSuchMethodError: The method '+' was called on null.
// expect: Tried calling: +(1)
// expect: NoSuchMethodError: Found 'top(x)', but it is called with no arguments.
// expect: Tried calling: top()
// expect: NoSuchMethodError: Found 'top(x)', but it is called with 2 arguments.
// expect: Tried calling: top(1, 2)
// expect: NoSuchMethodError: Class 'int' has no instance method 'foo' that takes these arguments.
// expect: Receiver: 1
// expect: Tried calling: foo()
// expect: NoSuchMethodError: Class 'String' has no instance getter 'foo'.
// expect: Receiver: "x"
// expect: Tried calling: foo
// expect: NoSuchMethodError: The method 'foo' was called on null.
// expect: Tried calling: foo()
// expect: Reading 'cycle' while it is being initialised
// expect: Cannot instantiate abstract class: 'Abstract'
// expect: Throw of null.
// expect: CastError: String is not a int
// expect: CastError: int is not a Named
// expect: NoSuchMethodError: Found 'top(x)', but it is called with no arguments.
// expect: Receiver: Instance of '_Closure'
// expect: Tried calling: call()
// expect: NoSuchMethodError: Found 'top(x)', but it is called with 1 argument and k.
// expect: Receiver: Instance of '_Closure'
// expect: Tried calling: call(1, k: 1)
// expect: [Symbol("x"), false, true, false, true, [], {}]
// expect: 1
// expect: [Symbol("x"), true, false, false, false, [1], {Symbol("k"): 2}]
// expect: [Symbol("+"), true, false, false, false, [1], {}]
// expect: [Symbol("[]"), true, false, false, false, [1], {}]
// expect: 2
// expect: [Symbol("unary-"), true, false, false, false, [], {}]
// expect: [Symbol("call"), true, false, false, false, [1], {}]
// expect: false
// expect: null
// expect: true true
// expect: true true false Symbol("a")
