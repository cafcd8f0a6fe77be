// expect-compile-error: This function cannot be called from C as 'Int32 Function(Int32)': its result is 'double', in C 'Int32'.
import 'dart:ffi';

double half(int x) => x / 2;

void main() {
  print('It begins.');
  Pointer.fromFunction<Int32 Function(Int32)>(half, 0);
}
