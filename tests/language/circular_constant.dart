// A constant that needs itself is found before anything runs, also by way of objects.
class A {
  final x;
  // expect-compile-error: The constructor 'A' depends on itself, by way of 'first', 'second'.
  const A() : x = first;
}

const first = const [second];
const second = const A();

main() {
  print('never');
}
