// What constant literals of maps and sets are, and other maps that do not change.
part of dart.core;

class _ConstMap<K, V> extends _HashedMap<K, V> {
  // Keys and values in turn, themselves constant: two literals with the same ones are one object.
  final List _pairs;

  _ConstMap(this._pairs) {
    for (var i = 0; i < _pairs.length; i += 2) super[_pairs[i]] = _pairs[i + 1];
  }

  void operator []=(K key, V value) => _refuse();
  V putIfAbsent(K key, V ifAbsent()) => _refuse();
  V remove(Object key) => _refuse();
  void clear() => _refuse();
  void addAll(Map<K, V> other) => _refuse();
  void addEntries(Iterable entries) => _refuse();
  V update(K key, V update(V value), {V ifAbsent()}) => _refuse();
  void updateAll(V update(K key, V value)) => _refuse();
  void removeWhere(bool test(K key, V value)) => _refuse();

  static _refuse() {
    throw new UnsupportedError("Cannot change a constant map");
  }
}

// A copy that stays as it is.
class _UnmodifiableMap<K, V> extends _HashedMap<K, V> {
  _UnmodifiableMap(Map other) {
    checkRoom(other.keys);
    other.forEach((key, value) {
      super[key] = value;
    });
  }

  void operator []=(K key, V value) => _refuse();
  V putIfAbsent(K key, V ifAbsent()) => _refuse();
  V remove(Object key) => _refuse();
  void addAll(Map<K, V> other) => _refuse();
  void addEntries(Iterable entries) => _refuse();
  V update(K key, V update(V value), {V ifAbsent()}) => _refuse();
  void updateAll(V update(K key, V value)) => _refuse();
  void removeWhere(bool test(K key, V value)) => _refuse();
  void clear() => _refuse();

  static _refuse() {
    throw new UnsupportedError("Cannot modify an unmodifiable map");
  }
}

class _ConstSet<E> extends _HashedSet<E> {
  // As a map's.
  final List _elements;

  _ConstSet(this._elements) {
    for (var element in _elements) super.add(element);
  }

  bool add(E value) => _refuse();
  bool remove(Object value) => _refuse();
  void clear() => _refuse();
  void addAll(Iterable<E> elements) => _refuse();
  void removeAll(Iterable<Object> elements) => _refuse();
  void retainAll(Iterable<Object> elements) => _refuse();
  void removeWhere(bool test(E element)) => _refuse();
  void retainWhere(bool test(E element)) => _refuse();

  static _refuse() {
    throw new UnsupportedError("Cannot change a constant set");
  }
}
