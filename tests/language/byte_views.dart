// The views of a buffer by its own members, from the beginning, from a place on and of a few elements; the
// same of a buffer and of byte data that cannot be modified; and in which order bytes are read.
// stress-interval: 97
import "dart:typed_data";

tried(f) {
  try {
    return "${f()}";
  } catch (error) {
    return "$error".split("\n").first;
  }
}

final views = {
  "ByteData": (b, [o, n]) => o == null ? b.asByteData() : n == null ? b.asByteData(o) : b.asByteData(o, n),
  "Int8": (b, [o, n]) => o == null ? b.asInt8List() : n == null ? b.asInt8List(o) : b.asInt8List(o, n),
  "Uint8": (b, [o, n]) => o == null ? b.asUint8List() : n == null ? b.asUint8List(o) : b.asUint8List(o, n),
  "Clamped": (b, [o, n]) => o == null ? b.asUint8ClampedList() : n == null ? b.asUint8ClampedList(o) : b.asUint8ClampedList(o, n),
  "Int16": (b, [o, n]) => o == null ? b.asInt16List() : n == null ? b.asInt16List(o) : b.asInt16List(o, n),
  "Uint16": (b, [o, n]) => o == null ? b.asUint16List() : n == null ? b.asUint16List(o) : b.asUint16List(o, n),
  "Int32": (b, [o, n]) => o == null ? b.asInt32List() : n == null ? b.asInt32List(o) : b.asInt32List(o, n),
  "Uint32": (b, [o, n]) => o == null ? b.asUint32List() : n == null ? b.asUint32List(o) : b.asUint32List(o, n),
  "Int64": (b, [o, n]) => o == null ? b.asInt64List() : n == null ? b.asInt64List(o) : b.asInt64List(o, n),
  "Uint64": (b, [o, n]) => o == null ? b.asUint64List() : n == null ? b.asUint64List(o) : b.asUint64List(o, n),
  "Float32": (b, [o, n]) => o == null ? b.asFloat32List() : n == null ? b.asFloat32List(o) : b.asFloat32List(o, n),
  "Float64": (b, [o, n]) => o == null ? b.asFloat64List() : n == null ? b.asFloat64List(o) : b.asFloat64List(o, n),
  "Float32x4": (b, [o, n]) => o == null ? b.asFloat32x4List() : n == null ? b.asFloat32x4List(o) : b.asFloat32x4List(o, n),
  "Int32x4": (b, [o, n]) => o == null ? b.asInt32x4List() : n == null ? b.asInt32x4List(o) : b.asInt32x4List(o, n),
  "Float64x2": (b, [o, n]) => o == null ? b.asFloat64x2List() : n == null ? b.asFloat64x2List(o) : b.asFloat64x2List(o, n)
};

final constructors = {
  "ByteData": (b, [o, n]) => o == null ? new ByteData.view(b) : n == null ? new ByteData.view(b, o) : new ByteData.view(b, o, n),
  "Int8": (b, [o, n]) => o == null ? new Int8List.view(b) : n == null ? new Int8List.view(b, o) : new Int8List.view(b, o, n),
  "Uint8": (b, [o, n]) => o == null ? new Uint8List.view(b) : n == null ? new Uint8List.view(b, o) : new Uint8List.view(b, o, n),
  "Clamped": (b, [o, n]) => o == null ? new Uint8ClampedList.view(b) : n == null ? new Uint8ClampedList.view(b, o) : new Uint8ClampedList.view(b, o, n),
  "Int16": (b, [o, n]) => o == null ? new Int16List.view(b) : n == null ? new Int16List.view(b, o) : new Int16List.view(b, o, n),
  "Uint16": (b, [o, n]) => o == null ? new Uint16List.view(b) : n == null ? new Uint16List.view(b, o) : new Uint16List.view(b, o, n),
  "Int32": (b, [o, n]) => o == null ? new Int32List.view(b) : n == null ? new Int32List.view(b, o) : new Int32List.view(b, o, n),
  "Uint32": (b, [o, n]) => o == null ? new Uint32List.view(b) : n == null ? new Uint32List.view(b, o) : new Uint32List.view(b, o, n),
  "Int64": (b, [o, n]) => o == null ? new Int64List.view(b) : n == null ? new Int64List.view(b, o) : new Int64List.view(b, o, n),
  "Uint64": (b, [o, n]) => o == null ? new Uint64List.view(b) : n == null ? new Uint64List.view(b, o) : new Uint64List.view(b, o, n),
  "Float32": (b, [o, n]) => o == null ? new Float32List.view(b) : n == null ? new Float32List.view(b, o) : new Float32List.view(b, o, n),
  "Float64": (b, [o, n]) => o == null ? new Float64List.view(b) : n == null ? new Float64List.view(b, o) : new Float64List.view(b, o, n),
  "Float32x4": (b, [o, n]) => o == null ? new Float32x4List.view(b) : n == null ? new Float32x4List.view(b, o) : new Float32x4List.view(b, o, n),
  "Int32x4": (b, [o, n]) => o == null ? new Int32x4List.view(b) : n == null ? new Int32x4List.view(b, o) : new Int32x4List.view(b, o, n),
  "Float64x2": (b, [o, n]) => o == null ? new Float64x2List.view(b) : n == null ? new Float64x2List.view(b, o) : new Float64x2List.view(b, o, n)
};

