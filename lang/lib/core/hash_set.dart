// Hash sets whose kind a program chooses, and whose elements may be compared as it says
// (hash_map.dart).
part of dart.core;

abstract class HashSet<E> implements Set<E> {
  factory HashSet({bool equals(E e1, E e2), int hashCode(E e), bool isValidKey(potentialKey)}) {
    if (_isOrdinary(equals, hashCode, isValidKey)) return new _HashSet<E>();
    return new _HashSet<E>().._map = new _RuledMap<E, E>(equals, hashCode, isValidKey);
  }
  factory HashSet.identity() => new _HashSet<E>().._map = new _IdentityMap();
  factory HashSet.from(Iterable elements) => new _HashSet<E>()..addAll(elements);
  factory HashSet.of(Iterable<E> elements) => new _HashSet<E>()..addAll(elements);
}

abstract class LinkedHashSet<E> implements HashSet<E> {
  factory LinkedHashSet({bool equals(E e1, E e2), int hashCode(E e), bool isValidKey(potentialKey)}) {
    if (_isOrdinary(equals, hashCode, isValidKey)) return new _LinkedSet<E>();
    return new _LinkedSet<E>().._map = new _RuledMap<E, E>(equals, hashCode, isValidKey);
  }
  factory LinkedHashSet.identity() => new _LinkedSet<E>().._map = new _IdentityMap();
  factory LinkedHashSet.from(Iterable elements) => new _LinkedSet<E>()..addAll(elements);
  factory LinkedHashSet.of(Iterable<E> elements) => new _LinkedSet<E>()..addAll(elements);
}

class _HashSet<E> extends _HashedSet<E> implements HashSet<E> {
  Type get runtimeType => _typeOf<HashSet<E>>();
  Set<E> _another() => new _HashSet<E>();
}
