// There is one object of class Null, and nobody makes it.
// expect-compile-error: 'Null' makes no objects: its only one is null.
main() {
  print(null is Null);
  print(new Null());
}
