// Iterable with everything that follows from its iterator.
part of dart.core;

abstract class Iterator<E> {
  bool moveNext();
  E get current;
}

abstract class Iterable<E> {
  const Iterable();

  factory Iterable.generate(int count, [E generator(int index)]) {
    return new _Generated<E>(0, _checkAnyInt(count, "count"), generator);
  }

  const factory Iterable.empty() = _EmptyIterable<E>;

  Iterator<E> get iterator;

  Type get runtimeType => typeSaid(this, _typeOf<Iterable<E>>());

  Iterable map(f(E element)) => new _MappedIterable(this, f);

  Iterable<E> where(bool test(E element)) => new _WhereIterable(this, test);

  Iterable expand(Iterable f(E element)) => new _ExpandedIterable(this, f);

  Iterable<E> take(int count) {
    return new _TakenIterable(this, _checkInt(count, 0, null, "count"));
  }

  Iterable<E> skip(int count) {
    return new _SkippedIterable(this, _checkInt(count, 0, null, "count"));
  }

  Iterable<E> takeWhile(bool test(E value)) => new _TakenWhileIterable(this, test);
  Iterable<E> skipWhile(bool test(E value)) => new _SkippedWhileIterable(this, test);

  void forEach(void f(E element)) {
    for (var element in this) f(element);
  }

  bool contains(Object element) {
    for (var each in this) {
      if (each == element) return true;
    }
    return false;
  }

  bool any(bool test(E element)) {
    for (var element in this) {
      if (test(element)) return true;
    }
    return false;
  }

  bool every(bool test(E element)) {
    for (var element in this) {
      if (!test(element)) return false;
    }
    return true;
  }

  fold(initialValue, combine(previousValue, E element)) {
    var value = initialValue;
    for (var element in this) value = combine(value, element);
    return value;
  }

  E reduce(E combine(E value, E element)) {
    var iterator = this.iterator;
    if (!iterator.moveNext()) throw _noElement();
    var value = iterator.current;
    while (iterator.moveNext()) value = combine(value, iterator.current);
    return value;
  }

  String join([String separator = ""]) {
    var buffer = new StringBuffer();
    buffer.writeAll(this, separator);
    return buffer.toString();
  }

  List<E> toList({bool growable: true}) {
    var result = <E>[];
    result._reserve(checkRoom(this));
    for (var element in this) result.add(element);
    return growable ? result : _fixedCopy<E>(result);
  }

  Set<E> toSet() => new Set<E>.from(this);

  int get length {
    var count = 0;
    for (var element in this) count++;
    return count;
  }

  bool get isEmpty => !iterator.moveNext();
  bool get isNotEmpty => !isEmpty;

  E get first {
    for (var element in this) return element;
    throw _noElement();
  }

  E get last {
    var iterator = this.iterator;
    if (!iterator.moveNext()) throw _noElement();
    var result = iterator.current;
    while (iterator.moveNext()) result = iterator.current;
    return result;
  }

  E get single {
    var iterator = this.iterator;
    if (!iterator.moveNext()) throw _noElement();
    var result = iterator.current;
    if (iterator.moveNext()) throw new StateError("Too many elements");
    return result;
  }

  E firstWhere(bool test(E element), {E orElse()}) {
    for (var element in this) {
      if (test(element)) return element;
    }
    if (orElse != null) return orElse();
    throw _noElement();
  }

  E lastWhere(bool test(E element), {E orElse()}) {
    var result;
    var found = false;
    for (var element in this) {
      if (test(element)) {
        result = element;
        found = true;
      }
    }
    if (found) return result;
    if (orElse != null) return orElse();
    throw _noElement();
  }

  E singleWhere(bool test(E element), {E orElse()}) {
    var result;
    var isThere = false;
    for (var element in this) {
      if (!test(element)) continue;
      if (isThere) throw new StateError("Too many elements");
      result = element;
      isThere = true;
    }
    if (isThere) return result;
    if (orElse != null) return orElse();
    throw _noElement();
  }

  // These, and then those.
  Iterable<E> followedBy(Iterable<E> other) => new _FollowedIterable<E>(this, other);

  // Types of elements are not checked: the same elements.
  Iterable cast<R>() => this;

  Iterable<T> whereType<T>() => new _WhereIterable(this, (element) => element is T);

