// Strings: sequences of UTF-16 code units. StringBuffer.
part of dart.core;

class String implements Comparable<String>, Pattern {
  const factory String.fromEnvironment(String name, {String defaultValue}) =>
      _declared(name) ?? defaultValue;
  factory String.fromCharCode(int charCode) {
    _checkInt(charCode, 0, 0x10ffff, "charCode");
    return _stringFromCharCodes([charCode], 0, 1);
  }

  factory String.fromCharCodes(Iterable<int> charCodes, [int start = 0, int end]) {
    return _stringFromCharCodes(charCodes.toList(), start, end);
  }

  int get length native "String_length";
  String operator [](int index) native "String_at";
  int codeUnitAt(int index) native "String_codeUnitAt";
  String operator +(String other) native "String_concatenate";
  bool operator ==(other) native "String_equals";
  int get hashCode native "String_hashCode";
  int compareTo(String other) native "String_compareTo";
  String toUpperCase() native "String_toUpperCase";
  String toLowerCase() native "String_toLowerCase";
  String trim() native "String_trim";
  String trimLeft() native "String_trimLeft";
  String trimRight() native "String_trimRight";
  // Without an end: up to the string's.
  String substring(int startIndex, [int endIndex]) native "String_substring";
  // Without a start: from the first unit on.
  int indexOf(Pattern pattern, [int start]) native "String_indexOfPattern" {
    if (pattern is! Pattern) _checkString(pattern, "pattern");
    start = _checkInt(start == null ? 0 : start, 0, length, "start");
    return _indexOfMatch(pattern, this, start);
  }

  // Without a start: from the last unit on.
  int lastIndexOf(Pattern pattern, [int start]) native "String_lastIndexOfPattern" {
    if (pattern is! Pattern) _checkString(pattern, "pattern");
    start = _checkInt(start == null ? length : start, 0, length, "start");
    for (var i = start; i >= 0; i--) {
      if (pattern.matchAsPrefix(this, i) != null) return i;
    }
    return -1;
  }

  int _placeOf(Pattern other, int startIndex) native "String_indexOfPattern" {
    if (other is! Pattern) _checkString(other, "other");
    return _indexOfMatch(
        other, this, _checkInt(startIndex == null ? 0 : startIndex, 0, length, "startIndex"));
  }

  // Without an index: at the first unit.
  bool startsWith(Pattern pattern, [int index]) native "String_matchesPatternAt" {
    if (pattern is! Pattern) _checkString(pattern, "pattern");
    index = _checkInt(index == null ? 0 : index, 0, length, "index");
    return pattern.matchAsPrefix(this, index) != null;
  }

  bool endsWith(String other) native "String_endsWith";
  // Nothing for a negative count.
  String operator *(int times) native "String_repeat";
  // Padded with a space, if nothing is given.
  String padLeft(int width, [String padding]) native "String_padLeft";
  String padRight(int width, [String padding]) native "String_padRight";

  String toString() => this;
  Type get runtimeType => String;
  bool get isEmpty => length == 0;
  bool get isNotEmpty => length != 0;

  bool contains(Pattern other, [int startIndex]) => _placeOf(other, startIndex) >= 0;

  Iterable<Match> allMatches(String string, [int start = 0]) {
    _checkString(string, "string");
    return new _StringMatches(string, this, _checkInt(start, 0, string.length, "start"));
  }

  Match matchAsPrefix(String string, [int start = 0]) {
    _checkString(string, "string");
    _checkInt(start, 0, string.length, "start");
    return string.startsWith(this, start) ? new _StringMatch(start, string, this) : null;
  }

  List<String> split(Pattern pattern) {
    if (pattern is Pattern && pattern is! String) return _splitAt(pattern);
    String separator = _checkString(pattern, "pattern");
    var result = <String>[];
    if (separator.isEmpty) {
      for (var i = 0; i < length; i++) result.add(this[i]);
      return result;
    }
    return _splitInto(this, separator, result);
  }

  // An empty match at either end, or where the one before it ended, separates nothing.
  List<String> _splitAt(Pattern pattern) {
    if (isEmpty) return pattern.matchAsPrefix(this) != null ? <String>[] : <String>[this];
    var result = <String>[];
    var from = 0;
    for (var match in pattern.allMatches(this)) {
      if (match.start == match.end && (match.start == from || match.start == length)) continue;
      result.add(substring(from, match.start));
      from = match.end;
    }
    result.add(substring(from));
    return result;
  }

