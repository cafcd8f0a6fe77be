// The initialiser of a late variable that reads that variable: the value that comes first stays in a
// final one, which a second one is not given to.
// expect: LateInitializationError: Field 'x' has been assigned during initialization.
// expect: 5
// expect: 6
// expect: 6
// expect: Reading 's' while it is being initialised
// expect: Reading 't' while it is being initialised
// expect: LateInitializationError: Local 'l' has been assigned during initialization.
// expect: 5
// expect: 6
// expect: 6

var depth = 0;
init(read) {
  depth++;
  return depth == 1 ? read() + 1 : 5;
}

class A {
  late final x = init(() => x);
  late var y = init(() => y);
  static late final s = init(() => s);
}

late final t = init(() => t);

tell(f()) {
  depth = 0;
  try {
    print(f());
  } catch (e) {
    print(e);
  }
}

main() {
  var a = new A();
  tell(() => a.x);
  tell(() => a.x);
  tell(() => a.y);
  tell(() => a.y);
  tell(() => A.s);
  tell(() => t);
  var again;
  late final l = init(() => again());
  again = () => l;
  tell(() => l);
  tell(() => l);
  late var m = init(() => again());
  again = () => m;
  tell(() => m);
  tell(() => m);
}
