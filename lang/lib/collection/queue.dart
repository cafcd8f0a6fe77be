// Queues: elements are put in and taken out at both ends.
part of dart.collection;

abstract class Queue<E> implements Iterable<E> {
  factory Queue() = ListQueue<E>;
  factory Queue.from(Iterable elements) = ListQueue<E>.from;
  factory Queue.of(Iterable<E> elements) = ListQueue<E>.of;

  E removeFirst();
  E removeLast();
  void addFirst(E value);
  void addLast(E value);
  void add(E value);
  // The first one that is equal.
  bool remove(Object value);
  void addAll(Iterable<E> iterable);
  void removeWhere(bool test(E element));
  void retainWhere(bool test(E element));
  void clear();
}

class DoubleLinkedQueueEntry<E> {
  DoubleLinkedQueueEntry<E> _previous;
  DoubleLinkedQueueEntry<E> _next;
  DoubleLinkedQueue<E> _queue; // Null: in none.
  E element;

  DoubleLinkedQueueEntry(this.element);

  void _insertBetween(DoubleLinkedQueueEntry<E> previous, DoubleLinkedQueueEntry<E> next) {
    _previous = previous;
    _next = next;
    previous._next = this;
    next._previous = this;
  }

  void append(E e) {
    var added = new DoubleLinkedQueueEntry<E>(e);
    added._queue = _queue;
    if (_queue != null) {
      added._insertBetween(this, _next);
      _queue._count(1);
    } else {
      added._previous = this;
      added._next = _next;
      if (_next != null) _next._previous = added;
      _next = added;
    }
  }

  void prepend(E e) {
    var added = new DoubleLinkedQueueEntry<E>(e);
    added._queue = _queue;
    if (_queue != null) {
      added._insertBetween(_previous, this);
      _queue._count(1);
    } else {
      added._next = this;
      added._previous = _previous;
      if (_previous != null) _previous._next = added;
      _previous = added;
    }
  }

  E remove() {
    if (_queue != null) _queue._count(-1);
    if (_previous != null) _previous._next = _next;
    if (_next != null) _next._previous = _previous;
    _previous = null;
    _next = null;
    _queue = null;
    return element;
  }

  // Null: there is none.
  DoubleLinkedQueueEntry<E> previousEntry() => _isEnd(_previous) ? null : _previous;
  DoubleLinkedQueueEntry<E> nextEntry() => _isEnd(_next) ? null : _next;
  static bool _isEnd(entry) => entry == null || entry is _QueueEnd;
}

// Before the first and after the last entry.
class _QueueEnd<E> extends DoubleLinkedQueueEntry<E> {
  _QueueEnd(DoubleLinkedQueue<E> queue) : super(null) {
    _queue = queue;
    _previous = this;
    _next = this;
  }
}

class DoubleLinkedQueue<E> extends Iterable<E> implements Queue<E> {
  DoubleLinkedQueueEntry<E> _end;
  int _length = 0;
  int _changes = 0;

  DoubleLinkedQueue() {
    _end = new _QueueEnd<E>(this);
  }

  factory DoubleLinkedQueue.from(Iterable elements) => new DoubleLinkedQueue<E>()..addAll(elements);
  factory DoubleLinkedQueue.of(Iterable<E> elements) => new DoubleLinkedQueue<E>()..addAll(elements);

  Type get runtimeType => typeSaid(this, _typeOf<DoubleLinkedQueue<E>>());

  void _count(int added) {
    _length += added;
    _changes++;
  }

  int get length => _length;
  bool get isEmpty => _length == 0;

  void addLast(E value) => _end.prepend(value);
  void addFirst(E value) => _end.append(value);
  void add(E value) => _end.prepend(value);

  void addAll(Iterable<E> iterable) {
    checkRoom(iterable);
    for (var value in iterable) _end.prepend(value);
  }

  E removeLast() {
    if (isEmpty) throw _noElement();
    return _end._previous.remove();
  }

  E removeFirst() {
    if (isEmpty) throw _noElement();
    return _end._next.remove();
  }

  bool remove(Object value) {
    var entry = _end._next;
    while (!identical(entry, _end)) {
      var isIt = entry.element == value;
      if (!identical(entry._queue, this)) _throwConcurrentModification(this);
      if (isIt) {
        entry.remove();
        return true;
      }
      entry = entry._next;
    }
    return false;
  }

  void _filter(bool test(E element), bool removed) {
    var entry = _end._next;
    while (!identical(entry, _end)) {
      var isIt = test(entry.element) == removed;
      if (!identical(entry._queue, this)) _throwConcurrentModification(this);
      var next = entry._next;
      if (isIt) entry.remove();
      entry = next;
    }
  }

  void removeWhere(bool test(E element)) => _filter(test, true);
  void retainWhere(bool test(E element)) => _filter(test, false);

  E get first {
    if (isEmpty) throw _noElement();
    return _end._next.element;
  }

  E get last {
    if (isEmpty) throw _noElement();
    return _end._previous.element;
  }

  E get single {
    if (isEmpty) throw _noElement();
    if (_length > 1) throw _tooMany();
    return first;
  }

  DoubleLinkedQueueEntry<E> firstEntry() => _end.nextEntry();
  DoubleLinkedQueueEntry<E> lastEntry() => _end.previousEntry();

  void clear() {
    while (!isEmpty) _end._next.remove();
  }

  // `action` may remove the entry that it is given.
  void forEachEntry(void action(DoubleLinkedQueueEntry<E> entry)) {
    var entry = _end._next;
    while (!identical(entry, _end)) {
      var next = entry._next;
      action(entry);
      if (identical(entry._queue, this)) {
        next = entry._next;
      } else if (!identical(next._queue, this)) {
        _throwConcurrentModification(this);
      }
      entry = next;
    }
  }

