// Lists of a fixed length that are made of others, by their length and [].
part of dart.typed_data;

// What would change the length is refused, also where it would not.
abstract class _FixedLength<E> implements List<E> {
  Error _refusal() => new UnsupportedError("Cannot change the length of a typed list");
  void set length(int newLength) => throw _refusal();
  void add(E value) => throw _refusal();
  void addAll(Iterable<E> iterable) => throw _refusal();
  void insert(int index, E element) => throw _refusal();
  void insertAll(int index, Iterable<E> iterable) => throw _refusal();
  bool remove(Object value) => throw _refusal();
  E removeAt(int index) => throw _refusal();
  E removeLast() => throw _refusal();
  void removeRange(int start, int end) => throw _refusal();
  void removeWhere(bool test(E element)) => throw _refusal();
  void retainWhere(bool test(E element)) => throw _refusal();
  void replaceRange(int start, int end, Iterable<E> iterable) => throw _refusal();
  void clear() => throw _refusal();
}

abstract class _FixedList<E> implements List<E> {
  Iterable<E> get _all => new Iterable<E>.generate(length, (i) => this[i]);

  Iterator<E> get iterator => _all.iterator;
  bool get isEmpty => length == 0;
  bool get isNotEmpty => length != 0;
  E get first => _all.first;
  E get last => _all.last;
  E get single => _all.single;
  E elementAt(int index) => this[index];
  void forEach(void f(E element)) => _all.forEach(f);
  bool contains(Object element) => _all.contains(element);
  bool any(bool test(E element)) => _all.any(test);
  bool every(bool test(E element)) => _all.every(test);
  E firstWhere(bool test(E element), {E orElse()}) => _all.firstWhere(test, orElse: orElse);
  E lastWhere(bool test(E element), {E orElse()}) => _all.lastWhere(test, orElse: orElse);
  E singleWhere(bool test(E element), {E orElse()}) => _all.singleWhere(test, orElse: orElse);
  fold(initialValue, combine(previousValue, E element)) => _all.fold(initialValue, combine);
  E reduce(E combine(E value, E element)) => _all.reduce(combine);
  String join([String separator = ""]) => _all.join(separator);
  Iterable<E> where(bool test(E element)) => _all.where(test);
  Iterable map(f(E element)) => _all.map(f);
  Iterable expand(Iterable f(E element)) => _all.expand(f);
  Iterable<E> skip(int count) => _all.skip(count);
  Iterable<E> skipWhile(bool test(E element)) => _all.skipWhile(test);
  Iterable<E> take(int count) => _all.take(count);
  Iterable<E> takeWhile(bool test(E element)) => _all.takeWhile(test);
  Iterable<E> getRange(int start, int end) => toList().getRange(start, end);
  Iterable<E> get reversed => toList().reversed;
  List<E> toList({bool growable: true}) => _all.toList(growable: growable);
  Set<E> toSet() => _all.toSet();
  Map<int, E> asMap() => toList().asMap();
  int indexOf(Object element, [int start = 0]) => toList().indexOf(element, start);
  int lastIndexOf(Object element, [int start]) => toList().lastIndexOf(element, start);
  List<E> operator +(List<E> other) => toList()..addAll(other);

  void setRange(int start, int end, Iterable<E> iterable, [int skipCount = 0]) {
    end = _checkSlice(start, end, length);
    var count = end - start;
    // No further than what is wanted: the rest may be long, or have no end.
    var source = iterable.skip(skipCount).take(count).toList();
    if (source.length < count) throw new StateError("Too few elements");
    for (var i = 0; i < count; i++) this[start + i] = source[i];
  }

  void setAll(int index, Iterable<E> iterable) {
    setRange(index, index + iterable.length, iterable);
  }

  void fillRange(int start, int end, [E fill]) {
    end = _checkSlice(start, end, length);
    for (var i = start; i < end; i++) this[i] = fill;
  }

  void sort([int compare(E a, E b)]) => setAll(0, toList()..sort(compare));
  void shuffle([random]) => setAll(0, toList()..shuffle(random));

  String toString() => "[${_all.join(", ")}]";
}

