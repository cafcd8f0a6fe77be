// expect-compile-error: 'Wrong' cannot extend 'Int32': it is one of dart:ffi's own types.
import 'dart:ffi';

class Wrong extends Int32 {}

void main() {
  print('It begins.');
}
