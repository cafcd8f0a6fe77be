// Patterns: what a text is searched for. Strings are some, regular expressions (regexp.dart) others.
part of dart.core;

abstract class Pattern {
  // Those that do not overlap, one after the other; found when they are asked for.
  Iterable<Match> allMatches(String string, [int start = 0]);
  // The one that begins at `start`, or null.
  Match matchAsPrefix(String string, [int start = 0]);
}

abstract class Match {
  int get start;
  int get end;
  String get input;
  Pattern get pattern;
  int get groupCount;
  // Group 0 is the whole; null if the group took no part.
  String group(int group);
  String operator [](int group);
  List<String> groups(List<int> groupIndices);
}

class _StringMatch implements Match {
  final int start;
  final String input;
  final String pattern;
  const _StringMatch(this.start, this.input, this.pattern);

  Type get runtimeType => Match;
  int get end => start + pattern.length;
  int get groupCount => 0;
  String operator [](int group) => this.group(group);

  String group(int group) {
    _checkInt(group, 0, 0, "group");
    return pattern;
  }

  List<String> groups(List<int> groupIndices) {
    return groupIndices.map((index) => group(index)).toList();
  }
}

class _StringMatches extends Iterable<Match> {
  final String _input;
  final String _pattern;
  final int _start;
  _StringMatches(this._input, this._pattern, this._start);
  Iterator<Match> get iterator => new _StringMatchIterator(_input, _pattern, _start);
}

class _StringMatchIterator implements Iterator<Match> {
  final String _input;
  final String _pattern;
  int _from; // Behind the input's end when there are no more.
  Match _current;
  _StringMatchIterator(this._input, this._pattern, this._from);
  Match get current => _current;

  bool moveNext() {
    _current = null;
    if (_from > _input.length) return false;
    var at = _input.indexOf(_pattern, _from);
    if (at < 0) {
      _from = _input.length + 1;
      return false;
    }
    _current = new _StringMatch(at, _input, _pattern);
    _from = _pattern.isEmpty ? at + 1 : at + _pattern.length;
    return true;
  }
}

int _indexOfMatch(Pattern pattern, String text, int start) {
  for (var match in pattern.allMatches(text, start)) return match.start;
  return -1;
}

// The code points of a string; a lone surrogate stands for itself.
class Runes extends Iterable<int> {
  final String string;
  Runes(String string) : string = _checkString(string, "string");
  Type get runtimeType => typeSaid(this, Runes);
  RuneIterator get iterator => new RuneIterator(string);

  int get last {
    if (string.isEmpty) throw _noElement();
    return (new RuneIterator.at(string, string.length)..movePrevious()).current;
  }
}

abstract class BidirectionalIterator<E> implements Iterator<E> {
  bool movePrevious();
}

class RuneIterator implements BidirectionalIterator<int> {
  final String string;
  int _position; // Where the current code point begins,
  int _next; // and where it ends. The same: there is none.
  int _current;

  RuneIterator(String string)
      : string = _checkString(string, "string"),
        _position = 0,
        _next = 0;

  RuneIterator.at(String string, int index)
      : string = _checkString(string, "string"),
        _position = index,
        _next = index {
    _checkInt(index, 0, string.length, "index");
    _checkSplit(index);
  }

  void _checkSplit(int index) {
    if (index > 0 && index < string.length && _isPair(index - 1)) {
      throw new ArgumentError("Index inside surrogate pair: $index");
    }
  }

  bool _isPair(int at) =>
      (string.codeUnitAt(at) & 0xfc00) == 0xd800 && (string.codeUnitAt(at + 1) & 0xfc00) == 0xdc00;

  // Null where there is no current code point.
  int get rawIndex => _position == _next ? null : _position;

  void set rawIndex(int index) {
    _checkInt(index, 0, string.length - 1, "index");
    reset(index);
    moveNext();
  }

  void reset([int index = 0]) {
    _checkInt(index, 0, string.length, "index");
    _checkSplit(index);
    _position = _next = index;
    _current = null;
  }

  int get current => _current;
  int get currentSize => _next - _position;
  String get currentAsString =>
      _position == _next ? null : string.substring(_position, _next);

  bool moveNext() {
    _position = _next;
    if (_position == string.length) {
      _current = null;
      return false;
    }
    _take(_position + 1 < string.length && _isPair(_position) ? 2 : 1);
    return true;
  }

  bool movePrevious() {
    _next = _position;
    if (_position == 0) {
      _current = null;
      return false;
    }
    var size = _position > 1 && _isPair(_position - 2) ? 2 : 1;
    _position -= size;
    _take(size);
    return true;
  }

  void _take(int size) {
    _next = _position + size;
    _current = string.codeUnitAt(_position);
    if (size == 1) return;
    var low = string.codeUnitAt(_position + 1);
    _current = 0x10000 + ((_current & 0x3ff) << 10) + (low & 0x3ff);
  }
}