// Of elements of 16 bytes, each `_lanes` elements of another list.
abstract class _ListOf16<E> extends Object with _FixedLength<E>, _FixedList<E> implements TypedData {
  final _parts;
  _ListOf16(this._parts);

  int get _lanes;
  int get length => _parts.length ~/ _lanes;
  int get elementSizeInBytes => 16;
  int get offsetInBytes => _parts.offsetInBytes;
  int get lengthInBytes => _parts.lengthInBytes;
  ByteBuffer get buffer => _parts.buffer;

  // Where it begins among the parts.
  int _placeOf(int index) {
    RangeError.checkValidIndex(_checkAnyInt(index, "index"), this, "index");
    return index * _lanes;
  }

  _partsOf(int start, int end) {
    end = _checkSlice(start, end, length);
    return _parts.sublist(start * _lanes, end * _lanes);
  }
}

class Int32x4List extends _ListOf16<Int32x4> {
  static const int BYTES_PER_ELEMENT = 16;

  Int32x4List._(Int32List parts) : super(parts);
  Int32x4List(int length) : super(new Int32List(_checkLength(length) * 4));
  factory Int32x4List.fromList(List<Int32x4> elements) {
    return new Int32x4List(elements.length)..setAll(0, elements);
  }
  factory Int32x4List.view(ByteBuffer buffer, [int offsetInBytes = 0, int length]) {
    return new Int32x4List._(_viewOf16(_INT32, 4, buffer, offsetInBytes, length));
  }

  Type get runtimeType => Int32x4List;
  int get _lanes => 4;

  Int32x4 operator [](int index) {
    var at = _placeOf(index);
    return new Int32x4._(_parts[at], _parts[at + 1], _parts[at + 2], _parts[at + 3]);
  }

  void operator []=(int index, Int32x4 value) {
    var at = _placeOf(index);
    if (value is! Int32x4) throw new ArgumentError.value(value, "value", "Must be an Int32x4");
    _parts[at] = value.x;
    _parts[at + 1] = value.y;
    _parts[at + 2] = value.z;
    _parts[at + 3] = value.w;
  }

  Int32x4List sublist(int start, [int end]) => new Int32x4List._(_partsOf(start, end));
}

class Float64x2List extends _ListOf16<Float64x2> {
  static const int BYTES_PER_ELEMENT = 16;

  Float64x2List._(Float64List parts) : super(parts);
  Float64x2List(int length) : super(new Float64List(_checkLength(length) * 2));
  factory Float64x2List.fromList(List<Float64x2> elements) {
    return new Float64x2List(elements.length)..setAll(0, elements);
  }
  factory Float64x2List.view(ByteBuffer buffer, [int offsetInBytes = 0, int length]) {
    return new Float64x2List._(_viewOf16(_FLOAT64, 2, buffer, offsetInBytes, length));
  }

  Type get runtimeType => Float64x2List;
  int get _lanes => 2;

  Float64x2 operator [](int index) {
    var at = _placeOf(index);
    return new Float64x2._(_parts[at], _parts[at + 1]);
  }

  void operator []=(int index, Float64x2 value) {
    var at = _placeOf(index);
    if (value is! Float64x2) throw new ArgumentError.value(value, "value", "Must be a Float64x2");
    _parts[at] = value.x;
    _parts[at + 1] = value.y;
  }

  Float64x2List sublist(int start, [int end]) => new Float64x2List._(_partsOf(start, end));
}

int _checkLength(int length) => _checkInt(length, 0, 1 << 40, "length");

// Of elements of 16 bytes, each of `parts` of a type.
_viewOf16(int type, int parts, ByteBuffer buffer, int offsetInBytes, int length) {
  _checkInt(offsetInBytes, 0, buffer.lengthInBytes, "offsetInBytes");
  if (offsetInBytes % 16 != 0) {
    throw new RangeError("view: argument 'offsetInBytes' must be a multiple of BYTES_PER_ELEMENT");
  }
  var most = (buffer.lengthInBytes - offsetInBytes) ~/ 16;
  length = length == null ? most : _checkInt(length, 0, most, "length");
  return _view(type, buffer, offsetInBytes, length * parts);
}
