// More functions are given to C, one after the other, than there are stubs: closed ones are used again.
// stress-interval: 7
import 'dart:ffi';

typedef Step = Int32 Function(Int32);

int twice(int x) => 2 * x;

void main() {
  for (var i = 0; i < 5000; i++) {
    NativeCallable<Step>.isolateLocal(twice, exceptionalReturn: 0).close();
  }
  final last = NativeCallable<Step>.isolateLocal(twice, exceptionalReturn: 0);
  print(last.nativeFunction.asFunction<int Function(int)>()(21)); // expect: 42
  last.close();
}
