// The lists of numbers. They differ in little but their element type.
part of dart.typed_data;

abstract class _TypedList<E> extends List<E> with _FixedLength<E> implements TypedData {
  factory _TypedList._() => null;  // Only the machine makes any.
  E operator [](int index) native "TypedData_at";
  void operator []=(int index, value) native "TypedData_setAt"; // Which says what it takes.
  int get length native "TypedData_length";
  int get elementSizeInBytes native "TypedData_elementSizeInBytes";
  int get offsetInBytes native "TypedData_offsetInBytes";
  int get lengthInBytes native "TypedData_lengthInBytes";
  ByteBuffer get buffer native "TypedData_buffer";
  int get _type native "TypedData_type";

  void add(E value) => throw new UnsupportedError("Cannot add to a typed list");

  List<E> sublist(int start, [int end]) {
    end = _checkSlice(start, end, length);
    var result = _new(_type, end - start);
    _copy(result, 0, this, start, end - start);
    return result;
  }

  void setRange(int start, int end, Iterable<E> iterable, [int skipCount = 0]) {
    end = _checkSlice(start, end, length);
    if (_copy(this, start, iterable, skipCount, end - start)) return;
    super.setRange(start, end, iterable, skipCount);
  }

  void setAll(int index, Iterable<E> iterable) {
    setRange(index, index + iterable.length, iterable);
  }
}

class Int8List extends _TypedList<int> {
  static const int bytesPerElement = BYTES_PER_ELEMENT;
  static const int BYTES_PER_ELEMENT = 1;
  factory Int8List(int length) => _new(_INT8, length);
  factory Int8List.fromList(List<int> elements) => _fromList(_INT8, elements);
  factory Int8List.view(ByteBuffer buffer, [int offsetInBytes = 0, int length]) {
    return _view(_INT8, buffer, offsetInBytes, length);
  }
  factory Int8List.sublistView(TypedData data, [int start = 0, int end]) {
    return _sublistView(_INT8, BYTES_PER_ELEMENT, data, start, end);
  }
  Type get runtimeType => Int8List;
}

class Uint8List extends _TypedList<int> {
  static const int bytesPerElement = BYTES_PER_ELEMENT;
  static const int BYTES_PER_ELEMENT = 1;
  factory Uint8List(int length) => _new(_UINT8, length);
  factory Uint8List.fromList(List<int> elements) => _fromList(_UINT8, elements);
  factory Uint8List.view(ByteBuffer buffer, [int offsetInBytes = 0, int length]) {
    return _view(_UINT8, buffer, offsetInBytes, length);
  }
  factory Uint8List.sublistView(TypedData data, [int start = 0, int end]) {
    return _sublistView(_UINT8, BYTES_PER_ELEMENT, data, start, end);
  }
  Type get runtimeType => Uint8List;
}

class Uint8ClampedList extends _TypedList<int> {
  static const int bytesPerElement = BYTES_PER_ELEMENT;
  static const int BYTES_PER_ELEMENT = 1;
  factory Uint8ClampedList(int length) => _new(_UINT8_CLAMPED, length);
  factory Uint8ClampedList.fromList(List<int> elements) => _fromList(_UINT8_CLAMPED, elements);
  factory Uint8ClampedList.view(ByteBuffer buffer, [int offsetInBytes = 0, int length]) {
    return _view(_UINT8_CLAMPED, buffer, offsetInBytes, length);
  }
  factory Uint8ClampedList.sublistView(TypedData data, [int start = 0, int end]) {
    return _sublistView(_UINT8_CLAMPED, BYTES_PER_ELEMENT, data, start, end);
  }
  Type get runtimeType => Uint8ClampedList;
}

class Int16List extends _TypedList<int> {
  static const int bytesPerElement = BYTES_PER_ELEMENT;
  static const int BYTES_PER_ELEMENT = 2;
  factory Int16List(int length) => _new(_INT16, length);
  factory Int16List.fromList(List<int> elements) => _fromList(_INT16, elements);
  factory Int16List.view(ByteBuffer buffer, [int offsetInBytes = 0, int length]) {
    return _view(_INT16, buffer, offsetInBytes, length);
  }
  factory Int16List.sublistView(TypedData data, [int start = 0, int end]) {
    return _sublistView(_INT16, BYTES_PER_ELEMENT, data, start, end);
  }
  Type get runtimeType => Int16List;
}

class Uint16List extends _TypedList<int> {
  static const int bytesPerElement = BYTES_PER_ELEMENT;
  static const int BYTES_PER_ELEMENT = 2;
  factory Uint16List(int length) => _new(_UINT16, length);
  factory Uint16List.fromList(List<int> elements) => _fromList(_UINT16, elements);
  factory Uint16List.view(ByteBuffer buffer, [int offsetInBytes = 0, int length]) {
    return _view(_UINT16, buffer, offsetInBytes, length);
  }
  factory Uint16List.sublistView(TypedData data, [int start = 0, int end]) {
    return _sublistView(_UINT16, BYTES_PER_ELEMENT, data, start, end);
  }
  Type get runtimeType => Uint16List;
}

class Int32List extends _TypedList<int> {
  static const int bytesPerElement = BYTES_PER_ELEMENT;
  static const int BYTES_PER_ELEMENT = 4;
  factory Int32List(int length) => _new(_INT32, length);
  factory Int32List.fromList(List<int> elements) => _fromList(_INT32, elements);
  factory Int32List.view(ByteBuffer buffer, [int offsetInBytes = 0, int length]) {
    return _view(_INT32, buffer, offsetInBytes, length);
  }
  factory Int32List.sublistView(TypedData data, [int start = 0, int end]) {
    return _sublistView(_INT32, BYTES_PER_ELEMENT, data, start, end);
  }
  Type get runtimeType => Int32List;
}

