// Lists: of fixed length, growable, unmodifiable.
part of dart.core;

// What `new List()` is given.
class _NoLength {
  const _NoLength();
}

const _NoLength _noLength = const _NoLength();

// Everything here rests on length, [], []= and, for what changes the length, on `length=` and add.
// What moves elements is the growable list's own: here it is refused, before any has moved.
abstract class List<E> extends Iterable<E> {
  // Of fixed length and full of nulls; without a length, growable and empty.
  factory List([int length = _noLength]) {
    return identical(length, _noLength) ? <E>[] : _newListOf<E>(length);
  }

  factory List.filled(int length, E fill, {bool growable: false}) {
    return _newFilled<E>(length, fill, growable == true);
  }

  factory List.from(Iterable elements, {bool growable: true}) {
    if (growable) return <E>[]..addAll(elements);
    return _fixedCopy<E>(elements is List ? elements : elements.toList());
  }

  factory List.generate(int length, E generator(int index), {bool growable: true}) {
    var result = growable ? _newList(length) : _newListOf<E>(length);
    for (var i = 0; i < length; i++) result[i] = generator(i);
    return growable ? (<E>[]..addAll(result)) : result;
  }

  factory List.of(Iterable<E> elements, {bool growable: true}) {
    return new List<E>.from(elements, growable: growable);
  }

  factory List.unmodifiable(Iterable elements) => _unmodifiableCopy<E>(elements.toList());

  E operator [](int index);
  void operator []=(int index, E value);
  int get length;
  void set length(int newLength);

  Type get runtimeType => typeSaid(this, _typeOf<List<E>>());

  Iterator<E> get iterator => new _ListIterator<E>(this);

  void forEach(void f(E element)) {
    var count = length;
    for (var i = 0; i < count; i++) {
      f(this[i]);
      if (length != count) _throwConcurrentModification(this);
    }
  }

  bool get isEmpty => length == 0;
  bool get isNotEmpty => length != 0;

  E get first {
    if (length == 0) throw _noElement();
    return this[0];
  }

  E get last {
    if (length == 0) throw _noElement();
    return this[length - 1];
  }

  void set first(E value) {
    if (length == 0) throw _noElement();
    this[0] = value;
  }

  void set last(E value) {
    if (length == 0) throw _noElement();
    this[length - 1] = value;
  }

  E elementAt(int index) => this[index];

  // These and then those, in a list of its own.
  List<E> operator +(List<E> other) => toList()..addAll(other);

  List<E> toList({bool growable: true}) {
    if (!growable) return _fixedCopy<E>(this);
    var result = <E>[];
    result.addAll(this);
    return result;
  }

  List<E> sublist(int start, [int end]) {
    end = _checkSlice(start, end, length);
    var result = <E>[];
    result.length = end - start;
    for (var i = start; i < end; i++) result[i - start] = this[i];
    return result;
  }

  // Views of the list as it is when they are walked through.
  Iterable<E> getRange(int start, int end) {
    end = _checkSlice(start, end, length);
    return new _Slice(this, start, end);
  }

  Iterable<E> take(int count) => new _Slice(this, 0, _checkInt(count, 0, null, "count"));
  Iterable<E> skip(int count) => new _Slice(this, _checkInt(count, 0, null, "count"), null);

  int indexOf(Object element, [int start = 0]) {
    _checkAnyInt(start, "start");
    for (var i = start < 0 ? 0 : start; i < length; i++) {
      if (this[i] == element) return i;
    }
    return -1;
  }

  int lastIndexOf(Object element, [int start]) {
    if (start != null) _checkAnyInt(start, "start");
    if (start == null || start >= length) start = length - 1;
    for (var i = start; i >= 0; i--) {
      if (this[i] == element) return i;
    }
    return -1;
  }

  int indexWhere(bool test(E element), [int start = 0]) {
    _checkAnyInt(start, "start");
    for (var i = start < 0 ? 0 : start; i < length; i++) {
      if (test(this[i])) return i;
    }
    return -1;
  }

  int lastIndexWhere(bool test(E element), [int start]) {
    if (start != null) _checkAnyInt(start, "start");
    if (start == null || start >= length) start = length - 1;
    for (var i = start; i >= 0; i--) {
      if (test(this[i])) return i;
    }
    return -1;
  }

  List cast<R>() => this;

  Iterable<E> get reversed => new _Reversed(this);
  Map<int, E> asMap() => new _ListMap(this);

