// Hash maps whose kind a program chooses, and whose keys may be compared as it says. dart:collection
// has their names; they are here because what map literals make is a LinkedHashMap.
part of dart.core;

abstract class HashMap<K, V> implements Map<K, V> {
  factory HashMap({bool equals(K key1, K key2), int hashCode(K key), bool isValidKey(potentialKey)}) {
    if (_isOrdinary(equals, hashCode, isValidKey)) return new _HashMap<K, V>();
    return new _RuledHashMap<K, V>(equals, hashCode, isValidKey);
  }
  factory HashMap.identity() => new _IdentityHashMap<K, V>();
  factory HashMap.from(Map other) => new _HashMap<K, V>()..addAll(other);
  factory HashMap.of(Map<K, V> other) => new _HashMap<K, V>()..addAll(other);
  factory HashMap.fromIterable(Iterable iterable, {K key(element), V value(element)}) {
    return new _HashMap<K, V>().._addEach(iterable, key, value);
  }
  factory HashMap.fromIterables(Iterable<K> keys, Iterable<V> values) {
    return new _HashMap<K, V>().._addPairs(keys, values);
  }
  factory HashMap.fromEntries(Iterable entries) => new _HashMap<K, V>()..addEntries(entries);
}

abstract class LinkedHashMap<K, V> implements HashMap<K, V> {
  factory LinkedHashMap(
      {bool equals(K key1, K key2), int hashCode(K key), bool isValidKey(potentialKey)}) {
    if (_isOrdinary(equals, hashCode, isValidKey)) return new _LinkedMap<K, V>();
    return new _RuledLinkedMap<K, V>(equals, hashCode, isValidKey);
  }
  factory LinkedHashMap.identity() => new _IdentityLinkedMap<K, V>();
  factory LinkedHashMap.from(Map other) => new _LinkedMap<K, V>()..addAll(other);
  factory LinkedHashMap.of(Map<K, V> other) => new _LinkedMap<K, V>()..addAll(other);
  factory LinkedHashMap.fromIterable(Iterable iterable, {K key(element), V value(element)}) {
    return new _LinkedMap<K, V>().._addEach(iterable, key, value);
  }
  factory LinkedHashMap.fromIterables(Iterable<K> keys, Iterable<V> values) {
    return new _LinkedMap<K, V>().._addPairs(keys, values);
  }
  factory LinkedHashMap.fromEntries(Iterable entries) => new _LinkedMap<K, V>()..addEntries(entries);
}

bool _isOrdinary(equals, hashCode, isValidKey) {
  return equals == null && hashCode == null && isValidKey == null;
}

class _HashMap<K, V> extends _HashedMap<K, V> implements HashMap<K, V> {
  Type get runtimeType => _typeOf<HashMap<K, V>>();
}

class _IdentityHashMap<K, V> extends _IdentityMap<K, V> implements HashMap<K, V> {
  Type get runtimeType => _typeOf<HashMap<K, V>>();
}

class _IdentityLinkedMap<K, V> extends _IdentityMap<K, V> implements LinkedHashMap<K, V> {}

class _RuledHashMap<K, V> extends _RuledMap<K, V> implements HashMap<K, V> {
  _RuledHashMap(Function equals, Function hash, Function isValid) : super(equals, hash, isValid);
  Type get runtimeType => _typeOf<HashMap<K, V>>();
}

class _RuledLinkedMap<K, V> extends _RuledMap<K, V> implements LinkedHashMap<K, V> {
  _RuledLinkedMap(Function equals, Function hash, Function isValid) : super(equals, hash, isValid);
}

// Each rule may be null: as the keys do it, and all keys of the map's type are valid.
class _RuledMap<K, V> extends _OwnHashMap<K, V> {
  final Function _equals;
  final Function _hash;
  final Function _isValid;
  _RuledMap(this._equals, this._hash, this._isValid);

  bool _accepts(key) => _isValid == null ? key is K : _isValid(key);
  int _hashOf(key) => _mixHash(_hash == null ? key.hashCode : _hash(key));

  bool _isSame(key, other) {
    var changes = _changes;
    var isSame = _equals == null ? key == other : _equals(key, other);
    if (_changes != changes) _throwConcurrentModification(this);
    return isSame;
  }
}
