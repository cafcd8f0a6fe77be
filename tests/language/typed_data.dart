// dart:typed_data: every list type, views that share bytes, byte data in both byte orders.
import 'dart:typed_data';

fails(f) {
  try {
    f();
  } catch (error) {
    print(error.runtimeType);
    return;
  }
  print("nothing thrown");
}

main() {
  var lists = [
    new Int8List(2), new Uint8List(2), new Uint8ClampedList(2), new Int16List(2), new Uint16List(2),
    new Int32List(2), new Uint32List(2), new Int64List(2), new Float32List(2), new Float64List(2)
  ];
  for (var list in lists) {
    list[0] = -1;
    list[1] = 300;
    print("${list.runtimeType} $list ${list.elementSizeInBytes} ${list.lengthInBytes}");
  }

  var bytes = new Uint8List.fromList([5, 3, 4, 1]);
  print(bytes is Uint8List && bytes is List && bytes is TypedData && bytes is Iterable);
  print(bytes is Int8List);
  bytes.sort();
  print("$bytes ${bytes.first} ${bytes.last} ${bytes.indexOf(4)} ${bytes.contains(9)}");
  print(bytes.map((b) => b * 2).toList());
  print(bytes.where((b) => b > 3).join("-"));
  var sum = 0;
  for (var b in bytes) sum += b;
  print(sum);
  var part = bytes.sublist(1, 3);
  print("${part.runtimeType} $part");
  part[0] = 99;
  print(bytes);
  bytes.setRange(1, 3, bytes, 0);
  print(bytes);
  bytes.setRange(0, 2, [256, 257]);
  print(bytes);
  bytes.fillRange(2, 4, 7);
  bytes.setAll(0, [8, 9]);
  print(bytes);
  print(bytes.reversed.toList());
  print(new List.from(bytes, growable: false));

  fails(() => bytes[4]);
  fails(() => bytes[-1] = 0);
  fails(() => bytes["x"]);
  fails(() => bytes[0] = 1.5);
  fails(() => bytes[0] = null);
  fails(() => bytes.add(1));
  fails(() => bytes.length = 2);
  fails(() => new Uint8List(-1));
  fails(() => new Uint8List("x"));
  fails(() => bytes.sublist(3, 2));
  fails(() => new Float32x4List(1)[1]);

  var words = new Uint16List(4);
  var view = new Uint8List.view(words.buffer, 2, 4);
  view[0] = 1;
  view[1] = 2;
  print("$words ${view.offsetInBytes} ${view.lengthInBytes}");
  var inner = new Uint8List.view(view.buffer);
  print("${inner.length} ${inner.buffer == words.buffer} ${inner.buffer.hashCode == words.buffer.hashCode}");
  print(words.buffer.asUint8List(1));
  print(words.buffer.asInt16List(2, 1));
  fails(() => new Uint16List.view(words.buffer, 1));
  fails(() => new Uint16List.view(words.buffer, 0, 5));
  fails(() => new Uint16List.view(words.buffer, -2));
  fails(() => new Uint32List.view(new Uint8List(6).buffer, 4, 1));

  var data = new ByteData(16);
  data.setInt16(0, 0x1234);
  data.setInt16(2, 0x1234, Endianness.LITTLE_ENDIAN);
  print(data.getInt16(2, Endian.little) == data.getInt16(0, Endian.big));
  print(data.getInt16(2, Endian.host) == data.getInt16(2, Endianness.HOST_ENDIAN));
  data.setUint32(4, 0xCAFEBABE);
  data.setFloat64(8, 1.5);
  print(data.buffer.asUint8List());
  print(data.getUint16(0).toRadixString(16));
  print(data.getUint16(2, Endianness.LITTLE_ENDIAN).toRadixString(16));
  print(data.getInt32(4) == 0xCAFEBABE - 0x100000000);
  print(data.getUint32(4, Endianness.LITTLE_ENDIAN).toRadixString(16));
  print(data.getFloat64(8));
  data.setInt64(8, -2);
  print("${data.getInt64(8)} ${data.getUint8(15)} ${data.getInt8(15)}");
  data.setFloat32(0, 0.1);
  print(data.getFloat32(0) == 0.1);
  print((data.getFloat32(0) - 0.1).abs() < 0.0001);
  fails(() => data.getInt16(15));
  fails(() => data.getInt8(-1));
  fails(() => data.setInt8(0, "x"));
  print("${data.runtimeType} ${data is List} ${data.lengthInBytes}");
  print(new Uint8List.view(data.buffer, 0, 2).buffer.lengthInBytes);
  print(new Uint8ClampedList.fromList([-5, 100, 1000]));
  var wide = new Uint64List(1);
  wide[0] = -1;
  print(wide[0]);
  print(wide[0] is int);
}

// expect: Int8List [-1, 44] 1 2
// expect: Uint8List [255, 44] 1 2
// expect: Uint8ClampedList [0, 255] 1 2
// expect: Int16List [-1, 300] 2 4
// expect: Uint16List [65535, 300] 2 4
// expect: Int32List [-1, 300] 4 8
// expect: Uint32List [4294967295, 300] 4 8
// expect: Int64List [-1, 300] 8 16
// expect: Float32List [-1.0, 300.0] 4 8
// expect: Float64List [-1.0, 300.0] 8 16
// expect: true
// expect: false
// expect: [1, 3, 4, 5] 1 5 2 false
// expect: [2, 6, 8, 10]
// expect: 4-5
// expect: 13
// expect: Uint8List [3, 4]
// expect: [1, 3, 4, 5]
// expect: [1, 1, 3, 5]
// expect: [0, 1, 3, 5]
// expect: [8, 9, 7, 7]
// expect: [7, 7, 9, 8]
// expect: [8, 9, 7, 7]
// expect: RangeError
// expect: RangeError
// expect: ArgumentError
// expect: ArgumentError
// expect: ArgumentError
// expect: UnsupportedError
// expect: UnsupportedError
// expect: RangeError
// expect: ArgumentError
// expect: RangeError
// expect: RangeError
// expect: [0, 513, 0, 0] 2 4
// expect: 8 true true
// expect: [0, 1, 2, 0, 0, 0, 0]
// expect: [513]
// expect: RangeError
// expect: RangeError
// expect: RangeError
// expect: RangeError
// expect: true
// expect: true
// expect: [18, 52, 52, 18, 202, 254, 186, 190, 63, 248, 0, 0, 0, 0, 0, 0]
// expect: 1234
// expect: 1234
// expect: true
// expect: bebafeca
// expect: 1.5
// expect: -2 254 -2
// expect: false
// expect: true
// expect: RangeError
// expect: RangeError
// expect: ArgumentError
// expect: ByteData false 16
// expect: 16
// expect: [0, 100, 255]
// expect: 18446744073709551615
// expect: true