  Iterator<E> get iterator => new _DoubleLinkedQueueIterator<E>(this);
  String toString() => _printIterable(this, "{", "}");
}

class _DoubleLinkedQueueIterator<E> implements Iterator<E> {
  DoubleLinkedQueue<E> _queue; // Null: at its end.
  DoubleLinkedQueueEntry<E> _next;
  final int _changes;
  E _current;

  _DoubleLinkedQueueIterator(DoubleLinkedQueue<E> queue)
      : _queue = queue,
        _changes = queue._changes,
        _next = queue._end._next;

  E get current => _current;

  bool moveNext() {
    if (_queue == null) return false;
    if (_queue._changes != _changes) _throwConcurrentModification(_queue);
    if (identical(_next, _queue._end)) {
      _current = null;
      _queue = null;
      return false;
    }
    _current = _next.element;
    _next = _next._next;
    return true;
  }
}

// In a list that is used as a ring.
class ListQueue<E> extends Iterable<E> implements Queue<E> {
  static const int _LEAST = 8;
  List<E> _table; // Its length is a power of two.
  int _head = 0;
  int _length = 0;
  int _changes = 0;

  ListQueue([int initialCapacity]) {
    var size = _LEAST;
    if (initialCapacity != null) {
      while (size < initialCapacity + 1) size *= 2;
    }
    _table = new List<E>(size);
  }

  factory ListQueue.from(Iterable elements) => new ListQueue<E>()..addAll(elements);
  factory ListQueue.of(Iterable<E> elements) => new ListQueue<E>()..addAll(elements);

  Type get runtimeType => typeSaid(this, _typeOf<ListQueue<E>>());
  int get length => _length;
  bool get isEmpty => _length == 0;
  Iterator<E> get iterator => new _ListQueueIterator<E>(this);

  E _at(int index) => _table[(_head + index) & (_table.length - 1)];

  void forEach(void action(E element)) {
    var changes = _changes;
    for (var i = 0; i < _length; i++) {
      action(_at(i));
      if (_changes != changes) _throwConcurrentModification(this);
    }
  }

  E get first {
    if (isEmpty) throw _noElement();
    return _table[_head];
  }

  E get last {
    if (isEmpty) throw _noElement();
    return _at(_length - 1);
  }

  E get single {
    if (isEmpty) throw _noElement();
    if (_length > 1) throw _tooMany();
    return first;
  }

  E elementAt(int index) {
    RangeError.checkValidIndex(_checkAnyInt(index, "index"), this, "index", _length);
    return _at(index);
  }

  List<E> toList({bool growable: true}) {
    var result = growable ? (<E>[]..length = _length) : new List<E>(_length);
    for (var i = 0; i < _length; i++) result[i] = _at(i);
    return result;
  }

  void _grow() {
    if (_length < _table.length) return;
    var table = new List<E>(_table.length * 2);
    for (var i = 0; i < _length; i++) table[i] = _at(i);
    _table = table;
    _head = 0;
  }

  void add(E value) => addLast(value);

  void addAll(Iterable<E> elements) {
    if (identical(elements, this)) elements = toList();
    checkRoom(elements);
    for (var element in elements) addLast(element);
  }

  void addLast(E value) {
    _grow();
    _table[(_head + _length) & (_table.length - 1)] = value;
    _length++;
    _changes++;
  }

  void addFirst(E value) {
    _grow();
    _head = (_head - 1) & (_table.length - 1);
    _table[_head] = value;
    _length++;
    _changes++;
  }

  E removeFirst() {
    if (isEmpty) throw _noElement();
    _changes++;
    var result = _table[_head];
    _table[_head] = null;
    _head = (_head + 1) & (_table.length - 1);
    _length--;
    return result;
  }

  E removeLast() {
    if (isEmpty) throw _noElement();
    _changes++;
    _length--;
    var place = (_head + _length) & (_table.length - 1);
    var result = _table[place];
    _table[place] = null;
    return result;
  }

  bool remove(Object value) {
    for (var i = 0; i < _length; i++) {
      if (_at(i) == value) {
        var mask = _table.length - 1;
        for (var j = i + 1; j < _length; j++) _table[(_head + j - 1) & mask] = _at(j);
        removeLast();
        return true;
      }
    }
    return false;
  }

  void _filter(bool test(E element), bool removed) {
    var changes = _changes;
    var kept = <E>[];
    for (var i = 0; i < _length; i++) {
      var element = _at(i);
      if (test(element) != removed) kept.add(element);
      if (_changes != changes) _throwConcurrentModification(this);
    }
    if (kept.length == _length) return;
    clear();
    addAll(kept);
  }

  void removeWhere(bool test(E element)) => _filter(test, true);
  void retainWhere(bool test(E element)) => _filter(test, false);

  void clear() {
    if (_length == 0) return;
    for (var i = 0; i < _table.length; i++) _table[i] = null;
    _head = 0;
    _length = 0;
    _changes++;
  }

  String toString() => _printIterable(this, "{", "}");
}

class _ListQueueIterator<E> implements Iterator<E> {
  final ListQueue<E> _queue;
  final int _changes;
  int _index = 0;
  E _current;

  _ListQueueIterator(ListQueue<E> queue)
      : _queue = queue,
        _changes = queue._changes;

  E get current => _current;

  bool moveNext() {
    if (_queue._changes != _changes) _throwConcurrentModification(_queue);
    if (_index >= _queue._length) {
      _current = null;
      return false;
    }
    _current = _queue._at(_index++);
    return true;
  }
}
