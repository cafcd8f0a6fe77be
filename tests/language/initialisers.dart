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

// The body begins where a function could, behind what may have functions in it.
class Bodies {
  var x, y;
  Bodies.index(l, i) : x = l[0], y = (i) { x += 1; }
  Bodies.parentheses(l, i) : x = (l[0]), y = (i) { x += 2; }
  Bodies.list(l, i) : x = [l][0][0], y = (i) { x += 3; }
  Bodies.map(l, i) : x = {0: l[0]}[0], y = (i) { x += 4; }
  Bodies.call(l, i) : x = l.elementAt(0), y = (i) { x += 5; }
  Bodies.text(l, i) : x = "${l[0]}", y = (i) { x += "6"; }
  Bodies.within(l, i) : x = [() { return l[0]; }][0](), y = (i) { x += 7; }
}

main() {
  for (var each in [
    new Bodies.index([10], 2),
    new Bodies.parentheses([10], 2),
    new Bodies.list([10], 2),
    new Bodies.map([10], 2),
    new Bodies.call([10], 2),
    new Bodies.text([10], 2),
    new Bodies.within([10], 2)
  ]) {
    order.add("${each.x} ${each.y}");
  }
  print(order);  // expect: [11 2, 12 2, 13 2, 14 2, 15 2, 106 2, 17 2]
  order = [];
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
