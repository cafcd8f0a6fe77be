// expect-compile-error: The field 'x' of the struct 'S' is of type 'int', but its annotation @Double() is for 'double'.
import 'dart:ffi' as ffi;

final class S extends ffi.Struct {
  @ffi.Double()
  external int x;
}

void main() {
  print('It begins.');
}
