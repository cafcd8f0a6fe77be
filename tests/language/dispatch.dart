// How members are found: many shapes at one site, fields that are called, super, named arguments.
class A {
  var f = (x) => "A.f $x";
  get g => (x, {y: 0}) => "A.g $x $y";
  get name => "A";
  set name(v) => log.add("A.name = $v");
  m(a, {b: 1, c}) => "$a $b $c";
  operator +(o) => "A+$o";
}

class B extends A {
  get name => "B(${super.name})";
  set name(v) {
    super.name = "$v!";
  }
  m(a, {b: 2, c, d}) => super.m(a, c: b, b: c);
  operator +(o) => super + "($o)";
}

class C {
  get name => "C";
  m(a, {b}) => "C.m";
}

class D {
  var name = "D";
  m(a) => "D.m";
}

class E {
  noSuchMethod(i) => "E.${i.memberName} ${i.positionalArguments} ${i.namedArguments}";
}

abstract class Counter {
  var count = 5;
  bump() {
    count += step;
    return count;
  }
}

class Base {
  var first = "first";
}

class Mixed extends Base with Counter {
  var step = 2;
  var last = "last";
}

abstract class Abstract {}

class Weird {
  call([a, b]) => "called $a $b";
}

class Delegate {
  var target = new Weird();
}

var log = [];

nameOf(x) => x.name;

main() {
  for (var round = 0; round < 2; round++) {
    print([new A(), new B(), new C(), new D()].map(nameOf).join(" "));
  }
  // expect: A B(A) C D
  // expect: A B(A) C D
  var b = new B();
  b.name = "new";
  print(log);  // expect: [A.name = new!]
  for (var x in [new A(), new D(), new A(), new D()]) x.name = "n";
  print(log);  // expect: [A.name = new!, A.name = n, A.name = n]
  print(b + 1);  // expect: A+(1)
  print(new A().f(1) + " " + new A().g(2, y: 3));  // expect: A.f 1 A.g 2 3
  print(new A().m(1, c: 2) + "; " + b.m(1, c: 3));  // expect: 1 1 2; 1 3 2
  for (var x in [new A(), b, new C(), new D()]) {
    try {
      print(x.m(0, b: 4));
    } catch (e) {
      print(e is NoSuchMethodError);
    }
  }
  // expect: 0 4 null
  // expect: 0 null 4
  // expect: C.m
  // expect: true
  print(new E().any(1, k: 2));  // expect: E.Symbol("any") [1] {Symbol("k"): 2}
  print((new E().x = 5) == 5);  // expect: true
  var mixed = new Mixed();
  mixed.bump();
  print("${mixed.bump()} ${mixed.first} ${mixed.last}");  // expect: 9 first last
  print(mixed is Counter && mixed is Base);  // expect: true
  try {
    new Abstract();
  } catch (e) {
    print(e);  // expect: Cannot instantiate abstract class: 'Abstract'
  }
  print(new Delegate().target(1));  // expect: called 1 null
  print(new Weird()(1, 2));  // expect: called 1 2
  print(new Weird().call());  // expect: called null null
  var toString = 3.toString;
  print(toString() + "!");  // expect: 3!
  print([1.5, "x", null, true, [1], b.m].map((x) => x.hashCode == x.hashCode).toSet());
  // expect: {true}
  var super10 = 0;
  for (var i = 0; i < 10; i++) super10 += [1, 2.5][i % 2];
  print(super10);  // expect: 17.5
  print(b.runtimeType.toString() + " ${null.runtimeType}");  // expect: B Null
}
