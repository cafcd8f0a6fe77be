// What makes a list of length, [] and their setters.
part of dart.collection;

abstract class ListBase<E> extends Object with ListMixin<E> {
  const ListBase();
  static String listToString(List list) => _printIterable(list, "[", "]");
}

abstract class ListMixin<E> implements List<E> {
  Type get runtimeType => typeSaid(this, _typeOf<List<E>>());

  Iterator<E> get iterator => new _IndexIterator<E>(this, 0, length);
  E elementAt(int index) => this[index];
  bool get isEmpty => length == 0;
  bool get isNotEmpty => !isEmpty;

  E get first {
    if (length == 0) throw _noElement();
    return this[0];
  }

  void set first(E value) {
    if (length == 0) throw _noElement();
    this[0] = value;
  }

  E get last {
    if (length == 0) throw _noElement();
    return this[length - 1];
  }

  void set last(E value) {
    if (length == 0) throw _noElement();
    this[length - 1] = value;
  }

  E get single {
    if (length == 0) throw _noElement();
    if (length > 1) throw _tooMany();
    return this[0];
  }

  // Whether all are still there after each that `f` has seen; false: it wants no more.
  void _walk(bool f(E element)) {
    var count = length;
    for (var i = 0; i < count; i++) {
      if (!f(this[i])) return;
      if (length != count) _throwConcurrentModification(this);
    }
  }

  void forEach(void f(E element)) {
    _walk((element) {
      f(element);
      return true;
    });
  }

  bool contains(Object element) => any((each) => each == element);

  bool any(bool test(E element)) {
    var found = false;
    _walk((element) => !(found = test(element)));
    return found;
  }

  bool every(bool test(E element)) {
    var holds = true;
    _walk((element) => holds = test(element));
    return holds;
  }

  E firstWhere(bool test(E element), {E orElse()}) {
    var result;
    var found = false;
    _walk((element) {
      found = test(element);
      if (found) result = element;
      return !found;
    });
    if (found) return result;
    if (orElse != null) return orElse();
    throw _noElement();
  }

  E lastWhere(bool test(E element), {E orElse()}) {
    var count = length;
    for (var i = count - 1; i >= 0; i--) {
      var element = this[i];
      if (test(element)) return element;
      if (length != count) _throwConcurrentModification(this);
    }
    if (orElse != null) return orElse();
    throw _noElement();
  }

  E singleWhere(bool test(E element), {E orElse()}) {
    var result;
    var found = false;
    _walk((element) {
      if (test(element)) {
        if (found) throw _tooMany();
        result = element;
        found = true;
      }
      return true;
    });
    if (found) return result;
    if (orElse != null) return orElse();
    throw _noElement();
  }

  fold(initialValue, combine(previousValue, E element)) {
    var value = initialValue;
    _walk((element) {
      value = combine(value, element);
      return true;
    });
    return value;
  }

  E reduce(E combine(E previousValue, E element)) {
    var count = length;
    if (count == 0) throw _noElement();
    var value = this[0];
    for (var i = 1; i < count; i++) {
      value = combine(value, this[i]);
      if (length != count) _throwConcurrentModification(this);
    }
    return value;
  }

  String join([String separator = ""]) {
    var buffer = new StringBuffer();
    buffer.writeAll(this, separator);
    return buffer.toString();
  }

  Iterable<E> where(bool test(E element)) => new _Elements<E>(this).where(test);
  Iterable<T> whereType<T>() => new _Elements(this).where((element) => element is T);
  Iterable map(f(E element)) => new _Range<E>(this, 0, null).map(f);
  Iterable expand(Iterable f(E element)) => new _Elements(this).expand(f);
  Iterable<E> followedBy(Iterable<E> other) => new _Followed<E>(this, other);
  Iterable<E> skip(int count) => new _Range<E>(this, _checkInt(count, 0, null, "count"), null);
  Iterable<E> skipWhile(bool test(E element)) => new _Elements<E>(this).skipWhile(test);
  Iterable<E> take(int count) => new _Range<E>(this, 0, _checkInt(count, 0, null, "count"));
  Iterable<E> takeWhile(bool test(E element)) => new _Elements<E>(this).takeWhile(test);
  List<T> cast<T>() => this;
  List<T> retype<T>() => this;

