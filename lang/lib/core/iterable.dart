// Iterable with everything that follows from its iterator.
part of dart.core;

abstract class Iterator<E> {
  bool moveNext();
  E get current;
}

abstract class Iterable<E> {
  const Iterable();

  factory Iterable.generate(int count, [E generator(int index)]) {
    return new List.generate(count, generator == null ? (index) => index : generator);
  }

  Iterator<E> get iterator;

  Type get runtimeType => Iterable;

  Iterable map(f(E element)) => new _MappedIterable(this, f);

  Iterable<E> where(bool test(E element)) => new _WhereIterable<E>(this, test);

  Iterable expand(Iterable f(E element)) {
    var result = [];
    for (var element in this) result.addAll(f(element));
    return result;
  }

  Iterable<E> take(int count) {
    _checkNotNegative(count, "count");
    var result = <E>[];
    if (count == 0) return result;
    for (var element in this) {
      result.add(element);
      if (result.length == count) break;
    }
    return result;
  }

  Iterable<E> skip(int count) {
    _checkNotNegative(count, "count");
    var result = <E>[];
    for (var element in this) {
      if (count > 0) {
        count--;
      } else {
        result.add(element);
      }
    }
    return result;
  }

  Iterable<E> takeWhile(bool test(E value)) {
    var result = <E>[];
    for (var element in this) {
      if (!test(element)) break;
      result.add(element);
    }
    return result;
  }

  Iterable<E> skipWhile(bool test(E value)) {
    var result = <E>[];
    var skipping = true;
    for (var element in this) {
      if (skipping && test(element)) continue;
      skipping = false;
      result.add(element);
    }
    return result;
  }

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
    return growable ? result : _fixedCopy(result);
  }

  Set<E> toSet() => new Set<E>.from(this);

  int get length {
    var count = 0;
    for (var element in this) count++;
    return count;
  }

  bool get isEmpty => !iterator.moveNext();
  bool get isNotEmpty => !isEmpty;

  E get first {
    for (var element in this) return element;
    throw _noElement();
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
    if (iterator.moveNext()) throw new StateError("Too many elements");
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

  E elementAt(int index) {
    _checkNotNegative(index, "index");
    var count = 0;
    for (var element in this) {
      if (count == index) return element;
      count++;
    }
    throw new RangeError.index(index, this, "index", null, count);
  }

  String toString() => _iterableToString(this, "(", ")");
}

StateError _noElement() => new StateError("No element");

// Collections being printed: one that contains itself prints as "...".
List _printing = [];

String _iterableToString(Iterable iterable, String open, String close) {
  for (var each in _printing) {
    if (identical(each, iterable)) return "$open...$close";
  }
  _printing.add(iterable);
  try {
    var buffer = new StringBuffer(open);
    buffer.writeAll(iterable, ", ");
    buffer.write(close);
    return buffer.toString();
  } finally {
    _printing.removeLast();
  }
}

class _MappedIterable extends Iterable {
  final Iterable _source;
  final Function _f;
  _MappedIterable(this._source, this._f);
  Iterator get iterator => new _MappedIterator(_source.iterator, _f);
  int get length => _source.length;
  bool get isEmpty => _source.isEmpty;
}

class _MappedIterator implements Iterator {
  final Iterator _source;
  final Function _f;
  var _current;
  _MappedIterator(this._source, this._f);
  get current => _current;

  bool moveNext() {
    if (_source.moveNext()) {
      _current = _f(_source.current);
      return true;
    }
    _current = null;
    return false;
  }
}

class _WhereIterable<E> extends Iterable<E> {
  final Iterable<E> _source;
  final Function _test;
  _WhereIterable(this._source, this._test);
  Iterator<E> get iterator => new _WhereIterator<E>(_source.iterator, _test);
}

class _WhereIterator<E> implements Iterator<E> {
  final Iterator<E> _source;
  final Function _test;
  _WhereIterator(this._source, this._test);
  E get current => _source.current;

  bool moveNext() {
    while (_source.moveNext()) {
      if (_test(_source.current)) return true;
    }
    return false;
  }
}
