// Calls whose words have to be arranged: one place, and one name in one function, with receivers
// that arrange them differently, take them as they are, or do not take them.
// stress-interval: 7
class Optional {
  m(a, [b = "b", c]) => "Optional $a $b $c";
}

class Exact {
  m(a) => "Exact $a";
}

class All {
  m([a = 1, b = 2, c = 3, d = 4]) => "All $a $b $c $d";
}

class Named {
  m(a, {x: "x", y}) => "Named $a $x $y";
}

class Turned {
  m(a, {y, x}) => "Turned $a $x $y";
}

class None {}

class Below extends Optional {
  m(a, [b = "own"]) => "Below $a $b, ${super.m(a)}, ${super.m(a, b)}";
  again(other) => "${super.m(1)}, ${other.m(1)}, ${super.m(1)}, ${this.m(1)}";
}

class Lacking {
  call(a, [b = 0]) => a + b;
}

class Adding {
  call(a, [b = 100, c = 1000]) => a + b + c;
}

class Making {
  T call<T>([T x]) => x is T ? x : null;
  what<T>([a]) => "$T $a";
}

class Other {
  what<T>({a}) => "other $T $a";
}

show(f) {
  try {
    return f();
  } on NoSuchMethodError {
    return "nobody";
  }
}

one(object) => object.m("a");
two(object) => "${object.m("a")}; ${object.m("a", "z")}";
named(object) => "${object.m("a", y: 1)}; ${object.m("a", x: 1, y: 2)}; ${object.m("a")}";
called(f) => f(1);

void main() {
  var all = [new Optional(), new Exact(), new All(), new Named(), new Turned(), new None()];
  for (var round = 0; round < 3; round++) {
    var answers = [];
    for (var f in [one, two, named]) {
      for (var object in all) answers.add(show(() => f(object)));
    }
    if (round == 1) answers.forEach(print);
  }
  // expect: Optional a b null
  // expect: Exact a
  // expect: All a 2 3 4
  // expect: Named a x null
  // expect: Turned a null null
  // expect: nobody
  // expect: Optional a b null; Optional a z null
  // expect: nobody
  // expect: All a 2 3 4; All a z 3 4
  // expect: nobody
  // expect: nobody
  // expect: nobody
  // expect: nobody
  // expect: nobody
  // expect: nobody
  // expect: Named a x 1; Named a 1 2; Named a x null
  // expect: Turned a null 1; Turned a 1 2; Turned a null null
  // expect: nobody
  for (var i = 0; i < 3; i++) print(one(i == 1 ? new Below() : new Optional()));
  // expect: Optional a b null
  // expect: Below a own, Optional a b null, Optional a own null
  // expect: Optional a b null
  for (var i = 0; i < 2; i++) print(new Below().again(i == 0 ? new Below() : new All()));
  // expect: Optional 1 b null, Below 1 own, Optional 1 b null, Optional 1 own null, Optional 1 b null, Below 1 own, Optional 1 b null, Optional 1 own null
  // expect: Optional 1 b null, All 1 2 3 4, Optional 1 b null, Below 1 own, Optional 1 b null, Optional 1 own null
  var callables = [new Lacking(), (x) => -x, new Adding(), ([x, y = 7]) => x * y, new Lacking()];
  for (var i = 0; i < 2; i++) print(callables.map(called).toList());
  // expect: [1, -1, 1101, 7, 1]
  // expect: [1, -1, 1101, 7, 1]
  print(show(() => called(new None())));  // expect: nobody
  var making = new Making();
  for (var i = 0; i < 2; i++) {
    print([making<int>(i), making<String>("s"), making<int>()]);
    var some = i == 0 ? making : new Other();
    print("${some.what<int>()} ${some.what<List<String>>()}");
  }
  // expect: [0, s, null]
  // expect: int null List<String> null
  // expect: [1, s, null]
  // expect: other int null other List<String> null
}
