// Regular expressions, as ECMAScript has them; the engine is lang/natives/regular_expression.h's.
part of dart.core;

class RegExp implements Pattern {
  final String pattern;
  final bool isMultiLine;
  final bool isCaseSensitive;
  final _compiled;
  // A closure keeps it from being sent: what is compiled belongs to the isolate.
  final Function _unsent;
  final int _groupCount;

  factory RegExp(String source, {bool multiLine: false, bool caseSensitive: true}) {
    _checkString(source, "source");
    var compiled = _compile(source, multiLine == true, caseSensitive != false);
    if (compiled is String) {
      var space = compiled.indexOf(" ");
      throw new FormatException(
          compiled.substring(space + 1), source, int.parse(compiled.substring(0, space)));
    }
    return new RegExp._(source, multiLine == true, caseSensitive != false, compiled);
  }

  RegExp._(this.pattern, this.isMultiLine, this.isCaseSensitive, compiled)
      : _compiled = compiled,
        _unsent = (() => null),
        _groupCount = _groupsOf(compiled);

  // `text` with a backslash before each character that has a meaning.
  static String escape(String text) {
    _checkString(text, "text");
    var buffer = new StringBuffer();
    for (var i = 0; i < text.length; i++) {
      if (r"\^$.*+?()[]{}|/".contains(text[i])) buffer.write("\\");
      buffer.write(text[i]);
    }
    return buffer.toString();
  }

  Type get runtimeType => RegExp;

  Match firstMatch(String input) {
    _checkString(input, "input");
    return _find(input, 0, false);
  }

  bool hasMatch(String input) {
    _checkString(input, "input");
    return _find(input, 0, false) != null;
  }

  String stringMatch(String input) {
    _checkString(input, "input");
    var match = _find(input, 0, false);
    return match == null ? null : match.group(0);
  }

  Match matchAsPrefix(String string, [int start = 0]) {
    _checkString(string, "string");
    return _find(string, _checkInt(start, 0, string.length, "start"), true);
  }

  Iterable<Match> allMatches(String input, [int start = 0]) {
    _checkString(input, "input");
    return new _RegExpMatches(this, input, _checkInt(start, 0, input.length, "start"));
  }

  Match _find(String input, int start, bool isAnchored) {
    var places = _newList(2 * (_groupCount + 1));
    if (_findAll(input, start, isAnchored, places) == 0) return null;
    return new _RegExpMatch(this, input, places, 0);
  }

  int _findAll(String input, int start, bool isAnchored, List places) {
    var count = _findMatches(input, start, _compiled, isAnchored, places);
    if (count == null) {
      throw new StateError("RegExp: too many steps with the pattern '$pattern'; simplify its "
          "repetitions");
    }
    return count;
  }

  static _compile(String source, bool multiLine, bool caseSensitive) native "RegExp_compile";
  static int _groupsOf(compiled) native "RegExp_groupCount";
  static int _findMatches(String input, int start, compiled, bool isAnchored, List places)
      native "RegExp_find";

  String toString() => "RegExp/$pattern/";
}

class _RegExpMatch implements Match {
  final RegExp pattern;
  final String input;
  final List _places; // Of several matches: those of this one begin at _first.
  final int _first;
  _RegExpMatch(this.pattern, this.input, this._places, this._first);

  Type get runtimeType => Match;
  int get start => _places[_first];
  int get end => _places[_first + 1];
  int get groupCount => pattern._groupCount;
  String operator [](int group) => this.group(group);

  String group(int group) {
    _checkInt(group, 0, groupCount, "group");
    var start = _places[_first + 2 * group];
    return start < 0 ? null : input.substring(start, _places[_first + 2 * group + 1]);
  }

  List<String> groups(List<int> groupIndices) {
    return groupIndices.map((index) => group(index)).toList();
  }
}

class _RegExpMatches extends Iterable<Match> {
  final RegExp _pattern;
  final String _input;
  final int _start;
  _RegExpMatches(this._pattern, this._input, this._start);
  Iterator<Match> get iterator => new _RegExpMatchIterator(_pattern, _input, _start);
}

// Finds several at a time, ever more: the text is prepared once for each time.
class _RegExpMatchIterator implements Iterator<Match> {
  static const int _mostAtOnce = 1024;

  final RegExp _pattern;
  final String _input;
  int _from; // Where to look for more; behind the end when there are none.
  List _places;
  int _found = 0;
  int _next = 0;
  int _atOnce = 1;
  Match _current;
  _RegExpMatchIterator(this._pattern, this._input, this._from);
  Match get current => _current;

  bool moveNext() {
    if (_next == _found && !_findMore()) {
      _current = null;
      return false;
    }
    _current = new _RegExpMatch(_pattern, _input, _places, _next * 2 * (_pattern._groupCount + 1));
    _next++;
    return true;
  }

  bool _findMore() {
    if (_from > _input.length) return false;
    var words = 2 * (_pattern._groupCount + 1);
    _places = _newList(words * _atOnce);
    _found = _pattern._findAll(_input, _from, false, _places);
    _next = 0;
    if (_atOnce < _mostAtOnce) _atOnce *= 4;
    if (_found == 0) {
      _from = _input.length + 1;
      return false;
    }
    var last = (_found - 1) * words;
    _from = _places[last + 1] + (_places[last] == _places[last + 1] ? 1 : 0);
    return true;
  }
}
