// A list whose elements are its links.
part of dart.collection;

class LinkedList<E extends LinkedListEntry<E>> extends Iterable<E> {
  int _changes = 0;
  int _length = 0;
  E _first; // Null: empty. The others follow in a circle.

  Type get runtimeType => typeSaid(this, _typeOf<LinkedList<E>>());

  void addFirst(E entry) {
    _insertBefore(_first, entry);
    _first = entry;
  }

  void add(E entry) {
    _insertBefore(_first, entry);
  }

  void addAll(Iterable<E> entries) {
    for (var entry in entries) add(entry);
  }

  bool remove(E entry) {
    if (!identical(entry._list, this)) return false;
    _unlink(entry);
    return true;
  }

  bool contains(Object entry) => entry is LinkedListEntry && identical(entry._list, this);
  Iterator<E> get iterator => new _LinkedListIterator<E>(this);
  int get length => _length;
  bool get isEmpty => _length == 0;

  void clear() {
    _changes++;
    var entry = _first;
    for (var i = 0; i < _length; i++) {
      var next = entry._next;
      entry._list = null;
      entry._next = null;
      entry._previous = null;
      entry = next;
    }
    _first = null;
    _length = 0;
  }

  E get first {
    if (isEmpty) throw _noElement();
    return _first;
  }

  E get last {
    if (isEmpty) throw _noElement();
    return _first._previous;
  }

  E get single {
    if (isEmpty) throw _noElement();
    if (_length > 1) throw _tooMany();
    return _first;
  }

  void forEach(void action(E entry)) {
    var changes = _changes;
    var entry = _first;
    for (var left = _length; left > 0; left--) {
      action(entry);
      if (_changes != changes) _throwConcurrentModification(this);
      entry = entry._next;
    }
  }

  // Null: at the end.
  void _insertBefore(E entry, E added) {
    if (added.list != null) throw new StateError("The entry is in a LinkedList already");
    _changes++;
    _length++;
    added._list = this;
    if (entry == null) {
      added._previous = added;
      added._next = added;
      _first = added;
      return;
    }
    var previous = entry._previous;
    added._previous = previous;
    added._next = entry;
    previous._next = added;
    entry._previous = added;
  }

  void _unlink(E entry) {
    _changes++;
    _length--;
    entry._next._previous = entry._previous;
    var next = entry._previous._next = entry._next;
    if (_length == 0) {
      _first = null;
    } else if (identical(entry, _first)) {
      _first = next;
    }
    entry._list = null;
    entry._next = null;
    entry._previous = null;
  }
}

class _LinkedListIterator<E extends LinkedListEntry<E>> implements Iterator<E> {
  final LinkedList<E> _list;
  final int _changes;
  int _left;
  E _current;
  E _next;

  _LinkedListIterator(LinkedList<E> list)
      : _list = list,
        _changes = list._changes,
        _left = list._length,
        _next = list._first;

  E get current => _current;

  bool moveNext() {
    if (_list._changes != _changes) _throwConcurrentModification(_list);
    if (_left == 0) {
      _current = null;
      return false;
    }
    _left--;
    _current = _next;
    _next = _next._next;
    return true;
  }
}

abstract class LinkedListEntry<E extends LinkedListEntry<E>> {
  LinkedList<E> _list; // Null: in none.
  E _next;
  E _previous;

  LinkedList<E> get list => _list;

  void unlink() {
    if (_list == null) throw new StateError("The entry is in no LinkedList");
    _list._unlink(this);
  }

  // Null: there is none.
  E get next => _list == null || identical(_list._first, _next) ? null : _next;
  E get previous => _list == null || identical(_list._first, this) ? null : _previous;

  void insertAfter(E entry) {
    if (_list == null) throw new StateError("The entry is in no LinkedList");
    if (identical(_next, _list._first)) {
      _list.add(entry);
    } else {
      _list._insertBefore(_next, entry);
    }
  }

  void insertBefore(E entry) {
    if (_list == null) throw new StateError("The entry is in no LinkedList");
    var list = _list;
    var isFirst = identical(list._first, this);
    list._insertBefore(this, entry);
    if (isFirst) list._first = entry;
  }
}
