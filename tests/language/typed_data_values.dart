// dart:typed_data: values of several numbers, their lists, views that change nothing.
import 'dart:typed_data';

tried(f()) {
  try {
    print(f());
  } catch (error) {
    print(error);
  }
}

main() {
  floats();
  ints();
  doubles();
  lists();
  views();
}

floats() {
  var a = new Float32x4(1, -2.0, 0.1, 4.0);
  var b = new Float32x4.splat(2.0);
  print([a, a.x, a.z == 0.1, a + b, a - b, a * b, a / b, -a]);
  print([a.lessThan(b), a.equal(a), a.greaterThanOrEqual(b), a.signMask, a.abs(), a.scale(10.0)]);
  print([a.min(b), a.max(b), a.clamp(new Float32x4.zero(), b), b.sqrt(), b.reciprocal()]);
  print([a.shuffle(Float32x4.WZYX), a.shuffleMix(b, Float32x4.XYZW), Float32x4.YXXX, Float32x4.XXXY]);
  print([a.withX(9), a.withW(9), new Float32x4.fromInt32x4Bits(new Int32x4(0x3f800000, 0, 0, 0))]);
  tried(() => a.shuffle(256));
  tried(() => new Float32x4(1, 2, "3", 4));
}

ints() {
  var a = new Int32x4(1, -1, 0x80000000, 7);
  var b = new Int32x4.bool(true, false, true, false);
  print([a, b, a.z, a | b, a & b, a ^ b, a + a, a - b, a.signMask]);
  print([b.flagX, b.flagY, b.withFlagY(true), a.withZ(3), a.shuffle(Int32x4.XXWW)]);
  print(b.select(new Float32x4.splat(1.0), new Float32x4.splat(2.0)));
  tried(() => new Int32x4(1, 2, 3, 4.0));
  tried(() => new Int32x4.bool(true, null, true, true));
  tried(() => b.withFlagW(1));
}

doubles() {
  var a = new Float64x2(1.5, -0.0);
  print([a, a + a, a * a, -a, a.abs(), a.signMask, a.max(new Float64x2.splat(1.0)), a.withY(2).sqrt()]);
  print(new Float64x2.fromFloat32x4(new Float32x4(1.0, 2.0, 3.0, 4.0)));
}

lists() {
  var floats = new Float32x4List(2);
  floats[1] = new Float32x4(1.0, 2.0, 3.0, 4.0);
  print([floats, floats.length, floats.lengthInBytes, new Float32List.view(floats.buffer)]);
  var ints = new Int32x4List.fromList([new Int32x4(1, 2, 3, 4)]);
  print([ints, ints.map((each) => each.x), new Int32x4List.view(ints.buffer)[0], ints.sublist(0, 1)]);
  var doubles = new Float64x2List(2)..[0] = new Float64x2(1.0, 2.0);
  print([doubles, new Uint8List(32).buffer.asFloat64x2List().length]);
  tried(() => floats[2]);
  tried(() => ints[0] = 1);
  tried(() => doubles.add(null));
  tried(() => new Int32x4List.view(new Uint8List(20).buffer));
  tried(() => new Float64x2List.view(new Uint8List(32).buffer, 8, 1));
  print(new Uint8List.sublistView(new Uint16List.fromList([1, 2, 3]), 1, 2));
  tried(() => new Uint16List.sublistView(new Uint8List(3)));
}

