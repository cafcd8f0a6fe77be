// What is said of a member that is not there: a closure's function is told where it is called alone,
// and a private name is proposed to nobody who has not asked for one.
class C {
  var _hidden = 1;
  visible() => 2;
}
f(a) => a;
first(g) {
  try {
    return g();
  } catch (e) {
    return "$e".split("\n").first;
  }
}
main() {
  dynamic g = f;
  print(first(() => g()));  // expect: NoSuchMethodError: Found 'f(a)', but it is called with no arguments.
  print(first(() => g.call(1, 2)));  // expect: NoSuchMethodError: Found 'f(a)', but it is called with 2 arguments.
  print(first(() => g.calls(1, 2)));  // expect: NoSuchMethodError: Class 'Function' has no instance method 'calls' that takes these arguments.
  print(first(() => g.other));  // expect: NoSuchMethodError: Class 'Function' has no instance getter 'other'.
  dynamic c = new C();
  print(first(() => c.hidden));  // expect: NoSuchMethodError: Class 'C' has no instance getter 'hidden'.
  print(first(() => c._hiden));  // expect: NoSuchMethodError: Class 'C' has no instance getter '_hiden'; did you mean '_hidden'?
  print(first(() => c.visble()));  // expect: NoSuchMethodError: Class 'C' has no instance method 'visble' that takes these arguments; did you mean 'visible'?
}