  List<E> toList({bool growable: true}) {
    var result = growable ? (<E>[]..length = length) : new List<E>(length);
    for (var i = 0; i < length; i++) result[i] = this[i];
    return result;
  }

  Set<E> toSet() {
    checkRoom(this);
    var result = new Set<E>();
    for (var i = 0; i < length; i++) result.add(this[i]);
    return result;
  }

  // ---- What changes the list

  void add(E element) {
    var index = length;
    length = index + 1;
    this[index] = element;
  }

  void addAll(Iterable<E> iterable) {
    checkRoom(iterable);
    var count = length;
    for (var element in iterable) {
      if (length != count) _throwConcurrentModification(this);
      add(element);
      count++;
    }
  }

  bool remove(Object element) {
    for (var i = 0; i < length; i++) {
      if (this[i] == element) {
        _close(i, i + 1);
        return true;
      }
    }
    return false;
  }

  // Moves what is from `end` on to `start`, and shortens the list.
  void _close(int start, int end) {
    var count = length;
    for (var i = end; i < count; i++) this[start + i - end] = this[i];
    length = count - (end - start);
  }

  void removeWhere(bool test(E element)) => _filter(test, false);
  void retainWhere(bool test(E element)) => _filter(test, true);

  void _filter(bool test(E element), bool kept) {
    var result = <E>[];
    var count = length;
    for (var i = 0; i < count; i++) {
      var element = this[i];
      if (test(element) == kept) result.add(element);
      if (length != count) _throwConcurrentModification(this);
    }
    if (result.length == count) return;
    setRange(0, result.length, result);
    length = result.length;
  }

  void clear() {
    length = 0;
  }

  E removeLast() {
    if (length == 0) throw _noElement();
    var result = this[length - 1];
    length--;
    return result;
  }

  void sort([int compare(E a, E b)]) {
    var sorted = toList()..sort(compare);
    for (var i = 0; i < sorted.length; i++) this[i] = sorted[i];
  }

  void shuffle([random]) {
    var shuffled = toList()..shuffle(random);
    for (var i = 0; i < shuffled.length; i++) this[i] = shuffled[i];
  }

  Map<int, E> asMap() => new _IndexMap<E>(this);

  List<E> operator +(List<E> other) {
    return <E>[]..addAll(this)..addAll(other);
  }

  List<E> sublist(int start, [int end]) {
    end = _checkSlice(start, end, length);
    var result = <E>[]..length = end - start;
    for (var i = start; i < end; i++) result[i - start] = this[i];
    return result;
  }

  Iterable<E> getRange(int start, int end) => new _Range<E>(this, start, _checkSlice(start, end, length));

  void removeRange(int start, int end) {
    end = _checkSlice(start, end, length);
    if (end > start) _close(start, end);
  }

  void fillRange(int start, int end, [E fill]) {
    end = _checkSlice(start, end, length);
    for (var i = start; i < end; i++) this[i] = fill;
  }

  void setRange(int start, int end, Iterable<E> iterable, [int skipCount = 0]) {
    end = _checkSlice(start, end, length);
    _checkInt(skipCount, 0, null, "skipCount");
    var count = end - start;
    if (count == 0) return;
    // No further than what is wanted: the rest may be long, or have no end.
    var source = iterable.skip(skipCount).take(count).toList();
    if (source.length < count) throw new StateError("Too few elements");
    for (var i = 0; i < count; i++) this[start + i] = source[i];
  }

  void replaceRange(int start, int end, Iterable<E> newContents) {
    end = _checkSlice(start, end, length);
    var added = newContents.toList();
    var rest = sublist(end);
    length = start + added.length + rest.length;
    setRange(start, start + added.length, added);
    setRange(start + added.length, length, rest);
  }

  int indexOf(Object element, [int start = 0]) {
    for (var i = start < 0 ? 0 : start; i < length; i++) {
      if (this[i] == element) return i;
    }
    return -1;
  }

  int lastIndexOf(Object element, [int start]) {
    for (var i = start == null || start >= length ? length - 1 : start; i >= 0; i--) {
      if (this[i] == element) return i;
    }
    return -1;
  }

