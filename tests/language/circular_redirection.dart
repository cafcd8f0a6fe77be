// Constructors that pass on to each other for ever.
class A {
  // expect-compile-error: The constructor 'A.first' redirects to itself, by way of 'B', 'A.second'.
  factory A.first() = B;
  factory A.second() = A.first;
}

class B implements A {
  factory B() = A.second;
}

main() {
  print('never');
}
