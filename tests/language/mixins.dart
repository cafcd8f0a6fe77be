// Mixins: each application is a class of its own, between the superclass and what extends it.
class S {
  get m => "S";
  hello(x) => "S.hello($x)";
}

class M {
  get m => "M";
}

class C extends S with M {
  t() => super.m;
}

class Loud {
  hello(x) => "${super.hello(x)}!";
  later() => () => super.hello("later");
}

class Twice {
  hello(x) => super.hello("$x$x");
}

class LoudThenTwice extends S with Loud, Twice {}

class TwiceThenLoud extends S with Twice, Loud {
  hello(x) => "<${super.hello(x)}>";
}

class Other {
  hello(x) => "Other.hello($x)";
}

class LoudOther extends Other with Loud {}

class A {
  var f, log;
  A(this.f) {
    log = "body of A with ${describe()}";
  }
  A.named(a, {b: 2}) : f = "$a $b";
  factory A.make() => new A(0);
  describe() => "nothing";
}

class Counter {
  var count = 10, static = 1;
  bump() => ++count;
  describe() => "count $count";
}

class D = A with M;
class E = A with M, Counter;
class F = E with Loud implements Comparable;

class G extends E {
  var own = "own";
  G() : super(7);
  describe() => "$own, ${super.describe()}";
}

class H = Object with Counter;

class I extends S with H {
  var count = 5;
  both() => "$count ${super.count}";
}

abstract class Abstract = S with Counter;

main() {
  print(new C().t());  // expect: M
  print(new LoudThenTwice().hello("a"));  // expect: S.hello(aa)!
  print(new TwiceThenLoud().hello("a"));  // expect: <S.hello(aa)!>
  print(new LoudOther().hello("a"));  // expect: Other.hello(a)!
  print(new LoudOther().later()());  // expect: Other.hello(later)
  print(new LoudThenTwice().later()());  // expect: S.hello(later)
  print(new D(42).f);  // expect: 42
  print(new D.named(1, b: 3).f + " " + new D.named(4).f);  // expect: 1 3 4 2
  print(new E(1).log);  // expect: body of A with count 10
  var e = new E.named("e");
  print("${e.bump()} ${e.bump()} ${e.m} ${e.f}");  // expect: 11 12 M e 2
  print("${e is A} ${e is M} ${e is Counter} ${e is E} ${e is D}");
  // expect: true true true true false
  print(e.runtimeType);  // expect: E
  var f = new F("f");
  print("${f.f} ${f.count} ${f is E} ${f is Comparable}");  // expect: f 10 true true
  var g = new G();
  print("${g.f} ${g.log}");  // expect: 7 body of A with own, count 10
  print(new I().both());  // expect: 5 10
  print(new I() is H && new I() is Counter && new I() is S);  // expect: true
  print(new H().bump());  // expect: 11
  try {
    new Abstract();
  } catch (error) {
    print(error);  // expect: Cannot instantiate abstract class: 'Abstract'
  }
  var tear = new LoudOther().hello;
  print(tear("t"));  // expect: Other.hello(t)!
}
