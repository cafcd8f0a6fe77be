// What has a setter and no getter is not there for who reads it, also where that is known before.
// expect: NoSuchMethodError: 'top' has a setter, but no getter.
// expect: NoSuchMethodError: 'top' has a setter, but no getter.
// expect: set 2
// expect: NoSuchMethodError: 'A.own' has a setter, but no getter.
// expect: NoSuchMethodError: 'A.own' has a setter, but no getter.
// expect: set 3
// expect: Invalid argument: toString() must answer a string: 1
// expect: Invalid argument: toString() must answer a string: null

set top(value) => print("set $value");

class A {
  static set own(value) => print("set $value");
}

class Mute {
  final text;
  Mute(this.text);
  toString() => text;
}

tell(f()) {
  try {
    f();
  } catch (e) {
    print("$e".split("\n").first);
  }
}

main() {
  tell(() => top);
  tell(() => top += 1);
  tell(() => top = 2);
  tell(() => A.own);
  tell(() => A.own++);
  tell(() => A.own = 3);
  tell(() => "${new Mute(1)}");
  tell(() => "a${new Mute(null)}b");
}
