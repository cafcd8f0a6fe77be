// Sorted maps and sets.
part of dart.collection;

class SplayTreeMap<K, V> extends MapBase<K, V> {
  final _Tree _tree;

  // Without `compare`, keys compare themselves. What is no valid key is not looked for.
  SplayTreeMap([int compare(K key1, K key2), bool isValidKey(potentialKey)])
      : _tree = new _Tree(compare, isValidKey);

  factory SplayTreeMap.from(Map other, [int compare(K key1, K key2), bool isValidKey(potentialKey)]) {
    return new SplayTreeMap<K, V>(compare, isValidKey)..addAll(other);
  }

  factory SplayTreeMap.of(Map<K, V> other,
      [int compare(K key1, K key2), bool isValidKey(potentialKey)]) {
    return new SplayTreeMap<K, V>(compare, isValidKey)..addAll(other);
  }

  factory SplayTreeMap.fromIterable(Iterable iterable,
      {K key(element), V value(element), int compare(K key1, K key2), bool isValidKey(potentialKey)}) {
    checkRoom(iterable);
    var result = new SplayTreeMap<K, V>(compare, isValidKey);
    for (var element in iterable) {
      result[key == null ? element : key(element)] = value == null ? element : value(element);
    }
    return result;
  }

  factory SplayTreeMap.fromIterables(Iterable<K> keys, Iterable<V> values,
      [int compare(K key1, K key2), bool isValidKey(potentialKey)]) {
    checkRoom(keys);
    var result = new SplayTreeMap<K, V>(compare, isValidKey);
    var value = values.iterator;
    for (var key in keys) {
      if (!value.moveNext()) throw new ArgumentError("Fewer values than keys");
      result[key] = value.current;
    }
    if (value.moveNext()) throw new ArgumentError("Fewer keys than values");
    return result;
  }

  Type get runtimeType => typeSaid(this, _typeOf<SplayTreeMap<K, V>>());

  V operator [](Object key) {
    if (!_tree.accepts(key)) return null;
    var node = _tree.find(key);
    return node == null ? null : node.value;
  }

  void operator []=(K key, V value) {
    if (key == null) throw new ArgumentError.notNull("key");
    var node = _tree.find(key);
    if (node == null) {
      _tree.insert(key, value);
    } else {
      node.value = value;
    }
  }

  V putIfAbsent(K key, V ifAbsent()) {
    if (key == null) throw new ArgumentError.notNull("key");
    var node = _tree.find(key);
    if (node != null) return node.value;
    var changes = _tree.changes;
    var value = ifAbsent();
    if (_tree.changes != changes) _throwConcurrentModification(this);
    _tree.insert(key, value);
    return value;
  }

  V remove(Object key) {
    if (!_tree.accepts(key)) return null;
    var node = _tree.remove(key);
    return node == null ? null : node.value;
  }

  void clear() {
    _tree.clear();
  }

  int get length => _tree.length;
  bool get isEmpty => _tree.length == 0;
  bool get isNotEmpty => _tree.length != 0;
  bool containsKey(Object key) => _tree.accepts(key) && _tree.find(key) != null;
  Iterable<K> get keys => new _TreeElements<K>(_tree, false);
  Iterable<V> get values => new _TreeElements<V>(_tree, true);

  bool containsValue(Object value) {
    for (var each in values) {
      if (each == value) return true;
    }
    return false;
  }

  void forEach(void f(K key, V value)) {
    var nodes = new _TreeIterator(_tree, false);
    while (nodes.moveNext()) f(nodes._node.key, nodes._node.value);
  }

  // Null: there is none.
  K firstKey() => _keyOf(_tree.first);
  K lastKey() => _keyOf(_tree.last);
  K lastKeyBefore(K key) => _keyOf(_tree.before(_given(key)));
  K firstKeyAfter(K key) => _keyOf(_tree.after(_given(key)));

  static _keyOf(_Node node) => node == null ? null : node.key;
  static _given(key) {
    if (key == null) throw new ArgumentError.notNull("key");
    return key;
  }
}

class _TreeElements<E> extends Iterable<E> {
  final _Tree _tree;
  final bool _ofValues;
  _TreeElements(this._tree, this._ofValues);
  int get length => _tree.length;
  bool get isEmpty => _tree.length == 0;
  Iterator<E> get iterator => new _TreeIterator<E>(_tree, _ofValues);
  bool contains(Object element) {
    if (_ofValues) return super.contains(element);
    return _tree.accepts(element) && _tree.find(element) != null;
  }
  E get first => _of(_tree.first);
  E get last => _of(_tree.last);

  _of(_Node node) {
    if (node == null) throw _noElement();
    return _ofValues ? node.value : node.key;
  }

  Set<E> toSet() {
    if (_ofValues) return super.toSet();
    return new SplayTreeSet<E>(_tree.compare, _tree.isValid).._tree.copyFrom(_tree);
  }
}

class SplayTreeSet<E> extends SetBase<E> {
  final _Tree _tree;

  SplayTreeSet([int compare(E key1, E key2), bool isValidKey(potentialKey)])
      : _tree = new _Tree(compare, isValidKey);

  factory SplayTreeSet.from(Iterable elements,
      [int compare(E key1, E key2), bool isValidKey(potentialKey)]) {
    return new SplayTreeSet<E>(compare, isValidKey)..addAll(elements);
  }

  factory SplayTreeSet.of(Iterable<E> elements,
      [int compare(E key1, E key2), bool isValidKey(potentialKey)]) {
    return new SplayTreeSet<E>(compare, isValidKey)..addAll(elements);
  }

  Type get runtimeType => typeSaid(this, _typeOf<SplayTreeSet<E>>());
  Iterator<E> get iterator => new _TreeIterator<E>(_tree, false);
  int get length => _tree.length;
  bool get isEmpty => _tree.length == 0;
  bool get isNotEmpty => _tree.length != 0;

  E get first {
    if (isEmpty) throw _noElement();
    return _tree.first.key;
  }

  E get last {
    if (isEmpty) throw _noElement();
    return _tree.last.key;
  }

  E get single {
    if (isEmpty) throw _noElement();
    if (length > 1) throw _tooMany();
    return _tree.root.key;
  }

  bool contains(Object element) => _tree.accepts(element) && _tree.find(element) != null;

  E lookup(Object element) {
    if (!_tree.accepts(element)) return null;
    var node = _tree.find(element);
    return node == null ? null : node.key;
  }

  bool add(E value) {
    if (value == null) throw new ArgumentError.notNull("value");
    if (_tree.find(value) != null) return false;
    _tree.insert(value, null);
    return true;
  }

  bool remove(Object value) => _tree.accepts(value) && _tree.remove(value) != null;

  void clear() {
    _tree.clear();
  }

  Set<E> toSet() => new SplayTreeSet<E>(_tree.compare, _tree.isValid).._tree.copyFrom(_tree);
}
