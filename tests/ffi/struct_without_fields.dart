// expect-compile-error: The struct 'Empty' has no fields: a native type has at least one.
import 'dart:ffi';

final class Empty extends Struct {}

void main() {
  print('It begins.');
}
