// Views of typed data through which nothing can be changed.
part of dart.typed_data;

abstract class _UnmodifiableList<E> extends Object with _FixedLength<E>, _FixedList<E> implements TypedData {
  final _list;
  _UnmodifiableList(this._list);
  int get length => _list.length;
  int get elementSizeInBytes => _list.elementSizeInBytes;
  int get offsetInBytes => _list.offsetInBytes;
  int get lengthInBytes => _list.lengthInBytes;
  ByteBuffer get buffer => new UnmodifiableByteBufferView(_list.buffer);
  E operator [](int index) => _list[index];
  void operator []=(int index, E value) => throw _unmodifiable();
  void setRange(int start, int end, Iterable<E> iterable, [int skipCount = 0]) => throw _unmodifiable();
  void setAll(int index, Iterable<E> iterable) => throw _unmodifiable();
  void fillRange(int start, int end, [E fill]) => throw _unmodifiable();
  void sort([int compare(E a, E b)]) => throw _unmodifiable();
  void shuffle([random]) => throw _unmodifiable();
  List<E> sublist(int start, [int end]) => _list.sublist(start, end);
}

Error _unmodifiable() => new UnsupportedError("Cannot modify an unmodifiable list");

class UnmodifiableUint8ListView extends _UnmodifiableList<int> implements Uint8List {
  UnmodifiableUint8ListView(Uint8List list) : super(list);
}

class UnmodifiableInt8ListView extends _UnmodifiableList<int> implements Int8List {
  UnmodifiableInt8ListView(Int8List list) : super(list);
}

class UnmodifiableUint8ClampedListView extends _UnmodifiableList<int> implements Uint8ClampedList {
  UnmodifiableUint8ClampedListView(Uint8ClampedList list) : super(list);
}

class UnmodifiableUint16ListView extends _UnmodifiableList<int> implements Uint16List {
  UnmodifiableUint16ListView(Uint16List list) : super(list);
}

class UnmodifiableInt16ListView extends _UnmodifiableList<int> implements Int16List {
  UnmodifiableInt16ListView(Int16List list) : super(list);
}

class UnmodifiableUint32ListView extends _UnmodifiableList<int> implements Uint32List {
  UnmodifiableUint32ListView(Uint32List list) : super(list);
}

class UnmodifiableInt32ListView extends _UnmodifiableList<int> implements Int32List {
  UnmodifiableInt32ListView(Int32List list) : super(list);
}

class UnmodifiableUint64ListView extends _UnmodifiableList<int> implements Uint64List {
  UnmodifiableUint64ListView(Uint64List list) : super(list);
}

class UnmodifiableInt64ListView extends _UnmodifiableList<int> implements Int64List {
  UnmodifiableInt64ListView(Int64List list) : super(list);
}

class UnmodifiableFloat32ListView extends _UnmodifiableList<double> implements Float32List {
  UnmodifiableFloat32ListView(Float32List list) : super(list);
}

class UnmodifiableFloat64ListView extends _UnmodifiableList<double> implements Float64List {
  UnmodifiableFloat64ListView(Float64List list) : super(list);
}

class UnmodifiableFloat32x4ListView extends _UnmodifiableList<Float32x4> implements Float32x4List {
  UnmodifiableFloat32x4ListView(Float32x4List list) : super(list);
}

class UnmodifiableInt32x4ListView extends _UnmodifiableList<Int32x4> implements Int32x4List {
  UnmodifiableInt32x4ListView(Int32x4List list) : super(list);
}

class UnmodifiableFloat64x2ListView extends _UnmodifiableList<Float64x2> implements Float64x2List {
  UnmodifiableFloat64x2ListView(Float64x2List list) : super(list);
}

