// A typedef's class must have what is asked for.
class Box {}

typedef Alias = Box;

void main() {
  Alias.missing();
}
// expect-compile-error: There is no static member or constructor 'missing' of the class 'Box'
