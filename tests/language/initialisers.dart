// What a constructor does before its body, and in which order.
var order = [];
note(x) {
  order.add(x);
  return x;
}

class A {
  var x;
  A(this.x) {
    order.add("A sees ${seen()}");
  }
  A.named({k, l: 9}) : x = "$k $l";
  seen() => "nothing";
}

class B extends A {
  var y;
  B(a)
      : super(a),
        y = 2;
  seen() => y;
}

class C extends A {
  var first = note("field"), second;
  C()
      : super(note("argument")),
        second = note("second");
  seen() => second;
}

class D extends A {
  var y;
  D(a)
      : super.named(l: a, k: a + 1),
        this.y = a * 2;
}

// Defaults see constants, wherever those are.
const TOP = 10;

main() {
  print(new B(1).y);  // expect: 2
  print(order);  // expect: [A sees 2]
  order = [];
  print(new C().x);  // expect: argument
  print(order);  // expect: [field, argument, second, A sees second]
  var d = new D(3);
  print("${d.x} ${d.y}");  // expect: 4 3 6
  const N = 3;
  f([x = N]) => x;
  print(f());  // expect: 3
  g({a: N + TOP, b: const [N]}) => "$a $b";
  print("${g()} ${g(a: 1)} ${g(b: 2)}");  // expect: 13 [3] 1 [3] 13 2
  deep() {
    const M = N * 2;
    return ([y = M, z = N]) => y + z;
  }
  print(deep()());  // expect: 9
  print([1, 2].map((each, [k = N]) => each * k).toList());  // expect: [3, 6]
}
