// Getters that give a field and nothing else: whatever a class makes of the field is given.
class A {
  var _x;
  var _later;
  A(this._x);
  get x => _x;
  get late => _later;
  get self => this;
}

class OtherField extends A {
  var _x = "field of its own";
  OtherField() : super("field above");
  get above => super.x;
}

class OtherGetter extends A {
  OtherGetter() : super("field above");
  get _x => "getter";
}

class Above extends A {
  Above(x) : super(x);
  get x => "above ${super.x}";
}

class Chain {
  final a;
  Chain(this.a);
  get b => a;
  get c => b;
  get length => c.length;
}

abstract class Given {
  get _y;
  get y => _y;
}

class Takes extends Object with Given {
  var _y = "mixed in";
}

class Answers extends Given {
  noSuchMethod(invocation) => "nobody";
}

read(object) => object.x;
readY(object) => object.y;

main() {
  var a = new A(1);
  // The same place in the code, before and after it is known what the getter does.
  var seen = [];
  for (var i = 0; i < 3; i++) {
    a._x = i;
    seen.add(read(a));
  }
  print(seen); // expect: [0, 1, 2]
  for (var i = 0; i < 3; i++) {
    print([new OtherField(), new OtherGetter(), new Above(5), a].map(read).toList());
  }
  // expect: [field of its own, getter, above 5, 2]
  // expect: [field of its own, getter, above 5, 2]
  // expect: [field of its own, getter, above 5, 2]
  seen = [];
  for (var i = 0; i < 3; i++) {
    a._later = i == 1 ? "set" : null;
    seen.addAll([a.late, new OtherField().above, new Chain([i, i]).length, identical(a.self, a)]);
    seen.addAll([new Takes(), new Answers()].map(readY));
  }
  print(seen.sublist(0, 6)); // expect: [null, field of its own, 2, true, mixed in, nobody]
  print(seen.sublist(6, 12)); // expect: [set, field of its own, 2, true, mixed in, nobody]
  print(seen.sublist(12)); // expect: [null, field of its own, 2, true, mixed in, nobody]
  try {
    for (var object in [a, a, a, null]) read(object);
  } on NoSuchMethodError {
    print("null has none"); // expect: null has none
  }
}