class UnmodifiableByteBufferView implements ByteBuffer {
  final ByteBuffer _buffer;
  UnmodifiableByteBufferView(ByteBuffer data) : _buffer = data;
  int get lengthInBytes => _buffer.lengthInBytes;
  Uint8List asUint8List([int offsetInBytes = 0, int length]) {
    return new UnmodifiableUint8ListView(_buffer.asUint8List(offsetInBytes, length));
  }
  Int8List asInt8List([int offsetInBytes = 0, int length]) {
    return new UnmodifiableInt8ListView(_buffer.asInt8List(offsetInBytes, length));
  }
  Uint8ClampedList asUint8ClampedList([int offsetInBytes = 0, int length]) {
    return new UnmodifiableUint8ClampedListView(_buffer.asUint8ClampedList(offsetInBytes, length));
  }
  Uint16List asUint16List([int offsetInBytes = 0, int length]) {
    return new UnmodifiableUint16ListView(_buffer.asUint16List(offsetInBytes, length));
  }
  Int16List asInt16List([int offsetInBytes = 0, int length]) {
    return new UnmodifiableInt16ListView(_buffer.asInt16List(offsetInBytes, length));
  }
  Uint32List asUint32List([int offsetInBytes = 0, int length]) {
    return new UnmodifiableUint32ListView(_buffer.asUint32List(offsetInBytes, length));
  }
  Int32List asInt32List([int offsetInBytes = 0, int length]) {
    return new UnmodifiableInt32ListView(_buffer.asInt32List(offsetInBytes, length));
  }
  Uint64List asUint64List([int offsetInBytes = 0, int length]) {
    return new UnmodifiableUint64ListView(_buffer.asUint64List(offsetInBytes, length));
  }
  Int64List asInt64List([int offsetInBytes = 0, int length]) {
    return new UnmodifiableInt64ListView(_buffer.asInt64List(offsetInBytes, length));
  }
  Float32List asFloat32List([int offsetInBytes = 0, int length]) {
    return new UnmodifiableFloat32ListView(_buffer.asFloat32List(offsetInBytes, length));
  }
  Float64List asFloat64List([int offsetInBytes = 0, int length]) {
    return new UnmodifiableFloat64ListView(_buffer.asFloat64List(offsetInBytes, length));
  }
  Float32x4List asFloat32x4List([int offsetInBytes = 0, int length]) {
    return new UnmodifiableFloat32x4ListView(_buffer.asFloat32x4List(offsetInBytes, length));
  }
  Int32x4List asInt32x4List([int offsetInBytes = 0, int length]) {
    return new UnmodifiableInt32x4ListView(_buffer.asInt32x4List(offsetInBytes, length));
  }
  Float64x2List asFloat64x2List([int offsetInBytes = 0, int length]) {
    return new UnmodifiableFloat64x2ListView(_buffer.asFloat64x2List(offsetInBytes, length));
  }
  ByteData asByteData([int offsetInBytes = 0, int length]) {
    return new UnmodifiableByteDataView(_buffer.asByteData(offsetInBytes, length));
  }
}

class UnmodifiableByteDataView implements ByteData {
  final ByteData _data;
  UnmodifiableByteDataView(ByteData data) : _data = data;
  int get elementSizeInBytes => 1;
  int get offsetInBytes => _data.offsetInBytes;
  int get lengthInBytes => _data.lengthInBytes;
  ByteBuffer get buffer => new UnmodifiableByteBufferView(_data.buffer);
  int getInt8(int byteOffset) => _data.getInt8(byteOffset);
  void setInt8(int byteOffset, int value) => throw _refusal();
  int getUint8(int byteOffset) => _data.getUint8(byteOffset);
  void setUint8(int byteOffset, int value) => throw _refusal();
  int getInt16(int byteOffset, [Endianness endian = Endianness.BIG_ENDIAN]) {
    return _data.getInt16(byteOffset, endian);
  }
  void setInt16(int byteOffset, int value, [Endianness endian = Endianness.BIG_ENDIAN]) {
    throw _refusal();
  }
  int getUint16(int byteOffset, [Endianness endian = Endianness.BIG_ENDIAN]) {
    return _data.getUint16(byteOffset, endian);
  }
  void setUint16(int byteOffset, int value, [Endianness endian = Endianness.BIG_ENDIAN]) {
    throw _refusal();
  }
  int getInt32(int byteOffset, [Endianness endian = Endianness.BIG_ENDIAN]) {
    return _data.getInt32(byteOffset, endian);
  }
  void setInt32(int byteOffset, int value, [Endianness endian = Endianness.BIG_ENDIAN]) {
    throw _refusal();
  }
  int getUint32(int byteOffset, [Endianness endian = Endianness.BIG_ENDIAN]) {
    return _data.getUint32(byteOffset, endian);
  }
  void setUint32(int byteOffset, int value, [Endianness endian = Endianness.BIG_ENDIAN]) {
    throw _refusal();
  }
  int getInt64(int byteOffset, [Endianness endian = Endianness.BIG_ENDIAN]) {
    return _data.getInt64(byteOffset, endian);
  }
  void setInt64(int byteOffset, int value, [Endianness endian = Endianness.BIG_ENDIAN]) {
    throw _refusal();
  }
  int getUint64(int byteOffset, [Endianness endian = Endianness.BIG_ENDIAN]) {
    return _data.getUint64(byteOffset, endian);
  }
  void setUint64(int byteOffset, int value, [Endianness endian = Endianness.BIG_ENDIAN]) {
    throw _refusal();
  }
  double getFloat32(int byteOffset, [Endianness endian = Endianness.BIG_ENDIAN]) {
    return _data.getFloat32(byteOffset, endian);
  }
  void setFloat32(int byteOffset, num value, [Endianness endian = Endianness.BIG_ENDIAN]) {
    throw _refusal();
  }
  double getFloat64(int byteOffset, [Endianness endian = Endianness.BIG_ENDIAN]) {
    return _data.getFloat64(byteOffset, endian);
  }
  void setFloat64(int byteOffset, num value, [Endianness endian = Endianness.BIG_ENDIAN]) {
    throw _refusal();
  }
  Error _refusal() => new UnsupportedError("Cannot modify unmodifiable byte data");
}
