// Calls of what is there with arguments that do not fit, and of what is not there.
greet(name, greeting) => "$greeting $name";
maybe(a, [b, c]) => a;
named(a, {first, second}) => a;

class P {
  var count = 1;
  P(x, {y});
  P.none();
  move(dx, dy, {fast}) => dx;
  static make(a) => a;
  get getter => 1;
}

text(f) {
  try {
    f();
    return "nothing thrown";
  } catch (e) {
    return e is NoSuchMethodError ? "$e".split("\n").first : "another error";
  }
}

main() {
  print(text(() => greet("Bob")));
  // expect: NoSuchMethodError: Found 'greet(name, greeting)', but it is called with 1 argument.
  print(text(() => maybe()));
  // expect: NoSuchMethodError: Found 'maybe(a, [b, c])', but it is called with no arguments.
  print(text(() => maybe(1, 2, 3, 4)));
  // expect: NoSuchMethodError: Found 'maybe(a, [b, c])', but it is called with 4 arguments.
  print(text(() => named(1, 2)));
  // expect: NoSuchMethodError: Found 'named(a, {first, second})', but it is called with 2 arguments.
  print(text(() => new P()));
  // expect: NoSuchMethodError: Found 'new P(x, {y})', but it is called with no arguments.
  print(text(() => new P.none(1)));
  // expect: NoSuchMethodError: Found 'new P.none()', but it is called with 1 argument.
  print(text(() => P.make()));
  // expect: NoSuchMethodError: Found 'P.make(a)', but it is called with no arguments.
  var p = new P(1);
  print(text(() => p.move(1)));
  // expect: NoSuchMethodError: Found 'P.move(dx, dy, {fast})', but it is called with 1 argument.
  print(text(() => p.move(1, 2, slow: 3)));
  // expect: NoSuchMethodError: Found 'P.move(dx, dy, {fast})', but it is called with 2 arguments and slow.
  print(text(() => p.cuont));
  // expect: NoSuchMethodError: Class 'P' has no instance getter 'cuont'; did you mean 'count'?
  print(text(() => p.coutn = 1));
  // expect: NoSuchMethodError: Class 'P' has no instance setter 'coutn'; did you mean 'count'?
  print(text(() => p.mvoe(1, 2)));
  // expect: NoSuchMethodError: Class 'P' has no instance method 'mvoe' that takes these arguments; did you mean 'move'?
  print(text(() => p.getter = 1));
  // expect: NoSuchMethodError: Class 'P' has no instance setter 'getter'; it can only be read.
  print(text(() => "abc".lenght));
  // expect: NoSuchMethodError: Class 'String' has no instance getter 'lenght'; did you mean 'length'?
  print(text(() => ((a, b) => a)(1)));
  // expect: NoSuchMethodError: Found 'main.<anonymous closure>.<anonymous closure>(a, b)', but it is called with 1 argument.
  var f = greet;
  print(text(() => f()));
  // expect: NoSuchMethodError: Found 'greet(name, greeting)', but it is called with no arguments.
  print(text(() => null.foo(1)));
  // expect: NoSuchMethodError: The method 'foo' was called on null.
}
