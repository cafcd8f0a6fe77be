// Types with type arguments, and constructors, as values.

class C<T> {
  final x;
  C([this.x = 7]);
  C.named(this.x, {y: 1}) : z = y;
  C.pair(a, b) : x = '$a$b';
  factory C.made(x) => new C.named(x, y: 5);
  var z;
  type() => T;
}

class D {}

class M {
  var mixed = 'm';
}

class E extends C with M {}

abstract class Shape {
  factory Shape() = Square;
}

class Square implements Shape {}

class Old {
  final log;
  Old.new(this.log);
  Old.other() : this.new('other');
}

class Young extends Old {
  Young() : super.new('young');
}

const torn = C.new;
apply(f, [x]) => x == null ? f() : f(x);

main() {
  print(List<int>); // expect: List<int>
  final Type map = Map<String, List<int>>;
  print(map); // expect: Map<String, List<int>>
  print(List<int> == List<int>); // expect: true
  print(List<int> != List<String>); // expect: true
  print([Set<int>, {1: List<int>}[1]]); // expect: [Set<int>, List<int>]
  print(true ? List<int> : 1); // expect: List<int>
  var a = 1, b = 2, c = 3;
  print([a < b, c > a]); // expect: [true, true]

  print(apply(C.new).x); // expect: 7
  print(apply(C.new, 3).x); // expect: 3
  print([1, 2].map(C.named).map((c) => '${c.x}${c.z}').toList()); // expect: [11, 21]
  print((C.pair)(1, 2).x); // expect: 12
  print(C.made(4).z); // expect: 5
  final f = C.made;
  print(f(4).z); // expect: 5
  print(D.new() is D); // expect: true
  print(apply(D.new) is D); // expect: true
  final e = apply(E.new);
  print('${e.x} ${e.mixed}'); // expect: 7 m
  print(apply(Shape.new) is Square); // expect: true
  print(new Old.new('new').log); // expect: new
  print(new Old.other().log); // expect: other
  print(new Young().log); // expect: young
  print(C<int>.new().type()); // expect: int
  print(apply(C<int>.new).type()); // expect: int
  print(apply(C<int>.named, 1).type()); // expect: int
  print(identical(torn, C.new)); // expect: true
  print(C.named == C.named); // expect: true
  print(C.new == C.named); // expect: false
  print(C.new is Function); // expect: true
  print(D.new); // expect: Closure
  try {
    apply(C.pair, 1);
  } on NoSuchMethodError catch (e) {
    print('refused'); // expect: refused
  }
}
