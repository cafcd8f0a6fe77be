// Expando: properties that objects have from outside.
part of dart.core;

// What the collector knows by its name (lang/linker): `value` lives only while `key` does, which the
// entry does not hold. When it has died, both are null. Reading a field of one takes longer than of
// others, for the interpreter asks first whether the key has died; hence the natives.
class _Ephemeron {
  var key;
  var value;
  var next; // In its chain.
  _Ephemeron(this.key, this.value, this.next);
}

class Expando<T> {
  final String name;
  List _chains = new List(8); // By identity hash; a power of two of them.
  int _count = 0; // With those whose objects have died, until there is no room.

  Expando([this.name]);

  T operator [](Object object) {
    return _valueIn(_chainOf(object), object);
  }

  void operator []=(Object object, T value) {
    var entry = _entryIn(_chainOf(object), object);
    if (entry != null) {
      entry.value = value;
    } else if (value != null) {
      if (_count >= _chains.length) _makeRoom();
      _insert(object, value);
    }
  }

  String toString() => "Expando:$name";

  _Ephemeron _chainOf(Object object) {
    if (object == null || object is num || object is String || object is bool) {
      throw new ArgumentError.value(object, "object", "null, numbers, texts and truth values have no properties");
    }
    return _chains[identityHashCode(object) & (_chains.length - 1)];
  }

  // Of a chain, given by its first entry: the one of `object`, or its value; null if there is none.
  static _Ephemeron _entryIn(_Ephemeron first, Object object) native "Expando_entryIn";
  static _valueIn(_Ephemeron first, Object object) native "Expando_valueIn";

  void _insert(Object object, T value) {
    var chain = identityHashCode(object) & (_chains.length - 1);
    _chains[chain] = new _Ephemeron(object, value, _chains[chain]);
    _count++;
  }

  // Without those that have died; more chains if that leaves too many.
  void _makeRoom() {
    var living = [];
    for (var entry in _chains) {
      for (; entry != null; entry = entry.next) {
        if (entry.key != null) living.add([entry.key, entry.value]);
      }
    }
    _chains = new List(living.length * 2 > _chains.length ? _chains.length * 2 : _chains.length);
    _count = 0;
    for (var pair in living) _insert(pair[0], pair[1]);
  }
}