final readers = {
  "Int8": (d, at, [e]) => d.getInt8(at),
  "Uint8": (d, at, [e]) => d.getUint8(at),
  "Int16": (d, at, [e]) => e == null ? d.getInt16(at) : d.getInt16(at, e),
  "Uint16": (d, at, [e]) => e == null ? d.getUint16(at) : d.getUint16(at, e),
  "Int32": (d, at, [e]) => e == null ? d.getInt32(at) : d.getInt32(at, e),
  "Uint32": (d, at, [e]) => e == null ? d.getUint32(at) : d.getUint32(at, e),
  "Int64": (d, at, [e]) => e == null ? d.getInt64(at) : d.getInt64(at, e),
  "Uint64": (d, at, [e]) => e == null ? d.getUint64(at) : d.getUint64(at, e),
  "Float32": (d, at, [e]) => e == null ? d.getFloat32(at) : d.getFloat32(at, e),
  "Float64": (d, at, [e]) => e == null ? d.getFloat64(at) : d.getFloat64(at, e)
};

final writers = {
  "Int8": (d, at, value, [e]) => d.setInt8(at, value),
  "Uint8": (d, at, value, [e]) => d.setUint8(at, value),
  "Int16": (d, at, value, [e]) => e == null ? d.setInt16(at, value) : d.setInt16(at, value, e),
  "Uint16": (d, at, value, [e]) => e == null ? d.setUint16(at, value) : d.setUint16(at, value, e),
  "Int32": (d, at, value, [e]) => e == null ? d.setInt32(at, value) : d.setInt32(at, value, e),
  "Uint32": (d, at, value, [e]) => e == null ? d.setUint32(at, value) : d.setUint32(at, value, e),
  "Int64": (d, at, value, [e]) => e == null ? d.setInt64(at, value) : d.setInt64(at, value, e),
  "Uint64": (d, at, value, [e]) => e == null ? d.setUint64(at, value) : d.setUint64(at, value, e),
  "Float32": (d, at, value, [e]) => e == null ? d.setFloat32(at, value) : d.setFloat32(at, value, e),
  "Float64": (d, at, value, [e]) => e == null ? d.setFloat64(at, value) : d.setFloat64(at, value, e)
};

main() {
  var bytes = new Uint8List(48);
  for (var i = 0; i < 48; i++) bytes[i] = 0xf0 - 5 * i;
  var buffer = bytes.buffer, fixed = new UnmodifiableByteBufferView(buffer);
  print([buffer.lengthInBytes, fixed.lengthInBytes, buffer is ByteBuffer, fixed is ByteBuffer]);
  kinds(list) => [list is TypedData, list is List, list is ByteData, list is Int8List, list is Uint8List, list is Uint8ClampedList, list is Int16List, list is Uint16List, list is Int32List, list is Uint32List,
      list is Int64List, list is Uint64List, list is Float32List, list is Float64List, list is Float32x4List, list is Int32x4List, list is Float64x2List].map((x) => x ? 1 : 0).join();
  views.forEach((name, view) => print("$name ${kinds(view(buffer))} ${kinds(view(fixed))}"));
  describe(view) => [view.runtimeType, view.lengthInBytes, view.offsetInBytes, view.elementSizeInBytes, view is ByteData ? view.getUint8(0) : view[0], view.buffer.lengthInBytes];
  views.forEach((name, view) {
    for (var place in [[null, null], [16, null], [16, 1], [0, 0], [16, 3], [49, null], [0, 49]]) {
      var one = tried(() => describe(view(buffer, place[0], place[1]))), same = tried(() => describe(constructors[name](buffer, place[0], place[1]))),
          other = tried(() => describe(view(fixed, place[0], place[1])));
      print("$name $place: $one ${one == same || one.startsWith("Range")} ${one.substring(one.indexOf(",") + 1) == other.substring(other.indexOf(",") + 1)} ${other.split(",").first}");
    }
  });
  // What is read through a view cannot be changed.
  views.forEach((name, view) {
    var list = view(fixed);
    if (list is! ByteData) print("$name ${tried(() => list[0] = list[0])} ${tried(() => view(list.buffer)[0] = list[0])}");
  });
  var data = new ByteData.view(buffer, 4, 16), readOnly = new UnmodifiableByteDataView(data);
  print([readOnly.lengthInBytes, readOnly.offsetInBytes, readOnly.elementSizeInBytes, readOnly.buffer.lengthInBytes, tried(() => readOnly.buffer.asUint8List()[0] = 1)]);
  readers.forEach((name, read) {
    var orders = [null, Endianness.BIG_ENDIAN, Endianness.LITTLE_ENDIAN, Endian.big, Endian.little, Endian.host];
    var answers = orders.map((order) => "${read(data, 1, order)}").toList(), same = orders.map((order) => "${read(readOnly, 1, order)}").toList();
    print("$name: ${answers.join(" ")} ${"$answers" == "$same"} ${tried(() => read(data, 16))} ${tried(() => read(readOnly, -1))}");
    var value = name.startsWith("F") ? 1.5 : 0x102;
    print([null, Endian.big, Endian.little].map((order) {
      var written = new ByteData(10);
      writers[name](written, 1, value, order);
      return "${written.buffer.asUint8List()} ${read(written, 1, order)}";
    }).join(" "));
    print("${tried(() => writers[name](readOnly, 0, value))} ${tried(() => writers[name](readOnly, 0, value, Endian.big))}");
  });
  print([identical(Endian.host, Endian.little), identical(Endianness.HOST_ENDIAN, Endianness.LITTLE_ENDIAN)]);
  print([buffer == bytes.buffer, buffer == new Uint8List(48).buffer, buffer == 1, buffer.hashCode == bytes.buffer.hashCode, new Uint8List.view(buffer, 8).buffer == buffer]);
  print([new ByteData(3).elementSizeInBytes, new ByteData(3).lengthInBytes, new ByteData(3).offsetInBytes, new ByteData.view(buffer, 7).offsetInBytes, data.buffer == buffer]);
}

