// What makes an iterable of an iterator.
part of dart.collection;

// The same elements, for the views that dart:core makes of an Iterable.
class _Elements<E> extends Iterable<E> {
  final Iterable<E> _source;
  _Elements(this._source);
  Iterator<E> get iterator => _source.iterator;
  int get length => _source.length;
  bool get isEmpty => _source.isEmpty;
  E get first => _source.first;
  E get last => _source.last;
  E elementAt(int index) => _source.elementAt(index);
  bool contains(Object element) => _source.contains(element);
}

abstract class IterableMixin<E> implements Iterable<E> {
  Iterator<E> get iterator;

  Type get runtimeType => typeSaid(this, _typeOf<Iterable<E>>());

  Iterable map(f(E element)) => new _Elements(this).map(f);
  Iterable<E> where(bool test(E element)) => new _Elements<E>(this).where(test);
  Iterable<T> whereType<T>() => new _Elements(this).where((element) => element is T);
  Iterable<T> cast<T>() => this;
  Iterable<T> retype<T>() => this;
  Iterable expand(Iterable f(E element)) => new _Elements(this).expand(f);
  Iterable<E> followedBy(Iterable<E> other) => new _Followed<E>(this, other);
  Iterable<E> take(int count) => new _Elements<E>(this).take(count);
  Iterable<E> skip(int count) => new _Elements<E>(this).skip(count);
  Iterable<E> takeWhile(bool test(E value)) => new _Elements<E>(this).takeWhile(test);
  Iterable<E> skipWhile(bool test(E value)) => new _Elements<E>(this).skipWhile(test);

  void forEach(void f(E element)) {
    for (var element in this) f(element);
  }

  bool contains(Object element) {
    for (var each in this) {
      if (each == element) return true;
    }
    return false;
  }

  bool any(bool test(E element)) {
    for (var element in this) {
      if (test(element)) return true;
    }
    return false;
  }

  bool every(bool test(E element)) {
    for (var element in this) {
      if (!test(element)) return false;
    }
    return true;
  }

  fold(initialValue, combine(previousValue, E element)) {
    var value = initialValue;
    for (var element in this) value = combine(value, element);
    return value;
  }

  E reduce(E combine(E value, E element)) {
    var iterator = this.iterator;
    if (!iterator.moveNext()) throw _noElement();
    var value = iterator.current;
    while (iterator.moveNext()) value = combine(value, iterator.current);
    return value;
  }

  String join([String separator = ""]) {
    var buffer = new StringBuffer();
    buffer.writeAll(this, separator);
    return buffer.toString();
  }

  List<E> toList({bool growable: true}) {
    var result = <E>[];
    for (var element in this) result.add(element);
    return growable ? result : new List<E>.from(result, growable: false);
  }

  Set<E> toSet() => new Set<E>.from(this);

  int get length {
    var count = 0;
    var iterator = this.iterator;
    while (iterator.moveNext()) count++;
    return count;
  }

  bool get isEmpty => !iterator.moveNext();
  bool get isNotEmpty => !isEmpty;

  E get first {
    var iterator = this.iterator;
    if (!iterator.moveNext()) throw _noElement();
    return iterator.current;
  }

  E get last {
    var iterator = this.iterator;
    if (!iterator.moveNext()) throw _noElement();
    var result = iterator.current;
    while (iterator.moveNext()) result = iterator.current;
    return result;
  }

  E get single {
    var iterator = this.iterator;
    if (!iterator.moveNext()) throw _noElement();
    var result = iterator.current;
    if (iterator.moveNext()) throw _tooMany();
    return result;
  }

  E firstWhere(bool test(E element), {E orElse()}) {
    for (var element in this) {
      if (test(element)) return element;
    }
    if (orElse != null) return orElse();
    throw _noElement();
  }

  E lastWhere(bool test(E element), {E orElse()}) {
    var result;
    var found = false;
    for (var element in this) {
      if (test(element)) {
        result = element;
        found = true;
      }
    }
    if (found) return result;
    if (orElse != null) return orElse();
    throw _noElement();
  }

  E singleWhere(bool test(E element), {E orElse()}) {
    var result;
    var found = false;
    for (var element in this) {
      if (test(element)) {
        if (found) throw _tooMany();
        result = element;
        found = true;
      }
    }
    if (found) return result;
    if (orElse != null) return orElse();
    throw _noElement();
  }

  E elementAt(int index) {
    _checkInt(index, 0, null, "index");
    var count = 0;
    for (var element in this) {
      if (count == index) return element;
      count++;
    }
    throw new RangeError.index(index, this, "index", null, count);
  }

  String toString() => IterableBase.iterableToShortString(this, "(", ")");
}

abstract class IterableBase<E> extends Iterable<E> {
  const IterableBase();

  // As toString does it. Of many elements the first ones and the last two, with "..." for what is
  // left out; of endless ones those that come to 100 characters.
  static String iterableToShortString(Iterable iterable,
      [String leftDelimiter = "(", String rightDelimiter = ")"]) {
    return _print(iterable, leftDelimiter, rightDelimiter, (buffer) {
      var text = iterable.map((each) => each).toString(); // In parentheses.
      buffer.write(text.substring(1, text.length - 1));
    });
  }

  static String iterableToFullString(Iterable iterable,
      [String leftDelimiter = "(", String rightDelimiter = ")"]) {
    return _printIterable(iterable, leftDelimiter, rightDelimiter);
  }
}

class _Followed<E> extends Iterable<E> {
  final Iterable<E> _before;
  final Iterable<E> _after;
  _Followed(this._before, this._after);
  Iterator<E> get iterator => new _FollowedIterator<E>(_before.iterator, _after);
  int get length => _before.length + _after.length;
  bool get isEmpty => _before.isEmpty && _after.isEmpty;
  bool contains(Object element) => _before.contains(element) || _after.contains(element);
}

class _FollowedIterator<E> implements Iterator<E> {
  Iterator _iterator;
  Iterable _after; // Null: it has begun.
  _FollowedIterator(this._iterator, this._after);
  get current => _iterator.current;

  bool moveNext() {
    while (!_iterator.moveNext()) {
      if (_after == null) return false;
      _iterator = _after.iterator;
      _after = null;
    }
    return true;
  }
}

Type _typeOf<T>() => T;

// An iterator that can be asked whether there is a next element before it is gone to.
class HasNextIterator<E> {
  final Iterator<E> _iterator;
  bool _hasNext; // Null: not asked yet.

  HasNextIterator(this._iterator);

  bool get hasNext {
    if (_hasNext == null) _hasNext = _iterator.moveNext();
    return _hasNext;
  }

  E next() {
    if (!hasNext) throw _noElement();
    var result = _iterator.current;
    _hasNext = null;
    return result;
  }
}
