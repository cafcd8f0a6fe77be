// What means nothing, in a library that names no error: it is met in a `try` and where something is to
// throw; a class's own noSuchMethod is asked first.
class Asked {
  noSuchMethod(call) => call.memberName;
  go() {
    try {
      return unheard(1);
    } catch (e) {
      return e;
    }
  }
}

class Made<T> {
  Made();
  set() {
    try {
      T = 3;
    } catch (e) {
      return first(e);
    }
  }
}

first(e) => "$e".split("\n").first;

throwsIt(f) {
  try {
    f();
  } catch (e) {
    print(first(e));
  }
}

class Static<T> {
  static ask(x) => throwsIt(() => x is T);
}

expect(f, matcher) => throwsIt(f);
var throwsError = 1;

main() {
  var count = 1;
  final fixed = 1;
  try {
    cuont;
  } catch (e) {
    print(first(e)); // expect: NoSuchMethodError: 'cuont' is not declared; did you mean 'count'?
  }
  try {
    (() => () => cuont)()();
  } catch (e) {
    print(first(e)); // expect: NoSuchMethodError: 'cuont' is not declared; did you mean 'count'?
  }
  try {
    try {
      count is Cuont;
    } finally {
      print("finally"); // expect: finally
    }
  } catch (e) {
    print(first(e)); // expect: TypeError: There is no type 'Cuont'.
  }
  try {
    fixed = 2;
  } catch (e) {
    print(first(e)); // expect: NoSuchMethodError: 'fixed' is final and cannot be assigned to.
  }
  print(fixed); // expect: 1
  throwsIt(() => new Mabe()); // expect: TypeError: There is no class 'Mabe'; did you mean 'Made'?
  throwsIt(() => (() {
        fixed++;
      })()); // expect: NoSuchMethodError: 'fixed' is final and cannot be assigned to.
  expect(() => foo(), throwsError); // expect: NoSuchMethodError: 'foo' is not declared.
  Static.ask(1); // expect: TypeError: What is static does not know its class's type parameter 'T'.
  print(new Asked().go()); // expect: Symbol("unheard")
  print(new Made().set()); // expect: NoSuchMethodError: 'T' cannot be assigned to.
}
