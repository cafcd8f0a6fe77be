// Pointers: arithmetic, values of every type, and what is checked.
import 'dart:ffi';
import 'package:ffi/ffi.dart';
import 'lib_expect.dart';

class Hidden extends Opaque {}

void main() {
  print([sizeOf<Int8>(), sizeOf<Uint16>(), sizeOf<Int32>(), sizeOf<Uint64>()]);
  // expect: [1, 2, 4, 8]
  print([sizeOf<Float>(), sizeOf<Double>(), sizeOf<Bool>(), sizeOf<Pointer<Void>>()]);
  // expect: [4, 8, 1, 8]
  print([sizeOf<Char>(), sizeOf<Short>(), sizeOf<Int>(), sizeOf<Long>(), sizeOf<Size>()]);
  // expect: [1, 2, 4, 8, 8]

  print(nullptr.address); // expect: 0
  print(nullptr == new Pointer<Int8>.fromAddress(0)); // expect: true
  var p = new Pointer<Int32>.fromAddress(0x1000);
  print(p); // expect: Pointer: address=0x1000
  print((p + 2).address - p.address); // expect: 8
  print((p - 1).address); // expect: 4092
  print(p.elementAt(3).address); // expect: 4108
  print(p.cast<Int8>()); // expect: Pointer: address=0x1000
  print([p == p.cast<Double>(), p == p + 1, p == 0x1000]); // expect: [true, false, false]
  print(p.hashCode == p.cast<Uint8>().hashCode); // expect: true

  // Integers keep the lowest bits of what is stored.
  var b = malloc<Uint8>(8);
  b.value = 0x1ff;
  print(b.value); // expect: 255
  print(b.cast<Int8>().value); // expect: -1
  b[1] = -2;
  print([b[0], b[1]]); // expect: [255, 254]
  b.cast<Uint64>().value = -1;
  print(b.cast<Uint64>().value); // expect: -1
  print(b.cast<Uint32>()[1]); // expect: 4294967295
  b.cast<Int16>()[3] = 0x8001;
  print(b.cast<Int16>()[3]); // expect: -32767
  b.cast<Float>().value = 0.1;
  print(b.cast<Float>().value == 0.1); // expect: false
  b.cast<Float>()[1] = 2;
  print(b.cast<Float>()[1]); // expect: 2.0
  b.cast<Double>().value = 0.1;
  print(b.cast<Double>().value); // expect: 0.1
  b.cast<Bool>().value = true;
  print([b.value, b.cast<Bool>().value]); // expect: [1, true]
  b.cast<Pointer<Int16>>().value = new Pointer<Int16>.fromAddress(0xabcd0);
  print(b.cast<Pointer<Int16>>().value); // expect: Pointer: address=0xabcd0
  print(b.cast<IntPtr>().value); // expect: 703696

  expectKind("text in an int", () => b.value = "a"); // expect: text in an int: ArgumentError
  expectKind("null in an int", () => b.value = null); // expect: null in an int: ArgumentError
  expectKind("int in a pointer", () => b.cast<Pointer<Int16>>().value = 5);
  // expect: int in a pointer: ArgumentError
  expectKind("bounds", () => b[8]); // expect: bounds: RangeError
  expectKind("bounds", () => b[-1]); // expect: bounds: RangeError
  expectKind("bounds", () => b[8] = 1); // expect: bounds: RangeError
  expectKind("far", () => b.cast<Int64>()[1 << 61]); // expect: far: ArgumentError
  expectKind("wide", () => (b + 1).cast<Int64>().value); // expect: wide: RangeError
  expectKind("interior", () => malloc.free(b + 1)); // expect: interior: StateError
  malloc.free(b);
  expectKind("freed", () => b.value); // expect: freed: StateError
  expectKind("freed", () => b.value = 1); // expect: freed: StateError
  expectKind("freed", () => b.cast<Double>().value); // expect: freed: StateError
  expectKind("twice", () => malloc.free(b)); // expect: twice: StateError
  malloc.free(nullptr);

  expectKind("null", () => nullptr.cast<Int8>().value); // expect: null: ArgumentError
  expectKind("first page", () => new Pointer<Int8>.fromAddress(8).value);
  // expect: first page: ArgumentError
  expectKind("no values", () => new Pointer<Void>.fromAddress(0x10000).value);
  // expect: no values: ArgumentError
  expectKind("no type", () => new Pointer.fromAddress(0x10000).value);
  // expect: no type: ArgumentError
  print([sizeOf<Pointer<Hidden>>(), new Pointer<Hidden>.fromAddress(64)]);
  // expect: [8, Pointer: address=0x40]
  expectKind("hidden", () => sizeOf<Hidden>()); // expect: hidden: UnsupportedError
  expectKind("no size", () => sizeOf<Void>()); // expect: no size: UnsupportedError
  expectKind("no native type", () => sizeOf<String>()); // expect: no native type: UnsupportedError
}
