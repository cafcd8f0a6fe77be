// expect-compile-error: 'A' contains itself, by way of 'A.b', 'B.a': only a Pointer can lead back.
import 'dart:ffi';

final class A extends Struct {
  external B b;
}

final class B extends Union {
  @Array(2)
  external Array<A> a;
}

void main() {
  print('It begins.');
}
