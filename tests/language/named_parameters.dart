// `required`, `super.x`, asserts in initialisers, named arguments among positional ones.
class Base {
  final a, b, c;
  const Base(this.a, [this.b = "b0", this.c]);
  Base.named({required this.a, this.b = "b1", this.c});
  toString() => "$a $b $c";
}

class Derived extends Base {
  Derived(super.a, [super.b, super.c]);
  Derived.own(super.a, [super.b = "own"]);
  Derived.more(extra, super.a) : super();
  Derived.named({required super.a, super.b, super.c}) : super.named();
  Derived.mixed({super.b}) : super.named(a: "fixed", c: "c9");
  Derived.seen(super.a, [super.b]) : log = [a, b];
  var log;
}

class Further extends Derived {
  Further({required super.a, super.b}) : super.named(c: "further");
}

class Key {
  final key;
  const Key({this.key});
}

class Widget extends Key {
  final child;
  const Widget({super.key, this.child});
}

class Checked {
  final x;
  const Checked(this.x) : assert(x > 0), assert(x < 10, "small");
}

class CheckedTwice {
  var x, y;
  CheckedTwice(this.x)
      : assert((() {
          return x > 0;
        })()),
        y = 1;
}

greet({required String name, greeting = "Hello"}) => "$greeting $name";
var dynamicGreet = greet;

class Greeter {
  greet({required name, required final int times}) => "$name $times";
  call({required int x}) => x;
}

say(log, x) {
  log.add(x);
  return x;
}

trying(f) {
  try {
    return f();
  } catch (e) {
    return "$e".split("\n").first;
  }
}

order(a, b, {c, d}) => "$a $b $c $d";

main() {
  print("${new Derived(1)} | ${new Derived(1, 2)} | ${new Derived(1, 2, 3)}");
  // expect: 1 b0 null | 1 2 null | 1 2 3
  print("${new Derived.own(1)} | ${new Derived.own(1, null)} | ${new Derived.more(0, 1)}");
  // expect: 1 own null | 1 null null | 1 b0 null
  print("${new Derived.named(a: 1)} | ${new Derived.named(c: 3, a: 1)} | ${new Derived.mixed()}");
  // expect: 1 b1 null | 1 b1 3 | fixed b1 c9
  print("${new Further(a: 1)} | ${new Further(b: 2, a: 1)} | ${new Derived.seen(1).log}");
  // expect: 1 b1 further | 1 2 further | [1, null]
  print("${const Widget(key: 1).key} ${const Widget().key} ${const Widget(child: 2).child}");
  // expect: 1 null 2
  print("${const Checked(3).x} ${new CheckedTwice(4).y}");
  // expect: 3 1
  print("${greet(name: 'Bob')} ${greet(greeting: 'Hi', name: 'Eve')}");
  // expect: Hello Bob Hi Eve
  print(trying(() => dynamicGreet(greeting: "Hi")));
  // expect: NoSuchMethodError: Found 'greet({required name, greeting})', but it is called with no arguments and greeting.
  dynamic g = new Greeter();
  print("${g.greet(name: 1, times: 2)} ${g(x: 3)} ${trying(() => g.greet(name: 1))}");
  // expect: 1 2 3 NoSuchMethodError: Found 'Greeter.greet({required name, required times})', but it is called with no arguments and name.
  print(trying(() => g()));
  // expect: NoSuchMethodError: Class 'Greeter' has no instance method 'call' that takes these arguments.
  var log = [];
  print(order(say(log, 1), d: say(log, 2), say(log, 3), c: say(log, 4)) + " $log");
  // expect: 1 3 4 2 [1, 2, 3, 4]
  log.clear();
  print(order(c: say(log, 1), say(log, 2), say(log, 3)) + " $log ${dynamicOrder(c: 1, 2, 3)}");
  // expect: 2 3 1 null [1, 2, 3] 2 3 1 null
}

var dynamicOrder = order;