views() {
  var bytes = new Uint8List.fromList([3, 1, 2]);
  var view = new UnmodifiableUint8ListView(bytes);
  bytes[0] = 9;
  print([view, view is Uint8List, view.contains(9), view.sublist(1), view.buffer.asUint8List()]);
  tried(() => view[0] = 1);
  tried(() => view.sort());
  tried(() => view.add(1));
  tried(() => view.buffer.asUint8List()[0] = 1);
  var data = new UnmodifiableByteDataView(new ByteData.view(bytes.buffer));
  print([data.getUint8(0), data.lengthInBytes]);
  tried(() => data.setUint8(0, 1));
}
// stress-interval: 13
// expect: [[1.000000, -2.000000, 0.100000, 4.000000], 1.0, false, [3.000000, 0.000000, 2.100000, 6.000000], [-1.000000, -4.000000, -1.900000, 2.000000], [2.000000, -4.000000, 0.200000, 8.000000], [0.500000, -1.000000, 0.050000, 2.000000], [-1.000000, 2.000000, -0.100000, -4.000000]]
// expect: [[ffffffff, ffffffff, ffffffff, 00000000], [ffffffff, ffffffff, ffffffff, ffffffff], [00000000, 00000000, 00000000, ffffffff], 2, [1.000000, 2.000000, 0.100000, 4.000000], [10.000000, -20.000000, 1.000000, 40.000000]]
// expect: [[1.000000, -2.000000, 0.100000, 2.000000], [2.000000, 2.000000, 2.000000, 4.000000], [1.000000, 0.000000, 0.100000, 2.000000], [1.414214, 1.414214, 1.414214, 1.414214], [0.500000, 0.500000, 0.500000, 0.500000]]
// expect: [[4.000000, 0.100000, -2.000000, 1.000000], [1.000000, -2.000000, 2.000000, 2.000000], 1, 64]
// expect: [[9.000000, -2.000000, 0.100000, 4.000000], [1.000000, -2.000000, 0.100000, 9.000000], [1.000000, 0.000000, 0.000000, 0.000000]]
// expect: RangeError: shuffle: argument 'mask' must be from 0 to 255, it is 256
// expect: Invalid argument(s): Float32x4: argument 'z' must be a num, it is "3"
// expect: [[00000001, ffffffff, 80000000, 00000007], [ffffffff, 00000000, ffffffff, 00000000], -2147483648, [ffffffff, ffffffff, ffffffff, 00000007], [00000001, 00000000, 80000000, 00000000], [fffffffe, ffffffff, 7fffffff, 00000007], [00000002, fffffffe, 00000000, 0000000e], [00000002, ffffffff, 80000001, 00000007], 6]
// expect: [true, false, [ffffffff, ffffffff, ffffffff, 00000000], [00000001, ffffffff, 00000003, 00000007], [00000001, 00000001, 00000007, 00000007]]
// expect: [1.000000, 2.000000, 1.000000, 2.000000]
// expect: Invalid argument(s): Int32x4: argument 'w' must be an int, it is 4.0
// expect: Invalid argument (y): must be a bool: null
// expect: Invalid argument (flag): must be a bool: 1
// expect: [[1.500000, -0.000000], [3.000000, -0.000000], [2.250000, 0.000000], [-1.500000, 0.000000], [1.500000, 0.000000], 2, [1.500000, 1.000000], [1.224745, 1.414214]]
// expect: [1.000000, 2.000000]
// expect: [[[0.000000, 0.000000, 0.000000, 0.000000], [1.000000, 2.000000, 3.000000, 4.000000]], 2, 32, [0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 3.0, 4.0]]
// expect: [[[00000001, 00000002, 00000003, 00000004]], (1), [00000001, 00000002, 00000003, 00000004], [[00000001, 00000002, 00000003, 00000004]]]
// expect: [[[1.000000, 2.000000], [0.000000, 0.000000]], 2]
// expect: RangeError (index): Index out of range: index should be less than 2: 2
// expect: Invalid argument (value): Must be an Int32x4: 1
// expect: Unsupported operation: Cannot change the length of a typed list
// expect: [[00000000, 00000000, 00000000, 00000000]]
// expect: RangeError: view: argument 'offsetInBytes' must be a multiple of BYTES_PER_ELEMENT
// expect: [2, 0]
// expect: Invalid argument(s): The length of the data, 3 bytes, is no multiple of 2
// expect: [[9, 1, 2], true, true, [1, 2], [9, 1, 2]]
// expect: Unsupported operation: Cannot modify an unmodifiable list
// expect: Unsupported operation: Cannot modify an unmodifiable list
// expect: Unsupported operation: Cannot change the length of a typed list
// expect: Unsupported operation: Cannot modify an unmodifiable list
// expect: [9, 3]
// expect: Unsupported operation: Cannot modify unmodifiable byte data
