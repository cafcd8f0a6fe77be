// Bytes without a type: read and written as numbers of any, or shared by several lists.
part of dart.typed_data;

class Endianness {
  static const Endianness BIG_ENDIAN = const Endianness._(false);
  static const Endianness LITTLE_ENDIAN = const Endianness._(true);
  static final Endianness HOST_ENDIAN =
      new Uint8List.view(new Uint16List.fromList([1]).buffer)[0] == 1 ? LITTLE_ENDIAN : BIG_ENDIAN;

  final bool _isLittle;
  const Endianness._(this._isLittle);
}

// The names that programs of today have for it.
class Endian extends Endianness {
  static const Endian big = const Endian._(false);
  static const Endian little = const Endian._(true);
  static final Endian host = Endianness.HOST_ENDIAN._isLittle ? little : big;

  const Endian._(bool isLittle) : super._(isLittle);
}

class ByteData implements TypedData {
  factory ByteData(int length) => _new(_BYTE_DATA, length);
  factory ByteData.view(ByteBuffer buffer, [int offsetInBytes = 0, int length]) {
    return _view(_BYTE_DATA, buffer, offsetInBytes, length);
  }
  factory ByteData.sublistView(TypedData data, [int start = 0, int end]) {
    return _sublistView(_BYTE_DATA, 1, data, start, end);
  }

  int get elementSizeInBytes => 1;
  int get offsetInBytes native "TypedData_offsetInBytes";
  int get lengthInBytes native "TypedData_lengthInBytes";
  ByteBuffer get buffer native "TypedData_buffer";

  _get(int byteOffset, int type, bool isLittle) native "ByteData_get";
  void _set(int byteOffset, int type, bool isLittle, value) native "ByteData_set";

  int getInt8(int byteOffset) => _get(byteOffset, _INT8, true);
  int getUint8(int byteOffset) => _get(byteOffset, _UINT8, true);
  void setInt8(int byteOffset, int value) {
    _set(byteOffset, _INT8, true, value);
  }
  void setUint8(int byteOffset, int value) {
    _set(byteOffset, _UINT8, true, value);
  }

  int getInt16(int byteOffset, [Endianness endian = Endianness.BIG_ENDIAN]) {
    return _get(byteOffset, _INT16, endian._isLittle);
  }
  void setInt16(int byteOffset, int value, [Endianness endian = Endianness.BIG_ENDIAN]) {
    _set(byteOffset, _INT16, endian._isLittle, value);
  }

  int getUint16(int byteOffset, [Endianness endian = Endianness.BIG_ENDIAN]) {
    return _get(byteOffset, _UINT16, endian._isLittle);
  }
  void setUint16(int byteOffset, int value, [Endianness endian = Endianness.BIG_ENDIAN]) {
    _set(byteOffset, _UINT16, endian._isLittle, value);
  }

  int getInt32(int byteOffset, [Endianness endian = Endianness.BIG_ENDIAN]) {
    return _get(byteOffset, _INT32, endian._isLittle);
  }
  void setInt32(int byteOffset, int value, [Endianness endian = Endianness.BIG_ENDIAN]) {
    _set(byteOffset, _INT32, endian._isLittle, value);
  }

  int getUint32(int byteOffset, [Endianness endian = Endianness.BIG_ENDIAN]) {
    return _get(byteOffset, _UINT32, endian._isLittle);
  }
  void setUint32(int byteOffset, int value, [Endianness endian = Endianness.BIG_ENDIAN]) {
    _set(byteOffset, _UINT32, endian._isLittle, value);
  }

  int getInt64(int byteOffset, [Endianness endian = Endianness.BIG_ENDIAN]) {
    return _get(byteOffset, _INT64, endian._isLittle);
  }
  void setInt64(int byteOffset, int value, [Endianness endian = Endianness.BIG_ENDIAN]) {
    _set(byteOffset, _INT64, endian._isLittle, value);
  }

  int getUint64(int byteOffset, [Endianness endian = Endianness.BIG_ENDIAN]) {
    return _get(byteOffset, _UINT64, endian._isLittle);
  }
  void setUint64(int byteOffset, int value, [Endianness endian = Endianness.BIG_ENDIAN]) {
    _set(byteOffset, _UINT64, endian._isLittle, value);
  }

  double getFloat32(int byteOffset, [Endianness endian = Endianness.BIG_ENDIAN]) {
    return _get(byteOffset, _FLOAT32, endian._isLittle);
  }
  void setFloat32(int byteOffset, num value, [Endianness endian = Endianness.BIG_ENDIAN]) {
    _set(byteOffset, _FLOAT32, endian._isLittle, value);
  }

  double getFloat64(int byteOffset, [Endianness endian = Endianness.BIG_ENDIAN]) {
    return _get(byteOffset, _FLOAT64, endian._isLittle);
  }
  void setFloat64(int byteOffset, num value, [Endianness endian = Endianness.BIG_ENDIAN]) {
    _set(byteOffset, _FLOAT64, endian._isLittle, value);
  }
}

// Equal to every other buffer of the same bytes.
class ByteBuffer {
  factory ByteBuffer._() => null;

  int get lengthInBytes native "TypedData_lengthInBytes";
  get _data native "ByteBuffer_data";

  bool operator ==(other) => other is ByteBuffer && identical(_data, other._data);
  int get hashCode => identityHashCode(_data);

  ByteData asByteData([int offsetInBytes = 0, int length]) {
    return new ByteData.view(this, offsetInBytes, length);
  }
  Int8List asInt8List([int offsetInBytes = 0, int length]) {
    return new Int8List.view(this, offsetInBytes, length);
  }
  Uint8List asUint8List([int offsetInBytes = 0, int length]) {
    return new Uint8List.view(this, offsetInBytes, length);
  }
  Uint8ClampedList asUint8ClampedList([int offsetInBytes = 0, int length]) {
    return new Uint8ClampedList.view(this, offsetInBytes, length);
  }
  Int16List asInt16List([int offsetInBytes = 0, int length]) {
    return new Int16List.view(this, offsetInBytes, length);
  }
  Uint16List asUint16List([int offsetInBytes = 0, int length]) {
    return new Uint16List.view(this, offsetInBytes, length);
  }
  Int32List asInt32List([int offsetInBytes = 0, int length]) {
    return new Int32List.view(this, offsetInBytes, length);
  }
  Uint32List asUint32List([int offsetInBytes = 0, int length]) {
    return new Uint32List.view(this, offsetInBytes, length);
  }
  Int64List asInt64List([int offsetInBytes = 0, int length]) {
    return new Int64List.view(this, offsetInBytes, length);
  }
  Uint64List asUint64List([int offsetInBytes = 0, int length]) {
    return new Uint64List.view(this, offsetInBytes, length);
  }
  Float32List asFloat32List([int offsetInBytes = 0, int length]) {
    return new Float32List.view(this, offsetInBytes, length);
  }
  Float64List asFloat64List([int offsetInBytes = 0, int length]) {
    return new Float64List.view(this, offsetInBytes, length);
  }
  Float32x4List asFloat32x4List([int offsetInBytes = 0, int length]) {
    return new Float32x4List.view(this, offsetInBytes, length);
  }
  Int32x4List asInt32x4List([int offsetInBytes = 0, int length]) {
    return new Int32x4List.view(this, offsetInBytes, length);
  }
  Float64x2List asFloat64x2List([int offsetInBytes = 0, int length]) {
    return new Float64x2List.view(this, offsetInBytes, length);
  }
}