  String replaceAll(Pattern from, String replace) {
    if (from is Pattern && from is! String) {
      _checkString(replace, "replace");
      return replaceAllMapped(from, (match) => replace);
    }
    _checkString(from, "from");
    _checkString(replace, "replace");
    String old = from;
    if (old.isEmpty) {
      var buffer = new StringBuffer(replace);
      for (var i = 0; i < length; i++) {
        buffer.write(this[i]);
        buffer.write(replace);
      }
      return buffer.toString();
    }
    var text = _replaceAllText(this, old, replace);
    return text == null ? split(old).join(replace) : text;
  }

  String replaceAllMapped(Pattern from, String replace(Match match)) {
    if (from is! Pattern) _checkString(from, "from");
    if (replace == null) throw new ArgumentError.notNull("replace");
    return splitMapJoin(from, onMatch: replace);
  }

  String replaceFirst(Pattern from, String to, [int startIndex = 0]) {
    if (from is! Pattern) _checkString(from, "from");
    _checkString(to, "to");
    _checkInt(startIndex, 0, length, "startIndex");
    for (var match in from.allMatches(this, startIndex)) {
      return substring(0, match.start) + to + substring(match.end);
    }
    return this;
  }

  String replaceFirstMapped(Pattern from, String replace(Match match), [int startIndex = 0]) {
    if (from is! Pattern) _checkString(from, "from");
    _checkInt(startIndex, 0, length, "startIndex");
    if (replace == null) throw new ArgumentError.notNull("replace");
    for (var match in from.allMatches(this, startIndex)) {
      return substring(0, match.start) + "${replace(match)}" + substring(match.end);
    }
    return this;
  }

  // What lies between matches as `onNonMatch` has it, these as `onMatch`: without them as they are.
  String splitMapJoin(Pattern pattern,
      {String onMatch(Match match), String onNonMatch(String nonMatch)}) {
    if (pattern is! Pattern) _checkString(pattern, "pattern");
    var buffer = new StringBuffer();
    var from = 0;
    var between = (String text) => buffer.write(onNonMatch == null ? text : onNonMatch(text));
    for (var match in pattern.allMatches(this)) {
      between(substring(from, match.start));
      buffer.write(onMatch == null ? match.group(0) : onMatch(match));
      from = match.end;
    }
    between(substring(from));
    return buffer.toString();
  }

  String replaceRange(int start, int end, String replacement) {
    end = _checkSlice(start, end, length);
    _checkString(replacement, "replacement");
    return substring(0, start) + replacement + substring(end);
  }

  List<int> get codeUnits {
    var result = new List<int>(length);
    for (var i = 0; i < length; i++) result[i] = codeUnitAt(i);
    return new List<int>.unmodifiable(result);
  }

  Runes get runes => new Runes(this);
}

// Code points from `start` to `end`.
String _stringFromCharCodes(List charCodes, int start, int end) native "String_fromCharCodes";
// Adds the parts of a text that lie between separators to a list.
List<String> _splitInto(String text, String separator, List<String> parts) native "String_splitInto";
// Null: it is not known before how wide the result is.
String _replaceAllText(String text, String from, String to) native "String_replaceAllText";
String _concatenateAll(List<String> parts) native "String_concatenateAll";

abstract class StringSink {
  void write(Object object);
  void writeln([Object object = ""]);
  void writeAll(Iterable objects, [String separator = ""]);
  void writeCharCode(int charCode);
}

class StringBuffer implements StringSink {
  List _parts = [];
  int _length = 0;

  StringBuffer([Object content = ""]) {
    if (!identical(content, "")) write(content);
  }

  int get length => _length;
  bool get isEmpty => _length == 0;
  bool get isNotEmpty => _length != 0;

  // A native writes texts, by the places of the fields above.
  void write(Object object) native "StringBuffer_write" {
    var text = object is String ? object : "$object";
    _parts.add(text);
    _length += text.length;
  }

  void writeln([Object object = ""]) {
    write(object);
    write("\n");
  }

  void writeAll(Iterable objects, [String separator = ""]) {
    var first = true;
    checkRoom(objects);
    for (var object in objects) {
      if (!first) write(separator);
      first = false;
      write(object);
    }
  }

  void writeCharCode(int charCode) {
    write(new String.fromCharCode(charCode));
  }

  void clear() {
    _parts = [];
    _length = 0;
  }

  String toString() {
    if (_parts.length == 0) return "";
    // The joined text replaces its parts: asking again is cheap.
    if (_parts.length > 1) _parts = [_concatenateAll(_parts)];
    return _parts[0];
  }
}
