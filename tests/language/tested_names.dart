// A test, which imports `expect.dart`, is run though names in it mean nothing: it may never get to them.
import "lib_expect.dart";

class A {
  static known() => unknown;
  never() => unknown(1) + A.unknown + new Unknown();
}

main() {
  if (main == null) unknown = 1;
  print(new A() is A);  // expect: true
  shows(() => unknown(1));  // expect: NoSuchMethodError: 'unknown' is not declared.
  shows(A.known);  // expect: NoSuchMethodError: 'unknown' is not declared; did you mean 'known'?
  shows(() => new A().never());  // expect: NoSuchMethodError: Class 'A' has no instance method 'unknown' that takes these arguments.
}
