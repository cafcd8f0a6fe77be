// Closures: what they capture, per iteration of loops, and how they are called.
counter() {
  var n = 0;
  return () => ++n;
}

optional(a, [b = 2, c]) => "$a $b $c";
named(a, {b: "B", c}) => "$a $b $c";

class Adder {
  var base;
  Adder(this.base);
  call(x) => base + x;
  add(x) => base + x;
  get adder => (x) => base + x;
  each(list) {
    var result = [];
    list.forEach((x) {
      result.add(x + base);
    });
    return result;
  }
}

topLevel(x) => x + 100;

main() {
  var one = counter();
  var two = counter();
  one();
  one();
  print("${one()} ${two()}");  // expect: 3 1

  var closures = [];
  for (var i = 0; i < 3; i++) closures.add(() => i);
  print(closures.map((c) => c()).toList());  // expect: [0, 1, 2]
  closures = [];
  for (var i = 0; i < 3; i++) {
    closures.add(() => i);
    i = i + 0;
  }
  print(closures[0]() + closures[1]() + closures[2]());  // expect: 3
  closures = [];
  for (var x in ["a", "b"]) closures.add(() => x);
  print(closures[0]() + closures[1]());  // expect: ab
  var j = 0;
  closures = [];
  while (j < 3) {
    var k = j;
    closures.add(() => k * 10);
    j++;
  }
  print(closures[1]());  // expect: 10

  nested(a) => (b) => (c) => a + b + c;
  print(nested(1)(2)(3));  // expect: 6
  fib(n) => n < 2 ? n : fib(n - 1) + fib(n - 2);
  print(fib(10));  // expect: 55
  print(((x) => x * 2)(21));  // expect: 42

  print(optional(1));  // expect: 1 2 null
  print(optional(1, 5));  // expect: 1 5 null
  print(optional(1, 5, 6));  // expect: 1 5 6
  print(named(1));  // expect: 1 B null
  print(named(1, c: 3));  // expect: 1 B 3
  print(named(1, c: 3, b: null));  // expect: 1 null 3
  var f = named;
  print(f(1, c: 9));  // expect: 1 B 9
  var g = ([a = 1, b = 2]) => a * b;
  print("${g()} ${g(5)} ${g(5, 6)}");  // expect: 2 10 30

  var adder = new Adder(5);
  print(adder(1));  // expect: 6
  var tear = adder.add;
  print(tear(2));  // expect: 7
  print(tear == adder.add);  // expect: true
  print(adder.adder(3));  // expect: 8
  print(adder.each([1, 2]));  // expect: [6, 7]
  print([1, 2].map(topLevel).toList());  // expect: [101, 102]
  print([1, 2].map(adder.add).toList());  // expect: [6, 7]
  print(identical(topLevel, topLevel));  // expect: true
  print(Function.apply(optional, [7, 8]));  // expect: 7 8 null
  print(tear.call(1));  // expect: 6
  print(main is Function && !(1 is Function));  // expect: true
  try {
    topLevel.call();
  } catch (e) {
    print(e is NoSuchMethodError);  // expect: true
  }
  var notAFunction = 3;
  try {
    notAFunction();
  } catch (e) {
    print(e is NoSuchMethodError);  // expect: true
  }
  var none;
  try {
    none();
  } catch (e) {
    print(e is NoSuchMethodError);  // expect: true
  }
}
