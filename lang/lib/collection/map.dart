// What makes a map of its keys and [], []=, remove and clear.
part of dart.collection;

abstract class MapBase<K, V> extends Object with MapMixin<K, V> {
  const MapBase();
  static String mapToString(Map m) => Maps.mapToString(m);
}

abstract class MapMixin<K, V> implements Map<K, V> {
  Iterable<K> get keys;
  V operator [](Object key);
  void operator []=(K key, V value);
  V remove(Object key);
  void clear();

  Type get runtimeType => typeSaid(this, _typeOf<Map<K, V>>());

  void forEach(void f(K key, V value)) {
    for (var key in keys) f(key, this[key]);
  }

  void addAll(Map<K, V> other) {
    var keys = other.keys;
    checkRoom(keys);
    for (var key in keys) this[key] = other[key];
  }

  void addEntries(Iterable newEntries) {
    checkRoom(newEntries);
    for (var entry in newEntries) this[entry.key] = entry.value;
  }

  bool containsValue(Object value) {
    for (var key in keys) {
      if (this[key] == value) return true;
    }
    return false;
  }

  V putIfAbsent(K key, V ifAbsent()) {
    if (containsKey(key)) return this[key];
    return this[key] = ifAbsent();
  }

  V update(K key, V update(V value), {V ifAbsent()}) {
    if (containsKey(key)) return this[key] = update(this[key]);
    if (ifAbsent != null) return this[key] = ifAbsent();
    throw new ArgumentError.value(key, "key", "Key not in map.");
  }

  void updateAll(V update(K key, V value)) {
    for (var key in keys) this[key] = update(key, this[key]);
  }

  Map map(transform(K key, V value)) {
    var result = new Map();
    for (var key in keys) {
      var entry = transform(key, this[key]);
      result[entry.key] = entry.value;
    }
    return result;
  }

  void removeWhere(bool test(K key, V value)) {
    var removed = [];
    for (var key in keys) {
      if (test(key, this[key])) removed.add(key);
    }
    for (var key in removed) remove(key);
  }

  Map<K2, V2> cast<K2, V2>() => this;
  Map<K2, V2> retype<K2, V2>() => this;
  bool containsKey(Object key) => keys.contains(key);
  int get length => keys.length;
  bool get isEmpty => keys.isEmpty;
  bool get isNotEmpty => keys.isNotEmpty;
  Iterable<V> get values => new _ValuesOf<K, V>(this);
  Iterable get entries => keys.map((key) => new MapEntry<K, V>(key, this[key]));
  String toString() => Maps.mapToString(this);
}

class _ValuesOf<K, V> extends CountedIterable<V> {
  final Map<K, V> _map;
  _ValuesOf(this._map);
  int get length => _map.length;
  bool get isEmpty => _map.isEmpty;
  V get first => _map[_map.keys.first];
  V get single => _map[_map.keys.single];
  V get last => _map[_map.keys.last];
  Iterator<V> get iterator => new _ValuesOfIterator<K, V>(_map);
}

class _ValuesOfIterator<K, V> implements Iterator<V> {
  final Iterator<K> _keys;
  final Map<K, V> _map;
  V _current;
  _ValuesOfIterator(Map<K, V> map)
      : _map = map,
        _keys = map.keys.iterator;
  V get current => _current;

  bool moveNext() {
    if (_keys.moveNext()) {
      _current = _map[_keys.current];
      return true;
    }
    _current = null;
    return false;
  }
}

// The members of a map by its keys and [], as functions.
class Maps {
  static bool containsValue(Map map, value) {
    for (var each in map.values) {
      if (value == each) return true;
    }
    return false;
  }

  static bool containsKey(Map map, key) {
    for (var each in map.keys) {
      if (key == each) return true;
    }
    return false;
  }

  static putIfAbsent(Map map, key, ifAbsent()) {
    if (map.containsKey(key)) return map[key];
    return map[key] = ifAbsent();
  }

  static void clear(Map map) {
    for (var key in map.keys.toList()) map.remove(key);
  }

  static void forEach(Map map, void f(key, value)) {
    for (var key in map.keys) f(key, map[key]);
  }

  static Iterable getValues(Map map) => map.keys.map((key) => map[key]);
  static int length(Map map) => map.keys.length;
  static bool isEmpty(Map map) => map.keys.isEmpty;
  static bool isNotEmpty(Map map) => map.keys.isNotEmpty;

  static String mapToString(Map m) {
    return _print(m, "{", "}", (buffer) {
      var first = true;
      m.forEach((key, value) {
        if (!first) buffer.write(", ");
        first = false;
        buffer.write(key);
        buffer.write(": ");
        buffer.write(value);
      });
    });
  }
}
