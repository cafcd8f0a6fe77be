// flags: --ffi-checked
// What a function allocates that a thread of C calls, was allocated in C too.
import 'dart:ffi';
import 'package:ffi/ffi.dart';

typedef Step = Int32 Function(Int32);
typedef Fun = Pointer<NativeFunction<Step>>;

final lib = DynamicLibrary.open('libcallers.so');
final onThreads = lib.lookupFunction<Int64 Function(Fun, Int32, Int32), int Function(Fun, int, int)>(
    'call_on_threads',
    releasesIsolate: true);
final inCpp = lib.lookupFunction<Int32 Function(Fun, Int32), int Function(Fun, int)>('call_in_cpp');

Pointer<Int8> last;

int allocate(int x) {
  last = malloc<Int8>();
  malloc.free(last);
  return x;
}

int allocateDeeper(int x) => inCpp(Pointer.fromFunction<Step>(allocate, -1), x);

String told(int f(int x)) {
  final callable = NativeCallable<Step>.blocking(f, exceptionalReturn: -1);
  onThreads(callable.nativeFunction, 1, 1);
  callable.close();
  try {
    last.value;
  } on StateError catch (e) {
    return e.message;
  }
}

void main() {
  final direct = told(allocate);
  print(direct.contains('#0 allocate (checked.dart:')); // expect: true
  print(direct.contains('(libcallers.so)\n')); // expect: true
  print('in C: call_in_cpp'.allMatches(direct).length); // expect: 0
  // Through C on that thread: what called it there, and the thread's own functions.
  final deeper = told(allocateDeeper);
  print('in C: call_in_cpp (libcallers.so)'.allMatches(deeper).length); // expect: 2
  print('(libcallers.so)'.allMatches(deeper).length > 3); // expect: true
}
