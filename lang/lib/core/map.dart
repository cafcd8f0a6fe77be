// Maps. The one implementation keeps the order of insertion.
part of dart.core;

abstract class Map<K, V> {
  Map._();

  factory Map() => new _LinkedMap<K, V>();

  factory Map.from(Map other) {
    var result = new _LinkedMap<K, V>();
    result.addAll(other);
    return result;
  }

  factory Map.fromIterable(Iterable iterable, {K key(element), V value(element)}) {
    return new _LinkedMap<K, V>().._addEach(iterable, key, value);
  }

  factory Map.fromIterables(Iterable<K> keys, Iterable<V> values) {
    return new _LinkedMap<K, V>().._addPairs(keys, values);
  }

  factory Map.of(Map<K, V> other) => new Map<K, V>.from(other);

  factory Map.fromEntries(Iterable<MapEntry<K, V>> entries) {
    return new _LinkedMap<K, V>()..addEntries(entries);
  }

  // Keys are the same only if they are identical.
  factory Map.identity() => new _IdentityLinkedMap<K, V>();

  factory Map.unmodifiable(Map other) => new _UnmodifiableMap<K, V>(other);

  V operator [](Object key);
  void operator []=(K key, V value);
  int get length;
  bool get isEmpty;
  bool get isNotEmpty;
  Iterable<K> get keys;
  Iterable<V> get values;
  bool containsKey(Object key);
  bool containsValue(Object value);
  V putIfAbsent(K key, V ifAbsent());
  void addAll(Map<K, V> other);
  V remove(Object key);
  void clear();
  void forEach(void f(K key, V value));

  Iterable<MapEntry<K, V>> get entries => keys.map((key) => new MapEntry<K, V>(key, this[key]));

  void addEntries(Iterable<MapEntry<K, V>> newEntries) {
    checkRoom(newEntries);
    for (var entry in newEntries) this[entry.key] = entry.value;
  }

  Map map(MapEntry convert(K key, V value)) {
    var result = new Map();
    forEach((key, value) {
      var entry = convert(key, value);
      result[entry.key] = entry.value;
    });
    return result;
  }

  V update(K key, V update(V value), {V ifAbsent()}) {
    if (containsKey(key)) return this[key] = update(this[key]);
    if (ifAbsent != null) return this[key] = ifAbsent();
    throw new ArgumentError.value(key, "key", "Key not in map.");
  }

  void updateAll(V update(K key, V value)) {
    for (var key in keys.toList()) this[key] = update(key, this[key]);
  }

  void removeWhere(bool test(K key, V value)) {
    for (var key in keys.toList()) {
      if (test(key, this[key])) remove(key);
    }
  }

  Map cast<RK, RV>() => this;
}

class MapEntry<K, V> {
  final K key;
  final V value;
  const MapEntry(this.key, this.value);
  String toString() => "MapEntry($key: $value)";
}

// Open addressing over a list of entries.
//
// An entry is three elements of _entries: hash, key, value. A removed one has the hash -1; there is
// none at the end, and none from _first on before the first entry. _index has the entry's place by
// hash, null where nothing was since the last rebuilding. At least half of _index is null, so that
// searches end. Small hashes are not mixed: where two meet, their other bits decide where to look
// on (lang/natives/key_hash.h).
class _HashedMap<K, V> extends Map<K, V> implements _Printed {
  List _entries = [];
  List _index = _newList(8);
  int _length = 0;
  int _first = 0;
  int _used = 0; // Of _index.
  // Counts what iterators must not overlook.
  int _changes = 0;

  _HashedMap() : super._();

  Type get runtimeType => _typeOf<Map<K, V>>();
  int get length => _length;
  bool get isEmpty => _length == 0;
  bool get isNotEmpty => _length != 0;

  int _hashOf(key) {
    var hash = _keyHash(key);
    return hash == null ? _mixHash(key.hashCode) : hash;
  }

  // The place of the key's entry, or -1. What `==` of a program does to the map is noticed.
  int _find(key, int hash) {
    var index = _index;
    var entries = _entries;
    var mask = index.length - 1;
    var i = hash & mask;
    var rest = hash;
    while (true) {
      var place = index[i];
      if (place == null) return -1;
      if (place < entries.length && entries[place] == hash) {
        var candidate = entries[place + 1];
        if (identical(candidate, key)) return key is double && key.isNaN ? -1 : place;
        var changes = _changes;
        var isEqual = candidate == key;
        if (_changes != changes) _throwConcurrentModification(this);
        if (isEqual) return place;
      }
      rest >>= 5;
      i = (i * 5 + rest + 1) & mask;
    }
  }

