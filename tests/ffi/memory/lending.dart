// Typed data where C takes a Pointer: by its address in leaf calls, kept in place in others.
import 'dart:ffi';
import 'dart:typed_data';
import 'package:ffi/ffi.dart';
import 'lib_garbage.dart';

final counted = DynamicLibrary.open('libcounted.so');

typedef SumBytesC = Int64 Function(Pointer<Uint8>, Int32);
typedef SumBytes = dynamic Function(dynamic, dynamic);
typedef FillC = Void Function(Pointer<Uint8>, Int32, Uint8);
typedef FillAfterC = Void Function(
    Pointer<NativeFunction<Void Function()>>, Pointer<Uint8>, Int32, Uint8);

void makeGarbage() {
  for (var i = 0; i < 3000; i++) new List(200);
}

void main() {
  final leafSum = counted.lookupFunction<SumBytesC, SumBytes>('sum_bytes', isLeaf: true);
  final sum = counted.lookupFunction<SumBytesC, SumBytes>('sum_bytes');
  final fill = counted.lookupFunction<FillC, dynamic Function(dynamic, int, int)>('fill_bytes', isLeaf: true);
  final bytes = new Uint8List.fromList([1, 2, 3, 4, 5]);
  print([leafSum(bytes, 5), sum(bytes, 5)]); // expect: [15, 15]
  fill(bytes, 2, 9);
  print(bytes); // expect: [9, 9, 3, 4, 5]
  print(leafSum(new Uint8List.view(bytes.buffer, 2, 2), 2)); // expect: 7
  print(leafSum(new Int8List.fromList([1, 1]), 2)); // expect: 2
  print(leafSum(new Uint8ClampedList.fromList([1, 1]), 2)); // expect: 2
  print(leafSum(new ByteData(3), 3)); // expect: 0

  // As an address.
  print(leafSum(bytes.address, 5)); // expect: 30
  print(leafSum(bytes.address + 2, 2)); // expect: 7
  print(sum(bytes.address, 5)); // expect: 30
  print(sum(new Float32List(1).address.cast<Uint8>(), 4)); // expect: 0
  print(bytes.address); // expect: Pointer: in typed data, at byte 0
  print(new Float64List(1).address + 1); // expect: Pointer: in typed data, at byte 8
  print([bytes.address == bytes.address, bytes.address == new Uint8List(1).address]);
  // expect: [true, false]
  print(bytes.address == nullptr); // expect: false

  // An ordinary call that collects meanwhile.
  final fillAfter = counted.lookupFunction<FillAfterC, dynamic Function(dynamic, dynamic, int, int)>('fill_after');
  final collect = Pointer.fromFunction<Void Function()>(makeGarbage);
  for (final given in [bytes, bytes.address]) {
    fillAfter(collect, given, 5, 7);
    print(bytes); // expect: [7, 7, 7, 7, 7]
    bytes[0] = 0;
    // expect: [7, 7, 7, 7, 7]
  }
  final sumFloats = counted
      .lookupFunction<Double Function(Pointer<Float>, Int32), double Function(dynamic, int)>(
          'sum_floats',
          isLeaf: true);
  print(sumFloats(new Float32List.fromList([0.5, 1.5]), 2)); // expect: 2.0
  final same = counted.lookupFunction<Pointer<Void> Function(Pointer<Void>), Pointer Function(dynamic)>('same');
  print(same(new Float64List(1)) == nullptr); // expect: false

  print(errorOf(() => leafSum(new Int32List(1), 4))
      .contains('must be a Pointer, or typed data of elements of 1 byte')); // expect: true
  print(errorOf(() => leafSum([1, 2], 2)).contains('must be a Pointer')); // expect: true
  print(errorOf(() => [1].address).contains('only lists of typed data')); // expect: true
  print(errorOf(() => bytes.address.address).contains('has an address in calls only')); // expect: true
  print(errorOf(() => bytes.address.value));
  // expect: StateError: Bad state: Access of 1 byte of native memory: the pointer is into typed data of the program, which has an address in calls only.
  print(errorOf(() => bytes.address.asTypedList(1)).contains('in calls only')); // expect: true
  print(errorOf(() => malloc.free(bytes.address)).contains('in calls only')); // expect: true
  final slot = calloc<Pointer<Uint8>>();
  print(errorOf(() => slot.value = bytes.address).contains('typed data has one in calls only'));
  // expect: true
  calloc.free(slot);
}
