// Hash maps: dart:core's own, or one whose keys are compared as a program says.
part of dart.collection;

// What maps with a key's equality and hash of their own need to know.
class _KeyRules {
  final Function equals; // Null: as the key does it.
  final Function hashCode_;
  final Function isValid; // Null: all are.
  const _KeyRules(this.equals, this.hashCode_, this.isValid);

  bool accepts(key) => isValid == null || isValid(key);
}

const _KeyRules _identityRules = const _KeyRules(identical, identityHashCode, null);

// Null: those of dart:core. Who says nothing of which keys are valid takes all.
_KeyRules _rulesOf(Function equals, Function hashCode, Function isValidKey) {
  if (equals == null && hashCode == null) {
    return isValidKey == null ? null : new _KeyRules(null, null, isValidKey);
  }
  return new _KeyRules(equals, hashCode, isValidKey);
}

// A key as the map beneath sees it.
class _Key {
  final key;
  final _KeyRules _rules;
  final int hashCode;

  _Key(key, _KeyRules rules)
      : key = key,
        _rules = rules,
        hashCode = rules.hashCode_ == null ? key.hashCode : rules.hashCode_(key);

  bool operator ==(other) {
    return _rules.equals == null ? key == other.key : _rules.equals(key, other.key);
  }
}

abstract class HashMap<K, V> implements Map<K, V> {
  factory HashMap({bool equals(K key1, K key2), int hashCode(K key), bool isValidKey(potentialKey)}) {
    return new _HashMap<K, V>(_rulesOf(equals, hashCode, isValidKey));
  }
  factory HashMap.identity() => new _HashMap<K, V>(_identityRules);
  factory HashMap.from(Map other) => new HashMap<K, V>()..addAll(other);
  factory HashMap.of(Map<K, V> other) => new HashMap<K, V>()..addAll(other);
  factory HashMap.fromIterable(Iterable iterable, {K key(element), V value(element)}) {
    return new HashMap<K, V>()..addAll(new Map.fromIterable(iterable, key: key, value: value));
  }
  factory HashMap.fromIterables(Iterable<K> keys, Iterable<V> values) {
    return new HashMap<K, V>()..addAll(new Map.fromIterables(keys, values));
  }
  factory HashMap.fromEntries(Iterable entries) => new _HashMap<K, V>(null)..addEntries(entries);
}

abstract class LinkedHashMap<K, V> implements HashMap<K, V> {
  factory LinkedHashMap(
      {bool equals(K key1, K key2), int hashCode(K key), bool isValidKey(potentialKey)}) {
    return new _HashMap<K, V>(_rulesOf(equals, hashCode, isValidKey));
  }
  factory LinkedHashMap.identity() => new _HashMap<K, V>(_identityRules);
  factory LinkedHashMap.from(Map other) => new LinkedHashMap<K, V>()..addAll(other);
  factory LinkedHashMap.of(Map<K, V> other) => new LinkedHashMap<K, V>()..addAll(other);
  factory LinkedHashMap.fromIterable(Iterable iterable, {K key(element), V value(element)}) {
    return new LinkedHashMap<K, V>()..addAll(new Map.fromIterable(iterable, key: key, value: value));
  }
  factory LinkedHashMap.fromIterables(Iterable<K> keys, Iterable<V> values) {
    return new LinkedHashMap<K, V>()..addAll(new Map.fromIterables(keys, values));
  }
  factory LinkedHashMap.fromEntries(Iterable entries) => new _HashMap<K, V>(null)..addEntries(entries);
}

class _HashMap<K, V> extends MapBase<K, V> implements LinkedHashMap<K, V> {
  final _KeyRules _rules; // Null: keys lie in `_map` as they are.
  final Map _map; // Whose type arguments its keys and values have.

  _HashMap(_KeyRules rules)
      : _rules = rules,
        _map = rules == null ? new Map<K, V>() : new Map<dynamic, V>();

  Type get runtimeType => _typeOf<LinkedHashMap<K, V>>();

  // What cannot be a key is none.
  bool _accepts(key) => _rules == null || _rules.accepts(key);
  _wrap(key) => _rules == null ? key : new _Key(key, _rules);

  int get length => _map.length;
  bool get isEmpty => _map.isEmpty;
  bool get isNotEmpty => !_map.isEmpty;
  Iterable<K> get keys => _rules == null ? _map.keys : new _UnwrappedKeys<K>(this);
  Iterable<V> get values => _map.values;
  bool containsKey(Object key) => _accepts(key) && _map.containsKey(_wrap(key));
  bool containsValue(Object value) => _map.containsValue(value);
  V operator [](Object key) => _accepts(key) ? _map[_wrap(key)] : null;

  void operator []=(K key, V value) {
    _map[_wrap(key)] = value;
  }

  V putIfAbsent(K key, V ifAbsent()) => _map.putIfAbsent(_wrap(key), ifAbsent);
  V remove(Object key) => _accepts(key) ? _map.remove(_wrap(key)) : null;

  void clear() {
    _map.clear();
  }

  void forEach(void f(K key, V value)) {
    _map.forEach(_rules == null ? f : (wrapped, value) => f(wrapped.key, value));
  }

  void addAll(Map<K, V> other) {
    other.forEach((key, value) {
      this[key] = value;
    });
  }
}

class _UnwrappedKeys<K> extends Iterable<K> {
  final _HashMap _of;
  _UnwrappedKeys(this._of);
  int get length => _of.length;
  bool get isEmpty => _of.isEmpty;
  K get first => _of._map.keys.first.key;
  K get last => _of._map.keys.last.key;
  bool contains(Object element) => _of.containsKey(element);
  Iterator<K> get iterator => new _UnwrappingIterator<K>(_of._map.keys.iterator);
}

class _UnwrappingIterator<K> implements Iterator<K> {
  final Iterator _wrapped;
  _UnwrappingIterator(this._wrapped);
  bool moveNext() => _wrapped.moveNext();
  K get current {
    var wrapped = _wrapped.current;
    return wrapped == null ? null : wrapped.key;
  }
}
