// Lists: of fixed length, growable, unmodifiable.
part of dart.core;

const int _MAX_LIST_LENGTH = 0x3fffffff;

// Everything here rests on length, [], []= and, for what changes the length, on `length=` and add.
abstract class List<E> extends Iterable<E> {
  // Of fixed length and full of nulls; without a length, growable and empty.
  factory List([int length]) => length == null ? <E>[] : _newList(length);

  factory List.filled(int length, E fill, {bool growable: false}) {
    var result = _newList(length);
    for (var i = 0; i < length; i++) result[i] = fill;
    return growable ? result.toList() : result;
  }

  factory List.from(Iterable elements, {bool growable: true}) {
    return elements.toList(growable: growable);
  }

  factory List.generate(int length, E generator(int index), {bool growable: true}) {
    var result = _newList(length);
    for (var i = 0; i < length; i++) result[i] = generator(i);
    return growable ? result.toList() : result;
  }

  factory List.unmodifiable(Iterable elements) => _unmodifiableCopy(elements.toList());

  E operator [](int index);
  void operator []=(int index, E value);
  int get length;
  void set length(int newLength);

  Type get runtimeType => List;

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

  E elementAt(int index) => this[index];

  List<E> toList({bool growable: true}) {
    if (!growable) return _fixedCopy(this);
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

  Iterable<E> getRange(int start, int end) => sublist(start, end);

  int indexOf(Object element, [int start = 0]) {
    for (var i = start < 0 ? 0 : start; i < length; i++) {
      if (this[i] == element) return i;
    }
    return -1;
  }

  int lastIndexOf(Object element, [int start]) {
    if (start == null || start >= length) start = length - 1;
    for (var i = start; i >= 0; i--) {
      if (this[i] == element) return i;
    }
    return -1;
  }

  Iterable<E> get reversed {
    var result = <E>[];
    for (var i = length - 1; i >= 0; i--) result.add(this[i]);
    return result;
  }

  Map<int, E> asMap() {
    var result = new Map<int, E>();
    for (var i = 0; i < length; i++) result[i] = this[i];
    return result;
  }

  void add(E value) {
    var index = length;
    length = index + 1;
    this[index] = value;
  }

  void addAll(Iterable<E> iterable) {
    // A list that is added to itself must not chase its own end.
    if (identical(iterable, this)) iterable = _fixedCopy(this);
    for (var element in iterable) add(element);
  }

  void insert(int index, E element) {
    _checkRange(index, 0, length, "index");
    add(null);
    for (var i = length - 1; i > index; i--) this[i] = this[i - 1];
    this[index] = element;
  }

  void insertAll(int index, Iterable<E> iterable) {
    _checkRange(index, 0, length, "index");
    var added = iterable.toList();
    var count = added.length;
    length += count;
    for (var i = length - 1; i >= index + count; i--) this[i] = this[i - count];
    for (var i = 0; i < count; i++) this[index + i] = added[i];
  }

  void setAll(int index, Iterable<E> iterable) {
    for (var element in iterable) this[index++] = element;
  }

  void setRange(int start, int end, Iterable<E> iterable, [int skipCount = 0]) {
    end = _checkSlice(start, end, length);
    var source = iterable.skip(skipCount).toList();
    if (source.length < end - start) throw new StateError("Too few elements");
    for (var i = start; i < end; i++) this[i] = source[i - start];
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
    for (var i = index + 1; i < length; i++) this[i - 1] = this[i];
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
    var count = end - start;
    for (var i = end; i < length; i++) this[i - count] = this[i];
    length -= count;
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
    if (compare == null) compare = Comparable.compare;
    var count = length;
    if (count < 2) return;
    var from = _fixedCopy(this);
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

  String toString() => _iterableToString(this, "[", "]");
}

class _ListIterator<E> implements Iterator<E> {
  final List<E> _list;
  final int _length;
  int _index = 0;
  E _current;

  _ListIterator(List<E> list)
      : _list = list,
        _length = list.length;

  E get current => _current;

  bool moveNext() {
    if (_list.length != _length) _throwConcurrentModification(_list);
    if (_index >= _length) {
      _current = null;
      return false;
    }
    _current = _list[_index];
    _index++;
    return true;
  }
}

List _newList(int length) native "List_newFixed";
// `elements` is a list.
List _fixedCopy(List elements) {
  var result = _newList(elements.length);
  for (var i = 0; i < result.length; i++) result[i] = elements[i];
  return result;
}
List _unmodifiableCopy(List elements) native "List_unmodifiableCopy";

class _FixedList<E> extends List<E> {
  factory _FixedList._() => null;
  E operator [](int index) native "List_at";
  void operator []=(int index, E value) native "List_setAt";
  int get length native "List_length";
  void set length(int newLength) {
    throw new UnsupportedError("Cannot change the length of a fixed-length list");
  }
  void add(E value) {
    throw new UnsupportedError("Cannot add to a fixed-length list");
  }
}

class _ImmutableList<E> extends List<E> {
  factory _ImmutableList._() => null;
  E operator [](int index) native "List_at";
  void operator []=(int index, E value) {
    throw new UnsupportedError("Cannot modify an unmodifiable list");
  }
  int get length native "List_length";
  void set length(int newLength) {
    throw new UnsupportedError("Cannot change the length of an unmodifiable list");
  }
  void add(E value) {
    throw new UnsupportedError("Cannot add to an unmodifiable list");
  }
  void clear() {
    throw new UnsupportedError("Cannot clear an unmodifiable list");
  }
  void sort([int compare(E a, E b)]) {
    throw new UnsupportedError("Cannot sort an unmodifiable list");
  }
}

class _GrowableList<E> extends List<E> {
  factory _GrowableList._() => null;
  E operator [](int index) native "List_at";
  void operator []=(int index, E value) native "List_setAt";
  int get length native "List_length";
  void set length(int newLength) native "List_setLength";
  void add(E value) native "List_add";
}