  E elementAt(int index) {
    _checkInt(index, 0, null, "index");
    var count = 0;
    for (var element in this) {
      if (count == index) return element;
      count++;
    }
    throw new RangeError.index(index, this, "index", null, count);
  }

  String toString() => _iterableToShortString(this, "(", ")");
}

// One that knows its length without walking. This and what follows is for the other libraries, too
// (lang/compiler/name_linker.cc).
abstract class CountedIterable<E> extends Iterable<E> {
  const CountedIterable();
}

// How many elements there will be, if that is known without walking through them; -1: it is not.
int _countOf(iterable) {
  while (iterable is _MappedIterable) iterable = iterable._source;
  var isCounted = iterable is List || iterable is Set || iterable is CountedIterable;
  return isCounted ? iterable.length : -1;
}

// The same. So many as no list can have are not walked through until there is no room.
int checkRoom(iterable) {
  var count = _countOf(iterable);
  if (count is int) checkCount(count);
  return count;
}

// So many are more than any list can have.
void checkCount(int count) {
  if (count > 0x3fffffff) throw new OutOfMemoryError();
}

StateError _noElement() => new StateError("No element");

// Objects that are in each other, the outermost first, while one walks into them: who meets one
// again goes in a circle. The first ones are looked through, the others found by their identity.
class NestedObjects {
  static const _most = 8;
  final List _all = [];
  Map _others; // Where they are in _all; also some that have been taken off.
  final int _discards = _discardedFrames();

  // Whether frames have been discarded since, which may have left something here.
  bool get isOutdated => _discards != _discardedFrames();

  bool contains(object) {
    var count = _all.length;
    if (count > _most) {
      var place = _others[object];
      if (place != null && place < count && identical(_all[place], object)) return true;
      count = _most;
    }
    for (var i = 0; i < count; i++) {
      if (identical(_all[i], object)) return true;
    }
    return false;
  }

  // How many were there before.
  int add(object) {
    var before = _all.length;
    if (before == _most) _others = new _IdentityMap();
    if (before >= _most) _others[object] = before;
    _all.add(object);
    return before;
  }

  // Takes off what was added to so many. It needs no more stack than add(), and calls nothing: where
  // the stack ended further inside, it is here for this.
  void cutTo(int count) {
    _all.length = count;
  }
}

// Collections being printed: one that contains itself prints as "...".
NestedObjects _printed = new NestedObjects();
int _discardedFrames() native "Frames_discarded";

NestedObjects beingPrinted() {
  if (_printed.isOutdated) _printed = new NestedObjects();
  return _printed;
}

// The libraries' own collections print into the buffer of what they are in, which no program sees:
// a deep one is not copied once for each level.
abstract class _Printed {
  void _printInto(StringBuffer buffer);
}

void _print(object, StringBuffer buffer) {
  if (object is _Printed) {
    object._printInto(buffer);
  } else {
    buffer.write(object);
  }
}

void _printIterable(Iterable iterable, StringBuffer buffer, String open, String close) {
  var printed = beingPrinted();
  if (printed.contains(iterable)) return buffer.write("$open...$close");
  var before = printed.add(iterable);
  try {
    buffer.write(open);
    var first = true;
    for (var each in iterable) {
      if (!first) buffer.write(", ");
      first = false;
      _print(each, buffer);
    }
    buffer.write(close);
  } finally {
    printed.cutTo(before);
  }
}

String _iterableToString(Iterable iterable, String open, String close) {
  var buffer = new StringBuffer();
  _printIterable(iterable, buffer, open, close);
  return buffer.toString();
}

// Of one that may be long, or have no end: the first elements, up to some 80 characters and at
// least three, and the last two. Who has not ended after a hundred is cut off.
String _iterableToShortString(Iterable iterable, String open, String close) {
  var printed = beingPrinted();
  if (printed.contains(iterable)) return "$open...$close";
  var before = printed.add(iterable);
  try {
    return "$open${_partsOf(iterable.iterator).join(", ")}$close";
  } finally {
    printed.cutTo(before);
  }
}

const int _mostCharacters = 80;
const int _mostElements = 100;

