// What makes a set of add, contains, lookup, remove, iterator and length.
part of dart.collection;

abstract class SetBase<E> extends Object with IterableMixin<E>, SetMixin<E> {
  const SetBase();
  static String setToString(Set set) => _printIterable(set, "{", "}");
}

abstract class SetMixin<E> implements Set<E> {
  bool add(E value);
  bool contains(Object element);
  E lookup(Object element);
  bool remove(Object value);
  Iterator<E> get iterator;
  int get length;

  Type get runtimeType => typeSaid(this, _typeOf<Set<E>>());

  bool get isEmpty => length == 0;
  bool get isNotEmpty => length != 0;
  Set<T> cast<T>() => this;
  Set<T> retype<T>() => this;
  Iterable<E> followedBy(Iterable<E> other) => new _Followed<E>(this, other);
  Iterable<T> whereType<T>() => new _Elements(this).where((element) => element is T);

  void clear() {
    removeAll(toList());
  }

  void addAll(Iterable<E> elements) {
    checkRoom(elements);
    for (var element in elements) add(element);
  }

  void removeAll(Iterable<Object> elements) {
    if (identical(elements, this)) elements = toList();
    for (var element in elements) remove(element);
  }

  void retainAll(Iterable<Object> elements) {
    // What is compared is compared as this set does it.
    var kept = new LinkedHashSet.identity();
    for (var element in elements) {
      if (contains(element)) kept.add(lookup(element));
    }
    for (var element in toList()) {
      if (!kept.contains(element)) remove(element);
    }
  }

  void removeWhere(bool test(E element)) {
    var removed = [];
    for (var element in this) {
      if (test(element)) removed.add(element);
    }
    removeAll(removed);
  }

  void retainWhere(bool test(E element)) {
    removeWhere((element) => !test(element));
  }

  bool containsAll(Iterable<Object> other) {
    for (var element in other) {
      if (!contains(element)) return false;
    }
    return true;
  }

  Set<E> union(Set<E> other) => toSet()..addAll(other);

  Set<E> intersection(Set<Object> other) {
    var result = toSet();
    for (var element in this) {
      if (!other.contains(element)) result.remove(element);
    }
    return result;
  }

  Set<E> difference(Set<Object> other) {
    var result = toSet();
    for (var element in this) {
      if (other.contains(element)) result.remove(element);
    }
    return result;
  }

  List<E> toList({bool growable: true}) {
    checkRoom(this);
    var result = <E>[];
    for (var element in this) result.add(element);
    return growable ? result : new List<E>.from(result, growable: false);
  }

  Set<E> toSet() => new Set<E>.from(this);
  Iterable map(f(E element)) => new _Elements(this).map(f);
  Iterable<E> where(bool test(E element)) => new _Elements<E>(this).where(test);
  Iterable expand(Iterable f(E element)) => new _Elements(this).expand(f);
  Iterable<E> take(int count) => new _Elements<E>(this).take(count);
  Iterable<E> skip(int count) => new _Elements<E>(this).skip(count);
  Iterable<E> takeWhile(bool test(E value)) => new _Elements<E>(this).takeWhile(test);
  Iterable<E> skipWhile(bool test(E value)) => new _Elements<E>(this).skipWhile(test);

  void forEach(void f(E element)) => new _Iterated<E>(this).forEach(f);
  bool any(bool test(E element)) => new _Iterated<E>(this).any(test);
  bool every(bool test(E element)) => new _Iterated<E>(this).every(test);

  fold(initialValue, combine(previousValue, E element)) {
    return new _Iterated<E>(this).fold(initialValue, combine);
  }

  E reduce(E combine(E value, E element)) => new _Iterated<E>(this).reduce(combine);

  String join([String separator = ""]) {
    var buffer = new StringBuffer();
    buffer.writeAll(this, separator);
    return buffer.toString();
  }

  E get first => new _Iterated<E>(this).first;
  E get last => new _Iterated<E>(this).last;
  E get single => new _Iterated<E>(this).single;

  E firstWhere(bool test(E element), {E orElse()}) {
    return new _Iterated<E>(this).firstWhere(test, orElse: orElse);
  }

  E lastWhere(bool test(E element), {E orElse()}) {
    return new _Iterated<E>(this).lastWhere(test, orElse: orElse);
  }

  E singleWhere(bool test(E element), {E orElse()}) {
    return new _Iterated<E>(this).singleWhere(test, orElse: orElse);
  }

  E elementAt(int index) => new _Iterated<E>(this).elementAt(index);

  String toString() => _printIterable(this, "{", "}");
}

// An iterable of which nothing is asked but its iterator.
class _Iterated<E> extends Object with IterableMixin<E> {
  final Iterable<E> _source;
  _Iterated(this._source);
  Iterator<E> get iterator => _source.iterator;
}
