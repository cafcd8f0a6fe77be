// Every type of typed data at the ends of its range and of its places: constructors, constants,
// views at each offset, both byte orders.
// stress-interval: 29
import 'dart:typed_data';

show(f) {
  try {
    return "${f()}";
  } on Error catch (error) {
    return "<$error>".split("\n").first;
  }
}

main() {
  print([Int8List.BYTES_PER_ELEMENT, Uint8List.BYTES_PER_ELEMENT, Uint8ClampedList.BYTES_PER_ELEMENT,
      Int16List.BYTES_PER_ELEMENT, Uint16List.BYTES_PER_ELEMENT, Int32List.BYTES_PER_ELEMENT,
      Uint32List.BYTES_PER_ELEMENT, Int64List.BYTES_PER_ELEMENT, Uint64List.BYTES_PER_ELEMENT,
      Float32List.BYTES_PER_ELEMENT, Float64List.BYTES_PER_ELEMENT]);
  var makers = {
    "Int8": [(n) => new Int8List(n), (l) => new Int8List.fromList(l), (b, [o = 0, n]) => new Int8List.view(b, o, n), (b, o, n) => b.asInt8List(o, n), (b) => b.asInt8List()],
    "Uint8": [(n) => new Uint8List(n), (l) => new Uint8List.fromList(l), (b, [o = 0, n]) => new Uint8List.view(b, o, n), (b, o, n) => b.asUint8List(o, n), (b) => b.asUint8List()],
    "Clamped": [(n) => new Uint8ClampedList(n), (l) => new Uint8ClampedList.fromList(l), (b, [o = 0, n]) => new Uint8ClampedList.view(b, o, n), (b, o, n) => b.asUint8ClampedList(o, n), (b) => b.asUint8ClampedList()],
    "Int16": [(n) => new Int16List(n), (l) => new Int16List.fromList(l), (b, [o = 0, n]) => new Int16List.view(b, o, n), (b, o, n) => b.asInt16List(o, n), (b) => b.asInt16List()],
    "Uint16": [(n) => new Uint16List(n), (l) => new Uint16List.fromList(l), (b, [o = 0, n]) => new Uint16List.view(b, o, n), (b, o, n) => b.asUint16List(o, n), (b) => b.asUint16List()],
    "Int32": [(n) => new Int32List(n), (l) => new Int32List.fromList(l), (b, [o = 0, n]) => new Int32List.view(b, o, n), (b, o, n) => b.asInt32List(o, n), (b) => b.asInt32List()],
    "Uint32": [(n) => new Uint32List(n), (l) => new Uint32List.fromList(l), (b, [o = 0, n]) => new Uint32List.view(b, o, n), (b, o, n) => b.asUint32List(o, n), (b) => b.asUint32List()],
    "Int64": [(n) => new Int64List(n), (l) => new Int64List.fromList(l), (b, [o = 0, n]) => new Int64List.view(b, o, n), (b, o, n) => b.asInt64List(o, n), (b) => b.asInt64List()],
    "Uint64": [(n) => new Uint64List(n), (l) => new Uint64List.fromList(l), (b, [o = 0, n]) => new Uint64List.view(b, o, n), (b, o, n) => b.asUint64List(o, n), (b) => b.asUint64List()],
    "Float32": [(n) => new Float32List(n), (l) => new Float32List.fromList(l), (b, [o = 0, n]) => new Float32List.view(b, o, n), (b, o, n) => b.asFloat32List(o, n), (b) => b.asFloat32List()],
    "Float64": [(n) => new Float64List(n), (l) => new Float64List.fromList(l), (b, [o = 0, n]) => new Float64List.view(b, o, n), (b, o, n) => b.asFloat64List(o, n), (b) => b.asFloat64List()],
  };
  var odd = [0, -1, 127, 128, -128, -129, 255, 256, 32767, 32768, 65535, 65536, 2147483647, 2147483648,
      4294967295, 4294967296, 0x7fffffffffffffff, -0x7fffffffffffffff - 1, int.parse("18446744073709551615")];
  makers.forEach((name, make) {
    var isFloat = name.startsWith("Float");
    print("$name ${make[0](0)} ${make[0](2)} ${show(() => make[0](-1))}");
    var list = make[0](1);
    print(odd.map((x) {
      return show(() {
        list[0] = isFloat ? x.toDouble() : x;
        return list[0];
      });
    }).join(" "));
    print([show(() => list[0] = isFloat ? 1 : 1.0), show(() => list[1] = 1), show(() => list[1]), show(() => list[-1])].join(" "));
    print(make[1](isFloat ? [1.5, -2.5] : [1, -2]));
    var size = list.elementSizeInBytes;
    var bytes = new Uint8List(32);
    for (var i = 0; i < 32; i++) bytes[i] = i;
    var views = [make[2](bytes.buffer), make[2](bytes.buffer, size), make[2](bytes.buffer, size, 1),
        make[2](bytes.buffer, 32, 0), make[3](bytes.buffer, size * 2, 1), make[4](bytes.buffer)];
    print(views.map((v) => "${v.length} ${v.offsetInBytes} ${v.lengthInBytes}").join(", "));
    if (!isFloat) print("${views[1][0]} ${views[2]} ${views[4][0] == views[5][2]}");
    for (var place in [[1, 1], [size, 32], [32 + size, 0], [-size, 1], [0, 32 ~/ size + 1], [0, -1], [0, 1 << 62]]) {
      var answer = show(() => make[2](bytes.buffer, place[0], place[1]));
      if (!answer.startsWith("<RangeError") && !(size == 1 && place[0] == 1)) print("$place gives $answer");
    }
    print(make[2](new Uint8List(size * 3 - 1).buffer).length == 2);
  });

  // Reading and writing at each place, in both orders.
  var data = new ByteData(12);
  var view = new Uint8List.view(data.buffer);
  var ways = {
    "Int8": [(o, v, e) => data.setInt8(o, v), (o, e) => data.getInt8(o)],
    "Uint8": [(o, v, e) => data.setUint8(o, v), (o, e) => data.getUint8(o)],
    "Int16": [(o, v, e) => data.setInt16(o, v, e), (o, e) => data.getInt16(o, e)],
    "Uint16": [(o, v, e) => data.setUint16(o, v, e), (o, e) => data.getUint16(o, e)],
    "Int32": [(o, v, e) => data.setInt32(o, v, e), (o, e) => data.getInt32(o, e)],
    "Uint32": [(o, v, e) => data.setUint32(o, v, e), (o, e) => data.getUint32(o, e)],
    "Int64": [(o, v, e) => data.setInt64(o, v, e), (o, e) => data.getInt64(o, e)],
    "Uint64": [(o, v, e) => data.setUint64(o, v, e), (o, e) => data.getUint64(o, e)],
    "Float32": [(o, v, e) => data.setFloat32(o, v.toDouble(), e), (o, e) => data.getFloat32(o, e)],
    "Float64": [(o, v, e) => data.setFloat64(o, v.toDouble(), e), (o, e) => data.getFloat64(o, e)],
  };
  ways.forEach((name, way) {
    for (var order in [Endianness.BIG_ENDIAN, Endianness.LITTLE_ENDIAN]) {
      var out = [];
      for (var value in [-2, 0x1234567890abcdef]) {
        view.fillRange(0, 12, 0);
        way[0](1, value, order);
        out.add("$view ${way[1](1, order)}");
      }
      print("$name ${order == Endianness.BIG_ENDIAN ? "big" : "little"} ${out.join(" ")}");
    }
    var size = name.endsWith("8") ? 1 : int.parse(name.replaceAll("Uint", "").replaceAll("Int", "").replaceAll("Float", "")) ~/ 8;
    way[0](12 - size, 1, Endianness.BIG_ENDIAN);
    print("${show(() => way[1](12 - size, Endianness.BIG_ENDIAN))} ${show(() => way[1](13 - size, Endianness.BIG_ENDIAN))} ${show(() => way[0](-1, 1, Endianness.BIG_ENDIAN))}");
  });
  print("${data.getInt16(0) == data.getInt16(0, Endianness.BIG_ENDIAN)} ${Endianness.HOST_ENDIAN == Endianness.LITTLE_ENDIAN}");
  var part = new ByteData.view(data.buffer, 4, 4);
  part.setUint8(0, 77);
  print("${part.lengthInBytes} ${part.offsetInBytes} ${data.getUint8(4)} ${show(() => part.getUint8(4))} ${new ByteData.view(data.buffer, 3).lengthInBytes} ${data.buffer.asByteData(2).lengthInBytes} ${data.buffer.asByteData().lengthInBytes} ${data.buffer.asByteData(2, 5).lengthInBytes}");
  print([show(() => new ByteData.view(data.buffer, 13)), show(() => new ByteData.view(data.buffer, 4, 9)), show(() => new ByteData(-1)), show(() => data.buffer.asByteData(-1))].map((s) => s.startsWith("<RangeError")).toList());
  var f = new Float32List.fromList([0.1, 1e39, double.NAN, -0.0]);
  print("$f ${f[0] == 0.1}");
  var some = new Uint8List.fromList([1, 2, 3, 4]);
  var inner = new Uint8List.view(some.buffer, 1, 2);
  inner.setAll(0, [9, 8]);
  print("$some $inner ${inner.sublist(1)} ${inner.reversed} ${inner.toList()..add(1)} ${inner.buffer.lengthInBytes} ${inner.indexOf(8)}");
  some.setRange(1, 4, some);
  print(some);
  some.setRange(0, 2, new Uint8List.view(some.buffer, 2));
  print(some);
  print([show(() => some.setRange(0, 5, [1])), show(() => some.setRange(0, 2, [1])), show(() => some.setRange(2, 1, [])), show(() => some.setRange(0, 1, ["x"]))]);
  print([some is Uint8List, some is List, some is Int8List, new Uint8ClampedList(1) is Uint8List, some.buffer is ByteBuffer, data is TypedData]);
}

