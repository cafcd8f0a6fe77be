// All ways to give arguments to functions, and functions as values.
typedef num Operation(num a, num b);

String greet(String name, {String greeting: "Hello", bool loudly: false}) {
  var text = "$greeting, $name";
  return loudly ? text.toUpperCase() + "!" : text + ".";
}

List range(int start, [int end, int step = 1]) {
  if (end == null) {
    end = start;
    start = 0;
  }
  var result = [];
  for (var i = start; step > 0 ? i < end : i > end; i += step) result.add(i);
  return result;
}

class Point {
  final num x, y;
  final String label;
  const Point(this.x, this.y, {this.label});
  Point.polar(num r, {num turns: 0}) : this(r * (1 - 2 * turns), 0, label: "polar");
  Point.origin([this.x = 0, this.y = 0]) : label = "origin";
  toString() => "($x, $y${label == null ? '' : ', $label'})";
}

Function compose(f(x), g(x)) => (x) => f(g(x));
Function curry(Operation f) => (num a) => (num b) => f(a, b);

memoize(f(n)) {
  var known = {};
  return (n) => known.putIfAbsent(n, () => f(n));
}

main(List<String> arguments) {
  print(greet("Ann"));
  print(greet("Bob", loudly: true, greeting: "Hi"));
  print("${range(3)} ${range(1, 4)} ${range(10, 0, -4)}");
  print("${const Point(1, 2)} ${new Point(1, 2, label: 'p')} ${new Point.origin(3)} "
      "${new Point.polar(2, turns: 0.5)}");

  var operations = <String, Operation>{
    "+": (a, b) => a + b,
    "-": (a, b) => a - b,
    "max": (a, b) => a > b ? a : b
  };
  operations.forEach((name, f) => print("$name ${f(7, 3)} ${curry(f)(1)(2)}"));
  print(compose((x) => "<$x>", (x) => x * 2)(21));

  var fibonacci;
  fibonacci = memoize((n) => n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2));
  print(fibonacci(90));

  print(Function.apply(greet, ["Cat"], {#greeting: "Bye"}));
  var counters = [];
  for (var i = 0; i < 3; i++) {
    var count = i * 10;
    counters.add(() => ++count);
  }
  counters[1]();
  print(counters.map((f) => f()).toList());
  print([3, 1, 2].map(new Point.origin().toString().length.compareTo).toList());
  try {
    Function.apply(greet, []);
  } on NoSuchMethodError catch (e) {
    print(e.toString().split("\n").first);
  }
  print(arguments.isEmpty ? "no arguments" : "arguments: $arguments");
}
