// Sets. The one implementation keeps the order of insertion.
part of dart.core;

abstract class Set<E> extends Iterable<E> {
  Set._();

  factory Set() => new _LinkedSet<E>();

  factory Set.from(Iterable elements) {
    var result = new _LinkedSet<E>();
    result.addAll(elements);
    return result;
  }

  factory Set.of(Iterable<E> elements) => new Set<E>.from(elements);

  // Elements are the same only if they are identical.
  factory Set.identity() => new _LinkedSet<E>().._map = new _IdentityMap();

  // True if the value was not there before.
  bool add(E value);
  bool remove(Object value);
  E lookup(Object object);
  void clear();

  Type get runtimeType => typeSaid(this, _typeOf<Set<E>>());

  void addAll(Iterable<E> elements) {
    checkRoom(elements);
    for (var element in elements) add(element);
  }

  void removeAll(Iterable<Object> elements) {
    for (var element in elements) remove(element);
  }

  void retainAll(Iterable<Object> elements) {
    var kept = new Set.from(elements);
    retainWhere(kept.contains);
  }

  void retainWhere(bool test(E element)) {
    _removeAllThat((element) => !test(element));
  }

  void removeWhere(bool test(E element)) {
    _removeAllThat(test);
  }

  // All are asked before the first one goes: who changes the set meanwhile hears of it.
  void _removeAllThat(bool test(E element)) {
    var leaving = [];
    for (var element in this) {
      if (test(element)) leaving.add(element);
    }
    for (var element in leaving) remove(element);
  }

  bool containsAll(Iterable<Object> other) => other.every(contains);

  Set<E> union(Set<E> other) {
    var result = new Set<E>.from(this);
    result.addAll(other);
    return result;
  }

  Set<E> intersection(Set<Object> other) => new Set<E>.from(where(other.contains));

  Set<E> difference(Set<Object> other) {
    return new Set<E>.from(where((element) => !other.contains(element)));
  }

  String toString() => _iterableToString(this, "{", "}");
}

class _HashedSet<E> extends Set<E> implements _Printed {
  // Each element is its own value.
  _HashedMap _map = new _LinkedMap(); // Not final: what is final tells constant sets apart.

  _HashedSet() : super._();

  int get length => _map.length;
  bool get isEmpty => _map.isEmpty;
  Iterator<E> get iterator => new _MapIterator<E>(_map, 1);
  bool contains(Object element) => _map.containsKey(element);
  E get first => _map.keys.first;
  E get last => _map.keys.last;
  E lookup(Object object) => _map[object];
  void _printInto(StringBuffer buffer) => _printIterable(this, buffer, "{", "}");

  bool add(E value) {
    if (_map.containsKey(value)) return false;
    _map[value] = value;
    return true;
  }

  bool remove(Object value) {
    if (!_map.containsKey(value)) return false;
    _map.remove(value);
    return true;
  }

  void clear() {
    _map.clear();
  }

  // An empty one of the same kind.
  Set<E> _another() => new _LinkedSet<E>();

  Set<E> toSet() {
    var map = _map;
    var copy = _another();
    if (map is _IdentityMap) copy._map = new _IdentityMap();
    if (map is _RuledMap) copy._map = new _RuledMap<E, E>(map._equals, map._hash, map._isValid);
    return copy..addAll(this);
  }

  // What is compared is compared as this set does it.
  void retainAll(Iterable<Object> elements) {
    var kept = new Set.identity();
    for (var element in elements) {
      if (contains(element)) kept.add(lookup(element));
    }
    retainWhere(kept.contains);
  }

  Set<E> union(Set<E> other) => toSet()..addAll(other);
  Set<E> intersection(Set<Object> other) => toSet()..retainWhere(other.contains);
  Set<E> difference(Set<Object> other) => toSet()..removeWhere(other.contains);
}

// What `new Set()` and literals are.
class _LinkedSet<E> extends _HashedSet<E> implements LinkedHashSet<E> {}
