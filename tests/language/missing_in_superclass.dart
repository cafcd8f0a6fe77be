// What no superclass has cannot be asked of one.
class A {
  describe() => 'a';
}

class B extends A {
  // expect-compile-error: The superclass of 'B' has no member 'descrbe'; did you mean 'describe'?
  describe() => super.descrbe();
}

main() {
  print(new B().describe());
}
