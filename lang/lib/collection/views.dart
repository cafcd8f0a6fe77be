// Views of collections: what they are of, seen through.
part of dart.collection;

Error _unmodifiable(String what) => new UnsupportedError("Cannot modify an unmodifiable $what");

class UnmodifiableListView<E> extends Object with ListMixin<E>, _UnmodifiableListMixin<E> {
  final Iterable<E> _source;
  UnmodifiableListView(this._source);
  int get length => _source.length;
  Iterator<E> get iterator => _source.iterator;
  E operator [](int index) => _source.elementAt(index);
}

abstract class _UnmodifiableListMixin<E> implements List<E> {
  void operator []=(int index, E value) => throw _unmodifiable("list");
  void set length(int newLength) => throw new UnsupportedError("Cannot change the length of an unmodifiable list");
  void set first(E value) => throw _unmodifiable("list");
  void set last(E value) => throw _unmodifiable("list");
  void setAll(int at, Iterable<E> iterable) => throw _unmodifiable("list");
  void add(E value) => throw new UnsupportedError("Cannot add to an unmodifiable list");
  void insert(int index, E element) => throw new UnsupportedError("Cannot add to an unmodifiable list");
  void insertAll(int at, Iterable<E> iterable) => throw new UnsupportedError("Cannot add to an unmodifiable list");
  void addAll(Iterable<E> iterable) => throw new UnsupportedError("Cannot add to an unmodifiable list");
  bool remove(Object element) => throw new UnsupportedError("Cannot remove from an unmodifiable list");
  void removeWhere(bool test(E element)) => throw new UnsupportedError("Cannot remove from an unmodifiable list");
  void retainWhere(bool test(E element)) => throw new UnsupportedError("Cannot remove from an unmodifiable list");
  void sort([int compare(E a, E b)]) => throw _unmodifiable("list");
  void shuffle([random]) => throw _unmodifiable("list");
  void clear() => throw new UnsupportedError("Cannot clear an unmodifiable list");
  E removeAt(int index) => throw new UnsupportedError("Cannot remove from an unmodifiable list");
  E removeLast() => throw new UnsupportedError("Cannot remove from an unmodifiable list");
  void setRange(int start, int end, Iterable<E> iterable, [int skipCount = 0]) => throw _unmodifiable("list");
  void removeRange(int start, int end) => throw new UnsupportedError("Cannot remove from an unmodifiable list");
  void replaceRange(int start, int end, Iterable<E> iterable) => throw _unmodifiable("list");
  void fillRange(int start, int end, [E fillValue]) => throw _unmodifiable("list");
}

abstract class _UnmodifiableMapMixin<K, V> implements Map<K, V> {
  void operator []=(K key, V value) => throw _unmodifiable("map");
  void addAll(Map<K, V> other) => throw _unmodifiable("map");
  void addEntries(Iterable entries) => throw _unmodifiable("map");
  void clear() => throw _unmodifiable("map");
  V remove(Object key) => throw _unmodifiable("map");
  void removeWhere(bool test(K key, V value)) => throw _unmodifiable("map");
  V putIfAbsent(K key, V ifAbsent()) => throw _unmodifiable("map");
  V update(K key, V update(V value), {V ifAbsent()}) => throw _unmodifiable("map");
  void updateAll(V update(K key, V value)) => throw _unmodifiable("map");
}

abstract class UnmodifiableMapBase<K, V> extends MapBase<K, V> with _UnmodifiableMapMixin<K, V> {
  const UnmodifiableMapBase();
}

// Everything is what the map says.
class MapView<K, V> implements Map<K, V> {
  final Map<K, V> _map;
  const MapView(Map<K, V> map) : _map = map;

  Type get runtimeType => typeSaid(this, _typeOf<Map<K, V>>());
  V operator [](Object key) => _map[key];
  void operator []=(K key, V value) {
    _map[key] = value;
  }
  void addAll(Map<K, V> other) {
    _map.addAll(other);
  }
  void addEntries(Iterable entries) {
    _map.addEntries(entries);
  }
  void clear() {
    _map.clear();
  }
  V putIfAbsent(K key, V ifAbsent()) => _map.putIfAbsent(key, ifAbsent);
  bool containsKey(Object key) => _map.containsKey(key);
  bool containsValue(Object value) => _map.containsValue(value);
  void forEach(void action(K key, V value)) {
    _map.forEach(action);
  }
  bool get isEmpty => _map.isEmpty;
  bool get isNotEmpty => _map.isNotEmpty;
  int get length => _map.length;
  Iterable<K> get keys => _map.keys;
  V remove(Object key) => _map.remove(key);
  void removeWhere(bool test(K key, V value)) {
    _map.removeWhere(test);
  }
  Iterable<V> get values => _map.values;
  Iterable get entries => _map.entries;
  Map map(transform(K key, V value)) => _map.map(transform);
  V update(K key, V update(V value), {V ifAbsent()}) => _map.update(key, update, ifAbsent: ifAbsent);
  void updateAll(V update(K key, V value)) {
    _map.updateAll(update);
  }
  Map<K2, V2> cast<K2, V2>() => this;
  Map<K2, V2> retype<K2, V2>() => this;
  String toString() => _map.toString();
}

class UnmodifiableMapView<K, V> extends MapView<K, V> with _UnmodifiableMapMixin<K, V> {
  UnmodifiableMapView(Map<K, V> map) : super(map);
}
class UnmodifiableSetView<E> extends SetBase<E> {
  final Set<E> _source;
  UnmodifiableSetView(Set<E> source) : _source = source;
  bool contains(Object element) => _source.contains(element);
  E lookup(Object element) => _source.lookup(element);
  int get length => _source.length;
  Iterator<E> get iterator => _source.iterator;
  Set<E> toSet() => _source.toSet();
  bool add(E value) => throw _unmodifiable("set");
  void addAll(Iterable<E> elements) => throw _unmodifiable("set");
  bool remove(Object value) => throw _unmodifiable("set");
  void removeAll(Iterable<Object> elements) => throw _unmodifiable("set");
  void retainAll(Iterable<Object> elements) => throw _unmodifiable("set");
  void removeWhere(bool test(E element)) => throw _unmodifiable("set");
  void retainWhere(bool test(E element)) => throw _unmodifiable("set");
  void clear() => throw _unmodifiable("set");
}
