// expect-compile-error: circular_supertypes.dart:3:7: Error: The class 'A' is its own supertype.
main() => new A();
class A implements A {}