// expect: [48, 48, true, true]
// expect: ByteData 10100000000000000 10100000000000000
// expect: Int8 11010000000000000 11010000000000000
// expect: Uint8 11001000000000000 11001000000000000
// expect: Clamped 11000100000000000 11000100000000000
// expect: Int16 11000010000000000 11000010000000000
// expect: Uint16 11000001000000000 11000001000000000
// expect: Int32 11000000100000000 11000000100000000
// expect: Uint32 11000000010000000 11000000010000000
// expect: Int64 11000000001000000 11000000001000000
// expect: Uint64 11000000000100000 11000000000100000
// expect: Float32 11000000000010000 11000000000010000
// expect: Float64 11000000000001000 11000000000001000
// expect: Float32x4 11000000000000100 11000000000000100
// expect: Int32x4 11000000000000010 11000000000000010
// expect: Float64x2 11000000000000001 11000000000000001
// expect: ByteData [null, null]: [ByteData, 48, 0, 1, 240, 48] true true [UnmodifiableByteDataView
// expect: ByteData [16, null]: [ByteData, 32, 16, 1, 160, 48] true true [UnmodifiableByteDataView
// expect: ByteData [16, 1]: [ByteData, 1, 16, 1, 160, 48] true true [UnmodifiableByteDataView
// expect: ByteData [0, 0]: RangeError: getUint8: argument 'byteOffset' cannot be right, whatever it is, it is 0 true true RangeError: getUint8: argument 'byteOffset' cannot be right
// expect: ByteData [16, 3]: [ByteData, 3, 16, 1, 160, 48] true true [UnmodifiableByteDataView
// expect: ByteData [49, null]: RangeError: asByteData: argument 'offsetInBytes' must be from 0 to 48, it is 49 true true RangeError: asByteData: argument 'offsetInBytes' must be from 0 to 48
// expect: ByteData [0, 49]: RangeError: asByteData: argument 'length' must be from 0 to 48, it is 49 true true RangeError: asByteData: argument 'length' must be from 0 to 48
// expect: Int8 [null, null]: [Int8List, 48, 0, 1, -16, 48] true true [UnmodifiableInt8ListView
// expect: Int8 [16, null]: [Int8List, 32, 16, 1, -96, 48] true true [UnmodifiableInt8ListView
// expect: Int8 [16, 1]: [Int8List, 1, 16, 1, -96, 48] true true [UnmodifiableInt8ListView
// expect: Int8 [0, 0]: RangeError (index): Index out of range: no indices are valid: 0 true true RangeError (index): Index out of range: no indices are valid: 0
// expect: Int8 [16, 3]: [Int8List, 3, 16, 1, -96, 48] true true [UnmodifiableInt8ListView
// expect: Int8 [49, null]: RangeError: asInt8List: argument 'offsetInBytes' must be from 0 to 48, it is 49 true true RangeError: asInt8List: argument 'offsetInBytes' must be from 0 to 48
// expect: Int8 [0, 49]: RangeError: asInt8List: argument 'length' must be from 0 to 48, it is 49 true true RangeError: asInt8List: argument 'length' must be from 0 to 48
// expect: Uint8 [null, null]: [Uint8List, 48, 0, 1, 240, 48] true true [UnmodifiableUint8ListView
// expect: Uint8 [16, null]: [Uint8List, 32, 16, 1, 160, 48] true true [UnmodifiableUint8ListView
// expect: Uint8 [16, 1]: [Uint8List, 1, 16, 1, 160, 48] true true [UnmodifiableUint8ListView
// expect: Uint8 [0, 0]: RangeError (index): Index out of range: no indices are valid: 0 true true RangeError (index): Index out of range: no indices are valid: 0
// expect: Uint8 [16, 3]: [Uint8List, 3, 16, 1, 160, 48] true true [UnmodifiableUint8ListView
// expect: Uint8 [49, null]: RangeError: asUint8List: argument 'offsetInBytes' must be from 0 to 48, it is 49 true true RangeError: asUint8List: argument 'offsetInBytes' must be from 0 to 48
// expect: Uint8 [0, 49]: RangeError: asUint8List: argument 'length' must be from 0 to 48, it is 49 true true RangeError: asUint8List: argument 'length' must be from 0 to 48
// expect: Clamped [null, null]: [Uint8ClampedList, 48, 0, 1, 240, 48] true true [UnmodifiableUint8ClampedListView
// expect: Clamped [16, null]: [Uint8ClampedList, 32, 16, 1, 160, 48] true true [UnmodifiableUint8ClampedListView
// expect: Clamped [16, 1]: [Uint8ClampedList, 1, 16, 1, 160, 48] true true [UnmodifiableUint8ClampedListView
// expect: Clamped [0, 0]: RangeError (index): Index out of range: no indices are valid: 0 true true RangeError (index): Index out of range: no indices are valid: 0
// expect: Clamped [16, 3]: [Uint8ClampedList, 3, 16, 1, 160, 48] true true [UnmodifiableUint8ClampedListView
// expect: Clamped [49, null]: RangeError: asUint8ClampedList: argument 'offsetInBytes' must be from 0 to 48, it is 49 true true RangeError: asUint8ClampedList: argument 'offsetInBytes' must be from 0 to 48
// expect: Clamped [0, 49]: RangeError: asUint8ClampedList: argument 'length' must be from 0 to 48, it is 49 true true RangeError: asUint8ClampedList: argument 'length' must be from 0 to 48
// expect: Int16 [null, null]: [Int16List, 48, 0, 2, -5136, 48] true true [UnmodifiableInt16ListView
// expect: Int16 [16, null]: [Int16List, 32, 16, 2, -25696, 48] true true [UnmodifiableInt16ListView
// expect: Int16 [16, 1]: [Int16List, 2, 16, 2, -25696, 48] true true [UnmodifiableInt16ListView
// expect: Int16 [0, 0]: RangeError (index): Index out of range: no indices are valid: 0 true true RangeError (index): Index out of range: no indices are valid: 0
// expect: Int16 [16, 3]: [Int16List, 6, 16, 2, -25696, 48] true true [UnmodifiableInt16ListView
// expect: Int16 [49, null]: RangeError: asInt16List: argument 'offsetInBytes' must be from 0 to 48, it is 49 true true RangeError: asInt16List: argument 'offsetInBytes' must be from 0 to 48
// expect: Int16 [0, 49]: RangeError: asInt16List: argument 'length' must be from 0 to 24, it is 49 true true RangeError: asInt16List: argument 'length' must be from 0 to 24
// expect: Uint16 [null, null]: [Uint16List, 48, 0, 2, 60400, 48] true true [UnmodifiableUint16ListView
// expect: Uint16 [16, null]: [Uint16List, 32, 16, 2, 39840, 48] true true [UnmodifiableUint16ListView
// expect: Uint16 [16, 1]: [Uint16List, 2, 16, 2, 39840, 48] true true [UnmodifiableUint16ListView
// expect: Uint16 [0, 0]: RangeError (index): Index out of range: no indices are valid: 0 true true RangeError (index): Index out of range: no indices are valid: 0
// expect: Uint16 [16, 3]: [Uint16List, 6, 16, 2, 39840, 48] true true [UnmodifiableUint16ListView
// expect: Uint16 [49, null]: RangeError: asUint16List: argument 'offsetInBytes' must be from 0 to 48, it is 49 true true RangeError: asUint16List: argument 'offsetInBytes' must be from 0 to 48
// expect: Uint16 [0, 49]: RangeError: asUint16List: argument 'length' must be from 0 to 24, it is 49 true true RangeError: asUint16List: argument 'length' must be from 0 to 24
// expect: Int32 [null, null]: [Int32List, 48, 0, 4, -504960016, 48] true true [UnmodifiableInt32ListView
// expect: Int32 [16, null]: [Int32List, 32, 16, 4, -1852400736, 48] true true [UnmodifiableInt32ListView
// expect: Int32 [16, 1]: [Int32List, 4, 16, 4, -1852400736, 48] true true [UnmodifiableInt32ListView
// expect: Int32 [0, 0]: RangeError (index): Index out of range: no indices are valid: 0 true true RangeError (index): Index out of range: no indices are valid: 0
// expect: Int32 [16, 3]: [Int32List, 12, 16, 4, -1852400736, 48] true true [UnmodifiableInt32ListView
// expect: Int32 [49, null]: RangeError: asInt32List: argument 'offsetInBytes' must be from 0 to 48, it is 49 true true RangeError: asInt32List: argument 'offsetInBytes' must be from 0 to 48
// expect: Int32 [0, 49]: RangeError: asInt32List: argument 'length' must be from 0 to 12, it is 49 true true RangeError: asInt32List: argument 'length' must be from 0 to 12
// expect: Uint32 [null, null]: [Uint32List, 48, 0, 4, 3790007280, 48] true true [UnmodifiableUint32ListView
// expect: Uint32 [16, null]: [Uint32List, 32, 16, 4, 2442566560, 48] true true [UnmodifiableUint32ListView
// expect: Uint32 [16, 1]: [Uint32List, 4, 16, 4, 2442566560, 48] true true [UnmodifiableUint32ListView
// expect: Uint32 [0, 0]: RangeError (index): Index out of range: no indices are valid: 0 true true RangeError (index): Index out of range: no indices are valid: 0
// expect: Uint32 [16, 3]: [Uint32List, 12, 16, 4, 2442566560, 48] true true [UnmodifiableUint32ListView
// expect: Uint32 [49, null]: RangeError: asUint32List: argument 'offsetInBytes' must be from 0 to 48, it is 49 true true RangeError: asUint32List: argument 'offsetInBytes' must be from 0 to 48
// expect: Uint32 [0, 49]: RangeError: asUint32List: argument 'length' must be from 0 to 12, it is 49 true true RangeError: asUint32List: argument 'length' must be from 0 to 12
// expect: Int64 [null, null]: [Int64List, 48, 0, 8, -3615590207142302736, 48] true true [UnmodifiableInt64ListView
// expect: Int64 [16, null]: [Int64List, 32, 16, 8, 9043940039521115040, 48] true true [UnmodifiableInt64ListView
// expect: Int64 [16, 1]: [Int64List, 8, 16, 8, 9043940039521115040, 48] true true [UnmodifiableInt64ListView
// expect: Int64 [0, 0]: RangeError (index): Index out of range: no indices are valid: 0 true true RangeError (index): Index out of range: no indices are valid: 0
// expect: Int64 [16, 3]: [Int64List, 24, 16, 8, 9043940039521115040, 48] true true [UnmodifiableInt64ListView
// expect: Int64 [49, null]: RangeError: asInt64List: argument 'offsetInBytes' must be from 0 to 48, it is 49 true true RangeError: asInt64List: argument 'offsetInBytes' must be from 0 to 48
// expect: Int64 [0, 49]: RangeError: asInt64List: argument 'length' must be from 0 to 6, it is 49 true true RangeError: asInt64List: argument 'length' must be from 0 to 6
// expect: Uint64 [null, null]: [Uint64List, 48, 0, 8, 14831153866567248880, 48] true true [UnmodifiableUint64ListView
// expect: Uint64 [16, null]: [Uint64List, 32, 16, 8, 9043940039521115040, 48] true true [UnmodifiableUint64ListView
// expect: Uint64 [16, 1]: [Uint64List, 8, 16, 8, 9043940039521115040, 48] true true [UnmodifiableUint64ListView
// expect: Uint64 [0, 0]: RangeError (index): Index out of range: no indices are valid: 0 true true RangeError (index): Index out of range: no indices are valid: 0
// expect: Uint64 [16, 3]: [Uint64List, 24, 16, 8, 9043940039521115040, 48] true true [UnmodifiableUint64ListView
// expect: Uint64 [49, null]: RangeError: asUint64List: argument 'offsetInBytes' must be from 0 to 48, it is 49 true true RangeError: asUint64List: argument 'offsetInBytes' must be from 0 to 48
// expect: Uint64 [0, 49]: RangeError: asUint64List: argument 'length' must be from 0 to 6, it is 49 true true RangeError: asUint64List: argument 'length' must be from 0 to 6
// expect: Float32 [null, null]: [Float32List, 48, 0, 4, -532469028193315060000.0, 48] true true [UnmodifiableFloat32ListView
// expect: Float32 [16, null]: [Float32List, 32, 16, 4, -2.376173846786084e-28, 48] true true [UnmodifiableFloat32ListView
// expect: Float32 [16, 1]: [Float32List, 4, 16, 4, -2.376173846786084e-28, 48] true true [UnmodifiableFloat32ListView
// expect: Float32 [0, 0]: RangeError (index): Index out of range: no indices are valid: 0 true true RangeError (index): Index out of range: no indices are valid: 0
// expect: Float32 [16, 3]: [Float32List, 12, 16, 4, -2.376173846786084e-28, 48] true true [UnmodifiableFloat32ListView
// expect: Float32 [49, null]: RangeError: asFloat32List: argument 'offsetInBytes' must be from 0 to 48, it is 49 true true RangeError: asFloat32List: argument 'offsetInBytes' must be from 0 to 48
// expect: Float32 [0, 49]: RangeError: asFloat32List: argument 'length' must be from 0 to 12, it is 49 true true RangeError: asFloat32List: argument 'length' must be from 0 to 12
// expect: Float64 [null, null]: [Float64List, 48, 0, 8, -7.937688257479414e+66, 48] true true [UnmodifiableFloat64ListView
// expect: Float64 [16, null]: [Float64List, 32, 16, 8, 3.786946598821754e+296, 48] true true [UnmodifiableFloat64ListView
// expect: Float64 [16, 1]: [Float64List, 8, 16, 8, 3.786946598821754e+296, 48] true true [UnmodifiableFloat64ListView
// expect: Float64 [0, 0]: RangeError (index): Index out of range: no indices are valid: 0 true true RangeError (index): Index out of range: no indices are valid: 0
// expect: Float64 [16, 3]: [Float64List, 24, 16, 8, 3.786946598821754e+296, 48] true true [UnmodifiableFloat64ListView
// expect: Float64 [49, null]: RangeError: asFloat64List: argument 'offsetInBytes' must be from 0 to 48, it is 49 true true RangeError: asFloat64List: argument 'offsetInBytes' must be from 0 to 48
// expect: Float64 [0, 49]: RangeError: asFloat64List: argument 'length' must be from 0 to 6, it is 49 true true RangeError: asFloat64List: argument 'length' must be from 0 to 6
// expect: Float32x4 [null, null]: [Float32x4List, 48, 0, 16, [-532469028193315061760.000000, -442170240.000000, -0.000364, -0.000000], 48] true true [UnmodifiableFloat32x4ListView
// expect: Float32x4 [16, null]: [Float32x4List, 32, 16, 16, [-0.000000, 2.168792988316072e+37, 1.8016851926443787e+25, 15006452154368.000000], 48] true true [UnmodifiableFloat32x4ListView
// expect: Float32x4 [16, 1]: [Float32x4List, 16, 16, 16, [-0.000000, 2.168792988316072e+37, 1.8016851926443787e+25, 15006452154368.000000], 48] true true [UnmodifiableFloat32x4ListView
// expect: Float32x4 [0, 0]: RangeError (index): Index out of range: no indices are valid: 0 true true RangeError (index): Index out of range: no indices are valid: 0
// expect: Float32x4 [16, 3]: RangeError: asFloat32x4List: argument 'length' must be from 0 to 2, it is 3 true true RangeError: asFloat32x4List: argument 'length' must be from 0 to 2
// expect: Float32x4 [49, null]: RangeError: asFloat32x4List: argument 'offsetInBytes' must be from 0 to 48, it is 49 true true RangeError: asFloat32x4List: argument 'offsetInBytes' must be from 0 to 48
// expect: Float32x4 [0, 49]: RangeError: asFloat32x4List: argument 'length' must be from 0 to 3, it is 49 true true RangeError: asFloat32x4List: argument 'length' must be from 0 to 3
// expect: Int32x4 [null, null]: [Int32x4List, 48, 0, 16, [e1e6ebf0, cdd2d7dc, b9bec3c8, a5aaafb4], 48] true true [UnmodifiableInt32x4ListView
// expect: Int32x4 [16, null]: [Int32x4List, 32, 16, 16, [91969ba0, 7d82878c, 696e7378, 555a5f64], 48] true true [UnmodifiableInt32x4ListView
// expect: Int32x4 [16, 1]: [Int32x4List, 16, 16, 16, [91969ba0, 7d82878c, 696e7378, 555a5f64], 48] true true [UnmodifiableInt32x4ListView
// expect: Int32x4 [0, 0]: RangeError (index): Index out of range: no indices are valid: 0 true true RangeError (index): Index out of range: no indices are valid: 0
// expect: Int32x4 [16, 3]: RangeError: asInt32x4List: argument 'length' must be from 0 to 2, it is 3 true true RangeError: asInt32x4List: argument 'length' must be from 0 to 2
// expect: Int32x4 [49, null]: RangeError: asInt32x4List: argument 'offsetInBytes' must be from 0 to 48, it is 49 true true RangeError: asInt32x4List: argument 'offsetInBytes' must be from 0 to 48
// expect: Int32x4 [0, 49]: RangeError: asInt32x4List: argument 'length' must be from 0 to 3, it is 49 true true RangeError: asInt32x4List: argument 'length' must be from 0 to 3
// expect: Float64x2 [null, null]: [Float64x2List, 48, 0, 16, [-7.937688257479414e+66, -0.000000], 48] true true [UnmodifiableFloat64x2ListView
// expect: Float64x2 [16, null]: [Float64x2List, 32, 16, 16, [3.786946598821754e+296, 1.476698755657775e+103], 48] true true [UnmodifiableFloat64x2ListView
// expect: Float64x2 [16, 1]: [Float64x2List, 16, 16, 16, [3.786946598821754e+296, 1.476698755657775e+103], 48] true true [UnmodifiableFloat64x2ListView
// expect: Float64x2 [0, 0]: RangeError (index): Index out of range: no indices are valid: 0 true true RangeError (index): Index out of range: no indices are valid: 0
// expect: Float64x2 [16, 3]: RangeError: asFloat64x2List: argument 'length' must be from 0 to 2, it is 3 true true RangeError: asFloat64x2List: argument 'length' must be from 0 to 2
// expect: Float64x2 [49, null]: RangeError: asFloat64x2List: argument 'offsetInBytes' must be from 0 to 48, it is 49 true true RangeError: asFloat64x2List: argument 'offsetInBytes' must be from 0 to 48
// expect: Float64x2 [0, 49]: RangeError: asFloat64x2List: argument 'length' must be from 0 to 3, it is 49 true true RangeError: asFloat64x2List: argument 'length' must be from 0 to 3
// expect: Int8 Unsupported operation: Cannot modify an unmodifiable list Unsupported operation: Cannot modify an unmodifiable list
// expect: Uint8 Unsupported operation: Cannot modify an unmodifiable list Unsupported operation: Cannot modify an unmodifiable list
// expect: Clamped Unsupported operation: Cannot modify an unmodifiable list Unsupported operation: Cannot modify an unmodifiable list
// expect: Int16 Unsupported operation: Cannot modify an unmodifiable list Unsupported operation: Cannot modify an unmodifiable list
// expect: Uint16 Unsupported operation: Cannot modify an unmodifiable list Unsupported operation: Cannot modify an unmodifiable list
// expect: Int32 Unsupported operation: Cannot modify an unmodifiable list Unsupported operation: Cannot modify an unmodifiable list
// expect: Uint32 Unsupported operation: Cannot modify an unmodifiable list Unsupported operation: Cannot modify an unmodifiable list
// expect: Int64 Unsupported operation: Cannot modify an unmodifiable list Unsupported operation: Cannot modify an unmodifiable list
// expect: Uint64 Unsupported operation: Cannot modify an unmodifiable list Unsupported operation: Cannot modify an unmodifiable list
// expect: Float32 Unsupported operation: Cannot modify an unmodifiable list Unsupported operation: Cannot modify an unmodifiable list
// expect: Float64 Unsupported operation: Cannot modify an unmodifiable list Unsupported operation: Cannot modify an unmodifiable list
// expect: Float32x4 Unsupported operation: Cannot modify an unmodifiable list Unsupported operation: Cannot modify an unmodifiable list
// expect: Int32x4 Unsupported operation: Cannot modify an unmodifiable list Unsupported operation: Cannot modify an unmodifiable list
// expect: Float64x2 Unsupported operation: Cannot modify an unmodifiable list Unsupported operation: Cannot modify an unmodifiable list
// expect: [16, 4, 1, 48, Unsupported operation: Cannot modify an unmodifiable list]
// expect: Int8: -41 -41 -41 -41 -41 -41 true RangeError: getInt8: argument 'byteOffset' must be from 0 to 15, it is 16 RangeError: getInt8: argument 'byteOffset' must be from 0 to 15, it is -1
// expect: [0, 2, 0, 0, 0, 0, 0, 0, 0, 0] 2 [0, 2, 0, 0, 0, 0, 0, 0, 0, 0] 2 [0, 2, 0, 0, 0, 0, 0, 0, 0, 0] 2
// expect: Unsupported operation: Cannot modify unmodifiable byte data Unsupported operation: Cannot modify unmodifiable byte data
// expect: Uint8: 215 215 215 215 215 215 true RangeError: getUint8: argument 'byteOffset' must be from 0 to 15, it is 16 RangeError: getUint8: argument 'byteOffset' must be from 0 to 15, it is -1
// expect: [0, 2, 0, 0, 0, 0, 0, 0, 0, 0] 2 [0, 2, 0, 0, 0, 0, 0, 0, 0, 0] 2 [0, 2, 0, 0, 0, 0, 0, 0, 0, 0] 2
// expect: Unsupported operation: Cannot modify unmodifiable byte data Unsupported operation: Cannot modify unmodifiable byte data
// expect: Int16: -10286 -10286 -11561 -10286 -11561 -11561 true RangeError: getInt16: argument 'byteOffset' must be from 0 to 14, it is 16 RangeError: getInt16: argument 'byteOffset' must be from 0 to 14, it is -1
// expect: [0, 1, 2, 0, 0, 0, 0, 0, 0, 0] 258 [0, 1, 2, 0, 0, 0, 0, 0, 0, 0] 258 [0, 2, 1, 0, 0, 0, 0, 0, 0, 0] 258
// expect: Unsupported operation: Cannot modify unmodifiable byte data Unsupported operation: Cannot modify unmodifiable byte data
// expect: Uint16: 55250 55250 53975 55250 53975 53975 true RangeError: getUint16: argument 'byteOffset' must be from 0 to 14, it is 16 RangeError: getUint16: argument 'byteOffset' must be from 0 to 14, it is -1
// expect: [0, 1, 2, 0, 0, 0, 0, 0, 0, 0] 258 [0, 1, 2, 0, 0, 0, 0, 0, 0, 0] 258 [0, 2, 1, 0, 0, 0, 0, 0, 0, 0] 258
// expect: Unsupported operation: Cannot modify unmodifiable byte data Unsupported operation: Cannot modify unmodifiable byte data
// expect: Int32: -674050616 -674050616 -926035241 -674050616 -926035241 -926035241 true RangeError: getInt32: argument 'byteOffset' must be from 0 to 12, it is 16 RangeError: getInt32: argument 'byteOffset' must be from 0 to 12, it is -1
// expect: [0, 0, 0, 1, 2, 0, 0, 0, 0, 0] 258 [0, 0, 0, 1, 2, 0, 0, 0, 0, 0] 258 [0, 2, 1, 0, 0, 0, 0, 0, 0, 0] 258
// expect: Unsupported operation: Cannot modify unmodifiable byte data Unsupported operation: Cannot modify unmodifiable byte data
// expect: Uint32: 3620916680 3620916680 3368932055 3620916680 3368932055 3368932055 true RangeError: getUint32: argument 'byteOffset' must be from 0 to 12, it is 16 RangeError: getUint32: argument 'byteOffset' must be from 0 to 12, it is -1
// expect: [0, 0, 0, 1, 2, 0, 0, 0, 0, 0] 258 [0, 0, 0, 1, 2, 0, 0, 0, 0, 0] 258 [0, 2, 1, 0, 0, 0, 0, 0, 0, 0] 258
// expect: Unsupported operation: Cannot modify unmodifiable byte data Unsupported operation: Cannot modify unmodifiable byte data
// expect: Int64: -2895025348284597836 -2895025348284597836 -5424094528094219561 -2895025348284597836 -5424094528094219561 -5424094528094219561 true RangeError: getInt64: argument 'byteOffset' must be from 0 to 8, it is 16 RangeError: getInt64: argument 'byteOffset' must be from 0 to 8, it is -1
// expect: [0, 0, 0, 0, 0, 0, 0, 1, 2, 0] 258 [0, 0, 0, 0, 0, 0, 0, 1, 2, 0] 258 [0, 2, 1, 0, 0, 0, 0, 0, 0, 0] 258
// expect: Unsupported operation: Cannot modify unmodifiable byte data Unsupported operation: Cannot modify unmodifiable byte data
// expect: Uint64: 15551718725424953780 15551718725424953780 13022649545615332055 15551718725424953780 13022649545615332055 13022649545615332055 true RangeError: getUint64: argument 'byteOffset' must be from 0 to 8, it is 16 RangeError: getUint64: argument 'byteOffset' must be from 0 to 8, it is -1
// expect: [0, 0, 0, 0, 0, 0, 0, 1, 2, 0] 258 [0, 0, 0, 0, 0, 0, 0, 1, 2, 0] 258 [0, 2, 1, 0, 0, 0, 0, 0, 0, 0] 258
// expect: Unsupported operation: Cannot modify unmodifiable byte data Unsupported operation: Cannot modify unmodifiable byte data
// expect: Float32: -463562531143680.0 -463562531143680.0 -421526.71875 -463562531143680.0 -421526.71875 -421526.71875 true RangeError: getFloat32: argument 'byteOffset' must be from 0 to 12, it is 16 RangeError: getFloat32: argument 'byteOffset' must be from 0 to 12, it is -1
// expect: [0, 63, 192, 0, 0, 0, 0, 0, 0, 0] 1.5 [0, 63, 192, 0, 0, 0, 0, 0, 0, 0] 1.5 [0, 0, 0, 192, 63, 0, 0, 0, 0, 0] 1.5
// expect: Unsupported operation: Cannot modify unmodifiable byte data Unsupported operation: Cannot modify unmodifiable byte data
// expect: Float64: -1.157670631883301e+115 -1.157670631883301e+115 -1.0499694063616848e-54 -1.157670631883301e+115 -1.0499694063616848e-54 -1.0499694063616848e-54 true RangeError: getFloat64: argument 'byteOffset' must be from 0 to 8, it is 16 RangeError: getFloat64: argument 'byteOffset' must be from 0 to 8, it is -1
// expect: [0, 63, 248, 0, 0, 0, 0, 0, 0, 0] 1.5 [0, 63, 248, 0, 0, 0, 0, 0, 0, 0] 1.5 [0, 0, 0, 0, 0, 0, 0, 248, 63, 0] 1.5
// expect: Unsupported operation: Cannot modify unmodifiable byte data Unsupported operation: Cannot modify unmodifiable byte data
// expect: [true, true]
// expect: [true, false, false, true, true]
// expect: [1, 3, 0, 7, true]