  void add(E value) {
    var index = length;
    length = index + 1;
    this[index] = value;
  }

  void addAll(Iterable<E> iterable) {
    // A list that is added to itself must not chase its own end.
    if (identical(iterable, this)) iterable = _fixedCopy(this);
    _reserve(checkRoom(iterable));
    for (var element in iterable) add(element);
  }

  // Of what can be: so many elements will come.
  void _reserve(int count) {}

  void insert(int index, E element) {
    _checkInt(index, 0, length, "index");
    add(element);
  }

  void insertAll(int index, Iterable<E> iterable) {
    _checkInt(index, 0, length, "index");
    var added = iterable.toList();
    _insertNulls(index, added.length);
    for (var i = 0; i < added.length; i++) this[index + i] = added[i];
  }

  void _insertNulls(int index, int count) {
    length += count;
  }

  void setAll(int index, Iterable<E> iterable) {
    if (iterable is List) return setRange(index, index + iterable.length, iterable);
    for (var element in iterable) this[index++] = element;
  }

  void setRange(int start, int end, Iterable<E> iterable, [int skipCount = 0]) {
    end = _checkSlice(start, end, length);
    var count = end - start;
    // No further than what is wanted: the rest may be long, or have no end.
    var source = iterable.skip(skipCount).take(count).toList();
    if (source.length < count) throw new StateError("Too few elements");
    for (var i = 0; i < count; i++) this[start + i] = source[i];
  }

  void fillRange(int start, int end, [E fill]) {
    end = _checkSlice(start, end, length);
    for (var i = start; i < end; i++) this[i] = fill;
  }

  bool remove(Object value) {
    var index = indexOf(value);
    if (index < 0) return false;
    removeAt(index);
    return true;
  }

  E removeAt(int index) {
    var result = this[index];
    length -= 1;
    return result;
  }

  E removeLast() {
    if (length == 0) throw new RangeError.index(-1, this, "index", null, 0);
    var result = this[length - 1];
    length -= 1;
    return result;
  }

  void removeRange(int start, int end) {
    end = _checkSlice(start, end, length);
    length -= end - start;
  }

  void replaceRange(int start, int end, Iterable<E> replacement) {
    end = _checkSlice(start, end, length);
    removeRange(start, end);
    insertAll(start, replacement);
  }

  void removeWhere(bool test(E element)) {
    retainWhere((element) => !test(element));
  }

  void retainWhere(bool test(E element)) {
    length = length; // Refused, if it will be, while all are in their places.
    var kept = <E>[];
    for (var element in this) {
      if (test(element)) kept.add(element);
    }
    for (var i = 0; i < kept.length; i++) this[i] = kept[i];
    length = kept.length;
  }

  void clear() {
    length = 0;
  }

  // Stable: a merge sort.
  void sort([int compare(E a, E b)]) {
    if (compare == null && _sortPlain(this)) return;
    var count = length;
    if (count < 2) return;
    var from = _fixedCopy(this);
    if (compare == null && _sortPlain(from)) {
      for (var i = 0; i < count; i++) this[i] = from[i];
      return;
    }
    if (compare == null) compare = Comparable.compare;
    var to = _newList(count);
    for (var width = 1; width < count; width *= 2) {
      for (var start = 0; start < count; start += 2 * width) {
        _merge(from, to, start, width, count, compare);
      }
      var merged = to;
      to = from;
      from = merged;
    }
    for (var i = 0; i < count; i++) this[i] = from[i];
  }

  static void _merge(List from, List to, int start, int width, int count, Function compare) {
    var middle = start + width < count ? start + width : count;
    var end = middle + width < count ? middle + width : count;
    var left = start;
    var right = middle;
    for (var i = start; i < end; i++) {
      if (left < middle && (right >= end || compare(from[left], from[right]) <= 0)) {
        to[i] = from[left++];
      } else {
        to[i] = from[right++];
      }
    }
  }

  // Every order with equal probability, if `random` is good; without it, a fixed order.
  void shuffle([random]) {
    var state = 0x2545f491;
    for (var i = length - 1; i > 0; i--) {
      var j;
      if (random == null) {
        state = (state * 1103515245 + 12345) & 0x7fffffff;
        j = (state >> 8) % (i + 1);
      } else {
        j = random.nextInt(i + 1);
      }
      var swapped = this[i];
      this[i] = this[j];
      this[j] = swapped;
    }
  }

