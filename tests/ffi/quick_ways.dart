// What has a quick way of its own, at its edges: elements behind pointers, arguments and results,
// type arguments that are asked for again and again.
import 'dart:ffi';
import 'package:ffi/ffi.dart';

int sizeOfIt<T>() => sizeOf<T>();

String failure(f) {
  try {
    return "${f()}";
  } catch (e) {
    return "${e.runtimeType}";
  }
}

void main() {
  for (var i = 0; i < 4; i++) print(i.isEven ? sizeOfIt<Int16>() : sizeOfIt<Double>());
  // expect: 2
  // expect: 8
  // expect: 2
  // expect: 8

  // The same places of a program, and elements of another type each time.
  final memory = calloc<Uint8>(64);
  final pointers = [
    memory.cast<Int8>(), memory.cast<Uint8>(), memory.cast<Int16>(), memory.cast<Uint16>(),
    memory.cast<Int32>(), memory.cast<Uint32>(), memory.cast<Int64>(), memory.cast<Uint64>()
  ];
  for (final p in pointers) {
    p[1] = -2;
    p.value = 0x123456789a;
    print([p.value, p[1], p[0]]);
  }
  // expect: [-102, -2, -102]
  // expect: [154, 254, 154]
  // expect: [30874, -2, 30874]
  // expect: [30874, 65534, 30874]
  // expect: [878082202, -2, 878082202]
  // expect: [878082202, 4294967294, 878082202]
  // expect: [78187493530, -2, 78187493530]
  // expect: [78187493530, -2, 78187493530]

  final longs = memory.cast<Int64>();
  longs[0] = 0x7fffffffffffffff; // No small int: neither is what comes back.
  longs[1] = -0x4000000000000000;
  longs[2] = 0x4000000000000000;
  print([longs[0], longs[1], longs[2]]);
  // expect: [9223372036854775807, -4611686018427387904, 4611686018427387904]
  final doubles = memory.cast<Double>();
  doubles[1] = 0.1;
  doubles[2] = 3; // An int does.
  final floats = memory.cast<Float>();
  floats[0] = 0.1;
  print([doubles[1], doubles[2], floats[0] == 0.1, floats[0] > 0.099]);
  // expect: [0.1, 3.0, false, true]

  // What is wrong stays so, after many that were right.
  for (var i = 0; i < 3; i++) longs[7] = i;
  print(failure(() => longs[8])); // expect: RangeError
  print(failure(() => longs[-1])); // expect: RangeError
  print(failure(() => longs[7] = "x")); // expect: ArgumentError
  print(failure(() => longs[0x1000000000000000])); // expect: ArgumentError
  print(failure(() => longs[0.5])); // expect: ArgumentError
  print(failure(() => doubles[0] = "x")); // expect: ArgumentError
  print(failure(() => memory.cast<Void>()[0])); // expect: ArgumentError
  print(failure(() => new Pointer<Int32>.fromAddress(0)[5])); // expect: ArgumentError
  print(failure(() => new Pointer<Int32>.fromAddress(8).value)); // expect: ArgumentError

  // Arguments and results, leaf and not.
  final process = DynamicLibrary.process();
  for (final isLeaf in [true, false]) {
    final abs = process.lookupFunction<Int32 Function(Int32), int Function(int)>('abs',
        isLeaf: isLeaf);
    final labs = process.lookupFunction<Int64 Function(Int64), int Function(int)>('labs',
        isLeaf: isLeaf);
    final strlen = process.lookupFunction<Size Function(Pointer<Utf8>), int Function(Pointer<Utf8>)>(
        'strlen',
        isLeaf: isLeaf);
    final memset = process.lookupFunction<Pointer<Void> Function(Pointer<Void>, Int32, Size),
        Pointer<Void> Function(Pointer<Void>, int, int)>('memset', isLeaf: isLeaf);
    print([abs(-5), abs(0x80000001), labs(-0x7fffffffffffffff), labs(1 << 40)]);
    print([failure(() => abs(0x100000000)), failure(() => abs(-0x80000001)), failure(() => abs(1.5))]);
    final text = 'abc'.toNativeUtf8();
    final second = (text.cast<Uint8>() + 1).cast<Utf8>();
    print([strlen(text), strlen(second)]);
    print(memset(text.cast<Void>(), 0, 3) == text);
    malloc.free(text);
    print([failure(() => strlen(text)), failure(() => strlen(second))]);
  }
  // expect: [5, 2147483647, 9223372036854775807, 1099511627776]
  // expect: [0, 2147483647, ArgumentError]
  // expect: [3, 2]
  // expect: true
  // expect: [ArgumentError, ArgumentError]
  // expect: [5, 2147483647, 9223372036854775807, 1099511627776]
  // expect: [0, 2147483647, ArgumentError]
  // expect: [3, 2]
  // expect: true
  // expect: [ArgumentError, ArgumentError]

  calloc.free(memory);
  print([failure(() => longs[0]), failure(() => longs[0] = 1), failure(() => memory.value)]);
  // expect: [StateError, StateError, StateError]
}
