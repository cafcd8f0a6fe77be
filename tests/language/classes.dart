// Classes: fields, constructors, inheritance, accessors, operators, statics, noSuchMethod.
class Animal {
  String name;
  static int count = 0;
  Animal(this.name) {
    count++;
  }
  Animal.unnamed() : this("nobody");
  factory Animal.make(kind) => kind == "dog" ? new Dog("Rex") : new Animal(kind);
  speak() => "$name makes a sound";
  get shout => speak().toUpperCase();
  set nick(value) => name = value;
  static describe() => "count: $count";
}

class Dog extends Animal {
  var tricks = [];
  Dog(name) : super(name);
  speak() => "${super.speak()}: woof";
}

abstract class Shape {
  area();
  toString() => "$runtimeType of ${area()}";
}

class Square extends Shape {
  final side;
  const Square(this.side);
  area() => side * side;
}

class Vector {
  final x, y;
  const Vector(this.x, this.y);
  operator +(o) => new Vector(x + o.x, y + o.y);
  operator -() => new Vector(-x, -y);
  operator ==(o) => o is Vector && o.x == x && o.y == y;
  get hashCode => x * 31 + y;
  operator [](i) => i == 0 ? x : y;
  operator <(o) => x < o.x;
  toString() => "<$x,$y>";
}

class Matrix {
  var rows = {};
  operator []=(i, v) {
    rows[i] = v;
  }
  operator [](i) => rows[i];
}

class Ghost {
  noSuchMethod(invocation) {
    return "${invocation.memberName} ${invocation.isGetter} ${invocation.positionalArguments}";
  }
}

class Walks {
  walk() => "walks";
}

class Counted {
  var steps = 0;
  step() => ++steps;
}

class Robot extends Object with Walks, Counted implements Comparable {
  compareTo(other) => 0;
}

class Plain {
  var a = 1, b;
}

var lazy = expensive();
expensive() {
  print("computed");
  return 42;
}

main() {
  var d = new Dog("Fido");
  print(d.speak());  // expect: Fido makes a sound: woof
  print(d.shout);  // expect: FIDO MAKES A SOUND: WOOF
  d.nick = "Bo";
  print(d.name);  // expect: Bo
  print(new Animal.unnamed().name);  // expect: nobody
  print(new Animal.make("dog") is Dog);  // expect: true
  print(Animal.describe());  // expect: count: 3
  Animal.count = 10;
  Animal.count += 2;
  print(Animal.count);  // expect: 12
  print(d is Animal && d is Dog && d is Object && !(d is Shape));  // expect: true
  print(new Square(3));  // expect: Square of 9
  print(identical(const Square(2), const Square(2)));  // expect: true
  print(identical(const Square(2), const Square(3)));  // expect: false
  print(identical(new Square(2), const Square(2)));  // expect: false
  print(new Vector(1, 2) + new Vector(3, 4));  // expect: <4,6>
  print(-new Vector(1, 2));  // expect: <-1,-2>
  print(new Vector(1, 2) == new Vector(1, 2));  // expect: true
  print(new Vector(1, 2) != new Vector(1, 2));  // expect: false
  print(new Vector(1, 2)[1]);  // expect: 2
  print(new Vector(1, 2) < new Vector(2, 2));  // expect: true
  var m = new Matrix();
  m[1] = 5;
  m[1] += 2;
  print(m[1]);  // expect: 7
  var ghost = new Ghost();
  print(ghost.foo(1, 2));  // expect: Symbol("foo") false [1, 2]
  print(ghost.bar);  // expect: Symbol("bar") true []
  print(ghost.baz = 3);  // expect: 3
  print(d.tricks);  // expect: []
  var r = new Robot();
  r.step();
  print("${r.walk()} ${r.step()} ${r is Walks} ${r is Comparable}");  // expect: walks 2 true true
  var p = new Plain();
  p.b = p.a++;
  p.a += 5;
  print("${p.a} ${p.b}");  // expect: 7 1
  print(new Plain());  // expect: Instance of 'Plain'
  print(p == p && p != new Plain());  // expect: true
  print(p.hashCode == p.hashCode);  // expect: true
  print(lazy + lazy);
  // expect: computed
  // expect: 84
  try {
    p.nothing(1, "x");
  } catch (e) {
    print(e);
    // expect: NoSuchMethodError: Class 'Plain' has no instance method 'nothing' that takes these arguments.
    // expect: Receiver: Instance of 'Plain'
    // expect: Tried calling: nothing(1, "x")
  }
  try {
    null.foo;
  } catch (e) {
    print(e);
    // expect: NoSuchMethodError: The getter 'foo' was called on null.
    // expect: Tried calling: foo
  }
  try {
    new Square(1).side = 2;
  } catch (e) {
    print(e is NoSuchMethodError);  // expect: true
  }
  try {
    d.speak(1);
  } catch (e) {
    print(e is NoSuchMethodError);  // expect: true
  }
  try {
    (d as Shape);
  } catch (e) {
    print(e is CastError);  // expect: true
    print(e);  // expect: CastError: Dog is not a Shape
  }
  print((d as Animal).name);  // expect: Bo
  print(d.runtimeType == Dog);  // expect: true
  print(Dog);  // expect: Dog
  var cascade = new Plain()
    ..a = 3
    ..b = 4;
  print(cascade.a * cascade.b);  // expect: 12
}