  String join([String separator = ""]) {
    var text = _joinedTexts(separator);
    return text == null ? super.join(separator) : text;
  }

  // Null: not all elements of this one are texts.
  String _joinedTexts(String separator) => null;

  String toString() => _iterableToString(this, "[", "]");
}

class _ListIterator<E> implements Iterator<E> {
  final List _list;
  final int _length;
  final int _end;
  int _index;
  var _current;

  _ListIterator(List list)
      : _list = list,
        _length = list.length,
        _end = list.length,
        _index = 0;

  // From one index to another.
  _ListIterator._(List list, this._index, this._end)
      : _list = list,
        _length = list.length;

  get current => _current;

  // A native goes through the library's own lists.
  bool moveNext() native "ListIterator_moveNext" {
    if (_list.length != _length) _throwConcurrentModification(_list);
    if (_index >= _end) {
      _current = null;
      return false;
    }
    _current = _list[_index];
    _index++;
    return true;
  }
}

// Sorts a list of ints, of doubles or of texts; false: it is another one, and as it was.
bool _sortPlain(List list) native "List_sortPlain";
List _newList(int length) native "List_newFixed";
List<E> _newListOf<E>(int length) native "List_newFixedOf";
List<E> _newFilled<E>(int length, fill, bool growable) native "List_newFilled";
// `elements` is a list.
List<E> _fixedCopy<E>(List elements) {
  var result = _newListOf<E>(elements.length);
  for (var i = 0; i < result.length; i++) result[i] = elements[i];
  return result;
}
List<E> _unmodifiableCopy<E>(List elements) native "List_unmodifiableCopy";

// What would change the length is refused, also where it would not.
abstract class _FixedLengthList<E> extends List<E> {
  factory _FixedLengthList._() => null;
  Error _refusal(String what) => new UnsupportedError("Cannot $what a fixed-length list");
  void set length(int newLength) => throw _refusal("change the length of");
  void add(E value) => throw _refusal("add to");
  void addAll(Iterable<E> iterable) => throw _refusal("add to");
  void insert(int index, E element) => throw _refusal("change the length of");
  void insertAll(int index, Iterable<E> iterable) => throw _refusal("change the length of");
  bool remove(Object value) => throw _refusal("change the length of");
  E removeAt(int index) => throw _refusal("change the length of");
  E removeLast() => throw _refusal("change the length of");
  void removeRange(int start, int end) => throw _refusal("change the length of");
  void removeWhere(bool test(E element)) => throw _refusal("change the length of");
  void retainWhere(bool test(E element)) => throw _refusal("change the length of");
  void replaceRange(int start, int end, Iterable<E> iterable) => throw _refusal("change the length of");
  void clear() => throw _refusal("clear");
}

class _FixedList<E> extends _FixedLengthList<E> implements _Printed {
  factory _FixedList._() => null;
  E operator [](int index) native "List_at";
  void operator []=(int index, E value) native "List_setAt";
  int get length native "List_length";
  String _joinedTexts(String separator) native "String_join";
  void _printInto(StringBuffer buffer) => _printIterable(this, buffer, "[", "]");
}

class _ImmutableList<E> extends _FixedLengthList<E> implements _Printed {
  factory _ImmutableList._() => null;
  E operator [](int index) native "List_at";
  int get length native "List_length";
  String _joinedTexts(String separator) native "String_join";
  Error _refusal(String what) => new UnsupportedError("Cannot $what an unmodifiable list");
  void operator []=(int index, E value) => throw _refusal("modify");
  void setAll(int index, Iterable<E> iterable) => throw _refusal("modify");
  void setRange(int start, int end, Iterable<E> iterable, [int skipCount = 0]) => throw _refusal("modify");
  void fillRange(int start, int end, [E fill]) => throw _refusal("modify");
  void sort([int compare(E a, E b)]) => throw _refusal("sort");
  void shuffle([random]) => throw _refusal("modify");
  void _printInto(StringBuffer buffer) => _printIterable(this, buffer, "[", "]");
}

class _GrowableList<E> extends List<E> implements _Printed {
  factory _GrowableList._() => null;
  E operator [](int index) native "List_at";
  void operator []=(int index, E value) native "List_setAt";
  int get length native "List_length";
  String _joinedTexts(String separator) native "String_join";
  void set length(int newLength) native "List_setLength";
  void add(E value) native "List_add";