class Uint32List extends _TypedList<int> {
  static const int bytesPerElement = BYTES_PER_ELEMENT;
  static const int BYTES_PER_ELEMENT = 4;
  factory Uint32List(int length) => _new(_UINT32, length);
  factory Uint32List.fromList(List<int> elements) => _fromList(_UINT32, elements);
  factory Uint32List.view(ByteBuffer buffer, [int offsetInBytes = 0, int length]) {
    return _view(_UINT32, buffer, offsetInBytes, length);
  }
  factory Uint32List.sublistView(TypedData data, [int start = 0, int end]) {
    return _sublistView(_UINT32, BYTES_PER_ELEMENT, data, start, end);
  }
  Type get runtimeType => Uint32List;
}

class Int64List extends _TypedList<int> {
  static const int bytesPerElement = BYTES_PER_ELEMENT;
  static const int BYTES_PER_ELEMENT = 8;
  factory Int64List(int length) => _new(_INT64, length);
  factory Int64List.fromList(List<int> elements) => _fromList(_INT64, elements);
  factory Int64List.view(ByteBuffer buffer, [int offsetInBytes = 0, int length]) {
    return _view(_INT64, buffer, offsetInBytes, length);
  }
  factory Int64List.sublistView(TypedData data, [int start = 0, int end]) {
    return _sublistView(_INT64, BYTES_PER_ELEMENT, data, start, end);
  }
  Type get runtimeType => Int64List;
}

class Uint64List extends _TypedList<int> {
  static const int bytesPerElement = BYTES_PER_ELEMENT;
  static const int BYTES_PER_ELEMENT = 8;
  factory Uint64List(int length) => _new(_UINT64, length);
  factory Uint64List.fromList(List<int> elements) => _fromList(_UINT64, elements);
  factory Uint64List.view(ByteBuffer buffer, [int offsetInBytes = 0, int length]) {
    return _view(_UINT64, buffer, offsetInBytes, length);
  }
  factory Uint64List.sublistView(TypedData data, [int start = 0, int end]) {
    return _sublistView(_UINT64, BYTES_PER_ELEMENT, data, start, end);
  }
  Type get runtimeType => Uint64List;
}

class Float32List extends _TypedList<double> {
  static const int bytesPerElement = BYTES_PER_ELEMENT;
  static const int BYTES_PER_ELEMENT = 4;
  factory Float32List(int length) => _new(_FLOAT32, length);
  factory Float32List.fromList(List<double> elements) => _fromList(_FLOAT32, elements);
  factory Float32List.view(ByteBuffer buffer, [int offsetInBytes = 0, int length]) {
    return _view(_FLOAT32, buffer, offsetInBytes, length);
  }
  factory Float32List.sublistView(TypedData data, [int start = 0, int end]) {
    return _sublistView(_FLOAT32, BYTES_PER_ELEMENT, data, start, end);
  }
  Type get runtimeType => Float32List;
}

class Float64List extends _TypedList<double> {
  static const int bytesPerElement = BYTES_PER_ELEMENT;
  static const int BYTES_PER_ELEMENT = 8;
  factory Float64List(int length) => _new(_FLOAT64, length);
  factory Float64List.fromList(List<double> elements) => _fromList(_FLOAT64, elements);
  factory Float64List.view(ByteBuffer buffer, [int offsetInBytes = 0, int length]) {
    return _view(_FLOAT64, buffer, offsetInBytes, length);
  }
  factory Float64List.sublistView(TypedData data, [int start = 0, int end]) {
    return _sublistView(_FLOAT64, BYTES_PER_ELEMENT, data, start, end);
  }
  Type get runtimeType => Float64List;
}

class Float32x4List extends _TypedList<Float32x4> {
  static const int BYTES_PER_ELEMENT = 16;
  factory Float32x4List(int length) => _new(_FLOAT32X4, length);
  factory Float32x4List.fromList(List<Float32x4> elements) {
    var result = _new(_FLOAT32X4, elements.length);
    for (var i = 0; i < elements.length; i++) result[i] = elements[i];
    return result;
  }
  factory Float32x4List.view(ByteBuffer buffer, [int offsetInBytes = 0, int length]) {
    return _view(_FLOAT32X4, buffer, offsetInBytes, length);
  }
  Type get runtimeType => Float32x4List;

  _get(int byteOffset, int type, bool isLittle) native "ByteData_get";
  void _set(int byteOffset, int type, bool isLittle, value) native "ByteData_set";

  Float32x4 operator [](int index) {
    RangeError.checkValidIndex(_checkAnyInt(index, "index"), this, "index");
    var at = index * 16;
    return new Float32x4._(_part(at), _part(at + 4), _part(at + 8), _part(at + 12));
  }

  double _part(int at) => _get(at, _FLOAT32, _hostIsLittle);

  void operator []=(int index, Float32x4 value) {
    RangeError.checkValidIndex(_checkAnyInt(index, "index"), this, "index");
    if (value is! Float32x4) throw new ArgumentError.value(value, "value", "Must be a Float32x4");
    var at = index * 16;
    _set(at, _FLOAT32, _hostIsLittle, value.x);
    _set(at + 4, _FLOAT32, _hostIsLittle, value.y);
    _set(at + 8, _FLOAT32, _hostIsLittle, value.z);
    _set(at + 12, _FLOAT32, _hostIsLittle, value.w);
  }
}

final bool _hostIsLittle = Endianness.HOST_ENDIAN._isLittle;
