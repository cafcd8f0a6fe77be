// Hash sets: of the keys of a hash map.
part of dart.collection;

abstract class HashSet<E> implements Set<E> {
  factory HashSet({bool equals(E e1, E e2), int hashCode(E e), bool isValidKey(potentialKey)}) {
    return new _HashSet<E>(_rulesOf(equals, hashCode, isValidKey));
  }
  factory HashSet.identity() => new _HashSet<E>(_identityRules);
  factory HashSet.from(Iterable elements) => new HashSet<E>()..addAll(elements);
  factory HashSet.of(Iterable<E> elements) => new HashSet<E>()..addAll(elements);
}

abstract class LinkedHashSet<E> implements HashSet<E> {
  factory LinkedHashSet({bool equals(E e1, E e2), int hashCode(E e), bool isValidKey(potentialKey)}) {
    return new _HashSet<E>(_rulesOf(equals, hashCode, isValidKey));
  }
  factory LinkedHashSet.identity() => new _HashSet<E>(_identityRules);
  factory LinkedHashSet.from(Iterable elements) => new LinkedHashSet<E>()..addAll(elements);
  factory LinkedHashSet.of(Iterable<E> elements) => new LinkedHashSet<E>()..addAll(elements);
}

class _HashSet<E> extends SetBase<E> implements LinkedHashSet<E> {
  final _KeyRules _rules;
  final _HashMap<E, E> _map; // Each element is its own value.

  _HashSet(_KeyRules rules)
      : _rules = rules,
        _map = new _HashMap<E, E>(rules);

  Type get runtimeType => _typeOf<LinkedHashSet<E>>();
  int get length => _map.length;
  bool get isEmpty => _map.isEmpty;
  bool get isNotEmpty => _map.isNotEmpty;
  Iterator<E> get iterator => _map.keys.iterator;
  E get first => _map.keys.first;
  E get last => _map.keys.last;
  bool contains(Object element) => _map.containsKey(element);
  E lookup(Object element) => _map[element];
  void forEach(void f(E element)) {
    _map.keys.forEach(f);
  }

  bool add(E value) {
    var count = _map.length;
    _map.putIfAbsent(value, () => value);
    return _map.length != count;
  }

  bool remove(Object value) {
    var count = _map.length;
    _map.remove(value);
    return _map.length != count;
  }

  void clear() {
    _map.clear();
  }

  Set<E> toSet() => new _HashSet<E>(_rules)..addAll(this);
}