  int indexWhere(bool test(E element), [int start = 0]) {
    for (var i = start < 0 ? 0 : start; i < length; i++) {
      if (test(this[i])) return i;
    }
    return -1;
  }

  int lastIndexWhere(bool test(E element), [int start]) {
    for (var i = start == null || start >= length ? length - 1 : start; i >= 0; i--) {
      if (test(this[i])) return i;
    }
    return -1;
  }

  void insert(int index, E element) {
    _checkInt(index, 0, length, "index");
    if (index == length) return add(element);
    var rest = sublist(index);
    length++;
    setRange(index + 1, length, rest);
    this[index] = element;
  }

  E removeAt(int index) {
    var result = this[index];
    _close(index, index + 1);
    return result;
  }

  void insertAll(int index, Iterable<E> iterable) {
    _checkInt(index, 0, length, "index");
    var added = iterable.toList();
    var rest = sublist(index);
    length += added.length;
    if (length != index + added.length + rest.length) _throwConcurrentModification(iterable);
    setRange(index + added.length, length, rest);
    setAll(index, added);
  }

  void setAll(int index, Iterable<E> iterable) {
    if (iterable is List) {
      setRange(index, index + iterable.length, iterable);
    } else {
      for (var element in iterable) this[index++] = element;
    }
  }

  Iterable<E> get reversed => new _Backwards<E>(this);

  String toString() => _printIterable(this, "[", "]");
}

class _IndexIterator<E> implements Iterator<E> {
  final List<E> _list;
  final int _length;
  final int _end;
  int _index;
  E _current;

  _IndexIterator(List<E> list, this._index, this._end)
      : _list = list,
        _length = list.length;

  E get current => _current;

  bool moveNext() {
    if (_list.length != _length) _throwConcurrentModification(_list);
    if (_index >= _end) {
      _current = null;
      return false;
    }
    _current = _list[_index++];
    return true;
  }
}

// Elements [start, end) of a list, as far as it has them when asked; an end of null is the list's.
class _Range<E> extends CountedIterable<E> {
  final List<E> _list;
  final int _start;
  final int _end;
  _Range(this._list, this._start, this._end);

  int get _stop => _end == null || _end > _list.length ? _list.length : _end;
  int get length => _stop > _start ? _stop - _start : 0;
  bool get isEmpty => length == 0;
  Iterator<E> get iterator => new _IndexIterator<E>(_list, _start, _stop);

  E elementAt(int index) {
    RangeError.checkValidIndex(_checkAnyInt(index, "index"), this, "index");
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

  Iterable<E> skip(int count) => new _Range<E>(_list, _start + _checkInt(count, 0, 1 << 60, "count"), _end);

  Iterable<E> take(int count) {
    var end = _start + _checkInt(count, 0, 1 << 60, "count");
    return new _Range<E>(_list, _start, _end == null || end < _end ? end : _end);
  }
}

class _Backwards<E> extends CountedIterable<E> {
  final List<E> _list;
  _Backwards(this._list);
  int get length => _list.length;
  bool get isEmpty => _list.isEmpty;
  E get first => _list.last;
  E get last => _list.first;
  E elementAt(int index) {
    RangeError.checkValidIndex(_checkAnyInt(index, "index"), this, "index");
    return _list[_list.length - 1 - index];
  }
  Iterator<E> get iterator => new _BackwardsIterator<E>(_list);
}

class _BackwardsIterator<E> implements Iterator<E> {
  final List<E> _list;
  final int _length;
  int _index;
  E _current;
  _BackwardsIterator(List<E> list)
      : _list = list,
        _length = list.length,
        _index = list.length;
  E get current => _current;

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

// A list as a map from its indices.
class _IndexMap<E> extends UnmodifiableMapBase<int, E> {
  final List<E> _list;
  _IndexMap(this._list);
  E operator [](Object key) => containsKey(key) ? _list[key] : null;
  int get length => _list.length;
  Iterable<E> get values => new _Range<E>(_list, 0, null);
  Iterable<int> get keys => new Iterable<int>.generate(_list.length);
  bool containsKey(Object key) => key is int && key >= 0 && key < length;
  bool containsValue(Object value) => _list.contains(value);
}
