// asTypedList: native memory as a list of the program.
import 'dart:ffi';
import 'dart:typed_data';
import 'package:ffi/ffi.dart';
import 'lib_garbage.dart';

void main() {
  final p = malloc<Int32>(4);
  final list = p.asTypedList(4);
  print(list is Int32List); // expect: true
  for (var i = 0; i < 4; i++) list[i] = i * 10;
  print([p[0], p[3]]); // expect: [0, 30]
  p[2] = -1;
  print(list); // expect: [0, 10, -1, 30]
  print(list.length); // expect: 4
  print((p + 2).asTypedList(2)); // expect: [-1, 30]
  print(p.asTypedList(0)); // expect: []

  // One kind of list for each kind of number.
  print(p.cast<Int8>().asTypedList(1).runtimeType); // expect: Int8List
  print(p.cast<Uint8>().asTypedList(1).runtimeType); // expect: Uint8List
  print(p.cast<Int16>().asTypedList(1).runtimeType); // expect: Int16List
  print(p.cast<Uint16>().asTypedList(1).runtimeType); // expect: Uint16List
  print(p.cast<Uint32>().asTypedList(1).runtimeType); // expect: Uint32List
  print(p.cast<Int64>().asTypedList(1).runtimeType); // expect: Int64List
  print(p.cast<Uint64>().asTypedList(1).runtimeType); // expect: Uint64List
  print(p.cast<Float>().asTypedList(1).runtimeType); // expect: Float32List
  print(p.cast<Double>().asTypedList(1).runtimeType); // expect: Float64List
  final bytes = p.cast<Uint8>().asTypedList(16);
  bytes[4] = 7;
  print(list[1]); // expect: 7
  print(bytes.buffer.lengthInBytes); // expect: 16
  print(new Int32List.view(bytes.buffer, 4, 1)); // expect: [7]

  // What is checked.
  print(errorOf(() => p.asTypedList(5)));
  // expect: RangeError: RangeError: asTypedList: the receiver must be used within its 16 bytes, and not for 20 bytes at byte 0, it is Instance of 'Pointer<Int32>'
  print(errorOf(() => p.asTypedList(-1)).contains('length')); // expect: true
  print(errorOf(() => p.asTypedList(1 << 50)).contains('length')); // expect: true
  print(errorOf(() => p.asTypedList(null)).contains('length')); // expect: true
  print(errorOf(() => (p.cast<Uint8>() + 1).cast<Int32>().asTypedList(1)).contains('must be aligned'));
  // expect: true
  print(errorOf(() => p.cast<Bool>().asTypedList(1)).contains('must point to numbers')); // expect: true
  print(errorOf(() => p.cast<Pointer<Void>>().asTypedList(1)).contains('must point to numbers'));
  // expect: true
  print(errorOf(() => p.cast<Void>().asTypedList(1)).contains('must point to a native type'));
  // expect: true
  print(errorOf(() => nullptr.cast<Int32>().asTypedList(1)).contains('must not be nullptr'));
  // expect: true
  print(nullptr.cast<Int32>().asTypedList(0)); // expect: []
  print(errorOf(() => p.asTypedList(1, token: p)).contains("'token' must not be given without"));
  // expect: true
  print(errorOf(() => list[4]).contains('RangeError')); // expect: true

  // A freed block is dead to pointers at once; lists of it stay what they are.
  malloc.free(p);
  print(errorOf(() => p.value));
  // expect: StateError: Bad state: Access of 4 bytes of native memory: the pointer @ is into a block of 16 bytes that has been freed, at byte 0.
  list[3] = 44;
  print([list[0], list[1], list[3]]); // expect: [0, 7, 44]
  print(errorOf(() => malloc.free(p)));
  // expect: StateError: Bad state: free of the pointer @: its memory, 16 bytes, has been freed before.
  print(errorOf(() => p.asTypedList(1)).contains('has been freed')); // expect: true
  // Nothing else is allocated there meanwhile.
  final others = [];
  for (var i = 0; i < 200; i++) others.add(malloc<Uint8>(16));
  for (final other in others) {
    for (var i = 0; i < 16; i++) other[i] = 255;
  }
  print(list[3]); // expect: 44
  for (final other in others) malloc.free(other);

  // Memory of a library: closed, it stays as long as the list.
  final lib = DynamicLibrary.open('libcounted.so');
  final table = lib.lookup<Int32>('table').asTypedList(4);
  final pointer = lib.lookup<Int32>('table');
  print(table); // expect: [1, 2, 3, 4]
  lib.close();
  print(errorOf(() => pointer.value).contains('has been closed')); // expect: true
  table[0] = 5;
  print(table); // expect: [5, 2, 3, 4]
  table[0] = 1; // Others of this process may see it.

  // The memory ends with the list.
  final counted = DynamicLibrary.open('libcounted.so');
  final releases = counted.lookupFunction<Int32 Function(), int Function()>('releases');
  final tokens = counted.lookupFunction<Int64 Function(), int Function()>('released_tokens');
  counted.lookupFunction<Void Function(), void Function()>('forget_releases')();
  final countAndFree = counted.lookup<NativeFinalizerFunction>('count_and_free');
  final countRelease = counted.lookup<NativeFinalizerFunction>('count_release');
  makeLists(countAndFree, countRelease);
  print(collectUntil(() => releases() >= 20)); // expect: true
  print([releases(), tokens()]); // expect: [20, 145]
  print(errorOf(() => calloc<Uint8>(4).asTypedList(4, finalizer: nullptr)).contains("'finalizer'"));
  // expect: true
}

void makeLists(Pointer countAndFree, Pointer countRelease) {
  final malloc = DynamicLibrary.process()
      .lookupFunction<Pointer<Void> Function(Size), Pointer<Void> Function(int)>('malloc');
  for (var i = 0; i < 10; i++) {
    final own = malloc(100).cast<Uint8>().asTypedList(100, finalizer: countAndFree);
    own[99] = i;
    if (own[99] != i) print('wrong');
  }
  final shared = calloc<Uint8>(8);
  for (var i = 0; i < 10; i++) {
    shared.asTypedList(8, finalizer: countRelease, token: new Pointer<Void>.fromAddress(10 + i));
  }
  calloc.free(shared);
}