List<String> _partsOf(Iterator elements) {
  var parts = <String>[];
  var length = 0; // With what separates them.
  while (length < _mostCharacters || parts.length < 3) {
    if (!elements.moveNext()) return parts;
    parts.add("${elements.current}");
    length += parts.last.length + 2;
  }
  var count = parts.length;
  var rest = []; // The last two of those that come behind.
  while (elements.moveNext()) {
    if (++count > _mostElements) {
      while (length > _mostCharacters - 5 && parts.length > 3) {
        length -= parts.removeLast().length + 2;
      }
      return parts..add("...");
    }
    if (rest.length == 2) rest.removeAt(0);
    rest.add(elements.current);
  }
  if (count <= (rest.isEmpty ? 5 : 4)) return parts..addAll(rest.map((each) => "$each"));
  var end = rest.map((each) => "$each").toList();
  for (var text in end) length += text.length + 2;
  while (end.length < 2) end.insert(0, parts.removeLast());
  // Where something is left out, there is room for the end.
  var isCut = count > parts.length + 2;
  if (isCut) length += 5;
  while (length > _mostCharacters && parts.length > 3) {
    length -= parts.removeLast().length + 2;
    if (!isCut) length += 5;
    isCut = true;
  }
  if (isCut) parts.add("...");
  return parts..addAll(end);
}

class _MappedIterable extends Iterable {
  final Iterable _source;
  final Function _f;
  _MappedIterable(this._source, this._f);
  Iterator get iterator => new _MappedIterator(_source.iterator, _f);
  int get length => _source.length;
  bool get isEmpty => _source.isEmpty;
  get first => _f(_source.first);
  get last => _f(_source.last);
  elementAt(int index) => _f(_source.elementAt(index));
}

class _MappedIterator implements Iterator {
  final Iterator _source;
  final Function _f;
  var _current;
  _MappedIterator(this._source, this._f);
  get current => _current;

  bool moveNext() {
    if (_source.moveNext()) {
      _current = _f(_source.current);
      return true;
    }
    _current = null;
    return false;
  }
}

class _WhereIterable<E> extends Iterable<E> {
  final Iterable<E> _source;
  final Function _test;
  _WhereIterable(this._source, this._test);
  Iterator<E> get iterator => new _WhereIterator<E>(_source.iterator, _test);
}

class _WhereIterator<E> implements Iterator<E> {
  final Iterator _source;
  final Function _test;
  _WhereIterator(this._source, this._test);
  get current => _source.current;

  bool moveNext() {
    while (_source.moveNext()) {
      if (_test(_source.current)) return true;
    }
    return false;
  }
}

class _Generated<E> extends CountedIterable<E> {
  final int _start;
  final int _end;
  final Function _generator; // Null: each element is its index.
  _Generated(this._start, this._end, this._generator);
  int get length => isEmpty ? 0 : _end - _start;
  bool get isEmpty => _end <= _start;
  Iterator<E> get iterator => new _GeneratingIterator<E>(this);
  E get first => isEmpty ? throw _noElement() : _at(0);
  E get last => isEmpty ? throw _noElement() : _at(length - 1);

  E elementAt(int index) {
    RangeError.checkValidIndex(_checkAnyInt(index, "index"), this, "index");
    return _at(index);
  }

  // Elements that are left out are not made.
  Iterable<E> skip(int count) {
    _checkInt(count, 0, null, "count");
    return new _Generated<E>(count < length ? _start + count : _end, _end, _generator);
  }

  Iterable<E> take(int count) {
    _checkInt(count, 0, null, "count");
    return new _Generated<E>(_start, count < length ? _start + count : _end, _generator);
  }

  E _at(int index) => _generator == null ? _start + index : _generator(_start + index);
}

class _GeneratingIterator<E> implements Iterator<E> {
  final _Generated<E> _source;
  int _index = 0;
  var _current;
  _GeneratingIterator(this._source);
  get current => _current;

  bool moveNext() {
    if (_index >= _source.length) {
      _current = null;
      return false;
    }
    _current = _source._at(_index++);
    return true;
  }
}

class _ExpandedIterable extends Iterable {
  final Iterable _source;
  final Function _f;
  _ExpandedIterable(this._source, this._f);
  Iterator get iterator => new _ExpandedIterator(_source.iterator, _f);
}

class _ExpandedIterator implements Iterator {
  final Iterator _source;
  final Function _f;
  Iterator _part; // Null: the next one is to be asked for.
  var _current;
  _ExpandedIterator(this._source, this._f);
  get current => _current;

