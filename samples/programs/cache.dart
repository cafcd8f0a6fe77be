// A cache that forgets what was not used for the longest time.
import "dart:collection";

class Cache<K, V> {
  final int capacity;
  final LinkedHashMap<K, V> _entries = new LinkedHashMap<K, V>();
  int hits = 0, misses = 0;

  Cache(this.capacity) {
    if (capacity < 1) throw new ArgumentError.value(capacity, "capacity", "must be positive");
  }

  V get(K key, V load(K key)) {
    if (_entries.containsKey(key)) {
      hits++;
      var value = _entries.remove(key);
      return _entries[key] = value;
    }
    misses++;
    if (_entries.length == capacity) _entries.remove(_entries.keys.first);
    return _entries[key] = load(key);
  }

  bool contains(K key) => _entries.containsKey(key);
  int get length => _entries.length;
  double get rate => hits / (hits + misses);

  toString() => "${_entries.keys.join(' < ')} ($hits hits, $misses misses)";
}

int slowSquare(int n) {
  print("  computing $n * $n");
  return n * n;
}

main() {
  var cache = new Cache<int, int>(3);
  for (var n in [1, 2, 3, 1, 4, 2, 1]) {
    print("$n -> ${cache.get(n, slowSquare)}");
  }
  print(cache);
  print("3 is ${cache.contains(3) ? 'still there' : 'gone'}, rate ${cache.rate.toStringAsFixed(2)}");
  try {
    new Cache(0);
  } on ArgumentError catch (e) {
    print(e);
  }

  var byName = new Cache<String, List<int>>(2);
  byName.get("ann", (name) => name.codeUnits);
  byName.get("bob", (name) => name.codeUnits);
  print(byName.get("ann", (_) => throw "not asked").length);
}