// expect: [1, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8]
// expect: Int8 [] [0, 0] <RangeError: Int8List: argument 'length' must be from 0 to 70368744177664, it is -1>
// expect: 0 -1 127 -128 -128 127 -1 0 -1 0 -1 0 -1 0 -1 0 -1 0 -1
// expect: <Invalid argument(s): []=: argument 'value' must be a number of the list's type, it is 1.0> <RangeError (index): Index out of range: index should be less than 1: 1> <RangeError (index): Index out of range: index should be less than 1: 1> <RangeError (index): Index out of range: index must not be negative: -1>
// expect: [1, -2]
// expect: 32 0 32, 31 1 31, 1 1 1, 0 32 0, 1 2 1, 32 0 32
// expect: 1 [1] true
// expect: true
// expect: Uint8 [] [0, 0] <RangeError: Uint8List: argument 'length' must be from 0 to 70368744177664, it is -1>
// expect: 0 255 127 128 128 127 255 0 255 0 255 0 255 0 255 0 255 0 255
// expect: <Invalid argument(s): []=: argument 'value' must be a number of the list's type, it is 1.0> <RangeError (index): Index out of range: index should be less than 1: 1> <RangeError (index): Index out of range: index should be less than 1: 1> <RangeError (index): Index out of range: index must not be negative: -1>
// expect: [1, 254]
// expect: 32 0 32, 31 1 31, 1 1 1, 0 32 0, 1 2 1, 32 0 32
// expect: 1 [1] true
// expect: true
// expect: Clamped [] [0, 0] <RangeError: Uint8ClampedList: argument 'length' must be from 0 to 70368744177664, it is -1>
// expect: 0 0 127 128 0 0 255 255 255 255 255 255 255 255 255 255 255 0 255
// expect: <Invalid argument(s): []=: argument 'value' must be a number of the list's type, it is 1.0> <RangeError (index): Index out of range: index should be less than 1: 1> <RangeError (index): Index out of range: index should be less than 1: 1> <RangeError (index): Index out of range: index must not be negative: -1>
// expect: [1, 0]
// expect: 32 0 32, 31 1 31, 1 1 1, 0 32 0, 1 2 1, 32 0 32
// expect: 1 [1] true
// expect: true
// expect: Int16 [] [0, 0] <RangeError: Int16List: argument 'length' must be from 0 to 35184372088832, it is -1>
// expect: 0 -1 127 128 -128 -129 255 256 32767 -32768 -1 0 -1 0 -1 0 -1 0 -1
// expect: <Invalid argument(s): []=: argument 'value' must be a number of the list's type, it is 1.0> <RangeError (index): Index out of range: index should be less than 1: 1> <RangeError (index): Index out of range: index should be less than 1: 1> <RangeError (index): Index out of range: index must not be negative: -1>
// expect: [1, -2]
// expect: 16 0 32, 15 2 30, 1 2 2, 0 32 0, 1 4 2, 16 0 32
// expect: 770 [770] true
// expect: true
// expect: Uint16 [] [0, 0] <RangeError: Uint16List: argument 'length' must be from 0 to 35184372088832, it is -1>
// expect: 0 65535 127 128 65408 65407 255 256 32767 32768 65535 0 65535 0 65535 0 65535 0 65535
// expect: <Invalid argument(s): []=: argument 'value' must be a number of the list's type, it is 1.0> <RangeError (index): Index out of range: index should be less than 1: 1> <RangeError (index): Index out of range: index should be less than 1: 1> <RangeError (index): Index out of range: index must not be negative: -1>
// expect: [1, 65534]
// expect: 16 0 32, 15 2 30, 1 2 2, 0 32 0, 1 4 2, 16 0 32
// expect: 770 [770] true
// expect: true
// expect: Int32 [] [0, 0] <RangeError: Int32List: argument 'length' must be from 0 to 17592186044416, it is -1>
// expect: 0 -1 127 128 -128 -129 255 256 32767 32768 65535 65536 2147483647 -2147483648 -1 0 -1 0 -1
// expect: <Invalid argument(s): []=: argument 'value' must be a number of the list's type, it is 1.0> <RangeError (index): Index out of range: index should be less than 1: 1> <RangeError (index): Index out of range: index should be less than 1: 1> <RangeError (index): Index out of range: index must not be negative: -1>
// expect: [1, -2]
// expect: 8 0 32, 7 4 28, 1 4 4, 0 32 0, 1 8 4, 8 0 32
// expect: 117835012 [117835012] true
// expect: true
// expect: Uint32 [] [0, 0] <RangeError: Uint32List: argument 'length' must be from 0 to 17592186044416, it is -1>
// expect: 0 4294967295 127 128 4294967168 4294967167 255 256 32767 32768 65535 65536 2147483647 2147483648 4294967295 0 4294967295 0 4294967295
// expect: <Invalid argument(s): []=: argument 'value' must be a number of the list's type, it is 1.0> <RangeError (index): Index out of range: index should be less than 1: 1> <RangeError (index): Index out of range: index should be less than 1: 1> <RangeError (index): Index out of range: index must not be negative: -1>
// expect: [1, 4294967294]
// expect: 8 0 32, 7 4 28, 1 4 4, 0 32 0, 1 8 4, 8 0 32
// expect: 117835012 [117835012] true
// expect: true
// expect: Int64 [] [0, 0] <RangeError: Int64List: argument 'length' must be from 0 to 8796093022208, it is -1>
// expect: 0 -1 127 128 -128 -129 255 256 32767 32768 65535 65536 2147483647 2147483648 4294967295 4294967296 9223372036854775807 -9223372036854775808 -1
// expect: <Invalid argument(s): []=: argument 'value' must be a number of the list's type, it is 1.0> <RangeError (index): Index out of range: index should be less than 1: 1> <RangeError (index): Index out of range: index should be less than 1: 1> <RangeError (index): Index out of range: index must not be negative: -1>
// expect: [1, -2]
// expect: 4 0 32, 3 8 24, 1 8 8, 0 32 0, 1 16 8, 4 0 32
// expect: 1084818905618843912 [1084818905618843912] true
// expect: true
// expect: Uint64 [] [0, 0] <RangeError: Uint64List: argument 'length' must be from 0 to 8796093022208, it is -1>
// expect: 0 18446744073709551615 127 128 18446744073709551488 18446744073709551487 255 256 32767 32768 65535 65536 2147483647 2147483648 4294967295 4294967296 9223372036854775807 9223372036854775808 18446744073709551615
// expect: <Invalid argument(s): []=: argument 'value' must be a number of the list's type, it is 1.0> <RangeError (index): Index out of range: index should be less than 1: 1> <RangeError (index): Index out of range: index should be less than 1: 1> <RangeError (index): Index out of range: index must not be negative: -1>
// expect: [1, 18446744073709551614]
// expect: 4 0 32, 3 8 24, 1 8 8, 0 32 0, 1 16 8, 4 0 32
// expect: 1084818905618843912 [1084818905618843912] true
// expect: true
// expect: Float32 [] [0.0, 0.0] <RangeError: Float32List: argument 'length' must be from 0 to 17592186044416, it is -1>
// expect: 0.0 -1.0 127.0 128.0 -128.0 -129.0 255.0 256.0 32767.0 32768.0 65535.0 65536.0 2147483648.0 2147483648.0 4294967296.0 4294967296.0 9223372036854776000.0 -9223372036854776000.0 18446744073709552000.0
// expect: 1 <RangeError (index): Index out of range: index should be less than 1: 1> <RangeError (index): Index out of range: index should be less than 1: 1> <RangeError (index): Index out of range: index must not be negative: -1>
// expect: [1.5, -2.5]
// expect: 8 0 32, 7 4 28, 1 4 4, 0 32 0, 1 8 4, 8 0 32
// expect: true
// expect: Float64 [] [0.0, 0.0] <RangeError: Float64List: argument 'length' must be from 0 to 8796093022208, it is -1>
// expect: 0.0 -1.0 127.0 128.0 -128.0 -129.0 255.0 256.0 32767.0 32768.0 65535.0 65536.0 2147483647.0 2147483648.0 4294967295.0 4294967296.0 9223372036854776000.0 -9223372036854776000.0 18446744073709552000.0
// expect: 1 <RangeError (index): Index out of range: index should be less than 1: 1> <RangeError (index): Index out of range: index should be less than 1: 1> <RangeError (index): Index out of range: index must not be negative: -1>
// expect: [1.5, -2.5]
// expect: 4 0 32, 3 8 24, 1 8 8, 0 32 0, 1 16 8, 4 0 32
// expect: true
// expect: Int8 big [0, 254, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] -2 [0, 239, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] -17
// expect: Int8 little [0, 254, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] -2 [0, 239, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] -17
// expect: 1 <RangeError: getInt8: argument 'byteOffset' must be from 0 to 11, it is 12> <RangeError: setInt8: argument 'byteOffset' must be from 0 to 11, it is -1>
// expect: Uint8 big [0, 254, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] 254 [0, 239, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] 239
// expect: Uint8 little [0, 254, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] 254 [0, 239, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] 239
// expect: 1 <RangeError: getUint8: argument 'byteOffset' must be from 0 to 11, it is 12> <RangeError: setUint8: argument 'byteOffset' must be from 0 to 11, it is -1>
// expect: Int16 big [0, 255, 254, 0, 0, 0, 0, 0, 0, 0, 0, 0] -2 [0, 205, 239, 0, 0, 0, 0, 0, 0, 0, 0, 0] -12817
// expect: Int16 little [0, 254, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0] -2 [0, 239, 205, 0, 0, 0, 0, 0, 0, 0, 0, 0] -12817
// expect: 1 <RangeError: getInt16: argument 'byteOffset' must be from 0 to 10, it is 11> <RangeError: setInt16: argument 'byteOffset' must be from 0 to 10, it is -1>
// expect: Uint16 big [0, 255, 254, 0, 0, 0, 0, 0, 0, 0, 0, 0] 65534 [0, 205, 239, 0, 0, 0, 0, 0, 0, 0, 0, 0] 52719
// expect: Uint16 little [0, 254, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0] 65534 [0, 239, 205, 0, 0, 0, 0, 0, 0, 0, 0, 0] 52719
// expect: 1 <RangeError: getUint16: argument 'byteOffset' must be from 0 to 10, it is 11> <RangeError: setUint16: argument 'byteOffset' must be from 0 to 10, it is -1>
// expect: Int32 big [0, 255, 255, 255, 254, 0, 0, 0, 0, 0, 0, 0] -2 [0, 144, 171, 205, 239, 0, 0, 0, 0, 0, 0, 0] -1867788817
// expect: Int32 little [0, 254, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0] -2 [0, 239, 205, 171, 144, 0, 0, 0, 0, 0, 0, 0] -1867788817
// expect: 1 <RangeError: getInt32: argument 'byteOffset' must be from 0 to 8, it is 9> <RangeError: setInt32: argument 'byteOffset' must be from 0 to 8, it is -1>
// expect: Uint32 big [0, 255, 255, 255, 254, 0, 0, 0, 0, 0, 0, 0] 4294967294 [0, 144, 171, 205, 239, 0, 0, 0, 0, 0, 0, 0] 2427178479
// expect: Uint32 little [0, 254, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0] 4294967294 [0, 239, 205, 171, 144, 0, 0, 0, 0, 0, 0, 0] 2427178479
// expect: 1 <RangeError: getUint32: argument 'byteOffset' must be from 0 to 8, it is 9> <RangeError: setUint32: argument 'byteOffset' must be from 0 to 8, it is -1>
// expect: Int64 big [0, 255, 255, 255, 255, 255, 255, 255, 254, 0, 0, 0] -2 [0, 18, 52, 86, 120, 144, 171, 205, 239, 0, 0, 0] 1311768467294899695
// expect: Int64 little [0, 254, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0] -2 [0, 239, 205, 171, 144, 120, 86, 52, 18, 0, 0, 0] 1311768467294899695
// expect: 1 <RangeError: getInt64: argument 'byteOffset' must be from 0 to 4, it is 5> <RangeError: setInt64: argument 'byteOffset' must be from 0 to 4, it is -1>
// expect: Uint64 big [0, 255, 255, 255, 255, 255, 255, 255, 254, 0, 0, 0] 18446744073709551614 [0, 18, 52, 86, 120, 144, 171, 205, 239, 0, 0, 0] 1311768467294899695
// expect: Uint64 little [0, 254, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0] 18446744073709551614 [0, 239, 205, 171, 144, 120, 86, 52, 18, 0, 0, 0] 1311768467294899695
// expect: 1 <RangeError: getUint64: argument 'byteOffset' must be from 0 to 4, it is 5> <RangeError: setUint64: argument 'byteOffset' must be from 0 to 4, it is -1>
// expect: Float32 big [0, 192, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] -2.0 [0, 93, 145, 162, 180, 0, 0, 0, 0, 0, 0, 0] 1311768499227459600.0
// expect: Float32 little [0, 0, 0, 0, 192, 0, 0, 0, 0, 0, 0, 0] -2.0 [0, 180, 162, 145, 93, 0, 0, 0, 0, 0, 0, 0] 1311768499227459600.0
// expect: 1.0 <RangeError: getFloat32: argument 'byteOffset' must be from 0 to 8, it is 9> <RangeError: setFloat32: argument 'byteOffset' must be from 0 to 8, it is -1>
// expect: Float64 big [0, 192, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] -2.0 [0, 67, 178, 52, 86, 120, 144, 171, 206, 0, 0, 0] 1311768467294899700.0
// expect: Float64 little [0, 0, 0, 0, 0, 0, 0, 0, 192, 0, 0, 0] -2.0 [0, 206, 171, 144, 120, 86, 52, 178, 67, 0, 0, 0] 1311768467294899700.0
// expect: 1.0 <RangeError: getFloat64: argument 'byteOffset' must be from 0 to 4, it is 5> <RangeError: setFloat64: argument 'byteOffset' must be from 0 to 4, it is -1>
// expect: true true
// expect: 4 4 77 <RangeError: getUint8: argument 'byteOffset' must be from 0 to 3, it is 4> 9 10 12 5
// expect: [true, true, true, true]
// expect: [0.10000000149011612, Infinity, NaN, -0.0] false
// expect: [1, 9, 8, 4] [9, 8] [8] (8, 9) [9, 8, 1] 4 1
// expect: [1, 1, 9, 8]
// expect: [9, 8, 9, 8]
// expect: [<RangeError: setRange: argument 'end' must be from 0 to 4, it is 5>, <Bad state: Too few elements>, <RangeError: setRange: argument 'end' must be from 2 to 4, it is 1>, <Invalid argument(s): []=: argument 'value' must be a number of the list's type, it is "x">]
// expect: [true, true, false, false, true, true]