  // There is no room: that is known before all are walked through. Few are not worth it.
  void _reserve(int count) {
    if (count < 1 << 12) return;
    var before = length;
    length = before + count;
    length = before;
  }

  void insert(int index, E element) native "List_insert";
  void _insertNulls(int index, int count) native "List_insertNulls";
  E removeAt(int index) native "List_removeAt";
  void removeRange(int start, int end) native "List_removeRange";
  void _printInto(StringBuffer buffer) => _printIterable(this, buffer, "[", "]");
}

// Elements [start, end) of a list, as far as it has them when asked; an end of null is the list's.
class _Slice<E> extends CountedIterable<E> {
  final List<E> _list;
  final int _start;
  final int _end;
  _Slice(this._list, this._start, this._end);

  int get _stop {
    var length = _list.length;
    return _end == null || _end > length ? length : _end;
  }

  int get length {
    var count = _stop - _start;
    return count < 0 ? 0 : count;
  }

  bool get isEmpty => length == 0;
  Iterator<E> get iterator => new _ListIterator<E>._(_list, _start, _stop);

  E elementAt(int index) {
    _checkAnyInt(index, "index");
    RangeError.checkValidIndex(index, this, "index");
    return _list[_start + index];
  }

  E get first {
    if (isEmpty) throw _noElement();
    return _list[_start];
  }

  E get last {
    if (isEmpty) throw _noElement();
    return _list[_stop - 1];
  }

  Iterable<E> skip(int count) {
    _checkInt(count, 0, null, "count");
    return new _Slice(_list, _sum(_start, count), _end);
  }

  Iterable<E> take(int count) {
    _checkInt(count, 0, null, "count");
    var end = _sum(_start, count);
    return new _Slice(_list, _start, _end == null || end < _end ? end : _end);
  }

  // Of two that are not negative; the largest int where there is no larger one.
  static int _sum(int a, int b) {
    var sum = a + b;
    return sum > 0x7fffffffffffffff ? 0x7fffffffffffffff : sum;
  }
}

class _Reversed<E> extends CountedIterable<E> {
  final List<E> _list;
  _Reversed(this._list);
  int get length => _list.length;
  bool get isEmpty => _list.isEmpty;
  Iterator<E> get iterator => new _ReversedIterator<E>(_list);
  E get first => _list.last;
  E get last => _list.first;

  E elementAt(int index) {
    _checkAnyInt(index, "index");
    RangeError.checkValidIndex(index, this, "index");
    return _list[_list.length - 1 - index];
  }
}

class _ReversedIterator<E> implements Iterator<E> {
  final List _list;
  final int _length;
  int _index;
  var _current;

  _ReversedIterator(List list)
      : _list = list,
        _length = list.length,
        _index = list.length;

  get current => _current;

  bool moveNext() {
    if (_list.length != _length) _throwConcurrentModification(_list);
    if (_index == 0) {
      _current = null;
      return false;
    }
    _current = _list[--_index];
    return true;
  }
}

// A list as a map from its indices, which changes as the list does and not otherwise.
class _ListMap<E> extends Map<int, E> {
  final List<E> _list;
  _ListMap(this._list) : super._();

  Type get runtimeType => Map;
  int get length => _list.length;
  bool get isEmpty => _list.isEmpty;
  bool get isNotEmpty => !_list.isEmpty;
  Iterable<int> get keys => new Iterable.generate(_list.length);
  Iterable<E> get values => new _Slice(_list, 0, null);
  bool containsKey(Object key) => key is int && key >= 0 && key < _list.length;
  bool containsValue(Object value) => _list.contains(value);
  E operator [](Object key) => containsKey(key) ? _list[key] : null;

  void forEach(void f(int key, E value)) {
    var count = _list.length;
    for (var i = 0; i < count; i++) {
      f(i, _list[i]);
      if (_list.length != count) _throwConcurrentModification(_list);
    }
  }

  void operator []=(int key, E value) {
    throw _unmodifiable();
  }
  E putIfAbsent(int key, E ifAbsent()) {
    throw _unmodifiable();
  }
  void addAll(Map<int, E> other) {
    throw _unmodifiable();
  }
  E remove(Object key) {
    throw _unmodifiable();
  }
  void clear() {
    throw _unmodifiable();
  }

  Error _unmodifiable() => new UnsupportedError("Cannot modify an unmodifiable map");
  String toString() => _mapToString(this);
}
