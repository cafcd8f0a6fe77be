// flags: --ffi-checked
// With --ffi-checked errors say where a block was allocated and freed, and freed memory is filled.
import 'dart:ffi';
import 'package:ffi/ffi.dart';
import 'lib_garbage.dart';

Pointer<Int32> allocateIt() => calloc<Int32>(4);
void freeIt(Pointer pointer) {
  calloc.free(pointer);
}

void main() {
  final p = allocateIt();
  final outside = errorOf(() => p[4]);
  print(outside.contains('not for 4 bytes at byte 16 (Allocated: #0 allocateIt (checked.dart:')); // expect: true
  print(outside.contains(' #1 main (checked.dart:')); // expect: true
  print(outside.contains('Freed')); // expect: false
  print(errorOf(() => calloc.free(p + 1)).contains('Allocated:\n  #0 allocateIt')); // expect: true
  freeIt(p);
  final dead = errorOf(() => p.value);
  print(dead.contains('a block of 16 bytes that has been freed, at byte 0.\nAllocated:\n  #0 allocateIt'));
  // expect: true
  print(dead.contains('\nFreed:\n  #0 freeIt (checked.dart:')); // expect: true
  print(errorOf(() => freeIt(p)).contains('freed before.\nAllocated:\n  #0 allocateIt')); // expect: true
  final strlen = DynamicLibrary.process()
      .lookupFunction<Size Function(Pointer<Utf8>), int Function(Pointer)>('strlen');
  print(errorOf(() => strlen(p)).contains('; Freed: #0 freeIt')); // expect: true

  // Filled, and not given to malloc at once: through a pointer that knows no block.
  final q = allocateIt();
  final unknown = new Pointer<Int32>.fromAddress(q.address);
  q[0] = 5;
  freeIt(q);
  print(unknown.value == 0xdddddddd - (1 << 32)); // expect: true
  final next = allocateIt();
  print(next.address == q.address); // expect: false
  freeIt(next);

  final text = 'text'.toNativeUtf8();
  calloc.free(text);
  print(errorOf(() => text.length).contains('Allocated:\n  #0 main (checked.dart:')); // expect: true
  final disowned = allocateIt();
  calloc.disown(disowned);
  print(errorOf(() => disowned.value).contains('\nDisowned:\n  #0 main')); // expect: true
  freeIt(new Pointer<Void>.fromAddress(disowned.address));

  final list = allocateIt().asTypedList(4);
  print(list); // expect: [0, 0, 0, 0]
  final kept = ownAndForget();
  print(collectUntil(() => errorOf(() => kept()).contains('\nFreed by a finalizer:'))); // expect: true
}

// Reads the block through a pointer that does not keep it.
dynamic ownAndForget() {
  final holder = new Holder();
  holder.fill();
  return () => holder.block.value;
}

class Holder implements Finalizable {
  static final freeing = new NativeFinalizer(calloc.nativeFree);
  Pointer<Int32> block;
  void fill() {
    block = allocateIt();
    freeing.attach(new Holder(), block.cast());
  }
}
