// Without checks nothing that is declared changes what happens.
class A {
  int x = "x";
  A([String this.y = 1]);
  int y;
}

int top = "top";
int f(int a, {String b: 2}) => b;

main() {
  int local = "local";
  var a = new A();
  a.x = 2.5;
  print([local, top, f("a"), a.x, a.y, <int>["e"]..add(1.5), <int, int>{"k": null}]);
  for (int s in ["s"]) print(s);
  if (1) print("no");
  print(null ? 1 : 2);
  Undefined u = 3;
  print(u);
  assert(false);
}
// expect: [local, top, 2, 2.5, 1, [e, 1.5], {k: null}]
// expect: s
// expect: 2
// expect: 3