  void _append(key, value, int hash) {
    if ((_used + 1) * 2 > _index.length) _rebuild();
    _enter(key, value, hash);
  }

  // All of an entry and what counts it, where _index has room; or nothing, if there is no memory.
  void _enter(key, value, int hash) native "Map_enter";

  // Drops removed entries and makes room for as many entries as there are. Nothing changes before all is made.
  void _rebuild() {
    var entries = _entries.length == _length * 3 ? _entries : _withoutRemoved();
    var size = 8;
    while (size < (_length + 1) * 4) size *= 2;
    var index = _newList(size);
    _used = _enterAll(index, entries);
    _index = index;
    _entries = entries;
    _first = 0;
  }

  List _withoutRemoved() {
    var old = _entries;
    var entries = [];
    for (var i = _first; i < old.length; i += 3) {
      if (old[i] < 0) continue;
      entries.add(old[i]);
      entries.add(old[i + 1]);
      entries.add(old[i + 2]);
    }
    return entries;
  }

  // Natives find plain keys (Map_findPlain), and append where _index has room.
  V operator [](Object key) native "Map_at" {
    var place = _find(key, _hashOf(key));
    return place < 0 ? null : _entries[place + 2];
  }

  void operator []=(K key, V value) native "Map_setAt" {
    var hash = _hashOf(key);
    var place = _find(key, hash);
    if (place < 0) {
      _append(key, value, hash);
    } else {
      _entries[place + 2] = value;
    }
  }

  // As _find.
  int _placeOf(key) {
    var place = _findPlain(_index, _entries, key);
    return place < -1 ? _find(key, _hashOf(key)) : place;
  }

  V putIfAbsent(K key, V ifAbsent()) {
    var place = _placeOf(key);
    if (place >= 0) return _entries[place + 2];
    var value = ifAbsent();
    this[key] = value;
    return value;
  }

  V remove(Object key) {
    var place = _placeOf(key);
    if (place < 0) return null;
    var value = _entries[place + 2];
    if (_length == 1) {
      clear();
      return value;
    }
    // What may find no stack or memory comes before what changes the map, or behind.
    if (place + 3 == _entries.length) {
      var end = place;
      while (_entries[end - 3] < 0) end -= 3;
      _entries.length = end;
    } else {
      _entries[place] = -1;
      _entries[place + 1] = null;
      _entries[place + 2] = null;
    }
    _length--;
    _changes++;
    if (_entries.length > _length * 9 + 24) {
      _rebuild(); // Whoever walks shall not walk over three times as many.
    } else if (place == _first) {
      while (_entries[_first] < 0) _first += 3;
    }
    return value;
  }

  void clear() {
    var entries = [];
    var index = _newList(8);
    _entries = entries;
    _index = index;
    _length = 0;
    _first = 0;
    _used = 0;
    _changes++;
  }

  bool containsKey(Object key) native "Map_containsKey" {
    return _find(key, _hashOf(key)) >= 0;
  }
  bool containsValue(Object value) => values.contains(value);
  Iterable<K> get keys => new _MapElements<K>(this, 1);
  Iterable<V> get values => new _MapElements<V>(this, 2);

  void addAll(Map<K, V> other) {
    checkRoom(other.keys);
    other.forEach((key, value) {
      this[key] = value;
    });
  }

  void forEach(void f(K key, V value)) {
    var changes = _changes;
    for (var i = 0; i < _entries.length; i += 3) {
      if (_entries[i] < 0) continue;
      f(_entries[i + 1], _entries[i + 2]);
      if (_changes != changes) _throwConcurrentModification(this);
    }
  }

  // Null for what makes keys or values: they are the elements.
  void _addEach(Iterable iterable, key(element), value(element)) {
    checkRoom(iterable);
    for (var element in iterable) {
      this[key == null ? element : key(element)] = value == null ? element : value(element);
    }
  }

