// Strings: sequences of UTF-16 code units. StringBuffer.
part of dart.core;

abstract class Pattern {}

class String implements Comparable<String>, Pattern {
  factory String.fromCharCode(int charCode) => _stringFromCharCodes([charCode], 0, 1);

  factory String.fromCharCodes(Iterable<int> charCodes, [int start = 0, int end]) {
    var list = charCodes.toList();
    end = _checkSlice(start, end, list.length);
    return _stringFromCharCodes(list, start, end);
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
  String _substring(int start, int end) native "String_substring";
  int _indexOf(String pattern, int start) native "String_indexOf";
  int _lastIndexOf(String pattern, int start) native "String_lastIndexOf";
  bool _matchesAt(String pattern, int index) native "String_matchesAt";

  String toString() => this;
  Type get runtimeType => String;
  bool get isEmpty => length == 0;
  bool get isNotEmpty => length != 0;

  String substring(int startIndex, [int endIndex]) {
    endIndex = _checkSlice(startIndex, endIndex, length);
    return _substring(startIndex, endIndex);
  }

  int indexOf(String pattern, [int start = 0]) {
    _checkRange(start, 0, length, "start");
    return _indexOf(pattern, start);
  }

  int lastIndexOf(String pattern, [int start]) {
    if (start == null) start = length;
    _checkRange(start, 0, length, "start");
    return _lastIndexOf(pattern, start);
  }

  bool contains(String other, [int startIndex = 0]) => indexOf(other, startIndex) >= 0;

  bool startsWith(String pattern, [int index = 0]) {
    _checkRange(index, 0, length, "index");
    return _matchesAt(pattern, index);
  }

  bool endsWith(String other) {
    return other.length <= length && _matchesAt(other, length - other.length);
  }

  List<String> split(String pattern) {
    var result = <String>[];
    if (pattern.isEmpty) {
      for (var i = 0; i < length; i++) result.add(this[i]);
      return result;
    }
    var from = 0;
    while (true) {
      var at = _indexOf(pattern, from);
      if (at < 0) break;
      result.add(_substring(from, at));
      from = at + pattern.length;
    }
    result.add(_substring(from, length));
    return result;
  }

  String replaceAll(String from, String replace) {
    if (from.isEmpty) {
      var buffer = new StringBuffer(replace);
      for (var i = 0; i < length; i++) {
        buffer.write(this[i]);
        buffer.write(replace);
      }
      return buffer.toString();
    }
    return split(from).join(replace);
  }

  String replaceFirst(String from, String to, [int startIndex = 0]) {
    var at = indexOf(from, startIndex);
    if (at < 0) return this;
    return _substring(0, at) + to + _substring(at + from.length, length);
  }

  String replaceRange(int start, int end, String replacement) {
    end = _checkSlice(start, end, length);
    return _substring(0, start) + replacement + _substring(end, length);
  }

  String operator *(int times) {
    var buffer = new StringBuffer();
    for (var i = 0; i < times; i++) buffer.write(this);
    return buffer.toString();
  }

  String padLeft(int width, [String padding = ' ']) => padding * (width - length) + this;

  String padRight(int width, [String padding = ' ']) => this + padding * (width - length);

  List<int> get codeUnits {
    var result = new List<int>(length);
    for (var i = 0; i < length; i++) result[i] = codeUnitAt(i);
    return result;
  }

  // The code points; a lone surrogate stands for itself.
  Iterable<int> get runes {
    var result = <int>[];
    for (var i = 0; i < length; i++) {
      var unit = codeUnitAt(i);
      if ((unit & 0xfc00) == 0xd800 && i + 1 < length) {
        var low = codeUnitAt(i + 1);
        if ((low & 0xfc00) == 0xdc00) {
          unit = 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff);
          i++;
        }
      }
      result.add(unit);
    }
    return result;
  }
}

// Code points of `codes` from `start` to `end`.
String _stringFromCharCodes(List codes, int start, int end) native "String_fromCharCodes";
// The first `count` elements of `parts`, all strings.
String _concatenateAll(List parts, int count) native "String_concatenateAll";

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
    write(content);
  }

  int get length => _length;
  bool get isEmpty => _length == 0;
  bool get isNotEmpty => _length != 0;

  void write(Object object) {
    var text = "$object";
    if (text.isEmpty) return;
    _parts.add(text);
    _length += text.length;
  }

  void writeln([Object object = ""]) {
    write(object);
    write("\n");
  }

  void writeAll(Iterable objects, [String separator = ""]) {
    var first = true;
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
    if (_parts.length > 1) _parts = [_concatenateAll(_parts, _parts.length)];
    return _parts[0];
  }
}
