// Finalizers of what lives run when the isolate ends, lists and libraries are gone by then or not.
import 'dart:ffi';
import 'dart:typed_data';
import 'package:ffi/ffi.dart';

class Resource implements Finalizable {}

final resources = [];
final lists = [];

void main() {
  // Output of C, by C.
  final process = DynamicLibrary.process();
  final finalizer = new NativeFinalizer(process.lookup<NativeFinalizerFunction>('puts'));
  for (final text in ['one', 'two']) {
    final resource = new Resource();
    resources.add(resource);
    finalizer.attach(resource, text.toNativeUtf8().cast());
  }
  final freeing = new NativeFinalizer(malloc.nativeFree);
  final kept = new Resource();
  resources.add(kept);
  final block = calloc<Int64>(4);
  freeing.attach(kept, block.cast());
  lists.add(block.asTypedList(4));
  lists.add(calloc<Int64>(4).asTypedList(4, finalizer: calloc.nativeFree));
  resources.add(calloc.owned<Int8>());
  final lib = DynamicLibrary.open('libcounted.so');
  lists.add(lib.lookup<Int32>('table').asTypedList(4));
  lib.close();
  print('end'); // expect: end
}
// expect: one
// expect: two
