// A setter is a member of its own: under its name there may be a method, and one of the two may be
// static.

class Both {
  var set = [];
  a([x]) => "a $x";
  set a(x) => set.add(x);
  inside() {
    a = 1;
    this.a = 2;
    return a(3);
  }
}

class Below extends Both {
  set a(x) => set.add("below $x");
  both() {
    super.a = 4;
    a = 5;
    return super.a();
  }
}

class Method extends Both {
  a([x]) => "method";
}

class StaticMethod {
  var set = [];
  static a() => "static";
  set a(x) => set.add(x);
}

class StaticSetter {
  static var set = [];
  get a => "instance";
  static set a(x) => set.add(x);
}

class ReadsSuper extends StaticMethod {
  go() {
    super.a = 6;
    return set;
  }
}

// A bare name that reads one of the two sets the other.
class BareInstance {
  var set = [];
  static get a => 1;
  set a(x) => set.add(x);
  go() {
    a = 2;
    a += 3;
    return [a++, (a = 5), set];
  }
}

class BareStatic {
  static var set = [];
  get a => 1;
  static set a(x) => set.add(x);
  go() {
    a = 2;
    return [a++, (a = 5), set];
  }
  static goStatic() => a = 6;
}

main() {
  var both = new Both();
  print([both.inside(), both.set]); // expect: [a 3, [1, 2]]
  both.a = 7;
  print([both.a(8), (both.a)(9), both.set.last]); // expect: [a 8, a 9, 7]
  var below = new Below();
  print([below.both(), below.set]); // expect: [a null, [4, below 5]]
  var method = new Method();
  method.a = 1;
  print([method.a(), method.set]); // expect: [method, [1]]

  var object = new StaticMethod();
  object.a = 10;
  print([StaticMethod.a(), object.set]); // expect: [static, [10]]
  StaticSetter.a = 11;
  print([new StaticSetter().a, StaticSetter.set]); // expect: [instance, [11]]
  print(new ReadsSuper().go()); // expect: [6]
  print(new BareInstance().go()); // expect: [1, 5, [2, 4, 2, 5]]
  print(new BareStatic().go()); // expect: [1, 5, [2, 2, 5]]
  print([BareStatic.goStatic(), BareStatic.set.last]); // expect: [6, 6]
}