  bool moveNext() {
    while (true) {
      if (_part != null && _part.moveNext()) {
        _current = _part.current;
        return true;
      }
      _part = null;
      _current = null;
      if (!_source.moveNext()) return false;
      _part = _f(_source.current).iterator;
    }
  }
}

class _TakenIterable<E> extends Iterable<E> {
  final Iterable<E> _source;
  final int _count;
  _TakenIterable(this._source, this._count);
  Iterator<E> get iterator => new _TakenIterator<E>(_source.iterator, _count);
  Iterable<E> take(int count) {
    _checkInt(count, 0, null, "count");
    return new _TakenIterable(_source, count < _count ? count : _count);
  }
}

class _TakenIterator<E> implements Iterator<E> {
  final Iterator _source;
  int _left;
  _TakenIterator(this._source, this._left);
  get current => _left < 0 ? null : _source.current;

  bool moveNext() {
    if (_left > 0) {
      _left--;
      if (_source.moveNext()) return true;
    }
    _left = -1;
    return false;
  }
}

class _SkippedIterable<E> extends Iterable<E> {
  final Iterable<E> _source;
  final int _count;
  _SkippedIterable(this._source, this._count);
  Iterator<E> get iterator => new _SkippedIterator<E>(_source.iterator, _count);
  Iterable<E> skip(int count) {
    _checkInt(count, 0, null, "count");
    return new _SkippedIterable(_source, _Slice._sum(_count, count));
  }
}

class _SkippedIterator<E> implements Iterator<E> {
  final Iterator _source;
  int _left;
  _SkippedIterator(this._source, this._left);
  get current => _source.current;

  bool moveNext() {
    while (_left > 0) {
      _left--;
      if (!_source.moveNext()) {
        _left = 0;
        return false;
      }
    }
    return _source.moveNext();
  }
}

class _TakenWhileIterable<E> extends Iterable<E> {
  final Iterable<E> _source;
  final Function _test;
  _TakenWhileIterable(this._source, this._test);
  Iterator<E> get iterator => new _TakenWhileIterator<E>(_source.iterator, _test);
}

class _TakenWhileIterator<E> implements Iterator<E> {
  final Iterator _source;
  final Function _test;
  bool _isOver = false;
  _TakenWhileIterator(this._source, this._test);
  get current => _isOver ? null : _source.current;

  bool moveNext() {
    if (!_isOver && _source.moveNext() && _test(_source.current)) return true;
    _isOver = true;
    return false;
  }
}

class _SkippedWhileIterable<E> extends Iterable<E> {
  final Iterable<E> _source;
  final Function _test;
  _SkippedWhileIterable(this._source, this._test);
  Iterator<E> get iterator => new _SkippedWhileIterator<E>(_source.iterator, _test);
}

class _SkippedWhileIterator<E> implements Iterator<E> {
  final Iterator _source;
  final Function _test;
  bool _isSkipping = true;
  _SkippedWhileIterator(this._source, this._test);
  get current => _source.current;

  bool moveNext() {
    while (_source.moveNext()) {
      if (!_isSkipping || !_test(_source.current)) {
        _isSkipping = false;
        return true;
      }
    }
    return false;
  }
}

class _EmptyIterable<E> extends Iterable<E> {
  const _EmptyIterable();
  int get length => 0;
  bool get isEmpty => true;
  Iterator<E> get iterator => new _EmptyIterator<E>();
}

class _EmptyIterator<E> implements Iterator<E> {
  get current => null;
  bool moveNext() => false;
}

class _FollowedIterable<E> extends Iterable<E> {
  final Iterable<E> _source;
  final Iterable<E> _other;
  _FollowedIterable(this._source, this._other);
  Iterator<E> get iterator => new _FollowedIterator<E>(_source.iterator, _other);
  int get length => _source.length + _other.length;
  bool get isEmpty => _source.isEmpty && _other.isEmpty;
}

class _FollowedIterator<E> implements Iterator<E> {
  Iterator _source;
  Iterable _other; // Null when it is being walked through.
  _FollowedIterator(this._source, this._other);
  get current => _source.current;

  bool moveNext() {
    if (_source.moveNext()) return true;
    if (_other == null) return false;
    _source = _other.iterator;
    _other = null;
    return _source.moveNext();
  }
}