  void _addPairs(Iterable<K> keys, Iterable<V> values) {
    checkRoom(keys);
    var value = values.iterator;
    for (var key in keys) {
      if (!value.moveNext()) throw new ArgumentError("Fewer values than keys");
      this[key] = value.current;
    }
    if (value.moveNext()) throw new ArgumentError("Fewer keys than values");
  }

  String toString() => _mapToString(this);
  void _printInto(StringBuffer buffer) => _printMap(this, buffer);
}

// What literals are, and `new Map()`.
class _LinkedMap<K, V> extends _HashedMap<K, V> implements LinkedHashMap<K, V> {}

// The place of a key's entry; -1: it has none; -2: not even that is known so quickly.
int _findPlain(List index, List entries, key) native "Map_findPlain";
// Writes where all entries are into an index that is empty. How many there are.
int _enterAll(List index, List entries) native "Map_enterAll";

// What a map knows of a key's hash without asking the key; and the hash that a key told.
int _keyHash(key) native "Map_keyHash";
int _mixHash(hashCode) native "Map_mixHash";

void _printMap(Map map, StringBuffer buffer) {
  var printed = beingPrinted();
  if (printed.contains(map)) return buffer.write("{...}");
  var before = printed.add(map);
  try {
    buffer.write("{");
    var first = true;
    map.forEach((key, value) {
      if (!first) buffer.write(", ");
      first = false;
      _print(key, buffer);
      buffer.write(": ");
      _print(value, buffer);
    });
    buffer.write("}");
  } finally {
    printed.cutTo(before);
  }
}

String _mapToString(Map map) {
  var buffer = new StringBuffer();
  _printMap(map, buffer);
  return buffer.toString();
}

// The keys (part 1) or values (part 2) of a map, as they are when asked.
class _MapElements<E> extends CountedIterable<E> {
  final _HashedMap _map;
  final int _part;
  _MapElements(this._map, this._part);
  int get length => _map.length;
  bool get isEmpty => _map.isEmpty;
  Iterator<E> get iterator => new _MapIterator<E>(_map, _part);

  E get first {
    if (_map.isEmpty) throw _noElement();
    return _map._entries[_map._first + _part];
  }

  E get last {
    if (_map.isEmpty) throw _noElement();
    return _map._entries[_map._entries.length - 3 + _part];
  }

  bool contains(Object element) {
    return _part == 1 ? _map.containsKey(element) : super.contains(element);
  }
}

class _MapIterator<E> implements Iterator<E> {
  final _HashedMap _map;
  final int _part;
  final int _changes;
  int _place;
  var _current;

  _MapIterator(_HashedMap map, this._part)
      : _map = map,
        _changes = map._changes,
        _place = map._first;

  E get current => _current;

  bool moveNext() {
    if (_map._changes != _changes) _throwConcurrentModification(_map);
    var entries = _map._entries;
    while (_place < entries.length) {
      var place = _place;
      _place += 3;
      if (entries[place] >= 0) {
        _current = entries[place + _part];
        return true;
      }
    }
    _current = null;
    return false;
  }
}

// What decides by itself which keys are the same, so that no native can find them.
abstract class _OwnHashMap<K, V> extends _HashedMap<K, V> {
  bool _accepts(key); // Whether it can be a key.
  int _hashOf(key);
  bool _isSame(key, other);

  int _placeOf(key) => _accepts(key) ? _find(key, _hashOf(key)) : -1;

  V operator [](Object key) {
    var place = _placeOf(key);
    return place < 0 ? null : _entries[place + 2];
  }

  void operator []=(K key, V value) {
    var hash = _hashOf(key);
    var place = _find(key, hash);
    if (place < 0) {
      _append(key, value, hash);
    } else {
      _entries[place + 2] = value;
    }
  }

  bool containsKey(Object key) => _placeOf(key) >= 0;

  int _find(key, int hash) {
    var mask = _index.length - 1;
    var i = hash & mask;
    var rest = hash;
    while (true) {
      var place = _index[i];
      if (place == null) return -1;
      if (place < _entries.length && _entries[place] == hash && _isSame(_entries[place + 1], key)) {
        return place;
      }
      rest >>= 5;
      i = (i * 5 + rest + 1) & mask;
    }
  }
}

class _IdentityMap<K, V> extends _OwnHashMap<K, V> {
  bool _accepts(key) => true;
  int _hashOf(key) => _mixHash(identityHashCode(key));
  bool _isSame(key, other) => identical(key, other);
}
